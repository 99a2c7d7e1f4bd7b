"""A program as formulas in the shorthand of ROM hackers: `byte[$0720] = min(byte[$0720] + byte[$0731], $63)`.

A place is told by its address, so the lines are complete without a list of variables. Prose borrows its expressions
where a sentence would become tangled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.infix import ATOM, BITS, CHOICE, PRODUCT, SUM, SYMBOLS, Infix, top
from oracle_lib.tasks.program.teller.words import CALLEE, CALLS, NO_INDEX, Compound, Numbers, direct

CELLS = {8: "byte", 16: "word", 24: "long"}


class Shorthand(Infix):
    """Formulas. What is `named` elsewhere is shown by its name, not by its address."""

    def __init__(self, numbers: Numbers, named: bool = False) -> None:
        super().__init__()
        self.numbers = numbers
        self.named = named

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, statements: Iterable[p.Statement], depth: int = 0) -> list[str]:
        lines = [line for statement in statements for line in self.statement(statement, depth)]
        return lines or ["    " * depth + "nothing"]

    def statement(self, s: p.Statement, depth: int) -> list[str]:
        indent = "    " * depth
        match s:
            case p.If(condition, then, otherwise):
                lines = self.branch(f"{indent}if {self.condition(condition)}:", then, depth)
                if len(otherwise) == 1 and isinstance(otherwise[0], p.If):
                    first, *rest = self.statement(otherwise[0], depth)
                    return [*lines, f"{indent}else {first.strip()}", *rest]
                return lines + (self.branch(f"{indent}else:", otherwise, depth) if otherwise else [])
            case p.Switch(on, cases, otherwise):
                lines = [f"{indent}switch {self.exact(on)}:"]
                for case, body in cases:
                    lines += self.branch(f"{indent}    {self.number(case, on.width)}:", body, depth + 1)
                return lines + (self.branch(f"{indent}    any other value:", otherwise, depth + 1) if otherwise else [])
            case p.Each(over, body):
                with self.loop():
                    span = self.span(over if isinstance(over, p.Text) else over[0])
                    return self.branch(f"{indent}for {span}:", body, depth)
            case p.Call(body=body):
                return self.branch(f"{indent}{self.simple(s)}, which does this:", body, depth)
            case p.Repeat(times, body):
                return self._turns(f"{indent}repeat {self.exact(times)} times:", body, depth)
            case p.While(condition, body):
                return self._turns(f"{indent}while {self.condition(condition)}:", body, depth)
            case _:
                return [indent + self.simple(s)]

    def _turns(self, head: str, body: tuple[p.Statement, ...], depth: int) -> list[str]:
        with self.loop(NO_INDEX):
            return self.branch(head, body, depth)

    def branch(self, head: str, body: tuple[p.Statement, ...], depth: int) -> list[str]:
        """One line where the body is a single short one, else an indented block."""
        if len(body) == 1 and not isinstance(body[0], Compound):
            return [f"{head} {self.simple(body[0])}"]
        return [head, *self.block(body, depth + 1)]

    def simple(self, s: p.Statement) -> str:
        match s:
            case p.Set(place, value):
                return self.assigned(place, value)
            case p.Swap(left, right):
                return f"swap {self.place(left)} and {self.place(right)}"
            case p.Stop():
                return "leave the loop" if self.loops else "return"
            case p.Fill(array, value):
                new = self.stored(value, array.width)
                return self.over(array, lambda: f"{self.place(p.Here(array))} = {new}")
            case p.Copy(source, target, backwards):
                index = f"({target.length - 1} - i)" if backwards else "i"
                return self.over(target, lambda: f"{self.element(target, 'i')} = {self.element(source, index)}")
            case p.Reverse(array):
                return f"reverse the order of {self.elements(array)}"
            case p.Shove(array, up, value):
                moved = f"{self.element(array, 'i')} = {self.element(array, '(i - 1)' if up else '(i + 1)')}"
                last = array.length - 1
                order = f"for i = {last} down to 1" if up else f"for i = 0..{last - 1}"
                end = p.Item(array, p.Number(0 if up else last))
                new = self.stored(value, array.width)
                return f"new = {new}; {moved} {order}; {self.place(end)} = new"
            case p.Report(condition):
                return f"carry = {self.condition(condition)}"
            case p.Call(name, _, address, returns):
                return f"{CALLS[returns]} {name} ({address}, ends with {returns.upper()}; {CALLEE})"
            case _:
                raise AssertionError(f"{type(s).__name__} is not a line of its own")

    def assigned(self, place: p.Place, value: p.Expression) -> str:
        match value:
            case p.Binary("add" | "subtract" | "and" | "or" | "xor" as operation, p.Read(same), right) if same == place:
                exact = operation not in ("add", "subtract")
                shown = self.exact(right) if exact else self.loose(right)
                if isinstance(right, p.Number) and exact:
                    shown = self.mask(right.value, right.width)
                return f"{self.place(place)} {SYMBOLS[operation]}= {shown}"
            case p.Shifted(p.Read(same), "left" | "right" as direction, count) if same == place:
                return f"{self.place(place)} {'<<' if direction == 'left' else '>>'}= {count}"
        return f"{self.place(place)} = {self.stored(value, place.width)}"

    def stored(self, value: p.Expression, width: int) -> str:
        return self.loose(value) if value.width >= width else self.exact(value)

    def over(self, array: p.Array, line: Callable[[], str]) -> str:
        with self.loop():
            return f"{line()} for {self.span(array)}"

    def span(self, over: p.Array | p.Text) -> str:
        """The values of the index."""
        if isinstance(over, p.Text):
            return f"{self.loops[-1]} = 0.. while {self.place(p.Here(over))} != {self.mask(over.end, 8)}"
        return f"{self.loops[-1]} = 0..{over.length - 1}"

    def elements(self, array: p.Array) -> str:
        apart = f" (one every {array.step} bytes)" if array.stride else ""
        return f"the {array.length} {CELLS[array.width]}s from {array.address}{apart}"

    # ----------------------------------------------------------------------------------------------------- expressions

    def number(self, value: int, width: int) -> str:
        return self.numbers.number(value, width)

    def mask(self, value: int, width: int) -> str:
        return self.numbers.mask(value, width)

    def place(self, place: p.Place) -> str:
        match place:
            case p.Variable():
                return place.name if self.named or place.own else f"{CELLS[place.width]}[{place.address}]"
            case p.Register(name):
                return name.upper()
            case p.Item(of, p.Number(number)) if isinstance(of, p.Array) and not self.named:
                return f"{CELLS[of.width]}[{of.address + of.step * number}]"
            case p.Item(of, index):
                plain = self.named or isinstance(of, p.Table)
                return self.element(of, self.exact(index, CHOICE if plain else SUM if of.step == 1 else ATOM))
            case p.Here(over):
                return self.element(over, self.loops[-1])
            case p.Pointed(by, offset, width):
                pointer = f"{CELLS[by.width]}[{direct(by)}]"
                if offset != p.Number(0, offset.width):
                    pointer += f" + {self.exact(offset, SUM)}"
                return f"{CELLS[width]}[{pointer}]"

    def element(self, of: p.Array | p.Table | p.Text, index: str) -> str:
        if self.named or isinstance(of, p.Table):
            return f"{of.name}[{index}]"
        step = of.step if isinstance(of, p.Array) else 1
        return f"{CELLS[of.width]}[{of.address} + {f'{step} * ' if step > 1 else ''}{index}]"

    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        enclosed = f"({text})" if " " in text else text
        return f"{enclosed} & {self.mask((1 << width) - 1, width)}", BITS

    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        return f"signed{e.width}({text})", ATOM

    def chosen(self, condition: str, then: str, otherwise: str) -> str:
        return f"{then} if {condition} else {otherwise}"

    def rotated(self, e: p.Shifted) -> tuple[str, int]:
        if e.count > e.width // 2:
            return f"ror{e.width}({self.exact(e.operand)}, {e.width - e.count})", ATOM
        return f"rol{e.width}({self.exact(e.operand)}, {e.count})", ATOM

    def average(self, left: str, right: str) -> tuple[str, int]:
        return f"({left} + {right}) / 2", PRODUCT

    def swapped(self, e: p.Unary) -> tuple[str, int]:
        return f"swap_{'nibbles' if e.width == 8 else 'bytes'}({self.exact(e.operand)})", ATOM

    def half(self, operand: p.Expression, high: bool) -> tuple[str, int]:
        return f"{'high' if high else 'low'}({self.exact(operand) if high else self.loose(operand)})", ATOM

    # -------------------------------------------------------------------------------------------------- gathered values

    def gathered(self, e: p.Gathered) -> str:
        with self.loop("i"):
            return self._gathered(e)

    def _gathered(self, e: p.Gathered) -> str:
        match e:
            case p.Fold(operation, over, term, where):
                found = f" where {self.condition(where)}" if where else ""
                none = (
                    f", {self.mask((1 << e.width) - 1, e.width)} if there is none"
                    if operation == "and" and where
                    else ""
                )
                return f"{operation}({self.exact(term)} for {self.span(over)}{found}{none})"
            case p.Count(p.Text() as text, None):
                return f"length of the text at {text.address} before its {self.mask(text.end, 8)}"
            case p.Count(over, where):
                return f"count({self.span(over)}{f' where {self.condition(where)}' if where else ''})"
            case p.Extreme(operation, over, index):
                here = p.Read(p.Here(over))
                shown = self.signed(self.exact(here), here)[0] if over.signed else self.exact(here)
                if index:
                    best = {"min": "smallest", "max": "largest"}[operation] + (" (unsigned)" if not over.signed else "")
                    return f"first i in 0..{over.length - 1} with the {best} {shown}"
                sign = "compared as signed" if over.signed else "unsigned"
                return f"{operation}({self.exact(here)} for {self.span(over)}, {sign})"
            case p.Position(over, where, otherwise, last):
                which = "last" if last else "first"
                found = f"{which} i in {self.span(over)[4:]} where {self.condition(where)}"
                return f"{found}, or {self.number(otherwise, 8)} if there is none"

    def some(self, c: p.Some) -> tuple[str, int]:
        with self.loop("i"):
            return f"{'all' if c.all else 'any'}({self.condition(c.where)} for {self.span(c.over)})", ATOM

    # ------------------------------------------------------------------------------------------------------------ notes

    def notes(self, program: p.Program, lines: Iterable[str]) -> list[str]:
        """What the lines take for granted, in sentences without a full stop."""
        text = "\n".join(lines)
        nodes = program.nodes
        said = []
        if re.search(r"\bm(in|ax)\(|\babs\(|/ 2", text) and any(_outgrows(node) for node in nodes):
            said.append("nothing wraps inside a formula, only what is stored is cut to its width")
        for width in (8, 16):
            if f"signed{width}(" in text:
                said.append(f"by signed{width}(x) I mean the lowest {width} bits of x in two's complement")
        ordering = [c for c in nodes if isinstance(c, p.Compared) and c.relation not in ("==", "!=")]
        if any(not c.signed for c in ordering) or re.search(r"\bm(in|ax)\(", text):
            said.append(
                "other comparisons are unsigned" if any(c.signed for c in ordering) else "comparisons are unsigned"
            )
        if " / " in text:
            said.append("divisions round down")
        if re.search(r"\bro[lr](8|16)\(", text):
            said.append("rol and ror rotate within that many bits, without the carry")
        return said


def _outgrows(node: p.Node) -> bool:
    match node:
        case p.Saturating("add", left, right) | p.Binary("average", left, right):
            return top(left) + top(right) >= 1 << left.width
        case p.Saturating() | p.Binary("distance"):
            return True
        case _:
            return False
