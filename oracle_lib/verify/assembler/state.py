"""The one state that a line may touch: made afresh for each pass, and handed to whatever handles a line. It knows no
directive and no instruction."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from oracle_lib.verify.assembler.files import Files, Rom, SourceFile
from oracle_lib.verify.assembler.labels import Labels
from oracle_lib.verify.assembler.model import (
    Diagnostic,
    Expanded,
    Fault,
    Instruction,
    Kind,
    Limits,
    Severity,
    syntax,
    unsupported,
)
from oracle_lib.verify.assembler.opcodes import Statement
from oracle_lib.verify.assembler.output import Output, Place


class Macro(NamedTuple):
    """A macro, whose parameters may end in `...`; `first` is the index of the first of its lines in its source."""

    parameters: list[str]
    variadic: bool
    lines: list[str]
    first: int
    source: SourceFile


class UserFunction(NamedTuple):
    """A user's `function name(parameters) = body`, parameters in small letters; arguments go into the body as text."""

    parameters: tuple[str, ...]
    body: str


class MacroCall(NamedTuple):
    """The arguments of a macro's parameters by name, those that `...` stands for (None: it has no `...`), the
    `file:line` of the call, and the index of the line that the outermost call around it stands in."""

    named: dict[str, str]
    others: list[str] | None
    called_at: str
    line: int


class Turn(NamedTuple):
    """One turn of a `for`: its define, what that holds outside, its number now, and the number that it ends before."""

    define: str
    outside: str | None
    number: int
    end: int


class Assumed(NamedTuple):
    """What `bank`, `dpbase` and `optimize` let the width of a label's address rest on: the data bank (`NO_BANK`: none;
    -1: the bank of the code), the direct page, and what is addressed through either. A struct begins with none."""

    data_bank: int = -1
    direct_page: int = 0
    dp: str = "none"
    address: str = "default"


NO_BANK = 0x100
_ASSUMED = Assumed()


@dataclass
class Block:
    """An open `if`, `while` or `for` (which `loops`), begun on a line whose further statements are its own if it is
    `inline`. `live`: the lines around it count. `running`: its lines count now. `taken`: one of its branches has
    counted. `turn`: of a `for`."""

    line: int
    loops: bool
    inline: bool
    live: bool
    running: bool = False
    taken: bool = False
    turn: Turn | None = None


class Allowance:
    """What all passes together may still read, run and expand."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.source = limits.source
        self.statements = limits.statements
        self.characters = limits.expansion

    def read(self, characters: int) -> None:
        self.source -= characters
        if self.source < 0:
            raise Fault(Kind.LIMIT, f"the source has more than {self.limits.source} characters")

    def count_statement(self) -> None:
        self.statements -= 1
        if self.statements < 0:
            raise Fault(Kind.LIMIT, f"more than {self.limits.statements} statements to run")

    def spend(self, characters: int) -> None:
        self.characters -= characters
        if self.characters < 0:
            raise Fault(Kind.LIMIT, f"defines and macros make more than {self.limits.expansion} characters")


@dataclass(slots=True, eq=False)
class PassState:
    """What the lines of one pass read and change, and nothing but this.

    Five of its parts outlive the pass, because the caller hands the same ones to the next: the main source, the files,
    the ROM, the allowance and the labels' `known` addresses. `diagnostics` begin with what the first pass found.
    """

    number: int
    source: SourceFile
    files: Files
    rom: Rom
    allowance: Allowance
    labels: Labels
    out: Output
    defines: dict[str, str]
    allows_pools: bool = False
    expansion: list[Expanded] | None = None
    """What is left of the text when macros, defines and conditionals are resolved, where that is asked for."""
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    failed: bool = False
    listing: list[Instruction] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    """What `print` says, a line each time."""

    # What the lines so far have set up.
    arch: str = "65816"
    macros: dict[str, Macro] = field(default_factory=dict)
    functions: dict[str, UserFunction] = field(default_factory=dict)
    math: dict[str, bool] = field(default_factory=lambda: {"pri": False, "round": True})
    patterns: dict[str, bytes] = field(default_factory=lambda: {"fill": bytes(12), "pad": bytes(12)})
    assumed: Assumed = _ASSUMED
    exact_math: bool = False
    """`asar 1.90` or later is asked for: operators bind by precedence and nothing is rounded, whatever `math` says."""
    characters: dict[int, int | None] = field(default_factory=dict)
    """The codes of characters in strings, by `'A' = 1` or a table file; None for what the file leaves out."""
    included_once: set[str] = field(default_factory=set)
    tables: list[dict[int, int | None]] = field(default_factory=list)
    """Those that `pushtable` has set aside."""
    places: list[Place] = field(default_factory=list)
    """Those that `pushpc` has set aside."""
    bases: list[int] = field(default_factory=list)
    """Those that `pushbase` has set aside."""
    opened: dict[str, list[tuple[SourceFile, int]]] = field(default_factory=lambda: defaultdict(list))
    """Where each thing that waits for its end began, by what messages call it: a source and an index of its lines."""

    # Where it is: the line's index in `source`, its statements, and the line to go back to at the end of a loop.
    begun: bool = False
    """Whether any statement of the file has run, which `asar` must come before."""
    line: int = 0
    statements: tuple[Statement, ...] = ()
    position: int = 0
    back_to: int | None = None
    repeat: int = 1
    """How often `rep` makes the next statement run."""

    # What it is in: macro calls with their arguments, and conditionals.
    depth: int = 0
    calls: int = 0
    call: MacroCall | None = None
    blocks: list[Block] = field(default_factory=list)
    turn: Turn | None = None
    """What the `for` that the text has gone back to goes on with."""
    skips: bool = False
    """Whether the rest of the line is skipped, which a condition that fails begins."""

    @property
    def active(self) -> bool:
        """Whether the lines here count."""
        return not self.blocks or self.blocks[-1].running

    def go_to(self, line: int) -> None:
        self.line = line
        self.statements = ()
        self.position = 0
        self.back_to = None

    def open(self, what: str) -> None:
        self.opened[what].append((self.source, self.line))

    def close(self, what: str) -> None:
        self.opened[what].pop()

    def note(self, words: tuple[str, ...]) -> None:
        """Notes what is run where the text's expansion is asked for."""
        if self.expansion is not None and words:
            line = self.call.line if self.call else self.line
            self.expansion.append(Expanded(line + 1, " ".join(words)))

    def report_open(self, what: str, source: SourceFile, line: int) -> None:
        """Report that what began on that line has no end."""
        place = self.source, self.line, self.statements
        self.source, self.line, self.statements = source, line, ()
        self.report(syntax(f"{what} is not closed", ""))
        self.source, self.line, self.statements = place

    def code_of(self, character: int) -> int:
        """The code of a character in a string."""
        code = self.characters.get(character, character)
        if code is None:
            raise unsupported(f"the character {chr(character)!r}, to which the table file gives no code,", "")
        return code

    def assume_bank(self, data_bank: int) -> None:
        self.assumed = self.assumed._replace(data_bank=data_bank)

    def nest(self, change: int) -> None:
        self.depth += change
        if self.depth > self.allowance.limits.depth:
            limit = self.allowance.limits.depth
            raise Fault(Kind.LIMIT, f"files, macros, defines or parentheses nest more than {limit} deep")

    def report(self, finding: Fault, severity: Severity = Severity.ERROR) -> None:
        self.failed |= severity is Severity.ERROR
        room = self.allowance.limits.diagnostics // (1 if severity is Severity.ERROR else 2)  # warnings leave some
        if len(self.diagnostics) < room:
            line, column = self.locate(finding.token)
            path, called_at = self.source.path, self.call.called_at if self.call else ""
            found = Diagnostic(finding.kind, finding.message, line, column, severity, path, called_at)
            self.diagnostics.setdefault(found)

    def locate(self, token: str) -> tuple[int, int]:
        """The line being assembled, and in it the column of `token`, of the statement, or of the first character."""
        source = self.source.written[self.line] if self.line < len(self.source.written) else ""
        start = end = len(source) - len(source.lstrip())
        for statement in self.statements[: self.position + 1] if self.position < 64 else ():
            found = source.find(statement.text, end)
            if found < 0:
                found = source.find(statement.words[0], end)
            if found >= 0:
                start, end = found, found + len(statement.text)
        column = source.find(token, start) if token else -1
        return self.line + 1, (column if column >= 0 else start) + 1
