"""Reads or changes a bit field of a dungeon room's header, found through a table of 16-bit pointers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "dungeons"

FIELDS = {
    "background 2 mode": (0, 5, 3),
    "collision": (0, 2, 3),
    "light": (0, 0, 1),
    "palette": (1, 0, 6),
    "block set": (2, 0, 8),
    "sprite set": (3, 0, 8),
    "effect": (4, 0, 8),
    "first tag": (5, 0, 8),
    "second tag": (6, 0, 8),
    "plane of staircase 1": (7, 2, 2),
    "plane of staircase 2": (7, 4, 2),
    "plane of staircase 3": (7, 6, 2),
    "plane of the holes": (7, 0, 2),
    "plane of staircase 4": (8, 0, 2),
}
"""Byte, lowest bit and width of the fields of a room header."""


def draw(rng: random.Random) -> Problem:
    field = rng.choice(tuple(FIELDS))
    byte, shift, width = FIELDS[field]
    mask = (1 << width) - 1
    bank = rng.randrange(1, 16)
    pointers = (bank + 1) * 0x8000 + rng.randrange(0x400) * 0x10  # beyond the headers, so that a case can't overlap
    write = rng.random() < 0.4
    direct = rng.random() < 0.25
    word = "".join(part.capitalize() for part in field.split())
    name = rng.choice(
        (f"{'Set' if write else 'Get'}{word}", "set_room_field" if write else "room_field", "RoomHeader" + word)
    )
    more = (("uint8_t", "value"),) if write else ()
    target = ("std::vector<uint8_t>&" if write else BYTES, "header" if direct else "rom")
    function = Function("void" if write else "uint8_t", name, (target, *(() if direct else (("int", "room"),)), *more))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        header, value = bytearray(rng.randbytes(14)), rng.randrange(mask + 1)
        room, at = rng.randrange(0x128), rng.randrange(0x8000, 0xFFF0)
        changed = bytearray(header)
        changed[byte] = header[byte] & ~(mask << shift) | value << shift

        def image(header: bytes) -> Value:
            if direct:
                return header
            start = bank * 0x8000 + at - 0x8000
            return rom(pointers + 0x250, {start: header, pointers + 2 * room: at.to_bytes(2, "little")})

        given: list[Value] = [image(bytes(header)), *([] if direct else [room]), *([value] if write else [])]
        return given, [image(bytes(changed)) if write else header[byte] >> shift & mask]

    place = f"header[{byte}]" if direct else f"rom[header + {byte}]" if byte else "rom[header]"
    find = f"  size_t pointer = {hexadecimal(pointers)} + room * 2;\n"
    find += f"  size_t header = {hexadecimal(bank * 0x8000)} + ((rom[pointer] | rom[pointer + 1] << 8) & 0x7FFF);\n"
    if write:
        kept = 0xFF & ~(mask << shift)
        moved = f"value << {shift}" if shift else "value"
        action = f"{place} = ({place} & {hexadecimal(kept)}) | {moved};" if kept else f"{place} = value;"
    else:
        part = f"{place} >> {shift}" if shift else place
        action = (
            f"return {part};" if shift + width == 8 else f"return {part} & {hexadecimal(mask) if mask > 9 else mask};"
        )
    reference = cpp(
        "@signature {\n@find  @action\n}", signature=function.signature, find="" if direct else find, action=action
    )
    bits = f"bits {shift}-{shift + width - 1}" if width > 1 else f"bit {shift}"
    place = f"byte {byte}" if width == 8 else f"{bits} of byte {byte}"
    where = (
        "`header`"
        if direct
        else f"the header of `room`, whose LoROM address in bank ${bank:02X} stands in the table of 16-bit pointers at PC offset "
        f"{hexadecimal(pointers)}"
    )
    said = f"{'stores `value` as' if write else 'returns'} the {field} ({place}) {'in' if write else 'from'} {where}"
    extra = " Keep the other bits." if write and width < 8 else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}.{extra}",
            f"Dungeon room headers: I need a function that {said}.{extra}",
            f"Room header access: it {said}.{extra}",
            f"For a dungeon editor, write a function that {said}.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "field": field,
            "write": int(write),
            "pointers": 0 if direct else pointers,
            "bank": 0 if direct else bank,
        },
        explanation=(
            ""
            if direct
            else "The pointer names an address in a LoROM bank, whose 0x8000 bytes start at bank * 0x8000. "
        )
        + f"The field is {place} of the header.",
    )
