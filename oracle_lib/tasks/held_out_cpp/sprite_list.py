"""Reads a room's list of three-byte sprite entries up to its end mark: ids, places, counts or its size."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    action = rng.choice(("ids", "places", "count", "layer", "overlords", "size"))
    base = rng.randrange(0x10, 0x1000) * 0x10
    header = rng.choice((1, 1, 0))
    bits = rng.choice((5, 5, 6) if action == "places" else (5,))
    scale = rng.choice((1, 8, 16)) if action == "places" else 1
    end = rng.choice((0xFF, 0xFF, 0xFE, 0x80 if action != "layer" else 0xFF))
    upper = rng.random() < 0.5
    given = rng.random() < 0.5
    sprite = rng.randrange(0xF0)
    names = {
        "ids": ("SpriteIds", "read_sprite_ids"),
        "places": ("SpritePositions", "sprite_places"),
        "count": ("CountSprite", "how_many_sprites"),
        "layer": ("CountOnLayer", "sprites_on_layer"),
        "overlords": ("Overlords", "overlord_ids"),
        "size": ("SpriteListSize", "sprite_data_size"),
    }[action]
    lists = {"ids": "std::vector<uint8_t>", "places": "std::vector<int>", "overlords": "std::vector<uint8_t>"}
    place = (("size_t", "at"),) if given else ()
    wanted = (("uint8_t", "id"),) if action == "count" else ()
    function = Function(lists.get(action, "int"), rng.choice(names), ((BYTES, "rom"), *place, *wanted))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        at = rng.choice((base, base + rng.randrange(0x100))) if given else base
        looked_for = rng.choice((sprite, end))
        entries = []
        for _ in range(rng.choice((0, 1, 3, 6, rng.randrange(2, 14)))):
            row = rng.choice((rng.randrange(256), rng.randrange(128), rng.randrange(128, 256), 0x1F, 0x3F))
            column = rng.choice((rng.randrange(256), 0xE0 + rng.randrange(32), 0xE0, 0xDF, end))
            number = rng.choice((rng.randrange(256), looked_for, looked_for, end))
            entries.append((row - 1 if row == end else row, column, number))
        data = rng.randbytes(header) + bytes(byte for entry in entries for byte in entry) + bytes([end])
        data += bytes([0x05, 0xE7, looked_for, end])
        part = 1 << bits
        results: dict[str, Value] = {
            "ids": [number for _, _, number in entries],
            "places": [value for row, column, _ in entries for value in (column % part * scale, row % part * scale)],
            "count": sum(number == looked_for for _, _, number in entries),
            "layer": sum((row >= 128) != upper for row, _, _ in entries),
            "overlords": [number for _, column, number in entries if column >= 0xE0],
            "size": header + 3 * len(entries) + 1,
        }
        where: list[Value] = [at] if given else []
        return [rom(at + len(data), {at: data}), *where, *([looked_for] if action == "count" else [])], [
            results[action]
        ]

    mask, times = hexadecimal((1 << bits) - 1), f" * {scale}" if scale > 1 else ""
    column, row = (f"(rom[i{step}] & {mask}){times}" if times else f"rom[i{step}] & {mask}" for step in (" + 1", ""))
    begin, each, result = {
        "ids": ("std::vector<uint8_t> ids;", "ids.push_back(rom[i + 2]);", "ids"),
        "places": ("std::vector<int> places;", f"places.insert(places.end(), {{{column}, {row}}});", "places"),
        "count": ("int count = 0;", "count += rom[i + 2] == id;", "count"),
        "layer": ("int count = 0;", f"count += rom[i] {'<' if upper else '>='} 0x80;", "count"),
        "overlords": ("std::vector<uint8_t> ids;", "if (rom[i + 1] >= 0xE0) ids.push_back(rom[i + 2]);", "ids"),
        "size": ("", "", ""),
    }[action]
    start = ("at" if given else hexadecimal(base)) + (f" + {header}" if header and given else "")
    start = hexadecimal(base + header) if header and not given else start
    if action == "size":
        origin = "at" if given else hexadecimal(base)
        lines = [f"size_t i = {start};", f"while (rom[i] != {hexadecimal(end)}) i += 3;", f"return i + 1 - {origin};"]
    else:
        lines = [
            begin,
            f"for (size_t i = {start}; rom[i] != {hexadecimal(end)}; i += 3)",
            f"  {each}",
            f"return {result};",
        ]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    where = "offset `at`" if given else f"offset {hexadecimal(base)}"
    layout = f"The list is {'one byte about sorting and then ' if header else ''}entries of three bytes (y, x, id); "
    layout += f"{hexadecimal(end)} in place of a y ends it"
    said = {
        "ids": f"returns the ids of all sprites in the list at {where} of `rom`",
        "places": f"returns x and y in turn of all sprites in the list at {where} of `rom`",
        "count": f"returns how many sprites in the list at {where} of `rom` have the id `id`",
        "layer": f"returns how many sprites in the list at {where} of `rom` are on the {'upper' if upper else 'lower'} layer",
        "overlords": f"returns the ids of the overlords in the list at {where} of `rom`",
        "size": f"returns the size in bytes of the sprite list at {where} of `rom`, all of it",
    }[action]
    more = {
        "places": f". The low {bits} bits of a byte are the coordinate"
        + (f", to be multiplied by {scale}" if scale > 1 else ""),
        "layer": ". Bit 7 of y is set on the lower layer",
        "overlords": ". An overlord has the upper three bits of x set",
    }.get(action, "")
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {layout}{more}.",
            f"{layout}{more}. I need a function that {said}.",
            f"Sprite lists: a function that {said}. {layout}{more}.",
            f"My editor shows the sprites of a room. Write a function that {said}. {layout}{more}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "base": 0 if given else base,
            "header": header,
            "bits": bits,
            "scale": scale,
            "end": end,
            "upper": int(upper and action == "layer"),
        },
        explanation="Only the first byte of an entry can be the end mark, so the list is walked three bytes at a time.",
    )
