"""Expressions: their value comes into A at their own width."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.arithmetic import Arithmetic
from oracle_lib.tasks.program.compiler.code import Label, Operand, immediate
from oracle_lib.tasks.program.compiler.style import Unsupported


class Values(Arithmetic):
    """Adds expressions."""

    def branch(self, condition: p.Condition, target: Label, when: bool) -> None:
        raise NotImplementedError

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

    def _turn(self) -> None:
        loop = self.loop
        assert loop is not None
        for step in sorted(loop.registers):
            if step & (step - 1):
                continue
            self.emit(f"T{loop.registers[step]}A", None, 8 if self.xw == 8 or step == 1 else 16)
            shift = step.bit_length() - 1
            self.repeated("LSR", shift, 8 if self.xw == 8 else 16)
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
                self.repeated("LSR", low, 16)
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
        if found is not None and not (self.known is not None and (8, found) in self.known.a):
            self.load(found, 16)
        elif found is None:
            self.value(e)
        self.op("AND", 0xFF, 16)

    def _plain(self, e: p.Expression) -> Operand | None:
        """The operand of a byte in memory, so that a word can be read there as well."""
        if not isinstance(e, p.Read):
            return None
        return self.place_operand(e.place)

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
                self.repeated("LSR", low + 1 - of.step.bit_length(), 8)
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
