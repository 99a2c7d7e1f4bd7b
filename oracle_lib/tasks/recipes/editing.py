"""Lists and texts that are edited, and random sequences with constants of their own."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Bits, Each, Half, Here, If, Index, Number, Read, Repeat, Scaled, Set, Shifted, Stop
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, less, masked, minus, more, plus, put, toggled, when, where

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def galois_register(draw: Drawer) -> Made:
    seed, result = draw.variable(16), draw.variable(8)
    taps = draw.one(0xB400, 0xD008, 0xA001, 0x8016, draw.rng.randrange(0x8000, 0x10000))
    turns = draw.one(1, 2, 4, 8)
    own = Algorithms(draw).own
    state, low = own("state", 16), own("bit")
    step = (
        put(low, masked(Half(Read(state), False), 1)),
        Set(state, Shifted(Read(state), "right", 1)),
        when(check(low, "!=", 0), put(state, toggled(state, taps))),
    )
    loop = (Repeat(Number(turns), step),) if turns > 1 else step
    program = (put(state, seed), *loop, put(seed, state), put(result, Half(Read(state), True)))
    times = f"{turns} times" if turns > 1 else "once"
    return program, (
        f"Write a routine that steps the random word {seed.address} {times}: shift right by one, and if a 1 fell out, exclusive-or with ${taps:04X}. Then the byte {result.address} gets its high byte.",
        f"How do I clock a 16-bit Galois LFSR (right shift, taps ${taps:04X}) {times}? State: word {seed.address}; output: its high byte to byte {result.address}.",
        f"{times}: w = w >> 1 ^ (w & 1 ? ${taps:04X} : 0), w = word[{seed.address}]; then byte[{result.address}] = w >> 8.",
        f"My dungeon's dice are a shift register at {seed.address} (two bytes): out goes bit 0, and when that was 1 the rest is xored with ${taps:04X}. Do so {times} a roll; the upper half of what results is the roll, at {result.address}.",
    )


def multiply_and_add(draw: Drawer) -> Made:
    seed, result = draw.variable(16), draw.variable(8)
    factor, addend, sides = draw.one(5, 9, 13, 17, 33), draw.rng.randrange(1, 0x8000) | 1, draw.one(2, 4, 8, 16, 32)
    program = (
        put(seed, plus(Scaled(Read(seed), factor), addend)),
        put(result, plus(masked(Half(Read(seed), True), sides - 1), 1)),
    )
    return program, (
        f"Write a routine that rolls a die of {sides} sides: the word {seed.address} becomes {factor} times itself plus {addend} (modulo 65536); {result.address} (byte) gets 1 plus the low {sides.bit_length() - 1} bits of its high byte.",
        f"How do I get 1..{sides} from a linear congruential generator? s = word {seed.address} = s * {factor} + {addend}; byte {result.address} = ((s >> 8) & {sides - 1}) + 1.",
        f"word[{seed.address}] = word[{seed.address}] * {factor} + {addend}; byte[{result.address}] = (word[{seed.address}] >> 8 & {sides - 1}) + 1.",
        f"Chance in the casino: multiply the seed {seed.address} (16 bits) by {factor}, add {addend}, keep 16 bits. Of its upper byte take the remainder by {sides} and one more: that number, 1 to {sides}, goes to {result.address}.",
    )


def squeeze_blanks(draw: Drawer) -> Made:
    text = draw.array(8)
    blank = draw.one(0x20, 0x00, 0xFF, 0x7F)
    own = Algorithms(draw).own
    place, count = own("place"), draw.variable(8)
    program = (
        put(place, 0),
        Each(
            (text,),
            (when(check(Here(text), "!=", blank), put(at(text, place), Here(text)), more(place)),),
        ),
        put(count, place),
        Repeat(minus(Number(text.length), count), (put(at(text, place), blank), more(place))),
    )
    return program, (
        f"Write a routine that moves all bytes other than ${blank:02X} of the {where(text)} to the front, in their order, and fills up with ${blank:02X} behind them; {count.address} (byte) gets how many they are.",
        f"How do I compact an array in place? {where(text)}; drop every ${blank:02X}, keep the order, pad the tail with ${blank:02X}; number kept to byte {count.address}.",
        f"b = [x for x in {where(text)} if x != ${blank:02X}]; byte[{count.address}] = len(b); write b back, padded with ${blank:02X} to {text.length}.",
        f"The belt has gaps: of {text.length} places ({text.address}, a byte each) those with ${blank:02X} are empty. Push everything together towards the start without changing the order and count the goods at {count.address}.",
    )


def sorted_by_bubbles(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    values = draw.array(width, draw.rng.randrange(3, 11))
    swaps = draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    up = draw.maybe(0.5)
    one, other = at(values, place), at(values, plus(place, 1))
    held = own("held", width)
    program = (
        put(swaps, 0),
        put(place, 0),
        Repeat(
            Number(values.length - 1),
            (
                when(
                    check(one, ">" if up else "<", other),
                    put(held, one), put(one, other), put(other, held), more(swaps),
                ),
                more(place),
            ),
        ),
    )  # fmt: skip
    end = "largest" if up else "smallest"
    return program, (
        f"Write a routine that does one pass of a bubble sort over the {where(values)}, unsigned: from the front, neighbours of which the first is {'larger' if up else 'smaller'} change places, so that the {end} ends up last. {swaps.address} (byte) gets the number of exchanges.",
        f"How do I bubble the {end} to the end? {where(values)}; single pass from the first pair to the last; swap count to byte {swaps.address}.",
        f"n = 0; for i in 0..{values.length - 2}: if a[i] {'>' if up else '<'} a[i + 1]: swap, ++n; byte[{swaps.address}] = n; a = {where(values)}.",
        f"A queue sorts itself a little each frame: starting at its head everyone who is {'greater' if up else 'less'} than the one behind trades places with him, once along the whole line ({where(values)}). {swaps.address} tells how often, 0 meaning that it was sorted.",
    )


def rank_marks(draw: Drawer) -> Made:
    values = draw.array(8)
    first, wanted = draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    program = (
        put(first, 0xFF),
        Each(
            (values,),
            (
                when(
                    check(Here(values), ">=", wanted),
                    If(
                        Bits(Read(Here(values)), mask, "none"),
                        (put(first, Index()), less(Here(values), wanted), Stop()),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that looks through the {where(values)} for the first one that is at least the byte {wanted.address} (unsigned) and has bit {mask.bit_length() - 1} clear; its index goes to {first.address} and {wanted.address} is subtracted from it. If there is none, {first.address} becomes $FF.",
        f"How do I find and charge the first account that can pay? {where(values)}; conditions: value >= byte {wanted.address} and not value & ${mask:02X}; index to byte {first.address} ($FF: none), value -= byte {wanted.address}.",
        f"i = first with a[i] >= w and a[i] & ${mask:02X} == 0; byte[{first.address}] = i, a[i] -= w; none: $FF; a = {where(values)}, w = byte[{wanted.address}].",
        f"Which barrel can fill the jug of {wanted.address}? Of the {where(values)} take the first that holds as much and isn't marked by ${mask:02X}. Draw the amount from that one and note its number, counted from 0, at {first.address}; $FF says that no barrel would do.",
    )


RECIPES = (galois_register, multiply_and_add, squeeze_blanks, sorted_by_bubbles, rank_marks)
