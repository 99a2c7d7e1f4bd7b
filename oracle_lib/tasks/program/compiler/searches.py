"""Loops that look for an element: where it is, or whether there is one."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, at, immediate
from oracle_lib.tasks.program.compiler.loops import Over
from oracle_lib.tasks.program.compiler.operands import Loop
from oracle_lib.tasks.program.compiler.repeats import Repeats

FEW = 8
"""Bytes from one element to the next that an index register steps over one by one, where A must last."""


def over_of(of: p.Array | p.Text) -> Over:
    return of if isinstance(of, p.Text) else (of,)


class Searches(Repeats):
    """Adds searches."""

    def store_place(self, place: p.Place) -> None:
        raise NotImplementedError

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

    # -------------------------------------------------------------------------------------------------------- positions

    def position(self, place: p.Place, e: p.Position) -> None:
        over = e.over
        if isinstance(over, p.Text) and e.last:
            self._last_in_text(place, e)
            return
        if isinstance(over, p.Array) and over.length <= 4 and self.style.unrolls:
            self._unrolled_position(place, e)
            return
        step = over.step if isinstance(over, p.Array) else 1
        # The index is the offset, shifted; where that cannot be, it is counted beside it.
        counted = step if step & (step - 1) == 0 else 1
        parts = (e.where, p.Here(over) if counted == step else p.Index())
        found, store = Label("found"), Label("store")
        hoisted = self.hoist(over, e.where)

        def turn() -> None:
            self.hoisted_branch(e.where, found, True)

        loop = self.run(over_of(over), parts, turn, backwards=e.last, keeps_a=hoisted)
        self.unhoist()
        counted = min(counted, *loop.registers, *loop.homes)
        register, home = loop.registers.get(counted), loop.homes.get(counted)
        direct = counted == 1 and loop.shift == 0 and self.xw == 8
        if register and direct and isinstance(place, p.Variable) and at(place.address).short:
            if self._left_behind(e) != e.otherwise:
                self.emit(f"LD{register}", immediate(e.otherwise, 8))
            self.place(found)
            self._store_index(place, register)
            return
        self.load(immediate(e.otherwise, 8), 8)
        self.jump(store)
        self.place(found)
        m = 8 if counted == 1 else self.xw
        if home is not None:
            self.load(home, m)
        else:
            self.emit(f"T{register}A", None, m)
        self.repeated("LSR", counted.bit_length() - 1, m)
        if loop.shift:
            self.emit("DEC", None, 8)
        self.place(store)
        self.store_place(place)

    def _left_behind(self, e: p.Position) -> int | None:
        """What the register holds anyway when an array was searched by bytes in vain."""
        if not isinstance(e.over, p.Array):
            return None
        if not e.last:
            return e.over.length
        return 0xFF if e.over.length <= 0x80 else None

    def _unrolled_position(self, place: p.Place, e: p.Position) -> None:
        assert isinstance(e.over, p.Array)
        store = Label("store")
        length = e.over.length
        for number in reversed(range(length)) if e.last else range(length):
            other = Label("other")
            outer = self.loop
            self.loop = Loop((e.over,), turns=length, turn=number)
            self.next_turn()
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

        self.run(over_of(e.over), (e.where, p.Index()), turn)
        self.load(last, 8)
        self.release(last)
        self.store_place(place)

    # ------------------------------------------------------------------------------------------------------------- some

    def some(self, condition: p.Some, target: Label, when: bool) -> None:
        hit = target if condition.all != when else Label("found")
        hoisted = self.hoist(condition.over, condition.where)
        self.run(
            over_of(condition.over),
            condition.where,
            lambda: self.hoisted_branch(condition.where, hit, not condition.all),
            free=True,
            keeps_a=hoisted,
        )
        self.unhoist()
        if hit is not target:
            self.jump(target)
            self.place(hit)
