"""Hooks over drawn programs: a routine of the ROM that does one thing, and a patch that makes it do another one too."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import Address, Routine, repeated
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.teller import addition
from oracle_lib.verify import assemble

_TURNS = 80
_MOVES = (
    "LDA LDX LDY STA STX STY STZ ADC SBC AND ORA EOR CMP CPX CPY BIT INC DEC INX INY DEX DEY ASL LSR ROL ROR TAX TAY "
    "TXA TYA TXY TYX XBA CLC SEC REP SEP TSB TRB NOP"
)
"""What does the same wherever it stands, and leaves the stack alone."""
_JSL = 4


@dataclass(frozen=True)
class Site:
    """The first instructions of a routine, which a JSL or JML takes the place of: how many bytes, and their lines."""

    size: int
    displaced: tuple[str, ...]


def hooked(
    module: str, subject: str, rng: random.Random, build: Callable[[Drawer], tuple[p.Statement, ...]]
) -> Problem:
    """A problem that asks to hook a drawn routine so that it first does what `build` draws as well."""
    for _ in range(_TURNS):
        drawer = Drawer(rng)
        own, extra = p.Program(build(drawer)), p.Program(build(drawer))
        both = p.Program((*extra.body, *own.body))
        names = [vocabulary.routine_names(rng, drawer.nouns), "Hook"]
        widths = Routine.draw(rng, names[0])
        try:
            text = compile_program(own, widths, Style.draw(rng))
            added = compile_program(extra, Routine("Hook", widths.m, widths.x, "rtl"), Style.draw(rng))
        except Unsupported:
            continue
        host = Host(
            Address(rng.randrange(0x01, 0x20) << 16 | rng.randrange(0x8000, 0xFD00)),
            Address(rng.randrange(0x20, 0x40) << 16 | rng.randrange(0x80, 0xFE) << 8),
            "",
            widths.m,
            widths.x,
            widths.returns,
        )
        source = f"org {host.entry}\n{text}"
        site = site_of(source, host.entry)
        stops = any(isinstance(node, p.Stop) for node in (*own.nodes, *extra.nodes))
        if site is None or stops or not shows_everything(Stage(both), rng):
            continue
        lines = added.splitlines()
        if lines[-1].strip() != "RTL" or any(line.strip() == "RTL" for line in lines[:-1]):
            continue  # data behind the return, or several returns: the displaced code would not be reached
        moved = [f"{line.rstrip():<24}; displaced" if not place else line for place, line in enumerate(site.displaced)]
        fill = repeated("NOP", site.size - _JSL)
        site_lines = [f"org {host.entry}", "    JSL Hook", *([f"    {fill}"] if fill else []), "", f"org {host.free}"]
        reference = "\n".join([*site_lines, *lines[:-1], *moved, "    RTL"])
        if len(assemble(reference).code) - site.size > 0x80:
            continue
        if refuses(extra, module) or refuses(both, module):
            continue
        stage = Stage(both)
        return patch(
            module,
            subject,
            Host(host.entry, host.free, source, host.m, host.x, host.returns),
            rng,
            asks=_asks(extra, host.entry, rng),
            references=(reference,),
            case=stage.case,
            writes=[*stage.writes, (0x0000, 0x10)],
            parameters={"program": stage.digest},
        )
    raise OracleError(f"{_TURNS} draws in a row gave no routine that can be hooked; widen what the family draws")


def site_of(source: str, entry: int) -> Site | None:
    """Where a hook fits at the routine's entry, or None where what stands there cannot be moved."""
    assembly = assemble(source)
    inner = {address for label, address in assembly.labels.items() if address > entry}
    size, displaced = 0, []
    lines = source.splitlines()
    for instruction in assembly.listing:
        if instruction.mnemonic.upper() not in _MOVES.split() or instruction.address in inner:
            return None
        displaced.append(lines[instruction.line - 1])
        size = instruction.address + len(instruction.code) - entry
        if size >= _JSL:
            return Site(size, tuple(dict.fromkeys(displaced)))
    return None


def _asks(extra: p.Program, entry: Address, rng: random.Random) -> tuple[str, ...]:
    told = [addition(extra, rng) for _ in range(4)]
    gaps = ["\n" if "\n" in one else " " for one in told]
    return (
        f"Hook this routine so that it first does this as well:{gaps[0]}{told[0]}",
        f"How do I hook {entry} so that, before its own work, the routine also does this?{gaps[1]}{told[1]}",
        f"Hook at {entry}, original code kept. Additional code, run first:{gaps[2]}{told[2]}",
        f"I want the routine at {entry} to do one thing more whenever it is called, before everything else."
        f"{gaps[3]}{told[3]}{gaps[3]}What it did so far must still happen.",
    )
