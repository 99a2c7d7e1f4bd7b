"""Problems are drawn from taught families alone, on all processors; nothing of that is left while one is held."""

import threading

import pytest

from oracle_lib import OracleError
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.requests import KINDS_OF, families_of
from oracle_lib.sample import Domain
from oracle_lib.tasks import TAUGHT_KINDS, VALIDATION_KINDS, families


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


def test_no_thread_waits_between_two_problems() -> None:
    before = set(threading.enumerate())
    problems = iter(Draws([families()["add_words"], families()["swap_words"]], seed=1))
    assert next(problems)[1] != next(problems)[1]
    assert set(threading.enumerate()) == before


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
