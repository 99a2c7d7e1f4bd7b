"""Makes contracts of what routines do: draws their states, lets the console confirm every run, and keeps those cases
that tell a routine from its mutants. Asks nobody anything.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oracle_lib.generate.mining.callers import Result
from oracle_lib.generate.mining.library import Library, Piece
from oracle_lib.generate.mining.machine import Reason, Stopped
from oracle_lib.generate.mining.routine import (
    Routine,
    SourceRom,
    continued,
    room,
    routine_of,
    unreachable,
    without,
)
from oracle_lib.generate.mining.states import Convention, Pool, Run, States, explore, written
from oracle_lib.items import Item
from oracle_lib.tasks.kit.asm import SCRATCH
from oracle_lib.tasks.kit.breaks import breaks, sample
from oracle_lib.verify import AsmCase, AsmContract, Span, check
from oracle_lib.verify.contract import CallerState, Flag, Register, Returns

_CONVENTIONS = ((8, 8), (16, 16), (16, 8), (8, 16))
_PROBED, _PROBES, _PROBED_STEPS = 12, 48, 16_000
_RUNS, _FEWEST, _ATTEMPTS = 96, 16, 800
_MOST_WRITTEN, _MOST_HOST = 0x100, 0x1000
_CONFIRMED = 24
_CASES, _MOST_CASES = 12, 20
_BREAKS, _TRIED = 24, 40
_LEAST_BUDGET, _TIMES_SLOWER = 40_000, 8
_ALMOST_ALL = 0.95
SCRATCH_PLACES = range(0x7E0000 + SCRATCH[0], 0x7E0000 + SCRATCH[0] + SCRATCH[1])


@dataclass(frozen=True)
class Results:
    """What a routine is for: the memory, registers and flags that a case expects something of."""

    memory: frozenset[int]
    registers: tuple[Register, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Observed:
    """A routine whose runs are closed, where they were run, and its contract without cases that anybody chose."""

    routine: Routine
    convention: Convention
    states: States
    pool: Pool
    results: Results
    writes: frozenset[int]
    reads: frozenset[int]
    contract: AsmContract
    used: tuple[tuple[Piece, int, bytes], ...]
    """The pieces that it needs, each with an address and the bytes from there on that it needs of it."""


def observe(library: Library, item: Item, rng: random.Random) -> Observed:
    """What runs of an item's routine show. Raises `Stopped` where they are not closed, or show too little."""
    wild = routine_of(library, item)
    states, pool = _explored(wild, rng)
    if len(pool.runs) < _FEWEST:
        raise Stopped(Reason.FEW, f"{len(pool.runs)}")
    missed = {one.address for one in wild.assembly.listing if one.address - wild.origin not in pool.covered}
    if missed and missed != unreachable(wild):
        raise Stopped(Reason.UNREACHED, f"{len(missed)} of {len(wild.assembly.listing)} instructions")
    writes = written(states, pool.runs)
    reads = frozenset(place for run in pool.runs for place in run.reads)
    if len(writes) > _MOST_WRITTEN:
        raise Stopped(Reason.WRITES_MUCH, f"{len(writes)} bytes")
    assert isinstance(wild.rom, SourceRom)
    used = tuple(wild.rom.used())
    host = {address: held for _, address, held in used}
    if (size := sum(map(len, host.values()))) > _MOST_HOST:
        raise Stopped(Reason.NEEDS_MUCH, f"{size} bytes")
    routine = _sealed(library, wild, missed, host)
    offsets = _offsets(wild, missed, routine)
    results = _results(pool.runs, writes, library.results(item.source.symbol))
    contract = _contract(routine, host, states.convention, pool.runs, writes)
    return Observed(
        routine, states.convention, states.amid(routine, offsets), pool, results, writes, reads, contract, used
    )


def _explored(routine: Routine, rng: random.Random) -> tuple[States, Pool]:
    """Runs of the routine under the convention that keeps most of them closed."""
    best: tuple[States, Pool] | None = None
    stopped: Stopped | None = None
    for bank in dict.fromkeys((0, routine.origin >> 16 & 0x7F)):
        for m, x in _CONVENTIONS:
            states = States(routine, Convention(m, x, bank))
            try:
                pool = explore(states, rng, _PROBED, _PROBES, _PROBED_STEPS)
            except Stopped as found:
                if found.reason not in (Reason.WIDTHS, Reason.READS_ROM):
                    raise
                stopped = stopped or found
                continue
            if not pool.runs and pool.stopped.keys() == {Reason.SLOW}:
                raise Stopped(Reason.SLOW)
            if best is None or len(pool.runs) > len(best[1].runs):
                best = states, pool
            if len(pool.runs) >= _PROBED:
                break
        if best and len(best[1].runs) >= _PROBED:
            break
    if best is None:
        assert stopped
        raise stopped
    states, pool = best
    if not pool.runs:
        reason = pool.stopped.most_common(1)[0][0]
        raise Stopped(reason, pool.details[reason])
    pool = explore(states, rng, _RUNS, _ATTEMPTS)
    if pool.closed < _ALMOST_ALL:
        states.keep_to(pool.runs)
    return states, pool


def _sealed(library: Library, wild: Routine, unused: set[int], host: Mapping[int, bytes]) -> Routine:
    """The routine amid what its runs have met and nothing else, where a longer answer has room: without the unused
    instructions, and with a jump to where it runs on."""
    jump, name = continued(library, wild)
    text = (without(wild.text, wild.assembly, unused) if unused else wild.text) + jump
    for origin in room(wild, host):
        try:
            return Routine.sealed(wild.name, text, origin, {**wild.symbols, **name}, host)
        except Stopped:
            continue
    raise Stopped(Reason.NO_ROOM)


def _offsets(wild: Routine, unused: set[int], routine: Routine) -> dict[int, int]:
    """Where each instruction of a routine has come to lie, by where it lay."""
    old = [one.address - wild.origin for one in wild.assembly.listing if one.address not in unused]
    new = [one.address - routine.origin for one in routine.assembly.listing]
    return dict(zip(old, new, strict=False))


def _results(runs: Sequence[Run], writes: frozenset[int], used: frozenset[Result] | None) -> Results:
    """What of what it leaves behind a caller could use: all memory but scratch, and of registers, flags and scratch
    what callers in the source do use. Where that is nothing, everything that differs from run to run."""
    memory = {place for place in writes if place not in SCRATCH_PLACES or (used and place in used)}
    changed: list[Register] = [
        name for name in ("a", "x", "y") if any(run.left[name] != run.registers[name] for run in runs)
    ]
    registers = tuple(name for name in changed if used and name in used)
    flags: tuple[Flag, ...] = tuple(flag for flag in ("n", "v", "z", "c") if used and flag in used)
    if not memory and not registers and not flags:
        memory = set(writes)
        registers = tuple(changed)
        judged: tuple[Flag, ...] = ("z", "c")
        varying = [flag for flag in judged if len({run.left_flags[flag] for run in runs}) > 1]
        flags = tuple(flag for flag in varying if any(run.left_flags[flag] != run.flags[flag] for run in runs))
    return Results(frozenset(memory), registers, flags)


def _contract(
    routine: Routine,
    host: Mapping[int, bytes],
    convention: Convention,
    runs: Sequence[Run],
    writes: frozenset[int],
) -> AsmContract:
    """The contract around the cases. Raises `Stopped` where a caller could not know what comes back."""
    returns = {run.returned_by for run in runs}
    widths = {(run.left_flags["m"], run.left_flags["x"]) for run in runs}
    for run in runs:
        if run.left["d"] != 0 or run.left["db"] != convention.db or run.left_flags["d"] or run.left_flags["i"]:
            raise Stopped(Reason.CALLER_STATE)
    if len(returns) > 1 or len(widths) > 1:
        raise Stopped(Reason.CALLER_STATE)
    m, x = widths.pop()
    changes: list[CallerState] = [
        name for name in ("a", "x", "y") if any(run.left[name] != run.registers[name] for run in runs)
    ]
    changes += ["m_flag"] if m != convention.flags["m"] else []
    changes += ["x_flag"] if x != convention.flags["x"] else []
    how: Returns = "rts" if returns == {"rts"} else "rtl"
    return AsmContract(
        symbols=dict(routine.symbols),
        origin=routine.origin,
        entry=routine.name,
        m=convention.m,
        x=convention.x,
        returns=how,
        host=dict(host),
        writes=spans(writes),
        changes=tuple(changes),
        cases=(AsmCase(),),
    )


def case(run: Run, results: Results, changes: Sequence[CallerState], rng: random.Random) -> AsmCase:
    """A run as a case. Memory that the routine may write and did not must stay as it was."""
    memory = dict(run.reads)
    for place in sorted(results.memory):
        memory.setdefault(place, rng.randrange(0x100))
    after = {place: run.writes.get(place, memory[place]) for place in results.memory}
    registers: dict[Register, int] = {name: run.registers[name] for name in ("a", "x", "y")}
    if run.registers["db"]:
        registers["db"] = run.registers["db"]
    flags: dict[Flag, bool] = {flag: run.left_flags[flag] for flag in results.flags}
    widths: tuple[Flag, ...] = ("m", "x")
    flags |= {flag: run.left_flags[flag] for flag in widths if f"{flag}_flag" in changes}
    return AsmCase(
        registers=registers,
        flags={flag: run.flags[flag] for flag in ("n", "v", "z", "c")},
        memory=blocks(memory),
        expect_registers={name: run.left[name] for name in results.registers},
        expect_flags=flags,
        expect_memory=blocks(after),
    )


def blocks(memory: Mapping[int, int]) -> dict[int, bytes]:
    """Bytes that lie side by side, together."""
    found: dict[int, bytearray] = {}
    first = end = -1
    for place in sorted(memory):
        if place != end or place & 0xFFFF == 0:
            first = place
            found[first] = bytearray()
        found[first].append(memory[place])
        end = place + 1
    return {place: bytes(held) for place, held in found.items()}


def spans(places: Iterable[int]) -> tuple[Span, ...]:
    return tuple(Span(address=place, length=len(held)) for place, held in blocks(dict.fromkeys(places, 0)).items())


def confirm(observed: Observed, rng: random.Random) -> AsmContract:
    """Lets the console run the routine from some of its states, twice, amid other noise each time: everything must end
    as the runs say. Returns the contract, with a budget of cycles that goes by what the routine took. Raises `Stopped`
    where it ends otherwise."""
    runs = observed.pool.runs[:_CONFIRMED]
    everything = Results(observed.writes, ("a", "x", "y"), ("n", "v", "z", "c"))
    changes = observed.contract.changes
    cases = [case(run, everything, changes, rng) for run in (*runs, *runs)]
    # Flags that a pulled data bank leaves tell $00 from $80.
    cases = [one.model_copy(update={"registers": {**one.registers, "db": observed.convention.db}}) for one in cases]
    verdict = check(observed.routine.text, observed.contract.model_copy(update={"cases": tuple(cases)}))
    if not verdict.passes:
        raise Stopped(Reason.CONSOLE, re.sub(r"^case \d+: ", "", verdict.reasons[0]))
    budget = max(_LEAST_BUDGET, _TIMES_SLOWER * (verdict.cycles or 0))
    return observed.contract.model_copy(update={"budget": budget})


def chosen(observed: Observed, contract: AsmContract, rng: random.Random) -> AsmContract:
    """The contract with cases that go every way and tell the routine from its mutants, as far as its runs do. Raises
    `Stopped` where doing nothing would meet it."""
    runs = observed.pool.runs
    cases = [case(run, observed.results, contract.changes, rng) for run in runs]
    seen, first = set[tuple[int, bool]](), list[int]()
    for number in sorted(range(len(runs)), key=lambda number: -len(runs[number].edges)):
        if runs[number].edges - seen:
            first.append(number)
            seen |= runs[number].edges
    picked = list(dict.fromkeys((*first, *range(len(runs)))))[: max(len(first), _CASES)]
    for broken in sample(rng, breaks(observed.routine.text), _BREAKS):
        if not _passes(broken.text, contract, [cases[number] for number in picked]):
            continue
        rest = [number for number in range(len(runs)) if number not in picked][:_TRIED]
        verdict = check(broken.text, contract.model_copy(update={"cases": tuple(cases[number] for number in rest)}))
        if verdict.failed_case is not None and len(picked) < _MOST_CASES:
            picked.append(rest[verdict.failed_case])
    contract = contract.model_copy(update={"cases": tuple(cases[number] for number in picked)})
    if check(f"{observed.routine.name}: {contract.returns.upper()}", contract).passes:
        raise Stopped(Reason.NOTHING)
    return contract


def _passes(text: str, contract: AsmContract, cases: Sequence[AsmCase]) -> bool:
    return check(text, contract.model_copy(update={"cases": tuple(cases)})).passes
