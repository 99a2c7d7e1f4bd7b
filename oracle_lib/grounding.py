"""What prose rests on and what a judge found of it: each statement of an answer against its source. Asks no judge."""

from enum import StrEnum

from oracle_lib.records import Frozen


class Evidence(Frozen):
    """The piece of a source that prose is about: its words, and the `place` by which an answer may cite it, such as
    "lore/flood.md, The three bells".
    """

    place: str
    text: str


class Standing(StrEnum):
    """How a statement stands to the evidence; `NO_CLAIM` is for what could be neither true nor false of it."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    ABSENT = "absent"
    NO_CLAIM = "no claim"


class Statement(Frozen):
    """One statement of an answer. `quote` is the sentence of the evidence that supports or contradicts it."""

    text: str
    standing: Standing
    quote: str = ""


class Grounding(Frozen):
    """An answer's evidence, and what `judge` (a model) found of its statements. Where nothing is known of them,
    `unchecked` says why.
    """

    evidence: Evidence
    judge: str = ""
    statements: tuple[Statement, ...] = ()
    unchecked: str = ""

    @property
    def claims(self) -> tuple[Statement, ...]:
        """The statements that could be true or false."""
        return tuple(one for one in self.statements if one.standing is not Standing.NO_CLAIM)

    @property
    def support(self) -> float | None:
        """The share of its claims that the evidence supports; None where it is unchecked."""
        if self.unchecked:
            return None
        return sum(one.standing is Standing.SUPPORTED for one in self.claims) / len(self.claims)

    @property
    def is_attributable(self) -> bool:
        """Whether the evidence supports every claim (Rashkin et al. 2023, "Measuring Attribution in Natural Language
        Generation Models").
        """
        return self.support == 1

    @property
    def contradictions(self) -> tuple[Statement, ...]:
        return tuple(one for one in self.statements if one.standing is Standing.CONTRADICTED)

    @property
    def faults(self) -> tuple[str, ...]:
        """Every claim that the evidence does not support, and how it stands."""
        return tuple(in_words(one) for one in self.claims if one.standing is not Standing.SUPPORTED)


def in_words(statement: Statement) -> str:
    """A statement with its standing, as a line for people."""
    because = f" (the source: {statement.quote})" if statement.quote else ""
    return f"{statement.standing}: {statement.text}{because}"
