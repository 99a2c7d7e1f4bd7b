"""Sprites: lines and limits of the PPU, OAM images in use, metasprites, lists of level sprites with terminators."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


OAM = "each of the 128 sprites has four bytes (x, y, tile, attributes vhoopppN), then 32 bytes hold two bits a sprite, four sprites a byte from the lowest bits up: x bit 8 and above it the size flag"


def _high(oam: list[int], i: int) -> tuple[int, int]:
    """The ninth bit of x and the size flag of a sprite."""
    digits = f"{oam[512 + i // 4]:08b}"
    pair = digits[6 - 2 * (i % 4) : 8 - 2 * (i % 4)]
    return int(pair[1]), int(pair[0])


def _image(r: random.Random, hidden: float = 0.6) -> bytes:
    out = bytearray(r.randbytes(544))
    for i in range(128):
        if r.random() < hidden:
            out[4 * i + 1] = r.choice((0xF0, 0xF0, 0xE0))
    return bytes(out)


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


def sprites_on_line(rng: random.Random) -> Made:
    small, large = rng.choice(((8, 16), (8, 32), (16, 32)))
    what = rng.choice(("count", "first", "over"))
    head, act, tail = {
        "count": ("int count = 0;", "++count;", "return count;"),
        "first": ("std::vector<int> found;", "if (found.size() < 32) found.push_back(i);", "return found;"),
        "over": ("int count = 0;", "++count;", "return count > 32;"),
    }[what]
    body = cpp(
        """
        @head
        for (int i = 0; i < 128; ++i) {
          int size = oam[512 + i / 4] >> (i % 4 * 2 + 1) & 1 ? @large : @small;
          if (((line - oam[i * 4 + 1]) & 0xFF) < size) @act
        }
        @tail
        """,
        head=head,
        act=act,
        tail=tail,
        small=small,
        large=large,
    )

    def oracle(oam: list[int], line: int) -> object:
        found = []
        for i in range(128):
            top = oam[4 * i + 1]
            covered = [(top + k) % 256 for k in range(large if _high(oam, i)[1] else small)]
            if line in covered:
                found.append(i)
        return {"count": len(found), "first": found[:32], "over": int(len(found) > 32)}[what]

    def given(r: random.Random) -> list[object]:
        oam = bytearray(_image(r, 0))
        line = r.choice((0, 5, 100, r.randrange(224)))
        for i in range(128):
            if r.random() < (0.35 if what != "count" else 0.1):
                oam[4 * i + 1] = (line - r.randrange(large)) % 256
        return [bytes(oam), line]

    wanted = {
        "count": "how many sprites cover scanline `line`",
        "first": "the numbers of the first 32 sprites that cover scanline `line` (fewer if there are fewer), ascending",
        "over": "whether more than 32 sprites cover scanline `line`",
    }[what]
    return Made(
        f"{'std::vector<int>' if what == 'first' else 'bool' if what == 'over' else 'int'} @f({BYTES} oam, int line)",
        body,
        oracle,
        given,
        (
            f"OAM image (544 bytes), sizes {small}x{small} and {large}x{large}: {wanted}. A sprite at y covers y .. y + size - 1, modulo 256; x doesn't matter.",
            f"Write a function that checks the sprite limit of the PPU: it returns {wanted}. In `oam` {OAM}; clear is {small} lines high, set {large}. A sprite covers its y and the lines below, wrapping from 255 to 0. Where it is horizontally plays no role.",
            f"How do I find flickering lines? From a copy of OAM I want {wanted}. Size bit clear: {small} pixels, set: {large}; y + n wraps at 256. Ignore x.",
            f"i with ((line - y) & $FF) < (large ? {large} : {small}) -> {wanted}",
            f"A debugger overlay for sprite overflow: {wanted}, given the 512 + 32 bytes of OAM. Small is {small} high and large {large}. Sprites near the bottom of the 256 lines continue at the top; x is not looked at.",
        ),
    )


def free_sprites(rng: random.Random) -> Made:
    line = rng.choice((0xE0, 0xF0))
    what = rng.choice(("first", "run", "count"))
    exact = rng.random() < 0.5
    test = f"oam[i * 4 + 1] {'==' if exact else '>='} {hexadecimal(line)}"
    if what == "run":
        signature = f"int @f({BYTES} oam, int count)"
        body = f"int run = 0;\nfor (int i = 0; i < 128; ++i) {{\n  run = {test} ? run + 1 : 0;\n  if (run == count) return i - count + 1;\n}}\nreturn -1;"
        wanted = "the number of the first sprite of `count` neighbouring free ones, -1 if there are not so many together (count >= 1)"
    elif what == "first":
        signature = f"int @f({BYTES} oam, int start)"
        body = (
            f"for (int n = 0; n < 128; ++n) {{\n  int i = (start + n) % 128;\n  if ({test}) return i;\n}}\nreturn -1;"
        )
        wanted = "the first free sprite from number `start` on, going on at 0 after 127, or -1 if all are taken"
    else:
        signature = f"int @f({BYTES} oam)"
        body = f"int used = 128;\nwhile (used > 0) {{\n  int i = used - 1;\n  if (!({test})) break;\n  --used;\n}}\nreturn used;"
        wanted = "how many sprites there are up to the last one in use (0 if all are free)"

    def oracle(oam: list[int], number: int = 0) -> int:
        free = "".join("f" if (y == line if exact else y in range(line, 256)) else "u" for y in oam[1:512:4])
        if what == "run":
            return free.find("f" * number) if 0 < number <= 128 else -1
        if what == "count":
            return len(free.rstrip("f"))
        turned = (free[number % 128 :] + free[: number % 128]).find("f")
        return -1 if turned < 0 else (number + turned) % 128

    def given(r: random.Random) -> list[object]:
        oam = bytearray(r.randbytes(544))
        share = r.choice((0, 0.1, 0.6, 1))
        end = r.choice((128, r.randrange(128)))
        for i in range(128):
            oam[4 * i + 1] = (
                r.choice((line, line, line if exact else 0xFF))
                if r.random() < share or i >= end
                else r.choice((0, line - 1, 0x50))
            )
        return [
            bytes(oam),
            *(
                [r.choice((1, 2, 3, 4, 8))]
                if what == "run"
                else [r.choice((0, 127, r.randrange(128)))]
                if what == "first"
                else []
            ),
        ]

    free_is = f"y {'is' if exact else 'is at least'} {hexadecimal(line)}"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"OAM slots: a sprite is free if its {free_is}. Return {wanted}.",
            f"Write a function that allocates hardware sprites. In a 544-byte copy of OAM sprite i has its four bytes at 4 * i, the second is y. It counts as free (off the screen) if {free_is}. Return {wanted}.",
            f"How do I find room in OAM for {'a metasprite' if what == 'run' else 'one more sprite'}? Off-screen means {free_is}; I need {wanted}.",
            f"free(i): oam[4i + 1] {'==' if exact else '>='} ${line:X}; result: {wanted}",
            f"My engine parks unused sprites below the picture ({free_is}). From an OAM dump tell me {wanted}. 128 sprites, numbered from 0.",
        ),
    )


def rotate_oam(rng: random.Random) -> Made:
    forward = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> old = oam;
        std::fill(oam.begin() + 512, oam.end(), 0);
        for (int i = 0; i < 128; ++i) {
          int to = (i + @step) % 128;
          std::copy_n(old.begin() + i * 4, 4, oam.begin() + to * 4);
          int bits = old[512 + i / 4] >> (i % 4 * 2) & 3;
          oam[512 + to / 4] |= bits << (to % 4 * 2);
        }
        """,
        step="count" if forward else "128 - count % 128",
    )

    def oracle(oam: list[int], count: int) -> None:
        items = [(oam[4 * i : 4 * i + 4], _high(oam, i)) for i in range(128)]
        cut = -count % 128 if forward else count % 128
        items = items[cut:] + items[:cut]
        pairs = "".join(f"{size}{ninth}" for _, (ninth, size) in items[::-1])
        oam[:] = [byte for low, _ in items for byte in low] + list(int(pairs, 2).to_bytes(32, "little"))

    move = "sprite i becomes sprite (i + count) mod 128" if forward else "sprite (i + count) mod 128 becomes sprite i"
    return Made(
        f"void @f({BUFFER} oam, int count)",
        body,
        oracle,
        lambda r: [r.randbytes(544), r.choice((0, 1, 4, 127, 128, r.randrange(300)))],
        (
            f"Flicker: rotate all 128 sprites of an OAM image, high table included: {move} (count >= 0).",
            f"Write a function that changes the priority order of sprites by rotating OAM, in place: {move}. It takes along its four bytes and its two bits of the high table: {OAM}. `count` is not negative and may exceed 127.",
            f"How do I cycle sprites so that overflow flickers instead of hiding always the same ones? {move[0].upper() + move[1:]}, with its two bits in bytes 512 to 543.",
            f"{move}: oam[4i..4i+3] and bits 2(i & 3) of oam[512 + i/4] move together",
            f"Every frame my game starts its sprite list at another place. On a 544-byte OAM buffer: {move}; the x9/size bit pairs of the upper table must follow their sprites.",
        ),
    )


def changed_sprites(rng: random.Random) -> Made:
    what = rng.choice(("list", "moved"))
    if what == "moved":
        test = "before[i * 4] != after[i * 4] || before[i * 4 + 1] != after[i * 4 + 1] || ((before[512 + i / 4] ^ after[512 + i / 4]) >> (i % 4 * 2) & 1)"
        wanted = "how many sprites have another position (x with its ninth bit, or y)"
        body = f"int moved = 0;\nfor (int i = 0; i < 128; ++i)\n  if ({test}) ++moved;\nreturn moved;"
    else:
        test = "!std::equal(before.begin() + i * 4, before.begin() + i * 4 + 4, after.begin() + i * 4) || ((before[512 + i / 4] ^ after[512 + i / 4]) >> (i % 4 * 2) & 3)"
        wanted = "the numbers of all sprites of which anything differs, ascending"
        body = f"std::vector<int> changed;\nfor (int i = 0; i < 128; ++i)\n  if ({test}) changed.push_back(i);\nreturn changed;"

    def oracle(before: list[int], after: list[int]) -> object:
        def parts(oam: list[int], i: int) -> tuple[list[int], object]:
            ninth, size = _high(oam, i)
            return (oam[4 * i : 4 * i + 2], ninth) if what == "moved" else (oam[4 * i : 4 * i + 4], (ninth, size))

        found = [i for i in range(128) if parts(before, i) != parts(after, i)]
        return found if what == "list" else len(found)

    def given(r: random.Random) -> list[object]:
        a = r.randbytes(544)
        b = bytearray(a)
        for _ in range(r.randrange(0, 6)):
            b[r.choice((r.randrange(512), r.randrange(512, 544)))] ^= 1 << r.randrange(8)
        return [a, bytes(b)]

    return Made(
        f"{'int' if what == 'moved' else 'std::vector<int>'} @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Two OAM images (544 bytes): {wanted}.",
            f"Write a function that compares the sprites of two frames and returns {wanted}. In both images {OAM}.",
            f"How do I see what a routine did to OAM? I have dumps from before and after it, 512 + 32 bytes, and need {wanted}. The two bits in the high table belong to their sprite.",
            f"{wanted}; sprite i: oam[4i..4i+3] and bits 2(i % 4), 2(i % 4) + 1 of oam[512 + i/4]{' (only x, y, x9)' if what == 'moved' else ''}",
            f"Frame step in my debugger shall highlight sprites: from the old and the new OAM find {wanted}. Don't forget the upper table with its bit pairs.",
        ),
    )


def tiles_of_large_sprite(rng: random.Random) -> Made:
    side = rng.choice((2, 2, 4, 8))
    flips = rng.random() < 0.5
    u, v = ("(hflip ? @last - x : x)", "(vflip ? @last - y : y)") if flips else ("x", "y")
    body = cpp(
        """
        std::vector<int> tiles;
        for (int y = 0; y < @n; ++y)
          for (int x = 0; x < @n; ++x) {
            int column = (tile + @u) & 0x0F, row = (tile + @v * 16) & 0xF0;
            tiles.push_back((tile & 0x100) | row | column);
          }
        return tiles;
        """,
        n=side,
        u=u.replace("@last", str(side - 1)),
        v=v.replace("@last", str(side - 1)),
    )

    def oracle(tile: int, across: bool = False, down: bool = False) -> list[int]:
        page, rest = divmod(tile, 256)
        row, column = divmod(rest, 16)
        grid = [
            [256 * (page % 2) + 16 * ((row + j) % 16) + (column + i) % 16 for i in range(side)] for j in range(side)
        ]
        grid = [line[::-1] for line in grid] if across else grid
        return [number for line in (grid[::-1] if down else grid) for number in line]

    order = "row by row as they appear on the screen"
    extra = "; hflip mirrors their columns, vflip their rows" if flips else ""
    return Made(
        f"std::vector<int> @f(int tile{', bool hflip, bool vflip' if flips else ''})",
        body,
        oracle,
        lambda r: [
            r.choice((0, 0x0F, 0xFF, 0x1FE, r.randrange(512))),
            *([r.random() < 0.5, r.random() < 0.5] if flips else []),
        ],
        (
            f"Tile numbers of a {8 * side}x{8 * side} sprite with 9-bit number `tile`, {order}{extra}. Like the PPU: column (bits 0-3) and row (bits 4-7) wrap separately, bit 8 stays.",
            f"Write a function that lists the {side * side} tiles which the PPU shows for a sprite of {8 * side}x{8 * side} pixels, {order}. Without flips the one at column x, row y has bits 0-3 of the number plus x and bits 4-7 plus y, each wrapping in its four bits without a carry; bit 8 is the same for all{extra}.",
            f"How do I know which tiles a big sprite uses, even at the edge of the 16x16 tile page? Numbers wrap within their row and column of 16; page bit 8 unchanged; {order}{extra}.",
            f"(tile & $100) | ((tile + 16y) & $F0) | ((tile + x) & $0F), x, y = 0..{side - 1}, {order}{extra}",
            f"My OAM viewer draws {8 * side}-pixel sprites from 8x8 tiles and needs their numbers, {order}{extra}. At the right end of a row of 16 the hardware goes on at the row's start, below the last row at the first, and never leaves the page (bit 8).",
        ),
    )


def metasprite_box(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Box", "Bounds", "Extent")), (("int", "left"), ("int", "top"), ("int", "right"), ("int", "bottom"))
    )
    bit = rng.choice((1, 0x80, 2))
    inclusive = rng.random() < 0.5
    less = " - 1" if inclusive else ""
    body = cpp(
        """
        @name box{0, 0, 0, 0};
        for (size_t at = 0; at + 3 < pieces.size(); at += 4) {
          int x = static_cast<int8_t>(pieces[at]), y = static_cast<int8_t>(pieces[at + 1]);
          int size = pieces[at + 3] & @bit ? 16 : 8;
          if (at == 0) box = {x, y, x + size@less, y + size@less};
          box.left = std::min(box.left, x);
          box.top = std::min(box.top, y);
          box.right = std::max(box.right, x + size@less);
          box.bottom = std::max(box.bottom, y + size@less);
        }
        return box;
        """,
        name=struct.name,
        bit=hexadecimal(bit),
        less=less,
    )

    def oracle(pieces: list[int]) -> Record:
        spots = []
        for i in range(len(pieces) // 4):
            x, y, _, flags = pieces[4 * i : 4 * i + 4]
            size = 16 if flags & bit else 8
            spots += [(_signed(x) + dx, _signed(y) + dy) for dx in (0, size - 1) for dy in (0, size - 1)]
        names = [name for _, name in struct.fields]
        if not spots:
            return Record(names, [0, 0, 0, 0])
        xs, ys = zip(*spots, strict=True)
        more = 0 if inclusive else 1
        return Record(names, [min(xs), min(ys), max(xs) + more, max(ys) + more])

    ends = "right and bottom are the last pixels" if inclusive else "right and bottom are one past the last pixels"
    return Made(
        f"{struct.name} @f({BYTES} pieces)",
        body,
        oracle,
        lambda r: [
            b"".join(
                bytes(
                    [
                        r.choice((0, 8, 0xF8, 0xF0, r.randrange(256))),
                        r.choice((0, 0xF8, 16, r.randrange(256))),
                        r.randrange(256),
                        r.choice((0, bit, 255 - bit)),
                    ]
                )
                for _ in range(r.randrange(0, 5))
            )
            + bytes(r.choice((0, 0, 2)))
        ],
        (
            f"Bounding box of a metasprite: 4 bytes a piece (signed dx, signed dy, tile, flags; flags & {hexadecimal(bit)}: 16x16, else 8x8). {ends[0].upper() + ends[1:]}; all 0 for no pieces.",
            f"Write a function that computes the extent of a sprite made of pieces. Four bytes a piece: x and y offset (8-bit two's complement), tile number, flags; a piece is 16x16 pixels if bit {bit.bit_length() - 1} of its flags is set, otherwise 8x8. Return the smallest box around all of them, relative to the origin: {ends}. Bytes that make no whole piece are ignored; without pieces every field is 0.",
            f"How do I find out how large a frame made of several OAM pieces is? dx, dy (signed bytes), tile, flags with {hexadecimal(bit)} = large (16, else 8 pixels). I need left, top, right, bottom; {ends}. Empty: zeros. An incomplete piece at the end doesn't count.",
            f"min dx, min dy, max dx + size, max dy + size{' (both - 1)' if inclusive else ''}; size = flags & ${bit:X} ? 16 : 8; no piece: 0, 0, 0, 0",
            f"For the selection frame in my animation editor: the box around all pieces of a frame (offsets are signed bytes; fourth byte & {hexadecimal(bit)} means 16 by 16, else 8 by 8); {ends}. A frame without pieces has a box of zeros.",
        ),
        (struct,),
    )


def flip_metasprite(rng: random.Random) -> Made:
    axis = rng.choice(("h", "v"))
    size = rng.choice((8, 16))
    big = rng.random() < 0.4
    width = f"(pieces[at + 3] & 1 ? {2 * size} : {size})" if big else str(size)
    where = 0 if axis == "h" else 1
    flag = 0x40 if axis == "h" else 0x80
    spot = "pieces[at]" if where == 0 else "pieces[at + 1]"
    body = f"for (size_t at = 0; pieces[at] != 0x80; at += 4) {{\n  {spot} = -{spot} - {width};\n  pieces[at + 2 + {0}] ^= {hexadecimal(flag)};\n}}".replace(
        "2 + 0", "2"
    )

    def oracle(pieces: list[int]) -> None:
        at = 0
        while pieces[at] != 128:
            one = pieces[at : at + 4]
            wide = size * 2 if big and one[3] % 2 else size
            low = _signed(one[where])
            one[where] = -(low + wide) % 256
            one[2] ^= flag
            pieces[at : at + 4] = one
            at += 4

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(0, 4)):
            dx = r.choice((0, 8, 0xF8, 0xF0, r.randrange(0x20)))
            out += bytes([dx, r.choice((0, 8, 0xF0, r.randrange(0x20))), *r.randbytes(2)])
        return [out + b"\x80"]

    line = (
        "vertical axis through the origin (left and right change places)"
        if axis == "h"
        else "horizontal axis through the origin (upside down)"
    )
    sizes = (
        f"a piece is {2 * size} pixels large if bit 0 of its fourth byte is set, else {size}"
        if big
        else f"all pieces are {size}x{size}"
    )
    coordinate = "dx" if axis == "h" else "dy"
    return Made(
        f"void @f({BUFFER} pieces)",
        body,
        oracle,
        given,
        (
            f"Mirror a metasprite at the {line}. Pieces: dx, dy, attributes, {'flags' if big else 'tile'} (4 bytes) up to 0x80 as a dx; {sizes}. New {coordinate} = -{coordinate} - size, attributes ^ {hexadecimal(flag)}.",
            f"Write a function that mirrors a list of sprite pieces in place at the {line}. Each has four bytes: signed x offset and signed y offset of its upper left corner, attributes as in OAM (vhoopppN), and {'flags' if big else 'a tile number'}. A byte 0x80 where an x offset would be ends the list. Since {sizes}, the {coordinate} offset d becomes -d - size; the piece's own {'horizontal' if axis == 'h' else 'vertical'} flip toggles.",
            f"How do I derive the {'left-facing' if axis == 'h' else 'ceiling'} frame from the {'right-facing' if axis == 'h' else 'floor'} one? For all pieces (dx, dy, vhoopppN, {'flags' if big else 'tile'}; dx = 0x80 is the end): {coordinate} = -{coordinate} - size and the {axis} bit toggled; {sizes}. The offsets are bytes.",
            f"until dx == $80: {coordinate} = (-{coordinate} - size) & $FF, attributes ^= ${flag:X}; {sizes}",
            f"My frames exist for one direction only. The other one comes by mirroring at the {line}: offsets of the upper left corners have to allow for the size ({sizes}), and bit {flag.bit_length() - 1} of the third byte toggles. Records of four bytes, dx first, until 0x80.",
        ),
    )


def draw_metasprite(rng: random.Random) -> Made:
    clip = rng.random() < 0.6
    order = rng.choice((("dx", "dy", "tile", "attributes"), ("dy", "dx", "tile", "attributes")))
    spot = {name: i for i, name in enumerate(order)}
    test = "if (px <= -16 || px >= 256 || py <= -16 || py >= 224) continue;" if clip else ""
    body = cpp(
        """
        for (size_t at = 0; at + 3 < pieces.size() && next < 128; at += 4) {
          int px = x + static_cast<int8_t>(pieces[at + @dx]), py = y + static_cast<int8_t>(pieces[at + @dy]);
          @test
          oam[next * 4] = px & 0xFF;
          oam[next * 4 + 1] = py & 0xFF;
          oam[next * 4 + 2] = pieces[at + 2];
          oam[next * 4 + 3] = pieces[at + 3];
          uint8_t& high = oam[512 + next / 4];
          high = (high & ~(1 << next % 4 * 2)) | (px >> 8 & 1) << next % 4 * 2;
          ++next;
        }
        return next;
        """,
        dx=spot["dx"],
        dy=spot["dy"],
        test=test,
    ).replace("at + 0]", "at]")
    body = body.replace("  \n", "")

    def oracle(oam: list[int], pieces: list[int], next_: int, x: int, y: int) -> int:
        bits = [bit for byte in oam[512:] for bit in f"{byte:08b}"[::-1]]
        for i in range(len(pieces) // 4):
            one = dict(zip(order, pieces[4 * i : 4 * i + 4], strict=True))
            px, py = x + _signed(one["dx"]), y + _signed(one["dy"])
            if (clip and not (-16 < px < 256 and -16 < py < 224)) or next_ >= 128:
                continue
            oam[4 * next_ : 4 * next_ + 4] = [px % 256, py % 256, one["tile"], one["attributes"]]
            bits[2 * next_] = str(px % 512 // 256)
            next_ += 1
        oam[512:] = [int("".join(bits[i : i + 8][::-1]), 2) for i in range(0, 256, 8)]
        return next_

    def given(r: random.Random) -> list[object]:
        pieces = b"".join(
            bytes([r.choice((0, 8, 0xF8, 0x80, 0x7F)), r.choice((0, 0xF0, 8)), *r.randbytes(2)])
            for _ in range(r.randrange(0, 5))
        )
        return [
            r.randbytes(544),
            pieces,
            r.choice((0, 1, 126, 128, r.randrange(128))),
            r.choice((0, -12, 250, 100)),
            r.choice((0, -10, 220, 100)),
        ]

    skip = (
        " A piece is left out if its x on the screen is -16 or less or at least 256, or its y is -16 or less or at least 224."
        if clip
        else ""
    )
    fields = ", ".join({"dx": "dx", "dy": "dy"}.get(name, name) for name in order)
    return Made(
        f"int @f({BUFFER} oam, {BYTES} pieces, int next, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Put a metasprite into OAM from sprite `next` on and return the next free number. Pieces of 4 bytes: {fields} (offsets signed) around (x, y). Set x bit 8 in the high table, keep the size bits; stop at 128 sprites.{skip}",
            f"Write a function that draws a metasprite at (x, y) into a 544-byte OAM image. Each piece of four bytes ({fields}; dx and dy are two's complement) goes to sprite number `next`, which then counts up. In the image {OAM}. Store the low 8 bits of the sums, bit 8 of x in the high table; the size flags don't change.{skip} After sprite 127 the rest is dropped. Return `next`.",
            f"How do I build OAM from frame data? For every piece ({fields}): position (x + dx, y + dy), tile and attributes as they are, x's ninth bit into bit 2 * (n % 4) of byte 512 + n / 4, size bit untouched.{skip} When all 128 are in use, ignore the remaining ones. Result: the number after the last sprite written.",
            f"for each {{{fields}}}: oam[4n..] = x + dx, y + dy, tile, attr; x9 of n = (x + dx) bit 8; ++n (while n < 128); return n.{skip}",
            f"The sprite routine of my engine, in the editor's preview: pieces {fields} at an origin that may be off the screen (negative too), appended to OAM at `next`.{skip} Full OAM (128): no more pieces. Ninth bits of x are stored, size bits left alone; tell me the new `next`.",
        ),
    )


def level_sprites_on_screen(rng: random.Random) -> Made:
    what = rng.choice(("ids", "count", "at"))
    header = rng.choice((0, 1))
    end = 0xFF
    screen = "(data[at] >> 1 & 1) << 4 | (data[at + 1] & 0x0F)"
    head, act = {
        "ids": ("std::vector<uint8_t> ids;", f"if (({screen}) == screen) ids.push_back(data[at + 2]);"),
        "count": ("std::vector<int> counts(32);", f"++counts[{screen}];"),
        "at": ("int found = -1;", ""),
    }[what]
    if what == "at":
        body = f"for (size_t at = {header}; data[at] != 0xFF; at += 3) {{\n  int x = ({screen}) * 16 + (data[at + 1] >> 4);\n  int y = (data[at] & 1) << 4 | data[at] >> 4;\n  if (x == column && y == row) return data[at + 2];\n}}\nreturn -1;"
        signature = f"int @f({BYTES} data, int column, int row)"
    else:
        body = f"{head}\nfor (size_t at = {header}; data[at] != 0xFF; at += 3) {act}\nreturn {'ids' if what == 'ids' else 'counts'};"
        signature = (
            f"std::vector<uint8_t> @f({BYTES} data, int screen)"
            if what == "ids"
            else f"std::vector<int> @f({BYTES} data)"
        )

    def oracle(data: list[int], a: int = 0, b: int = 0) -> object:
        sprites = []
        rest = data[header:]
        while rest[0] != end:
            one, two, kind = rest[:3]
            first, second = f"{one:08b}", f"{two:08b}"
            sprites.append((int(first[6] + second[4:], 2), int(second[:4], 2), int(first[7] + first[:4], 2), kind))
            rest = rest[3:]
        if what == "ids":
            return [kind for screen_, _, _, kind in sprites if screen_ == a]
        if what == "count":
            return [sum(one[0] == n for one in sprites) for n in range(32)]
        return next((kind for s, x, y, kind in sprites if (16 * s + x, y) == (a, b)), -1)

    def given(r: random.Random) -> list[object]:
        out = b""
        spots = []
        for _ in range(r.randrange(0, 6)):
            y, s, x = r.randrange(30), r.choice((0, 1, 0x11, r.randrange(32))), r.randrange(16)
            spots.append((s * 16 + x, y))
            out += bytes(
                [(y & 15) << 4 | r.randrange(4) << 2 | s >> 4 << 1 | y >> 4, x << 4 | s & 15, r.randrange(256)]
            )
        out = out.replace(b"\xff", b"\xfe")
        data = r.randbytes(header) + out + b"\xff"
        if what == "at":
            return [data, *(r.choice(spots) if spots and r.random() < 0.8 else (r.randrange(512), r.randrange(32)))]
        return [data, *([r.choice((0, 1, 0x11, 5))] if what == "ids" else [])]

    fmt = f"three bytes a sprite, YYYYEEsY XXXXSSSS NNNNNNNN{' after one header byte' if header else ''}, until a first byte of 0xFF: bit 0 of the first byte is the highest bit of Y (then YYYY), s is the highest bit of the screen (then SSSS), X the column in the screen, N the number"
    wanted = {
        "ids": "the numbers of the sprites on screen `screen`, in the list's order",
        "count": "how many sprites each of the 32 screens has",
        "at": "the number of the first sprite at block (column, row), where column = 16 * screen + X and row = Y, or -1",
    }[what]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Level sprite list in SMW format ({fmt}). Return {wanted}.",
            f"Write a function that reads a level's sprite list and returns {wanted}. The format: {fmt}. E does not matter here.",
            f"How do I {'show the sprites of one screen' if what == 'ids' else 'draw a statistic of a sprite list' if what == 'count' else 'pick a sprite under the mouse'}? I want {wanted}. The data are {fmt}.",
            f"YYYYEEsY XXXXSSSS NNNNNNNN, {'header byte first, ' if header else ''}$FF ends; screen = sSSSS, y = Y:YYYY (bit 0 of byte 0 on top), result: {wanted}",
            f"My level editor keeps Super Mario World's sprite data raw: {fmt}. For the window I need {wanted}.",
        ),
    )


def insert_level_sprite(rng: random.Random) -> Made:
    what = rng.choice(("insert", "insert", "remove"))
    if what == "insert":
        most = rng.choice((0, 84, 16))
        body = cpp(
            """
            size_t at = 0;
            @limit
            while (data[at] != 0xFF && data[at + 1] <= x) at += 3;
            data.insert(data.begin() + at, {y, x, id});
            @done
            """,
            limit=f"if (data.size() >= {3 * most + 1}) return false;" if most else "",
            done="return true;" if most else "",
        ).replace("\n\n", "\n")
        signature = f"{'bool' if most else 'void'} @f({BUFFER} data, uint8_t y, uint8_t x, uint8_t id)"
    else:
        most = 0
        body = cpp(
            """
            int removed = 0;
            for (size_t at = 0; data[at] != 0xFF;) {
              if (data[at + 2] == id) {
                data.erase(data.begin() + at, data.begin() + at + 3);
                ++removed;
              } else {
                at += 3;
              }
            }
            return removed;
            """
        )
        signature = f"int @f({BUFFER} data, uint8_t id)"

    def oracle(data: list[int], a: int, x: int = 0, number: int = 0) -> int:
        items = []
        rest = list(data)
        while rest[0] != 255:
            items.append(rest[:3])
            rest = rest[3:]
        if what == "remove":
            kept = [one for one in items if one[2] != a]
            data[:] = [byte for one in kept for byte in one] + rest
            return len(items) - len(kept)
        if most and len(items) >= most:
            return 0
        before = [one for one in items if one[1] <= x]
        data[:] = [byte for one in [*before, [a, x, number], *items[len(before) :]] for byte in one] + [255]
        return 1

    def given(r: random.Random) -> list[object]:
        pool = [r.randrange(256), r.randrange(256), 5]
        many = r.choice((0, 1, 3, most, most - 1)) if most else r.randrange(0, 5)
        xs = sorted(r.randrange(256) for _ in range(many))
        data = [byte for x in xs for byte in (r.randrange(0xE0), x, r.choice(pool))] + [255]
        if what == "remove":
            return [data, r.choice(pool)]
        return [data, r.randrange(0xE0), r.choice((0, 255, r.randrange(256), *xs[:1])), r.randrange(256)]

    fmt = "three bytes a sprite (y, x, id), a y of 0xFF ends the list"
    if what == "remove":
        asks: tuple[str, ...] = (
            f"Delete every sprite with number `id` from a room's list ({fmt}); return how many.",
            f"Write a function that removes all sprites of one kind from a list, in place. The format is {fmt}; it holds exactly one list with its end byte. The others move up in their order. Return the number of sprites removed.",
            "How do I purge an enemy from a room? Entries y, x, id; terminator 0xFF in place of y. Close the gaps, keep the terminator, result: the count of entries that went.",
            "erase all {y, x, id} with that id before $FF; returns the count",
            f"A menu command of my editor deletes all copies of a sprite. The bytes are as in the ROM ({fmt}); shrink the vector and tell me how many there were.",
        )
    else:
        full = f" If there are already {most} sprites, change nothing and return false, otherwise true." if most else ""
        asks = (
            f"Insert a sprite into a list sorted by x ({fmt}), behind entries with the same x.{full}",
            f"Write a function that adds a sprite to a level's list and keeps it in order. The format: {fmt}; the entries ascend by x (unsigned). The new one goes behind all with a smaller or equal x.{full}",
            f"How do I add a sprite where the engine expects x order? Bytes y, x, id, end mark 0xFF; in place; ties: the new one comes last.{full}",
            f"insert {{y, x, id}} before the first entry with a greater x, or before $FF.{full}",
            f"The game loads sprites from left to right, so the list ({fmt}) must stay sorted when the user drops a new sprite; among equal x it is the last.{full}",
        )
    return Made(signature, body, oracle, given, asks)


def oam_from_list(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Sprite", "Obj", "Entry")), (("int", "x"), ("int", "y"), ("int", "tile"), ("bool", "large"))
    )
    hidden = rng.choice((0xF0, 0xE0))
    palette = rng.randrange(8)
    priority = rng.randrange(4)
    base = priority << 4 | palette << 1
    body = cpp(
        """
        std::vector<uint8_t> oam(544);
        for (int i = 0; i < 128; ++i) oam[i * 4 + 1] = @hidden;
        for (size_t i = 0; i < std::min<size_t>(128, sprites.size()); ++i) {
          const @name& one = sprites[i];
          oam[i * 4] = one.x & 0xFF;
          oam[i * 4 + 1] = one.y & 0xFF;
          oam[i * 4 + 2] = one.tile & 0xFF;
          oam[i * 4 + 3] = @base | (one.tile >> 8 & 1);
          oam[512 + i / 4] |= ((one.x >> 8 & 1) | (one.large ? 2 : 0)) << i % 4 * 2;
        }
        return oam;
        """,
        hidden=hexadecimal(hidden),
        name=struct.name,
        base=hexadecimal(base),
    )

    def oracle(sprites: list[Record]) -> list[int]:
        low: list[int] = []
        pairs = ""
        for i in range(128):
            if i < len(sprites):
                x, y, tile, large = vars(sprites[i]).values()
                low += [x % 256, y % 256, tile % 256, int(f"00{priority:02b}{palette:03b}{tile // 256 % 2}", 2)]
                pairs = f"{int(large)}{x % 512 // 256}" + pairs
            else:
                low += [0, hidden, 0, 0]
        return low + list(int(pairs or "0", 2).to_bytes(32, "little"))

    def given(r: random.Random) -> list[object]:
        names = [name for _, name in struct.fields]
        return [
            [
                Record(
                    names,
                    [
                        r.choice((-8, 0, 255, -1, r.randrange(256))),
                        r.randrange(224),
                        r.choice((0, 0x1FF, r.randrange(512))),
                        r.random() < 0.5,
                    ],
                )
                for _ in range(r.choice((0, 1, 3, 5, 130)))
            ]
        ]

    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{struct.name}>& sprites)",
        body,
        oracle,
        given,
        (
            f"Build a 544-byte OAM image: the first 128 of `sprites` with palette {palette}, priority {priority}, no flips (x may be negative: 9 bits); unused ones are 0 with y = {hexadecimal(hidden)}, their high bits 0.",
            f"Write a function that makes an OAM image of a list of sprites. In it {OAM} (N is bit 8 of the tile). All get palette {palette} (bits 1-3) and priority {priority} (bits 4-5), no flip. x is stored in 9 bits of two's complement. Sprites after the 128th are dropped; those not in the list have y {hexadecimal(hidden)} and otherwise zeros.",
            f"How do I upload my list of hardware sprites? I need the 512 + 32 bytes: x low, y, tile low, attributes with tile bit 8, palette {palette} and priority {priority}, and the packed ninth x bits and size bits. Fill up with hidden ones (x 0, y {hexadecimal(hidden)}, tile 0, attributes 0, high bits 00). At most 128.",
            f"sprite i -> oam[4i..] = x, y, tile, ${base:02X} | tile >> 8; oam[512 + i/4] |= (x9 | large << 1) << 2(i & 3); the rest 0, ${hidden:X}, 0, 0",
            f"The editor's sprite objects become OAM: attributes are fixed (palette {palette}, priority {priority}), tile numbers have nine bits, positions left of the screen are negative. Whatever is not used hides at y = {hexadecimal(hidden)} with all else zero; more than 128 cannot be shown.",
        ),
        (struct,),
    )


def slivers_of_line(rng: random.Random) -> Made:
    small, large = rng.choice(((8, 16), (16, 32), (8, 64)))
    whole = rng.random() < 0.5
    core = cpp(
        """
        int high = oam[512 + i / 4] >> (i % 4 * 2), size = high & 2 ? @large : @small;
        int x = oam[i * 4] - (high & 1) * 256;
        """,
        small=small,
        large=large,
    ).replace("\n", "\n  ")
    count = "for (int left = x; left < x + size; left += 8)\n    if (left > -8 && left < 256) ++slivers;"
    body = f"int slivers = 0;\nfor (int i = 0; i < 128; ++i) {{\n  {core}\n  if (((line - oam[i * 4 + 1]) & 0xFF) >= size) continue;\n  {count}\n}}\nreturn slivers{' > 34' if whole else ''};"

    def oracle(oam: list[int], line: int) -> int:
        total = 0
        for i in range(128):
            ninth, size_flag = _high(oam, i)
            size = large if size_flag else small
            if any((oam[4 * i + 1] + k) % 256 == line for k in range(size)):
                x = oam[4 * i] - 256 * ninth
                total += len({p // 8 for p in range(size) if 0 <= x + p < 256})
        return int(total > 34) if whole else total

    def given(r: random.Random) -> list[object]:
        oam = bytearray(_image(r, 0))
        line = r.choice((0, 5, 100, r.randrange(224)))
        for i in range(128):
            near = r.random() < (0.25 if whole else 0.1)
            oam[4 * i + 1] = (line - r.randrange(large)) % 256 if near else (line + 100) % 256
            oam[4 * i] = r.choice((0, 0xF8, 0xFC, 0xF0, 0x80, r.randrange(256)))
        return [bytes(oam), line]

    wanted = (
        "whether the 8-pixel pieces of sprites to be drawn on scanline `line` are more than 34"
        if whole
        else "how many 8-pixel pieces of sprites the PPU would have to draw on scanline `line`"
    )
    return Made(
        f"{'bool' if whole else 'int'} @f({BYTES} oam, int line)",
        body,
        oracle,
        given,
        (
            f"Sliver count: {wanted}. OAM image of 544 bytes, sizes {small} and {large}; x is signed 9-bit; a piece counts if a pixel of it is on screen (0-255); y wraps at 256.",
            f"Write a function that returns {wanted}. In `oam` {OAM}; set means {large}x{large}, clear {small}x{small}. A sprite is on lines y to y + size - 1 (mod 256) and consists of size / 8 pieces side by side from x on; x is negative (minus 256 to minus 1) if its bit 8 is set. Only pieces with at least one pixel in columns 0 to 255 count.",
            f"How do I check for time over on a line? I want {wanted}; small = {small}, large = {large} pixels. Pieces completely left or right of the screen don't count. No limit of 32 sprites is applied.",
            f"sum over sprites on the line of #{{k < size / 8: -8 < x + 8k < 256}}, x = oam x - 256 * x9, size {small}/{large}{'; result: > 34' if whole else ''}",
            f"Besides the 32 sprites a line the PPU has a limit of 34 slivers of 8 pixels. From an OAM dump: {wanted}. Sizes {small}/{large} by the size bit, vertical wrap at 256, x from -256 to 255; parts outside of the picture are free.",
        ),
    )


RECIPES = (
    sprites_on_line,
    free_sprites,
    rotate_oam,
    changed_sprites,
    tiles_of_large_sprite,
    metasprite_box,
    flip_metasprite,
    draw_metasprite,
    level_sprites_on_screen,
    insert_level_sprite,
    oam_from_list,
    slivers_of_line,
)
