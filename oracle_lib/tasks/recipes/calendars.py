"""Calendars, clocks and money: months, weekdays, spans of the day, wages, coins, turns."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Fill,
    Half,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Shifted,
    Table,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, minus, more, plus, put, size, when

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def is_leap_year(draw: Drawer) -> Made:
    year, answer = draw.variable(16), draw.variable(8)
    rest_of_100 = Quotient(Read(year), Number(100), remainder=True)
    program = (
        put(answer, 0),
        when(
            Bits(Read(year), 3, "none"),
            put(answer, 1),
            when(Both(check(rest_of_100, "==", 0), Bits(Read(year), 15, "any")), put(answer, 0)),
        ),
    )
    return program, (
        f"Write a routine that decides whether the year in the word {year.address} is a leap year of the Gregorian calendar: {answer.address} = 1 if so, else 0.",
        f"How do I test for a leap year? Year: 16-bit {year.address}; divisible by 4, but not by 100 unless by 400 (a multiple of 100 that 16 divides is one of 400). 1/0 to byte {answer.address}.",
        f"y = word[{year.address}]; byte[{answer.address}] = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) ? 1 : 0.",
        f"The kingdom keeps our calendar. Has the year {year.address} (two bytes, unsigned) a 29th of February? Write 1 or 0 to {answer.address}; year 0 has one.",
    )


def month_length(draw: Drawer) -> Made:
    month, leap, days = draw.variable(8, below=12), draw.variable(8, below=2), draw.variable(8)
    lengths = Table("MonthTable", "month length", (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
    program = (
        put(days, at(lengths, month)),
        when(Both(check(month, "==", 1), check(leap, "!=", 0)), more(days)),
    )
    told = f"month byte[{month.address}] (0 = January to 11 = December, never more)"
    return program, (
        f"Write a routine that stores the number of days of {told} at {days.address}; February has 29 if the byte {leap.address} (0 or 1) is 1, otherwise 28.",
        f"How do I get the length of a month? Input: {told}; leap flag {leap.address} (1 = leap year, 0 = not); output byte {days.address}: 31, 28 or 29, 31, 30 ... as usual.",
        f"byte[{days.address}] = days of {told}, + 1 for February if byte[{leap.address}] (0 or 1) is 1.",
        f"When does the rent fall due? At the end of {told}. How many days does it have? To {days.address}. {leap.address} is 1 in leap years, else 0.",
    )


def next_day(draw: Drawer) -> Made:
    day, month = draw.variable(8), draw.variable(8, below=4)
    season = draw.one(28, 30, 24, 20)
    year = draw.variable(draw.one(8, 16))
    program = (
        more(day),
        when(
            check(day, ">", season),
            put(day, 1),
            more(month),
            when(check(month, "==", 4), put(month, 0), more(year)),
        ),
    )
    return program, (
        f"Write a routine that advances a calendar by a day: the day {day.address} goes up by 1 (8 bits); beyond {season} it becomes 1 and the season {month.address} (0 to 3) goes up; after season 3 comes 0 and the {size(year)} {year.address}, the year, grows by 1 (wrapping).",
        f"How do I roll over day, season and year? Day {day.address} (1-{season}), season {month.address} (< 4), year {year.address} ({size(year)}). ++day; day > {season}: day = 1, ++season; season == 4: season = 0, ++year.",
        f"if ++d > {season}: d = 1; if ++s == 4: s = 0, ++y. d = byte[{day.address}], s = byte[{month.address}] < 4, y = {size(year)}[{year.address}].",
        f"On my farm a season has {season} days and a year four seasons, 0 to 3. The clock strikes midnight: {day.address} is the day, {month.address} the season, {year.address} the year ({size(year)}). Set all three for the new day; what counts is whether the day's number plus 1, as a byte, is above {season}.",
    )


def twelve_hour(draw: Drawer) -> Made:
    hour, shown, afternoon = draw.variable(8, below=24), draw.variable(8), draw.variable(8)
    program = (
        put(shown, hour),
        put(afternoon, 0),
        when(check(hour, ">=", 12), less(shown, 12), put(afternoon, 1)),
        when(check(shown, "==", 0), put(shown, 12)),
    )
    return program, (
        f"Write a routine that converts the hour {hour.address} (0 to 23) to the 12-hour clock: the hour 1 to 12 to {shown.address} and 1 to {afternoon.address} from noon on, 0 before.",
        f"How do I get am/pm? Hour {hour.address} < 24; 0 -> 12 am, 12 -> 12 pm, 13 -> 1 pm. Shown hour {shown.address}, pm flag {afternoon.address} (1/0).",
        f"h = byte[{hour.address}] < 24; byte[{afternoon.address}] = h >= 12; byte[{shown.address}] = h % 12 or 12.",
        f"The tower clock has twelve numbers; midnight and noon are 12. The game's hour is {hour.address} (always below 24). Number under the hand: {shown.address}. A sun for the second half of the day: 1 in {afternoon.address}, else 0.",
    )


def minutes_of_day(draw: Drawer) -> Made:
    hour, minute, total = draw.variable(8), draw.variable(8), draw.variable(16)
    unit = draw.one(60, 60, 100, 24, 50)
    big, small = {
        60: ("hours", "minutes"),
        100: ("bars", "ticks"),
        24: ("days", "hours"),
        50: ("seconds", "frames of 1/50 s"),
    }[unit]
    program = (put(total, plus(Product(Read(hour), Number(unit)), Widened(Read(minute)))),)
    return program, (
        f"Write a routine that turns {big} (byte {hour.address}) and {small} (byte {minute.address}) into {small}, {unit} to one of the {big}: the word {total.address}.",
        f"How do I combine {big} and {small} into one number? word {total.address} = {unit} * byte {hour.address} + byte {minute.address}.",
        f"word[{total.address}] = byte[{hour.address}] * {unit} + byte[{minute.address}].",
        f"To compare times I want them in {small} only. A time is {hour.address} {big} and {minute.address} {small} (a byte each, {unit} {small} make one); put it into the word {total.address}.",
    )


def hour_within(draw: Drawer) -> Made:
    hour, first, last = draw.variable(8, below=24), draw.variable(8, below=24), draw.variable(8, below=24)
    answer = draw.variable(8)
    own = Algorithms(draw).own
    since, length = own("since"), own("length")
    program = (
        put(since, minus(hour, first)),
        when(check(hour, "<", first), more(since, 24)),
        put(length, minus(last, first)),
        when(check(last, "<", first), more(length, 24)),
        put(answer, either(check(since, "<", length), 1, 0)),
    )
    return program, (
        f"Write a routine that tells whether the hour {hour.address} lies in a span of the day that may pass midnight: from {first.address} (included) to {last.address} (not included); all are 0 to 23, and equal ends mean never. 1 or 0 to {answer.address}.",
        f"How do I test a time window with wrap-around? h {hour.address}, start {first.address}, end {last.address}, each < 24: ((h - start) mod 24) < ((end - start) mod 24) -> byte {answer.address}, 1/0.",
        f"byte[{answer.address}] = (h - a) mod 24 < (b - a) mod 24 ? 1 : 0; h = byte[{hour.address}], a = byte[{first.address}], b = byte[{last.address}], all below 24.",
        f"The vampire's inn is open from hour {first.address} until hour {last.address}, often over midnight (22 to 5); if both are the same it stays closed. It is {hour.address} o'clock (hours 0-23 everywhere). Open: 1 in {answer.address}; closed: 0.",
    )


def weekday_after(draw: Drawer) -> Made:
    passed, then = draw.variable(8), draw.variable(8)
    week = draw.one(7, 7, 5, 6, 10)
    today = draw.variable(8, below=week)
    back = draw.maybe(0.3)
    rest = Half(Quotient(Widened(Read(passed)), Number(week), remainder=True), high=False)
    program = (
        put(then, minus(plus(today, week), rest) if back else plus(today, rest)),
        when(check(then, ">=", week), less(then, week)),
    )
    sign, word = ("-", "before") if back else ("+", "after")
    return program, (
        f"Write a routine that computes the weekday byte[{passed.address}] days {word} weekday byte[{today.address}] in a week of {week} days (0 to {week - 1}) and stores it at {then.address}.",
        f"How do I do weekday arithmetic? Today {today.address} (< {week}), days {passed.address} (0-255): (today {sign} days) mod {week}, never negative, to byte {then.address}.",
        f"byte[{then.address}] = (byte[{today.address}] {sign} byte[{passed.address}]) mod {week}; today < {week}; mathematical modulo.",
        f"{'My last bath was' if back else 'Market is'} {passed.address} days {'ago' if back else 'from now'}. Weeks have {week} days, numbered from 0, and today is {today.address} (less than {week}). Which day of the week {'was' if back else 'will'} that{'' if back else ' be'}? {then.address}.",
    )


def days_until(draw: Drawer) -> Made:
    left = draw.variable(8)
    year = draw.one(28, 30, 60, 90, 100)
    today, feast = draw.variable(8, below=year), draw.variable(8, below=year)
    program = (
        put(left, minus(feast, today)),
        when(check(feast, "<", today), more(left, year)),
    )
    return program, (
        f"Write a routine that counts the days from day {today.address} to day {feast.address} of a cycle of {year} days (both 0 to {year - 1}): 0 if it is today, and over the end of the cycle if it has passed already. Result to {left.address}.",
        f"How do I get the distance to a recurring date? now {today.address}, date {feast.address}, both < {year}: (date - now) mod {year} to byte {left.address}.",
        f"byte[{left.address}] = (byte[{feast.address}] - byte[{today.address}]) mod {year}; both less than {year}.",
        f"How long do I have to wait for the feast? It's on day {feast.address} of each {year}-day moon, today is day {today.address} (days count from 0 and stay below {year}). A feast that's over comes again next moon. Days to {left.address}.",
    )


def moon_phase(draw: Drawer) -> Made:
    day, phase = draw.variable(16), draw.variable(8)
    cycle, phases = draw.one((24, 4), (28, 4), (30, 2), (32, 4), (24, 2), (30, 3))
    length = cycle // phases
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, Half(Quotient(Read(day), Number(cycle), remainder=True), high=False)),
        put(phase, 0),
        While(check(rest, ">=", length), (less(rest, length), more(phase))),
    )
    return program, (
        f"Write a routine that finds the phase of the moon on day word[{day.address}]: a cycle has {cycle} days and {phases} phases of {length} days, numbered from 0; day 0 begins one. Phase to {phase.address}.",
        f"How do I compute (day mod {cycle}) / {length}? Day: word {day.address}, unsigned; result byte {phase.address}.",
        f"byte[{phase.address}] = (word[{day.address}] % {cycle}) / {length}.",
        f"Werewolves care for the moon: every {cycle} days it starts anew, each {length} days it changes ({phases} looks, 0 to {phases - 1}). What does it look like on day {day.address} (16 bits, the first day was 0)? Write that to {phase.address}.",
    )


def overtime_pay(draw: Drawer) -> Made:
    hours, pay = draw.variable(8), draw.variable(16)
    normal, wage = draw.rng.randrange(20, 60), draw.rng.randrange(2, 15)
    more_wage = wage + draw.rng.randrange(1, 8)
    program = (
        If(
            check(hours, ">", normal),
            (put(pay, plus(Product(minus(hours, normal), Number(more_wage)), normal * wage)),),
            (put(pay, Product(Read(hours), Number(wage))),),
        ),
    )
    return program, (
        f"Write a routine that works out wages: {wage} for each of the byte[{hours.address}] hours up to {normal}, {more_wage} for each hour beyond; the word {pay.address} gets the total.",
        f"How do I do a two-step tariff? Hours {hours.address}; first {normal} at {wage}, the rest at {more_wage}; total to word {pay.address}.",
        f"h = byte[{hours.address}]; word[{pay.address}] = h > {normal} ? {normal * wage} + (h - {normal}) * {more_wage} : h * {wage}.",
        f"The smith's helper gets {wage} coins an hour, and {more_wage} for every hour beyond {normal}. He worked {hours.address} hours. His pay goes to {pay.address}, two bytes.",
    )


def pay_in_coins(draw: Drawer) -> Made:
    amount = draw.variable(8)
    values = draw.one((50, 10, 1), (25, 5, 1), (100, 20, 5), (64, 8, 1), (20, 5, 2))
    counts = draw.array(8, 3)
    coins = Table("CoinTable", "coin", values)
    own = Algorithms(draw).own
    rest, place = own("rest"), own("place")
    left = draw.variable(8)
    program = (
        put(rest, amount),
        Fill(counts, Number(0)),
        put(place, 0),
        While(
            check(place, "<", 3),
            (
                While(
                    check(rest, ">=", at(coins, place)),
                    (less(rest, at(coins, place)), more(at(counts, place))),
                ),
                more(place),
            ),
        ),
        put(left, rest),
    )
    return program, (
        f"Write a routine that pays the byte {amount.address} in coins of {values[0]}, {values[1]} and {values[2]}, as many large ones as possible: the three numbers of coins go to {counts.address}, {counts.address + 1} and {counts.address + 2}, and what can't be paid to {left.address}.",
        f"How do I make change greedily? Amount {amount.address} (kept); coins {', '.join(map(str, values))}; counts as 3 bytes from {counts.address}, in that order; rest to byte {left.address}.",
        f"r = byte[{amount.address}]; for i, c in enumerate(({', '.join(map(str, values))})): byte[{counts.address} + i] = r / c; r %= c; byte[{left.address}] = r.",
        f"The cashier has to give back {amount.address}. He takes {values[0]}s as long as he can, then {values[1]}s, then {values[2]}s. How many of each ({counts.address} on, three bytes), and how much remains open ({left.address})?",
    )


def interest_years(draw: Drawer) -> Made:
    money, years = draw.variable(16, below=0x1000), draw.variable(8, below=8)
    shift = draw.one(2, 3, 4)
    program = (Repeat(Read(years), (put(money, plus(money, Shifted(Read(money), "right", shift))),)),)
    return program, (
        f"Write a routine that lets the word {money.address} (below $1000) grow for byte[{years.address}] years (0 to 7): each year 1/{1 << shift} of it, rounded down, is added.",
        f"How do I compound interest? Capital {money.address}, 16-bit, < $1000; years {years.address} < 8; c += c >> {shift} per year, in place.",
        f"repeat byte[{years.address}] (< 8) times: c += c >> {shift}; c = word[{money.address}] (< 4096 at first).",
        f"A dragon's hoard of {money.address} (two bytes, less than 4096) increases by 1/{1 << shift} of itself every year, whole coins only (rounded down). The hero sleeps {years.address} years, seven at most. How large is it then? Same place.",
    )


def shift_rota(draw: Drawer) -> Made:
    workers = draw.one(3, 5, 6, 7)
    day, first, second = draw.variable(8), draw.variable(8), draw.variable(8)
    apart = draw.rng.randrange(1, workers)
    program = (
        put(first, Half(Quotient(Widened(Read(day)), Number(workers), remainder=True), high=False)),
        put(second, plus(first, apart)),
        when(check(second, ">=", workers), less(second, workers)),
    )
    return program, (
        f"Write a routine for a rota of {workers} guards (0 to {workers - 1}): on day byte[{day.address}] guard day mod {workers} has the early watch, {first.address}, and the one {apart} number{'s' * (apart > 1)} further (after {workers - 1} comes 0) the late one, {second.address}.",
        f"How do I take turns? Day {day.address}; first = day % {workers} to byte {first.address}; second = (first + {apart}) % {workers} to byte {second.address}.",
        f"byte[{first.address}] = byte[{day.address}] % {workers}; byte[{second.address}] = (byte[{first.address}] + {apart}) % {workers}.",
        f"{workers} cooks take turns day by day; on day {day.address} (the day 0 was cook 0's) who cooks, and who washes up, if that is always the one {apart} place{'s' * (apart > 1)} after the cook in the circle? {first.address} and {second.address}.",
    )


def alarm_is_due(draw: Drawer) -> Made:
    hour, minute = draw.variable(8, below=24), draw.variable(8, below=60)
    alarm_hour, alarm_minute = draw.variable(8, below=24), draw.variable(8, below=60)
    answer = draw.variable(8)
    own = Algorithms(draw).own
    now, then = own("now", 16), own("alarm", 16)
    program = (
        put(now, plus(Product(Read(hour), Number(60)), Widened(Read(minute)))),
        put(then, plus(Product(Read(alarm_hour), Number(60)), Widened(Read(alarm_minute)))),
        put(answer, either(check(now, ">=", then), 1, 0)),
    )
    return program, (
        f"Write a routine that tells whether the time has come: now it is {hour.address}:{minute.address}, the appointment is at {alarm_hour.address}:{alarm_minute.address} of the same day (hours 0-23, minutes 0-59, a byte each). {answer.address} = 1 from that minute on, 0 before.",
        f"How do I compare two times of day? h1 {hour.address}, m1 {minute.address}, h2 {alarm_hour.address}, m2 {alarm_minute.address} (h < 24, m < 60). Byte {answer.address} = (60 h1 + m1 >= 60 h2 + m2) ? 1 : 0.",
        f"byte[{answer.address}] = (h, m) >= (H, M) ? 1 : 0; h = byte[{hour.address}], m = byte[{minute.address}], H = byte[{alarm_hour.address}], M = byte[{alarm_minute.address}]; hours < 24, minutes < 60.",
        f"The coach leaves at {alarm_hour.address} hours {alarm_minute.address} minutes. My watch shows {hour.address} hours {minute.address} minutes (bytes; valid times only, no new day in between). Has it left or is just leaving? 1 in {answer.address}, otherwise 0.",
    )


RECIPES = (
    is_leap_year,
    month_length,
    next_day,
    twelve_hour,
    minutes_of_day,
    hour_within,
    weekday_after,
    days_until,
    moon_phase,
    overtime_pay,
    pay_in_coins,
    interest_years,
    shift_rota,
    alarm_is_due,
)
