"""Whoever answers: a campaign asks many at once, keeps each answer as it comes, and never asks for one again."""

import asyncio
import math
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

import pytest

from oracle_lib import OracleError, params, verify
from oracle_lib.generate import run_campaign
from oracle_lib.generate.allowance import Allowance
from oracle_lib.generate.asking import Asker
from oracle_lib.generate.draws import Draws, FailedDraw
from oracle_lib.generate.filling import Work, fill_all
from oracle_lib.generate.journal import CampaignJournal
from oracle_lib.generate.judging import Judge
from oracle_lib.generate.live import CampaignProgress
from oracle_lib.generate.plan import Lot
from oracle_lib.generate.requests import ProblemRequest, Request
from oracle_lib.generate.teachers import Manner, Reply, name_of_teacher, teacher_called, who_answers
from oracle_lib.params import Generation, Limits, Prices, SelfTeaching, load_profile
from oracle_lib.quality import Knowledge
from oracle_lib.sample import Domain, Sample
from oracle_lib.synchronous import run_to_end
from oracle_lib.tasks import families

MIX = {"gemini": 0.7, "ollama": 0.3}


@dataclass
class Slow:
    """A teacher that answers what it is asked last first, counts what it uses, and can lose its patience."""

    name: str = "slow"
    model: str = "slow-1"
    version: str = "0123456789abcdef"
    manner: Manner = field(default_factory=Manner)
    limits: Limits = field(default_factory=Limits)
    prices: Prices = field(default_factory=Prices)
    patience: int = 1000
    asked: list[str] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def unavailable(self) -> str | None:
        return None

    async def answer(self, request: Request) -> Reply:
        assert isinstance(request, ProblemRequest)
        self.asked.append(request.instruction)
        self.seeds.append(request.seed)
        number = len(self.asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.1 if number > self.patience else 0.05 / number)
        self.at_once -= 1
        if number > self.patience:
            raise OracleError("the teacher has lost its patience")
        return Reply(request.problem.answer, {"tokens": number})

    async def close(self) -> None: ...


@pytest.fixture
def requests() -> list[ProblemRequest]:
    problems = islice(Draws([families()["swap_words"], families()["add_words"]], seed=1), 6)
    return [ProblemRequest(problem, index, phrasing, 1) for index, problem in problems for phrasing in range(2)]


@dataclass(frozen=True)
class Given:
    """Material of certain requests, those of one problem together."""

    requests: Sequence[ProblemRequest]
    most: float = math.inf
    teachers: Mapping[str, float] | None = None
    names: Sequence[str] = ()
    duplicates: int = 0
    exhausted: list[str] = field(default_factory=list)
    failed: Sequence[FailedDraw] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)

    def units(self, seed: int, workers: Executor | None = None) -> "Given":
        return self

    def glance(self, seed: int, count: int) -> list[Request]:
        return [*self.requests[:count]]

    def expected(self) -> None:
        return None

    def __iter__(self) -> Iterator[list[Request]]:
        for _, of_problem in groupby(self.requests, key=lambda request: (request.subject, request.index)):
            yield [*of_problem]


def judged(requests: list[ProblemRequest], teacher: Slow, journal: Path, room: int | None = None) -> list[Sample]:
    """The samples that come of the requests, in order: those that are accepted, then the others."""

    async def work() -> list[Sample]:
        target = len(requests) if room is None else room
        lot = Lot(Domain.ASM, "templates", Given(requests), target, target)
        generation = Generation(teachers={teacher.name: 1.0}, attempts=len(requests))
        async with CampaignJournal(journal) as kept:
            with ThreadPoolExecutor(2) as pool, CampaignProgress("test", target, kept, 0) as progress:
                allowance = Allowance(generation, kept)
                asker = Asker(teacher, kept, generation, pool, allowance)
                judge = Judge(kept, pool)
                work = Work(generation, 1, {teacher.name: asker}, allowance, judge, kept, progress, journal.parent)
                [harvest] = await fill_all([lot], work)
        found: list[Sample] = []
        for spool in (harvest.accepted, harvest.rejected):
            spool.seek(0)
            found += map(Sample.model_validate_json, spool)
            spool.close()
        return found

    return run_to_end(work())


def test_all_are_asked_at_once_and_the_samples_stand_in_the_order_of_the_requests(
    requests: list[ProblemRequest], tmp_path: Path
) -> None:
    teacher = Slow()
    samples = judged(requests, teacher, tmp_path / "campaign.sqlite")
    assert teacher.most_at_once == len(requests) == 12
    assert [sample.instruction for sample in samples] == [request.instruction for request in requests]
    assert [sample.teacher.usage["tokens"] for sample in samples] == list(range(1, 13))
    assert all(sample.verification and sample.verification.passes for sample in samples)
    assert {(s.teacher.name, s.teacher.model, s.teacher.model_version) for s in samples} == {
        ("slow", "slow-1", "0123456789ab")
    }


def test_what_was_answered_before_a_teacher_failed_is_not_asked_again(
    requests: list[ProblemRequest], tmp_path: Path
) -> None:
    journal, impatient, patient = tmp_path / "campaign.sqlite", Slow(patience=5), Slow()
    with pytest.raises(OracleError, match="lost its patience"):
        judged(requests, impatient, journal)
    samples = judged(requests, patient, journal)
    assert patient.asked == [request.instruction for request in requests[5:]]
    assert [sample.teacher.usage["tokens"] for sample in samples] == [1, 2, 3, 4, 5, *range(1, 8)]
    assert judged(requests, Slow(patience=0), journal) == samples


def test_answers_that_depend_on_their_company_are_asked_for_again_together_and_known_ones_stay(
    requests: list[ProblemRequest], tmp_path: Path
) -> None:
    journal, in_company = tmp_path / "campaign.sqlite", Manner(in_company=True)
    with pytest.raises(OracleError, match="lost its patience"):
        judged(requests, Slow(patience=5, manner=in_company), journal)
    patient = Slow(manner=in_company)
    samples = judged(requests, patient, journal)
    assert patient.asked == [request.instruction for request in requests]
    assert [sample.teacher.usage["tokens"] for sample in samples] == list(range(1, 13))
    assert judged(requests, Slow(patience=0, manner=in_company), journal) == samples


def test_a_teacher_that_samples_is_asked_under_as_many_seeds_and_judged_in_fresh_cases(
    requests: list[ProblemRequest], tmp_path: Path
) -> None:
    sampling = Slow(manner=Manner(samples=3, fresh_cases=5, keep=2))
    samples = judged(requests[:2], sampling, tmp_path / "campaign.sqlite")
    assert sampling.seeds == [1, 2, 3] * 2
    assert len(samples) == 1, "equal answers are one sample"
    own = len(requests[0].problem.contract.model_dump()["cases"])
    for sample in samples:
        assert sample.verification and sample.verification.cases == own + 5
        contract = verify.AsmContract.model_validate(sample.verification.contract)
        assert len({case.model_dump_json() for case in contract.cases}) > own
        assert verify.check(verify.extract_code(sample.output), contract).passes


def test_of_sampled_answers_those_are_kept_that_pass_differ_and_are_better(
    requests: list[ProblemRequest], tmp_path: Path
) -> None:
    request = requests[0]
    right = request.problem.references[0].strip()
    name = request.problem.contract.model_dump()["entry"]
    slow, slower = (
        right.replace("RTS", f"{'NOP : ' * count}RTS").replace("RTL", f"{'NOP : ' * count}RTL") for count in (1, 2)
    )
    texts = [slower, "RTS", f"; said otherwise\n\n{right}", slow, right, f"{name}:\n    RTS", f"{name}:\n    RTS"]

    @dataclass
    class Told(Slow):
        async def answer(self, request: Request) -> Reply:
            return Reply(f"```asm\n{texts[request.seed - 1]}\n```")

    def kept(room: int) -> list[str]:
        teacher = Told(manner=Manner(samples=len(texts), keep=2))
        samples = judged([request], teacher, tmp_path / f"{room}.sqlite", room)
        return [verify.extract_code(sample.output).strip() for sample in samples]

    assert kept(9) == [texts[2], slow, "RTS", texts[5]]
    assert kept(1) == [texts[2], "RTS", texts[5]]


def test_another_version_of_a_teacher_is_asked_anew(requests: list[ProblemRequest], tmp_path: Path) -> None:
    journal, newer = tmp_path / "campaign.sqlite", Slow(version="fedcba9876543210")
    before = judged(requests[:3], Slow(), journal)
    after = judged(requests[:3], newer, journal)
    assert len(newer.asked) == 3
    assert not {s.teacher.request_key for s in before} & {s.teacher.request_key for s in after}


def test_a_journal_of_another_version_is_begun_anew(requests: list[ProblemRequest], tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    before = judged(requests, Slow(), path)
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE drafts DROP COLUMN usage")
        database.execute("PRAGMA user_version = 0")
    assert judged(requests, Slow(), path) == before


def test_each_teacher_gets_its_share_of_the_requests_and_keeps_it() -> None:
    problem = families()["swap_words"].draw(random.Random(1))
    many = [ProblemRequest(problem, index, 0, 1) for index in range(4000)]
    names = [name_of_teacher(request, MIX) for request in many]
    assert Counter(names)["gemini"] / len(many) == pytest.approx(0.7, abs=0.02)
    assert [name_of_teacher(request, MIX) for request in reversed(many)] == names[::-1]
    assert {name_of_teacher(request, {"offline": 1.0}) for request in many} == {"offline"}
    assert who_answers(MIX) == "gemini 70 %, ollama 30 %"


@pytest.mark.parametrize("teachers", [{}, {"gemini": 0.7}, {"gemini": 0.7, "ollama": 0.7}, {"a": 0.0, "b": 1.0}])
def test_shares_that_are_not_all_of_it_are_refused(teachers: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"share all samples|greater than 0"):
        Generation(teachers=teachers)


def test_a_teacher_that_there_is_not_is_one_sentence_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    promising = load_profile("demo").model_copy(update={"generation": Generation(teachers={"gemin": 1.0})})
    monkeypatch.setattr(params, "load_profile", lambda name: promising)
    with pytest.raises(OracleError, match=r"^generation.teachers: no teacher is called 'gemin'; did you mean 'gemini'"):
        run_campaign("r", "rauru", "demo", 10)
    assert not list(tmp_path.iterdir())
    assert teacher_called("offline", params.load_expert("rauru"), SelfTeaching()).name == "offline"


def test_it_runs_inside_a_notebooks_running_loop_as_well(requests: list[ProblemRequest], tmp_path: Path) -> None:
    plain = judged(requests, Slow(), tmp_path / "plain.sqlite")

    async def cell() -> list[Sample]:
        return judged(requests, Slow(), tmp_path / "notebook.sqlite")

    assert asyncio.run(cell()) == plain


def test_an_error_inside_a_running_loop_is_the_error_of_the_call() -> None:
    async def fail() -> None:
        raise OracleError("there is none")

    async def cell() -> None:
        run_to_end(fail())

    with pytest.raises(OracleError, match="there is none"):
        asyncio.run(cell())


def test_an_interrupt_inside_a_running_loop_cancels_the_work_and_waits_for_its_end() -> None:
    ended: list[str] = []
    begun = threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    def interrupt() -> None:
        begun.wait()
        time.sleep(0.2)  # until the caller waits
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    async def cell() -> None:
        threading.Thread(target=interrupt).start()
        with pytest.raises(KeyboardInterrupt):
            run_to_end(work())
        assert ended == ["cancelled"]

    loop = asyncio.new_event_loop()  # as a notebook's kernel runs one: asyncio.run would take the interrupt itself
    loop.run_until_complete(cell())
    loop.close()
