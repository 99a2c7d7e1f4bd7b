"""How the code that answers a question is tried: random states of the console, how it is called, and what of its work
is looked at. All of it is drawn from the question alone. Runs nothing.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from oracle_lib import verify
from oracle_lib.quality.text import addresses, numbers
from oracle_lib.quality.unrun import entry_widths
from oracle_lib.verify.assembler import Assembly, Bits
from oracle_lib.verify.contract import Driver, Flag, Register, Returns, Span
from oracle_lib.verify.fragments import assemble_fragment

STATES = 24
_BEHIND = 0x100
"""Bytes behind a place that a question names which have content: tables and records begin there."""
_MOST_PLACES = 64
SCRATCH = Span(address=0x7E0000, length=0x10)
"""What routines use for a moment, and anybody may change."""
_SCRATCH_END, _LOW_END, _STACK, _STACK_END = 0x7E0010, 0x7E2000, 0x7E0180, 0x7E0200
_SAVE, _SAVE_END = 0x7EF000, 0x7EF500
"""The game's copy of the save file: inventory and progress, which questions call by their names."""
_BUFFERS = tuple(range(0x7E4000, 0x7E8000, 0x400))
"""Where pointers lead."""
_ROM_BANKS = 0x70
_ANY_SIZE = 0x10000
_EDGES = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)
_SORTS = ("any", "ranged", "tiny")
_FENCE = re.compile(r"^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_ORG = re.compile(r"^\s*org\b", re.MULTILINE | re.IGNORECASE)
_DIRECT = re.compile(
    r"(?:\b(?:at|from|in|into|byte|word|pointer|counter|timer|variable|destination|flags?|index)\s+|[(\[])"
    r"\$([0-9A-Fa-f]{2})\b(?! ?-|\.)",
    re.IGNORECASE,
)
"""An address in the direct page, which looks like any other number of two digits."""
_POINTER = re.compile(
    r"\b(?:pointer|address is|points?)\b[^.$]{0,24}\$([0-9A-Fa-f]{2,6})\b|\bpointer\w* \(?\$([0-9A-Fa-f]{2,6})\b",
    re.IGNORECASE,
)
_CARRY = re.compile(r"\bcarry\b|(?<!\w)C = ", re.IGNORECASE)
_RESULT = re.compile(
    r"\b(?:returns?|results?|leaves?|leaving|gives?|index|place)\b[^.;:]{0,40}? in (?:the )?(?:register )?([AXY])\b"
    r"|(?:^|[.;:,] ?)([AXY]) = "
)
_ONE_KEPT = r"(?:the widths|DB?|[AXY]|all registers)"
_LIST = rf"{_ONE_KEPT}(?:(?:,| and|, and) {_ONE_KEPT}){{0,7}}"
_KEPT = re.compile(
    rf"\b(?:preserv\w+|keep\w*|restor\w+) ({_LIST})\b|\b({_LIST}) (?:alone|unchanged|as before|as (?:they|it) w)",
    re.IGNORECASE,
)
_MOST_BYTES = re.compile(
    r"\b(?:at most|limit|within|no more than|to) (\d+) bytes\b|\b(\d+) bytes (?:long )?or (?:less|shorter)"
)
_PADS = re.compile(r"\$(?:4016|4017|4218|4219|421A|421B)\b", re.IGNORECASE)
_DRIVERS: dict[Driver, re.Pattern[str]] = {
    "vram": re.compile(r"\bVRAM\b|\$211[89]\b"),
    "cgram": re.compile(r"\bCGRAM\b|\$2122\b"),
    "oam": re.compile(r"\$2104\b"),
}


@dataclass(frozen=True)
class Trial:
    """How each draft is run. `host` is the routine in ROM that a question shows and asks to patch, entered at `entry`;
    `data` is what lies at the places in ROM that it names. `m` and `x` are the widths on entry. `watch` is the memory
    that is looked at afterwards; `results` are the registers and the flag that hold
    a result, `kept` the registers that must be as they were. `returns` is None where the question does not say how.
    Code that is asked to be made shorter may take `most_bytes`.
    """

    starts: tuple[verify.Start, ...]
    watch: tuple[Span, ...]
    m: Bits
    x: Bits
    returns: Returns | None
    host: tuple[tuple[int, bytes], ...]
    entry: int | None
    data: tuple[tuple[int, bytes], ...]
    results: tuple[Register, ...]
    kept: tuple[Register, ...]
    carry: bool
    driver: Driver | None
    most_bytes: int


def trial_of(question: str) -> Trial:
    """The trial of a question: the same one each time."""
    prose = _FENCE.sub("", question)
    rng = random.Random(hashlib.sha256(question.encode()).digest())
    m, x = entry_widths(prose)
    m, x = m or 8, x or 8
    host = _host(question)
    places, rom = _named(question)
    pointers = _pointers(prose)
    memory = _merged([*places, *pointers])
    pool = _numbers(prose)
    driver = next((name for name, pattern in _DRIVERS.items() if pattern.search(prose)), None)
    if any(0x7F0000 <= place < 0x800000 for place in places):
        driver = None  # it would stand where the question's own data lies
    watch = _watched(memory, driver, bool(pointers))
    starts = [
        verify.Start(
            registers=_registers(rng, _SORTS[number % len(_SORTS)], pool, x, number),
            flags=_flags(rng, m, x, number),
            memory=_memory(rng, _SORTS[number % len(_SORTS)], memory, pointers, pool),
            watch=watch,
            joypads=_pads(rng) if _PADS.search(prose) else None,
        )
        for number in range(STATES)
    ]
    return Trial(
        starts=tuple(starts),
        watch=tuple(watch),
        m=m,
        x=x,
        returns=_returns(prose, host),
        host=tuple(host.blocks) if host else (),
        entry=host.blocks[0][0] if host else None,
        data=tuple((place, _filled(rng, pool, min(_BEHIND, 0x10000 - (place & 0xFFFF)))) for place in rom),
        results=_registers_in(_RESULT, prose),
        kept=_registers_in(_KEPT, prose),
        carry=bool(_CARRY.search(prose)),
        driver=driver,
        most_bytes=_most_bytes(prose) if prose != question else _ANY_SIZE,
    )


def _host(question: str) -> Assembly | None:
    """The last piece of code in the question that says where it lies: earlier ones may be a patch that fails."""
    for block in reversed(verify.code_blocks(question)):
        if "```" in question and _ORG.search(block):
            assembly = assemble_fragment(block, {}).assembly
            return assembly if assembly.ok and assembly.code else None
    return None


def _named(question: str) -> tuple[list[int], list[int]]:
    """The places that a question names: those in WRAM and SRAM, and those in ROM but for a shown routine's own."""
    direct = {0x7E0000 + int(digits, 16) for digits in _DIRECT.findall(_FENCE.sub("", question))}
    found = sorted(addresses(question) | direct)
    ram = [place for place in found if 0x7E0000 <= place < 0x800000 or 0x700000 <= place < 0x708000]
    without_host = _FENCE.sub(lambda block: "" if _ORG.search(block[0]) else block[0], question)
    rom = [place for place in addresses(without_host) if place & 0x8000 and place >> 16 & 0x7F < _ROM_BANKS]
    return [one for one in ram if not _STACK <= one < _STACK_END][:_MOST_PLACES], sorted(rom)[:_MOST_PLACES]


def _pointers(prose: str) -> list[int]:
    """The places of pointers."""
    found = {int(first or second, 16) for first, second in _POINTER.findall(prose)}
    return sorted(place | 0x7E0000 for place in found if place < 0x2000)


def _merged(places: Sequence[int]) -> list[tuple[int, int]]:
    """The memory that has content, as (address, length): what lies behind each place, up to the next one."""
    ordered, spans = sorted(set(places)), list[tuple[int, int]]()
    for place, following in zip_longest(ordered, ordered[1:], fillvalue=1 << 24):
        bank_end = (place | (0x7FFF if place < 0x7E0000 else 0xFFFF)) + 1
        end = min(place + _BEHIND, following, _LOW_END if 0x7E0000 <= place < _LOW_END else bank_end)
        end = min(end, _STACK) if 0x7E0000 <= place < _STACK else end
        spans.append((place, end - place))
    return spans


def _watched(memory: Sequence[tuple[int, int]], driver: Driver | None, points: bool) -> list[Span]:
    """All of low WRAM but scratch and the stack, the game's save, and what has content elsewhere. Of the scratch no
    more than a pointer at each place that the question names.
    """
    scratch = [(place, min(place + 3, _SCRATCH_END)) for place, _ in memory if 0x7E0000 <= place < _SCRATCH_END]
    elsewhere = [(_SCRATCH_END, _STACK), (_STACK_END, _LOW_END), (_SAVE, _SAVE_END)]
    elsewhere += [(place, place + length) for place, length in memory if place >= _LOW_END or place < 0x7E0000]
    elsewhere += [(buffer, buffer + _BEHIND) for buffer in _BUFFERS if points]
    if driver:
        elsewhere.append((0x7F0000, 0x7F0000 + {"vram": 0x10000, "oam": 544, "cgram": 512}[driver]))
    spans = list[tuple[int, int]]()
    for first, end in sorted([*scratch, *elsewhere]):
        if spans and spans[-1][0] <= first <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((first, end))
    return [Span(address=first, length=end - first) for first, end in spans]


def _numbers(prose: str) -> list[int]:
    """The numbers that a question names, and their neighbours: where something may begin or end."""
    named = numbers(prose) | {int(digits) for digits in re.findall(r"(?<![\w$.])\d{1,5}(?!\w)", prose)}
    near = {(value + off) & 0xFFFF for value in named for off in (-1, 0, 1)}
    return sorted(near | {0, 1, 0xFF})


def _registers(rng: random.Random, sort: str, pool: Sequence[int], x: Bits, number: int) -> dict[Register, int]:
    wide = 0xFFFF if x == 16 else 0xFF
    a, index, other = (_value(rng, sort, pool) for _ in "axy")
    return {"a": a, "x": index & wide, "y": other & wide, "d": 0, "db": 0x80 if number % 4 in (1, 2) else 0x00}


def _flags(rng: random.Random, m: Bits, x: Bits, number: int) -> dict[Flag, bool]:
    open_flags: dict[Flag, bool] = {"n": rng.random() < 0.5, "v": rng.random() < 0.5, "z": rng.random() < 0.5}
    return open_flags | {"c": number % 2 == 0, "i": number // 2 % 2 == 0, "d": False, "m": m == 8, "x": x == 8}


def _value(rng: random.Random, sort: str, pool: Sequence[int]) -> int:
    """A number as the sort of state has them: `tiny` ones, those up to a number of the question, or any."""
    match sort:
        case "tiny":
            return rng.randrange(4)
        case "ranged":
            return rng.randrange(rng.choice(pool) + 1)
    return rng.choice((rng.randrange(0x10000), rng.choice(pool), rng.randrange(9)))


def _memory(
    rng: random.Random,
    sort: str,
    memory: Sequence[tuple[int, int]],
    pointers: Sequence[int],
    pool: Sequence[int],
) -> dict[int, bytes]:
    """What lies at each place: a number as its sort has them, and content behind; or the same as at another place."""
    found: dict[int, bytes] = {}
    for place, length in memory:
        content = _filled(rng, pool, length)
        if found and rng.random() < 0.25:
            content = rng.choice(list(found.values())) + content
        elif sort != "any":
            content = _value(rng, sort, pool).to_bytes(2, "little") + content
        found[place] = content[:length]
    for place in pointers:
        target = rng.choice(_BUFFERS) + rng.choice((0, 0, rng.randrange(0x40)))
        found[place] = (target.to_bytes(3, "little") + found[place][3:])[: len(found[place])]
    return found


def _filled(rng: random.Random, pool: Sequence[int], length: int) -> bytes:
    """Bytes in one of several styles, words among them, with numbers of the question strewn in."""
    style = rng.choice(("bytes", "small", "small", "words", "edges", "named", "named", "few"))
    few = [rng.choice(pool) & 0xFF, rng.randrange(0x100), rng.randrange(9)]
    content = bytearray()
    while len(content) < length:
        match style:
            case "small":
                content.append(rng.randrange(9))
            case "edges":
                content.append(rng.choice(_EDGES))
            case "few":
                content.append(rng.choice(few))
            case "words":
                content += rng.choice((rng.randrange(0x10000), rng.randrange(0x100))).to_bytes(2, "little")
            case "named":
                content += rng.choice(pool).to_bytes(2, "little")[: rng.choice((1, 2))]
            case _:
                content.append(rng.randrange(0x100))
        if rng.random() < 0.06:
            content[-1] = rng.choice(pool) & 0xFF
    # At the ends of a table, whose size the question names, what only a routine that goes so far will find.
    for number in rng.sample(pool, min(3, len(pool))):
        if (at := number * rng.choice((1, 1, 2))) < length:
            content[at] = rng.choice((*_EDGES, few[0]))
    return bytes(content[:length])


def _pads(rng: random.Random) -> tuple[int, int]:
    """Buttons on both pads, no opposite directions."""
    held = [rng.randrange(0x10000) & rng.randrange(0x10000) & 0xFFF0 for _ in range(2)]
    apart = [one & ~0x0800 if one & 0x0C00 == 0x0C00 else one for one in held]
    first, second = (one & ~0x0200 if one & 0x0300 == 0x0300 else one for one in apart)
    return first, second


def _returns(prose: str, host: Assembly | None) -> Returns | None:
    said: tuple[Returns, ...] = ("rtl", "rts", "rti")
    named = [one for one in said if re.search(rf"\b{one.upper()}\b", prose)]
    if not named and host:
        named = [one for one in said if one.upper() == host.listing[-1].mnemonic]
    return named[0] if len(named) == 1 else None


def _registers_in(pattern: re.Pattern[str], prose: str) -> tuple[Register, ...]:
    said = " ".join(name for found in pattern.finditer(prose) for name in found.groups() if name)
    registers: tuple[Register, ...] = ("a", "x", "y")
    return tuple(one for one in registers if re.search(rf"\b{one.upper()}\b|all registers", said))


def _most_bytes(prose: str) -> int:
    found = _MOST_BYTES.search(prose)
    return int(found[1] or found[2]) if found else _ANY_SIZE
