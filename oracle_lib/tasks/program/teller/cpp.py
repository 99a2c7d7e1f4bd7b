"""A program as the body of a C++ function whose parameters are the things that it has in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.c import TYPES, C

INDENT = "  "


def body_cpp(program: p.Program, returned: p.Variable | None, hexadecimal: bool) -> str:
    """The function's body. `returned` is what it returns, which is then no parameter; parameters have the names of the
    program's things. Loops over a text end at its end mark, and `int` has 32 bits.
    """
    statements = program.body
    last = statements[-1]
    printer = Cpp(hexadecimal, returned.name if returned else "")
    printer.undeclared = _set_first(statements)
    own = [one for one in program.things(p.Variable) if one.own and one not in printer.undeclared]
    lines = [f"{TYPES[one.width]} {one.name} = 0;" for one in own]
    for table in program.things(p.Table):
        shown = ", ".join(printer.number(value, table.width) for value in table.values)
        lines.append(f"static const {TYPES[table.width]} {table.name}[{table.length}] = {{{shown}}};")
    uses = sum(node == returned for node in program.nodes)
    if isinstance(last, p.Set) and last.place == returned and uses == 1 and not isinstance(last.value, p.Gathered):
        lines += [*printer.block(statements[:-1], 0), f"return {printer.stored(last.value, last.place.width)};"]
    elif returned:
        declared = f"{TYPES[returned.width]} {returned.name} = 0;"
        lines += [declared, *printer.block(statements, 0), f"return {returned.name};"]
    else:
        lines += printer.block(statements, 0)
    text = "\n".join(lines).replace("    ", INDENT)
    text = re.sub(r"(?<![\w:])(min|max)\(", r"std::\1<int>(", text)
    return re.sub(r"(?<![\w:])abs\(", "std::abs(", text)


class Cpp(C):
    """C++. `returned` is the name of what the function returns; empty where it returns nothing."""

    def __init__(self, hexadecimal: bool, returned: str) -> None:
        super().__init__(hexadecimal)
        self.returned = returned
        self.undeclared: set[p.Place] = set()

    def statement(self, s: p.Statement) -> list[str]:
        if isinstance(s, p.Stop) and not self.loops and self.returned:
            return [f"return {self.returned};"]
        lines = super().statement(s)
        if isinstance(s, p.Set) and s.place in self.undeclared:
            self.undeclared.remove(s.place)
            lines[-1] = f"{TYPES[s.place.width]} {lines[-1]}"
        return lines

    def stored(self, value: p.Expression, width: int) -> str:
        """The value as one that is assigned, or returned, in so many bits."""
        return self._stored(value, width)

    def wrapped(self, text: str, width: int) -> tuple[str, int]:
        return f"{TYPES[width]}({text})", super().wrapped(text, width)[1]

    def signed(self, text: str, e: p.Expression) -> tuple[str, int]:
        bare = text[1:-1] if text.startswith("(") and _whole(text) else text
        return f"int{e.width}_t({bare})", super().signed(text, e)[1]


def _set_first(statements: Sequence[p.Statement]) -> set[p.Place]:
    """The working values that a statement outside of all branches sets before any other mentions them."""
    found: set[p.Place] = set()
    mentioned: set[p.Node] = set()
    for one in statements:
        if isinstance(one, p.Set) and one.place not in mentioned | set(p.walk(one.value)) and _is_own(one.place):
            found.add(one.place)
        mentioned |= set(p.walk(one))
    return found


def _is_own(place: p.Place) -> bool:
    return isinstance(place, p.Variable) and place.own


def _whole(text: str) -> bool:
    """Whether the first parenthesis closes at the end."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
