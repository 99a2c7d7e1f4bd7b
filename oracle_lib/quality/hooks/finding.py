"""What a check of a hook or patch can say: `Finding`, with its kind and how sure it is. Checks nothing."""

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What a finding is about."""

    DOES_NOT_ASSEMBLE = "does not assemble"
    MAPPER = "not LoROM"
    BANK_END = "crosses a bank's end"
    OVERLAP = "overlap"
    PROTECTED = "protected range"
    FREE_SPACE = "outside free space"
    EXPECTED_BYTES = "expected bytes differ"
    MIDDLE = "middle of an instruction"
    REMAINS = "remains of an instruction"
    DISPLACED = "displaced code lost"
    WIDTHS = "widths"
    DIRECT_PAGE = "direct page"
    DATA_BANK = "data bank"
    STACK = "stack"
    RETURN = "return"
    OTHER_BANK = "call into another bank"
    RUNS_ON = "runs on"
    NOT_FOLLOWED = "not followed"


class Severity(StrEnum):
    """Whether the game surely breaks (hard), or does so unless it is meant (soft)."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, at a 1-based line of the text, or of the `file` that it includes; 0 where no line is
    known."""

    file: str
    line: int
    kind: FindingKind
    text: str
    severity: Severity = Severity.HARD

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}".strip(":") if self.line else self.file
        return f"{place}: {self.severity}: {self.kind}: {self.text}".lstrip(": ")
