"""Finds the tiles of a picture that differ, mirrored ones counting as equal if asked, as a tile set is made."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "tile graphics"

FLIPS = {"none": (0,), "horizontal": (0, 1), "vertical": (0, 2), "both": (0, 1, 2, 3)}
MEANT = {
    "none": "Two tiles are equal only as they are",
    "horizontal": "A tile that equals an earlier one mirrored left to right counts as equal",
    "vertical": "A tile that equals an earlier one upside down counts as equal",
    "both": "A tile that equals an earlier one mirrored left to right, upside down or both counts as equal",
}


def draw(rng: random.Random) -> Problem:
    flips = rng.choice(("none", "horizontal", "vertical", "both", "both"))
    action = rng.choice(("words", "words", "tiles", "count"))
    first = rng.choice((0, rng.randrange(1, 0x300)))
    palette = rng.choice((0, rng.randrange(1, 8)))
    returns = {"words": "std::vector<uint16_t>", "tiles": "std::vector<uint8_t>", "count": "size_t"}[action]
    names = {
        "words": ("TilemapOf", "build_tilemap", "TileWords"),
        "tiles": ("UniqueTiles", "unique_tiles", "TileSet"),
        "count": ("CountTiles", "count_unique_tiles"),
    }[action]
    function = Function(returns, rng.choice(names), ((BYTES, "pixels"),))

    def mirrored(tile: bytes, flip: int) -> bytes:
        rows = [tile[at : at + 8][:: -1 if flip & 1 else 1] for at in range(0, 64, 8)]
        return b"".join(rows[:: -1 if flip & 2 else 1])

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        tiles: list[bytes] = []
        for _ in range(rng.randrange(4, 9)):
            fresh = (
                bytes(rng.randrange(4) for _ in range(32)) * 2
                if rng.random() < 0.3
                else bytes(rng.choices(range(4), k=64))
            )
            old = mirrored(rng.choice(tiles or [fresh]), rng.choice((0, 1, 2, 3)))
            place = rng.choice((0, 7, 31, 56, 63))
            slip = bytes(pixel ^ (at == place) for at, pixel in enumerate(old))
            tiles.append(rng.choice((fresh, old, old, slip, bytes(64))))
        unique: list[bytes] = []
        words = []
        for tile in tiles:
            found = [
                (number, flip)
                for number, other in enumerate(unique)
                for flip in FLIPS[flips]
                if mirrored(other, flip) == tile
            ]
            number, flip = found[0] if found else (len(unique), 0)
            if not found:
                unique.append(tile)
            words.append(first + number + palette * 1024 + flip * 16384)
        results: dict[str, Value] = {"words": words, "tiles": b"".join(unique), "count": len(unique)}
        return [b"".join(tiles)], [results[action]]

    flipped = {
        "none": "i",
        "horizontal": "i ^ 7",
        "vertical": "i ^ 56",
        "both": "i ^ (flip & 1 ? 7 : 0) ^ (flip & 2 ? 56 : 0)",
    }[flips]
    if flips in ("horizontal", "vertical"):
        flipped = f"flip ? {flipped} : i"
    numbered = f"found + {hexadecimal(first)}" if first else "found"
    word = (f"({numbered})" if first else numbered) + f" | {palette} << 10" if palette else numbered
    several = flips != "none"
    kept = {"none": "", "horizontal": " << 14", "vertical": " << 15", "both": " << 14"}[flips]
    ways = len(FLIPS[flips])
    loop = f"for (int k = 0; k < count * {ways} && found < 0; ++k) {{\n      int n = k / {ways}, flip = k % {ways};"
    keep = f"found = n | flip{kept};" if several and action == "words" else "found = n;"
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> unique;  // the pixels of the tiles found so far
        @words  for (size_t at = 0; at < pixels.size(); at += 64) {
            int found = -1, count = unique.size() / 64;
            @loop
              int i = 0;
              while (i < 64 && pixels[at + i] == unique[n * 64 + @place]) ++i;
              if (i == 64) @keep
            }
            if (found < 0) @new
        @push  }
          return @result;
        }
        """,
        signature=function.signature,
        words="  std::vector<uint16_t> words;\n" if action == "words" else "",
        loop=loop if several else "for (int n = 0; n < count && found < 0; ++n) {",
        place=f"({flipped})" if several else "i",
        keep=keep,
        new="unique.insert(unique.end(), &pixels[at], &pixels[at] + 64);"
        if action != "words"
        else "{\n      found = count;\n      unique.insert(unique.end(), &pixels[at], &pixels[at] + 64);\n    }",
        push=f"    words.push_back({word});\n" if action == "words" else "",
        result={"words": "words", "tiles": "unique", "count": "unique.size() / 64"}[action],
    )
    said = {
        "words": "the tilemap: for each tile the word vhopppcc cccccccc of its tile among those that differ",
        "tiles": "the pixels of the tiles that differ from all before them, in the order in which they first occur",
        "count": "how many tiles differ from all before them",
    }[action]
    rule = MEANT[flips]
    if action == "words":
        flip_bits = {
            "none": "",
            "horizontal": " with bit 14 set",
            "vertical": " with bit 15 set",
            "both": " with its flips in bits 14 (left to right) and 15 (upside down)",
        }
        rule += f", and gets its number{flip_bits[flips]}" if several else ""
        rule += "; no flip goes before one, left to right before upside down, both come last" if flips == "both" else ""
        rule += "; a tile that equals it unflipped is not flipped" if several and flips != "both" else ""
        rule += f". Tiles that differ are numbered from {hexadecimal(first)} as they first occur"
        rule += f", and the palette is {palette}" if palette else ", and the palette is 0"
    source = "`pixels` holds 8x8 tiles one after another, 64 bytes each, row by row"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns {said}. {source}. {rule}.",
            f"{source}. Return {said}. {rule}.",
            f"Duplicate tiles: {source}; return {said}. {rule}.",
            f"I import a picture into my ROM and want to save tiles. {source}. I need {said}. {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "flips": flips,
            "action": action,
            "first": first * (action == "words"),
            "palette": palette * (action == "words"),
        },
        explanation="Each tile is compared with those found before; a mirrored tile is read with its columns or rows counted from the other end."
        if several
        else "Each tile is compared with those found before, and kept only if none is equal.",
    )
