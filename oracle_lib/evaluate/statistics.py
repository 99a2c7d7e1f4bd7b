"""What a model's answers are worth, and what the difference between two models on the same prompts is worth. Judges no
answer: `judge` does.
"""

import math
from collections.abc import Sequence

import numpy as np

from oracle_lib.evaluate.predictions import Prediction
from oracle_lib.metrics import METRICS, Comparison, Counts, Metric

MIN_GROUPS = 10
"""With fewer groups a percentile interval is far too narrow (one group always gives width 0), so none is given."""


def measure(predictions: Sequence[Prediction]) -> dict[str, float | None]:
    """Every metric over the answers of one model; None where nothing was counted."""
    return {name: _known(metric.value(_counts(metric, predictions).sum(axis=0))) for name, metric in METRICS.items()}


def compare(
    base: Sequence[Prediction], expert: Sequence[Prediction], draws: int = 2000, seed: int = 0
) -> dict[str, Comparison]:
    """Every metric of two models that answered the same prompts in the same order, with paired bootstrap intervals.

    Groups are resampled, not prompts: phrasings of one problem succeed and fail together, and would pass for
    independent evidence. Both models are resampled alike. (Efron and Tibshirani, An Introduction to the Bootstrap,
    percentile interval; Koehn 2004 for BLEU.)
    """
    names = sorted({prediction.group for prediction in base})
    member = np.array([[prediction.group == name for prediction in base] for name in names], dtype=np.float64)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws).astype(np.float64)
    return {name: _compare(metric, base, expert, member, times) for name, metric in METRICS.items()}


def _compare(
    metric: Metric, base: Sequence[Prediction], expert: Sequence[Prediction], member: Counts, times: Counts
) -> Comparison:
    of_base, of_expert = member @ _counts(metric, base), member @ _counts(metric, expert)
    values = [_known(metric.value(counts.sum(axis=0))) for counts in (of_base, of_expert)]
    before, after = values
    if before is None or after is None:
        return Comparison(base=before, expert=after, diff=None, low=None, high=None, better=metric.better)
    low = high = None
    if len(member) >= MIN_GROUPS:
        differences = metric.value(times @ of_expert) - metric.value(times @ of_base)
        low, high = (float(bound) for bound in np.nanpercentile(differences, (2.5, 97.5)))
    return Comparison(base=before, expert=after, diff=after - before, low=low, high=high, better=metric.better)


def _counts(metric: Metric, predictions: Sequence[Prediction]) -> Counts:
    return np.array([metric.counts(prediction) for prediction in predictions], dtype=np.float64)


def _known(value: Counts) -> float | None:
    return float(value) if math.isfinite(value) else None


def pass_at_k(n: int, c: int, k: int) -> float:
    """The probability that one of `k` answers passes, estimated without bias from `n` answers of which `c` passed.

    Chen et al. 2021, "Evaluating Large Language Models Trained on Code", equation 1.
    """
    if not 0 <= c <= n or not 1 <= k <= n:
        raise ValueError(f"pass@k needs 0 <= c <= n and 1 <= k <= n, got n={n}, c={c}, k={k}")
    return 1 - math.comb(n - c, k) / math.comb(n, k)
