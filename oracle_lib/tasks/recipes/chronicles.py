"""Progress: prerequisites, milestones, achievements, branching stories, logic of randomizers, difficulty and assists."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Compared,
    Each,
    Half,
    Here,
    If,
    Index,
    Number,
    Position,
    Read,
    Scaled,
    Set,
    Shifted,
    Shove,
    Statement,
    Stop,
    Switch,
    Table,
    Unary,
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
    listed,
    masked,
    minus,
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


def quest_state_moves(draw: Drawer) -> Made:
    state, items, talk = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    need, message = draw.rng.randrange(3, 20), [draw.rng.randrange(0x80) for _ in range(4)]
    reward = draw.variable(16)
    pay = draw.rng.randrange(20, 300)
    program = (
        Switch(
            Read(state),
            (
                (0, (put(state, 1), put(talk, message[0]))),
                (
                    1,
                    (
                        put(talk, message[1]),
                        when(check(items, ">=", need), less(items, need), put(state, 2), put(talk, message[2])),
                    ),
                ),
                (2, (more(reward, pay), put(state, 3), put(talk, message[3]))),
            ),
        ),
    )
    m = [f"${one:02X}" for one in message]
    return program, (
        f"Talking to the quest giver; quest state {state.address} (0-3), message to {talk.address}. 0: accept, state 1, message {m[0]}. 1: with {need} or more of {items.address} hand over {need}, state 2, message {m[2]}; with fewer message {m[1]}. 2: {pay} gold onto the word {reward.address}, state 3, message {m[3]}. 3: nothing.",
        f"switch s: 0 -> s=1,msg={m[0]}; 1 -> n >= {need} ? (n -= {need}, s=2, msg={m[2]}) : msg={m[1]}; 2 -> gold += {pay}, s=3, msg={m[3]}; 3 -> no change. s {state.address} < 4, n {items.address}, msg {talk.address}, gold word {reward.address}.",
        f"How do I script a fetch quest as a state byte? {state.address}: 0 new, 1 collecting, 2 delivered, 3 paid. Each talk makes at most one transition: 0 to 1 ({m[0]}); 1 to 2 ({m[2]}) if {items.address} has {need}, which are taken, else just {m[1]}; 2 to 3 ({m[3]}) with {pay} added to 16-bit {reward.address}. Text number {talk.address}; untouched in state 3.",
        f"Write what the old man does when spoken to. A stranger ({state.address} = 0) is asked for {need} herbs: text {m[0]}, state 1. One who was asked (1) hears {m[1]}, or gives away {need} of his {items.address} herbs if he has so many and hears {m[2]}, state 2. One who gave (2) gets {pay} rupees (two bytes at {reward.address}), text {m[3]}, state 3. After that (3) he's silent. Texts go to {talk.address}.",
    )


def milestones_reached(draw: Drawer) -> Made:
    total, reached = draw.variable(16), draw.variable(8)
    marks, value = [], 0
    for _ in range(4):
        value += draw.rng.randrange(20, 1500)
        marks.append(value)
    table = Table("MilestoneTable", "milestone", tuple(marks), 16)
    bit = Algorithms(draw).own("bits")
    gift, one_gift = draw.variable(8), draw.one(1, 2, 5)
    program: tuple[Statement, ...] = (
        put(bit, 0),
        *(when(check(total, ">=", mark), put(bit, (1 << n + 1) - 1)) for n, mark in enumerate(table.values)),
        If(check(bit, "!=", reached), (put(reached, bit), more_up_to(gift, 99, one_gift))),
    )
    shown = ", ".join(map(str, marks))
    return program, (
        f"Milestones at {shown} points: {reached.address} has bit n set for each milestone n that the word {total.address} has come to (other bits 0). Whenever that changes the byte, the hero gets {one_gift} gifts ({gift.address}, 99 at most).",
        f"b = bits 0-3: total >= [{shown}][n]; b != r: r = b, g = min(g + {one_gift}, 99). total word {total.address}, r {reached.address}, g {gift.address}.",
        f"How do I hand out something each time a total passes a threshold? 16-bit total {total.address}, thresholds {shown} (reached when >=), reached-mask {reached.address} (bit 0 = lowest threshold, upper bits zero); if the new mask isn't the old one store it and add {one_gift} to {gift.address}, saturating at 99.",
        f"Write a routine that keeps a record of a collector's ranks. Four ranks need {shown} pieces ({total.address}, two bytes). Build a byte with a 1 for each rank he has, the first in bit 0. If {reached.address} is a different byte, replace it and present him with {one_gift} more of {gift.address}, but not over 99.",
    )


def achievement_popup(draw: Drawer) -> Made:
    got, met, shown, popup = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16)
    frames = draw.rng.randrange(60, 240)
    program = (
        put(popup, masked(met, Unary("not", Read(got)))),
        If(check(popup, "==", 0), (Stop(),)),
        put(got, joined(got, met)),
        put(shown, frames),
    )
    return program, (
        f"Achievements: 16 bits whose conditions are met now ({met.address}) and 16 that were earned before ({got.address}). The new ones (met, not earned) go to {popup.address}. If there are any, they are earned from now on and the banner timer {shown.address} is {frames}.",
        f"new = met & ~got -> {popup.address}; new: got |= met, {shown.address} = {frames}. met word {met.address}, got word {got.address}.",
        f"How do I detect newly unlocked trophies? Words: satisfied {met.address}, owned {got.address}, fresh ones {popup.address} = satisfied and not owned. Any fresh: merge into owned and start banner byte {shown.address} at {frames}; none: leave both.",
        f"Write a routine that compares two sets of 16 flags. {popup.address} receives the flags that are set in {met.address} but not in {got.address}. When that isn't empty, {got.address} is completed by all of {met.address}, and {shown.address} (one byte) starts a display of {frames} frames.",
    )


def logic_sphere_grows(draw: Drawer) -> Made:
    count = draw.one(6, 8, 10, 12)
    needs = draw.table(count)
    gives = draw.table(count)
    items, found, done = draw.variable(8), draw.variable(8), draw.array(8, count)
    program = (
        put(found, 0),
        Each(
            (done,),
            (
                when(
                    Both(
                        check(Here(done), "==", 0),
                        Compared("==", masked(items, at(needs, Index())), Read(at(needs, Index()))),
                    ),
                    put(Here(done), 1),
                    put(items, joined(items, at(gives, Index()))),
                    more(found),
                ),
            ),
        ),
    )
    return program, (
        f"Randomizer logic, one sweep over {count} locations: location n is reachable if all bits of its requirement ({listed(needs)}) are in the items {items.address}. A reachable one whose mark (the {where(done)}) is 0 is marked 1, and its item bits ({listed(gives)}) join the items at once, so later locations can use them. {found.address} = locations newly marked.",
        f"n = 0; for i: !d[i] && (items & need[i]) == need[i]: d[i] = 1, items |= give[i], ++n. need = {listed(needs)}; give = {listed(gives)}; items {items.address}, d {where(done)}, n {found.address}.",
        f"How do I do one pass of an assumed-fill reachability check? Items byte {items.address}; visited flags {where(done)} (0 = not yet); requirements {listed(needs)} (all bits needed); rewards {listed(gives)} (or-ed in immediately). In order of the locations; number of new ones to {found.address}.",
        f"Write a step of a seed checker with {count} chests. Go through them once. A chest not opened yet ({done.address} on, a byte each, 0) whose key mask {listed(needs)} is contained in {items.address} is opened (1) and its content mask {listed(gives)} is added to {items.address} before the next chest is looked at. {found.address} tells how many were opened.",
    )


def branch_by_karma(draw: Drawer) -> Made:
    karma, choice, scene, flags = (
        draw.variable(8, signed=True),
        draw.variable(8, below=3),
        draw.variable(8),
        draw.variable(8),
    )
    swing = draw.rng.randrange(4, 20)
    good, neutral, evil = draw.rng.sample(range(0x10, 0x80), 3)
    edge = draw.rng.randrange(10, 50)
    program = (
        If(check(choice, "==", 0), (more(karma, swing),), (when(check(choice, "==", 1), less(karma, swing)),)),
        put(scene, neutral),
        If(check(karma, ">=", edge, True), (put(scene, good), put(flags, joined(flags, 1)))),
        If(check(karma, "<", -edge, True), (put(scene, evil), put(flags, joined(flags, 2)))),
    )
    return program, (
        f"Karma: answer {choice.address} (0 kind, 1 cruel, 2 silent) changes the signed byte {karma.address} by +{swing}, -{swing} or 0 (wraps). Next scene {scene.address}: ${good:02X} from {edge} up, ${evil:02X} below -{edge}, otherwise ${neutral:02X}. The good one also sets bit 0 of {flags.address}, the evil one bit 1.",
        f"k += c == 0 ? {swing} : c == 1 ? -{swing} : 0; scene = k >= {edge} ? ${good:02X} (flags |= 1) : k < -{edge} ? ${evil:02X} (flags |= 2) : ${neutral:02X}. k {karma.address} signed, c {choice.address} < 3, scene {scene.address}, flags {flags.address}.",
        f"How do I branch the story by good and bad deeds? alignment {karma.address} (two's complement), reply {choice.address} under 3: 0 adds {swing}, 1 subtracts {swing}, 2 nothing. Signed test afterwards: >= {edge} scene ${good:02X} and flag $01, < -{edge} scene ${evil:02X} and flag $02, else scene ${neutral:02X}. Scene to {scene.address}, flags or-ed into {flags.address}.",
        f"Write a routine for a moral choice. Reply 0 in {choice.address} is worth {swing} points of honour, reply 1 costs {swing}, reply 2 neither; honour is the signed {karma.address}. The story goes on, in {scene.address}, with ${evil:02X} for honour under minus {edge}, ${good:02X} for {edge} or over, ${neutral:02X} between. Remember having been over (bit 0) or under (bit 1) in {flags.address}; bits are never taken away.",
    )


def help_after_deaths(draw: Drawer) -> Made:
    deaths, won, ease, armor = draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    need, most = draw.rng.randrange(3, 8), draw.one(3, 4, 5)
    step = draw.one(8, 10, 16)
    program = (
        If(check(won, "==", 1), (put(deaths, 0), less_down_to(ease, 0)), (more(deaths),)),
        If(check(deaths, ">=", need), (put(deaths, 0), more_up_to(ease, most))),
        put(armor, Scaled(Read(ease), step)),
    )
    return program, (
        f"Adaptive difficulty after a fight: if it was won ({won.address} = 1) the deaths {deaths.address} become 0 and the ease {ease.address} drops by 1 (not below 0). If lost (0) count a death; {need} of them (or more) turn into one step of ease ({most} at most) and the count is 0. The bonus armour {armor.address} is {step} * ease.",
        f"won ? (d = 0, e = max(e - 1, 0)) : ++d; d >= {need}: d = 0, e = min(e + 1, {most}); armor = {step} * e (8 bits). won {won.address} (0/1), d {deaths.address}, e {ease.address}, armor {armor.address}.",
        f"How do I quietly help a player who keeps dying? Outcome {won.address} (0 lost, 1 won), loss streak {deaths.address}, help level {ease.address} from 0 to {most}: up one when the streak is {need} or more, which clears it, down one per win, which clears it too. Extra defence byte {armor.address} = level times {step}.",
        f"Write a routine that's called when a battle ends. A victory, 1 in {won.address}, wipes the list of defeats {deaths.address} and takes back a degree of help {ease.address}, if there is one. A defeat, 0, is added to the list. When the list has {need} or more, tear it up (0) and give a degree, up to {most}. {armor.address} is always {step} for each degree, modulo 256.",
    )


def hint_gets_clearer(draw: Drawer) -> Made:
    minutes, hint, text = draw.variable(8), draw.variable(8), draw.variable(8)
    solved = draw.variable(8, below=2)
    first, wait = draw.rng.randrange(0x20, 0x80), draw.rng.randrange(3, 20)
    program = (
        If(check(solved, "==", 1), (put(minutes, 0), put(hint, 0), Stop())),
        more(minutes),
        If(check(minutes, "<", wait), (Stop(),)),
        put(minutes, 0),
        more_up_to(hint, 3),
        put(text, plus(hint, first)),
    )
    return program, (
        f"Hints that get clearer: called once a minute. If the puzzle is solved ({solved.address} = 1, else 0) minutes {minutes.address} and hint level {hint.address} become 0. Otherwise a minute is counted; at {wait} or more it starts again at 0, the level rises by 1 (3 is the last) and text ${first:02X} + level goes to {text.address}.",
        f"solved: m = h = 0. Else ++m; m >= {wait}: m = 0, h = min(h + 1, 3), text = ${first:02X} + h. solved {solved.address} (0/1), m {minutes.address}, h {hint.address}, text {text.address}.",
        f"How do I offer a stronger hint every {wait} minutes? Minute counter {minutes.address} (cleared at {wait} or more), hint number {hint.address} (1-3), message number {text.address} = ${first:02X} plus hint number, written only when the hint changes or repeats at 3; solving, 1 in {solved.address} (0 before), resets counter and number.",
        f"Write a fairy's patience. Each call is a minute more in {minutes.address} unless {solved.address} is 1; that clears {minutes.address} and {hint.address}, and there's nothing more to do (it's 0 otherwise). When {wait} minutes or more are together, they're forgotten (0), {hint.address} goes up, at most to 3, and she says number {hint.address} plus ${first:02X}, which you put into {text.address}.",
    )


def percent_by_weights(draw: Drawer) -> Made:
    hearts, items, bosses = draw.variable(8, below=21), draw.variable(8, below=25), draw.variable(8, below=13)
    percent = draw.variable(8)
    done = draw.variable(8)
    program = (
        put(percent, plus(plus(hearts, Scaled(Read(items), 2)), Scaled(Read(bosses), 3))),
        put(done, 0),
        If(check(percent, ">=", 100), (put(percent, 100), put(done, 1))),
    )
    return program, (
        f"Completion: 1 percent for each of {hearts.address} heart pieces (0-20), 2 for each of {items.address} items (0-24), 3 for each of {bosses.address} bosses (0-12). At 100 or more it is shown as 100 and {done.address} = 1, otherwise {done.address} = 0. Percentage to {percent.address}.",
        f"p = h + 2*i + 3*b; done = p >= 100; p = min(p, 100). h {hearts.address} <= 20, i {items.address} <= 24, b {bosses.address} <= 12, p {percent.address}, done {done.address}.",
        f"How do I weigh different collectibles into one percentage? Hearts {hearts.address} (max 20) count once, items {items.address} (max 24) twice, bosses {bosses.address} (max 12) three times. Clamp at 100; {percent.address} gets it, {done.address} = 1 for a hundred, else 0.",
        f"Write the file screen's percentage. Up to twenty hearts ({hearts.address}) give a point each, up to 24 treasures ({items.address}) two, up to twelve crowns ({bosses.address}) three. The sum is written to {percent.address}, with 100 for any larger one. Whether the hundred is reached stands in {done.address}, as 1 or 0.",
    )


def daily_streak(draw: Drawer) -> Made:
    today, last, streak, prize = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    week, factor = draw.one(5, 7, 10), draw.one(2, 3, 5, 10)
    program = (
        If(check(today, "==", last), (put(prize, 0), Stop())),
        If(Compared("==", minus(today, last), Number(1)), (more_up_to(streak, week),), (put(streak, 1),)),
        put(last, today),
        put(prize, Scaled(Read(streak), factor)),
    )
    return program, (
        f"Daily login bonus: on the same day as last time ({today.address} = {last.address}) the prize {prize.address} is 0 and that's all. On the very next day (1 more, mod 256) the streak {streak.address} grows, to {week} at most; after a gap it is 1. The day is remembered and the prize is {factor} times the streak.",
        f"t == l: prize = 0. Else streak = (t - l) & $FF == 1 ? min(streak + 1, {week}) : 1; l = t; prize = {factor} * streak. t {today.address}, l {last.address}, streak {streak.address}, prize {prize.address}.",
        f"How do I reward coming back every day? Day number {today.address} (wraps at 256), day of last reward {last.address}, streak {streak.address} (cap {week}, back to 1 when a day was missed), reward {prize.address} = {factor} per streak day; 0 when already claimed today.",
        f"Write a shrine that blesses once a day. A pilgrim who was here today already ({last.address} equals {today.address}) gets 0 in {prize.address}. One who was here yesterday, modulo 256, prolongs his {streak.address} by one but not over {week}; anyone else begins at one. Then note the day and give {factor} for each day of the streak.",
    )


def newest_quest_first(draw: Drawer) -> Made:
    log = draw.array(8, draw.one(4, 6, 8))
    quest, known = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        Set(place, Position(log, check(Here(log), "==", quest), 0xFF)),
        If(check(place, "!=", 0xFF), (put(known, 1), Stop())),
        put(known, 0),
        Shove(log, True, Read(quest)),
    )
    return program, (
        f"Quest log with the newest on top: the {where(log)}. If quest {quest.address} is in it, only {known.address} = 1. If not, {known.address} = 0, all entries move down by one (the last is lost) and the quest becomes the first.",
        f"q in log: known = 1. Else known = 0, shift log by one place (last drops), log[0] = q. q {quest.address}, log {where(log)}, known {known.address}.",
        f"How do I insert a quest at the front of a list unless it's there? List {where(log)}; quest id byte {quest.address}; {known.address} tells 1 for a duplicate (list unchanged) and 0 for a new one, which pushes the others back by one place and the oldest out.",
        f"Write the diary of an adventurer, {log.length} lines of one byte from {log.address}. A new entry {quest.address} goes on the first line after the others have slid one line on; the one on the last line disappears. An entry that stands in the diary anywhere isn't written again. {known.address} says which it was: 0 written, 1 known.",
    )


def escort_alive(draw: Drawer) -> Made:
    hp, distance, timer, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    far, frames = draw.rng.randrange(60, 180), draw.rng.randrange(60, 250)
    program = (
        If(check(hp, "==", 0), (put(result, 2), Stop())),
        If(check(distance, "<", far), (put(timer, 0), put(result, 0), Stop())),
        more_up_to(timer, frames),
        put(result, 0),
        when(check(timer, "==", frames), put(result, 1)),
    )
    return program, (
        f"Escort mission: {result.address} is 2 if the escorted one is dead (HP {hp.address} = 0). Otherwise, nearer than {far} ({distance.address}): lost-timer {timer.address} = 0 and result 0. Farther: the timer goes up by 1, to {frames} at most; result 1 (lost) when it is there, else 0.",
        f"hp == 0: r = 2. dist < {far}: t = 0, r = 0. Else t = min(t + 1, {frames}), r = t == {frames}. hp {hp.address}, dist {distance.address}, t {timer.address}, r {result.address}.",
        f"How do I fail an escort quest by death or by leaving the NPC behind for {frames} frames? NPC health {hp.address}, distance byte {distance.address} (too far from {far} on), frames apart {timer.address} (saturates at {frames}, cleared when near). Status {result.address}: 0 fine, 1 lost, 2 dead.",
        f"Write the check of a quest to bring a princess home. With no life in {hp.address} the answer in {result.address} is 2, nothing else matters. While she's fewer than {far} pixels away ({distance.address}) forget all waiting: 0 in {timer.address}, answer 0. While she isn't, she waits a frame more in {timer.address}, up to {frames}, and the answer is 1 once it says {frames} and 0 before.",
    )


def bingo_goal_marked(draw: Drawer) -> Made:
    board, goal, lines = draw.variable(16), draw.variable(8, below=16), draw.variable(8)
    masks = Table("SquareTable", "square", tuple(1 << n for n in range(16)), 16)
    rows = [0xF << 4 * n for n in range(4)]
    program: tuple[Statement, ...] = (
        put(board, joined(board, at(masks, goal))),
        put(lines, 0),
        *(when(Bits(Read(board), row, "all"), more(lines)) for row in rows),
    )
    return program, (
        f"Bingo with 4 by 4 goals: square {goal.address} (0-15) was achieved, so set that bit of the word {board.address}. Then {lines.address} = number of complete rows (bits 0-3, 4-7, 8-11, 12-15).",
        f"b |= 1 << g; {lines.address} = how many nibbles of b are $F. b word {board.address}, g {goal.address} < 16.",
        f"How do I mark a bingo square and count finished rows? Card: 16 bits at {board.address}, row by row from bit 0; new square {goal.address} under 16; rows with all four bits set -> {lines.address}.",
        f"Write a randomizer's bingo. Of sixteen squares in {board.address} (two bytes, four in a row, square n is bit n) tick off number {goal.address}, which is below 16, and tell in {lines.address} how many of the four rows are full now.",
    )


def goal_list_order(draw: Drawer) -> Made:
    goals = draw.array(8, draw.one(4, 5, 6, 8))
    event, place, bonus, score = draw.variable(8), draw.variable(8, below=4), draw.variable(8), draw.variable(16)
    points, most = draw.one(10, 20, 50), draw.one(5, 8, 10)
    program = (
        If(
            check(event, "==", at(goals, place)),
            (more_up_to(bonus, most), more(score, Scaled(Widened(Read(bonus)), points))),
            (put(bonus, 0),),
        ),
        put(place, masked(plus(place, 1), 3)),
    )
    return program, (
        f"Challenge list: the first four of the {where(goals)} are done in turn. If event {event.address} is the one at place {place.address} (0-3), the bonus {bonus.address} grows by 1 (to {most} at most) and {points} times the bonus is added to the word {score.address}; otherwise the bonus is 0. Either way the place goes on (3 is followed by 0).",
        f"e == goal[p] ? (b = min(b + 1, {most}), score += {points} * b) : b = 0; p = (p + 1) & 3. e {event.address}, p {place.address} < 4, b {bonus.address}, score word {score.address}, goal bytes at {goals.address}.",
        f"How do I pay a growing bonus for doing goals in order? Goals from {goals.address} (four in use), current {place.address} below 4, event id {event.address}, multiplier {bonus.address} (raised first, cap {most}, zeroed on a miss), {points} points each to 16-bit {score.address}; index cycles through 0-3.",
        f"Write a routine for a tour of four sights, listed at {goals.address}. Sight {place.address} (0 to 3) is due. Seeing exactly that ({event.address}) makes the guide's mood {bonus.address} better by one, {most} is the best, and earns {points} points for each step of the new mood in {score.address} (two bytes). Seeing something else spoils it to 0. The next sight is due in any case, after the fourth the first.",
    )


def seed_word_hash_icons(draw: Drawer) -> Made:
    seed, icons = draw.variable(16), draw.array(8, draw.one(3, 4, 5))
    rest = Algorithms(draw).own("rest", 16)
    mask = draw.one(0x0F, 0x1F, 0x07)
    bits = mask.bit_length()
    program = (
        put(rest, seed),
        Each(
            (icons,),
            (
                put(Here(icons), masked(Half(Read(rest), False), mask)),
                put(rest, Shifted(Read(rest), "rotate right", bits)),
            ),
        ),
    )
    return program, (
        f"Show a seed as {icons.length} icons: the first icon is the low {bits} bits of the word {seed.address}, the next the {bits} bits above them and so on, beginning again at bit 0 behind bit 15 (the word is rotated right by {bits} each time). Icons: {where(icons)}. The seed itself stays.",
        f"r = seed; for each of {icons.length}: icon[i] = r & ${mask:02X}; r = ror16(r, {bits}). seed word {seed.address}, icons {where(icons)}.",
        f"How do I turn a 16-bit seed into hash icons for the file screen? Copy of word {seed.address}: take it modulo {mask + 1} for an icon, rotate right by {bits}, {icons.length} times; icons are the {where(icons)}.",
        f"Write a routine that makes {icons.length} symbol numbers out of a seed, so that racers can compare. Each symbol, a byte at {icons.address} onwards, gets the lowest {bits} bits of a 16-bit number that starts as {seed.address} and is rotated to the right by {bits} bits from one symbol to the next.",
    )


def access_by_either_set(draw: Drawer) -> Made:
    items, tricks, open_now = draw.variable(16), draw.variable(8), draw.variable(8)
    full = draw.mask(16) | 0x0101
    reduced = full & ~(1 << draw.rng.choice([n for n in range(16) if full >> n & 1]))
    trick = 1 << draw.rng.randrange(8)
    seen = draw.variable(8)
    program = (
        put(open_now, 0),
        If(Bits(Read(items), full, "all"), (put(open_now, 1), Stop())),
        If(
            Both(Bits(Read(items), reduced, "all"), Bits(Read(tricks), trick, "any")),
            (put(open_now, 2), more_up_to(seen, 255)),
        ),
    )
    return program, (
        f"Access rule of a location: with all items of mask ${full:04X} in the word {items.address} it is in logic ({open_now.address} = 1). Otherwise with all of ${reduced:04X} and the trick ${trick:02X} allowed in {tricks.address} it can be reached out of logic (2), counted in {seen.address} (255 at most). Else 0.",
        f"(i & ${full:04X}) == ${full:04X} -> 1; else (i & ${reduced:04X}) == ${reduced:04X} && (t & ${trick:02X}) -> 2, n = min(n + 1, 255); else 0. To {open_now.address}. i word {items.address}, t {tricks.address}, n {seen.address}.",
        f"How do I code 'needs these items, or fewer of them with glitches'? 16-bit inventory {items.address}: mask ${full:04X} complete gives 1; mask ${reduced:04X} complete plus glitch flag ${trick:02X} of {tricks.address} gives 2 and one more in the saturating {seen.address}; anything else 0. Result byte {open_now.address}.",
        f"Write a tracker's test. The colour of a check goes to {open_now.address}: 1 if the two-byte {items.address} has every bit of ${full:04X}; failing that, 2 if it has every bit of ${reduced:04X} and the player knows the trick (bit ${trick:02X} in {tricks.address}), in which case {seen.address} goes up unless it's 255; failing that, 0.",
    )


def chapter_ends(draw: Drawer) -> Made:
    flags, chapter, pages = draw.array(8, draw.one(4, 5, 6)), draw.variable(8, below=4), draw.variable(8)
    needs = Table("ChapterMaskTable", "chapter mask", tuple(draw.mask(8) | 1 for _ in range(4)))
    program = (
        If(
            Compared("!=", masked(at(flags, chapter), at(needs, chapter)), Read(at(needs, chapter))),
            (put(pages, 0), Stop()),
        ),
        put(pages, 1),
        when(check(chapter, "<", 3), more(chapter)),
    )
    return program, (
        f"A chapter ends when all its events have happened. Chapter {chapter.address} (0-3) has its event flags in the byte of that number from {flags.address} and needs the mask {listed(needs)}. All bits of the mask set: {pages.address} = 1 and the next chapter begins (3 stays 3). Otherwise {pages.address} = 0.",
        f"(f[c] & m[c]) == m[c] ? (turn = 1, c = min(c + 1, 3)) : turn = 0. c {chapter.address} < 4, f bytes at {flags.address}, m = {listed(needs)}, turn {pages.address}.",
        f"How do I advance chapters by event masks? Current chapter {chapter.address} below 4; flags of chapter n: byte n at {flags.address}; required bits {listed(needs)}; done flag {pages.address} 1/0; the number rises by one but not beyond 3.",
        f"Write the bookkeeping of a story in four chapters. Chapter {chapter.address} (always 0 to 3) is complete if its byte in the list at {flags.address} contains each bit of its mask, which is one of {listed(needs)}. Then {pages.address} becomes 1 and the chapter is followed by the next, if there is one; incomplete chapters only put 0 there.",
    )


RECIPES = (
    quest_state_moves,
    milestones_reached,
    achievement_popup,
    logic_sphere_grows,
    branch_by_karma,
    help_after_deaths,
    hint_gets_clearer,
    percent_by_weights,
    daily_streak,
    newest_quest_first,
    escort_alive,
    bingo_goal_marked,
    goal_list_order,
    seed_word_hash_icons,
    access_by_either_set,
    chapter_ends,
)
