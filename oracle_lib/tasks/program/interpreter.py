"""Runs a program on numbers, and so knows what any right answer must do. It never sees assembly.

`run` takes what memory and registers hold on entry and returns what they hold afterwards. It is written for clearness,
a line a case, since all that is claimed about composed problems rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus


@dataclass
class Machine:
    """Memory by 24-bit address (WRAM under its place in banks $7E and $7F), registers by name, and the carry.

    `seen` collects the outcomes of conditions and switches as they are met: (id of the node, outcome).
    """

    memory: dict[int, int] = field(default_factory=dict)
    registers: dict[str, int] = field(default_factory=dict)
    carry: bool | None = None
    seen: set[tuple[int, bool | int]] = field(default_factory=set)

    def load(self, address: int, size: int) -> int:
        return sum(self.memory[bus(address) + place] << 8 * place for place in range(size))

    def store(self, address: int, value: int, size: int) -> None:
        for place in range(size):
            self.memory[bus(address) + place] = value >> 8 * place & 0xFF


_MOST_TURNS = 1000


class _StopLoop(Exception):
    """The loop ends."""


class _StopRoutine(Exception):
    """The routine ends."""


def run(program: p.Program, machine: Machine) -> Machine:
    """What the program does to `machine`, which is changed and returned. Raises `KeyError` for memory that was never
    given a value.
    """
    with suppress(_StopRoutine):
        _Run(machine).block(program.body, index=None)
    return machine


def signed(value: int, width: int) -> int:
    """The number that the bits mean in two's complement."""
    return value - (1 << width) if value >> (width - 1) else value


class _Run:
    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, statements: Iterable[p.Statement], index: int | None) -> None:
        for statement in statements:
            self.statement(statement, index)

    def statement(self, s: p.Statement, index: int | None) -> None:
        match s:
            case p.Set(target, value):
                self.write(target, self.value(value, index), index)
            case p.Swap(left, right):
                first, second = self.read(left, index), self.read(right, index)
                self.write(left, second, index)
                self.write(right, first, index)
            case p.If(condition, then, otherwise):
                self.block(then if self.holds(condition, index) else otherwise, index)
            case p.Switch(on, cases, otherwise):
                number = self.value(on, index)
                self.machine.seen.add((id(s), number))
                self.block(next((body for case, body in cases if case == number), otherwise), index)
            case p.Each(over, body):
                with suppress(_StopLoop):
                    for place in self.indices(over if isinstance(over, p.Text) else over[0]):
                        self.block(body, place)
            case p.Repeat(times, body):
                with suppress(_StopLoop):
                    for turn in range(self.value(times, index)):
                        self.block(body, turn)
            case p.While(condition, body):
                with suppress(_StopLoop):
                    turns = 0
                    while self.holds(condition, index):
                        self.block(body, turns)
                        turns += 1
                        assert turns < _MOST_TURNS, "a loop does not end"
            case p.Stop():
                raise _StopRoutine if index is None else _StopLoop
            case p.Fill(array, value):
                number = self.value(value, index)
                self.refill(array, [number] * array.length)
            case p.Copy(source, copied_to, backwards):
                held = self.elements(source)
                self.refill(copied_to, held[::-1] if backwards else held)
            case p.Reverse(array):
                self.refill(array, self.elements(array)[::-1])
            case p.Shove(array, up, value):
                number, held = self.value(value, index), self.elements(array)
                self.refill(array, [number, *held[:-1]] if up else [*held[1:], number])
            case p.Report(condition):
                self.machine.carry = self.holds(condition, index)
            case p.Call():
                with suppress(_StopRoutine):
                    self.block(s.body, None)

    def elements(self, of: p.Array | p.Table) -> list[int]:
        return [self.element(of, place) for place in range(of.length)]

    def refill(self, array: p.Array, numbers: list[int]) -> None:
        for place, number in enumerate(numbers):
            self.machine.store(array.address + array.step * place, number, array.width // 8)

    def indices(self, over: p.Array | p.Text) -> range:
        if isinstance(over, p.Array):
            return range(over.length)
        length = next(n for n in range(over.most + 1) if self.machine.load(over.address + n, 1) == over.end)
        return range(length)

    # ---------------------------------------------------------------------------------------------------------- places

    def read(self, place: p.Place, index: int | None) -> int:
        match place:
            case p.Variable():
                return self.machine.load(place.address, place.width // 8)
            case p.Register():
                return self.machine.registers[place.name] & ((1 << place.width) - 1)
            case p.Item(of, at):
                return self.element(of, self.value(at, index))
            case p.Here(of):
                assert index is not None, "Here stands outside of a loop"
                return self.element(of, index)
            case p.Pointed(by, offset, width):
                return self.machine.load(self.target(by) + self.value(offset, index), width // 8)

    def write(self, place: p.Place, value: int, index: int | None) -> None:
        match place:
            case p.Variable():
                self.machine.store(place.address, value, place.width // 8)
            case p.Register():
                self.machine.registers[place.name] = value
            case p.Item(of, at):
                assert isinstance(of, p.Array), "a table is read only"
                position = self.value(at, index)
                assert position < of.length, "an index beyond the array"
                self.machine.store(of.address + of.step * position, value, of.width // 8)
            case p.Here(of):
                assert index is not None, "Here stands outside of a loop"
                step = of.step if isinstance(of, p.Array) else 1
                self.machine.store(of.address + step * index, value, of.width // 8)
            case p.Pointed(by, offset, width):
                self.machine.store(self.target(by) + self.value(offset, index), value, width // 8)

    def element(self, of: p.Array | p.Table | p.Text, index: int) -> int:
        match of:
            case p.Table():
                return of.values[index]
            case p.Array():
                assert index < of.length, "an index beyond the array"
                return self.machine.load(of.address + of.step * index, of.width // 8)
            case p.Text():
                return self.machine.load(of.address + index, 1)

    def target(self, pointer: p.Pointer) -> int:
        return self.machine.load(pointer.address, pointer.width // 8)

    # ----------------------------------------------------------------------------------------------------- expressions

    def value(self, e: p.Expression, index: int | None) -> int:
        return self._exact(e, index) & ((1 << e.width) - 1)

    def _exact(self, e: p.Expression, index: int | None) -> int:
        """The result, before it wraps to the expression's width."""
        match e:
            case p.Number(number):
                return number
            case p.Index():
                assert index is not None, "Index stands outside of a loop"
                return index
            case p.Read(place):
                return self.read(place, index)
            case p.Binary(operation, left, right):
                a, b = self.value(left, index), self.value(right, index)
                results = {"add": a + b, "subtract": a - b, "and": a & b, "or": a | b, "xor": a ^ b}
                results |= {"min": min(a, b), "max": max(a, b), "distance": abs(a - b), "average": (a + b) // 2}
                return results[operation]
            case p.Saturating(operation, left, right, bound):
                a, b = self.value(left, index), self.value(right, index)
                return min(a + b, bound) if operation == "add" else max(a - b, bound)
            case p.Product(left, right):
                return self.value(left, index) * self.value(right, index)
            case p.Quotient(left, right, remainder):
                a, b = self.value(left, index), self.value(right, index)
                return a % b if remainder else a // b
            case p.Scaled(operand, factor):
                return self.value(operand, index) * factor
            case p.Shifted(operand, direction, count):
                a, width = self.value(operand, index), e.width
                turned = count if direction == "rotate left" else width - count
                results = {"left": a << count, "right": a >> count, "signed right": signed(a, width) >> count}
                results |= dict.fromkeys(("rotate left", "rotate right"), a << turned | a >> (width - turned))
                return results[direction]
            case p.Field(operand, low, bits):
                return self.value(operand, index) >> low & ((1 << bits) - 1)
            case p.Unary(operation, operand):
                a, half = self.value(operand, index), e.width // 2
                results = {"not": ~a, "negate": -a, "swap": a << half | a >> half, "magnitude": abs(signed(a, e.width))}
                return results[operation]
            case p.Half(operand, high):
                return self.value(operand, index) >> (8 if high else 0)
            case p.Joined(high, low):
                return self.value(high, index) << 8 | self.value(low, index)
            case p.Widened(operand, is_signed):
                a = self.value(operand, index)
                return signed(a, 8) if is_signed else a
            case p.Chosen(condition, then, otherwise):
                return self.value(then if self.holds(condition, index) else otherwise, index)
            case p.Fold(operation, over, term, where):
                terms = [self.value(term, place) for place in self._those(over, where)]
                total = {"sum": 0, "xor": 0, "or": 0, "and": (1 << e.width) - 1}[operation]
                for one in terms:
                    total = {"sum": total + one, "xor": total ^ one, "or": total | one, "and": total & one}[operation]
                return total
            case p.Count(over, where):
                return len(self._those(over, where))
            case p.Extreme(operation, over, wants_index):
                held = self.elements(over)
                key = [signed(one, over.width) if over.signed else one for one in held]
                best = key.index(min(key) if operation == "min" else max(key))
                return best if wants_index else held[best]
            case p.Position(over, where, otherwise, last):
                found = self._those(over, where)
                return (found[-1] if last else found[0]) if found else otherwise

    def _those(self, over: p.Array | p.Text, where: p.Condition | None) -> list[int]:
        return [place for place in self.indices(over) if where is None or self.holds(where, place)]

    # ------------------------------------------------------------------------------------------------------ conditions

    def holds(self, c: p.Condition, index: int | None) -> bool:
        outcome = self._outcome(c, index)
        self.machine.seen.add((id(c), outcome))
        return outcome

    def _outcome(self, c: p.Condition, index: int | None) -> bool:
        match c:
            case p.Compared(relation, left, right, is_signed):
                a, b = self.value(left, index), self.value(right, index)
                if is_signed:
                    a, b = signed(a, left.width), signed(b, left.width)
                return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[relation]
            case p.Bits(operand, mask, which):
                found = self.value(operand, index) & mask
                return {"any": found != 0, "all": found == mask, "none": found == 0}[which]
            case p.Between(operand, low, high):
                return low <= self.value(operand, index) <= high
            case p.Both(left, right):
                return self.holds(left, index) and self.holds(right, index)
            case p.Either(left, right):
                return self.holds(left, index) or self.holds(right, index)
            case p.Some(over, where, every):
                found = len(self._those(over, where))
                return found == len(self.indices(over)) if every else found > 0
