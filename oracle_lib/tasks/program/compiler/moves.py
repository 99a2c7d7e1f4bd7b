"""Statements about whole arrays: filling, copying, turning round and moving on by one place."""

from __future__ import annotations

from collections.abc import Callable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus
from oracle_lib.tasks.program.compiler.code import Label, Operand, at, immediate
from oracle_lib.tasks.program.compiler.gathers import Gathers
from oracle_lib.tasks.program.compiler.operands import is_long
from oracle_lib.tasks.program.compiler.style import Unsupported

_WORTH_A_BLOCK_MOVE = 8


def _dense(array: p.Array | p.Table) -> bool:
    return array.step == array.width // 8


class Moves(Gathers):
    """Adds what is done to whole arrays."""

    def alone(self) -> None:
        if self.busy():
            raise Unsupported("a loop in a loop")

    # ------------------------------------------------------------------------------------------------------------ fills

    def fill(self, over: p.Array, value: p.Expression) -> None:
        self.alone()
        m = over.width
        if isinstance(value, p.Number):
            if self.style.pairs and over.width == 8 and _dense(over) and over.length % 2 == 0:
                both = value.value & 0xFF
                over = p.Array(over.name, over.meaning, over.address, over.length // 2, 16)
                value, m = p.Number(both << 8 | both, 16), 16
            zero = value.value & ((1 << m) - 1) == 0 and self.style.direct and not is_long(over)
            if zero and not self.style.prefers_y:

                def clear() -> None:
                    target = self.here(over)
                    if target.index == "Y":
                        raise Unsupported("STZ by Y")
                    self.emit("STZ", target, m)

                self.run((over,), p.Here(over), clear, free=True, names=("clear", "done"))
                return
        if over.step > 4 and not (self.style.unrolls and over.length <= 4) and not isinstance(value, p.Number):
            with self.scratch() as kept:
                self.value(value)
                self.store(kept, m)

                def from_memory() -> None:
                    self.load(kept, m)
                    self.store(self.here(over), m)

                self.run((over,), p.Here(over), from_memory, free=True, names=("fill", "done"))
            return
        again = over.step > 4
        if not again:
            self.value(value)

        def turn() -> None:
            if again:
                self.value(value)
            target = self.here(over)
            self.emit("STA", target, m)

        self.run((over,), p.Here(over), turn, free=True, keeps_a=not again, names=("fill", "done"))

    # ----------------------------------------------------------------------------------------------------------- copies

    def copy(self, s: p.Copy) -> None:
        self.alone()
        source, target = s.source, s.target
        if s.backwards:
            self._copy_backwards(source, target)
            return
        size = target.length * target.step
        dense = isinstance(source, p.Array) and _dense(source) and _dense(target)
        if self.style.block_moves and dense and size >= _WORTH_A_BLOCK_MOVE:
            assert isinstance(source, p.Array)
            self._block_move("MVN", source.address, target.address, size)
            return
        if self.style.pairs and source.width == 8 and _dense(source) and _dense(target) and target.length % 2 == 0:
            half = target.length // 2
            target = p.Array(target.name, target.meaning, target.address, half, 16)
            if isinstance(source, p.Array):
                source = p.Array(source.name, source.meaning, source.address, half, 16)
                self._copy(source, target)
                return
            target = s.target
        self._copy(source, target)

    def _copy(self, source: p.Array | p.Table, target: p.Array) -> None:
        m = target.width
        place = p.Item(source, p.Index()) if isinstance(source, p.Table) else p.Here(source)

        def turn() -> None:
            self.value(p.Read(place))
            self.emit("STA", self.here(target), m)

        self.run((target,), (place, p.Here(target)), turn, free=True, names=("copy", "done"))

    def _block_move(self, op: str, source: int, target: int, size: int) -> None:
        """MVN from the first bytes on, or MVP from the last ones on."""
        if bus(source) >> 16 != bus(target) >> 16:
            raise Unsupported("a block move between banks")
        bank = bus(source) >> 16
        back = size - 1 if op == "MVP" else 0
        for register, address in (("X", source), ("Y", target)):
            self.emit(f"LD{register}", immediate((address + back) & 0xFFFF, 16), x=16)
        self.load(immediate(size - 1, 16), 16)
        self.emit("PHB")
        self.emit(op, Operand(f"${bank:02X},${bank:02X}"), 16, x=16)
        self.emit("PLB")

    def _copy_backwards(self, source: p.Array | p.Table, target: p.Array) -> None:
        m, length = target.width, target.length
        if max(source.step, target.step) * length > 0x100 and self.xw == 8:
            raise Unsupported("an offset beyond 8 bits")
        if length <= 4 and self.style.unrolls:
            for place in range(length):
                self.value(p.Read(p.Item(source, p.Number(length - 1 - place))))
                self.store(at(target.address + target.step * place), m)
            return
        long_source = isinstance(source, p.Table) or is_long(source)
        if long_source and is_long(target):
            raise Unsupported("two long addresses by two registers")
        one, other = ("Y", "X") if is_long(target) else ("X", "Y")

        def turn() -> None:
            self.load(self._by(source, one), m)
            self.emit("STA", self._by(target, other), m)

        self._opposite(one, other, source.step, target.step, length, turn)

    def _opposite(self, down: str, up: str, down_step: int, up_step: int, turns: int, turn: Callable[[], None]) -> None:
        """A loop in which one register goes down through all elements and the other one up from the first."""
        if max(down_step, up_step) > 4:
            raise Unsupported("two wide steps in opposite directions")
        self.load_index(down, immediate((turns - 1) * down_step, self.xw))
        self.load_index(up, immediate(0, self.xw))
        again = Label("next")
        self.depth += 1
        small = self.xw == 16 or (turns - 1) * down_step <= 0x7F + down_step

        def whole_turn() -> None:
            turn()
            if small:
                self.emit(f"IN{up}", times=up_step)
                self.emit(f"DE{down}", times=down_step)
                self.goto("BPL", again)
            else:
                self.emit(f"DE{down}", times=down_step)
                self.emit(f"IN{up}", times=up_step)
                if turns * up_step != 0x100:
                    self.emit(f"CP{up}", immediate(turns * up_step, self.xw))
                self.goto("BNE", again)

        self.cycle(again, whole_turn)
        self.depth -= 1

    # ------------------------------------------------------------------------------------------------------------ turns

    def reverse(self, over: p.Array) -> None:
        self.alone()
        m, step, length = over.width, over.step, over.length
        if length < 2:
            return
        if length <= 5 and (self.style.unrolls or is_long(over)):
            for place in range(length // 2):
                self.swap(at(over.address + step * place), at(over.address + step * (length - 1 - place)), m)
            return
        if is_long(over):
            self._through_the_stack(over)
            return
        if step > 4:
            raise Unsupported("two wide steps in opposite directions")
        if length * step > 0x100 and self.xw == 8:
            raise Unsupported("an offset beyond 8 bits")
        low, high = ("Y", "X") if self.style.prefers_y else ("X", "Y")
        self.load_index(low, immediate(0, self.xw))
        self.load_index(high, immediate((length - 1) * step, self.xw))
        again = Label("next")
        self.depth += 1

        def turn() -> None:
            self.swap(self._by(over, low), self._by(over, high), m)
            self.emit(f"DE{high}", times=step)
            self.emit(f"IN{low}", times=step)
            self.emit(f"CP{low}", immediate(length // 2 * step, self.xw))
            self.goto("BNE", again)

        self.cycle(again, turn)
        self.depth -= 1

    def _through_the_stack(self, over: p.Array) -> None:
        m = over.width

        def push() -> None:
            self.load(self.here(over), m)
            self.emit("PHA", None, m)

        def pull() -> None:
            self.emit("PLA", None, m)
            self.emit("STA", self.here(over), m)

        self.run((over,), p.Here(over), push, names=("push", "done"))
        self.run((over,), p.Here(over), pull, names=("pull", "done"))

    def swap(self, first: Operand, second: Operand, m: int) -> None:
        """Two places in memory change their values."""
        if self.style.stacks:
            self.load(first, m)
            self.emit("PHA", None, m)
            self.load(second, m)
            self.store(first, m)
            self.emit("PLA", None, m)
            self.store(second, m)
            return
        with self.scratch() as kept:
            self.load(first, m)
            self.store(kept, m)
            self.load(second, m)
            self.store(first, m)
            self.load(kept, m)
            self.store(second, m)

    # ----------------------------------------------------------------------------------------------------------- shoves

    def shove(self, s: p.Shove) -> None:
        self.alone()
        over, m = s.over, s.over.width
        end = at(over.address + (0 if s.up else over.step * (over.length - 1)))
        early = any(isinstance(node, p.Item | p.Pointed) for node in p.walk(s.value))
        if early:
            with self.scratch() as kept:
                self.value(s.value)
                self.store(kept, m)
                self._shift(over, s.up)
                self.load(kept, m)
        else:
            self._shift(over, s.up)
            self.value(s.value)
        self.store(end, m)

    def _shift(self, over: p.Array, up: bool) -> None:
        m, step, rest = over.width, over.step, over.length - 1
        if rest == 0:
            return
        if self.style.block_moves and _dense(over) and rest * step >= _WORTH_A_BLOCK_MOVE:
            source, target = (over.address, over.address + step) if up else (over.address + step, over.address)
            self._block_move("MVP" if up else "MVN", source, target, rest * step)
            return
        part = p.Array(over.name, over.meaning, over.address, rest, over.width, step)

        def turn() -> None:
            here = self.here(part)
            beside = here.behind(step)
            self.load(here if up else beside, m)
            self.emit("STA", beside if up else here, m)

        if self.style.unrolls and rest <= 4:
            for place in reversed(range(rest)) if up else range(rest):
                low, high = at(over.address + step * place), at(over.address + step * (place + 1))
                self.load(low if up else high, m)
                self.store(high if up else low, m)
            return
        self.run((part,), p.Here(part), turn, backwards=up, names=("shift", "done"))
