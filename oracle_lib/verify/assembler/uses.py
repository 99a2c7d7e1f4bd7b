"""What a piece of assembly says of other places: which labels it sets, where it goes, what it reads and writes. It
evaluates nothing, and follows no branch.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oracle_lib.verify.assembler.model import Mode, StatementFault
from oracle_lib.verify.assembler.opcodes import BRANCHES, Operation, Statement, read_line
from oracle_lib.verify.assembler.text import lines_of

_DATA = frozenset(("db", "dw", "dl", "dd", "fill", "fillbyte", "fillword", "pad"))
"""The directives that put data into the image, as they are written."""
_TRANSFERS = frozenset(("JSR", "JSL", "JMP", "JML", "BRL", *BRANCHES))
"""The instructions after which the processor may go on elsewhere."""
_ENDS = frozenset(("RTS", "RTL", "RTI", "JMP", "JML", "BRA", "BRL", "STP", "BRK"))
"""The instructions behind which the processor never goes on."""
_STORES = frozenset(("STA", "STX", "STY", "STZ"))
"""The instructions that write and do not read."""
_CHANGES = frozenset(("ASL", "DEC", "INC", "LSR", "ROL", "ROR", "TRB", "TSB"))
"""The instructions that read and write."""
_NO_MEMORY = {Mode.IMPLIED, Mode.ACCUMULATOR, Mode.IMMEDIATE, Mode.STACK, Mode.STACK_Y, Mode.MOVE}
_NAME = re.compile(r"(?<![\w$%!.<&@])\.*[A-Za-z_][\w.]*(?![\w(])")
_FIRST = re.compile(r"\$[0-9A-Fa-f]+|!\w+|\.*[A-Za-z_][\w.]*")
_MACRO = re.compile(r"^%\w+")
_DEFINE = re.compile(r"!\w+")
_ADDRESS = re.compile(r"#_[0-9A-Fa-f]{4,6}\w?")


@dataclass
class Uses:
    """What a piece of code says, in the order in which it does. Sublabels have their full names (`Main_loop`).

    `own` are the labels that it sets, `names` all that it uses, `calls` where it goes (JSR, JSL, JMP, JML and
    branches), `accesses` what it reads or writes (names, or addresses as written), in `reads` and `writes` by what it
    does with them, `pointers` the names in its data, `macros` those that it calls (`%name`).
    """

    own: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    calls: dict[str, None] = field(default_factory=dict)
    accesses: dict[str, None] = field(default_factory=dict)
    reads: dict[str, None] = field(default_factory=dict)
    writes: dict[str, None] = field(default_factory=dict)
    pointers: dict[str, None] = field(default_factory=dict)
    macros: dict[str, None] = field(default_factory=dict)
    has_code: bool = False
    has_data: bool = False
    runs_on: bool = True
    parents: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, parents: Iterable[str] = ()) -> "Uses":
        """What a text says, which stands below the labels `parents`. Lines that are none of the dialect say nothing."""
        uses = cls(parents=list(parents))
        for line in lines_of(text):
            with contextlib.suppress(StatementFault):
                for statement in read_line(line) if line else ():
                    uses.add(statement)
        return uses

    def add(self, statement: Statement) -> None:
        for label in statement.labels:
            self._set_label(label)
        if statement.operation:
            self._instruction(statement.operation)
        elif statement.rest and (word := statement.rest[0].lower()) in _DATA:
            self.has_data, self.runs_on = True, False
            for argument in statement.rest[1:]:
                for name in self._names(argument):
                    self.names[name] = None
                    if word in ("dw", "dl"):
                        self.pointers[name] = None
        elif statement.rest and statement.rest[0].startswith("%"):
            self.macros |= dict.fromkeys(_MACRO.findall(statement.rest[0]))
        elif statement.rest and statement.rest[0].startswith("!"):
            self.has_code = self.runs_on = True
        if "!" in statement.text:
            self.names |= dict.fromkeys(_DEFINE.findall(statement.text))

    def take_in(self, other: "Uses") -> None:
        """Adds what another piece says that is joined to this one."""
        for mine, others in (
            (self.own, other.own),
            (self.names, other.names),
            (self.calls, other.calls),
            (self.accesses, other.accesses),
            (self.reads, other.reads),
            (self.writes, other.writes),
            (self.pointers, other.pointers),
            (self.macros, other.macros),
        ):
            mine |= others

    def _set_label(self, label: str) -> None:
        """Nothing for `+`, `-` and the address that a disassembly has before a line. `#Name:` changes no scope."""
        name = label.rstrip(":").lstrip("?")
        if name[:1] not in ("", "+", "-") and not _ADDRESS.fullmatch(name):
            level = len(name) - len(name.lstrip("."))
            keeps_scope, name = name[0] == "#", self.full(name.lstrip("#"))
            if not keeps_scope:
                self.parents[level:] = [name]
            self.own[name] = None
            self.runs_on = True

    @property
    def leaves_for(self) -> tuple[str, ...]:
        """The calls but for those of its own labels."""
        return tuple(name for name in self.calls if name not in self.own)

    def full(self, name: str) -> str:
        """The name with those of the labels before it that a sublabel belongs to."""
        level = len(name) - len(name.lstrip("."))
        parents = self.parents[:level]
        return f"{parents[-1]}_{name[level:]}" if level and parents else name

    def _names(self, operand: str) -> Iterator[str]:
        if operand[:1] != '"':
            for found in _NAME.finditer(operand):
                yield self.full(found[0])

    def _instruction(self, operation: Operation) -> None:
        self.has_code, self.runs_on = True, operation.mnemonic not in _ENDS
        self.names |= dict.fromkeys(self._names(operation.text))
        if operation.mode in _NO_MEMORY or operation.mnemonic in ("PEA", "PER"):
            return
        if found := _FIRST.search(operation.text):
            goes_there = operation.mnemonic in _TRANSFERS and operation.mode is Mode.DIRECT
            place = self.full(found[0]) if found[0][0] != "$" else found[0].upper()
            if goes_there:
                self.calls[place] = None
                return
            self.accesses[place] = None
            if operation.mnemonic not in _STORES:
                self.reads[place] = None
            if operation.mnemonic in _STORES or operation.mnemonic in _CHANGES:
                self.writes[place] = None
