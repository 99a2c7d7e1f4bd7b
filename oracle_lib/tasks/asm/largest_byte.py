"""Finds the largest or smallest byte of an array."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    pick = rng.choice(("largest", "smallest"))
    routine = Routine.draw(rng, "FindExtreme", f"Get{pick.title()}", "ScanArray", keeps=("", "x", "xy"))
    length = rng.randrange(3, 40)
    array, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        content = state.block(array, length)
        state.expect(result, max(content) if pick == "largest" else min(content))

    skip = "BCS" if pick == "largest" else "BCC"
    body = f"""
        LDX #${length - 2:02X}
        LDA.w {array + length - 1}
    .next
        CMP.w {array},X
        {skip} .keep
        LDA.w {array},X
    .keep
        DEX
        BPL .next
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the {pick} of the {length} unsigned bytes at {array} in {result}.",
            f"Which of the {length} bytes from {array} is the {pick} (unsigned)? I want its value at {result}.",
            f"byte[{result}] = {'max' if pick == 'largest' else 'min'} of {length} unsigned bytes at {array}.",
            f"Each of my {length} objects has an unsigned byte of priority from {array}. Put the {pick} one "
            f"into {result}.",
        ),
        references=(routine.code(body, m=8, x=8, uses="x"),),
        case=case,
        writes=[(result, 1)],
        parameters={"pick": pick, "array": array, "length": length, "result": result},
    )
