"""What the tests of task families share: which families a test is about, and the problems it looks at."""

import random
from collections.abc import Iterable
from functools import cache

import pytest

from oracle_lib.tasks import Family, Problem
from oracle_lib.verify import AsmContract, CppContract


def each(of: Iterable[Family]) -> pytest.MarkDecorator:
    """Runs the test once for each of the families."""
    return pytest.mark.parametrize("family", of, ids=lambda family: family.name)


@cache
def drawn(family: Family, seed: int) -> Problem:
    return family.draw(random.Random(seed))


def asm(problem: Problem) -> AsmContract:
    assert isinstance(problem.contract, AsmContract)
    return problem.contract


def cpp(problem: Problem) -> CppContract:
    assert isinstance(problem.contract, CppContract)
    return problem.contract
