"""Steps through a routine instruction by instruction, to say what each one did. It knows the 65816 and no hardware.

It only explains: what a routine really does is found by running it on the console, which every result here has to agree
with (`kit/understanding`). It refuses what it cannot know: memory nobody placed, hardware, code that is elsewhere.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES
from oracle_lib.verify.contract import Flag, Register

_STACK = 0x01FF
_MOST_STEPS = 4000


class Unknown(Exception):
    """The routine does what can only be seen on the console."""


@dataclass(frozen=True)
class Step:
    """One instruction that was executed, and what held after it: registers, flags, the bytes it wrote, by their
    addresses, and whether it branched (None where it is no conditional branch)."""

    instruction: Instruction
    registers: Mapping[Register, int]
    flags: Mapping[Flag, bool]
    writes: Mapping[int, int]
    taken: bool | None = None


@dataclass(frozen=True)
class Trace:
    """A routine's whole run. `reads` are the bytes outside of code and stack that it read before it wrote them, by
    their addresses in order; `memory` is what it wrote, as it was left."""

    steps: tuple[Step, ...]
    reads: Mapping[int, int]
    memory: Mapping[int, int]


def trace(
    assembly: Assembly,
    entry: int,
    registers: Mapping[Register, int],
    flags: Mapping[Flag, bool],
    memory: Mapping[int, bytes],
) -> Trace:
    """The run of a routine from `entry` to its return. Raises `Unknown` where that takes more than can be known."""
    machine = Machine(assembly, entry, registers, flags, memory)
    steps: list[Step] = []
    while machine.pc is not None:
        if len(steps) == _MOST_STEPS:
            raise Unknown("it runs for very long")
        steps.append(machine.step())
    written = {place: value for place, value in machine.written.items() if not machine.on_stack(place)}
    return Trace(tuple(steps), dict(sorted(machine.read.items())), dict(sorted(written.items())))


def mapped(address: int) -> int:
    """The 24-bit address that names the same memory in the first of its banks. Raises `Unknown` for hardware."""
    bank, offset = address >> 16, address & 0xFFFF
    if bank in (0x7E, 0x7F) or 0x70 <= bank < 0x7E:
        return address
    if bank & 0x7F < 0x40 and offset < 0x2000:
        return 0x7E0000 | offset
    if offset >= 0x8000:
        return address & 0x7FFFFF
    raise Unknown(f"it reaches ${address:06X}")


@dataclass
class Machine:
    """The processor and its memory. A subclass may know more: where code lies (`fetch`), what memory holds (`held`)."""

    assembly: Assembly
    pc: int | None
    given: Mapping[Register, int]
    flags_given: Mapping[Flag, bool]
    placed: Mapping[int, bytes]
    written: dict[int, int] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.code = {instruction.address & 0x7FFFFF: instruction for instruction in self.assembly.listing}
        self.rom = {
            address + offset & 0x7FFFFF: byte
            for address, block in self.assembly.blocks
            for offset, byte in enumerate(block)
        }
        self.known = {
            mapped(address) + offset: byte
            for address, block in self.placed.items()
            for offset, byte in enumerate(block)
        }
        self.r: dict[Register, int] = {name: self.given.get(name, 0) for name in _HELD}
        self.f: dict[Flag, bool] = {name: self.flags_given.get(name, name in "mxi") for name in _ORDER}
        self.s = _STACK
        self.depth: list[tuple[int, int]] = []
        self.now: dict[int, int] = {}

    @staticmethod
    def on_stack(place: int) -> bool:
        return 0x7E0100 <= place <= 0x7E0000 + _STACK

    @property
    def m(self) -> int:
        return 1 if self.f["m"] else 2

    @property
    def x(self) -> int:
        return 1 if self.f["x"] else 2

    # Memory

    def load(self, address: int, size: int, bank_wraps: bool = False) -> int:
        value = 0
        for offset in range(size):
            value |= self._byte(self._beside(address, offset, bank_wraps)) << 8 * offset
        return value

    def store(self, address: int, value: int, size: int, bank_wraps: bool = False) -> None:
        for offset in range(size):
            place = mapped(self._beside(address, offset, bank_wraps))
            if place & 0x7FFFFF in self.rom or place < 0x700000:
                raise Unknown(f"it writes to ${place:06X}")
            self.written[place] = self.now[place] = value >> 8 * offset & 0xFF

    @staticmethod
    def _beside(address: int, offset: int, bank_wraps: bool) -> int:
        return address & 0xFF0000 | address + offset & 0xFFFF if bank_wraps else address + offset & 0xFFFFFF

    def _byte(self, address: int) -> int:
        place = mapped(address)
        if place in self.written:
            return self.written[place]
        if place in self.rom:
            return self.rom[place]
        self.read[place] = self.held(place)
        return self.read[place]

    def held(self, place: int) -> int:
        """What a byte outside of the code holds that the routine has not written."""
        if place not in self.known:
            raise Unknown(f"nobody placed what it reads at ${place:06X}")
        return self.known[place]

    def push(self, value: int, size: int) -> None:
        for offset in reversed(range(size)):
            self.store(self.s, value >> 8 * offset & 0xFF, 1)
            self.s -= 1
        if self.s < 0x0180:
            raise Unknown("it pushes very much")

    def pull(self, size: int) -> int:
        value = 0
        for offset in range(size):
            self.s += 1
            if self.s > _STACK:
                raise Unknown("it pulls what its caller pushed")
            value |= self.load(self.s, 1) << 8 * offset
        return value

    # Operands

    def address(self, instruction: Instruction) -> tuple[int, bool]:
        """Where the operand lies, and whether its second byte wraps within bank 0."""
        operand, size = int.from_bytes(instruction.code[1:], "little"), len(instruction.code) - 1
        bank, direct = self.r["db"] << 16, self.r["d"] + operand & 0xFFFF
        x, y = self.r["x"], self.r["y"]
        match instruction.mode, size:
            case Mode.DIRECT, 1:
                return direct, True
            case Mode.X | Mode.Y, 1:
                return direct + (x if instruction.mode is Mode.X else y) & 0xFFFF, True
            case Mode.DIRECT, 2:
                return bank | operand, False
            case Mode.X | Mode.Y, 2:
                return (bank | operand) + (x if instruction.mode is Mode.X else y) & 0xFFFFFF, False
            case Mode.DIRECT, 3:
                return operand, False
            case Mode.X, 3:
                return operand + x & 0xFFFFFF, False
            case Mode.STACK, 1:
                return self.s + operand & 0xFFFF, True
            case Mode.STACK_Y, 1:
                return (bank | self.load(self.s + operand & 0xFFFF, 2, True)) + y & 0xFFFFFF, False
            case Mode.INDIRECT, 1:
                return bank | self.load(direct, 2, True), False
            case Mode.INDIRECT_X, 1:
                return bank | self.load(direct + x & 0xFFFF, 2, True), False
            case Mode.INDIRECT_Y, 1:
                return (bank | self.load(direct, 2, True)) + y & 0xFFFFFF, False
            case Mode.LONG, 1:
                return self.load(direct, 3, True), False
            case Mode.LONG_Y, 1:
                return self.load(direct, 3, True) + y & 0xFFFFFF, False
        raise Unknown(f"{instruction.mnemonic} {instruction.mode}")

    def operand(self, instruction: Instruction, size: int) -> int:
        if instruction.mode is Mode.IMMEDIATE:
            return int.from_bytes(instruction.code[1:], "little")
        place, wraps = self.address(instruction)
        return self.load(place, size, wraps)

    # Registers

    def get(self, name: Register, size: int) -> int:
        return self.r[name] & ((1 << 8 * size) - 1)

    def put(self, name: Register, value: int, size: int) -> None:
        value &= (1 << 8 * size) - 1
        self.r[name] = self.r["a"] & 0xFF00 | value if name == "a" and size == 1 else value
        self.result(value, size)

    def result(self, value: int, size: int) -> None:
        self.f["z"] = value & ((1 << 8 * size) - 1) == 0
        self.f["n"] = bool(value >> (8 * size - 1) & 1)

    @property
    def p(self) -> int:
        return sum(self.f[name] << bit for bit, name in enumerate(_ORDER))

    @p.setter
    def p(self, value: int) -> None:
        self.f = {name: bool(value >> bit & 1) for bit, name in enumerate(_ORDER)}
        if self.f["x"]:
            self.r["x"] &= 0xFF
            self.r["y"] &= 0xFF

    # Instructions

    def step(self) -> Step:
        instruction, taken = self.advance()
        return Step(instruction, self.r.copy(), self.f.copy(), self.now, taken)

    def fetch(self, address: int) -> Instruction:
        """The instruction at an address."""
        instruction = self.code.get(address & 0x7FFFFF)
        if instruction is None:
            raise Unknown(f"it goes on at ${address:06X}")
        return instruction

    def advance(self) -> tuple[Instruction, bool | None]:
        """Executes an instruction. Returns it, and whether it branched."""
        assert self.pc is not None
        instruction = self.fetch(self.pc)
        self.now = {}
        bank = self.pc & 0xFF0000
        following: int | None = bank | self.pc + len(instruction.code) & 0xFFFF
        name, taken = instruction.mnemonic, None
        if name in BRANCHES or name == "BRL":
            goes = name in ("BRA", "BRL") or self.f[_TESTED[name[1:]][0]] is _TESTED[name[1:]][1]
            taken = None if name in ("BRA", "BRL") else goes
            if goes:
                assert following is not None
                following = bank | following + int.from_bytes(instruction.code[1:], "little", signed=True) & 0xFFFF
        elif name in ("JMP", "JML", "JSR", "JSL", "RTS", "RTL"):
            following = self.jump(instruction, bank)
        elif name in ("MVN", "MVP"):
            self._move(instruction)
        else:
            self._execute(instruction)
        self.pc = following
        return instruction, taken

    def jump(self, instruction: Instruction, bank: int) -> int | None:
        name, at = instruction.mnemonic, instruction.address
        if name in ("RTS", "RTL"):
            size = 2 if name == "RTS" else 3
            if not self.depth:
                if self.s != _STACK:
                    raise Unknown("it returns to what it pushed")
                return None
            came, level = self.depth.pop()
            value = self.pull(size)
            back = (bank if size == 2 else value & 0xFF0000) | value + 1 & 0xFFFF
            if self.s != level or back & 0x7FFFFF != came & 0x7FFFFF:
                raise Unknown("it returns elsewhere")
            return back
        if instruction.mode is not Mode.DIRECT:
            raise Unknown(f"{name} through a pointer")
        target = int.from_bytes(instruction.code[1:], "little")
        if name in ("JSR", "JSL"):
            last = at + len(instruction.code) - 1
            self.depth.append((last + 1, self.s))
            self.push(last if name == "JSL" else last & 0xFFFF, 3 if name == "JSL" else 2)
        return bank | target if len(instruction.code) == 3 else target

    def _move(self, instruction: Instruction) -> None:
        to, source = instruction.code[1] << 16, instruction.code[2] << 16
        way = 1 if instruction.mnemonic == "MVN" else -1
        mask = 0xFF if self.x == 1 else 0xFFFF
        for _ in range(self.r["a"] + 1):
            if len(self.now) > _MOST_STEPS:
                raise Unknown("it moves very much")
            self.store(to | self.r["y"], self.load(source | self.r["x"], 1), 1)
            self.r["x"], self.r["y"] = (self.r[name] + way & mask for name in ("x", "y"))
        self.r["a"], self.r["db"] = 0xFFFF, to >> 16

    def _execute(self, instruction: Instruction) -> None:
        name, code, m, x = instruction.mnemonic, instruction.code, self.m, self.x
        match name:
            case "NOP":
                pass
            case "CLC" | "SEC" | "CLD" | "SED" | "CLI" | "SEI" | "CLV":
                flag: Flag = name[2].lower()  # type: ignore[assignment]
                self.f[flag] = name[0] == "S"
            case "REP":
                self.p &= ~code[1]
            case "SEP":
                self.p |= code[1]
            case "LDA":
                self.put("a", self.operand(instruction, m), m)
            case "LDX" | "LDY":
                self.put(_register(name), self.operand(instruction, x), x)
            case "STA" | "STX" | "STY" | "STZ":
                size = m if name in ("STA", "STZ") else x
                place, wraps = self.address(instruction)
                self.store(place, 0 if name == "STZ" else self.get(_register(name), size), size, wraps)
            case "ADC" | "SBC":
                self._add(self.operand(instruction, m), name == "SBC")
            case "AND" | "ORA" | "EOR":
                self.put("a", _LOGIC[name](self.get("a", m), self.operand(instruction, m)), m)
            case "CMP" | "CPX" | "CPY":
                register, size = ("a", m) if name == "CMP" else (_register(name), x)
                value, other = self.get(register, size), self.operand(instruction, size)  # type: ignore[arg-type]
                self.f["c"] = value >= other
                self.result(value - other, size)
            case "BIT":
                value = self.operand(instruction, m)
                self.f["z"] = value & self.get("a", m) == 0
                if instruction.mode is not Mode.IMMEDIATE:
                    self.f["n"], self.f["v"] = (bool(value >> (8 * m - bit) & 1) for bit in (1, 2))
            case "INX" | "INY" | "DEX" | "DEY":
                self.put(_register(name), self.get(_register(name), x) + (1 if name[0] == "I" else -1), x)
            case "INC" | "DEC" | "ASL" | "LSR" | "ROL" | "ROR":
                self._change(instruction, m)
            case "TSB" | "TRB":
                place, wraps = self.address(instruction)
                value, mask = self.load(place, m, wraps), self.get("a", m)
                self.f["z"] = value & mask == 0
                self.store(place, value | mask if name == "TSB" else value & ~mask, m, wraps)
            case "TAX" | "TAY":
                self.put(_register(name), self.get("a", x), x)
            case "TXA" | "TYA":
                source: Register = "x" if name == "TXA" else "y"
                self.put("a", self.get(source, m), m)
            case "TXY" | "TYX":
                self.put(_register(name), self.get("x" if name == "TXY" else "y", x), x)
            case "TCD":
                self.put("d", self.r["a"], 2)
            case "TDC":
                self.put("a", self.r["d"], 2)
            case "XBA":
                self.r["a"] = self.r["a"] >> 8 | self.r["a"] << 8 & 0xFF00
                self.result(self.r["a"] & 0xFF, 1)
            case "PHA" | "PHX" | "PHY" | "PHP" | "PHB" | "PHD" | "PHK":
                pushed, size = {
                    "PHA": (self.r["a"], m),
                    "PHX": (self.r["x"], x),
                    "PHY": (self.r["y"], x),
                    "PHP": (self.p, 1),
                    "PHB": (self.r["db"], 1),
                    "PHD": (self.r["d"], 2),
                    "PHK": (instruction.address >> 16, 1),
                }[name]
                self.push(pushed & ((1 << 8 * size) - 1), size)
            case "PEA":
                self.push(int.from_bytes(code[1:], "little"), 2)
            case "PLA":
                self.put("a", self.pull(m), m)
            case "PLX" | "PLY":
                self.put(_register(name), self.pull(x), x)
            case "PLB":
                self.put("db", self.pull(1), 1)
            case "PLD":
                self.put("d", self.pull(2), 2)
            case "PLP":
                self.p = self.pull(1)
            case _:
                raise Unknown(name)

    def _change(self, instruction: Instruction, size: int) -> None:
        name, place, wraps = instruction.mnemonic, 0, False
        on_a = len(instruction.code) == 1
        if on_a:
            value = self.get("a", size)
        else:
            place, wraps = self.address(instruction)
            value = self.load(place, size, wraps)
        top, carry = 8 * size - 1, self.f["c"]
        if name in ("ASL", "ROL"):
            self.f["c"] = bool(value >> top)
        elif name in ("LSR", "ROR"):
            self.f["c"] = bool(value & 1)
        changed = {
            "INC": value + 1,
            "DEC": value - 1,
            "ASL": value << 1,
            "ROL": value << 1 | carry,
            "LSR": value >> 1,
            "ROR": value >> 1 | carry << top,
        }[name]
        if on_a:
            self.put("a", changed, size)
        else:
            self.store(place, changed, size, wraps)
            self.result(changed, size)

    def _add(self, other: int, subtracts: bool) -> None:
        size, value = self.m, self.get("a", self.m)
        bits = 8 * size
        if self.f["d"]:
            raise Unknown("decimal mode")
        added = other ^ ((1 << bits) - 1) if subtracts else other
        total = value + added + self.f["c"]
        self.f["c"] = total >> bits > 0
        self.f["v"] = bool(~(value ^ added) & (value ^ total) & 1 << (bits - 1))
        self.put("a", total, size)


_HELD: tuple[Register, ...] = ("a", "x", "y", "d", "db")
_ORDER: tuple[Flag, ...] = ("c", "z", "i", "d", "x", "m", "v", "n")
_TESTED: dict[str, tuple[Flag, bool]] = {
    "CC": ("c", False),
    "CS": ("c", True),
    "NE": ("z", False),
    "EQ": ("z", True),
    "PL": ("n", False),
    "MI": ("n", True),
    "VC": ("v", False),
    "VS": ("v", True),
}
_LOGIC: dict[str, Callable[[int, int], int]] = {"AND": operator.and_, "ORA": operator.or_, "EOR": operator.xor}


def _register(mnemonic: str) -> Register:
    """The register in the last letter of a mnemonic."""
    return mnemonic[2].lower()  # type: ignore[return-value]
