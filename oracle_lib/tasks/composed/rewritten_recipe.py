"""Makes a routine that does nearly what a recipe is for do just that, asked for as people name that purpose."""

import random
import re
from collections.abc import Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import altered, hosted, until
from oracle_lib.tasks.program.problem import earlier
from oracle_lib.tasks.program.recipes import all_recipes
from oracle_lib.verify import Span, assemble

SUBJECT = "hooks and patches"
_IN_PLACE = 0.6
"""How often the new code stands where the old one did, if it fits."""
_ROUTINE = re.compile(r"Write a routine (?=that |for |to )")


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    statements, requests = rng.choice(all_recipes())(drawer)
    new = p.Program(tuple(statements))
    if not bears_changes(new):
        return None
    old = earlier(new, rng)
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
    asks = _asks(requests, host.entry, rng)
    return altered(__name__, SUBJECT, rng, host, new, (old,), asks=asks, reference=reference, changeable=changeable)


def bears_changes(program: p.Program) -> bool:
    """Whether the program still runs with another constant or without a statement: then no loop fails to end, no index
    or offset is too large, no divisor is 0, and no working value is read unwritten. Its result is in memory alone, and
    it calls nothing, for the ROM that is patched holds one routine.
    """
    for node in program.nodes:
        match node:
            case p.Report() | p.Pointed() | p.Quotient() | p.While() | p.Call() | p.Variable(own=True):
                return False
            case p.Item(of, index) if not _always_fits(index, of.length, program):
                return False
    return True


def _always_fits(index: p.Expression, length: int, program: p.Program) -> bool:
    """Whether it is a promise that bounds the index: what a condition bounds, another constant there does not."""
    match index:
        case p.Read(p.Variable(below=int(bound)) as place):
            return bound <= length and place not in program.written
    return False


def _asks(requests: Sequence[str], entry: Address, rng: random.Random) -> list[str]:
    return [_ask(request, entry, rng) for request in rng.sample(requests, len(requests))]


def _ask(request: str, entry: Address, rng: random.Random) -> str:
    """The request for a routine as one for another one than that at `entry`."""
    if opening := _ROUTINE.match(request):
        work = request[opening.end() :]
        skeletons: tuple[str, ...] = (
            f"Turn this routine into one {work} That is not quite what it does so far.",
            f"Replace the routine at {entry} by one {work}",
            f"The routine at {entry} was meant to be one {work} It does not do that; patch it.",
        )
    elif request.startswith("How do I "):
        skeletons = (
            f"{request} The routine at {entry} does something like it and shall do exactly this from now on.",
            f"{request} My code for it at {entry} is wrong. Put it right.",
        )
    else:
        skeletons = (
            f"{request} The code at {entry} should do that, and nothing else. Change it.",
            f"New behavior for {entry}, in the place of the old one: {request}",
            f"Fix {entry}. What it has to do: {request}",
        )
    return rng.choice(skeletons)
