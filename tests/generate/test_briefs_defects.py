"""Answers about code with a defect: the sample keeps the defect, and an answer that does not name it is refused."""

import json
import re

import pytest

from oracle_lib.generate.briefs import ItemRequest, requests_about
from oracle_lib.generate.briefs.standalone import assembled_alone, standalone, symbols_of
from oracle_lib.generate.requests import Draft, Unusable
from oracle_lib.generate.sources.defects import items as defects
from oracle_lib.items import Item
from oracle_lib.params import load_expert
from oracle_lib.sample import Domain, Source
from oracle_lib.verify import assemble

RAURU, YAZE = load_expert("rauru"), load_expert("yaze")
ROUTINE = """\
CountLamps:
  PHP
  REP #$20
  LDA.w OtherLamps
  CLC
  ADC.w #$0102 ; the bonus
  STA.w Lamps
  CLC
  SEP #$20
.next
  CPX.b #$10
  BCS .done
  JSL AddLamp
  INX
  BRA .next
.done
  PLP
  RTS"""
FUNCTION = """\
int Sum(const std::vector<int>& bytes, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += bytes[i];
  }
  return sum;
}"""


def sound(text: str = ROUTINE) -> Item:
    """The piece without a defect. Of its names, one has no address."""
    name, kind, domain = ("a.asm", "routine", Domain.ASM) if text is ROUTINE else ("a.cc", "function", Domain.YAZE)
    source = Source(corpus="mine", path=name, line=3, symbol="CountLamps", licence="MIT")
    known = {"Lamps": 0x0720, "OtherLamps": 0x0722}
    return Item.model_validate({"source": source, "domain": domain, "kind": kind, "text": text, "symbols": known})


def broken(was: str, becomes: str, text: str = ROUTINE) -> Item:
    """The defect, among all of the piece, that makes the one of the other."""
    wanted = text.replace(was, becomes)
    assert wanted != text
    return next(one for one in defects([sound(text)], 1, 10_000) if code_of(one) == wanted)


def code_of(item: Item) -> str:
    return item.text.partition("\n\n; The assembler says:")[0]


def request(item: Item, brief: str = "explain_defect") -> ItemRequest:
    expert = RAURU if item.source.path.endswith(".asm") else YAZE
    if item.domain not in expert.domains:
        item = item.model_copy(update={"domain": next(iter(expert.domains))})
    return next(one for one in requests_about([item], expert, 0) if one.subject == brief)


def draft(item: Item, said: str, brief: str = "explain_defect") -> Draft:
    return request(item, brief).draft(json.dumps({"instruction": "What is wrong with this?", "output": said}))


def test_a_name_that_the_defect_made_up_stays_unknown_and_the_right_one_is_told() -> None:
    one = draft(broken("STA.w Lamps", "STA.w Lmaps"), "`Lmaps` has to be `Lamps`, or nothing assembles.")
    told = one.input.partition("```\n\n")[2]
    assert "`Lamps` = $000720" in told and "`AddLamp`" in told
    assert "Lmaps" in one.input and "Lmaps" not in told


def test_every_defect_is_still_one_in_the_piece_that_is_asked_about() -> None:
    whole = assembled_alone(standalone(sound()))
    assert whole.ok
    for one in map(standalone, defects([sound()], 1, 10_000)):
        found = assembled_alone(one)
        assert not found.ok or found.code != whole.code, one.comment
        assert assemble(one.context, symbols_of(one)).ok, one.comment


MISSPELT = ("ADC.w #$0102", "DAC.w #$0102")
TAKEN = ("BCS .done", "BCC .done")
MISSING = ("  CLC\n  ADC", "  ADC")
WIDTH = ("ADC.w #$0102", "ADC.b #$0102")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (MISSPELT, "It adds `#$0102`; `DAC` has to be `ADC`."),
        (MISSPELT, "There is no such instruction: `ADC.w #$0102` is meant."),
        (TAKEN, "It leaves the loop at once, because `BCC` is taken instead of BCS."),
        (MISSING, "`CLC` is missing before the addition, so that an old carry is added."),
        (WIDTH, "With 16-bit A it must read `ADC.w #$0102`."),
        ((".done\n  PLP", "  PLP"), "The label `.done` is missing, and the branch leads nowhere."),
        (("  REP #$20\n", ""), "Without `REP #$20` A stays as narrow as it was."),
        (("JSL AddLamp", "JSL dAdLamp"), "`dAdLamp` is nowhere defined: the routine is called AddLamp."),
    ],
)
def test_an_answer_that_names_the_defect_is_taken(change: tuple[str, str], said: str) -> None:
    assert draft(broken(*change), said).output == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (MISSPELT, "It adds the lamps of two places and counts on with `CPX.b #$10`."),
        (MISSPELT, "It loads OtherLamps with LDA and uses `DAC.w #$0102` before it stores the sum in Lamps."),
        (TAKEN, "The loop ends with `BCC .done` when X reaches 16."),
        (MISSING, "It uses CLC and adds `#$0102` to OtherLamps."),
        (WIDTH, "It adds `ADC.b #$0102` to A and stores that in Lamps."),
        (("  REP #$20\n", ""), "It ends with `SEP #$20` and pulls the flags with PLP."),
        (("JSL AddLamp", "JSL dAdLamp"), "It calls dAdLamp for every lamp."),
        (("JSL AddLamp", "JSL dAdLamp"), "The name is misspelt; it has to be `JSL dAdLamp`."),
    ],
)
@pytest.mark.parametrize("brief", ["explain_defect", "answer_defect"])
def test_an_answer_that_tells_the_code_as_if_it_were_sound_is_refused(
    brief: str, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(Unusable, match="does not name the defect"):
        draft(broken(*change), said, brief)


def test_a_defect_in_cpp_is_to_be_named_too() -> None:
    item = broken("i < count", "i <= count", FUNCTION)
    assert draft(item, "The loop runs once too often: it has to be `i < count`.")
    with pytest.raises(Unusable, match="does not name the defect"):
        draft(item, "It sums bytes while `i <= count` holds.")


def test_a_teacher_is_shown_what_is_wrong_and_the_sound_code_as_such() -> None:
    prompt = request(broken(*TAKEN)).prompt
    assert re.search(r"What is wrong with it:\n<source>\nThe branch is taken on the opposite condition", prompt)
    assert re.search(r"Without the defect it is:\n<source>\nCountLamps:", prompt)


@pytest.mark.parametrize("text", [ROUTINE, FUNCTION])
def test_of_every_defect_the_diagnosis_names_it_and_a_quotation_of_the_code_does_not(text: str) -> None:
    some = list(defects([sound(text)], 1, 40))
    assert len(some) > 15
    for one in some:
        assert draft(one, f"I see it:\n```\n{one.comment}\n```")
        with pytest.raises(Unusable, match="does not name the defect"):
            draft(one, f"It runs so:\n```\n{code_of(one)}\n```")
