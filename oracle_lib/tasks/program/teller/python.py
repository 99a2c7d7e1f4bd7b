"""A program as Python that computes the same, to be translated. Numbers in memory are Python's variables and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.infix import ATOM, BITS, PRODUCT, SUM, SYMBOLS, Infix, overflows
from oracle_lib.tasks.program.teller.words import CALLEE, NO_INDEX, UNITS, direct, registers


def source_python(program: p.Program, hexadecimal: bool = True) -> str:
    """The program as Python: what lies where in comments, then its statements (in a function if they may end early)."""
    return Python(hexadecimal).source(program)


def ends_early(statements: Iterable[p.Statement]) -> bool:
    """Whether a `Stop` among the statements, outside of loops, ends the routine."""
    return any(
        isinstance(s, p.Stop)
        or (isinstance(s, p.If) and ends_early((*s.then, *s.otherwise)))
        or (isinstance(s, p.Switch) and ends_early((*(one for _, body in s.cases for one in body), *s.otherwise)))
        for s in statements
    )


def snake(name: str) -> str:
    """`HitTimer` as `hit_timer`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class Python(Infix):
    divide = "//"

    def __init__(self, hexadecimal: bool = True) -> None:
        super().__init__()
        self.hexadecimal = hexadecimal

    # ------------------------------------------------------------------------------------------------------------ text

    def source(self, program: p.Program) -> str:
        body = self.block(program.body, 0)
        functions = [line for call in program.nodes if isinstance(call, p.Call) for line in self.function(call)]
        if ends_early(program.body):
            body = self.wrapped_in_function("routine", program.body)
        helper = ["from functools import reduce", ""] if any("reduce(" in line for line in (*functions, *body)) else []
        if any("signed(" in line for line in (*functions, *body)):
            helper += ["def signed(value, bits):  # two's complement", "    value &= (1 << bits) - 1"]
            helper += ["    return value - (1 << bits) if value >> (bits - 1) else value", ""]
        return "\n".join([*self.comments(program), *helper, *functions, *body])

    def comments(self, program: p.Program) -> list[str]:
        """What lies where."""
        lines = []
        for node in dict.fromkeys(program.nodes):
            match node:
                case p.Variable(own=True):
                    pass
                case p.Variable(name, _, address, width):
                    limit = f", below {self.number(node.below, width)} on entry" if node.below is not None else ""
                    lines.append(f"# {snake(name)}: {UNITS[width]} at {address}{limit}")
                case p.Array(name, _, address, length, width):
                    apart = f", one every {node.step} bytes" if node.stride else ""
                    lines.append(f"# {snake(name)}: {length} {UNITS[width]}s from {address}{apart}")
                case p.Text(name, _, address, most, end):
                    ends = f"with its end marker {self.mask(end, 8)}, which follows at most {most} bytes"
                    lines.append(f"# {snake(name)}: text from {address} {ends}")
                case p.Pointer(name, _, _, _, width):
                    lines.append(f"# {snake(name)}: the bytes that the {width}-bit pointer at {direct(node)} points to")
                case p.Register(name, width, below) if node in registers(program):
                    limit = f", below {self.number(below, width)} on entry" if below is not None else ""
                    lines.append(f"# {name}: the register {name.upper()}, {width} bits{limit}")
                case p.Table(name, _, values, width):
                    shown = ", ".join(self.number(value, width) for value in values)
                    lines.append(f"{snake(name)} = [{shown}]  # {UNITS[width]}s")
                case p.Report():
                    lines.append("# carry: the carry flag on return")
        return list(dict.fromkeys(lines))

    def function(self, call: p.Call) -> list[str]:
        ends = f"# the game's routine {call.name} at {call.address}, ends with {call.returns.upper()}; {CALLEE}"
        return [ends, *self.wrapped_in_function(snake(call.name), call.body), ""]

    def wrapped_in_function(self, name: str, body: tuple[p.Statement, ...]) -> list[str]:
        nodes = tuple(p.walk(body))
        sides = [side for s in nodes if isinstance(s, p.Swap) for side in (s.left, s.right)]
        places = [s.place for s in nodes if isinstance(s, p.Set)] + sides
        named = [place for place in places if isinstance(place, p.Variable | p.Register)]
        names = [self.place(place) for place in named if not (isinstance(place, p.Variable) and place.own)]
        names += ["carry"] * any(isinstance(node, p.Report) for node in nodes)
        shared = [f"    global {', '.join(dict.fromkeys(names))}"] if names else []
        return [f"def {name}():", *shared, *self.block(body, 1)]

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, statements: Iterable[p.Statement], depth: int) -> list[str]:
        lines = [line for statement in statements for line in self.statement(statement, depth)]
        return lines or ["    " * depth + "pass"]

    def statement(self, s: p.Statement, depth: int) -> list[str]:
        indent = "    " * depth
        match s:
            case p.Set(place, value):
                return [indent + line for line in self.assigned(place, value)]
            case p.Swap(left, right):
                if isinstance(left, p.Pointed) or isinstance(right, p.Pointed):
                    held = [
                        f"held = {self.place(left)}",
                        *self.stored(left, self.place(right)),
                        *self.stored(right, "held"),
                    ]
                    return [indent + line for line in held]
                return [f"{indent}{self.place(left)}, {self.place(right)} = {self.place(right)}, {self.place(left)}"]
            case p.If(condition, then, otherwise):
                lines = [f"{indent}if {self.condition(condition)}:", *self.block(then, depth + 1)]
                return lines + self.otherwise(otherwise, depth)
            case p.Switch(on, cases, otherwise):
                lines = [f"{indent}match {self.exact(on)}:"]
                for case, body in cases:
                    lines += [f"{indent}    case {self.number(case, on.width)}:", *self.block(body, depth + 2)]
                return lines + ([f"{indent}    case _:", *self.block(otherwise, depth + 2)] if otherwise else [])
            case p.Each(over, body):
                indices = self.indices(over if isinstance(over, p.Text) else over[0])
                with self.loop() as index:
                    return [f"{indent}for {index} in {indices}:", *self.block(body, depth + 1)]
            case p.Repeat(times, body):
                return [f"{indent}for _ in range({self.exact(times)}):", *self._turns(body, depth + 1)]
            case p.While(condition, body):
                return [f"{indent}while {self.condition(condition)}:", *self._turns(body, depth + 1)]
            case p.Stop():
                return [indent + ("break" if self.loops else "return")]
            case p.Fill(array, value):
                return [f"{indent}{snake(array.name)}[:] = [{self.stored_value(value, array.width)}] * {array.length}"]
            case p.Copy(source, target, backwards):
                return [f"{indent}{snake(target.name)}[:] = {snake(source.name)}{'[::-1]' if backwards else ''}"]
            case p.Reverse(array):
                return [f"{indent}{snake(array.name)}.reverse()"]
            case p.Shove(array, up, value):
                name, new = snake(array.name), self.stored_value(value, array.width)
                return [f"{indent}{name}[:] = " + (f"[{new}] + {name}[:-1]" if up else f"{name}[1:] + [{new}]")]
            case p.Report(condition):
                return [f"{indent}carry = {self.condition(condition)}"]
            case p.Call(name):
                return [f"{indent}{snake(name)}()"]

    def _turns(self, body: tuple[p.Statement, ...], depth: int) -> list[str]:
        with self.loop(NO_INDEX):
            return self.block(body, depth)

    def otherwise(self, statements: tuple[p.Statement, ...], depth: int) -> list[str]:
        if not statements:
            return []
        if len(statements) == 1 and isinstance(statements[0], p.If):
            first, *rest = self.statement(statements[0], depth)
            return [first.replace("if", "elif", 1), *rest]
        return ["    " * depth + "else:", *self.block(statements, depth + 1)]

    def assigned(self, place: p.Place, value: p.Expression) -> list[str]:
        match value:
            case p.Binary("add" | "subtract" | "and" | "or" | "xor" as operation, p.Read(same), right) if (
                same == place and not overflows(value) and not isinstance(place, p.Pointed)
            ):
                shown = self.mask(right.value, right.width) if isinstance(right, p.Number) else self.exact(right)
                return [f"{self.place(place)} {SYMBOLS[operation]}= {shown}"]
        return self.stored(place, self.stored_value(value, place.width))

    def stored(self, place: p.Place, text: str) -> list[str]:
        if isinstance(place, p.Pointed) and place.width == 16:
            low, high = self._bytes(place)
            return [f"word = {text}", f"{low}, {high} = word & 0xFF, word >> 8"]
        return [f"{self.place(place)} = {text}"]

    def stored_value(self, value: p.Expression, width: int) -> str:
        if value.width > width:
            return self.wrapped(self.loose(value, ATOM), width)[0]
        return self.exact(value)

    # ----------------------------------------------------------------------------------------------------- expressions

    def number(self, value: int, width: int) -> str:
        return f"0x{value:02X}" if self.hexadecimal and value > 9 else str(value)

    def mask(self, value: int, width: int) -> str:
        return f"0x{value:02X}" if value > 9 else str(value)

    def place(self, place: p.Place) -> str:
        match place:
            case p.Variable(name):
                return snake(name)
            case p.Register(name):
                return name
            case p.Item(of, index):
                return f"{snake(of.name)}[{self.exact(index)}]"
            case p.Here(of):
                return f"{snake(of.name)}[{self.loops[-1]}]"
            case p.Pointed(by, offset, width):
                if width == 8:
                    return f"{snake(by.name)}[{self.exact(offset)}]"
                low, high = self._bytes(place)
                return f"({low} | {high} << 8)"

    def _bytes(self, place: p.Pointed) -> tuple[str, str]:
        name, offset = snake(place.by.name), place.offset
        next_one = str(offset.value + 1) if isinstance(offset, p.Number) else f"{self.exact(offset, SUM)} + 1"
        return f"{name}[{self.exact(offset)}]", f"{name}[{next_one}]"

    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        return f"({text}) & 0x{(1 << width) - 1:X}", BITS

    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        return f"signed({text}, {e.width})", ATOM

    def chosen(self, condition: str, then: str, otherwise: str) -> str:
        return f"{then} if {condition} else {otherwise}"

    def rotated(self, e: p.Shifted) -> tuple[str, int]:
        x = self.exact(e.operand, ATOM)
        return self.wrapped(f"({x} << {e.count}) | ({x} >> {e.width - e.count})", e.width)

    def average(self, left: str, right: str) -> tuple[str, int]:
        return f"({left} + {right}) // 2", PRODUCT

    def swapped(self, e: p.Unary) -> tuple[str, int]:
        return self.rotated(p.Shifted(e.operand, "rotate left", e.width // 2))

    # -------------------------------------------------------------------------------------------------- gathered values

    def indices(self, over: p.Array | p.Text) -> str:
        if isinstance(over, p.Text):
            return f"range({snake(over.name)}.index({self.mask(over.end, 8)}))"
        return f"range({over.length})"

    def comprehension(self, over: p.Array | p.Text, where: p.Condition | None, term: str | p.Expression) -> str:
        """`term for i in range(n) if …`."""
        with self.loop("i"):
            shown = term if isinstance(term, str) else self.exact(term)
            found = f" if {self.condition(where)}" if where else ""
        return f"{shown} for i in {self.indices(over)}{found}"

    def gathered(self, e: p.Gathered) -> str:
        match e:
            case p.Fold("sum", over, term, where):
                return f"sum({self.comprehension(over, where, term)})"
            case p.Fold(operation, over, term, where):
                start = f"0x{(1 << e.width) - 1:X}" if operation == "and" else "0"
                combined = f"lambda x, y: x {SYMBOLS[operation]} y"
                return f"reduce({combined}, ({self.comprehension(over, where, term)}), {start})"
            case p.Count(p.Text() as text, None):
                return self.indices(text).removeprefix("range(").removesuffix(")")
            case p.Count(over, where):
                return f"sum({self.comprehension(over, where, '1')})"
            case p.Extreme(operation, over, index):
                name = snake(over.name)
                key = f", key=lambda n: signed(n, {over.width})" if over.signed else ""
                best = f"{operation}({name}{key})"
                return f"{name}.index({best})" if index else best
            case p.Position(over, where, otherwise, last):
                found = self.comprehension(over, where, "i")
                if last:
                    order = self.indices(over)
                    found = found.replace(order, f"reversed({order})", 1)
                return f"next(({found}), {self.number(otherwise, 8)})"

    def some(self, c: p.Some) -> tuple[str, int]:
        with self.loop("i"):
            holds = self.condition(c.where)
        return f"{'all' if c.all else 'any'}({holds} for i in {self.indices(c.over)})", ATOM
