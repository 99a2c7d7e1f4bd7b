"""Do 95 % intervals hold for few clusters? Draws test sets whose true rates are known and counts how often each kind of
interval covers them. Runs no model.

Ours is the Bayesian bootstrap of `evaluate.compare`. Its peers get the same draws: the percentile and the BCa cluster
bootstrap, Student's t over cluster means, and Wilson's interval, which takes every answer for independent evidence.

`python -m benchmarks.intervals` prints a line a setting: the coverage of each, and its mean width.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from oracle_lib.evaluate.statistics import group_weights, percentiles, with_all_or_none
from oracle_lib.metrics import METRICS

Values = NDArray[np.float64]
Interval = tuple[float, float]

Z = 1.959964
ANSWERS, DRAWS, SAMPLES = 10, 1000, 1000
CLUSTERS = (10, 20, 50)
RATES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.9, 0.98)
PAIRS = ((0.0, 0.05), (0.02, 0.02), (0.05, 0.2), (0.3, 0.6), (0.5, 0.5), (0.6, 0.95))
ALIKE = (0.0, 0.3, 1.0)
"""How alike the answers of a cluster are (intraclass correlation): independent, somewhat, all or none."""


@dataclass(frozen=True)
class Setting:
    """Test sets of `clusters` families. The expert's true rate is `expert`; with a `base` the difference is sought."""

    clusters: int
    alike: float
    expert: float
    base: float | None = None

    @property
    def truth(self) -> float:
        return self.expert - (self.base or 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=SAMPLES, help="test sets a setting")
    parser.add_argument("--clusters", type=int, nargs="+", default=CLUSTERS, help="families in a test set")
    options = parser.parse_args()
    for setting in settings(options.clusters):
        print(json.dumps({"bench": "intervals", **vars(setting), **simulate(setting, options.samples)}), flush=True)


def settings(clusters: Sequence[int]) -> Iterator[Setting]:
    for count in clusters:
        for alike in ALIKE:
            yield from (Setting(count, alike, rate) for rate in RATES)
            yield from (Setting(count, alike, expert, base) for base, expert in PAIRS)


def simulate(setting: Setting, samples: int, methods: "Methods | None" = None) -> dict[str, dict[str, float]]:
    """Of each kind of interval its coverage of the truth and its mean width; the same ones each time."""
    rng = np.random.default_rng([setting.clusters, round(100 * setting.alike), round(1000 * setting.truth)])
    chosen = methods or METHODS
    covered, width = dict.fromkeys(chosen, 0), dict.fromkeys(chosen, 0.0)
    for _ in range(samples):
        expert = _solved(setting.expert, setting, rng)
        base = None if setting.base is None else _solved(setting.base, setting, rng)
        for name, interval in chosen.items():
            low, high = interval(expert, base, rng)
            covered[name] += low - 1e-9 <= setting.truth <= high + 1e-9
            width[name] += high - low
    return {name: {"coverage": covered[name] / samples, "width": round(width[name] / samples, 4)} for name in chosen}


def _solved(rate: float, setting: Setting, rng: np.random.Generator) -> Values:
    """How many of its `ANSWERS` each cluster solves: beta-binomial."""
    if setting.alike in (0.0, 1.0) or rate in (0.0, 1.0):
        chances = np.full(setting.clusters, rate) if setting.alike < 1 else rng.random(setting.clusters) < rate
    else:
        spread = 1 / setting.alike - 1
        chances = rng.beta(rate * spread, (1 - rate) * spread, setting.clusters)
    return np.asarray(rng.binomial(ANSWERS, chances), dtype=np.float64)


def bayesian(expert: Values, base: Values | None, rng: np.random.Generator) -> Interval:
    """Ours, by the functions that the report uses."""
    of_expert, of_base = (
        np.column_stack([solved, np.full(len(solved), ANSWERS)])
        for solved in (expert, np.zeros_like(expert) if base is None else base)
    )
    of_base, of_expert = with_all_or_none(of_base, of_expert)
    weights = group_weights(len(expert), 2, DRAWS, rng)
    share = METRICS["passes"].value
    values = share(weights @ of_expert) - (0.0 if base is None else share(weights @ of_base))
    return percentiles(values, float(_means(expert, base).mean()))


def percentile(expert: Values, base: Values | None, rng: np.random.Generator) -> Interval:
    low, high = np.percentile(_resampled(_means(expert, base), rng), (2.5, 97.5))
    return float(low), float(high)


def bca(expert: Values, base: Values | None, rng: np.random.Generator) -> Interval:
    """Bias-corrected and accelerated (Efron 1987), with the acceleration from leaving out one cluster at a time."""
    means = _means(expert, base)
    return bca_interval(_resampled(means, rng), means)


def bca_interval(resampled: Values, means: Values) -> Interval:
    """BCa from resampled means; where no resample differs, the mean itself."""
    below = float((resampled < means.mean()).mean() + (resampled <= means.mean()).mean()) / 2
    left_out = means.mean() - means
    if not 0 < below < 1 or not left_out.any():
        return float(means.mean()), float(means.mean())
    normal = NormalDist()
    bias = normal.inv_cdf(below)
    acceleration = float((-(left_out**3)).sum() / (6 * (left_out**2).sum() ** 1.5))
    shifted = [bias + z for z in (-Z, Z)]
    levels = [100 * normal.cdf(bias + z / (1 - acceleration * z)) for z in shifted]
    low, high = np.percentile(resampled, levels)
    return float(low), float(high)


def student(expert: Values, base: Values | None, rng: np.random.Generator) -> Interval:
    """t over the clusters' means, as if they were normal."""
    means = _means(expert, base)
    half = student_quantile(len(means) - 1) * means.std(ddof=1) / math.sqrt(len(means))
    return float(means.mean() - half), float(means.mean() + half)


def student_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's t, by its expansion in 1 / freedom (Abramowitz and Stegun 26.7.5)."""
    z = Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + float(sum(term / freedom**power for power, term in enumerate(terms, 1)))


def wilson(expert: Values, base: Values | None, rng: np.random.Generator) -> Interval:
    """Wilson's interval of a share over all answers, of a difference Newcombe's (1998, method 10)."""
    low, high = _wilson(expert)
    if base is None:
        return low, high
    before, after = (float(solved.sum()) / (ANSWERS * len(solved)) for solved in (base, expert))
    base_low, base_high = _wilson(base)
    diff = after - before
    return diff - math.hypot(after - low, base_high - before), diff + math.hypot(high - after, before - base_low)


def _wilson(solved: Values) -> Interval:
    count = ANSWERS * len(solved)
    share = float(solved.sum()) / count
    middle = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z / (1 + Z**2 / count) * math.sqrt(share * (1 - share) / count + Z**2 / (4 * count**2))
    return middle - half, middle + half


Methods = dict[str, Callable[[Values, Values | None, np.random.Generator], Interval]]
METHODS: Methods = {
    "bayesian": bayesian,
    "percentile": percentile,
    "bca": bca,
    "student": student,
    "wilson": wilson,
}


def _means(expert: Values, base: Values | None) -> Values:
    return np.asarray((expert - (0.0 if base is None else base)) / ANSWERS)


def _resampled(means: Values, rng: np.random.Generator) -> Values:
    return np.asarray(means[rng.integers(len(means), size=(DRAWS, len(means)))].mean(axis=1))


if __name__ == "__main__":
    main()
