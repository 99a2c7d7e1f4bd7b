"""Puzzles of logic: jugs, ferries, queens, pipes, nonograms, counting-out, ciphers, knights, lamps and weighed coins."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Count,
    Each,
    Either,
    Here,
    If,
    Index,
    Number,
    Position,
    Read,
    Repeat,
    Saturating,
    Set,
    Shifted,
    Stop,
    Table,
    Unary,
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
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pour_jug(draw: Drawer) -> Made:
    one, other = draw.variable(8), draw.variable(8)
    big, small = sorted(draw.rng.sample(range(3, 12), 2), reverse=True)
    goal = draw.rng.randrange(1, big)
    solved, moves = draw.variable(8), draw.variable(8)
    amount = Algorithms(draw).own("amount")
    program = (
        put(amount, Binary("min", Read(one), Saturating("subtract", Number(small), Read(other), 0))),
        less(one, amount),
        more(other, amount),
        more_up_to(moves, 99),
        put(solved, 0),
        If(check(one, "==", goal), (put(solved, 1),)),
    )
    return program, (
        f"Water jug puzzle: pour the big jug {one.address} into the small one {other.address}, which holds {small}, until the one is empty or the other full (a small jug with more than that takes nothing). The moves {moves.address} go up by 1 (99 at most), and {solved.address} = 1 if the big jug then holds exactly {goal}, else 0.",
        f"t = min(a, max({small} - b, 0)); a -= t; b += t; moves = min(moves + 1, 99); ok = a == {goal}. a {one.address}, b {other.address}, moves {moves.address}, ok {solved.address}.",
        f"How do I code pouring between two jugs? From {one.address} to {other.address} (capacity {small}), as much as fits. Count the pour in {moves.address} (sticks at 99). Puzzle solved, {solved.address} = 1, with {goal} left in the first; 0 if not.",
        f"Write the riddle of the two pitchers. What is in {one.address} is poured into {other.address}, where there's room for {small} in all; the rest stays. One more of the {moves.address} attempts, never above 99. The sage wants {goal} in the first pitcher: {solved.address} tells 1 if so and 0 otherwise.",
    )


def wolf_goat_cabbage(draw: Drawer) -> Made:
    banks, cargo, result = draw.variable(8, below=16), draw.variable(8, below=4), draw.variable(8)
    masks = Table("CargoTable", "cargo bits", (8, 9, 10, 12))
    names = draw.one(("wolf", "goat", "cabbage"), ("fox", "goose", "corn"), ("lynx", "hare", "carrots"))
    own = Algorithms(draw).own
    left = own("left alone")
    program = (
        put(banks, toggled(banks, at(masks, cargo))),
        put(left, banks),
        when(check(banks, ">=", 8), put(left, Unary("not", Read(left)))),
        put(result, 0),
        If(Bits(Read(left), 3, "all"), (put(result, 1),)),
        If(Bits(Read(left), 6, "all"), (put(result, 2),)),
        If(check(banks, "==", 15), (put(result, 3),)),
    )
    w, g, c = names
    return program, (
        f"River crossing: bits 0-2 of {banks.address} say whether {w}, {g} and {c} are on the far bank, bit 3 whether the boat is (always below 16). The boat crosses with cargo {cargo.address}: 0 none, 1 {w}, 2 {g}, 3 {c}: flip bit 3 and the cargo's bit. {result.address} = 2 if {g} and {c} are now together on the bank without the boat, else 1 if {w} and {g} are, but 3 if all four bits are set (won), else 0.",
        f"s ^= [8, 9, 10, 12][c]; alone = s & 8 ? ~s : s; r = 0; (alone & 3) == 3: r = 1; (alone & 6) == 6: r = 2; s == 15: r = 3. s {banks.address} < 16, c {cargo.address} < 4, r {result.address}.",
        f"How do I code the {w}, {g} and {c} puzzle? State nibble {banks.address}: $01 {w}, $02 {g}, $04 {c}, $08 boat; 1 = other side. Move byte {cargo.address} (0-3: empty, {w}, {g}, {c}) toggles the boat and the passenger. Then {result.address}: 3 all across; 2 {g} alone with {c}; 1 {w} alone with {g} (and not 2); 0 fine. Alone means on the bank where the boat isn't.",
        f"Write a farmer's crossing. He takes passenger {cargo.address} (0 nobody, 1 to 3 the {w}, the {g}, the {c}) to the other side: in {banks.address}, under 16, bit 3 is he himself and bits 0 to 2 those three, and who crosses has his bit inverted. On the side he has left, {w} plus {g} is a disaster number 1, {g} plus {c} a disaster number 2 (which is told if both happen). With all bits on he's done, number 3. Tell the number in {result.address}, 0 if nothing of the kind.",
    )


def queen_attacks(draw: Drawer) -> Made:
    one, other, answer = draw.variable(8, below=64), draw.variable(8, below=64), draw.variable(8)
    own = Algorithms(draw).own
    wide, tall = own("columns"), own("rows")
    program = (
        put(wide, Binary("distance", masked(one, 7), masked(other, 7))),
        put(tall, Binary("distance", Shifted(Read(one), "right", 3), Shifted(Read(other), "right", 3))),
        put(answer, 0),
        If(Either(check(wide, "==", 0), check(tall, "==", 0)), (put(answer, 1),)),
        If(check(wide, "==", tall), (put(answer, joined(answer, 2)),)),
    )
    return program, (
        f"Chess: does a queen on square {one.address} attack square {other.address} (0-63, row times 8 plus column)? {answer.address}: bit 0 set if they share a row or a column, bit 1 if they share a diagonal; both for equal squares.",
        f"dx = |(a & 7) - (b & 7)|, dy = |(a >> 3) - (b >> 3)|; {answer.address} = (dx == 0 || dy == 0) + 2 * (dx == dy). a {one.address}, b {other.address} < 64.",
        f"How do I check queens on an 8x8 board? Squares {one.address} and {other.address}, column in bits 0-2, row in bits 3-5. Straight line: add 1, diagonal: add 2, to {answer.address}, which is 0 if neither threatens the other.",
        f"Write a routine for the puzzle of eight queens. Squares are numbered line by line from 0 to 63. Compare the ones in {one.address} and {other.address}: same line or same file gives 1, same diagonal gives 2, the sum belongs into {answer.address} (a square shares everything with itself).",
    )


def knight_may_jump(draw: Drawer) -> Made:
    one, other, answer, moves = (
        draw.variable(8, below=64),
        draw.variable(8, below=64),
        draw.variable(8),
        draw.variable(8),
    )
    own = Algorithms(draw).own
    wide, tall = own("columns"), own("rows")
    program = (
        put(wide, Binary("distance", masked(one, 7), masked(other, 7))),
        put(tall, Binary("distance", Shifted(Read(one), "right", 3), Shifted(Read(other), "right", 3))),
        put(answer, 0),
        when(
            Both(check(plus(wide, tall), "==", 3), Both(check(wide, "!=", 0), check(tall, "!=", 0))),
            put(answer, 1),
            put(one, other),
            more_up_to(moves, 63),
        ),
    )
    return program, (
        f"Knight's tour: the knight on {one.address} wants to jump to {other.address} (squares 0-63, 8 a row). If that is a knight's move, he is there ({one.address} = {other.address}), {answer.address} = 1 and the moves {moves.address} + 1 (63 at most). Otherwise {answer.address} = 0.",
        f"dx, dy = column and row distance of a, b; {{dx, dy}} == {{1, 2}}: a = b, ok = 1, n = min(n + 1, 63); else ok = 0. a {one.address}, b {other.address} < 64 (y * 8 + x), ok {answer.address}, n {moves.address}.",
        f"How do I validate a knight move? From {one.address} to {other.address}, each (row << 3) | column. Legal: one apart in one direction and two in the other. Then store the new square, set {answer.address} to 1 and count in {moves.address} up to 63; illegal: {answer.address} = 0 only.",
        f"Write a horse's leap on a chessboard whose 64 squares are numbered row by row. Only an L, two squares along and one to the side, brings it from {one.address} to {other.address}; then the new square replaces the old, {moves.address} rises by one but not over 63, and {answer.address} is 1. From anything else it shies: 0.",
    )


def pipe_turned(draw: Drawer) -> Made:
    pipes = draw.array(8, draw.one(9, 16, 25))
    cell, open_way, way = draw.variable(8, below=pipes.length), draw.variable(8), draw.variable(8, below=4)
    masks = Table("OpeningTable", "opening", (1, 2, 4, 8))
    pipe = Algorithms(draw).own("pipe")
    program = (
        put(pipe, masked(at(pipes, cell), 15)),
        put(pipe, joined(masked(Shifted(Read(pipe), "left", 1), 15), Shifted(Read(pipe), "right", 3))),
        put(at(pipes, cell), pipe),
        put(open_way, 0),
        If(Compared("!=", masked(pipe, at(masks, way)), Number(0)), (put(open_way, 1),)),
    )
    return program, (
        f"Pipe puzzle: each piece of the {where(pipes)} has its openings in bits 0-3 (up, right, down, left). Turn piece {cell.address} (below {pipes.length}) clockwise: every opening goes to the next bit, left becomes up; the upper bits become 0. Then {open_way.address} = 1 if it is open towards {way.address} (0-3, same order), else 0.",
        f"p = m[i] & 15; p = (p << 1 | p >> 3) & 15; m[i] = p; open = p >> d & 1. m {where(pipes)}, i {cell.address} < {pipes.length}, d {way.address} < 4, open {open_way.address}.",
        f"How do I rotate a pipe tile by 90 degrees? Tile nibble: $1 top, $2 right, $4 bottom, $8 left; tiles {where(pipes)}, index {cell.address} below {pipes.length}. Rotate the four bits left by one within the nibble, high nibble cleared. Is side {way.address} (0 top, clockwise) open afterwards? 1 or 0 to {open_way.address}.",
        f"Write a plumber's twist. Piece {cell.address} of the {pipes.length} at {pipes.address} is turned to the right. Its mouths are the low four bits in the order up, right, down, left, so each moves to the following one and the last to the first; nothing else remains in the byte. Has it got a mouth in direction {way.address} now (0 to 3)? {open_way.address} says 1 for yes, 0 for no.",
    )


def nonogram_row(draw: Drawer) -> Made:
    row, blocks, longest = draw.variable(16), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, run = own("rest", 16), own("run")
    program = (
        put(rest, row),
        put(run, 0),
        put(blocks, 0),
        put(longest, 0),
        Repeat(
            Number(16),
            (
                If(
                    Bits(Read(rest), 1, "any"),
                    (
                        when(check(run, "==", 0), more(blocks)),
                        more(run),
                        put(longest, Binary("max", Read(longest), Read(run))),
                    ),
                    (put(run, 0),),
                ),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
    )
    return program, (
        f"Nonogram: the 16 cells of a row are the bits of the word {row.address} (1 = filled). {blocks.address} = number of blocks of filled cells next to each other, {longest.address} = length of the longest one (0 without any).",
        f"{blocks.address} = number of runs of 1-bits in word {row.address}; {longest.address} = longest run.",
        f"How do I check a picross line? 16-bit row {row.address}: count its groups of consecutive set bits into {blocks.address} and put the size of the largest into {longest.address}. An empty row gives 0 and 0. The row must not change.",
        f"Write a routine that reads a line of a picture puzzle, two bytes at {row.address}, a bit for each of sixteen squares. Black squares that touch are one block: {blocks.address} says how many blocks there are and {longest.address} how many squares the biggest has.",
    )


def count_out(draw: Drawer) -> Made:
    people = draw.array(8, draw.one(6, 8, 12))
    place, step, out = draw.variable(8, below=people.length), draw.variable(8, below=8), draw.variable(8)
    program = (
        Repeat(
            Read(step),
            (
                more(place),
                when(check(place, ">=", people.length), put(place, 0)),
                when(
                    check(at(people, place), "==", 0),
                    more(place),
                    when(check(place, ">=", people.length), put(place, 0)),
                ),
            ),
        ),
        put(out, at(people, place)),
        put(at(people, place), 0),
    )
    return program, (
        f"Counting-out: {people.length} children stand in a ring ({where(people)}, 0 = gone). From place {place.address} (below {people.length}) go on {step.address} times (0-7) to the next place, and each time one further if that one is empty (only one further, full or not); after the last place comes the first. Who stands there goes to {out.address}, the ring is emptied there (0), and {place.address} keeps the place.",
        f"repeat {step.address}: p = (p + 1) % {people.length}; if !c[p]: p = (p + 1) % {people.length}. {out.address} = c[p]; c[p] = 0. c {where(people)}; p {place.address} < {people.length}; {step.address} < 8.",
        f"How do I take someone out of a ring after so many steps? Ring {where(people)}, pointer {place.address} (0 to {people.length - 1}), number of steps {step.address} (at most 7). A step advances the pointer cyclically by one and skips a single zero entry; the pointer stays where it ends. Remove what's there at the end: value to {out.address}, zero in the ring.",
        f"Write eeny, meeny, miny, moe for {people.length} players at {people.address}, a byte each, zero for one who is out. The finger starts on player {place.address} and makes {step.address} moves, fewer than 8: to the next, and if he's out to the one after him whoever that is, round in a circle. {place.address} keeps where it points then, and the byte there is copied to {out.address} and zeroed.",
    )


def sudoku_row_lacks(draw: Drawer) -> Made:
    count = draw.one(4, 6, 9)
    row, missing = draw.array(8, count), draw.variable(16)
    masks = Table("DigitMaskTable", "digit mask", (0, *(1 << n for n in range(15))), 16)
    seen = Algorithms(draw).own("seen", 16)
    full = (1 << count) - 1
    bad = draw.variable(8)
    program = (
        put(seen, 0),
        put(bad, 0),
        Each(
            (row,),
            (
                when(
                    Compared("!=", masked(seen, at(masks, masked(Here(row), 15))), Number(0, 16)),
                    put(bad, 1),
                ),
                put(seen, joined(seen, at(masks, masked(Here(row), 15)))),
            ),
        ),
        put(missing, masked(Unary("not", Read(seen)), full)),
    )
    return program, (
        f"Sudoku with {count} digits: the {where(row)} hold digits in their low nibble (0 = empty). The word {missing.address} gets bit d - 1 for each digit d from 1 to {count} that isn't in the row, {bad.address} = 1 if a digit other than 0 occurs twice, else 0.",
        f"seen = OR of 1 << (d - 1) for d = cell & 15 != 0; dup -> {bad.address} = 1 (else 0); {missing.address} (word) = ~seen & ${full:04X}. cells {where(row)}.",
        f"How do I get the candidates of a sudoku row? Cells {where(row)}, digit = AND 15, 0 empty. Missing digits 1 to {count} as bits 0 to {count - 1} of the word {missing.address}. Any nonzero digit (up to 15) more than once: {bad.address} = 1, otherwise 0.",
        f"Write a sudoku helper. In a row of {count} bytes at {row.address} look at the lower four bits of each: zero is a blank, n is the number n. Which of 1 to {count} are not there? Set bit n - 1 of {missing.address}, two bytes, for each of them, all other bits zero. {bad.address} tells by 1 that some number stands there more than once, and is 0 if none does.",
    )


def cipher_wheel(draw: Drawer) -> Made:
    text, key = draw.array(8, draw.one(6, 8, 10, 12)), draw.array(8, draw.one(2, 4, 4, 8))
    first = draw.one(0x41, 0x0A, 0xA0, 0x80)
    own = Algorithms(draw).own
    place, letter = own("place"), own("letter")
    mask = key.length - 1
    done = draw.variable(8)
    program = (
        put(place, 0),
        put(done, 0),
        Each(
            (text,),
            (
                put(letter, minus(Here(text), first)),
                when(
                    check(letter, "<", 26),
                    put(letter, plus(letter, masked(at(key, place), 15))),
                    when(check(letter, ">=", 26), less(letter, 26)),
                    put(Here(text), plus(letter, first)),
                    put(place, masked(plus(place, 1), mask)),
                    more(done),
                ),
            ),
        ),
    )
    return program, (
        f"Encrypt the {where(text)} with a key of {key.length} numbers ({where(key)}, only their low nibbles): each letter (codes ${first:02X} to ${first + 25:02X}) moves on in the alphabet by the next key number, after Z comes A; the key starts again after its last number. Other bytes stay and use up no key. {done.address} = letters encrypted.",
        f"Vigenere: for c in text, c - ${first:02X} = l < 26: c = ${first:02X} + (l + (k[j] & 15)) % 26, j = (j + 1) & {mask}, ++n. text {where(text)}; k {where(key)}; j, n from 0; n to {done.address}.",
        f"How do I do a Vigenere cipher on a short text? Text {where(text)}, A = ${first:02X} .. Z = ${first + 25:02X}; key {where(key)}, shift = key AND 15, the key index advances (modulo {key.length}) only for letters. Anything that isn't a letter is left as it is. Number of letters to {done.address}.",
        f"Write a routine for a secret letter of {text.length} bytes at {text.address}. The alphabet has the codes from ${first:02X} to ${first + 25:02X}, in a circle. The first letter is turned forward by the first number of the list at {key.address} (bits 0-3 of each of {key.length} bytes), the second letter by the second number and so on, beginning anew when the numbers are used up; whatever isn't a letter is skipped along the way. How many were turned is told in {done.address}.",
    )


def false_coin(draw: Drawer) -> Made:
    coins, guess = draw.array(8, draw.one(3, 5, 7, 9, 12)), draw.variable(8)
    odd = draw.variable(8)
    own = Algorithms(draw).own
    first, wrong = own("first"), own("different")
    program = (
        put(first, at(coins, Number(0))),
        Set(wrong, Count(coins, check(Here(coins), "!=", first))),
        put(guess, 0),
        If(check(wrong, "==", 0), (put(guess, 0xFF), put(odd, 0), Stop())),
        If(check(wrong, "==", coins.length - 1), (put(odd, first), Stop())),
        Set(guess, Position(coins, check(Here(coins), "!=", first), 0)),
        put(odd, at(coins, guess)),
    )
    return program, (
        f"Find the false coin: the weights are the {where(coins)}. None differs from the first: {guess.address} = $FF and {odd.address} = 0. All others differ from it: it's the first itself (0). Otherwise it's the first one that differs. Its number goes to {guess.address}, its weight to {odd.address}.",
        f"n = count(w[i] != w[0]); n == 0: g = $FF, o = 0; n == {coins.length - 1}: g = 0, o = w[0]; else g = first i with w[i] != w[0], o = w[g]. w {where(coins)}, g {guess.address}, o {odd.address}.",
        f"How do I spot the odd one out among {coins.length} weights? Bytes from {coins.address}. Compare all with entry 0: if every other one is unequal, entry 0 is odd; if none, there is no odd one ($FF, weight 0); else the lowest unequal index. Index to {guess.address}, its value to {odd.address}.",
        f"Write a goldsmith's test. Of {coins.length} coins ({coins.address} on, a byte of weight each) he takes the first as his measure. Equal to all the rest: no forgery, $FF in {guess.address} and 0 in {odd.address}. Equal to none of the rest: the measure is forged, 0. In between: the first that isn't like the measure is forged. He writes the forged coin's number to {guess.address} and its weight to {odd.address}.",
    )


def lamps_by_switches(draw: Drawer) -> Made:
    lamps, switch, presses, dark = draw.variable(8), draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    wires = Table("WireTable", "wires", tuple(draw.rng.randrange(1, 256) for _ in range(8)))
    own = Algorithms(draw).own
    rest, count = own("rest"), own("count")
    program = (
        put(lamps, toggled(lamps, at(wires, switch))),
        more_up_to(presses, 99),
        put(rest, lamps),
        put(count, 8),
        Repeat(
            Number(8),
            (when(Bits(Read(rest), 0x80, "any"), less(count)), put(rest, Shifted(Read(rest), "left", 1))),
        ),
        put(dark, count),
    )
    return program, (
        f"Eight switches, eight lamps (bits of {lamps.address}): switch {switch.address} (0-7) toggles the lamps it's wired to, {listed(wires)} for switches 0 to 7. Presses are counted in {presses.address} (99 at most), and {dark.address} = number of lamps that are off then.",
        f"L ^= [{listed(wires)}][s]; n = min(n + 1, 99); dark = 8 - popcount(L). L {lamps.address}, s {switch.address} < 8, n {presses.address}, dark {dark.address}.",
        f"How do I code switches that each flip several lights? Lights {lamps.address}, switch index {switch.address} below 8, wiring masks {listed(wires)}. Press counter {presses.address} saturates at 99; unlit ones go to {dark.address}.",
        f"Write a wizard's chandelier. Its candles are the bits of {lamps.address}. Word number {switch.address}, one of eight, changes the candles of mask {listed(wires)} from lit to dark or back. Note how often he spoke ({presses.address}, never more than 99) and how many candles are dark ({dark.address}).",
    )


def gear_train_turns(draw: Drawer) -> Made:
    gears = draw.array(8, draw.one(3, 4, 5, 6))
    turn, last = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    sign = own("sign")
    program = (
        put(sign, turn),
        Each((gears,), (more(Here(gears), sign), put(sign, Unary("negate", Read(sign))))),
        put(last, masked(at(gears, Number(gears.length - 1)), 0x0F)),
    )
    return program, (
        f"Gears in a row: the {where(gears)} are their angles. The first is turned by {turn.address}, the second by as much the other way, the third like the first and so on (mod 256). The pointer {last.address} is the low nibble of the last gear's angle.",
        f"g[i] += i odd ? -t : t; {last.address} = g[{gears.length - 1}] & 15. g {where(gears)}, t {turn.address}; 8 bits.",
        f"How do I turn a train of {gears.length} cogwheels? Angle bytes from {gears.address}, crank step {turn.address} (two's complement if you like): even wheels plus, odd wheels minus. Clue digit {last.address} = last wheel AND $0F.",
        f"Write a clockwork with {gears.length} wheels in a line, a byte of rotation each at {gears.address} and on. Neighbours turn in opposite senses: wheel 0 gains {turn.address}, wheel 1 loses it, wheel 2 gains it ... Bits 0-3 of the last wheel are shown in {last.address}.",
    )


def weights_in_order(draw: Drawer) -> Made:
    stands = draw.array(8, draw.one(3, 4, 5, 6))
    wrong, first, before = draw.variable(8), draw.variable(8), Algorithms(draw).own("before")
    program = (
        put(wrong, 0),
        put(first, 0xFF),
        put(before, at(stands, Number(0))),
        Each(
            (stands,),
            (
                when(
                    check(Here(stands), "<", before),
                    when(check(wrong, "==", 0), put(first, Index())),
                    more(wrong),
                ),
                put(before, Here(stands)),
            ),
        ),
    )
    return program, (
        f"Statues must stand from light to heavy: the {where(stands)} are their weights from left to right. {wrong.address} = how many are lighter than their left neighbour, {first.address} = the number of the first such one, from 0, or $FF if there's none.",
        f"{wrong.address} = count(w[i] < w[i - 1], i > 0); {first.address} = first such i, else $FF. w {where(stands)}.",
        f"How do I check that weights are placed in rising order, and where it breaks? {where(stands)}; equal neighbours are fine. Number of descents -> {wrong.address}, index of the first one -> {first.address} ($FF for a solved puzzle).",
        f"Write a test for a row of {stands.length} pedestals ({stands.address}, a byte of weight for each). Each must bear at least what the one on its left bears. Count those that don't in {wrong.address} and name the leftmost of them, pedestal 0 being the first, in {first.address}; with no fault that's $FF.",
    )


def colors_mix_to(draw: Drawer) -> Made:
    beakers = draw.array(8, draw.one(3, 4, 6))
    source, target, wanted, state = (
        draw.variable(8, below=beakers.length), draw.variable(8, below=beakers.length), draw.variable(8, below=8), draw.variable(8)
    )  # fmt: skip
    mix = Algorithms(draw).own("mix")
    program = (
        put(state, 0),
        If(check(source, "==", target), (Stop(),)),
        put(mix, joined(at(beakers, source), at(beakers, target))),
        put(at(beakers, source), 0),
        put(at(beakers, target), masked(mix, 7)),
        put(state, 1),
        If(Compared("==", masked(mix, 7), Read(wanted)), (put(state, 2),)),
    )
    return program, (
        f"Mixing dyes: beakers (the {where(beakers)}) hold red, yellow and blue as bits 0-2. Pour beaker {source.address} into {target.address} (both below {beakers.length}): the source becomes 0, the target has the colours of both (bits 0-2 only). {state.address} = 2 if that is the wanted colour {wanted.address} (0-7), else 1; the same beaker twice: 0 and nothing is poured.",
        f"s == t: r = 0. Else b[t] = (b[s] | b[t]) & 7, b[s] = 0, r = b[t] == want ? 2 : 1. s {source.address}, t {target.address} < {beakers.length}, b {where(beakers)}, want {wanted.address} < 8, r {state.address}.",
        f"How do I do a colour mixing puzzle with bits? Contents {where(beakers)} ($1 red, $2 yellow, $4 blue), from index {source.address} to index {target.address}, each under {beakers.length}. Union of the bits, masked with 7, goes to the second, the first is emptied. {state.address}: 0 same beaker, 1 poured, 2 poured and equal to {wanted.address} (below 8).",
        f"Write an alchemist's pour. Glass {source.address} is emptied into glass {target.address}; if they are one and the same glass it's refused (0 in {state.address}). A glass, one of the {where(beakers)}, is a set of three pigments in its low bits; the receiving one now has those of either, and no other bits. When it shows {wanted.address}, a number from 0 to 7, the door opens: 2 in {state.address}, otherwise 1.",
    )


def river_stones(draw: Drawer) -> Made:
    stones = draw.array(8, draw.one(8, 12, 16))
    place, jump, state = draw.variable(8, below=stones.length), draw.variable(8, below=4), draw.variable(8)
    landing = Algorithms(draw).own("landing")
    program = (
        put(landing, plus(place, jump)),
        If(check(landing, ">=", stones.length), (put(state, 2), Stop())),
        If(check(at(stones, landing), "==", 0), (put(state, 1), put(place, 0), Stop())),
        put(at(stones, landing), minus(at(stones, landing), 1)),
        put(place, landing),
        put(state, 0),
    )
    return program, (
        f"Stepping stones: the {where(stones)} say how many jumps each stone still bears. The hero on {place.address} (below {stones.length}) jumps {jump.address} stones on (0-3). Past the last stone he is across: {state.address} = 2. A stone that bears none sinks: {state.address} = 1, back to stone 0. Otherwise it bears one less, he stands there and {state.address} = 0.",
        f"q = p + j; q >= {stones.length}: r = 2; s[q] == 0: r = 1, p = 0; else --s[q], p = q, r = 0. p {place.address} < {stones.length}, j {jump.address} < 4, s {where(stones)}, r {state.address}.",
        f"How do I code stones that sink after a few steps? Strength per stone {where(stones)}; position {place.address} and jump length {jump.address} (under 4). Result {state.address}: 2 other bank reached (index {stones.length} or more; nothing else changes), 1 fell in (strength 0; position becomes 0), 0 landed (strength - 1, position updated).",
        f"Write the crossing of a brook on {stones.length} stones ({stones.address} on, one byte of solidity each). From stone {place.address} the leap goes {jump.address} further, 3 at most. No stone there any more means the far bank, 2 in {state.address}. A stone of solidity 0 means a bath, 1, and a new start on stone 0. Any other stone loses one of its solidity and becomes the place, 0.",
    )


def hot_or_cold(draw: Drawer) -> Made:
    x, y, tx, ty = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    last, word = draw.variable(8), draw.variable(8)
    near = draw.rng.randrange(4, 16)
    gap = Algorithms(draw).own("gap")
    program = (
        put(
            gap,
            Binary("max", Binary("distance", Read(x), Read(tx)), Binary("distance", Read(y), Read(ty))),
        ),
        put(word, 2),
        when(check(gap, "<", last), put(word, 1)),
        when(check(gap, ">", last), put(word, 3)),
        when(check(gap, "<", near), put(word, 0)),
        put(last, gap),
    )
    return program, (
        f"Hot and cold: the hero at ({x.address}, {y.address}) seeks a treasure at ({tx.address}, {ty.address}). The distance is the larger of the differences in x and y (unsigned). {word.address} = 0 (found) if it is below {near}, else 1 (warmer) if it's less than the last one {last.address}, 3 (colder) if it's more, 2 if equal. Then it becomes the last one.",
        f"d = max(|x - tx|, |y - ty|); r = d < {near} ? 0 : d < last ? 1 : d > last ? 3 : 2; last = d. x {x.address}, y {y.address}, tx {tx.address}, ty {ty.address}, last {last.address}, r {word.address}.",
        f"How do I tell a player whether he gets nearer to a hidden item? Positions {x.address}/{y.address} and {tx.address}/{ty.address}, bytes; Chebyshev distance; previous distance {last.address} (replace it). Answer {word.address}: 0 under {near}, otherwise 1 nearer, 2 same, 3 farther.",
        f"Write a dowsing rod. How far it is from {x.address}, {y.address} to {tx.address}, {ty.address} is the bigger one of the two gaps. Under {near} the rod turns: 0 in {word.address}. Otherwise compare with what it was last time ({last.address}): smaller 1, the same 2, bigger 3. Keep the new distance for the next time.",
    )


RECIPES = (
    pour_jug,
    wolf_goat_cabbage,
    queen_attacks,
    knight_may_jump,
    pipe_turned,
    nonogram_row,
    count_out,
    sudoku_row_lacks,
    cipher_wheel,
    false_coin,
    lamps_by_switches,
    gear_train_turns,
    weights_in_order,
    colors_mix_to,
    river_stones,
    hot_or_cold,
)
