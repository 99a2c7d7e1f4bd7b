"""Verification on the machines of a Ray cluster gives the bytes that this machine gives, and a dead worker loses
nothing.
"""

import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import deadly_work
import pytest
from deadly_work import die_elsewhere, die_once

from oracle_lib import OracleError
from oracle_lib.quality import Knowledge, score
from oracle_lib.sample import read_samples
from oracle_lib.tasks import families
from oracle_lib.tasks.bench import PATH
from oracle_lib.tasks.kit.breaks import breaks
from oracle_lib.verify import Contract, check_many
from oracle_lib.workers import crew, pool, processors, spread


def answers(count: int) -> list[tuple[str, Contract]]:
    """Right answers and broken ones, with their contracts."""
    rng = random.Random(5)
    problems = [families()["add_words"].draw(rng) for _ in range(count // 2)]
    both = [(one.references[0], breaks(one.references[0])[0].text, one.contract) for one in problems]
    return [(text, contract) for right, broken, contract in both for text in (right, broken)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers on this machine."""
    ray = pytest.importorskip("ray", reason="Ray is not installed (pip install oracle-experts[ray])")
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


@pytest.fixture
def on_cluster(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ORACLE_RAY", "local")
    return cluster


def as_bytes(pairs: list[tuple[str, Contract]]) -> list[str]:
    return [verdict.model_dump_json() for verdict in check_many(pairs)]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_cluster_gives_the_verdicts_of_this_machine_although_a_worker_is_killed(
    on_cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = answers(40)
    with pool(ThreadPoolExecutor) as workers, ThreadPoolExecutor() as beside:
        victims = {worker.result() for worker in [workers.submit(os.getpid) for _ in range(8)]}
        assert processors() == 2 and os.getpid() not in victims
        checking = beside.submit(as_bytes, pairs)
        os.kill(min(victims), signal.SIGKILL)
        on_machines = checking.result()
    monkeypatch.delenv("ORACLE_RAY")
    assert on_machines == as_bytes(pairs)
    assert len({verdict.partition("reasons")[0] for verdict in on_machines}) > 1  # some pass, others do not


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_cluster_scores_to_the_byte_as_this_machine_does_although_a_worker_is_killed(
    on_cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[score.__module__], "_PART", 5)
    samples = list(islice(read_samples(PATH), 40))
    graph = Knowledge()

    def scored() -> list[str]:
        return [quality.model_dump_json() for quality in score(samples, graph)]

    with pool(ThreadPoolExecutor) as workers, ThreadPoolExecutor() as beside:
        victims = {worker.result() for worker in [workers.submit(os.getpid) for _ in range(8)]}
        scoring = beside.submit(scored)
        os.kill(min(victims), signal.SIGKILL)
        on_machines = scoring.result()
    monkeypatch.delenv("ORACLE_RAY")
    assert on_machines == scored()
    assert {quality.accepted for quality in score(samples, graph)} == {True}


def test_parts_are_done_in_processes_of_this_machine_and_one_that_dies_loses_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ORACLE_RAY", raising=False)
    assert spread(math.factorial, [5, 3, 4]) == [120, 6, 24]
    assert spread(die_elsewhere, [(os.getpid(), 1), (os.getpid(), 2), (os.getpid(), 3)]) == [1, 2, 3]


_SCRIPT = """
import os, signal, time
from oracle_lib.workers import crew
if __name__ == "__main__":
    with crew(1000) as workers:
        try:
            print(workers.submit(os.getpid).result(), flush=True)
            time.sleep(600)
        except KeyboardInterrupt:
            print(workers.submit(os.getpid).result(), flush=True)
"""


@pytest.fixture
def working(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[str]"]:
    """A script that has a worker and prints its number; on Ctrl+C it asks again, and ends."""
    monkeypatch.delenv("ORACLE_RAY", raising=False)
    (tmp_path / "script.py").write_text(_SCRIPT)
    process = subprocess.Popen(
        [sys.executable, tmp_path / "script.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_a_worker_ends_with_the_process_that_it_works_for_even_if_that_is_killed(
    working: "subprocess.Popen[str]",
) -> None:
    assert working.stdout
    worker = int(working.stdout.readline())
    os.kill(worker, 0)
    working.kill()
    with pytest.raises(ProcessLookupError):
        while True:
            os.kill(worker, 0)
            time.sleep(0.05)


def test_ctrl_c_reaches_no_worker(working: "subprocess.Popen[str]") -> None:
    assert working.stdout
    worker = int(working.stdout.readline())
    os.killpg(working.pid, signal.SIGINT)
    said, error = working.communicate(timeout=60)
    assert (int(said), error, working.returncode) == (worker, "", 0)


def test_a_worker_that_is_killed_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORACLE_RAY", raising=False)
    with pytest.raises(OracleError, match=r"a worker process was killed, .* run again"), crew(1000) as workers:
        assert workers
        workers.submit(die_elsewhere, (os.getpid(), 1)).result()


def test_a_few_pieces_of_work_start_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORACLE_RAY", raising=False)
    with crew(20) as workers:
        assert workers is None


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_a_dead_worker_had_is_done_again_and_what_fails_fails_here(on_cluster: Any, tmp_path: Path) -> None:
    on_cluster.cloudpickle.register_pickle_by_value(deadly_work)  # Ray's workers do not see the tests' folder
    with pool(ThreadPoolExecutor) as workers:
        assert workers.submit(die_once, tmp_path / "died").result() == "done" and (tmp_path / "died").exists()
        with pytest.raises(FileNotFoundError):
            workers.submit(os.listdir, tmp_path / "nowhere").result()
    assert spread(math.factorial, [5, 3, 4]) == [120, 6, 24]


def test_a_cluster_without_ray_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_RAY", "auto")
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OracleError, match=r"ORACLE_RAY is set and Ray is not installed; install oracle-experts\[ray\]"):
        check_many(answers(2))


def test_nobody_but_this_machine_works_where_no_cluster_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORACLE_RAY", raising=False)
    with pool(ThreadPoolExecutor) as workers:
        assert workers.submit(os.getpid).result() == os.getpid()
    assert processors() == os.cpu_count()
