"""Numbers of motion and small geometry: fixed point, angles, jumps, easing, Mode 7 centres and matrices, areas, curves."""

import random
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "motion"
INTS = "const std::vector<int>&"
TEXT = "const std::string&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def turn_towards(rng: random.Random) -> Made:
    full = rng.choice((256, 64, 16))
    half = full // 2
    way = rng.choice(("up", "down"))
    body = cpp(
        """
        int gap = ((target - angle) % @full + @full) % @full;
        if (gap @cmp @half) gap -= @full;
        return ((angle + std::clamp(gap, -step, step)) % @full + @full) % @full;
        """,
        full=full,
        half=half,
        cmp=">" if way == "up" else ">=",
    )

    def oracle(angle: int, target: int, step: int) -> int:
        sign = 1 if way == "up" else -1
        for turned in range(full):
            for direction in (sign, -sign):
                if (angle + direction * turned - target) % full == 0:
                    return (angle + direction * min(turned, step)) % full
        raise ValueError("unreachable")

    return Made(
        "int @f(int angle, int target, int step)",
        body,
        oracle,
        lambda r: [a := r.randrange(full), r.choice((a, (a + half) % full, r.randrange(full))), r.randrange(1, half)],
        (
            f"Write a function that turns a homing missile towards its target angle. A full circle has {full} units (0 to {full - 1}); it turns the shorter way by at most `step` units and does not overshoot. Exactly opposite, it turns {way}wards (the angle {'grows' if way == 'up' else 'falls'}). Return the new angle, 0 to {full - 1}.",
            f"angle += clamp(shortest difference to target, -step, step), mod {full}; half turn counts as {'+' if way == 'up' else '-'}{half}",
            f"How do I rotate an angle (0-{full - 1}) gradually to another along the shorter arc? At most `step` (1 or more) per call, stopping at the target; if both arcs are equally long take the {'increasing' if way == 'up' else 'decreasing'} one.",
            f"My turret follows the player. Both angles are in 0..{full - 1} with wrap-around, `step` is the turning speed. Shorter direction, tie means {'plus' if way == 'up' else 'minus'}. I need the turret's next angle.",
        ),
    )


def fixed_text(rng: random.Random) -> Made:
    digits = rng.choice((1, 2, 3))
    scale = 10**digits
    bits = rng.choice((8, 8, 4))
    one = 1 << bits
    body = cpp(
        """
        int size = value < 0 ? -value : value;
        int rounded = (size * @scale + @half) / @one;
        std::string part = std::to_string(rounded % @scale);
        part.insert(0, @digits - part.size(), '0');
        return (value < 0 && rounded ? "-" : "") + std::to_string(rounded / @scale) + "." + part;
        """,
        scale=scale,
        half=one // 2,
        one=one,
        digits=digits,
    )

    def oracle(value: int) -> str:
        exact = abs(Fraction(value, one)) * scale
        whole = int(exact) + (exact - int(exact) >= Fraction(1, 2))
        sign = "-" if value < 0 and whole else ""
        return f"{sign}{whole // scale}.{whole % scale:0{digits}d}"

    return Made(
        "std::string @f(int value)",
        body,
        oracle,
        lambda r: [r.choice((0, one, -one, -1, r.randrange(-5000, 5000), r.randrange(-300, 300)))],
        (
            f"Write a function that prints a signed fixed-point number with {bits} fraction bits (value {one} is 1) with {digits} digit{'s' * (digits > 1)} behind the point, rounded to the nearest, halves away from zero. A result that rounds to zero has no minus sign.",
            f'value / {one} as decimal text, {digits} decimals, round half away from 0, no "-0.{"0" * digits}"',
            f"The speed field of my editor shows fixed point ({one} = 1.0; {bits} bits behind the point) with exactly {digits} decimal{'s' * (digits > 1)}. Round halves away from zero; negative numbers get '-', but never a negative zero. Magnitudes stay below 100000.",
            f'How do I show {one + one // 2} as "1.{"5".ljust(digits, "0")}"? Format {"8.8-like" if bits == 8 else "12.4-like"}, signed, {digits} place{"s" * (digits > 1)} after the dot, commercial rounding of the magnitude; plain zero if nothing remains.',
        ),
    )


def parse_fixed(rng: random.Random) -> Made:
    bits = rng.choice((8, 4, 12))
    one = 1 << bits
    how = rng.choice(("down", "near"))
    body = cpp(
        """
        bool negative = !text.empty() && text[0] == '-';
        int number = 0, scale = 1;
        bool fraction = false;
        for (char c : text) {
          if (c == '.') fraction = true;
          if (c < '0' || c > '9') continue;
          number = number * 10 + (c - '0');
          if (fraction) scale *= 10;
        }
        int value = (number * @one@half) / scale;
        return negative ? -value : value;
        """,
        one=one,
        half=" + scale / 2" if how == "near" else "",
    )

    def oracle(text: str) -> int:
        exact = abs(Fraction(text)) * one + (Fraction(1, 2) if how == "near" else 0)
        return (-1 if text[0] == "-" else 1) * (exact.numerator // exact.denominator)

    rule = "the nearest (halves away from zero)" if how == "near" else "the next one towards zero"
    return Made(
        f"int @f({TEXT} text)",
        body,
        oracle,
        lambda r: [
            r.choice(("", "-"))
            + str(r.randrange(40))
            + r.choice(("", f".{r.randrange(10)}", f".{r.randrange(100):02}", ".5"))
        ],
        (
            f'Write a function that reads a decimal number such as "-1.25" into fixed point with {bits} fraction bits (1.0 becomes {one}), taking {rule} where it doesn\'t fit exactly. The text is well-formed: an optional minus, digits (a value below 100), and maybe a point with one or two digits.',
            f'"[-]d+[.d[d]]" -> value * {one}, {rule}; below 100',
            f"The user types a speed like 2.5 or -0.75 and my ROM wants it times {one}. Valid input only, at most two decimals, less than 100 in size. Choose {rule}.",
            f"How do I convert \"3.14\" to fixed point with {bits} bits of fraction without floating point? Optional '-' in front, up to two digits after an optional dot (if there's a dot, at least one). Result: {rule}.",
        ),
    )


def jump_landing(rng: random.Random) -> Made:
    gravity = rng.choice((3, 5, 8))
    limit = rng.choice((64, 48))
    wanted = rng.choice(("frames", "peak", "height at"))
    head = f"int height = 0, speed = power, {'frames = 0' if wanted == 'frames' else 'peak = 0'};"
    if wanted == "height at":
        body = cpp(
            """
            int height = 0, speed = power;
            for (int i = 0; i < time; ++i) {
              height += speed;
              if (height <= 0) return 0;
              speed = std::max(speed - @g, -@limit);
            }
            return height;
            """,
            g=gravity,
            limit=limit,
        )
    else:
        body = cpp(
            """
            @head
            do {
              height += speed;
              speed = std::max(speed - @g, -@limit);
              @step
            } while (height > 0);
            return @ret;
            """,
            head=head,
            g=gravity,
            limit=limit,
            step="++frames;" if wanted == "frames" else "peak = std::max(peak, height);",
            ret="frames" if wanted == "frames" else "peak",
        )

    def oracle(power: int, time: int = 0) -> int:
        speeds = [max(power - gravity * i, -limit) for i in range(2000)]
        heights = [sum(speeds[: i + 1]) for i in range(100)]
        down = next((i for i, one in enumerate(heights) if one <= 0), 99)
        if wanted == "frames":
            return down + 1
        if wanted == "peak":
            return max(heights[:down], default=0)
        return 0 if time == 0 or time > down else heights[time - 1]

    goal = {
        "frames": "after how many frames it has landed",
        "peak": "the greatest height it reaches",
        "height at": "its height after `time` frames (0 once it has landed)",
    }[wanted]
    with_time = wanted == "height at"
    return Made(
        f"int @f(int power{', int time' if with_time else ''})",
        body,
        oracle,
        lambda r: (
            [r.randrange(1, 90), r.choice((0, 1, r.randrange(40), r.randrange(20)))]
            if with_time
            else [r.randrange(1, 90)]
        ),
        (
            f"Write a function that simulates a jump and returns {goal}. Height starts at 0, upward speed at `power` (1 to 90). In every frame the speed is added to the height first, then {gravity} is taken off the speed, which doesn't fall below -{limit}. The jump has ended when the height is 0 or less after the addition.",
            f"jump: h += v; v = max(v - {gravity}, -{limit}); until h <= 0; v0 = power in 1..90 -> {goal}",
            f"How high, how long? Each frame: height += speed, then speed -= {gravity} down to a terminal -{limit}; it lands as soon as the height isn't positive. From the jump power (at least 1, at most 90) I want {goal}.",
            f"Tuning jumps: start on the ground with upward speed `power` (1-90), gravity {gravity} per frame applied after moving, falling speed limited to {limit}, landed when height <= 0. Return {goal}.",
        ),
    )


def ease_table(rng: random.Random) -> Made:
    kind = rng.choice(("linear", "in", "out"))
    exact = {
        "linear": "(to - from) * i / steps",
        "in": "(to - from) * i * i / (steps * steps)",
        "out": "(to - from) - (to - from) * (steps - i) * (steps - i) / (steps * steps)",
    }[kind]
    body = (
        f"std::vector<int> values;\nfor (int i = 1; i <= steps; ++i) values.push_back(from + {exact});\nreturn values;"
    )

    def oracle(first: int, last: int, steps: int) -> list[int]:
        out = []
        for i in range(1, steps + 1):
            share = {
                "linear": Fraction(i, steps),
                "in": Fraction(i * i, steps**2),
                "out": Fraction((steps - i) ** 2, steps**2),
            }[kind]
            way = int((last - first) * share)
            out.append(last - way if kind == "out" else first + way)
        return out

    told = {
        "linear": "from + d * i / n",
        "in": "from + d * i^2 / n^2",
        "out": "to - d * (n - i)^2 / n^2",
    }[kind]
    name = {"linear": "evenly", "in": "slowly at first (quadratic)", "out": "slowly at the end (quadratic)"}[kind]
    return Made(
        "std::vector<int> @f(int from, int to, int steps)",
        body,
        oracle,
        lambda r: [r.randrange(-100, 200), r.randrange(-100, 200), r.choice((1, 2, 4, 7, 10))],
        (
            f"Write a function that returns the positions of a menu that slides from `from` to `to` in `steps` frames (1 or more), {name}: for frame i from 1 to n = steps the position is {told} with d = to - from, the quotient cut towards zero.",
            f"values i = 1..n: {told}, d = to - from, division truncates towards zero",
            f"Camera pan table, moving {name}. n entries, the last of which is `to`; entry i (counted from 1) is {told}, where d = to - from and the division drops its fraction (C++ integer division). n is at least 1.",
            f"How do I precompute an easing curve in integers? It goes {name}: {told} for i = 1 ... n, d being to - from; C-style division.",
        ),
    )


def markers_within(rng: random.Random) -> Made:
    wanted = rng.choice(("nearest", "segment"))
    body = {
        "nearest": """
        int best = -1, least = 0;
        for (size_t i = 0; i + 1 < points.size(); i += 2) {
          int dx = points[i] - x, dy = points[i + 1] - y, square = dx * dx + dy * dy;
          if (square > @most || (best >= 0 && square >= least)) continue;
          best = i / 2;
          least = square;
        }
        return best;
        """,
        "segment": """
        int count = 0;
        for (size_t i = 0; i + 1 < points.size(); i += 2) {
          int dx = points[i] - x, dy = points[i + 1] - y;
          if (dx * dx + dy * dy <= @most) ++count;
        }
        return count;
        """,
    }[wanted]
    radius = rng.choice((8, 12, 20))

    def oracle(points: list[int], x: int, y: int) -> int:
        far = sorted(
            (abs(complex(px - x, py - y)) ** 2, i)
            for i, (px, py) in enumerate(zip(points[::2], points[1::2], strict=False))
        )
        close = [(round(one), i) for one, i in far if round(one) <= radius * radius]
        if wanted == "segment":
            return len(close)
        return min(close)[1] if close else -1

    goal = (
        "the number of the nearest one (the first of equals), -1 if none is that close"
        if wanted == "nearest"
        else "how many are that close"
    )
    return Made(
        f"int @f({INTS} points, int x, int y)",
        cpp(body, most=radius * radius),
        oracle,
        lambda r: [[r.randrange(30) for _ in range(2 * r.randrange(6))], r.randrange(30), r.randrange(30)],
        (
            f"Write a function that looks for map markers within a circle of radius {radius} (the rim included) around (`x`, `y`) and returns {goal}. `points` has x and y of each marker in turn. Distances are true ones, not per axis.",
            f"markers x0 y0 x1 y1 ... with dx^2 + dy^2 <= {radius}^2 -> {goal}",
            f"Which entrance did I click? Anything at most {radius} pixels away (Euclidean distance) counts. Flat list of coordinates; I need {goal}.",
            f"Proximity check without square roots: markers (pairs in one vector) whose distance from x, y doesn't exceed {radius}. Result: {goal}.",
        ),
    )


def polygon_area(rng: random.Random) -> Made:
    wanted = rng.choice(("twice", "clockwise"))
    returns = "int" if wanted == "twice" else "bool"
    body = f"int sum = 0;\nfor (size_t i = 0; i < corners.size(); ++i) {{\n  const auto& a = corners[i];\n  const auto& b = corners[(i + 1) % corners.size()];\n  sum += a.x * b.y - b.x * a.y;\n}}\nreturn {'std::abs(sum)' if wanted == 'twice' else 'sum > 0'};"
    name = rng.choice(("Point", "Corner"))
    struct = Struct(name, (("int", "x"), ("int", "y")))

    def oracle(corners: list[Record]) -> int | bool:
        points = [tuple(vars(one).values()) for one in corners]
        total = 0
        for k in range(1, len(points) - 1):  # a fan of triangles from the first corner
            (ax, ay), (bx, by), (cx, cy) = points[0], points[k], points[k + 1]
            total += (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        return abs(total) if wanted == "twice" else total > 0

    goal = (
        "twice its area"
        if wanted == "twice"
        else "whether its corners go round clockwise as seen on screen (y grows downwards)"
    )
    return Made(
        f"{returns} @f(const std::vector<{name}>& corners)",
        body,
        oracle,
        lambda r: [
            [
                Record(("x", "y"), (r.randrange(-20, 40), r.randrange(-20, 40)))
                for _ in range(r.choice((0, 1, 2, 3, 3, 4)) if wanted == "twice" else 3)
            ]
        ],
        (
            f"Write a function that returns {goal}, for a polygon given by its corners in order; the last is joined to the first. {'Fewer than three corners give 0; where it crosses itself, the parts of opposite sense cancel as usual in the shoelace formula.' if wanted == 'twice' else 'It is a triangle or a polygon that does not cross itself; a degenerate one without area gives false.'}",
            f"shoelace over closed corner list -> {goal}{'' if wanted == 'twice' else '; no area: false'}",
            f"My editor has polygonal trigger areas. I need {goal}. Corners come in order around it, integer pixels{', absolute value of the shoelace sum, whatever the sense' if wanted == 'twice' else '; zero area means false'}.",
            f"How do I get {goal} from its vertices with the shoelace formula (sum of x_i * y_next - x_next * y_i)? {'Take the absolute value, not halved.' if wanted == 'twice' else 'On screen y points down, so a positive sum means clockwise; 0 is false.'}",
        ),
        (struct,),
    )


def subpixel_track(rng: random.Random) -> Made:
    bits = rng.choice((8, 4))
    stop = rng.random() < 0.5
    one = 1 << bits
    guard = f"if (position < 0 || position >= {256 * one}) break;\n  " if stop else ""
    body = f"std::vector<int> pixels;\nfor (int i = 0; i < frames; ++i) {{\n  speed += acceleration;\n  position += speed;\n  {guard}pixels.push_back(position >> {bits});\n}}\nreturn pixels;"

    def oracle(position: int, speed: int, acceleration: int, frames: int) -> list[int]:
        out = []
        for n in range(1, frames + 1):
            place = position + n * speed + n * (n + 1) // 2 * acceleration
            if stop and not 0 <= place < 256 * one:
                break
            out.append(place // one)
        return out

    rest = (
        " It ends early, without that entry, in the first frame whose position is not from 0 to 255 pixels."
        if stop
        else " Positions may become negative; round them down."
    )
    return Made(
        "std::vector<int> @f(int position, int speed, int acceleration, int frames)",
        body,
        oracle,
        lambda r: [r.randrange(200 * one), r.randrange(-4 * one, 4 * one), r.randrange(-one, one), r.randrange(12)],
        (
            f"Write a function that lists the pixel positions of a moving object over `frames` frames. Position, speed and acceleration are fixed-point numbers with {bits} fraction bits. Every frame the acceleration is added to the speed, then the speed to the position.{rest}",
            f"per frame: v += a; p += v; out p >> {bits}.{rest}",
            f"Trajectory preview: subpixels are 1/{one}. First the speed changes by the acceleration, then the position by the speed; I want whole pixels per frame.{rest}",
            f"How do I trace a thrown pot? All inputs in 1/{one} pixel (per frame, per frame squared); accelerate, then move, then note the pixel, rounded down.{rest}",
        ),
    )


def approach_speed(rng: random.Random) -> Made:
    gain, brake = rng.choice(((2, 4), (3, 3), (1, 6)))
    same = gain == brake
    body = (
        f"if (speed < target) return std::min(speed + {gain}, target);\nreturn std::max(speed - {gain}, target);"
        if same
        else f"const bool faster = target > 0 ? speed >= 0 && speed < target : target < 0 && speed <= 0 && speed > target;\nconst int step = faster ? {gain} : {brake};\nreturn speed < target ? std::min(speed + step, target) : std::max(speed - step, target);"
    )

    def oracle(speed: int, target: int) -> int:
        away = speed * target >= 0 and abs(speed) < abs(target)
        step = gain if away else brake
        gap = target - speed
        return target if abs(gap) <= step else speed + (step if gap > 0 else -step)

    rule = (
        f"by at most {gain}"
        if same
        else f"by at most {gain} when it speeds up (not moving against the target's direction and slower than it), and by at most {brake} otherwise (braking or turning round)"
    )
    return Made(
        "int @f(int speed, int target)",
        body,
        oracle,
        lambda r: [r.randrange(-24, 25), r.choice((0, 16, -16, r.randrange(-24, 25)))],
        (
            f"Write a function that returns the next speed of a walking character, who wants to reach speed `target`: it changes {rule}, and never beyond the target. Speeds are signed (left is negative).",
            f"speed -> target {rule}; no overshoot",
            f"Movement feel: each frame the signed speed goes towards the target {rule}. It must land exactly on the target, and stay there.",
            f"Given the current and the wanted speed (negative means left), what is the speed one frame later? Change it {rule}, clamped at the target.",
        ),
    )


def mode7_scroll_for(rng: random.Random) -> Made:
    sx, sy = rng.choice(((128, 112), (128, 160), (128, 128)))
    packed = rng.random() < 0.5
    body = f"return {{static_cast<uint16_t>((x - {sx}) & 0x1FFF), static_cast<uint16_t>((y - {sy}) & 0x1FFF), static_cast<uint16_t>(x & 0x1FFF), static_cast<uint16_t>(y & 0x1FFF)}};"
    if packed:
        body = f"std::vector<uint8_t> bytes;\nfor (int value : {{x - {sx}, y - {sy}, x, y}}) {{\n  bytes.push_back(value & 0xFF);\n  bytes.push_back(value >> 8 & 0x1F);\n}}\nreturn bytes;"

    def oracle(x: int, y: int) -> list[int]:
        values = [one % 8192 for one in (x - sx, y - sy, x, y)]
        return [part for one in values for part in (one % 256, one // 256)] if packed else values

    form = "as eight bytes, low byte first each" if packed else "as words"
    return Made(
        f"{'std::vector<uint8_t>' if packed else 'std::array<uint16_t, 4>'} @f(int x, int y)",
        body,
        oracle,
        lambda r: [r.randrange(-300, 1400), r.randrange(-300, 1400)],
        (
            f"Write a function that returns the Mode 7 registers M7HOFS, M7VOFS, M7X and M7Y, {form}, so that the map point (`x`, `y`) is shown at screen position ({sx}, {sy}) and everything turns around it: the offsets are the point minus that screen position, the centre is the point itself. All are 13-bit numbers in two's complement, upper three bits 0.",
            f"{{x - {sx}, y - {sy}, x, y}} & $1FFF {form} (M7HOFS, M7VOFS, M7X, M7Y)",
            f"How do I centre my Mode 7 map view on a point and rotate about it? On screen the pivot is ({sx}, {sy}). I need horizontal and vertical scroll, then centre x and y, cut to 13 bits, {form}.",
            f"Overworld flight: the bird sits at ({sx}, {sy}) of the screen and above map point (x, y). Give the four values HOFS, VOFS, centre X, centre Y masked to 0x1FFF, {form}; coordinates may be negative.",
        ),
    )


def matrix_product(rng: random.Random) -> Made:
    bits = 8
    mode = rng.choice(("matrix", "point"))
    if mode == "point":
        body = "auto signed16 = [](uint16_t v) { return static_cast<int16_t>(v); };\nreturn {(signed16(m[0]) * x + signed16(m[1]) * y) >> 8, (signed16(m[2]) * x + signed16(m[3]) * y) >> 8};"

        def oracle(m: list[int], x: int, y: int) -> list[int]:
            a, b, c, d = (one - 65536 * (one > 32767) for one in m)
            return [(a * x + b * y) // 256, (c * x + d * y) // 256]

        return Made(
            "std::array<int, 2> @f(const std::array<uint16_t, 4>& m, int x, int y)",
            body,
            oracle,
            lambda r: [
                [r.choice((0x100, 0, 0xFF00, r.randrange(0x400), 0x10000 - r.randrange(1, 0x400))) for _ in range(4)],
                r.randrange(-512, 512),
                r.randrange(-512, 512),
            ],
            (
                "Write a function that applies the Mode 7 matrix {A, B, C, D} (signed 8.8 words) to a point: {A * x + B * y, C * x + D * y}, each sum divided by 256 and rounded down.",
                "{(A*x + B*y) >> 8, (C*x + D*y) >> 8}, A-D signed 8.8 in uint16_t",
                "Where does a screen offset land on the map? Multiply it by M7A-M7D (given as 16-bit two's complement, 0x100 is 1) and give both coordinates as whole numbers, rounded down after adding.",
                "My Mode 7 viewer transforms the mouse position, relative to the centre. Matrix words are signed with 8 fraction bits, row A B on top of C D. Floor the results.",
            ),
        )
    body = cpp(
        """
        auto value = [](uint16_t v) { return static_cast<int>(static_cast<int16_t>(v)); };
        std::array<uint16_t, 4> out;
        for (int row = 0; row < 2; ++row)
          for (int column = 0; column < 2; ++column) {
            int sum = value(a[row * 2]) * value(b[column]) + value(a[row * 2 + 1]) * value(b[2 + column]);
            out[row * 2 + column] = sum >> @bits;
          }
        return out;
        """,
        bits=bits,
    )

    def product(m: list[int], n: list[int]) -> list[int]:
        a, b, c, d = (one - 65536 * (one > 32767) for one in m)
        e, f, g, h = (one - 65536 * (one > 32767) for one in n)
        return [one // 256 % 65536 for one in (a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h)]

    words = "const std::array<uint16_t, 4>&"

    def matrix(r: random.Random) -> list[int]:
        return [r.choice((0x100, 0, 0xFF00, r.randrange(0x300), 0x10000 - r.randrange(1, 0x300))) for _ in range(4)]

    return Made(
        f"std::array<uint16_t, 4> @f({words} a, {words} b)",
        body,
        product,
        lambda r: [matrix(r), matrix(r)],
        (
            "Write a function that multiplies two Mode 7 matrices, a times b. Each is {A, B, C, D} with A B as upper and C D as lower row, signed 8.8 fixed point in 16-bit words. Every sum of two products is divided by 256, rounded down, and cut to 16 bits.",
            "2x2 product a*b, signed 8.8 words, row-major; (sum >> 8) & $FFFF",
            "I combine a rotation and a scaling into one set of M7A-M7D: the matrix product a * b. Entries are two's complement with 8 fraction bits; add the two full products first, then shift right by 8 (floor) and keep 16 bits.",
            "How do I concatenate Mode 7 transforms? Row-major 2x2 matrices of int16-like words, 0x0100 = 1; a on the left. No rounding but the floor of the final shift; wrap to 16 bits.",
        ),
    )


def depth_scales(rng: random.Random) -> Made:
    horizon = rng.choice((32, 64, 96))
    most = rng.choice((0x7FFF, 0x1000, 0x0FFF))
    body = f"std::vector<uint16_t> scales;\nfor (int depth = 1; depth <= count; ++depth) scales.push_back(std::min(height * 256 / depth, {most:#x}));\nreturn scales;"

    def oracle(height: int, count: int) -> list[int]:
        return [
            int(min(Fraction(height * 256, line - horizon + 1), Fraction(most)))
            for line in range(horizon, horizon + count)
        ]

    return Made(
        "std::vector<uint16_t> @f(int height, int count)",
        body,
        oracle,
        lambda r: [r.choice((1, 16, 100, r.randrange(300))), r.randrange(1, 24)],
        (
            f"Write a function that returns the Mode 7 scale of `count` scanlines below the horizon (line {horizon}) for a camera of the given height: on line {horizon} + k, k from 0, it is height * 256 / (k + 1), rounded down and at most 0x{most:X}.",
            f"perspective: scale[k] = min(height * 256 / (k + 1), ${most:X}), k = 0..count-1",
            f"Perspective table for HDMA into M7A/M7D: first entry for the horizon line {horizon}, one per line downwards. Scale (8.8) is the camera height divided by the number of lines since the horizon counted from 1; floor; cap 0x{most:X}.",
            f"How do I fill the scale table of a racing-game floor? The n-th line under the horizon (n = 1 for line {horizon} itself) gets 256 * height / n as a whole number, not above {most}. `height` isn't negative.",
        ),
    )


def bezier_path(rng: random.Random) -> Made:
    steps = rng.choice((4, 8, 16))
    square = steps * steps
    body = cpp(
        """
        std::vector<int> path;
        for (int t = 0; t <= @n; ++t) {
          int s = @n - t;
          path.push_back((s * s * p[0] + 2 * s * t * p[2] + t * t * p[4]) / @square);
          path.push_back((s * s * p[1] + 2 * s * t * p[3] + t * t * p[5]) / @square);
        }
        return path;
        """,
        n=steps,
        square=square,
    )

    def oracle(p: list[int]) -> list[int]:
        out = []
        for k in range(steps + 1):
            t = Fraction(k, steps)
            for axis in (0, 1):
                a, b, c = p[axis::2]
                low, high = a + (b - a) * t, b + (c - b) * t
                out.append(int(low + (high - low) * t))
        return out

    return Made(
        "std::vector<int> @f(const std::array<uint8_t, 6>& p)",
        body,
        oracle,
        lambda r: [r.randbytes(6)],
        (
            f"Write a function that returns {steps + 1} points (x, y, x, y ...) of a quadratic Bezier curve at t = 0, 1/{steps} ... 1. `p` holds start, control and end point as x, y pairs. Coordinates are rounded down: ((n-t)^2 * start + 2 (n-t) t * control + t^2 * end) / n^2 with n = {steps}.",
            f"quadratic Bezier, t = 0..{steps} of {steps}, integers rounded down, p = x0 y0 x1 y1 x2 y2 -> flat x, y list",
            f"A boss flies along a curve through start and end, pulled by a control point (a quadratic Bezier). I need its position in {steps} equal steps of the parameter, both ends included, floor of the exact values.",
            f"How do I precompute a curved path? Quadratic Bezier with byte coordinates p = (x0, y0, x1, y1, x2, y2), point 1 being the control point; {steps + 1} samples at equal parameter distances, exact value cut to an integer; x and y alternate in the result.",
        ),
    )


def reach_frame(rng: random.Random) -> Made:
    bits = rng.choice((4, 8))
    one = 1 << bits
    none = rng.choice((-1, 0xFFFF))
    body = cpp(
        """
        int gap = (target - start) * @one;
        if (gap == 0) return 0;
        if (speed == 0 || (gap > 0) != (speed > 0)) return @none;
        return (std::abs(gap) + std::abs(speed) - 1) / std::abs(speed);
        """,
        one=one,
        none=none,
    )

    def oracle(start: int, target: int, speed: int) -> int:
        frames, place = 0, start * one
        while place != target * one and (place < target * one) == (start < target):
            if not speed or (speed > 0) != (target > start):
                return none
            place += speed
            frames += 1
        return frames

    return Made(
        "int @f(int start, int target, int speed)",
        body,
        oracle,
        lambda r: [
            a := r.randrange(256),
            r.choice((a, r.randrange(256), r.randrange(256), r.randrange(256))),
            r.choice((0, 1, one, -one, r.randrange(-3 * one, 3 * one))),
        ],
        (
            f"Write a function that returns in how many frames an object reaches or passes pixel `target` from pixel `start`, moving `speed` / {one} pixels a frame (signed). If it is there already the result is 0; if it never gets there, {none}.",
            f"ceil((target - start) * {one} / speed); 0 if equal, {none} if speed is 0 or points away",
            f"When does the platform arrive? Whole pixels for start and target, speed in 1/{one} pixel per frame and possibly negative or zero. First frame at or beyond the target; {none} for never, 0 without any distance.",
            f"Cutscene timing: frames until an actor at `start` has got to `target` (arriving exactly or stepping over it) with a constant subpixel speed ({one} = 1 pixel). Wrong direction or standing still: {none}; same place: 0.",
        ),
    )


def grid_shot(rng: random.Random) -> Made:
    w, h = rng.choice(((8, 8), (16, 12), (10, 6)))
    wall = rng.choice(("nonzero", "high"))
    test = "grid[y * @w + x] != 0" if wall == "nonzero" else "grid[y * @w + x] >= 0x80"
    body = cpp(
        f"""
        static const int dx[] = {{0, 1, 0, -1}}, dy[] = {{-1, 0, 1, 0}};
        int steps = 0;
        for (x += dx[direction], y += dy[direction]; x >= 0 && x < @w && y >= 0 && y < @h; x += dx[direction], y += dy[direction]) {{
          if ({test}) return steps;
          ++steps;
        }}
        return -1;
        """,
        w=w,
        h=h,
    )

    def oracle(grid: list[int], x: int, y: int, direction: int) -> int:
        rows = [grid[i * w : i * w + w] for i in range(h)]
        columns = [list(one) for one in zip(*rows, strict=True)]
        ray = [columns[x][:y][::-1], rows[y][x + 1 :], columns[x][y + 1 :], rows[y][:x][::-1]][direction]
        solid = [i for i, one in enumerate(ray) if (one if wall == "nonzero" else one > 127)]
        return solid[0] if solid else -1

    what = "not 0" if wall == "nonzero" else "0x80 or more"
    return Made(
        f"int @f({BYTES} grid, int x, int y, int direction)",
        body,
        oracle,
        lambda r: [
            bytes(r.choice((0, 0, 0, 0, 5 if wall == "high" else 0, 0x81)) for _ in range(w * h)),
            r.randrange(w),
            r.randrange(h),
            r.randrange(4),
        ],
        (
            f"Write a function that returns how many free cells an arrow flies over before it hits a wall, -1 if it leaves the {w}x{h} grid (row by row) first. It starts at cell (`x`, `y`), which itself doesn't count, in `direction` 0 up, 1 right, 2 down, 3 left. A wall is a cell whose byte is {what}.",
            f"ray in {w}x{h} grid from (x, y), dir 0-3 = up right down left: free cells before the first wall ({what}), -1 if none",
            f"Hookshot range: from the player's cell go straight (0 up, 1 right, 2 down, 3 left) and count the open cells up to the first one that is {what}; no such cell before the edge means -1. Width {w}, height {h}.",
            f"How far until a wall? Grid of {w} columns and {h} rows; blocked cells hold a byte that is {what}. Skip the start cell; directions clockwise from up = 0. Return the free distance or -1.",
        ),
    )


RECIPES = (
    turn_towards,
    fixed_text,
    parse_fixed,
    jump_landing,
    ease_table,
    markers_within,
    polygon_area,
    subpixel_track,
    approach_speed,
    mode7_scroll_for,
    matrix_product,
    depth_scales,
    bezier_path,
    reach_frame,
    grid_shot,
)
