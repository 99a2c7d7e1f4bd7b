"""Finds the greatest common divisor of two bytes."""

import random
from math import gcd

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CommonDivisor", "Gcd", "LargestDivisor")
    first, second, result = low_ram(rng, 3, 1)

    def case(state: State) -> None:
        shared = state.rng.randrange(1, 40)
        one, two = (shared * state.rng.randrange(1, 255 // shared + 1) for _ in range(2))
        one, two = state.one_of((12, 18), (18, 12), (7, 7), (1, 255), (255, 1), (17, 51), (one, two))
        state.byte(first, one)
        state.byte(second, two)
        state.expect(result, gcd(one, two))

    body = f"""
        LDA.w {first}
        STA.b $00
        LDA.w {second}
    .next
        CMP.b $00
        BEQ .done
        BCC .smaller
        SBC.b $00 ; the carry is set
        BRA .next
    .smaller
        LDX.b $00
        STA.b $00
        TXA
        BRA .next
    .done
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the greatest common divisor of the unsigned bytes at {first} and "
            f"{second} at {result}. Neither is 0.",
            f"How do I get the GCD of the two bytes {first} and {second} (both at least 1)? The answer goes to "
            f"the byte at {result}.",
            f"byte[{result}] = gcd(byte[{first}], byte[{second}]); both are 1 to 255.",
            f"Two gears with the numbers of teeth at {first} and {second}, never 0, share a divisor. Store the "
            f"largest one at {result}; the two bytes stay as they are.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"first": first, "second": second, "result": result},
    )
