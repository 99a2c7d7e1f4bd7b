"""What loops find out about all elements: sums, counts, extremes and positions."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.loops import Loops, Over
from oracle_lib.tasks.program.compiler.style import Unsupported
from oracle_lib.tasks.program.compiler.values import Loop

FEW = 8
"""Bytes from one element to the next that an index register steps over one by one, where A must last."""
_FOLDS = {"sum": "ADC", "xor": "EOR", "or": "ORA", "and": "AND"}


def _over(of: p.Array | p.Text) -> Over:
    return of if isinstance(of, p.Text) else (of,)


class Gathers(Loops):
    """Adds what is computed over all elements."""

    def store_place(self, place: p.Place) -> None:
        raise NotImplementedError

    def gather(self, place: p.Place, value: p.Gathered) -> None:
        match value:
            case p.Fold():
                self._fold(place, value)
            case p.Count():
                self._count(place, value)
            case p.Extreme():
                self._extreme(place, value)
            case p.Position():
                self._position(place, value)

    # ------------------------------------------------------------------------------------------------------------ folds

    def _fold(self, place: p.Place, e: p.Fold) -> None:
        m, op = e.width, _FOLDS[e.operation]
        start = immediate(-1 if e.operation == "and" else 0, m)
        if m == 24:
            raise Unsupported("a sum of 24 bits")
        if e.where is None and isinstance(e.over, p.Array) and e.over.step <= FEW and e.term == p.Read(p.Here(e.over)):
            self.load(start, m)

            def in_a() -> None:
                operand = self.operand(e.term)
                assert operand is not None
                if op == "ADC":
                    self.clear_carry()
                self.emit(op, operand, m)

            self.run(_over(e.over), e.term, in_a, free=True, keeps_a=True)
            self.store_place(place)
            return
        if self._sum_of_bytes(place, e):
            return
        with self._total(place, e) as total:
            if start.text.strip("#$0") == "" and self.style.direct:
                self.emit("STZ", total, m)
            else:
                self.load(start, m)
                self.store(total, m)

            def in_memory() -> None:
                skip = Label("skip")
                if e.where is not None:
                    self.branch(e.where, skip, False)
                self.value(e.term)
                if op == "ADC":
                    self.clear_carry()
                self.emit(op, total, m)
                self.store(total, m)
                self.place(skip)

            self.run(_over(e.over), (e.term, e.where), in_memory, free=True)
            if not self._is(place, total):
                self.load(total, m)
                self.store_place(place)

    def _sum_of_bytes(self, place: p.Place, e: p.Fold) -> bool:
        """Adds bytes to a word: the low byte in A, carries go to the high byte in memory."""
        match e:
            case p.Fold("sum", p.Array() as over, p.Widened(p.Read(p.Here(of)), False), None) if of == over:
                pass
            case _:
                return False
        if self.style.pairs or over.step > FEW or not isinstance(place, p.Variable) or not at(place.address).short:
            return False
        low = at(place.address)
        high = low.behind(1)
        self.load(immediate(0, 8), 8)
        self.emit("STZ", high, 8)

        def turn() -> None:
            same = Label("same")
            self.clear_carry()
            self.emit("ADC", self.here(over), 8)
            self.goto("BCC", same)
            self.emit("INC", high, 8, comment="high byte" if self.style.comments else "")
            self.place(same)

        self.run((over,), e.term, turn, free=True, keeps_a=True)
        self.store(low, 8)
        return True

    def _total(self, place: p.Place, e: p.Fold | p.Count) -> _Total:
        """The memory in which a result grows: its own place where that serves, else scratch."""
        parts = tuple(p.walk((getattr(e, "term", None), e.where)))
        if isinstance(place, p.Variable) and at(place.address).short and place not in parts:
            return _Total(self, at(place.address), False)
        if isinstance(place, p.Register) and place not in parts:
            return _Total(self, self.homes[place.name], False)
        return _Total(self, self.reserve(), True)

    def _is(self, place: p.Place, total: Operand) -> bool:
        if isinstance(place, p.Register):
            return self.homes[place.name] == total
        return isinstance(place, p.Variable) and at(place.address) == total

    # ----------------------------------------------------------------------------------------------------------- counts

    def _count(self, place: p.Place, e: p.Count) -> None:
        where = e.where
        if where is None:
            if isinstance(e.over, p.Array):
                self.load(immediate(e.over.length, 8), 8)
            else:
                loop = self.run(e.over, (), lambda: None)
                self._index_to_a(loop.registers[1])
            self.store_place(place)
            return
        needs = self._needs(_over(e.over), where)
        counter = next((one for one in ("Y", "X") if self._spare(e.over, where, one)), None)
        if counter and not (needs.x and counter == "X"):
            self.load_index(counter, immediate(0, self.xw))

            def counted() -> None:
                other = Label("other")
                self.hoisted_branch(where, other, False)
                self.emit(f"IN{counter}")
                self.place(other)

            hoisted = self.hoist(e.over, where)
            self.run(_over(e.over), where, counted, free=True, taken=(counter,), keeps_a=hoisted)
            self.unhoist()
            self._store_index(place, counter)
            return
        with self._total(place, e) as total:
            self.emit("STZ", total, 8)

            def in_memory() -> None:
                other = Label("other")
                self.branch(where, other, False)
                self.emit("INC", total, 8)
                self.place(other)

            self.run(_over(e.over), where, in_memory, free=True)
            if not self._is(place, total):
                self.load(total, 8)
                self.store_place(place)

    def _spare(self, over: p.Array | p.Text, parts: object, register: str) -> bool:
        needs = self._needs(_over(over), (parts, p.Here(over)))
        if register in self.busy() or needs.either or (needs.y and register == "Y") or (needs.x and register == "X"):
            return False
        return self._registers(_over(over), needs, (register,)) is not None

    def _store_index(self, place: p.Place, register: str) -> None:
        """The number in an index register goes to a place of 8 bits."""
        if self.xw == 8 and isinstance(place, p.Variable) and at(place.address).short:
            self.emit(f"ST{register}", at(place.address))
            return
        self._index_to_a(register)
        self.store_place(place)

    def _index_to_a(self, register: str) -> None:
        self.emit(f"T{register}A", None, 8)

    # --------------------------------------------------------------------------------------------------------- hoisting

    def hoist(self, over: p.Array | p.Text, where: p.Condition) -> bool:
        """Loads A before a loop that only compares elements with one number, and says whether it did."""
        match where:
            case p.Compared("==" | "!=", p.Read(p.Here(of)), other) | p.Compared(
                "==" | "!=", other, p.Read(p.Here(of))
            ):
                fixed = isinstance(other, p.Number) and other.value != 0
                fixed |= isinstance(other, p.Read) and isinstance(other.place, p.Variable | p.Register)
                if isinstance(over, p.Array) and of == over and over.step <= FEW and fixed and not self.style.subtracts:
                    self.value(other)
                    self._hoisted = self.known is not None
                    return True
        return False

    def unhoist(self) -> None:
        self._hoisted = False

    _hoisted = False

    def hoisted_branch(self, where: p.Condition, target: Label, when: bool) -> None:
        """`branch`, where A may hold the number that elements are compared with."""
        if not self._hoisted:
            self.branch(where, target, when)
            return
        assert isinstance(where, p.Compared) and self.loop is not None
        of = self.loop.over[0]
        self.emit("CMP", self.here(of), of.width)
        self.goto("BEQ" if (where.relation == "==") == when else "BNE", target)

    # --------------------------------------------------------------------------------------------------------- extremes

    def _extreme(self, place: p.Place, e: p.Extreme) -> None:
        over, m = e.over, e.over.width
        if e.index:
            self._extreme_index(place, e)
            return
        down = self.style.down
        first = at(over.address + over.step * (over.length - 1 if down else 0))
        here = p.Read(p.Here(over))
        self.load(first, m)
        if over.length == 1:
            self.store_place(place)
            return
        if not over.signed and over.step <= FEW:

            def turn() -> None:
                keep = Label("keep")
                self.emit("CMP", self.here(over), m)
                self.goto("BCS" if e.operation == "max" else "BCC", keep)
                self.load(self.here(over), m)
                self.place(keep)

            self.run((over,), here, turn, free=True, keeps_a=True, backwards=down, skip=1)
            self.store_place(place)
            return
        best = self.reserve()
        self.store(best, m)

        def signed_turn() -> None:
            keep = Label("keep")
            self._keeps_best(e, over, best, keep)
            self.load(self.here(over), m)
            self.store(best, m)
            self.place(keep)

        self.run((over,), here, signed_turn, free=True, backwards=down, skip=1)
        self.load(best, m)
        self.release(best)
        self.store_place(place)

    def _keeps_best(self, e: p.Extreme, over: p.Array, best: Operand, keep: Label) -> None:
        """Jumps to `keep` unless the element is better than the best so far."""
        m, half = over.width, 1 << (over.width - 1)
        valid = Label("valid")
        here = self.here(over)
        first, second = (best, here) if e.operation == "max" else (here, best)
        self.load(first, m)
        if not over.signed:
            self.emit("CMP", second, m)
            self.goto("BCS", keep)
            return
        self.emit("SEC")
        self.emit("SBC", second, m)
        self.goto("BVC", valid)
        self.op("EOR", half, m)
        self.place(valid)
        self.goto("BPL", keep)

    def _extreme_index(self, place: p.Place, e: p.Extreme) -> None:
        over, m = e.over, e.over.width
        best, index = self.reserve(), self.reserve()
        self.load(at(over.address), m)
        self.store(best, m)
        self.emit("STZ", index, 8)
        if over.length > 1:

            def turn() -> None:
                keep = Label("keep")
                self._keeps_best(e, over, best, keep)
                self.load(self.here(over), m)
                self.store(best, m)
                self.value(p.Index())
                self.store(index, 8)
                self.place(keep)

            self.run((over,), (p.Read(p.Here(over)), p.Index()), turn, skip=1)
        self.load(index, 8)
        self.release(best)
        self.release(index)
        self.store_place(place)

    # -------------------------------------------------------------------------------------------------------- positions

    def _position(self, place: p.Place, e: p.Position) -> None:
        if e.last and isinstance(e.over, p.Text):
            self._last_in_text(place, e)
            return
        found, store = Label("found"), Label("store")
        over = _over(e.over)
        hoisted = self.hoist(e.over, e.where)
        in_register: list[str] = []
        known: list[Operand] = []

        def turn() -> None:
            self.hoisted_branch(e.where, found, True)
            loop = self.loop
            assert loop is not None
            if loop.turn is not None:
                raise Unsupported("a search without a loop")
            if loop.homes:
                if 1 not in loop.homes:
                    raise Unsupported("a search through wide records")
                known.append(loop.homes[1])
            elif 1 in loop.registers:
                in_register.append(loop.registers[1])
            else:
                in_register.append(loop.registers[next(iter(loop.registers))])

        unrolls = self.style.unrolls
        step = e.over.step if isinstance(e.over, p.Array) else 1
        parts: object = (e.where, p.Index()) if step & (step - 1) else e.where
        if step & (step - 1) == 0 and step > 1:
            parts = (e.where, p.Read(p.Here(e.over)))
        if unrolls and isinstance(e.over, p.Array) and e.over.length <= 4:
            self.unhoist()
            self._unrolled_position(place, e)
            return
        loop = self.run(over, parts, turn, backwards=e.last, keeps_a=hoisted)
        self.unhoist()
        width = 8
        if known:
            self.load(immediate(e.otherwise, width), width)
            self.jump(store)
            self.place(found)
            self.load(known[0], width)
            self.place(store)
            self.store_place(place)
            return
        register = in_register[0]
        counted = next(step for step, one in loop.registers.items() if one == register)
        low = isinstance(place, p.Variable) and at(place.address).short and self.xw == 8
        if counted == 1 and loop.shift == 0 and low:
            natural = e.over.length if isinstance(e.over, p.Array) and not e.last else None
            if isinstance(e.over, p.Array) and e.last and e.over.length <= 0x80:
                natural = 0xFF
            if natural != e.otherwise:
                self.emit(f"LD{register}", immediate(e.otherwise, 8))
            self.place(found)
            self._store_index(place, register)
            return
        self.load(immediate(e.otherwise, width), width)
        self.jump(store)
        self.place(found)
        self.emit(f"T{register}A", None, 8 if self.xw == 8 or counted == 1 else 16)
        for _ in range(counted.bit_length() - 1):
            self.emit("LSR", None, 8 if self.xw == 8 else 16)
        if loop.shift:
            self.emit("DEC", None, 8)
        self.place(store)
        self.store_place(place)

    def _unrolled_position(self, place: p.Place, e: p.Position) -> None:
        assert isinstance(e.over, p.Array)
        store = Label("store")
        length = e.over.length
        for number in reversed(range(length)) if e.last else range(length):
            other = Label("other")
            outer = self.loop
            self.loop = Loop((e.over,), turns=length, turn=number)
            self.branch(e.where, other, False)
            self.load(immediate(number, 8), 8)
            self.jump(store)
            self.loop = outer
            self.place(other)
        self.load(immediate(e.otherwise, 8), 8)
        self.place(store)
        self.store_place(place)

    def _last_in_text(self, place: p.Place, e: p.Position) -> None:
        last = self.reserve()
        self.load(immediate(e.otherwise, 8), 8)
        self.store(last, 8)

        def turn() -> None:
            other = Label("other")
            self.branch(e.where, other, False)
            self.value(p.Index())
            self.store(last, 8)
            self.place(other)

        self.run(_over(e.over), (e.where, p.Index()), turn)
        self.load(last, 8)
        self.release(last)
        self.store_place(place)

    # ------------------------------------------------------------------------------------------------------------- some

    def some(self, condition: p.Some, target: Label, when: bool) -> None:
        hit = target if condition.all != when else Label("found")
        hoisted = self.hoist(condition.over, condition.where)
        self.run(
            _over(condition.over),
            condition.where,
            lambda: self.hoisted_branch(condition.where, hit, not condition.all),
            free=True,
            keeps_a=hoisted,
        )
        self.unhoist()
        if hit is not target:
            self.jump(target)
            self.place(hit)


class _Total:
    """Memory for a growing result, given back at the end where it was scratch."""

    def __init__(self, writer: Gathers, operand: Operand, scratch: bool) -> None:
        self.writer, self.operand, self.scratch = writer, operand, scratch

    def __enter__(self) -> Operand:
        return self.operand

    def __exit__(self, *error: object) -> None:
        if self.scratch:
            self.writer.release(self.operand)
