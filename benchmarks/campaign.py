"""How fast a teacher is asked, how close to a server's limits, and what that takes of memory, on servers on loopback.

    python -m benchmarks.campaign throughput --curator DIR/bin/python     4,000 requests, 200 ms each, 64 at a time
    python -m benchmarks.campaign limited                                 a server that allows so many a minute
    python -m benchmarks.campaign storm                                   a server that refuses nine in ten
    python -m benchmarks.campaign memory                                  50,000 requests

Each request goes through the teacher `openai` and its limiter, as in a campaign. The peers of the throughput get the
same server in the same run: a bare aiohttp loop, and bespokelabs-curator (`curator_calls.py` says how to install it).
The server is a process of its own (`teacher_server.py`).
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

CURATOR_CALLS = Path(__file__).with_name("curator_calls.py")
LATENCY, AT_ONCE = 0.2, 64
MINUTE, MIB = 60.0, 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["throughput", "limited", "storm", "memory"])
    parser.add_argument("--requests", type=int, default=4000, help="of the throughput")
    parser.add_argument("--curator", type=Path, metavar="PYTHON", help="a Python that has bespokelabs-curator")
    parser.add_argument("--per-minute", type=int, default=1200, help="what the limited server allows")
    parser.add_argument("--minutes", type=float, default=3.0, help="of the limited server and of the storm")
    parser.add_argument("--results", type=Path, metavar="FILE", help="appends the lines to it")
    asked = parser.parse_args()
    report = Report(asked.results)
    if asked.what == "throughput":
        throughput(asked.requests, asked.curator, report)
    elif asked.what == "limited":
        limited(asked.per_minute, asked.minutes, report)
    elif asked.what == "storm":
        storm(asked.minutes, report)
    else:
        memory(report)


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


def throughput(requests: int, curator: Path | None, report: Report) -> None:
    """The rate of each as a part of the ideal: as many as are asked at a time, divided by the latency."""
    ideal = AT_ONCE / LATENCY
    about = {"requests": requests, "at_once": AT_ONCE, "latency": LATENCY}
    rates = {}
    with served(f"--latency={LATENCY}") as url:
        rates["ours"] = requests / ours(url, requests, concurrency=AT_ONCE)
        rates["aiohttp"] = requests / bare_loop(url, requests)
        if curator:
            rates["bespokelabs-curator 0.1.31"] = requests / with_curator(curator, url, requests)
    for name, rate in rates.items():
        report(f"throughput, {name}", round(100 * rate / ideal, 1), "% of ideal", per_second=round(rate, 1), **about)
    for name in [*rates][1:]:
        report(f"throughput, ours / {name}", round(rates["ours"] / rates[name], 3), "ratio")
    if not curator:
        report("throughput, bespokelabs-curator", None, "not measured: --curator names no Python that has it")


def limited(per_minute: int, minutes: float, report: Report) -> None:
    """After a minute of warm-up: what the server answers of what it allows, and what it refuses of what it is asked.

    Once the limiter knows the limit from its params, and once it has to find it.
    """
    for known in (True, False):
        with served("--latency=0.2", f"--per-minute={per_minute}") as url:
            ours(url, None, seconds=60 * minutes, concurrency=AT_ONCE, requests_per_minute=per_minute if known else None)
            answered, refused = (warm(times) for times in figures(url).values())
        told = "told" if known else "not told"
        of = {"per_minute": per_minute, "minutes": minutes}
        sustained = len(answered) / ((minutes - 1) * per_minute)
        report(f"limited server, sustained, limit {told}", round(100 * sustained, 1), "% of its limit", **of)
        share = len(refused) / max(1, len(refused) + len(answered))
        report(f"limited server, refused, limit {told}", round(100 * share, 2), "% of the requests", **of)


def warm(times: list[float]) -> list[float]:
    return [moment for moment in times if moment >= times[0] + MINUTE]


def storm(minutes: float, report: Report) -> None:
    """The longest time between two answers of a server that refuses nine requests in ten at random."""
    with served("--latency=0.2", "--refused=0.9") as url:
        ours(url, None, seconds=60 * minutes, concurrency=AT_ONCE)
        answered, refused = figures(url).values()
    longest = max(after - before for before, after in pairwise([0.0, *answered, 60 * minutes]))
    counts = {"answered": len(answered), "refused": len(refused), "minutes": minutes}
    report("storm of 90 % 429, longest time without an answer", round(longest, 1), "s", **counts)


def memory(report: Report) -> None:
    """What the process holds after 50,000 requests, over what it holds after 10,000."""
    held: dict[int, float] = {}

    def note(done: int) -> None:
        if done in (10_000, 50_000):
            held[done] = resident()

    with served("--latency=0.01") as url:
        ours(url, 50_000, concurrency=AT_ONCE, told=note)
    report("memory, growth from 10,000 to 50,000 requests", round(held[50_000] - held[10_000], 1), "MiB")
    report("memory after 50,000 requests", round(held[50_000], 1), "MiB")
