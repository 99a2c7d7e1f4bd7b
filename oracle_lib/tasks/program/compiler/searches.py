"""Loops that look for an element: where it is, or whether there is one."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.loops import Over
from oracle_lib.tasks.program.compiler.operands import Loop
from oracle_lib.tasks.program.compiler.repeats import Repeats
from oracle_lib.tasks.program.compiler.style import Unsupported

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
        if e.last and isinstance(e.over, p.Text):
            self._last_in_text(place, e)
            return
        found, store = Label("found"), Label("store")
        over = over_of(e.over)
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
        self.repeated("LSR", counted.bit_length() - 1, 8 if self.xw == 8 else 16)
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
