"""The gate: scores a batch of samples and decides which are good enough."""

from collections.abc import Sequence

from oracle_lib.quality.coherence import coherence
from oracle_lib.quality.diversity import diversity
from oracle_lib.quality.hallucination import support
from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.text import Reading
from oracle_lib.quality.unrun import WHOLE
from oracle_lib.quality.validators import is_unproven, validate
from oracle_lib.sample import Domain, Quality, Reason, ReasonKind, Sample

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

_KINDS = {
    "coherence": ReasonKind.OFF_TARGET,
    "hallucination": ReasonKind.UNSUPPORTED,
    "knowledge": ReasonKind.UNKNOWN,
}


def score(samples: Sequence[Sample], knowledge: Knowledge) -> list[Quality]:
    """The quality of each sample, in the order given. Depends on what else the batch holds, never on its order.

    What surely is wrong with an answer (`validate`) rejects it before it is scored: all its components are 0 then, and
    it makes no other answer less diverse. Code that nobody ran is scored and rejected.
    """
    readings = [Reading.of(sample) for sample in samples]
    wrong = [validate(sample, reading) for sample, reading in zip(samples, readings, strict=True)]
    sound = [place for place, reasons in enumerate(wrong) if not reasons]
    found = [_rejected(sample, reasons) for sample, reasons in zip(samples, wrong, strict=True)]
    for place, novelty in zip(sound, diversity([samples[place] for place in sound]), strict=True):
        found[place] = _scored(samples[place], readings[place], novelty, knowledge)
    return found


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


def _scored(sample: Sample, reading: Reading, novelty: float, knowledge: Knowledge) -> Quality:
    known, unknown = knowledge.known_share(sample, reading)
    supported, unsupported = support(sample, reading)
    scores = {
        "coherence": round(coherence(sample, reading), 4),
        "hallucination": round(supported, 4),
        "knowledge": round(known, 4),
        "diversity": round(novelty, 4),
    }
    overall = round(sum(WEIGHTS[name] * value for name, value in scores.items()), 4)
    threshold = THRESHOLDS[sample.domain]
    detail = {"hallucination": unsupported, "knowledge": unknown}
    reasons = [Reason(kind=ReasonKind.NOT_RUN, text="the code was never run")] if is_unproven(sample) else []
    stands_alone = sample.verification is None and sample.task in WHOLE and reading.language != "text"
    if stands_alone and unknown:
        told = f"the code relies on {', '.join(unknown[:5])}, which nobody knows"
        reasons.append(Reason(kind=ReasonKind.UNKNOWN, text=told))
    for name, value in scores.items():
        if name != "diversity" and value < FLOOR:
            because = f" ({', '.join(detail[name][:5])})" if detail.get(name) else ""
            reasons.append(Reason(kind=_KINDS[name], text=f"{name} {value:.2f} is below {FLOOR}{because}"))
    if overall < threshold:
        reasons.append(Reason(kind=ReasonKind.BELOW_THRESHOLD, text=f"overall {overall:.2f} is below {threshold}"))
    return Quality(**scores, overall=overall, threshold=threshold, accepted=not reasons, reasons=tuple(reasons))
