"""Synthesis: one section an expert, each ending in what the real assembler or compiler said of its code."""

import pytest

from oracle_lib import verify
from oracle_lib.council.synthesis import Section, check_code, synthesise, write_section
from oracle_lib.params import load_expert

GOOD_ASM = "Here it is:\n\n```asm\nLDA.w $0010\nINC A\nSTA.w $0010\nRTS\n```\n\nIt counts."
BAD_ASM = "```asm\nLDA.w $0010\nJSL nowhere_at_all\n```"
needs_cpp = pytest.mark.skipif(bool(verify.cpp_unavailable()), reason=str(verify.cpp_unavailable()))


def section(text: str, expert: str = "rauru-assembler", confidence: float = 0.9, note: str = "A note.") -> Section:
    return Section(expert=expert, confidence=confidence, version=None, text=text, usable=None, note=note)


def test_assembly_that_assembles_is_told_with_its_size() -> None:
    assert check_code(GOOD_ASM, "asm") == (True, "The code assembles (8 bytes).")


def test_assembly_that_does_not_assemble_is_told_with_its_line() -> None:
    usable, note = check_code(BAD_ASM, "asm")
    assert usable is False and note.startswith("The code does NOT assemble: 2:") and "nowhere_at_all" in note


def test_an_answer_that_includes_a_file_does_not_assemble() -> None:
    usable, note = check_code('```asm\nincbin "/etc/passwd"\n```', "asm")
    assert usable is False and "root:" not in note


@needs_cpp
def test_cpp_that_compiles_is_told() -> None:
    assert check_code("```cpp\nint twice(int x) { return 2 * x; }\n```", "cpp") == (True, "The code compiles.")


@needs_cpp
def test_cpp_with_a_main_of_its_own_compiles_and_never_runs_here() -> None:
    assert check_code("```cpp\nint main() { for (;;) {} }\n```", "cpp") == (True, "The code compiles.")


@needs_cpp
@pytest.mark.parametrize("code", ["int twice(int x) { return 2 * y; }", "int f(int x) {", '#include "/etc/passwd"'])
def test_cpp_that_does_not_compile_is_told(code: str) -> None:
    usable, note = check_code(f"```cpp\n{code}\n```", "cpp")
    assert usable is False and note.startswith("The code does NOT compile: ")


def test_the_code_that_is_checked_is_what_was_said_and_not_what_was_thought() -> None:
    assert check_code(f"<think>\n{BAD_ASM}\n</think>\n\n{GOOD_ASM}", "asm")[0] is True
    assert check_code(GOOD_ASM.replace("```", "~~~"), "asm")[0] is True
    assert check_code(f"<think>\n{GOOD_ASM}\n</think>\n\nI can't.", "asm")[0] is None


def test_prose_is_not_mistaken_for_code() -> None:
    assert check_code("The stack is unbalanced.", "asm") == (
        None,
        "The answer holds no code block, so nothing was checked.",
    )
    assert check_code("Link wakes up.", "text") == (None, "")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "The model wrote nothing."),
        ("```", "The code block is empty."),
        ("```asm\n\n```", "The code block is empty."),
        ("```asm\n; nothing to do\n!speed = $04\n```", "The code holds no instruction."),
    ],
)
def test_code_that_is_not_there_is_never_called_good(text: str, note: str) -> None:
    usable, said = check_code(text, "asm")
    assert not usable and said == note


def test_a_section_without_an_adapter_says_so() -> None:
    sheik = load_expert("sheik")
    written = write_section(sheik, 0.85, None, BAD_ASM, is_champion=False)
    assert written.note.startswith("sheik-debugger has no adapter on this base yet; this answer is the base model's")
    assert written.usable is False and "does NOT assemble" in written.note
    assert (
        "no adapter"
        not in write_section(sheik, 0.85, "oracle-sheik-debugger-embedded-20261123", BAD_ASM, is_champion=True).note
    )


def test_a_section_of_a_candidate_says_that_it_is_no_champion() -> None:
    name = "oracle-sheik-debugger-embedded-20261123"
    candidate = write_section(load_expert("sheik"), 0.85, name, BAD_ASM, is_champion=False)
    assert candidate.note.startswith(
        f"{name} is a candidate: it has not passed the gates of a champion. The code does NOT"
    )
    assert "candidate" not in write_section(load_expert("sheik"), 0.85, name, BAD_ASM, is_champion=True).note


def test_sections_come_in_order_each_with_its_confidence_and_note() -> None:
    text = synthesise([section("First."), section("Second.", "yaze-expert", 0.85)])
    assert text == (
        "## rauru-assembler (confidence 0.90)\n\nFirst.\n\n*A note.*\n\n"
        "## yaze-expert (confidence 0.85)\n\nSecond.\n\n*A note.*"
    )


def test_a_block_cut_off_does_not_swallow_the_next_section() -> None:
    text = synthesise([section("```asm\nLDA.w $0010"), section("Second.", "yaze-expert")])
    assert "LDA.w $0010\n```\n\n*A note.*\n\n## yaze-expert" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$7EF360 and $7EF361", "`$7EF360` and `$7EF361`"),
        ("LDA #$20, then $$ or ($0E),Y.", "LDA `#$20`, then `$$` or (`$0E`),Y."),
        ("`$7EF360` and ``a ` $1`` and $2", "`$7EF360` and ``a ` $1`` and `$2`"),
        ("```asm\nLDA.w $10 ; `\nSTA.w $12\n```\n$14", "```asm\nLDA.w $10 ; `\nSTA.w $12\n```\n`$14`"),
        ("```asm\nLDA.w $10", "```asm\nLDA.w $10\n```"),
        ("It's a ` alone: $10 and $12", "It's a ` alone: `$10` and `$12`"),
    ],
)
def test_addresses_never_become_mathematics(text: str, shown: str) -> None:
    assert synthesise([section(text, note="")]) == f"## rauru-assembler (confidence 0.90)\n\n{shown}"


def test_addresses_in_a_note_never_become_mathematics_either() -> None:
    assert synthesise([section("Yes.", note="See '$' in $10.")]).endswith("\n\nYes.\n\n*See '`$`' in `$10`.*")
