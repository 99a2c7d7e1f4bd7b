"""Rows that others made ask for explanations as often as for code: what these may say, and what is none."""

import pytest

from oracle_lib.quality import Knowledge, score
from oracle_lib.sample import Domain, Quality, ReasonKind, Sample, Source, Task, Teacher, sample_id

WHY = "Why does this hang?\n\n```\nLDX #$10\nwait:\nLDA $4212\nBPL wait\n```"
BECAUSE = (
    "It waits for bit 7 of $4212, which is set while the screen is blank. With the interrupt off it would still come "
    "by, so look at what is above: with REP #$10 the LDX takes another byte. Put `SEP` before it, as here:\n\n"
    "```asm\nSEP #$10\nLDX #$10\n```\n\nThe flags of `P` are then as the LDX needs them."
)


def judged(instruction: str, output: str, task: Task = Task.ANSWER) -> Quality:
    sample = Sample(
        sample_id=sample_id(Domain.ASM, instruction, "", output),
        domain=Domain.ASM,
        task=task,
        instruction=instruction,
        output=output,
        source=Source(corpus="rows"),
        teacher=Teacher(name="dataset", model="rows", request_key="0"),
        group="rows:1",
    )
    return score([sample], Knowledge())[0]


def kinds(instruction: str, output: str, task: Task = Task.ANSWER) -> set[ReasonKind]:
    return {reason.kind for reason in judged(instruction, output, task).reasons}


def test_an_explanation_may_show_code_that_does_nothing_and_speak_of_other_instructions_and_registers() -> None:
    assert judged(WHY, BECAUSE).accepted, judged(WHY, BECAUSE).reasons


def test_who_wants_code_is_not_served_with_what_only_illustrates() -> None:
    assert ReasonKind.VACUOUS in kinds("Write a routine that waits for the blank of $4212.", BECAUSE)


def test_a_diagram_before_the_code_is_not_taken_for_it() -> None:
    diagram = f"```\nd---mmmt\n|   ++++- how\n```\n\n{BECAUSE}"
    assert judged(WHY, diagram).accepted, judged(WHY, diagram).reasons


def test_definitions_before_the_code_are_not_taken_for_it() -> None:
    split = "Give names:\n\n```asm\n!Lives = $0350\n```\n\nThen use them:\n\n```asm\nLose:\n    DEC $0350\n    RTS\n```"
    assert judged("Write a routine that takes 1 from $0350.", split).accepted


@pytest.mark.parametrize("said", ["This code loads and stores values.\n\n4 instructions.", "It branches here."])
def test_prose_that_names_nothing_of_the_code_in_its_question_explains_nothing(said: str) -> None:
    assert kinds("Explain this code:\nLDA $10\nCLC\nADC #$04\nSTA $10", said) == {ReasonKind.OFF_TARGET}
    assert judged("Explain this code:\nXBA", "XBA exchanges the two bytes of the accumulator.").accepted


@pytest.mark.parametrize("said", ["Paste the handler code and I will look.", "You haven't provided the routine yet."])
def test_who_asks_for_the_code_has_not_answered(said: str) -> None:
    assert ReasonKind.REFUSAL in kinds("Why does my interrupt handler crash the game?", f"{said} Then it is easy.")


CHECKLIST = "Most handlers that crash change the widths and do not give them back.\n\n" + "Keep P by PHP and PLP. " * 12


@pytest.mark.parametrize("said", ["Please share your code.", "You haven't provided the handler.", "Send the routine."])
def test_who_asks_late_for_code_that_the_request_does_not_show_has_not_answered_either(said: str) -> None:
    assert ReasonKind.REFUSAL in kinds("Why does this interrupt handler crash the game?", f"{CHECKLIST}\n\n{said}")
    for instruction in ("Why does an interrupt crash the game?", "Why does this handler crash?\n\n```\nPHA\nRTS\n```"):
        assert ReasonKind.REFUSAL not in kinds(instruction, f"{CHECKLIST}\n\n{said}")


def test_an_offer_to_look_at_code_asks_for_nothing() -> None:
    offer = f"{CHECKLIST}\n\nIf you paste the handler, its widths can be named."
    assert ReasonKind.REFUSAL not in kinds("Why does this interrupt handler crash the game?", offer)


SLOW = "LDA #$00\nSTA $0350\nLDA #$00\nSTA $0351"
FAST = "STZ $0350\nSTZ $0351"


@pytest.mark.parametrize("asked", [f"Optimize this 65816 code:\n{SLOW}", f"Make it faster:\n\n```asm\n{SLOW}\n```\n"])
def test_an_optimisation_that_changes_nothing_says_nothing(asked: str) -> None:
    said = "It clears $0350 and $0351, and now takes fewer cycles:\n\n```asm\n; faster\n{}\n```"
    unchanged = said.format(SLOW.replace("LDA", " lda"))
    assert kinds(asked, unchanged) == {ReasonKind.VACUOUS}
    assert judged(asked, said.format(FAST)).accepted
    assert judged(asked, said.format(SLOW) + f"\n\nShorter:\n\n```asm\n{FAST}\n```").accepted
    assert judged(asked, f"{unchanged}\n\nIt cannot be made shorter.").accepted
    assert judged(f"Explain this code:\n{SLOW}", unchanged).accepted


@pytest.mark.parametrize("said", ["Wait, that is four bytes.", "Hmm. It is no shorter.", "Let me recount: 3 bytes."])
def test_an_answer_that_corrects_itself_holds_what_it_calls_wrong(said: str) -> None:
    asked = f"Optimize this code:\n{SLOW}"
    told = f"STZ clears $0350 and $0351.\n\n```asm\n{FAST}\n```\n{{}}"
    assert kinds(asked, told.format(said)) == {ReasonKind.UNSUPPORTED}
    assert kinds(asked, told.replace("STZ $0351\n", f"STZ $0351 ; 2 bytes. {said}\n")) == {ReasonKind.UNSUPPORTED}
    assert judged(asked, told.format("Wait, as every write to $4203 asks for, before the product is read.")).accepted


def test_a_piece_from_under_a_label_may_set_the_sublabels_that_its_request_sets() -> None:
    loop = "LDX #$00\n.loop\nSTZ $0350,X\nINX\nCPX #$10\nBNE .loop"
    faster = "```asm\nLDX #$0F\n.loop\nSTZ $0350,X\nDEX\nBPL .loop\n```"
    assert judged(f"Optimize this code:\n{loop}", faster).accepted
    assert ReasonKind.DOES_NOT_ASSEMBLE in kinds("Write a loop that clears 16 bytes at $0350.", faster)
    assert ReasonKind.DOES_NOT_ASSEMBLE in kinds(f"Optimize this code:\nClear:\n{loop}", faster)


def test_a_skeleton_may_leave_out_what_it_does_not_explain_but_a_routine_may_not() -> None:
    skeleton = "```asm\nPHB\nPHK\nPLB\n; ... your code here ...\nSTA $0350\nPLB\nRTL\n```"
    because = f"PHB keeps the caller's data bank, PHK and PLB make it this code's:\n\n{skeleton}\n\nPLB gives it back"
    assert judged("Why are there PHB, PHK and PLB in most hooks?", f"{because} before RTL leaves to the game.").accepted
    assert ReasonKind.PLACEHOLDER in kinds("Write a routine that sets the data bank.", because)
