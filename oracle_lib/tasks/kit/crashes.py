"""Runs code on the console one instruction at a time, also code that goes astray, and writes the run as a trace log.

Nothing here knows the 65816's instructions: the console's cartridge holds BRK wherever nobody put anything, so of an
instruction that lies there alone the console shows what it does and where it leads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from oracle_lib.tasks.kit.disassembly import written
from oracle_lib.verify import Assembly, assemble, shared_console
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import ALONE, BRANCHES, FORMS, LONG_BRANCHES, MOVES
from oracle_lib.verify.cartridge import Ending
from oracle_lib.verify.contract import Flag, Register, Span

_FLAGS: tuple[Flag, ...] = ("n", "v", "m", "x", "d", "i", "z", "c")
_SHIM, _SHIM_STACK = 0x7D9000, 0x1F80
_WRITABLE = (Span(address=0x7E0000, length=0x20000),)
_WATCHED = Span(address=0x7E0000, length=0x1000)
_STEP_BUDGET = 50_000


class Astray(Exception):
    """The run leaves what can be stepped through: ROM, and WRAM that holds BRK."""


@dataclass(frozen=True)
class Moment:
    """The processor before an instruction: where it is, its registers (16 bits, but DB 8) and its flags."""

    pc: int
    registers: Mapping[Register, int]
    flags: Mapping[Flag, bool]


@dataclass(frozen=True)
class Line:
    """One instruction of a run: what the processor took it for, the moment after it and low WRAM then."""

    instruction: Instruction
    after: Moment
    wram: bytes


@dataclass(frozen=True)
class Crash:
    """A run: its lines, the moment that it ended in, and what is in low WRAM then, from $7E0000.

    `stopped` says that the last moment's `pc` holds a BRK; else the run was cut off after as many lines as were asked
    for.
    """

    lines: tuple[Line, ...]
    end: Moment
    wram: bytes
    stopped: bool


def follow(image: Mapping[int, int], start: Moment, wram: bytes, most: int) -> Crash:
    """At most so many instructions from `start`. `image` is the ROM by addresses of the first banks, and BRK elsewhere.

    `wram` is what lies from $7E0000, as far as it goes.
    """
    lines: list[Line] = []
    now = start
    while len(lines) < most:
        instruction = _fetch(image, wram, now)
        if instruction.mnemonic == "BRK":
            return Crash(tuple(lines), now, wram, stopped=True)
        now, wram = _step(image, instruction, now, wram)
        lines.append(Line(instruction, now, wram))
    return Crash(tuple(lines), now, wram, stopped=False)


def image_of(*assemblies: Assembly) -> dict[int, int]:
    """The bytes of what was assembled, by their addresses in banks $00-$7F."""
    return {
        address + offset & 0x7FFFFF: byte
        for assembly in assemblies
        for address, block in assembly.blocks
        for offset, byte in enumerate(block)
    }


def log(lines: Sequence[Line]) -> str:
    """The lines as a debugger logs them: each instruction, and the registers after it."""
    return "\n".join(
        f"{line.instruction.address:06X}  {line.instruction.code.hex(' ').upper():<11}  "
        f"{written(line.instruction):<16} {told(line.after)}"
        for line in lines
    )


def told(moment: Moment) -> str:
    """The registers and the flags in one line; a flag that is set is a capital letter."""
    held = " ".join(f"{name.upper()}:{moment.registers[name]:04X}" for name in ("a", "x", "y", "s", "d"))
    flags = "".join(flag.upper() if moment.flags[flag] else flag for flag in _FLAGS)
    return f"{held} DB:{moment.registers['db']:02X} {flags}"


def _fetch(image: Mapping[int, int], wram: bytes, now: Moment) -> Instruction:
    bank, offset = now.pc & 0x7F0000, now.pc & 0xFFFF

    def byte(place: int) -> int:
        return image.get(bank | place & 0xFFFF, 0)

    if offset < 0x8000 and (bank >= 0x400000 or offset >= len(wram) or wram[offset]):
        raise Astray(f"it goes on at ${now.pc:06X}")

    operation, mode, size = _operations()[byte(offset)]
    if size < 0:
        size = 1 if now.flags["m" if size == _LIKE_A else "x"] else 2
    code = bytes(byte(offset + place) for place in range(size + 1))
    return Instruction(now.pc, code, operation, mode, 0, 0)


_LIKE_A, _LIKE_X = -1, -2


@cache
def _operations() -> dict[int, tuple[str, Mode, int]]:
    """Of each opcode its mnemonic, its addressing mode and the bytes of its operand, where it does not depend on a
    width."""
    known: dict[int, tuple[str, Mode, int]] = {}
    for mode, rows in FORMS.items():
        for name, sizes in rows.items():
            for size, opcode in sizes.items():
                if mode is Mode.IMMEDIATE and len(sizes) == 2:
                    size = _LIKE_X if name in ("CPX", "CPY", "LDX", "LDY") else _LIKE_A
                known[opcode] = (name, mode, size)
    known |= {code[0]: (name, Mode.IMPLIED, 0) for name, code in ALONE.items() if len(code) == 1}
    known |= {opcode: (name, Mode.DIRECT, 1) for name, opcode in BRANCHES.items()}
    known |= {opcode: (name, Mode.DIRECT, 2) for name, opcode in LONG_BRANCHES.items()}
    return known | {opcode: (name, Mode.MOVE, 2) for name, opcode in MOVES.items()}


def _step(image: Mapping[int, int], instruction: Instruction, now: Moment, wram: bytes) -> tuple[Moment, bytes]:
    r, address = now.registers, instruction.address
    p = sum(now.flags[flag] << bit for bit, flag in enumerate(reversed(_FLAGS)))
    shim = assemble(
        f"REP #$30 : LDA #${r['d']:04X} : TCD : SEP #$20 : LDA #${r['db']:02X} : PHA : PLB : REP #$30 : "
        f"LDA #${r['s']:04X} : TCS : LDX #${r['x']:04X} : LDY #${r['y']:04X} : "
        f"SEP #$20 : LDA #${p:02X} : PHA : REP #$20 : LDA #${r['a']:04X} : PLP : JML ${address:06X}",
        origin=_SHIM,
        backend="own",
    )
    with shared_console() as console:
        run = console.call(
            [(_SHIM, shim.code), *_blocks(_around(image, instruction, now))],
            {"s": _SHIM_STACK},
            {_WATCHED.address: wram},
            budget=_STEP_BUDGET,
            entry=_SHIM,
            returns="rtl",
            watch=(_WATCHED,),
            writes=_WRITABLE,
        )
    # A BRK that nobody put there counts as running away; the console has seen it all the same.
    if run.ended not in (Ending.BRK, Ending.RAN_AWAY) or run.pc is None or not run.registers:
        raise Astray(f"{written(instruction)} at ${address:06X} {run.ended}")
    return Moment(run.pc, run.registers, run.flags), run.memory[_WATCHED.address]


def _around(image: Mapping[int, int], instruction: Instruction, now: Moment) -> dict[int, int]:
    """The ROM as the instruction may read it, without the code that would run after it: so it ends in a BRK there."""
    name, code, at = instruction.mnemonic, instruction.code, instruction.address & 0x7FFFFF
    bank, following = at & 0xFF0000, at + len(code)
    operand = int.from_bytes(code[1:], "little")
    after = {following}
    held = dict(image)
    if name in BRANCHES or name in LONG_BRANCHES:
        after.add(bank | following + int.from_bytes(code[1:], "little", signed=True) & 0xFFFF)
    elif name in ("JMP", "JML", "JSR", "JSL") and instruction.mode is Mode.DIRECT:
        after.add(operand & 0x7FFFFF if len(code) == 4 else bank | operand)
    elif name in ("JMP", "JML", "JSR"):
        first = bank | operand + now.registers["x"] & 0xFFFF if instruction.mode is Mode.INDIRECT_X else operand
        held = {place: image[place] for place in range(first, first + 3) if place in image}
    elif name in ("RTS", "RTL", "RTI"):
        held = {}
    held = {place: byte for place, byte in held.items() if place not in after}
    return held | {at + offset: byte for offset, byte in enumerate(code)}


def _blocks(held: Mapping[int, int]) -> list[tuple[int, bytes]]:
    blocks: list[tuple[int, bytearray]] = []
    for place in sorted(held):
        if blocks and place == blocks[-1][0] + len(blocks[-1][1]) and place & 0xFFFF != 0x8000:
            blocks[-1][1].append(held[place])
        else:
            blocks.append((place, bytearray([held[place]])))
    return [(place, bytes(block)) for place, block in blocks]
