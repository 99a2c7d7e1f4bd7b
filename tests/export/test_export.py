"""The data set: no twins, no leaks, three splits that `datasets` loads, and a card that tells the truth."""

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from small_samples import sample_of, samples, written

from oracle_lib import OracleError
from oracle_lib.export import DatasetCard, export_dataset
from oracle_lib.export.left_out import LeftOut, Why
from oracle_lib.export.selection import select
from oracle_lib.export.sizes import surplus
from oracle_lib.export.twins import place
from oracle_lib.files import sha256
from oracle_lib.params import SplitShares, load_expert, load_profile
from oracle_lib.records import read_jsonl, to_jsonl
from oracle_lib.run import refuse_edited, stage_folder
from oracle_lib.sample import Domain, Split, Task, group_position, split_of


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


def test_an_edited_export_is_refused_with_the_way_for_rows_of_one_s_own(accepted: Path, tmp_path: Path) -> None:
    folder = tmp_path / export_dataset("r", "rauru", "demo").path
    written = sha256(folder)
    with (folder / "train.jsonl").open("a") as file:
        file.write((folder / "test.jsonl").read_text())
    advice = r"oracle_rauru_assembler_24k_demo changed since 02_export wrote it.*through 01, as a source"
    with pytest.raises(OracleError, match=advice):
        export_dataset("r", "rauru", "demo")
    with pytest.raises(OracleError, match=advice):
        refuse_edited("r", "rauru-assembler")
    assert sha256(folder) != written  # nobody's edit is lost without a word
    export_dataset("r", "rauru", "demo", force=True)
    assert sha256(folder) == written


def test_what_was_deleted_is_no_edit_and_comes_back(accepted: Path, tmp_path: Path) -> None:
    folder = tmp_path / export_dataset("r", "rauru", "demo").path
    written = sha256(folder)
    shutil.rmtree(folder)
    export_dataset("r", "rauru", "demo")
    assert sha256(folder) == written


def test_rows_that_are_too_long_are_listed_and_none_is_cut(accepted: Path, tmp_path: Path) -> None:
    train = (sample for sample in samples() if split_of(sample.group, 0.06, 0.1) is Split.TRAIN)
    long = next(train)
    body = "".join(f"    ADC.w ${number:04X}\n" for number in range(0x700, 0x800))
    long = sample_of(long.instruction, f"```asm\nLong:\n{body}    RTS\n```", long.group)
    accepted.write_text(to_jsonl([*samples(), long]))
    card = export_dataset("r", "rauru", "demo")
    [listed] = read_jsonl(LeftOut, tmp_path / "runs/r/rauru-assembler/export/left_out.jsonl", "")
    assert (listed.sample_id, listed.why) == (long.sample_id, Why.TOO_LONG) and listed.detail.endswith(" tokens")
    assert card.lengths and card.lengths.longest <= card.lengths.limit == 1024


def test_tokens_are_counted_as_training_reads_them(accepted: Path, tmp_path: Path) -> None:
    from oracle_lib import models
    from oracle_lib.train.data import encode_rows, read_rows

    card = export_dataset("r", "rauru", "demo")
    folder = tmp_path / card.path
    found = [row for side in ("train", "val", "test") for row in read_rows(folder / f"{side}.jsonl")]
    encoded = encode_rows(models.load_tokenizer("embedded"), found, 1024)
    assert card.lengths and card.lengths.longest == max(len(row.ids) for row in encoded)


def test_the_order_in_which_samples_come_changes_no_byte(accepted: Path, tmp_path: Path) -> None:
    twin = sample_of("Copied.", samples()[0].output, "elsewhere:1")
    everything = [*samples(), samples()[3], twin]
    digests = set()
    for seed in range(3):
        random.Random(seed).shuffle(everything)
        accepted.write_text(to_jsonl(everything))
        card = export_dataset("r", "rauru", "demo")
        folder = tmp_path / card.path
        digests.add((sha256(folder), sha256(folder.parent / "left_out.jsonl")))
        assert card.left_out[Why.EXACT] >= 1
    assert len(digests) == 1


def test_errors_of_a_source_go_to_the_expert_whose_language_they_are_in(accepted: Path) -> None:
    fixed = "```cpp\nint first(const std::vector<int>& all) { return all.empty() ? 0 : all.front(); }\n```"
    ours = written("Mend it.", "```asm\nGo:\n    INC.w $0720\n    RTS\n```", "A", Domain.ERRORS, Task.FIX)
    theirs = written("Mend it too.", fixed, "B", Domain.ERRORS, Task.FIX)
    accepted.write_text(to_jsonl([*samples(), ours, theirs]))
    assert export_dataset("r", "rauru", "demo").left_out == {Why.OTHER_EXPERT: 1}


def test_the_card_names_every_source_with_its_licence(accepted: Path, tmp_path: Path) -> None:
    prose = written("What is it?", "It is a timer that runs down every frame.", "A", task=Task.EXPLAIN)
    prose = prose.model_copy(update={"source": prose.source.model_copy(update={"licence": "GPL-3.0"})})
    accepted.write_text(to_jsonl([*samples(), prose]))
    card = export_dataset("r", "rauru", "demo")
    readme = (tmp_path / card.path / "README.md").read_text()
    assert "| disassembly | GPL-3.0 | 1 |" in readme and f"| tasks | MIT | {card.rows - 1} |" in readme
    assert yaml.safe_load(readme.split("---")[1])["license"] == "other"
    assert ("| why | samples |" in readme) == bool(card.left_out)  # no table without rows


def test_a_side_is_filled_to_its_size_in_the_order_of_hashes_and_the_surplus_is_listed(accepted: Path) -> None:
    placed = [one for one in place(samples(), 0.2, 0.2) if one.side is Split.TRAIN]
    beyond = surplus(placed, 31)
    assert len(placed) - len(beyond) == 31
    assert surplus(placed, len(placed)) == [] == surplus(placed, 10_000)
    kept = [one for one in placed if one not in beyond]
    for domain, task in {(one.sample.domain, one.sample.task) for one in placed}:
        of_it = [one for one in placed if (one.sample.domain, one.sample.task) == (domain, task)]
        stays = [group_position(one.sample.group) for one in of_it if one in kept]
        goes = [group_position(one.sample.group) for one in of_it if one in beyond]
        assert max(stays) <= min(goes, default=1.0)
        assert abs(len(stays) - 31 * len(of_it) / len(placed)) < 1


def test_an_expert_s_sizes_bound_each_side_and_a_smaller_one_keeps_all() -> None:
    share, rauru = SplitShares(val=0.2, test=0.2), load_expert("rauru")
    everything = select(samples(), {}, rauru.model_copy(update={"rows": {}}), share, None, 0)
    bounded = select(
        samples(), {}, rauru.model_copy(update={"rows": {Split.TRAIN: 31, Split.VAL: 999}}), share, None, 0
    )
    before, after = everything.sides(), bounded.sides()
    assert len(after[Split.TRAIN]) == 31 and set(map(repr, after[Split.TRAIN])) < set(map(repr, before[Split.TRAIN]))
    assert (after[Split.VAL], after[Split.TEST]) == (before[Split.VAL], before[Split.TEST])
    assert sum(one.why is Why.SURPLUS for one in bounded.left_out) == len(before[Split.TRAIN]) - 31
