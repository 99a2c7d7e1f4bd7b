"""Converts planar graphics from one depth to another by moving or adding whole planes."""

import functools
import operator
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "tile graphics"

SIZES = {2: 16, 3: 24, 4: 32}


def draw(rng: random.Random) -> Problem:
    source, target = rng.choice(((3, 4), (3, 4), (2, 4), (4, 3), (2, 3), (4, 2), (3, 2)))
    top = rng.random() < 0.5 and target > source
    count = rng.choice((0, rng.randrange(4, 129)))
    offset = rng.choice((0, rng.randrange(1, 64) * 8))
    name = rng.choice(
        (f"Convert{source}To{target}bpp", "expand_tiles" if target > source else "reduce_tiles", "ConvertTiles")
    )
    function = Function("std::vector<uint8_t>", name, ((BYTES, "data"),))
    added = 3 if target == 4 and source == 3 else source

    def convert(tile: bytes) -> bytes:
        planes = [
            [
                tile[16 + row] if plane == 2 and source == 3 else tile[plane // 2 * 16 + row * 2 + plane % 2]
                for row in range(8)
            ]
            for plane in range(source)
        ][:target]
        planes += [[0] * 8 for _ in range(target - source)]
        if top:
            planes[added] = [functools.reduce(operator.or_, row) for row in zip(*planes, strict=True)]
        result = bytearray(SIZES[target])
        for plane, rows in enumerate(planes):
            for row, byte in enumerate(rows):
                result[16 + row if plane == 2 and target == 3 else plane // 2 * 16 + row * 2 + plane % 2] = byte
        return bytes(result)

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        size, number = SIZES[source], count or rng.randrange(1, 6)
        data = rom(offset + number * size + 8 * (count > 0), seed=rng.getrandbits(32) | 1)
        tiles = [data[at : at + size] for at in range(offset, offset + number * size, size)]
        return [data], [b"".join(map(convert, tiles))]

    old, new = SIZES[source], SIZES[target]
    copied = min(16, old, new)
    third = {
        (3, 4): "to[16 + y * 2] = from[16 + y];",
        (4, 3): "to[16 + y] = from[16 + y * 2];",
    }.get((source, target), "")
    used = {
        (3, 4): "to[y * 2] | to[y * 2 + 1] | to[16 + y * 2]",
        (2, 4): "to[y * 2] | to[y * 2 + 1]",
        (2, 3): "to[y * 2] | to[y * 2 + 1]",
    }.get((source, target), "")
    place = {(3, 4): "to[16 + y * 2 + 1]", (2, 4): "to[16 + y * 2]", (2, 3): "to[16 + y]"}.get((source, target), "")
    rows = [third] if third else []
    rows += [f"{place} = {used};"] if top else []
    loop = "".join(f"    for (int y = 0; y < 8; ++y) {rows[0]}\n" if len(rows) == 1 else "")
    if len(rows) == 2:
        loop = f"    for (int y = 0; y < 8; ++y) {{\n      {rows[0]}\n      {rows[1]}\n    }}\n"
    tiles = (
        str(count) if count else f"(data.size() - {hexadecimal(offset)}) / {old}" if offset else f"data.size() / {old}"
    )
    start = f"data.data() + {hexadecimal(offset)} + i * {old}" if offset else f"&data[i * {old}]"
    reference = cpp(
        """
        @signature {
          size_t count = @tiles;
          std::vector<uint8_t> out(count * @new);
          for (size_t i = 0; i < count; ++i) {
            const uint8_t* from = @start;
            uint8_t* to = &out[i * @new];
            std::copy_n(from, @copied, to);  // planes 0 and 1 are the same in both
        @loop  }
          return out;
        }
        """,
        signature=function.signature,
        tiles=tiles,
        new=new,
        start=start,
        copied=copied,
        loop=loop,
    )
    what = f"{count} tiles" if count else "all tiles"
    where = f"from offset {hexadecimal(offset)} of `data`" if offset else "in `data`"
    fourth = {3: "plane 3", 2: "plane 2"}[added] if target > source else ""
    extra = (
        (
            f" Set {fourth} wherever any other plane is set, so that every visible pixel moves to the upper colours."
            if top
            else f" The added {'planes stay' if target - source > 1 else 'plane stays'} clear."
        )
        if target > source
        else " Drop the planes above."
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that converts {what} {where} from SNES {source}bpp to {target}bpp.{extra}",
            f"Convert planar graphics, {what} {where}, {source}bpp ({old} bytes a tile) to {target}bpp ({new} bytes).{extra}",
            f"{source}bpp -> {target}bpp, {what} {where}.{extra}",
            f"My sheet is {source}bpp but the mode needs {target}bpp. Convert {what} {where}.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={"source": source, "target": target, "top": int(top), "count": count, "offset": offset},
        explanation="Planes 0 and 1 are interleaved in the first 16 bytes of a tile at every depth; "
        "a third plane alone takes eight bytes, planes 2 and 3 together sixteen.",
    )
