"""What every command line here does alike: how it reads its arguments, says what is wrong, shows what it prints on a
terminal of any encoding, and ends. Knows no command.
"""

import argparse
import codecs
import io
import os
import re
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from oracle_lib import OracleError

_STAND_INS = {"−": "-", "–": "-", "→": "->", "…": "...", "·": "-", "✓": "+", "✗": "x"}  # noqa: RUF001
"""What a character is printed as where the terminal's encoding lacks it."""


class Parser(argparse.ArgumentParser):
    """Reads the arguments of a command. Raises `OracleError` for what it cannot read."""

    def error(self, message: str) -> NoReturn:
        raise OracleError(f"{message.removeprefix('argument ')}; {self.prog} --help says what can be written")


def whole(lowest: int, highest: int | None = None) -> Callable[[str], int]:
    """The type of an argument that is a whole number from `lowest` to `highest` (None: without an end)."""

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,18}", text) else None
        if number is None or number < lowest or (highest is not None and number > highest):
            end = "upwards" if highest is None else f"to {highest}"
            raise argparse.ArgumentTypeError(f"it takes a whole number from {lowest} {end}, not {text!r}")
        return number

    return read


def exit_status(command: Callable[[], int]) -> int:
    """Runs a command; returns its status, 1 with the sentence of an `OracleError`, and that of a process that nobody
    reads any more where that is so.
    """
    _show_everything()
    try:
        status = command()
        sys.stdout.flush()  # here, where a broken pipe can still be told from an error
        return status
    except OracleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        if not _reader_is_gone():
            raise
        return 128 + signal.SIGPIPE


def _show_everything() -> None:
    """Makes standard output and error print any character: itself, its stand-in, or an escape like \\u30bc."""
    codecs.register_error("stand-in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="stand-in")


def _reader_is_gone() -> bool:
    """Whether nobody reads standard output any more, as after `| head -1`; then what is still printed goes nowhere."""
    poll = select.poll()
    poll.register(sys.stdout, select.POLLERR)
    if not poll.poll(0):
        return False
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # else Python complains when it flushes at its end
    return True


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError) and (found := _STAND_INS.get(error.object[error.start])):
        return found, error.start + 1
    return codecs.backslashreplace_errors(error)
