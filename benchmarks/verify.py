"""How fast answers are verified, against assembling and booting a fresh core for each case.

Both ways run the same routines on the same cases. `--executions N` instead runs N cases on one console and prints what
memory and open files they cost.
"""

import argparse
import ctypes
import json
import os
import random
import statistics
import time
from collections.abc import Callable

import psutil
from libretro.api import retro_game_info
from libretro.core import Core
from libretro.h import RETRO_MEMORY_SYSTEM_RAM

from oracle_lib.tasks import families
from oracle_lib.verify import AsmContract, Console, Start, assemble, check
from oracle_lib.verify.console import find_core

ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--executions", type=int, default=0, metavar="N", help="measure leaks over N executions")
    executions = parser.parse_args().executions
    if executions:
        leaks(executions)
    else:
        speed()


def speed() -> None:
    """The reference of each assembly family, checked under its contract."""
    problems = [family.draw(random.Random(1)) for family in families().values() if family.kind == "asm"]
    answers = [(problem.references[0], problem.contract) for problem in problems]
    tasks = [(text, contract) for text, contract in answers if isinstance(contract, AsmContract)]
    cases = sum(len(contract.cases) for _, contract in tasks)

    def ours() -> None:
        for text, contract in tasks:
            assert check(text, contract).passes

    def assemblies() -> None:
        for text, contract in tasks:
            assert assemble(text, contract.symbols, contract.origin).ok

    naive = FreshCores()

    def peer() -> None:
        for text, contract in tasks[::8]:
            for number in range(len(contract.cases)):
                naive.run(text, contract, number)

    peer_cases = sum(len(contract.cases) for _, contract in tasks[::8])
    rate, peer_rate = cases / median_seconds(ours), peer_cases / median_seconds(peer)
    report(
        "executions", round(rate), "1/s of one core", peer="a fresh core for each case", peer_value=round(peer_rate, 1)
    )
    report("executions, ratio to the peer", round(rate / peer_rate, 1), "")
    report("assemblies", round(len(tasks) / median_seconds(assemblies)), "1/s of one core")


class FreshCores:
    """The naive way: for each case assemble, build a ROM around the routine, load it into the core and run it."""

    def __init__(self) -> None:
        self.core = Core(str(find_core()))
        self.core.set_environment(lambda command, data: False)
        self.core.set_video_refresh(lambda data, width, height, pitch: None)
        self.core.set_audio_sample(lambda left, right: None)
        self.core.set_audio_sample_batch(lambda data, frames: frames)
        self.core.set_input_poll(lambda: None)
        self.core.set_input_state(lambda port, device, index, key: 0)
        quietly(self.core.init)

    def run(self, text: str, contract: AsmContract, number: int) -> bytes:
        """WRAM after one case. It sets no registers and compares nothing, which flatters it."""
        rom = bytearray(0x8000)
        rom[0x7000:0x7007] = bytes.fromhex("78 18 FB 22 00 80 00")  # sei; clc; xce; jsl $008000
        rom[0x7FC0:0x7FDA] = b"NAIVE".ljust(21) + bytes.fromhex("20 02 05 03 01")
        rom[0x7FFC:0x7FFE] = (0xF000).to_bytes(2, "little")
        code = assemble(text, contract.symbols, contract.origin).code
        rom[: len(code)] = code
        image = (ctypes.c_char * len(rom)).from_buffer(rom)
        game = retro_game_info(path=b"naive.sfc", data=ctypes.addressof(image), size=len(rom), meta=None)
        quietly(lambda: self.core.load_game(game))
        memory = self.core.get_memory(RETRO_MEMORY_SYSTEM_RAM)
        assert memory is not None
        for address, content in contract.cases[number].memory.items():
            if address >> 17 == 0x7E >> 1:
                offset = address - 0x7E0000
                memory[offset : offset + len(content)] = content
        self.core.run()
        result = bytes(memory)
        quietly(self.core.unload_game)
        return result


def quietly(action: Callable[[], object]) -> None:
    """Runs it with standard error closed: this core logs there unless a frontend takes its log."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        action()
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def leaks(executions: int) -> None:
    """Memory and open files of this process and the worker after the first tenth and at the end."""
    with Console() as console:
        starts = [Start(memory={0x7E1000: bytes([number])}) for number in range(100)]

        def run(times: int) -> None:
            for _ in range(times // len(starts)):
                console.call_many(bytes.fromhex("EE 00 10 60"), starts)

        run(executions // 10)
        assert console.pid is not None
        before = [footprint(pid) for pid in (os.getpid(), console.pid)]
        started = time.perf_counter()
        run(executions - executions // 10)
        rate = (executions - executions // 10) / (time.perf_counter() - started)
        after = [footprint(pid) for pid in (os.getpid(), console.pid)]
    report("executions without assembling", round(rate), "1/s")
    for process, (resident, files), (later, still_open) in zip(("parent", "worker"), before, after, strict=True):
        report(f"growth of the {process} over {executions} executions", later - resident, "KiB")
        report(f"files left open by the {process}", still_open - files, "")


def footprint(pid: int) -> tuple[int, int]:
    """Resident KiB and open files of a process."""
    process = psutil.Process(pid)
    return process.memory_info().rss // 1024, process.num_fds()


def median_seconds(action: Callable[[], None]) -> float:
    """The median processor time of some runs after one that warms up, this process and its workers together.

    Processor time, because it says what one core does, however busy the machine is.
    """
    action()
    seconds = []
    for _ in range(ROUNDS):
        started = processor_seconds()
        action()
        seconds.append(processor_seconds() - started)
    return statistics.median(seconds)


def processor_seconds() -> float:
    """What this process and its living children have used."""
    here = psutil.Process()
    used = [process.cpu_times() for process in (here, *here.children())]
    return float(sum(times.user + times.system for times in used))


def report(figure: str, value: float, unit: str, **peer: object) -> None:
    print(json.dumps({"benchmark": "verify", "figure": figure, "value": value, "unit": unit, **peer}), flush=True)


if __name__ == "__main__":
    main()
