"""The cartridge that runs routines: the program in it, what that program is given and leaves behind. It knows the 65816
and the console's clock, and nothing of libretro or of processes."""

import random
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from oracle_lib.verify import _core
from oracle_lib.verify.assembler import assemble
from oracle_lib.verify.contract import Driver, Flag, Register, Returns, Span
from oracle_lib.verify.memory_map import (
    VECTORS,
    VECTORS_END,
    AddressError,
    covers,
    locate,
    on_vectors,
    writable_in,
)

Poke = tuple[int, str]
"""Bytes to put somewhere: their place (see `_core`) and their hexadecimal digits."""

_HIDDEN = random.SystemRandom()
INPUTS = 0x7D8B00 + 2 * _HIDDEN.randrange(0x200)
"""Where the program finds what a case starts with. This, where it returns to and where it stores what a routine left
behind lie elsewhere in each process: no answer can learn to write the result itself."""

GO = INPUTS + 0x20
"""The three bytes that let the program pass its waits."""

RESULT = 0x710000 + 2 * _HIDDEN.randrange(0x7E0)
"""Where the program stores what a routine left behind."""

_PLACES = {"AtReturn": 0x7D8100 + 2 * _HIDDEN.randrange(0x60), "AtSave": 0x7D8200 + 2 * _HIDDEN.randrange(0x200)}

STACK_SIZE = 0x80
"""Bytes up to the stack pointer that a routine may push to; below them games keep variables in the same page."""

STACK = 0x01FF
"""The stack pointer of a case that names none."""

_FRAME_CYCLES = 357_368
_FIRST_FRAME_CYCLES = 25_000
"""What a routine surely has of the frame that it starts in, with NMI on and what the program itself takes."""

_LINE, _LINES, _REFRESH, _LATCHES_APART = 1364, 262, 40, 282
_FLAGS: tuple[Flag, ...] = ("c", "z", "i", "d", "x", "m", "v", "n")
_RESERVED = {0x7D8000: 0x1000, 0x710000: 0x1000}
_WINDOW = 0x7F0000
_WINDOW_SIZES: dict[Driver, int] = {"vram": 0x10000, "oam": 544, "cgram": 512}


def lay(address: int, content: bytes) -> Poke:
    """The poke that puts the bytes there, but for those on the vectors, which the console keeps. Raises AddressError
    where they cannot lie."""
    place = locate(address, len(content))
    for kept, (first, size) in _kept().items():
        if place < first + size and first < place + len(content):
            raise AddressError(
                f"The {len(content)} bytes at ${address:06X} overlap ${kept:06X}-${kept + size - 1:06X}, "
                "which the console needs for itself: put them elsewhere."
            )
    return place, (content[: max(0, VECTORS - place)] if on_vectors(place, len(content)) else content).hex()


@cache
def _kept() -> dict[int, tuple[int, int]]:
    """By their addresses, the places and the lengths of what the console needs."""
    return {address: (locate(address, size), size) for address, size in _RESERVED.items()}


@dataclass(frozen=True)
class Start:
    """The state of the console when a routine is called, and the memory to look at afterwards.

    `registers` (a, x, y, d and s 16 bits wide, db 8; 0 where absent, but s is $01FF) and `flags` (m, x and i set where
    absent, the others clear) are what the routine finds; s is the stack pointer before the call. `memory` maps 24-bit
    addresses in WRAM, SRAM or ROM to bytes. `joypads` are the buttons held on both pads as $4218 and $421A show them;
    where there are any, the console has read them at the start of a vertical blank just before the call.
    """

    registers: Mapping[Register, int] = field(default_factory=dict)
    flags: Mapping[Flag, bool] = field(default_factory=dict)
    memory: Mapping[int, bytes] = field(default_factory=dict)
    watch: Sequence[Span] = ()
    joypads: tuple[int, int] | None = None


@dataclass(frozen=True)
class CalledRoutine:
    """The code as (24-bit address, bytes), where and how it is called, what it may take and where it may write.

    With a `driver`, the WRAM from $7F0000 is the console's VRAM, OAM or CGRAM: what a case places there is in it when
    the routine is called, and what is watched there is what it holds afterwards.
    """

    blocks: Sequence[tuple[int, bytes]]
    entry: int
    returns: Returns = "rts"
    budget: int = 0
    writes: Sequence[Span] = ()
    driver: Driver | None = None

    @cached_property
    def laid(self) -> list[Poke]:
        """The pokes that put the code there."""
        return [lay(*block) for block in self.blocks if block[1]]

    @cached_property
    def writable(self) -> list[tuple[int, int]]:
        """The RAM that it may write to, as (place, length)."""
        return [piece for span in self.writes for piece in writable_in(span)]

    @cached_property
    def frames(self) -> int:
        """Frames in which the budget and the DRAM refresh beside it are surely over."""
        return 1 - (_FIRST_FRAME_CYCLES - self.budget * 1364 // 1324) // _FRAME_CYCLES

    @property
    def window(self) -> tuple[int, int] | None:
        """The place and the length of what the driver shows."""
        return (_WINDOW, _WINDOW_SIZES[self.driver]) if self.driver else None

    def contents(self, start: Start) -> list[tuple[int, bytes]]:
        """The bytes that code and case put somewhere, the later over the earlier ones."""
        return [block for block in (*self.blocks, *start.memory.items()) if block[1]]

    def owns(self, address: int, start: Start) -> bool:
        """Whether somebody put a byte at this address."""
        return any(covers(first, len(content), address) for first, content in self.contents(start))


def seed(start: Start, number: int) -> int:
    """What the noise of a case is drawn from: its number alone would tell an answer which case it is in."""
    for address, held in start.memory.items():
        number = zlib.crc32(held, number ^ address)
    return zlib.crc32(repr(start.registers).encode(), number)


def prepare(routine: CalledRoutine, start: Start, noise: int, interrupts: int) -> list[Poke]:
    """The pokes for one call, the program's inputs first, which end with a token that marks the result. What is open
    comes from the seed `noise`; `interrupts` goes to $4200."""
    _, labels = _program()
    pokes = [*routine.laid, *(lay(*block) for block in start.memory.items() if block[1])]
    if routine.driver == "cgram":
        # Noise whose words have 15 bits, as all words in CGRAM: else the last bit of each would seem to have changed.
        colours = bytearray(random.Random(noise).randbytes(_WINDOW_SIZES["cgram"]))
        colours[1::2] = bytes(byte & 0x7F for byte in colours[1::2])
        pokes.insert(0, (_WINDOW, colours.hex()))
    pad = _pad(routine, start, pokes) if routine.returns == "rts" else labels["Landed"]
    frame = _stack_frame(routine, start, pad)
    top = stack_pointer(start.registers) - len(frame)
    registers, enter = start.registers, labels["Enter"]
    driver = labels[f"Fill{routine.driver.title()}"] if routine.driver else enter
    words = (
        *(top, *(registers.get(name, 0) for name in ("d", "x", "y", "a")), interrupts),
        *(labels["ReadPads"] & 0xFFFF if start.joypads else driver & 0xFFFF, driver & 0xFFFF),
        labels[f"Copy{routine.driver.title()}"] & 0xFFFF if routine.driver else 0,
        *(noise & 0xFFFF, noise >> 16 & 1),
        _HIDDEN.randrange(1, 0x10000),
    )
    inputs = (locate(INPUTS, 2 * len(words)), struct.pack(f"<{len(words)}H", *words).hex())
    pokes = [inputs, *pokes, (locate(top + 1, len(frame)), frame.hex())]
    to_returned = b"\x5c" + labels["Returned"].to_bytes(3, "little")  # JML
    return [*pokes, (locate(pad, 4), to_returned.hex())] if routine.returns == "rts" else pokes


def stack(start: Start) -> list[tuple[int, int]]:
    """The places that a routine may push to, and their lengths: up to S, but for what the case itself placed there."""
    top = start.registers.get("s", STACK)
    first, end = _core.WRAM + max(0, top + 1 - STACK_SIZE), _core.WRAM + top + 1
    pieces = []
    for place, length in sorted((locate(at, len(held)), len(held)) for at, held in start.memory.items() if held):
        if first < place + length and place < end:
            pieces.append((first, place - first))
            first = place + length
    return [(place, length) for place, length in (*pieces, (first, end - first)) if length > 0]


def stack_pointer(registers: Mapping[Register, int]) -> int:
    """S before the call. Raises AddressError where it leaves a routine no stack."""
    if not 0x20 <= (stack := registers.get("s", STACK)) < 0x2000:
        raise AddressError(f"The stack pointer ${stack:04X} leaves a routine no stack: set s to $0020-$1FFF.")
    return stack


def _stack_frame(routine: CalledRoutine, start: Start, pad: int) -> bytes:
    """What the stack holds when the program enters a routine that returns to `pad`. From the top: the data bank for
    PLB, flags and entry for RTI, and what the routine itself pulls."""
    p = sum(1 << bit for bit, flag in enumerate(_FLAGS) if start.flags.get(flag, flag in "mxi"))
    # An interrupt sets I and clears D, and pushes the flags that were there.
    entered = p & ~0x08 | 0x04 if routine.returns == "rti" else p
    frame = struct.pack("<BBI", start.registers.get("db", 0), entered, routine.entry)[:5]
    match routine.returns:
        case "rts":
            frame += struct.pack("<H", (pad - 1) & 0xFFFF)
        case "rtl":
            frame += struct.pack("<I", pad - 1)[:3]
        case "rti":
            frame += struct.pack("<BI", p, pad)[:4]
    return frame


def _pad(routine: CalledRoutine, start: Start, pokes: Sequence[Poke]) -> int:
    """Where RTS, which stays in its bank, returns to: four bytes of that bank that nobody asked for, in ROM if it has
    any left."""
    bank = routine.entry & 0xFF0000
    taken = [(place, len(text) // 2) for place, text in pokes]
    taken += [(locate(span.address, span.length), span.length) for span in start.watch]
    taken += [*_kept().values(), *routine.writable, *stack(start)]
    for low, end in ((0xFFB0, 0x8000), (0x1FFC, 0x0000))[: 1 if bank & 0x400000 else 2]:
        while low >= end:
            place = locate(bank | low, 4)
            clashes = [first for first, size in taken if first < place + 4 and place < first + size]
            if not clashes:
                return bank | low
            low -= place + 4 - min(clashes)
    raise AddressError(f"Bank ${bank >> 16:02X} is full: the console needs four bytes in it for RTS to return to.")


def exceeds_colour(address: int, content: bytes) -> bool:
    """Whether a byte in the window of CGRAM has the bit that no colour has."""
    first = locate(address, len(content)) - _WINDOW
    places = range(max(0, first), min(first + len(content), _WINDOW_SIZES["cgram"]))
    return any(place & 1 and content[place - first] & 0x80 for place in places)


def vectors(routine: CalledRoutine, start: Start) -> bytes:
    """What code and case put at $00FFE0-$00FFFF, which the console does not run; 0 where they put nothing."""
    held = bytearray(VECTORS_END)
    for address, content in routine.contents(start):
        if on_vectors(place := locate(address, len(content)), len(content)):
            held[place : place + len(content)] = content
    return bytes(held[VECTORS:VECTORS_END])


def shown(span: Span, content: bytes, routine: CalledRoutine, start: Start) -> bytes:
    """The `content` of a watched span, with what was put on the vectors where the ROM has the console's own."""
    place = locate(span.address, span.length)
    if not on_vectors(place, span.length):
        return content
    first, last = max(place, VECTORS), min(place + span.length, VECTORS_END)
    own = vectors(routine, start)[first - VECTORS : last - VECTORS]
    return content[: first - place] + own + content[last - place :]


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
    spans and the 128 bytes of stack up to s, at most 32 runs of them; what the case itself placed there counts too.
    Writing the value that was there can't be seen, so undeclared memory starts out as noise that differs from case to
    case. `stray_registers` are the hardware
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


def image() -> tuple[list[Poke], list[Poke]]:
    """What the cartridge holds beside BRK everywhere: for good, and until it has booted."""
    blocks, _ = _program()
    pokes = [(locate(address, len(content)), content.hex()) for address, content in blocks]
    lasting = [poke for poke in pokes if poke[0] >= VECTORS]
    return lasting, [poke for poke in pokes if poke not in lasting]


@cache
def _program() -> tuple[tuple[tuple[int, bytes], ...], Mapping[str, int]]:
    """The blocks and the labels of the program in the cartridge."""
    text = "\n".join(Path(__file__).with_name(name).read_text() for name in ("cartridge.asm", "drivers.asm"))
    assembly = assemble(text, {"Inputs": INPUTS, "Go": GO, "Result": RESULT} | _PLACES, backend="own")
    assert assembly.ok, assembly.diagnostics
    return assembly.blocks, assembly.labels
