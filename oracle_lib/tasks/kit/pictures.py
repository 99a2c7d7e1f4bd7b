"""Tiles, pictures and colors as oracles have them: in rows and by binary digits, unlike the C++ bodies."""

import random

_PAIRS = "bit 7 is the left pixel, plane p is bit p of the color"
FORMATS = {
    1: "a tile has 8 bytes, a byte a row from the top, bit 7 is the left pixel",
    2: f"a tile has 16 bytes, each row two (plane 0, then plane 1), {_PAIRS}",
    3: (
        "a tile has 24 bytes: 16 with planes 0 and 1 (two bytes a row, plane 0 first), then 8 with plane 2 "
        f"(one a row); {_PAIRS}"
    ),
    4: (
        "a tile has 32 bytes: 16 with planes 0 and 1 (two bytes a row, plane 0 first), then 16 with planes 2 and 3 "
        f"in the same way; {_PAIRS}"
    ),
    8: (
        "a tile has 64 bytes: four blocks of 16 for planes 0/1, 2/3, 4/5 and 6/7, each with two bytes a row "
        f"(lower plane first); {_PAIRS}"
    ),
}
PLACES = {
    1: "y",
    2: "y * 2 + p",
    3: "(p < 2 ? y * 2 + p : 16 + y)",
    4: "p / 2 * 16 + y * 2 + p % 2",
    8: "p / 2 * 16 + y * 2 + p % 2",
}
"""Where a tile has row `y` of plane `p`, as C++ says it."""
CHANNELS = "red is in bits 0-4 of a color, green in bits 5-9, blue in bits 10-14"


def rgb(color: int) -> list[int]:
    """Red, green and blue."""
    digits = f"{color & 0x7FFF:015b}"
    return [int(digits[10:], 2), int(digits[5:10], 2), int(digits[:5], 2)]


def bgr(red: int, green: int, blue: int) -> int:
    return int(f"{blue:05b}{green:05b}{red:05b}", 2)


def some_color(r: random.Random) -> int:
    gray = r.randrange(32)
    return r.choice(
        (
            r.randrange(0x8000),
            r.randrange(0x8000),
            r.randrange(0x8000),
            0,
            0x7FFF,
            bgr(r.randrange(32), 0, 31),
            bgr(gray, gray, gray),
        )
    )


def some_colors(r: random.Random, most: int = 8, least: int = 0) -> list[int]:
    return [some_color(r) for _ in range(r.randrange(least, most + 1))]


def in_rows(pixels: list[int], width: int) -> list[list[int]]:
    return [pixels[at : at + width] for at in range(0, len(pixels), width)]


def in_line(rows: list[list[int]]) -> list[int]:
    return [pixel for row in rows for pixel in row]


def tile_rows(tile: list[int], bpp: int) -> list[list[int]]:
    """The colors of a planar tile, row by row."""
    planes = [tile[16 * pair + low : 16 * pair + 16 : 2] for pair in range(bpp // 2) for low in (0, 1)]
    if bpp % 2:
        planes.append(tile[8 * bpp - 8 :])
    texts = [[f"{plane[y]:08b}" for plane in planes] for y in range(8)]
    return [[int("".join(column[::-1]), 2) for column in zip(*one, strict=True)] for one in texts]


def tile_bytes(rows: list[list[int]], bpp: int) -> list[int]:
    out: list[int] = []
    for low in range(0, bpp, 2):
        for row in rows:
            texts = [f"{color:08b}" for color in row]
            out += [int("".join(one[7 - plane] for one in texts), 2) for plane in range(low, min(low + 2, bpp))]
    return out


def tiles_of(data: list[int], bpp: int) -> list[list[list[int]]]:
    """The rows of all whole tiles."""
    size = 8 * bpp
    return [tile_rows(data[at : at + size], bpp) for at in range(0, len(data) - size + 1, size)]


def some_tile(r: random.Random, size: int) -> bytes:
    kind = r.choice(("any", "few", "zero", "any", "bands"))
    if kind == "any":
        return r.randbytes(size)
    out = bytearray(size)
    for _ in range({"few": 3, "zero": 0, "bands": 8}[kind]):
        out[r.randrange(size)] = r.choice((0x80, 1, 0xFF, 0x18, r.randrange(256)))
    return bytes(out)


def some_sheet(r: random.Random, size: int, most: int = 4, least: int = 0) -> bytes:
    """Tiles of `size` bytes, now and then one twice."""
    tiles = [some_tile(r, size) for _ in range(r.randrange(least, most + 1))]
    if len(tiles) > 1 and r.random() < 0.5:
        tiles[-1] = tiles[0]
    return b"".join(tiles)


def some_pixels(r: random.Random, count: int, colors: int = 16, clear: float = 0.4) -> list[int]:
    """Pixels of which a part is 0."""
    return [0 if r.random() < clear else r.randrange(colors) for _ in range(count)]
