"""Whether a text names the addresses that the cases of a contract use: what it never mentions, it cannot ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from oracle_lib.generate.briefs.states import State, bus

_HEX = re.compile(r"(?<![#\w])(?:\$|0x)([0-9A-Fa-f]{2,6})(?!\w)")
_RANGE = re.compile(r"\$([0-9A-Fa-f]{2,6})\s*(?:-|\u2013|to|through|up to|\.\.)\s*\$([0-9A-Fa-f]{2,6})(?!\w)")


@dataclass(frozen=True)
class Named:
    """The addresses that a text names, by themselves, by ranges, or by names of the source."""

    single: frozenset[int]
    ranges: tuple[range, ...]

    @classmethod
    def of(cls, text: str, symbols: Mapping[str, int]) -> "Named":
        words = set(re.findall(r"[A-Za-z_][\w.]*", text))
        single = {bus(int(digits, 16)) for digits in _HEX.findall(text)}
        single |= {bus(value) for name, value in symbols.items() if name in words}
        pairs = ((bus(int(first, 16)), bus(int(last, 16))) for first, last in _RANGE.findall(text))
        return cls(frozenset(single), tuple(range(first, last + 1) for first, last in pairs))

    def knows(self, address: int) -> bool:
        """Whether the text names it: an address of four digits may lie in any bank, of two only in page zero."""
        near = address & 0xFFFF
        return (
            address in self.single
            or (near >= 0x2000 and near in self.single)
            or any(address in one or (near >= 0x2000 and near in one) for one in self.ranges)
        )


def names_all(named: Named, before: State, after: State) -> bool:
    """Whether a text names each place of a case: by itself, or by an index or a pointer of the case."""
    indexes = [before.registers[name] for name in ("a", "x", "y") if name in before.registers]
    reached = {base + index for base in named.single for index in indexes}
    for start, held in before.memory.items():
        if named.knows(start):
            words = (held[offset : offset + size] for offset in range(len(held)) for size in (2, 3))
            reached.update(bus(int.from_bytes(word, "little")) for word in words)
    return all(
        named.knows(address) or address in reached or bus(address & 0xFFFF) in reached
        for address in (*before.memory, *after.memory)
    )
