"""States of the console on which a program shows what it does, and what the interpreter says must follow.

Random numbers alone rarely meet an equality or a bound, so values near the program's own constants are drawn often, and
values that another place holds already.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from functools import cached_property

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import State, bus, number
from oracle_lib.tasks.program.interpreter import Machine, run

_POINTED = range(0x7E1000, 0x7E1A00)
"""Where pointers point to: low WRAM that nothing else here uses."""


class Stage:
    """A program with all that its states need to know about it. What is in the programs
    `beside` is in memory too.
    """

    def __init__(self, program: p.Program, beside: Sequence[p.Program] = ()) -> None:
        self.program = program
        both = p.Program((*program.body, *(statement for one in beside for statement in one.body)))
        self.variables = tuple(one for one in both.things(p.Variable) if not one.own)
        self.arrays = both.things(p.Array)
        self.texts = both.things(p.Text)
        self.pointers = both.things(p.Pointer)
        self.arguments = {
            read.place.name: read.place for read in program.things(p.Read) if isinstance(read.place, p.Register)
        }
        self.reports = any(isinstance(node, p.Report) for node in program.nodes)

    @cached_property
    def telling(self) -> tuple[int, ...]:
        """The program's constants and what lies beside them."""
        found: set[int] = set()
        for node in self.program.nodes:
            match node:
                case p.Number(value):
                    found |= {value - 1, value, value + 1}
                case p.Between(_, low, high):
                    found |= {low - 1, low, high, high + 1}
                case p.Bits(_, mask):
                    found |= {mask, 0xFFFF ^ mask, 0}
                case p.Saturating(_, _, _, bound):
                    found |= {bound - 1, bound, bound + 1}
                case p.Switch(_, cases):
                    found |= {value for value, _ in cases}
                case p.Table(values=values):
                    found |= set(values)
        return tuple(sorted(found)) or (0,)

    @property
    def digest(self) -> str:
        """Names the program: two that do the same to the same places have one name."""
        return hashlib.sha256(repr(self.program).encode()).hexdigest()[:16]

    @property
    def writes(self) -> list[tuple[int, int]]:
        """The (address, length) pairs that the program may write; where pointers point to as a whole."""
        found: list[tuple[int, int]] = []
        for thing in self.program.written:
            match thing:
                case p.Variable():
                    found.append((thing.address, thing.width // 8))
                case p.Array() if thing.step == thing.width // 8:
                    found.append((thing.address, thing.length * thing.step))
                case p.Array():
                    size = thing.width // 8
                    found += [(thing.address + thing.step * index, size) for index in range(thing.length)]
                case p.Text():
                    found.append((thing.address, thing.most))
                case p.Pointer():
                    found.append((_POINTED.start, len(_POINTED)))
        return found

    def fill(self, state: State) -> Machine:
        """Places what the program reads and writes in `state`, and returns the machine that holds the same."""
        rng, manner = state.rng, state.rng.random()
        held: list[int] = []

        def value(width: int, below: int | None = None) -> int:
            top = below or 1 << width
            draw = rng.random()
            if manner < 0.75 and draw < 0.5:
                found = rng.choice(self.telling)
            elif draw < 0.6 and held:
                found = rng.choice(held) + rng.choice((0, 0, 1, -1))
            else:
                found = number(rng, width)
            found %= top
            held.append(found)
            return found

        machine = Machine()
        for name, register in self.arguments.items():
            machine.registers[name] = state.register(name, value(register.width, register.below))
            if register.width == 8:  # what stands above is nobody's business
                state.register(name, state.registers[name] | (rng.randrange(0x100) << 8 if name == "a" else 0))
        for variable in self.variables:
            state._place(variable.address, variable.width // 8, value(variable.width, variable.below))
        for array in self.arrays:
            self._array(array, state, [value(array.width) for _ in range(array.length)])
        for text in self.texts:
            length = rng.choice((0, 1, text.most, rng.randrange(text.most + 1)))
            body = bytes((one + 1) & 0xFF if (one := value(8)) == text.end else one for _ in range(length))
            state.block(text.address, body + bytes([text.end]))
        free = _POINTED.start + rng.randrange(64)
        for pointer in self.pointers:
            state._place(pointer.address, pointer.width // 8, free if pointer.width == 24 else free & 0xFFFF)
            content = b"".join(value(16).to_bytes(2, "little") for _ in range((pointer.length + 1) // 2))
            state.block(free, content[: pointer.length])
            free += pointer.length + rng.randrange(1, 64)
        for array in self.arrays:
            if array.step > array.width // 8:
                self._fence(array, state)
        for address, content in state.memory.items():
            machine.memory |= {address + place: byte for place, byte in enumerate(content)}
        return machine

    @staticmethod
    def _array(array: p.Array, state: State, values: list[int]) -> None:
        size = array.width // 8
        if state.rng.random() < 0.15:
            values = [state.rng.choice(values)] * len(values)
        elif state.rng.random() < 0.1:
            values.sort()
        parts = [one.to_bytes(size, "little") for one in values]
        if array.step == size:
            state.block(array.address, b"".join(parts))
            return
        for index, part in enumerate(parts):
            state.memory[bus(array.address + array.step * index)] = part

    @staticmethod
    def _fence(array: p.Array, state: State) -> None:
        """Beside the fields of records lies what those at the other end hold: whoever goes one too far finds it."""
        size = array.width // 8
        first, last = (bus(array.address + array.step * index) for index in (0, array.length - 1))
        for beside, like in ((first - array.step, last), (last + array.step, first)):
            apart = all(beside + size <= place or place + len(held) <= beside for place, held in state.memory.items())
            if apart and beside >= 0x7E0010:
                state.memory[beside] = state.memory[like]

    def case(self, state: State) -> None:
        """One state with its expected outcome, as `kit.asm.make` wants it."""
        self.outcome(state)

    def outcome(self, state: State) -> Machine:
        """Fills the state, runs the program and writes down what must hold afterwards."""
        machine = self.fill(state)
        lengths = {text: len(state.memory[bus(text.address)]) for text in self.texts}
        run(self.program, machine)
        for thing in self.program.written:
            match thing:
                case p.Variable():
                    state.expect(thing.address, machine.load(thing.address, thing.width // 8), thing.width // 8)
                case p.Array():
                    for index in range(thing.length):
                        element, size = thing.address + thing.step * index, thing.width // 8
                        state.expect(element, machine.load(element, size), size)
                case p.Text():
                    state.expect(
                        thing.address, bytes(machine.load(thing.address + n, 1) for n in range(lengths[thing]))
                    )
                case p.Pointer():
                    place = machine.load(thing.address, thing.width // 8)
                    state.expect(place, bytes(machine.load(place + n, 1) for n in range(thing.length)))
                case p.Register():
                    state.expect_register(thing.name, machine.registers[thing.name])
        if self.reports and machine.carry is not None:
            state.expect_carry(machine.carry)
        return machine


def shows_everything(stage: Stage, rng: random.Random, states: int = 40) -> bool:
    """Whether random states meet both outcomes of every condition, each case of every switch, and a change of every
    thing that the program writes. If not, part of the program is dead or does nothing, and nobody would ask for it.
    """
    seen: set[tuple[int, bool | int]] = set()
    still = set(stage.program.written)
    for place in range(states):
        machine = stage.fill(State(rng, place, 8, 8))
        machine.seen = seen
        before = Machine(dict(machine.memory), dict(machine.registers))
        run(stage.program, machine)
        still = {thing for thing in still if _held(thing, before) == _held(thing, machine)}
    wanted: set[tuple[int, bool | int]] = set()
    for node in stage.program.nodes:
        if isinstance(node, p.Compared | p.Bits | p.Between):
            wanted |= {(id(node), True), (id(node), False)}
        elif isinstance(node, p.Switch):
            wanted |= {(id(node), value) for value, _ in node.cases}
    return wanted <= seen and not still


def _held(thing: p.Written, machine: Machine) -> list[int | None]:
    """What the thing holds: the register, or its bytes in memory; of a pointer, those that it points to."""
    match thing:
        case p.Register():
            return [machine.registers.get(thing.name)]
        case p.Pointer():
            starts, size = [machine.load(thing.address, thing.width // 8)], thing.length
        case p.Text():
            starts, size = [int(thing.address)], thing.most
        case p.Array():
            starts, size = [thing.address + thing.step * index for index in range(thing.length)], thing.width // 8
        case p.Variable():
            starts, size = [int(thing.address)], thing.width // 8
    return [machine.memory.get(bus(start) + byte) for start in starts for byte in range(size)]
