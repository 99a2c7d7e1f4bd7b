"""QLoRA on one GPU beside the stacks that people use: TRL, TRL with Liger's kernels, and Unsloth, unpacked and packed.

Every stage is a process of its own, because Unsloth changes transformers for its whole process, and because a process's
peak memory is the stage's. All stacks load the same 4-bit checkpoint, learn from the same rows of token ids with the
same schedule and optimiser, and are otherwise as their own notebooks set them up. The weights are random: speed and
memory do not depend on their values.

    python -m benchmarks.train_gpu make --shape 14b                     once: writes the checkpoint
    python -m benchmarks.train_gpu ours --rows real --setting fast --results FILE
    python -m benchmarks.train_gpu trl|trl-liger|unsloth|unsloth-packed --rows exact|real --results FILE
    accelerate launch --multi_gpu --num_processes 2 -m benchmarks.train_gpu ours --results FILE         two GPUs
    python -m benchmarks.train_gpu compare FILE
    python -m benchmarks.train_gpu agree TRAIN.JSONL --steps 40         our backend and Unsloth's, loss by loss
"""

import argparse
import itertools
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from oracle_lib import bases
from oracle_lib.bases import PUBLISHED, Shape

LENGTH = 2048
LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LEARNING_RATE, WARMUP, RANK = 2e-4, 0.03, 16
SEED = 0
WARM_UP_STEPS = 3
"""The first steps compile kernels; no rate counts them."""
GIB = 2**30
WORK = Path(gettempdir()) / "oracle-train-gpu"
PACKAGES = ["torch", "triton", "transformers", "peft", "bitsandbytes", "trl", "liger-kernel", "unsloth", "unsloth_zoo"]
PACKAGES += ["xformers", "flash-attn"]  # Unsloth attends through them where they can be loaded
FRUGAL_CAP = 11.1
"""GiB that the frugal setting may allocate."""
PROCESS, GPUS = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
PEERS = ["trl", "trl-liger", "unsloth", "unsloth-packed"]


SHAPES = {
    **{size.lower(): PUBLISHED[f"Qwen/Qwen2.5-Coder-{size}-Instruct"].shape for size in ("14B", "7B", "3B", "1.5B")},
    "qwen3-14b": PUBLISHED["Qwen/Qwen3-14B"].shape,
    "tiny": Shape(256, 512, 2, 4, 2, 64, 2048, tied=False),
}


@dataclass(frozen=True)
class Step:
    """An optimiser step: seconds, rows that it learned from, their tokens, tokens computed with the padding, loss."""

    seconds: float
    samples: int
    tokens: int
    computed: int
    loss: float


@dataclass(frozen=True)
class Result:
    """A stage's line in the file of results. Memory is GiB, on the first of several GPUs; a stack that ran out of it
    has no steps. `utilisation` is the median share of `matrix_rate`, the GPU's own rate in operations a second.
    """

    stage: str
    setting: str
    shape: str
    rows: str
    batching: str
    batch: int
    accumulation: int
    cap: float
    outcome: str
    steps: list[Step] = field(default_factory=list)
    peak_allocated: float = 0.0
    peak_reserved: float = 0.0
    predicted_peak: float | None = None
    utilisation: float | None = None
    matrix_rate: float | None = None
    gpus: int = 1
    gpu: str = ""
    date: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def timed(self) -> list[Step]:
        return self.steps[WARM_UP_STEPS:]

    @property
    def rate(self) -> float:
        """Useful (unpadded) tokens a second: the median of the steps, so that one which compiles does not count."""
        return statistics.median(step.tokens / step.seconds for step in self.timed)

    @property
    def mean_rate(self) -> float:
        return sum(step.tokens for step in self.timed) / sum(step.seconds for step in self.timed)

    @property
    def samples_a_step(self) -> float:
        return statistics.mean(step.samples for step in self.steps)

    @property
    def name(self) -> str:
        setting = f" {self.setting}" if self.setting else ""
        on = f" on {self.gpus} GPUs" if self.gpus > 1 else ""
        return f"{self.stage}{setting} ({self.batch} x {self.accumulation}){on}"

    def line(self) -> str:
        figures: dict[str, float] = {}
        if self.outcome == "finished":
            figures = {
                "tokens_per_second": round(self.rate),
                "tokens_per_second_mean": round(self.mean_rate),
                "median_step_seconds": round(statistics.median(step.seconds for step in self.timed), 3),
                "samples_per_step": round(self.samples_a_step, 2),
                "tokens_per_step": round(statistics.mean(step.tokens for step in self.steps)),
                "padding": round(1 - sum(s.tokens for s in self.steps) / sum(s.computed for s in self.steps), 3),
            }
        return json.dumps({"benchmark": "train_gpu", **figures, **asdict(self)})

    @staticmethod
    def read(line: str) -> "Result":
        found = json.loads(line)
        steps = [Step(**step) for step in found.pop("steps")]
        known = {name: found[name] for name in Result.__dataclass_fields__ if name in found and name != "steps"}
        return Result(**known, steps=steps)


def main() -> None:
    arguments = parse()
    if arguments.stage == "compare":
        compare(arguments.file)
        return
    os.environ.update(
        HF_HUB_OFFLINE="1",
        TRANSFORMERS_OFFLINE="1",
        UNSLOTH_DISABLE_STATISTICS="1",
        UNSLOTH_COMPILE_LOCATION=str(WORK / "unsloth_compiled_cache"),
        TOKENIZERS_PARALLELISM="false",
    )
    if arguments.stage == "agree":
        agree(arguments.file, arguments.steps)
        return
    if arguments.stage == "agree-worker":
        agree_worker(arguments.file, arguments.backend, arguments.steps)
        return
    if arguments.stage == "make":
        make(arguments.shape, checkpoint(arguments.shape))
        return
    if arguments.stage.startswith("unsloth"):
        import unsloth  # noqa: F401  it changes trl, transformers and peft, if it comes before them
    if arguments.stage == "ours":  # here alone: the others must keep their own way
        import oracle_lib.models  # noqa: F401  it settles how PyTorch allocates memory, if it comes before CUDA starts
    result = run(arguments)
    if PROCESS:  # another process of the same training
        return
    print(result.line(), flush=True)
    if arguments.results:
        with arguments.results.open("a", encoding="utf-8") as file:
            file.write(result.line() + "\n")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["make", "ours", *PEERS, "compare", "agree", "agree-worker"])
    parser.add_argument("file", type=Path, nargs="?", help="compare: the file of results; agree: a train.jsonl")
    parser.add_argument("--shape", choices=SHAPES, default="14b")
    parser.add_argument("--rows", choices=["exact", "real"], default="real", help="2,048 tokens each, or log-normal")
    parser.add_argument("--setting", choices=["fast", "frugal"], help="ours: what it does with memory to spare")
    parser.add_argument("--backend", choices=["hf", "unsloth"], default="hf", help="agree-worker")
    parser.add_argument("--steps", type=int, default=24, help=f"the first {WARM_UP_STEPS} are not timed")
    parser.add_argument("--samples-per-step", type=int, default=8, help="rows that an optimiser step learns from")
    parser.add_argument("--batch", type=int, default=2, help="rows (packed ones, where packed) on the GPU at a time")
    parser.add_argument("--packed-rows", type=int, default=0, help="unsloth-packed: packed rows a step, whatever is in")
    parser.add_argument("--cap", type=float, default=0, metavar="GIB", help="what the process may allocate; 0 = all")
    parser.add_argument("--results", type=Path, metavar="FILE", help="appends the line to it")
    arguments = parser.parse_args()
    if (arguments.file is None) == (arguments.stage in ("compare", "agree", "agree-worker")):
        parser.error("compare takes a file of results and agree a data set's train.jsonl; nothing else takes a file")
    if arguments.samples_per_step % arguments.batch:
        parser.error("--samples-per-step must be a multiple of --batch")
    if arguments.stage == "unsloth-packed" and arguments.rows == "exact":
        parser.error("rows of exactly the sequence length leave nothing to pack; use --rows real")
    if arguments.steps <= WARM_UP_STEPS:
        parser.error(f"--steps must be above the {WARM_UP_STEPS} that are not timed")
    return arguments


def checkpoint(shape: str) -> Path:
    return WORK / shape


def make(shape: str, folder: Path) -> None:
    """Writes a model of random weights, quantised to NF4 as bitsandbytes does, a layer at a time, and a tokenizer."""
    import torch
    from huggingface_hub import save_torch_state_dict
    from transformers import AutoConfig, AutoModelForCausalLM, BitsAndBytesConfig

    sizes = SHAPES[shape]
    architecture = "Qwen3" if sizes.head_norms else "Qwen2"
    config = AutoConfig.for_model(
        architecture.lower(),
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        intermediate_size=sizes.feed_forward,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        num_key_value_heads=sizes.key_heads,
        head_dim=sizes.head_width,
        max_position_embeddings=32768,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6},
        tie_word_embeddings=sizes.tied,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
        dtype="bfloat16",
        architectures=[f"{architecture}ForCausalLM"],
    )
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(SEED)
    with torch.device("meta"):
        skeleton = AutoModelForCausalLM.from_config(config)
    tensors: dict[str, Any] = {}
    for name, weight in skeleton.named_parameters():
        if name.endswith("norm.weight"):
            value = torch.ones(weight.shape, dtype=torch.bfloat16)
        elif name.endswith("bias"):
            value = torch.zeros(weight.shape, dtype=torch.bfloat16)
        else:
            value = torch.randn(weight.shape, dtype=torch.bfloat16, device=device) * config.initializer_range
        quantised = any(linear in name for linear in LINEARS) and name.endswith("weight")
        tensors.update(nf4(name, value) if quantised else {name: value.cpu()})
    config.quantization_config = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_torch_state_dict(tensors, folder, max_shard_size="4GB")
    config.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    size = sum(file.stat().st_size for file in folder.iterdir()) / GIB
    report("checkpoint", round(size, 2), "GiB", shape=shape, folder=str(folder))


def nf4(name: str, weight: Any) -> dict[str, Any]:
    """The tensors that stand for a quantised weight in a checkpoint of bitsandbytes."""
    from bitsandbytes.functional import quantize_4bit

    packed, state = quantize_4bit(weight, quant_type="nf4", compress_statistics=True)
    tensors = {name: packed, **{f"{name}.{part}": value for part, value in state.as_dict(packed=True).items()}}
    return {part: value.cpu() for part, value in tensors.items()}


def tokenizer() -> Any:
    """A byte-level tokenizer with Qwen's special tokens and chat template. The rows do not pass through it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    bpe.train_from_iterator(["LDA #$00 STA $7E0010"], trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        chat_template=(
            "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
        ),
    )


def make_rows(kind: str, count: int) -> list[list[int]]:
    """Random token ids, all trained; more rows begin with the same ones. Real lengths are log-normal, about 400 on
    average and 2,000 at most, so that nobody has to cut one.
    """
    lengths, ids = random.Random(SEED), random.Random(SEED + 1)
    rows = []
    for _ in range(count):
        length = min(2000, max(60, int(lengths.lognormvariate(5.8, 0.6)))) if kind == "real" else LENGTH
        rows.append(ids.choices(range(10, 500), k=length))
    return rows


def run(arguments: argparse.Namespace) -> Result:
    """A stage from loading to the last step. Running out of memory is a result too."""
    import torch

    folder = checkpoint(arguments.shape)
    if not (folder / "config.json").exists():
        raise SystemExit(f"{folder} is missing; run `python -m benchmarks.train_gpu make --shape {arguments.shape}`")
    gpu = torch.cuda.get_device_properties(0)
    if arguments.cap:
        torch.cuda.set_per_process_memory_fraction(arguments.cap * GIB / gpu.total_memory)
    about: dict[str, Any] = {
        "stage": arguments.stage,
        "setting": arguments.setting or "",
        "shape": arguments.shape,
        "rows": arguments.rows,
        "cap": arguments.cap,
        "gpu": gpu.name,
        "gpus": GPUS,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": versions(),
    }
    try:
        trained = ours(folder, arguments) if arguments.stage == "ours" else peer(folder, arguments)
    except torch.OutOfMemoryError:
        accumulation = arguments.samples_per_step // arguments.batch
        return Result(**about, batching="", batch=arguments.batch, accumulation=accumulation, outcome="out of memory")
    return Result(
        **{**about, **trained},
        outcome="finished",
        peak_allocated=round(torch.cuda.max_memory_allocated() / GIB, 2),
        peak_reserved=round(torch.cuda.max_memory_reserved() / GIB, 2),
    )


def versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "none"
    return found


def ours(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """This project's training, which packs the rows of a step: a step is always `samples_per_step` rows.

    The frugal setting reads half as many tokens at a time and recomputes everything.
    """
    from oracle_lib.chat import Row
    from oracle_lib.params import Training
    from oracle_lib.processor import matrix_rate
    from oracle_lib.train.budget import most_kept_layers, predict
    from oracle_lib.train.qlora import SPARE, fine_tune

    samples, batch = arguments.samples_per_step, 1 if arguments.setting == "frugal" else arguments.batch
    cap = FRUGAL_CAP if arguments.setting == "frugal" else arguments.cap
    training = Training(
        epochs=1,
        batch_size=batch,
        accumulation=samples // batch,
        learning_rate=LEARNING_RATE,
        warmup=WARMUP,
        rank=RANK,
        alpha=RANK,
        max_length=LENGTH,
        checkpoint_steps=arguments.steps + 1,
    )
    out = WORK / f"ours-{PROCESS}"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    fine_tune(
        str(folder),
        [Row(ids, ids) for ids in make_rows(arguments.rows, arguments.steps * samples)],
        [],
        training,
        SEED,
        folder=out,
        checkpoint_folder=out / "checkpoints",
        trained_on={},
        resume_from=None,
        memory_cap=cap or None,
    )
    if PROCESS:  # the first process keeps the journal
        return {"batching": "packed", "batch": batch, "accumulation": training.accumulation}
    shape = bases.find(str(folder)).shape
    kept = most_kept_layers(shape, RANK, batch * LENGTH, (cap or math.inf) - SPARE)
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]
    steps = [
        Step(
            round(line["tokens"] / line["tokens_per_second"], 4), samples, line["tokens"], line["tokens"], line["loss"]
        )
        for line in lines
        if "loss" in line
    ]
    return {
        "steps": steps,
        "batching": "packed",
        "batch": batch,
        "accumulation": training.accumulation,
        "predicted_peak": round(predict(shape, RANK, batch * LENGTH, kept).peak, 2),
        "utilisation": statistics.median(line["utilisation"] for line in lines[WARM_UP_STEPS:] if "loss" in line),
        "matrix_rate": round(matrix_rate()),
        "cap": cap,
    }


def agree(data: Path, steps: int) -> None:
    """The losses of each step on the shipped base and the rows of a data set's file, with our backend and Unsloth's.

    Each backend is a process of its own, started by this one.
    """
    losses = {}
    for backend in ("hf", "unsloth"):
        command = [sys.executable, "-m", "benchmarks.train_gpu", "agree-worker", str(data)]
        command += ["--backend", backend, "--steps", str(steps)]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        losses[backend] = json.loads(answer.splitlines()[-1])
    apart = max(abs(b - a) / a for a, b in zip(losses["hf"], losses["unsloth"], strict=True))
    report("largest difference of a step's loss, unsloth against hf", round(apart, 5), "share", losses=losses)


def agree_worker(data: Path, backend: str, steps: int) -> None:
    if backend == "unsloth":
        import unsloth  # noqa: F401  before transformers
    from oracle_lib import models, params
    from oracle_lib.train.data import encode_rows, read_rows
    from oracle_lib.train.qlora import fine_tune

    base, out, words = WORK / "shipped", WORK / "agree" / backend, models.load_tokenizer("embedded")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    base.mkdir(parents=True, exist_ok=True)
    for name in ("model.safetensors", "config.json"):
        shutil.copyfile(bases.EMBEDDED / name, base / name)
    words.save_pretrained(base)
    demo = params.load_profile("demo").training
    rows = encode_rows(words, read_rows(data), demo.max_length)[: steps * demo.batch_size]
    changes = {"epochs": 1, "learning_rate": LEARNING_RATE, "backend": backend, "checkpoint_steps": steps + 1}
    training = demo.model_copy(update=changes)
    fine_tune(
        str(base),
        rows,
        [],
        training,
        SEED,
        folder=out,
        checkpoint_folder=out / "checkpoints",
        trained_on={},
        resume_from=None,
    )
    lines = (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    print(json.dumps([json.loads(line)["loss"] for line in lines]))


def peer(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Another stack's training through its own SFTTrainer."""
    from datasets import Dataset
    from transformers import PreTrainedTokenizerFast

    # Not from the modules that define them: Unsloth replaces these names.
    from trl import SFTConfig, SFTTrainer  # type: ignore[attr-defined, unused-ignore]

    on_unsloth, packing = arguments.stage.startswith("unsloth"), arguments.stage == "unsloth-packed"
    if packing:
        rows, batch, accumulation = packed_plan(arguments)
    else:
        rows = make_rows(arguments.rows, arguments.steps * arguments.samples_per_step)
        batch, accumulation = arguments.batch, arguments.samples_per_step // arguments.batch
    # What differs is each stack's own way to save activations; Unsloth is told so where the adapter is made.
    own_way: dict[str, Any] = (
        {"gradient_checkpointing": False, "dataset_num_proc": 1}
        if on_unsloth
        else {"gradient_checkpointing": True, "gradient_checkpointing_kwargs": {"use_reentrant": False}}
    )
    config = SFTConfig(
        output_dir=str(WORK / "out"),
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=accumulation,
        max_steps=arguments.steps,
        learning_rate=LEARNING_RATE,
        lr_scheduler_type="cosine",
        warmup_steps=WARMUP,
        weight_decay=0.0,
        optim="adamw_8bit",
        bf16=True,
        max_length=LENGTH,
        packing=packing,
        # Packing sorts by length. Elsewhere all stacks see the rows in one order, so their losses compare step by step.
        train_sampling_strategy="random" if packing else "sequential",
        use_liger_kernel=arguments.stage == "trl-liger",
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        seed=SEED,
        **own_way,
    )
    trainer = SFTTrainer(
        model=unsloth_model(folder) if on_unsloth else peft_model(folder),
        args=config,
        train_dataset=Dataset.from_dict({"input_ids": rows, "labels": rows}),
        processing_class=PreTrainedTokenizerFast.from_pretrained(folder),
    )
    return {"steps": watch(trainer), "batching": batching(trainer), "batch": batch, "accumulation": accumulation}


def packed_plan(arguments: argparse.Namespace) -> tuple[list[list[int]], int, int]:
    """Rows, batch and accumulation for packed training: `packed_rows` a step, or the fewest that hold as many rows as
    the others learn from in a step.
    """
    lengths = [len(ids) for ids in make_rows(arguments.rows, 1000)]
    samples_a_packed_row = len(lengths) / math.ceil(sum(lengths) / LENGTH)
    wanted = arguments.packed_rows or math.ceil(arguments.samples_per_step / samples_a_packed_row)
    batch = min(arguments.batch, wanted)
    accumulation = math.ceil(wanted / batch)
    rows = arguments.steps * batch * accumulation * samples_a_packed_row
    return make_rows(arguments.rows, math.ceil(1.1 * rows)), batch, accumulation  # more than one epoch needs


def unsloth_model(folder: Path) -> Any:
    import torch
    from unsloth import FastLanguageModel

    model, _ = FastLanguageModel.from_pretrained(
        str(folder), max_seq_length=LENGTH, load_in_4bit=True, dtype=torch.bfloat16, local_files_only=True
    )
    return FastLanguageModel.get_peft_model(
        model,
        r=RANK,
        lora_alpha=RANK,
        lora_dropout=0,
        bias="none",
        target_modules=LINEARS,
        use_gradient_checkpointing="unsloth",
        random_state=SEED,
    )


def peft_model(folder: Path) -> Any:
    import torch
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16, device_map={"": 0}, attn_implementation="sdpa"
    )
    prepare: Any = prepare_model_for_kbit_training
    model = prepare(model, gradient_checkpointing_kwargs={"use_reentrant": False})
    return get_peft_model(
        model,
        LoraConfig(r=RANK, lora_alpha=RANK, lora_dropout=0.0, target_modules=LINEARS, task_type="CAUSAL_LM"),
    )


def batching(trainer: Any) -> str:
    """How the trainer lays rows together, as it decided itself."""
    if trainer.args.packing:
        return "packed"
    return "padding-free" if trainer.args.padding_free else "padded"


def watch(trainer: Any) -> list[Step]:
    """Trains and tells what each step took and learned from, as seen in the batches themselves."""
    import torch
    from transformers import TrainerCallback

    ends: list[float] = []

    class Clock(TrainerCallback):
        def on_train_begin(self, *_: Any, **__: Any) -> None:
            self.tick()

        def on_step_end(self, *_: Any, **__: Any) -> None:
            self.tick()

        def tick(self) -> None:
            torch.cuda.synchronize()
            ends.append(time.perf_counter())

    seen: list[tuple[int, int, int]] = []
    collate: Callable[[Sequence[Any]], dict[str, Any]] = trainer.data_collator

    def collate_and_count(examples: Sequence[Any]) -> dict[str, Any]:
        batch = collate(examples)
        computed = batch["input_ids"].numel()
        if "attention_mask" in batch:
            seen.append((len(examples), int(batch["attention_mask"].sum()), computed))
        else:  # rows end to end, without padding; positions restart with each
            seen.append((int((batch["position_ids"] == 0).sum()), computed, computed))
        return batch

    trainer.data_collator = collate_and_count
    trainer.add_callback(Clock())
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    accumulation = trainer.args.gradient_accumulation_steps
    steps = []
    for index, loss in enumerate(losses):
        samples, tokens, computed = map(sum, zip(*seen[index * accumulation : (index + 1) * accumulation], strict=True))
        steps.append(Step(round(ends[index + 1] - ends[index], 4), samples, tokens, computed, loss))
    return steps


def compare(file: Path) -> None:
    """Ratios of ours to each peer's fastest run under the same conditions, and the losses after as many rows."""
    results = [Result.read(line) for line in file.read_text(encoding="utf-8").splitlines()]
    conditions = sorted({(result.shape, result.rows, result.cap) for result in results})
    for shape, rows, cap in conditions:
        alike = [result for result in results if (result.shape, result.rows, result.cap) == (shape, rows, cap)]
        compare_gpus([result for result in alike if result.stage == "ours"])
        here = [result for result in alike if result.gpus == 1]
        where = {"shape": shape, "rows": rows, "cap": cap}
        for failed in (result for result in here if result.outcome != "finished"):
            report(f"{failed.name}: {failed.outcome}", 0, "tokens/s", **where)
        done = [result for result in here if result.outcome == "finished"]
        for mine in (result for result in done if result.stage == "ours"):
            for theirs in best_peers(done, mine):
                report(
                    f"{mine.name} / {theirs.name}, useful tokens/s",
                    round(mine.rate / theirs.rate, 2),
                    "",
                    **where,
                    ours=round(mine.rate),
                    peer=round(theirs.rate),
                    of_the_means=round(mine.mean_rate / theirs.mean_rate, 2),
                    samples_per_step=[round(mine.samples_a_step, 1), round(theirs.samples_a_step, 1)],
                    peak_allocated=[mine.peak_allocated, theirs.peak_allocated],
                    losses=losses_after(mine, theirs),
                )


def compare_gpus(ours: Sequence[Result]) -> None:
    """Ours on several GPUs over ours on one, under the same conditions."""
    done = [result for result in ours if result.outcome == "finished"]
    for many in (result for result in done if result.gpus > 1):
        for one in done:
            if one.gpus == 1 and (one.setting, one.batch, one.gpu) == (many.setting, many.batch, many.gpu):
                report(
                    f"{many.name} / on one, useful tokens/s",
                    round(many.rate / one.rate, 2),
                    "",
                    shape=many.shape,
                    rows=many.rows,
                    cap=many.cap,
                    tokens_per_second=[round(many.rate), round(one.rate)],
                    of_the_means=round(many.mean_rate / one.mean_rate, 2),
                    samples_per_step=[many.samples_a_step, one.samples_a_step],
                    largest_difference_of_a_loss=max(
                        abs(a.loss - b.loss) / b.loss for a, b in zip(many.steps, one.steps, strict=False)
                    ),
                )


def best_peers(done: Sequence[Result], mine: Result) -> list[Result]:
    """The fastest run of each peer. Of packed ones, also the fastest that learns from about as few rows a step."""
    best: list[Result] = []
    for stage in PEERS:
        runs = sorted((result for result in done if result.stage == stage), key=lambda result: -result.rate)
        alike = [run for run in runs if run.samples_a_step <= 1.5 * mine.samples_a_step]
        best += runs[:1]
        best += [run for run in alike[:1] if run is not runs[0]]
    return best


def losses_after(*results: Result) -> dict[int, list[float | None]]:
    """The mean losses of the steps in each quarter of the rows that all the results have seen, by the rows seen then.

    Steps of unequal size end at unequal rows, so a step counts where it ends.
    """
    seen_by_all = min(sum(step.samples for step in result.steps) for result in results)
    edges = [seen_by_all * quarter // 4 for quarter in range(5)]
    table: dict[int, list[float | None]] = {}
    for start, end in itertools.pairwise(edges):
        means: list[float | None] = []
        for result in results:
            seen, inside = 0, []
            for step in result.steps:
                seen += step.samples
                if start < seen <= end:
                    inside.append(step.loss)
            means.append(round(statistics.mean(inside), 3) if inside else None)
        table[end] = means
    return table


def report(figure: str, value: float, unit: str, **more: object) -> None:
    print(json.dumps({"benchmark": "train_gpu", "figure": figure, "value": value, "unit": unit, **more}), flush=True)


if __name__ == "__main__":
    main()
