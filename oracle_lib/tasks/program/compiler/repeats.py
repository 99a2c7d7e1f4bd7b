"""Loops over nothing: so many turns, or as long as a condition holds."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Known, Label, Operand, immediate
from oracle_lib.tasks.program.compiler.loops import Loops
from oracle_lib.tasks.program.compiler.operands import Loop
from oracle_lib.tasks.program.compiler.style import Unsupported


class Repeats(Loops):
    """Adds loops that repeat."""

    def repeat(self, s: p.Repeat) -> None:
        """The body so many times: the turns are counted down, or up where the body asks for their number."""
        times, body = s.times, s.body
        constant = times.value & 0xFF if isinstance(times, p.Number) else None
        if constant == 0:
            return
        outer = self.loop
        again = Label("next")
        if constant and constant <= 4 and self.style.unrolls and len(list(p.walk(body))) * constant <= 80:
            loop = self.loop = Loop((), turns=constant, held=self.busy())
            for number in range(constant):
                loop.turn = number
                self.next_turn()
                self.block(body)
            self.place(loop.end)
            self.next_turn()
            self.loop = outer
            return
        needs = self._needs((), body)
        taken = {"X": needs.x or needs.either, "Y": needs.y}
        wanted = ("Y", "X") if self.style.prefers_y else ("X", "Y")
        register = next((one for one in wanted if one not in self.busy() and not taken[one]), None)
        numbered = any(isinstance(node, p.Index) for node in p.walk(body))
        done = Label("done")
        home = self.reserve() if register is None or (numbered and constant is None) else None
        bound: Operand | None = None
        if home is not None and register is not None:
            bound = home  # the number of turns, since the register counts up
        width = self.xw if home is None else 8
        if register is not None and constant is not None:
            self.load_index(register, immediate(0 if numbered else constant, self.xw))
        elif register is not None and numbered:
            self.value(times)
            self.test(8)
            self.goto("BEQ", done)
            assert bound is not None
            self.store(bound, 8)
            self.load_index(register, immediate(0, self.xw))
        elif register is not None:
            source = self.operand(times) if width == 8 else None
            if source is not None and source.short and not source.index and source.address >= 0:
                self.emit(f"LD{register}", source)
            else:
                if width == 16:
                    self.widened(times)
                else:
                    self.value(times)
                self.emit(f"TA{register}")
            self.goto("BEQ", done)
        else:
            if numbered:
                raise Unsupported("the number of a turn without a register for it")
            assert home is not None
            self.value(times)
            if constant is None:
                self.test(8)
                self.goto("BEQ", done)
            self.store(home, 8)
        held = self.busy() | (frozenset((register,)) if register else frozenset())
        loop = self.loop = Loop((), turns=constant or 256, held=held, end=done)
        if numbered and register:
            loop.registers = {1: register}
        self.depth += 1

        def turn() -> None:
            self.block(body)
            if register is None:
                assert home is not None
                self.emit("DEC", home, 8)
            elif numbered:
                self.emit(f"IN{register}")
                if constant is None:
                    assert bound is not None
                    if self.xw == 16:
                        raise Unsupported("a number of turns beside a wide counter")
                    self.emit(f"CP{register}", bound)
                else:
                    self.emit(f"CP{register}", immediate(constant, self.xw))
            else:
                self.emit(f"DE{register}")
            self.goto("BNE", again)

        self.cycle(again, turn)
        self.depth -= 1
        self.place(done)
        self.next_turn()
        if home is not None:
            self.release(home)
        self.loop = outer

    def repeat_while(self, s: p.While) -> None:
        """The body for as long as the condition holds: tested at the top, or at the bottom with a jump there first."""
        outer = self.loop
        loop = self.loop = Loop((), held=self.busy())
        again = Label("next")
        self.depth += 1
        if self.style.tests_last:
            check = Label("check")
            self.jump(check)
            self.loop_from(again)
            self.block(s.body)
            self.place(check)
            self.branch(s.condition, again, True)
        else:

            def turn() -> None:
                self.branch(s.condition, loop.end, False)
                self.block(s.body)
                self.jump(again)

            self.cycle(again, turn)
        self.depth -= 1
        self.place(loop.end)
        self.next_turn()
        self.loop = outer

    def loop_from(self, label: Label) -> None:
        """The label stands behind a jump; code further down comes back to it, with nothing in registers for sure."""
        self.known = Known()
        self.place(label)
