"""Words compared, wrapped and measured: overflow, rings, distances, roots, dates and versions, crossing of limits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Either,
    Expression,
    Half,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Shifted,
    Statement,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    value,
    when,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def compare_versions(draw: Drawer) -> Made:
    majors, minors = draw.one(4, 5, 8), draw.one(6, 8, 10)
    a, x = draw.variable(8, below=majors), draw.variable(8, below=majors)
    b, y = draw.variable(8, below=minors), draw.variable(8, below=minors)
    result, older = draw.variable(8), draw.one(0xFF, 2)
    program = (
        put(result, 0),
        If(
            check(a, "==", x),
            (
                when(check(b, ">", y), put(result, 1)),
                when(check(b, "<", y), put(result, older)),
            ),
            (put(result, either(check(a, ">", x), 1, older)),),
        ),
    )
    return program, (
        f"Write a routine that compares two version numbers: mine is {a.address}.{b.address}, the other {x.address}.{y.address} (bytes; the first part is below {majors} and decides, the second is below {minors}). {result.address} becomes 1 if mine is newer, ${older:02X} if it is older, 0 if they are the same.",
        f"How do I compare major.minor? Mine: bytes {a.address}, {b.address}; theirs: {x.address}, {y.address} (majors under {majors}, minors under {minors}). Newer 1, older ${older:02X}, equal 0 to {result.address}.",
        f"byte[{result.address}] = m > t ? 1 : m < t ? ${older:02X} : 0, m = (byte[{a.address}], byte[{b.address}]), t = (byte[{x.address}], byte[{y.address}]), compared as pairs.",
        f"version cmp {a.address}.{b.address} vs {x.address}.{y.address} -> {result.address}: 1 / 0 / ${older:02X}",
        f"My hack refuses saves of a later version. The cartridge's version lies in {a.address} (major, at most {majors - 1}) and {b.address} (minor, at most {minors - 1}), the save's in {x.address} and {y.address}. Say in {result.address} how the cartridge stands to the save: 1 later, ${older:02X} earlier, 0 same. A minor counts only between equal majors.",
    )


def later_date(draw: Drawer) -> Made:
    year, month, day = draw.variable(16), draw.variable(8, below=13), draw.variable(8, below=32)
    other_year, other_month, other_day = draw.variable(16), draw.variable(8, below=13), draw.variable(8, below=32)
    own = Algorithms(draw).own
    mine, theirs = own("first", 16), own("second", 16)
    program = (
        put(mine, joined(shl(wide(month), 5), wide(day))),
        put(theirs, joined(shl(wide(other_month), 5), wide(other_day))),
        Report(
            Either(
                check(year, ">", other_year),
                Both(check(year, "==", other_year), check(mine, ">", theirs)),
            )
        ),
    )
    return program, (
        f"Write a routine that sets the carry if one date is later than another, and clears it if it is earlier or the same. Year (word), month (0 to 12) and day (0 to 31) of the first: {year.address}, {month.address}, {day.address}; of the second: {other_year.address}, {other_month.address}, {other_day.address}.",
        f"How do I compare dates? First: word {year.address}, bytes {month.address} (under 13), {day.address} (under 32); second likewise {other_year.address}, {other_month.address}, {other_day.address}. Carry set = first is strictly later.",
        f"carry = (word[{year.address}], byte[{month.address}], byte[{day.address}]) > (word[{other_year.address}], byte[{other_month.address}], byte[{other_day.address}]), months < 13, days < 32.",
        f"C = date {year.address}/{month.address}/{day.address} after {other_year.address}/{other_month.address}/{other_day.address} (u16/u8 <13/u8 <32)",
        f"The contract ends on {other_day.address}.{other_month.address}.{other_year.address} (day, month, year; the year has two bytes) and today is {day.address}.{month.address}.{year.address}. Is it over? Carry set if today is past that day, clear up to and including it. Months never exceed 12, days 31.",
    )


def wrap_in_level(draw: Drawer) -> Made:
    place, step = draw.variable(16), draw.variable(8, signed=True)
    width = draw.one(320, 512, 640, 768, 1000, 1536)
    program = (
        put(place, plus(place, Widened(Read(step), signed=True))),
        If(
            Bits(Read(place), 0x8000, "any"),
            (more(place, width),),
            (when(check(place, ">=", width), less(place, width)),),
        ),
    )
    return program, (
        f"Write a routine that moves {place.address} (a word) by the signed byte {step.address} in a level {width} pixels wide whose ends are joined: after the addition, {width} is added once if the word is negative (bit 15 set), otherwise subtracted once if it is {width} or more.",
        f"How do I wrap an x coordinate in a looping level? word {place.address} += sign-extended {step.address}; < 0: += {width}; else >= {width}: -= {width}, once.",
        f"x += (int8)byte[{step.address}]; if (x & $8000) x += {width}; else if (x >= {width}) x -= {width}; x = word[{place.address}].",
        f"{place.address} (u16) += s8 {step.address}, single wrap to 0..{width - 1}",
        f"Walk off the right edge of my world and you come in on the left. It is {width} pixels round; the hero is at {place.address}, 16 bits, and takes a step of {step.address}, negative to the left. One correction is enough: a negative place gets {width} more, one from {width} on {width} less.",
    )


def distance_on_ring(draw: Drawer) -> Made:
    ring = draw.one(360, 500, 720, 1000, 768, 1440)
    one, other, result = draw.variable(16, below=ring), draw.variable(16, below=ring), draw.variable(16)
    program = (
        put(result, Binary("distance", Read(one), Read(other))),
        when(check(result, ">", ring // 2), put(result, minus(ring, Read(result)))),
    )
    return program, (
        f"Write a routine that stores the shorter way between two places on a ring of {ring} units, {one.address} and {other.address} (words from 0 to {ring - 1}), at the word {result.address}.",
        f"How do I get a circular distance modulo {ring}? a {one.address}, b {other.address}, both below {ring}; min(|a - b|, {ring} - |a - b|) to word {result.address}.",
        f"d = abs(word[{one.address}] - word[{other.address}]); word[{result.address}] = min(d, {ring} - d); both < {ring}.",
        f"ring({ring}) distance {one.address} ~ {other.address} -> {result.address} (u16 in range)",
        f"A round lake has {ring} piers, numbered from 0. My boat lies at {one.address}, yours at {other.address} (two bytes each, always valid). How many piers are we apart, whichever way round is shorter? To {result.address}.",
    )


def gap_between_signed(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, other = draw.variable(width, signed=True), draw.variable(width, signed=True)
    result = draw.variable(width)
    program = (
        If(
            check(one, ">=", other, signed=True),
            (put(result, minus(one, other)),),
            (put(result, minus(other, one)),),
        ),
    )
    kind = size(one)
    return program, (
        f"Write a routine that stores how far the signed {kind}s {one.address} and {other.address} are apart, as an unsigned {kind} (it can be up to {(1 << width) - 1}), at {result.address}.",
        f"How do I take |a - b| of two's complement {kind}s without overflow trouble? a {one.address}, b {other.address} -> unsigned {kind} {result.address}; compare signed, subtract the smaller.",
        f"u{width}[{result.address}] = max(a, b) - min(a, b), a = int{width}[{one.address}], b = int{width}[{other.address}].",
        f"absdiff s{width} {one.address}, {other.address} -> u{width} {result.address}",
        f"Yesterday's temperature {one.address} and today's {other.address} may lie on different sides of zero, and far. By how many degrees did it change, up or down alike? {kind.capitalize()}s, the readings signed, the answer ({result.address}) not.",
    )


def add_and_tell_overflow(draw: Drawer) -> Made:
    one, other, result = (draw.variable(16, signed=True) for _ in range(3))
    flag = draw.variable(8)
    subtracts = draw.maybe(0.5)
    own = Algorithms(draw).own
    total = own("total", 16)
    operation = minus if subtracts else plus
    # Overflow: the operands (for a difference: the second one inverted) have one sign, the result the other.
    first = toggled(one, total)
    second = toggled(one, other) if subtracts else toggled(other, total)
    program = (
        put(total, operation(one, other)),
        put(flag, 0),
        when(Bits(masked(first, second), 0x8000, "any"), put(flag, 1)),
        put(result, total),
    )
    word, sign = ("difference", "-") if subtracts else ("sum", "+")
    return program, (
        f"Write a routine that stores the {word} {one.address} {sign} {other.address} of two signed words at {result.address}, wrapped to 16 bits, and at {flag.address} 1 if the true {word} does not fit a signed word, else 0.",
        f"How do I detect signed overflow? int16 {one.address} {sign} int16 {other.address} -> {result.address} (mod 65536); byte {flag.address} = 1 on overflow (the V flag after 16-bit {'SBC' if subtracts else 'ADC'}), 0 otherwise.",
        f"s = int16[{one.address}] {sign} int16[{other.address}], exact; word[{result.address}] = s & $FFFF; byte[{flag.address}] = s < -32768 || s > 32767.",
        f"s16 {one.address} {sign} {other.address} -> {result.address}, V -> {flag.address} (0/1)",
        f"My calculator mini game works with numbers from -32768 to 32767. {'Subtract ' + str(other.address) + ' from ' + str(one.address) if subtracts else 'Add ' + str(one.address) + ' and ' + str(other.address)}, write what 16 bits hold of the outcome to {result.address}, and light the error lamp {flag.address} (1, else 0) when the outcome is out of that range.",
    )


def step_on_ring(draw: Drawer) -> Made:
    places = draw.rng.choice((5, 6, 7, 10, 12, 20, 24, 30, 50))
    place, step, laps = draw.variable(8, below=places), draw.variable(8, signed=True), draw.variable(8)
    own = Algorithms(draw).own
    spot = own("spot", 16)
    program = (
        put(spot, plus(wide(place), Widened(Read(step), signed=True))),
        While(check(spot, "<", 0, signed=True), (more(spot, places), less(laps))),
        While(check(spot, ">=", places, signed=True), (less(spot, places), more(laps))),
        put(place, low(spot)),
    )
    return program, (
        f"Write a routine that moves a token on a round board of {places} fields: {place.address} (0 to {places - 1}) changes by the signed byte {step.address}, modulo {places}; each passing from the last field to field 0 raises the laps {laps.address} by 1, each passing backwards lowers them by 1 (the byte wraps).",
        f"How do I add a signed step modulo {places} and keep the lap count? Place {place.address} (below {places}), step int8 {step.address}; floor((place + step) / {places}) is added to byte {laps.address}, the remainder (0 or more) stays in {place.address}.",
        f"n = byte[{place.address}] + int8[{step.address}]; byte[{laps.address}] += n // {places}; byte[{place.address}] = n mod {places} (Python semantics, 8-bit laps; place < {places}).",
        f"{place.address} (0..{places - 1}) += s8 {step.address} on a ring of {places}; laps {laps.address} += floored quotient",
        f"The dice say {step.address}, and on cursed turns that's negative. My pawn on field {place.address} of {places}, numbered from 0, goes so many fields round the board, forwards or back. The start line runs between the last field and field 0: add 1 to {laps.address} every time the pawn crosses it forwards, take 1 off every time it crosses it backwards.",
    )


def hypotenuse(draw: Drawer) -> Made:
    x, y, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, odd, root = own("rest", 16), own("odd number", 16), own("root")
    a, b = masked(x, 0x7F), masked(y, 0x7F)
    program = (
        put(root, a),
        put(rest, Product(Read(root), Read(root))),
        put(root, b),
        more(rest, Product(Read(root), Read(root))),
        put(odd, 1),
        put(root, 0),
        While(check(rest, ">=", odd), (less(rest, odd), more(odd, 2), more(root))),
        put(result, root),
    )
    return program, (
        f"Write a routine that computes the straight distance for the offsets x and y, the low seven bits of {x.address} and of {y.address}: the square root of x * x + y * y, rounded down, to {result.address}.",
        f"How do I do Pythagoras in integers? x = {x.address} & $7F, y = {y.address} & $7F; floor(sqrt(x^2 + y^2)) to byte {result.address} (subtract odd numbers for the root).",
        f"byte[{result.address}] = isqrt(x * x + y * y), x = byte[{x.address}] & 127, y = byte[{y.address}] & 127.",
        f"hypot of {x.address}, {y.address} (7 bits) -> {result.address}, floor",
        f"A rope from the top of a mast {y.address} high to a peg {x.address} away from its foot (bit 7 of both numbers is a flag to be ignored): how long is it, pulled tight? Cut fractions off and store the whole units at {result.address}.",
    )


def larger_axis(draw: Drawer) -> Made:
    x, y, other_x, other_y = (draw.variable(16) for _ in range(4))
    distance, axis = draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    across, down = own("across", 16), own("down", 16)
    program = (
        put(across, Binary("distance", Read(x), Read(other_x))),
        put(down, Binary("distance", Read(y), Read(other_y))),
        put(distance, Binary("max", Read(across), Read(down))),
        put(axis, either(check(across, ">=", down), 0, 1)),
    )
    return program, (
        f"Write a routine that computes the king's distance between ({x.address}, {y.address}) and ({other_x.address}, {other_y.address}), unsigned words: the larger of the differences in x and in y, to the word {distance.address}. {axis.address} becomes 1 if the y difference is the larger one, else 0.",
        f"How do I get the Chebyshev distance and the dominant axis? Points {x.address}/{y.address} and {other_x.address}/{other_y.address} (u16); max(|dx|, |dy|) -> word {distance.address}; byte {axis.address} = |dy| > |dx|.",
        f"dx = abs(x1 - x2); dy = abs(y1 - y2); word[{distance.address}] = max(dx, dy); byte[{axis.address}] = dy > dx; x1, y1, x2, y2 = words {x.address}, {y.address}, {other_x.address}, {other_y.address}.",
        f"chebyshev ({x.address},{y.address})-({other_x.address},{other_y.address}) -> {distance.address}; vertical? {axis.address}",
        f"A guard at {x.address}, {y.address} may step diagonally, so it reaches me ({other_x.address}, {other_y.address}) in as many steps as the longer of the two offsets. Store that number, 16 bits like the coordinates, at {distance.address}, and at {axis.address} a 0 if the horizontal offset is the longer one or they tie, 1 if the vertical is.",
    )


def sum_of_three_with_carry(draw: Drawer) -> Made:
    one, other, third, result = (draw.variable(16) for _ in range(4))
    carries = draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(carries, 0),
        put(total, plus(one, other)),
        when(check(total, "<", one), more(carries)),
        put(total, plus(total, third)),
        when(check(total, "<", third), more(carries)),
        put(result, total),
    )
    return program, (
        f"Write a routine that adds the three unsigned words {one.address}, {other.address} and {third.address}: the low 16 bits of the sum go to {result.address}, the number of carries out of them (0, 1 or 2) to {carries.address}.",
        f"How do I add three words and keep the carries? {one.address} + {other.address} + {third.address} -> word {result.address}, bits 16 and up -> byte {carries.address}.",
        f"s = word[{one.address}] + word[{other.address}] + word[{third.address}]; word[{result.address}] = s & $FFFF; byte[{carries.address}] = s >> 16.",
        f"u16 x3: {one.address} + {other.address} + {third.address} -> {result.address}, hi {carries.address}",
        f"Three wallets, {one.address}, {other.address} and {third.address}, with up to 65535 coins each, are emptied into one chest. The chest's count is a word, {result.address}, and how often that ran over is kept in {carries.address}.",
    )


def thousands_for_display(draw: Drawer) -> Made:
    number, whole, tenth = draw.variable(16), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    rounds = draw.maybe(0.5)
    program: tuple[Statement, ...] = (
        put(rest, number),
        put(whole, 0),
        put(tenth, 0),
        While(check(rest, ">=", 1000), (less(rest, 1000), more(whole))),
        While(check(rest, ">=", 100), (less(rest, 100), more(tenth))),
    )
    if rounds:
        program = (
            *program,
            when(check(rest, ">=", 50), more(tenth), when(check(tenth, "==", 10), put(tenth, 0), more(whole))),
        )
    how = "rounded to the nearest, halves up" if rounds else "rounded down"
    return program, (
        f"Write a routine that shortens the word {number.address} to thousands with one decimal, {how}: 12345 is shown as 12.3k. The whole thousands go to {whole.address}, the decimal (0 to 9) to {tenth.address}.",
        f'How do I split a word for a "12.3k" display? {number.address} -> thousands {whole.address}, hundreds digit {tenth.address}; {how}.',
        f"h = {'(n + 50) / 100' if rounds else 'n / 100'}; byte[{whole.address}] = h / 10; byte[{tenth.address}] = h % 10; n = word[{number.address}], exact, floor.",
        f"{number.address} (u16) as k: {whole.address}.{tenth.address}, {how}",
        f"There's no room for five figures in the corner of my screen. Of {number.address}, 16 bits, I show thousands, a point and hundreds. Put the former into {whole.address}, the latter into {tenth.address}; {how}{', so 1950 becomes 2 and 0' if rounds else ', so 1999 becomes 1 and 9'}.",
    )


def back_and_forth(draw: Drawer) -> Made:
    count, result = draw.variable(16), draw.variable(8)
    last = draw.one(3, 5, 6, 9, 11, 20, 30, 50)
    own = Algorithms(draw).own
    spot = own("spot")
    program = (
        put(spot, low(Quotient(Read(count), Number(2 * last), remainder=True))),
        when(check(spot, ">", last), put(spot, minus(2 * last, Read(spot)))),
        put(result, spot),
    )
    return program, (
        f"Write a routine that turns the step count in the word {count.address} into a place that goes back and forth between 0 and {last}: with n = count modulo {2 * last}, the place is n up to {last} and {2 * last} - n beyond. Byte to {result.address}.",
        f"How do I make a ping-pong index from a counter? Word {count.address}; 0, 1, ..., {last}, {last - 1}, ..., 1, 0, 1 ... (period {2 * last}); byte {result.address}.",
        f"n = word[{count.address}] % {2 * last}; byte[{result.address}] = n <= {last} ? n : {2 * last} - n.",
        f"pingpong(u16 {count.address}, 0..{last}) -> {result.address}",
        f"A patrol walks from post 0 to post {last} and returns, and so on; the ends are not visited twice in a row. It has taken {count.address} steps from post 0 (16-bit count). At which post is it? To {result.address}.",
    )


def change_in_percent(draw: Drawer) -> Made:
    before, after, result, direction = (draw.variable(8) for _ in range(4))
    own = Algorithms(draw).own
    change = own("percent", 16)
    program = (
        put(direction, either(check(after, "<", before), 1, 0)),
        put(result, 0xFF),
        when(
            check(before, "!=", 0),
            put(change, Quotient(Product(Binary("distance", Read(after), Read(before)), Number(100)), Read(before))),
            when(check(change, "<", 255), put(result, low(change))),
        ),
    )
    return program, (
        f"Write a routine that expresses a change in percent: from {before.address} to {after.address} (bytes). The size of the change, 100 * difference / old value rounded down, goes to {result.address}, 255 if it is more or the old value is 0; {direction.address} is 1 for a decrease, else 0.",
        f"How do I compute a percentage change? old {before.address}, new {after.address}; |new - old| * 100 / old, floor, max 255 (also for old = 0) -> {result.address}; new < old -> {direction.address} = 1, otherwise 0.",
        f"byte[{direction.address}] = n < o; byte[{result.address}] = o ? min(255, abs(n - o) * 100 / o) : 255; o = byte[{before.address}], n = byte[{after.address}].",
        f"% change {before.address} -> {after.address}: magnitude {result.address} (sat 255, old 0 -> 255), down flag {direction.address}",
        f"The shop's window says by how much a price moved: last week {before.address}, now {after.address}. I print the whole percents of last week's price from {result.address} (255 stands for \"255 or more\" and for goods that were free) and an arrow from {direction.address}, 1 for down and 0 for anything else.",
    )


def nearer_of_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    goal, one, other = draw.variable(width), draw.variable(width), draw.variable(width)
    result, which = draw.variable(width), draw.variable(8)
    own = Algorithms(draw).own
    first, second = own("first gap", width), own("second gap", width)
    kind = size(goal)
    program = (
        put(first, Binary("distance", Read(one), Read(goal))),
        put(second, Binary("distance", Read(other), Read(goal))),
        put(which, 0),
        put(result, first),
        when(check(second, "<", first), put(which, 1), put(result, second)),
    )
    return program, (
        f"Write a routine that finds which of two {kind}s is nearer to {goal.address}: {which.address} becomes 0 for {one.address} (also when both are equally near) and 1 for {other.address}; the distance of the nearer one goes to the {kind} {result.address}. Unsigned.",
        f"How do I pick the closer of two values? Target {goal.address}, candidates {one.address} (0) and {other.address} (1), {kind}s; |difference| of the winner -> {result.address}, its number -> byte {which.address}; tie: 0.",
        f"d0 = abs(a - g); d1 = abs(b - g); byte[{which.address}] = d1 < d0; {kind}[{result.address}] = min(d0, d1); g, a, b = {kind}s {goal.address}, {one.address}, {other.address}.",
        f"closer to {goal.address}: {one.address} or {other.address} (u{width}) -> {which.address} 0/1, gap {result.address}",
        f"Guess the weight! The pumpkin weighs {goal.address}; one guest said {one.address}, the other {other.address} (all {width} bits). Who wins - 0 the first, who also wins a tie, 1 the second - goes to {which.address}, and by how much the winner was off to {result.address}.",
    )


def how_far_outside(draw: Drawer) -> Made:
    place, result = draw.variable(16), draw.variable(16, signed=True)
    left = draw.one(16, 32, 64, 100, 256)
    right = left + draw.one(128, 200, 256, 512, 1000)
    program = (
        put(result, 0),
        when(check(place, "<", left), put(result, minus(place, left))),
        when(check(place, ">", right), put(result, minus(place, right))),
    )
    return program, (
        f"Write a routine that tells how far {place.address} (unsigned word) lies outside the range {left} to {right}: 0 inside (ends included), place - {left} below it (negative), place - {right} above it, modulo 65536, at the word {result.address}.",
        f"How do I compute a signed overshoot? Word {place.address}, range [{left}, {right}]; negative if too small, positive if too large, else 0; 16 bits (wrapping) to {result.address}.",
        f"word[{result.address}] = x < {left} ? x - {left} : x > {right} ? x - {right} : 0; x = word[{place.address}] unsigned, result mod 65536.",
        f"overshoot of {place.address} beyond {left}..{right} -> {result.address} (two's complement)",
        f"My camera shall follow only when the hero leaves the middle of the screen. At x = {place.address}, two bytes, between {left} and {right} it stays (0); left of that it must move by x - {left}, right of it by x - {right}. I want that movement as a signed word at {result.address}; ignore overflow.",
    )


def crossed_upward(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    before, now, count = draw.variable(width), draw.variable(width), draw.variable(8)
    mark = draw.rng.randrange(20, 230) if width == 8 else draw.one(100, 256, 500, 1000, 0x4000)
    both = draw.maybe(0.5)
    kind = size(now)
    upward = Both(check(before, "<", mark), check(now, ">=", mark))
    downward = Both(check(before, ">=", mark), check(now, "<", mark))
    program = (
        when(Either(upward, downward) if both else upward, more(count)),
        put(before, now),
    )
    way = "in either direction" if both else "upwards"
    told = (
        f"one of them is below {mark} and the other is not"
        if both
        else f"the previous one was below {mark} and the new one is not"
    )
    return program, (
        f"Write a routine that counts crossings of the level {mark} {way}: the new {kind} is {now.address}, the previous one {before.address}. If {told}, {count.address} grows by 1 (wrapping). Then the new one becomes the previous one.",
        f"How do I count threshold crossings ({way})? New {now.address}, last {before.address} ({kind}s, unsigned), level {mark}; ++byte {count.address} when {told}; then last = new.",
        f"if ({f'(p < {mark}) != (n < {mark})' if both else f'p < {mark} && n >= {mark}'}) ++byte[{count.address}]; p = n; p = {kind}[{before.address}], n = {kind}[{now.address}].",
        f"crossings of {mark} {way}: prev {before.address}, cur {now.address} (u{width}), counter {count.address}; shift cur to prev",
        f"The river gauge reads {now.address}, and {before.address} is what it read last time, {width} bits each. Flood marks are at {mark}: note in {count.address} each time the water {'passes the mark, rising to it or falling below it' if both else 'rises from below the mark to it or over it'}, and remember this reading for next time.",
    )


RECIPES = (
    compare_versions,
    later_date,
    wrap_in_level,
    distance_on_ring,
    gap_between_signed,
    add_and_tell_overflow,
    step_on_ring,
    hypotenuse,
    larger_axis,
    sum_of_three_with_carry,
    thousands_for_display,
    back_and_forth,
    change_in_percent,
    nearer_of_two,
    how_far_outside,
    crossed_upward,
)
