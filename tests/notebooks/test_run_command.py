"""`python -m oracle_lib run`: papermill behind guard rails."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from oracle_lib.__main__ import NOTEBOOKS, choose_parameters, find_notebook, main, parameters_of

PARAMETERS = """
expert: str = "yaze-expert"  # any of its names
run: str = "tests"  # the run's folder
epochs: int = 0  # passes over the data
resume: bool = True  # go on from the latest checkpoint
"""


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    return tmp_path / "outputs"


def write_notebook(path: Path, *cells: str) -> Path:
    parameters = new_code_cell(PARAMETERS.strip(), metadata={"tags": ["parameters"]})
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=[parameters, *map(new_code_cell, cells)], metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize("name", ["04_train", "04_train.ipynb", str(NOTEBOOKS / "04_train.ipynb")])
def test_a_notebook_is_found_by_its_name_its_file_and_its_path(name: str) -> None:
    assert find_notebook(name) == NOTEBOOKS / "04_train.ipynb"


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("0*.ipynb")), ids=lambda path: path.stem)
def test_every_parameter_of_every_notebook_is_typed_and_described(notebook: Path) -> None:
    declared = parameters_of(notebook)
    assert {"expert", "profile", "run", "force"} <= set(declared)
    for parameter in declared.values():
        assert parameter.type in ("str", "int", "float", "bool"), parameter
        assert len(parameter.help) > 10, parameter


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["04_train", "-p", "exprt", "yaze"], "did you mean 'expert'?"),
        (["04_train", "-p", "epochs", "banana"], "'epochs' of 04_train.ipynb takes int"),
        (["04_train", "-p", "epochs", "-1"], "no negative number"),
        (["04_train", "-p", "epochs", "2.5"], "takes int"),
        (["04_train", "-r", "epochs", "2"], "takes int"),
        (["04_train", "-p", "resume", "maybe"], "takes bool"),
        (["04_train", "-p", "expert", "yazee"], "did you mean 'yaze'?"),
        (["04_train", "-p", "profile", "dmo"], "did you mean 'demo'?"),
        (["04_train", "-p", "machine", "here"], "no machine is called 'here'"),
        (["04_train", "-p", "api_key", "x"], "looks like a secret"),
        (["04_train", "-p", "run", "hf_" + "a" * 30], "looks like a secret"),
        (["04_trian"], "did you mean '04_train'?"),
        (["04_train", "-f", "nowhere.yaml"], "does not exist"),
        (["all", "-p", "epoch", "1"], "did you mean 'epochs'?"),
    ],
)
def test_bad_input_is_refused_before_any_work(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], empty_outputs: Path
) -> None:
    assert main(["run", *arguments]) == 1
    message = capsys.readouterr().err
    assert message.startswith("error: ") and says in message and message.count("\n") == 1
    assert not empty_outputs.exists()


def test_a_refused_secret_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "04_train", "-p", "run", "AIza" + "S3cret" * 6])
    assert "S3cret" not in capsys.readouterr().err


def test_run_all_gives_each_notebook_the_parameters_it_has() -> None:
    notebooks = sorted(NOTEBOOKS.glob("0*.ipynb"))
    chosen = choose_parameters(notebooks, {"expert": "yaze", "epochs": 1})
    assert [notebook.stem for notebook in notebooks if "epochs" in chosen[notebook]] == ["04_train"]
    assert all(values["expert"] == "yaze" for values in chosen.values())


def test_values_reach_the_notebook_with_their_types(tmp_path: Path, empty_outputs: Path) -> None:
    notebook = write_notebook(tmp_path / "07_show.ipynb", "print(repr((expert, epochs, resume)))")
    file = tmp_path / "values.yaml"
    file.write_text("epochs: 2\nresume: true\n")
    assert main(["run", str(notebook), "-f", str(file), "-p", "resume", "false", "-r", "expert", "yaze"]) == 0
    executed = empty_outputs / "notebooks/tests/yaze-expert/07_show.ipynb"
    assert "('yaze', 2, False)" in executed.read_text()
    assert executed.with_suffix(".html").is_file()
    assert str(tmp_path) not in executed.read_text(), "no absolute path in an executed notebook"


def test_a_failing_cell_ends_the_command_with_its_error_and_the_executed_copy(
    tmp_path: Path, empty_outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = write_notebook(tmp_path / "07_fail.ipynb", "x = 1", "raise ValueError('no such tile')", "print('never')")
    assert main(["run", str(notebook)]) == 1
    executed = empty_outputs / "notebooks/tests/yaze-expert/07_fail.ipynb"
    error = capsys.readouterr().err.splitlines()[-1]
    assert "ValueError: no such tile" in error and str(executed) in error
    cells = json.loads(executed.read_text())["cells"]
    assert any(output.get("ename") == "ValueError" for cell in cells for output in cell.get("outputs", []))


def test_the_source_notebook_is_never_written(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "07_show.ipynb", "print(1)")
    before = notebook.read_bytes()
    assert main(["run", str(notebook)]) == 0
    assert notebook.read_bytes() == before


def test_the_command_works_from_another_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "oracle_lib", "run", "04_train", "-p", "exprt", "yaze"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "'expert'" in done.stderr


def test_a_progress_line_is_kept_in_its_last_state(tmp_path: Path, empty_outputs: Path) -> None:
    step = "print(f'\\rstep {i}', end='', file=sys.stderr, flush=True)"
    loop = f"import sys, time\nfor i in range(3):\n    {step}\n    time.sleep(0.3)"
    notebook = write_notebook(tmp_path / "07_bar.ipynb", loop)
    assert main(["run", str(notebook)]) == 0
    cells = json.loads((empty_outputs / "notebooks/tests/yaze-expert/07_bar.ipynb").read_text())["cells"]
    assert ["".join(output["text"]) for output in cells[-1]["outputs"]] == ["step 2"]
