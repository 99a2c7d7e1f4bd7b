"""Gemini's Batch API as a teacher: the real client against a server on loopback that has its faults."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from batch_server import BatchServer, Row, answered, blocked, failed

from oracle_lib import OracleError, params
from oracle_lib.generate import CampaignStats, run_campaign, teachers
from oracle_lib.generate.draws import Draws
from oracle_lib.generate.journal import accounts
from oracle_lib.generate.requests import ProblemRequest, request_key
from oracle_lib.generate.teachers import Reply
from oracle_lib.generate.teachers.faults import Down, Fault, Flaw, Refused, Spoiled
from oracle_lib.generate.teachers.gemini import Gemini
from oracle_lib.generate.teachers.gemini_batch import GeminiBatch
from oracle_lib.params import Batching, Generation, Prices, load_profile, load_teachers
from oracle_lib.tasks import families

KEY = "a-key-that-nobody-may-see"
PROBLEM = families()["swap_words"].problem("batch")


def asked(number: int) -> ProblemRequest:
    return ProblemRequest(PROBLEM, number, 0, seed=7)


def teacher(server: BatchServer, journal: Path, patience: float = 600, **batching: Any) -> GeminiBatch:
    settings = load_teachers().gemini
    batch = Batching(**{"gather": 0.05, "poll": 0.02, **batching})
    limits = settings.limits.model_copy(update={"patience": patience})
    os.environ[settings.url_variable] = server.url
    os.environ["GEMINI_API_KEY"] = KEY
    return GeminiBatch(settings.model_copy(update={"transport": "batch", "batch": batch, "limits": limits}), journal)


def outcomes(teacher: GeminiBatch, numbers: Sequence[int], seconds: float = 20) -> list[Reply | BaseException]:
    """What the requests of those numbers bring, which are put to the teacher at one time."""

    async def ask() -> list[Reply | BaseException]:
        asking = asyncio.gather(*(teacher.answer(asked(number)) for number in numbers), return_exceptions=True)
        return await asyncio.wait_for(asking, seconds)

    return asyncio.run(ask())


def interrupted(teacher: GeminiBatch, numbers: Sequence[int], server: BatchServer, call: str, jobs: int = 0) -> None:
    """Puts the requests, and ends like a campaign that is cancelled, after the server's first call of that kind and
    when it has so many jobs.
    """

    async def ask() -> None:
        asking = asyncio.gather(*(teacher.answer(asked(number)) for number in numbers))
        while call not in server.calls or len(server.jobs) < jobs:
            await asyncio.sleep(0.01)
        asking.cancel()

    asyncio.run(ask())


def texts(replies: Sequence[Reply | BaseException]) -> list[str]:
    return [reply.output if isinstance(reply, Reply) else repr(reply) for reply in replies]


def number_of(row: Row) -> str:
    """An answer names the request that it is to by what is told of it in the row."""
    return f"answer to {row['key']}"


def expected(teacher: GeminiBatch, numbers: Sequence[int]) -> list[str]:
    return [f"answer to {request_key(asked(number), teacher.name, teacher.version)}" for number in numbers]


def flaws(replies: Sequence[Reply | BaseException]) -> list[Flaw]:
    return [reply.flaw for reply in replies if isinstance(reply, Spoiled)]


def test_what_waits_at_one_time_is_one_batch_and_answers_find_their_requests_in_any_order(tmp_path: Path) -> None:
    with BatchServer() as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        replies = outcomes(batch, range(6))
        assert texts(replies) == expected(batch, range(6))
        assert [len(job.rows) for job in server.jobs] == [6]
    first = replies[0]
    assert isinstance(first, Reply)
    assert (first.usage["input"], first.usage["output"], first.model_version) == (10, 5, "gemini-test-001")


def test_a_row_says_what_a_direct_request_would(tmp_path: Path) -> None:
    with BatchServer() as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        outcomes(batch, [3])
        (row,) = server.jobs[0].rows
    settings = load_teachers().gemini
    sent = row["request"]
    assert sent["contents"] == [{"role": "user", "parts": [{"text": asked(3).prompt}]}]
    assert sent["systemInstruction"] == {"parts": [{"text": asked(3).system}]}
    assert sent["generationConfig"]["maxOutputTokens"] == settings.output_limit
    assert sent["generationConfig"]["thinkingConfig"]["thinkingLevel"].lower() == settings.thinking


def test_more_requests_than_a_batch_holds_are_several_batches_at_one_time(tmp_path: Path) -> None:
    with BatchServer(polls=5) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite", requests=4)
        assert texts(outcomes(batch, range(10))) == expected(batch, range(10))
        assert [len(job.rows) for job in server.jobs] == [4, 4, 2]


def test_a_batch_that_partly_succeeded_is_collected_and_the_rest_asked_again(tmp_path: Path) -> None:
    looks = {"missing": 0}

    def answer(row: Row) -> Row | None:
        if row["key"] != lost:
            return answered(number_of(row))
        looks["missing"] += 1
        return None if looks["missing"] == 1 else answered(number_of(row))

    with BatchServer(answer, ends=deque(["PARTIALLY_SUCCEEDED"])) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        lost = request_key(asked(2), batch.name, batch.version)
        assert texts(outcomes(batch, range(4))) == expected(batch, range(4))
        assert [[row["key"] for row in job.rows] for job in server.jobs][1:] == [[lost]]
        assert len(server.rows_paid) == len(set(server.rows_paid)) == 4


@pytest.mark.parametrize("state", ["FAILED", "EXPIRED", "CANCELLED"])
def test_jobs_that_end_without_results_are_submitted_again_three_times_in_all(tmp_path: Path, state: str) -> None:
    with BatchServer(ends=deque([state, state])) as server:
        batch = teacher(server, tmp_path / "twice.sqlite")
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert len({job.display_name for job in server.jobs}) == 3
    with BatchServer(ends=deque([state] * 9)) as server:
        batch = teacher(server, tmp_path / "always.sqlite")
        replies = outcomes(batch, range(3))
        assert all(isinstance(reply, Down) and state.lower() in str(reply) for reply in replies)
        assert len(server.jobs) == 3
        outcomes(batch, range(3))  # whoever asks again gets as many tries
        assert len(server.jobs) == 6


def test_a_request_that_batches_leave_out_is_unanswered_and_the_others_are_not(tmp_path: Path) -> None:
    with BatchServer(lambda row: None if row["key"] == lost else answered(number_of(row))) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        lost = request_key(asked(0), batch.name, batch.version)
        replies = outcomes(batch, range(3))
        assert flaws(replies) == [Flaw.UNANSWERED]
        assert texts(replies)[1:] == expected(batch, [1, 2])
        assert len(server.jobs) == 3


def test_blocked_cut_and_invalid_requests_have_reasons_of_their_own_and_their_cost(tmp_path: Path) -> None:
    def answer(row: Row) -> Row:
        return told[[request_key(asked(number), "gemini", batch.version) for number in range(4)].index(row["key"])]

    told = [blocked(), {}, answered("LDA #$0", "MAX_TOKENS"), failed(3, "the schema is too deep")]
    with BatchServer(answer) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        replies = outcomes(batch, range(4))
        assert flaws(replies) == [Flaw.BLOCKED, Flaw.EMPTY, Flaw.TRUNCATED, Flaw.REJECTED]
        assert [reply.usage.get("input", 0) for reply in replies if isinstance(reply, Fault)] == [10, 0, 10, 0]
        assert len(server.jobs) == 1


def test_an_answer_is_paid_once_whether_it_can_be_used_or_not(tmp_path: Path) -> None:
    with BatchServer(lambda row: blocked()) as server:
        for _ in range(2):
            assert flaws(outcomes(teacher(server, tmp_path / "campaign.sqlite"), [0])) == [Flaw.BLOCKED]
        assert len(server.jobs) == 1


def test_an_error_of_the_service_in_a_row_is_asked_again(tmp_path: Path) -> None:
    tries: list[str] = []

    def answer(row: Row) -> Row:
        tries.append(row["key"])
        return failed(14, "overloaded") if len(tries) == 1 else answered(number_of(row))

    with BatchServer(answer) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        assert texts(outcomes(batch, [0])) == expected(batch, [0])


def test_lines_of_results_that_cannot_be_read_are_asked_for_again(tmp_path: Path) -> None:
    def spoilt(text: str) -> str:
        server.results = lambda text: text
        torn, strange, whole = text.splitlines()
        strange = json.dumps({**json.loads(strange), "response": {"candidates": "none"}})
        return "\n".join(
            [torn[:-9], strange, whole, "[1, 2]", "null", "", "{}", '{"key": "nobody asked", "response": {}}']
        )

    with BatchServer(results=spoilt) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert [len(job.rows) for job in server.jobs] == [3, 2]


def test_an_answer_may_hold_what_some_take_for_the_end_of_a_line(tmp_path: Path) -> None:
    text = "LDA #$00 ; \u2028 \x85 \u2029"
    with BatchServer(lambda row: answered(text)) as server:
        server.results = lambda row: json.dumps(json.loads(row), ensure_ascii=False)
        assert texts(outcomes(teacher(server, tmp_path / "campaign.sqlite"), [0])) == [text]


def test_results_that_the_service_kept_no_longer_are_asked_for_again(tmp_path: Path) -> None:
    with BatchServer(faults=deque([("download", 404, {})])) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        assert texts(outcomes(batch, range(2))) == expected(batch, range(2))
        assert len(server.jobs) == 2


def test_a_campaign_that_comes_back_collects_what_it_submitted_and_pays_nothing_twice(tmp_path: Path) -> None:
    journal = tmp_path / "campaign.sqlite"
    with BatchServer(polls=3) as server:
        interrupted(teacher(server, journal, requests=4), range(8), server, call="get", jobs=2)
        submitted = len(server.jobs)
        assert submitted == 2
        batch = teacher(server, journal, requests=100)
        assert texts(outcomes(batch, [5, 0, 9])) == expected(batch, [5, 0, 9])  # fewer than before, and a new one
        assert [len(job.rows) for job in server.jobs[submitted:]] == [1]
        batch = teacher(server, journal, requests=100)
        assert texts(outcomes(batch, range(8))) == expected(batch, range(8))
        assert len(server.rows_paid) == len(set(server.rows_paid)) == 9


def killing(child: list[subprocess.Popen[bytes]], moment: str) -> Callable[[str], None]:
    """Kills the child outright when the server has done what it was called for, and has not said so yet."""

    def kill(call: str) -> None:
        if call == moment:
            child[0].kill()
            child[0].wait()

    return kill


def child_of(code: str, *arguments: object) -> "subprocess.Popen[bytes]":
    paths = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths})


CHILD = """
import sys
from pathlib import Path
from batch_server import BatchServer
from test_gemini_batch import outcomes, teacher

outcomes(teacher(BatchServer(url=sys.argv[1]), Path(sys.argv[2])), range(5))
"""


@pytest.mark.parametrize("moment", ["create", "get"])
def test_a_campaign_killed_outright_between_submitting_and_noting_it_finds_its_batch(
    tmp_path: Path, moment: str
) -> None:
    """On "create" it dies when the server has made the job and has not answered yet, on "get" when it waits."""
    journal = tmp_path / "campaign.sqlite"
    child: list[subprocess.Popen[bytes]] = []
    with BatchServer(polls=2, on_call=killing(child, moment)) as server:
        child.append(child_of(CHILD, server.url, journal))
        assert child[0].wait(200) == -signal.SIGKILL
        server.on_call = lambda call: None
        batch = teacher(server, journal)
        assert texts(outcomes(batch, range(5))) == expected(batch, range(5))
        assert len(server.jobs) == 1


def test_a_batch_that_was_planned_and_never_submitted_is_no_obstacle(tmp_path: Path) -> None:
    journal = tmp_path / "campaign.sqlite"
    with BatchServer(faults=deque([("upload", "reset", {})] * 1000)) as server:
        interrupted(teacher(server, journal), range(5), server, call="upload")
        server.faults.clear()
        batch = teacher(server, journal)
        assert texts(outcomes(batch, range(2, 7))) == expected(batch, range(2, 7))
        assert [len(job.rows) for job in server.jobs] == [5]
    with sqlite3.connect(journal) as database:
        assert database.execute("SELECT name FROM batches").fetchall() == [(server.jobs[0].display_name,)]


def test_a_submission_whose_answer_was_lost_is_not_made_twice(tmp_path: Path) -> None:
    with BatchServer(faults=deque([("create", "lost", {})])) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert len(server.jobs) == 1


def test_faults_that_pass_are_waited_out(tmp_path: Path) -> None:
    faults = deque[tuple[str, int | str, dict[str, str]]](
        [
            ("list", 503, {}),
            ("upload", "reset", {}),
            ("create", 429, {"Retry-After": "0.1"}),
            ("create", 429, {}),
            ("get", 500, {}),
            ("get", "reset", {}),
            ("download", "lost", {}),
        ]
    )
    with BatchServer(faults=faults) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite")
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert not server.faults
        assert len(server.jobs) == 1


def test_a_service_that_stays_down_is_told_and_what_was_submitted_is_collected_later(tmp_path: Path) -> None:
    with BatchServer(faults=deque([("get", 503, {})] * 100)) as server:
        batch = teacher(server, tmp_path / "campaign.sqlite", patience=0.1)
        assert all(isinstance(reply, Down) for reply in outcomes(batch, range(3)))
        server.faults.clear()
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert len(server.jobs) == 1


def test_a_wrong_key_ends_it_at_once_and_is_written_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = tmp_path / "campaign.sqlite"
    with BatchServer(faults=deque([("list", 403, {})])) as server:
        batch = teacher(server, journal)
        replies = outcomes(batch, range(3))
        assert all(isinstance(reply, Refused) for reply in replies)
        assert texts(outcomes(batch, range(3))) == expected(batch, range(3))
        assert server.keys_seen == {KEY, ""}  # the address to upload to is a secret itself
    said = capsys.readouterr()
    assert "submitted, 3 requests" in said.err + said.out
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert KEY.encode() not in written and KEY not in said.err + said.out + repr(replies)


def test_a_journal_that_takes_no_more_ends_it_in_a_sentence(tmp_path: Path) -> None:
    journal = tmp_path / "campaign.sqlite"
    with BatchServer() as server:
        outcomes(teacher(server, journal), [0])
        for change in ("INSERT ON batches", "UPDATE ON batched"):
            with sqlite3.connect(journal) as database:
                database.execute(f"CREATE TRIGGER full BEFORE {change} BEGIN SELECT RAISE(FAIL, 'disk is full'); END")
            for outcome in outcomes(teacher(server, journal), [1, 2]):
                assert isinstance(outcome, OracleError)
                assert "takes no more (disk is full)" in str(outcome)
            with sqlite3.connect(journal) as database:
                database.execute("DROP TRIGGER full")


def test_both_transports_ask_alike_and_the_batch_is_cheaper(tmp_path: Path) -> None:
    prices = Prices(input=0.5, output=3.0, cached=0.05, batch=0.5)
    settings = load_teachers().gemini.model_copy(update={"prices": prices})
    direct, batch = Gemini(settings), GeminiBatch(settings.model_copy(update={"transport": "batch"}), tmp_path / "x")
    assert (direct.name, direct.model, direct.version) == (batch.name, batch.model, batch.version)
    usage = {"input": 1_500, "cached": 500, "output": 700, "thinking": 300}
    assert direct.prices.dollars(usage) == pytest.approx((1_000 * 0.5 + 500 * 0.05 + 1_000 * 3.0) / 1e6)
    assert batch.prices.dollars(usage) == pytest.approx(direct.prices.dollars(usage) / 2)
    assert batch.limits.concurrency > settings.batch.requests


def test_the_journal_says_which_request_is_in_which_batch(tmp_path: Path) -> None:
    journal = tmp_path / "campaign.sqlite"
    with BatchServer() as server:
        outcomes(teacher(server, journal), range(3))
        (job,) = server.jobs
    with sqlite3.connect(journal) as database:
        assert database.execute("SELECT name, job, ended FROM batches").fetchall() == [
            (job.display_name, job.name, "SUCCEEDED")
        ]
        rows = database.execute("SELECT request, row FROM batched ORDER BY rowid").fetchall()
    assert [key for key, _ in rows] == [row["key"] for row in job.rows]
    assert all(json.loads(row)["key"] == key for key, row in rows)


FAMILIES = ("add_words", "swap_words")
SIZE = 24


def run_by_batch(url: str, outputs: Path, max_hours: float = 0) -> CampaignStats:
    """A campaign whose only teacher is Gemini by batches of ten."""
    generation = Generation(teachers={"gemini": 1.0}, families=FAMILIES, sizes=(SIZE,))
    profile = load_profile("demo").model_copy(update={"generation": generation})
    found = load_teachers()
    batch = Batching(requests=10, waiting=40, gather=0.05, poll=0.02)
    gemini = found.gemini.model_copy(update={"transport": "batch", "batch": batch})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(params, "load_profile", lambda name: profile)
        patch.setattr(teachers, "load_teachers", lambda: found.model_copy(update={"gemini": gemini}))
        patch.setenv("ORACLE_OUTPUTS", str(outputs))
        patch.setenv("GEMINI_API_KEY", KEY)
        patch.setenv(gemini.url_variable, url)
        return run_campaign("r", "rauru", "demo", max_hours=max_hours)


def knowing() -> Callable[[Row], Row]:
    """What the families know of their problems, as answers to rows; one problem in four is blocked, whoever asks."""
    draws = Draws([families()[name] for name in FAMILIES], load_profile("demo").seed)
    known = {}
    for index, problem in islice(draws, 2 * SIZE):
        for phrasing in range(2):
            prompt = ProblemRequest(problem, index, phrasing, 0).prompt
            known[prompt] = answered(problem.answer) if index % 4 else blocked()
    return lambda row: known[row["request"]["contents"][0]["parts"][0]["text"]]


def generated(outputs: Path) -> Path:
    return outputs / "runs" / "r" / "rauru-assembler" / "generate"


CAMPAIGN = """
import sys
from pathlib import Path
from test_gemini_batch import run_by_batch

run_by_batch(sys.argv[1], Path(sys.argv[2]))
"""


def test_a_cap_on_time_ends_the_wait_for_batches_and_they_are_collected_by_the_next_call(tmp_path: Path) -> None:
    with BatchServer(knowing(), polls=10**9) as server:
        stats = run_by_batch(server.url, tmp_path, max_hours=3 / 3600)
        assert stats.stopped and stats.stopped.startswith("max_hours") and not stats.accepted
        submitted = len(server.jobs)
        assert submitted and not server.rows_paid
        server.polls = 1
        assert run_by_batch(server.url, tmp_path).accepted == SIZE
        assert len(server.rows_paid) == len(set(server.rows_paid))
        assert all(job.results for job in server.jobs[:submitted])


@pytest.mark.slow
def test_a_campaign_by_batches_that_was_killed_ends_as_one_that_was_not_and_costs_what_the_server_counts(
    tmp_path: Path,
) -> None:
    with BatchServer(knowing(), ends=deque(["SUCCEEDED", "FAILED", "PARTIALLY_SUCCEEDED"])) as server:
        stats = run_by_batch(server.url, tmp_path / "undisturbed")
        assert stats.accepted == SIZE
        once = len(server.rows_paid)
    with BatchServer(knowing(), polls=2) as server:
        for moment in ("create", "download"):
            child: list[subprocess.Popen[bytes]] = []
            server.on_call = killing(child, moment)
            child.append(child_of(CAMPAIGN, server.url, tmp_path / "killed"))
            assert child[0].wait(200) == -signal.SIGKILL
        server.on_call = lambda call: None
        assert run_by_batch(server.url, tmp_path / "killed").accepted == SIZE
        assert len(server.rows_paid) == len(set(server.rows_paid)) == once
        billed = sum(
            load_teachers().gemini.prices.of_a_batch().dollars({"input": 10, "output": 5 * ("candidates" in response)})
            for response in server.responses
        )
    for name in ("accepted.jsonl", "rejected.jsonl"):
        whole, killed = (generated(tmp_path / run) / name for run in ("undisturbed", "killed"))
        assert whole.read_bytes() == killed.read_bytes()
    (account,) = accounts(generated(tmp_path / "killed") / "campaign.sqlite")
    assert (account.sent, account.unknown) == (once, 0)
    assert account.dollars == pytest.approx(billed)
