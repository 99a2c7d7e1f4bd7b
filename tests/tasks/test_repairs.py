"""Repair tasks hand in code that really fails, and their answers really mend it."""

import random

import pytest
from drawing import drawn, each

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit import repair
from oracle_lib.verify import check, extract_code

FAMILIES = families(("repair",)).values()


@each(FAMILIES)
def test_the_routine_fails_before_and_passes_after_under_one_contract(family: Family) -> None:
    for seed in (1, 2):
        problem = drawn(family, seed)
        broken = check(extract_code(problem.input), problem.contract)
        mended = check(extract_code(problem.answer), problem.contract)
        assert broken.assembles and not broken.passes
        assert mended.passes, mended.reasons


@each(FAMILIES)
def test_the_answer_explains_and_the_question_does_not(family: Family) -> None:
    problem = drawn(family, 1)
    assert (problem.domain, problem.task) == (Domain.ERRORS, Task.FIX)
    assert problem.explanation and problem.answer.endswith(problem.explanation)
    assert not any(problem.explanation in instruction for instruction in problem.instructions)


@each(FAMILIES)
def test_a_repair_stays_on_the_side_of_the_problem_it_was_made_from(family: Family) -> None:
    donor = drawn(family, 2).group.partition(":")[0]
    assert families()[donor].kind == "asm"


def test_a_family_more_or_less_changes_only_the_repairs_of_its_own_routines(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(list(families(("asm",)).items())[:12])
    defect = families(("repair",))["missing_carry_clear"]

    def copy_of(name: str) -> dict[str, Family]:
        def draw(rng: random.Random) -> Problem:
            return known[name].draw(rng).model_copy(update={"family": "newcomer"})

        return {"newcomer": Family("newcomer", "asm", "tests", draw)}

    def repairs(donors: dict[str, Family]) -> list[Problem]:
        monkeypatch.setattr(repair, "families", lambda kinds: donors)
        return [defect.draw(random.Random(seed)) for seed in range(40)]

    def changed(problems: list[Problem], others: list[Problem]) -> list[str]:
        return [one.group.partition(":")[0] for one, other in zip(problems, others, strict=True) if one != other]

    today = repairs(known)
    assert set(changed(repairs(known | copy_of("add_words")), today)) == {"newcomer"}
    assert set(changed(today, repairs({name: known[name] for name in known if name != "add_words"}))) == {"add_words"}
    assert changed(repairs(known | copy_of("change_flag")), today) == [], "no carry to clear, so nothing to break"
