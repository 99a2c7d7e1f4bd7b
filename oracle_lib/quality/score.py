"""The gate: scores a batch of samples and decides which are good enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from oracle_lib.quality.coherence import coherence
from oracle_lib.quality.diversity import diversity
from oracle_lib.quality.hallucination import support
from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.text import Reading
from oracle_lib.quality.unrun import WHOLE
from oracle_lib.quality.validators import is_unproven, validate
from oracle_lib.sample import Domain, Quality, Reason, ReasonKind, Sample
from oracle_lib.workers import spread

THRESHOLDS: dict[Domain, float] = {
    Domain.ASM: 0.4,
    Domain.GIGALEAK: 0.5,
    Domain.ORACLE: 0.4,
    Domain.YAZE: 0.5,
    Domain.ERRORS: 0.3,
    Domain.TEXT: 0.6,
}
"""The lowest overall score a domain accepts."""

WEIGHTS = {"coherence": 0.35, "hallucination": 0.3, "knowledge": 0.2, "diversity": 0.15}

FLOOR = 0.34
"""No mean makes up for a component below this: an answer to another question stays one, however clean. Diversity is
exempt, because problems of one family are alike on purpose.
"""

_PART = 2_000
"""Samples that one process looks at: to start one takes as long as some hundreds."""

_KINDS = {
    "coherence": ReasonKind.OFF_TARGET,
    "hallucination": ReasonKind.UNSUPPORTED,
    "knowledge": ReasonKind.UNKNOWN,
}


def score(samples: Sequence[Sample], knowledge: Knowledge) -> list[Quality]:
    """The quality of each sample, in the order given. Depends on what else the batch holds, never on its order.

    What surely is wrong with an answer (`validate`) rejects it before it is scored: all its components are 0 then, and
    it makes no other answer less diverse. Code that nobody ran is scored and rejected. Of large batches several
    processes look at a part each, or the machines of a Ray cluster (`workers`).
    """
    parts = [samples[start : start + _PART] for start in range(0, len(samples), _PART)]
    looks = [*chain.from_iterable(spread(partial(_look, knowledge), parts))]
    sound = [place for place, look in enumerate(looks) if not look.wrong]
    found = [_rejected(sample, look.wrong) for sample, look in zip(samples, looks, strict=True)]
    for place, novelty in zip(sound, diversity([samples[place] for place in sound]), strict=True):
        found[place] = _scored(samples[place], looks[place], novelty)
    return found


@dataclass(frozen=True)
class _Look:
    """What a sample shows by itself: what surely is wrong, or else its `scores` but diversity, what is behind them, and
    what else speaks against it.
    """

    wrong: tuple[Reason, ...]
    scores: dict[str, float]
    detail: dict[str, tuple[str, ...]]
    reasons: tuple[Reason, ...]


def _look(knowledge: Knowledge, samples: Sequence[Sample]) -> list[_Look]:
    return [_look_at(sample, knowledge) for sample in samples]


def _look_at(sample: Sample, knowledge: Knowledge) -> _Look:
    reading = Reading.of(sample)
    if wrong := validate(sample, reading):
        return _Look(wrong, {}, {}, ())
    known, unknown = knowledge.known_share(sample, reading)
    supported, unsupported = support(sample, reading)
    reasons = []
    if is_unproven(sample, reading):
        reasons.append(Reason(kind=ReasonKind.NOT_RUN, text="the code was never run"))
    # Also of code that was run: where nothing answers, a read gives what the bus held last, which may be right by luck.
    if unknown and sample.task in WHOLE and reading.language != "text":
        told = f"the code relies on {', '.join(unknown[:5])}, which nobody knows"
        reasons.append(Reason(kind=ReasonKind.UNKNOWN, text=told))
    scores = {"coherence": coherence(sample, reading), "hallucination": supported, "knowledge": known}
    return _Look((), scores, {"hallucination": unsupported, "knowledge": unknown}, tuple(reasons))


def _rejected(sample: Sample, reasons: tuple[Reason, ...]) -> Quality:
    return Quality(
        diversity=0,
        knowledge=0,
        hallucination=0,
        coherence=0,
        overall=0,
        threshold=THRESHOLDS[sample.domain],
        accepted=False,
        reasons=reasons,
    )


def _scored(sample: Sample, look: _Look, novelty: float) -> Quality:
    scores = {name: round(value, 4) for name, value in (look.scores | {"diversity": novelty}).items()}
    overall = round(sum(WEIGHTS[name] * value for name, value in scores.items()), 4)
    threshold = THRESHOLDS[sample.domain]
    reasons = [*look.reasons]
    for name, value in scores.items():
        if name != "diversity" and value < FLOOR:
            detail = look.detail.get(name)
            because = f" ({', '.join(detail[:5])})" if detail else ""
            reasons.append(Reason(kind=_KINDS[name], text=f"{name} {value:.2f} is below {FLOOR}{because}"))
    if overall < threshold:
        reasons.append(Reason(kind=ReasonKind.BELOW_THRESHOLD, text=f"overall {overall:.2f} is below {threshold}"))
    return Quality(**scores, overall=overall, threshold=threshold, accepted=not reasons, reasons=tuple(reasons))
