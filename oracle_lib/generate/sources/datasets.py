"""Reads data sets that exist already: the question and the answer of each row, whatever others said of its quality.
Judges nothing.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from oracle_lib.generate.sources.folder import (
    MAX_LINE,
    Unreadable,
    decoded,
    files_of,
    lines_of,
    tell_counts,
    tell_left_out,
)
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source

_MOST_TEXT = 64_000
"""Characters of a row: a longer one is no single question."""
_TOLD = 20
"""The most rows of a file that are named one by one."""
_ROWS_AT_ONCE = 64
"""Of a Parquet file; so memory stays flat."""
_SPEAKERS = {
    **dict.fromkeys(("system", "developer"), "system"),
    **dict.fromkeys(("user", "human"), "user"),
    **dict.fromkeys(("assistant", "gpt", "chatgpt", "model", "bot"), "assistant"),
}


@dataclass(frozen=True)
class Row:
    """A question and its answer, from the row of that number (from 1; of a CSV file, without its header).

    Of a conversation it is the first question with its answer: later ones mean little without what was said before.
    `turns` counts them all.
    """

    path: str
    number: int
    instruction: str
    input: str
    output: str
    turns: int = 1


@dataclass(frozen=True)
class Unread:
    """A row that gives no draft, and why; the number 0 stands for a whole file."""

    path: str
    number: int
    why: str


def rows(folder: Path, corpus: str) -> Iterator[Row | Unread]:
    """The rows of the JSONL, Parquet and CSV files below the folder, in order, as a stream.

    A row has `instruction`, `output` and maybe `input`; or `messages` of `role` and `content`; or, as in ShareGPT,
    `conversations` of `from` and `value`. Whatever else it holds, `_metadata` for one, is left alone.
    """
    for path, inside in files_of(folder, _READERS, corpus):
        number = 0
        try:
            for number, found in _READERS[path.suffix.lower()](path):
                try:
                    yield Row(inside, number, *_exchange(found))
                except Unreadable as reason:
                    yield Unread(inside, number, str(reason))
        except (OSError, ValueError, NotImplementedError) as error:  # what pyarrow raises for broken files, too
            after = f"what follows row {number}" if number else "the file"
            yield Unread(inside, 0, f"{after} cannot be read: {str(error).partition(chr(10))[0]}")


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The rows as items: `text` is the output, `comment` the instruction and `context` the input. Names the rows that
    could not be read, of each file the first 20, and says how many conversations went on.
    """
    unread: Counter[str] = Counter()
    went_on = 0
    for row in rows(folder, corpus):
        if isinstance(row, Unread):
            unread[row.path] += 1
            if unread[row.path] <= _TOLD:
                tell_left_out(corpus, f"{row.path} row {row.number}" if row.number else row.path, row.why)
            continue
        went_on += row.turns > 1
        yield Item(
            source=Source(corpus=corpus, path=row.path, line=row.number, licence=licence),
            domain=domain,
            kind="row",
            text=row.output,
            comment=row.instruction,
            context=row.input,
        )
    more = {f"more rows of {path}": count - _TOLD for path, count in unread.items() if count > _TOLD}
    tell_counts(corpus, more | ({"ends of conversations, after the first answer,": went_on} if went_on else {}))


_Found = Mapping[str, object] | Unreadable
"""A row's columns, or why there are none."""


def _jsonl(path: Path) -> Iterator[tuple[int, _Found]]:
    with path.open("rb") as file:
        for number, line in lines_of(file):
            if line is None:
                yield number, Unreadable(f"it is longer than {MAX_LINE // 2**20} MiB")
            elif line.strip():
                try:
                    found = _json(decoded(line))
                except Unreadable as reason:
                    yield number, reason
                else:
                    yield number, found if isinstance(found, dict) else Unreadable("it is no JSON object")


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep or a number too long"
        raise Unreadable(f"it is no JSON: {what}") from None


def _csv(path: Path) -> Iterator[tuple[int, _Found]]:
    """Whatever stands in a broken line is the fault of the row that it belongs to, and no other's."""
    faults: list[str] = []

    def lines() -> Iterator[str]:
        for _, line in lines_of(file):
            try:
                if line is None:
                    raise Unreadable(f"it is longer than {MAX_LINE // 2**20} MiB")
                yield decoded(line)
            except Unreadable as reason:
                faults.append(str(reason))
                yield "\n"

    with path.open("rb") as file:
        reader = csv.reader(lines())
        header = [name.strip().lower() for name in next(reader, [])]
        number = 0
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                fields = []
                faults.append(f"it is no CSV: {error}")
            if not fields and not faults:
                continue
            number += 1
            if not faults and len(fields) > len(header):
                faults.append("it has more fields than the first line names")
            yield number, Unreadable(faults[0]) if faults else dict(zip(header, fields, strict=False))
            faults.clear()


def _parquet(path: Path) -> Iterator[tuple[int, _Found]]:
    import pyarrow.parquet  # half a second, and few sources are Parquet

    number = 0
    with pyarrow.parquet.ParquetFile(path) as file:
        columns = [name for name in file.schema_arrow.names if name in _COLUMNS]
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for place in range(batch.num_rows):
                number += 1
                try:
                    [found] = batch.slice(place, 1).to_pylist()
                except UnicodeDecodeError:
                    yield number, Unreadable("it is no text in UTF-8")
                else:
                    yield number, found


def _whole_json(path: Path) -> Iterator[tuple[int, _Found]]:
    raise ValueError("a JSON file has no rows, write it as JSONL")
    yield


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, _Found]]]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _csv,
    ".parquet": _parquet,
    ".json": _whole_json,
}
_COLUMNS = ("instruction", "input", "output", "messages", "conversations")


def _exchange(found: _Found) -> tuple[str, str, str, int]:
    """Instruction, input, output and the number of turns. Raises `Unreadable`."""
    if isinstance(found, Unreadable):
        raise found
    turns = found.get("messages") or found.get("conversations")
    if turns:
        instruction, output, count = _first_turn(turns)
        given = ""
    elif "instruction" in found and "output" in found:
        instruction, given, output = (_text(name, found.get(name)) for name in ("instruction", "input", "output"))
        count = 1
    else:
        raise Unreadable("it has neither instruction and output nor messages nor conversations")
    for name, text in (("instruction", instruction), ("answer", output)):
        if not text.strip():
            raise Unreadable(f"its {name} is empty")
    if len(instruction) + len(given) + len(output) > _MOST_TEXT:
        raise Unreadable(f"it has more than {_MOST_TEXT:,} characters")
    return instruction, given, output, count


def _first_turn(turns: object) -> tuple[str, str, int]:
    """The first question of a conversation, its answer, and the number of all answers."""
    if isinstance(turns, str):  # as CSV has it
        turns = _json(turns)
    if not isinstance(turns, list):
        raise Unreadable("its conversation is no list")
    said = []
    for turn in turns:
        if not isinstance(turn, dict):
            raise Unreadable("a turn of its conversation is no object")
        name = turn.get("role") or turn.get("from")
        speaker = _SPEAKERS.get(name.lower()) if isinstance(name, str) else None
        if speaker is None:
            raise Unreadable(f"{str(name)[:40]!a} speaks in its conversation, who is neither user nor assistant")
        said.append((speaker, _text("a turn", turn.get("content") or turn.get("value"))))
    for (asks, question), (answers, answer) in pairwise(said):
        if (asks, answers) == ("user", "assistant"):
            return question, answer, sum(speaker == "assistant" for speaker, _ in said)
    raise Unreadable("its conversation holds no question with an answer")


def _text(name: str, value: object) -> str:
    """The value as text, nothing as "". Raises `Unreadable` for anything else."""
    if isinstance(value, list) and all(isinstance(part, dict) and part.get("type") == "text" for part in value):
        value = "\n".join(str(part.get("text", "")) for part in value)
    if not isinstance(value, str | None):
        raise Unreadable(f"{name} is no text")
    try:
        (value or "").encode()
    except UnicodeEncodeError:
        raise Unreadable(f"{name} holds half a character") from None
    return value or ""
