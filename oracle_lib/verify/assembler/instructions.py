"""Turning instructions into bytes, by asar's rules for the width of operands."""

from oracle_lib.verify.assembler import opcodes
from oracle_lib.verify.assembler.expressions import evaluate, number_of, repeat_count, split_operands
from oracle_lib.verify.assembler.model import Instruction, Kind, Mode, StatementFault, syntax
from oracle_lib.verify.assembler.opcodes import FORMS, Operation
from oracle_lib.verify.assembler.sizes import operand_size
from oracle_lib.verify.assembler.state import PassState
from oracle_lib.verify.assembler.values import Result


def instruct(state: PassState, operation: Operation) -> None:
    name, explicit, mode, text = operation
    if explicit == 0:
        raise syntax(f"{name} takes .b, .w or .l", name)
    if explicit is None and mode in (Mode.IMPLIED, Mode.ACCUMULATOR) and name in opcodes.ALONE:
        _emit(state, name, mode, opcodes.ALONE[name])
    elif explicit is None and mode is Mode.MOVE:
        banks = [number_of(state, bank, 1) for bank in split_operands(text)]
        _emit(state, name, mode, bytes((opcodes.MOVES[name], *banks)))
    elif mode is Mode.DIRECT and (name in opcodes.BRANCHES or name in opcodes.LONG_BRANCHES):
        _branch(state, name, text)
    elif mode is Mode.IMMEDIATE and name in opcodes.REPEATED:
        count = repeat_count(state, text) & 0xFFFFFFFF
        state.out.reserve(count, text)
        for _ in range(count):
            _emit(state, name, Mode.IMPLIED, opcodes.ALONE[name])
    else:
        size = _size_of_operand(state, operation)
        value = number_of(state, text, size)
        _emit(state, name, mode, bytes((FORMS[mode][name][size],)) + value.to_bytes(size, "little"))


def _size_of_operand(state: PassState, operation: Operation) -> int:
    """The bytes of the operand in the form that asar picks."""
    name, explicit, mode, text = operation
    forms = FORMS.get(mode, {}).get(name, {})
    size = explicit or (operand_size(state, name, text, mode) if forms else 0)
    if mode is Mode.IMMEDIATE and len(forms) == 2:
        return 1 if size == 1 else 2
    if mode is Mode.Y and size == 1 and name in FORMS[Mode.STACK]:
        size = 2
    # A narrow operand may grow into a wider form unless a suffix forbids; a move's needs two bytes as written.
    fitting = [form for form in forms if form == size or (form > max(1, size) and not explicit)]
    if fitting and (name not in opcodes.MOVES or size == 2):
        return fitting[0]
    if explicit or not forms:
        suffix = {1: ".b", 2: ".w", 3: ".l", 4: ".d"}.get(explicit or 0, "")
        raise StatementFault(Kind.ADDRESSING_MODE, f"{name}{suffix} does not take {mode or 'no operand'}", text)
    widths = " or ".join(f"{8 * form}" for form in forms)
    raise StatementFault(Kind.VALUE_TOO_WIDE, f"{name} {mode} takes {widths} bits and {text[:40]} has {8 * size}", text)


def _branch(state: PassState, name: str, text: str) -> None:
    code, size = (opcodes.BRANCHES[name], 1) if name in opcodes.BRANCHES else (opcodes.LONG_BRANCHES[name], 2)
    result = evaluate(state, text) if state.number else Result(0)
    distance = result.integer
    if result.labelled:
        distance -= (state.out.address & 0xFFFFFF) + size + 1
    operand = distance & ((1 << 8 * size) - 1)
    _emit(state, name, Mode.DIRECT, bytes((code,)) + operand.to_bytes(size, "little"))
    if result.labelled and not -(1 << (8 * size - 1)) <= distance < 1 << (8 * size - 1):
        raise StatementFault(Kind.BRANCH_RANGE, f"{name} to {text[:40]} is {distance} bytes away", text)


def _emit(state: PassState, name: str, mode: Mode, code: bytes) -> None:
    if state.number:
        state.out.ensure_org()
        line, column = state.locate("")
        state.listing.append(
            Instruction(state.out.address & 0xFFFFFF, code, name, mode, line, column, state.source.path)
        )
    state.out.put(code)
