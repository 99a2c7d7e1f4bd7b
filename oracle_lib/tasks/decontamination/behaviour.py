"""A drawn program as a black box: what it reads, what it leaves, and what it does to numbers that are put in.

Nothing here looks at how a program computes, and nothing here knows a family.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Literal

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import State
from oracle_lib.tasks.program.cases import Stage
from oracle_lib.tasks.program.interpreter import Machine, run

Shape = Literal["byte", "word", "long", "bytes", "words", "carry"]
Value = int | tuple[int, ...] | None
"""A number, or what an array holds; None for a carry that the program says nothing about."""

_TRIALS = 4
"""From how many states it is tried what depends on what."""
_SHAPES: dict[int, Shape] = {8: "byte", 16: "word", 24: "long"}


@dataclass(frozen=True)
class Place:
    """What a program reads or leaves, wherever it lies: a number, an array, or the carry (`thing` is None)."""

    shape: Shape
    thing: p.Variable | p.Register | p.Array | p.Text | p.Item | p.Pointed | p.Pointer | None

    @property
    def width(self) -> int:
        return {"byte": 8, "bytes": 8, "word": 16, "words": 16, "long": 24, "carry": 1}[self.shape]

    def read(self, machine: Machine, addresses: Sequence[int]) -> Value:
        """What lies at the addresses, or in the register or the carry where the place is one of these."""
        match self.thing:
            case None:
                return machine.carry
            case p.Register(name, width):
                held = machine.registers.get(name)
                return None if held is None else held & ((1 << width) - 1)
        numbers = tuple(machine.load(address, self.width // 8) for address in addresses)
        return numbers if self.shape in ("bytes", "words") else numbers[0]

    def put(self, machine: Machine, value: Value) -> None:
        """Places the value as far as the program's promises allow: a number modulo what it is surely below; a text
        stays as it is.
        """
        match self.thing:
            case None | p.Text():
                return
            case p.Register(name, width, below):
                assert isinstance(value, int)
                machine.registers[name] = value % (below or 1 << width)
                return
            case p.Variable(below=below) if below:
                assert isinstance(value, int)
                value %= below
        numbers = value if isinstance(value, tuple) else (value or 0,)
        for address, number in zip(self.addresses(machine), numbers, strict=True):
            machine.store(address, number, self.width // 8)

    def addresses(self, machine: Machine) -> Sequence[int]:
        """Where its numbers lie; a text's bytes up to its end."""
        match self.thing:
            case p.Variable(address=address):
                return (address,)
            case p.Array(address=address, length=length, step=step):
                return range(address, address + step * length, step)
            case p.Text(address=address, end=end):
                length = next(length for length in count() if machine.load(address + length, 1) == end)
                return range(address, address + length)
            case p.Item(p.Array(address=address, step=step), p.Number(index)):
                return (address + step * index,)
            case p.Pointed(pointer, p.Number(offset)):
                return (machine.load(pointer.address, pointer.width // 8) + offset,)
            case p.Pointer(address=address, length=length, width=width):
                start = machine.load(address, width // 8)
                return range(start, start + length)
        return ()


@dataclass(frozen=True)
class Observation:
    """What the places held before and after one run."""

    before: dict[Place, Value]
    after: dict[Place, Value]


class Behaviour:
    """A program with the places that it may depend on (`inputs`) and those that it leaves something in (`results`)."""

    def __init__(self, program: p.Program) -> None:
        self.program = program
        self._stage = Stage(program)
        self._rng = random.Random("behaviour")
        self._seen: list[Observation] = []
        self._states: list[Machine] = []
        self.inputs = tuple(dict.fromkeys(self._inputs()))
        self.results = tuple(dict.fromkeys(self._results()))

    def _inputs(self) -> Iterator[Place]:
        stops = any(isinstance(node, p.Stop) for node in self.program.nodes)
        overwritten = {one.place for one in self.program.body if isinstance(one, p.Set) and not stops} - {
            place
            for node in self.program.nodes
            for place in (
                (node.place,)
                if isinstance(node, p.Read)
                else (node.left, node.right)
                if isinstance(node, p.Swap)
                else ()
            )
        }
        for node in self.program.nodes:
            match node:
                case p.Variable(own=False, width=width) if node not in overwritten:
                    yield Place(_SHAPES[width], node)
                case p.Read(p.Register(width=width) as register):
                    yield Place(_SHAPES[width], register)
                case p.Array(width=width):
                    yield Place("bytes" if width == 8 else "words", node)
                case p.Text():
                    yield Place("bytes", node)
                case p.Item(p.Array(), p.Number()) | p.Pointed(offset=p.Number()) if node not in overwritten:
                    yield Place(_SHAPES[node.width], node)
                case p.Pointed(pointer):
                    yield Place("bytes", pointer)

    def _results(self) -> Iterator[Place]:
        for thing in self.program.written:
            match thing:
                case p.Variable(width=width) | p.Register(width=width):
                    yield Place(_SHAPES[width], thing)
                case p.Array(width=width):
                    yield Place("bytes" if width == 8 else "words", thing)
                case _:
                    yield Place("bytes", thing)
        for node in self.program.nodes:
            if isinstance(node, p.Set | p.Swap):
                for place in (node.place,) if isinstance(node, p.Set) else (node.left, node.right):
                    match place:
                        case p.Item(p.Array(), p.Number()) | p.Pointed(offset=p.Number()):
                            yield Place(_SHAPES[place.width], place)
            elif isinstance(node, p.Report):
                yield Place("carry", None)

    def random(self, number: int) -> Observation:
        """Observation number so many, of a random state; the same one each time."""
        while len(self._seen) <= number:
            state = self._stage.fill(State(self._rng, len(self._seen), 8, 8))
            self._states.append(state)
            self._seen.append(self._observe(state, {}))
        return self._seen[number]

    def observe(self, number: int, given: dict[Place, Value]) -> Observation:
        """A run from the same state as that of a random observation, but for some places that hold what is given."""
        self.random(number)
        return self._observe(self._states[number], given)

    def _observe(self, state: Machine, given: dict[Place, Value]) -> Observation:
        machine = Machine(dict(state.memory), dict(state.registers))
        for place, value in given.items():
            place.put(machine, value)
        where = {place: place.addresses(machine) for place in (*self.inputs, *self.results)}
        before = {place: place.read(machine, where[place]) for place in self.inputs}
        run(self.program, machine)
        return Observation(before, {place: place.read(machine, where[place]) for place in self.results})

    @cached_property
    def sources(self) -> dict[Place, tuple[Place, ...]]:
        """The inputs that a result may depend on, by result, as far as the text of the program tells."""
        flow = _Flow(self.program)
        reach = {result: flow.into(_owner(result.thing)) for result in self.results}
        return {
            result: tuple(place for place in self.inputs if _owner(place.thing) in reach[result])
            for result in self.results
        }

    @cached_property
    def needed(self) -> dict[Place, frozenset[Place]]:
        """The inputs that a result was seen to depend on, by result; of places that overlap, none is named."""
        owners = Counter(_owner(place.thing) for place in self.inputs)
        apart = [place for place in self.inputs if owners[_owner(place.thing)] == 1]
        found: dict[Place, set[Place]] = {result: set() for result in self.results}
        for number in range(_TRIALS):
            usual = self.random(number)
            for place in apart:
                other = self.observe(number, {place: self._changed(usual.before[place], place.width)})
                for result in self.results:
                    if other.after[result] != usual.after[result]:
                        found[result].add(place)
        return {result: frozenset(places) for result, places in found.items()}

    def _changed(self, value: Value, width: int) -> Value:
        if isinstance(value, tuple):
            return tuple(self._rng.randrange(1 << width) for _ in value)
        return self._rng.randrange(1 << width)

    @cached_property
    def constants(self) -> Constants:
        return Constants(self.program)


class Constants:
    """The numbers that a program brings along, and those that the same computation may be told with."""

    def __init__(self, program: p.Program) -> None:
        self.tables = tuple(table.values for table in program.things(p.Table))
        self.raw = tuple(sorted({number for node in program.nodes for number in _numbers(node)}))

    @cached_property
    def near(self) -> tuple[int, ...]:
        """The numbers themselves and those beside them, for bounds may be told either way."""
        return tuple(sorted({one + by for one in self.raw for by in (-1, 0, 1) if one + by >= 0}))

    @cached_property
    def all(self) -> tuple[int, ...]:
        """Those and their complements, negations and powers of two, and the bit numbers of powers of two."""
        found = set(self.near)
        for one in self.raw:
            found |= {(made & top) for top in (0xFF, 0xFFFF) for made in (~one, -one)}
            found |= {1 << one} if one < 16 else set()
            found |= {one.bit_length() - 1} if one and not one & (one - 1) else set()
        return tuple(sorted(found))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How far something may be shifted."""
        return tuple(one for one in self.all if 0 < one < 16)


def _numbers(node: p.Node) -> tuple[int, ...]:
    match node:
        case p.Number(value):
            return (value,)
        case p.Between(_, low, high):
            return (low, high)
        case p.Bits(_, mask):
            return (mask,)
        case p.Saturating(bound=bound):
            return (bound,)
        case p.Scaled(_, factor):
            return (factor,)
        case p.Shifted(count=count):
            return (count,)
        case p.Field(_, low, bits):
            return (low, bits, (1 << bits) - 1)
        case p.Switch(_, cases):
            return tuple(value for value, _ in cases)
        case p.Table(values=values):
            return (*values, len(values))
        case p.Array(length=length):
            return (length,)
        case p.Position(otherwise=otherwise):
            return (otherwise,)
        case p.Text(end=end):
            return (end,)
    return ()


Owner = p.Variable | p.Register | p.Array | p.Text | p.Pointer | None


def _owner(thing: object) -> Owner:
    match thing:
        case p.Item(of) | p.Here(of):
            assert not isinstance(of, p.Table)
            return of
        case p.Pointed(pointer):
            return pointer
    assert thing is None or isinstance(thing, p.Variable | p.Register | p.Array | p.Text | p.Pointer)
    return thing


def _owners(*parts: object) -> set[Owner]:
    kinds = p.Variable | p.Register | p.Array | p.Text | p.Pointer
    return {node for part in parts for node in p.walk(part) if isinstance(node, kinds)}


class _Flow:
    """What may flow into what, whatever the order of the statements: more than really does, and never less."""

    def __init__(self, program: p.Program) -> None:
        self._from: dict[Owner, set[Owner]] = defaultdict(set)
        self._everywhere: set[Owner] = set()
        self._block(program.body, set())

    def into(self, owner: Owner) -> set[Owner]:
        """Whatever may flow into it, itself included."""
        found, left = {owner}, [owner, *self._everywhere]
        while left:
            for source in {left[-1]} | self._from[left.pop()]:
                if source not in found:
                    found.add(source)
                    left.append(source)
        return found

    def _block(self, statements: tuple[p.Statement, ...], around: set[Owner]) -> None:
        for statement in statements:
            match statement:
                case p.If(condition, then, otherwise):
                    self._block((*then, *otherwise), around | _owners(condition))
                case p.Switch(on, cases, otherwise):
                    self._block((*(one for _, body in cases for one in body), *otherwise), around | _owners(on))
                case p.Each(over, body):
                    self._block(body, around | (_owners(over) if isinstance(over, p.Text) else set()))
                case p.Repeat(head, body) | p.While(head, body):
                    self._block(body, around | _owners(head))
                case p.Call(body=body):
                    self._block(body, around)
                case p.Stop():
                    self._everywhere |= around
                case p.Report():
                    self._from[None] |= _owners(statement) | around
                case p.Set(place):
                    self._from[_owner(place)] |= _owners(statement) | around
                case p.Swap(left, right):
                    for place in (left, right):
                        self._from[_owner(place)] |= _owners(statement) | around
                case p.Fill(target) | p.Copy(target=target) | p.Reverse(target) | p.Shove(target):
                    self._from[target] |= _owners(statement) | around
