"""The loop around the model: what it writes a step, when it stops, and what it refuses to go on with."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from small_world import TRAINING, encoded_rows, lines, timeless, train_small

from oracle_lib import OracleError
from oracle_lib.chat import Row
from oracle_lib.files import sha256
from oracle_lib.train import checkpoints
from oracle_lib.train.journal import TrainingJournal
from oracle_lib.train.qlora import stopping_gently

ONE_EPOCH = TRAINING.model_copy(update={"epochs": 1})


def test_a_line_a_step_says_how_far_how_well_and_how_fast(base: str, tmp_path: Path) -> None:
    train_small(base, tmp_path / "a")
    steps = [line for line in lines(tmp_path / "a") if "loss" in line]
    for number, line in enumerate(steps, 1):
        assert list(line) == [
            "step", "epoch", "loss", "learning_rate", "grad_norm",
            "tokens", "tokens_per_second", "utilisation", "seconds_left",
            *(["peak_memory"] if torch.cuda.is_available() else []),
        ]  # fmt: skip
        assert (line["step"], line["epoch"]) == (number, number / 4)
        assert line["loss"] > 0 and line["grad_norm"] > 0
        assert line["tokens_per_second"] > 0 and 0 <= line["utilisation"] < 1
        assert line["utilisation"] > 0 or torch.cuda.is_available(), "too small to be seen on a GPU"
    an_epoch = sum(len(row.ids) for row in encoded_rows(base, 14))
    tokens = [line["tokens"] for line in steps]
    assert [sum(tokens[start : start + 4]) for start in (0, 4, 8, 12)] == [an_epoch] * 4, "each row once, no padding"
    rates = [line["learning_rate"] for line in steps]
    assert max(rates) == TRAINING.learning_rate and rates[1:] == sorted(rates[1:], reverse=True)
    assert rates[-1] < 0.1 * TRAINING.learning_rate, "the cosine ends near zero"
    assert steps[0]["seconds_left"] > 0 and steps[-1]["seconds_left"] == 0
    assert [line["step"] for line in lines(tmp_path / "a") if "val_loss" in line] == [4, 8, 12, 16]


def test_tensorboard_gets_event_files_beside_the_metrics(base: str, tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    train_small(base, tmp_path / "a", ONE_EPOCH.model_copy(update={"tensorboard": True}))
    (events,) = (tmp_path / "a" / "tensorboard").glob("events.out.tfevents.*")
    assert b"train/loss" in events.read_bytes() and b"train/grad_norm" in events.read_bytes()


def test_without_the_package_tensorboard_is_refused_in_one_sentence(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.startswith(("tensorboard", "torch.utils.tensorboard"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "tensorboard", None)  # as Python sees a package that is not there
    with pytest.raises(OracleError) as refused:
        train_small(base, tmp_path / "a", ONE_EPOCH.model_copy(update={"tensorboard": True}))
    assert str(refused.value) == "training.tensorboard needs a package: .venv/bin/pip install tensorboard"


def test_a_loss_that_is_no_number_ends_the_training_and_is_not_kept(base: str, tmp_path: Path) -> None:
    hot = TRAINING.model_copy(update={"learning_rate": 1e30, "warmup": 0.0, "checkpoint_steps": 1})
    with pytest.raises(OracleError, match=r"^loss is (nan|inf) at step 2; lower training.learning_rate"):
        train_small(base, tmp_path / "hot", hot)
    assert [line["step"] for line in lines(tmp_path / "hot")] == [1]
    newest = checkpoints.latest(tmp_path / "hot" / "checkpoints")
    assert newest is not None and newest.seal.step == 1


@pytest.fixture
def terminate_after_line(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sends SIGTERM once, between the end of a step and what follows it."""
    append = TrainingJournal.append

    def terminate(step: int) -> None:
        def append_and_terminate(journal: TrainingJournal, **line: float) -> None:
            append(journal, **line)
            if line["step"] == step:
                monkeypatch.setattr(TrainingJournal, "append", append)
                os.kill(os.getpid(), signal.SIGTERM)

        monkeypatch.setattr(TrainingJournal, "append", append_and_terminate)

    return terminate


def test_a_stop_asked_for_while_an_epoch_ends_does_not_skip_its_validation(
    terminate_after_line: Callable[[int], None], base: str, tmp_path: Path
) -> None:
    two_epochs = TRAINING.model_copy(update={"epochs": 2})
    train_small(base, tmp_path / "undisturbed", two_epochs)
    terminate_after_line(4)
    with pytest.raises(OracleError, match="stopped at step 5 of 8 and kept a checkpoint"):
        train_small(base, tmp_path / "stopped", two_epochs)
    train_small(base, tmp_path / "stopped", two_epochs)
    assert timeless(tmp_path / "stopped") == timeless(tmp_path / "undisturbed")


@pytest.mark.parametrize("val_rows", [[], None], ids=["no validation rows", "validation rows"])
def test_a_stop_asked_for_in_the_last_step_loses_nothing(
    val_rows: list[Row] | None, terminate_after_line: Callable[[int], None], base: str, tmp_path: Path
) -> None:
    whole = train_small(base, tmp_path / "whole", ONE_EPOCH, val_rows=val_rows)
    terminate_after_line(3)
    stopped = train_small(base, tmp_path / "stopped", ONE_EPOCH, val_rows=val_rows)
    assert (stopped.steps, stopped.best_step, stopped.val_loss) == (whole.steps, whole.best_step, whole.val_loss)
    assert sha256(tmp_path / "stopped" / "adapter") == sha256(tmp_path / "whole" / "adapter")


def test_the_program_gets_its_own_signals_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    with stopping_gently() as stop_asked:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop_asked.wait(1)
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


def test_a_thread_that_trains_leaves_signals_alone() -> None:
    asked: list[bool] = []

    def train() -> None:
        with stopping_gently() as stop_asked:
            asked.append(stop_asked.is_set())

    thread = threading.Thread(target=train)
    thread.start()
    thread.join()
    assert asked == [False]


def test_a_journal_goes_on_from_a_checkpoints_copy_whatever_became_of_its_own_file(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept.jsonl", tmp_path / "metrics.jsonl"
    kept.write_text('{"step": 1, "loss": 2.0}\n')
    for torn in ('{"step": 1, "loss": 2.0}\n{"step": 2, "lo', "", '{"step": 9, "val_loss": 0.1}\n'):
        path.write_text(torn)
        journal = TrainingJournal(path, kept)
        journal.append(step=2, loss=1.0)
        assert path.read_text() == '{"step": 1, "loss": 2.0}\n{"step": 2, "loss": 1.0}\n'
        assert (journal.losses, journal.validations) == ([2.0, 1.0], [])
    assert TrainingJournal(path, None).lines == [] and path.read_text() == ""
