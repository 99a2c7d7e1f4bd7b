"""Synthesis: what experts wrote, joined, with what the real assembler, console or compiler said of their code."""

import pytest

from oracle_lib import verify
from oracle_lib.council import checking
from oracle_lib.council.checking import Checked
from oracle_lib.council.contracts import contract_of
from oracle_lib.council.synthesis import Section, synthesise

GOOD_ASM = "Here it is:\n\n```asm\nLDA.w $0010\nINC A\nSTA.w $0010\nRTS\n```\n\nIt counts."
BAD_ASM = "```asm\nLDA.w $0010\nJSL nowhere_at_all\n```"
needs_cpp = pytest.mark.skipif(bool(verify.cpp_unavailable()), reason=str(verify.cpp_unavailable()))


def section(text: str, expert: str = "rauru-assembler", confidence: float = 0.9, note: str = "A note.") -> Section:
    return Section(
        expert=expert,
        purpose="routines",
        confidence=confidence,
        version=None,
        text=text,
        checked=Checked(usable=None, note=note),
    )


def check_code(text: str, language: str, question: str = "") -> tuple[bool | None, str]:
    found = checking.check_code(text, language, question)
    return found.usable, found.note


def test_assembly_that_assembles_is_told_with_its_size() -> None:
    assert check_code(GOOD_ASM, "asm") == (True, "The code assembles (8 bytes).")


def test_assembly_that_does_not_assemble_is_told_with_its_line() -> None:
    usable, note = check_code(BAD_ASM, "asm")
    assert usable is False and note == "The code does NOT assemble: nowhere_at_all is not defined."


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


def test_a_name_that_the_question_gives_may_be_used() -> None:
    usable, note = check_code(BAD_ASM, "asm", "Call nowhere_at_all with $0010")
    assert usable is True and note == "The code assembles (7 bytes), with nowhere_at_all from elsewhere."


def test_an_immediate_of_the_wrong_width_is_found() -> None:
    usable, note = check_code("```asm\nREP #$20\nLDA.b #$05\nSTA.w $0010\nRTS\n```", "asm")
    assert usable is False and note.startswith("The code assembles, but a width is wrong: ")


def test_every_block_is_checked() -> None:
    usable, note = check_code(f"{GOOD_ASM}\n\n{BAD_ASM}", "asm")
    assert usable is False
    assert note.startswith("Block 1: The code assembles (8 bytes). Block 2: The code does NOT assemble")


def test_a_log_or_a_command_is_not_taken_for_code() -> None:
    log = "```text\nBRK at $008123\n```\n\n```bash\nmake test\n```"
    assert check_code(log, "asm") == (None, "The answer holds no code block, so nothing was checked.")
    assert check_code(f"{log}\n\n{GOOD_ASM}", "asm") == (True, "The code assembles (8 bytes).")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Write a routine that increments $7E0010", "INC.w $0010\nRTS"),
        ("Decrement the byte at $7EF360 by 3, returns with RTL", "LDA.l $7EF360\nSEC\nSBC #$03\nSTA.l $7EF360\nRTL"),
        ("Please add #$10 to $7E0F50.", "LDA.l $7E0F50\nCLC\nADC #$10\nSTA.l $7E0F50\nRTS"),
        ("Clear the word at $7E0022", "REP #$20\nLDA #$0000\nSTA.l $7E0022\nSEP #$20\nRTS"),
        ("Store $1234 to $7E0022", "REP #$20\nLDA #$1234\nSTA.l $7E0022\nSEP #$20\nRTS"),
        ("How do I copy $7E0010 to $7E0012?", "LDA.l $7E0010\nSTA.l $7E0012\nRTS"),
    ],
)
def test_a_plain_effect_on_memory_is_tried_on_the_console(question: str, code: str) -> None:
    usable, note = check_code(f"```asm\n{code}\n```", "asm", question)
    assert usable is True and "does what was asked in 7 runs on the console" in note
    usable, note = check_code("```asm\nLDA #$42\nSTA.l $7E0300\nRTS\n```", "asm", question)
    assert usable is False and "does NOT do what was asked" in note


@pytest.mark.parametrize(
    "question",
    [
        "Increment $7E0010 but never beyond 9",
        "Increment $7E0010 if $7E0011 is set",
        "Increment $7E0010 and clear $7E0012",
        "Set $2100 to $0F",
        "Set $7E0010 to $12345",
        "What does $7E0010 hold?",
        "Hook $0080B5 and increment $7E0010",
    ],
)
def test_a_question_that_asks_for_more_has_no_contract(question: str) -> None:
    assert contract_of(question) is None


def test_an_answer_ends_in_its_checks_and_warnings() -> None:
    one = section("First.").model_copy(update={"fault": "it took more than 2 seconds", "unknown": ("Lnik",)})
    assert synthesise([one], ["$7E0010 is a mode"]) == (
        "## rauru-assembler (confidence 0.90)\n\nFirst.\n\n### Checks\n\n- A note.\n\n### Warnings\n\n"
        "- The answer is cut short: it took more than 2 seconds.\n- Defined nowhere that is known here: Lnik.\n\n"
        "### Looked up\n\n- `$7E0010` is a mode"
    )


def test_several_answers_are_joined_and_name_who_said_what() -> None:
    text = synthesise([section(GOOD_ASM), section("Second.", "yaze-expert", 0.85)])
    assert text == (
        "## Overview\n\n- **rauru-assembler (confidence 0.90)**: routines\n"
        "- **yaze-expert (confidence 0.85)**: routines\n\n## Steps\n\n"
        "### rauru-assembler\n\nHere it is:\n\n*(code 1)*\n\nIt counts.\n\n### yaze-expert\n\nSecond.\n\n## Code\n\n"
        "**Code 1**, by rauru-assembler:\n\n```asm\nLDA.w $0010\nINC A\nSTA.w $0010\nRTS\n```\n\n"
        "## Checks\n\n- rauru-assembler: A note.\n- yaze-expert: A note."
    )


def test_a_block_cut_off_does_not_swallow_what_follows() -> None:
    assert "LDA.w $0010\n```\n\n### Checks" in synthesise([section("```asm\nLDA.w $0010")])


def test_an_answer_cannot_pass_for_another_experts_or_for_a_check() -> None:
    text = synthesise([section("# Checks\n\nyaze-expert\n---\n\n> ## Warnings\n\n<b>bold</b> &#36; ![x](http://x)")])
    assert "\n# " not in text and "\n---" not in text and "<b>" not in text and "![" not in text
    assert [line for line in text.splitlines() if line.startswith(("# ", "## ", "### "))][1:] == ["### Checks"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$7EF360 and $7EF361", "`$7EF360` and `$7EF361`"),
        ("LDA #$20, then $$ or ($0E),Y.", "LDA `#$20`, then `$$` or (`$0E`),Y."),
        ("`$7EF360` and ``a ` $1`` and $2", "`$7EF360` and ``a ` $1`` and `$2`"),
        ("```asm\nLDA.w $10 ; `\nSTA.w $12\n```\n$14", "```asm\nLDA.w $10 ; `\nSTA.w $12\n```\n\n`$14`"),
        ("```asm\nLDA.w $10", "```asm\nLDA.w $10\n```"),
        ("Do:\n\n    LDA.w $10\n    STA.w $12\n", "Do:\n\n```\nLDA.w $10\nSTA.w $12\n```"),
        ("Do:\n- so:\n  ```asm\n  LDA.w $10\n  ```", "Do:\n- so:\n\n```asm\nLDA.w $10\n```"),
        ("````asm\n```\nLDA.w $10\n````", "````asm\n```\nLDA.w $10\n````"),
        ("It's a ` alone: $10 and $12", "It's a ` alone: `$10` and `$12`"),
    ],
)
def test_addresses_never_become_mathematics(text: str, shown: str) -> None:
    assert synthesise([section(text, note="")]) == f"## rauru-assembler (confidence 0.90)\n\n{shown}"


def test_addresses_in_a_note_never_become_mathematics_either() -> None:
    assert synthesise([section("Yes.", note="See '$' in $10.")]).endswith("\n\n- See '`$`' in `$10`.")
