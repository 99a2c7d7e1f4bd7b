"""Patches of a few bytes over drawn programs: a routine of the ROM that does nearly the right thing.

Both programs are compiled in one style. Where the two texts differ in a few bytes that lie together, those are what the
problem allows to change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import altered, hosted, until
from oracle_lib.verify import Span, assemble

_MOST = 4
"""Bytes that a patch changes."""


@dataclass(frozen=True)
class Difference:
    """A routine before and after a patch: the programs, the host, where bytes change, and what they become."""

    old: p.Program
    new: p.Program
    host: Host
    site: Address
    before: bytes
    after: bytes


def patched(
    module: str,
    subject: str,
    rng: random.Random,
    build: Callable[[Drawer], tuple[p.Statement, ...]],
    change: Callable[[p.Program, Drawer], p.Program | None],
    asks: Callable[[Difference, random.Random], Sequence[str]],
) -> Problem:
    """A problem that asks for the few bytes that turn a drawn routine into the one that `change` makes of it."""

    def attempt(rng: random.Random) -> Problem | None:
        drawer = Drawer(rng)
        old = p.Program(build(drawer))
        new = change(old, drawer)
        if new is None or new == old:
            return None
        style = Style.draw(rng)
        host = hosted(rng, drawer, old, style)
        text = compile_program(new, Routine("Routine", host.m, host.x, host.returns), style)
        found = _difference(old, new, host, f"org {host.entry}\n{text}")
        if found is None or not shows_everything(Stage(new), rng):
            return None
        return altered(
            module,
            subject,
            rng,
            host,
            new,
            (old,),
            asks=asks(found, rng),
            reference=f"org {found.site}\n    db {','.join(f'${byte:02X}' for byte in found.after)}",
            changeable=Span(address=found.site, length=len(found.after)),
        )

    return until(rng, attempt)


def _difference(old: p.Program, new: p.Program, host: Host, source: str) -> Difference | None:
    before, after = assemble(host.source).code, assemble(source).code
    if len(before) != len(after) or before == after:
        return None
    places = [place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    first, last = places[0], places[-1] + 1
    if last - first > _MOST:
        return None
    return Difference(old, new, host, host.entry + first, before[first:last], after[first:last])
