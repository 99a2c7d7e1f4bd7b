"""Which registers and flags of a routine are still needed at one of its instructions: what a hook there has to keep.

It follows branches of straight routines as the compiler writes them. Registers count as a whole: what an 8-bit load
leaves in the upper half of A is nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from oracle_lib.verify.assembler import Instruction, Mode

_BRANCHES = {"BCC": "C", "BCS": "C", "BEQ": "Z", "BNE": "Z", "BMI": "Z", "BPL": "Z", "BVC": "V", "BVS": "V", "BRA": ""}
_READS = {
    **dict.fromkeys(("STA", "AND", "ORA", "EOR", "CMP", "BIT", "TAX", "TAY", "XBA", "TSB", "TRB", "PHA"), "A"),
    **dict.fromkeys(("ADC", "SBC"), "AC"),
    **dict.fromkeys(("STX", "CPX", "INX", "DEX", "TXA", "TXY", "PHX"), "X"),
    **dict.fromkeys(("STY", "CPY", "INY", "DEY", "TYA", "TYX", "PHY"), "Y"),
    **dict.fromkeys(("ROL", "ROR"), "C"),
    **dict.fromkeys(("JSR", "JSL", "MVN", "MVP"), "AXY"),
    "PHP": "CZV",
    **_BRANCHES,
}
_WRITES = {
    **dict.fromkeys(("LDA", "AND", "ORA", "EOR", "TXA", "TYA", "PLA"), "AZ"),
    **dict.fromkeys(("ADC", "SBC"), "AZCV"),
    **dict.fromkeys(("LDX", "TAX", "TYX", "INX", "DEX", "PLX"), "XZ"),
    **dict.fromkeys(("LDY", "TAY", "TXY", "INY", "DEY", "PLY"), "YZ"),
    **dict.fromkeys(("CMP", "CPX", "CPY", "ASL", "LSR", "ROL", "ROR"), "ZC"),
    **dict.fromkeys(("INC", "DEC", "XBA"), "Z"),
    **dict.fromkeys(("CLC", "SEC"), "C"),
    "PLP": "CZV",
}
"""Z stands for N and Z, which most instructions change together."""
_RETURNS = ("RTS", "RTL")


def live(listing: Sequence[Instruction], address: int, kept: Collection[str] = ()) -> str:
    """Those of A, X, Y, C, Z (for N and Z) and V whose value at the address matters later on; a return needs `kept`."""
    return "".join(one for one in "AXYCZV" if _needed(one, {one.address: one for one in listing}, address, kept))


def runs_once(listing: Sequence[Instruction], address: int) -> bool:
    """Whether every run of the routine comes by this address exactly once."""
    for one in listing:
        if one.mnemonic in _RETURNS and one.address < address:
            return False
        if one.mnemonic in _BRANCHES:
            source, target = one.address, target_of(one)
            if source < address < target or target <= address <= source:
                return False
    return True


def halves(listing: Sequence[Instruction], x: int) -> bool:
    """Whether the upper half of an 8-bit A may matter, where X and Y have `x` bits: they take the whole of A."""
    return any(one.mnemonic == "XBA" or (x == 16 and one.mnemonic in ("TAX", "TAY")) for one in listing)


def target_of(branch: Instruction) -> int:
    """Where a short branch goes."""
    return branch.address + 2 + int.from_bytes(branch.code[1:], "little", signed=True)


def _needed(register: str, code: dict[int, Instruction], start: int, kept: Collection[str]) -> bool:
    ways, seen = [start], set[int]()
    while ways:
        address = ways.pop()
        if address in seen:
            continue
        seen.add(address)
        one = code[address]
        if register in _reads(one) or (one.mnemonic in _RETURNS and register in kept):
            return True
        if one.mnemonic in _RETURNS or register in _WRITES.get(one.mnemonic, ""):
            continue
        if one.mnemonic in _BRANCHES:
            ways.append(target_of(one))
        if one.mnemonic != "BRA":
            ways.append(address + len(one.code))
    return False


def _reads(one: Instruction) -> str:
    index = {Mode.X: "X", Mode.INDIRECT_X: "X", Mode.Y: "Y", Mode.INDIRECT_Y: "Y", Mode.STACK_Y: "Y", Mode.LONG_Y: "Y"}
    own = "A" if one.mnemonic in ("INC", "DEC", "ASL", "LSR", "ROL", "ROR") and len(one.code) == 1 else ""
    return _READS.get(one.mnemonic, "") + index.get(one.mode, "") + own
