"""Is what an answer claims borne out by what is there to read: the request, the given code, the answer's own code? Asks
no model; of prose about a world that only a source knows it says nothing, that is for the judge of prose.
"""

import re

from oracle_lib.quality.knowledge.places import place
from oracle_lib.quality.text import Reading, addresses, mnemonics, numbers, quoted, words
from oracle_lib.sample import Domain, Sample, Task
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_DOUBTS = re.compile(
    r"\b(?:i (?:think|believe|guess|assume|suspect)|not (?:entirely |really )?(?:sure|certain)|"
    r"(?:might|may) work|should work(?=\s*(?:[.,;!]|$|but|though))|(?:might|may|could) be wrong|"
    r"(?:no|can(?:no|')t|cannot) guarantee|"
    r"i have ?n[o']t tested|untested|unverified|hopefully|if i (?:recall|remember) correctly)\b",
    re.IGNORECASE,
)
"""What somebody says who does not know whether the answer is right."""
_THINKS_ALOUD = re.compile(
    r"(?:^|[.?!\u2026)]|```)[ \t]*[*_]*(?:(?:no|oh),? )?wait, (?:this|that|it|no|actually|the|there|i|we)\b|\? wait:"
    r"|\bhmm+\b|\bscratch that\b|\bactually, (?:no|wait)\b"
    r"|\blet me (?:recalculate|recount|reconsider|rethink|redo|recheck|start over|correct (?:that|this|it|myself))\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What somebody says who takes back what was just said, in a comment too: the answer holds what it calls wrong."""
_GUESSES = re.compile(r"\b(?:probably|presumably)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\"[^\"\n]*\"|“[^”]*”")
_NO_PLACE = re.compile(r"\bPEA(?:\.w)?[ \t]+\S+")
_REGISTERS = frozenset(
    ("A", "B", "C", "D", "DB", "DBR", "DP", "K", "M", "N", "P", "PB", "PBR", "PC", "S", "SP", "V", "X", "Y", "Z")
)
"""Of the processor, and its flags."""
_WINDOW = 0x200
"""Bytes behind a place that was asked for which code may reach too: it may be a table."""


def support(sample: Sample, reading: Reading) -> tuple[float, tuple[str, ...]]:
    """The share of the checkable claims that the code or the request bears out, and those that neither does.

    A claim is an instruction, address, quoted name or pixel depth that the prose mentions. An answer without code may
    have worked out addresses that stand nowhere, and an explanation may speak of any instruction and register. A guess
    is a claim that nothing bears out. Code that nobody has run also claims that its places in memory are those that
    were asked for. Of these two shares the lower one counts, so that no code is long enough to hide what is wrong with
    what is said of it, and none where the answer doubts or corrects itself: then nothing it says can be relied on. Of
    prose that a judge has held against its source, the judge's claims count instead.
    """
    if sample.grounding and sample.grounding.support is not None:
        return sample.grounding.support, sample.grounding.faults
    kinds = [_said(sample, reading), _doubts(sample, reading)]
    if reading.language == "asm" and not sample.verification:
        kinds.append(_places(sample, reading))
    shares = [sum(claims.values()) / len(claims) for claims in kinds if claims]
    return min(shares, default=1.0), tuple(sorted(claim for claims in kinds for claim in claims if not claims[claim]))


def _said(sample: Sample, reading: Reading) -> dict[str, bool]:
    prose, ground = reading.prose, f"{sample.prompt}\n{reading.code}"
    about_code = reading.language != "text" or "```" in sample.prompt
    names = quoted(prose) - MNEMONICS - _REGISTERS
    claims = {f"`{name}`": name in words(ground) for name in names} if about_code else {}
    # An answer that shows code of its own may speak of all that the console and its processor have.
    explains = sample.task is Task.ANSWER and reading.language == "asm"
    if reading.language == "asm":
        there, written = addresses(ground), numbers(ground) | {0} if explains else frozenset[int]()
        for one in addresses(prose):
            is_known = explains and (place(one).register is not None or one & 0xFFFF in written)
            claims[f"${one:06X}"] = one in there or is_known
    if reading.language == "asm" or (about_code and mnemonics(sample.prompt) and not sample.states_facts):
        known = mnemonics(ground) | reading.encoded
        known |= {call for call, back in (("JSR", "RTS"), ("JSL", "RTL")) if back in known}
        claims |= {name: explains or name in known for name in mnemonics(prose)}
    if reading.language == "cpp":
        depths = set(re.findall(r"\b[2348]bpp\b", prose.lower()))
        claims |= {depth: depth in ground.lower() for depth in depths}
    return claims | {f"guess {guess.lower()!r}": False for guess in _GUESSES.findall(prose)}


def _doubts(sample: Sample, reading: Reading) -> dict[str, bool]:
    """Where the answer says that it may be wrong, or was. What people in it say, in quotation marks, is no doubt of its
    own, and prose that tells of a world may have anybody think aloud.
    """
    found = _DOUBTS.findall(_SPEECH.sub("", reading.prose))
    if sample.domain is not Domain.TEXT:
        found += _THINKS_ALOUD.findall(_SPEECH.sub("", sample.output))
    return {f"doubt {' '.join(doubt.lower().split())!r}": False for doubt in found}


def _places(sample: Sample, reading: Reading) -> dict[str, bool]:
    """Whether each place in WRAM that the code works on lies where the request speaks of memory. Nothing where it names
    no place: then what is meant is known elsewhere."""
    asked = addresses(sample.prompt)
    if not asked:
        return {}
    worked_on = addresses(_NO_PLACE.sub("", reading.code)) & reading.addresses
    wram = [place for place in worked_on if place >> 16 in (0x7E, 0x7F) and place & 0xFFFF >= 0x100]
    return {f"${place:06X}": any(-2 <= place - one < _WINDOW for one in asked) for place in wram}
