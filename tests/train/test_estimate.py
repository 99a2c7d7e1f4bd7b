"""The hours of a run follow from its tokens and the card."""

import pytest

from oracle_lib import OracleError, params
from oracle_lib.train import predicted_hours

BASE = "Qwen/Qwen2.5-Coder-14B-Instruct"


def test_the_plans_campaign_takes_thirteen_hours_at_best() -> None:
    card = params.load_machine("medical-mechanica")
    hours = predicted_hours(BASE, tokens=9_600_000, epochs=3, machine=card)
    assert 9_600_000 * 3 / hours / 3600 == pytest.approx(595, rel=0.01), "tokens a second"
    assert hours == pytest.approx(13.4, abs=0.1)


def test_unknown_cards_and_sizes_are_refused() -> None:
    with pytest.raises(OracleError, match="card of local has no known speed"):
        predicted_hours(BASE, 1, 1, params.load_machine("local"))
    with pytest.raises(OracleError, match="does not tell how many parameters"):
        predicted_hours("embedded:0", 1, 1, params.load_machine("medical-mechanica"))
