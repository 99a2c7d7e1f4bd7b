"""How many bytes a routine assembles to. Cycles are left out: nobody counts the console's waits by hand."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import block, placed, programs, question
from oracle_lib.verify import Fact

SUBJECT = "understanding: size"


def draw(rng: random.Random) -> Problem:
    for _, program in programs(rng):
        size = len(program.assembly.code)
        if not program.is_code_alone or len(program.assembly.listing) > 14:
            continue
        return question(
            __name__,
            SUBJECT,
            program,
            (
                "How many bytes does this routine assemble to? Add them up instruction by instruction.",
                f"I have a gap in bank $00. How many bytes does `{program.entry}` need?",
                "Size in bytes?",
                "What is the length of the machine code of this routine? End with `Answer: ... bytes`.",
                f"Count the bytes of `{program.entry}` for me, please: opcode and operand of each instruction.",
            ),
            input=f"{block(program.text)}\n\nIt is entered with {program.widths}.",
            reasoning=placed(program),
            answer=f"{size} bytes.",
            facts=(Fact(name="bytes", value=size),),
            parameters={},
        )
    raise AssertionError("programs() never ends without an error")
