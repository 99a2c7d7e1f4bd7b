"""The status display and messages: digits, hearts, meters and icons as tiles, numbers in texts, windows and text speed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Chosen,
    Each,
    Half,
    Here,
    If,
    Index,
    Number,
    Quotient,
    Read,
    Saturating,
    Scaled,
    Shifted,
    Stop,
    Switch,
    Table,
    Unary,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    where,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def rupee_digits(draw: Drawer) -> Made:
    rupees, digits = draw.variable(16, below=1000), draw.array(8, 3)
    base = draw.one(0x90, 0x30, 0x10, 0x50, 0x70, 0x20)
    rest = Algorithms(draw).own("rest", 16)

    program = (
        put(at(digits, 0), plus(Half(Quotient(Read(rupees), Number(100)), False), base)),
        put(rest, Quotient(Read(rupees), Number(100), True)),
        put(at(digits, 1), plus(Half(Quotient(Read(rest), Number(10)), False), base)),
        put(at(digits, 2), plus(Half(Quotient(Read(rest), Number(10), True), False), base)),
    )
    return program, (
        f"Write a routine that shows the rupees as three digits: the word {rupees.address} (0 to 999) is taken apart into hundreds, tens and ones, and each digit plus ${base:02X} (tile of '0') is stored at {digits.address}, {digits.address + 1} and {digits.address + 2}.",
        f"How do I print a three-digit counter with leading zeros? Value: word {rupees.address} < 1000. Output: 3 bytes from {digits.address}, highest digit first, digit d as ${base:02X} + d.",
        f"n = word[{rupees.address}] < 1000; byte[{digits.address}] = n / 100 + ${base:02X}; byte[{digits.address + 1}] = n / 10 % 10 + ${base:02X}; byte[{digits.address + 2}] = n % 10 + ${base:02X}.",
        f"The HUD has room for three figures at {digits.address}. A figure's tile is its value above ${base:02X}. Link owns {rupees.address} rupees (16 bits, never more than 999). Draw them, zeros in front included.",
        f"{rupees.address}: 0-999 -> three tiles @ {digits.address}, base ${base:02X}, MSD first.",
    )


def two_digits_blank(draw: Drawer) -> Made:
    amount, tens, ones = draw.variable(8, below=100), draw.variable(8), draw.variable(8)
    base, blank = draw.one(0x90, 0x30, 0x10, 0x50), draw.one(0x7F, 0x00, 0xFF, 0x20)
    high = Algorithms(draw).own("high")
    program = (
        put(high, Half(Quotient(Widened(Read(amount)), Number(10)), False)),
        put(ones, plus(Half(Quotient(Widened(Read(amount)), Number(10), True), False), base)),
        put(tens, Chosen(check(high, "==", 0), Number(blank), plus(high, base))),
    )
    return program, (
        f"Write a routine that shows a bomb count of two digits: {amount.address} is 0 to 99. The ones digit plus ${base:02X} goes to {ones.address}; the tens digit plus ${base:02X} goes to {tens.address}, but a tens digit of 0 is the blank tile ${blank:02X}.",
        f"How do I suppress the leading zero? Value byte {amount.address} < 100; digit tiles start at ${base:02X}, blank ${blank:02X}. {tens.address} = value >= 10 ? ${base:02X} + value / 10 : ${blank:02X}; {ones.address} = ${base:02X} + value % 10.",
        f"n = byte[{amount.address}] < 100; byte[{tens.address}] = n < 10 ? ${blank:02X} : n / 10 + ${base:02X}; byte[{ones.address}] = n % 10 + ${base:02X}.",
        f"'7', not '07'. My counter {amount.address} (at most 99) is written with two tiles: left {tens.address}, right {ones.address}. Numerals are ${base:02X} for 0, ${base + 1:02X} for 1 and so on, and an empty place is ${blank:02X}.",
    )


def heart_row(draw: Drawer) -> Made:
    hearts, health = draw.array(8, draw.one(8, 10, 10, 12, 20)), draw.variable(8)
    full, half, empty = draw.rng.sample(range(0x20, 0xF0), 3)
    start = Scaled(Index(), 8)
    value = Chosen(
        check(health, ">=", plus(start, 8)),
        Number(full),
        Chosen(check(health, ">=", plus(start, 4)), Number(half), Number(empty)),
    )
    return (Each((hearts,), (put(Here(hearts), value),)),), (
        f"Write a routine that draws a row of hearts: heart i (from 0; {where(hearts)}) is tile ${full:02X} if the health {health.address} is at least 8 * i + 8, ${half:02X} if it is only at least 8 * i + 4, else ${empty:02X}. Unsigned.",
        f"How do I turn health into heart tiles? Tiles: {where(hearts)}. Health byte {health.address}, 8 per heart: full ${full:02X}, half (4 to 7 units of it) ${half:02X}, less than 4 units ${empty:02X}.",
        f"for i in 0..{hearts.length - 1}: byte[{hearts.address} + i] = h >= 8 * i + 8 ? ${full:02X} : h >= 8 * i + 4 ? ${half:02X} : ${empty:02X}; h = byte[{health.address}].",
        f"{hearts.length} hearts on the status bar, tile bytes from {hearts.address}. Each stands for eight points of {health.address}. It is red (${full:02X}) with all eight, half red (${half:02X}) with four or more, hollow (${empty:02X}) below. Fill in the row from the left.",
    )


def boss_bar(draw: Drawer) -> Made:
    bar, health = draw.array(8, draw.one(4, 6, 8, 10)), draw.variable(8)
    base = draw.rng.randrange(0x10, 0xE0)
    value = plus(Binary("min", Saturating("subtract", Read(health), Scaled(Index(), 8), 0), Number(8)), base)
    return (Each((bar,), (put(Here(bar), value),)),), (
        f"Write a routine that draws a boss's health bar out of tiles with 0 to 8 filled columns (${base:02X} is the empty one, ${base + 8:02X} the full one): tile i (from 0; {where(bar)}) shows the part of {health.address} between 8 * i and 8 * i + 8.",
        f"How do I render a bar with one pixel per unit? Tile i = ${base:02X} + clamp(health - 8 * i, 0, 8), health = unsigned byte {health.address}, tiles: {where(bar)}.",
        f"for i in 0..{bar.length - 1}: byte[{bar.address} + i] = ${base:02X} + min(max(byte[{health.address}] - 8 * i, 0), 8).",
        f"Ganon's life, {health.address}, as a strip of {bar.length} tiles at {bar.address}: eight units fill one tile, the strip fills from the left, and what does not fit on it is not shown. There are nine pictures in a row, from none (${base:02X}) to eight columns.",
    )


def magic_meter(draw: Drawer) -> Made:
    meter, magic = draw.array(8, 4), draw.variable(8, below=0x81)
    empty = draw.one(0x10, 0x50, 0x80, 0xC4)
    part = Saturating("subtract", Shifted(Read(magic), "right", 2), Scaled(Index(), 8), 0)
    program = (Each((meter,), (put(Here(meter), plus(Binary("min", part, Number(8)), empty)),)),)
    return program, (
        f"Write a routine that draws the magic meter: the magic {magic.address} (0 to 128) divided by 4 is its height in pixels, 0 to 32, spread over 4 tiles of 8 pixels from {meter.address}, the bottom one first. A tile with n pixels is ${empty:02X} + n.",
        f"How do I fill a vertical gauge of four tiles? h = byte {magic.address} >> 2 (magic <= 128). Tile i (0 = lowest, bytes from {meter.address}) = ${empty:02X} + clamp(h - 8 * i, 0, 8).",
        f"h = byte[{magic.address}] >> 2; for i in 0..3: byte[{meter.address} + i] = ${empty:02X} + min(max(h - 8 * i, 0), 8); magic <= $80.",
        f"The green column beside the item box stands on tile {meter.address} and is four tiles high (the bytes go upwards). It rises one pixel for four points of {magic.address}, whose maximum is $80. Tile ${empty:02X} is empty, the following ones hold one to eight pixels.",
    )


def rupees_roll(draw: Drawer) -> Made:
    shown, rupees, sound = draw.variable(16), draw.variable(16), draw.variable(8)
    tick = draw.rng.randrange(1, 64)
    program = (
        If(check(shown, "==", rupees), (Stop(),)),
        put(sound, tick),
        If(check(shown, "<", rupees), (more(shown),), (less(shown),)),
    )
    return program, (
        f"Write a routine that lets the displayed rupees run after the real ones: if the word {shown.address} (shown) is not equal to {rupees.address} (real), sound {tick} goes to {sound.address} and the shown number moves by 1 towards the real one.",
        f"How do I animate a counter one step per frame? Display word {shown.address}, value word {rupees.address}, unsigned. Equal: nothing. Else byte {sound.address} = {tick} and display + 1 or - 1.",
        f"if word[{shown.address}] != word[{rupees.address}]: byte[{sound.address}] = {tick}; word[{shown.address}] += word[{shown.address}] < word[{rupees.address}] ? 1 : -1.",
        f"When Link spends or finds money the figures roll. What he has is in {rupees.address}, what the screen says in {shown.address} (two bytes each). Let it roll by one, with the clicking noise ${tick:02X} in {sound.address}; when both agree keep quiet.",
    )


def redraw_if_changed(draw: Drawer) -> Made:
    value = draw.variable(draw.one(8, 16))
    shown, dirty = draw.variable(value.width), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    program = (If(check(value, "!=", shown), (put(shown, value), put(dirty, joined(dirty, mask)))),)
    return program, (
        f"Write a routine that asks for a redraw only when a number has changed: if the {size(value)} {value.address} differs from its last shown value {shown.address}, copy it there and set ${mask:02X} in {dirty.address}.",
        f"How do I keep the HUD upload for frames in which something changed? Compare {size(value)} {value.address} with {size(value)} {shown.address}; different: {shown.address} = {value.address} and byte {dirty.address} |= ${mask:02X}.",
        f"if {size(value)}[{value.address}] != {size(value)}[{shown.address}]: {size(value)}[{shown.address}] = {size(value)}[{value.address}], byte[{dirty.address}] |= ${mask:02X}.",
        f"Drawing costs time. {shown.address} remembers what is on the screen, {value.address} is what ought to be ({value.width} bits). As soon as they part, update the memory and raise flag ${mask:02X} of {dirty.address}; NMI does the rest.",
    )


def keys_shown_in_dungeon(draw: Drawer) -> Made:
    keys, dungeon, tile = draw.variable(8, below=10), draw.variable(8), draw.variable(8)
    base, blank, none = draw.one(0x90, 0x30, 0x50), draw.one(0x7F, 0x00, 0xF5), 0xFF
    program = (put(tile, Chosen(check(dungeon, "==", none), Number(blank), plus(keys, base))),)
    return program, (
        f"Write a routine that shows the small keys only in dungeons: {tile.address} becomes the digit tile ${base:02X} + {keys.address} (0 to 9 keys), but the blank tile ${blank:02X} if the dungeon number {dungeon.address} is $FF (not in a dungeon).",
        f"How do I hide the key counter outside? Dungeon byte {dungeon.address} == $FF: tile byte {tile.address} = ${blank:02X}. Else tile = key byte {keys.address} (below 10) + ${base:02X}.",
        f"byte[{tile.address}] = byte[{dungeon.address}] == $FF ? ${blank:02X} : ${base:02X} + byte[{keys.address}]; keys < 10.",
        f"Keys belong to a dungeon, so in the open country (where {dungeon.address} reads 255) their place on the status bar, {tile.address}, is left blank: ${blank:02X}. Indoors it is the numeral for {keys.address}, one digit, numerals from ${base:02X} on.",
    )


def floor_sign(draw: Drawer) -> Made:
    floor, letter, digit = draw.variable(8), draw.variable(8), draw.variable(8)
    base, up, down = draw.one(0x90, 0x30, 0x50), *draw.rng.sample(range(0xA0, 0xC0), 2)
    program = (
        If(
            Bits(Read(floor), 0x80, "any"),
            (put(letter, down), put(digit, plus(masked(Unary("negate", Read(floor)), 7), base))),
            (put(letter, up), put(digit, plus(plus(masked(floor, 7), 1), base))),
        ),
    )
    return program, (
        f"Write a routine for the floor sign: if the floor {floor.address} is negative (bit 7), the letter {letter.address} is ${down:02X} ('B') and the digit {digit.address} is ${base:02X} + (-floor & 7); otherwise the letter is ${up:02X} ('F') and the digit is ${base:02X} + (floor & 7) + 1.",
        f"How do I print '1F' or 'B2'? Floor byte {floor.address}, signed: 0 is the first floor, -1 the first cellar. Letter tile {letter.address}: ${up:02X} up, ${down:02X} down. Digit tile {digit.address}: ${base:02X} plus (floor & 7) + 1, or below ground ${base:02X} plus (-floor & 7).",
        f"f = byte[{floor.address}]; if f & $80: byte[{letter.address}] = ${down:02X}, byte[{digit.address}] = ${base:02X} + (-f & 7); else byte[{letter.address}] = ${up:02X}, byte[{digit.address}] = ${base:02X} + (f & 7) + 1.",
        f"Coming up the stairs, Link sees the floor's name, two tiles: {letter.address} for F (${up:02X}) or B (${down:02X}), {digit.address} for the number (numerals start at ${base:02X}). His floor is {floor.address}, from $00 for 1F upwards and from $FF for B1 downwards. Of the number (for F: of the floor before adding 1) only three bits count.",
    )


def digit_into_message(draw: Drawer) -> Made:
    message, amount = draw.text(), draw.variable(8, below=10)
    marker = draw.rng.choice([one for one in range(0x40, 0x70) if one != message.end])
    base = draw.one(0x30, 0x34, 0xA0, 0x10)
    program = (
        Each(message, (If(check(Read(Here(message)), "==", marker), (put(Here(message), plus(amount, base)),)),)),
    )
    return program, (
        f"Write a routine that puts a number into a message: the text at {message.address} ends with ${message.end:02X}; every byte ${marker:02X} before that is replaced by ${base:02X} + {amount.address} (0 to 9). At most {message.most} bytes come before the end.",
        f"How do I fill in a digit placeholder? Text: {message.address}, terminator ${message.end:02X}, up to {message.most} characters. Placeholder ${marker:02X} (maybe several, maybe none) -> digit of byte {amount.address} < 10, digits start at ${base:02X}.",
        f"for each byte c from {message.address} up to the terminator ${message.end:02X} (at most {message.most}): if c == ${marker:02X}: c = ${base:02X} + byte[{amount.address}].",
        f"'You have # lives left.' The # is character ${marker:02X} of the line at {message.address} (${message.end:02X} closes it, no more than {message.most} before). Write the one-digit number from {amount.address} in its place; '0' is ${base:02X} in my font.",
    )


def letter_pause(draw: Drawer) -> Made:
    letter, speed, pause = draw.variable(8), draw.variable(8, below=draw.one(3, 4)), draw.variable(8)
    assert speed.below
    speeds = Table("SpeedTable", "speed", tuple(sorted(draw.rng.sample(range(1, 12), speed.below))))
    comma, stop = draw.rng.sample(range(0x20, 0x60), 2)
    short, long = sorted(draw.rng.sample(range(12, 60), 2))
    program = (
        Switch(
            Read(letter),
            ((comma, (put(pause, short),)), (stop, (put(pause, long),))),
            (put(pause, at(speeds, speed)),),
        ),
    )
    shown = ", ".join(map(str, speeds.values))
    return program, (
        f"Write a routine that says how long to wait after a letter: after ${comma:02X} (comma) {short} frames, after ${stop:02X} (full stop) {long}, after any other letter what the text speed {speed.address} (0 to {speed.below - 1}) tells: {shown}. Letter: {letter.address}; wait: {pause.address}.",
        f"How do I slow text down at punctuation? {pause.address} = {short} for letter byte {letter.address} == ${comma:02X}, {long} for ${stop:02X}, otherwise [{shown}][byte {speed.address}], speed below {speed.below}.",
        f"c = byte[{letter.address}]; byte[{pause.address}] = c == ${comma:02X} ? {short} : c == ${stop:02X} ? {long} : [{shown}][byte[{speed.address}]]; speed < {speed.below}.",
        f"My narrator breathes: {short} frames at character ${comma:02X}, {long} at ${stop:02X}. Between other characters the delay depends on the player's setting {speed.address}, {shown} for 0, 1 and so on. Put the delay after {letter.address} into {pause.address}.",
    )


def window_place(draw: Drawer) -> Made:
    y, camera, window = draw.variable(16), draw.variable(16), draw.variable(16)
    limit = draw.one(0x78, 0x70, 0x80, 0x90)
    top, bottom = draw.one((0x6125, 0x6244), (0x6042, 0x6222), (0x5842, 0x5A42))
    program = (put(window, Chosen(check(minus(y, camera), ">=", limit), Number(top, 16), Number(bottom, 16))),)
    return program, (
        f"Write a routine that keeps the text window away from the hero: if his y on the screen, the word {y.address} minus the camera word {camera.address}, is {limit} or more (unsigned), the window position {window.address} becomes ${top:04X} (top), else ${bottom:04X} (bottom).",
        f"How do I choose between a text box above and below? (word {y.address} - word {camera.address}) >= {limit}, 16-bit unsigned: word {window.address} = ${top:04X}; otherwise ${bottom:04X}.",
        f"word[{window.address}] = (word[{y.address}] - word[{camera.address}]) >= {limit} ? ${top:04X} : ${bottom:04X}; unsigned, wraps.",
        f"The dialogue must not cover Link. Where he is: {y.address} down the map; where the view begins: {camera.address}. In the lower part (from pixel {limit} of the view on; a difference below zero counts as large) the box goes up to VRAM ${top:04X}, otherwise down to ${bottom:04X}. Store it in {window.address}; all words.",
    )


def open_message(draw: Drawer) -> Made:
    wanted, showing, current = draw.variable(16), draw.variable(8), draw.variable(16)
    state = draw.rng.randrange(1, 16)
    program = (
        If(check(showing, "!=", 0), (Stop(),)),
        If(check(wanted, "==", 0), (Stop(),)),
        put(current, wanted),
        put(wanted, 0),
        put(showing, state),
    )
    return program, (
        f"Write a routine that opens the next message: only if none is showing ({showing.address} is 0) and the wanted number, the word {wanted.address}, is not 0. Then the number moves to the word {current.address}, {wanted.address} becomes 0 and {showing.address} becomes {state}.",
        f"How do I defer a message until the window is free? Request word {wanted.address} (0 = none), window state byte {showing.address} (0 = closed). Closed and requested: word {current.address} = request, request = 0, state = {state}.",
        f"if byte[{showing.address}] == 0 && word[{wanted.address}] != 0: word[{current.address}] = word[{wanted.address}]; word[{wanted.address}] = 0; byte[{showing.address}] = {state}.",
        f"Somebody wants to say text {wanted.address} (16 bits; zero: nobody wants to). While a window is open, which {showing.address} tells by being anything but 0, he waits. Otherwise his text becomes the current one in {current.address}, the wish is cleared and the window opens in state ${state:02X}.",
    )


def message_scrolls(draw: Drawer) -> Made:
    offset, state = draw.variable(8), draw.variable(8)
    step, height, after = draw.one(1, 2, 4), draw.one(16, 16, 12, 24), draw.rng.randrange(1, 9)
    program = (
        more(offset, step),
        If(check(offset, ">=", height), (put(offset, 0), put(state, after))),
    )
    return program, (
        f"Write a routine that scrolls a message by one line: the pixel offset {offset.address} grows by {step}; once it is {height} or more it starts again at 0 and the state {state.address} becomes {after}.",
        f"How do I scroll text smoothly up by {height} pixels? Offset byte {offset.address} += {step} each frame (8-bit); when offset >= {height}: offset = 0, state byte {state.address} = {after}.",
        f"byte[{offset.address}] += {step}; if byte[{offset.address}] >= {height}: byte[{offset.address}] = 0, byte[{state.address}] = {after}.",
        f"A line of my font is {height} pixels high and moves up {step} of them per call ({offset.address} says how far it has come). When the line is out, the printer goes on in state {after}, kept in {state.address}, with the offset back at nothing.",
    )


def choice_result(draw: Drawer) -> Made:
    choice, message, rupees = draw.variable(8, below=draw.one(2, 3)), draw.variable(8), draw.variable(16)
    assert choice.below
    replies = draw.table(choice.below)
    cost, poor = draw.rng.randrange(5, 200), draw.rng.randrange(1, 256)
    program = (
        If(check(choice, "!=", 0), (put(message, at(replies, choice)), Stop())),
        If(check(rupees, "<", cost), (put(message, poor), Stop())),
        less(rupees, cost),
        put(message, at(replies, 0)),
    )
    return program, (
        f"Write a routine that handles the answer to an offer: choice {choice.address} (0 to {choice.below - 1}), replies {listed(replies)}. Choice 0 accepts and costs {cost} rupees (word {rupees.address}); if they are there, subtract them and store reply 0 at {message.address}, if not store ${poor:02X} and take nothing. Other choices store their reply.",
        f"How do I react to yes or no? Choice byte {choice.address} < {choice.below}, message byte {message.address}. Not 0: message = [{listed(replies)}][choice]. 0 with word {rupees.address} >= {cost}: pay {cost}, message = ${replies.values[0]:02X}. 0 with less money: message = ${poor:02X}.",
        f"c = byte[{choice.address}] < {choice.below}; if c != 0: byte[{message.address}] = [{listed(replies)}][c]; else if word[{rupees.address}] < {cost}: byte[{message.address}] = ${poor:02X}; else word[{rupees.address}] -= {cost}, byte[{message.address}] = ${replies.values[0]:02X}.",
        f"'Stay the night for {cost} rupees?' The cursor's line is {choice.address}, with yes on line 0. The innkeeper answers {listed(replies)}, one text for each line, except that a guest who says yes but cannot pay (two bytes at {rupees.address}) hears ${poor:02X}. He takes the money of one who can. Text number to {message.address}.",
    )


def clock_digits(draw: Drawer) -> Made:
    seconds, digits = draw.variable(16, below=draw.one(600, 3600)), draw.array(8, 4)
    base = draw.one(0x30, 0x90, 0x10)
    algorithms = Algorithms(draw)
    minutes, rest = algorithms.own("minutes", 16), algorithms.own("rest", 16)
    ten = Number(10)

    def digit(number: Read, remainder: bool) -> Binary:
        return plus(Half(Quotient(number, ten, remainder), False), base)

    program = (
        put(minutes, Quotient(Read(seconds), Number(60))),
        put(rest, Quotient(Read(seconds), Number(60), True)),
        put(at(digits, 0), digit(Read(minutes), False)),
        put(at(digits, 1), digit(Read(minutes), True)),
        put(at(digits, 2), digit(Read(rest), False)),
        put(at(digits, 3), digit(Read(rest), True)),
    )
    assert seconds.below
    return program, (
        f"Write a routine that shows a time as MMSS: the word {seconds.address} holds seconds (below {seconds.below}); its minutes and seconds, two digits each, go to the 4 bytes from {digits.address}, every digit plus ${base:02X}.",
        f"How do I display a stopwatch? Seconds: word {seconds.address} < {seconds.below}. Digits: tens of minutes, minutes, tens of seconds, seconds -> bytes {digits.address} to {digits.address + 3}, as ${base:02X} + digit.",
        f"m = word[{seconds.address}] / 60, s = word[{seconds.address}] % 60; byte[{digits.address} .. {digits.address + 3}] = m / 10, m % 10, s / 10, s % 10, each + ${base:02X}; value < {seconds.below}.",
        f"The race clock: {seconds.address} seconds have gone by (16 bits, at most {seconds.below - 1}). Write them as four tiles, for instance 0 2 3 5 for two minutes thirty-five, left to right from {digits.address}. Zero is tile ${base:02X} and the other numerals follow it.",
    )


def ammo_for_item(draw: Drawer) -> Made:
    item, bombs, arrows, shown = (draw.variable(8) for _ in range(4))
    bomb, bow = draw.rng.sample(range(1, 24), 2)
    none = draw.one(0xFF, 0)
    program = (
        Switch(
            Read(item),
            ((bomb, (put(shown, bombs),)), (bow, (put(shown, arrows),))),
            (put(shown, none),),
        ),
    )
    return program, (
        f"Write a routine that picks the number beside the item box: for item {bomb} it is the bomb count {bombs.address}, for item {bow} the arrow count {arrows.address}, for any other ${none:02X} (no number). The item is {item.address}, the number goes to {shown.address}.",
        f"How do I show ammunition only for items that have any? Item byte {item.address}: {bomb} -> copy byte {bombs.address}, {bow} -> copy byte {arrows.address}, else ${none:02X}; target byte {shown.address}.",
        f"i = byte[{item.address}]; byte[{shown.address}] = i == {bomb} ? byte[{bombs.address}] : i == {bow} ? byte[{arrows.address}] : ${none:02X}.",
        f"With the bow in hand ({item.address} = {bow}) Link wants to see his arrows, {arrows.address}; with bombs (= {bomb}) those, {bombs.address}. The box at {shown.address} stays empty, ${none:02X}, for everything else.",
    )


def icon_pair(draw: Drawer) -> Made:
    item, left, right = draw.variable(8, below=draw.one(4, 6, 8, 12)), draw.variable(16), draw.variable(16)
    assert item.below
    tiles = draw.table(item.below, 16)
    flip = 0x4000
    return (put(left, at(tiles, item)), put(right, toggled(at(tiles, item), flip))), (
        f"Write a routine that draws a symmetric item icon: the left tile word {left.address} is entry {item.address} (0 to {item.below - 1}) of {listed(tiles)}, the right one, {right.address}, the same word with bit 14 (horizontal flip) toggled.",
        f"How do I show an icon made of one tile and its mirror image? Item byte {item.address} < {item.below}; words {listed(tiles)}. Word {left.address} = entry; word {right.address} = entry xor $4000.",
        f"w = [{listed(tiles)}][byte[{item.address}]]; word[{left.address}] = w; word[{right.address}] = w ^ $4000; index < {item.below}.",
        f"The {item.below} icons of my menu are mirror-symmetric, so I keep only their left halves: {listed(tiles)} as tilemap words. Put that of item {item.address} (from 0) at {left.address} and its flipped twin at {right.address}; flipped means h-flip bit $4000 inverted.",
    )


RECIPES = (
    rupee_digits,
    two_digits_blank,
    heart_row,
    boss_bar,
    magic_meter,
    rupees_roll,
    redraw_if_changed,
    keys_shown_in_dungeon,
    floor_sign,
    digit_into_message,
    letter_pause,
    window_place,
    open_message,
    message_scrolls,
    choice_result,
    clock_digits,
    ammo_for_item,
    icon_pair,
)
