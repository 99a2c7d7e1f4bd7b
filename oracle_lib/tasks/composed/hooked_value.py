"""Hooks the place where a routine loads a constant or a variable, so that it works with another value from then on."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Kept, Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import (
    VALUE,
    added,
    altered,
    hosted,
    over,
    scratch,
    site_of,
    stops,
    told,
    until,
)
from oracle_lib.tasks.program.liveness import halves, live
from oracle_lib.tasks.program.problem import substituted
from oracle_lib.verify import assemble
from oracle_lib.verify.assembler import Instruction, Mode, track_widths

SUBJECT = "hooks and patches"
_INDICES: tuple[Kept, ...] = ("x", "y")


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    own = p.Program((drawer.branch(depth=0),) if drawer.maybe(0.4) else drawer.block(most=3))
    sources = [one for one in own.nodes if isinstance(one, p.Number | p.Read) and _replaceable(one, own)]
    if not sources or stops(own):
        return None
    old = rng.choice(sources)
    assert old.width in (8, 16)
    new = drawer.expression(old.width, drawer.one(0, 1, 1, 2))
    both = p.Program(substituted(own.body, old, new))
    if set(own.written) & set(p.walk(new)) or old in p.walk(new) or not shows_everything(Stage(both), rng):
        return None
    host = hosted(rng, drawer, own)
    assembly = assemble(host.source)
    loads = [one for one in assembly.listing if _loads(one, old)]
    if len(loads) != 1 or loads[0].mnemonic != "LDA" or halves(assembly.listing, host.x):
        return None
    [load] = loads
    behind = load.address + len(load.code)
    site, widths = site_of(host.source, load.address), track_widths(assembly, host.m, host.x)[load.address]
    needed = live(assembly.listing, behind, [name.upper() for name in host.keeps])
    if site is None or widths.m != old.width or set("CZV") & set(needed):
        return None  # the flags would be those of what the hook computes
    value = p.Variable(VALUE.name, VALUE.meaning, VALUE.address, old.width)
    keeps = tuple(name for name in _INDICES if name.upper() in needed)
    hook = Routine("Hook", widths.m, widths.x or host.x, "rtl", keeps)
    lines = added(p.Program((p.Set(value, new),)), hook, Style.draw(rng))
    if (
        lines is None
        or f"STA.w {VALUE.address}" not in lines[-1]
        or (scratch(host.source) and scratch("\n".join(lines)))
    ):
        return None
    code = [*lines[:-1], *site.displaced[1:], "    RTL"]
    asks = _asks(both, new, old, host, site.address, rng)
    return altered(__name__, SUBJECT, rng, host, both, (own,), asks=asks, reference=over(host, site, code))


def _replaceable(one: p.Number | p.Read, own: p.Program) -> bool:
    """Whether this stands once in the program, and nothing changes it there."""
    if own.nodes.count(one) > 1:
        return False
    if isinstance(one, p.Number):
        return one.value > 1
    return isinstance(one.place, p.Variable) and one.width < 24 and one.place not in own.written


def _loads(one: Instruction, old: p.Number | p.Read) -> bool:
    """Whether the instruction uses the constant or the variable."""
    operand = int.from_bytes(one.code[1:], "little")
    if isinstance(old, p.Number):
        return one.mode == Mode.IMMEDIATE and operand == old.value
    return isinstance(old.place, p.Variable) and one.mode == Mode.DIRECT and operand == old.place.address


def _asks(
    both: p.Program, new: p.Expression, old: p.Number | p.Read, host: Host, site: Address, rng: random.Random
) -> tuple[str, ...]:
    entry, load = host.entry, f"LDA at {site}"
    size = "byte" if old.width == 8 else "word"
    return told(
        both,
        rng,
        f"Hook the {load} so that the routine gets another {size} there: <part>.",
        f"How do I make the {load} deliver something else? A gets <part>; all that follows works on with it.",
        f"Patch {entry}: the {load} -> <part>. By a hook; the rest of the routine unchanged.",
        f"What the routine at {entry} loads at {site} does not suit my hack. It should compute that "
        f"{size} each time instead, namely <part>.",
        f"Hook the load at {site}. With the new value in it, the routine does this: <what>",
        f"I want {entry} to work with a value of my own instead of what the {load} reads. The value: <part>.",
        f"How would you hook {entry} so that it behaves like this? <what>",
        part=new,
    )
