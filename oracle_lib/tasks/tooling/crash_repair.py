"""A routine that crashes or hangs, with the trace of it, to be mended."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.crashes import log
from oracle_lib.tasks.kit.defects import LOOP, RETURN, STACK, WIDTH, accidents
from oracle_lib.tasks.kit.tooling import code
from oracle_lib.tasks.tooling.crash_cause import diagnosis, ending, excerpt

SUBJECT = "crash traces"


def draw(rng: random.Random) -> Problem:
    own, seen = next(accidents(rng, rng.choice((WIDTH, STACK, RETURN, LOOP))))
    donor = seen.program.problem
    first, second, third, fourth = (own.choice(donor.instructions) for _ in range(4))
    return Problem(
        family=__name__.rpartition(".")[2],
        subject=SUBJECT,
        domain=Domain.ERRORS,
        task=Task.FIX,
        instructions=(
            f"My routine crashes, here is the trace. Mend it and say what was wrong. It should do this: {first}",
            f"I logged the crash with a debugger. Find the defect in the source and give me the whole routine "
            f"corrected. Task of the routine: {second}",
            f"Fix this crash. {third}",
            f"The emulator's trace log ends like this when my code runs. What must I change? Specification: {fourth}",
        ),
        input=f"{code(seen.text)}\n\n{seen.call} {ending(seen)}\n\n{excerpt(seen)}",
        references=(seen.program.text,),
        explanation=f"{diagnosis(seen)} Your routine {seen.change}.",
        contract=seen.program.contract,
        parameters={"donor": donor.group, "broken": seen.text, "trace": log(seen.crash.lines)},
        derived_from=donor.group,
        oracle=donor.oracle,
    )
