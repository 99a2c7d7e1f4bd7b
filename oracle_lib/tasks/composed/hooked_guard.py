"""Hooks a routine so that it does its work only if, or unless, a condition holds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Routine
from oracle_lib.tasks.kit.patches import Host
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import altered, hosted, over, site_of, stops, told, until
from oracle_lib.tasks.program.teller import describe
from oracle_lib.verify import assemble

SUBJECT = "hooks and patches"
_WORK = Address(0x1FF6)
"""What the compiled question writes where the routine's work belongs."""


def draw(rng: random.Random) -> Problem:
    return until(rng, _attempt)


def _attempt(rng: random.Random) -> Problem | None:
    drawer = Drawer(rng)
    own = p.Program((drawer.branch(depth=0),) if drawer.maybe(0.3) else drawer.block(most=3))
    condition, unless = drawer.condition(depth=1), drawer.maybe(0.4)
    guarded = _guarded(condition, own.body, unless)
    if stops(own) or not shows_everything(Stage(guarded), rng):
        return None
    host = hosted(rng, drawer, own)
    site = site_of(host.source, host.entry)
    if site is None:
        return None
    work = p.Set(p.Variable("Work", "work", _WORK, host.m), p.Number(0, host.m))
    question = _guarded(condition, (work,), unless)
    text = compile_program(question, Routine("Hook", host.m, host.x, "rtl", host.keeps), Style.draw(rng))
    jump = rng.choice(("JSL", "JML"))
    leave = _leave(host, called=jump == "JSL")
    lines = [part for line in text.splitlines() for part in (leave if line.strip() == "RTL" else [line])]
    [place] = [place for place, line in enumerate(lines) if str(_WORK) in line]
    before, behind = lines[:place], lines[place + 1 :]
    if "LDA #$00" in before[-1]:
        before.pop()  # what the work would have written
    skipped = next((place for place, line in enumerate(behind) if line.startswith(".")), len(behind))
    resume = "RTL" if jump == "JSL" else f"JML {host.entry + site.size}"
    code = [*before, *site.moved, f"    {resume}", *behind[skipped:]]
    asks = _asks(own, guarded, condition, unless, host, rng)
    return altered(
        __name__, SUBJECT, rng, host, guarded, (own, p.Program(())), asks=asks, reference=over(host, site, code, jump)
    )


def _guarded(condition: p.Condition, work: tuple[p.Statement, ...], unless: bool) -> p.Program:
    return p.Program((p.If(condition, (p.Stop(),)), *work) if unless else (p.If(condition, work),))


def _leave(host: Host, called: bool) -> list[str]:
    """How the hook returns to the routine's caller without the routine's work."""
    rest = ["    PLA", "    PLA"] if host.m == 8 else ["    SEP #$20", "    PLA", "    REP #$20"]
    pulls = ["    PLA                 ; not back into the routine", *rest]
    # RTS would look for the caller in the bank of the free space.
    end = "RTL"
    if host.returns == "rts":
        end = f"JML {next(Address(one.address) for one in assemble(host.source).listing if one.mnemonic == 'RTS')}"
    return [*(pulls if called else []), f"    {end}"]


def _asks(
    own: p.Program, guarded: p.Program, condition: p.Condition, unless: bool, host: Host, rng: random.Random
) -> tuple[str, ...]:
    entry = host.entry
    if unless:
        brief = (
            "Hook this routine so that it returns at once, without doing anything, when <part>, and works as before in "
            "all other cases.",
            f"How can I make the routine at {entry} return at once if <part>?",
            f"Hook at {entry}: skip the routine when <part>.",
            f"The game calls {entry} too often. When <part>, nothing should happen; else it works as it does now.",
            f"Guard for {entry}. If <part>: return early. Else: run the original code.",
            f"In my hack, what the routine at {entry} does must not happen while <part>. All else stays as it is.",
        )
    else:
        brief = (
            "Hook this routine so that it works as before when <part>, and in all other cases returns without doing "
            "anything.",
            f"How can I restrict the routine at {entry} so that it runs only if <part>?",
            f"Hook at {entry}: run the routine only when <part>.",
            f"The game calls {entry} too often. It should work as it does now when <part>; else nothing happens.",
            f"Guard for {entry}. If <part>: run the original code. Else: return early.",
            f"In my hack, what the routine at {entry} does must happen only while <part>. All else stays as it is.",
        )
    return told(
        guarded,
        rng,
        *brief,
        f"Put a condition before the routine at {entry}. With the hook it has to behave like this: <what>",
        f"How do I hook {entry} to get this behavior? <what>",
        f"What {entry} does, always: {describe(own)}. I want that under a condition. The whole thing then: <what>",
        part=condition,
    )
