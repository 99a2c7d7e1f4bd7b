"""Runs code on the console one instruction at a time, also code that goes astray, and writes the run as a trace log.

What an instruction does, the console shows: its cartridge holds BRK wherever nobody put anything, so an instruction
that lies there alone ends in one. Known here is only how long an instruction is, which memory it reaches and where it
may lead: a step beyond what can be carried on to the next one is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from oracle_lib.tasks.kit.disassembly import written
from oracle_lib.verify import Assembly, assemble, shared_console
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import ALONE, BRANCHES, FORMS, LONG_BRANCHES, MOVES
from oracle_lib.verify.cartridge import Ending
from oracle_lib.verify.contract import Flag, Register, Span

_FLAGS: tuple[Flag, ...] = ("n", "v", "m", "x", "d", "i", "z", "c")
LOW_WRAM = 0x1F00
"""The bytes of WRAM that a run knows, from $7E0000; above them lies the stack of what sets the registers."""

_SHIM, _SHIM_STACK = 0x7D9000, 0x1FF0
_WRITABLE = (Span(address=0x7E0000, length=0x20000),)
_WATCHED = Span(address=0x7E0000, length=LOW_WRAM)
_STEP_BUDGET = 50_000
_JUMPS = ("JMP", "JML", "JSR", "JSL")


class Astray(Exception):
    """The run leaves what can be stepped through: code in ROM, data in ROM and low WRAM. Anything else forgets from one
    step to the next what was written to it."""


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
    """At most so many instructions from `start`. `image` is the ROM by addresses of the first banks, and BRK elsewhere;
    `wram` is what lies from $7E0000, `LOW_WRAM` bytes.

    Where all is as it was before, the run goes on as it did from there, and nothing more is stepped through. Raises
    `Astray`.
    """
    lines: list[Line] = []
    now = start
    known: dict[tuple[object, ...], int] = {}
    while len(lines) < most:
        state = (now.pc, *now.registers.values(), *now.flags.values(), wram)
        if period := len(lines) - known.setdefault(state, len(lines)):
            while len(lines) < most:
                lines.append(lines[-period])
            return Crash(tuple(lines), lines[-1].after, lines[-1].wram, stopped=False)
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
    first = _byte(image, wram, now.pc)
    operation, mode, size = _operations()[first]
    if first and now.pc & 0x8000 == 0:
        raise Astray(f"it goes on in WRAM at ${now.pc:06X}")
    if size < 0:
        size = 1 if now.flags["m" if size == _LIKE_A else "x"] else 2
    bank = now.pc & 0xFF0000
    code = bytes(_byte(image, wram, bank | now.pc + place & 0xFFFF) for place in range(size + 1))
    return Instruction(now.pc, code, operation, mode, 0, 0)


def _byte(image: Mapping[int, int], wram: bytes, address: int) -> int:
    """What lies there. Raises `Astray` where that is neither ROM nor the low WRAM that is known."""
    bank, offset = address >> 16, address & 0xFFFF
    if offset >= 0x8000 and bank not in (0x7E, 0x7F):
        return image.get(address & 0x7FFFFF, 0)
    if (bank == 0x7E or not bank & 0x40) and offset < len(wram):
        return wram[offset]
    raise Astray(f"it reaches ${address:06X}")


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
    after = _after(image, instruction, now, wram)
    for place in _touches(image, instruction, now, wram):
        _byte(image, wram, place)
    if any(place & 0x8000 == 0 and _byte(image, wram, place) for place in after):
        raise Astray(f"{written(instruction)} at ${address:06X} leads into WRAM")
    p = sum(now.flags[flag] << bit for bit, flag in enumerate(reversed(_FLAGS)))
    shim = assemble(
        f"REP #$30 : LDA #${r['d']:04X} : TCD : SEP #$20 : LDA #${r['db']:02X} : PHA : PLB : REP #$30 : "
        f"LDA #${r['s']:04X} : TCS : LDX #${r['x']:04X} : LDY #${r['y']:04X} : "
        f"SEP #$20 : LDA #${p:02X} : PHA : REP #$20 : LDA #${r['a']:04X} : PLP : JML ${address:06X}",
        origin=_SHIM,
        backend="own",
    )
    at = address & 0x7FFFFF
    # The ROM as the instruction may read it, without the code that would run after it: so it ends in a BRK there.
    ends = {place & 0x7FFFFF for place in after}
    held = {place: byte for place, byte in image.items() if place not in ends}
    held |= {at + offset: byte for offset, byte in enumerate(instruction.code)}
    with shared_console() as console:
        run = console.call(
            [(_SHIM, shim.code), *_blocks(held)],
            {"s": _SHIM_STACK},
            {_WATCHED.address: wram},
            budget=_STEP_BUDGET,
            entry=_SHIM,
            returns="rtl",
            watch=(_WATCHED,),
            writes=_WRITABLE,
        )
    # A BRK that nobody put there counts as running away; the console has seen it all the same.
    if run.ended not in (Ending.BRK, Ending.RAN_AWAY) or run.pc not in after or not run.registers:
        raise Astray(f"{written(instruction)} at ${address:06X} {run.ended}")
    return Moment(run.pc, run.registers, run.flags), run.memory[_WATCHED.address]


def _after(image: Mapping[int, int], instruction: Instruction, now: Moment, wram: bytes) -> set[int]:
    """Where the processor may go on after an instruction."""
    name, code, bank = instruction.mnemonic, instruction.code, instruction.address & 0xFF0000
    operand, following = int.from_bytes(code[1:], "little"), bank | instruction.address + len(code) & 0xFFFF

    def read(first: int, size: int) -> int:
        return sum(_byte(image, wram, first & 0xFF0000 | first + place & 0xFFFF) << 8 * place for place in range(size))

    s = now.registers["s"] + 1
    match name, instruction.mode:
        case "RTS", _:
            return {bank | read(s, 2) + 1 & 0xFFFF}
        case "RTL", _:
            pulled = read(s, 3)
            return {pulled & 0xFF0000 | pulled + 1 & 0xFFFF}
        case "RTI", _:
            return {read(s + 1, 3)}
        case (("JMP" | "JML" | "JSR" | "JSL"), Mode.DIRECT):
            return {operand if len(code) == 4 else bank | operand}
        case (("JMP" | "JML" | "JSR"), Mode.INDIRECT_X):
            return {bank | read(bank | operand + now.registers["x"] & 0xFFFF, 2)}
        case (("JMP" | "JML"), Mode.LONG):
            return {read(operand, 3)}
        case (("JMP" | "JML"), _):
            return {bank | read(operand, 2)}
    if name in BRANCHES or name in LONG_BRANCHES:
        return {following, bank | following + int.from_bytes(code[1:], "little", signed=True) & 0xFFFF}
    return {following}


def _touches(image: Mapping[int, int], instruction: Instruction, now: Moment, wram: bytes) -> Iterator[int]:
    """The first and the last address of memory that an instruction reads or writes beyond direct page and stack."""
    mode, size, r = instruction.mode, len(instruction.code) - 1, now.registers
    operand, bank = int.from_bytes(instruction.code[1:], "little"), r["db"] << 16

    def pointer(first: int, length: int) -> int:
        return sum(_byte(image, wram, first + place & 0xFFFF) << 8 * place for place in range(length))

    direct = r["d"] + operand
    if instruction.mnemonic in (*_JUMPS, *BRANCHES, *LONG_BRANCHES, "PEA", "PEI") or mode in _ELSEWHERE:
        return
    if mode is Mode.MOVE:
        to, source = instruction.code[1:]
        for place in (to << 16 | r["y"], source << 16 | r["x"]):
            yield from (place, place + (r["a"] if instruction.mnemonic == "MVN" else -r["a"]))
        return
    if size > 1:
        first = operand if size == 3 else bank | operand
        first += r["x"] if mode is Mode.X else r["y"] if mode is Mode.Y else 0
    elif mode is Mode.INDIRECT_X:
        first = bank | pointer(direct + r["x"], 2)
    elif mode in (Mode.INDIRECT, Mode.INDIRECT_Y):
        first = (bank | pointer(direct, 2)) + (r["y"] if mode is Mode.INDIRECT_Y else 0)
    elif mode in (Mode.LONG, Mode.LONG_Y):
        first = pointer(direct, 3) + (r["y"] if mode is Mode.LONG_Y else 0)
    elif mode is Mode.STACK_Y:
        first = (bank | pointer(r["s"] + operand, 2)) + r["y"]
    else:
        first = direct + (r["x"] if mode is Mode.X else r["y"] if mode is Mode.Y else 0) & 0xFFFF
    yield from (first, first + 1)


_ELSEWHERE = (Mode.IMPLIED, Mode.ACCUMULATOR, Mode.IMMEDIATE, Mode.STACK)


def _blocks(held: Mapping[int, int]) -> list[tuple[int, bytes]]:
    blocks: list[tuple[int, bytearray]] = []
    for place in sorted(held):
        if blocks and place == blocks[-1][0] + len(blocks[-1][1]) and place & 0xFFFF != 0x8000:
            blocks[-1][1].append(held[place])
        else:
            blocks.append((place, bytearray([held[place]])))
    return [(place, bytes(block)) for place, block in blocks]
