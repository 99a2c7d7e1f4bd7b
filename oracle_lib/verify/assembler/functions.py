"""asar's own functions: of numbers, strings and structs, of the caller's files and ROM, and of the place where the text
is. How a call is read is left to `expressions`."""

import math
import operator
from collections.abc import Callable
from functools import partial
from itertools import chain

from oracle_lib.verify.assembler.model import Kind, StatementFault, syntax
from oracle_lib.verify.assembler.output import rom_offset, snes_address
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.values import whole


def _size_of(name: str, state: PassState) -> int:
    """The bytes of a struct, or how many arguments `...` stands for."""
    if name != "...":
        return state.labels.find_structure(name).size
    if state.call is None or state.call.others is None:
        raise syntax("sizeof(...) outside a macro that takes `...`", name)
    return len(state.call.others)


def _data_size(address: int, state: PassState) -> int:
    """The bytes from a label's address to the next label, or to the end of all banks."""
    known = state.labels.known
    state.allowance.spend(len(known.values))
    later = (value & 0xFFFFFF for value in chain(known.values.values(), known.used.values()))
    return min((value for value in later if value > address), default=0xFFFFFF) - address


def _read(size: int, address: float, default: float | None, state: PassState) -> float:
    found = state.rom.number(state.out.mapper, whole(address, 32), size)
    if found is None and default is None:
        message = f"the {size} bytes at ${whole(address, 32) & 0xFFFFFF:06X} of the ROM under the patch are not known"
        raise StatementFault(Kind.BAD_ADDRESS, message, f"read{size}")
    return found if found is not None else default or 0


def _can_read(size: int, address: float, state: PassState) -> bool:
    return state.rom.number(state.out.mapper, whole(address, 32), size) is not None


def _holds(content: bytes | None, offset: float, size: float) -> bool:
    return content is not None and 0 <= offset <= offset + size <= len(content)


def _read_file(size: int, name: str, offset: float, default: float | None, state: PassState) -> float:
    content = state.files.find(name, state.source) if default is not None else state.files.read(name, state.source)
    if content is not None and _holds(content, int(offset), size):
        return int.from_bytes(content[int(offset) : int(offset) + size], "little")
    if default is None:
        raise syntax(f"{name[:120]} has no {size} bytes at {int(offset)}", name)
    return default


def _can_read_file(size: float, name: str, offset: float, state: PassState) -> bool:
    return _holds(state.files.find(name, state.source), int(offset), int(size))


FUNCTIONS: dict[str, tuple[str, Callable[..., float]]] = {
    **{name: ("n", getattr(math, name)) for name in ("sqrt", "sin", "cos", "tan", "asin", "acos", "atan")},
    **{f"arc{name[1:]}": ("n", getattr(math, name)) for name in ("asin", "acos", "atan")},
    **{name: ("n", getattr(math, name)) for name in ("log", "log10", "log2", "ceil", "floor")},
    "max": ("nn", max),
    "min": ("nn", min),
    "clamp": ("nnn", lambda a, low, high: max(low, min(high, a))),
    "safediv": ("nnn", lambda a, b, default: default if b == 0 else a / b),
    "select": ("nnn", lambda a, yes, no: no if a == 0 else yes),
    "bank": ("n", lambda a: whole(a, 32) >> 16),
    "not": ("n", lambda a: int(a) == 0),
    "equal": ("nn", operator.eq),
    "notequal": ("nn", operator.ne),
    "less": ("nn", operator.lt),
    "lessequal": ("nn", operator.le),
    "greater": ("nn", operator.gt),
    "greaterequal": ("nn", operator.ge),
    "and": ("nn", lambda a, b: int(a) != 0 and int(b) != 0),
    "or": ("nn", lambda a, b: int(a) != 0 or int(b) != 0),
    "nand": ("nn", lambda a, b: a == 0 or b == 0),
    "nor": ("nn", lambda a, b: a == 0 and b == 0),
    "xor": ("nn", lambda a, b: (a == 0) != (b == 0)),
    "round": ("nn", lambda a, digits: float(f"{a:.{max(0, min(100, whole(digits, 32)))}f}")),
    "stringsequal": ("ss", operator.eq),
    "stringsequalnocase": ("ss", lambda a, b: a.lower() == b.lower()),
    "pc": ("p", lambda state: state.out.address),
    "defined": ("sp", lambda name, state: name in state.defines),
    "filesize": ("sp", lambda name, state: len(state.files.read(name, state.source))),
    "getfilestatus": ("sp", lambda name, state: state.files.find(name, state.source) is None),
    "canreadfile": ("snnp", lambda name, at, size, state: _can_read_file(size, name, at, state)),
    "sizeof": ("yp", _size_of),
    "datasize": ("lp", _data_size),
    "objectsize": ("yp", lambda name, state: state.labels.find_structure(name).object_size),
    "realbase": ("p", lambda state: state.out.real),
    "snestopc": ("np", lambda address, state: rom_offset(state.out.mapper, whole(address, 32))),
    "pctosnes": ("np", lambda offset, state: snes_address(state.out.mapper, whole(offset, 32))),
}
"""asar's own functions: what they take (n: number, d: a default that may be missing, s: string, y: a symbol's
name, l: a label's full name, whose address goes in, p: the state) and what they do."""
for _size in (1, 2, 3, 4):
    FUNCTIONS |= {
        f"read{_size}": ("ndp", partial(_read, _size)),
        f"canread{_size}": ("np", partial(_can_read, _size)),
        f"readfile{_size}": ("sndp", partial(_read_file, _size)),
        f"canreadfile{_size}": ("snp", partial(_can_read_file, _size)),
    }
UNSUPPORTED = ("canread",)
