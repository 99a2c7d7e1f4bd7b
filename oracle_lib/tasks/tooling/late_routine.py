"""A routine that works and takes too long, to be rewritten within a number of master cycles."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.understanding import leaner_equal
from oracle_lib.verify import AsmContract, check, extract_code

SUBJECT = "late frames"
_MARKERS = ("Its task: ", "case. ", "cycles. ", "What it has to do: ")
"""What stands before the task in each of the instructions that are put in other words here."""


def draw(rng: random.Random) -> Problem:
    while (problem := leaner_equal.draw(rng)).parameters["by"] != "cycles":
        pass
    contract = problem.contract
    assert isinstance(contract, AsmContract)
    bound = contract.max_cycles
    free = contract.model_copy(update={"max_cycles": None})
    slow, fast = (check(text, free).cycles for text in (extract_code(problem.input), problem.references[0]))
    first, second, third, fourth = (
        text.partition(marker)[2] for text, marker in zip(problem.instructions, _MARKERS, strict=True)
    )
    return problem.model_copy(
        update={
            "family": __name__.rpartition(".")[2],
            "subject": SUBJECT,
            "domain": Domain.ERRORS,
            "instructions": (
                f"My frame is late, and the profiler blames this routine. Make it fit into {bound} master cycles, even "
                "in "
                f"its slowest case. It does this: {first}",
                f"Lag: `{contract.entry}` takes too long. I can give it {bound} master cycles. Rewrite it. {second}",
                f"Too slow; limit {bound} master cycles, slowest case. {third}",
                f"This runs in every frame and costs me the vertical blank. Can you do the same in {bound} master "
                "cycles? "
                f"What it has to do: {fourth}",
            ),
            "explanation": f"In the slowest case yours takes {slow} master cycles, and this one takes {fast}.",
        }
    )
