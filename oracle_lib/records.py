"""What stages hand over in files: one way to read and write a record, and the records that several rooms share."""

import re
import reprlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import ErrorDetails
from typing_extensions import TypedDict  # pydantic needs it below Python 3.12

from oracle_lib import OracleError
from oracle_lib.files import atomic_write, display_path, outputs


class Frozen(BaseModel):
    """A value that never changes and that knows every field it is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Record(Frozen):
    """A JSON file that one stage writes and others read. `noun` is what it is called, `remedy` how to get it."""

    noun: ClassVar[str]
    remedy: ClassVar[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises `OracleError` where there is no such record of this version at `path`."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise OracleError(f"{display_path(path)} is missing; {cls.remedy} first") from None
        except ValidationError as error:
            raise OracleError(
                f"{display_path(path)} is no {cls.noun} of this version ({first_problem(error)}); {cls.remedy} again"
            ) from None

    def write(self, path: Path) -> Path:
        return atomic_write(path, self.model_dump_json(indent=2) + "\n")


RowModel = TypeVar("RowModel", bound=BaseModel)


def read_jsonl(model: type[RowModel], path: Path, remedy: str, torn_end: bool = False) -> Iterator[RowModel]:
    """The rows of a JSONL file, in order. Raises `OracleError` naming the line and the field that is wrong.

    With `torn_end`, a last line that a crash cut short does not count.
    """
    try:
        lines = path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        raise OracleError(f"{display_path(path)} is missing; {remedy}") from None
    with lines:
        for number, line in enumerate(lines, 1):
            if torn_end and not line.endswith(b"\n"):
                return
            try:
                yield model.model_validate_json(line)
            except ValidationError as error:
                problem = first_problem(error) if _is_utf8(line) else "it is not text in UTF-8"
                raise OracleError(f"{display_path(path)} line {number}: {problem}; {remedy}") from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def to_jsonl(rows: Iterable[BaseModel]) -> str:
    return "".join(row.model_dump_json() + "\n" for row in rows)


_MUST_BE = {
    "int": "be a whole number",
    "float": "be a number",
    "finite": "be a number",
    "bool": "be true or false",
    "string": "be text",
    "bytes": "be text",
    "datetime": "be a date and a time",
    **dict.fromkeys(("tuple", "list", "set", "frozen"), "be a list"),
    **dict.fromkeys(("dict", "model"), "map names to values"),
}
"""What a value must do, by the word that pydantic begins the name of an error with."""
_BOUNDS = {
    "greater_than_equal": "be at least {ge:.12g}",
    "greater_than": "be more than {gt:.12g}",
    "less_than_equal": "be at most {le:.12g}",
    "less_than": "be less than {lt:.12g}",
    **dict.fromkeys(("too_short", "string_too_short"), "have a length of at least {min_length}"),
    **dict.fromkeys(("too_long", "string_too_long"), "have a length of at most {max_length}"),
    "string_pattern_mismatch": "have the form {pattern}",
    "literal_error": "be {expected}",
    "enum": "be {expected}",
    "union_tag_invalid": "have for {discriminator} one of {expected_tags}",
    "union_tag_not_found": "have {discriminator}",
}
"""The same by the whole name, with what pydantic says of the bound."""


def first_problem(error: ValidationError) -> str:
    """The first thing that a validation found wrong: the field, if it is one, and what is wrong with it."""
    problem = error.errors(include_url=False)[0]
    *path, last = ("", *problem["loc"])
    of_a_name = last == "[key]"
    field = ".".join(map(str, path[1:-1] if of_a_name else problem["loc"]))
    said = f"a name in it {_in_words(problem)}" if of_a_name else _in_words(problem)
    return f"{field}: {said}" if field else said


def _in_words(problem: ErrorDetails) -> str:
    kind = problem["type"]
    if kind == "json_invalid":
        place = re.search(r"line \d+ column \d+", problem["msg"])
        return f"it is no JSON{f' at {place[0]}' if place else ''}"
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is no name that is known here"
    if wanted := _BOUNDS.get(kind) or _MUST_BE.get(kind.partition("_")[0]):
        return f"must {wanted.format(**problem.get('ctx', {}))}, not {reprlib.repr(problem['input'])}"
    return problem["msg"].removeprefix("Value error, ")


class Receipt(Record):
    """What a machine has received: the sha256 and, in total, the bytes of every file, as read back there.

    `source` is relative to the outputs folder, and `destination` to that of the machine, which is its own folder on
    another. `copied` names the files that were not there yet.
    """

    noun = "receipt"
    remedy = "run 03_transfer for this expert"

    machine: str
    source: str
    destination: str
    files: dict[str, str]
    bytes: int
    copied: tuple[str, ...]


class Adapter(Record):
    """A trained LoRA adapter and where it came from: what `train/adapter.json` holds.

    `path` is the PEFT folder, relative to the outputs folder, and `sha256` its digest. `base_sha256` is the digest of
    the base's weights (for a Hugging Face id, its commit). `train_loss` and `val_loss` are nats a trained token.
    """

    noun = "adapter"
    remedy = "run 04_train for this expert"

    expert: str
    run: str
    base: str
    base_sha256: str
    path: str
    sha256: str
    rows: int
    epochs: int
    steps: int
    train_loss: float
    val_loss: float | None = None
    dataset_sha256: str

    @property
    def folder(self) -> Path:
        return outputs() / self.path


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty, and there would be nothing to read or to learn")
    return text


class Message(TypedDict):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: Annotated[str, AfterValidator(_not_empty)]


class DatasetRow(Frozen):
    """A row of `train.jsonl`, `val.jsonl` or `test.jsonl`: a conversation whose last message is the answer.

    A system prompt may come first; then user and assistant take turns. `contract` is the JSON of what an answer must
    do, "" where nothing can be run; `evidence`, on the test side alone, that of the `Evidence` that prose rests on, ""
    where there is none. `drawn_by` is the seed by which the task family draws the problem again, "" where
    the problem is no family's.
    """

    messages: tuple[Message, ...]
    sample_id: str
    group: str
    domain: str
    task: str
    family: str
    contract: str
    evidence: str = ""
    drawn_by: str = ""

    @field_validator("messages")
    @classmethod
    def _takes_turns(cls, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        roles = [message["role"] for message in messages]
        turns = roles[1:] if roles[:1] == ["system"] else roles
        if not turns or len(turns) % 2 or turns != ["user", "assistant"] * (len(turns) // 2):
            said = ", ".join(roles) or "nobody"
            raise ValueError(f"user and assistant must take turns and the assistant end, but here speak: {said}")
        return messages

    @property
    def question(self) -> str:
        """What the user says last."""
        return self.messages[-2]["content"]

    @property
    def reference(self) -> str:
        """The answer that is taught, or compared with."""
        return self.messages[-1]["content"]
