"""A program as the body of a C++ function whose parameters are the things that it has in memory.

It computes what the interpreter computes, in the manner of C++: a result leaves by `return` as soon as it is known,
a local variable is declared where it is first set, loops run over elements wherever they need no index, and nothing is
masked that the type of its target cuts anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.c import TYPES, C
from oracle_lib.tasks.program.teller.infix import CHOICE, COMPARISON, OR, PRODUCT, SUM, SYMBOLS, overflows, top

INDENT = "  "
KEYWORDS = frozenset(
    """
    and auto bool break case catch char class const continue default delete do double else enum export extern false
    float for friend goto if inline int long main max min namespace new not operator or private protected public
    register return short signed sizeof static std struct switch template this throw true try typename union
    unsigned using virtual void volatile while xor
    """.split()  # noqa: SIM905 - a list would take a line a word
)
"""Words that cannot be names, or had better not."""
Statements = tuple[p.Statement, ...]


def body_cpp(program: p.Program, returned: p.Variable | None, numbers: Collection[str]) -> str:
    """The function's body. `returned` is what it returns, which is then no parameter; parameters have the names of the
    program's things. `int` has 32 bits. A number is written as in `numbers`: `0xA0` or `-96` where they have that, else
    `160`; masks are hexadecimal in any case.
    """
    statements = _simplified(program.body)
    ended = _ending(statements, returned, None) if returned else None
    program = p.Program(ended or statements)
    printer = Cpp(program, numbers, returned, returns_at_once=ended is not None)
    lines = []
    for table in program.things(p.Table):
        shown = ", ".join(printer.number(value, table.width) for value in table.values)
        lines.append(f"static const {TYPES[table.width]} {table.name}[] = {{{shown}}};")
    lines += printer.block(program.body, 0)
    if returned and not ended:
        lines.append(f"return {returned.name};")
    text = "\n".join(lines).replace("    ", INDENT)
    text = re.sub(r"(?<![\w:])(min|max)\(", r"std::\1<int>(", text)
    text = re.sub(r"\bfor \(uint8_t (\w = )", r"for (int \1", text)
    return re.sub(r"(?<![\w:])abs\(", "std::abs(", text)


def returnable(program: p.Program, variable: p.Variable) -> bool:
    """Whether a function can return the variable instead of taking it: the program surely writes it before it reads it,
    and before it ends.
    """
    return _writes_first(program.body, variable, leaving=False) is True


class Cpp(C):
    """C++. `returned` is what the function returns: a local variable, or where it `returns_at_once`, what is set last
    on each way through the program and never read.
    """

    def __init__(
        self, program: p.Program, numbers: Collection[str], returned: p.Variable | None, returns_at_once: bool
    ) -> None:
        super().__init__()
        self.numbers, self.returned, self.returns_at_once = numbers, returned, returns_at_once
        kinds: tuple[type[p.Variable | p.Array | p.Table], ...] = (p.Variable, p.Array, p.Table)
        self._names = {one.name: 1 for kind in kinds for one in program.things(kind)}
        own = [one for one in program.things(p.Variable) if one.own or (one == returned and not returns_at_once)]
        self._undeclared = {one: _mentions(program.body, one) for one in own}
        self._starts: dict[p.Place, int] = {}

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, statements: Iterable[p.Statement], depth: int) -> list[str]:
        """The statements' lines; a local variable that only they mention is declared where they first do."""
        lines: list[str] = []
        body = tuple(statements)
        for place, one in enumerate(body):
            if self._starts_a_count(one, body[place + 1 :]):
                continue
            for variable in [own for own in self._undeclared if _mentions(one, own)]:
                if not self._is_inner(variable, one) and not _is_first_set(one, variable):
                    del self._undeclared[variable]
                    start = "" if _writes_first((one,), variable) else " = 0"
                    lines.append(f"{TYPES[variable.width]} {variable.name}{start};")
            lines += self.statement(one)
        return ["    " * depth + line for line in lines]

    def _starts_a_count(self, one: p.Statement, rest: Statements) -> bool:
        """Whether the statement belongs into the head of a `for`: it sets what only one loop behind it counts with."""
        match one:
            case p.Set(p.Variable() as counter, p.Number(start)) if counter in self._undeclared:
                loop = next((other for other in rest if _mentions(other, counter)), one)
                total = self._undeclared[counter]
                if counter != self.returned and _counts_with(loop, counter) and _mentions(loop, counter) == total - 1:
                    del self._undeclared[counter]
                    self._starts[counter] = start
                    return True
        return False

    def _is_inner(self, variable: p.Variable, one: p.Statement) -> bool:
        """Whether a block in the statement can declare the variable: it alone mentions it, and no turn of a loop sees
        what another one set."""
        whole = [inner for inner in _blocks(one) if _mentions(inner, variable) == self._undeclared[variable]]
        is_loop = isinstance(one, p.Each | p.Repeat | p.While)
        return any(not is_loop or _writes_first(inner, variable) is True for inner in whole)

    def statement(self, s: p.Statement) -> list[str]:
        match s:
            case p.Set(place, value) if place == self.returned and self.returns_at_once:
                return self._returns(value)
            case p.Stop() if not self.loops and self.returned:
                return [f"return {self.returned.name};"]
            case p.Swap(left, right):
                return [f"std::swap({self.place(left)}, {self.place(right)});"]
            case p.Reverse(array):
                return [f"std::reverse({_all_of(array)});"]
            case p.Fill(array, value) if not _is_of_elements(value) and not _mentions(value, array):
                return [f"std::fill({_all_of(array)}, {self._stored(value, array.width)});"]
            case p.Copy(source, target, backwards):
                return [f"std::{'reverse_copy' if backwards else 'copy'}({_all_of(source)}, {target.name}.begin());"]
            case p.Shove(array, up, value):
                first, head, moved, last = super().statement(s)
                moves = [f"{head} {{", moved, "}"]
                if _mentions(value, array):
                    return [first, *moves, last]
                return [*moves, f"{array.name}[{0 if up else array.length - 1}] = {first.partition(' = ')[2]}"]
            case p.Repeat(times, body):
                return self._repeated(times, body)
            case p.While(p.Compared(relation, p.Read(p.Variable(i) as counter), limit), (*body, p.Set() as step)) if (
                counter in self._starts
            ):
                start, test = self._starts.pop(counter), f"{i} {relation} {self.exact(limit, SUM)}"
                step_up = self.statement(step)[0].removesuffix(";")
                return [f"for (int {i} = {start}; {test}; {step_up}) {{", *self._turns(tuple(body)), "}"]
        return super().statement(s)

    def _returns(self, value: p.Expression) -> list[str]:
        match value:
            case p.Position(p.Array() as over, where, otherwise, last):
                search = self._loop(over, lambda: self._where(where, f"return {self.loops[-1]};"))
                if last:
                    i = search[0].split()[2]
                    search[0] = f"for (int {i} = {over.length - 1}; {i} >= 0; {i}--) {{"
                return [*search, f"return {self.number(otherwise, 8)};"]
            case p.Extreme(operation, over, False) if not over.signed:
                return [f"return {_extreme(operation, over)};"]
            case p.Fold() | p.Count() | p.Extreme() | p.Position():
                assert self.returned
                name = self.returned.name
                return [*self._gathered_in(name, f"{TYPES[value.width]} ", value, value.width), f"return {name};"]
        assert self.returned
        return [f"return {self._stored(value, self.returned.width)};"]

    def _repeated(self, times: p.Expression, body: Statements) -> list[str]:
        """Turns are counted upwards, unless the body changes how many there are."""
        count = self.exact(times, SUM)
        changed = {node.place for node in p.walk(body) if isinstance(node, p.Set)}
        with self.loop() as i:
            lines = self.block(body, 1)
        if any(isinstance(node, p.Read) and node.place in changed for node in p.walk(times)):
            return [f"for (int {i} = {count}; {i} > 0; {i}--) {{", *lines, "}"]
        return [f"for (int {i} = 0; {i} < {count}; {i}++) {{", *lines, "}"]

    def _switch(self, s: p.Switch) -> list[str]:
        if any(isinstance(node, p.Stop) for node in p.walk(s)):
            return super()._switch(s)
        lines = [f"switch ({self.exact(s.on)}) {{"]
        for case, body in s.cases:
            lines += self._case(f"case {self.number(case, s.on.width)}:", self.block(body, 1), "    break;")
        return [*lines, *(self._case("default:", self.block(s.otherwise, 1)) if s.otherwise else []), "}"]

    def _case(self, label: str, body: list[str], *end: str) -> list[str]:
        lines = [*body, *([] if body and body[-1].lstrip().startswith("return ") else end)]
        declares = any(re.match(r"    (u?int\d+_t|bool) ", line) for line in body)
        return [f"{label} {{", *lines, "}"] if declares else [label, *lines]

    def _loop(self, over: p.Array | p.Text, body: Callable[[], list[str]]) -> list[str]:
        """A loop over all elements: over themselves, or where the text needs their number, by index."""
        head, *lines, end = super()._loop(over, body)
        index, text = head.split()[2], "\n".join(lines)
        element = rf"\b{over.name}\[{index}\]"
        bare, uses = re.subn(element, "", text)
        words = set(re.findall(r"\w+", bare))
        if isinstance(over, p.Text) or not uses or words & {index, over.name}:
            return [head, *lines, end]
        name = next(one for one in _names_of_one(over.name) if one not in {*self._names, *words, *KEYWORDS})
        is_written = re.search(rf"{element}(\+\+|--| ([-+*/&|^]|<<|>>)?= )|swap\(.*{element}", text)
        kind = f"{TYPES[over.width]}{'&' if is_written else ''}"
        return [f"for ({kind} {name} : {over.name}) {{", *re.sub(element, name, text).splitlines(), end]

    def _assigned(self, place: p.Place, value: p.Expression) -> list[str]:
        kind = ""
        if isinstance(place, p.Variable) and self._undeclared.pop(place, 0):
            kind = f"{TYPES[place.width]} "
        match _cut(value, place.width):
            case p.Quotient(p.Read(same) | p.Widened(p.Read(same), False), right, remainder) if same == place:
                return [f"{self.place(place)} {'%' if remainder else '/'}= {self.exact(right)};"]
            case p.Scaled(p.Read(same), factor) if same == place:
                return [f"{self.place(place)} *= {factor};"]
        if not isinstance(value, p.Gathered):
            return [f"{kind}{line}" for line in super()._assigned(place, value)]
        wraps = isinstance(value, p.Fold) and value.width < place.width
        if isinstance(place, p.Variable) and not _mentions(value, place) and not wraps:
            return self._gathered_in(place.name, kind, value, place.width)
        name = self._name({p.Fold: "total", p.Count: "count"}.get(type(value), "found"))
        made = self._gathered_in(name, f"{TYPES[value.width]} ", value, value.width)
        return [*made, f"{kind}{self.place(place)} = {name};"]

    def _gathered_in(self, name: str, kind: str, e: p.Gathered, width: int) -> list[str]:
        """The variable of that name gets the value; `kind` is its type and a space where it is declared here."""
        match e:
            case p.Fold(operation, over, term, where):
                start = self.mask((1 << min(width, e.width)) - 1, e.width) if operation == "and" else "0"
                symbol = "+" if operation == "sum" else SYMBOLS[operation]
                step = f"{name} {symbol}= {{}};"
                loop = self._loop(over, lambda: self._where(where, step.format(self._stored(term, width))))
                return [f"{kind}{name} = {start};", *loop]
            case p.Count(over, where):
                return [f"{kind}{name} = 0;", *self._loop(over, lambda: self._where(where, f"{name}++;"))]
            case p.Extreme(operation, over, False) if not over.signed:
                return [f"{kind}{name} = {_extreme(operation, over)};"]
            case p.Extreme(_, _, index):
                first, *loop, last = super()._gathered(name, e)
                best = first.split()[1]
                if not index:
                    return [first, *loop, f"{kind}{last}"]
                return [f"{kind}{name} = 0;", *(re.sub(rf"\b{best}\b", name, line) for line in loop)]
            case p.Position(over, where, otherwise, last_one):
                lines = [*([] if last_one else ["break;"])]
                loop = self._loop(over, lambda: self._where(where, f"{name} = {self.loops[-1]};", *lines))
                return [f"{kind}{name} = {self.number(otherwise, 8)};", *loop]

    # ----------------------------------------------------------------------------------------------------- expressions

    def number(self, value: int, width: int) -> str:
        hexadecimal = f"0x{value:02X}"
        return hexadecimal if value > 9 and hexadecimal in self.numbers else str(value)

    def mask(self, value: int, width: int) -> str:
        return f"0x{value:02X}" if value > 9 else str(value)

    def place(self, place: p.Place) -> str:
        match place:
            case p.Item(of, p.Binary("add" | "subtract" as operation, left, right)) if top(right) < 128 or isinstance(
                right, p.Read
            ):
                if of.length <= 128:  # a shorter one has no place that is counted beyond 255 and on from 0
                    return f"{of.name}[{self.exact(left, SUM)} {SYMBOLS[operation]} {self.exact(right, PRODUCT)}]"
        return super().place(place)

    def between(self, operand: p.Expression, low: str, high: str) -> tuple[str, int]:
        if low == "0":
            return f"{self.exact(operand, SUM)} <= {high}", COMPARISON
        return super().between(operand, low, high)

    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        return f"{TYPES[width]}({text})", super().wrapped(text, width)[1]

    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        bare = text[1:-1] if text.startswith("(") and _is_whole(text) else text
        return f"int{e.width}_t({bare})", super().signed(text, e)[1]

    def half(self, operand: p.Expression, high: bool) -> tuple[str, int]:
        fits = not high and not overflows(operand) and top(operand) <= 0xFF
        return self._exact(operand) if fits else super().half(operand, high)

    def _stored(self, value: p.Expression, width: int) -> str:
        if isinstance(value, p.Number) and value.width == width and str(value.value - (1 << width)) in self.numbers:
            return str(value.value - (1 << width))
        return super()._stored(_cut(value, width), width)

    def _exact(self, e: p.Expression) -> tuple[str, int]:
        match e:
            case p.Binary("and" | "or" | "xor" as operation, left, right):
                return self._bitwise(operation, left, right)
            case p.Half(operand, False):
                return self.half(operand, high=False)
            case p.Chosen(condition, then, otherwise):
                choice = self.condition(condition, OR), self.exact(then, OR), self.exact(otherwise, OR)
                return self.chosen(*choice), CHOICE
        return super()._exact(e)

    def _loose(self, e: p.Expression) -> tuple[str, int]:
        match e:
            case p.Binary("and" | "or" | "xor" as operation, left, right):
                return self._bitwise(operation, left, right, loose=True)
            case p.Half(operand, False):
                return self._loose(operand)
            case p.Shifted(p.Half(operand, True), "right", count):
                return self._loose(p.Shifted(operand, "right", 8 + count))
            case p.Chosen(condition, then, otherwise):
                choice = self.condition(condition, OR), self.loose(then, OR), self.loose(otherwise, OR)
                return self.chosen(*choice), CHOICE
        return super()._loose(e)


# ---------------------------------------------------------------------------------------------------------------- trees


def _simplified(part: Any) -> Any:
    """The same without operations that change nothing, such as a mask of bits that are clear anyway, and with a choice
    in the place of an `If` that only chooses what a working value is.
    """
    if isinstance(part, tuple):
        return _divided(tuple(map(_simplified, part)))
    if not is_dataclass(part) or isinstance(part, type | p.Variable | p.Array | p.Table):
        return part
    part = replace(part, **{field.name: _simplified(getattr(part, field.name)) for field in fields(part)})
    match part:
        case p.Binary("or" | "xor" | "add" | "subtract", left, p.Number(0)):
            return left
        case p.Shifted(operand, _, 0):
            return operand
        case p.Binary("or" | "xor" | "add", p.Number(0), right):
            return right
        case p.Binary("and", left, p.Number(mask)) if not mask & (mask + 1) and not overflows(left):
            return left if top(left) <= mask else part
        case p.Field(operand, low, bits) if top(operand) >> low < 1 << bits and not overflows(operand):
            return p.Shifted(operand, "right", low) if low else operand
        case p.If(condition, (p.Set(p.Variable(own=True) as place, then),), (p.Set(other, otherwise),)):
            plain = not isinstance(condition, p.Some) and not isinstance(then, p.Gathered | p.Chosen)
            choices = sum(isinstance(node, p.Chosen) for node in p.walk(otherwise))
            if plain and place == other and then.width == otherwise.width and choices < 2:
                return p.Set(place, p.Chosen(condition, then, otherwise))
    return part


def _divided(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The statements with divisions in the place of loops that count how often a constant can be taken away."""
    done: list[Any] = []
    for one in parts:
        match one:
            case p.While(
                p.Compared(">=", p.Read(p.Variable() as rest), p.Number() as by, False),
                (p.Set(lowered, less), p.Set(p.Variable() as count, more)),
            ) if (
                lowered == rest != count
                and less == p.Binary("subtract", p.Read(rest), by)
                and more == p.Binary("add", p.Read(count), p.Number(1, count.width))
            ):
                whole = _fitting(p.Quotient(_word(rest), by), count)
                before = done[-1] if done else None
                if isinstance(before, p.Set) and before.place == count and before.value == p.Number(0, count.width):
                    done[-1] = p.Set(count, whole)
                else:
                    done.append(p.Set(count, p.Binary("add", p.Read(count), whole)))
                done.append(p.Set(rest, _fitting(p.Quotient(_word(rest), by, remainder=True), rest)))
            case _:
                done.append(one)
    return tuple(done)


def _word(variable: p.Variable) -> p.Expression:
    return p.Widened(p.Read(variable)) if variable.width == 8 else p.Read(variable)


def _fitting(value: p.Expression, target: p.Variable) -> p.Expression:
    return p.Half(value, high=False) if target.width == 8 else value


def _cut(e: p.Expression, width: int) -> p.Expression:
    """An expression whose lowest `width` bits are the same, without masks that only take away others."""
    match e:
        case p.Half(operand, False) if width == 8:
            return _cut(operand, width)
        case p.Field(operand, 0, bits) if bits >= width:
            return _cut(operand, width)
        case p.Binary("and", left, p.Number(mask)) if mask & ((1 << width) - 1) == (1 << width) - 1:
            return _cut(left, width)
        case p.Widened(operand) if width == 8:
            return _cut(operand, width)
    return e


def _ending(statements: Statements, result: p.Variable, kept: p.Expression | None) -> Statements | None:
    """The statements in a form where nothing comes after the result is set, on every way through them; None where they
    have none. `kept` is a constant that the result has already, if it has one and they need not set it.
    """
    done: list[p.Statement] = []
    for place, one in enumerate(statements):
        rest = statements[place + 1 :]
        if not _mentions(one, result) and not _leaves((one,)):
            done.append(one)
            continue
        match one:
            case p.Set(_, value) if not _mentions(value, result) and (not rest or rest == (p.Stop(),)):
                return (*done, one)
            case p.Set(_, p.Number() as value):
                kept = value
                continue
            case p.Stop():
                break
            case p.If(condition, then, otherwise) if not _mentions(condition, result):
                if rest and not _ends(then) and not _ends(otherwise):
                    return None
                first = _ending(then if _ends(then) else (*then, *rest), result, kept)
                second = _ending(otherwise if _ends(otherwise) else (*otherwise, *rest), result, kept)
                return (*done, p.If(condition, first), *second) if first and second else None
            case p.Switch(on, cases, otherwise) if not rest and not _mentions(on, result):
                bodies = [(case, _ending(body, result, kept)) for case, body in cases]
                last = _ending(otherwise, result, kept)
                ended = tuple((case, body) for case, body in bodies if body)
                return (*done, p.Switch(on, ended), *last) if last and len(ended) == len(cases) else None
            case p.Each() | p.Repeat() | p.While() if not rest and kept:
                body = _returning(one.body, result)
                return (*done, replace(one, body=body), p.Set(result, kept)) if body else None
        return None
    return (*done, p.Set(result, kept)) if kept else None


def _returning(body: Statements, result: p.Variable) -> Statements | None:
    """A loop's body that returns where it sets the result and stops; None where it sets it and goes on."""
    done: list[p.Statement] = []
    for place, one in enumerate(body):
        match one:
            case p.Set(target, value) if target == result and not _mentions(value, result):
                return (*done, one) if body[place + 1 :] == (p.Stop(),) else None
            case p.If(condition, then, otherwise) if not _mentions(condition, result):
                first = _returning(then, result) if then else ()
                second = _returning(otherwise, result) if otherwise else ()
                if first is None or second is None:
                    return None
                done.append(p.If(condition, first, second))
            case _ if _mentions(one, result):
                return None
            case _:
                done.append(one)
    return tuple(done)


def _writes_first(statements: Statements, variable: p.Variable, leaving: bool = True) -> bool | None:
    """Whether the statements surely write the variable before they read it; None where they do neither. `leaving` is
    what counts for a way that leaves by a `Stop` before.
    """
    for place, one in enumerate(statements):
        rest = statements[place + 1 :]
        match one:
            case p.Stop():
                return leaving
            case p.Set(target, value) if target == variable and not _mentions(value, variable):
                return True
            case p.If(condition, then, otherwise) if not _mentions(condition, variable):
                branches = [then, otherwise]
            case p.Switch(on, cases, otherwise) if not _mentions(on, variable):
                branches = [*(body for _, body in cases), otherwise]
            case _ if _mentions(one, variable):
                return False
            case _:
                continue
        if _mentions(branches, variable) or _leaves((one,)):
            ways = [_writes_first((*branch, *rest), variable, leaving) for branch in branches]
            return False if False in ways else None if None in ways else True
    return None


def _counts_with(loop: p.Statement, counter: p.Variable) -> bool:
    """Whether the loop runs while the variable is below something, and steps it up at the end of its body only."""
    match loop:
        case p.While(
            p.Compared("<" | "<=", p.Read(tested), limit, False),
            (*body, p.Set(stepped, p.Binary("add", p.Read(old), p.Number()))),
        ):
            sets = [node for node in p.walk(tuple(body)) if isinstance(node, p.Set | p.Swap)]
            is_set = any(counter in _sides(one) for one in sets)
            return tested == stepped == old == counter and not _mentions(limit, counter) and not is_set
    return False


def _sides(one: p.Set | p.Swap) -> tuple[p.Place, ...]:
    return (one.left, one.right) if isinstance(one, p.Swap) else (one.place,)


def _is_first_set(one: p.Statement, variable: p.Variable) -> bool:
    return isinstance(one, p.Set) and one.place == variable and _mentions(one, variable) == 1


def _blocks(one: p.Statement) -> list[Statements]:
    match one:
        case p.If(_, then, otherwise):
            return [then, otherwise]
        case p.Switch(_, cases, otherwise):
            return [*(body for _, body in cases), otherwise]
        case p.Each() | p.Repeat() | p.While():
            return [one.body]
    return []


def _leaves(statements: Statements) -> bool:
    """Whether a `Stop` outside of loops may end the program."""
    branches = [one for one in statements if isinstance(one, p.If | p.Switch)]
    return p.Stop() in statements or any(_leaves(block) for one in branches for block in _blocks(one))


def _ends(statements: Statements) -> bool:
    return bool(statements) and isinstance(statements[-1], p.Stop)


def _mentions(part: object, thing: p.Variable | p.Array) -> int:
    """How often the part of a program names the thing."""
    parts = tuple(part) if isinstance(part, list) else part
    return sum(node == thing for node in p.walk(parts))


def _is_of_elements(value: p.Expression) -> bool:
    return any(isinstance(node, p.Here | p.Index) for node in p.walk(value))


# ---------------------------------------------------------------------------------------------------------------- words


def _all_of(array: p.Array | p.Table) -> str:
    if isinstance(array, p.Table):
        return f"std::begin({array.name}), std::end({array.name})"
    return f"{array.name}.begin(), {array.name}.end()"


def _extreme(operation: str, over: p.Array) -> str:
    return f"*std::{operation}_element({_all_of(over)})"


def _names_of_one(several: str) -> list[str]:
    """What one of them may be called, the best name first."""
    ending = next((one for one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")) if
                   several.endswith(one[0]) and not several.endswith(("ss", "us"))), None)  # fmt: skip
    one = [several.removesuffix(ending[0]) + ending[1]] if ending else []
    return [*(name for name in one if len(name) > 1), "value", "entry", "item", "element", "cell", f"{several}_element"]


def _is_whole(text: str) -> bool:
    """Whether the first parenthesis closes at the end."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
