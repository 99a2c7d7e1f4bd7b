"""Blind ratings: what is kept, when a share is one, and what the gate of satisfaction makes of it."""

from pathlib import Path

import pytest

from oracle_lib import OracleError, ratings
from oracle_lib.gates import Gate, with_satisfaction

SHA = "a" * 64


@pytest.fixture(autouse=True)
def outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    return tmp_path


def rate(preferred: int, others: int, sha256: str = SHA) -> None:
    for number in range(preferred + others):
        ratings.keep(sha256, f"question {number}", "expert" if number < preferred else "base")


def test_below_thirty_ratings_nothing_is_measured() -> None:
    assert str(ratings.satisfaction(SHA)) == "not measured: 0 of the 30 ratings that it takes"
    rate(29, 0)
    found = ratings.satisfaction(SHA)
    assert found.share is None and found.ratings == 29


def test_a_share_comes_with_wilsons_interval() -> None:
    rate(27, 3)
    found = ratings.satisfaction(SHA)
    # Wilson (1927) for 27 of 30 at 95 %.
    assert (found.share, round(found.low or 0, 4), round(found.high or 0, 4)) == (0.9, 0.7438, 0.9654)
    assert str(found) == "90.0% of 30 ratings prefer the expert [74.4%, 96.5%]"


def test_no_preference_counts_as_none_for_the_expert() -> None:
    rate(15, 0)
    for number in range(15, 30):
        ratings.keep(SHA, f"question {number}", "neither")
    assert ratings.satisfaction(SHA).share == 0.5


def test_of_two_ratings_of_a_question_the_later_counts_and_each_adapter_has_its_own() -> None:
    ratings.keep(SHA, "question", "expert")
    ratings.keep(SHA, "question", "base")
    found = ratings.satisfaction(SHA)
    assert (found.preferred, found.ratings) == (0, 1) and ratings.satisfaction("b" * 64).ratings == 0
    assert ratings.rated_questions(SHA) == {"question"} and not ratings.rated_questions("b" * 64)


def test_a_file_that_is_no_database_is_told(outputs: Path) -> None:
    (outputs / "ratings.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(OracleError, match=r"ratings\.sqlite cannot be used .* move it away"):
        ratings.satisfaction(SHA)


@pytest.mark.parametrize(("share", "passed"), [(None, None), (0.9, True), (0.8, False), (0.5, False)])
def test_the_gate_is_judged_by_the_share_and_stays_unmeasured_without_one(
    share: float | None, passed: bool | None
) -> None:
    gates = (Gate(name="perplexity", threshold=3.5, value=2.0, passed=True), Gate(name="satisfaction", threshold=0.8))
    first, satisfaction = with_satisfaction(gates, share)
    assert first == gates[0] and (satisfaction.value, satisfaction.passed) == (share, passed)
