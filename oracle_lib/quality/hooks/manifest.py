"""`Manifest`: which places of the ROM a hack has taken, which nobody may touch, and which are free. It is built from
the items of a hack's source, or read from a file of the user's. It holds no bytes of a game but those that the user
expects at a hook.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BeforeValidator, Field, ValidationError

from oracle_lib import OracleError
from oracle_lib.items import Item
from oracle_lib.records import Frozen, first_problem
from oracle_lib.verify import assemble
from oracle_lib.verify.assembler import Assembly, Limits
from oracle_lib.verify.assembler.model import StatementFault
from oracle_lib.verify.assembler.opcodes import Statement, read_line
from oracle_lib.verify.assembler.text import lines_of
from oracle_lib.verify.contract import HexBytes

_LIMITS = Limits(source=100_000, statements=20_000, expansion=200_000, output=0x10000)
_NAME = re.compile(r"(?<![\w$%!.<&@])\.*[A-Za-z_][\w.]*(?![\w(])")
_STAND_IN = 0x3F8000
"""What a name stands for whose value is not known: a place in another bank."""


def _number(value: object) -> object:
    """A number as ROM hackers write it, "$0080B5" too."""
    if isinstance(value, str) and (found := re.fullmatch(r"(?:\$|0x)([0-9A-Fa-f]{1,6})", value.strip())):
        return int(found[1], 16)
    return value


Number = Annotated[int, BeforeValidator(_number), Field(ge=0, le=0xFFFFFF)]
Length = Annotated[int, BeforeValidator(_number), Field(gt=0, le=0x400000)]


class Range(Frozen):
    """So many bytes from a 24-bit SNES address on, in any of its mirrors; `why` they are free or protected."""

    address: Number
    length: Length
    why: str = ""


class Site(Frozen):
    """What a hack puts into the ROM at a place; `file` and `line` say where it does so."""

    address: Number
    length: Length = 4
    name: str = ""
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f" ({self.file}:{self.line})" if self.line else ""
        name = self.name if self.name[:1] not in ("", "$") else "a hook"
        return f"{name} at ${self.address:06X}{place}"


class Place(Frozen):
    """What is known of a place of the game that may be hooked: the bytes that are `expected` there, how wide A (`m`)
    and X and Y (`x`) are, and what D and DB hold when the processor comes there.
    """

    address: Number
    expected: HexBytes = b""
    m: Literal[8, 16] | None = None
    x: Literal[8, 16] | None = None
    d: Number | None = None
    db: Annotated[int, BeforeValidator(_number), Field(ge=0, le=0xFF)] | None = None


class Manifest(Frozen):
    """A hack's `hooks` (with its own routines and tables), `protected` ranges and `free` space, what is known of
    `places` of the game, and the labels and constants (`symbols`; a define has its `!`) that a patch may use.

    Where no range is `free`, nothing is said of free space.
    """

    hooks: tuple[Site, ...] = ()
    protected: tuple[Range, ...] = ()
    free: tuple[Range, ...] = ()
    places: tuple[Place, ...] = ()
    symbols: dict[str, Number] = Field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[Item], without: str = "") -> "Manifest":
        """The manifest of a hack whose items these are, without what one of its files puts into the ROM.

        An item without an address takes no place, and one that does not assemble by itself takes one byte. A name that
        stands for different values counts for none.
        """
        hooks, values = list[Site](), dict[str, set[int]]()
        for item in items:
            source = item.source
            for name, value in item.symbols.items():
                values.setdefault(name, set()).add(value)
            if item.address is None or source.path == without:
                continue
            assembly = alone(item)
            for name, value in assembly.labels.items():
                if name not in item.symbols and value != _STAND_IN:
                    values.setdefault(name, set()).add(value)
            blocks = assembly.blocks or ((item.address, b"\0"),)
            hooks += (
                Site(address=address, length=len(content), name=source.symbol, file=source.path, line=source.line)
                for address, content in blocks
            )
        symbols = {name: value for name, (value, *others) in values.items() if not others}
        return cls(hooks=tuple(hooks), symbols=symbols)

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Reads a JSON or YAML file. Raises `OracleError` naming the field that is wrong."""
        try:
            content = yaml.safe_load(path.read_bytes())  # JSON is YAML, too
            return cls.model_validate(content if content is not None else {})
        except OSError as error:
            raise OracleError(f"the manifest {path} cannot be read ({error.strerror})") from None
        except yaml.YAMLError:
            raise OracleError(f"the manifest {path} is neither YAML nor JSON; docs/hooks.md shows its form") from None
        except ValidationError as error:
            raise OracleError(
                f"the manifest {path} has a wrong field ({first_problem(error)}); docs/hooks.md shows its form"
            ) from None

    def joined(self, other: "Manifest") -> "Manifest":
        """Both together."""
        return Manifest(
            hooks=self.hooks + other.hooks,
            protected=self.protected + other.protected,
            free=self.free + other.free,
            places=self.places + other.places,
            symbols={**self.symbols, **other.symbols},
        )


def alone(item: Item) -> Assembly:
    """The item assembled by itself, at its place: names whose values are not known stand for some place."""
    statements = [found for line in lines_of(item.text) for found in _statements(line)]
    own = {label.strip("#:?") for statement in statements for label in statement.labels}
    operands = (
        operand
        for statement in statements
        for operand in ([statement.operation.text] if statement.operation else statement.rest[1:])
        if operand[:1] != '"'
    )
    names = {name for operand in operands for name in _NAME.findall(operand) if name[0] != "."} - own
    known = {name: value for name, value in item.symbols.items() if name[0] not in "!%"}
    symbols = dict.fromkeys(names, _STAND_IN) | {name: known[name] for name in known.keys() - own}
    defines = {name[1:]: str(value) for name, value in item.symbols.items() if name[0] == "!"}
    origin = item.address if item.address is not None else _STAND_IN
    return assemble(item.text, symbols, origin, defines=defines, backend="own", limits=_LIMITS)


def _statements(line: str) -> tuple[Statement, ...]:
    try:
        return read_line(line) if line else ()
    except StatementFault:
        return ()
