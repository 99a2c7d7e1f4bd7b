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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from oracle_lib.verify import _core, cartridge, hardware, memory_map
from oracle_lib.verify.cartridge import CalledRoutine, Ending, Execution, Start
from oracle_lib.verify.contract import Driver, Flag, Register, Returns, Span
from oracle_lib.verify.memory_map import ConsoleError

# The performance build finishes multiplications and divisions at once: code that reads them too early would pass.
_CORE = "bsnes_mercury_balanced_libretro.so"
_NMI_ON = 0x80
_PROBE_CYCLES = 3_000_000
_RTS_CYCLES = 42
_EXTRA_FRAMES = 4
"""More than the drivers take before a call."""


def find_core() -> Path:
    """The SNES core's file: `ORACLE_SNES_CORE`, or what Debian's libretro-bsnes-mercury-balanced installs."""
    named = os.environ.get("ORACLE_SNES_CORE")
    found = [Path(named)] if named else sorted(Path("/usr/lib").glob(f"*/libretro/{_CORE}"))
    if not found or not found[0].is_file():
        raise ConsoleError(
            f"There is no SNES core at {named or f'/usr/lib/*/libretro/{_CORE}'}: install the package "
            "libretro-bsnes-mercury-balanced, or set ORACLE_SNES_CORE to a libretro core for the SNES."
        )
    return found[0]


class Console(contextlib.AbstractContextManager["Console"]):
    """A SNES that calls routines. It starts at the first call and again after a crash; close it, or use it in a `with`.
    `patience` is the processor time in seconds that a case may take, and a hundredth more for each frame of its budget,
    before the core counts as hung. A console takes about 140 MB; threads that share one take turns."""

    def __init__(self, core: Path | None = None, patience: float = 5.0) -> None:
        self._path = core or find_core()
        self._patience = patience
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._overheads: dict[tuple[bool, Driver | None], int] = {}

    def __exit__(self, *error: object) -> None:
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
        driver: Driver | None = None,
        joypads: tuple[int, int] | None = None,
    ) -> Execution:
        """Calls one routine once. See `call_many`."""
        start = Start(registers or {}, flags or {}, memory or {}, watch, joypads)
        return self.call_many(code, [start], budget, entry=entry, returns=returns, writes=writes, driver=driver)[0]

    def call_many(
        self,
        code: Sequence[tuple[int, bytes]] | bytes,
        starts: Sequence[Start],
        budget: int = 400_000,
        *,
        entry: int | None = None,
        returns: Returns = "rts",
        writes: Sequence[Span] = (),
        driver: Driver | None = None,
    ) -> list[Execution]:
        """Calls one routine from each of `starts`, each time on a console that knows nothing of the others.

        `code` is (24-bit address, bytes) pairs, the later over the earlier ones, or bytes alone for $008000. `entry` is
        where the routine starts, by default the first address. It is called as by JSR, JSL or an interrupt, according
        to `returns`, and may take `budget` master-clock cycles. It may write to `writes` without being reported. With a
        `driver` it works on memory of the PPU (see `CalledRoutine`). Raises AddressError for addresses without memory
        and for those that the console needs: $7D8000-$7D8FFF, the first 4 KiB of bank $71, and for a routine that
        returns by RTS any four bytes of its bank. What is put at $00FFE0-$00FFFF is shown where it is watched, but the
        console runs by vectors of its own.
        """
        blocks = [(0x008000, code)] if isinstance(code, bytes) else code
        routine = CalledRoutine(blocks, blocks[0][0] if entry is None else entry, returns, budget, writes, driver)
        with self._lock:
            answers = self._answers([self._case(routine, start, seed) for seed, start in enumerate(starts)])
            cases = zip(starts, answers, strict=True)
            return [self._execution(routine, start, seed, answer) for seed, (start, answer) in enumerate(cases)]

    def _execution(self, routine: CalledRoutine, start: Start, seed: int, answer: dict[str, Any]) -> Execution:
        """Says in the 65816's terms what the worker saw."""
        if answer["state"] == "killed":
            return Execution(Ending.HUNG if answer["signal"] == signal.SIGPROF else Ending.CRASHED)
        watched = zip(start.watch, answer["memory"], strict=True)
        memory = {span.address: cartridge.shown(span, bytes.fromhex(text), routine, start) for span, text in watched}
        stray = tuple(Span(address=place, length=length) for place, length in answer["stray"])
        unfinished = Execution(Ending.BUDGET, memory=memory, stray_writes=stray)
        if answer["state"] == "running":
            return unfinished
        if answer["state"] == "stopped":
            return replace(unfinished, ended=self._stopped(routine, start, seed))
        seen, clock = cartridge.read(answer["result"], routine.entry >> 16)
        lost = seen.pc is not None and not routine.owns(seen.pc, start)
        if answer["state"] == "astray":
            return replace(unfinished, ended=Ending.RAN_AWAY, pc=seen.pc) if lost else unfinished
        cycles = clock.cycles(answer["frames"], self._first_field) - self._overhead(routine, start)
        seen = replace(seen, memory=memory, stray_writes=stray, cycles=cycles)
        if seen.ended is not Ending.RETURNED:
            return replace(seen, ended=Ending.RAN_AWAY) if lost else seen
        balance = seen.registers["s"] - start.registers.get("s", cartridge.STACK)
        changed = [
            register
            for register in answer["changed_registers"]
            if register != hardware.PORT.get(routine.driver)
            and not any(hardware.permits(span, register) for span in routine.writes)
        ]
        ended = seen.ended if cycles <= routine.budget else Ending.BUDGET
        return replace(seen, ended=ended, stack_balance=balance, stray_registers=tuple(changed))

    def _stopped(self, routine: CalledRoutine, start: Start, seed: int) -> Ending:
        """What stopped the CPU: STP or WAI if anybody put one somewhere. NMIs, whose handler only returns, end WAI."""
        held = {byte for _, content in routine.contents(start) for byte in content}
        if 0xDB in held:
            (woken,) = self._answers([self._case(routine, start, seed, wake=True)])
            return Ending.STP if woken["state"] in ("stopped", "killed") else Ending.WAI
        return Ending.WAI if 0xCB in held else Ending.RAN_AWAY

    def _case(self, routine: CalledRoutine, start: Start, seed: int, wake: bool = False) -> dict[str, Any]:
        """The worker's form of one case. With `wake`, NMIs come."""
        noise = cartridge.seed(start, seed)
        frames = routine.frames + wake + _EXTRA_FRAMES * (start.joypads is not None or routine.driver is not None)
        return {
            "seed": noise,
            "pokes": cartridge.prepare(routine, start, noise, _NMI_ON if wake else hardware.STARTS_IN),
            "frames": frames,
            "seconds": self._patience * (1 + frames / 100),
            "watch": _places(start.watch),
            "allowed": [*cartridge.stack(start), *routine.writable],
            "joypads": start.joypads or (0, 0),
            "window": routine.window,
        }

    def _probes(self) -> tuple[list[Any], list[Any]]:
        """What the worker finds the hardware registers by, as cases."""

        def case(probe: hardware.Probe, seed: int = 0) -> dict[str, Any]:
            blocks = [(0x008000, probe.code), (probe.at, bytes([probe.value]))]
            return self._case(CalledRoutine(blocks, 0x008000, budget=_PROBE_CYCLES), Start(), seed)

        kept, changes = hardware.probes()
        return (
            [case(probe, seed) for seed, probe in enumerate(kept)],
            [(register, [case(probe) for probe in probes]) for register, probes in changes.items()],
        )

    def _answers(self, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What the worker says of each case, or the signal by which one ended it; the next case gets a new worker."""
        answers: list[dict[str, Any]] = []
        try:
            while unanswered := cases[len(answers) :]:
                worker = self._worker or self._start()
                answers += self._ask(unanswered)
                if len(answers) < len(cases):
                    self.close()
                    if (status := worker.returncode) > 0:
                        raise ConsoleError(f"The console's worker ended with status {status}: stderr has its message.")
                    answers.append({"state": "killed", "signal": -status})
        except BaseException:
            # Answers may be under way: the next call must not take them for its own.
            self.close()
            raise
        return answers

    def _ask(self, requests: Sequence[object]) -> Iterator[Any]:
        """The worker's answers, one a request, as far as it comes. Asking for all at once saves two switches a case."""
        assert self._worker and self._worker.stdin and self._worker.stdout
        with contextlib.suppress(BrokenPipeError):
            _core.write_message(self._worker.stdin, requests)
        for _ in requests:
            if (answer := _core.read_message(self._worker.stdout)) is None:
                return
            yield answer

    def _start(self) -> subprocess.Popen[bytes]:
        """Starts a worker and measures what calling nothing costs."""
        self._worker = worker = subprocess.Popen(
            [sys.executable, "-P", _core.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        rom, boot = cartridge.image()
        setup = {
            "core": str(self._path),
            "rom": rom,
            "boot": boot,
            "go": memory_map.locate(cartridge.GO, 3),
            "result": cartridge.RESULT,
            "probes": self._probes(),
        }
        nothing = self._case(CalledRoutine([(0x008000, b"\x60")], 0x008000), Start(), 0)
        answers = list(self._ask([setup, nothing]))
        if not answers or answers[-1]["state"] != "finished":
            state = answers[-1]["state"] if answers else "its process ended"
            raise ConsoleError(f"The SNES core {self._path} cannot be used ({state}): set another ORACLE_SNES_CORE.")
        _, clock = cartridge.read(answers[-1]["result"], 0)
        self._first_field = clock.field
        self._overheads[False, None] = clock.cycles(1, clock.field) - _RTS_CYCLES
        return worker

    def _overhead(self, routine: CalledRoutine, start: Start) -> int:
        """The cycles from the top of the first frame to the entry of a routine that is called like this."""
        kind = start.joypads is not None, routine.driver
        if kind not in self._overheads:
            nothing = CalledRoutine([(0x008000, b"\x60")], 0x008000, driver=routine.driver)
            (answer,) = self._answers([self._case(nothing, Start(joypads=start.joypads), 0)])
            _, clock = cartridge.read(answer["result"], 0)
            self._overheads[kind] = clock.cycles(answer["frames"], self._first_field) - _RTS_CYCLES
        return self._overheads[kind]


def _places(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(memory_map.locate(span.address, span.length), span.length) for span in spans]
