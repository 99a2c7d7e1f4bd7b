"""How a campaign asks a teacher no faster than its server can bear, and what is asked again: one `Limiter` a teacher.

    limiter = Limiter(teacher.limits)
    reply = await limiter.ask(teacher, request)

It waits for its turn, asks, and asks again as long as the server is to blame: a storm delays and never drops. What it
raises is for the campaign: `Spoiled` counts against the request, `Down` says that the server gave no answer for too
long, `Refused` that nothing will come. It knows no protocol and keeps no answer.
"""

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import AsyncTeacher, Reply
from oracle_lib.generate.teachers.faults import Busy, Down, Flaw, Spoiled, Timeout
from oracle_lib.generate.teachers.found_limit import FoundLimit
from oracle_lib.params import Limits

_PACE = 0.95
"""The part of the allowed requests and tokens a minute that is used, so that what the network bunches still fits into
the server's minute."""
_FLOOR = 1 / 4
"""The part of a teacher's slots that refusals leave, and one at least."""
_PAUSE, _PAUSE_GROWTH, _LONGEST_PAUSE = 0.2, 1.015, 30.0
"""Seconds after a refusal that names none, grown by each since the last answer. It grows so slowly because a minute
must hold over a hundred tries for one to be answered where nine in ten are refused at random."""
_BREAKS_AFTER, _LONGEST_BREAK = 5, 15.0
"""After so many failures without an answer the breaker is open: then one request at a time looks whether the server is
back, after 1, 2, 4... seconds, at most so many."""
_STRIKES, _HEALTHY = 3, 0.9
"""A request that fails so often, each time while that part of the others is answered, is itself to blame."""
_DOUBT, _DOUBT_OF_ONE = 600.0, 60.0
"""Seconds after which requests are to blame that fail when nobody else asks: the second for one that failed while
others were answered. So the last ones of a campaign end too."""


@dataclass(frozen=True)
class Clock:
    """What time it is, in seconds, and how to wait for some."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


_REAL = Clock()


class TooLate(Exception):
    """The server takes nothing for so many `seconds`, and by then nobody may be asked any more."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"nothing is sent for {seconds:.0f} s")


class Limiter:
    """The pace of one teacher, for all who ask it in one event loop.

    `outcomes` counts how the requests ended that were sent: "answered", "spoiled", "busy", "down", "timeout". `until`
    is the moment, by the clock, after which nobody may be asked: what would wait for longer does not wait at all.
    """

    def __init__(self, limits: Limits, clock: Clock = _REAL, until: float = math.inf) -> None:
        self.outcomes: Counter[str] = Counter()
        self._limits, self._clock, self._until = limits, clock, until
        now = clock.now()
        self._requests = _Budget(limits.requests_per_minute, now)
        self._tokens = _Budget(limits.tokens_per_minute, now)
        self._found = FoundLimit(now)
        self._characters_per_token = 3.0
        self._slots = float(limits.concurrency)
        self._asking: set[object] = set()
        self._failing: dict[object, float] = {}  # those of them that failed, and since when
        self._in_flight = 0
        self._turn, self._left = asyncio.Lock(), asyncio.Event()
        self._opens_at = self._slowed_at = self._broke_at = now
        self._refusals = self._failures = 0
        self._silent_since: float | None = None

    @property
    def trouble(self) -> str | None:
        """What the server does now instead of answering, in one clause; None where it answers."""
        if self._silent_since is not None:
            return f"no answer for {self._clock.now() - self._silent_since:.0f} s, and asked again until there is one"
        if (seconds := self._opens_at - self._clock.now()) > 0:
            return f"asked for fewer requests, so nothing is sent for {math.ceil(seconds)} s"
        return None

    async def ask(self, teacher: AsyncTeacher, request: Request) -> Reply:
        """The teacher's answer, however often it takes. Raises `Spoiled`, `Refused`, `TooLate`, and `Down` where the
        server has not answered anybody for `Limits.patience` seconds.
        """
        asker = object()
        self._asking.add(asker)
        try:
            return await self._ask(teacher, request, asker)
        finally:
            self._asking.discard(asker)
            self._failing.pop(asker, None)

    async def _ask(self, teacher: AsyncTeacher, request: Request, asker: object) -> Reply:
        characters = len(request.system) + len(request.prompt) + len(json.dumps(request.schema or ""))
        strikes, failures = 0, 0
        before = self.outcomes.copy()
        while True:
            tokens = characters / self._characters_per_token
            sending = object()
            await self._enter(teacher, tokens, sending)
            sent = self._clock.now()
            try:
                reply = await teacher.answer(request)
            except Busy as fault:
                self.outcomes["busy"] += 1
                self._refused(sending, sent, fault.retry_after)
            except (Down, Timeout) as fault:
                self.outcomes["timeout" if isinstance(fault, Timeout) else "down"] += 1
                self._failed(sent)
                failed_since = self._failing.setdefault(asker, self._clock.now())
                strikes, failures = strikes + self._others_are_answered(before), failures + 1
                if self._is_overdue():
                    raise self._silence(teacher) from None
                doubt = _DOUBT_OF_ONE if strikes else _DOUBT
                is_over = self._failing.keys() == self._asking and self._clock.now() - failed_since >= doubt
                if is_over or strikes == _STRIKES:
                    raise Spoiled(Flaw.UNANSWERED, str(fault)) from None
            except Spoiled as fault:
                self.outcomes["spoiled"] += 1
                self._answered(sending, characters, tokens, fault.usage.get("input", 0))
                raise
            else:
                self.outcomes["answered"] += 1
                self._answered(sending, characters, tokens, reply.usage.get("input", 0))
                return reply
            finally:
                self._in_flight -= 1
                self._left.set()
            before = self.outcomes.copy()
            await self._clock.sleep(min(failures, 10) / 2)

    async def _enter(self, teacher: AsyncTeacher, tokens: float, sending: object) -> None:
        """Waits for a slot, for the server to be asked again at all, and for what it allows, in the order of asking."""
        async with self._turn:
            while True:
                now = self._clock.now()
                budgets = self._requests.wait(now, 1), self._tokens.wait(now, tokens), self._found.wait(now)
                wait = max(self._opens_at - now, *budgets)
                if wait and now + wait > self._until:
                    raise TooLate(wait)
                free = self._in_flight < (1 if self._failures >= _BREAKS_AFTER else int(self._slots))
                if free and wait < 1e-6:  # seconds: what is less is rounding
                    break
                if not free:
                    self._left.clear()
                    await self._left.wait()
                elif self._is_overdue():
                    raise self._silence(teacher)
                else:
                    await self._clock.sleep(wait)
            self._requests.take(1)
            self._tokens.take(tokens)
            self._found.send(sending, now)
            self._in_flight += 1

    def _answered(self, sending: object, characters: int, estimated: float, tokens: int) -> None:
        self._found.answer(sending, self._clock.now())
        self._slots = min(self._limits.concurrency, self._slots + 1 / self._slots)
        self._refusals = self._failures = 0
        self._silent_since = None
        if tokens:
            self._tokens.take(tokens - estimated)
            self._characters_per_token += 0.1 * (characters / tokens - self._characters_per_token)

    def _refused(self, sending: object, sent: float, retry_after: float | None) -> None:
        """Halves the slots, once for all that were in flight together, and lets nobody in for a while."""
        now = self._clock.now()
        self._found.refuse(sending, now, is_news=sent >= self._slowed_at)
        if sent >= self._slowed_at:
            self._slots = max(1, self._limits.concurrency * _FLOOR, self._slots / 2)
            self._slowed_at = now
        self._refusals += 1
        if retry_after is None:
            retry_after = min(_PAUSE * _PAUSE_GROWTH ** min(self._refusals, 1000), _LONGEST_PAUSE)
        self._opens_at = max(self._opens_at, now + max(retry_after, _PAUSE))
        self._failures = 0
        self._silent_since = None

    def _failed(self, sent: float) -> None:
        """Opens the breaker at the last of several failures in a row; those that were sent before it opened say no
        more.
        """
        now = self._clock.now()
        if self._silent_since is None:
            self._silent_since = now
        if sent < self._broke_at:
            return
        self._failures += 1
        if self._failures >= _BREAKS_AFTER:
            self._broke_at = now
            self._opens_at = max(
                self._opens_at, now + min(2.0 ** min(self._failures - _BREAKS_AFTER, 10), _LONGEST_BREAK)
            )

    def _others_are_answered(self, before: Counter[str]) -> bool:
        """Whether the server has answered others since `before`, and nearly all of them."""
        since = self.outcomes - before
        answered = since["answered"] + since["spoiled"]
        failed = since["down"] + since["timeout"] - 1
        return answered > _HEALTHY * (answered + failed)

    def _silence(self, teacher: AsyncTeacher) -> Down:
        return Down(f"{teacher.name} has given no answer for {self._limits.patience:.0f} s")

    def _is_overdue(self) -> bool:
        return self._silent_since is not None and self._clock.now() - self._silent_since >= self._limits.patience


class _Budget:
    """So many a minute, paced: what was not used can be caught up with for one second only."""

    def __init__(self, per_minute: int | None, now: float) -> None:
        self._rate = math.inf if per_minute is None else _PACE * per_minute / 60
        self._most = self._level = max(1.0, self._rate)
        self._filled_at = now

    def wait(self, now: float, amount: float) -> float:
        """Seconds until there is enough for it: for more than there ever is at once, until there is all."""
        if self._rate == math.inf:
            return 0
        self._level = min(self._most, self._level + self._rate * (now - self._filled_at))
        self._filled_at = now
        return (min(amount, self._most) - self._level) / self._rate

    def take(self, amount: float) -> None:
        """Takes it, and goes below zero for what was more than there is."""
        self._level -= amount
