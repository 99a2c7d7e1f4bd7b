"""Makes a contract from a question that asks for one plain effect on memory, such as "add 3 to $7E0010". Whatever a
question says beyond that leaves it without a contract: a wrong one would be worse than none.
"""

import re
from collections.abc import Callable

from oracle_lib.quality.unrun import entry_widths
from oracle_lib.verify import AsmCase, AsmContract, Span

_PLACE = (
    r"(?:(?:the )?(?:8-bit |16-bit )?(?:byte|word|value|counter|variable)? ?(?:at|of|in)? ?)"
    r"\$(?P<place>[0-9A-Fa-f]{4,6})\b"
)
_FROM = _PLACE.replace("?P<place>", "?P<source>")
_VALUE = r"(?:the value )?#?(?P<value>\$[0-9A-Fa-f]{1,4}\b|\d{1,5}\b)"
_Effect = Callable[[int, int], int]
"""What becomes of a value, given another."""
_EFFECTS: tuple[tuple[re.Pattern[str], _Effect], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), effect)
    for pattern, effect in (
        (rf"\bincrement(?:s|ing)? {_PLACE}(?: by {_VALUE})?", lambda old, value: old + value),
        (rf"\bdecrement(?:s|ing)? {_PLACE}(?: by {_VALUE})?", lambda old, value: old - value),
        (rf"\badd(?:s|ing)? {_VALUE} to {_PLACE}", lambda old, value: old + value),
        (rf"\bsubtract(?:s|ing)? {_VALUE} from {_PLACE}", lambda old, value: old - value),
        (rf"\b(?:clear|zero)(?:s|es|ing)? {_PLACE}", lambda old, value: 0),
        (rf"\b(?:stor|writ|put)(?:e|es|s|ing|ting)? {_VALUE} (?:in|into|to|at) {_PLACE}", lambda old, value: value),
        (rf"\bset(?:s|ting)? {_PLACE} to {_VALUE}", lambda old, value: value),
    )
)
_COPY = re.compile(rf"\bcop(?:y|ies|ying) {_FROM} (?:in|into|to) {_PLACE}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w#])\$[0-9A-Fa-f]{4,6}\b")
_MORE = re.compile(
    r"\b(?:if|when|whenever|unless|only|until|while|every|each|after|before|then|or|but|not|without|except|at most"
    r"|at least|max\w*|min\w*|cap\w*|limit\w*|clamp\w*|satur\w*|overflow\w*|wrap\w*|decimal|bcd|hook\w*|patch\w*"
    r"|tables?|loops?|pointers?|index\w*|frames?|timers?|bits?(?! wide)(?!-)|flags?|dma|vblank|nmi|random\w*)\b",
    re.IGNORECASE,
)
"""Words of a question that asks for more than its effect."""
_WIDTHS = re.compile(r"\b(?:8|16)[- ]bits?\b(?: wide)?", re.IGNORECASE)
_OLD = (0x0000, 0x0001, 0x007F, 0x00FE, 0x00FF, 0x1234, 0xFFFF)
_OTHER = (0x00A5, 0x5A3C)


def contract_of(question: str) -> AsmContract | None:
    """What a routine must do that answers the question; None where the question asks for more than one effect on one
    place in WRAM or SRAM, or for something else.

    The routine is entered with the widths that the question names, 8 bits where it names none, and returns by RTL where
    the question says so, else by RTS.
    """
    if _MORE.search(_WIDTHS.sub("", question)):
        return None
    asked = [(found, effect) for pattern, effect in _EFFECTS for found in pattern.finditer(question)]
    copies = list(_COPY.finditer(question))
    if len(asked) + len(copies) != 1:
        return None
    found, effect = asked[0] if asked else (copies[0], None)
    parts = found.groupdict()
    place, source = _wram(parts["place"]), _wram(parts.get("source") or parts["place"])
    if place is None or source is None or _ADDRESS.search(question[: found.start()] + question[found.end() :]):
        return None
    value = _number(parts.get("value"))
    length = 2 if value > 0xFF or re.search(r"\bword\b|\b16-bit (?:value|variable|counter)", question, re.I) else 1
    if value >= 1 << 8 * length:
        return None
    m, x = entry_widths(question)
    return AsmContract(
        m=m or 8,
        x=x or 8,
        returns="rtl" if re.search(r"\bRTL\b|\bJSL\b", question) else "rts",
        writes=(Span(address=place, length=length),),
        cases=tuple(_case(place, source, old, effect, value, length) for old in _OLD),
    )


def _case(place: int, source: int, old: int, effect: _Effect | None, value: int, length: int) -> AsmCase:
    size = 1 << 8 * length
    before = {place: old % size} if effect else {place: _OTHER[old == _OTHER[0]] % size, source: old % size}
    after = effect(old % size, value) % size if effect else old % size
    return AsmCase(
        memory={address: number.to_bytes(length, "little") for address, number in before.items()},
        expect_memory={place: after.to_bytes(length, "little")},
    )


def _wram(digits: str) -> int | None:
    """The place in work or save memory that hexadecimal digits name, None for any other."""
    address = int(digits, 16)
    address |= 0x7E0000 if address < 0x2000 else 0
    return address if 0x7E0000 <= address < 0x7E1F00 or 0x7E2000 <= address < 0x7FFFFE else None


def _number(said: str | None) -> int:
    if said is None:
        return 1
    return int(said[1:], 16) if said[0] == "$" else int(said)
