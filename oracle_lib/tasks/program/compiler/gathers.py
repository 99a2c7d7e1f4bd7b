"""What loops find out about all elements: sums, counts and extremes."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.searches import FEW, Searches, over_of
from oracle_lib.tasks.program.compiler.style import Unsupported

_FOLDS = {"sum": "ADC", "xor": "EOR", "or": "ORA", "and": "AND"}


class Gathers(Searches):
    """Adds what is computed over all elements."""

    def gather(self, place: p.Place, value: p.Gathered) -> None:
        match value:
            case p.Fold():
                self._fold(place, value)
            case p.Count():
                self._count(place, value)
            case p.Extreme():
                self._extreme(place, value)
            case p.Position():
                self.position(place, value)

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

            self.run(over_of(e.over), e.term, in_a, free=True, keeps_a=True)
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

            self.run(over_of(e.over), (e.term, e.where), in_memory, free=True)
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
        needs = self._needs(over_of(e.over), where)
        counter = next((one for one in ("Y", "X") if self._spare(e.over, where, one)), None)
        if counter and not (needs.x and counter == "X"):
            self.load_index(counter, immediate(0, self.xw))

            def counted() -> None:
                other = Label("other")
                self.hoisted_branch(where, other, False)
                self.emit(f"IN{counter}")
                self.place(other)

            hoisted = self.hoist(e.over, where)
            self.run(over_of(e.over), where, counted, free=True, taken=(counter,), keeps_a=hoisted)
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

            self.run(over_of(e.over), where, in_memory, free=True)
            if not self._is(place, total):
                self.load(total, 8)
                self.store_place(place)

    def _spare(self, over: p.Array | p.Text, parts: object, register: str) -> bool:
        needs = self._needs(over_of(over), (parts, p.Here(over)))
        if register in self.busy() or needs.either or (needs.y and register == "Y") or (needs.x and register == "X"):
            return False
        return self._registers(over_of(over), needs, (register,)) is not None

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


class _Total:
    """Memory for a growing result, given back at the end where it was scratch."""

    def __init__(self, writer: Gathers, operand: Operand, scratch: bool) -> None:
        self.writer, self.operand, self.scratch = writer, operand, scratch

    def __enter__(self) -> Operand:
        return self.operand

    def __exit__(self, *error: object) -> None:
        if self.scratch:
            self.writer.release(self.operand)
