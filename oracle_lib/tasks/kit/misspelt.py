"""Mistakes that keep a source from assembling, put into references of other families, with what the assembler says."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oracle_lib.tasks.kit.understanding import Program, programs
from oracle_lib.verify import Diagnostic, assemble

MNEMONIC = "a mnemonic that the 65816 does not have"
MODE = "an addressing mode that the instruction does not have"
LABEL = "a label that is defined nowhere"
WIDE = "a value that does not fit into its width"
TWICE = "a label that is defined twice"
CAUSES = (MNEMONIC, MODE, LABEL, WIDE, TWICE)

_MEANINGS = {
    MNEMONIC: "a line begins with an instruction of the 65816, a directive or a label, and this word is none of them",
    MODE: "the instruction exists, but takes no operand that is written like this: each has its own addressing modes",
    LABEL: "the operand names a label that stands nowhere in the source, so there is no address to assemble",
    WIDE: "the value needs more bits than the instruction has room for in its operand",
    TWICE: "one label stands at two places, so what branches to it would have two targets",
}
"""What the assembler means by refusing each."""

_WRONG = {
    "LDA": "LAD", "STA": "STR", "INX": "INCX", "INY": "INCY", "DEX": "DECX", "DEY": "DECY", "BNE": "JNE", "BEQ": "JEQ",
    "BCC": "JNC", "BCS": "JC",
    "PHA": "PUSHA", "PLA": "POPA", "RTS": "RET", "RTL": "RETL", "JSR": "CALL", "JSL": "FCALL",
    "CLC": "CLRC", "STZ": "CLR", "TAX": "MOVX", "TXA": "MOVA", "CMP": "CP", "AND": "ANDA", "ORA": "OR", "EOR": "XOR",
}  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """A program that does not assemble: its text, the cause, what was changed, and what the assembler said, where."""

    program: Program
    text: str
    cause: str
    change: str
    error: Diagnostic

    @property
    def meaning(self) -> str:
        """What the message means, in one clause."""
        return _MEANINGS[self.cause]


def refusals(rng: random.Random) -> Iterator[tuple[random.Random, Refusal]]:
    """Programs with one mistake, each with a generator of its own. The assembler names that line alone."""
    for own, program in programs(rng):
        candidates = list(_mistakes(program.lines))
        wanted = own.choice(CAUSES)
        candidates.sort(key=lambda one: (one[0] != wanted, own.random()))
        for cause, line, new, change in candidates[:2]:
            lines = [*program.lines]
            lines[line : line + 1] = new
            text = "\n".join(lines)
            assembly = assemble(text, program.contract.symbols, program.contract.origin, backend="own")
            errors = [one for one in assembly.diagnostics if one.severity == "error"]
            if len(errors) == 1 and errors[0].line == line + len(new):
                yield own, Refusal(program, text, cause, change, errors[0])
                break


def _mistakes(lines: Sequence[str]) -> Iterator[tuple[str, int, list[str], str]]:
    """The cause, the line counted from 0, what stands there then, and what was done, in words."""
    for place, line in enumerate(lines):
        code = line.strip()
        name, _, operand = code.partition(" ")
        mnemonic, dot, suffix = name.partition(".")
        if mnemonic in _WRONG:
            wrong = f"{_WRONG[mnemonic]}{dot}{suffix} {operand}".strip()
            yield MNEMONIC, place, [f"    {wrong}"], f"has `{_WRONG[mnemonic]}` in place of `{mnemonic}`"
        if mnemonic in ("STX", "STY", "STZ", "LDX", "CPX", "CPY") and re.fullmatch(r"\$\w+", operand):
            wrong = f"{mnemonic} [{operand}],Y"
            yield MODE, place, [f"    {wrong}"], f"has `{wrong}` in place of `{code}`"
        if mnemonic in ("LDA", "STA") and re.fullmatch(r"\$\w{6},X", operand):
            wrong = f"{mnemonic}.l {operand[:-1]}Y"
            yield MODE, place, [f"    {wrong}"], f"has `{wrong}` in place of `{code}`"
        if mnemonic[:1] == "B" and operand.startswith("."):
            wrong = f"{mnemonic} {operand}s"
            yield LABEL, place, [f"    {wrong}"], f"branches to `{operand}s`, while the label is `{operand}`"
        if dot and suffix == "b" and re.fullmatch(r"\$\w\w", operand):
            wrong = f"{mnemonic}.b $07{operand[1:]}"
            yield WIDE, place, [f"    {wrong}"], f"has the address $07{operand[1:]} where `{mnemonic}.b` takes one byte"
        if mnemonic in ("REP", "SEP"):
            wrong = f"{mnemonic} #${int(operand[2:], 16) + 0x100:03X}"
            yield WIDE, place, [f"    {wrong}"], f"has `{wrong}` in place of `{code}`"
        if code.startswith(".") and place + 2 < len(lines):
            yield TWICE, place, [code, code], f"defines `{code}` twice"
