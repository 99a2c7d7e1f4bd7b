"""Where the pieces of a hack lie of which the source does not say it: one behind the other as it has them, those of a
file in one bank. Reads no code; how long the pieces are it is told.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from oracle_lib.items import Item

_FIRST_BANK, _LAST_BANK = 0x20, 0x6F
"""The banks behind the game's own megabyte."""
_START, _END = 0x8000, 0xFF00
_MOST_TOGETHER = 0x7000


def lay_out(items: Sequence[Item], sizes: Iterable[int]) -> list[Item]:
    """The items with addresses below $800000. Those that have none lie in the bank that the hack's own code of their
    file is put to, or else in banks that nothing is put to. What finds no room stays without an address.
    """
    both = [*zip(items, sizes, strict=True)]
    space = _Space()
    banks: dict[str, set[int]] = {}
    for item, size in both:
        if item.address is not None:
            place = item.address & 0x7FFFFF
            space.take(place, size)
            if place >> 16 >= _FIRST_BANK:
                banks.setdefault(item.source.path, set()).add(place >> 16)
    found: list[Item] = []
    for path, of_file in groupby(both, key=lambda one: one[0].source.path):
        pieces = [*of_file]
        whole = sum(size for item, size in pieces if is_loose(item))
        bank = min(banks.get(path, [0]))
        if len(banks.get(path, [])) != 1 or not space.has_room(bank, whole):
            bank = space.free_bank(min(whole, _MOST_TOGETHER))
        for item, size in pieces:
            address = item.address
            if is_loose(item) and size <= _END - _START:
                if not space.has_room(bank, size):
                    bank = space.free_bank(size)
                address = space.end(bank) if bank <= _LAST_BANK else None
                space.take(space.end(bank), size)
            found.append(item if address is None else item.model_copy(update={"address": address & 0x7FFFFF}))
    return found


def is_loose(item: Item) -> bool:
    """Whether the source does not say where it lies."""
    return item.address is None and item.kind in ("routine", "table")


class _Space:
    """How far each bank is taken."""

    def __init__(self) -> None:
        self._ends: dict[int, int] = {}
        self._free = _FIRST_BANK - 1

    def end(self, bank: int) -> int:
        return self._ends.get(bank, bank << 16 | _START)

    def take(self, place: int, size: int) -> None:
        bank = place >> 16
        self._ends[bank] = max(self.end(bank), place + size)

    def has_room(self, bank: int, size: int) -> bool:
        return self.end(bank) + size <= (bank << 16 | _END)

    def free_bank(self, size: int) -> int:
        """The bank that was begun last, or the next that nothing is in."""
        if self._free < _FIRST_BANK or not self.has_room(self._free, size):
            self._free += 1
            while self._free in self._ends:
                self._free += 1
        return self._free
