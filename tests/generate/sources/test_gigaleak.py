"""Plain 65816 sources in older assemblers' form become items, whatever game they are of."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.gigaleak import items
from oracle_lib.items import Item
from oracle_lib.sample import Domain

LANTERN = """\
; Lantern of the test's own game
OIL     EQU     0340H           ; oil that is left
MAXOIL  EQU     $40
*
;---- burn some oil ----
BURN
        LDA     <TIMER
        AND     #0FH
        BNE     BURN9
        DEC     !OIL            ; every 16 frames
        JSR     DIM
BURN9   RTS

DIM:    LDX     #2
DIM10   LDA     >LEVELS,X
        STA     GLOW,X
        DEX
        BPL     DIM10
        RTL
LEVELS  DB      00H,08H,0FH
PARTS   DW      BURN,DIM
"""


def read(folder: Path) -> list[Item]:
    found = items(folder, "mine", Domain.GIGALEAK, "proprietary")
    return [item for item in found if item.kind != "definitions"]


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Item]:
    (tmp_path / "LANTERN.ASM").write_text(LANTERN)
    return {item.source.symbol: item for item in read(tmp_path)}


def test_a_routine_has_its_loops_and_a_table_its_data(found: dict[str, Item]) -> None:
    assert [(item.source.symbol, item.kind, item.source.line) for item in found.values()] == [
        ("BURN", "routine", 6),
        ("DIM", "routine", 14),
        ("LEVELS", "table", 20),
        ("PARTS", "table", 21),
    ]
    assert found["BURN"].text.splitlines()[-1] == "BURN9   RTS", "as it is written"
    assert found["BURN"].comment == "---- burn some oil ----"


def test_calls_accesses_and_equates_are_read_through_the_other_syntax(found: dict[str, Item]) -> None:
    burn, dim = found["BURN"], found["DIM"]
    assert (burn.calls, burn.accesses) == (("DIM",), ("TIMER", "OIL"))
    assert burn.symbols == {"OIL": 0x0340}
    assert burn.context.splitlines() == [
        "Named in the tables of PARTS.",
        "Defined elsewhere:",
        "OIL     EQU     0340H           ; oil that is left",
    ]
    assert (dim.calls, dim.accesses) == ((), ("LEVELS", "GLOW"))


def test_a_japanese_comment_is_read_and_the_encoding_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.s").write_bytes("WAIT    RTS     ; 待つ\n".encode("cp932"))
    [item] = read(tmp_path)
    assert item.comment == "待つ"
    assert capsys.readouterr().out == "mine: a.s is not UTF-8; it was read as cp932\n"
