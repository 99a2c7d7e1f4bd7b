"""Code that nobody ran: what the assembler and the request alone show against it, and what they do not."""

from dataclasses import dataclass

import pytest

from oracle_lib.quality import Knowledge, score
from oracle_lib.sample import Domain, Quality, ReasonKind, Sample, Source, Task, Teacher, sample_id

ASKED = (
    "Write a routine `CopyRow` that copies the 8 bytes at $0780 to $1CB0. It is entered with 8-bit A and 16-bit X and "
    "Y and ends with RTS; the widths stay as they are."
)
SOUND = """CopyRow:
    SEP #$10
    LDX #$07
.next
    LDA.w $0780,X
    STA.w $1CB0,X
    DEX
    BPL .next
    REP #$10
    RTS"""
CPP_ASKED = "Write a C++ function that adds up `bytes`. Signature: `int Sum(const std::vector<uint8_t>& bytes)`."
CPP_SOUND = """int Sum(const std::vector<uint8_t>& bytes) {
  int total = 0;  // so far
  for (uint8_t one : bytes) {
    total += one;
  }
  return total;
}"""


@dataclass(frozen=True)
class Asked:
    instruction: str
    domain: Domain
    task: Task
    language: str


ASM = Asked(ASKED, Domain.ASM, Task.WRITE, "asm")
CPP = Asked(CPP_ASKED, Domain.YAZE, Task.WRITE, "cpp")
PATCH = Asked(
    "Replace the JSL at $09DACB by nothing. Only the 4 bytes there may change.", Domain.ORACLE, Task.HOOK, "asm"
)


def made(code: str, asked: Asked = ASM, group: str = "rows:1") -> Sample:
    output = f"```{asked.language}\n{code}\n```"
    return Sample(
        sample_id=sample_id(asked.domain, asked.instruction, "", output),
        domain=asked.domain,
        task=asked.task,
        instruction=asked.instruction,
        output=output,
        source=Source(corpus="rows"),
        teacher=Teacher(name="dataset", model="rows", request_key="0"),
        group=group,
    )


def scored(code: str, asked: Asked = ASM) -> Quality:
    return score([made(code, asked)], Knowledge())[0]


@pytest.mark.parametrize(
    ("code", "asked"),
    [(SOUND, ASM), (CPP_SOUND, CPP), ("org $09DACB\n    NOP #4", PATCH)],
    ids=["a routine", "a function", "a patch of nothing but NOP"],
)
def test_sound_code_is_held_back_for_nothing_but_that_nobody_ran_it(code: str, asked: Asked) -> None:
    quality = scored(code, asked)
    assert [reason.kind for reason in quality.reasons] == [ReasonKind.NOT_RUN]
    assert quality.overall > 0.9


WRONG = {
    "an opcode that does not exist": (SOUND.replace("DEX", "DJX"), ReasonKind.DOES_NOT_ASSEMBLE),
    "an immediate of the wrong width": (SOUND.replace("#$07", "#$0007"), ReasonKind.WRONG_WIDTH),
    "a width left changed": (SOUND.replace("    REP #$10\n", ""), ReasonKind.WRONG_WIDTH),
    "no end": (SOUND.replace("    RTS", ""), ReasonKind.INCOMPLETE),
    "a branch to a label that was cut off": (SOUND.replace(".next\n", "", 1), ReasonKind.DOES_NOT_ASSEMBLE),
    "the other return": (SOUND.replace("RTS", "RTL"), ReasonKind.OFF_TARGET),
    "a name that nobody gave": (SOUND.replace("$0780", "RowTable"), ReasonKind.UNKNOWN),
    "another bank": (SOUND.replace("STA.w $1CB0", "STA.l $7F1CB0"), ReasonKind.OFF_TARGET),
    "nothing done": ("CopyRow:\n    NOP\n    CLC\n    RTS", ReasonKind.VACUOUS),
    "places that nobody asked for": (
        SOUND.replace("$0780", "$1000").replace("$1CB0", "$0B00"),
        ReasonKind.UNSUPPORTED,
    ),
    "the same lines over and over": (
        SOUND.replace("    LDX #$07\n", "    LDX #$07\n" * 9),
        ReasonKind.REPETITION,
    ),
}


@pytest.mark.parametrize("defect", WRONG)
def test_assembly_that_cannot_be_right_is_rejected_for_its_defect(defect: str) -> None:
    code, kind = WRONG[defect]
    assert kind in {reason.kind for reason in scored(code).reasons}


WRONG_CPP = {
    "an open brace": (CPP_SOUND[:-2], ReasonKind.INCOMPLETE),
    "no return": (CPP_SOUND.replace("  return total;\n", ""), ReasonKind.INCOMPLETE),
    "another function": (CPP_SOUND.replace("Sum", "Add"), ReasonKind.OFF_TARGET),
    "other types": (CPP_SOUND.replace("uint8_t>&", "int8_t>&"), ReasonKind.OFF_TARGET),
    "a variable from nowhere": (CPP_SOUND.replace("+= one", "+= offset"), ReasonKind.UNKNOWN),
    "nothing computed": (
        "int Sum(const std::vector<uint8_t>& bytes) {\n  return 0;\n}",
        ReasonKind.VACUOUS,
    ),
}


@pytest.mark.parametrize("defect", WRONG_CPP)
def test_cpp_that_cannot_be_right_is_rejected_for_its_defect(defect: str) -> None:
    code, kind = WRONG_CPP[defect]
    assert kind in {reason.kind for reason in scored(code, CPP).reasons}


def test_a_patch_elsewhere_than_asked_is_rejected() -> None:
    assert ReasonKind.OFF_TARGET in {reason.kind for reason in scored("org $2F9000\n    NOP #4", PATCH).reasons}


def test_a_wrong_result_cannot_be_seen_without_a_run() -> None:
    """What the gate cannot do: who wants this rejected must run it."""
    assert [reason.kind for reason in scored(SOUND.replace("#$07", "#$06")).reasons] == [ReasonKind.NOT_RUN]


HOW = Asked("How does the overworld draw its map?", Domain.ASM, Task.ANSWER, "asm")


def test_code_like_text_without_knowledge_or_diversity_is_rejected() -> None:
    filler = "Main:\n    LDA.w $5000\n    STA.w $5A00\n    RTS"
    qualities = score([made(filler, HOW, f"rows:{number}") for number in range(3)], Knowledge())
    assert [(one.knowledge, one.accepted) for one in qualities] == [(0, False)] * 3
    assert sorted(one.diversity for one in qualities) == [0, 0, 1]


@pytest.mark.parametrize("filler", ["NOP\n    NOP\n    RTS", "REP #$20\n    LDA #$0000\n    SEP #$20\n    RTL"])
def test_code_that_leaves_nothing_behind_is_rejected_wherever_it_stands(filler: str) -> None:
    assert ReasonKind.VACUOUS in {reason.kind for reason in scored(f"Main:\n    {filler}", HOW).reasons}


@pytest.mark.parametrize(
    "text", ["", "```asm\n", "```asm\n!\n```", "```cpp\n{{{(\n```", "```\n\x01\n```", "`" * 99, "org $\n" * 9]
)
def test_any_text_gets_a_verdict(text: str) -> None:
    for asked in (ASM, CPP, PATCH):
        assert not scored(text, asked).accepted


def data(instruction: str, code: str, task: Task = Task.HOOK) -> Quality:
    return scored(code, Asked(instruction, Domain.ORACLE, task, "asm"))


@pytest.mark.parametrize(
    ("instruction", "code"),
    [
        ("Change the byte at $1BD308 to $3C.", "org $1BD308\n    db $3C"),
        ("Change the byte at $1BD308 to $3C.", "org $9BD308\n    db 60"),
        ("The speeds are a table at $1BD308. Make entry 3 of it $7F.", "org $1BD30B\n    db $7F"),
        ("Write a table `Speeds` of the words 1, 2 and $0300.", "Speeds:\n    dw 1, 2, $0300"),
        ("Write a zero-terminated string `Hello` that says HELLO.", 'Hello:\n    db "HELLO", 0'),
        ("Replace the BEQ at $05C123 by BRA in one byte.", "org $05C123\n    db $80"),
    ],
)
def test_data_that_the_request_spells_out_is_accepted_without_a_run(instruction: str, code: str) -> None:
    assert data(instruction, code).accepted, data(instruction, code).reasons


@pytest.mark.parametrize(
    ("instruction", "code"),
    [
        ("Make the sword beam cost no magic.", "org $07A1B2\n    db $00"),
        ("Change the byte at $1BD308 to $3C.", "org $1BD308\n    db $3D"),
        ("Hook the routine at $028000 so that it writes $12 to $7E0D10.", "org $028000\n    db $22, $00, $80, $20"),
    ],
)
def test_data_that_nobody_can_hold_against_the_request_was_never_run(instruction: str, code: str) -> None:
    assert [reason.kind for reason in data(instruction, code).reasons] == [ReasonKind.NOT_RUN]


def test_data_elsewhere_than_asked_is_rejected() -> None:
    quality = data("Change the byte at $1BD308 to $3C.", "org $2F9000\n    db $3C")
    assert ReasonKind.OFF_TARGET in {reason.kind for reason in quality.reasons}


@pytest.mark.parametrize("task", [Task.WRITE, Task.ANSWER])
def test_a_dump_of_bytes_is_no_answer_to_who_wants_a_routine(task: Task) -> None:
    quality = data(ASKED, "CopyRow:\n    db $E2, $10, $A2, $07, $BD, $80, $07, $9D, $B0, $1C, $CA, $10, $F7, $60", task)
    assert [reason.kind for reason in quality.reasons] == [ReasonKind.NO_CODE]
    assert ReasonKind.NO_CODE not in {reason.kind for reason in data(ASKED, SOUND + "\n    db $00", task).reasons}
