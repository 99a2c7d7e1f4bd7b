"""What a function returns for given arguments."""

import random
from typing import Any

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_understanding import confirm, runs
from oracle_lib.tasks.kit.understanding import block, question
from oracle_lib.verify import Fact

SUBJECT = "C++: results"
_MOST_STEPS = 24
_MOST_BYTES = 8
_SHARE_OF_ZEROS = 0.1
"""How many of the calls that return 0 are asked about: too many do."""


def draw(rng: random.Random) -> Problem:
    for own, run in runs(rng, _MOST_STEPS):
        fact = _fact(run.call.results)
        if fact is None or (not fact.value and own.random() > _SHARE_OF_ZEROS):
            continue
        confirm(run)
        name, said = run.program.code.name, f"{fact.name} = {fact.value}"
        form = "`Answer: result = ...`" if fact.name == "result" else "`Answer: hex = ...`, its bytes in hexadecimal"
        return question(
            __name__,
            SUBJECT,
            run,
            (
                f"What does `{name}` return for {run.given}? End with {form}.",
                f"I call `{name}` with {run.given}. Go through it step by step and tell me the result. The last line: "
                f"{form}.",
                f"{name}, {run.given}: which result? ({form})",
                f"Trace this function by hand for {run.given}. Finish with {form}.",
            ),
            input=block(run.text, "cpp"),
            reasoning=run.told,
            answer=f"{said}.",
            facts=(fact,),
            parameters={"given": run.given},
        )
    raise AssertionError("runs() never ends without an error")


def _fact(results: list[Any]) -> Fact | None:
    """The result as a fact: a number, or a few bytes; None for other results."""
    [*_, value] = results if len(results) == 1 else [None]
    if type(value) is int and value >= 0:
        return Fact(name="result", value=value)
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_BYTES:
        return None
    are_bytes = all(type(one) is int and 0 <= one < 256 for one in value)
    return Fact(name="hex", value=bytes(value).hex(" ").upper()) if are_bytes else None
