"""A number as asar's arithmetic has it: a double, with what it came from."""

from typing import NamedTuple

from oracle_lib.verify.assembler.model import unsupported


class Result(NamedTuple):
    """A value and what it came from: any label, none but labels set by `=`, one that the first pass has yet to meet."""

    value: float
    labelled: bool = False
    static: bool = True
    forward: bool = False

    @property
    def integer(self) -> int:
        return whole(self.value)


def whole(value: float, bits: int = 64) -> int:
    """The integer part, which asar keeps in so many bits; what it makes of greater values hangs on the machine."""
    if not -(2.0 ** (bits - 1)) <= value < 2.0 ** (bits - 1):
        raise unsupported(f"a value beyond {bits} bits", "")
    return int(value)


def as_signed(value: int) -> int:
    """The low 32 bits of a number, as a signed one."""
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


def format_number(value: float) -> str:
    """A double in plain decimals without trailing zeros."""
    return f"{value:.100f}".rstrip("0").rstrip(".")
