"""What can be known of the processor before an instruction without running any, and what an instruction makes of it.

It follows the flags that decide widths, constants in the accumulator, and the stack byte by byte. It knows nothing of
where code goes (see `widths`), and of memory nothing but the stack.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from oracle_lib.verify.assembler.model import Instruction, Mode

Bits = Literal[8, 16] | None
"""The width of a register; None is unknown."""


class SavedFlags(NamedTuple):
    """A byte that holds the flags, of which M and X say so many bits."""

    m: Bits
    x: Bits


class TableByte(NamedTuple):
    """A byte read from this address or from behind it, as an index chose."""

    address: int


class Unsized(NamedTuple):
    """The one or two bytes of a register pushed while this flag, which decides its width, was unknown."""

    flag: str


Byte = int | SavedFlags | TableByte | Unsized | None
"""A byte of the accumulator or the stack; None is unknown."""

_DEEPEST = 64
_SIZES: dict[str, int | str] = {"A": "m", "X": "x", "Y": "x", "P": 1, "B": 1, "K": 1, "D": 2}
_PUSHES = {f"PH{register}": size for register, size in _SIZES.items()} | {"PEA": 2, "PEI": 2, "PER": 2}
_PULLS = {f"PL{register}": size for register, size in _SIZES.items() if register != "K"}
_PLAIN = frozenset(("STX", "STY", "STZ", "NOP", "WDM", "CLI", "SEI", "CLD", "SED", "CLV", "WAI"))
_SHIFTS = frozenset(("ASL", "LSR", "ROL", "ROR"))
_CARRY = _SHIFTS | {"ADC", "SBC", "CMP", "CPX", "CPY"}
_ACCUMULATOR = _SHIFTS | {"ADC", "SBC", "AND", "ORA", "EOR", "INC", "DEC", "TXA", "TYA", "TDC", "TSC", "MVN", "MVP"}
_STACK_POINTER = frozenset(("TCS", "TXS", "TSC", "TSX"))


_UNKNOWN = (None, None)


class Widths(NamedTuple):
    """What is known before an instruction: the widths of the accumulator and the index registers, emulation mode, the
    carry and the zero flag, the accumulator's low and high byte, what the routine has pushed (its top is last), and
    whether its return address lies under that."""

    m: Bits = None
    x: Bits = None
    emulation: bool | None = False
    carry: bool | None = None
    zero: bool | None = None
    a: tuple[Byte, Byte] = _UNKNOWN
    stack: tuple[Byte, ...] = ()
    returns: bool = True

    def join(self, other: "Widths") -> "Widths":
        """What holds on both of two paths."""
        if self == other:
            return self
        m, x, emulation, carry, zero = _common(self[:5], other[:5])
        low, high = _common(self.a, other.a)
        depth = min(len(self.stack), len(other.stack))
        stack = _common(self.stack[len(self.stack) - depth :], other.stack[len(other.stack) - depth :])
        returns = self.returns and other.returns and len(self.stack) == len(other.stack)
        return Widths(m, x, emulation, carry, zero, (low, high), tuple(stack), returns)

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
                return self._with_result(self._loaded(instruction), self._loads_zero(instruction, self.m))
            case "LDX" | "LDY":
                return self._with_result(self.a, self._loads_zero(instruction, self.x))
            case "XBA":
                return self._with_result((self.a[1], self.a[0]))
            case "STA":
                return self._stored(code[1]) if instruction.mode is Mode.STACK else self
        known = self._with_result(_UNKNOWN if name in _ACCUMULATOR else self.a)
        if name in _STACK_POINTER:
            return known._replace(stack=(), returns=False)
        return known._replace(carry=None) if name in _CARRY and self.carry is not None else known

    def after_call_elsewhere(self) -> "Widths":
        """What holds behind the call of code that is not there to be read. It may have taken arguments off the stack,
        so of what is there only saved flags are still trusted: nobody hands these over."""
        stack = tuple(byte if isinstance(byte, SavedFlags | Unsized) else None for byte in self.stack)
        return Widths(emulation=self.emulation, stack=stack, returns=self.returns)

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

    def _loads_zero(self, instruction: Instruction, bits: Bits) -> bool | None:
        code = instruction.code
        known = instruction.mode is Mode.IMMEDIATE and bits == 8 * (len(code) - 1)
        return not any(code[1:]) if known else None

    def _stored(self, offset: int) -> "Widths":
        """What holds when the accumulator went to the stack, `offset` from its pointer."""
        stack, written = list(self.stack), self.a[: 1 if self.m == 8 else 2] if self.m else (None, None)
        place = len(stack) - offset
        if offset == 0 or place < len(written) - 1 or any(isinstance(byte, Unsized) for byte in stack[place:]):
            return self._replace(stack=(), returns=False)
        for distance, byte in enumerate(written):
            stack[place - distance] = byte
        return self._replace(stack=tuple(stack))

    def _count(self, size: int | str) -> int:
        """How many bytes a register of this size, or of the width that this flag decides, has now; 0 is unknown."""
        return size if isinstance(size, int) else (getattr(self, size) or 0) // 8

    def _pushed(self, instruction: Instruction) -> "Widths":
        name, code, size = instruction.mnemonic, instruction.code, _PUSHES[instruction.mnemonic]
        count = self._count(size)
        pushed: Sequence[Byte] = (None,) * count
        if not count:
            pushed = (Unsized(str(size)),)
        elif name == "PHA":
            pushed = self.a[:count]
        elif name == "PHP":
            pushed = (SavedFlags(self.m, self.x),)
        elif name == "PHK":
            pushed = (instruction.address >> 16,)
        elif name == "PEA":
            pushed = (code[1], code[2])
        elif name == "PER":
            target = instruction.address + len(code) + int.from_bytes(code[1:], "little")
            pushed = (target & 0xFF, target >> 8 & 0xFF)
        stack = (*self.stack, *reversed(pushed))
        return self._replace(stack=stack[-_DEEPEST:], returns=self.returns and len(stack) <= _DEEPEST)

    def _pulled(self, name: str) -> "Widths":
        size = _PULLS[name]
        count = self._count(size)
        pulled = self.stack[: -(count or 1) - 1 : -1]
        if count:
            missing = len(pulled) < count or any(isinstance(byte, Unsized) for byte in pulled)
        else:
            missing = pulled != (Unsized(str(size)),)
        rest = self._replace(stack=self.stack[: -len(pulled)] if pulled else (), zero=None)
        if missing:
            rest, pulled = rest._replace(stack=(), returns=False), (None,) * count
        if name == "PLP":
            return rest._with_saved(pulled[0])
        if name == "PLA":
            return rest._replace(a=(pulled[0], self.a[1] if count == 1 else pulled[1]) if count else (None, None))
        return rest

    def _with_saved(self, flags: Byte) -> "Widths":
        """What holds when PLP has pulled this byte."""
        m, x = (flags.m, flags.x) if isinstance(flags, SavedFlags) else (None, None)
        carry = None
        if isinstance(flags, int):
            m, x, carry = 8 if flags & 0x20 else 16, 8 if flags & 0x10 else 16, bool(flags & 1)
        if self.emulation is not False:  # where PLP leaves the widths alone
            m, x = (8, 8) if self.emulation else (None, None)
        return self._replace(m=m, x=x, carry=carry)


def _common(one: Sequence[object], another: Sequence[object]) -> list[Any]:
    """What two sequences of equal length agree on, None elsewhere."""
    return [left if left == right else None for left, right in zip(one, another, strict=True)]
