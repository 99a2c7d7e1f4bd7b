"""Games in the game: fishing, darts, moles, beats, cards, snakes, paddles, bricks, board games, sliding numbers, golf."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Here,
    If,
    Number,
    Read,
    Repeat,
    Saturating,
    Shifted,
    Shove,
    Stop,
    Table,
    Unary,
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
    less_down_to,
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


def fishing_tension(draw: Drawer) -> Made:
    reel, tension, distance, result = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    pull, slack, snap = draw.rng.randrange(3, 12), draw.rng.randrange(2, 8), draw.rng.randrange(120, 240)
    program = (
        put(result, 0),
        If(
            check(reel, "==", 1),
            (more(tension, pull), less_down_to(distance, 0)),
            (less_down_to(tension, 0, slack), more_up_to(distance, 200)),
        ),
        If(check(tension, ">=", snap), (put(result, 2), Stop())),
        when(check(distance, "==", 0), put(result, 1)),
    )
    return program, (
        f"Fishing: reeling in ({reel.address} = 1) adds {pull} to the line's tension {tension.address} (a byte, no limit) and brings the fish one nearer ({distance.address}, not below 0). Not reeling (0): tension drops by {slack} (floor 0), the fish swims one away (200 at most). Then {result.address} is 2 if the tension is {snap} or more (snapped), else 1 if the distance is 0 (caught), else 0.",
        f"reel ? (t += {pull}, d = max(d - 1, 0)) : (t = max(t - {slack}, 0), d = min(d + 1, 200)); r = t >= {snap} ? 2 : d == 0 ? 1 : 0. reel {reel.address} (0/1), t {tension.address} (wraps), d {distance.address}, r {result.address}.",
        f"How do I code a fishing fight? A held ({reel.address}: 1, released 0). Tension byte {tension.address}: +{pull} (8-bit) or -{slack} (not under 0). Distance byte {distance.address}: -1 (not under 0) or +1 (not over 200). Outcome {result.address}: 2 line breaks at tension {snap}+, takes precedence over 1 landed at distance 0; 0 goes on.",
        f"Write a frame of angling. When the button is down, 1 in {reel.address}, the line is tightened by {pull} ({tension.address}) and shortened by one ({distance.address}); when it's up, 0, it is loosened by {slack} and runs out by one. Loosening and shortening end at 0, running out at 200, tightening nowhere. A line of {snap} or tighter tears: 2 in {result.address}. Otherwise a line of length 0 has a fish on land: 1. Otherwise 0.",
    )


def darts_down(draw: Drawer) -> Made:
    left, start, throw, state = draw.variable(16), draw.variable(16), draw.variable(8, below=181), draw.variable(8)
    wide = Widened(Read(throw))
    program = (
        put(state, 0),
        If(Compared("<", Read(left), wide), (put(left, start), put(state, 2), Stop())),
        less(left, wide),
        when(check(left, "==", 0), put(state, 1)),
    )
    return program, (
        f"Darts: the throw {throw.address} (0-180) is taken off the points left {left.address} (word). A throw of more than is left is a bust: the points are again those from the start of the turn ({start.address}, word), {state.address} = 2. Exactly 0 left: {state.address} = 1 (won). Otherwise {state.address} = 0.",
        f"throw > left: left = start, st = 2; else left -= throw, st = left == 0. left {left.address} & start {start.address} words, throw byte {throw.address} <= 180, st {state.address}.",
        f"How do I keep score in 501? Remaining word {left.address}, remaining at turn start word {start.address}, points byte {throw.address} (at most 180). Overshoot: restore and report 2. Finished on zero: 1. Go on: 0. Report byte {state.address}.",
        f"Write a scorer for a dart board. He subtracts {throw.address} (one byte, never above 180) from the two bytes {left.address}. If that would go below nothing, he copies {start.address} back there instead and shouts number 2 ({state.address}); if it leaves nothing he shouts number 1; else he's quiet, 0.",
    )


def mole_whacked(draw: Drawer) -> Made:
    moles = draw.array(8, draw.one(4, 6, 8, 9))
    hole, score, missed = draw.variable(8, below=moles.length), draw.variable(8), draw.variable(8)
    points = draw.one(1, 2, 5)
    program = (
        If(
            check(at(moles, hole), "!=", 0),
            (put(at(moles, hole), 0), more_up_to(score, 99, points)),
            (more_up_to(missed, 99),),
        ),
        Each((moles,), (when(check(Here(moles), "!=", 0), less(Here(moles))),)),
    )
    return program, (
        f"Whack a mole: the {where(moles)} are the frames each mole will still be up (0 = in its hole). The hammer hits hole {hole.address} (below {moles.length}): a mole that is up goes down at once (0) and brings {points} points ({score.address}, at most 99), an empty hole is a miss ({missed.address} + 1, at most 99). Then all moles that are up have one frame less.",
        f"m[h] ? (m[h] = 0, score = min(score + {points}, 99)) : miss = min(miss + 1, 99); then m[i] = max(m[i] - 1, 0) for all. m {where(moles)}, h {hole.address} < {moles.length}, score {score.address}, miss {missed.address}.",
        f"How do I do a mole game? Up-timers {where(moles)}; struck hole {hole.address}, an index under {moles.length}. Nonzero timer: clear it, {points} to the score {score.address}. Zero timer: one to the misses {missed.address}. Both stop at 99. Finally decrement every nonzero timer.",
        f"Write a frame of a hammer game with {moles.length} holes, whose bytes from {moles.address} on say how long a mole still looks out. Under the hammer is hole {hole.address} (0 to {moles.length - 1}). If somebody looks out there, he vanishes (0) and {score.address} rises by {points}; if not, {missed.address} rises by 1; 99 is the end for both. After this time passes by one for whoever looks out.",
    )


def beat_judged(draw: Drawer) -> Made:
    now, beat, combo, score = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    grade = draw.variable(8)
    gap = Algorithms(draw).own("gap")
    perfect = draw.rng.randrange(2, 5)
    good = perfect + draw.rng.randrange(3, 10)
    points = draw.one(50, 100, 300)
    program = (
        put(gap, Binary("distance", Read(now), Read(beat))),
        If(
            check(gap, "<", perfect),
            (put(grade, 2), more_up_to(combo, 255), more(score, points)),
            (
                If(
                    check(gap, "<", good),
                    (put(grade, 1), more_up_to(combo, 255), more(score, points // 2)),
                    (put(grade, 0), put(combo, 0)),
                ),
            ),
        ),
    )
    return program, (
        f"Rhythm game: a key was hit at time {now.address}, the beat is at {beat.address}. Less than {perfect} apart (unsigned difference): grade 2, {points} points. Less than {good}: grade 1, {points // 2} points. Both make the combo {combo.address} one longer (255 at most). Farther off: grade 0, combo 0. Grade to {grade.address}, points onto the word {score.address}.",
        f"d = |{now.address} - {beat.address}|; d < {perfect}: g=2, score+={points}; d < {good}: g=1, score+={points // 2}; else g=0, combo=0. Hits: combo = min(combo + 1, 255). g {grade.address}, combo {combo.address}, score word {score.address}.",
        f"How do I judge timing as perfect / good / miss? Times are bytes: hit {now.address}, target {beat.address}. Window under {perfect} frames -> 2, under {good} -> 1, else 0 (to {grade.address}). 2 and 1 extend {combo.address} (saturating), 0 resets it. 16-bit score {score.address}: {points} or {points // 2} more.",
        f"Write a drum teacher. How far the stroke {now.address} is from the beat {beat.address}, early or late alike, decides: up to {perfect - 1} is excellent, number 2 and {points} points; up to {good - 1} is fair, number 1 and {points // 2}; more is bad, number 0. The number goes into {grade.address}, the points are added to {score.address} (two bytes), and {combo.address} counts strokes since the last bad one, stopping at 255 (a bad one makes it 0).",
    )


def rope_pulled(draw: Drawer) -> Made:
    mine, theirs, rope, result = draw.variable(8), draw.variable(8), draw.variable(8, signed=True), draw.variable(8)
    edge = draw.rng.randrange(8, 60)
    program = (
        put(result, 0),
        If(check(mine, ">", theirs), (more(rope),)),
        If(check(mine, "<", theirs), (less(rope),)),
        put(mine, 0),
        put(theirs, 0),
        If(check(rope, ">=", edge, True), (put(result, 1), put(rope, 0))),
        If(check(rope, "<=", -edge, True), (put(result, 2), put(rope, 0))),
    )
    return program, (
        f"Tug of war: whoever pressed the button more often, I ({mine.address}) or they ({theirs.address}), pulls the rope {rope.address} (signed) one towards himself: +1 mine, -1 theirs, level nothing. Both counts become 0. At {edge} or more I have won ({result.address} = 1), at -{edge} or less they have (2), and the rope is 0 again. Otherwise {result.address} = 0.",
        f"rope += sign(a - b); a = b = 0; rope >= {edge}: r = 1, rope = 0; rope <= -{edge}: r = 2, rope = 0; else r = 0. a {mine.address}, b {theirs.address} unsigned; rope {rope.address} signed byte; r {result.address}.",
        f"How do I do a button-mashing tug of war? Presses of both sides {mine.address} and {theirs.address} (cleared), rope position {rope.address} (two's complement, one step towards the busier side, up for the first), win marks +/-{edge}; winner to {result.address} (1 first, 2 second, 0 nobody), recentred after a win.",
        f"Write a round of rope pulling. Compare {mine.address} with {theirs.address} and move the knot {rope.address}, a number from -128 to 127, by one: up if the former is greater, down if it is smaller. Empty both bytes. A knot at {edge} or beyond gives {result.address} = 1, one at minus {edge} or beyond gives 2, with the knot put back to 0; any other gives 0.",
    )


def straight_hand(draw: Drawer) -> Made:
    hand, result = draw.array(8, 5), draw.variable(8)
    own = Algorithms(draw).own
    ranks, run = own("ranks", 16), own("run")
    masks = Table("RankTable", "rank mask", tuple(1 << n for n in range(16)), 16)
    program = (
        put(ranks, 0),
        Each((hand,), (put(ranks, joined(ranks, at(masks, masked(Here(hand), 15)))),)),
        put(run, 0),
        put(result, 0),
        Repeat(
            Number(16),
            (
                If(Bits(Read(ranks), 1, "any"), (more(run),), (put(run, 0),)),
                put(ranks, Shifted(Read(ranks), "right", 1)),
                put(result, Binary("max", Read(result), Read(run))),
            ),
        ),
    )
    return program, (
        f"Poker: five cards at {hand.address}, the rank is the low nibble (suits above don't matter). {result.address} = how many ranks follow each other without a gap at most (5 is a straight; a pair counts once; 15 and 0 aren't neighbours).",
        f"{result.address} = longest run of consecutive values among {{c & 15}} of the 5 bytes at {hand.address}.",
        f"How do I find a straight? Hand: {where(hand)}, rank = card AND 15. Longest sequence of ranks that are all in the hand, 1 to 5, into {result.address}. Order and duplicates are irrelevant, no wrap from 15 to 0.",
        f"Write a routine that looks for a row in a hand of cards. The five cards ({where(hand)}) have their values, 0 to 15, in bits 0-3. Note which values there are, and store in {result.address} the length of the longest unbroken chain of values.",
    )


def snake_moves(draw: Drawer) -> Made:
    body = draw.array(8, draw.one(8, 12, 16))
    way, food, score, wrapped = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    steps = Table("StepTable", "step", (0xF0, 0x10, 0xFF, 0x01))
    head = Algorithms(draw).own("head")
    program = (
        put(head, plus(at(body, Number(0)), at(steps, way))),
        Shove(body, True, Read(head)),
        put(wrapped, 0),
        If(check(head, "==", food), (more_up_to(score, 99), put(wrapped, 1))),
    )
    return program, (
        f"Snake on a 16 by 16 field: the {where(body)} are the cells of its body (row in the high nibble, column in the low one), head first. The new head is the old one plus -16, +16, -1 or +1 for direction {way.address} = 0 up, 1 down, 2 left, 3 right (mod 256); the others move up by one place, the tail is lost. On the food {food.address} the score {score.address} grows (99 at most) and {wrapped.address} = 1, else {wrapped.address} = 0.",
        f"h = body[0] + [-16, 16, -1, 1][d] & $FF; body = [h] + body[:-1]; ate = h == food; ate: score = min(score + 1, 99). body {where(body)}, d {way.address} < 4, food {food.address}, ate {wrapped.address}, score {score.address}.",
        f"How do I advance a snake? Segments {where(body)}, first is the head, $YX cells. Direction byte {way.address} (up, down, left, right = 0..3) changes the head cell by $F0, $10, $FF, $01 (8-bit). Insert it in front, drop the last. Head on cell {food.address}: eaten flag {wrapped.address} = 1 and {score.address} + 1 up to 99; otherwise flag 0.",
        f"Write one move of a worm of {body.length} segments at {body.address}. Each segment takes the place of the one in front, and the first goes to the neighbouring cell in direction {way.address}: 0 is 16 less, 1 is 16 more, 2 is one less, 3 one more, all modulo 256. If that cell is {food.address} the worm eats: note 1 in {wrapped.address} and one more point, but not over 99, in {score.address}. If it isn't, note 0.",
    )


def paddle_returns(draw: Drawer) -> Made:
    x, y, speed, paddle = draw.variable(8), draw.variable(8), draw.variable(8, signed=True), draw.variable(8)
    lost = draw.variable(8)
    edge, high = draw.rng.randrange(0x08, 0x20), draw.rng.randrange(16, 40)
    program = (
        more(x, speed),
        If(check(x, ">=", edge), (Stop(),)),
        If(
            Compared("<", minus(y, paddle), Number(high)),
            (put(speed, Unary("negate", Read(speed))), put(x, edge)),
            (more(lost), put(x, 0x80), put(speed, 2)),
        ),
    )
    return program, (
        f"Pong, left side: the ball's x {x.address} moves by its speed {speed.address} (signed, mod 256). If x is then below {edge} (unsigned): with y {y.address} minus paddle top {paddle.address} (mod 256) less than {high} the ball comes back, speed negated and x = {edge}. Otherwise the point is lost: {lost.address} + 1 (wraps), x = $80, speed 2.",
        f"x += v; x < {edge}: ((y - p) & $FF) < {high} ? (v = -v, x = {edge}) : (++lost, x = $80, v = 2). x {x.address}, v {speed.address}, y {y.address}, p {paddle.address}, lost {lost.address}.",
        f"How do I return a ball from the left paddle? Ball x {x.address}, y {y.address}, x speed {speed.address} (two's complement); paddle from {paddle.address} down, {high} tall (test y - top as an unsigned byte). Goal line at {edge}. Hit: reflect and put on the line. Miss: count it in {lost.address}, serve from x 128 with speed 2.",
        f"Write the left half of a tennis game. First the ball advances ({x.address} += {speed.address}, bytes). Anywhere from column {edge} on nothing more happens. Left of that the racket decides: it covers {high} lines from {paddle.address} on, and if the ball's line {y.address} is one of them (difference modulo 256) the ball is laid on column {edge} with its speed reversed; else the other player scores in {lost.address} and the ball starts anew at column $80 with a speed of 2.",
    )


def brick_broken(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(4, 5, 6))
    row, column, score, dy = (
        draw.variable(8, below=rows.length),
        draw.variable(8, below=8),
        draw.variable(16),
        draw.variable(8),
    )
    masks = Table("BrickTable", "brick", tuple(0x80 >> n for n in range(8)))
    bit = Algorithms(draw).own("bit")
    points = draw.one(5, 10, 20)
    program = (
        put(bit, at(masks, column)),
        If(Compared("==", masked(at(rows, row), bit), Number(0)), (Stop(),)),
        put(at(rows, row), toggled(at(rows, row), bit)),
        more(score, points),
        put(dy, Unary("negate", Read(dy))),
    )
    return program, (
        f"Breakout: the {where(rows)} are rows of 8 bricks, bit 7 is the leftmost. The ball is in row {row.address} (below {rows.length}), column {column.address} (0-7, 0 left). If there's a brick, it disappears, {points} points go to the word {score.address} and the vertical speed {dy.address} is negated.",
        f"m = $80 >> c; b[r] & m: b[r] ^= m, score += {points}, dy = -dy. b {where(rows)}, r {row.address} < {rows.length}, c {column.address} < 8, score word {score.address}, dy {dy.address}.",
        f"How do I knock a brick out of a bit map? Wall: {where(rows)}, MSB = column 0. Row {row.address} under {rows.length}, column {column.address} under 8. Brick present: clear its bit, 16-bit score {score.address} + {points}, two's complement of dy byte {dy.address}. No brick: nothing.",
        f"Write the hit of a ball on a wall of {rows.length} layers with eight stones each (a byte a layer from {rows.address}, the top bit is the first stone). At layer {row.address}, stone {column.address} (0 to 7): if that bit is on, turn it off, add {points} to {score.address} (two bytes) and reverse the sign of {dy.address}.",
    )


def goose_game(draw: Drawer) -> Made:
    length = draw.one(20, 30, 40, 63)
    place, dice, won = draw.variable(8, below=length), draw.variable(8, below=7), draw.variable(8)
    trap = draw.rng.randrange(8, length - 4)
    back = draw.rng.randrange(0, trap - 4)
    program = (
        put(won, 0),
        more(place, dice),
        If(check(place, "==", length), (put(won, 1), Stop())),
        If(check(place, ">", length), (put(place, minus(Number(2 * length), place)),)),
        when(check(place, "==", trap), put(place, back)),
    )
    return program, (
        f"Board game with goal field {length}: the pawn {place.address} (below {length}) moves by the dice {dice.address} (0-6). Exactly on {length} it has won ({won.address} = 1, else 0). Beyond, it goes back as many fields as it overshot. Ending on field {trap}, the well, it falls back to field {back}.",
        f"p += d; won = p == {length}; p > {length}: p = {2 * length} - p; p == {trap}: p = {back}. p {place.address} < {length}, d {dice.address} < 7, won {won.address}.",
        f"How do I do a game of the goose? Position {place.address} (0 to {length - 1}), throw {dice.address} (at most 6). Goal {length} must be hit exactly, otherwise bounce back from it by the surplus. Trap: field {trap} leads to field {back} (also after bouncing). {won.address} = 1 on the goal, 0 otherwise.",
        f"Write a turn on a spiral of fields, the last of which is number {length}. The figure on {place.address} (never on the last) goes {dice.address} on (6 at most), turning round at the last field if it has steps left. Standing on the last field it has won: 1 in {won.address}, in all other cases 0. Field {trap} sends it down to field {back}.",
    )


def higher_or_lower(draw: Drawer) -> Made:
    shown, drawn, guess, pot = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(16)
    most = draw.one(500, 1000, 5000)
    right = Algorithms(draw).own("right")
    program = (
        put(right, 0),
        If(
            check(guess, "==", 1),
            (when(check(drawn, ">", shown), put(right, 1)),),
            (when(check(drawn, "<", shown), put(right, 1)),),
        ),
        put(shown, drawn),
        If(check(right, "==", 0), (put(pot, 0), Stop())),
        put(pot, Saturating("add", Read(pot), Read(pot), most)),
    )
    return program, (
        f"Higher or lower: the open card is {shown.address}, the next one {drawn.address}, the guess {guess.address} (1 higher, 0 lower). Guessed right, the pot {pot.address} (word) doubles, to {most} at most; wrong, or cards equal, it is 0. The next card becomes the open one.",
        f"ok = g ? next > open : next < open; open = next; pot = ok ? min(2 * pot, {most}) : 0. open {shown.address}, next {drawn.address}, g {guess.address} (0/1), pot word {pot.address}.",
        f"How do I code a double-up card game? Visible card {shown.address}, new card {drawn.address} (unsigned), call {guess.address}: 1 = higher, 0 = lower; a tie loses. Win: 16-bit pot {pot.address} times two without exceeding {most}. Loss: pot 0. Either way copy the new card to the visible one.",
        f"Write a routine for the gambler who says 'higher' (1 in {guess.address}) or 'lower' (0). After {shown.address} comes {drawn.address}. If it is as he said, the {pot.address} coins (two bytes) on the table are doubled, up to {most}; if not, and for an equal card too, they're gone. Then {drawn.address} takes the place of {shown.address}.",
    )


def war_of_cards(draw: Drawer) -> Made:
    mine, theirs, won, lost, table = (draw.variable(8) for _ in range(5))
    mask = draw.one(0x0F, 0x3F)
    own = Algorithms(draw).own
    a, b = own("my rank"), own("their rank")
    program = (
        put(a, masked(mine, mask)),
        put(b, masked(theirs, mask)),
        more(table, 2),
        If(check(a, "==", b), (Stop(),)),
        If(check(a, ">", b), (more(won, table),), (more(lost, table),)),
        put(table, 0),
    )
    return program, (
        f"Card war: both cards, mine {mine.address} and theirs {theirs.address}, are added to the pile on the table ({table.address} + 2). The greater rank (low bits ${mask:02X}) takes the whole pile: {won.address} for me, {lost.address} for them, and the table is empty (0). Equal ranks leave it lying. Byte sums wrap.",
        f"t += 2; a = mine & ${mask:02X}, b = theirs & ${mask:02X}; a > b: won += t, t = 0; a < b: lost += t, t = 0. mine {mine.address}, theirs {theirs.address}, t {table.address}, won {won.address}, lost {lost.address}.",
        f"How do I do the card game War? Ranks: {mine.address} and {theirs.address} AND ${mask:02X}. Pot {table.address} grows by two cards a round and goes to the higher rank's pile ({won.address} first player, {lost.address} second), then 0; a tie keeps it for the next round. 8-bit adds.",
        f"Write a round of a card game for two. Each lays down a card, {mine.address} and {theirs.address}, of which only the bits of ${mask:02X} matter. Two more cards lie in the middle ({table.address}). Unless the cards match, the one with the higher wins all in the middle: it's added to {won.address} if that was the first and to {lost.address} if it was the second, and the middle is cleared.",
    )


def merge_row(draw: Drawer) -> Made:
    row = draw.array(8, 4)
    score = draw.variable(16)
    own = Algorithms(draw).own
    place, last, tile = own("place"), own("last"), own("tile")
    program = (
        put(place, 0),
        put(last, 0),
        Each(
            (row,),
            (
                put(tile, Here(row)),
                put(Here(row), 0),
                when(
                    check(tile, "!=", 0),
                    If(
                        check(tile, "==", last),
                        (
                            put(at(row, minus(place, 1)), plus(tile, 1)),
                            put(last, 0),
                            more(score, Widened(Read(tile))),
                        ),
                        (put(at(row, place), tile), more(place), put(last, tile)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"2048, one row pushed left: the {where(row)} hold exponents, 0 = empty. Tiles slide to the front without gaps; two equal ones that meet become one with exponent + 1 (mod 256), each tile merges only once, from the left. For every merge the old exponent is added to the word {score.address}.",
        f"2048 left move on 4 bytes at {row.address} (exponents, 0 empty), leftmost pairs merge first and once: e, e -> e + 1 (8-bit); score word {score.address} += e per merge.",
        f"How do I shift and merge a row as in 2048? Cells: 4 bytes, {row.address} is the leftmost; nonzero ones pack to the left, equal neighbours (after packing) combine pairwise into value + 1, and what was combined doesn't combine again. Remaining cells 0. 16-bit score {score.address} grows by the value of one tile of each pair.",
        f"Write a routine for a sliding number puzzle. Four cells, bytes from {row.address}, are pushed against cell 0. Zeros are holes and end up behind. A tile that bumps into an equal one which hasn't just been made by bumping melts with it to the next higher number (plus 1, wrapping), and {score.address}, two bytes, gains the number that both had.",
    )


def reversi_line(draw: Drawer) -> Made:
    line = draw.array(8, 8)
    place, color, turned = draw.variable(8, below=8), draw.variable(8, below=3), draw.variable(8)
    own = Algorithms(draw).own
    end, other, open_end = own("end"), own("other"), own("going")
    program = (
        put(turned, 0),
        put(other, toggled(color, 3)),
        put(end, place),
        put(open_end, 1),
        While(
            Both(check(open_end, "==", 1), check(end, "<", 7)),
            (
                more(end),
                If(check(at(line, end), "==", other), (more(turned),), (put(open_end, 0),)),
            ),
        ),
        If(check(at(line, end), "!=", color), (put(turned, 0),)),
    )
    return program, (
        f"Reversi, to the right along one line of 8 cells ({line.address}, bytes: 0 empty, 1 and 2 the colours): colour {color.address} (0-2) is put on cell {place.address} (0-7). How many cells of the other colour (3 XOR colour) lie directly to the right of it and are closed off by a cell of the own colour? Number to {turned.address}, 0 if they aren't closed off.",
        f"n = 0, i = p; while i < 7: ++i; c[i] == 3 ^ col ? ++n : break; c[i] != col: n = 0. {turned.address} = n. p {place.address} < 8, col {color.address} < 3, c = 8 bytes at {line.address}.",
        f"How do I count the discs a move would flip to the right? Row: {where(line)}. Position {place.address} (0 to 7), player {color.address} (0 to 2; opponent = player EOR 3). Walk right from the next cell over opponent discs until another cell or the end (cell 7); the last cell looked at must be the player's, otherwise 0. With no cell to the right, look at the position's own cell. Result {turned.address}.",
        f"Write a routine for a board game of black and white stones (1 and 2). From field {place.address} of the row at {line.address} (8 bytes, field 0 first) step to higher fields for as long as they hold the number {color.address} XOR 3. {turned.address} is how many those are if the field where you end, which is the first without that number or else field 7, holds {color.address}; otherwise zero. Starting at field 7 you end there at once.",
    )


def golf_total(draw: Drawer) -> Made:
    strokes, hole, total, name = (
        draw.variable(8, below=20),
        draw.variable(8, below=9),
        draw.variable(8, signed=True),
        draw.variable(8),
    )
    pars = Table("ParTable", "par", tuple(draw.one(3, 4, 4, 5) for _ in range(9)))
    gap = Algorithms(draw).own("difference")
    program = (
        put(gap, minus(strokes, at(pars, hole))),
        more(total, gap),
        put(name, 2),
        If(check(gap, "<", 0, True), (put(name, 1),)),
        If(check(gap, ">", 0, True), (put(name, 3),)),
        If(check(strokes, "==", 1), (put(name, 0),)),
        If(check(hole, "<", 8), (more(hole),)),
    )
    shown = " ".join(map(str, pars.values))
    return program, (
        f"Golf: hole {hole.address} (0-8, pars {shown}) was played in {strokes.address} strokes (below 20). The difference to par is added to the signed total {total.address}. {name.address} = 0 for a hole in one (1 stroke), else 1 under par, 2 par, 3 over par. Then on to the next hole; 8 is the last.",
        f"d = s - [{', '.join(map(str, pars.values))}][h]; total += d; name = s == 1 ? 0 : d < 0 ? 1 : d == 0 ? 2 : 3; h = min(h + 1, 8). s {strokes.address} < 20, h {hole.address} < 9, total {total.address} (signed byte), name {name.address}.",
        f"How do I keep a golf card? Strokes {strokes.address} (0 to 19), hole index {hole.address} (0 to 8), par by hole {shown}. Running score to par {total.address}, two's complement. Message {name.address}: 0 ace, 1 better than par, 2 equal, 3 worse. Advance the hole unless it's number 8.",
        f"Write a caddie. He knows that the nine holes should take {shown} strokes. After hole {hole.address}, counted from 0, for which the hero needed {strokes.address} (fewer than 20), he adds what was too many, or subtracts what was saved, in {total.address} and says in {name.address}: 0 if it was a single stroke, otherwise 1 for saved, 2 for as planned, 3 for too many. The hole number goes up but stays at 8.",
    )


def quick_draw(draw: Drawer) -> Made:
    signal, pressed, time, best, result = (
        draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    )  # fmt: skip
    limit = draw.rng.randrange(30, 120)
    program = (
        put(result, 0),
        If(
            Bits(Read(pressed), 0x80, "any"),
            (
                If(check(signal, "==", 0), (put(result, 2), Stop())),
                put(result, 1),
                when(check(time, "<", best), put(best, time)),
                Stop(),
            ),
        ),
        If(check(signal, "==", 0), (Stop(),)),
        more(time),
        when(check(time, ">=", limit), put(result, 3)),
    )
    return program, (
        f"Duel of reflexes: bit 7 of {pressed.address} says B was pressed now, {signal.address} whether the signal has been given (1) or not (0). Pressed too early: {result.address} = 2. Pressed after it: {result.address} = 1, and {best.address} becomes the time {time.address} if that's less. Not pressed: {result.address} = 0; if the signal is given the time goes up by 1, and at {limit} or more {result.address} = 3 (too late).",
        f"B: sig ? (r = 1, best = min(best, t)) : r = 2. No B: r = 0; sig: ++t, t >= {limit} -> r = 3. B = bit 7 of {pressed.address}; sig {signal.address} (0/1), t {time.address}, best {best.address}, r {result.address}.",
        f"How do I make a quick-draw minigame? Frame time {time.address} runs (+1, byte) only with the signal {signal.address} on (1, else 0) and no press. Press = ${0x80:02X} in {pressed.address}. {result.address}: 0 waiting, 1 shot (keep the smaller of time and record {best.address}), 2 false start, 3 time up ({limit} frames or more).",
        f"Write a frame of a western duel. He who draws (top bit of {pressed.address}) before the bell ({signal.address} is 0) has cheated: 2 in {result.address}. He who draws after it (1) has shot, 1, and a time {time.address} below the record {best.address} is the new record. If nobody draws the answer is 0, but with the bell rung time passes by one frame, and from {limit} frames on the answer is 3.",
    )


def drop_targets(draw: Drawer) -> Made:
    targets, hit, bonus, score = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    full = draw.one(0x07, 0x0F, 0x1F)
    count, most = full.bit_length(), draw.one(5, 8, 10)
    points, jackpot = draw.one(10, 50, 100), draw.one(250, 500, 1000)
    program = (
        If(Compared("==", masked(masked(hit, Unary("not", Read(targets))), full), Number(0)), (Stop(),)),
        put(targets, joined(targets, masked(hit, full))),
        more(score, points),
        If(
            Bits(Read(targets), full, "all"),
            (put(targets, 0), more(score, jackpot), more_up_to(bonus, most)),
        ),
    )
    return program, (
        f"Pinball drop targets: bits 0 to {count - 1} of {targets.address} are the fallen ones, {hit.address} those hit now. If none of these {count} that still stood was hit, nothing happens. Otherwise the hit ones fall and the word {score.address} gets {points}; if all {count} are down, {targets.address} becomes 0, the score gets {jackpot} more and the multiplier {bonus.address} rises by 1, {most} at most.",
        f"n = hit & ~down & ${full:02X}; n: down |= hit & ${full:02X}, score += {points}; (down & ${full:02X}) == ${full:02X}: down = 0, score += {jackpot}, x = min(x + 1, {most}). hit {hit.address}, down {targets.address}, score word {score.address}, x {bonus.address}.",
        f"How do I score a bank of {count} drop targets? State {targets.address} (1 = down), new hits {hit.address}, mask ${full:02X}. A fresh hit: {points} points (16-bit {score.address}) no matter how many at once. Bank complete: reset the whole state byte, {jackpot} extra points, bonus factor {bonus.address} + 1 up to {most}.",
        f"Write a routine for {count} targets of a pinball table. Unless the ball ({hit.address}) touches one that isn't down yet in {targets.address} (lowest {count} bits each) do nothing. Those touched go down, and the player gets {points} ({score.address}, two bytes). When that was the last one they all spring up again (the byte is zeroed), which is worth another {jackpot} and a higher {bonus.address}; that goes no further than {most}.",
    )


RECIPES = (
    fishing_tension,
    darts_down,
    mole_whacked,
    beat_judged,
    rope_pulled,
    straight_hand,
    snake_moves,
    paddle_returns,
    brick_broken,
    goose_game,
    higher_or_lower,
    war_of_cards,
    merge_row,
    reversi_line,
    golf_total,
    quick_draw,
    drop_targets,
)
