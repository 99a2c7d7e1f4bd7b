"""QLoRA stops anywhere and ends with the same adapter; like batchings train alike; gradients reach every adapter."""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from small_world import TRAINING, Moment, encoded_rows, lines, misleading_row, start_life, timeless, train_small

from oracle_lib import OracleError, models
from oracle_lib.files import sha256
from oracle_lib.train import checkpoints, qlora, read_curve
from oracle_lib.train.qlora import FineTuned
from oracle_lib.train.trainer import require_gradients

Run = Callable[..., FineTuned]


@pytest.fixture
def run(base: str, tmp_path: Path) -> Run:
    """Trains into a folder under `tmp_path`, from its latest checkpoint if it has one."""
    return lambda name, *args, **world: train_small(base, tmp_path / name, *args, **world)


def test_training_learns_and_writes_a_line_a_step(run: Run, tmp_path: Path, base: str) -> None:
    shown = run("a")
    curve = read_curve(tmp_path / "a" / "metrics.jsonl")
    assert curve.steps == list(range(1, 17)) and shown.steps == 16
    assert curve.val_steps == [4, 8, 12, 16] and shown.val_loss == curve.val_losses[-1]
    assert curve.losses[-1] < curve.losses[0] and curve.val_losses[-1] < curve.val_losses[0]
    assert all(
        {"epoch", "learning_rate", "grad_norm", "tokens_per_second"} <= line.keys()
        for line in lines(tmp_path / "a")
        if "loss" in line
    )
    config = json.loads((tmp_path / "a" / "adapter" / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == base
    assert sorted(path.name for path in (tmp_path / "a" / "adapter").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ]


def test_the_adapter_is_the_best_epochs_and_training_may_stop_early(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def score(*losses: float) -> None:
        told = iter(losses)
        monkeypatch.setattr(qlora, "validate", lambda nll, packed: next(told))

    score(0.5, 0.4, 0.6, 0.7)
    shown = run("worsening")
    assert (shown.steps, shown.best_step, shown.val_loss) == (16, 8, 0.4)
    kept, best = (
        load_file(tmp_path / "worsening" / folder / "adapter_model.safetensors")
        for folder in ("adapter", "checkpoints/checkpoint-8")
    )
    assert kept.keys() == best.keys() and all(torch.equal(kept[name], best[name]) for name in kept)
    last = load_file(tmp_path / "worsening" / "checkpoints/checkpoint-16" / "adapter_model.safetensors")
    assert any(not torch.equal(kept[name], last[name]) for name in kept)

    score(0.5, 0.4, 0.6, 0.7)
    shown = run("patient", TRAINING.model_copy(update={"patience": 1}))
    assert (shown.steps, shown.best_step) == (12, 8)
    assert sha256(tmp_path / "patient" / "adapter") == sha256(tmp_path / "worsening" / "adapter")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_stop_saves_and_goes_on_like_an_undisturbed_one(
    number: signal.Signals, run: Run, tmp_path: Path
) -> None:
    run("undisturbed")
    stopper = threading.Thread(target=_signal_after_step, args=(number, tmp_path / "stopped" / "metrics.jsonl", 6))
    stopper.start()
    with pytest.raises(OracleError, match=r"stopped at step \d+ of 16 and kept a checkpoint"):
        run("stopped")
    stopper.join()
    stopped_at = len([line for line in lines(tmp_path / "stopped") if "loss" in line])
    kept = checkpoints.latest(tmp_path / "stopped" / "checkpoints")
    assert kept is not None and kept.seal.step == stopped_at and 6 <= stopped_at < 16
    run("stopped")
    assert_equal(tmp_path / "stopped", tmp_path / "undisturbed")


def _signal_after_step(number: signal.Signals, metrics: Path, step: int) -> None:
    while not metrics.exists() or len(metrics.read_text().splitlines()) < step:
        time.sleep(0.01)
    os.kill(os.getpid(), number)


def assert_equal(folder: Path, undisturbed: Path) -> None:
    """The adapters are the same bytes; no line is missing or repeated, and every loss is the same."""
    assert timeless(folder) == timeless(undisturbed)
    assert sha256(folder / "adapter") == sha256(undisturbed / "adapter")


def test_a_run_killed_at_the_worst_moments_ends_like_an_undisturbed_one(run: Run, tmp_path: Path, base: str) -> None:
    run("undisturbed")
    for moment in (
        Moment("os.mkdir", r"/\.adapter\."),  # the checkpoint of the epoch's end is sealed, its adapter is not there
        Moment("os.rename", r"/\.adapter\.", 2),  # the old adapter is gone, the better one has not taken its place
        Moment("open", r"checkpoint-12/\.complete.json"),  # everything is written, the seal is not
    ):
        kill(start_life(tmp_path / "killed", moment, base=base))
    run("killed")
    assert_equal(tmp_path / "killed", tmp_path / "undisturbed")


def has_reached(metrics: Path, step: int) -> bool:
    return metrics.exists() and step in read_curve(metrics).steps


def kill(life: BaseProcess, after: Callable[[], bool] | None = None, pause: float = 0.0) -> None:
    """Kills a process with its group so long after something is so; without that, sees that it gets itself killed."""
    if after is not None:
        while not after():
            assert life.is_alive(), "the run must not end before it is killed"
            time.sleep(0.002)
        time.sleep(pause)
        os.killpg(life.pid or 0, signal.SIGKILL)
    life.join()
    assert life.exitcode == -signal.SIGKILL


LONG = TRAINING.model_copy(update={"epochs": 60, "checkpoint_steps": 7})
"""240 steps; epochs end between checkpoints, at one, and just before one."""


@pytest.mark.slow
def test_a_run_killed_at_twenty_random_steps_ends_like_an_undisturbed_one(run: Run, tmp_path: Path, base: str) -> None:
    run("undisturbed", LONG)
    draw, metrics = random.Random(20), tmp_path / "killed" / "metrics.jsonl"
    for step in sorted(draw.sample(range(1, 200), 20)):
        life = start_life(tmp_path / "killed", base=base, training=LONG)
        kill(life, partial(has_reached, metrics, step), draw.uniform(0, 0.15))
    run("killed", LONG)
    assert_equal(tmp_path / "killed", tmp_path / "undisturbed")


@pytest.mark.slow
def test_a_run_killed_before_twenty_random_operations_on_files_ends_like_an_undisturbed_one(
    run: Run, tmp_path: Path, base: str
) -> None:
    run("undisturbed", LONG)
    draw = random.Random(21)
    for _ in range(20):
        moment = Moment(r"open|os\.|shutil", "", draw.randrange(1, 150))
        kill(start_life(tmp_path / "killed", moment, base=base, training=LONG))
    run("killed", LONG)
    assert_equal(tmp_path / "killed", tmp_path / "undisturbed")


def test_the_best_epochs_adapter_survives_worse_epochs_a_kill_and_a_resume(run: Run, tmp_path: Path, base: str) -> None:
    world = {
        "training": TRAINING.model_copy(update={"epochs": 6, "learning_rate": 1e-2, "checkpoint_steps": 5}),
        "val_rows": [misleading_row(base)],
    }
    shown = run("undisturbed", **world)
    assert shown.steps == 24 and shown.best_step <= 12, "the validation loss rises after an early epoch"
    kill(start_life(tmp_path / "killed", Moment("open", r"checkpoint-20/trainer_state.json"), base=base, **world))
    best = sha256(tmp_path / "killed" / "adapter")
    resumed = run("killed", **world)
    assert (resumed.best_step, resumed.val_loss) == (shown.best_step, shown.val_loss)
    assert sha256(tmp_path / "killed" / "adapter") == best == sha256(tmp_path / "undisturbed" / "adapter")


def test_a_training_that_its_patience_ended_stays_ended_when_it_is_run_again(
    run: Run, tmp_path: Path, base: str
) -> None:
    """It may be killed after its last epoch and before it is known to have finished."""
    patient = TRAINING.model_copy(update={"patience": 1, "epochs": 8, "learning_rate": 1e-2})
    world = {"training": patient, "val_rows": [misleading_row(base)]}
    shown = run("early", **world)
    assert shown.steps == shown.best_step + 4 < 32
    before, adapter = timeless(tmp_path / "early"), sha256(tmp_path / "early" / "adapter")
    again = run("early", **world)
    assert (again.steps, again.best_step, again.val_loss) == (shown.steps, shown.best_step, shown.val_loss)
    assert timeless(tmp_path / "early") == before and sha256(tmp_path / "early" / "adapter") == adapter


def test_a_torn_checkpoint_costs_one_interval_and_not_the_run(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("whole")
    before = sha256(tmp_path / "whole" / "adapter")
    newest = tmp_path / "whole" / "checkpoints" / "checkpoint-16" / "optimizer.pt"
    newest.write_bytes(newest.read_bytes()[:-1])
    run("whole")
    assert "checkpoint-16 is damaged (optimizer.pt has changed)" in capsys.readouterr().out
    assert sha256(tmp_path / "whole" / "adapter") == before


def test_one_batch_of_eight_trains_like_eight_accumulated_batches_of_one(run: Run, tmp_path: Path, base: str) -> None:
    short = max(len(row.ids) for row in encoded_rows(base, 16))
    wide = TRAINING.model_copy(update={"epochs": 1, "batch_size": 8, "accumulation": 1})
    deep = TRAINING.model_copy(update={"epochs": 1, "batch_size": 1, "accumulation": 8, "max_length": short})
    run("wide", wide, rows=16)
    run("deep", deep, rows=16)
    a, b = (
        [(line["loss"], line["grad_norm"]) for line in lines(tmp_path / name) if "loss" in line]
        for name in ("wide", "deep")
    )
    assert len(a) == len(b) == 2
    for (loss, norm), (other_loss, other_norm) in zip(a, b, strict=True):
        assert loss == pytest.approx(other_loss, rel=1e-3 if torch.cuda.is_available() else 1e-5)
        assert norm == pytest.approx(other_norm, rel=1e-2 if torch.cuda.is_available() else 1e-4)


def test_a_model_whose_adapters_get_no_gradient_is_refused(base: str) -> None:
    from peft import LoraConfig, get_peft_model

    model = get_peft_model(
        models.load_base(base, to_train=True), LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM")
    )
    row = encoded_rows(base, 1)[0]
    with pytest.raises(OracleError, match=r"no gradient reaches .*q_proj.lora_B.* load it afresh"):
        require_gradients(model)
    ids, labels = (torch.tensor([values], device=model.device) for values in row)
    model(input_ids=ids, labels=labels).loss.backward()
    require_gradients(model)
