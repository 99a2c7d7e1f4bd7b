"""Measures a text field without its trailing blanks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TrimText", "NameLength", "CutBlanks")
    width, blank = rng.randrange(4, 17), rng.choice((0x20, 0x7F, 0xFF, 0x8C))
    field, result = low_ram(rng, 2, width)

    def case(state: State) -> None:
        length = state.one_of(width, 0, 1, width - 1, state.rng.randrange(width + 1))
        letters = bytearray(state.rng.choice([code for code in range(256) if code != blank]) for _ in range(length))
        if length > 2 and state.rng.random() < 0.5:
            letters[state.rng.randrange(length - 1)] = blank
        state.block(field, bytes(letters).ljust(width, bytes([blank])))
        state.expect(result, length)

    body = f"""
        LDX #${width:02X}
    .next
        LDA.w {field - 1},X
        CMP #${blank:02X}
        BNE .done
        DEX
        BNE .next
    .done
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores at {result} (a byte) how long the {width}-byte text at {field} is "
            f"without the blanks (${blank:02X}) at its end; a field of blanks alone gives 0.",
            f"How do I trim? The field at {field} is {width} bytes and padded with ${blank:02X} on the right. "
            f"Its length without that padding goes to the byte at {result}; blanks in the middle count.",
            f"byte[{result}] = {width} minus the number of trailing ${blank:02X} bytes of the {width} at {field}.",
            f"To centre the player's name I need its length. It has {width} bytes at {field}, filled up with "
            f"${blank:02X} behind. Byte {result} = position after the last other character, 0 if there is none.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"width": width, "blank": blank, "field": field, "result": result},
    )
