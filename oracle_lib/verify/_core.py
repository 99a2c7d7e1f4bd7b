"""The worker process behind `Console`: for each case it restores a SNES core's saved state, pokes bytes, runs frames.

It knows nothing of the 65816 or of addresses: what is poked where and what the result means is the business of
`console`. Requests come from standard input and answers go to standard output, each a JSON text after its length. It
runs as a script and imports nothing of this package, so that it starts fast.
"""

import ctypes
import json
import resource
import signal
import struct
import sys
from typing import IO, Any

import numpy as np

ROM_SIZE = 0x400000
RESULT = slice(0x10000, 0x10022)
"""Where in SRAM the cartridge's program stores what a routine left behind."""
_WRAM_SIZE, _SRAM_SIZE = 0x20000, 0x20000
_SHOWN_SPANS = 32
_MEMORY_LIMIT = 2 << 30

Bytes = np.ndarray[Any, np.dtype[np.uint8]]


def read_message(stream: IO[bytes]) -> Any:
    """The next message, or None where the stream ends, be it in the midst of one."""
    head = stream.read(4)
    body = stream.read(struct.unpack("<I", head)[0]) if len(head) == 4 else b""
    return json.loads(body) if len(head) == 4 and len(body) == struct.unpack("<I", head)[0] else None


def write_message(stream: IO[bytes], message: Any) -> None:
    """Sends one message at once."""
    body = json.dumps(message, separators=(",", ":")).encode()
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


class Core:
    """A loaded core, the memories it exposes, and the saved state that every case starts from.

    `rom` is the whole cartridge. At ROM offset `go` two bytes let its boot program pass its first and its second wait;
    the state is saved in the second. At offset `inputs` the program finds what a case starts with, whose last two bytes
    it copies to the end of the result when it has stored everything else.
    """

    def __init__(self, path: str, rom: bytes, go: int, inputs: int) -> None:
        from libretro.api import EnvironmentCall, MemoryDescriptorFlag, retro_game_info, retro_memory_map
        from libretro.api.log import retro_log_printf_t
        from libretro.core import Core as Libretro
        from libretro.h import RETRO_MEMORY_SAVE_RAM, RETRO_MEMORY_SYSTEM_RAM

        rom_at = 0
        silent_log = retro_log_printf_t(lambda level, text: None)

        def environment(command: int, data: int) -> bool:
            nonlocal rom_at
            if command == EnvironmentCall.GET_LOG_INTERFACE:
                ctypes.cast(data, ctypes.POINTER(retro_log_printf_t))[0] = silent_log
            elif command == EnvironmentCall.SET_MEMORY_MAPS:
                for block in ctypes.cast(data, ctypes.POINTER(retro_memory_map)).contents:
                    if block.flags & MemoryDescriptorFlag.CONST and block.len == ROM_SIZE:
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
        core.set_input_state(lambda port, device, index, key: 0)
        core.init()
        image = ctypes.create_string_buffer(rom, len(rom))
        game = retro_game_info(path=b"oracle.sfc", data=ctypes.addressof(image), size=len(rom), meta=None)
        if not core.load_game(game):
            raise RuntimeError("the core refuses the cartridge")
        if not rom_at:
            raise RuntimeError("the core does not say where it keeps the ROM")
        self._core, self._silent_log, self._inputs = core, silent_log, inputs
        self._rom = np.ctypeslib.as_array((ctypes.c_uint8 * ROM_SIZE).from_address(rom_at))
        self._wram = self._exposed(RETRO_MEMORY_SYSTEM_RAM, _WRAM_SIZE)
        self._sram = self._exposed(RETRO_MEMORY_SAVE_RAM, _SRAM_SIZE)
        self._memory = {"rom": self._rom, "wram": self._wram, "sram": self._sram}
        self._blank = self._rom.copy()
        self._noise = np.random.default_rng(65816).integers(0, 256, 3 * _WRAM_SIZE, dtype=np.uint8)

        core.run()
        core.run()
        self._blank[go] = self._rom[go] = 1
        # Saving a state lets the CPU finish one instruction: a few saves walk it to the second wait, late in the frame.
        self._state = bytearray(core.serialize_size())
        for _ in range(60):
            core.serialize(self._state)
        self._blank[go + 1] = self._rom[go + 1] = 1

    def _exposed(self, kind: int, size: int) -> Bytes:
        if self._core.get_memory_size(kind) != size:
            raise RuntimeError(
                f"the core exposes {self._core.get_memory_size(kind)} bytes of memory {kind} instead of {size}"
            )
        return np.ctypeslib.as_array((ctypes.c_uint8 * size).from_address(self._core.get_memory_data(kind).value))

    def run(self, code: list[tuple[str, int, str]], case: dict[str, Any]) -> dict[str, Any]:
        """Pokes `code` and the case's bytes, runs until the result appears or `frames` are over, says what changed.

        Places are (memory, offset). Where no result appeared, one more frame finds out whether the CPU is `astray`:
        memory that nobody wrote becomes BRK, which leads to a result. Where that shows nothing, a last frame with BRK
        everywhere tells whether it was `running` at all.
        """
        self._core.unserialize(self._state)
        first = case["seed"] * 977 % _WRAM_SIZE
        noise = {
            "wram": self._noise[first : first + _WRAM_SIZE],
            "sram": self._noise[first + 7 : first + 7 + _SRAM_SIZE],
        }
        for memory, content in noise.items():
            self._memory[memory][:] = content
        self._sram[RESULT] = 0
        inputs = bytes.fromhex(case["inputs"])
        self._rom[self._inputs : self._inputs + len(inputs)] = np.frombuffer(inputs, np.uint8)
        for memory, offset, text in (*code, *case["pokes"]):
            content = np.frombuffer(bytes.fromhex(text), np.uint8)
            self._memory[memory][offset : offset + len(content)] = content
        before = {memory: self._memory[memory].copy() for memory in ("wram", "sram")}

        result, frames = None, 0
        while result is None and frames < case["frames"]:
            self._core.run()
            frames += 1
            result = self._result(inputs[-2:])
        answer = {
            "frames": frames,
            "result": result,
            "astray": None,
            "running": False,
            "memory": [
                self._memory[memory][offset : offset + length].tobytes().hex()
                for memory, offset, length in case["watch"]
            ],
            "stray": self._changes(before, case["allowed"]),
        }
        if result is None:
            for memory, content in noise.items():
                self._memory[memory][self._memory[memory] == content] = 0
            self._core.run()
            answer["astray"] = self._result(inputs[-2:])
        for memory, offset, text in (*code, *case["pokes"]):
            if memory == "rom":
                self._rom[offset : offset + len(text) // 2] = self._blank[offset : offset + len(text) // 2]
        if result is None and answer["astray"] is None:
            self._wram[:] = 0
            self._sram[:] = 0
            self._core.run()
            answer["running"] = self._result(inputs[-2:]) is not None
        return answer

    def _result(self, token: bytes) -> str | None:
        result = self._sram[RESULT].tobytes()
        return result.hex() if result.endswith(token) else None

    def _changes(self, before: dict[str, Bytes], allowed: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        """The first runs of bytes that differ from `before` outside the `allowed` ones, as (memory, offset, length)."""
        spans: list[tuple[str, int, int]] = []
        for memory, content in before.items():
            changed = self._memory[memory] != content
            for place, offset, length in (*allowed, ("sram", RESULT.start, RESULT.stop - RESULT.start)):
                if place == memory:
                    changed[offset : offset + length] = False
            if len(where := np.flatnonzero(changed)):
                gaps = np.flatnonzero(np.diff(where) > 1)[:_SHOWN_SPANS]
                firsts, lasts = where[[0, *(gaps + 1)]], where[[*gaps, -1]]
                spans += [
                    (memory, int(first), int(last - first) + 1) for first, last in zip(firsts, lasts, strict=True)
                ]
        return spans[:_SHOWN_SPANS]


def main() -> None:
    """Serves one parent: first the cartridge, then routines with their cases, until the parent closes the pipe.

    A case that uses more processor time than it was given ends the process by SIGPROF, whatever the core is doing: a
    hung core can neither stay nor outlive its parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    setup = read_message(requests)
    rom = bytearray(ROM_SIZE)
    for offset, text in setup["rom"]:
        rom[offset : offset + len(text) // 2] = bytes.fromhex(text)
    try:
        core = Core(setup["core"], bytes(rom), setup["go"], setup["inputs"])
    except (OSError, RuntimeError, ValueError) as error:
        write_message(answers, str(error))
        return
    write_message(answers, "ready")
    while (request := read_message(requests)) is not None:
        for case in request["cases"]:
            signal.setitimer(signal.ITIMER_PROF, case["seconds"])
            write_message(answers, core.run(request["code"], case))
            signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
