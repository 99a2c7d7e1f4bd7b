"""What is computed of values in A: sums, shifts, products and the like, at the width of the expression."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.operands import Operands

COMMUTES = ("add", "and", "or", "xor", "min", "max", "distance", "average")
_LOGIC = {"and": "AND", "or": "ORA", "xor": "EOR"}
_FACTOR_A, _FACTOR_B, _PRODUCT = at(0x4202), at(0x4203), at(0x4216)
_DIVIDEND, _DIVISOR, _QUOTIENT = at(0x4204), at(0x4206), at(0x4214)


class Arithmetic(Operands):
    """Adds operations. What they work on is computed by `value`."""

    def value(self, e: p.Expression) -> None:
        raise NotImplementedError

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

    def test(self, m: int) -> None:
        """Makes Z and N speak of A."""
        if self.known is not None and self.known.flags != m:
            self.op("CMP", 0, m)

    def repeated(self, op: str, times: int, m: int) -> None:
        if times > 2 and op in ("ASL", "LSR", "INC", "DEC"):
            self.emit(op, None, m, times=times)
        else:
            for _ in range(times):
                self.emit(op, None, m)

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
            self.repeated("ASL", len(bits) - 1, m)
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
                    self.repeated("ASL", pending, m)
                    reached <<= pending
                    if reached > top or not self.style.trusts_carry:
                        self.emit("CLC")
                    self.emit("ADC", once, m)
                    reached += largest
                    pending = 0
            self.repeated("ASL", zeros, m)

    def _shifted(self, e: p.Shifted) -> None:
        m, count, direction = e.width, e.count % e.width if e.direction.startswith("rotate") else e.count, e.direction
        self.value(e.operand)
        if direction in ("left", "right"):
            name = "ASL" if direction == "left" else "LSR"
            if m == 16 and count >= 8:
                self.emit("XBA")
                self.op("AND", 0xFF00 if direction == "left" else 0xFF, 16)
                count -= 8
            self.repeated(name, count, m)
        elif direction == "signed right":
            if count >= 3 and self.style.subtracts and count < m:
                self.repeated("LSR", count, m)
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
            if m == 8 and left == 4:
                self._swap_nibbles()
                return
            # A turn to the left takes two instructions, one to the right four, and XBA turns a word by eight.
            halves = [(0, left)] if m == 8 else [(0, left), (1, (left - 8) % m)]
            ways = [(swaps + min(2 * rest, 4 * (m - rest)), swaps, rest) for swaps, rest in halves]
            _, swaps, rest = min(ways)
            self.repeated("XBA", swaps, m)
            if 2 * rest <= 4 * (m - rest):
                for _ in range(rest):
                    self.emit("ASL", None, m)
                    self.op("ADC", 0, m)
            else:
                for _ in range(m - rest):
                    self.emit("PHA", None, m)
                    self.emit("LSR", None, m)
                    self.emit("PLA", None, m)
                    self.emit("ROR", None, m)

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
            self.repeated("LSR", low - 8, m)
        elif low + bits >= m:
            self.repeated("LSR", low, m)
        elif self.style.subtracts and low < 4:
            self.repeated("LSR", low, m)
            self.op("AND", mask, m)
        else:
            self.op("AND", mask << low, m)
            self.repeated("LSR", low, m)

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
