"""The data set: no twins, no leaks, three splits that `datasets` loads, and a card that tells the truth."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.export import DatasetCard, export_dataset
from oracle_lib.export.dedup import duplicates, leaks
from oracle_lib.files import sha256
from oracle_lib.params import load_expert, load_profile
from oracle_lib.records import to_jsonl
from oracle_lib.run import stage_folder
from oracle_lib.sample import Sample, Source, Split, Teacher, Verification, sample_id, split_of
from oracle_lib.tasks import families

FAMILIES = ("add_words", "clamp_byte", "copy_block", "use_one", "table_lookup")


def sample_of(instruction: str, output: str, group: str, input: str = "") -> Sample:
    problem = families()["add_words"].draw(random.Random(1))
    return Sample(
        sample_id=sample_id(problem.domain, instruction, input, output),
        domain=problem.domain,
        task=problem.task,
        instruction=instruction,
        input=input,
        output=output,
        source=Source(corpus="tasks", path=group.split(":")[0], licence="MIT"),
        teacher=Teacher(name="offline", model="tasks", request_key="0"),
        verification=Verification(contract=problem.contract.model_dump(mode="json"), passes=True, cases=10),
        group=group,
    )


def samples(problems: int = 40) -> list[Sample]:
    drawn = [families()[name].draw(random.Random(f"{name}:{index}")) for index in range(problems) for name in FAMILIES]
    unique = {problem.group: problem for problem in drawn}
    return [
        sample_of(instruction, problem.answer, problem.group, problem.input)
        for problem in unique.values()
        for instruction in problem.instructions[:2]
    ]


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
    assert card.rows + card.removed.exact + card.removed.near + card.removed.leaks == card.accepted == len(samples())
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


def test_distinct_problems_and_phrasings_are_no_duplicates() -> None:
    assert duplicates(samples(100)) == (set(), set())


def test_an_exact_twin_is_removed_whatever_its_layout_and_the_first_stays() -> None:
    first = sample_of("Clear $0720.", "```asm\nGo:\n    STZ.w $0720\n    RTS\n```", "a:1")
    twin = sample_of("Clear  $0720.", "```asm\nGo:\n  stz.w $0720 ; zero\n\n  rts\n```", "a:2")
    assert duplicates([first, twin]) == ({twin.sample_id}, set())
    assert duplicates([twin, first]) == ({first.sample_id}, set())


def test_a_twin_is_a_twin_whatever_the_teacher_said_around_its_code() -> None:
    problem = families()["add_words"].draw(random.Random(1))
    entry = problem.contract.model_dump()["entry"]
    wordy = f"<think>Adding.</think>Call it:\n\n```asm\n    JSR {entry}\n```\n\n{problem.answer}\n\nIt adds."
    first, twin = (sample_of("Add them.", output, group) for output, group in ((problem.answer, "a:1"), (wordy, "a:2")))
    assert duplicates([first, twin]) == ({twin.sample_id}, set())


def test_a_reworded_twin_is_near_and_another_address_is_another_problem() -> None:
    ask = (
        "Write a routine that copies the sixteen bytes which start at {} to the buffer that the sprite code reads in "
        "every frame, and leave all of the other memory of the console exactly as it was before you were called{}"
    )
    answer = "```asm\nGo:\n    LDA.w {}\n    RTS\n```"
    first = sample_of(ask.format("$0720", "."), answer.format("$0720"), "a:1")
    reworded = sample_of(ask.format("$0720", "!"), answer.format("$0720"), "a:2")
    elsewhere = sample_of(ask.format("$0740", "."), answer.format("$0740"), "a:3")
    one_defect, other_defect = (
        sample_of(ask.format("$0720", "."), answer.format("$0720"), "a:4", input=f"LD{register}.w $0720")
        for register in "XY"
    )
    for_one_mode, for_another = (
        sample_of(ask.format("$0720", f" in mode ${mode}"), answer.format("$0720"), "a:5") for mode in ("09", "0B")
    )
    everything = [first, reworded, elsewhere, one_defect, other_defect, for_one_mode, for_another]
    assert duplicates(everything) == (set(), {reworded.sample_id})


def test_a_training_row_that_answers_a_held_out_problem_is_a_leak() -> None:
    code = "```asm\nGo:\n    STZ.w $0720\n    RTS\n```"
    trained, held_out = sample_of("Clear it.", code, "a:1"), sample_of("Zero it, please.", code, "b:1")
    assert leaks([(trained, Split.TRAIN), (held_out, Split.TEST)]) == {trained.sample_id}
    assert leaks([(trained, Split.TRAIN), (held_out, Split.TRAIN)]) == set()


def test_an_answer_that_states_facts_is_a_leak_only_where_the_same_program_is_asked_about() -> None:
    facts = Verification(contract={"kind": "facts", "cases": [{"name": "bits", "value": 8}]}, passes=True, cases=1)
    here, there, elsewhere = (
        sample_of("How wide is A?", "Answer: 8 bits.", group, code).model_copy(update={"verification": facts})
        for group, code in (("a:1", "LDA #$05"), ("b:1", "LDA #$05"), ("c:1", "LDA #$06"))
    )
    assert leaks([(here, Split.TRAIN), (there, Split.TEST)]) == {here.sample_id}
    assert leaks([(here, Split.TRAIN), (elsewhere, Split.TEST)]) == set()
    assert duplicates([here, elsewhere]) == (set(), set())
    assert duplicates([here, there])[0] == {there.sample_id}


def test_twins_in_the_campaign_are_counted_on_the_card(accepted: Path) -> None:
    first = samples()[0]
    twin = sample_of(first.instruction.upper(), first.output, "other:1")
    accepted.write_text(accepted.read_text() + to_jsonl([twin]))
    assert export_dataset("r", "rauru", "demo").removed.exact == 1


def test_without_a_campaign_it_says_what_to_run() -> None:
    with pytest.raises(OracleError, match="generate"):
        export_dataset("r", "rauru", "demo")


def test_a_campaign_too_small_to_train_on_is_refused(accepted: Path) -> None:
    held_out = [sample for sample in samples() if split_of(sample.group, 0.08, 0.15) is Split.TEST]
    accepted.write_text(to_jsonl(held_out[:2]))
    with pytest.raises(OracleError, match="training side"):
        export_dataset("r", "rauru", "demo")
