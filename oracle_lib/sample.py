"""`Sample`, the one record that flows from 01 to 05, and the side of the split on which it falls."""

import hashlib
import json
import operator
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue

from oracle_lib import OracleError
from oracle_lib.grounding import Grounding
from oracle_lib.records import Frozen, read_jsonl


class Domain(StrEnum):
    """Where a sample's subject matter comes from; the quality threshold follows from it."""

    ASM = "asm"
    GIGALEAK = "gigaleak"
    ORACLE = "oracle"
    YAZE = "yaze"
    ERRORS = "errors"
    TEXT = "text"


class Task(StrEnum):
    """What the sample asks for."""

    WRITE = "write"
    EXPLAIN = "explain"
    COMMENT = "comment"
    DOCUMENT = "document"
    FIX = "fix"
    OPTIMISE = "optimise"
    HOOK = "hook"
    CONVERT = "convert"
    API = "api"
    ANSWER = "answer"


class Split(StrEnum):
    TRAIN = "train"
    VAL = "val"
    TEST = "test"


class Source(Frozen):
    """Where the material came from. `corpus` names a collection ("tasks" for this project's own); never an absolute
    path. `drawn_by` is the seed by which a task family (its name is the path) draws the same problem again.
    """

    corpus: str
    path: str = ""
    line: int = 0
    symbol: str = ""
    licence: str = ""
    drawn_by: str = ""


class Teacher(Frozen):
    """Who wrote the answer, and how to ask the same again. `request_key` is the sha256 of everything that was sent."""

    name: str
    model: str
    model_version: str = ""
    request_key: str
    seed: int = 0
    usage: dict[str, int] = Field(default_factory=dict)


class Verification(Frozen):
    """What was run and what it showed. `contract` is the JSON of a `verify.Contract`, so that any answer to the same
    prompt can be run later.
    """

    contract: dict[str, JsonValue]
    passes: bool
    cases: int
    cycles: int | None = None
    size: int | None = None


class ReasonKind(StrEnum):
    """What a reason is about, so that equal ones can be counted. `UNCHECKED` is the one that rejects nothing."""

    EMPTY = "empty"
    REFUSAL = "refusal"
    UNCLEAN = "unclean text"
    NO_CODE = "no code where code was asked for"
    WRONG_LANGUAGE = "wrong language"
    INCOMPLETE = "cut off"
    PLACEHOLDER = "placeholder"
    REPETITION = "repetition"
    DOES_NOT_ASSEMBLE = "does not assemble"
    WRONG_WIDTH = "wrong width"
    NOT_RUN = "never run"
    FAILS_CONTRACT = "fails its contract"
    UNSAFE_HOOK = "unsafe where it hooks"
    CONTRADICTION = "contradicts its code"
    CONTRADICTS_SOURCE = "contradicts its source"
    UNKNOWN = "unknown names or addresses"
    UNSUPPORTED = "unsupported claims"
    OFF_TARGET = "not what was asked for"
    COPY = "a copy of another answer, word for word"
    VACUOUS = "says nothing of its own"
    BELOW_THRESHOLD = "below the threshold"
    UNCHECKED = "unchecked"


class Reason(Frozen):
    """Why a sample is rejected, or what was not checked of one that is accepted; `text` gives the particulars."""

    kind: ReasonKind
    text: str

    def __str__(self) -> str:
        return self.text


class Quality(Frozen):
    """Scores in [0, 1] (higher is better; `hallucination` is the share of claims that are *supported*), their mean and
    the decision.
    """

    diversity: float
    knowledge: float
    hallucination: float
    coherence: float
    overall: float
    threshold: float
    accepted: bool
    reasons: tuple[Reason, ...] = ()


class Sample(Frozen):
    """One instruction with its answer, and everything known about both. Holds no time: the same inputs give the same
    bytes.

    `grounding` is what prose rests on, and what a judge found of it; code has a `verification` instead.
    `group` names what must stay on one side of a split: samples that share a problem share a group, whatever their
    wording.
    """

    sample_id: str = Field(pattern=r"^[0-9a-f]{16}$")
    domain: Domain
    task: Task
    instruction: str
    input: str = ""
    output: str
    source: Source
    teacher: Teacher
    verification: Verification | None = None
    grounding: Grounding | None = Field(default=None, exclude_if=operator.not_)
    quality: Quality | None = None
    group: str

    @property
    def checked_against(self) -> Literal["contract", "source", "nothing"]:
        """What has shown that the answer is right: running it, or a judge who read its source, or nothing has."""
        if self.verification:
            return "contract"
        return "source" if self.grounding and not self.grounding.unchecked else "nothing"

    @property
    def states_facts(self) -> bool:
        """Whether the answer is judged by what it states about code, and holds none of its own."""
        return self.verification is not None and self.verification.contract.get("kind") == "facts"

    @property
    def prompt(self) -> str:
        """What the user says: the instruction, then the input it refers to."""
        return f"{self.instruction}\n\n{self.input}" if self.input else self.instruction


def sample_id(domain: Domain, instruction: str, input: str, output: str) -> str:
    """The first 16 hexadecimal digits of the content's sha256."""
    return hashlib.sha256(json.dumps([domain, instruction, input, output]).encode()).hexdigest()[:16]


def read_samples(path: Path) -> Iterator[Sample]:
    """The samples of a JSONL file, in order. Raises `OracleError` naming the line that is no sample."""
    return read_jsonl(Sample, path, "run 01_generate again")


MAX_HELD_OUT = 0.4
"""No expert or profile may hold out a larger share of the groups, so groups beyond it are safe to pretrain on."""


def group_position(group: str) -> float:
    """Where a group falls in [0, 1): a hash of its name, so that it stays there whatever else the data set holds.

    The hash has one seed, "split", for every run: the embedded base and OracleBench rest on where groups fall.
    """
    return int.from_bytes(hashlib.sha256(f"split:{group}".encode()).digest()[:8]) / 2**64


def split_of(group: str, val: float, test: float) -> Split:
    """The side of the split on which a group falls, with the shares `val` and `test` held out (their sum at most
    `MAX_HELD_OUT`).

    A pure function of the group's name: adding data never moves a group, so nothing leaks from one campaign's test set
    into the next one's training.
    """
    if val + test > MAX_HELD_OUT:
        raise OracleError(f"val + test is {val + test:.2f}, above {MAX_HELD_OUT}; lower `split` in params")
    position = group_position(group)
    return Split.TEST if position < test else Split.VAL if position < test + val else Split.TRAIN
