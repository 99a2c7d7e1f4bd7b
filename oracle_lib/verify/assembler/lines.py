"""Running the lines of a source: each is cut into statements, and each statement goes to what knows what it does."""

from oracle_lib.verify.assembler import opcodes
from oracle_lib.verify.assembler.directives import direct
from oracle_lib.verify.assembler.directives.inclusion import included_source
from oracle_lib.verify.assembler.expressions import fixed
from oracle_lib.verify.assembler.files import SourceFile
from oracle_lib.verify.assembler.flow import define_macro, filled, read_heading, steer
from oracle_lib.verify.assembler.foreign import explained
from oracle_lib.verify.assembler.instructions import instruct
from oracle_lib.verify.assembler.labels import Frame
from oracle_lib.verify.assembler.model import Kind, StatementFault, syntax
from oracle_lib.verify.assembler.opcodes import Statement, read_line
from oracle_lib.verify.assembler.spc700 import SPC700_MNEMONICS, instruct_spc700
from oracle_lib.verify.assembler.state import MacroCall, PassState
from oracle_lib.verify.assembler.text import split_arguments
from oracle_lib.verify.assembler.values import as_signed


def run_lines(state: PassState, lines: list[str], first: int) -> None:
    """Run lines of which the first has the index `first` in the source."""
    index = 0
    while index < len(lines):
        state.go_to(first + index)
        line = lines[index]
        if not line:
            state.repeat = 1  # an empty line can be what `rep` repeats
        elif line[:6].lower() == "macro " and state.active and state.call is None:
            index += define_macro(state, index)
        else:
            _run_line(state, line)
        index = index + 1 if state.back_to is None else state.back_to - first
    if state.repeat != 1:
        state.repeat = 1
        state.report(syntax("rep with nothing to repeat", ""))


def _run_line(state: PassState, line: str) -> None:
    state.nest(1)
    depth, state.skips = state.depth, False
    try:
        state.statements = read_line(filled(state, line) if state.active else line)
    except StatementFault as problem:
        state.report(explained(problem, line, state.arch))
    for position, statement in enumerate(state.statements):
        times, state.repeat = state.repeat, 1
        for _ in range(times):
            state.position, state.depth = position, depth
            _run_statement(state, statement)
        if not state.begun:
            state.begun = statement.text[:1] not in ("", "@")
    if state.blocks and state.blocks[-1].inline and not state.blocks[-1].loops:
        state.blocks.pop()
        for block in state.blocks:
            block.inline = False
    state.depth = depth - 1


def _run_statement(state: PassState, statement: Statement) -> None:
    state.allowance.count_statement()
    try:
        _execute(state, statement)
    except StatementFault as problem:
        state.report(explained(problem, statement.text, state.arch))


def _execute(state: PassState, statement: Statement) -> None:
    if state.skips or not state.active:
        steer(state, statement.words[0].lower(), statement.words, statement.text)
        return
    for word in statement.labels:
        state.out.ensure_org()
        state.labels.define(word, state.out.address)
    if statement.operation and state.arch == "65816":
        state.note(statement.words)
        instruct(state, statement.operation)
    elif statement.rest and statement.rest[0]:
        state.note(statement.labels)
        _direct(state, statement.rest[0].lower(), statement.rest, statement.text)
    else:
        state.note(statement.labels)
    state.out.check_bank()


def _direct(state: PassState, key: str, parts: tuple[str, ...], text: str) -> None:
    """Run a statement that is no instruction."""
    if steer(state, key, parts, text):
        return
    if key[0] != "%" and key != "function":
        state.note(parts)
    if key[0] == "%":
        _call_macro(state, text[text.index("%") + 1 :])
    elif state.arch == "spc700" and instruct_spc700(state, parts):
        return
    elif key == "incsrc" and len(parts) == 2:
        _include(state, parts[1])
    elif len(parts) == 3 and parts[1] == "=":
        _assign_value(state, parts[0], parts[2])
    elif len(parts) > 2 and key.partition(".")[0].upper() in opcodes.MNEMONICS:
        raise syntax(f"the operand of {parts[0]} has a space in it", parts[1])
    elif state.arch == "spc700" and key.partition(".")[0] in SPC700_MNEMONICS:
        name = key.partition(".")[0].upper()
        operand = parts[1] if len(parts) == 2 else "these operands"
        raise StatementFault(Kind.ADDRESSING_MODE, f"{name} of the SPC700 does not take {operand[:40]}")
    else:
        direct(state, parts[0], parts[1:])


def _assign_value(state: PassState, name: str, expression: str) -> None:
    value = as_signed(fixed(state, expression).integer)
    if len(name) == 3 and name[0] == name[2] == "'" and ord(name[1]) < 256:
        state.characters[ord(name[1])] = value & 0xFFFFFFFF
    else:
        if value == -1:  # asar's mark for a label that is set to the place where it stands
            state.out.ensure_org()
            value = state.out.address
        state.labels.assign(name, value)


def _call_macro(state: PassState, text: str) -> None:
    match = read_heading(text)
    if not match:
        raise syntax(f"broken macro call %{text[:40]}", text)
    macro = state.macros.get(match[1])
    if macro is None:
        raise StatementFault(Kind.UNDEFINED_SYMBOL, f"there is no macro {match[1][:60]}", match[1])
    arguments = split_arguments(match[2]) if match[2] else []
    extra = len(arguments) - len(macro.parameters)
    if extra < 0 or (extra and not macro.variadic):
        raise syntax(f"%{match[1]} takes {len(macro.parameters)} arguments, not {len(arguments)}", text)
    state.allowance.spend(len(text))
    call_around, frame_around = state.call, state.labels.macro
    named = dict(zip(macro.parameters, arguments, strict=False))
    called_at = f"{state.source.path}:{state.line + 1}".removeprefix(":")
    line = call_around.line if call_around else state.line
    state.call = MacroCall(named, arguments[len(named) :] if macro.variadic else None, called_at, line)
    state.labels.macro = Frame(f":macro_{state.calls}_")
    state.calls += 1
    _run_elsewhere(state, macro.source, macro.lines, macro.first)
    state.call, state.labels.macro = call_around, frame_around


def _include(state: PassState, written: str) -> None:
    source = included_source(state, written)
    state.begun = False
    if source.path not in state.included_once:
        _run_elsewhere(state, source, source.lines, 0)


def _run_elsewhere(state: PassState, source: SourceFile, lines: list[str], first: int) -> None:
    """Run lines that do not stand here, and come back. They close their conditionals."""
    place = state.source, state.line, state.statements, state.position, state.back_to, state.skips
    around, state.blocks, state.source = state.blocks, [], source
    run_lines(state, lines, first)
    for block in state.blocks:
        state.report_open("an if, while or for", source, block.line)
    state.source, state.line, state.statements, state.position, state.back_to, state.skips = place
    state.blocks = around
