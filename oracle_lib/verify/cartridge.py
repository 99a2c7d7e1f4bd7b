"""The cartridge that runs routines: its memory map, the program in it, what that program is given and leaves behind.

It knows the 65816 and the console's clock, and nothing of libretro or of processes.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.verify import _core
from oracle_lib.verify.contract import Flag, Register

Returns = Literal["rts", "rtl"]

INPUTS, GO = 0x7D9000, 0x7D9010
"""Where the program finds what a case starts with, and the two bytes that let it pass its waits."""

STACK = 0x01FF
"""The stack pointer of a case that names none."""

FRAME_CYCLES = 357_368
FIRST_FRAME_CYCLES = 25_000
"""What a routine surely has of the frame that it starts in, with NMI on and what the program itself takes."""

_LINE, _LINES, _REFRESH, _LATCHES_APART = 1364, 262, 40, 282
_FLAGS: tuple[Flag, ...] = ("c", "z", "i", "d", "x", "m", "v", "n")
_KINDS: tuple[Literal["returned", "brk", "cop"], ...] = ("returned", "brk", "cop")
_TO_RETURNED = "5C00817D"  # jml $7D8100
_RESERVED = {0x7D8000: 0x8000, 0x00FF90: 0x70, 0x710000: _core.RESULT.stop - _core.RESULT.start}


class ConsoleError(OracleError):
    """The console cannot be had, or cannot be asked for this."""


def locate(address: int, length: int) -> tuple[str, int]:
    """The memory ("rom", "wram" or "sram") and the offset in it of `length` bytes at the 24-bit `address`.

    Mirrors are followed. Raises ConsoleError where there is no such memory or the bytes would leave it.
    """
    bank, place = address >> 16, address & 0xFFFF
    if bank in (0x7E, 0x7F):
        memory, offset, room = "wram", address - 0x7E0000, 0x800000 - address
    elif not bank & 0x40 and place < 0x2000:
        memory, offset, room = "wram", place, 0x2000 - place
    elif bank & 0x7E == 0x70 and place < 0x8000:
        memory, offset, room = "sram", (bank & 1) << 16 | place, 0x8000 - place
    elif place >= 0x8000:
        memory, offset, room = "rom", (bank & 0x7F) * 0x8000 + (place & 0x7FFF), 0x10000 - place
    else:
        raise ConsoleError(f"${address:06X} is neither ROM nor RAM: the console has LoROM, WRAM, and SRAM in bank $70.")
    if length > room:
        raise ConsoleError(f"{length} bytes from ${address:06X} go beyond the end of their bank: split them.")
    return memory, offset


def covers(first: int, size: int, address: int, length: int = 1) -> bool:
    """Whether `length` bytes at `address` share memory with `size` bytes at `first`, mirrors included."""
    try:
        (memory, begin), (place, offset) = locate(first, size), locate(address, length)
    except ConsoleError:
        return False
    return memory == place and begin < offset + length and offset < begin + size


def landing(entry: int, returns: Returns) -> int:
    """Where a routine returns to: RTS stays in the entry's bank, so each bank has such a place at $FFB0."""
    return (entry & 0xFF0000 if returns == "rts" else 0x7D0000) | 0xFFB0


def lay(address: int, content: bytes, entry: int, returns: Returns) -> tuple[str, int, str]:
    """The bytes as (memory, offset, hexadecimal digits).

    Raises ConsoleError where a routine that is entered at `entry` can't have them.
    """
    memory, offset = locate(address, len(content))
    for first, size in (_RESERVED | {landing(entry, returns): 4}).items():
        if covers(first, size, address, len(content)):
            raise ConsoleError(
                f"The {len(content)} bytes at ${address:06X} overlap ${first:06X}-${first + size - 1:06X}, "
                "which the console needs for itself: put them elsewhere."
            )
    return memory, offset, content.hex()


def prepare(
    registers: Mapping[Register, int],
    flags: Mapping[Flag, bool],
    entry: int,
    returns: Returns,
    token: int,
    interrupts: int = 0,
) -> tuple[bytes, list[tuple[str, int, str]]]:
    """What the program needs for one call: its inputs, and the bytes to poke, which are the stack and the jump back.

    `token` marks the result as this case's; `interrupts` is the value of $4200.
    """
    pad = landing(entry, returns)
    stack = registers.get("s", STACK)
    p = sum(1 << bit for bit, flag in enumerate(_FLAGS) if flags.get(flag, flag in "mxi"))
    # From the top: the data bank for PLB, flags and entry for RTI, and the return address for the routine itself.
    frame = (
        struct.pack("<BBI", registers.get("db", 0), p, entry)[:5]
        + struct.pack("<I", pad - 1)[: 3 if returns == "rtl" else 2]
    )
    top = stack - len(frame)
    if not 0 <= top < stack < 0x2000:
        raise ConsoleError(f"The stack pointer ${stack:04X} leaves a routine no stack: set s to $0020-$1FFF.")
    words = (top, *(registers.get(name, 0) for name in ("d", "x", "y", "a")), interrupts, token)
    return struct.pack("<7H", *words), [(*locate(top + 1, len(frame)), frame.hex()), (*locate(pad, 4), _TO_RETURNED)]


@dataclass(frozen=True)
class Report:
    """What the program stored when the routine had returned (`returned`) or met BRK or COP.

    `pc` is where the BRK or COP was; in emulation mode, where the CPU does not save the bank, in the bank given to
    `read`.
    """

    kind: Literal["returned", "brk", "cop"]
    registers: dict[Register, int]
    flags: dict[Flag, bool]
    emulation: bool
    pc: int
    field: int
    line: int
    dots: tuple[int, ...]

    @classmethod
    def read(cls, text: str, bank: int) -> "Report":
        """Reads the result area, given as hexadecimal digits."""
        result = bytes.fromhex(text)
        a, kind, emulation, x, y, d, s = struct.unpack_from("<7H", result)
        p, db, saved_p, saved_pc, saved_bank, status = struct.unpack_from("<BBBHBB", result, 14)
        line, *dots = (word & 0x1FF for word in struct.unpack_from("<5H", result, 22))
        if kind:
            p, s = saved_p, s + (3 if emulation else 4)
        return cls(
            kind=_KINDS[min(kind, len(_KINDS) - 1)],
            registers={"a": a, "x": x, "y": y, "d": d, "s": (s + 1) & 0xFFFF, "db": db},
            flags={flag: bool(p >> bit & 1) for bit, flag in enumerate(_FLAGS)},
            emulation=bool(emulation),
            pc=(bank if emulation else saved_bank) << 16 | (saved_pc - 2) & 0xFFFF,
            field=status >> 7,
            line=line,
            dots=tuple(dots),
        )

    def clock(self, frames: int, first_field: int) -> int:
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

        def agrees(h: int) -> bool:
            agos = range(0, len(self.dots) * _LATCHES_APART, _LATCHES_APART)
            return all(
                seen in (dot(h, ago), dot(h, ago + _REFRESH)) for seen, ago in zip(self.dots[::-1], agos, strict=True)
            )

        nearby = range(4 * self.dots[-1], 4 * self.dots[-1] + 8, 2)
        h = next(filter(agrees, nearby), nearby[0])
        lines = passed * _LINES + self.line
        skipped = 4 * sum(frame < passed or self.line > 240 for frame in short)
        return lines * _LINE - skipped + h - _REFRESH * (lines + (h >= 548))


def image() -> list[tuple[int, str]]:
    """What the cartridge holds beside BRK everywhere: the program, vectors and a header, each with its ROM offset."""
    brk, cop, rti, irq, reset = 0xFF90, 0xFF94, 0xFF98, 0xFF99, 0xFF9D
    content = {
        0x7D8000: _BOOT,
        **{0x7D8100 + 16 * kind: _listing(_ENTRY.format(f"{kind:02X}")) for kind in range(len(_KINDS))},
        0x7D8180: _SAVE,
        0x7D8280: _IRQ,
        brk: "5C10817D",
        cop: "5C20817D",
        rti: "40",
        irq: "5C80827D",
        reset: "7818FB5C00807D",
        0x00FFC0: b"ORACLE HARNESS".ljust(21).hex() + "20020C0701",  # LoROM, battery RAM, 4 MB, 128 KiB, NTSC
        0x00FFE4: struct.pack("<6H", cop, brk, rti, rti, 0, irq).hex(),
        0x00FFF4: struct.pack("<6H", cop, 0, rti, rti, reset, brk).hex(),
    }
    return [(locate(address, 1)[1], text) for address, text in content.items()]


def _listing(text: str) -> str:
    """The machine code in the left column of a listing, as hexadecimal digits."""
    return "".join(line[:16] for line in text.splitlines()).replace(" ", "")


# The program in the cartridge. It writes to the routine's own stack and to bank $71, which no game has.
_BOOT = _listing("""
C2 38           rep #$38
A9 FF 01        lda #$01FF
1B              tcs
A9 00 00        lda #$0000
5B              tcd
E2 30           sep #$30
48              pha
AB              plb
A9 8F           lda #$8F
8D 00 21        sta $2100       ; screen off: nothing to draw
9C 00 42        stz $4200
9C 07 42        stz $4207       ; an interrupt of the V counter, once allowed, comes in line 0
9C 08 42        stz $4208
9C 09 42        stz $4209
9C 0A 42        stz $420A
AF 10 90 7D     lda.l $7D9010   ; first wait, until a frame has ended
F0 FA           beq -
A9 08           lda #$08
8D 00 43        sta $4300       ; a DMA to nowhere passes the time until line 202 in one instruction: cases start there,
A9 FF           lda #$FF        ; so that a short routine costs the last lines of an emulated frame and not a whole one
8D 01 43        sta $4301
C2 20           rep #$20
A9 00 80        lda #$8000
8D 02 43        sta $4302
A9 DE 8E        lda #36574
8D 05 43        sta $4305
E2 20           sep #$20
A9 7D           lda #$7D
8D 04 43        sta $4304
A9 01           lda #$01
8D 0B 42        sta $420B
C2 20           rep #$20
A9 FF FF        lda #$FFFF      ; the DMA registers as they are after power-on
8D 00 43        sta $4300
8D 02 43        sta $4302
8D 04 43        sta $4304
8D 05 43        sta $4305
E2 20           sep #$20
AF 11 90 7D     lda.l $7D9011   ; second wait: the state is saved here
F0 FA           beq -
AF 0A 90 7D     lda.l $7D900A
8D 00 42        sta $4200
C2 30           rep #$30
AF 00 90 7D     lda.l $7D9000
1B              tcs
AF 02 90 7D     lda.l $7D9002
5B              tcd
AF 04 90 7D     lda.l $7D9004
AA              tax
AF 06 90 7D     lda.l $7D9006
A8              tay
AF 08 90 7D     lda.l $7D9008
AB              plb             ; the stack was poked: data bank, flags and entry, and the return address below them
40              rti
""")
# One entry for each way of ending, 16 bytes apart from $7D8100; {} is its number.
_ENTRY = """
08              php
78              sei
18              clc
FB              xce
C2 30           rep #$30
8F 00 00 71     sta.l $710000   ; A
A9 {} 00        lda #kind
4C 80 81        jmp $8180
"""
_SAVE = _listing("""
8F 02 00 71     sta.l $710002   ; kind
A9 00 00        lda #$0000
2A              rol a
8F 04 00 71     sta.l $710004   ; E, as xce left it in the carry
8A              txa
8F 06 00 71     sta.l $710006
98              tya
8F 08 00 71     sta.l $710008
7B              tdc
8F 0A 00 71     sta.l $71000A
3B              tsc
8F 0C 00 71     sta.l $71000C
E2 20           sep #$20
68              pla
8F 0E 00 71     sta.l $71000E   ; P
8B              phb
68              pla
8F 0F 00 71     sta.l $71000F
68              pla
8F 10 00 71     sta.l $710010   ; after BRK or COP: P, PC and bank of the interrupted routine
68              pla
8F 11 00 71     sta.l $710011
68              pla
8F 12 00 71     sta.l $710012
68              pla
8F 13 00 71     sta.l $710013
A9 FF           lda #$FF
8F 01 42 00     sta.l $004201   ; without this the counters would not latch
AF 3F 21 00     lda.l $00213F
8F 14 00 71     sta.l $710014   ; field in bit 7
A2 00 00        ldx #$0000
AF 37 21 00     lda.l $002137   ; latch H and V, four times, 282 cycles apart
AF 3C 21 00     lda.l $00213C
9F 18 00 71     sta.l $710018,x
AF 3C 21 00     lda.l $00213C
9F 19 00 71     sta.l $710019,x
EA              nop
E8              inx
E8              inx
E0 08 00        cpx #$0008
D0 E4           bne -
AF 3D 21 00     lda.l $00213D
8F 16 00 71     sta.l $710016
AF 3D 21 00     lda.l $00213D
8F 17 00 71     sta.l $710017
C2 20           rep #$20
AF 0C 90 7D     lda.l $7D900C
8F 20 00 71     sta.l $710020   ; everything is stored
80 FE           bra -
""")
_IRQ = _listing("""
48              pha
AF 11 42 00     lda.l $004211
68              pla
40              rti
""")
