"""Puts the gate on trial: good samples of a run, and the same ones spoilt on purpose, with and without running them. It
changes nothing, and what it makes is thrown away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.planted import KINDS, plant
from oracle_lib.quality.score import score
from oracle_lib.sample import Quality, ReasonKind, Sample
from oracle_lib.verify import CONTRACT, check_many, extract_code

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Way = Literal["run", "unrun"]
WAYS: tuple[Way, ...] = ("run", "unrun")
GOOD = "good"
"""The kind of a sample that nothing was done to."""


@dataclass(frozen=True)
class Trial:
    """What the gate says of one sample: `run` with its contract, `unrun` without it, as of code that nobody can run."""

    kind: str
    sample: Sample
    run: Quality
    unrun: Quality

    def rejected(self, way: Way) -> bool:
        """Whether it is rejected: without a contract, for more than that nobody has run it."""
        return self.graded(way) == 0

    def graded(self, way: Way) -> float:
        """Its overall score, 0 where something but a missing run rejects it."""
        quality = self.run if way == "run" else self.unrun
        faults = [reason for reason in quality.reasons if way == "run" or reason.kind is not ReasonKind.NOT_RUN]
        return 0.0 if faults else quality.overall


def try_gate(good: Sequence[Sample], knowledge: Knowledge, count: int, seed: int = 0) -> list[Trial]:
    """Tries the gate on good samples and on `count` of them spoilt in each way that applies; the good ones come first.

    Raises `OracleError` where the machine cannot run the code.
    """
    planted = [one for kind in KINDS for one in plant(good, kind, count, seed)]
    return judged([(GOOD, one) for one in good], knowledge, [(one.kind, one.sample) for one in planted])


def judged(
    good: Sequence[tuple[str, Sample]], knowledge: Knowledge, spoilt: Sequence[tuple[str, Sample]]
) -> list[Trial]:
    """Samples by kind, judged in one batch; those that are spoilt are run against their contracts before."""
    kinds = [kind for kind, _ in [*good, *spoilt]]
    samples = [*(one for _, one in good), *_run(one for _, one in spoilt)]
    unproven = [one.model_copy(update={"verification": None}) for one in samples]
    both = zip(score(samples, knowledge), score(unproven, knowledge), strict=True)
    return [Trial(kind, one, *each) for kind, one, each in zip(kinds, samples, both, strict=True)]


def _run(samples: Iterable[Sample]) -> list[Sample]:
    samples = list(samples)
    places = [place for place, one in enumerate(samples) if one.verification]
    contracts = [CONTRACT.validate_python(one.verification.contract) for one in samples if one.verification]
    texts = [extract_code(samples[place].output, contract) for place, contract in zip(places, contracts, strict=True)]
    for place, verdict in zip(places, check_many(zip(texts, contracts, strict=True)), strict=True):
        verification = samples[place].verification
        assert verification
        found = verification.model_copy(update={"passes": verdict.passes})
        samples[place] = samples[place].model_copy(update={"verification": found})
    return samples


def plot_trial(trials: Sequence[Trial]) -> "Figure":
    """How the graded scores of good and of spoilt samples lie, and what is kept against what is let pass at every
    threshold, with the area under each curve."""
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    steps = [place / 20 for place in range(21)]
    for kinds, colour in (("good", "#4c78a8"), ("spoilt", "#b23b2e")):
        scores = [one.graded("unrun") for one in trials if (one.kind == GOOD) == (kinds == "good")]
        weights = [1 / len(scores)] * len(scores)
        left.hist(scores, steps, weights=weights, alpha=0.7, label=kinds, color=colour)
    left.set(xlabel="score without a run (0: rejected)", ylabel="share of samples")
    left.legend(frameon=False)
    told = {"run": ("with their contracts", "#2d6a4f"), "unrun": ("without a run", "#e0a030")}
    for way in WAYS:
        passed, kept, area = roc(trials, way)
        name, colour = told[way]
        right.plot(passed, kept, color=colour, label=f"{name}: {area:.3f}")
    right.set(xlabel="spoilt samples let pass", ylabel="good samples kept", xlim=(-0.02, 1.02), ylim=(-0.02, 1.05))
    right.legend(frameon=False, loc="lower right", title="area under the curve")
    pyplot.close(figure)  # else a notebook shows it twice
    return figure


def roc(trials: Sequence[Trial], way: Way) -> tuple[list[float], list[float], float]:
    """The shares of spoilt samples let pass and of good ones kept, from the strictest threshold to none, and the area
    under that curve: the chance that a good sample scores above a spoilt one, with ties counted half."""
    good = sorted(one.graded(way) for one in trials if one.kind == GOOD)
    spoilt = sorted(one.graded(way) for one in trials if one.kind != GOOD)
    passed, kept = [0.0], [0.0]
    for threshold in sorted({*good, *spoilt}, reverse=True):
        passed.append(sum(score >= threshold for score in spoilt) / len(spoilt))
        kept.append(sum(score >= threshold for score in good) / len(good))
    steps = zip(passed, passed[1:], kept, kept[1:], strict=False)
    return passed, kept, sum((end - start) * (low + high) / 2 for start, end, low, high in steps)
