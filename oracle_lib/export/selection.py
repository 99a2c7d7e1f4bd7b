"""Which of a campaign's samples go into the data set, on which side, and why the others do not. Writes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from oracle_lib.export.leaks import leaks
from oracle_lib.export.left_out import LeftOut, Why
from oracle_lib.export.overruling import Overruling
from oracle_lib.export.rows import count_tokens, row_of
from oracle_lib.export.sizes import surplus
from oracle_lib.export.twins import Placed, place, twins
from oracle_lib.params import Expert, SplitShares
from oracle_lib.quality.text import language_of
from oracle_lib.sample import Domain, Sample, Split

Verdicts: TypeAlias = list[LeftOut | None]
"""Of each sample that is still there, why it goes; None for what stays."""


@dataclass
class Selection:
    """What is kept and what is left out. `tokens` are those of the rows, by `sample_id`, where they were counted."""

    kept: list[Placed]
    left_out: list[LeftOut] = field(default_factory=list)
    tokens: dict[str, int] = field(default_factory=dict)

    def leave_out(self, judge: Callable[[Sequence[Placed]], Verdicts]) -> None:
        verdicts = judge(self.kept)
        self.left_out += filter(None, verdicts)
        self.kept = [one for one, verdict in zip(self.kept, verdicts, strict=True) if verdict is None]

    def sides(self) -> dict[Split, list[Sample]]:
        return {side: [one.sample for one in self.kept if one.side is side] for side in Split}


def select(
    samples: Iterable[Sample],
    overruled: Mapping[str, Overruling],
    expert: Expert,
    share: SplitShares,
    tokenizer: str | None,
    max_length: int,
) -> Selection:
    """Places the samples by their groups, and leaves out, in this order: what a person refused, another's errors,
    rows of more than `max_length` tokens (where there is a `tokenizer`), twins, leaks, and what its side has no room
    for. Depends on no order of the samples.
    """
    chosen = Selection(place(samples, share.val, share.test))
    chosen.leave_out(lambda placed: [_overruled(one, overruled) for one in placed])
    chosen.leave_out(lambda placed: [_of_another(one, expert) for one in placed])
    if tokenizer:
        rows = [row_of(one.sample, expert.system_prompt) for one in chosen.kept]
        chosen.tokens = dict(zip((row.sample_id for row in rows), count_tokens(rows, tokenizer), strict=True))
        chosen.leave_out(lambda placed: [_too_long(one, chosen.tokens, max_length) for one in placed])
    chosen.leave_out(twins)
    chosen.leave_out(leaks)
    chosen.leave_out(lambda placed: _surplus(placed, expert))
    return chosen


def _overruled(one: Placed, overruled: Mapping[str, Overruling]) -> LeftOut | None:
    verdict = overruled.get(one.sample.sample_id)
    if verdict is None or (verdict.accept and one.side is Split.TRAIN):
        return None
    return one.left_out(Why.OVERRULED, detail="never a test row" if verdict.accept else verdict.reason)


def _of_another(one: Placed, expert: Expert) -> LeftOut | None:
    """Errors belong to the expert whose language their code is in; families were chosen by the expert's subjects."""
    language = language_of(one.sample)
    if one.form.drawn or one.sample.domain is not Domain.ERRORS or language in (expert.language, "text"):
        return None
    return one.left_out(Why.OTHER_EXPERT, detail=f"its code is {language}")


def _too_long(one: Placed, tokens: Mapping[str, int], most: int) -> LeftOut | None:
    count = tokens[one.sample.sample_id]
    return one.left_out(Why.TOO_LONG, detail=f"{count} tokens") if count > most else None


def _surplus(placed: Sequence[Placed], expert: Expert) -> Verdicts:
    beyond = {
        id(one)
        for side, size in expert.rows.items()
        for one in surplus([one for one in placed if one.side is side], size)
    }
    return [one.left_out(Why.SURPLUS) if id(one) in beyond else None for one in placed]
