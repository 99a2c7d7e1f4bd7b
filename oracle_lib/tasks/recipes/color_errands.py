"""Palettes at work: blends, ramps, searches, tallies, packing and checks over colour words."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Both,
    Copy,
    Count,
    Each,
    Expression,
    Field,
    Here,
    If,
    Index,
    Number,
    Read,
    Report,
    Saturating,
    Scaled,
    Shifted,
    Shove,
    Statement,
    Swap,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _channels(color: Expression) -> tuple[Expression, Expression, Expression]:
    """Red, green and blue of a BGR555 word, as words of 0 to 31."""
    return Field(color, 0, 5), Field(color, 5, 5), Field(color, 10, 5)


def _word_of(red: Expression, green: Expression, blue: Expression) -> Expression:
    """A BGR555 word of three channels."""
    return joined(joined(red, Shifted(green, "left", 5)), Shifted(blue, "left", 10))


def half_with_neighbour(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 7, 8, 15, 16))
    own = Algorithms(draw).own
    before, now = own("previous", 16), own("this one", 16)
    program = (
        put(before, 0),
        Each(
            (colors,),
            (
                put(now, masked(Here(colors), 0x7BDE)),
                put(Here(colors), plus(Shifted(Read(before), "right", 1), Shifted(Read(now), "right", 1))),
                put(before, now),
            ),
        ),
    )
    return program, (
        f"Soften the palette of {colors.length} words at {colors.address}: each colour becomes half its own plus half the original colour before it (black before the first). Halving a channel means dropping its lowest bit first, so mask every colour with $7BDE, shift right by one, and add.",
        f"c[i] = ((c[i] & $7BDE) >> 1) + ((old c[i-1] & $7BDE) >> 1), old c[-1] = 0; {colors.length} colour words {colors.address}.",
        f"p = 0; for c in {where(colors)}: n = c & $7BDE; c = (p >> 1) + (n >> 1); p = n.",
        f"For a smeared look I mix neighbours of a palette ({colors.length} entries from {colors.address}) half and half, using the trick with $7BDE: and both colours with it, shift each right once, add. Every entry is mixed with the one in front of it as it was before; the first one with black.",
    )


def ramp_of_shades(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 6, 8))
    start, steps = draw.variable(16), draw.one((1, 1, 1), (1, 1, 2), (2, 1, 1), (1, 2, 1), (2, 2, 2), (0, 1, 2))
    own = Algorithms(draw).own
    color = own("color", 16)
    made = [
        Saturating("add", channel, Number(step, 16), 31) if step else channel
        for channel, step in zip(_channels(Read(color)), steps, strict=True)
    ]
    program = (
        put(color, masked(start, 0x7FFF)),
        Each((colors,), (put(Here(colors), color), put(color, _word_of(made[0], made[1], made[2])))),
    )
    red, green, blue = steps
    return program, (
        f"Write a ramp of {colors.length} BGR555 colours to {colors.address}: the first is the word {start.address} without bit 15; from one to the next red rises by {red}, green by {green}, blue by {blue}, none above 31.",
        f"{colors.length} shades from word[{start.address}] & $7FFF to {colors.address}, step r/g/b +{red}/+{green}/+{blue}, clamped at 31.",
        f"c = word[{start.address}] & $7FFF; for {colors.length} words at {colors.address}: store c; r, g, b = min(r + {red}, 31), min(g + {green}, 31), min(b + {blue}, 31).",
        f"From the darkest tone of a material, in {start.address}, derive the others for my shading: {colors.length} colour words from {colors.address} on, beginning with that tone itself (spare bit cleared). Each next one has {red} more red, {green} more green and {blue} more blue, whereby 31 is as far as any of them goes.",
    )


def cross_fade_done(draw: Drawer) -> Made:
    now = draw.array(16, draw.one(4, 8, 16))
    goal = draw.array(16, now.length)
    changed = draw.variable(8)
    own = Algorithms(draw).own
    made, want = own("made", 16), own("wanted", 16)
    which, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    one = 1 << low
    mask = 31 << low
    program = (
        put(changed, 0),
        Each(
            (now, goal),
            (
                put(made, masked(Here(now), mask)),
                put(want, masked(Here(goal), mask)),
                when(check(made, "<", want), more(Here(now), one), more(changed)),
                when(check(made, ">", want), less(Here(now), one), more(changed)),
            ),
        ),
    )
    return program, (
        f"Fade only {which}: in each of {now.length} BGR555 words at {now.address} the {which} channel (bits {low}-{low + 4}) moves by 1 towards that of the matching word at {goal.address}. Count the colours that changed in {changed.address}.",
        f"{which} channel of {now.length} colours {now.address} one step toward {goal.address}; number still moving -> {changed.address}.",
        f"n = 0; for i < {now.length}: a, b = {which}(c[i]), {which}(g[i]); a < b: +1, a > b: -1, either: ++n. c {now.address}, g {goal.address} (words), n -> byte {changed.address}.",
        f"Dawn begins with {which}. Palette at {now.address}, where it should go at {goal.address}, {now.length} colours each. Let the {which} part of every colour come one level closer to its goal and don't touch the others; {changed.address} tells me afterwards how many colours were not there yet.",
    )


def brightest_of_palette(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    own = Algorithms(draw).own
    light, best = own("light", 16), own("best", 16)
    which, weighed = draw.variable(8), draw.maybe(0.5)
    red, green, blue = _channels(Read(Here(colors)))
    total = plus(plus(red, Scaled(green, 2) if weighed else green), blue)
    program = (
        put(best, 0),
        put(which, 0),
        Each(
            (colors,),
            (put(light, total), when(check(light, ">", best), put(best, light), put(which, Index()))),
        ),
    )
    told = "red + 2 * green + blue" if weighed else "red + green + blue"
    return program, (
        f"Find the brightest of {colors.length} BGR555 colours at {colors.address}; brightness is {told}. Its index goes to {which.address}: of equals the first, and 0 if all are black.",
        f"argmax of {told} over {colors.length} colour words {colors.address} -> byte {which.address} (first of equals).",
        f"b = 0, k = 0; for i, c: l = {told.replace('red', 'r').replace('green', 'g').replace('blue', 'b')}; if l > b: b = l, k = i; byte[{which.address}] = k; {where(colors)}.",
        f"Text is drawn in whatever is lightest in the room's palette. Of the {colors.length} entries from {colors.address}, in the console's colour format, take the one with the greatest {told} and put its number into {which.address}; the earliest wins a tie. (Bit 15 means nothing.)",
    )


def too_many_blues(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    names = draw.rng.sample(("red", "green", "blue"), 2)
    low = {"red": 0, "green": 5, "blue": 10}
    count = draw.variable(8)
    limit = draw.one(colors.length // 2, colors.length // 4 + 1)
    one, two = (Field(Read(Here(colors)), low[name], 5) for name in names)
    program = (
        put(count, Count(colors, check(one, ">", two))),
        Report(check(count, ">=", limit)),
    )
    return program, (
        f"Count, among {colors.length} BGR555 words at {colors.address}, the colours with more {names[0]} than {names[1]}; store the count at {count.address} and set the carry if it is at least {limit}.",
        f"#{{{names[0]} > {names[1]}}} of {colors.length} colours {colors.address} -> {count.address}; C = count >= {limit}.",
        f"byte[{count.address}] = n = sum({names[0]}(c) > {names[1]}(c)) for {where(colors)}; carry = n >= {limit}. red: bits 0-4, green: 5-9, blue: 10-14.",
        f"Is this palette rather {names[0]} or rather {names[1]}? See how many of the {colors.length} entries from {colors.address} contain strictly more {names[0]}. That number belongs in {count.address}; return with carry set when it is {limit} or more, otherwise clear.",
    )


def replace_near_color(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    wanted, fresh, changed = draw.variable(16), draw.variable(16), draw.variable(8)
    near = draw.one(2, 3, 4, 6)
    parts = [
        check(Binary("distance", one, two), "<=", near)
        for one, two in zip(_channels(Read(Here(colors))), _channels(Read(wanted)), strict=True)
    ]
    program = (
        put(changed, 0),
        Each((colors,), (when(Both(Both(parts[0], parts[1]), parts[2]), put(Here(colors), fresh), more(changed)),)),
    )
    return program, (
        f"Replace every one of {colors.length} BGR555 colours at {colors.address} that is close to the word {wanted.address} (each of red, green and blue differs by at most {near}; bit 15 is ignored) by the word {fresh.address}. Number replaced: {changed.address}.",
        f"{colors.length} colour words {colors.address}: all channels within {near} of word[{wanted.address}] -> word[{fresh.address}], counted in {changed.address}.",
        f"n = 0; for c in {where(colors)}: if |dr|, |dg|, |db| <= {near} against w: c = f, ++n. w = word[{wanted.address}], f = word[{fresh.address}], n -> byte {changed.address}.",
        f"The artist used several almost equal tones of one colour. Those of the {colors.length} entries at {colors.address} which deviate from the colour in {wanted.address} by no more than {near} levels in any channel are to become exactly the colour in {fresh.address} (all 16 bits of it). How many did it hit? -> {changed.address}.",
    )


def unique_colors(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 6, 8, 12))
    out = draw.array(16, colors.length)
    used = draw.variable(8)
    own = Algorithms(draw).own
    before, place = own("previous", 16), replace(own("place"), below=colors.length + 1)
    program = (
        put(place, 0),
        put(before, 0xFFFF),
        Each(
            (colors,),
            (
                when(
                    check(masked(Here(colors), 0x7FFF), "!=", before),
                    put(before, masked(Here(colors), 0x7FFF)),
                    put(at(out, place), before),
                    more(place),
                ),
            ),
        ),
        put(used, place),
    )
    return program, (
        f"Copy the {colors.length} colours at {colors.address} (words, bit 15 cleared on the way) to {out.address}, leaving out each that equals the one directly before it. Number of copied colours to {used.address}; the rest of the target stays.",
        f"Drop immediate repeats: {colors.length} colour words {colors.address} (& $7FFF) -> {out.address} packed, count -> {used.address}.",
        f"n = 0, p = none; for c in {where(colors)}: c &= $7FFF; if c != p: o[n++] = c; p = c. o = words {out.address}; byte[{used.address}] = n.",
        f"A gradient that was rounded has stretches of the same colour. From its {colors.length} words at {colors.address} keep only the first of every such stretch, one after the other at {out.address}, and tell in {used.address} how many are left. The unused top bit doesn't count in the comparison and is 0 in what you write.",
    )


def gradient_between_ends(draw: Drawer) -> Made:
    first, last, out = draw.variable(16), draw.variable(16), draw.array(16, 3)
    middle = Binary("average", masked(first, 0x1F), masked(last, 0x1F))

    def between(low: int) -> Expression:
        mask = 31 << low
        return masked(Binary("average", masked(first, mask), masked(last, mask)), mask)

    program = (
        put(at(out, 0), first),
        put(at(out, 1), joined(joined(middle, between(5)), between(10))),
        put(at(out, 2), last),
    )
    return program, (
        f"Write three colours to {out.address} (words): the word {first.address}, the middle between it and the word {last.address}, and that second word. In the middle each channel is half the sum of the two, rounded down, and bit 15 is 0.",
        f"o[0] = a, o[1] = channelwise (a + b) / 2, o[2] = b; a = word[{first.address}], b = word[{last.address}], o = 3 words {out.address}; BGR555, floor.",
        f"3-step gradient {first.address} -> {last.address} into words {out.address}: start, mean of each of r/g/b (rounded down), end.",
        f"My menu has a border of three tones: the outer colour stands in {first.address}, the inner one in {last.address}, both 15-bit colours. Put them at {out.address} with the colour exactly between them in the middle (for red, green, blue separately, fractions dropped, top bit clear); the outer and inner words are copied unchanged.",
    )


def palette_from_bytes(draw: Drawer) -> Made:
    reds = draw.array(8, draw.one(4, 6, 8))
    greens, blues = draw.array(8, reds.length), draw.array(8, reds.length)
    colors = draw.array(16, reds.length)
    order = draw.one("plain", "reversed")
    place = replace(Algorithms(draw).own("place"), below=reds.length + 1)
    parts = [Widened(Shifted(Read(Here(one)), "right", 3)) for one in (reds, greens, blues)]
    made = _word_of(parts[0], parts[1], parts[2])
    n = reds.length
    program: tuple[Statement, ...]
    if order == "plain":
        program = (Each((reds, greens, blues, colors), (put(Here(colors), made),)),)
    else:
        program = (
            put(place, n),
            Each((reds, greens, blues), (less(place), put(at(colors, place), made))),
        )
    told = "in the same order" if order == "plain" else "in reverse order (the first comes last)"
    index = "i" if order == "plain" else f"{n - 1} - i"
    return program, (
        f"Convert {n} 24-bit colours, stored as separate byte lists of red ({reds.address}), green ({greens.address}) and blue ({blues.address}), to BGR555 words at {colors.address}, {told}: each channel keeps its top five bits.",
        f"{n} RGB888 (planar: {reds.address}, {greens.address}, {blues.address}) -> BGR555 words {colors.address}, {told}, low 3 bits dropped.",
        f"c[{index}] = r[i] >> 3 | (g[i] >> 3) << 5 | (b[i] >> 3) << 10, i < {n}; bytes r {reds.address}, g {greens.address}, b {blues.address}; words c {colors.address}.",
        f"A drawing program exports all reds, then all greens, then all blues, eight bits each. I put them at {reds.address}, {greens.address} and {blues.address}, {n} of each. The console wants 15-bit words; make them from the upper five bits of every byte, {told}, at {colors.address}.",
    )


def rotate_when_due(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 5, 6, 8))
    timer, span = draw.variable(8), draw.rng.randrange(2, 20)
    held, up = Algorithms(draw).own("held", 16), draw.maybe(0.5)
    last = colors.length - 1
    turn: tuple[Statement, ...] = (
        (put(held, at(colors, last)), Shove(colors, up=True, value=Read(held)))
        if up
        else (put(held, at(colors, 0)), Shove(colors, up=False, value=Read(held)))
    )
    program = (
        If(
            check(timer, "!=", 0),
            (less(timer),),
            (put(timer, span), *turn),
        ),
    )
    way = "one place up, the last becoming the first" if up else "one place down, the first becoming the last"
    return program, (
        f"Every {span + 1} calls rotate the {colors.length} colour words at {colors.address} {way}. The byte {timer.address} is the timer: not 0, it is lowered by 1 and nothing else happens; at 0 it becomes {span} and the colours rotate.",
        f"t = byte[{timer.address}]; t ? --t : (t = {span}, rotate {where(colors)} {way}).",
        f"Palette cycling with delay: {where(colors)}, {way}; timer {timer.address} counts to 0, then reload {span} and rotate.",
        f"My waterfall is animated by letting {colors.length} colours (words from {colors.address}) run round, {way}. Not each frame, though: {timer.address} counts down, and only a call that finds it at zero turns the colours and starts it again with {span}.",
    )


def dominant_channel_counts(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    reds, greens, blues = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    red, green, blue = own("red", 16), own("green", 16), own("blue", 16)
    one, two, three = _channels(Read(Here(colors)))
    program = (
        put(reds, 0),
        put(greens, 0),
        put(blues, 0),
        Each(
            (colors,),
            (
                put(red, one),
                put(green, two),
                put(blue, three),
                If(
                    Both(check(red, ">=", green), check(red, ">=", blue)),
                    (more(reds),),
                    (If(check(green, ">=", blue), (more(greens),), (more(blues),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Sort {colors.length} BGR555 colours at {colors.address} by their strongest channel and count: red (also when equal to another) in {reds.address}, green (also when equal to blue) in {greens.address}, blue in {blues.address}.",
        f"Dominant channel of {colors.length} colours {colors.address}: counts r {reds.address}, g {greens.address}, b {blues.address}; ties r before g before b.",
        f"for c in {where(colors)}: r >= g and r >= b: ++R; else g >= b: ++G; else ++B; bytes R {reds.address}, G {greens.address}, B {blues.address} start at 0.",
        f"A statistic for my palette editor: how many of the {colors.length} entries from {colors.address} are mainly red, green or blue? Whichever of the three parts is the largest decides; when two or three are equally large, red comes before green and green before blue. The three numbers go to {reds.address}, {greens.address} and {blues.address}.",
    )


def night_vision(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    active, shown = draw.variable(8), draw.array(16, colors.length)
    red, green, blue = _channels(Read(Here(colors)))
    which, shift = draw.one(("green", 5), ("red", 0), ("blue", 10))
    light = Binary("max", Binary("max", red, green), blue)
    made: Expression = Shifted(light, "left", shift) if shift else light
    program = (
        If(
            check(active, "==", 0),
            (Copy(colors, shown),),
            (Each((colors, shown), (put(Here(shown), made),)),),
        ),
    )
    return program, (
        f"Night vision: if byte[{active.address}] is 0, copy the {colors.length} colours at {colors.address} to {shown.address}; otherwise each becomes a pure {which} of the strength of its strongest channel, all other bits 0. Colours are BGR555 words.",
        f"s[i] = byte[{active.address}] ? max(r, g, b) as {which} only : c[i]; {colors.length} BGR555 words, c {colors.address}, s {shown.address}.",
        f"{colors.length} colours {colors.address} -> {shown.address}: {active.address} == 0 plain copy, else monochrome {which} at level max(r, g, b).",
        f"With the goggles on ({active.address} not zero) everything is seen in {which}: a colour's brightest part, whichever it is, becomes its {which}, and the others vanish. With them off the palette is shown as it is. The room's {colors.length} colour words are at {colors.address}, the shown ones belong at {shown.address}.",
    )


def sort_by_brightness_pair(draw: Drawer) -> Made:
    dark, light = draw.slots(16, 16)
    own = Algorithms(draw).own
    one, two = own("first light", 16), own("second light", 16)
    swapped = draw.variable(8)

    def total(of: Array) -> Expression:
        red, green, blue = _channels(Read(Here(of)))
        return plus(plus(red, green), blue)

    program = (
        put(swapped, 0),
        Each(
            (dark, light),
            (
                put(one, total(dark)),
                put(two, total(light)),
                when(check(one, ">", two), Swap(Here(dark), Here(light)), more(swapped)),
            ),
        ),
    )
    return program, (
        f"{dark.length} pairs of BGR555 words: one of each pair at {dark.address}, the other at {light.address}. Exchange the two where the one at {dark.address} has the larger red + green + blue, and count the exchanges in {swapped.address}.",
        f"for i < {dark.length}: if r+g+b of d[i] > that of l[i]: swap, ++n; d {dark.address}, l {light.address} (words), n from 0 -> byte {swapped.address}.",
        f"Outline/fill pairs: {dark.length} colours {dark.address} and {light.address}; the darker (smaller channel sum) belongs to the first list. Swap where wrong, equal stays; swaps -> {swapped.address}.",
        f"Every character has two colours, the dark outline ({dark.length} words from {dark.address}) and the lighter body (as many from {light.address}). Random palettes get that wrong at times: wherever the outline's three channels add up to more than the body's, let them trade places. I'd like to see in {swapped.address} how often.",
    )


def palette_line_differs(draw: Drawer) -> Made:
    shown = draw.array(16, draw.one(4, 8, 16))
    fresh = draw.array(16, shown.length)
    first, last = draw.variable(8), draw.variable(8)
    program = (
        put(first, 0xFF),
        put(last, 0xFF),
        Each(
            (shown, fresh),
            (
                when(
                    check(Here(shown), "!=", Here(fresh)),
                    put(Here(shown), Here(fresh)),
                    put(last, Index()),
                    when(check(first, "==", 0xFF), put(first, Index())),
                ),
            ),
        ),
    )
    return program, (
        f"Bring the {shown.length} colours at {shown.address} in line with those at {fresh.address} (words) and note the first and last index that differed in {first.address} and {last.address}, $FF in both if none did.",
        f"{shown.length} words: {shown.address} := {fresh.address}; first/last changed index -> {first.address}/{last.address} ($FF = no change).",
        f"f = l = $FF; for i < {shown.length}: if s[i] != n[i]: s[i] = n[i], l = i, f = i if unset; f -> byte {first.address}, l -> byte {last.address}; s {shown.address}, n {fresh.address}.",
        f"Only the part of the palette that really changed should go to CGRAM. What CGRAM holds is known from the {shown.length} words at {shown.address}, what it should hold from those at {fresh.address}. Take over the differences and give me the range: first differing entry in {first.address}, last one in {last.address}; both $FF when the two are the same.",
    )


RECIPES = (
    half_with_neighbour,
    ramp_of_shades,
    cross_fade_done,
    brightest_of_palette,
    too_many_blues,
    replace_near_color,
    unique_colors,
    gradient_between_ends,
    palette_from_bytes,
    rotate_when_due,
    dominant_channel_counts,
    night_vision,
    sort_by_brightness_pair,
    palette_line_differs,
)
