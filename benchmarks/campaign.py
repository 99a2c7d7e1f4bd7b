"""How fast a campaign asks, how close it keeps to a server's limits, and what it takes of memory, on loopback servers.

    python -m benchmarks.campaign throughput --curator DIR/bin/python     4,000 requests, 200 ms each, 64 at a time
    python -m benchmarks.campaign limited                                 a server that allows so many a minute
    python -m benchmarks.campaign storm                                   a server that refuses nine in ten
    python -m benchmarks.campaign memory                                  50,000 requests

Peers get the same server in the same run: a bare aiohttp loop, and bespokelabs-curator (`curator_calls.py` says how to
install it). The server is a process of its own. No figure of them is known in advance, and none is left out: what
cannot be measured here is said.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any

CURATOR_CALLS = Path(__file__).with_name("curator_calls.py")
LATENCY, AT_ONCE = 0.2, 64
MIB = 2**20


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


def figures(url: str) -> dict[str, list[float]]:
    """When the server answered and when it refused, in seconds since it began."""
    with urllib.request.urlopen(f"{url}/figures") as answer:
        found: dict[str, list[float]] = json.load(answer)
    return found


def bare_loop(url: str, requests: int) -> float:
    """Seconds of a loop with nothing in it but the calls."""
    import aiohttp

    async def work() -> None:
        left = iter(range(requests))
        body = {"model": "benchmark", "messages": [{"role": "user", "content": "question"}]}

        async def caller(session: aiohttp.ClientSession) -> None:
            for _ in left:
                async with session.post(f"{url}/v1/chat/completions", json=body) as answer:
                    await answer.json()

        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(caller(session) for _ in range(AT_ONCE)))

    started = time.perf_counter()
    asyncio.run(work())
    return time.perf_counter() - started


def curator(python: Path, url: str, requests: int) -> float | str:
    """Seconds of bespokelabs-curator, or why there are none."""
    command = [str(python), str(CURATOR_CALLS), f"{url}/v1", str(requests), str(AT_ONCE)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        return f"{python} cannot be run: {error.strerror}"
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    told = json.loads(done.stdout.splitlines()[-1])
    if told["answered"] != requests:
        return f"it has {told['answered']} answers to {requests} requests"
    return float(told["seconds"])
