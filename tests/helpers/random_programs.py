"""Random programs for the tests of the compiler: every kind of node, whether or not anybody would ask for it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import SCRATCH, Address, Routine, State, bus
from oracle_lib.tasks.program.interpreter import Machine, run
from oracle_lib.verify import AsmContract, Span

CALLEE = Address(0x00A000)


@dataclass
class Draw:
    """Draws a program. `loop` is what the loop around goes over, while there is one."""

    rng: random.Random
    routine: Routine
    kinds: tuple[str, ...] = ("set", "if", "switch", "swap")
    low: int = 0x0720
    high: int = 0x7E9000
    own: int = 0x10
    loop: tuple[p.Array, ...] | p.Text | None = None
    variables: dict[int, list[p.Variable]] = field(default_factory=lambda: {8: [], 16: [], 24: []})
    arrays: list[p.Array] = field(default_factory=list)
    pointers: list[p.Pointer] = field(default_factory=list)
    targets: dict[p.Pointer, int] = field(default_factory=dict)

    def address(self, size: int) -> Address:
        if self.rng.random() < 0.6:
            self.low += size
            return Address(self.low - size)
        self.high += size
        return Address(self.high - size)

    def variable(self, width: int, below: int | None = None) -> p.Variable:
        known = [one for one in self.variables[width] if below is None or (one.below and one.below <= below)]
        if known and self.rng.random() < 0.6:
            return self.rng.choice(known)
        number = sum(map(len, self.variables.values()))
        address = self.address(width // 8)
        made = p.Variable(f"Var{number}", f"value {number}", address, cast(p.Width, width), below=below)
        if below is None and self.rng.random() < 0.2:
            made = p.Variable(made.name, made.meaning, address, made.width, below=self.rng.randrange(2, 1 << width))
        self.variables[width].append(made)
        return made

    def array(self, width: int = 0, length: int = 0) -> p.Array:
        width = width or self.rng.choice((8, 8, 16))
        known = [one for one in self.arrays if one.width == width and (not length or one.length == length)]
        if known and self.rng.random() < 0.5:
            return self.rng.choice(known)
        length = length or self.rng.choice((2, 3, 4, 6, 8, 12, 20))
        stride = self.rng.choice((0, 0, 0, width // 8 + 1, 4, 8))
        signed = self.rng.random() < 0.3
        at = self.address(length * max(stride, width // 8))
        made = p.Array(f"Array{len(self.arrays)}", "slot", at, length, cast(Any, width), stride, signed)
        self.arrays.append(made)
        return made

    def pointer(self) -> p.Pointer:
        if self.pointers and self.rng.random() < 0.7:
            return self.rng.choice(self.pointers)
        width = self.rng.choice((16, 24))
        made = p.Pointer(
            f"Pointer{len(self.pointers)}", "list", Address(0x10 + 3 * len(self.pointers)), 16, cast(Any, width)
        )
        self.pointers.append(made)
        self.targets[made] = 0x1C00 + 0x20 * len(self.pointers) if width == 16 else 0x7F6000 + 0x20 * len(self.pointers)
        return made

    # ------------------------------------------------------------------------------------------------------------------

    def place(self, width: int, written: bool = False) -> p.Place:
        roll = self.rng.random()
        if self.loop and roll < 0.4:
            over = self.loop if isinstance(self.loop, tuple) else (self.loop,)
            fits = [one for one in over if one.width == width and not (written and isinstance(one, p.Text))]
            if fits:
                return p.Here(self.rng.choice(fits))
        if roll < 0.75 or width == 24:
            return self.variable(width, None)
        if roll < 0.92:
            array = self.array(width)
            return p.Item(array, self.below(array.length))
        if "pointer" in self.kinds:
            return p.Pointed(self.pointer(), self.below(15), cast(Any, width))
        return self.variable(width, None)

    def below(self, bound: int) -> p.Expression:
        """A byte that is less than the bound."""
        roll = self.rng.random()
        if roll < 0.3:
            return p.Number(self.rng.randrange(bound))
        if roll < 0.4 and isinstance(self.loop, tuple) and self.loop[0].length <= bound:
            return p.Index()
        if roll < 0.7:
            return p.Read(self.variable(8, bound))
        mask = (1 << (bound.bit_length() - 1)) - 1
        return p.Binary("and", self.value(8, 1), p.Number(mask))

    def read(self, width: int) -> p.Expression:
        if self.rng.random() < 0.1 and width == 8:
            table = p.Table("Steps", "step", tuple(self.rng.randrange(256) for _ in range(8)))
            return p.Read(p.Item(table, self.below(8)))
        if self.rng.random() < 0.1 and width == self.routine.m and self.routine.m == self.routine.x:
            return p.Read(p.Register(self.rng.choice(("a", "x", "y")), self.routine.m))
        if self.rng.random() < 0.1 and self.loop and width == 8:
            return p.Index()
        return p.Read(self.place(width))

    def value(self, width: int, depth: int = 3) -> p.Expression:
        rng = self.rng
        if depth == 0 or rng.random() < 0.25:
            return p.Number(self.number(width), cast(p.Width, width)) if rng.random() < 0.4 else self.read(width)

        def one() -> p.Expression:
            return self.value(width, depth - 1)

        both = ("add", "subtract", "and", "or", "xor", "min", "max", "distance", "average")
        turns = ("left", "right", "signed right", "rotate left", "rotate right")
        choices: list[Callable[[], p.Expression]] = [
            lambda: p.Binary(cast(Any, rng.choice(both)), one(), one()),
            lambda: p.Binary(cast(Any, rng.choice(both)), one(), one()),
            lambda: p.Saturating(cast(Any, rng.choice(("add", "subtract"))), one(), one(), self.number(width)),
            lambda: p.Scaled(one(), rng.choice((2, 3, 5, 6, 10, 12, 24, 7))),
            lambda: p.Shifted(one(), cast(Any, rng.choice(turns)), rng.randrange(1, width)),
            lambda: self.field(width, one()),
            lambda: p.Unary(cast(Any, rng.choice(("not", "negate", "swap", "magnitude"))), one()),
            lambda: p.Chosen(self.condition(1), one(), one()),
        ]
        if width == 16:
            choices += [
                lambda: p.Product(self.value(8, depth - 1), self.value(8, depth - 1)),
                lambda: p.Quotient(one(), p.Binary("or", self.value(8, 1), p.Number(1)), rng.random() < 0.5),
                lambda: p.Joined(self.value(8, depth - 1), self.value(8, depth - 1)),
                lambda: p.Widened(self.value(8, depth - 1), rng.random() < 0.3),
                lambda: p.Widened(self.value(8, depth - 1)),
            ]
        else:
            choices += [lambda: p.Half(self.value(16, depth - 1), rng.random() < 0.5)]
        return rng.choice(choices)()

    def field(self, width: int, operand: p.Expression) -> p.Field:
        low = self.rng.randrange(width - 1)
        return p.Field(operand, low, self.rng.randrange(1, width - low + 1))

    def number(self, width: int) -> int:
        top = 1 << width
        return self.rng.choice((0, 1, 2, top - 1, top // 2, top // 2 - 1, *(self.rng.randrange(top) for _ in range(6))))

    def condition(self, depth: int = 2) -> p.Condition:
        rng = self.rng
        width = rng.choice((8, 8, 16))
        relation = cast(Any, rng.choice(("==", "!=", "<", "<=", ">", ">=")))
        roll = rng.random()
        if roll < 0.06:
            right: p.Expression = p.Number(self.number(24), 24) if rng.random() < 0.5 else p.Read(self.variable(24))
            return p.Compared(relation, p.Read(self.variable(24)), right)
        if roll < 0.5 or depth == 0:
            right = p.Number(self.number(width), cast(Any, width)) if rng.random() < 0.6 else self.value(width, 1)
            return p.Compared(relation, self.value(width, 1), right, rng.random() < 0.3)
        if roll < 0.7:
            mask = rng.choice((1, 2, 0x40, 0x80, 1 << (width - 1), 1 << (width - 2), rng.randrange(1, 1 << width)))
            return p.Bits(self.value(width, 1), mask, cast(Any, rng.choice(("any", "all", "none"))))
        if roll < 0.8:
            low, high = sorted((self.number(width), self.number(width)))
            return p.Between(self.value(width, 1), low, high)
        return rng.choice((p.Both, p.Either))(self.condition(depth - 1), self.condition(depth - 1))

    # ------------------------------------------------------------------------------------------------------------------

    def set(self) -> p.Set:
        width = self.rng.choice((8, 8, 8, 16, 16, 24))
        if width == 24:
            target = p.Read(self.variable(24))
            right = p.Number(self.number(24), 24) if self.rng.random() < 0.4 else p.Read(self.variable(24))
            value = p.Binary(self.rng.choice(("add", "subtract")), target, right) if self.rng.random() < 0.7 else right
            return p.Set(target.place, value)
        place = self.place(width, written=True)
        if isinstance(place, p.Variable) and place.below:
            return p.Set(place, p.Number(self.rng.randrange(place.below), place.width))
        if self.rng.random() < 0.3:
            number = p.Number(self.rng.choice((1, 2, 4, self.number(width))), cast(Any, width))
            change = self.rng.choice(("add", "subtract", "and", "or", "xor"))
            return p.Set(place, p.Binary(cast(Any, change), p.Read(place), number))
        return p.Set(place, self.value(width))

    def block(self, depth: int) -> tuple[p.Statement, ...]:
        found = [self.statement(depth) for _ in range(self.rng.choice((1, 1, 2)))]
        if self.rng.random() < 0.1:
            found.append(p.Stop())
        return tuple(found)

    def statement(self, depth: int = 2) -> p.Statement:
        rng = self.rng
        kind = rng.choice(self.kinds if depth else ("set",))
        if kind == "if":
            return p.If(self.condition(), self.block(depth - 1), self.block(depth - 1) if rng.random() < 0.4 else ())
        if kind == "switch":
            count = rng.randrange(2, 5)
            numbers = range(count) if rng.random() < 0.7 else sorted(rng.sample(range(256), count))
            on = p.Read(self.variable(8, count)) if rng.random() < 0.5 else self.value(8, 1)
            cases = tuple((number, self.block(0)) for number in numbers)
            return p.Switch(on, cases, self.block(0) if rng.random() < 0.5 else ())
        if kind == "swap":
            width = rng.choice((8, 16))
            places = [self.place(width, written=True) for _ in range(2)]
            fits = not any(isinstance(place, p.Variable) and place.below for place in places)
            return p.Swap(*places) if fits and places[0] != places[1] else self.set()
        if self.loop is None and kind in ("each", "gather", "blocks", "some", "call", "repeat", "while_"):
            return cast(p.Statement, getattr(self, kind)(depth))
        return self.set()

    def text(self) -> p.Text:
        most = self.rng.choice((6, 15, 30))
        return p.Text("Message", "message", self.address(most + 1), most, self.rng.choice((0, 0xFF, 0x7F)))

    def over(self) -> tuple[p.Array, ...]:
        first = self.array()
        if self.rng.random() < 0.5:
            return (first,)
        second = self.array(length=first.length)
        return (first,) if second == first else (first, second)

    def each(self, depth: int) -> p.Statement:
        self.loop = self.over() if self.rng.random() < 0.8 else self.text()
        made = p.Each(self.loop, self.block(min(depth - 1, 1)))
        self.loop = None
        return made

    def repeat(self, depth: int) -> p.Statement:
        times = p.Number(self.rng.randrange(1, 9)) if self.rng.random() < 0.5 else p.Read(self.variable(8, 7))
        return p.Repeat(times, self.block(min(depth - 1, 1)))

    def while_(self, depth: int) -> p.Statement:
        """Counts a working value down, so that it surely ends."""
        if self.own == 0x08:
            return self.set()
        self.own -= 2
        left = p.Variable(f"Left{self.own}", "left", Address(self.own), own=True)
        step = p.Set(left, p.Binary("subtract", p.Read(left), p.Number(1)))
        more: p.Condition = p.Compared(">", p.Read(left), p.Number(0))
        if self.rng.random() < 0.4:
            more = p.Both(more, self.condition(0))
        loop = p.While(more, (*self.block(min(depth - 1, 1))[:1], step))
        return p.If(p.Compared("<", p.Number(0), p.Number(1)), (p.Set(left, self.below(9)), loop))

    def gather(self, depth: int) -> p.Statement:
        rng = self.rng
        over = self.array() if rng.random() < 0.75 else self.text()
        self.loop = (over,) if isinstance(over, p.Array) else over
        where = self.condition(0)
        width = rng.choice((over.width, over.width, 16))
        term: p.Expression = p.Read(p.Here(over)) if over.width == width else p.Widened(p.Read(p.Here(over)))
        if rng.random() < 0.3:
            term = self.value(width, 1)
        self.loop = None
        kind = rng.choice(("fold", "count", "extreme", "position"))
        value: p.Gathered
        if kind == "fold":
            operation = cast(Any, rng.choice(("sum", "sum", "xor", "or", "and")))
            value = p.Fold(operation, over, term, where if rng.random() < 0.4 else None)
        elif kind == "extreme" and isinstance(over, p.Array):
            value = p.Extreme(cast(Any, rng.choice(("min", "max"))), over, rng.random() < 0.4)
        elif kind == "position":
            value = p.Position(
                over, where, rng.choice((0xFF, over.length if isinstance(over, p.Array) else 0)), rng.random() < 0.3
            )
        else:
            value = p.Count(over, where if rng.random() < 0.8 or isinstance(over, p.Array) else None)
        return p.Set(self.fresh(value.width), value)

    def fresh(self, width: int) -> p.Variable:
        made = p.Variable(f"Out{self.low:X}{self.high:X}", "result", self.address(width // 8), cast(Any, width))
        self.variables[width].append(made)
        return made

    def some(self, depth: int) -> p.Statement:
        return p.If(self.some_condition(), self.block(0), self.block(0) if self.rng.random() < 0.3 else ())

    def some_condition(self) -> p.Some:
        over = self.array() if self.rng.random() < 0.75 else self.text()
        self.loop = (over,) if isinstance(over, p.Array) else over
        where = self.condition(0)
        self.loop = None
        return p.Some(over, where, self.rng.random() < 0.3)

    def blocks(self, depth: int) -> p.Statement:
        rng = self.rng
        kind = rng.choice(("fill", "copy", "reverse", "shove"))
        array = self.array()
        value = self.value(array.width, 1)
        if kind == "fill":
            return p.Fill(
                array, value if rng.random() < 0.5 else p.Number(self.number(array.width), cast(Any, array.width))
            )
        if kind == "reverse":
            return p.Reverse(array)
        if kind == "shove":
            return p.Shove(array, rng.random() < 0.5, value)
        other = self.array(array.width, array.length)
        if other == array or rng.random() < 0.2:
            numbers = tuple(self.number(array.width) for _ in range(array.length))
            return p.Copy(p.Table("Start", "start", numbers, array.width), array, rng.random() < 0.3)
        return p.Copy(other, array, rng.random() < 0.3)

    def call(self, depth: int) -> p.Statement:
        return p.Call(
            "Helper",
            "helps",
            CALLEE,
            self.routine.returns,
            (p.Set(p.Variable("Seen", "seen", Address(0x0700)), p.Number(0x42)),),
        )

    def program(self) -> p.Program:
        body = [self.statement() for _ in range(self.rng.choice((1, 1, 2, 3)))]
        if self.rng.random() < 0.25:
            name, width = self.rng.choice((("a", self.routine.m), ("x", self.routine.x), ("y", self.routine.x)))
            if name not in self.routine.keeps:
                body.append(p.Set(p.Register(cast(Any, name), cast(Any, width)), self.value(width, 2)))
        if self.rng.random() < 0.2 and not any(isinstance(node, p.Stop) for node in p.walk(tuple(body))):
            body.append(
                p.Report(
                    self.some_condition() if "some" in self.kinds and self.rng.random() < 0.3 else self.condition()
                )
            )
        return p.Program(tuple(body))


def contract(draw: Draw, program: p.Program, rng: random.Random, count: int = 6) -> AsmContract:
    """What the interpreter says that the program does to random states."""
    cases = []
    writes = [Span(address=bus(SCRATCH[0]), length=SCRATCH[1])]
    written = program.written
    for one in written:
        if isinstance(one, p.Variable):
            writes.append(Span(address=bus(one.address), length=one.width // 8))
        elif isinstance(one, p.Array):
            places = range(one.length)
            writes += [Span(address=bus(one.address + one.step * place), length=one.width // 8) for place in places]
        elif isinstance(one, p.Pointer):
            writes.append(Span(address=bus(draw.targets[one]), length=one.length))
    for place in range(count):
        state = State(rng, place, draw.routine.m, draw.routine.x)
        content: dict[int, int] = {}

        def put(address: int, data: bytes, content: dict[int, int] = content, state: State = state) -> None:
            state.memory[bus(address)] = data
            content.update({bus(address) + offset: one for offset, one in enumerate(data)})

        for node in dict.fromkeys(program.nodes):
            if isinstance(node, p.Variable) and node.own:
                continue
            if isinstance(node, p.Variable):
                top = node.below or 1 << node.width
                value = rng.choice((0, top - 1, top // 2, top // 2 - 1, rng.randrange(top), rng.randrange(top)))
                put(node.address, value.to_bytes(node.width // 8, "little"))
            elif isinstance(node, p.Array):
                size = node.length * node.step
                pool = bytes(rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256))) for _ in range(3))
                put(
                    node.address,
                    bytes(rng.choice(pool) if rng.random() < 0.5 else rng.randrange(256) for _ in range(size)),
                )
            elif isinstance(node, p.Text):
                length = rng.choice((0, node.most, rng.randrange(node.most + 1)))
                letters = [one for one in range(256) if one != node.end]
                tail = rng.randbytes(node.most - length)
                put(node.address, bytes(rng.choice(letters) for _ in range(length)) + bytes([node.end]) + tail)
            elif isinstance(node, p.Pointer):
                put(node.address, draw.targets[node].to_bytes(node.width // 8, "little"))
                put(draw.targets[node], rng.randbytes(node.length))
            elif isinstance(node, p.Register) and node.below:
                state.register(node.name, rng.randrange(node.below))
        machine = run(program, Machine(dict(content), {str(k): v for k, v in state.registers.items()}))
        for start, data in state.memory.items():
            state.expect(start, bytes(machine.memory[start + offset] for offset in range(len(data))))
        for one in written:
            if isinstance(one, p.Register):
                state.expect_register(one.name, machine.registers[one.name])
        if machine.carry is not None:
            state.expect_carry(machine.carry)
        cases.append(state.case())
    routine = draw.routine
    return AsmContract(
        entry=routine.name,
        m=routine.m,
        x=routine.x,
        returns=routine.returns,
        changes=tuple(name for name in ("a", "x", "y") if name not in routine.keeps),
        writes=tuple(writes),
        cases=tuple(cases),
        symbols={"Helper": int(CALLEE)},
        host={int(CALLEE): bytes.fromhex("A9428D0007" + ("60" if routine.returns == "rts" else "6B"))},
    )
