"""What is tested with is not learned: OracleBench and the held-out sides, by problem, code, words and behaviour."""

import random

import pytest
from small_samples import sample_of, samples, symbol_on, written

from oracle_lib.export.leaks import leaks
from oracle_lib.export.left_out import LeftOut, Why
from oracle_lib.export.twins import place
from oracle_lib.sample import Sample, Split, Verification, read_samples, split_of
from oracle_lib.tasks import families
from oracle_lib.tasks.bench import HELD_OUT, PATH

VAL = TEST = 0.2
BENCH = list(read_samples(PATH))
UNTAUGHT = [one for one in BENCH if one.source.corpus == HELD_OUT]
"""The problems in assembly of families that are never taught."""
TRAIN = symbol_on(Split.TRAIN)


def found(*all_of_them: Sample) -> dict[str, LeftOut]:
    placed = place(all_of_them, VAL, TEST)
    return {why.sample_id: why for why in leaks(placed) if why}


def only(trained: Sample, *others: Sample) -> LeftOut:
    [one] = found(trained, *others).values()
    assert one.sample_id == trained.sample_id
    return one


def test_what_families_draw_gives_nothing_away() -> None:
    assert found(*samples(20)) == {}


def test_a_problem_of_oraclebench_is_not_trained_on_whoever_asks() -> None:
    bench = UNTAUGHT[0]
    copied = sample_of("Anything.", "```asm\nGo:\n    RTS\n```", f"{bench.source.path}:{'0' * 12}")
    group = next(
        f"{bench.source.path}:{n}" for n in range(99) if split_of(f"{bench.source.path}:{n}", VAL, TEST) is Split.TRAIN
    )
    copied = copied.model_copy(update={"group": group})
    assert (only(copied).why, only(copied).detail) == (Why.BENCHMARK, "its family")


def test_its_code_is_not_trained_on_and_a_held_out_routine_not_at_another_place_either() -> None:
    longest = max(UNTAUGHT, key=lambda one: len(one.output) if "$07" in one.output else 0)
    same = written("Tell me.", longest.output, TRAIN)
    moved = written("Tell me.", longest.output.replace("$07", "$0E"), TRAIN)
    assert moved.output != same.output
    assert (only(same).of, only(same).detail) == (longest.sample_id, "its code")
    assert (only(moved).why, only(moved).detail) == (Why.BENCHMARK, "its instruction stream")


def test_its_words_are_not_trained_on_even_a_little_reworded() -> None:
    bench = max(UNTAUGHT, key=lambda one: len(one.instruction))
    row = written(f"Hello! {bench.instruction[:-1]}, please.", "I do not know.", TRAIN)
    assert only(row).why is Why.BENCHMARK and only(row).detail.endswith("of its words")


def test_code_that_solves_its_problem_otherwise_is_found_by_running_it() -> None:
    problem = next(one for one in UNTAUGHT if one.source.path == "append_digit")
    place, digit = "$0763", "$07E1"
    assert place in problem.instruction and digit in problem.instruction
    otherwise = f"""Mine:
    LDX.w #$0009
    LDA.w {place}
-
    CLC
    ADC.w {place}
    DEX
    BNE -
    CLC
    ADC.w {digit}
    STA.w {place}
    RTS"""
    wrong = otherwise.replace("#$0009", "#$0008")
    solves, fails = (written("Do my sum.", f"```asm\n{code}\n```", TRAIN) for code in (otherwise, wrong))
    assert only(solves).detail == "it passes its contract" and only(solves).why is Why.BENCHMARK
    assert found(fails) == {}


@pytest.mark.parametrize("side", [Split.VAL, Split.TEST])
def test_the_words_of_a_held_out_row_are_not_trained_on(side: Split) -> None:
    answer = (
        "The door in the north wall of the third room opens when both torches burn, and it stays open until Link "
        "leaves the dungeon through its entrance, so whoever forgets the small key has to light them once more."
    )
    held_out = written("When does the door open?", answer, symbol_on(side))
    copied = written("Tell me of the torches.", f"Well: {answer}", TRAIN)
    other = written("And the eyes?", "Shoot the eye of the statue, and the shutter beside it opens for good.", TRAIN)
    assert only(copied, held_out, other).of == held_out.sample_id
    assert only(copied, held_out).why is Why.LEAK


def test_a_routine_that_passes_a_held_out_problem_s_contract_is_not_trained_on() -> None:
    drawn = (families()["add_words"].draw(random.Random(f"add_words:{n}")) for n in range(200))
    problem = next(one for one in drawn if split_of(one.group, VAL, TEST) is Split.TEST)
    proof = Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=10)
    tested = sample_of(problem.instructions[0], problem.answer, problem.group)
    tested = tested.model_copy(update={"verification": proof})
    entry = str(problem.contract.model_dump()["entry"])
    disguised = problem.answer.replace(entry, "Other").replace("\n    ", "\n    NOP\n    ")
    assert only(written("Sum up.", disguised, TRAIN), tested).detail == "it passes its contract"
