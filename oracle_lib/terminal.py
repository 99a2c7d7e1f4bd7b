"""Lets a terminal of any encoding show what the command line prints. Changes no file."""

import codecs
import io
import sys

_STAND_INS = {"−": "-", "–": "-", "→": "->", "…": "...", "·": "-", "✓": "+", "✗": "x"}  # noqa: RUF001
"""What a character is printed as where the terminal's encoding lacks it."""


def show_everything() -> None:
    """Makes standard output and error print any character: itself, its stand-in, or an escape like \\u30bc."""
    codecs.register_error("stand-in", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="stand-in")


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError) and (found := _STAND_INS.get(error.object[error.start])):
        return found, error.start + 1
    return codecs.backslashreplace_errors(error)
