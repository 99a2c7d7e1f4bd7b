"""What the assembler takes, gives and raises: limits on hostile text, a listing, emitted blocks, typed diagnostics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a diagnostic is about."""

    UNKNOWN_MNEMONIC = "unknown mnemonic"
    ADDRESSING_MODE = "illegal addressing mode"
    UNDEFINED_SYMBOL = "undefined symbol"
    REDEFINED_SYMBOL = "redefined symbol"
    BRANCH_RANGE = "branch out of range"
    VALUE_TOO_WIDE = "value too wide"
    BAD_ADDRESS = "bad address"
    REFUSED_DIRECTIVE = "refused directive"
    UNSUPPORTED_DIRECTIVE = "unsupported directive"
    WIDTH_MISMATCH = "width mismatch"
    SYNTAX = "syntax error"
    ASSERTION = "assertion failed"
    MESSAGE = "the text says"
    LIMIT = "limit exceeded"
    NO_RESULT = "no result"


class Severity(StrEnum):
    """An error means that there is no code; a warning is about code that assembles and may not do what was meant."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, at a 1-based line and column of the source text (0 where no line is to blame), or of the `file` that
    it includes; in a macro also the `file:line` that calls it."""

    kind: Kind
    message: str
    line: int
    column: int
    severity: Severity = Severity.ERROR
    file: str = ""
    called_at: str = field(default="", compare=False)

    def __str__(self) -> str:
        file = f"{self.file}:" if self.file else ""
        place = f"{self.line}:{self.column}: " if self.line else " " * bool(file)
        called = f" (in a macro called at {self.called_at})" if self.called_at else ""
        return f"{file}{place}{self.severity}: {self.kind}: {self.message}{called}"


class Mode(StrEnum):
    """The addressing modes as they are written; the width of the operand is a separate matter."""

    IMPLIED = ""
    ACCUMULATOR = "A"
    IMMEDIATE = "#"
    DIRECT = "address"
    X = "address,x"
    Y = "address,y"
    STACK = "address,s"
    INDIRECT = "(address)"
    INDIRECT_X = "(address,x)"
    INDIRECT_Y = "(address),y"
    STACK_Y = "(address,s),y"
    LONG = "[address]"
    LONG_Y = "[address],y"
    MOVE = "bank,bank"


class Instruction(NamedTuple):
    """One line of the listing: where an instruction runs (24-bit address), its bytes, and where its source is."""

    address: int
    code: bytes
    mnemonic: str
    mode: Mode
    line: int
    column: int
    file: str = ""


class Expanded(NamedTuple):
    """A statement as it was run, with defines and a macro's arguments in their places: its line in the main text, or
    that of the macro call that it comes from, and what it says."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """The result of assembling a text.

    `blocks` are (24-bit SNES address, bytes) in the order of emission, `written_at` the file and line that each begins
    at, `code` is their bytes joined. `labels` maps the
    full name of every label (a sublabel `.loop` of `Main` is `Main_loop`) to its 24-bit address; `namespaces` are the
    beginnings of names that namespaces gave (`Foo_` of `Foo_Main`). `mappers` are those that blocks were laid out by.
    `expansion` is what was left to assemble of the text when its macros, defines and conditionals had been resolved,
    where somebody asked for it.
    When `ok` is false, nothing was emitted and `diagnostics` says why; when it is true they are warnings at most.
    """

    ok: bool
    code: bytes = b""
    blocks: tuple[tuple[int, bytes], ...] = ()
    labels: Mapping[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    listing: tuple[Instruction, ...] = ()
    written_at: tuple[tuple[str, int], ...] = ()
    mappers: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    expansion: tuple[Expanded, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that end hostile text in a `limit exceeded` diagnostic. Characters of source with all included files,
    statements run over all passes, characters made by expanding defines, macros and functions, bytes emitted, depth of
    nesting (files, macros, defines, parentheses together), and diagnostics reported."""

    source: int = 1_000_000
    statements: int = 200_000
    expansion: int = 4_000_000
    output: int = 4_194_304
    depth: int = 100
    diagnostics: int = 50


@dataclass(eq=False)
class Fault(Exception):
    """Ends the assembly and becomes an error. `token` is the part of the source line to point at."""

    kind: Kind
    message: str
    token: str = ""


class StatementFault(Fault):
    """Ends only the statement being assembled."""


def syntax(message: str, token: str) -> StatementFault:
    return StatementFault(Kind.SYNTAX, message, token)


def unsupported(what: str, token: str) -> StatementFault:
    """For what asar can do and this assembler cannot."""
    return StatementFault(Kind.UNSUPPORTED_DIRECTIVE, f"{what} is not supported", token)
