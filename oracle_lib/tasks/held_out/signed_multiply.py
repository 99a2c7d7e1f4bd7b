"""Multiplies a signed word by a signed byte with the PPU's multiplier."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SignedMultiply", "PpuMultiply", "MatrixMultiply", m=(8,))
    word, factor, product = low_ram(rng, 3, 3)

    def case(state: State) -> None:
        one, two = state.word(word), state.byte(factor)
        signed = (one - 0x10000 * (one >= 0x8000)) * (two - 0x100 * (two >= 0x80))
        state.expect(product, signed, size=3)

    body = f"""
        LDA.w {word}
        STA.w $211B
        LDA.w {word + 1}
        STA.w $211B ; low byte first, then high
        LDA.w {factor}
        STA.w $211C
        LDX.w $2134
        STX.w {product}
        LDA.w $2136
        STA.w {product + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that multiplies the signed word at {word} by the signed byte at {factor} with the PPU "
            f"($211B, $211C, result $2134) into 24 bits at {product}.",
            f"How do I use the Mode 7 multiplier? Signed word {word} times signed byte {factor}, signed 24-bit "
            f"product to {product}; Mode 7 is not in use.",
            f"long[{product}] = signed word[{word}] * signed byte[{factor}], by $211B/$211C/$2134.",
            f"Rotation needs a signed product: the word at {word} times the byte at {factor}, three bytes to "
            f"{product}. The PPU multiplier is free.",
        ),
        references=(routine.code(body, x=16),),
        case=case,
        writes=[(product, 3)],
        parameters={"word": word, "factor": factor, "product": product},
    )
