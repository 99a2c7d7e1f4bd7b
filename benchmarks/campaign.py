"""How fast a campaign asks, how close to a server's limits, and what that takes of memory, on servers on loopback.

    python -m benchmarks.campaign throughput --curator DIR/bin/python     4,000 requests, 200 ms each, 64 at a time
    python -m benchmarks.campaign limited                                 a server that allows so many a minute
    python -m benchmarks.campaign storm                                   a server that refuses nine in ten
    python -m benchmarks.campaign memory                                  50,000 requests, judged

Ours is what a campaign asks through: `Asker` with its limiter, its journal on the disk, and the teacher `openai`.
Answers are judged for the memory alone, as the peers do not judge. Those are a bare aiohttp loop, which keeps nothing,
and bespokelabs-curator (`curator_calls.py` says how to install it). All take turns at the same server, which is a
process of its own (`teacher_server.py`), and the best round of each counts: a machine may have other things to do.
"""

import argparse
import asyncio
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count, pairwise
from pathlib import Path

import aiohttp
import psutil
from pydantic import JsonValue

from oracle_lib.generate.allowance import Allowance
from oracle_lib.generate.asking import Asker
from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.judging import Judge
from oracle_lib.generate.requests import Draft, Request
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.openai import OpenAI
from oracle_lib.params import Generation, Limits, load_teachers
from oracle_lib.sample import Domain, Source, Task
from oracle_lib.verify import AsmCase, AsmContract

CURATOR_CALLS = Path(__file__).with_name("curator_calls.py")
LATENCY, AT_ONCE = 0.2, 64
MINUTE, MIB = 60.0, 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["throughput", "limited", "storm", "memory"])
    parser.add_argument("--requests", type=int, default=4000, help="of a round of the throughput")
    parser.add_argument("--rounds", type=int, default=3, help="of the throughput")
    parser.add_argument("--curator", type=Path, metavar="PYTHON", help="a Python that has bespokelabs-curator")
    parser.add_argument("--per-minute", type=int, default=1200, help="what the limited server allows")
    parser.add_argument("--minutes", type=float, default=3.0, help="of the limited server and of the storm")
    parser.add_argument("--results", type=Path, metavar="FILE", help="appends the lines to it")
    asked = parser.parse_args()
    report = Report(asked.results)
    if asked.what == "throughput":
        throughput(asked.requests, asked.rounds, asked.curator, report)
    elif asked.what == "limited":
        limited(asked.per_minute, asked.minutes, report)
    elif asked.what == "storm":
        storm(asked.minutes, report)
    else:
        memory(report)


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of a processor."""

    seconds: float
    processor: float


@dataclass(frozen=True)
class Report:
    """One JSON line a figure, on the terminal and at the end of a file."""

    file: Path | None

    def __call__(self, figure: str, value: float | None, unit: str, **more: object) -> None:
        stamp = {"date": datetime.now(UTC).date().isoformat(), "processors": os.cpu_count()}
        line = json.dumps({"benchmark": "campaign", "figure": figure, "value": value, "unit": unit, **more, **stamp})
        print(line, flush=True)
        if self.file:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def throughput(requests: int, rounds: int, curator: Path | None, report: Report) -> None:
    """The rate of each as a part of the ideal, which is as many as are asked at a time, divided by the latency; and the
    processor time that a request takes, which other work on the machine changes less.
    """
    ideal = AT_ONCE / LATENCY
    about = {"requests": requests, "at_once": AT_ONCE, "latency": LATENCY}
    asking: dict[str, Callable[[str, int], Spent]] = {
        "ours": ours,
        "ours without a client": partial(ours, kind=Sleeper),
        "aiohttp": bare_loop,
    }
    if curator:
        asking["bespokelabs-curator 0.1.31"] = partial(with_curator, curator)
    spent: dict[str, list[Spent]] = {name: [] for name in asking}
    with served(f"--latency={LATENCY}") as url:
        for _ in range(rounds):
            for name, ask in asking.items():
                spent[name].append(ask(url, requests))
    best = {name: requests / min(one.seconds for one in took) for name, took in spent.items()}
    for name, took in spent.items():
        rates = [round(requests / one.seconds, 1) for one in took]
        report(f"throughput, {name}", round(100 * best[name] / ideal, 1), "% of ideal", per_second=rates, **about)
        processor = min(one.processor for one in took) / requests
        report(f"processor time a request, {name}", round(1000 * processor, 2), "ms")
    for name in [*best][1:]:
        report(f"throughput, ours / {name}", round(best["ours"] / best[name], 3), "ratio")
    if not curator:
        report("throughput, bespokelabs-curator", None, "not measured: --curator names no Python that has it")


def limited(per_minute: int, minutes: float, report: Report) -> None:
    """After a minute of warm-up: what the server answers of what it allows, and what it refuses of what it is asked.

    Once the limiter knows the limit from its params, and once it has to find it.
    """
    for known in (True, False):
        with served("--latency=0.2", f"--per-minute={per_minute}") as url:
            ours(url, seconds=MINUTE * minutes, per_minute=per_minute if known else None)
            answered, refused = ([moment for moment in times if moment >= MINUTE] for times in figures(url))
        told = "told" if known else "not told"
        of = {"per_minute": per_minute, "minutes": minutes}
        sustained = len(answered) / ((minutes - 1) * per_minute)
        report(f"limited server, sustained, limit {told}", round(100 * sustained, 1), "% of its limit", **of)
        share = len(refused) / max(1, len(refused) + len(answered))
        report(f"limited server, refused, limit {told}", round(100 * share, 2), "% of the requests", **of)


def storm(minutes: float, report: Report) -> None:
    """The longest time between two answers of a server that refuses nine requests in ten at random."""
    with served("--latency=0.2", "--refused=0.9") as url:
        ours(url, seconds=MINUTE * minutes)
        answered, refused = figures(url)
    longest = max(after - before for before, after in pairwise([*answered, MINUTE * minutes]))
    counts = {"answered": len(answered), "refused": len(refused), "minutes": minutes}
    report("storm of 90 % 429, longest time without an answer", round(longest, 1), "s", **counts)


def memory(report: Report) -> None:
    """What the process and those that it has started hold after 50,000 requests whose answers are run on the console,
    over what they hold after 10,000."""
    held: dict[int, float] = {}

    def note(done: int) -> None:
        if done % 10_000 == 0:
            held[done] = resident()

    with served("--latency=0.01") as url:
        ours(url, requests=50_000, told=note, question=Exercise)
    mib = {str(done): round(size, 1) for done, size in held.items()}
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB, 1)
    growth = held[50_000] - held[10_000]
    report("memory, growth from 10,000 to 50,000 judged", round(growth, 1), "MiB", resident=mib, peak_of_ours=peak)


def resident() -> float:
    """What this process and those that it has started hold, but for the server, in MiB."""
    ours = psutil.Process()
    others = [child for child in ours.children(recursive=True) if "benchmarks.teacher_server" not in child.cmdline()]
    held: int = sum(one.memory_info().rss for one in (ours, *others))
    return held / MIB


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of a teacher's server with those options, as long as the block runs."""
    command = [sys.executable, "-m", "benchmarks.teacher_server", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stdin
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.stdin.close()


def figures(url: str) -> tuple[list[float], list[float]]:
    """When the server answered and when it refused, in seconds since it began."""
    with urllib.request.urlopen(f"{url}/figures") as answer:
        found = json.load(answer)
    return found["answered"], found["refused"]


def ours(
    url: str,
    requests: int | None = None,
    seconds: float | None = None,
    per_minute: int | None = None,
    told: Callable[[int], None] = lambda done: None,
    kind: type[OpenAI] = OpenAI,
    question: "type[Question] | None" = None,
) -> Spent:
    """So many requests, or as many as there is time for. `told` hears how many are done. Answers to a `question` of
    another kind are judged."""
    os.environ["OPENAI_BASE_URL"] = f"{url}/v1"
    limits = Limits(concurrency=AT_ONCE, requests_per_minute=per_minute)
    teacher = kind(load_teachers().openai.model_copy(update={"limits": limits}))
    numbers = count() if requests is None else iter(range(requests))
    done = count(1)

    async def work() -> None:
        async def caller() -> None:
            for number in numbers:
                request = (question or Question)(number)
                reply = await asker.reply(request)
                if question:
                    await judge.judge(request, asker.key(request), teacher, reply)
                told(next(done))

        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            async with CampaignJournal(Path(folder) / "campaign.sqlite") as journal:
                generation = Generation(when_down="wait")
                asker = Asker(teacher, journal, generation, pool, Allowance(generation, journal))
                judge = Judge(journal, pool)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await asyncio.gather(*(caller() for _ in range(teacher.manner.at_once)))
                await teacher.close()

    return run(work)


def run(work: Callable[[], Coroutine[None, None, None]]) -> Spent:
    started, processor = time.perf_counter(), time.process_time()
    asyncio.run(work())
    return Spent(time.perf_counter() - started, time.process_time() - processor)


class Sleeper(OpenAI):
    """Takes as long as the server does and asks nobody: what is left is what the campaign itself takes."""

    async def _ask(self, request: Request) -> Reply:
        await asyncio.sleep(LATENCY)
        return Reply("an answer", {"input": 100, "output": 20})


@dataclass(frozen=True)
class Question:
    """A request that means nothing."""

    index: int
    seed: int = 0
    phrasing: int = 0
    subject: str = "benchmark"
    domain: Domain = Domain.TEXT
    task: Task = Task.EXPLAIN
    system: str = "You answer questions."
    schema: dict[str, JsonValue] | None = None

    @property
    def source(self) -> Source:
        return Source(corpus="benchmark", path="benchmark", licence="MIT")

    @property
    def group(self) -> str:
        return f"benchmark:{self.index}"

    @property
    def prompt(self) -> str:
        return f"question {self.index}"

    def again(self, turn: int, fresh_cases: int) -> "Question":
        return replace(self, seed=self.seed + turn)

    def draft(self, output: str) -> Draft:
        return Draft(self.prompt, "", output, None)


@dataclass(frozen=True)
class Exercise(Question):
    """A request whose answer is run: what lies in one place must stay as it is, another value in each."""

    domain: Domain = Domain.ASM
    task: Task = Task.WRITE

    def draft(self, output: str) -> Draft:
        there = {0x7E0300: self.index.to_bytes(3, "little")}
        case = AsmCase(memory=there, expect_memory=there)
        return Draft(self.prompt, "", output, AsmContract(entry="Routine", returns="rts", cases=(case,)))


def bare_loop(url: str, requests: int) -> Spent:
    """A loop with nothing in it but the calls."""
    body = {"model": "benchmark", "messages": [{"role": "user", "content": "question"}]}
    left = iter(range(requests))

    async def caller(session: aiohttp.ClientSession) -> None:
        for _ in left:
            async with session.post(f"{url}/v1/chat/completions", json=body) as answer:
                await answer.json()

    async def work() -> None:
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(caller(session) for _ in range(AT_ONCE)))

    return run(work)


def with_curator(python: Path, url: str, requests: int) -> Spent:
    """bespokelabs-curator. Raises `SystemExit` where it cannot be measured, and says why."""
    command = [str(python), str(CURATOR_CALLS), f"{url}/v1", str(requests), str(AT_ONCE)]
    done = subprocess.run(command, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {"answered": 0}
    if told["answered"] != requests:
        raise SystemExit(f"curator answered {told['answered']} of {requests} requests: {done.stderr[-500:]}")
    return Spent(told["seconds"], told["processor"])


if __name__ == "__main__":
    main()
