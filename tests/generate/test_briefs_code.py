"""How an answer about code becomes a draft: its contract is ours, and a contract that shows nothing is refused."""

import json
import random
from typing import Any

import pytest

from oracle_lib.generate.briefs import ItemRequest, briefs_of
from oracle_lib.generate.requests import Draft, Unusable
from oracle_lib.items import Item
from oracle_lib.params import load_expert
from oracle_lib.sample import Domain, Source
from oracle_lib.verify import AsmContract, CppContract, Verdict, check, extract_code

RAURU, YAZE = load_expert("rauru"), load_expert("yaze")
SOURCE = Source(corpus="clone", path="bank_00.asm", line=7, symbol="Tick", licence="none")
ROUTINE = Item(
    source=SOURCE,
    domain=Domain.ASM,
    kind="routine",
    text="Tick:\n  LDA.w Timer ; frames left\n  BEQ .done\n  DEC.w Timer\n.done\n  RTS",
    symbols={"Timer": 0x7E0720},
    address=0x02C000,
)
TABLE = ROUTINE.model_copy(update={"kind": "table", "text": "Tick:\n  db $01, $02\n  dw Timer"})
FUNCTION = Item(
    source=SOURCE.model_copy(update={"path": "src/rom.cc", "symbol": "Twice"}),
    domain=Domain.YAZE,
    kind="function",
    text='int Twice(int n) {\n  Log("// twice", R"(/* n */)");  // for the test\n  return 2 * n;\n}',
)
HALVE: dict[str, Any] = {
    "instruction": "Write `Halve`: it halves the byte at $7E0722 and leaves the result in A too.",
    "input": "",
    "entry": "Halve",
    "m": "8",
    "x": "8",
    "returns": "rts",
    "keeps": "X Y",
    "writes": "",
    "output": "Halve:\n    LDA.w $0722\n    LSR\n    STA.w $0722\n    RTS",
    "remarks": "It shifts right.",
    "cases": [{"before": f"$7E0722={n:02X}", "after": f"A=${n // 2:02X}; $0722={n // 2:02X}"} for n in (5, 1, 255, 8)],
}
JOIN: dict[str, Any] = {
    "instruction": "Read the little-endian word at an offset, or 0 where it is not there, and append an x to the log.",
    "input": "",
    "output": (
        "uint16_t Join(const std::vector<uint8_t>& rom, size_t at, std::string& log) {\n  log += 'x';\n"
        "  return at + 1 < rom.size() ? rom[at] | rom[at + 1] << 8 : 0;\n}"
    ),
    "remarks": "",
    "signature": "uint16_t Join(const std::vector<uint8_t>& rom, size_t at, std::string& log)",
    "cases": [
        {"arguments": '[1, 2, 3], 1, "a"', "result": "0x302", "changed": '"ax"'},
        {"arguments": '[1, 2, 3], 2, ""', "result": "0", "changed": '"x"'},
        {"arguments": '[], 0, "z\\n"', "result": "0", "changed": '"z\\nx"'},
    ],
}


def draft(item: Item, brief: str, **answer: Any) -> Draft:
    expert = RAURU if item.domain is Domain.ASM else YAZE
    found = next(one for one in briefs_of(item, expert) if one.name == brief)
    return ItemRequest(item, found, expert).draft(json.dumps(answer))


def judged(one: Draft) -> Verdict:
    assert one.contract is not None
    return check(extract_code(one.output, one.contract), one.contract)


def refusal(item: Item, brief: str, **answer: Any) -> str:
    with pytest.raises(Unusable) as refused:
        draft(item, brief, **answer)
    return str(refused.value)


def case(before: str, after: str) -> dict[str, str]:
    return {"before": before, "after": after}


def test_a_routine_is_judged_by_the_cases_of_its_teacher() -> None:
    one = draft(ROUTINE, "write_routine", **HALVE)
    assert judged(one).passes
    assert judged(one).cases == 4
    wrong = draft(ROUTINE, "write_routine", **{**HALVE, "output": HALVE["output"].replace("LSR", "ASL")})
    assert not judged(wrong).passes


def test_what_the_contract_demands_and_the_instruction_leaves_out_is_added_to_it() -> None:
    said = draft(ROUTINE, "write_routine", **HALVE).instruction
    assert said.startswith(HALVE["instruction"])
    assert "A is 8 bits wide" in said
    assert "returns with RTS" in said
    assert "leaves X and Y as they were" in said


def test_names_of_the_source_lie_where_the_source_has_them() -> None:
    cases = [case(f"Timer={n:02X}", f"Timer={n // 2:02X}") for n in (5, 1, 255)]
    code = "Halve:\n  LSR.w Timer\n  RTS"
    one = draft(
        ROUTINE, "write_routine", **{**HALVE, "instruction": "Halve the byte `Timer`.", "cases": cases, "output": code}
    )
    assert isinstance(one.contract, AsmContract)
    assert one.contract.symbols == {"Timer": 0x7E0720}
    assert "`Timer` = $7E0720" in one.input
    assert judged(one).passes
    invented = [case("Clock=01", "Clock=00"), *cases]
    assert "does not give an address" in refusal(ROUTINE, "write_routine", **{**HALVE, "cases": invented})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"instruction": "Write `Halve` for the byte at $7E0724, result in A."}, "an address that neither"),
        ({"instruction": HALVE["instruction"] + " A is 16-bit."}, "another width"),
        ({"instruction": HALVE["instruction"] + " X and Y are 16-bit."}, "another width"),
        ({"instruction": HALVE["instruction"] + " End with RTL."}, "another way to return"),
        ({"instruction": "Halve the byte at $7E0722."}, "register or flag that the instruction does not mention"),
        ({"output": "Half:\n  RTS"}, "does not define the label"),
        ({"entry": "two words"}, "no label"),
        ({"keeps": "S"}, "keeps something else"),
        ({"output": 'Halve:\n  incbin "rom.sfc"\n  RTS'}, "reads a file"),
        ({"output": 'Halve: incsrc "a.asm"\n  RTS'}, "reads a file"),
        ({"output": "Halve:\n```\n  RTS\n```\n"}, "Markdown fence"),
        ({"remarks": None}, "remarks is of another type"),
        ({"m": "32"}, "m is none of the values"),
        ({"output": " "}, "output is empty"),
        ({"output": "NOP\n" * 4000}, "output is too long"),
        ({"extra": "field"}, "a field that nobody asked for"),
    ],
)
def test_an_answer_at_odds_with_itself_is_refused(change: dict[str, Any], reason: str) -> None:
    assert reason in refusal(ROUTINE, "write_routine", **{**HALVE, **change})


@pytest.mark.parametrize(
    ("cases", "reason"),
    [
        (HALVE["cases"][:2] * 2, "too few different cases"),
        ([case(f"$7E0722={n:02X}", f"$7E0722={n:02X}") for n in (1, 2, 3)], "does nothing meets"),
        ([*HALVE["cases"], case("$7E0722=05", "$0722=04")], "contradict each other"),
        ([*HALVE["cases"], case("$7E0722=05; A=1", "")], "expects nothing"),
        ([*HALVE["cases"], case("$7E0722=06", "A=$0102")], "16 bits in a register of 8"),
        ([*HALVE["cases"], case("$7E0722=0506", "A=2")], "pairs of hexadecimal digits"),
        ([*HALVE["cases"], case("$7E0722", "A=2")], "name=value"),
        ([*HALVE["cases"], case("$7E0722=05", "A=two")], "no number"),
        ([*HALVE["cases"], case("$7E0722=05; $0722=06", "A=2")], "says something twice"),
        ([*HALVE["cases"], case("$7E0722=05; C=2", "A=2")], "neither set nor clear"),
        (HALVE["cases"] * 5, "cases is too long"),
    ],
)
def test_cases_that_show_nothing_or_cannot_be_read_are_refused(cases: list[Any], reason: str) -> None:
    assert reason in refusal(ROUTINE, "write_routine", **{**HALVE, "cases": cases})


def test_a_case_may_use_what_an_index_or_a_pointer_of_its_own_reaches() -> None:
    code = "Halve:\n  LDA.w $0730,X\n  LSR\n  STA.w $0722\n  RTS"
    told = "Halve the byte at $0730 + X into $0722; A is free."
    cases = [case(f"X={n}; ${0x730 + n:04X}={2 * n:02X}", f"$0722={n:02X}") for n in (1, 2, 3)]
    assert judged(
        draft(ROUTINE, "write_routine", **{**HALVE, "instruction": told, "output": code, "cases": cases})
    ).passes
    ranged = "Halve the byte in $0730-$0733 that X picks, counted from $0730, into $0722."
    named = [{**one, "before": one["before"].replace("X=1; ", "")} for one in cases]
    assert draft(ROUTINE, "write_routine", **{**HALVE, "instruction": ranged, "output": code, "cases": named})
    stray = [case(f"X={n}; ${0x740 + n:04X}={2 * n:02X}", f"$0722={n:02X}") for n in (1, 2, 3)]
    assert "neither the instruction" in refusal(
        ROUTINE, "write_routine", **{**HALVE, "instruction": told, "cases": stray}
    )


def test_what_is_no_json_is_refused() -> None:
    brief = briefs_of(ROUTINE, RAURU)[0]
    request = ItemRequest(ROUTINE, brief, RAURU)
    for text, reason in (
        ("Sure! {}", "no JSON"),
        ('{"instruction": "a', "no JSON"),
        ("{}", "missing"),
        ("[" * 99_999, "no JSON"),
    ):
        with pytest.raises(Unusable, match=reason):
            request.draft(text)
    with pytest.raises(Unusable, match="too long"):
        request.draft(" " * 100_001)


def test_code_to_write_may_not_be_the_sources_own() -> None:
    long = ROUTINE.model_copy(
        update={
            "text": "Halve:\n"
            + "".join(f"  LDA.w ${n:04X}\n  STA.w ${n + 1:04X}\n" for n in range(0x722, 0x730))
            + "  RTS"
        }
    )
    assert "copies the source" in refusal(long, "write_routine", **{**HALVE, "output": long.text + " ; mine"})


def test_the_code_to_mend_must_be_broken_and_the_code_to_speed_up_must_be_right() -> None:
    right, broken = HALVE["output"], HALVE["output"].replace("LSR", "ASL")
    slow = HALVE["output"].replace("LSR", "NOP\n    NOP\n    NOP\n    LSR")
    mended = draft(ROUTINE, "fix_routine", **{**HALVE, "input": broken.replace("ASL", "ASL ; should be LSR")})
    assert judged(mended).passes
    assert "should be" not in mended.input
    assert "meets the contract already" in refusal(ROUTINE, "fix_routine", **{**HALVE, "input": right})
    assert "input is empty" in refusal(ROUTINE, "fix_routine", **HALVE)
    assert "does not meet the contract" in refusal(ROUTINE, "optimise_routine", **{**HALVE, "input": broken})
    assert judged(draft(ROUTINE, "optimise_routine", **{**HALVE, "input": slow})).passes
    idle = draft(ROUTINE, "optimise_routine", **{**HALVE, "input": right})
    assert "master cycles" in judged(idle).reasons[0]


def test_a_patch_is_laid_over_the_routine_of_its_input() -> None:
    hook = {
        **HALVE,
        "instruction": "Hook `Show` at $088000: $7E0722 gets half of $7EF36D, which is in A too on return.",
        "input": "org $088000\nShow:\n  LDA.l $7EF36D\n  STA.w $0722\n  RTS",
        "entry": "Show",
        "output": "org $088000\n  JSL Half\norg $208000\nHalf:\n  LDA.l $7EF36D\n  LSR\n  RTL",
        "free": "$208000-$2080FF",
        "cases": [case(f"$7EF36D={n:02X}", f"$7E0722={n // 2:02X}; A={n // 2}") for n in (5, 1, 255)],
    }
    one = draft(ROUTINE, "hook_routine", **hook)
    assert judged(one).passes
    assert "Free space: $208000-$2080FF." in one.instruction
    elsewhere = draft(ROUTINE, "hook_routine", **{**hook, "output": hook["output"].replace("$208000", "$218000")})
    assert "where it may not" in judged(elsewhere).reasons[0]
    idle = [case(f"$7EF36D={n:02X}", f"$7E0722={n:02X}; A={n}") for n in (5, 1, 255)]
    assert "does nothing" in refusal(ROUTINE, "hook_routine", **{**hook, "cases": idle})
    assert "lacks the label" in refusal(ROUTINE, "hook_routine", **{**hook, "entry": "Display"})


def test_a_comment_cannot_change_the_code_that_it_is_about() -> None:
    said = ROUTINE.text.replace("BEQ .done", "BEQ .done ; it ran down before")
    one = draft(ROUTINE, "comment_code", instruction="Comment this.", output=said)
    assert "frames left" not in one.input
    assert judged(one).passes
    changed = draft(ROUTINE, "comment_code", instruction="Comment this.", output=said.replace("DEC", "INC"))
    assert judged(changed).reasons == ("byte 5 of its code is $EE, expected $CE",)
    moved = draft(ROUTINE, "comment_code", instruction="Comment this.", output="org $028000\n" + said)
    assert "where it may not" in judged(moved).reasons[0]
    assert "hardly a comment" in refusal(ROUTINE, "comment_code", instruction="Do.", output=said.replace(";", ":"))
    assert "begin with" in refusal(ROUTINE, "document_code", instruction="Document.", output=said)


def test_code_has_a_comment_for_every_fourth_line_and_not_only_its_authors() -> None:
    code = ["Tick:", *(f"  LDA.w $07{n:02X} ; lamp {n}" if n == 1 else f"  LDA.w $07{n:02X}" for n in range(11))]
    item = ROUTINE.model_copy(update={"text": "\n".join(code), "symbols": {}})

    def with_comments(*said: str) -> str:
        commented = [line + (f" ; {said[n]}" if n < len(said) else "") for n, line in enumerate(code[3:])]
        return "\n".join(code[:3] + commented)

    assert judged(draft(item, "comment_code", instruction="Comment.", output=with_comments("oil", "glass"))).passes
    for said in ([], ["oil"], ["oil", "oil", "oil"]):
        assert "hardly a comment" in refusal(
            item, "comment_code", instruction="Comment.", output=with_comments(*said)
        ), said
    short = ROUTINE.model_copy(update={"text": "Tick:\n  INC.w $0720 ; one more\n  RTS"})
    assert "source's own" in refusal(short, "comment_code", instruction="Comment this.", output=short.text)


def test_a_table_written_in_another_way_keeps_its_bytes() -> None:
    one = draft(TABLE, "convert_table", instruction="As words.", output="Tick:\n  dw $0201, Timer")
    assert judged(one).passes
    assert not judged(draft(TABLE, "convert_table", instruction="As words.", output="Tick:\n  dw $0102, Timer")).passes
    assert "as it was" in refusal(TABLE, "convert_table", instruction="As words.", output=TABLE.text)


def test_commented_cpp_is_the_same_token_for_token() -> None:
    said = FUNCTION.text.replace("return", "/* doubled */ return")
    one = draft(FUNCTION, "comment_code_cpp", instruction="Comment this.", output=said)
    assert one.contract is None
    assert 'Log("// twice", R"(/* n */)");' in one.input
    assert "for the test" not in one.input
    for other in (said.replace("2 *", "3 *"), said.replace("// twice", "// thrice")):
        assert "changes the code" in refusal(FUNCTION, "comment_code_cpp", instruction="Comment this.", output=other)


def test_a_function_is_called_by_a_driver_of_this_project() -> None:
    one = draft(FUNCTION, "write_function", **JOIN)
    assert isinstance(one.contract, CppContract)
    assert judged(one).passes
    assert JOIN["signature"] in one.instruction
    wrong = draft(FUNCTION, "write_function", **{**JOIN, "output": JOIN["output"].replace("<< 8", "<< 4")})
    assert not judged(wrong).passes


def test_a_function_that_returns_a_default_value_is_what_the_contract_must_refuse() -> None:
    cases = [{"arguments": f'[{n}], 0, "a"', "result": "0", "changed": '"a"'} for n in (1, 2, 3)]
    assert "does nothing" in refusal(FUNCTION, "write_function", **{**JOIN, "cases": cases})
    idle = f"{JOIN['signature']} {{ return {{}}; }}"
    assert not judged(draft(FUNCTION, "write_function", **{**JOIN, "output": idle})).passes


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"signature": "int Join(int n)"}, "more or fewer values"),
        ({"signature": "float Join(const std::vector<uint8_t>& rom, size_t at, std::string& log)"}, "no driver"),
        ({"signature": "int main(int n)"}, "driver or the language needs"),
        ({"signature": "int F(int n) { abort(); } int G(int n)"}, "no plain declaration"),
        ({"signature": "int F(int n = system(0))"}, "no plain declaration"),
        ({"signature": "void F(int n)"}, "gives nothing back"),
        ({"cases": JOIN["cases"][:2]}, "too few different cases"),
        ({"cases": [{"arguments": "getenv(), 1, 2", "result": "1", "changed": ""}]}, "no numbers, lists"),
        ({"cases": [{"arguments": '[256], 0, ""', "result": "1", "changed": '""'}]}, "cannot hold"),
        ({"cases": [{"arguments": '[1], -1, ""', "result": "1", "changed": '""'}]}, "cannot hold"),
        ({"cases": [{"arguments": '1, 1, ""', "result": "1", "changed": '""'}]}, "one number for a vector"),
        ({"output": '#include "rom.h"\n' + JOIN["output"]}, "no header of the standard library"),
        ({"output": "#include </etc/passwd>\n" + JOIN["output"]}, "no header of the standard library"),
    ],
)
def test_a_function_that_no_driver_can_be_written_for_is_refused(change: dict[str, Any], reason: str) -> None:
    assert reason in refusal(FUNCTION, "write_function", **{**JOIN, **change})


def test_whatever_an_answer_holds_it_ends_in_a_draft_or_a_reason() -> None:
    rng = random.Random(13)
    words = [
        "$7E0722=05",
        "A=$FFFF",
        "$FFFFFF+9999=00",
        "=",
        ";",
        "\x00",
        "\u2028",
        "((((",
        "Timer+1=FF",
        "org $7E0000",
        "9" * 40,
    ]
    for _ in range(200):
        answer: dict[str, Any] = json.loads(json.dumps(HALVE))
        for _ in range(rng.randrange(1, 4)):
            field = rng.choice([name for name in answer if name not in ("m", "x", "returns")])
            said = " ".join(rng.choices(words, k=rng.randrange(1, 6)))
            answer[field] = [case(said, rng.choice(words)) for _ in range(4)] if field == "cases" else said
        try:
            draft(ROUTINE, rng.choice(("write_routine", "fix_routine", "convert_routine")), **answer)
        except Unusable as refused:
            assert "$" not in str(refused)


def test_whatever_a_signature_and_its_calls_hold_they_end_in_a_draft_or_a_reason() -> None:
    rng = random.Random(13)
    words = [
        "std::vector<",
        "uint8_t",
        ">",
        "&",
        "const",
        "(",
        ")",
        ",",
        "int F(int a)",
        "[1, 2]",
        '"',
        "-0x1",
        "none",
        "9" * 30,
    ]
    for _ in range(300):
        answer: dict[str, Any] = json.loads(json.dumps(JOIN))
        if rng.random() < 0.5:
            answer["signature"] = " ".join(rng.choices(words, k=rng.randrange(1, 12)))
        call = {name: " ".join(rng.choices(words, k=rng.randrange(4))) for name in ("arguments", "result", "changed")}
        answer["cases"] = [*JOIN["cases"], call]
        try:
            draft(FUNCTION, "write_function", **answer)
        except Unusable as refused:
            assert "uint8_t" not in str(refused)
