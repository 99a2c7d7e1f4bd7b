"""What `print`, `error`, `warn` and `assert` say: strings, numbers in some form, and a few names."""

import re
from collections.abc import Callable

from oracle_lib.verify.assembler.expressions import evaluate
from oracle_lib.verify.assembler.model import syntax
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.text import dequote, split_arguments
from oracle_lib.verify.assembler.values import Result, format_number

_FORMATTED = re.compile(r"(bin|dec|hex|double)\((.*)\)", re.IGNORECASE | re.DOTALL)
_FORMS: dict[str, Callable[[Result, int | None], str]] = {
    "bin": lambda number, digits: f"{number.integer:0{digits or 0}b}",
    "dec": lambda number, digits: f"{number.integer:0{digits or 0}d}",
    "hex": lambda number, digits: f"{number.integer % (1 << 64):0{digits or 0}X}",
    "double": lambda number, digits: format_number(round(number.value, 5 if digits is None else digits)),
}


def said(state: PassState, text: str) -> str:
    """The message that the parts of `text` make."""
    return "".join(_part(state, part) for part in split_arguments(text))


def _part(state: PassState, part: str) -> str:
    if part.startswith('"'):
        return dequote(part)
    match part.lower():
        case "pc":
            return f"{state.out.address & 0xFFFFFF:06X}"
        case "bytes":
            return str(state.out.stepped)
        case "freespaceuse":
            return "0"  # free space is not supported
    formatted = _FORMATTED.fullmatch(part)
    if not formatted or len(arguments := split_arguments(formatted[2])) > 2:
        raise syntax(f"'{part[:40]}' can be no part of a message", part)
    number, *digits = (evaluate(state, argument) for argument in arguments)
    return _FORMS[formatted[1].lower()](number, min(64, max(0, digits[0].integer)) if digits else None)
