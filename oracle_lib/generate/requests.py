"""What a teacher is asked: problems of the task families, drawn in turn, one request for each way to put one.

Nobody is asked here, and nothing is judged.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from oracle_lib import OracleError
from oracle_lib.params import Part, did_you_mean
from oracle_lib.sample import Domain
from oracle_lib.tasks import TAUGHT_KINDS, VALIDATION_KINDS, Family, Problem, families

KINDS_OF: dict[str, dict[Part, tuple[str, ...]]] = {
    "asm": {"templates": ("asm", "repair"), "composed": ("composed", "recipes"), "understanding": ("understanding",)},
    "cpp": {"templates": ("cpp",), "composed": ("composed_cpp", "recipes_cpp")},
}
"""The folders of the families of each part of a mixture, by the language that their problems are about."""

_IN_VAIN = 50


@dataclass(frozen=True)
class Request:
    """One phrasing of one problem, as it is put to a teacher."""

    problem: Problem
    index: int
    phrasing: int
    seed: int

    def key(self, teacher: str, version: str) -> str:
        """The sha256 of everything that is asked, and of who is asked: a teacher's name and version."""
        problem = self.problem
        content = [
            teacher,
            version,
            self.seed,
            self.instruction,
            problem.input,
            problem.contract.model_dump(mode="json"),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def instruction(self) -> str:
        return self.problem.instructions[self.phrasing]


def families_of(language: str, only: Sequence[str] = (), part: Part = "templates") -> dict[Domain, list[Family]]:
    """A part's families about a language, by the domain of their problems; of those in `only`, if any.

    Raises `OracleError` where `only` names a family that there is not, or that is never taught.
    """
    for name in only:
        if (kept := families(VALIDATION_KINDS).get(name)) is not None:
            raise OracleError(
                f"generation.families: {name} is a family of tasks/{kept.kind}/, which is never taught; leave it out"
            )
        if name not in (known := families(TAUGHT_KINDS)):
            raise OracleError(
                f"generation.families: no task family is called {name!r}{did_you_mean(name, list(known))}"
            )
    found: dict[Domain, list[Family]] = {}
    for family in families(KINDS_OF.get(language, {}).get(part, ())).values():
        if not only or family.name in only:
            found.setdefault(family.example.domain, []).append(family)
    return found


class Draws:
    """Problems of several families in turn, none twice, the same ones for the same seed.

    `duplicates` counts draws that repeated a problem. `exhausted` names families that repeated themselves 50 times in a
    row and were left out from then on, as is each that has given `most` problems.
    """

    def __init__(self, of: Sequence[Family], seed: int | str, most: int | None = None) -> None:
        self.duplicates = 0
        self.exhausted: list[str] = []
        self._seed = seed
        self._most = most
        self._problems = self._take_turns(list(of))

    def __iter__(self) -> Iterator[tuple[int, Problem]]:
        """Each problem with its index: it was drawn by the seed `{seed}:{family}:{index}`."""
        return self._problems

    def _draw(self, family: Family, index: int) -> Problem:
        return family.problem(f"{self._seed}:{family.name}:{index}")

    def _take_turns(self, families: list[Family]) -> Iterator[tuple[int, Problem]]:
        seen: set[tuple[str, str]] = set()
        given: Counter[str] = Counter()
        next_index = {family.name: 0 for family in families}
        while families:
            # Some families run code to find a problem, so each round is drawn on all processors at once. Threads end
            # before a problem is handed out: a generator that is dropped with threads in it can stop Python for good.
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                firsts = list(pool.map(lambda family: self._draw(family, next_index[family.name]), families))
            for family, first in zip(list(families), firsts, strict=True):
                start = next_index[family.name]
                for index in range(start, start + _IN_VAIN):
                    problem = first if index == start else self._draw(family, index)
                    identity = (problem.family, json.dumps(problem.parameters, sort_keys=True))
                    if identity not in seen:
                        seen.add(identity)
                        next_index[family.name] = index + 1
                        given[family.name] += 1
                        if given[family.name] == self._most:
                            families.remove(family)
                        yield index, problem
                        break
                    self.duplicates += 1
                else:
                    self.exhausted.append(family.name)
                    families.remove(family)
