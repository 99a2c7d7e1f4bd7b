"""How often the body of a loop runs in a call."""

import ast
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_understanding import Run, confirm, runs
from oracle_lib.tasks.kit.understanding import block, question
from oracle_lib.verify import Fact

SUBJECT = "C++: control flow"
_MOST_STEPS = 150
_MOST_PASSES = 16
_SHOWN = 8


def draw(rng: random.Random) -> Problem:
    for own, run in runs(rng, _MOST_STEPS):
        loops = [node for node in ast.walk(run.program.code.function) if isinstance(node, ast.For | ast.While)]
        if not loops:
            continue
        loop = own.choice(loops)
        passes = _passes(run, loop)
        if not 0 < len(passes) <= _MOST_PASSES:
            continue
        confirm(run)
        told = [f"- pass {number}: {one}" for number, one in enumerate(passes, 1)]
        if len(told) > _SHOWN:
            told[_SHOWN - 2 : -1] = [f"- {len(told) - _SHOWN + 1} more passes like these"]
        head, count, name = run.statements[loop.lineno], len(passes), run.program.code.name
        return question(
            __name__,
            SUBJECT,
            run,
            (
                f"How many times does the body of `{head}` run for {run.given}?",
                f"I call `{name}` with {run.given}. How often is the body of the loop `{head}` entered?",
                f"Rounds of `{head}`, {run.given}?",
                f"Count the passes through the body of `{head}` in a call with {run.given}. End with "
                "`Answer: ... times`.",
            ),
            input=block(run.text, "cpp"),
            reasoning="\n".join(told),
            answer=f"{count} time{'s' if count > 1 else ''}.",
            facts=(Fact(name="times", value=count),),
            parameters={"loop": head, "given": run.given},
        )
    raise AssertionError("runs() never ends without an error")


def _passes(run: Run, loop: ast.For | ast.While) -> list[str]:
    """What the variables that the loop changes hold at the beginning of each pass."""
    body = {inner.lineno for inner in loop.body}
    own = {node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    begins = [step.after for step in run.steps if step.line == loop.lineno and step.following in body]
    shown = [{name: value for name, value in held.items() if name in own and type(value) is int} for held in begins]
    return [", ".join(f"{name} = {value}" for name, value in one.items()) or "entered" for one in shown]
