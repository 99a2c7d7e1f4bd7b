"""What each held-out assembly family computes: its inputs, its results, and the function from one to the other.

A result that every beginner's routine has as well is no signature by itself: a copy, a constant, adding or taking away
1, doubling or halving, one sum, difference, quotient or remainder, one comparison of two numbers for equality, the
greater of two where it goes to a third place. Where a family's result is one of these, only what it has beside it
makes the signature, or that the result takes an input's place.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from math import gcd, isqrt
from typing import Any

from oracle_lib.tasks.decontamination.behaviour import Constants, Shape
from oracle_lib.tasks.program.interpreter import signed

Shapes = tuple[Shape, ...]
Pair = tuple[tuple[Any, ...], tuple[Any, ...]]
"""What the inputs held before and the results hold after one run."""
Found = Iterable[tuple[Any, ...]]
"""Constants that a program may have taken, in the order of the function's arguments."""

BYTE: Shapes = ("byte",)
WORD: Shapes = ("word",)
NUMBER: Shapes = ("byte", "word")
LONG: Shapes = ("long",)
BYTES: Shapes = ("bytes",)
WORDS: Shapes = ("words",)
ARRAY: Shapes = ("bytes", "words")
CARRY: Shapes = ("carry",)

BEYOND = {
    "patch_direction": "the byte that the game counts goes up or down by 1, is doubled or halved: what is asked for is "
    "which instruction of the game to write over, and the computation is one that every beginner's routine has",
}
"""The families without a signature, each with the reason."""


def _none(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return ((),)


def _one(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return ((one,) for one in constants.all)


def _bounds(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Two bounds, the lower one first."""
    return ((low, high) for low in constants.near for high in constants.near if low < high)


@dataclass(frozen=True)
class Signature:
    """`compute` takes the inputs and then the constants, and returns the results, not yet cut to their width; None
    for inputs on which the family says nothing, and for single elements that may be anything.

    `constants` says which constants the program may have taken, from its own and from what it was seen to do. `draw`
    turns random inputs into such as the family has, where random ones are rarely that. With `in_place` each result
    takes the place of an input, the first one's that of the first.
    """

    family: str
    inputs: tuple[Shapes, ...]
    results: tuple[Shapes, ...]
    compute: Callable[..., tuple[Any, ...] | None]
    constants: Callable[[Constants, Sequence[Pair]], Found] = _none
    draw: Callable[[random.Random, tuple[Any, ...], Constants], tuple[Any, ...]] | None = None
    in_place: bool = False


def _coded(
    family: str,
    inputs: tuple[Shapes, ...],
    kinds: int,
    kind: Callable[..., int | None],
    draw: Callable[[random.Random, tuple[Any, ...], Constants], tuple[Any, ...]],
) -> Signature:
    """A signature whose result is a code for each kind of input, whichever codes those are."""

    def codes(constants: Constants, pairs: Sequence[Pair]) -> Found:
        found: dict[int, int] = {}
        for given, (result,) in pairs:
            which = kind(*given)
            if which is not None and found.setdefault(which, result) != result:
                return
        if len(set(found.values())) == kinds:
            yield (found,)

    def compute(*given: Any) -> tuple[Any, ...] | None:
        *values, found = given
        which = kind(*values)
        return None if which is None else (found.get(which, -1),)

    return Signature(family, inputs, (NUMBER,), compute, codes, draw)


# -------------------------------------------------------------------------------------------------------- one number


def _append_digit(value: int, digit: int) -> tuple[int] | None:
    return None if value >= 6500 or digit > 9 else (10 * value + digit,)


def _bit_to_mask(which: int) -> tuple[int] | None:
    return None if which > 15 else (1 << which,)


def _gray_decode(gray: int) -> tuple[int]:
    value = gray
    while gray := gray >> 1:
        value ^= gray
    return (value,)


def _extents(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """All from 2 on: with 1 it would be asked whether two numbers are equal."""
    return ((extent,) for extent in constants.all if extent > 1)


def _limits(top: int, constants: Constants, pairs: Sequence[Pair]) -> Found:
    return ((limit,) for limit in constants.all if 1 < limit <= top // 2)


def _mirrored(value: int, bits: int) -> tuple[int]:
    return (int(f"{value:0{bits}b}"[::-1], 2),)


def _interleave(column: int, row: int) -> tuple[int]:
    return (sum((column >> bit & 1) << 2 * bit | (row >> bit & 1) << 2 * bit + 1 for bit in range(8)),)


def _xorshift(top: int, value: int, one: int, two: int, three: int) -> tuple[int]:
    value ^= value << one & top
    value ^= value >> two
    return (value ^ value << three & top,)


def _shifts(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return product(constants.counts, repeat=3)


def _score_add(score: int, points: int) -> tuple[int] | None:
    try:
        return (int(str(min(int(f"{score:x}") + int(f"{points:x}"), 9999)), 16),)
    except ValueError:
        return None


def _decimal(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    return tuple(int(str(rng.randrange(10 ** rng.randrange(1, 5))), 16) for _ in given)


def _tile_constants(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return product(range(1, 6), (15, 31, 63, 127))


def _tile_under(down: int, across: int, shift: int, mask: int) -> tuple[int]:
    return ((down >> shift & mask) * (mask + 1) + (across >> shift & mask),)


def _weights(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Each bound lies above all that gave less and at or below all that gave so much."""
    if any(result > 4 for _, (result,) in islice(pairs, 3)):
        return
    seen = [(given, result) for (given,), (result,) in pairs]
    most = max(result for _, result in seen)
    if not 2 <= most <= 4:
        return
    choices = []
    for count in range(1, most + 1):
        below = max((given for given, result in seen if result < count), default=-1)
        above = min((given for given, result in seen if result >= count), default=-1)
        choices.append([one for one in constants.near if below < one <= above])
    yield from ((bounds,) for bounds in product(*choices))


def _weighted_pick(roll: int, bounds: tuple[int, ...]) -> tuple[int]:
    return (sum(roll >= bound for bound in bounds),)


def _highest_bit(value: int, none: int) -> tuple[int]:
    return (value.bit_length() - 1 if value else none,)


def _divisors(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Such that the quotient is not always 0, for then the rest would only be a copy."""
    if any(quotient for _, (quotient, _) in islice(pairs, 12)):
        yield from _one(constants, pairs)


def _divided(value: int, divisor: int) -> tuple[int, int] | None:
    return (value // divisor, value % divisor) if divisor > 1 else None


# ------------------------------------------------------------------------------------------------- several numbers


def _bounced(which: int, position: int, speed: int, low: int, high: int) -> tuple[int] | None:
    step = signed(speed, 8)
    if not -7 <= step <= 7 or not low <= position <= high:
        return None
    after = (position + step, step) if low <= position + step <= high else (position, -step)
    return (after[which],)


def _moving(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    near = rng.choice(constants.near or (0,)) + rng.randrange(-8, 8)
    return (near % 256 if rng.random() < 0.7 else rng.randrange(256), rng.randrange(-7, 8) % 256)


def _bounce_bounds(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Two bounds, if at times the point was seen to move, or the speed to stay, and at times not."""
    seen = set()
    for (position, speed), (result,) in pairs:
        step = signed(speed, 8)
        if not -7 <= step <= 7 or not step:
            continue
        if result not in (position, (position + step) % 256, speed, -step % 256):
            return
        seen |= {result in (position, speed)}
    if len(seen) > 1:
        yield from ((low, high) for low, high in _bounds(constants, pairs) if high - low >= 16)


def _overlap(ax: int, ay: int, bx: int, by: int, width: int, height: int) -> tuple[bool]:
    return (abs(ax - bx) < width and abs(ay - by) < height,)


def _boxes(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    x, y = rng.randrange(0x100, 0xF00), rng.randrange(0x100, 0xF00)
    sizes = [one for one in constants.near if one < 0x100] or [8]
    across, down = (rng.choice((1, -1)) * rng.choice((0, rng.choice(sizes), rng.randrange(80))) for _ in range(2))
    return (x, y, x + across, y + down)


def _sizes(constants: Constants, pairs: Sequence[Pair]) -> Found:
    sizes = [one for one in constants.near if 1 < one < 0x100]
    return product(sizes, repeat=2)


def _direction(own_x: int, own_y: int, x: int, y: int) -> int | None:
    across, down = x - own_x, y - own_y
    if abs(across) > 100 or abs(down) > 100:
        return None
    return (0 if across >= 0 else 1) if abs(across) > abs(down) else 2 if down >= 0 else 3


def _points(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    x, y = rng.randrange(40, 216), rng.randrange(40, 216)
    far = rng.choice((3, 40))
    return (x, y, x + rng.randrange(-far, far + 1), y + rng.randrange(-far, far + 1))


def _followed(pressed: int, place: int, code: tuple[int, ...]) -> tuple[int] | None:
    if place >= len(code):
        return None
    right = place + 1 if pressed == code[place] else 0
    return (place if pressed == 0 else right % len(code),)


def _codes(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return ((table,) for table in constants.tables if len(table) >= 2)


def _pressing(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    if not constants.tables:
        return (given[0], given[1])
    table = rng.choice(constants.tables)
    place = rng.randrange(len(table))
    return rng.choice((0, table[place], table[place], given[0])) & 0xFF, place


def _nonzero(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    shared = rng.randrange(1, 40)
    return tuple(shared * rng.randrange(1, 255 // shared + 1) for _ in given)


def _periods(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Such that the counter was seen at a multiple other than 0: else it would only be compared with 0."""
    for (frame, _), (after,) in islice(pairs, 3):
        if after not in (frame, (frame + 1) & 0xFF, (frame + 1) & 0xFFFF):
            return
    counted = {now for (_, now), _ in pairs if now}
    yield from ((one,) for one in constants.all if one > 1 and any(now % one == 0 for now in counted))


def _frames(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    period = rng.choice(constants.all or (2,)) or 1
    return given[0], period * rng.randrange(1 + 255 // period) % 256 if rng.random() < 0.6 else rng.randrange(256)


def _often_zero(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    return tuple(0 if rng.random() < 0.35 else one for one in given)


def _second_often_zero(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    return given[0], 0 if rng.random() < 0.5 else given[1]


def _phase_timer(timer: int, phase: int, lengths: tuple[int, ...]) -> tuple[int, int] | None:
    if phase >= len(lengths):
        return None
    after = (phase + 1) % len(lengths)
    return (timer - 1, phase) if timer else (lengths[after], after)


def _phases(constants: Constants, pairs: Sequence[Pair]) -> Found:
    for (timer, _), (left, _) in islice(pairs, 3):
        if timer and left != timer - 1:
            return
    found = {after: left for (timer, _), (left, after) in pairs if not timer}
    if len(found) > 1 and sorted(found) == list(range(len(found))):
        yield (tuple(found[phase] for phase in range(len(found))),)


def _timing(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    lengths = [len(table) for table in constants.tables] or [6]
    return rng.choice((0, 0, 0, 1, given[0])), rng.randrange(rng.choice(lengths))


def _clock(frames: int, seconds: int, minutes: int, second: int, minute: int) -> tuple[int, int, int] | None:
    if frames >= second or seconds >= minute:
        return None
    more = frames + 1 == second
    full = more and seconds + 1 == minute
    return ((frames + 1) % second, (seconds + more) % minute, minutes + full)


def _clock_constants(constants: Constants, pairs: Sequence[Pair]) -> Found:
    (frames, _, _), (after, _, _) = pairs[0]
    if after not in (0, (frames + 1) & 0xFFFF, (frames + 1) & 0xFF):
        return ()
    return ((second, minute) for second in constants.near for minute in constants.near if second > 1 < minute)


def _time(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, ...]:
    near = [one for one in constants.near if one > 1] or [60]
    ends = [rng.choice(near) - rng.choice((1, 1, 1, 2)) for _ in range(2)]
    frames, seconds = (end if rng.random() < 0.7 else rng.randrange(end + 1) for end in ends)
    return frames, seconds, rng.randrange(200)


def _popped(tail: int, head: int, size: int) -> tuple[int] | None:
    return None if tail >= size or head >= size else (tail if tail == head else (tail + 1) % size,)


def _ends(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[int, int]:
    size = rng.choice([one for one in constants.all if 2 < one <= 256] or [8])
    first, last = rng.choice((size - 1, rng.randrange(size))), rng.randrange(size)
    return first, first if rng.random() < 0.3 else last


def _ring_sizes(constants: Constants, pairs: Sequence[Pair]) -> Found:
    return ((one,) for one in constants.all if 2 < one <= 256)


# ------------------------------------------------------------------------------------------------------------ arrays


def _until_zero(text: tuple[int, ...]) -> tuple[int, ...] | None:
    return text[: text.index(0)] if 0 in text else None


def _compared(first: tuple[int, ...], second: tuple[int, ...]) -> int | None:
    one, other = _until_zero(first), _until_zero(second)
    return None if one is None or other is None else (one > other) - (one < other)


def _texts(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    length = min(map(len, given)) or 1
    shared = rng.randrange(length)
    first, second = ([one or 1 for one in array] for array in given)
    second[:shared] = first[:shared]
    for text in (first, second):
        if text:
            text[rng.choice((min(shared, len(text) - 1), -1, rng.randrange(len(text))))] = 0
            text[-1] = 0
    if rng.random() < 0.3 and len(first) == len(second):
        second = list(first)
    return tuple(first), tuple(second)


def _equal_often(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    first, second = given
    if len(first) != len(second) or not first:
        return given
    other = list(first)
    if rng.random() < 0.5:
        other[rng.choice((0, -1, rng.randrange(len(other))))] ^= 1
    return first, tuple(other)


def _compacted(array: tuple[int, ...]) -> tuple[tuple[int, ...]]:
    used = [one for one in array if one]
    return ((*used, *[0] * (len(array) - len(used))),)


def _with_zeros(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    chance = rng.random()
    return tuple(tuple(one * (rng.random() < chance) for one in array) for array in given)


def _crc(array: tuple[int, ...], polynomial: int) -> tuple[int]:
    remainder = 0
    for byte in array:
        remainder ^= byte
        for _ in range(8):
            remainder = remainder << 1 & 0xFF ^ (polynomial if remainder >> 7 else 0)
    return (remainder,)


def _polynomials(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """All but 1, with which it would be the exclusive-or of all bytes."""
    return ((one,) for one in constants.all if 1 < one < 0x100)


def _dimmed(colors: tuple[int, ...]) -> tuple[tuple[int, ...]] | None:
    if any(color >> 15 for color in colors):
        return None
    return (tuple(color >> 1 & 0x3DEF for color in colors),)


def _colors(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    return (tuple(color & 0x7FFF for color in given[0]),)


def _sums(array: tuple[int, ...]) -> tuple[int, int]:
    first = second = 0
    for one in array:
        first += one
        second += first
    return first, second


def _painted(cells: tuple[int, ...], left: int, top: int, width: int, height: int, tile: int) -> tuple[tuple[int, ...]]:
    def inside(place: int) -> bool:
        return left <= place % 32 < left + width and top <= place // 32 < top + height

    return (tuple(tile if inside(place) else one for place, one in enumerate(cells)),)


def _rectangles(constants: Constants, pairs: Sequence[Pair]) -> Found:
    (cells,), (after,) = pairs[0]
    if len(cells) != len(after) or len(cells) <= 32:
        return
    places = {place for (cells,), (after,) in pairs for place, one in enumerate(cells) if one != after[place]}
    if places and len(tiles := {after[place] for place in places}) == 1:
        columns, rows = {place % 32 for place in places}, {place // 32 for place in places}
        left, top = min(columns), min(rows)
        yield left, top, max(columns) - left + 1, max(rows) - top + 1, tiles.pop()


def _gradient(start: int, lines: int, step: int, size: int) -> tuple[tuple[int, ...]]:
    rows = [one for place in range(size // 2) for one in (lines, (start + step * place) % 256)]
    return ((*rows, 0),)


def _steps(constants: Constants, pairs: Sequence[Pair]) -> Found:
    (_, (table,)) = pairs[0]
    if len(table) >= 7 and len(table) % 2:
        yield table[0], (table[3] - table[1]) % 256, len(table)


def _keys(constants: Constants, pairs: Sequence[Pair]) -> Found:
    (array,), (after,) = pairs[0]
    if array and after:
        yield (array[0] ^ after[0],)


def _scrambled(array: tuple[int, ...], key: int) -> tuple[tuple[int, ...]]:
    return (tuple(one ^ place ^ key for place, one in enumerate(array)),)


def _inserted(array: tuple[int, ...], count: int, value: int) -> tuple[tuple[int | None, ...]] | None:
    held = list(array[:count])
    if count >= len(array) or held != sorted(held):
        return None
    return ((*sorted([*held, value]), *[None] * (len(array) - count - 1)),)


def _sorted_list(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    array, _, value = given
    count = rng.choice((0, len(array) - 1, rng.randrange(len(array))))
    return (*sorted(array[:count]), *array[count:]), count, value & 0xFF


def _removed(array: tuple[int, ...], count: int, index: int) -> tuple[tuple[int | None, ...]] | None:
    if not 1 < count <= len(array) or index >= count:
        return None
    left = array[:index] + array[index + 1 : count]
    return ((*left, *[None] * (len(array) - count + 1)),)


def _used_list(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    count = rng.choice((len(given[0]), rng.randrange(len(given[0]) + 1)))
    return given[0], count, rng.randrange(max(count, 1))


def _letters(array: tuple[int, ...], first: int, last: int, mask: int) -> tuple[tuple[int, ...]]:
    return (tuple(one ^ mask if first <= one <= last else one for one in array),)


def _ranges(constants: Constants, pairs: Sequence[Pair]) -> Found:
    masks: set[int] = set()
    for (array,), (after,) in islice(pairs, 6):
        if len(array) != len(after):
            return
        masks |= {one ^ new for one, new in zip(array, after, strict=True) if one != new}
        if len(masks) > 1:
            return
    for mask in masks:
        yield from ((low, high, mask) for low, high in _bounds(constants, pairs))


def _near_bounds(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    near = [one for one in constants.near if one < 256] or [0]
    return (tuple(rng.choice((one, rng.choice(near))) for one in given[0]),)


def _trimmed(field: tuple[int, ...], blank: int) -> tuple[int]:
    length = len(field)
    while length and field[length - 1] == blank:
        length -= 1
    return (length,)


def _blanks(constants: Constants, pairs: Sequence[Pair]) -> Found:
    """Any, unless nothing was ever trimmed, for then the length would be told."""
    if any(length > len(field) for (field,), (length,) in islice(pairs, 3)):
        return
    if any(length < len(field) for (field,), (length,) in pairs):
        yield from _one(constants, pairs)


def _padded(rng: random.Random, given: tuple[Any, ...], constants: Constants) -> tuple[Any, ...]:
    told = constants.raw if rng.random() < 0.7 else constants.near
    field, blank = given[0], rng.choice([one for one in told if one < 256] or [0])
    length = rng.randrange(len(field) + 1)
    return (field[:length] + (blank,) * (len(field) - length),)


def _unpacked(source: int, value: int) -> tuple[tuple[int, ...]]:
    return (tuple(value * (source >> 7 - place & 1) for place in range(8)),)


def _bit_values(constants: Constants, pairs: Sequence[Pair]) -> Found:
    if len(pairs[0][1][0]) == 8:
        yield from ((value,) for value in sorted({max(after) for _, (after,) in islice(pairs, 4)} - {0}))


def _signatures() -> Iterator[Signature]:
    one, two, three, four = ((NUMBER,) * count for count in range(1, 5))
    yield Signature("append_digit", two, one, _append_digit, draw=lambda r, v, c: (r.randrange(6500), r.randrange(10)))
    yield Signature("bit_to_mask", one, one, _bit_to_mask, draw=lambda r, v, c: (r.randrange(16),))
    for place in (0, 1):
        yield Signature(
            "bounce_axis",
            (BYTE, BYTE),
            (BYTE,),
            partial(_bounced, place),
            _bounce_bounds,
            _moving,
        )
    yield Signature("boxes_overlap", four, (CARRY,), _overlap, _sizes, _boxes)
    yield Signature("code_sequence", two, one, _followed, _codes, _pressing)
    yield Signature("common_divisor", two, one, lambda a, b: (gcd(a, b),) if a and b else None, draw=_nonzero)
    yield Signature("compact_list", (ARRAY,), (ARRAY,), _compacted, draw=_with_zeros)
    yield _coded("compare_text", (BYTES, BYTES), 3, _compared, _texts)
    yield Signature("crc_byte", (BYTES,), (BYTE,), _crc, _polynomials)
    yield Signature("dim_colors", (WORDS,), (WORDS,), _dimmed, draw=_colors)
    yield _coded("direction_to", four, 4, _direction, _points)
    yield Signature("double_sum", (ARRAY,), one, lambda array: (_sums(array)[1],))
    for low in (0, 1):
        yield Signature(
            "double_sum",
            (BYTES,),
            (WORD,),
            lambda array, low=low: (_sums(array)[low] % 256 | _sums(array)[1 - low] % 256 << 8,),
        )
    yield Signature(
        "every_nth_frame", (NUMBER, BYTE), one, lambda a, now, period: (a + (now % period == 0),), _periods, _frames
    )
    yield Signature("fill_rectangle", (WORDS,), (WORDS,), _painted, _rectangles)
    yield Signature(
        "freeze_timer_hook", two, one, lambda timer, switch: (timer - (switch == 0),), draw=_second_often_zero
    )
    yield Signature("gray_decode", one, one, _gray_decode)
    yield Signature("has_master_sword", one, (CARRY,), lambda value, level: (value >= level,), _one)
    yield Signature("hdma_steps", one, (BYTES,), _gradient, _steps)
    yield Signature(
        "highest_bit", one, one, _highest_bit, lambda c, pairs: ((none,) for none in (*c.near, 0xFF, 0xFFFF))
    )
    yield Signature("hook_keep_best", two, one, lambda a, b: (max(a, b),), in_place=True)
    yield Signature("index_cipher", (ARRAY,), (ARRAY,), _scrambled, _keys)
    yield Signature("insert_sorted", (BYTES, NUMBER, NUMBER), (BYTES,), _inserted, draw=_sorted_list)
    yield Signature("inside_strip", one, (CARRY,), lambda a, low, high: (not low <= a <= high,), _bounds)
    yield Signature("interleave_bits", (BYTE, BYTE), (WORD,), _interleave)
    yield Signature("median_of_three", three, one, lambda *values: (sorted(values)[1],))
    yield Signature("minutes_and_seconds", (WORD,), two, _divided, _divisors)
    yield Signature("multiply_words", (WORD, WORD), (WORD,), lambda a, b: (a * b >> 16,))
    yield Signature("names_equal", (ARRAY, ARRAY), (CARRY,), lambda a, b: (a == b,), draw=_equal_often)
    yield Signature("owns_both", two, (CARRY,), lambda a, b: (a > 0 and b > 0,), draw=_often_zero)
    yield Signature("phase_timer", two, two, _phase_timer, _phases, _timing)
    yield Signature("play_clock", three, three, _clock, _clock_constants, _time, in_place=True)
    yield Signature("remove_entry", (BYTES, NUMBER, NUMBER), (BYTES,), _removed, draw=_used_list)
    yield Signature("ring_pop", two, one, _popped, _ring_sizes, _ends)
    yield Signature("run_down_timer", one, one, lambda timer: (max(timer - 1, 0),))
    yield Signature("score_add", (WORD, WORD), (WORD,), _score_add, draw=_decimal)
    yield Signature(
        "share_load",
        (),
        (BYTE, BYTE, BYTE),
        lambda value: (value,) * 3,
        lambda c, pairs: ((one,) for one in c.raw if 0 < one < 256),
    )
    yield Signature("shift_letters", (BYTES,), (BYTES,), _letters, _ranges, _near_bounds)
    yield Signature("sign_extend", (BYTE,), (WORD,), lambda value: (signed(value, 8),))
    yield Signature("signed_multiply", (WORD, BYTE), (LONG,), lambda a, factor: (signed(a, 16) * signed(factor, 8),))
    yield Signature("sort_bytes", (ARRAY,), (ARRAY,), lambda array: (tuple(sorted(array)),))
    yield Signature("sort_pair", two, two, lambda a, b: (min(a, b), max(a, b)))
    yield Signature("split_health", (BYTE,), two, _divided, _divisors)
    yield Signature("square_root", one, one, lambda square: (isqrt(square),))
    yield Signature("swap_nibbles", (BYTE,), (BYTE,), lambda value: (value << 4 | value >> 4,))
    yield Signature("tile_under_link", (WORD, WORD), (WORD,), _tile_under, _tile_constants)
    yield Signature("trim_text", (BYTES,), one, _trimmed, _blanks, _padded)
    yield Signature("unpack_bits", (BYTE,), (BYTES,), _unpacked, _bit_values)
    yield Signature("weighted_pick", one, one, _weighted_pick, _weights)
    for shape, bits in ((BYTE, 8), (WORD, 16)):
        top = (1 << bits) - 1
        yield Signature(
            "clamp_signed",
            (shape,),
            (shape,),
            lambda value, limit, bits=bits: (max(-limit, min(limit, signed(value, bits))),),
            partial(_limits, top),
        )
        yield Signature("mirror_bits", (shape,), (shape,), lambda value, bits=bits: _mirrored(value, bits))
        yield Signature("saturating_sum", (shape, shape), (shape,), lambda a, b, top=top: (min(a + b, top),))
        yield Signature(
            "screen_position",
            (shape, shape),
            (CARRY,),
            lambda world, camera, extent, top=top: ((world - camera & top) >= extent,),
            _extents,
        )
        yield Signature("xorshift_step", (shape,), (shape,), partial(_xorshift, top), _shifts)


SIGNATURES = tuple(sorted(_signatures(), key=lambda one: -len(one.results)))
"""One or more for every family but those `BEYOND`, those of several results first."""
