"""What an answer about code states is read as its reader would, and a list of possibilities never wins."""

import json

import pytest

from oracle_lib.verify import CONTRACT, Fact, FactContract, check, extract_code


def asked(**facts: int | str) -> FactContract:
    return FactContract(cases=tuple(Fact(name=name, value=value) for name, value in facts.items()))


STATE = FactContract(cases=(Fact(name="A", value=0x1234), Fact(name="carry", value="set"), Fact(name="$0720", value=5)))
CHOICE = asked(choice="B")
BRANCH = asked(branch="not taken")


@pytest.mark.parametrize(
    "answer",
    [
        "Answer: A = $1234, carry set, $0720 = $05.",
        "A = $0000 at first.\n\n- LDA.w $0720: A = $0005\n\nAnswer: A = $1234, carry set, $0720 = $05.",
        "**Answer:** `A = $1234`, `C = 1`, `$7E0720 = $05`",
        "The final answer is A = 4660, the carry flag is set and $0720 holds 5.",
        "It adds.\n\nA: 0x1234\nCarry: set\n$0720: %101",
        "<think>A = $9999, carry clear</think>Answer:\n- A = $1234 (4660)\n- carry = 1\n- $0720 = $05",
        "Answer: A = $1234, carry set, $0720 = $05.\n\nSo: Answer: A = $1234, carry set, $0720 = 5",
    ],
)
def test_a_right_statement_passes_however_it_is_written(answer: str) -> None:
    verdict = check(extract_code(answer, STATE), STATE)
    assert verdict.passes and verdict.assembles and not verdict.reasons and verdict.cases == 3
    assert check(answer, STATE) == verdict


@pytest.mark.parametrize(
    ("answer", "reason", "readable"),
    [
        ("Answer: A = $1235, carry set, $0720 = $05.", "it states that A is 4661, expected 4660", True),
        ("Answer: A = $1234, carry clear, $0720 = $05.", "it states that carry is clear, expected set", True),
        ("Answer: A = $1234, carry set.", "it does not state $0720", False),
        ("", "it does not state A", False),
        ("I don't know.", "it does not state A", False),
        ("Answer: A = $1234, carry set or clear, $0720 = $05.", "is not plain: or", False),
        ("Answer: A = $1234 or $1235, carry set, $0720 = $05.", "is not plain: or, $1235", False),
        ("Answer: A = $1233, A = $1234, carry set, $0720 = $05.", "several values of A: 4659, 4660", False),
        ("Answer: A = $1233 $1234, carry set, $0720 = $05.", "is not plain: $1234", False),
        ("Answer: A = $1234, carry set, carry clear, $0720 = $05.", "several values of carry: set, clear", False),
        ("Answer: A = $1234, carry is not set, $0720 = $05.", "it does not state carry", False),
        ("Answer: A = $1234, carry set, $0720 = $04.\nAnswer: A = $1234, carry set, $0720 = $05.", "several", False),
        ("Answer: A = $1234, carry set, $0720 = 5, 6, 7", "is not plain: 6, 7", False),
        ("Answer: maybe A = $1234, carry set, $0720 = $05.", "is not plain: maybe", False),
        ("Answer: A = -$1234, carry set, $0720 = $05.", "it does not state A", False),
        ("Answer: A = $12345, carry set, $0720 = $05.", "it states that A is 74565", True),
        ("Answer: A = $1234, carry set, $17200720 = $05.", "it does not state $0720", False),
        ("Answer: A = $1234, carry set, $0720 = $05.\n\nNo. Answer: all is 0.", "is not plain: 0", False),
    ],
)
def test_a_wrong_missing_or_open_statement_fails(answer: str, reason: str, readable: bool) -> None:
    verdict = check(extract_code(answer, STATE), STATE)
    assert not verdict.passes and verdict.assembles is readable
    assert reason in " / ".join(verdict.reasons)
    assert verdict.failed_case is not None or "not plain" in reason


@pytest.mark.parametrize("answer", ["B adds the carry.\n\nAnswer: B", "(b)", "B.", "Answer: **B**", "The answer is B."])
def test_a_choice_is_a_letter(answer: str) -> None:
    assert check(extract_code(answer, CHOICE), CHOICE).passes


@pytest.mark.parametrize(
    "answer",
    ["Answer: C", "Answer: A, B", "Answer: A and B", "Answer: A B C D", "Answer: B\nAnswer: C", "Answer: B or C", "",
     "Answer: not B", "Both.", "Answer: B?", "A, B"],
)  # fmt: skip
def test_another_letter_and_several_letters_fail(answer: str) -> None:
    assert not check(extract_code(answer, CHOICE), CHOICE).passes


@pytest.mark.parametrize(
    ("contract", "right", "wrong"),
    [
        (BRANCH, ("Answer: not taken.", "It isn't taken.", "Answer: the branch is not taken"), ("Answer: taken", "")),
        (asked(branch="taken"), ("Answer: taken.", "It is taken"), ("Answer: not taken", "Answer: taken, not taken")),
        (asked(bits=16), ("Answer: A is 16 bits wide.", "16-bit", "16"), ("8 bits", "8 or 16 bits", "16, 8", "wide")),
        (asked(times=7), ("Answer: 7 times.", "The body runs 7 times at line 3."), ("6 times", "5 times, 7 times")),
        (asked(offset=9), ("Answer: offset = 9", "offset: $09"), ("offset = 8", "between 1 and 9")),
        (asked(bytes=12), ("Answer: 12 bytes.", "bytes = $0C"), ("bytes = 12, bytes = 13", "11 bytes")),
        (asked(cycles=90), ("90 master cycles.", "cycles: 90"), ("91 cycles", "90 to 91 cycles", "90 dots")),
        (asked(instructions=4), ("4 instructions", "instructions = 4"), ("3 instructions", "4 or 5 instructions")),
        (asked(seconds=30), ("30 seconds", "Answer: 30"), ("31 seconds", "30 bytes, 31 seconds")),
        (asked(line=5), ("Answer: line 5.", "line = 5", "5"), ("line 6", "line 5 or 6", "lines 5, 6")),
        (
            asked(address=0x1F8000),
            ("address = $1F8000", "the address is $1F:8000", "Answer: $1F8000", "address $1F8000"),
            ("address = $8000", "$1F8000 or $1F8001", "address = $1F:8001", "offset = $1F8000"),
        ),
        (asked(bank=0x1F), ("bank $1F", "bank = 31"), ("bank $1E", "banks $1F and $20", "$1F8000")),
        (asked(checksum=0xABCD), ("checksum = $ABCD", "Checksum: 0xABCD"), ("checksum = $ABCE", "complement = $ABCD")),
        (
            asked(hex="05 A9 FF"),
            ("hex = 05 A9 FF", "Answer: 05 a9 ff.", "hex: $05, $A9, $FF", "`05 A9 FF`"),
            ("hex = 05 A9", "hex = 05 A9 FF 00", "hex = A9 05 FF", "05A9FF bytes", "hex = 05 A9 FF or 05 A9 FE"),
        ),
    ],
)
def test_numbers_and_branches_are_read_with_their_words(
    contract: FactContract, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [answer for answer in right if not check(extract_code(answer, contract), contract).passes] == []
    assert [answer for answer in wrong if check(extract_code(answer, contract), contract).passes] == []


def test_facts_travel_through_json() -> None:
    stored = json.dumps(STATE.model_dump(mode="json"))
    assert CONTRACT.validate_json(stored) == STATE
    assert CONTRACT.validate_python(json.loads(stored)) == STATE
    assert [type(fact.value) for fact in CONTRACT.validate_json(stored).cases] == [int, str, int]  # type: ignore[union-attr]


def test_a_hostile_statement_is_read_in_linear_time() -> None:
    rows = FactContract(cases=(Fact(name="hex", value="05 A9"), Fact(name="address", value=1)))
    for piece in ("hex = ", "05 ", "hex = 05 A9 ", "$05,", "address ", "$1F:"):
        assert not check(extract_code(piece * 20_000, rows), rows).passes
    for piece in ("A = ", "$0720 ", "answer: ", "not ", "\n\n", "$", "A = $12, ", "A  " * 10):
        assert not check(extract_code(piece * 20_000, STATE), STATE).passes
