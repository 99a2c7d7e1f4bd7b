"""Scores a batch of samples and decides which are good enough."""

import re
from collections.abc import Iterable, Sequence

from oracle_lib.quality.knowledge import Knowledge
from oracle_lib.quality.text import Reading, addresses, identifiers, mnemonics, numbers, quoted, words
from oracle_lib.quality.validators import validate
from oracle_lib.sample import Domain, Quality, Sample

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

_GRAM = 5
_HEDGES = re.compile(
    r"\b(?:i think|i believe|i guess|i assume|not (?:entirely |really )?sure|might work|may work|should work|probably|"
    r"presumably|untested|i have ?n[o']t tested|hopefully|if i (?:recall|remember) correctly)\b",
    re.IGNORECASE,
)
_STOP_WORDS = {
    *(
        "about",
        "after",
        "also",
        "been",
        "before",
        "between",
        "could",
        "does",
        "each",
        "every",
        "explain",
        "from",
        "give",
    ),
    *("have", "here", "into", "just", "like", "make", "more", "most", "much", "only", "other", "over", "some", "such"),
    *(
        "tell",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "very",
        "what",
        "when",
    ),
    *("where", "which", "while", "will", "with", "would", "write", "your"),
}


def score(samples: Sequence[Sample], knowledge: Knowledge) -> list[Quality]:
    """The quality of each sample, in the order given. Depends on what else the batch holds, never on its order."""
    readings = [Reading.of(sample) for sample in samples]
    diversity = _diversity(samples, readings)
    return [_judge(*each, knowledge) for each in zip(samples, readings, diversity, strict=True)]


def _judge(sample: Sample, reading: Reading, diversity: float, knowledge: Knowledge) -> Quality:
    reasons = list(validate(sample, reading))
    known, unknown = knowledge.known_share(sample, reading)
    supported, unsupported = _support(sample, reading)
    scores = {
        "coherence": round(_coherence(sample, reading), 4),
        "hallucination": round(supported, 4),
        "knowledge": round(known, 4),
        "diversity": round(diversity, 4),
    }
    overall = round(sum(WEIGHTS[name] * value for name, value in scores.items()), 4)
    threshold = THRESHOLDS[sample.domain]
    detail = {"hallucination": unsupported, "knowledge": unknown}
    for name, value in scores.items():
        if name != "diversity" and value < FLOOR:
            because = f" ({', '.join(detail[name][:5])})" if detail.get(name) else ""
            reasons.append(f"{name} {value:.2f} is below {FLOOR}{because}")
    if overall < threshold:
        reasons.append(f"overall {overall:.2f} is below {threshold}")
    return Quality(**scores, overall=overall, threshold=threshold, accepted=not reasons, reasons=tuple(reasons))


def _coherence(sample: Sample, reading: Reading) -> float:
    """How far the answer is of its kind and to the point.

    Code: the share of its lines that read as code, times the share of the request's numbers and names that it takes up.
    Prose: the share of the request's content words that it takes up, times how little it repeats itself. Taking up half
    of them is full marks, because requests also name examples, ranges and what must not change. Of an answer that
    states facts its contract has shown that it is to the point, so only repetition counts.
    """
    if reading.language == "text":
        asked = {word[:6] for word in words(sample.prompt.lower()) if len(word) > 3 and word not in _STOP_WORDS}
        said = {word[:6] for word in words(sample.output.lower())}
        reflected = min(1.0, 2 * len(asked & said) / len(asked)) if asked and not sample.states_facts else 1.0
        spoken = sample.output.lower().split()
        phrases = list(zip(spoken, spoken[1:], spoken[2:], strict=False))
        return reflected * (len(set(phrases)) / len(phrases) if phrases else 0.0)
    places, names = numbers(sample.instruction), identifiers(sample.instruction)
    used = numbers(reading.code)
    # Code that moves the direct page names an address by its page and its low byte.
    taken_up = sum(place in used or {place & 0xFF00, place & 0xFF} <= used for place in places)
    taken_up += len(names & words(reading.code))
    asked_for = len(places) + len(names)
    return reading.parsed_share * (min(1.0, 2 * taken_up / asked_for) if asked_for else 1.0)


def _support(sample: Sample, reading: Reading) -> tuple[float, tuple[str, ...]]:
    """The share of the prose's checkable claims that the code or the request bears out, and those that neither does.

    A claim is an instruction, address, quoted name or pixel depth that the prose mentions. A hedge is a claim that
    nothing bears out. Of prose that a judge has checked, the judge's claims count instead.
    """
    if sample.grounding and sample.grounding.support is not None:
        return sample.grounding.support, sample.grounding.faults
    ground = f"{sample.prompt}\n{reading.code}"
    prose = reading.prose
    claims = {f"`{name}`": name in words(ground) for name in quoted(prose)} if reading.language != "text" else {}
    claims |= {f"${place:06X}": place in addresses(ground) for place in addresses(prose) if reading.language == "asm"}
    if reading.language == "asm":
        known = mnemonics(ground) | reading.encoded
        known |= {call for call, back in (("JSR", "RTS"), ("JSL", "RTL")) if back in known}
        claims |= {name: name in known for name in mnemonics(prose)}
    if reading.language == "cpp":
        depths = set(re.findall(r"\b[2348]bpp\b", prose.lower()))
        claims |= {depth: depth in ground.lower() for depth in depths}
    claims |= {f"hedge {hedge.lower()!r}": False for hedge in _HEDGES.findall(prose)}
    unsupported = tuple(sorted(claim for claim, holds in claims.items() if not holds))
    return (1 - len(unsupported) / len(claims) if claims else 1.0), unsupported


def _grams(reading: Reading) -> set[int]:
    tokens = reading.tokens
    return {hash(tokens[start : start + _GRAM]) for start in range(max(1, len(tokens) - _GRAM + 1))}


def _diversity(samples: Iterable[Sample], readings: Iterable[Reading]) -> list[float]:
    """The share of an answer's runs of five tokens that no other group's answer in the batch contains."""
    owners: dict[int, str | None] = {}
    grams = []
    for sample, reading in zip(samples, readings, strict=True):
        grams.append(_grams(reading))
        for gram in grams[-1]:
            owners[gram] = sample.group if owners.get(gram, sample.group) == sample.group else None
    return [sum(owners[gram] is not None for gram in of_one) / len(of_one) for of_one in grams]
