"""What the families of understanding share: programs to ask about, their runs, and the making of a `Problem`.

The programs are references of the families that ask to write them; a question about one stays on its side of a split.
Whatever an answer states of a run, the console has shown.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from oracle_lib import OracleError
from oracle_lib.sample import Task
from oracle_lib.tasks import Family, Problem, families, ranked
from oracle_lib.tasks.kit.breaks import Break, breaks
from oracle_lib.tasks.kit.stepping import Step, Trace, Unknown, trace
from oracle_lib.verify import AsmCase, AsmContract, Assembly, Fact, FactContract, assemble, check
from oracle_lib.verify.assembler import Instruction
from oracle_lib.verify.contract import Flag, Register

DONORS = ("asm", "composed")
"""The kinds of families whose programs are asked about, in turn. None of them may be held out."""

T = TypeVar("T")
_INTO_A = ("LDA", "PLA", "TXA", "TYA", "ADC", "SBC", "AND", "ORA", "EOR")
_SHIFTS = ("ASL", "LSR", "ROL", "ROR")
_TURNS = 50
_MOST_STEPS, _MOST_READ = 60, 24
"""Longer runs, and such as read more bytes, nobody follows by hand."""
_SHOWN_STEPS = 11
_BREAKS, _CASES = 8, 6
"""How many breaks of a program are tried, each in how many cases."""


@dataclass(frozen=True)
class Program:
    """A reference of a problem: `text` without comments, as it is shown, and what it assembled to."""

    problem: Problem
    contract: AsmContract
    entry: str
    text: str
    assembly: Assembly

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def widths(self) -> str:
        """How wide the registers are on entry, in words."""
        m, x = self.contract.m, self.contract.x
        return f"{m}-bit A, X and Y" if m == x else f"{m}-bit A, {x}-bit X and Y"

    @property
    def is_code_alone(self) -> bool:
        """Whether it holds no data."""
        return sum(len(instruction.code) for instruction in self.assembly.listing) == len(self.assembly.code)

    def shown(self, instruction: Instruction) -> str:
        """An instruction as it stands in the text; of `INX #3`, which is three, one."""
        return instruction.mnemonic if len(instruction.code) == 1 else self.lines[instruction.line - 1].strip()


class Shown(Protocol):
    """Code to ask about: the problem that it solves, and its text as it is shown."""

    @property
    def problem(self) -> Problem: ...
    @property
    def text(self) -> str: ...


def programs(rng: random.Random, references: int = 1) -> Iterator[tuple[random.Random, Program]]:
    """Routines to ask about, each with a generator of its own, of problems with at least so many references."""
    return donated(rng, DONORS, routine, references)


def donated(
    rng: random.Random, kinds: Sequence[str], made: Callable[[Problem, str], T | None], references: int = 1
) -> Iterator[tuple[random.Random, T]]:
    """What is `made` of references of those kinds' problems, of each kind in turn, each with a generator of its own.
    The families of a kind are ranked as drawn from `rng`, so that a new one changes only the questions about its own
    programs."""
    key, kinds = rng.getrandbits(64), rng.sample(kinds, len(kinds))
    able = [[one for one in families((kind,)).values() if len(one.example.references) >= references] for kind in kinds]
    for together in zip(*(_drawn(of_kind, key, made) for of_kind in able if of_kind), strict=False):
        yield from (found for found in together if found)
    raise OracleError(f"no code of {' and '.join(kinds)} suits this question; add a kind with some that does")


def _drawn(
    of_kind: list[Family], key: int, made: Callable[[Problem, str], T | None]
) -> Iterator[tuple[random.Random, T] | None]:
    """Draws of a kind's families; None for one of which nothing can be made."""
    for turn in range(_TURNS):
        for family in ranked(of_kind, f"{key}:{turn}"):
            own = random.Random(f"{key}:{turn}:{family.name}")
            problem = family.draw(own)
            one = made(problem, own.choice(problem.references))
            yield (own, one) if one else None


def routine(problem: Problem, text: str) -> Program | None:
    """A reference as a program, if it is a routine that is called by its name and needs nothing beside it."""
    contract = problem.contract
    if not isinstance(contract, AsmContract) or not isinstance(contract.entry, str) or contract.returns == "rti":
        return None
    if contract.host or contract.standins or contract.driver or contract.regions or problem.input:
        return None
    plain = "\n".join(statement for line in text.splitlines() for statement in _statements(line))
    assembly = assemble(plain, contract.symbols, contract.origin, backend="own")
    starts = assembly.ok and assembly.labels.get(contract.entry) == contract.origin and len(assembly.blocks) == 1
    return Program(problem, contract, contract.entry, plain, assembly) if starts else None


def _statements(line: str) -> list[str]:
    """What a line says, each statement as a line of its own, without a comment."""
    first, *others = line.partition(";")[0].rstrip().split(" : ")
    return [first.rstrip(), *(f"    {other.strip()}" for other in others)] if first.strip() else []


@dataclass(frozen=True)
class Run:
    """A program called once: what it was given, and what it did step by step."""

    program: Program
    registers: Mapping[Register, int]
    flags: Mapping[Flag, bool]
    trace: Trace

    @property
    def last(self) -> Step:
        return self.trace.steps[-1]

    @property
    def entry(self) -> str:
        """What the program found, as the question says it."""
        contract = self.program.contract
        names: tuple[Register, ...] = ("a", "x", "y")
        sizes = {"a": contract.m, "x": contract.x, "y": contract.x}
        held = [f"{name.upper()} = {hexed(self.registers[name], sizes[name])}" for name in names]
        if contract.m == 8:
            held[0] += f" (high byte {hexed(self.registers['a'] >> 8, 8)})"
        states = f"carry {_state(self.flags['c'])}"
        text = f"On entry ({self.program.widths}; D = $0000, DB = $00): {', '.join(held)}, {states}."
        return f"{text}\nMemory: {self.memory}." if self.trace.reads else text

    @property
    def memory(self) -> str:
        """The bytes that are read, as a dump."""
        rows: list[tuple[int, list[int]]] = []
        for place, value in self.trace.reads.items():
            if rows and place == rows[-1][0] + len(rows[-1][1]):
                rows[-1][1].append(value)
            else:
                rows.append((place, [value]))
        return "; ".join(f"{named(place)}: {' '.join(hexed(value, 8) for value in row)}" for place, row in rows)

    def steps(self, until: int = -1) -> str:
        """The run as a list up to a step, by default to the return, each instruction with what it changed; of a long
        one its beginning and its end."""
        told = [f"- {self.told(place)}" for place in range(len(self.trace.steps))][:until]
        if len(told) > _SHOWN_STEPS:
            half = _SHOWN_STEPS // 2
            told[half:-half] = [f"- {len(told) - 2 * half} more steps like these"]
        return "\n".join(told)

    def told(self, place: int) -> str:
        """A step of the run: the instruction and what it changed."""
        step = self.trace.steps[place]
        before = self.trace.steps[place - 1].registers if place else self.registers
        return f"`{self.program.shown(step.instruction)}`: {_effect(step, before)}"


def _effect(step: Step, old: Mapping[Register, int]) -> str:
    """What an instruction changed, in words."""
    name = step.instruction.mnemonic
    if step.taken is not None:
        return "taken" if step.taken else "not taken"
    m, x = (8 if step.flags[flag] else 16 for flag in ("m", "x"))
    if name in ("REP", "SEP"):
        return f"A {m} bits, X and Y {x} bits"
    said = []
    if name == "XBA":
        said.append(f"A = {hexed(step.registers['a'], 16)}, both bytes")
    elif step.registers["a"] != old["a"] or name in _INTO_A or (name in _SHIFTS and len(step.instruction.code) == 1):
        said.append(f"A = {hexed(step.registers['a'], m)}")
    for register in ("x", "y"):
        wanted = (f"LD{register.upper()}", f"TA{register.upper()}", f"PL{register.upper()}")
        if step.registers[register] != old[register] or name in wanted:
            said.append(f"{register.upper()} = {hexed(step.registers[register], x)}")
    writes = {place: value for place, value in step.writes.items() if not 0x7E0100 <= place < 0x7E0200}
    if writes:
        place, size = min(writes), len(writes)
        value = sum(byte << 8 * (at - place) for at, byte in writes.items())
        said.append(f"{named(place)} = {hexed(value, 8 * size)}" if size < 3 else f"{size} bytes at {named(place)}")
    if name in ("CMP", "CPX", "CPY", "CLC", "SEC", "ADC", "SBC", *_SHIFTS):
        said.append(f"carry {_state(step.flags['c'])}")
    if name in ("CMP", "CPX", "CPY", "BIT", "TSB", "TRB"):
        said.append(f"zero {_state(step.flags['z'])}")
    return ", ".join(said) or ("pushed" if name.startswith("P") else "done")


def run(program: Program, rng: random.Random, most_steps: int = _MOST_STEPS) -> Run | None:
    """The program called with one of its cases, or None where that is long or only the console knows what happens.

    Raises `OracleError` where the console shows another result.
    """
    case = rng.choice(program.contract.cases)
    if case.joypads or case.registers.keys() - {"a", "x", "y"} or case.flags.keys() - set("nvzc"):
        return None
    limits: dict[Register, int] = {"a": 0x10000, "x": 1 << program.contract.x, "y": 1 << program.contract.x}
    spare = {name: rng.randrange(limit) for name, limit in limits.items()}
    registers = spare | case.registers
    flags: dict[Flag, bool] = {flag: rng.random() < 0.5 for flag in ("n", "v", "z", "c")}
    flags |= {**case.flags, "m": program.contract.m == 8, "x": program.contract.x == 8}
    try:
        traced = trace(program.assembly, program.contract.origin, registers, flags, case.memory)
    except Unknown:
        return None
    if len(traced.steps) > most_steps or len(traced.reads) > _MOST_READ:
        return None
    _confirm(program, registers, flags, traced)
    return Run(program, registers, flags, traced)


def _confirm(program: Program, registers: Mapping[Register, int], flags: Mapping[Flag, bool], traced: Trace) -> None:
    last = traced.steps[-1]
    case = AsmCase(
        registers={**registers, "d": 0, "db": 0},
        flags=flags,
        memory={place: bytes([value]) for place, value in traced.reads.items()},
        expect_registers={name: last.registers[name] for name in ("a", "x", "y")},
        expect_flags={name: last.flags[name] for name in ("n", "v", "z", "c")},
        expect_memory={place: bytes([value]) for place, value in traced.memory.items()},
    )
    verdict = check(program.text, program.contract.model_copy(update={"cases": (case,), "max_cycles": None}))
    if not verdict.passes:
        raise OracleError(
            f"stepping through {program.problem.family} ends otherwise than the console ({verdict.reasons[0]}); "
            f"mend kit/stepping.py:\n{program.text}"
        )


def named(place: int) -> str:
    """An address as a programmer writes it: low WRAM by its four digits."""
    return f"${place & 0xFFFF:04X}" if 0x7E0000 <= place < 0x7E2000 else f"${place:06X}"


def hexed(value: int, bits: int) -> str:
    return f"${value & (1 << bits) - 1:0{bits // 4}X}"


def _state(flag: bool) -> str:
    return "set" if flag else "clear"


def stated(facts: Sequence[Fact], digits: Mapping[str, int]) -> str:
    """The facts as an answer ends with them; `digits` are those of each hexadecimal number."""
    said = []
    for fact in facts:
        if isinstance(fact.value, str):
            said.append(f"{fact.name} {fact.value}")
        else:
            said.append(f"{fact.name} = {hexed(fact.value, 4 * digits[fact.name])}")
    return ", ".join(said)


def question(
    module: str,
    subject: str,
    shown: Shown,
    asks: Sequence[str],
    *,
    input: str,
    reasoning: str,
    answer: str,
    facts: Sequence[Fact],
    parameters: Mapping[str, int | str],
) -> Problem:
    """The problem of stating these facts: the answer is the reasoning and the line that is judged."""
    return Problem(
        family=module.rpartition(".")[2],
        subject=subject,
        domain=shown.problem.domain,
        task=Task.EXPLAIN,
        instructions=tuple(asks),
        input=input,
        references=(f"{reasoning}\n\nAnswer: {answer}",),
        contract=FactContract(cases=tuple(facts)),
        parameters={"donor": shown.problem.group, "program": shown.text, **parameters},
        derived_from=shown.problem.group,
    )


def block(text: str, language: str = "asm") -> str:
    return f"```{language}\n{text}\n```"


def marked(program: Program, line: int) -> str:
    """The text with an arrow behind a line, by its number from 1."""
    return "\n".join(f"{text:<24}; <--" if number == line else text for number, text in enumerate(program.lines, 1))


def placed(program: Program, count: int | None = None) -> str:
    """The first instructions, by default all, with their sizes and where each ends, as a list."""
    listing = program.assembly.listing[:count]
    ends = [instruction.address + len(instruction.code) - program.contract.origin for instruction in listing]
    return "\n".join(
        f"- `{program.shown(instruction)}`: {len(instruction.code)} -> {end}"
        for instruction, end in zip(listing, ends, strict=True)
    )


def broken(program: Program, rng: random.Random, count: int) -> list[tuple[Break, str]]:
    """At most `count` breaks of the program that were run and failed, and what a test showed of each."""
    few = program.contract.model_copy(update={"cases": program.contract.cases[:_CASES]})
    found: list[tuple[Break, str]] = []
    candidates = breaks(program.text)
    for one in rng.sample(candidates, min(len(candidates), _BREAKS)):
        verdict = check(one.text, few)
        if verdict.assembles and verdict.failed_case is not None:
            found.append((one, re.sub(r"^case \d+: ", "", verdict.reasons[0])))
        if len(found) == count:
            break
    return found


def fault(one: Break) -> str:
    """What is wrong with a break: what it lacks or has instead."""
    old, new = one.change.partition(": ")[2].split(" -> ")
    if new == "nothing":
        return f"lacks `{old}`"
    if old.startswith("before "):
        return f"has `{new}` too much before `{old.removeprefix('before ')}`"
    if " / " in old:
        return f"has `{old.replace(' / ', '` and `')}` in the wrong order"
    return f"has `{new}` in place of `{old}`"
