"""What a routine is known to have on the stack: what each push put there, and its bytes as far as they are known."""

from collections.abc import Sequence
from itertools import islice
from typing import Literal, NamedTuple, TypeVar

Item = TypeVar("Item")
Bits = Literal[8, 16] | None
"""The width of a register; None is unknown."""


class SavedFlags(NamedTuple):
    """A byte that holds the flags, of which M and X say so many bits."""

    m: Bits
    x: Bits


class TableByte(NamedTuple):
    """A byte read from this address or from behind it, as an index chose."""

    address: int


class Origin(NamedTuple):
    """A byte that is known by where it comes from: part number `part`, the lowest first, of D or DB as the caller had
    them, or of a return address of `size` bytes that leads `to` an address."""

    part: int
    register: str = ""
    to: int = -1
    size: int = 0


Byte = int | SavedFlags | TableByte | Origin | None
"""None is unknown."""


class Pushed(NamedTuple):
    """What one instruction pushed; the last byte is the next to be pulled. `flag` names the one of M and X that decides
    how many bytes it has; where that was unknown there are none here, and on the stack one or two."""

    content: tuple[Byte, ...]
    flag: str = ""


class Stack(NamedTuple):
    """All that is pushed (the last is on top), and whether the routine's return address surely lies under that."""

    pushed: tuple[Pushed, ...] = ()
    returns: bool = True

    def push(self, content: tuple[Byte, ...], flag: str = "") -> "Stack":
        pushed = (*self.pushed, Pushed(content, flag))
        return Stack(pushed[-_DEEPEST:], self.returns and len(pushed) <= _DEEPEST)

    def pull(self, count: int, flag: str = "") -> tuple[tuple[Byte, ...], "Stack"]:
        """The next so many bytes, and what is left. A count of 0 is a register of unknown width: it takes what one
        was pushed as whose width hangs on the same flag."""
        if not count:
            fits = self.pushed and self.pushed[-1].flag == flag
            return (), Stack(self.pushed[:-1], self.returns) if fits else LOST
        pushed, pulled = list(self.pushed), list[Byte]()
        while len(pulled) < count:
            if not pushed or not pushed[-1].content:
                return (None,) * count, LOST
            (*rest, top), size = pushed.pop()
            pulled.append(top)
            if rest:
                pushed.append(Pushed(tuple(rest), size))
        return tuple(pulled), Stack(tuple(pushed), self.returns)

    def store(self, offset: int, content: Sequence[Byte]) -> "Stack":
        """What is there after a store of these bytes, low first, so far from the stack pointer."""
        if not all(one.content for one in self.pushed):
            return LOST
        flat = [byte for one in self.pushed for byte in one.content]
        place = len(flat) - offset
        if not len(content) - 1 <= place < len(flat):
            return LOST
        for distance, byte in enumerate(content):
            flat[place - distance] = byte
        left = iter(flat)
        pushed = (one._replace(content=tuple(islice(left, len(one.content)))) for one in self.pushed)
        return Stack(tuple(pushed), self.returns)

    def saved(self) -> "Stack":
        """The same with no bytes known but saved flags, D and DB."""

        def kept(byte: Byte) -> bool:
            return isinstance(byte, SavedFlags) or (isinstance(byte, Origin) and byte.register != "")

        known = (tuple(byte if kept(byte) else None for byte in one.content) for one in self.pushed)
        return Stack(tuple(map(Pushed, known, (one.flag for one in self.pushed))), self.returns)

    def join(self, other: "Stack") -> "Stack":
        """What is known of both of two stacks, from the top down to where they differ in size."""
        if self == other:
            return self
        alike = list[Pushed]()
        for one, another in zip(reversed(self.pushed), reversed(other.pushed), strict=False):
            flag = one.flag if one.flag == another.flag else ""
            same_size = len(one.content) == len(another.content)
            if not flag and not (same_size and one.content):
                break
            alike.append(Pushed(tuple(common(one.content, another.content)) if same_size else (), flag))
        whole = len(alike) == len(self.pushed) == len(other.pushed)
        return Stack(tuple(reversed(alike)), self.returns and other.returns and whole)


LOST = Stack((), returns=False)
"""A stack of which nothing is known."""
_DEEPEST = 64


def common(one: Sequence[Item], another: Sequence[Item]) -> list[Item | None]:
    """What two sequences of equal length agree on, None elsewhere."""
    return [left if left == right else None for left, right in zip(one, another, strict=True)]
