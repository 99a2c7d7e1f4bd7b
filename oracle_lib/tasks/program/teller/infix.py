"""Expressions and conditions as infix text: what C, Python and the shorthand of formulas have in common.

It prints no statements. A value that would leave its width is wrapped explicitly wherever that could matter, so the
text computes what the interpreter computes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.words import Loops

# How tightly a piece of text binds; a looser piece inside a tighter one gets parentheses, and so do bit operations
# inside anything else, whose precedence C and Python disagree on.
CHOICE, OR, AND, COMPARISON, BITS, SUM, PRODUCT, ATOM = range(8)

SYMBOLS = {"add": "+", "subtract": "-", "and": "&", "or": "|", "xor": "^"}


class Infix(Loops, ABC):
    """One language of formulas."""

    conjunction, disjunction = "and", "or"
    divide = "/"

    @abstractmethod
    def number(self, value: int, width: int) -> str: ...

    @abstractmethod
    def mask(self, value: int, width: int) -> str: ...

    @abstractmethod
    def place(self, place: p.Place) -> str: ...

    @abstractmethod
    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        """The text's value modulo the width."""

    @abstractmethod
    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        """The number that the text's lowest bits mean in two's complement."""

    @abstractmethod
    def chosen(self, condition: str, then: str, otherwise: str) -> str: ...

    @abstractmethod
    def rotated(self, e: p.Shifted) -> tuple[str, int]:
        """A rotation to the left by less than the width."""

    @abstractmethod
    def average(self, left: str, right: str) -> tuple[str, int]: ...

    @abstractmethod
    def swapped(self, e: p.Unary) -> tuple[str, int]: ...

    @abstractmethod
    def gathered(self, e: p.Gathered) -> str: ...

    @abstractmethod
    def some(self, c: p.Some) -> tuple[str, int]: ...

    # ----------------------------------------------------------------------------------------------------- expressions

    def exact(self, e: p.Expression, need: int = CHOICE) -> str:
        """The value as it is, never outside of the expression's width."""
        return _enclosed(*self._exact(e), need)

    def loose(self, e: p.Expression, need: int = CHOICE) -> str:
        """A value that is right modulo the expression's width: enough for what is stored or masked afterwards."""
        return _enclosed(*self._loose(e), need)

    def _exact(self, e: p.Expression) -> tuple[str, int]:
        text = self._loose(e)
        return self.wrapped(text[0], e.width) if overflows(e) else text

    def _loose(self, e: p.Expression) -> tuple[str, int]:
        match e:
            case p.Number(value, width):
                return self.number(value, width), ATOM
            case p.Index():
                return self.loops[-1], ATOM
            case p.Read(place):
                return self.place(place), ATOM
            case p.Binary("min" | "max" as operation, left, right):
                return f"{operation}({self.exact(left)}, {self.exact(right)})", ATOM
            case p.Binary("distance", left, right):
                return f"abs({self.exact(left, SUM)} - {self.exact(right, PRODUCT)})", ATOM
            case p.Binary("average", left, right):
                return self.average(self.exact(left, SUM), self.exact(right, PRODUCT))
            case p.Binary("add" | "subtract" as operation, left, right):
                return f"{self.loose(left, SUM)} {SYMBOLS[operation]} {self.loose(right, PRODUCT)}", SUM
            case p.Binary(operation, left, right):
                return self._bitwise(operation, left, right)
            case p.Saturating("add", left, right, bound):
                bounded = f"{self.exact(left, SUM)} + {self.exact(right, PRODUCT)}"
                return f"min({bounded}, {self.number(bound, e.width)})", ATOM
            case p.Saturating(_, left, right, bound):
                bounded = f"{self.exact(left, SUM)} - {self.exact(right, PRODUCT)}"
                return f"max({bounded}, {self.number(bound, e.width)})", ATOM
            case p.Product(left, right):
                return f"{self.exact(left, ATOM)} * {self.exact(right, ATOM)}", PRODUCT
            case p.Quotient(left, right, remainder):
                return (
                    f"{self.exact(left, ATOM)} {'%' if remainder else self.divide} {self.exact(right, ATOM)}",
                    PRODUCT,
                )
            case p.Scaled(operand, factor):
                return f"{self.loose(operand, ATOM)} * {factor}", PRODUCT
            case p.Shifted(operand, "left", count):
                return f"{self.loose(operand, ATOM)} << {count}", BITS
            case p.Shifted(operand, "right", count):
                return f"{self.exact(operand, ATOM)} >> {count}", BITS
            case p.Shifted(operand, "signed right", count):
                return f"{_enclosed(*self.signed(self.loose(operand), operand), ATOM)} >> {count}", BITS
            case p.Shifted(operand, "rotate left", _):
                return self.rotated(e)
            case p.Shifted(operand, _, count):
                return self.rotated(p.Shifted(operand, "rotate left", e.width - count))
            case p.Field(operand, low, bits):
                shifted = f"({self.loose(operand, ATOM)} >> {low})" if low else self.loose(operand, ATOM)
                return f"{shifted} & {self.mask((1 << bits) - 1, e.width)}", BITS
            case p.Unary("not", operand):
                return f"~{self.loose(operand, ATOM)}", ATOM
            case p.Unary("negate", operand):
                return f"-{self.loose(operand, ATOM)}", PRODUCT
            case p.Unary("swap", _):
                return self.swapped(e)
            case p.Unary(_, operand):
                return f"abs({self.signed(self.loose(operand), operand)[0]})", ATOM
            case p.Half(operand, high):
                return self.half(operand, high)
            case p.Joined(high_byte, low_byte):
                return f"({self.exact(high_byte, ATOM)} << 8) | {self.exact(low_byte, ATOM)}", BITS
            case p.Widened(operand, is_signed):
                return self.signed(self.loose(operand), operand) if is_signed else self._exact(operand)
            case p.Chosen(condition, then, otherwise):
                choice = self.condition(condition, OR), self.exact(then, OR), self.exact(otherwise, OR)
                return self.chosen(*choice), CHOICE
            case p.Fold() | p.Count() | p.Extreme() | p.Position():
                return self.gathered(e), ATOM

    def half(self, operand: p.Expression, high: bool) -> tuple[str, int]:
        if high:
            return f"{self.exact(operand, ATOM)} >> 8", BITS
        return f"{self.loose(operand, ATOM)} & {self.mask(0xFF, 8)}", BITS

    def _bitwise(self, operation: str, left: p.Expression, right: p.Expression, loose: bool = False) -> tuple[str, int]:
        symbol = SYMBOLS[operation]
        # A constant mask takes away what lies beyond the width.
        masks = loose or (operation == "and" and isinstance(right, p.Number))
        sides = []
        for side in (left, right):
            chained = isinstance(side, p.Binary) and side.operation == operation and side is left
            text = self.loose if masks else self.exact
            shown = text(side, BITS if chained else ATOM)
            sides.append(self.mask(side.value, side.width) if isinstance(side, p.Number) else shown)
        return f"{sides[0]} {symbol} {sides[1]}", BITS

    # ------------------------------------------------------------------------------------------------------ conditions

    def condition(self, c: p.Condition, need: int = CHOICE) -> str:
        return _enclosed(*self._condition(c), need)

    def _condition(self, c: p.Condition) -> tuple[str, int]:
        match c:
            case p.Compared(relation, left, right, is_signed):
                side = self._signed_side if is_signed else lambda e: self.exact(e, SUM)
                return f"{side(left)} {relation} {side(right)}", COMPARISON
            case p.Bits(operand, mask, which):
                shown = self.mask(mask, operand.width)
                which = "any" if which == "all" and not mask & (mask - 1) else which
                masked = f"({self.loose(operand, ATOM)} & {shown})"
                return masked + {"any": " != 0", "all": f" == {shown}", "none": " == 0"}[which], COMPARISON
            case p.Between(operand, low, high):
                return self.between(operand, self.number(low, operand.width), self.number(high, operand.width))
            case p.Both(left_side, right_side):
                sides = self.condition(left_side, AND), self.condition(right_side, AND)
                return f" {self.conjunction} ".join(sides), AND
            case p.Either(left_side, right_side):
                both = [
                    self.condition(side, OR if isinstance(side, p.Either) else COMPARISON)
                    for side in (left_side, right_side)
                ]
                return f" {self.disjunction} ".join(both), OR
            case p.Some():
                return self.some(c)

    def between(self, operand: p.Expression, low: str, high: str) -> tuple[str, int]:
        return f"{low} <= {self.exact(operand, SUM)} <= {high}", COMPARISON

    def _signed_side(self, e: p.Expression) -> str:
        if isinstance(e, p.Number):
            return str(e.value - (1 << e.width) if e.value >> (e.width - 1) else e.value)
        return _enclosed(*self.signed(self.loose(e), e), SUM)


def _enclosed(text: str, binds: int, need: int) -> str:
    return f"({text})" if binds < need else text


def top(e: p.Expression) -> int:
    """No value of the expression is larger."""
    match e:
        case p.Number(value):
            return value
        case p.Field(_, _, bits):
            return (1 << bits) - 1
        case p.Widened(operand, False):
            return top(operand)
        case p.Shifted(operand, "right", count):
            return top(operand) >> count
        case p.Binary("and" | "min", left, right):
            return min(top(left), top(right))
        case p.Product(left, right):
            return top(left) * top(right)
        case p.Quotient(left, right, remainder):
            return 0xFE if remainder else top(left)
        case p.Saturating("add", bound=bound):
            return bound
        case _:
            return (1 << e.width) - 1


def overflows(e: p.Expression) -> bool:
    """Whether the expression's text without a mask may come to something outside of its width."""
    largest = (1 << e.width) - 1
    match e:
        case p.Binary("add", left, right):
            return overflows(left) or overflows(right) or top(left) + top(right) > largest
        case p.Binary("subtract", left, right):
            return overflows(left) or overflows(right) or not (isinstance(left, p.Number) and top(right) <= left.value)
        case p.Scaled(operand, factor):
            return overflows(operand) or top(operand) * factor > largest
        case p.Shifted(operand, "left", count):
            return overflows(operand) or top(operand) << count > largest
        case p.Shifted(_, direction, _):
            return direction == "signed right"
        case p.Unary(operation):
            return operation in ("not", "negate")
        case p.Widened(_, signed):
            return signed
        case p.Fold(operation):
            return operation == "sum"
        case _:
            return False
