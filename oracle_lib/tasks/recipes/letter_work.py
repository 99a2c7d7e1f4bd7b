"""Letters on the screen: proportional fonts, control codes, lines, typing, tall and accented letters, options."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Each,
    Either,
    Fill,
    Half,
    Here,
    If,
    Joined,
    Number,
    Read,
    Repeat,
    Report,
    Shifted,
    Statement,
    Stop,
    Switch,
    Table,
    While,
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
    when,
    where,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def letter_into_two_tiles(draw: Drawer) -> Made:
    glyph = draw.array(8, 8)
    left, right = draw.array(8, 8), draw.array(8, 8)
    x = draw.variable(8)
    own = Algorithms(draw).own
    row, shift = own("row", 16), own("shift")
    program = (
        put(shift, masked(x, 7)),
        Each(
            (glyph, left, right),
            (
                put(row, Joined(Read(Here(glyph)), Number(0))),
                Repeat(Read(shift), (put(row, Shifted(Read(row), "right", 1)),)),
                put(Here(left), joined(Here(left), Half(Read(row), True))),
                put(Here(right), Half(Read(row), False)),
            ),
        ),
    )
    return program, (
        f"Draw a letter for a variable-width font: its eight rows (bytes at {glyph.address}) are shifted right by byte[{x.address}] & 7 pixels. What stays within the byte is or-ed into the row of the left tile ({left.address}), what falls out replaces the row of the right tile ({right.address}, as its leftmost pixels).",
        f"VWF blit, 1bpp, 8 rows: w = glyph[i] << 8 >> (byte[{x.address}] & 7); left[i] |= w >> 8; right[i] = w & $FF. glyph {glyph.address}, left {left.address}, right {right.address}.",
        f"s = byte[{x.address}] & 7; for i < 8: L[i] |= g[i] >> s; R[i] = (g[i] << 8 - s) & 255; g {glyph.address}, L {left.address}, R {right.address}.",
        f"My text engine sets letters at any pixel. A letter is eight bytes at {glyph.address}, one bit a pixel; it begins at column {x.address} of the line, of which the low three bits matter here. Add its pixels to the tile under construction at {left.address} and start the following tile at {right.address} with the part that sticks out (nothing sticks out if the column is a multiple of 8; its rows are then 0).",
    )


def advance_proportional(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16, 24)
    widths = draw.array(8, count)
    letter, x, tile = draw.variable(8, below=count), draw.variable(8), draw.variable(8)
    gap, limit = draw.one(0, 1, 2), draw.one(200, 224, 240)
    end = Algorithms(draw).own("end", 16)
    program = (
        put(end, plus(Widened(Read(x)), Widened(Read(at(widths, letter))))),
        when(
            check(end, "<=", limit), put(x, plus(Half(Read(end), False), gap)), put(tile, Shifted(Read(x), "right", 3))
        ),
        Report(check(end, ">", limit)),
    )
    told = f" plus a gap of {gap}" if gap else ""
    return program, (
        f"Advance the pen of a proportional font: letter byte[{letter.address}] (below {count}) is as wide as its byte in the list at {widths.address}. If pen byte[{x.address}] plus that width is at most {limit} (the sum may exceed 255), the pen becomes the sum{told}, {tile.address} becomes the new pen / 8, and the carry is clear. Otherwise nothing changes and the carry is set.",
        f"e = x + w[c] (9 bits); e > {limit}: C = 1; else x = e{f' + {gap}' if gap else ''}, byte[{tile.address}] = x >> 3, C = 0. x byte {x.address}, c byte {letter.address} < {count}, w {where(widths)}.",
        f"Letter {letter.address} (0-{count - 1}), widths {widths.address}, pen {x.address}: fits up to pixel {limit}? Then move the pen behind it{told}, tile column to {tile.address}, CLC; else SEC, unchanged.",
        f"Each of my {count} letters has its own width ({widths.address}, a byte a letter). The pen stands at pixel {x.address}. If the letter in {letter.address} ends at {limit} or before, go behind it{told} and tell me in {tile.address} which tile column the pen is in now; carry clear. If it would end beyond, leave pen and column as they are, and come back with the carry set so that I begin a new line.",
    )


def obey_letter_or_code(draw: Drawer) -> Made:
    letter, column, row, wait = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    line = draw.array(8, draw.one(16, 20, 24, 32))
    newline, pause, clear = draw.one((0xF8, 0xF9, 0xFA), (0xFE, 0xFD, 0xFC), (0x0A, 0x0B, 0x0C))
    span, blank = draw.rng.randrange(10, 90), draw.one(0x20, 0x7F)
    program = (
        Switch(
            Read(letter),
            (
                (newline, (put(column, 0), more(row))),
                (pause, (put(wait, span),)),
                (clear, (Fill(line, Number(blank)), put(column, 0))),
            ),
            (when(check(column, "<", line.length), put(at(line, column), letter), more(column)),),
        ),
    )
    return program, (
        f"Process one text byte, byte[{letter.address}]: ${newline:02X} sets the column {column.address} to 0 and adds 1 to the row {row.address}; ${pause:02X} sets the wait {wait.address} to {span}; ${clear:02X} fills the {line.length} bytes at {line.address} with ${blank:02X} and sets the column to 0; any other is stored in that line at the column, which rises by 1, but only if the column is below {line.length}.",
        f"c = byte[{letter.address}]: ${newline:02X} newline (x = 0, ++y), ${pause:02X} wait = {span}, ${clear:02X} blank the line with ${blank:02X} and x = 0, else if x < {line.length}: line[x++] = c. x {column.address}, y {row.address}, wait {wait.address}, line {line.address} ({line.length} bytes).",
        f"Text codes in byte[{letter.address}]: ${newline:02X} next line, ${pause:02X} pause of {span} frames -> {wait.address}, ${clear:02X} clear line {line.address} ({line.length} x ${blank:02X}); letters go to line[{column.address}]. Column byte {column.address}, row byte {row.address}; letters off the line are dropped.",
        f"The message interpreter has fetched a byte into {letter.address}. Three of them are commands: ${newline:02X} goes to the start of the next row (column in {column.address}, row in {row.address}), ${pause:02X} makes the box pause by putting {span} into {wait.address}, ${clear:02X} wipes the line buffer (its {line.length} bytes from {line.address} become ${blank:02X}) and returns to column 0. Everything else is a letter for the buffer at the current column, then the column moves on; at {line.length} or beyond the letter is lost and the column stays.",
    )


def wrap_next_word(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(12, 16, 20, 24))
    start, column, row = draw.variable(8, below=text.length), draw.variable(8), draw.variable(8)
    wide, blank = draw.one(10, 14, 18), draw.one(0x20, 0xFF, 0x00)
    own = Algorithms(draw).own
    place, length = own("place"), own("length")
    program = (
        put(place, start),
        put(length, 0),
        While(
            check(place, "<", text.length),
            (
                when(check(at(text, place), "==", blank), Stop()),
                more(place),
                more(length),
            ),
        ),
        when(check(plus(column, length), ">", wide), put(column, 0), more(row)),
        more(column, length),
    )
    return program, (
        f"Word wrap: the word that starts at index byte[{start.address}] (below {text.length}) of the {text.length} letters at {text.address} ends before the next ${blank:02X} or at the end of the text. If column byte[{column.address}] plus its length (8 bits) is more than {wide}, the column becomes 0 and the row {row.address} rises by 1. Then its length is added to the column.",
        f"n = letters from t[s] up to ${blank:02X} or the end; if x + n > {wide}: x = 0, ++y; x += n. t {where(text)}, s byte {start.address} (< {text.length}), x {column.address}, y {row.address}; bytes wrap.",
        f"Place a word of the text {text.address} ({text.length} bytes, blank ${blank:02X}) beginning at {start.address} on lines of {wide} columns: break first if it doesn't fit behind column {column.address}, row counter {row.address}; then column += length.",
        f"Words must not be torn apart at the box's right edge, {wide} letters from the left. The next word begins at place {start.address} of the message ({text.length} letters from {text.address}; always inside) and goes on to the following ${blank:02X}, or else to the message's last letter; it may be empty. The pen's column is {column.address}. Too long for the rest of the line: start the next line, that is column 0 and one more in {row.address}. In any case the pen then moves on by the word's length.",
    )


def type_one_letter(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(8, 12, 16, 20))
    line = draw.array(8, text.length)
    place, delay = draw.variable(8), draw.variable(8)
    speed, end = draw.variable(8), draw.one(0xFF, 0x00)
    program = (
        when(check(delay, "!=", 0), less(delay), Stop()),
        when(check(place, ">=", text.length), Stop()),
        when(check(at(text, place), "==", end), put(place, text.length), Stop()),
        put(at(line, place), at(text, place)),
        more(place),
        put(delay, speed),
    )
    return program, (
        f"Typewriter effect: if byte[{delay.address}] isn't 0, lower it by 1 and leave. Otherwise take letter number byte[{place.address}] of the {text.length} at {text.address}, if there is one: ${end:02X} sets {place.address} to {text.length}; any other is copied to the same place of the line at {line.address}, {place.address} rises by 1, and {delay.address} becomes byte[{speed.address}]. From number {text.length} on nothing happens.",
        f"d ? --d : i >= {text.length} ? nothing : t[i] == ${end:02X} ? i = {text.length} : (l[i] = t[i], ++i, d = v). d {delay.address}, i {place.address}, v {speed.address} (bytes), t {text.address}, l {line.address} ({text.length} bytes each).",
        f"Show one more letter: source {text.address}, line {line.address}, both {text.length} long; index {place.address}, delay {delay.address} (reload from {speed.address}); end mark ${end:02X} or index {text.length} = finished (index {text.length}).",
        f"Messages appear letter by letter. {delay.address} is the time to the next one; while it runs, just count it down. When it has run out copy letter {place.address} from the message ({text.length} bytes from {text.address}) to where the screen's line is built ({line.address}), go on to the next number, and load the time from {speed.address}. At the mark ${end:02X} put {text.length} into {place.address} instead; with {text.length} or more in there, everything is said already and there's nothing to do.",
    )


def cut_with_dots(draw: Drawer) -> Made:
    name = draw.array(8, draw.one(8, 10, 12, 16))
    wide = draw.one(4, 5, 6)
    field = draw.array(8, wide)
    length = draw.variable(8, below=name.length + 1)
    dots, blank = draw.one(0x2E, 0xA7, 0x9F), draw.one(0x20, 0x7F, 0xFF)
    place = replace(Algorithms(draw).own("place"), below=wide + 1)
    program = (
        put(place, 0),
        While(
            check(place, "<", wide),
            (
                If(
                    check(place, "<", length),
                    (put(at(field, place), at(name, place)),),
                    (put(at(field, place), blank),),
                ),
                more(place),
            ),
        ),
        when(check(length, ">", wide), put(at(field, wide - 1), dots)),
    )
    return program, (
        f"Put a name of byte[{length.address}] letters (at most {name.length}; bytes at {name.address}) into a field of {wide} at {field.address}: shorter names are filled up with ${blank:02X}; of longer ones the first {wide - 1} letters are shown and then ${dots:02X}.",
        f"field = name[:n] padded with ${blank:02X} to {wide}, or name[:{wide - 1}] + ${dots:02X} if n > {wide}; n byte {length.address} (<= {name.length}), name {name.address}, field {field.address}.",
        f"Fit name {name.address} (length {length.address}, max {name.length}) into {wide} bytes {field.address}; pad ${blank:02X}; too long: last cell ${dots:02X}.",
        f"The party list leaves {wide} cells for a name, at {field.address}, but names may have up to {name.length} letters ({name.address}, the number of letters in {length.address}). What is shorter gets ${blank:02X} behind it. What doesn't fit is cut, and the dots tile ${dots:02X} stands in the last cell to show it.",
    )


def tall_letters(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(8, 12, 16))
    top, bottom = draw.array(16, text.length), draw.array(16, text.length)
    attribute = draw.variable(8)
    end, blank = draw.one(0xFF, 0xFE), draw.rng.randrange(0x400)
    open_now = Algorithms(draw).own("open")
    program = (
        put(open_now, 1),
        Each(
            (text, top, bottom),
            (
                when(check(Here(text), "==", end), put(open_now, 0)),
                If(
                    check(open_now, "!=", 0),
                    (
                        put(Here(top), Joined(Read(attribute), Read(Here(text)))),
                        put(Here(bottom), plus(Here(top), 16)),
                    ),
                    (put(Here(top), blank), put(Here(bottom), blank)),
                ),
            ),
        ),
    )
    return program, (
        f"Write {text.length} letters at {text.address} in a font two tiles high: the upper row's map words go to {top.address}, the lower's to {bottom.address}. Upper word: letter in the low byte, byte[{attribute.address}] in the high; lower word: 16 more. From the first ${end:02X} on, all words of both rows are ${blank:04X}.",
        f"u[i] = a << 8 | t[i]; d[i] = u[i] + 16; from t[i] == ${end:02X} on both ${blank:04X}; {text.length} entries; t {text.address}, u {top.address}, d {bottom.address}, a = byte[{attribute.address}].",
        f"8x16 text: {text.address} ({text.length} bytes, ends at ${end:02X} if it occurs) -> map words {top.address} / {bottom.address} (tile + 16), attribute {attribute.address}, rest ${blank:04X}.",
        f"My letters consist of an upper and a lower tile, the lower one 16 further in VRAM. A line of {text.length} letter codes is at {text.address}; an end code ${end:02X} may come earlier. Make the two rows of map words at {top.address} and {bottom.address}: attributes come from {attribute.address} as their high byte (let the +16 carry as it likes), and what lies at or behind the end code is empty, word ${blank:04X}, in both rows.",
    )


def accents_above(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(6, 8, 12, 16))
    base, above = draw.array(8, text.length), draw.array(8, text.length)
    first = draw.one(0x80, 0xC0, 0xA0)
    count = draw.one(4, 6, 8)
    plain = Table("PlainTable", "plain letter", tuple(draw.rng.randrange(0x41, 0x5B) for _ in range(count)))
    mark = Table("AccentTable", "accent tile", tuple(draw.rng.randrange(0xE0, 0xE8) for _ in range(count)))
    blank = draw.one(0x20, 0x00)
    code = Algorithms(draw).own("code")
    program = (
        Each(
            (text, base, above),
            (
                put(code, minus(Here(text), first)),
                If(
                    check(code, "<", count),
                    (put(Here(base), at(plain, code)), put(Here(above), at(mark, code))),
                    (put(Here(base), Here(text)), put(Here(above), blank)),
                ),
            ),
        ),
    )
    last = first + count - 1
    return program, (
        f"Split accented letters: of the {text.length} codes at {text.address}, ${first:02X} to ${last:02X} mean the letters {listed(plain)} with the accents {listed(mark)}. Write the plain letter to {base.address} and the accent to {above.address}; all other codes are copied, with ${blank:02X} as accent.",
        f"k = t[i] - ${first:02X}; k in 0..{count - 1}: b[i] = [{listed(plain)}][k], a[i] = [{listed(mark)}][k]; else b[i] = t[i], a[i] = ${blank:02X}; {text.length} bytes; t {text.address}, b {base.address}, a {above.address}.",
        f"{text.length} letters {text.address} -> base row {base.address} + accent row {above.address}. Codes ${first:02X}-${last:02X}: bases {listed(plain)}, accents {listed(mark)}; others: themselves and ${blank:02X}.",
        f"The font has no accented letters, but accents can be drawn in the tile row above. The translation uses the {count} codes from ${first:02X} on for them: their letters are {listed(plain)} and their accent tiles {listed(mark)}, in this order. Turn the line of {text.length} codes at {text.address} into a row of letters ({base.address}) and a row of accents ({above.address}), where ${blank:02X} stands above everything unaccented.",
    )


def erase_letter(draw: Drawer) -> Made:
    name = draw.array(8, draw.one(5, 6, 8))
    length, pressed = draw.variable(8, below=name.length + 1), draw.variable(16)
    letter, blank = draw.variable(8), draw.one(0x20, 0x00, 0x7F, 0xFF)
    program = (
        when(
            Both(Bits(Read(pressed), 0x8000, "any"), check(length, "!=", 0)),
            less(length),
            put(at(name, length), blank),
            Stop(),
        ),
        when(
            Both(Bits(Read(pressed), 0x0080, "any"), check(length, "<", name.length)),
            put(at(name, length), letter),
            more(length),
        ),
    )
    return program, (
        f"Name entry: with B newly pressed (bit 15 of the word {pressed.address}) and byte[{length.address}] letters present (0 to {name.length}, not 0), the last one of the name at {name.address} becomes ${blank:02X} and the number drops by 1. Else with A (bit 7) and room for one more (of {name.length}), byte[{letter.address}] is appended and the number rises.",
        f"B and n > 0: name[--n] = ${blank:02X}; else A and n < {name.length}: name[n++] = byte[{letter.address}]. New presses word {pressed.address}; n byte {length.address} <= {name.length}; name {name.address}.",
        f"n {length.address} (0-{name.length}), name {name.address}, letter {letter.address}, presses {pressed.address}: B deletes the last letter (-> ${blank:02X}), A appends; B first, A also when there's nothing to delete.",
        f"On the screen where the hero gets his name ({name.length} letters at {name.address}, as many typed so far as {length.address} says, never more) A types the letter that the cursor is on ({letter.address}) and B takes the last one back, leaving ${blank:02X}. B is looked at first; if it deleted something, that's all for this frame. Typing with a full name and deleting from an empty one do nothing. Fresh presses are in {pressed.address}.",
    )


def start_of_page(draw: Drawer) -> Made:
    text = draw.text()
    page, result = draw.variable(8), draw.variable(8)
    mark = draw.one(0x0C, 0xF1, 0x5E)
    own = Algorithms(draw).own
    left, place = own("left"), own("place")
    program = (
        put(left, page),
        put(place, 0),
        put(result, 0xFF),
        when(check(page, "==", 0), put(result, 0), Stop()),
        Each(
            text,
            (
                more(place),
                when(
                    check(Here(text), "==", mark),
                    less(left),
                    when(check(left, "==", 0), put(result, place), Stop()),
                ),
            ),
        ),
    )
    return program, (
        f"Find where page byte[{page.address}] of the text at {text.address} begins (it ends with ${text.end:02X}, before which there are at most {text.most} bytes): page 0 at offset 0, page n behind the n-th ${mark:02X}. The offset goes to {result.address}; $FF if there are fewer pages.",
        f"byte[{result.address}] = offset behind the p-th ${mark:02X} in {text.address} (terminator ${text.end:02X}, max {text.most} bytes), 0 for p = 0, $FF if missing; p = byte[{page.address}].",
        f"Page start: text {text.address}, end ${text.end:02X} (after no more than {text.most}), page break ${mark:02X}, page number {page.address} from 0 -> offset {result.address} or $FF.",
        f"A book in the library is one long text at {text.address}, up to {text.most} bytes and then ${text.end:02X}; ${mark:02X} separates its pages. The reader turned to page {page.address}, the first being 0. Tell me at {result.address} how many bytes into the book that page starts, just after its separator (which may be the very last byte), or $FF when the book has no such page.",
    )


def tabs_to_columns(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(8, 10, 12))
    line = draw.array(8, draw.one(7, 8, 10))
    tab, blank, stop = draw.one(0x09, 0xF4), draw.one(0x20, 0x7F), draw.one(4, 8)
    used = draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(place, 0),
        Fill(line, Number(blank)),
        Each(
            (text,),
            (
                If(
                    check(Here(text), "==", tab),
                    (put(place, masked(plus(place, stop), 0x100 - stop)),),
                    (
                        when(check(place, "<", line.length), put(at(line, place), Here(text))),
                        more(place),
                    ),
                ),
            ),
        ),
        put(used, place),
    )
    return program, (
        f"Expand tabs: the {text.length} letters at {text.address} go to the line of {line.length} at {line.address}, which is first filled with ${blank:02X}. A ${tab:02X} moves on to the next multiple of {stop} (at least one column), other letters are put at the current column and it rises by 1; letters beyond the line are lost. The final column goes to {used.address}.",
        f"x = 0; line = ${blank:02X} * {line.length}; for c in {where(text)}: c == ${tab:02X} ? x = (x + {stop}) & ~{stop - 1} : (x < {line.length} ? line[x] = c, ++x); byte[{used.address}] = x. line {line.address}.",
        f"{text.length} bytes {text.address} with tabs (${tab:02X}, stops every {stop}) -> line {line.address} ({line.length}, blank ${blank:02X}, clipped); end column (unclipped) {used.address}.",
        f"Shop lists have tabs between goods and prices. Print a row of {text.length} codes from {text.address} into the buffer {line.address}: clear its {line.length} cells with ${blank:02X}, then letter after letter; the code ${tab:02X} jumps to the next column divisible by {stop}, from such a column to the one after it. Whatever is beyond the buffer isn't written but still counted; leave the column reached in {used.address}.",
    )


def ascii_to_font(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(8, 12, 16, 20))
    upper, digits, other = draw.rng.sample(range(0, 0xC0, 0x20), 3)
    letter = Algorithms(draw).own("letter")
    program = (
        Each(
            (text,),
            (
                put(letter, Here(text)),
                when(Between(Read(letter), 0x61, 0x7A), less(letter, 0x20)),
                If(
                    Between(Read(letter), 0x41, 0x5A),
                    (put(Here(text), plus(letter, (upper - 0x41) & 0xFF)),),
                    (
                        If(
                            Between(Read(letter), 0x30, 0x39),
                            (put(Here(text), plus(letter, (digits - 0x30) & 0xFF)),),
                            (put(Here(text), other),),
                        ),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Convert {text.length} ASCII bytes at {text.address} to tile numbers in place: letters, both cases alike, A to Z become ${upper:02X} to ${upper + 25:02X}, digits 0 to 9 ${digits:02X} to ${digits + 9:02X}, everything else ${other:02X}.",
        f"{text.length} bytes {text.address}, ASCII -> font: A-Z/a-z = ${upper:02X}+, 0-9 = ${digits:02X}+, rest = ${other:02X}.",
        f"for c in {where(text)}: c = isalpha(c) ? ${upper:02X} + upper(c) - 'A' : isdigit(c) ? ${digits:02X} + c - '0' : ${other:02X}. Plain 7-bit ASCII.",
        f"The assembler puts texts into the ROM as ASCII, but in my font 'A' is tile ${upper:02X} (there are no small letters) and '0' is tile ${digits:02X}, with the others in order behind them. After a line of {text.length} characters was copied to {text.address}, replace each by its tile; small letters are shown as capitals, and for blanks, signs and codes without a picture use ${other:02X}.",
    )


def price_with_coin(draw: Drawer) -> Made:
    price = draw.variable(16, below=1000)
    cells = draw.array(8, 4)
    zero, blank, coin = draw.one(0x30, 0x90, 0x10), draw.one(0x20, 0x7F, 0xFF), draw.one(0x24, 0x5C, 0xE0)
    own = Algorithms(draw).own
    rest, digit, started = own("rest", 16), own("digit"), own("started")

    def counted(unit: int) -> tuple[Statement, ...]:
        return (put(digit, 0), While(check(rest, ">=", unit), (less(rest, unit), more(digit))))

    program = (
        put(rest, price),
        put(started, 0),
        put(at(cells, 0), blank),
        put(at(cells, 1), blank),
        *counted(100),
        when(
            check(digit, "!=", 0),
            put(at(cells, 0), coin),
            put(at(cells, 1), plus(digit, zero)),
            put(started, 1),
        ),
        *counted(10),
        If(
            Either(check(digit, "!=", 0), check(started, "!=", 0)),
            (
                when(check(started, "==", 0), put(at(cells, 1), coin)),
                put(at(cells, 2), plus(digit, zero)),
            ),
            (put(at(cells, 2), coin),),
        ),
        put(at(cells, 3), plus(Half(Read(rest), False), zero)),
    )
    return program, (
        f"Print the price word[{price.address}] (below 1000) into four tiles at {cells.address}: decimal, right-aligned, digits ${zero:02X} to ${zero + 9:02X}, no leading zeros, and the coin tile ${coin:02X} directly before the first digit; cells before the coin are ${blank:02X}. A price of 0 shows the coin and one 0.",
        f"'%d' of word {price.address} (< 1000) right-aligned in 4 cells {cells.address}, prefixed by ${coin:02X}; digit tiles from ${zero:02X}, padding ${blank:02X}.",
        f"cells[0..3] at {cells.address} = rjust(coin + str(p), 4): coin ${coin:02X}, digits ${zero:02X} + d, fill ${blank:02X}; p = word[{price.address}] < 1000.",
        f"In the shop a price of 7 reads, in four cells, blank, blank, coin, 7, and one of 350 coin, 3, 5, 0. The price is the word {price.address} and never reaches 1000; cells go to {cells.address}. Blank is ${blank:02X}, the coin ${coin:02X}, the digit zero ${zero:02X} and the others follow.",
    )


def option_highlighted(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(12, 16, 20))
    count = 3
    wide = row.length // 4
    starts = tuple(n * (wide + 1) for n in range(count))
    begin = Table("OptionTable", "start", starts)
    choice = draw.variable(8, below=count)
    plain, chosen = draw.rng.sample(range(8), 2)
    own = Algorithms(draw).own
    place = replace(own("place"), below=row.length + 1)
    program = (
        Each((row,), (put(Here(row), joined(masked(Here(row), 0xE3FF), plain << 10)),)),
        put(place, at(begin, choice)),
        Repeat(
            Number(wide),
            (
                put(at(row, place), joined(masked(at(row, place), 0xE3FF), chosen << 10)),
                more(place),
            ),
        ),
    )
    told = ", ".join(map(str, starts))
    return program, (
        f"Show which of three options is chosen: all {row.length} map words at {row.address} get palette {plain} (bits 10-12), then the {wide} words of option byte[{choice.address}] (0-2), beginning at index {told}, get palette {chosen}.",
        f"Palette {plain} for {row.length} map words {row.address}, palette {chosen} for {wide} of them from index [{told}][byte[{choice.address}]] (choice < 3).",
        f"for w in {where(row)}: pal = {plain}; for i in s..s+{wide - 1}: pal(row[i]) = {chosen}; s = [{told}][k], k = byte[{choice.address}] < 3; pal = bits 10-12.",
        f"A menu line of {row.length} cells, its map words at {row.address}, offers three words of {wide} letters which start in cells {told}. The one under the cursor ({choice.address}, 0 to 2) is to be written in the colours of palette {chosen}, everything else of the line in those of palette {plain}; nothing but the palettes changes.",
    )


def plural_ending(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(8, 10, 12))
    length, count = draw.variable(8, below=text.length - 1), draw.variable(8)
    letter, last = draw.one(0x53, 0x73), draw.one((0x59, 0x49, 0x45), (0x79, 0x69, 0x65))
    place = replace(Algorithms(draw).own("last"), below=text.length)
    program = (
        when(Either(check(count, "==", 1), check(length, "==", 0)), Stop()),
        put(place, minus(length, 1)),
        If(
            check(at(text, place), "==", last[0]),
            (
                put(at(text, place), last[1]),
                put(at(text, length), last[2]),
                put(at(text, plus(length, 1)), letter),
                more(length, 2),
            ),
            (put(at(text, length), letter), more(length)),
        ),
    )
    return program, (
        f"Put a noun into the plural unless byte[{count.address}] is 1 or the noun is empty: its letters are at {text.address} (room for {text.length}), byte[{length.address}] of them (at most {text.length - 2}). If the last is ${last[0]:02X}, it becomes ${last[1]:02X}, and ${last[2]:02X}, ${letter:02X} are appended; otherwise only ${letter:02X} is. Adjust the length.",
        f"n = byte[{length.address}] <= {text.length - 2}; if n and byte[{count.address}] != 1: t[n-1] == ${last[0]:02X} ? (t[n-1..n+1] = ${last[1]:02X} ${last[2]:02X} ${letter:02X}, n += 2) : t[n++] = ${letter:02X}. t {text.address}.",
        f"Plural of the word {text.address} (length {length.address}, 0-{text.length - 2}) for a count {count.address} other than 1: final ${last[0]:02X} -> ${last[1]:02X} ${last[2]:02X} + ${letter:02X}, else + ${letter:02X}; update the length; empty word: leave.",
        f"'You got {{n}} ruby/rubies': the number is in {count.address} and the noun in the buffer at {text.address} with its length, {text.length - 2} at most, in {length.address}. For one piece (and for an empty noun) leave it. For any other number add an s (${letter:02X}), except that a y (${last[0]:02X}) at the end turns into ie (${last[1]:02X}, ${last[2]:02X}) first. The length must be right afterwards.",
    )


RECIPES = (
    letter_into_two_tiles,
    advance_proportional,
    obey_letter_or_code,
    wrap_next_word,
    type_one_letter,
    cut_with_dots,
    tall_letters,
    accents_above,
    erase_letter,
    start_of_page,
    tabs_to_columns,
    ascii_to_font,
    price_with_coin,
    option_highlighted,
    plural_ending,
)
