"""Bytes and words put together from several numbers: doors, instruments, orders, headers, packets, in formats of one's own."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Half,
    If,
    Number,
    Quotient,
    Read,
    Shifted,
    Statement,
    Variable,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    marks,
    raised,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    less_down_to,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def door_word_built(draw: Drawer) -> Made:
    room, side, keys, word = (
        draw.variable(16, below=512),
        draw.variable(8, below=4),
        draw.variable(8),
        draw.variable(16),
    )
    r, s, k, w = addresses(room, side, keys, word)
    program = (put(word, together(16, (room, 0), (side, 9))), marks(word, check(keys, "!=", 0), 15))
    return program, (
        f"Write a routine that builds a door entry in the word {w}: bits 0-8 are the target room (word {r}, below 512), bits 9-10 the side of the room it leads to (byte {s}, 0 to 3), bit 15 is set if the byte {k} (keys the door costs) isn't 0. Bits 11-14 are 0.",
        f"Door word = l....ssr rrrrrrrr; room word {r} < 512, side byte {s} < 4, l if byte {k} != 0. Into word {w}?",
        f"word[{w}] = word[{r}] | byte[{s}] << 9 | (byte[{k}] ? $8000 : 0); room < $200, side < 4.",
        f"My room editor writes each door as two bytes. Nine bits say which room is behind it ({r}, two bytes, never above 511), the two above them on which wall you come out ({s}, 0-3), and the top bit that it is locked, which it is as soon as it costs any keys at all ({k}). The rest stays clear. Make that word at {w}.",
    )


def envelope_bytes_built(draw: Drawer) -> Made:
    attack, decay, sustain, release = (draw.variable(8, below=top) for top in (16, 8, 8, 32))
    first, second = draw.variable(8), draw.variable(8)
    a, d, s, r, one, two = addresses(attack, decay, sustain, release, first, second)
    program = (
        put(first, joined(together(8, (attack, 0), (decay, 4)), 0x80)),
        put(second, together(8, (release, 0), (sustain, 5))),
    )
    return program, (
        f"Write a routine that makes the two ADSR register values of the SPC700 from four bytes: {one} gets $80 | decay << 4 | attack, {two} gets sustain << 5 | release. Attack is {a} (below 16), decay {d} (below 8), sustain {s} (below 8), release {r} (below 32).",
        f"ADSR1 -> {one}, ADSR2 -> {two} from separate attack {a} (0-15), decay {d} (0-7), sustain level {s} (0-7), release {r} (0-31)? Envelope enabled.",
        f"byte[{one}] = $80 + 16 * byte[{d}] + byte[{a}]; byte[{two}] = 32 * byte[{s}] + byte[{r}]; ranges 0-7, 0-15, 0-7, 0-31.",
        f"The instrument editor keeps attack, decay, sustain and release in {a}, {d}, {s} and {r} (each within what the sound chip allows: 4, 3, 3 and 5 bits). The driver wants them as the DSP has them, with ADSR mode on: edddaaaa in {one}, sssrrrrr in {two}.",
    )


def replay_packet_built(draw: Drawer) -> Made:
    pad, frames, word = draw.variable(16), draw.variable(8), draw.variable(16)
    b, f, w = addresses(pad, frames, word)
    most = draw.one(15, 15, 7, 10)
    run = Binary("min", Read(frames), Number(most))
    program = (put(word, joined(masked(pad, 0xFFF0), Widened(run))), less_down_to(frames, 0, most))
    return program, (
        f"Write a routine that packs a step of a recording: the word {w} becomes the buttons {b} (its upper 12 bits) with the repeat count in the low 4 bits, which is the byte {f}, but at most {most}. What was packed is then taken from {f}: it falls by {most}, not below 0.",
        f"Replay word = pad bits | count in the unused low nibble. Pad {b} (16 bits, low nibble may hold rubbish), frames byte {f}. Count = min(frames, {most}); frames -= count. Word -> {w}.",
        f"n = min(byte[{f}], {most}); word[{w}] = (word[{b}] & $FFF0) | n; byte[{f}] -= n.",
        f"My ghost car is recorded in words: twelve buttons in their usual places and, where the pad has its signature bits, for how many frames they were held. A word takes {most} frames at the most, so what is in {f} goes down by as many as fitted. Buttons from {b}, result to {w}.",
    )


def chest_order_built(draw: Drawer) -> Made:
    item, count, chance = draw.variable(8, below=64), draw.variable(8), draw.variable(8)
    word = draw.variable(16)
    i, c, p, w = addresses(item, count, chance, word)
    amount = Binary("min", Binary("max", Read(count), Number(1)), Number(16))
    program = (put(word, together(16, (item, 0), (minus(amount, 1), 6), (Shifted(Read(chance), "right", 2), 10))),)
    return program, (
        f"Write a routine that packs a prize into the word {w}: bits 0-5 the item {i} (below 64), bits 6-9 the amount less 1, bits 10-15 the chance. The amount is byte {c} limited to 1 to 16; the chance is byte {p} without its two lowest bits.",
        f"cccccc aaaa iiiiii in word {w}: i = byte {i} (<64), a = clamp(byte {c}, 1, 16) - 1, c = byte {p} >> 2. Code?",
        f"word[{w}] = byte[{i}] | (min(max(byte[{c}], 1), 16) - 1) << 6 | (byte[{p}] >> 2) << 10.",
        f"A drop is two bytes in my hack: what ({i}, 0-63) in the low six bits, then how many in four, then how likely in six. Nobody drops nothing, so 1 to 16 is stored as 0 to 15 and what {c} has outside of that counts as the nearest end. The likelihood comes as a full byte ({p}); its upper six bits do. Word at {w}, please.",
    )


def header_bytes_built(draw: Drawer) -> Made:
    music, palette, size_, limit = (draw.variable(8, below=top) for top in (32, 8, 16, 16))
    first, second = draw.variable(8), draw.variable(8)
    m, p, s, t, one, two = addresses(music, palette, size_, limit, first, second)
    program = (put(first, together(8, (music, 0), (palette, 5))), put(second, together(8, (size_, 4), (limit, 0))))
    return program, (
        f"Write a routine that makes a level's two header bytes. First one, {one}: palette {p} (0-7) in bits 5-7, music {m} (0-31) below. Second one, {two}: number of screens {s} (0-15) in the high nibble, time limit code {t} (0-15) in the low nibble.",
        f"Level header: {one} = PPPMMMMM, {two} = SSSSTTTT. P {p}, M {m}, S {s}, T {t}, all already in range.",
        f"byte[{one}] = byte[{p}] << 5 | byte[{m}]; byte[{two}] = byte[{s}] << 4 | byte[{t}] (inputs fit their 3, 5, 4, 4 bits).",
        f"Saving a level from my in-game editor: the settings are song {m} (up to 31), palette {p} (up to 7), screens {s} and clock {t} (up to 15 each). On the cartridge they take two bytes, palette over song and screens over clock. Put them to {one} and {two}.",
    )


def solid_sides_built(draw: Drawer) -> Made:
    sides = [draw.variable(8) for _ in range(4)]
    slope, made = draw.variable(8, below=16), draw.variable(8)
    up, down, left, right, s, w = addresses(*sides, slope, made)
    order = draw.one((7, 6, 5, 4), (4, 5, 6, 7))
    program: tuple[Statement, ...] = (
        put(made, slope),
        *(marks(made, check(side, "!=", 0), bit) for side, bit in zip(sides, order, strict=True)),
    )
    return program, (
        f"Write a routine that packs a tile's behaviour into {w}: the low nibble is the slope {s} (below 16); bit {order[0]} is set if {up} isn't 0 (solid from above), bit {order[1]} if {down} isn't 0 (below), bit {order[2]} if {left} isn't 0 (left), bit {order[3]} if {right} isn't 0 (right).",
        f"Four booleans (0 = false) {up}, {down}, {left}, {right} -> bits {order[0]}, {order[1]}, {order[2]}, {order[3]}; slope {s} (0-15) in the low nibble; all into byte {w}.",
        f"byte[{w}] = byte[{s}] | (byte[{up}] ? ${1 << order[0]:02X} : 0) | (byte[{down}] ? ${1 << order[1]:02X} : 0) | (byte[{left}] ? ${1 << order[2]:02X} : 0) | (byte[{right}] ? ${1 << order[3]:02X} : 0); slope < 16.",
        f"In my tile editor each of the four sides is a switch with a byte of its own (up {up}, down {down}, left {left}, right {right}; anything but 0 is on), and the slope is a number from 0 to 15 in {s}. The game reads one byte a tile: slope below, the sides as bits {order[0]}, {order[1]}, {order[2]} and {order[3]} in that order. It goes to {w}.",
    )


def signed_pair_nibbles(draw: Drawer) -> Made:
    x, y, made = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    a, b, w = addresses(x, y, made)
    own = Algorithms(draw).own
    p, q = own("across"), own("down")

    def limited(held: Variable, source: Variable) -> tuple[Statement, ...]:
        return (
            put(held, source),
            when(check(held, ">", 7, True), put(held, 7)),
            when(check(held, "<", -8, True), put(held, -8)),
        )

    high = draw.maybe(0.5)
    first, second = (p, q) if high else (q, p)
    program = (
        *limited(p, x),
        *limited(q, y),
        put(made, joined(Shifted(Read(first), "left", 4), masked(second, 15))),
    )
    upper, lower = (a, b) if high else (b, a)
    return program, (
        f"Write a routine that packs two signed bytes into nibbles: both are limited to -8 to 7; {upper} goes to the upper nibble of {w}, {lower} to the lower one, in two's complement.",
        f"dx {a}, dy {b} (signed bytes) -> one byte {w} of two signed nibbles, {'dx' if high else 'dy'} on top, clamped to -8..7?",
        f"c(v) = clamp(v, -8, 7); byte[{w}] = (c(s8 byte[{upper}]) & 15) << 4 | c(s8 byte[{lower}]) & 15.",
        f"The path of my moth is stored as one byte a step, and a step goes at most 8 back or 7 ahead in each direction: {a} across and {b} down, signed, cut to that range. {'Across' if high else 'Down'} is the left hex digit, the other the right one. Result: {w}.",
    )


def price_tag_built(draw: Drawer) -> Made:
    price, tag = draw.variable(16), draw.variable(8)
    p, t = addresses(price, tag)
    ten, own = draw.maybe(0.4), Algorithms(draw).own
    coarse = own("coarse", 16)
    scale = 10 if ten else 16
    divided = Quotient(Read(price), Number(10)) if ten else Shifted(Read(price), "right", 4)
    program = (
        If(
            check(price, "<", 128),
            (put(tag, Half(Read(price), False)),),
            (
                put(coarse, Binary("min", divided, Number(127, 16))),
                put(tag, joined(Half(Read(coarse), False), 0x80)),
            ),
        ),
    )
    return program, (
        f"Write a routine that turns the price {p} (word) into a one-byte tag at {t}: below 128 the tag is the price; otherwise bit 7 is set and bits 0-6 are price / {scale}, rounded down, at most 127.",
        f"Squeeze a 16-bit price {p} into byte {t}: < 128 as is, else $80 | min(price / {scale}, 127).",
        f"v = word[{p}]; byte[{t}] = v < 128 ? v : $80 | min(v / {scale}, $7F) (whole division).",
        f"Shops have one byte for a price. Cheap things (under 128 rupees) are stored exactly; for the others the top bit says that the lower seven count in steps of {scale}, with whatever doesn't fit shown as 127 steps. The wanted price is in {p} (16 bits), the byte goes to {t}.",
    )


def link_packet_built(draw: Drawer) -> Made:
    sender, serial, body, word = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(16)
    s, n, b, w = addresses(sender, serial, body, word)
    program = (
        put(word, together(16, (body, 0), (masked(serial, 15), 8), (sender, 12))),
        more(serial),
        marks(word, check(body, "==", 0), 15),
    )
    return program, (
        f"Write a routine that prepares a packet word at {w}: bits 0-7 the byte {b}, bits 8-11 the low four bits of the serial number {n}, bits 12-13 the sender {s} (below 4), bit 15 set if {b} is 0 (empty packet); bit 14 is 0. Afterwards {n} goes up by 1 (8 bits).",
        f"Packet e.ss nnnn dddddddd -> word {w}: data {b}, serial {n} (mod 16, then serial += 1), sender {s} 0-3, e = data is 0.",
        f"word[{w}] = byte[{b}] | (byte[{n}] & 15) << 8 | byte[{s}] << 12 | (byte[{b}] == 0) << 15; ++byte[{n}]; sender < 4.",
        f"Two consoles exchange words through the pad port. What I send: my data byte {b} below, above it a running number of which four bits go along ({n}; count it up once the packet is made), above that who I am ({s}, 0 to 3), and the highest bit when there is nothing to say, i.e. the data is 0. The word is picked up from {w}.",
    )


def password_group_built(draw: Drawer) -> Made:
    hearts, sword, shield, medals = (draw.variable(8, below=top) for top in (16, 4, 4, 16))
    word, own = draw.variable(16), Algorithms(draw).own
    h, s, d, m, w = addresses(hearts, sword, shield, medals, word)
    total = own("total")
    program = (
        put(total, plus(plus(hearts, sword), plus(shield, medals))),
        put(word, together(16, (hearts, 0), (sword, 4), (shield, 6), (medals, 8), (masked(total, 15), 12))),
    )
    return program, (
        f"Write a routine that packs progress for a password into the word {w}: hearts {h} (below 16) in bits 0-3, sword {s} (below 4) in bits 4-5, shield {d} (below 4) in bits 6-7, medals {m} (below 16) in bits 8-11, and in bits 12-15 the sum of the four numbers modulo 16.",
        f"Password word {w}: kkkk mmmm ddss hhhh. h {h} <16, s {s} <4, d {d} <4, m {m} <16, k = (h + s + d + m) & 15.",
        f"word[{w}] = h | s << 4 | d << 6 | m << 8 | ((h + s + d + m) & 15) << 12; h, s, d, m = bytes {h}, {s}, {d}, {m} (below 16, 4, 4, 16).",
        f"To be typed in as four hex digits: the rightmost one is the number of hearts ({h}, up to 15), the next one holds shield over sword ({d} and {s}, two bits each), the third the medals ({m}, up to 15), and the leftmost is a check digit, all four numbers added up without what goes beyond a nibble. Build it at {w}.",
    )


def clock_word_halved(draw: Drawer) -> Made:
    hour, minute, second, word = (*(draw.variable(8, below=top) for top in (24, 60, 60)), draw.variable(16))
    h, m, s, w = addresses(hour, minute, second, word)
    program = (put(word, together(16, (Shifted(Read(second), "right", 1), 0), (minute, 5), (hour, 11))),)
    return program, (
        f"Write a routine that packs a time of day like a FAT file system: word {w} = hour ({h}, 0-23) in bits 11-15, minute ({m}, 0-59) in bits 5-10, half the second ({s}, 0-59, rounded down) in bits 0-4.",
        f"hhhhhmmm mmmsssss with s in units of two seconds: bytes {h}, {m}, {s} (valid time) to word {w}?",
        f"word[{w}] = byte[{h}] << 11 | byte[{m}] << 5 | byte[{s}] >> 1; a valid hour, minute, second.",
        f"My records screen stamps each record with the time: {h}:{m}:{s} in three bytes, always a real time. Five, six and five bits make one word of it ({w}), the hour in front; since five bits hold no 60, only every other second is counted.",
    )


def sprite_look_built(draw: Drawer) -> Made:
    facing, hurt, under, attr = (draw.variable(8) for _ in range(4))
    f, h, u, a = addresses(facing, hurt, under, attr)
    normal, red = draw.rng.sample(range(8), 2)
    program = (
        put(attr, either(check(hurt, "!=", 0), red << 1, normal << 1)),
        put(attr, joined(attr, either(check(under, "!=", 0), 0x10, 0x30))),
        marks(attr, Bits(Read(facing), 1, "any"), 6),
    )
    return program, (
        f"Write a routine that makes the OAM attribute byte {a} (vhoopppN) of my hero: palette {red} if {h} isn't 0, else {normal}; priority 1 if {u} isn't 0, else 3; horizontal flip if bit 0 of {f} is set; no vertical flip, N = 0.",
        f"OAM attributes -> {a}: ppp = {red} while hurt timer {h} runs, otherwise {normal}; oo = 1 under a bridge ({u} != 0), else 3; h from bit 0 of {f}; v and N clear.",
        f"byte[{a}] = (byte[{h}] ? {red} : {normal}) << 1 | (byte[{u}] ? 1 : 3) << 4 | (byte[{f}] & 1) << 6.",
        f"Three things decide how the hero's sprite is shown. Wounded ({h} not 0) he is drawn in sprite palette {red}, else {normal}. Below a bridge ({u} not 0) his priority is 1, otherwise 3. And his picture looks right; an odd {f} means he looks left, so it is mirrored. Write the attribute byte to {a}, first tile page, never upside down.",
    )


def command_word_built(draw: Drawer) -> Made:
    opcode, slot, value_, word = (
        draw.variable(8, below=8),
        draw.variable(8, below=16),
        draw.variable(16),
        draw.variable(16),
    )
    o, s, v, w = addresses(opcode, slot, value_, word)
    over = draw.variable(8)
    program = (
        If(
            check(value_, ">", 511),
            (put(word, together(16, (slot, 9), (opcode, 13))), put(word, joined(word, 511)), put(over, 1)),
            (put(word, together(16, (value_, 0), (slot, 9), (opcode, 13))), put(over, 0)),
        ),
    )
    g = over.address
    return program, (
        f"Write a routine that encodes a script command in the word {w}: value in bits 0-8, slot {s} (0-15) in bits 9-12, opcode {o} (0-7) in bits 13-15. The value is the word {v}, but at most 511; {g} becomes 1 if it had to be cut, else 0.",
        f"ooossssv vvvvvvvv: opcode {o} < 8, slot {s} < 16, value word {v} capped at $1FF -> word {w}; byte {g} = capped?",
        f"n = word[{v}]; word[{w}] = byte[{o}] << 13 | byte[{s}] << 9 | min(n, 511); byte[{g}] = n > 511.",
        f"Cutscene commands are packed in 16 bits: three for what ({o}), four for whom ({s}), nine for how much. Both bytes fit. How much comes as a full word ({v}) and is set to 511 if larger, in which case the editor beeps: {g} is 1 then and 0 otherwise. The command belongs at {w}.",
    )


def tie_note_built(draw: Drawer) -> Made:
    pitch, length, before, note = draw.variable(8, below=64), draw.variable(8), draw.variable(8), draw.variable(8)
    p, n, b, w = addresses(pitch, length, before, note)
    long_ = draw.one(48, 24, 32)
    program = (
        put(note, pitch),
        marks(note, check(length, ">=", long_), 7),
        when(check(pitch, "==", before), raised(note, 6)),
        put(before, pitch),
    )
    return program, (
        f"Write a routine that encodes a note in {w}: bits 0-5 are the pitch {p} (below 64), bit 7 is set if the length {n} is {long_} ticks or more, bit 6 if the pitch is the same as that of the note before ({b}). Then the pitch is remembered in {b}.",
        f"ltpppppp -> {w}: p = byte {p} (<64), l = byte {n} >= {long_}, t = pitch equals previous pitch {b}. Previous = pitch afterwards.",
        f"byte[{w}] = byte[{p}] | (byte[{p}] == byte[{b}]) << 6 | (byte[{n}] >= {long_}) << 7; byte[{b}] = byte[{p}]; pitch < 64.",
        f"My tune recorder makes one byte of each key pressed. Pitch: {p}, six bits. Was it held {long_} ticks or longer ({n})? Then the top bit. Same key as last time ({b})? Then the bit below, a tie. And of course {b} is this key for the next time. The byte goes to {w}.",
    )


RECIPES = (
    door_word_built,
    envelope_bytes_built,
    replay_packet_built,
    chest_order_built,
    header_bytes_built,
    solid_sides_built,
    signed_pair_nibbles,
    price_tag_built,
    link_packet_built,
    password_group_built,
    clock_word_halved,
    sprite_look_built,
    command_word_built,
    tie_note_built,
)
