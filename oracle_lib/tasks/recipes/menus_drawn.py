"""Menus as tiles: cursors, windows on lists, cells with counts, thumbs of scroll bars, what can be afforded or chosen."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Fill,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Shifted,
    Stop,
    While,
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
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def arrow_column(draw: Drawer) -> Made:
    cells = draw.array(16, draw.one(4, 5, 6, 8))
    cursor, timer = draw.variable(8), draw.variable(8)
    arrow, blank = draw.rng.randrange(0x400) | 0x2000, draw.rng.randrange(0x400)
    bit = draw.one(4, 8, 16)
    place = replace(Algorithms(draw).own("place"), below=cells.length)
    program = (
        Fill(cells, Number(blank, 16)),
        more(timer),
        when(
            Both(Bits(Read(timer), bit, "none"), check(cursor, "<", cells.length)),
            put(place, cursor),
            put(at(cells, place), arrow),
        ),
    )
    return program, (
        f"Draw a blinking cursor: the {cells.length} map words of the cursor column at {cells.address} become ${blank:04X}, the timer {timer.address} rises by 1, and if its bit of value {bit} is then clear and byte[{cursor.address}] is below {cells.length}, the word with that index becomes ${arrow:04X}.",
        f"col[*] = ${blank:04X}; ++t; if !(t & {bit}) and k < {cells.length}: col[k] = ${arrow:04X}. col {where(cells)}, t byte {timer.address}, k byte {cursor.address}.",
        f"Menu arrow, {cells.length} rows ({cells.address}, words): clear with ${blank:04X}, step timer {timer.address}, show ${arrow:04X} at row {cursor.address} while timer & {bit} == 0; row too large: no arrow.",
        f"In front of the menu's {cells.length} lines is a column of cells, words from {cells.address}, for the arrow ${arrow:04X}. It belongs in line {cursor.address} (a number of {cells.length} or more means that nothing is selected), and it blinks by the timer {timer.address}, which you count up first: visible as long as {bit} is not in it. All other cells are ${blank:04X}.",
    )


def window_on_list(draw: Drawer) -> Made:
    items = draw.array(8, draw.one(8, 10, 12, 16))
    window = draw.array(8, draw.one(3, 4, 5))
    top, count, below = draw.variable(8), draw.variable(8, below=items.length + 1), draw.variable(8)
    empty = draw.one(0, 0xFF, 0x7F)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(place, Binary("min", Read(top), Read(count))),
        Each(
            (window,),
            (
                If(
                    check(place, "<", count),
                    (put(Here(window), at(items, place)), more(place)),
                    (put(Here(window), empty),),
                ),
            ),
        ),
        put(below, minus(count, place)),
    )
    return program, (
        f"Show part of a list: the {window.length} bytes at {window.address} get the entries from index byte[{top.address}] on of the list at {items.address}, of which byte[{count.address}] (at most {items.length}) exist; where there is none, ${empty:02X}. The number of entries further down goes to {below.address}.",
        f"w[i] = top + i < n ? list[top + i] : ${empty:02X}, i < {window.length}; byte[{below.address}] = max(n - top - {window.length}, 0). top {top.address}, n {count.address} (<= {items.length}), list {items.address}, w {window.address}; no wrapping.",
        f"{window.length}-line window {window.address} onto list {items.address} (n = {count.address} of max {items.length}) from line {top.address}; fill ${empty:02X}; entries hidden below -> {below.address}.",
        f"My bag holds up to {items.length} things (list at {items.address}, {count.address} says how many) but the window shows only {window.length}, starting with number {top.address}, which may be behind the last. Write what's visible to {window.address} and ${empty:02X} into lines that stay free, and tell me in {below.address} how many more things are hidden under the window, for the little arrow.",
    )


def counts_in_two_cells(draw: Drawer) -> Made:
    counts = draw.array(8, draw.one(3, 4, 5))
    cells = draw.array(8, 2 * counts.length)
    zero, blank = draw.one(0x30, 0x90, 0x10), draw.one(0x20, 0x7F, 0xFF)
    own = Algorithms(draw).own
    place, rest, tens = own("place"), own("rest"), own("tens")
    program = (
        put(place, 0),
        Each(
            (counts,),
            (
                put(rest, Binary("min", Read(Here(counts)), Number(99))),
                put(tens, 0),
                While(check(rest, ">=", 10), (less(rest, 10), more(tens))),
                If(
                    check(Here(counts), "==", 0),
                    (put(at(cells, place), blank), put(at(cells, plus(place, 1)), blank)),
                    (
                        put(at(cells, place), either(check(tens, "==", 0), blank, plus(tens, zero))),
                        put(at(cells, plus(place, 1)), plus(rest, zero)),
                    ),
                ),
                more(place, 2),
            ),
        ),
    )
    n = counts.length
    return program, (
        f"Print {n} counts (bytes {counts.address}) into pairs of cells at {cells.address}: decimal with digits from ${zero:02X}, the tens ${blank:02X} if 0; counts above 99 are shown as 99; a count of 0 leaves both cells ${blank:02X}.",
        f"for i < {n}: c[2i..2i+1] = a[i] ? '%2d' % min(a[i], 99) : '  '; digit d = tile ${zero:02X} + d, blank = ${blank:02X}; a {counts.address}, c {cells.address}, bytes.",
        f"{n} item counts {counts.address} -> two tiles each at {cells.address}: right-aligned, max 99, none = two blanks (${blank:02X}), '0' = ${zero:02X}.",
        f"Beside each of the menu's {n} items two cells are kept for how many one has; all {2 * n} cells lie in a row from {cells.address}. The numbers are at {counts.address}. Write a number with its tens and ones (tile ${zero:02X} is the digit 0, the others follow), without a leading zero; use ${blank:02X} for an empty cell, and leave an item that one doesn't have without any digit. More than 99 can't be shown, so write 99.",
    )


def affordable_mask(draw: Drawer) -> Made:
    prices = draw.array(16, draw.one(4, 6, 8))
    money, mask, cheapest = draw.variable(16), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    bit, best = own("bit"), own("best", 16)
    program = (
        put(mask, 0),
        put(cheapest, 0xFF),
        put(best, 0xFFFF),
        put(bit, 1),
        Each(
            (prices,),
            (
                If(
                    check(Here(prices), "<=", money),
                    (put(mask, joined(mask, bit)),),
                    (
                        when(
                            check(Here(prices), "<", best),
                            put(best, Here(prices)),
                            put(cheapest, Index()),
                        ),
                    ),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Which of {prices.length} goods (price words at {prices.address}) can be bought with word[{money.address}]? Set bit n of {mask.address} for each good n that doesn't cost more than that. Of those that cost too much the cheapest one's index goes to {cheapest.address} (first of equals), $FF if there is none below $FFFF.",
        f"m = OR of 1 << i where p[i] <= g; k = first argmin of p[i] > g with p[i] < $FFFF, or $FF. p {where(prices)}, g word {money.address}; m -> {mask.address}, k -> {cheapest.address}.",
        f"Shop: prices {prices.address} ({prices.length} words), purse {money.address}: affordable bits -> {mask.address}; next goal (cheapest unaffordable, not counting $FFFF) -> {cheapest.address} or $FF.",
        f"Goods that the hero can't pay are to be shown in grey. He has {money.address} rupees (16 bits); {prices.length} prices stand at {prices.address}. For every affordable good set its bit in {mask.address}, bit 0 for the first. The merchant also says what to save up for: the cheapest of the others, whose number belongs in {cheapest.address}, the earlier of two at one price. If everything can be paid, or what can't costs $FFFF (sold out), it's $FF.",
    )


def scroll_bar_thumb(draw: Drawer) -> Made:
    top, count, thumb = draw.variable(8), draw.variable(8), draw.variable(8)
    visible, track = draw.one(4, 5, 6, 8), draw.one(24, 32, 40, 48)
    own = Algorithms(draw).own
    hidden, product = own("hidden"), own("product", 16)
    program = (
        put(thumb, 0),
        when(check(count, "<=", visible), Stop()),
        put(hidden, minus(count, visible)),
        put(product, Product(Binary("min", Read(top), Read(hidden)), Number(track))),
        put(thumb, Half(Quotient(Read(product), Read(hidden)), False)),
    )
    return program, (
        f"Compute the scroll bar's thumb: a list of byte[{count.address}] lines shows {visible} of them from line byte[{top.address}] on. With h = lines - {visible}, the thumb's offset is min(top, h) * {track} / h, rounded down, to {thumb.address}. If no more than {visible} lines exist it is 0.",
        f"n <= {visible}: 0; else h = n - {visible}, byte[{thumb.address}] = min(t, h) * {track} / h (floor). n byte {count.address}, t byte {top.address}.",
        f"Thumb position 0-{track} px -> {thumb.address}: top line {top.address}, total lines {count.address}, window {visible} lines; short list: 0; top beyond the last position counts as that.",
        f"On the right of my list is a bar whose thumb can go down by {track} pixels. It is at the very bottom when the list can't be scrolled further, and in proportion before that, in whole pixels, rounded down. The list has {count.address} lines, {visible} fit into the window, and its first visible line is {top.address} (counted from 0; treat one that's too large as the last possible). Where is the thumb ({thumb.address})? A list that fits has it at the top, 0.",
    )


def summary_message(draw: Drawer) -> Made:
    flags = draw.array(8, draw.one(4, 6, 8, 10))
    message, left = draw.variable(16), draw.variable(8)
    none, one, some, every = draw.rng.sample(range(0x20, 0x180), 4)
    program = (
        put(left, Count(flags, check(Here(flags), "==", 0))),
        put(message, some),
        when(check(left, "==", flags.length), put(message, none)),
        when(check(left, "==", 1), put(message, one)),
        when(check(left, "==", 0), put(message, every)),
    )
    n = flags.length
    return program, (
        f"Choose a message by what is missing: of the {n} bytes at {flags.address} count those that are 0 in {left.address}. The message word {message.address} becomes ${none:04X} if all are 0, ${every:04X} if none is, ${one:04X} if exactly one is, otherwise ${some:04X}.",
        f"z = number of zeros in {where(flags)} -> {left.address}; word[{message.address}] = z == {n} ? ${none:04X} : z == 0 ? ${every:04X} : z == 1 ? ${one:04X} : ${some:04X}.",
        f"Collector's line: missing (zero) entries of {flags.address} ({n}) -> {left.address}; text {message.address}: all missing ${none:04X}, one missing ${one:04X}, complete ${every:04X}, else ${some:04X}.",
        f"The collector comments on the hero's {n} shells, whose bytes from {flags.address} on are 0 as long as he hasn't found them. 'Not a single one?' is text ${none:04X}, 'only one left!' ${one:04X}, 'you have them all!' ${every:04X}, and for anything in between he says text ${some:04X}. Put the text's number in {message.address} (16 bits) and the number of missing shells, which he mentions, in {left.address}.",
    )


def warning_palette(draw: Drawer) -> Made:
    cells = draw.array(16, draw.one(3, 4, 5))
    amount, frame, low = draw.variable(8), draw.variable(8), draw.one(5, 10, 20)
    calm, alarm, dead = draw.rng.sample(range(8), 3)
    bit = draw.one(4, 8, 16)
    chosen = Algorithms(draw).own("palette", 16)
    program = (
        put(chosen, calm << 10),
        If(
            check(amount, "==", 0),
            (put(chosen, dead << 10),),
            (
                when(
                    Both(check(amount, "<=", low), Bits(Read(frame), bit, "any")),
                    put(chosen, alarm << 10),
                ),
            ),
        ),
        Each((cells,), (put(Here(cells), joined(masked(Here(cells), 0xE3FF), chosen)),)),
    )
    return program, (
        f"Colour the {cells.length} map words of a counter at {cells.address} by its amount byte[{amount.address}]: palette {dead} if it is 0; if it is 1 to {low} and bit value {bit} of the frame counter {frame.address} is set, palette {alarm}; otherwise palette {calm}. Only the palette bits (10-12) change.",
        f"pal = a == 0 ? {dead} : a <= {low} && f & {bit} ? {alarm} : {calm}; for {cells.length} words {cells.address}: w = w & $E3FF | pal << 10. a byte {amount.address}, f byte {frame.address}.",
        f"HUD counter {cells.address} ({cells.length} map words): empty (0) palette {dead}; low (<= {low}) flashes between {alarm} (frame {frame.address} & {bit}) and {calm}; else {calm}. Amount {amount.address}.",
        f"When arrows run short their number should flash. It takes {cells.length} tilemap cells from {cells.address}; the arrows are in {amount.address}. With none left it is shown in palette {dead}. With {low} or fewer it changes between palettes {alarm} and {calm}, {alarm} while the frame counter {frame.address} contains {bit}. With more it has palette {calm}. Tiles, flips and priority must survive.",
    )


def total_of_order(draw: Drawer) -> Made:
    prices, amounts = draw.slots(8, 8)
    money, total, pieces = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(total, 0),
        put(pieces, 0),
        Each(
            (prices, amounts),
            (
                more(total, Product(Read(Here(prices)), masked(Here(amounts), 0x0F))),
                more(pieces, masked(Here(amounts), 0x0F)),
            ),
        ),
        Report(check(total, "<=", money)),
    )
    return program, (
        f"Add up an order of {prices.length} goods: prices are the bytes at {prices.address}, amounts the low four bits of those at {amounts.address}. The cost goes to the word {total.address} (wrapping), the number of pieces to {pieces.address} (wrapping). Carry set if word[{money.address}] is enough.",
        f"t = sum(p[i] * (a[i] & 15)), n = sum(a[i] & 15), i < {prices.length}; t -> word {total.address}, n -> byte {pieces.address}; C = t <= word[{money.address}]. p {prices.address}, a {amounts.address}.",
        f"Order form: {prices.length} unit prices {prices.address}, quantities {amounts.address} (0-15 in the low nibble) -> total {total.address} (16-bit), pieces {pieces.address}; carry = purse {money.address} covers it.",
        f"In my general store one fills in how many of each of the {prices.length} goods one wants, and pays once. A good's price is a byte from {prices.address}, its amount the lower nibble of a byte from {amounts.address}. I need the sum to pay in {total.address} and how many pieces that are in {pieces.address}; with the money in {money.address} (a word, like the sum) sufficient, return with a set carry, else with a clear one.",
    )


RECIPES = (
    arrow_column,
    window_on_list,
    counts_in_two_cells,
    affordable_mask,
    scroll_bar_thumb,
    summary_message,
    warning_palette,
    total_of_order,
)
