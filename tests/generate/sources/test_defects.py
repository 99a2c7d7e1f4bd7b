"""Code of a source gets one defect: the same for the same seed, never harmless, with the assembler's own words."""

import re

import pytest

from oracle_lib.generate.sources.defects import items as defects
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source
from oracle_lib.verify import assemble

ROUTINE = """\
CountLamps:
.nobody_goes_here
  PHP

  REP #$20
  LDA.l $7EF36E ; the lamps
  CLC
  ADC.w #$0102
  STA.w Lamps
  SEP #$20

.next
  CPX.b #$10
  BCS .done

  LDY.w Rooms,X
  JSR AddLamp

  INX
  BRA .next

.done
  PLP

  RTS
"""
SYMBOLS = {"Lamps": 0x0720, "Rooms": 0x00A000, "AddLamp": 0x00B000}
FUNCTION = """\
int Sum(const std::vector<int>& bytes, int count) {
  log("Build 01");
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += bytes[i] & 0xFF;
  }
  return sum;
}"""


def item(text: str = ROUTINE, **more: object) -> Item:
    source = Source(corpus="mine", path="a.asm", line=3, symbol="CountLamps", licence="MIT")
    given: dict[str, object] = {"kind": "routine", "symbols": SYMBOLS, "domain": Domain.ASM, **more}
    return Item.model_validate({"source": source, "text": text, **given})


def every(one: Item) -> list[Item]:
    return list(defects([one], seed=1, each=10_000))


def code_of(text: str) -> str:
    return text.partition("\n\n; The assembler says:")[0]


def test_a_defect_is_an_item_of_its_own_in_the_group_of_its_original() -> None:
    [broken] = defects([item()], seed=1)
    assert (broken.kind, broken.domain) == ("defect", Domain.ERRORS)
    assert broken.context == ROUTINE and broken.text != ROUTINE
    assert broken.group == item().group and broken.source == item().source


def test_the_same_seed_breaks_the_same_things_and_another_one_others() -> None:
    items = [item(ROUTINE.replace("CountLamps", f"Count{number}")) for number in range(20)]
    first = [one.text for one in defects(items, seed=1)]
    assert first == [one.text for one in defects(items, seed=1)]
    assert first != [one.text for one in defects(items, seed=2)]
    assert next(defects(items[7:8], seed=1)).text == first[7]


def test_every_defect_changes_the_bytes_or_keeps_the_code_from_assembling() -> None:
    whole = assemble(ROUTINE, SYMBOLS)
    for broken in every(item()):
        assembly = assemble(code_of(broken.text), SYMBOLS)
        assert assembly.code != whole.code
        assert assembly.ok or "; The assembler says:\n; " in broken.text


def test_what_the_assembler_says_is_what_it_says_of_that_code() -> None:
    said = 0
    for broken in every(item()):
        code, mark, told = broken.text.partition("\n\n; The assembler says:\n")
        if mark:
            said += 1
            known = [f"; {one}" for one in assemble(code, SYMBOLS).diagnostics]
            assert told.split("\n") == known[:3]
    assert said > 10


@pytest.mark.parametrize(
    ("was", "becomes", "diagnosis"),
    [
        ("  REP #$20\n", "", "`REP #$20` is missing, so the code after it runs with registers of another width."),
        ("  PHP\n", "", "`PHP` is missing, so a later pull takes what another pushed."),
        ("  PLP\n", "", "`PLP` is missing, so what was pushed stays on the stack."),
        ("  CLC\n", "", "`CLC` is missing, so the carry is what the code before it left."),
        (".done\n  PLP", "  PLP", "The label `.done` is missing."),
        ("BCS .done", "BCC .done", "The branch is taken on the opposite condition; it has to be `BCS .done`."),
        ("CPX.b #$10", "CPX.b #$11", "The number is off by one; it has to be `CPX.b #$10`."),
        (
            "ADC.w #$0102",
            "ADC.b #$0102",
            "The number has another width than the register; it has to be `ADC.w #$0102`.",
        ),
        ("LDA.l $7EF36E ;", "LDA.l $7FF36E ;", "The bank is wrong; it has to be `LDA.l $7EF36E`."),
        ("LDA.l $7EF36E ;", "LDA.w $F36E ;", "The bank is wrong; it has to be `LDA.l $7EF36E`."),
        ("ADC.w #$0102", "ADC.w $0102", "An address is used instead of the number; it has to be `ADC.w #$0102`."),
        ("  RTS", "  RTL", "The routine returns to another kind of call; it has to be `RTS`."),
        ("  INX", "  INY", "The wrong index register is used; it has to be `INX`."),
        ("STA.w Lamps", "STA.w Lmaps", "The name is misspelt; it has to be `STA.w Lamps`."),
        ("STA.w Lamps", "SAT.w Lamps", "There is no such instruction; it has to be `STA.w Lamps`."),
    ],
)
def test_code_is_broken_as_people_break_it(was: str, becomes: str, diagnosis: str) -> None:
    assert ROUTINE.count(was) == 1
    found = {code_of(one.text): one.comment for one in every(item())}
    assert found[ROUTINE.replace(was, becomes)] == diagnosis


def test_the_first_defects_of_a_piece_are_of_different_kinds() -> None:
    said = [re.sub(r"`[^`]*`", "", one.comment) for one in defects([item()], seed=3, each=10)]
    assert len(set(said)) >= 9


def test_a_cpp_function_is_broken_too() -> None:
    found = every(item(FUNCTION, kind="function", domain=Domain.YAZE, symbols={}))
    assert "Changed line 4: for (int i = 0; i < count; ++i) { -> for (int i = 0; i <= count; ++i) {." in {
        one.comment for one in found
    }
    assert all(one.text != FUNCTION and one.context == FUNCTION for one in found)


def test_what_does_not_assemble_by_itself_takes_no_defect(capsys: pytest.CaptureFixture[str]) -> None:
    broken = [item("Main:\n  %their_macro()\n  RTS"), item("Main:\n  PHP here\n  RTS")]
    assert list(defects(broken, seed=1, each=100)) == []
    assert capsys.readouterr().out == "defects: 2 pieces that take none were left out\n"


def test_prose_and_tables_are_passed_over() -> None:
    assert list(defects([item(kind="document"), item("Table:\n db $12", kind="table")], seed=1)) == []
