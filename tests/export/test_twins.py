"""Twins: the same said twice on one side of the split, and anything that is told again across it."""

import random

import pytest
from small_samples import sample_of, samples, symbol_on, written

from oracle_lib.export.left_out import Why
from oracle_lib.export.twins import PER_FORM, place, twins
from oracle_lib.sample import Sample, Split, Verification, split_of
from oracle_lib.tasks import families

VAL = TEST = 0.2
LOOP = """```asm
{label}:
    REP #$20
    LDX #$000E
.next
    LDA.w {place},X
    {middle}
    STA.w $0ABC,X
    DEX
    DEX
    BPL .next
    SEP #$20
    RTS
```"""


def left_out(*found: Sample) -> dict[str, Why]:
    """Why the samples are left out that are, by their instruction."""
    placed = place(found, VAL, TEST)
    return {one.sample.instruction: why.why for one, why in zip(placed, twins(placed), strict=True) if why}


def drawn_on(side: Split, number: int = 0) -> str:
    groups = (f"family:{n}" for n in range(1000))
    return [group for group in groups if split_of(group, VAL, TEST) is side][number]


def loop(label: str, place: str = "$0720", middle: str = "CLC : ADC.w #$0010") -> str:
    return LOOP.format(label=label, place=place, middle=middle)


def test_distinct_problems_and_phrasings_are_no_twins() -> None:
    found = twins(place(samples(60), VAL, TEST))
    assert not {why.why for why in found if why} & {Why.EXACT, Why.NEAR}


def test_an_exact_twin_goes_whatever_its_layout_and_one_of_them_stays() -> None:
    first = sample_of("Clear $0720.", "```asm\nGo:\n    STZ.w $0720\n    RTS\n```", drawn_on(Split.TRAIN))
    twin = sample_of("Clear  $0720.", "```asm\nGo:\n  stz.w $0720 ; zero\n\n  rts\n```", drawn_on(Split.TRAIN, 1))
    assert list(left_out(first, twin).values()) == [Why.EXACT]
    assert left_out(first, twin) == left_out(twin, first)


def test_a_sample_that_came_twice_stays_once() -> None:
    one = sample_of("Clear $0720.", "```asm\nGo:\n    STZ.w $0720\n    RTS\n```", drawn_on(Split.TRAIN))
    placed = place([one, one], VAL, TEST)
    assert [why and why.why for why in twins(placed)] == [None, Why.EXACT]


def test_a_twin_is_a_twin_whatever_the_teacher_said_around_its_code() -> None:
    problem = families()["add_words"].draw(random.Random(1))
    entry = problem.contract.model_dump()["entry"]
    wordy = f"<think>Adding.</think>Call it:\n\n```asm\n    JSR {entry}\n```\n\n{problem.answer}\n\nIt adds."
    first, twin = (sample_of("Add them.", output, drawn_on(Split.TRAIN)) for output in (problem.answer, wordy))
    assert left_out(first, twin) == {"Add them.": Why.EXACT}


def test_in_cpp_a_semicolon_ends_a_statement_and_begins_no_comment() -> None:
    code = "```cpp\nvoid fill(int* at) {{ for (int i = 0; i < 8; ++i) at[i] = {}; }}\n```"
    contract = {"kind": "cpp", "signature": "void fill(int* at)", "driver": "", "cases": [{"stdin": "", "stdout": ""}]}
    proof = Verification(contract=contract, passes=True, cases=1)
    ones, twos = (
        sample_of(f"Fill it with {value}.", code.format(value), drawn_on(side)).model_copy(
            update={"verification": proof}
        )
        for value, side in ((1, Split.TRAIN), (2, Split.TEST))
    )
    assert left_out(ones, twos) == {}


def test_a_reworded_twin_is_near_and_another_address_is_another_problem() -> None:
    ask = (
        "Write a routine that copies the sixteen bytes which start at {} to the buffer that the sprite code reads in "
        "every frame, and leave all of the other memory of the console exactly as it was before you were called{}"
    )
    answer = "```asm\nGo:\n    LDA.w {}\n    RTS\n```"
    group = drawn_on(Split.TRAIN)
    first = sample_of(ask.format("$0720", "."), answer.format("$0720"), group)
    reworded = sample_of(ask.format("$0720", "!"), answer.format("$0720"), group)
    elsewhere = sample_of(ask.format("$0740", "."), answer.format("$0740"), group)
    one_defect, other_defect = (
        sample_of(ask.format("$0720", "."), answer.format("$0720"), group, input=f"LD{register}.w $0720")
        for register in "XY"
    )
    for_one_mode, for_another = (
        sample_of(ask.format("$0720", f" in mode ${mode}"), answer.format("$0720"), group) for mode in ("09", "0B")
    )
    everything = [first, reworded, elsewhere, one_defect, other_defect, for_one_mode, for_another]
    found = left_out(*everything)
    assert list(found.values()) == [Why.NEAR] and set(found) <= {first.instruction, reworded.instruction}


def test_a_routine_of_two_sources_is_one_whatever_its_labels_and_addresses() -> None:
    ours = written("Write the loop.", loop("AddToTable"), symbol_on(Split.TRAIN))
    theirs = written(
        "Do it in a loop.", loop("TableAdd", "$0F20"), symbol_on(Split.TRAIN, corpus="hack"), corpus="hack"
    )
    other = written("Subtract in one.", loop("Sub", middle="SEC : SBC.w #$0010"), symbol_on(Split.TRAIN, skip=1))
    assert list(left_out(ours, theirs, other).values()) == [Why.NEAR]


def test_drawn_problems_of_one_form_stay_up_to_a_number_with_all_their_wordings() -> None:
    asked = [
        sample_of(f"{how} ${0x700 + 2 * n:04X}.", loop("Go", f"${0x700 + 2 * n:04X}"), drawn_on(Split.TRAIN, n))
        for n in range(PER_FORM + 3)
        for how in ("Add to", "Please add to the table at")
    ]
    found = left_out(*asked)
    assert set(found.values()) == {Why.FORM} and len(found) == 6


@pytest.mark.parametrize("held", [Split.TEST, Split.VAL])
def test_across_the_border_the_same_code_is_a_leak_and_what_is_held_out_stays(held: Split) -> None:
    code = "```asm\nGo:\n    STZ.w $0720\n    RTS\n```"
    trained = sample_of("Clear it.", code, drawn_on(Split.TRAIN))
    held_out = sample_of("Zero it, please.", code, drawn_on(held))
    assert left_out(trained, held_out) == {"Clear it.": Why.LEAK}
    assert left_out(trained, sample_of("Zero it, please.", code, drawn_on(Split.TRAIN, 1))) == {}


def test_across_the_border_a_routine_of_another_source_is_a_leak_even_where_it_is_only_shown() -> None:
    shown = loop("AddToTable", "$0F20")
    tested = written("Write the loop.", loop("TableAdd"), symbol_on(Split.TEST))
    explained = written("What does it do?", "It adds sixteen to every entry.", symbol_on(Split.TRAIN))
    explained = explained.model_copy(update={"input": shown})
    assert left_out(tested, explained) == {"What does it do?": Why.LEAK}


def test_across_the_border_two_drawn_problems_may_differ_in_an_address_alone() -> None:
    trained = sample_of("Add at $0720.", loop("Go", "$0720"), drawn_on(Split.TRAIN))
    tested = sample_of("Add at $0740.", loop("Go", "$0740"), drawn_on(Split.TEST))
    assert left_out(trained, tested) == {}


def test_an_answer_that_states_facts_is_a_leak_only_where_the_same_program_is_asked_about() -> None:
    facts = Verification(contract={"kind": "facts", "cases": [{"name": "bits", "value": 8}]}, passes=True, cases=1)
    asks = {"here": ("LDA #$05", Split.TRAIN), "there": ("LDA #$05", Split.TEST), "elsewhere": ("LDA #$06", Split.TEST)}
    found = {
        name: sample_of(f"How wide is A, {name}?", "Answer: 8 bits.", drawn_on(side), code).model_copy(
            update={"verification": facts}
        )
        for name, (code, side) in asks.items()
    }
    assert left_out(found["here"], found["there"]) == {found["here"].instruction: Why.LEAK}
    assert left_out(found["here"], found["elsewhere"]) == {}
