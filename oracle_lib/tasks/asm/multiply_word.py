"""Multiplies a word by a byte into 24 bits with two hardware multiplications."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MultiplyWord", "Mul16x8", "WideMultiply", m=(8,))
    word, factor, product = low_ram(rng, 3, 3)

    def case(state: State) -> None:
        state.expect(product, state.word(word) * state.byte(factor), size=3)

    body = f"""
        LDA.w {factor}
        STA.w $4202
        LDA.w {word}
        STA.w $4203
        NOP #4
        LDX.w $4216
        STX.w {product} ; low product
        LDA.w {word + 1}
        STA.w $4203
        STZ.w {product + 2}
        NOP
        REP #$21 ; and clear the carry
        LDA.w $4216
        ADC.w {product + 1}
        STA.w {product + 1}
        SEP #$20
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that multiplies the unsigned word at {word} by the byte at {factor} and "
            f"stores the 24-bit product at {product}.",
            f"How do I do a 16x8 multiplication with $4202/$4203? Word {word}, byte {factor}, three-byte "
            f"product to {product}.",
            f"long[{product}] = word[{word}] * byte[{factor}], unsigned, 24-bit.",
            f"Experience points: the word at {word} times the byte at {factor} needs up to 24 bits. Put the "
            f"product at {product}.",
        ),
        references=(routine.code(body, x=16),),
        case=case,
        writes=[(product, 3)],
        parameters={"word": word, "factor": factor, "product": product},
    )
