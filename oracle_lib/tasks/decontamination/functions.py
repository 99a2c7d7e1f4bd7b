"""Finds the held-out C++ family whose computation a drawn C++ function does, by the family's own test cases.

The families that validate are kept apart in the same way: what chooses a training must not be in it.

A function is run on the arguments of the cases that many drawn problems of each held-out family are tested with, in
every order that fits, and is refused where all results are equal. So a family is recognised with those constants that
one of these problems has, and no others; problems that are only tested on long ROMs are not compared at all, nor are
functions over structs.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import permutations
from typing import Any, Literal

from oracle_lib.tasks import families
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.tasks.kit.bounds import bounded
from oracle_lib.tasks.kit.cpp import rom
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError, StepsError
from oracle_lib.verify import CppCase, CppContract

Kind = Literal["number", "numbers", "text"]

_DRAWS = 40
"""How many problems of each family are drawn."""
_LONGEST = 600
"""How many numbers the arguments of a case may have."""
_FEWEST = 4
"""How many cases of a problem must be that short for it to be compared."""


Shown = Callable[[list[Any]], str]
Cases = tuple[tuple[tuple[Any, ...], str], ...]
"""The arguments of each case of a problem, and what must be printed."""


def refuses_function(types: Sequence[str], shown: Shown, module: str) -> bool:
    """Whether the function that `module` drew computes what a held-out family computes. Counts it in `REFUSED`."""
    if held_out := copied_function(types, shown):
        REFUSED[module.rpartition(".")[2], held_out] += 1
    return held_out is not None


def copied_function(types: Sequence[str], shown: Shown) -> str | None:
    """The held-out family of which the function passes all cases of a problem; None where there is none. `types` are
    those of its parameters in C++, `shown` is what its driver prints for a call.
    """
    kinds = [_kind(one) for one in types]
    if None in kinds:
        return None
    for order in permutations(range(len(kinds))):
        places = [order.index(place) for place in range(len(order))]
        tested = _tested().get(tuple(str(kinds[place]) for place in order), {})
        for family, problems in tested.items():
            if _passes_one(shown, places, problems):
                return family
    return None


def _passes_one(shown: Shown, places: Sequence[int], problems: Sequence[Cases]) -> bool:
    """Whether the function, its arguments taken from those places, passes all cases of one of a family's problems.

    A function that takes too many rounds for a case, too long or too much memory is surely none of this family's.
    """
    try:
        with bounded():
            return any(
                all(_prints(shown, [given[place] for place in places], wanted) for given, wanted in cases)
                for cases in problems
            )
    except (StepsError, TimeoutError, MemoryError, RecursionError):
        return False


def _prints(shown: Shown, arguments: list[Any], wanted: str) -> bool:
    """Whether the function returns that. It does not where C++ would break off."""
    try:
        return shown([list(one) if isinstance(one, tuple) else one for one in arguments]) == wanted
    except (BreaksOffError, ArithmeticError, ValueError):
        return False


@cache
def _tested() -> dict[tuple[str, ...], dict[str, list[Cases]]]:
    """The cases of problems kept apart, by the kinds of their parameters and by family, shortest cases first."""
    found: dict[tuple[str, ...], dict[str, list[Cases]]] = defaultdict(lambda: defaultdict(list))
    for family in families(("held_out_cpp", "validation_cpp")).values():
        for number in range(_DRAWS):
            contract = family.draw(random.Random(f"decontamination:{number}")).contract
            assert isinstance(contract, CppContract)
            kinds = [str(_kind(one)) for one in _parameters(contract.signature)]
            cases = sorted(_short(contract.cases, kinds), key=lambda case: len(str(case)))
            if len(cases) >= _FEWEST:
                found[tuple(kinds)][family.name].append(tuple(cases))
    return found


def _parameters(signature: str) -> list[str]:
    """The types of a signature's parameters."""
    inside = signature[signature.index("(") + 1 : signature.rindex(")")]
    return [one.strip().rpartition(" ")[0] for one in re.split(r",(?![^<]*>)", inside)]


def _kind(type_text: str) -> Kind | None:
    """How a value of the C++ type is handed over; None for structs and vectors of vectors."""
    bare = re.sub(r"^const |&$", "", type_text)
    if bare == "std::string":
        return "text"
    if re.fullmatch(r"bool|int|size_t|u?int\d+_t", bare):
        return "number"
    inner = re.fullmatch(r"std::(?:vector|array)<([\w:]+)(?:, \d+)?>", bare)
    return "numbers" if inner and _kind(inner[1]) == "number" else None


def _short(cases: Sequence[CppCase], kinds: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], str]]:
    for case in cases:
        left = iter(map(int, case.stdin.split()))
        given = tuple(_taken(kind, left) for kind in kinds)
        if sum(len(one) if isinstance(one, tuple | str) else 1 for one in given) <= _LONGEST:
            yield given, case.stdout


def _taken(kind: str, left: Iterator[int]) -> Any:
    """One argument of those that a case hands to its driver."""
    first = next(left)
    if kind == "number":
        return first
    if first < 0:
        seed, mask = next(left), next(left)
        patches = {}
        for _ in range(next(left)):
            at = next(left)
            patches[at] = bytes(next(left) for _ in range(next(left)))
        return tuple(rom(-first, patches, seed, mask))
    numbers = tuple(next(left) for _ in range(first))
    return "".join(map(chr, numbers)) if kind == "text" else numbers
