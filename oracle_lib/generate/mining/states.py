"""Draws initial states for a routine until its runs have gone every way: values that its text names, edges, small
numbers, pointers into free RAM, and variants of states that came near. Judges nothing.
"""

import random
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from oracle_lib.generate.mining.machine import ELSEWHERE, Decision, Explorer, Reason, Stopped
from oracle_lib.generate.mining.routine import Routine
from oracle_lib.verify.assembler import Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES
from oracle_lib.verify.contract import Flag, Register

Site = tuple[int, int] | str
"""What is drawn: a register, or a byte by the offset of the instruction that reads it first and its number there."""
_STYLES = ("any", "named", "edge", "small", "tiny", "zero")
_EDGES = (0x00, 0x01, 0x7F, 0x80, 0xFF, 0xFE)
_MOST_STEPS = 80_000
"""Of all runs of a routine together."""
_SLOTS = 16
"""What an index register selects on entry: one of the game's 16 slots."""
_SEVERAL = 4
_NEAR = 20
_BUFFERS, _BUFFER = 0x1000, 0x40
"""Where pointers lead: to this address in bank $7E, in steps of so many bytes."""


@dataclass(frozen=True)
class Convention:
    """How a routine is entered: the widths of A and of X and Y, and the data bank."""

    m: int
    x: int
    db: int

    @property
    def flags(self) -> dict[Flag, bool]:
        return {"m": self.m == 8, "x": self.x == 8}


@dataclass(frozen=True)
class Run:
    """A run: the state that it was given, the RAM that it read there, and what it left. It is closed unless something
    `stopped` it."""

    registers: dict[Register, int]
    flags: dict[Flag, bool]
    reads: dict[int, int]
    left: dict[Register, int]
    left_flags: dict[Flag, bool]
    writes: dict[int, int]
    covered: frozenset[int]
    edges: frozenset[tuple[int, bool]]
    decisions: dict[int, Decision]
    steps: int
    returned_by: str
    stopped: Stopped | None
    styles: dict[Site, str] = field(compare=False)
    drawn: dict[Site, int] = field(compare=False)


@dataclass(frozen=True)
class Variant:
    """Part of a state to begin with."""

    registers: dict[Register, int]
    memory: dict[int, int]


class States:
    """States of one routine under one convention, drawn from a generator that the caller gives.

    It learns which values keep runs closed: `limits` holds the largest that may be drawn for each site.
    """

    def __init__(self, routine: Routine, convention: Convention) -> None:
        self.routine, self.convention = routine, convention
        self.limits: dict[Site, int] = {}
        self.index_inputs: frozenset[str] = frozenset()
        self._luck: dict[Site, Counter[str]] = {}
        self._named = _named(routine)
        self._turn = 0

    def attempt(self, rng: random.Random, like: Variant | None = None) -> Run:
        """Runs the routine once, from a new state or from a variant of another run's. Raises `Stopped` where the run
        is not closed and never can be."""
        convention, origin = self.convention, self.routine.origin
        styles: dict[Site, str] = {}
        drawn: dict[Site, int] = {}
        seen: list[int] = []

        def choose(site: Site, byte: int) -> int:
            style = styles.get(site) or self._style(rng, site)
            styles[site] = style
            value = self._value(rng, site, style, byte, seen)
            seen.append(value)
            return value

        def draw(pc: int, number: int, place: int, pointing: bool) -> int:
            if pointing:
                return self._pointer(rng, place, number)
            site = (pc - origin & 0xFFFFFF, number)
            value = choose(site, number & 1)
            drawn[site] = max(value, drawn.get(site, 0))
            return value

        registers = self._registers(rng, choose, drawn)
        memory: dict[int, int] = {}
        if like is not None:
            memory = dict(like.memory)
            registers |= like.registers
        flags: dict[Flag, bool] = {flag: rng.random() < 0.5 for flag in ("n", "v", "z", "c")} | convention.flags
        machine = Explorer(
            self.routine.assembly, self.routine.rom, origin, registers, flags | {"d": False, "i": False}, memory, draw
        )
        stopped: Stopped | None = None
        try:
            machine.go()
        except Stopped as found:
            if found.always:
                raise
            stopped = found
        finally:
            self.index_inputs |= {name.lower() for name in machine.indexes_by}
        self._learn(styles, stopped is None)
        writes = {place: value for place, value in machine.written.items() if not machine.on_stack(place)}
        return Run(
            registers=registers,
            flags=flags,
            reads=machine.read.copy(),
            left=machine.r.copy(),
            left_flags=machine.f.copy(),
            writes=writes,
            covered=frozenset(machine.covered),
            edges=frozenset(machine.edges),
            decisions=machine.decisions,
            steps=machine.steps,
            returned_by=machine.returned_by,
            stopped=stopped,
            styles=styles,
            drawn=drawn,
        )

    def variant(self, rng: random.Random, run: Run, at: int) -> Variant:
        """A state like that of a run, but for what could turn the branch `at`: one of the bytes or words read before,
        or a register, is off by what the branch went by. Of a run that was stopped, often only the last bytes are drawn
        anew."""
        if run.stopped and rng.random() < 0.5:
            return Variant({}, dict(list(run.reads.items())[: -rng.randrange(1, 4)]))
        decision = run.decisions[at]
        value, top = decision.value, 1 << 8 * decision.size - 1
        off = rng.choice((-value, -value - 1, -value + 1, value, value + 1, top, 1, -1))
        registers: dict[Register, int] = {name: run.registers[name] for name in ("a", "x", "y")}
        memory = dict(run.reads)
        read = list(memory)[: decision.reads]
        if read and rng.random() < 0.8:
            place = read[-1 - min(int(rng.expovariate(0.4)), len(read) - 1)]
            low = place - 1 if decision.size == 2 and place - 1 in memory else place
            size = 2 if decision.size == 2 and low + 1 in memory else 1
            new = sum(memory[low + byte] << 8 * byte for byte in range(size)) + off
            memory |= {low + byte: new >> 8 * byte & 0xFF for byte in range(size)}
        else:
            name: Register = rng.choice([name for name in registers if name not in self.index_inputs])
            registers[name] = registers[name] & 0xFF00 | registers[name] + off & 0xFF
        for place in rng.sample(sorted(memory), min(len(memory), rng.randrange(2))):
            del memory[place]
        return Variant(registers, memory)

    def amid(self, routine: Routine, offsets: Mapping[int, int]) -> "States":
        """The same for the routine at another place, with each instruction at another offset."""
        other = States(routine, self.convention)
        other.index_inputs = self.index_inputs
        for site, limit in self.limits.items():
            other.limits[site if isinstance(site, str) else (offsets.get(site[0], site[0]), site[1])] = limit
        return other

    def keep_to(self, runs: Sequence[Run]) -> None:
        """From now on draws nothing larger than these runs were given."""
        for run in runs:
            for site, value in run.drawn.items():
                self.limits[site] = max(value, self.limits.get(site, 0))

    def _registers(
        self, rng: random.Random, choose: Callable[[Site, int], int], drawn: dict[Site, int]
    ) -> dict[Register, int]:
        found: dict[Register, int] = {"d": 0, "db": self.convention.db}
        names: tuple[Register, ...] = ("a", "x", "y")
        for name in names:
            low = self._slot(rng) if name in self.index_inputs else choose(name, 0)
            drawn[name] = low
            wide = self.convention.x == 16 and name != "a"
            if name in self.index_inputs:
                found[name] = min(low, self.limits.get(name, 0xFF))
            else:
                found[name] = low | (rng.randrange(0x100) << 8 if name == "a" or wide else 0)
        return found

    def _slot(self, rng: random.Random) -> int:
        """One of the slots: each in turn in half of the draws."""
        self._turn += 1
        slot = self._turn % _SLOTS if rng.random() < 0.5 else rng.randrange(_SLOTS)
        return slot if self.convention.x == 8 else 2 * slot

    def _style(self, rng: random.Random, site: Site) -> str:
        luck = self._luck.setdefault(site, Counter())
        weights = [(luck[style] + 2) / (luck[style] + luck[f"not {style}"] + 2) for style in _STYLES]
        return rng.choices(_STYLES, weights)[0]

    def _value(self, rng: random.Random, site: Site, style: str, byte: int, seen: Sequence[int]) -> int:
        limit = self.limits.get(site, 0xFF)
        for _ in range(8):
            match style:
                case "named" if pool := [*self._named[byte], *seen[-4:]]:
                    value = rng.choice(pool)
                case "edge":
                    value = rng.choice(_EDGES)
                case "small":
                    value = rng.randrange(_SLOTS)
                case "tiny":
                    value = rng.randrange(4)
                case "zero":
                    value = 0
                case _:
                    value = rng.randrange(0x100)
            if value <= limit:
                return value
        return rng.randrange(limit + 1)

    def _pointer(self, rng: random.Random, place: int, number: int) -> int:
        """A byte of a pointer to one of two buffers, which belong to the place that the pointer lies in."""
        first = place - number
        address = _BUFFERS + (first * 2 % 48 + (first >> 3 & 1)) * _BUFFER
        return (address & 0xFF, address >> 8, 0x7E)[number % 3]

    def _learn(self, styles: dict[Site, str], is_closed: bool) -> None:
        for site, style in styles.items():
            self._luck.setdefault(site, Counter())[style if is_closed else f"not {style}"] += 1


def _named(routine: Routine) -> tuple[list[int], list[int]]:
    """The bytes that the text names in immediates, and their neighbours: low bytes, and high ones."""
    low, high = set[int](), set[int]()
    for one in routine.assembly.listing:
        if one.mode is Mode.IMMEDIATE and one.mnemonic not in ("REP", "SEP"):
            value = int.from_bytes(one.code[1:], "little")
            near = {value - 1, value, value + 1, -value, value ^ 0x80, value * 2}
            low |= {one & 0xFF for one in near}
            high |= {one >> 8 & 0xFF for one in near} if len(one.code) == 3 else set()
    return sorted(low), sorted(high)


def written(states: States, runs: Sequence[Run]) -> frozenset[int]:
    """The RAM that the runs write, and of what they write in several slots the same in all of them."""
    found = {place for run in runs for place in run.writes}
    for name in ("x", "y"):
        if name in states.index_inputs:
            slots: dict[int, set[int]] = {}
            for run in runs:
                for place in run.writes:
                    slots.setdefault(place, set()).add(run.registers[name])
            # What one slot alone writes is that slot's.
            own = [(place - slot, slot) for place, (slot, *others) in slots.items() if not others]
            arrays = Counter(first for first, _ in own)
            every = {run.registers[name] for run in runs}
            found |= {first + slot for first, count in arrays.items() if count >= _SEVERAL for slot in every}
    return frozenset(found)


def branches(routine: Routine) -> set[tuple[int, bool]]:
    """Every way that the conditional branches of a routine can go."""
    conditional = [
        one.address - routine.origin
        for one in routine.assembly.listing
        if one.mnemonic in BRANCHES and one.mnemonic != "BRA"
    ]
    return {(address, way) for address in conditional for way in (True, False)}


@dataclass
class Pool:
    """Closed runs of a routine, and what became of all attempts."""

    runs: list[Run] = field(default_factory=list)
    stopped: Counter[Reason] = field(default_factory=Counter)
    details: dict[Reason, str] = field(default_factory=dict)

    @property
    def covered(self) -> set[int]:
        return set().union(*(run.covered for run in self.runs))

    @property
    def closed(self) -> float:
        """The share of the attempts that were."""
        tried = len(self.runs) + self.stopped.total()
        return len(self.runs) / tried if tried else 0.0


def explore(states: States, rng: random.Random, wanted: int, most: int, most_steps: int = _MOST_STEPS) -> Pool:
    """At least `wanted` closed runs that go every way, as far as `most` attempts find them. Raises `Stopped` where a
    run is not closed and never can be."""
    pool, seen = Pool(), set[tuple[int, bool]]()
    ways = branches(states.routine)
    # Those that went some way first, and the last that did so and were stopped later.
    fresh, near = list[Run](), deque[Run](maxlen=_NEAR)
    steps = 0
    for _ in range(most):
        missing = ways - seen
        if (len(pool.runs) >= wanted and not missing) or steps > most_steps:
            break
        like = None
        if missing and rng.random() < 0.7:
            # Where one side of a branch was seen and the other was not; in code elsewhere too, which may lead here.
            open_ones = [(at, run) for run in (*fresh, *near) for at, way in run.edges if (at, not way) not in seen]
            own = [one for one in open_ones if one[0] < ELSEWHERE]
            if choices := own if own and rng.random() < 0.6 else open_ones:
                at, run = rng.choice(choices)
                like = states.variant(rng, run, at)
        run = states.attempt(rng, like)
        steps += run.steps
        if run.edges - seen:
            (near if run.stopped else fresh).append(run)
        if run.stopped:
            pool.stopped[run.stopped.reason] += 1
            pool.details.setdefault(run.stopped.reason, str(run.stopped))
        else:
            pool.runs.append(run)
            seen |= run.edges
    return pool
