"""Small interpreters and parsers: scripts, tapes, turtles, tokens, patterns, formulas, songs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Each,
    Field,
    Fill,
    Half,
    Here,
    If,
    Joined,
    Number,
    Product,
    Read,
    Scaled,
    Shifted,
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
    either,
    joined,
    less,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def rules_script_run(draw: Drawer) -> Made:
    script, cells = draw.array(8, draw.one(4, 6, 8)), draw.array(8, 4)
    own = Algorithms(draw).own
    place, code, cell = own("place"), own("code"), own("cell")
    amount = draw.one(1, 2, 5, 10)
    program = (
        put(place, 0),
        While(
            check(place, "<", script.length),
            (
                put(code, at(script, place)),
                put(cell, masked(code, 3)),
                Switch(
                    Field(Read(code), 2, 2),
                    (
                        (0, (more(at(cells, cell), amount),)),
                        (1, (put(at(cells, cell), 0),)),
                        (2, (when(check(at(cells, cell), "==", 0), more(place)),)),
                        (3, (put(at(cells, cell), Shifted(Read(at(cells, cell)), "left", 1)),)),
                    ),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Run a script of {script.length} bytes at {script.address} on the four variables at {cells.address} (bytes). Bits 0-1 of a command number the variable, bits 2-3 the operation: 0 add {amount}, 1 clear, 2 skip the next command if the variable is 0, 3 double. Other bits mean nothing; sums wrap.",
        f"pc = 0; while pc < {script.length}: c = s[pc], v = c & 3; op = c >> 2 & 3: 0 m[v] += {amount}; 1 m[v] = 0; 2 if m[v] == 0: ++pc; 3 m[v] <<= 1; then ++pc. s {script.address}, m 4 bytes {cells.address}.",
        f"How do I give my events a tiny script language? {script.length} command bytes from {script.address}, run front to back; memory of four bytes at {cells.address}. xxxxOOVV: VV selects the byte, OO does something: 00 plus {amount}, 01 to zero, 10 jump over one command when it is zero, 11 times two (8 bits).",
        f"interpret {script.length} script bytes {script.address} over vars {cells.address}[4]: c&3 = var, c>>2&3 = 0 +{amount} / 1 clear / 2 skip next if zero / 3 shift left.",
    )


def tape_commands(draw: Drawer) -> Made:
    commands, tape, head = draw.array(8, draw.one(6, 8, 10, 12)), draw.array(8, 8), draw.variable(8, below=8)
    order = draw.rng.sample(range(4), 4)
    ops = {
        order[0]: (put(head, masked(plus(head, 1), 7)),),
        order[1]: (put(head, masked(minus(head, 1), 7)),),
        order[2]: (more(at(tape, head)),),
        order[3]: (less(at(tape, head)),),
    }
    program = (Each((commands,), (Switch(masked(Here(commands), 3), tuple((n, ops[n]) for n in range(4))),)),)
    r, left, u, d = order
    return program, (
        f"Run {commands.length} commands (low two bits of the bytes from {commands.address}) on a tape of 8 bytes at {tape.address} with the head {head.address} (0 to 7): {r} moves it to the next cell, {left} back (both around the ends), {u} adds 1 to the cell, {d} subtracts 1 (wrapping).",
        f"for c of {commands.length} bytes {commands.address}: c & 3: {r} h = (h + 1) & 7; {left} h = (h - 1) & 7; {u} ++t[h]; {d} --t[h]. h {head.address} < 8, t {tape.address}.",
        f"How do I write a Brainf*** without loops? Program: {commands.length} bytes at {commands.address}, opcode in bits 0-1: {r} is '>', {left} '<', {u} '+', {d} '-'. The tape has 8 cells ({tape.address}) and is a ring; the pointer is kept in {head.address}, valid on entry.",
        f"tape machine: code {commands.address}[{commands.length}] &3, tape {tape.address}[8] cyclic, head {head.address}; ops > < + - = {r} {left} {u} {d}.",
    )


def turtle_walks(draw: Drawer) -> Made:
    commands = draw.array(8, draw.one(4, 6, 8, 10))
    x, y, heading = draw.variable(8), draw.variable(8), draw.variable(8, below=4)
    step = draw.one(1, 2, 4, 8)
    program = (
        Each(
            (commands,),
            (
                If(
                    Bits(Read(Here(commands)), 0x80, "any"),
                    (
                        Switch(
                            Read(heading),
                            (
                                (0, (less(y, step),)),
                                (1, (more(x, step),)),
                                (2, (more(y, step),)),
                                (3, (less(x, step),)),
                            ),
                        ),
                    ),
                    (put(heading, masked(plus(heading, Here(commands)), 3)),),
                ),
            ),
        ),
    )
    return program, (
        f"Turtle graphics: the {where(commands)} are commands. With bit 7 set the turtle goes {step} forward: heading {heading.address} 0 up (y {y.address} smaller), 1 right (x {x.address} greater), 2 down, 3 left; coordinates are wrapping bytes. Otherwise it turns right by as many quarter turns as the byte says.",
        f"for c: c & $80 ? move {step} along h (0 -y, 1 +x, 2 +y, 3 -x) : h = (h + c) & 3. c {where(commands)}; h {heading.address} < 4; x {x.address}, y {y.address}.",
        f"How do I let a robot follow the player's program? {commands.length} orders from {commands.address}: negative bytes mean 'walk {step}', the others 'turn clockwise so many times 90 degrees'. Position bytes x {x.address} and y {y.address} (y grows downwards, both wrap), direction {heading.address} from 0 (north) clockwise to 3 (west).",
        f"robot orders {commands.address}[{commands.length}]: bit 7 -> go {step} ahead, else turn right (byte mod 4) times. dir {heading.address} 0-3 = N E S W, x {x.address}, y {y.address} (y down).",
    )


def tokens_counted(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(8, 10, 12, 16))
    numbers, words = draw.variable(8), draw.variable(8)
    digit, letter = draw.one((0x30, 0x41), (0xA0, 0x80), (0x00, 0x10))
    own = Algorithms(draw).own
    kind, before = own("kind"), own("before")
    program = (
        put(numbers, 0),
        put(words, 0),
        put(before, 0),
        Each(
            (line,),
            (
                put(kind, 0),
                when(Between(Read(Here(line)), digit, digit + 9), put(kind, 1)),
                when(Between(Read(Here(line)), letter, letter + 25), put(kind, 2)),
                when(
                    check(kind, "!=", before),
                    when(check(kind, "==", 1), more(numbers)),
                    when(check(kind, "==", 2), more(words)),
                ),
                put(before, kind),
            ),
        ),
    )
    return program, (
        f"Tokenise the {where(line)}: ${digit:02X} to ${digit + 9:02X} are digits, ${letter:02X} to ${letter + 25:02X} letters, all else separates. Count the numbers (unbroken rows of digits) at {numbers.address} and the words (unbroken rows of letters) at {words.address}; a letter right after a digit begins a word and the other way round.",
        f"n = #maximal runs of [${digit:02X}-${digit + 9:02X}], w = #maximal runs of [${letter:02X}-${letter + 25:02X}] in the {where(line)}; n -> {numbers.address}, w -> {words.address}.",
        f"How do I count tokens in a line of {line.length} characters at {line.address}? Digits ${digit:02X}-${digit + 9:02X}, letters ${letter:02X}-${letter + 25:02X}. Neighbouring characters of one kind form one token. Number tokens to {numbers.address}, word tokens to {words.address}, other characters aren't counted.",
        f"token counts for {line.address}[{line.length}]: digit runs -> {numbers.address}, letter runs -> {words.address}; digits from ${digit:02X} (10), letters from ${letter:02X} (26).",
    )


def needle_of_three(draw: Drawer) -> Made:
    text, needle = draw.array(8, draw.one(8, 10, 12, 16)), draw.array(8, 3)
    count, first = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    bits = draw.one(1, 3)
    low = "bit 0" if bits == 1 else "bits 0-1"

    program = (
        put(count, 0),
        put(first, 0xFF),
        put(place, 0),
        While(
            check(place, "<", text.length - 2),
            (
                when(
                    Both(
                        check(masked(at(text, place), bits), "==", masked(at(needle, 0), bits)),
                        Both(
                            check(masked(at(text, plus(place, 1)), bits), "==", masked(at(needle, 1), bits)),
                            check(masked(at(text, plus(place, 2)), bits), "==", masked(at(needle, 2), bits)),
                        ),
                    ),
                    when(check(first, "==", 0xFF), put(first, place)),
                    more(count),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Search the {where(text)} for a pattern of 3 bytes at {needle.address}; only {low} of each byte matter. Number of matches (they may overlap) to {count.address}, index of the first to {first.address} ($FF if none).",
        f"M = [i <= {text.length - 3}: t[i + k] & {bits} == p[k] & {bits} for k = 0, 1, 2]; byte[{count.address}] = len(M), byte[{first.address}] = M[0] or $FF. t {text.address}, p {needle.address}.",
        f"How do I find a three-note motif in a melody? Melody {text.length} bytes {text.address}, motif 3 bytes {needle.address}, compare {low} only. I need how often it occurs, overlaps included ({count.address}), and where first ({first.address}, $FF: nowhere).",
        f"find 3-byte motif {needle.address} in {where(text)}, comparing {low} only: count (overlapping) {count.address}, first index {first.address} or $FF.",
    )


def matches_with_jokers(draw: Drawer) -> Made:
    word = draw.array(8, draw.one(3, 4, 5))
    pattern = draw.array(8, word.length)
    answer, used = draw.variable(8), draw.variable(8)
    joker = draw.one(0x3F, 0x2A, 0xFF, 0x00)
    program = (
        put(answer, 1),
        put(used, 0),
        Each(
            (word, pattern),
            (
                If(
                    check(Here(pattern), "==", joker),
                    (more(used),),
                    (when(check(Here(pattern), "!=", Here(word)), put(answer, 0)),),
                ),
            ),
        ),
    )
    return program, (
        f"Does the word ({where(word)}) fit the pattern at {pattern.address} of the same length, in which ${joker:02X} stands for any byte? {answer.address} = 1 or 0; the number of jokers in the pattern to {used.address}.",
        f"byte[{answer.address}] = all(p[i] == ${joker:02X} or p[i] == w[i]), byte[{used.address}] = #(p[i] == ${joker:02X}); w {where(word)}, p {pattern.address}.",
        f"How do I compare a cheat code with wildcards? Typed: {word.length} bytes {word.address}. Expected: {word.length} bytes {pattern.address}, ${joker:02X} accepts everything. All places fit: {answer.address} is 1, else 0. {used.address} counts the wildcards.",
        f"wildcard compare {word.address} vs {pattern.address} ({word.length} bytes, ${joker:02X} = any) -> {answer.address} 1/0; jokers -> {used.address}.",
    )


def names_in_order(draw: Drawer) -> Made:
    one, other = draw.slots(8, 8)
    answer = draw.variable(8)
    low, same, high = draw.one((0xFF, 0, 1), (0, 1, 2), (1, 0, 2))
    limit = draw.one(0x20, 0x40, 0x10)
    program = (
        put(answer, same),
        Each(
            (one, other),
            (
                when(
                    check(Here(one), "!=", Here(other)),
                    put(answer, either(check(Here(one), "<", Here(other)), low, high)),
                    Stop(),
                ),
                when(check(Here(one), "<", limit), Stop()),
            ),
        ),
    )
    return program, (
        f"Compare two names of up to {one.length} bytes ({one.address} and {other.address}) like in a dictionary: at the first difference the smaller byte decides, {answer.address} = {low} if the first name comes before, {high} if after. Bytes below ${limit:02X} end a name: if both have the same one there, or nothing differs in {one.length} bytes, the result is {same}.",
        f"strcmp: for i < {one.length}: a[i] != b[i] -> a[i] < b[i] ? {low} : {high}, done; a[i] < ${limit:02X} -> done with {same}. a {one.address}, b {other.address}, result {answer.address} ({same} too when all {one.length} are equal).",
        f"How do I sort save files by name? I only need the comparison: name 1 at {one.address}, name 2 at {other.address}, {one.length} bytes at most; codes below ${limit:02X} are terminators. Unsigned bytes, first difference counts (a terminator is an ordinary small byte there). Write {low} for 'before', {same} for 'same', {high} for 'behind' to {answer.address}; stop at a common terminator.",
        f"compare strings {one.address} / {other.address} (max {one.length}, anything < ${limit:02X} terminates): {low} less, {same} equal, {high} greater -> {answer.address}.",
    )


def calculator_with_precedence(draw: Drawer) -> Made:
    numbers = draw.array(8, draw.one(3, 4, 5))
    signs = draw.array(8, numbers.length)
    result = draw.variable(16)
    own = Algorithms(draw).own
    term, place = own("term", 16), own("place")
    program = (
        put(result, 0),
        put(term, Widened(Read(at(numbers, 0)))),
        put(place, 1),
        While(
            check(place, "<", numbers.length),
            (
                If(
                    Bits(Read(at(signs, place)), 0x80, "any"),
                    (put(term, Product(Half(Read(term), False), Read(at(numbers, place)))),),
                    (more(result, term), put(term, Widened(Read(at(numbers, place))))),
                ),
                more(place),
            ),
        ),
        more(result, term),
    )
    return program, (
        f"Evaluate a sum of products: {numbers.length} byte numbers from {numbers.address}; the byte i from {signs.address} (i >= 1) tells what stands before number i: with bit 7 a times, else a plus. Times binds tighter. Of a product so far only the low byte is multiplied on (8 x 8 bits). Result, wrapping, to the word {result.address}.",
        f"r = 0, t = a[0]; for i in 1..{numbers.length - 1}: o[i] & $80 ? t = (t & $FF) * a[i] : (r += t, t = a[i]); word[{result.address}] = r + t. a {numbers.address}, o {signs.address}.",
        f"How do I compute 2 + 3 * 4 correctly for my calculator minigame? Numbers: {numbers.length} bytes {numbers.address}. In front of each but the first an operator byte at the same index in {signs.address}: negative is *, positive +. Keep a running term: * multiplies its low byte by the number (16-bit result), + adds it to the total and begins a new one. The total goes to {result.address} (16 bits).",
        f"* before +: numbers {numbers.address}[{numbers.length}], operator bytes {signs.address} from index 1 (minus sign bit = times), 8x8 products, 16-bit total {result.address}.",
    )


def condition_on_bit_stack(draw: Drawer) -> Made:
    script, flags = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    stack = draw.variable(8)
    own = Algorithms(draw).own
    top = own("top")
    bits = Table("FlagBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    place, code = own("place"), own("code")
    program = (
        put(stack, 0),
        put(place, 0),
        While(
            check(place, "<", script.length),
            (
                put(code, at(script, place)),
                If(
                    check(code, "<", 0x80),
                    (
                        put(stack, Shifted(Read(stack), "left", 1)),
                        when(check(masked(flags, at(bits, masked(code, 7))), "!=", 0), put(stack, joined(stack, 1))),
                    ),
                    (
                        If(
                            check(code, ">=", 0xC0),
                            (put(stack, toggled(stack, 1)),),
                            (
                                put(top, masked(stack, 1)),
                                put(stack, Shifted(Read(stack), "right", 1)),
                                If(
                                    Bits(Read(code), 1, "any"),
                                    (put(stack, joined(stack, top)),),
                                    (put(stack, masked(stack, joined(top, 0xFE))),),
                                ),
                            ),
                        ),
                    ),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Evaluate a condition in postfix form, {script.length} bytes at {script.address}, with a byte {stack.address} (0 at the start) as a stack of bits, the top in bit 0: a byte below $80 pushes flag (byte & 7) of {flags.address}; $C0 and above inverts the top; $80-$BF pops the top and puts it together with the new top, AND if the byte is even, OR if odd.",
        f"for c of {script.length} bytes {script.address}: c < $80: st = st << 1 | (fl >> (c & 7) & 1); c >= $C0: st ^= 1; else t = st & 1, st >>= 1, c & 1 ? st |= t : (st &= t | $FE). st {stack.address} from 0, fl {flags.address}.",
        f"How do I store event conditions like 'A and not (B or C)' as data? Reverse Polish codes at {script.address}, {script.length} of them. 0-$7F: push event flag number (code mod 8) from {flags.address}. $C0-$FF: NOT. $80-$BF even: AND, odd: OR of the two topmost. The stack is the byte {stack.address}: cleared first, pushing shifts it left (8 deep), bit 0 is the top and in the end the answer.",
        f"postfix flag logic {script.address}[{script.length}] -> bit stack {stack.address}: <$80 push bit (c&7) of {flags.address}, $C0+ not, else and/or (even/odd).",
    )


def wide_letters_decoded(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(6, 8, 10))
    letters, count = draw.array(16, 16), draw.variable(8)
    lead = draw.one(0xF0, 0xE0, 0xF8)
    own = Algorithms(draw).own
    prefix, write = own("prefix"), own("write")
    program = (
        put(prefix, 0),
        put(write, 0),
        Each(
            (text,),
            (
                If(
                    Both(check(prefix, "==", 0), check(Here(text), ">=", lead)),
                    (put(prefix, Here(text)),),
                    (
                        put(at(letters, masked(write, 15)), Joined(Read(prefix), Read(Here(text)))),
                        put(prefix, 0),
                        more(write),
                    ),
                ),
            ),
        ),
        put(count, write),
    )
    return program, (
        f"Decode {text.length} text bytes at {text.address} into 16-bit letters at {letters.address}: a byte below ${lead:02X} is a letter by itself (high byte 0); ${lead:02X} or more is the high byte of a letter whose low byte is the next byte, whatever that is. A leading byte at the very end gives nothing. Number of letters to {count.address}.",
        f"n = h = 0; for b of {text.length} bytes {text.address}: if !h and b >= ${lead:02X}: h = b; else w[n++] = h << 8 | b, h = 0. w words {letters.address}, n -> {count.address}.",
        f"How do I expand kanji codes? In the text ({text.length} bytes, {text.address}) ${lead:02X}-$FF starts a two-byte character, other bytes stand alone. Write one word per character from {letters.address} on (lead byte high, 0 for single bytes) and their number to {count.address}. An unfinished pair is dropped.",
        f"expand 1/2-byte chars (lead >= ${lead:02X}) of {text.address}[{text.length}] into words {letters.address}, count {count.address}.",
    )


def verb_and_noun(draw: Drawer) -> Made:
    verb, noun, held = draw.variable(8, below=4), draw.variable(8, below=4), draw.variable(8)
    answer = draw.variable(8)
    rng = draw.rng
    replies = Table("ReplyTable", "reply", tuple(rng.choice((0, 0, rng.randrange(1, 60))) for _ in range(16)))
    bits = Table("NounBitTable", "bit", (1, 2, 4, 8))
    shrug, missing = rng.sample(range(100, 250), 2)
    own = Algorithms(draw).own
    reply = own("reply")
    program = (
        put(answer, missing),
        when(check(masked(held, at(bits, noun)), "==", 0), Stop()),
        put(reply, at(replies, joined(Shifted(Read(verb), "left", 2), noun))),
        put(answer, either(check(reply, "==", 0), shrug, reply)),
    )
    rows = "; ".join(f"{v}: " + ", ".join(map(str, replies.values[4 * v : 4 * v + 4])) for v in range(4))
    return program, (
        f"Adventure parser: verb {verb.address} and noun {noun.address} (0 to 3 each). If the noun isn't at hand (its bit in {held.address} is clear) the reply is {missing}. Else it comes from this list, by verb, in it by noun: {rows}; where that is 0 the reply is {shrug}. Reply to {answer.address}.",
        f"r = !(h >> n & 1) ? {missing} : t[4 * v + n] or {shrug}. v {verb.address}, n {noun.address} (< 4), h {held.address}, r {answer.address}, t by v: {rows}.",
        f"How do I code 'use KEY', 'eat FISH' as a table? Verbs 0-3 in {verb.address}, things 0-3 in {noun.address}, what lies within reach is a bit set in {held.address} (bit number = thing). Not within reach: message {missing}. Otherwise the message by verb and thing ({rows}), and {shrug} ('that does nothing') for a 0. Message number goes to {answer.address}.",
        f"reply -> {answer.address}: {missing} if bit noun of {held.address} is 0, else table[verb*4+noun] ({listed(replies)}), 0 there means {shrug}. verb {verb.address}, noun {noun.address}, both 0-3.",
    )


def melody_to_pitches(draw: Drawer) -> Made:
    script, pitches = draw.array(8, draw.one(6, 8, 10)), draw.array(8, 16)
    octave, count = draw.variable(8), draw.variable(8)
    up, down = draw.one((0x80, 0x81), (0xC1, 0xC0), (0xF0, 0xF1))
    own = Algorithms(draw).own
    write, code = own("write"), own("code")
    program = (
        put(write, 0),
        Each(
            (script,),
            (
                put(code, Here(script)),
                If(
                    check(code, "==", up),
                    (more(octave, 12),),
                    (
                        If(
                            check(code, "==", down),
                            (less(octave, 12),),
                            (
                                put(at(pitches, masked(write, 15)), plus(octave, masked(code, 15))),
                                more(write),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        put(count, write),
    )
    return program, (
        f"Translate a melody of {script.length} bytes at {script.address} into pitches at {pitches.address}: ${up:02X} raises the base {octave.address} by 12, ${down:02X} lowers it by 12, any other byte is a note whose pitch is base + low nibble (8 bits, wrapping). Number of notes to {count.address}; the base stays as it is at the end.",
        f"n = 0; for c: c == ${up:02X} ? o += 12 : c == ${down:02X} ? o -= 12 : p[n++] = o + (c & 15). c {where(script)}, o {octave.address}, p bytes {pitches.address}, n -> {count.address}.",
        f"How do I parse MML-like note data? Codes {script.address} ({script.length} of them): ${up:02X} is '>', ${down:02X} '<', the rest are semitones in the low four bits. The octave offset {octave.address} is carried on from call to call, 12 per octave. Notes go one after the other to {pitches.address}, their number to {count.address}.",
        f"${up:02X}/${down:02X} = octave +12/-12 in {octave.address} (persistent), others note nibbles -> pitch bytes {pitches.address}; source {script.address}[{script.length}]; note count {count.address}.",
    )


def time_text_is_valid(draw: Drawer) -> Made:
    text, answer, minutes = draw.array(8, 4), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    hour, minute = own("hour"), own("minute")
    first, second = masked(at(text, 0), 15), masked(at(text, 1), 15)
    third, fourth = masked(at(text, 2), 15), masked(at(text, 3), 15)
    program = (
        put(hour, plus(Scaled(first, 10), second)),
        put(minute, plus(Scaled(third, 10), fourth)),
        put(answer, 0),
        when(
            Both(check(hour, "<", 24), check(minute, "<", 60)),
            put(answer, 1),
            put(minutes, plus(Product(Read(hour), Number(60)), Widened(Read(minute)))),
        ),
    )
    return program, (
        f"Four digit tiles at {text.address} (digit = low nibble) show a time HHMM. With hours 10 * a + b below 24 and minutes 10 * c + d below 60, {answer.address} = 1 and the minute of the day goes to the word {minutes.address}; else {answer.address} = 0 and the word stays. (Nibbles above 9 are reckoned in the same way.).",
        f"h = 10a + b, m = 10c + d, digits = byte & 15 of 4 bytes {text.address}; ok = h < 24 and m < 60; if ok: word[{minutes.address}] = 60h + m; byte[{answer.address}] = ok.",
        f"How do I check the alarm time the player has typed? Tiles {text.address} to +3, tens of hours first; take the low four bits as number, even if it's over 9. 23:59 is the latest valid time. Valid: 1 in {answer.address} and minutes since midnight (16 bits) in {minutes.address}. Invalid: 0, the old alarm is kept.",
        f"validate HHMM digits (low nibbles, {text.address}): ok -> {answer.address}=1 and minutes of day in word {minutes.address}; else 0, word untouched.",
    )


def letters_same_in_any_order(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(3, 4))
    other = draw.array(8, one.length)
    counts, answer = draw.array(8, 4), draw.variable(8)
    program = (
        Fill(counts, value(0)),
        Each((one,), (more(at(counts, masked(Here(one), 3))),)),
        Each((other,), (less(at(counts, masked(Here(other), 3))),)),
        put(answer, 1),
        Each((counts,), (when(check(Here(counts), "!=", 0), put(answer, 0)),)),
    )
    return program, (
        f"Do two hands of {one.length} cards hold the same suits, in any order? The suit is bits 0-1 of the bytes from {one.address} and from {other.address}. {answer.address} = 1 if each suit occurs equally often in both, else 0. The four bytes at {counts.address} get, suit by suit, how many more the first hand has (modulo 256).",
        f"d[s] = #(a & 3 == s) - #(b & 3 == s) mod 256, s = 0..3, to 4 bytes {counts.address}; byte[{answer.address}] = all d == 0. a {one.address}, b {other.address}, {one.length} bytes each.",
        f"How do I test for an anagram over a four-letter alphabet? Words: {one.length} bytes at {one.address} and {other.address}, letter = low two bits. Count up for the first word, down for the second in {counts.address} (4 bytes, cleared first). All zero: {answer.address} = 1; otherwise 0.",
        f"multiset compare of (byte & 3): {one.address} vs {other.address}, {one.length} each; per-value difference -> {counts.address}[4], equal -> {answer.address}=1 else 0.",
    )


def tile_word_score(draw: Drawer) -> Made:
    word, bonus = draw.slots(8, 8)
    score = draw.variable(16)
    points = Table("LetterPointTable", "score", (1, 3, 3, 2, 1, 4, 2, 4, 1, 8, 5, 1, 3, 1, 1, 10))
    own = Algorithms(draw).own
    worth, times = own("worth"), own("times")
    double_letter, double_word = draw.one((0x01, 0x02), (0x40, 0x80), (0x10, 0x20))
    program = (
        put(score, 0),
        put(times, 0),
        Each(
            (word, bonus),
            (
                put(worth, at(points, masked(Here(word), 15))),
                when(Bits(Read(Here(bonus)), double_letter, "any"), put(worth, Shifted(Read(worth), "left", 1))),
                when(Bits(Read(Here(bonus)), double_word, "any"), put(times, 1)),
                more(score, Widened(Read(worth))),
            ),
        ),
        when(check(times, "!=", 0), put(score, Shifted(Read(score), "left", 1))),
    )
    return program, (
        f"Score a word of {word.length} tiles (letter = low nibble of the bytes from {word.address}): points by letter {', '.join(map(str, points.values))}; on a square (bytes from {bonus.address}) with bit ${double_letter:02X} they count twice, and if any square has bit ${double_word:02X} the whole sum is doubled, once. To the word {score.address}.",
        f"S = sum of p[w[i] & 15] << (b[i] & ${double_letter:02X} ? 1 : 0); if any b[i] & ${double_word:02X}: S *= 2; word[{score.address}] = S. w {word.address}, b {bonus.address}, {word.length} bytes each; p = {listed(points)}.",
        f"How do I do Scrabble scoring? Letters {where(word)}, 4 bits each; letter values {listed(points)}. Premium squares under them: {bonus.address} + i, ${double_letter:02X} double letter, ${double_word:02X} double word (several of these still only double). 16-bit result {score.address}.",
        f"word score {score.address} (u16): points {listed(points)}[{word.address}[i] & 15], x2 where {bonus.address}[i] & ${double_letter:02X}, total x2 if any has ${double_word:02X}; {word.length} tiles.",
    )


def one_instruction_executed(draw: Drawer) -> Made:
    memory = draw.array(8, 16)
    counter, held = draw.variable(8, below=16), draw.variable(8)
    own = Algorithms(draw).own
    code, cell = own("code"), own("cell")
    program = (
        put(code, at(memory, counter)),
        put(cell, masked(code, 15)),
        put(counter, masked(plus(counter, 1), 15)),
        Switch(
            Field(Read(code), 4, 2),
            (
                (0, (put(held, at(memory, cell)),)),
                (1, (put(at(memory, cell), held),)),
                (2, (more(held, at(memory, cell)),)),
                (3, (when(Bits(Read(held), 0x80, "any"), put(counter, cell)),)),
            ),
        ),
    )
    return program, (
        f"Execute one instruction of a toy computer: 16 bytes of memory at {memory.address}, program counter {counter.address} (0 to 15), accumulator {held.address}. Fetch, counter + 1 mod 16; operand n = low nibble, operation = bits 4-5: 0 load cell n, 1 store to cell n, 2 add cell n, 3 jump to n if bit 7 of the accumulator is set. Bits 6 and 7 are ignored.",
        f"c = m[pc], pc = (pc + 1) & 15, n = c & 15; c >> 4 & 3: 0 a = m[n]; 1 m[n] = a; 2 a += m[n]; 3 if a & $80: pc = n. m {memory.address}, pc {counter.address} < 16, a {held.address}.",
        f"How do I emulate a tiny 4-bit-address machine as an in-game terminal? Memory {memory.address}[16], pc byte {counter.address} (valid), register byte {held.address}. One step: read the byte at pc, pc goes on (15 -> 0). xxOOAAAA with OO = LDA, STA, ADD, JMI (jump if minus) from 00 to 11, AAAA an address. Addition is modulo 256.",
        f"single-step a 16-byte VM {memory.address}: pc [{counter.address}], acc [{held.address}], byte = xx op2 addr4 (load/store/add/branch-if-negative).",
    )


def song_loop_command(draw: Drawer) -> Made:
    place, start, left, played = draw.variable(8), draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    code, note = draw.variable(8), draw.variable(8)
    begin, end = draw.one((0x80, 0x40), (0x40, 0x20), (0x20, 0x10))
    program = (
        If(
            Bits(Read(code), begin, "any"),
            (more(place), put(start, place), put(left, masked(code, 7))),
            (
                If(
                    Bits(Read(code), end, "any"),
                    (
                        If(
                            check(left, "==", 0),
                            (more(place),),
                            (less(left), put(place, start), more(played)),
                        ),
                    ),
                    (put(note, code), more(place)),
                ),
            ),
        ),
    )
    return program, (
        f"Handle one song command {code.address} at position {place.address}. Bit ${begin:02X}: loop begins: position + 1, remember that in {start.address}, repeats {left.address} = low three bits. Else bit ${end:02X}: loop ends: if no repeats are left, position + 1; otherwise one repeat fewer, position = remembered one, {played.address} + 1. Else it is a note: copy it to {note.address}, position + 1.",
        f"c & ${begin:02X} ? (++p, s = p, n = c & 7) : c & ${end:02X} ? (n ? (--n, p = s, ++k) : ++p) : (v = c, ++p). c {code.address}, p {place.address}, s {start.address}, n {left.address} (0-7), k {played.address}, v {note.address}; bytes wrap.",
        f"How do I add loops to my sequencer? The code byte is in {code.address}, its place in the track {place.address}. ${begin:02X} in it opens a loop that is repeated (code & 7) times: note the place behind it in {start.address} and the number in {left.address}. ${end:02X} closes it: jump to the noted place while repeats remain (0 to 7, count down; jumps are counted in {played.address}), else go on. Other codes are notes for {note.address}. 'Go on' is place + 1.",
        f"sequencer step: code {code.address} at pos {place.address}; ${begin:02X} = loop start (pos+1 saved in {start.address}, code & 7 repeats in {left.address}), ${end:02X} = loop end (jump back & count {played.address} while repeats last), else note -> {note.address}; pos+1 unless jumping.",
    )


RECIPES = (
    rules_script_run,
    tape_commands,
    turtle_walks,
    tokens_counted,
    needle_of_three,
    matches_with_jokers,
    names_in_order,
    calculator_with_precedence,
    condition_on_bit_stack,
    wide_letters_decoded,
    verb_and_noun,
    melody_to_pitches,
    time_text_is_valid,
    letters_same_in_any_order,
    tile_word_score,
    one_instruction_executed,
    song_loop_command,
)
