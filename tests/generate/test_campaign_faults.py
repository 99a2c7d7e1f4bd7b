"""A campaign whose teachers are behind servers loses nothing and pays nothing twice, whatever ends it and when."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import campaigns
import pytest
from campaigns import answering, draw, folder, rows, start
from teacher_servers import Act, Answer, Asked, GeminiServer, Hang, OllamaServer, Refuse, Reset, Script

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


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_of_a_thousand_accepted_samples_each_teacher_gave_its_share_within_a_point(world: World) -> None:
    world.use(answering(right=0.9), campaigns.profile(sizes=(1000,)))
    world.ollama.script = answering(right=0.5)
    stats = run_here()
    counts = Counter(sample.teacher.name for sample in accepted())
    print(f"accepted: {dict(counts)}; rejected of ollama: {stats.teachers['ollama'].rejected}")
    assert counts.total() == 1000 and stats.is_complete
    assert abs(counts["gemini"] / 1000 - 0.7) <= 0.01 and abs(counts["ollama"] / 1000 - 0.3) <= 0.01


def test_the_same_samples_are_accepted_in_whatever_order_the_answers_come(world: World) -> None:
    world.use(answering(), campaigns.profile())
    run_here("plain")
    world.use(answering(delay=0.05), campaigns.profile())
    run_here("mixed up")
    for name in ("accepted.jsonl", "rejected.jsonl", "stats.json"):
        plain, other = ((folder(run) / name).read_text() for run in ("plain", "mixed up"))
        assert plain == other.replace("mixed up", "plain")


def kill_at(moments: int, world: World, seed: int) -> None:
    """Kills campaigns at so many random moments in all, and compares each with one that nobody disturbed.

    One that ends before it is killed again is whole, and the next one takes the kills that are left.
    """
    profile = world.use(answering(delay=0.02), campaigns.profile(sizes=(max(40, 2 * moments),)))
    run_here("undisturbed")
    rng = random.Random(seed)
    killed = 0
    while killed < moments:
        run = f"killed after {killed}"
        kept: set[str] = set()
        while killed < moments:
            process = start(profile, run)
            goal = len(rows(DRAFTS, run)) + rng.randrange(4)
            while len(rows(DRAFTS, run)) < goal and process.poll() is None:
                time.sleep(0.002)
            time.sleep(rng.random() * 0.05)
            process.kill()
            if process.wait() == 0:
                break
            assert process.returncode == -signal.SIGKILL, process.communicate(timeout=60)
            killed += 1
            now = {key for (key,) in rows(DRAFTS, run)}
            assert kept <= now, "an answer was lost"
            kept = now
        ends_like_the_undisturbed(run, kept)


def ends_like_the_undisturbed(run: str, kept: set[str]) -> None:
    run_here(run)
    for name in ("accepted.jsonl", "rejected.jsonl"):
        assert (folder(run) / name).read_bytes() == (folder("undisturbed") / name).read_bytes()
    assert rows("PRAGMA integrity_check", run) == [("ok",)]
    answered = Counter(key for (key,) in rows("SELECT request FROM tries WHERE outcome = 'answered'", run))
    assert set(answered.values()) == {1} and kept <= answered.keys(), "an answer was paid twice"
    assert sorted(rows(DRAFTS, run)) == sorted(rows(DRAFTS, "undisturbed")), "more was asked than without the kills"


def test_killed_at_random_moments_it_ends_like_an_undisturbed_one(world: World) -> None:
    kill_at(2, world, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(3600)  # each kill takes a start, of seconds where others are busy too
def test_killed_at_fifty_random_moments_it_ends_like_an_undisturbed_one(world: World) -> None:
    kill_at(50, world, seed=2)


def test_a_request_that_brings_nothing_three_times_is_set_aside_with_the_reason(world: World) -> None:
    def act(asked: Asked) -> Act:
        poisoned = draw("poison", asked.prompt) < 0.3
        return Answer("", finish="blocked") if poisoned else answering(right=1)(asked)

    world.use(act, campaigns.profile(teachers={"gemini": 1.0}, sizes=(20,)))
    stats = run_here()
    assert stats.is_complete and sum(stats.set_aside.values()) > 0
    assert set(stats.set_aside) == {"the server blocked it"}
    assert any("set aside: the server blocked it, such as: the server blocked it (SAFETY)" in n for n in stats.notes())
    tries = Counter(key for (key,) in rows("SELECT request FROM tries WHERE outcome = 'spoiled'"))
    assert set(tries.values()) == {3} and len(tries) == sum(stats.set_aside.values())
    seeds = {asked.seed for asked in world.gemini.asked if draw("poison", asked.prompt) < 0.3}
    assert len(seeds) == 3 * len(tries), "each try has a seed of its own"
    world.use(answering(right=1), campaigns.profile(teachers={"gemini": 1.0}, sizes=(21,)))
    run_here()
    assert not tries.keys() & {key for (key,) in rows(DRAFTS)}, "what is set aside is not asked again"


def test_a_request_that_the_server_rejects_costs_its_quota_once(world: World) -> None:
    def act(asked: Asked) -> Act:
        return Refuse(400, "too deep") if draw("bad", asked.prompt) < 0.3 else answering(right=1)(asked)

    world.use(act, campaigns.profile(teachers={"gemini": 1.0}, sizes=(20,)))
    stats = run_here()
    assert stats.is_complete and set(stats.set_aside) == {"the server rejected the request"}
    assert world.gemini.statuses[400] == sum(stats.set_aside.values()) > 0
    world.use(act, campaigns.profile(teachers={"gemini": 1.0}, sizes=(21,)))
    assert run_here().is_complete
    tries = Counter(rows("SELECT request FROM tries WHERE outcome = 'spoiled'"))
    assert set(tries.values()) == {1}, "a later call does not send it again"


def test_a_storm_of_refusals_and_failures_delays_and_drops_nothing(world: World) -> None:
    def act(asked: Asked) -> Act:
        luck = draw("storm", asked.number)
        return Refuse(429) if luck < 0.2 else Refuse(500) if luck < 0.3 else Reset() if luck < 0.4 else calm(asked)

    calm = answering()
    world.use(calm, campaigns.profile())
    run_here("calm")
    world.use(act, campaigns.profile())
    stats = run_here("storm")
    assert not stats.set_aside
    assert (folder("storm") / "accepted.jsonl").read_bytes() == (folder("calm") / "accepted.jsonl").read_bytes()
    outcomes = dict(rows("SELECT outcome, count(*) FROM tries GROUP BY 1", "storm"))
    assert {"answered", "busy", "down"} == outcomes.keys()


def test_the_cost_is_what_the_server_counted_over_kills_and_resumes(world: World) -> None:
    profile = world.use(answering(delay=0.01), campaigns.profile(teachers={"gemini": 1.0}))
    process = start(profile)
    while len(rows(DRAFTS)) < 15 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    run_here()
    billed = params.load_teachers().gemini.prices.dollars(world.gemini.billed)
    [(dollars, unknown)] = rows("SELECT sum(dollars), sum(outcome IS NULL) FROM tries")
    assert dollars == pytest.approx(billed, rel=1e-9) and unknown == 0


def test_sigterm_and_ctrl_c_send_nothing_more_and_keep_the_answers_in_flight(world: World) -> None:
    profile = world.use(answering(delay=0.2), campaigns.profile(teachers={"gemini": 1.0}))
    for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        before = len(rows(DRAFTS))
        process = start(profile)
        while len(rows(DRAFTS)) < before + 3 and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(number)
        told = "".join(process.communicate())
        assert process.returncode == status, told
        assert "stopping: answers in flight have 30 s to come" in told
        assert "stopped; finished work is kept" in told and "Traceback" not in told
        assert rows("SELECT count(*) FROM tries WHERE outcome IS NULL") == [(0,)]
        assert world.gemini.statuses[200] == len(rows(DRAFTS))
        assert not (folder() / "accepted.jsonl").exists()


def test_a_cap_on_requests_ends_the_campaign_with_what_it_has_and_a_higher_one_goes_on(world: World) -> None:
    world.use(answering(), campaigns.profile(teachers={"gemini": 1.0}))
    capped = run_here(max_requests=20)
    assert world.gemini.statuses.total() == 20
    assert capped.stopped == "max_requests: 20 of 20 requests were sent" and not capped.is_complete
    assert len(accepted()) == capped.accepted > 0
    assert any("with a higher one the same call goes on" in note for note in capped.notes())
    whole = run_here()
    assert whole.is_complete and whole.stopped is None
    run_here("undisturbed")
    assert (folder() / "accepted.jsonl").read_bytes() == (folder("undisturbed") / "accepted.jsonl").read_bytes()
    assert set(Counter(rows("SELECT request FROM tries WHERE outcome = 'answered'")).values()) == {1}


def test_a_cap_on_dollars_is_passed_by_no_more_than_what_was_in_flight(world: World) -> None:
    world.use(answering(delay=0.01), campaigns.profile(teachers={"gemini": 1.0}, sizes=(200,)))
    stats = run_here(max_dollars=0.01)
    assert stats.stopped and stats.stopped.startswith("max_dollars: $0.01 of $0.01")
    [(dollars, most)] = rows("SELECT sum(dollars), max(dollars) FROM tries")
    assert 0.01 <= dollars <= 0.01 + world.gemini.most_at_once * most
    world.use(answering(), campaigns.profile(teachers={"gemini": 1.0}, sizes=(200,)))
    sent = world.gemini.statuses.total()
    run_here(max_dollars=0.01)
    assert world.gemini.statuses.total() == sent, "what it cost counts over all times that it was begun"


def test_a_cap_on_hours_counts_all_sessions(world: World) -> None:
    world.use(answering(delay=0.05), campaigns.profile(teachers={"ollama": 1.0}))
    first = run_here(max_hours=1e-4)
    assert first.stopped and first.stopped.startswith("max_hours") and not first.is_complete
    sent = world.ollama.statuses.total()
    run_here(max_hours=1e-4, max_requests=10_000)
    assert world.ollama.statuses.total() == sent


def test_what_a_teacher_that_is_gone_was_to_give_the_other_one_gives_if_so_wanted(world: World) -> None:
    world.use(answering(), campaigns.profile(when_down="shift"))
    world.ollama.script = lambda asked: answering()(asked) if asked.number < 12 else Refuse(404)
    stats = run_here()
    assert stats.is_complete
    (told, *_) = stats.shifts
    assert told.startswith("ollama gave ") and "Ollama has no model qwen3:14b (any more)" in told
    by_teacher = Counter(sample.teacher.name for sample in accepted())
    assert 0 < by_teacher["ollama"] < 12 and by_teacher.total() == 40
    before = (folder() / "accepted.jsonl").read_bytes()
    (folder() / "manifest.json").unlink()
    world.ollama.script = answering()
    asked = world.ollama.statuses.total()
    run_here()
    assert (folder() / "accepted.jsonl").read_bytes() == before, "what was shifted stays so"
    assert world.ollama.statuses.total() == asked


@pytest.mark.parametrize("choice", [{"when_down": "wait"}, {"when_down": "shift", "teachers": {"ollama": 1.0}}])
def test_a_teacher_that_nobody_can_stand_in_for_ends_a_campaign_and_it_goes_on_when_that_is_mended(
    world: World, choice: dict[str, Any]
) -> None:
    world.use(answering(), campaigns.profile(**choice))
    world.ollama.script = lambda asked: answering()(asked) if asked.number < 12 else Refuse(404)
    with pytest.raises(OracleError, match="Ollama has no model qwen3:14b"):
        run_here()
    assert not (folder() / "accepted.jsonl").exists()
    world.ollama.script = answering()
    assert run_here().is_complete
    run_here("undisturbed")
    assert (folder() / "accepted.jsonl").read_bytes() == (folder("undisturbed") / "accepted.jsonl").read_bytes()


def test_a_second_campaign_in_one_folder_is_told_who_holds_it(world: World) -> None:
    def act(asked: Asked) -> Act:
        return answering()(asked) if asked.number < 3 else Hang()

    profile = world.use(act, campaigns.profile(teachers={"ollama": 1.0}))
    process = start(profile)
    while not rows(DRAFTS) and process.poll() is None:
        time.sleep(0.005)
    with pytest.raises(OracleError, match=rf"is in use by process {process.pid} since \d{{4}}-\d\d-\d\d "):
        run_here()
    second = start(profile)
    _, told = second.communicate()
    assert second.returncode == 1 and f"in use by process {process.pid}" in told
    process.kill()
    process.communicate()


def test_a_dry_run_sends_nothing_and_prices_with_what_was_measured(world: World) -> None:
    world.use(answering(right=0.5), campaigns.profile())
    assumed = price_campaign("rauru", "demo")
    assert {one.measured for one in assumed.teachers} == {0}
    capped = price_campaign("rauru", "demo", max_dollars=3, max_requests=70)
    assert capped.caps == {"max_dollars": 3, "max_requests": 70}
    assert "it ends at a cap: max_requests is 70" in capped.notes()
    with pytest.raises(OracleError, match="dry_run: nothing was asked"):
        run_here(dry_run=True)
    assert world.gemini.statuses.total() == world.ollama.statuses.total() == 0 and not folder().exists()
    run_here()
    gemini, ollama = price_campaign("rauru", "demo", size=1000).teachers
    [(judged,)] = rows("SELECT count(*) FROM judged JOIN requests ON key = request WHERE teacher = 'gemini'")
    assert (gemini.accepted, gemini.measured) == (700, judged)
    assert gemini.share.low < 0.5 < gemini.share.high
    [(dollars, answers)] = rows("SELECT sum(dollars), count(*) FROM tries WHERE teacher = 'gemini'")
    assert gemini.dollars.expected == pytest.approx(dollars / answers * gemini.requests.expected)
    assert gemini.batch_dollars and gemini.batch_dollars.expected == pytest.approx(gemini.dollars.expected / 2)
    assert ollama.dollars.expected == 0 and ollama.hours.expected > 0


def test_no_key_is_anywhere_in_what_a_campaign_leaves_or_says(
    world: World, outputs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def act(asked: Asked) -> Act:
        return Refuse(500, f"trouble with {asked.key}") if asked.number % 5 == 0 else answering()(asked)

    world.use(act, campaigns.profile())
    run_here()
    world.gemini.key = "another"
    world.use(act, campaigns.profile(when_down="wait"))
    with pytest.raises(OracleError, match="does not take the key") as caught:
        run_here("refused")
    told = capfd.readouterr()
    assert KEY not in f"{caught.value}{told.out}{told.err}"
    for path in outputs.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_the_lots_that_spent_their_requests_are_named_and_nothing_is_asked_for_them_again(world: World) -> None:
    world.use(answering(right=0), campaigns.profile(teachers={"gemini": 1.0}, sizes=(10,), attempts=2))
    stats = run_here()
    lots = {domain: tally.target for domain, tally in stats.domains.items() if tally.target}
    assert stats.spent == tuple(f"{domain} templates" for domain in lots) and stats.accepted == 0
    told = f"for {', '.join(stats.spent)} as many requests were put as generation.attempts allows"
    assert told in stats.notes()
    sent = world.gemini.statuses.total()
    assert sent == 2 * 10
    (folder() / "manifest.json").unlink()
    assert run_here().spent == stats.spent and world.gemini.statuses.total() == sent


def test_what_was_paid_counts_once_over_all_times_it_was_begun_and_is_shown_against_the_cap(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    right = answering()

    def act(asked: Asked) -> Act:
        answer = right(asked)
        assert isinstance(answer, Answer)
        return replace(answer, input=1_000)

    world.use(act, campaigns.profile(teachers={"gemini": 1.0}, sizes=(300,)))
    prices = params.load_teachers().gemini.prices
    for cap in (0.05, 0.1):
        stats = run_here(max_dollars=cap)
        assert stats.stopped and stats.stopped.endswith(f" of ${cap:.2f} are spent") and not stats.is_complete
        billed = f"${prices.dollars(world.gemini.billed):.2f}"
        told = capfd.readouterr()
        assert told.err.rstrip().endswith(f"{billed} of ${cap:.2f}]"), "the bar does not show it"
        assert f"; {billed}\n" in told.out, "the account at the end does not say it"
    (folder() / "manifest.json").unlink()
    run_here(max_dollars=0.1)
    assert f"; {billed}\n" in capfd.readouterr().out and billed == f"${prices.dollars(world.gemini.billed):.2f}"
