"""Verified task families: problems whose right answer this project knows, because it computed what must happen.

To add a family, add one file to `asm/`, `repair/` or `cpp/`; its name becomes the family's name. Start from a copy of
`asm/add_words.py` (a hook: `asm/hook_value.py`; code to shorten or speed up: `asm/opt_store_zero.py`; a repair:
`repair/off_by_one.py`, which only says how to break a routine; C++: `cpp/gradient.py`); `kit/` holds what families
share. The file opens with a docstring that says what the code does (or, for a repair, what is wrong with it) and has

    SUBJECT = "16-bit arithmetic"            the subject it belongs to: one of those that the command below lists
    def draw(rng: random.Random) -> Problem  one problem with sampled parameters

`draw` samples its parameters (addresses, constants, widths) from `rng` and nothing else. It writes at least four
phrasings of the instruction, at least one reference, and a contract with at least 8 cases. Their expected results come
from a Python oracle: a few plain lines that compute what the code must do, without looking at the reference. What a
contract demands, the instruction says. `parameters` hold all that changes what is right, and so no names of routines.

Those are templates. The families in `composed/`, `recipes/` and `composed_cpp/` draw whole programs instead, which
`program/` and `kit/cpp_programs/` tell, run and write down; start from a copy of `composed/updates.py`, and for a
recipe add a function to a file of `recipes/`. A file of `recipes_cpp/` holds C++ functions of one theme, each with its
own oracle; add one there in the same way. `ported_cpp/` asks in C++ for what the recipes of `recipes/` do.
`understanding/` holds questions about the routines of all these, and `understanding_cpp/` about the functions. Start
from a copy of `understanding/code_size.py` or `understanding_cpp/loop_passes.py`; what such a question asks for, a
`FactContract` holds, or the contract of the code. `tooling/` holds the subjects of single experts, which their
`subjects` in `params/experts/` name: crashes and traces, cycles and memory maps, banks and free space, patches and
builds. Start from a copy of `tooling/block_in_bank.py`, or of `tooling/return_address.py` where the console has to show
what happens.

Then `python -m oracle_lib.tasks NAME` draws problems of the family, runs their references and prints what happened
(without a name it counts the families by subject), `pytest tests/tasks tests/quality -k NAME` checks the rest,
`python -m benchmarks.mutation --family NAME` shows which mistakes the contract lets pass (at most one in twenty), and
`python -m oracle_lib.tasks.bench` draws OracleBench anew: it asks about the families in `held_out/` and
`held_out_cpp/`, which are never taught, and refuses a taught family whose answer is built like theirs. Where problems
are composed, `decontamination/` refuses those that compute what a family there does; a new family in `held_out/` needs
a signature there, and a program that computes it in `tests/tasks/test_decontamination.py`. The families in
`validation/` and `validation_cpp/` are never taught either: a training is chosen by how many of their problems it
solves, so that OracleBench chooses nothing.
"""

import hashlib
import importlib
import json
import pkgutil
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.records import Frozen
from oracle_lib.sample import Domain, Task
from oracle_lib.verify import AsmCase, Contract, CppCase, FactContract

__all__ = [
    "HELD_OUT_KINDS",
    "KINDS",
    "TAUGHT_KINDS",
    "TEMPLATE_KINDS",
    "VALIDATION_KINDS",
    "Cases",
    "Family",
    "Problem",
    "families",
    "ranked",
    "redraw",
]

TEMPLATE_KINDS = ("asm", "repair", "cpp")
"""The folders of the families whose problems differ only in what they are drawn with."""

TAUGHT_KINDS = (
    *TEMPLATE_KINDS, "composed", "recipes", "composed_cpp", "recipes_cpp", "ported_cpp", "understanding",
    "understanding_cpp", "tooling",
)  # fmt: skip
"""The folders of all families that may be taught: also of those that draw whole programs, that ask about them, and
that are about the work around code."""

VALIDATION_KINDS = ("validation", "validation_cpp")
"""The folders of the families that choose among trainings, and are never taught."""

HELD_OUT_KINDS = ("held_out", "held_out_cpp")
"""The folders of the families that OracleBench asks about, and that are never taught: assembly and C++."""

KINDS = (*TAUGHT_KINDS, *VALIDATION_KINDS, *HELD_OUT_KINDS)
"""The folders of all families."""


@dataclass(frozen=True)
class Cases:
    """A problem's oracle: `draw(rng, count)` are that many cases of it. Any two compare equal: the parameters tell
    problems apart.
    """

    draw: Callable[[random.Random, int], tuple[AsmCase, ...] | tuple[CppCase, ...]] = field(compare=False)


class Problem(Frozen):
    """One concrete problem of a family: how to ask for it, what solves it, and how to tell.

    `instructions` are phrasings of the same request; `references` solve it, and the first is the one that is taught:
    code, or a whole answer where the contract asks for facts.
    `input` is code the instruction refers to, `explanation` the prose that follows the code in the answer. `parameters`
    are what was sampled: two problems of a family with equal parameters are the same problem. `derived_from` is the
    group of the problem that this one was made from, if any: both then stay on one side of a split. `oracle` draws
    further cases, and is never stored. `drawn_by` is the seed that the family drew it by (`Family.problem`).
    """

    family: str
    subject: str
    domain: Domain
    task: Task
    instructions: tuple[str, ...] = Field(min_length=2)
    input: str = ""
    references: tuple[str, ...] = Field(min_length=1)
    explanation: str = ""
    contract: Contract
    parameters: dict[str, int | str]
    derived_from: str = ""
    oracle: Cases | None = Field(default=None, exclude=True, repr=False)
    drawn_by: str = Field(default="", exclude=True, repr=False)

    @property
    def group(self) -> str:
        """Names the problem whatever its wording: the family and a hash of the parameters, or what it derives from."""
        sampled = json.dumps(self.parameters, sort_keys=True).encode()
        return self.derived_from or f"{self.family}:{hashlib.sha256(sampled).hexdigest()[:12]}"

    @property
    def answer(self) -> str:
        """What a good assistant replies: the first reference, fenced where it is code, then the explanation."""
        explanation = f"\n\n{self.explanation}" if self.explanation else ""
        if isinstance(self.contract, FactContract):
            return self.references[0] + explanation
        return f"```{self.contract.kind}\n{self.references[0].strip()}\n```{explanation}"


@dataclass(frozen=True)
class Family:
    """A task family: `draw(rng)` samples one problem. `kind` is the folder it lives in."""

    name: str
    kind: str
    subject: str
    draw: Callable[[random.Random], Problem]

    @cached_property
    def example(self) -> Problem:
        """Always the same problem. Domain, task and language are the same in all problems of a family."""
        return self.draw(random.Random(self.name))

    def problem(self, seed: str) -> Problem:
        """The problem that the family draws by this seed, always the same, and which knows its seed."""
        return self.draw(random.Random(seed)).model_copy(update={"drawn_by": seed})


@cache
def families(kinds: tuple[str, ...] = TEMPLATE_KINDS) -> dict[str, Family]:
    """The families of those kinds by name, in alphabetical order within a kind; by default the templates.

    Raises `OracleError` for a kind without a folder, where two files have one name, and for a file that defines no
    `SUBJECT` or no `draw`.
    """
    found: dict[str, Family] = {}
    for kind in kinds:
        if find_spec(f"{__name__}.{kind}") is None:
            raise OracleError(f"there is no folder tasks/{kind}/ to take task families from")
        package = importlib.import_module(f"{__name__}.{kind}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            if module.name in found:
                other = found[module.name].kind
                raise OracleError(f"{other}/ and {kind}/ both hold {module.name}.py; give the newer one another name")
            room = importlib.import_module(f"{package.__name__}.{module.name}")
            for needed in ("SUBJECT", "draw"):
                if needed not in vars(room):
                    raise OracleError(f"{kind}/{module.name}.py defines no {needed}; add it as asm/add_words.py does")
            found[module.name] = Family(module.name, kind, room.SUBJECT, room.draw)
    return found


@lru_cache(maxsize=4096)
def redraw(family: str, drawn_by: str) -> Problem | None:
    """The problem that a family once drew by this seed; None where no family has that name, or the seed is unknown.

    A family that was changed since draws another problem: whoever asks compares.
    """
    known = families(KINDS).get(family)
    return known.problem(drawn_by) if known and drawn_by else None


def ranked(candidates: Iterable[Family], key: str) -> list[Family]:
    """The candidates in an order drawn by `key`: by a hash of the key and each family's name.

    Whoever takes the first of n is disturbed by a new family only where that comes first, so once in n + 1 choices
    (rendezvous hashing: Thaler and Ravishankar, 1998).
    """
    return sorted(candidates, key=lambda family: hashlib.sha256(f"{key}:{family.name}".encode()).digest())
