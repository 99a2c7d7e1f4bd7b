"""The cartridge that runs routines: its memory map, the program in it, what that program is given and leaves behind. It
knows the 65816 and the console's clock, and nothing of libretro or of processes."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from oracle_lib import OracleError
from oracle_lib.verify import _core
from oracle_lib.verify.assembler import assemble
from oracle_lib.verify.contract import Flag, Register, Span

Returns = Literal["rts", "rtl"]
Poke = tuple[int, str]
"""Bytes to put somewhere: their place (see `_core`) and their hexadecimal digits."""

INPUTS, GO = 0x7D9000, 0x7D9010
"""Where the program finds what a case starts with, and the two bytes that let it pass its waits."""

STACK = 0x01FF
"""The stack pointer of a case that names none."""

_FRAME_CYCLES = 357_368
_FIRST_FRAME_CYCLES = 25_000
"""What a routine surely has of the frame that it starts in, with NMI on and what the program itself takes."""

_LINE, _LINES, _REFRESH, _LATCHES_APART = 1364, 262, 40, 282
_FLAGS: tuple[Flag, ...] = ("c", "z", "i", "d", "x", "m", "v", "n")
_TO_RETURNED = "5C00817D"  # jml Returned
_RESERVED = {0x7D8000: 0x8000, 0x00FF90: 0x70, _core.RESULT: _core.RESULT_SIZE}


class ConsoleError(OracleError):
    """The console cannot be had, or cannot be asked for this."""


def locate(address: int, length: int) -> int:
    """The place (see `_core`) of `length` bytes at the 24-bit `address`, the same for all mirrors of a byte. Raises
    ConsoleError where there is no memory or the bytes would leave it."""
    bank, low = address >> 16, address & 0xFFFF
    if bank in (0x7E, 0x7F):
        place, room = address, 0x800000 - address
    elif not bank & 0x40 and low < 0x2000:
        place, room = _core.WRAM + low, 0x2000 - low
    elif bank & 0x7E == 0x70 and low < 0x8000:
        place, room = address & 0x7FFFFF, 0x8000 - low
    elif low >= 0x8000:
        place, room = (bank & 0x7F) * 0x8000 + low - 0x8000, 0x10000 - low
    else:
        raise ConsoleError(f"${address:06X} is neither ROM nor RAM: the console has LoROM, WRAM, and SRAM in bank $70.")
    if length > room:
        raise ConsoleError(f"{length} bytes from ${address:06X} go beyond the end of their bank: split them.")
    return place


def covers(first: int, size: int, address: int, length: int = 1) -> bool:
    """Whether `length` bytes at `address` share memory with `size` bytes at `first`, mirrors included."""
    try:
        place, other = locate(first, size), locate(address, length)
    except ConsoleError:
        return False
    return place < other + length and other < place + size


def landing(entry: int, returns: Returns) -> int:
    """Where a routine returns to: RTS stays in the entry's bank, so each bank has such a place at $FFB0."""
    return (entry & 0xFF0000 if returns == "rts" else 0x7D0000) | 0xFFB0


def lay(address: int, content: bytes, entry: int, returns: Returns) -> Poke:
    """The poke that puts the bytes there. Raises ConsoleError where a routine entered at `entry` can't have them."""
    place = locate(address, len(content))
    for first, size in (_RESERVED | {landing(entry, returns): 4}).items():
        if covers(first, size, address, len(content)):
            raise ConsoleError(
                f"The {len(content)} bytes at ${address:06X} overlap ${first:06X}-${first + size - 1:06X}, "
                "which the console needs for itself: put them elsewhere."
            )
    return place, content.hex()


@dataclass(frozen=True)
class Start:
    """The state of the console when a routine is called, and the memory to look at afterwards.

    `registers` (a, x, y, d and s 16 bits wide, db 8; 0 where absent, but s is $01FF) and `flags` (m, x and i set where
    absent, the others clear) are what the routine finds; s is the stack pointer before the call. `memory` maps 24-bit
    addresses in WRAM, SRAM or ROM to bytes.
    """

    registers: Mapping[Register, int] = field(default_factory=dict)
    flags: Mapping[Flag, bool] = field(default_factory=dict)
    memory: Mapping[int, bytes] = field(default_factory=dict)
    watch: Sequence[Span] = ()


class CalledRoutine(NamedTuple):
    """The code as (24-bit address, bytes), where and how it is called, what it may take and where it may write."""

    blocks: Sequence[tuple[int, bytes]]
    entry: int
    returns: Returns = "rts"
    budget: int = 0
    writes: Sequence[Span] = ()

    @property
    def frames(self) -> int:
        """Frames in which the budget and the DRAM refresh beside it are surely over."""
        return 1 - (_FIRST_FRAME_CYCLES - self.budget * 1364 // 1324) // _FRAME_CYCLES

    def contents(self, start: Start) -> list[tuple[int, bytes]]:
        """The bytes that code and case put somewhere, the later over the earlier ones."""
        return [block for block in (*self.blocks, *start.memory.items()) if block[1]]

    def owns(self, address: int, start: Start) -> bool:
        """Whether somebody put a byte at this address."""
        return any(covers(first, len(content), address) for first, content in self.contents(start))


def prepare(routine: CalledRoutine, start: Start, token: int, interrupts: int) -> list[Poke]:
    """The pokes for one call, the program's inputs first: `token` marks the result, `interrupts` goes to $4200."""
    pokes = [lay(*block, routine.entry, routine.returns) for block in routine.contents(start)]
    pad = landing(routine.entry, routine.returns)
    registers, stack = start.registers, start.registers.get("s", STACK)
    p = sum(1 << bit for bit, flag in enumerate(_FLAGS) if start.flags.get(flag, flag in "mxi"))
    # From the top: the data bank for PLB, flags and entry for RTI, and the return address for the routine itself.
    frame = struct.pack("<BBI", registers.get("db", 0), p, routine.entry)[:5]
    frame += struct.pack("<I", pad - 1)[: 3 if routine.returns == "rtl" else 2]
    top = stack - len(frame)
    if not 0 <= top < stack < 0x2000:
        raise ConsoleError(f"The stack pointer ${stack:04X} leaves a routine no stack: set s to $0020-$1FFF.")
    words = (top, *(registers.get(name, 0) for name in ("d", "x", "y", "a")), interrupts, token)
    inputs = (locate(INPUTS, 14), struct.pack("<7H", *words).hex())
    return [inputs, *pokes, (locate(top + 1, len(frame)), frame.hex()), (locate(pad, 4), _TO_RETURNED)]


class Ending(StrEnum):
    """How an execution ended. STP and WAI are told apart by an NMI, which ends only WAI. Code that holds both opcodes
    and switches NMI off itself counts as stopped by STP."""

    RETURNED = "returned"
    BUDGET = "spent its budget of cycles"
    BRK = "ran into BRK"
    COP = "ran into COP"
    STP = "stopped the CPU with STP"
    WAI = "waits for an interrupt that never comes"
    RAN_AWAY = "ran away into memory that holds no code"
    CRASHED = "crashed the core"
    HUNG = "hung the core"


@dataclass(frozen=True)
class Execution:
    """What one call did.

    `registers` and `flags` are those after the return, or at BRK or COP; empty for other endings. `memory` maps the
    address of each watched span to its bytes. `stray_writes` are changed bytes of WRAM and SRAM outside the declared
    spans and the 256 bytes of stack up to s, at most 32 runs of them. Writing the value that was there can't be seen,
    so undeclared memory starts out as noise that differs from case to case. `stray_registers` are the hardware
    registers outside the declared spans that a routine leaves changed, and the ports of OAM, VRAM and CGRAM ($2104,
    $2118, $2122) whose contents it does; `hardware` says which are looked at.
    `stack_balance` is s after the return less s before the call. `cycles` are master-clock cycles (21.477 MHz) from the
    first opcode's fetch to the end of the return instruction, without the 40 that DRAM refresh takes in each line of
    1,364; they are exact unless the routine leaves interlace or HDMA on, or returns by RTS into a bank that it has made
    fast, which counts 8 too few. `pc` is where a BRK or COP ended it.
    """

    ended: Ending
    registers: dict[Register, int] = field(default_factory=dict)
    flags: dict[Flag, bool] = field(default_factory=dict)
    emulation: bool = False
    memory: dict[int, bytes] = field(default_factory=dict)
    stray_writes: tuple[Span, ...] = ()
    stray_registers: tuple[int, ...] = ()
    stack_balance: int | None = None
    cycles: int | None = None
    pc: int | None = None


_ENDINGS = (Ending.RETURNED, Ending.BRK, Ending.COP)
"""By the number that the program stores."""


class Clock(NamedTuple):
    """The console's counters when the program stored what a routine left behind: the H counter at four latches."""

    field: int
    line: int
    dots: tuple[int, ...]

    def cycles(self, frames: int, first_field: int) -> int:
        """Master cycles from the top of the case's first frame, in `first_field`, to the last latch, less DRAM refresh.

        The H counter shows dots of 4 cycles, so the latches before the last tell which of its cycles it was. `frames`
        is how many the core had shown; with NMI on it shows one early, so the number is known up to one, and the field
        gives its parity.
        """
        passed = frames - 1 if (frames - 1) % 2 == self.field ^ first_field else frames - 2
        short = [frame for frame in range(passed + 1) if frame % 2 != first_field]

        def dot(h: int, ago: int) -> int:
            """The H counter `ago` cycles before cycle `h` of this line; dots 323 and 327 last 6 cycles."""
            line = self.line if h >= ago else self.line - 1
            length = _LINE - 4 * (line == 240 and passed in short)
            h = (h - ago) % length
            return h >> 2 if length < _LINE else (h - 2 * (h > 1292) - 2 * (h > 1310)) >> 2

        latches = [(seen, index * _LATCHES_APART) for index, seen in enumerate(reversed(self.dots))]

        def agrees(h: int) -> bool:
            return all(seen in (dot(h, ago), dot(h, ago + _REFRESH)) for seen, ago in latches)

        nearby = range(4 * self.dots[-1], 4 * self.dots[-1] + 8, 2)
        h = next(filter(agrees, nearby), nearby[0])
        lines = passed * _LINES + self.line
        skipped = 4 * sum(frame < passed or self.line > 240 for frame in short)
        return lines * _LINE - skipped + h - _REFRESH * (lines + (h >= 548))


def read(text: str, bank: int) -> tuple[Execution, Clock]:
    """What the result area shows, given as hexadecimal digits: a return, or a BRK or COP, of which `pc` is the place.
    In emulation mode, where the CPU does not save it, the bank of `pc` is `bank`."""
    result = bytes.fromhex(text)
    a, kind, emulation, x, y, d, s = struct.unpack_from("<7H", result)
    p, db, saved_p, saved_pc, saved_bank, status = struct.unpack_from("<BBBHBB", result, 14)
    line, *dots = (word & 0x1FF for word in struct.unpack_from("<5H", result, 22))
    if kind:
        p, s = saved_p, s + (3 if emulation else 4)
    execution = Execution(
        ended=_ENDINGS[min(kind, len(_ENDINGS) - 1)],
        registers={"a": a, "x": x, "y": y, "d": d, "s": (s + 1) & 0xFFFF, "db": db},
        flags={flag: bool(p >> bit & 1) for bit, flag in enumerate(_FLAGS)},
        emulation=bool(emulation),
        pc=(bank if emulation else saved_bank) << 16 | (saved_pc - 2) & 0xFFFF if kind else None,
    )
    return execution, Clock(status >> 7, line, tuple(dots))


@cache
def image() -> list[Poke]:
    """What the cartridge holds beside BRK everywhere: `cartridge.asm`, with the vectors and a header."""
    text = Path(__file__).with_name("cartridge.asm").read_text()
    assembly = assemble(text, {"Inputs": INPUTS, "Go": GO, "Result": _core.RESULT}, backend="own")
    assert assembly.ok, assembly.diagnostics
    return [(locate(address, len(content)), content.hex()) for address, content in assembly.blocks]
