"""The metrics, and what the difference between two models on the same prompts is worth.

Every metric is a function of counts that add up over answers, so a resampled test set costs one matrix product. Judges
no answer: `judge` does.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU

from oracle_lib.evaluate.predictions import Prediction
from oracle_lib.records import Frozen

Counts = NDArray[np.float64]

MIN_GROUPS = 10
"""With fewer groups a percentile interval is far too narrow (one group always gives width 0), so none is given."""


@dataclass(frozen=True)
class Metric:
    """`counts` of one answer, a tuple that adds up over answers, and the metric's `value` for the sums.

    `value` maps sums of shape (..., k) to values of shape (...); NaN where nothing was counted.
    """

    name: str
    better: Literal["higher", "lower"]
    counts: Callable[[Prediction], Sequence[float]]
    value: Callable[[Counts], Counts]


def _ratio(sums: Counts) -> Counts:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[..., 0] / sums[..., 1])


def _bleu(sums: Counts) -> Counts:
    """Corpus BLEU in [0, 1] of summed n-gram counts, by sacrebleu."""
    flat = sums.reshape(-1, sums.shape[-1]).astype(int).tolist()
    return np.array([_bleu_of(row) for row in flat]).reshape(sums.shape[:-1])


def _bleu_of(ngrams: list[int]) -> float:
    matches, totals, (length, reference_length) = ngrams[:4], ngrams[4:8], ngrams[8:]
    return BLEU.compute_bleu(matches, totals, length, reference_length).score / 100 if reference_length else math.nan


def _share(held: bool | None) -> tuple[float, float]:
    return (0, 0) if held is None else (held, 1)


METRICS = (
    Metric("perplexity", "lower", lambda row: (row.nll or 0, row.tokens), lambda sums: np.exp(_ratio(sums))),
    Metric("bits_per_byte", "lower", lambda row: (row.nll or 0, row.bytes), lambda sums: _ratio(sums) / math.log(2)),
    Metric("exact_match", "higher", lambda row: _share(row.exact_match), _ratio),
    Metric("bleu", "higher", lambda row: row.ngrams, _bleu),
    Metric("assembles", "higher", lambda row: _share(row.assembles), _ratio),
    Metric("passes", "higher", lambda row: _share(row.passes), _ratio),
)
"""Perplexity and bits per byte are over the tokens and bytes of the reference answers, summed over the whole corpus;
`assembles` and `passes` over the prompts that have a contract.
"""


def measure(predictions: Sequence[Prediction]) -> dict[str, float | None]:
    """Every metric over the answers of one model; None where nothing was counted."""
    return {metric.name: _known(metric.value(_counts(metric, predictions).sum(axis=0))) for metric in METRICS}


class Comparison(Frozen):
    """A metric of both models, the difference expert - base and its 95 % interval, None where not measured."""

    base: float | None
    expert: float | None
    diff: float | None
    low: float | None
    high: float | None
    better: Literal["higher", "lower"]

    @property
    def outcome(self) -> Literal["better", "worse", "undecided"]:
        """The expert is better or worse than its base only where the interval excludes zero."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "undecided"
        return "better" if (self.low > 0) == (self.better == "higher") else "worse"


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
    return {metric.name: _compare(metric, base, expert, member, times) for metric in METRICS}


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
