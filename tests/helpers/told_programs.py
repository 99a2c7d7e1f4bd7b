"""Random programs of every kind of node, their states, and what Python and C texts of them know by name: for the tests
of the teller. They need not make sense to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Literal

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, high_ram, low_ram, number
from oracle_lib.tasks.program.interpreter import Machine

Narrow = Literal[8, 16]
OPERATIONS: Any = ("add", "subtract", "and", "or", "xor")
RELATIONS: Any = ("==", "!=", "<", "<=", ">", ">=")
TARGETS = {16: 0x1000, 24: 0x7EA000}


class Draw:
    """Draws programs over a handful of things. `here` is what the loop around goes over."""

    def __init__(self, seed: int) -> None:
        rng = self.rng = random.Random(seed)
        at = (low_ram if rng.random() < 0.7 else high_ram)(rng, 9, 0x14)
        length = rng.randrange(3, 9)
        self.bytes: list[p.Variable | p.Register] = [
            p.Variable("HitTimer", "hit timer", at[0], below=rng.choice((None, 8))),
            p.Variable("BossPhase", "boss phase", at[1], signed=True),
            p.Register("x", 8),
        ]
        self.words = [
            p.Variable("RupeeCount", "rupee count", at[2], 16),
            p.Variable("WalkSpeed", "walk speed", at[3], 16),
        ]
        self.own = p.Variable("Mix", "mix", Address(0x08), 16, own=True)
        self.long = p.Variable("FrameTotal", "frame total", at[4], 24)
        self.timers = p.Array("SpriteTimer", "sprite timer", at[5], length, 8, rng.choice((0, 2)), rng.random() < 0.3)
        self.healths = p.Array("EnemyHealth", "enemy health", at[6], length)
        self.costs = p.Array("DoorCost", "door cost", at[7], length, 16)
        self.table = p.Table("BonusTable", "bonus", tuple(rng.randrange(256) for _ in range(8)))
        self.text = p.Text("FileName", "file name", at[8], 12, 0xFF)
        self.pointer = p.Pointer(
            "ScriptPointer", "script", Address(rng.randrange(0x40, 0xE0)), 16, rng.choice((16, 24))
        )
        self.here: tuple[p.Array, ...] | p.Text = ()

    def program(self) -> p.Program:
        body = self.block()
        if self.rng.random() < 0.3:
            body += (p.Report(self.condition() if self.rng.random() < 0.7 else self.some()),)
        return p.Program(body)

    def one(self, *makers: Callable[[], Any]) -> Any:
        return self.rng.choice(makers)()

    def number(self, width: p.Width) -> p.Number:
        return p.Number(number(self.rng, width), width)

    def place(self, width: Narrow) -> Any:
        around = (self.here,) if isinstance(self.here, p.Text) else self.here
        fit = [of for of in around if of.width == width]
        if fit and self.rng.random() < 0.5:
            return p.Here(self.rng.choice(fit))
        array = self.costs if width == 16 else self.rng.choice((self.timers, self.healths))
        limited = p.Binary("min", p.Read(self.bytes[0]), p.Number(array.length - 1))
        known: Any = self.words if width == 16 else self.bytes
        return self.one(
            *[lambda: self.rng.choice(known)] * 4,
            lambda: p.Item(array, p.Number(self.rng.randrange(array.length))),
            lambda: p.Item(array, limited),
            lambda: p.Pointed(self.pointer, p.Number(self.rng.randrange(14)), width),
        )

    def value(self, width: Narrow, depth: int = 0) -> Any:
        if depth > 2 or self.rng.random() < 0.35:
            return self.number(width) if self.rng.random() < 0.3 else p.Read(self.place(width))

        def inner(own: Narrow = width) -> Any:
            return self.value(own, depth + 1)

        pick = self.rng.choice
        others: Any = ("min", "max", "distance", "average")
        shifts: Any = ("left", "right", "signed right", "rotate left", "rotate right")
        makers = [
            lambda: p.Binary(pick(OPERATIONS + others), inner(), inner()),
            lambda: p.Binary(pick(OPERATIONS), inner(), self.number(width)),
            lambda: p.Saturating(pick(("add", "subtract")), inner(), inner(), number(self.rng, width)),
            lambda: p.Scaled(inner(), self.rng.randrange(2, 12)),
            lambda: p.Shifted(inner(), pick(shifts), self.rng.randrange(1, 8)),
            lambda: p.Field(inner(), 2, self.rng.randrange(1, 5)),
            lambda: p.Unary(pick(("not", "negate", "swap", "magnitude")), inner()),
            lambda: p.Chosen(self.condition(depth + 1), inner(), inner()),
        ]
        if width == 16:
            divisor = p.Number(self.rng.randrange(1, 255))
            makers += [
                lambda: p.Product(inner(8), inner(8)),
                lambda: p.Quotient(inner(), divisor, pick((True, False))),
                lambda: p.Joined(inner(8), inner(8)),
                lambda: p.Widened(inner(8), pick((True, False))),
            ]
        else:
            makers += [
                lambda: p.Half(inner(16), pick((True, False))),
                lambda: p.Read(p.Item(self.table, p.Binary("and", inner(), p.Number(7)))),
            ]
            makers += [p.Index] * (2 if self.here else 0)
        return self.one(*makers)

    def condition(self, depth: int = 0) -> Any:
        width: Narrow = self.rng.choice((8, 8, 16))
        left = self.value(width, depth + 1)
        right = self.number(width) if self.rng.random() < 0.6 else self.value(width, depth + 1)
        simple: list[Callable[[], p.Condition]] = [
            *[lambda: p.Compared(self.rng.choice(RELATIONS), left, right, self.rng.random() < 0.25)] * 3,
            lambda: p.Bits(left, self.rng.choice((1, 2, 0x80, 0x41, 0x30)), self.rng.choice(("any", "all", "none"))),
            lambda: p.Between(left, 3, 60),
        ]
        pairs: Any = (p.Both, p.Either)
        joined = lambda: self.rng.choice(pairs)(self.condition(depth + 1), self.condition(depth + 1))  # noqa: E731
        return self.one(*simple, *([joined] if depth < 2 else []))

    def over(self, of: tuple[p.Array, ...] | p.Text, draw: Callable[[], Any]) -> Any:
        before, self.here = self.here, of
        drawn = draw()
        self.here = before
        return drawn

    def some(self) -> p.Some:
        return p.Some(self.timers, self.over((self.timers,), self.condition), self.rng.random() < 0.4)

    def gathered(self) -> Any:
        array = self.rng.choice((self.timers, self.healths, self.costs))
        element = p.Read(p.Here(array))
        simple = p.Compared(self.rng.choice(RELATIONS), element, self.number(array.width))
        where = simple if self.rng.random() < 0.6 else self.over((array,), self.condition)
        best: Any = self.rng.choice(("min", "max"))
        pick = self.rng.choice
        into: dict[int, p.Place] = {8: self.bytes[0], 16: self.words[0]}
        term = element if pick((True, False)) else self.over((array,), lambda: self.value(array.width, 1))
        kind: Any = pick(("sum", "xor", "or", "and"))
        return self.one(
            lambda: p.Set(into[array.width], p.Fold(kind, array, term, pick((None, where)))),
            lambda: p.Set(into[16], p.Fold("sum", self.healths, p.Widened(p.Read(p.Here(self.healths))))),
            lambda: p.Set(into[8], p.Count(array, where)),
            lambda: p.Set(into[8], p.Count(self.text, None)),
            lambda: p.Set(into[8], p.Extreme(best, array, True)),
            lambda: p.Set(into[array.width], p.Extreme(best, array)),
            lambda: p.Set(into[8], p.Position(array, where, 0xFF, pick((True, False)))),
        )

    def update(self) -> Any:
        width: Narrow = self.rng.choice((8, 8, 16))
        place = self.place(width)
        own = p.Read(place)
        return self.one(
            lambda: p.Set(place, p.Binary(self.rng.choice(OPERATIONS), own, self.number(width))),
            lambda: p.Set(place, p.Binary("add", own, p.Number(1, width))),
            lambda: p.Set(place, p.Saturating("add", own, self.number(width), 99)),
            lambda: p.Set(place, p.Saturating("subtract", own, self.number(width), 0)),
            lambda: p.Set(place, p.Number(0, width)),
            lambda: p.Set(place, self.value(width)),
            lambda: p.Set(place, self.value(width)),
            lambda: p.Set(
                self.long, p.Binary(self.rng.choice(("add", "subtract")), p.Read(self.long), self.number(24))
            ),
        )

    def statement(self, depth: int) -> Any:
        array = self.rng.choice((self.timers, self.healths, self.costs))
        new = self.value(array.width, 2)
        stop = (p.Stop(),) if self.rng.random() < 0.2 else ()
        inside: list[Callable[[], p.Statement]] = [*[self.update] * 6, lambda: p.Swap(self.bytes[0], self.bytes[1])]
        if depth < 2:
            inside += [
                lambda: p.If(self.condition(), (*self.block(depth + 1), *stop)),
                lambda: p.If(self.condition(), self.block(depth + 1), self.block(depth + 1)),
                lambda: p.Switch(self.value(8, 2), ((0, self.block(2)), (7, self.block(2))), self.block(2)),
            ]
        if self.here or depth > 1:
            return self.one(*inside)
        loops: Any = ((self.timers,), (self.timers, self.healths), (self.healths, self.costs), self.text)
        over = self.rng.choice(loops)
        return self.one(
            *inside,
            *[self.gathered] * 3,
            lambda: p.Each(over, self.over(over, lambda: self.block(1))),
            lambda: p.Each(over, self.over(over, lambda: self.block(1))),
            lambda: p.If(self.some(), self.block(1)),
            lambda: p.Repeat(p.Number(self.rng.randrange(5)), self.block(1)),
            lambda: p.Repeat(p.Read(self.bytes[0]), (p.If(self.condition(), (p.Stop(),)), *self.block(2))),
            lambda: p.While(p.Compared("<", p.Read(self.bytes[1]), p.Number(200)), self.counting()),
            lambda: p.Fill(array, new),
            lambda: p.Copy(self.timers, self.healths, self.rng.random() < 0.5),
            lambda: p.Copy(self.healths, self.timers),
            lambda: p.Reverse(array),
            lambda: p.Shove(array, self.rng.random() < 0.5, new),
            lambda: p.Call("PlaySound", "sound", Address(0x9A8123), "rtl", (p.Set(self.bytes[1], p.Number(7)),)),
        )

    def counting(self) -> tuple[p.Statement, ...]:
        """A turn of a loop that ends when the boss phase is large enough."""
        worked = p.Set(self.own, p.Binary("xor", p.Read(self.words[0]), self.number(16)))
        grown = p.Set(self.bytes[1], p.Saturating("add", p.Read(self.bytes[1]), p.Number(9), 255))
        return (worked, p.Set(self.words[0], p.Read(self.own)), grown)

    def block(self, depth: int = 0) -> tuple[p.Statement, ...]:
        return tuple(self.statement(depth) for _ in range(self.rng.choice((1, 1, 2, 3 - depth))))


def state(program: p.Program, rng: random.Random) -> Machine:
    """A random state for the program."""
    machine = Machine()
    for node in program.nodes:
        match node:
            case p.Variable(address=address, width=width, below=below):
                machine.store(address, number(rng, width) % (below or 1 << width), width // 8)
            case p.Array():
                for place in range(node.length):
                    machine.store(node.address + node.step * place, number(rng, node.width), node.width // 8)
            case p.Text(address=address, most=most, end=end):
                length = rng.randrange(most + 1)
                for place in range(most + 1):
                    machine.store(address + place, end if place == length else rng.randrange(255), 1)
            case p.Pointer(address=address, width=width, length=length):
                machine.store(address, TARGETS[width], width // 8)
                for place in range(length):
                    machine.store(TARGETS[width] + place, rng.randrange(256), 1)
            case p.Register(name, width):
                machine.registers[name] = number(rng, width)
    return machine


def held(program: p.Program, machine: Machine) -> dict[str, int | list[int]]:
    """What the machine holds, by the names of the program's things: numbers, and lists of them."""
    found: dict[str, int | list[int]] = {}
    for node in dict.fromkeys(program.nodes):
        match node:
            case p.Variable(name, _, address, width):
                found[name] = machine.load(address, width // 8)
            case p.Array(name):
                places = range(node.length)
                found[name] = [machine.load(node.address + node.step * at, node.width // 8) for at in places]
            case p.Text(name, _, address, most):
                found[name] = [machine.load(address + place, 1) for place in range(most + 1)]
            case p.Pointer(name, width=width, length=length):
                found[name] = [machine.load(TARGETS[width] + place, 1) for place in range(length)]
            case p.Register(name):
                found[name] = machine.registers[name]
            case p.Report():
                found["carry"] = int(bool(machine.carry))
    return found
