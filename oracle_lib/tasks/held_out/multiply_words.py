"""Multiplies two words into 32 bits with shifts and additions."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MultiplyWords", "LongProduct", "Times16")
    one, two = low_ram(rng, 2)
    [product] = low_ram(rng, 1, 4)
    while abs(product - one) < 4 or abs(product - two) < 4:
        [product] = low_ram(rng, 1, 4)

    def case(state: State) -> None:
        first = state.word(one, state.one_of(0xFFFF, 0, 1, 0x8000, 0x100, number(state.rng, 16)))
        second = state.word(two, state.one_of(0xFFFF, 0xFFFF, 0x8000, 2, 0xFF00, number(state.rng, 16)))
        state.expect(product, first * second, size=4)

    body = f"""
        LDA.w {two}
        STA.w {product}
        LDA #$0000
        LDX #$10
        LSR.w {product}
    .bit
        BCC .shift
        CLC
        ADC.w {one}
    .shift
        ROR
        ROR.w {product}
        DEX
        BNE .bit
        STA.w {product + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that multiplies the unsigned words at {one} and {two} and stores the 32-bit "
            f"product in the four bytes at {product}, lowest first.",
            f"How do I get a full 16 x 16 multiplication? Unsigned words at {one} and {two}, 32 bits at "
            f"{product} (little-endian); the factors stay.",
            f"dword[{product}] = word[{one}] * word[{two}], unsigned, 32 bits.",
            f"Prices got big: word {one} times word {two}, both unsigned, all 32 bits of the product to "
            f"{product}, low byte first.",
        ),
        references=(routine.code(body, m=16, x=8),),
        case=case,
        writes=[(product, 4)],
        parameters={"one": one, "two": two, "product": product},
    )
