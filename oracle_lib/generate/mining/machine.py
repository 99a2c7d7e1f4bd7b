"""Steps through a routine that may read any RAM: what it reads is drawn when it is first read. So a run finds its own
initial state, and shows exactly what the routine depends on. It knows no hardware; the console has the last word.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from oracle_lib.tasks.kit.stepping import Machine, Unknown
from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import ACCUMULATOR_IMMEDIATES, DECODED, INDEX_IMMEDIATES, MOVES
from oracle_lib.verify.contract import Flag, Register

MOST_STEPS = 3000
STACK = 0x01FF
"""Where S stands before the call. Variables lie in the same page, below the 128 bytes that a routine may push to."""
_POINTERS = (Mode.INDIRECT, Mode.INDIRECT_X, Mode.INDIRECT_Y, Mode.LONG, Mode.LONG_Y)
_STACK_CODES = ("TXS", "TSX", "TCS", "TSC")
_SETS_INDEX = {"X": ("LDX", "TAX", "TYX", "INX", "DEX", "PLX"), "Y": ("LDY", "TAY", "TXY", "INY", "DEY", "PLY")}


class Reason(StrEnum):
    """Why a routine is not mined."""

    ASSEMBLY = "does not assemble alone"
    LENGTH = "assembles to another length than its addresses say"
    TRIVIAL = "is one instruction or none"
    LONG = "is longer than a question may be"
    JUMPS_OUT = "goes on in code that is not in the source"
    CALLS_OUT = "calls code that is not in the source"
    NEEDS_MUCH = "needs more code and tables than a contract can hold"
    RUNS_RAM = "runs code in RAM"
    READS_HARDWARE = "reads hardware"
    WRITES_HARDWARE = "writes hardware"
    READS_ROM = "reads ROM outside its tables"
    WRITES_ROM = "writes to ROM"
    STACK = "plays with the stack"
    SLOW = "does not return soon"
    WIDTHS = "fits no widths on entry"
    INSTRUCTION = "has an instruction that stepping does not know"
    NO_ROOM = "leaves no room for an answer in its bank"
    WRITES_MUCH = "writes more than a contract can list"
    CALLER_STATE = "leaves D, DB or the widths changed, differently from run to run"
    UNREACHED = "has code that no drawn state reaches"
    CONSOLE = "ends otherwise on the console"
    FEW = "stays closed in too few of the drawn states"
    NOTHING = "does nothing that a caller could see"


class Stopped(Unknown):
    """A run that is not closed, and why. It is `always` so where no other state could have prevented it on this way
    through the code; else a pointer, an index or a count was beyond what the routine is for.
    """

    def __init__(self, reason: Reason, detail: str = "", always: bool = True) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.detail, self.always = reason, detail, always


class Surroundings(Mapping[int, int]):
    """The bytes of ROM that runs may meet, by their addresses below $800000. `decoded` are the instructions that were
    found in them, by their addresses and the bytes of their operands.
    """

    decoded: dict[tuple[int, int], Instruction]

    @abstractmethod
    def extent(self, place: int) -> range:
        """Where the piece of the source lies that holds this byte, so where an index must end; empty where none
        does."""

    @abstractmethod
    def written(self, place: int) -> Instruction | None:
        """The instruction that an author wrote at this place, where that is known."""


class SealedRom(Surroundings):
    """Some pieces, and nothing else."""

    def __init__(self, blocks: Iterable[tuple[int, bytes]]) -> None:
        self.decoded = {}
        self._blocks = [(address & 0x7FFFFF, held) for address, held in blocks]
        self._held = {at + n: byte for at, held in self._blocks for n, byte in enumerate(held)}

    def __getitem__(self, place: int) -> int:
        return self._held[place]

    def __contains__(self, place: object) -> bool:
        return place in self._held

    def __iter__(self) -> Iterator[int]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def extent(self, place: int) -> range:
        found = (range(at, at + len(held)) for at, held in self._blocks if at <= place < at + len(held))
        return next(found, range(0))

    def written(self, place: int) -> Instruction | None:
        return None


Draw = Callable[[int, int, int, bool], int]
"""Draws a byte: by the address of the instruction that reads it first, the number of bytes that this one drew before,
where the byte lies, and whether it is part of a pointer that the instruction follows."""


ELSEWHERE = 1 << 24
"""Added to the address of code that is not the routine's own; of that, only the offset counts."""


class Decision(NamedTuple):
    """What a branch went by: the last result, of so many bytes, and how much had been read by then."""

    value: int
    size: int
    reads: int


class Explorer(Machine):
    """A machine whose RAM is drawn as it is read. It runs the code of the assembly, and any other that its surroundings
    hold."""

    def __init__(
        self,
        assembly: Assembly,
        rom: Surroundings,
        entry: int,
        registers: Mapping[Register, int],
        flags: Mapping[Flag, bool],
        memory: Mapping[int, int],
        draw: Draw,
    ) -> None:
        super().__init__(assembly, entry, registers, flags, {})
        self.rom: Surroundings = rom  # type: ignore[assignment]
        self.known = dict(memory)
        self.entry = entry
        self._draw = draw
        self._drawn = 0
        self._pointing = False
        self._varies = False
        self._unit = bytearray(9)
        self._by_pointer = False
        self.own = frozenset(self.code)
        self.covered: set[int] = set()
        self.edges: set[tuple[int, bool]] = set()
        self.decisions: dict[int, Decision] = {}
        self.last = Decision(0, 1, 0)
        self.indexes_by: set[str] = set()
        self._set: set[str] = set()
        self.returned_by = ""
        self.steps = 0

    def go(self) -> None:
        """Runs to the return. Raises `Stopped` where the run is not closed."""
        while (pc := self.pc) is not None:
            if self.steps == MOST_STEPS:
                raise Stopped(Reason.SLOW, always=False)
            self.steps += 1
            self._drawn = 0
            try:
                instruction, taken = self.advance()
            except Stopped:
                raise
            except Unknown as unknown:
                raise self._stopped(str(unknown)) from None
            at = pc - self.entry if pc & 0x7FFFFF in self.own else pc | ELSEWHERE
            if at < ELSEWHERE:
                self.covered.add(at)
            if taken is not None:
                self.edges.add((at, taken))
                self.decisions[at] = self.last
            for name, setting in _SETS_INDEX.items():
                if name in self._set:
                    continue
                if instruction.mnemonic in setting or instruction.mnemonic in MOVES:
                    self._set.add(name)
                elif instruction.mode.value.endswith(f",{name.lower()}"):
                    self.indexes_by.add(name)

    @staticmethod
    def on_stack(place: int) -> bool:
        return 0x7E0180 <= place <= 0x7E0000 + STACK

    # Code

    def fetch(self, address: int) -> Instruction:
        place = address & 0x7FFFFF
        if (instruction := self.code.get(place) or self.rom.written(place)) is not None:
            if instruction.mode is Mode.IMMEDIATE and len(instruction.code) - 1 != self._width(instruction.mnemonic):
                raise Stopped(Reason.WIDTHS, f"{instruction.mnemonic} at ${address:06X}")
            return instruction
        if place not in self.rom:
            ram = address >> 16 in (0x7E, 0x7F) or (address & 0xFFFF < 0x2000 and not address & 0x400000)
            raise Stopped(Reason.RUNS_RAM if ram else Reason.JUMPS_OUT, f"${address:06X}", not self._by_pointer)
        if (known := DECODED.get(self.rom[place])) is None:
            raise Stopped(Reason.INSTRUCTION, f"opcode ${self.rom[place]:02X}")
        mnemonic, mode, size = known
        if mnemonic in ("BRK", "COP", "WDM"):
            raise Stopped(Reason.JUMPS_OUT, f"${address:06X}", not self._by_pointer)
        size = self._width(mnemonic) if mode is Mode.IMMEDIATE else size
        if (place, size) not in self.rom.decoded:
            if any(place + offset not in self.rom for offset in range(size + 1)):
                raise Stopped(Reason.JUMPS_OUT, f"${address:06X}")
            code = bytes(self.rom[place + offset] for offset in range(size + 1))
            self.rom.decoded[place, size] = Instruction(address, code, mnemonic, mode, 0, 0)
        return self.rom.decoded[place, size]

    def _width(self, mnemonic: str) -> int:
        if mnemonic in ACCUMULATOR_IMMEDIATES:
            return self.m
        return self.x if mnemonic in INDEX_IMMEDIATES else 1

    def jump(self, instruction: Instruction, bank: int) -> int | None:
        name, size = instruction.mnemonic, len(instruction.code) - 1
        if name in ("RTS", "RTL"):
            if self.s == STACK:
                self.returned_by = name.lower()
                return None
            value = self.pull(2 if name == "RTS" else 3)
            return (bank if name == "RTS" else value & 0xFF0000) | value + 1 & 0xFFFF
        operand = int.from_bytes(instruction.code[1:], "little")
        self._by_pointer = instruction.mode is not Mode.DIRECT
        match instruction.mode:
            case Mode.DIRECT:
                target = operand if size == 3 else bank | operand
            case Mode.INDIRECT_X:
                table = bank | operand + self.r["x"] & 0xFFFF
                self._stay_in(bank | operand, table + 1)
                target = bank | self.load(table, 2, True)
            case Mode.INDIRECT:
                target = bank | self.load(operand, 2, True)
            case _:
                target = self.load(operand, 3, True)
        if name in ("JSR", "JSL"):
            if target & 0x7FFFFF not in self.rom:
                raise Stopped(Reason.CALLS_OUT, f"${target:06X}", not self._by_pointer)
            last = instruction.address + size
            self.push(last if name == "JSL" else last & 0xFFFF, 3 if name == "JSL" else 2)
        return target

    def result(self, value: int, size: int) -> None:
        super().result(value, size)
        self.last = Decision(value, size, len(self.read))

    # Memory

    def load(self, address: int, size: int, bank_wraps: bool = False) -> int:
        if is_hardware(address) and address & 0xFFFF in range(0x4214, 0x4219 - size):
            return int.from_bytes(self._unit[4:], "little") >> 8 * (address & 3) & (1 << 8 * size) - 1
        if is_hardware(address) or is_hardware(address + size - 1):
            raise Stopped(Reason.READS_HARDWARE, f"${address:06X}", not self._varies)
        return super().load(address, size, bank_wraps)

    def store(self, address: int, value: int, size: int, bank_wraps: bool = False) -> None:
        if is_hardware(address) and address & 0xFFFF in range(0x4214, 0x4219 - size):
            return  # what is only read, as ASL $4216 does
        if is_hardware(address) and address & 0xFFFF in range(0x4202, 0x4208 - size):
            for offset in range(size):
                self._calculate((address & 0xFFFF) + offset, value >> 8 * offset & 0xFF)
            return
        if is_hardware(address) or is_hardware(address + size - 1):
            raise Stopped(Reason.WRITES_HARDWARE, f"${address:06X}", not self._varies)
        super().store(address, value, size, bank_wraps)

    def _calculate(self, register: int, value: int) -> None:
        """What the unit for multiplication and division does when a byte is written to $4202-$4206."""
        unit = self._unit
        if register == 0x4203:
            unit[6:8] = (unit[8] * value).to_bytes(2, "little")
            unit[4:6] = bytes((value, 0))
        elif register == 0x4206:
            dividend = int.from_bytes(unit[:2], "little")
            quotient, remainder = divmod(dividend, value) if value else (0xFFFF, dividend)
            unit[4:8] = quotient.to_bytes(2, "little") + remainder.to_bytes(2, "little")
        else:
            unit[{0x4202: 8, 0x4204: 0, 0x4205: 1}[register]] = value

    def held(self, place: int) -> int:
        if place not in self.known:
            if self.on_stack(place):
                raise Stopped(Reason.STACK, f"reads ${place:06X}", not self._varies)
            if place >> 16 not in (0x7E, 0x7F) and not 0x700000 <= place < 0x708000:
                raise Stopped(Reason.READS_ROM, f"${place:06X}", not self._varies)
            assert self.pc is not None
            self.known[place] = self._draw(self.pc, self._drawn, place, self._pointing)
            self._drawn += 1
        return self.known[place]

    def address(self, instruction: Instruction) -> tuple[int, bool]:
        self._pointing = instruction.mode in _POINTERS
        self._varies = instruction.mode is not Mode.DIRECT
        try:
            place, wraps = super().address(instruction)
        finally:
            self._pointing = False
        if instruction.mode in (Mode.X, Mode.Y) and len(instruction.code) > 2:
            operand = int.from_bytes(instruction.code[1:], "little")
            self._stay_in(operand if len(instruction.code) == 4 else self.r["db"] << 16 | operand, place)
        return place, wraps

    def _stay_in(self, table: int, address: int) -> None:
        """Raises `Stopped` where an index leaves the table that it belongs to."""
        if is_rom(table) and (extent := self.rom.extent(table & 0x7FFFFF)) and address & 0x7FFFFF not in extent:
            raise Stopped(Reason.READS_ROM, f"${address:06X}", always=False)

    def _stopped(self, said: str) -> Stopped:
        """What the plain stepper does not know, as a reason."""
        for beginning, reason in _TRANSLATED.items():
            if said.startswith(beginning):
                return Stopped(reason, said, not self._varies and reason is not Reason.SLOW)
        return Stopped(Reason.STACK if said in _STACK_CODES else Reason.INSTRUCTION, said)


def is_hardware(address: int) -> bool:
    return not address & 0x400000 and 0x2000 <= address & 0xFFFF < 0x8000


def is_rom(address: int) -> bool:
    return address & 0xFFFF >= 0x8000 and address >> 16 not in (0x7E, 0x7F)


_TRANSLATED = {
    "it writes to": Reason.WRITES_ROM,
    "it reaches": Reason.READS_ROM,
    "it pushes": Reason.STACK,
    "it pulls": Reason.STACK,
    "it moves": Reason.SLOW,
}
"""By the beginning of what the plain stepper says."""
