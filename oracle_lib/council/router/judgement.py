"""What a classifier says of a question. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Judgement:
    """`ours` is the probability that the question is any expert's business, `confidences` has every expert's, and
    `because` says what speaks for those that come into question.
    """

    ours: float
    confidences: Mapping[str, float]
    because: Mapping[str, str]


class NotJudged(Exception):
    """A classifier has no judgement on the question. The message says why."""


class QuestionClassifier(Protocol):
    """Says how likely a question concerns each expert."""

    def judge(self, question: str) -> Judgement:
        """Raises `NotJudged` where it can't tell."""
        ...
