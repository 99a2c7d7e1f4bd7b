"""A campaign whose teachers are behind servers loses nothing and pays nothing twice, whatever ends it and when."""

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import campaigns
import pytest
from campaigns import answering, draw, folder, rows, start
from teacher_servers import Act, Answer, Asked, GeminiServer, OllamaServer, Refuse, Reset, Script

from oracle_lib import OracleError, params
from oracle_lib.generate import CampaignStats, price_campaign, run_campaign
from oracle_lib.params import Profile
from oracle_lib.sample import Sample, read_samples

KEY = "AIzaMarkerThatMustAppearNowhere00000000"
DRAFTS = "SELECT request FROM drafts"


@dataclass
class World:
    """Two servers, and the profile that campaigns of this test run under."""

    gemini: GeminiServer
    ollama: OllamaServer
    patch: pytest.MonkeyPatch

    def use(self, script: Script, profile: Profile) -> Profile:
        self.gemini.script = self.ollama.script = script
        self.patch.setattr(params, "load_profile", lambda name: profile)
        return profile


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with GeminiServer(key=KEY) as gemini, OllamaServer(models=campaigns.MODELS) as ollama:
        monkeypatch.setenv("GEMINI_API_KEY", KEY)
        monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", gemini.url)
        monkeypatch.setenv("OLLAMA_HOST", ollama.url)
        yield World(gemini, ollama, monkeypatch)


def accepted(run: str = "r") -> list[Sample]:
    return list(read_samples(folder(run) / "accepted.jsonl"))


def run_here(run: str = "r", **arguments: float) -> CampaignStats:
    return run_campaign(run, "rauru", "demo", **arguments)  # type: ignore[arg-type]


def test_of_the_accepted_samples_each_teacher_gave_its_share_whatever_it_got_wrong(world: World) -> None:
    weak = answering(right=0.3)
    world.use(answering(right=0.9), campaigns.profile(sizes=(60,)))
    world.ollama.script = weak
    stats = run_here()
    assert Counter(sample.teacher.name for sample in accepted()) == {"gemini": 42, "ollama": 18}
    assert stats.is_complete and stats.teachers["ollama"].rejected > stats.teachers["ollama"].accepted
    assert {domain: tally.accepted for domain, tally in stats.domains.items()} == {
        domain: tally.target for domain, tally in stats.domains.items()
    }


def test_the_same_samples_are_accepted_in_whatever_order_the_answers_come(world: World) -> None:
    world.use(answering(), campaigns.profile())
    run_here("plain")
    world.use(answering(delay=0.05), campaigns.profile())
    run_here("mixed up")
    for name in ("accepted.jsonl", "rejected.jsonl", "stats.json"):
        plain, other = ((folder(run) / name).read_text() for run in ("plain", "mixed up"))
        assert plain == other.replace("mixed up", "plain")


def kill_at(moments: int, world: World, seed: int) -> None:
    """Kills one campaign at so many random moments, and compares it with one that nobody disturbed."""
    profile = world.use(answering(delay=0.02), campaigns.profile(sizes=(max(40, 2 * moments),)))
    run_here("undisturbed")
    rng = random.Random(seed)
    kept: set[str] = set()
    for _ in range(moments):
        process = start(profile)
        goal = len(rows(DRAFTS)) + rng.randrange(4)
        deadline = time.monotonic() + 120
        while len(rows(DRAFTS)) < goal and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(rng.random() * 0.05)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL, "the campaign ended before it could be killed"
        now = {key for (key,) in rows(DRAFTS)}
        assert kept <= now, "an answer was lost"
        kept = now
    run_here()
    for name in ("accepted.jsonl", "rejected.jsonl"):
        assert (folder() / name).read_bytes() == (folder("undisturbed") / name).read_bytes()
    assert rows("PRAGMA integrity_check") == [("ok",)]
    answered = Counter(key for (key,) in rows("SELECT request FROM tries WHERE outcome = 'answered'"))
    assert set(answered.values()) == {1} and kept <= answered.keys(), "an answer was paid twice"
    assert sorted(rows(DRAFTS)) == sorted(rows(DRAFTS, "undisturbed")), "more was asked than without the kills"


def test_killed_at_random_moments_it_ends_like_an_undisturbed_one(world: World) -> None:
    kill_at(3, world, seed=1)


@pytest.mark.slow
def test_killed_at_fifty_random_moments_it_ends_like_an_undisturbed_one(world: World) -> None:
    kill_at(50, world, seed=2)
