"""What the knowledge graph holds: symbols, who uses them how, C++ functions. It reads no file."""

from typing import Literal, NamedTuple

UseKind = Literal["calls", "reads", "writes", "hooks"]


class Symbol(NamedTuple):
    """A name that a source defines, and where. `kind` is the item's or the declaration's (routine, label, address,
    constant, class, function, …); `address` is None where none is known, and a constant's value.
    """

    name: str
    kind: str
    address: int | None
    corpus: str
    path: str
    line: int
    said: str

    def __str__(self) -> str:
        value = "" if self.address is None else f" = ${self.address:0{6 if self.kind != 'constant' else 2}X}"
        said = f": {self.said}" if self.said else ""
        return f"{self.name}{value}, {self.kind}{said} [{self.corpus} {self.path}:{self.line}]"


class Use(NamedTuple):
    """`user` calls, reads, writes or hooks `used`, which is a name, or an address ("$7EF360") where the source has none
    for it. `address` is where that lies, through no mirror.
    """

    kind: UseKind
    user: str
    used: str
    address: int | None

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.used}"


class Function(NamedTuple):
    """A C++ function, method or macro, with the least and the most arguments that it takes (None: any number)."""

    name: str
    least: int
    most: int | None
    corpus: str
    path: str
    line: int

    def takes(self, arguments: int) -> bool:
        return self.least <= arguments and (self.most is None or arguments <= self.most)

    def __str__(self) -> str:
        most = "or more" if self.most is None else f"to {self.most}"
        count = str(self.least) if self.least == self.most else f"{self.least} {most}"
        return f"{self.name} takes {count} argument{'s' * (count != '1')} [{self.corpus} {self.path}:{self.line}]"
