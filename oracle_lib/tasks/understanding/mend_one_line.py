"""A routine with one thing changed in it, to be mended: an opcode, an operand, a width, a flag, a line too few."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import block, broken, fault, programs

SUBJECT = "understanding: repair"


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        if not (found := broken(program, own, 1)):
            continue
        [(one, seen)] = found
        donor = program.problem
        first, second, third, fourth = (donor.instructions[own.randrange(len(donor.instructions))] for _ in range(4))
        return Problem(
            family=__name__.rpartition(".")[2],
            subject=SUBJECT,
            domain=Domain.ASM,
            task=Task.FIX,
            instructions=(
                f"One thing in this routine is wrong. Mend it and say what it was. It should do this: {first}",
                f"My routine fails: {seen}. Why? Please correct it. Specification: {second}",
                f"Fix this. {third}",
                f"Review this before I put it into my ROM. A test says: {seen}. What I asked for: {fourth}",
            ),
            input=block(one.text),
            references=(program.text,),
            explanation=f"Your routine {fault(one)}.",
            contract=program.contract,
            parameters={"donor": donor.group, "broken": one.text},
            derived_from=donor.group,
            oracle=donor.oracle,
        )
    raise AssertionError("programs() never ends without an error")
