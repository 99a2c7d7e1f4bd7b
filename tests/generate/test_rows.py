"""Rows of data sets enter a campaign as requests whose answers are known, and are judged anew."""

import asyncio
import json
from pathlib import Path

import pytest

from oracle_lib import OracleError, params
from oracle_lib.generate import run_campaign
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.judging import UNCHECKED
from oracle_lib.generate.materials import Material, materials
from oracle_lib.generate.requests import ProblemRequest, Request, Unusable, request_key
from oracle_lib.generate.rows import RowMaterial, RowRequest
from oracle_lib.generate.teachers.dataset import Dataset
from oracle_lib.items import Item
from oracle_lib.run import stage_folder
from oracle_lib.sample import Domain, Source, Task, read_samples
from oracle_lib.tasks import families

KNOWN = {"Link_HP": 0x7EF36D}
ROUTINE = "Heal:\n    LDA Link_HP\n    CLC\n    ADC #$08\n    STA Link_HP\n    JSL Sparkle\n    RTL"


def request(output: str, instruction: str = "Heal Link.", given: str = "") -> RowRequest:
    source = Source(corpus="old", path="set.jsonl", line=7, licence="MIT")
    return RowRequest(
        Item(source=source, domain=Domain.ASM, kind="row", text=output, comment=instruction, context=given), KNOWN
    )


def notes(output: str) -> tuple[str, ...]:
    return request(output).draft(output).notes


def test_a_row_is_asked_as_it_stands() -> None:
    asked = request("An answer.", "What is this?", "LDA #$00")
    assert asked.prompt == "What is this?\n\nLDA #$00"
    assert (asked.subject, asked.task, asked.domain, asked.group) == ("old", Task.ANSWER, Domain.ASM, "old:set.jsonl:7")
    draft = asked.draft("An answer.")
    assert (draft.instruction, draft.input, draft.output) == ("What is this?", "LDA #$00", "An answer.")
    assert draft.contract is None


def test_the_teacher_dataset_hands_the_rows_own_answer_on_and_answers_nothing_else() -> None:
    teacher = Dataset()
    assert teacher.unavailable() is None
    assert asyncio.run(teacher.answer(request("An answer."))).output == "An answer."
    index, problem = next(iter(Draws([families()["add_words"]], seed=1)))
    with pytest.raises(OracleError, match="the teacher dataset answers rows of data sets alone"):
        asyncio.run(teacher.answer(ProblemRequest(problem, index, 0, 1)))


def test_a_row_with_another_answer_is_another_request() -> None:
    def key(of: Request) -> str:
        return request_key(of, "dataset", "1")

    assert key(request("A.")) == key(request("A."))
    assert len({key(request("A.")), key(request("B.")), key(request("A.", "Else?"))}) == 3


def test_assembly_is_assembled_and_the_notes_say_with_which_names() -> None:
    expected = ("assembled, not run", "supplied: Link_HP=$7EF36D", "stubbed: Sparkle")
    assert notes(f"Like this:\n\n```asm\n{ROUTINE}\n```\nIt heals.") == expected
    assert notes(f"```\n{ROUTINE}\n```") == expected
    assert notes(f"~~~65816 title=x\n{ROUTINE}\n~~~") == expected


def test_bare_assembly_gets_the_fence_that_marks_it() -> None:
    for bare in (ROUTINE, "Wait:\n.loop ; here\n    DEX ; one less of them\n    BNE .loop\n.done\n    RTS"):
        draft = request(bare).draft(bare)
        assert draft.output == f"```asm\n{bare}\n```"
        assert draft.notes[0] == "assembled, not run"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Main:\n    LDQ #$12\n    RTS", "2:5: error: unknown mnemonic: LDQ"),
        ("Main:\n    LDA ($1234),Y\n    RTS", "2:10: error: value too wide"),
        ("Main:\n    BNE .gone\n    RTS", "2:9: error: undefined symbol: .gone is not defined"),
        ("Main:\n    MOV AX, 5\n    LDA #$00\n    RTS", "MOV is x86's"),
        ('incbin "secret.bin"\nMain:\n    RTS', "refused directive"),
    ],
)
def test_a_row_whose_code_does_not_assemble_is_refused_in_the_assemblers_words(code: str, words: str) -> None:
    with pytest.raises(Unusable, match="the code does not assemble: ") as refused:
        notes(f"```asm\n{code}\n```")
    assert words in str(refused.value)


def test_a_row_about_a_piece_from_under_a_label_may_set_its_sublabels() -> None:
    piece = "LDX #$0F\n.loop\nSTZ $10,X\nDEX\nBPL .loop"
    assert request(piece, f"Make this faster:\n{piece}").draft(piece).notes == ("assembled, not run",)
    with pytest.raises(Unusable, match=r"the sublabel \.loop has no parent label"):
        request(piece, "Clear 16 bytes.").draft(piece)


def test_blocks_that_need_each_other_are_assembled_together() -> None:
    assert (
        notes("```asm\nmacro heal(n)\n  ADC #<n>\nendmacro\n```\nThen\n```asm\n%heal($08)\nRTS\n```")[0]
        == "assembled, not run"
    )
    with pytest.raises(Unusable):
        notes("```asm\n%heal($08)\nRTS\n```")


@pytest.mark.parametrize(
    "output",
    [
        "The accumulator holds Link's health.",
        "Print the score\nIf you like, while you are there",
        "BRK",
        "```cpp\nint x = 1;\n```",
        "```sh\nasar main.asm rom.sfc\n```",
        "```\n$ make\nDone.\n```",
        "",
    ],
)
def test_of_prose_and_other_languages_nothing_is_noted(output: str) -> None:
    draft = request("x").draft(output)
    assert draft.notes == () and draft.output == output


@pytest.mark.parametrize("output", ["```" * 50_000, "```asm\n" * 20_000, "~~~\n`" * 20_000, "LDA:\n" * 50_000])
def test_a_hostile_answer_ends_in_a_draft_or_a_refusal(output: str) -> None:
    try:
        assert request("x").draft(output).instruction
    except Unusable as refusal:
        assert "does not assemble" in str(refusal)


SHIPPED = "asm-datasets"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the shipped source of data sets, and beside it a disassembly with one routine."""
    for name in ("sets", "vanilla"):
        (tmp_path / name).mkdir()
    (tmp_path / "vanilla" / "bank.asm").write_text("Sparkle:\n#_0DA000: STZ.w $0B00\n#_0DA003: RTL\n")
    monkeypatch.setenv("ORACLE_SOURCE_ASM_DATASETS", str(tmp_path / "sets"))
    monkeypatch.setenv("ORACLE_SOURCE_USDASM", str(tmp_path / "vanilla"))
    return tmp_path / "sets"


def write(folder: Path, *said: tuple[str, str]) -> None:
    rows = [json.dumps({"instruction": question, "output": answer}) for question, answer in said]
    (folder / "set.jsonl").write_text("\n".join(rows) + "\nbroken\n")


def test_a_material_gives_every_row_once_and_knows_how_many_there_are(folder: Path) -> None:
    write(folder, *((f"Question {number % 9}?", f"Answer {number % 9}.") for number in range(12)))
    material: Material = RowMaterial((SHIPPED,))
    units = material.units(seed=1)
    found = [one for unit in units for one in unit]
    assert material.most == 12
    assert [one.index for one in found] == list(range(1, 10))
    assert units.duplicates == 3 and units.exhausted == [SHIPPED]


def test_an_expert_has_the_data_sets_of_its_domains_that_are_there(folder: Path) -> None:
    found = materials(params.load_expert("rauru"), params.Generation(mixture={"datasets": 1.0}))
    assert found == {"datasets": {Domain.ASM: RowMaterial((SHIPPED,))}}


def test_rows_fill_their_part_of_a_campaign_beside_the_tasks_of_another_teacher(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heal = "It sparkles:\n\n```asm\nHeal:\n    LDA $7EF36D\n    JSL Sparkle\n    JSL Ring\n    RTL\n```"
    bad = "```asm\nHeal:\n    LDQ $7EF36D\n    RTL\n```"
    write(folder, ("Heal Link.", heal), ("Hurt Link.", bad), ("What does BRK do?", "BRK runs the software interrupt."))
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    generation = params.Generation(mixture={"templates": 0.5, "datasets": 0.5}, families=("swap_words",), attempts=20)
    profile = params.load_profile("demo").model_copy(update={"generation": generation})
    monkeypatch.setattr(params, "load_profile", lambda name: profile)
    stats = run_campaign("r", "rauru", "demo", size=4)
    accepted = list(read_samples(stage_folder("r", "rauru-assembler", "generate") / "accepted.jsonl"))
    assert stats.accepted == 4 and stats.teachers["dataset"].accepted == 2
    assert {one.teacher.name for one in accepted} == {"offline", "dataset"}
    of_rows = [one for one in accepted if one.teacher.name == "dataset"]
    assert {one.instruction: tuple(map(str, one.quality.reasons)) for one in of_rows if one.quality} == {
        "Heal Link.": ("assembled, not run", "supplied: Sparkle=$0DA000", "stubbed: Ring"),
        "What does BRK do?": (UNCHECKED,),
    }
    assert any("unknown mnemonic: LDQ" in why for why in stats.set_aside)
