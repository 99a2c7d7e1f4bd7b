"""What a pad word leads to where several buttons, states and limits decide: one case of several, fields moved, modes kept."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    If,
    Read,
    Shifted,
    Stop,
    Switch,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    changed,
    ladder,
    marks,
    part,
    raised,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    joined,
    less,
    masked,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_BUTTONS = (
    ("B", 0x8000), ("Y", 0x4000), ("Select", 0x2000), ("Start", 0x1000), ("A", 0x80), ("X", 0x40), ("L", 0x20), ("R", 0x10),
)  # fmt: skip


def one_action_of_buttons(draw: Drawer) -> Made:
    pad, busy, action = draw.variable(16), draw.variable(8), draw.variable(8)
    p, b, a = addresses(pad, busy, action)
    picked = draw.rng.sample(_BUTTONS, 3)
    codes = draw.rng.sample(range(1, 40), 3)
    program = (
        when(Bits(Read(busy), 0x80, "any"), Stop()),
        ladder(
            *(
                (Bits(Read(pad), bit, "any"), (put(action, code),))
                for (_, bit), code in zip(picked, codes, strict=True)
            ),
            otherwise=(put(action, 0),),
        ),
    )
    (n1, b1), (n2, b2), (n3, b3) = picked
    c1, c2, c3 = codes
    return program, (
        f"Write a routine that chooses an action by the pad word {p}, unless bit 7 of {b} is set (then nothing changes): {n1} (${b1:04X}) gives {c1} in {a}; else {n2} (${b2:04X}) gives {c2}; else {n3} (${b3:04X}) gives {c3}; else 0.",
        f"{b} negative: return. Pad {p} -> action {a}: {n1} {c1} > {n2} {c2} > {n3} {c3} > nothing 0.",
        f"if !(byte[{b}] & $80): byte[{a}] = word[{p}] & ${b1:04X} ? {c1} : word[{p}] & ${b2:04X} ? {c2} : word[{p}] & ${b3:04X} ? {c3} : 0.",
        f"He can do one thing at a time: {c1} with {n1}, {c2} with {n2}, {c3} with {n3}, and if more of these are held, the first named counts. None of them is 0. While a move is running (top bit of {b}) the action {a} isn't touched. {p} has the buttons as the auto-read delivers them.",
    )


def cursor_in_packed_byte(draw: Drawer) -> Made:
    pad, cursor = draw.variable(16), draw.variable(8)
    p, c = addresses(pad, cursor)
    wide, high = draw.one(2, 3, 3), draw.one(2, 3, 3)
    own = Algorithms(draw).own
    column, row = own("column"), own("row")
    program = (
        put(column, masked(cursor, 3)),
        put(row, part(cursor, 2, 2)),
        ladder(
            (Bits(Read(pad), 0x0100, "any"), (when(check(column, "<", wide), more(column)),)),
            (Bits(Read(pad), 0x0200, "any"), (when(check(column, "!=", 0), less(column)),)),
        ),
        ladder(
            (Bits(Read(pad), 0x0400, "any"), (when(check(row, "<", high), more(row)),)),
            (Bits(Read(pad), 0x0800, "any"), (when(check(row, "!=", 0), less(row)),)),
        ),
        put(cursor, joined(masked(cursor, 0xF0), together(8, (column, 0), (row, 2)))),
    )
    return program, (
        f"Write a routine that moves a cursor kept in one byte {c} (column in bits 0-1, row in bits 2-3, the other bits are kept) by the pad word {p}: Right raises the column while it is below {wide}, else Left lowers it unless 0; Down raises the row while it is below {high}, else Up lowers it unless 0. Both axes can move at once; Right goes before Left and Down before Up.",
        f"{c} = ....rrcc (dots kept); pad {p}: Right c+1 (below {wide}) / else Left c-1 (above 0); Down r+1 (below {high}) / else Up r-1 (above 0). Diagonals allowed.",
        f"c = b & 3; r = b >> 2 & 3; w = word[{p}]; w & $0100 ? c += c < {wide} : w & $0200 ? c -= c > 0; w & $0400 ? r += r < {high} : w & $0800 ? r -= r > 0; byte[{c}] = (b & $F0) | r << 2 | c; b = byte[{c}].",
        f"The icon table has columns 0 to {wide} and rows 0 to {high}; where the finger is stands in {c}, two bits of column below two bits of row, and four bits above that must stay. One step per axis and call, as the cross of the pad {p} says. At the edges it stops. If someone manages to hold both opposite ways, right and down win.",
    )


def volume_by_shoulders(draw: Drawer) -> Made:
    pad, settings = draw.variable(16), draw.variable(8)
    p, s = addresses(pad, settings)
    low = draw.rng.randrange(1, 6)
    mask = 3 << low
    program = (
        ladder(
            (Bits(Read(pad), 0x30, "all"), (put(settings, joined(masked(settings, 0xFF ^ mask), 2 << low)),)),
            (
                Bits(Read(pad), 0x10, "any"),
                (when(check(masked(settings, mask), "!=", mask), more(settings, 1 << low)),),
            ),
            (
                Bits(Read(pad), 0x20, "any"),
                (when(Bits(Read(settings), mask, "any"), less(settings, 1 << low)),),
            ),
        ),
    )
    return program, (
        f"Write a routine that adjusts the volume, {bits_told(low, 2)} of {s}, by the pad word {p}: L and R together (bits $30) set it to 2; R alone ($10) raises it by 1 up to 3; L alone ($20) lowers it by 1 down to 0. The other bits of {s} stay.",
        f"volume = {bits_told(low, 2)} of {s}; pad {p}: L+R -> 2, R -> +1 (max 3), L -> -1 (min 0), neither -> nothing. Keep the rest.",
        f"v = byte[{s}] >> {low} & 3; b = word[{p}] & $30; v = b == $30 ? 2 : b == $10 ? min(v + 1, 3) : b == $20 ? max(v - 1, 0) : v; put v back, other bits as before.",
        f"R is louder and L is softer, by one step, and pressing both brings back the loudness 2 (of 0 to 3). It is a field of two bits in the settings byte {s}, beginning at bit {low}; whatever else is set there remains. Pad word: {p}.",
    )


def menu_of_two_levels(draw: Drawer) -> Made:
    pressed, menu, chosen = draw.variable(16), draw.variable(8), draw.variable(8)
    p, m, c = addresses(pressed, menu, chosen)
    none = draw.one(0xFF, 0x80)
    inside = Bits(Read(menu), 0x80, "any")
    program = (
        put(chosen, none),
        ladder(
            (
                Bits(Read(pressed), 0x80, "any"),
                (If(inside, (put(chosen, masked(menu, 0x7F)),), (raised(menu, 7),)),),
            ),
            (
                Bits(Read(pressed), 0x8000, "any"),
                (put(menu, masked(menu, 0x70)),),
            ),
        ),
    )
    return program, (
        f"Write a routine for a menu of two levels; bit 7 of {m} says whether the inner level is open. {c} is ${none:02X} unless something is chosen. A pressed (bit 7 of the word {p}): in the inner level {c} becomes bits 0-6 of {m}, in the outer level bit 7 of {m} is set. Otherwise B pressed (bit 15): bits 7 and 0-3 of {m} are cleared, bits 4-6 stay.",
        f"pressed word {p}: A -> {m} bit 7 set ? {c} = {m} & $7F : set bit 7; else B -> {m} &= $70. {c} = ${none:02X} when nothing is chosen.",
        f"c = ${none:02X}; w = word[{p}]; if w & $0080: m & $80 ? c = m & $7F : m |= $80; elif w & $8000: m &= $70; byte[{c}] = c; m = byte[{m}].",
        f"A opens the submenu (top bit of {m}), and there A takes the entry: the other seven bits of {m} go to {c}. B goes out: the top bit and the low digit, which is the line in the submenu, become 0, the heading in the bits between stays. With both down only A counts. When nothing was taken {c} is ${none:02X}. New presses are in {p}, normal layout.",
    )


def hold_time_classes(draw: Drawer) -> Made:
    pad, held, kind = draw.variable(16), draw.variable(8), draw.variable(8)
    p, h, k = addresses(pad, held, kind)
    name, bit = draw.one(*_BUTTONS)
    short, long_ = draw.rng.randrange(4, 20), draw.rng.randrange(30, 90)
    program = (
        put(kind, 0),
        If(
            Bits(Read(pad), bit, "any"),
            (when(check(held, "<", 255), more(held)),),
            (
                ladder(
                    (check(held, ">=", long_), (put(kind, 3),)),
                    (check(held, ">=", short), (put(kind, 2),)),
                    (check(held, "!=", 0), (put(kind, 1),)),
                ),
                put(held, 0),
            ),
        ),
    )
    return program, (
        f"Write a routine that tells how long {name} (bit ${bit:04X} of the pad word {p}) was held when it is let go. While held, the counter {h} rises by 1 up to 255 and {k} is 0. When not held, {k} becomes 3 if the counter is {long_} or more, 2 if {short} or more, 1 if more than 0, else 0; then the counter becomes 0.",
        f"{name} in {p}: down -> ++{h} (max 255), {k} = 0; up -> {k} = {h} >= {long_} ? 3 : >= {short} ? 2 : > 0 ? 1 : 0, {h} = 0.",
        f"d = word[{p}] & ${bit:04X}; n = byte[{h}]; byte[{k}] = d ? 0 : n >= {long_} ? 3 : n >= {short} ? 2 : n > 0; byte[{h}] = d ? min(n + 1, 255) : 0.",
        f"Tap, press and long press on {name}: under {short} frames is a tap (1), under {long_} a press (2), from there on a long press (3). It's decided when the button comes up, in {k}, for that one frame; in all others {k} is 0. {h} counts the frames and sticks at 255. The pad's state is in {p}.",
    )


def pads_merged_by_mode(draw: Drawer) -> Made:
    one, two, mode, result = draw.variable(16), draw.variable(16), draw.variable(8, below=4), draw.variable(16)
    a, b, m, r = addresses(one, two, mode, result)
    program = (
        Switch(
            Read(mode),
            (
                (0, (put(result, one),)),
                (1, (put(result, two),)),
                (2, (put(result, joined(one, two)),)),
                (3, (put(result, joined(masked(one, 0x0F00), masked(two, 0xF0F0))),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that combines two pads by the mode {m} (0-3) into the word {r}: 0 the first pad {a}, 1 the second pad {b}, 2 all buttons of either, 3 the directions ($0F00) of the first and the other buttons ($F0F0) of the second.",
        f"word {r} by {m} < 4: 0 {a}; 1 {b}; 2 {a} | {b}; 3 ({a} & $0F00) | ({b} & $F0F0).",
        f"word[{r}] = (w1, w2, w1 | w2, w1 & $0F00 | w2 & $F0F0)[byte[{m}]]; w1 = word[{a}], w2 = word[{b}]; mode 0..3.",
        f"Two people at one game: mode 0 lets only the first play, 1 only the second, 2 lets both do everything, and in 3 the first has the cross and the second the buttons. The mode is {m}, pads are {a} and {b}, and the game reads {r}. Bits that belong to no button may come through in modes 0 to 2, but are 0 in mode 3.",
    )


def stance_from_cross_and_button(draw: Drawer) -> Made:
    pad, actor = draw.variable(16), draw.variable(8)
    p, a = addresses(pad, actor)
    name, bit = draw.one(*_BUTTONS)
    own = Algorithms(draw).own("facing")
    program = (
        put(own, masked(actor, 3)),
        when(
            Bits(Read(pad), bit, "none"),
            ladder(
                (Bits(Read(pad), 0x0200, "any"), (put(own, 2),)),
                (Bits(Read(pad), 0x0100, "any"), (put(own, 3),)),
            ),
        ),
        put(actor, joined(masked(actor, 0x7C), own)),
        marks(actor, Bits(Read(pad), 0x0300, "any"), 7),
    )
    return program, (
        f"Write a routine that sets the facing (bits 0-1) and the walking flag (bit 7) of {a} by the pad word {p}. Unless {name} (${bit:04X}) is held, Left makes the facing 2, else Right 3; neither or {name} held: it stays. Bit 7 is set if Left or Right is held, else cleared. Bits 2-6 stay.",
        f"{a}: bits 0-1 facing (L 2, R 3; L before R; frozen while {name} is down), bit 7 = L or R in {p} (of the cross). Others kept.",
        f"w = word[{p}]; f = w & ${bit:04X} ? b & 3 : w & $0200 ? 2 : w & $0100 ? 3 : b & 3; byte[{a}] = (b & $7C) | f | (w & $0300 ? $80 : 0); b = byte[{a}].",
        f"Strafing: with {name} down he walks but doesn't turn. Otherwise he looks where the cross points, left before right (2 and 3, two lowest bits of {a}), and keeps looking as he did when neither is held. In both cases the top bit says that he's walking, i.e. that left or right is held. Five bits between aren't yours. Pad: {p}.",
    )


def rumble_pattern_of_buttons(draw: Drawer) -> Made:
    pad, old, word = draw.variable(16), draw.variable(16), draw.variable(16)
    p, o, w = addresses(pad, old, word)
    own = Algorithms(draw).own
    new, count = own("new", 16), own("count")
    program = (
        put(new, masked(pad, toggled(old, 0xFFFF))),
        put(old, pad),
        put(count, 0),
        when(Bits(Read(new), 0xC0C0, "any"), put(count, plus(count, 1))),
        when(Bits(Read(new), 0x0F00, "any"), put(count, plus(count, 2))),
        when(Bits(Read(new), 0x0030, "any"), put(count, plus(count, 4))),
        changed(word, 4, 3, count),
    )
    return program, (
        f"Write a routine that notes which groups of buttons were newly pressed (set in the pad word {p}, clear in the word {o}): in the word {w} bit 4 for any of A, B, X, Y, bit 5 for any direction, bit 6 for L or R; each of these three bits is cleared if not. Other bits of {w} stay. Then {o} becomes {p}.",
        f"new = {p} & ~{o}; {o} = {p}; {w}: bit 4 = new & $C0C0, bit 5 = new & $0F00, bit 6 = new & $0030 (as 0/1), rest kept.",
        f"n = word[{p}] & ~word[{o}]; g = (n & $C0C0 != 0) | (n & $0F00 != 0) << 1 | (n & $0030 != 0) << 2; word[{w}] = (word[{w}] & $FF8F) | g << 4; word[{o}] = word[{p}].",
        f"For the key-click sounds I want to know of which kind the new presses are: face buttons, cross, shoulders. {p} is the pad now, {o} the pad a frame ago (keep it up to date). Three bits of {w} tell, from bit 4 on in that order; they are on only in the frame of a press, and the word's other bits are left as they were.",
    )


def camera_look_with_return(draw: Drawer) -> Made:
    pad, look = draw.variable(16), draw.variable(8, signed=True)
    p, v = addresses(pad, look)
    top, step = draw.rng.randrange(40, 100), draw.rng.randrange(2, 6)
    program = (
        ladder(
            (Bits(Read(pad), 0x20, "any"), (when(check(look, ">", -top, True), less(look, step)),)),
            (Bits(Read(pad), 0x10, "any"), (when(check(look, "<", top, True), more(look, step)),)),
            otherwise=(put(look, Shifted(Read(look), "signed right", 1)),),
        ),
    )
    return program, (
        f"Write a routine for looking around: the signed byte {v} falls by {step} while L is held ({p}, bit $20) if it is above -{top}; else it rises by {step} while R is held (bit $10) if it is below {top}; with neither held it is halved (arithmetic shift right by one).",
        f"look s8 {v}, pad {p}: L: if > -{top}, -{step}; else if R: if < {top}, +{step}; no L/R: >>= 1, arithmetic.",
        f"w = word[{p}]; w & $20 ? (v > -{top} ? v -= {step}) : w & $10 ? (v < {top} ? v += {step}) : v = v asr 1; v = (s8)byte[{v}].",
        f"Holding L shifts the view to the left, by {step} a frame as long as it isn't at -{top} or further, R to the right likewise with {top}; L is stronger than R. When both are up it halves each frame, with the rounding of an arithmetic shift (so -1 stays -1). The shift is a signed byte, {v}, the pad word {p}.",
    )


RECIPES = (
    one_action_of_buttons,
    cursor_in_packed_byte,
    volume_by_shoulders,
    menu_of_two_levels,
    hold_time_classes,
    pads_merged_by_mode,
    stance_from_cross_and_button,
    rumble_pattern_of_buttons,
    camera_look_with_return,
)
