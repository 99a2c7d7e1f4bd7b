"""A routine to make smaller or faster, where another way to write it is known to be."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.optimise import optimise
from oracle_lib.tasks.kit.understanding import Program, programs, routine
from oracle_lib.verify import check

SUBJECT = "understanding: optimisation"
_GAIN = 0.9
"""What the better one may take of the worse one's time: more than the slack of a bound lies between them."""


def draw(rng: random.Random) -> Problem:
    by: Literal["bytes", "cycles"] = rng.choice(("bytes", "cycles"))
    for own, program in programs(rng, references=2):
        told = program.problem
        known = [(_cost(other, by), text, other.text) for text in told.references if (other := routine(told, text))]
        if len(known) < 2:
            continue
        (least, fast, _), (most, _, slow) = min(known), max(known)
        if least >= most * (1 if by == "bytes" else _GAIN):
            continue
        first, second, third, fourth = (told.instructions[own.randrange(len(told.instructions))] for _ in range(4))
        unit = "bytes" if by == "bytes" else "master cycles"
        problem = told.model_copy(
            update={
                "family": __name__.rpartition(".")[2],
                "subject": SUBJECT,
                "references": (fast,),
                "instructions": (
                    f"This works. Rewrite it so that it needs at most {{bound}} {unit}. Its task: {first}",
                    f"{'Shorter' if by == 'bytes' else 'Faster'}, please: {{bound}} {unit} at most, in the slowest "
                    f"case. {second}",
                    f"Limit: {{bound}} {unit}. {third}",
                    f"Can the same be done in {{bound}} {unit} or less? What it has to do: {fourth}",
                ),
                "parameters": {"donor": told.group, "slow": slow, "by": by},
                "derived_from": told.group,
            }
        )
        return optimise(problem, slow, by)
    raise AssertionError("programs() never ends without an error")


def _cost(program: Program, by: Literal["bytes", "cycles"]) -> int:
    """Its bytes, or the master cycles of its slowest case."""
    return len(program.assembly.code) if by == "bytes" else check(program.text, program.contract).cycles or 0
