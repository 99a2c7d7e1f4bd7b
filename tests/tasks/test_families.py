"""What every family promises, of whatever kind; how families are found, ranked and shown."""

import random
import re
import subprocess
import sys
from collections import Counter

import pytest
from drawing import drawn, each

from oracle_lib import OracleError
from oracle_lib.sample import Task
from oracle_lib.tasks import HELD_OUT_KINDS, KINDS, TAUGHT_KINDS, VALIDATION_KINDS, Family, families, ranked, redraw
from oracle_lib.verify import FactContract

FAMILIES = families(KINDS).values()


@each(FAMILIES)
@pytest.mark.parametrize(("seeds", "groups"), [(range(3), 2), pytest.param(range(1, 6), 4, marks=pytest.mark.slow)])
def test_a_seed_always_draws_the_same_problem_and_seeds_draw_many(family: Family, seeds: range, groups: int) -> None:
    assert family.draw(random.Random(1)) == drawn(family, 1)
    assert len({drawn(family, seed).group for seed in seeds}) >= groups


@each(FAMILIES)
def test_all_its_problems_are_of_one_subject_domain_and_task(family: Family) -> None:
    of_one = (family.name, family.subject, family.example.domain, family.example.task)
    for seed in range(3):
        problem = drawn(family, seed)
        assert (problem.family, problem.subject, problem.domain, problem.task) == of_one


@each(FAMILIES)
def test_a_problem_is_asked_in_several_ways_and_run_in_several_cases(family: Family) -> None:
    problem = drawn(family, 2)
    assert len(set(problem.instructions)) >= 4
    assert not any(re.search(r"\{[a-z_.]+\}", instruction) for instruction in problem.instructions)
    if isinstance(problem.contract, FactContract):
        return
    cases = [case.model_dump_json() for case in problem.contract.cases]
    assert len(cases) >= 8
    assert len(set(cases)) > 1


def test_there_are_many_of_each_kind_and_many_short_answers() -> None:
    kinds = Counter(family.kind for family in FAMILIES)
    assert kinds["asm"] >= 90 and min(kinds[kind] for kind in ("asm", "repair", "cpp", "held_out")) >= 20
    assert kinds["validation"] >= 20 and kinds["validation_cpp"] >= 20 and kinds["held_out_cpp"] >= 12
    short = [family for family in families(("asm",)).values() if len(drawn(family, 1).references[0].splitlines()) <= 8]
    assert len(short) >= 10


def test_the_families_that_validate_are_of_many_subjects_that_are_taught() -> None:
    subjects = {family.subject for family in families(("validation",)).values()}
    assert len(subjects) >= 10 and subjects <= {family.subject for family in families().values()}
    assert sum(family.example.task is Task.HOOK for family in families(("validation",)).values()) >= 2


def test_the_kit_says_what_a_family_asks_for() -> None:
    tasks = {name: family.example.task for name, family in families().items()}
    assert (tasks["add_words"], tasks["hook_value"], tasks["redirect_pointer"]) == (Task.WRITE, Task.HOOK, Task.HOOK)
    assert (tasks["opt_tail_call"], tasks["wrong_return"], tasks["flip_tile"]) == (Task.OPTIMISE, Task.FIX, Task.API)


def test_no_kind_is_both_taught_and_kept_apart_and_no_name_is_given_twice() -> None:
    assert len({*TAUGHT_KINDS, *VALIDATION_KINDS, *HELD_OUT_KINDS}) == len(KINDS)
    assert len(families(KINDS)) == sum(len(families((kind,))) for kind in KINDS)


@each([next(iter(families((kind,)).values())) for kind in KINDS])
def test_a_problem_of_any_kind_is_drawn_again_by_its_seed(family: Family) -> None:
    problem = family.problem("7:again")
    assert redraw(family.name, "7:again") == problem
    assert redraw(family.name, "7:another") != problem


def test_two_families_of_one_name_are_refused() -> None:
    with pytest.raises(OracleError, match=r"both hold absolute_word\.py; give the newer one another name"):
        families(("asm", "asm"))


def test_a_file_that_is_no_family_is_named() -> None:
    with pytest.raises(OracleError, match=r"kit/asm\.py defines no SUBJECT"):
        families(("kit",))


def test_a_kind_without_a_folder_is_named() -> None:
    with pytest.raises(OracleError, match="there is no folder tasks/sketches/"):
        families(("sketches",))


def test_a_new_family_comes_first_about_once_in_n_and_moves_no_other() -> None:
    old = list(families(("asm",)).values())
    new = Family("newcomer", "asm", "tests", old[0].draw)
    came_first = 0
    for key in range(2000):
        before, after = ranked(old, str(key)), ranked([new, *old], str(key))
        assert [family for family in after if family is not new] == before
        came_first += after[0] is new
    assert 0.3 / len(old) < came_first / 2000 < 3 / len(old)


def test_every_family_comes_first_sometimes() -> None:
    some = list(families(("cpp",)).values())
    firsts = Counter(ranked(some, str(key))[0].name for key in range(2000))
    assert len(firsts) == len(some) and max(firsts.values()) < 3 * 2000 / len(some)


def run_families(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oracle_lib.tasks", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_shows_a_family_and_suggests_the_nearest_name() -> None:
    shown = run_families("add_words", "--count", "2", "--seed", "5")
    assert shown.returncode == 0
    assert shown.stdout.count("passes\n") == 4
    unknown = run_families("add_wrods")
    assert unknown.returncode == 1
    assert "add_words" in unknown.stderr


@pytest.mark.parametrize(
    ("family", "demands"),
    [
        ("add_words", "it writes to nothing but $7E"),
        ("snes_to_pc", "it defines uint32_t "),
        ("leaner_equal", "it takes at most "),
        ("broken_table_entry", "it states that address = "),
    ],
)
def test_the_command_shows_the_first_problem_as_it_is_asked_answered_and_judged(family: str, demands: str) -> None:
    shown = run_families(family, "--count", "2", "--seed", "5").stdout
    problem = families(KINDS)[family].draw(random.Random(5))
    assert all(shown.count(text) == 1 for text in (problem.instructions[0], problem.answer, f"\n{demands}"))
    assert problem.input in shown


def test_the_command_without_a_name_counts_the_families_of_each_subject() -> None:
    header, *lines = [line.split() for line in run_families().stdout.splitlines()]
    counts = {
        " ".join(line[: -len(KINDS)]): [0 if cell == "-" else int(cell) for cell in line[-len(KINDS) :]]
        for line in lines
    }
    assert header == ["subject", *KINDS]
    assert counts.pop("all") == [len(families((kind,))) for kind in KINDS]
    assert counts.keys() == {family.subject for family in FAMILIES}
    assert sum(map(sum, counts.values())) == len(FAMILIES)
