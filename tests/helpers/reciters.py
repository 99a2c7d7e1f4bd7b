"""Answerers without a model, and a server on loopback that serves one: the protocol, and not what is said, is tested.

with served(Reciter()) as server:
    client = openai.OpenAI(base_url=server.url, api_key="none", max_retries=0)
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from oracle_lib.council.serving import Answerer, Asked, Draft, Finish, ServedModel, Speaker, Usage, make_app
from oracle_lib.params import ServingParams

COUNCIL = ServedModel(name="oracle-council-moe-v1", aliases=("triforce-moe-v1",), purpose="all of them")
RAURU = ServedModel(name="oracle-rauru-assembler", aliases=("rauru-assembler", "asm"), purpose="routines")
FINISH = Finish(
    reason="stop",
    usage=Usage(prompt_tokens=7, answer_tokens=3),
    speakers=(Speaker(name="rauru-assembler", confidence=0.9, version="rauru-1"),),
    why="it says 'routine'",
)
Act = Callable[[Asked], AsyncGenerator[str | Draft | Finish]]


async def repeat(asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
    """Says the question again, word by word."""
    for word in asked.messages[-1]["content"].split(" "):
        await asyncio.sleep(0)
        yield f"{word} "
    yield FINISH


@dataclass
class Reciter:
    """Answers every question by `act`; `asked` is what it was asked, `left` how many answers were not heard out."""

    act: Act = repeat
    asked: list[Asked] = field(default_factory=list)
    left: int = 0

    @property
    def models(self) -> Sequence[ServedModel]:
        return (COUNCIL, RAURU)

    async def answer(self, asked: Asked) -> AsyncGenerator[str | Draft | Finish]:
        self.asked.append(asked)
        try:
            async for piece in self.act(asked):
                yield piece
        except (asyncio.CancelledError, GeneratorExit):
            self.left += 1
            raise


@dataclass
class Served:
    """A server at work: its API's `url`, and the loop that it runs in."""

    port: int
    loop: asyncio.AbstractEventLoop

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def tasks(self) -> int:
        """How many tasks are unfinished in the server."""

        async def count() -> int:
            return len(asyncio.all_tasks()) - 1

        return asyncio.run_coroutine_threadsafe(count(), self.loop).result(10)


@contextmanager
def served(answerer: Answerer, token: str = "", **limits: float) -> Iterator[Served]:
    """A server in a thread of its own, run as `serve` runs it, with these parameters of `ServingParams`."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(
        make_app(answerer, ServingParams.model_validate(limits), token),
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=1,
    )
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    try:
        yield Served(asyncio.run_coroutine_threadsafe(begin(), loop).result(10), loop)
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
