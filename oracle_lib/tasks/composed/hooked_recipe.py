"""Hooks a routine so that it first does what a recipe is for, asked for as people name that purpose."""

import random
from collections.abc import Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import added, altered, hosted, over, site_of, stops, until
from oracle_lib.tasks.program.recipes import all_recipes
from oracle_lib.verify import check

SUBJECT = "hooks and patches"
_ORDER = "Write a routine that "
_QUESTION = "How do I "


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    statements, requests = rng.choice(all_recipes())(drawer)
    extra = p.Program(tuple(statements))
    own = p.Program((drawer.branch(depth=0),) if drawer.maybe(0.3) else drawer.block(most=2))
    both = p.Program((*extra.body, *own.body))
    if stops(both) or _needs_a_caller_or_callee(extra) or not shows_everything(Stage(both), rng):
        return None
    host = hosted(rng, drawer, own)
    site = site_of(host.source, host.entry)
    lines = added(extra, Routine("Hook", host.m, host.x, "rtl", host.keeps), Style.draw(rng))
    if site is None or lines is None:
        return None
    reference = over(host, site, [*lines, *site.moved, "    RTL"])
    asks = [_in_hook(request, host.entry, rng) for request in rng.sample(requests, len(requests))]
    made = altered(__name__, SUBJECT, rng, host, both, (own, extra), asks=asks, reference=reference)
    # What the hook leaves in A may be just what the displaced code would load: then nobody could tell that it is lost.
    torn = over(host, site, [*lines, "    RTL"])
    return None if made and check(torn, made.contract).passes else made


def _needs_a_caller_or_callee(program: p.Program) -> bool:
    """Whether it takes an argument in a register, leaves a result there or in the carry, or calls a routine: a hook has
    no caller, and the ROM that is hooked holds one routine alone.
    """
    return any(isinstance(node, p.Register | p.Report | p.Call) for node in program.nodes)


def _in_hook(request: str, entry: Address, rng: random.Random) -> str:
    """A request for a routine as one for a hook that runs first."""
    if request.startswith(_ORDER):
        work = request.removeprefix(_ORDER)
        return rng.choice(_ORDERS).format(entry=entry, work=work)
    if request.startswith(_QUESTION):
        work = request.removeprefix(_QUESTION)
        return rng.choice(_QUESTIONS).format(entry=entry, work=work)
    return rng.choice(_TASKS).format(entry=entry, work=request)


_ORDERS: Sequence[str] = (
    "Hook the routine at {entry} with code that {work} This comes first; then the routine does its own work as before.",
    "Put a hook at the start of {entry} that {work} The original code has to run afterwards.",
    "Each time {entry} is called, a hook should run before it that {work}",
)
_QUESTIONS: Sequence[str] = (
    "In a hook at {entry}, before the routine's own work: how do I {work}",
    "I jump out of the routine at {entry} before it does anything, and come back. How do I, in that code, {work}",
    "Hook {entry}; the original code still runs, but after mine. In mine, how do I {work}",
)
_TASKS: Sequence[str] = (
    "{work} This should happen in a hook at the beginning of {entry}; what that routine does now must still follow.",
    "Hook at {entry}, run first, original code kept: {work}",
    "Patch {entry} so that this is done before its own work, every time: {work}",
)
