"""Further initial states for an answer that kept the cases stored with its prompt, so that none passes by luck.

Only a prompt whose problem can be drawn again has any; an old report needs none of this. Runs nothing.
"""

import random
from collections.abc import Sequence

from oracle_lib.evaluate.predictions import ModelName, Prediction, load_contract
from oracle_lib.metrics import METRICS
from oracle_lib.records import DatasetRow, Frozen
from oracle_lib.tasks import redraw
from oracle_lib.verify import AsmContract, Contract, CppContract

STATES = 64
"""Initial states, the stored cases among them, that an answer must keep where its problem can be drawn again."""

FIRST = 8
"""The fewest cases that a stored contract has, and what the drop is measured from."""


def further(prompt: DatasetRow) -> Contract | None:
    """The prompt's contract with other cases, as many as make `STATES` with the stored ones.

    None where the problem cannot be drawn again: it is no task family's, or the family draws another one by now. A
    bound on cycles is left out, for it was measured on the stored cases.
    """
    stored, problem = load_contract(prompt), redraw(prompt.family, prompt.drawn_by)
    if not isinstance(stored, AsmContract | CppContract):  # nothing that runs from a state
        return None
    if problem is None or problem.oracle is None or problem.contract != stored:
        return None
    missing = STATES - len(stored.cases)
    if missing <= 0:
        return None
    changed: dict[str, object] = {"cases": problem.oracle.draw(random.Random(f"further:{prompt.drawn_by}"), missing)}
    if isinstance(stored, AsmContract):
        changed["max_cycles"] = None
    return stored.model_copy(update=changed)


class Drop(Frozen):
    """The shares of a model's answers that keep the first `FIRST` states, all stored cases, and all `STATES`."""

    first: float
    stored: float
    all: float


class StateCheck(Frozen):
    """What further initial states took away: `prompts` of them could be drawn again, and `models` hold the drop over
    these. `stored_only` prompts were judged on their stored cases alone.
    """

    prompts: int
    stored_only: int
    models: dict[ModelName, Drop]

    def in_words(self) -> str:
        """One sentence on the expert's drop, and one on the prompts without further states, if there are any."""
        show, drop = METRICS["passes"].show, self.models.get("expert")
        said = (
            f"Of the expert's answers {show(drop.first)} pass on the first {FIRST} initial states, {show(drop.stored)} "
            f"on all stored ones, {show(drop.all)} on {STATES}."
            if drop
            else ""
        )
        alone = f"Prompts judged on their stored cases alone: {self.stored_only}." if self.stored_only else ""
        return f"{said} {alone}".strip()


def count_states(predictions: Sequence[Prediction]) -> StateCheck | None:
    """The drop of every model; None where nothing was run, or by code that counted no states."""
    ran = [row for row in predictions if row.passes is not None and row.states]
    if not ran:
        return None
    many = [row for row in ran if row.states > row.cases]
    models: dict[ModelName, list[Prediction]] = {}
    for row in many:
        models.setdefault(row.model, []).append(row)
    return StateCheck(
        prompts=len({row.sample_id for row in many}),
        stored_only=len({row.sample_id for row in ran} - {row.sample_id for row in many}),
        models={model: _drop(rows) for model, rows in models.items()},
    )


def _drop(rows: Sequence[Prediction]) -> Drop:
    shares = (
        sum(row.passes_on(count) for row, count in zip(rows, counts, strict=True)) / len(rows)
        for counts in ([FIRST] * len(rows), [row.cases for row in rows], [row.states for row in rows])
    )
    first, stored, everything = shares
    return Drop(first=first, stored=stored, all=everything)
