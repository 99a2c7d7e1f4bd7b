"""What is looked up for a question: things that exist, and not the names that the question gives to what is new."""

import pytest

from oracle_lib.council.facts import look_up
from oracle_lib.quality.knowledge import Knowledge

FACTS = Knowledge.facts()


@pytest.mark.parametrize(
    "question",
    [
        "Add two numbers. Call it `AddWords`; it ends with RTS.",
        "Add two numbers. Label `AddWords`. Entry: M=8, X=8.",
        "Add two numbers. The routine is `AddWords`: 8-bit A, RTS at the end.",
        "Add two numbers. I JSL to `AddWords` with 16-bit A.",
        "Add two numbers. Signature: `std::vector<uint16_t> AddWords(const std::vector<uint16_t>& words, uint8_t n)`.",
        "Add two numbers in a routine named AddWords.",
    ],
)
def test_the_name_of_what_is_to_be_written_is_not_told_to_be_unknown(question: str) -> None:
    assert look_up(FACTS, question) == ()


def test_a_name_that_is_asked_about_is_told_to_be_unknown() -> None:
    [line] = look_up(FACTS, "Where is AddWords called?")
    assert line.startswith("AddWords: not known")
