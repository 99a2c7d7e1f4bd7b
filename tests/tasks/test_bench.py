"""OracleBench asks about what no expert was taught, and its answers are right."""

import random
from collections import Counter
from statistics import fmean

import pytest

from oracle_lib import params
from oracle_lib.records import to_jsonl
from oracle_lib.sample import group_position, read_samples
from oracle_lib.tasks import Family, bench, families
from oracle_lib.verify import AsmContract, check, extract_code

SAMPLES = list(read_samples(bench.PATH))
HELD_OUT = [sample for sample in SAMPLES if sample.source.corpus == bench.HELD_OUT]
TAUGHT = [sample for sample in SAMPLES if sample.source.corpus == bench.TAUGHT]


def test_it_is_large_and_balanced() -> None:
    asked = Counter(sample.source.path for sample in HELD_OUT)
    assert len(asked) >= 20
    assert len(HELD_OUT) >= 250
    assert max(asked.values()) <= 15
    assert Counter(sample.source.symbol for sample in HELD_OUT) == Counter(sample.source.symbol for sample in TAUGHT)
    assert len({sample.sample_id for sample in SAMPLES}) == len(SAMPLES)


def test_held_out_families_are_never_taught() -> None:
    assert not {sample.source.path for sample in HELD_OUT} & families().keys()
    assert {sample.source.path for sample in HELD_OUT} == families(("held_out",)).keys()


@pytest.mark.parametrize(("kind", "others"), [("held_out", ("asm", "validation")), ("validation", ("asm",))])
def test_no_answer_has_the_skeleton_of_one_that_is_known_before(kind: str, others: tuple[str, ...]) -> None:
    known = bench.known_skeletons(others)
    for family in families((kind,)).values():
        for seed in range(12):
            problem = family.draw(random.Random(seed))
            for reference in problem.references:
                assert bench.skeleton(reference, problem) not in known, family.name


def test_skeletons_see_through_style() -> None:
    problem = families()["fill_memory"].draw(random.Random(1))
    here = "A:\nLDX #$05\n.next\nSTA $1C00,X\nDEX\nBPL .next\nRTS"
    there = "B:\nREP #$10\nLDY #$0007\n.loop\nSTA $1D00,Y\nDEY : DEY\nNOP\nBPL .loop\nSEP #$10\nRTL"
    other = "B:\nLDY #$07\n.loop\nSTA $1D00,Y\nINY\nBPL .loop\nRTS"
    assert bench.skeleton(here, problem) == bench.skeleton(there, problem)
    assert bench.skeleton(here, problem) != bench.skeleton(other, problem)


def test_no_taught_problem_can_be_in_anybodys_training_set() -> None:
    shares = [expert.split.test for expert in params.experts()]
    shares += [profile.split.test for name in ("demo", "pilot", "full") if (profile := params.load_profile(name)).split]
    assert min(shares) >= bench.SURELY_TESTED
    assert all(group_position(sample.group) < bench.SURELY_TESTED for sample in TAUGHT)


def test_its_answers_keep_their_contracts() -> None:
    chosen = {sample.source.path: sample for sample in SAMPLES}
    for sample in chosen.values():
        assert sample.verification
        contract = AsmContract.model_validate(sample.verification.contract)
        verdict = check(extract_code(sample.output), contract)
        assert verdict.passes, (sample.source.path, verdict.reasons)
        assert len(contract.cases) >= 8


@pytest.mark.slow
def test_the_shipped_file_is_what_the_families_give() -> None:
    assert to_jsonl(bench.samples()) == bench.PATH.read_text(encoding="utf-8")


def test_a_taught_family_less_changes_about_its_own_share_of_the_matches() -> None:
    held_out = families(("held_out",)).values()
    subjects = {family.subject for family in held_out}
    taught = [family for family in families(("asm",)).values() if family.subject in subjects]

    def matches(of: list[Family]) -> list[str]:
        return [family.name for family in bench._matched(held_out, of)]

    today = matches(taught)
    assert len(set(today)) == len(today)
    changed = [
        sum(one != other for one, other in zip(today, matches([*taught[:gone], *taught[gone + 1 :]]), strict=True))
        for gone in range(0, len(taught), 3)
    ]
    assert 0 < fmean(changed) / len(today) < 3 / len(taught)  # one that goes may push others on, as none serves twice
