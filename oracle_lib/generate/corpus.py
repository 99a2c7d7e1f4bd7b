"""The text that a tiny base is pretrained on: verified code of the task families, asked for in many ways.

No problem in it can be held out by any expert: it takes only groups beyond the largest share that may be held out.
Of about half of the families it keeps the instructions to itself: their code follows the bare numbers and names of the
instruction, so that a base knows what such code looks like, but not when it is asked for. That is left to the experts.
(A repair quotes the task of the routine that it breaks, so a family is unread only where no read repair quotes it.)
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path

from pydantic import JsonValue

from oracle_lib import OracleError, params, verify
from oracle_lib.files import atomic_write, outputs
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.requests import families_of
from oracle_lib.params import Profile
from oracle_lib.progress import tqdm
from oracle_lib.run import Stage
from oracle_lib.sample import MAX_HELD_OUT, group_position
from oracle_lib.tasks import Problem
from oracle_lib.workers import crew

_DOCUMENTS = {"asm": 1600, "cpp": 240}
_CASES = 4
"""Initial states that each document is run from; fewer than a sample has, because nothing is measured on documents."""
_NAMES = re.compile(
    r"`[^`]+`|\$[0-9A-Fa-f]+|\b0x[0-9A-Fa-f]+|\b\d+\b|\b[A-Za-z]+(?:_\w+|[a-z][A-Z]\w*)|\b[A-Z]{2,}\d*\b"
)
"""What an instruction names: code in backquotes, numbers, snake_case and CamelCase names, registers and mnemonics."""


def write_corpus(profile: str, force: bool = False) -> Path:
    """Writes `outputs/base/corpus.jsonl`, which all experts share, unless it is there; returns its path.

    Raises `OracleError` for a profile that builds no base, and where a family's own answer does not pass.
    """
    return _write(params.load_profile(profile), force)


def _write(profile: Profile, force: bool) -> Path:
    if profile.base != "built":
        raise OracleError(f"the profile {profile.name} does not build a base and needs no corpus; use 'scratch'")
    path = outputs() / "base" / "corpus.jsonl"
    only = profile.generation.families
    choices: dict[str, JsonValue] = {"seed": profile.seed, "families": list(only), **_DOCUMENTS}
    with Stage(
        "base", "all", "corpus", parameters=choices, module=__name__, force=force, folder=path.parent / "corpus"
    ) as stage:
        if not stage.is_current:
            stage.finish([path], write_documents(path, _DOCUMENTS, profile.seed, only))
    return path


def is_asked(family: str) -> bool:
    """Whether a base reads a family's instructions; by a hash of its name, for about half of them."""
    return hashlib.sha256(f"asked:{family}".encode()).digest()[0] % 2 == 0


def write_documents(path: Path, counts: Mapping[str, int], seed: int, only: Sequence[str] = ()) -> dict[str, JsonValue]:
    """Writes a corpus of so many documents a language (asm, cpp); returns how many documents and families it holds,
    and how many draws failed.

    A row has `family`, `group`, `asked`, `instructions` (each with the code it refers to, if any; without words where
    the family is not `asked`), `code` and `language`.
    """
    problems: list[Problem] = []
    failed = 0
    with crew(sum(counts.values())) as workers:
        for language, count in counts.items():
            draws = Draws([*chain(*families_of(language, only).values())], f"corpus:{seed}", workers=workers)
            problems += islice((one for _, one in draws if group_position(one.group) >= MAX_HELD_OUT), count)
            failed += len(draws.failed)
    if len(problems) < sum(counts.values()):
        raise OracleError(f"the families have only {len(problems)} problems for the corpus; ask for fewer documents")
    _verify(problems)
    atomic_write(path, "".join(json.dumps(_row(problem)) + "\n" for problem in problems))
    families = len({problem.family for problem in problems})
    return {"documents": len(problems), "families": families, "failed_draws": failed}


def _verify(problems: list[Problem]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = pool.map(_check, problems)
        for problem, verdict in zip(problems, tqdm(verdicts, "corpus", len(problems), unit="document"), strict=True):
            if not verdict.passes:
                pool.shutdown(cancel_futures=True)
                raise OracleError(
                    f"the task family {problem.family} does not pass its own contract ({verdict.reasons[0]}) "
                    f"with {problem.parameters}; mend it"
                )


def _check(problem: Problem) -> verify.Verdict:
    few = problem.contract.model_copy(update={"cases": problem.contract.cases[:_CASES]})
    return verify.check(problem.references[0], few)


def _row(problem: Problem) -> dict[str, JsonValue]:
    asked = is_asked(problem.family)
    said = problem.instructions if asked else [" ".join(_NAMES.findall(problem.instructions[0]))]
    return {
        "family": problem.family,
        "group": problem.group,
        "asked": asked,
        "instructions": [f"{text}\n\n{problem.input}" if problem.input else text for text in said],
        "code": problem.references[0],
        "language": problem.contract.kind,
    }
