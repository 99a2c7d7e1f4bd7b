"""What the families of understanding in C++ share: functions to ask about, their runs, and what is wrong with others.

The functions are references of the families that ask to write them, or composed for the question. Whatever an answer
states of a run, the compiled function has shown.
"""

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.breaks import Break, breaks, sample
from oracle_lib.tasks.kit.cpp_programs.everything import any_program
from oracle_lib.tasks.kit.cpp_programs.language import Step
from oracle_lib.tasks.kit.cpp_programs.printing import Manner, expressions_cpp, print_cpp, statements_cpp
from oracle_lib.tasks.kit.cpp_programs.problems import Call, arguments_told, case_of, composed, literal
from oracle_lib.tasks.kit.cpp_programs.program import Program
from oracle_lib.tasks.kit.understanding import donated
from oracle_lib.verify import CppContract, Verdict, check

DONORS = ("composed_cpp", "recipes_cpp", "ported_cpp")
"""The kinds of families whose functions are asked about, in turn. None of them may be held out."""

_LONGEST = 30
"""Lines of a function that somebody still reads through."""
_BREAKS, _CASES = 8, 6
"""How many breaks of a function are tried, each in how many cases."""
_AROUND = 6
"""How many words beside a difference show where it is."""
_SHOWN_PARTS = 6
_FEW = 8
"""Elements of a vector that are written out."""
_TURNS = 200


@dataclass(frozen=True)
class Function:
    """A reference of a problem that asks for a function, as it is shown."""

    problem: Problem
    contract: CppContract
    text: str


def functions(rng: random.Random) -> Iterator[tuple[random.Random, Function]]:
    """Functions to ask about, each with a generator of its own."""
    return donated(rng, DONORS, _function)


def _function(problem: Problem, text: str) -> Function | None:
    """A reference as a function, if it is short and stands alone."""
    if not isinstance(problem.contract, CppContract) or problem.input:
        return None
    plain = "\n".join(line for line in re.sub(r"[ \t]*//.*", "", text).splitlines() if line.strip())
    return Function(problem, problem.contract, plain) if plain.count("\n") < _LONGEST else None


def broken(function: Function, rng: random.Random, count: int) -> list[tuple[Break, str]]:
    """At most `count` breaks of the function that compile, were run and failed, and what a test showed of each."""
    few = function.contract.model_copy(update={"cases": function.contract.cases[:_CASES]})
    found: list[tuple[Break, str]] = []
    for one in sample(rng, breaks(function.text, "cpp"), _BREAKS):
        verdict = check(one.text, few)
        if verdict.assembles and verdict.failed_case is not None:
            found.append((one, re.sub(r"^case \d+: ", "", verdict.reasons[0])))
        if len(found) == count:
            break
    return found


def fault(function: Function, one: Break) -> str:
    """What is wrong with a break: what it lacks or has instead."""
    right, wrong = function.text.splitlines(), one.text.splitlines()
    if one.kind == "missing":
        [place] = [int(number) for number in re.findall(r"^line (\d+):", one.change)]
        return f"lacks `{right[place - 1].strip()}`"
    pairs = [(old.strip(), new.strip()) for old, new in zip(right, wrong, strict=True) if old != new]
    if one.kind == "order":
        return f"has `{pairs[0][0]}` and `{pairs[1][0]}` in the wrong order"
    old, new = _apart(*pairs[0])
    return f"has `{new}` in place of `{old}`"


def _apart(one: str, other: str) -> tuple[str, str]:
    """The parts in which two lines differ, with the few words around them that are the same."""
    words, others = (re.findall(r"\w+|\s+|[^\w\s]+", text) for text in (one, other))
    before = _alike(words, others)
    behind = _alike(words[before:][::-1], others[before:][::-1])
    first, last = max(0, before - _AROUND), max(0, behind - _AROUND)
    return "".join(words[first : len(words) - last]).strip(), "".join(others[first : len(others) - last]).strip()


def _alike(some: list[str], others: list[str]) -> int:
    """How many of the first words are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))


@dataclass(frozen=True)
class Run:
    """A composed function called once: what it was given, and what it did, statement by statement."""

    problem: Problem
    program: Program
    manner: Manner
    call: Call

    @cached_property
    def text(self) -> str:
        return print_cpp(self.program.code, self.manner).strip()

    @cached_property
    def steps(self) -> list[Step]:
        return self.program.code.steps(self.call.arguments)

    @property
    def given(self) -> str:
        """The arguments in words."""
        return arguments_told(self.program, self.call)

    @cached_property
    def statements(self) -> dict[int, str]:
        """The statements in C++ by the line of the program's text."""
        return statements_cpp(self.program.code, self.manner)

    @property
    def told(self) -> str:
        """The steps as a list: a statement in full where it runs first, then what it decides or changes alone, a round
        of a loop on a line."""
        known: set[int] = set()
        lines: list[str] = []
        for step in self.steps:
            effect = ", ".join([*self._parts(step), self._effect(step)])
            if step.line not in known:
                lines.append(f"- `{self.statements[step.line].removesuffix(';')}`: {effect}")
            elif "`: " in lines[-1] or isinstance(self._node(step), ast.For | ast.While):
                lines.append(f"- {effect}")
            else:
                lines[-1] += f"; {effect}"
            known.add(step.line)
        return "\n".join(lines)

    def _node(self, step: Step) -> ast.stmt:
        return self.program.code.statement(step.line)

    def _parts(self, step: Step) -> list[str]:
        parts = self.program.code.parts(step)[:_SHOWN_PARTS]
        texts = expressions_cpp(self.program.code, self.manner, [part for part, _ in parts])
        return [f"{text} = {value}" for text, (_, value) in zip(texts, parts, strict=True)]

    def _effect(self, step: Step) -> str:
        match self._node(step):
            case ast.Return():
                return f"returns {_written(self.call.results[0])}"
            case ast.If(body=body):
                return "true" if step.following in [inner.lineno for inner in body] else "false"
            case ast.While(body=body):
                return "a round" if step.following in [inner.lineno for inner in body] else "no more rounds"
            case ast.For() if not step.changed:
                return "no more rounds"
        return ", ".join(f"{name} = {_written(value)}" for name, value in step.changed.items()) or "nothing changes"


def _written(value: Any) -> str:
    if isinstance(value, list) and len(value) > _FEW:
        return f"{len(value)} elements, the last {_written(value[-1])}"
    return literal(value).strip("`")


def runs(rng: random.Random, most_steps: int) -> Iterator[tuple[random.Random, Run]]:
    """Composed functions, each with a call that takes at most so many steps, and a generator of its own."""
    for own, problem, program, calls in programs(rng):
        run = Run(problem, program, replace(Manner.drawn(own), algorithms=False), own.choice(calls))
        if program.code.returns is not None and len(run.steps) <= most_steps:
            yield own, run


def programs(rng: random.Random) -> Iterator[tuple[random.Random, Problem, Program, list[Call]]]:
    """Composed functions, each with a generator of its own, and calls whose arguments can be written down."""
    for _ in range(_TURNS):
        own = random.Random(rng.getrandbits(64))
        problem, program, calls = composed(__name__, "understanding", own, any_program)
        if short := [call for call in calls if arguments_told(program, call)]:
            yield own, problem, program, short
    raise OracleError(f"none of {_TURNS} composed functions suits the question; widen what it may be about")


def verdict_on(run: Run) -> Verdict:
    """What the compiled function shows of the call: it passes where it returns what the call says."""
    contract = run.problem.contract
    assert isinstance(contract, CppContract)
    return check(run.text, contract.model_copy(update={"cases": (case_of(run.call),)}))


def confirm(run: Run) -> None:
    """Raises `OracleError` where the compiled function answers the call otherwise than it was told."""
    verdict = verdict_on(run)
    if not verdict.passes:
        raise OracleError(f"the composed function ends otherwise than it runs ({verdict.reasons[0]}):\n{run.text}")
