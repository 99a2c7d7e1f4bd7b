"""What can be known of the processor before an instruction without running any, and what an instruction makes of it.

It follows the flags that decide widths, D and DB, and as much of the accumulator and the stack as it takes to know
saved flags and addresses. It knows nothing of where code goes (see `widths`), and of memory nothing but the stack.
"""

from typing import NamedTuple

from oracle_lib.verify.assembler.model import Instruction, Mode
from oracle_lib.verify.assembler.widths.stack import LOST, Bits, Byte, SavedFlags, Stack, TableByte, common

_SIZES: dict[str, int | str] = {"A": "m", "X": "x", "Y": "x", "P": 1, "B": 1, "K": 1, "D": 2}
_PUSHES = {f"PH{register}": size for register, size in _SIZES.items()} | {"PEA": 2, "PEI": 2, "PER": 2}
_PULLS = {f"PL{register}": size for register, size in _SIZES.items() if register != "K"}
_PLAIN = frozenset(("STX", "STY", "STZ", "NOP", "WDM", "CLI", "SEI", "CLD", "SED", "CLV", "WAI"))
_SHIFTS = frozenset(("ASL", "LSR", "ROL", "ROR"))
_CARRY = _SHIFTS | {"ADC", "SBC", "CMP", "CPX", "CPY"}
_ACCUMULATOR = _SHIFTS | {"ADC", "SBC", "AND", "ORA", "EOR", "INC", "DEC", "TXA", "TYA", "TSC"}
_STACK_POINTER = frozenset(("TCS", "TXS", "TSC", "TSX"))
_UNKNOWN = (None, None)


class Widths(NamedTuple):
    """What is known before an instruction: the widths of the accumulator and the index registers, emulation mode, the
    carry and the zero flag, the accumulator's low and high byte, the stack, D's low and high byte, and DB."""

    m: Bits = None
    x: Bits = None
    emulation: bool | None = False
    carry: bool | None = None
    zero: bool | None = None
    a: tuple[Byte, Byte] = _UNKNOWN
    stack: Stack = Stack()
    d: tuple[Byte, Byte] = _UNKNOWN
    db: Byte = None

    def join(self, other: "Widths") -> "Widths":
        """What holds on both of two paths."""
        if self == other:
            return self
        m, x = common(self[:2], other[:2])
        emulation, carry, zero = common(self[2:5], other[2:5])
        low, high, d_low, d_high, db = common((*self.a, *self.d, self.db), (*other.a, *other.d, other.db))
        return Widths(m, x, emulation, carry, zero, (low, high), self.stack.join(other.stack), (d_low, d_high), db)

    def after(self, instruction: Instruction) -> "Widths":
        """What holds behind an instruction that goes on to the next."""
        name, code = instruction.mnemonic, instruction.code
        if name in _PLAIN:
            return self
        if name in _PUSHES:
            return self._pushed(instruction)
        if name in _PULLS:
            return self._pulled(name)
        match name:
            case "SEP" | "REP":
                return self._with_flags(code[1], name == "SEP")
            case "CLC" | "SEC":
                return self._replace(carry=name == "SEC")
            case "XCE":  # native mode keeps the widths, emulation mode makes them 8 bits
                m, x = (bits if self.carry is False or bits == 8 else 8 if self.carry else None for bits in self[:2])
                return self._replace(m=m, x=x, emulation=self.carry, carry=self.emulation)
            case "LDA":
                return self._with_result(self._loaded(instruction), _loads_zero(instruction, self.m))
            case "LDX" | "LDY":
                return self._with_result(self.a, _loads_zero(instruction, self.x))
            case "XBA":
                return self._with_result((self.a[1], self.a[0]))
            case "TCD":
                return self._with_result(self.a)._replace(d=self.a)
            case "TDC":
                return self._with_result(self.d)
            case "MVN" | "MVP":
                return self._with_result(_UNKNOWN)._replace(db=code[1])
            case "STA" if instruction.mode is Mode.STACK:
                written = self.a[: self.m // 8] if self.m else _UNKNOWN
                return self._replace(stack=self.stack.store(code[1], written))
            case "STA":
                return self
        known = self._with_result(_UNKNOWN if name in _ACCUMULATOR else self.a)
        if name in _STACK_POINTER:  # with which code may move the stack, or write to it
            return known._replace(stack=LOST)
        return known._replace(carry=None) if name in _CARRY and self.carry is not None else known

    def after_call_elsewhere(self) -> "Widths":
        """What holds behind the call of code that is not there to be read. It may have taken arguments off the stack,
        so of what is there only saved flags, D and DB are still trusted: nobody hands these over."""
        return Widths(emulation=self.emulation, stack=self.stack.saved())

    def _with_flags(self, mask: int, on: bool) -> "Widths":
        bits: Bits = 8 if on or self.emulation else 16 if self.emulation is False else None
        m, x = bits if mask & 0x20 else self.m, bits if mask & 0x10 else self.x
        carry, zero = on if mask & 1 else self.carry, on if mask & 2 else self.zero
        return self._replace(m=m, x=x, carry=carry, zero=zero)

    def _with_result(self, a: tuple[Byte, Byte], zero: bool | None = None) -> "Widths":
        return self if a == self.a and zero is self.zero else self._replace(a=a, zero=zero)

    def _loaded(self, instruction: Instruction) -> tuple[Byte, Byte]:
        """The bytes of the accumulator behind an LDA."""
        code, low, high = instruction.code, None, None
        if instruction.mode is Mode.IMMEDIATE and self.m == 8 * (len(code) - 1):
            return (code[1], self.a[1]) if self.m == 8 else (code[1], code[2])
        if instruction.mode in (Mode.X, Mode.Y) and len(code) > 2:
            bank = instruction.address & 0xFF0000 if len(code) == 3 else 0
            table = int.from_bytes(code[1:], "little") | bank
            low, high = TableByte(table), TableByte(table + 1)
        return (low if self.m else None), (self.a[1] if self.m == 8 else high if self.m else None)

    def _pushed(self, instruction: Instruction) -> "Widths":
        name, code = instruction.mnemonic, instruction.code
        count, flag = self._size(_PUSHES[name])
        low_first: tuple[Byte, ...] = (None,) * count
        match name:
            case "PHA":
                low_first = self.a[:count]
            case "PHP":
                low_first = (SavedFlags(self.m, self.x),)
            case "PHD":
                low_first = self.d
            case "PHB":
                low_first = (self.db,)
            case "PHK":
                low_first = (instruction.address >> 16,)
            case "PEA":
                low_first = (code[1], code[2])
            case "PER":
                target = instruction.address + len(code) + int.from_bytes(code[1:], "little")
                low_first = (target & 0xFF, target >> 8 & 0xFF)
        return self._replace(stack=self.stack.push(low_first[::-1], flag))

    def _pulled(self, name: str) -> "Widths":
        count, flag = self._size(_PULLS[name])
        pulled, stack = self.stack.pull(count, flag)
        known = self._replace(zero=None, stack=stack)
        if name == "PLP":
            return known._with_saved(pulled[0])
        if name == "PLA":
            return known._replace(a=(pulled[0], self.a[1] if count == 1 else pulled[1]) if pulled else _UNKNOWN)
        if name == "PLD":
            return known._replace(d=(pulled[0], pulled[1]))
        return known._replace(db=pulled[0]) if name == "PLB" else known

    def _size(self, size: int | str) -> tuple[int, str]:
        """How many bytes a register has, 0 where the flag that decides it is unknown, and which flag that is."""
        return (size, "") if isinstance(size, int) else ((getattr(self, size) or 0) // 8, size)

    def _with_saved(self, flags: Byte) -> "Widths":
        """What holds when PLP has pulled this byte."""
        m, x = flags if isinstance(flags, SavedFlags) else (None, None)
        carry = None
        if isinstance(flags, int):
            m, x, carry = 8 if flags & 0x20 else 16, 8 if flags & 0x10 else 16, bool(flags & 1)
        if self.emulation is not False:  # where PLP leaves the widths alone
            m, x = (8, 8) if self.emulation else (None, None)
        return self._replace(m=m, x=x, carry=carry)


def _loads_zero(instruction: Instruction, bits: Bits) -> bool | None:
    """Whether a load of so many bits sets the zero flag, where that shows."""
    operand = instruction.code[1:]
    return not any(operand) if instruction.mode is Mode.IMMEDIATE and bits == 8 * len(operand) else None
