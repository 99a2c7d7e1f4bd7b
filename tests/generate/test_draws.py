"""Problems are drawn from taught families alone, and the same ones wherever they are drawn. A family's faults cost it
draws, until there are too many.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import islice
from typing import Any

import pytest
from faulty_families import FAULTY, FLAWED, LOOPING, SAME

from oracle_lib import OracleError
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.requests import KINDS_OF, families_of
from oracle_lib.sample import Domain
from oracle_lib.tasks import TAUGHT_KINDS, VALIDATION_KINDS, families
from oracle_lib.tasks.decontamination import REFUSED
from oracle_lib.workers import crew


def test_every_kind_that_may_be_taught_is_a_part_of_some_mixture() -> None:
    kinds = [kind for parts in KINDS_OF.values() for of_part in parts.values() for kind in of_part]
    assert sorted(kinds) == sorted(TAUGHT_KINDS)


@pytest.mark.parametrize("language", ["asm", "cpp"])
def test_no_family_that_validates_or_is_held_out_is_ever_taught(language: str) -> None:
    taught = [family for of_domain in families_of(language).values() for family in of_domain]
    assert taught and {family.kind for family in taught} <= set(TAUGHT_KINDS)
    assert not {family.name for family in taught} & families((*VALIDATION_KINDS, "held_out")).keys()


def test_a_profile_that_names_a_family_that_validates_is_refused() -> None:
    with pytest.raises(OracleError, match=r"undo_delta is a family of tasks/validation/, which is never taught"):
        families_of("asm", ["add_words", "undo_delta"])


def test_a_profile_may_name_families_of_any_part_of_its_mixture() -> None:
    only = ["add_words", "letters", "timers", "code_size"]
    found = [families_of("asm", only, part) for part in ("templates", "composed", "understanding")]
    assert [[family.name for of_domain in part.values() for family in of_domain] for part in found] == [
        ["add_words"],
        ["letters", "timers"],
        ["code_size"],
    ]


@pytest.fixture(scope="module")
def workers() -> Iterator[Executor]:
    with crew(1000) as found:
        assert found
        yield found


def drawn(draws: Draws, count: int) -> list[tuple[int, str, dict[str, Any]]]:
    return [(index, problem.drawn_by, problem.model_dump()) for index, problem in islice(draws, count)]


def test_workers_draw_what_this_process_draws_and_leave_out_the_same(workers: Executor) -> None:
    of = [families()["add_words"], SAME, families()["swap_words"], FLAWED]
    here, there = Draws(of, 7, most=9), Draws(of, 7, most=9, workers=workers)
    assert drawn(here, 100) == drawn(there, 100)
    assert (here.duplicates, here.exhausted) == (there.duplicates, there.exhausted) == (50, ["same"])
    assert here.failed == there.failed and len(here.failed) == 1


def test_programs_that_workers_refuse_are_counted_with_the_draws_that_were_taken(workers: Executor) -> None:
    of = [*families(("composed",)).values()][:3]
    REFUSED.clear()
    drawn(Draws(of, 5), 30)
    here = dict(REFUSED)
    REFUSED.clear()
    drawn(Draws(of, 5, workers=workers), 30)
    assert dict(REFUSED) == here != {}


def test_a_draw_that_fails_is_left_out_with_its_reason_and_its_place() -> None:
    draws = Draws([FLAWED], 7)
    assert [index for index, _ in islice(draws, 4)] == [0, 1, 3, 4]
    [failed] = draws.failed
    assert (failed.family, failed.index) == ("flawed", 2)
    assert failed.reason.startswith("ZeroDivisionError: nobody thought of a width of 0, in line ")
    assert failed.reason.endswith(" of faulty_families.py")


def test_a_family_of_which_too_many_draws_fail_is_named_with_the_seed_to_report(workers: Executor) -> None:
    told = r"the task family faulty has a fault: 3 of its first (\d+) draws failed, .* its seed '1:faulty:\d+'"
    for draws in (Draws([FAULTY, families()["add_words"]], 1), Draws([FAULTY], 1, workers=workers)):
        with pytest.raises(OracleError, match=told):
            drawn(draws, 1000)
        assert len(draws.failed) == 3


@pytest.mark.timeout(120)
def test_a_recipe_whose_oracle_never_returns_fails_its_draws_and_hangs_nobody(workers: Executor) -> None:
    with pytest.raises(OracleError, match=r"looping has a fault: 3 .*TimeoutError: a call takes too long"):
        next(iter(Draws([LOOPING], 1, workers=workers)))


def test_an_expert_that_names_subjects_gets_their_families_and_no_others() -> None:
    found = families_of("asm", subjects=["free space", "bank plans"])
    names = {family.name for of_domain in found.values() for family in of_domain}
    assert names == {"free_run", "rats_tag", "room_after_inserts", "bank_plan", "insert_with_rats"}
    assert families_of("asm", subjects=["free space"], part="composed") == {}
    assert families_of("asm", ["free_run", "add_words"], subjects=["free space"]).keys() == {Domain.ASM}
    assert not names & {family.name for of_domain in families_of("asm").values() for family in of_domain}


def test_a_subject_that_no_family_is_about_is_named() -> None:
    with pytest.raises(OracleError, match=r"no task family is about 'free spaces'; did you mean 'free space'"):
        families_of("asm", subjects=["free spaces"])
