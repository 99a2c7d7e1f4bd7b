"""Letters and digits: cases, words, palindromes, numbers read and shown in decimal, hex and Roman."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Between,
    Both,
    Each,
    Expression,
    Half,
    Here,
    If,
    Number,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Stop,
    Table,
    Text,
    Variable,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    less,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def swap_case(draw: Drawer) -> Made:
    line = draw.array(8)
    big = draw.one(0x41, 0x40, 0x80, 0xC1)
    letter = Between(masked(Here(line), 0xDF), big, big + 25)
    return (Each((line,), (when(letter, put(Here(line), toggled(Here(line), 0x20))),)),), (
        f"Write a routine that swaps capital and small letters in the {where(line)}: capitals are ${big:02X}-${big + 25:02X}, small letters have bit 5 ($20) set in addition. Other bytes don't change.",
        f"How do I flip the case of every letter? Bytes: {where(line)}. A byte c is a letter if c & $DF is ${big:02X} to ${big + 25:02X}; then c ^= $20.",
        f"for c in the {where(line)}: if ${big:02X} <= (c & $DF) <= ${big + 25:02X}: c ^= $20.",
        f"tHE CURSED TEXT: in the {where(line)} every capital (${big:02X} to ${big + 25:02X}) shall become the small letter $20 further up in the code table and the other way round; the rest is left as it is.",
    )


def hex_digit_value(draw: Drawer) -> Made:
    digit, number = draw.variable(8), draw.variable(8)
    zero, a = draw.one((0x30, 0x41), (0x30, 0x61), (0xA0, 0xC1), (0x80, 0x8A + 6))
    wrong = draw.one(0xFF, 0x80)
    program = (
        put(number, wrong),
        when(Between(Read(digit), zero, zero + 9), put(number, minus(digit, zero))),
        when(Between(Read(digit), a, a + 5), put(number, minus(digit, a - 10))),
    )
    return program, (
        f"Write a routine that turns the character {digit.address}, a hexadecimal digit, into its value 0-15 at {number.address}: digits 0-9 have the codes ${zero:02X}-${zero + 9:02X}, A-F the codes ${a:02X}-${a + 5:02X}. Any other code gives ${wrong:02X}.",
        f"How do I parse one hex digit? Character byte {digit.address} ('0' = ${zero:02X}, 'A' = ${a:02X}); value or ${wrong:02X} for garbage to {number.address}.",
        f"c = byte[{digit.address}]; byte[{number.address}] = ${zero:02X} <= c <= ${zero + 9:02X} ? c - ${zero:02X} : ${a:02X} <= c <= ${a + 5:02X} ? c - ${a:02X} + 10 : ${wrong:02X}.",
        f"The debug menu lets me type a hex number. The key I typed is {digit.address}: ${zero:02X}+n for the digits, ${a:02X} to ${a + 5:02X} for A to F. Its worth goes to {number.address}, and ${wrong:02X} if it's no hex digit.",
    )


def print_hex(draw: Drawer) -> Made:
    number, line = draw.variable(8), draw.array(8, 2)
    zero = draw.one(0x30, 0x80, 0xA0, 0x10)
    gap = draw.one(7, 0, 0x17)
    own = Algorithms(draw).own
    high, low = own("high digit"), own("low digit")

    def digit(place: Variable) -> Expression:
        return (
            plus(place, zero)
            if gap == 0
            else either(check(place, ">=", 10), plus(place, zero + gap), plus(place, zero))
        )

    program = (
        put(high, Shifted(Read(number), "right", 4)),
        put(low, masked(number, 0x0F)),
        put(at(line, 0), digit(high)),
        put(at(line, 1), digit(low)),
    )
    a = zero + 10 + gap
    return program, (
        f"Write a routine that writes the byte {number.address} as two hexadecimal characters to {line.address} and {line.address + 1}, high digit first: 0-9 are ${zero:02X}-${zero + 9:02X}, A-F are ${a:02X}-${a + 5:02X}.",
        f"How do I print a byte in hex? Value {number.address}; two characters to {line.address} ('0' is ${zero:02X}, 'A' is ${a:02X}).",
        f"d(n) = n < 10 ? ${zero:02X} + n : ${a:02X} + n - 10; byte[{line.address}] = d(v >> 4); byte[{line.address + 1}] = d(v & 15); v = byte[{number.address}].",
        f"My debug display should show {number.address} as hex. Tile ${zero:02X} is the 0 (then 1 to 9), tile ${a:02X} the A (then B to F). Left digit to {line.address}, right one behind it.",
    )


def print_two_digits(draw: Drawer) -> Made:
    number, line = draw.variable(8, below=100), draw.array(8, 2)
    zero, blank = draw.one(0x30, 0x80, 0x90, 0xA0), draw.one(0x00, 0x20, 0x7F, 0xFF)
    own = Algorithms(draw).own
    tens, ones = own("tens"), own("ones")
    program = (
        put(ones, number),
        put(tens, 0),
        While(check(ones, ">=", 10), (less(ones, 10), more(tens))),
        put(at(line, 0), either(check(tens, "==", 0), blank, plus(tens, zero))),
        put(at(line, 1), plus(ones, zero)),
    )
    return program, (
        f"Write a routine that shows the byte {number.address} (0 to 99) as two characters at {line.address}: ${zero:02X} + digit, tens first; a number below 10 has ${blank:02X} in the place of the tens.",
        f"How do I print a number under 100 without a leading zero? Byte {number.address}; tens tile to {line.address} (${blank:02X} if 0), ones tile to {line.address + 1}; tiles are ${zero:02X} + digit.",
        f"n = byte[{number.address}] < 100; byte[{line.address}] = n < 10 ? ${blank:02X} : ${zero:02X} + n / 10; byte[{line.address + 1}] = ${zero:02X} + n % 10.",
        f"{number.meaning.capitalize()} on the status bar: the count is in {number.address} and never reaches 100. Digit tiles start with ${zero:02X}, the empty tile is ${blank:02X}. Write both tiles to {line.address}, no leading zero but a single 0 for nothing.",
    )


def parse_digits(draw: Drawer) -> Made:
    digits, number = draw.array(8, draw.one(2, 3, 4, 5)), draw.variable(16)
    zero = draw.one(0x00, 0x30, 0x80, 0xA0)
    digit: Expression = masked(Here(digits), 0x0F)
    own = Algorithms(draw).own
    held = own("digit")
    program = (
        put(number, 0),
        Each(
            (digits,),
            (
                put(held, digit),
                when(check(held, ">", 9), Stop()),
                put(number, plus(Scaled(Read(number), 10), Widened(Read(held)))),
            ),
        ),
    )
    return program, (
        f"Write a routine that reads a decimal number from the {where(digits)}, highest digit first: the digit is the low nibble of a byte. Stop at the first byte whose low nibble is above 9. The value (modulo 65536; 0 if the first is none) goes to the word {number.address}.",
        f"How do I convert digits to a number? {digits.length} characters at {digits.address}; d = c & 15; end early if d > 9; n = 10 * n + d, 16 bits, from 0. Word result: {number.address}.",
        f"n = 0; for c in the {where(digits)}: d = c & $0F; if d > 9: break; n = (n * 10 + d) & $FFFF; word[{number.address}] = n.",
        f"The player types a bid of up to {digits.length} digits; tiles are ${zero:02X} to ${zero + 9:02X} for 0-9 (so their low nibble counts), and a tile with a low nibble from A to F ends the number. Tiles from {digits.address}; write the bid into {number.address}, two bytes. It wraps at 65536.",
    )


def count_words(draw: Drawer) -> Made:
    line, words = draw.text() if draw.maybe(0.5) else draw.array(8), draw.variable(8)
    blank = draw.one(0x20, 0x59, 0xEF)
    before = Algorithms(draw).own("before")
    starts = Both(check(before, "==", blank), check(Here(line), "!=", blank))
    program = (
        put(words, 0),
        put(before, blank),
        Each(line if isinstance(line, Text) else (line,), (when(starts, more(words)), put(before, Here(line)))),
    )
    where_ = _line(line)
    return program, (
        f"Write a routine that counts the words in {where_}; words are separated by one or more ${blank:02X}. The count goes to {words.address}.",
        f"How do I count words? Text: {where_}; blank ${blank:02X}; a word is a run of other bytes. Number of runs to the byte {words.address}.",
        f"byte[{words.address}] = number of places where c != ${blank:02X} and the previous byte is ${blank:02X} or there is none, in {where_}.",
        f"The bard is paid by the word. His song: {where_}, blanks are ${blank:02X}, several in a row count as one gap, and blanks at the ends don't matter. How many words? Into {words.address}.",
    )


def longest_word(draw: Drawer) -> Made:
    line, longest = draw.text() if draw.maybe(0.4) else draw.array(8), draw.variable(8)
    blank = draw.one(0x20, 0x00 if isinstance(line, Array) else 0x59, 0xEF)
    run = Algorithms(draw).own("run")
    step = If(
        check(Here(line), "==", blank),
        (put(run, 0),),
        (more(run), when(check(run, ">", longest), put(longest, run))),
    )
    program = (put(run, 0), put(longest, 0), Each(line if isinstance(line, Text) else (line,), (step,)))
    where_ = _line(line)
    return program, (
        f"Write a routine that finds the length of the longest word in {where_}, where ${blank:02X} separates words, and stores it at {longest.address} (0 if there is no word).",
        f"How do I get the widest word of a line? Line: {where_}; separator ${blank:02X}; most bytes between separators or ends -> byte {longest.address}.",
        f"byte[{longest.address}] = max length of a run without ${blank:02X} in {where_}, or 0.",
        f"Will every word fit on the sign? Tell me in {longest.address} how many letters the longest one of {where_} has; the blank is ${blank:02X}.",
    )


def capital_at_word_start(draw: Drawer) -> Made:
    line = draw.array(8)
    blank, small, apart = draw.one((0x20, 0x61, 0x20), (0x20, 0x61, 0x20), (0xFF, 0x30, 0x1A), (0x00, 0x9A, 0x1A))
    own = Algorithms(draw).own
    before, held = own("before"), own("held")
    first = Both(check(before, "==", blank), Between(Read(held), small, small + 25))
    program = (
        put(before, blank),
        Each(
            (line,),
            (put(held, Here(line)), when(first, put(Here(line), minus(held, apart))), put(before, held)),
        ),
    )
    return program, (
        f"Write a routine that gives each word in the {where(line)} a capital: a letter ${small:02X}-${small + 25:02X} that is the first byte or follows a ${blank:02X} is lowered by ${apart:02X}.",
        f"How do I do title case? Text: {where(line)}. Blank ${blank:02X}; small letters ${small:02X} to ${small + 25:02X}; capital = small - ${apart:02X}; only at the start and directly behind a blank.",
        f"for i < {line.length}: if (i == 0 or a[i - 1] == ${blank:02X}) and ${small:02X} <= a[i] <= ${small + 25:02X}: a[i] -= ${apart:02X}; a = bytes at {line.address} (looking at the old a[i - 1]).",
        f"Town signs want Every Word Like This. The sign: {where(line)}, blanks ${blank:02X}, small a to z ${small:02X} to ${small + 25:02X}, capitals ${apart:02X} lower. Anything that isn't a small letter at the beginning of a word stays.",
    )


def reads_the_same(draw: Drawer) -> Made:
    word, answer = draw.array(8, draw.one(3, 4, 5)), draw.variable(8)
    own = Algorithms(draw).own
    low, high = own("low"), own("high")
    program = (
        put(answer, 1),
        put(low, 0),
        put(high, word.length - 1),
        While(
            check(low, "<", high),
            (when(check(at(word, low), "!=", at(word, high)), put(answer, 0), Stop()), more(low), less(high)),
        ),
    )
    return program, (
        f"Write a routine that checks whether the {where(word)} are a palindrome, i.e. read the same backwards: {answer.address} = 1 if so, else 0.",
        f"How do I detect a palindrome? {where(word)}; compare from both ends. Answer 1/0 to byte {answer.address}.",
        f"byte[{answer.address}] = a == reversed(a) ? 1 : 0; a: {where(word)}.",
        f"The mirror door opens only for a melody that is the same forwards and backwards. The {word.length} notes are bytes from {word.address}. Write 1 (open) or 0 to {answer.address}.",
    )


def blank_leading_zeros(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(3, 4))
    zero, blank = draw.one((0x30, 0x20), (0x80, 0x7F), (0x00, 0xFF), (0xA0, 0xEF), (0x90, 0x24))
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, 0),
        While(
            check(spot, "<", digits.length - 1),
            (
                when(check(at(digits, spot), "!=", zero), Stop()),
                put(at(digits, spot), blank),
                more(spot),
            ),
        ),
    )
    return program, (
        f"Write a routine that replaces leading zeros: in the {where(digits)} each ${zero:02X} before the first other byte becomes ${blank:02X}, but the last of the {digits.length} places is never changed.",
        f"How do I hide leading zeros of a counter? {digits.length} digit tiles from {digits.address}; the 0 is ${zero:02X}, the blank ${blank:02X}; keep the last digit even if it is 0.",
        f"for i = 0..{digits.length - 2}: if a[i] != ${zero:02X}: break; a[i] = ${blank:02X}; a = bytes at {digits.address}.",
        f"My score shows as 007; it should be '  7', and 000 '  0'. {digits.length} tiles at {digits.address}, zero is tile ${zero:02X}, the empty tile ${blank:02X}.",
    )


def odometer(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(2, 2, 3))
    zero = draw.one(0x00, 0x00, 0x30, 0x80)
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, digits.length),
        While(
            check(spot, "!=", 0),
            (
                less(spot),
                more(at(digits, spot)),
                when(check(at(digits, spot), "!=", zero + 10), Stop()),
                put(at(digits, spot), zero),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds 1 to a number kept as {digits.length} digits at {digits.address}, last digit at the end: increment the last byte; if it is now ${zero + 10:02X} it becomes ${zero:02X} and the byte before it is incremented in the same way, and so on. A carry out of the first digit is lost.",
        f"How do I count in decimal characters? {digits.length} bytes from {digits.address}, most significant first, ${zero:02X} to ${zero + 9:02X}. Only a byte that becomes ${zero + 10:02X} rolls over to ${zero:02X} and carries.",
        f"i = {digits.length - 1}; while i >= 0: if ++a[i] != ${zero + 10:02X}: break; a[i--] = ${zero:02X}. a = bytes at {digits.address}, 8-bit wrap.",
        f"An odometer with {digits.length} wheels (bytes from {digits.address}, left to right, ${zero:02X} shows 0). One step forward: the rightmost wheel turns; a wheel reaching ${zero + 10:02X} goes to ${zero:02X} and takes the next one on its left along. After all nines come all zeros.",
    )


def digit_total(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, total = draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    source = value(number) if width == 16 else Widened(Read(number))
    program = (
        put(rest, source),
        put(total, 0),
        While(
            check(rest, "!=", 0),
            (
                more(total, Half(Quotient(Read(rest), Number(10), remainder=True), high=False)),
                put(rest, Quotient(Read(rest), Number(10))),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds up the decimal digits of the {size(number)} {number.address} and stores the sum in the byte {total.address}; the number stays.",
        f"How do I compute the cross sum (digit sum, base 10)? {size(number)} {number.address}, unsigned -> byte {total.address}.",
        f"byte[{total.address}] = sum(int(d) for d in str({size(number)}[{number.address}])).",
        f"The numerologist adds the digits of your {number.meaning} ({number.address}, {size(number)}, unsigned): 471 gives 12. Her number goes to {total.address}.",
    )


def how_many_digits(draw: Drawer) -> Made:
    number, count = draw.variable(16), draw.variable(8)
    limits = Table("PowerTable", "power of ten", (10, 100, 1000, 10000), 16)
    program = (
        put(count, 1),
        While(
            check(count, "<=", 4),
            (when(check(number, "<", at(limits, minus(count, 1))), Stop()), more(count)),
        ),
    )
    return program, (
        f"Write a routine that counts the decimal digits of the unsigned word {number.address} (1 for 0 to 9, 5 from 10000 up) and stores the count in the byte {count.address}.",
        f"How do I find out how wide a number prints? 16-bit number {number.address}, base 10, no leading zeros; digits (1-5) to {count.address}.",
        f"byte[{count.address}] = len(str(word[{number.address}])).",
        f"To right-align {number.meaning} ({number.address}, two bytes, unsigned) I must know whether it takes 1, 2, 3, 4 or 5 digits. Put that into {count.address}.",
    )


def reverse_digits(draw: Drawer) -> Made:
    number, turned = draw.variable(8), draw.variable(16)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, Widened(Read(number))),
        put(turned, 0),
        While(
            check(rest, "!=", 0),
            (
                put(turned, plus(Scaled(Read(turned), 10), Quotient(Read(rest), Number(10), remainder=True))),
                put(rest, Quotient(Read(rest), Number(10))),
            ),
        ),
    )
    return program, (
        f"Write a routine that reverses the decimal digits of the byte {number.address} (e.g. 120 -> 21, 57 -> 75) and stores the result as a word at {turned.address}.",
        f"How do I turn 123 into 321? Source byte {number.address}, unsigned and kept; reversed number to the word {turned.address}; zeros at the end vanish.",
        f"word[{turned.address}] = int(str(byte[{number.address}])[::-1]).",
        f"The mirror maze swaps front and back of the number on your door: door {number.address} (a byte) becomes its digits read backwards, in {turned.address} (word).",
    )


def roman_value(draw: Drawer) -> Made:
    letters, total = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    values = Table("RomanTable", "roman value", draw.one((0, 1, 5, 10), (1, 5, 10, 50), (0, 1, 5, 10)))
    own = Algorithms(draw).own
    before, worth = own("before"), own("worth")
    program = (
        put(total, 0),
        put(before, 0),
        Each(
            (letters,),
            (
                put(worth, at(values, masked(Here(letters), 3))),
                when(check(worth, ">", before), less(total, Shifted(Read(before), "left", 1))),
                more(total, worth),
                put(before, worth),
            ),
        ),
    )
    shown = ", ".join(f"{number} for {n}" for n, number in enumerate(values.values))
    return program, (
        f"Write a routine that values a Roman numeral: {letters.length} letters at {letters.address}, the low 2 bits of a byte choose the worth ({shown}). Add up all worths modulo 256, and wherever a letter is worth more than the one before it, take twice that earlier worth off again. Sum to {total.address}.",
        f"How do I read Roman numbers? Letters: {where(letters)}; v[i] = {listed(values)} by c & 3. total += v[i]; if i > 0 and v[i] > v[i - 1]: total -= 2 * v[i - 1]. Byte {total.address}, wraps.",
        f"byte[{total.address}] = sum of v[i] - (2 * v[i - 1] if i and v[i] > v[i - 1] else 0), v[i] = ({listed(values)})[a[i] & 3], a: {where(letters)}; mod 256.",
        f"The tomb's inscription has {letters.length} stones from {letters.address} (bytes; only bits 0 and 1 matter: {shown}). A smaller value directly before a larger one counts negative, as in IV, otherwise they add up; that is: add each, subtract double its left neighbour when that is smaller. The number, modulo 256, to {total.address}.",
    )


def pad_with_blanks(draw: Drawer) -> Made:
    name = draw.array(8, draw.one(5, 6, 8, 10, 12))
    end, blank = draw.one((0xFF, 0x20), (0x00, 0x20), (0xFF, 0x00), (0xFB, 0x59))
    ended = Algorithms(draw).own("ended")
    program = (
        put(ended, 0),
        Each(
            (name,),
            (
                when(check(Here(name), "==", end), put(ended, 1)),
                when(check(ended, "!=", 0), put(Here(name), blank)),
            ),
        ),
    )
    return program, (
        f"Write a routine that pads a name field: in the {where(name)} the first ${end:02X} and everything behind it becomes ${blank:02X}. Without a ${end:02X} nothing changes.",
        f"How do I fill the rest of a string buffer with blanks? {name.length} bytes at {name.address}; from the terminator ${end:02X} (included) to the end of the field write ${blank:02X}; no terminator: leave it.",
        f"i = first i with a[i] == ${end:02X} (or {name.length}); a[i..{name.length - 1}] = ${blank:02X}; a = bytes at {name.address}.",
        f"Garbage shows behind short names. The field has {name.length} bytes from {name.address}, the name ends at its first ${end:02X}. Put ${blank:02X} over that mark and all that follows in the field.",
    )


def cut_leading_blanks(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(4, 5, 6, 8))
    blank = draw.one(0x20, 0x00, 0xFF)
    own = Algorithms(draw).own
    start, spot = own("start"), own("spot")
    program = (
        put(start, 0),
        While(check(start, "<", line.length), (when(check(at(line, start), "!=", blank), Stop()), more(start))),
        put(spot, 0),
        While(
            check(start, "<", line.length),
            (put(at(line, spot), at(line, start)), more(spot), more(start)),
        ),
        While(check(spot, "<", line.length), (put(at(line, spot), blank), more(spot))),
    )
    return program, (
        f"Write a routine that moves a line to the left edge: drop the ${blank:02X} bytes at the front of the {where(line)}, move the rest forward and fill up with ${blank:02X} behind it.",
        f"How do I left-trim a fixed-width field? {line.length} bytes at {line.address}, blank ${blank:02X}; same width afterwards, blanks now at the end.",
        f"a = lstrip(a, ${blank:02X}) padded on the right with ${blank:02X} to {line.length} bytes; a = bytes at {line.address}.",
        f"Right-aligned numbers should become left-aligned: shift the {line.length} tiles at {line.address} left until the first isn't ${blank:02X}, with ${blank:02X} coming in from the right. A wholly blank field stays.",
    )


def _line(line: Text | Array) -> str:
    if isinstance(line, Text):
        return f"the text at {line.address} (at most {line.most} bytes, then ${line.end:02X})"
    return f"the {line.length} bytes from {line.address}"


RECIPES = (
    swap_case,
    hex_digit_value,
    print_hex,
    print_two_digits,
    parse_digits,
    count_words,
    longest_word,
    capital_at_word_start,
    reads_the_same,
    blank_leading_zeros,
    odometer,
    digit_total,
    how_many_digits,
    reverse_digits,
    roman_value,
    pad_with_blanks,
    cut_leading_blanks,
)
