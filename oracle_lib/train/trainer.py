"""The loop around the model: the Trainer of transformers over packed steps, a journal, checkpoints and gentle stops.

A batch of this trainer is an optimiser step. It is packed into as few sequences as fit and their gradients are summed,
so the loss is the mean over all tokens that the step trains, however its rows were packed or spread over GPUs.
"""

import errno
import math
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from accelerate.data_loader import prepare_data_loader
from peft import PeftModel
from pydantic import JsonValue
from safetensors import SafetensorError
from torch import distributed
from torch.utils.data import DataLoader, RandomSampler
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainingArguments

from oracle_lib import OracleError
from oracle_lib.chat import Row
from oracle_lib.params import Training
from oracle_lib.progress import tqdm
from oracle_lib.train import checkpoints
from oracle_lib.train.backends import Learner
from oracle_lib.train.flat import adamw
from oracle_lib.train.journal import TrainingJournal
from oracle_lib.train.live import LiveCurves
from oracle_lib.train.packing import Step, pack_step
from oracle_lib.train.speed import Speed

Look = Callable[[int, float], bool]
"""Gets the step and the epoch at which the model is validated; tells whether to stop."""


def arguments(training: Training, seed: int, folder: Path) -> TrainingArguments:
    """The schedule of docs/plan.md in the Trainer's words; its batch is a whole step, which the processes share."""
    made = TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=training.epochs,
        per_device_train_batch_size=training.batch_size * training.accumulation,
        learning_rate=training.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=training.warmup,
        use_cpu=not torch.cuda.is_available(),
        remove_unused_columns=False,
        logging_steps=1,
        logging_nan_inf_filter=False,  # it would log the mean of the losses before instead
        save_steps=training.checkpoint_steps,
        seed=seed,
        data_seed=seed,
        disable_tqdm=True,
        report_to="none",
    )
    if made.n_gpu > 1:  # one process uses one GPU; left alone, it would copy the model to all it sees
        made._n_gpu = 1
    return made


class PackedTrainer(Trainer):
    """Takes a packed optimiser step at a time."""

    def __init__(
        self, learner: Learner, rows: Sequence[Row], args: TrainingArguments, room: int, stop_asked: threading.Event
    ) -> None:
        process, processes = args.process_index, args.world_size
        super().__init__(
            model=learner.model,
            args=args,
            train_dataset=cast(Any, rows),
            data_collator=cast(Any, lambda step: pack_step(step, room, process, processes)),
        )
        self.remove_callback(PrinterCallback)
        self._stop_asked = stop_asked
        self._weights, self._nll = learner.weights, learner.nll
        self._gradients = cast(torch.Tensor, learner.weights.grad)
        # The trainer would take the gradients' tensors away, accelerate would move them and sum them one by one.
        cast(Any, learner.model).zero_grad = self._gradients.zero_
        self.accelerator.prepare_model(learner.model, device_placement=False, evaluation_mode=True)

    def get_train_dataloader(self) -> DataLoader[Any]:
        """The steps, in the same order in every process: each sees all rows of a step and takes its share of them."""
        rows: Any = self.train_dataset
        steps: DataLoader[Any] = DataLoader(
            rows, self.args.per_device_train_batch_size, sampler=RandomSampler(rows), collate_fn=self.data_collator
        )
        order: dict[str, Any] = {"use_seedable_sampler": True, "data_seed": self.args.data_seed}
        return cast("DataLoader[Any]", prepare_data_loader(steps, num_processes=1, process_index=0, **order))

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        self.optimizer = adamw(self._weights, self.args.learning_rate)
        return self.optimizer

    def _clip_grad_norm(self, model: Any) -> torch.Tensor:
        return torch.nn.utils.clip_grad_norm_(self._weights, self.args.max_grad_norm)

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> torch.Tensor:
        step: Step = inputs
        self.state.num_input_tokens_seen += step.tokens
        total = torch.zeros((), device=self.args.device)
        for packed in step.parts:
            loss = self._nll(packed) / step.trained
            self.accelerator.backward(loss)
            total += loss.detach()
            del loss  # or what it was computed from would stand beside the next part
        if self.args.world_size > 1:
            distributed.all_reduce(self._gradients)
        total *= self.args.world_size  # the trainer logs the mean of all processes
        return total

    def stops(self) -> bool:
        """Whether any process was asked to stop: GPUs that wait for one that stopped would wait for ever."""
        asked = torch.tensor(int(self._stop_asked.is_set()), device=self.args.device)
        summed: Any = self.accelerator.reduce(asked, "sum")
        return int(summed) > 0

    def _run_epoch(self, *args: Any, **given: Any) -> None:
        # A training that its patience ended, and that was killed before it could say so, has no epoch left.
        if not self.control.should_training_stop:
            cast(Any, super())._run_epoch(*args, **given)

    def train(self, *args: Any, **given: Any) -> Any:
        """Raises `OracleError` when the disk is full: what the last checkpoint holds is safe."""
        cast(PeftModel, self.model).train()
        try:
            return super().train(*args, **given)
        except (OSError, RuntimeError, SafetensorError) as error:
            if not _tells_of_a_full_disk(error):
                raise
            raise OracleError(
                f"the disk took no more at step {self.state.global_step} of {self.state.max_steps}; the checkpoint "
                "before it is safe: make room and run the same again to go on"
            ) from error


def _tells_of_a_full_disk(error: BaseException) -> bool:
    """safetensors says it in words, PyTorch hardly says anything and trips over it once more on its way out."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    said = any(words in str(error) for words in ("No space left on device", "iostream error"))
    return said or (error.__context__ is not None and _tells_of_a_full_disk(error.__context__))


class Keeper(TrainerCallback):
    """Shows progress and curves, writes the journal, seals checkpoints and stops when asked."""

    def __init__(
        self,
        trainer: PackedTrainer,
        journal: TrainingJournal,
        trained_on: Mapping[str, JsonValue],
        look: Look,
        every: int | None,
        speed: Speed,
    ) -> None:
        self._trainer, self._journal, self._trained_on = trainer, journal, trained_on
        self._look, self._every, self._speed = look, every, speed
        self.stopped = False
        self._seen_gradients = False
        self._seconds: list[float] = []
        self._tokens, self._lap = 0, 0.0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._live = LiveCurves()
        self._bar = tqdm(
            total=state.max_steps,
            initial=state.global_step,
            desc="QLoRA",
            unit="step",
            disable=not state.is_world_process_zero,
        )
        # A checkpoint may have been written just before the model was to be validated.
        validated = {line["step"] for line in self._journal.validations}
        if state.global_step and self._is_due(state) and state.global_step not in validated:
            self._validate(state, control)
        self._tokens, self._lap = state.num_input_tokens_seen, time.monotonic()

    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if not self._seen_gradients:
            require_gradients(cast(PeftModel, self._trainer.accelerator.unwrap_model(self._trainer.model)))
            self._seen_gradients = True

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._bar.update(1)
        self.stopped = self._trainer.stops()
        if self.stopped:
            control.should_save = control.should_training_stop = True
        elif self._is_due(state) and not _ends_epoch(state):
            started = time.monotonic()
            self._validate(state, control)
            self._lap += time.monotonic() - started  # the step did not take that

    def on_log(self, args: Any, state: Any, control: Any, **given: Any) -> None:
        logs = given["logs"]
        if "loss" not in logs:
            return
        for name in ("loss", "grad_norm"):
            if not math.isfinite(logs[name]):
                raise OracleError(f"{name} is {logs[name]} at step {state.global_step}; lower training.learning_rate")
        now, seen = time.monotonic(), state.num_input_tokens_seen
        tokens, seconds = seen - self._tokens, now - self._lap
        self._seconds.append(seconds)
        pace = statistics.median(self._seconds[-20:])
        self._journal.append(
            step=state.global_step,
            epoch=round(state.epoch, 4),
            loss=logs["loss"],
            learning_rate=logs["learning_rate"],
            grad_norm=logs["grad_norm"],
            tokens=tokens,
            tokens_per_second=round(tokens / seconds, 1),
            utilisation=round(self._speed.utilisation(tokens / seconds / self._trainer.accelerator.num_processes), 4),
            seconds_left=round(pace * (state.max_steps - state.global_step), 1),
            **self._speed.peak_memory(),
        )
        self._bar.set_postfix(loss=f"{logs['loss']:.3f}", refresh=False)
        self._live.update(self._journal.lines)
        self._tokens, self._lap = seen, time.monotonic()

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._trainer.accelerator.wait_for_everyone()  # each process writes random states of its own
        if state.is_world_process_zero:
            checkpoint = checkpoints.folder_of(Path(args.output_dir), state.global_step)
            shutil.copy(self._journal.path, checkpoint)
            checkpoints.seal(
                checkpoint,
                step=state.global_step,
                steps=state.max_steps,
                epoch=state.epoch,
                loss=self._journal.losses[-1],
                best_loss=min(self._journal.losses),
                threads=torch.get_num_threads(),
                trained_on=self._trained_on,
            )
        self._lap = time.monotonic()

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        stopped_before_its_end = self.stopped and state.global_step < state.max_steps
        if not stopped_before_its_end:
            self._validate(state, control)
        self._lap = time.monotonic()

    def _is_due(self, state: Any) -> bool:
        return _ends_epoch(state) or (self._every is not None and state.global_step % self._every == 0)

    def _validate(self, state: Any, control: Any) -> None:
        if self._look(state.global_step, state.epoch):
            control.should_training_stop = True

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._bar.close()
        self._live.finish(self._journal.lines)


def _ends_epoch(state: Any) -> bool:
    return bool(state.epoch == int(state.epoch))


def of_first_process(*values: int) -> list[int]:
    """The values that the first of several processes has, in all of them."""
    if not distributed.is_initialized():
        return list(values)
    told = torch.tensor(values, device="cuda")
    distributed.broadcast(told, 0)
    return [int(value) for value in told]


def require_gradients(model: PeftModel) -> None:
    """Raises `OracleError` for an adapter that no gradient reached, by its B: the gradient of A is zero while B is."""
    for name, weight in model.named_parameters():
        if "lora_B" in name and (weight.grad is None or not bool(weight.grad.any())):
            raise OracleError(f"no gradient reaches {name}; the base was used for evaluation before: load it afresh")
