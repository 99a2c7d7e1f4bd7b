"""Random generators, timers and controllers: LCG and LFSR steps, dice, shuffles, schedules, presses, repeats, cheats, macros."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "game logic"
TEXT = "const std::string&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def lcg_search(rng: random.Random) -> Made:
    factor, plus = rng.choice(((5, 1), (0x41, 0x11), (0x6D, 0x39), (0x15, 7)))
    wanted = rng.choice(("steps", "sequence", "reaches"))
    if wanted == "sequence":
        signature = "std::vector<uint8_t> @f(uint16_t seed, int count)"
        body = f"std::vector<uint8_t> rolls;\nwhile (count-- > 0) {{\n  seed = seed * {factor} + {plus};\n  rolls.push_back(seed >> 8);\n}}\nreturn rolls;"
    elif wanted == "steps":
        signature = "uint16_t @f(uint16_t seed, int count)"
        body = f"while (count-- > 0) seed = seed * {factor} + {plus};\nreturn seed;"
    else:
        signature = "int @f(uint16_t seed, uint8_t wanted)"
        body = f"for (int count = 1; count <= 1000; ++count) {{\n  seed = seed * {factor} + {plus};\n  if (seed >> 8 == wanted) return count;\n}}\nreturn -1;"

    def oracle(seed: int, second: int) -> object:
        if second > 1000:
            raise ValueError("too many steps")
        states = list(
            itertools.accumulate(
                range(1000 if wanted == "reaches" else second), lambda s, _: (s * factor + plus) % 65536, initial=seed
            )
        )
        if wanted == "steps":
            return states[-1]
        rolls = [one // 256 for one in states[1:]]
        if wanted == "sequence":
            return rolls
        return rolls.index(second) + 1 if second in rolls else -1

    goal = {
        "steps": "the seed after `count` steps",
        "sequence": "the first `count` random bytes, each the upper byte of the new seed",
        "reaches": "after how many steps (1 to 1000) the upper byte of the seed is `wanted` for the first time, or -1",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        lambda r: [
            r.getrandbits(16),
            r.randrange(256) if wanted == "reaches" else r.choice((0, 1, 2, r.randrange(20))),
        ],
        (
            f"Write a function that simulates a game's random generator and returns {goal}. Each step replaces the 16-bit seed by seed * {factor} + {plus}, cut to 16 bits.",
            f"LCG seed = seed * {factor} + {plus} mod 65536 -> {goal}",
            f"I analyse luck manipulation: the RNG multiplies its word by {factor} and adds {plus}. From a known seed I want {goal}.",
            f"The random routine of this game is x -> ({factor}x + {plus}) mod 0x10000. Give me {goal}; the starting seed itself is not a result.",
        ),
    )


def lfsr_steps(rng: random.Random) -> Made:
    width = rng.choice((8, 16))
    taps = {8: (0xB8, 0x1D), 16: (0xB400, 0x1021)}[width][0]
    left_taps = {8: 0x1D, 16: 0x1021}[width]
    left = rng.random() < 0.5
    mask, top = (1 << width) - 1, 1 << (width - 1)
    kind = f"uint{width}_t"
    wanted = rng.choice(("state", "period"))
    used = left_taps if left else taps
    step = (
        f"s = (s & {hexadecimal(top)} ? s << 1 ^ {hexadecimal(used)} : s << 1) & {hexadecimal(mask)};"
        if left
        else f"s = s & 1 ? s >> 1 ^ {hexadecimal(used)} : s >> 1;"
    )
    if wanted == "state":
        body = f"int s = state;\nwhile (count-- > 0) {step}\nreturn s;"
        signature = f"{kind} @f({kind} state, int count)"
    else:
        body = f"int s = state;\nint ones = 0;\nwhile (count-- > 0) {{\n  ones += s {'>> ' + str(width - 1) + ' & 1' if left else '& 1'};\n  {step}\n}}\nreturn ones;"
        signature = f"int @f({kind} state, int count)"

    def oracle(state: int, count: int) -> int:
        if count > 1000:
            raise ValueError("too many steps")
        bits = [state >> i & 1 for i in range(width)]
        tapped = [used >> i & 1 for i in range(width)]
        out = []
        for _ in range(count):
            falling = bits[-1] if left else bits[0]
            out.append(falling)
            bits = [0, *bits[:-1]] if left else [*bits[1:], 0]
            if falling:
                bits = [a ^ b for a, b in zip(bits, tapped, strict=True)]
        return sum(out) if wanted == "period" else sum(bit << i for i, bit in enumerate(bits))

    way = (
        "left (the highest bit falls out, a 0 comes in at the bottom)"
        if left
        else "right (the lowest bit falls out, a 0 comes in at the top)"
    )
    goal = (
        "the state after `count` steps"
        if wanted == "state"
        else "how many of the bits that fall out in `count` steps are 1"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [r.getrandbits(width), r.choice((0, 1, 8, r.randrange(30)))],
        (
            f"Write a function for a {width}-bit feedback shift register that returns {goal}. A step shifts the state {way}; if the bit that fell out was 1, the state is then XORed with 0x{used:X}.",
            f"Galois LFSR, {width} bits, shift {'left' if left else 'right'}, poly ${used:X} -> {goal}",
            f"The noise generator shifts its {width}-bit register {way} and xors ${used:X} in when a 1 was lost. I need {goal}.",
            f"How do I emulate the game's LFSR ({width} bit)? Shift {way}, XOR 0x{used:X} if the lost bit was set; repeat. Result: {goal}.",
        ),
    )


def scaled_roll(rng: random.Random) -> Made:
    wanted = rng.choice(("value", "chances", "lowest"))
    if wanted == "value":
        signature, body = "int @f(uint8_t roll, int low, int high)", "return low + (roll * (high - low + 1) >> 8);"
    elif wanted == "chances":
        signature = "std::vector<int> @f(int sides)"
        body = "std::vector<int> chances(sides);\nfor (int roll = 0; roll < 256; ++roll) ++chances[roll * sides / 256];\nreturn chances;"
    else:
        signature = "int @f(int sides, int face)"
        body = "return (face * 256 + sides - 1) / sides;"

    def oracle(first: int, second: int = 0, third: int = 0) -> object:
        if wanted == "value":
            return second + first * (third - second + 1) // 256
        faces = [roll * first // 256 for roll in range(256)]
        if wanted == "chances":
            return [faces.count(one) for one in range(first)]
        return faces.index(second)

    def given(r: random.Random) -> list[int]:
        if wanted == "value":
            low = r.randrange(-5, 30)
            return [r.choice((0, 255, 128, r.randrange(256))), low, low + r.randrange(100)]
        sides = r.randrange(1, 41)
        return [sides] if wanted == "chances" else [sides, r.randrange(sides)]

    goal = {
        "value": "the result from `low` to `high` (both included) that a random byte `roll` gives",
        "chances": "how many of the 256 random bytes give each of the results 0 to `sides` - 1 (`sides` is 1 to 256)",
        "lowest": "the lowest random byte that gives the result `face` (0 to `sides` - 1; `sides` is 1 to 256)",
    }[wanted]
    n = "(high - low + 1)" if wanted == "value" else "sides"
    add = ", plus low" if wanted == "value" else ""
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. The game scales random bytes by multiplying: the result is the upper byte of byte * {n}{add}.",
            f"(byte * {n}) >> 8{add}: {goal}",
            f"Instead of a modulo the game multiplies its random byte with the number of results and takes the product / 256{add}. I want {goal}.",
            f"How fair are dice by multiplication (byte * {n} / 256, rounded down{add})? Return {goal}.",
        ),
    )


def shuffled(rng: random.Random) -> Made:
    factor, plus = rng.choice(((5, 3), (0x4D, 0x35), (13, 7)))
    down = rng.random() < 0.6
    body = cpp(
        """
        std::vector<uint8_t> items(count);
        std::iota(items.begin(), items.end(), 0);
        @loop {
          seed = seed * @factor + @plus;
          std::swap(items[i], items[(seed >> 8) % @range]);
        }
        return items;
        """,
        loop="for (int i = count - 1; i > 0; --i)" if down else "for (int i = 0; i < count; ++i)",
        factor=factor,
        plus=plus,
        range="(i + 1)" if down else "count",
    )

    def oracle(count: int, seed: int) -> list[int]:
        where = dict(enumerate(range(count)))
        turns = range(count - 1, 0, -1) if down else range(count)
        for i in turns:
            seed = (seed * factor + plus) % 65536
            other = seed // 256 % (i + 1 if down else count)
            where[i], where[other] = where[other], where[i]
        return [where[i] for i in range(count)]

    loop = (
        "i from count - 1 down to 1, swap entry i with entry r mod (i + 1)"
        if down
        else "i from 0 up to count - 1, swap entry i with entry r mod count"
    )
    return Made(
        "std::vector<uint8_t> @f(int count, uint16_t seed)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 2, 5, r.randrange(3, 20))), r.getrandbits(16)],
        (
            f"Write a function that shuffles the numbers 0 to `count` - 1 reproducibly from a seed. For {loop}, where r is the upper byte of the 16-bit seed after seed = seed * {factor} + {plus}, computed anew for each swap. At most 256 numbers.",
            f"{loop}; seed = {factor} * seed + {plus} mod 65536 before each, r = seed >> 8; start with 0, 1, 2 and so on",
            f"Seeded shuffle for a door randomizer: begin with 0, 1, ... count - 1. {loop[0].upper() + loop[1:]}; r comes from the LCG x * {factor} + {plus} (16 bits, advanced before every use, high byte).",
            f"I need the same permutation every time for a seed word. Steps: {loop}; random r = high byte of the next seed ({factor} * seed + {plus}, 16 bits). count may be 0.",
        ),
    )


def tick_timers(rng: random.Random) -> Made:
    reload = rng.random() < 0.4
    slow = rng.choice((0, 3, 7))
    cond = f"frame & {slow}" if slow else ""
    start = f"if (frame & {slow}) return {{}};\n" if slow else ""
    act = "if (timers[i] == 0) continue;\n  if (--timers[i] > 0) continue;\n  expired.push_back(i);"
    if reload:
        act += "\n  timers[i] = periods[i];"
    params = f"{BUFFER} timers" + (f", {BYTES} periods" if reload else "") + (", int frame" if slow else "")
    body = (
        f"{start}std::vector<int> expired;\nfor (size_t i = 0; i < timers.size(); ++i) {{\n  {act}\n}}\nreturn expired;"
    )

    def oracle(timers: list[int], *others: object) -> list[int]:
        if slow and int(str(others[-1])) % (slow + 1):
            return []
        ended = [i for i, one in enumerate(timers) if one == 1]
        timers[:] = [max(one - 1, 0) for one in timers]
        if reload:
            for i in ended:
                timers[i] = list(others[0])[i]  # type: ignore[call-overload]
        return ended

    def given(r: random.Random) -> list[object]:
        n = r.randrange(1, 9)
        out: list[object] = [bytes(r.choice((0, 1, 1, 2, r.randrange(256))) for _ in range(n))]
        if reload:
            out.append(bytes(r.choice((0, 10, 60)) for _ in range(n)))
        if slow:
            out.append(r.choice((0, slow + 1, 4 * (slow + 1), r.randrange(200), 8)))
        return out

    when = (
        f" It only works in frames whose number is a multiple of {slow + 1}; in others nothing happens and the list is empty."
        if cond
        else ""
    )
    again = " One that expires starts anew with its entry of `periods` (0 leaves it stopped)." if reload else ""
    return Made(
        f"std::vector<int> @f({params})",
        body,
        oracle,
        given,
        (
            f"Write a function that counts down a list of byte timers: each that isn't 0 is decremented. Return the indices, ascending, of those that have just reached 0.{again}{when}",
            f"timers: nonzero ones -= 1; result = indices that became 0.{again}{when}",
            f"Per-frame timers of my engine live in a byte array; 0 means stopped. Decrease the running ones and tell me which expired now.{again}{when}",
            f"How do I tick all countdowns at once? Running timers (not 0) lose one; list those hitting zero in this call.{again}{when}",
        ),
    )


def next_in_day(rng: random.Random) -> Made:
    day = rng.choice((1440, 2400, 24 * 60 * 2))
    wanted = rng.choice(("index", "wait"))
    now_counts = rng.random() < 0.5
    body = cpp(
        """
        int best = -1, least = @day@extra;
        for (size_t i = 0; i < times.size(); ++i) {
          int wait = (times[i] - now + @day) % @day;
          @zero
          if (wait < least) least = wait, best = i;
        }
        return @final;
        """,
        day=day,
        extra="" if now_counts else " + 1",
        zero="" if now_counts else f"if (wait == 0) wait = {day};",
        final="best" if wanted == "index" else "best < 0 ? -1 : least",
    ).replace("  \n", "")

    def oracle(times: list[int], now: int) -> int:
        for wait in range(0 if now_counts else 1, day + 1):
            if (now + wait) % day in times:
                return times.index((now + wait) % day) if wanted == "index" else wait
        return -1

    def given(r: random.Random) -> list[object]:
        times = [r.randrange(day) for _ in range(r.randrange(6))]
        return [times, r.choice((r.randrange(day), *times))]

    due = (
        "one that is due right now counts"
        if now_counts
        else "one that is due right now only comes again in a whole day"
    )
    goal = (
        "the index of the next event (the first of several at the same time)"
        if wanted == "index"
        else "how long it is until the next event"
    )
    return Made(
        f"int @f({WORDS} times, int now)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal} of a daily schedule, -1 if the schedule is empty. `times` are times of day from 0 to {day - 1}, in any order; the clock `now` is in the same range and goes on with 0 after {day - 1}; {due}.",
            f"next of times[] after now, cyclic mod {day}; {due} -> {goal}; none: -1",
            f"Shops open and NPCs move at fixed times of a day of {day} units. Given the clock, I need {goal}. After the end of the day the first ones come again; {due}. No events: -1.",
            f"Time-of-day triggers (0 to {day - 1}, wrapping): return {goal}, where {due}; -1 without any.",
        ),
    )


def clock_advance(rng: random.Random) -> Made:
    rate = rng.choice((1, 2, 10))
    frames = rng.choice((60, 30))
    form = rng.choice(("array", "text"))
    calc = (
        f"int minutes = hour * 60 + minute + frames / {frames} * {rate};"
        if rate > 1
        else f"int minutes = hour * 60 + minute + frames / {frames};"
    )
    if form == "array":
        ret = "return {minutes / 1440, minutes / 60 % 24, minutes % 60};"
        returns = "std::array<int, 3>"
    else:
        ret = "std::string h = std::to_string(minutes / 60 % 24), m = std::to_string(minutes % 60);\nreturn std::string(2 - h.size(), '0') + h + \":\" + std::string(2 - m.size(), '0') + m;"
        returns = "std::string"
    body = f"{calc}\n{ret}"

    def oracle(hour: int, minute: int, passed: int) -> object:
        days, hour, minute = 0, hour, minute + passed // frames * rate
        hour, minute = hour + minute // 60, minute % 60
        days, hour = divmod(hour, 24)
        return [days, hour, minute] if form == "array" else f"{hour:02d}:{minute:02d}"

    goal = "{days passed, hour, minute}" if form == "array" else 'the new time as "HH:MM", 24 hours'
    return Made(
        f"{returns} @f(int hour, int minute, int frames)",
        body,
        oracle,
        lambda r: [
            r.randrange(24),
            r.randrange(60),
            r.choice((0, frames - 1, frames, r.randrange(200000), r.randrange(3000))),
        ],
        (
            f"Write a function that advances an in-game clock: every full {frames} frames add {rate} minute{'s' * (rate > 1)}. Return {goal}{' (days: how many midnights were passed)' if form == 'array' else ''}. The start time is valid, and frames aren't negative.",
            f"{frames} frames = {rate} game minute{'s' * (rate > 1)}; (h, m) + frames -> {goal}",
            f"Day/night cycle: {rate} minute{'s' * (rate > 1)} of game time per {frames} frames, incomplete ones don't count. From hour and minute get {goal} after that many frames.",
            f"What time is it in the game after `frames` frames? It passes {rate} minute{'s' * (rate > 1)} whenever {frames} frames are over; midnight wraps. Result: {goal}.",
        ),
    )


def run_state_table(rng: random.Random) -> Made:
    wanted = rng.choice(("state", "visited", "ignored"))
    head = {"state": "", "visited": "std::vector<int> visited{state};", "ignored": "int ignored = 0;"}[wanted]
    move = {
        "state": "state = table[i + 2];",
        "visited": "state = table[i + 2];\n    visited.push_back(state);",
        "ignored": "state = table[i + 2];\n    found = true;",
    }[wanted]
    pre = "bool found = false;\n  " if wanted == "ignored" else ""
    post = "\n  if (!found) ++ignored;" if wanted == "ignored" else ""
    body = f"{head}\nfor (uint8_t event : events) {{\n  {pre}for (size_t i = 0; i + 2 < table.size(); i += 3) {{\n    if (table[i] != state || table[i + 1] != event) continue;\n    {move}\n    break;\n  }}{post}\n}}\nreturn {wanted};".strip()

    def oracle(table: list[int], state: int, events: list[int]) -> object:
        rules: dict[tuple[int, int], int] = {}
        for i in range(0, len(table) - 2, 3):
            rules.setdefault((table[i], table[i + 1]), table[i + 2])
        seen, lost = [state], 0
        for event in events:
            new = rules.get((seen[-1], event))
            if new is None:
                lost += 1
            else:
                seen.append(new)
        return {"state": seen[-1], "visited": seen, "ignored": lost}[wanted]

    def given(r: random.Random) -> list[object]:
        table = bytes(p for _ in range(r.randrange(1, 9)) for p in (r.randrange(3), r.randrange(3), r.randrange(3)))
        return [table, r.randrange(3), bytes(r.randrange(3) for _ in range(r.randrange(10)))]

    goal = {
        "state": "the state at the end",
        "visited": "all states in turn: the first one, then the new state after every event that has a rule",
        "ignored": "how many events were ignored",
    }[wanted]
    return Made(
        f"{'std::vector<int>' if wanted == 'visited' else 'int'} @f({BYTES} table, int state, {BYTES} events)",
        body,
        oracle,
        given,
        (
            f"Write a function that runs a boss's state machine and returns {goal}. Each rule in `table` has three bytes: state, event, new state. For every event the first rule with the present state and that event applies; without one the event is ignored and the state stays. Leftover bytes of the table don't count.",
            f"FSM with triples (state, event, next), first match wins, no match = stay -> {goal}",
            f"Enemy AI as data: triples from-state, event, to-state. Starting in `state`, feed all events. I want {goal}. Events without a rule do nothing; if several rules match, the earliest is used.",
            f"How do I test a transition table? Rules are 3 bytes (current, event, next; incomplete ones at the end are dropped). Process `events` in order, unknown combinations keep the state, the first matching rule counts. Result: {goal}.",
        ),
    )


def presses_in_log(rng: random.Random) -> Made:
    wanted = rng.choice(("edges", "count", "longest"))
    if wanted == "edges":
        what = rng.choice(("pressed", "released"))
        expr = "log[i] & ~before" if what == "pressed" else "before & ~log[i]"
        body = f"std::vector<uint16_t> edges;\nuint16_t before = 0;\nfor (size_t i = 0; i < log.size(); ++i) {{\n  edges.push_back({expr});\n  before = log[i];\n}}\nreturn edges;"
        signature = f"std::vector<uint16_t> @f({WORDS} log)"
    elif wanted == "count":
        what = "pressed"
        body = "int count = 0;\nbool before = false;\nfor (uint16_t word : log) {\n  bool held = (word & buttons) == buttons;\n  if (held && !before) ++count;\n  before = held;\n}\nreturn count;"
        signature = f"int @f({WORDS} log, uint16_t buttons)"
    else:
        what = "pressed"
        body = "int longest = 0, run = 0;\nfor (uint16_t word : log) {\n  run = word & buttons ? run + 1 : 0;\n  longest = std::max(longest, run);\n}\nreturn longest;"
        signature = f"int @f({WORDS} log, uint16_t buttons)"

    def oracle(log: list[int], buttons: int = 0) -> object:
        if wanted == "edges":
            pairs = zip([0, *log], log, strict=False)
            return [
                sum(
                    1 << b
                    for b in range(16)
                    if (one >> b & 1, two >> b & 1) == ((0, 1) if what == "pressed" else (1, 0))
                )
                for one, two in pairs
            ]
        if wanted == "count":
            held = "".join("x" if word & buttons == buttons else " " for word in log)
            return len(held.split())
        held = "".join("x" if word & buttons else " " for word in log)
        return max(map(len, held.split()), default=0)

    def given(r: random.Random) -> list[object]:
        keys = [0x80, 0x8000, 0x8080, 0x0100]
        log = [r.choice((0, 0, *keys)) for _ in range(r.randrange(12))]
        log = [one for word in log for one in [word] * r.choice((1, 1, 2, 3))]
        return [log] if wanted == "edges" else [log, r.choice((0x80, 0x8000, 0x8080))]

    goal = {
        "edges": f"for each frame the buttons that are newly {what} compared with the frame before (before the first frame nothing is held)",
        "count": "how often all of `buttons` come to be held together (a new time begins after a frame in which one of them is up)",
        "longest": "the greatest number of frames in a row in which at least one of `buttons` is held",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that reads a log of joypad words, one a frame with a bit for each held button, and returns {goal}{'' if wanted == 'edges' else '. `buttons` is not 0'}.",
            f"joypad log (held bits per frame) -> {goal}",
            f"I recorded the controller every frame. Tell me {goal}. The words have a set bit for every button that is down.",
            f"Input analysis for a TAS: given the held-button words frame by frame, I need {goal}.",
        ),
    )


def auto_repeat(rng: random.Random) -> Made:
    delay, rate = rng.choice(((16, 4), (20, 6), (10, 3), (8, 2)))
    wanted = rng.choice(("fires", "moves"))
    if wanted == "fires":
        signature = "bool @f(int held)"
        body = f"return held == 1 || (held > {delay} && (held - {delay} - 1) % {rate} == 0);"
    else:
        signature = "int @f(int held)"
        body = f"if (held <= 0) return 0;\nreturn held <= {delay} ? 1 : 2 + (held - {delay} - 1) / {rate};"

    def oracle(held: int) -> object:
        frames = {1, *range(delay + 1, 3000, rate)}
        return held in frames if wanted == "fires" else len([one for one in frames if one <= held])

    goal = (
        "whether the cursor moves in this frame; `held` is the number of frames the button is down, this one included (0: it is up)"
        if wanted == "fires"
        else "how many times the cursor has moved when the button has been down for `held` frames"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [r.choice((0, 1, 2, delay, delay + 1, delay + 1 + rate, delay + 1 + 2 * rate, r.randrange(60)))],
        (
            f"Write a function for the auto-repeat of a menu that returns {goal}. It moves in the first frame, again in frame {delay + 1}, and from then on every {rate} frames.",
            f"DAS {delay}, ARR {rate}: moves in frames 1, {delay + 1}, {delay + 1 + rate} ... -> {goal}",
            f"Holding down a direction: the first step at once (frame 1), a pause until frame {delay + 1}, then one step each {rate} frames. I want {goal}.",
            f"How do I implement key repeat with a delay of {delay} frames after the press and an interval of {rate}? Steps fall on frames 1, {delay + 1}, {delay + 1 + rate} and so on. Result: {goal}.",
        ),
    )


def cheat_entered(rng: random.Random) -> Made:
    gap = rng.choice((15, 30, None))
    wanted = rng.choice(("bool", "frame"))
    limit = f"frame - last > {gap}" if gap else ""
    reset = f"if (at > 0 && {limit}) at = 0;\n  " if gap else ""
    body = f"size_t at = 0;\n{'int last = 0;' if gap else ''}\nfor (size_t i = 0; i + 1 < presses.size(); i += 2) {{\n  const int frame = presses[i], button = presses[i + 1];\n  {reset}at = button == code[at] ? at + 1 : button == code[0] ? 1 : 0;\n  {'last = frame;' if gap else ''}\n  if (at == code.size()) return {'true' if wanted == 'bool' else 'frame'};\n}}\nreturn {'false' if wanted == 'bool' else '-1'};".replace(
        "\n\n", "\n"
    ).replace("\n  \n", "\n")
    if not gap and wanted == "bool":
        body = body.replace(
            "const int frame = presses[i], button = presses[i + 1];", "const int button = presses[i + 1];"
        )

    def oracle(presses: list[int], code: list[int]) -> object:
        done: list[int] = []
        before = None
        for frame, button in zip(presses[::2], presses[1::2], strict=False):
            if gap and before is not None and frame - before > gap:
                done = []
            done = [*done, button]
            if done != code[: len(done)]:
                done = [button] if button == code[0] else []
            before = frame
            if done == code:
                return True if wanted == "bool" else frame
        return False if wanted == "bool" else -1

    def given(r: random.Random) -> list[object]:
        code = bytes(r.choice((8, 4, 1)) for _ in range(r.randrange(2, 5)))
        frame, log = 0, []
        typed = [*(r.choice((8, 4, 1)) for _ in range(r.randrange(4))), *code]
        if r.random() < 0.55:
            typed[r.randrange(len(typed))] = r.choice((1, 8, 2))
        for button in typed:
            frame += r.choice((5, 5, 10, (gap or 20), (gap or 20) + 1) if r.random() < 0.5 else (3, 6))
            log += [frame, button]
        return [log, code]

    pause = (
        f" A press more than {gap} frames after the one before it starts over: what was matched so far is forgotten first."
        if gap
        else ""
    )
    goal = (
        "whether the cheat code has been entered"
        if wanted == "bool"
        else "in which frame the cheat code was completed for the first time, -1 if never"
    )
    return Made(
        f"{'bool' if wanted == 'bool' else 'int'} @f({WORDS} presses, {BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. `presses` has a frame number (ascending) and a button for each press; `code` lists the buttons in order and is not empty. A button that doesn't continue the code resets the progress, but counts as its first button if it equals that.{pause}",
            f"cheat matcher over (frame, button) pairs: wrong button -> progress = (button == code[0] ? 1 : 0).{pause} Result: {goal}",
            f"Konami-like codes: keep how much of `code` is matched; the right next button adds one, a wrong one sets it to 1 if it's the code's first button, else to 0 (no cleverer fallback).{pause} I need {goal}. The presses come as frame, button, frame, button.",
            f"Secret code on the title screen, entered button by button (pairs frame, button in the list). After a mistake one starts again, the mistaken button itself possibly being the first.{pause} Return {goal}.",
        ),
    )


def macro_frames(rng: random.Random) -> Made:
    letters = rng.choice(("UDLRAB", "udlrab", "RLDUBA"))
    bits = [8, 4, 2, 1, 0x80, 0x40] if letters.upper().startswith("UD") else [1, 2, 4, 8, 0x40, 0x80]
    pause = rng.choice((".", "-", "_"))
    table = ", ".join(map(str, bits))
    body = cpp(
        """
        static const std::string letters = "@letters";
        static const int bits[] = {@table};
        std::vector<uint8_t> frames;
        int count = 0;
        for (char c : macro) {
          if (c >= '0' && c <= '9') {
            count = count * 10 + (c - '0');
            continue;
          }
          size_t place = letters.find(c);
          if (place == std::string::npos && c != '@pause') continue;
          frames.insert(frames.end(), std::max(count, 1), place == std::string::npos ? 0 : bits[place]);
          count = 0;
        }
        return frames;
        """,
        letters=letters,
        table=table,
        pause=pause,
    )

    def oracle(macro: str) -> list[int]:
        values = dict(zip(letters, bits, strict=True)) | {pause: 0}
        cleaned = "".join(one for one in macro if one in values or one.isdigit())
        out: list[int] = []
        digits = ""
        for one in cleaned:
            if one.isdigit():
                digits += one
            else:
                out += [values[one]] * max(1, int(digits or "0"))
                digits = ""
        return out

    said = ", ".join(f"{one} = 0x{bit:02X}" for one, bit in zip(letters, bits, strict=True))
    return Made(
        f"std::vector<uint8_t> @f({TEXT} macro)",
        body,
        oracle,
        lambda r: [
            "".join(
                r.choice(("", "", "2", "3", "10", "0")) + r.choice((*letters, pause, " "))
                for _ in range(r.randrange(6))
            )
        ],
        (
            f"Write a function that expands an input macro to one byte per frame. {said}; '{pause}' is a frame without buttons. A decimal number in front repeats the next letter that often (0 counts as 1). All other characters are skipped and don't disturb a number being read; a number at the end does nothing.",
            f"\"3{letters[0]}{pause}{letters[4]}\" -> frames; {said}, '{pause}' = 0, [count] before a letter (none or 0: once), other chars ignored even between digits and letter",
            f"Test scripts press buttons for my emulator bridge: letters {said}, {pause} for nothing, an optional repeat count before each. Unknown characters (spaces) are ignored everywhere, count 0 means once. Return the frame bytes.",
            f"How do I parse macros like 10{letters[3]}2{pause}{letters[5]}? Count (default 1, also for 0) then a letter; codes: {said}, {pause} = 0. Anything else is dropped before reading. One element per frame.",
        ),
    )


def opposite_cleaned(rng: random.Random) -> Made:
    rule = rng.choice(("none", "last"))
    masks = [(0x300, "left and right"), (0xC00, "up and down")]
    if rule == "none":
        body = "for (uint16_t& word : log)\n  for (int pair : {0x300, 0xC00})\n    if ((word & pair) == pair) word &= ~pair;"
    else:
        body = "uint16_t before = 0;\nfor (uint16_t& word : log) {\n  for (int pair : {0x300, 0xC00})\n    if ((word & pair) == pair) word = (word & ~pair) | (before & pair);\n  before = word;\n}"

    def oracle(log: list[int]) -> None:
        shown = [0]
        for i, word in enumerate(log):
            new = word
            for pair, _ in masks:
                if word & pair == pair:
                    new = new - pair + (shown[-1] & pair if rule == "last" else 0)
            log[i] = new
            shown.append(new)

    what = (
        "both are taken off"
        if rule == "none"
        else "these two bits become what they are in the (cleaned) frame before, both 0 for the first frame"
    )
    return Made(
        "void @f(std::vector<uint16_t>& log)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((0x300, 0xC00, 0x200, 0x100, 0x800, 0xF00, 0x400, 0)) | r.choice((0, 0x8000, 0x80))
                for _ in range(r.randrange(1, 8))
            ]
        ],
        (
            f"Write a function that removes impossible directions from a log of joypad words, in place. Bits 8 to 11 are right, left, down, up. If left and right, or up and down, are held in the same frame, {what}. Other buttons stay.",
            f"word & $0300 == $0300 or word & $0C00 == $0C00: {what}",
            f"Keyboard players press opposite directions together (right/left are bits 8/9, down/up bits 10/11). In each recorded word, when both of such a pair are set, {what}.",
            f"Sanitise input recordings: for the pairs 0x100/0x200 and 0x400/0x800, {what} if both are on. Work on the vector itself.",
        ),
    )


RECIPES = (
    lcg_search,
    lfsr_steps,
    scaled_roll,
    shuffled,
    tick_timers,
    next_in_day,
    clock_advance,
    run_state_table,
    presses_in_log,
    auto_repeat,
    cheat_entered,
    macro_frames,
    opposite_cleaned,
)
