"""What a model's answers are worth, and what the difference between two models on the same prompts is worth. Judges no
answer: `judge` does.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from oracle_lib.evaluate.predictions import Prediction
from oracle_lib.metrics import METRICS, Comparison, Counts, Interval, Metric, MetricName

MIN_GROUPS = 10
"""With fewer groups no interval is given: coverage was shown from here on (`python -m benchmarks.intervals`)."""

_POWER = 2.8
"""Standard errors of the smallest difference that a two-sided test at 5 % sees in four of five samples: 1.96 + 0.84."""


def measure(predictions: Sequence[Prediction]) -> dict[str, float | None]:
    """Every metric over the answers of one model; None where nothing was counted."""
    return {name: _known(metric.value(_counts(metric, predictions).sum(axis=0))) for name, metric in METRICS.items()}


def compare(
    base: Sequence[Prediction],
    expert: Sequence[Prediction],
    draws: int = 2000,
    seed: int = 0,
    asked_first: MetricName = "passes",
) -> dict[str, Comparison]:
    """Every metric of two models that answered the same prompts in the same order, with 95 % intervals over groups.

    Groups are weighted, not prompts: phrasings of one problem succeed and fail together, and would pass for independent
    evidence. Both models get the same weights (`group_weights`). The p-value of the metric `asked_first` stands as it
    is; those of the others are corrected for being several, by Holm's method over these others.
    """
    names = sorted({prediction.group for prediction in base})
    member = np.array([[prediction.group == name for prediction in base] for name in names], dtype=np.float64)
    found = {
        name: _compare(metric, member @ _counts(metric, base), member @ _counts(metric, expert), draws, seed)
        for name, metric in METRICS.items()
    }
    return found | correct({name: one for name, one in found.items() if name != asked_first})


def correct(comparisons: Mapping[str, Comparison]) -> dict[str, Comparison]:
    """The comparisons with p-values corrected for being several (Holm 1979); those without one do not count."""
    several = {name: one.p for name, one in comparisons.items() if one.p is not None}
    return dict(comparisons) | {
        name: comparisons[name].model_copy(update={"p": p})
        for name, p in zip(several, holm(list(several.values())), strict=True)
    }


def holm(values: Sequence[float]) -> list[float]:
    """The p-values of several tests, each raised so that all of them together are wrong as seldom as one test is."""
    corrected, least = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda index: values[index])):
        least = max(least, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = least
    return corrected


def group_weights(groups: int, pseudo: int, draws: int, rng: np.random.Generator) -> Counts:
    """Weights of the groups, and of `pseudo` half groups behind them, in each of `draws` draws; mean 1 a group.

    The Bayesian bootstrap (Rubin 1981) draws them from Dirichlet(1, ..., 1), which spreads a mean less than Student's t
    does. With 1 - 4 / groups instead of 1 the 95 % interval of a mean is as wide as t's with groups - 1 degrees of
    freedom.
    """
    parts = rng.gamma([1 - 4 / groups] * groups + [0.5] * pseudo, size=(draws, groups + pseudo))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True) * groups)


def with_all_or_none(of_base: Counts, of_expert: Counts) -> tuple[Counts, Counts]:
    """The groups' counts of a share with two more: all solved by the expert alone, and all by its base alone.

    Where groups do not differ they would show no spread, however few they are. Each of the two counts half, so that a
    share gets half a success and half a failure, as in Jeffreys' interval.
    """
    size = of_base[:, 1].mean()
    all_or_none = np.array([[0.0, size], [size, size]])
    return np.vstack([of_base, all_or_none]), np.vstack([of_expert, all_or_none[::-1]])


def _compare(metric: Metric, of_base: Counts, of_expert: Counts, draws: int, seed: int) -> Comparison:
    """The comparison from the counts of each group (a row)."""
    before, after = (_known(metric.value(counts.sum(axis=0))) for counts in (of_base, of_expert))
    if before is None or after is None:
        return Comparison(base=before, expert=after, diff=None, low=None, high=None, better=metric.better)
    measured = of_base.any(axis=1) | of_expert.any(axis=1)
    groups, diff = int(measured.sum()), after - before
    if groups < MIN_GROUPS:
        return Comparison(base=before, expert=after, diff=diff, low=None, high=None, better=metric.better)
    of_base, of_expert = of_base[measured], of_expert[measured]
    if metric.unit == "share":
        of_base, of_expert = with_all_or_none(of_base, of_expert)
    weights = group_weights(groups, len(of_base) - groups, draws, np.random.default_rng(seed))
    bases, experts = (metric.value(weights @ counts) for counts in (of_base, of_expert))
    differences = experts - bases
    beyond = min(int((differences <= 0).sum()), int((differences >= 0).sum()))
    low, high = percentiles(differences, diff)
    return Comparison(
        base=before,
        expert=after,
        diff=diff,
        low=low,
        high=high,
        better=metric.better,
        base_interval=percentiles(bases, before),
        expert_interval=percentiles(experts, after),
        p=min(1.0, max(1, 2 * beyond) / draws),
        detectable=_POWER * float(np.std(differences)),
    )


def percentiles(draws: Counts, value: float) -> Interval:
    """The middle 95 % of the draws, and in any case the value that was measured."""
    low, high = (float(bound) for bound in np.percentile(draws, (2.5, 97.5)))
    return min(low, value), max(high, value)


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
