"""Changes which variable a routine reads or writes, in the bytes of one operand."""

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
    return (draw.branch(depth=0),) if draw.maybe(0.4) else draw.block(most=3)


def _changed(program: p.Program, drawer: Drawer) -> p.Program | None:
    found = [one for one in program.things(p.Variable) if one.width < 24 and one.below is None]
    if not found:
        return None
    old = drawer.rng.choice(found)
    return p.Program(substituted(program.body, old, drawer.variable(old.width, signed=old.signed)))


def _asks(found: Difference, rng: random.Random) -> tuple[str, ...]:
    entry, site = found.host.entry, found.site
    return told(
        found.new,
        rng,
        "I moved a variable in my hack, and this routine still works with the old address. Patch it so that it does "
        "this: <what>",
        f"How do I redirect the access in the code at {entry}? After the patch: <what>",
        f"Change the operand at {site}. Result: <what>",
        f"What the routine does now: {describe(found.old)}. One of these is the wrong variable. Right would be: <what>",
        f"Which bytes go to {site}, if the routine at {entry} is to do the following? <what>",
        f"Wrong variable in the routine at {entry}; the rest is fine. It must be: <what>",
    )
