"""The worker process behind `Console`: for each case it restores a SNES core's saved state, pokes bytes, runs frames.

It knows nothing of the 65816 or of mirrors: what is poked where and what the result means is the business of `console`.
Bytes travel as hexadecimal digits, with their place: that of a byte of ROM is its offset there, that of a byte of SRAM
or WRAM its address in bank $70-71 or $7E-7F. Lists of requests come from standard input, an answer to each goes to
standard output, each a line of JSON. It runs as a script and imports nothing of this package, so that it starts fast.
"""

import ctypes
import json
import resource
import signal
import sys
from pathlib import Path
from typing import IO, Any

import numpy as np

ROM, SRAM, WRAM = 0x000000, 0x700000, 0x7E0000
"""The places where the three memories begin."""
RESULT_SIZE = 0x22
"""How much the cartridge's program stores of what a routine left behind."""
_ROM_SIZE, _RAM_SIZE = 0x400000, 0x20000
_SHOWN_SPANS = 32
_SHOWING_FRAMES = 4
"""More than the program takes to put all of VRAM into the window."""
_AROUND = 0x80000
"""How far from WRAM a core may keep the rest of its machine, as one that holds it in global variables does."""
_LONG = 0x4000
"""From how many bytes on, which then lie side by side, a slice is faster than an index."""
_MEMORY_LIMIT = 2 << 30

Array = np.ndarray[Any, np.dtype[Any]]


def read_message(stream: IO[bytes]) -> Any:
    """The next message, or None where the stream ends, be it in the midst of one."""
    line = stream.readline()
    return json.loads(line) if line.endswith(b"\n") else None


def write_message(stream: IO[bytes], message: Any) -> None:
    """Sends one message at once."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


class Core:
    """A loaded core, the memories it exposes, the saved state that every case starts from, and what it has learnt of
    where the core keeps hardware registers.

    `rom` is the whole cartridge, of which the bytes of `boot` are gone once it has booted. At the place `go` three
    bytes let its program pass its waits; the state is saved in the second. A case's first poke is what the program
    starts from; it copies the last two bytes of that to the end of the result when it has stored everything else, and
    again after its third wait.
    """

    def __init__(self, path: str, rom: bytes, boot: list[tuple[int, str]], go: int, result: int) -> None:
        from libretro.api import EnvironmentCall, MemoryDescriptorFlag, retro_game_info, retro_memory_map
        from libretro.api.log import retro_log_printf_t
        from libretro.core import Core as Libretro
        from libretro.h import RETRO_MEMORY_SAVE_RAM, RETRO_MEMORY_SYSTEM_RAM

        self._joypads = (0, 0)
        rom_at = 0
        silent_log = retro_log_printf_t(lambda level, text: None)

        def environment(command: int, data: int) -> bool:
            nonlocal rom_at
            if command == EnvironmentCall.GET_LOG_INTERFACE:
                ctypes.cast(data, ctypes.POINTER(retro_log_printf_t))[0] = silent_log
            elif command == EnvironmentCall.SET_MEMORY_MAPS:
                for block in ctypes.cast(data, ctypes.POINTER(retro_memory_map)).contents:
                    if block.flags & MemoryDescriptorFlag.CONST and block.len == _ROM_SIZE:
                        rom_at = block.ptr
            else:
                return False
            return True

        core = Libretro(path)
        core.set_environment(environment)
        core.set_video_refresh(lambda data, width, height, pitch: None)
        core.set_audio_sample(lambda left, right: None)
        core.set_audio_sample_batch(lambda data, frames: frames)
        core.set_input_poll(lambda: None)
        core.set_input_state(lambda port, device, index, key: self._joypads[port] >> 15 - key & 1 if key < 12 else 0)
        core.init()
        image = ctypes.create_string_buffer(rom, len(rom))
        game = retro_game_info(path=b"oracle.sfc", data=ctypes.addressof(image), size=len(rom), meta=None)
        if not core.load_game(game) or not rom_at:
            raise RuntimeError("the core refuses the cartridge, or does not say where it keeps the ROM")

        def memory(at: Any, size: int) -> Array:
            return np.ctypeslib.as_array((ctypes.c_uint8 * size).from_address(at))

        self._core, self._silent_log, self._go, self._result = core, silent_log, go, result
        self._registers: dict[int, tuple[Array, list[Array]]] = {}
        self._all_registers: list[tuple[Any, Array]] = []
        self._memory = {ROM: memory(rom_at, _ROM_SIZE)}
        for place, kind in ((WRAM, RETRO_MEMORY_SYSTEM_RAM), (SRAM, RETRO_MEMORY_SAVE_RAM)):
            if (size := core.get_memory_size(kind)) != _RAM_SIZE:
                raise RuntimeError(f"the core exposes {size} bytes of WRAM or SRAM instead of {_RAM_SIZE}")
            self._memory[place] = memory(core.get_memory_data(kind).value, _RAM_SIZE)
        self._machine = memory(*_around(self._memory[WRAM].ctypes.data))
        self._noise = np.random.default_rng(65816).integers(0, 256, 3 * _RAM_SIZE, dtype=np.uint8)

        core.run()
        core.run()
        for place, text in boot:
            _at(self._memory, place, len(text) // 2)[:] = 0
        self._memory[ROM][go] = 1
        # Saving a state lets the CPU finish one instruction: a few saves walk it to the second wait, late in the frame.
        self._state = bytearray(core.serialize_size())
        for _ in range(60):
            core.serialize(self._state)
        self._memory[ROM][go + 1] = 1
        self._blank = self._memory[ROM].copy()

    def learn(self, kept: list[Any], changes: list[tuple[int, list[Any]]]) -> None:
        """Finds where the core keeps hardware registers: the bytes that are the same after all cases of `kept`, differ
        between the first two cases that change the register, and are the same after those of all others. What a
        register holds after its further cases counts as kept too."""

        def after(case: dict[str, Any]) -> Array:
            if self.run(case)["state"] != "finished":
                raise RuntimeError("a plain routine does not come back")
            return self._machine.copy()

        before = after(kept[0])
        steady = np.logical_and.reduce([after(case) == before for case in kept])
        moved, differs, also_kept = np.zeros(len(before), np.uint8), dict[int, Array](), dict[int, list[Array]]()
        for register, cases in changes:
            one, other, *also_kept[register] = states = [after(case) for case in cases]
            moved += np.logical_or.reduce([state != before for state in states])
            differs[register] = np.flatnonzero((one != other) & steady)
        for register, places in differs.items():
            at = places[moved[places] == 1]
            if not len(at):
                raise RuntimeError(f"nothing in its memory shows what ${register:04X} holds")
            self._registers[register] = at, [state[at] for state in (before, *also_kept[register])]
        # One look a case costs little: a slice for VRAM, one index for all the others.
        every = [at for at, _ in self._registers.values()]
        parts: list[Any] = [slice(at[0], at[-1] + 1) for at in every if len(at) >= _LONG]
        parts.append(np.concatenate([at for at in every if len(at) < _LONG]))
        self._all_registers = [(part, before[part].copy()) for part in parts]

    def run(self, case: dict[str, Any]) -> dict[str, Any]:
        """Pokes the case's bytes, runs until the result appears or `frames` are over, says what changed until then.

        `state` is "finished" where the result appeared, "astray" where it took a frame more in which memory that nobody
        wrote is BRK, which leads to a result, "running" where it took BRK everywhere, and "stopped" where not even that
        did it. With a `window`, what memory holds there after the third wait counts too.
        """
        self._core.unserialize(self._state)
        self._joypads = case["joypads"]
        first = case["seed"] % _RAM_SIZE
        noise = {memory: self._noise[at : at + _RAM_SIZE] for memory, at in ((WRAM, first), (SRAM, first + 7))}
        for memory, content in noise.items():
            self._memory[memory][:] = content
        _at(self._memory, self._result, RESULT_SIZE)[:] = 0
        for place, text in case["pokes"]:
            content = np.frombuffer(bytes.fromhex(text), np.uint8)
            _at(self._memory, place, len(content))[:] = content
        before = {memory: self._memory[memory].copy() for memory in noise}

        token = case["pokes"][0][1][-4:]
        result, frames = None, 0
        while result is None and frames < case["frames"]:
            result = self._frame(token)
            frames += 1
        stray, changed_registers = self._changes(before, case["allowed"]), self._changed_registers()
        if result and case["window"]:
            self._show(token)
            stray += [span for span in self._changes(before, case["allowed"]) if span not in stray]
        answer = {
            "state": "finished" if result else "stopped",
            "result": result,
            "frames": frames,
            "memory": [_at(self._memory, place, length).tobytes().hex() for place, length in case["watch"]],
            "stray": stray,
            "changed_registers": changed_registers,
        }
        if not result:
            for memory, content in noise.items():
                self._memory[memory][self._memory[memory] == content] = 0
            if result := self._frame(token):
                answer |= {"state": "astray", "result": result}
        for place, text in case["pokes"][1:]:
            if place < SRAM:
                _at(self._memory, place, len(text) // 2)[:] = self._blank[place : place + len(text) // 2]
        if not result:
            for memory in noise:
                self._memory[memory][:] = 0
            if self._frame(token):
                answer["state"] = "running"
        return answer

    def _show(self, token: str) -> None:
        """Lets the program pass its third wait and put into the window what the PPU holds."""
        _at(self._memory, self._result, RESULT_SIZE)[-2:] = 0
        self._memory[ROM][self._go + 2] = 1
        for _ in range(_SHOWING_FRAMES):
            if self._frame(token):
                break
        self._memory[ROM][self._go + 2] = 0

    def _frame(self, token: str) -> str | None:
        """Runs a frame. Returns the result where all of it is stored by then."""
        self._core.run()
        result = _at(self._memory, self._result, RESULT_SIZE).tobytes().hex()
        return result if result.endswith(token) else None

    def _changed_registers(self) -> list[int]:
        """The hardware registers that hold something else than after nothing at all."""
        if all((self._machine[at] == state).all() for at, state in self._all_registers):
            return []
        return [
            register
            for register, (at, states) in self._registers.items()
            if not any((self._machine[at] == state).all() for state in states)
        ]

    def _changes(self, before: dict[int, Array], allowed: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The first runs of bytes that differ from `before` outside the `allowed` ones, as (place, length)."""
        changed = {memory: self._memory[memory] != content for memory, content in before.items()}
        for place, length in (*allowed, (self._result, RESULT_SIZE)):
            if place >= SRAM:
                _at(changed, place, length)[:] = False
        spans = []
        for memory, bytes_changed in changed.items():
            if bytes_changed.any():
                edges = np.flatnonzero(np.diff(bytes_changed, prepend=False, append=False))[: 2 * _SHOWN_SPANS]
                spans += [(memory + first, end - first) for first, end in edges.reshape(-1, 2).tolist()]
        return spans[:_SHOWN_SPANS]


def _at(memories: dict[int, Array], place: int, length: int) -> Array:
    """The bytes at a place, in the one of `memories` that it lies in."""
    first = max(first for first in memories if first <= place)
    return memories[first][place - first : place - first + length]


def _around(address: int) -> tuple[int, int]:
    """Where the process's memory around an address begins and how large it is, as far as it is looked at."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        first, end = (int(digits, 16) for digits in line.split()[0].split("-"))
        if first <= address < end:
            first, end = max(first, address - _AROUND), min(end, address + _AROUND)
            return first, end - first
    raise RuntimeError("the core keeps WRAM in no memory of this process")


def main() -> None:
    """Serves one parent: first the cartridge, then cases, until the parent closes the pipe. A case that uses more
    processor time than it was given ends the process by SIGPROF, whatever the core is doing: a hung core can neither
    stay nor outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    setup, *cases = read_message(requests)
    rom = bytearray(_ROM_SIZE)
    for place, text in (*setup["rom"], *setup["boot"]):
        rom[place : place + len(text) // 2] = bytes.fromhex(text)
    try:
        core = Core(setup["core"], bytes(rom), setup["boot"], setup["go"], setup["result"])
        core.learn(*setup["probes"])
    except (OSError, RuntimeError, ValueError) as error:
        write_message(answers, {"state": str(error)})
        return
    write_message(answers, {"state": "ready"})
    while cases is not None:
        for case in cases:
            signal.setitimer(signal.ITIMER_PROF, case["seconds"])
            write_message(answers, core.run(case))
            signal.setitimer(signal.ITIMER_PROF, 0)
        cases = read_message(requests)


if __name__ == "__main__":
    main()
