"""How an answer in words becomes a draft: unjudged, but no copy, and with citations that stand in the source."""

import json
from typing import Any

import pytest

from oracle_lib.generate.briefs import ItemRequest, briefs_of
from oracle_lib.generate.requests import Draft, Unusable
from oracle_lib.items import Item, ItemKind
from oracle_lib.params import load_expert
from oracle_lib.sample import Domain, Source

TEXT = (
    "The northern gate was closed by the seven smiths after the second flood. No key was made for it. Who wants to "
    "pass must bring the bell of the drowned chapel, and ring it three times while the moon is out."
)


def item(kind: ItemKind, domain: Domain, path: str, text: str = TEXT) -> Item:
    source = Source(corpus="lore", path=path, line=3, symbol="The northern gate", licence="none")
    return Item(source=source, domain=domain, kind=kind, text=text)


LORE = item("document", Domain.TEXT, "lore/gates.md")


def draft(expert: str, brief: str, about: Item = LORE, **answer: Any) -> Draft:
    who = load_expert(expert)
    found = next(one for one in briefs_of(about, who) if one.name == brief)
    return ItemRequest(about, found, who).draft(json.dumps(answer))


QUESTION: dict[str, Any] = {
    "instruction": "How does one pass the northern gate?",
    "quote": "must bring the bell of the drowned chapel",
    "output": "By ringing the chapel's bell three times at night, since there is no key.",
}


def test_an_answer_is_cited_from_where_the_source_has_it() -> None:
    one = draft("nayru", "canon_question", **QUESTION)
    assert one.contract is None
    assert one.output.endswith("Source: lore/gates.md, The northern gate.")
    assert one.input == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "must bring the horn of the drowned chapel"}, "does not stand in the source"),
        ({"quote": "the gate"}, "too short"),
        ({"output": TEXT}, "copies the source"),
        ({"output": f"So: {TEXT[:90]}".replace("seven smiths", "'seven smiths'")}, "copies the source"),
        ({"output": ""}, "output is empty"),
        ({"instruction": "How does one pass the gate, by this text?"}, "does not see"),
    ],
)
def test_a_made_up_quotation_or_a_copy_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        draft("nayru", "canon_question", **{**QUESTION, **change})


def test_a_consistency_check_shows_the_draft_that_it_is_about() -> None:
    answer = {
        **QUESTION,
        "input": "The gate was closed by six smiths, who made one key.",
        "quote": "No key was made for it.",
    }
    one = draft("impa", "consistency_check", **answer)
    assert one.input == answer["input"]
    with pytest.raises(Unusable, match="does not stand"):
        draft("impa", "consistency_check", **{**answer, "quote": "One key was made for it."})


def test_dialogue_fits_its_message_boxes() -> None:
    said = "Smith: The gate is shut.\nNo key was ever made.\n\nLink: Then how?\n\nSmith: Ring the bell."
    assert draft("saria", "dialogue", instruction="Let a smith speak of the gate.", output=said).output == said
    for other in (said.replace("\n\n", "\n"), "Smith: " + "The gate is shut and stays so. " * 2):
        with pytest.raises(Unusable, match="does not fit"):
            draft("saria", "dialogue", instruction="Let a smith speak of the gate.", output=other)


def test_dialogue_has_only_what_the_game_shows() -> None:
    with pytest.raises(Unusable, match="cannot show"):
        draft("saria", "dialogue", instruction="Let a smith speak of the gate.", output="Smith: *sighs*")


def test_balance_comes_as_a_table() -> None:
    table = "| enemy | health |\n|---|---|\n| Smith | 8 |\n\nFour hits of 2."
    assert draft("din", "combat_table", instruction="Balance a smith against a sword of 2.", output=table)
    with pytest.raises(Unusable, match="no table"):
        draft("din", "combat_table", instruction="Balance a smith.", output="The smith has 8 health.")


def test_an_explanation_shows_the_code_without_its_authors_comments() -> None:
    code = item("routine", Domain.ASM, "a.asm", "Tick:\n  DEC.w $0720 ; frames left until the gate opens\n  RTS")
    one = draft("rauru", "explain_code", code, instruction="What does this do?", output="It counts $0720 down by one.")
    assert one.contract is None
    assert one.input == "```asm\nTick:\n  DEC.w $0720\n  RTS\n```"


@pytest.mark.parametrize("said", ["It calls `GateOpens`.", "It counts $0730 down.", "It ends with RTL: JML goes on."])
def test_an_explanation_of_what_is_not_there_is_refused(said: str) -> None:
    code = item("routine", Domain.ASM, "a.asm", "Tick:\n  dec.w $0720\n  rts")
    assert draft("rauru", "explain_code", code, instruction="What does it do?", output="`Tick` counts $0720: DEC, RTS.")
    with pytest.raises(Unusable, match="does not show"):
        draft("rauru", "explain_code", code, instruction="What does this do?", output=said)


def test_a_log_is_shown_as_it_is() -> None:
    log = item("log", Domain.ERRORS, "build.log", "main.asm:7: error; see https://example.org // bank full")
    one = draft("sheik", "explain_log", log, instruction="Why?", output="The bank has no room left in line 7.")
    assert log.text in one.input


TICK = item("routine", Domain.ASM, "a.asm", "Tick:\n  DEC.w $0720\n  BNE .wait\n  STZ.w $0722\n.wait\n  RTS")


@pytest.mark.parametrize(
    ("instruction", "said"),
    [
        ("Word the instruction, which is what the user says, as one short order.", "It counts $0720 down."),
        ("When is $0722 cleared?", "It says what it is for, then how it does it in the order in which it runs."),
        ("Why?", "Asks for something that people who do this work really need."),
    ],
)
def test_the_words_of_the_brief_are_no_sample(instruction: str, said: str) -> None:
    with pytest.raises(Unusable, match="repeats the words of its brief"):
        draft("rauru", "explain_code", TICK, instruction=instruction, output=said)


def test_words_that_the_source_has_too_are_not_the_briefs_alone() -> None:
    told = "The output says what it is for, then how it does it in the order in which it runs."
    commented = TICK.model_copy(update={"text": f"; {told}\n{TICK.text}"})
    said = f"It counts $0720 down, and clears $0722 when that has reached zero. Its author says: {told}"
    assert draft("rauru", "explain_code", commented, instruction="What does this do?", output=said).output == said


def test_a_limit_of_the_brief_may_stand_in_the_instruction() -> None:
    told = "Let a smith speak of the gate. A box has at most 3 lines of at most 32 characters."
    said = "Smith: The gate is shut."
    assert draft("saria", "dialogue", instruction=told, output=said).instruction == told


@pytest.mark.parametrize("brief", ["explain_code", "answer_about_code"])
@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("Write a routine that counts $0720 down.", "asks for new code"),
        ("Please implement the short routine Tick, which counts $0720 down.", "asks for new code"),
        ("Write 65816 assembly code that counts down.", "asks for new code"),
        ("Tick", "asks for nothing"),
        ("`Tick`:", "asks for nothing"),
        ("Tick: DEC.w $0720 BNE .wait", "asks for nothing"),
    ],
)
def test_an_instruction_that_does_not_fit_its_task_is_refused(brief: str, instruction: str, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        draft("rauru", brief, TICK, instruction=instruction, output="It counts $0720 down by one.")


@pytest.mark.parametrize(
    "instruction",
    [
        "Explain Tick.",
        "Write down what this routine does.",
        "Write a comment for each line of this routine, please.",
        "Write the routine's documentation.",
        "Write a short explanation of the function.",
        "I wrote a routine that counts; what does it leave in $0722?",
        "Create a table of what it reads and writes.",
    ],
)
def test_an_instruction_that_asks_about_the_code_is_taken(instruction: str) -> None:
    said = "It counts $0720 down by one."
    assert draft("rauru", "explain_code", TICK, instruction=instruction, output=said).instruction == instruction


def test_a_question_is_to_be_about_one_thing_which_the_piece_and_the_manner_draw() -> None:
    who = load_expert("rauru")
    brief = next(one for one in briefs_of(TICK, who) if one.name == "answer_about_code")
    asked = [ItemRequest(TICK, brief, who, phrasing=turn).prompt for turn in range(len(brief.subjects))]
    named = [[subject for subject in brief.subjects if subject in prompt] for prompt in asked]
    assert all(len(one) == 1 for one in named)
    assert {one for [one] in named} == set(brief.subjects)
    assert {ItemRequest(TICK, brief, who).again(turn, 0).prompt for turn in range(9)} == {asked[0]}
