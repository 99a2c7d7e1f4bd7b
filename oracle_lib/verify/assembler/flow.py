"""Reading a source the way asar does: defines, macros, conditionals and loops, line by line, statement by statement.
What a statement means is left to the subclass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from oracle_lib.verify.assembler.expressions import Result, format_number
from oracle_lib.verify.assembler.labels import Frame, Labels
from oracle_lib.verify.assembler.model import Diagnostic, Fault, Kind, Limits, Problem, Severity, syntax, unsupported
from oracle_lib.verify.assembler.opcodes import Statement, read_line, read_statement
from oracle_lib.verify.assembler.text import NAME, clean, dequote, lines_of, quotes_match, split, split_arguments, words

_SPECIAL = re.compile(r"\\([\\!])|!")
_DEFINE = re.compile(r"[A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r' (=|\+=|:=|#=|\?=) (?:"((?:[^"]|"")*)"|([^ ]*))(?= : |\Z)')
_MACRO = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\((.*)\)\Z", re.DOTALL)
_PARAMETER = re.compile(r"<<(?!:)|<([^<> :][^<>:]*)>")
_COMPARISONS = {">": gt, "<": lt, ">=": ge, "<=": le, "=": eq, "==": eq, "!=": ne}
_JOINTS = {"&&": re.compile(" && "), "||": re.compile(r" \|\| ")}
BUILT_IN = {"assembler": "asar", "assembler_ver": "10901"}


class Macro(NamedTuple):
    """A macro, whose parameters may end in `...`; `first` is the index of the first of its lines in the source."""

    parameters: list[str]
    variadic: bool
    lines: list[str]
    first: int


@dataclass
class Block:
    """An open `if` or `while` (which `loops`), begun on a line whose further statements are its own if it is `inline`.
    `live`: the lines around it count. `running`: its lines count now. `taken`: one of its branches has counted."""

    line: int
    loops: bool
    inline: bool
    live: bool
    running: bool = False
    taken: bool = False


class Flow:
    """One assembly's source and the state that decides which of its lines count."""

    def __init__(
        self, text: str, symbols: Mapping[str, int], origin: int, defines: Mapping[str, str], limits: Limits
    ) -> None:
        self.text = text
        self.labels = Labels(symbols)
        self.origin = origin
        self.given_defines = defines
        self.limits = limits
        self.diagnostics: dict[Diagnostic, None] = {}
        self.failed = False
        self.statements_left = limits.statements
        self.characters_left = limits.expansion
        self.depth = 0
        self.lines: list[str] = []

    def start_pass(self, number: int) -> None:
        self.number = number
        self.labels.start_pass(number)
        self.defines = {**BUILT_IN, **self.given_defines}
        self.macros: dict[str, Macro] = {}
        self.arguments: dict[str, str] | None = None
        self.calls = 0
        self.blocks: list[Block] = []
        self.skips = False
        self.repeat = 1
        self.go_to(0)

    def go_to(self, line: int) -> None:
        self.line = line
        self.statements: tuple[Statement, ...] = ()
        self.position = 0
        self.back_to: int | None = None

    def spend(self, characters: int) -> None:
        self.characters_left -= characters
        if self.characters_left < 0:
            raise Fault(Kind.LIMIT, f"defines and macros make more than {self.limits.expansion} characters")

    def nest(self, change: int) -> None:
        self.depth += change
        if self.depth > self.limits.depth:
            raise Fault(Kind.LIMIT, f"macros, defines or parentheses nest more than {self.limits.depth} deep")

    def report(self, finding: Fault, severity: Severity = Severity.ERROR) -> None:
        self.failed |= severity is Severity.ERROR
        room = self.limits.diagnostics // (1 if severity is Severity.ERROR else 2)  # warnings leave room for errors
        if len(self.diagnostics) < room:
            line, column = self.locate(finding.token)
            self.diagnostics[Diagnostic(finding.kind, finding.message, line, column, severity)] = None

    def locate(self, token: str) -> tuple[int, int]:
        """The line being assembled, and in it the column of `token`, of the statement, or of the first character."""
        source = self.lines[self.line] if self.line < len(self.lines) else ""
        start = end = len(source) - len(source.lstrip())
        for statement in self.statements[: self.position + 1] if self.position < 64 else ():
            found = source.find(statement.text, end)
            if found < 0:
                found = source.find(statement.words[0], end)
            if found >= 0:
                start, end = found, found + len(statement.text)
        column = source.find(token, start) if token else -1
        return self.line + 1, (column if column >= 0 else start) + 1

    def execute(self, statement: Statement) -> None:
        raise NotImplementedError

    def evaluate(self, text: str) -> Result:
        raise NotImplementedError

    def fixed(self, text: str) -> Result:
        """The value of an expression that may hang on no movable label."""
        result = self.evaluate(text)
        if not result.static:
            raise syntax(f"'{text[:40]}' uses a label where none is allowed", text)
        return result

    # Lines

    def read_source(self) -> None:
        self.start_pass(0)
        if len(self.text) > self.limits.source:
            raise Fault(Kind.LIMIT, f"the source has more than {self.limits.source} characters")
        self.lines = self.text.split("\n")
        if (null := self.text.find("\0")) >= 0:
            self.line = self.text.count("\n", 0, null)
            raise Fault(Kind.SYNTAX, "a null byte in the source", "\0")
        self.prepared = lines_of(self.text)
        for number, line in enumerate(self.prepared):
            self.line = number
            if not quotes_match(line):
                self.report(syntax("mismatched quotes", ""))
            elif ";@" in line:
                self.report(unsupported("code in a comment", ";@"))
            elif line.endswith("\\"):
                self.report(unsupported("a line that goes on behind a backslash", "\\"))
            else:
                continue
            self.prepared[number] = ""

    def run_lines(self, lines: list[str], first: int) -> None:
        """Run lines of which the first has the index `first` in the source."""
        index = 0
        while index < len(lines):
            self.go_to(first + index)
            line = lines[index]
            if not line:
                self.repeat = 1  # an empty line can be what `rep` repeats
            elif line[:6].lower() == "macro " and self.active and self.arguments is None:
                index += self.define_macro(index)
            else:
                self.run_line(line)
            index = index + 1 if self.back_to is None else self.back_to - first
        if self.repeat != 1:
            self.repeat = 1
            self.report(syntax("rep with nothing to repeat", ""))

    def run_line(self, line: str) -> None:
        self.nest(1)
        depth, self.skips = self.depth, False
        try:
            self.statements = read_line(self.filled(line) if self.active else line)
        except Problem as problem:
            self.report(problem)
        for position, statement in enumerate(self.statements):
            times, self.repeat = self.repeat, 1
            for _ in range(times):
                self.position, self.depth = position, depth
                self.run_statement(statement)
        if self.blocks and self.blocks[-1].inline and not self.blocks[-1].loops:
            self.blocks.pop()
            for block in self.blocks:
                block.inline = False
        self.depth = depth - 1

    def filled(self, text: str) -> str:
        """The text with arguments and defines in their places."""
        if self.arguments is not None and "<" in text:
            text = clean(self.replace_parameters(text, self.arguments))
        return self.resolve(text) if "!" in text or "\\" in text else text

    def run_statement(self, statement: Statement) -> None:
        self.statements_left -= 1
        if self.statements_left < 0:
            raise Fault(Kind.LIMIT, f"more than {self.limits.statements} statements to run")
        try:
            self.execute(statement)
        except Problem as problem:
            self.report(problem)

    # Defines

    def resolve(self, text: str) -> str:
        """Replace `!defines`, run the assignments among the statements, and undo `\\!` and `\\\\`."""
        self.nest(1)
        out: list[str] = []
        at = 0
        while match := _SPECIAL.search(text, at):
            out.append(text[at : match.start()])
            at = match.end()
            if match[1]:
                out.append(match[1])
                continue
            leads = match.start() == 0 or text.endswith(" : ", 0, match.start())
            name, at = self.define_name(text, at)
            if leads and (assignment := _ASSIGNMENT.match(text, at)):
                at = assignment.end()
                self.assign(name, *assignment.groups())
            else:
                out.append(self.resolve(self.defined(name)) if name else "!")
        self.nest(-1)
        result = "".join([*out, text[at:]])
        self.spend(len(result))
        return result

    def define_name(self, text: str, at: int) -> tuple[str, int]:
        """The name of the define at `at` (past the `!`) and where it ends; `!{a!{b}}` builds names from defines."""
        if text[at : at + 1] != "{":
            match = _DEFINE.match(text, at)
            return (match[0], match.end()) if match else ("", at)
        braces = 0
        for end in range(at, len(text)):
            braces += {"{": 1, "}": -1}.get(text[end], 0)
            if braces == 0:
                name = self.resolve(text[at + 1 : end])
                if name and _DEFINE.fullmatch(name):
                    return name, end + 1
                break
        raise syntax("broken name of a define", "!{")

    def defined(self, name: str) -> str:
        if name not in self.defines:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"the define !{name[:60]} is not set", "!" + name)
        return self.defines[name]

    def assign(self, name: str, how: str, quoted: str | None, plain: str | None) -> None:
        if name in BUILT_IN:
            raise Problem(Kind.REDEFINED_SYMBOL, f"!{name} is built in", "!" + name)
        value = plain or clean((quoted or "").replace('""', '"'))
        match how:
            case "+=":
                value = self.defined(name) + value
            case ":=":
                value = self.resolve(value)
            case "#=":
                value = format_number(self.fixed(self.resolve(value)).value)
            case "?=" if name in self.defines:
                return
        self.spend(len(value))
        self.defines[name] = value

    # Macros

    def define_macro(self, index: int) -> int:
        """Define the macro that the line at `index` begins; gives the number of its other lines."""
        lines = self.prepared
        end = next((end for end in range(index, len(lines)) if lines[end][:9].lower() == "endmacro"), 0)
        if not end:
            self.report(syntax("a macro is not closed", "macro"))
            return len(lines)
        heading, body = lines[index][6:], lines[index + 1 : end]
        match = _MACRO.match("".join(words(heading)))
        parameters = match[2].split(",") if match and match[2] else []
        if variadic := parameters[-1:] == ["..."]:
            parameters.pop()
        if not match or not all(map(NAME.fullmatch, parameters)) or len(set(parameters)) < len(parameters):
            self.report(syntax(f"broken macro declaration '{heading[:40]}'", heading))
        elif any(line[:6].lower() == "macro " for line in body):
            self.report(syntax("a macro inside a macro definition", "macro"))
        elif match[1] in self.macros:
            self.report(Problem(Kind.REDEFINED_SYMBOL, f"the macro {match[1]} is defined twice", match[1]))
        else:
            self.macros[match[1]] = Macro(parameters, variadic, body, index + 1)
        return end - index

    def call_macro(self, text: str) -> None:
        match = _MACRO.match("".join(words(text)))
        if not match:
            raise syntax(f"broken macro call %{text[:40]}", text)
        macro = self.macros.get(match[1])
        if macro is None:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no macro {match[1][:60]}", match[1])
        arguments = split_arguments(match[2]) if match[2] else []
        extra = len(arguments) - len(macro.parameters)
        if extra < 0 or (extra and not macro.variadic):
            raise syntax(f"%{match[1]} takes {len(macro.parameters)} arguments, not {len(arguments)}", text)
        self.spend(len(text))
        place = self.line, self.statements, self.position, self.back_to, self.skips
        arguments_around, frame_around, blocks_around = self.arguments, self.labels.macro, self.blocks
        names = (*macro.parameters, *map(str, range(extra)))
        self.arguments = dict(zip(names, arguments, strict=True))
        if macro.variadic:
            self.arguments["..."] = str(extra)
        self.labels.macro, self.blocks = Frame(f":macro_{self.calls}_"), []
        self.calls += 1
        self.run_lines(macro.lines, macro.first)
        closed = not self.blocks
        self.line, self.statements, self.position, self.back_to, self.skips = place
        self.arguments, self.labels.macro, self.blocks = arguments_around, frame_around, blocks_around
        if not closed:
            raise syntax(f"an if or while is not closed in %{match[1]}", text)

    def replace_parameters(self, line: str, arguments: dict[str, str]) -> str:
        """Put a macro call's arguments in place of `<parameter>` and `<...[index]>`."""

        def argument(match: re.Match[str]) -> str:
            if not match[1]:
                return match[0]
            name = self.resolve(match[1])
            if name.startswith("...[") and name.endswith("]"):
                name = str(self.evaluate(name[4:-1]).integer)
            if name not in arguments:
                raise Problem(Kind.UNDEFINED_SYMBOL, f"the macro has no parameter <{name[:40]}>", name)
            self.spend(len(arguments[name]))
            return dequote(arguments[name])

        return _PARAMETER.sub(argument, line)

    # Conditionals and loops

    @property
    def active(self) -> bool:
        """Whether the lines here count."""
        return not self.blocks or self.blocks[-1].running

    def steer(self, key: str, parts: tuple[str, ...], text: str) -> bool:
        """Run a statement of the conditionals, which count even where they are skipped, if this is one. A condition
        that fails at once skips the rest of its line, even behind the `endif`, until an `else`."""
        block = self.blocks[-1] if self.blocks else None
        more = self.position + 1 < len(self.statements)
        if self.skips and key not in ("elseif", "else", "endif", "endwhile"):
            return True
        match key:
            case "if" | "while":
                block = Block(self.line, key == "while", inline=more, live=self.active)
                self.blocks.append(block)
                block.running = block.taken = block.live and self.condition(parts)
                self.skips |= more and block.live and not block.running
            case "elseif" | "else":
                if block is None or block.loops or (key == "else") != (len(parts) == 1):
                    raise syntax(f"{key} without if", key)
                if block.live:
                    if key == "elseif" and not block.running:  # skipped lines are read with their defines unresolved
                        parts = read_statement(self.filled(text)).words
                    block.running = (key == "else" or self.condition(parts)) and not block.taken
                    block.taken |= block.running
                    self.skips &= key != "else" and not (block.running and more)
            case "endif" | "endwhile":
                if block is None or len(parts) != 1:
                    raise syntax(f"{key} without if or while", key)
                self.blocks.pop()
                if block.loops and block.running and block.line != self.line:
                    self.back_to = block.line
            case _:
                return False
        return True

    def condition(self, parts: tuple[str, ...]) -> bool:
        """A chain of comparisons joined by `&&` alone or by `||` alone, evaluated as far as needed."""
        value = self.evaluate if parts[0] == "assert" else self.fixed
        joint = "||" if "||" in parts else "&&"
        for comparison in split(" ".join(parts[1:]), _JOINTS[joint]):
            match words(comparison):
                case (text,) if text:
                    holds = (value(text.removeprefix("!")).value > 0) != text.startswith("!")
                case (left, sign, right) if sign in _COMPARISONS:
                    holds = _COMPARISONS[sign](value(left).value, value(right).value)
                case _:
                    raise syntax(f"broken condition after {parts[0]}", parts[0])
            if holds != (joint == "&&"):
                return holds
        return joint == "&&"
