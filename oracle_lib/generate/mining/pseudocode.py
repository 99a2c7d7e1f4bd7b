"""Says line by line what assembly does, in C-like words that name no instruction. Knows the 65816 and runs nothing."""

import re
from collections.abc import Mapping

from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler import Instruction, Widths, track_widths
from oracle_lib.verify.assembler.opcodes import BRANCHES

_JUDGES = {"BEQ": "==", "BNE": "!=", "BCC": "<", "BCS": ">="}
_FLAGS = {
    "BEQ": "zero flag",
    "BNE": "not zero flag",
    "BMI": "negative flag",
    "BPL": "not negative flag",
    "BCC": "not carry",
    "BCS": "carry",
    "BVC": "not overflow flag",
    "BVS": "overflow flag",
}
_SIMPLE = {
    "TAX": "X = A",
    "TAY": "Y = A",
    "TXA": "A = X",
    "TYA": "A = Y",
    "TXY": "Y = X",
    "TYX": "X = Y",
    "TCD": "D = A",
    "TDC": "A = D",
    "INX": "X += 1",
    "INY": "Y += 1",
    "DEX": "X -= 1",
    "DEY": "Y -= 1",
    "XBA": "swap the two bytes of A",
    "CLC": "carry = 0",
    "SEC": "carry = 1",
    "CLV": "overflow flag = 0",
    "SED": "decimal mode on",
    "CLD": "decimal mode off",
    "SEI": "interrupts off",
    "CLI": "interrupts on",
    "NOP": "do nothing",
    "PHP": "push the flags",
    "PLP": "pull the flags",
    "PHK": "push the program bank",
}
_NAMES = {"A": "A", "X": "X", "Y": "Y", "D": "D", "B": "DB"}
_ASSIGNS = {"LDA": "A", "LDX": "X", "LDY": "Y"}
_LOGIC = {"AND": "&", "ORA": "|", "EOR": "^"}
_SHIFTS = {
    "ASL": "<<= 1",
    "LSR": ">>= 1",
    "ROL": "= rotate {} left through carry",
    "ROR": "= rotate {} right through carry",
}


def pseudocode(text: str, assembly: Assembly, m: int, x: int, entry: int) -> str:
    """The text line by line: labels stay, instructions become assignments, jumps and conditions."""
    widths = track_widths(assembly, 8 if m == 8 else 16, 8 if x == 8 else 16, entry)
    by_line: dict[int, list[Instruction]] = {}
    for one in assembly.listing:
        by_line.setdefault(one.line, []).append(one)
    told: list[str] = []
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        code = line.partition(";")[0].rstrip()
        if number not in by_line:
            told.append(code)
            last = ""
            continue
        for one in by_line[number]:
            said, last = _told(one, code.strip(), widths, last)
            told.append(f"    {said}")
    return "\n".join(_joined(told))


def _told(one: Instruction, code: str, widths: Mapping[int, Widths], last: str) -> tuple[str, str]:
    """What an instruction does, and what its flags then speak of: a value, or `left ? right` after a comparison."""
    name, _, operand = code.partition(" ")
    name, operand = name[:3], operand.strip()
    known = widths.get(one.address, Widths())
    place = _place(operand, name, known)
    if name in _FLAGS and name in BRANCHES:
        return f"if ({_condition(name, last)}) goto {operand}", last
    if name in ("BRA", "BRL", "JMP", "JML"):
        return f"goto {operand}", ""
    if name in ("JSR", "JSL"):
        return f"{operand}()", ""
    if name in ("RTS", "RTL"):
        return "return", ""
    if name in ("REP", "SEP"):
        bits = one.code[1]
        size = "16" if name == "REP" else "8"
        what = [f"{who} {size} bits" for bit, who in ((0x20, "A"), (0x10, "X and Y")) if bits & bit]
        what += [f"carry = {int(name == 'SEP')}"] if bits & 1 else []
        return ", ".join(what) or f"set the flags {operand}", last
    if name in ("CMP", "CPX", "CPY"):
        left = "A" if name == "CMP" else name[2]
        return f"compare {left} with {place}", f"{left} ? {place}"
    if name == "BIT":
        return f"test A & {place}", f"A & {place}"
    if name in _ASSIGNS:
        return f"{_ASSIGNS[name]} = {place}", _ASSIGNS[name]
    if name in ("STA", "STX", "STY", "STZ"):
        return f"{place} = {'0' if name == 'STZ' else name[2]}", last
    if name in ("ADC", "SBC"):
        return f"A = A + {place} + carry" if name == "ADC" else f"A = A - {place} - (1 - carry)", "A"
    if name in _LOGIC:
        return f"A {_LOGIC[name]}= {place}", "A"
    if name in ("INC", "DEC", *_SHIFTS):
        target = "A" if len(one.code) == 1 else place
        how = _SHIFTS.get(name, "+= 1" if name == "INC" else "-= 1").format(target)
        return f"{target} {how}", target
    if name in ("TSB", "TRB"):
        return f"{place} {'|= A' if name == 'TSB' else '&= ~A'}", ""
    if name in ("MVN", "MVP"):
        return f"copy A + 1 bytes {'up' if name == 'MVN' else 'down'}wards ({operand})", ""
    if name in _SIMPLE:
        said = _SIMPLE[name]
        return said, said[0] if name[0] in "TID" and name not in ("TCD", "TDC") else last
    if name[:2] in ("PH", "PL") and name[2] in _NAMES:
        register = _NAMES[name[2]]
        return (f"push {register}", last) if name[1] == "H" else (f"{register} = pull", register)
    return f"{name.lower()} {operand}".strip(), ""


def _place(operand: str, name: str, widths: Widths) -> str:
    """An operand as a value: a constant, or memory of a width."""
    if operand.startswith("#"):
        return operand[1:]
    bits = widths.x if name in ("LDX", "LDY", "STX", "STY", "CPX", "CPY") else widths.m
    kind = {8: "byte", 16: "word", None: "memory"}[bits]
    index = re.search(r",\s*([XYSxys])$", operand)
    inner = operand[: index.start()] if index else operand
    where = inner
    if inner.startswith("[") and inner.endswith("]"):
        where = f"the 24-bit pointer at {inner[1:-1]}"
    elif inner.startswith("("):
        within = re.fullmatch(r"\((.+?)(?:,\s*([XxSs]))?\)", inner)
        if within:
            added = f" + {within[2].upper()}" if within[2] else ""
            where = f"the pointer at {within[1]}{added}"
    return f"{kind}[{where}{f' + {index[1].upper()}' if index else ''}]"


def _condition(name: str, last: str) -> str:
    left, comparison, right = last.partition(" ? ")
    if comparison and name in _JUDGES:
        return f"{left} {_JUDGES[name]} {right}"
    if comparison and name in ("BMI", "BPL"):
        return f"{left} - {right} is {'negative' if name == 'BMI' else 'not negative'}"
    if last and name in ("BEQ", "BNE"):
        return f"{last} {_JUDGES[name]} 0"
    if last and name in ("BMI", "BPL") and "&" not in last:
        return f"{last} is {'negative' if name == 'BMI' else 'not negative'}"
    return _FLAGS[name]


def _joined(told: list[str]) -> list[str]:
    """The lines with a sum or a difference in one, where the carry is set right before it."""
    lines: list[str] = []
    for line in told:
        before = lines[-1].strip() if lines else ""
        if before == "carry = 0" and (added := re.fullmatch(r"    A = A \+ (.+) \+ carry", line)):
            lines[-1] = f"    A += {added[1]}"
        elif before == "carry = 1" and (taken := re.fullmatch(r"    A = A - (.+) - \(1 - carry\)", line)):
            lines[-1] = f"    A -= {taken[1]}"
        else:
            lines.append(line)
    return lines
