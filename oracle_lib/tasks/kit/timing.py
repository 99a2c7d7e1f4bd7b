"""Measures routines on the console in master cycles, and short loops whose cost adds up from that of each instruction.

The cost of an instruction is measured too: nothing here knows a table of cycles. All code lies in slow ROM.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from oracle_lib.tasks.kit.asm import listing
from oracle_lib.verify import Span, assemble, shared_console
from oracle_lib.verify.contract import Flag

RTS = 42
"""Master cycles of an RTS in slow ROM."""
ORIGIN = 0x008000
_WRITABLE = (Span(address=0x7E0000, length=0x20000),)
_BUDGET = 1_500_000


def cycles(text: str, m: int = 8, x: int = 8, *, zero: bool = False, negative: bool = False) -> int:
    """The master cycles of a routine at $008000 from its first opcode to the end of its RTS, without DRAM refresh."""
    assembly = assemble(text, origin=ORIGIN, backend="own")
    assert assembly.ok, assembly.diagnostics
    flags: dict[Flag, bool] = {"m": m == 8, "x": x == 8, "z": zero, "n": negative}
    with shared_console() as console:
        run = console.call(list(assembly.blocks), budget=_BUDGET, flags=flags, entry=ORIGIN, writes=_WRITABLE)
    assert run.cycles is not None, (text, run.ended)
    return run.cycles


@cache
def cost(instruction: str, m: int = 8, x: int = 8, taken: bool = False) -> int:
    """The master cycles of one instruction; of a conditional branch as it is taken or not."""
    name = instruction[:3]
    if name not in _BRANCHES:
        return cycles(f"{instruction}\nRTS", m, x) - RTS
    zero, negative = _BRANCHES[name] if taken else (not _BRANCHES[name][0], not _BRANCHES[name][1])
    return cycles(f"{name} +\n+\nRTS", m, x, zero=zero, negative=negative) - RTS


_BRANCHES = {"BNE": (False, False), "BPL": (False, False), "BEQ": (True, False), "BMI": (False, True)}
"""The zero and the negative flag with which a branch is taken."""


@dataclass(frozen=True)
class Loop:
    """A routine with one loop of `passes` passes: what is done before it and in it, and the branch that closes it."""

    name: str
    purpose: str
    setup: tuple[str, ...]
    body: tuple[str, ...]
    branch: str
    passes: int
    m: int
    x: int

    @property
    def text(self) -> str:
        lines = [f"{self.name}:", *self.setup, ".next", *self.body, f"{self.branch} .next", "RTS"]
        return listing("\n".join(lines))

    @property
    def before(self) -> int:
        return sum(cost(line, self.m, self.x) for line in self.setup)

    @property
    def each(self) -> int:
        """A pass with its branch taken."""
        return sum(cost(line, self.m, self.x) for line in self.body) + cost(self.branch, self.m, self.x, True)

    @property
    def saved(self) -> int:
        """How much less the last branch costs, which is not taken."""
        return cost(self.branch, self.m, self.x, True) - cost(self.branch, self.m, self.x, False)

    @property
    def total(self) -> int:
        """Of the whole routine with its RTS, measured as it runs."""
        measured = cycles(self.text, self.m, self.x)
        assert measured == self.before + self.passes * self.each - self.saved + RTS, (self, measured)
        return measured

    @property
    def widths(self) -> str:
        return f"A is {self.m} bits wide, X and Y are {self.x}"

    def told(self) -> str:
        """What each instruction costs, as a list."""
        lines = [f"- `{line}`: {cost(line, self.m, self.x)}" for line in (*self.setup, *self.body)]
        taken, fell = cost(self.branch, self.m, self.x, True), cost(self.branch, self.m, self.x, False)
        return "\n".join([*lines, f"- `{self.branch} .next`: {taken} taken, {fell} not taken", f"- `RTS`: {RTS}"])


RULES = (
    "The code runs in slow ROM: each access to ROM and WRAM takes 8 master cycles, an internal cycle of the CPU 6. "
    "DRAM "
    "refresh is left out."
)
_NAMES = {
    "clears": ("ClearSlots", "ClearBuffer", "WipeList", "ResetTimers", "EmptyQueue"),
    "copies": ("CopyRow", "BackupState", "CopyNames", "MirrorList", "SaveRoom", "LoadBuffer"),
    "adds 1": ("AddBonus", "AgeTimers", "CountAll", "TickSlots"),
    "fills": ("FillRow", "MarkAll", "PaintMap", "PresetSlots"),
    "adds up": ("SumPrices", "SumScores", "TotalWeight", "Checksum"),
    "sets bits": ("FlagAll", "LockDoors", "MarkVisited", "ArmTraps"),
}
"""Names of loops by how what they do begins."""


def loop(rng: random.Random, m: Sequence[int] = (8, 16), most: int = 120) -> Loop:
    """A loop over a few entries in WRAM, as people write them. The tables begin at a page, so no index leaves it."""
    width = rng.choice(m)
    passes = rng.randrange(4, min(most, 124 if width == 8 else 62) + 1)
    one, other = (page << 8 for page in rng.sample(range(0x07, 0x1F), 2))
    step = ("DEX",) if width == 8 else ("DEX", "DEX")
    last = (passes - 1) * (width // 8)
    value = rng.randrange(1 << width)
    size = "bytes" if width == 8 else "words"
    bodies = (
        (f"clears {passes} {size} from ${one:04X}", (), (f"STZ.w ${one:04X},X",)),
        (f"copies {passes} {size} from ${one:04X} to ${other:04X}", (),
         (f"LDA.w ${one:04X},X", f"STA.w ${other:04X},X")),
        (f"adds 1 to {passes} {size} from ${one:04X}", (), (f"INC.w ${one:04X},X",)),
        (f"fills {passes} {size} from ${one:04X}", (f"LDA #${value:0{width // 4}X}",), (f"STA.w ${one:04X},X",)),
        (f"adds up {passes} {size} from ${one:04X}", (f"LDA #${0:0{width // 4}X}", "CLC"),
         (f"ADC.w ${one:04X},X",)),
        (f"sets bits in {passes} {size} from ${one:04X}", (),
         (f"LDA.w ${one:04X},X", f"ORA #${value:0{width // 4}X}", f"STA.w ${one:04X},X")),
        (f"copies {passes} {size} from $7F{other:04X} to ${one:04X}", (),
         (f"LDA.l $7F{other:04X},X", f"STA.w ${one:04X},X")),
    )  # fmt: skip
    purpose, setup, body = rng.choice(bodies)
    names = next(names for start, names in _NAMES.items() if purpose.startswith(start))
    return Loop(rng.choice(names), purpose, (f"LDX #${last:02X}", *setup), (*body, *step), "BPL", passes, width, 8)
