"""Numbers for their own sake: formulas, digits, colours and words made of parts, and small loops over bits and turns."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Chosen,
    Compared,
    Expression,
    Field,
    Half,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Statement,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def linear(draw: Drawer) -> Made:
    x, y = draw.variable(8), draw.variable(16)
    slope, base = draw.one(2, 3, 4, 5, 6, 7, 9, 10, 12, 15, 20, 25), draw.rng.randrange(1, 3000)
    minus = draw.maybe(0.3)
    value = Binary("subtract" if minus else "add", Scaled(Widened(Read(x)), slope), Number(base, 16))
    sign = "-" if minus else "+"
    return (Set(y, value),), (
        f"Write a routine that evaluates {slope} * x {sign} {base}, x being the byte {x.address}; the result is the word {y.address}, modulo 65536.",
        f"How do I compute a straight line? y = {slope}x {sign} {base}; x: byte {x.address}; y: word {y.address} (wraps).",
        f"word[{y.address}] = {slope} * byte[{x.address}] {sign} {base}.",
        f"A ride of {x.address} (byte) tiles costs {slope} per tile, {'less a discount of' if minus else 'plus'} {base}. The price, 16 bits, goes to {y.address}.",
    )


def percent(draw: Drawer) -> Made:
    value, result = draw.variable(8), draw.variable(16)
    share = draw.one(10, 15, 20, 25, 30, 40, 60, 75, 80, 90)
    part = Quotient(Product(Read(value), Number(share)), Number(100))
    return (Set(result, part),), (
        f"Write a routine that computes {share} percent of the byte {value.address} (times {share}, divided by 100, rounded down) into the word {result.address}.",
        f"How do I take {share} % of an 8-bit number ({value.address})? Integer part as a word to {result.address}.",
        f"word[{result.address}] = byte[{value.address}] * {share} / 100.",
        f"The sale gives {share} % of the price at {value.address} (one byte) back. Store the whole rupees of that at {result.address} (two bytes).",
    )


def blend(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    weight = draw.one(3, 7)
    total = Binary("add", Scaled(Widened(Read(one)), weight), Widened(Read(other)))
    shift = {3: 2, 7: 3}[weight]
    return (Set(result, Half(Shifted(total, "right", shift), False)),), (
        f"Write a routine that smooths a value: ({weight} * {one.address} + {other.address}) / {weight + 1}, rounded down, all bytes; result to {result.address}.",
        f"How do I weigh two bytes {weight} to 1? First {one.address}, second {other.address}, mean to {result.address}; compute in 16 bits and drop the fraction.",
        f"byte[{result.address}] = ({weight} * byte[{one.address}] + byte[{other.address}]) >> {shift}, 16-bit intermediate.",
        f"The needle at {result.address} moves softly: {weight} parts of the old reading {one.address} and one part of the new reading {other.address}, divided by {weight + 1}.",
    )


def digit_of(draw: Drawer) -> Made:
    value, result = draw.variable(16, below=1000), draw.variable(16)
    which = draw.one("tens", "hundreds", "ones")
    divided: Expression = Read(value)
    if which != "ones":
        divided = Quotient(Read(value), Number({"tens": 10, "hundreds": 100}[which]))
    digit: Expression = divided if which == "hundreds" else Quotient(divided, Number(10), True)
    return (Set(result, digit),), (
        f"Write a routine that extracts the {which} digit of the word {value.address} (0 to 999) to the word {result.address}.",
        f"What is the decimal {which} digit of a number below 1000? Number: word {value.address}; digit (0 to 9) as a word to {result.address}.",
        f"word[{result.address}] = {which} digit of word[{value.address}] (decimal, < 1000).",
        f"My counter sprite shows one figure: the {which} of {value.address} (16 bits, under 1000), as a number from 0 to 9 in {result.address} (16 bits).",
    )


def seconds_of(draw: Drawer) -> Made:
    frames, result, rate = draw.variable(16), draw.variable(16), draw.one(50, 60, 30, 20)
    rest = draw.maybe(0.4)
    return (Set(result, Quotient(Read(frames), Number(rate), rest)),), (
        f"Write a routine that converts frames (word {frames.address}) to {'the frames left over after whole seconds' if rest else 'whole seconds'} at {rate} frames a second; word to {result.address}.",
        f"How do I turn a frame count ({frames.address}, 16 bits) into {'what remains of a second' if rest else 'seconds'}? {rate} fps; result word {result.address}.",
        f"word[{result.address}] = word[{frames.address}] {'mod' if rest else 'div'} {rate}.",
        f"The race clock counts frames at {frames.address} (two bytes, {rate} each second). Put the {'frames within the running second' if rest else 'full seconds'} into {result.address}.",
    )


def pack_word(draw: Drawer) -> Made:
    tile, palette, word = draw.variable(16), draw.variable(8, below=8), draw.variable(16)
    bits = draw.one(8, 9, 10)
    low = Binary("and", Read(tile), Number((1 << bits) - 1, 16))
    value = Binary("or", Shifted(Widened(Read(palette)), "left", bits), low)
    return (Set(word, value),), (
        f"Write a routine that packs a number and a colour into one word at {word.address}: bits 0 to {bits - 1} are those of the word {tile.address}, above them come the three bits of {palette.address} (a byte below 8).",
        f"How do I combine the low {bits} bits of {tile.address} (word) with a value 0..7 ({palette.address}, byte) shifted left by {bits}? Store the word at {word.address}.",
        f"word[{word.address}] = (word[{tile.address}] & ${(1 << bits) - 1:04X}) | byte[{palette.address}] << {bits}; the byte is below 8.",
        f"My map entries keep the tile in the low {bits} bits and the palette in the next three. Tile: {tile.address} (16 bits, use only its low {bits}); palette: {palette.address} (0-7). Entry to {word.address}.",
    )


def color_part(draw: Drawer) -> Made:
    color, result = draw.variable(16), draw.variable(16)
    which = draw.one("red", "green", "blue")
    low = {"red": 0, "green": 5, "blue": 10}[which]
    return (Set(result, Field(Read(color), low, 5)),), (
        f"Write a routine that extracts {which} from a SNES colour: the word {color.address} has red in bits 0-4, green in 5-9, blue in 10-14; store the part (0 to 31) as a word at {result.address}.",
        f"How do I get the {which} component of a 15-bit BGR colour ({color.address}, word: 0bbbbbgg gggrrrrr)? To the word {result.address}.",
        f"word[{result.address}] = word[{color.address}] >> {low} & 31 ({which}).",
        f"For a fade I need only {which} of the colour at {color.address} (bits {low} to {low + 4} of the word) as a number in {result.address}.",
    )


def set_color_part(draw: Drawer) -> Made:
    color, part = draw.variable(16), draw.variable(16, below=32)
    which = draw.one("red", "green", "blue")
    low = {"red": 0, "green": 5, "blue": 10}[which]
    kept = Binary("and", Read(color), Number(0xFFFF ^ 0x1F << low, 16))
    moved: Expression = Shifted(Read(part), "left", low) if low else Read(part)
    return (Set(color, Binary("or", kept, moved)),), (
        f"Write a routine that replaces the {which} of the SNES colour at {color.address} (word, {which} in bits {low} to {low + 4}) by the word {part.address} (0 to 31); the other bits stay.",
        f"How do I change just the {which} in a colour word ({color.address})? New value: word {part.address}, below 32, to bits {low}..{low + 4}.",
        f"word[{color.address}] = word[{color.address}] & ~${0x1F << low:04X} | word[{part.address}] << {low}; part < 32.",
        f"The potion tints everything: its {which} level ({part.address}, 16 bits, at most 31) goes into the {which} bits ({low}-{low + 4}) of {color.address}, and nothing else there changes.",
    )


def brighter(draw: Drawer) -> Made:
    value = draw.variable(8, below=32)
    step = draw.rng.randrange(1, 12)
    up = draw.maybe(0.5)
    program = Set(value, Saturating("add" if up else "subtract", Read(value), Number(step), 31 if up else 0))
    return (program,), (
        f"Write a routine that makes a colour component {'brighter' if up else 'darker'}: the byte {value.address} (0 to 31) {'goes up' if up else 'goes down'} by {step}, but not {'above 31' if up else 'below 0'}.",
        f"How do I {'raise' if up else 'lower'} a 5-bit intensity at {value.address} by {step} with a stop at {'31' if up else '0'}?",
        f"byte[{value.address}] = {'min' if up else 'max'}(byte[{value.address}] {'+' if up else '-'} {step}, {31 if up else 0}); it is below 32.",
        f"{'Dawn' if up else 'Dusk'}: each call {'adds' if up else 'takes away'} {step} {'to' if up else 'from'} the light at {value.address} (five bits); {'full' if up else 'no'} light is the end.",
    )


def halves_joined(draw: Drawer) -> Made:
    low, high, word = draw.variable(8), draw.variable(8), draw.variable(16)
    if draw.maybe(0.5):
        return (Set(word, Joined(Read(high), Read(low))),), (
            f"Write a routine that builds a word at {word.address} from two bytes: {low.address} is its low byte, {high.address} its high byte.",
            f"How do I join {high.address} (high) and {low.address} (low) into a 16-bit value at {word.address}?",
            f"word[{word.address}] = byte[{high.address}] << 8 | byte[{low.address}].",
            f"The level file has its length split: {high.address} is worth 256 each, {low.address} one each. Total (two bytes) to {word.address}.",
        )
    return (Set(low, Half(Read(word), False)), Set(high, Half(Read(word), True))), (
        f"Write a routine that splits the word {word.address}: its low byte goes to {low.address}, its high byte to {high.address}.",
        f"How do I take a 16-bit number at {word.address} apart into {low.address} (low) and {high.address} (high)?",
        f"byte[{low.address}] = word[{word.address}] & $FF; byte[{high.address}] = word[{word.address}] >> 8.",
        f"The sound driver wants {word.address} (two bytes) in two single places: lower half at {low.address}, upper half at {high.address}.",
    )


def how_many_times(draw: Drawer) -> Made:
    value, count = draw.variable(draw.one(8, 16)), draw.variable(8)
    rest = Algorithms(draw).own("rest", value.width)
    part = draw.rng.randrange(7, 60) if value.width == 8 else draw.rng.randrange(400, 9000)
    leave = draw.maybe(0.4)
    program: tuple[Statement, ...] = (
        Set(rest, Read(value)),
        Set(count, Number(0)),
        While(
            Compared(">=", Read(rest), Number(part, value.width)),
            (
                Set(rest, Binary("subtract", Read(rest), Number(part, value.width))),
                Set(count, Binary("add", Read(count), Number(1))),
            ),
        ),
    )
    if leave:
        program = (*program, Set(value, Read(rest)))
    kind = "byte" if value.width == 8 else "word"
    also = (
        f"; what is left over replaces the {kind} at {value.address}" if leave else f"; {value.address} stays as it is"
    )
    return program, (
        f"Write a routine that finds how often {part} fits into the {kind} at {value.address} and stores that in the byte {count.address}{also}.",
        f"How do I divide {value.address} ({kind}, unsigned) by {part}? Quotient to the byte {count.address}{also}.",
        f"byte[{count.address}] = {kind}[{value.address}] / {part}{f'; {kind}[{value.address}] %= {part}' if leave else ''}.",
        f"Planks of length {part} are cut from a log of length {value.address} ({value.width} bits). The number of planks goes to {count.address}{also}.",
    )


def repeat_step(draw: Drawer) -> Made:
    turns, value = draw.variable(8, below=draw.one(8, 10, 16)), draw.variable(16)
    kind = draw.one("double", "half", "tax", "mix")
    key = draw.rng.randrange(1, 0x10000)
    step: Expression
    if kind == "double":
        step, words = Shifted(Read(value), "left", 1), "double it (16 bits, overflow lost)"
    elif kind == "half":
        step, words = Shifted(Read(value), "right", 1), "halve it (rounded down)"
    elif kind == "tax":
        step, words = (
            Binary("subtract", Read(value), Shifted(Read(value), "right", 3)),
            "take away its eighth (value >> 3)",
        )
    else:
        step, words = (
            Binary("xor", Shifted(Read(value), "rotate left", 1), Number(key, 16)),
            f"rotate it left by one bit (16 bits) and exclusive-or it with ${key:04X}",
        )
    program = (Repeat(Read(turns), (Set(value, step),)),)
    return program, (
        f"Write a routine that changes the word {value.address} as many times as the byte {turns.address} says (0 to {(turns.below or 1) - 1}): each time {words}.",
        f"How do I apply a step n times? n: byte {turns.address}, below {turns.below}; value: word {value.address}; step: {words}.",
        f"repeat byte[{turns.address}] times: {words}; value = word[{value.address}]; count < {turns.below}.",
        f"For every day that passed ({turns.address}, fewer than {turns.below}) do this to the 16-bit {value.meaning} at {value.address}: {words}.",
    )


def count_trailing(draw: Drawer) -> Made:
    value, count = draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    step = Set(rest, Shifted(Read(rest), "right", draw.one(1, 2)))
    gap = step.value.count if isinstance(step.value, Shifted) else 1
    program = (
        Set(rest, Read(value)),
        Set(count, Number(0)),
        While(Compared("!=", Read(rest), Number(0)), (step, Set(count, Binary("add", Read(count), Number(1))))),
    )
    return program, (
        f"Write a routine that counts how many times the byte {value.address} can be shifted right by {gap} until nothing is left of it; count to {count.address} (0 for 0). The byte itself stays.",
        f"How many right shifts by {gap} make {value.address} zero? To {count.address}; the source is kept.",
        f"n = 0; v = byte[{value.address}]; while v: v >>= {gap}, n += 1; byte[{count.address}] = n.",
        f"My packed number at {value.address} has digits of {gap} bit{'s' if gap > 1 else ''}; how many digits does it need (0 for the number 0)? Answer at {count.address}, number unchanged.",
    )


def magnitude_of(draw: Drawer) -> Made:
    speed = draw.variable(draw.one(8, 16))
    result = draw.variable(speed.width)
    kind = "byte" if speed.width == 8 else "word"
    cap = draw.rng.randrange(10, 100)
    limited = draw.maybe(0.5)
    value: Expression = Unary("magnitude", Read(speed))
    if limited:
        value = Binary("min", value, Number(cap, speed.width))
    end = f", at most {cap}" if limited else ""
    return (Set(result, value),), (
        f"Write a routine that stores how fast something moves regardless of direction: the absolute value of the signed {kind} {speed.address}{end}, to {result.address}.",
        f"How do I get |v| of a two's-complement {kind} ({speed.address}) into {result.address}{end}?",
        f"{kind}[{result.address}] = {f'min(|v|, {cap})' if limited else '|v|'}, v = signed {kind}[{speed.address}].",
        f"The needle shows speed without sign. v is the signed {kind} at {speed.address}; its size{end} goes to {result.address} ({speed.width} bits).",
    )


def pick_larger_of_three(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, two, three, result = (draw.variable(width) for _ in range(4))
    largest = draw.maybe(0.5)
    how: Literal["max", "min"] = "max" if largest else "min"
    value = Binary(how, Binary(how, Read(one), Read(two)), Read(three))
    kind = "bytes" if width == 8 else "words"
    return (Set(result, value),), (
        f"Write a routine that stores the {'largest' if largest else 'smallest'} of the {kind} {one.address}, {two.address} and {three.address} (unsigned) at {result.address}.",
        f"How do I find the {'maximum' if largest else 'minimum'} of three unsigned {width}-bit values ({one.address}, {two.address}, {three.address})? To {result.address}.",
        f"[{result.address}] = {how}([{one.address}], [{two.address}], [{three.address}]), unsigned {kind}.",
        f"Three bidders, {one.address}, {two.address}, {three.address} ({width} bits each, unsigned). The {'highest' if largest else 'lowest'} bid is wanted at {result.address}.",
    )


def gate_value(draw: Drawer) -> Made:
    value, flags, result = draw.variable(8), draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    shift = draw.one(1, 2)
    halved = Shifted(Read(value), "right", shift)
    return (Set(result, Chosen(Bits(Read(flags), mask, "any"), halved, Read(value))),), (
        f"Write a routine that stores the byte {value.address} at {result.address}, divided by {1 << shift} (rounded down) if ${mask:02X} is set in {flags.address}.",
        f"How do I weaken a value under a condition? Value {value.address}; condition: mask ${mask:02X} of {flags.address}; result {result.address} = value >> {shift} if set, else the value.",
        f"byte[{result.address}] = byte[{flags.address}] & ${mask:02X} ? byte[{value.address}] >> {shift} : byte[{value.address}].",
        f"A shield (${mask:02X} in {flags.address}) lets only a {'half' if shift == 1 else 'quarter'} of the damage {value.address} through. What arrives goes to {result.address}.",
    )


RECIPES = (
    linear,
    percent,
    blend,
    digit_of,
    seconds_of,
    pack_word,
    color_part,
    set_color_part,
    brighter,
    halves_joined,
    how_many_times,
    repeat_step,
    count_trailing,
    magnitude_of,
    pick_larger_of_three,
    gate_value,
)
