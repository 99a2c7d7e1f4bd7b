"""Hooks over drawn programs: a routine of the ROM that does one thing, and a patch that makes it do another one too.

The families in `tasks/composed/` say what is hooked and ask for it; here is what they share: the routine and its place,
the sites where a jump fits, the parts of the reference, and the contract, which comes from the interpreter.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import SCRATCH, Address, Routine, State, repeated
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.interpreter import Machine, run
from oracle_lib.tasks.program.teller import addition
from oracle_lib.tasks.program.teller.sentences import Sentences
from oracle_lib.tasks.program.teller.tones import closing
from oracle_lib.tasks.program.teller.words import Numbers
from oracle_lib.verify import Span, assemble

_TURNS = 80
_MOVES = (
    "LDA LDX LDY STA STX STY STZ ADC SBC AND ORA EOR CMP CPX CPY BIT INC DEC INX INY DEX DEY ASL LSR ROL ROR TAX TAY "
    "TXA TYA TXY TYX XBA CLC SEC REP SEP TSB TRB NOP"
)
"""What does the same wherever it stands, and leaves the stack alone."""
_JUMP = 4
_FREE = 0x80
"""Bytes of free space, as `kit.patches` promises them."""
_TRIES = 30
"""States that are drawn in search of one that tells a wrong program from the right one."""
_SHOWN = 2
"""How many cases of a contract must tell each wrong program from the right one."""
_LOCAL = re.compile(r"\s\.\w")
_SCRATCH = re.compile(r"[ (\[]\$0[0-9A-F]\b")
VALUE = p.Variable("Value", "value", Address(0x1FF6))
"""What a value is compiled and worded for that the hook leaves in A."""


@dataclass(frozen=True)
class Site:
    """Instructions that a JSL or JML takes the place of: where they stand, how many bytes, and their lines."""

    address: Address
    size: int
    displaced: tuple[str, ...]

    @property
    def moved(self) -> list[str]:
        """The displaced lines as they stand in the hook."""
        return marked(self.displaced)


def until(rng: random.Random, attempt: Callable[[random.Random], Problem | None]) -> Problem:
    """The first problem that `attempt` draws: None and `Unsupported` mean that another draw may do."""
    for _ in range(_TURNS):
        try:
            problem = attempt(rng)
        except Unsupported:
            continue
        if problem:
            return problem
    raise OracleError(f"{_TURNS} draws in a row gave no routine that can be hooked; widen what the family draws")


def hosted(rng: random.Random, drawer: Drawer, program: p.Program, style: Style | None = None) -> Host:
    """The program as a routine of the ROM, at a drawn place."""
    routine = Routine.draw(rng, vocabulary.routine_names(rng, drawer.nouns))
    text = compile_program(program, routine, style or Style.draw(rng))
    entry = Address(rng.randrange(0x01, 0x20) << 16 | rng.randrange(0x8000, 0xFD00))
    free = Address(rng.randrange(0x20, 0x40) << 16 | rng.randrange(0x80, 0xFE) << 8)
    return Host(entry, free, f"org {entry}\n{text}", routine.m, routine.x, routine.returns)


def hooked(
    module: str, subject: str, rng: random.Random, build: Callable[[Drawer], tuple[p.Statement, ...]]
) -> Problem:
    """A problem that asks to hook a drawn routine so that it first does what `build` draws as well."""

    def attempt(rng: random.Random) -> Problem | None:
        drawer = Drawer(rng)
        own, extra = p.Program(build(drawer)), p.Program(build(drawer))
        both = p.Program((*extra.body, *own.body))
        if stops(own) or stops(extra):
            return None
        host = hosted(rng, drawer, own)
        site = site_of(host.source, host.entry)
        lines = added(extra, Routine("Hook", host.m, host.x, "rtl", host.keeps), Style.draw(rng))
        if site is None or lines is None or not shows_everything(Stage(both), rng):
            return None
        reference = over(host, site, [*lines, *site.moved, "    RTL"])
        return altered(
            module, subject, rng, host, both, (own, extra), asks=_asks(extra, host.entry, rng), reference=reference
        )

    return until(rng, attempt)


def stops(program: p.Program) -> bool:
    """Whether the program may end before its last statement, or ends a loop so."""
    return any(isinstance(node, p.Stop) for node in program.nodes)


def added(program: p.Program, routine: Routine, style: Style) -> list[str] | None:
    """The lines of a hook that does this, from its label to before the RTL. None where code behind it would not be
    reached, because data or other returns stand there.
    """
    lines = compile_program(program, routine, style).splitlines()
    if lines[-1].strip() != "RTL" or any(line.strip() == "RTL" for line in lines[:-1]):
        return None
    return lines[:-1]


def marked(lines: Sequence[str]) -> list[str]:
    """Displaced lines, with a note that they are."""
    return [f"{line.rstrip():<24}; displaced" if not place else line for place, line in enumerate(lines)]


def joined(code: Sequence[str], more: Sequence[str]) -> list[str]:
    """Both parts of a hook, without a switch of A's width at the end of one that the other one takes back."""
    switches = {line.partition(";")[0].strip() for line in (*code[-1:], *more[:1])}
    return [*code[:-1], *more[1:]] if switches == {"REP #$20", "SEP #$20"} else [*code, *more]


def scratch(text: str) -> bool:
    """Whether code uses the scratch memory."""
    return bool(_SCRATCH.search(text))


def over(host: Host, site: Site, code: Sequence[str], jump: str = "JSL") -> str:
    """The patch that jumps from the site to `code` in the free space."""
    fill = [f"    {repeated('NOP', site.size - _JUMP)}"] if site.size > _JUMP else []
    return "\n".join([f"org {site.address}", f"    {jump} Hook", *fill, "", f"org {host.free}", *code])


def altered(
    module: str,
    subject: str,
    rng: random.Random,
    host: Host,
    new: p.Program,
    wrong: Sequence[p.Program],
    *,
    asks: Sequence[str],
    reference: str,
    changeable: Span | None = None,
) -> Problem | None:
    """The problem of making the routine `host` do `new`, and none of `wrong`: what it does already, or half of the
    work. None where the reference does not fit, where the contract would not tell one of these from it, or where a
    family that is held out computes what it does.
    """
    if refuses(new, module) or any(length > _FREE for length in _lengths(reference, host.free)):
        return None
    contrast = _Contrast(new, wrong)
    problem = patch(
        module,
        subject,
        host,
        rng,
        asks=asks,
        references=(reference,),
        case=contrast.case,
        writes=[*contrast.stage.writes, SCRATCH],
        parameters={"program": contrast.stage.digest},
        changeable=changeable,
    )
    return problem if min(contrast.shown) >= _SHOWN else None


class _Contrast:
    """The cases of a contract for `new`; for each program of `wrong` in turn, and then for none, one is looked for
    where that would not do. `shown` counts for each the cases that tell.
    """

    def __init__(self, new: p.Program, wrong: Sequence[p.Program]) -> None:
        self.wrong, self.shown = wrong, [0] * len(wrong)
        self.stage = Stage(new, beside=wrong)

    def case(self, state: State) -> None:
        turn = state.place % (len(self.wrong) + 1)
        for _ in range(_TRIES):
            trial = copy.deepcopy(state, {id(state.rng): state.rng})
            self.stage.case(trial)
            differs = [_fails(one, trial) for one in self.wrong]
            if turn == len(differs) or differs[turn]:
                break
        self.shown = [count + one for count, one in zip(self.shown, differs, strict=True)]
        vars(state).update(vars(trial))


def _fails(program: p.Program, state: State) -> bool:
    """Whether the program does not do what the state expects."""
    machine = Machine()
    for address, content in state.memory.items():
        machine.memory |= {address + place: byte for place, byte in enumerate(content)}
    run(program, machine)
    return any(
        machine.load(address + place, 1) != byte
        for address, content in state.expect_memory.items()
        for place, byte in enumerate(content)
    )


def _lengths(reference: str, free: Address) -> list[int]:
    """How many bytes the reference needs in the free space."""
    return [len(block) for address, block in assemble(reference).blocks if address == free]


def site_of(source: str, start: int) -> Site | None:
    """Where a hook fits from the address on, or None where what stands there cannot be moved."""
    assembly = assemble(source)
    inner = {address for label, address in assembly.labels.items() if address > start}
    lines, displaced, size, above = source.splitlines(), dict[int, str](), 0, 0
    for instruction in assembly.listing:
        if instruction.address < start:
            above = instruction.line
            continue
        line = lines[instruction.line - 1]
        if size >= _JUMP and instruction.line not in displaced:
            break
        if instruction.mnemonic.upper() not in _MOVES.split() or instruction.address in inner or _LOCAL.search(line):
            return None
        if instruction.line == above:
            return None  # in the middle of what "LSR #3" repeats
        displaced[instruction.line] = line
        size = instruction.address + len(instruction.code) - start
    return Site(Address(start), size, tuple(displaced.values())) if size >= _JUMP else None


def told(
    program: p.Program, rng: random.Random, *skeletons: str, part: p.Condition | p.Expression | None = None
) -> tuple[str, ...]:
    """Requests in a drawn order, each with what the program does in the place of its `<what>` (a telling of several
    lines is a paragraph of its own), or with `part` alone in that of its `<part>`.
    """
    asks = []
    for skeleton in rng.sample(skeletons, len(skeletons)):
        if part and "<part>" in skeleton:
            speaker = Sentences(rng, "address", Numbers(rng.random() < 0.6))
            words = speaker.clause(part) if isinstance(part, p.Condition) else speaker.value(part, exact=True)
            around = p.If(part, ()) if isinstance(part, p.Condition) else p.Set(VALUE, part)
            asks.append(" ".join([skeleton.replace("<part>", words), *closing(p.Program((around,)), speaker)]))
        else:
            what = addition(program, rng)
            gap = "\n" if "\n" in what else " "
            asks.append(skeleton.replace(" <what>", f"{gap}{what}").replace(f"{what} ", f"{what}{gap}"))
    return tuple(asks)


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
