"""Sorts a short array of bytes in place."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, bus, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SortBytes", "SortScores", "OrderList")
    count = rng.randrange(3, 9)
    [array] = low_ram(rng, 1, count)

    def case(state: State) -> None:
        content = state.rng.randbytes(count)
        rising = bytes(sorted(content))
        state.block(
            array, state.one_of(rising[::-1], rising, rising[1:] + rising[:1], bytes(count - 1) + b"\xff", content)
        )
        state.expect(array, bytes(sorted(state.memory[bus(array)])))

    body = f"""
        LDY #${count - 1:02X} ; passes
    .pass
        LDX #$00
    .pair
        LDA.w {array},X
        CMP.w {array + 1},X
        BCC .ordered
        PHA
        LDA.w {array + 1},X
        STA.w {array},X
        PLA
        STA.w {array + 1},X
    .ordered
        INX
        CPX #${count - 1:02X}
        BNE .pair
        DEY
        BNE .pass
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sorts the {count} unsigned bytes at {array} in place, smallest first.",
            f"How do I sort {count} bytes from {array} in ascending (unsigned) order, without a second array?",
            f"Sort byte[{array}] to byte[{array + count - 1}] ascending, unsigned, in place.",
            f"My high-score table has {count} one-byte scores at {array}. Put them in rising order, the lowest "
            f"at {array}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(array, count)],
        parameters={"count": count, "array": array},
    )
