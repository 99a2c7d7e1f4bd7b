"""What is not in a data set although it was accepted, and why: one line each. Decides nothing."""

from enum import StrEnum

from oracle_lib.records import Frozen
from oracle_lib.sample import Split

LEFT_OUT = "left_out.jsonl"
"""Beside the data set: a line for each sample that was accepted and is in no file of it."""


class Why(StrEnum):
    """Why an accepted sample is in no file of the data set."""

    OVERRULED = "overruled"
    OTHER_EXPERT = "another expert's"
    EXACT = "exact twin"
    NEAR = "near twin"
    FORM = "form is full"
    LEAK = "leak"
    BENCHMARK = "benchmark"
    TOO_LONG = "too long"
    SURPLUS = "surplus"


MEANING = {
    Why.OVERRULED: "a person overruled the gate",
    Why.OTHER_EXPERT: "its code is in another expert's language",
    Why.EXACT: "another one has its prompt and its code",
    Why.NEAR: "another one asks for its code in almost the same words, or has its routine from another source",
    Why.FORM: "enough others differ from it in addresses and constants alone",
    Why.LEAK: "a sample that is held out has its code or most of its words",
    Why.BENCHMARK: "OracleBench has its problem, its code or most of its words",
    Why.TOO_LONG: "it is longer than what the expert reads, and nothing is cut",
    Why.SURPLUS: "its side of the split is full",
}


class LeftOut(Frozen):
    """A sample that is in no file, with its side of the split. `of` is the sample that it repeats, by its id, and
    `detail` says more where there is more to say.
    """

    sample_id: str
    group: str
    side: Split
    why: Why
    of: str = ""
    detail: str = ""
