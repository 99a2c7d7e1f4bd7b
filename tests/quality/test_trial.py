"""A trial spoils good samples in every way that applies, and the gate lets few of them pass."""

import random
from functools import cache

import pytest

from oracle_lib.quality import Knowledge
from oracle_lib.quality.held_back import HELD_BACK
from oracle_lib.quality.planted import KINDS, plant
from oracle_lib.quality.spoilers import TUNED
from oracle_lib.quality.trial import GOOD, WAYS, Trial, plot_trial, roc, try_gate
from oracle_lib.sample import Sample, Source, Teacher, Verification, sample_id
from oracle_lib.tasks import families

FAMILIES = (
    "add_capped",
    "copy_block",
    "fill_memory",
    "find_byte",
    "hook_extra",
    "swap_words",
    "sum_bytes",
    "test_flag",
)


@cache
def good() -> list[Sample]:
    problems = [families()[name].draw(random.Random(f"trial:{name}:{n}")) for name in FAMILIES for n in range(4)]
    return [
        Sample(
            sample_id=sample_id(one.domain, one.instructions[0], one.input, one.answer),
            domain=one.domain,
            task=one.task,
            instruction=one.instructions[0],
            input=one.input,
            output=one.answer,
            source=Source(corpus="tasks"),
            teacher=Teacher(name="offline", model="tasks", request_key="0"),
            verification=Verification(contract=one.contract.model_dump(mode="json"), passes=True, cases=8),
            group=one.group,
        )
        for one in problems
    ]


@cache
def trials() -> list[Trial]:
    return try_gate(good(), Knowledge(), 4)


def test_nearly_everything_spoilt_is_rejected_and_everything_good_is_kept() -> None:
    spoilt = [one for one in trials() if one.kind != GOOD]
    assert {one.kind for one in spoilt} >= KINDS.keys() - {"stale API"}
    assert sum(one.rejected("run") for one in spoilt) >= 0.95 * len(spoilt)
    assert not any(one.rejected(way) for one in trials() if one.kind == GOOD for way in WAYS)


def test_without_a_run_less_is_rejected_but_nothing_more() -> None:
    unrun, run = (sum(one.rejected(way) for one in trials()) for way in ("unrun", "run"))
    assert 0.4 * run < unrun < run


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_samples_are_the_same_each_time_and_no_longer_what_they_were(kind: str) -> None:
    spoilt = plant(good(), kind, 5, seed=3)
    assert spoilt == plant(good(), kind, 5, seed=3)
    before = {one.group: one for one in good()}
    for one in spoilt:
        assert one.sample.output != before[one.sample.group].output and one.sample.quality is None
        assert one.sample.instruction == before[one.sample.group].instruction


def test_tuned_and_held_back_kinds_are_apart() -> None:
    assert len(TUNED) >= 12 and not TUNED.keys() & HELD_BACK.keys()


def test_the_area_under_the_curve_is_the_chance_that_a_good_sample_scores_higher() -> None:
    for way in WAYS:
        kept = [one.graded(way) for one in trials() if one.kind == GOOD]
        passed = [one.graded(way) for one in trials() if one.kind != GOOD]
        pairs = [(high > low) + (high == low) / 2 for high in kept for low in passed]
        assert roc(trials(), way)[2] == pytest.approx(sum(pairs) / len(pairs))


def test_the_plot_shows_a_curve_a_way() -> None:
    left, right = plot_trial(trials()).axes
    assert [len(axis.lines) for axis in (left, right)] == [0, len(WAYS)]
