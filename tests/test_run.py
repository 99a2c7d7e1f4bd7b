"""Stages: whole files or none, one process at a time, and nothing done twice without a reason."""

import json
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oracle_lib import OracleError, run
from oracle_lib.files import atomic_path, atomic_write, outputs, relative, sha256
from oracle_lib.records import Receipt
from oracle_lib.run import Manifest, Stage, code_digest, stage_folder

HOLD = """
import sys, time
from pathlib import Path
from oracle_lib.files import outputs
from oracle_lib.run import Stage
shared = outputs() / "base" / "thing" if sys.argv[1:] == ["shared"] else None
with Stage("r", "rauru-assembler", "export", parameters={}, rooms=(), folder=shared) as stage:
    print("held", flush=True)
    time.sleep(float(sys.stdin.readline()))
    (stage.folder / "made").write_text("made")
    stage.finish([stage.folder / "made"], {})
"""


def start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def write_stage(content: str = "x", force: bool = False, **parameters: int) -> tuple[Stage, bool]:
    """One export stage that copies an input; the second value says whether it had to work."""
    source = outputs() / "source.txt"
    if not source.exists():
        atomic_write(source, content)
    with Stage(
        "r", "rauru-assembler", "export", inputs=[source], parameters=parameters, rooms=(), force=force
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


def test_another_input_parameter_or_code_redoes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    write_stage()
    assert write_stage(seed=1)[1]
    atomic_write(outputs() / "source.txt", "changed")
    assert write_stage(seed=1)[1]
    assert not write_stage(seed=1)[1]
    monkeypatch.setattr(run, "code_digest", lambda *rooms: "other")
    assert write_stage(seed=1)[1]


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
    with pytest.raises(RuntimeError), Stage("r", "rauru-assembler", "train", parameters={}, rooms=()) as stage:
        (stage.folder / "half").write_text("half")
        raise RuntimeError
    assert not stage.manifest_path.exists()
    with Stage("r", "rauru-assembler", "train", parameters={}, rooms=()) as again:
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


def test_an_input_that_is_missing_names_its_stage() -> None:
    missing = stage_folder("r", "rauru-assembler", "generate") / "accepted.jsonl"
    with (
        pytest.raises(OracleError, match="'generate' first"),
        Stage("r", "rauru-assembler", "export", inputs=[missing], parameters={}, rooms=()),
    ):
        pass
    with Stage("r", "rauru-assembler", "export", parameters={}, rooms=()):
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
    ready, _, _ = select.select([first.stdout, second.stdout], [], [], 30)
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
    assert outputs() == run.REPOSITORY / "outputs"


def test_the_code_digest_covers_its_rooms_and_the_ground_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "library"
    for name in ("run.py", "transfer.py", "export/card.py", "export/card.html.jinja", "train/qlora.py"):
        atomic_write(library / name, name)
    monkeypatch.setattr(run, "__file__", str(library / "run.py"))

    def changes(name: str, *rooms: str) -> bool:
        code_digest.cache_clear()
        before = code_digest(*rooms)
        (library / name).write_text((library / name).read_text() + "#")
        code_digest.cache_clear()
        return code_digest(*rooms) != before

    assert changes("run.py", "export")
    assert changes("export/card.py", "export")
    assert changes("export/card.html.jinja", "export")
    assert not changes("train/qlora.py", "export")
    assert not changes("transfer.py", "export")
    assert changes("transfer.py", "transfer")
    assert changes("export/card.py", "export/card")
    code_digest.cache_clear()


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
    assert outputs() == run.REPOSITORY / "outputs"
    assert list(Path().iterdir()) == []
