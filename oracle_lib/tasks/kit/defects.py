"""Defects that make a routine crash or hang, put into references of other families and run step by step on the console.

A defect is told by what the run showed, never by what was meant: one that does no harm is dropped.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from oracle_lib.tasks.kit.crashes import LOW_WRAM, Astray, Crash, Line, Moment, follow, image_of
from oracle_lib.tasks.kit.understanding import Program, programs
from oracle_lib.verify import Assembly, assemble
from oracle_lib.verify.assembler.opcodes import BRANCHES
from oracle_lib.verify.contract import Flag, Register

WIDTH = "a register has another width than the code was assembled for"
STACK = "what was pushed is not pulled, or more is pulled than was pushed, before the return"
RETURN = "the return instruction does not fit the call (RTS after JSL, or RTL after JSR)"
LOOP = "the condition that should end a loop never comes true"
TABLE = "a jump goes through a table entry that is no address of code"
BANK = "the data bank register names another bank than the one that holds the data"
CAUSES = (WIDTH, STACK, RETURN, LOOP, TABLE, BANK)

_MOST_LINES = 70
_PUSHES = ("PHA", "PHX", "PHY", "PLA", "PLX", "PLY", "PHP", "PLP", "PHB", "PLB", "PHD", "PLD")
_STEPS = ("INX", "INY", "DEX", "DEY", "INC", "DEC")


@dataclass(frozen=True)
class Accident:
    """A program with a defect, and its run. `cause` is one of `CAUSES`; `change` says what was done to the program.

    `place` is the number of the line at which it shows: an instruction that is read otherwise than it was written, the
    return that leads astray, the branch that is taken again and again.
    """

    program: Program
    text: str
    assembly: Assembly
    cause: str
    change: str
    start: Moment
    crash: Crash
    place: int

    @property
    def at(self) -> Line:
        return self.crash.lines[self.place]

    @property
    def call(self) -> str:
        """How the program was called, and what its stack held."""
        back = self.program.contract.returns == "rts"
        s = self.start.registers["s"]
        return (
            f"It was called by {'JSR' if back else 'JSL'} with {self.program.widths}; "
            f"S was ${s:04X} at its first instruction."
        )


def accidents(rng: random.Random, *causes: str) -> Iterator[tuple[random.Random, Accident]]:
    """Accidents of these causes, each with a generator of its own."""
    for own, program in programs(rng):
        candidates = [
            (cause, text, change)
            for cause in causes
            for text, change in _DEFECTS[cause](program.text.splitlines(), own)
        ]
        own.shuffle(candidates)
        for cause, text, change in candidates[:3]:
            if found := _run(program, own, cause, text, change):
                yield own, found
                break


def _widths(lines: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        if line.split()[:1] in (["REP"], ["SEP"]) and "#$2" in line + "#$3":
            yield "\n".join(lines[:place] + lines[place + 1 :]), f"lacks `{line.strip()}`"


def _stack(lines: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    found = [place for place, line in enumerate(lines) if line.strip() in _PUSHES]
    for place in found:
        yield "\n".join(lines[:place] + lines[place + 1 :]), f"lacks `{lines[place].strip()}`"
    if not found:
        push = rng.choice(("PHA", "PHX", "PHY", "PHP", "PHB"))
        yield "\n".join([lines[0], f"    {push}", *lines[1:]]), f"pushes with `{push}` what it never pulls"


def _returns(lines: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        if line.strip() in ("RTS", "RTL"):
            other = "RTL" if line.strip() == "RTS" else "RTS"
            changed = [*lines[:place], f"    {other}", *lines[place + 1 :]]
            yield "\n".join(changed), f"returns with `{other}` in place of `{line.strip()}`"


def _loops(lines: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        if line.split()[:1] and line.split()[0].partition(".")[0] in _STEPS:
            yield "\n".join(lines[:place] + lines[place + 1 :]), f"lacks `{line.strip()}`"


_DEFECTS = {WIDTH: _widths, STACK: _stack, RETURN: _returns, LOOP: _loops}


def _run(program: Program, rng: random.Random, cause: str, text: str, change: str) -> Accident | None:
    contract = program.contract
    origin = rng.randrange(0x8000, 0xF000)
    assembly = assemble(text, contract.symbols, origin, backend="own")
    case = rng.choice(contract.cases)
    if not assembly.ok or case.joypads or case.registers.keys() - {"a", "x", "y"} or case.flags.keys() - set("nvzc"):
        return None
    if any(not 0x7E0000 <= place <= place + len(held) <= 0x7E0000 + LOW_WRAM for place, held in case.memory.items()):
        return None
    wram = bytearray(LOW_WRAM)
    for place, held in case.memory.items():
        wram[place - 0x7E0000 : place - 0x7E0000 + len(held)] = held
    back = rng.randrange(0x8000, origin - 0x100 if origin > 0x9000 else 0x8800)
    returns = (back - 1).to_bytes(2, "little") if contract.returns == "rts" else (back - 1).to_bytes(3, "little")
    s = 0x01FF - rng.randrange(2, 9)
    around = bytes(rng.randrange(0x60, 0x80) for _ in range(0x200 - s - 1 - len(returns)))
    wram[s + 1 : 0x200] = returns + around
    registers: dict[Register, int] = {"a": rng.randrange(0x100), "x": rng.randrange(8), "y": rng.randrange(8)}
    registers |= {**case.registers, "d": 0, "db": 0, "s": s}
    flags: dict[Flag, bool] = {flag: rng.random() < 0.5 for flag in ("n", "v", "z", "c")} | {"d": False, "i": False}
    flags |= {**case.flags, "m": contract.m == 8, "x": contract.x == 8}
    if contract.x == 8:
        registers |= {"x": registers["x"] & 0xFF, "y": registers["y"] & 0xFF}
    start = Moment(origin, registers, flags)
    try:
        crash = follow(image_of(assembly), start, bytes(wram), _MOST_LINES)
    except Astray:
        return None
    if (crash.stopped and crash.end.pc == back) or len(crash.lines) < 3:
        return None
    shows = _shows(cause, assembly, start, crash)
    return None if shows is None else Accident(program, text, assembly, cause, change, start, crash, shows)


def _shows(cause: str, assembly: Assembly, start: Moment, crash: Crash) -> int | None:
    """The line of the run at which this cause shows, if it does and no other cause comes first."""
    written = {instruction.address: instruction.code for instruction in assembly.listing}
    for place, line in enumerate(crash.lines):
        instruction, before = line.instruction, crash.lines[place - 1].after if place else start
        if written.get(instruction.address) != instruction.code:
            return place if cause == WIDTH else None
        if instruction.mnemonic in ("RTS", "RTL") and line.after.pc not in written:
            pulled = before.registers["s"] - start.registers["s"]
            return place if cause == (STACK if pulled else RETURN) else None
    if cause != LOOP or crash.stopped:
        return None
    again = [
        place
        for place, line in enumerate(crash.lines)
        if line.instruction.mnemonic in BRANCHES and line.after.pc <= line.instruction.address
    ]
    if len(again) < 3:
        return None
    one, other = crash.lines[again[-2]], crash.lines[again[-1]]
    # Nothing has changed from one pass to the next, so nothing ever will.
    return again[-1] if one == other else None
