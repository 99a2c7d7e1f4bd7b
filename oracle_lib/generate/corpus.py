"""The text that the embedded base is pretrained on: verified code of the task families, asked for in many ways.

No problem in it can be held out by any expert: it takes only groups beyond the largest share that may be held out.
"""

import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError, params, verify
from oracle_lib.generate.offline import Draws, families_of
from oracle_lib.generate.tasks import Family, Problem
from oracle_lib.run import Stage, atomic_write, outputs, tqdm
from oracle_lib.sample import MAX_HELD_OUT, group_position

ASM_DOCUMENTS = 1600
CPP_DOCUMENTS = 240
_CASES = 4
"""Initial states that each document is run from; fewer than a sample has, because nothing is measured on documents."""


def write_corpus(profile: str, force: bool = False) -> Path:
    """Writes `outputs/base/corpus.jsonl`, which all experts share, unless it is there; returns its path.

    A row has `family`, `group`, `instruction` (with the code it refers to, if any), `code` and `language`. Raises
    `OracleError` for a profile that starts from a 14B or 12B base, and where a family's own answer does not pass.
    """
    how = params.load_profile(profile)
    if how.base != "embedded":
        raise OracleError(f"the profile {profile} starts from the experts' own bases and needs no corpus; use 'demo'")
    path = outputs() / "base" / "corpus.jsonl"
    only = how.generation.families
    counts = {"asm": ASM_DOCUMENTS, "cpp": CPP_DOCUMENTS}
    choices: dict[str, JsonValue] = {"seed": how.seed, "families": list(only), **counts}
    rooms = ("generate/tasks", "generate/offline", "generate/corpus", "verify")
    with Stage(
        "base", "all", "corpus", parameters=choices, rooms=rooms, force=force, folder=path.parent / "corpus"
    ) as stage:
        if not stage.is_current:
            problems = [
                problem
                for language, count in counts.items()
                for problem in _draw([*chain(*families_of(language, only).values())], count, how.seed)
            ]
            _verify(problems)
            rows = [_row(problem, random.Random(f"corpus:{how.seed}:{problem.group}")) for problem in problems]
            atomic_write(path, "".join(json.dumps(row) + "\n" for row in rows))
            stage.finish([path], {"documents": len(rows), "families": len({row["family"] for row in rows})})
    return path


def _draw(families: list[Family], count: int, seed: int) -> Iterator[Problem]:
    draws = Draws(families, f"corpus:{seed}")
    trainable = (problem for _, problem in draws if group_position(problem.group) >= MAX_HELD_OUT)
    return islice(trainable, count)


def _verify(problems: list[Problem]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = pool.map(_check, problems)
        for problem, verdict in zip(problems, tqdm(verdicts, "corpus", len(problems), unit="document"), strict=True):
            if not verdict.passes:
                raise OracleError(
                    f"the task family {problem.family} does not pass its own contract ({verdict.reasons[0]}); mend it"
                )


def _check(problem: Problem) -> verify.Verdict:
    few = problem.contract.model_copy(update={"cases": problem.contract.cases[:_CASES]})
    return verify.check(problem.references[0], few)


def _row(problem: Problem, rng: random.Random) -> dict[str, str]:
    instruction = rng.choice(problem.instructions)
    return {
        "family": problem.family,
        "group": problem.group,
        "instruction": f"{instruction}\n\n{problem.input}" if problem.input else instruction,
        "code": problem.references[0],
        "language": problem.contract.kind,
    }
