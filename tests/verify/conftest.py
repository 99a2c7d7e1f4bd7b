"""What the tests of this folder share."""

from collections.abc import Iterator

import pytest

from oracle_lib.verify import Console


@pytest.fixture(scope="module")
def console() -> Iterator[Console]:
    """One console for the tests of a file: no call leaves anything to the next."""
    with Console() as console:
        yield console
