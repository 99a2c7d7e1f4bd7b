"""Two processes learn what one does, through the same `accelerate launch` that starts several GPUs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import torch
from small_world import TRAINING, chat_row, write_jsonl

from oracle_lib import OracleError
from oracle_lib.train import checkpoints
from oracle_lib.train.launch import Job

pytestmark = pytest.mark.slow

SETTINGS = TRAINING.model_copy(update={"epochs": 2, "batch_size": 4, "accumulation": 2, "checkpoint_steps": 1})


def job(folder: Path, **changes: object) -> Job:
    folder.mkdir()
    write_jsonl(folder / "train.jsonl", [chat_row(index) for index in range(17)])
    write_jsonl(folder / "val.jsonl", [chat_row(index) for index in range(17, 20)])
    return Job(
        base="embedded",
        data=folder,
        training=SETTINGS.model_copy(update=changes),
        seed=0,
        folder=folder,
        checkpoint_folder=folder / "checkpoints",
        trained_on={},
        resumes=False,
        memory_cap=None,
    )


def losses(folder: Path) -> list[float]:
    lines = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return [line.get("loss", line.get("val_loss")) for line in lines]


def test_two_processes_learn_what_one_learns(tmp_path: Path) -> None:
    alone = job(tmp_path / "alone").run_on(1)
    together = job(tmp_path / "together").run_on(2)
    assert (together.steps, together.best_step) == (alone.steps, alone.best_step) == (6, 6), "the last step has one row"
    assert losses(tmp_path / "together") == pytest.approx(losses(tmp_path / "alone"), rel=1e-5)
    kept = checkpoints.latest(tmp_path / "together" / "checkpoints")
    assert kept is not None and {"rng_state_0.pth", "rng_state_1.pth"} <= kept.seal.files.keys()


@pytest.mark.skipif(torch.cuda.is_available(), reason="the refusal of a machine without a GPU")
def test_unsloth_trains_in_a_process_of_its_own_whose_refusal_is_seen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OracleError, match="ended with status 1; the reason stands above"):
        job(tmp_path / "unsloth", backend="unsloth").run_on(1)
    assert "error: the backend unsloth needs a GPU, and this machine has none" in capfd.readouterr().err


def test_a_stop_reaches_the_processes_and_keeps_their_work(tmp_path: Path) -> None:
    started = job(tmp_path / "stopped", epochs=400)
    (tmp_path / "job.json").write_text(started.model_dump_json())
    program = "import pathlib, sys; from oracle_lib.train.launch import Job\n"
    program += "Job.model_validate_json(pathlib.Path(sys.argv[1]).read_text()).run_on(2)"
    command = [sys.executable, "-c", program, str(tmp_path / "job.json")]
    parent = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    metrics = tmp_path / "stopped" / "metrics.jsonl"
    while not metrics.exists() or len(metrics.read_text().splitlines()) < 4:
        assert parent.poll() is None, "the training must not end before it is stopped"
        time.sleep(0.05)
    workers = psutil.Process(parent.pid).children(recursive=True)
    os.kill(parent.pid, signal.SIGTERM)
    _, said = parent.communicate(timeout=60)
    assert "stopped, and kept a checkpoint of the last whole step" in said
    assert not psutil.wait_procs(workers, timeout=10)[1], "no process trains on"
    assert checkpoints.latest(tmp_path / "stopped" / "checkpoints") is not None
