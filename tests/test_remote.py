"""Runs on another machine: a real sshd on loopback, a real notebook there, and a wire that is cut."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import pytest
from small_world import chat_row, corpus_line, write_jsonl
from ssh_server import SshServer, ssh_server

from oracle_lib import bases, evaluate, remote, transfer
from oracle_lib.__main__ import main
from oracle_lib.files import outputs, sha256
from oracle_lib.notebooks import find_notebook
from oracle_lib.params import load_expert, load_machine, load_profile
from oracle_lib.records import Adapter
from oracle_lib.remote import Job
from oracle_lib.run import Manifest, Stage, stage_folder
from oracle_lib.train import Recipe, ensure_base
from oracle_lib.transfer import agent

RUN, EXPERT, MACHINE = "far", "rauru-assembler", "medical-mechanica"
JOB = f"{RUN}-{EXPERT}-04_train"
RECIPE = Recipe(steps=2)
TRAIN = ["run", "04_train", "-p", "run", RUN, "-p", "epochs", "1"]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "here"))
    with ssh_server(tmp_path / "far", monkeypatch, path=f"{sys.prefix}/bin:{os.environ['PATH']}") as server:
        yield server


def export(rows: int = 12) -> Path:
    """A small data set, as 02 leaves it."""
    with Stage(RUN, EXPERT, "export", parameters={}, module="oracle_lib.files") as stage:
        folder = stage.folder / load_expert(EXPERT).dataset_name(load_profile("demo"))
        for name, first, count in (("train", 0, rows), ("val", 100, 2), ("test", 200, 2)):
            write_jsonl(folder / f"{name}.jsonl", [chat_row(first + index) for index in range(count)])
        stage.finish([folder], {})
    return folder


def far(server: SshServer) -> Path:
    return server.home / "oracle" / "datasets"


def log_of(server: SshServer, job: str = JOB) -> str:
    path = far(server) / "jobs" / job / "log"
    return path.read_text(errors="replace") if path.exists() else ""


def wait_for(something: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not something() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert something()


def comparable(manifest: Manifest) -> dict[str, Any]:
    """A manifest of a training without times, and without the receipt, which names the machine."""
    found = manifest.model_dump(mode="json", exclude={"started", "finished"})
    for clock in ("seconds", "tokens_per_second"):
        del found["metrics"][clock]
    found["inputs"].pop(f"runs/{RUN}/{EXPERT}/transfer/receipt.json")
    found["outputs"].pop(f"runs/{RUN}/{EXPERT}/train/metrics.jsonl")  # it has the tokens a second
    return found


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_a_training_there_survives_two_cuts_and_equals_one_here(
    server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export()

    def cut_twice() -> None:
        wait_for(lambda: "running" in log_of(server), seconds=600)
        server.wire.cut()
        time.sleep(3)
        server.wire.cut()

    cutting = threading.Thread(target=cut_twice)
    cutting.start()
    assert main([*TRAIN, "--on", MACHINE]) == 0, capsys.readouterr()
    cutting.join()
    said = capsys.readouterr().out
    assert server.wire.cuts == 2 and said.count("the connection is gone") == 2
    assert said.count("04_train rauru-assembler: running") == 1, "each line is shown once"
    there = Manifest.read(stage_folder(RUN, EXPERT, "train") / "manifest.json")
    executed = tmp_path / "here" / "notebooks" / RUN / EXPERT / "04_train.ipynb"
    assert executed.is_file() and str(tmp_path) not in executed.read_text()

    assert main([*TRAIN, "--on", MACHINE]) == 0
    assert "nothing changed" in capsys.readouterr().out, "what was brought stands here as if made here"

    remote.run_there(find_notebook("05_evaluate"), {"run": RUN}, load_machine(MACHINE), answers_only=True)
    answers = stage_folder(RUN, EXPERT, "evaluate") / "answers.jsonl"
    given = answers.read_text().splitlines()
    planted = json.dumps(json.loads(given[0]) | {"text": "planted"})
    answers.write_text("\n".join([planted, *given[1:]]) + "\n")
    evaluate.evaluate(RUN, EXPERT, "demo")
    judged = evaluate.read_predictions(stage_folder(RUN, EXPERT, "evaluate") / "predictions.jsonl")
    assert judged[0].answer == "planted", "what was answered there is judged here, and not answered again"

    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "alone"))
    export()
    assert main(["run", "03_transfer", "-p", "run", RUN]) == 0
    assert main(TRAIN) == 0
    here = Manifest.read(stage_folder(RUN, EXPERT, "train") / "manifest.json")
    assert comparable(there) == comparable(here)
    evaluate.evaluate(RUN, EXPERT, "demo")
    alone = evaluate.read_predictions(stage_folder(RUN, EXPERT, "evaluate") / "predictions.jsonl")
    assert judged[1:] == alone[1:] and len(judged) == len(given)


@pytest.fixture
def built() -> str:
    """A base that was built here in two steps."""
    corpus = write_jsonl(outputs() / "base" / "corpus.jsonl", [corpus_line(index) for index in range(12)])
    return ensure_base(corpus, RECIPE)


def test_a_base_that_was_built_here_is_not_built_again_there(
    server: SshServer, built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transfer.connect(load_machine(MACHINE)) as end:
        remote._send_base(end, built)
    weights = far(server) / "base" / built.removeprefix("built:") / "model.safetensors"
    arrived = weights.stat().st_mtime_ns
    assert sha256(weights) == bases.base_digest(built)
    monkeypatch.setenv("ORACLE_OUTPUTS", str(far(server)))
    assert ensure_base(far(server) / "base" / "corpus.jsonl", RECIPE) == built
    assert weights.stat().st_mtime_ns == arrived


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_same_line_finds_a_training_whose_watcher_was_killed(
    server: SshServer, built: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands on a base that was built here, which answers here afterwards."""
    export()
    line = [*TRAIN, "-p", "base", built, "--on", MACHINE]
    watcher = subprocess.Popen([sys.executable, "-m", "oracle_lib", *line], stdout=subprocess.DEVNULL)
    wait_for(lambda: "running" in log_of(server), seconds=600)
    watcher.kill()
    watcher.wait()
    assert main(line) == 0, capsys.readouterr()
    said = capsys.readouterr().out
    assert f"{JOB}: running on {MACHINE}; here is what it said" in said and "sending what it needs" not in said
    assert said.count("04_train rauru-assembler: running") == 1, "what it said before is shown, once"
    adapter = Adapter.read(stage_folder(RUN, EXPERT, "train") / "adapter.json")
    assert (adapter.base, adapter.base_sha256) == (built, bases.base_digest(built))
    assert main(line) == 0
    assert "nothing changed" in capsys.readouterr().out


def has_ended(process: int) -> bool:
    """Whether a process is gone, or nobody has asked yet how it ended."""
    return not psutil.pid_exists(process) or psutil.Process(process).status() == psutil.STATUS_ZOMBIE


def begin(job: str, *programs: str, notebook: str = "04_train") -> Job:
    """Starts a job on the machine whose commands are these programs instead of a notebook's."""
    with transfer.connect(load_machine(MACHINE)) as end:
        code = far_code()
        transfer.send(end, code, "code", {name: sha256(code / name) for name in transfer.names_in(code)}, quiet=True)
        about = Job(
            notebook=notebook,
            run=RUN,
            expert=EXPERT,
            profile="demo",
            answers_only=False,
            commands=tuple(("-c", program) for program in programs),
            code="1",
        )
        end.ask("start", job=job, commands=about.commands, code="code", about=about.model_dump())
    return about


def far_code() -> Path:
    """As much of the project as a job needs to be watched over."""
    folder = outputs() / "sent"
    place = folder / "oracle_lib" / "transfer" / "agent.py"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(Path(agent.__file__).read_bytes())
    return folder


def test_a_job_is_listed_attached_to_and_its_failing_cell_reported(
    server: SshServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remote", "list", MACHINE]) == 0
    assert capsys.readouterr().out == f"{MACHINE} has no job\n"
    go = far(server) / "go"
    begin(
        JOB,
        "print('Zelda: ゼルダ', flush=True)\n"
        f"import pathlib, sys, time\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.05)\n"
        "print('error: 04_train.ipynb stopped in cell 15 with OutOfMemoryError: 14 GiB (executed notebook: /there)')\n"
        "sys.exit(1)",
        "print('never')",
    )
    assert main(["remote", "list", MACHINE]) == 0
    assert JOB in (listed := capsys.readouterr().out) and "running" in listed
    threading.Timer(1, go.touch).start()
    assert main(["remote", "attach", MACHINE]) == 1
    said = capsys.readouterr()
    assert "Zelda: ゼルダ" in said.out and "never" not in said.out
    assert said.err == f"error: {JOB} on {MACHINE}: 04_train.ipynb stopped in cell 15 with OutOfMemoryError: 14 GiB\n"
    main(["remote", "list", MACHINE])
    assert "failed with status 1" in capsys.readouterr().out
    assert main(["remote", "attach", MACHINE, "other"]) == 1
    assert f"has no job 'other'; name one of: {JOB}" in capsys.readouterr().err
    second = f"{RUN}-{EXPERT}-05_evaluate"
    begin(second, "exit('the second')", notebook="05_evaluate")
    wait_for((far(server) / "jobs" / second / "ended.json").exists)
    assert main(["remote", "attach", MACHINE]) == 1, "the one that ended unseen, where none is named"
    assert "the second" in capsys.readouterr().out
    begin(second, "import time; time.sleep(2); exit('again')", notebook="05_evaluate")
    assert main(["remote", "attach", MACHINE]) == 1, "the one that runs, where none is named"
    assert "again" in capsys.readouterr().out


def test_a_job_is_cancelled_with_all_that_it_started(server: SshServer, capsys: pytest.CaptureFixture[str]) -> None:
    begin(JOB, "import os, time; print(os.getpid(), flush=True); time.sleep(600)", "print('never')")
    wait_for(lambda: log_of(server).strip())
    assert main(["remote", "cancel", MACHINE]) == 0
    assert has_ended(int(log_of(server).split()[0]))
    assert "never" not in log_of(server)
    capsys.readouterr()
    assert main(["remote", "list", MACHINE]) == 0
    assert capsys.readouterr().out.split()[-1] == "stopped"
    assert main(["remote", "cancel", MACHINE]) == 1
    assert capsys.readouterr().err == f"error: {MACHINE} has no running job\n"


def test_a_job_that_ignores_ctrl_c_is_killed(server: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(
        JOB,
        "import os, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(os.getpid(), flush=True)\n"
        "time.sleep(600)",
    )
    wait_for(lambda: log_of(server).strip())
    monkeypatch.setattr(agent, "STOP_SECONDS", 0.5)
    agent.cancel(far(server), JOB)
    assert has_ended(int(log_of(server).split()[0]))
    assert agent.state(far(server) / "jobs" / JOB)["state"] == "dead"


def test_another_job_of_the_same_name_is_in_the_way(server: SshServer, capsys: pytest.CaptureFixture[str]) -> None:
    export()
    begin(JOB, "import time; time.sleep(600)")
    assert main([*TRAIN, "--on", MACHINE]) == 1
    assert f"{JOB} runs on {MACHINE} with other code; wait for it with: " in capsys.readouterr().err
    main(["remote", "cancel", MACHINE])


def test_a_machine_that_lacks_something_says_all_of_it_before_anything_is_sent(
    server: SshServer, capsys: pytest.CaptureFixture[str]
) -> None:
    export()
    bare = server.home / "bin"
    bare.mkdir()
    (bare / "python3").symlink_to(sys._base_executable)  # type: ignore[attr-defined]
    server.restart(f"{bare}:/usr/bin:/bin")
    assert main([*TRAIN, "--on", MACHINE]) == 1
    said = capsys.readouterr().err
    assert "lacks packages as they are here: torch 2" in said and "(missing there)" in said
    assert not far(server).exists()
    assert main(["remote", "check", MACHINE, "--profile", "full"]) == 1
    said = capsys.readouterr().out
    assert "it has no NVIDIA card that nvidia-smi shows, and Qwen/Qwen2.5-Coder-14B-Instruct needs one" in said


def test_a_machine_whose_card_ollama_holds_is_found_out() -> None:
    machine, expert, profile = load_machine(MACHINE), load_expert(EXPERT), load_profile("full")
    packages = {package: version(package) for package in agent.PACKAGES}
    found = {
        "python": [3, 12, 1],
        "system": "linux",
        "packages": packages,
        "cards": [{"name": "RTX 5060 Ti", "total": 16.0, "free": 6.9}],
        "free": 2**40,
        "ollama": {"qwen3:14b": 9.0},
    }
    (problem,) = remote.lacks(found, machine, expert, profile)
    assert problem == "has 6.9 GiB of its card free, and training may take 15.0; free it with: ollama stop qwen3:14b"
    assert not remote.lacks(
        {**found, "cards": [{"name": "RTX", "total": 16.0, "free": 15.5}]}, machine, expert, profile
    )
    assert remote.lacks({**found, "python": [3, 9, 2], "system": "win32"}, machine, expert, profile)[:2] == [
        "runs no Linux; on Windows, name WSL2's Python as `python` in its file in params/machines",
        "has Python 3.9.2; install 3.11 or newer",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([*TRAIN, "--on", "local"], "local is this machine; leave --on away"),
        (["run", "01", "--on", MACHINE], "01_generate runs here; 04_train and 05_evaluate can run on another machine"),
    ],
)
def test_what_cannot_run_there_is_said(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith(f"error: {says}")
