"""Routines of a ROM hack are mined with the macros, functions and defines of their own project in view. The hack is a
small one of our own.
"""

from pathlib import Path

import pytest

from oracle_lib.generate.mining import Mined, Reason, WhyNot, mine, problems
from oracle_lib.generate.sources import disassembly, romhack
from oracle_lib.items import Item
from oracle_lib.sample import Domain
from oracle_lib.verify import check, extract_code

NAMES = """\
!Speed = $0D50
!ADD = "CLC : ADC"
!Twice = !Step+!Step
!Step = 3
!Debug = 0
SlotTimer = $0DF0
SlotFrame = $0D90
Unused = $0123

function doubled(x) = x+x

macro hold(frames)
    LDA.b #<frames> : STA.w SlotTimer,X
endmacro

macro animate(first, last, frames)
    LDA.w SlotTimer,X : BNE +
    %hold(<frames>)
    LDA.w SlotFrame,X : INC A
    CMP.b #<last>+1 : BCC ++
    LDA.b #<first>
++
    STA.w SlotFrame,X
+
endmacro

macro told(text)
    if !Debug == 1
        print "<text>"
        STZ.w Unused
    endif
endmacro

macro frombin()
    incbin "secret.bin"
endmacro

macro fromsource()
    incsrc "secret.asm"
endmacro
"""
CODE = """\
org $238000
First:
    LDA.b #$01 : STA.w $0D80
    RTS

; A slot walks in three frames.
Walk:
    %told("walk")
    %animate(2, 4, 6) ; its legs
    LDA.w !Speed,X : !ADD.w $0D00,X : STA.w $0D00,X
    RTS

Doubles:
    LDA.b #doubled(!Twice) : STA.w $0D81
    RTS

Held:
    %hold($20)
    JSR First
    RTS

RunsOn:
    STZ.w $0D83
    INC.w $0D83
RunInto:
    INC.w $0D84
    RTS

Twice:
    JSR .once
.once
    INC.w $0D85
    RTS

Once:
    JSR Twice_once
    RTS

CallsGame:
    JSL $108000
    RTS

CallsOwn:
    JSL Shared
    RTS

ReadsFile:
    %frombin()
    RTS

ReadsSource:
    %fromsource()
    RTS

Unknown:
    %nobody(1)
    RTS
"""
SHARED = """\
org $248000
Shared: ; as the game calls another one
    INC.w $0D87
    RTL
"""
GAME = """\
org $108000
Shared:
#_108000: INC.w $0D86
#_108003: RTL
"""


def items(folder: Path, names: str = NAMES) -> list[Item]:
    (folder / "names.asm").write_text(names)
    (folder / "code.asm").write_text(CODE)
    (folder / "shared.asm").write_text(SHARED)
    (folder / "secret.bin").write_bytes(b"\xea\xea")
    (folder / "secret.asm").write_text("    INC.w $0D82")
    return list(romhack.items(folder, "hack", Domain.ORACLE, "MIT"))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mined | WhyNot]:
    game = tmp_path_factory.mktemp("game")
    (game / "bank_10.asm").write_text(GAME)
    beside = disassembly.items(game, "game", Domain.ASM, "MIT")
    return {one.source.symbol: one for one in mine(items(tmp_path_factory.mktemp("hack")), beside=beside)}


def mined(outcomes: dict[str, Mined | WhyNot], name: str) -> Mined:
    one = outcomes[name]
    assert isinstance(one, Mined), one
    return one


def written(one: Mined) -> set[int]:
    return {span.address + offset for span in one.contract.writes for offset in range(span.length)}


def test_a_routine_is_the_code_that_its_macros_and_defines_come_to(outcomes: dict[str, Mined | WhyNot]) -> None:
    assert mined(outcomes, "Walk").text.splitlines() == [
        "Walk:",
        "    LDA.w SlotTimer,X",
        "    BNE +",
        "    LDA.b #6",
        "    STA.w SlotTimer,X",
        "    LDA.w SlotFrame,X",
        "    INC A",
        "    CMP.b #$05",
        "    BCC ++",
        "    LDA.b #2",
        "++",
        "    STA.w SlotFrame,X",
        "+ ; its legs",
        "    LDA.w $0D50,X",
        "    CLC",
        "    ADC.w $0D00,X",
        "    STA.w $0D00,X",
        "    RTS",
    ]
    assert "#doubled(3+3)" in mined(outcomes, "Doubles").text


def test_it_does_what_its_macros_say(outcomes: dict[str, Mined | WhyNot]) -> None:
    contract = mined(outcomes, "Doubles").contract
    assert check("Doubles:\n LDA.b #$0C\n STA.w $0D81\n RTS", contract).passes
    assert not check("Doubles:\n LDA.b #$06\n STA.w $0D81\n RTS", contract).passes
    walk = mined(outcomes, "Walk")
    assert not check(walk.text.replace("LDA.b #2", "LDA.b #3"), walk.contract).passes
    assert written(walk) == {first + slot for first in (0x7E0D00, 0x7E0D90, 0x7E0DF0) for slot in range(16)}


def test_pieces_without_an_address_lie_as_the_source_has_them(outcomes: dict[str, Mined | WhyNot]) -> None:
    assert mined(outcomes, "RunsOn").text.splitlines()[-1] == "    JMP RunInto"
    assert written(mined(outcomes, "RunsOn")) == {0x7E0D83, 0x7E0D84}
    assert mined(outcomes, "Held").contract.origin >> 16 == 0x23
    assert [helper.name for helper in mined(outcomes, "Once").helpers] == ["Twice"]
    assert written(mined(outcomes, "Once")) == {0x7E0D85}


def test_what_the_hack_calls_as_the_game_calls_another_routine_is_its_own(outcomes: dict[str, Mined | WhyNot]) -> None:
    assert written(mined(outcomes, "CallsGame")) == {0x7E0D86}
    assert written(mined(outcomes, "CallsOwn")) == {0x7E0D87}


def test_a_contract_knows_the_names_that_are_left_and_no_others(outcomes: dict[str, Mined | WhyNot]) -> None:
    assert mined(outcomes, "Walk").contract.symbols == {"SlotTimer": 0x0DF0, "SlotFrame": 0x0D90}
    assert mined(outcomes, "Held").contract.symbols.keys() == {"SlotTimer", "First"}


def test_what_is_taught_of_it_passes_without_the_project(outcomes: dict[str, Mined | WhyNot]) -> None:
    asked = [problem for name in ("Walk", "Held") for problem in problems(mined(outcomes, name), seed=1)]
    assert {problem.family for problem in asked} >= {"mined_write", "mined_fix", "mined_explain"}
    for problem in asked:
        assert check(extract_code(problem.answer, problem.contract), problem.contract).passes, problem.family
        assert "%" not in problem.answer and "macro" not in problem.input


@pytest.mark.parametrize("name", ["ReadsFile", "ReadsSource", "Unknown"])
def test_a_macro_that_reads_a_file_or_is_not_there_leaves_no_routine(
    outcomes: dict[str, Mined | WhyNot], name: str
) -> None:
    one = outcomes[name]
    assert isinstance(one, WhyNot) and one.reason is Reason.ASSEMBLY


def test_it_is_mined_again_when_a_macro_changes(tmp_path: Path) -> None:
    def again(names: str) -> dict[str, Mined | WhyNot]:
        chosen = [item for item in items(tmp_path, names) if item.source.symbol in ("Held", "First")]
        return {one.source.symbol: one for one in mine(chosen, tmp_path / "mined.jsonl")}

    assert "LDA.b #$20" in mined(again(NAMES), "Held").text
    rows = len((tmp_path / "mined.jsonl").read_text().splitlines())
    assert "LDA.b #$21" in mined(again(NAMES.replace("#<frames>", "#<frames>+1")), "Held").text
    assert len((tmp_path / "mined.jsonl").read_text().splitlines()) == rows + 1
