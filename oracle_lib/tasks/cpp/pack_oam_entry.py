"""Writes or reads one sprite in an image of OAM: four bytes in the low table and two bits in the high table."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    action = rng.choice(("write", "write", "read x", "read y", "read size", "move", "hide"))
    base = rng.choice((0, rng.randrange(1, 0x60) * 0x20))
    palette, priority = rng.randrange(8), rng.randrange(4)
    large = rng.randrange(2)
    dx = rng.choice((-1, 1)) * rng.randrange(1, 64)
    hidden = rng.choice((0xE0, 0xF0, 0xEF))
    names = {
        "write": ("WriteSprite", "set_oam", "PutSprite"),
        "read x": ("SpriteX", "get_x"),
        "read y": ("SpriteY", "get_y"),
        "read size": ("IsLarge", "sprite_size"),
        "move": ("MoveSprite", "shift_sprite"),
        "hide": ("HideSprites", "hide_rest"),
    }[action]
    oam = ("std::vector<uint8_t>&" if action in ("write", "move", "hide") else BYTES, "oam")
    more = {"write": (("int", "x"), ("uint8_t", "y"), ("uint16_t", "tile"))}.get(action, ())
    returns = {"read x": "int", "read y": "uint8_t", "read size": "bool"}.get(action, "void")
    function = Function(returns, rng.choice(names), (oam, ("int", "first" if action == "hide" else "index"), *more))
    start, high = f"{hexadecimal(base)} + " if base else "", hexadecimal(base + 0x200)

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        before, index = rom(base + 0x220, seed=rng.getrandbits(32) | 1), rng.randrange(128)
        memory = bytearray(before)
        low, top, shift = base + index * 4, base + 0x200 + index // 4, index % 4 * 2
        x = memory[low] + 256 * (memory[top] >> shift & 1)
        signed = x - 512 if x >= 256 else x
        given: list[Value] = [before, index]
        if action == "write":
            x, y, tile = rng.randrange(-64, 256), rng.randrange(256), rng.randrange(512)
            memory[low : low + 4] = (x % 256, y, tile % 256, tile // 256 | palette << 1 | priority << 4)
            memory[top] = memory[top] & ~(3 << shift) | ((x < 0) | large << 1) << shift
            return [*given, x, y, tile], [memory]
        if action == "move":
            x = (x + dx) % 512
            memory[low], memory[top] = x % 256, memory[top] & ~(1 << shift) | x // 256 << shift
            return given, [memory]
        if action == "hide":
            for sprite in range(index, 128):
                memory[base + sprite * 4 + 1] = hidden
            return given, [memory]
        return given, [
            {"read x": signed, "read y": memory[low + 1], "read size": memory[top] >> shift >> 1 & 1}[action]
        ]

    bodies = {
        "write": """
          uint8_t* entry = &oam[@{start}index * 4];
          entry[0] = x & 0xFF;
          entry[1] = y;
          entry[2] = tile & 0xFF;
          entry[3] = tile >> 8 | @attributes;
          int shift = index % 4 * 2;  // four sprites share a byte of the high table
          uint8_t& top = oam[@high + index / 4];
          top = (top & ~(3 << shift)) | ((x >> 8 & 1) | @large) << shift;
        """,
        "read x": """
          int x = oam[@{start}index * 4];
          bool left = oam[@high + index / 4] >> (index % 4 * 2) & 1;
          return left ? x - 256 : x;  // bit 8 means left of the screen's edge
        """,
        "read y": """
          return oam[@{start}index * 4 + 1];
        """,
        "read size": """
          return oam[@high + index / 4] >> (index % 4 * 2 + 1) & 1;
        """,
        "move": """
          uint8_t& low = oam[@{start}index * 4];
          uint8_t& top = oam[@high + index / 4];
          int shift = index % 4 * 2;
          int x = (low | (top >> shift & 1) << 8) + @dx;
          low = x & 0xFF;
          top = (top & ~(1 << shift)) | (x >> 8 & 1) << shift;
        """,
        "hide": """
          for (int index = first; index < 128; ++index) oam[@{start}index * 4 + 1] = @hidden;
        """,
    }
    reference = cpp(
        "@signature {\n" + bodies[action].strip("\n").replace("          ", "  ").rstrip() + "\n}",
        signature=function.signature,
        start=start,
        high=high,
        attributes=hexadecimal(palette << 1 | priority << 4),
        large=large << 1,
        dx=f"({dx})" if dx < 0 else dx,
        hidden=hexadecimal(hidden),
    )
    where = f"`oam` (an image of OAM: 512 bytes, then the 32-byte high table{f', starting at offset {hexadecimal(base)}' if base else ''})"
    said = {
        "write": f"writes sprite `index` with 9-bit `x`, `y`, 9-bit `tile`, palette {palette}, priority {priority}, no flips and the "
        f"{'large' if large else 'small'} size to",
        "read x": "returns the x position of sprite `index` as a signed number from -256 to 255, read from",
        "read y": "returns the y position of sprite `index` from",
        "read size": "tells whether sprite `index` has the large size, read from",
        "move": f"moves sprite `index` by {dx} pixels horizontally (x has 9 bits and wraps around) in",
        "hide": f"hides every sprite from number `first` to 127 by setting its y to {hexadecimal(hidden)} in",
    }[action]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said} {where}.",
            f"I need a C++ helper that {said} {where}.",
            f"OAM helper: it {said} {where}.",
            f"For a sprite viewer: a function that {said} {where}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "base": base,
            "palette": palette * (action == "write"),
            "priority": priority * (action == "write"),
            "large": large * (action == "write"),
            "dx": dx * (action == "move"),
            "hidden": hidden * (action == "hide"),
        },
        explanation="The low table holds x, y, tile and vhoopppt for each sprite; "
        "the high table adds bit 8 of x and the size, two bits a sprite.",
    )
