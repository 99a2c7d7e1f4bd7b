"""Statements as imperative clauses without a full stop: "add 5 to the byte at $0720, but stop at 99"."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.nouns import Nouns, bits, bits_of, depth, of_element, shift
from oracle_lib.tasks.program.teller.words import CALLS


class Actions(Nouns):
    """Clauses for what is done without a condition around it."""

    def action(self, s: p.Statement) -> str:
        """One clause for a statement that has no others inside (a call's excepted)."""
        match s:
            case p.Set(place, value):
                return self._set(place, value)
            case p.Swap(left, right):
                return self.pick("swap", "exchange") + f" {self.place(left)} and {self.place(right)}"
            case p.Stop():
                return self.pick("stop the loop", "leave the loop") if self.loops else "return"
            case p.Fill(array, value):
                content = self.value(value, exact=False)
                if value == p.Number(0, value.width):
                    return self.pick("clear", "zero") + f" the {self.elements(array)}"
                return self.pick(
                    f"set each of the {self.elements(array)} to {content}",
                    f"store {content} in each of the {self.elements(array)}",
                )
            case p.Copy(source, target, backwards):
                order = " in reverse order (the last one first)" if backwards else ""
                return f"copy the {self.elements(source)} to the {self.elements(target)}{order}"
            case p.Reverse(array):
                return f"reverse the order of the {self.elements(array)} in place"
            case p.Shove(array, up, value):
                new = self.value(value, exact=False)
                reads = any(isinstance(n, p.Item) and n.of == array for n in p.walk(value))
                return self._shove(array, up, f"{new}, as it was before the move," if reads else new)
            case p.Report(condition):
                clause = self.clause(condition)
                return self.pick(
                    f"return with the carry set if {clause}, and clear if not",
                    f"set the carry if {clause}; clear it otherwise",
                    f"return carry set when {clause}, else carry clear",
                )
            case p.Call(name, _, address, returns):
                routine = f"{name} at {address}"
                manner = f"it ends with {returns.upper()}, is entered with 8-bit A, X and Y and may change all three"
                return f"{self.pick('call', CALLS[returns] + ' to')} {routine} ({manner})"
            case _:
                raise AssertionError(f"{type(s).__name__} is not a single action")

    def _shove(self, array: p.Array, up: bool, new: str) -> str:
        last, those = array.length - 1, self.elements(array)
        if up:
            moved = f"move the {those} up by one place (element 0 to 1 and so on; the last one is lost)"
            return f"{moved} and put {new} into element 0"
        return (
            f"move the {those} down by one place (element 1 to 0 and so on; the first one is lost) and put {new} "
            f"into element {last}, the last"
        )

    def _set(self, place: p.Place, value: p.Expression) -> str:
        target = self.place(place)
        if isinstance(place, p.Register):
            target = f"{place.name.upper()}"
        match value:
            case p.Fold() | p.Count() | p.Extreme() | p.Position():
                return self._gathered(target, value)
            case p.Number(0) if not isinstance(place, p.Register):
                return self.pick(f"clear {target}", f"set {target} to 0", f"reset {target} to 0", f"zero {target}")
            case p.Chosen(condition, then, otherwise) if depth(value) == 1:
                first, second = self.noun(then), self.noun(otherwise)
                return f"set {target} to {first} if {self.clause(condition)}, else to {second}"
        changed = self._changed(place, value, target)
        if changed:
            return changed
        exact = value.width < place.width
        new = self.value(value, exact)
        cut = f" (the low {place.width} bits)" if value.width > place.width else ""
        if isinstance(place, p.Register):
            return self.pick("return", "leave", "put") + f" {new}{cut} in {target}"
        return self.pick(
            f"set {target} to {new}{cut}", f"store {new}{cut} in {target}", f"put {new}{cut} into {target}"
        )

    def _changed(self, place: p.Place, value: p.Expression, target: str) -> str | None:
        """The clause for a place that gets a value made from its own old one by a single operation."""
        own = p.Read(place)
        match value:
            case p.Binary("add", left, right) if left == own and depth(right) <= 1:
                if right == p.Number(1, right.width):
                    return self.pick(f"increment {target}", f"add 1 to {target}", f"raise {target} by 1")
                amount = self.value(right, exact=False)
                return self.pick(
                    f"add {amount} to {target}", f"increase {target} by {amount}", f"raise {target} by {amount}"
                )
            case p.Binary("subtract", left, right) if left == own and depth(right) <= 1:
                if right == p.Number(1, right.width):
                    return self.pick(f"decrement {target}", f"subtract 1 from {target}", f"lower {target} by 1")
                amount = self.value(right, exact=False)
                return self.pick(f"subtract {amount} from {target}", f"decrease {target} by {amount}")
            case p.Binary("and" | "or" | "xor" as operation, left, p.Number(mask)) if left == own:
                return self._masked(operation, mask, value.width, target)
            case p.Binary("and" | "or" | "xor" as operation, left, right) if left == own and depth(right) <= 1:
                return f"{operation.upper() if operation != 'xor' else 'exclusive-or'} {target} with {self.noun(right)}"
            case p.Binary("min", left, p.Number(bound)) if left == own:
                return f"limit {target} to at most {self.number(bound, value.width)} (unsigned)"
            case p.Binary("max", left, p.Number(bound)) if left == own:
                return f"raise {target} to {self.number(bound, value.width)} if it is below that (unsigned)"
            case p.Saturating(operation, left, right, bound) if left == own and depth(right) <= 1:
                return self._saturated(value, target)
            case p.Scaled(operand, factor) if operand == own:
                return self.pick(f"multiply {target} by {factor}", f"make {target} {factor} times what it was")
            case p.Shifted(operand, direction, count) if operand == own:
                verb = shift(direction, count).replace("shifted", "shift").replace("rotated", "rotate")
                first, rest = verb.split(" ", 1)
                return f"{first} {target} {rest}"
            case p.Unary("not", operand) if operand == own:
                return self.pick(f"invert all bits of {target}", f"complement {target} (all bits inverted)")
            case p.Unary("negate", operand) if operand == own:
                return f"negate {target} (two's complement)"
            case p.Unary("swap", operand) if operand == own:
                return f"swap the {'nibbles' if value.width == 8 else 'two bytes'} of {target}"
            case p.Unary(_, operand) if operand == own:
                return f"replace {target}, a signed number, by its absolute value"
        return None

    def _masked(self, operation: str, mask: int, width: int, target: str) -> str:
        cleared = mask ^ ((1 << width) - 1)
        shown = self.numbers.mask(mask, width)
        if operation == "and":
            if 0 < len(bits_of(cleared)) <= 3:
                return self.pick(f"clear {bits(cleared)} of {target}", f"reset {bits(cleared)} of {target}")
            return self.pick(f"AND {target} with {shown}", f"keep only the bits of mask {shown} in {target}")
        few = len(bits_of(mask)) <= 3
        if operation == "or":
            return f"set {bits(mask)} of {target}" if few else f"OR {target} with {shown}"
        verb = self.pick("toggle", "flip", "invert")
        return f"{verb} {bits(mask)} of {target}" if few else f"exclusive-or {target} with {shown}"

    def _saturated(self, value: p.Saturating, target: str) -> str:
        amount, bound = self.noun(value.right), self.number(value.bound, value.width)
        if value.operation == "add":
            if value.bound == (1 << value.width) - 1:
                return f"add {amount} to {target}, but stop at {bound} instead of wrapping"
            return self.pick(
                f"add {amount} to {target}, but stop at {bound} (also when it is above that already)",
                f"raise {target} by {amount}, capped at {bound} (anything above becomes {bound})",
            )
        if value.bound == 0:
            return self.pick(
                f"subtract {amount} from {target}, but stop at 0",
                f"take {amount} off {target}, not below 0",
                f"lower {target} by {amount} without going below 0 (0 instead of wrapping)",
            )
        return (
            f"subtract {amount} from {target}, but no further than {bound} (if it would fall below that, or already is "
            f"below, it becomes {bound})"
        )

    # -------------------------------------------------------------------------------------------------- gathered values

    def _gathered(self, target: str, e: p.Gathered) -> str:
        into = self.pick(f"store {{}} in {target}", f"put {{}} into {target}")
        match e:
            case p.Fold():
                return self._fold(into, e)
            case p.Count(p.Text() as text, None):
                those = self.elements(text)
                return f"count the {those} and " + into.format("that length")
            case p.Count(over, where) if where is not None:
                return f"count {self._those(over, where, 'how many')} and " + into.format("the count")
            case p.Extreme(operation, over, index):
                best = {"min": self.pick("smallest", "lowest"), "max": self.pick("largest", "highest")}[operation]
                those, sign = self.elements(over), "signed" if over.signed else "unsigned"
                if index:
                    its_index = into.format("its index, from 0,")
                    return f"find the {best} of the {those} ({sign}; of equals the first) and {its_index}"
                return into.format(f"the {best} of the {those} ({sign})")
            case p.Position(over, where, otherwise, last):
                which = "last" if last else "first"
                missing = self.number(otherwise, 8)
                if of_element(where, over):
                    found = f"find the {which} of the {self.elements(over)} that {self.predicate(where)}"
                    shown = "its index, from 0,"
                else:
                    found = f"find the {which} {self.span(over)} for which {self.inside(over, where)}"
                    shown = "that index" if isinstance(over, p.Text) else "that i"
                none = self.pick(f"; if there is none, store {missing}", f", or {missing} if there is none")
                return f"{found} and {into.format(shown)}{none}"
            case _:
                raise AssertionError("only a text is counted without a condition")

    def _those(self, over: p.Array | p.Text, where: p.Condition, how: str) -> str:
        if of_element(where, over):
            return f"{how} of the {self.elements(over)} {self.predicate(where, many=True)}"
        return f"for {how} {self.span(over)} this holds {self.inside(over, where)};".rstrip(";")

    def _fold(self, into: str, e: p.Fold) -> str:
        plain = e.term in (p.Read(p.Here(e.over)), p.Widened(p.Read(p.Here(e.over))))
        simple = plain and (e.where is None or of_element(e.where, e.over))
        if not simple:
            self.formulas.loops = list(self.loops)
            text = self.formulas.gathered(e)
            self.told.append(text)
            kind = "modulo " + str(1 << e.width) if e.operation == "sum" else f"{e.width} bits"
            return into.format(f"{text} ({kind})")
        where = f" that {self.predicate(e.where, many=True)}" if e.where else ""
        if e.operation == "sum":
            modulo = self.pick(f"{e.width}-bit sum", f"sum modulo {self.numbers.number(1 << e.width, e.width)}")
            verb = self.pick("add up", "sum up")
            return f"{verb} the {self.elements(e.over)}{where} and " + into.format(f"the {modulo}")
        verb = {"xor": "exclusive-or", "or": "OR", "and": "AND"}[e.operation]
        empty = ""
        if e.where or isinstance(e.over, p.Text):
            empty = (
                f" ({self.numbers.mask((1 << e.width) - 1, e.width) if e.operation == 'and' else 0} if there is none)"
            )
        return f"{verb} the {self.elements(e.over)}{where} together and " + into.format("the result") + empty
