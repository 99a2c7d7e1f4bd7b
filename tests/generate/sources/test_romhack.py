"""A ROM hack in asar's dialect becomes items: hooks with what they replaced, routines and tables that it adds."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources import Item
from oracle_lib.generate.sources.romhack import items
from oracle_lib.sample import Domain
from oracle_lib.verify import assemble

GAME = """\
DrawHearts:
#_0DA100: LDA.l $7EF36D
#_0DA104: STA.b $00
.next
#_0DA106: JSR DrawOne
#_0DA109: RTS
"""
MAIN = """\
lorom
incsrc "names.asm"
!Glow = $7EF401 ; how bright, 0 to 7
!Fast = 1

; Hearts may glow.
org $0DA100 ; @hook module=Menu name=GlowHook kind=jsl target=GlowHearts
  JSL GlowHearts : NOP #2
GlowReturn:

; $0DA106: 20 00 A2  JSR DrawOne
org $8DA106 : NOP #3
assert read1($0DA109) == $60

org $0DB000 : DrawTwo:

if !Fast == 1
  org $0CC200
  db $10
  org $0CC208
  db $20
else
  org $0CC200
  db $30
endif

pushpc
org $2A8000
namespace Glow {

; =========================
; Lights a heart.
; =========================
GlowHearts:
{
  %wide()
  LDA.l !Glow : BEQ .dark
    LDA.w Lamp.Level, X : STA.b Heart
    JSR (.ways, X)
  .dark
  SEP #$20
  RTL

  .ways
  dw Brighter, .dark

  Brighter:
  {
    INC.b Heart
    JSR DrawTwo
    RTS
  }
}
print "End of glow ", pc
pullpc

Colours:
db $01, $02
"""
NAMES = """\
Heart = $7EF36D
macro wide()
  REP #$20
endmacro
struct Lamp $7E0300
  .Level: skip 2
  .Colour: skip 1 ; of its glass
endstruct
"""


def read(folder: Path, game: str = GAME, **texts: str) -> dict[str, Item]:
    (folder / "game").mkdir()
    (folder / "game" / "bank.asm").write_text(game)
    (folder / "hack" / "menu").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "hack" / name.replace("_", "/", 1)).with_suffix(".asm").write_text(text)
    vanilla = folder / "game" if game else None
    return {item.source.symbol: item for item in items(folder / "hack", "mine", Domain.ORACLE, "MIT", vanilla)}


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Item]:
    return read(tmp_path, main=MAIN, names=NAMES)


def test_hooks_routines_and_tables_are_told_apart(found: dict[str, Item]) -> None:
    assert [(item.source.symbol, item.kind, item.address) for item in found.values()] == [
        ("GlowHook", "hook", 0x0DA100),
        ("$8DA106", "hook", 0x8DA106),
        ("$0CC200", "hook", 0x0CC200),
        ("GlowHearts", "routine", None),
        ("Brighter", "routine", None),
        ("Colours", "table", None),
    ]


def test_a_hook_has_the_label_to_which_the_code_returns(found: dict[str, Item]) -> None:
    hook = found["GlowHook"]
    assert hook.text.splitlines()[1:] == ["  JSL GlowHearts : NOP #2", "GlowReturn:"]
    assert hook.comment.startswith("Hearts may glow.\n@hook module=Menu")
    assert hook.calls == ("GlowHearts",)


def test_a_hook_knows_what_it_replaced(found: dict[str, Item]) -> None:
    game = "It puts 6 bytes over these lines of the game's DrawHearts:\n  LDA.l $7EF36D\n  STA.b $00"
    assert found["GlowHook"].context == game, "the game's own code"
    noted, _, game = found["$8DA106"].context.partition("\nIt puts 3 bytes over")
    assert noted == "By its comments it replaces:\nJSR DrawOne"
    assert game.endswith("DrawHearts:\n  JSR DrawOne"), "$8D is a mirror of $0D"


def test_without_the_games_code_a_hook_has_what_its_comments_say(tmp_path: Path) -> None:
    found = read(tmp_path, game="", main=MAIN, names=NAMES)
    assert found["GlowHook"].context == ""
    assert found["$8DA106"].context == "By its comments it replaces:\nJSR DrawOne"


def test_bytes_put_to_several_places_in_a_row_are_one_hook_and_no_other_way_is_in_it(found: dict[str, Item]) -> None:
    assert found["$0CC200"].text == "  org $0CC200\n  db $10\n  org $0CC208\n  db $20"


def test_a_nested_label_ends_a_routine_and_braces_stay_paired(found: dict[str, Item]) -> None:
    assert found["GlowHearts"].text.splitlines()[0] == "GlowHearts:"
    assert found["GlowHearts"].text.splitlines()[-1] == "  dw Brighter, .dark"
    assert "{" not in found["GlowHearts"].text
    assert found["Brighter"].text.count("{") == found["Brighter"].text.count("}") == 1
    assert "print" not in found["Brighter"].text


def test_an_item_has_the_values_and_the_lines_of_what_is_defined_elsewhere(found: dict[str, Item]) -> None:
    routine = found["GlowHearts"]
    assert routine.symbols == {"!Glow": 0x7EF401, "Lamp.Level": 0x7E0300, "Heart": 0x7EF36D}
    assert routine.accesses == ("!Glow", "Lamp.Level", "Heart", "GlowHearts_ways")
    assert found["Brighter"].symbols == {"Heart": 0x7EF36D, "DrawTwo": 0x0DB000}, "a label right at an org has a value"
    assert routine.context.splitlines() == [
        "Called by GlowHook.",
        "Defined elsewhere:",
        "!Glow = $7EF401 ; how bright, 0 to 7",
        "Lamp.Level = $7E0300",
        "Heart = $7EF36D",
        "macro wide()",
        "  REP #$20",
        "endmacro",
    ]


def test_what_is_defined_differently_by_files_counts_in_each_of_them_only(tmp_path: Path) -> None:
    one, two = "!Id = $11\nPrepOne:\n  LDA.b #!Id\n  RTS\n", "!Id = $22\nPrepTwo:\n  LDA.b #!Id\n  RTS\n"
    found = read(tmp_path, menu_one=one, menu_two=two, other="PrepThree:\n  LDA.b #!Id\n  RTS\n")
    assert [found[name].symbols for name in ("PrepOne", "PrepTwo", "PrepThree")] == [{"!Id": 0x11}, {"!Id": 0x22}, {}]


def test_a_hook_assembles_to_the_bytes_that_it_says(found: dict[str, Item]) -> None:
    assembly = assemble(found["GlowHook"].text, {"GlowHearts": 0x2A8000}, backend="own")
    assert assembly.blocks == ((0x0DA100, bytes.fromhex("2200802aeaea")),)


@pytest.mark.parametrize(
    "text",
    [
        "org\n",
        "org $\n",
        ':::\n"\nFoo: db "\n RTS',
        "{" * 5000,
        "}\nendif\nFoo:\n}\nendif\n RTS\nelse\n RTL\n",
        "org $0A8000\n" + "rep 100000 : NOP\n" * 50,
    ],
)
def test_no_text_breaks_the_reader(tmp_path: Path, text: str) -> None:
    read(tmp_path, main=text)
