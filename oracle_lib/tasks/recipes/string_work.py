"""Words and lines: found, joined, split, aligned, edited at a cursor, guessed, compared, wrapped, printed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Both,
    Condition,
    Each,
    Either,
    Fill,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Report,
    Shifted,
    Shove,
    Stop,
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


def _blank(draw: Drawer) -> int:
    return int(draw.one(0x20, 0x20, 0x00, 0x7F, 0xFF, 0xA9))


def begins_with_word(draw: Drawer) -> Made:
    text, start = draw.array(8, draw.one(8, 12, 16)), draw.array(8, 2)
    any_letter = draw.one(0x3F, 0x2A, 0xFF)
    wild = draw.maybe(0.8)
    place = Algorithms(draw).own("place")
    same = check(at(text, place), "==", at(start, place))
    fits: Condition = Either(same, check(at(start, place), "==", any_letter)) if wild else same
    program = (
        put(place, 0),
        While(check(place, "<", start.length), (If(fits, (more(place),), (Stop(),)),)),
        Report(check(place, "==", start.length)),
    )
    rule = f" A ${any_letter:02X} in the latter fits every letter." if wild else ""
    return program, (
        f"Does the text of {text.length} letters at {text.address} begin with the {start.length} letters at {start.address}?{rule} Carry set if it does, clear if not.",
        f"Carry = text.startswith(prefix); text {text.address} ({text.length} bytes), prefix {start.address} ({start.length} bytes).{rule}",
        f"How do I test for a prefix? Word: {where(text)}; prefix: {where(start)}.{rule} Yes: SEC, no: CLC.",
        f"My parser wants to know whether the typed line ({where(text)}) starts with the {start.length}-letter command at {start.address}.{rule} Return that in the carry (set = it starts so).",
    )


def find_two_letters(draw: Drawer) -> Made:
    text, result = draw.array(8, draw.one(8, 12, 16, 24)), draw.variable(8)
    first, second = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(result, 0xFF),
        put(place, 0),
        While(
            check(place, "<", text.length - 1),
            (
                when(
                    Both(check(at(text, place), "==", first), check(at(text, plus(place, 1)), "==", second)),
                    put(result, place),
                    Stop(),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Search the {where(text)} for the letter byte[{first.address}] directly followed by the letter byte[{second.address}]. The index of the first such pair's first letter goes to {result.address}, $FF if there is no such pair.",
        f"byte[{result.address}] = text.find([{first.address}][{second.address}]), $FF for -1; text = {where(text)}.",
        f"How do I find a two-byte sequence in a buffer? {text.address}, {text.length} bytes; sequence {first.address} then {second.address}; index (from 0) to {result.address}, not found $FF.",
        f"Where does the digraph made of {first.address} and {second.address} (letter codes) first appear in my {text.length}-letter line {text.address}? I need the place of its first letter at {result.address}, or $FF.",
    )


def push_to_right_edge(draw: Drawer) -> Made:
    field, blank = draw.array(8, draw.one(3, 4, 5, 6, 8)), _blank(draw)
    rightwards = draw.maybe(0.6)
    edge = at(field, field.length - 1 if rightwards else 0)
    program = (
        Repeat(
            Number(field.length - 1),
            (when(check(edge, "==", blank), Shove(field, rightwards, Number(blank))),),
        ),
    )
    side, other = ("right", "behind") if rightwards else ("left", "before")
    return program, (
        f"Align the word in the {where(field)} to the {side}: as long as there are blanks (${blank:02X}) {other} it, everything moves one place to the {side}. A field of blanks only stays what it is.",
        f"{side[0]}just({field.address}, {field.length}, pad ${blank:02X}), in place.",
        f"How do I push text to the {side} edge of the {field.length}-byte field? Field {field.address}; blank code ${blank:02X}; blanks inside the text remain, those {other} it change sides.",
        f"Names in my high score table are up to {field.length} letters, padded with ${blank:02X}. I'd like the one at {field.address} to be {'right' if rightwards else 'left'}-justified within its {field.length} places instead. All-blank names do not change.",
    )


def name_in_the_middle(draw: Drawer) -> Made:
    field, blank = draw.array(8, draw.one(4, 6, 8)), _blank(draw)
    spare = Algorithms(draw).own("spare")
    program = (
        put(spare, 0),
        Each((field,), (If(check(Here(field), "==", blank), (more(spare),), (put(spare, 0),)),)),
        Repeat(Shifted(Read(spare), "right", 1), (Shove(field, True, Number(blank)),)),
    )
    return program, (
        f"Centre the text in the {where(field)}: if n blanks (${blank:02X}) stand at its right end, move everything n / 2 places (rounded down) to the right and fill with ${blank:02X} from the left.",
        f"n = trailing ${blank:02X}s of {field.length} bytes {field.address}; shift right by n >> 1, new ones ${blank:02X}.",
        f"How do I centre a left-aligned name within {field.length} places? Field {field.address}, padded with ${blank:02X}. Half of the trailing padding goes to the front (with an odd number the extra one stays behind).",
        f"Town names are written from the left into {field.length} tiles at {field.address}, the rest is tile ${blank:02X}. Shift the name so that it stands in the middle; when that is not exactly possible, rather too far left by half a tile. An empty sign stays empty.",
    )


def full_name(draw: Drawer) -> Made:
    first, last = draw.array(8, draw.one(4, 5, 6)), draw.array(8, draw.one(4, 5, 6))
    both = draw.array(8, first.length + last.length + 1)
    blank = draw.one(0x20, 0x00, 0x7F)
    between = draw.one(0x2D, 0x2E, 0x5F, 0x26)
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        Fill(both, Number(blank)),
        put(write, 0),
        While(
            Both(check(write, "<", first.length), check(at(first, write), "!=", blank)),
            (put(at(both, write), at(first, write)), more(write)),
        ),
        put(at(both, write), between),
        more(write),
        put(read, 0),
        While(
            Both(check(read, "<", last.length), check(at(last, read), "!=", blank)),
            (put(at(both, write), at(last, read)), more(write), more(read)),
        ),
    )
    return program, (
        f"Join two words with ${between:02X} between them: one of up to {first.length} letters at {first.address}, one of up to {last.length} at {last.address}; a word ends at its first ${blank:02X} or when its bytes are used up. The result goes to {both.address}, the rest of its {both.length} bytes becomes ${blank:02X}.",
        f"{both.address} = a + [${between:02X}] + b, padded with ${blank:02X} to {both.length}; a = {first.length} bytes {first.address}, b = {last.length} bytes {last.address}, each up to its first ${blank:02X}.",
        f"How do I concatenate two padded names? Names {where(first)} and {where(last)}, padding ${blank:02X}; output {both.address}, {both.length} bytes, separator ${between:02X}, padded.",
        f"A knight has a first name ({where(first)}) and a family name ({where(last)}), both filled up with ${blank:02X}. Write his full name with ${between:02X} in the middle to {both.address} and fill the {both.length} places up. An empty name contributes nothing, but the ${between:02X} is always there.",
    )


def split_at_separator(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(6, 8, 10, 12))
    left, right = draw.array(8, line.length), draw.array(8, line.length)
    mark, blank = draw.one((0x3D, 0x20), (0x3A, 0x00), (0x2C, 0x20), (0xFE, 0xFF))
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        Fill(left, Number(blank)),
        Fill(right, Number(blank)),
        put(read, 0),
        While(
            check(read, "<", line.length),
            (when(check(at(line, read), "==", mark), Stop()), put(at(left, read), at(line, read)), more(read)),
        ),
        more(read),
        put(write, 0),
        While(
            check(read, "<", line.length),
            (put(at(right, write), at(line, read)), more(write), more(read)),
        ),
    )
    return program, (
        f"Split the {where(line)} at the first ${mark:02X}: what stands before it goes to {left.address}, what stands behind it to {right.address}, each padded with ${blank:02X} to {line.length} bytes. Without a ${mark:02X} everything is the first part.",
        f"a, b = line.split(${mark:02X}, 1); line {where(line)}; a -> {left.address}, b -> {right.address}, both filled to {line.length} with ${blank:02X}; no separator: b is empty.",
        f"How do I separate 'key{chr(mark) if mark < 127 else '|'}value'? Text {line.address}, {line.length} codes; separator ${mark:02X}, the first one counts and is dropped; key to {left.address}, value to {right.address}, padding ${blank:02X} up to {line.length}.",
        f"The settings text at {line.address} ({line.length} codes) has a name and a value with ${mark:02X} between. Put the name at {left.address} and the value at {right.address}; clear both {line.length}-byte fields to ${blank:02X} first. A later ${mark:02X} belongs to the value; a line without one is a name only.",
    )


def type_at_cursor(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(6, 8, 10, 12))
    cursor, letter = draw.variable(8, below=line.length), draw.variable(8)
    place = Algorithms(draw).own("place")
    last = line.length - 1
    program = (
        put(place, last),
        While(
            check(place, "!=", cursor),
            (put(at(line, place), at(line, minus(place, 1))), less(place)),
        ),
        put(at(line, cursor), letter),
        when(check(cursor, "!=", last), more(cursor)),
    )
    return program, (
        f"Insert the letter byte[{letter.address}] at the cursor byte[{cursor.address}] (0 to {last}) of the {where(line)}: the letters from the cursor on move right by one, the last one drops out. Then the cursor moves right, but not beyond {last}.",
        f"t[c + 1..{last}] = t[c..{last - 1}]; t[c] = x; c = min(c + 1, {last}). t {line.address}, c byte {cursor.address} (<= {last}), x byte {letter.address}.",
        f"How do I type in insert mode? Buffer {where(line)}, cursor {cursor.address} (inside it), new letter {letter.address}. What is pushed out at the right is lost; the cursor stops at the last place.",
        f"My chat line has {line.length} places at {line.address}. When a key is pressed its code is in {letter.address}: it appears at the cursor ({cursor.address}, always 0 to {last}), and everything that was there and to the right makes room. The cursor follows, except from the last place.",
    )


def line_break_place(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(10, 12, 16))
    width = draw.rng.randrange(5, line.length - 1)
    blank, result = draw.one(0x20, 0x00, 0x7F), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, width),
        While(
            check(at(line, place), "!=", blank),
            (less(place), when(check(place, "==", 0), put(place, width), Stop())),
        ),
        put(result, place),
    )
    return program, (
        f"Word wrap: of the {where(line)} only {width} letters fit in a line. Find the last blank (${blank:02X}) among the indices 1 to {width} and store its index at {result.address}; without one there, store {width}, and the word is broken.",
        f"byte[{result.address}] = max i in 1..{width} with t[i] == ${blank:02X}, else {width}; t: {line.address}.",
        f"How do I find where to break a line of at most {width} letters? Text {line.address} (bytes); go back from index {width} to a ${blank:02X}; index 0 does not count; no blank: {width}. Result {result.address}.",
        f"My sign has {width} columns. The text ({line.length} codes from {line.address}) shall be cut at a gap (${blank:02X}), as late as possible: the gap may be at most at index {width}, because it need not be visible, and not at index 0. Write that index, or {width} if there is no such gap, to {result.address}.",
    )


def initials_of_words(draw: Drawer) -> Made:
    line, blank = draw.array(8, draw.one(8, 10, 12, 16)), draw.one(0x20, 0x00, 0x7F)
    initials, count = draw.array(8, (line.length + 1) // 2), draw.variable(8)
    own = Algorithms(draw).own
    before, held, write = own("before"), own("letter"), own("write place")
    program = (
        put(before, blank),
        put(write, 0),
        Each(
            (line,),
            (
                put(held, Here(line)),
                when(
                    Both(check(held, "!=", blank), check(before, "==", blank)),
                    put(at(initials, write), held),
                    more(write),
                ),
                put(before, held),
            ),
        ),
        put(count, write),
    )
    return program, (
        f"Take the first letter of each word of the {where(line)} (words are separated by one or more ${blank:02X}) and write them one behind the other to {initials.address}; how many they are goes to {count.address}.",
        f"out = [w[0] for w in line.split()], blank ${blank:02X}; line {where(line)}; out {initials.address}, len(out) -> {count.address}.",
        f"How do I abbreviate a title by its initials? Title {line.address}, {line.length} codes, blank ${blank:02X} (several in a row and at the ends are possible); letters to {initials.address}, number of words to {count.address}. Unused output bytes stay.",
        f"Order of the Golden Bee -> OOTGB: each letter of the {line.length} at {line.address} that isn't ${blank:02X} but stands at the very start or right after a ${blank:02X} is copied to the list at {initials.address}. Store the list's length at {count.address}.",
    )


def guess_a_letter(draw: Drawer) -> Made:
    word, shown = draw.slots(8, 8)
    guess, lives = draw.variable(8), draw.variable(8)
    hits = Algorithms(draw).own("hits")
    program = (
        put(hits, 0),
        Each(
            (word, shown),
            (when(check(Here(word), "==", guess), put(Here(shown), guess), more(hits)),),
        ),
        when(
            Both(check(hits, "==", 0), check(lives, "!=", 0)),
            less(lives),
        ),
    )
    return program, (
        f"Hangman: wherever the guessed letter byte[{guess.address}] stands in the secret word of {word.length} letters at {word.address}, write it at the same place of the shown word at {shown.address}. If it is nowhere, take one of the lives in {lives.address} away (not below 0).",
        f"for i < {word.length}: if w[i] == g: s[i] = g, hit. No hit: if n: --n. w {word.address}, s {shown.address}, g {guess.address}, n {lives.address}.",
        f"How do I process a guess in a word game? Solution {word.address}, display {shown.address}, {word.length} bytes each; letter {guess.address}; tries left {lives.address}, lowered by one for a miss unless 0.",
        f"The ghost asks for the word at {word.address} ({word.length} letters). The player says {guess.address}: all its occurrences are uncovered on the board at {shown.address}. Does the word not have it, one of the {lives.address} candles goes out, if any still burns.",
        f"Reveal every [{guess.address}] of the {word.length}-byte word {word.address} in {shown.address}; zero reveals cost 1 of [{lives.address}], floor 0.",
    )


def marquee_step(draw: Drawer) -> Made:
    view, message = draw.array(8, draw.one(4, 6, 8)), draw.array(8, draw.one(8, 12, 16, 20))
    position = draw.variable(8, below=message.length)
    program = (
        Shove(view, False, Read(at(message, position))),
        put(position, either(check(position, "==", message.length - 1), 0, plus(position, 1))),
    )
    return program, (
        f"Scroll a ticker by one letter: the {where(view)} move one place to the left, letter number byte[{position.address}] (below {message.length}) of the message at {message.address} comes in at the right, and that number goes up by one, from {message.length - 1} to 0.",
        f"v[0..] = v[1..]; v[{view.length - 1}] = m[p]; p = (p + 1) % {message.length}. v {view.address} ({view.length}), m {message.address} ({message.length}), p {position.address} < {message.length}.",
        f"How do I make running text? Window {where(view)}; message {where(message)}; next letter's index {position.address}, in range. One step to the left, wrapping at the message's end.",
        f"The arena's board shows {view.length} letters ({view.address}) of an endless {message.length}-letter message ({message.address}). Once per call everything slides left and the letter whose number is in {position.address} appears at the right edge; afterwards {position.address} names the next, beginning again after number {message.length - 1}.",
    )


def keyed_letter_shift(draw: Drawer) -> Made:
    text, key = draw.array(8, draw.one(6, 8, 10, 12)), draw.array(8, draw.one(2, 4))
    first, count = draw.one((0x41, 26), (0x61, 26), (0x00, 26), (0xA0, 26), (0x41, 32))
    held = Algorithms(draw).own("letter")
    program = (
        Each(
            (text,),
            (
                put(held, minus(Here(text), first)),
                when(
                    check(held, "<", count),
                    put(held, plus(held, masked(at(key, masked(Index(), key.length - 1)), 15))),
                    when(check(held, ">=", count), less(held, count)),
                    put(Here(text), plus(held, first)),
                ),
            ),
        ),
    )
    last = first + count - 1
    return program, (
        f"Encrypt the {where(text)} with a repeating key: letters ${first:02X} to ${last:02X} move on in that alphabet of {count}, from the last to the first, by the low nibble of key byte i & {key.length - 1} (key at {key.address}) for the letter at index i. Other codes stay, but count as places.",
        f"for i < {text.length}: if ${first:02X} <= t[i] <= ${last:02X}: t[i] = ${first:02X} + (t[i] - ${first:02X} + (k[i & {key.length - 1}] & 15)) % {count}. t {text.address}, k {key.address}.",
        f"How do I do a Vigenere cipher? Text {where(text)}, alphabet ${first:02X}-${last:02X}, key of {key.length} bytes at {key.address} (shift = low four bits), key place = text index modulo {key.length}; anything outside the alphabet is left alone.",
        f"A spy's note of {text.length} codes at {text.address} is to be made unreadable in place. Only ${first:02X}..${last:02X} are letters. The letter at place i is replaced by the one n further (after the last comes the first again), n being bits 0-3 of the key byte {key.address} + (i mod {key.length}).",
    )


def one_letter_off(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(3, 3, 4))
    two = draw.array(8, one.length)
    count = Algorithms(draw).own("count")
    most = 2 if one.length == 4 else draw.one(1, 1, 2)
    program = (
        put(count, 0),
        Each((one, two), (when(check(Here(one), "!=", Here(two)), more(count)),)),
        Report(check(count, "<=", most)),
    )
    return program, (
        f"Are the {one.length}-letter words at {one.address} and {two.address} the same but for at most {most} letter{'s' * (most > 1)} (compared place by place)? Carry set if so.",
        f"Carry = (number of i < {one.length} with a[i] != b[i]) <= {most}; a {one.address}, b {two.address}.",
        f"How do I accept a word with {most} typo{'s' * (most > 1)}? Input {where(one)}, right word {two.address}. {most} wrong place{'s' * (most > 1)} or fewer: SEC, more: CLC.",
        f"The sphinx is lenient: an answer of {one.length} letters ({one.address}) counts as right if it differs from the solution ({two.address}) in {most} place{'s' * (most > 1)} or none. Tell by the carry if it counts.",
    )


def rhyme_length(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(4, 5, 6, 8))
    two = draw.array(8, one.length)
    length = draw.variable(8)
    program = (
        put(length, 0),
        Each((one, two), (If(check(Here(one), "==", Here(two)), (more(length),), (put(length, 0),)),)),
    )
    return program, (
        f"With how many equal letters do the {one.length}-letter words at {one.address} and {two.address} end? Count from the last letter back to the first difference; number to {length.address}.",
        f"byte[{length.address}] = length of the common suffix of two {one.length}-byte strings, {one.address} and {two.address}.",
        f"How do I measure a rhyme? Words {where(one)} and {where(two)}, right-aligned. Matching letters from the end -> {length.address} (0 to {one.length}).",
        f"The bard game gives a point for every letter two lines' last words share at their end, without a gap. The words take {one.length} bytes each, at {one.address} and {two.address}. Points to {length.address}.",
    )


def append_letter(draw: Drawer) -> Made:
    name, letter = draw.array(8, draw.one(5, 6, 8, 10)), draw.variable(8)
    end = draw.one(0xFF, 0x00, 0x7F)
    place = Algorithms(draw).own("place")
    last = name.length - 1
    program = (
        put(place, 0),
        While(
            Both(check(place, "<", last), check(at(name, place), "!=", end)),
            (more(place),),
        ),
        when(
            check(place, "<", last),
            put(at(name, place), letter),
            put(at(name, plus(place, 1)), end),
        ),
    )
    return program, (
        f"Append the letter byte[{letter.address}] to the name at {name.address}, which ends with ${end:02X} and has {name.length} bytes of room for letters and end mark: the first end mark is replaced by the letter and a new one set behind it. If the mark is not among the first {last} bytes, there is no room, and nothing changes.",
        f"i = first index of ${end:02X} in s; if i < {last}: s[i] = x, s[i + 1] = ${end:02X}. s: {name.length} bytes {name.address}; x: {letter.address}. No ${end:02X} there: no change.",
        f"How do I add a letter to a terminated string without overflow? Buffer {name.address}, size {name.length} with terminator ${end:02X}; letter {letter.address}. A full string ({last} letters or no terminator found) stays.",
        f"Naming my horse: each chosen letter ({letter.address}) goes where the ${end:02X} stands now, and the ${end:02X} one further. Name: {last} letters at most and the ${end:02X}, from {name.address}. A name that is full is not changed.",
    )


def letters_to_tile_words(draw: Drawer) -> Made:
    letters, tiles = draw.slots(8, 16)
    first, tile = draw.one((0x20, 0x100), (0x41, 0x180), (0x10, 0x200), (0x30, 0x040))
    palette, priority = draw.rng.randrange(8), draw.maybe(0.5)
    high = palette << 10 | priority << 13
    program = (
        Each(
            (letters, tiles),
            (put(Here(tiles), plus(Widened(Read(Here(letters))), (tile + high - first) & 0xFFFF)),),
        ),
    )
    return program, (
        f"Turn the {letters.length} letters at {letters.address} into tilemap words at {tiles.address}: letter ${first:02X} is tile ${tile:03X}, the following letters the following tiles; palette {palette}, priority bit {'set' if priority else 'clear'}, no flips. So word = letter + ${(tile + high - first) & 0xFFFF:04X} (16 bits).",
        f"t[i] = c[i] - ${first:02X} + ${tile + high:04X} (mod $10000), i < {letters.length}; bytes {letters.address} -> words {tiles.address}.",
        f"How do I make BG map entries from text? {letters.length} codes from {letters.address}; tile number = code - ${first:02X} + ${tile:03X}; attributes ${high:04X} are added; words to {tiles.address}. Codes below ${first:02X} need no care, the 16-bit sum may come out as it likes.",
        f"The font begins at tile ${tile:03X} with the letter of code ${first:02X}. Prepare a line of {letters.length} letters ({letters.address}) for the tilemap buffer {tiles.address}: each word is ${tile + high:04X} plus letter minus ${first:02X}, palette {palette}{' and priority' if priority else ''} included in that constant.",
    )


def name_into_message(draw: Drawer) -> Made:
    message, name = draw.array(8, draw.one(6, 8, 10)), draw.array(8, draw.one(3, 4))
    out, length = draw.array(8, message.length * name.length), draw.variable(8)
    if out.length > 40:
        message = Array(message.name, message.meaning, message.address, 6)
    code = draw.one(0x80, 0xFE, 0x01, 0x7E)
    own = Algorithms(draw).own
    read, write, letter = own("read place"), own("write place"), own("letter")
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(read, "<", message.length),
            (
                If(
                    check(at(message, read), "==", code),
                    (
                        put(letter, 0),
                        While(
                            check(letter, "<", name.length),
                            (put(at(out, write), at(name, letter)), more(write), more(letter)),
                        ),
                    ),
                    (put(at(out, write), at(message, read)), more(write)),
                ),
                more(read),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"Copy the {where(message)} to {out.address}, but put all {name.length} letters of the name at {name.address} wherever the message has the code ${code:02X}. The length of the result goes to {length.address}; what lies behind it stays.",
        f"out = message with every ${code:02X} replaced by the {name.length}-byte name {name.address}; message {where(message)}; out {out.address}, length {length.address}.",
        f"How do I expand a player-name code? Code ${code:02X}; message {message.address}, {message.length} codes; name {name.address}, always {name.length} letters; output from {out.address} (room enough), its length to {length.address}.",
        f"Everybody in town says the hero's name. In the {message.length} codes of the speech at {message.address} a ${code:02X} stands for it; the name itself has {name.length} letters at {name.address}. Build the spoken text at {out.address} and tell its length in {length.address}; the name may come up more than once or not at all.",
    )


def widest_line(draw: Drawer) -> Made:
    text, widest, lines = draw.text(), draw.variable(8), draw.variable(8)
    newline = draw.one(*[one for one in (0x0A, 0xFD, 0x01, 0xF8) if one != text.end])
    run = Algorithms(draw).own("run")
    program = (
        put(run, 0),
        put(widest, 0),
        put(lines, 1),
        Each(
            text,
            (
                If(
                    check(Here(text), "==", newline),
                    (put(run, 0), more(lines)),
                    (more(run), when(check(run, ">", widest), put(widest, run))),
                ),
            ),
        ),
    )
    return program, (
        f"Measure a message box: the text at {text.address} ends with ${text.end:02X} (within {text.most + 1} bytes) and starts a new line at each ${newline:02X}. Store the longest line's number of letters at {widest.address} and the number of lines (breaks plus one) at {lines.address}.",
        f"lines = text.split(${newline:02X}); byte[{widest.address}] = max(len), byte[{lines.address}] = count. text {text.address}, terminator ${text.end:02X}, at most {text.most} codes before it.",
        f"How do I size a window to its text? Text {text.address}, ${text.end:02X} = end, ${newline:02X} = newline (neither is a letter), at most {text.most} codes. Width in letters -> {widest.address}, height in lines -> {lines.address}; an empty text is one line of width 0.",
        f"How large must the sign be? Its text begins at {text.address}; ${newline:02X} goes to the next line and ${text.end:02X} is the end (at the latest at byte number {text.most}, counted from 0). Columns of the widest line to {widest.address}, rows to {lines.address}.",
    )


RECIPES = (
    begins_with_word,
    find_two_letters,
    push_to_right_edge,
    name_in_the_middle,
    full_name,
    split_at_separator,
    type_at_cursor,
    line_break_place,
    initials_of_words,
    guess_a_letter,
    marquee_step,
    keyed_letter_shift,
    one_letter_off,
    rhyme_length,
    append_letter,
    letters_to_tile_words,
    name_into_message,
    widest_line,
)
