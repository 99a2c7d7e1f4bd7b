"""Of several drafts the one is shown that does on the console what most of them do."""

import pytest

from oracle_lib.council.agreement import agree
from oracle_lib.council.trials import STATES, trial_of

ADD = (
    "Write a routine that adds the words at $0774 and $1D99 and stores the sum at $1DF6. Call it `AddWords`; it is "
    "entered with 8-bit A, X and Y and ends with RTL. Preserve the widths, D and DB; $00-$0F are scratch."
)
WIDE = """\
AddWords:
    REP #$20
    LDA.w $0774
    CLC
    ADC.w $1D99
    STA.w $1DF6
    SEP #$20
    RTL
"""
BYTES = """\
AddWords:
    LDA.w $0774
    CLC
    ADC.w $1D99
    STA.b $04
    LDA.w $0775
    ADC.w $1D9A
    STA.w $1DF7
    LDA.b $04
    STA.w $1DF6
    RTL
"""
LOW_BYTE = "AddWords:\n    LDA.w $0774\n    CLC\n    ADC.w $1D99\n    STA.w $1DF6\n    RTL\n"
NO_CLC = WIDE.replace("    CLC\n", "")
HANGS = "AddWords:\n    BRA AddWords\n"
WRONG_RETURN = WIDE.replace("RTL", "RTS")
WIDTH_LEFT = WIDE.replace("    SEP #$20\n", "")
NOT_ASSEMBLED = "AddWords:\n    LDQ #$12\n    RTL\n"
HOOK = """\
Hook this routine so that it also increments the byte at $07F8. New code goes to $35E700 ($80 bytes free). Callers enter
with M=8, X=8 and expect RTL.

```asm
org $0D914C
CopyValue:
    LDA.w $0742
    STA.w $07C1
    RTL
```
"""


def test_drafts_that_do_the_same_in_other_words_outvote_the_first() -> None:
    found = agree(ADD, [LOW_BYTE, WIDE, BYTES])
    assert found.groups == ((1, 2), (0,)) and (found.agreeing, found.drafts) == (2, 3)


def test_of_those_that_do_the_same_the_fastest_is_chosen() -> None:
    assert agree(ADD, [BYTES, WIDE]).chosen == 1


def test_a_tie_is_for_the_first() -> None:
    assert agree(ADD, [LOW_BYTE, WIDE]).chosen == 0
    assert agree(ADD, [LOW_BYTE, LOW_BYTE, NO_CLC, NO_CLC]).chosen == 0


def test_a_carry_that_is_not_cleared_shows() -> None:
    assert agree(ADD, [NO_CLC, WIDE, BYTES]).chosen == 1


@pytest.mark.parametrize("broken", [HANGS, WRONG_RETURN, WIDTH_LEFT, NOT_ASSEMBLED, "", "AddWords:\n    STP\n"])
def test_what_does_not_come_back_rightly_never_wins(broken: str) -> None:
    found = agree(ADD, [broken, broken, WIDE])
    assert found.groups == ((2,),) and found.chosen == 2


def test_where_nothing_comes_back_the_first_is_shown_and_nobody_agrees() -> None:
    found = agree(ADD, [HANGS, NOT_ASSEMBLED])
    assert (found.chosen, found.agreeing, found.groups) == (0, 0, ())


def test_a_name_that_nobody_knows_cannot_be_run_and_a_known_one_can() -> None:
    by_name = WIDE.replace("$1D99", "Second")
    assert not agree(ADD, [by_name]).groups
    assert agree(ADD, [by_name, WIDE], {"Second": 0x001D99}).agreeing == 2


def test_a_question_without_addresses_is_tried_on_memory_full_of_noise() -> None:
    question = "How do I double the rupees?"
    rupees = "    REP #$20\n    LDA.l $7EF360\n    ASL\n    STA.l $7EF360\n    SEP #$20\n    RTS\n"
    same = rupees.replace("    ASL\n    STA", "    CLC\n    ADC.l $7EF360\n    STA")
    other = rupees.replace("ASL", "LSR")
    assert agree(question, [other, rupees, same]).groups == ((1, 2), (0,))


def test_the_carry_counts_only_where_the_question_says_so() -> None:
    leaves, clears = "    INC.w $0774\n    RTS\n", "    INC.w $0774\n    CLC\n    RTS\n"
    assert agree("Increment $0774.", [leaves, clears]).agreeing == 2
    assert agree("Increment $0774 and clear the carry.", [leaves, clears]).agreeing == 1


def test_a_register_that_must_be_kept_must_be_kept() -> None:
    takes = "    LDX.w $0774\n    STX.w $0776\n    RTS\n"
    saves = "    PHX\n" + takes.replace("    RTS", "    PLX\n    RTS")
    assert agree("Copy $0774 to $0776.", [takes, saves]).agreeing == 2
    assert agree("Copy $0774 to $0776 and preserve A, X and Y.", [takes, saves]).chosen == 1


def test_a_hook_is_run_by_the_routine_that_it_hooks() -> None:
    right = "org $0D914F\n    JML Extra\norg $35E700\nExtra:\n    STA.w $07C1\n    INC.w $07F8\n    RTL\n"
    forgets = right.replace("    STA.w $07C1\n", "")
    found = agree(HOOK, [forgets, right, right.replace("INC.w $07F8", "INC.w $07F8 : NOP")])
    assert found.groups == ((1, 2), (0,))


def test_code_that_is_to_be_short_must_be() -> None:
    question = f"Shorten this routine to {0x10} bytes or less.\n\n```asm\n{BYTES}```"
    assert agree(question, [BYTES, BYTES, WIDE.replace("AddWords:", "Add:")]).groups == ((2,),)


def test_a_pointer_that_is_asked_for_counts_though_it_lies_in_scratch() -> None:
    question = "Put the address of the three bytes at $0774 into $01 to $03. It may use $00-$0F."
    low = "    LDA #$74\n    STA.b $01\n    LDA #$07\n    STA.b $02\n    LDA #$7E\n    STA.b $03\n    RTS\n"
    other = low.replace("#$7E", "#$7F")
    assert agree(question, [other, low, low.replace("    RTS", "    STZ.b $08\n    RTS")]).groups == ((1, 2), (0,))


def test_a_pointer_leads_into_memory() -> None:
    question = "Read the byte to which the 24-bit pointer at $02 points and store it at $1D2B. RTL; scratch $00-$0F."
    through = "    LDA.b [$02]\n    STA.w $1D2B\n    RTL\n"
    assert agree(question, [through, "    LDY #$00\n    LDA.b [$02],Y\n    STA.w $1D2B\n    RTL\n"]).agreeing == 2
    assert all(int.from_bytes(one.memory[0x7E0002][:3], "little") >= 0x7E4000 for one in trial_of(question).starts)


def test_what_a_patch_does_to_colours_is_seen_behind_the_port() -> None:
    question = "Write the byte at $0774 twice to colour 0 in CGRAM. RTS."
    first = "    STZ.w $2121\n    LDA.w $0774\n    AND #$7F\n    STA.w $2122\n    STA.w $2122\n    RTS\n"
    same = first.replace("    LDA.w $0774\n    AND #$7F\n", "    LDA #$7F\n    AND.w $0774\n")
    assert agree(question, [first.replace("#$7F", "#$3F"), first, same]).groups == ((1, 2), (0,))


def test_the_states_follow_from_the_question_alone() -> None:
    assert trial_of(ADD) == trial_of(ADD)
    assert trial_of(ADD).starts != trial_of(ADD + " ").starts


@pytest.mark.parametrize(
    "question", ["A, " * 60_000, "`" * 200_000, "$7E0000 " * 25_000, "preserve A, X and Y" * 10_000]
)
def test_a_hostile_question_has_a_trial_too(question: str) -> None:
    assert len(trial_of(question).starts) == STATES


@pytest.mark.parametrize(
    "place", ["$7D8000", "$70FFFF", "$707FFF", "$7E01F0", "$7E1FFF", "$00FFE0", "$FFFFFF", "$7FFFFF"]
)
def test_a_place_at_the_edge_of_memory_keeps_no_draft_from_running(place: str) -> None:
    assert agree(f"Increment the byte at {place}.", ["    NOP\n    RTS\n"]).agreeing == 1
