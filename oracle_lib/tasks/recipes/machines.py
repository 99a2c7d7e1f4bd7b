"""State machines and parsers: brackets, quotes, packets, automata, small interpreters, locks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Between,
    Each,
    Field,
    Here,
    If,
    Read,
    Scaled,
    Shifted,
    Stop,
    Switch,
    Table,
    Text,
    Unary,
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
    size,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def deepest_bracket(draw: Drawer) -> Made:
    code, deepest = draw.text() if draw.maybe(0.4) else draw.array(8, draw.one(6, 8, 12, 16)), draw.variable(8)
    opened, closed = draw.one((0x28, 0x29), (0x5B, 0x5D), (0x3C, 0x3E), (0x01, 0x02))
    depth = Algorithms(draw).own("depth")
    program = (
        put(depth, 0),
        put(deepest, 0),
        Each(
            _over(code),
            (
                when(
                    check(Here(code), "==", opened), more(depth), when(check(depth, ">", deepest), put(deepest, depth))
                ),
                when(check(Here(code), "==", closed), when(check(depth, "!=", 0), less(depth))),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the deepest nesting in {_line(code)}: ${opened:02X} goes one level in, ${closed:02X} one level out (never below 0), other bytes don't matter. The greatest level goes to {deepest.address}.",
        f"How do I measure bracket depth? Input: {_line(code)}; open ${opened:02X}, close ${closed:02X}, a close at level 0 is ignored. Maximum level -> byte {deepest.address}.",
        f"d = m = 0; for c in {_line(code)}: if c == ${opened:02X}: ++d, m = max(m, d); else if c == ${closed:02X} and d > 0: --d. byte[{deepest.address}] = m.",
        f"Scripts of my events have blocks that begin with ${opened:02X} and end with ${closed:02X}. How many are open at once, at most, in {_line(code)}? A stray end changes nothing. Write the number to {deepest.address}.",
    )


def brackets_match(draw: Drawer) -> Made:
    code, answer = draw.array(8, draw.one(6, 8, 10, 12)), draw.variable(8)
    opened, closed = draw.one((0x28, 0x29), (0x5B, 0x5D), (0x3C, 0x3E), (0x01, 0x02))
    depth = Algorithms(draw).own("depth")
    program = (
        put(depth, 0),
        Each(
            (code,),
            (
                when(check(Here(code), "==", opened), more(depth)),
                when(check(Here(code), "==", closed), less(depth), when(check(depth, ">=", 0x80), Stop())),
            ),
        ),
        put(answer, either(check(depth, "==", 0), 1, 0)),
    )
    return program, (
        f"Write a routine that checks the brackets in the {where(code)}: ${opened:02X} opens, ${closed:02X} closes, the rest is text. {answer.address} = 1 if none is closed before it was opened and none is left open, else 0.",
        f"How do I test for balanced brackets? Bytes: {where(code)}; open ${opened:02X}, close ${closed:02X}. Level never below 0 and 0 at the end: byte {answer.address} = 1; otherwise 0.",
        f"d = 0; for c of the {where(code)}: d += c == ${opened:02X}; d -= c == ${closed:02X}; if d < 0: break; byte[{answer.address}] = d == 0 ? 1 : 0.",
        f"Doors in a corridor of {code.length} fields ({code.address}, a byte each): ${opened:02X} leads into a further room, ${closed:02X} out of the innermost. May one walk through and end outside, without an exit where one is outside already? 1 or 0 into {answer.address}.",
    )


def printable_length(draw: Drawer) -> Made:
    line, shown = draw.text(), draw.variable(8)
    control = draw.one(0xF0, 0xF8, 0x80, 0xFA)
    if control == line.end:
        control = 0xF1
    skip = Algorithms(draw).own("skip")
    program = (
        put(shown, 0),
        put(skip, 0),
        Each(
            line,
            (
                If(
                    check(skip, "!=", 0),
                    (put(skip, 0),),
                    (If(check(Here(line), "==", control), (put(skip, 1),), (more(shown),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts the letters shown by {_line(line)}: the control code ${control:02X} and the byte behind it (its argument, whatever it is but the end mark) are not shown. Count to {shown.address}.",
        f"How do I skip two-byte commands while measuring text? Text: {_line(line)}. ${control:02X} takes the next byte with it (even another ${control:02X}); the end mark always ends. Number of other bytes -> {shown.address}.",
        f"n = skip = 0; for c in {_line(line)}: if skip: skip = 0; else if c == ${control:02X}: skip = 1; else ++n. byte[{shown.address}] = n.",
        f"${control:02X} followed by a number changes the colour in my messages. How many tiles does {_line(line)} need without these pairs? Store it at {shown.address}; the end mark is searched byte by byte, also behind ${control:02X}.",
    )


def quoted_letters(draw: Drawer) -> Made:
    line, count = draw.text() if draw.maybe(0.4) else draw.array(8), draw.variable(8)
    quote = draw.one(0x22, 0x27, 0x7E)
    outside = draw.maybe(0.4)
    inside = Algorithms(draw).own("inside")
    program = (
        put(count, 0),
        put(inside, 0),
        Each(
            _over(line),
            (
                If(
                    check(Here(line), "==", quote),
                    (put(inside, toggled(inside, 1)),),
                    (when(check(inside, "==" if outside else "!=", 0), more(count)),),
                ),
            ),
        ),
    )
    word = "outside" if outside else "inside"
    return program, (
        f"Write a routine that counts the bytes {word} quotation marks in {_line(line)}; ${quote:02X} is the mark, it opens and closes in turn and is not counted. Count to {count.address}.",
        f"How do I count characters {word} quotes? Text: {_line(line)}; quote ${quote:02X} toggles (outside at the start; an unclosed quote reaches to the end). Byte {count.address}.",
        f"q = n = 0; for c in {_line(line)}: if c == ${quote:02X}: q ^= 1; else n += {'!q' if outside else 'q'}; byte[{count.address}] = n.",
        f"Voice samples are paid by spoken letter; speech stands between ${quote:02X} signs. In {_line(line)}, count the letters that are {'not ' if outside else ''}speech, the signs themselves never, into {count.address}.",
    )


def signed_digits(draw: Drawer) -> Made:
    digits, number = draw.array(8, draw.one(3, 4)), draw.variable(16)
    minus_sign = draw.one(0x2D, 0xCE, 0x4F)
    own = Algorithms(draw).own
    held, negative = own("held"), own("negative")
    program = (
        put(number, 0),
        put(negative, 0),
        Each(
            (digits,),
            (
                put(held, Here(digits)),
                If(
                    check(held, "==", minus_sign),
                    (put(negative, 1),),
                    (put(number, plus(Scaled(Read(number), 10), Widened(masked(held, 0x0F)))),),
                ),
            ),
        ),
        when(check(negative, "!=", 0), put(number, Unary("negate", Read(number)))),
    )
    return program, (
        f"Write a routine that reads a signed decimal number from the {where(digits)}: every byte but ${minus_sign:02X} is a digit (its low nibble, highest digit first); if ${minus_sign:02X} occurs anywhere, the number is negated at the end. 16-bit two's complement result to {number.address}, wrapping.",
        f"How do I parse digits with a minus sign? Characters: {where(digits)}; ${minus_sign:02X} = minus (skipped, wherever it stands), others: n = 10n + (c & 15). Word {number.address} = n or -n (mod 65536).",
        f"n = s = 0; for c of the {where(digits)}: if c == ${minus_sign:02X}: s = 1; else n = n * 10 + (c & $0F); word[{number.address}] = s ? -n : n.",
        f"The thermometer's tiles ({digits.length} from {digits.address}) show a temperature. ${minus_sign:02X} is the minus tile and makes it negative; the low four bits of all others are digits, left to right (they may exceed 9, just go on with ten times the number plus the digit). Number to {number.address}, a word.",
    )


def turnstile(draw: Drawer) -> Made:
    event, state, passed = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    coin, push = draw.rng.sample(range(3), 2)
    program = (
        Switch(
            Read(event),
            (
                (coin, (put(state, 1),)),
                (push, (when(check(state, "!=", 0), more(passed), put(state, 0)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine for a turnstile: event byte {event.address} (0 to 2). {coin} (coin) unlocks it: {state.address} = 1. {push} (push): if {state.address} is not 0, count one in {passed.address} (wraps) and lock again ({state.address} = 0); locked, nothing. The third event: nothing.",
        f"How do I code a coin-operated gate? State {state.address} (0 locked), event {event.address} (below 3): {coin} -> state 1; {push} with state != 0 -> state 0 and ++byte {passed.address}; everything else is ignored.",
        f"e = byte[{event.address}] (0-2); if e == {coin}: s = 1; else if e == {push} and s: s = 0, ++n; s = byte[{state.address}], n = byte[{passed.address}].",
        f"The ferryman lets one on board per coin. {event.address} (0 to 2) tells what happens: {coin} someone pays (he remembers that with a 1 in {state.address}, a second coin is simply kept), {push} someone steps up; if he remembers a coin (not 0), {passed.address} grows by one and he forgets it (0). The remaining event is none of his business.",
    )


def vending_machine(draw: Drawer) -> Made:
    paid, kind, change = draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    price = draw.rng.randrange(20, 100)
    coins = Table("CoinTable", "coin value", draw.one((1, 5, 10, 50), (1, 2, 5, 10), (5, 10, 20, 50)))
    total = Algorithms(draw).own("total")
    program = (
        put(total, plus(paid, at(coins, kind))),
        put(change, 0),
        If(
            check(total, ">=", price),
            (put(change, minus(total, price)), put(paid, 0)),
            (put(paid, total),),
        ),
    )
    return program, (
        f"Write a routine for a vending machine: coin number byte[{kind.address}] (0 to 3, worth {', '.join(map(str, coins.values))}) is added to the credit {paid.address} (8 bits, wraps). If the credit now reaches {price}, the surplus over {price} goes to {change.address} and the credit becomes 0; otherwise {change.address} is 0.",
        f"How do I collect coins until a price is paid? Credit {paid.address} += ({listed(coins)})[byte {kind.address}] (index < 4, mod 256). Credit >= {price}: change {change.address} = credit - {price}, credit = 0. Else change = 0.",
        f"c = (byte[{paid.address}] + v[byte[{kind.address}]]) & $FF; if c >= {price}: byte[{change.address}] = c - {price}, c = 0; else byte[{change.address}] = 0; byte[{paid.address}] = c; v = {listed(coins)}, index below 4.",
        f"Potions cost {price}. The player throws in a coin of kind {kind.address} (0-3: {', '.join(map(str, coins.values))}). {paid.address} remembers what was thrown in (one byte, overflowing at 256). Once it is enough, the change appears in {change.address} and the memory is empty again; before that {change.address} shows 0.",
    )


def quadrature(draw: Drawer) -> Made:
    wires, before, position = draw.variable(8, below=4), draw.variable(8, below=4), draw.variable(8)
    order = [0] * 16
    for old, new in ((0, 1), (1, 3), (3, 2), (2, 0)):
        order[old * 4 + new], order[new * 4 + old] = 1, 0xFF
    steps = Table("StepTable", "step", tuple(order))
    program = (
        more(position, at(steps, joined(Shifted(Read(before), "left", 2), wires))),
        put(before, wires),
    )
    return program, (
        f"Write a routine that follows a rotary encoder: {wires.address} holds its two wires now, {before.address} those of the last call (each 0 to 3). In the order 0, 1, 3, 2, 0 a step forward adds 1 to {position.address}, a step back subtracts 1 (wrapping), anything else changes nothing. Then remember the wires in {before.address}.",
        f"How do I decode quadrature signals? New state {wires.address}, old state {before.address} (both < 4), counter {position.address}. Transitions 0-1, 1-3, 3-2, 2-0: +1; reversed: -1; no change or both bits changed: 0. old = new afterwards.",
        f"byte[{position.address}] += t[old * 4 + new]; t = {listed(steps)}; old = byte[{before.address}] < 4, new = byte[{wires.address}] < 4; old = new.",
        f"A wheel in the puzzle room has two contacts, read as 0-3 in {wires.address}. Turning right they go 0, 1, 3, 2 and from the start again. Compare with the reading before, {before.address} (0-3): one place on, {position.address} up; one place back, down; same or two places away, leave it. Keep the reading for next time.",
    )


def state_table(draw: Drawer) -> Made:
    states = draw.one(3, 4, 5, 6)
    state, signal = draw.variable(8, below=states), draw.variable(8)
    bit = draw.rng.randrange(8)
    following = Table("NextStateTable", "next state", tuple(draw.rng.randrange(states) for _ in range(2 * states)))
    index = plus(Shifted(Read(state), "left", 1), Field(Read(signal), bit, 1))
    own = Algorithms(draw).own
    place = own("place")
    program = (put(place, index), put(state, at(following, place)))
    pairs = ", ".join(f"{n}: {following.values[2 * n]}/{following.values[2 * n + 1]}" for n in range(states))
    return program, (
        f"Write a routine that steps a state machine of {states} states: from state byte[{state.address}] (0 to {states - 1}) it goes, depending on bit {bit} of {signal.address} (0 / 1), to: {pairs}. Store the new state in place.",
        f"How do I do a table-driven automaton with a one-bit input? State {state.address} (< {states}), input bit {bit} of byte {signal.address}; next = t[2 * state + bit], t = {listed(following)}.",
        f"s = t[2 * s + (byte[{signal.address}] >> {bit} & 1)]; s = byte[{state.address}] < {states}; t = {listed(following)}.",
        f"My robot's mind has {states} moods, number in {state.address} (valid at all times). The sensor is bit {bit} of {signal.address}. Next mood for sensor off/on by present mood: {pairs}.",
    )


def little_computer(draw: Drawer) -> Made:
    script, result = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    accumulator = Algorithms(draw).own("accumulator")
    by = draw.one(1, 3, 5, 10)
    program = (
        put(accumulator, result),
        Each(
            (script,),
            (
                Switch(
                    masked(Here(script), 0x03),
                    (
                        (0, (more(accumulator, by),)),
                        (1, (put(accumulator, Shifted(Read(accumulator), "left", 1)),)),
                        (2, (put(accumulator, Unary("not", Read(accumulator))),)),
                    ),
                    (put(accumulator, toggled(accumulator, Here(script))),),
                ),
            ),
        ),
        put(result, accumulator),
    )
    return program, (
        f"Write a routine that interprets a tiny program of {script.length} bytes at {script.address} on the byte {result.address}, in order. The low 2 bits of each byte are the operation: 0 add {by}, 1 double, 2 invert all bits, 3 XOR with the whole program byte; all modulo 256.",
        f"How do I run a small bytecode? Code: {where(script)}; accumulator: byte {result.address}, read at the start, written at the end. op = code & 3: 0 -> a += {by}; 1 -> a <<= 1; 2 -> a = ~a; 3 -> a ^= code.",
        f"a = byte[{result.address}]; for c of the {where(script)}: a = (c & 3 == 0 ? a + {by} : c & 3 == 1 ? 2 * a : c & 3 == 2 ? ~a : a ^ c) & $FF; byte[{result.address}] = a.",
        f"Runes work on the number in {result.address} one after the other; there are {script.length} from {script.address}, a byte each. Only bits 0 and 1 say what a rune does: 00 adds {by}, 01 doubles, 10 flips all eight bits, 11 exclusive-ors the number with the rune's full byte. Overflow is lost.",
    )


def stack_machine(draw: Drawer) -> Made:
    stack = draw.array(8, draw.one(4, 6, 8))
    depth, token = draw.variable(8, below=stack.length), draw.variable(8)
    own = Algorithms(draw).own
    top = own("top")
    plus_code = draw.one(0xF0, 0x80, 0xFE, 0xC0)
    both = check(depth, ">=", 2)
    add = more(at(stack, minus(depth, 1)), top)
    subtract = less(at(stack, minus(depth, 1)), top)
    program = (
        If(
            check(token, "<", plus_code),
            (put(at(stack, depth), token), more(depth)),
            (
                when(
                    both,
                    less(depth),
                    put(top, at(stack, depth)),
                    If(check(token, "==", plus_code), (add,), (subtract,)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that executes one token of a stack calculator. The stack has byte[{depth.address}] entries (below {stack.length} on entry) in the bytes from {stack.address}. Token {token.address} below ${plus_code:02X}: push it. ${plus_code:02X}: replace the two topmost entries by their sum; anything above: by the lower one minus the topmost (modulo 256). With fewer than 2 entries the operations do nothing.",
        f"How do I do RPN? Stack bytes {stack.address}, depth {depth.address} (< {stack.length}), token {token.address}: < ${plus_code:02X} push; == ${plus_code:02X} a b -> a + b; > ${plus_code:02X} a b -> a - b, b being the top; depth < 2: ignore an operator.",
        f"t = byte[{token.address}], n = byte[{depth.address}] < {stack.length}; if t < ${plus_code:02X}: s[n++] = t; else if n >= 2: --n, t == ${plus_code:02X} ? (s[n - 1] += s[n]) : (s[n - 1] -= s[n]); s = bytes at {stack.address}.",
        f"The abacus monk gets numbers (under ${plus_code:02X}) and two orders (${plus_code:02X} plus, all higher ones minus), one at a time, in {token.address}. He piles numbers up from {stack.address}, {depth.address} counts them (less than {stack.length} before each call). At an order he takes the top one away and adds it to, or subtracts it from, the one that is then on top; with only one or none he ignores the order.",
    )


def receive_packet(draw: Drawer) -> Made:
    state, byte, payload = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    good = draw.variable(8)
    start = draw.one(0x80, 0xC0, 0xA0, 0xE0)
    control = draw.one(0x01, 0x03, 0x06)
    program = (
        Switch(
            Read(state),
            (
                (0, (when(check(byte, ">=", start), put(state, 1)),)),
                (1, (put(payload, byte), put(state, 2))),
                (2, (when(check(masked(toggled(byte, payload), control), "==", 0), more(good)), put(state, 0))),
            ),
        ),
    )
    return program, (
        f"Write a routine that receives one byte ({byte.address}) of packets made of a start byte (${start:02X} or more), a data byte and a control byte. State {state.address} (0 to 2): 0 waits for a start byte and then goes to 1; 1 stores the byte at {payload.address} and goes to 2; 2 raises {good.address} by 1 (wrapping) if the byte equals that of {payload.address} in the bits of ${control:02X}, and goes to 0 in any case.",
        f"How do I write a packet receiver as a state machine? Input {byte.address}; state {state.address} < 3; 0: >= ${start:02X} -> 1, else stay; 1: data -> {payload.address}, -> 2; 2: if ((input ^ data) & ${control:02X}) == 0 ++byte {good.address}; -> 0.",
        f"switch byte[{state.address}] (< 3): 0: if b >= ${start:02X} s = 1; 1: d = b, s = 2; 2: if (b & ${control:02X}) == (d & ${control:02X}) ++n, s = 0. b = byte[{byte.address}], d = byte[{payload.address}], n = byte[{good.address}], s is the state.",
        f"Two consoles talk by light signals, a byte per call in {byte.address}. A message is a call sign (anything from ${start:02X} up), the letter, and a seal that has the letter's bits under the mask ${control:02X}. Where we are is {state.address}: 0 idle, 1 letter next, 2 seal next (never more). Keep the letter in {payload.address}; after a proper seal count it in {good.address}; proper or not, be idle then. Idle, ignore all that is no call sign.",
    )


def character_class(draw: Drawer) -> Made:
    letter, kind = draw.variable(8), draw.variable(8)
    blank = draw.one(0x20, 0x7F, 0xFF)
    digit, first = draw.one((0x30, 0x41), (0x80, 0xA0), (0x00, 0x0A))
    classes = draw.rng.sample(range(1, 6), 4)
    number, alpha, space, other = classes
    program = (
        put(kind, other),
        when(check(letter, "==", blank), put(kind, space)),
        when(Between(Read(letter), digit, digit + 9), put(kind, number)),
        when(Between(Read(letter), first, first + 25), put(kind, alpha)),
    )
    return program, (
        f"Write a routine that classifies the character {letter.address}: {kind.address} becomes {number} for a digit (${digit:02X}-${digit + 9:02X}), {alpha} for a letter (${first:02X}-${first + 25:02X}), {space} for the blank ${blank:02X} and {other} for all else.",
        f"How do I tell digits, letters and blanks apart? Byte {letter.address}; ${digit:02X}..${digit + 9:02X} -> {number}, ${first:02X}..${first + 25:02X} -> {alpha}, ${blank:02X} -> {space}, otherwise {other}; class to byte {kind.address}.",
        f"c = byte[{letter.address}]; byte[{kind.address}] = ${digit:02X} <= c <= ${digit + 9:02X} ? {number} : ${first:02X} <= c <= ${first + 25:02X} ? {alpha} : c == ${blank:02X} ? {space} : {other}.",
        f"My script reader needs the kind of the sign in {letter.address}: ten digits from ${digit:02X}, 26 letters from ${first:02X}, a blank ${blank:02X}. Kinds are {number} digit, {alpha} letter, {space} blank, {other} anything else, stored at {kind.address}.",
    )


def lock_after_failures(draw: Drawer) -> Made:
    entered = draw.variable(draw.one(8, 16))
    secret = draw.rng.randrange(1, 1 << entered.width)
    most = draw.one(2, 3, 4, 5)
    failures, door = draw.variable(8, below=most + 1), draw.variable(8)
    program = (
        when(check(failures, ">=", most), Stop()),
        If(
            check(entered, "==", secret),
            (put(door, 1), put(failures, 0)),
            (more(failures),),
        ),
    )
    shown = f"${secret:0{entered.width // 4}X}"
    return program, (
        f"Write a routine that checks a code with limited tries: if {failures.address} (failed tries, never above {most}) is {most}, do nothing. If the {size(entered)} {entered.address} is {shown}, set {door.address} to 1 and the tries to 0; otherwise raise the tries by 1.",
        f"How do I lock out a player after {most} wrong codes? Code: {size(entered)} {entered.address}, right one {shown}; counter {failures.address}, locked at {most} (then nothing changes; it's never more); right: door {door.address} = 1, counter 0; wrong: ++counter.",
        f"if byte[{failures.address}] < {most}: if {size(entered)}[{entered.address}] == {shown}: byte[{door.address}] = 1, byte[{failures.address}] = 0; else ++byte[{failures.address}]. It's at most {most}.",
        f"The safe jams after {most} mistakes, counted in {failures.address} (0 to {most}). As long as it isn't jammed, {shown} in {entered.address} ({size(entered)}) opens it ({door.address} becomes 1) and wipes out the mistakes; any other code is one more.",
    )


def morse_sign(draw: Drawer) -> Made:
    signal, code = draw.variable(8), draw.variable(8)
    dot, dash = draw.one((1, 2), (0x01, 0x80), (0x10, 0x20))
    program = (
        Switch(
            Read(signal),
            (
                (dot, (put(code, Shifted(Read(code), "left", 1)),)),
                (dash, (put(code, joined(Shifted(Read(code), "left", 1), 1)),)),
            ),
            (put(code, 1),),
        ),
    )
    return program, (
        f"Write a routine that collects Morse signs in {code.address}: for the signal byte {signal.address} = ${dot:02X} (dot) shift a 0 into it from the right, for ${dash:02X} (dash) a 1; any other signal starts a new letter, i.e. sets it to 1.",
        f"How do I build a Morse tree index? Index {code.address}; signal {signal.address}: ${dot:02X} -> 2i, ${dash:02X} -> 2i + 1 (8 bits), else -> 1.",
        f"c = s == ${dot:02X} ? c << 1 : s == ${dash:02X} ? c << 1 | 1 : 1; s = byte[{signal.address}], c = byte[{code.address}].",
        f"The telegraph in the tower: {signal.address} is ${dot:02X} for a short and ${dash:02X} for a long sound. Walk down the code tree in {code.address}: short doubles the node number, long doubles it and adds 1, anything else goes back to the root, node 1. One byte, higher bits fall off.",
    )


def _over(line: Text | Array) -> tuple[Array, ...] | Text:
    return line if isinstance(line, Text) else (line,)


def _line(line: Text | Array) -> str:
    if isinstance(line, Text):
        return f"the text at {line.address} (at most {line.most} bytes, then ${line.end:02X})"
    return f"the {line.length} bytes from {line.address}"


RECIPES = (
    deepest_bracket,
    brackets_match,
    printable_length,
    quoted_letters,
    signed_digits,
    turnstile,
    vending_machine,
    quadrature,
    state_table,
    little_computer,
    stack_machine,
    receive_packet,
    character_class,
    lock_after_failures,
    morse_sign,
)
