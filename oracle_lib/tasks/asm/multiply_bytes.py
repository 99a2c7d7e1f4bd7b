"""Multiplies two bytes with the console's multiplication registers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MultiplyBytes", "Multiply", "MulBytes", keeps=("", "x", "xy"))
    left, right, product = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(product, state.byte(left) * state.byte(right), size=2)

    body = f"""
        LDA.w {left}
        STA.w $4202
        LDA.w {right}
        STA.w $4203 ; starts the multiplication
        NOP #4
        LDA.w $4216
        STA.w {product}
        LDA.w $4217
        STA.w {product + 1}
    """
    wide_index = f"""
        LDA.w {right}
        STA.w $4202
        LDA.w {left}
        STA.w $4203
        NOP
        NOP
        NOP
        NOP
        LDX.w $4216 ; the whole product
        STX.w {product}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that multiplies the unsigned bytes at {left} and {right} with the hardware "
            "registers and stores the 16-bit "
            f"product at {product}.",
            f"How do I use $4202 and $4203 to get {left} times {right} (bytes) as a word at {product}?",
            f"Hardware multiply: byte {left} * byte {right} -> word {product}.",
            f"My damage formula needs an 8x8 multiplication: factors at {left} and {right}, 16-bit result "
            f"to {product}.",
        ),
        references=(routine.code(body, m=8), routine.code(wide_index, m=8, x=16, uses="x")),
        case=case,
        writes=[(product, 2)],
        parameters={"left": left, "right": right, "product": product},
    )
