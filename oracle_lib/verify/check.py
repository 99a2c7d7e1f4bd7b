"""Whether an answer keeps its contract: assembles it, runs every case on the console, says in words what did not hold.
It judges what the code does, never how it looks. C++ goes to `cpp`. What an answer states about code is compared with
the facts.

Immediates that the processor surely reads in another width than they are written fail without a run, which may end well
by luck: what follows them is not the code that stands there.
"""

import atexit
import os
import random
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal

from oracle_lib.verify import memory_map
from oracle_lib.verify.answers.facts import read_facts
from oracle_lib.verify.assembler import Assembly, Bits, Limits, assemble, width_mismatches
from oracle_lib.verify.cartridge import Ending, Execution, Start
from oracle_lib.verify.console import Console
from oracle_lib.verify.contract import (
    AsmCase,
    AsmContract,
    CallerState,
    Contract,
    CppContract,
    FactContract,
    Flag,
    Register,
    Verdict,
)
from oracle_lib.verify.cpp import run_cpp
from oracle_lib.verify.expected import differs, memory_differs
from oracle_lib.verify.memory_map import AddressError
from oracle_lib.verify.runnable import fault_in, watched
from oracle_lib.verify.standins import stand_in
from oracle_lib.workers import pool

_REASONS = 4
_STATES = ("clear", "set")
_REGISTERS: tuple[Register, ...] = ("a", "x", "y", "d", "db")
_FLAGS: dict[CallerState, Flag] = {"m_flag": "m", "x_flag": "x", "d_flag": "d", "i_flag": "i"}
_RESULT_FLAGS: tuple[Flag, ...] = ("n", "v", "z", "c")
_PPU_MEMORY = {0x2104: "OAM", 0x2118: "VRAM", 0x2122: "CGRAM"}
_LIMITS = Limits(source=200_000, statements=50_000, expansion=1_000_000, output=0x10000)


def check(text: str, contract: Contract) -> Verdict:
    """What the code `text` (not the prose around it) does under `contract`, or whether it states the facts that are
    asked for. `text` may be hostile.

    The first call starts a console, which later calls share and which ends with this process. Raises `OracleError`
    where the machine lacks the SNES core or the C++ toolchain.
    """
    if isinstance(contract, FactContract):
        return _compare(text, contract)
    if isinstance(contract, CppContract):
        return run_cpp(text, contract)
    if fault := fault_in(contract):
        return Verdict(assembles=False, passes=False, judged=False, reasons=(fault,), cases=len(contract.cases))
    count = len(contract.cases) or 1  # the bytes alone are judged where nothing is run
    standins = [stand_in(name) for name in contract.standins]
    symbols = {label: place for laid in standins for label, place in laid.labels.items()} | contract.symbols
    # Our own assembler even where asar is installed: the bytes are the same, a process a call costs 100 times as much.
    assembly = assemble(text, symbols, contract.origin, host=contract.host, limits=_LIMITS, backend="own")
    if not assembly.ok:
        errors = [str(problem) for problem in assembly.diagnostics if problem.severity == "error"]
        return Verdict(assembles=False, passes=False, reasons=tuple(errors[:_REASONS]), cases=count)
    entry = _entry(assembly, contract)
    reasons, runs, failed = _refusals(assembly, contract, entry), list[Execution](), None
    if contract.cases and not reasons:
        # A lone case runs twice: the two differ in what it leaves open.
        cases = contract.cases if len(contract.cases) > 1 else contract.cases * 2
        starts = [_start(number, case, contract) for number, case in enumerate(cases)]
        code = [*((laid.address, laid.code) for laid in standins), *contract.host.items(), *assembly.blocks]
        writes = [*contract.writes, *(span for laid in standins for span in laid.writes)]
        try:
            with shared_console() as console:
                runs = console.call_many(
                    code,
                    starts,
                    contract.budget,
                    entry=entry,
                    returns=contract.returns,
                    writes=writes,
                    driver=contract.driver,
                )
        except AddressError as error:
            # The contract alone can be run: it is where the answer lies that cannot.
            reasons = [str(error)]
        for number, (case, start, run) in enumerate(zip(cases, starts, runs, strict=bool(runs))):
            if broken := _broken(contract, case, start, run):
                failed = number % len(contract.cases)
                reasons = [f"case {failed}: {reason}" for reason in broken]
                break
    return Verdict(
        assembles=bool(assembly.code),
        passes=not reasons,
        reasons=tuple(reasons[:_REASONS]),
        code=assembly.code,
        cycles=max((run.cycles for run in runs if run.cycles is not None), default=None),
        cases=count,
        failed_case=failed,
    )


def check_many(answers: Iterable[tuple[str, Contract]], workers: int | None = None) -> list[Verdict]:
    """`check` for each pair of text and contract, in order, on `workers` consoles at a time (one a processor), or on
    the machines of the Ray cluster that the environment names.
    """
    with pool(lambda: ThreadPoolExecutor(workers or os.cpu_count())) as consoles:
        verdicts = [consoles.submit(check, text, contract) for text, contract in answers]
        return [verdict.result() for verdict in verdicts]


def _compare(text: str, contract: FactContract) -> Verdict:
    """Whether what a text finally states is what its contract says."""
    stated = read_facts(text, [fact.name for fact in contract.cases])
    wrong, unread, failed = list[str](), list[str](), None
    for place, fact in enumerate(contract.cases):
        values = stated.values[fact.name]
        if values == (fact.value,):
            continue
        failed = place if failed is None else failed
        if len(values) == 1:
            wrong.append(f"it states that {fact.name} is {values[0]}, expected {fact.value}")
        elif values:
            unread.append(f"it states several values of {fact.name}: {', '.join(map(str, values))}")
        else:
            unread.append(f"it does not state {fact.name}")
    if stated.open:
        unread.append(f"its final statement is not plain: {', '.join(stated.open)}")
    reasons = [*unread, *wrong]
    return Verdict(
        assembles=not unread,
        passes=not reasons,
        reasons=tuple(reasons[:_REASONS]),
        cases=len(contract.cases),
        failed_case=failed,
    )


_free: list[Console] = []
"""The consoles of this process that no call uses just now: as many as calls ran at once."""
_turns = threading.BoundedSemaphore(os.cpu_count() or 1)
"""A call waits for its turn where every processor has a console at work: one more would only take memory."""


@contextmanager
def shared_console() -> Iterator[Console]:
    """A console that nobody else uses meanwhile; `check` and all who ask share those of this process."""
    with _turns:
        try:
            console = _free.pop()
        except IndexError:
            console = Console()
        try:
            yield console
        finally:
            _free.append(console)


@atexit.register
def _close() -> None:
    while _free:
        _free.pop().close()


def _start_afresh() -> None:
    global _turns
    _free.clear()
    _turns = threading.BoundedSemaphore(os.cpu_count() or 1)


# A fork shares its parent's pipes and turns: leave those to the parent.
os.register_at_fork(after_in_child=_start_afresh)


def _entry(assembly: Assembly, contract: AsmContract) -> int | None:
    """Where the code is entered: at the label of that name, or at the only one of that name in a namespace."""
    if isinstance(contract.entry, str):
        names = (contract.entry, *(before + contract.entry for before in assembly.namespaces))
        found = [assembly.labels[name] for name in names if name in assembly.labels]
        return found[0] if contract.entry in assembly.labels or len(found) == 1 else None
    return assembly.blocks[0][0] if contract.entry is None and assembly.blocks else contract.entry


def _refusals(assembly: Assembly, contract: AsmContract, entry: int | None) -> list[str]:
    """What can be said against the code without running it."""
    reasons = []
    if not assembly.code:
        reasons.append("it emits no code")
    elif entry is None:
        reasons.append(f"it does not define {contract.entry}")
    if contract.max_bytes is not None and len(assembly.code) > contract.max_bytes:
        reasons.append(f"it is {len(assembly.code)} bytes long, at most {contract.max_bytes} are allowed")
    if contract.emits and assembly.code != contract.emits:
        reasons.append(_first_difference(assembly.code, contract.emits))
    for mapper in sorted(assembly.mappers - {"lorom"}):
        reasons.append(f"it is laid out for {mapper}, and the console's cartridge is LoROM")
    regions = contract.regions
    allowed = None if regions is None else [piece for span in regions for piece in memory_map.memory_in(span)]
    for address, content in assembly.blocks:
        reasons += _misplaced(address, len(content), allowed)
    if entry is not None and contract.cases:
        m, x = _width(contract, "m", contract.m), _width(contract, "x", contract.x)
        wrong = width_mismatches(assembly, m, x, entry)
        reasons += [f"line {found.line}: {found.message}" for found in wrong]
    return reasons


def _first_difference(code: bytes, wanted: bytes) -> str:
    for offset, (byte, other) in enumerate(zip(code, wanted, strict=False)):
        if byte != other:
            return f"byte {offset} of its code is ${byte:02X}, expected ${other:02X}"
    return f"it is {len(code)} bytes long, expected {len(wanted)}"


def _width(contract: AsmContract, flag: Flag, bits: Literal[8, 16]) -> Bits:
    """The width that all cases enter with, or None where one has it otherwise."""
    return bits if all(case.flags.get(flag, bits == 8) == (bits == 8) for case in contract.cases) else None


def _misplaced(address: int, length: int, allowed: list[tuple[int, int]] | None) -> Sequence[str]:
    """What can be said against a block of the code at this address, if bytes may go only to the `allowed` places."""
    try:
        place = memory_map.locate(address, length)
    except AddressError as error:
        return [str(error)]
    if allowed is None and memory_map.on_vectors(place, length):
        return [f"it puts {length} bytes at ${address:06X}, on the vectors, which no region of its contract names"]
    if allowed is None:
        return ()
    end = place + length
    for first, size in sorted(allowed):
        if first <= place < first + size:
            place = first + size
    return () if place >= end else [f"it puts {length} bytes at ${address:06X}, where it may not"]


def _start(number: int, case: AsmCase, contract: AsmContract) -> Start:
    """The case's initial state. What it leaves open gets values that no routine can rely on, of the result flags each
    in turn; through the banks $00 and $80 a routine sees the same."""
    rng = random.Random(number)
    registers: dict[Register, int] = {"a": rng.randrange(0x10000)}
    registers["x"], registers["y"] = (rng.randrange(1 << contract.x) for _ in range(2))
    registers["d"], registers["db"] = 0, 0x80 if number % 4 in (1, 2) else 0x00
    flags: dict[Flag, bool] = {"m": contract.m == 8, "x": contract.x == 8, "d": False, "i": number % 2 == 0}
    pair = random.Random(number // 2)
    flags |= {flag: (pair.random() < 0.5) == (number % 2 == 0) for flag in _RESULT_FLAGS}
    return Start(
        registers=registers | case.registers,
        flags=flags | case.flags,
        memory=case.memory,
        watch=watched(case),
        joypads=case.joypads,
    )


def _broken(contract: AsmContract, case: AsmCase, start: Start, run: Execution) -> list[str]:
    """What this run did not keep, most telling first."""
    if run.ended is not Ending.RETURNED or run.cycles is None:
        where = "" if run.pc is None else f" at ${run.pc:06X}"
        return [f"it {run.ended}{where}"]
    reasons = []
    if run.stack_balance:
        side = "high" if run.stack_balance > 0 else "low"
        reasons.append(f"it leaves the stack pointer {abs(run.stack_balance)} bytes too {side}")
    if run.emulation:
        reasons.append("it leaves the CPU in emulation mode")
    for address, expected in case.expect_memory.items():
        reasons += memory_differs(address, run.memory.get(address, b""), expected)
    width: dict[Register, int] = {"a": contract.m, "x": contract.x, "y": contract.x, "db": 8}
    changes = contract.changes
    if interrupts := contract.returns == "rti":
        width, changes = {"db": 8}, ()
    for register, value in case.expect_registers.items():
        reasons += differs(register.upper(), run.registers[register], value, width.get(register, 16))
    for flag, state in case.expect_flags.items():
        if run.flags[flag] != state:
            reasons.append(f"flag {flag} is {_STATES[run.flags[flag]]}, expected {_STATES[state]}")
    for span in run.stray_writes:
        size = f"{span.length} bytes" if span.length > 1 else "a byte"
        reasons.append(f"it changes {size} at ${span.address:06X}, where it may not write")
    for address in run.stray_registers:
        memory = _PPU_MEMORY.get(address)
        reasons.append(
            f"it changes {memory}, where it may not write" if memory else f"it leaves ${address:04X} changed"
        )
    for register in _REGISTERS:
        if register not in (*changes, *case.expect_registers):
            before = start.registers[register]
            reasons += differs(register.upper(), run.registers[register], before, width.get(register, 16))
    kept = (flag for name, flag in _FLAGS.items() if name not in changes)
    for flag in start.flags if interrupts else kept:
        if flag not in case.expect_flags and run.flags[flag] != start.flags[flag]:
            reasons.append(f"it returns with flag {flag} {_STATES[run.flags[flag]]}")
    if contract.max_cycles is not None and run.cycles > contract.max_cycles:
        reasons.append(f"it takes {run.cycles} master cycles, at most {contract.max_cycles} are allowed")
    return reasons
