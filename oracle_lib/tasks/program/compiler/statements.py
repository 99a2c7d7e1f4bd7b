"""Statements that are no loops."""

from __future__ import annotations

from collections.abc import Iterable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Line, Operand, at, immediate
from oracle_lib.tasks.program.compiler.moves import Moves
from oracle_lib.tasks.program.compiler.operands import is_long
from oracle_lib.tasks.program.compiler.style import Unsupported


class Statements(Moves):
    """Adds statements. `end` is where the routine returns."""

    def block(self, statements: Iterable[p.Statement]) -> None:
        rest = tuple(statements)
        while rest:
            if len(rest) > 1 and self._by_falling_bit(rest[0], rest[1]):
                rest = rest[2:]
            else:
                self.statement(rest[0])
                rest = rest[1:]

    def _by_falling_bit(self, first: p.Statement, second: p.Statement) -> bool:
        """Tests a bit and then shifts it out: with one instruction that shifts it into the carry, where that works."""
        match first, second:
            case (
                p.If(p.Bits(p.Read(p.Variable() as place), mask, ("any" | "none") as which), then, otherwise),
                p.Set(same, p.Shifted(p.Read(shifted), ("left" | "right") as direction, 1)),
            ) if place == same == shifted and mask == (1 if direction == "right" else 1 << (place.width - 1)):
                pass
            case _:
                return False
        target, parts = at(place.address), tuple(p.walk((then, otherwise)))
        last = place in parts or any(isinstance(part, p.Stop | p.Call) for part in parts)
        if last or not then or not self.style.direct or not target.short:
            return False
        other, done = Label("otherwise" if otherwise else "skip"), Label("done")
        self.emit("LSR" if direction == "right" else "ASL", target, place.width)
        self.goto("BCC" if which == "any" else "BCS", other)
        self.block(then)
        if otherwise:
            self.jump(done)
        self.place(other)
        self.block(otherwise)
        self.place(done)
        return True

    def statement(self, s: p.Statement) -> None:
        if self.known is None:
            return
        match s:
            case p.Set(place, value):
                self.set(place, value)
            case p.Swap(left, right):
                self._swap(left, right)
            case p.If():
                self._if_statement(s)
            case p.Switch():
                self._switch(s)
            case p.Each():
                self.each(s)
            case p.Repeat():
                self.repeat(s)
            case p.While():
                self.repeat_while(s)
            case p.Stop():
                self.jump(self.loop.end if self.loop else self.end)
            case p.Fill(over, value):
                self.fill(over, value)
            case p.Copy():
                self.copy(s)
            case p.Reverse(over):
                self.reverse(over)
            case p.Shove():
                self.shove(s)
            case p.Report(condition):
                self.carry(condition)
            case p.Call(name, _, _, returns):
                self._call(name, "JSR" if returns == "rts" else "JSL")

    def _call(self, name: str, op: str) -> None:
        for register in sorted(self.busy()):
            self.emit(f"PH{register}")
        self.emit(op, Operand(name), 8, x=8)
        for register in sorted(self.busy(), reverse=True):
            self.emit(f"PL{register}")

    # -------------------------------------------------------------------------------------------------------------- set

    def set(self, place: p.Place, value: p.Expression) -> None:
        if isinstance(value, p.Fold | p.Count | p.Extreme | p.Position):
            self.gather(place, value)
            return
        if place.width == 24:
            self._set_long(place, value)
            return
        match value:
            case p.Read(read) if read == place:
                return
            case p.Chosen(condition, then, p.Read(read)) if read == place:
                self.statement(p.If(condition, (p.Set(place, then),)))
                return
            case p.Chosen(condition, p.Read(read), otherwise) if read == place:
                self.statement(p.If(condition, (), (p.Set(place, otherwise),)))
                return
        if self._in_place(place, value):
            return
        m = place.width
        match place:
            case p.Item(of, index) if not self.is_simple(p.Read(place)):
                if self._needs_index(value, place):
                    self.value(value)
                    register = self._index_beside_a(of, index, m)
                else:
                    register = self.index(of, index)
                    self.value(value)
                    if self._held(of, index) != register:
                        raise Unsupported("an index that is lost while the value is computed")
                self.store(self._by(of, register), m)
            case p.Pointed() if not self.is_simple(p.Read(place)):
                if self.operand(p.Read(place)) is None:
                    self.value(value)
                    with self.scratch() as kept:
                        self.store(kept, m)
                        self.point(place)
                        self.load(kept, m)
                else:
                    self.value(value)
                target = self.place_operand(place)
                if target is None:
                    raise Unsupported("a pointer's offset that is lost while the value is computed")
                self.store(target, m)
            case _:
                self.value(value)
                target = self.place_operand(place)
                assert target is not None
                self.store(target, m)

    def _index_beside_a(self, of: p.Array | p.Table, index: p.Expression, m: int) -> str:
        """The index register with an element's offset; A is as it was."""
        if self._held(of, index) or self.is_simple(p.Read(p.Item(of, index))):
            return self.index(of, index)
        if self.style.stacks:
            self.emit("PHA", None, m)
            register = self.index(of, index)
            self.emit("PLA", None, m)
            return register
        with self.scratch() as kept:
            self.store(kept, m)
            register = self.index(of, index)
            self.load(kept, m)
        return register

    def store_place(self, place: p.Place) -> None:
        """A goes to a place."""
        m = place.width
        if not self.is_simple(p.Read(place)):
            with self.scratch() as kept:
                self.store(kept, m)
                target = self._fixed(place)
                self.load(kept, m)
        else:
            found = self.place_operand(place)
            assert found is not None
            target = found
        self.store(target, m)

    def _needs_index(self, value: p.Expression, place: p.Item) -> bool:
        """Whether computing the value takes an index register for something else than the place itself."""
        for node in p.walk(value):
            if isinstance(node, p.Item) and node != place and not isinstance(node.index, p.Number):
                return True
            if isinstance(node, p.Pointed):
                return True
        return False

    def _in_place(self, place: p.Place, value: p.Expression) -> bool:
        """Changes memory without a way through A, where there is an instruction for it; else says no."""
        m, style = place.width, self.style
        if not style.direct or isinstance(place, p.Register | p.Pointed):
            return False
        steps: list[str] = []
        mask: tuple[str, int] | None = None
        match value:
            case p.Number(0):
                steps = ["STZ"]
            case p.Binary("add", p.Read(read), p.Number(number)) | p.Binary("add", p.Number(number), p.Read(read)) if (
                read == place and number in (1, 2)
            ):
                steps = ["INC"] * number
            case p.Binary("subtract", p.Read(read), p.Number(number)) if read == place and number in (1, 2):
                steps = ["DEC"] * number
            case p.Shifted(p.Read(read), ("left" | "right") as direction, count) if read == place and count <= 2:
                steps = ["ASL" if direction == "left" else "LSR"] * count
            case p.Binary("or", p.Read(read), p.Number(number)) if read == place:
                mask = ("TSB", number)
            case p.Binary("and", p.Read(read), p.Number(number)) if read == place:
                mask = ("TRB", ~number)
            case _:
                return False
        if isinstance(place, p.Item) and not self.is_simple(p.Read(place)):
            if isinstance(place.of, p.Table) or self.style.prefers_y:
                return False
            register = self.index(place.of, place.index)
            target: Operand | None = self._by(place.of, register)
        else:
            target = self.place_operand(place)
        if target is None or not target.short or target.index == "Y" or (mask and target.index):
            return False
        if self.known is not None and (m, target) in self.known.a and steps != ["STZ"]:
            return False
        if mask:
            self.load(immediate(mask[1], m), m)
            self.emit(mask[0], target, m)
        for step in steps:
            self.emit(step, target, m)
        return True

    def _set_long(self, place: p.Place, value: p.Expression) -> None:
        if not isinstance(place, p.Variable):
            raise Unsupported("an element of 24 bits")
        low, high = at(place.address), at(place.address).behind(2)
        match value:
            case p.Chosen(condition, then, otherwise):
                other, done = Label("other"), Label("done")
                self.branch(condition, other, False)
                self._set_long(place, then)
                self.jump(done)
                self.place(other)
                self._set_long(place, otherwise)
                self.place(done)
            case p.Binary(("add" | "subtract") as operation, left, right):
                if operation == "add" and isinstance(left, p.Number):
                    left, right = right, left
                one, other_one = self.parts(left), self.parts(right)
                op = "ADC" if operation == "add" else "SBC"
                self.load(one[0], 16)
                if operation == "add":
                    self.clear_carry()
                else:
                    self.set_carry()
                self.emit(op, other_one[0], 16)
                self.store(low, 16)
                self.load(one[1], 8)
                self.emit(op, other_one[1], 8)
                self.store(high, 8)
            case _:
                one = self.parts(value)
                if one[0] == low:
                    return
                self.load(one[0], 16)
                self.store(low, 16)
                self.load(one[1], 8)
                self.store(high, 8)

    def _swap(self, left: p.Place, right: p.Place) -> None:
        m = left.width
        if m != 24 and not self._reached_together(left, right):
            with self.scratch() as kept:
                self.value(p.Read(left))
                self.store(kept, m)
                self.value(p.Read(right))
                self.store_place(left)
                self.load(kept, m)
                self.store_place(right)
            return
        one, other = self._fixed(left), self._fixed(right)
        pairs = [(one, other, 16), (one.behind(2), other.behind(2), 8)] if m == 24 else [(one, other, m)]
        for first, second, width in pairs:
            self.swap(first, second, width)

    def _reached_together(self, left: p.Place, right: p.Place) -> bool:
        """Whether both have a register of their own, where they need one at all."""
        free = 2 - len(self.busy())
        for place in (left, right):
            if isinstance(place, p.Pointed):
                return False
            if isinstance(place, p.Item) and not isinstance(place.index, p.Number | p.Index):
                if is_long(place.of) or place.of.step > 1 or self.xw == 16:
                    return False
                if not isinstance(place.index, p.Read) or not isinstance(place.index.place, p.Variable):
                    return False
                free -= at(place.index.place.address).short
                if not at(place.index.place.address).short:
                    return False
            if isinstance(place, p.Here) and self.loop and self.loop.homes:
                return False
        return free >= 0

    def _fixed(self, place: p.Place) -> Operand:
        """The operand of a place that is swapped: its index register is loaded now and must last."""
        match place:
            case p.Item(of, index) if not self.is_simple(p.Read(place)):
                return self._by(of, self.index(of, index))
        found = self.place_operand(place)
        if found is None:
            raise Unsupported("a swap through a pointer")
        return found

    # --------------------------------------------------------------------------------------------------------- branches

    def _if_statement(self, s: p.If) -> None:
        then, otherwise = s.then, s.otherwise
        match then, otherwise:
            case ((p.Set(one, a),), (p.Set(same, b),)) if (
                one == same
                and one.width != 24
                and not isinstance(a, p.Fold | p.Count | p.Extreme | p.Position)
                and not isinstance(b, p.Fold | p.Count | p.Extreme | p.Position)
                and not isinstance(s.condition, p.Some)
            ):
                self.set(one, p.Chosen(s.condition, a, b))
                return
            case ((p.Stop(),), ()):
                self.branch(s.condition, self.loop.end if self.loop else self.end, True)
                return
        if not then:
            done = Label("done" if otherwise else "skip")
            self.branch(s.condition, done, True)
            self.block(otherwise)
            self.place(done)
            return
        other = Label("otherwise" if otherwise else "skip")
        self.branch(s.condition, other, False)
        self.block(then)
        if otherwise:
            done = Label("done")
            self.jump(done)
            self.place(other)
            self.block(otherwise)
            self.place(done)
        else:
            self.place(other)

    def _switch(self, s: p.Switch) -> None:
        m, done = s.on.width, Label("done")
        numbers = [number for number, _ in s.cases]
        free = "X" not in self.busy()
        if (
            not self.style.chains
            and free
            and self.xw == 8
            and numbers == list(range(len(numbers)))
            and len(numbers) <= 64
        ):
            self._jump_table(s, done)
            return
        self.value(s.on)
        places = [Label(f"case{number}") for number in numbers]
        for place, (number, _) in zip(places, s.cases, strict=True):
            if number == 0:
                self.test(m)
            else:
                self.op("CMP", number, m)
            self.goto("BEQ", place)
        self.block(s.otherwise)
        self.jump(done)
        for place, (_, body) in zip(places, s.cases, strict=True):
            self.place(place)
            self.block(body)
            self.jump(done)
        self.place(done)

    def _jump_table(self, s: p.Switch, done: Label) -> None:
        m = s.on.width
        self.value(s.on)
        other = Label("otherwise")
        if self.limit(s.on) >= len(s.cases):
            self.op("CMP", len(s.cases), m)
            self.goto("BCS", other)
        self.emit("ASL", None, 8 if m == 8 else 16)
        self.emit("TAX")
        places = [Label(f"case{number}") for number, _ in s.cases]
        used = sum(isinstance(line, Label) and line.name.startswith(".cases") for line in self.code)
        table = Label("", f".cases{used + 1 if used else ''}")
        if self.known is not None:
            self.emit("JMP", Operand(f"({table.name},X)"), targets=tuple(places))
            self.code += [table, Line("dw", targets=tuple(places), depth=self.depth)]
        for place, (_, body) in zip(places, s.cases, strict=True):
            self.place(place)
            self.block(body)
            self.jump(done)
        self.place(other)
        self.block(s.otherwise)
        self.place(done)
