"""How a campaign asks a teacher no faster than its server can bear, and what is asked again: one `Limiter` a teacher.

It knows no protocol and keeps no answer.

    limiter = Limiter(teacher.limits)
    reply = await limiter.ask(teacher, request)

waits for its turn, asks, and asks again as long as the server is to blame. What it raises is for the campaign:
`Spoiled` counts against the request, `Down` says that the server has been silent for too long, `Refused` that nothing
will come.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import AsyncTeacher, Reply
from oracle_lib.generate.teachers.faults import Busy, Down, Fault, Flaw, Spoiled, Timeout
from oracle_lib.params import Limits

_PACE = 0.95
"""The part of the allowed requests and tokens a minute that is used, so that what the network delays and bunches still
fits into the server's minute."""
_PAUSE, _PAUSE_GROWTH, _LONGEST_PAUSE = 0.2, 1.015, 30.0
"""Seconds after a 429 that names none, times the growth for each one since the last answer. Even where nine in ten are
refused at random, so many are asked in a minute that one is answered."""
_FAILURES, _LONGEST_BREAK = 5, 15.0
"""After so many failures without an answer the breaker opens; it lets one request through every so many seconds, at
most."""
_STRIKES = 3
"""So often may a request fail alone, while others are answered."""


@dataclass(frozen=True)
class Clock:
    """What time it is, in seconds, and how to wait for a later one."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Limiter:
    """The pace of one teacher, for all who ask it in one event loop.

    `outcomes` counts how the requests ended that were sent: "answered", "spoiled", "busy", "down", "timeout".
    """

    def __init__(self, limits: Limits, clock: Clock = Clock()) -> None:  # noqa: B008 (it holds no state)
        self.outcomes: Counter[str] = Counter()
        self._limits, self._clock = limits, clock
        self._requests = _Budget(limits.requests_per_minute, clock.now())
        self._tokens = _Budget(limits.tokens_per_minute, clock.now())
        self._slots = float(limits.concurrency)
        self._in_flight = self._asking = 0
        self._turn, self._left = asyncio.Lock(), asyncio.Event()
        self._closed_until = self._slowed_at = self._broken_at = clock.now()
        self._refusals = self._failures = 0
        self._silent_since: float | None = None
        self._characters_per_token = 3.0

    @property
    def trouble(self) -> str | None:
        """Why nothing is sent now and for how many seconds more, in one clause; None where all is well."""
        raise NotImplementedError

    async def ask(self, teacher: AsyncTeacher, request: Request) -> Reply:
        """The teacher's answer. Raises `Spoiled`, `Refused`, and `Down` after `Limits.patience` without an answer."""
        raise NotImplementedError
