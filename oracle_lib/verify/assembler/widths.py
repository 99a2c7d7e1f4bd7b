"""Following the M and X flags through assembled code, to find immediates of the wrong width.

The flags decide how many bytes the processor takes for `LDA #` or `LDX #`, the assembler decides how many it writes;
where they differ, every instruction after it is misread. Where the flags cannot be known (after a call of outside code,
where paths disagree) nothing is said. The sizes of addresses have nothing to do with M and X.
"""

from collections import deque
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeVar

from oracle_lib.verify.assembler.model import Diagnostic, Instruction, Kind, Mode, Severity
from oracle_lib.verify.assembler.opcodes import ACCUMULATOR_IMMEDIATES, BRANCHES, INDEX_IMMEDIATES

Key = TypeVar("Key")
Bits = Literal[8, 16] | None
"""The width of a register; None is unknown."""

_ENDS = frozenset(("RTI", "BRK", "COP", "STP"))
_PUSHES = frozenset(("PHA", "PHX", "PHY", "PHB", "PHD", "PHK", "PEA", "PEI", "PER"))
_PULLS = frozenset(("PLA", "PLX", "PLY", "PLB", "PLD"))
_CARRY = frozenset(("ADC", "SBC", "CMP", "CPX", "CPY", "ASL", "LSR", "ROL", "ROR"))
_M_DECIDES = (ACCUMULATOR_IMMEDIATES, "M", "accumulator")
_X_DECIDES = (INDEX_IMMEDIATES, "X", "index registers")
_STEPS = 200_000
_DEPTH = 32


class Widths(NamedTuple):
    """What is known before an instruction: the widths of the accumulator and the index registers, emulation mode, the
    carry (it goes into emulation mode), and what the routine has pushed: saved flags, or None for anything else."""

    m: Bits = None
    x: Bits = None
    emulation: bool | None = False
    carry: bool | None = None
    stack: tuple[tuple[Bits, Bits] | None, ...] = ()

    def join(self, other: "Widths") -> "Widths":
        """What holds on both of two paths."""
        pairs = zip(self, other, Widths(emulation=None), strict=True)
        return Widths._make(one if one == another else unknown for one, another, unknown in pairs)

    def after(self, instruction: Instruction) -> "Widths":
        """What holds behind an instruction that goes on to the next."""
        name = instruction.mnemonic
        match name:
            case "SEP" | "REP":
                return self._with_flags(instruction.code[1], name == "SEP")
            case "CLC" | "SEC":
                return self._replace(carry=name == "SEC")
            case "XCE":  # native mode keeps the widths, emulation mode makes them 8 bits
                m, x = (bits if self.carry is False or bits == 8 else 8 if self.carry else None for bits in self[:2])
                return self._replace(m=m, x=x, emulation=self.carry, carry=self.emulation)
            case "PHP":
                return self._replace(stack=(*self.stack, (self.m, self.x))[-_DEPTH:])
            case "PLP":
                saved = self.stack[-1] if self.stack and self.emulation is False else None
                m, x = saved or (None, None)
                return self._replace(m=m, x=x, carry=None, stack=self.stack[:-1])
            case "TXS" | "TCS":
                return self._replace(stack=())
        if name in _PUSHES:
            return self._replace(stack=(*self.stack, None)[-_DEPTH:])
        if name in _PULLS:
            return self._replace(stack=self.stack[:-1])
        return self._replace(carry=None) if name in _CARRY else self

    def _with_flags(self, mask: int, on: bool) -> "Widths":
        bits: Bits = 8 if on or self.emulation else 16 if self.emulation is False else None
        m, x = bits if mask & 0x20 else self.m, bits if mask & 0x10 else self.x
        return self._replace(m=m, x=x, carry=on if mask & 1 else self.carry)


def track_widths(listing: Iterable[Instruction], m: Bits = None, x: Bits = None) -> dict[int, Widths]:
    """What is known of M and X before each instruction, by its address.

    Code is entered at the first instruction with an accumulator of `m` and index registers of `x` bits. Calls of listed
    routines are followed and change the flags as the routine does. What is not reached from there is entered in order
    with nothing known, and takes nothing back of what is known already. A listing that is not settled within a bound
    gives nothing.
    """
    tracker, steps = _Tracker(listing), _STEPS
    known: dict[int, Widths] = {}
    for address in tracker.code:
        if address in known:
            continue
        tracker.before.clear()
        tracker.reach(address, address, Widths() if known else Widths(m, x))
        while tracker.queue:
            steps -= 1
            if steps < 0:
                return {}
            tracker.step(*tracker.queue.popleft())
        reached: dict[int, Widths] = {}
        for (_, at), widths in tracker.before.items():
            _join(reached, at, widths)
        known = reached | known
    return known


def width_mismatches(listing: Iterable[Instruction], m: Bits = None, x: Bits = None) -> list[Diagnostic]:
    """A warning for every immediate whose encoded width contradicts the flags that `track_widths` knows there."""
    listing = tuple(listing)
    known = track_widths(listing, m, x)
    found = []
    for address, code, name, mode, line, column, file in listing:
        written = 8 * (len(code) - 1)
        widths = known.get(address, Widths())
        for bits, names, flag, register in ((widths.m, *_M_DECIDES), (widths.x, *_X_DECIDES)):
            if mode is Mode.IMMEDIATE and name in names and bits not in (None, written):
                message = f"{name} # is {written} bits wide, but {flag} makes the {register} {bits} bits here"
                found.append(Diagnostic(Kind.WIDTH_MISMATCH, message, line, column, Severity.WARNING, file))
    return found


class _Tracker:
    """A fixed point over (routine, address): a routine is named by the address it is called at."""

    def __init__(self, listing: Iterable[Instruction]) -> None:
        self.code = {instruction.address: instruction for instruction in listing}
        self.before: dict[tuple[int, int], Widths] = {}
        self.exits: dict[int, Widths] = {}
        self.callers: dict[int, set[tuple[int, int]]] = {}
        self.queue: deque[tuple[int, int]] = deque()

    def reach(self, routine: int, address: int, widths: Widths) -> None:
        if address in self.code and _join(self.before, (routine, address), widths):
            self.queue.append((routine, address))

    def step(self, routine: int, address: int) -> None:
        instruction, widths = self.code[address], self.before[routine, address]
        name, code = instruction.mnemonic, instruction.code
        bank = address & 0xFF0000
        following = bank | (address + len(code)) & 0xFFFF
        target = int.from_bytes(code[1:], "little") | (bank if len(code) == 3 else 0)
        if name in ("RTS", "RTL"):
            if _join(self.exits, routine, widths._replace(stack=())):
                self.queue.extend(key for key in self.callers.get(routine, ()) if key in self.before)
        elif name in BRANCHES or name == "BRL":
            distance = int.from_bytes(code[1:], "little", signed=True)
            self.reach(routine, bank | (following + distance) & 0xFFFF, widths)
            if name not in ("BRA", "BRL"):
                self.reach(routine, following, widths)
        elif name in ("JMP", "JML"):
            if instruction.mode is Mode.DIRECT:
                self.reach(routine, target, widths)
        elif name in ("JSR", "JSL") and instruction.mode is Mode.DIRECT and target in self.code:
            self.callers.setdefault(target, set()).add((routine, address))
            self.reach(target, target, widths._replace(stack=()))
            if target in self.exits:
                self.reach(routine, following, self.exits[target]._replace(stack=widths.stack))
        elif name in ("JSR", "JSL"):
            self.reach(routine, following, Widths(emulation=widths.emulation, stack=widths.stack))
        elif name not in _ENDS:
            self.reach(routine, following, widths.after(instruction))


def _join(table: dict[Key, Widths], key: Key, widths: Widths) -> bool:
    """Enter what holds on one more path. Returns whether that changes anything."""
    old = table.get(key)
    table[key] = new = old.join(widths) if old else widths
    return new != old
