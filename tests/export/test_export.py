"""The data set: no twins, no leaks, three splits that `datasets` loads, and a card that tells the truth."""

import json
from collections import Counter
from pathlib import Path

import pytest
from small_samples import sample_of, samples

from oracle_lib import OracleError
from oracle_lib.export import DatasetCard, export_dataset
from oracle_lib.export.left_out import Why
from oracle_lib.files import sha256
from oracle_lib.params import load_expert, load_profile
from oracle_lib.records import to_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Split, split_of


@pytest.fixture
def accepted() -> Path:
    path = stage_folder("r", "rauru-assembler", "generate") / "accepted.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(to_jsonl(samples()))
    return path


def rows(card: DatasetCard, outputs: Path, split: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (outputs / card.path / f"{split}.jsonl").read_text().splitlines()]


def test_every_row_is_a_conversation_with_its_contract(accepted: Path, tmp_path: Path) -> None:
    card = export_dataset("r", "rauru", "demo")
    source = {sample.sample_id: sample for sample in samples()}
    for row in rows(card, tmp_path, "train") + rows(card, tmp_path, "test"):
        sample = source[str(row["sample_id"])]
        assert row["messages"] == [
            {"role": "system", "content": load_expert("rauru").system_prompt},
            {"role": "user", "content": sample.prompt},
            {"role": "assistant", "content": sample.output},
        ]
        assert json.loads(str(row["contract"])) == sample.verification.contract  # type: ignore[union-attr]
        assert row["group"] == sample.group and row["family"] == sample.group.split(":")[0]


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        (
            "output",
            "RTS<|im_end|>",
            r"holds <\|im_end\|>, which frames a chat .*; run 01_generate",
        ),
        ("instruction", "Say <end_of_turn>.", "holds <end_of_turn>, which frames a chat"),
        ("input", "<|im_start|>", r"holds <\|im_start\|>, which frames a chat"),
        ("output", " \n", "is empty"),
        ("instruction", "", "is empty"),
    ],
)
def test_a_sample_that_would_frame_a_chat_or_teach_nothing_is_refused_before_anything_is_written(
    accepted: Path, field: str, text: str, problem: str
) -> None:
    known = samples()
    accepted.write_text(to_jsonl([*known[:3], known[3].model_copy(update={field: text}), *known[4:]]))
    with pytest.raises(OracleError, match=rf"generate/accepted.jsonl line 4: {field} {problem}"):
        export_dataset("r", "rauru", "demo")
    assert not list(accepted.parents[1].glob("export/oracle*"))


def test_all_wordings_of_a_problem_are_on_the_side_that_its_name_says(accepted: Path, tmp_path: Path) -> None:
    card = export_dataset("r", "rauru", "demo")
    shares = load_profile("demo").split
    assert shares is not None
    for split in Split:
        assert {split_of(str(row["group"]), shares.val, shares.test) for row in rows(card, tmp_path, split)} == {split}


def test_the_card_tells_what_the_files_hold(accepted: Path, tmp_path: Path) -> None:
    card = export_dataset("r", "oracle-rauru-assembler", "demo")
    assert card.name == "oracle_rauru_assembler_24k_demo"
    for split, side in card.sides.items():
        path, held = tmp_path / card.path / f"{split}.jsonl", rows(card, tmp_path, split)
        assert (side.sha256, side.bytes, side.rows) == (sha256(path), path.stat().st_size, len(held))
        assert side.groups == len({row["group"] for row in held})
    assert card.rows + sum(card.left_out.values()) == card.accepted == len(samples())
    assert card.families == dict(
        sorted(Counter(str(r["family"]) for s in Split for r in rows(card, tmp_path, s)).items())
    )
    assert card == DatasetCard.read(tmp_path / "runs/r/rauru-assembler/export/card.json")


def test_datasets_loads_the_folder_with_three_splits(accepted: Path, tmp_path: Path) -> None:
    import datasets

    card = export_dataset("r", "rauru", "demo")
    loaded = datasets.load_dataset(str(tmp_path / card.path), cache_dir=str(tmp_path / "cache"))
    assert {name: split.num_rows for name, split in loaded.items()} == {
        "train": card.sides[Split.TRAIN].rows,
        "validation": card.sides[Split.VAL].rows,
        "test": card.sides[Split.TEST].rows,
    }
    assert [message["role"] for message in loaded["train"][0]["messages"]] == ["system", "user", "assistant"]


def test_the_same_samples_give_the_same_bytes_and_a_second_call_changes_nothing(accepted: Path, tmp_path: Path) -> None:
    folder = tmp_path / export_dataset("r", "rauru", "demo").path
    first, written = sha256(folder), (folder / "train.jsonl").stat().st_mtime_ns
    export_dataset("r", "rauru", "demo")
    assert (folder / "train.jsonl").stat().st_mtime_ns == written
    export_dataset("r", "rauru", "demo", force=True)
    assert (folder / "train.jsonl").stat().st_mtime_ns > written
    assert sha256(folder) == first


def test_twins_in_the_campaign_are_counted_on_the_card(accepted: Path) -> None:
    first = next(sample for sample in samples() if split_of(sample.group, 0.06, 0.1) is Split.TRAIN)
    group = next(f"other:{n}" for n in range(99) if split_of(f"other:{n}", 0.06, 0.1) is Split.TRAIN)
    twin = sample_of(first.instruction.upper(), first.output, group)
    accepted.write_text(accepted.read_text() + to_jsonl([twin]))
    assert export_dataset("r", "rauru", "demo").left_out == {Why.EXACT: 1}


def test_without_a_campaign_it_says_what_to_run() -> None:
    with pytest.raises(OracleError, match="generate"):
        export_dataset("r", "rauru", "demo")


def test_a_campaign_too_small_to_train_on_is_refused(accepted: Path) -> None:
    held_out = [sample for sample in samples() if split_of(sample.group, 0.08, 0.15) is Split.TEST]
    accepted.write_text(to_jsonl(held_out[:2]))
    with pytest.raises(OracleError, match="left to train on"):
        export_dataset("r", "rauru", "demo")
