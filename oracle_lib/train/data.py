"""Turns a data set's files into token ids with labels, and lets a person see what is trained. Trains nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from oracle_lib import OracleError
from oracle_lib.chat import IGNORED, Row, control_in, control_tokens, encode_all, framing
from oracle_lib.files import display_path
from oracle_lib.records import DatasetRow, read_jsonl

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

MAX_LEFT_OUT = 0.01
"""A larger share of rows over the length limit is an error: the limit is wrong then, not the rows."""


class Piece(NamedTuple):
    """A piece of a row's text, and whether the model is trained to write it."""

    text: str
    trained: bool


@dataclass(frozen=True)
class TokenCounts:
    """How long the rows of a data set are; `trained` counts the tokens with a loss."""

    rows: int
    tokens: int
    trained: int
    longest: int


def read_rows(path: Path) -> list[DatasetRow]:
    """The rows of a data set's file. Raises `OracleError` naming the line that is no row."""
    return list(read_jsonl(DatasetRow, path, "run 02_export and 03_transfer again"))


def encode_rows(
    tokenizer: "PreTrainedTokenizerBase", rows: Sequence[DatasetRow], max_length: int, path: Path | None = None
) -> list[Row]:
    """The rows as token ids with labels on the assistant's answers. No row is ever cut.

    Rows longer than `max_length` tokens are left out and named on the console. Raises `OracleError` where those are
    more than `MAX_LEFT_OUT` of the rows, where a message holds a token that frames a chat, and where a row's labels
    are not its answers. `path` is the file whose lines the rows are, if they are, to say where.
    """
    encoded, too_long = [], []
    framing_tokens = control_tokens(tokenizer)
    for index, row in enumerate(rows):
        for turn, message in enumerate(row.messages):
            if found := control_in(message["content"], framing_tokens):
                where = f"{display_path(path)} line {index + 1}" if path else f"row {row.sample_id}"
                raise OracleError(f"{where}: messages.{turn}.content {framing(found)}; take the row out")
    encodings = encode_all(tokenizer, [row.messages for row in rows])
    for index, (row, encoding) in enumerate(zip(rows, encodings, strict=True)):
        if index < 8:
            _check(tokenizer, row, encoding)
        if len(encoding.ids) > max_length:
            too_long.append(f"{row.sample_id} ({len(encoding.ids)} tokens)")
        else:
            encoded.append(encoding)
    if len(too_long) > MAX_LEFT_OUT * len(rows):
        raise OracleError(
            f"{len(too_long)} of {len(rows)} rows are longer than {max_length} tokens, the first {too_long[0]}; "
            "raise training.max_length in the profile"
        )
    if too_long:
        print(f"left out, longer than {max_length} tokens: {', '.join(too_long)}")
    return encoded


def _check(tokenizer: "PreTrainedTokenizerBase", row: DatasetRow, encoding: Row) -> None:
    """Decodes what would be trained and compares it with the answers, so that a wrong mask never reaches step 1."""
    trained = "".join(piece.text for piece in pieces(tokenizer, encoding) if piece.trained)
    answers = "".join(
        f"{message['content']}{tokenizer.eos_token}" for message in row.messages if message["role"] == "assistant"
    )
    if trained.split() != answers.split():
        raise OracleError(
            f"row {row.sample_id} would be trained on {trained[:60]!r}, not on its answer {answers[:60]!r}; "
            "the base's chat template does not fit"
        )


def pieces(tokenizer: "PreTrainedTokenizerBase", row: Row) -> list[Piece]:
    """The row's text in order, cut where training begins and ends."""
    found: list[tuple[list[int], bool]] = []
    for token, label in zip(row.ids, row.labels, strict=True):
        trained = label != IGNORED
        if not found or found[-1][1] != trained:
            found.append(([], trained))
        found[-1][0].append(token)
    return [Piece(str(tokenizer.decode(ids, skip_special_tokens=False)), trained) for ids, trained in found]


def token_counts(rows: Sequence[Row]) -> TokenCounts:
    return TokenCounts(
        rows=len(rows),
        tokens=sum(len(row.ids) for row in rows),
        trained=sum(label != IGNORED for row in rows for label in row.labels),
        longest=max((len(row.ids) for row in rows), default=0),
    )
