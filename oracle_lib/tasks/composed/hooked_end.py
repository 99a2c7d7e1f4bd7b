"""Hooks a routine so that it does one thing more when its own work is done."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import Site, added, altered, hosted, joined, over, site_of, stops, told, until
from oracle_lib.tasks.program.teller import describe
from oracle_lib.verify import assemble

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    own, extra = p.Program(_build(drawer)), p.Program(_build(drawer))
    both = p.Program((*own.body, *extra.body))
    if stops(both) or not shows_everything(Stage(both), rng):
        return None
    host = hosted(rng, drawer, own)
    lines = added(extra, Routine("Hook", host.m, host.x, "rtl", host.keeps), Style.draw(rng))
    if lines is None:
        return None
    label, *work = lines
    site, entry = _end(host), site_of(host.source, host.entry)
    if site:
        reference = over(host, site, [label, *joined(site.moved, work), "    RTL"])
    elif entry and host.returns == "rtl":  # its branches go to its return, so the whole of it is called from the hook
        rest = ["Rest:", *entry.moved, f"    JML {host.entry + entry.size}"]
        reference = over(host, entry, [label, "    JSL Rest", *work, "    RTL", *rest], "JML")
    else:
        return None
    return altered(
        __name__, SUBJECT, rng, host, both, (own, extra), asks=_asks(own, extra, host, rng), reference=reference
    )


def _build(draw: Drawer) -> tuple[p.Statement, ...]:
    return (draw.branch(depth=0),) if draw.maybe(0.3) else draw.block(most=2)


def _end(host: Host) -> Site | None:
    """The last instructions before the routine's only return, if every way through it leads there."""
    assembly = assemble(host.source)
    [*before, last], ends = assembly.listing, [one for one in assembly.listing if one.mnemonic in ("RTS", "RTL")]
    if ends != [last] or last.address in assembly.labels.values():
        return None
    for instruction in reversed(before):
        site = site_of(host.source, instruction.address)
        if site:
            return site if site.address + site.size == last.address else None
    return None


def _asks(own: p.Program, extra: p.Program, host: Host, rng: random.Random) -> tuple[str, ...]:
    entry = host.entry
    return told(
        extra,
        rng,
        "Hook this routine so that after its own work it does this as well: <what>",
        f"How do I append something to the routine at {entry}? When it is done with what it does now, it should do "
        "this: <what>",
        f"{entry}, before the return, additionally: <what>",
        f"What the routine at {entry} does: {describe(own)}. Afterwards, and each time, I want one thing more: <what>",
        f"Extend {entry} by a hook. Its code stays; what follows has to run last, before it returns to its caller: "
        "<what>",
        "As soon as the routine below has finished, my own code should run, wherever the routine was called from. "
        "My code: <what>",
    )
