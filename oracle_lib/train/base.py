"""Builds the tiny base model that the demo trains on: a Qwen2 of 2.2 million parameters, pretrained on a corpus file.

It learns to write code after comments and to copy names and numbers, and never sees a chat: the chat format and the
phrasing of answers are left for QLoRA to teach. One build takes about two minutes on two CPU cores and is kept under
the hash of everything that decides it.
"""

import fcntl
import hashlib
import json
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oracle_lib import OracleError
from oracle_lib.models import EMBEDDED, IGNORED, Row, comment_prompt, load_tokenizer
from oracle_lib.run import atomic_path, outputs, relative, sha256, tqdm
from oracle_lib.train import copying

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase, Qwen2ForCausalLM

_GROUP = 16


class Recipe(BaseModel):
    """What decides a build besides the corpus, the tokenizer and the code.

    `steps` of `batch` documents, one a row. `learning_rate` is AdamW's, `matrix_rate` Muon's; both rise over `warmup`
    steps and fall linearly to zero. `practice` is the share of documents that only practise copying, in the first fifth
    of the steps and after it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hidden: int = 192
    layers: int = 4
    heads: int = 4
    feed_forward: int = 512
    context: int = 2048
    steps: int = Field(default=1000, ge=1)
    batch: int = 8
    learning_rate: float = 3e-3
    matrix_rate: float = 0.02
    warmup: int = 50
    practice: tuple[float, float] = (0.5, 0.1)
    seed: int = 0

    def rate(self, step: int) -> float:
        """The share of the peak learning rates at a step."""
        return min((step + 1) / self.warmup, (self.steps - step) / max(1, self.steps - self.warmup))


class Build(BaseModel):
    """The `build.json` of a finished base. `losses` are nats a token, each a mean over 20 steps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipe: Recipe
    corpus_sha256: str
    documents: int
    parameters: int
    seconds: float
    losses: tuple[float, ...]


class Document(BaseModel):
    """A line of the corpus: an instruction and the verified code that follows it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    instruction: str
    code: str
    language: Literal["asm", "cpp"]


def ensure_base(corpus: Path, recipe: Recipe = Recipe()) -> str:  # noqa: B008 (frozen)
    """The reference `embedded:<hash>` of the base that `recipe` makes of `corpus`, built now unless it exists.

    A build that is interrupted leaves nothing behind; of two processes that want the same base, one builds and the
    other waits. Raises `OracleError` for a corpus that is missing, empty or not of the right shape.
    """
    if not corpus.exists():
        raise OracleError(f"{relative(corpus)} is missing; run 01_generate, which writes it")
    code = [sha256(Path(module)) for module in (__file__, copying.__file__)]
    decides = [*code, sha256(EMBEDDED), sha256(corpus), recipe.model_dump_json()]
    name = hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:16]
    folder = outputs() / "base" / name
    with _only_builder(folder):
        if not folder.exists():
            with atomic_path(folder) as beside:
                beside.mkdir()
                _build(_read(corpus), sha256(corpus), recipe, beside)
    return f"embedded:{name}"


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(corpus: Path) -> list[Document]:
    documents = []
    with corpus.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                documents.append(Document.model_validate_json(line))
            except ValidationError as error:
                raise OracleError(
                    f"{corpus.name} line {number} is no document ({error.errors()[0]['msg']}); run 01_generate again"
                ) from None
    if not documents:
        raise OracleError(f"{relative(corpus)} holds no documents; run 01_generate again")
    return documents


def _build(documents: list[Document], corpus_sha256: str, recipe: Recipe, folder: Path) -> None:
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    tokenizer = load_tokenizer("embedded")
    started = time.monotonic()
    with torch.random.fork_rng(devices=[]):
        generator = torch.manual_seed(recipe.seed)
        model = Qwen2ForCausalLM(
            Qwen2Config(
                vocab_size=len(tokenizer),
                hidden_size=recipe.hidden,
                intermediate_size=recipe.feed_forward,
                num_hidden_layers=recipe.layers,
                num_attention_heads=recipe.heads,
                num_key_value_heads=recipe.heads,
                max_position_embeddings=recipe.context,
                rope_parameters={"rope_type": "default", "rope_theta": 1e6},
                tie_word_embeddings=True,
                pad_token_id=tokenizer.pad_token_id,
                eos_token_id=tokenizer.eos_token_id,
                bos_token_id=None,
            )
        )
        copying.wire(model, generator)
    # On a CPU the backward pass of sdpa takes longer than all the rest of a step.
    model.set_attn_implementation("eager")
    losses = pretrain(model, tokenizer, documents, recipe)
    model.eval().save_pretrained(folder)
    for file in EMBEDDED.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    build = Build(
        recipe=recipe,
        corpus_sha256=corpus_sha256,
        documents=len(documents),
        parameters=sum(weight.numel() for weight in model.parameters()),
        seconds=round(time.monotonic() - started, 1),
        losses=tuple(round(statistics.fmean(losses[at : at + 20]), 4) for at in range(0, len(losses), 20)),
    )
    (folder / "build.json").write_text(build.model_dump_json(indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_card(build), encoding="utf-8")


def pretrain(
    model: "Qwen2ForCausalLM", tokenizer: "PreTrainedTokenizerBase", documents: Sequence[Document], recipe: Recipe
) -> list[float]:
    """Trains the model in place; returns the loss of every step in nats a token.

    Muon moves the matrices between the embeddings, AdamW everything else: AdamW alone needs more than twice the steps.
    """
    import torch

    inner = [weight for name, weight in model.named_parameters() if weight.ndim == 2 and "embed" not in name]
    inner_ids = {id(weight) for weight in inner}
    rest = [weight for weight in model.parameters() if id(weight) not in inner_ids]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.Muon(inner, lr=recipe.matrix_rate, weight_decay=0.1),
        torch.optim.AdamW(rest, lr=recipe.learning_rate, betas=(0.9, 0.95), weight_decay=0.1, fused=True),
    ]
    schedules = [torch.optim.lr_scheduler.LambdaLR(optimizer, recipe.rate) for optimizer in optimizers]
    losses = []
    model.train()
    progress = tqdm(_batches(documents, tokenizer, recipe), total=recipe.steps, desc="tiny base", unit="step")
    for rows in progress:
        longest = max(len(row.ids) for row in rows)
        ids = torch.tensor([row.ids + [tokenizer.pad_token_id] * (longest - len(row.ids)) for row in rows])
        labels = torch.tensor([row.labels + [IGNORED] * (longest - len(row.ids)) for row in rows])[:, 1:]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            # Causal attention and padding on the right: no row needs a mask.
            logits = model(input_ids=ids[:, :-1], use_cache=False).logits
        learned = labels != IGNORED
        loss = torch.nn.functional.cross_entropy(logits[learned].float(), labels[learned])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, schedule in zip(optimizers, schedules, strict=True):
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        losses.append(loss.item())
        progress.set_postfix(loss=f"{statistics.fmean(losses[-20:]):.3f}", refresh=False)
    return losses


def _batches(
    documents: Sequence[Document], tokenizer: "PreTrainedTokenizerBase", recipe: Recipe
) -> Iterator[list[Row]]:
    """The rows of every step. Steps are filled `_GROUP` at a time, each with rows of like length, to pad little."""
    rng = random.Random(recipe.seed)
    unread: list[int] = []
    for start in range(0, recipe.steps, _GROUP):
        share = recipe.practice[0 if start < recipe.steps / 5 else 1]
        rows = []
        for _ in range(min(_GROUP, recipe.steps - start) * recipe.batch):
            if rng.random() < share:
                rows.append(encode_document(tokenizer, *copying.practice(rng)))
                continue
            unread = unread or rng.sample(range(len(documents)), len(documents))
            document = documents[unread.pop()]
            header = comment_prompt(document.instruction, document.language)
            rows.append(encode_document(tokenizer, header, document.code))
        rows.sort(key=lambda row: len(row.ids))
        batches = [rows[at : at + recipe.batch] for at in range(0, len(rows), recipe.batch)]
        yield from rng.sample(batches, len(batches))


def encode_document(tokenizer: "PreTrainedTokenizerBase", header: str, code: str) -> Row:
    """A document as token ids. Only the code is learned: what a header asks for is random, and guessing it teaches
    nothing.
    """
    known = tokenizer(header)["input_ids"]
    learned = [*tokenizer(code.strip() + "\n")["input_ids"], tokenizer.eos_token_id]
    return Row(known + learned, [IGNORED] * len(known) + learned)


def _card(build: Build) -> str:
    curve = build.losses
    return f"""# The tiny base

A Qwen2 of {build.parameters:,} parameters, pretrained from random weights in {build.seconds:.0f} seconds on
{build.documents} documents of this project's verified task families, so that the whole road can be walked without a
GPU. It continues comments with code. It has never seen a chat: QLoRA teaches it to answer.

Not for any other use: it knows a few task families and nothing else.

- Corpus: sha256 `{build.corpus_sha256}`
- Recipe: `{build.recipe.model_dump_json()}`
- Loss on the code, nats a token: {curve[0]:.2f} at first, {curve[-1]:.3f} at the end (curve in `build.json`)
"""
