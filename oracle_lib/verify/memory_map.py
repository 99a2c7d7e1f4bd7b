"""The console's memory map: where the byte of a 24-bit address lies, whichever mirror names it. It knows what memory
there is, and not what is in it."""

import contextlib

from oracle_lib import OracleError
from oracle_lib.verify import _core
from oracle_lib.verify.contract import Span

VECTORS, VECTORS_END = 0x007FE0, 0x008000
"""The places of $00FFE0-$00FFFF."""


class ConsoleError(OracleError):
    """The console cannot be had, or cannot be asked for this."""


class AddressError(ConsoleError):
    """There is no memory for what was put there, or the console needs it for itself."""


def locate(address: int, length: int) -> int:
    """The place (see `_core`) of `length` bytes at the 24-bit `address`, the same for all mirrors of a byte. Raises
    AddressError where there is no memory or the bytes would leave it."""
    bank, low = address >> 16, address & 0xFFFF
    if not 0 <= bank <= 0xFF:
        raise AddressError(f"${address:X} is no 24-bit address: the console's end at $FFFFFF.")
    if bank in (0x7E, 0x7F):
        place, room = address, 0x800000 - address
    elif not bank & 0x40 and low < 0x2000:
        place, room = _core.WRAM + low, 0x2000 - low
    elif bank & 0x7E == 0x70 and low < 0x8000:
        place, room = address & 0x7FFFFF, 0x8000 - low
    elif low >= 0x8000:
        place, room = (bank & 0x7F) * 0x8000 + low - 0x8000, 0x10000 - low
    else:
        raise AddressError(
            f"${address:06X} is neither ROM nor RAM: the console has LoROM (no HiROM), WRAM, and SRAM in bank $70."
        )
    if length > room:
        raise AddressError(f"{length} bytes from ${address:06X} go beyond the end of their bank: split them.")
    return place


def memory_in(span: Span) -> list[tuple[int, int]]:
    """The memory in a range of addresses as (place, length), without the addresses where there is none."""
    found, address, end = list[tuple[int, int]](), span.address, span.address + span.length
    while address < end:
        low = address & 0xFFFF
        length = min(end - address, (0x2000 if low < 0x2000 else 0x8000 if low < 0x8000 else 0x10000) - low)
        with contextlib.suppress(AddressError):
            found.append((locate(address, length), length))
        address += length
    return found


def writable_in(span: Span) -> list[tuple[int, int]]:
    """The RAM in a range of addresses as (place, length), which hardware registers are none of. Raises AddressError
    where there is neither."""
    end = span.address + span.length
    found = [(place, length) for place, length in memory_in(span) if place >= _core.SRAM]
    registers = (bank for bank in range(span.address >> 16, (end - 1 >> 16) + 1) if not bank & 0x40)
    if not found and not any(span.address < bank << 16 | 0x6000 and end > bank << 16 | 0x2000 for bank in registers):
        raise AddressError(
            f"${span.address:06X}-${end - 1:06X} is neither RAM nor hardware: nothing can be written there."
        )
    return found


def covers(first: int, size: int, address: int, length: int = 1) -> bool:
    """Whether `length` bytes at `address` share memory with `size` bytes at `first`, mirrors included."""
    try:
        place, other = locate(first, size), locate(address, length)
    except ConsoleError:
        return False
    return place < other + length and other < place + size


def on_vectors(place: int, length: int) -> bool:
    """Whether the bytes share a place with the interrupt vectors and what lies between them, $00FFE0-$00FFFF."""
    return place < VECTORS_END and place + length > VECTORS
