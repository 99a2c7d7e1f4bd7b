"""The metrics: what each counts of an answer, in which unit it is shown, and which direction is better. Judges no
answer and draws no interval: `evaluate` does.

Every metric is a function of counts that add up over answers, so a resampled test set costs one matrix product.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator

from oracle_lib.records import Frozen

Counts = NDArray[np.float64]
Direction = Literal["higher", "lower"]
Interval = tuple[float, float]
"""Both ends of a 95 % interval."""


class Comparison(Frozen):
    """A metric of both models, the difference expert - base and its 95 % interval, None where not measured.

    The values of both have 95 % intervals too. `p` is the two-sided p-value of the difference, corrected where it is
    one of several. `detectable` is the smallest difference that the test could see: four of five samples of this size
    would show a true one of that size.
    """

    base: float | None
    expert: float | None
    diff: float | None
    low: float | None
    high: float | None
    better: Direction
    base_interval: Interval | None = None
    expert_interval: Interval | None = None
    p: float | None = None
    detectable: float | None = None

    @property
    def p_in_words(self) -> str:
        """`p` as people read it; "" where there is none."""
        return "" if self.p is None else "< 0.001" if self.p < 0.001 else f"{self.p:.3f}"

    @property
    def outcome(self) -> Literal["better", "worse", "undecided"]:
        """The expert is better or worse than its base only where the interval excludes zero and so does `p`."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "undecided"
        if self.p is not None and self.p > 0.05:
            return "undecided"
        return "better" if (self.low > 0) == (self.better == "higher") else "worse"


@dataclass(frozen=True)
class Quantity:
    """Something measured and how people read it. A "share" lies in [0, 1] and is shown in percent, a "score" lies there
    too and is shown as it is, and so is a "number", which may be anything.
    """

    name: str
    title: str
    unit: Literal["share", "score", "number"]
    better: Direction

    def show(self, value: float | None) -> str:
        if value is None:
            return "not measured"
        return _typeset(f"{100 * value:.1f} %" if self.unit == "share" else f"{value:,.3f}")

    def gap(self, value: float | None) -> str:
        """A difference of two values, with its sign; of shares in percentage points."""
        if value is None:
            return "not measured"
        return _typeset(f"{100 * value:+.1f} pp" if self.unit == "share" else f"{value:+,.3f}")

    def size(self, value: float | None) -> str:
        """How large a difference is, without a sign."""
        return self.gap(value).removeprefix("+")

    def ends(self, of: Interval | None) -> str:
        """The ends of a value's interval, or "" where there is none."""
        return f"[{', '.join(self.show(end).removesuffix(' %') for end in of)}]" if of else ""

    def interval(self, one: Comparison) -> str:
        """The ends of the interval, or "" where there is none."""
        if one.low is None or one.high is None:
            return ""
        return f"[{self.gap(one.low).removesuffix(' pp')}, {self.gap(one.high).removesuffix(' pp')}]"

    def difference(self, one: Comparison) -> str:
        """The difference and, where there is one, its interval."""
        return f"{self.gap(one.diff)} {self.interval(one)}".rstrip()


def _typeset(number: str) -> str:
    return number.replace("-", "\N{MINUS SIGN}")


class Measured(Protocol):
    """What was measured of one answer: fields of `evaluate.Prediction`."""

    @property
    def nll(self) -> float | None: ...
    @property
    def tokens(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def exact_match(self) -> bool: ...
    @property
    def ngrams(self) -> tuple[int, ...]: ...
    @property
    def assembles(self) -> bool | None: ...
    @property
    def passes(self) -> bool | None: ...
    @property
    def supported(self) -> bool | None: ...


@dataclass(frozen=True)
class Metric(Quantity):
    """What it means, `counts` of one answer, a tuple that adds up over answers, and the metric's `value` for the sums.

    `value` maps sums of shape (..., k) to values of shape (...); NaN where nothing was counted.
    """

    meaning: str
    counts: Callable[[Measured], Sequence[float]]
    value: Callable[[Counts], Counts]


def _ratio(sums: Counts) -> Counts:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[..., 0] / sums[..., 1])


def _bleu(sums: Counts) -> Counts:
    """Corpus BLEU in [0, 1] of summed n-gram counts, by sacrebleu, which wants whole ones: their scale is free."""
    flat = np.rint(1000 * sums).reshape(-1, sums.shape[-1]).astype(int).tolist()
    return np.array([_bleu_of(row) for row in flat]).reshape(sums.shape[:-1])


def _bleu_of(ngrams: list[int]) -> float:
    from sacrebleu.metrics.bleu import BLEU

    matches, totals, (length, reference_length) = ngrams[:4], ngrams[4:8], ngrams[8:]
    return BLEU.compute_bleu(matches, totals, length, reference_length).score / 100 if reference_length else math.nan


def _share(held: bool | None) -> tuple[float, float]:
    return (0, 0) if held is None else (held, 1)


def _bits(sums: Counts) -> Counts:
    return _ratio(sums) / math.log(2)


_ALL = (
    Metric(
        "perplexity",
        "perplexity",
        "number",
        "lower",
        "how little the model expects the reference answers; 1 is to know them",
        lambda a: (a.nll or 0, a.tokens),
        lambda s: np.exp(_ratio(s)),
    ),
    Metric(
        "bits_per_byte",
        "bits per byte",
        "number",
        "lower",
        "the same by the byte, which compares across tokenizers; 0 is to know them",
        lambda a: (a.nll or 0, a.bytes),
        _bits,
    ),
    Metric(
        "exact_match",
        "exact match",
        "share",
        "higher",
        "answers that assemble to the reference's bytes, or have its words",
        lambda a: _share(a.exact_match),
        _ratio,
    ),
    Metric(
        "bleu",
        "BLEU",
        "score",
        "higher",
        "runs of words shared with the reference; 1 is all",
        lambda a: a.ngrams,
        _bleu,
    ),
    Metric(
        "assembles",
        "assembles",
        "share",
        "higher",
        "of the answers that are to be run, those that assemble or compile",
        lambda a: _share(a.assembles),
        _ratio,
    ),
    Metric(
        "passes",
        "passes",
        "share",
        "higher",
        "of the same, those that ran and did in every state what was asked",
        lambda a: _share(a.passes),
        _ratio,
    ),
    Metric(
        "supported",
        "supported by the source",
        "share",
        "higher",
        "of the answers in prose, those whose claims the source bears out",
        lambda a: _share(a.supported),
        _ratio,
    ),
)
METRICS = {metric.name: metric for metric in _ALL}
"""By name; a new metric is one more of them.

Perplexity and bits per byte are over the tokens and bytes of the reference answers, summed over the whole corpus;
`assembles` and `passes` over the prompts that have a contract, `supported` over those that have evidence.
"""


def _known(name: str) -> str:
    if name not in METRICS:
        raise ValueError(f"no metric is called {name!r}; known are {', '.join(METRICS)}")
    return name


MetricName = Annotated[str, AfterValidator(_known)]
"""A name of `METRICS`, wherever a file holds one."""
