"""Steps of a text engine: widths of characters, line breaks, cursors, digits as tiles, control codes, decimal bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Chosen,
    Count,
    Each,
    Field,
    Fold,
    Half,
    Here,
    If,
    Index,
    Number,
    Position,
    Read,
    Scaled,
    Shifted,
    Statement,
    Stop,
    Table,
    Widened,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def advance_by_width(draw: Drawer) -> Made:
    character, x = draw.variable(8, below=draw.one(8, 16)), draw.variable(8)
    widths = draw.table(character.below or 8)
    gap = draw.one(0, 1, 2)
    step = plus(at(widths, character), gap) if gap else Read(at(widths, character))
    tail = f" + {gap}" if gap else ""
    return (more(x, step),), (
        f"Write a routine that advances the pen of a proportional font: the x byte {x.address} grows by entry byte[{character.address}] of the widths {listed(widths)}{f' plus {gap}' if gap else ''} (modulo 256). The character number is below {character.below}.",
        f"How do I move the text cursor by the width of a letter? x byte {x.address} += width[c]{tail}; c = byte[{character.address}] < {character.below}; widths {listed(widths)}.",
        f"byte[{x.address}] += ({listed(widths)})[byte[{character.address}]]{tail}; index < {character.below}; wraps at 256.",
        f"My VWF has {character.below} glyphs with these pixel widths: {listed(widths)}. Glyph {character.address} was just drawn; the next one starts its width{f' and {gap} empty pixel(s)' if gap else ''} further right. x is kept in {x.address}, 8 bits.",
    )


def line_is_full(draw: Drawer) -> Made:
    x, width, line = draw.variable(8), draw.variable(8), draw.variable(8)
    limit, left = draw.rng.randrange(120, 240), draw.rng.randrange(0, 24)
    sum_ = Algorithms(draw).own("sum", 16)
    program = (
        put(sum_, plus(Widened(Read(x)), Widened(Read(width)))),
        when(check(sum_, ">", limit), put(x, left), more(line)),
    )
    return program, (
        f"Write a routine that breaks the line if a word doesn't fit: when the byte {x.address} plus the byte {width.address} is greater than {limit} (sum not wrapped), {x.address} becomes {left} and the line number {line.address} rises by 1.",
        f"How do I do word wrap? Pen x {x.address}, width of the next word {width.address} (bytes), right border {limit}. x + width > {limit} (9-bit sum): x = {left}, ++byte[{line.address}]. Otherwise nothing.",
        f"if byte[{x.address}] + byte[{width.address}] > {limit}: byte[{x.address}] = {left}, byte[{line.address}] += 1.",
        f"The text window is {limit} pixels wide. I have measured the coming word: {width.address}. Would it stick out when begun at {x.address}? Then start a new line: pen back to {left}, row counter {line.address} up by one.",
    )


def text_pixel_width(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(8)
    wide_from = draw.rng.randrange(0x40, 0xC0)
    wide, narrow = draw.rng.sample(range(3, 10), 2)
    sum_ = Fold("sum", text, Chosen(check(Here(text), ">=", wide_from), Number(wide), Number(narrow)))
    return (put(result, sum_),), (
        f"Write a routine that measures the text at {text.address}: up to the end byte ${text.end:02X} (at most {text.most} characters before it), characters of ${wide_from:02X} and above count {wide} pixels, others {narrow}. The sum, modulo 256, goes to {result.address}.",
        f"How do I get the pixel width of a string? Bytes from {text.address}, terminator ${text.end:02X}, no more than {text.most} characters; width {wide} if c >= ${wide_from:02X}, else {narrow}. Total mod 256 -> {result.address}.",
        f"byte[{result.address}] = sum of (c >= ${wide_from:02X} ? {wide} : {narrow}) over the bytes c at {text.address} before ${text.end:02X} (<= {text.most} of them), mod 256.",
        f"To center a headline I need its width. It starts at {text.address} and is closed by ${text.end:02X}, after {text.most} letters at the latest. In my font tiles from ${wide_from:02X} up are {wide} pixels wide and the rest {narrow}. Put the width (8 bits, wrapping) in {result.address}.",
    )


def centered_start(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(8)
    columns = draw.one(*[wide for wide in (32, 40, 48, 64) if wide >= text.most])
    length = Algorithms(draw).own("length")
    made = Shifted(minus(columns, length), "right", 1)
    return (put(length, Count(text, None)), put(result, made)), (
        f"Write a routine that centers the text at {text.address}, which ends before ${text.end:02X} and has at most {text.most} characters, in {columns} columns: {result.address} = ({columns} - length) / 2, rounded down.",
        f"At which column must a string start to be in the middle of {columns}? String {text.address}, terminator ${text.end:02X}, length <= {text.most}. Byte {result.address} = ({columns} - length) >> 1.",
        f"n = number of bytes before ${text.end:02X} at {text.address} (n <= {text.most}); byte[{result.address}] = ({columns} - n) >> 1.",
        f"Titles look better in the center. {columns} characters fit in my line; the title ({text.address}, closed by ${text.end:02X}, {text.most} letters at most) should have as many blanks before as behind it, one less before if that's odd. Store the number before it at {result.address}.",
    )


def letters_typed_so_far(draw: Drawer) -> Made:
    shown, length, delay = draw.variable(8), draw.variable(8), draw.variable(8)
    pace, beep = draw.rng.randrange(2, 9), draw.variable(8)
    sound = draw.rng.randrange(1, 128)
    program = (
        when(check(shown, ">=", length), Stop()),
        If(check(delay, "!=", 0), (less(delay), Stop())),
        put(delay, pace),
        more(shown),
        put(beep, sound),
    )
    return program, (
        f"Write a routine that reveals a message letter by letter. If {shown.address} (letters shown) has reached {length.address} (length, unsigned compare, at least), it does nothing. Otherwise, if the delay {delay.address} is not 0 it is lowered by 1. If it is 0, it becomes {pace}, {shown.address} rises by 1 and ${sound:02X} is stored at {beep.address}.",
        f"How do I make a typewriter effect? Bytes: shown {shown.address}, length {length.address}, delay {delay.address}. shown >= length: return. delay > 0: --delay, return. Else delay = {pace}, ++shown, byte {beep.address} = ${sound:02X}.",
        f"if s >= byte[{length.address}]: nothing; else if d: --d; else d = {pace}, ++s, byte[{beep.address}] = ${sound:02X}; s = byte[{shown.address}], d = byte[{delay.address}].",
        f"The dialogue appears at reading speed: one more of its {length.address} letters ({shown.address} are visible) whenever the countdown {delay.address} stands at 0 - it is then set to {pace} and the click ${sound:02X} is requested in {beep.address}. A count above 0 just drops by one, and with all letters out nothing moves.",
    )


def text_speed_pick(draw: Drawer) -> Made:
    setting, held, delay = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    speeds = Table("DelayTable", "delay", tuple(sorted(draw.rng.sample(range(1, 16), 4), reverse=True)))
    bit = draw.rng.randrange(8)
    program = (
        put(delay, at(speeds, setting)),
        when(Bits(Read(held), 1 << bit, "any"), put(delay, 0)),
    )
    names = ", ".join(map(str, speeds.values))
    return program, (
        f"Write a routine that chooses the delay between letters: entry byte[{setting.address}] (0 to 3) of {names}, but 0 while bit {bit} of {held.address} is set. Store it at {delay.address}.",
        f"How do I let a held button speed up text? Speed setting {setting.address} < 4 selects {names}; with mask ${1 << bit:02X} in byte {held.address} the delay is 0. Result byte {delay.address}.",
        f"byte[{delay.address}] = byte[{held.address}] & ${1 << bit:02X} ? 0 : ({names})[byte[{setting.address}]]; setting < 4.",
        f"Options menu: text speed {setting.address} (0, 1, 2 or 3) means {names} frames a letter. Holding the button of mask ${1 << bit:02X} ({held.address}) shows letters without any wait. Write the wait to {delay.address}.",
    )


def digit_to_tiles_tall(draw: Drawer) -> Made:
    digit, upper, lower = draw.variable(8, below=10), draw.variable(16), draw.variable(16)
    base, row = draw.rng.randrange(0x100, 0x300), draw.one(0x10, 0x20)
    attribute = draw.one(0x2000, 0x2400, 0x3C00, 0x0800)
    made = plus(Widened(Read(digit)), attribute + base)
    program = (put(upper, made), put(lower, plus(upper, row)))
    return program, (
        f"Write a routine that draws a digit of two tiles: the map word {upper.address} becomes ${attribute + base:04X} plus the byte {digit.address} (0 to 9), and the word {lower.address} is ${row:02X} more.",
        f"How do I show a double-height digit? Digit byte {digit.address} < 10. Upper tile word {upper.address} = ${attribute + base:04X} + digit; lower tile word {lower.address} = upper + ${row:02X}.",
        f"word[{upper.address}] = ${attribute + base:04X} + byte[{digit.address}]; word[{lower.address}] = word[{upper.address}] + ${row:02X}; digit < 10.",
        f"Big figures: the top halves of 0 to 9 are tiles ${base:03X} and following, the bottom halves one sheet row (${row:02X}) further, all with the attributes ${attribute:04X}. Write figure {digit.address} (a proper digit) into my tilemap copy: top at {upper.address}, bottom at {lower.address}.",
    )


def bcd_to_two_tiles(draw: Drawer) -> Made:
    score, tens, ones = draw.variable(8), draw.variable(8), draw.variable(8)
    zero = draw.rng.randrange(0, 0xF0)
    blank = draw.rng.randrange(0xF0, 0x100)
    hide = draw.maybe(0.5)
    high = Field(Read(score), 4, 4)
    shown = either(check(high, "==", 0), blank, plus(high, zero)) if hide else plus(high, zero)
    program = (put(tens, shown), put(ones, plus(masked(score, 0x0F), zero)))
    rule = f" (a leading 0 is shown as ${blank:02X})" if hide else ""
    return program, (
        f"Write a routine that turns the packed BCD byte {score.address} into two tiles: ${zero:02X} plus its high nibble to {tens.address}{rule}, ${zero:02X} plus its low nibble to {ones.address}.",
        f"How do I print a BCD byte? {score.address}: tens digit in bits 4-7, ones in 0-3. Tile = ${zero:02X} + digit. Tens tile {tens.address}{rule}, ones tile {ones.address}.",
        f"byte[{tens.address}] = {f'h == 0 ? ${blank:02X} : ' if hide else ''}${zero:02X} + h; byte[{ones.address}] = ${zero:02X} + l; h, l = high and low nibble of byte[{score.address}].",
        f"The lives are kept as two decimal digits in one byte, {score.address}. My figures are the tiles from ${zero:02X} on. Left tile to {tens.address}, right tile to {ones.address}{f', and instead of a zero on the left I want tile ${blank:02X}' if hide else ', leading zero included'}.",
    )


def bcd_count_up(draw: Drawer) -> Made:
    count = draw.variable(8)
    top = draw.one(0x99, 0x50, 0x30)
    ones = masked(count, 0x0F)
    stays = draw.maybe(0.5)
    ends = Stop() if stays else put(count, 0)
    program = (
        If(
            check(count, "==", top),
            (ends,) if stays else (ends, Stop()),
        ),
        If(check(ones, "==", 9), (more(count, 7),), (more(count),)),
    )
    what = "stays" if stays else "goes to $00"
    return program, (
        f"Write a routine that counts up the packed BCD byte {count.address} by one without decimal mode: at ${top:02X} it {what}; otherwise, if its low nibble is 9, add 7, else add 1.",
        f"How do I increment a two-digit BCD counter by hand? Byte {count.address}: ${top:02X} {what}; x9 -> + 7; else + 1.",
        f"b = byte[{count.address}]; if b == ${top:02X}: {'unchanged' if stays else 'b = 0'}; else b += (b & $0F) == 9 ? 7 : 1.",
        f"A combo display in {count.address} holds a decimal figure in each half. One more hit - nine is followed by a carry to the left half (that's plus 7), and ${top:02X} is the end: there it {what}. The caller may not see the D flag change.",
    )


def bcd_from_digits(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(4, 6, 8))
    packed = draw.array(8, digits.length // 2)
    place = Algorithms(draw).own("place")
    low, high = (0, 1) if draw.maybe(0.5) else (1, 0)
    made = joined(
        masked(at(digits, plus(place, low) if low else place), 0x0F),
        Shifted(Read(at(digits, plus(place, high) if high else place)), "left", 4),
    )
    program = (put(place, 0), Each((packed,), (put(Here(packed), made), put(place, plus(place, 2)))))
    order = "the first of a pair is the low nibble" if low == 0 else "the first of a pair is the high nibble"
    return program, (
        f"Write a routine that packs {digits.length} digits, a byte each at {digits.address}, into {packed.length} bytes at {packed.address}, two a byte; {order}. Only the low 4 bits of a digit count.",
        f"How do I make packed BCD from unpacked? {digits.length} digit bytes {digits.address} -> {packed.length} bytes {packed.address}; {order}; upper nibbles of the digits are ignored.",
        f"byte[{packed.address} + i] = (d[2i + {low}] & $0F) | (d[2i + {high}] & $0F) << 4, i < {packed.length}; d = bytes at {digits.address}.",
        f"Saving space: a phone number of {digits.length} figures ({digits.address}, one in each byte, perhaps with rubbish in the upper halves) goes into {packed.length} bytes from {packed.address}, two figures to a byte. {order.capitalize()}.",
    )


def hex_word_tiles(draw: Drawer) -> Made:
    value, tiles = draw.variable(16), draw.array(8, 4)
    zero = draw.one(0x30, 0x10, 0x00, draw.rng.randrange(0x80, 0xF0))
    nibbles = [Half(Field(Read(value), low, 4), False) for low in (12, 8, 4, 0)]
    program = tuple(put(at(tiles, n), plus(nibble, zero) if zero else nibble) for n, nibble in enumerate(nibbles))
    return program, (
        f"Write a routine that shows the word {value.address} in hex: four bytes at {tiles.address}, the highest nibble first, each ${zero:02X} plus the nibble (0 to 15; the letters' tiles follow the digits').",
        f"How do I print 16 bits as four hex tiles? Word {value.address}; tiles at {tiles.address} to {tiles.address + 3}, leftmost = bits 12-15; tile = ${zero:02X} + nibble, without a gap between 9 and A.",
        f"byte[{tiles.address} + k] = ${zero:02X} + (word[{value.address}] >> (12 - 4k) & $0F), k = 0..3.",
        f"Debug overlay: the address in {value.address}, two bytes, as four hexadecimal figures at {tiles.address} (left to right). In my font 0-9 and A-F are sixteen tiles in a row from ${zero:02X}.",
    )


def skip_control_codes(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(8)
    limit = draw.one(0x20, 0x10, 0x70, 0xE0)
    above = limit in (0x70, 0xE0)
    plain = check(Here(text), "<" if above else ">=", limit)
    rule = f"${limit:02X} and above" if above else f"below ${limit:02X}"
    shown = f"c < ${limit:02X}" if above else f"c >= ${limit:02X}"
    return (put(result, Count(text, plain)),), (
        f"Write a routine that counts the printable characters of the text at {text.address} (terminated by ${text.end:02X}, at most {text.most} before it): bytes {rule} are control codes and don't count. Result: {result.address}.",
        f"How many letters does a message with control codes really show? Message {text.address}, end ${text.end:02X}, up to {text.most} bytes; printable means {shown}; number to byte {result.address}.",
        f"byte[{result.address}] = #{{c before ${text.end:02X} in the text at {text.address} : {shown}}}; length <= {text.most}.",
        f"Codes {rule} change colour or speed in my dialogue format and take no room. Of the message at {text.address} (closed by ${text.end:02X}, no longer than {text.most}) I need the number of characters that are drawn, in {result.address}.",
    )


def next_page_place(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(8)
    code = draw.rng.choice([one for one in (0xFA, 0xFD, 0xF8, 0x0A, 0x0C) if one != text.end])
    found = Position(text, check(Here(text), "==", code), 0xFF)
    held = Algorithms(draw).own("place")
    program = (
        put(held, found),
        put(result, either(check(held, "==", 0xFF), 0, plus(held, 1))),
    )
    return program, (
        f"Write a routine that finds where the next page of a message begins: one place behind the first ${code:02X} of the text at {text.address} (before its end byte ${text.end:02X}, at most {text.most} characters). The index goes to {result.address}, or 0 if there is no ${code:02X}.",
        f"How do I locate the part after a page break? Text {text.address}, end ${text.end:02X}, <= {text.most} bytes; page break ${code:02X}. Byte {result.address} = index of the first break + 1; none: 0.",
        f"byte[{result.address}] = (first i with byte[{text.address} + i] == ${code:02X}, before the terminator ${text.end:02X}) + 1, or 0; length <= {text.most}.",
        f"${code:02X} means 'wait, then clear the window' in my script at {text.address} ({text.most} bytes at most, then ${text.end:02X}). After the wait I go on behind it: store that offset at {result.address}; with no such code in the text store 0.",
    )


def capital_first(draw: Drawer) -> Made:
    letters = draw.array(8, draw.one(6, 8, 10, 12, 16))
    space, low = draw.one(0x20, 0x00, 0x7F), draw.one(0x61, 0xA0)
    gap = draw.one(0x20, 0x1A, 0x40)
    working = Algorithms(draw)
    before, current = working.own("before"), working.own("current")
    small = Between(Read(current), low, low + 25)
    program = (
        put(before, space),
        Each(
            (letters,),
            (
                put(current, Here(letters)),
                when(Both(check(before, "==", space), small), put(Here(letters), minus(current, gap))),
                put(before, current),
            ),
        ),
    )
    return program, (
        f"Write a routine that capitalises words in the {letters.length} characters at {letters.address}: a small letter (${low:02X} to ${low + 25:02X}) at the very beginning or right after a space (${space:02X}) is lowered by ${gap:02X}.",
        f"How do I make the first letter of every word a capital? {letters.length} bytes from {letters.address}; small letters ${low:02X}-${low + 25:02X}; capital = small - ${gap:02X}; words are separated by ${space:02X}; the first byte begins a word, too.",
        f"for i < {letters.length}: if (i == 0 or c[i-1] == ${space:02X}) and ${low:02X} <= c[i] <= ${low + 25:02X}: c[i] -= ${gap:02X} (c[i-1] as it was before the call); c = bytes at {letters.address}.",
        f"Players type names in small letters; I show them with capitals. The field is {letters.length} bytes at {letters.address}, blanks are ${space:02X}, and a to z are ${low:02X} to ${low + 25:02X} with their big sisters ${gap:02X} lower. Change only letters that start the field or follow a blank.",
    )


def cursor_next_line(draw: Drawer) -> Made:
    place = draw.variable(16)
    row = draw.one(0x40, 0x80)
    indent = draw.rng.randrange(0, 8) * 2
    made = plus(masked(place, 0xFFFF ^ (row - 1)), row + indent)
    doubled = " (two tile rows)" if row == 0x80 else ""
    return (put(place, made),), (
        f"Write a routine that moves a text cursor, the offset word {place.address} into a tilemap, to the next line{doubled}: clear its low {row.bit_length() - 1} bits and add ${row + indent:02X} (modulo 65536).",
        f"How do I do a carriage return in a tilemap buffer? Offset word {place.address}: start of its ${row:02X}-byte row + ${row:02X}{f' + {indent} bytes of indentation' if indent else ''}.",
        f"word[{place.address}] = (word[{place.address}] & ${0xFFFF ^ (row - 1):04X}) + ${row + indent:02X}.",
        f"A newline code came. The cursor {place.address} counts bytes of my map (two a tile, ${row:02X} in a text line). It shall go to {f'{indent // 2} tiles from the left' if indent else 'the left end'} of the following line, wrapping at 16 bits.",
    )


def menu_number_input(draw: Drawer) -> Made:
    digit, pad = draw.variable(8), draw.variable(8)
    up, down = draw.one((0x08, 0x04), (0x01, 0x02), (0x80, 0x40))
    top = draw.one(9, 9, 15, 25)
    program = (
        when(
            Bits(Read(pad), up, "any"),
            If(check(digit, ">=", top), (put(digit, 0),), (more(digit),)),
        ),
        when(
            Bits(Read(pad), down, "any"),
            If(check(digit, "==", 0), (put(digit, top),), (less(digit),)),
        ),
    )
    return program, (
        f"Write a routine for an input wheel from 0 to {top} in {digit.address}: if mask ${up:02X} of {pad.address} is set it goes up by 1, from {top} or more to 0. Then, if mask ${down:02X} is set, it goes down by 1, from 0 to {top}.",
        f"How do I let the player choose a figure 0..{top} with up and down? Figure byte {digit.address}; new buttons byte {pad.address}: ${up:02X} = up (>= {top} wraps to 0), then ${down:02X} = down (0 wraps to {top}). Both may be pressed.",
        f"if pad & ${up:02X}: d = d >= {top} ? 0 : d + 1; if pad & ${down:02X}: d = d == 0 ? {top} : d - 1; d = byte[{digit.address}], pad = byte[{pad.address}].",
        f"Password entry: the wheel {digit.address} shows one of {top + 1} signs. Pressed buttons come in {pad.address}; bit mask ${up:02X} turns it forwards and after that ${down:02X} backwards, round and round (a number above {top} counts as the last one when turning forwards).",
    )


def blank_leading_zeros(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(3, 4, 5, 6, 8))
    zero, blank = draw.rng.sample(range(256), 2)
    last = draw.maybe(0.6)
    stop = when(check(Here(digits), "!=", zero), Stop())
    body: tuple[Statement, ...] = (stop, put(Here(digits), blank))
    if last:
        body = (when(check(Index(), "==", digits.length - 1), Stop()), *body)
    tail = ", but not the last one" if last else ""
    return (Each((digits,), body),), (
        f"Write a routine that hides leading zeros: of the {digits.length} tile bytes at {digits.address}, those equal to ${zero:02X} (tile of 0) at the beginning become ${blank:02X}, up to the first other tile{tail}.",
        f"How do I blank the zeros in front of a number? {digits.length} digit tiles from {digits.address}, left to right; 0 is ${zero:02X}, blank ${blank:02X}. Stop at the first tile that isn't ${zero:02X}{f', and never blank the {digits.length}th' if last else ''}.",
        f"for i = 0..{digits.length - (2 if last else 1)}, while t[i] == ${zero:02X}: t[i] = ${blank:02X}; t = bytes at {digits.address}.",
        f"000{digits.length} looks ugly. My number is written as {digits.length} tiles at {digits.address}. Replace ${zero:02X} by the empty tile ${blank:02X} from the left until something else turns up{'; the ones always stay' if last else '; a number of nothing but zeros vanishes'}.",
    )


def key_repeat_letter(draw: Drawer) -> Made:
    row, letter = draw.variable(8, below=draw.one(3, 4, 5, 6)), draw.variable(8)
    wide = draw.one(6, 8, 10, 13)
    column = draw.variable(8, below=wide)
    base = draw.rng.randrange(0, 0x80)
    made = plus(plus(Scaled(Read(row), wide), column), base) if base else plus(Scaled(Read(row), wide), column)
    return (put(letter, made),), (
        f"Write a routine that finds the letter under the cursor of an on-screen keyboard with {wide} keys a row: {wide} times the row byte {row.address} (below {row.below}) plus the column byte {column.address} (below {wide}) plus ${base:02X}, to {letter.address}.",
        f"How do I turn a keyboard position into a character code? Row {row.address} < {row.below}, column {column.address} < {wide} (bytes); codes run row by row from ${base:02X}. Byte {letter.address}.",
        f"byte[{letter.address}] = ${base:02X} + {wide} * byte[{row.address}] + byte[{column.address}]; row < {row.below}, column < {wide}.",
        f"On the name screen letters stand in {row.below} rows of {wide}, in the order of their codes, the first being ${base:02X}. The cursor is in row {row.address}, column {column.address}, both counted from 0 and never outside. Its letter's code goes to {letter.address}.",
    )


RECIPES = (
    advance_by_width,
    line_is_full,
    text_pixel_width,
    centered_start,
    letters_typed_so_far,
    text_speed_pick,
    digit_to_tiles_tall,
    bcd_to_two_tiles,
    bcd_count_up,
    bcd_from_digits,
    hex_word_tiles,
    skip_control_codes,
    next_page_place,
    capital_first,
    cursor_next_line,
    menu_number_input,
    blank_leading_zeros,
    key_repeat_letter,
)
