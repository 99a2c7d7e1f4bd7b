"""Stages: whole files or none, one process at a time, and nothing done twice without a reason."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import JsonValue

from oracle_lib import OracleError, run
from oracle_lib.files import REPOSITORY, atomic_path, atomic_write, outputs, relative, sha256
from oracle_lib.records import Receipt
from oracle_lib.run import Manifest, Stage, differences, stage_folder

MODULE = "oracle_lib.files"
HOLD = """
import sys, time
from pathlib import Path
from oracle_lib.files import outputs
from oracle_lib.run import Stage
shared = outputs() / "base" / "thing" if sys.argv[1:] == ["shared"] else None
with Stage("r", "rauru-assembler", "export", parameters={}, module="oracle_lib.files", folder=shared) as stage:
    print("held", flush=True)
    time.sleep(float(sys.stdin.readline()))
    (stage.folder / "made").write_text("made")
    stage.finish([stage.folder / "made"], {})
"""


def start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def write_stage(
    content: str = "x", force: bool = False, outlives_code: bool = False, **parameters: JsonValue
) -> tuple[Stage, bool]:
    """One export stage that copies an input; the second value says whether it had to work."""
    source = outputs() / "source.txt"
    if not source.exists():
        atomic_write(source, content)
    with Stage(
        "r",
        "rauru-assembler",
        "export",
        inputs=[source],
        parameters=parameters,
        module=MODULE,
        force=force,
        outlives_code=outlives_code,
    ) as stage:
        worked = not stage.is_current
        if worked:
            made = atomic_write(stage.folder / "made.txt", source.read_text())
            stage.finish([made], {"rows": 1})
    return stage, worked


def test_a_file_appears_whole_under_its_name() -> None:
    path = atomic_write(outputs() / "a" / "b.txt", "whole")
    assert path.read_text() == "whole"
    assert [file.name for file in path.parent.iterdir()] == ["b.txt"]


def test_a_writer_that_fails_leaves_what_was_there_and_nothing_beside_it() -> None:
    path = atomic_write(outputs() / "b.txt", "before")
    with pytest.raises(RuntimeError), atomic_path(path) as beside:
        beside.write_text("half")
        raise RuntimeError
    assert path.read_text() == "before"
    assert list(outputs().iterdir()) == [path]


def test_a_folder_replaces_a_folder() -> None:
    folder = outputs() / "data"
    for names in (["a", "b"], ["c"]):
        with atomic_path(folder) as beside:
            beside.mkdir()
            for name in names:
                (beside / name).write_text(name)
    assert [file.name for file in folder.iterdir()] == ["c"]


def test_a_writer_killed_in_the_middle_of_a_file_leaves_what_was_there() -> None:
    code = """
import resource, signal
from oracle_lib.files import atomic_write, outputs
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
atomic_write(outputs() / "b.txt", "x" * 2_000_000)
"""
    path = atomic_write(outputs() / "b.txt", "before")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGXFSZ
    assert path.read_text() == "before"
    assert [file.stat().st_size for file in outputs().glob(".b.txt.*.partial")] == [1_000_000]


def test_a_writer_killed_while_it_overwrites_never_leaves_a_torn_file() -> None:
    code = """
import itertools
from oracle_lib.files import atomic_write, outputs
for number in itertools.count():
    atomic_write(outputs() / "number.txt", str(number % 10) * 1_000_000)
    print(number, flush=True)
"""
    path = outputs() / "number.txt"
    for pause in (0.0, 0.003, 0.007):
        process = start(code)
        assert process.stdout and process.stdout.readline()
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        content = path.read_text()
        assert content == content[0] * 1_000_000


def test_the_next_process_clears_what_a_killed_one_left() -> None:
    stage, _ = write_stage()
    (stage.folder / ".made.txt.99999.partial").write_text("half")
    (stage.folder / ".folder.99999.partial").mkdir()
    write_stage()
    assert not list(stage.folder.glob(".*.partial"))


def test_a_folders_digest_sees_names_and_contents() -> None:
    folder = outputs() / "data"
    atomic_write(folder / "sub" / "a", "1")
    first = sha256(folder)
    atomic_write(folder / "sub" / "a", "2")
    second = sha256(folder)
    (folder / "sub" / "a").rename(folder / "sub" / "b")
    assert len({first, second, sha256(folder)}) == 3


def test_a_finished_stage_with_equal_inputs_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert write_stage()[1]
    assert not write_stage()[1]
    assert "nothing changed" in capsys.readouterr().out


def test_force_redoes_it() -> None:
    write_stage()
    assert write_stage(force=True)[1]


def change_the_code(stage: Stage, file: str = "oracle_lib/files.py") -> None:
    """Makes the finished stage one that other code made."""
    manifest = json.loads(stage.manifest_path.read_text())
    manifest["code"][file] = "0" * 64
    stage.manifest_path.write_text(json.dumps(manifest))


def test_another_input_parameter_or_code_redoes_it() -> None:
    stage, _ = write_stage()
    assert write_stage(seed=1)[1]
    atomic_write(outputs() / "source.txt", "changed")
    assert write_stage(seed=1)[1]
    assert not write_stage(seed=1)[1]
    change_the_code(stage)
    assert write_stage(seed=1)[1]


def test_a_stage_says_what_made_it_run_again(capsys: pytest.CaptureFixture[str]) -> None:
    stage, _ = write_stage(split={"val": 0.06, "test": 0.1}, seed=1)
    assert capsys.readouterr().out == "", "the first time needs no reason"

    def said(seed: int = 1) -> str:
        write_stage(split={"val": 0.1, "test": 0.1}, seed=seed)
        return capsys.readouterr().out.removeprefix("export: runs again because ").removesuffix("\n")

    made = "runs/r/rauru-assembler/export/made.txt"
    assert said() == "the parameter split.val changed from 0.06 to 0.1"
    atomic_write(outputs() / "source.txt", "changed")
    assert said() == "source.txt changed"
    (outputs() / made).write_text("by hand")
    assert said() == f"{made} changed"
    (outputs() / made).unlink()
    assert said() == f"{made} is gone"
    change_the_code(stage)
    assert said() == "the code changed: oracle_lib/files.py"
    for file in "abcd":
        change_the_code(stage, f"oracle_lib/{file}.py")
    assert said() == "the code changed: oracle_lib/a.py, oracle_lib/b.py, oracle_lib/c.py and 1 more"
    change_the_code(stage)
    assert said(seed=2) == ("the parameter seed changed from 1 to 2; the code changed: oracle_lib/files.py")


def test_long_parameters_are_named_and_not_repeated() -> None:
    before, now = (
        {"prompt": "You are Rauru. " * 9, "sha256": "a" * 64},
        {"prompt": "You are Rauru! " * 9, "sha256": "b" * 64},
    )
    assert differences(before, now) == [
        "prompt changed",
        "sha256 changed from aaaaaaaaaaaa… to bbbbbbbbbbbb…",
    ]


def test_what_is_too_dear_outlives_a_change_of_code_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    stage, _ = write_stage(outlives_code=True)
    change_the_code(stage)
    capsys.readouterr()
    assert not write_stage(outlives_code=True)[1]
    assert capsys.readouterr().out == "export: kept although oracle_lib/files.py changed since (force redoes it)\n"
    assert write_stage(outlives_code=True, seed=1)[1]
    change_the_code(stage)
    assert write_stage(outlives_code=True, seed=1, force=True)[1]


def test_a_damaged_or_missing_output_is_made_again() -> None:
    stage, _ = write_stage()
    (stage.folder / "made.txt").write_text("damaged")
    assert write_stage()[1]
    (stage.folder / "made.txt").unlink()
    assert write_stage()[1]
    assert (stage.folder / "made.txt").read_text() == "x"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"stage": "export"}'])
def test_a_manifest_that_cannot_be_read_means_not_finished(content: str) -> None:
    stage, _ = write_stage()
    stage.manifest_path.write_text(content)
    assert write_stage()[1]


def test_a_stage_that_fails_is_not_finished() -> None:
    with (
        pytest.raises(RuntimeError),
        Stage("r", "e-e", "train", parameters={}, module=MODULE) as stage,
    ):
        (stage.folder / "half").write_text("half")
        raise RuntimeError
    assert not stage.manifest_path.exists()
    with Stage("r", "e-e", "train", parameters={}, module=MODULE) as again:
        assert not again.is_current


def test_the_manifest_tells_lineage_without_absolute_paths() -> None:
    stage, _ = write_stage(seed=7)
    manifest = Manifest.read(stage.manifest_path)
    assert manifest.inputs == {"source.txt": sha256(outputs() / "source.txt")}
    assert manifest.outputs == {"runs/r/rauru-assembler/export/made.txt": sha256(stage.folder / "made.txt")}
    assert (manifest.stage, manifest.expert, manifest.run) == ("export", "rauru-assembler", "r")
    assert manifest.parameters == {"seed": 7} and manifest.metrics == {"rows": 1}
    assert manifest.started <= manifest.finished
    assert manifest.versions["torch"]
    assert str(outputs()) not in stage.manifest_path.read_text()


GIT = ("git", "-c", "user.name=n", "-c", "user.email=e@localhost", "-c", "commit.gpgsign=false")
COMMIT = "from oracle_lib.run import git_commit; print(git_commit())"


def commit_of(copy: Path, **environment: str) -> str:
    """What a copy of the project takes for its commit."""
    settings = {"PYTHONPATH": str(copy), "PATH": os.environ["PATH"], **environment}
    done = subprocess.run(
        [sys.executable, "-c", COMMIT], cwd=copy, env=settings, check=True, capture_output=True, text=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_the_commit_is_the_projects_own_or_unknown(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run([*GIT, *arguments], cwd=tmp_path / "outer", check=True, capture_output=True, text=True)
        return done.stdout.strip()

    library = tmp_path / "outer" / "oracle" / "oracle_lib"
    library.mkdir(parents=True)
    for module in Path(run.__file__).parent.glob("*.py"):
        (library / module.name).write_bytes(module.read_bytes())
    assert commit_of(library.parent) == "", "no repository"

    git("init")
    git("commit", "--allow-empty", "-m", "another project")
    assert commit_of(library.parent) == "", "unpacked inside another repository"

    (tmp_path / "outer" / ".git").rename(library.parent / ".git")
    head = git("-C", "oracle", "rev-parse", "HEAD")
    assert commit_of(library.parent) == head and len(head) == 40
    assert commit_of(library.parent, PATH=str(tmp_path)) == "", "no git"
    assert commit_of(library.parent, GIT_TEST_ASSUME_DIFFERENT_OWNER="1") == "", "git refuses: dubious ownership"


def test_an_input_that_is_missing_names_its_stage() -> None:
    missing = stage_folder("r", "rauru-assembler", "generate") / "accepted.jsonl"
    with (
        pytest.raises(OracleError, match="'generate' first"),
        Stage("r", "rauru-assembler", "export", inputs=[missing], parameters={}, module=MODULE),
    ):
        pass
    with Stage("r", "rauru-assembler", "export", parameters={}, module=MODULE):
        pass


def test_a_second_process_on_one_stage_is_refused_and_told_who_holds_it() -> None:
    process = start(HOLD)
    assert process.stdout and process.stdout.readline() == "held\n"
    with pytest.raises(OracleError, match=f"in use by process {process.pid}"):
        write_stage()
    process.communicate("0\n")
    assert process.returncode == 0
    write_stage()


def test_a_killed_process_does_not_keep_its_stage() -> None:
    process = start(HOLD)
    assert process.stdout and process.stdout.readline() == "held\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert write_stage()[1]


def test_a_second_process_waits_for_what_experts_share_and_finds_it_made() -> None:
    first, second = start(HOLD, "shared"), start(HOLD, "shared")
    ready, _, _ = select.select([one for one in (first.stdout, second.stdout) if one], [], [], 30)
    assert len(ready) == 1, "both hold it at once"
    holder, waiter = (first, second) if first.stdout in ready else (second, first)
    assert holder.communicate("0.2\n")[0] == "held\n"
    assert "nothing changed" in waiter.communicate("0\n")[0]
    assert holder.returncode == waiter.returncode == 0


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b"])
def test_a_run_cannot_leave_its_folder(name: str) -> None:
    with pytest.raises(OracleError, match="cannot name a folder"):
        stage_folder(name, "rauru-assembler", "export")


def test_outputs_move_with_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "elsewhere"))
    assert relative(stage_folder("r", "e-e", "export")) == "runs/r/e-e/export"
    assert stage_folder("r", "e-e", "export").is_relative_to(tmp_path / "elsewhere")
    monkeypatch.delenv("ORACLE_OUTPUTS")
    assert outputs() == REPOSITORY / "outputs"


def test_a_receipt_that_is_missing_or_foreign_says_what_to_run() -> None:
    path = stage_folder("r", "rauru-assembler", "transfer") / "receipt.json"
    with pytest.raises(OracleError, match="run 03_transfer for this expert first"):
        Receipt.read(path)
    atomic_write(path, json.dumps({"machine": "local"}))
    with pytest.raises(OracleError, match="run 03_transfer for this expert again"):
        Receipt.read(path)


def test_nothing_depends_on_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    monkeypatch.delenv("ORACLE_OUTPUTS")
    assert outputs() == REPOSITORY / "outputs"
    assert list(Path().iterdir()) == []
