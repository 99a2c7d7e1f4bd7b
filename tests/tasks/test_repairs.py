"""Repair tasks hand in code that really fails, and their answers really mend it."""

import random
from functools import cache

import pytest

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.verify import check, extract_code

FAMILIES = [family for family in families().values() if family.kind == "repair"]


@cache
def drawn(family: Family, seed: int) -> Problem:
    return family.draw(random.Random(seed))


every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


def test_there_are_many_kinds_of_defects() -> None:
    assert len(FAMILIES) >= 20


@every_family
def test_the_routine_fails_before_and_passes_after_under_one_contract(family: Family) -> None:
    for seed in (1, 2):
        problem = drawn(family, seed)
        broken = check(extract_code(problem.input), problem.contract)
        mended = check(extract_code(problem.answer), problem.contract)
        assert broken.assembles and not broken.passes
        assert mended.passes, mended.reasons


@every_family
def test_the_answer_explains_and_the_question_does_not(family: Family) -> None:
    problem = drawn(family, 1)
    assert (problem.domain, problem.task) == (Domain.ERRORS, Task.FIX)
    assert len(set(problem.instructions)) >= 4
    assert problem.explanation and problem.answer.endswith(problem.explanation)
    assert not any(problem.explanation in instruction for instruction in problem.instructions)


@every_family
def test_a_seed_always_draws_the_same_problem(family: Family) -> None:
    assert family.draw(random.Random(1)) == drawn(family, 1)


@every_family
def test_a_repair_stays_on_the_side_of_the_problem_it_was_made_from(family: Family) -> None:
    problem = drawn(family, 2)
    donor = problem.group.partition(":")[0]
    assert families()[donor].kind == "asm"
