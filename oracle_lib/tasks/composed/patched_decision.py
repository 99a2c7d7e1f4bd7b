"""Turns the decision that a routine takes around, or moves where it stops being taken, in a few bytes."""

import dataclasses
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import told
from oracle_lib.tasks.program.patching import Difference, patched
from oracle_lib.tasks.program.problem import substituted
from oracle_lib.tasks.program.teller import describe

SUBJECT = "hooks and patches"
_OTHERS = {"==": ("!=",), "!=": ("==",), "<": (">=", "<="), "<=": (">", "<"), ">": ("<=", ">="), ">=": ("<", ">")}
"""What a relation becomes: its opposite, or the same with or without equality."""


def draw(rng: random.Random) -> Problem:
    return patched(__name__, SUBJECT, rng, _build, _changed, _asks)


def _build(draw: Drawer) -> tuple[p.Statement, ...]:
    branch = (draw.branch(depth=0),)
    return (*draw.block(most=1), *branch) if draw.maybe(0.4) else branch


def _changed(program: p.Program, drawer: Drawer) -> p.Program | None:
    asked = [*program.things(p.Compared), *program.things(p.Bits), *program.things(p.Between)]
    if not asked:
        return None
    old = drawer.rng.choice(asked)
    new: p.Condition
    match old:
        case p.Compared(relation):
            new = p.Compared(drawer.one(*_OTHERS[relation]), old.left, old.right, old.signed)
        case p.Bits(operand, mask, which):
            assert operand.width in (8, 16)
            opposite = p.Bits(operand, mask, "any" if which == "none" else "none")
            new = drawer.one(opposite, p.Bits(operand, drawer.mask(operand.width), which))
        case p.Between(high=high):
            new = dataclasses.replace(old, high=high + drawer.rng.randrange(1, 8))
    return p.Program(substituted(program.body, old, new))


def _asks(found: Difference, rng: random.Random) -> tuple[str, ...]:
    entry, site = found.host.entry, found.site
    size = "one byte" if len(found.after) == 1 else f"{len(found.after)} bytes"
    return told(
        found.new,
        rng,
        "This routine decides wrongly. Patch it in place so that it does this: <what>",
        f"How do I change the decision in the code at {entry}? It should be so: <what>",
        f"Change {size} at {site} to get this: <what>",
        f"What happens now: {describe(found.old)}. In my hack the condition is another one: <what>",
        f"The check in the routine at {entry} does not fit my hack. All that needs to change is at {site}. "
        "Afterwards: <what>",
        f"Bug in {entry}: the condition is off. Correct behavior: <what>",
    )
