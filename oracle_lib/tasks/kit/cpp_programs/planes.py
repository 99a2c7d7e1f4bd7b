"""Functions on graphics in drawn layouts: pixels in bit planes or packed, tiles in sheets, and the way between them."""

import random

from oracle_lib.tasks.kit.cpp_programs.pieces import titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


def pixels(choices: Choices) -> Program:
    """A tile's pixels read, written, counted or converted, in a layout whose planes and bits are drawn."""
    depth = choices.pick("depth", (1, 2, 3, 4, 2))
    height = choices.pick("height", (8, 8, 16, 4))
    form = choices.pick("form", ("plane after plane", "row by row", "packed"))
    left_high = choices.chance("left high", 0.7)
    action = choices.pick(
        "action", ("get", "get", "set", "decode", "decode", "encode", "encode", "blank", "used", "recolor")
    )
    if form == "packed" and depth == 3:
        depth = 4
    per = 8 // depth
    size = height * depth
    name = choices.pick("tile", ("tile", "data", "gfx"))
    shift = "7 - x" if left_high else "x"
    if form == "packed":
        place = f"y * {depth} + x // {per}" if depth > 1 else "y"
        place = f"{place}" if depth > 1 else "y"
        inner = f"x % {per}" if depth > 1 else "x"
        moved = f"({per - 1} - {inner})" if left_high else f"({inner})"
        shift = f"{moved} * {depth}" if depth > 1 else shift
        said = f"A tile has 8 columns and {height} rows; each row is {depth} byte{'s' * (depth > 1)}, each of which holds {per} pixels of {depth} bit{'s' * (depth > 1)}, the leftmost pixel in the {'highest' if left_high else 'lowest'} bits."
    elif form == "plane after plane":
        place = f"plane * {height} + y"
        said = f"A tile has 8 columns, {height} rows and {depth} bit plane{'s, one behind the other' if depth > 1 else ''}; a plane has one byte a row, the leftmost pixel in its {'high' if left_high else 'low'} bit."
    else:
        place = f"y * {depth} + plane"
        said = f"A tile has 8 columns, {height} rows and {depth} bit plane{'s' * (depth > 1)}; each row is {depth} byte{'s' * (depth > 1)}, one for each plane, the leftmost pixel in the {'high' if left_high else 'low'} bit."
    if form != "packed" and depth == 1:
        place = "y"
    if form != "packed" and depth > 1:
        said += " Plane 0 is the low bit of a colour."
    draft = Draft("", "tile graphics", rules=[said])
    wide = choices.pick("element", ("u8", "u8", "int"))
    mask = (1 << depth) - 1
    planes = depth if form != "packed" else 1
    loop = planes > 1

    def read() -> list[str]:
        if form == "packed":
            return [f"color: int = ({name}[{place}] >> ({shift})) & {mask}"]
        if not loop:
            return [f"color: int = ({name}[{place}] >> {f'({shift})' if left_high else shift}) & 1"]
        bit = f"({name}[{place}] >> {f'({shift})' if left_high else shift}) & 1"
        return ["color: int = 0", f"for plane in range({planes}):", f"    color |= ({bit}) << plane"]

    def write(target: str) -> list[str]:
        """Sets bits that were clear."""
        if form == "packed":
            return [f"{target}[{place}] |= color << ({shift})"]
        spot = f"({shift})" if left_high else shift
        if not loop:
            return [f"{target}[{place}] |= (color & 1) << {spot}"]
        return [f"for plane in range({planes}):", f"    {target}[{place}] |= ((color >> plane) & 1) << {spot}"]

    def tile(rng: random.Random) -> list[int]:
        return [rng.choice((rng.randrange(256), 0)) for _ in range(size)]

    def colors(rng: random.Random) -> list[int]:
        return [rng.randrange(mask + 1) for _ in range(8 * height)]

    if action == "get":
        draft.parameters, draft.returns = [("vec[u8]", name), ("int", "x"), ("int", "y")], "int"
        draft.add(*read(), "return color")
        draft.does = f"returns the colour of pixel (`x`, `y`) of the tile in `{name}`"
        draft.name = titled(choices, choices.pick("verb", ("get", "read")), "pixel")
        return draft.finish(lambda rng: [tile(rng), rng.randrange(8), rng.randrange(height)])
    if action == "set":
        draft.parameters = [("ref[vec[u8]]", name), ("int", "x"), ("int", "y"), ("int", "color")]
        spot = f"({shift})"
        if form == "packed":
            draft.add(f"at: size = {place}", f"{name}[at] = ({name}[at] & ~({mask} << {spot})) | (color << {spot})")
        else:
            draft.add(f"bit: int = 1 << {spot}", *([f"for plane in range({planes}):"] if loop else []))
            draft.add(
                "if (color >> plane) & 1 != 0:" if loop else "if color != 0:",
                f"    {name}[{place}] |= bit",
                "else:",
                f"    {name}[{place}] &= ~bit",
                depth=1 if loop else 0,
            )
        draft.does = f"sets pixel (`x`, `y`) of the tile in `{name}` to `color`"
        draft.rules.append("All other pixels stay as they are.")
        draft.name = titled(choices, choices.pick("verb", ("set", "put", "plot")), "pixel")
        return draft.finish(lambda rng: [tile(rng), rng.randrange(8), rng.randrange(height), rng.randrange(mask + 1)])
    if action == "decode":
        mirror = choices.pick("mirror", ("", "", "x", "y"))
        draft.parameters, draft.returns = [("vec[u8]", name)], f"vec[{wide}]"
        draft.add(
            f"pixels: vec[{wide}] = []",
            f"for y in {f'range({height - 1}, -1, -1)' if mirror == 'y' else f'range({height})'}:",
            f"    for x in {'range(7, -1, -1)' if mirror == 'x' else 'range(8)'}:",
        )
        draft.add(*read(), "pixels.append(color)", depth=2)
        draft.add("return pixels")
        draft.does = (
            f"returns the colours of the {8 * height} pixels of the tile in `{name}`, row by row"
            + {"": "", "x": ", each row from right to left", "y": ", from the bottom row to the top one"}[mirror]
        )
        draft.name = titled(choices, choices.pick("verb", ("decode", "unpack", "read")), "tile")
        return draft.finish(lambda rng: [tile(rng)])
    if action == "encode":
        draft.parameters, draft.returns = [("vec[u8]", "pixels")], "vec[u8]"
        place_name = "out"
        draft.add(
            f"{place_name}: vec[u8] = [0] * {size}",
            f"for y in range({height}):",
            "    for x in range(8):",
            "        color: u8 = pixels[y * 8 + x]",
        )
        draft.add(*write(place_name), depth=2)
        draft.add(f"return {place_name}")
        draft.does = f"packs {8 * height} pixels, one colour each, row by row, into a tile of {size} bytes"
        draft.rules.append(f"Colours are from 0 to {mask}.")
        draft.name = titled(choices, choices.pick("verb", ("encode", "pack", "write")), "tile")
        return draft.finish(lambda rng: [colors(rng)])
    if action == "recolor":
        old, new = choices.number("old", 0, mask), choices.number("new", 0, mask)
        new = new if new != old else (new + 1) & mask
        draft.parameters, draft.returns = [("vec[u8]", "pixels")], "vec[u8]"
        place_name = "out"
        draft.add(
            f"{place_name}: vec[u8] = [0] * {size}",
            f"for y in range({height}):",
            "    for x in range(8):",
            "        color: u8 = pixels[y * 8 + x]",
            f"        if color == {old}:",
            f"            color = {new}",
        )
        draft.add(*write(place_name), depth=2)
        draft.add(f"return {place_name}")
        draft.does = (
            f"packs {8 * height} pixels, row by row, into a tile of {size} bytes, colour {old} becoming colour {new}"
        )
        draft.rules.append(f"Colours are from 0 to {mask}.")
        draft.name = titled(choices, "encode", "recolored", "tile")
        return draft.finish(lambda rng: [colors(rng)])
    if action == "blank":
        draft.parameters, draft.returns = [("vec[u8]", "sheet")], "int"
        kind = choices.pick("kind", ("count", "first", "last used"))
        draft.rules = [
            f"The sheet holds tiles of {size} bytes one behind the other; a tile is blank if all its bytes are 0."
        ]
        if kind == "count":
            draft.add(
                "count: int = 0",
                f"for at in range(0, len(sheet), {size}):",
                "    used: bool = False",
                f"    for i in range({size}):",
                "        if sheet[at + i] != 0:",
                "            used = True",
                "    if not used:",
                "        count += 1",
                "return count",
            )
            draft.does = "counts the blank tiles of a sheet"
        elif kind == "first":
            draft.add(
                f"for at in range(0, len(sheet), {size}):",
                "    used: bool = False",
                f"    for i in range({size}):",
                "        if sheet[at + i] != 0:",
                "            used = True",
                "    if not used:",
                f"        return at // {size}",
                "return -1",
            )
            draft.does = "returns the number of the first blank tile of a sheet, or -1"
        else:
            draft.add(
                "last: int = -1",
                "for at in range(len(sheet)):",
                "    if sheet[at] != 0:",
                f"        last = at // {size}",
                "return last",
            )
            draft.does = "returns the number of the last tile of a sheet that is not blank, or -1"
        draft.name = titled(
            choices,
            {"count": "count", "first": "first", "last used": "last"}[kind],
            "used tile" if kind == "last used" else "blank tile",
        )
        return draft.finish(
            lambda rng: [
                [
                    value
                    for _ in range(rng.randrange(0, 5))
                    for value in (tile(rng) if rng.random() < 0.5 else [0] * size)
                ]
            ]
        )
    draft.parameters, draft.returns = (
        [("vec[u8]", name)],
        f"arr[bool, {mask + 1}]" if choices.chance("flags", 0.5) else "int",
    )
    flags = draft.returns != "int"
    if flags:
        draft.returns = f"arr[int, {mask + 1}]"
        draft.add(f"counts: {draft.returns} = [0] * {mask + 1}")
    else:
        draft.add("used: int = 0")
    draft.add(f"for y in range({height}):", "    for x in range(8):")
    draft.add(*read(), "counts[color] += 1" if flags else "used |= 1 << color", depth=2)
    draft.add("return counts" if flags else "return used")
    draft.does = (
        f"counts how many pixels of the tile in `{name}` have each colour"
        if flags
        else f"returns a mask of the colours that the tile in `{name}` uses: bit n is set if a pixel has colour n"
    )
    draft.name = titled(choices, "count" if flags else "used", "colors")
    return draft.finish(lambda rng: [tile(rng)])


def sheet(choices: Choices) -> Program:
    """Where a tile lies, or its blocks are cut out of and put into, a picture of many tiles."""
    across = choices.pick("across", (16, 8, 4, 2))
    size = choices.pick("size", (8, 4))
    action = choices.pick("action", ("offset", "cut", "put", "tile at", "flip"))
    width = across * size
    draft = Draft(
        "",
        "tile sheet",
        rules=[
            f"The picture has one byte a pixel and {width} pixels a row; a tile is {size}x{size} pixels, and {across} of them are in a row of tiles."
        ],
    )
    if action == "offset":
        inside = choices.chance("inside", 0.5)
        draft.parameters, draft.returns = [("int", "tile"), *([("int", "x"), ("int", "y")] if inside else [])], "int"
        if inside:
            draft.add(f"return (tile // {across} * {size} + y) * {width} + tile % {across} * {size} + x")
        else:
            draft.add(f"return tile // {across} * {size * width} + tile % {across} * {size}")
        draft.does = f"returns the offset in the picture of {'pixel (`x`, `y`) of' if inside else 'the upper left pixel of'} tile number `tile`"
        draft.name = titled(choices, choices.pick("verb", ("tile", "pixel", "sheet")), "offset")
        return draft.finish(
            lambda rng: [rng.randrange(64), *([rng.randrange(size), rng.randrange(size)] if inside else [])]
        )
    if action == "tile at":
        draft.parameters, draft.returns = [("int", "x"), ("int", "y")], "int"
        draft.add(f"return y // {size} * {across} + x // {size}")
        draft.does = "returns the number of the tile that covers pixel (`x`, `y`) of the picture"
        draft.name = titled(choices, choices.pick("verb", ("tile at", "tile of", "pick tile")))
        return draft.finish(lambda rng: [rng.randrange(width), rng.randrange(width)])
    small = 2 if across > 2 else across
    wide = small * size
    draft.rules = [
        f"The picture has one byte a pixel and {wide} pixels a row; a tile is {size}x{size} pixels, and {small} of them are in a row of tiles."
    ]

    def picture(rng: random.Random) -> list[int]:
        return [rng.randrange(16) for _ in range(wide * size)]

    if action in ("cut", "flip"):
        how = choices.pick("how", ("", "x", "y")) if action == "flip" else ""
        draft.parameters, draft.returns = [("vec[u8]", "picture"), ("int", "tile")], "vec[u8]"
        draft.add(
            "out: vec[u8] = []",
            f"left: int = tile % {small} * {size}",
            f"top: int = tile // {small} * {size}",
            f"for y in range({size}):",
            f"    for x in range({size}):",
        )
        row = f"top + {size - 1} - y" if how == "y" else "top + y"
        column = f"left + {size - 1} - x" if how == "x" else "left + x"
        draft.add(f"out.append(picture[({row}) * {wide} + {column}])", depth=2)
        draft.add("return out")
        draft.does = (
            "cuts tile number `tile` out of a picture and returns its pixels, row by row"
            + {"": "", "x": ", mirrored left to right", "y": ", upside down"}[how]
        )
        draft.name = titled(choices, choices.pick("verb", ("cut", "extract", "get")), "tile")
        return draft.finish(lambda rng: [picture(rng), rng.randrange(small)])
    clear = choices.number("clear", 0, 3)
    see = choices.chance("transparent", 0.5)
    draft.parameters = [("ref[vec[u8]]", "picture"), ("vec[u8]", "pixels"), ("int", "x"), ("int", "y")]
    draft.add(
        f"for row in range({size}):",
        f"    for column in range({size}):",
        f"        color: u8 = pixels[row * {size} + column]",
    )
    target = f"picture[(y + row) * {wide} + x + column] = color"
    draft.add(*([f"if color != {clear}:", f"    {target}"] if see else [target]), depth=2)
    draft.does = (
        f"draws a tile of {size}x{size} `pixels` (row by row) into a picture, its upper left corner at (`x`, `y`)"
    )
    draft.rules = [f"The picture has one byte a pixel and {wide} pixels a row; the tile lies inside of it."]
    draft.rules += [f"Pixels of colour {clear} are transparent: what is there stays."] if see else []
    draft.name = titled(choices, choices.pick("verb", ("draw", "blit", "stamp")), "tile")
    return draft.finish(
        lambda rng: [
            picture(rng) + picture(rng),
            [rng.randrange(4) for _ in range(size * size)],
            rng.randrange(wide - size + 1),
            rng.randrange(size + 1),
        ]
    )


PLANES = (pixels, pixels, pixels, sheet)
