"""Mini games: archery, digging, races, chests, cards, music, rafts and arenas, with their scores and prizes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Count,
    Each,
    Here,
    If,
    Number,
    Read,
    Scaled,
    Set,
    Some,
    Stop,
    Table,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    less_down_to,
    listed,
    masked,
    more,
    more_up_to,
    plus,
    put,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def archery_streak(draw: Drawer) -> Made:
    hit, streak, score = draw.variable(8), draw.variable(8), draw.variable(16)
    length = draw.one(4, 5, 6)
    points = Table("PointsTable", "points", tuple(sorted(draw.rng.sample(range(1, 120), length))), 16)
    shown = ", ".join(map(str, points.values))
    program = (
        If(check(hit, "==", 0), (put(streak, 0), Stop())),
        more(score, at(points, Binary("min", Read(streak), Number(length - 1)))),
        more_up_to(streak, length - 1),
    )
    return program, (
        f"Write a routine for a shooting gallery: if the arrow missed ({hit.address} is 0) the streak {streak.address} becomes 0. If it hit, the word {score.address} grows by {shown} for a streak of 0, 1, 2 and so on (the last for {length - 1} and more), and then the streak by 1, to {length - 1} at most.",
        f"How do I pay more for each hit in a row? Hit byte {hit.address} (nonzero = hit), streak byte {streak.address}, score word {score.address}. Miss: streak = 0. Hit: score += [{shown}][min(streak, {length - 1})] (wraps), streak = min(streak + 1, {length - 1}).",
        f"if !byte[{hit.address}]: s = 0; else word[{score.address}] += [{shown}][min(s, {length - 1})], s = min(s + 1, {length - 1}); s = byte[{streak.address}].",
        f"The archery booth: first target {points.values[0]} points, the next without a miss in between {points.values[1]}, then {', '.join(map(str, points.values[2:]))}, and the last of these for ever. {streak.address} remembers how far Link has come (its highest value is {length - 1}; treat more as that), {hit.address} is nonzero if this arrow hit. Points go into {score.address}, 16 bits. A miss, and he starts over.",
    )


def digging_game(draw: Drawer) -> Made:
    time, found, prize, random_byte = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    chance, most = draw.one(0x07, 0x0F, 0x03), draw.rng.randrange(1, 5)
    treasure, trash = draw.rng.sample(range(1, 250), 2)
    program = (
        If(check(time, "==", 0), (put(prize, 0), Stop())),
        If(
            Both(Bits(Read(random_byte), chance, "none"), check(found, "<", most)),
            (put(prize, treasure), more(found)),
            (put(prize, trash),),
        ),
    )
    return program, (
        f"Write a routine for one dig of a digging game: with the word {time.address} at 0 the prize {prize.address} is 0. Otherwise it is ${treasure:02X} if {random_byte.address} & ${chance:02X} is 0 and fewer than {most} were found so far ({found.address}, which then goes up by 1), else ${trash:02X}.",
        f"How do I bury a treasure by chance? Time left: word {time.address}. None: byte {prize.address} = 0. Random byte {random_byte.address} with all bits of ${chance:02X} clear and found byte {found.address} < {most}: prize = ${treasure:02X}, found + 1. In the other cases prize = ${trash:02X}.",
        f"if word[{time.address}] == 0: byte[{prize.address}] = 0; else if !(byte[{random_byte.address}] & ${chance:02X}) && byte[{found.address}] < {most}: byte[{prize.address}] = ${treasure:02X}, ++byte[{found.address}]; else byte[{prize.address}] = ${trash:02X}.",
        f"Eighty rupees and you may dig till the clock {time.address} (two bytes) is at zero; after that a hole contains nothing (0). Within the time one hole in {chance + 1}, chosen by the low bits ${chance:02X} of {random_byte.address} being zero, hides the heart (${treasure:02X}), though no more than {most} per game, counted in {found.address}. All others give ${trash:02X}. What comes up is told in {prize.address}.",
    )


def chest_game(draw: Drawer) -> Made:
    opened, chest, prize = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    prizes = draw.table(8)
    masks = Table("ChestMaskTable", "mask", tuple(1 << n for n in range(8)))
    tries = draw.variable(8)
    fresh = Compared("==", masked(opened, at(masks, chest)), Number(0))
    program = (
        If(check(tries, "==", 0), (Stop(),)),
        If(
            fresh,
            (put(opened, joined(opened, at(masks, chest))), less(tries), put(prize, at(prizes, chest))),
        ),
    )
    return program, (
        f"Write a routine for a chest game with 8 chests: if tries are left ({tries.address} not 0) and chest {chest.address} (0 to 7) is still shut (its bit in {opened.address} is clear), open it: set the bit, lower the tries by 1 and store its prize from {listed(prizes)} at {prize.address}.",
        f"How do I let the player open a few of eight chests? Tries byte {tries.address}; opened bits byte {opened.address} (bit n for chest n); chosen byte {chest.address} < 8; contents {listed(prizes)}. No tries or already open: nothing. Else mark, tries - 1, byte {prize.address} = content.",
        f"n = byte[{chest.address}] < 8; if byte[{tries.address}] && !(byte[{opened.address}] >> n & 1): byte[{opened.address}] |= 1 << n, --byte[{tries.address}], byte[{prize.address}] = [{listed(prizes)}][n].",
        f"'You may open {tries.address} more of them!' Eight boxes, filled with {listed(prizes)}. Link touches box {chest.address} (0 is the first). If it was open before, which a bit of {opened.address} says (bit 0 for box 0), or if he has no turn left, it stays as it is. Otherwise it's his: the thing to {prize.address}, one turn less, and its bit set.",
    )


def race_places(draw: Drawer) -> Made:
    rivals = draw.array(16, draw.one(3, 4, 5, 7))
    own, place = draw.variable(16), draw.variable(8)
    program = (
        Set(place, Count(rivals, check(Here(rivals), ">", own))),
        more(place),
    )
    return program, (
        f"Write a routine that tells the hero's place in a race: 1 plus how many of the {where(rivals)} (distances of the rivals, unsigned) are greater than his own, {own.address}. Store it at {place.address}.",
        f"How do I compute the current position among {rivals.length + 1} racers? Rivals' distances: {where(rivals)}; mine: word {own.address}. byte {place.address} = 1 + number of rivals strictly ahead.",
        f"byte[{place.address}] = 1 + count(d[i] > word[{own.address}]); d: {where(rivals)}.",
        f"{rivals.length} horses and Link's. How far each has run: {where(rivals)}; how far his has: {own.address}, 16 bits. Those level with him do not push him back. His rank, 1 for the first, belongs in {place.address}.",
    )


def memory_cards(draw: Drawer) -> Made:
    cards = draw.array(8, draw.one(8, 12, 16))
    first, second = draw.variable(8, below=cards.length), draw.variable(8, below=cards.length)
    pairs, moves = draw.variable(8), draw.variable(8)
    program = (
        more_up_to(moves, 99),
        If(
            Both(check(first, "!=", second), Compared("==", Read(at(cards, first)), Read(at(cards, second)))),
            (more(pairs),),
        ),
    )
    return program, (
        f"Write a routine for a memory game: the moves {moves.address} go up by 1 (to 99 at most), and if the cards {first.address} and {second.address} (different ones, numbers below {cards.length}) show the same picture in {where(cards)}, the pairs {pairs.address} go up by 1.",
        f"How do I check two turned-up cards? Pictures: {where(cards)}; indices byte {first.address} and byte {second.address}, both < {cards.length}. Byte {moves.address} = min(moves + 1, 99) in any case. Indices differ and pictures are equal: byte {pairs.address} + 1.",
        f"byte[{moves.address}] = min(byte[{moves.address}] + 1, 99); i = byte[{first.address}], j = byte[{second.address}] < {cards.length}; if i != j && card[i] == card[j]: ++byte[{pairs.address}]; card: {where(cards)}.",
        f"{cards.length} cards lie face down, their pictures are the bytes from {cards.address}. Link turned number {first.address} and number {second.address}. That's a move (counted in {moves.address}, which gets stuck at 99). Two of a kind, unless it is twice the same card, and he has one more pair in {pairs.address}.",
    )


def simon_says(draw: Drawer) -> Made:
    notes = draw.array(8, draw.one(8, 12, 16))
    played, place, length = draw.variable(8), draw.variable(8, below=notes.length), draw.variable(8)
    failed, value = draw.variable(8), draw.one(1, 0xFF)
    program = (
        If(check(played, "!=", at(notes, place)), (put(failed, value), put(place, 0), Stop())),
        more(place),
        If(check(place, ">=", length), (put(place, 0), more_up_to(length, notes.length))),
    )
    return program, (
        f"Write a routine for a game of repeating notes: {place.address} (below {notes.length}) is which note of the {where(notes)} is due. If the played note {played.address} is another, {failed.address} becomes ${value:02X} and the place 0. If it is right the place goes up by 1, and when it reaches the round's length {length.address} (or is beyond it) it becomes 0 and the length grows by 1, to {notes.length} at most.",
        f"How do I check a growing melody? Melody: {where(notes)}; next index byte {place.address} < {notes.length}; round length byte {length.address}; input byte {played.address}. Wrong: byte {failed.address} = ${value:02X}, index = 0. Right: index + 1; index >= length: index = 0, length = min(length + 1, {notes.length}).",
        f"p = byte[{place.address}] < {notes.length}; if byte[{played.address}] != byte[{notes.address} + p]: byte[{failed.address}] = ${value:02X}, p = 0; else if ++p >= byte[{length.address}]: p = 0, byte[{length.address}] = min(byte[{length.address}] + 1, {notes.length}).",
        f"The frogs sing and Link repeats. Their song is the {notes.length} bytes at {notes.address}, of which this round has {length.address}. He has played {place.address} of them (always fewer than {notes.length}) and now {played.address}. False: note ${value:02X} at {failed.address}, back to the start. True: one further, and at the end of the round back to the start with one note more for the next round (no more than {notes.length}).",
    )


def raft_rocks(draw: Drawer) -> Made:
    raft, rocks, hull = draw.variable(8), draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    width, damage = draw.rng.randrange(8, 24), draw.rng.randrange(1, 12)
    touched = Some(rocks, Compared("<", Binary("distance", Read(Here(rocks)), Read(raft)), Number(width)))
    return (If(touched, (less_down_to(hull, 0, damage),)),), (
        f"Write a routine for a raft ride: if at least one of the {where(rocks)} (x of the rocks in this row) is less than {width} from the raft's x {raft.address}, the hull {hull.address} loses {damage}, down to 0. It loses that only once, however many rocks are touched. Unsigned.",
        f"How do I test a raft against several rocks? Rocks: {where(rocks)}; raft x byte {raft.address}. Any |rock - raft| < {width}: hull byte {hull.address} = max(hull - {damage}, 0), a single time.",
        f"if any(|r[i] - byte[{raft.address}]| < {width}), r: {where(rocks)}: byte[{hull.address}] = max(byte[{hull.address}] - {damage}, 0).",
        f"Down the river! {rocks.length} boulders ahead, their columns at {rocks.address}, one byte each. Link steers at column {raft.address}. A gap of fewer than {width} to one or more of them means a crash, {damage} planks off {hull.address}, where no planks is the least.",
    )


def arena_round(draw: Drawer) -> Made:
    enemies, round_number, won = (draw.variable(8) for _ in range(3))
    rounds = draw.one(3, 4, 5, 8, 10)
    base, growth = draw.rng.randrange(1, 4), draw.rng.randrange(1, 4)
    program = (
        If(check(enemies, "!=", 0), (Stop(),)),
        If(
            check(round_number, ">=", rounds),
            (put(won, 1),),
            (
                more(round_number),
                put(enemies, plus(Scaled(Read(round_number), growth), base)),
            ),
        ),
    )
    return program, (
        f"Write a routine for an arena: while {enemies.address} (enemies left) is not 0 nothing happens. At 0, if the round {round_number.address} is {rounds} or more, {won.address} becomes 1; otherwise the round goes up by 1 and {enemies.address} becomes {growth} * round + {base} (of the new round).",
        f"How do I start the next arena round with more enemies? Enemies byte {enemies.address} nonzero: nothing. Round byte {round_number.address} >= {rounds}: byte {won.address} = 1. Else round + 1, enemies = {base} + {growth} * round.",
        f"if byte[{enemies.address}] == 0: if byte[{round_number.address}] >= {rounds}: byte[{won.address}] = 1; else ++byte[{round_number.address}], byte[{enemies.address}] = {growth} * byte[{round_number.address}] + {base}.",
        f"The pit of {rounds} fights. As long as somebody stands ({enemies.address} isn't zero) Link fights on. Then the next round is called, numbered in {round_number.address}, with {base + growth} foes in round 1 and {growth} more in each after it; when {rounds} rounds are over he has won (1 in {won.address}) instead.",
    )


def bowling_pins(draw: Drawer) -> Made:
    pins, ball, score = draw.array(8, draw.one(6, 10, 10)), draw.variable(8), draw.variable(8)
    width = draw.rng.randrange(4, 14)
    standing = draw.array(8, pins.length)
    near = Compared("<=", Binary("distance", Read(Here(pins)), Read(ball)), Number(width))
    program = (
        Each(
            (pins, standing),
            (If(Both(check(Here(standing), "!=", 0), near), (put(Here(standing), 0), more(score))),),
        ),
    )
    return program, (
        f"Write a routine for bowling: of {pins.length} pins with x in {where(pins)}, each that stands ({where(standing)}; not 0) and is at most {width} from the ball's x {ball.address} falls (0), and the score {score.address} goes up by 1 for it. Unsigned bytes.",
        f"How do I knock down all pins near the ball? Pin x: {where(pins)}. Standing flags: {where(standing)}. Ball: byte {ball.address}. flag != 0 and |x - ball| <= {width}: flag = 0, byte {score.address} + 1 (wraps).",
        f"for i < {pins.length}: if up[i] && |x[i] - byte[{ball.address}]| <= {width}: up[i] = 0, ++byte[{score.address}]; x: {where(pins)}; up: {where(standing)}.",
        f"The goron rolls along column {ball.address} and takes with him whatever stands within {width} columns of it. The pots' columns begin at {pins.address}, whether they are whole at {standing.address} (0 = broken), {pins.length} bytes each. Break them and add the number of newly broken ones to {score.address}.",
    )


def wager(draw: Drawer) -> Made:
    rupees, bet, won = draw.variable(16), draw.variable(16), draw.variable(8)
    factor, most = draw.one(3, 4, 5), draw.one(999, 9999)
    stake = Algorithms(draw).own("stake", 16)
    program = (
        put(stake, Binary("min", Read(bet), Read(rupees))),
        If(
            check(won, "!=", 0),
            (more_up_to(rupees, most, Scaled(masked(stake, 0xFF), factor - 1)),),
            (less(rupees, masked(stake, 0xFF)),),
        ),
    )
    return program, (
        f"Write a routine that settles a bet: the stake is the smaller of the words {bet.address} (bet) and {rupees.address} (rupees), and of that only the low 8 bits. If {won.address} is not 0 the rupees grow by {factor - 1} times the stake, to {most} at most; otherwise they shrink by the stake.",
        f"How do I pay {factor} for 1 and never bet more than the purse? s = min(word {bet.address}, word {rupees.address}) & $FF. Won (byte {won.address} nonzero): purse = min(purse + {factor - 1} * s, {most}). Lost: purse - s. Unsigned, the sum does not wrap.",
        f"s = min(word[{bet.address}], word[{rupees.address}]) & $FF; word[{rupees.address}] = byte[{won.address}] ? min(word[{rupees.address}] + {factor - 1} * s, {most}) : word[{rupees.address}] - s.",
        f"All or nothing: Link lays {bet.address} on the table, or all of {rupees.address} if that's less, and the bank accepts the remainder of it after division by 256. Luck ({won.address} nonzero) brings {factor - 1} times that on top, as far as {most}; bad luck costs it. Two-byte amounts.",
    )


def rupee_rain(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    hero, caught = draw.variable(8), draw.variable(8)
    ground, width = draw.rng.randrange(0x80, 0xE0), draw.rng.randrange(6, 20)
    near = Compared("<", Binary("distance", Read(Here(xs)), Read(hero)), Number(width))
    program = (
        Each(
            (xs, ys),
            (If(check(Here(ys), ">=", ground), (when(near, more(caught)), put(Here(ys), 0))),),
        ),
    )
    return program, (
        f"Write a routine for catching falling rupees: each one of {xs.length} (x: {where(xs)}; y: {where(ys)}) whose y is {ground} or more is put back to y 0, and before that {caught.address} goes up by 1 if its x is less than {width} from the hero's x {hero.address}. Unsigned.",
        f"How do I score catches at ground level? For every i: y[i] >= {ground}: if |x[i] - byte {hero.address}| < {width}, byte {caught.address} + 1; then y[i] = 0 either way. x: {where(xs)}; y: {where(ys)}.",
        f"for i < {xs.length}: if y[i] >= {ground}: if |x[i] - byte[{hero.address}]| < {width}: ++byte[{caught.address}]; y[i] = 0; x: {where(xs)}; y: {where(ys)}.",
        f"Money falls from the sky! {xs.length} coins, columns from {xs.address}, heights from {ys.address} (growing downwards). One that has come down to line ${ground:02X} or past it starts anew at line 0; Link, at column {hero.address}, catches it if he is fewer than {width} columns off, and {caught.address} counts his luck.",
    )


RECIPES = (
    archery_streak,
    digging_game,
    chest_game,
    race_places,
    memory_cards,
    simon_says,
    raft_rocks,
    arena_round,
    bowling_pins,
    wager,
    rupee_rain,
)
