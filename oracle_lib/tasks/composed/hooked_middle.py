"""Hooks a routine at an instruction in its middle, where the registers and flags that are in use must survive."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Kept, Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import Site, added, altered, hosted, over, scratch, site_of, stops, told, until
from oracle_lib.tasks.program.liveness import halves, live, runs_once
from oracle_lib.tasks.program.teller import describe
from oracle_lib.verify import assemble
from oracle_lib.verify.assembler import track_widths

SUBJECT = "hooks and patches"
_REGISTERS: tuple[Kept, ...] = ("a", "x", "y")


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    own = p.Program((*drawer.block(), *((drawer.branch(depth=0),) if drawer.maybe(0.3) else drawer.block())))
    extra = p.Program((drawer.branch(depth=0),) if drawer.maybe(0.3) else drawer.block())
    both = p.Program((*own.body, *extra.body))
    if stops(both) or not _apart(own, extra) or not shows_everything(Stage(both), rng):
        return None
    host = hosted(rng, drawer, own)
    assembly = assemble(host.source)
    sites = [
        site
        for one in assembly.listing[1:]
        if runs_once(assembly.listing, one.address) and (site := site_of(host.source, one.address))
    ]
    if not sites or halves(assembly.listing, host.x):
        return None
    site = rng.choice(sites)
    needed = live(assembly.listing, site.address, [name.upper() for name in host.keeps])
    widths = track_widths(assembly, host.m, host.x)[site.address]
    if widths.m is None or widths.x is None:
        return None
    keeps = tuple(name for name in _REGISTERS if name.upper() in needed)
    lines = added(extra, Routine("Hook", widths.m, widths.x, "rtl", keeps), Style.draw(rng))
    if "a" in keeps and widths.m == 8 and "REP" in host.source:
        return None  # the upper half of A may be in use as well
    if lines is None or (scratch(host.source) and scratch("\n".join(lines))):
        return None
    label, *work = lines
    if set(needed) & set("CZV"):
        work = ["    PHP                 ; the flags are in use here", *work, "    PLP"]
    reference = over(host, site, [label, *work, *site.moved, "    RTL"])
    asks = _asks(own, extra, host, site, rng)
    return altered(__name__, SUBJECT, rng, host, both, (own, extra), asks=asks, reference=reference)


def _apart(own: p.Program, extra: p.Program) -> bool:
    """Whether neither writes what the other one uses, so that it is all the same where the hook stands."""
    return not any(set(one.written) & set(other.nodes) for one, other in ((own, extra), (extra, own)))


def _asks(own: p.Program, extra: p.Program, host: Host, site: Site, rng: random.Random) -> tuple[str, ...]:
    line = site.displaced[0].partition(";")[0].strip()
    entry, place = host.entry, site.address
    return told(
        extra,
        rng,
        f"Put a hook at {place}, on the {line}. It has to do this, and the routine around it must not notice: <what>",
        f"How do I hook {place} (`{line}`) without breaking the code around it? The hook's own work: <what>",
        f"Hook at {place}, in the middle of the routine; registers and flags that are in use there survive. Task: "
        "<what>",
        f"What the routine at {entry} does: {describe(own)}. I have to break in at {place}, because "
        "other patches own its entry. There, do this in addition: <what>",
        f"My hack needs a JSL at {place} in this routine. What the hook shall do before it goes on with the "
        f"displaced code: <what>",
        f"Insert code before the {line} at {place}. All that the routine computes stays right. The inserted part: "
        "<what>",
    )
