"""Paths as people have them: a home folder, links to another disk, disks that take nothing, files that are no text."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from oracle_lib import OracleError, params
from oracle_lib.__main__ import main
from oracle_lib.files import atomic_path, atomic_write, display_path, outputs, relative, remove, writable_folder
from oracle_lib.records import Receipt
from oracle_lib.run import Manifest, Stage, stage_folder
from oracle_lib.sample import read_samples


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another disk, where this user may mount one, and else on this one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=False, capture_output=True)
    yield disk
    if mounted.returncode == 0:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that root can't write to either."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], check=True, capture_output=True)
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("this user may not mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_tilde_in_oracle_outputs_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ORACLE_OUTPUTS", "~/x")
    assert outputs() == tmp_path / "x"
    monkeypatch.setenv("ORACLE_OUTPUTS", "~nobody-of-that-name/x")
    with pytest.raises(OracleError, match="names no home folder of this machine"):
        outputs()


def test_linked_runs_on_another_disk_work_like_a_folder(other_disk: Path) -> None:
    outputs().mkdir()
    (outputs() / "runs").symlink_to(other_disk)
    for _ in range(2):
        with Stage("r", "e-e", "export", parameters={}, module="oracle_lib.files", force=True) as stage:
            with atomic_path(stage.folder / "data") as beside:
                beside.mkdir()
                (beside / "train.jsonl").write_text("rows")
            stage.finish([stage.folder / "data"], {})
    assert list(Manifest.read(stage.manifest_path).outputs) == ["runs/r/e-e/export/data"]
    assert (other_disk / "r" / "e-e" / "export" / "data" / "train.jsonl").read_text() == "rows"
    assert Manifest.read(stage.manifest_path).intact()


def test_a_link_stays_one_and_what_it_leads_to_is_replaced(other_disk: Path) -> None:
    outputs().mkdir()
    for name in ("file", "folder", "new"):
        (outputs() / name).symlink_to(other_disk / name)
    (other_disk / "file").write_text("old")
    atomic_write(other_disk / "folder" / "old", "old")
    atomic_write(outputs() / "file", "written")
    atomic_write(outputs() / "new", "written")
    with atomic_path(outputs() / "folder") as beside:
        beside.mkdir()
        (beside / "made").write_text("written")
    assert all((outputs() / name).is_symlink() for name in ("file", "folder", "new"))
    assert sorted(path.relative_to(other_disk).as_posix() for path in other_disk.rglob("*") if path.is_file()) == [
        "file",
        "folder/made",
        "new",
    ]
    assert {path.read_text() for path in other_disk.rglob("*") if path.is_file()} == {"written"}


def test_a_file_never_replaces_a_folder(tmp_path: Path) -> None:
    atomic_write(tmp_path / "kept" / "file", "x")
    with pytest.raises(OracleError, match="kept is a folder"):
        atomic_write(tmp_path / "kept", "y")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["file"]


def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    atomic_write(tmp_path / "kept" / "file", "x")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    remove(tmp_path / "link")
    assert not (tmp_path / "link").exists() and (tmp_path / "kept" / "file").exists()


def test_a_path_is_named_from_the_outputs_folder_and_only_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs().mkdir()
    monkeypatch.chdir(outputs())
    assert relative(Path("a/b")) == "a/b" == display_path(Path("a/b"))
    assert display_path(tmp_path / "else" / "b") == "b"


def test_outputs_that_are_a_file_are_refused_in_one_sentence() -> None:
    folder = outputs()
    folder.write_text("")
    for use in (outputs, lambda: writable_folder(folder), lambda: Receipt.read(folder / "receipt.json")):
        with pytest.raises(OracleError, match=r"nothing can be written to .*; set ORACLE_OUTPUTS"):
            use()


@pytest.mark.parametrize("command", [["summary"], ["experts"], ["registry", "list"], ["run", "01"], ["ask", "What?"]])
def test_outputs_of_a_name_that_no_disk_takes_are_told_by_every_command(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", "x" * 300)
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: nothing can be written to xxx") and said.count("\n") == 1
    assert said.endswith("x (File name too long); set ORACLE_OUTPUTS to a folder where you may write\n")


def test_read_only_outputs_are_refused_before_a_stage_starts(read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(read_only))
    with (
        pytest.raises(OracleError, match=r"nothing can be written to .* \(Read-only file system\); set ORACLE_OUTPUTS"),
        Stage("r", "e-e", "export", parameters={}, module="oracle_lib.files"),
    ):
        pytest.fail("it started")
    with pytest.raises(OracleError, match="Read-only file system"):
        writable_folder(read_only)


def test_a_name_that_no_file_system_takes_is_refused() -> None:
    assert stage_folder("r" * 100, "e-e", "export")
    with pytest.raises(OracleError, match="rrr… is too long to name a folder; use at most 100"):
        stage_folder("r" * 101, "e-e", "export")
    with pytest.raises(OracleError, match="too long"):
        stage_folder("é" * 51, "e-e", "export")
    with pytest.raises(OracleError, match="cannot name a folder"):
        stage_folder("two\nlines", "e-e", "export")


SAMPLES = '{"sample_id": "é"}\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (SAMPLES.encode("latin-1"), "line 1: it is not text in UTF-8"),
        (gzip.compress(SAMPLES.encode()), "line 1: it is not text in UTF-8"),
        (SAMPLES.encode("utf-16"), "line 1: it is not text in UTF-8"),
        (SAMPLES.encode(), "line 1: sample_id: must have the form"),
        (b"{", "line 1: it is no JSON at line 1 column 1"),
    ],
)
def test_samples_that_are_no_text_are_named_with_their_line(content: bytes, says: str) -> None:
    path = outputs() / "runs" / "accepted.jsonl"
    atomic_write(path, content)
    with pytest.raises(OracleError, match=rf"^runs/accepted.jsonl {says}.*; run 01_generate again$"):
        list(read_samples(path))


def test_params_that_are_no_text_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(params, "FOLDER", tmp_path)
    for content in ("name: é".encode("latin-1"), gzip.compress(b"name: demo")):
        atomic_write(tmp_path / "profiles" / "demo.yaml", content)
        with pytest.raises(OracleError, match=r"^params/profiles/demo.yaml is not UTF-8 text; save it as UTF-8$"):
            params.contents()
