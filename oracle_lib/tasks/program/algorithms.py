"""Draws small algorithms: loops that carry working values from one turn to the next. Every part of them is drawn."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Width
from oracle_lib.tasks.program.drawing import Drawer, Statements

_WORKING = range(0x08, 0x10, 2)
"""Scratch bytes for working values; the lower ones are left to what a compiler itself needs."""


class Algorithms:
    """Algorithms for one program, with its working values."""

    def __init__(self, draw: Drawer) -> None:
        self.draw, self.rng = draw, draw.rng
        self._free = iter(_WORKING)

    def own(self, meaning: str, width: p.Width = 8) -> p.Variable:
        """A new working value."""
        name = "".join(word.capitalize() for word in meaning.split())
        return p.Variable(name, meaning, Address(next(self._free)), width, own=True)

    def any(self) -> Statements:
        """One algorithm of any kind."""
        kinds = (self.bits, self.bits, self.subtraction, self.growth, self.ends, self.previous, self.runs, self.running,
                 self.kept, self.hash, self.turns, self.pairs)  # fmt: skip
        return self.rng.choice(kinds)()

    # ------------------------------------------------------------------------------------------------- single numbers

    def bits(self) -> Statements:
        """Takes a number apart bit by bit and builds another."""
        draw = self.draw
        width: Width = draw.one(8, 8, 16)
        wide: Width = draw.one(width, width, 16)
        rest, made = self.own("rest", width), self.own("made", wide)
        up = draw.maybe(0.4)
        bit = p.Bits(p.Read(rest), 1 << (width - 1) if up else 1, draw.one("any", "any", "none"))
        change = self._change(made, draw.one(p.Number(1, wide), draw.number(wide), p.Read(draw.known(wide))))
        picked: p.Statement = p.If(bit, (change,), (self._change(made, draw.number(wide)),) if draw.maybe(0.15) else ())
        step = p.Set(rest, p.Shifted(p.Read(rest), "left" if up else "right", 1))
        parts = [picked, step]
        if draw.maybe(0.6):
            shift = p.Set(made, p.Shifted(p.Read(made), draw.one("left", "right", "rotate left", "rotate right"), 1))
            parts.insert(draw.one(0, len(parts)), shift)
        start = p.Number(0, wide) if draw.maybe(0.6) else p.Number(self.rng.randrange(1 << wide), wide)
        turns = draw.one(width, width, self.rng.randrange(3, width))
        return (
            p.Set(rest, draw.leaf(width)),
            p.Set(made, start),
            p.Repeat(p.Number(turns), tuple(parts)),
            p.Set(draw.variable(wide), p.Read(made)),
        )

    def _change(self, place: p.Variable, by: p.Expression) -> p.Set:
        operation = self.draw.one("add", "add", "xor", "xor", "or", "subtract")
        return p.Set(place, p.Binary(operation, p.Read(place), by))

    def subtraction(self) -> Statements:
        """Takes a number away as long as that goes, and counts or adds up meanwhile."""
        draw = self.draw
        width: Width = draw.one(8, 16)
        rest, found = self.own("rest", width), self.own("turns")
        taken = p.Number(self.rng.randrange(5, 60) if width == 8 else self.rng.randrange(300, 9000), width)
        gain = p.Number(draw.one(1, 1, 1, self.rng.randrange(2, 9)))
        body: Statements = (
            p.Set(rest, p.Binary("subtract", p.Read(rest), taken)),
            p.Set(found, p.Binary("add", p.Read(found), gain)),
        )
        if draw.maybe(0.3):
            body = (*body, draw.update(draw.known(8)))
        told: Statements = (p.Set(draw.variable(8), p.Read(found)),)
        if draw.maybe(0.5):
            told = (*told, p.Set(draw.variable(width), p.Read(rest)))
        return (
            p.Set(rest, draw.leaf(width)),
            p.Set(found, p.Number(draw.one(0, 0, self.rng.randrange(1, 20)))),
            p.While(p.Compared(">=", p.Read(rest), taken), body),
            *told,
        )

    def growth(self) -> Statements:
        """Grows a number until it passes a bound, and counts the turns."""
        draw = self.draw
        total, turns = self.own("total"), self.own("turns")
        bound = draw.variable(8, below=0x80)
        step: p.Expression = p.Number(self.rng.randrange(3, 32))
        grown = p.Binary("add", p.Read(total), step)
        if draw.maybe(0.4):
            grown = p.Binary("add", p.Binary("add", p.Read(total), p.Read(turns)), step)
        return (
            p.Set(total, p.Number(draw.one(0, 1, self.rng.randrange(30)))),
            p.Set(turns, p.Number(0)),
            p.While(
                p.Compared(draw.one("<", "<="), p.Read(total), p.Read(bound)),
                (p.Set(total, grown), p.Set(turns, p.Binary("add", p.Read(turns), p.Number(1)))),
            ),
            p.Set(draw.variable(8), p.Read(draw.one(total, turns, turns))),
        )

    def turns(self) -> Statements:
        """Does something as often as a variable says."""
        draw = self.draw
        width: Width = draw.one(8, 16)
        target = draw.variable(width)
        first = draw.update(target)
        body: Statements = (first,)
        if draw.maybe(0.4):
            body = (first, draw.update(draw.variable(draw.one(8, 16))))
        return (p.Repeat(p.Read(draw.variable(8, below=draw.one(8, 10, 12, 16))), body),)

    # ------------------------------------------------------------------------------------------------- arrays

    def ends(self) -> Statements:
        """Works on an array from both ends towards the middle."""
        draw = self.draw
        array = draw.array(8)
        low, high = self.own("low"), self.own("high")
        first, last = p.Item(array, p.Read(low)), p.Item(array, p.Read(high))
        swapped = p.Swap(first, last)
        found = draw.variable(8)
        count = p.Set(found, p.Binary("add", p.Read(found), p.Number(1)))
        relation = draw.one("==", "!=", "<", ">", ">=")
        work: p.Statement = draw.one(
            p.If(p.Compared(relation, p.Read(first), p.Read(last)), (swapped,)),
            p.If(p.Compared(relation, p.Read(first), p.Read(last)), (count,)),
            p.Set(found, p.Binary("add", p.Read(found), p.Binary("distance", p.Read(first), p.Read(last)))),
            p.Set(last, p.Binary(draw.one("add", "xor", "min", "max"), p.Read(last), p.Read(first))),
        )
        start: Statements = (p.Set(found, p.Number(0)),) if found in list(p.walk(work)) else ()
        return (
            *start,
            p.Set(low, p.Number(0)),
            p.Set(high, p.Number(array.length - 1)),
            p.While(
                p.Compared("<", p.Read(low), p.Read(high)),
                (
                    work,
                    p.Set(low, p.Binary("add", p.Read(low), p.Number(1))),
                    p.Set(high, p.Binary("subtract", p.Read(high), p.Number(1))),
                ),
            ),
        )

    def previous(self) -> Statements:
        """Compares each element with the one before it, or replaces it by something of both."""
        draw = self.draw
        width: Width = draw.one(8, 8, 16)
        array = draw.array(width)
        before, element = self.own("previous", width), p.Here(array)
        start = p.Set(before, p.Number(draw.one(0, 0, (1 << width) - 1), width))
        if draw.maybe(0.5):
            count = draw.variable(8)
            relation = draw.one("==", "!=", "<", ">", "<=", ">=")
            counted = p.Set(count, p.Binary("add", p.Read(count), p.Number(1)))
            body: Statements = (
                p.If(p.Compared(relation, p.Read(element), p.Read(before)), (counted,)),
                p.Set(before, p.Read(element)),
            )
            return (start, p.Set(count, p.Number(0)), p.Each((array,), body))
        held = self.own("held", width)
        made = p.Binary(draw.one("add", "subtract", "xor", "average", "max", "min"), p.Read(element), p.Read(before))
        body = (p.Set(held, p.Read(element)), p.Set(element, made), p.Set(before, p.Read(held)))
        return (start, p.Each((array,), body))

    def runs(self) -> Statements:
        """Finds the longest run of elements of a kind, or how many runs of some length there are."""
        draw = self.draw
        array = draw.array(8)
        run, result = self.own("run"), draw.variable(8)
        longer = p.Set(run, p.Binary("add", p.Read(run), p.Number(1)))
        best: p.Statement = p.If(p.Compared(">", p.Read(run), p.Read(result)), (p.Set(result, p.Read(run)),))
        if draw.maybe(0.4):
            wanted = p.Number(self.rng.randrange(2, 4))
            more = p.Set(result, p.Binary("add", p.Read(result), p.Number(1)))
            best = p.If(p.Compared("==", p.Read(run), wanted), (more,))
        body = (p.If(draw.condition((array,), depth=0), (longer, best), (p.Set(run, p.Number(0)),)),)
        return (p.Set(run, p.Number(0)), p.Set(result, p.Number(0)), p.Each((array,), body))

    def running(self) -> Statements:
        """Replaces each element by what all up to it come to, or writes that beside it."""
        draw = self.draw
        width: Width = draw.one(8, 8, 16)
        array = draw.array(width)
        target = draw.array(width, array.length) if draw.maybe(0.5) else array
        total = self.own("total", width)
        operation = draw.one("add", "add", "xor", "max", "min", "or")
        start = p.Number((1 << width) - 1 if operation == "min" else 0, width)
        step = p.Set(total, p.Binary(operation, p.Read(total), p.Read(p.Here(array))))
        over = (array,) if target is array else (array, target)
        body: Statements = (step, p.Set(p.Here(target), p.Read(total)))
        if draw.maybe(0.25):
            body = body[::-1]
        return (p.Set(total, start), p.Each(over, body))

    def kept(self) -> Statements:
        """Writes those elements that a condition picks, or what is made of them, one behind the other."""
        draw = self.draw
        array = draw.array(8)
        target, place = draw.array(8, array.length), self.own("place")
        value: p.Expression = p.Read(p.Here(array))
        if draw.maybe(0.4):
            value = draw.one(p.Index(), p.Binary(draw.one("add", "xor", "and"), value, draw.number(8)))
        put: Statements = (
            p.Set(p.Item(target, p.Read(place)), value),
            p.Set(place, p.Binary("add", p.Read(place), p.Number(1))),
        )
        told = (p.Set(draw.variable(8), p.Read(place)),) if draw.maybe(0.6) else ()
        return (p.Set(place, p.Number(0)), p.Each((array,), (p.If(draw.condition((array,), 0), put),)), *told)

    def hash(self) -> Statements:
        """Mixes all elements into one number."""
        draw = self.draw
        over = draw.array(8) if draw.maybe(0.75) else draw.text()
        width: Width = draw.one(8, 8, 16)
        made = self.own("mixed", width)
        element: p.Expression = p.Read(p.Here(over))
        if width == 16:
            element = p.Widened(element)
        mix = p.Set(made, p.Binary(draw.one("add", "xor", "subtract"), p.Read(made), element))
        turn = draw.one(
            p.Set(made, p.Shifted(p.Read(made), draw.one("rotate left", "rotate right", "left"), draw.one(1, 1, 2, 3))),
            p.Set(made, p.Binary(draw.one("add", "xor"), p.Read(made), draw.number(width))),
            p.Set(made, p.Scaled(p.Read(made), draw.one(3, 5, 9, 17))),
        )
        body = (mix, turn) if draw.maybe(0.5) else (turn, mix)
        start = p.Number(draw.one(0, self.rng.randrange(1 << width)), width)
        loop = p.Each((over,) if isinstance(over, p.Array) else over, body)
        return (p.Set(made, start), loop, p.Set(draw.variable(width), p.Read(made)))

    def pairs(self) -> Statements:
        """Goes over two arrays at once."""
        draw = self.draw
        width: Width = draw.one(8, 8, 16)
        one = draw.array(width)
        other, third = draw.array(width, one.length), draw.array(width, one.length)
        a, b = p.Read(p.Here(one)), p.Read(p.Here(other))
        count, total = draw.variable(8), draw.variable(16 if width == 16 else draw.one(8, 16))
        relation = draw.one("==", "!=", "<", ">", ">=")
        match draw.one("count", "total", "third", "both"):
            case "count":
                more = p.Set(count, p.Binary("add", p.Read(count), p.Number(1)))
                loop = p.Each((one, other), (p.If(p.Compared(relation, a, b), (more,)),))
                return (p.Set(count, p.Number(0)), loop)
            case "total":
                term: p.Expression = p.Binary(draw.one("distance", "min", "max", "and"), a, b)
                if total.width > width:
                    term = p.Widened(term)
                more = p.Set(total, p.Binary("add", p.Read(total), term))
                return (p.Set(total, p.Number(0, total.width)), p.Each((one, other), (more,)))
            case "third":
                made = p.Binary(draw.one("add", "subtract", "max", "min", "average", "distance", "xor"), a, b)
                return (p.Each((one, other, third), (p.Set(p.Here(third), made),)),)
            case _:
                change = draw.one(p.Swap(p.Here(one), p.Here(other)), p.Set(p.Here(one), b))
                return (p.Each((one, other), (p.If(p.Compared(relation, a, b), (change,)),)),)
