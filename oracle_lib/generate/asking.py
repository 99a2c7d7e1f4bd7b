"""Puts requests to one teacher until each is answered or set aside: no faster than its server bears, never twice for
one answer, and not beyond the campaign's caps. Judges nothing.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.requests import Request, Unusable, request_key
from oracle_lib.generate.teachers import AsyncTeacher, Reply
from oracle_lib.generate.teachers.faults import Fault, Refused, Spoiled
from oracle_lib.generate.teachers.limits import Limiter
from oracle_lib.params import Generation
from oracle_lib.words import counted, were

_TRIES = 3
"""Answers to one request that may be of no use; then it is set aside."""
_SEED_STEP = 1_000_003
"""Lies between the seeds of those tries: under one seed, a model would write the same again."""


class CapReached(Exception):
    """The request was not sent, because a cap of the campaign is reached."""


class SetAside(Exception):
    """The request is not sent again; the message says what was wrong with the answers to it."""


@dataclass(frozen=True)
class Caps:
    """The most that a campaign may take, 0 for as much as it needs; all of it counts over all times it was begun."""

    dollars: float
    requests: int
    hours: float

    @staticmethod
    def of(generation: Generation) -> "Caps":
        return Caps(generation.max_dollars, generation.max_requests, generation.max_hours)

    def reached(self, journal: CampaignJournal) -> str | None:
        """Which cap is reached, in words."""
        if self.dollars and journal.dollars >= self.dollars:
            return f"max_dollars: ${journal.dollars:.2f} of ${self.dollars:.2f} are spent"
        if self.requests and journal.sent >= self.requests:
            return f"max_requests: {journal.sent} of {counted(self.requests, 'request')} {were(journal.sent)} sent"
        if self.hours and journal.hours >= self.hours:
            return f"max_hours: {journal.hours:.2f} of {self.hours:.2f} hours are over"
        return None


class Asker:
    """Everything that one teacher is asked in a campaign. `capped` says which cap ended it, if one did, `refused` what
    the teacher said when it refused.
    """

    def __init__(self, teacher: AsyncTeacher, journal: CampaignJournal, generation: Generation, pool: Executor) -> None:
        self.teacher = teacher
        self.capped: str | None = None
        self.refused: str | None = None
        self._waiting: set[asyncio.Task[Any]] = set()
        self.journal, self._pool, self._caps = journal, pool, Caps.of(generation)
        patience = math.inf if generation.when_down == "wait" else teacher.limits.patience
        self._limiter = Limiter(teacher.limits.model_copy(update={"patience": patience}))

    @property
    def trouble(self) -> str | None:
        """What the teacher's server does instead of answering, if so."""
        return self._limiter.trouble

    @contextmanager
    def _is_waiting(self) -> Iterator[None]:
        """In the block, this task is ended when the campaign stops."""
        task = asyncio.current_task()
        assert task
        self._waiting.add(task)
        try:
            yield
        finally:
            self._waiting.discard(task)

    @contextmanager
    def is_sending(self) -> Iterator[None]:
        """In the block, this task may go on when the campaign stops."""
        task = asyncio.current_task()
        assert task
        self._waiting.discard(task)
        try:
            yield
        finally:
            self._waiting.add(task)

    def knows(self, request: Request) -> bool:
        return self.journal.reply(self.key(request)) is not None

    def key(self, request: Request) -> str:
        return request_key(request, self.teacher.name, self.teacher.version)

    async def reply(self, request: Request, again: bool = False) -> Reply:
        """The answer to a request, from the journal where it is there. `again` asks for a known one too, as company for
        others; it stays as it was.

        Raises `SetAside`, `CapReached`, and what `Limiter.ask` raises where no answer will come.
        """
        key = self.key(request)
        known = self.journal.reply(key)
        if known and again:
            await self.teacher.answer(request)
        flaws = self.journal.flaws(key)
        while len(flaws) < _TRIES:
            try:
                reply = known or await self._send(key, request, len(flaws))
                await asyncio.get_running_loop().run_in_executor(self._pool, request.draft, reply.output)
                return reply
            except Spoiled as flaw:
                flaws.append(str(flaw))
            except Unusable as flaw:
                flaws.append(str(flaw))
                known = None
                await self.journal.spoil(key, str(flaw))
        counts = Counter(flaws).items()
        told = "; ".join(f"{flaw}{f' ({count} times)' if count > 1 else ''}" for flaw, count in counts)
        await self.journal.set_aside(key, told)
        raise SetAside(told)

    async def _send(self, key: str, request: Request, spoiled: int) -> Reply:
        """An answer that is in the journal when it returns."""
        put = request.again(spoiled * _SEED_STEP, 0) if spoiled else request
        with self._is_waiting():
            reply = await self._limiter.ask(_Sending(self, key, request), put)
        await self.journal.keep(key, reply)
        return reply

    def stop(self) -> None:
        """Nothing more is sent; what is in flight goes on."""
        self.capped = "stopped"
        for task in self._waiting:
            task.cancel()

    def check(self) -> None:
        """Raises `CapReached` where a cap is reached, and `Refused` where the teacher has refused before."""
        self.capped = self.capped or self._caps.reached(self.journal)
        if self.capped:
            raise CapReached
        if self.refused:
            raise Refused(self.refused)


class _Sending:
    """A teacher as one request is put to it: each sending and its end are in the journal, however often it takes."""

    def __init__(self, asker: Asker, key: str, request: Request) -> None:
        self._asker, self._key, self._request = asker, key, request
        teacher = asker.teacher
        self.name, self.model, self.version, self.manner = teacher.name, teacher.model, teacher.version, teacher.manner
        self.limits, self.prices = teacher.limits, teacher.prices

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        asker = self._asker
        asker.check()
        journal, teacher = asker.journal, asker.teacher
        number = journal.begin(self._key, self._request, teacher)
        try:
            with asker.is_sending():
                reply = await teacher.answer(request)
        except Fault as fault:
            journal.end(number, teacher, type(fault).__name__.lower(), str(fault), dict(fault.usage))
            if isinstance(fault, Refused):
                asker.refused = str(fault)
            raise
        except Exception as error:
            journal.end(number, teacher, "failed", str(error) or type(error).__name__, {})
            raise
        journal.end(number, teacher, "answered", "", dict(reply.usage))
        return reply

    async def close(self) -> None: ...
