"""Rows of data sets that exist already, as requests whose answers are known. They are judged anew, like any draft:
their assembly is assembled here, and what nothing checks is called unchecked.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from oracle_lib.generate.knowledge import knowledge_of_sources
from oracle_lib.generate.requests import Draft, Request, Unusable
from oracle_lib.generate.sources import read_one
from oracle_lib.items import Item
from oracle_lib.quality import Knowledge
from oracle_lib.sample import Domain, Source, Task
from oracle_lib.verify.answers import asm
from oracle_lib.verify.answers.blocks import Block
from oracle_lib.verify.assembler.text import lines_of
from oracle_lib.verify.fragments import assemble_fragment, stands_under_a_label

_FENCE = re.compile(
    r"^[ \t]*(`{3,16}|~{3,16})[ \t]*([\w+#.-]*)[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_ASSEMBLY = frozenset(("asm", "asar", "assembly", "65816", "65c816", "6502", "snes"))
_UNNAMED = frozenset(("", "text", "txt", "plaintext"))
_MOSTLY = 0.8
"""The share of its lines that are statements, from which on a text that nobody marked counts as assembly."""
_PROSE = re.compile(r"^[^;\n]*\b[A-Za-z]{2,} [a-z]{2,}\b", re.MULTILINE)


@dataclass(frozen=True)
class RowRequest:
    """A row of a data set. Its instruction and input are asked, and its output is what the teacher "dataset" answers.

    `known_symbols` are the names of the user's sources, which its assembly may use.
    """

    row: Item
    known_symbols: Mapping[str, int] = field(repr=False, compare=False)

    task = Task.ANSWER
    phrasing = 0
    system = ""
    schema = None

    @property
    def subject(self) -> str:
        return self.row.source.corpus

    @property
    def domain(self) -> Domain:
        return self.row.domain

    @property
    def group(self) -> str:
        return self.row.group

    @property
    def source(self) -> Source:
        return self.row.source

    @property
    def index(self) -> int:
        return self.row.source.line

    @property
    def seed(self) -> int:
        """What its output is: a row with another one is another request."""
        return int.from_bytes(hashlib.sha256(f"{self.row.source.path}:{self.row.text}".encode()).digest()[:4])

    @property
    def prompt(self) -> str:
        return "\n\n".join(filter(None, (self.row.comment, self.row.context)))

    def again(self, turn: int, fresh_cases: int) -> "RowRequest":
        """Itself: there is one answer."""
        return self

    def draft(self, output: str) -> Draft:
        """The row as a draft that nothing runs. If it holds assembly, its notes say that this assembles, which names
        were supplied for that and which stubbed. Raises `Unusable`, in the assembler's words, where it does not.
        """
        if not _FENCE.search(output) and _reads_as_assembly(output):
            output = f"```asm\n{output.strip(chr(10))}\n```"
        blocks = [
            code
            for _, language, code in _FENCE.findall(output)
            if language.lower() in _ASSEMBLY or (language.lower() in _UNNAMED and _reads_as_assembly(code))
        ]
        notes = _assembled(blocks, self.known_symbols, stands_under_a_label(self.prompt))
        return Draft(self.row.comment, self.row.context, output, None, notes)


def _reads_as_assembly(text: str) -> bool:
    lines = sum(1 for line in lines_of(text) if line and not line.endswith(":") and not line.startswith("."))
    return lines > 1 and asm.read(Block(text)).statements >= _MOSTLY * lines and not _PROSE.search(text)


def _assembled(blocks: list[str], known_symbols: Mapping[str, int], under_a_label: bool) -> tuple[str, ...]:
    """What to note of blocks that assemble, each alone or all of them together. Raises `Unusable`."""
    if not blocks:
        return ()
    found = [assemble_fragment(block, known_symbols, under_a_label=under_a_label) for block in blocks]
    if faults := [one.fault for one in found if one.fault]:
        together = assemble_fragment("\n".join(blocks), known_symbols, under_a_label=under_a_label)
        if together.fault:
            raise Unusable(f"the code does not assemble: {faults[0]}")
        found = [together]
    supplied = sorted({f"{name}=${value:06X}" for one in found for name, value in one.supplied.items()})
    stubbed = sorted({name for one in found for name in one.stubbed})
    notes = ["assembled, not run"]
    notes += [f"supplied: {', '.join(supplied)}"] if supplied else []
    notes += [f"stubbed: {', '.join(stubbed)}"] if stubbed else []
    return tuple(notes)


@dataclass(frozen=True)
class RowMaterial:
    """The data sets among the user's sources, by their `names` in params, as a campaign draws from them: all rows that
    can be read, each once, in order. Their assembly may use names of the user's sources of code.
    """

    names: tuple[str, ...]

    @property
    def teachers(self) -> Mapping[str, float]:
        """Who alone answers for them."""
        return {"dataset": 1.0}

    @cached_property
    def most(self) -> float:
        """How many rows there are, which takes as long as reading them."""
        return sum(1 for _ in self.items())

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge_of_sources()

    def items(self) -> Iterator[Item]:
        return chain.from_iterable(map(read_one, self.names))

    def units(self, seed: int, workers: Executor | None = None) -> "RowUnits":
        return RowUnits(self)

    def glance(self, seed: int, count: int) -> list[Request]:
        return [RowRequest(row, {}) for row in islice(self.items(), count)]

    def expected(self) -> None:
        return None


class RowUnits:
    """The requests of one material. `duplicates` counts rows that repeated one before them word for word."""

    failed = ()

    def __init__(self, material: RowMaterial) -> None:
        self.duplicates = 0
        self.exhausted: list[str] = []
        self._material = material

    def __iter__(self) -> Iterator[list[Request]]:
        known_symbols = self._material.knowledge.symbols
        seen: set[bytes] = set()
        for row in self._material.items():
            said = hashlib.sha256(repr((row.comment, row.context, row.text)).encode()).digest()[:12]
            if said in seen:
                self.duplicates += 1
            else:
                seen.add(said)
                yield [RowRequest(row, known_symbols)]
        self.exhausted += self._material.names
