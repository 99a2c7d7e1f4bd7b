"""Makes a routine do something else: at its place where the new code fits there, else by a jump to free space."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import altered, hosted, told, until
from oracle_lib.tasks.program.problem import earlier
from oracle_lib.tasks.program.teller import describe
from oracle_lib.verify import Span, assemble

SUBJECT = "hooks and patches"
_IN_PLACE = 0.4
"""How often the new code stands where the old one did, if it fits."""


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    new = p.Program(_build(drawer))
    alike = drawer.maybe(0.4) and not new.things(p.Pointed)  # another offset would not fit what is pointed to
    old = earlier(new, rng) if alike else p.Program(_build(drawer))
    if new == old or not shows_everything(Stage(new), rng):
        return None
    host = hosted(rng, drawer, old)
    size = len(assemble(host.source).code)
    name = vocabulary.routine_names(rng, drawer.nouns)
    here = compile_program(new, Routine(name, host.m, host.x, host.returns), Style.draw(rng))
    if drawer.maybe(_IN_PLACE) and len(assemble(here).code) <= size:
        reference, changeable = f"org {host.entry}\n{here}", Span(address=host.entry, length=size)
    elif size > 4:
        away = compile_program(new, Routine(name, host.m, host.x, "rtl", host.keeps), Style.draw(rng))
        # RTS would look for the caller in the bank of the free space.
        jump = f"JML {name}" if host.returns == "rtl" else f"JSL {name}\n    RTS"
        reference, changeable = f"org {host.entry}\n    {jump}\n\norg {host.free}\n{away}", None
    else:
        return None
    asks = _asks(old, new, host, rng)
    return altered(__name__, SUBJECT, rng, host, new, (old,), asks=asks, reference=reference, changeable=changeable)


def _build(draw: Drawer) -> tuple[p.Statement, ...]:
    match draw.weighted({"block": 4, "branch": 3, "items": 1.5, "switch": 1, "moved": 1, "pointed": 1, "each": 1}):
        case "block":
            return draw.block(most=3)
        case "branch":
            return (draw.branch(depth=0),)
        case kind:
            return (getattr(draw, kind)(),)


def _asks(old: p.Program, new: p.Program, host: Host, rng: random.Random) -> tuple[str, ...]:
    return told(
        new,
        rng,
        "Replace this routine. Whenever it is called, this shall happen instead: <what>",
        f"How do I make the routine at {host.entry} do something else? From now on it has to do this and nothing of "
        "what it did: <what>",
        f"New behavior for {host.entry}: <what> Old behavior goes away.",
        f"The game calls {host.entry} in many places and I cannot change them. What they get now is no use to me; "
        "every call should have this effect and no other: <what>",
        f"What the code at {host.entry} does at the moment: {describe(old)}. I don't want that any more. Patch "
        "the ROM so that it does this: <what>",
        f"{host.entry} -> own code. What my code does: <what>",
        f"My hack takes over the routine at {host.entry} completely. Spec of the replacement: <what>",
    )
