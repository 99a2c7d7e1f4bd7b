"""Conditions: a branch is taken or not, or the carry says it."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import OPPOSITE, Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.style import Unsupported
from oracle_lib.tasks.program.compiler.values import Values

_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Conditions(Values):
    """Adds conditions."""

    def branch(self, condition: p.Condition, target: Label, when: bool) -> None:
        """Jumps to `target` where the condition is as `when` says; else the code goes on behind."""
        match condition:
            case p.Both(left, right) if when:
                skip = Label("skip")
                self.branch(left, skip, False)
                self.branch(right, target, True)
                self.place(skip)
            case p.Both(left, right):
                self.branch(left, target, False)
                self.branch(right, target, False)
            case p.Either(left, right) if when:
                self.branch(left, target, True)
                self.branch(right, target, True)
            case p.Either(left, right):
                yes = Label("yes")
                self.branch(left, yes, True)
                self.branch(right, target, False)
                self.place(yes)
            case p.Compared() if condition.left.width == 24:
                self.branch_long(condition, target, when)
            case p.Compared():
                self._compared(condition, target, when)
            case p.Bits():
                self._bits(condition, target, when)
            case p.Between(operand, low, high):
                self._between(operand, low, high, target, when)
            case p.Some():
                self.some(condition, target, when)

    def some(self, condition: p.Some, target: Label, when: bool) -> None:
        raise NotImplementedError

    def _if(self, branch: str, target: Label, when: bool) -> None:
        self.goto(branch if when else OPPOSITE[branch], target)

    def _always(self, holds: bool, target: Label, when: bool) -> None:
        if holds == when:
            self.jump(target)

    def _compared(self, c: p.Compared, target: Label, when: bool) -> None:
        relation, left, right = c.relation, c.left, c.right
        if isinstance(left, p.Number) and not isinstance(right, p.Number):
            relation, left, right = _TURNED[relation], right, left  # type: ignore[assignment]
        if c.signed and relation not in ("==", "!="):
            self._signed(relation, left, right, target, when)
            return
        m = left.width
        top = (1 << m) - 1
        if isinstance(right, p.Number):
            number = right.value & top
            if relation in ("<=", ">"):
                relation, number = ("<" if relation == "<=" else ">="), number + 1
            if relation in ("<", ">=") and number in (0, top + 1):
                self._always((relation == "<") == (number > top), target, when)
                return
            if relation in ("<", ">=") and number == 1:
                relation, number = ("==" if relation == "<" else "!="), 0
            self.value(left)
            if number == 0:
                self.test(m)
            elif relation in ("<", ">=") and number == 1 << (m - 1) and not self.style.subtracts:
                self.test(m)
                self._if("BPL" if relation == "<" else "BMI", target, when)
                return
            else:
                self.op("CMP", number, m)
            self._if({"==": "BEQ", "!=": "BNE", "<": "BCC", ">=": "BCS"}[relation], target, when)
            return
        if relation in ("<=", ">") and self.is_simple(left):
            relation, left, right = _TURNED[relation], right, left  # type: ignore[assignment]
        operand, _ = self.both(left, right, relation in ("==", "!="))
        self.emit("CMP", operand, m)
        if relation in ("<=", ">"):
            if (relation == "<=") == when:
                self.goto("BCC", target)
                self.goto("BEQ", target)
            else:
                skip = Label("skip")
                self.goto("BEQ", skip)
                self.goto("BCS", target)
                self.place(skip)
            return
        self._if({"==": "BEQ", "!=": "BNE", "<": "BCC", ">=": "BCS"}[relation], target, when)

    def _signed(self, relation: str, left: p.Expression, right: p.Expression, target: Label, when: bool) -> None:
        m = left.width
        half, top = 1 << (m - 1), (1 << m) - 1
        if isinstance(right, p.Number):
            number = right.value & top
            if relation in ("<=", ">"):
                if number == half - 1:
                    self._always(relation == "<=", target, when)
                    return
                relation, number = ("<" if relation == "<=" else ">="), (number + 1) & top
            if number == half:
                self._always(relation == ">=", target, when)
                return
            self.value(left)
            if number == 0:
                self.test(m)
                self._if("BMI" if relation == "<" else "BPL", target, when)
                return
            if not self.style.subtracts:
                self.op("EOR", half, m, comment="signed" if self.style.comments else "")
                self.op("CMP", number ^ half, m)
                self._if("BCC" if relation == "<" else "BCS", target, when)
                return
            operand: Operand = immediate(number, m)
        else:
            if relation in ("<=", ">"):
                relation, left, right = _TURNED[relation], right, left
            operand, _ = self.both(left, right, False)
        valid = Label("valid")
        self.set_carry()
        self.emit("SBC", operand, m)
        self.goto("BVC", valid)
        self.op("EOR", half, m, comment="the sign was turned by an overflow" if self.style.comments else "")
        self.place(valid)
        self._if("BMI" if relation == "<" else "BPL", target, when)

    def _bits(self, c: p.Bits, target: Label, when: bool) -> None:
        m = c.operand.width
        mask, which = c.mask & ((1 << m) - 1), c.which
        if which == "all" and mask & (mask - 1) == 0:
            which = "any"
        if mask == 0:
            self._always(which != "any", target, when)
            return
        if which == "all":
            self.value(c.operand)
            self.op("AND", mask, m)
            self.op("CMP", mask, m)
            self._if("BEQ", target, when)
            return
        found = self.operand(c.operand)
        if mask == 1 << (m - 2) and self.style.direct and found is not None and found.plain:
            self.emit("BIT", found, m)
            self._if("BVS" if which == "any" else "BVC", target, when)
            return
        self.value(c.operand)
        if mask == 1 << (m - 1) and not self.style.subtracts:
            self.test(m)
            self._if("BMI" if which == "any" else "BPL", target, when)
            return
        if mask != (1 << m) - 1:
            self.op("BIT" if self.style.direct else "AND", mask, m)
        else:
            self.test(m)
        self._if("BNE" if which == "any" else "BEQ", target, when)

    def _between(self, operand: p.Expression, low: int, high: int, target: Label, when: bool) -> None:
        m = operand.width
        top = (1 << m) - 1
        if low == 0 or high >= top:
            bound = (
                p.Compared("<=", operand, p.Number(high, m))
                if low == 0
                else p.Compared(">=", operand, p.Number(low, m))
            )
            self._compared(bound, target, when)
            return
        if low > high:
            self._always(False, target, when)
            return
        self.value(operand)
        if self.style.subtracts and low != high:
            self.set_carry()
            self.op("SBC", low, m)
            self.op("CMP", high - low + 1, m)
            self._if("BCC", target, when)
            return
        if low == high:
            self.op("CMP", low, m)
            self._if("BEQ", target, when)
            return
        outside = Label("outside") if when else target
        self.op("CMP", low, m)
        self.goto("BCC", outside)
        self.op("CMP", high + 1, m)
        self._if("BCC", target, when)
        if when:
            self.place(outside)

    def branch_long(self, c: p.Compared, target: Label, when: bool) -> None:
        """Compares numbers of 24 bits: the low words, then the high bytes with what they borrow."""
        relation, left, right = c.relation, c.left, c.right
        if c.signed and relation not in ("==", "!="):
            raise Unsupported("signed numbers of 24 bits")
        if relation in ("<=", ">"):
            relation, left, right = _TURNED[relation], right, left  # type: ignore[assignment]
        one, other = self.parts(left), self.parts(right)
        if relation in ("==", "!="):
            different = target if (relation == "!=") == when else Label("different")
            self.load(one[0], 16)
            self.emit("CMP", other[0], 16)
            self.goto("BNE", different)
            self.load(one[1], 8)
            self.emit("CMP", other[1], 8)
            if different is target:
                self.goto("BNE", target)
            else:
                self.goto("BEQ", target)
                self.place(different)
            return
        self.load(one[0], 16)
        self.emit("CMP", other[0], 16)
        self.load(one[1], 8)
        self.emit("SBC", other[1], 8)
        self._if("BCC" if relation == "<" else "BCS", target, when)

    def parts(self, e: p.Expression) -> tuple[Operand, Operand]:
        """The low word and the high byte of a number of 24 bits."""
        match e:
            case p.Number(value):
                return immediate(value, 16), immediate(value >> 16, 8)
            case p.Read(p.Variable() as place):
                low = at(place.address)
                return low, low.behind(2)
        raise Unsupported(f"{type(e).__name__} of 24 bits inside of another expression")

    # ------------------------------------------------------------------------------------------------------------ carry

    def carry(self, c: p.Condition) -> None:
        """The carry becomes what the condition says."""
        match c:
            case p.Compared(relation, left, right, False) if left.width != 24 and relation not in ("==", "!="):
                m, top = left.width, (1 << left.width) - 1
                if isinstance(left, p.Number):
                    relation, left, right = _TURNED[relation], right, left  # type: ignore[assignment]
                if relation in ("<", ">") and isinstance(right, p.Number):
                    number = right.value & top
                    if relation == ">" and number < top:
                        relation, right = ">=", p.Number(number + 1, left.width)
                    elif relation == "<" and number > 0:
                        relation, right = "<=", p.Number(number - 1, left.width)
                if relation == "<=" and (self.is_simple(left)):
                    relation, left, right = ">=", right, left
                if relation == ">=":
                    operand, _ = self.both(left, right, False)
                    self.emit("CMP", operand, m)
                    return
            case p.Compared("!=", left, p.Number(0)) if left.width != 24:
                self.value(left)
                self.op("CMP", 1, left.width)
                return
            case p.Compared(">=", left, right, False) if left.width == 24:
                one, other = self.parts(left), self.parts(right)
                self.load(one[0], 16)
                self.emit("CMP", other[0], 16)
                self.load(one[1], 8)
                self.emit("SBC", other[1], 8)
                return
            case p.Bits(operand, mask, which) if mask and which != "none":
                width = operand.width
                self.value(operand)
                if mask == 1:
                    self.emit("LSR", None, width, comment="the bit into the carry" if self.style.comments else "")
                elif mask == 1 << (width - 1):
                    self.emit("ASL", None, width, comment="the bit into the carry" if self.style.comments else "")
                else:
                    self.op("AND", mask, width)
                    self.op("CMP", mask if which == "all" else 1, width)
                return
        first = isinstance(c, p.Either) or (isinstance(c, p.Some) and not c.all) or not isinstance(c, p.Both | p.Some)
        away, done = Label("yes" if first else "no"), Label("done")
        self.branch(c, away, first)
        self.reported(not first)
        self.jump(done)
        self.place(away)
        self.reported(first)
        self.place(done)

    def reported(self, holds: bool) -> None:
        if holds:
            self.set_carry()
        else:
            self.clear_carry()
