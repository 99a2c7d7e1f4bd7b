"""QLoRA through TRL: an NF4 base, a LoRA adapter on its seven linear layers, a loss on the answers alone.

One function serves the tiny base on a CPU and a 14B base on a GPU. It stops and resumes at any step, and a resumed run
ends with the same adapter, byte for byte, as an undisturbed one on the same machine. It knows nothing of runs and data
sets.
"""

import json
import math
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.models import IGNORED, Row, load_base, load_tokenizer, row_nll
from oracle_lib.params import Training
from oracle_lib.run import atomic_path, tqdm
from oracle_lib.train import checkpoints
from oracle_lib.train.checkpoints import Checkpoint
from oracle_lib.train.data import token_counts
from oracle_lib.train.journal import Journal

if TYPE_CHECKING:
    from peft import PeftModel
    from transformers import PreTrainedTokenizerBase, TrainerCallback
    from trl.trainer.sft_trainer import SFTTrainer

LINEAR_LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True)
class FineTuned:
    """What a finished training showed: losses are nats a trained token, memory is GiB (none on a CPU).

    The adapter is that of `best_step`, the end of the epoch with the lowest validation loss, which is `val_loss`.
    `train_loss` is the mean over the last epoch.
    """

    steps: int
    best_step: int
    train_loss: float
    val_loss: float | None
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
) -> FineTuned:
    """Trains an adapter on `rows` into `folder / "adapter"`, with a line a step in `folder / "metrics.jsonl"`.

    The adapter is that of the epoch with the lowest validation loss. Checkpoints go to `checkpoint_folder` with
    `trained_on` in their seals. Raises `OracleError` when it is interrupted (a checkpoint of the last whole step is
    kept), when no gradient reaches an adapter, or when the loss is no number.
    """
    import torch
    from peft import LoraConfig
    from transformers import PrinterCallback, set_seed
    from trl.trainer.sft_trainer import SFTTrainer

    tokenizer = load_tokenizer(base)
    if resume_from is not None:
        # Sums are split among threads, so another number of them gives other last digits.
        torch.set_num_threads(resume_from.seal.threads)
    set_seed(seed)
    trainer = (SFTTrainer if torch.cuda.is_available() else _cpu_trainer())(
        model=load_base(base, to_train=True),
        args=_arguments(training, seed, checkpoint_folder),
        train_dataset=_dataset(rows),
        processing_class=tokenizer,
        peft_config=LoraConfig(
            r=training.rank,
            lora_alpha=training.alpha,
            lora_dropout=0.0,
            target_modules=list(LINEAR_LAYERS),
            task_type="CAUSAL_LM",
        ),
    )
    trainer.remove_callback(PrinterCallback)
    model = cast("PeftModel", trainer.model)
    for weight in model.parameters():
        if weight.requires_grad:
            # TRL makes adapters bf16, but PEFT resumes them in float32: the two halves of a run would differ.
            weight.data = weight.data.float()
    journal = Journal(folder / "metrics.jsonl", resume_from.seal.step if resume_from else 0)
    started = time.monotonic()

    def end_epoch(step: int, epoch: float) -> bool:
        """Validates, keeps the adapter if it is the best so far, and tells whether to stop early."""
        loss = validate(model, tokenizer, val_rows)
        if loss is None or loss < min(journal.val_losses.values(), default=math.inf):
            with atomic_path(folder / "adapter") as beside:
                save_adapter(model, base, beside)
        if loss is not None:  # only now: an epoch with a line is not looked at again by a run that goes on
            journal.append(step=step, epoch=round(epoch, 4), val_loss=loss)
        losses = list(journal.val_losses.values())
        waited = len(losses) - 1 - losses.index(min(losses)) if losses else 0
        return training.patience is not None and waited >= training.patience

    with _stopping_gently() as stop_asked:
        trainer.add_callback(_keeper(trainer, journal, trained_on, stop_asked, end_epoch))
        trainer.train(resume_from_checkpoint=str(resume_from.path) if resume_from else None)
    step, steps = trainer.state.global_step, trainer.state.max_steps
    if stop_asked.is_set() and (step < steps or (val_rows and step not in journal.val_losses)):
        raise OracleError(f"stopped at step {step} of {steps} and kept a checkpoint; run the same again to go on")
    val_losses = journal.val_losses
    speeds = [line["tokens_per_second"] for line in journal.lines if "tokens_per_second" in line]
    return FineTuned(
        steps=step,
        best_step=min(val_losses, key=val_losses.__getitem__, default=step),
        train_loss=journal.epoch_loss(-(-steps // training.epochs)),
        val_loss=min(val_losses.values(), default=None),
        seconds=time.monotonic() - started,
        tokens_per_second=statistics.median(speeds),
        peak_memory=torch.cuda.max_memory_allocated() / 2**30 if torch.cuda.is_available() else None,
    )


def _arguments(training: Training, seed: int, folder: Path) -> Any:
    import torch
    from trl.trainer.sft_config import SFTConfig

    on_gpu = torch.cuda.is_available()
    return SFTConfig(
        output_dir=str(folder),
        num_train_epochs=training.epochs,
        per_device_train_batch_size=training.batch_size,
        gradient_accumulation_steps=training.accumulation,
        learning_rate=training.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=training.warmup,
        optim="adamw_8bit" if on_gpu else "adamw_torch",
        max_length=None,  # the rows are tokenised and measured already, and none may be cut
        dataset_kwargs={"skip_prepare_dataset": True},
        bf16=True,
        use_cpu=not on_gpu,
        gradient_checkpointing=on_gpu,
        logging_steps=1,
        include_num_input_tokens_seen="non_padding",
        save_steps=training.checkpoint_steps,
        seed=seed,
        data_seed=seed,
        dataloader_pin_memory=on_gpu,
        disable_tqdm=True,
        report_to="none",
    )


def _cpu_trainer() -> type["SFTTrainer"]:
    """TRL's trainer for a machine without a GPU: TRL 1.15 computes the loss in Triton kernels, which need one.

    The loss is the same: the summed negative log-likelihood of the labels over their number in all accumulated batches.
    """
    from torch.nn.functional import cross_entropy
    from trl.trainer.sft_trainer import SFTTrainer

    class CpuTrainer(SFTTrainer):
        def compute_loss(
            self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
        ) -> Any:
            targets = inputs["labels"][:, 1:]
            trained = targets != IGNORED
            logits = model(
                input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
            ).logits
            total = cross_entropy(logits[:, :-1][trained].float(), targets[trained], reduction="sum")
            return total / num_items_in_batch

    return CpuTrainer


def _dataset(rows: Sequence[Row]) -> Any:
    from datasets import Dataset

    return Dataset.from_dict({"input_ids": [row.ids for row in rows], "labels": [row.labels for row in rows]})


def validate(
    model: "PeftModel", tokenizer: "PreTrainedTokenizerBase", rows: Sequence[Row], batch: int = 8
) -> float | None:
    """The mean negative log-likelihood in nats of the rows' trained tokens; none where there are no rows.

    The model stays in training mode, which has no dropout here: in evaluation mode, bitsandbytes would repack its
    weights on some CPUs and end the training without a word.
    """
    if not rows:
        return None
    by_length = sorted(rows, key=lambda row: len(row.ids))
    total = sum(sum(row_nll(model, tokenizer, by_length[at : at + batch])) for at in range(0, len(by_length), batch))
    return total / token_counts(rows).trained


def save_adapter(model: "PeftModel", base: str, folder: Path) -> None:
    """Saves the adapter so that equal weights give equal bytes: its config sorted, without paths of this machine."""
    model.save_pretrained(str(folder), save_embedding_layers=False)
    (folder / "README.md").unlink(missing_ok=True)
    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    config["target_modules"] = sorted(config["target_modules"])
    config["base_model_name_or_path"] = base
    config["inference_mode"] = True
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")


@contextmanager
def _stopping_gently() -> Iterator[threading.Event]:
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


def _keeper(
    trainer: "SFTTrainer",
    journal: Journal,
    trained_on: Mapping[str, JsonValue],
    stop_asked: threading.Event,
    end_epoch: Callable[[int, float], bool],
) -> "TrainerCallback":
    """The callback that shows progress, writes the journal, seals checkpoints and stops when asked.

    `end_epoch` gets the step and the epoch that ended, and tells whether to stop.
    """
    import torch
    from transformers import TrainerCallback

    class Keeper(TrainerCallback):
        tokens = 0
        lap = 0.0
        seen_gradients = False

        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            self.bar = tqdm(total=state.max_steps, initial=state.global_step, desc="QLoRA", unit="step")
            # The checkpoint of an epoch's last step is sealed before the epoch ends: a kill may fall in between.
            if state.global_step and state.epoch == int(state.epoch) and state.global_step not in journal.val_losses:
                self.on_epoch_end(args, state, control)
            self.tokens, self.lap = state.num_input_tokens_seen, time.monotonic()

        def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if not self.seen_gradients:
                require_gradients(cast("PeftModel", trainer.model))
                self.seen_gradients = True

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            self.bar.update(1)
            if stop_asked.is_set():
                control.should_save = control.should_training_stop = True

        def on_log(self, args: Any, state: Any, control: Any, **given: Any) -> None:
            logs = given["logs"]
            if "loss" not in logs:
                return
            if logs["loss"] != logs["loss"]:
                raise OracleError(f"the loss is no number at step {state.global_step}; lower training.learning_rate")
            now, seen = time.monotonic(), state.num_input_tokens_seen
            journal.append(
                step=state.global_step,
                epoch=round(state.epoch, 4),
                loss=logs["loss"],
                learning_rate=logs["learning_rate"],
                grad_norm=logs["grad_norm"],
                tokens_per_second=round((seen - self.tokens) / (now - self.lap), 1),
            )
            self.tokens, self.lap = seen, now
            self.bar.set_postfix(loss=f"{logs['loss']:.3f}", refresh=False)

        def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            checkpoints.seal(
                checkpoints.folder_of(Path(args.output_dir), state.global_step),
                step=state.global_step,
                steps=state.max_steps,
                epoch=state.epoch,
                loss=journal.losses[-1],
                best_loss=min(journal.losses),
                threads=torch.get_num_threads(),
                trained_on=trained_on,
            )
            self.lap = time.monotonic()

        def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if not stop_asked.is_set() and end_epoch(state.global_step, state.epoch):
                control.should_training_stop = True
            self.lap = time.monotonic()

        def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            self.bar.close()

    return Keeper()


def require_gradients(model: "PeftModel") -> None:
    """Raises `OracleError` for an adapter that no gradient reached, by its B: the gradient of A is zero while B is."""
    for name, weight in model.named_parameters():
        if "lora_B" in name and (weight.grad is None or not bool(weight.grad.any())):
            raise OracleError(f"no gradient reaches {name}; the base was used for evaluation before: load it afresh")
