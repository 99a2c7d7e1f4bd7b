"""At which offset from a routine's first byte a marked instruction lies."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import block, marked, placed, programs, question
from oracle_lib.verify import Fact

SUBJECT = "understanding: size"


def draw(rng: random.Random) -> Problem:
    for own, program in programs(rng):
        listing = program.assembly.listing
        if len(listing) < 4 or not program.is_code_alone:
            continue
        place = own.randrange(2, min(len(listing), 14))
        if listing[place].line == listing[place - 1].line:
            continue
        offset = listing[place].address - program.contract.origin
        return question(
            __name__,
            SUBJECT,
            program,
            (
                "How many bytes from the start of the routine does the marked instruction begin?",
                f"I want to hook the marked line of `{program.entry}`. How many bytes after its first byte is it?",
                "Offset of the arrow in bytes?",
                f"If `{program.entry}` lies at address 0, where is the marked line? End with `Answer: offset = ...`.",
                "At what byte offset does the instruction at the mark start? Show the sizes of those before it.",
            ),
            input=f"{block(marked(program, listing[place].line))}\n\nIt is entered with {program.widths}.",
            reasoning=placed(program, place),
            answer=f"offset = {offset}.",
            facts=(Fact(name="offset", value=offset),),
            parameters={"line": listing[place].line},
        )
    raise AssertionError("programs() never ends without an error")
