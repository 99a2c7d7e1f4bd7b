"""One base with many adapters in llama.cpp: does each expert say what it says in PEFT, what does it cost to switch, and
how much memory is it beside merged models?

    python -m benchmarks.runtimes oracle-rauru-assembler-embedded-20261129 oracle-yaze-expert-embedded-20261129

The versions named share a base. "top-1" is the share of places where both find the same next token, PEFT in float32 on
the unquantised base and llama.cpp with the weights as its GGUF holds them; "top-1 or a tie" also counts the places
where PEFT finds llama.cpp's token less than 0.01 (in logits) behind its own; "changed" is the share where the likeliest
token or its probability is another than the base's alone. "switch" is how much longer the first token takes when the
expert before was another, beside the next question to the same expert, at the median of pairs whose prompts share no
beginning. "switch, shared prompt" is the same with the system prompt that each expert has read once before, and new
questions. "memory" is what `llama-server` holds resident with twelve adapters; the peer are servers with a merged model
each, as many at once as `--merged` says, which stand for twelve.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import torch

from oracle_lib import models, registry
from oracle_lib.chat import Conversation, chat_ids
from oracle_lib.files import sha256
from oracle_lib.params import load_expert
from oracle_lib.registry import Version
from oracle_lib.runtimes import Settings, Usage, gguf_store
from oracle_lib.runtimes.llama_cpp import LlamaCpp, chosen

QUESTIONS = (
    "Write a routine that stores 5 at $0710.",
    "Write a hook that counts the frames at $7EF36D and returns.",
    "Load the sprite graphics at offset 0x80000 of a ROM file.",
    "Explain what this does: LDA $10 : CMP #$07 : BEQ .inside",
)


TIE = 0.01
"""Logits nearer than this are told apart by rounding alone."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", nargs="+", help="registered versions on one base")
    parser.add_argument("--experts", type=int, default=12, help="adapters on the one base")
    parser.add_argument("--merged", type=int, default=1, help="merged models in memory at once")
    parser.add_argument("--turns", type=int, default=40, help="questions in turns, for the cost of a switch")
    asked = parser.parse_args()
    versions = [registry.load(name) for name in asked.versions]
    base = versions[0].adapter.base
    runtime = LlamaCpp(base)
    try:
        for version in versions:
            runtime.install(version)
        stored = gguf_store.verified_base_file(base).stored
        for version in versions:
            behind, changed = top_one(runtime, version)
            about = {"base": base, "version": version.name, "places": len(behind), "stored": stored}
            say("top-1", statistics.mean(one == 0 for one in behind), "share", **about)
            say("top-1 or a tie", statistics.mean(one < TIE for one in behind), "share", **about)
            say("changed", statistics.mean(changed), "share", **about)
        with copies(base, versions[0], asked.experts) as names:
            pairs = [name for turn in range(asked.turns) for name in [names[turn % len(names)]] * 2]
            for what, is_shared in (("switch", False), ("switch, shared prompt", True)):
                first_seconds(runtime, names, is_shared)
                seconds = first_seconds(runtime, pairs, is_shared)
                other, same = seconds[::2], seconds[1::2]
                longer = statistics.median(1000 * (first - second) for first, second in zip(other, same, strict=True))
                about = {"base": base, "same_expert": round(1000 * statistics.median(same), 1), "stored": stored}
                say(what, longer, "ms", **about)
            adapters = resident(runtime)
            say("memory, one base and adapters", adapters, "MiB", base=base, experts=len(names), stored=stored)
        runtime.close()
        held, stored = merged_memory(base, versions[0], asked.merged)
        about = {"base": base, "experts": asked.experts, "at_once": len(held), "stored": stored}
        say("memory, merged models", asked.experts * statistics.mean(held), "MiB", **about)
    finally:
        runtime.close()


def say(figure: str, value: float, unit: str, **about: Any) -> None:
    line = {"benchmark": "runtimes", "figure": figure, "value": round(value, 4), "unit": unit, **about}
    print(json.dumps(line | {"date": f"{datetime.now(UTC):%Y-%m-%d}", "processors": os.cpu_count()}), flush=True)


def conversation(expert: str, question: str) -> Conversation:
    return [
        {"role": "system", "content": load_expert(expert).system_prompt},
        {"role": "user", "content": question},
    ]


def top_one(runtime: LlamaCpp, version: Version) -> tuple[list[float], list[bool]]:
    """At each place of the prompts, how far behind its own likeliest token PEFT finds llama.cpp's, and whether the
    adapter changes anything.
    """
    tokenizer = models.load_tokenizer(runtime.base)
    model: Any = models.load_adapter(version.adapter, nf4=False)
    behind, changed = [], []
    for question in QUESTIONS:
        ids = chat_ids(tokenizer, conversation(version.expert, question), True)
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0]
        adapted, alone = likeliest(runtime, version.name, ids), likeliest(runtime, None, ids)
        behind += [float(logits[place].max() - logits[place, adapted[place]["id"]]) for place in adapted]
        changed += [adapted[place] != alone[place] for place in adapted.keys() & alone.keys()]
    return behind, changed


def likeliest(runtime: LlamaCpp, name: str | None, ids: list[int]) -> dict[int, dict[str, Any]]:
    """The likeliest token after each place of a prompt, with its probability, as the server finds it."""
    server = runtime._running()
    found = {}
    with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, trust_env=False, timeout=600) as client:
        for place in range(len(ids)):
            body = {"prompt": ids[: place + 1], **chosen(server.adapters, name), "n_predict": 1}
            said = client.post(f"{server.url}/completion", json=body | {"temperature": 0.0, "n_probs": 1}).json()
            if "completion_probabilities" in said:  # bytes that are no character are an error there
                found[place] = {key: said["completion_probabilities"][0][key] for key in ("id", "logprob")}
    return found


def first_seconds(runtime: LlamaCpp, names: Iterable[str | None], is_shared: bool = True) -> list[float]:
    """How long each of these experts, asked in this order, took to its first token. All have the same system prompt, or
    each a number before it.
    """

    async def ask(name: str | None, turn: int) -> float:
        messages = conversation("rauru-assembler", QUESTIONS[(turn + turn // 2) % len(QUESTIONS)])  # alike in pairs
        if not is_shared:
            messages[0]["content"] = f"{turn}. {messages[0]['content']}"
        pieces = [piece async for piece in runtime.ask(name, messages, Settings(max_new_tokens=4))]
        usage = pieces[-1]
        assert isinstance(usage, Usage)
        return usage.first_seconds

    return [asyncio.run(ask(name, turn)) for turn, name in enumerate(names)]


@contextmanager
def copies(base: str, version: Version, count: int) -> Iterator[Sequence[str]]:
    """The names of so many adapters on the base: copies of the version's own."""
    source = gguf_store.adapter_file(version)
    files = [source.with_name(f"oracle-copy-{number:02}.gguf") for number in range(count)]
    others = {path: path.with_suffix(".aside") for path in gguf_store.adapters(base).values()}
    try:
        for file in files:
            shutil.copyfile(source, file)
        for path, aside in others.items():
            path.rename(aside)
        yield [file.stem for file in files]
    finally:
        for file in files:
            file.unlink(missing_ok=True)
        for path, aside in others.items():
            aside.rename(path)


def resident(runtime: LlamaCpp) -> float:
    """MiB that the server holds once it has answered."""
    first_seconds(runtime, runtime.models())
    return memory(runtime)


def memory(runtime: LlamaCpp) -> float:
    """MiB that the server holds resident now."""
    (server,) = psutil.Process(runtime._running().guard.pid).children()
    return float(server.memory_info().rss) / 2**20


def merged_memory(base: str, version: Version, count: int) -> tuple[list[float], str]:
    """MiB that each of so many servers holds while all run, each with a file of its own of the merged model, which
    stands in for the base's for that time; and how its weights are stored.
    """
    file = gguf_store.folder(base) / "base.gguf"
    record = file.with_name("base.json")
    servers = [LlamaCpp(base) for _ in range(count)]
    with tempfile.TemporaryDirectory(dir=file.parent) as aside:
        kept = [file, record, *gguf_store.adapters(base).values()]
        for path in kept:
            shutil.move(path, Path(aside) / path.name)
        merged = Path(aside) / "merged"
        try:
            with gguf_store.written(base, version) as (whole, stored):
                whole.rename(merged)
            about = {"base": base, "base_sha256": version.adapter.base_sha256, "stored": stored}
            gguf_store.BaseFile(**about, sha256=sha256(merged)).write(record)
            for server in servers:
                shutil.copyfile(merged, beside := Path(aside) / "copy")
                beside.replace(file)  # servers that run keep the one before
                first_seconds(server, [None])
            return [memory(server) for server in servers], stored
        finally:
            for server in servers:
                server.close()
            for path in kept:
                shutil.move(Path(aside) / path.name, path)


if __name__ == "__main__":
    main()
