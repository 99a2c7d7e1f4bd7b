"""Puts requests to one teacher until each is answered or set aside: no faster than its server bears, never twice for
one answer, and not beyond the campaign's allowance. Judges nothing.
"""

import asyncio
import math
from collections import Counter
from concurrent.futures import Executor

from oracle_lib.generate.allowance import Allowance
from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.requests import Request, Unusable, request_key
from oracle_lib.generate.teachers import AsyncTeacher, Reply
from oracle_lib.generate.teachers.faults import Fault, Flaw, Refused, Spoiled
from oracle_lib.generate.teachers.limits import Limiter, TooLate
from oracle_lib.params import Generation

_TRIES = 3
"""Answers to one request that may be of no use; then it is set aside."""
_SEED_STEP = 1_000_003
"""Lies between the seeds of those tries: under one seed, a model would write the same again."""


class SetAside(Exception):
    """The request is not sent again; the message says what was wrong with the answers to it."""


class Asker:
    """Everything that one teacher is asked in a campaign."""

    def __init__(
        self,
        teacher: AsyncTeacher,
        journal: CampaignJournal,
        generation: Generation,
        pool: Executor,
        allowance: Allowance,
    ) -> None:
        self.teacher = teacher
        self.journal, self.allowance, self._pool = journal, allowance, pool
        patience = math.inf if generation.when_down == "wait" else teacher.limits.patience
        limits = teacher.limits.model_copy(update={"patience": patience})
        self._limiter = Limiter(limits, until=allowance.until)

    @property
    def trouble(self) -> str | None:
        """What the teacher's server does instead of answering, if so."""
        return self._limiter.trouble

    def knows(self, request: Request) -> bool:
        return self.journal.reply(self.key(request)) is not None

    def key(self, request: Request) -> str:
        return request_key(request, self.teacher.name, self.teacher.version)

    async def reply(self, request: Request, again: bool = False) -> Reply:
        """The answer to a request, from the journal where it is there. `again` asks for a known one too, as company for
        others; it stays as it was.

        Raises `SetAside`, `CapReached` where it may not be sent, and what `Limiter.ask` raises where none will come.
        """
        key = self.key(request)
        known = self.journal.reply(key)
        if known and again:
            await self.teacher.answer(request)
        flaws = self.journal.flaws(key)
        if flaws and (told := self.journal.why_set_aside(key)):
            raise SetAside(told)
        while len(flaws) < _TRIES:
            try:
                reply = known or await self._send(key, request, len(flaws))
                await asyncio.get_running_loop().run_in_executor(self._pool, request.draft, reply.output)
                return reply
            except Spoiled as fault:
                flaws.append(str(fault))
                if fault.flaw is Flaw.REJECTED:  # it would be again, and counts against the server's quota each time
                    break
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
        try:
            async with self.allowance.waiting(self.teacher.name) as wait:
                reply = await self._limiter.ask(_Sending(self, key, request, wait), put)
        except TooLate as late:
            raise self.allowance.too_late(self.teacher.name, late.seconds) from None
        await self.journal.keep(key, reply)
        return reply


class _Sending:
    """A teacher as one request is put to it: each sending and its end are in the journal, however often it takes."""

    def __init__(self, asker: Asker, key: str, request: Request, wait: asyncio.Timeout) -> None:
        self._asker, self._key, self._request, self._wait = asker, key, request, wait
        teacher = asker.teacher
        self.name, self.model, self.version, self.manner = teacher.name, teacher.model, teacher.version, teacher.manner
        self.limits, self.prices = teacher.limits, teacher.prices

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        journal, teacher, allowance = self._asker.journal, self._asker.teacher, self._asker.allowance
        allowance.check(teacher.name)
        with allowance.sending(teacher, self._wait):
            number = journal.begin(self._key, self._request, teacher)
            allowance.look()
            try:
                reply = await teacher.answer(request)
            except Fault as fault:
                outcome = type(fault).__name__.lower()
                journal.end(number, teacher, outcome, str(fault), dict(fault.usage), fault.output)
                if isinstance(fault, Refused):
                    allowance.refuse(teacher.name, str(fault))
                raise
            except Exception as error:
                journal.end(number, teacher, "failed", str(error) or type(error).__name__, {})
                raise
            else:
                journal.end(number, teacher, "answered", "", dict(reply.usage))
            finally:
                allowance.look()
        return reply

    async def close(self) -> None: ...
