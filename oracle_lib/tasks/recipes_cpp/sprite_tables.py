"""Lists of sprites: what of OAM is seen, what lies in front, its high table, moving all, compacting, boxes that hit."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "sprites"
OAM = "entries of four bytes: x, y, tile, attributes (vhoopppc)"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _oam(r: random.Random, most: int, y: tuple[int, ...] = (0, 60, 61, 100, 224, 240)) -> list[int]:
    return [
        part
        for _ in range(r.randrange(1, most + 1))
        for part in (r.choice((0, 8, 20, 24, 250, r.randrange(256))), r.choice(y), r.randrange(256), r.randrange(256))
    ]


def sprites_seen(rng: random.Random) -> Made:
    height = rng.choice((224, 239))
    side = rng.choice((8, 16, 32))
    wanted = rng.choice(("count", "numbers"))
    body = cpp(
        """
        @returns seen@zero;
        for (size_t n = 0; n * 4 + 3 < oam.size(); ++n) {
          int x = oam[n * 4] | (high[n / 4] >> n % 4 * 2 & 1) << 8;
          int y = oam[n * 4 + 1];
          if (x >= 256) x -= 512;
          bool on = x > -@side && (y < @height || y + @side > 256);
          if (on) @act;
        }
        return seen;
        """,
        returns="int" if wanted == "count" else "std::vector<int>",
        zero=" = 0" if wanted == "count" else "",
        side=side,
        height=height,
        act="++seen" if wanted == "count" else "seen.push_back(n)",
    )

    def oracle(oam: list[int], high: list[int]) -> object:
        out = []
        for n in range(len(oam) // 4):
            x = oam[4 * n] + 256 * (high[n // 4] // 4 ** (n % 4) % 2)
            columns = {(x + i) % 512 for i in range(side)}
            rows = {(oam[4 * n + 1] + i) % 256 for i in range(side)}
            if min(columns) < 256 and min(rows) < height:
                out.append(n)
        return len(out) if wanted == "count" else out

    def given(r: random.Random) -> list[object]:
        oam = _oam(r, 7, (0, 100, 223, 224, 230, 238, 239, 240, 241, 249, 255))
        return [bytes(oam), r.randbytes(2)]

    goal = "how many sprites are" if wanted == "count" else "the numbers of the sprites that are"
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BYTES} oam, {BYTES} high)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal} at least partly on a screen of 256x{height} pixels. `oam` holds {OAM}; `high` holds two bits a sprite, four sprites a byte from the lowest bits up, the lower bit being bit 8 of x. x wraps at 512 and y at 256, so a sprite can hang in from the left or the top. All sprites are {side}x{side}; row y of the screen shows a sprite's first row.",
            f"visible sprites ({side}x{side}, 256x{height} screen, x mod 512, y mod 256, x bit 8 from the high table): {goal} on screen",
            f"OAM viewer: grey out what can't be seen. Given the low table (4 bytes an entry) and the high table, return {goal} on screen with at least one pixel. Every sprite is {side} pixels square, the screen has {height} lines; remember that X is 9 bits and that Y wraps at 256. No one-line delay of Y, please.",
            f"Which objects waste OAM? I need {goal} visible, even by a single pixel. X takes its ninth bit from the high table, positions wrap (512 and 256), size {side}x{side} for all, visible lines 0 to {height - 1}.",
        ),
    )


def front_sprite_at(rng: random.Random) -> Made:
    side = rng.choice((8, 16))
    by_priority = rng.random() < 0.5
    body = cpp(
        """
        int found = -1@more;
        for (size_t n = 0; n * 4 + 3 < oam.size(); ++n) {
          int dx = px - oam[n * 4], dy = py - oam[n * 4 + 1];
          if (dx < 0 || dx >= @side || dy < 0 || dy >= @side) continue;
          @take
        }
        return found;
        """,
        more=", best = -1" if by_priority else "",
        side=side,
        take=(
            "int priority = oam[n * 4 + 3] >> 4 & 3;\n  if (priority > best) best = priority, found = n;"
            if by_priority
            else "return static_cast<int>(n);"
        ),
    )
    if not by_priority:
        body = body.replace("int found = -1;\n", "").replace("return found;", "return -1;")

    def oracle(oam: list[int], px: int, py: int) -> int:
        hits = []
        for n in range(len(oam) // 4):
            x, y, _, attributes = oam[4 * n : 4 * n + 4]
            if px in range(x, x + side) and py in range(y, y + side):
                hits.append((-(attributes // 16 % 4) if by_priority else 0, n))
        return min(hits)[1] if hits else -1

    rule = (
        "the one with the highest priority (bits 4-5 of the attributes), the lower number among equals"
        if by_priority
        else "the one with the lowest number, whatever the priority bits say"
    )
    return Made(
        f"int @f({BYTES} oam, int px, int py)",
        body,
        oracle,
        lambda r: [
            bytes(
                p for _ in range(r.randrange(3, 12)) for p in (r.randrange(20), r.randrange(20), 0, r.randrange(256))
            ),
            r.randrange(28),
            r.randrange(28),
        ],
        (
            f"Write a function that returns the number of the sprite clicked at pixel (`px`, `py`), -1 for none. `oam` holds {OAM}; all sprites are {side}x{side} and count as full squares; x and y are plain 0 to 255 without wrapping. Of several sprites there take {rule}.",
            f"click -> OAM index: box {side}x{side}, {rule}; none -1; no wrap, high table ignored",
            f"Picking sprites with the mouse: which entry of the low table covers the point? Boxes are {side} by {side}, no wrap-around, transparent pixels count too. If several do: {rule}. Nothing there: -1.",
            f"My OAM editor selects what the user clicks. Entries are 4 bytes, square size {side}. When sprites overlap choose {rule}; return -1 when the click hits none.",
        ),
    )


def build_high_table(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Object", "Sprite")), (("int", "x"), ("bool", "large")))
    s = struct.name
    rest = rng.choice((0, 0x55))
    size = rng.choice((32, 8))
    body = cpp(
        """
        std::vector<uint8_t> high(@size, @rest);
        for (size_t n = 0; n < objects.size() && n < @most; ++n) {
          int pair = (objects[n].x >> 8 & 1) | (objects[n].large ? 2 : 0);
          int shift = n % 4 * 2;
          high[n / 4] = (high[n / 4] & ~(3 << shift)) | pair << shift;
        }
        return high;
        """,
        size=size,
        rest=hexadecimal(rest) if rest else 0,
        most=size * 4,
    )

    def oracle(objects: list[Record]) -> list[int]:
        pairs = [vars(one)["large"] * 2 + (vars(one)["x"] % 512 > 255) for one in objects][: size * 4]
        pairs += [rest % 4] * (size * 4 - len(pairs))
        return [sum(pairs[4 * i + k] * 4**k for k in range(4)) for i in range(size)]

    tail = "have both bits 0" if not rest else "have x bit 8 set and are small, so that they stay off screen"
    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{s}>& objects)",
        body,
        oracle,
        lambda r: [
            [
                Record(("x", "large"), (r.choice((0, 255, 256, -1, -8, r.randrange(-64, 300))), r.random() < 0.5))
                for _ in range(r.randrange(10))
            ]
        ],
        (
            f"Write a function that builds the OAM high table ({size} bytes) for a list of objects. Each sprite has two bits, four sprites a byte from the lowest bits up: the lower is bit 8 of x (x may be negative, two's complement), the upper is set for a large sprite. Entries beyond the list {tail}; objects beyond {size * 4} are ignored.",
            f"objects -> {size}-byte high table: bit 0 of each pair = x bit 8, bit 1 = large; unused ones {tail}",
            f"How do I make the second OAM table from my sprite list? {size} bytes for {size * 4} sprites. X positions may be -64 to 300; unused sprites {tail}. Surplus objects don't matter.",
            f"Before the DMA I pack the ninth X bits and the size bits of all objects. Sprite n sits at bits 2 * (n mod 4) and up of byte n / 4. Missing sprites {tail}; after {size * 4} objects stop.",
        ),
        (struct,),
    )


def shift_oam(rng: random.Random) -> Made:
    hide = rng.choice((0xE0, 0xF0))
    body = cpp(
        """
        for (size_t i = 0; i + 3 < oam.size(); i += 4) {
          if (oam[i + 1] == @hide) continue;
          int x = oam[i] + dx, y = oam[i + 1] + dy;
          if (x < 0 || x > 255 || y < 0 || y >= @hide) {
            oam[i + 1] = @hide;
          } else {
            oam[i] = x;
            oam[i + 1] = y;
          }
        }
        """,
        hide=hexadecimal(hide),
    )

    def oracle(oam: list[int], dx: int, dy: int) -> None:
        for n in range(len(oam) // 4):
            x, y = oam[4 * n : 4 * n + 2]
            if y != hide:
                inside = 0 <= x + dx < 256 and 0 <= y + dy < hide
                oam[4 * n : 4 * n + 2] = [x + dx, y + dy] if inside else [x, hide]

    return Made(
        f"void @f({BUFFER} oam, int dx, int dy)",
        body,
        oracle,
        lambda r: [_oam(r, 5, (0, 60, 100, 200, hide, hide - 1)), r.randrange(-40, 41), r.randrange(-40, 41)],
        (
            f"Write a function that moves all sprites of an OAM buffer ({OAM}) by (`dx`, `dy`). Sprites with y = 0x{hide:02X} are hidden and stay as they are. One that would leave x 0 to 255 or y 0 to 0x{hide - 1:02X} is hidden instead: its y becomes 0x{hide:02X}, its x does not change.",
            f"for each entry with y != ${hide:02X}: add (dx, dy), or y = ${hide:02X} (x kept) when outside 0..255 / 0..${hide - 1:02X}",
            f"Screen shake for sprites: shift every visible OAM entry by dx and dy (may be negative) in place. ${hide:02X} in y means off; anything whose corner would pass the range x 0-255, y below ${hide:02X} gets switched off, leaving x alone. There is no high table here.",
            f"When the camera moves, everything in my OAM mirror moves with it. Only x and y change. Off-screen marker is y = ${hide:02X}: skip those, and set it (without touching x) for entries whose new position isn't within 0-255 by 0-{hide - 1}.",
        ),
    )


def compact_oam(rng: random.Random) -> Made:
    hide = rng.choice((0xE0, 0xF0))
    counted = rng.random() < 0.5
    body = cpp(
        """
        size_t to = 0;
        for (size_t from = 0; from + 3 < oam.size(); from += 4) {
          if (oam[from + 1] >= @hide) continue;
          std::copy_n(oam.begin() + from, 4, oam.begin() + to);
          to += 4;
        }
        @ret
        """,
        hide=hexadecimal(hide),
        ret=(
            f"const int used = to / 4;\nfor (; to + 3 < oam.size(); to += 4) oam[to + 1] = {hexadecimal(hide)};\nreturn used;"
            if counted
            else "oam.resize(to);"
        ),
    )

    def oracle(oam: list[int]) -> int:
        entries = [oam[i : i + 4] for i in range(0, len(oam) - 3, 4)]
        kept = [one for one in entries if one[1] < hide]
        if not counted:
            oam[:] = [part for one in kept for part in one]
            return 0
        old = [one[:] for one in entries]
        new = kept + [[a, hide, c, d] for a, _, c, d in old[len(kept) :]]
        oam[: 4 * len(new)] = [part for one in new for part in one]
        return len(kept)

    rest = (
        f"the entries behind them keep their bytes but get y = 0x{hide:02X}. Return how many are in use"
        if counted
        else "what is left over at the end is removed from the vector"
    )
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} oam)",
        body,
        oracle,
        lambda r: [_oam(r, 6, (0, 60, 100, hide, hide, hide + 5, 255))],
        (
            f"Write a function that closes the gaps in an OAM buffer ({OAM}): entries whose y is 0x{hide:02X} or more are hidden, the others move up to the front in their order, and {rest}.",
            f"stable-remove OAM entries with y >= ${hide:02X}; {rest}",
            f"My sprite buffer has holes where objects were switched off (y from ${hide:02X} on). Pack the visible entries, four bytes each, to the beginning without changing their order; {rest}.",
            f"How do I defragment OAM in place? Visible means y < ${hide:02X}. Order stays because it decides what is in front; {rest}. The size is a multiple of 4.",
        ),
    )


def sprite_tile_address(rng: random.Random) -> Made:
    unit = rng.choice(("words", "bytes"))
    body = cpp(
        """
        int tile = entry & 0xFF, table = entry >> 8 & 1;
        int address = (obsel & 7) * 0x2000 + tile * 16;
        if (table) address += ((obsel >> 3 & 3) + 1) * 0x1000;
        return @final;
        """,
        final="address & 0x7FFF" if unit == "words" else "(address & 0x7FFF) * 2",
    )

    def oracle(obsel: int, entry: int) -> int:
        base, gap = obsel % 8 << 13, obsel // 8 % 4 << 12
        number = entry % 512
        place = base + number * 16 + (gap if number > 255 else 0)
        return place % 0x8000 * (1 if unit == "words" else 2)

    return Made(
        "int @f(uint8_t obsel, uint16_t entry)",
        body,
        oracle,
        lambda r: [r.randrange(256), r.getrandbits(16)],
        (
            f"Write a function that returns where in VRAM the tile of a sprite lies, in {unit}. `entry` is the last two bytes of its OAM entry as a word: tile number in bits 0-7, bit 8 selects the second table. OBSEL's bits 0-2 are the base in steps of 0x2000 words, bits 3-4 the gap: the second table starts 0x1000 * (gap + 1) words behind the base. A tile is 16 words; addresses wrap at 0x8000 words.",
            f"VRAM {unit[:-1]} address of an OBJ tile from OBSEL and the OAM word vhoopppN tttttttt",
            f"How does OBSEL turn an OAM tile number into a VRAM address ({unit})? Name base in 8K-word steps, name select gap in 4K-word steps plus one for tiles 256-511, 4 bpp tiles, everything modulo 32K words. `entry` is the attribute/tile word.",
            f"My VRAM viewer marks the tile a sprite uses. From $2101's value and the sprite's tile/attribute word calculate the address in {unit}, with the gap for table 1 and wrapping at the end of VRAM (64 KB).",
        ),
    )


def joins_to_large(rng: random.Random) -> Made:
    wanted = rng.choice(("numbers", "count"))
    body = cpp(
        """
        @returns found@zero;
        auto same = [&](size_t a, size_t b, int dx, int dy, int dt) {
          return oam[b] == oam[a] + dx && oam[b + 1] == oam[a + 1] + dy && oam[b + 2] == oam[a + 2] + dt && oam[b + 3] == oam[a + 3];
        };
        for (size_t i = 0; i + 16 <= oam.size(); i += 4)
          if (!(oam[i + 3] & 0xC0) && same(i, i + 4, 8, 0, 1) && same(i, i + 8, 0, 8, 16) && same(i, i + 12, 8, 8, 17)) {
            @act;
            i += 12;
          }
        return found;
        """,
        returns="int" if wanted == "count" else "std::vector<int>",
        zero=" = 0" if wanted == "count" else "",
        act="++found" if wanted == "count" else "found.push_back(i / 4)",
    )

    def oracle(oam: list[int]) -> object:
        entries = [tuple(oam[i : i + 4]) for i in range(0, len(oam) - 3, 4)]
        out, n = [], 0
        while n + 4 <= len(entries):
            x, y, t, a = entries[n]
            if a < 64 and entries[n : n + 4] == [
                (x + 8 * i, y + 8 * j, t + i + 16 * j, a) for j in (0, 1) for i in (0, 1)
            ]:
                out.append(n)
                n += 3
            n += 1
        return len(out) if wanted == "count" else out

    def given(r: random.Random) -> list[bytes]:
        out: list[int] = []
        for _ in range(r.randrange(1, 5)):
            x, y, t, a = r.randrange(240), r.randrange(200), r.randrange(200), r.choice((0x30, 0x21, 0x6F))
            four = [[x + 8 * i, y + 8 * j, t + i + 16 * j, a] for j in (0, 1) for i in (0, 1)]
            if r.random() < 0.3:
                four[r.randrange(4)][r.randrange(4)] ^= 1
            out += [part for one in four[: r.choice((4, 4, 4, 2))] for part in one]
        return [bytes(out)]

    goal = "how many such groups there are" if wanted == "count" else "the number of the first entry of each group"
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BYTES} oam)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds groups of four consecutive 8x8 sprites that one 16x16 sprite could replace, and returns {goal}. `oam` holds {OAM}. The four are in the order upper left, upper right, lower left, lower right: the others lie 8 pixels right and/or down of the first, have its tile plus 1, 16 and 17, and equal attributes with neither flip. No wrapping of x, y or tile at 256. Entries of a group are not used again; search from the front.",
            f"4 OAM entries = 1 large one? offsets (8,0) (0,8) (8,8), tiles +1 +16 +17, same attributes, no flips, no wrap at 256, no overlap -> {goal}",
            f"To save OAM slots I look for runs of four small sprites that form a big one (tiles t, t+1, t+16, t+17 in reading order at 8-pixel distances, attributes identical and unflipped). Scan from the first entry; entries taken by a group are done. I want {goal}. Sums of 256 and more never match.",
            f"Sprite optimiser: {goal}, where a group is entries n to n + 3 placed like the quarters of a 16x16 sprite with tiles t, t + 1, t + 16, t + 17 (bytes, no wrap-around), the same attribute byte, flip bits clear. Leftmost groups first, no entry in two.",
        ),
    )


def hitbox_facing(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Box", "HitBox")), tuple(("int", name) for name in ("x", "y", "w", "h")))
    s = struct.name
    width = rng.choice((16, 24, 32))
    axis = rng.choice(("x", "x", "y"))
    flip = {
        "x": f"if (left) box.x = {width} - box.x - box.w;",
        "y": f"if (left) box.y = {width} - box.y - box.h;",
    }[axis]
    name = "left" if axis == "x" else "flipped"
    body = f"{flip.replace('left', name)}\nbox.x += x;\nbox.y += y;\nreturn box;"

    def oracle(box: Record, x: int, y: int, turned: bool) -> Record:
        a, b, w, h = vars(box).values()
        if turned:
            if axis == "x":
                a = min(width - one for one in (a, a + w))
            else:
                b = min(width - one for one in (b, b + h))
        return Record(("x", "y", "w", "h"), (x + a, y + b, w, h))

    how = "faces left" if axis == "x" else "is upside down"
    ax = "horizontally" if axis == "x" else "vertically"
    return Made(
        f"{s} @f({s} box, int x, int y, bool {name})",
        body,
        oracle,
        lambda r: [
            Record(
                ("x", "y", "w", "h"), (r.randrange(-8, 20), r.randrange(-8, 20), r.randrange(1, 20), r.randrange(1, 20))
            ),
            r.randrange(256),
            r.randrange(224),
            r.random() < 0.7,
        ],
        (
            f"Write a function that returns an enemy's hit box on screen. `box` is relative to the corner of its graphics, which are {width} pixels {'wide' if axis == 'x' else 'high'} and lie at (`x`, `y`); if the enemy {how}, the box is mirrored {ax} within them. The box may reach beyond the graphics.",
            f"hit box: mirror {ax} in a {width}-pixel sprite if {name}, then add (x, y)",
            f"Hit boxes are defined for the unflipped sprite. How do I place one when the enemy {how}? The graphics are {width} pixels {'in width' if axis == 'x' else 'in height'}, mirroring is about their middle; result in screen coordinates.",
            f"Box offset + position, with the mirrored case: an enemy that {how} has its box on the other side of the {width}-pixel graphics. Size never changes.",
        ),
        (struct,),
    )


def first_struck(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Enemy", "Actor")), (("int", "x"), ("int", "y"), ("u8", "state")))
    s = struct.name
    w, h = rng.choice(((16, 16), (16, 24), (12, 12)))
    alive = rng.choice((1, 3, 9))
    nearest = rng.random() < 0.5
    body = cpp(
        """
        int found = -1@more;
        for (size_t i = 0; i < enemies.size(); ++i) {
          const auto& e = enemies[i];
          if (e.state != @alive || e.x + @w <= left || e.x >= right || e.y + @h <= top || e.y >= bottom) continue;
          @take
        }
        return found;
        """,
        more=", best = 0" if nearest else "",
        alive=alive,
        w=w,
        h=h,
        take=("if (found < 0 || e.x < best) best = e.x, found = i;" if nearest else "return static_cast<int>(i);"),
    )
    if not nearest:
        body = body.replace("int found = -1;\n", "").replace("return found;", "return -1;")

    def oracle(enemies: list[Record], left: int, top: int, right: int, bottom: int) -> int:
        hit = []
        for i, one in enumerate(enemies):
            x, y, state = vars(one).values()
            dx = min(x + w, right) - max(x, left)
            dy = min(y + h, bottom) - max(y, top)
            if state == alive and dx > 0 and dy > 0:
                hit.append((x if nearest else 0, i))
        return min(hit)[1] if hit else -1

    def given(r: random.Random) -> list[object]:
        left, top = r.randrange(60), r.randrange(60)
        return [
            [
                Record(("x", "y", "state"), (r.randrange(70), r.randrange(70), r.choice((alive, alive, alive, 0, 2))))
                for _ in range(r.randrange(8))
            ],
            left,
            top,
            left + r.randrange(1, 30),
            top + r.randrange(1, 30),
        ]

    which = "the leftmost one (smallest x; the first of equals)" if nearest else "the first one in the list"
    return Made(
        f"int @f(const std::vector<{s}>& enemies, int left, int top, int right, int bottom)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the index of the enemy a sword strikes, -1 if none. The sword covers x from `left` up to but not including `right`, y from `top` up to but not including `bottom` (never empty); an enemy covers {w}x{h} pixels from (x, y), and only those in state {alive} can be hit. If several are, take {which}.",
            f"sword box [left, right) x [top, bottom) vs enemies {w}x{h}, state == {alive}; {which}, else -1",
            f"Which enemy gets hit? Sharing at least one pixel counts, touching edges doesn't (right and bottom are exclusive). Enemies are {w} by {h} at x, y; anything whose state isn't {alive} is immune. Of several: {which}. Nobody: -1.",
            f"Weapon check: enemies have a {w}x{h} box with its upper left corner at x, y. Return {which} of those in state {alive} that overlap the half-open weapon box, or -1.",
        ),
        (struct,),
    )


def ping_pong_frame(rng: random.Random) -> Made:
    ticks = rng.choice((4, 6, 8))
    ends_twice = rng.random() < 0.4
    period = "2 * frames" if ends_twice else "2 * (frames - 1)"
    back = "period - 1 - step" if ends_twice else "period - step"
    guard = "if (frames < 2) return 0;\n" if not ends_twice else ""
    body = f"{guard}const int period = {period};\nconst int step = time / {ticks} % period;\nreturn step < frames ? step : {back};"

    def oracle(time: int, frames: int) -> int:
        forth = list(range(frames))
        cycle = forth + forth[::-1] if ends_twice else forth + forth[-2:0:-1]
        return cycle[time // ticks % len(cycle)]

    order = "0 1 2 2 1 0" if ends_twice else "0 1 2 1"
    return Made(
        "int @f(int time, int frames)",
        body,
        oracle,
        lambda r: [r.choice((0, r.randrange(300), r.randrange(100))), r.choice((1, 2, 3, 4, 5))],
        (
            f"Write a function that returns which frame of an animation that runs back and forth is shown at `time` (in ticks, from 0). Each step lasts {ticks} ticks; with three frames the order is {order} and again from the start. `frames` is at least 1.",
            f"ping-pong animation, {ticks} ticks a frame, 3 frames = {order} repeating; frames >= 1",
            f"How do I compute a forward/backward animation? There are `frames` frames (1 or more) of {ticks} ticks each, and the cycle is like {order} for three of them{', so the end frames show twice in a row' if ends_twice else ', so no end frame shows twice in a row'}.",
            f"Torch animation: frame index for a tick counter, going up and down ({order} for 3 frames, likewise for others; a single frame is always 0), switching every {ticks} ticks.",
        ),
    )


def over_sprite_limit(rng: random.Random) -> Made:
    limit = rng.choice((2, 3, 4))
    side = rng.choice((8, 16))
    wanted = rng.choice(("ranges", "first", "lost"))
    head = cpp(
        """
        std::vector<int> load(256 + @side);
        for (uint8_t y : ys)
          for (int i = 0; i < @side; ++i) ++load[y + i];
        """,
        side=side,
    )
    tail = {
        "first": "for (int line = 0; line < 224; ++line)\n  if (load[line] > @limit) return line;\nreturn -1;",
        "lost": "int lost = 0;\nfor (int line = 0; line < 224; ++line) lost += std::max(0, load[line] - @limit);\nreturn lost;",
        "ranges": "std::vector<int> ranges;\nfor (int line = 0; line < 224; ++line) {\n  bool over = load[line] > @limit, before = line > 0 && load[line - 1] > @limit;\n  if (over && !before) ranges.insert(ranges.end(), {line, line});\n  if (over) ranges.back() = line;\n}\nreturn ranges;",
    }[wanted]
    body = head + "\n" + cpp(tail, limit=limit)

    def oracle(ys: list[int]) -> object:
        over = {line: sum(y <= line < y + side for y in ys) - limit for line in range(224)}
        bad = [line for line in range(224) if over[line] > 0]
        if wanted == "first":
            return bad[0] if bad else -1
        if wanted == "lost":
            return sum(over[line] for line in bad)
        starts = [line for line in bad if line - 1 not in bad]
        ends = [line for line in bad if line + 1 not in bad]
        return [one for pair in zip(starts, ends, strict=True) for one in pair]

    goal = {
        "ranges": "the ranges of lines where it is exceeded, as first, last, first, last and so on",
        "first": "the first line on which it is exceeded, or -1",
        "lost": "how many sprite slices are lost in all (what each line has beyond the limit, added up)",
    }[wanted]
    return Made(
        f"{'std::vector<int>' if wanted == 'ranges' else 'int'} @f({BYTES} ys)",
        body,
        oracle,
        lambda r: [
            bytes(r.choice((20, 24, 25, 30, 40, 215, 220, 230, r.randrange(60))) for _ in range(r.randrange(2, 14)))
        ],
        (
            f"Write a function that checks a limit of {limit} sprites on a scanline and returns {goal}. `ys` are the top lines of sprites that are {side} pixels high; lines 0 to 223 count, and nothing wraps around.",
            f"sprites {side} high at ys, more than {limit} on a line of 0-223 -> {goal}",
            f"Flicker report for my enemy placement: with at most {limit} sprites a line, each {side} lines tall from its y on, tell me {goal}. Only the visible lines 0-223; no wrapping from bottom to top.",
            f"My engine drops sprites beyond {limit} per line. Given all Y positions (height {side}), I need {goal}. Look at screen lines 0 through 223 alone.",
        ),
    )


def follower_trail(rng: random.Random) -> Made:
    size = rng.choice((16, 20, 32))
    delay = rng.choice((5, 8, 12))
    if delay >= size:
        delay = size // 2
    body = cpp(
        """
        int now = head;
        for (int moved = 0; moved < @delay; ++moved) {
          int before = (now + @last) % @size;
          if (trail[before] == 0xFFFF) break;
          now = before;
        }
        return trail[now];
        """,
        delay=delay,
        size=size,
        last=size - 1,
    )

    def oracle(trail: list[int], head: int) -> int:
        back = [trail[(head - i) % size] for i in range(delay + 1)]
        for i in range(1, delay + 1):
            if back[i] == 0xFFFF:
                return back[i - 1]
        return back[delay]

    def given(r: random.Random) -> list[object]:
        head, known = r.randrange(size), r.choice((1, 3, size, size, r.randrange(1, size)))
        trail = [0xFFFF] * size
        for i in range(known):
            trail[(head - i) % size] = r.randrange(0x1000)
        return [trail, head]

    return Made(
        "uint16_t @f(const std::vector<uint16_t>& trail, int head)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns where the follower stands: at the position its leader had {delay} entries ago. `trail` is a ring of {size} packed positions, `head` the newest entry; each older one is at the index before, and in front of index 0 comes {size - 1}. 0xFFFF means nothing recorded yet: then use the oldest entry recorded before you would meet it.",
            f"trail[(head - {delay}) mod {size}], but stop going back in front of the first $FFFF",
            f"Tagalong: the leader's last {size} positions are in a ring buffer (newest at `head`, older ones below it with wrap-around). The follower uses the one {delay} steps back; early on, when that many aren't there (0xFFFF), the oldest that is. The entry at head is always valid.",
            f"How do I read a delayed position from a ring of {size} words? Walk back from `head` at most {delay} times, and don't step onto 0xFFFF (unused). Return the word you end on.",
        ),
    )


def blink_shown(rng: random.Random) -> Made:
    slow, fast, limit = rng.choice(((4, 2, 32), (8, 2, 60), (4, 1, 30)))
    body = f"if (left <= 0) return true;\nreturn left / (left < {limit} ? {fast} : {slow}) % 2 == {{p}};"
    parity = rng.choice((0, 1))
    body = body.replace("{p}", str(parity))

    def oracle(left: int) -> bool:
        if left < 1:
            return True
        half = fast if left < limit else slow
        return left % (2 * half) in (range(half, 2 * half) if parity else range(half))

    odd = "odd" if parity else "even"
    return Made(
        "bool @f(int left)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    r.randrange(-1, 2),
                    r.randrange(1, 130),
                    r.randrange(1, 130),
                    r.randrange(limit + 5),
                    r.randrange(limit),
                    limit,
                )
            )
        ],
        (
            f"Write a function that tells whether a hurt player is drawn in this frame. `left` counts his invincible frames down. From {limit} frames left on upwards he blinks in steps of {slow} frames, below that in steps of {fast}: he is shown when left divided by the step, rounded down, is {odd}. With 0 or fewer left he is always shown.",
            f"blink: step = left < {limit} ? {fast} : {slow}; visible if (left / step) is {odd}, or left <= 0",
            f"Invincibility flicker that gets faster: visible while floor(left / {slow}) is {odd}, for fewer than {limit} frames left floor(left / {fast}). Zero or negative means no flicker at all.",
            f"How does my sprite engine decide to skip the player after a hit? Timer `left`; step {slow}, but {fast} when the timer is under {limit}; draw in {odd} steps (quotient of timer and step). Timer run out: draw.",
        ),
    )


def overlap_of_boxes(rng: random.Random) -> Made:
    wanted = rng.choice(("area", "box"))
    body = cpp(
        """
        int left = std::max(a[0], b[0]), top = std::max(a[1], b[1]);
        int right = std::min(a[0] + a[2], b[0] + b[2]), bottom = std::min(a[1] + a[3], b[1] + b[3]);
        if (right <= left || bottom <= top) return @none;
        return @some;
        """,
        none="0" if wanted == "area" else "{0, 0, 0, 0}",
        some="(right - left) * (bottom - top)" if wanted == "area" else "{left, top, right - left, bottom - top}",
    )

    def oracle(a: list[int], b: list[int]) -> object:
        xs = sorted(set(range(a[0], a[0] + a[2])) & set(range(b[0], b[0] + b[2])))
        ys = sorted(set(range(a[1], a[1] + a[3])) & set(range(b[1], b[1] + b[3])))
        if wanted == "area":
            return len(xs) * len(ys)
        return [xs[0], ys[0], len(xs), len(ys)] if xs and ys else [0, 0, 0, 0]

    def box(r: random.Random) -> list[int]:
        return [r.randrange(-5, 12), r.randrange(-5, 12), r.choice((0, 8, 20, r.randrange(1, 24))), r.randrange(4, 24)]

    goal = "how many pixels two boxes share" if wanted == "area" else "the box that two boxes share, all zeros if none"
    kind = "std::array<int, 4>"
    return Made(
        f"{'int' if wanted == 'area' else kind} @f(const {kind}& a, const {kind}& b)",
        body,
        oracle,
        lambda r: [box(r), box(r)],
        (
            f"Write a function that returns {goal}. A box is {{x, y, width, height}}; sizes are not negative, and a box without width or height covers nothing.",
            f"intersection of {{x, y, w, h}} boxes -> {goal}",
            f"To judge how hard two sprites collide I need {goal}. Both come as x, y, width, height (0 is possible: an empty box). Touching edges share nothing.",
            f"Overlap of hit boxes: {goal}. Arrays of x, y, w, h with w, h >= 0, covering x to x + w - 1 and y to y + h - 1.",
        ),
    )


def animation_sheet_frame(rng: random.Random) -> Made:
    columns = rng.choice((4, 8, 16))
    w, h = rng.choice(((2, 2), (2, 3), (1, 2)))
    per_row = columns // w
    body = cpp(
        """
        std::vector<int> tiles;
        int first = frame / @per * @h * @columns + frame % @per * @w;
        for (int y = 0; y < @h; ++y)
          for (int x = 0; x < @w; ++x) tiles.push_back(first + y * @columns + (mirrored ? @right - x : x));
        return tiles;
        """,
        per=per_row,
        h=h,
        w=w,
        columns=columns,
        right=w - 1,
    )

    def oracle(frame: int, mirrored: bool) -> list[int]:
        sheet = [[y * columns + x for x in range(columns)] for y in range(200)]
        row, column = divmod(frame, per_row)
        cut = [line[column * w : (column + 1) * w] for line in sheet[row * h : (row + 1) * h]]
        return [one for line in cut for one in (line[::-1] if mirrored else line)]

    return Made(
        "std::vector<int> @f(int frame, bool mirrored)",
        body,
        oracle,
        lambda r: [r.randrange(40), r.random() < 0.5],
        (
            f"Write a function that lists the tile numbers of an animation frame, row by row from the upper left. The sheet has {columns} tiles a row, numbered along the rows; frames are {w}x{h} tiles, side by side from the left ({per_row} in a row of frames), then the next row of frames below. If `mirrored`, each row is listed from right to left.",
            f"frame n -> its {w}x{h} tiles in a {columns}-wide sheet, {per_row} frames a row; mirrored reverses every row",
            f"Where are the tiles of frame n? My sheet is {columns} tiles wide and filled with frames of {w} columns and {h} rows from left to right, top to bottom. For a flipped sprite I need each tile row backwards.",
            f"Frames of {w} by {h} tiles lie in a sheet {columns} tiles wide. Return the {w * h} tile indices of one in reading order, with rows reversed when it is mirrored. Frame numbers start with 0 and are not limited.",
        ),
    )


RECIPES = (
    sprites_seen,
    front_sprite_at,
    build_high_table,
    shift_oam,
    compact_oam,
    sprite_tile_address,
    joins_to_large,
    hitbox_facing,
    first_struck,
    ping_pong_frame,
    over_sprite_limit,
    follower_trail,
    blink_shown,
    overlap_of_boxes,
    animation_sheet_frame,
)
