"""A disassembly in usdasm's form becomes items: routines and tables, with what they call, read and stand for."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.disassembly import items
from oracle_lib.items import Item
from oracle_lib.sample import Domain
from oracle_lib.verify import assemble

MAIN = """\
incsrc "registers.asm"
org $0A8000

;=======================================
; What follows is about light.

; Counts lamps.
; Enter with A the room.
;---------------------------------------
CountLamps: ; clobbers X
#_0A8000: STA.w $0440
#_0A8003: LDX.b #$02

#CountMore:
.next
#_0A8005: LDA.w .lamps,X ; lit?
#_0A8008: BEQ .dark

;---------------------------------------

#_0A800A: JSR AddLamp

.dark
#_0A800D: DEX
#_0A800E: BPL .next

;=======================================

AddLamp:
#_0A8010: INC.b $72
#_0A8012: LDA.l $7EF36E
#_0A8016: STA.w SCREEN
#_0A8019: BNE EXIT_LAMP

#_0A801B: JML [$0A]

;=======================================

pool CountLamps CountTorches

.lamps
#_0A801E: db $01, $00
#_0A8020: db $01

pool off

;=======================================

#EXIT_LAMP:
#_0A8021: RTS

;=======================================

CountTorches:
#_0A8022: LDA.w CountLamps_lamps
#_0A8025: LDA.w .lamps+1
#_0A8028: JSL TurnPage
#_0A802C: RTL

Pages:
#_0A802D: dw TurnPage, CountMore, Song
#_0A8033: incbin "page.bin"
"""
OTHERS = {
    "registers.asm": "SCREEN = $002100 ; brightness\n",
    "sound.asm": "arch SPC700\nStart:\n#_0B8000: #_0800: nop\narch 65816\nSong:\n#_0B8001: #_0801: db $7F\n",
    "turn/page.asm": "TurnPage:\n#_0A9000: RTL\n",
}


def read(folder: Path, main: str = MAIN, **others: str) -> dict[str, Item]:
    for name, text in {"main.asm": main, **others}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return {item.source.symbol + (" pool" if "pool" in item.text else ""): item for item in _items(folder)}


def _items(folder: Path) -> list[Item]:
    return [item for item in items(folder, "mine", Domain.ASM, "CC0") if item.kind != "definitions"]


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Item]:
    return read(tmp_path, **OTHERS)


def test_what_a_file_defines_is_an_item_with_its_values(tmp_path: Path) -> None:
    read(tmp_path, **OTHERS)
    [registers] = (one for one in items(tmp_path, "mine", Domain.ASM, "CC0") if one.source.path == "registers.asm")
    assert (registers.kind, registers.text, registers.symbols) == (
        "definitions", "SCREEN = $002100 ; brightness", {"SCREEN": 0x2100}
    )  # fmt: skip


def test_each_label_is_an_item_with_its_place(found: dict[str, Item]) -> None:
    assert [(item.source.symbol, item.kind, item.address) for item in found.values()] == [
        ("CountLamps", "routine", 0x0A8000),
        ("AddLamp", "routine", 0x0A8010),
        ("CountLamps", "table", 0x0A801E),
        ("EXIT_LAMP", "routine", 0x0A8021),
        ("CountTorches", "routine", 0x0A8022),
        ("Pages", "table", 0x0A802D),
        ("Song", "table", 0x0B8001),
        ("TurnPage", "routine", 0x0A9000),
    ]
    source = found["AddLamp"].source
    assert (source.corpus, source.path, source.line, source.licence) == ("mine", "main.asm", 29, "CC0")
    assert found["TurnPage"].source.path == "turn/page.asm"
    assert found["CountLamps"].group == found["CountLamps pool"].group, "a routine and its tables stay together"


def test_a_text_has_neither_address_prefixes_nor_rules_and_keeps_the_rest(found: dict[str, Item]) -> None:
    assert found["CountLamps"].text == (
        "CountLamps: ; clobbers X\n  STA.w $0440\n  LDX.b #$02\n\n#CountMore:\n.next\n  LDA.w .lamps,X ; lit?\n"
        "  BEQ .dark\n\n  JSR AddLamp\n\n.dark\n  DEX\n  BPL .next"
    )
    assert (
        found["CountLamps pool"].text == "pool CountLamps CountTorches\n\n.lamps\n  db $01, $00\n  db $01\n\npool off"
    )


def test_a_comment_stands_above_a_label_and_beside_it(found: dict[str, Item]) -> None:
    assert found["CountLamps"].comment == "Counts lamps.\nEnter with A the room.\nclobbers X"
    assert found["AddLamp"].comment == ""


def test_an_item_knows_what_it_calls_reads_and_names(found: dict[str, Item]) -> None:
    lamps, add = found["CountLamps"], found["AddLamp"]
    assert lamps.calls == ("AddLamp",), "its own labels are no calls"
    assert lamps.accesses == ("$0440", "CountLamps_lamps")
    assert lamps.symbols == {"CountLamps_lamps": 0x0A801E, "AddLamp": 0x0A8010}
    assert add.calls == ("EXIT_LAMP",)
    assert add.accesses == ("$72", "$7EF36E", "SCREEN", "$0A")
    assert add.symbols == {"SCREEN": 0x002100, "EXIT_LAMP": 0x0A8021}
    assert found["CountTorches"].symbols["CountTorches_lamps"] == 0x0A801E, "a pool of two routines is of each"
    assert found["Pages"].symbols == {"TurnPage": 0x0A9000, "CountMore": 0x0A8005, "Song": 0x0801}, (
        "a label is worth the address where it runs, which `base` may set"
    )


def test_the_context_names_callers_tables_and_what_it_runs_on_into(found: dict[str, Item]) -> None:
    assert found["AddLamp"].context == "Called by CountLamps."
    assert found["TurnPage"].context == "Called by CountTorches.\nNamed in the tables of Pages."
    named, runs_on, tables = found["CountLamps"].context.split("\n", 2)
    assert named == "Named in the tables of Pages."
    assert runs_on == "Runs on into AddLamp."
    assert tables.startswith("Its tables:\npool CountLamps CountTorches\n\n.lamps\n  db $01, $00")


def test_a_routine_with_its_symbols_assembles_to_its_place(found: dict[str, Item]) -> None:
    for item in found.values():
        if item.kind == "routine":
            assembly = assemble(item.text, item.symbols, item.address or 0, backend="own")
            assert assembly.ok, (item.source.symbol, assembly.diagnostics)
    assert len(assemble(found["CountLamps"].text, found["CountLamps"].symbols, 0x0A8000, backend="own").code) == 16


def test_offsets_above_a_label_are_its_address_and_braces_its_block(tmp_path: Path) -> None:
    wave = "; $050123-$050140 LOCAL JUMP LOCATION\nWave:\n{\n    LDA.b $10 : BEQ .calm\n    .calm\n    RTS\n}\n"
    item = read(tmp_path, wave + "\nRest:\n{\n    RTS\n    Inner:\n    {\n    RTL\n    }\n}\n")["Wave"]
    assert item.address == 0x0A8123
    assert item.text.endswith("RTS\n}") and item.accesses == ("$10",)
    rest, inner = _items(tmp_path)[1:]
    assert (rest.text, inner.text) == ("Rest:\n    RTS", "    Inner:\n    {\n    RTL\n    }"), (
        "no brace without its other"
    )


def test_a_file_that_is_not_utf8_is_read_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.asm").write_bytes("Pause: ; un caf\xe9\n  RTS\n".encode("latin-1"))
    [item] = _items(tmp_path)
    assert item.comment == "un café"
    assert capsys.readouterr().out == "mine: old.asm is not UTF-8; it was read as latin-1\n"


def test_a_file_that_is_no_text_is_left_out_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tiles.asm").write_bytes(b"\0\x80\xff")
    (tmp_path / "rest.asm").write_text("Rest:\n  RTS\n")
    assert [item.source.symbol for item in _items(tmp_path)] == ["Rest"]
    assert capsys.readouterr().out == "mine: tiles.asm was left out: it holds NUL bytes, which no text does\n"


def test_a_text_of_which_nothing_is_left_gives_no_item(tmp_path: Path) -> None:
    assert read(tmp_path, "else : Away: RTS\n") == {}
