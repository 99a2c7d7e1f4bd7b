"""The hardware registers that a caller wants back as they were, and routines by which a console's worker finds out
where its core keeps what they hold: most can only be written to. It runs nothing itself.

Not a caller's, but set by everybody before use: the units for multiplication and division ($4202-$4206, and
$211B-$211C, which are the matrix of mode 7 too), the DMA channels ($4300-$437F), the addresses and steps of WRAM, VRAM,
OAM and CGRAM ($2181-$2183, $2115-$2117, $2102-$2103, $2121). Not looked at, because a write is an order and no state,
or because the console uses them itself: $2140-$2143, $4016, $4201, $420B.
"""

from functools import cache
from typing import NamedTuple

from oracle_lib.verify.assembler import assemble
from oracle_lib.verify.contract import Span

STARTS_IN = 0x21
"""What $4200 holds when a routine is called: the joypads are read. NMI is off, so that cycles are exact; to tell this
from any value that a game writes, the V counter's interrupt is on, for a line that never comes."""

_AS_GAMES_HAVE_IT = {0x2100: 0x0F, 0x4200: 0x81}
"""Where the console must not start from what a game has while it runs (a lit screen, NMI), that counts as kept."""

_PORTS = {0x2104: (1, 544), 0x2118: (2, 0x10000), 0x2122: (1, 512)}
"""The ports of OAM, VRAM and CGRAM: how many registers each has, and how many bytes lie behind."""

_REGISTERS = (0x2100, 0x2101, *range(0x2105, 0x2115), 0x211A, *range(0x211D, 0x2121), *range(0x2123, 0x2134))
_REGISTERS += (0x4200, *range(0x4207, 0x420B), 0x420C, 0x420D)
_SET_BEFORE_USE = (0x2102, 0x2103, *range(0x2115, 0x2118), 0x211B, 0x211C, 0x2121, *range(0x2181, 0x2184))
_SET_BEFORE_USE += (*range(0x4202, 0x4207), *(channel + n for channel in range(0x4300, 0x4380, 16) for n in range(11)))
_READ = (*range(0x2134, 0x2140), 0x2180, *range(0x4210, 0x4220))
_VALUE = 0x00C000


class Probe(NamedTuple):
    """A routine that leaves `value` in the hardware, and where it finds that."""

    code: bytes
    value: int = 0
    at: int = _VALUE


class Probes(NamedTuple):
    """What a worker learns from. `kept`: routines after which everything a caller wants is as it was. `changes`: for
    each register two that leave it different in every bit, then those after which it counts as kept."""

    kept: list[Probe]
    changes: dict[int, list[Probe]]


def permits(span: Span, register: int) -> bool:
    """Whether a span of addresses that may be written to holds the register, or one of the port's."""
    ports, _ = _PORTS.get(register, (1, 0))
    first = span.address & 0xFFFF
    return not span.address & 0x400000 and first < register + ports and register < first + span.length


@cache
def probes() -> Probes:
    """The routines, for a machine whose $4200 holds `STARTS_IN`."""
    scratch = "LDA $C000 : " + "".join(f"STA ${register:04X} : STA ${register:04X} : " for register in _SET_BEFORE_USE)
    scratch += "".join(f"LDA ${register:04X} : " for register in _READ)
    hdma = f"{_CHANNELS} LDA #$FF : STA $420C : "
    busy = f"{hdma} LDA #$B1 : STA $4200 : STZ $4209 : STZ $420A : CLI : {_wait(0x8000)} SEI : STZ $4200 : "
    calm = f"STZ $420C : LDA #$FF : STA $4209 : LDA #$01 : STA $420A : LDA #${STARTS_IN:02X} : STA $4200 : "
    texts = [_wait(turns) for turns in (1, 2, 3, 5, 8, 13, 21, 34, 900, 5000, 0xC000)]
    texts += [busy + calm, *(f"{hdma} {_wait(turns)} STZ $420C : " for turns in (1, 500, 5000))]
    kept = [Probe(_code(text)) for text in ("", *texts)] + [Probe(_code(scratch), value) for value in (0x00, 0xFF)]
    changes = {register: [Probe(_set(register), value) for value in (0x00, 0xFF)] for register in _REGISTERS}
    for port, (registers, size) in _PORTS.items():
        changes[port] = [Probe(_fill(port, registers, size), value) for value in (0x00, 0xFF)]
    for register, value in _AS_GAMES_HAVE_IT.items():
        write = f"LDA $C000 : STA ${register:04X} : "
        changes[register] += [Probe(_code(write + _wait(turns)), value) for turns in (1, 5000, 20_000)]
    return Probes(kept, changes)


def _code(text: str) -> bytes:
    return assemble(text + "RTS", origin=0x008000, backend="own").code


def _wait(turns: int) -> str:
    """36 cycles a turn."""
    return f"REP #$10 : LDX #${turns:04X} : - DEX : BNE - : SEP #$10 : "


_CHANNELS = "".join(f"STZ ${channel:04X} : " for channel in range(0x4300, 0x4380, 16))
"""Makes all HDMA one that changes nothing."""
_SAFELY = {0x420C: _CHANNELS, 0x4200: f"{_wait(1100)} LDA $4210 : "}
"""What keeps a register's own effects away. No NMI comes between line 225 and the frame's end."""


def _set(register: int) -> bytes:
    """Writes the value twice, for those registers that take two bytes."""
    return _code(f"{_SAFELY.get(register, '')} LDA $C000 : STA ${register:04X} : STA ${register:04X} : ")


def _fill(port: int, registers: int, size: int) -> bytes:
    """Fills all that lies behind a port, by a DMA from one address."""
    start = "STZ $2102 : STZ $2103 : STZ $2116 : STZ $2117 : STZ $2121 : LDA #$80 : STA $2115 : "
    source = f"LDA #${7 + registers:02X} : STA $4300 : STZ $4302 : LDA #$C0 : STA $4303 : STZ $4304 : "
    length = f"LDA #${size & 0xFF:02X} : STA $4305 : LDA #${size >> 8 & 0xFF:02X} : STA $4306 : "
    return _code(f"{start}{source}{length} LDA #${port & 0xFF:02X} : STA $4301 : LDA #$01 : STA $420B : ")
