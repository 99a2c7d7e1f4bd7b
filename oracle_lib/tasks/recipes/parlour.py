"""Parlour games: guesses, cards, discs, dominoes, puzzles, bingo, Nim."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Expression,
    Field,
    Half,
    Here,
    Number,
    Quotient,
    Read,
    Scaled,
    Swap,
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
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def exact_matches(draw: Drawer) -> Made:
    secret = draw.array(8, draw.one(3, 4, 5))
    guess, pegs = draw.array(8, secret.length), draw.variable(8)
    colours = draw.one(3, 7)
    hit = check(masked(toggled(Here(secret), Here(guess)), colours), "==", 0)
    program = (put(pegs, 0), Each((secret, guess), (when(hit, more(pegs)),)))
    bits = colours.bit_length()
    return program, (
        f"Write a routine that counts the black pegs of a mastermind guess: places in which the {where(guess)} and the {where(secret)} agree in the low {bits} bits (the colour). Count to {pegs.address}.",
        f"How do I score exact hits in Mastermind? Code: {where(secret)}; guess: {where(guess)}; colour = byte & {colours}; equal colours in the same place -> byte {pegs.address}.",
        f"byte[{pegs.address}] = #{{i < {secret.length}: (s[i] ^ g[i]) & {colours} == 0}}; s = bytes at {secret.address}, g = bytes at {guess.address}.",
        f"A hidden row of {secret.length} stones ({secret.address}) is to be guessed; the guess lies at {guess.address}. A stone is a byte, its colour the lowest {bits} bits. How many are of the right colour in the right place? {pegs.address}.",
    )


def rock_paper_scissors(draw: Drawer) -> Made:
    mine, theirs, result = draw.variable(8, below=3), draw.variable(8, below=3), draw.variable(8)
    win, lose, tie = draw.rng.sample((0, 1, 2, 0xFF), 3)
    gap = Algorithms(draw).own("gap")
    program = (
        put(gap, minus(mine, theirs)),
        when(check(mine, "<", theirs), more(gap, 3)),
        Switch(
            Read(gap),
            ((0, (put(result, tie),)), (1, (put(result, win),))),
            (put(result, lose),),
        ),
    )
    return program, (
        f"Write a routine that decides rock-paper-scissors: 0 rock, 1 paper, 2 scissors; my hand is {mine.address}, the other's {theirs.address} (both 0-2). {result.address} becomes ${win:02X} if I win, ${lose:02X} if I lose, ${tie:02X} on a draw.",
        f"How do I find the winner of (a - b) mod 3? a {mine.address}, b {theirs.address}, each < 3. 0: ${tie:02X}, 1: ${win:02X}, 2: ${lose:02X} to byte {result.address}.",
        f"byte[{result.address}] = (${tie:02X}, ${win:02X}, ${lose:02X})[(byte[{mine.address}] - byte[{theirs.address}]) mod 3]; both < 3, mathematical modulo.",
        f"Paper (1) beats rock (0), scissors (2) beat paper, rock beats scissors. The hero shows {mine.address}, the imp {theirs.address}; only these three occur. Write ${win:02X} for a hero's win, ${lose:02X} for the imp's, ${tie:02X} for the same sign to {result.address}.",
    )


def take_from_heap(draw: Drawer) -> Made:
    heap, taken = draw.variable(8), draw.variable(8)
    most = draw.one(3, 4, 5, 6)
    move = Algorithms(draw).own("move")
    program = (
        put(move, Half(Quotient(Widened(Read(heap)), Number(most + 1), remainder=True), high=False)),
        when(Both(check(move, "==", 0), check(heap, "!=", 0)), put(move, 1)),
        less(heap, move),
        put(taken, move),
    )
    return program, (
        f"Write a routine that plays Nim with one heap, {heap.address} matches, from which 1 to {most} may be taken: take the remainder of the heap by {most + 1}; if that is 0 take 1, but nothing from an empty heap. Lower the heap and store the number taken at {taken.address}.",
        f"How do I program the perfect player of the subtraction game? Heap: byte {heap.address}; move = heap % {most + 1}, or 1 if that is 0 and the heap isn't; heap -= move; move to byte {taken.address}.",
        f"m = h % {most + 1}; if m == 0 and h != 0: m = 1; h -= m; byte[{taken.address}] = m; h = byte[{heap.address}].",
        f"The old man on the pier never loses: of the shells on the table ({heap.address}, a byte) he takes so many that a multiple of {most + 1} remains; where it already is one he takes a single shell, if there's any. Do his move and tell in {taken.address} how many he took.",
    )


def drop_disc(draw: Drawer) -> Made:
    columns = draw.one(4, 5, 6, 7)
    heights = draw.array(8, columns)
    rows = draw.one(4, 5, 6)
    column, answer = draw.variable(8, below=columns), draw.variable(8)
    cell = at(heights, column)
    program = (
        put(answer, 0xFF),
        when(
            check(cell, "<", rows),
            put(answer, plus(Scaled(Read(cell), columns), column)),
            more(cell),
        ),
    )
    return program, (
        f"Write a routine that drops a disc into column byte[{column.address}] (below {columns}) of a board of {columns} columns and {rows} rows: the {where(heights)} are the discs in each column. If there are fewer than {rows}, the cell, height * {columns} + column with the old height, goes to {answer.address} and the height goes up; otherwise {answer.address} becomes $FF.",
        f"How do I do a move in four-in-a-row? Heights: {where(heights)}; column {column.address} < {columns}; h < {rows}: byte {answer.address} = {columns} * h + column, ++h; full: $FF.",
        f"c = byte[{column.address}] < {columns}; if h[c] < {rows}: byte[{answer.address}] = h[c] * {columns} + c, ++h[c]; else byte[{answer.address}] = $FF; h = bytes at {heights.address}.",
        f"Stones fall into one of {columns} shafts (number {column.address}, always valid), each {rows} deep, and pile up; {heights.address} and the bytes after it tell how many lie in each. Which field, counted from the bottom left and row by row, does the new stone come to rest on? {answer.address}, $FF if the shaft is full; keep the piles up to date.",
    )


def blackjack_value(draw: Drawer) -> Made:
    hand = draw.array(8, draw.one(2, 3, 4, 5))
    total = draw.variable(8)
    own = Algorithms(draw).own
    aces, card = own("aces"), own("card")
    program = (
        put(total, 0),
        put(aces, 0),
        Each(
            (hand,),
            (
                put(card, masked(Here(hand), 0x0F)),
                when(check(card, ">", 10), put(card, 10)),
                when(check(card, "==", 1), put(aces, 1)),
                more(total, card),
            ),
        ),
        when(Both(check(aces, "!=", 0), check(total, "<=", 11)), more(total, 10)),
    )
    return program, (
        f"Write a routine that values a hand of {hand.length} cards at {hand.address} as in blackjack: the card is the low nibble of a byte, those above 10 count 10, and if there is at least one 1 (ace) and the sum is at most 11, 10 is added once. Value to {total.address}.",
        f"How do I count soft hands? Cards: {where(hand)}; v = min(b & 15, 10); sum them; any v == 1 and sum <= 11: sum += 10. Byte {total.address}.",
        f"s = sum(min(b & 15, 10)); if any(b & 15 == 1) and s <= 11: s += 10; byte[{total.address}] = s; b: the {where(hand)}.",
        f"Seventeen-and-four on the river boat. {hand.length} cards, {hand.address} ff., only the lower four bits of a byte say which: 1 is the ace, 11 and up are pictures and worth 10, the others (0 as well) what they say. One ace may count 11 instead of 1 if the whole then stays at 21 or less; do so whenever possible. What is the hand worth? {total.address}.",
    )


def all_one_suit(draw: Drawer) -> Made:
    hand = draw.array(8, draw.one(2, 3, 3))
    low = draw.rng.randrange(0, 7)
    answer = draw.variable(8)
    gap = Algorithms(draw).own("gap")
    program = (
        put(gap, 0),
        Each((hand,), (put(gap, joined(gap, toggled(Here(hand), at(hand, 0)))),)),
        put(answer, either(Bits(Read(gap), 3 << low, "none"), 1, 0)),
    )
    return program, (
        f"Write a routine that recognizes a flush: {answer.address} = 1 if all of the {where(hand)} have the same suit, bits {low} and {low + 1}, else 0.",
        f"How do I check that a bit field is equal in all entries? Field mask ${3 << low:02X}, entries: {where(hand)}; byte {answer.address} = 1 (all the same) or 0.",
        f"byte[{answer.address}] = all((c[i] ^ c[0]) & ${3 << low:02X} == 0) ? 1 : 0; c = {hand.length} bytes at {hand.address}.",
        f"{hand.length} tiles are drawn ({hand.address}, one byte each). Their element is in the two bits from bit {low} on. Do all belong to one element? 1 or 0, {answer.address}.",
    )


def mark_bingo(draw: Drawer) -> Made:
    card = draw.array(8, draw.one(9, 12, 16))
    called, marked = draw.variable(8), draw.variable(16)
    masks = Table("BitMaskTable", "bit mask", tuple(1 << n for n in range(card.length)), 16)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            check(place, "<", card.length),
            (
                when(check(at(card, place), "==", called), put(marked, joined(marked, at(masks, place)))),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that marks a called number on a bingo card: for every place i of the {where(card)} that equals the byte {called.address}, bit i of the word {marked.address} is set. Other bits stay.",
        f"How do I remember which entries were called? Card: {where(card)}; number {called.address}; mark word {marked.address}: set bit i where card[i] == number.",
        f"for i < {card.length}: if c[i] == byte[{called.address}]: word[{marked.address}] |= 1 << i; c = bytes at {card.address}.",
        f"The priest calls {called.address}. My card has {card.length} numbers ({card.address}, a byte each; some may be there twice), and a word of marks at {marked.address}, lowest bit for the first number. Put in the new marks.",
    )


def reveal_letters(draw: Drawer) -> Made:
    word = draw.array(8, draw.one(4, 5, 6, 8))
    shown, letter, found = draw.array(8, word.length), draw.variable(8), draw.variable(8)
    program = (
        put(found, 0),
        Each(
            (word, shown),
            (when(check(Here(word), "==", letter), put(Here(shown), letter), more(found)),),
        ),
    )
    return program, (
        f"Write a routine for hangman: every place in which the {where(word)} (the secret word) hold the letter {letter.address} gets that letter in the {where(shown)} (what is shown); the number of such places goes to {found.address}.",
        f"How do I uncover a guessed letter? Word: {where(word)}; display: {where(shown)}; guess {letter.address}. Copy matches into the display, count them in byte {found.address}, from 0.",
        f"n = 0; for i < {word.length}: if w[i] == g: d[i] = g, ++n; byte[{found.address}] = n; g = byte[{letter.address}], w = bytes at {word.address}, d = bytes at {shown.address}.",
        f"The sphinx thinks of a word of {word.length} letters ({word.address}); {shown.address} has what the player has uncovered so far. He guesses {letter.address}. Uncover it wherever it occurs and say in {found.address} how often it does (0: not at all).",
    )


def hanoi_move(draw: Drawer) -> Made:
    tops = draw.array(8, 3)
    source, target, legal = draw.variable(8, below=3), draw.variable(8, below=3), draw.variable(8)
    from_top, to_top = at(tops, source), at(tops, target)
    program = (put(legal, 0), when(check(from_top, "<", to_top), put(legal, 1)))
    return program, (
        f"Write a routine that checks a move in the towers of Hanoi: the {where(tops)} are the sizes of the topmost discs, $FF for an empty peg. From peg byte[{source.address}] to peg byte[{target.address}] (both 0-2) is allowed if the former's byte is smaller than the latter's: {legal.address} = 1, else 0.",
        f"How do I test top[a] < top[b]? top: {where(tops)}; a {source.address}, b {target.address}, each < 3; unsigned; 1/0 to byte {legal.address}.",
        f"byte[{legal.address}] = t[byte[{source.address}]] < t[byte[{target.address}]] ? 1 : 0; t = bytes at {tops.address}; indices below 3.",
        f"Three pegs with rings; the uppermost ring's size of each is at {tops.address} ff. (a byte, $FF if there is none). May the ring of peg {source.address} go onto peg {target.address} (pegs 0, 1, 2)? Only onto something larger. 1 or 0 into {legal.address}.",
    )


def magic_row(draw: Drawer) -> Made:
    square = draw.array(8, 9)
    answer = draw.variable(8)
    lines = {"rows": ((0, 1, 2), (3, 4, 5)), "columns": ((0, 3, 6), (1, 4, 7)), "diagonals": ((0, 4, 8), (2, 4, 6))}
    kind = draw.one("rows", "columns", "diagonals")
    own = Algorithms(draw).own
    one, other = own("one sum"), own("other sum")

    def total(line: tuple[int, ...]) -> Expression:
        a, b, c = (at(square, place) for place in line)
        return plus(plus(a, b), c)

    first, second = lines[kind]
    program = (
        put(one, total(first)),
        put(other, total(second)),
        put(answer, Binary("distance", Read(one), Read(other))),
    )
    names = {"rows": "first and second row", "columns": "first and second column", "diagonals": "two diagonals"}[kind]
    return program, (
        f"Write a routine that compares two sums in a 3 by 3 square of bytes at {square.address} (row by row): the absolute difference of the sums of the {names}, each sum modulo 256, goes to {answer.address}.",
        f"How do I see how far the {names} of a 3 x 3 square are apart? Bytes {square.address} on; cells {first[0]}, {first[1]}, {first[2]} against {second[0]}, {second[1]}, {second[2]}; 8-bit sums; |difference| (unsigned) to byte {answer.address}.",
        f"byte[{answer.address}] = |a - b|; a = (m[{first[0]}] + m[{first[1]}] + m[{first[2]}]) & $FF; b = (m[{second[0]}] + m[{second[1]}] + m[{second[2]}]) & $FF; m = bytes at {square.address}.",
        f"Is the square magic? Nine numbers lie at {square.address}, line after line. To begin with I want the difference, without sign, between the sums of the {names} (sums are single bytes that overflow), in {answer.address}; 0 is a good omen.",
    )


def slide_tile(draw: Drawer) -> Made:
    board = draw.array(8, 9)
    gap, tile = draw.variable(8, below=9), draw.variable(8, below=9)
    program = (Swap(at(board, gap), at(board, tile)), put(gap, tile))
    return program, (
        f"Write a routine that makes a move in a sliding puzzle of 9 cells ({board.address}, bytes): the cells number byte[{gap.address}] (the gap) and byte[{tile.address}] change their contents, and {gap.address} takes the other's number. Both are below 9; whether they are neighbours was checked before.",
        f"How do I move a tile into the hole? Board: 9 bytes from {board.address}; hole index {gap.address}, tile index {tile.address} (< 9). Swap board[hole] and board[tile]; hole = tile.",
        f"swap m[g], m[t]; g = t; g = byte[{gap.address}], t = byte[{tile.address}], both < 9; m = bytes at {board.address}.",
        f"The broken mosaic has nine places from {board.address} on. The empty one is {gap.address}; the hero pushes the piece at place {tile.address} into it (0-8 each). Exchange what the two bytes hold and note where the empty place is now.",
    )


def domino_fits(draw: Drawer) -> Made:
    tile, left, right = draw.variable(8), draw.variable(8, below=8), draw.variable(8, below=8)
    answer = draw.variable(8)
    high, low = Field(Read(tile), 4, 3), Field(Read(tile), 0, 3)
    program = (
        put(answer, 0),
        when(Either(check(high, "==", left), check(low, "==", left)), put(answer, joined(answer, 1))),
        when(Either(check(high, "==", right), check(low, "==", right)), put(answer, joined(answer, 2))),
    )
    return program, (
        f"Write a routine that tells at which ends of a domino chain the tile {tile.address} fits: its halves are bits 0-2 and bits 4-6; the chain's open ends are {left.address} (left) and {right.address} (right), each 0 to 7. {answer.address} = 1 if a half equals the left end, plus 2 if one equals the right end.",
        f"How do I test a domino? a = byte {tile.address} & 7, b = (byte >> 4) & 7; ends l {left.address}, r {right.address} (< 8). Bit 0 of byte {answer.address}: l is a or b; bit 1: r is a or b; other bits 0.",
        f"t = byte[{tile.address}]; a = t & 7; b = t >> 4 & 7; byte[{answer.address}] = (l in (a, b)) + 2 * (r in (a, b)); l = byte[{left.address}], r = byte[{right.address}], both < 8.",
        f"Bone tiles with two numbers from 0 to 7: one in the lowest three bits of {tile.address}, one in the three bits from bit 4. On the table a row ends with {left.address} on the left and {right.address} on the right (under 8). Where can the tile be laid? 0 nowhere, 1 left, 2 right, 3 both; into {answer.address}.",
    )


RECIPES = (
    exact_matches,
    rock_paper_scissors,
    take_from_heap,
    drop_disc,
    blackjack_value,
    all_one_suit,
    mark_bingo,
    reveal_letters,
    hanoi_move,
    magic_row,
    slide_tile,
    domino_fits,
)
