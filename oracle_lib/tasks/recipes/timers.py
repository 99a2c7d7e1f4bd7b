"""Timers, cooldowns and things that happen every so often."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Binary, Bits, Chosen, Compared, Each, Here, If, Number, Read, Set, Stop
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def start_when_idle(draw: Drawer) -> Made:
    timer, length = draw.variable(8), draw.rng.randrange(8, 200)
    idle = Compared("==", Read(timer), Number(0))
    return (If(idle, (Set(timer, Number(length)),)),), (
        f"Write a routine that starts the timer at {timer.address} with {length} unless it is already running (not 0).",
        f"How do I start a timer only if none runs? Byte {timer.address}, 0 means idle; start value {length}.",
        f"if byte[{timer.address}] == 0 then byte[{timer.address}] = ${length:02X}.",
        f"Getting hit should set the {timer.meaning} ({timer.address}) to {length} frames, but not while it still "
        "counts.",
        f"{timer.address}: timer, one byte. When idle (0), load it with {length}. A running one stays as it is.",
    )


def cool_down_all(draw: Drawer) -> Made:
    [timers] = draw.slots(8)
    element = Here(timers)
    lowered = Set(element, Binary("subtract", Read(element), Number(1)))
    program = (Each((timers,), (If(Compared("!=", Read(element), Number(0)), (lowered,)),)),)
    return program, (
        f"Write a routine that runs down the {timers.length} timers at {timers.address} by one each; those at 0 stay.",
        f"How do I decrement {timers.length} byte timers from {timers.address} without wrapping below 0?",
        f"for each of {timers.length} bytes at {timers.address}: if not 0, subtract 1.",
        f"Every sprite slot (there are {timers.length}) has a cooldown byte from {timers.address} on. Tick them all once a "
        "frame, down to 0.",
        f"{timers.length} cooldowns, bytes, {timers.address} ff. One tick: max(t - 1, 0) each.",
    )


def blink(draw: Drawer) -> Made:
    timer, shown = draw.variable(8), draw.variable(8)
    bit = draw.rng.randrange(1, 5)
    on, off = draw.one((1, 0), (0, 1), (0xFF, 0), (0x80, 0))
    value = Chosen(Bits(Read(timer), 1 << bit, "any"), Number(on), Number(off))
    return (Set(shown, value),), (
        f"Write a routine for blinking: {shown.address} becomes ${on:02X} while bit {bit} of the frame timer "
        f"{timer.address} is set and ${off:02X} while it is clear.",
        f"How do I make something blink every {1 << bit} frames? Timer byte {timer.address}; write ${on:02X} to "
        f"{shown.address} if its bit {bit} is set, else ${off:02X}.",
        f"byte[{shown.address}] = byte[{timer.address}] & ${1 << bit:02X} ? ${on:02X} : ${off:02X}.",
        f"The invincible hero flickers: use bit {bit} of the counter at {timer.address}, 1 -> ${on:02X}, 0 -> "
        f"${off:02X}, stored at {shown.address}.",
    )


def alternate(draw: Drawer) -> Made:
    counter, period = draw.variable(8), draw.rng.randrange(3, 40)
    frame, last = draw.variable(8), draw.rng.randrange(1, 8)
    stepped = Chosen(Compared(">=", Read(frame), Number(last)), Number(0), Binary("add", Read(frame), Number(1)))
    program = (
        Set(counter, Binary("add", Read(counter), Number(1))),
        If(Compared("<", Read(counter), Number(period)), (Stop(),)),
        Set(counter, Number(0)),
        Set(frame, stepped),
    )
    return program, (
        f"Write a routine that animates: count calls in {counter.address}; at {period} (or above) start again from 0 and "
        f"go to the next of the frames 0 to {last} in {frame.address}, from the last (or beyond) back to 0.",
        f"How do I step an animation every {period} frames? Delay counter {counter.address}, frame number "
        f"{frame.address} from 0 to {last}, then 0 again. The counter is raised first and reset when it is at least "
        f"{period}.",
        f"++byte[{counter.address}]; if it is >= {period}: it becomes 0, and byte[{frame.address}] becomes 0 if it was "
        f">= {last}, else goes up by 1.",
        f"My torch has {last + 1} pictures, number in {frame.address} (a number of {last} or more is followed by 0). "
        f"Show each for {period} calls, counted in {counter.address}: increment it, and when it reaches {period} or more, "
        "clear it and change the picture.",
    )


RECIPES = (start_when_idle, cool_down_all, blink, alternate)
