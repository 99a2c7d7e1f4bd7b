"""QLoRA: an NF4 base, a LoRA adapter on its seven linear layers, a loss on the answers alone.

One function serves the tiny base on a CPU and a 14B base on a GPU. It stops and resumes at any step, and a resumed run
ends with the same adapter, byte for byte, as an undisturbed one on the same machine. It knows nothing of runs and data
sets.
"""

import contextlib
import json
import math
import os
import signal
import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.chat import Row
from oracle_lib.files import atomic_path, atomic_write, remove
from oracle_lib.params import Training
from oracle_lib.records import DatasetRow, Frozen
from oracle_lib.train import budget
from oracle_lib.train.checkpoints import Checkpoint
from oracle_lib.train.journal import METRICS, NO_MERIT, TrainingJournal, merit

if TYPE_CHECKING:  # imported where they are used: torch, transformers and peft take seconds to load
    from peft import PeftModel

    from oracle_lib.train.backends import Nll
    from oracle_lib.train.packing import Packed

SPARE = 1.1
"""GiB below the cap that training aims for: the CUDA context, the allocator's own losses and what is not counted."""


class FineTuned(Frozen):
    """What a finished training showed: losses are nats a trained token, memory is GiB (none on a CPU).

    The adapter is that of `best_step`, at which it solved `passes` of the validation `problems`, the most of all, and
    had the validation loss `val_loss` (none where there was nothing to validate on). `train_loss` is the mean over the
    last epoch.
    """

    steps: int
    best_step: int
    train_loss: float
    val_loss: float | None
    passes: int | None
    problems: int | None
    seconds: float
    tokens_per_second: float
    peak_memory: float | None


def fine_tune(
    base: str,
    rows: Sequence[Row],
    val_rows: Sequence[Row],
    training: Training,
    seed: int,
    *,
    folder: Path,
    checkpoint_folder: Path,
    trained_on: Mapping[str, JsonValue],
    resume_from: Checkpoint | None,
    memory_cap: float | None = None,
    asked: Sequence[DatasetRow] = (),
) -> FineTuned:
    """Trains an adapter on `rows` into `folder / "adapter"`, with a line a step in `folder / "metrics.jsonl"`.

    The adapter is the best one: it solves most of the problems `asked`, if any, and has the lowest loss on `val_rows`
    among equals. Its answers are in `folder / "answers"`. Checkpoints go to `checkpoint_folder` with
    `trained_on` in their seals. On a GPU at most `memory_cap` GiB are used (none: all there is), and what each part
    took stands in `folder / "budget.json"`. Raises `OracleError` when it is interrupted (a checkpoint of the last whole
    step is kept), when the largest step does not fit, when no gradient reaches an adapter, or when a loss is no
    number.
    """
    import torch
    from transformers import set_seed

    from oracle_lib.train import backends
    from oracle_lib.train.packing import pack
    from oracle_lib.train.speed import Speed
    from oracle_lib.train.trainer import Keeper, PackedTrainer, arguments, of_first_process
    from oracle_lib.train.validation import Validation

    require_packages(training)
    if not rows:
        raise OracleError("there are no rows to train on; run 02_export and 03_transfer again")
    if resume_from is not None:
        # Sums are split among threads, so another number of them gives other last digits.
        torch.set_num_threads(resume_from.seal.threads)
    set_seed(seed)
    room = training.batch_size * training.max_length
    is_first = os.environ.get("RANK", "0") == "0"  # of the processes of a distributed training
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.reset_peak_memory_stats()
    memory = _cap_memory(memory_cap)
    with _saying_what_to_lower(base, training, memory):
        learner = backends.load(base, training, seed, memory - SPARE)
        model, weights, nll = learner.model, learner.weights, learner.nll
        loaded = torch.cuda.memory_allocated()
        if torch.cuda.is_available():
            nll(_fullest(rows, training)).backward()  # so that what does not fit fails now and not in an hour
            cast(torch.Tensor, weights.grad).zero_()
    journal = TrainingJournal(folder / METRICS, resume_from.path / METRICS if resume_from else None, writes=is_first)
    val_steps = pack(val_rows, room)
    if is_first and resume_from is None:
        remove(folder / "answers")
    validation = Validation(
        base,
        asked,
        training.validation_seconds / _looks(len(rows), training),
        folder / "answers",
        next((int(line["problems"]) for line in journal.validations if "problems" in line), None),
    )
    started = time.monotonic()

    def look(step: int, epoch: float) -> bool:
        """Validates, keeps the adapter if it is the best so far, and tells whether to stop early."""
        line: dict[str, float] = {"step": step, "epoch": round(epoch, 4)}
        loss = validate(nll, val_steps)
        if loss is not None:
            if not math.isfinite(loss):
                raise OracleError(f"the validation loss is no number at step {step}; lower training.learning_rate")
            line["val_loss"] = loss
        if asked:
            passes = validation.passes(learner, step) if is_first else 0
            line["passes"], line["problems"] = of_first_process(passes, validation.problems or 0)
        if is_first and merit(line) > max(map(merit, journal.validations), default=NO_MERIT):
            with atomic_path(folder / "adapter") as beside:
                save_adapter(model, base, beside)
        if loss is not None or asked:
            journal.append(**line)
        seen = journal.validations
        waited = seen[seen.index(max(seen, key=merit)) + 1 :] if seen else []
        epochs = sum(line["epoch"] == int(line["epoch"]) for line in waited)
        return training.patience is not None and epochs >= training.patience

    with stopping_gently() as stop_asked:
        trainer = PackedTrainer(learner, rows, arguments(training, seed, checkpoint_folder), room, stop_asked)
        keeper = Keeper(trainer, journal, trained_on, look, training.validation_steps, Speed.of(model))
        trainer.add_callback(keeper)
        if training.tensorboard and is_first:
            trainer.add_callback(_tensorboard(folder / "tensorboard"))
        with _saying_what_to_lower(base, training, memory):
            trainer.train(resume_from_checkpoint=str(resume_from.path) if resume_from else None)
    step, steps = trainer.state.global_step, trainer.state.max_steps
    if keeper.stopped and step < steps:
        raise OracleError(f"stopped at step {step} of {steps} and kept a checkpoint; run the same again to go on")
    if torch.cuda.is_available() and is_first:
        peak = torch.cuda.max_memory_allocated()
        measured = budget.measured(model, cast(Any, trainer.optimizer), loaded, peak)
        atomic_write(folder / "budget.json", json.dumps(measured, indent=2) + "\n")
    best = max(journal.validations, key=merit, default={})
    speeds = [line["tokens_per_second"] for line in journal.lines if "tokens_per_second" in line]
    return FineTuned(
        steps=step,
        best_step=int(best.get("step", step)),
        train_loss=journal.epoch_loss(-(-steps // training.epochs)),
        val_loss=best.get("val_loss"),
        passes=int(best["passes"]) if asked else None,
        problems=int(best["problems"]) if asked else None,
        seconds=time.monotonic() - started,
        tokens_per_second=statistics.median(speeds),
        peak_memory=torch.cuda.max_memory_allocated() / 2**30 if torch.cuda.is_available() else None,
    )


def _looks(rows: int, training: Training) -> int:
    """How often a training is validated: at the ends of its epochs, and at every `validation_steps` steps."""
    of_epoch = math.ceil(rows / (training.batch_size * training.accumulation))
    steps = of_epoch * training.epochs
    return len({*range(of_epoch, steps + 1, of_epoch), *range(0, steps + 1, training.validation_steps or steps)} - {0})


@contextlib.contextmanager
def stopping_gently() -> Iterator[threading.Event]:
    """SIGTERM and Ctrl-C ask for a stop at the end of the step that runs, so that its work is kept."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # only the main thread may change handlers
        yield asked
        return
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _cap_memory(cap: float | None) -> float:
    """Keeps this process below `cap` GiB of its GPU, and returns what it can have; on a CPU nothing is counted."""
    import torch

    if not torch.cuda.is_available():
        return math.inf
    free, total = (size / 2**30 for size in torch.cuda.mem_get_info())
    torch.cuda.set_per_process_memory_fraction(min(1.0, (cap or total) / total))
    return min(cap or total, free + torch.cuda.memory_reserved() / 2**30)


@contextlib.contextmanager
def _saying_what_to_lower(base: str, training: Training, memory: float) -> Iterator[None]:
    import torch

    try:
        yield
    except torch.OutOfMemoryError:
        raise OracleError(budget.does_not_fit(base, memory, training)) from None


def _fullest(rows: Sequence[Row], training: Training) -> "Packed":
    """The longest rows of a step, as many of their tokens as are ever read at a time."""
    from oracle_lib.train.packing import pack

    room = training.batch_size * training.max_length
    longest = sorted(rows, key=lambda row: -len(row.ids))[: training.batch_size * training.accumulation]
    filling: list[Row] = []
    for row in longest:
        left = room - sum(len(other.ids) for other in filling)
        filling += [Row(row.ids[:left], row.labels[:left])] if left else []
    return pack(filling, room)[0]


def require_packages(training: Training) -> None:
    """Raises `OracleError` where a package that the settings ask for, or the GPU that it needs, is not there."""
    import torch

    if training.backend == "unsloth":
        if not torch.cuda.is_available():
            raise OracleError("the backend unsloth needs a GPU, and this machine has none; use training.backend hf")
        if find_spec("unsloth") is None:
            raise OracleError("the backend unsloth is not installed; run: .venv/bin/pip install -e '.[gpu]'")
        if training.validation_seconds:
            raise OracleError("training.validation_seconds needs the backend hf: unsloth cannot answer while it trains")
    if training.tensorboard and find_spec("tensorboard") is None:
        raise OracleError("training.tensorboard needs a package: .venv/bin/pip install tensorboard")


def _tensorboard(folder: Path) -> Any:
    from torch.utils.tensorboard import SummaryWriter
    from transformers.integrations.integration_utils import TensorBoardCallback

    return TensorBoardCallback(SummaryWriter(folder))


def validate(nll: "Nll", packed: Sequence["Packed"]) -> float | None:
    """The mean negative log-likelihood in nats of the rows' trained tokens; none where there are no rows."""
    import torch

    if not packed:
        return None
    with torch.no_grad():
        return sum(nll(part).item() for part in packed) / sum(part.trained for part in packed)


def save_adapter(model: "PeftModel", base: str, folder: Path) -> None:
    """Saves the adapter so that equal weights give equal bytes: its config sorted, without paths of this machine."""
    model.save_pretrained(str(folder), save_embedding_layers=False)
    (folder / "README.md").unlink(missing_ok=True)
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    config["target_modules"] = sorted(config["target_modules"])
    config["base_model_name_or_path"] = base
    config["inference_mode"] = True
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
