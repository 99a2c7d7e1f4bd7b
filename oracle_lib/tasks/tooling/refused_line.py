"""A source that does not assemble, without the message: which line the assembler refuses, and why."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.misspelt import CAUSES, refusals
from oracle_lib.tasks.kit.tooling import code, options, question

SUBJECT = "assembler messages"


def draw(rng: random.Random) -> Problem:
    own, one = next(refusals(rng))
    listed, letter = options(own, one.cause, CAUSES, 5)
    numbered = "\n".join(f"{number:>3}  {line}" for number, line in enumerate(one.text.splitlines(), 1))
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            "The assembler stops in this file. Which line does it refuse, and what is wrong with it?",
            f"I get an error from `{one.program.entry}` but the log was cut off. Find the line and the reason.",
            "Which line does not assemble, and why?",
            "My script only says that assembling failed. Look through the source: the line number and the kind of "
            "mistake, please.",
            "Proofread this before I build: one line is no valid 65816 assembly. Which one, and what is it?",
        ),
        input=f"{code(numbered, '')}\n\n{listed}",
        reasoning=f'Line {one.error.line} {one.change}. The assembler says "{one.error.kind}": {one.meaning}.',
        facts={"line": one.error.line, "choice": letter},
        parameters={"text": one.text, "listed": listed},
        derived_from=one.program.problem.group,
    )
