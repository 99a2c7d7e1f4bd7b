"""A source that does not assemble, with the assembler's message: the corrected source."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.misspelt import refusals
from oracle_lib.tasks.kit.tooling import code

SUBJECT = "assembler messages"


def draw(rng: random.Random) -> Problem:
    own, one = next(refusals(rng))
    donor = one.program.problem
    first, second = (own.choice(donor.instructions) for _ in range(2))
    widths = one.program.widths
    return Problem(
        family=__name__.rpartition(".")[2],
        subject=SUBJECT,
        domain=Domain.ERRORS,
        task=Task.FIX,
        instructions=(
            f"This does not assemble. Correct it and tell me what the message means. What it should do: {first}",
            f"My build stops with an error in `{one.program.entry}`. Please give me the source that assembles and "
            "keeps to this: "
            f"{second}",
            "Assembler error, see below. Corrected source, please.",
            "The patcher refuses my file with this message. What do I have to change? Leave the rest as it is.",
            f"`{one.program.entry}` worked until I edited it; now the assembler complains. Mend the line and nothing "
            "else.",
        ),
        input=f"{code(one.text)}\n\nThe message (line:column):\n\n{code(str(one.error), '')}\n\nIt is entered with "
        f"{widths} and "
        f"returns by {one.program.contract.returns.upper()}.",
        references=(one.program.text,),
        explanation=f'Line {one.error.line} {one.change}. "{one.error.kind}" means: {one.meaning}.',
        contract=one.program.contract,
        parameters={"donor": donor.group, "text": one.text},
        derived_from=donor.group,
        oracle=donor.oracle,
    )
