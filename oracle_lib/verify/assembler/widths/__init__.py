"""Following code through its jumps and calls, to find immediates of the wrong width.

The M and X flags decide how many bytes the processor takes for `LDA #` or `LDX #`, the assembler decides how many it
writes; where they differ, every instruction after it is misread. Only what is certain is found: where flags cannot be
known (after a call of code that is not in the text, where paths disagree) nothing is said. What an instruction does to
the flags is in `processor`. The sizes of addresses have nothing to do with M and X.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Instruction, Kind, Mode, Severity
from oracle_lib.verify.assembler.opcodes import ACCUMULATOR_IMMEDIATES, BRANCHES, INDEX_IMMEDIATES
from oracle_lib.verify.assembler.widths.processor import Widths
from oracle_lib.verify.assembler.widths.stack import LOST, Bits, Byte, Stack, TableByte

Key = TypeVar("Key")

_ENDS = frozenset(("RTI", "BRK", "COP", "STP"))
_CALLS = frozenset(("JSR", "JSL"))
_TURNS = _ENDS | _CALLS | frozenset((*BRANCHES, "BRL", "JMP", "JML", "RTS", "RTL"))
_CONDITIONS = {"BCC": ("carry", False), "BCS": ("carry", True), "BNE": ("zero", False), "BEQ": ("zero", True)}
_M_DECIDES = (ACCUMULATOR_IMMEDIATES, "M", "accumulator", "#$20")
_X_DECIDES = (INDEX_IMMEDIATES, "X", "index registers", "#$10")
_STEPS = 50_000


def track_widths(assembly: Assembly, m: Bits = None, x: Bits = None, entry: int | None = None) -> dict[int, Widths]:
    """What is known of M and X before each instruction, by its address.

    Code is entered at `entry` with an accumulator of `m` and index registers of `x` bits, and what is not reached from
    there is not in the result. Without an `entry` that is the first instruction, and then what is not reached yet is
    entered in order with nothing known. Calls of routines in the text are followed and change the flags as the routine
    does. What is known by then is not taken back, and what is not settled within a bound gives nothing.
    """
    tracker = _Tracker(assembly)
    known: dict[int, Widths] = {}
    widths = Widths(m, x)
    for address in tracker.code if entry is None else (entry,):
        if address in tracker.code and address not in known:
            known |= tracker.enter(address, widths, known)
        widths = Widths()
    return known


def width_mismatches(assembly: Assembly, m: Bits = None, x: Bits = None, entry: int | None = None) -> list[Diagnostic]:
    """A warning for every immediate whose encoded width contradicts the flags that `track_widths` knows there."""
    known = track_widths(assembly, m, x, entry)
    found = []
    for instruction in assembly.listing:
        if instruction.mode is not Mode.IMMEDIATE or instruction.address not in known:
            continue
        name, written, widths = instruction.mnemonic, 8 * (len(instruction.code) - 1), known[instruction.address]
        for bits, (names, flag, register, mask) in ((widths.m, _M_DECIDES), (widths.x, _X_DECIDES)):
            if name in names and bits not in (None, written):
                suffix, switch = ("b", "REP") if bits == 8 else ("w", "SEP")
                message = (
                    f"{name} # is {written} bits wide, but {flag} makes the {register} {bits} bits here: "
                    f"write {name}.{suffix}, or {switch} {mask} before it"
                )
                line, column, file = instruction.line, instruction.column, instruction.file
                found.append(Diagnostic(Kind.WIDTH_MISMATCH, message, line, column, Severity.WARNING, file))
    return found


class _Tracker:
    """A fixed point over (routine, address): a routine is named by the address it is called at."""

    def __init__(self, assembly: Assembly) -> None:
        self.code = _standing(assembly)
        self.assembly = assembly
        self.steps = _STEPS + 4 * len(self.code)
        self.before: dict[tuple[int, int], Widths] = {}
        self.exits: dict[tuple[int, str], Widths] = {}
        self.callers: dict[int, set[tuple[int, int]]] = {}
        self.queue: deque[tuple[int, int]] = deque()
        self.touched: set[tuple[int, int]] = set()

    def enter(self, address: int, widths: Widths, known: Container[int]) -> dict[int, Widths]:
        """What is known of the code that is reached from an address, beside what is `known` already."""
        self.touched.clear()
        self.reach(address, address, widths)
        while self.queue and self.steps > 0:
            self.steps -= 1
            self.step(*self.queue.popleft())
        if self.steps <= 0:
            return {}
        found: dict[int, Widths] = {}
        for routine, place in self.touched:
            if place not in known:
                _join(found, place, self.before[routine, place])
        return found

    def reach(self, routine: int, address: int, widths: Widths) -> None:
        if address not in self.code:
            self.leave(routine, widths)
        elif _join(self.before, (routine, address), widths):
            self.touched.add((routine, address))
            self.queue.append((routine, address))

    def step(self, routine: int, address: int) -> None:
        instruction, widths = self.code[address], self.before[routine, address]
        name, code = instruction.mnemonic, instruction.code
        bank = address & 0xFF0000
        following = bank | (address + len(code)) & 0xFFFF
        if name not in _TURNS:
            self.reach(routine, following, widths.after(instruction))
            return
        target = int.from_bytes(code[1:], "little") | (bank if len(code) == 3 else 0)
        if name in BRANCHES or name == "BRL":
            distance = int.from_bytes(code[1:], "little", signed=True)
            flag, taken_if = _CONDITIONS.get(name, ("", None))
            state = getattr(widths, flag) if flag else None
            if state is None or state is taken_if:
                self.reach(routine, bank | (following + distance) & 0xFFFF, widths)
            if name not in ("BRA", "BRL") and (state is None or state is not taken_if):
                self.reach(routine, following, widths)
        elif name in _CALLS:
            self.call(routine, instruction, following, target)
        elif name in ("RTS", "RTL"):
            self.give_back(routine, instruction)
        elif name not in _ENDS:
            if instruction.mode is Mode.DIRECT:
                self.reach(routine, target, widths)
            else:
                for pointer in self.jump_table(instruction, target):
                    self.reach(routine, pointer, widths)
                self.leave(routine, widths)

    def call(self, routine: int, instruction: Instruction, following: int, target: int) -> None:
        widths = self.before[routine, instruction.address]
        inside = widths._replace(stack=Stack())
        its_return = "RTL" if instruction.mnemonic == "JSL" else "RTS"
        if instruction.mode is not Mode.DIRECT or target not in self.code:
            for pointer in self.jump_table(instruction, target):
                self.reach(pointer, pointer, inside)
            self.reach(routine, following, widths.after_call_elsewhere())
            return
        self.callers.setdefault(target, set()).add((routine, instruction.address))
        self.reach(target, target, inside)
        for how in ("RTS", "RTL", ""):
            if (left := self.exits.get((target, how))) is None:
                continue
            if left.stack.returns and how in ("", its_return):
                self.reach(routine, following, left._replace(stack=widths.stack))
            else:  # the stack is not as it was, and who knows where it went
                self.reach(routine, following, Widths(emulation=left.emulation, stack=LOST))

    def give_back(self, routine: int, instruction: Instruction) -> None:
        """An RTS or RTL: to the caller where the routine has nothing on the stack, else to what it has pushed."""
        widths, name = self.before[routine, instruction.address], instruction.mnemonic
        if not widths.stack.pushed:
            self.exit(routine, name, widths)
            return
        pointer, stack = widths.stack.pull(2 if name == "RTS" else 3)
        for last in self.pointers(pointer):
            bank = last & 0xFF0000 if name == "RTL" else instruction.address & 0xFF0000
            self.reach(routine, bank | (last + 1) & 0xFFFF, widths._replace(stack=stack))
        if not all(isinstance(byte, int) for byte in pointer):
            self.leave(routine, widths)

    def leave(self, routine: int, widths: Widths) -> None:
        """To code that is not there to be read, which returns to the caller if nothing lies on the stack."""
        self.exit(routine, "", Widths(emulation=widths.emulation, stack=widths.stack))

    def exit(self, routine: int, how: str, widths: Widths) -> None:
        stack = Stack(returns=widths.stack.returns and not widths.stack.pushed)
        if _join(self.exits, (routine, how), widths._replace(stack=stack)):
            self.queue.extend(self.callers.get(routine, ()))

    def jump_table(self, instruction: Instruction, table: int) -> Iterator[int]:
        """Where `(table,x)` leads."""
        if instruction.mode is Mode.INDIRECT_X:
            for pointer in self.pointers((TableByte(table), TableByte(table + 1))):
                yield instruction.address & 0xFF0000 | pointer

    def pointers(self, parts: Sequence[Byte]) -> Iterator[int]:
        """What a pointer of these bytes, low byte first, can be: one constant, or what tables in the text hold."""
        if not all(isinstance(part, int | TableByte) for part in parts):
            return
        starts = [part.address for part in parts if isinstance(part, TableByte)]
        together = starts == list(range(starts[0], starts[0] + len(starts))) if starts else False
        tables = [self.data(start) for start in starts]
        for index in range(0, min(map(len, tables), default=1), len(starts) if together else 1):
            self.steps -= 1
            if self.steps <= 0:
                return
            read = iter([table[index] for table in tables])
            yield int.from_bytes(bytes(part if isinstance(part, int) else next(read) for part in parts), "little")

    def data(self, address: int) -> bytes:
        """The bytes from here to the next label or instruction, where a table surely ends."""
        place = bisect_right(self.blocks_in_order, address, key=lambda block: block[0]) - 1
        if place < 0 or address in self.code:
            return b""
        start, content = self.blocks_in_order[place]
        border = bisect_right(self.borders, address)
        end = self.borders[border] - start if border < len(self.borders) else None
        return content[address - start : end]

    @cached_property
    def blocks_in_order(self) -> list[tuple[int, bytes]]:
        return sorted(self.assembly.blocks)

    @cached_property
    def borders(self) -> list[int]:
        return sorted({*self.code, *self.assembly.labels.values()})


def _standing(assembly: Assembly) -> dict[int, Instruction]:
    """The listing by address, without what the text itself has written over or what shares its address."""
    code = {instruction.address: instruction for instruction in assembly.listing}
    lost = set[int]()
    if len(code) < len(assembly.listing):
        lost.update(address for address, written, *_ in assembly.listing if written != code[address].code)
    places = sorted((address & 0x7FFFFF, len(content)) for address, content in assembly.blocks)
    if any(first + size > second for (first, size), (second, _) in pairwise(places)):
        image: dict[int, int] = {}
        for address, content in assembly.blocks:
            image.update(enumerate(content, address & 0x7FFFFF))
        for address, instruction in code.items():
            written = enumerate(instruction.code, address & 0x7FFFFF)
            if any(image.get(place, byte) != byte for place, byte in written):
                lost.add(address)
    return {address: instruction for address, instruction in code.items() if address not in lost} if lost else code


def _join(table: dict[Key, Widths], key: Key, widths: Widths) -> bool:
    """Enter what holds on one more path. Returns whether that changes anything."""
    old = table.get(key)
    if old is None:
        table[key] = widths
        return True
    table[key] = new = old.join(widths)
    return new is not old and new != old
