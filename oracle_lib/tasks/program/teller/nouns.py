"""Places, expressions and conditions as English: "the byte at $0720", "bit 5 of it is set".

What would become a tangled phrase (operations inside operations, or a sum whose wrapping matters) is told as a formula.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Literal

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.infix import ATOM, CHOICE, OR, overflows
from oracle_lib.tasks.program.teller.shorthand import Shorthand
from oracle_lib.tasks.program.teller.words import UNITS, Loops, Numbers, direct, joined, plural, the

Naming = Literal["address", "meaning", "name", "bare"]
"""How things in memory are called: "the byte at $0720", "the hit timer", "HitTimer", "$0720". All but the first take a
list of what lies where for granted."""

ORDINARY = {"==": "equals", "!=": "is not", "<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"}
OTHERS = {
    "==": ("is the same as", "is equal to"),
    "!=": ("differs from", "isn't"),
    "<": ("is less than", "is smaller than"),
    "<=": ("is no more than", "does not exceed"),
    ">": ("is greater than", "exceeds"),
    ">=": ("is not below", "is no less than"),
}
PLURALS = {"is": "are", "isn't": "aren't", "equals": "equal", "differs": "differ", "does": "do", "exceeds": "exceed"}
PLURALS |= {"has": "have", "lies": "lie"}


SIMPLE = p.Compared | p.Bits | p.Between
KNOTTY = (p.Saturating, p.Quotient, p.Chosen, p.Unary, p.Joined)
"""Expressions whose phrases need a sentence of their own."""


class Nouns(Loops):
    """One manner of speaking; synonyms are drawn at each use."""

    def __init__(self, rng: random.Random, naming: Naming, numbers: Numbers) -> None:
        super().__init__()
        self.rng, self.naming, self.numbers = rng, naming, numbers
        self.formulas = Shorthand(numbers, named=naming == "name")
        self.tables_inside = False
        """Whether a table's values stand where it is used."""
        self.tables: set[str] = set()
        """The names of the tables that were told by name."""
        self.it: p.Place | None = None
        """What "it" means at the moment."""
        self.here: dict[p.Array | p.Text, str] = {}
        """What the elements of the loops around are called."""
        self.told: list[str] = []
        """The formulas that were used, for the notes that explain them."""

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def number(self, value: int, width: int) -> str:
        return self.numbers.number(value, width)

    def formula(self, e: p.Expression, exact: bool, need: int = CHOICE) -> str:
        self.formulas.loops = list(self.loops)
        text = self.formulas.exact(e, need) if exact else self.formulas.loose(e, need)
        self.told.append(text)
        return text

    # ---------------------------------------------------------------------------------------------------------- places

    def variable(self, variable: p.Variable) -> str:
        if variable.own:
            return variable.name
        match self.naming:
            case "address":
                return f"the {UNITS[variable.width]} at {variable.address}"
            case "meaning":
                return the(variable.meaning, UNITS[variable.width])
            case "name":
                return variable.name
            case "bare":
                return str(variable.address)

    def elements(self, over: p.Array | p.Text | p.Table) -> str:
        """All elements of an array, as a plural without an article that a number opens: "12 bytes from $0798"."""
        match over:
            case p.Text(name, meaning, address, _, end):
                marker = self.numbers.mask(end, 8)
                by_naming = {
                    "address": f"bytes of the text at {address} before its end marker {marker}",
                    "meaning": f"bytes of the {meaning} before its {marker}",
                    "name": f"bytes of {name} before its {marker}",
                    "bare": f"bytes of the text at {address} before its {marker}",
                }
                return by_naming[self.naming]
            case p.Table(name, _, values, width):
                if self.tables_inside:
                    return f"{UNITS[width]}s {self.listed(over)}"
                self.tables.add(name)
                return f"{len(values)} entries of the table {name}"
            case p.Array(name, meaning, address, length, width):
                apart = f" (one every {over.step} bytes)" if over.stride else ""
                by_naming = {
                    "address": f"{length} {UNITS[width]}s {self.pick('from', 'starting at')} {address}{apart}",
                    "meaning": f"{length} {plural(meaning)}",
                    "name": f"{length} elements of {name}",
                    "bare": f"{length} {UNITS[width]}s from {address}{apart}",
                }
                return by_naming[self.naming]

    def element(self, of: p.Array | p.Table, index: p.Expression) -> str:
        """One element by its index."""
        if isinstance(of, p.Array) and isinstance(index, p.Number):
            if self.naming == "name":
                return f"{of.name}[{index.value}]"
            place = of.address + of.step * index.value
            return str(place) if self.naming == "bare" else f"the {UNITS[of.width]} at {place}"
        plain = isinstance(index, p.Number | p.Index) or self.naming != "address"
        which = self.noun(index) if plain and not depth(index) else self.formula(index, exact=True)
        if self.naming == "name":
            self.tables.add(of.name)
            return f"{of.name}[{which}]"
        if isinstance(of, p.Table):
            table = f"({UNITS[of.width]}s {self.listed(of)})" if self.tables_inside else of.name
            self.tables |= set() if self.tables_inside else {of.name}
            if self.naming == "meaning":
                return f"the entry (index from 0: {which}) of the table {table}"
            return f"entry number {which} (from 0) of the table {table}"
        if self.naming == "meaning":
            return f"the {of.meaning} (index from 0: {which})"
        if self.naming == "address" and self.rng.random() < 0.4:
            step = f"{of.step} * " if of.step > 1 else ""
            return f"the {UNITS[of.width]} at ({of.address} + {step}{f'({which})' if depth(index) else which})"
        return f"element number {which} (from 0) of the {self.elements(of)}"

    def listed(self, table: p.Table) -> str:
        """The table's values."""
        return ", ".join(self.number(value, table.width) for value in table.values)

    def place(self, place: p.Place) -> str:
        if place == self.it:
            return "it"
        match place:
            case p.Variable():
                return self.variable(place)
            case p.Register(name):
                return name.upper()
            case p.Item(of, index):
                return self.element(of, index)
            case p.Here(of):
                return self.here[of]
            case p.Pointed(by, offset, width):
                return self._pointed(by, offset, UNITS[width])

    def _pointed(self, by: p.Pointer, offset: p.Expression, unit: str) -> str:
        pointer = by.name if self.naming == "name" else f"the {by.width}-bit pointer at {direct(by)}"
        if offset == p.Number(0, offset.width):
            return f"the {unit} at which {pointer} points"
        number = self.formula(offset, exact=True) if depth(offset) or self.naming == "address" else self.noun(offset)
        if self.naming == "meaning":
            return f"the {unit} at offset {number} of the {by.meaning}"
        if isinstance(offset, p.Number):
            return f"the {unit} {number} byte{'s' * (offset.value > 1)} behind where {pointer} points"
        return f"the {unit} at offset {number} from where {pointer} points"

    # ----------------------------------------------------------------------------------------------------- expressions

    def noun(self, e: p.Expression) -> str:
        """The value as a phrase that fits into any other, or else as a formula."""
        tangled = isinstance(e, KNOTTY) or overflows(e) or depth(e) > 1
        return self.formula(e, exact=True, need=ATOM) if tangled else self.value(e, exact=True)

    def value(self, e: p.Expression, exact: bool) -> str:
        """The value as a phrase. `exact` where it is not stored into its own width, so that wrapping would matter."""
        if depth(e) > 1 or (exact and overflows(e)):
            return self.formula(e, exact, need=OR)
        match e:
            case p.Number(value, width):
                return self.number(value, width)
            case p.Index():
                return self.loops[-1]
            case p.Read(place):
                return self.place(place)
            case p.Binary(operation, left, right):
                return self._binary(operation, left, right)
            case p.Saturating("add", left, right, bound):
                a, b = self.noun(left), self.noun(right)
                most = self.number(bound, e.width)
                return f"the sum of {a} and {b} (limited to {most}: it does not wrap)"
            case p.Saturating(_, left, right, bound):
                least = self.number(bound, e.width)
                return f"{self.noun(left)} minus {self.noun(right)} (but at least {least}: it does not wrap)"
            case p.Product(left, right):
                return f"the {self.pick('16-bit product', 'full product')} of {self.noun(left)} and {self.noun(right)}"
            case p.Quotient(left, right, False):
                return f"{self.noun(left)} divided by {self.noun(right)} (rounded down)"
            case p.Quotient(left, right, True):
                return f"the remainder of {self.noun(left)} divided by {self.noun(right)}"
            case p.Scaled(operand, factor):
                return f"{factor} times {self.noun(operand)}"
            case p.Shifted(operand, direction, count):
                return f"{self.noun(operand)} {shift(direction, count)}"
            case p.Field(operand, low, bits):
                high = low + bits - 1
                if not low:
                    return (
                        f"the lowest {bits} bits of {self.noun(operand)}"
                        if bits > 1
                        else f"bit 0 of {self.noun(operand)}"
                    )
                which = f"bits {low} {'to' if bits > 2 else 'and'} {high}" if bits > 1 else f"bit {low}"
                return f"{which} of {self.noun(operand)} as a number (shifted down to bit 0)"
            case p.Unary("not", operand):
                return f"{self.noun(operand)} with all bits inverted"
            case p.Unary("negate", operand):
                return f"the two's complement of {self.noun(operand)}"
            case p.Unary("swap", operand):
                return f"{self.noun(operand)} with its {'nibbles' if e.width == 8 else 'bytes'} swapped"
            case p.Unary(_, operand):
                return f"the absolute value of {self.noun(operand)} (signed)"
            case p.Half(operand, high):
                return f"the {'high' if high else 'low'} byte of {self.noun(operand)}"
            case p.Joined(high, low):
                return f"the word with high byte {self.noun(high)} and low byte {self.noun(low)}"
            case p.Widened(operand, True):
                return f"{self.noun(operand)} (sign-extended to 16 bits)"
            case p.Widened(operand):
                return self.noun(operand)
            case p.Chosen(condition, then, otherwise):
                return f"{self.noun(then)} if {self.clause(condition)}, else {self.noun(otherwise)}"
            case _:
                return self.formula(e, exact)

    def _binary(self, operation: str, left: p.Expression, right: p.Expression) -> str:
        a = self.noun(left)
        if operation in ("and", "or", "xor") and isinstance(right, p.Number):
            b = self.numbers.mask(right.value, right.width)
        else:
            b = self.noun(right)
        match operation:
            case "add":
                return self.pick(f"the sum of {a} and {b}", f"{a} plus {b}")
            case "subtract":
                return f"{a} minus {b}"
            case "and" | "or" | "xor":
                return f"{a} {operation.upper()} {b}"
            case "min":
                return self.pick(f"the smaller of {a} and {b}", f"the minimum of {a} and {b}") + " (unsigned)"
            case "max":
                return self.pick(f"the larger of {a} and {b}", f"the maximum of {a} and {b}") + " (unsigned)"
            case "distance":
                return f"the unsigned distance between {a} and {b} (the larger minus the smaller)"
            case _:
                return f"the average of {a} and {b} (rounded down; their sum must not lose its carry)"

    # ------------------------------------------------------------------------------------------------------ conditions

    def clause(self, c: p.Condition) -> str:
        """The condition as a clause: "bit 5 of the byte at $0720 is set"."""
        match c:
            case p.Compared(_, left, _, _) | p.Bits(left) | p.Between(left):
                if isinstance(c, p.Bits) and is_bit(c.mask):
                    bit = c.mask.bit_length() - 1
                    return f"bit {bit} of {self.noun(left)} is {'clear' if c.which == 'none' else 'set'}"
                return f"{self.noun(left)} {self.predicate(c)}"
            case p.Both(left_side, right_side):
                return f"{self._side(left_side, p.Both)} and {self._side(right_side, p.Both)}"
            case p.Either(left_side, right_side):
                return f"{self._side(left_side, p.Either)} or {self._side(right_side, p.Either)}"
            case p.Some(over, where, every):
                return self._some(over, where, every)

    def _side(self, c: p.Condition, kind: type) -> str:
        if isinstance(c, p.Both | p.Either) and not isinstance(c, kind):
            self.formulas.loops = list(self.loops)
            self.told.append(self.formulas.condition(c))
            return f"({self.formulas.condition(c)})"
        return self.clause(c)

    def predicate(self, c: p.Condition, many: bool = False) -> str:
        """What is said of the left side: "is below 12", or of many "are below 12"."""
        if isinstance(c, p.Both | p.Either):
            sides = self.predicate(c.left, many), self.predicate(c.right, many)
            return (" and " if isinstance(c, p.Both) else " or ").join(sides)
        text = self._predicate(c)
        verb, _, rest = text.partition(" ")
        return f"{PLURALS[verb]} {rest}" if many else text

    def _predicate(self, c: p.Condition) -> str:
        match c:
            case p.Compared(relation, left, right, is_signed):
                if is_signed and isinstance(right, p.Number):
                    value = right.value - (1 << right.width) if right.value >> (right.width - 1) else right.value
                    if value == 0 and relation in ("<", ">="):
                        top_bit = f"bit {left.width - 1} {'set' if relation == '<' else 'clear'}"
                        return f"is {'negative' if relation == '<' else 'not negative'} as a signed number ({top_bit})"
                    return f"{ORDINARY[relation]} {value} (signed comparison)"
                verb = self.pick(ORDINARY[relation], ORDINARY[relation], *OTHERS[relation])
                if relation == "==" and isinstance(right, p.Number):
                    verb = self.pick("is", "is", "equals")
                return f"{verb} {self.noun(right)}" + (" (signed comparison)" if is_signed else "")
            case p.Between(_, low, high):
                ends = self.number(low, c.operand.width), self.number(high, c.operand.width)
                return self.pick(
                    f"lies between {ends[0]} and {ends[1]} (both included)", f"is from {ends[0]} to {ends[1]}"
                )
            case p.Bits(operand, mask, which):
                if is_bit(mask):
                    return f"has bit {mask.bit_length() - 1} {'clear' if which == 'none' else 'set'}"
                if len(bits_of(mask)) <= 3 and self.rng.random() < 0.6:
                    if which == "any":
                        return "has " + joined([f"bit {bit}" for bit in bits_of(mask)], "or") + " set"
                    return f"has {bits(mask)} all {'set' if which == 'all' else 'clear'}"
                shown = self.numbers.mask(mask, operand.width)
                has = {"any": "at least one", "all": "all", "none": "none"}[which]
                return f"has {has} of the bits in mask {shown} set"
            case _:
                raise AssertionError(f"{type(c).__name__} says nothing of one thing")

    def _some(self, over: p.Array | p.Text, where: p.Condition, every: bool) -> str:
        those = self.elements(over)
        if of_element(where, over):
            if every:
                return f"all of the {those} {self.predicate(where, many=True)}"
            return f"{self.pick('at least one', 'any')} of the {those} {self.predicate(where)}"
        quantity = "every" if every else "at least one"
        return f"{self.inside(over, where)} for {quantity} {self.span(over)}"

    def inside(self, over: p.Array | p.Text, where: p.Condition) -> str:
        """The condition on an element and its index, as a formula in parentheses."""
        self.formulas.loops = [*self.loops, "i"]
        text = self.formulas.condition(where)
        self.told.append(text)
        return f"({text})"

    def span(self, over: p.Array | p.Text) -> str:
        """The values of an index: "i from 0 to 11"."""
        if isinstance(over, p.Text):
            return f"index i (from 0) of the {self.elements(over)}"
        return f"i from 0 to {over.length - 1}"


def is_bit(mask: int) -> bool:
    """Whether just one bit is set."""
    return mask > 0 and not mask & (mask - 1)


def bits_of(mask: int) -> list[int]:
    """The numbers of the bits that are set."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def bits(mask: int) -> str:
    """The set bits as a phrase: "bit 5", "bits 0, 2 and 3"."""
    numbers = [str(bit) for bit in bits_of(mask)]
    return f"bit{'s' if len(numbers) > 1 else ''} {joined(numbers)}"


def shift(direction: str, count: int) -> str:
    """A shift as a participle."""
    amount = f"by {count} bit{'s' if count > 1 else ''}"
    said = {"left": "shifted left", "right": "shifted right", "signed right": "shifted right arithmetically (signed)"}
    said |= {"rotate left": "rotated left", "rotate right": "rotated right"}
    return f"{said[direction]} {amount}" + (" (without the carry)" if "rotate" in direction else "")


def of_element(c: p.Condition, over: p.Array | p.Text) -> bool:
    """Whether the condition says something of the element alone, against what no loop changes."""
    match c:
        case p.Compared(_, left, right):
            return left == p.Read(p.Here(over)) and not any(isinstance(n, p.Here | p.Index) for n in p.walk(right))
        case p.Bits(operand) | p.Between(operand):
            return operand == p.Read(p.Here(over))
        case p.Both(first, second) | p.Either(first, second):
            # Mixed, "and" and "or" would not show what belongs together.
            return all(of_element(side, over) and isinstance(side, type(c) | SIMPLE) for side in (first, second))
        case _:
            return False


def depth(e: p.Expression) -> int:
    """How many operations lie inside one another; what only names a value counts for nothing."""
    match e:
        case p.Number() | p.Index():
            return 0
        case p.Read(p.Item(_, index)):
            return 0 if isinstance(index, p.Number) else 1 + depth(index)
        case p.Read(p.Pointed(_, offset)):
            return 1 + depth(offset)
        case p.Read():
            return 0
        case p.Widened(operand, False):
            return depth(operand)
        case p.Fold() | p.Count() | p.Extreme() | p.Position():
            return 0
    inner = [part for part in vars(e).values() if hasattr(part, "width") and not isinstance(part, p.Number)]
    sides: Iterable[p.Expression] = inner
    conditional = isinstance(e, p.Chosen) and isinstance(e.condition, p.Both | p.Either)
    return 1 + max((depth(side) for side in sides), default=0) + conditional
