"""A teacher's server on loopback for benchmarks: OpenAI's chat protocol, an answer after a fixed time, and refusals
(429) of which it keeps count. It says one thing whatever it is asked.

`python -m benchmarks.teacher_server --latency 0.2` prints the port that it listens on; GET /figures tells when it
answered and refused, in seconds since the first request. It answers until its standard input ends.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import deque

from aiohttp import web

ANSWER = "```asm\nRoutine:\n    RTS\n```\nIt returns."
MINUTE = 60.0


class Server:
    def __init__(self, latency: float, per_minute: int, refused: float) -> None:
        self._latency, self._per_minute, self._refused = latency, per_minute, refused
        self._random = random.Random(1)
        self._began: float | None = None
        self._last_minute: deque[float] = deque()
        self._figures: dict[str, list[float]] = {"answered": [], "refused": []}

    async def chat(self, request: web.Request) -> web.Response:
        model = (await request.json())["model"]
        now = time.monotonic()
        began = self._began = self._began or now
        while self._last_minute and self._last_minute[0] < now - MINUTE:
            self._last_minute.popleft()
        too_many = self._per_minute and len(self._last_minute) >= self._per_minute
        if too_many or self._random.random() < self._refused:
            self._figures["refused"].append(round(now - began, 3))
            return web.json_response({"error": {"message": "rate limit", "type": "rate_limit_error"}}, status=429)
        if self._per_minute:
            self._last_minute.append(now)
        await asyncio.sleep(self._latency)
        self._figures["answered"].append(round(time.monotonic() - began, 3))
        message = {"role": "assistant", "content": ANSWER}
        return web.json_response(
            {
                "id": "chatcmpl-0",
                "object": "chat.completion",
                "created": 0,
                "model": model,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
            }
        )

    async def figures(self, _: web.Request) -> web.Response:
        return web.json_response(self._figures)


async def serve(server: Server) -> None:
    application = web.Application()
    application.router.add_post("/v1/chat/completions", server.chat)
    application.router.add_get("/figures", server.figures)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds that an answer takes")
    parser.add_argument("--per-minute", type=int, default=0, help="answers in any 60 seconds (0: no limit)")
    parser.add_argument("--refused", type=float, default=0.0, help="the share that is refused at random")
    asked = parser.parse_args()
    asyncio.run(serve(Server(asked.latency, asked.per_minute, asked.refused)))


if __name__ == "__main__":
    main()
