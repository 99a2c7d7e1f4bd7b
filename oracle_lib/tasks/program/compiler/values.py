"""Expressions: their value comes into A at their own width, or they serve as operand of an instruction as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus
from oracle_lib.tasks.program.compiler.code import Label, Offset, Operand, at, immediate
from oracle_lib.tasks.program.compiler.emitter import Emitter
from oracle_lib.tasks.program.compiler.limits import limit
from oracle_lib.tasks.program.compiler.style import Unsupported

COMMUTES = ("add", "and", "or", "xor", "min", "max", "distance", "average")
_LOGIC = {"and": "AND", "or": "ORA", "xor": "EOR"}
_FACTOR_A, _FACTOR_B, _PRODUCT = at(0x4202), at(0x4203), at(0x4216)
_DIVIDEND, _DIVISOR, _QUOTIENT = at(0x4204), at(0x4206), at(0x4214)


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


class Values(Emitter):
    """Adds expressions. `homes` are the scratch bytes that hold registers between entry and return."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.homes: dict[str, Operand] = {}
        self.loop: Loop | None = None
        self.tables: dict[p.Table, Label] = {}

    def branch(self, condition: p.Condition, target: Label, when: bool) -> None:
        raise NotImplementedError

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
        sources = []
        for node in p.walk(index):
            if isinstance(node, p.Variable):
                sources.append(at(node.address))
            elif isinstance(node, p.Array | p.Text | p.Pointer | p.Register | p.Index | p.Here):
                sources.append(Operand("", index="X"))
        return Offset(index, step, tuple(sources))

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
        self.emit(f"LD{register}", source, comment=self.note(source))

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

    def index(self, of: p.Array | p.Table, index: p.Expression) -> str:
        """Brings an element's offset into an index register, which is returned. A is lost."""
        if held := self._held(of, index) or self._loaded(of, index):
            return held
        register = self.free_index(of)
        wide = self.xw == 16 or self.limit(index) * of.step > 0xFF
        if wide and self.xw == 8:
            raise Unsupported("an offset beyond 8 bits")
        width = 16 if wide else 8
        match index:
            case p.Field(operand, low, bits) if not wide and of.step in (2, 4, 8) and of.step <= 1 << low:
                self.value(operand)
                self.op("AND", ((1 << bits) - 1) << low, 8)
                self._repeat("LSR", low + 1 - of.step.bit_length(), 8)
                self.emit(f"TA{register}")
                self.tell(register, self._key(index, of.step))
                return register
        if wide:
            self.widened(index)
        else:
            self.value(index)
        if of.step > 1:
            self.scale(of.step, width, self.limit(index))
        self.emit(f"TA{register}")
        self.tell(register, self._key(index, of.step))
        return register

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

    def point(self, place: p.Pointed) -> None:
        """Brings a pointer's offset into Y. A is lost."""
        if "Y" in self.busy():
            raise Unsupported("Y is the loop's, and a pointer needs it")
        if self.xw == 16:
            self.widened(place.offset)
        else:
            self.value(place.offset)
        self.emit("TAY")
        self.tell("Y", self._key(place.offset, 1))

    # ----------------------------------------------------------------------------------------------------------- values

    def value(self, e: p.Expression) -> None:
        """A becomes the value, at its own width of 8 or 16 bits."""
        m = e.width
        if self.known is None:
            return
        found = self.operand(e)
        if found is not None:
            self.load(found, m)
            return
        match e:
            case p.Read(p.Item(of, index)):
                register = self.index(of, index)
                self.load(self._by(of, register), m)
            case p.Read(p.Pointed() as place):
                self.point(place)
                again = self.place_operand(place)
                assert again is not None
                self.load(again, m)
            case p.Index():
                self._turn()
            case p.Binary():
                self._binary(e)
            case p.Saturating():
                self._saturating(e)
            case p.Product(left, right):
                self._product(left, right)
            case p.Quotient():
                self._quotient(e)
            case p.Scaled(operand, factor) if self._multiplies(e):
                self._product(operand, p.Number(factor & 0xFF), narrow=True)
            case p.Scaled(operand, factor):
                self.value(operand)
                self.scale(factor, m, self.limit(operand))
            case p.Shifted():
                self._shifted(e)
            case p.Field(operand, low, bits):
                self._field(operand, low, bits)
            case p.Unary():
                self._unary(e)
            case p.Half(operand, high):
                self.value(operand)
                if high:
                    self.emit("XBA")
            case p.Joined(high, low):
                self._joined(high, low)
            case p.Widened(operand, False):
                self.widened(operand)
            case p.Widened(operand, True):
                self._sign_extended(operand)
            case p.Chosen(condition, then, otherwise):
                other, join = Label("other"), Label("store")
                self.branch(condition, other, False)
                self.value(then)
                self.jump(join)
                self.place(other)
                self.value(otherwise)
                self.place(join)
            case _:
                raise Unsupported(f"{type(e).__name__} inside of an expression")

    def test(self, m: int) -> None:
        """Makes Z and N speak of A."""
        if self.known is not None and self.known.flags != m:
            self.op("CMP", 0, m)

    def _turn(self) -> None:
        loop = self.loop
        assert loop is not None
        for step in sorted(loop.registers):
            if step & (step - 1):
                continue
            self.emit(f"T{loop.registers[step]}A", None, 8 if self.xw == 8 or step == 1 else 16)
            shift = step.bit_length() - 1
            for _ in range(shift):
                self.emit("LSR", None, 8 if self.xw == 8 else 16)
            if loop.shift:
                raise Unsupported("the index of a loop that counts from 1")
            return
        raise Unsupported("the index of a loop over wide records")

    def widened(self, e: p.Expression) -> None:
        """A becomes the value of a byte, in 16 bits."""
        if e.width == 16:
            self.value(e)
            return
        match e:
            case p.Number(value):
                self.load(immediate(value, 16), 16)
                return
            case p.Binary("and", inner, p.Number(mask)) if (found := self._plain(inner)) is not None:
                self.load(found, 16)
                self.op("AND", mask, 16)
                return
            case p.Field(inner, low, bits) if (found := self._plain(inner)) is not None and low < 8:
                self.load(found, 16)
                self.op("AND", ((1 << bits) - 1) << low & 0xFF, 16)
                self._repeat("LSR", low, 16)
                return
            case p.Half(inner, high):
                self.value(inner)
                if high:
                    self.emit("XBA")
                self.op("AND", 0xFF, 16)
                return
            case p.Index() if self.loop and self.loop.turn is not None:
                self.load(immediate(self.loop.turn, 16), 16)
                return
        found = self._plain(e)
        if found is not None:
            self.load(found, 16)
        else:
            self.value(e)
        self.op("AND", 0xFF, 16)

    def _plain(self, e: p.Expression) -> Operand | None:
        """The operand of a byte in memory, so that a word can be read there as well."""
        if not isinstance(e, p.Read):
            return None
        return self.place_operand(e.place)

    def _repeat(self, op: str, times: int, m: int) -> None:
        if times > 2 and op in ("ASL", "LSR", "INC", "DEC"):
            self.emit(op, None, m, times=times)
        else:
            for _ in range(times):
                self.emit(op, None, m)

    def both(self, left: p.Expression, right: p.Expression, commutes: bool) -> tuple[Operand, bool]:
        """A becomes the left value and the right one's operand is returned. Where the order does not matter it may be
        the other way round: then the second is true.
        """
        easier = isinstance(left, p.Number) or (self.is_simple(left) and not self.is_simple(right))
        if commutes and (easier or (self._at_hand(right) and self.is_simple(left))):
            left, right, turned = right, left, True
        else:
            turned = False
        if not self.is_simple(right):
            with self.scratch() as kept:
                self.value(right)
                self.store(kept, right.width)
                self.value(left)
            return kept, turned
        self.value(left)
        found = self.operand(right)
        if found is None:
            with self.scratch() as kept, self.scratch() as other:
                self.store(kept, left.width)
                self.value(right)
                self.store(other, left.width)
                self.load(kept, left.width)
            return other, turned
        return found, turned

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

    def _multiplies(self, e: p.Scaled) -> bool:
        """Whether the multiplier is used for a product with a constant: where shifts and additions would be many."""
        return not self.style.doubles and e.width == 8 and (e.factor & 0xFF).bit_count() > 2

    def _binary(self, e: p.Binary) -> None:
        m = e.width
        match e:
            case p.Binary("add", left, p.Number(number)) if number & ((1 << m) - 1) in (1, (1 << m) - 1):
                self.value(left)
                self.emit("INC" if number == 1 else "DEC", None, m)
                return
            case p.Binary("subtract", left, p.Number(1)):
                self.value(left)
                self.emit("DEC", None, m)
                return
        operand, _ = self.both(e.left, e.right, e.operation in COMMUTES)
        match e.operation:
            case "add":
                self.clear_carry()
                self.emit("ADC", operand, m)
            case "subtract":
                self.set_carry()
                self.emit("SBC", operand, m)
            case "and" | "or" | "xor":
                self.emit(_LOGIC[e.operation], operand, m)
            case "min" | "max":
                keep = Label("keep")
                self.emit("CMP", operand, m)
                self.goto("BCC" if e.operation == "min" else "BCS", keep)
                self.load(operand, m)
                self.place(keep)
            case "distance":
                positive = Label("positive")
                self.set_carry()
                self.emit("SBC", operand, m)
                self.goto("BCS", positive)
                self._negate(m)
                self.place(positive)
            case "average":
                self.clear_carry()
                self.emit("ADC", operand, m)
                self.emit("ROR", None, m, comment="the carry is the top bit" if self.style.comments else "")

    def _negate(self, m: int) -> None:
        self.op("EOR", -1, m)
        self.emit("INC", None, m)

    def _saturating(self, e: p.Saturating) -> None:
        m, top = e.width, (1 << e.width) - 1
        operand, _ = self.both(e.left, e.right, e.operation == "add")
        store = Label("store")
        if e.operation == "add":
            overflows = self.limit(e.left) + self.limit(e.right) > top
            self.clear_carry()
            self.emit("ADC", operand, m)
            if e.bound == top:
                if overflows:
                    self.goto("BCC", store)
                    self.load(immediate(top, m), m)
            else:
                cap = Label("cap")
                if overflows:
                    self.goto("BCS", cap)
                self.op("CMP", e.bound, m)
                self.goto("BCC", store)
                self.place(cap)
                self.load(immediate(e.bound, m), m)
        else:
            floor = Label("floor")
            self.set_carry()
            self.emit("SBC", operand, m)
            if e.bound == 0:
                self.goto("BCS", store)
            else:
                self.goto("BCC", floor)
                self.op("CMP", e.bound, m)
                self.goto("BCS", store)
            self.place(floor)
            self.load(immediate(e.bound, m), m)
        self.place(store)

    def _product(self, left: p.Expression, right: p.Expression, narrow: bool = False) -> None:
        if isinstance(left, p.Number) and not isinstance(right, p.Number):
            left, right = right, left
        operand, _ = self.both(left, right, True)
        self.emit("STA", _FACTOR_A, 8)
        self.load(operand, 8)
        self.emit("STA", _FACTOR_B, 8, comment="starts the multiplication" if self.style.comments else "")
        self._result(_PRODUCT, 4 if narrow else 2, 8 if narrow else 16)

    def _result(self, port: Operand, wait: int, m: int) -> None:
        """Reads what the unit for multiplication and division has found, when it is ready."""
        self.emit("NOP", times=wait)
        self.emit("LDA", port, m)
        if self.known is not None:
            self.known.a = frozenset()

    def _quotient(self, e: p.Quotient) -> None:
        operand, _ = self.both(e.left, e.right, False)
        self.emit("STA", _DIVIDEND, 16)
        self.load(operand, 8)
        self.emit("STA", _DIVISOR, 8, comment="starts the division" if self.style.comments else "")
        self._result(_PRODUCT if e.remainder else _QUOTIENT, 7, 16)

    def _in_memory(self, m: int) -> Operand | None:
        """Memory that A is known to equal and that nothing else will change meanwhile."""
        found = [one for width, one in (self.known.a if self.known else ()) if width == m and one.address >= 0]
        return min(found, key=lambda one: (one.index, one.size, one.text), default=None)

    def scale(self, factor: int, m: int, largest: int) -> None:
        """A times a constant, by shifts and additions. `largest` is the most that A can be."""
        factor &= (1 << m) - 1
        if factor == 0:
            self.load(immediate(0, m), m)
            return
        bits = bin(factor)[2:]
        if bits.count("1") == 1:
            self._repeat("ASL", len(bits) - 1, m)
            return
        top, reached = (1 << m) - 1, largest
        ones, zeros = bits.rstrip("0"), len(bits) - len(bits.rstrip("0"))
        with self.scratch() as kept:
            once = self._in_memory(m)
            if once is None and len(ones) > 1:
                self.store(kept, m)
            once = once or kept
            pending = 0
            for bit in ones[1:]:
                pending += 1
                if bit == "1":
                    self._repeat("ASL", pending, m)
                    reached <<= pending
                    if reached > top or not self.style.trusts_carry:
                        self.emit("CLC")
                    self.emit("ADC", once, m)
                    reached += largest
                    pending = 0
            self._repeat("ASL", zeros, m)

    def _shifted(self, e: p.Shifted) -> None:
        m, count, direction = e.width, e.count % e.width if e.direction.startswith("rotate") else e.count, e.direction
        self.value(e.operand)
        if direction in ("left", "right"):
            name = "ASL" if direction == "left" else "LSR"
            if m == 16 and count >= 8:
                self.emit("XBA")
                self.op("AND", 0xFF00 if direction == "left" else 0xFF, 16)
                count -= 8
            self._repeat(name, count, m)
        elif direction == "signed right":
            if count >= 3 and self.style.subtracts and count < m:
                self._repeat("LSR", count, m)
                sign = 1 << (m - 1 - count)
                self.op("EOR", sign, m)
                self.emit("SEC")
                self.op("SBC", sign, m)
                return
            for turn in range(count):
                first = turn == 0 and self.style.comments
                self.op("CMP", 1 << (m - 1), m, comment="the sign into the carry" if first else "")
                self.emit("ROR", None, m)
        else:
            left = count if direction == "rotate left" else (m - count) % m
            if m == 16 and left >= 8:
                self.emit("XBA")
                left -= 8
            if m == 8 and left == 4:
                self._swap_nibbles()
                return
            if left > m // 2 or (m == 16 and left > 4):
                if m == 16 and left > 4:
                    self.emit("XBA")
                    left += 8
                for _ in range(m - left):
                    self.emit("PHA", None, m)
                    self.emit("LSR", None, m)
                    self.emit("PLA", None, m)
                    self.emit("ROR", None, m)
                return
            for _ in range(left):
                self.emit("ASL", None, m)
                self.op("ADC", 0, m)

    def _swap_nibbles(self) -> None:
        for turn in range(2):
            self.emit("ASL", None, 8)
            self.op("ADC", 0x80, 8, comment="the nibbles change places" if turn == 0 and self.style.comments else "")
            self.emit("ROL", None, 8)

    def _field(self, operand: p.Expression, low: int, bits: int) -> None:
        m = operand.width
        mask = (1 << bits) - 1
        self.value(operand)
        if m == 16 and low >= 8:
            self.emit("XBA")
            self.op("AND", mask << (low - 8) & 0xFF, m)
            self._repeat("LSR", low - 8, m)
        elif low + bits >= m:
            self._repeat("LSR", low, m)
        elif self.style.subtracts and low < 4:
            self._repeat("LSR", low, m)
            self.op("AND", mask, m)
        else:
            self.op("AND", mask << low, m)
            self._repeat("LSR", low, m)

    def _unary(self, e: p.Unary) -> None:
        m = e.width
        self.value(e.operand)
        match e.operation:
            case "not":
                self.op("EOR", -1, m)
            case "negate":
                self._negate(m)
            case "swap":
                if m == 16:
                    self.emit("XBA")
                else:
                    self._swap_nibbles()
            case "magnitude":
                positive = Label("positive")
                self.test(m)
                self.goto("BPL", positive)
                self._negate(m)
                self.place(positive)

    def _joined(self, high: p.Expression, low: p.Expression) -> None:
        if self.is_simple(low):
            self.value(high)
            self.emit("XBA")
            found = self.operand(low)
            assert found is not None
            self.load(found, 8)
        else:
            with self.scratch() as kept:
                self.value(low)
                self.store(kept, 8)
                self.value(high)
                self.emit("XBA")
                self.load(kept, 8)
        if self.known is not None:
            self.known.a, self.known.flags = frozenset(), 0

    def _sign_extended(self, e: p.Expression) -> None:
        if not self.style.subtracts:
            positive = Label("positive")
            self.widened(e)
            self.op("CMP", 0x80, 16)
            self.goto("BCC", positive)
            self.op("ORA", 0xFF00, 16)
            self.place(positive)
        else:
            self.widened(e)
            self.op("EOR", 0x80, 16)
            self.set_carry()
            self.op("SBC", 0x80, 16)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and place else c.lower() for place, c in enumerate(name))
