"""Runs on another machine: a real sshd on loopback, a real notebook there, and a wire that is cut."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_world import chat_row, write_jsonl
from ssh_server import SshServer, ssh_server

from oracle_lib.__main__ import main
from oracle_lib.params import load_expert, load_profile
from oracle_lib.run import Manifest, Stage, stage_folder

RUN, EXPERT, MACHINE = "far", "rauru-assembler", "medical-mechanica"
JOB = f"{RUN}-{EXPERT}-04_train"
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


def test_a_training_there_survives_two_cuts_and_equals_one_here(
    server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export()

    def cut_twice() -> None:
        wait_for(lambda: "running" in log_of(server))
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

    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "alone"))
    export()
    assert main(["run", "03_transfer", "-p", "run", RUN]) == 0
    assert main(TRAIN) == 0
    here = Manifest.read(stage_folder(RUN, EXPERT, "train") / "manifest.json")
    assert comparable(there) == comparable(here)
