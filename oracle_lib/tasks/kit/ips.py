"""IPS patches, written and applied as tools do, for the families that ask about them."""

from collections.abc import Sequence


def record(offset: int, data: bytes) -> bytes:
    """A record that writes the bytes at this offset of the file."""
    return offset.to_bytes(3, "big") + len(data).to_bytes(2, "big") + data


def run(offset: int, length: int, byte: int) -> bytes:
    """A record that writes one byte so many times."""
    return offset.to_bytes(3, "big") + b"\0\0" + length.to_bytes(2, "big") + bytes([byte])


def patch(records: Sequence[bytes]) -> bytes:
    return b"PATCH" + b"".join(records) + b"EOF"


def applied(image: bytes, ips: bytes) -> bytes:
    """The image after the patch, which is taken to be sound."""
    result, at = bytearray(image), 5
    while ips[at : at + 3] != b"EOF":
        offset, length = int.from_bytes(ips[at : at + 3], "big"), int.from_bytes(ips[at + 3 : at + 5], "big")
        at += 5
        if length:
            data, at = ips[at : at + length], at + length
        else:
            data, at = ips[at + 2 : at + 3] * int.from_bytes(ips[at : at + 2], "big"), at + 3
        result[offset : offset + len(data)] = data
    return bytes(result)


RULES = (
    "An IPS record is the offset in the file (3 bytes), the length of the data (2 bytes), both high byte first, and "
    "the data. "
    "Length 0 means that a count (2 bytes) and one byte follow, which is written that many times."
)
