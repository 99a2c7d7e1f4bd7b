"""One base with many adapters in llama.cpp: does each expert say what it says in PEFT, what does it cost to switch, and
how much memory is it beside merged models?

    python -m benchmarks.runtimes oracle-rauru-assembler-embedded-20261129 oracle-yaze-expert-embedded-20261129

The versions named share a base. "top-1" is the share of places where both find the same next token, PEFT in float32 on
the unquantised base and llama.cpp with the weights as its GGUF holds them. "switch" is how much longer the first token
takes when the expert before was another, at the median; the peer is the same questions to one expert. "memory" is what
`llama-server` holds resident with twelve adapters; the peer is the same with one merged model, times twelve.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", nargs="+", help="registered versions on one base")
    parser.add_argument("--experts", type=int, default=12, help="adapters on the one base")
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
            agreed, places = top_one(runtime, version)
            say("top-1", agreed / places, "share", base=base, version=version.name, places=places, stored=stored)
        with copies(base, versions[0], asked.experts) as names:
            same = first_seconds(runtime, [names[0]] * asked.turns)
            turns = first_seconds(runtime, [names[turn % len(names)] for turn in range(asked.turns)])
            say("switch", 1000 * (statistics.median(turns) - statistics.median(same)), "ms", base=base, stored=stored)
            say("first token, one expert", 1000 * statistics.median(same), "ms", base=base, stored=stored)
            adapters = resident(runtime)
            say("memory, one base and adapters", adapters, "MiB", base=base, experts=len(names), stored=stored)
        runtime.close()
        merged = asked.experts * merged_memory(runtime, versions[0])
        say("memory, merged models", merged, "MiB", base=base, experts=asked.experts, stored=stored)
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


def top_one(runtime: LlamaCpp, version: Version) -> tuple[int, int]:
    """At how many places of the prompts both find the same next token, and how many there are."""
    tokenizer = models.load_tokenizer(runtime.base)
    model: Any = models.load_adapter(version.adapter, nf4=False)
    server = runtime._running()
    agreed = places = 0
    with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, trust_env=False, timeout=600) as client:
        for question in QUESTIONS:
            ids = chat_ids(tokenizer, conversation(version.expert, question), True)
            with torch.no_grad():
                likeliest = model(torch.tensor([ids])).logits[0].argmax(-1).tolist()
            for end in range(1, len(ids) + 1):
                body = {"prompt": ids[:end], "lora": chosen(server.adapters, version.name), "n_predict": 1}
                body |= {"temperature": 0.0, "n_probs": 1}
                said = client.post(f"{server.url}/completion", json=body).json()
                if "completion_probabilities" in said:  # bytes that are no character are an error there
                    found = said["completion_probabilities"][0]["id"]
                    agreed, places = agreed + (found == likeliest[end - 1]), places + 1
    return agreed, places


def first_seconds(runtime: LlamaCpp, names: Iterable[str]) -> list[float]:
    """How long each of these experts, asked in this order, took to its first token; the first question warms up."""

    async def ask(name: str, turn: int) -> float:
        messages = conversation("rauru-assembler", QUESTIONS[turn % len(QUESTIONS)])
        pieces = [piece async for piece in runtime.ask(name, messages, Settings(max_new_tokens=4))]
        usage = pieces[-1]
        assert isinstance(usage, Usage)
        return usage.first_seconds

    return [asyncio.run(ask(name, turn)) for turn, name in enumerate(names)][1:]


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
    (server,) = psutil.Process(runtime._running().guard.pid).children()
    return float(server.memory_info().rss) / 2**20


def merged_memory(runtime: LlamaCpp, version: Version) -> float:
    """MiB that a server with the merged model alone holds, which stands in for the base for that time."""
    file = gguf_store.folder(runtime.base) / "base.gguf"
    record = file.with_name("base.json")
    adapters = gguf_store.adapters(runtime.base).values()
    with tempfile.TemporaryDirectory(dir=file.parent) as aside:
        kept = [file, record, *adapters]
        for path in kept:
            shutil.move(path, Path(aside) / path.name)
        try:
            with gguf_store.written(runtime.base, version) as (whole, stored):
                whole.rename(file)
            gguf_store.BaseFile(
                base=runtime.base,
                base_sha256=version.adapter.base_sha256,
                stored=stored,
                sha256=sha256(file),
            ).write(record)

            async def ask() -> None:
                messages = conversation(version.expert, QUESTIONS[0])
                async for _ in runtime.ask(None, messages, Settings(max_new_tokens=4)):
                    pass

            asyncio.run(ask())
            (server,) = psutil.Process(runtime._running().guard.pid).children()
            return float(server.memory_info().rss) / 2**20
        finally:
            runtime.close()
            for path in kept:
                shutil.move(Path(aside) / path.name, path)


if __name__ == "__main__":
    main()
