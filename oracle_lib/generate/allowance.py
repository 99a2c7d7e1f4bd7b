"""What a campaign may take at most, and whether it may still send. Sends nothing.

A request waits for its turn in `Allowance.waiting`: for a slot, for the server's pace, for a server that is down or has
said when to come back. All these waits end at once when nothing more may be sent, whoever found that out.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.teachers import AsyncTeacher
from oracle_lib.generate.teachers.faults import Refused
from oracle_lib.params import Generation
from oracle_lib.words import counted, were


class CapReached(Exception):
    """The request was not sent, because a cap of the campaign is reached, or would be before its turn comes."""


class Allowance:
    """What the campaign may still take, for all who ask in its event loop. Its caps (0: none) count over all times that
    it was begun.

    `ended` says in words why the campaign sent less than it wanted to, if it did, and `until` is the moment, by
    `time.monotonic`, at which its time is over.
    """

    def __init__(self, generation: Generation, journal: CampaignJournal) -> None:
        self.ended: str | None = None
        self._caps, self._journal = generation, journal
        left = 3600 * (generation.max_hours - journal.hours)
        self.until = asyncio.get_running_loop().time() + left if generation.max_hours else math.inf
        self._deadline = self.until if generation.max_hours else None
        self._is_over = False
        self._refusals: dict[str, str] = {}
        self._waits: dict[asyncio.Timeout, str] = {}
        self._collectable: dict[asyncio.Timeout, None] = {}

    def check(self, teacher: str) -> None:
        """Raises `CapReached` where nothing more may be sent, and `Refused` where that teacher has refused before."""
        self.look()
        if self._is_over:
            raise CapReached
        if teacher in self._refusals:
            raise Refused(self._refusals[teacher])

    def look(self) -> None:
        """Ends all waits if a cap is reached."""
        if not self._is_over and (why := self._reached()):
            self._end(why)

    def stop(self) -> None:
        """Ends all waits, and those for answers that can be collected later; what else is in flight goes on."""
        self._end("stopped")
        _expire(self._collectable)

    def refuse(self, teacher: str, why: str) -> None:
        """Ends the waits for that teacher, which has said that it will never answer."""
        self._refusals[teacher] = why
        _expire(wait for wait, name in self._waits.items() if name == teacher)

    def too_late(self, teacher: str, seconds: float) -> CapReached:
        """What to raise where that teacher takes nothing for longer than the campaign has time."""
        self.ended = self.ended or f"{self._time()}, and {teacher} takes no request for another {seconds:.0f} s"
        return CapReached()

    @asynccontextmanager
    async def waiting(self, teacher: str) -> AsyncIterator[asyncio.Timeout]:
        """In the block a request to that teacher waits for its turn. Raises as `check` does, at once when that changes,
        and `CapReached` when the campaign's time is over.
        """
        self.check(teacher)
        wait = asyncio.timeout_at(self._deadline)
        try:
            async with wait:
                self._waits[wait] = teacher
                try:
                    yield wait
                finally:
                    del self._waits[wait]
        except TimeoutError:
            if not wait.expired():
                raise
            self.check(teacher)
            self._end(self._time())
            raise CapReached from None

    @contextmanager
    def sending(self, teacher: AsyncTeacher, wait: asyncio.Timeout) -> Iterator[None]:
        """In the block the request is in flight, and its answer is waited for whatever it takes. One that can be
        collected later is given up when the campaign is stopped, or its time is over.
        """
        del self._waits[wait]
        if teacher.manner.collects:
            self._collectable[wait] = None
        else:
            wait.reschedule(None)
        try:
            yield
        finally:
            self._collectable.pop(wait, None)
            self._waits[wait] = teacher.name
            if self._is_over or teacher.name in self._refusals:
                _expire([wait])
            elif not wait.expired():
                wait.reschedule(self._deadline)

    def _end(self, why: str) -> None:
        self.ended = self.ended or why
        self._is_over = True
        _expire(self._waits)

    def _reached(self) -> str | None:
        """Which cap is reached, in words."""
        caps, journal = self._caps, self._journal
        if caps.max_dollars and journal.dollars >= caps.max_dollars:
            return f"max_dollars: ${journal.dollars:.2f} of ${caps.max_dollars:.2f} are spent"
        if caps.max_requests and journal.sent >= caps.max_requests:
            return f"max_requests: {journal.sent} of {counted(caps.max_requests, 'request')} {were(journal.sent)} sent"
        if caps.max_hours and journal.hours >= caps.max_hours:
            return self._time()
        return None

    def _time(self) -> str:
        return f"max_hours: {self._journal.hours:.2f} of {self._caps.max_hours:.2f} hours are over"


def _expire(waits: Iterable[asyncio.Timeout]) -> None:
    for wait in waits:
        if not wait.expired():
            wait.reschedule(0)  # a moment that is over
