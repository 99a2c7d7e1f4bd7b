"""Draws the parts of programs: things in memory, expressions, conditions and statements, as hacks have them.

A `Drawer` belongs to one program and keeps its things apart in memory. It knows nothing of the words or the assembly.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial
from typing import Any

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import GAME, Address, Width, bus
from oracle_lib.tasks.program import vocabulary

Statements = tuple[p.Statement, ...]

_LOW = (range(0x0720, 0x0800), range(0x0B20, 0x0B60), range(0x0D00, 0x0FF0), range(0x1A00, 0x1F00))
_DIRECT = (range(0x0010, 0x00F0),)
_HIGH = (range(0x7E2000, 0x7E7F00), range(0x7E9000, 0x7E9F00), range(0x7EF340, 0x7EF4F0), range(0x7F5000, 0x7F7FF0))
_LOOPS: tuple[tuple[Width, ...], ...] = ((8,), (8, 8), (8, 16), (16,), (8, 8, 8))
"""The widths of the arrays that a loop goes over."""
_GAME_BYTES = ("FrameCounter", "Bombs", "Bow", "Lamp", "Sword", "Shield", "Health", "Magic", "Keys", "Arrows", "Armor")
_GAME_WORDS = ("LinkX", "LinkY", "RoomIndex", "Joypad", "Rupees")
_GAME_NOUNS = {
    "LinkX": "Link's x position", "LinkY": "Link's y position", "RoomIndex": "room index", "Joypad": "held buttons",
    "Rupees": "rupees", "FrameCounter": "frame counter", "Bombs": "bombs", "Bow": "bow", "Lamp": "lamp",
    "Sword": "sword", "Shield": "shield", "Health": "health", "Magic": "magic", "Keys": "keys", "Arrows": "arrows",
    "Armor": "armor",
}  # fmt: skip


class Drawer:
    """Draws from `rng`; `far` is how often things lie where only long addressing reaches."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._far = rng.choice((0.0, 0.0, 0.15, 0.5, 1.0))
        self._direct = rng.choice((0.0, 0.0, 0.1, 0.4))
        self._taken: list[range] = [range(bus(0), bus(0x10))]
        self._nouns: set[str] = set()
        self._known: list[p.Variable] = []

    # ------------------------------------------------------------------------------------------------------- small help

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def one(self, *options: Any) -> Any:
        return self.rng.choice(options)

    def weighted(self, options: dict[str, float]) -> str:
        return self.rng.choices(list(options), list(options.values()))[0]

    @property
    def nouns(self) -> tuple[str, ...]:
        return tuple(sorted(noun for noun in self._nouns if "'" not in noun))

    # ------------------------------------------------------------------------------------------------- things in memory

    def place(self, size: int, direct: bool = True) -> Address:
        """A free place for so many bytes, with a gap behind it."""
        draw = self.rng.random()
        pools: Sequence[range] = _HIGH if draw < self._far else _LOW
        if direct and self._far < draw < self._far + self._direct and size <= 4:
            pools = _DIRECT
        while True:
            pool = self.rng.choice(pools)
            if size + 2 >= len(pool):
                pools = _HIGH[:2]
                continue
            start = self.rng.randrange(pool.start, pool.stop - size - 1)
            # The bytes before and behind are what `State.block` puts there to catch whoever goes one too far.
            region = range(bus(start) - 1, bus(start) + size + 1)
            if all(region.stop <= other.start or other.stop <= region.start for other in self._taken):
                self._taken.append(region)
                return Address(start)

    def noun(self, nouns: Sequence[str]) -> str:
        noun = self.rng.choice([one for one in nouns if one not in self._nouns])
        self._nouns.add(noun)
        return noun

    def variable(self, width: p.Width = 8, below: int | None = None, signed: bool = False) -> p.Variable:
        """A new variable; one in eight is one of the game's own."""
        names = {8: _GAME_BYTES, 16: _GAME_WORDS, 24: ()}[width]
        if below is None and names and self.maybe(0.12):
            name = self.rng.choice(names)
            address = GAME[name] if GAME[name] > 0x7E1FFF else Address(GAME[name] & 0xFFFF)
            region = range(bus(address) - 1, bus(address) + width // 8 + 1)
            if _GAME_NOUNS[name] not in self._nouns and all(
                region.stop <= other.start or other.stop <= region.start for other in self._taken
            ):
                self._taken.append(region)
                self._nouns.add(_GAME_NOUNS[name])
                return self._keep(p.Variable(name, _GAME_NOUNS[name], address, width, signed))
        noun = self.noun({8: vocabulary.BYTES, 16: vocabulary.WORDS, 24: vocabulary.LONGS}[width])
        return self._keep(p.Variable(vocabulary.identifier(noun), noun, self.place(width // 8), width, signed, below))

    def _keep(self, variable: p.Variable) -> p.Variable:
        self._known.append(variable)
        return variable

    def known(self, width: p.Width = 8, again: float = 0.35) -> p.Variable:
        """A variable of that width: one that the program has already, or a new one."""
        fit = [one for one in self._known if one.width == width and one.below is None]
        return self.rng.choice(fit) if fit and self.maybe(again) else self.variable(width)

    def array(
        self, width: Width = 8, length: int = 0, stride: int = 0, signed: bool = False, address: Address | None = None
    ) -> p.Array:
        noun = self.noun(vocabulary.BYTE_ARRAYS if width == 8 else vocabulary.WORD_ARRAYS)
        length = length or self.length()
        step = stride or width // 8
        place = self.place(length * step, direct=False) if address is None else address
        return p.Array(vocabulary.identifier(noun), noun, place, length, width, stride, signed)

    def length(self) -> int:
        return int(self.one(4, 5, 6, 8, 8, 10, 12, 16, 16, 20, 24, 32, self.rng.randrange(3, 40)))

    def records(self, *widths: Width) -> tuple[p.Array, ...]:
        """Fields of an array of records, one of each width, at drawn offsets."""
        sizes = [width // 8 for width in widths]
        stride = self.one(*[one for one in (4, 6, 8, 8, 10, 12, 16, 16, 32) if one >= sum(sizes)])
        count = self.one(4, 5, 6, 8, 10, 12)
        base = self.place(count * stride, direct=False)
        slack, offset, found = stride - sum(sizes), 0, []
        for width, size in zip(widths, sizes, strict=True):
            gap = self.rng.randrange(slack + 1)
            slack -= gap
            found.append(self.array(width, count, stride, address=base + (offset + gap)))
            offset += gap + size
        return tuple(found)

    def slots(self, *widths: Width) -> tuple[p.Array, ...]:
        """Arrays of one length: what the game keeps of each sprite, a byte or a word an array."""
        length = self.one(4, 6, 8, 8, 10, 12, 16, 16)
        return tuple(self.array(width, length) for width in widths)

    def table(self, length: int, width: Width = 8) -> p.Table:
        noun = self.noun(vocabulary.TABLES)
        top = 1 << width
        manner = self.rng.randrange(4)
        if manner == 0:
            start, step = self.rng.randrange(1, 40), self.rng.randrange(1, max(2, min(top - 41, 400) // length))
            values = [start + step * place for place in range(length)]
        elif manner == 1:
            values = [1 << self.rng.randrange(width) for _ in range(length)]
        else:
            values = [self.rng.randrange(top if manner == 2 else 0x40) for _ in range(length)]
        return p.Table(vocabulary.identifier(noun) + "Table", noun, tuple(values), width)

    def text(self) -> p.Text:
        noun = self.noun(vocabulary.TEXTS)
        most = self.one(8, 12, 16, 20, 24, 31, 40)
        name = vocabulary.identifier(noun)
        return p.Text(name, noun, self.place(most + 1, direct=False), most, self.one(0xFF, 0x00, 0x7F, 0xFB, 0xFE))

    def pointer(self) -> p.Pointer:
        noun = self.noun(vocabulary.POINTERS)
        width = self.one(16, 24)
        self._direct, before = 1.0, (self._direct, self._far)
        self._far = 0.0
        address = self.place(3)
        self._direct, self._far = before
        name = vocabulary.identifier(noun) + "Pointer"
        return p.Pointer(name, noun, address, self.one(8, 16, 24, 32, 48), width)

    # ---------------------------------------------------------------------------------------------------------- numbers

    def number(self, width: p.Width) -> p.Number:
        """A constant that somebody would choose: small, round or a limit, more often than not."""
        top = 1 << width
        options = [1, 2, 3, 4, 5, 8, 10, 12, 16, 20, 24, 32, 50, 60, 64, 99, 100, 128, 200, 240, 255]
        if width > 8:
            options += [256, 300, 500, 512, 999, 1000, 1024, 2000, 9999, 0x8000, 0x1FFF, 0x0FFF]
        value = self.rng.choice(options) if self.maybe(0.6) else self.rng.randrange(1, top)
        return p.Number(value, width)

    def mask(self, width: Width) -> int:
        one_bit = 1 << self.rng.randrange(width)
        low, high = sorted((self.rng.randrange(width), self.rng.randrange(width)))
        several = (2 << high) - (1 << low)
        mask = self.rng.choice((one_bit, one_bit, several, self.rng.randrange(1, (1 << width) - 1)))
        return mask & ((1 << width) - 1)

    # ------------------------------------------------------------------------------------------------------ expressions

    def leaf(self, width: p.Width, here: Sequence[p.Array] = ()) -> p.Expression:
        """Something to read: in a loop mostly the element at hand."""
        fit = [array for array in here if array.width == width]
        if fit and self.maybe(0.8):
            return p.Read(p.Here(self.rng.choice(fit)))
        return p.Read(self.known(width))

    def index(self, length: int) -> p.Expression:
        """A number below `length`, to index with."""
        bits = length.bit_length() - 1
        if length == 1 << bits and self.maybe(0.3):
            return p.Field(p.Read(self.known(8)), self.one(0, 0, self.rng.randrange(9 - bits)), bits)
        return p.Read(self.variable(8, below=length))

    def operand(self, width: p.Width, here: Sequence[p.Array] = (), constant: float = 0.5) -> p.Expression:
        return self.number(width) if self.maybe(constant) else self.leaf(width, here)

    def expression(self, width: p.Width, depth: int, here: Sequence[p.Array] = ()) -> p.Expression:
        """A value of that width with at most `depth` operations on top of each other."""
        if depth == 0:
            return self.leaf(width, here)
        if width == 24:
            return p.Binary(self.one("add", "subtract"), p.Read(self.known(24)), self.operand(24))
        kinds = {"add": 8.0, "logic": 3, "shift": 2, "field": 2, "min": 1.5, "distance": 1.2,
                 "saturating": 2.5, "unary": 1.5, "scaled": 1.5, "average": 0.7, "chosen": 2.5}  # fmt: skip
        if not here:
            kinds |= {"table": 2.5, "item": 2}
        kinds |= {"half": 1.5} if width == 8 else {"widened": 2, "joined": 1, "product": 1.2, "quotient": 0.8}
        inner = self.expression(width, depth - 1, here)
        match self.weighted(kinds):
            case "add":
                return p.Binary(self.one("add", "add", "subtract"), inner, self.apart(inner, self.operand(width, here)))
            case "logic":
                operation = self.one("and", "and", "or", "xor")
                right = p.Number(self.mask(width), width) if self.maybe(0.75) else self.leaf(width, here)
                return p.Binary(operation, inner, self.apart(inner, right))
            case "shift":
                direction = self.one("left", "right", "right", "signed right", "rotate left", "rotate right")
                return p.Shifted(inner, direction, self.rng.randrange(1, 5))
            case "field":
                bits = self.rng.randrange(1, 5)
                return p.Field(inner, self.rng.randrange(width - bits + 1), bits)
            case "min":
                return p.Binary(self.one("min", "max"), inner, self.apart(inner, self.operand(width, here, 0.6)))
            case "distance":
                return p.Binary("distance", inner, self.apart(inner, self.operand(width, here, 0.2)))
            case "average":
                return p.Binary("average", inner, self.apart(inner, self.leaf(width, here)))
            case "saturating":
                return self.saturating(inner, width, here)
            case "unary":
                return p.Unary(self.one("not", "negate", "swap", "magnitude", "magnitude"), inner)
            case "scaled":
                return p.Scaled(inner, self.one(2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20))
            case "chosen":
                return p.Chosen(self.condition(here), inner, self.apart(inner, self.operand(width, here)))
            case "table":
                length = self.one(3, 4, 4, 5, 6, 8, 8)
                return p.Read(p.Item(self.table(length, width), self.index(length)))
            case "item":
                array = self.array(width)
                return p.Read(p.Item(array, self.index(array.length)))
            case "half":
                return p.Half(p.Read(self.known(16)), self.maybe(0.5))
            case "widened":
                value = p.Widened(self.expression(8, depth - 1, here), self.maybe(0.3))
                return p.Binary(self.one("add", "add", "subtract"), self.leaf(16, here), value)
            case "joined":
                return p.Joined(self.leaf(8, here), self.leaf(8, here))
            case "product":
                return p.Product(self.leaf(8, here), self.operand(8, here, 0.4))
            case _:
                return p.Quotient(inner, p.Number(self.one(3, 5, 6, 7, 10, 12, 24, 60, 100), 8), self.maybe(0.5))

    def changed(self, value: p.Expression, here: Sequence[p.Array] = ()) -> p.Expression:
        """One simple operation on a value."""
        width = value.width
        assert width in (8, 16)
        match self.one("mask", "add", "subtract", "shift", "distance"):
            case "mask":
                return p.Binary("and", value, p.Number(self.mask(width), width))
            case "shift":
                return p.Shifted(value, "right", self.rng.randrange(1, 4))
            case operation:
                return p.Binary(operation, value, self.apart(value, self.operand(width, here)))

    def apart(self, value: p.Expression, other: p.Expression) -> p.Expression:
        """The other operand, or a number where it would be the same thing again."""
        if value != other:
            return other
        assert value.width in (8, 16, 24)
        return self.number(value.width)

    def combined(self, left: p.Expression, right: p.Expression) -> p.Expression:
        """Two numbers of one width as one."""
        return p.Binary(self.one("add", "add", "subtract", "and", "or", "xor", "min", "max", "distance"), left, right)

    def packed(self) -> p.Set:
        """Fields that are put together into one number, or one that is taken out of it, or replaced in it."""
        width: Width = self.one(8, 16, 16)
        bits = self.rng.randrange(1, 6)
        low = self.rng.randrange(width - bits + 1)
        mask = (1 << bits) - 1
        match self.one("take", "pack", "replace", "join"):
            case "take":
                return p.Set(self.variable(width), p.Field(p.Read(self.variable(width)), low, bits))
            case "join" if width == 16:
                high, other = p.Read(self.variable(8)), p.Read(self.variable(8))
                return p.Set(self.variable(16), p.Joined(high, other))
            case "replace":
                target = self.variable(width)
                kept = p.Binary("and", p.Read(target), p.Number((1 << width) - 1 - (mask << low), width))
                fresh = self._shifted(p.Binary("and", p.Read(self.variable(width)), p.Number(mask, width)), low)
                return p.Set(target, p.Binary("or", kept, fresh))
            case _:
                upper = self._shifted(p.Read(self.variable(width, below=1 << width - bits)), bits)
                return p.Set(self.variable(width), p.Binary("or", upper, p.Read(self.variable(width, below=1 << bits))))

    @staticmethod
    def _shifted(operand: p.Expression, count: int) -> p.Expression:
        return p.Shifted(operand, "left", count) if count else operand

    def about(self, place: p.Place) -> p.Condition:
        """A question about one number."""
        assert place.width in (8, 16)
        return p.Compared(self.one("==", "!=", "<", ">="), p.Read(place), self._bound(place.width, ()))

    def saturating(self, left: p.Expression, width: Width, here: Sequence[p.Array] = ()) -> p.Saturating:
        right = self.operand(width, here, 0.7)
        if isinstance(right, p.Number):
            right = p.Number(max(1, right.value & 0x3F), width)
        if self.maybe(0.5):
            top = (1 << width) - 1
            return p.Saturating("add", left, right, self.one(top, self.number(width).value, 99 if width == 8 else 999))
        return p.Saturating("subtract", left, right, self.one(0, 0, 0, self.rng.randrange(1, 32)))

    # ------------------------------------------------------------------------------------------------------- conditions

    def condition(self, here: Sequence[p.Array] = (), depth: int = 1) -> p.Condition:
        """A question about a variable or the element at hand; with `depth` left, sometimes two joined."""
        if depth and self.maybe(0.18):
            joint = self.rng.choice((p.Both, p.Either))
            return joint(self.condition(here, depth - 1), self.condition(here, depth - 1))
        width: Width = self.rng.choice([array.width for array in here]) if here else self.one(8, 8, 8, 16)
        element: p.Expression | None = None
        if here:  # a question about an element asks about the element
            element = p.Read(p.Here(self.rng.choice([array for array in here if array.width == width])))
        subject = element or self.leaf(width)
        if self.maybe(0.15):
            subject = self.changed(subject, here)
        match self.weighted(
            {"zero": 2, "equal": 3, "order": 4, "signed": 1, "bits": 3, "between": 1.5, "negative": 0.7}
        ):
            case "zero":
                return p.Compared(self.one("==", "!="), subject, p.Number(0, width))
            case "equal":
                return p.Compared(
                    self.one("==", "==", "!="), subject, self.apart(subject, self.operand(width, here, 0.75))
                )
            case "order":
                return p.Compared(
                    self.one("<", "<=", ">", ">="), subject, self.apart(subject, self._bound(width, here))
                )
            case "signed":
                other = p.Number(self.rng.randrange(1, 100), width) if self.maybe(0.5) else self.leaf(width, here)
                return p.Compared(self.one("<", ">=", ">", "<="), subject, self.apart(subject, other), signed=True)
            case "bits":
                return p.Bits(subject, self.mask(width), self.one("any", "all", "none", "any"))
            case "between":
                low = self.rng.randrange(1, (1 << width) - 0x30)
                return p.Between(subject, low, low + self.rng.randrange(2, 0x28))
            case _:
                return p.Bits(subject, 1 << (width - 1), self.one("any", "none"))

    def _bound(self, width: Width, here: Sequence[p.Array]) -> p.Expression:
        bound = self.operand(width, here, 0.7)
        if isinstance(bound, p.Number):
            return p.Number(min(max(bound.value, 2), (1 << width) - 3), width)
        return bound

    # ------------------------------------------------------------------------------------------------------- statements

    def update(self, place: p.Place, here: Sequence[p.Array] = ()) -> p.Statement:
        """A change of something that depends on what it was."""
        width = place.width
        assert width in (8, 16, 24)
        old = p.Read(place)
        if width == 24:
            return p.Set(place, p.Binary(self.one("add", "add", "subtract"), old, self.operand(24)))
        kinds = {"step": 3.0, "add": 3, "saturating": 4, "bits": 3, "shift": 1, "wrap": 2, "timer": 2, "other": 2}
        match self.weighted(kinds):
            case "step":
                return p.Set(place, p.Binary(self.one("add", "subtract"), old, p.Number(1, width)))
            case "add":
                return p.Set(
                    place, p.Binary(self.one("add", "subtract"), old, self.apart(old, self.operand(width, here)))
                )
            case "saturating":
                return p.Set(place, self.saturating(old, width, here))
            case "bits":
                mask = self.mask(width)
                operation = self.one("or", "and", "xor")
                inverse = (1 << width) - 1 - mask
                return p.Set(place, p.Binary(operation, old, p.Number(inverse if operation == "and" else mask, width)))
            case "shift":
                return p.Set(place, p.Shifted(old, self.one("left", "right", "rotate left", "rotate right"),
                                              self.one(1, 1, 2, 3)))  # fmt: skip
            case "wrap":
                top = self.rng.randrange(2, 60)
                if self.maybe(0.5):
                    raised = p.Binary("add", old, p.Number(1, width))
                    return p.Set(
                        place, p.Chosen(p.Compared(">=", old, p.Number(top, width)), p.Number(0, width), raised)
                    )
                less = p.Binary("subtract", old, p.Number(1, width))
                return p.Set(place, p.Chosen(p.Compared("==", old, p.Number(0, width)), p.Number(top, width), less))
            case "timer":
                lowered = p.Set(place, p.Binary("subtract", old, p.Number(1, width)))
                return p.If(p.Compared("!=", old, p.Number(0, width)), (lowered,))
            case _:
                operation = self.one("min", "max", "distance", "average")
                return p.Set(place, p.Binary(operation, old, self.apart(old, self.operand(width, here, 0.4))))

    def simple(self, here: Sequence[p.Array] = (), width: p.Width | None = None) -> p.Statement:
        """One change without a branch that is told as such: a constant, a copy or an update."""
        fit = [array for array in here if width in (None, array.width)]
        if fit and self.maybe(0.75):
            place: p.Place = p.Here(self.rng.choice(fit))
        else:
            place = self.known(width or self.one(8, 8, 8, 16, 16), again=0.4)
        draw = self.rng.random()
        if draw < 0.3:
            value = p.Number(0, place.width) if self.maybe(0.5) else self.number(place.width)
            return p.Set(place, value)
        if draw < 0.45 and place.width != 24:
            return p.Set(place, self.apart(p.Read(place), self.leaf(place.width, here)))
        return self.update(place, here)

    def block(self, here: Sequence[p.Array] = (), most: int = 2) -> Statements:
        """One statement or a few, on different places."""
        found: dict[object, p.Statement] = {}
        for _ in range(self.rng.randrange(1, most + 1)):
            statement = self.simple(here)
            place = statement.place if isinstance(statement, p.Set) else statement
            found.setdefault(place, statement)
        return tuple(found.values())

    def branch(self, here: Sequence[p.Array] = (), depth: int = 1) -> p.If:
        """A condition with what follows from it."""
        then = self.block(here)
        if depth and self.maybe(0.15):
            then = (*then[:1], self.branch(here, depth - 1))
        otherwise = self.block(here, 1) if self.maybe(0.35) else ()
        return p.If(self.condition(here), then, otherwise)

    def assignment(self, depth: int, width: p.Width = 8) -> p.Set:
        """A new variable gets the value of an expression."""
        value = self.expression(width, depth)
        return p.Set(self.variable(width), value)

    def switch(self) -> p.Switch:
        """What is done for each state: for all values below a bound, or for some values and all others."""
        count = self.rng.randrange(2, 6)
        dense = self.maybe(0.6)
        on = self.variable(8, below=count if dense and self.maybe(0.6) else None)
        values = range(count) if dense else sorted(self.rng.sample(range(0x40), count))
        target = self.known(self.one(8, 8, 16), again=0.2)
        manner = self.one("constants", "mixed", "states")
        cases = []
        for value in values:
            body: Statements
            if manner == "constants":
                body = (p.Set(target, self.number(target.width)),)
            elif manner == "states":
                body = (*self.block(most=1), p.Set(on, p.Number(self.rng.choice([v for v in values if v != value]))))
            else:
                body = self.block(most=2)
            cases.append((value, body))
        otherwise = self.block(most=1) if on.below is None and self.maybe(0.4) else ()
        return p.Switch(p.Read(on), tuple(cases), otherwise)

    def gathered(self, over: p.Array | p.Text | None = None) -> p.Set:
        """A new variable gets what all elements come to."""
        if over is None:
            over = self.text() if self.maybe(0.15) else self.one(self.array(self.one(8, 8, 16)), self.records(8, 8)[0])
        here: tuple[p.Array, ...] = (over,) if isinstance(over, p.Array) else ()
        element = p.Read(p.Here(over))
        width: Width = over.width

        def where() -> p.Condition:
            return self.condition(here, depth=1) if here else self._of_letter(element)

        kinds = {"count": 4.0, "sum": 3, "position": 3, "bits": 1.2}
        kinds |= {"extreme": 3} if here else {"length": 1.5}
        match self.weighted(kinds):
            case "count":
                return p.Set(self.variable(8), p.Count(over, where()))
            case "length":
                return p.Set(self.variable(8), p.Count(over, None))
            case "sum":
                term: p.Expression = element if self.maybe(0.7) or not here else self.expression(width, 1, here)
                wide = width == 8 and self.maybe(0.5)
                total = p.Fold("sum", over, p.Widened(term) if wide else term, where() if self.maybe(0.35) else None)
                return p.Set(self.variable(16 if wide else width), total)
            case "bits":
                return p.Set(self.variable(width), p.Fold(self.one("xor", "xor", "or", "and"), over, element))
            case "extreme":
                wants_index = self.maybe(0.45)
                assert isinstance(over, p.Array)
                value = p.Extreme(self.one("min", "max"), over, wants_index)
                return p.Set(self.variable(8 if wants_index else width), value)
            case _:
                return p.Set(self.variable(8), p.Position(over, where(), self.one(0xFF, 0xFF, 0x80), self.maybe(0.3)))

    def _of_letter(self, element: p.Expression) -> p.Condition:
        low = self.rng.randrange(0x20, 0xA0)
        options: tuple[p.Condition, ...] = (
            p.Compared(self.one("==", "==", "!="), element, self.operand(8, constant=0.7)),
            p.Between(element, low, low + self.rng.randrange(4, 30)),
            p.Bits(element, 0x80, self.one("any", "none")),
        )
        return self.rng.choice(options)

    def each(self, over: Sequence[p.Array] = (), stops: bool = True) -> p.Each:
        """A loop that changes elements, or does something for those that a condition picks."""
        over = (
            tuple(over)
            or self.one(
                *(partial(self.slots, *widths) for widths in _LOOPS),
                *(partial(self.records, *widths) for widths in _LOOPS),
            )()
        )
        body: Statements
        if self.maybe(0.4):
            target = self.rng.choice(over)
            if self.maybe(0.5):
                body = (p.Set(p.Here(target), self.expression(target.width, self.one(1, 1, 2), over)),)
            else:
                body = (self.update(p.Here(target), over),)
        else:
            branch = self.branch(over, depth=0)
            if stops and not branch.otherwise and self.maybe(0.2):
                branch = p.If(branch.condition, (*branch.then, p.Stop()))
            body = (branch,)
        return p.Each(over, body)

    def over_text(self) -> p.Each:
        """A loop over a text that changes some of its letters."""
        text = self.text()
        letter = p.Read(p.Here(text))
        change = self.one(
            p.Binary("add", letter, p.Number(self.one(0x20, 0x80, 1, 0xE0, 0x10))),
            p.Binary("xor", letter, p.Number(self.mask(8))),
            p.Binary("or", letter, p.Number(self.mask(8))),
            p.Number(self.rng.randrange(0x10, 0xF0)),
        )
        statement: p.Statement = p.Set(p.Here(text), change)
        if self.maybe(0.75):
            statement = p.If(self._of_letter(letter), (statement,))
        return p.Each(text, (statement,))

    def moved(self) -> p.Statement:
        """Something that moves numbers about in arrays."""
        width: Width = self.one(8, 8, 16)
        match self.weighted({"fill": 2, "copy": 3, "reverse": 1, "shove": 2, "swap": 2, "table": 1}):
            case "fill":
                return p.Fill(
                    self.array(width), self.number(width) if self.maybe(0.5) else p.Read(self.variable(width))
                )
            case "copy":
                source = self.array(width)
                return p.Copy(source, self.array(width, source.length), self.maybe(0.25))
            case "reverse":
                return p.Reverse(self.array(width))
            case "shove":
                return p.Shove(self.array(width), self.maybe(0.6), self.operand(width, constant=0.3))
            case "swap":
                if self.maybe(0.5):
                    return p.Swap(self.variable(width), self.variable(width))
                array = self.array(width)
                return p.Swap(p.Item(array, self.index(array.length)), p.Item(array, self.index(array.length)))
            case _:
                table = self.table(self.one(3, 4, 6, 8), width)
                return p.Copy(table, self.array(width, table.length))

    def items(self) -> p.Statement:
        """Something done to the element that a variable picks."""
        width: Width = self.one(8, 8, 16)
        array = self.one(lambda: self.array(width), lambda: self.records(width, 8)[0])()
        item = p.Item(array, self.index(array.length))
        match self.one("read", "write", "update", "branch"):
            case "read":
                value: p.Expression = p.Read(item)
                if self.maybe(0.4):
                    value = p.Binary(self.one("add", "and", "subtract", "xor"), value, self.operand(width))
                return p.Set(self.variable(width), value)
            case "write":
                return p.Set(item, self.operand(width, constant=0.4))
            case "update":
                return self.update(item)
            case _:
                condition = p.Compared(self.one("==", "!=", "<", ">="), p.Read(item), self._bound(width, ()))
                return p.If(condition, (self.one(p.Set(item, self.number(width)), self.update(item), self.simple()),))

    def pointed(self) -> p.Statement:
        """Something done through a pointer."""
        pointer = self.pointer()
        width: Width = self.one(8, 8, 16)
        top = pointer.length - width // 8
        offset: p.Expression = p.Number(self.rng.randrange(top + 1))
        if self.maybe(0.4):
            offset = p.Read(self.variable(8, below=top + 1))
        place = p.Pointed(pointer, offset, width)
        match self.one("read", "read", "write", "update", "copy"):
            case "read":
                value: p.Expression = p.Read(place)
                if self.maybe(0.4):
                    value = p.Binary(self.one("add", "and", "subtract", "xor"), value, self.operand(width))
                return p.Set(self.variable(width), value)
            case "write":
                return p.Set(place, self.operand(width, constant=0.4))
            case "update":
                return self.update(place)
            case _:
                other = p.Pointed(pointer, p.Number(self.rng.randrange(top + 1)), width)
                return p.Set(other, p.Read(place))

    def flag(self) -> p.Report:
        """A condition as the routine's answer, in the carry."""
        return p.Report(self.condition(depth=2))

    def some(self) -> p.Condition:
        """A condition on all elements of an array."""
        array = self.one(lambda: self.array(self.one(8, 8, 16)), lambda: self.records(8, 8)[0])()
        return p.Some(array, self.condition((array,), depth=0), self.maybe(0.3))

    def called(self) -> p.Call:
        """A call of another routine of the game, which does one simple thing."""
        name = self.rng.choice(vocabulary.CALLED)
        address = Address(self.rng.randrange(0x02, 0x1C) << 16 | self.rng.randrange(0x8000, 0xFF00))
        target = self.variable(8)
        body = (p.Set(target, self.number(8)),) if self.maybe(0.5) else (self.update(target),)
        return p.Call(name, target.meaning, address, "rtl", body)
