"""`Item`, a piece of a user's source as the readers of 01 hand it on. Teachers are asked about it, and the knowledge
graph is built from it. Reads no file.
"""

import hashlib
from typing import Literal

from pydantic import Field

from oracle_lib.records import Frozen
from oracle_lib.sample import Domain, Source

ItemKind = Literal[
    "routine", "table", "hook", "function", "class", "method", "definitions", "log", "defect", "document", "row"
]
"""What an item is: code of a disassembly or a ROM hack (routine, table, hook), C++ (function, class, method), what a
file of either defines by name (definitions), a tool's log, code with a defect put into it, prose, or a row of a data
set that is there already. Nobody is asked about definitions: they say which names there are."""


class Item(Frozen):
    """One piece of a source, as its author wrote it.

    `source` says where it stands: the corpus by its name in params, the path inside it, line, symbol and licence.
    `comment` is what the author says of it, `context` what a reader needs beside it (defines, declarations, callers),
    `preamble` what an assembler needs before it: the macros, functions and defines of its project that it uses.
    `symbols` are the names in it that stand for addresses or values, and `stubbed` those of them whose real ones nobody
    knows. `calls` are the routines that it calls, `accesses` the names and addresses that it reads or writes; `address`
    is where it lies in a LoROM image, if it does.
    """

    source: Source
    domain: Domain
    kind: ItemKind
    text: str = Field(min_length=1)
    comment: str = ""
    context: str = ""
    preamble: str = ""
    symbols: dict[str, int] = Field(default_factory=dict)
    stubbed: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    accesses: tuple[str, ...] = ()
    address: int | None = None

    @property
    def content(self) -> str:
        """The sha256 of its text: the same wherever it stands."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def group(self) -> str:
        """Names the item on one side of a split, whatever is asked about it."""
        return f"{self.source.corpus}:{self.source.path}:{self.source.symbol or self.source.line}"
