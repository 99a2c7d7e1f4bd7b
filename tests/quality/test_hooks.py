"""Hooks and patches are checked where they go: mistakes are found, and sound ones are left alone."""

import random
import re
from pathlib import Path

import pytest

from benchmarks.planted_hooks import KINDS, Hooked, planted, sound
from oracle_lib import OracleError
from oracle_lib.__main__ import main
from oracle_lib.quality.hooks import (
    Finding,
    FindingKind,
    Game,
    Manifest,
    Place,
    Range,
    Severity,
    Site,
    findings,
    findings_alone,
    findings_in,
)
from oracle_lib.quality.text import Reading
from oracle_lib.quality.validators import validate
from oracle_lib.sample import ReasonKind, Sample, Source, Teacher, Verification, sample_id
from oracle_lib.tasks import families
from oracle_lib.verify import AsmContract, assemble

GAME = """
org $028000
Routine:
    SEP #$30
    LDA.b $10
    STA.w $0D10
    REP #$20
    LDA.w #$1234
    STA.b $12
    SEP #$20
    LDA.w $0D20
    RTS
"""


def game() -> Game:
    assembly = assemble(GAME, backend="own")
    return Game(assembly.blocks, assembly.listing)


def check(text: str, manifest: Manifest | None = None) -> list[Finding]:
    return findings(assemble(text, backend="own"), manifest or Manifest(), game())


def kinds(text: str, manifest: Manifest | None = None) -> set[FindingKind]:
    return {finding.kind for finding in check(text, manifest) if finding.severity is Severity.HARD}


def found(hook: Hooked) -> list[Finding]:
    return findings(assemble(hook.text, backend="own"), hook.manifest, hook.game)


def hook(*body: str, site: str = "org $028002\n    JSL Hook\n    NOP", end: str = "    RTL") -> str:
    return "\n".join([site, "org $208000", "Hook:", *(f"    {line}" for line in body), end])


DISPLACED = ("LDA.b $10", "STA.w $0D10")


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_mistake_is_found(kind: FindingKind) -> None:
    for number in range(25):
        case = planted(kind, random.Random(f"{kind} {number}"))
        assert kind in {finding.kind for finding in found(case)}, case.text


def test_sound_hooks_are_left_alone() -> None:
    for number in range(100):
        case = sound(random.Random(f"sound {number}"))
        assert not found(case), case.text


def test_a_hook_that_does_what_it_displaced_is_sound() -> None:
    assert not check(hook(*DISPLACED))


def test_a_finding_names_its_line_and_says_what_is_wrong() -> None:
    [one] = check(hook(*DISPLACED, "PHP"))
    assert str(one) == "9: hard: stack: RTL takes the flags of a PHP for its return address"


def test_paths_are_kept_apart() -> None:
    branch = ("PHX", "LDA.b $20", "BEQ +", "PLX", "BRA ++", "+ INC.b $21")
    assert kinds(hook(*DISPLACED, *branch, "PLX", "++ NOP")) == set()
    assert kinds(hook(*DISPLACED, "PHP", "LDA.b $20", "BEQ +", "PLP", "+ NOP")) == {FindingKind.STACK}


def test_a_branch_that_is_never_taken_leads_nowhere() -> None:
    assert kinds(hook(*DISPLACED, "CLC", "BCC +", "PHP", "+ INC.b $20")) == set()
    assert kinds(hook(*DISPLACED, "SEC", "BCC +", "BRA ++", "+ PHP", "++ INC.b $20")) == set()


def test_a_data_bank_in_a_mirror_of_the_game_s_own_is_kept() -> None:
    assert kinds(hook("LDA #$82", "PHA", "PLB", *DISPLACED)) == set()
    assert kinds(hook("LDA #$20", "PHA", "PLB", *DISPLACED)) == {FindingKind.DATA_BANK}


def test_what_the_patch_itself_writes_over_is_no_hook() -> None:
    push_and_return = hook(*DISPLACED).replace("$208000", "$608B00")  # as its address reads from $028004 on
    assert kinds("org $028006\n    db $8D\n" + push_and_return) == set()


def test_mirrors_of_a_place_are_that_place() -> None:
    taken = Manifest(hooks=(Site(address=0x828004, length=2, name="Other"),))
    assert kinds(hook(*DISPLACED), taken) == {FindingKind.OVERLAP}


def test_widths_are_held_against_the_code_that_follows() -> None:
    site = "org $02800C\n    JSL Hook"
    assert kinds(hook("STA.b $12", "SEP #$20", site=site)) == set()
    assert kinds(hook("STA.b $12", site=site)) == {FindingKind.WIDTHS}


def test_a_width_that_the_game_sets_anew_does_not_matter() -> None:
    site = "org $028009\n    JSL Hook\n    NOP"
    assert kinds(hook("LDA.w #$1234", "STA.b $12", "SEP #$20", site=site)) == set()


def test_remains_that_do_nothing_are_harmless() -> None:
    assembly = assemble("org $028000\n    LDA.b $10\n    LDA.w $EA10\n    RTS", backend="own")
    patch = assemble(hook("LDA.b $10", "LDA.w $EA10", site="org $028000\n    JSL Hook"), backend="own")
    assert not findings(patch, Manifest(), Game(assembly.blocks, assembly.listing))


def test_a_jsl_without_nops_leaves_remains() -> None:
    assert kinds(hook(*DISPLACED, site="org $028002\n    JSL Hook")) == {FindingKind.REMAINS}


def test_a_call_pushed_long_by_phk_returns_by_rtl() -> None:
    body = (*DISPLACED, "PHK", "JSR Part", "RTL", "Part: INC.b $20")
    assert kinds(hook(*body)) == set()


def test_the_rest_of_the_game_s_routine_may_be_called_and_come_back() -> None:
    site, back = "org $028002\n    JML Hook\n    NOP", "    JML $028007"
    assert kinds(hook("JSL Rest", "INC.b $20", "JML $028007", "Rest:", *DISPLACED, site=site, end=back)) == set()
    assert kinds(hook("PHB", "PHK", *DISPLACED, site=site, end=back)) == {FindingKind.STACK}


def test_tables_are_filled_in_and_code_is_cut_only_by_mistake() -> None:
    assert not check("org $208000\n    fill 16\norg $208004\n    db 1,2")
    [within] = check("org $208000\n    LDA.b $10\n    RTL\norg $208001\n    db 1")
    assert (within.kind, within.severity) == (FindingKind.OVERLAP, Severity.SOFT)
    [cut] = check("org $208000\n    LDA.w $0D10\n    RTL\norg $208002\n    JML $028000")
    assert (cut.kind, cut.severity) == (FindingKind.OVERLAP, Severity.HARD)


def test_a_mapper_other_than_lorom_is_not_judged() -> None:
    assert kinds("hirom\norg $C08000\n    RTL") == {FindingKind.MAPPER}


def test_what_does_not_assemble_is_a_finding() -> None:
    assert kinds("org $028000\n    LDQ #1") == {FindingKind.DOES_NOT_ASSEMBLE}
    assert kinds("org $02FFFE\n    LDA.w $0D10") == {FindingKind.BANK_END}


def test_paths_without_number_are_bounded() -> None:
    assert not check(hook("- LDA.b $20", "BEQ +", "PHP", "BRA -", "+ PHB", "BRA -"))


def test_a_patch_of_too_many_paths_is_said_not_to_be_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oracle_lib.quality.hooks.sites._STEPS", 3)
    text = "\n".join([hook(*DISPLACED), "org $028010\n    LDA.w $0D22", "org $02800E\n    SEP #$20"])
    assert {finding.kind for finding in check(text)} == {FindingKind.NOT_FOLLOWED}


def test_a_table_is_not_taken_for_code() -> None:
    table = Game([(0x028000, bytes(range(0x20)))])
    patch = assemble("org $028004\n    db $08,$6B,$08,$60", backend="own")
    assert not findings(patch, Manifest(), table)


def test_a_manifest_is_read_from_yaml_as_people_write_it(tmp_path: Path) -> None:
    file = tmp_path / "hack.yaml"
    file.write_text(
        "hooks:\n  - {address: $028004, length: 2, name: Other}\nprotected:\n  - {address: $00FFC0, length: $40}\n"
        "free:\n  - {address: $208000, length: $8000}\nplaces:\n  - {address: $028002, expected: A5108D, m: 8, db: 2}\n"
    )
    manifest = Manifest.read(file)
    assert manifest.free == (Range(address=0x208000, length=0x8000),)
    assert manifest.places == (Place(address=0x028002, expected=bytes.fromhex("A5108D"), m=8, db=2),)


@pytest.mark.parametrize("content", ["hooks: [{address: 7, lenght: 2}]", "hooks: {", "[1]", "free: [{address: $02}]"])
def test_a_wrong_manifest_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "hack.yaml").write_text(content)
    with pytest.raises(OracleError, match="docs/hooks"):
        Manifest.read(tmp_path / "hack.yaml")


@pytest.mark.parametrize("name", ["hook_extra", "hook_value", "patch_branch", "hooked_end", "hooked_value"])
def test_references_of_hooks_are_safe_under_their_contracts(name: str) -> None:
    for seed in range(5):
        problem = families(("asm", "composed"))[name].draw(random.Random(seed))
        assert isinstance(problem.contract, AsmContract)
        for reference in problem.references:
            assert not [one for one in findings_in(reference, problem.contract) if one.severity is Severity.HARD]


def test_an_answer_that_returns_the_wrong_way_is_found_under_its_contract() -> None:
    for seed in range(5):
        problem = families()["hook_extra"].draw(random.Random(seed))
        assert isinstance(problem.contract, AsmContract)
        wrong = findings_in(problem.references[0].replace("RTL", "RTS"), problem.contract)
        assert FindingKind.RETURN in {one.kind for one in wrong}


@pytest.mark.parametrize("is_run", [True, False])
def test_the_gate_rejects_an_unsafe_hook_whatever_its_run_showed_and_without_a_run(is_run: bool) -> None:
    problem = families()["hook_extra"].draw(random.Random(1))
    passed = Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=10)
    for answer, is_safe in ((problem.answer, True), (problem.answer.replace("RTL", "RTS"), False)):
        sample = Sample(
            sample_id=sample_id(problem.domain, problem.instructions[0], problem.input, answer),
            domain=problem.domain,
            task=problem.task,
            instruction=problem.instructions[0],
            input=problem.input,
            output=answer,
            source=Source(corpus="tasks"),
            teacher=Teacher(name="offline", model="tasks", request_key="0"),
            verification=passed if is_run else None,
            group=problem.group,
        )
        reasons = {reason.kind for reason in validate(sample, Reading.of(sample))}
        assert (ReasonKind.UNSAFE_HOOK in reasons) is not is_safe


def alone(text: str, prompt: str = "Hook it.") -> set[FindingKind]:
    return {one.kind for one in findings_alone(text, prompt) if one.severity is Severity.HARD}


def test_a_patch_without_a_contract_is_checked_by_what_it_shows_itself() -> None:
    sound_one = hook("INC.w $0D30", *DISPLACED)
    assert alone(sound_one) == alone("LDA $10\nRTS") == alone("org $208000\nJSX Hook") == set()
    assert alone(f"{sound_one}\norg $028004\nLate: INC.w $0D32\n    RTL") == {FindingKind.OVERLAP}
    assert alone(sound_one.replace("RTL", "RTS")) == {FindingKind.RETURN}
    assert alone(hook("PHP", *DISPLACED)) == {FindingKind.STACK}


def test_a_patch_that_calls_what_it_does_not_show_is_left_alone() -> None:
    assert alone("org $028002\n    JSR Elsewhere\n    NOP #2\norg $208000\nNew: JSR Elsewhere\n    RTL") == set()


def test_a_patch_without_a_contract_is_held_against_the_code_in_its_request() -> None:
    request = f"Hook this routine:\n```asm\n{GAME}\n```"
    assert alone(hook("INC.w $0D30", *DISPLACED), request) == set()
    for text, kind in (
        (hook(*DISPLACED, site="org $028003\n    JSL Hook"), FindingKind.MIDDLE),
        (hook(*DISPLACED, site="org $028002\n    JSL Hook"), FindingKind.REMAINS),
        (hook(*DISPLACED, "REP #$10"), FindingKind.WIDTHS),
    ):
        assert (kind in alone(text, request), kind in alone(text)) == (True, False), text


@pytest.fixture
def hack(tmp_path: Path) -> Path:
    folder = tmp_path / "hack"
    (folder / "items").mkdir(parents=True)
    (folder / "main.asm").write_text("lorom\nincsrc items/rod.asm\n")
    (folder / "items" / "rod.asm").write_text(
        "; @hook name=FireRod\norg $028002\n    JSL Rod\n    NOP\n\norg $218000\nRod:\n    LDA.b $10\n"
        "    STA.w $0D10\n    RTL\n"
    )
    return folder


@pytest.fixture
def disassembly(tmp_path: Path) -> Path:
    folder = tmp_path / "game"
    folder.mkdir()
    lines, assembly = GAME.strip().splitlines(), assemble(GAME.strip(), backend="own")
    for one in assembly.listing:
        lines[one.line - 1] = f"#_{one.address:06X}: {lines[one.line - 1].strip()}"
    (folder / "bank_02.asm").write_text("\n".join(lines) + "\n")
    return folder


def test_a_patch_is_checked_against_a_hack_and_the_game(
    hack: Path, disassembly: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    patch = tmp_path / "mine.asm"
    patch.write_text(hook(*DISPLACED, site="org $028004\n    JSL Hook"))
    assert main(["check", str(patch), "--hack", str(hack), "--game", str(disassembly)]) == 1
    said = capsys.readouterr().out
    assert "mine.asm:2: hard: overlap: $028004-$028007 overlaps" in said
    assert "FireRod at $028002 (items/rod.asm:2)" in said
    assert "2 hard and 1 soft findings" in said


def test_a_file_of_the_hack_is_checked_against_the_others(
    hack: Path, disassembly: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in ("main.asm", "items/rod.asm"):
        arguments = ["check", str(hack / file), "--hack", str(hack), "--game", str(disassembly)]
        assert main(arguments if file != "main.asm" else [*arguments[:2], *arguments[4:]]) == 0
        said = capsys.readouterr().out
        assert f"{file}: " in said and " of the game hooked; 0 hard and 0 soft findings" in said


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("", 0, "it writes nothing, so there was nothing to check; 0 hard and 0 soft findings"),
        ("!value = 3", 0, "it writes nothing, so there was nothing to check; "),
        ("org $208000\nNew: RTL", 0, "1 byte written, none of them over the game's own: no hook was found; "),
        ("org $0080D5\nJSL New\norg $208000\nNew: RTL", 0, "5 bytes written, 1 place of the game hooked; "),
        ("org $008000\nFROB", 1, "nothing else was looked at; 1 hard and 0 soft findings"),
        ("hirom\norg $C08000\nNOP", 1, "nothing else was looked at; 1 hard and 0 soft findings"),
    ],
)
def test_what_there_was_to_look_at_is_said(
    text: str, status: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.asm").write_text(text)
    assert main(["check", str(tmp_path / "mine.asm")]) == status
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"mine.asm: {says}")


def test_what_is_not_there_is_named(hack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(hack / "main.asm"), "--game", str(hack / "none")]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_the_page_on_hooks_tells_the_truth(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text()
    [example] = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    exec(compile(example, "docs/hooks.md", "exec"), {})
    [manifest] = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "hack.yaml").write_text(manifest)
    shown = Manifest.read(tmp_path / "hack.yaml").model_dump(exclude_defaults=True)
    assert shown.keys() == Manifest.model_fields.keys()
    assert all(kind.value in page for kind in FindingKind)
