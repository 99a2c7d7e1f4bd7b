"""Writes machine code as source again, in this project's style. What is code and what is data it has to be told."""

from collections.abc import Iterable, Sequence

from oracle_lib.tasks.kit.asm import listing
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES, LONG_BRANCHES

_SUFFIX = {1: ".b", 2: ".w", 3: ".l"}
_UNSUFFIXED = ("JMP", "JML", "JSR", "JSL", "PEA", "PEI")
_JUMPS = ("JMP", "JML", "JSR", "JSL")


def disassembled(name: str, instructions: Sequence[Instruction]) -> str:
    """The source of a routine of that name. Its own targets get sublabels, named by the last four digits of their
    addresses."""
    targets = {place for instruction in instructions for place in _targets(instruction)}
    lines = [f"{name}:"]
    for place, instruction in enumerate(instructions):
        if place and instruction.address in targets:
            lines.append(_label(instruction.address))
        lines.append(_written(instruction, {one.address for one in instructions[1:]}, name, instructions[0].address))
    return listing("\n".join(lines))


def _label(address: int) -> str:
    return f".at_{address & 0xFFFF:04X}"


def _targets(instruction: Instruction) -> Iterable[int]:
    name, code, bank = instruction.mnemonic, instruction.code, instruction.address & 0xFF0000
    if name in BRANCHES or name in LONG_BRANCHES:
        distance = int.from_bytes(code[1:], "little", signed=True)
        yield bank | instruction.address + len(code) + distance & 0xFFFF
    elif name in _JUMPS and instruction.mode is Mode.DIRECT:
        yield int.from_bytes(code[1:], "little") | (bank if len(code) == 3 else 0)


def _written(instruction: Instruction, inside: set[int], name: str, start: int) -> str:
    for target in _targets(instruction):
        if target == start:
            return f"{instruction.mnemonic} {name}"
        if target in inside:
            return f"{instruction.mnemonic} {_label(target)}"
    return written(instruction)


def written(instruction: Instruction) -> str:
    """An instruction as it stands alone: a branch names the last four digits of its target."""
    operation, code = instruction.mnemonic, instruction.code
    size = len(code) - 1
    operand = f"${int.from_bytes(code[1:], 'little'):0{2 * size}X}"
    if operation in BRANCHES or operation in LONG_BRANCHES:
        return f"{operation} ${next(iter(_targets(instruction))) & 0xFFFF:04X}"
    if not size:
        return operation
    if instruction.mode is Mode.MOVE:
        return f"{operation} ${code[1]:02X},${code[2]:02X}"
    if instruction.mode is Mode.IMMEDIATE:
        return f"{operation} #{operand}"
    suffix = "" if operation in _UNSUFFIXED else _SUFFIX[size]
    return f"{operation}{suffix} {_FORMS[instruction.mode].format(operand)}"


_FORMS = {
    Mode.DIRECT: "{}",
    Mode.X: "{},X",
    Mode.Y: "{},Y",
    Mode.STACK: "{},S",
    Mode.INDIRECT: "({})",
    Mode.INDIRECT_X: "({},X)",
    Mode.INDIRECT_Y: "({}),Y",
    Mode.STACK_Y: "({},S),Y",
    Mode.LONG: "[{}]",
    Mode.LONG_Y: "[{}],Y",
}
