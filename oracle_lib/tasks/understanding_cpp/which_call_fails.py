"""Which of two or three calls makes a function with a defect leave a vector's bounds or divide by zero."""

import ast
import random
from dataclasses import replace
from itertools import islice

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.defects import defects
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError, StepsError
from oracle_lib.tasks.kit.cpp_programs.printing import Manner
from oracle_lib.tasks.kit.cpp_programs.problems import Call
from oracle_lib.tasks.kit.cpp_understanding import Run, programs, verdict_on
from oracle_lib.tasks.kit.understanding import block, question
from oracle_lib.verify import Fact

SUBJECT = "C++: crashes"
_DEFECTS = 12
_BREAKS_OFF = "undefined behaviour"


def draw(rng: random.Random) -> Problem:
    for own, problem, program, calls in programs(rng):
        manner = replace(Manner.drawn(own), algorithms=False)
        for defect in islice(defects(program.code, own), _DEFECTS):
            broken = replace(program, code=defect.code)
            good: dict[str, Run] = {}
            bad: list[Run] = []
            for call in own.sample(calls, len(calls)):
                try:
                    run = Run(problem, broken, manner, Call(call.arguments, defect.code.run(call.arguments)))
                    good[run.given] = run
                except BreaksOffError:
                    bad.append(Run(problem, broken, manner, call))
                except StepsError:
                    break
            if bad and good and (found := _question(own, bad[0], list(good.values())[:2])):
                return found
    raise AssertionError("programs() never ends without an error")


def _question(rng: random.Random, bad: Run, good: list[Run]) -> Problem | None:
    """The question which of these calls breaks off; None where the compiled function shows something else."""
    stops = verdict_on(bad)
    if stops.passes or _BREAKS_OFF not in stops.reasons[0] or not all(verdict_on(run).passes for run in good):
        return None
    place = rng.randrange(len(good) + 1)
    shown = [*good[:place], bad, *good[place:]]
    letters = "ABC"[: len(shown)]
    name = bad.program.code.name
    calls = "\n".join(f"{letter}) {run.given}" for letter, run in zip(letters, shown, strict=True))
    return question(
        __name__,
        SUBJECT,
        bad,
        (
            "One of these calls makes the function read or write outside a vector, or divide by zero. Which one?",
            f"`{name}` crashes for one of the arguments below. For which, and why? End with `Answer: ` and the letter.",
            "This function has a bug that only shows sometimes. Which call does not return? Give the letter last.",
            f"Which call of `{name}` breaks off?",
        ),
        input=f"{block(bad.text, 'cpp')}\n\n{calls}",
        reasoning=f"{letters[place]} stops at {_where(bad)}.",
        answer=letters[place],
        facts=(Fact(name="choice", value=letters[place]),),
        parameters={"calls": calls},
    )


def _where(run: Run) -> str:
    """The statement at which a call breaks off, and what it finds there."""
    last = run.steps[-1]
    node: ast.AST = run.program.code.statement(last.line)
    if isinstance(node, ast.If | ast.While):
        node = node.test
    used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    held = {name: value for name, value in (last.before | last.after).items() if name in used}
    found = [f"{name} = {value}" for name, value in held.items() if isinstance(value, int)]
    sizes = [f"`{name}` has {len(value)} elements" for name, value in held.items() if isinstance(value, list)]
    return f"`{run.statements[last.line].removesuffix(';')}`: {', '.join([*found, *sizes])}"
