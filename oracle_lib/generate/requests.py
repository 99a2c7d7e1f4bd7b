"""What a teacher is asked: a request for each way to put a problem of the task families.

Nobody is asked here, and nothing is drawn or judged.
"""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.grounding import Evidence
from oracle_lib.params import Part, did_you_mean
from oracle_lib.sample import Domain, Source, Task
from oracle_lib.tasks import TAUGHT_KINDS, VALIDATION_KINDS, Family, Problem, families
from oracle_lib.verify import AsmContract, Contract

KINDS_OF: dict[str, dict[Part, tuple[str, ...]]] = {
    "asm": {"templates": ("asm", "repair"), "composed": ("composed", "recipes"), "understanding": ("understanding",)},
    "cpp": {
        "templates": ("cpp",),
        "composed": ("composed_cpp", "recipes_cpp", "ported_cpp"),
        "understanding": ("understanding_cpp",),
    },
    "tooling": {"templates": ("tooling",)},
}
"""The folders of the families of each part of a mixture, by the language that their problems are about; those of
"tooling" go to the experts that name their subjects."""

_FRESH_CPP_CASES = 8
"""The most further cases of a C++ answer: as many again as a contract has, because one run has fuel for few."""
_LICENCE = "MIT"
"""Of the task families, and so of what they ask."""
_SYSTEM = {
    "asm": (
        "You write 65816 assembly for the SNES in asar's dialect. Answer with the whole code in one block that begins "
        "with ```asm, then say in at most three sentences what it does. `SEP` and `REP` set the widths of A, X and Y; "
        "`LDA #$12` is 8 bits wide and `LDA #$1234` 16; `.w` and `.l` are the size of an address. Code is run in many "
        "states of the console: do all that is asked, and change nothing else."
    ),
    "cpp": (
        "You write C++17 for tools that edit SNES ROMs. Answer with the whole code in one block that begins with "
        "```cpp, without a `main`, then say in at most three sentences what it does. Code is run on many inputs."
    ),
    "facts": (
        "You read 65816 assembly and C++ for the SNES and say what it does. Reason briefly, then state what is asked "
        "for in one last line that begins with `Answer:`, in the form that the question shows."
    ),
}
"""What a teacher is told before a problem, by the kind of its contract."""


@dataclass(frozen=True)
class Draft:
    """What a sample would say, and how it is judged: `contract` is what its output must do, None for prose, which
    nothing runs; `evidence` is what prose rests on. `notes` say for the record what was found, or taken for granted,
    before it is judged.
    """

    instruction: str
    input: str
    output: str
    contract: Contract | None
    notes: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Request(Protocol):
    """What is put to a teacher, and how a draft is read from its answer.

    `subject` names the family or the kind of task, `group` what stays on one side of a split, and `source` where the
    material came from. `index`, `phrasing` and `seed` tell requests of one subject apart. The teacher is told `system`
    and asked `prompt`; where there is a `schema` (JSON Schema), it answers with an object that fits it.
    """

    @property
    def subject(self) -> str: ...
    @property
    def domain(self) -> Domain: ...
    @property
    def task(self) -> Task: ...
    @property
    def group(self) -> str: ...
    @property
    def source(self) -> Source: ...
    @property
    def index(self) -> int: ...
    @property
    def phrasing(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def system(self) -> str: ...
    @property
    def prompt(self) -> str: ...
    @property
    def schema(self) -> dict[str, JsonValue] | None: ...

    def again(self, turn: int, fresh_cases: int) -> "Request":
        """The same, asked under the seed of that turn (0: its own). Answers must hold in `fresh_cases` cases more,
        where more can be drawn.
        """

    def draft(self, output: str) -> Draft:
        """The draft in a teacher's answer. Raises `Unusable` where there is none."""


class Unusable(Exception):
    """An answer that holds no draft; the message says why, in words that name no particulars."""


def request_key(request: Request, teacher: str, version: str) -> str:
    """The sha256 of everything that is asked, and of who is asked: a teacher's name and version."""
    asked = [request.system, request.prompt, request.schema, request.subject, request.index, request.seed]
    return hashlib.sha256(json.dumps([teacher, version, *asked], sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ProblemRequest:
    """One phrasing of one problem, whose contract is known."""

    problem: Problem
    index: int
    phrasing: int
    seed: int

    schema = None

    @property
    def subject(self) -> str:
        return self.problem.family

    @property
    def domain(self) -> Domain:
        return self.problem.domain

    @property
    def task(self) -> Task:
        return self.problem.task

    @property
    def group(self) -> str:
        return self.problem.group

    @property
    def source(self) -> Source:
        problem = self.problem
        return Source(
            corpus="tasks",
            path=problem.family,
            symbol=problem.subject,
            licence=_LICENCE,
            drawn_by=problem.drawn_by,
        )

    @property
    def instruction(self) -> str:
        return self.problem.instructions[self.phrasing]

    @property
    def system(self) -> str:
        return _SYSTEM[self.problem.contract.kind]

    @property
    def prompt(self) -> str:
        return "\n\n".join(filter(None, (self.instruction, self.problem.input)))

    def again(self, turn: int, fresh_cases: int) -> "ProblemRequest":
        problem, contract = self.problem, self.problem.contract
        if fresh_cases and problem.oracle:
            count = fresh_cases if isinstance(contract, AsmContract) else _FRESH_CPP_CASES
            rng = random.Random(f"fresh:{self.seed}:{problem.family}:{self.index}")
            cases = (*contract.cases, *problem.oracle.draw(rng, count))
            problem = problem.model_copy(update={"contract": contract.model_copy(update={"cases": cases})})
        return replace(self, problem=problem, seed=self.seed + turn)

    def draft(self, output: str) -> Draft:
        return Draft(self.instruction, self.problem.input, output, self.problem.contract)


def first_of(units: Iterable[list[Request]], count: int) -> list[Request]:
    """The requests about the first problems, so many."""
    return [request for unit in islice(units, count) for request in unit]


def families_of(
    language: str, only: Sequence[str] = (), part: Part = "templates", subjects: Sequence[str] = ()
) -> dict[Domain, list[Family]]:
    """A part's families about a language, or of the `subjects` if any, by the domain of their problems; of those in
    `only`, if any.

    Raises `OracleError` where `only` names a family that there is not, or that is never taught, and for a subject
    without a family.
    """
    if missing := set(subjects) - {family.subject for family in families(TAUGHT_KINDS).values()}:
        there = sorted({family.subject for family in families(TAUGHT_KINDS).values()})
        unknown = min(missing)
        raise OracleError(f"subjects: no task family is about {unknown!r}{did_you_mean(unknown, there)}")
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
    learned = KINDS_OF.values() if subjects else [KINDS_OF.get(language, {})]
    for family in families(tuple(kind for parts in learned for kind in parts.get(part, ()))).values():
        if (not only or family.name in only) and (not subjects or family.subject in subjects):
            found.setdefault(family.example.domain, []).append(family)
    return found
