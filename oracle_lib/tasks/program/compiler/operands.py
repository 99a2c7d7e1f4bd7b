"""What an expression is without any computing: an operand of an instruction, by index registers where it takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus
from oracle_lib.tasks.program.compiler.code import Label, Offset, Operand, at, immediate
from oracle_lib.tasks.program.compiler.emitter import Emitter
from oracle_lib.tasks.program.compiler.limits import limit
from oracle_lib.tasks.program.compiler.style import Unsupported


def is_long(thing: p.Array | p.Text | p.Table) -> bool:
    """Whether only long addresses reach it."""
    return isinstance(thing, p.Table) or bus(thing.address) >= 0x7E2000


@dataclass
class Loop:
    """The loop around: which register or (where there are not enough) scratch memory holds the offset of the elements
    so many bytes apart, or, where the loop is unrolled, the number of the turn. With a `shift` of -1 the offsets are
    one too large. `held` are the registers that loops around this one, or its own count of turns, occupy.
    """

    over: tuple[p.Array | p.Text, ...]
    registers: dict[int, str] = field(default_factory=dict)
    homes: dict[int, Operand] = field(default_factory=dict)
    turn: int | None = None
    turns: int = 256
    shift: int = 0
    held: frozenset[str] = frozenset()
    end: Label = field(default_factory=lambda: Label("done"))


class Operands(Emitter):
    """Adds places. `homes` are the scratch bytes that hold registers between entry and return."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.homes: dict[str, Operand] = {}
        self.loop: Loop | None = None
        self.tables: dict[p.Table, Label] = {}

    def limit(self, e: p.Expression) -> int:
        return limit(e, self.loop.turns if self.loop else 256)

    # --------------------------------------------------------------------------------------------------------- operands

    def operand(self, e: p.Expression) -> Operand | None:
        """What an instruction on A of the expression's width can work on; at most an index register is loaded for it.
        None where it takes more.
        """
        match e:
            case p.Number(value):
                return immediate(value, e.width)
            case p.Read(place):
                return self.place_operand(place)
            case p.Half(p.Read(place), high):
                found = self.place_operand(place)
                if found is None or "(" in found.text or "[" in found.text or "." in found.text:
                    return None
                return found.behind(1) if high else found
            case p.Half(p.Number(value), high):
                return immediate(value >> 8 if high else value, 8)
            case p.Index():
                if self.loop and self.loop.turn is not None:
                    return immediate(self.loop.turn, 8)
                return self.loop.homes.get(1) if self.loop else None
            case p.Widened(p.Number(value), False):
                return immediate(value, 16)
        return None

    def place_operand(self, place: p.Place) -> Operand | None:
        match place:
            case p.Variable():
                return at(place.address)
            case p.Register():
                return self.homes[place.name]
            case p.Here(of):
                return self.here(of)
            case p.Item(of, p.Number(number)):
                return (
                    self._table(of, "", of.step * number)
                    if isinstance(of, p.Table)
                    else at(of.address + of.step * number)
                )
            case p.Item(of, p.Index()) if self._follows(of):
                return self._element(of, of.step)
            case p.Item(of, index):
                register = self._held(of, index) or self._loaded(of, index)
                return self._by(of, register) if register else None
            case p.Pointed(by, offset):
                return self._pointed(by, offset)
        return None

    def _follows(self, of: p.Array | p.Table) -> bool:
        """Whether the loop around keeps the offset of such elements."""
        loop = self.loop
        return loop is not None and (loop.turn is not None or of.step in loop.registers or of.step in loop.homes)

    def here(self, of: p.Array | p.Text) -> Operand:
        return self._element(of, of.step if isinstance(of, p.Array) else 1)

    def _element(self, of: p.Array | p.Text | p.Table, step: int) -> Operand:
        loop = self.loop
        assert loop is not None, "an element of a loop outside of one"
        if loop.turn is not None:
            if isinstance(of, p.Table):
                return self._table(of, "", step * loop.turn)
            return at(of.address + step * loop.turn)
        if loop.homes:
            if "X" in loop.held:
                raise Unsupported("an element of a loop in a loop by X")
            self.load_index("X", loop.homes[step])
            return self._by(of, "X")
        return self._by(of, loop.registers[step], shift=loop.shift * step)

    def _by(self, of: p.Array | p.Text | p.Table, register: str, shift: int = 0) -> Operand:
        if isinstance(of, p.Table):
            if register != "X":
                raise Unsupported("a table by Y")
            return self._table(of, register, shift)
        if is_long(of) and register != "X":
            raise Unsupported("a long address by Y")
        return at(of.address + shift, register, (of.length * of.step if isinstance(of, p.Array) else of.most) + 2)

    def _table(self, of: p.Table, register: str, offset: int) -> Operand:
        label = self.tables.get(of)
        if label is None:
            names = {other.name for other in self.tables.values()}
            name = f".{_snake(of.name)}"
            label = Label("", name if name not in names else f"{name}{len(names) + 1}")
            self.tables[of] = label
        shift = f"{offset:+d}" if offset else ""
        suffix = f",{register}" if register else ""
        return Operand(f"{label.name}{shift}{suffix}", "l", -2 if not register else -1, register)

    def _key(self, index: p.Expression, step: int) -> Offset:
        sources, passing = [], False
        for node in p.walk(index):
            passing |= isinstance(node, p.Here | p.Index)
            if isinstance(node, p.Variable):
                sources.append(at(node.address))
            elif isinstance(node, p.Array | p.Text | p.Pointer | p.Register | p.Index | p.Here):
                sources.append(Operand("", index="X"))
        return Offset(index, step, tuple(sources), passing)

    def _held(self, of: p.Array | p.Table, index: p.Expression) -> str | None:
        """The register that already holds the element's offset."""
        if self.known is None:
            return "X"
        low = not is_long(of)
        key = self._key(index, of.step)
        if key in self.known.x:
            return "X"
        return "Y" if low and key in self.known.y else None

    def _loaded(self, of: p.Array | p.Table, index: p.Expression) -> str | None:
        """Loads the register from memory, where the offset lies there as it is."""
        if of.step != 1 or self.xw != 8 or isinstance(index, p.Index):
            return None
        if isinstance(index, p.Read) and isinstance(index.place, p.Item):
            return None
        source = self.operand(index)
        if source is None or not source.short or source.index or "(" in source.text or "[" in source.text:
            return None
        register = self.free_index(of)
        self.load_index(register, source)
        self.tell(register, self._key(index, of.step))
        return register

    def load_index(self, register: str, source: Operand) -> None:
        known = self.known
        if known is None or source in (known.x if register == "X" else known.y):
            return
        self.emit(f"LD{register}", source)

    def tell(self, register: str, key: Offset) -> None:
        """The register is now known to hold that."""
        if self.known is not None and register == "X":
            self.known.x |= {key}
        elif self.known is not None:
            self.known.y |= {key}

    def busy(self) -> frozenset[str]:
        """The index registers that loops occupy."""
        return self.loop.held | frozenset(self.loop.registers.values()) if self.loop else frozenset()

    def free_index(self, of: p.Array | p.Table) -> str:
        """The index register for an element: one that no loop occupies, and that holds nothing of use if possible."""
        used = self.busy()
        low = not is_long(of)
        wanted: tuple[str, ...] = ("Y", "X") if low and self.style.prefers_y else ("X", "Y") if low else ("X",)
        if self.known is not None:
            of_use = {"X": self.known.x, "Y": self.known.y}
            wanted = tuple(sorted(wanted, key=lambda name: any(isinstance(one, Offset) for one in of_use[name])))
        for register in wanted:
            if register not in used:
                return register
        raise Unsupported("no index register is free")

    def _pointed(self, by: p.Pointer, offset: p.Expression) -> Operand | None:
        left, right = ("(", ")") if by.width == 16 else ("[", "]")
        inner = f"{left}${by.address & 0xFF:02X}{right}"
        if isinstance(offset, p.Number) and offset.value == 0:
            return Operand(inner, "b")
        if isinstance(offset, p.Number):
            constant = immediate(offset.value, self.xw)
            if "Y" in self.busy():
                raise Unsupported("Y is the loop's, and a pointer needs it")
            self.load_index("Y", constant)
            return Operand(f"{inner},Y", "b", index="Y")
        if isinstance(offset, p.Index) and self.loop and self.loop.registers.get(1) == "Y" and not self.loop.shift:
            return Operand(f"{inner},Y", "b", index="Y")
        key = self._key(offset, 1)
        if self.known is not None and key in self.known.y:
            return Operand(f"{inner},Y", "b", index="Y")
        if "Y" in self.busy():
            return None
        source = self.operand(offset)
        if self.xw == 8 and source is not None and source.short and not source.index and "(" not in source.text:
            self.load_index("Y", source)
            self.tell("Y", key)
            return Operand(f"{inner},Y", "b", index="Y")
        return None

    def _at_hand(self, e: p.Expression) -> bool:
        """Whether A surely holds a variable or an element already."""
        match e:
            case p.Read(p.Variable() | p.Here() as place) if self.known is not None and not (
                self.loop and self.loop.homes
            ):
                return (e.width, self.place_operand(place)) in self.known.a
        return False

    def is_simple(self, e: p.Expression) -> bool:
        """Whether the expression can be an operand, without a change to A."""
        match e:
            case p.Number() | p.Read(p.Variable() | p.Register() | p.Here()) | p.Widened(p.Number(), False):
                return True
            case p.Half(p.Read(p.Variable() | p.Register() | p.Here())) | p.Half(p.Number()):
                return True
            case p.Read(p.Item(_, p.Number())) | p.Read(p.Pointed(_, p.Number())):
                return True
            case p.Index():
                return self.loop is not None and (self.loop.turn is not None or 1 in self.loop.homes)
            case p.Read(p.Item(of, p.Index())):
                return self._follows(of)
            case p.Read(p.Item(of, p.Read(p.Variable() as index))):
                return of.step == 1 and self.xw == 8 and at(index.address).short
        return False


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and place else c.lower() for place, c in enumerate(name))
