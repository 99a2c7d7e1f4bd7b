"""Rules of sports: tennis, baseball, football, boxing, clocks, leagues, pinball."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Here,
    If,
    Number,
    Read,
    Shifted,
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
    either,
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
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def tennis_point(draw: Drawer) -> Made:
    mine, other = draw.variable(8, below=5), draw.variable(8, below=5)
    games = draw.variable(8)
    program = (
        more(mine),
        when(
            Both(check(mine, ">=", 4), check(mine, ">", plus(other, 1))),
            more(games),
            put(mine, 0),
            put(other, 0),
            Stop(),
        ),
        when(Both(check(mine, "==", 4), check(other, "==", 4)), put(mine, 3), put(other, 3)),
    )
    return program, (
        f"Tennis: the hero wins a point. Points {mine.address} (his) and {other.address} are 0 to 4 for love, 15, 30, 40, advantage. Add 1 to his; with 4 or more and at least two ahead he wins the game ({games.address} + 1, both points 0). Otherwise, if both have 4, both go back to 3 (deuce).",
        f"++a; if a >= 4 and a >= b + 2: ++g, a = b = 0; elif a == b == 4: a = b = 3. a {mine.address}, b {other.address} (0-4 on entry), g {games.address}.",
        f"How do I count a tennis game? His points {mine.address}, the opponent's {other.address}, 3 is forty and 4 advantage, never more on entry. He has just scored. Game (counter {games.address}) at four points with a lead of two, and both start at 0 again. Advantage against advantage is deuce, 3 all.",
        f"tennis scoring, point for [{mine.address}] vs [{other.address}]; game won -> ++{games.address}, 0:0; 4:4 -> 3:3.",
    )


def serve_changes_side(draw: Drawer) -> Made:
    server, winner = draw.variable(8, below=2), draw.variable(8, below=2)
    scores = draw.array(8, 2)
    place = draw.variable(8, below=6)
    program = (
        If(
            check(server, "==", winner),
            (more_up_to(at(scores, winner), 99),),
            (put(server, winner), put(place, either(check(place, "==", 5), 0, plus(place, 1)))),
        ),
    )
    return program, (
        f"Old volleyball rule: a rally is won by team {winner.address} (0 or 1). If that team served ({server.address}) it scores (its byte of the two at {scores.address}, up to 99); otherwise it only gets the serve, and the rotation {place.address} (0 to 5, then 0 again) goes on by one.",
        f"w == s ? p[w] = min(p[w] + 1, 99) : (s = w, r = (r + 1) % 6). w {winner.address}, s {server.address} (< 2), p {scores.address}, r {place.address} < 6.",
        f"How do I do side-out scoring? Serving team {server.address}, rally winner {winner.address}, both 0/1. Only the server can make points (bytes {scores.address} + team, at most 99). A rally lost by the server gives the service to the others, who rotate: {place.address} counts 0 to 5 in a circle.",
        f"side-out: {winner.address} vs server {server.address}; same -> score {scores.address}+team (cap 99), else server = winner and rotation {place.address} + 1 mod 6.",
    )


def pitch_is_called(draw: Drawer) -> Made:
    call = draw.variable(8, below=3)
    balls, strikes, outs = draw.variable(8, below=4), draw.variable(8, below=3), draw.variable(8, below=3)
    walks = draw.variable(8)
    fresh = (put(balls, 0), put(strikes, 0))
    program = (
        Switch(
            Read(call),
            (
                (0, (more(balls), when(check(balls, "==", 4), *fresh, more(walks)))),
                (1, (more(strikes), when(check(strikes, "==", 3), *fresh, more(outs)))),
                (2, (when(check(strikes, "<", 2), more(strikes)),)),
            ),
        ),
    )
    return program, (
        f"Baseball: the umpire's call {call.address} is 0 ball, 1 strike, 2 foul. Four balls ({balls.address}) are a walk ({walks.address} + 1), three strikes ({strikes.address}) an out ({outs.address} + 1); both clear balls and strikes. A foul counts as a strike unless there are two already.",
        f"c == 0: ++b == 4 -> b = s = 0, ++w; c == 1: ++s == 3 -> b = s = 0, ++o; c == 2: s < 2 -> ++s. c {call.address} < 3, b {balls.address} < 4, s {strikes.address} < 3, o {outs.address} < 3, w {walks.address}.",
        f"How do I keep the count at bat? Bytes: balls {balls.address} (0-3), strikes {strikes.address} (0-2), outs {outs.address} (0-2), walks {walks.address}. Event {call.address}: 0, 1 or 2 for ball, strike, foul ball. Fourth ball: walk; third strike: out; a new count begins after either. Foul balls never make the third strike.",
        f"count [{balls.address}]-[{strikes.address}], call {call.address} (0 ball/1 strike/2 foul): 4 balls -> walks {walks.address}, 3 strikes -> outs {outs.address}, then 0-0.",
    )


def runners_advance(draw: Drawer) -> Made:
    bases, hit, runs = draw.variable(8, below=8), draw.variable(8, below=5), draw.variable(8)
    own = Algorithms(draw).own
    moved = own("moved")
    program = (
        when(check(hit, "==", 0), Stop()),
        put(moved, joined(Shifted(Read(bases), "left", 1), 1)),
        when(check(hit, ">=", 2), put(moved, Shifted(Read(moved), "left", 1))),
        when(check(hit, ">=", 3), put(moved, Shifted(Read(moved), "left", 1))),
        when(check(hit, ">=", 4), put(moved, Shifted(Read(moved), "left", 1))),
        put(bases, masked(moved, 7)),
        put(moved, Shifted(Read(moved), "right", 3)),
        While(check(moved, "!=", 0), (put(moved, masked(moved, minus(moved, 1))), more(runs))),
    )
    return program, (
        f"A batter hits for {hit.address} bases (0 to 4, 0 is no hit): the runners on base ({bases.address}, bit 0 first, bit 1 second, bit 2 third base) and he himself advance that many bases; who passes third base scores ({runs.address} + 1 each).",
        f"if k: m = (b << 1 | 1) << (k - 1); b = m & 7; runs += popcount(m >> 3). k {hit.address} < 5, b {bases.address} < 8, runs {runs.address}.",
        f"How do I move base runners? Occupied bases are bits 0-2 of {bases.address} (first to third, nothing else set). Hit value {hit.address}: single 1, double 2, triple 3, homer 4, out 0 (nothing happens). Everybody goes the same number of bases, the batter starts at home. Add those who come home to {runs.address}.",
        f"bases {bases.address} (3 bits) advance by [{hit.address}] 0-4 incl. batter; runs {runs.address} += scorers.",
    )


def down_and_distance(draw: Drawer) -> Made:
    down, togo, gained, ball = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    lost_ball = draw.variable(8)
    program = (
        put(lost_ball, 0),
        more(ball, gained),
        when(check(gained, ">=", togo), put(down, 0), put(togo, 10), Stop()),
        less(togo, gained),
        more(down),
        when(check(down, "==", 4), put(down, 0), put(togo, 10), put(lost_ball, 1)),
    )
    return program, (
        f"American football, a play gains {gained.address} yards: the ball's yard line {ball.address} moves on by that (wraps). If it is at least the distance {togo.address}, it's first down again: down {down.address} = 0, distance 10. Otherwise the distance shrinks by it and the down (0 to 3) rises; after the fourth, down 0, distance 10 and {lost_ball.address} = 1. In all other cases {lost_ball.address} = 0.",
        f"b += g; g >= d ? (n = 0, d = 10) : (d -= g, ++n == 4 ? (n = 0, d = 10, lost = 1)); lost = 0 otherwise. b {ball.address}, g {gained.address}, d {togo.address}, n {down.address} < 4, lost {lost_ball.address}; unsigned.",
        f"How do I track downs? Down number {down.address} counts from 0 (first) to 3 (fourth); yards to go {togo.address}; yards of this play {gained.address}, no losses; spot {ball.address} (add the yards). New series (0 and 10) when the yards suffice, or when the fourth try fails; only the latter sets {lost_ball.address} to 1, else it is 0.",
        f"4 downs: gain [{gained.address}] -> ball {ball.address}; >= togo {togo.address}: down {down.address} 0, togo 10; else togo shrinks, down+1, 4th failure -> 0/10 and {lost_ball.address}=1 (else 0).",
    )


def count_of_ten(draw: Drawer) -> Made:
    mash, count, out, frame = draw.variable(8), draw.variable(8, below=10), draw.variable(8), draw.variable(8)
    need = draw.rng.randrange(12, 60)
    mask = draw.one(3, 1, 7)
    program = (
        put(out, 0),
        when(check(mash, ">=", need), put(mash, 0), put(count, 0), put(out, 1), Stop()),
        when(
            check(masked(frame, mask), "==", 0),
            more(count),
            when(check(count, "==", 10), put(count, 0), put(out, 2)),
        ),
    )
    return program, (
        f"A boxer is down. If his button count {mash.address} has come to {need} he gets up: it and the referee's count {count.address} (0 to 9) are 0, result {out.address} = 1. Otherwise, if the frame {frame.address} is a multiple of {mask + 1}, the referee counts one on; at ten the count is 0 again and the result 2 (knock-out). In all other cases the result is 0.",
        f"m >= {need} ? (m = c = 0, r = 1) : (fr & {mask}) == 0 and ++c == 10 ? (c = 0, r = 2) : r = 0. m {mash.address}, c {count.address} < 10, fr {frame.address}, r {out.address}.",
        f"How do I code the ten count? Mashing so far {mash.address}; {need} presses and he's up again ({out.address} = 1, presses and count cleared). Else the referee, byte {count.address} below 10, counts in each {mask + 1}th frame (clock {frame.address} divisible). Ten: {out.address} = 2, count 0. Neither: {out.address} = 0.",
        f"knockdown: presses {mash.address} >= {need} -> up ({out.address}=1, presses & count 0); else every {mask + 1} frames ({frame.address}) count {count.address}+1, ten -> {out.address}=2, count 0; else {out.address}=0.",
    )


def chess_clock_ticks(draw: Drawer) -> Made:
    times = draw.array(16, 2)
    turn, pressed, lost = draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    gain = draw.one(60, 120, 180, 300)
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(lost, 0xFF),
        when(
            Bits(Read(pressed), bit, "any"),
            put(at(times, turn), plus(at(times, turn), gain)),
            put(turn, toggled(turn, 1)),
            Stop(),
        ),
        If(
            check(at(times, turn), "==", 0),
            (put(lost, turn),),
            (less(at(times, turn)),),
        ),
    )
    return program, (
        f"Chess clock: the two words at {times.address} are the frames left of players 0 and 1, {turn.address} says whose turn it is. If bit ${bit:02X} of {pressed.address} is set he gets {gain} frames added (wraps) and it's the other's turn. Otherwise his time goes down by 1; if it is 0 already, {lost.address} = his number. In all other cases {lost.address} = $FF.",
        f"p & ${bit:02X} ? (t[w] += {gain}, w ^= 1) : t[w] ? --t[w] : (lost = w); lost = $FF otherwise. t 2 words {times.address}, w {turn.address} < 2, p {pressed.address}, lost {lost.address}.",
        f"How do I build a Fischer clock? Time words {times.address} (player 0) and +2 (player 1), side to move {turn.address}. Button ${bit:02X} in {pressed.address}: bonus of {gain} for the mover, then change sides, no tick. Else one tick off the mover's time. Nothing left to take: he has lost, number to {lost.address}, which is $FF while nobody has.",
        f"clock {times.address}[2] (frames, u16), mover {turn.address}; press (${bit:02X} in {pressed.address}) -> +{gain} & swap; else tick; flag fall -> {lost.address}, $FF if none.",
    )


def shootout_decided(draw: Drawer) -> Made:
    goals, other, left, other_left, result = (
        draw.variable(8, below=6), draw.variable(8, below=6), draw.variable(8, below=6), draw.variable(8, below=6),
        draw.variable(8),
    )  # fmt: skip
    program = (
        put(result, 0),
        when(check(goals, ">", plus(other, other_left)), put(result, 1)),
        when(check(other, ">", plus(goals, left)), put(result, 2)),
    )
    return program, (
        f"Is a penalty shoot-out decided? Team A has {goals.address} goals and {left.address} kicks left, team B {other.address} goals and {other_left.address} kicks left (all 0 to 5). {result.address} = 1 if B can't catch up with A any more, 2 if A can't catch up with B, else 0.",
        f"byte[{result.address}] = a > b + nb ? 1 : b > a + na ? 2 : 0; a {goals.address}, na {left.address}, b {other.address}, nb {other_left.address}, each < 6.",
        f"How do I end a shoot-out early? Goals {goals.address} : {other.address}, remaining shots {left.address} : {other_left.address}, nothing above 5. If one side leads by more than the other can still score, it has won: write 1 (first side) or 2 (second) to {result.address}; otherwise 0, go on.",
        f"early win check -> {result.address}: 1 if [{goals.address}] > [{other.address}] + [{other_left.address}], 2 if [{other.address}] > [{goals.address}] + [{left.address}], 0 open.",
    )


def snooker_ball_potted(draw: Drawer) -> Made:
    ball, on_color, score, foul = (
        draw.variable(8, below=8),
        draw.variable(8, below=2),
        draw.variable(8),
        draw.variable(8),
    )
    reds = draw.variable(8, below=16)
    penalty = Algorithms(draw).own("penalty")
    program = (
        when(check(ball, "==", 0), put(on_color, 0), Stop()),
        If(
            check(on_color, "==", either(check(ball, "==", 1), 0, 1)),
            (
                more(score, ball),
                put(on_color, toggled(on_color, 1)),
                when(check(ball, "==", 1), less_down_to(reds, 0, 1)),
            ),
            (
                put(penalty, Binary("max", Read(ball), Number(4))),
                more(foul, penalty),
                put(on_color, 0),
            ),
        ),
    )
    return program, (
        f"Snooker: ball {ball.address} was potted, 0 none, 1 a red, 2 to 7 a colour. {on_color.address} says what is on: 0 a red, 1 a colour. The right sort adds its number to the score {score.address} and changes what is on; a red also leaves {reds.address} (0-15) one fewer, not below 0. The wrong sort gives max(number, 4) to the opponent {foul.address}; after that, and after potting none, a red is on.",
        f"b == 0: on = 0; (b == 1) == (on == 0): s += b, on ^= 1, b == 1 -> r = max(r - 1, 0); else: o += max(b, 4), on = 0. b {ball.address} < 8, on {on_color.address} < 2, s {score.address}, o {foul.address}, r {reds.address} < 16.",
        f"How do I score reds and colours in turn? Potted ball {ball.address}: 1 red, 2-7 colours, 0 miss. Expected {on_color.address}: 0 red, 1 colour. As expected: its value (= number) to the break {score.address}, the expectation alternates, reds on the table {reds.address} go down for a red (at 0 they stay). Not as expected: the other player's {foul.address} gets the value, at least 4, and a red is expected. Miss: a red is expected.",
        f"snooker ball [{ball.address}] (0 miss,1 red,2-7): expected {on_color.address} 0 red/1 colour. right -> {score.address} += ball, toggle, red leaves {reds.address}-1 (min 0); wrong -> {foul.address} += max(ball,4), red on; miss -> red on.",
    )


def league_table_updated(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    points, scored = draw.array(8, length), draw.array(8, length)
    home, away = draw.variable(8, below=length), draw.variable(8, below=length)
    goals, other = draw.variable(8), draw.variable(8)
    for_win = draw.one(2, 3)
    program = (
        more(at(scored, home), goals),
        more(at(scored, away), other),
        If(
            check(goals, "==", other),
            (more(at(points, home)), more(at(points, away))),
            (
                If(
                    check(goals, ">", other),
                    (more(at(points, home), for_win),),
                    (more(at(points, away), for_win),),
                ),
            ),
        ),
    )
    return program, (
        f"Enter a result in the league table: club {home.address} against club {away.address} (both below {length}, different or not) ended {goals.address} : {other.address}. Goals are added to the clubs' bytes from {scored.address}; a win brings {for_win} points, a draw 1 to both (bytes from {points.address}). Bytes wrap.",
        f"gs[h] += x, gs[a] += y; x == y ? ++p[h], ++p[a] : x > y ? p[h] += {for_win} : p[a] += {for_win}. h {home.address}, a {away.address} (< {length}), x {goals.address}, y {other.address}; gs {scored.address}, p {points.address}.",
        f"How do I update standings? Clubs 0-{length - 1}: points {points.address} + club, goals scored {scored.address} + club. Home club {home.address} made {goals.address} goals, visiting club {away.address} made {other.address}. {for_win} points for the winner, one each for a draw, nothing for the loser; add everyone's goals as well.",
        f"match {home.address} vs {away.address}, {goals.address}:{other.address} -> points {points.address}[] (+{for_win}/1/0), goals {scored.address}[].",
    )


def ladder_challenge(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    ladder = draw.array(8, length)
    rank, steps, won = draw.variable(8, below=length), draw.variable(8, below=4), draw.variable(8, below=2)
    own = Algorithms(draw).own
    place, held = own("place"), own("held")
    program = (
        when(Either(check(won, "==", 0), check(rank, "<", steps)), Stop()),
        put(held, at(ladder, rank)),
        put(place, minus(rank, steps)),
        While(
            check(rank, "!=", place),
            (put(at(ladder, rank), at(ladder, minus(rank, 1))), less(rank)),
        ),
        put(at(ladder, rank), held),
    )
    return program, (
        f"A ladder of {length} players (bytes from {ladder.address}, best first): the player on rank {rank.address} (0 to {length - 1}) has challenged the one {steps.address} ranks (0 to 3) above. If he won ({won.address} = 1, else 0) and there is such a rank, he takes it, those from there to his old rank move down by one, and {rank.address} is his new rank. Otherwise nothing changes.",
        f"if won and r >= k: x = l[r]; l[r - k + 1..r] = l[r - k..r - 1]; r -= k; l[r] = x. r {rank.address} < {length}, k {steps.address} < 4, won {won.address} < 2, l {ladder.address}.",
        f"How do I run a ranking ladder? List of player numbers {ladder.address}, {length} bytes, top player first. Challenger's index {rank.address}, valid; he plays the one {steps.address} places higher (at most 3). Victory ({won.address} is 1): he is inserted at that place and the others slide down; update his index too. Defeat (0), or no place so high: leave all.",
        f"rank [{rank.address}] beat the one [{steps.address}] above ([{won.address}] 1/0): move entry up in {ladder.address}[{length}], others down one, update rank; lost or out of list: nothing.",
    )


def false_start(draw: Drawer) -> Made:
    lights, throttle, fault = draw.variable(8, below=5), draw.variable(8), draw.variable(8)
    reaction, frame = draw.variable(8), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    mask = draw.one(1, 3)
    program = (
        If(
            check(lights, "<", 4),
            (
                when(Bits(Read(throttle), bit, "any"), put(fault, 1)),
                when(check(masked(frame, mask), "==", 0), more(lights)),
            ),
            (when(Bits(Read(throttle), bit, "none"), more_up_to(reaction, 255)),),
        ),
    )
    return program, (
        f"Race start: the lights {lights.address} go 0, 1, 2, 3 to 4 (green), one further whenever the frame {frame.address} is a multiple of {mask + 1}. Who has the throttle (bit ${bit:02X} of {throttle.address}) on while they are below 4 has jumped the start: {fault.address} = 1. At 4 the reaction time {reaction.address} grows (up to 255) each call in which the throttle is off.",
        f"L < 4 ? (th & ${bit:02X} ? fault = 1 : 0, (fr & {mask}) == 0 ? ++L : 0) : !(th & ${bit:02X}) ? rt = min(rt + 1, 255) : 0. L {lights.address} < 5, th {throttle.address}, fr {frame.address}, fault {fault.address}, rt {reaction.address}.",
        f"How do I do a drag race tree with false starts? Stage byte {lights.address}: 0 to 3 counting, 4 go. While counting: gas (${bit:02X} in {throttle.address}) is a fault, {fault.address} becomes 1, and the stage advances in frames divisible by {mask + 1} (clock {frame.address}). At go: every call without gas adds 1 to {reaction.address}, 255 at most.",
        f"race lights {lights.address} 0..4, +1 every {mask + 1} frames ({frame.address}); throttle ${bit:02X} of {throttle.address} before 4 -> {fault.address}=1; at 4 without throttle {reaction.address}+1 (max 255).",
    )


def pinball_lanes(draw: Drawer) -> Made:
    lanes, flipper, hit, factor = (
        draw.variable(8, below=8),
        draw.variable(8),
        draw.variable(8, below=3),
        draw.variable(8),
    )
    bits = Table("LaneBitTable", "bit", (1, 2, 4))
    most = draw.one(5, 6, 9)
    bit = 1 << draw.rng.randrange(8)
    program = (
        when(
            Bits(Read(flipper), bit, "any"),
            put(lanes, Shifted(Read(lanes), "left", 1)),
            when(Bits(Read(lanes), 8, "any"), put(lanes, toggled(lanes, 9))),
        ),
        put(lanes, joined(lanes, at(bits, hit))),
        when(check(lanes, "==", 7), put(lanes, 0), more_up_to(factor, most)),
    )
    return program, (
        f"Pinball: three lanes are lit by bits 0 to 2 of {lanes.address} (below 8). A flipper press (bit ${bit:02X} of {flipper.address}) moves the lights on by one lane, bit 2 to bit 0. Then lane {hit.address} (0 to 2), which the ball rolled over, is lit. All three lit: all go out and the bonus factor {factor.address} rises, up to {most}.",
        f"if f & ${bit:02X}: L = rotl3(L); L |= 1 << h; if L == 7: L = 0, x = min(x + 1, {most}). L {lanes.address} < 8, f {flipper.address}, h {hit.address} < 3, x {factor.address}.",
        f"How do I code rollover lanes with lane change? Lamp bits 0-2 in {lanes.address}. If ${bit:02X} is set in {flipper.address} rotate the three lamps (0 -> 1 -> 2 -> 0) first. The ball is in lane {hit.address}, valid: lamp on. A full set resets the lamps and adds 1 to the multiplier {factor.address}, which stops at {most}.",
        f"lanes {lanes.address}: rotate on flipper (${bit:02X} in {flipper.address}), set lane [{hit.address}], 3 lit -> clear + multiplier {factor.address}+1 (max {most}).",
    )


def shot_clock(draw: Drawer) -> Made:
    event, turnovers = draw.variable(8), draw.variable(8)
    full, short = draw.one((24, 14), (30, 20), (35, 20))
    rim, change = (1 << one for one in draw.rng.sample(range(8), 2))
    clock = draw.variable(8, below=full + 1)
    program = (
        when(Bits(Read(event), change, "any"), put(clock, full), Stop()),
        when(Bits(Read(event), rim, "any"), when(check(clock, "<", short), put(clock, short)), Stop()),
        when(check(clock, "!=", 0), less(clock), Stop()),
        more(turnovers),
        put(clock, full),
    )
    return program, (
        f"Basketball shot clock {clock.address} (0 to {full} seconds), once a second. Bit ${change:02X} of {event.address} (ball changed hands): {full}. Otherwise bit ${rim:02X} (it hit the rim): at least {short}. Neither: one second less; if it was 0 already, a violation counts in {turnovers.address} and the clock is {full} again.",
        f"e & ${change:02X} ? c = {full} : e & ${rim:02X} ? c = max(c, {short}) : c ? --c : (++n, c = {full}). e {event.address}, c {clock.address} <= {full}, n {turnovers.address}.",
        f"How do I do a {full} second clock? Byte {clock.address}, never above {full}. Flags of this second in {event.address}: ${change:02X} new possession resets to {full} (that goes first), ${rim:02X} rim contact raises it to {short} if it's lower. Without flags it runs down; a call at 0 is a turnover ({turnovers.address} + 1) and starts {full}.",
        f"shot clock {clock.address} 0-{full}, per second: ${change:02X} of {event.address} -> {full}; else ${rim:02X} -> at least {short}; else -1, from 0: turnover ++{turnovers.address} and {full}.",
    )


def high_jump_attempt(draw: Drawer) -> Made:
    cleared, misses = draw.variable(8, below=2), draw.variable(8, below=3)
    bar, best, out = draw.variable(8), draw.variable(8), draw.variable(8)
    rise = draw.one(2, 3, 5)
    program = (
        put(out, 0),
        If(
            check(cleared, "==", 1),
            (put(best, bar), more(bar, rise), put(misses, 0)),
            (more(misses), when(check(misses, "==", 3), put(misses, 0), put(out, 1))),
        ),
    )
    return program, (
        f"High jump: if the attempt succeeded ({cleared.address} = 1) the bar's height {bar.address} is the new best {best.address}, the bar goes up by {rise} cm and the misses {misses.address} are 0. If not (0), one miss more; at the third the misses are 0 and {out.address} = 1 (eliminated), otherwise {out.address} = 0.",
        f"ok ? (best = bar, bar += {rise}, m = 0, out = 0) : (out = ++m == 3, m %= 3). ok {cleared.address} < 2, m {misses.address} < 3, bar {bar.address}, best {best.address}, out {out.address}.",
        f"How do I run a pole vault contest? Bar {bar.address} (byte, wraps), success flag {cleared.address} (0/1), failures at this height {misses.address} (0-2). Over it: note the height in {best.address}, raise the bar by {rise}, forget the failures. Failed: count it; three in a row end the contest: {out.address} = 1 and the count is cleared. {out.address} is 0 in every other case.",
        f"jump ok [{cleared.address}]: best {best.address} = bar {bar.address}, bar+{rise}, misses {misses.address}=0; fail: misses+1, third -> 0 and {out.address}=1; otherwise {out.address}=0.",
    )


def penalty_box_empties(draw: Drawer) -> Made:
    boxes = draw.array(8, draw.one(3, 4, 5))
    players, goal, back = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    five = draw.one(5, 6, 11)
    own = Algorithms(draw).own
    inside = own("inside")
    program = (
        put(back, 0),
        put(inside, 0),
        Each(
            (boxes,),
            (
                when(
                    check(Here(boxes), "!=", 0),
                    less(Here(boxes)),
                    If(check(Here(boxes), "==", 0), (more(back),), (more(inside),)),
                ),
            ),
        ),
        put(players, minus(value(five), inside)),
        when(check(goal, "==", 1), put(players, five)),
    )
    return program, (
        f"Ice hockey penalties: the {where(boxes)} are seconds left in the box (0: nobody). Lower each running one by 1; those that end are counted at {back.address}. On the ice {players.address} = {five} minus those still inside, but {five} if {goal.address} is 1 (it is 0 or 1).",
        f"each t > 0: --t; n = #(just 0) -> {back.address}; byte[{players.address}] = g ? {five} : {five} - #(t > 0). t {where(boxes)}, g {goal.address} < 2.",
        f"How do I handle a power play? Penalty timers {boxes.address}, {boxes.length} bytes, idle at 0, one step a second. Players returning in this second -> {back.address}. Team strength -> {players.address}: {five} less the number of timers that still run; with the 'no shorthanded' flag {goal.address} (0/1) on it is always {five}.",
        f"penalties {boxes.address}[{boxes.length}] tick to 0; ended now -> {back.address}; skaters {players.address} = {five} - still running, or {five} if [{goal.address}].",
    )


RECIPES = (
    tennis_point,
    serve_changes_side,
    pitch_is_called,
    runners_advance,
    down_and_distance,
    count_of_ten,
    chess_clock_ticks,
    shootout_decided,
    snooker_ball_potted,
    league_table_updated,
    ladder_challenge,
    false_start,
    pinball_lanes,
    shot_clock,
    high_jump_attempt,
    penalty_box_empties,
)
