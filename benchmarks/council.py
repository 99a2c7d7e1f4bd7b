"""What does the council add to the time that models, assembler and compiler take? Questions to experts behind a server
on loopback that answers at once, so what is left is the council's own: routing, looking up, hearing, joining.

    python -m benchmarks.council [--questions 40] [--base embedded]
    python -m benchmarks.council facts --url URL --model NAME, or --base FOLDER  (see benchmarks/facts.py)

Beside it stands the bare client asking the same server the same, as many requests a question. With `--base`, that base
also answers two prompts in this process, one after the other and side by side: time to the first piece, and tokens a
second.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence

import openai
from aiohttp import web

from benchmarks import facts
from oracle_lib.chat import Conversation
from oracle_lib.council import Council
from oracle_lib.params import EndpointParams, load_council
from oracle_lib.runtimes import Settings, Usage, open_runtime

_CODE = "Here it is:\n\n```asm\nLDA.l $7E0010\nINC A\nSTA.l $7E0010\nRTS\n```\n\nIt counts at $7E0010."
_QUESTIONS = (
    "Write a routine that increments $7E0010",
    "Write a routine that checks if Link has the Master Sword",
    "My ROM hack crashes when entering room $45 in dungeon 3",
    "Create a new boss enemy with custom sprite graphics and AI routine",
    "What is the weather in Lisbon?",
)


async def _chat(request: web.Request) -> web.StreamResponse:
    model = (await request.json())["model"]
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for at in range(0, len(_CODE), 8):
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model}
        chunk["choices"] = [{"index": 0, "delta": {"content": _CODE[at : at + 8]}}]
        await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
    await response.write(b"data: [DONE]\n\n")
    await response.write_eof()
    return response


async def _measure(questions: Sequence[str]) -> None:
    app = web.Application()
    app.router.add_post("/v1/chat/completions", _chat)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    os.environ["ORACLE_BENCHMARK_URL"] = url
    endpoint = EndpointParams(url_variable="ORACLE_BENCHMARK_URL", key_variable="ORACLE_BENCHMARK_KEY", base="base")
    params = load_council().model_copy(update={"runtime": "loopback", "endpoints": {"loopback": endpoint}})
    council = Council(params=params)
    totals, overheads, bare = list[float](), list[float](), list[float]()
    for number, question in enumerate(("Warm up the routine", *questions)):
        started = time.perf_counter()
        *_, answer = [piece async for piece in council.stream(question)]
        total = time.perf_counter() - started
        sections = answer.sections  # type: ignore[union-attr]
        outside = max(sum(section.seconds.values()) - section.seconds["load"] for section in sections)
        started = time.perf_counter()
        await asyncio.gather(*(_bare(url) for _ in sections))
        if number:
            bare.append(time.perf_counter() - started)
            totals.append(total)
            overheads.append(total - outside)
    await runner.cleanup()
    for name, values in (
        ("council_overhead_ms", overheads),
        ("council_total_ms", totals),
        ("bare_client_total_ms", bare),
    ):
        ordered = sorted(values)
        print(
            json.dumps(
                {
                    "metric": name,
                    "questions": len(values),
                    "median": round(1000 * statistics.median(values), 2),
                    "p95": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 2),
                }
            )
        )


async def _measure_batch(base: str, rounds: int = 5) -> None:
    """Two questions alone and side by side: how long the batch takes against the longer of them alone, how long until a
    first piece can be read, and tokens a second; medians over some rounds.
    """
    runtime = open_runtime("in-process", base)
    settings = Settings(max_new_tokens=128, temperature=0.2, seed=1)

    async def answer(question: str) -> Usage:
        messages: Conversation = [{"role": "user", "content": question}]
        *_, usage = [piece async for piece in runtime.ask(None, messages, settings)]
        assert isinstance(usage, Usage)
        return usage

    alone, together = list[list[Usage]](), list[list[Usage]]()
    for _ in range(rounds + 1):  # the first warms up
        alone.append([await answer(question) for question in _QUESTIONS[:2]])
        together.append(await asyncio.gather(*(answer(question) for question in _QUESTIONS[:2])))
    runtime.close()
    one, two = (statistics.median(_longest(usages) for usages in asked[1:]) for asked in (alone, together))
    found = {"metric": "two_in_a_batch", "base": base, "of_one": round(two / one, 2), "rounds": rounds}
    tokens = sum(usage.answer_tokens for usage in together[-1])
    print(json.dumps(found | {"one_s": round(one, 2), "two_s": round(two, 2), "tokens_of_two": tokens}))
    apart = [[usage] for usages in alone[1:] for usage in usages]
    for name, asked in (("one_expert", apart), ("two_experts_side_by_side", together[1:])):
        first = statistics.median(usage.first_seconds for usages in asked for usage in usages)
        rate = statistics.median(sum(usage.answer_tokens for usage in usages) / _longest(usages) for usages in asked)
        figures = {"first_ms": round(1000 * first), "tokens_per_second": round(rate), "rounds": rounds}
        print(json.dumps({"metric": name, "base": base} | figures))


def _longest(usages: Sequence[Usage]) -> float:
    return max(usage.seconds for usage in usages)


async def _bare(url: str) -> None:
    async with openai.AsyncOpenAI(base_url=url, api_key="none") as client:
        stream = await client.chat.completions.create(
            model="base", messages=[{"role": "user", "content": "hello"}], stream=True
        )
        async for _ in stream:
            pass


def main() -> None:
    if sys.argv[1:2] == ["facts"]:
        facts.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--base", default="", help="a base that answers in this process, such as embedded")
    arguments = parser.parse_args()
    count = arguments.questions
    with tempfile.TemporaryDirectory() as outputs:
        os.environ.setdefault("ORACLE_OUTPUTS", outputs)
        asyncio.run(_measure([_QUESTIONS[number % len(_QUESTIONS)] for number in range(count)]))
        if arguments.base:
            asyncio.run(_measure_batch(arguments.base))


if __name__ == "__main__":
    main()
