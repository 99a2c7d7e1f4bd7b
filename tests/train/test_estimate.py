"""The hours of a run follow from its tokens, the work a token costs, and the card."""

import pytest

from oracle_lib import OracleError, params
from oracle_lib.bases import PUBLISHED
from oracle_lib.train import HOPED_HOURS, Load, predicted_hours, ways_to_save_time
from oracle_lib.train.budget import most_kept_layers

BASE = "Qwen/Qwen2.5-Coder-14B-Instruct"
MACHINE = params.load_machine("medical-mechanica")
TRAINING = params.load_profile("full").training


def tokens_a_second(tokens_a_row: float, base: str = BASE) -> float:
    return tokens_a_row / predicted_hours(Load(base, 1, 1), tokens_a_row, TRAINING, MACHINE) / 3600


def test_a_token_costs_forward_gradient_and_what_is_computed_again() -> None:
    linear = 48 * (7168 * 5120 + 5120 * 5120 + 2 * 13824 * 5120 + 5120 * 13824)
    recomputed = (48 - most_kept_layers(PUBLISHED[BASE].shape, 16, 4096, 14.0)) / 48 * (linear - 48 * 5120 * 13824)
    assert tokens_a_second(512) == pytest.approx(0.9 * 47e12 / (4 * linear + 2 * recomputed)), "8 x 512 at a time"
    assert tokens_a_second(512) == pytest.approx(608, abs=1)


def test_shorter_steps_keep_more_layers_and_are_faster() -> None:
    assert tokens_a_second(200) > tokens_a_second(300) > tokens_a_second(400)
    assert tokens_a_second(768) == pytest.approx(3 / (2 / tokens_a_second(512) + 1 / tokens_a_second(256)))


def test_hours_are_in_proportion_to_rows_and_epochs() -> None:
    once = predicted_hours(Load(BASE, 1000, 1), 400, TRAINING, MACHINE)
    assert predicted_hours(Load(BASE, 2000, 3), 400, TRAINING, MACHINE) == pytest.approx(6 * once)


def test_the_plans_campaign_takes_thirteen_hours_at_best() -> None:
    planned = ways_to_save_time(params.load_expert("rauru"), TRAINING)["as planned"]
    assert planned == Load(BASE, 24_000, 3)
    hours = predicted_hours(planned, 400, TRAINING, MACHINE)
    assert hours == pytest.approx(12.9, abs=0.1) and hours > HOPED_HOURS["rauru-assembler"][1]


@pytest.mark.parametrize("expert", params.experts(), ids=lambda expert: expert.name)
def test_every_way_to_save_time_saves_time(expert: params.Expert) -> None:
    planned, *others = (
        predicted_hours(load, 300, TRAINING, MACHINE) for load in ways_to_save_time(expert, TRAINING).values()
    )
    assert len(others) == 3 and all(hours < 0.7 * planned for hours in others)


def test_an_unknown_card_is_refused() -> None:
    with pytest.raises(OracleError, match="card of local has no known speed"):
        predicted_hours(Load(BASE, 1, 1), 1, TRAINING, params.load_machine("local"))
