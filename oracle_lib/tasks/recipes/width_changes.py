"""Words that are changed under a condition on a byte, and bytes under one on a word: every way out is of one width."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Either,
    Half,
    Here,
    If,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Saturating,
    Set,
    Shifted,
    Stop,
    Switch,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, listed, minus, more, plus, put, toggled, when

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def leave_if_busy(draw: Drawer) -> Made:
    busy, total, gain, sound = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(8)
    number = draw.rng.randrange(1, 100)
    program = (
        when(check(busy, "!=", 0), Stop()),
        more(total, gain),
        put(sound, number),
    )
    return program, (
        f"Write a routine that returns at once if the byte {busy.address} isn't 0; otherwise it adds the word {gain.address} to the word {total.address} (wrapping) and stores {number} in the byte {sound.address}.",
        f"How do I bail out early on a busy byte ({busy.address} != 0) before a 16-bit addition? total word {total.address} += word {gain.address}, then byte {sound.address} = {number}.",
        f"if byte[{busy.address}]: return; word[{total.address}] += word[{gain.address}]; byte[{sound.address}] = {number}.",
        f"The bank only takes deposits when nobody is at the counter ({busy.address} = 0): then {gain.address} joins {total.address}, two bytes each, and jingle {number} is requested at {sound.address}. With somebody there, nothing at all happens.",
    )


def step_by_kind(draw: Drawer) -> Made:
    kind, x = draw.variable(8), draw.variable(16)
    codes = draw.rng.sample(range(0x20), 3)
    steps = draw.rng.sample(range(1, 900), 2)
    program = (
        Switch(
            Read(kind),
            (
                (codes[0], (more(x, steps[0]),)),
                (codes[1], (less(x, steps[1]),)),
                (codes[2], (put(x, Shifted(Read(x), "right", 1)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that changes the word {x.address} by the byte {kind.address}: {codes[0]} adds {steps[0]}, {codes[1]} subtracts {steps[1]}, {codes[2]} halves it (unsigned), any other value leaves it. Sums wrap.",
        f"How do I dispatch on an 8-bit code and work on 16 bits? code {kind.address}, value {x.address}. {codes[0]}: +{steps[0]}; {codes[1]}: -{steps[1]}; {codes[2]}: >> 1; else nothing.",
        f"switch byte[{kind.address}]: {codes[0]}: w += {steps[0]}; {codes[1]}: w -= {steps[1]}; {codes[2]}: w >>= 1; w = word[{x.address}].",
        f"Three spells touch the price {x.address} (16 bits): number {codes[0]} raises it by {steps[0]}, number {codes[1]} cuts {steps[1]} off, number {codes[2]} halves it, rounding down. The spell cast is in {kind.address}; others don't.",
    )


def byte_by_word_limit(draw: Drawer) -> Made:
    height, level = draw.variable(16), draw.variable(8)
    low, high = sorted(draw.rng.sample(range(100, 60000), 2))
    values = draw.rng.sample(range(256), 3)
    program = (
        If(
            check(height, "<", low),
            (put(level, values[0]),),
            (If(check(height, "<", high), (put(level, values[1]),), (put(level, values[2]),)),),
        ),
    )
    return program, (
        f"Write a routine that grades the unsigned word {height.address} in a byte {level.address}: {values[0]} below {low}, {values[1]} below {high}, {values[2]} from there on.",
        f"How do I choose an 8-bit value by 16-bit limits? word {height.address}: < {low} -> {values[0]}, < {high} -> {values[1]}, else {values[2]}; byte {level.address}. The byte behind it must not change.",
        f"w = word[{height.address}]; byte[{level.address}] = w < {low} ? {values[0]} : w < {high} ? {values[1]} : {values[2]}.",
        f"The air gets thinner: under {low} metres the song is {values[0]}, under {high} it's {values[1]}, above {values[2]}. Height: {height.address} (two bytes, unsigned), song: {level.address} (one byte).",
    )


def signed_byte_onto_word(draw: Drawer) -> Made:
    x, speed, frozen = draw.variable(16), draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    program = (when(Bits(Read(frozen), mask, "none"), more(x, Widened(Read(speed), signed=True))),)
    return program, (
        f"Write a routine that adds the signed byte {speed.address} to the word {x.address}, but not when mask ${mask:02X} of {frozen.address} is set; wraps at 16 bits.",
        f"How do I sign-extend an 8-bit speed onto a 16-bit coordinate unless frozen? speed {speed.address}, x {x.address}, frozen: bit {mask.bit_length() - 1} of {frozen.address}.",
        f"if not byte[{frozen.address}] & ${mask:02X}: word[{x.address}] += sign_extend(byte[{speed.address}]).",
        f"Ice stops him: as long as bit {mask.bit_length() - 1} in {frozen.address} is on, the coordinate {x.address} (16 bits) stays put. Else it moves by {speed.address}, -128 to 127.",
    )


def two_results_of_two_widths(draw: Drawer) -> Made:
    value, alarm, excess = draw.variable(16), draw.variable(8), draw.variable(16)
    limit = draw.rng.randrange(300, 50000)
    program = (
        If(
            check(value, ">", limit),
            (put(excess, minus(value, limit)), put(alarm, 1)),
            (put(excess, 0), put(alarm, 0)),
        ),
    )
    return program, (
        f"Write a routine that reports an excess: if the unsigned word {value.address} is above {limit}, the word {excess.address} becomes what it's above by and the byte {alarm.address} 1; if not, both become 0.",
        f"How do I store a 16-bit overshoot and an 8-bit flag? value {value.address}, limit {limit}; overshoot word {excess.address} (0 if none), flag byte {alarm.address} (1/0).",
        f"e = max(word[{value.address}] - {limit}, 0); word[{excess.address}] = e; byte[{alarm.address}] = e != 0.",
        f"A pressure gauge: {value.address} (two bytes) may be {limit} at most. What goes beyond is written to {excess.address}, two bytes, and the warning lamp {alarm.address}, a single byte, is 1. Otherwise 0 in each.",
    )


def pick_source_word(draw: Drawer) -> Made:
    selector, target = draw.variable(8), draw.variable(16)
    one, other, third = draw.variable(16), draw.variable(16), draw.variable(16)
    low, high = sorted(draw.rng.sample(range(1, 250), 2))
    value = either(check(selector, "<", low), Read(one), either(check(selector, "<", high), Read(other), Read(third)))
    return (put(target, value),), (
        f"Write a routine that copies one of three words to {target.address}: {one.address} if the byte {selector.address} is below {low}, {other.address} if it is below {high}, else {third.address}.",
        f"How do I select a 16-bit source by an 8-bit range? selector {selector.address}: 0-{low - 1} -> {one.address}, {low}-{high - 1} -> {other.address}, {high}-255 -> {third.address}; to word {target.address}.",
        f"word[{target.address}] = s < {low} ? word[{one.address}] : s < {high} ? word[{other.address}] : word[{third.address}]; s = byte[{selector.address}].",
        f"Morning, day and night have camera targets of their own: {one.address}, {other.address}, {third.address} (two bytes each). The hour {selector.address} below {low} is morning, from {high} on night. Load the right one into {target.address}.",
    )


def charge_by_rank(draw: Drawer) -> Made:
    rank = draw.variable(8, below=100)
    prices = draw.table(draw.one(4, 5, 8), 16)
    purse, paid = draw.variable(16), draw.variable(8)
    price = Algorithms(draw).own("price", 16)
    program = (
        put(paid, 0),
        when(check(rank, ">=", prices.length), Stop()),
        put(price, at(prices, rank)),
        when(check(purse, ">=", price), put(purse, minus(purse, price)), put(paid, 1)),
    )
    return program, (
        f"Write a routine that makes the player pay by rank: the price is entry byte[{rank.address}] (below 100) of the words {listed(prices)}; if the rank is {prices.length} or more, or the word {purse.address} is less than the price, {paid.address} (byte) becomes 0 and no money goes; else the price is taken from {purse.address} and {paid.address} becomes 1.",
        f"How do I look up a 16-bit price by an unchecked 8-bit rank ({rank.address}; valid 0 to {prices.length - 1}, never over 99) and charge it? prices {listed(prices)}; purse word {purse.address}; byte {paid.address} = 1 if paid, 0 if the rank is invalid or money is short.",
        f"ok = r < {prices.length} and word[{purse.address}] >= P[r]; if ok: word[{purse.address}] -= P[r]; byte[{paid.address}] = ok; r = byte[{rank.address}] < 100; P = {listed(prices)} (words).",
        f"Entry to the hall costs, by rank 0 upwards, {listed(prices)} rupees. Rank is {rank.address} (a byte up to 99; ranks beyond the list aren't let in), the purse {purse.address} (a word). Take the fee if it's there. {paid.address}: 1 let in, 0 turned away.",
    )


def high_byte_decides(draw: Drawer) -> Made:
    x, room = draw.variable(16), draw.variable(8)
    program = (
        If(
            check(Half(Read(x), True), "!=", 0),
            (put(room, Half(Read(x), True)), put(x, Widened(Half(Read(x), False)))),
        ),
    )
    return program, (
        f"Write a routine that splits off whole screens: if the high byte of the word {x.address} isn't 0, it is stored in the byte {room.address} and cleared in {x.address}; otherwise nothing changes.",
        f"How do I normalise a 16-bit position ({x.address}) to 0..255 and keep the screen number in {room.address} (byte), only when it has left screen 0?",
        f"if word[{x.address}] > 255: byte[{room.address}] = word[{x.address}] >> 8; word[{x.address}] &= $FF.",
        f"Walked off? When {x.address} (two bytes) is 256 or more, put how many 256s are in it into {room.address} and leave the rest, below 256, in {x.address}. Inside the first screen {room.address} is not to be written.",
    )


def limit_by_flags(draw: Drawer) -> Made:
    flags, money = draw.variable(8), draw.variable(16)
    gain = draw.variable(16)
    mask = 1 << draw.rng.randrange(8)
    small, large = sorted(draw.rng.sample((99, 255, 300, 500, 999, 1500, 2000, 5000, 9999), 2))
    program = (
        If(
            Bits(Read(flags), mask, "any"),
            (Set(money, Saturating("add", Read(money), Read(gain), large)),),
            (Set(money, Saturating("add", Read(money), Read(gain), small)),),
        ),
    )
    return program, (
        f"Write a routine that adds the word {gain.address} to the word {money.address}, stopping at {large} if mask ${mask:02X} is set in the byte {flags.address} and at {small} if not (a sum past 65535 stops there as well, and so does an amount that was already beyond).",
        f"How do I cap a 16-bit sum at {small}, or {large} with the big wallet (${mask:02X} in {flags.address})? total word {money.address} += word {gain.address}, no wrap; above the cap it becomes the cap.",
        f"word[{money.address}] = min(word[{money.address}] + word[{gain.address}], byte[{flags.address}] & ${mask:02X} ? {large} : {small}), without overflow.",
        f"Rupees {money.address} grow by {gain.address} (16 bits both). A purse holds {small}; whoever has the upgrade, bit {mask.bit_length() - 1} of {flags.address}, can carry {large}. Whatever is more is lost.",
    )


def word_when_bytes_match(draw: Drawer) -> Made:
    one, other, place, start = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(16)
    tells = draw.maybe(0.5)
    same = check(one, "==", other)
    program: tuple[If | Report, ...] = (when(same, put(place, start)),)
    also = ""
    if tells:
        program = (*program, Report(same))
        also = " Carry set tells that they were equal, clear that they weren't."
    return program, (
        f"Write a routine that copies the word {start.address} to {place.address} if the bytes {one.address} and {other.address} are equal.{also}",
        f"How do I restore a 16-bit position ({start.address} -> {place.address}) only when two byte ids, {one.address} and {other.address}, match?{also}",
        f"if byte[{one.address}] == byte[{other.address}]: word[{place.address}] = word[{start.address}].{also}",
        f"The checkpoint belongs to room {one.address}. If we're in it ({other.address}, a byte as well), put the hero back: {place.address} gets the two bytes from {start.address}.{also}",
    )


def saved_angle_turn(draw: Drawer) -> Made:
    angle, want, speed = draw.variable(8), draw.variable(8), draw.variable(16)
    slow, fast = draw.rng.randrange(0x10, 0x200), draw.rng.randrange(0x200, 0x1000)
    limit = draw.rng.randrange(8, 100)
    program = (
        If(
            check(Binary("distance", Read(angle), Read(want)), "<", limit),
            (put(speed, fast),),
            (put(speed, slow), put(angle, Binary("average", Read(angle), Read(want)))),
        ),
    )
    return program, (
        f"Write a routine that compares two bytes: if {angle.address} and {want.address} differ by less than {limit} (unsigned), the word {speed.address} becomes {fast}; else it becomes {slow} and {angle.address} becomes the mean of both (rounded down).",
        f"How do I set a 16-bit speed by an 8-bit difference? |{angle.address} - {want.address}| < {limit}: word {speed.address} = {fast}. Otherwise word = {slow} and byte {angle.address} = (a + b) / 2 without overflow.",
        f"a = byte[{angle.address}], b = byte[{want.address}]; |a - b| < {limit} ? word[{speed.address}] = {fast} : (word[{speed.address}] = {slow}, byte[{angle.address}] = floor((a + b) / 2)).",
        f"A missile close to its course ({angle.address} against {want.address}, plain numbers 0-255, less than {limit} apart) flies at {fast}; off course it goes {slow} and halves the way to {want.address}, i.e. takes the floored mean. Speed: two bytes at {speed.address}.",
    )


def wide_loop_byte_gate(draw: Drawer) -> Made:
    kinds, values = draw.slots(8, 16)
    wanted, amount = draw.rng.randrange(1, 60), draw.rng.randrange(3, 900)
    relation = draw.one("==", "!=", ">=")
    words = {"==": "is", "!=": "isn't", ">=": "is at least"}[relation]
    down = draw.maybe(0.5)
    change = (
        Set(Here(values), Saturating("subtract", Read(Here(values)), Number(amount, 16), 0))
        if down
        else more(Here(values), amount)
    )
    program = (Each((kinds, values), (when(check(Here(kinds), relation, wanted), change),)),)
    verb = f"loses {amount} (never below 0)" if down else f"gains {amount} (wrapping)"
    return program, (
        f"Write a routine over {kinds.length} slots: where the byte of {kinds.address} {words} {wanted}, the slot's word in {values.address} {verb}.",
        f"How do I update a 16-bit array by an 8-bit one? {kinds.length} bytes from {kinds.address}, as many words from {values.address}; if the byte {words} {wanted}: the word {verb}.",
        f"for i < {kinds.length}: if byte[{kinds.address} + i] {relation} {wanted}: word[{values.address} + 2i] {verb}.",
        f"All {kinds.length} ships whose type ({kinds.address}, bytes) {words} {wanted} are affected by the storm: fuel ({values.address}, words) {verb} for each. The others sail on.",
    )


def byte_loop_word_gate(draw: Drawer) -> Made:
    places, alarms = draw.slots(16, 8)
    edge, value = draw.variable(16), draw.rng.randrange(1, 256)
    relation = draw.one("<", ">=")
    words = "left of" if relation == "<" else "at or right of"
    program = (Each((places, alarms), (when(check(Here(places), relation, edge), put(Here(alarms), value)),)),)
    return program, (
        f"Write a routine that marks slots: {places.length} words at {places.address} are compared (unsigned) with the word {edge.address}; where one is {'less' if relation == '<' else 'at least as large'}, its byte in {alarms.address} becomes {value}, the other bytes stay.",
        f"How do I test 16-bit positions and store 8-bit states? positions {places.address} ({places.length} words), line {edge.address} (word), states {alarms.address} (bytes): position {relation} line -> {value}.",
        f"for i < {places.length}: if word[{places.address} + 2i] {relation} word[{edge.address}]: byte[{alarms.address} + i] = {value}.",
        f"Everyone {words} the scroll edge {edge.address} gets state {value}. x positions: {places.length} of 16 bits from {places.address}; states: one byte each from {alarms.address}, neighbours of those must not be hit.",
    )


def toll_with_pass(draw: Drawer) -> Made:
    card, purse, open_, toll = draw.variable(8), draw.variable(16), draw.variable(8), draw.rng.randrange(5, 900)
    program = (
        If(
            Either(check(card, "!=", 0), check(purse, ">=", toll)),
            (when(check(card, "==", 0), put(purse, minus(purse, toll))), put(open_, 1)),
            (put(open_, 0),),
        ),
    )
    return program, (
        f"Write a routine for a toll gate: with a pass (byte {card.address} not 0) {open_.address} becomes 1 for free; without one, if the word {purse.address} is at least {toll}, {toll} is taken from it and {open_.address} becomes 1; otherwise {open_.address} becomes 0 and the money stays.",
        f"How do I open a gate by pass or payment? pass byte {card.address} (nonzero: free), purse word {purse.address}, toll {toll}; gate byte {open_.address} = 1 or, when neither works, 0.",
        f"if byte[{card.address}]: g = 1; elif word[{purse.address}] >= {toll}: word[{purse.address}] -= {toll}, g = 1; else g = 0; byte[{open_.address}] = g.",
        f"The bridge costs {toll} rupees ({purse.address}, 16 bits), but who carries the charm ({card.address} is anything but 0) doesn't pay. Write 1 to {open_.address} if he may pass and 0 if he is broke.",
    )


def product_or_plain(draw: Drawer) -> Made:
    base, factor, flag, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    zero = draw.maybe(0.5)
    condition = check(flag, "==" if zero else "!=", 0)
    program = (If(condition, (put(result, Product(Read(base), Read(factor))),), (put(result, Widened(Read(base))),)),)
    state = "is 0" if zero else "isn't 0"
    return program, (
        f"Write a routine that stores a score as a word at {result.address}: bytes {base.address} times {factor.address} if the byte {flag.address} {state}, else {base.address} alone (high byte 0).",
        f"How do I multiply two bytes to 16 bits only under a condition? {base.address} * {factor.address} when {flag.address} {state}, otherwise the byte {base.address} zero-extended; word {result.address}.",
        f"word[{result.address}] = byte[{flag.address}] {'==' if zero else '!='} 0 ? byte[{base.address}] * byte[{factor.address}] : byte[{base.address}].",
        f"Fever bonus: while {flag.address} {state}, the {base.address} points count {factor.address} times, else once. All three are bytes, the points earned go to {result.address} in 16 bits.",
    )


def exit_in_three_ways(draw: Drawer) -> Made:
    x, result = draw.variable(16), draw.variable(8)
    low, high = sorted(draw.rng.sample(range(0x100, 0xFF00), 2))
    step = draw.rng.randrange(1, 60)
    program = (
        when(check(x, "<", low), put(x, low), put(result, 1), Stop()),
        when(check(x, ">", high), put(x, high), put(result, 2), Stop()),
        more(x, step),
        put(result, 0),
    )
    return program, (
        f"Write a routine that moves the word {x.address} by {step} to the right unless it's out of bounds: below {low} it's set to {low} and {result.address} (byte) to 1; above {high} it's set to {high} and {result.address} to 2; both end the routine. Otherwise {step} is added and {result.address} is 0. Unsigned.",
        f"How do I return three outcomes with 16-bit and 8-bit stores? word {x.address} < {low}: = {low}, byte {result.address} = 1. > {high}: = {high}, byte = 2. Else += {step} (not clamped after), byte = 0.",
        f"w < {low}: w = {low}, r = 1; w > {high}: w = {high}, r = 2; else w += {step}, r = 0; w = word[{x.address}] unsigned, r = byte[{result.address}].",
        f"Conveyor: crate at {x.address} (two bytes). Too far left (under {low}): put it onto {low}, report 1. Too far right (over {high}): onto {high}, report 2. On the belt: {step} further and report 0. Reports go to {result.address}, one byte.",
    )


def split_by_sign(draw: Drawer) -> Made:
    speed, direction, amount = draw.variable(16), draw.variable(8), draw.variable(16)
    codes = draw.rng.sample(range(16), 3)
    program = (
        If(
            check(speed, "==", 0),
            (put(direction, codes[0]), put(amount, 0)),
            (
                If(
                    check(speed, "<", 0, signed=True),
                    (put(direction, codes[1]), put(amount, Unary("negate", Read(speed)))),
                    (put(direction, codes[2]), put(amount, speed)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that takes the signed word {speed.address} apart: its size (absolute value) goes to the word {amount.address}, and the byte {direction.address} becomes {codes[1]} for negative, {codes[2]} for positive, {codes[0]} for zero.",
        f"How do I get an 8-bit direction code and a 16-bit magnitude from a signed speed {speed.address}? code byte {direction.address}: - {codes[1]}, + {codes[2]}, 0 {codes[0]}; magnitude word {amount.address}.",
        f"v = signed word[{speed.address}]; word[{amount.address}] = |v|; byte[{direction.address}] = v < 0 ? {codes[1]} : v > 0 ? {codes[2]} : {codes[0]}.",
        f"Which way and how fast? {speed.address} (two's complement, 16 bits). Picture {codes[1]} for leftward (negative), {codes[2]} for rightward, {codes[0]} at rest goes to {direction.address}, a byte; the speed without sign to {amount.address}, two bytes.",
    )


def join_when_valid(draw: Drawer) -> Made:
    low, high, page, target = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    limit, fallback = draw.rng.randrange(0x10, 0xF0), draw.rng.randrange(0x10000)
    program = (
        If(
            check(high, "<", limit),
            (put(target, Joined(Read(high), Read(low))), more(page)),
            (put(target, fallback),),
        ),
    )
    return program, (
        f"Write a routine that builds a word at {target.address} from the bytes {high.address} (high) and {low.address} (low) if the high one is below ${limit:02X}, and then adds 1 to the byte {page.address} (wrapping). Otherwise the word becomes ${fallback:04X} and {page.address} stays.",
        f"How do I assemble a 16-bit address with a range check? high {high.address} < ${limit:02X}: word {target.address} = high:low ({low.address}), ++byte {page.address}. Else word = ${fallback:04X} only.",
        f"byte[{high.address}] < ${limit:02X} ? (word[{target.address}] = byte[{high.address}] << 8 | byte[{low.address}], ++byte[{page.address}]) : (word[{target.address}] = ${fallback:04X}).",
        f"A packet brings an address in two bytes, {low.address} then {high.address}. Good ones (high byte under ${limit:02X}) go to {target.address} and are counted at {page.address}, modulo 256; bad ones are replaced by ${fallback:04X} and not counted.",
    )


def share_out_when_enabled(draw: Drawer) -> Made:
    total, mean, rest = draw.variable(16), draw.variable(16), draw.variable(8)
    none = draw.one(0, 0xFFFF)
    divisor = Number(draw.one(3, 5, 6, 7, 10, 12, 20, 60))
    amount = divisor.value
    enabled = draw.variable(8)
    program = (
        If(
            check(enabled, "!=", 0),
            (
                put(mean, Quotient(Read(total), divisor)),
                put(rest, Half(Quotient(Read(total), divisor, remainder=True), False)),
            ),
            (put(mean, none), put(rest, 0)),
        ),
    )
    return program, (
        f"Write a routine that shares out the word {total.address} among {amount} if the byte {enabled.address} isn't 0: each one's part (rounded down) goes to the word {mean.address}, what remains to the byte {rest.address}. If it is 0, they become {none} and 0.",
        f"How do I divide a 16-bit number ({total.address}) by {amount} under a condition ({enabled.address} != 0, byte)? quotient word {mean.address}, remainder byte {rest.address}; condition false: {none} and 0.",
        f"if byte[{enabled.address}]: word[{mean.address}], byte[{rest.address}] = divmod(word[{total.address}], {amount}); else {none}, 0.",
        f"Loot ({total.address}, two bytes) is split by {amount} thieves once the alarm {enabled.address} is anything but 0: a share to {mean.address} (two bytes), the leftover coins to {rest.address} (one). No alarm: write {none} as the share and 0 left over.",
    )


def scroll_locked(draw: Drawer) -> Made:
    lock, camera, hero, moved = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(8)
    half = draw.one(112, 120, 128)
    wanted = Algorithms(draw).own("wanted", 16)
    program = (
        put(moved, 0),
        when(check(lock, "!=", 0), Stop()),
        Set(wanted, Saturating("subtract", Read(hero), Number(half, 16), 0)),
        when(check(wanted, "!=", camera), put(camera, wanted), put(moved, 1)),
    )
    return program, (
        f"Write a routine that centres a camera: {moved.address} (byte) becomes 0, and with the byte {lock.address} not 0 that's all. Else the camera word {camera.address} becomes the word {hero.address} minus {half}, at least 0, and if that changes it {moved.address} becomes 1.",
        f"How do I follow the hero unless scrolling is locked? lock byte {lock.address}; camera = max(word {hero.address} - {half}, 0) into word {camera.address}; byte {moved.address} = 1 if the camera changed, else (also when locked) 0.",
        f"m = 0; if not byte[{lock.address}]: c = max(word[{hero.address}] - {half}, 0); m = c != word[{camera.address}]; word[{camera.address}] = c; byte[{moved.address}] = m.",
        f"The picture follows {hero.address} with {half} pixels to its left, never past the map's left edge at 0 ({camera.address}, 16 bits like the hero's). {lock.address} other than 0 freezes it. Tell at {moved.address} by 1 or 0 whether it really moved.",
    )


def plus_or_restart(draw: Drawer) -> Made:
    step, offset, turns = draw.variable(8), draw.variable(16), draw.variable(8)
    size = draw.rng.randrange(0x200, 0x6000)
    program = (
        put(offset, plus(offset, Widened(Read(step)))),
        when(check(offset, ">=", size), put(offset, minus(offset, size)), more(turns)),
    )
    return program, (
        f"Write a routine that walks a track of length {size}: the byte {step.address} is added to the word {offset.address} (wrapping at 65536); if that makes {size} or more, {size} is subtracted once and the byte {turns.address} goes up by 1.",
        f"How do I advance a 16-bit track position by an 8-bit step with laps? position {offset.address} + step {step.address}; >= {size}: minus {size}, ++byte {turns.address}. The addition wraps at 16 bits.",
        f"p = (word[{offset.address}] + byte[{step.address}]) & $FFFF; if p >= {size}: p -= {size}, ++byte[{turns.address}]; word[{offset.address}] = p.",
        f"Lap counter: {offset.address} (two bytes, adding wraps) moves on by {step.address} (one byte, unsigned). Having reached {size} it's lowered by exactly that and {turns.address}, a byte, counts one lap more.",
    )


def exchange_if_flag(draw: Drawer) -> Made:
    flag, one, other, phase = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(8)
    bit = draw.rng.randrange(8)
    held = Algorithms(draw).own("held", 16)
    program = (
        when(
            Bits(Read(flag), 1 << bit, "any"),
            put(held, one),
            put(one, other),
            put(other, held),
            put(flag, toggled(flag, 1 << bit)),
        ),
        more(phase),
    )
    return program, (
        f"Write a routine that swaps the words {one.address} and {other.address} if bit {bit} of the byte {flag.address} is set, and clears that bit. In either case the byte {phase.address} goes up by 1.",
        f"How do I swap two 16-bit values on a request bit (bit {bit} of {flag.address}) and acknowledge it by clearing? {one.address} <-> {other.address}; always ++byte {phase.address}.",
        f"if byte[{flag.address}] & ${1 << bit:02X}: swap(word[{one.address}], word[{other.address}]), clear the bit; ++byte[{phase.address}].",
        f"Player change: mask ${1 << bit:02X} in {flag.address} asks for it. Then {one.address} and {other.address} (two bytes each) trade their contents and the request goes away. Whether or not, {phase.address} counts the calls (a byte).",
    )


RECIPES = (
    leave_if_busy,
    step_by_kind,
    byte_by_word_limit,
    signed_byte_onto_word,
    two_results_of_two_widths,
    pick_source_word,
    charge_by_rank,
    high_byte_decides,
    limit_by_flags,
    word_when_bytes_match,
    saved_angle_turn,
    wide_loop_byte_gate,
    byte_loop_word_gate,
    toll_with_pass,
    product_or_plain,
    exit_in_three_ways,
    split_by_sign,
    join_when_valid,
    share_out_when_enabled,
    scroll_locked,
    plus_or_restart,
    exchange_if_flag,
)
