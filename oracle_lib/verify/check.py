"""Whether an answer keeps its contract: assembles it, runs every case on the console, says in words what did not hold.
It judges what the code does, never how it looks. C++ goes to `cpp`."""

import atexit
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from oracle_lib.verify import cartridge
from oracle_lib.verify.assembler import Assembly, Limits, assemble
from oracle_lib.verify.cartridge import ConsoleError, Ending, Execution, Start
from oracle_lib.verify.console import Console
from oracle_lib.verify.contract import AsmCase, AsmContract, Contract, Flag, Register, Span, Verdict
from oracle_lib.verify.cpp import run_cpp

_REASONS = 4
_STATES = ("clear", "set")
_LIMITS = Limits(source=200_000, statements=50_000, expansion=1_000_000, output=0x10000)


def check(text: str, contract: Contract) -> Verdict:
    """What the code `text` (not the prose around it) does under `contract`. `text` may be hostile.

    The first call starts a console, which later calls share and which ends with this process. Raises `OracleError`
    where the machine lacks the SNES core or the C++ toolchain.
    """
    if not isinstance(contract, AsmContract):
        return run_cpp(text, contract)
    # Our own assembler even where asar is installed: the bytes are the same, a process a call costs 100 times as much.
    assembly = assemble(text, contract.symbols, contract.origin, host=contract.host, limits=_LIMITS, backend="own")
    if not assembly.ok:
        errors = [str(problem) for problem in assembly.diagnostics if problem.severity == "error"]
        return Verdict(assembles=False, passes=False, reasons=tuple(errors[:_REASONS]), cases=len(contract.cases))
    entry = _entry(assembly, contract)
    reasons, runs, failed = _refusals(assembly, contract, entry), list[Execution](), None
    if not reasons:
        starts = [_start(number, case, contract) for number, case in enumerate(contract.cases)]
        code = [*contract.host.items(), *assembly.blocks]
        with _console() as console:
            runs = console.call_many(
                code, starts, contract.budget, entry=entry, returns=contract.returns, writes=contract.writes
            )
        for number, (case, start, run) in enumerate(zip(contract.cases, starts, runs, strict=True)):
            if broken := _broken(contract, case, start, run):
                reasons, failed = [f"case {number}: {reason}" for reason in broken], number
                break
    return Verdict(
        assembles=bool(assembly.code),
        passes=not reasons,
        reasons=tuple(reasons[:_REASONS]),
        code=assembly.code,
        cycles=max((run.cycles for run in runs if run.cycles is not None), default=None),
        cases=len(contract.cases),
        failed_case=failed,
    )


def check_many(answers: Iterable[tuple[str, Contract]], workers: int | None = None) -> list[Verdict]:
    """`check` for each pair of text and contract, in order, on `workers` consoles at a time (one a processor)."""
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
        return list(pool.map(lambda answer: check(*answer), answers))


_free: list[Console] = []
"""The consoles of this process that no call uses just now: as many as calls ran at once."""


@contextmanager
def _console() -> Iterator[Console]:
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


# A fork shares its parent's pipes: leave those to the parent.
os.register_at_fork(after_in_child=_free.clear)


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
    allowed = [range(span.address, span.address + span.length) for span in contract.regions or ()]
    for address, content in assembly.blocks:
        last = address + len(content) - 1
        if contract.regions is not None and not any(address in span and last in span for span in allowed):
            reasons.append(f"it puts {len(content)} bytes at ${address:06X}, where it may not")
        try:
            cartridge.lay(address, content, entry or address, contract.returns)
        except ConsoleError as error:
            reasons.append(str(error))
    return reasons


def _start(number: int, case: AsmCase, contract: AsmContract) -> Start:
    """The case's initial state. Registers that it leaves open get values that no routine can rely on."""
    rng = random.Random(number)
    open_registers: dict[Register, int] = {"a": rng.randrange(0x10000)}
    open_registers["x"], open_registers["y"] = (rng.randrange(1 << contract.x) for _ in range(2))
    widths: dict[Flag, bool] = {"m": contract.m == 8, "x": contract.x == 8}
    return Start(
        registers=open_registers | case.registers,
        flags=widths | case.flags,
        memory=case.memory,
        watch=[Span(address=place, length=len(held)) for place, held in case.expect_memory.items() if held],
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
        held = run.memory.get(address, b"")
        for offset, (byte, wanted) in enumerate(zip(held, expected, strict=True)):
            if byte != wanted:
                reasons.append(f"${address + offset:06X} holds ${byte:02X}, expected ${wanted:02X}")
                break
    width: dict[Register, int] = {"a": contract.m, "x": contract.x, "y": contract.x, "db": 8}
    for register, value in case.expect_registers.items():
        reasons += _differs(register.upper(), run.registers[register], value, width.get(register, 16))
    for flag, state in case.expect_flags.items():
        if run.flags[flag] != state:
            reasons.append(f"flag {flag} is {_STATES[run.flags[flag]]}, expected {_STATES[state]}")
    for span in run.stray_writes:
        size = f"{span.length} bytes" if span.length > 1 else "a byte"
        reasons.append(f"it changes {size} at ${span.address:06X}, where it may not write")
    for kept in contract.preserves:
        if kept != "m_flag" and kept != "x_flag":
            reasons += _differs(kept.upper(), run.registers[kept], start.registers.get(kept, 0), width.get(kept, 16))
        elif run.flags[flag := "m" if kept == "m_flag" else "x"] != start.flags[flag]:
            reasons.append(f"it returns with flag {flag} {_STATES[run.flags[flag]]}")
    if contract.max_cycles is not None and run.cycles > contract.max_cycles:
        reasons.append(f"it takes {run.cycles} master cycles, at most {contract.max_cycles} are allowed")
    return reasons


def _differs(name: str, value: int, expected: int, width: int) -> Sequence[str]:
    mask = (1 << width) - 1
    if value & mask == expected & mask:
        return ()
    return [f"{name} is ${value & mask:0{width // 4}X}, expected ${expected & mask:0{width // 4}X}"]
