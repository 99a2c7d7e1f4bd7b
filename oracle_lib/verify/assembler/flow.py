"""Reading a source the way asar does: defines, macros, conditionals and loops, line by line, statement by statement.

What a statement means is left to the subclass.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from oracle_lib.verify.assembler.expressions import Result, format_number
from oracle_lib.verify.assembler.labels import Frame, Labels, is_definition
from oracle_lib.verify.assembler.model import Diagnostic, FatalProblem, Kind, Limits, LineProblem, Problem, Severity
from oracle_lib.verify.assembler.opcodes import Operation, read_operation, settled_size
from oracle_lib.verify.assembler.text import (
    clean,
    continued,
    dequote,
    is_balanced,
    is_name,
    quotes_match,
    remembered,
    split_arguments,
    statements,
    without_spaces,
    words,
)

_SPECIAL = re.compile(r"[!\\]")
_DEFINE = re.compile(r"[A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r" (=|\+=|:=|#=|\?=) ")
_PLAIN_VALUE = re.compile(r"[^ ]*")
_QUOTED_VALUE = re.compile(r'"((?:[^"]|"")*)"(?= |\Z)')
_MACRO = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\((.*)\)\Z", re.DOTALL)
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
BUILT_IN = {"assembler": "asar", "assembler_ver": "10901"}


class Statement(NamedTuple):
    """A statement cut into words: labels, the rest, the instruction the rest may be, and its size (0: not sure)."""

    text: str
    words: tuple[str, ...]
    labels: tuple[str, ...]
    rest: tuple[str, ...]
    operation: Operation | None
    size: int


@remembered
def read_line(line: str) -> tuple[Statement, ...]:
    """The statements of a line whose defines are resolved."""
    if not quotes_match(line):
        raise LineProblem(Kind.SYNTAX, "mismatched quotes")
    return tuple(read_statement(text) for text in statements(line))


@remembered
def read_raw_line(line: str) -> tuple[Statement, ...]:
    """The statements of a line that needs nothing resolved."""
    return read_line(clean(line))


def read_statement(text: str) -> Statement:
    every = words(text)
    if text.startswith("@"):
        return Statement(text, every, (), every, None, 0)
    count = 0
    while count < len(every) and every[count + 1 : count + 2] != ("=",) and is_definition(every[count]):
        count += 1
    rest = every[count:]
    operation = read_operation(*rest) if 1 <= len(rest) <= 2 else None
    size = settled_size(operation) if operation else 0
    return Statement(text, every, every[:count], rest, operation, size)


@dataclass(frozen=True)
class Macro:
    """A macro's parameters and lines; `first` is the index of its first line in the source."""

    name: str
    parameters: tuple[str, ...]
    lines: list[str]
    first: int

    @property
    def variadic(self) -> bool:
        return self.parameters[-1:] == ("...",)


@dataclass(frozen=True)
class Call:
    """A macro at work."""

    macro: Macro
    arguments: tuple[str, ...]

    @property
    def extra(self) -> int:
        return len(self.arguments) - len(self.macro.parameters) + 1


@dataclass
class Loop:
    """What an `if`, `while` or `for` at one depth of nesting left to decide about going back to its line."""

    line: int = -1
    kind: str = "if"
    condition: bool = False
    variable: str = ""
    current: int = 0
    end: int = 0
    saved: str | None = None


class Flow:
    """One assembly's source and the state that decides which of its lines count."""

    def __init__(self, text: str, symbols: Mapping[str, int], defines: Mapping[str, str], limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.given_defines = defines
        self.labels = Labels(symbols)
        self.macros: dict[str, Macro] = {}
        self.diagnostics: dict[tuple[Kind, str, int, int], Diagnostic] = {}
        self.failed = False
        self.statements_left = limits.statements
        self.characters_left = limits.expansion
        self.depth = 0
        self.lines: list[str] = []
        self.prepared: list[str] = []
        self.line = 0
        self.statement_text = ""

    def start_flow(self, number: int) -> None:
        self.number = number
        self.labels.start_pass(number)
        self.defines = {**BUILT_IN, **self.given_defines}
        self.call: Call | None = None
        self.calls = 0
        self.opened = self.true = 0
        self.taken: dict[int, bool] = {}
        self.loops: dict[int, Loop] = {}
        self.repeat = 1
        self.begun = False
        self.line = 0
        self.statement_text = ""
        self.blocks: tuple[Statement, ...] = ()
        self.position = 0
        self.more = False
        self.line_condition = True
        self.inline_ifs = 0
        self.for_state = 1

    def spend(self, characters: int) -> None:
        self.characters_left -= characters
        if self.characters_left < 0:
            raise FatalProblem(Kind.LIMIT, f"defines and macros make more than {self.limits.expansion} characters")

    def nest(self, change: int) -> None:
        self.depth += change
        if self.depth > self.limits.depth:
            raise FatalProblem(
                Kind.LIMIT, f"macros, defines or parentheses are nested more than {self.limits.depth} deep"
            )

    @property
    def active(self) -> bool:
        return self.opened == self.true

    def report(self, problem: Problem, severity: Severity = Severity.ERROR) -> None:
        if severity is Severity.ERROR:
            self.failed = self.labels.moving = True
        line, column = self.locate(problem.token)
        key = (problem.kind, problem.message, line, column)
        if key not in self.diagnostics and len(self.diagnostics) < self.limits.diagnostics:
            self.diagnostics[key] = Diagnostic(problem.kind, problem.message, line, column, severity)

    def locate(self, token: str) -> tuple[int, int]:
        """The line being assembled, and in it the column of `token`, of the statement, or of the first character."""
        lines = self.lines
        source = lines[self.line] if self.line < len(lines) else ""
        start = 0
        for statement in self.blocks[: self.position] if self.position < 64 else ():
            found = source.find(statement.text, start)
            start = found + len(statement.text) if found >= 0 else start
        found = source.find(self.statement_text, start)
        if found < 0:
            found = source.find(self.statement_text.split(" ")[0], start)
        start = max(found, 0)
        column = source.find(token, start) if token else -1
        if column < 0:
            column = start if self.statement_text else len(source) - len(source.lstrip())
        return self.line + 1, column + 1

    def execute(self, statement: Statement) -> None:
        raise NotImplementedError

    def evaluate(self, text: str) -> Result:
        raise NotImplementedError

    def fixed(self, text: str) -> Result:
        """The value of an expression that may hang on no movable label."""
        result = self.evaluate(text)
        if not result.fixed:
            raise Problem(Kind.SYNTAX, f"'{text[:40]}' uses a label where none is allowed", text)
        return result

    # Lines

    def run_source(self) -> None:
        self.run_lines(self.prepared, 0, top=True)
        if self.opened:
            self.report(Problem(Kind.SYNTAX, "an if, while or for is not closed"))

    def run_lines(self, lines: list[str], first: int, top: bool) -> None:
        index, opening = 0, -1
        while index < len(lines):
            self.line, self.statement_text, self.position = first + index, "", 0
            line = lines[index]
            if not line:  # nothing to run, but it can be what `rep` repeats
                self.repeat = 1
                index += 1
                continue
            try:
                key = line[:9].lower() if top and line[0] in "mMeE" and self.active else ""
                if key[:6] == "macro ":
                    if opening >= 0:
                        raise LineProblem(Kind.SYNTAX, "a macro inside a macro definition", "macro")
                    opening = index
                elif key == "endmacro":
                    if opening < 0:
                        raise LineProblem(Kind.SYNTAX, "endmacro without macro", "endmacro")
                    body, opening_line, opening = lines[opening + 1 : index], opening, -1
                    if self.number == 0:
                        self.define_macro(lines[opening_line][6:], body, opening_line + 1)
                elif opening < 0:
                    opened = self.opened
                    if line.endswith("\\"):
                        line, taken = continued(lines, index)
                        index += taken
                    self.run_line(line)
                    loop = self.loops.get(self.opened)
                    if loop and (self.opened != opened or self.for_state == 3) and loop.kind != "if" and loop.condition:
                        index = loop.line - first - 1
            except FatalProblem:
                raise
            except Problem as problem:
                self.report(problem)
            index += 1
        if opening >= 0:
            self.report(Problem(Kind.SYNTAX, "a macro is not closed"))
        if self.repeat != 1:
            self.repeat = 1
            self.report(Problem(Kind.SYNTAX, "rep with nothing to repeat"))

    def run_line(self, line: str) -> None:
        number, depth, more = self.line, self.depth, self.more
        self.nest(1)
        self.for_state = 1
        try:
            if self.active and ("!" in line or "\\" in line or (self.call and "<" in line)):
                blocks = self.read_changing_line(line)
            else:
                blocks = read_raw_line(line)
            self.more = self.line_condition = True
            self.inline_ifs = 0
            for position, statement in enumerate(blocks):
                self.more = position + 1 < len(blocks)
                times, self.repeat = self.repeat, 1
                for _ in range(times):
                    self.line, self.statement_text = number, statement.text
                    self.blocks, self.position = blocks, position
                    self.run_statement(statement)
                    self.begun |= statement.text != ""
                if self.for_state == 1:
                    self.for_state = 0
            if self.inline_ifs:
                self.true -= self.active
                self.opened -= 1
        except FatalProblem:
            raise
        except Problem as problem:
            self.report(problem)
        self.more, self.depth = more, depth

    def read_changing_line(self, line: str) -> tuple[Statement, ...]:
        if self.call and "<" in line:
            line = self.replace_arguments(line)
        line = clean(line)
        if "!" in line or "\\" in line:
            line = self.resolve(line)
        return read_line(line)

    def run_statement(self, statement: Statement) -> None:
        self.statements_left -= 1
        if self.statements_left < 0:
            raise FatalProblem(Kind.LIMIT, f"more than {self.limits.statements} statements to run")
        depth = self.depth
        try:
            self.execute(statement)
        except (FatalProblem, LineProblem):
            raise
        except Problem as problem:
            self.report(problem)
            self.depth = depth

    # Defines

    def resolve(self, text: str) -> str:
        """Replace `!defines`, run the assignments among the statements, and undo `\\!` and `\\\\`."""
        self.nest(1)
        out: list[str] = []
        at = 0
        while match := _SPECIAL.search(text, at):
            out.append(text[at : match.start()])
            at = match.start()
            if text[at] == "\\":
                escaped = text[at + 1 : at + 2] in ("\\", "!")
                out.append(text[at + escaped])
                at += 1 + escaped
                continue
            leads = at == 0 or (at >= 4 and text[at - 3 : at] == " : ")
            name, at = self.define_name(text, at + 1)
            assignment = _ASSIGNMENT.match(text, at) if leads else None
            if assignment:
                at = self.assign(name, assignment[1], text, assignment.end())
            elif not name:
                out.append("!")
            elif name not in self.defines:
                raise LineProblem(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", "!" + name)
            else:
                out.append(self.resolve(self.defines[name]))
        out.append(text[at:])
        self.nest(-1)
        result = "".join(out)
        self.spend(len(result))
        return result

    def define_name(self, text: str, at: int) -> tuple[str, int]:
        """The name of the define at `at` (past the `!`) and where it ends; `!{a!{b}}` builds names from defines."""
        if text[at : at + 1] != "{":
            match = _DEFINE.match(text, at)
            return (match[0], match.end()) if match else ("", at)
        braces, end = 0, at
        for end in range(at, len(text)):
            braces += {"{": 1, "}": -1}.get(text[end], 0)
            if braces == 0:
                break
        else:
            raise LineProblem(Kind.SYNTAX, "mismatched braces", "!{")
        name = self.resolve(text[at + 1 : end])
        if not name or not _DEFINE.fullmatch(name):
            raise LineProblem(Kind.SYNTAX, f"'{name[:40]}' cannot name a define", "!{")
        return name, end + 1

    def assign(self, name: str, how: str, text: str, at: int) -> int:
        pattern = _QUOTED_VALUE if text[at : at + 1] == '"' else _PLAIN_VALUE
        match = pattern.match(text, at)
        if not match or (match.end() < len(text) and not text.startswith(" : ", match.end())):
            raise LineProblem(Kind.SYNTAX, f"broken definition of !{name[:40]}", "!" + name)
        if name in BUILT_IN:
            raise LineProblem(Kind.REDEFINED_SYMBOL, f"!{name} is built in", "!" + name)
        value = clean(match[1].replace('""', '"') if pattern is _QUOTED_VALUE else match[0])
        if how == "+=":
            if name not in self.defines:
                raise LineProblem(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", "!" + name)
            value = self.defines[name] + value
        elif how == ":=":
            value = self.resolve(value)
        elif how == "#=":
            result = self.evaluate(self.resolve(value))
            if not result.fixed:
                raise LineProblem(Kind.SYNTAX, f"the value of !{name[:40]} hangs on a label", "!" + name)
            value = format_number(result.value)
        if how != "?=" or name not in self.defines:
            self.spend(len(value))
            self.defines[name] = value
        return match.end()

    # Macros

    def define_macro(self, heading: str, lines: list[str], first: int) -> None:
        match = _MACRO.match(without_spaces(heading))
        parameters = tuple(match[2].split(",")) if match and match[2] else ()
        named = parameters[:-1] if parameters[-1:] == ("...",) else parameters
        if not match or not all(is_name(parameter) for parameter in named) or len(set(parameters)) < len(parameters):
            raise Problem(Kind.SYNTAX, f"broken macro declaration '{heading[:40]}'", heading)
        if match[1] in self.macros:
            raise Problem(Kind.REDEFINED_SYMBOL, f"the macro {match[1]} is defined twice", match[1])
        self.macros[match[1]] = Macro(match[1], parameters, lines, first)

    def call_macro(self, text: str) -> None:
        match = _MACRO.match(without_spaces(text)) if is_balanced(text) else None
        if not match:
            raise Problem(Kind.SYNTAX, f"broken macro call %{text[:40]}", text)
        macro = self.macros.get(match[1])
        if macro is None:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no macro {match[1][:60]}", match[1])
        arguments = tuple(split_arguments(match[2])) if match[2] else ()
        call = Call(macro, arguments)
        if call.extra < 0 or (call.extra != 1 and not macro.variadic):
            raise Problem(
                Kind.SYNTAX, f"%{macro.name} takes {len(macro.parameters)} arguments, not {len(arguments)}", text
            )
        self.spend(len(text))
        state = self.call, self.labels.macro, self.line, self.inline_ifs, self.line_condition, self.for_state
        opened = self.opened
        self.call, self.labels.macro = call, Frame(f":macro_{self.calls}_")
        self.calls += 1
        self.run_lines(macro.lines, macro.first, top=False)
        self.call, self.labels.macro, self.line, self.inline_ifs, self.line_condition, self.for_state = state
        if self.opened != opened:
            self.opened = self.true = opened
            raise Problem(Kind.SYNTAX, f"an if, while or for is not closed in %{macro.name}", text)

    def replace_arguments(self, line: str) -> str:
        """Put a macro call's arguments in place of `<parameter>` and `<...[index]>`."""
        assert self.call is not None
        out: list[str] = []
        at = 0
        while (opening := line.find("<", at)) >= 0:
            out.append(line[at:opening])
            at = opening + 1
            if line.startswith("<", at) and line[at + 1 : at + 2] != ":":
                out.append("<<")
                at += 1
                continue
            end = at
            while end < len(line) and line[end] not in "<>" and line[end + 1 : end + 2] != ":" and line[at] != " ":
                end += 1
            if line[end : end + 1] != ">":
                out.append("<")
                continue
            argument = self.argument(self.resolve(line[at:end]))
            out.append(dequote(argument))
            self.spend(len(argument))
            at = end + 1
        out.append(line[at:])
        return "".join(out)

    def argument(self, name: str) -> str:
        assert self.call is not None
        macro, arguments = self.call.macro, self.call.arguments
        if name in macro.parameters[: len(arguments)] and name != "...":
            return arguments[macro.parameters.index(name)]
        if not macro.variadic or name in macro.parameters:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"%{macro.name} has no parameter <{name[:40]}>", name)
        index = name[4:-1] if name.startswith("...[") and name.endswith("]") else name
        number = self.evaluate(index).integer
        if not self.active:
            return ""
        if not 0 <= number < self.call.extra:
            raise Problem(Kind.SYNTAX, f"%{macro.name} has no extra argument {number}", name)
        return arguments[number + len(macro.parameters) - 1]

    # Conditionals and loops

    def begin_conditional(self, key: str, parts: tuple[str, ...]) -> None:
        """`if`, `elseif`, `while` and `for`, whether or not their lines count."""
        opens = key in ("if", "while", "for")
        self.inline_ifs += key == "if" and self.more
        loop = self.loops.get(self.opened)
        again = key == "for" and loop is not None and loop.kind == "for" and loop.current < loop.end
        if loop is None or not again:
            loop = self.loops[self.opened] = Loop(self.line, key if key in ("while", "for") else "if")
        follows = key == "elseif" and self.true + 1 == self.opened
        if not self.active and not follows:
            self.opened += opens
            return
        self.opened += opens
        if key == "for":
            self.run_for(loop, again, parts)
            return
        condition = self.condition(key, parts)
        if key == "elseif":
            if not self.opened:
                raise Problem(Kind.SYNTAX, "elseif without if", key)
            self.true -= self.active
            if condition and not self.taken.get(self.opened):
                self.line_condition |= self.more
                self.true += 1
                self.taken[self.opened] = True
            return
        if condition:
            self.true += 1
        elif self.more:
            self.line_condition = False
        self.taken[self.opened] = condition
        loop.condition = condition

    def condition(self, key: str, parts: tuple[str, ...]) -> bool:
        """A chain of comparisons joined by `&&` alone or by `||` alone, evaluated as far as needed."""
        value = self.evaluate if key == "assert" else self.fixed
        rest, joint = parts[1:], ""
        while True:
            if not rest or not rest[0]:
                raise Problem(Kind.SYNTAX, f"broken condition after {key}", key)
            if len(rest) == 1 or rest[1] in ("&&", "||"):
                holds = value(rest[0].removeprefix("!")).value > 0
                holds ^= rest[0].startswith("!")
                rest = rest[1:]
            else:
                compare = _COMPARISONS.get(rest[1])
                if compare is None or len(rest) < 3:
                    raise Problem(Kind.SYNTAX, f"broken condition after {key}", key)
                left, right = value(rest[0]).value, value(rest[2]).value
                holds = compare(left, right)
                rest = rest[3:]
            if not rest:
                return holds
            if rest[0] not in ("&&", "||") or (joint and joint != rest[0]):
                raise Problem(Kind.SYNTAX, f"broken condition after {key}: && and || do not mix", key)
            joint, rest = rest[0], rest[1:]
            if holds != (joint == "&&"):
                return holds

    def run_for(self, loop: Loop, again: bool, parts: tuple[str, ...]) -> None:
        if self.for_state != 1:
            self.opened -= 1
            raise LineProblem(Kind.SYNTAX, "a for must be the first statement of its line", "for")
        if again:
            loop.current += 1
        else:
            bounds = parts[3].split("..") if len(parts) == 4 and parts[2] == "=" else []
            if len(bounds) != 2 or not _DEFINE.fullmatch(parts[1]) or not parts[1]:
                raise Problem(Kind.SYNTAX, "a for is written `for name = start..end`", "for")
            loop.variable = parts[1]
            loop.current, loop.end = self.fixed(bounds[0]).integer, self.fixed(bounds[1]).integer
        loop.condition = loop.current < loop.end
        self.for_state = 2
        if loop.condition:
            self.true += 1
            if not again:
                loop.saved = self.defines.get(loop.variable)
            self.defines[loop.variable] = str(loop.current)

    def end_conditional(self, parts: tuple[str, ...]) -> None:
        self.inline_ifs -= self.inline_ifs > 0
        if len(parts) != 1 or not self.opened:
            raise Problem(Kind.SYNTAX, f"{parts[0]} without if, while or for", parts[0])
        self.true -= self.active
        self.opened -= 1
        loop = self.loops.get(self.opened)
        if loop is None or loop.kind != "for":
            return
        if self.for_state == 2:
            self.for_state = 3
        if self.more:
            loop.current, loop.condition = loop.end, False
            raise Problem(Kind.SYNTAX, "a for must close at the end of its line", parts[0])
        if loop.condition and loop.saved is not None:
            self.defines[loop.variable] = loop.saved
        elif loop.condition:
            self.defines.pop(loop.variable, None)

    def begin_else(self, parts: tuple[str, ...]) -> None:
        self.line_condition = True
        loop = self.loops.get(self.opened - 1)
        if len(parts) != 1 or not self.opened or (loop and loop.kind != "if"):
            raise Problem(Kind.SYNTAX, "else without if", parts[0])
        if self.active:
            self.true -= 1
        elif self.opened == self.true + 1 and not self.taken.get(self.opened):
            self.true += 1
            self.taken[self.opened] = True
