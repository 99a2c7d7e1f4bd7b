"""Hooks a routine so that it first does what a recipe is for, asked for as people name that purpose."""

import random
import re
from collections.abc import Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import added, altered, hosted, over, site_of, stops, until
from oracle_lib.tasks.program.recipes import every_recipe

SUBJECT = "hooks and patches"
_ROUTINE = re.compile(r"Write a routine (?=that |for |to )")


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    statements, requests = rng.choice(every_recipe())(drawer)
    extra = p.Program(tuple(statements))
    if stops(extra) or any(isinstance(node, p.Report | p.Table) for node in extra.nodes):
        return None  # the displaced code must be reached, with nothing behind it but the return
    own = p.Program(drawer.block())
    both = p.Program((*extra.body, *own.body))
    if not shows_everything(Stage(both), rng):
        return None
    host = hosted(rng, drawer, own)
    site = site_of(host.source, host.entry)
    lines = added(extra, Routine("Hook", host.m, host.x, "rtl", host.keeps), Style.draw(rng))
    if site is None or lines is None:
        return None
    reference = over(host, site, [*lines, *site.moved, "    RTL"])
    asks = _asks(requests, host.entry, rng)
    return altered(__name__, SUBJECT, rng, host, both, (own, extra), asks=asks, reference=reference)


def _asks(requests: Sequence[str], entry: Address, rng: random.Random) -> list[str]:
    return [_ask(request, entry, rng) for request in rng.sample(requests, len(requests))]


def _ask(request: str, entry: Address, rng: random.Random) -> str:
    """The request for a routine as one for a hook at `entry`."""
    if opening := _ROUTINE.match(request):
        work = request[opening.end() :]
        skeletons: tuple[str, ...] = (
            f"Hook the routine at {entry} with code {work} This happens before its own work, which must not change.",
            f"Put a JSL at {entry} to new code {work} Afterwards the routine there does what it always did.",
            f"I need code {work} Run it at the start of {entry}: hook that routine and keep the instructions that the "
            "hook displaces.",
        )
    elif request.startswith("How do I "):
        skeletons = (
            f"{request} It should happen first of all whenever {entry} is called, so hook it and keep what it does.",
            f"{request} I want this in a hook at {entry}, before the original code, which still has to run.",
        )
    else:
        skeletons = (
            f"{request} The game calls {entry} at the right moment: hook it, do this first, then what it did so far.",
            f"Hook at {entry}, original code kept. New code, run first: {request}",
            f"Before the routine at {entry} does its work, this shall happen as well. {request}",
        )
    return rng.choice(skeletons)
