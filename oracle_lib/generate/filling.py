"""Fills the lots of a campaign: each teacher its part, decided in the order of the draws, whatever order the answers
come in.

A lane never asks for more than it could still accept. So what is asked, and what is accepted, follow from the seed and
the answers alone: a campaign that was killed and begun again ends with the samples of an undisturbed one. Of answers
that are word for word the same the first one counts, in the order of the lots, their teachers and the draws.
"""

import asyncio
import math
import tempfile
from collections import Counter, deque
from collections.abc import Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any, TypeAlias, TypeVar

from oracle_lib.generate.allowance import Allowance, CapReached
from oracle_lib.generate.asking import Asker, SetAside
from oracle_lib.generate.draws import FailedDraw
from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.judging import Judge, Judged, best
from oracle_lib.generate.live import CampaignProgress
from oracle_lib.generate.plan import Lot, share_out, teachers_of
from oracle_lib.generate.requests import Request
from oracle_lib.generate.stats import kind_of, subject_of
from oracle_lib.generate.teachers import Reply, name_of_teacher
from oracle_lib.generate.teachers.faults import Down, Refused
from oracle_lib.params import Generation
from oracle_lib.quality import score
from oracle_lib.sample import Quality, Reason, ReasonKind, Sample

_UNDECIDED = 4
"""The most units of a lane that wait for earlier ones to be decided, times the requests that are in work at a time."""
_LOTS_AT_ONCE = 4
_EXAMPLE = 300
"""The most characters of an example."""
_GRACE = 30.0
"""Seconds that what is in flight may take when a campaign is stopped."""
_Unit: TypeAlias = "asyncio.Task[list[Judged | Exception]]"
"""The judged answers to the requests about one problem, or what came in their place."""


@dataclass
class Harvest:
    """What one lane brought in. `accepted` and `rejected` hold samples as JSON lines, in order; they are nowhere else.

    `attempts` and `reasons` count its drafts by subject, and what was wrong with those that were rejected. `faults` say
    which contracts could not be run, `set_aside` what was wrong with requests that brought no draft. `examples` has the
    first of each kind of them, with its particulars. `surplus` answers passed and were not kept; `failed` are draws
    that brought no problem. Of accepted prose, a judge has `checked` some, and the rest is `unchecked`; `contradicted`
    was rejected, because its source says otherwise. `spent` says that more was missing than it had requests for.
    """

    lot: Lot
    teacher: str
    target: int
    accepted: IO[str]
    rejected: IO[str]
    attempts: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    groups: dict[str, set[str]] = field(default_factory=dict)
    unchecked: int = 0
    checked: int = 0
    contradicted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    surplus: int = 0
    duplicates: int = 0
    exhausted: tuple[str, ...] = ()
    failed: tuple[FailedDraw, ...] = ()
    closed: str = ""
    spent: bool = False


@dataclass(frozen=True)
class Work:
    """What all lanes of a campaign share. `folder` takes what is too much for memory, and `workers` draw, where there
    are any.
    """

    generation: Generation
    seed: int
    askers: Mapping[str, Asker]
    allowance: Allowance
    judge: Judge
    journal: CampaignJournal
    progress: CampaignProgress
    folder: Path
    workers: Executor | None = None


async def fill_all(lots: Sequence[Lot], work: Work) -> list[Harvest]:
    """What each lane of each lot brings in, in the order of the lots.

    When it is cancelled, or one lane fails, no more is sent, and what is in flight has half a minute to end.
    """
    in_company = any(asker.teacher.manner.in_company for asker in work.askers.values())
    turns = asyncio.Semaphore(1 if in_company else _LOTS_AT_ONCE)
    units: set[_Unit] = set()
    try:
        domains = [
            [lot for lot in lots if lot.domain is domain] for domain in dict.fromkeys(lot.domain for lot in lots)
        ]
        return [*chain.from_iterable(await _together(_fill_domain(of_one, work, turns, units) for of_one in domains))]
    except BaseException:
        work.allowance.stop()
        if units:
            work.progress.say(f"stopping: answers in flight have {_GRACE:.0f} s to come; a second Ctrl+C drops them")
            await asyncio.wait(units, timeout=_GRACE)
        raise
    finally:
        for unit in units:
            unit.cancel()


async def _fill_domain(lots: Sequence[Lot], work: Work, turns: asyncio.Semaphore, units: set[_Unit]) -> list[Harvest]:
    """What the lots of one domain bring in. What a teacher cannot give for a lot the other teachers do, and what none
    can, because there is no more of it, the other lots."""
    generation = work.generation
    lanes = [
        [_Lane(lot, name, count, work, units) for name, count in teachers_of(lot, generation).items()] for lot in lots
    ]

    async def fill(of_lot: Sequence[_Lane]) -> None:
        async with turns:
            await _together(lane.fill() for lane in of_lot)

    while True:
        await _together(fill(of_lot) for of_lot in lanes)
        copies = _reject_copies(chain.from_iterable(lanes))
        passed_on = [_pass_on(of_lot, lanes, generation) for of_lot in lanes]
        if not copies and not any(passed_on):
            break
    return [lane.harvest() for of_lot in lanes for lane in of_lot]


def _reject_copies(lanes: "Iterable[_Lane]") -> int:
    """Of equal samples in the lanes of one domain only the first stays accepted; how many others there were. The lanes
    have all come to rest here, so it does not matter whose answers came first."""
    first: dict[str, Sample] = {}
    return sum(lane.reject_copies(first) for lane in lanes)


def _pass_on(of_lot: "Sequence[_Lane]", lanes: "Sequence[Sequence[_Lane]]", generation: Generation) -> bool:
    """Lets others promise what the lanes of one lot will not give; whether there was any and anybody to."""
    missing = sum(lane.give_up() for lane in of_lot if lane.is_at_its_end)
    able = [lane for lane in of_lot if lane.can_give_more] or [
        lane for others in lanes for lane in others if lane.can_give_more
    ]
    if not able or not missing:
        return False
    weights = {str(place): lane.weight(generation) for place, lane in enumerate(able)}
    shares = {place: weight / sum(weights.values()) * missing for place, weight in weights.items()}
    for place, more in share_out(shares).items():
        able[int(place)].promised += more
    return True


_Result = TypeVar("_Result")


async def _together(work: Iterable[Coroutine[Any, Any, _Result]]) -> list[_Result]:
    """What all of the work returns. Where one fails, the others end before the failure is passed on."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        raise


class _Lane:
    """One teacher's part of a lot: `promised` accepted samples."""

    def __init__(self, lot: Lot, name: str, promised: int, work: Work, tasks: set[_Unit]) -> None:
        self.name, self.promised = name, promised
        self._lot, self._work, self._asker, self._tasks = lot, work, work.askers[name], tasks
        # An oracle, which further cases need, does not come out of a worker.
        workers = None if self._asker.teacher.manner.fresh_cases else work.workers
        self._drawn = lot.material.units(work.seed, workers)
        self._units = self._own(lot.material.teachers or work.generation.teachers)
        self._put_back: list[Request] = []
        self._window: deque[tuple[_Unit, int]] = deque()
        self._woken = asyncio.Event()
        self._undecided = self._unfinished = self._asked = 0
        self._is_dry = self._is_capped = self._closed = self._gave_up = False
        self._passing: list[Judged] = []
        self._qualities: list[Quality] = []
        self._harvest = Harvest(lot, name, promised, _spool(work.folder), _spool(work.folder))
        self._most: float = math.inf
        if closed := work.journal.closed(lot.name, name):
            self._most, self._harvest.closed = closed
            self._closed = True

    def _own(self, shares: Mapping[str, float]) -> Iterator[list[Request]]:
        return (unit for unit in self._drawn if name_of_teacher(unit[0], shares) == self.name)

    @property
    def _missing(self) -> int:
        return int(min(self.promised, self._most)) - len(self._passing)

    @property
    def _attempts(self) -> int:
        """The most requests that it puts, however often one is sent for an answer that can be used."""
        return math.ceil(self.promised * self._work.generation.attempts)

    @property
    def is_at_its_end(self) -> bool:
        """Whether it gives no more, though it promised to."""
        spent = self._asked >= self._attempts
        return self.promised > len(self._passing) and not self._is_capped and (self._is_dry or self._closed or spent)

    @property
    def _is_alone(self) -> bool:
        """Whether there is no other teacher that could give what this one does not."""
        return len(self._work.askers) == 1

    @property
    def can_give_more(self) -> bool:
        return not (self._gave_up or self._is_dry or self._closed or self._is_capped)

    def weight(self, generation: Generation) -> float:
        """Its part of what the lots of its domain are to give."""
        return generation.mixture[self._lot.part] * (self._lot.material.teachers or generation.teachers)[self.name]

    def give_up(self) -> int:
        """What it will not give."""
        self._harvest.spent = self._asked >= self._attempts
        missing, self.promised, self._gave_up = self.promised - len(self._passing), len(self._passing), True
        return missing

    async def fill(self) -> None:
        """Asks and judges until what it promised is accepted, or there is no more to ask."""
        while True:
            before = self._asked
            await self._ask_for_what_is_missing()
            await self._score()
            if self._missing <= 0 or self._asked == before:
                break
        if self._harvest.closed and not self._closed:
            self._closed = True
            await self._work.journal.close_lane(self._lot.name, self.name, len(self._passing), self._harvest.closed)

    async def _ask_for_what_is_missing(self) -> None:
        while True:
            while self._window and self._window[0][0].done():
                task, potential = self._window.popleft()
                self._undecided -= potential
                self._decide(task.result())
            await self._top_up()
            if not self._window:
                return
            if not self._window[0][0].done():
                await self._woken.wait()
            self._woken.clear()

    async def _top_up(self) -> None:
        """Puts as many requests as could all be accepted, and no more than can be in work."""
        in_company, at_once = self._asker.teacher.manner.in_company, self._asker.teacher.manner.at_once
        busy = len(self._window) >= (1 if in_company else _UNDECIDED * at_once)
        room, places = self._missing - self._undecided, at_once - self._unfinished
        if (
            busy
            or min(room, places) <= 0
            or self._is_dry
            or self._is_capped
            or (self._harvest.closed and not self._closed)
        ):
            return
        units = await asyncio.to_thread(self._draw, room, places)
        again = in_company and not all(self._asker.knows(one) for unit in units for one in self._as_put(unit))
        for unit in units:
            task = asyncio.create_task(self._answers(unit, again))
            self._tasks.add(task)
            task.add_done_callback(self._finished)
            self._window.append((task, self._potential(unit)))
            self._undecided += self._potential(unit)
            self._unfinished += 1

    def _finished(self, task: _Unit) -> None:
        self._tasks.discard(task)
        self._unfinished -= 1
        self._woken.set()
        if not task.cancelled():
            task.exception()  # else asyncio would log it where the campaign stops before it is decided

    def _draw(self, room: int, places: int) -> list[list[Request]]:
        """The next units, drawn in a thread of their own."""
        drawn: list[list[Request]] = []
        while room > 0 and len(drawn) < places and (left := self._attempts - self._asked) > 0:
            unit = self._put_back or next(self._units, [])
            self._put_back = []
            if not unit:
                self._is_dry = True
                break
            if self._asker.teacher.manner.keep is None:
                most = min(room, left)
                unit, self._put_back = unit[:most], unit[most:]
            drawn.append(unit)
            self._asked += len(unit)
            room -= self._potential(unit)
        return drawn

    def _potential(self, unit: Sequence[Request]) -> int:
        """How many samples its answers may bring in."""
        return self._asker.teacher.manner.keep or len(unit)

    def _as_put(self, unit: Sequence[Request]) -> list[Request]:
        """The requests as often as the teacher is asked, with the further cases that its answers must keep."""
        manner = self._asker.teacher.manner
        return [request.again(turn, manner.fresh_cases) for request in unit for turn in range(manner.samples)]

    async def _answers(self, unit: Sequence[Request], again: bool) -> list[Judged | Exception]:
        """The judged answers to a unit, or what came in their place."""
        requests = self._as_put(unit)
        replies = await asyncio.gather(*(self._reply(one, again) for one in requests), return_exceptions=True)
        answers: list[Judged | Exception] = []
        for request, reply in zip(requests, replies, strict=True):
            if isinstance(reply, BaseException):
                if not isinstance(reply, SetAside | CapReached | Down | Refused):
                    raise reply
                answers.append(reply)
            else:
                # One after the other: phrasings of one problem share their answer, which is run once.
                key = self._asker.key(request)
                answers.append(await self._work.judge.judge(request, key, self._asker.teacher, reply))
        return answers

    async def _reply(self, request: Request, again: bool) -> Reply:
        if self._closed and not self._asker.knows(request):
            raise CapReached
        return await self._asker.reply(request, again)

    def _decide(self, answers: Sequence[Judged | Exception]) -> None:
        """What becomes of the answers to the next unit in order."""
        harvest, progress = self._harvest, self._work.progress
        for failure in answers:
            if isinstance(failure, SetAside):
                self._count(harvest.set_aside, kind_of(str(failure)), str(failure))
                progress.set_aside()
            elif isinstance(failure, CapReached):
                self._is_capped = not self._closed
            elif isinstance(failure, Refused | Down) and (self._work.generation.when_down == "wait" or self._is_alone):
                raise failure
            elif isinstance(failure, Exception):
                self._close(str(failure))
        judged = [one for one in answers if isinstance(one, Judged)]
        kept = best(judged, self._asker.teacher.manner, self._missing)
        harvest.surplus += sum(one.passes for one in judged) - sum(one.passes for one in kept)
        for one in kept:
            if one.fault:
                harvest.faults.add(one.fault)
            elif one.quality:
                self._reject(one.decided(one.quality))
            else:
                self._passing.append(one)
                progress.accept(self.name)

    def _close(self, why: str) -> None:
        if not self._harvest.closed:
            self._harvest.closed = why
            self._work.progress.say(f"{self.name} gives no more for {self._lot.name} ({why}); the other teachers do")

    def _reject(self, sample: Sample) -> None:
        harvest = self._harvest
        harvest.attempts[subject_of(sample)] += 1
        assert sample.quality
        of_kind = {reason.kind: reason.text for reason in reversed(sample.quality.reasons)}
        for kind, text in of_kind.items():
            self._count(harvest.reasons, kind, text)
        harvest.contradicted += bool(sample.grounding and sample.grounding.contradictions)
        harvest.rejected.write(sample.model_dump_json() + "\n")
        self._work.journal.record_rejected(sample.teacher.request_key)
        self._work.progress.reject(sample.quality.reasons[0].kind)

    def _count(self, counts: Counter[str], kind: str, said: str) -> None:
        counts[kind] += 1
        self._harvest.examples.setdefault(kind, said[:_EXAMPLE])

    async def _score(self) -> None:
        """Scores what passes, all together; rejects what is not good enough, and copies of what is scored."""
        first: dict[str, Judged] = {}
        copies = [one for one in self._passing if first.setdefault(one.sample.sample_id, one) is not one]
        samples = [one.sample for one in first.values()]
        qualities = await asyncio.to_thread(score, samples, self._lot.material.knowledge)
        of_text = {sample.sample_id: quality for sample, quality in zip(samples, qualities, strict=True)}
        for one in copies:
            self._reject_copy(one, of_text[one.sample.sample_id], first[one.sample.sample_id].sample)
        for one, quality in zip(first.values(), qualities, strict=True):
            if not quality.accepted:
                self._work.progress.accept(self.name, -1)
                self._reject(one.decided(quality))
        both = [(one, quality) for one, quality in zip(first.values(), qualities, strict=True) if quality.accepted]
        self._passing = [one for one, _ in both]
        self._qualities = [quality for _, quality in both]

    def reject_copies(self, first: dict[str, Sample]) -> int:
        """Rejects what equals a sample of `first`, where it adds its own; how many that were."""
        both = [*zip(self._passing, self._qualities, strict=True)]
        own = [pair for pair in both if first.setdefault(pair[0].sample.sample_id, pair[0].sample) is pair[0].sample]
        for one, quality in both:
            if (original := first[one.sample.sample_id]) is not one.sample:
                self._reject_copy(one, quality, original)
        self._passing, self._qualities = [one for one, _ in own], [quality for _, quality in own]
        if self._closed:
            self._most = len(own)
        return len(both) - len(own)

    def _reject_copy(self, one: Judged, quality: Quality, original: Sample) -> None:
        why = f"word for word the answer about {original.group}, by {original.teacher.name}"
        rejected = quality.model_copy(update={"accepted": False, "reasons": (Reason(kind=ReasonKind.COPY, text=why),)})
        self._work.progress.accept(self.name, -1)
        self._reject(one.sample.model_copy(update={"quality": rejected}))

    def harvest(self) -> Harvest:
        """What it brought in; nothing of it stays in memory."""
        harvest = self._harvest
        for one, quality in zip(self._passing, self._qualities, strict=True):
            sample = one.decided(quality)
            subject = subject_of(sample)
            harvest.attempts[subject] += 1
            harvest.passed[subject] += 1
            harvest.groups.setdefault(subject, set()).add(sample.group)
            harvest.checked += sample.checked_against == "source"
            harvest.unchecked += sample.checked_against == "nothing"
            harvest.accepted.write(sample.model_dump_json() + "\n")
        self._passing, self._qualities, self._window = [], [], deque()
        harvest.target, harvest.duplicates = self.promised, self._drawn.duplicates
        harvest.exhausted, harvest.failed = tuple(self._drawn.exhausted), tuple(self._drawn.failed)
        return harvest


def _spool(folder: Path) -> IO[str]:
    """A file that is gone when it is closed, or its process ends."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder)
