"""How what a routine left differs from what its case expects, in words: one value, any of some, or one within a
tolerance."""

from collections.abc import Sequence

from oracle_lib.verify.contract import AnyOf, Within


def differs(name: str, value: int, expected: int | AnyOf[int] | Within, width: int, verb: str = "is") -> Sequence[str]:
    """The reason against a number of which `width` bits count, if there is one. `name` says what holds it."""
    mask = (1 << width) - 1

    def digits(number: int) -> str:
        return f"${number & mask:0{width // 4}X}"

    match expected:
        case Within():
            right = abs((value & mask) - (expected.near & mask)) <= expected.tolerance
            wanted = f"{digits(expected.near)} within {expected.tolerance}"
        case AnyOf():
            right = value & mask in [one & mask for one in expected.any_of]
            wanted = _either([digits(one) for one in expected.any_of])
        case _:
            right, wanted = value & mask == expected & mask, digits(expected)
    return () if right else [f"{name} {verb} {digits(value)}, expected {wanted}"]


def memory_differs(address: int, held: bytes, expected: bytes | AnyOf[bytes] | Within) -> Sequence[str]:
    """The reason against the bytes from a 24-bit address on, if there is one."""
    match expected:
        case Within():
            value = int.from_bytes(held[: expected.length], "little")
            return differs(f"${address:06X}", value, expected, 8 * expected.length, "holds")
        case AnyOf():
            if any(held[: len(content)] == content for content in expected.any_of):
                return ()
            wanted = _either(["$" + content.hex(" ").upper() for content in expected.any_of])
            return [f"${address:06X} holds ${held.hex(' ').upper()}, expected {wanted}"]
    for offset, (byte, wanted_byte) in enumerate(zip(held, expected, strict=True)):
        if byte != wanted_byte:
            return [f"${address + offset:06X} holds ${byte:02X}, expected ${wanted_byte:02X}"]
    return ()


def _either(values: Sequence[str]) -> str:
    return " or ".join([", ".join(values[:-1]), values[-1]] if len(values) > 1 else values)
