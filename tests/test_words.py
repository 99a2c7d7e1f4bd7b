"""Numbers in sentences."""

import pytest

from oracle_lib.words import with_ordinals


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("every 3th word", "every 3rd word"),
        ("with a 2th of the purse", "with a half of the purse"),
        ("grows by one 32th of itself", "grows by one 32nd of itself"),
        ("the 11th, 12th, 13th and 111th stay", "the 11th, 12th, 13th and 111th stay"),
        ("the 21th and the 102th", "the 21st and the 102nd"),
    ],
)
def test_an_ordinal_ends_as_it_is_said(written: str, read: str) -> None:
    assert with_ordinals(written) == read
