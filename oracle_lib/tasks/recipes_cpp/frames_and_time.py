"""Time in frames, records of races, schedules of sounds and scenes, cells and points: small sums of a game's clockwork."""

import random
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "game logic"
INTS = "const std::vector<int>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def bcd_stopwatch(rng: random.Random) -> Made:
    rate = rng.choice((60, 50))
    low_first = rng.random() < 0.5
    top = rng.choice((9, 99))
    order = "frames, seconds, minutes" if low_first else "minutes, seconds, frames"
    f, s, m = (0, 1, 2) if low_first else (2, 1, 0)
    body = cpp(
        """
        auto next = [](uint8_t bcd) { return static_cast<uint8_t>((bcd & 15) == 9 ? (bcd & 0xF0) + 0x10 : bcd + 1); };
        if (clock[@m] == @top && clock[@s] == 0x59 && clock[@f] == @lastframe) return;
        clock[@f] = next(clock[@f]);
        if (clock[@f] < @rate) return;
        clock[@f] = 0;
        clock[@s] = next(clock[@s]);
        if (clock[@s] < 0x60) return;
        clock[@s] = 0;
        clock[@m] = next(clock[@m]);
        """,
        f=f,
        s=s,
        m=m,
        top=f"0x{top:02}",
        lastframe=f"0x{rate - 1}",
        rate=f"0x{rate}",
    )

    def oracle(clock: list[int]) -> None:
        parts = [int(f"{one:x}") for one in (clock if not low_first else clock[::-1])]
        total = (parts[0] * 60 + parts[1]) * rate + parts[2]
        total = min(total + 1, (top * 60 + 59) * rate + rate - 1)
        new = [total // rate // 60, total // rate % 60, total % rate]
        coded = [int(str(one), 16) for one in new]
        clock[:] = coded[::-1] if low_first else coded

    def given(r: random.Random) -> list[list[int]]:
        parts = [
            r.choice((0, top, r.randrange(top + 1))),
            r.choice((59, 59, 9, r.randrange(60))),
            r.choice((rate - 1, rate - 1, 9, r.randrange(rate))),
        ]
        coded = [int(str(one), 16) for one in parts]
        return [coded[::-1] if low_first else coded]

    return Made(
        f"void @f({BUFFER} clock)",
        body,
        oracle,
        given,
        (
            f"Write a function that advances a stopwatch by one frame, in place. `clock` holds {order}, a BCD byte each; {rate} frames are a second. It stops at {top:02}:59 and {rate - 1} frames, where nothing changes any more.",
            f"BCD {order}; +1 frame, {rate} per second, stays at {top}'59\"{rate - 1}",
            f"The race timer in my hack is three BCD bytes ({order}). Add a frame ({rate} make a second, 60 seconds a minute), and let the maximum {top} minutes 59 seconds {rate - 1} frames stand still.",
            f"How do I increment a BCD clock? Bytes {order}, valid beforehand; carry at {rate} frames and at 60 seconds; saturate at {top} minutes, 59 seconds, frame {rate - 1}.",
        ),
    )


def lap_times(rng: random.Random) -> Made:
    wanted = rng.choice(("best", "laps", "text"))
    rate = 60
    head = "std::vector<int> laps;\nint before = start;\nfor (int frame : crossings) {\n  laps.push_back(frame - before);\n  before = frame;\n}\n"
    tail = {
        "laps": "return laps;",
        "best": "return laps.empty() ? -1 : std::min_element(laps.begin(), laps.end()) - laps.begin();",
        "text": 'if (laps.empty()) return "-";\nint best = *std::min_element(laps.begin(), laps.end());\nchar text[32];\nsnprintf(text, sizeof text, "%d\'%02d\\"%02d", best / 3600, best / 60 % 60, best % 60 * 100 / 60);\nreturn text;',
    }[wanted]

    def oracle(start: int, crossings: list[int]) -> object:
        times = [b - a for a, b in zip([start, *crossings], crossings, strict=False)]
        if wanted == "laps":
            return times
        if wanted == "best":
            return times.index(min(times)) if times else -1
        if not times:
            return "-"
        exact = Fraction(min(times), rate)
        return f"{int(exact / 60)}'{int(exact % 60):02d}\"{int(exact * 100) % 100:02d}"

    def given(r: random.Random) -> list[object]:
        frame = start = r.randrange(300)
        out = []
        for _ in range(r.randrange(5)):
            frame += r.choice((1500, 1800, r.randrange(1, 9000)))
            out.append(frame)
        return [start, out]

    goal = {
        "laps": "the time of each lap in frames",
        "best": "the number of the fastest lap (from 0, the first of equals), -1 without a lap",
        "text": 'the fastest lap as text like 1\'05"73: minutes, seconds and hundredths (two digits each, rounded down) at 60 frames a second, "-" without a lap',
    }[wanted]
    return Made(
        f"{ {'laps': 'std::vector<int>', 'best': 'int', 'text': 'std::string'}[wanted] } @f(int start, {INTS} crossings)",
        head + tail,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. The race starts in frame `start`; `crossings` are the frames, ascending, in which the finish line is crossed, and each ends a lap.",
            f"laps = differences of start, crossings... -> {goal}",
            f"Time trial: the clock starts at frame `start`, every entry of `crossings` completes a lap (ascending). I want {goal}.",
            f"From the frame numbers at which a car passes the line (and the starting frame) work out {goal}.",
        ),
    )


def region_frames(rng: random.Random) -> Made:
    to_pal = rng.random() < 0.5
    a, b = (60, 50) if to_pal else (50, 60)
    how = rng.choice(("near", "down"))
    least = rng.choice((0, 1))
    expr = f"(frames * {b} + {a // 2}) / {a}" if how == "near" else f"frames * {b} / {a}"
    body = (
        "for (uint8_t& frames : durations) {\n  int changed = "
        + expr
        + f";\n  frames = std::min({'std::max(changed, frames ? 1 : 0)' if least else 'changed'}, 255);\n}}"
    )

    def oracle(durations: list[int]) -> None:
        for i, one in enumerate(durations):
            exact = Fraction(one, a) * b + (Fraction(1, 2) if how == "near" else 0)
            new = min(int(exact), 255)
            durations[i] = 1 if least and one and not new else new

    names = ("60 frames a second to 50", "PAL") if to_pal else ("50 frames a second to 60", "NTSC")
    rule = "rounded to the nearest (halves up)" if how == "near" else "rounded down"
    small = "; a duration that isn't 0 stays at least 1" if least else ""
    cap = "" if to_pal else "; at most 255"
    return Made(
        f"void @f({BUFFER} durations)",
        body,
        oracle,
        lambda r: [[r.choice((0, 1, 2, 3, 255, r.randrange(256), r.randrange(40))) for _ in range(r.randrange(1, 8))]],
        (
            f"Write a function that converts animation durations in place from {names[0]}, so that they take the same time: each is multiplied by {b} / {a} and {rule}{small}{cap}.",
            f"d = d * {b} / {a}, {rule}{small}{cap}",
            f"Porting a hack to {names[1]}: every frame count in the table must be scaled by {b}/{a}, {rule}{small}{cap}.",
            f"My timings were made for {a} Hz and shall last equally long at {b} Hz. Scale each byte ({rule}{small}{cap}).",
        ),
    )


def scene_at(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Cue", "Step")), (("u16", "frames"), ("u8", "action")))
    s = struct.name
    wanted = rng.choice(("action", "left", "started"))
    loop = rng.random() < 0.5 and wanted != "started"
    mod = (
        "int total = 0;\nfor (const auto& cue : cues) total += cue.frames;\nif (total == 0) return -1;\ntime %= total;\n"
        if loop
        else ""
    )
    if wanted == "started":
        body = "std::vector<uint8_t> actions;\nint start = 0;\nfor (const auto& cue : cues) {\n  if (start == time) actions.push_back(cue.action);\n  start += cue.frames;\n}\nreturn actions;"
    else:
        body = (
            mod
            + "for (const auto& cue : cues) {\n  if (time < cue.frames) return "
            + ("cue.action" if wanted == "action" else "cue.frames - time")
            + ";\n  time -= cue.frames;\n}\nreturn -1;"
        )

    def oracle(cues: list[Record], time: int) -> object:
        starts, at = [], 0
        for one in cues:
            frames, action = vars(one).values()
            starts.append((at, at + frames, action))
            at += frames
        if wanted == "started":
            return [action for start, _, action in starts if start == time]
        if loop and at:
            time -= time // at * at
        hits = [(end - time, action) for start, end, action in starts if start <= time < end]
        if not hits:
            return -1
        return hits[0][1] if wanted == "action" else hits[0][0]

    def given(r: random.Random) -> list[object]:
        cues = [
            Record(("frames", "action"), (r.choice((0, 10, 30, r.randrange(60))), r.randrange(100)))
            for _ in range(r.randrange(1, 6))
        ]
        starts = [sum(vars(one)["frames"] for one in cues[:i]) for i in range(len(cues) + 1)]
        return [
            cues,
            r.choice(starts)
            if wanted == "started" and r.random() < 0.8
            else r.choice((0, r.randrange(200), r.choice(starts))),
        ]

    goal = {
        "action": "the action that is running at `time`",
        "left": "how many frames the step running at `time` still has, this frame included",
        "started": "the actions of all steps that start exactly in frame `time`, in order (steps of 0 frames included)",
    }[wanted]
    after = (
        {
            True: " After the last one it starts again from the first; if all are 0 frames long the result is -1.",
            False: " After the end the result is -1.",
        }[loop]
        if wanted != "started"
        else ""
    )
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'started' else 'int'} @f(const std::vector<{s}>& cues, int time)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal} in a cutscene. Its steps come one after the other from frame 0 on, each lasting `frames` frames (maybe 0, then it never runs).{after}",
            f"steps (frames, action) back to back from 0{', repeating' if loop else ''}: {goal}.{after}",
            f"Cutscene scrubber: given the list of steps with their lengths and a frame number (from 0), I need {goal}. A step of length 0 is passed at once.{after}",
            f"How do I look up a timeline? The steps follow one another; lengths in frames, zero allowed. Result: {goal}.{after}",
        ),
        (struct,),
    )


def beat_frames(rng: random.Random) -> Made:
    rate = rng.choice((60, 50))
    wanted = rng.choice(("list", "nearest"))
    seconds = rate * 60
    if wanted == "list":
        signature, body = (
            "std::vector<int> @f(int bpm, int count)",
            f"std::vector<int> frames;\nfor (int i = 0; i < count; ++i) frames.push_back(({seconds} * i + bpm / 2) / bpm);\nreturn frames;",
        )
    else:
        signature, body = (
            "int @f(int bpm, int frame)",
            (
                f"int beat = frame * bpm / {seconds};\nint early = frame * bpm - beat * {seconds}, late = {seconds} - early;\nreturn late < early ? beat + 1 : beat;"
            ),
        )

    def oracle(bpm: int, second: int) -> object:
        if bpm < 1 or second > 100000:
            raise ValueError("no tempo")
        beat = Fraction(rate * 60, bpm)
        if wanted == "list":
            return [int(i * beat + Fraction(bpm // 2, bpm)) for i in range(second)]
        return min(range(int(second / beat) + 2), key=lambda n: abs(n * beat - second))

    goal = (
        "the frames of the first `count` beats; beat n falls on n * beat length, rounded to the nearest frame (halves up)"
        if wanted == "list"
        else "the number of the beat that is nearest to `frame` (the earlier one if both are equally near)"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [
            r.choice((60, 120, 90, 2 * r.randrange(20, 120), r.randrange(40, 240)))
            if wanted == "nearest"
            else 2 * r.randrange(20, 120),
            r.randrange(12) if wanted == "list" else r.randrange(2000),
        ],
        (
            f"Write a function that returns {goal}. The song has `bpm` beats a minute{' (an even number)' if wanted == 'list' else ''}, the game {rate} frames a second, and beat 0 is in frame 0.",
            f"beat n at n * {seconds} / bpm frames -> {goal}",
            f"Rhythm minigame at {rate} fps: {goal}; bpm{' is even and' if wanted == 'list' else ''} counts beats per minute, the first beat (number 0) is frame 0. Don't add up rounded lengths.",
            f"How do I sync events to music? A minute has {seconds} frames and bpm beats{' (bpm even)' if wanted == 'list' else ''}, starting at frame 0 with beat 0. I want {goal}, from exact fractions.",
        ),
    )


def sound_channels(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Sound", "Effect")), (("int", "start"), ("int", "length"), ("u8", "priority")))
    s = struct.name
    wanted = rng.choice(("playing", "cut"))
    body = cpp(
        """
        int playing = -1, end = 0;
        @extra
        for (size_t i = 0; i < sounds.size(); ++i) {
          const auto& sound = sounds[i];
          if (playing >= 0 && sound.start < end && sound.priority < sounds[playing].priority) continue;
          @act
          playing = i;
          end = sound.start + sound.length;
        }
        return @ret;
        """,
        extra="int cut = 0;" if wanted == "cut" else "std::vector<int> played;",
        act="if (playing >= 0 && sound.start < end) ++cut;" if wanted == "cut" else "played.push_back(i);",
        ret="cut" if wanted == "cut" else "played",
    )

    def oracle(sounds: list[Record]) -> object:
        heard: list[int] = []
        cut = 0
        table = [tuple(vars(one).values()) for one in sounds]
        for i, (start, _, priority) in enumerate(table):
            now = [k for k in heard[-1:] if start < table[k][0] + table[k][1]]
            if now and table[now[0]][2] > priority:
                continue
            cut += len(now)
            heard.append(i)
        return cut if wanted == "cut" else heard

    def given(r: random.Random) -> list[object]:
        out, at = [], 0
        for _ in range(r.randrange(8)):
            at += r.randrange(0, 20)
            out.append(Record(("start", "length", "priority"), (at, r.randrange(1, 40), r.randrange(4))))
        return [out]

    goal = (
        "the numbers of the sounds that are played at all"
        if wanted == "playing"
        else "how many sounds are cut off by another one"
    )
    return Made(
        f"{'int' if wanted == 'cut' else 'std::vector<int>'} @f(const std::vector<{s}>& sounds)",
        body,
        oracle,
        given,
        (
            f"Write a function that simulates the single channel for sound effects and returns {goal}. The sounds come in the order of their start frames. A sound starts if nothing is playing any more (the last one has lasted its `length` frames), or if its priority is at least that of the one playing, which it then cuts off; otherwise it is dropped.",
            f"one SFX channel: new sound replaces the running one if priority >= its priority, is dropped if lower; free at start + length -> {goal}",
            f"Only one effect can sound at a time. Requests are sorted by start; equal or higher priority interrupts, lower is lost while the other still plays (up to but not including frame start + length). I need {goal}.",
            f"How many of my effects get lost? Simulate: frame by frame requests with length (1 or more) and priority; the newcomer wins unless the present one ranks higher. Result: {goal}.",
        ),
        (struct,),
    )


def spawn_waves(rng: random.Random) -> Made:
    limit = rng.choice((2, 3, 4))
    life = rng.choice((30, 60, 45))
    wanted = rng.choice(("skipped", "delayed"))
    body = cpp(
        """
        std::vector<int> ends, result;
        for (size_t i = 0; i < times.size(); ++i) {
          int now = times[i];
          @act
        }
        return result;
        """,
        act=cpp(
            "ends.erase(std::remove_if(ends.begin(), ends.end(), [&](int end) { return end <= now; }), ends.end());\n  if (ends.size() < @limit) ends.push_back(now + @life);\n  else result.push_back(i);"
            if wanted == "skipped"
            else "if (i >= @limit) now = std::max(now, result[i - @limit] + @life);\n  result.push_back(now);",
            limit=limit,
            life=life,
        ),
    )
    if wanted == "delayed":
        body = body.replace("std::vector<int> ends, result;", "std::vector<int> result;")

    def oracle(times: list[int]) -> list[int]:
        slots = [0] * limit
        out = []
        for i, time in enumerate(times):
            free = min(range(limit), key=lambda k: slots[k])
            if wanted == "skipped":
                if slots[free] > time:
                    out.append(i)
                else:
                    slots[free] = time + life
            else:
                start = max(time, slots[free])
                slots[free] = start + life
                out.append(start)
        return out

    def given(r: random.Random) -> list[list[int]]:
        at, out = 0, []
        for _ in range(r.randrange(9)):
            at += r.choice((0, 3, 5, r.randrange(life // 2)))
            out.append(at)
        return [out]

    goal = (
        "the numbers of the spawns that are skipped because there is no slot"
        if wanted == "skipped"
        else "the frame in which each one really appears"
    )
    rule = (
        "a spawn that finds no free slot is dropped"
        if wanted == "skipped"
        else "a spawn that finds no free slot waits for the first one, and they keep their order"
    )
    return Made(
        f"std::vector<int> @f({INTS} times)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. `times` are the frames, ascending, in which enemies should spawn. There are {limit} slots, and each enemy occupies one for {life} frames (in frame start + {life} it is free again); {rule}.",
            f"{limit} slots, each busy for {life} frames; {rule} -> {goal}",
            f"Enemy waves with at most {limit} on screen, each living exactly {life} frames: {rule}. Spawn requests are sorted by frame. I want {goal}.",
            f"Simulate my spawner: request times ascending (equal ones possible), {limit} slots, lifetime {life}; {rule}. A slot can be reused in the frame its enemy ends. Return {goal}.",
        ),
    )


def save_stamp(rng: random.Random) -> Made:
    wanted = rng.choice(("text", "fields"))
    order = rng.choice((("hours", 7, "minutes", 6, "frames", 6), ("days", 5, "hours", 5, "minutes", 6)))
    names, widths = order[::2], [int(one) for one in order[1::2]]
    low = rng.random() < 0.5
    pairs = list(zip(names, widths, strict=True))
    shifts, at = {}, 0
    for name, width in pairs if low else pairs[::-1]:
        shifts[name] = at
        at += width
    where = [
        f"word >> {shifts[name]} & {(1 << width) - 1}" if shifts[name] else f"word & {(1 << width) - 1}"
        for name, width in pairs
    ]
    total = at
    if wanted == "fields":
        body = "return {" + ", ".join(f"static_cast<int>({one})" for one in where) + "};"
        signature = "std::array<int, 3> @f(uint32_t word)"
    else:
        body = (
            'char text[40];\nsnprintf(text, sizeof text, "%d:%02d:%02d", '
            + ", ".join(f"static_cast<int>({one})" for one in where)
            + ");\nreturn text;"
        )
        signature = "std::string @f(uint32_t word)"

    def oracle(word: int) -> object:
        bits = f"{word:032b}"[::-1]
        parts = [int(bits[shifts[name] : shifts[name] + width][::-1], 2) for name, width in pairs]
        return parts if wanted == "fields" else f"{parts[0]}:{parts[1]:02d}:{parts[2]:02d}"

    layout = ", ".join(f"{name} in {width} bits" for name, width in (pairs if low else pairs[::-1]))
    goal = (
        f"{{{', '.join(names)}}}"
        if wanted == "fields"
        else f"a text like 12:05:09 ({', '.join(names)}; the last two with at least two digits)"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [r.choice((r.getrandbits(total), r.getrandbits(32), 0))],
        (
            f"Write a function that unpacks a time stamp from a save file and returns {goal}. The word holds, from bit 0 up, {layout}; higher bits mean nothing.",
            f"bits from 0: {layout} -> {goal}",
            f"My save slots store a packed time: starting at the lowest bit {layout}. For the load screen I need {goal}; ignore the other bits.",
            f"How do I decode this bit field? Lowest bits first: {layout}. Result: {goal}. The values are taken as they are, even if too large for a clock.",
        ),
    )


def tide_level(rng: random.Random) -> Made:
    period = rng.choice((256, 120, 64))
    top = rng.choice((32, 40, 48))
    shape = rng.choice(("triangle", "steps"))
    half = period // 2
    if shape == "triangle":
        body = f"int phase = time % {period};\nif (phase > {half}) phase = {period} - phase;\nreturn phase * {top} / {half};"
    else:
        body = f"static const int levels[] = {{0, {top // 2}, {top}, {top // 2}}};\nreturn levels[time % {period} / {period // 4}];"

    def oracle(time: int) -> int:
        phase = time - time // period * period
        if shape == "triangle":
            up = Fraction(phase, half)
            return int(top * min(up, 2 - up))
        quarter = [k for k in range(4) if k * period // 4 <= phase][-1]
        return [0, top // 2, top, top // 2][quarter]

    goal = (
        f"rises evenly from 0 to {top} in {half} frames and falls back to 0 in the next {half}, rounded down"
        if shape == "triangle"
        else f"is 0, {top // 2}, {top} and {top // 2} for {period // 4} frames each"
    )
    return Made(
        "int @f(int time)",
        body,
        oracle,
        lambda r: [r.choice((0, half, period, half + 1, r.randrange(period), r.randrange(5000)))],
        (
            f"Write a function that returns the water level in frame `time` (from 0): it {goal}, over and over.",
            f"period {period}: level {goal}",
            f"The water in my level goes up and down: it {goal}, then the same again. What's the level in a given frame? Frames are not negative.",
            f"How do I compute a {'triangle wave' if shape == 'triangle' else 'four-step cycle'} for water? The level {goal}, repeating every {period} frames.",
        ),
    )


def meeting_frame(rng: random.Random) -> Made:
    limit = rng.choice((1000, 600))
    count = rng.choice((2, 3))
    names = ("a", "b", "c")[:count]
    body = (
        f"for (int frame = 1; frame <= {limit}; ++frame)\n  if ("
        + " && ".join(
            f"(frame + offset_{n}) % period_{n} == 0".replace(f"offset_{n}", f"offset[{i}]").replace(
                f"period_{n}", f"period[{i}]"
            )
            for i, n in enumerate(names)
        )
        + ") return frame;\nreturn -1;"
    )

    def oracle(period: list[int], offset: list[int]) -> int:
        sets = [set(range((-o) % p or p, limit + 1, p)) for p, o in zip(period, offset, strict=True)]
        both = set.intersection(*sets)
        return min(both, default=-1)

    def given(r: random.Random) -> list[list[int]]:
        periods = [r.choice((4, 6, 8, 10, r.randrange(2, 24))) for _ in range(count)]
        common = r.randrange(1, 200)
        return [periods, [-common % one if r.random() < 0.9 else r.randrange(30) for one in periods]]

    kind = f"const std::array<int, {count}>&"
    return Made(
        f"int @f({kind} period, {kind} offset)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the first frame from 1 to {limit} in which {count} blinking lights flash together, -1 if they never do. Light k flashes when frame + offset[k] is a multiple of period[k]; periods are positive, offsets not negative.",
            f"min frame in 1..{limit} with (frame + offset[k]) mod period[k] == 0 for all {count} k, else -1",
            f"{count} traps have their own rhythm (period and offset in frames). When do they strike at the same time? Trap k strikes if (frame + offset[k]) % period[k] is 0. First such frame, counted from 1, at most {limit}; otherwise -1.",
            f"Cycle puzzle: {count} platforms align in a frame where frame + offset[k] is divisible by period[k] for each. Find the earliest from 1 up to {limit}, or return -1.",
        ),
    )


def average_load(rng: random.Random) -> Made:
    budget = rng.choice((262, 1000, 100))
    wanted = rng.choice(("late", "longest", "percent"))
    if wanted == "late":
        body = f"int debt = 0, late = 0;\nfor (uint16_t cost : costs) {{\n  debt = std::max(0, debt + cost - {budget});\n  if (debt > 0) ++late;\n}}\nreturn late;"
    elif wanted == "longest":
        body = f"int run = 0, longest = 0;\nfor (uint16_t cost : costs) {{\n  run = cost > {budget} ? run + 1 : 0;\n  longest = std::max(longest, run);\n}}\nreturn longest;"
    else:
        body = f"if (costs.empty()) return 0;\nint sum = std::accumulate(costs.begin(), costs.end(), 0), all = {budget} * costs.size();\nreturn (sum * 100 + all / 2) / all;"

    def oracle(costs: list[int]) -> int:
        if wanted == "late":
            # what is open after a frame is the largest surplus of any stretch that ends there
            return sum(
                max(sum(costs[k : i + 1]) - budget * (i + 1 - k) for k in range(i + 1)) > 0 for i in range(len(costs))
            )
        if wanted == "longest":
            return max(map(len, "".join("x" if one > budget else " " for one in costs).split()), default=0)
        return int(Fraction(sum(costs) * 100, budget * len(costs)) + Fraction(1, 2)) if costs else 0

    goal = {
        "late": f"after how many frames work is left over. A frame does {budget} units at most, first what was left by earlier ones, then its own",
        "longest": f"the greatest number of frames in a row that each cost more than {budget} units",
        "percent": f"how many percent of the possible {budget} units a frame are used on average, rounded to the nearest (halves up), 0 without frames",
    }[wanted]
    return Made(
        f"int @f({WORDS} costs)",
        body,
        oracle,
        lambda r: [
            [r.choice((budget, budget + 1, budget // 2, r.randrange(2 * budget))) for _ in range(r.randrange(10))]
        ],
        (
            f"Write a function that evaluates how much work each frame of a game causes and returns {goal}.",
            f"costs per frame -> {goal}",
            f"Lag analysis: `costs` holds the work of every frame in turn. I want to know {goal}.",
            f"Profiler of my engine: one number per frame. Tell me {goal}.",
        ),
    )


RECIPES = (
    bcd_stopwatch,
    lap_times,
    region_frames,
    scene_at,
    beat_frames,
    sound_channels,
    spawn_waves,
    save_stamp,
    tide_level,
    meeting_frame,
    average_load,
)
