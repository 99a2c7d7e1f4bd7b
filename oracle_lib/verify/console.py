"""Runs 65816 routines on a SNES core (bsnes through libretro) and reports what they did.

A cartridge of our own is loaded once. For each case a saved state is restored, code and inputs are poked in place, and a short program
in the cartridge loads the registers, calls the routine and stores what it left behind. The core lives in a worker process: whatever a
routine does to it, this process goes on. What a routine *should* do is the business of `check`.
"""

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from oracle_lib import OracleError
from oracle_lib.verify import _core
from oracle_lib.verify.contract import Flag, Register, Span

_CORE = "bsnes_mercury_performance_libretro.so"
_CORE_FOLDERS = ("/usr/lib/*/libretro", "/usr/lib/libretro", "/usr/local/lib/libretro")

_HARNESS_BANK = 0x7D
_INPUTS, _GO = 0x7D9000, 0x7D9010
_PAD = 0xFFB0
_RESERVED = (
    Span(address=0x7D8000, length=0x8000),
    Span(address=0x00FF90, length=0x70),
    Span(address=0x710000, length=_core.RESULT.stop - _core.RESULT.start),
)
_HOME = {"wram": 0x7E0000, "sram": 0x700000}
_STACK = 0x01FF

_LINE, _LINES, _REFRESH = 1364, 262, 40
_LATCHES_APART = 282
_FLAGS: tuple[Flag, ...] = ("c", "z", "i", "d", "x", "m", "v", "n")


class ConsoleError(OracleError):
    """The console cannot be had, or cannot be asked for this."""


def locate(address: int, length: int) -> tuple[str, int]:
    """The memory ("rom", "wram" or "sram") and the offset in it of `length` bytes at the 24-bit `address` of a 4 MB LoROM cartridge.

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
        raise ConsoleError(f"${address:06X} is neither ROM nor RAM: the console has WRAM, SRAM in bank $70 and LoROM.")
    if length > room:
        raise ConsoleError(f"{length} bytes from ${address:06X} go beyond the end of their bank: split them.")
    return memory, offset


def _listing(text: str) -> str:
    """The machine code in the left column of a listing, as hexadecimal digits."""
    return "".join(line[:16] for line in text.splitlines()).replace(" ", "")


# The program in the cartridge. Its RAM is registers, the routine's own stack and the result area in bank $71, which no game has.
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
AF 10 90 7D     lda.l $7D9010   ; first wait, until a frame has ended
F0 FA           beq -
A9 08           lda #$08
8D 00 43        sta $4300       ; a DMA to nowhere passes the time until line 200 in one instruction, because the emulated
A9 FF           lda #$FF        ; frame is what a case costs: a short routine now pays for its last 41 lines only
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


class Ending(StrEnum):
    """How an execution ended."""

    RETURNED = "returned"
    BUDGET = "spent its budget of cycles"
    BRK = "stopped by BRK"
    COP = "stopped by COP"
    STP = "stopped by STP"
    WAI = "waits for an interrupt that never comes"
    RAN_AWAY = "ran away into memory that holds no code"
    CRASHED = "crashed the core"
    HUNG = "hung the core"


@dataclass(frozen=True)
class Start:
    """The state of the console when a routine is called, and the memory to look at afterwards.

    `registers` (a, x, y, d and s 16 bits wide, db 8; 0 where absent, s = $01FF) and `flags` (m, x and i set where absent, the
    others clear) are what the routine finds. s is the stack pointer before the call. `memory` maps 24-bit addresses in WRAM, SRAM or ROM to bytes.
    """

    registers: Mapping[Register, int] = field(default_factory=dict)
    flags: Mapping[Flag, bool] = field(default_factory=dict)
    memory: Mapping[int, bytes] = field(default_factory=dict)
    watch: Sequence[Span] = ()


@dataclass(frozen=True)
class Execution:
    """What one call did.

    `registers` and `flags` are those after the return, or at BRK or COP (there `flags` have i set and d clear, as the CPU leaves them); empty for the other
    endings. `memory` maps the address of each watched span to its bytes. `stray_writes` are the changed bytes of WRAM and SRAM
    outside the declared spans and the 256 bytes of stack at and below s, at most 32 runs of them; writing the value that was
    there cannot be seen, so undeclared memory starts out as noise that differs from case to case. `stack_balance` is how far s is above (or below) where
    it was before the call. `cycles` are master-clock cycles (21.477 MHz) from the first opcode's fetch to the end of the return
    instruction, without the 40 that DRAM refresh takes in each line of 1,364. `pc` is where the BRK or COP was
    that ended it.
    """

    ended: Ending
    registers: dict[Register, int] = field(default_factory=dict)
    flags: dict[Flag, bool] = field(default_factory=dict)
    emulation: bool = False
    memory: dict[int, bytes] = field(default_factory=dict)
    stray_writes: tuple[Span, ...] = ()
    stack_balance: int | None = None
    cycles: int | None = None
    pc: int | None = None


def find_core() -> Path:
    """The SNES core's shared library: `ORACLE_SNES_CORE`, or where Debian's libretro-bsnes-mercury-performance puts it."""
    if named := os.environ.get("ORACLE_SNES_CORE"):
        found = [Path(named)] if Path(named).is_file() else []
    else:
        found = [core for folder in _CORE_FOLDERS for core in sorted(Path("/").glob(f"{folder[1:]}/{_CORE}"))]
    if not found:
        raise ConsoleError(
            f"There is no SNES core at {named or _CORE_FOLDERS[0] + '/' + _CORE}: install the package "
            "libretro-bsnes-mercury-performance, or set ORACLE_SNES_CORE to a libretro core for the SNES."
        )
    return found[0]


def _cartridge() -> dict[int, str]:
    """What the cartridge holds beside BRK everywhere, by 24-bit address: the harness, vectors and a header."""
    brk, cop, rti, irq, reset = 0xFF90, 0xFF94, 0xFF98, 0xFF99, 0xFF9D
    return {
        0x7D8000: _BOOT,
        **{0x7D8100 + 16 * kind: _listing(_ENTRY.format(f"{kind:02X}")) for kind in range(3)},
        0x7D8180: _SAVE,
        0x7D8280: _IRQ,
        0x00FF90: "5C10817D 5C20817D 40 5C80827D 7818FB5C00807D".replace(" ", ""),
        0x00FFC0: b"ORACLE HARNESS".ljust(21).hex() + "20020C0701",  # LoROM, battery RAM, 4 MB, 128 KiB, NTSC
        0x00FFE4: struct.pack("<6H", cop, brk, rti, rti, 0, irq).hex(),
        0x00FFF4: struct.pack("<6H", cop, 0, rti, rti, reset, brk).hex(),
    }


class Console:
    """A SNES that calls routines. It starts at the first call and restarts after a crash; close it, or use it as a context manager.

    `patience` is the processor time in seconds that a case may take, and a hundredth more for each frame of its budget, before the core
    counts as hung.
    """

    def __init__(self, core: Path | None = None, patience: float = 5.0) -> None:
        self._path = core or find_core()
        self._patience = patience
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._zero: dict[str, int] = {}
        self._field = 0

    def __enter__(self) -> "Console":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker process. A later call starts a new one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.communicate()

    def call(
        self,
        code: Sequence[tuple[int, bytes]] | bytes,
        registers: Mapping[Register, int] | None = None,
        memory: Mapping[int, bytes] | None = None,
        budget: int = 400_000,
        *,
        flags: Mapping[Flag, bool] | None = None,
        entry: int | None = None,
        returns: Literal["rts", "rtl"] = "rts",
        watch: Sequence[Span] = (),
        writes: Sequence[Span] = (),
    ) -> Execution:
        """Calls one routine once. See `call_many`."""
        start = Start(registers or {}, flags or {}, memory or {}, watch)
        return self.call_many(code, [start], budget, entry=entry, returns=returns, writes=writes)[0]

    def call_many(
        self,
        code: Sequence[tuple[int, bytes]] | bytes,
        starts: Sequence[Start],
        budget: int = 400_000,
        *,
        entry: int | None = None,
        returns: Literal["rts", "rtl"] = "rts",
        writes: Sequence[Span] = (),
    ) -> list[Execution]:
        """Calls one routine from each of `starts`, each time on a console that knows nothing of the others.

        `code` is (24-bit address, bytes) pairs, the later over the earlier ones, or bytes alone for $008000. `entry` is where the
        routine starts, by default the first address. It is called as by JSR or JSL, according to `returns`, and may take `budget` master-clock cycles. It
        may write to `writes` without being reported. Raises ConsoleError for addresses that are no memory or belong to the harness:
        $00:FF90-FFFF, bank $7D, and $FFB0-FFB3 of the entry's bank for a routine that returns by RTS.
        """
        laid = [(0x008000, code)] if isinstance(code, bytes) else [(address, content) for address, content in code if content]
        entry = laid[0][0] if entry is None else entry
        pad = (entry & 0xFF0000 if returns == "rts" else _HARNESS_BANK << 16) | _PAD
        routine = [*_pokes(laid, pad), (*locate(pad, 4), "5C00817D")]
        frames = 1 + max(0, -(-(budget * _LINE // (_LINE - _REFRESH) - 53_000) // (_LINES * _LINE)))
        cases = [self._case(seed, start, entry, pad, returns, frames, writes) for seed, start in enumerate(starts)]
        with self._lock:
            answers = self._answers(routine, cases)
            runs = [self._read(*pair, laid, budget, entry, returns) for pair in zip(answers, starts, strict=True)]
            for number, run in enumerate(runs):
                if run.ended is Ending.STP and self._wakes(routine, cases[number]):
                    runs[number] = replace(run, ended=Ending.WAI)
        return runs

    def _case(
        self, seed: int, start: Start, entry: int, pad: int, returns: str, frames: int, writes: Sequence[Span]
    ) -> dict[str, Any]:
        """The worker's form of one case: the bytes to poke, the harness's inputs and the spans to read and to pass over."""
        registers, flags = start.registers, {"m": True, "x": True, "i": True} | dict(start.flags)
        stack = registers.get("s", _STACK)
        back = struct.pack("<I", pad - 1)[: 3 if returns == "rtl" else 2]
        p = sum(1 << bit for bit, flag in enumerate(_FLAGS) if flags.get(flag))
        frame = struct.pack("<BBI", registers.get("db", 0), p, entry)[:5] + back
        top = stack - len(frame)
        if not 0 <= top < stack <= 0x1FFF:
            raise ConsoleError(f"The stack pointer ${stack:04X} is no use: set s to $0020-$1FFF.")
        low = max(0, stack - 0xFF)
        words = (top, *(registers.get(name, 0) for name in ("d", "x", "y", "a")), 0, 0x4F52 ^ seed & 0xFFFF)
        return {
            "seed": seed,
            "pokes": [*_pokes(start.memory.items(), pad), (*locate(top + 1, len(frame)), frame.hex())],
            "inputs": struct.pack("<7H", *words).hex(),
            "frames": frames,
            "seconds": self._patience * (1 + frames / 100),
            "watch": [_place(span) for span in start.watch],
            "allowed": [("wram", low, stack - low + 1), *(_place(span) for span in writes if _is_memory(span))],
        }

    def _answers(self, routine: list[tuple[str, int, str]], cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """One answer a case, in order. A case that ends the worker is answered by how it ended; the next ones get a new worker."""
        answers: list[dict[str, Any]] = []
        while len(answers) < len(cases):
            worker = self._worker or self._start()
            assert worker.stdin and worker.stdout
            with contextlib.suppress(BrokenPipeError):
                _core.write_message(worker.stdin, {"code": routine, "cases": cases[len(answers) :]})
            while len(answers) < len(cases):
                answer = _core.read_message(worker.stdout)
                if answer is None:
                    self.close()
                    if worker.returncode > 0:
                        raise ConsoleError(f"The SNES core's worker failed with status {worker.returncode}; see its messages above.")
                    answers.append({"died": -worker.returncode})
                    break
                answers.append(answer)
        return answers

    def _wakes(self, routine: list[tuple[str, int, str]], case: dict[str, Any]) -> bool:
        """Whether a case whose CPU stopped goes on when a masked interrupt comes: then it was WAI that stopped it, not STP."""
        inputs = bytearray.fromhex(case["inputs"])
        inputs[10] = 0x20
        memory, offset, frame = case["pokes"][-1]
        masked = bytearray.fromhex(frame)
        masked[1] |= 0x04
        case = case | {"inputs": inputs.hex(), "pokes": [*case["pokes"][:-1], (memory, offset, masked.hex())]}
        case["frames"] += 1
        (answer,) = self._answers(routine, [case])
        return "died" not in answer and bool(answer["result"] or answer["astray"] or answer["running"])

    def _start(self) -> subprocess.Popen[bytes]:
        """Starts a worker and measures what calling nothing costs."""
        worker = self._worker = subprocess.Popen(
            [sys.executable, "-P", _core.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        assert worker.stdin and worker.stdout
        rom = [(locate(address, 1)[1], text) for address, text in _cartridge().items()]
        setup = {"core": str(self._path), "rom": rom, "go": locate(_GO, 2)[1], "inputs": locate(_INPUTS, 1)[1]}
        with contextlib.suppress(BrokenPipeError):
            _core.write_message(worker.stdin, setup)
        ready = _core.read_message(worker.stdout)
        if ready != "ready":
            self.close()
            why = ready or f"its process ended with status {worker.returncode}"
            raise ConsoleError(f"The SNES core {self._path} does not start ({why}): name another in ORACLE_SNES_CORE.")
        for returns, opcode, own in (("rts", "60", 42), ("rtl", "6B", 44)):
            pad = (0 if returns == "rts" else _HARNESS_BANK << 16) | _PAD
            case = self._case(0, Start(), 0x8000, pad, returns, 1, ())
            (answer,) = self._answers([(*locate(0x8000, 1), opcode), (*locate(pad, 4), "5C00817D")], [case])
            result = bytes.fromhex(answer["result"])
            self._field = result[0x14] >> 7
            self._zero[returns] = self._clock(result, 1) - own
        return worker

    def _clock(self, result: bytes, frames: int) -> int:
        """Master cycles from the frame in which a case starts to the latch after its end, without those that DRAM refresh took.

        The H counter shows dots of 4 cycles, so the latches before the last tell which of its cycles it was. The number of frames is
        known up to one (with NMI on, this core ends a frame early), and the field gives its parity.
        """
        *dots, v = (word & 0x1FF for word in (*struct.unpack_from("<4H", result, 0x18), *struct.unpack_from("<H", result, 0x16)))
        parity = self._field ^ result[0x14] >> 7
        passed = frames - 1 if (frames - 1) % 2 == parity else frames - 2
        short = [frame for frame in range(passed + 1) if frame % 2 != self._field]

        def dot(h: int, ago: int) -> int:
            """The H counter `ago` cycles before cycle `h` of this line; dots 323 and 327 of a whole line last 6 cycles."""
            line = v if h >= ago else v - 1
            length = _LINE - 4 * (line == 240 and passed in short)
            h = (h - ago) % length
            return h >> 2 if length < _LINE else (h - 2 * (h > 1292) - 2 * (h > 1310)) >> 2

        def agrees(h: int) -> bool:
            return all(
                seen in (dot(h, _LATCHES_APART * age), dot(h, _LATCHES_APART * age + _REFRESH)) for age, seen in enumerate(dots[::-1])
            )

        nearby = range(4 * dots[-1], 4 * dots[-1] + 8, 2)
        h = next(filter(agrees, nearby), nearby[0])
        lines = passed * _LINES + v
        skipped = 4 * sum(frame < passed or v > 240 for frame in short)
        return lines * _LINE - skipped + h - _REFRESH * (lines + (h >= 548))

    def _read(
        self, answer: dict[str, Any], start: Start, laid: list[tuple[int, bytes]], budget: int, entry: int, returns: str
    ) -> Execution:
        """Says in the 65816's terms what the worker saw."""
        if "died" in answer:
            return Execution(Ending.HUNG if answer["died"] == signal.SIGPROF else Ending.CRASHED)
        memory = {span.address: bytes.fromhex(text) for span, text in zip(start.watch, answer["memory"], strict=True)}
        stray = tuple(Span(address=_HOME[name] + offset, length=length) for name, offset, length in answer["stray"])
        code = [*laid, *start.memory.items()]
        if answer["result"] is None:
            astray = answer["astray"] and bytes.fromhex(answer["astray"])
            if astray and astray[2] and not _holds(code, pc := _stopped_at(astray, entry)):
                return Execution(Ending.RAN_AWAY, memory=memory, stray_writes=stray, pc=pc)
            if astray or answer["running"]:
                return Execution(Ending.BUDGET, memory=memory, stray_writes=stray)
            stops = any(opcode in content for _, content in code for opcode in (0xDB, 0xCB))
            return Execution(Ending.STP if stops else Ending.RAN_AWAY, memory=memory, stray_writes=stray)
        result = bytes.fromhex(answer["result"])
        a, kind, emulation, x, y, d, s = struct.unpack_from("<7H", result)
        p, db = result[0x0E], result[0x0F]
        cycles = self._clock(result, answer["frames"]) - self._zero[returns]
        if kind == 0:
            ended, pc = Ending.RETURNED if cycles <= budget else Ending.BUDGET, None
        else:
            p, pc = result[0x10], _stopped_at(result, entry)
            ended = (Ending.BRK, Ending.COP)[kind - 1] if _holds(code, pc) else Ending.RAN_AWAY
            s += 3 if emulation else 4
        stack = (s + 1) & 0xFFFF
        return Execution(
            ended,
            registers={"a": a, "x": x, "y": y, "d": d, "s": stack, "db": db},
            flags={flag: bool(p >> bit & 1) for bit, flag in enumerate(_FLAGS)},
            emulation=bool(emulation),
            memory=memory,
            stray_writes=stray,
            stack_balance=stack - start.registers.get("s", _STACK) if kind == 0 else None,
            cycles=cycles,
            pc=pc,
        )


def _stopped_at(result: bytes, entry: int) -> int:
    """The address of the BRK or COP that led into the harness. In emulation mode the bank is not on the stack: take the entry's."""
    emulation = result[4]
    bank = entry >> 16 if emulation else result[0x13]
    return bank << 16 | (int.from_bytes(result[0x11:0x13], "little") - 2) & 0xFFFF


def _holds(code: Iterable[tuple[int, bytes]], address: int) -> bool:
    """Whether one of the blocks covers the address, mirrors included."""
    here = Span(address=address, length=1)
    return _is_memory(here) and any(_overlap(here, Span(address=first, length=len(content))) for first, content in code if content)


def _overlap(one: Span, other: Span) -> bool:
    (memory, first), (place, begin) = locate(one.address, one.length), locate(other.address, other.length)
    return memory == place and first < begin + other.length and begin < first + one.length


def _is_memory(span: Span) -> bool:
    try:
        locate(span.address, span.length)
    except ConsoleError:
        return False
    return True


def _place(span: Span) -> tuple[str, int, int]:
    return (*locate(span.address, span.length), span.length)


def _pokes(blocks: Iterable[tuple[int, bytes]], pad: int) -> list[tuple[str, int, str]]:
    """The blocks as the worker wants them. Raises ConsoleError where one lies on what the harness needs."""
    pokes = []
    for address, content in blocks:
        block = Span(address=address, length=len(content) or 1)
        for taken in (*_RESERVED, Span(address=pad, length=4)):
            if _overlap(block, taken):
                raise ConsoleError(
                    f"${address:06X}-${address + len(content) - 1:06X} overlaps ${taken.address:06X}-"
                    f"${taken.address + taken.length - 1:06X}, which the console needs for itself: put it elsewhere."
                )
        pokes.append((*locate(address, len(content)), content.hex()))
    return pokes
