"""What callers use of what a routine leaves behind, read off the code that follows their calls. Runs nothing."""

import re

from oracle_lib.verify.contract import Flag, Register

Result = Register | Flag | int
"""What a routine gives its caller: a register, a flag, or a byte of scratch memory."""
ENDS = ("JMP", "JML", "RTS", "RTL", "RTI", "BRA", "BRL")
"""The instructions that code does not run on behind."""

_USES: dict[str, tuple[Result, ...]] = {
    **dict.fromkeys(("STA", "PHA", "TAX", "TAY", "CMP", "AND", "ORA", "EOR", "BIT", "ASL", "LSR", "XBA"), ("a",)),
    **dict.fromkeys(("ADC", "SBC"), ("a", "c")),
    **dict.fromkeys(("ROL", "ROR"), ("c",)),
    **dict.fromkeys(("STX", "TXA", "TXY", "CPX", "INX", "DEX"), ("x",)),
    **dict.fromkeys(("STY", "TYA", "TYX", "CPY", "INY", "DEY"), ("y",)),
    **dict.fromkeys(("BCC", "BCS"), ("c",)),
    **dict.fromkeys(("BEQ", "BNE"), ("z",)),
    **dict.fromkeys(("BMI", "BPL"), ("n",)),
    **dict.fromkeys(("BVC", "BVS"), ("v",)),
}
_SETS: dict[str, tuple[Result, ...]] = {
    **dict.fromkeys(("LDA", "PLA", "TXA", "TYA", "TDC"), ("a", "n", "z")),
    **dict.fromkeys(("LDX", "PLX", "TAX", "TYX"), ("x", "n", "z")),
    **dict.fromkeys(("LDY", "PLY", "TAY", "TXY"), ("y", "n", "z")),
    **dict.fromkeys(("CMP", "CPX", "CPY", "ASL", "LSR", "ROL", "ROR"), ("n", "z", "c")),
    **dict.fromkeys(("ADC", "SBC"), ("a", "n", "z", "c", "v")),
    **dict.fromkeys(("AND", "ORA", "EOR"), ("a", "n", "z")),
    **dict.fromkeys(("INX", "DEX", "INY", "DEY", "INC", "DEC", "BIT", "TSB", "TRB", "XBA"), ("n", "z")),
    **dict.fromkeys(("CLC", "SEC"), ("c",)),
}
_LOOKS = 12
"""How many instructions after a call are looked at."""


def used_after_calls(text: str, name: str) -> set[Result]:
    """The registers, flags and scratch bytes that code reads after calling a routine, before it sets them, as far as it
    goes straight on."""
    used: set[Result] = set()
    lines = [line.partition(";")[0].strip() for line in text.splitlines()]
    for place, line in enumerate(lines):
        if not re.fullmatch(rf"JS[RL](\.[wl])?\s+{re.escape(name)}", line):
            continue
        done: set[Result] = set()
        for following in lines[place + 1 : place + 1 + _LOOKS]:
            found = re.match(r"([A-Z]{3})(?:\.[bwl])?\s*(.*)", following)
            if not found:
                continue
            mnemonic, operand = found[1], found[2]
            uses = set(_USES.get(mnemonic, ()))
            if index := re.search(r",\s*([XY])$", operand, re.IGNORECASE):
                uses.add("x" if index[1].upper() == "X" else "y")
            if scratch := re.match(r"[\[(]?\$(?:00)?(0[0-9A-F])\b", operand):
                at = 0x7E0000 | int(scratch[1], 16)
                uses |= {at, at + 1} if mnemonic not in ("STA", "STZ", "STX", "STY") else set()
                done |= {at} if mnemonic in ("STA", "STZ", "STX", "STY") else set()
            used |= uses - done
            if mnemonic in (*ENDS, "JSR", "JSL"):
                break
            done |= set(_SETS.get(mnemonic, ()))
    return used
