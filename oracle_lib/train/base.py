"""Builds tiny base models to train experts on: a Qwen2 of a few million parameters, pretrained on a corpus file.

A base learns to write code after comments and to copy names and numbers. It never sees a chat, nor the words of half of
the families: that is left for QLoRA to teach. This package ships one (`oracle_lib.rebuild`
makes it); a profile whose base is "built" builds a smaller one of its own in about two minutes on two CPU cores, which
is kept under the hash of its recipe, corpus and tokenizer.
"""

import hashlib
import json
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from oracle_lib import OracleError
from oracle_lib.bases import BUILT, EMBEDDED
from oracle_lib.chat import IGNORED, Row, comment_prompt
from oracle_lib.files import atomic_path, outputs, relative, sha256
from oracle_lib.models import load_tokenizer
from oracle_lib.progress import tqdm
from oracle_lib.records import Frozen, read_jsonl
from oracle_lib.run import Stage
from oracle_lib.train import copying

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase, Qwen2ForCausalLM

_GROUP = 16
# The config is for Unsloth, which looks there for a padding token; here the special tokens are named in code.
_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja")


class Recipe(Frozen):
    """What decides a build besides the corpus, the tokenizer and the code.

    `steps` of `batch` documents, one a row. `learning_rate` is AdamW's, `matrix_rate` Muon's; both rise over `warmup`
    steps and fall linearly to zero. `practice` is the share of documents that only practise copying, in the first fifth
    of the steps and after it.
    """

    hidden: int = 192
    layers: int = 4
    heads: int = 4
    feed_forward: int = 512
    context: int = 2048
    steps: int = Field(default=450, ge=1)
    batch: int = 8
    learning_rate: float = 3e-3
    matrix_rate: float = 0.02
    warmup: int = 50
    practice: tuple[float, float] = (0.5, 0.1)
    seed: int = 0

    def rate(self, step: int) -> float:
        """The share of the peak learning rates at a step."""
        return min((step + 1) / self.warmup, (self.steps - step) / max(1, self.steps - self.warmup))


class Build(Frozen):
    """The `build.json` of a finished base. `machine` is the GPU that trained it, or "a CPU". `asked` names the families
    whose instructions it read, if only as a repair quotes them, `unasked` those of which it saw the code alone.
    `losses` are nats a token, each a mean over 20 steps.
    """

    recipe: Recipe
    corpus_sha256: str
    documents: int
    asked: tuple[str, ...]
    unasked: tuple[str, ...]
    parameters: int
    machine: str
    seconds: float
    losses: tuple[float, ...]


class Document(BaseModel):
    """A line of the corpus: verified code and what may stand before it, phrased as instructions or, for families that
    are not `asked`, as bare names and numbers.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    family: str
    group: str
    asked: bool
    instructions: tuple[str, ...] = Field(min_length=1)
    code: str
    language: Literal["asm", "cpp"]


def ensure_base(corpus: Path, recipe: Recipe = Recipe(), force: bool = False) -> str:  # noqa: B008 (frozen)
    """The reference `built:<hash>` of the base that `recipe` makes of `corpus`, built now unless it exists.

    A change of code alone keeps a base, as trainings took hours on it; `force` builds it again, for all experts that
    share it. A build that is interrupted leaves nothing behind; of two processes that want the same base, one builds
    and the other waits. Raises `OracleError` for a corpus that is missing, empty or not of the right shape.
    """
    if not corpus.exists():
        raise OracleError(f"{relative(corpus)} is missing; run 01_generate with --force, which writes it")
    words: dict[str, JsonValue] = {name: sha256(EMBEDDED / name) for name in _TOKENIZER}
    decides = {**words, "corpus": sha256(corpus), "recipe": recipe.model_dump(mode="json")}
    name = hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:16]
    folder = outputs() / "base" / name
    with Stage(
        "base",
        "all",
        "base",
        parameters=decides,
        module=__name__,
        force=force,
        outlives_code=True,
        folder=folder.with_suffix(".stage"),
    ) as stage:
        if not stage.is_current:
            build_base(corpus, recipe, folder)
            stage.finish([folder], {})
    return f"{BUILT}{name}"


def _read(corpus: Path) -> list[Document]:
    documents = list(read_jsonl(Document, corpus, "run 01_generate again"))
    if not documents:
        raise OracleError(f"{relative(corpus)} holds no documents; run 01_generate again")
    return documents


def build_base(corpus: Path, recipe: Recipe, folder: Path) -> None:
    """Pretrains a base and puts it, its tokenizer and its card in `folder`, in the place of what was there."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    documents = _read(corpus)
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
    losses = pretrain(model, tokenizer, documents, recipe)
    asked, unasked = families_read(documents)
    build = Build(
        recipe=recipe,
        corpus_sha256=sha256(corpus),
        documents=len(documents),
        asked=asked,
        unasked=unasked,
        parameters=sum(weight.numel() for weight in model.parameters()),
        machine=torch.cuda.get_device_name() if torch.cuda.is_available() else "a CPU",
        seconds=round(time.monotonic() - started, 1),
        losses=tuple(round(statistics.fmean(losses[at : at + 20]), 4) for at in range(0, len(losses), 20)),
    )
    with atomic_path(folder) as beside:
        model.eval().to("cpu", torch.bfloat16).save_pretrained(beside)
        for name in _TOKENIZER:
            (beside / name).write_bytes((EMBEDDED / name).read_bytes())
        (beside / "build.json").write_text(build.model_dump_json(indent=2) + "\n", encoding="utf-8")
        (beside / "README.md").write_text(card(build), encoding="utf-8")


def families_read(documents: Sequence[Document]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families whose instructions stand in the documents, and the others. The group of a repair names the family
    of the routine that it breaks, and whose task it quotes.
    """
    asked = {name for one in documents if one.asked for name in (one.family, one.group.partition(":")[0])}
    return tuple(sorted(asked)), tuple(sorted({one.family for one in documents} - asked))


def pretrain(
    model: "Qwen2ForCausalLM", tokenizer: "PreTrainedTokenizerBase", documents: Sequence[Document], recipe: Recipe
) -> list[float]:
    """Trains the model in place, on the GPU where there is one; returns the loss of every step in nats a token.

    Muon moves the matrices between the embeddings, AdamW everything else: after 300 steps of the same batches the loss
    on held-out documents was 0.32 nats a token with both and 0.64 with AdamW alone.
    """
    import torch

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model.to(device)  # type: ignore[arg-type]
    inner = [weight for name, weight in model.named_parameters() if weight.ndim == 2 and "embed" not in name]
    inner_ids = {id(weight) for weight in inner}
    rest = [weight for weight in model.parameters() if id(weight) not in inner_ids]
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.Muon(inner, lr=recipe.matrix_rate, weight_decay=0.1),
        torch.optim.AdamW(rest, lr=recipe.learning_rate, betas=(0.9, 0.95), weight_decay=0.1, fused=True),
    ]
    schedules = [torch.optim.lr_scheduler.LambdaLR(optimizer, recipe.rate) for optimizer in optimizers]
    losses: list[torch.Tensor] = []
    model.train()
    progress = tqdm(_batches(documents, tokenizer, recipe), total=recipe.steps, desc="tiny base", unit="step")
    for rows in progress:
        longest = max(len(row.ids) for row in rows)
        padding = [longest - len(row.ids) for row in rows]
        filled = [row.ids + [tokenizer.pad_token_id] * more for row, more in zip(rows, padding, strict=True)]
        learned_from = [row.labels + [IGNORED] * more for row, more in zip(rows, padding, strict=True)]
        ids, labels = torch.tensor(filled).to(device), torch.tensor(learned_from)[:, 1:].to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
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
        losses.append(loss.detach())
        if len(losses) % 20 == 0:  # a GPU is not waited for in between
            progress.set_postfix(loss=f"{torch.stack(losses[-20:]).mean():.3f}", refresh=False)
    return [float(loss) for loss in torch.stack(losses).tolist()]


def _batches(
    documents: Sequence[Document], tokenizer: "PreTrainedTokenizerBase", recipe: Recipe
) -> Iterator[list[Row]]:
    """The rows of every step. Steps are filled `_GROUP` at a time, each with rows of like length, to pad little."""
    rng = random.Random(recipe.seed)

    def encoded(texts: Sequence[str]) -> list[list[int]]:
        ids: list[list[int]] = tokenizer(list(texts))["input_ids"]
        return ids

    # All at once, which a tokenizer does on all processors. Each code ends a document.
    codes = encoded([document.code.strip() + f"\n{tokenizer.eos_token}" for document in documents])
    headers = iter(encoded([comment_prompt(text, one.language) for one in documents for text in one.instructions]))
    asked = [[next(headers) for _ in document.instructions] for document in documents]
    unread: list[int] = []
    for start in range(0, recipe.steps, _GROUP):
        share = recipe.practice[0 if start < recipe.steps / 5 else 1]
        rows = []
        for _ in range(min(_GROUP, recipe.steps - start) * recipe.batch):
            if rng.random() < share:
                header, code = copying.practice(rng)
                rows.append(_document(*encoded([header, f"{code.strip()}\n{tokenizer.eos_token}"])))
                continue
            unread = unread or rng.sample(range(len(documents)), len(documents))
            index = unread.pop()
            rows.append(_document(rng.choice(asked[index]), codes[index]))
        rows.sort(key=lambda row: len(row.ids))
        batches = [rows[at : at + recipe.batch] for at in range(0, len(rows), recipe.batch)]
        yield from rng.sample(batches, len(batches))


def _document(header: list[int], code: list[int]) -> Row:
    """Of a document only the code is learned: what a header asks for is random, and guessing it teaches nothing."""
    return Row(header + code, [IGNORED] * len(header) + code)


def card(build: Build) -> str:
    """The README.md of a base: what it is and is not for, how to load it, and what it was made of."""
    curve = build.losses
    return f"""---
license: mit
library_name: transformers
pipeline_tag: text-generation
---
# A tiny base for demonstrations

A Qwen2 of {build.parameters:,} parameters, pretrained from random weights on {build.machine} in
{build.seconds / 60:.0f} minutes, so that experts can be trained and compared on a laptop without a
GPU. It continues comments with 65816 assembly or C++. It has never seen a chat: QLoRA teaches it to answer.

Not for any other use: it knows this project's task families and nothing else.

## How to load it elsewhere

```python
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

folder = "."  # this one
tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(folder)
```

Not with `AutoTokenizer`: because the model is a Qwen2, it puts Qwen's rules for cutting words in the place of this
tokenizer's own. The ids are others then, and the model writes nonsense.

## What it was made of

- Data: {build.documents:,} documents, each run before it was taken (corpus sha256 `{build.corpus_sha256}`). No problem
  of a validation set, a test set or OracleBench is among them, and no family that OracleBench holds out; the code of a
  few short routines is the same all the same.
- Of {len(build.asked)} families it read the instructions (of some only as a repair quotes them), of the other
  {len(build.unasked)} only the code, after bare names and numbers; `build.json` lists both.
- Recipe: `{build.recipe.model_dump_json()}`
- Loss on the code, nats a token: {curve[0]:.2f} at first, {curve[-1]:.3f} at the end (curve in `build.json`)
- Rebuild the one that `oracle_lib` ships: `python -m oracle_lib.rebuild`
"""
