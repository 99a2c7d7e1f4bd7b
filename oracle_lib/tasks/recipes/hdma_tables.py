"""Tables for HDMA and DMA built in WRAM, windows by the line, splits of the screen and scroll values."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Each,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Report,
    Saturating,
    Shifted,
    Stop,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def bar_on_screen(draw: Drawer) -> Made:
    table = draw.array(8, 7)
    top, high = draw.variable(8, below=0x70), draw.variable(8, below=0x70)
    plain, tinted = draw.rng.sample(range(0x20), 2)
    program = (
        put(at(table, 0), plus(top, 1)),
        put(at(table, 1), plain),
        put(at(table, 2), plus(high, 1)),
        put(at(table, 3), tinted),
        put(at(table, 4), 1),
        put(at(table, 5), plain),
        put(at(table, 6), 0),
    )
    return program, (
        f"Build an HDMA table of one byte per entry at {table.address} (7 bytes): byte[{top.address}] + 1 lines of ${plain:02X}, then byte[{high.address}] + 1 lines of ${tinted:02X}, then one line of ${plain:02X}, then the end mark 0. Both variables are below $70; an entry is line count, value.",
        f"HDMA (1 register) at {table.address}: top {top.address} + 1 lines ${plain:02X}; height {high.address} + 1 lines ${tinted:02X}; 1 line ${plain:02X}; $00. Both < $70.",
        f"{table.address}: t + 1, ${plain:02X}, h + 1, ${tinted:02X}, 1, ${plain:02X}, 0; t = byte[{top.address}], h = byte[{high.address}], each < $70.",
        f"A coloured bar runs across my screen; its distance from the top is {top.address} and its height {high.address}, both in lines less one and under 112. HDMA shall switch a register to ${tinted:02X} inside the bar and to ${plain:02X} above and from below it on. Write the seven table bytes (count, value, count, value, count, value, 0; the last count is 1) from {table.address} on.",
    )


def gradient_rows(draw: Drawer) -> Made:
    bands = draw.one(3, 4, 6, 8)
    table = draw.array(8, 2 * bands + 1)
    start, step = draw.variable(8), draw.variable(8)
    lines = draw.one(8, 10, 16, 20)
    own = Algorithms(draw).own
    place, value_now = replace(own("place"), below=2 * bands + 1), own("value")
    plane = draw.one(0x20, 0x40, 0x80, 0xE0)
    program = (
        put(place, 0),
        put(value_now, start),
        Repeat(
            Number(bands),
            (
                put(at(table, place), lines),
                put(at(table, plus(place, 1)), joined(masked(value_now, 0x1F), plane)),
                more(place, 2),
                more(value_now, step),
            ),
        ),
        put(at(table, 2 * bands), 0),
    )
    return program, (
        f"Build a fixed-colour gradient for HDMA at {table.address}: {bands} entries of two bytes, count {lines} and a value, then a 0. The intensities start at byte[{start.address}] and grow by byte[{step.address}] each (bytes, wrapping); the value is the intensity's low five bits or ${plane:02X}.",
        f"for i < {bands}: t[2i] = {lines}, t[2i + 1] = ((s + i * d) & $1F) | ${plane:02X}; t[{2 * bands}] = 0. s = byte[{start.address}], d = byte[{step.address}], t = {table.address}.",
        f"COLDATA gradient table {table.address}: {bands} bands of {lines} lines, level {start.address} + band * {step.address} (mod 32), plane bits ${plane:02X}, terminator.",
        f"The sky is made by HDMA into $2132, {bands} bands of {lines} lines each. A band's level begins with {start.address} and changes by {step.address} (which may be negative, as usual) from band to band, and only five bits of it count; with them goes ${plane:02X} to choose the channel. Write the whole table, end mark included, to {table.address}.",
    )


def scroll_table_of_layers(draw: Drawer) -> Made:
    layers = draw.one(2, 3, 4)
    counts, speeds = draw.array(8, layers), draw.array(8, layers)
    [lines, scrolls] = laid_out(draw, layers, 3, ("line count", 0, 8), ("scroll word", 1, 16))
    camera = draw.variable(16)
    own = Algorithms(draw).own
    shift, moved = own("shift"), own("moved", 16)
    program = (
        Each(
            (counts, speeds, lines, scrolls),
            (
                put(Here(lines), Here(counts)),
                put(shift, masked(Here(speeds), 3)),
                put(moved, camera),
                Repeat(Read(shift), (put(moved, Shifted(Read(moved), "right", 1)),)),
                put(Here(scrolls), moved),
            ),
        ),
    )
    return program, (
        f"Fill {layers} entries of an HDMA table at {lines.address}, three bytes each: a line count from the bytes at {counts.address} and a scroll word, namely word[{camera.address}] shifted right (unsigned) by the low two bits of the entry's byte at {speeds.address}.",
        f"e[i] = (n[i], word[{camera.address}] >> (s[i] & 3)); 3 bytes per entry at {lines.address}, {layers} entries; n {counts.address}, s {speeds.address}.",
        f"Parallax by HDMA: {layers} bands, lines {counts.address}, slowness {speeds.address} (0-3 = halvings, other bits ignored), camera word {camera.address}, entries count/low/high to {lines.address}.",
        f"The background is cut into {layers} strips that move at different speeds. For each I hold its height ({counts.address}) and how often the camera's x is halved for it ({speeds.address}, only bits 0 and 1 are used). Make the scroll table at {lines.address} of it: height, then the halved camera position, low byte first. The camera's x is the word {camera.address}.",
    )


def count_table_lines(draw: Drawer) -> Made:
    entries = draw.one(4, 5, 6, 8)
    step = draw.one(2, 3, 5)
    [counts] = laid_out(draw, entries, step, ("line count", 0, 8))
    total, used = draw.variable(16), draw.variable(8)
    program = (
        put(total, 0),
        put(used, 0),
        Each(
            (counts,),
            (
                when(check(Here(counts), "==", 0), Stop()),
                more(total, Widened(masked(Here(counts), 0x7F))),
                more(used),
            ),
        ),
        Report(check(total, ">=", 224)),
    )
    return program, (
        f"Validate an HDMA table at {counts.address} with entries of {step} bytes, the count first, at most {entries} of them: until a count of 0, add the low seven bits of each count to the word {total.address} (starting at 0) and count the entries in {used.address}. Carry set if the lines are 224 or more.",
        f"Sum counts (& $7F) of an HDMA table ({counts.address}, {step} bytes an entry, max {entries}, ends at count 0) -> word {total.address}; entries -> {used.address}; C = sum >= 224.",
        f"t = n = 0; for e in up to {entries} entries of {step} bytes at {counts.address}: if e[0] == 0: break; t += e[0] & $7F; ++n. word[{total.address}] = t, byte[{used.address}] = n, carry = t >= 224.",
        f"Does my effect reach down to the screen's last line? The table at {counts.address} has {step}-byte entries beginning with a line count, whose top bit is only the repeat flag, and a zero count ends it; no more than {entries} entries are looked at. I need the number of lines ({total.address}, 16 bits), the number of entries ({used.address}), and the carry set when 224 lines are covered.",
    )


def window_of_circle(draw: Drawer) -> Made:
    widths = draw.array(8, draw.one(8, 12, 16, 24))
    center = draw.variable(8)
    lefts, rights = draw.array(8, widths.length), draw.array(8, widths.length)
    program = (
        Each(
            (widths, lefts, rights),
            (
                If(
                    check(Here(widths), "==", 0),
                    (put(Here(lefts), 0xFF), put(Here(rights), 0)),
                    (
                        put(Here(lefts), Saturating("subtract", Read(center), Read(Here(widths)), 0)),
                        put(Here(rights), Saturating("add", Read(center), Read(Here(widths)), 255)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Turn half widths into window borders: for each of {widths.length} lines the byte at {widths.address} is the half width w. The left border (bytes {lefts.address}) is byte[{center.address}] - w, at least 0, the right one ({rights.address}) byte[{center.address}] + w, at most 255. A w of 0 closes the window: left $FF, right 0.",
        f"l[i], r[i] = w[i] ? (max(c - w[i], 0), min(c + w[i], 255)) : ($FF, 0); {widths.length} lines; w {widths.address}, l {lefts.address}, r {rights.address}, c = byte[{center.address}].",
        f"Spotlight lines: {widths.length} half widths {widths.address} around x = {center.address}, clamped to 0-255, to {lefts.address} (WH0) and {rights.address} (WH1); width 0 = closed ($FF/$00).",
        f"A light of any shape is described by {widths.length} bytes at {widths.address}, line by line how far it extends to either side. It stands at column {center.address}. Give me the window's positions, left ones from {lefts.address}, right ones from {rights.address}; they must not leave the screen (0 to 255), and where the light has no extent the window should be shut in the usual way, its left border $FF and its right one 0.",
    )


def merge_two_windows(draw: Drawer) -> Made:
    left1, right1, left2, right2 = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    left, right, inside = draw.variable(8), draw.variable(8), draw.maybe(0.5)
    first, last = ("max", "min") if inside else ("min", "max")
    program = (
        put(left, Binary("max" if inside else "min", Read(left1), Read(left2))),
        put(right, Binary("min" if inside else "max", Read(right1), Read(right2))),
        Report(check(left, "<=", right)),
    )
    what = "the part that both cover" if inside else "the smallest span that contains both"
    return program, (
        f"Two windows reach from byte[{left1.address}] to byte[{right1.address}] and from byte[{left2.address}] to byte[{right2.address}]. Write {what} to {left.address} (left) and {right.address} (right): {first} of the left borders, {last} of the right ones. Carry set if the result is open, i.e. left <= right.",
        f"byte[{left.address}] = {first}(l1, l2); byte[{right.address}] = {last}(r1, r2); C = left <= right. l1 {left1.address}, r1 {right1.address}, l2 {left2.address}, r2 {right2.address}.",
        f"Window 1 {left1.address}-{right1.address}, window 2 {left2.address}-{right2.address} -> {what}, {left.address}-{right.address}; carry = not empty.",
        f"I have just one hardware window left but two areas: columns {left1.address} to {right1.address} and columns {left2.address} to {right2.address}, ends included. {'Show only' if inside else 'Cover'} {what} ({first} of the lefts, {last} of the rights), with its borders in {left.address} and {right.address}. The carry should say whether there is anything in it, that is, whether its left border isn't beyond its right one.",
    )


def curtain_from_middle(draw: Drawer) -> Made:
    opening, left, right = draw.variable(8), draw.variable(8), draw.variable(8)
    step, middle = draw.one(1, 2, 4, 8), draw.one(128, 120, 100)
    most = middle if middle < 128 else 127
    program = (
        put(opening, Saturating("add", Read(opening), Number(step), most)),
        put(left, minus(middle, opening)),
        put(right, plus(opening, middle)),
        Report(check(opening, "==", most)),
    )
    return program, (
        f"Open a window from column {middle}: byte[{opening.address}] grows by {step}, up to {most}; then the left border {left.address} is {middle} minus it and the right border {right.address} is {middle} plus it. Carry set when it has reached {most}.",
        f"o = min(o + {step}, {most}) at {opening.address}; {left.address} = {middle} - o; {right.address} = {middle} + o; C = fully open (o == {most}).",
        f"byte[{opening.address}] = o = min(o + {step}, {most}); byte[{left.address}] = {middle} - o; byte[{right.address}] = {middle} + o; carry = o == {most}.",
        f"The curtain parts at column {middle}, {step} more to each side every call. Its opening is kept in {opening.address} and stops at {most} (larger values, should there be any, are brought down to that). Update it, and write the window borders it means to {left.address} and {right.address}. When the curtain is as wide as it gets return with carry set.",
    )


def split_by_line(draw: Drawer) -> Made:
    lines, values = draw.slots(8, 16)
    line, result, index = draw.variable(8), draw.variable(16), draw.variable(8)
    default = draw.variable(16)
    program = (
        put(result, default),
        put(index, 0xFF),
        Each(
            (lines, values),
            (
                when(check(Here(lines), ">", line), Stop()),
                put(result, Here(values)),
                put(index, Index()),
            ),
        ),
    )
    return program, (
        f"What does a split give at line byte[{line.address}]? The {lines.length} splits begin at the lines in {lines.address} (bytes, ascending) with the words at {values.address}. From the first split on, take each split's word until one begins below that line. The last taken word goes to {result.address}, its index to {index.address}; if the very first begins below, word[{default.address}] and $FF.",
        f"v = word[{default.address}], k = $FF; for i < {lines.length}: if s[i] > y: break; v = w[i], k = i. y = byte[{line.address}]; s bytes {lines.address}, w words {values.address}; v -> {result.address}, k -> {index.address}.",
        f"Scroll value at scanline {line.address}: splits {lines.address} (start lines) / {values.address} (words), {lines.length}, scan stops at the first start > line; value -> {result.address}, split -> {index.address}; none: word {default.address}, $FF.",
        f"For a collision with the parallax floor I must know how far the strip at screen line {line.address} is scrolled. {lines.length} strips are listed by the line where each starts ({lines.address}) and its scroll ({values.address}, 16 bits), from top to bottom. Go down the list as long as the start is not beyond my line. Scroll to {result.address}, strip number to {index.address}. Above the first strip it's the word in {default.address} and number $FF.",
    )


def channel_enable_mask(draw: Drawer) -> Made:
    active = draw.array(8, 8)
    mask, count = draw.variable(8), draw.variable(8)
    skip = draw.one(0, 1, 2)
    place = Algorithms(draw).own("bit")
    program = (
        put(mask, 0),
        put(count, 0),
        put(place, 1),
        Each(
            (active,),
            (
                when(check(Here(active), "!=", 0), put(mask, joined(mask, place)), more(count)),
                put(place, Shifted(Read(place), "left", 1)),
            ),
        ),
        *((put(mask, masked(mask, 0xFF << skip & 0xFF)),) if skip else ()),
    )
    told = (
        ""
        if not skip
        else (
            " Bit 0 is then cleared, as that channel is for general DMA."
            if skip == 1
            else " Bits 0 and 1 are then cleared, as those channels are for general DMA."
        )
    )
    return program, (
        f"Make the HDMA enable byte in {mask.address} from eight bytes at {active.address}: bit n is set where byte n isn't 0. Count the nonzero bytes in {count.address}.{told}",
        f"byte[{mask.address}] = bits (a[n] != 0) << n, n = 0..7{f', & ${0xFF << skip & 0xFF:02X}' if skip else ''}; byte[{count.address}] = number of nonzero a; a = {active.address}.",
        f"HDMAEN shadow {mask.address} from per-channel flags {active.address} (8 bytes, channel 0 = bit 0), flag count -> {count.address}.{told}",
        f"Every effect of my engine claims an HDMA channel by writing something other than zero to the channel's byte, {active.address} for channel 0 and so on up to 7. Put together what goes to $420C, one bit a channel, in {mask.address}, and say in {count.address} how many claims there were.{told}",
    )


def dma_cost(draw: Drawer) -> Made:
    lengths = draw.array(16, draw.one(3, 4, 6, 8))
    total, fits = draw.variable(16), draw.variable(8)
    limit, each = draw.one(0x1000, 0x1400, 0x1600), draw.one(8, 16, 24)
    sum_so_far = Algorithms(draw).own("sum", 16)
    program = (
        put(total, 0),
        put(fits, 0),
        Each(
            (lengths,),
            (
                when(
                    check(Here(lengths), "!=", 0),
                    put(sum_so_far, plus(plus(total, each), masked(Here(lengths), 0x3FFF))),
                    when(check(sum_so_far, ">", limit), Stop()),
                    put(total, sum_so_far),
                ),
                more(fits),
            ),
        ),
    )
    return program, (
        f"How many of {lengths.length} queued transfers fit into one vertical blank of {limit} units? Each with a nonzero length (words at {lengths.address}; only bits 0-13 count) costs that plus {each}; a length of 0 costs nothing. Take them in order, stop at the first that would exceed the limit. Their number goes to {fits.address}, their cost to the word {total.address}.",
        f"t = n = 0; for l in {where(lengths)}: if l: c = t + {each} + (l & $3FFF); if c > {limit}: break; t = c; ++n. t -> word {total.address}, n -> byte {fits.address}.",
        f"V-blank budget {limit}: jobs {where(lengths)}, cost (length & $3FFF) + {each}, empty ones (0) free; how many from the front fit -> {fits.address}, cost used -> {total.address}.",
        f"The NMI may spend {limit} units on DMA. The waiting transfers have their sizes at {lengths.address}, {lengths.length} words of which only fourteen bits are the size; setting one up costs {each} in addition, but a word of zero is a cancelled one, passed over for free though it counts as done. I'd like to know how many are done before one doesn't fit any more ({fits.address}) and what they cost together ({total.address}).",
    )


def hdma_line_pairs(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(4, 6, 8, 12))
    table = draw.array(8, 2 * values.length)
    used = draw.variable(8)
    own = Algorithms(draw).own
    place, before = replace(own("place"), below=2 * values.length + 1), own("previous")
    program = (
        put(place, 0),
        put(before, toggled(at(values, 0), 0xFF)),
        Each(
            (values,),
            (
                If(
                    check(Here(values), "==", before),
                    (more(at(table, minus(place, 2))),),
                    (
                        put(at(table, place), 1),
                        put(at(table, plus(place, 1)), Here(values)),
                        more(place, 2),
                        put(before, Here(values)),
                    ),
                ),
            ),
        ),
        put(used, place),
    )
    return program, (
        f"Compress {values.length} line values (bytes at {values.address}) to HDMA entries at {table.address}: equal neighbours share an entry of two bytes, line count and value. Store the number of bytes written at {used.address}. No end mark.",
        f"{values.length} bytes {values.address}, one per line -> (run length, value) pairs {table.address}; bytes used -> {used.address}.",
        f"for v in {where(values)}: same as before: ++count of the last pair; else append (1, v). Pairs at {table.address}, count first; byte[{used.address}] = 2 * pairs.",
        f"An effect of mine computes a register value for each of {values.length} lines ({values.address}). HDMA wants counts: write, from {table.address} on, for every stretch of the same value how many lines it lasts and then the value. Tell me in {used.address} how far the table reaches, in bytes; I put the terminator there myself.",
    )


def shift_table_down(draw: Drawer) -> Made:
    counts = draw.array(8, draw.one(3, 4, 6))
    lines, scroll = draw.variable(8, below=0x40), draw.variable(8)
    program = (
        Each(
            (counts,),
            (
                when(check(lines, "==", 0), Stop()),
                If(
                    check(Here(counts), ">", lines),
                    (less(Here(counts), lines), put(lines, 0)),
                    (less(lines, Here(counts)), put(Here(counts), 0)),
                ),
            ),
        ),
        put(scroll, lines),
    )
    return program, (
        f"Cut byte[{lines.address}] lines (below $40) off the top of a band list: {counts.length} line counts at {counts.address}. As long as lines remain to be cut, a count greater than the remainder shrinks by it and nothing remains; otherwise the remainder shrinks by the count and the count becomes 0. What remains at the end stays in {lines.address} and goes to {scroll.address} too.",
        f"for n in {where(counts)}: if !c: break; if n > c: n -= c, c = 0; else c -= n, n = 0. c = byte[{lines.address}] < $40, final c also -> {scroll.address}.",
        f"Remove c = byte[{lines.address}] (< $40) lines from the front of bands {where(counts)} (counts, emptied ones 0); leftover -> {lines.address} and {scroll.address}.",
        f"When the camera goes down, the bands of the background leave the screen at the top. {counts.length} bytes from {counts.address} hold their heights, uppermost first; {lines.address} says how many lines (fewer than 64) have gone. Use them up on the first band, then on the next and so on, every band used up becoming 0. If even the last one is used up, {lines.address} keeps what couldn't be taken; {scroll.address} gets a copy of its final value in any case.",
    )


RECIPES = (
    bar_on_screen,
    gradient_rows,
    scroll_table_of_layers,
    count_table_lines,
    window_of_circle,
    merge_two_windows,
    curtain_from_middle,
    split_by_line,
    channel_enable_mask,
    dma_cost,
    hdma_line_pairs,
    shift_table_down,
)
