"""Loops over nothing: so many turns, or as long as a condition holds."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Known, Label, immediate
from oracle_lib.tasks.program.compiler.loops import Loops
from oracle_lib.tasks.program.compiler.operands import Loop
from oracle_lib.tasks.program.compiler.style import Unsupported


class Repeats(Loops):
    """Adds loops that repeat."""

    def repeat(self, s: p.Repeat) -> None:
        """The body so many times: the turns are counted down, in a register where one is free."""
        if self._needs((), s.body).index:
            raise Unsupported("the number of a turn")
        constant = s.times.value & 0xFF if isinstance(s.times, p.Number) else None
        if constant == 0:
            return
        small = constant is not None and constant <= 4 and len(list(p.walk(s.body))) * constant <= 80
        if self.style.unrolls and constant is not None and small:
            self._written_out(s.body, constant)
            return
        register, done, outer = self._counter(s.body), Label("done"), self.loop
        home = None if register else self.reserve()
        if register is not None:
            self._load_counter(register, s.times)
        elif home is not None:
            self.value(s.times)
            self.store(home, 8)
            if constant is None:
                self.test(8)
        if constant is None:
            self.goto("BEQ", done)
        self.loop = Loop((), held=self.busy() | {register} if register else self.busy(), end=done)
        self.depth += 1
        again = Label("next")

        def turn() -> None:
            self.block(s.body)
            if home is not None:
                self.emit("DEC", home, 8)
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

    def _written_out(self, body: tuple[p.Statement, ...], turns: int) -> None:
        outer = self.loop
        loop = self.loop = Loop((), held=self.busy())
        for _ in range(turns):
            self.block(body)
        self.place(loop.end)
        self.loop = outer

    def _counter(self, body: tuple[p.Statement, ...]) -> str | None:
        """An index register that neither the body nor a loop around it needs."""
        needs = self._needs((), body)
        needed = {"X": needs.x or needs.either, "Y": needs.y}
        wanted = ("Y", "X") if self.style.prefers_y else ("X", "Y")
        return next((one for one in wanted if one not in self.busy() and not needed[one]), None)

    def _load_counter(self, register: str, times: p.Expression) -> None:
        """The register gets the number of turns, a byte, and Z speaks of it unless it is a constant."""
        if isinstance(times, p.Number):
            self.load_index(register, immediate(times.value & 0xFF, self.xw))
            return
        source = self.operand(times) if self.xw == 8 else None
        if source is not None and source.short and not source.index and source.address >= 0:
            self.emit(f"LD{register}", source)
            return
        if self.xw == 16:
            self.widened(times)
        else:
            self.value(times)
        self.emit(f"TA{register}")

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
