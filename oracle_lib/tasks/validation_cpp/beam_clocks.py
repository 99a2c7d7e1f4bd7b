"""Turns places of the screen's beam, as the latched counters tell them, into master clocks and back."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "cycles"

LINE = 1364


def draw(rng: random.Random) -> Problem:
    lines = rng.choice((262, 262, 312))
    origin = rng.choice((0, 225, 225, 240))
    uneven = rng.random() < 0.5
    unit = 1 if uneven else rng.choice((1, 6, 8, 12))
    up = rng.random() < 0.5 and unit > 1
    action = rng.choice(("since", "since", "between", "left", "place"))
    function = Function(
        "std::array<int, 2>" if action == "place" else "int",
        rng.choice(
            {
                "since": ("ClocksSince", "beam_time", "BeamClocks"),
                "between": ("ElapsedClocks", "time_between"),
                "left": ("ClocksLeft", "time_left"),
                "place": ("BeamAt", "beam_place"),
            }[action]
        ),
        {
            "between": (("int", "h0"), ("int", "v0"), ("int", "h1"), ("int", "v1")),
            "place": (("int", "clocks"),),
        }.get(action, (("int", "h"), ("int", "v"))),
    )
    lengths = [6 if dot in (323, 327) else 4 for dot in range(340)] if uneven else [4] * 341
    frame = lines * LINE

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        def beam() -> tuple[int, int]:
            dot = rng.choice((0, 323, 327, 324, 328, len(lengths) - 1, rng.randrange(len(lengths))))
            return dot, rng.choice((origin, rng.randrange(lines), (origin - 1) % lines, 0, lines - 1))

        def clocks(dot: int, line: int) -> int:
            return line * LINE + sum(lengths[:dot])

        here = beam()
        since = (clocks(*here) - origin * LINE) % frame
        if action == "place":
            within = rng.choice((lengths[here[0]] - 1, 0, 0, 1, 2))
            given = since + within + frame * rng.choice((0, 1, 0, 3))
            return [given], [[here[1], here[0]]]
        if action == "between":
            there = beam()
            passed = (clocks(*there) - clocks(*here)) % frame
            return [*here, *there], [-(-passed // unit) if up else passed // unit]
        passed = since if action == "since" else (frame - since) % frame
        return [*here], [-(-passed // unit) if up else passed // unit]

    dots = " + (h > 323) * 2 + (h > 327) * 2" if uneven else ""
    measured = f"(@n + {unit - 1}) / {unit}" if up else f"@n / {unit}" if unit > 1 else "@n"
    turned = f"(v + {lines - origin}) % {lines}" if origin else "v"
    since = f"{turned} * {LINE} + h * 4{dots}"
    bodies = {
        "since": [f"int clocks = {since};", f"return {measured.replace('@n', 'clocks')};"]
        if unit > 1
        else [f"return {since};"],
        "left": [
            f"int clocks = {since};",
            f"int left = ({lines} * {LINE} - clocks) % ({lines} * {LINE});",
            f"return {measured.replace('@n', 'left')};",
        ],
        "between": [
            f"auto clock = [](int h, int v) {{ return v * {LINE} + h * 4{dots}; }};",
            "int passed = clock(h1, v1) - clock(h0, v0);",
            f"if (passed < 0) passed += {lines} * {LINE};  // in the next frame",
            f"return {measured.replace('@n', 'passed')};",
        ],
        "place": [
            f"int line = (clocks / {LINE}{f' + {origin}' if origin else ''}) % {lines};",
            f"int rest = clocks % {LINE};",
            *(
                [
                    "int dot = 0;",
                    "for (int length = 4; rest >= length; length = dot == 323 || dot == 327 ? 6 : 4) {",
                    "  rest -= length;",
                    "  ++dot;",
                    "}",
                    "return {line, dot};",
                ]
                if uneven
                else ["return {line, rest / 4};"]
            ),
        ],
    }
    reference = cpp(
        "@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in bodies[action])
    )
    zero = f"the beginning of line {origin}" + (
        ", where vertical blank begins," if origin else ", the top of the frame,"
    )
    rounding = (
        f" in units of {unit} master clocks, rounded {'up' if up else 'down'}," if unit > 1 else " in master clocks"
    )
    goal = {
        "since": f"return the time{rounding} that passes from {zero} to the next beginning of dot `h` of line `v` (less than a frame)",
        "left": f"return the time{rounding} that is left from the beginning of dot `h` of line `v` until the next time that the beam is at "
        f"{zero[:-1]} (0 if it is just there)",
        "between": f"return the time{rounding} that passes from the beginning of dot `h0` of line `v0` to the next time that the beam is at "
        "the beginning of dot `h1` of line `v1` (0 if it is the same place)",
        "place": f"return the line and the dot, in this order, in which the beam is `clocks` master clocks (any number of frames) after {zero[:-1]}",
    }[action]
    length = (
        "340 dots of 4 master clocks each, but dots 323 and 327 take 6"
        if uneven
        else "341 dots of 4 master clocks each"
    )
    region = "PAL" if lines == 312 else "NTSC"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function to {goal}. In {region} a frame has {lines} lines, a line {length}; lines and dots count from 0, and every frame "
            "is equally long.",
            f"Beam position and time: {goal}. Lines 0 to {lines - 1} ({region}), each {LINE} master clocks: {length} (dot 0 is the first).",
            f"How do I {goal}? The console is {region}: {lines} lines a frame, in each line {length}, both numbered from 0. No line is shorter "
            "or longer than the others.",
            f"My profiler latches the H and V counters, and I want to {goal}. All {lines} lines ({region}, line 0 first) are alike, with "
            f"{length}, counted from dot 0.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "lines": lines,
            "origin": origin * (action != "between"),
            "uneven": int(uneven),
            "unit": unit * (action != "place"),
            "up": int(up and action != "place"),
            "action": action,
        },
        explanation=f"A line takes {LINE} master clocks"
        + (", as its two long dots make up for the one that is missing." if uneven else ", 341 dots of four."),
    )
