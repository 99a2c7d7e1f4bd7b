"""Whole programs as English: sentences where they stay readable, nested lists of steps where they would not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.actions import Actions
from oracle_lib.tasks.program.teller.infix import Infix, top
from oracle_lib.tasks.program.teller.nouns import Naming
from oracle_lib.tasks.program.teller.words import NO_INDEX, UNITS, Compound, Numbers, capital, direct, joined, narrated

Told = TypeVar("Told", list[str], str | None)


class Sentences(Actions):
    """Statements as sentences and steps."""

    def __init__(self, rng: random.Random, naming: Naming, numbers: Numbers) -> None:
        super().__init__(rng, naming, numbers)
        self._first_link = rng.randrange(3)

    # --------------------------------------------------------------------------------------------------------- phrases

    def summary(self, s: p.Statement) -> str:
        """The statement in one line, with what lies deep inside it left out."""
        phrase = self.phrase(s)
        match s:
            case p.If(condition, then, otherwise) if phrase is None:
                return f"if {self.clause(condition)}: {self._several_steps(then)}" + (
                    f"; otherwise: {self._several_steps(otherwise)}" if otherwise else ""
                )
            case p.Switch(on) if phrase is None:
                return f"does what belongs to the value of {self.noun(on)}"
            case p.Each(over, body) if phrase is None:
                head, inner = self.looped(over, body, lambda: self._several_steps(body))
                return f"{head}{inner}"
            case p.Repeat(body=body) | p.While(body=body):
                return f"{self._often(s)}: {self._several_steps(body)}"
            case p.Call(name):
                return f"call {name}"
            case _:
                return self.action(s) if phrase is None else phrase

    def phrase(self, s: p.Statement) -> str | None:
        """The statement within one sentence, or None where that would tangle."""
        match s:
            case p.If(condition, then, otherwise):
                return self._if(condition, then, otherwise)
            case p.Set(place, p.Chosen(condition, chosen, other)):
                cycle = self._cycle(s, place) if self.rng.random() < 0.5 else None
                return cycle or self._if(condition, (p.Set(place, chosen),), (p.Set(place, other),))
            case p.Each(over, body):
                return self._each(over, body)
            case p.Switch():
                return self._switch(s)
            case p.Repeat() | p.While() | p.Call():
                return None
            case _:
                return self.action(s)

    def _several_steps(self, body: Sequence[p.Statement]) -> str:
        return f"({'; '.join(self.summary(s) for s in body)})"

    def _flat(self, body: Sequence[p.Statement]) -> str | None:
        """A few actions as one clause: "clear A, increment B and return"."""
        if not body:
            return self.pick("do nothing", "change nothing")
        if len(body) > 3 or any(isinstance(s, Compound) for s in body):
            return None
        parts = [self.action(s) for s in body]
        if any(" if " in part for part in parts):
            return None
        if len(parts) == 1:
            return parts[0]
        if any(", " in part or ";" in part for part in parts):
            return None
        if any(" and " in part for part in parts):
            return ", then ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) == 2 else None
        return joined(parts, self.pick("and", "and", "and then"))

    def _cycle(self, s: p.Set, place: p.Place) -> str | None:
        """A counter that starts again at its end."""
        old, target = p.Read(place), self.place(place)
        match s.value:
            case p.Chosen(p.Compared(">=", left, p.Number(end)), p.Number(0), p.Binary("add", base, p.Number(1))):
                if left == base == old:
                    last = self.number(end, place.width)
                    return f"increment {target}, but if it was {last} or more, set it to 0 instead"
            case p.Chosen(p.Compared("==", left, p.Number(0)), p.Number(end), p.Binary("subtract", base, p.Number(1))):
                if left == base == old:
                    return f"decrement {target}, but if it was 0, set it to {self.number(end, place.width)} instead"
        return None

    def _if(self, condition: p.Condition, then: Sequence[p.Statement], otherwise: Sequence[p.Statement]) -> str | None:
        clause = self.clause(condition)
        if tuple(then) == (p.Stop(),) and not otherwise:
            if self.loops:
                return f"if {clause}, {self.pick('leave the loop', 'stop the loop there')}"
            return f"if {clause}, {self.pick('return at once', 'do nothing more and return')}"
        timer = self.timer(condition, then) if not otherwise else None
        if timer:
            return timer
        last = not otherwise and len(then) == 1 and self.rng.random() < 0.25
        subject = self._subject(condition) if not last and self.rng.random() < 0.7 else None
        done = self._about(subject, then)
        if done is None:
            return None
        if not otherwise:
            plain = not any(mark in done for mark in (";", ", ", " if "))
            return f"{done} if {clause}" if last and plain else f"if {clause}, {done}"
        if len(otherwise) == 1 and isinstance(otherwise[0], p.If):
            rest = self.phrase(otherwise[0])
            if rest is None or not rest.startswith("if "):
                return None
            return f"if {clause}, {done}; else {rest}"
        other = self._about(subject, otherwise)
        if other is None:
            return None
        return f"if {clause}, {done}; {self.pick('otherwise', 'else', 'if not')}, {other}"

    def timer(self, condition: p.Condition, then: Sequence[p.Statement]) -> str | None:
        """A counter that goes down to 0 and stays there."""
        match condition, tuple(then):
            case p.Compared("!=", p.Read(place), p.Number(0)), (p.Set(changed, value),) if place == changed:
                if value == p.Binary("subtract", p.Read(place), p.Number(1, place.width)) and self.rng.random() < 0.6:
                    target = self.place(place)
                    return self.pick(
                        f"decrement {target} unless it is 0",
                        f"count {target} down by 1, but leave it alone if it is 0",
                        f"decrement {target}, but stop at 0",
                        f"take 1 off {target} unless it is 0 already",
                    )
        return None

    @staticmethod
    def _subject(condition: p.Condition) -> p.Place | None:
        """The only thing that a condition mentions."""
        match condition:
            case p.Compared(_, p.Read(place), p.Number()) | p.Between(p.Read(place)):
                return place
        return None

    def _about(self, subject: p.Place | None, body: Sequence[p.Statement]) -> str | None:
        """A branch as a clause, in which "it" is what the condition was about if the branch changes just that."""
        match body:
            case (p.Set(place),) if place == subject and place is not None:
                self.it = place
        told = self._flat(body)
        self.it = None
        return told

    def _switch(self, s: p.Switch) -> str | None:
        cases = [(self.number(case, s.on.width), self._flat(body)) for case, body in s.cases]
        other = self._flat(s.otherwise)
        if other is None or any(done is None or ";" in done for _, done in cases):
            return None
        if len(cases) < 4 and self.rng.random() < 0.4:
            told = [f"if it is {case}, {done}" for case, done in cases]
            told += [f"for any other value, {other}"] if s.otherwise or not _covered(s) else []
            return f"look at {self.noun(s.on)}: {'; '.join(told)}"
        told = [f"{case}: {done}" for case, done in cases]
        told += [f"any other value: {other}"] if s.otherwise or not _covered(s) else []
        return f"depending on {self.noun(s.on)}: {'; '.join(told)}"

    def _each(self, over: tuple[p.Array, ...] | p.Text, body: Sequence[p.Statement]) -> str | None:
        head, inner = self.looped(over, body, lambda: self._body(body))
        return None if inner is None else f"{head}{inner}"

    def _body(self, body: Sequence[p.Statement]) -> str | None:
        if len(body) == 1 and isinstance(body[0], p.If):
            return self._if(body[0].condition, body[0].then, body[0].otherwise)
        return self._flat(body)

    def looped(
        self, over: tuple[p.Array, ...] | p.Text, body: Sequence[p.Statement], tell: Callable[[], Told]
    ) -> tuple[str, Told]:
        """The head of a loop ("for each of …: ") and what `tell` makes of its body."""
        arrays: tuple[p.Array | p.Text, ...] = (over,) if isinstance(over, p.Text) else over
        used = [a for a in arrays if any(n == p.Here(a) for n in p.walk(tuple(body)))] or list(arrays[:1])
        with self.loop() as variable:
            for array in arrays:
                self.here[array] = self._element_name(array, len(used) > 1, variable)
            inner = tell()
        lines = inner if isinstance(inner, list) else [inner or ""]
        indexed = len(used) > 1 or any(re.search(rf"\b{variable}\b", line) for line in lines)
        ordered = ", in order" if ordered_turns(body) else ""
        if isinstance(over, p.Text):
            index = f" ({variable} is its index, from 0)" if indexed else ""
            each = self.elements(over).removeprefix("bytes")
            return f"for {self.pick('each', 'every')} byte{each}{index}{ordered}: ", inner
        turns = f"for {self.pick('every', 'each')} {variable} from 0 to {over[0].length - 1}{ordered}"
        if self.naming == "name" and indexed:
            return f"{turns}: ", inner
        if len(used) > 1:
            return f"{turns} (over {joined([f'the {self.elements(array)}' for array in used])}): ", inner
        index = f" ({variable} is its index, from 0)" if indexed else ""
        return f"for {self.pick('each', 'every one')} of the {self.elements(used[0])}{index}{ordered}: ", inner

    def _element_name(self, of: p.Array | p.Text, several: bool, variable: str) -> str:
        if self.naming == "name":
            return f"{of.name}[{variable}]"
        if self.naming == "meaning" and isinstance(of, p.Array):
            return f"{of.meaning} {variable}" if several else f"that {of.meaning}"
        if several:
            step = of.step if isinstance(of, p.Array) else 1
            return f"{'byte' if of.width == 8 else 'word'}[{of.address} + {f'{step} * ' if step > 1 else ''}{variable}]"
        return f"that {'byte' if of.width == 8 else 'word'}"

    # ----------------------------------------------------------------------------------------------------------- steps

    def steps(self, statements: Sequence[p.Statement], depth: int = 0) -> list[str]:
        """A line for each step; the steps inside one are indented below it."""
        lines: list[str] = []
        for s in statements:
            phrase = self.phrase(s)
            if phrase is not None:
                lines.append("    " * depth + phrase)
            else:
                lines += self._nested(s, depth)
        return lines or ["    " * depth + "do nothing"]

    def _nested(self, s: p.Statement, depth: int) -> list[str]:
        indent = "    " * depth
        match s:
            case p.If(condition, then, otherwise):
                lines = [f"{indent}if {self.clause(condition)}:", *self.steps(then, depth + 1)]
                if len(otherwise) == 1 and isinstance(otherwise[0], p.If):
                    first, *rest = self._nested(otherwise[0], depth)
                    return [*lines, f"{indent}else {first.strip()}", *rest]
                return lines + ([f"{indent}otherwise:", *self.steps(otherwise, depth + 1)] if otherwise else [])
            case p.Switch(on, cases, otherwise):
                lines = [f"{indent}depending on {self.noun(on)}:"]
                for case, body in cases:
                    lines += self._case(self.number(case, on.width), body, depth + 1)
                others = [] if _covered(s) and not otherwise else self._case("any other value", otherwise, depth + 1)
                return lines + others
            case p.Each(over, body):
                head, inner = self.looped(over, body, lambda: self.steps(body, depth + 1))
                return [indent + head.rstrip(), *inner]
            case p.Repeat(body=body) | p.While(body=body):
                return [f"{indent}{self._often(s)}:", *self.turns(body, depth + 1)]
            case p.Call(body=body):
                told = self.steps(body, depth + 1)
                return [f"{indent}{self.action(s)}, which does this:", *told]
            case _:
                return [indent + self.action(s)]

    def _often(self, s: p.Repeat | p.While) -> str:
        """The head of a loop that doesn't go over elements."""
        if isinstance(s, p.While):
            return f"{self.pick('while', 'as long as')} {self.clause(s.condition)}"
        if isinstance(s.times, p.Number):
            return f"{self.pick('repeat this', 'do this')} {s.times.value} times"
        return f"{self.pick('repeat this', 'do this')} as often as {self.value(s.times, exact=True)} says at the start"

    def turns(self, body: Sequence[p.Statement], depth: int) -> list[str]:
        """The steps of a loop's turn."""
        with self.loop(NO_INDEX):
            return self.steps(body, depth)

    def _case(self, head: str, body: Sequence[p.Statement], depth: int) -> list[str]:
        told = self._flat(body)
        indent = "    " * depth
        return [f"{indent}{head}: {told}"] if told else [f"{indent}{head}:", *self.steps(body, depth + 1)]

    def sentences(self, statements: Sequence[p.Statement], narrative: bool = False) -> str:
        """The program as sentences with connectives; steps that need lines of their own stand in a list. A narrative
        says what the routine does, not what is to be done.
        """
        paragraphs: list[str] = []
        running: list[str] = []
        for number, s in enumerate(statements):
            phrase = self.phrase(s)
            if phrase is None:
                lines = self._nested(s, 0)
                link = self._link(number, len(statements))
                lines[0] = capital(link + lines[0])
                paragraphs += [" ".join(running)] if running else []
                running = []
                paragraphs.append("\n".join(_bulleted(line) for line in lines))
            else:
                said = narrated(phrase) if narrative else phrase
                running.append(capital(self._link(number, len(statements)) + said) + ".")
        paragraphs += [" ".join(running)] if running else []
        return "\n".join(paragraphs)

    def simple(self, statements: Sequence[p.Statement]) -> list[str] | None:
        """Phrases that all begin with a verb and hold nothing that a colon or a semicolon divides, or None."""
        if any(isinstance(s, Compound) for s in statements):
            return None
        phrases = [self.action(s) for s in statements]
        return None if any(":" in one or ";" in one for one in phrases) else phrases

    def _link(self, number: int, count: int) -> str:
        if number == 0:
            return ""
        if number == count - 1 and count > 2:
            return self.pick("finally, ", "at the end, ", "then ", "last, ")
        return ("then ", "after that, ", "next, ")[(number + self._first_link) % 3]

    # -------------------------------------------------------------------------------------------------------- promises

    def promises(self, program: p.Program, formulas: Infix | None = None) -> list[str]:
        """What holds on entry, and what the tables contain, in sentences without a full stop.

        With `formulas`, a language that lists its variables, only what such a list does not say, in that language.
        """
        listed = formulas is not None
        formulas = formulas or self.formulas
        formulas.loops = ["i"]
        told = "".join(self.told)
        said: list[str] = []
        for node in program.nodes:
            match node:
                case p.Variable(own=True) if not listed:
                    said.append(f"{node.name} is a working {UNITS[node.width]} of the routine's own")
                case p.Variable(below=int() as below) | p.Register(below=int() as below) if not listed:
                    shown = self.number(below, node.width)
                    said.append(f"{self.place(node)} is always below {shown} on entry")
                case p.Quotient(_, right) if not isinstance(right, p.Number):
                    said.append(f"the divisor {formulas.exact(right)} is never 0")
                case p.Item(of, index) if not _within(index, of.length) and not _own(index):
                    said.append(f"the index {formulas.exact(index)} is always below {of.length}")
                case p.Pointer(width=width) if not listed:
                    into = "low WRAM (seen through the data bank)" if width == 16 else "WRAM"
                    said.append(f"the pointer at {direct(node)} is in the direct page (D is 0) and points into {into}")
                case p.Text(most=most) if not listed:
                    marker = self.numbers.mask(node.end, 8)
                    said.append(f"the text at {node.address} has at most {most} bytes before its {marker}")
                case p.Table(name, width=width) if not listed:
                    if not self.tables_inside or name in self.tables or name in told:
                        units = f"{'bytes' if width == 8 else 'words'} {self.listed(node)}"
                        said.append(f"the table {name}, which the routine brings along, holds the {units}")
        formulas.loops = []
        return list(dict.fromkeys(said))


def _covered(s: p.Switch) -> bool:
    """Whether the cases are all values that the number may have."""
    below = s.on.place.below if isinstance(s.on, p.Read) and isinstance(s.on.place, p.Variable | p.Register) else None
    return below is not None and {case for case, _ in s.cases} >= set(range(below))


def _within(index: p.Expression, length: int) -> bool:
    match index:
        case p.Number() | p.Index():
            return True
        case p.Read(p.Variable(below=int() as below) | p.Register(below=int() as below)):
            return below <= length
        case p.Widened(operand, False):
            return _within(operand, length)
        case _:
            return top(index) < length


def ordered_turns(body: Sequence[p.Statement]) -> bool:
    """Whether the order of a loop's turns may matter: one ends the loop, or writes what is not its own element."""
    for node in p.walk(tuple(body)):
        match node:
            case p.Stop() | p.Call() | p.Swap():
                return True
            case p.Set(place, value) if not isinstance(place, p.Here):
                added = isinstance(value, p.Binary) and value.operation in ("add", "subtract", "xor", "or", "and")
                if not (added and isinstance(place, p.Variable) and value.left == p.Read(place)):  # type: ignore[union-attr]
                    return True
    return False


def _bulleted(line: str) -> str:
    text = line.lstrip()
    return f"{line[: len(line) - len(text)]}- {text}" if line.startswith(" ") else line


def _own(index: p.Expression) -> bool:
    """Whether it is a working value, whose range follows from the program."""
    return isinstance(index, p.Read) and isinstance(index.place, p.Variable) and index.place.own
