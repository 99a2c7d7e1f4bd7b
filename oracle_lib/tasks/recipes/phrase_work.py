"""Phrases: words fetched and copied, codes obeyed, options picked by letter, templates filled, sentences counted."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Both,
    Each,
    Either,
    Half,
    Here,
    If,
    Index,
    Number,
    Position,
    Quotient,
    Read,
    Report,
    Stop,
    Switch,
    Table,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def fetch_dictionary_word(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5)
    lengths = tuple(draw.rng.randrange(2, 6) for _ in range(count))
    letters = draw.array(8, sum(lengths))
    number, out, length = draw.variable(8, below=count), draw.array(8, 5), draw.variable(8)
    sizes = Table("LengthTable", "length", lengths)
    starts = Table("StartTable", "start", tuple(sum(lengths[:n]) for n in range(count)))
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        put(read, at(starts, number)),
        put(length, at(sizes, number)),
        put(write, 0),
        While(
            check(write, "<", length),
            (put(at(out, write), at(letters, read)), more(read), more(write)),
        ),
    )
    told = ", ".join(str(one) for one in lengths)
    return program, (
        f"The letters of {count} words stand at {letters.address} one behind the other; the words are {told} letters long. Copy word byte[{number.address}] (0 to {count - 1}) to {out.address} and store its length at {length.address}; the bytes behind it stay.",
        f"w = words[n], n = byte {number.address} < {count}; lengths {told}, packed at {letters.address}; letters -> {out.address}, len -> {length.address}.",
        f"Dictionary {letters.address}, no separators, word lengths {told}. Word [{number.address}] (in range) -> {out.address}; its length -> {length.address}.",
        f"How do I print a word from my packed dictionary? There are {count} ({told} letters, directly after each other from {letters.address}). The word's number is {number.address}, below {count}. Its letters go to {out.address}, how many to {length.address}; don't fill up.",
    )


def obey_text_code(draw: Drawer) -> Made:
    code, column, row, wait = (draw.variable(8) for _ in range(4))
    newline, clear, pause = draw.one((0xFE, 0xFD, 0xFC), (0x0A, 0x0C, 0x07), (0xF8, 0xF9, 0xFA))
    frames = draw.one(30, 60, 90)
    program = (
        Switch(
            Read(code),
            (
                (newline, (put(column, 0), more(row))),
                (clear, (put(column, 0), put(row, 0))),
                (pause, (put(wait, frames),)),
            ),
            (more(column),),
        ),
    )
    return program, (
        f"Act on the text code in {code.address}: ${newline:02X} (new line) sets the column {column.address} to 0 and raises the row {row.address}; ${clear:02X} (clear box) sets both to 0; ${pause:02X} (pause) sets {wait.address} to {frames}; any other code is a letter, which moves the column on by one.",
        f"switch byte[{code.address}]: ${newline:02X}: x = 0, ++y; ${clear:02X}: x = y = 0; ${pause:02X}: t = {frames}; default: ++x. x {column.address}, y {row.address}, t {wait.address}; bytes.",
        f"Cursor handling for code [{code.address}]: ${newline:02X} newline, ${clear:02X} home, ${pause:02X} wait {frames} frames ({wait.address}), else advance. Column {column.address}, row {row.address}.",
        f"How do I keep track of the text cursor? Column {column.address}, line {row.address}. The next code is {code.address}. Letters push the column by 1. ${newline:02X}: start of the next line. ${clear:02X}: start of the first line. ${pause:02X}: the cursor stays and the wait counter {wait.address} becomes {frames}.",
    )


def option_by_first_letter(draw: Drawer) -> Made:
    stride = draw.one(4, 6, 8)
    count = draw.one(4, 5, 6)
    first = draw.array(8, count, stride)
    cursor, typed = draw.variable(8), draw.variable(8)
    found = Algorithms(draw).own("found")
    program = (
        put(found, Position(first, check(Here(first), "==", typed), 0xFF)),
        when(check(found, "!=", 0xFF), put(cursor, found)),
        Report(check(found, "!=", 0xFF)),
    )
    return program, (
        f"A menu has {count} entries of {stride} letters each, the first at {first.address}. Move the cursor {cursor.address} to the first entry that begins with the letter byte[{typed.address}] and set the carry; if none does, leave the cursor and clear the carry.",
        f"i = first i < {count} with t[{stride} * i] == [{typed.address}]; found: byte[{cursor.address}] = i, carry 1; else carry 0. t {first.address}.",
        f"Hotkey: typed letter {typed.address}, {count} names every {stride} bytes from {first.address}; matching initial -> cursor {cursor.address} and SEC; no match: CLC, cursor stays.",
        f"How do I let the player jump to an item by its first letter? Names are {stride} letters long and follow each other from {first.address}; {count} of them. He pressed {typed.address}. Put the number of the uppermost name with that initial into {cursor.address}; the carry says whether there was one, and otherwise nothing changes.",
    )


def letters_alike_any_case(draw: Drawer) -> Made:
    one, two = draw.slots(8, 8)
    count = draw.variable(8)
    apart = masked(toggled(Here(one), Here(two)), 0xDF)
    program = (put(count, 0), Each((one, two), (when(check(apart, "==", 0), more(count)),)))
    return program, (
        f"In how many places do the {one.length} letters at {one.address} and the {two.length} at {two.address} agree if upper and lower case (bit 5) are not told apart? Store the number at {count.address}.",
        f"byte[{count.address}] = #{{i < {one.length}: ((a[i] ^ b[i]) & $DF) == 0}}; a {one.address}, b {two.address}.",
        f"Case-blind match count (ignore bit $20) of two {one.length}-byte strings, {one.address} and {two.address} -> {count.address}.",
        f"How do I compare an answer with the solution generously? {one.length} ASCII letters typed at {one.address}, the right ones at {two.address}. Capital or small doesn't matter: only bits other than $20 count. Number of places that fit goes to {count.address}.",
    )


def hide_all_but_last(draw: Drawer) -> Made:
    code = draw.array(8, draw.one(5, 6, 8, 10))
    shown = draw.one(1, 2, 3)
    star, blank = draw.one((0x2A, 0x20), (0x58, 0x00), (0x7E, 0x7F))
    hidden = draw.variable(8)
    program = (
        put(hidden, 0),
        Each(
            (code,),
            (
                when(
                    Both(check(Index(), "<", code.length - shown), check(Here(code), "!=", blank)),
                    put(Here(code), star),
                    more(hidden),
                ),
            ),
        ),
    )
    return program, (
        f"Make the {where(code)} unreadable but for the last {shown}: every other one that isn't a blank (${blank:02X}) becomes ${star:02X}. How many were replaced goes to {hidden.address}.",
        f"for i < {code.length - shown}: if t[i] != ${blank:02X}: t[i] = ${star:02X}, ++n. t {code.address}, n -> {hidden.address} from 0; the last {shown} of {code.length} stay.",
        f"Mask {code.address}[{code.length}] with ${star:02X}, keep the last {shown} and all ${blank:02X}; count -> {hidden.address}.",
        f"How do I show a secret code so that only its end can be read? {code.length} letters at {code.address}. The final {shown} {'stays' if shown == 1 else 'stay'}, blanks (${blank:02X}) stay, all the rest turns to ${star:02X}. Number of letters hidden: {hidden.address}.",
    )


def number_into_template(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(5, 6, 8, 10))
    number = draw.variable(16)
    mark, zero = draw.one((0x23, 0x30), (0x5F, 0x30), (0xF0, 0x90), (0x3F, 0x10))
    own = Algorithms(draw).own
    place, rest = own("place"), own("rest", 16)
    program = (
        put(rest, number),
        put(place, line.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(
                    check(at(line, place), "==", mark),
                    put(at(line, place), plus(Half(Quotient(Read(rest), Number(10), True), False), zero)),
                    put(rest, Quotient(Read(rest), Number(10))),
                ),
            ),
        ),
    )
    return program, (
        f"Fill the word at {number.address} in decimal into a template: each ${mark:02X} in the {where(line)} is a place for a digit (${zero:02X} + d), the ones in the last such place, the tens in the one before it and so on, with leading zeros; digits without a place are lost.",
        f"for i = {line.length - 1}..0: if t[i] == ${mark:02X}: t[i] = ${zero:02X} + n % 10, n /= 10. t {line.address}; n starts as word [{number.address}], which itself stays.",
        f"Replace the ${mark:02X}s of {line.address}[{line.length}] from the right by the decimal digits of word {number.address} ('0' = ${zero:02X}); too few places cut the number, too many get zeros.",
        f"How do I put a number into a text like 'No.###-#'? The text has {line.length} codes at {line.address}; ${mark:02X} marks digits. Number: {number.address}, 16 bits, last digit in the last marked place, digit codes from ${zero:02X} up. Everything else in the text stays, the number too.",
    )


def count_sentence_ends(draw: Drawer) -> Made:
    text, count = draw.text(), draw.variable(8)
    stop, cry = draw.one(*[pair for pair in ((0x2E, 0x21), (0xCD, 0xCE), (0x3C, 0x3D)) if text.end not in pair])
    inside = Algorithms(draw).own("inside")
    program = (
        put(count, 0),
        put(inside, 0),
        Each(
            text,
            (
                If(
                    Either(check(Here(text), "==", stop), check(Here(text), "==", cry)),
                    (when(check(inside, "!=", 0), more(count)), put(inside, 0)),
                    (put(inside, 1),),
                ),
            ),
        ),
    )
    return program, (
        f"Count the sentences in the text at {text.address} (ended by ${text.end:02X} behind at most {text.most} codes): a sentence ends with ${stop:02X} or ${cry:02X}; several such marks in a row end only one, and marks at the very beginning none. What follows the last mark doesn't count. To {count.address}.",
        f"byte[{count.address}] = number of marks (${stop:02X}, ${cry:02X}) whose preceding code exists and is no mark; text {text.address}, terminator ${text.end:02X}, <= {text.most} codes.",
        f"Sentence count: marks ${stop:02X}/${cry:02X}, runs of marks count once and only after something else; text {text.address}, end ${text.end:02X} (at most {text.most} before it) -> {count.address}.",
        f"How do I know how often the mouth must close? My dialogue ({text.address}, ${text.end:02X} ends it, {text.most} letters at most) closes it at each ${stop:02X} or ${cry:02X} that comes directly after another kind of code, so '...!' after a word is one. Number to {count.address}.",
    )


def alternating_case(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(6, 8, 10, 12))
    high = Algorithms(draw).own("high")
    capital_first = draw.maybe(0.5)
    letter = masked(Here(text), 0xDF)
    program = (
        put(high, 0x00 if capital_first else 0x20),
        Each(
            (text,),
            (
                when(
                    Between(letter, 0x41, 0x5A),
                    put(Here(text), joined(masked(Here(text), 0xDF), high)),
                    put(high, toggled(high, 0x20)),
                ),
            ),
        ),
    )
    one, two = ("upper", "lower") if capital_first else ("lower", "upper")
    return program, (
        f"Write the {where(text)} (ASCII) in alternating case: the first letter A-Z/a-z becomes {one} case, the next letter {two} case and so on; codes that are no letters stay and do not count.",
        f"k = 0; for c in {text.length} bytes {text.address}: if c & $DF in $41..$5A: c = (c & $DF) | (k {'odd' if capital_first else 'even'} ? $20 : 0), ++k.",
        f"aLtErNaTe {text.address}[{text.length}], ASCII, starting with {one} case, non-letters skipped (a letter: code & $DF is $41-$5A).",
        f"How do I make my imp talk like tHiS? Line: {text.length} ASCII codes at {text.address}. Letters only (bit 5 aside, $41 to $5A) take turns being {one} and {two} case, {one} first; blanks and signs don't change anything.",
    )


def copy_nth_word(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(8, 10, 12))
    out, length = draw.array(8, line.length), draw.variable(8)
    number, blank = draw.variable(8, below=4), draw.one(0x20, 0x00, 0x7F)
    own = Algorithms(draw).own
    left, write = own("left"), own("write place")
    program = (
        put(left, number),
        put(write, 0),
        Each(
            (line,),
            (
                If(
                    check(Here(line), "==", blank),
                    (when(check(left, "==", 0), Stop()), less(left)),
                    (when(check(left, "==", 0), put(at(out, write), Here(line)), more(write)),),
                ),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"The {where(line)} are fields separated by single ${blank:02X} codes (two in a row have an empty field between them). Copy field number byte[{number.address}] (0 to 3) to {out.address} and store its length at {length.address}; a field that does not exist has length 0. What lies behind stays.",
        f"f = line.split(${blank:02X})[n] (empty if there is none); n = byte {number.address} < 4; line {where(line)}; f -> {out.address}, len -> {length.address}.",
        f"Argument [{number.address}] (0-3) of the command line {line.address}[{line.length}], delimiter ${blank:02X}, empty arguments possible: letters -> {out.address}, length -> {length.address} (0 if missing).",
        f"How do I take one word out of a typed line? {line.length} codes from {line.address}; every ${blank:02X} ends a word, the line's end ends the last. I want word {number.address}, counted from 0, never above 3: its letters at {out.address}, their number at {length.address}. No such word, no letters: 0.",
    )


def text_in_brackets(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(6, 8, 10, 12))
    out, length = draw.array(8, line.length), draw.variable(8)
    opening, closing = draw.one((0x28, 0x29), (0x5B, 0x5D), (0xF1, 0xF2), (0x3C, 0x3E))
    own = Algorithms(draw).own
    inside, write = own("inside"), own("write place")
    program = (
        put(inside, 0),
        put(write, 0),
        Each(
            (line,),
            (
                If(
                    check(inside, "==", 0),
                    (when(check(Here(line), "==", opening), put(inside, 1)),),
                    (
                        when(check(Here(line), "==", closing), Stop()),
                        put(at(out, write), Here(line)),
                        more(write),
                    ),
                ),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"Copy what stands in brackets: of the {where(line)} everything behind the first ${opening:02X} up to the next ${closing:02X} (or the end of the line) goes to {out.address}, without the brackets; the number of codes goes to {length.address}, 0 if there is no ${opening:02X}.",
        f"out = line between the first ${opening:02X} and the following ${closing:02X} (end of line if missing); line {where(line)}; out {out.address}, len -> {length.address}.",
        f"Extract [...]: open ${opening:02X}, close ${closing:02X}, first pair only, no nesting (a second ${opening:02X} is content); {line.address}[{line.length}] -> {out.address}, length {length.address}.",
        f"How do I find the hint hidden in a sign's text? Text: {line.length} codes at {line.address}. The hint begins after the first ${opening:02X} and ends before the ${closing:02X} that comes next, or with the text. Put it at {out.address} and its length in {length.address} (no ${opening:02X}: length 0).",
    )


RECIPES = (
    fetch_dictionary_word,
    obey_text_code,
    option_by_first_letter,
    letters_alike_any_case,
    hide_all_but_last,
    number_into_template,
    count_sentence_ends,
    alternating_case,
    copy_nth_word,
    text_in_brackets,
)
