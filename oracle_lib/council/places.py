"""The places where experts answer, opened when they are first needed: runtimes, and endpoints of OpenAI's protocol.
Asks nobody.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from oracle_lib import OracleError
from oracle_lib.council.endpoint import Endpoint
from oracle_lib.params import CouncilParams, load_expert
from oracle_lib.processor import say_how_long
from oracle_lib.runtimes import RUNTIMES, Runtime, open_runtime

IN_PROCESS = "in-process"


class Places:
    """Those that params/council.yaml names. What was opened stays open until `close`.

    Raises `OracleError` where the file names a place that is none.
    """

    def __init__(self, params: CouncilParams) -> None:
        self._params = params
        self._of_one = {load_expert(name).name: place for name, place in params.runtimes.items()}
        for place in (params.runtime, *params.runtimes.values()):
            if place not in RUNTIMES and place not in params.endpoints:
                known = ", ".join((*RUNTIMES, *params.endpoints))
                raise OracleError(f"params/council.yaml: nobody answers at {place!r}; known are {known}")
        self._runtimes: dict[tuple[str, str], Runtime] = {}
        self._opening = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turns = asyncio.Condition()
        self._here, self._users = "", 0

    def of(self, expert: str) -> str:
        """The name of the place where an expert answers."""
        return self._of_one.get(expert, self._params.runtime)

    def opened(self, place: str, base: str) -> Endpoint | Runtime:
        """The place, ready to be asked for experts on a base."""
        if endpoint := self._params.endpoints.get(place):
            return Endpoint(place, endpoint)
        with self._opening:  # experts on one base come at once, and it is loaded once
            key = (place, base)
            if key not in self._runtimes:
                if place == IN_PROCESS:  # on stderr: the answer's own place may be stdout
                    tokens = self._params.max_new_tokens
                    say_how_long(base, f"an answer of {tokens} tokens", steps=tokens, file=sys.stderr)
                self._runtimes[key] = open_runtime(*key)
            return self._runtimes[key]

    @asynccontextmanager
    async def turn(self, place: str, base: str) -> AsyncIterator[None]:
        """While an expert is asked in this process, no other base than its own is there: memory holds one."""
        if place != IN_PROCESS:
            yield
            return
        if self._loop is not asyncio.get_running_loop():
            self._loop, self._turns, self._users = asyncio.get_running_loop(), asyncio.Condition(), 0
        async with self._turns:
            await self._turns.wait_for(lambda: not self._users or self._here == base)
            self._users += 1
            if self._here != base:
                if old := self._runtimes.pop((IN_PROCESS, self._here), None):
                    old.close()
                self._here = base
        try:
            yield
        finally:
            async with self._turns:
                self._users -= 1
                self._turns.notify_all()

    def close(self) -> None:
        """Gives back the memory, processes and connections of all. They may be opened again afterwards."""
        for runtime in self._runtimes.values():
            runtime.close()
        self._runtimes.clear()
        self._here = ""
