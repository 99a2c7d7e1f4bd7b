"""Samples keep their bytes through a file, and a group keeps its side whatever else there is."""

import random
from pathlib import Path

import pytest
from pydantic import ValidationError

from oracle_lib import OracleError
from oracle_lib.records import to_jsonl
from oracle_lib.sample import (
    MAX_HELD_OUT,
    Domain,
    Quality,
    Sample,
    Source,
    Split,
    Task,
    Teacher,
    Verification,
    group_position,
    read_samples,
    sample_id,
    split_of,
)


def make(
    instruction: str = "Clear $0720.", group: str = "clear:1", output: str = "```asm\n STZ.w $0720\n```"
) -> Sample:
    return Sample(
        sample_id=sample_id(Domain.ASM, instruction, "", output),
        domain=Domain.ASM,
        task=Task.WRITE,
        instruction=instruction,
        output=output,
        source=Source(corpus="tasks"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=Verification(contract={"kind": "asm", "cases": [{"memory": {"1": "ff"}}]}, passes=True, cases=1),
        quality=Quality(
            diversity=0.5, knowledge=1, hallucination=1, coherence=1, overall=0.9, threshold=0.4, accepted=True
        ),
        group=group,
    )


def test_a_sample_survives_a_file_byte_for_byte(tmp_path: Path) -> None:
    samples = [make(), make("Löschen: $0721 „schnell“\u2028", group="clear:2")]
    path = tmp_path / "samples.jsonl"
    path.write_text(to_jsonl(samples), encoding="utf-8")
    assert list(read_samples(path)) == samples
    assert to_jsonl(read_samples(path)) == path.read_text(encoding="utf-8")


def test_a_line_that_is_no_sample_is_named(tmp_path: Path) -> None:
    path = tmp_path / "accepted.jsonl"
    path.write_text(to_jsonl([make()]) + '{"sample_id": "torn\n')
    with pytest.raises(OracleError, match=r"accepted.jsonl line 2: .*run 01_generate again"):
        list(read_samples(path))


def test_the_id_follows_from_the_content_alone() -> None:
    assert make().sample_id == make(group="other:1").sample_id
    assert make().sample_id != make("Clear $0722.").sample_id
    assert sample_id(Domain.ASM, "ab", "c", "") != sample_id(Domain.ASM, "a", "bc", "")
    assert sample_id(Domain.ASM, "a", "", "") != sample_id(Domain.ORACLE, "a", "", "")


def test_the_prompt_is_the_instruction_then_the_code_it_speaks_of() -> None:
    assert make().prompt == "Clear $0720."
    assert make().model_copy(update={"input": "LDA #0"}).prompt == "Clear $0720.\n\nLDA #0"


@pytest.mark.parametrize("unknown", [{"domain": "cpp"}, {"time": 5}, {"sample_id": "UPPER"}])
def test_unknown_domains_fields_and_ids_are_refused(unknown: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Sample.model_validate({**make().model_dump(), **unknown})


@pytest.mark.parametrize(("val", "test"), [(0.0714, 0.0714), (0.08, 0.15), (0.1, 0.1), (0.2, 0.2)])
def test_the_sides_have_their_shares(val: float, test: float) -> None:
    sides = [split_of(f"family:{number}", val, test) for number in range(20_000)]
    assert sides.count(Split.VAL) / len(sides) == pytest.approx(val, abs=0.01)
    assert sides.count(Split.TEST) / len(sides) == pytest.approx(test, abs=0.01)


def test_a_group_stays_in_the_test_set_when_shares_grow() -> None:
    groups = [f"family:{number}" for number in range(5000)]
    small = {group for group in groups if split_of(group, 0.08, 0.1) is Split.TEST}
    assert small <= {group for group in groups if split_of(group, 0.08, 0.15) is Split.TEST}


def test_no_shares_reach_a_group_beyond_the_largest_that_may_be_held_out() -> None:
    rng = random.Random(3)
    safe = [group for group in (f"family:{number}" for number in range(5000)) if group_position(group) >= MAX_HELD_OUT]
    for _ in range(20):
        test = rng.uniform(0.001, MAX_HELD_OUT)
        val = rng.uniform(0, MAX_HELD_OUT - test)
        assert {split_of(group, val, test) for group in safe} == {Split.TRAIN}


def test_holding_out_more_than_the_largest_share_is_refused() -> None:
    with pytest.raises(OracleError, match=r"above 0\.4"):
        split_of("family:1", 0.21, 0.2)
