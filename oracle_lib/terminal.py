"""Lets a terminal of any encoding show what the command line prints. Changes no file."""

import codecs
import io
import os
import select
import sys
from pathlib import Path

_STAND_INS = {"−": "-", "–": "-", "→": "->", "…": "...", "·": "-", "✓": "+", "✗": "x"}  # noqa: RUF001
"""What a character is printed as where the terminal's encoding lacks it."""


def show_everything() -> None:
    """Makes standard output and error print any character: itself, its stand-in, or an escape like \\u30bc."""
    codecs.register_error("stand-in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="stand-in")


def reader_is_gone() -> bool:
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
