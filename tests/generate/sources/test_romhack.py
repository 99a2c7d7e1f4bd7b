"""A ROM hack in asar's dialect becomes items: hooks with what they replaced, routines and tables that it adds."""

from pathlib import Path

import pytest

from oracle_lib.generate.sources.romhack import items
from oracle_lib.items import Item
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

org $0DB100
  skip 4
DrawThree:

org $0DB200 ; a jump is all
  JML GlowHearts
AfterGlow:

if !Fast == 1
  org $0CC200
  db $10
  org $0CC208
  db !Glow>>16
  ; no more of them
else
  org $0CC200
  db $30
endif

pushpc
namespace Glow {
org $2A8000

; =========================
; Lights a heart.
; =========================
GlowHearts:
{
  %wide()
  LDA.l !Glow : BEQ .dark
    LDA.w Lamp.Colour, X : STA.b Heart
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
    JSR DrawThree
    RTS
  }
}
print "End of glow ", pc
pullpc

Wide:
%wide()

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
    found = items(folder / "hack", "mine", Domain.ORACLE, "MIT", vanilla)
    return {item.source.symbol: item for item in found if item.kind != "definitions"}


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Item]:
    return read(tmp_path, main=MAIN, names=NAMES)


def test_hooks_routines_and_tables_are_told_apart(found: dict[str, Item]) -> None:
    assert [(item.source.symbol, item.kind, item.address) for item in found.values()] == [
        ("GlowHook", "hook", 0x0DA100),
        ("$8DA106", "hook", 0x8DA106),
        ("$0DB200", "hook", 0x0DB200),
        ("$0CC200", "hook", 0x0CC200),
        ("GlowHearts", "routine", 0x2A8000),
        ("Brighter", "routine", None),
        ("Wide", "routine", None),
        ("Colours", "table", None),
    ]


def test_a_hook_has_the_label_to_which_the_code_returns(found: dict[str, Item]) -> None:
    hook = found["GlowHook"]
    assert hook.text.splitlines()[1:] == ["  JSL GlowHearts : NOP #2", "GlowReturn:"]
    assert hook.comment.startswith("Hearts may glow.\n@hook module=Menu")
    assert hook.calls == ("GlowHearts",)
    assert found["$0DB200"].text.splitlines()[1:] == ["  JML GlowHearts", "AfterGlow:"]


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
    hook = found["$0CC200"]
    assert hook.text == "  org $0CC200\n  db $10\n  org $0CC208\n  db !Glow>>16"
    assert hook.symbols == {"!Glow": 0x7EF401}


def test_a_nested_label_ends_a_routine_and_braces_stay_paired(found: dict[str, Item]) -> None:
    assert found["GlowHearts"].text.splitlines()[0] == "org $2A8000"
    assert found["GlowHearts"].text.splitlines()[-1] == "  dw Brighter, .dark"
    assert "{" not in found["GlowHearts"].text
    assert found["Brighter"].text.count("{") == found["Brighter"].text.count("}") == 1
    assert "print" not in found["Brighter"].text


def test_an_item_has_the_values_and_the_lines_of_what_is_defined_elsewhere(found: dict[str, Item]) -> None:
    routine = found["GlowHearts"]
    assert routine.symbols == {"!Glow": 0x7EF401, "Lamp.Colour": 0x7E0302, "Heart": 0x7EF36D}
    assert routine.accesses == ("!Glow", "Lamp.Colour", "Heart", "GlowHearts_ways")
    assert found["Brighter"].symbols == {"Heart": 0x7EF36D, "DrawTwo": 0x0DB000}, "only right at an org"
    assert routine.context.splitlines() == [
        "Called by GlowHook, $0DB200.",
        "Defined elsewhere:",
        "!Glow = $7EF401 ; how bright, 0 to 7",
        "Lamp.Colour = $7E0302 ; of its glass",
        "Heart = $7EF36D",
        "macro wide()",
        "  REP #$20",
        "endmacro",
    ]


def test_what_is_defined_differently_by_files_counts_in_each_of_them_only(tmp_path: Path) -> None:
    macro = "macro mark()\n  INC.b ${0}\nendmacro\n"
    uses = "  LDA.b #!Id : STA.b !Next\n  %mark()\n  RTS\n"
    found = read(
        tmp_path,
        menu_one=f"!Id = $11\n!Next = !Id+1\n{macro.format(10)}PrepOne:\n{uses}",
        menu_two=f"!Id = $22\n!Next = !Id+2\n{macro.format(20)}PrepTwo:\n{uses}",
        other=f"PrepThree:\n{uses}",
    )
    one, two, three = (found[name] for name in ("PrepOne", "PrepTwo", "PrepThree"))
    assert one.symbols == {"!Id": 0x11, "!Next": 0x12} and two.symbols == {"!Id": 0x22, "!Next": 0x24}
    assert three.symbols == {}
    assert one.context == "Defined elsewhere:\n!Id = $11\n!Next = !Id+1\nmacro mark()\n  INC.b $10\nendmacro"
    assert three.context == ""


def test_a_name_that_stands_for_names_and_sums_has_their_value(tmp_path: Path) -> None:
    names = "Lamp = $7EF340\nLight = Lamp\n!Glow = Light+2\nDim = !Glow-$10\nOdd = Lamp*2\nFar = Lamp+$FFFFFF\n"
    circle = "Here = There\nThere = Here\n" + "".join(f"N{n} = N{n + 1}+N{n + 1}\n" for n in range(40))
    uses = "Shine:\n  LDA.l Light : LDA.l !Glow : LDA.l Dim : LDA.l Odd : LDA.l Far : LDA.l Here : LDA.l N0\n  RTL\n"
    found = read(tmp_path, main=names + circle + uses)["Shine"]
    assert found.symbols == {"Light": 0x7EF340, "!Glow": 0x7EF342, "Dim": 0x7EF332}


def test_what_is_no_24_bit_number_has_no_value(tmp_path: Path) -> None:
    far = "Far = 99999999\n!Far = $FFFFFFF\nbase $FFFFFE\nEnd: skip 2\nBeyond: skip 1\nbase off\n"
    hook = read(tmp_path, main=far + "org $0DA100\n  LDA.l Far : LDA.l !Far : LDA.l End : LDA.l Beyond\n")["$0DA100"]
    assert hook.symbols == {"End": 0xFFFFFE}


def test_before_an_item_stand_the_definitions_that_it_uses_and_before_each_those_that_it_uses_itself(
    tmp_path: Path,
) -> None:
    names = (
        "function low(x) = x&$FF\nHeart = $7EF36D\n!Glow = !Bright+1\n!Bright = 2\n!Other = 3\n"
        "macro put(what)\n  LDA.b #<what> : STA.l Heart\nendmacro\n"
        "macro glow()\n  %put(low(!Glow)) ; as bright as it goes\nendmacro\nmacro other()\n  NOP\nendmacro\n"
    )
    found = read(tmp_path, names=names, main="org $2A8000\nMain:\n  %glow() : RTL\nPlain:\n  RTS\n")
    assert found["Main"].preamble.splitlines() == [
        "macro put(what)",
        "  LDA.b #<what> : STA.l Heart",
        "endmacro",
        "function low(x) = x&$FF",
        "!Bright = 2",
        "!Glow = !Bright+1",
        "macro glow()",
        "  %put(low(!Glow)) ; as bright as it goes",
        "endmacro",
    ]
    assert found["Main"].symbols["Heart"] == 0x7EF36D and found["Plain"].preamble == ""
    whole = assemble(f"{found['Main'].preamble}\n{found['Main'].text}", found["Main"].symbols)
    assert whole.code == bytes.fromhex("A903 8F6DF37E 6B")


@pytest.mark.parametrize(
    "names", ["!A = !B\n!B = !A\n", "macro A()\n  %A()\nendmacro\n!A = 1\n", f"!A = {'!A' * 9_000}\n"]
)
def test_definitions_that_lead_nowhere_end(tmp_path: Path, names: str) -> None:
    found = read(tmp_path, names=names, main="Main:\n  LDA.b #!A : %A()\n  RTS\n")
    assert len(found["Main"].preamble) <= 10_000


def test_a_hook_assembles_to_the_bytes_that_it_says(found: dict[str, Item]) -> None:
    assembly = assemble(found["GlowHook"].text, {"GlowHearts": 0x2A8000}, backend="own")
    assert assembly.blocks == ((0x0DA100, bytes.fromhex("2200802aeaea")),)


def test_a_line_of_several_statements_stays_whole(tmp_path: Path) -> None:
    text = "Blink:\n  if !Fast : NOP : endif\n  LDA.b $10 : }\n  { : INC.b $12\n  RTS"
    assert read(tmp_path, main=f"{text}\n{{\n")["Blink"].text == text


@pytest.mark.parametrize(
    "text",
    [
        "org\n",
        "org $\n",
        ':::\n"\nFoo: db "\n RTS',
        "{" * 5000,
        "if 0\n  NOP\nelse : Foo: RTS\nendif\n",
        "}\nendif\nFoo:\n}\nendif\n RTS\nelse\n RTL\n",
        "org $0A8000\n" + "rep 100000 : NOP\n" * 50,
    ],
)
def test_no_text_breaks_the_reader(tmp_path: Path, text: str) -> None:
    read(tmp_path, main=text)
