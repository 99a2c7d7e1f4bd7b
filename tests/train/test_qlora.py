"""QLoRA stops anywhere and ends with the same adapter; like batchings train alike; gradients reach every adapter."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from small_world import TRAINING, encoded_rows

from oracle_lib import OracleError, models
from oracle_lib.params import Training
from oracle_lib.run import sha256
from oracle_lib.train import checkpoints, qlora, read_curve
from oracle_lib.train.qlora import FineTuned, fine_tune
from oracle_lib.train.trainer import require_gradients

TRAINED_ON = {"dataset_sha256": "d"}
TIMES = {"tokens_per_second", "utilisation", "seconds_left"}
Run = Callable[..., FineTuned]


@pytest.fixture
def run(base: str, tmp_path: Path) -> Run:
    """Trains on 14 rows into a folder under `tmp_path`, from its latest checkpoint if it has one."""

    def fine_tune_into(name: str, training: Training = TRAINING, rows: int = 14) -> FineTuned:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        encoded = encoded_rows(base, rows + 3)
        return fine_tune(
            base,
            encoded[:rows],
            encoded[rows:],
            training,
            seed=0,
            folder=folder,
            checkpoint_folder=folder / "checkpoints",
            trained_on=TRAINED_ON,
            resume_from=checkpoints.latest(folder / "checkpoints"),
        )

    return fine_tune_into


def lines(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


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


def test_a_run_stopped_by_sigterm_goes_on_and_ends_like_an_undisturbed_one(run: Run, tmp_path: Path) -> None:
    run("undisturbed")
    stopper = threading.Thread(target=_terminate_after_step, args=(tmp_path / "stopped" / "metrics.jsonl", 6))
    stopper.start()
    with pytest.raises(OracleError, match=r"stopped at step \d+ of 16 and kept a checkpoint"):
        run("stopped")
    stopper.join()
    stopped_at = len([line for line in lines(tmp_path / "stopped") if "loss" in line])
    kept = checkpoints.latest(tmp_path / "stopped" / "checkpoints")
    assert kept is not None and kept.seal.step == stopped_at and 6 <= stopped_at < 16
    run("stopped")
    assert sha256(tmp_path / "stopped" / "adapter") == sha256(tmp_path / "undisturbed" / "adapter")
    timeless = [
        [{key: value for key, value in line.items() if key not in TIMES} for line in lines(tmp_path / name)]
        for name in ("stopped", "undisturbed")
    ]
    assert timeless[0] == timeless[1], "no line is missing or repeated, and every loss is the same"


def _terminate_after_step(metrics: Path, step: int) -> None:
    while not metrics.exists() or len(metrics.read_text().splitlines()) < step:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.slow
def test_a_run_killed_outright_ends_like_an_undisturbed_one(run: Run, tmp_path: Path, base: str) -> None:
    longer = TRAINING.model_copy(update={"epochs": 30, "checkpoint_steps": 7})
    run("undisturbed", longer)
    command = [sys.executable, str(Path(__file__).with_name("small_world.py")), base, str(tmp_path / "killed")]
    victim = subprocess.Popen(command, env={**os.environ, "CHECKPOINT_STEPS": "7", "EPOCHS": "30"})
    metrics = tmp_path / "killed" / "metrics.jsonl"
    while not metrics.exists() or len(metrics.read_text().splitlines()) < 40:
        assert victim.poll() is None, "the run must not end before it is killed"
        time.sleep(0.005)
    victim.kill()
    victim.wait()
    kept = checkpoints.latest(tmp_path / "killed" / "checkpoints")
    assert kept is not None and 0 < kept.seal.step < kept.seal.steps
    run("killed", longer)
    assert sha256(tmp_path / "killed" / "adapter") == sha256(tmp_path / "undisturbed" / "adapter")
    steps = [line["step"] for line in lines(tmp_path / "killed") if "loss" in line]
    assert steps == list(range(1, kept.seal.steps + 1))


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
        assert loss == pytest.approx(other_loss, rel=1e-5)
        assert norm == pytest.approx(other_norm, rel=1e-4)


def test_a_model_whose_adapters_get_no_gradient_is_refused(base: str) -> None:
    from peft import LoraConfig, get_peft_model

    model = get_peft_model(
        models.load_base(base, to_train=True), LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM")
    )
    row = encoded_rows(base, 1)[0]
    with pytest.raises(OracleError, match=r"no gradient reaches .*q_proj.lora_B.* load it afresh"):
        require_gradients(model)
    model(input_ids=torch.tensor([row.ids]), labels=torch.tensor([row.labels])).loss.backward()
    require_gradients(model)
