"""Changes a number in a routine at its place: an amount, a limit, a mask or what something is compared with."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import told
from oracle_lib.tasks.program.patching import Difference, patched
from oracle_lib.tasks.program.problem import substituted
from oracle_lib.tasks.program.teller import describe

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return patched(__name__, SUBJECT, rng, _build, _changed, _asks)


def _build(draw: Drawer) -> tuple[p.Statement, ...]:
    return (draw.branch(depth=0),) if draw.maybe(0.5) else draw.block(most=3)


def _changed(program: p.Program, drawer: Drawer) -> p.Program | None:
    rng = drawer.rng
    numbers = [one for one in program.things(p.Number) if one.value > 1]
    if not numbers:
        return None
    old = rng.choice(numbers)
    top = 1 << old.width
    value = rng.choice((old.value * 2, old.value // 2, old.value + rng.randrange(1, 20), rng.randrange(2, top)))
    return p.Program(substituted(program.body, old, p.Number(value % top, old.width)))


def _asks(found: Difference, rng: random.Random) -> tuple[str, ...]:
    entry, site = found.host.entry, found.site
    size = "one byte" if len(found.after) == 1 else f"{len(found.after)} bytes"
    return told(
        found.new,
        rng,
        "A number in this routine is wrong for my hack. Patch it in place so that the routine does this: <what>",
        f"What do I write to {site} so that the routine at {entry} works like this? <what>",
        f"What it does now: {describe(found.old)}. I'd like a different number there; in all, "
        "the routine should do this: <what>",
        f"Balance change, {size} at {site}: <what>",
        f"I only want to tweak a value of the routine at {entry}. This is what it should do when I am done: <what>",
        "Overwrite the right operand so that the code becomes this: <what>",
    )
