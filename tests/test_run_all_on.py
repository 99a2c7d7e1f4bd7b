"""`run all --on`: one line from source to release, with training and answering on another machine, a real sshd."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh_server import SshServer, ssh_server

from oracle_lib import registry
from oracle_lib.__main__ import main
from oracle_lib.evaluate import read_predictions
from oracle_lib.run import STAGES, Manifest, stage_folder

RUN, EXPERT, MACHINE = "far", "rauru-assembler", "medical-mechanica"
LINE = ["run", "all", "--on", MACHINE, "-p", "expert", EXPERT, "-p", "run", RUN]
SMALL = ["-p", "size", "40", "-p", "epochs", "1", "-p", "question", "Write a routine that clears $7E0010."]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "here"))
    with ssh_server(tmp_path / "far", monkeypatch, path=f"{sys.prefix}/bin:{os.environ['PATH']}") as server:
        yield server


def jobs(server: SshServer) -> list[str]:
    return sorted(path.parent.name for path in server.home.glob("oracle/datasets/jobs/*/ended.json"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_one_line_makes_a_release_here_of_what_was_trained_and_answered_there(
    server: SshServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*LINE, *SMALL]) == 0, capsys.readouterr()
    capsys.readouterr()
    assert jobs(server) == [f"{RUN}-{EXPERT}-04_train", f"{RUN}-{EXPERT}-05_evaluate-answers"]
    there = server.home / "oracle" / "datasets" / "runs" / RUN / EXPERT
    manifests = {stage: Manifest.read(stage_folder(RUN, EXPERT, stage) / "manifest.json") for stage in STAGES}
    assert (there / "train" / "manifest.json").read_bytes() == (
        stage_folder(RUN, EXPERT, "train") / "manifest.json"
    ).read_bytes()
    assert [path.name for path in there.iterdir() if (path / "manifest.json").exists()] == ["train"]
    answers = [json.loads(line)["text"] for line in (there / "evaluate" / "answers.jsonl").read_text().splitlines()]
    judged = read_predictions(stage_folder(RUN, EXPERT, "evaluate") / "predictions.jsonl")
    assert sorted(row.answer for row in judged) == sorted(answers), "what was answered there is what was judged here"
    version = registry.resolve(f"{EXPERT}@candidate")
    assert version.adapter.run == RUN and all(manifest.intact() for manifest in manifests.values())

    assert main([*LINE, *SMALL]) == 0
    said = capsys.readouterr().out
    assert said.count("nothing changed") == len(STAGES), said
