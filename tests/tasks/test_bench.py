"""OracleBench asks about what no expert was taught, and its answers are right."""

import random
import re
from collections import Counter
from functools import cache
from statistics import fmean

import pytest
from drawing import cpp

from oracle_lib import OracleError, params
from oracle_lib.records import to_jsonl
from oracle_lib.sample import group_position, read_samples
from oracle_lib.tasks import HELD_OUT_KINDS, TAUGHT_KINDS, Family, bench, families
from oracle_lib.verify import CONTRACT, check, cpp_unavailable, extract_code

SAMPLES = list(read_samples(bench.PATH))
HELD_OUT = [sample for sample in SAMPLES if sample.source.corpus in (bench.HELD_OUT, bench.HELD_OUT + bench.CPP)]
TAUGHT = [sample for sample in SAMPLES if sample.source.corpus in (bench.TAUGHT, bench.TAUGHT + bench.CPP)]
needs_compiler = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))


@pytest.mark.parametrize(("language", "kind", "least"), [("", "held_out", 20), (bench.CPP, "held_out_cpp", 12)])
def test_it_is_large_and_balanced(language: str, kind: str, least: int) -> None:
    held_out, taught = (
        [sample for sample in SAMPLES if sample.source.corpus == half + language]
        for half in (bench.HELD_OUT, bench.TAUGHT)
    )
    asked = Counter(sample.source.path for sample in held_out)
    assert asked.keys() == families((kind,)).keys() and len(asked) >= least
    assert set(asked.values()) == {bench.PROBLEMS}
    assert Counter(sample.source.symbol for sample in held_out) == Counter(sample.source.symbol for sample in taught)
    assert {sample.source.path for sample in taught} <= families(("cpp" if language else "asm",)).keys()


def test_every_problem_is_of_one_half_and_no_two_are_the_same() -> None:
    assert len(HELD_OUT) + len(TAUGHT) == len(SAMPLES)
    assert len({sample.sample_id for sample in SAMPLES}) == len(SAMPLES)


def test_held_out_families_are_never_taught() -> None:
    assert not set(HELD_OUT_KINDS) & set(TAUGHT_KINDS)
    assert not {sample.source.path for sample in HELD_OUT} & families().keys()
    assert {sample.source.path for sample in HELD_OUT} == families(HELD_OUT_KINDS).keys()


@cache
def known_of(kind: str) -> dict[tuple[str, ...], str]:
    return bench.known_skeletons((kind,))


@pytest.mark.parametrize(
    ("kinds", "others"), [(HELD_OUT_KINDS, ("asm", "validation", "cpp", "validation_cpp")), (("validation",), ("asm",))]
)
def test_no_answer_has_the_skeleton_of_one_that_is_known_before(
    kinds: tuple[str, ...], others: tuple[str, ...]
) -> None:
    for family in families(kinds).values():
        for seed in range(12):
            problem = family.draw(random.Random(seed))
            for reference in problem.references:
                shape = bench.skeleton(reference, problem)
                assert not any(shape in known_of(kind) for kind in others), family.name


def test_skeletons_see_through_style() -> None:
    problem = families()["fill_memory"].draw(random.Random(1))
    here = "A:\nLDX #$05\n.next\nSTA $1C00,X\nDEX\nBPL .next\nRTS"
    there = "B:\nREP #$10\nLDY #$0007\n.loop\nSTA $1D00,Y\nDEY : DEY\nNOP\nBPL .loop\nSEP #$10\nRTL"
    other = "B:\nLDY #$07\n.loop\nSTA $1D00,Y\nINY\nBPL .loop\nRTS"
    assert bench.skeleton(here, problem) == bench.skeleton(there, problem)
    assert bench.skeleton(here, problem) != bench.skeleton(other, problem)


def test_skeletons_of_functions_see_through_names_and_numbers() -> None:
    problem = families(("validation_cpp",))["tile_word_field"].draw(random.Random(0))
    contract = cpp(problem)
    problem = problem.model_copy(update={"contract": contract.model_copy(update={"signature": "int field(int word)"})})
    other = problem.model_copy(update={"contract": contract.model_copy(update={"signature": "long field(int word)"})})
    here = "int field(int word) {\n  int all = word >> 4;  // above\n  return all & 15;\n}"
    there = "int Pick(const int n) {\n  const uint8_t x = static_cast<uint8_t>(n >> 0xB);\n  return (x & 0x3F);\n}"
    assert bench.skeleton(here, problem) == bench.skeleton(there, problem)
    assert bench.skeleton(here, problem) != bench.skeleton(here, other)
    for before, after in ((">>", "<<"), ("return", "if"), (" & 15", "")):
        assert bench.skeleton(here, problem) != bench.skeleton(here.replace(before, after), problem)


def test_a_taught_function_under_other_names_is_refused() -> None:
    known = {shape: name for kind in bench._TRAINED_KINDS for shape, name in known_of(kind).items()}
    problem = families()["map16_tile"].draw(random.Random("skeleton:2"))
    renamed = re.sub(r"\b(flip_tile16|tile|row)\b", r"my_\1", problem.references[0])
    assert renamed != problem.references[0]
    with pytest.raises(OracleError, match="map16_tile and map16_tile, which is not, have answers of one skeleton"):
        bench._refuse_alike(problem.model_copy(update={"references": (renamed,)}), known)


def test_no_taught_problem_can_be_in_anybodys_training_set() -> None:
    shares = [expert.split.test for expert in params.experts()]
    shares += [profile.split.test for name in ("demo", "pilot", "full") if (profile := params.load_profile(name)).split]
    assert min(shares) >= bench.SURELY_TESTED
    assert all(group_position(sample.group) < bench.SURELY_TESTED for sample in TAUGHT)


@needs_compiler
def test_its_answers_keep_their_contracts() -> None:
    chosen = {sample.source.path: sample for sample in SAMPLES}
    for sample in chosen.values():
        assert sample.verification
        contract = CONTRACT.validate_python(sample.verification.contract)
        verdict = check(extract_code(sample.output), contract)
        assert verdict.passes, (sample.source.path, verdict.reasons)
        assert len(contract.cases) >= 8


@pytest.mark.slow
@needs_compiler
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
