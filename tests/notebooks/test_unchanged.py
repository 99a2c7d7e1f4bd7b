"""When `python -m oracle_lib run` finds nothing changed, and what it refuses before any work."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from oracle_lib import OracleError, code, params
from oracle_lib.__main__ import main
from oracle_lib.notebooks import NOTEBOOKS, _fingerprint

PARAMETERS = 'expert: str = "yaze-expert"  # any of its names\nrun: str = "tests"  # the run\'s folder'
CELL = """
from oracle_lib.run import Stage
with Stage(run, expert, "show", parameters={"limit": 3}, module="oracle_lib.export.dataset") as stage:
    if not stage.is_current:
        stage.finish([], {})
"""


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    return tmp_path / "outputs"


@pytest.fixture
def copied_params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(params, "FOLDER", shutil.copytree(params.FOLDER, tmp_path / "params"))
    return tmp_path / "params"


@pytest.fixture
def copied_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    kept = shutil.ignore_patterns("__pycache__", "embedded")
    monkeypatch.setattr(code, "LIBRARY", shutil.copytree(code.LIBRARY, tmp_path / "oracle_lib", ignore=kept))
    forget()
    yield tmp_path / "oracle_lib"
    forget()


def forget() -> None:
    for remembering in (code.code_files, code.code_digest, code._read, code._data_in):
        remembering.cache_clear()


def write_notebook(path: Path, cell: str = CELL, prose: str = "Prose.") -> Path:
    parameters = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_markdown_cell(prose), parameters, new_code_cell(cell)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def test_a_comment_in_a_cell_or_in_params_executes_nothing_and_a_constant_does(
    tmp_path: Path, copied_params: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = write_notebook(tmp_path / "07_show.ipynb")

    def said() -> str:
        assert main(["run", str(notebook)]) == 0
        return capsys.readouterr().out

    assert "done in" in said()
    write_notebook(notebook, f"# A remark.\n{CELL}  # Another.\n")
    append(copied_params / "profiles" / "demo.yaml", "\n# A remark.\n")
    assert said() == "07_show yaze-expert: nothing changed\n"
    write_notebook(notebook, CELL.replace('"limit": 3', '"limit": 4'))
    assert "show: runs again because the parameter limit changed from 3 to 4" in said()


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("0*.ipynb")), ids=lambda path: path.stem)
def test_a_comment_anywhere_in_the_library_leaves_every_notebook_as_it_is(
    notebook: Path, copied_library: Path, copied_params: Path
) -> None:
    before = _fingerprint(notebook, {})
    for file in copied_library.rglob("*.py"):
        append(file, "\n# A remark.\n'''Another.'''\n")
    forget()
    assert _fingerprint(notebook, {}) == before
    append(copied_library / "sample.py", "\nLIMIT = 3\n")
    forget()
    assert _fingerprint(notebook, {}) != before


def test_a_notebook_follows_its_cells_its_params_and_the_library_that_it_imports(
    tmp_path: Path, copied_library: Path, copied_params: Path
) -> None:
    notebook = write_notebook(tmp_path / "07_show.ipynb", f"%matplotlib inline\n{CELL}")
    found = [_fingerprint(notebook, {"epochs": 1}), _fingerprint(notebook, {"epochs": 2})]

    append(copied_params / "council.yaml", "\nmore: 1\n")
    found.append(_fingerprint(notebook, {"epochs": 1}))
    append(copied_library / "train" / "trainer.py", "\nLIMIT = 3\n")
    forget()
    assert _fingerprint(notebook, {"epochs": 1}) == found[-1], "it imports nothing of 04"
    append(copied_library / "run.py", "\nLIMIT = 3\n")
    forget()
    found.append(_fingerprint(notebook, {"epochs": 1}))
    write_notebook(notebook, f"%matplotlib agg\n{CELL}")
    found.append(_fingerprint(notebook, {"epochs": 1}))
    assert len(set(found)) == len(found)


def test_a_cell_that_is_no_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OracleError, match=r"07_show.ipynb has a cell that is no Python: invalid syntax"):
        _fingerprint(write_notebook(tmp_path / "07_show.ipynb", "for in"), {})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"1: 2\n", "has 1 for the name of a parameter; names are text"),
        ("run: é".encode("latin-1"), "is not valid YAML"),
        (b"run: [", "is not valid YAML"),
        (b"\x1f\x8b\x08", "is not valid YAML"),
    ],
)
def test_a_parameter_file_that_cannot_be_meant_is_refused_in_one_sentence(
    content: bytes, says: str, tmp_path: Path, empty_outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "values.yaml"
    file.write_bytes(content)
    assert main(["run", "04_train", "-f", str(file)]) == 1
    message = capsys.readouterr().err
    assert message.startswith("error: ") and says in message and message.count("\n") == 1
    assert not empty_outputs.exists()


def test_outputs_that_take_nothing_are_refused_before_any_work(
    tmp_path: Path, empty_outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_outputs.write_text("a file")
    assert main(["run", "all"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("error: nothing can be written to ") and captured.err.count("\n") == 1
    assert captured.out == ""

    empty_outputs.unlink()
    empty_outputs.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(empty_outputs)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk")
    try:
        assert main(["run", "all"]) == 1
    finally:
        subprocess.run(["umount", str(empty_outputs)], check=True)
    captured = capsys.readouterr()
    assert "(Read-only file system); set ORACLE_OUTPUTS" in captured.err and captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["all", "-p", "run", "r" * 300], "is too long to name a folder"),
        (["n" * 300], "there is no notebook 'nnn"),
        (["04_train", "-f", "f" * 300], "cannot be read (File name too long)"),
        (["04_train", "-f", "."], "cannot be read (Is a directory)"),
    ],
)
def test_a_name_that_no_file_system_takes_is_refused_before_any_work(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", *arguments]) == 1
    captured = capsys.readouterr()
    assert says in captured.err and captured.err.count("\n") == 1
    assert captured.out == ""
