"""Tokens a second of our decoding beside transformers' `generate`: one model, the same prompts, greedy, in one process.

    python -m benchmarks.generation --base embedded --prompts 32 --new-tokens 128                    on a CPU
    python -m benchmarks.generation --base Qwen/Qwen2.5-Coder-1.5B-Instruct --adapter DIR --prompts 220 --new-tokens 384

Prompts are those of the assembly families, as the expert Rauru is asked. `generate` gets the model as it is trained, in
NF4 with its adapter, and reads `--rows` prompts of like length at a time; ours gets what `models.for_decoding` makes of
it and decides on its own. Tokens are those of the answers, without padding and what comes after an end. A few prompts
are answered first, untimed.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import Any

from oracle_lib import models
from oracle_lib.chat import chat_ids
from oracle_lib.decoding import decode
from oracle_lib.params import load_expert
from oracle_lib.tasks import families

PACKAGES = ["torch", "transformers", "peft", "bitsandbytes"]
GIB = 2**30


def main() -> None:
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="embedded", help="a reference, as in oracle_lib/bases.py")
    parser.add_argument("--adapter", type=Path, help="a PEFT folder that was trained on it")
    parser.add_argument("--prompts", type=int, default=220)
    parser.add_argument("--new-tokens", type=int, default=384, help="an answer's most tokens")
    parser.add_argument("--rows", type=int, default=256, help="prompts that `generate` answers at a time")
    parser.add_argument("--results", type=Path, metavar="FILE", help="appends the lines to it")
    arguments = parser.parse_args()

    tokenizer = models.load_tokenizer(arguments.base)
    model: Any = models.load_base(arguments.base)
    if arguments.adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, arguments.adapter).eval()
    prompts = make_prompts(tokenizer, arguments.prompts)
    card = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    about = {
        "base": arguments.base,
        "adapter": arguments.adapter.name if arguments.adapter else "",
        "prompts": arguments.prompts,
        "new_tokens": arguments.new_tokens,
        "gpu": card,
        "date": datetime.now(UTC).date().isoformat(),
        "versions": {package: version(package) for package in PACKAGES},
    }

    def plainly(prompts: Sequence[list[int]]) -> list[str]:
        return generate(model, tokenizer, prompts, arguments.new_tokens, arguments.rows)

    plain, plain_rate = measure("transformers", plainly, prompts, tokenizer, about, arguments.results)
    fast = models.for_decoding(model)

    def ours(prompts: Sequence[list[int]]) -> list[str]:
        return [text for (text,) in decode(fast, tokenizer, prompts, arguments.new_tokens)]

    found, rate = measure("ours", ours, prompts, tokenizer, about, arguments.results)
    equal = sum(one == other for one, other in zip(found, plain, strict=True)) / len(prompts)
    report({"figure": "ratio", "value": round(rate / plain_rate, 2), "equal_answers": round(equal, 3)})


def make_prompts(tokenizer: Any, number: int) -> list[list[int]]:
    """So many problems of the assembly families in turn, in the chat form of the tokenizer."""
    system = load_expert("rauru").system_prompt
    problems = (
        family.draw(random.Random(f"generation:{index}")) for index in count() for family in families(("asm",)).values()
    )
    return [
        chat_ids(
            tokenizer,
            [{"role": "system", "content": system}, {"role": "user", "content": problem.instructions[0]}],
            add_generation_prompt=True,
        )
        for problem in islice(problems, number)
    ]


def generate(model: Any, tokenizer: Any, prompts: Sequence[list[int]], new_tokens: int, rows: int) -> list[str]:
    """The answers of transformers' own loop, in batches of like length that are padded on the left."""
    import torch

    texts = [""] * len(prompts)
    order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
    for start in range(0, len(order), rows):
        batch = order[start : start + rows]
        longest = len(prompts[batch[-1]])
        ids = torch.full((len(batch), longest), tokenizer.pad_token_id)
        for row, index in enumerate(batch):
            ids[row, longest - len(prompts[index]) :] = torch.tensor(prompts[index])
        with torch.no_grad():
            written = model.generate(
                input_ids=ids.to(model.device),
                attention_mask=(ids != tokenizer.pad_token_id).long().to(model.device),
                max_new_tokens=new_tokens,
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                pad_token_id=tokenizer.pad_token_id,
            )[:, longest:]
        for index, text in zip(batch, tokenizer.batch_decode(written, skip_special_tokens=True), strict=True):
            texts[index] = text
    return texts


def measure(
    stage: str,
    answer: Callable[[Sequence[list[int]]], list[str]],
    prompts: Sequence[list[int]],
    tokenizer: Any,
    about: dict[str, Any],
    results: Path | None,
) -> tuple[list[str], float]:
    """The answers and their tokens a second, which it prints as a line."""
    import torch

    answer(prompts[:8])
    if torch.cuda.is_available():
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    started = time.perf_counter()
    texts = answer(prompts)
    seconds = time.perf_counter() - started
    tokens = sum(len(tokenizer(text)["input_ids"]) + 1 for text in texts)
    figures = {"tokens_per_second": round(tokens / seconds), "tokens": tokens, "seconds": round(seconds, 2)}
    if torch.cuda.is_available():
        figures["peak_allocated"] = round(torch.cuda.max_memory_allocated() / GIB, 2)
    line = report({"stage": stage, **figures, **about})
    if results:
        with results.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return texts, tokens / seconds


def report(figures: dict[str, Any]) -> str:
    line = json.dumps({"benchmark": "generation", **figures})
    print(line, flush=True)
    return line


if __name__ == "__main__":
    main()
