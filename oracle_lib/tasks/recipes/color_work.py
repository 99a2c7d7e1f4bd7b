"""Colours of 15 bits: tints, fades, blends, comparisons, and colours that stand for a number."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Expression,
    Field,
    Half,
    Here,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Saturating,
    Shifted,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    when,
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


def wash_out(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 7, 8, 15, 16))
    shift = draw.one(1, 1, 2)

    def paler(channel: Expression) -> Expression:
        return plus(channel, Shifted(minus(Number(31, 16), channel), "right", shift))

    red, green, blue = _channels(Read(Here(colors)))
    program = (Each((colors,), (put(Here(colors), _word_of(paler(red), paler(green), paler(blue))),)),)
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Write a routine that washes out {colors.length} colours (BGR555 words at {colors.address}): each of the three channels moves {part} of the way to 31, that is v + (31 - v) / {1 << shift}, rounded down in the division. Bit 15 becomes 0.",
        f"How do I make a palette paler? {colors.length} words at {colors.address}; every 5-bit channel v = v + ((31 - v) >> {shift}); top bit 0.",
        f"for c in {colors.length} BGR555 words at {colors.address}: r, g, b += (31 - r, g, b) >> {shift}; bit 15 = 0.",
        f"In fog all colours go towards white. One step of it, for the {colors.length} colour words from {colors.address}: red, green and blue each close {part} of their gap to full brightness (whole levels, rounded down). The unused bit ends up clear.",
    )


def sepia(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    warm, cold = draw.rng.randrange(2, 8), draw.rng.randrange(2, 8)
    red, green, blue = _channels(Read(Here(colors)))
    grey = Algorithms(draw).own("grey", 16)
    total = Quotient(plus(plus(red, green), blue), Number(3))
    made = _word_of(
        Saturating("add", Read(grey), Number(warm, 16), 31),
        Read(grey),
        Saturating("subtract", Read(grey), Number(cold, 16), 0),
    )
    program = (Each((colors,), (put(grey, total), put(Here(colors), made))),)
    return program, (
        f"Write a routine that makes an old photograph of {colors.length} BGR555 words at {colors.address}: grey is a third of red + green + blue, rounded down; red becomes grey + {warm} (at most 31), green grey, blue grey - {cold} (at least 0). Bit 15 becomes 0.",
        f"How do I tint a palette sepia? {colors.length} colours (words, {colors.address}). y = (r + g + b) / 3; r = min(y + {warm}, 31), g = y, b = max(y - {cold}, 0).",
        f"c = {colors.length} colours at {colors.address}; y = floor((r + g + b) / 3); c = BGR555(min(y + {warm}, 31), y, max(y - {cold}, 0)), bit 15 clear.",
        f"The flashback should look brownish. Take every one of the {colors.length} colours from {colors.address} down to its plain average of the three channels, then warm it: {warm} more red, {cold} less blue, within 0 and 31. Colours are console words, the spare bit becomes 0.",
    )


def turn_hue(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    forward = draw.maybe(0.5)
    red, green, blue = _channels(Read(Here(colors)))
    made = _word_of(blue, red, green) if forward else _word_of(green, blue, red)
    told = (
        "red goes to green, green to blue, blue to red" if forward else "red goes to blue, blue to green, green to red"
    )
    program = (Each((colors,), (put(Here(colors), made),)),)
    return program, (
        f"Write a routine that turns the hue of {colors.length} colours at {colors.address} (words, red in bits 0-4, green 5-9, blue 10-14): {told}. Bit 15 becomes 0.",
        f"How do I rotate the channels of a palette? {colors.length} BGR555 words at {colors.address}: {told}; bit 15 cleared.",
        f"(r, g, b) = {'(b, r, g)' if forward else '(g, b, r)'} for each of {colors.length} BGR555 words at {colors.address}; high bit 0.",
        f"Three potions change everybody's colours round: {told}, for all {colors.length} entries of the palette copy at {colors.address}. What isn't colour (the top bit) becomes zero.",
    )


def color_difference(draw: Drawer) -> Made:
    one, other, result = draw.variable(16), draw.variable(16), draw.variable(16)
    tolerance = draw.rng.randrange(4, 60)
    parts = [Binary("distance", a, b) for a, b in zip(_channels(Read(one)), _channels(Read(other)), strict=True)]
    program = (put(result, plus(plus(parts[0], parts[1]), parts[2])), Report(check(result, "<=", tolerance)))
    return program, (
        f"Write a routine that measures how far two colours are apart, the BGR555 words {one.address} and {other.address}: the sum of the three channels' absolute differences goes to the word {result.address}. The carry is set on return if it is at most {tolerance}, else clear.",
        f"Are two CGRAM colours nearly equal? Words {one.address}, {other.address}. |dr| + |dg| + |db| -> word {result.address}; SEC if <= {tolerance}, CLC otherwise.",
        f"word[{result.address}] = |r1 - r2| + |g1 - g2| + |b1 - b2| of the colours at {one.address} and {other.address}; carry = that <= {tolerance}.",
        f"My palette optimiser merges colours that look alike. Compare {one.address} with {other.address} (two bytes each, bit 15 without meaning): add up by how many levels red, green and blue differ, store it at {result.address} (two bytes), and set carry when that's no more than {tolerance}.",
    )


def closest_color(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    wanted, result = draw.variable(16), draw.variable(8)
    working = Algorithms(draw)
    place, best, away = working.own("place"), working.own("best", 16), working.own("away", 16)
    name, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    far = Binary("distance", Field(Read(Here(colors)), low, 5), Field(Read(wanted), low, 5))
    program = (
        put(best, 0xFF),
        put(place, 0),
        Each(
            (colors,),
            (
                put(away, far),
                when(check(away, "<", best), put(best, away), put(result, place)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds among {colors.length} colours at {colors.address} (BGR555 words) the one whose {name} is closest to that of the word {wanted.address}; its index goes to {result.address}, the lowest one if several are equally close.",
        f"Which palette entry has about the same {name}? {colors.length} words {colors.address}, wanted colour word {wanted.address}; index of the smallest |difference| of the {name} channel to byte {result.address}, first on ties.",
        f"byte[{result.address}] = argmin_i |c[i].{name} - word[{wanted.address}].{name}|, first of equals, i < {colors.length}; c: colours at {colors.address}.",
        f"A photo is repainted in {colors.length} colours ({colors.address}), judged by {name} alone. For the colour in {wanted.address} give me the number of the entry, {result.address}, whose {name} level differs least. Of two just as good the one further forward.",
    )


def posterize(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    bits = draw.one(1, 2, 3)
    top = 31 & ~((1 << (5 - bits)) - 1)
    mask = top | top << 5 | top << 10
    changed = draw.variable(8)
    program = (
        put(changed, 0),
        Each(
            (colors,),
            (
                when(
                    check(masked(Here(colors), mask), "!=", Here(colors)),
                    put(Here(colors), masked(Here(colors), mask)),
                    more(changed),
                ),
            ),
        ),
    )
    lost = f"lowest {5 - bits}" if bits < 4 else "lowest"
    return program, (
        f"Write a routine that posterises {colors.length} BGR555 words at {colors.address}: of each channel only the upper {bits} bit{'s' * (bits > 1)} remain, the {lost} become 0, and so does bit 15. The number of words that changed goes to {changed.address}.",
        f"How do I reduce a palette to {1 << bits} levels per channel? {colors.length} words, {colors.address}: and each with ${mask:04X}; count those that were different before into byte {changed.address}.",
        f"n = 0; for c in {colors.length} words at {colors.address}: if c != c & ${mask:04X}: c &= ${mask:04X}, n += 1. byte[{changed.address}] = n.",
        f"For a comic look I leave {1 << bits} steps of red, green and blue, cutting off the lower bits (and the spare top bit) of the {colors.length} colours from {colors.address}. Tell in {changed.address} how many weren't that coarse already.",
    )


def readable_text_color(draw: Drawer) -> Made:
    back, text = draw.variable(16), draw.variable(16)
    limit = draw.rng.randrange(30, 70)
    light, dark = draw.one((0x7FFF, 0x0000), (0x7FFF, 0x0421), (0x6BFF, 0x0842))
    red, green, blue = _channels(Read(back))
    bright = plus(plus(red, Shifted(green, "left", 1)), blue)
    program = (put(text, either(check(bright, ">=", limit), Number(dark, 16), Number(light, 16))),)
    return program, (
        f"Write a routine that chooses a text colour for a background: if red + 2 * green + blue of the BGR555 word {back.address} is {limit} or more, the word {text.address} becomes ${dark:04X}, else ${light:04X}.",
        f"Dark or light letters? Background word {back.address}; brightness r + 2g + b (0..124) >= {limit}: text word {text.address} = ${dark:04X}; below: ${light:04X}.",
        f"word[{text.address}] = (r + 2 * g + b >= {limit}) ? ${dark:04X} : ${light:04X}; r, g, b 5-bit channels of word[{back.address}].",
        f"Players pick the window colour ({back.address}) themselves and then can't read the text. Weigh it: green counts double, red and blue once. From {limit} on it is a light window, so letters ({text.address}) are ${dark:04X}; otherwise ${light:04X}. Both are words in CGRAM format.",
    )


def dim_by_level(draw: Drawer) -> Made:
    color, level, result = draw.variable(16), draw.variable(8, below=17), draw.variable(16)
    working = Algorithms(draw)
    made = working.own("made", 16)

    def dimmed(low: int) -> Expression:
        channel = (
            Field(Half(Shifted(Read(color), "right", low), False), 0, 5)
            if low
            else Field(Half(Read(color), False), 0, 5)
        )
        return Shifted(Product(channel, Read(level)), "right", 4)

    program = (
        put(made, dimmed(0)),
        put(made, joined(made, Shifted(dimmed(5), "left", 5))),
        put(result, joined(made, Shifted(dimmed(10), "left", 10))),
    )
    return program, (
        f"Write a routine that dims a colour: each 5-bit channel of the BGR555 word {color.address} is multiplied by the byte {level.address} (0 to 16) and divided by 16, rounded down. The new colour goes to the word {result.address}, bit 15 clear.",
        f"How do I scale a CGRAM colour by n/16? Colour word {color.address}, n = byte {level.address} (at most 16); r, g, b each v * n >> 4; to word {result.address}.",
        f"word[{result.address}] = BGR555(r * n >> 4, g * n >> 4, b * n >> 4); r, g, b from word[{color.address}], n = byte[{level.address}] <= 16.",
        f"A torch makes its surroundings {level.address} sixteenths as bright as by day (never more than 16 of them). Work out what the daylight colour at {color.address} looks like and store it at {result.address}; both two bytes, red lowest. Fractions are dropped channel by channel.",
    )


def fade_all_towards(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    now, goal = draw.array(16, length), draw.array(16, length)
    name, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    mask, step = 31 << low, 1 << low
    a, b = masked(Here(now), mask), masked(Here(goal), mask)
    changed = draw.variable(8)
    program = (
        put(changed, 0),
        Each(
            (now, goal),
            (
                If(
                    check(a, "<", b),
                    (put(Here(now), plus(Here(now), step)), more(changed)),
                    (when(check(a, ">", b), put(Here(now), minus(Here(now), step)), more(changed)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that fades the {name} of {length} colours by one level: each BGR555 word at {now.address} gets one {name} level nearer to the word at the same place of the {length} at {goal.address}; where they agree it stays. Other bits stay too. {changed.address} becomes the number of words that changed (0 means done).",
        f"How do I crossfade {length} palette words, {name} only, one step per call? Shown {now.address}, target {goal.address}. Count of words still moving -> byte {changed.address}.",
        f"for i < {length}: now[i].{name} += sign(goal[i].{name} - now[i].{name}); byte[{changed.address}] = number of steps made; now: {now.address}, goal: {goal.address}, BGR555.",
        f"Sunrise comes channel after channel; this call does {name}. The palette on screen is at {now.address}, how it should be at noon at {goal.address}, {length} colours each. Move every {name} level by one where it isn't right yet, and report in {changed.address} how many weren't.",
    )


def darkest_entry(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    index, level = draw.variable(8), draw.variable(16)
    working = Algorithms(draw)
    place, light = working.own("place"), working.own("light", 16)
    brightest = draw.maybe(0.4)
    red, green, blue = _channels(Read(Here(colors)))
    program = (
        put(level, 0 if brightest else 0xFF),
        put(index, 0),
        put(place, 0),
        Each(
            (colors,),
            (
                put(light, plus(plus(red, green), blue)),
                when(check(light, ">" if brightest else "<", level), put(level, light), put(index, place)),
                more(place),
            ),
        ),
    )
    word = "brightest" if brightest else "darkest"
    return program, (
        f"Write a routine that finds the {word} of {colors.length} BGR555 words at {colors.address}: brightness is red + green + blue. Its index goes to {index.address} (of equals the first), its brightness to the word {level.address}.",
        f"{word.capitalize()} palette entry? {colors.length} colours from {colors.address}, r + g + b. Index -> byte {index.address}, sum -> word {level.address}; lowest index on ties.",
        f"byte[{index.address}], word[{level.address}] = arg{'max' if brightest else 'min'}, {'max' if brightest else 'min'} of r + g + b over {colors.length} colours at {colors.address}; first of equals.",
        f"For the {'highlights' if brightest else 'outlines'} I want whatever entry of the palette at {colors.address} ({colors.length} words) is {word}, all three channels added up with the same weight. Write its number to {index.address} and that sum (0 to 93) as 16 bits to {level.address}. The first one wins a tie.",
    )


def count_greys(draw: Drawer) -> Made:
    colors, result = draw.array(16, draw.one(4, 8, 15, 16)), draw.variable(8)
    near = draw.one(1, 2, 3)
    red, green, blue = _channels(Read(Here(colors)))
    grey = Both(check(Binary("distance", red, green), "<=", near), check(Binary("distance", green, blue), "<=", near))
    program = (put(result, Count(colors, grey)),)
    return program, (
        f"Write a routine that counts the greyish colours among {colors.length} BGR555 words at {colors.address}: those whose red and green differ by at most {near} and whose green and blue differ by at most {near}. The count goes to {result.address}.",
        f"How many palette entries are (nearly) grey? {colors.length} words, {colors.address}; |r - g| <= {near} and |g - b| <= {near}. To byte {result.address}.",
        f"byte[{result.address}] = #{{c in {colors.length} colours at {colors.address}: |r - g| <= {near} && |g - b| <= {near}}}.",
        f"To see whether the desaturated palette came out right, count in {result.address} the entries of {colors.address} ({colors.length} console colours) where green is no more than {near} level{'s' * (near > 1)} away from red and from blue. Bit 15 means nothing.",
    )


def ping_pong_color(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8)
    colors = draw.table(length, 16)
    colors = replace(colors, values=tuple(one & 0x7FFF for one in colors.values))
    place, back, slot = draw.variable(8, below=length), draw.variable(8), draw.variable(16)
    program = (
        If(
            Bits(Read(back), 0x80, "any"),
            (If(check(place, "==", 0), (more(place), put(back, 0)), (less(place),)),),
            (If(check(place, "==", length - 1), (less(place), put(back, 0x80)), (more(place),)),),
        ),
        put(slot, at(colors, place)),
    )
    return program, (
        f"Write a routine that moves a colour to and fro through {listed(colors)}. {place.address} is the current number (0 to {length - 1}); bit 7 of {back.address} says backwards. Forwards it rises by 1, but at {length - 1} it falls by 1 and {back.address} becomes $80; backwards it falls, but at 0 it rises by 1 and {back.address} becomes 0. The colour with the new number goes to the word {slot.address}.",
        f"Ping-pong palette animation? Colours {listed(colors)}; index byte {place.address} (< {length}), direction byte {back.address} (bit 7: down). Turn round at the ends without showing an end twice ($80 down, $00 up is stored at a turn). Result word {slot.address}.",
        f"i, d = byte[{place.address}], byte[{back.address}]; d & $80: i == 0 ? (i = 1, d = 0) : i -= 1; else: i == {length - 1} ? (i = {length - 2}, d = $80) : i += 1; word[{slot.address}] = ({listed(colors)})[i].",
        f"The crystal glows up and down through {length} colours: {listed(colors)}. Which one is shown is kept in {place.address}, the way in {back.address}: negative is downwards. One step per call; from the last colour it returns (direction $80), from the first it sets out again (direction 0). Put the new colour into {slot.address}, two bytes.",
    )


def hue_wheel(draw: Drawer) -> Made:
    hue, color = draw.variable(8, below=96), draw.variable(16)
    part = Algorithms(draw).own("part", 16)
    rest = minus(Number(31, 16), part)
    program = (
        put(part, Widened(Field(Read(hue), 0, 5))),
        If(
            check(hue, "<", 32),
            (put(color, joined(rest, Shifted(Read(part), "left", 5))),),
            (
                If(
                    check(hue, "<", 64),
                    (put(color, joined(Shifted(rest, "left", 5), Shifted(Read(part), "left", 10))),),
                    (put(color, joined(Shifted(rest, "left", 10), Read(part))),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that turns a hue of 0 to 95 in {hue.address} into a BGR555 word at {color.address}. With p = hue modulo 32: below 32 red is 31 - p and green p; below 64 green is 31 - p and blue p; from 64 on blue is 31 - p and red p. The third channel is 0.",
        f"Rainbow colours from a counter? Hue byte {hue.address} (0..95), p = hue & 31. 0-31: red to green, 32-63: green to blue, 64-95: blue to red; the outgoing channel is 31 - p, the incoming one p, the third 0. Word {color.address}.",
        f"h = byte[{hue.address}] < 96, p = h & 31; word[{color.address}] = BGR555: h < 32 (31-p, p, 0); h < 64 (0, 31-p, p); else (p, 0, 31-p).",
        f"The magic gem runs through the rainbow. Its hue is in {hue.address} and never 96 or more: 32 steps from red to green, 32 from green to blue, 32 from blue back to red, one channel losing exactly as the next gains (they always add up to 31). Write the colour to {color.address}, two bytes, console format.",
    )


def life_bar_color(draw: Drawer) -> Made:
    health, color = draw.variable(8), draw.variable(16)
    part = Algorithms(draw).own("part", 16)
    doubled = Shifted(Read(part), "left", 1)
    program = (
        put(part, Widened(Shifted(Read(health), "right", 3))),
        If(
            check(part, "<", 16),
            (put(color, joined(Number(31, 16), Shifted(doubled, "left", 5))),),
            (put(color, joined(Shifted(minus(Number(31, 16), part), "left", 1), Number(31 << 5, 16))),),
        ),
    )
    return program, (
        f"Write a routine that colours a life bar: p = byte {health.address} / 8, rounded down. If p is below 16, red is 31 and green 2p; otherwise green is 31 and red 2 * (31 - p). Blue is 0. The BGR555 word goes to {color.address}.",
        f"Health bar from red over yellow to green? Health byte {health.address}; p = health >> 3; p < 16: (31, 2p, 0), else (2(31 - p), 31, 0) as r, g, b. Word {color.address}.",
        f"p = byte[{health.address}] >> 3; word[{color.address}] = p < 16 ? 31 | (2p) << 5 : (62 - 2p) | 31 << 5.",
        f"At full health (255 in {health.address}) the bar is green, at half yellow, near death red. An eighth of the health, fraction dropped, is what counts: under 16 full red with twice that much green; else full green with as much red as twice what's missing to 31. No blue. Store the colour word at {color.address}.",
    )


def color_math(draw: Drawer) -> Made:
    main, sub, result = draw.variable(16), draw.variable(16), draw.variable(16)
    minus_ = draw.maybe(0.5)
    made = []
    for a, b in zip(_channels(Read(main)), _channels(Read(sub)), strict=True):
        made.append(Saturating("subtract" if minus_ else "add", a, b, 0 if minus_ else 31))
    working = Algorithms(draw)
    red, green, blue = (working.own(name, 16) for name in ("red", "green", "blue"))
    program = (
        put(red, made[0]), put(green, made[1]), put(blue, made[2]), put(result, _word_of(Read(red), Read(green), Read(blue))),
    )  # fmt: skip
    verb = "subtracts" if minus_ else "adds"
    stop = "not below 0" if minus_ else "not above 31"
    return program, (
        f"Write a routine that {verb} two colours as the PPU's colour math does: main colour word {main.address}, sub colour word {sub.address}, channel by channel, {stop}; the result, a BGR555 word with bit 15 clear, goes to {result.address}.",
        f"What colour does the PPU show with colour math ({'subtract' if minus_ else 'add'}, no halving)? Main {main.address}, sub {sub.address} (BGR555 words), result word {result.address}.",
        f"word[{result.address}] = per channel {'max(m - s, 0)' if minus_ else 'min(m + s, 31)'}; m = word[{main.address}], s = word[{sub.address}], 5 bits each.",
        f"My palette preview must show how {'a shadow' if minus_ else 'a lamp'} layered over the floor will look. The floor's colour is at {main.address}, the {'shadow' if minus_ else 'lamp'}'s at {sub.address}; each of red, green, blue {'loses' if minus_ else 'gains'} the other's amount, {stop}. Write the outcome to {result.address} (16 bits, the top one 0).",
    )


def night_table_tint(draw: Drawer) -> Made:
    hours = draw.one(6, 8, 12, 24)
    colors, hour = draw.array(16, draw.one(4, 8, 16)), draw.variable(8, below=hours)
    name, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    amounts = Table("HourShade", "hour shade", tuple(draw.rng.randrange(0, 20) for _ in range(hours)), 16)
    loss = Algorithms(draw).own("loss", 16)
    channel = Field(Read(Here(colors)), low, 5)
    lowered = Saturating("subtract", channel, Read(loss), 0)
    placed = Shifted(lowered, "left", low) if low else lowered
    program = (
        put(loss, at(amounts, hour)),
        Each((colors,), (put(Here(colors), joined(masked(Here(colors), 0x7FFF & ~(31 << low)), placed)),)),
    )
    told = ", ".join(str(one) for one in amounts.values)
    return program, (
        f"Write a routine that takes {name} out of {colors.length} BGR555 words at {colors.address} by the hour: byte {hour.address} (0 to {hours - 1}) selects how many levels from {told}; each colour's {name} loses that many, not below 0. The other channels stay, bit 15 becomes 0.",
        f"How do I shade a palette by the time of day? Levels of {name} to subtract for hours 0..{hours - 1}: {told}; hour in byte {hour.address}; {colors.length} words at {colors.address}; clamp at 0, bit 15 off.",
        f"d = ({told})[byte[{hour.address}]]; for c in {colors.length} words at {colors.address}: c.{name} = max(c.{name} - d, 0), bit 15 = 0.",
        f"The later it gets, the less {name} there is. My clock has {hours} hours (the current one in {hour.address}), and their losses are {told}. Apply the current one to all {colors.length} colours from {colors.address} on, stopping at none left; clear the spare bit while you're at it.",
    )


def chosen_entries_lighter(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(8, 16))
    chosen = draw.variable(16 if colors.length == 16 else 8)
    name, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    rest = Algorithms(draw).own("rest", chosen.width)
    mask = 31 << low
    lighter = when(check(masked(Here(colors), mask), "!=", mask), put(Here(colors), plus(Here(colors), 1 << low)))
    program = (
        put(rest, chosen),
        Each((colors,), (when(Bits(Read(rest), 1, "any"), lighter), put(rest, Shifted(Read(rest), "right", 1)))),
    )
    return program, (
        f"Write a routine that brightens chosen colours: bit i of the {size(chosen)} {chosen.address} belongs to entry i of the {colors.length} BGR555 words at {colors.address}. Where it is set, {name} rises by one level unless it is 31 already; all else stays.",
        f"How do I pulse only some palette entries? Mask {size(chosen)} {chosen.address} (bit i = colour i), {colors.length} words at {colors.address}: {name} + 1 for the marked ones, stop at 31.",
        f"for i < {colors.length}: if bit i of {size(chosen)}[{chosen.address}]: c[i].{name} = min(c[i].{name} + 1, 31); c: colours at {colors.address}.",
        f"The lava colours glow, the rock ones don't. Which of the {colors.length} colours (from {colors.address}) are lava is said by the bits of {chosen.address}, the lowest for the first. Give each of those one more level of {name}, never beyond the full 31 and without spilling into its neighbours.",
    )


RECIPES = (
    wash_out,
    sepia,
    turn_hue,
    color_difference,
    closest_color,
    posterize,
    readable_text_color,
    dim_by_level,
    fade_all_towards,
    darkest_entry,
    count_greys,
    ping_pong_color,
    hue_wheel,
    life_bar_color,
    color_math,
    night_table_tint,
    chosen_entries_lighter,
)
