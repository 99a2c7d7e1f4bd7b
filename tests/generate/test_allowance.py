"""Whoever waits to be sent hears at once that nothing more will be: a cap, a stop or a refusal ends every wait.

Each wait here would last for longer than a test may.
"""

import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import campaigns
import pytest
from campaigns import answering, rows, start
from teacher_servers import Act, Answer, Asked, GeminiServer, OllamaServer, Refuse, Script

from oracle_lib import params
from oracle_lib.generate import CampaignStats, run_campaign, teachers
from oracle_lib.params import Limits

pytestmark = pytest.mark.timeout(150)
WRONG = "```asm\n    RTS\n```"
_LONG = Refuse(429, retry_after=600)
Campaign = Callable[..., CampaignStats]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GeminiServer]:
    with GeminiServer() as server:
        monkeypatch.setenv("GEMINI_API_KEY", "k")
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", server.url)
        yield server


@pytest.fixture
def campaign(server: GeminiServer, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """Runs one whose only teacher is served by a script and has those limits."""

    def run(script: Script, limits: Limits, **changes: Any) -> CampaignStats:
        server.script = script
        caps = {name: changes.pop(name) for name in [*changes] if name.startswith("max_")}
        profile = campaigns.profile(**{"teachers": {"gemini": 1.0}, "when_down": "wait", **changes})
        known = params.load_teachers()
        asked = known.model_copy(update={"gemini": known.gemini.model_copy(update={"limits": limits})})
        monkeypatch.setattr(params, "load_profile", lambda name: profile)
        monkeypatch.setattr(teachers, "load_teachers", lambda: asked)
        return run_campaign("r", "rauru", "demo", **caps)

    return run


def test_a_cap_on_requests_ends_the_wait_of_those_that_came_before_it_was_reached(
    campaign: Campaign, server: GeminiServer
) -> None:
    def act(asked: Asked) -> Act:  # the first answer uses up the tokens of days
        return Answer(WRONG, input=10_000_000, delay=3) if asked.number == 0 else Answer(WRONG)

    stats = campaign(act, Limits(requests_per_minute=60, tokens_per_minute=100_000), max_requests=2)
    assert stats.stopped == "max_requests: 2 of 2 requests were sent"
    assert server.statuses.total() == 2


def test_a_cap_on_dollars_ends_the_wait_for_tokens(campaign: Campaign, server: GeminiServer) -> None:
    dear = Answer(WRONG, input=1_000_000)
    stats = campaign([dear], Limits(concurrency=1, tokens_per_minute=1_000), max_dollars=0.01)
    assert stats.stopped and stats.stopped.startswith("max_dollars")
    assert server.statuses.total() == 1


def test_a_wait_that_a_server_asks_for_and_that_outlasts_the_time_is_not_begun(campaign: Campaign) -> None:
    stats = campaign([_LONG], Limits(), max_hours=300 / 3600)
    assert stats.stopped == "max_hours: 0.00 of 0.08 hours are over, and gemini takes no request for another 600 s"


def test_a_cap_on_time_ends_the_wait_for_a_server_that_is_down(campaign: Campaign) -> None:
    stats = campaign([Refuse(500)], Limits(), max_hours=4 / 3600)
    assert stats.stopped and stats.stopped.startswith("max_hours: 0.00 of 0.00 hours are over")


def test_a_cap_on_time_ends_the_wait_for_a_slot(campaign: Campaign, server: GeminiServer) -> None:
    slow = Answer(WRONG, delay=6)
    stats = campaign([slow], Limits(concurrency=1), max_hours=3 / 3600)
    assert stats.stopped == "max_hours: 0.00 of 0.00 hours are over"
    assert server.statuses == {200: 1}, "what is in flight is waited for, and kept"
    assert len(rows("SELECT request FROM drafts")) == 1


def test_a_refusal_ends_all_waits_for_that_teacher_and_the_other_one_goes_on(
    campaign: Campaign, server: GeminiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OllamaServer(answering(right=1), models=campaigns.MODELS) as ollama:
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        slow = Limits(requests_per_minute=1)
        stats = campaign([Refuse(403)], slow, teachers=campaigns.MIX, sizes=(10,), when_down="shift")
    assert stats.is_complete and stats.teachers["ollama"].accepted == 10
    assert server.statuses == {403: 1}


def test_a_signal_ends_the_wait_that_a_server_asks_for(server: GeminiServer) -> None:
    server.script = [_LONG]
    process = start(campaigns.profile(teachers={"gemini": 1.0}))
    while not server.statuses and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    told = "".join(process.communicate())
    assert process.returncode == 143, told
    assert "stopped; finished work is kept" in told and "Traceback" not in told
