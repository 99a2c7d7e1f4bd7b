"""Runs 65816 routines on a SNES core (bsnes through libretro) and reports what they did.

A cartridge of our own is loaded once. For each case a saved state is restored, code and inputs are poked in place, and
the program in the cartridge calls the routine and stores what it left behind. The core lives in a worker process:
whatever a routine does to it, this process goes on. What a routine *should* do is the business of `check`.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from oracle_lib.verify import _core, cartridge
from oracle_lib.verify.cartridge import ConsoleError, Report, Returns
from oracle_lib.verify.contract import Flag, Register, Span

# The performance build finishes multiplications and divisions at once: code that reads them too early would pass.
_CORE = "bsnes_mercury_balanced_libretro.so"
_CORE_FOLDERS = ("usr/lib/*/libretro", "usr/lib/libretro", "usr/local/lib/libretro")
_HOME = {"wram": 0x7E0000, "sram": 0x700000}
_NMI_ON = 0x80


class Ending(StrEnum):
    """How an execution ended.

    STP and WAI are told apart by an NMI, which ends only WAI. Code that holds both opcodes and switches NMI off itself
    counts as stopped by STP.
    """

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


@dataclass(frozen=True)
class Execution:
    """What one call did.

    `registers` and `flags` are those after the return, or at BRK or COP; empty for other endings. `memory` maps the
    address of each watched span to its bytes. `stray_writes` are changed bytes of WRAM and SRAM outside the declared
    spans and the 256 bytes of stack up to s, at most 32 runs of them. Writing the value that was there can't be seen,
    so undeclared memory starts out as noise that differs from case to case; writes to hardware are not looked for.
    `stack_balance` is s after the return less s before the call. `cycles` are master-clock cycles (21.477 MHz) from the
    first opcode's fetch to the end of the return instruction, without the 40 that DRAM refresh takes in each line of
    1,364; they are exact unless the routine leaves interlace or HDMA on. `pc` is where a BRK or COP ended it.
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


@dataclass(frozen=True)
class _Routine:
    """A routine as `call_many` was asked to call it, with each block laid in its memory."""

    blocks: Sequence[tuple[int, bytes]]
    entry: int
    returns: Returns
    budget: int
    writes: Sequence[Span]

    @property
    def frames(self) -> int:
        """Frames in which the budget and the DRAM refresh beside it are surely over."""
        return 1 - (cartridge.FIRST_FRAME_CYCLES - self.budget * 1364 // 1324) // cartridge.FRAME_CYCLES

    def lay(self, blocks: Sequence[tuple[int, bytes]]) -> list[tuple[str, int, str]]:
        return [cartridge.lay(address, content, self.entry, self.returns) for address, content in blocks if content]

    def holds(self, address: int, memory: Mapping[int, bytes]) -> bool:
        """Whether somebody put a byte at this address."""
        return any(cartridge.covers(first, len(content), address) for first, content in (*self.blocks, *memory.items()))


def find_core() -> Path:
    """The SNES core's file: `ORACLE_SNES_CORE`, or what Debian's libretro-bsnes-mercury-balanced installs."""
    if named := os.environ.get("ORACLE_SNES_CORE"):
        found = [Path(named)] if Path(named).is_file() else []
    else:
        found = [core for folder in _CORE_FOLDERS for core in sorted(Path("/").glob(f"{folder}/{_CORE}"))]
    if not found:
        raise ConsoleError(
            f"There is no SNES core at {named or f'/{_CORE_FOLDERS[0]}/{_CORE}'}: install the package "
            "libretro-bsnes-mercury-balanced, or set ORACLE_SNES_CORE to a libretro core for the SNES."
        )
    return found[0]


class Console:
    """A SNES that calls routines. It starts at the first call and again after a crash; close it, or use it in a `with`.

    `patience` is the processor time in seconds that a case may take, and a hundredth more for each frame of its budget,
    before the core counts as hung. A console takes about 140 MB; threads that share one take turns.
    """

    def __init__(self, core: Path | None = None, patience: float = 5.0) -> None:
        self._path = core or find_core()
        self._patience = patience
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._first_field = 0
        self._overhead: dict[Returns, int] = {}

    def __enter__(self) -> "Console":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The worker's process id, while there is one."""
        return self._worker.pid if self._worker else None

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
        returns: Returns = "rts",
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
        returns: Returns = "rts",
        writes: Sequence[Span] = (),
    ) -> list[Execution]:
        """Calls one routine from each of `starts`, each time on a console that knows nothing of the others.

        `code` is (24-bit address, bytes) pairs, the later over the earlier ones, or bytes alone for $008000. `entry` is
        where the routine starts, by default the first address. It is called as by JSR or JSL, according to `returns`,
        and may take `budget` master-clock cycles. It may write to `writes` without being reported. Raises ConsoleError
        for addresses without memory and for those that the console needs: $00:FF90-FFFF, bank $7D, the first bytes of
        bank $71, and $FFB0-FFB3 of the entry's bank for a routine that returns by RTS.
        """
        blocks = [(0x008000, code)] if isinstance(code, bytes) else code
        routine = _Routine(blocks, blocks[0][0] if entry is None else entry, returns, budget, writes)
        laid = routine.lay(blocks)
        with self._lock:
            answers = self._answers(laid, [self._case(seed, start, routine) for seed, start in enumerate(starts)])
            runs = [self._execution(*pair, routine) for pair in zip(answers, starts, strict=True)]
            for seed, run in enumerate(runs):
                if run.ended is Ending.STP and self._wakes(laid, self._case(seed, starts[seed], routine, wake=True)):
                    runs[seed] = replace(run, ended=Ending.WAI)
        return runs

    def _case(self, seed: int, start: Start, routine: _Routine, wake: bool = False) -> dict[str, Any]:
        """The worker's form of one case. With `wake`, NMIs come, whose handler only returns: they end WAI, not STP."""
        inputs, stack = cartridge.prepare(
            start.registers, start.flags, routine.entry, routine.returns, 0x4F52 ^ seed & 0xFFFF, _NMI_ON if wake else 0
        )
        top = start.registers.get("s", cartridge.STACK)
        allowed = [Span(address=max(0, top - 0xFF), length=min(0x100, top + 1)), *routine.writes]
        frames = routine.frames + wake
        return {
            "seed": seed,
            "pokes": [*routine.lay(list(start.memory.items())), *stack],
            "inputs": inputs.hex(),
            "frames": frames,
            "seconds": self._patience * (1 + frames / 100),
            "watch": [(*cartridge.locate(span.address, span.length), span.length) for span in start.watch],
            "allowed": [
                (*cartridge.locate(span.address, span.length), span.length)
                for span in allowed
                if cartridge.covers(span.address, span.length, span.address)
            ],
        }

    def _answers(self, code: list[tuple[str, int, str]], cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """One answer a case, in order; where a case ended the worker, the signal. The next cases get a new worker."""
        answers: list[dict[str, Any]] = []
        try:
            while len(answers) < len(cases):
                worker = self._worker or self._start()
                self._send({"code": code, "cases": cases[len(answers) :]})
                while len(answers) < len(cases):
                    answer = self._receive()
                    if answer is None:
                        self.close()
                        if worker.returncode > 0:
                            raise ConsoleError(
                                f"The console's worker ended with status {worker.returncode}; its message is on stderr."
                            )
                        answers.append({"signal": -worker.returncode})
                        break
                    answers.append(answer)
        except BaseException:
            # Answers may be under way: the next call must not take them for its own.
            self.close()
            raise
        return answers

    def _wakes(self, code: list[tuple[str, int, str]], case: dict[str, Any]) -> bool:
        """Whether a CPU that had stopped goes on: then it was WAI that stopped it, not STP."""
        (answer,) = self._answers(code, [case])
        return any(answer.get(sign) for sign in ("result", "astray", "running"))

    def _start(self) -> subprocess.Popen[bytes]:
        """Starts a worker and measures what calling nothing costs."""
        self._worker = subprocess.Popen(
            [sys.executable, "-P", _core.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        go, inputs = (cartridge.locate(address, 1)[1] for address in (cartridge.GO, cartridge.INPUTS))
        self._send({"core": str(self._path), "rom": cartridge.image(), "go": go, "inputs": inputs})
        ready = self._receive()
        if ready != "ready":
            raise ConsoleError(
                f"The SNES core {self._path} does not start ({ready}): name another in ORACLE_SNES_CORE."
            )
        worker = self._worker
        nothing: list[tuple[Returns, bytes, int]] = [("rts", b"\x60", 42), ("rtl", b"\x6b", 44)]
        for returns, code, cycles in nothing:
            routine = _Routine([(0x008000, code)], 0x008000, returns, 0, ())
            (answer,) = self._answers(routine.lay(routine.blocks), [self._case(0, Start(), routine)])
            if not answer.get("result"):
                raise ConsoleError(
                    f"The SNES core {self._path} does not run a cartridge: name another in ORACLE_SNES_CORE."
                )
            report = Report.read(answer["result"], 0)
            self._first_field = report.field
            self._overhead[returns] = report.clock(1, report.field) - cycles
        return worker

    def _send(self, message: object) -> None:
        assert self._worker and self._worker.stdin
        with contextlib.suppress(BrokenPipeError):
            _core.write_message(self._worker.stdin, message)

    def _receive(self) -> Any:
        assert self._worker and self._worker.stdout
        return _core.read_message(self._worker.stdout)

    def _execution(self, answer: dict[str, Any], start: Start, routine: _Routine) -> Execution:
        """Says in the 65816's terms what the worker saw."""
        if "signal" in answer:
            return Execution(Ending.HUNG if answer["signal"] == signal.SIGPROF else Ending.CRASHED)
        seen = Execution(
            Ending.RETURNED,
            memory={
                span.address: bytes.fromhex(text) for span, text in zip(start.watch, answer["memory"], strict=True)
            },
            stray_writes=tuple(
                Span(address=_HOME[memory] + offset, length=size) for memory, offset, size in answer["stray"]
            ),
        )
        bank = routine.entry >> 16
        if answer["result"] is None:
            astray = Report.read(answer["astray"], bank) if answer["astray"] else None
            if astray and astray.kind != "returned" and not routine.holds(astray.pc, start.memory):
                return replace(seen, ended=Ending.RAN_AWAY, pc=astray.pc)
            if astray or answer["running"]:
                return replace(seen, ended=Ending.BUDGET)
            held = {byte for content in (*dict(routine.blocks).values(), *start.memory.values()) for byte in content}
            return replace(seen, ended=Ending.STP if 0xDB in held else Ending.WAI if 0xCB in held else Ending.RAN_AWAY)
        report = Report.read(answer["result"], bank)
        cycles = report.clock(answer["frames"], self._first_field) - self._overhead[routine.returns]
        seen = replace(seen, registers=report.registers, flags=report.flags, emulation=report.emulation, cycles=cycles)
        if report.kind == "returned":
            balance = report.registers["s"] - start.registers.get("s", cartridge.STACK)
            ended = Ending.RETURNED if cycles <= routine.budget else Ending.BUDGET
            return replace(seen, ended=ended, stack_balance=balance)
        ended = Ending[report.kind.upper()] if routine.holds(report.pc, start.memory) else Ending.RAN_AWAY
        return replace(seen, ended=ended, pc=report.pc)
