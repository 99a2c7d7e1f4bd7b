"""Which of two ways to do the same is faster, and what that saves in a frame."""

import random
from dataclasses import dataclass

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.timing import RULES, cost, cycles
from oracle_lib.tasks.kit.tooling import code, question

SUBJECT = "cycles"


@dataclass(frozen=True)
class _Way:
    said: str
    lines: tuple[str, ...]

    @property
    def cycles(self) -> int:
        return cycles(listing("\n".join(["Go:", *self.lines, "RTS"])))


def draw(rng: random.Random) -> Problem:
    while True:
        purpose, ways = rng.choice(_PAIRS)(rng)
        first, second = rng.sample(ways, 2)
        costs = first.cycles, second.cycles
        if costs[0] != costs[1]:
            break
    faster = costs.index(min(costs))
    letter, calls = "AB"[faster], rng.randrange(3, 90)
    saved = max(costs) - min(costs)
    shown = [code(listing("\n".join(way.lines))) for way in (first, second)]
    told = "\n".join(
        f"- {name}, {way.said}: {_sum(way, each)}" for name, way, each in zip("AB", (first, second), costs, strict=True)
    )
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"Which of these two is faster, and how many master cycles does that save in a frame with {calls} calls?",
            f"Both of these {purpose}. I need that {calls} times a frame. Which one shall I take if only speed counts, "
            "and what do I gain in a frame?",
            f"A or B? Master cycles saved by {calls} calls?",
            f"I have two ways to write code that {_third(purpose)}, for each of {calls} objects. Compare what they "
            "cost "
            "in a frame.",
            f"Profile both and tell me the faster one and the difference when it runs {calls} times a frame.",
        ),
        input=f"A)\n{shown[0]}\n\nB)\n{shown[1]}\n\nBoth {purpose}. A, X and Y are 8 bits wide on entry, D is $0000. "
        f"{RULES}",
        reasoning=f"{told}\n\n{letter} is faster: {max(costs) - 42} - {min(costs) - 42} = {saved} a time, and "
        f"{saved} * {calls} = {saved * calls} in a frame.",
        facts={"choice": letter, "cycles": saved * calls},
        parameters={"A": "\n".join(first.lines), "B": "\n".join(second.lines), "calls": calls},
    )


def _third(purpose: str) -> str:
    verb, _, rest = purpose.partition(" ")
    return f"{verb}s {rest}"


def _sum(way: _Way, total: int) -> str:
    """The costs of a way's instructions added up, or only their sum where it loops."""
    m = x = 8
    parts = []
    for line in way.lines:
        parts.append(cost(line, m, x) if line[:3] in _PLAIN else 0)
        if line[:3] in ("REP", "SEP"):
            width = 16 if line.startswith("REP") else 8
            m, x = (width if int(line[-2:], 16) & bit else old for bit, old in ((0x20, m), (0x10, x)))
    if 0 in parts or sum(parts) != total - 42:
        return f"{total - 42}"
    return f"{' + '.join(map(str, parts))} = {total - 42}"


_PLAIN = ("LDA", "STA", "STZ", "REP", "SEP", "CLC", "SEC", "ADC", "SBC", "INC", "DEC", "ASL", "LSR", "TAX", "LDX",
          "STX", "AND", "ORA", "TXA", "INX", "XBA", "TSB", "TRB", "EOR", "LDY", "STY", "TAY", "TYA", "TXY")  # fmt: skip


def _place(rng: random.Random) -> int:
    return rng.randrange(0x0400, 0x1F80) * 2


def _low(rng: random.Random) -> int:
    return rng.randrange(0x10, 0xE0)


def _add(rng: random.Random) -> tuple[str, list[_Way]]:
    place, value = _place(rng) & 0x1FFF | 0x0800, rng.choice((1, 2, 3))
    return f"add {value} to the byte at ${place:04X}", [
        _Way("by INC in memory", (f"INC.w ${place:04X}",) * value),
        _Way("through A", (f"LDA.w ${place:04X}", "CLC", f"ADC #${value:02X}", f"STA.w ${place:04X}")),
        _Way("by INC of A", (f"LDA.w ${place:04X}", *("INC",) * value, f"STA.w ${place:04X}")),
    ]


def _copy(rng: random.Random) -> tuple[str, list[_Way]]:
    here, there = rng.sample(range(0x0700, 0x1F00, 8), 2)
    size = rng.choice((2, 4, 6))
    bytes_ = [line for at in range(size) for line in (f"LDA.w ${here + at:04X}", f"STA.w ${there + at:04X}")]
    words = [line for at in range(0, size, 2) for line in (f"LDA.w ${here + at:04X}", f"STA.w ${there + at:04X}")]
    return f"copy {size} bytes from ${here:04X} to ${there:04X}", [
        _Way("byte by byte", tuple(bytes_)),
        _Way("word by word", ("REP #$20", *words, "SEP #$20")),
        _Way(
            "word by word with X",
            ("REP #$10", *(line.replace("LDA", "LDX").replace("STA", "STX") for line in words), "SEP #$10"),
        ),
    ]


def _clear(rng: random.Random) -> tuple[str, list[_Way]]:
    place, size = rng.randrange(0x0700, 0x1F00, 8), rng.choice((2, 4, 6, 8))
    return f"clear {size} bytes from ${place:04X}", [
        _Way("byte by byte", tuple(f"STZ.w ${place + at:04X}" for at in range(size))),
        _Way("word by word", ("REP #$20", *(f"STZ.w ${place + at:04X}" for at in range(0, size, 2)), "SEP #$20")),
        _Way("through A", ("LDA #$00", *(f"STA.w ${place + at:04X}" for at in range(size)))),
    ]


def _direct(rng: random.Random) -> tuple[str, list[_Way]]:
    place, mask = _low(rng), 1 << rng.randrange(8)
    return f"set the bits ${mask:02X} in the byte at ${place:02X}", [
        _Way("on the direct page", (f"LDA.b ${place:02X}", f"ORA #${mask:02X}", f"STA.b ${place:02X}")),
        _Way("with 16-bit addresses", (f"LDA.w ${place:04X}", f"ORA #${mask:02X}", f"STA.w ${place:04X}")),
        _Way("with TSB", (f"LDA #${mask:02X}", f"TSB.b ${place:02X}")),
        _Way("with long addresses", (f"LDA.l $7E{place:04X}", f"ORA #${mask:02X}", f"STA.l $7E{place:04X}")),
    ]


def _double(rng: random.Random) -> tuple[str, list[_Way]]:
    place, times = rng.randrange(0x0700, 0x1F00), rng.choice((1, 2, 3))
    return f"multiply the byte at ${place:04X} by {2**times}, modulo 256", [
        _Way("shifted in memory", (f"ASL.w ${place:04X}",) * times),
        _Way("shifted in A", (f"LDA.w ${place:04X}", *("ASL",) * times, f"STA.w ${place:04X}")),
        _Way(
            "added to itself",
            (f"LDA.w ${place:04X}", *("CLC", f"ADC.w ${place:04X}") * (2**times - 1), f"STA.w ${place:04X}"),
        ),
    ]


_PAIRS = (_add, _copy, _clear, _direct, _double)
