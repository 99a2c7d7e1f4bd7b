"""Changes entries of the table that a routine reads from, where they lie."""

import dataclasses
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Width
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import told
from oracle_lib.tasks.program.patching import Difference, patched
from oracle_lib.tasks.program.problem import substituted

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return patched(__name__, SUBJECT, rng, _build, _changed, _asks)


def _build(draw: Drawer) -> tuple[p.Statement, ...]:
    width: Width = draw.one(8, 8, 16)
    length = draw.one(3, 4, 5, 6, 8, 8, 10)
    value: p.Expression = p.Read(p.Item(draw.table(length, width), draw.index(length)))
    if draw.maybe(0.5):
        value = p.Binary(draw.one("add", "add", "subtract", "and", "xor"), p.Read(draw.variable(width)), value)
    work = p.Set(draw.variable(width), value)
    return (p.If(draw.condition(depth=0), (work,)),) if draw.maybe(0.25) else (work,)


def _changed(program: p.Program, drawer: Drawer) -> p.Program | None:
    [table] = program.things(p.Table)
    values = list(table.values)
    first = drawer.rng.randrange(len(values))
    for place in range(first, min(first + drawer.one(1, 1, 2), len(values))):
        values[place] = drawer.number(table.width).value
    return p.Program(substituted(program.body, table, dataclasses.replace(table, values=tuple(values))))


def _asks(found: Difference, rng: random.Random) -> tuple[str, ...]:
    entry, site = found.host.entry, found.site
    [old], [new] = found.old.things(p.Table), found.new.things(p.Table)
    size = "one byte" if len(found.after) == 1 else f"{len(found.after)} bytes"
    digits = new.width // 4
    places = [place for place in range(new.length) if old.values[place] != new.values[place]]
    changes = " and ".join(f"entry {place} to ${new.values[place]:0{digits}X}" for place in places)
    counted = "entries count from 0"
    name = new.meaning
    return told(
        found.new,
        rng,
        f"In the {name} table of this routine, change {changes} ({counted}).",
        f"Rebalance the {name} table: {changes}, all else as it is; {counted}.",
        f"The table behind the routine at {entry} holds {name} values. How do I set {changes}? The {counted}.",
        f"Table patch, {size} at {site}: set {changes}; {counted}.",
        f"My hack needs other {name} values. Change the table in place so that the routine at {entry} does "
        "this: <what>",
        f"What has to stand at {site} so that the routine works like this? <what>",
    )
