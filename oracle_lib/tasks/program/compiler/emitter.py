"""Writes lines of code and remembers what is sure after each: what the registers hold, so that nothing is loaded twice.

What is emitted where nothing can get (behind a jump) is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from oracle_lib.tasks.kit.asm import Routine, bus
from oracle_lib.tasks.program.compiler.code import (
    BRANCHES,
    ENDS,
    Code,
    Known,
    Label,
    Line,
    Offset,
    Operand,
    at,
    immediate,
    needs,
)
from oracle_lib.tasks.program.compiler.style import Style, Unsupported

_CHANGES_MEMORY = frozenset(["STA", "STX", "STY", "STZ", "INC", "DEC", "ASL", "LSR", "ROL", "ROR", "TSB", "TRB"])
_CHANGES_A = frozenset(
    ["LDA", "ADC", "SBC", "AND", "ORA", "EOR", "INC", "DEC", "ASL", "LSR", "ROL", "ROR", "PLA", "TXA", "TYA", "XBA"]
)
_FLAGS_OF_A = _CHANGES_A - {"XBA"}
_CARRY_LOST = frozenset(["ADC", "SBC", "CMP", "CPX", "CPY", "ASL", "LSR", "ROL", "ROR"])
_FLAGS_LOST = frozenset(
    [
        "CMP",
        "CPX",
        "CPY",
        "BIT",
        "LDX",
        "LDY",
        "INX",
        "INY",
        "DEX",
        "DEY",
        "TAX",
        "TAY",
        "TXY",
        "TYX",
        "PLX",
        "PLY",
        "TSB",
        "TRB",
        "INC",
        "DEC",
        "ASL",
        "LSR",
        "ROL",
        "ROR",
        "XBA",
    ]
)
_CHANGES_INDEX = dict.fromkeys(["LDX", "INX", "DEX", "PLX", "TAX", "TYX"], "X")
_CHANGES_INDEX |= dict.fromkeys(["LDY", "INY", "DEY", "PLY", "TAY", "TXY"], "Y")


class Emitter:
    """The code so far. `index_width` is that of X and Y wherever the routine uses them as it likes."""

    def __init__(self, routine: Routine, style: Style, index_width: int) -> None:
        self.routine, self.style, self.xw = routine, style, index_width
        self.code: Code = []
        self.known: Known | None = Known()
        self.depth = 0
        self._arriving: dict[Label, Known] = {}
        self._jumped: set[Label] = set()
        self._taken: set[int] = set()

    # ------------------------------------------------------------------------------------------------------------ lines

    def emit(
        self,
        op: str,
        operand: Operand | None = None,
        m: int = 0,
        *,
        x: int | None = None,
        targets: tuple[Label, ...] = (),
        comment: str = "",
        times: int = 1,
    ) -> None:
        """One instruction. `m` is the width at which it works on A or memory, `x` that of its index register."""
        if self.known is None:
            return
        wide = self.xw if x is None else x
        on_a, on_index = needs(op, operand, m, wide)
        self.code.append(Line(op, operand, on_a, on_index, targets, comment, self.depth, times))
        compared = len(self.code) > 1 and getattr(self.code[-2], "op", "") in ("CMP", "CPX", "CPY")
        self._learn(op, operand, m)
        for target in targets:
            self._jumped.add(target)
            state = self.known.copy()
            if op in ("BCC", "BCS"):
                state.carry = int(op == "BCS")
            elif op == "BEQ" and compared:
                state.carry = 1
            arriving = self._arriving.get(target)
            self._arriving[target] = state if arriving is None else state.both(arriving)
        if op in ("BCC", "BCS"):
            self.known.carry = int(op == "BCC")
        elif op == "BNE" and compared:
            self.known.carry = 1
        if op in ENDS:
            self.known = None

    def _learn(self, op: str, operand: Operand | None, m: int) -> None:
        known = self.known
        assert known is not None
        if op in _CARRY_LOST:
            known.carry = None
        elif op in ("CLC", "SEC"):
            known.carry = int(op == "SEC")
        on_memory = op in _CHANGES_MEMORY and operand is not None
        if op in _FLAGS_LOST or (op in _FLAGS_OF_A and not on_memory):
            known.flags = m if op in _FLAGS_OF_A and not on_memory else 0
        if operand is not None and on_memory:
            self.forget(operand, 2)
            if op == "STA":
                known.a |= {(m, operand)}
            elif op == "STX":
                known.x |= {operand}
            elif op == "STY":
                known.y |= {operand}
        elif op in _CHANGES_A:
            known.a = frozenset({(m, operand)}) if op == "LDA" and operand else frozenset()
            if op == "TXA" and m == 8 and self.xw == 8:
                known.a = frozenset((8, one) for one in known.x if isinstance(one, Operand))
        elif op in ("LDX", "INX", "DEX", "PLX", "TAX", "TYX"):
            known.x = frozenset({operand}) if op == "LDX" and operand else known.y if op == "TYX" else frozenset()
            if op == "TAX" and self.xw == 8:
                known.x = frozenset(one for width, one in known.a if width == 8 and not one.index)
        elif op in ("LDY", "INY", "DEY", "PLY", "TAY", "TXY"):
            known.y = frozenset({operand}) if op == "LDY" and operand else known.x if op == "TXY" else frozenset()
            if op == "TAY" and self.xw == 8:
                known.y = frozenset(one for width, one in known.a if width == 8 and not one.index)
        elif op in ("JSR", "JSL", "MVN", "MVP"):
            self.known = Known()
        # What is reached through an index register is another place once that changes.
        changed = _CHANGES_INDEX.get(op)
        if changed:
            known.a = frozenset(one for one in known.a if one[1].index != changed)

    def forget(self, stored: Operand, size: int) -> None:
        """Memory changes: what was known to equal it is no more."""
        known = self.known
        assert known is not None

        def stays(operand: Operand | Offset) -> bool:
            if isinstance(operand, Offset):
                return all(stays(source) for source in operand.sources)
            if operand.immediate:
                return True
            if stored.address < 0 or operand.address < 0:
                return _apart(stored, operand)
            ends = stored.address + (stored.span or size), operand.address + (operand.span or 2)
            return ends[0] <= operand.address or ends[1] <= stored.address

        known.a = frozenset(one for one in known.a if stays(one[1]))
        known.x = frozenset(one for one in known.x if stays(one))
        known.y = frozenset(one for one in known.y if stays(one))

    # ----------------------------------------------------------------------------------------------------------- labels

    def cycle(self, label: Label, turn: Callable[[], None]) -> None:
        """A loop: the label, and what `turn` writes, which jumps back to it.

        What is known at the label must hold whenever it is reached. So the turn is written as if all that is known now
        held every time, and again with what of that turned out to be true. What it loads first and leaves in A is
        loaded before the loop.
        """
        if self.known is None:
            return
        start, before, hoisted = self.known, len(self.code), False
        arriving, jumped, taken, depth = dict(self._arriving), set(self._jumped), set(self._taken), self.depth
        sure = start.lasting()
        while True:
            self.known = sure.copy()
            self.code.append(label)
            begin = len(self.code)
            turn()
            back = self._arriving.get(label)
            back = back.lasting() if back is not None else None
            wanted = None if hoisted or back is None else self._first_load(begin)
            if back is None or (back.both(sure) == sure and wanted not in back.a):
                return
            hoists = wanted is not None and wanted in back.a and wanted not in sure.a
            if not hoists and back.both(sure) == sure:
                return
            del self.code[before:]
            self._arriving, self._jumped, self._taken = dict(arriving), set(jumped), set(taken)
            self.depth, self.known = depth, start.copy()
            if hoists and wanted is not None:
                hoisted = True
                self._preload(*wanted)
                start, before = self.known, len(self.code)
                sure = start.lasting()
            else:
                sure = back.both(sure)

    def _preload(self, m: int, operand: Operand) -> None:
        """Loads A before a loop. Memory that was just cleared gets its zero from A instead."""
        for place in range(len(self.code) - 1, -1, -1):
            line = self.code[place]
            if isinstance(line, Line) and line.op == "STZ" and line.operand == operand and line.m == m:
                zero = immediate(0, m)
                clear = [Line("LDA", zero, m, depth=line.depth), Line("STA", operand, m, depth=line.depth)]
                self.code[place : place + 1] = clear
                if self.known is not None:
                    self.known.a, self.known.flags = frozenset({(m, zero), (m, operand)}), 0
                return
            if isinstance(line, Label) or line.op not in ("LDX", "LDY"):
                break
        self.load(operand, m)

    def next_turn(self) -> None:
        """Forgets what was true in one turn of a loop only."""
        if self.known is not None:
            self.known = self.known.lasting()

    def _first_load(self, begin: int) -> tuple[int, Operand] | None:
        """What a turn loads into A before it does anything else with it."""
        for line in self.code[begin:]:
            if isinstance(line, Label) or line.targets:
                return None
            if line.op == "LDA" and line.operand is not None and not line.operand.index:
                return line.m, line.operand
            if line.op not in ("LDX", "LDY"):
                return None
        return None

    def place(self, label: Label) -> None:
        """The label stands here."""
        arriving = self._arriving.get(label)
        if arriving is not None:
            self.known = arriving if self.known is None else self.known.both(arriving)
        if self.known is None:
            return
        self.code.append(label)

    def jump(self, label: Label) -> None:
        self.emit("BRA", targets=(label,))

    def goto(self, branch: str, label: Label) -> None:
        assert branch in BRANCHES
        self.emit(branch, targets=(label,))

    # ----------------------------------------------------------------------------------------------------------- basics

    def load(self, operand: Operand, m: int, *, flags: bool = False, comment: str = "") -> None:
        """A becomes the operand, where it is not already; with `flags` Z and N speak of it afterwards."""
        if self.known is None:
            return
        if (m, operand) in self.known.a and (not flags or self.known.flags == m):
            return
        if operand.index and operand.size == "l" and operand.index == "Y":
            raise Unsupported("long addresses have no index by Y")
        if not operand.immediate and operand.size == "b":
            for register, held in (("X", self.known.x), ("Y", self.known.y)):
                if operand in held and self.xw == m:
                    self.emit(f"T{register}A", None, m)
                    self.known.a |= {(m, operand)}
                    return
        self.emit("LDA", operand, m, comment=comment)
        if not operand.immediate:
            self.known.a = frozenset({(m, operand)})

    def store(self, operand: Operand, m: int) -> None:
        if self.known is not None and (m, operand) in self.known.a:
            return
        self.emit("STA", operand, m)

    def clear_carry(self) -> None:
        if self.known is not None and not (self.style.trusts_carry and self.known.carry == 0):
            self.emit("CLC")

    def set_carry(self) -> None:
        if self.known is not None and not (self.style.trusts_carry and self.known.carry == 1):
            self.emit("SEC")

    def op(self, name: str, value: int, m: int, comment: str = "") -> None:
        """An instruction on A with an immediate number."""
        self.emit(name, immediate(value, m), m, comment=comment)

    @contextmanager
    def scratch(self) -> Iterator[Operand]:
        """Two bytes of scratch memory for the time being."""
        operand = self.reserve()
        yield operand
        self.release(operand)

    def release(self, operand: Operand) -> None:
        self._taken.discard(operand.address & 0xF)

    def keep_free(self, addresses: Iterable[int]) -> None:
        """Scratch memory that somebody else uses."""
        self._taken |= {address & 0xE for address in addresses}

    def reserve(self) -> Operand:
        """Two bytes of scratch memory until they are released."""
        place = next((place for place in range(0, 0x10, 2) if place not in self._taken), None)
        if place is None:
            raise Unsupported("more than eight temporaries at once")
        self._taken.add(place)
        return at(place)


def _apart(stored: Operand, operand: Operand) -> bool:
    """Whether one is scratch and the other surely not."""
    scratch = [one for one in (stored, operand) if not one.index and 0x7E0000 <= one.address < 0x7E0010]
    return len(scratch) == 1 and bus(0) <= scratch[0].address
