"""What is wrong with a command line is one sentence, whichever command it is for, and nothing is done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oracle_lib.__main__ import main


@pytest.fixture(autouse=True)
def empty_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("", "the following arguments are required: COMMAND; python -m oracle_lib --help says"),
        ("run", "the following arguments are required: notebook; python -m oracle_lib run --help says"),
        ("run 04 --froce", "unrecognized arguments: --froce; "),
        ("run 04 -p expert", "-p/--parameters: expected 2 arguments; python -m oracle_lib run --help says"),
        ("registry lst", "VERB: invalid choice: 'lst' (choose from "),
        ("rate rauru --count 0", "--count: it takes a whole number from 1 upwards, not '0'; python -m oracle_lib rate"),
        ("rate rauru --count -3", "--count: it takes a whole number from 1 upwards, not '-3'; "),
        ("rate rauru --count x", "--count: it takes a whole number from 1 upwards, not 'x'; "),
        ("serve --port 65536", "--port: it takes a whole number from 0 to 65535, not '65536'; "),
    ],
)
def test_a_slip_is_one_sentence(command: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command.split()) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith(f"error: {says}") and shown.err.count("\n") == 1 and not shown.out


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("oracle_lib.tasks add_words", "--count"),
        ("oracle_lib.tasks.decontamination", "--draws"),
        ("oracle_lib.tasks.decontamination", "--workers"),
        ("oracle_lib.tasks.kit.cpp_programs", "--count"),
    ],
)
def test_a_count_of_nothing_is_refused_by_every_command(command: str, option: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command.split(), option, "0"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"error: {option}: it takes a whole number from 1 upwards, not '0'; "
        f"python -m {command.split()[0]} --help says what can be written\n"
    )


@pytest.mark.parametrize("command", ["oracle_lib.tasks", "oracle_lib.generate.sources"])
def test_a_reader_who_has_seen_enough_ends_the_other_commands_quietly(command: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
