"""Loops over arrays and texts: which register counts what, in which direction, and how a turn ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Line, immediate
from oracle_lib.tasks.program.compiler.conditions import Conditions
from oracle_lib.tasks.program.compiler.operands import Loop, is_long
from oracle_lib.tasks.program.compiler.style import Unsupported

Over = tuple[p.Array, ...] | p.Text
_LOOPS = (
    p.Each
    | p.Repeat
    | p.While
    | p.Fill
    | p.Copy
    | p.Reverse
    | p.Shove
    | p.Fold
    | p.Count
    | p.Extreme
    | p.Position
    | p.Some
)
_MANY = 4
"""Bytes from one element to the next that are stepped over one by one; more are added."""


@dataclass(frozen=True)
class Needs:
    """What the turns of a loop need index registers for, beside the loop itself."""

    steps: dict[int, bool]
    index: bool
    x: bool
    y: bool
    either: bool


class Loops(Conditions):
    """Adds loops."""

    end: Label

    def each(self, s: p.Each) -> None:
        match s:
            case p.Each((over,), (p.Set(p.Here(of), value),)) if of == over and is_fixed(value, over):
                self.fill(over, value)
                return
        self.run(s.over, s.body, lambda: self.block(s.body), free=any_order(s.body))

    def fill(self, over: p.Array, value: p.Expression) -> None:
        raise NotImplementedError

    def block(self, statements: tuple[p.Statement, ...]) -> None:
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------------------------- runs

    def run(
        self,
        over: Over,
        parts: object,
        turn: Callable[[], None],
        *,
        free: bool = False,
        backwards: bool = False,
        keeps_a: bool = False,
        taken: tuple[str, ...] = (),
        skip: int = 0,
        names: tuple[str, str] = ("next", "done"),
    ) -> Loop:
        """Writes `turn` for each element. `parts` are what it evaluates.

        `free`: any order will do; `backwards`: the last element comes first. With `keeps_a`, A lasts from one turn to
        the next. `taken` are registers that the turns use for themselves, and `skip` elements are left out, at the end
        where the loop starts. `names` are those of the labels at both ends.
        """
        if isinstance(over, p.Text):
            return self._over_text(over, parts, turn, taken, names)
        count = over[0].length - skip
        if not backwards and self.style.unrolls and count <= 4 and len(list(p.walk(parts))) * count <= 80:
            return self._unrolled(over, turn, skip, names)
        needs = self._needs(over, parts)
        down = backwards or (free and self.style.down)
        registers = self._registers(over, needs, taken)
        outer = self.loop
        loop = self.loop = Loop(over, turns=over[0].length, held=self.busy(), end=Label(names[1]))
        if registers is None:
            if keeps_a or taken:
                raise Unsupported("a loop with more index registers than there are")
            loop.homes = {step: self.reserve() for step in self._steps(needs, down)}
        else:
            loop.registers = registers
        self._turns(loop, turn, count, skip, down, needs, keeps_a, names)
        for home in loop.homes.values():
            self.release(home)
        self.loop = outer
        return loop

    def _unrolled(self, over: tuple[p.Array, ...], turn: Callable[[], None], skip: int, names: tuple[str, str]) -> Loop:
        outer = self.loop
        loop = self.loop = Loop(over, turns=over[0].length, held=self.busy(), end=Label(names[1]))
        for number in range(skip, over[0].length):
            loop.turn = number
            self.next_turn()
            turn()
        self.place(loop.end)
        self.next_turn()
        self.loop = outer
        return loop

    def _steps(self, needs: Needs, down: bool) -> list[int]:
        steps = dict(needs.steps)
        if needs.index:
            steps.setdefault(1, False)
        return sorted(steps)

    def _needs(self, over: Over, parts: object) -> Needs:
        steps: dict[int, bool] = {}
        index = x = y = either = False
        arrays = over if isinstance(over, tuple) else (over,)

        def visit(node: object) -> None:
            nonlocal index, x, y, either
            if isinstance(node, _LOOPS) and node is not parts:
                x = y = True
                return
            if isinstance(node, p.Here):
                step = node.of.step if isinstance(node.of, p.Array) else 1
                steps[step] = steps.get(step, False) or is_long(node.of)
                return
            if isinstance(node, p.Item):
                if isinstance(node.index, p.Number):
                    return
                if isinstance(node.index, p.Index):
                    steps[node.of.step] = steps.get(node.of.step, False) or is_long(node.of)
                    return
                if is_long(node.of):
                    x = True
                else:
                    either = True
            if isinstance(node, p.Pointed):
                if isinstance(node.offset, p.Number) and node.offset.value == 0:
                    return
                y = True
            index |= isinstance(node, p.Index)
            for child in children(node):
                visit(child)

        visit(parts)
        if not steps and arrays:
            first = arrays[0]
            step = first.step if isinstance(first, p.Array) else 1
            steps[1 if index else step] = False
        return Needs(steps, index, x, y, either)

    def _registers(self, over: Over, needs: Needs, taken: tuple[str, ...]) -> dict[int, str] | None:
        """Which register holds the offset of each step, or None where there are not enough."""
        steps = dict(needs.steps)
        if needs.index and 1 not in steps and not (len(steps) == 1 and _power(next(iter(steps)))):
            steps[1] = False
        free = [register for register in ("X", "Y") if register not in taken and register not in self.busy()]
        if needs.x:
            free = [register for register in free if register != "X"]
        if needs.y:
            free = [register for register in free if register != "Y"]
        if len(steps) + (needs.either and not (needs.x or needs.y)) > len(free):
            return None
        if self.style.prefers_y:
            free.reverse()
        chosen: dict[int, str] = {}
        for step in sorted(steps, key=lambda one: not steps[one]):
            wanted = [register for register in free if register == "X" or not steps[step]]
            if not wanted:
                return None
            chosen[step] = wanted[0]
            free.remove(wanted[0])
        return chosen

    # ------------------------------------------------------------------------------------------------------------ turns

    def _turns(
        self,
        loop: Loop,
        turn: Callable[[], None],
        count: int,
        skip: int,
        down: bool,
        needs: Needs,
        keeps_a: bool,
        names: tuple[str, str],
    ) -> None:
        """The loop over arrays: its start, a turn and its end."""
        steps = list(loop.registers or loop.homes)
        main = min(steps, key=lambda step: (step > _MANY, -step if down else step))
        wide, last = self.xw == 16, (count - 1) * main
        from_one = False
        if down and not loop.homes and not wide and last > 0x7F + main:
            if main == 1 and len(steps) == 1 and not needs.index and skip == 0:
                from_one = True
            elif last + main > 0x100:
                raise Unsupported("an offset beyond 8 bits")
        if not wide and max(steps) * (count + skip) > 0x100:
            raise Unsupported("an offset beyond 8 bits")
        start = {step: (count - 1 + from_one) * step if down else skip * step for step in steps}
        if from_one:
            loop.shift = -1
        for step in steps:
            if loop.homes:
                self.load(immediate(start[step], self.xw), self.xw)
                self.store(loop.homes[step], self.xw)
            else:
                self.load_index(loop.registers[step], immediate(start[step], self.xw))
        again = Label(names[0])
        self.depth += 1

        def whole_turn() -> None:
            turn()
            for step in [*(step for step in steps if step != main), main]:
                self._advance(loop, step, down, keeps_a)
            self._close(loop, main, again, count, skip, down, from_one)

        self.cycle(again, whole_turn)
        self.depth -= 1
        self.place(loop.end)
        self.next_turn()

    def _advance(self, loop: Loop, step: int, down: bool, keeps_a: bool) -> None:
        width = self.xw
        if loop.homes:
            home = loop.homes[step]
            if step <= 2:
                for _ in range(step):
                    self.emit("DEC" if down else "INC", home, width)
            else:
                self.load(home, width)
                self._add(-step if down else step, width)
                self.store(home, width)
            return
        register = loop.registers[step]
        if step <= _MANY or keeps_a:
            op = f"{'DE' if down else 'IN'}{register}"
            if step > 2:
                self.emit(op, times=step)
            else:
                for _ in range(step):
                    self.emit(op)
            return
        if width == 8:  # the low byte is the same at either width
            width = next((line.m for line in reversed(self.code) if isinstance(line, Line) and line.m), 8)
        self.emit(f"T{register}A", None, width)
        self._add(-step if down else step, width)
        self.emit(f"TA{register}")

    def _add(self, number: int, width: int) -> None:
        if number > 0:
            self.emit("CLC")
            self.op("ADC", number, width)
        else:
            self.emit("SEC")
            self.op("SBC", -number, width)

    def _close(self, loop: Loop, step: int, again: Label, count: int, skip: int, down: bool, from_one: bool) -> None:
        """Jumps back as long as there are elements left."""
        width, first = self.xw, (count - 1 + from_one) * step
        if down and from_one:
            self.goto("BNE", again)
            return
        if down and (width == 16 or first <= 0x7F + step):
            if self._flags_fit(loop, step):
                self.goto("BPL", again)
                return
            self._compare(loop, step, -step)
            self.goto("BNE", again)
            return
        end = -step if down else (count + skip) * step
        if end & ((1 << width) - 1) != 0 or not self._flags_fit(loop, step):
            self._compare(loop, step, end)
        self.goto("BNE", again)

    def _flags_fit(self, loop: Loop, step: int) -> bool:
        """Whether Z and N speak of the register when a turn has ended."""
        last = self.code[-1]
        name = getattr(last, "op", "")
        if loop.homes:
            return name in ("INC", "DEC", "STA")
        return name in (f"DE{loop.registers[step]}", f"IN{loop.registers[step]}", f"TA{loop.registers[step]}")

    def _compare(self, loop: Loop, step: int, end: int) -> None:
        if loop.homes:
            self.load(loop.homes[step], self.xw)
            self.op("CMP", end, self.xw)
        else:
            self.emit(f"CP{loop.registers[step]}", immediate(end, self.xw))

    # ------------------------------------------------------------------------------------------------------------ texts

    def _over_text(
        self, text: p.Text, parts: object, turn: Callable[[], None], taken: tuple[str, ...], names: tuple[str, str]
    ) -> Loop:
        needs = self._needs(text, (parts, p.Here(text)))
        registers = self._registers(text, needs, taken)
        outer = self.loop
        loop = self.loop = Loop((text,), turns=text.most, held=self.busy(), end=Label(names[1]))
        if registers is None:
            if taken:
                raise Unsupported("a loop with more index registers than there are")
            loop.homes = {step: self.reserve() for step in self._steps(needs, False)}
            for home in loop.homes.values():
                self.load(immediate(0, self.xw), self.xw)
                self.store(home, self.xw)
        else:
            loop.registers = registers
            for register in registers.values():
                self.load_index(register, immediate(0, self.xw))
        again = Label(names[0])
        self.depth += 1

        def whole_turn() -> None:
            self.load(self.here(text), 8)
            if text.end:
                self.op("CMP", text.end, 8, comment="the end" if self.style.comments else "")
            else:
                self.test(8)
            self.goto("BEQ", loop.end)
            turn()
            for step in list(loop.registers or loop.homes):
                self._advance(loop, step, False, False)
            self.jump(again)

        self.cycle(again, whole_turn)
        self.depth -= 1
        self.place(loop.end)
        self.next_turn()
        for home in loop.homes.values():
            self.release(home)
        self.loop = outer
        return loop


def children(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield getattr(node, name)


def _power(number: int) -> bool:
    return number & (number - 1) == 0


def is_fixed(value: p.Expression, over: p.Array) -> bool:
    """Whether a value is the same in all turns of a loop that writes only to `over`."""
    parts = tuple(p.walk(value))
    return over not in parts and not any(isinstance(part, p.Index) for part in parts)


def any_order(body: tuple[p.Statement, ...]) -> bool:
    """Whether no turn of a loop sees what another one did, so that their order does not matter."""
    written: set[object] = set()
    arrays: set[object] = set()
    for node in p.walk(body):
        if isinstance(node, p.Stop | p.Call | p.Swap | p.Fill | p.Copy | p.Reverse | p.Shove):
            return False
        if isinstance(node, p.Set):
            if isinstance(node.place, p.Here):
                arrays.add(node.place.of)
            elif isinstance(node.place, p.Variable) and _accumulates(node):
                written.add(node.place)
            else:
                return False
    reads = [node for node in p.walk(body) if isinstance(node, p.Read)]
    for place in written:
        if sum(read.place == place for read in reads) > 1:
            return False
    return not any(isinstance(read.place, p.Item) and read.place.of in arrays for read in reads)


def _accumulates(s: p.Set) -> bool:
    match s.value:
        case p.Binary("add" | "or" | "and" | "xor" | "min" | "max", p.Read(place), _) if place == s.place:
            return True
        case p.Binary("subtract", p.Read(place), _) if place == s.place:
            return True
    return False
