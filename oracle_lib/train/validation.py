"""Asks a model in training about families that are never taught, and counts its answers that pass when they are run.

What is done with the count is the business of `oracle_lib.train.qlora`; nothing here asks about held-out families.
"""

import json
import random
import time
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from oracle_lib import OracleError, verify
from oracle_lib.files import atomic_write
from oracle_lib.params import Expert
from oracle_lib.records import DatasetRow
from oracle_lib.tasks import VALIDATION_KINDS, Problem, families
from oracle_lib.train.backends import Learner, answers
from oracle_lib.verify import CONTRACT, extract_code

PROBLEMS, MAX_NEW_TOKENS = 50, 256
"""How many problems are asked at most, and how many tokens an answer may take."""

_CPU_PROBLEMS = 10
"""Asked at a time on a CPU, so that a slow one notices when its time is up."""


def validation_rows(expert: Expert) -> list[DatasetRow]:
    """The problems that choose an expert's adapter, always the same: each family's in turn, asked as its data asks.

    Raises `OracleError` for an expert whose answers no such family asks for, and where nothing can judge them here.
    """
    kinds = {"asm": ("validation",), "cpp": ("validation_cpp",)}.get(expert.language)
    if kinds is None:
        raise OracleError(f"no task family can validate {expert.name}; set training.validation_seconds to 0")
    if expert.language == "asm":
        verify.Console().close()  # it looks for the core, which starts at the first call
    elif reason := verify.cpp_unavailable():
        raise OracleError(reason)
    found = families(kinds).values()
    drawn = (
        (turn, family.draw(random.Random(f"validation:{family.name}:{turn}"))) for turn in count() for family in found
    )
    rows: dict[str, DatasetRow] = {}
    while len(rows) < PROBLEMS:
        turn, problem = next(drawn)
        rows.setdefault(problem.group, _row(expert, problem, turn))
    return list(rows.values())


def _row(expert: Expert, problem: Problem, turn: int) -> DatasetRow:
    asked = problem.instructions[turn % len(problem.instructions)]
    return DatasetRow(
        messages=(
            {"role": "system", "content": expert.system_prompt},
            {"role": "user", "content": f"{asked}\n\n{problem.input}".strip()},
            {"role": "assistant", "content": problem.answer},
        ),
        sample_id=f"validation:{problem.family}:{turn}",
        group=problem.group,
        domain=problem.domain.value,
        task=problem.task.value,
        family=problem.family,
        contract=problem.contract.model_dump_json(),
    )


def refuse_taught(rows: Iterable[DatasetRow]) -> None:
    """Raises `OracleError` for a training set with a row of a family that validates, or made from one."""
    kept = families(VALIDATION_KINDS).keys()
    if known := {name for row in rows for name in (row.family, row.group.partition(":")[0])} & kept:
        raise OracleError(
            f"the training set holds rows of {min(known)}, a family that validates and is never taught; "
            "run 01_generate and 02_export again"
        )


class Validation:
    """The answers of a model in training to `rows`, again and again, each time within `seconds`.

    The first time tells how many problems there is time for; all count the same ones. `folder` keeps the answers.
    """

    def __init__(
        self, base: str, rows: Sequence[DatasetRow], seconds: float, folder: Path, problems: int | None
    ) -> None:
        """`problems` is how many an earlier part of the same training counted, none at its beginning."""
        self._base, self._rows, self._seconds, self._folder = base, rows, seconds, folder
        self.problems = problems
        """How many are counted, none before the first time."""

    def passes(self, learner: Learner, step: int) -> int:
        """How many of the problems the model solves now."""
        import torch

        asked = list(self._rows[: self.problems])
        at_once = len(asked) if torch.cuda.is_available() else _CPU_PROBLEMS
        passed: list[bool] = []
        said: list[str] = []
        started = time.monotonic()
        for start in range(0, len(asked), at_once):
            some = asked[start : start + at_once]
            texts = answers(learner, self._base, [row.messages[:-1] for row in some], MAX_NEW_TOKENS)
            contracts = [CONTRACT.validate_json(row.contract) for row in some]
            runs = [(extract_code(text, contract), contract) for text, contract in zip(texts, contracts, strict=True)]
            passed += [verdict.passes for verdict in verify.check_many(runs)]
            said += texts
            if self.problems is None and time.monotonic() - started > self._seconds:
                break
        if self.problems is None:
            seconds = time.monotonic() - started
            self.problems = max(1, min(len(passed), int(len(passed) * self._seconds / seconds)))
            if self.problems < len(self._rows):
                print(
                    f"validation counts {self.problems} of {len(self._rows)} problems: {len(passed)} took "
                    f"{seconds:.0f} s, and training.validation_seconds leaves {self._seconds:.0f} s each time"
                )
        lines = (
            json.dumps({"family": row.family, "passes": right, "answer": text}) + "\n"
            for row, right, text in zip(asked, passed, said, strict=False)
        )
        atomic_write(self._folder / f"step-{step}.jsonl", "".join(lines))
        return sum(passed[: self.problems])
