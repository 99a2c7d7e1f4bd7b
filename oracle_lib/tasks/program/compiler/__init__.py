"""Writes a program as a 65816 routine, the way a ROM hacker does. What the program does is the interpreter's business.

A routine is written for D = 0 and a data bank from which low WRAM is within reach, and leaves both, the widths and the
stack as they were. Registers that it must keep are pushed first and pulled last, in the widths of entry; between them
whatever waits on the stack is pulled where it was pushed, in straight code. $00-$0F are scratch, and hold the registers
that are arguments or results wherever these do not stay where they are.
"""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.program.compiler.code import Code, Label, Line
from oracle_lib.tasks.program.compiler.layout import (
    ranged,
    returned,
    scratch_lives_through_a_call,
    threaded,
    without_dead_stores,
    written,
)
from oracle_lib.tasks.program.compiler.statements import Statements
from oracle_lib.tasks.program.compiler.style import Style, Unsupported
from oracle_lib.tasks.program.compiler.widths import switch

__all__ = ["Style", "Unsupported", "compile_program"]

_CHANGES = {
    "A": frozenset(
        [
            "LDA",
            "ADC",
            "SBC",
            "AND",
            "ORA",
            "EOR",
            "INC",
            "DEC",
            "ASL",
            "LSR",
            "ROL",
            "ROR",
            "PLA",
            "TXA",
            "TYA",
            "XBA",
            "MVN",
            "MVP",
            "JSR",
            "JSL",
        ]
    ),
    "X": frozenset(["LDX", "INX", "DEX", "TAX", "TYX", "PLX", "MVN", "MVP", "JSR", "JSL"]),
    "Y": frozenset(["LDY", "INY", "DEY", "TAY", "TXY", "PLY", "MVN", "MVP", "JSR", "JSL"]),
}


def compile_program(program: p.Program, routine: Routine, style: Style) -> str:
    """The whole routine as text, from its label to its return and its tables. Raises `Unsupported`."""
    writer = Statements(routine, style, _index_width(program, routine, style))
    writer.end = Label("done")
    _enter(writer, program)
    writer.block(program.body)
    writer.place(writer.end)
    _leave(writer, program)
    code = without_dead_stores(threaded(writer.code))
    if scratch_lives_through_a_call(code):
        raise Unsupported("scratch memory that must last through a call")
    code = _keeping(code, routine)
    code = ranged(returned(switch(code, routine.m, routine.x)))
    return written(code, routine, _data(writer))


def _index_width(program: p.Program, routine: Routine, style: Style) -> int:
    spans = [array.step * array.length for array in program.things(p.Array)]
    spans += [text.most + 1 for text in program.things(p.Text)]
    if max(spans, default=0) > 0x100:
        return 16
    return 16 if style.wide_index and routine.x == 16 else 8


def _registers(program: p.Program) -> dict[str, p.Register]:
    return {node.name: node for node in program.nodes if isinstance(node, p.Register)}


def _enter(writer: Statements, program: p.Program) -> None:
    writer.keep_free(one.address for one in program.things(p.Variable) if one.own)
    for name, register in sorted(_registers(program).items()):
        home = writer.reserve()
        writer.homes[name] = home
        if name == "a":
            writer.emit("STA", home, register.width)
        else:
            writer.emit(f"ST{name.upper()}", home, x=register.width)


def _leave(writer: Statements, program: p.Program) -> None:
    results = sorted((one for one in program.written if isinstance(one, p.Register)), key=lambda one: one.name)
    for register in reversed(results):
        home = writer.homes[register.name]
        if register.name == "a":
            writer.load(home, register.width)
        else:
            name = register.name.upper()
            known = writer.known
            held = known is not None and home in (known.x if name == "X" else known.y)
            if not held or writer.xw != register.width:
                writer.emit(f"LD{name}", home, x=register.width)
    routine = writer.routine
    writer.emit(routine.ret)
    last = writer.code[-1]
    assert isinstance(last, Line)
    last.m, last.x = routine.m, routine.x


def _keeping(code: Code, routine: Routine) -> Code:
    lines = [line for line in code if isinstance(line, Line)]
    narrowed = routine.x == 16 and any(line.x == 8 for line in lines)
    pushes: list[Line] = []
    pulls: list[Line] = []
    for kept in routine.keeps:
        name = kept.upper()
        changed = any(
            line.op in _CHANGES[name] and not (line.op in ("INC", "DEC", "ASL", "LSR", "ROL", "ROR") and line.operand)
            for line in lines
        )
        if changed or (narrowed and name != "A"):
            m, x = (routine.m, 0) if name == "A" else (0, routine.x)
            pushes.append(Line(f"PH{name}", m=m, x=x))
            pulls.insert(0, Line(f"PL{name}", m=m, x=x))
    where = next(place for place, line in enumerate(code) if isinstance(line, Line) and line.op == routine.ret)
    return [*pushes, *code[:where], *pulls, *code[where:]]


def _data(writer: Statements) -> list[str]:
    lines = []
    for table, label in writer.tables.items():
        digits = table.width // 4
        listed = ",".join(f"${value & ((1 << table.width) - 1):0{digits}X}" for value in table.values)
        lines += [label.name, f"{'db' if table.width == 8 else 'dw'} {listed}"]
    return lines
