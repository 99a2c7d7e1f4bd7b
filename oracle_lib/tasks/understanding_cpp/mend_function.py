"""A function with one thing changed in it, to be mended: a number, an operator, a comparison, a name, a line."""

import random

from oracle_lib.sample import Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_understanding import broken, fault, functions
from oracle_lib.tasks.kit.understanding import block

SUBJECT = "C++ repairs"


def draw(rng: random.Random) -> Problem:
    for own, function in functions(rng):
        if not (found := broken(function, own, 1)):
            continue
        [(one, seen)] = found
        donor = function.problem
        said = own.sample(donor.instructions, min(4, len(donor.instructions)))
        return Problem(
            family=__name__.rpartition(".")[2],
            subject=SUBJECT,
            domain=donor.domain,
            task=Task.FIX,
            instructions=(
                f"One thing in this function is wrong. Mend it and say what it was. It should do this: {said[0]}",
                f"My function fails: {seen}. Why? Please correct it. Specification: {said[1]}",
                f"Fix this. {said[2]}",
                f"Review this before I merge it. A test says: {seen}. What I asked for: {said[3]}",
            ),
            input=block(one.text, "cpp"),
            references=(function.text,),
            explanation=f"Your function {fault(function, one)}.",
            contract=function.contract,
            parameters={"donor": donor.group, "broken": one.text},
            derived_from=donor.group,
            oracle=donor.oracle,
        )
    raise AssertionError("functions() never ends without an error")
