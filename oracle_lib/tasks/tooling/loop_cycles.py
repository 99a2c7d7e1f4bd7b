"""How many master cycles a loop takes."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.timing import RTS, RULES, loop
from oracle_lib.tasks.kit.tooling import code, plural, question

SUBJECT = "cycles"


def draw(rng: random.Random) -> Problem:
    one = loop(rng)
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"How many master cycles does `{one.name}` take, from its first opcode to the end of its RTS?",
            f"I want to know what this loop costs. Count the master cycles of one call of `{one.name}`.",
            "Cost of this routine in master cycles?",
            f"`{one.name}` {one.purpose}. How long does that take, in master cycles, with the RTS but without the "
            "call?",
            "Profile this by hand, please: what does each instruction cost, and what does the whole call?",
        ),
        input=f"{code(one.text)}\n\n{one.widths}. {RULES}",
        reasoning=f"{one.told()}\n\nBefore the loop: {one.before}. A pass costs {one.each}, and there are "
        f"{plural(one.passes, 'pass').replace('passs', 'passes')}; the last branch is not taken and saves {one.saved}. "
        f"{one.before} + {one.passes} * {one.each} - {one.saved} + {RTS} = {one.total}.",
        facts={"cycles": one.total},
        parameters={"text": one.text},
    )
