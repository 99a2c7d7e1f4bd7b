"""What a person asks for in one line: the version, the experts, a notebook's parameters, and a name with a slip."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from oracle_lib import __version__, params
from oracle_lib.__main__ import main
from oracle_lib.notebooks import all_notebooks, parameters_of


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    return tmp_path / "outputs"


def test_the_version_is_told_without_loading_what_takes_seconds() -> None:
    ask = "import sys; from oracle_lib.__main__ import main\ntry: main(['--version'])\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    version, modules = done.stdout.splitlines()
    assert version == f"Oracle {__version__}"
    assert not {"torch", "transformers", "papermill", "pandas"} & set(modules.split())


def test_the_experts_are_listed_with_purpose_and_what_is_in_use(
    capsys: pytest.CaptureFixture[str], empty_outputs: Path
) -> None:
    assert main(["experts"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split("  ")[1:2] == ["expert"] and head.endswith("in use")
    for line, expert in zip(lines, params.experts(), strict=True):
        assert line.split()[0] == expert.name and expert.purpose in line and line.endswith(" -")
    assert not empty_outputs.exists()


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_has_seen_enough_ends_the_command_quietly(unbuffered: str) -> None:
    command = [sys.executable, "-m", "oracle_lib", "experts"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


@pytest.mark.parametrize(
    "command", [["04", "--help"], ["04_train", "-h"], ["04_train.ipynb", "-p", "x", "y", "--help"]]
)
def test_the_help_of_a_notebook_lists_every_parameter(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", *command])
    shown = capsys.readouterr().out
    assert ended.value.code == 0 and "--force" in shown and "parameters of 04_train:" in shown
    lines = shown.splitlines()
    for entry in parameters_of(all_notebooks()[3]).values():
        (line,) = (line for line in lines if line.split()[:2] == [entry.name, entry.type])
        assert repr(entry.default) in line and line.endswith(entry.help)


def test_the_help_of_run_alone_lists_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", "--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0 and "--force" in shown and "parameters of" not in shown


def test_the_help_of_all_lists_the_parameters_of_all_six(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "all", "--help"])
    shown = capsys.readouterr().out
    assert all(f"parameters of {notebook.stem}:" in shown for notebook in all_notebooks())


@pytest.mark.parametrize("notebook", [path.stem for path in all_notebooks()])
def test_the_help_of_each_notebook_names_the_profiles_that_there_are_and_no_list_of_its_own(
    notebook: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["run", notebook, "--help"])
    names = sorted(path.stem for path in (params.FOLDER / "profiles").glob("*.yaml"))
    shown = capsys.readouterr().out
    assert f"  profiles:  {', '.join(names)}\n" in shown and shown.count("alpha") == 1


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["rnu", "04"], "there is no command 'rnu'; did you mean 'run'?"),
        (["expert"], "there is no command 'expert'; did you mean 'experts'?"),
        (["xyz"], "there is no command 'xyz'; known are adopt, "),
        (["run", "4_train"], "there is no notebook '4_train'; did you mean '04_train'?"),
        (["run", "trian", "--help"], "there is no notebook 'trian'; did you mean '04_train'?"),
        (["ask", "What is a bank?"], "no expert is registered yet; `make demo` or `python -m oracle_lib run all`"),
    ],
)
def test_a_name_with_a_slip_gets_the_nearest(command: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"error: {says}") and message.count("\n") == 1


@pytest.mark.parametrize("pair", [["epochs=x"], ["epochs", "x"]])
@pytest.mark.parametrize("option", ["-p", "--parameters"])
def test_a_parameter_may_be_written_with_an_equals_sign(
    option: str, pair: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "04", "-p", "base=embedded", option, *pair, "-r", "run=a=b"]) == 1
    assert capsys.readouterr().err.startswith("error: 04_train.ipynb: parameter 'epochs' takes int, not 'x'")
