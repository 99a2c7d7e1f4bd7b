"""Makes a problem of a drawn program: its request in words, its reference compiled, its contract from the interpreter.

`composed` is what the families in `tasks/composed/` call. It draws until a program shows all that it does, and until
the compiler can write it.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import Routine, make
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.teller import tell
from oracle_lib.verify import assemble, check
from oracle_lib.words import with_ordinals

_TURNS = 60
_IN_REGISTERS = 0.25
"""How often a program takes its arguments or leaves its result in registers, where that is possible."""


def composed(
    module: str, subject: str, rng: random.Random, build: Callable[[Drawer], tuple[p.Statement, ...]]
) -> Problem:
    """A problem that asks for a routine with the statements that `build` draws."""
    program, routine, text = drawn(module, rng, build)
    return problem(module, subject, program, routine, rng, text)


def drawn(
    module: str, rng: random.Random, build: Callable[[Drawer], tuple[p.Statement, ...]]
) -> tuple[p.Program, Routine, str]:
    """A program of statements that `build` draws, how its routine is called, and the routine's text.

    It computes nothing that a held-out family does.
    """
    for _ in range(_TURNS):
        drawer = Drawer(rng)
        program = p.Program(build(drawer))
        routine = Routine.draw(rng, vocabulary.routine_names(rng, drawer.nouns), keeps=("", "", "", "", "x", "y", "xy"))
        if rng.random() < _IN_REGISTERS:
            program = in_registers(program, routine, rng)
        if not shows_everything(Stage(program), rng):
            continue
        try:
            text = compile_program(program, routine, Style.draw(rng))
        except Unsupported:
            continue
        if not refuses(program, module):
            return program, routine, text
    raise OracleError(f"{_TURNS} draws in a row gave no program that can be compiled; widen what the family draws")


def changed(
    module: str, subject: str, rng: random.Random, build: Callable[[Drawer], tuple[p.Statement, ...]]
) -> Problem:
    """A problem that hands in the routine of a program and asks for that of another, which is mostly the same: what is
    handed in does not do what is asked.
    """
    for _ in range(_TURNS):
        program, routine, text = drawn(module, rng, build)
        before = earlier(program, rng)
        if before == program:
            continue
        try:
            old = compile_program(before, routine, Style.draw(rng))
        except Unsupported:
            continue
        openings = rng.sample(_CHANGES, len(_CHANGES))
        told = tell(program, rng)
        asks = tuple(f"{openings[place % len(openings)]}\n{one}" for place, one in enumerate(told))
        made = problem(module, subject, program, routine, rng, text, asks=asks, input=f"```asm\n{old}\n```")
        if not check(old, made.contract).passes:
            return made
    raise OracleError(f"{_TURNS} draws in a row gave no routine to change; widen what the family draws")


_CHANGES = (
    "Here is a routine of mine. Rewrite it; from now on it has to do this:",
    "Change the routine below to the following.",
    "My routine (below) is out of date. The new description:",
    "The design changed. Adapt this code to it:",
    "Please edit this routine so that it does what follows instead.",
)


def earlier(program: p.Program, rng: random.Random) -> p.Program:
    """The program as it may have been before somebody wanted it otherwise."""
    if len(program.body) > 1 and rng.random() < 0.5:
        dropped = rng.randrange(len(program.body))
        return p.Program(program.body[:dropped] + program.body[dropped + 1 :])
    numbers = [one for one in program.things(p.Number) if one.value > 1]
    if numbers:
        old = rng.choice(numbers)
        top = 1 << old.width
        return p.Program(substituted(program.body, old, p.Number((old.value + rng.randrange(1, 20)) % top, old.width)))
    return program


def problem(
    module: str, subject: str, program: p.Program, routine: Routine, rng: random.Random, text: str, **more: Any
) -> Problem:
    """The problem that asks for `program` as the routine whose reference is `text`."""
    stage = Stage(program)
    return make(
        module,
        subject,
        routine,
        rng,
        asks=[with_ordinals(ask) for ask in more.pop("asks", None) or tell(program, rng)],
        references=(text,),
        case=stage.case,
        writes=stage.writes,
        parameters={"program": stage.digest},
        **calls(program),
        **more,
    )


def calls(program: p.Program) -> dict[str, Any]:
    """What a contract needs for the routines that the program calls: their code in the ROM and their names."""
    host, symbols = {}, {}
    for call in program.things(p.Call):
        callee = Routine(call.name, returns=call.returns)
        body = compile_program(p.Program(call.body), callee, Style())
        host[int(call.address)] = assemble(body, {}, call.address).code
        symbols[call.name] = int(call.address)
    return {"host": host, "symbols": symbols} if host else {}


def in_registers(program: p.Program, routine: Routine, rng: random.Random) -> p.Program:
    """The program with a variable that it only reads as an argument in a register, and with its last result in one."""
    widths = {"a": routine.m, "x": routine.x, "y": routine.x}
    written = set(program.written)
    called = {node for call in program.things(p.Call) for node in p.walk(call.body)}  # it has registers of its own
    inputs = [
        one
        for one in program.things(p.Variable)
        if one not in written and one not in called and not one.own and one.address < 0x7EF000
    ]
    free = [name for name in ("a", "x", "y") if name not in routine.keeps]
    if inputs and rng.random() < 0.75:
        variable = rng.choice(inputs)
        fit = [name for name in ("a", "a", *("x", "y")) if widths[name] == variable.width]
        if fit:
            register = p.Register(rng.choice(fit), variable.width, variable.below)  # type: ignore[arg-type]
            program = p.Program(substituted(program.body, p.Read(variable), p.Read(register)))
    last = program.body[-1]
    if isinstance(last, p.Set) and isinstance(last.place, p.Variable) and rng.random() < 0.6:
        target = last.place
        uses = sum(node == target for node in program.nodes)
        fit = [name for name in free if widths[name] == target.width]
        if uses == 1 and fit and not any(isinstance(node, p.Stop) for node in program.nodes):
            register = p.Register("a" if "a" in fit else rng.choice(fit), target.width)  # type: ignore[arg-type]
            program = p.Program((*program.body[:-1], p.Set(register, last.value)))
    return program


def substituted(part: Any, old: object, new: object) -> Any:
    """A part of a program with every `old` node in it replaced."""
    if part == old:
        return new
    if isinstance(part, tuple):
        return tuple(substituted(one, old, new) for one in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
        return type(part)(**{name: substituted(value, old, new) for name, value in fields.items()})
    return part
