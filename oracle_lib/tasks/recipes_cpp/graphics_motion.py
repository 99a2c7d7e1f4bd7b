"""Mode 7 maps and matrices, animation lists, hit boxes and what follows from a touch, cameras."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


# Mode 7


def mode7_pixel(rng: random.Random) -> Made:
    side = rng.choice((4, 8))
    outside = rng.choice(("wrap", "transparent", "tile 0"))
    whole = 8 * side
    start = {
        "wrap": f"x = (x % {whole} + {whole}) % {whole};\ny = (y % {whole} + {whole}) % {whole};\n",
        "transparent": f"if (x < 0 || x >= {whole} || y < 0 || y >= {whole}) return 0;\n",
        "tile 0": f"bool inside = x >= 0 && x < {whole} && y >= 0 && y < {whole};\n",
    }[outside]
    tile = f"map[y / 8 * {side} + x / 8]"
    if outside == "tile 0":
        body = f"{start}int tile = inside ? {tile} : 0;\nreturn pixels[tile * 64 + (y & 7) * 8 + (x & 7)];"
    else:
        body = f"{start}int tile = {tile};\nreturn pixels[tile * 64 + y % 8 * 8 + x % 8];"

    def oracle(cells: list[int], pixels: list[int], x: int, y: int) -> int:
        inside = x in range(whole) and y in range(whole)
        if not inside and outside == "transparent":
            return 0
        row, column = (y % whole) // 8, (x % whole) // 8
        tile = cells[side * row : side * row + side][column] if inside or outside == "wrap" else 0
        picture = pixels[64 * tile : 64 * tile + 64]
        return picture[8 * (y % 8) :][x % 8]

    told = {
        "wrap": f"the plane repeats in all directions (period {whole})",
        "transparent": "outside of the map the result is 0",
        "tile 0": "outside of the map tile 0 is repeated",
    }[outside]
    return Made(
        f"int @f({BYTES} map, {BYTES} pixels, int x, int y)",
        body,
        oracle,
        lambda r: [
            [r.randrange(4) for _ in range(side * side)],
            r.randbytes(256),
            r.choice((0, -1, whole, whole - 1, r.randrange(-20, 2 * whole))),
            r.choice((0, 3, -9, whole, r.randrange(-20, 2 * whole))),
        ],
        (
            f"Color of pixel (x, y) of a Mode 7 plane of {side}x{side} tiles; `pixels`: 64 bytes a tile. Coordinates may be negative: {told}.",
            f"Write a function that looks up a point of a Mode 7 layer. `map` has {side} rows of {side} tile numbers, `pixels` the tiles, 64 bytes each (8 rows of 8 pixels, one byte a pixel). Return the byte at (x, y), in pixels from the upper left corner of the map; x and y may lie anywhere, and {told}.",
            f"How do I sample a Mode 7 map in software, with the screen over setting in mind? {side}x{side} tiles of 8x8 linear pixels; here {told}.",
            f"pixels[map[y / 8][x / 8] * 64 + (y & 7) * 8 + (x & 7)], map {side}x{side}; {told}",
            f"My kart editor samples the track at any point: byte maps of {side} by {side} tiles, 8-bit pixels in tile order. As to points beyond the edges, {told}.",
        ),
    )


def mode7_tiles_used(rng: random.Random) -> Made:
    what = rng.choice(("free", "bounds", "uses"))
    if what == "free":
        returns = "std::vector<uint8_t>"
        body = "std::array<bool, 256> used{};\nfor (uint8_t tile : map) used[tile] = true;\nstd::vector<uint8_t> free;\nfor (int tile = first; tile < 256; ++tile)\n  if (!used[tile]) free.push_back(tile);\nreturn free;"
        more, wanted = ", int first", "the tile numbers from `first` to 255 that the map does not use, ascending"
    elif what == "uses":
        returns = "int"
        body = "std::set<std::vector<uint8_t>> seen;\nfor (uint8_t tile : map) {\n  auto at = pixels.begin() + tile * 64;\n  seen.insert(std::vector<uint8_t>(at, at + 64));\n}\nreturn seen.size();"
        more, wanted = (
            f", {BYTES} pixels",
            "how many different pictures its tiles have (64 bytes a tile in `pixels`; tiles with the same bytes count once)",
        )
    else:
        returns = "int"
        body = "std::array<bool, 256> colors{};\nfor (uint8_t tile : map)\n  for (int i = 0; i < 64; ++i) colors[pixels[tile * 64 + i]] = true;\nreturn std::count(colors.begin(), colors.end(), true);"
        more, wanted = (
            f", {BYTES} pixels",
            "how many different colors (byte values) occur in the tiles that it uses (64 bytes a tile in `pixels`)",
        )

    def oracle(cells: list[int], other: object) -> object:
        if isinstance(other, int):
            return [tile for tile in range(min(other, 256), 256) if tile not in cells]
        assert isinstance(other, list)
        pictures = {tuple(other[64 * tile : 64 * tile + 64]) for tile in cells}
        if what == "uses":
            return len(pictures)
        return len({pixel for picture in pictures for pixel in picture})

    def given(r: random.Random) -> list[object]:
        if what == "free":
            return [[r.randrange(200, 256) for _ in range(r.randrange(0, 40))], r.choice((200, 240, 230))]
        tiles = [
            bytes(r.randrange(3) for _ in range(64)) if r.random() < 0.5 else bytes([r.randrange(20)]) * 64
            for _ in range(4)
        ]
        tiles[r.randrange(4)] = tiles[0]
        return [[r.randrange(4) for _ in range(r.randrange(0, 6))], b"".join(tiles)]

    return Made(
        f"{returns} @f({BYTES} map{more})",
        body,
        oracle,
        given,
        (
            f"Mode 7 map (a byte a cell): return {wanted}.",
            f"Write a function that takes stock of a Mode 7 map, whose cells are tile numbers of one byte, and returns {wanted}.",
            f"How do I see how close my Mode 7 scene is to its limits (256 tiles, 256 colors)? I need {wanted}.",
            f"over map: {wanted}",
            f"The title screen uses Mode 7 and is nearly full. Compute {wanted}. Cells are single bytes, in any number (perhaps none).",
        ),
    )


def mode7_matrix(rng: random.Random) -> Made:
    order = rng.choice(("cos sin -sin cos", "cos -sin sin cos"))
    body = cpp(
        """
        int sine = static_cast<int8_t>(table[angle & 0xFF]), cosine = static_cast<int8_t>(table[(angle + 64) & 0xFF]);
        int c = cosine * scale >> @shift, s = sine * scale >> @shift;
        return {c & 0xFFFF, @b & 0xFFFF, @c & 0xFFFF, c & 0xFFFF};
        """,
        shift=(shift := rng.choice((7, 6))),
        b="s" if order == "cos sin -sin cos" else "-s",
        c="-s" if order == "cos sin -sin cos" else "s",
    )

    def oracle(table: list[int], angle: int, scale: int) -> list[int]:
        sine, cosine = (_signed(table[(angle + turn) % 256]) * scale // 2**shift for turn in (0, 64))
        other = (sine, -sine) if order.startswith("cos sin") else (-sine, sine)
        return [value % 65536 for value in (cosine, *other, cosine)]

    signs = "B = s, C = -s" if order == "cos sin -sin cos" else "B = -s, C = s"
    return Made(
        f"std::array<int, 4> @f({BYTES} table, int angle, int scale)",
        body,
        oracle,
        lambda r: [
            [r.choice((0, 127, 0x81, 0x80, r.randrange(256))) for _ in range(256)],
            r.choice((0, 64, 192, 255, 256, r.randrange(512))),
            r.choice((0x100, 0x80, 0, r.randrange(0x400))),
        ],
        (
            f"Mode 7 matrix {{A, B, C, D}} for an angle (256 = full turn) and 8.8 `scale`: sine from `table` (256 signed bytes, {1 << shift} = 1.0), cosine 64 further; A = D = c, {signs}; products >> {shift} (floor), as 16-bit values.",
            f"Write a function that computes the rotation matrix for Mode 7. table[i] is the sine of i / 256 turns as a signed byte ({1 << shift} stands for 1); the cosine of an angle is the sine of angle + 64; angles count modulo 256 and aren't negative. Let c = cosine * scale / {1 << shift} and s = sine * scale / {1 << shift}, both rounded down. Return A = c, {signs} and D = c, each as its lower 16 bits (0 to 65535).",
            f"How do I fill M7A to M7D for a rotating, zooming layer? c and s are cos and sin from a table of 256 signed bytes times `scale`, arithmetically shifted right by {shift}. {signs}, A = D = c. Two's complement in 16 bits.",
            f"c = s8(T[a + 64]) * scale >> {shift}, s = s8(T[a]) * scale >> {shift}; A = c, {signs}, D = c; & $FFFF; index & $FF",
            f"For every frame of my spinning logo I precompute the four matrix registers: sine table of signed bytes (a full circle in 256 steps, quarter = 64), zoom `scale` >= 0 with 8 fraction bits, floor after the division by {1 << shift}; {signs}. Words as the registers take them.",
        ),
    )


def mode7_stamp(rng: random.Random) -> Made:
    vram = rng.random() < 0.5
    side = rng.choice((128, 32)) if not vram else 128
    skip = rng.random() < 0.5
    target = f"((y + j) & {side - 1}) * {side} + ((x + i) & {side - 1})"
    put = f"vram[({target}) * 2]" if vram else f"map[{target}]"
    line = (
        f"uint8_t tile = block[j * width + i];\n    if (tile != 0xFF) {put} = tile;"
        if skip
        else f"{put} = block[j * width + i];"
    )
    name = "vram" if vram else "map"
    body = f"int height = block.size() / width;\nfor (int j = 0; j < height; ++j)\n  for (int i = 0; i < width; ++i) {{\n    {line}\n  }}"

    def oracle(cells: list[int], block: list[int], width: int, x: int, y: int) -> None:
        for n, tile in enumerate(block[: len(block) // width * width]):
            j, i = divmod(n, width)
            if not (skip and tile == 255):
                cells[((y + j) % side * side + (x + i) % side) * (2 if vram else 1)] = tile

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 5)
        block = [r.choice((0xFF, r.randrange(256), r.randrange(256))) for _ in range(width * r.randrange(1, 4))]
        seedling = bytearray(side * side * (2 if vram else 1))
        for _ in range(5):
            seedling[r.randrange(len(seedling))] = r.randrange(256)
        if vram:
            seedling = seedling[: 512 * 4]
            return [bytes(seedling), block, width, r.choice((0, 126, 127, r.randrange(128))), r.randrange(0, 5)]
        return [
            bytes(seedling),
            block,
            width,
            r.choice((0, side - 1, r.randrange(side))),
            r.choice((0, side - 1, r.randrange(side))) if side == 32 else r.choice((0, 5)),
        ]

    where = "the even bytes of Mode 7 VRAM (128 x 128 cells)" if vram else f"a {side}x{side} Mode 7 map"
    trans = " 0xFF in the block leaves the cell as it is." if skip else ""
    note = " given from its top as far as needed" if vram else ""
    return Made(
        f"void @f({BUFFER} {name}, {BYTES} block, int width, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Stamp a block of tile numbers (`width` a row, whole rows) into {where}{note} at cell (x, y), wrapping at {side}.{trans}",
            f"Write a function that copies a rectangle of tiles into {where}{note}. `block` has rows of `width` bytes; its upper left cell goes to column x, row y (0 to {side - 1}). Beyond the right edge it continues at the left, beyond the bottom at the top.{trans}",
            f"How do I paste tiles into Mode 7? Destination: {where}{note}; row stride {side}; coordinates modulo {side}.{trans}",
            f"{name}[{'2 * ' if vram else ''}(((y + j) & {side - 1}) * {side} + ((x + i) & {side - 1}))] = block[j * width + i].{trans}",
            f"An overworld in Mode 7 gets a new town: its tiles ({'0xFF: keep what is there' if skip else 'all of them'}) are put at (x, y) of {where}{note}. The world is a torus, so the copy wraps at {side} both ways.",
        ),
    )


# Animation lists


def animation_at(rng: random.Random) -> Made:
    loop = rng.choice(("loop", "hold", "mark"))
    order = rng.choice(("frame, duration", "duration, frame"))
    f, d = ("at", "at + 1") if order.startswith("frame") else ("at + 1", "at")
    if loop == "loop":
        body = cpp(
            """
            int total = 0;
            for (size_t at = 0; at + 1 < list.size(); at += 2) total += list[@d];
            time %= total;
            size_t at = 0;
            while (time >= list[@d]) {
              time -= list[@d];
              at += 2;
            }
            return list[@f];
            """,
            d=d,
            f=f,
        )
    elif loop == "hold":
        body = cpp(
            """
            size_t at = 0;
            while (at + 3 < list.size() && time >= list[@d]) {
              time -= list[@d];
              at += 2;
            }
            return list[@f];
            """,
            d=d,
            f=f,
        )
    else:
        body = cpp(
            """
            size_t at = 0;
            while (true) {
              if (at + 1 >= list.size()) at = start * 2;
              if (time < list[@d]) return list[@f];
              time -= list[@d];
              at += 2;
            }
            """,
            d=d,
            f=f,
        )

    def oracle(data: list[int], time: int, start: int = 0) -> int:
        pairs = [tuple(data[i : i + 2]) for i in range(0, len(data) - 1, 2)]
        steps = [
            frame_
            for one in pairs
            for frame_ in [one[0 if order.startswith("frame") else 1]] * one[1 if order.startswith("frame") else 0]
        ]
        if loop == "loop":
            return steps[time % len(steps)]
        if loop == "hold":
            return [*steps, data[-2 if order.startswith("frame") else -1]][min(time, len(steps))]
        first = sum(one[1 if order.startswith("frame") else 0] for one in pairs[:start])
        return steps[time] if time < len(steps) else steps[first + (time - len(steps)) % (len(steps) - first)]

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        pairs = [(r.randrange(256), r.choice((1, 2, 8, r.randrange(1, 30)))) for _ in range(count)]
        total = sum(one[1] for one in pairs)
        data = [byte for one in pairs for byte in (one if order.startswith("frame") else one[::-1])]
        return [
            data,
            r.choice((0, total - 1, total, r.randrange(3 * total + 1))),
            *([r.randrange(count)] if loop == "mark" else []),
        ]

    after = {
        "loop": "after the last entry the list starts again",
        "hold": "the last frame stays forever",
        "mark": "after the last entry it goes on with entry number `start` (0 is the first)",
    }[loop]
    return Made(
        f"int @f({BYTES} list, int time{', int start' if loop == 'mark' else ''})",
        body,
        oracle,
        given,
        (
            f"Animation list of pairs ({order}); which frame shows at tick `time` (0 = start)? {after[0].upper() + after[1:]}.",
            f"Write a function that returns the frame of an animation at a time. `list` has two bytes an entry, {order}; durations are in ticks, from 1 on. The first entry is shown from tick 0; {after}. There is at least one entry and no incomplete one; `time` is not negative.",
            f"How do I scrub through a sprite animation? Entries: {order}; {after}. I have a number of ticks and want the frame number.",
            f"frame of the entry that covers `time`; entries {order}; {after}",
            f"The preview has a slider for the time. The game's list ({order}, bytes) must tell which frame is then visible; {after}.",
        ),
    )


def animation_script(rng: random.Random) -> Made:
    jump, end, limit = rng.choice(((0xFE, 0xFF, 64), (0xFF, 0xFE, 64), (0x80, 0xFF, 32)))
    what = rng.choice(("frames", "ticks"))
    act = "frames.push_back(script[at]);" if what == "frames" else "ticks += script[at + 1];"
    body = cpp(
        """
        @head
        size_t at = 0;
        for (int steps = 0; steps < @limit && at < script.size(); ++steps) {
          if (script[at] == @end) break;
          if (script[at] == @jump) {
            at = script[at + 1];
            continue;
          }
          @act
          at += 2;
        }
        return @result;
        """,
        head="std::vector<uint8_t> frames;" if what == "frames" else "int ticks = 0;",
        limit=limit,
        end=hexadecimal(end),
        jump=hexadecimal(jump),
        act=act,
        result=what,
    )

    def oracle(script: list[int]) -> object:
        shown: list[tuple[int, int]] = []
        place = 0
        for _ in range(limit):
            rest = script[place:]
            if not rest or rest[0] == end:
                break
            if rest[0] == jump:
                place = rest[1]
            else:
                shown.append((rest[0], rest[1]))
                place += 2
        return [one for one, _ in shown] if what == "frames" else sum(ticks for _, ticks in shown)

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.randrange(0, 6)):
            out += [r.randrange(0x70), r.randrange(1, 20)]
        tail = r.choice(("end", "jump", "none"))
        if tail == "jump":
            out += [jump, 2 * r.randrange(len(out) // 2 + 1)]
        if tail == "end":
            out += [end]
        return [out]

    wanted = (
        "the frames in the order in which they are shown" if what == "frames" else "for how many ticks it runs in all"
    )
    return Made(
        f"{'std::vector<uint8_t>' if what == 'frames' else 'int'} @f({BYTES} script)",
        body,
        oracle,
        given,
        (
            f"Run an animation script for at most {limit} commands and return {wanted}: frame, ticks | {hexadecimal(jump)}, offset (jump) | {hexadecimal(end)} (end). Running off the data ends it too.",
            f"Write a function that interprets the animation script of a sprite and returns {wanted}. Commands: {hexadecimal(end)} ends the script; {hexadecimal(jump)} and a byte continue at that offset from the script's start; any other byte is a frame, followed by a byte with its duration in ticks. Since scripts loop, stop after {limit} commands (jumps count as commands). A script also ends where its data end.",
            f"How do I list what an animation script does? {hexadecimal(jump)} nn jumps to offset nn, {hexadecimal(end)} stops, ff tt shows frame ff for tt ticks. I want {wanted}, giving up after {limit} commands, jumps included; the end of the data is an end.",
            f"{{frame, ticks}} | ${jump:X} offset | ${end:X}; at most {limit} commands -> {wanted}",
            f"Enemies in this engine have little scripts: frame and time in two bytes, {hexadecimal(jump)} with a target offset for loops, {hexadecimal(end)} at the end (or no further bytes). For my log compute {wanted} in the first {limit} commands (a jump is one).",
        ),
    )


def tile_animation_copies(rng: random.Random) -> Made:
    tiles = rng.choice((4, 8, 1))
    size = rng.choice((32, 32, 16))
    chunk = tiles * size
    ping = rng.random() < 0.4
    rate = rng.choice((4, 8, 16))
    pick = (
        f"int step = frameCounter / {rate} % count;"
        if not ping
        else f"int cycle = count > 1 ? 2 * count - 2 : 1, step = frameCounter / {rate} % cycle;\nif (step >= count) step = cycle - step;"
    )
    body = f"int count = frames.size() / {chunk};\n{pick}\nstd::copy_n(frames.begin() + step * {chunk}, {chunk}, vram.begin() + target * {size});"

    def oracle(vram: list[int], frames: list[int], target: int, counter: int) -> None:
        pictures = [frames[i : i + chunk] for i in range(0, len(frames), chunk)]
        cycle = pictures + pictures[-2:0:-1] if ping else pictures
        vram[target * size : target * size + chunk] = cycle[counter // rate % len(cycle)]

    order = (
        "forth and back (0, 1, 2, 1, 0, 1 ... for three frames; the ends are not repeated)" if ping else "cyclically"
    )
    return Made(
        f"void @f({BUFFER} vram, {BYTES} frames, int target, int frameCounter)",
        body,
        oracle,
        lambda r: [
            bytes(chunk + 2 * size),
            r.randbytes(chunk * r.randrange(1, 5)),
            r.randrange(3),
            r.choice((0, rate - 1, rate, 3 * rate, r.randrange(300))),
        ],
        (
            f"Animated tiles: copy the current one of `frames` ({tiles} tiles of {size} bytes each) to tile number `target` of `vram`; a new frame every {rate} ticks of frameCounter, {order}.",
            f"Write a function that updates animated graphics. `frames` holds one picture after another, each of {chunk} bytes ({tiles} tile{'s' * (tiles > 1)} of {size} bytes). Each is shown for {rate} ticks, {order}; frameCounter counts ticks from 0. Copy the one that is due to the tile number `target` in `vram` (byte target * {size}); all else stays.",
            f"How do I simulate the water animation of my game? {chunk} bytes a frame, next frame after {rate} ticks, {order}, destination tile `target` ({size} bytes a tile). There is at least one frame and it fits.",
            f"vram[{size} * target ..+{chunk}] = frame number (frameCounter / {rate}) taken {order}",
            f"Lava and torches are uploaded every {rate} frames. Do the same in the editor: the pictures come {order}, {chunk} bytes each, and replace the tiles from number `target` on in the VRAM copy.",
        ),
    )


# Hit tests


def boxes_touch(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Actor", "Entity", "Mob")), (("int", "x"), ("int", "y"), ("int", "box"), ("bool", "left"))
    )
    mirror = rng.random() < 0.6
    what = rng.choice(("test", "which"))
    edge = rng.random() < 0.3
    op = "<=" if edge else "<"
    corner = (
        "a.left ? a.x - static_cast<int8_t>(boxes[at]) - boxes[at + 2] : a.x + static_cast<int8_t>(boxes[at])"
        if mirror
        else "a.x + static_cast<int8_t>(boxes[at])"
    )
    name = struct.name
    lam = f"auto box = [&](const {name}& a) {{\n  int at = a.box * 4;\n  int x = {corner}, y = a.y + static_cast<int8_t>(boxes[at + 1]);\n  return std::array<int, 4>{{x, y, x + boxes[at + 2], y + boxes[at + 3]}};\n}};\n"
    test = f"a[0] {op} b[2] && b[0] {op} a[2] && a[1] {op} b[3] && b[1] {op} a[3]"
    if what == "test":
        signature = f"bool @f(const {name}& one, const {name}& two, {BYTES} boxes)"
        body = f"{lam}auto a = box(one), b = box(two);\nreturn {test};"
    else:
        signature = f"int @f(const {name}& one, const std::vector<{name}>& others, {BYTES} boxes)"
        body = f"{lam}auto a = box(one);\nfor (size_t i = 0; i < others.size(); ++i) {{\n  auto b = box(others[i]);\n  if ({test}) return i;\n}}\nreturn -1;"

    def oracle(one: Record, other: object, boxes: list[int]) -> int:
        def spans(actor: Record) -> tuple[range, range]:
            x, y, number, left = vars(actor).values()
            dx, dy, width, height = boxes[4 * number : 4 * number + 4]
            start = x - _signed(dx) - width if left and mirror else x + _signed(dx)
            top = y + _signed(dy)
            more = 1 if edge else 0
            return range(start, start + width + more), range(top, top + height + more)

        def touch(two: Record) -> bool:
            pairs = list(zip(spans(one), spans(two), strict=True))
            if not edge:
                return all(max(a.start, b.start) < min(a.stop, b.stop) for a, b in pairs)
            return all(max(a.start, b.start) <= min(a.stop, b.stop) - 1 for a, b in pairs)

        if isinstance(other, list):
            return next((i for i, two in enumerate(other) if touch(two)), -1)
        assert isinstance(other, Record)
        return int(touch(other))

    def given(r: random.Random) -> list[object]:
        names = [field for _, field in struct.fields]

        def actor() -> Record:
            return Record(names, [r.randrange(100, 130), r.randrange(100, 125), r.randrange(3), r.random() < 0.5])

        boxes = [
            byte
            for _ in range(3)
            for byte in (
                r.choice((0, 2, 0xFC, 0xF8)),
                r.choice((0, 0xF8, 3)),
                r.choice((4, 8, 12)),
                r.choice((4, 8, 14)),
            )
        ]
        return [actor(), actor() if what == "test" else [actor() for _ in range(r.randrange(0, 4))], boxes]

    facing = (
        " If `left` is true, the box is mirrored at the actor's x: it starts at x - dx - width."
        if mirror
        else " `left` plays no role."
    )
    touching = "boxes that merely share an edge do touch" if edge else "boxes that merely share an edge do not touch"
    wanted = (
        "whether the two boxes touch"
        if what == "test"
        else "the index of the first of `others` whose box touches the one of `one`, -1 if none does"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Hit boxes: boxes[4 * box] = dx, dy (signed), width, height, relative to the actor.{facing} Return {wanted}; {touching}.",
            f"Write a function that returns {wanted}. An actor's field `box` selects four bytes in `boxes`: x and y offset (two's complement), width and height (unsigned, not 0). The box begins at the actor's position plus the offset and ends at that plus the size.{facing} As to the borders, {touching}.",
            f"How do I check sprite contact with a hit box table? Entry: dx, dy signed, w, h unsigned.{facing} Here {touching}. I want {wanted}.",
            f"boxes[4 * box ..] = dx, dy (s8), w, h; [x0, x0 + w] x [y0, y0 + h], y0 = y + dy, overlap with {op} on all sides; x0 = x + dx{', or x - dx - w if left' if mirror else ''}; result: {wanted}",
            f"My engine's contact test, for the editor: each kind of box has an offset and a size in a table of 4-byte entries.{facing} Note that {touching}. Tell me {wanted}.",
        ),
        (struct,),
    )


def push_out(rng: random.Random) -> Made:
    axis_first = rng.choice(("x", "y"))
    body = cpp(
        """
        int left = ax + aw - bx, right = bx + bw - ax;
        int up = ay + ah - by, down = by + bh - ay;
        if (left <= 0 || right <= 0 || up <= 0 || down <= 0) return {0, 0};
        int dx = left <= right ? -left : right;
        int dy = up <= down ? -up : down;
        if (std::abs(dx) @op std::abs(dy)) return {dx, 0};
        return {0, dy};
        """,
        op="<=" if axis_first == "x" else "<",
    )

    def oracle(ax: int, ay: int, aw: int, ah: int, bx: int, by: int, bw: int, bh: int) -> list[int]:
        if not (ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah):
            return [0, 0]
        moves = [(bx - aw - ax, 0), (bx + bw - ax, 0), (0, by - ah - ay), (0, by + bh - ay)]
        order = moves if axis_first == "x" else moves[2:] + moves[:2]
        lengths = [abs(dx) + abs(dy) for dx, dy in order]
        return list(order[lengths.index(min(lengths))])

    tie = "horizontally rather than vertically" if axis_first == "x" else "vertically rather than horizontally"
    return Made(
        "std::array<int, 2> @f(int ax, int ay, int aw, int ah, int bx, int by, int bw, int bh)",
        body,
        oracle,
        lambda r: [
            r.randrange(0, 20),
            r.randrange(0, 20),
            r.choice((8, 16)),
            r.choice((8, 16, 5)),
            r.randrange(0, 20),
            r.randrange(0, 20),
            r.choice((16, 4)),
            r.choice((16, 4)),
        ],
        (
            f"Shortest way {{dx, dy}} to push box a out of box b (position and size each), along one axis; {{0, 0}} if they don't overlap. Ties: left before right, up before down, {tie}.",
            f"Write a function that separates two boxes. Box a is at (ax, ay) and aw by ah large, box b likewise. If they overlap, return the smallest movement of a, purely horizontal or purely vertical, after which they no longer do (they may share an edge). Of equally short ones prefer left to right and up to down, and go {tie}. Boxes that do not overlap or only share an edge give {{0, 0}}.",
            f"How do I resolve a collision with a solid block? The minimal translation of a: dx or dy, the other one 0, so that a only touches b. Equal: left over right, up over down, {tie}. No overlap: zeros.",
            f"min |d| of {{bx - aw - ax, 0}}, {{bx + bw - ax, 0}}, {{0, by - ah - ay}}, {{0, by + bh - ay}}; ties: left, up, {tie.split()[0]}; {{0, 0}} without overlap",
            f"The hero got into a wall. How far must he (box a) be moved to stand beside it (box b)? Only one direction, the shortest; if two are equally short, left/up wins within an axis and he is moved {tie}. Nothing to do: {{0, 0}}.",
        ),
    )


def camera_follow(rng: random.Random) -> Made:
    low, high = rng.choice(((100, 140), (96, 160), (120, 136)))
    speed = rng.choice((0, 4, 8))
    view = 256
    body = cpp(
        """
        int wanted = camera;
        if (player - camera < @low) wanted = player - @low;
        if (player - camera > @high) wanted = player - @high;
        @speed
        return std::clamp(wanted, 0, std::max(0, levelWidth - @view));
        """,
        low=low,
        high=high,
        speed=f"wanted = std::clamp(wanted, camera - {speed}, camera + {speed});" if speed else "",
        view=view,
    ).replace("\n\n", "\n")

    def oracle(camera: int, player: int, width: int) -> int:
        on_screen = player - camera
        move = min(0, on_screen - low) + max(0, on_screen - high)
        if speed:
            move = max(-speed, min(speed, move))
        last = max(0, width - view)
        return sorted((0, camera + move, last))[1]

    limit = f", by at most {speed} pixels a frame" if speed else ""
    return Made(
        "int @f(int camera, int player, int levelWidth)",
        body,
        oracle,
        lambda r: [
            c := r.choice((0, 100, 300, r.randrange(1000))),
            c + r.choice((low, low - 1, high, high + 1, 0, 255, high + 50, r.randrange(-20, 280))),
            r.choice((256, 200, 1024, r.randrange(256, 1500))),
        ],
        (
            f"Next camera x: keep the player between screen columns {low} and {high}{limit}; then clamp to 0 .. levelWidth - 256 (0 if the level is narrower).",
            f"Write a function for the horizontal camera of a platform game. The player's column on the screen is player - camera. If it is less than {low} or more than {high}, the camera moves just so far that it is {low} or {high}{limit}; in between it does not move. Then the camera is limited to 0 and levelWidth - {view} (to 0 alone if the level is no wider than the screen). Return its new position.",
            f"How do I scroll with a dead zone? Zone: {low} to {high} (screen x, both allowed){limit}; level borders: 0 and levelWidth - {view}, at least 0.",
            f"camera' = clamp(camera + {'clamp(' if speed else '('}min(0, p - c - {low}) + max(0, p - c - {high}){f', -{speed}, {speed}' if speed else ''}), 0, max(0, levelWidth - {view}))",
            f"The screen (256 wide) follows the player only when he leaves the middle zone from column {low} to {high}{limit}, and never shows anything beyond the level's ends; a level narrower than the screen stays at 0. New camera, please.",
        ),
    )


def sweep_to_wall(rng: random.Random) -> Made:
    limit = rng.choice((0x80, 1))
    size = rng.choice((16, 8))
    body = cpp(
        """
        int step = dx < 0 ? -1 : 1;
        for (int moved = 0; moved != dx; moved += step) {
          int next = x + moved + step;
          if (next < 0 || next >= width * @size) return x + moved;
          if (map[y / @size * width + next / @size] >= @limit) return x + moved;
        }
        return x + dx;
        """,
        size=size,
        limit=hexadecimal(limit),
    )

    def oracle(cells: list[int], width: int, x: int, y: int, dx: int) -> int:
        row = cells[y // size * width : y // size * width + width]
        walls = {-1, width * size} | {size * i + k for i, cell in enumerate(row) if cell >= limit for k in range(size)}
        if dx >= 0:
            return min([x + dx] + [wall - 1 for wall in walls if wall > x])
        return max([x + dx] + [wall + 1 for wall in walls if wall < x])

    def given(r: random.Random) -> list[object]:
        width = r.randrange(2, 6)
        cells = [r.choice((0, 0, limit - 1, limit)) for _ in range(2 * width)]
        free = [i for i, cell in enumerate(cells) if cell < limit] or [0]
        if cells[free[0]] >= limit:
            cells[0] = 0
        at = r.choice(free)
        return [
            cells,
            width,
            at % width * size + r.randrange(size),
            at // width * size + r.randrange(size),
            r.choice((0, 1, -1, 7, -7, 20, -40)),
        ]

    return Made(
        f"int @f({BYTES} map, int width, int x, int y, int dx)",
        body,
        oracle,
        given,
        (
            f"Move a point horizontally by dx pixels, stopping in front of the first solid {size}-pixel block (>= {hexadecimal(limit)}) or the map's edge; return its new x.",
            f"Write a function that moves a point in a level without passing through walls. The map has rows of `width` blocks of {size}x{size} pixels; blocks of {hexadecimal(limit)} or more are solid, and so is everything left and right of the map. The point (x, y) is in a free block. It goes `dx` pixels to the right (to the left if negative) but stops at the last free pixel before a solid one. Return its x.",
            f"How do I keep fast bullets from tunnelling through thin walls? Test every pixel column between x and x + dx in the row of y: block size {size}, solid from {hexadecimal(limit)} on, borders are solid. The result: the x that is reached.",
            f"x' = farthest pixel towards x + dx such that no block >= ${limit:X} (and no edge) lies between; {size}x{size} blocks, row y / {size}",
            f"A fireball flies dx pixels this frame, which may be more than a block. Where does it end if a solid block ({hexadecimal(limit)} or higher, {size} pixels wide) or the end of the map stops it directly before? y doesn't change, and it starts in the open.",
        ),
    )


def object_in_layers(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Item", "Object", "Thing")),
        (("int", "x"), ("int", "y"), ("int", "width"), ("int", "height"), ("int", "layer")),
    )
    front = rng.choice(("higher", "lower"))
    what = rng.choice(("top", "all"))
    name = struct.name
    inside = "px >= o.x && px < o.x + o.width && py >= o.y && py < o.y + o.height"
    if what == "top":
        body = f"int best = -1;\nfor (size_t i = 0; i < objects.size(); ++i) {{\n  const {name}& o = objects[i];\n  if (!({inside})) continue;\n  if (best < 0 || o.layer {'>=' if front == 'higher' else '<='} objects[best].layer) best = i;\n}}\nreturn best;"
    else:
        body = f"std::vector<int> found;\nfor (size_t i = 0; i < objects.size(); ++i) {{\n  const {name}& o = objects[i];\n  if ({inside}) found.push_back(i);\n}}\nstd::stable_sort(found.begin(), found.end(), [&](int a, int b) {{ return objects[a].layer {'>' if front == 'higher' else '<'} objects[b].layer; }});\nreturn found;"

    def oracle(objects: list[Record], px: int, py: int) -> object:
        hits = []
        for i, one in enumerate(objects):
            x, y, width, height, layer = vars(one).values()
            if px - x in range(width) and py - y in range(height):
                hits.append((-layer if front == "higher" else layer, i))
        if what == "all":
            return [i for _, i in sorted(hits)]
        return min(((layer, -i) for layer, i in hits), default=(0, 1))[1] * -1

    def given(r: random.Random) -> list[object]:
        names = [field for _, field in struct.fields]
        made = [
            Record(names, [r.randrange(4), r.randrange(4), r.randrange(1, 5), r.randrange(1, 5), r.randrange(3)])
            for _ in range(r.randrange(0, 6))
        ]
        return [made, r.randrange(6), r.randrange(6)]

    wanted = (
        "the index of the frontmost one at (px, py), the last in the list if several share its layer; -1 if there is none"
        if what == "top"
        else "the indexes of all objects at (px, py), frontmost first, in list order within a layer"
    )
    return Made(
        f"{'int' if what == 'top' else 'std::vector<int>'} @f(const std::vector<{name}>& objects, int px, int py)",
        body,
        oracle,
        given,
        (
            f"Pick level objects: return {wanted}. A {front} layer number is in front; an object covers x .. x + width - 1, y .. y + height - 1.",
            f"Write a function for selecting objects with the mouse: it returns {wanted}. An object covers `width` cells from x and `height` cells from y on. Objects with a {front} `layer` lie in front of the others.",
            f"How do I resolve a click on overlapping objects? {front.capitalize()} layer wins. I need {wanted}. Right and lower ends are exclusive (x + width, y + height).",
            f"x <= px < x + width, y <= py < y + height; front = {front} layer; result: {wanted}",
            f"In the room editor objects of several layers may lie on the same cell, {front} layers above. For the cell (px, py) tell me {wanted}.",
        ),
        (struct,),
    )


RECIPES = (
    mode7_pixel,
    mode7_tiles_used,
    mode7_matrix,
    mode7_stamp,
    animation_at,
    animation_script,
    tile_animation_copies,
    boxes_touch,
    push_out,
    camera_follow,
    sweep_to_wall,
    object_in_layers,
)
