"""Clocks and calendars: stopwatches, splits, weekdays, seasons, the moon, alarms, records and delays in a row."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Chosen,
    Either,
    Field,
    If,
    Number,
    Read,
    Stop,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less_down_to,
    listed,
    more,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def stopwatch(draw: Drawer) -> Made:
    running, frames, seconds, pressed = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    button, rate = draw.one(0x10, 0x80, 0x40), draw.one(60, 60, 50)
    program = (
        when(Bits(Read(pressed), button, "any"), put(running, toggled(running, 1))),
        If(
            Bits(Read(running), 1, "any"),
            (more(frames), If(check(frames, ">=", rate), (put(frames, 0), more(seconds)))),
        ),
    )
    return program, (
        f"Write a routine for a stopwatch: ${button:02X} in {pressed.address} toggles bit 0 of {running.address}. While that bit is set the frames {frames.address} go up by 1; at {rate} or more they become 0 and the seconds, the word {seconds.address}, go up by 1.",
        f"How do I start and stop a timer with one button? Pressed byte {pressed.address} & ${button:02X}: byte {running.address} ^= 1. Then, if its lowest bit is 1: frame byte {frames.address} + 1, and on frames >= {rate}: frames = 0, second word {seconds.address} + 1.",
        f"if byte[{pressed.address}] & ${button:02X}: byte[{running.address}] ^= 1; if byte[{running.address}] & 1: if ++byte[{frames.address}] >= {rate}: byte[{frames.address}] = 0, ++word[{seconds.address}].",
        f"For time trials: the button ${button:02X} (new presses in {pressed.address}) starts the clock or halts it, remembered in the low bit of {running.address}, and takes effect in the same frame. A running clock counts {rate} frames in {frames.address} to each second in {seconds.address} (two bytes).",
    )


def keep_split(draw: Drawer) -> Made:
    splits = draw.array(16, draw.one(4, 6, 8, 12))
    count, time, passed = draw.variable(8, below=splits.length + 1), draw.variable(16), draw.variable(8)
    program = (
        If(check(passed, "==", 0), (Stop(),)),
        put(passed, 0),
        If(check(count, "<", splits.length), (put(at(splits, count), time), more(count))),
    )
    return program, (
        f"Write a routine that notes a split time: if {passed.address} is not 0, clear it, and if fewer than {splits.length} splits were taken ({count.address}, never more than {splits.length}), store the time, the word {time.address}, as the next of the {where(splits)} and raise the count by 1.",
        f"How do I record lap times at checkpoints? Trigger byte {passed.address} (nonzero; reset it). Splits: {where(splits)}; number taken: byte {count.address} <= {splits.length}. Room left (count < {splits.length}): splits[count] = word {time.address}, count + 1. Full: drop it.",
        f"if byte[{passed.address}]: byte[{passed.address}] = 0; if n < {splits.length}: word[{splits.address} + 2 * n] = word[{time.address}], ++n; n = byte[{count.address}] <= {splits.length}.",
        f"Speedrunners want to see each dungeon's time. When one is done something sets {passed.address} (take it back to 0). Append the clock {time.address} to the list at {splits.address}, {splits.length} two-byte places, {count.address} of them in use (all at the most); what finds the list full is not kept.",
    )


def next_day(draw: Drawer) -> Made:
    weekday, day, market = draw.variable(8, below=7), draw.variable(16), draw.variable(8)
    open_day = draw.rng.randrange(7)
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    program = (
        more(day),
        If(check(weekday, ">=", 6), (put(weekday, 0),), (more(weekday),)),
        put(market, Chosen(check(weekday, "==", open_day), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine for the change of day: the day number, the word {day.address}, goes up by 1, the weekday {weekday.address} (0 to 6) to the next one, 0 after 6, and {market.address} becomes 1 if the new weekday is {open_day}, else 0.",
        f"How do I keep a weekly market? Midnight: word {day.address} + 1; byte {weekday.address} = (weekday + 1) mod 7, it is below 7; byte {market.address} = weekday == {open_day} ? 1 : 0 (the new weekday).",
        f"++word[{day.address}]; w = (w + 1) % 7; byte[{market.address}] = w == {open_day}; w = byte[{weekday.address}] < 7.",
        f"A new day dawns. They are numbered through in {day.address} (16 bits) and have names by {weekday.address}: 0 Monday to 6 Sunday. On {names[open_day]} the market is held: {market.address} tells today's stalls whether they stand (1) or not (0).",
    )


def season_of_day(draw: Drawer) -> Made:
    day, season = draw.variable(8), draw.variable(8)
    first, second, third = sorted(draw.rng.sample(range(20, 110), 3))
    year = third + draw.rng.randrange(15, 40)
    program = (
        more(day),
        If(check(day, ">=", year), (put(day, 0),)),
        put(
            season,
            Chosen(
                check(day, "<", first),
                Number(0),
                Chosen(check(day, "<", second), Number(1), Chosen(check(day, "<", third), Number(2), Number(3))),
            ),
        ),
    )
    return program, (
        f"Write a routine for the seasons: the day {day.address} goes up by 1, at {year} or more it is 0 again. Then the season {season.address} is 0 before day {first}, 1 before {second}, 2 before {third} and 3 after that.",
        f"How do I turn the day of a {year}-day year into a season? Byte {day.address} + 1, >= {year} -> 0. Byte {season.address}: day < {first}: 0, < {second}: 1, < {third}: 2, else 3.",
        f"if ++d >= {year}: d = 0; byte[{season.address}] = d < {first} ? 0 : d < {second} ? 1 : d < {third} ? 2 : 3; d = byte[{day.address}].",
        f"Holodrum's year has {year} days, 0 to {year - 1}; summer (1) begins on day {first}, autumn (2) on {second}, winter (3) on {third}, and before them it is spring (0). Move {day.address} to the next day and set {season.address} for it.",
    )


def moon_phase(draw: Drawer) -> Made:
    night, moon, light = draw.variable(8), draw.variable(8), draw.variable(8)
    levels = draw.table(8)
    phase = Field(Read(night), 2, 3)
    return (more(night), put(moon, phase), put(light, at(levels, phase))), (
        f"Write a routine for the moon: the night counter {night.address} goes up by 1; each of 8 phases lasts 4 nights, so the phase {moon.address} is (counter / 4) modulo 8; the light {light.address} is its entry in {listed(levels)}.",
        f"How do I derive a moon phase from a day counter? byte {night.address} + 1 (wraps); byte {moon.address} = (counter >> 2) & 7; byte {light.address} = [{listed(levels)}][phase].",
        f"n = ++byte[{night.address}]; byte[{moon.address}] = (n >> 2) & 7; byte[{light.address}] = [{listed(levels)}][(n >> 2) & 7].",
        f"One more night in {night.address}. The moon over my island changes every fourth night through eight shapes, number 0 first, and begins again; put the shape into {moon.address} and how brightly it shines, {listed(levels)}, into {light.address}.",
    )


def alarm_once_a_day(draw: Drawer) -> Made:
    hour, rung, bell = draw.variable(8, below=24), draw.variable(8), draw.variable(8)
    when_due, sound = draw.rng.randrange(5, 22), draw.rng.randrange(1, 64)
    program = (
        If(
            check(hour, "<", when_due),
            (put(rung, 0),),
            (If(check(rung, "==", 0), (put(rung, 1), put(bell, sound))),),
        ),
    )
    return program, (
        f"Write a routine that rings once a day: before {when_due} o'clock ({hour.address}, 0 to 23) {rung.address} is set to 0. From then on, if {rung.address} is 0, it becomes 1 and sound {sound} goes to {bell.address}.",
        f"How do I trigger something at an hour, but only the first time it is seen? Hour byte {hour.address} < 24, done byte {rung.address}. hour < {when_due}: done = 0. hour >= {when_due} and done == 0: done = 1, byte {bell.address} = {sound}.",
        f"if byte[{hour.address}] < {when_due}: byte[{rung.address}] = 0; else if byte[{rung.address}] == 0: byte[{rung.address}] = 1, byte[{bell.address}] = {sound}. Hour < 24.",
        f"The clock tower strikes when the day's hour {hour.address} has come to {when_due} (or has jumped past it), with noise ${sound:02X} in {bell.address}. Not again the same day: {rung.address} is 1 after it struck, and the early hours, those below {when_due}, make it 0 for the next time.",
    )


def delays_in_a_row(draw: Drawer) -> Made:
    timer, stage = draw.variable(8), draw.variable(8, below=draw.one(4, 5, 6))
    assert stage.below
    lengths, last = draw.table(stage.below), stage.below - 1
    action = draw.variable(8)
    program = (
        more(timer),
        If(check(timer, "<", at(lengths, stage)), (Stop(),)),
        put(timer, 0),
        put(action, stage),
        when(check(stage, "<", last), more(stage)),
    )
    return program, (
        f"Write a routine for a chain of delays: the timer {timer.address} goes up by 1; while it is below the length of stage {stage.address} (0 to {last}; lengths {listed(lengths)}) that's all. Then it becomes 0, the stage's number is written to {action.address}, and the stage goes up by 1 unless it is {last}.",
        f"How do I run steps with a different pause before each? Timer byte {timer.address} + 1 (8-bit). timer >= [{listed(lengths)}][byte {stage.address}]: timer = 0, byte {action.address} = stage, stage + 1 (the last one, {last}, repeats). Stage < {stage.below} on entry.",
        f"if ++byte[{timer.address}] >= [{listed(lengths)}][s]: byte[{timer.address}] = 0, byte[{action.address}] = s, if s < {last}: ++s; s = byte[{stage.address}] < {stage.below}.",
        f"The castle falls in {stage.below} acts. Before act s {listed(lengths)} frames have to pass (one figure for each s from 0), timed in {timer.address}. When they have, tell {action.address} which act it is, reset the time and go on to the next ({stage.address}); act {last} is played over and over.",
    )


def last_seconds_beep(draw: Drawer) -> Made:
    frames, seconds, sound = draw.variable(8), draw.variable(8), draw.variable(8)
    rate, final, tick = draw.one(60, 50), draw.rng.randrange(5, 16), draw.rng.randrange(1, 64)
    program = (
        more(frames),
        If(check(frames, "<", rate), (Stop(),)),
        put(frames, 0),
        less_down_to(seconds, 0),
        If(Both(check(seconds, "<=", final), check(seconds, "!=", 0)), (put(sound, tick),)),
    )
    return program, (
        f"Write a routine that counts seconds down and beeps at the end: the frames {frames.address} go up by 1; below {rate} that is all. Then they are 0 again and the seconds {seconds.address} drop by 1, not below 0; if 1 to {final} are left, sound {tick} goes to {sound.address}.",
        f"How do I warn during the last {final} seconds? Frame byte {frames.address} + 1; >= {rate}: frames = 0, second byte {seconds.address} = max(seconds - 1, 0), and if 0 < seconds <= {final}: byte {sound.address} = {tick}.",
        f"if ++byte[{frames.address}] >= {rate}: byte[{frames.address}] = 0; s = max(s - 1, 0); if 1 <= s <= {final}: byte[{sound.address}] = {tick}; s = byte[{seconds.address}].",
        f"Escape before the tower falls! Every {rate} frames ({frames.address} counts them) a second of {seconds.address} is gone, as long as there is one. With {final} or fewer to go, but not when it is all over (0), each second that passes makes noise ${tick:02X} ({sound.address}).",
    )


def best_of_times(draw: Drawer) -> Made:
    times = draw.array(16, draw.one(3, 4, 5, 8))
    course, time, record = draw.variable(8, below=times.length), draw.variable(16), draw.variable(8)
    value = draw.one(1, 0xFF)
    best = at(times, course)
    better = Either(check(best, "==", 0), check(time, "<", best))
    program = (put(record, 0), If(better, (put(best, time), put(record, value))))
    return program, (
        f"Write a routine that keeps the best time of each course: course {course.address} (0 to {times.length - 1}) has its record in {where(times)}, 0 meaning none. If there is none, or the time {time.address} (a word) is smaller, store the time there and ${value:02X} at {record.address}; otherwise {record.address} is 0.",
        f"How do I update a table of records? Records: {where(times)} (0 = empty); course byte {course.address} < {times.length}; new time word {time.address}. Empty or new < old: replace and byte {record.address} = ${value:02X}. Else byte {record.address} = 0.",
        f"r = word[{times.address} + 2 * byte[{course.address}]]; if r == 0 || word[{time.address}] < r: r = word[{time.address}], byte[{record.address}] = ${value:02X}; else byte[{record.address}] = 0; index < {times.length}.",
        f"Link crosses the finish of track {course.address} after {time.address} frames (16 bits). The wall of fame has {times.length} words from {times.address}, with 0 on tracks that nobody has finished yet. Faster than what stands there, or the first at all: write it down and celebrate ({record.address} = ${value:02X}). Not faster: {record.address} = 0.",
    )


def turn_based_clock(draw: Drawer) -> Made:
    steps, turn, hungry, per_turn = draw.variable(8), draw.variable(16), draw.variable(8), draw.rng.randrange(4, 30)
    period = draw.one(3, 7, 15)
    cost = draw.rng.randrange(1, 6)
    program = (
        more(steps),
        If(check(steps, "<", per_turn), (Stop(),)),
        put(steps, 0),
        more(turn),
        when(Bits(Read(turn), period, "none"), less_down_to(hungry, 0, cost)),
    )
    return program, (
        f"Write a routine, called at every step: {steps.address} goes up by 1, and at {per_turn} or more it becomes 0 and a turn is over: the word {turn.address} goes up by 1, and in each turn whose number has the bits {period} all clear the food {hungry.address} drops by {cost}, not below 0.",
        f"How do I let hunger grow with the steps walked? Step byte {steps.address} + 1; >= {per_turn}: steps = 0, turn word {turn.address} + 1; if (turn & {period}) == 0: food byte {hungry.address} = max(food - {cost}, 0).",
        f"if ++byte[{steps.address}] >= {per_turn}: byte[{steps.address}] = 0; if !(++word[{turn.address}] & {period}): byte[{hungry.address}] = max(byte[{hungry.address}] - {cost}, 0).",
        f"Mystery dungeon: {per_turn} steps, counted in {steps.address}, are a turn, and turns are numbered in {turn.address} (two bytes, this one included). Every {period + 1}th, when the number is a multiple of that, Link gets hungry: {cost} off {hungry.address}, where nothing is the least.",
    )


RECIPES = (
    stopwatch,
    keep_split,
    next_day,
    season_of_day,
    moon_phase,
    alarm_once_a_day,
    delays_in_a_row,
    last_seconds_beep,
    best_of_times,
    turn_based_clock,
)
