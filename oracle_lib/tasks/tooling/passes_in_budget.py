"""How often a loop may run within a budget of cycles, and what a pass costs."""

import random
from dataclasses import replace

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.timing import RTS, RULES, Loop, loop
from oracle_lib.tasks.kit.tooling import code, question

SUBJECT = "cycles"


def draw(rng: random.Random) -> Problem:
    one = loop(rng, most=100)
    most = min(one.passes, 120 if one.m == 8 else 60)
    fixed = one.before - one.saved + RTS
    budget = fixed + most * one.each + rng.randrange(one.each)
    # Both are run: so many passes keep within the budget, and one more does not.
    assert _with(one, most).total <= budget < _with(one, most + 1).total
    text = _with(one, 1).text.replace(_with(one, 1).setup[0], "LDX #<last>")
    unit = "byte" if one.m == 8 else "word"
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"I can spend {budget} master cycles on `{one.name}`. How many passes is that at most, and what does a "
            "pass "
            "cost?",
            "Express the cost of this loop as a function of n, the number of passes, and find the largest n that "
            "stays "
            f"within {budget} master cycles.",
            f"Budget {budget} master cycles: cost of a pass, and the most passes?",
            f"`{one.name}` handles one {unit} a pass. How many of them can it do in {budget} master cycles, its RTS "
            "included?",
            f"What does one more pass of this loop cost, and when does the routine exceed {budget} master cycles? I "
            "need "
            "the last count that does not.",
        ),
        input=f"{code(text)}\n\n`<last>` is set so that the loop makes n passes. {one.widths}. {RULES} The routine "
        "counts from its first opcode to the end of its RTS. The cycles that an answer ends with are those of a pass "
        "whose branch is taken.",
        reasoning=f"{_with(one, most).told()}\n\nA pass costs {one.each}; around the loop there are {one.before} "
        "before "
        f"it and {RTS} for the RTS, and the last branch saves {one.saved}. So n passes cost {fixed} + {one.each} * n. "
        f"({budget} - {fixed}) / {one.each} is {(budget - fixed) / one.each:.2f}, so {most} passes fit.",
        facts={"cycles": one.each, "times": most},
        parameters={"text": text, "budget": budget},
    )


def _with(one: Loop, passes: int) -> Loop:
    return replace(one, passes=passes, setup=(f"LDX #${(passes - 1) * (one.m // 8):02X}", *one.setup[1:]))
