"""`python -m oracle_lib run`: papermill behind guard rails."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from oracle_lib import OracleError, transfer
from oracle_lib.__main__ import main
from oracle_lib.notebooks import NOTEBOOKS, all_notebooks, choose_parameters, find_notebook, parameters_of

PARAMETERS = """
expert: str = "yaze-expert"  # any of its names
run: str = "tests"  # the run's folder
epochs: int = 0  # passes over the data
resume: bool = True  # go on from the latest checkpoint
force: bool = False  # run again although nothing changed
"""


SHOW_TRANSFER = """
from oracle_lib.run import Stage
with Stage(run, expert, "transfer", parameters={}, module="oracle_lib.run") as stage:
    stage.finish([], {})
"""


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    return tmp_path / "outputs"


def write_notebook(path: Path, *cells: str, parameters: str = PARAMETERS, kernel: str | None = "python3") -> Path:
    first = new_code_cell(parameters.strip(), metadata={"tags": ["parameters"]})
    metadata = {"kernelspec": {"name": kernel, "display_name": "A kernel", "language": "python"}} if kernel else {}
    nbformat.write(new_notebook(cells=[first, *map(new_code_cell, cells)], metadata=metadata), path)
    return path


def outputs_of(executed: Path) -> str:
    """What the cells of an executed notebook printed."""
    cells = json.loads(executed.read_text())["cells"]
    return "".join("".join(output.get("text", "")) for cell in cells for output in cell.get("outputs", []))


@pytest.mark.parametrize("name", ["4", "04", "04_tr", "04_train", "04_train.ipynb", str(NOTEBOOKS / "04_train.ipynb")])
def test_a_notebook_is_found_by_its_name_its_beginning_its_file_and_its_path(name: str) -> None:
    assert find_notebook(name) == NOTEBOOKS / "04_train.ipynb"


@pytest.mark.parametrize("name", ["", "0", "04_trainer", "elsewhere/04_train.ipynb", "/elsewhere/04_train"])
def test_what_means_no_notebook_or_several_is_refused(name: str) -> None:
    with pytest.raises(OracleError, match="there is no notebook"):
        find_notebook(name)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["04_train", "-p", "exprt", "yaze"], "did you mean 'expert'?"),
        (["04_train", "-p", "epochs", "banana"], "04_train.ipynb: parameter 'epochs' takes int, not 'banana' (passes"),
        (["04_train", "-p", "epochs", "-1"], "a number from 0 upwards"),
        (["04_train", "-p", "epochs", "2.5"], "takes int"),
        (["04_train", "-r", "epochs", "2"], "takes int"),
        (["04_train", "-p", "resume", "maybe"], "takes bool"),
        (["04_train", "-p", "resume", "1"], "takes bool"),
        (["04_train", "-p", "resume", ""], "takes bool"),
        (["04_train", "-p", "epochs", "1_000"], "takes int"),
        (["04_train", "-p", "epochs", "9" * 5000], "takes int"),
        (["04_train", "-p", "expert", "yazee"], "did you mean 'yaze'?"),
        (["all", "-p", "expert", "all"], "one at a time"),
        (["04_train", "-p", "profile", "dmo"], "did you mean 'demo'?"),
        (["04_train", "-p", "machine", "here"], "no machine is called 'here'"),
        (["04_train", "-p", "api_key", "x"], "looks like a secret"),
        (["04_train", "-p", "run", "hf_" + "a" * 30], "looks like a secret"),
        (["04_train", "-p", "epochs", "hf_" + "a" * 30], "looks like a secret"),
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
    notebooks = all_notebooks()
    chosen = choose_parameters(notebooks, {"expert": "yaze", "epochs": "1"}, {})
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


QUESTIONS = [
    "Why does LDA #$20 fail?",
    "Fix: the routine",
    "2025-11-29",
    "007",
    "010",
    "no",
    "null",
    "[1, 2]",
    "1e3",
    " spaces ",
    "back\\slash \"quoted\" 'both' {braces} $7EF360 € \n and a line",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_text_is_kept_to_the_letter(text: str) -> None:
    notebook = NOTEBOOKS / "06_deploy.ipynb"
    assert choose_parameters([notebook], {"question": text}, {}) == {notebook: {"question": text}}


def test_text_reaches_the_notebook_to_the_letter(tmp_path: Path, empty_outputs: Path) -> None:
    """In one kernel: what YAML and Python would read in each of the questions is told apart by their number."""
    names = [f"question_{number}" for number in range(len(QUESTIONS))]
    declared = "\n".join(f'{name}: str = ""' for name in names)
    show = f"import json\nprint(json.dumps([{', '.join(names)}]))"
    notebook = write_notebook(tmp_path / "07_ask.ipynb", show, parameters=declared)
    given = [part for name, text in zip(names, QUESTIONS, strict=True) for part in ("-p", name, text)]
    assert main(["run", str(notebook), *given]) == 0
    assert json.loads(outputs_of(empty_outputs / "notebooks/notebooks/-/07_ask.ipynb")) == QUESTIONS


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("int", "007", 7),
        ("int", "+3", 3),
        ("float", "2e-4", 2e-4),
        ("float", "1.5", 1.5),
        ("float", "3", 3.0),
        ("bool", "True", True),
        ("bool", "no", False),
        ("bool", "off", False),
        ("str", "3", "3"),
    ],
)
def test_text_is_read_as_the_declared_type(tmp_path: Path, kind: str, text: str, value: object) -> None:
    notebook = write_notebook(tmp_path / "07_one.ipynb", parameters=f"one: {kind} = {value!r}  # a value")
    (chosen,) = choose_parameters([notebook], {"one": text}, {}).values()
    assert chosen == {"one": value} and type(chosen["one"]) is type(value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("epochs: '2'", "takes int, not '2'"),
        ("epochs: true", "takes int, not True"),
        ("epochs: 2.0", "takes int, not 2.0"),
        ("epochs:", "takes int, not None"),
        ("resume: 1", "takes bool, not 1"),
        ("resume: 'false'", "takes bool, not 'false'"),
        ("run: 2025-11-29", "takes str, not datetime.date(2025, 11, 29); write it in quotes (names"),
        ("run: 007", "takes str, not 7; write it in quotes"),
        ("run: no", "takes str, not False"),
        ("1: 2", "has 1 for the name of a parameter"),
        ("- epochs", "must map parameter names to values"),
        ("epochs: [", "is not valid YAML"),
        (b"run: gr\xfc\xdfe", "is not valid YAML"),
    ],
)
def test_a_value_of_another_type_in_a_file_is_refused(
    tmp_path: Path, content: str | bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "values.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["run", "04", "-f", str(file)]) == 1
    message = capsys.readouterr().err
    assert says in message and message.count("\n") == 1


def test_a_default_may_hold_anything_that_python_can_write(tmp_path: Path) -> None:
    declared = """
# how large
rate: float = 2e-4  # the learning rate
formula: str = "a = b # not a comment"  # how it is computed
both: str = (
    "one "
    "two"
)
low: int = -1
bare = 3  # declared without a type
"""
    found = parameters_of(write_notebook(tmp_path / "07_odd.ipynb", parameters=declared))
    assert [(entry.name, entry.type, entry.default, entry.help) for entry in found.values()] == [
        ("rate", "float", 2e-4, "the learning rate"),
        ("formula", "str", "a = b # not a comment", "how it is computed"),
        ("both", "str", "one two", ""),
        ("low", "int", -1, ""),
        ("bare", "", 3, "declared without a type"),
    ]


def test_a_parameter_without_a_type_is_refused(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "07_bare.ipynb", parameters="bare = 3")
    with pytest.raises(OracleError, match=r"'bare' of 07_bare.ipynb has no type; write `name: int = 0`"):
        choose_parameters([notebook], {"bare": "4"}, {})


@pytest.mark.parametrize(
    "declared", ["size: int = 2 * 3", "import os", "%matplotlib inline", "size: int = (", "a, b = 1, 2"]
)
def test_a_parameters_cell_that_does_more_than_declare_is_refused(tmp_path: Path, declared: str) -> None:
    notebook = write_notebook(tmp_path / "07_code.ipynb", parameters=declared)
    with pytest.raises(OracleError, match=r"the parameters cell of 07_code.ipynb may hold only lines like"):
        parameters_of(notebook)


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"worksheets": []}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "07_none.ipynb").write_text(content)
    assert main(["run", str(tmp_path / "07_none.ipynb")]) == 1
    assert capsys.readouterr().err == "error: 07_none.ipynb is not a Jupyter notebook of format 4\n"


def run_in_a_process(notebook: Path, *arguments: str) -> "subprocess.Popen[str]":
    """As a terminal does it: in a process group of its own, and what any part of it logs goes to the error stream."""
    command = [sys.executable, "-m", "oracle_lib", "run", str(notebook), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def test_a_default_with_an_equals_sign_can_be_set(tmp_path: Path) -> None:
    declared = 'formula: str = "a = b"  # how it is computed'
    notebook = write_notebook(tmp_path / "07_formula.ipynb", "print(formula)", parameters=declared)
    said, complained = run_in_a_process(notebook, "-p", "formula", "x = y").communicate()
    assert "\nx = y\n" in said and complained == ""


def stamped(tmp_path: Path, empty_outputs: Path) -> list[str]:
    """The command that runs a notebook which looks like a stage's: one with a manifest."""
    notebook = write_notebook(tmp_path / "07_export.ipynb", "print(1)")
    manifest = empty_outputs / "runs" / "tests" / "yaze-expert" / "export" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    about = {"stage": "export", "expert": "yaze-expert", "run": "tests", "parameters": {}, "code": {}}
    empty = {"inputs": {}, "outputs": {}, "metrics": {}, "versions": {}, "git_commit": ""}
    times = {"started": "2025-11-29T00:00:00Z", "finished": "2025-11-29T00:00:01Z"}
    manifest.write_text(json.dumps(about | empty | times))
    return ["run", str(notebook)]


def test_any_name_of_an_expert_is_the_same_run(
    tmp_path: Path, empty_outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = stamped(tmp_path, empty_outputs)
    assert main(command) == 0
    capsys.readouterr()
    for name in ("yaze", "yaze-expert", "oracle-yaze-expert", "Yaze", "yaze-sage-v1"):
        assert main([*command, "-p", "expert", name]) == 0
        assert capsys.readouterr().out == "07_export yaze-expert: nothing changed\n"
    for changed in (["-p", "force", "true"], ["-p", "epochs", "2"]):
        assert main([*command, *changed]) == 0
        assert "running" in capsys.readouterr().out


def test_what_stops_a_stage_is_asked_only_when_something_will_run(
    tmp_path: Path, empty_outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", "127.0.0.1")
    monkeypatch.setenv("ORACLE_SSH", "ssh -p 1")  # where nobody answers
    declared = f'{PARAMETERS}profile: str = "demo"\nmachine: str = "local"'
    notebook = write_notebook(tmp_path / "07_transfer.ipynb", SHOW_TRANSFER, parameters=declared)
    command = ["run", str(notebook), "-p", "machine", "medical-mechanica"]
    assert main(command) == 1
    assert "medical-mechanica does not answer over ssh (" in capsys.readouterr().err
    assert not empty_outputs.exists()

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "require_reachable", lambda machine: None)
        assert main(command) == 0
    capsys.readouterr()
    assert main(command) == 0
    assert capsys.readouterr().out == "07_transfer yaze-expert: nothing changed\n"
    assert main([*command, "--force"]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_a_notebook_runs_in_this_environment_whatever_kernel_it_names(
    tmp_path: Path, empty_outputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "jupyter" / "kernels" / "python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text(
        json.dumps(
            {"argv": ["/bin/false", "{connection_file}"], "display_name": "Another Python", "language": "python"}
        )
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    for number, kernel in enumerate(("python3", "julia-1.10", None)):
        notebook = write_notebook(tmp_path / f"07_k{number}.ipynb", "import sys; print(sys.executable)", kernel=kernel)
        assert main(["run", str(notebook)]) == 0
        printed = outputs_of(empty_outputs / f"notebooks/tests/yaze-expert/07_k{number}.ipynb")
        assert printed == f"{sys.executable}\n"


def test_a_kernel_that_dies_ends_the_command_with_one_sentence_and_the_executed_copy(
    tmp_path: Path, empty_outputs: Path
) -> None:
    die = "import os\nos.kill(os.getpid(), 9)"
    notebook = write_notebook(tmp_path / "07_die.ipynb", "print('before', flush=True)", die, "print('never')")
    process = run_in_a_process(notebook)
    _, complained = process.communicate()
    executed = empty_outputs / "notebooks/tests/yaze-expert/07_die.ipynb"
    assert process.returncode == 1
    assert complained == (
        "error: 07_die.ipynb stopped in cell 2, because its kernel died, as it does when memory runs out "
        f"(executed notebook: {executed})\n"
    )
    assert outputs_of(executed) == "before\n" and executed.with_suffix(".html").is_file()


def test_a_kernel_that_cannot_start_ends_the_command_with_one_sentence(
    tmp_path: Path, empty_outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    assert main(["run", str(write_notebook(tmp_path / "07_show.ipynb", "print(1)"))]) == 1
    message = capsys.readouterr().err
    assert message.startswith("error: 07_show.ipynb did not start, because no kernel does (Kernel died before")
    assert "install ipykernel again" in message and message.count("\n") == 1
    assert not list(empty_outputs.rglob("*.ipynb"))


def test_ctrl_c_ends_with_its_sentence_alone(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "07_long.ipynb", "import time\nprint('begun', flush=True)\ntime.sleep(600)")
    process = run_in_a_process(notebook)
    assert process.stdout and process.stderr
    while process.stdout.readline() != "begun\n":
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    said = process.stderr.read()
    assert process.wait() == 130
    assert said == "stopped; finished work is kept, and the same command goes on from there\n"


def test_a_good_run_says_nothing_on_the_error_stream(tmp_path: Path) -> None:
    """Jupyter interrupts a kernel before it ends it, also one that has just answered and is still busy with that.

    That left an error in its log or, in a bad moment, killed it; so no signal reaches a kernel between two cells.
    """
    linger = """
import os, signal, time
handlers = get_ipython().kernel.shell_handlers
answer = handlers["kernel_info_request"]
async def answer_slowly(*message):
    await answer(*message)
    signal.signal(signal.SIGINT, lambda *_: os.write(2, b"interrupted"))
    time.sleep(3)
handlers["kernel_info_request"] = answer_slowly
print("done")
"""
    process = run_in_a_process(write_notebook(tmp_path / "07_good.ipynb", linger))
    said, complained = process.communicate()
    assert process.returncode == 0 and "done\n" in said
    assert complained == ""


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
