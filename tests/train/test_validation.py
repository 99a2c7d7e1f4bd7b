"""The adapter that is kept solves most problems of families that were never taught; asking leaves training alone."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peft import PeftModel
from small_world import TRAINING, Moment, chat_row, lines, start_life, timeless, train_small

from oracle_lib import OracleError, models
from oracle_lib.files import sha256
from oracle_lib.params import load_expert
from oracle_lib.records import DatasetRow
from oracle_lib.tasks import families
from oracle_lib.train import backends, checkpoints, encode_rows, qlora, validation
from oracle_lib.train.qlora import FineTuned, fine_tune
from oracle_lib.train.validation import Validation, refuse_taught, validation_rows
from oracle_lib.verify import CONTRACT, AsmCase, AsmContract, Span, check, extract_code

ASKING = TRAINING.model_copy(update={"validation_seconds": 3600})
STORES_ONE = AsmContract(
    entry="StoreByte",
    writes=(Span(address=0x7E0707, length=1),),
    cases=(AsmCase(expect_memory={0x7E0707: b"\x01"}),),
)

Run = Callable[..., FineTuned]


def storing(value: int) -> DatasetRow:
    """The question how to store 1, with an answer that stores a value."""
    row = chat_row(1)
    row["messages"][2]["content"] = row["messages"][2]["content"].replace("#$01", f"#${value:02X}")
    return DatasetRow.model_validate({**row, "contract": STORES_ONE.model_dump_json()})


@pytest.fixture(autouse=True)
def short_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "MAX_NEW_TOKENS", 40)


@pytest.fixture
def run(base: str, tmp_path: Path) -> Run:
    """Trains into a folder under `tmp_path`, from its latest checkpoint if it has one."""
    return lambda name, *args, **world: train_small(base, tmp_path / name, *args, **world)


@pytest.mark.timeout(600)
def test_the_adapter_that_is_kept_is_the_one_that_solved_most_and_not_the_last(tmp_path: Path) -> None:
    """Of two answers to one question that it is taught in turn, it ends with the wrong one."""
    rows = encode_rows(models.load_tokenizer("embedded"), [storing(1), storing(0x55)], 512)
    training = ASKING.model_copy(update={"epochs": 8, "batch_size": 1, "learning_rate": 5e-3, "rank": 16, "alpha": 32})
    shown = fine_tune(
        "embedded",
        rows,
        [],
        training,
        seed=0,
        folder=tmp_path,
        checkpoint_folder=tmp_path / "checkpoints",
        trained_on={},
        resume_from=None,
        asked=[storing(1)],
    )
    passes = {int(line["step"]): line["passes"] for line in lines(tmp_path) if "passes" in line}
    assert list(passes) == list(range(2, 17, 2)) and passes[16] == 0
    assert shown.best_step == next(step for step in passes if passes[step]) and (shown.passes, shown.problems) == (1, 1)
    kept = PeftModel.from_pretrained(models.load_base("embedded"), tmp_path / "adapter").eval()
    (answer,) = models.generate(kept, models.load_tokenizer("embedded"), [storing(1).messages[:-1]], 40)
    assert check(extract_code(answer, STORES_ONE), STORES_ONE).passes
    assert json.loads((tmp_path / "answers" / "step-16.jsonl").read_text())["passes"] is False


def told(values: list[float]) -> Callable[..., float]:
    following: Iterator[float] = iter(values)
    return lambda *_: next(following)


def test_the_loss_decides_only_among_adapters_that_solve_as_many(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qlora, "validate", told([0.5, 0.6, 0.4, 0.1]))
    monkeypatch.setattr(Validation, "passes", told([1, 3, 3, 2]))
    shown = run("a", ASKING, asked=[storing(1)])
    assert (shown.best_step, shown.passes, shown.val_loss) == (12, 3, 0.4)


def test_patience_counts_epochs_without_a_better_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qlora, "validate", told([0.5, 0.4, 0.3, 0.2, 0.1, 0.1]))
    monkeypatch.setattr(Validation, "passes", told([1, 3, 2, 2, 2, 2]))
    shown = run("a", ASKING.model_copy(update={"patience": 1, "validation_steps": 2}), asked=[storing(1)])
    assert (shown.steps, shown.best_step) == (8, 4), "the looks at steps 2 and 6 end no epoch"


@pytest.mark.timeout(600)
def test_a_model_that_is_asked_learns_what_it_would_and_a_killed_run_ends_like_an_undisturbed_one(
    run: Run, tmp_path: Path, base: str
) -> None:
    training = ASKING.model_copy(update={"epochs": 2, "validation_steps": 3, "checkpoint_steps": 3})
    run("alone", training)
    run("asked", training, asked=[storing(1)])
    for step in (6, 8):
        alone, asked = (tmp_path / name / "checkpoints" / f"checkpoint-{step}" for name in ("alone", "asked"))
        assert sha256(alone / "adapter_model.safetensors") == sha256(asked / "adapter_model.safetensors")
    assert [line["step"] for line in lines(tmp_path / "asked") if "passes" in line] == [3, 4, 6, 8]
    life = start_life(
        tmp_path / "killed", Moment("open", r"answers/\.step-6"), base=base, training=training, asked=[storing(1)]
    )
    life.join()
    sealed = checkpoints.latest(tmp_path / "killed" / "checkpoints")
    assert sealed is not None and sealed.seal.step == 3
    run("killed", training, asked=[storing(1)])
    assert timeless(tmp_path / "killed") == timeless(tmp_path / "asked")


def test_the_first_look_tells_how_many_problems_there_is_time_for(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "MAX_NEW_TOKENS", 2)
    learner = backends.load(base, ASKING, seed=0, memory=0.0)
    rows = [storing(1)] * 12
    hurried = Validation(base, rows, 1e-6, tmp_path, None)
    assert hurried.passes(learner, 1) == 0 and hurried.problems == 1
    assert "validation counts 1 of 12 problems: 10 took" in capsys.readouterr().out
    hurried.passes(learner, 2)
    assert len((tmp_path / "step-2.jsonl").read_text().splitlines()) == 1
    patient = Validation(base, rows, 3600, tmp_path, None)
    patient.passes(learner, 3)
    assert patient.problems == 12 and capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("changes", "looks"), [({}, 4), ({"validation_steps": 2}, 8), ({"validation_steps": 3}, 8), ({"epochs": 1}, 1)]
)
def test_the_time_is_shared_among_all_looks(changes: dict[str, int], looks: int) -> None:
    assert qlora._looks(14, TRAINING.model_copy(update=changes)) == looks, "4 steps an epoch"


@pytest.mark.parametrize(("expert", "kind"), [("rauru", "validation"), ("yaze", "validation_cpp")])
def test_every_family_that_validates_is_asked_about_and_none_that_is_taught(expert: str, kind: str) -> None:
    rows = validation_rows(load_expert(expert))
    assert len(rows) == len({row.group for row in rows}) == validation.PROBLEMS and rows == validation_rows(
        load_expert(expert)
    )
    of_kind = families((kind,))
    assert {row.family for row in rows[: len(of_kind)]} == of_kind.keys()
    assert all(row.messages[0]["content"] == load_expert(expert).system_prompt for row in rows)
    for row in random.Random(1).sample(rows, 5):
        contract = CONTRACT.validate_json(row.contract)
        assert check(extract_code(row.reference, contract), contract).passes


def test_an_expert_that_no_family_validates_is_told_so() -> None:
    with pytest.raises(OracleError, match=r"no task family can validate nayru-canon; set training.validation_seconds"):
        validation_rows(load_expert("nayru"))


@pytest.mark.parametrize("known", [{"family": "undo_delta"}, {"group": "undo_delta:0123456789ab"}])
def test_a_training_set_with_rows_of_a_family_that_validates_is_refused(known: dict[str, str]) -> None:
    refuse_taught([storing(1)])
    with pytest.raises(OracleError, match="holds rows of undo_delta, a family that validates and is never taught"):
        refuse_taught([storing(1), storing(1).model_copy(update=known)])
