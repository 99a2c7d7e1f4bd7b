"""How a teacher is asked: no faster than its server bears, and again for as long as the server is to blame.

Time is virtual here, and the server a function of it, so that hours pass at once; one test asks a real server.
"""

import asyncio
import math
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from asked_requests import Plain
from teacher_servers import Answer, GeminiServer
from virtual_time import run_at_once

from oracle_lib.generate.requests import Request
from oracle_lib.generate.teachers import Manner, Reply
from oracle_lib.generate.teachers.faults import Busy, Down, Flaw, Refused, Spoiled, Timeout
from oracle_lib.generate.teachers.gemini import Gemini
from oracle_lib.generate.teachers.limits import Clock, Limiter
from oracle_lib.params import Limits, Prices, load_teachers


def now() -> float:
    return asyncio.get_running_loop().time()


def limiter(limits: Limits) -> Limiter:
    return Limiter(limits, Clock(now, asyncio.sleep))


@dataclass
class Served:
    """A teacher whose server is a coroutine; it notes when it was asked and when it answered."""

    serve: Callable[[Request], Awaitable[Reply]]
    asked_at: list[float] = field(default_factory=list)
    answered_at: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    name = "served"
    model = "m"
    version = "1"
    manner = Manner()
    limits = Limits()
    prices = Prices()

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        self.asked_at.append(now())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            reply = await self.serve(request)
        finally:
            self.at_once -= 1
        self.answered_at.append(now())
        return reply

    async def close(self) -> None: ...


async def ask_all(teacher: Served, asked: Limiter, count: int) -> list[Reply]:
    return await asyncio.gather(*(asked.ask(teacher, Plain(index=index)) for index in range(count)))


@pytest.mark.parametrize("window", ["sliding", "fixed"])
@pytest.mark.parametrize("allowed", [10, 60, 1200])
def test_a_server_that_allows_so_many_a_minute_gives_nine_tenths_of_them_and_refuses_none(
    allowed: int, window: str
) -> None:
    rng = random.Random(1)
    admitted: deque[float] = deque()

    async def serve(request: Request) -> Reply:
        await asyncio.sleep(rng.uniform(0, 0.3))  # the way there, which bunches requests
        since = now() - 60 if window == "sliding" else now() // 60 * 60
        while admitted and admitted[0] <= since:
            admitted.popleft()
        if len(admitted) >= allowed:
            raise Busy("too many in this minute")
        admitted.append(now())
        await asyncio.sleep(rng.uniform(0.2, 2))
        return Reply("")

    async def campaign() -> tuple[float, Limiter]:
        asked = limiter(Limits(concurrency=64, requests_per_minute=allowed))
        await ask_all(Served(serve), asked, 5 * allowed)
        return 5 * allowed / (now() / 60), asked

    rate, asked = run_at_once(campaign())
    assert rate >= 0.9 * allowed
    assert asked.outcomes == {"answered": 5 * allowed}


@dataclass
class Counting:
    """A server that allows so many in any minute, or in each, and has told nobody."""

    allowed: float
    window: str
    admitted: deque[float] = field(default_factory=deque)
    refused_at: list[float] = field(default_factory=list)

    async def __call__(self, request: Request) -> Reply:
        await asyncio.sleep(random.Random(request.index).uniform(0, 0.1))
        since = now() - 60 if self.window == "sliding" else now() // 60 * 60
        while self.admitted and self.admitted[0] <= since:
            self.admitted.popleft()
        if len(self.admitted) >= self.allowed:
            self.refused_at.append(now())
            raise Busy("too many in this minute")
        self.admitted.append(now())
        await asyncio.sleep(0.2)
        return Reply("")


@pytest.mark.parametrize("window", ["sliding", "fixed"])
@pytest.mark.parametrize("allowed", [60, 300, 1200])
def test_a_limit_that_nobody_told_is_found_used_to_nine_tenths_and_hardly_ever_met(allowed: int, window: str) -> None:
    server = Counting(allowed, window)

    async def campaign() -> list[float]:
        teacher = Served(server)
        await ask_all(teacher, limiter(Limits(concurrency=64)), 10 * allowed)
        return teacher.answered_at

    answered_at = [moment for moment in run_at_once(campaign()) if moment >= 60]
    refused = sum(moment >= 60 for moment in server.refused_at)
    assert len(answered_at) >= 0.9 * allowed * (answered_at[-1] - 60) / 60
    assert refused < 0.02 * (refused + len(answered_at))


def test_a_limit_that_is_raised_is_found_again_and_one_that_is_lowered_too() -> None:
    server = Counting(300, "sliding")

    async def campaign() -> list[float]:
        teacher = Served(server)
        asking = asyncio.create_task(ask_all(teacher, limiter(Limits(concurrency=64)), 20_000))
        await asyncio.sleep(300)
        server.allowed = 1200
        await asyncio.sleep(900)
        server.allowed = 200
        await asyncio.sleep(900)
        asking.cancel()
        return teacher.answered_at

    answered_at = run_at_once(campaign())
    assert sum(900 <= moment < 1200 for moment in answered_at) >= 0.9 * 5 * 1200
    assert sum(1800 <= moment < 2100 for moment in answered_at) >= 0.9 * 5 * 200
    assert sum(moment >= 1800 for moment in server.refused_at) < 0.02 * 5 * 200


@pytest.mark.parametrize(("share", "per_second"), [(0.05, 25), (0.3, 12)])
def test_refusals_at_random_are_taken_for_no_limit(share: float, per_second: float) -> None:
    rng = random.Random(4)

    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.2)
        if rng.random() < share:
            raise Busy("overloaded")
        return Reply("")

    async def campaign() -> list[float]:
        teacher = Served(serve)
        await ask_all(teacher, limiter(Limits(concurrency=32)), 4_000)
        return teacher.answered_at

    answered_at = run_at_once(campaign())
    assert max(late - early for early, late in pairwise([0, *answered_at])) < 10
    assert len(answered_at) / answered_at[-1] > per_second


def test_tokens_a_minute_are_kept_to_even_where_the_estimate_is_wrong() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.5)
        return Reply("", {"input": 3000})  # of a prompt that looks like 100 tokens

    async def campaign() -> float:
        asked = limiter(Limits(concurrency=16, tokens_per_minute=300_000))
        await ask_all(Served(serve), asked, 1000)
        return 1000 * 3000 / (now() / 60)

    assert 0.9 * 300_000 <= run_at_once(campaign()) <= 1.05 * 300_000


@pytest.mark.parametrize("retry_after", [None, 0.5])
def test_where_nine_of_ten_are_refused_progress_never_stops_for_a_minute(retry_after: float | None) -> None:
    rng = random.Random(2)

    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.2)
        if rng.random() < 0.9:
            raise Busy("no", retry_after)
        return Reply("")

    async def campaign() -> list[float]:
        teacher = Served(serve)
        await ask_all(teacher, limiter(Limits(concurrency=32)), 1500)
        return teacher.answered_at

    answered_at = run_at_once(campaign())
    assert len(answered_at) == 1500
    assert max(late - early for early, late in zip([0, *answered_at], answered_at, strict=False)) < 60


def test_nobody_asks_before_the_server_says() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(1)
        if now() < 30:
            raise Busy("later", 34.5)
        return Reply("")

    async def campaign() -> list[float]:
        teacher = Served(serve)
        asked = limiter(Limits(concurrency=4))
        asking = asyncio.create_task(ask_all(teacher, asked, 20))
        await asyncio.sleep(2)
        assert asked.trouble == "asked for fewer requests, so nothing is sent for 34 s"
        await asking
        assert asked.trouble is None
        return teacher.asked_at

    asked_at = run_at_once(campaign())
    assert asked_at[:4] == [0, 0, 0, 0]
    assert min(asked_at[4:]) == 35.5


def test_refusals_that_come_together_halve_the_slots_once_and_answers_bring_them_back() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(1)
        if now() < 2:
            raise Busy("no", 1)
        return Reply("")

    async def campaign() -> tuple[int, int]:
        teacher = Served(serve)
        asked = limiter(Limits(concurrency=16))
        asking = asyncio.create_task(ask_all(teacher, asked, 1000))
        await asyncio.sleep(2.5)
        halved, teacher.most_at_once = teacher.at_once, 0
        await asking
        return halved, teacher.most_at_once

    assert run_at_once(campaign()) == (8, 16)


def test_an_outage_delays_and_drops_nothing_and_is_looked_at_by_one_request_at_a_time() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.1)
        if 5 < now() < 305:
            raise Down("500")
        return Reply(str(request.index))

    async def campaign() -> tuple[list[Reply], list[float], float]:
        teacher = Served(serve)
        replies = await ask_all(teacher, limiter(Limits(concurrency=8)), 1000)
        return replies, teacher.asked_at, now()

    replies, asked_at, ended = run_at_once(campaign())
    assert [reply.output for reply in replies] == [str(index) for index in range(1000)]
    assert len([moment for moment in asked_at if 10 < moment < 305]) < 30
    assert ended < 340


def test_a_request_that_fails_while_others_are_answered_is_itself_to_blame() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(1)
        if request.index == 7:
            raise Timeout("no answer in 1 s")
        return Reply("")

    async def campaign() -> tuple[dict[int, Flaw], int]:
        teacher, asked, spoiled = Served(serve), limiter(Limits(concurrency=1)), dict[int, Flaw]()
        left = iter(range(100))

        async def work() -> None:
            for index in left:
                try:
                    await asked.ask(teacher, Plain(index=index))
                except Spoiled as fault:
                    spoiled[index] = fault.flaw

        await asyncio.gather(*(work() for _ in range(4)))
        return spoiled, len(teacher.asked_at)

    assert run_at_once(campaign()) == ({7: Flaw.UNANSWERED}, 99 + 3)


def test_the_last_requests_of_a_campaign_end_too_where_each_of_them_fails() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(1)
        if request.index in (1, 2):
            raise Down("500")
        return Reply("")

    async def campaign() -> list[Reply | BaseException]:
        teacher, asked = Served(serve), limiter(Limits(concurrency=8, patience=math.inf))
        requests = (asked.ask(teacher, Plain(index=index)) for index in range(4))
        return await asyncio.gather(*requests, return_exceptions=True)

    assert [type(one) for one in run_at_once(campaign())] == [Reply, Spoiled, Spoiled, Reply]


def test_a_storm_of_failures_blames_no_request() -> None:
    rng = random.Random(3)

    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.5)
        if rng.random() < 0.5:
            raise Down("503")
        return Reply("")

    async def campaign() -> int:
        return len(await ask_all(Served(serve), limiter(Limits(concurrency=16)), 500))

    assert run_at_once(campaign()) == 500


def test_a_server_that_is_silent_for_too_long_is_down_for_all_who_wait_until_it_answers_again() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(0.1)
        if now() < 1000:
            raise Down("nobody listens")
        return Reply("")

    async def campaign() -> None:
        teacher, asked = Served(serve), limiter(Limits(concurrency=4, patience=120))
        requests = (asked.ask(teacher, Plain(index=index)) for index in range(30))
        ended = await asyncio.gather(*requests, return_exceptions=True)
        assert all(isinstance(one, Down) for one in ended)
        assert str(ended[0]) == "served has given no answer for 120 s"
        assert 120 < now() < 160
        assert asked.trouble and asked.trouble.startswith("no answer for 1")
        await asyncio.sleep(1000)
        assert await ask_all(teacher, asked, 30) == [Reply("")] * 30
        assert asked.trouble is None

    run_at_once(campaign())


@pytest.mark.parametrize("fault", [Refused("the key is wrong"), Spoiled(Flaw.TRUNCATED, usage={"input": 5})])
def test_what_asking_again_cannot_mend_is_not_asked_again(fault: Refused | Spoiled) -> None:
    async def serve(request: Request) -> Reply:
        raise fault

    async def campaign() -> int:
        teacher, asked = Served(serve), limiter(Limits())
        with pytest.raises(type(fault)) as raised:
            await asked.ask(teacher, Plain())
        assert raised.value.usage == fault.usage
        return len(teacher.asked_at)

    assert run_at_once(campaign()) == 1


def test_whoever_is_called_off_frees_the_slot() -> None:
    async def serve(request: Request) -> Reply:
        await asyncio.sleep(100 if request.index == 0 else 1)
        return Reply("")

    async def campaign() -> None:
        teacher, asked = Served(serve), limiter(Limits(concurrency=1))
        first = asyncio.create_task(asked.ask(teacher, Plain(index=0)))
        waiting = asyncio.create_task(asked.ask(teacher, Plain(index=1)))
        await asyncio.sleep(1)
        first.cancel()
        await waiting
        assert now() < 3

    run_at_once(campaign())


def test_time_in_our_own_queue_is_no_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_teachers().gemini.model_copy(update={"timeout": 2, "limits": Limits(concurrency=1)})

    async def campaign() -> Limiter:
        asked, teacher = Limiter(settings.limits), Gemini(settings)
        await asyncio.gather(*(asked.ask(teacher, Plain(index=index)) for index in range(10)))
        return asked

    with GeminiServer([Answer(delay=0.25)]) as server:
        monkeypatch.setenv("GEMINI_API_KEY", "k")
        monkeypatch.setenv(settings.url_variable, server.url)
        assert asyncio.run(campaign()).outcomes == {"answered": 10}
        assert server.most_at_once == 1


def test_a_real_server_that_allows_so_many_a_minute_refuses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_teachers().gemini
    limits = Limits(concurrency=16, requests_per_minute=120)
    faster = 60 / 1.5  # a minute of the server takes 1.5 seconds

    async def campaign() -> None:
        loop = asyncio.get_running_loop()
        clock = Clock(lambda: loop.time() * faster, lambda seconds: asyncio.sleep(seconds / faster))
        asked, teacher = Limiter(limits, clock), Gemini(settings)
        await asyncio.gather(*(asked.ask(teacher, Plain(index=index)) for index in range(240)))

    with GeminiServer(requests_per_minute=120, minute=1.5) as server:
        monkeypatch.setenv("GEMINI_API_KEY", "k")
        monkeypatch.setenv(settings.url_variable, server.url)
        asyncio.run(campaign())
        assert server.statuses[200] == 240
        assert server.statuses[429] <= 0.02 * 240
