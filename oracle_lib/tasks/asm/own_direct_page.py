"""Works in its own direct page, whatever D was."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MixOwnPage", "PageSum", "LocalVars", m=(16,))
    page = Address(rng.choice((0x0700, 0x1C00, 0x1D00)))
    left, right, result = rng.sample(range(0x20, 0xE0, 2), 3)
    operation = rng.choice(("AND", "ORA", "EOR"))

    def case(state: State) -> None:
        state.register("d", state.one_of(0x0000, 0x0100, 0x0300, 0x1E00))
        one, two = state.word(page + left), state.word(page + right)
        state.expect(page + result, {"AND": one & two, "ORA": one | two, "EOR": one ^ two}[operation], size=2)

    body = f"""
        PHD
        PEA {page}
        PLD ; D = {page}
        LDA.b ${left:02X}
        {operation}.b ${right:02X}
        STA.b ${result:02X}
        PLD
    """
    absolute = f"""
        LDA.w {page + left}
        {operation}.w {page + right}
        STA.w {page + result}
    """
    name = {"AND": "AND", "ORA": "OR", "EOR": "exclusive OR"}[operation]
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the {name} of the words at {page + left} and {page + right} at "
            f"{page + result}; D may be anything on entry.",
            f"How do I work with a direct page of my own at {page}? The {name} of words ${left:02X} and "
            f"${right:02X} in it goes to ${result:02X}; D is unknown.",
            f"D unknown on entry. In page {page}: word ${result:02X} = ${left:02X} {operation} ${right:02X}.",
            f"My variables live in the page at {page}. Put the {name} of the words at offsets ${left:02X} "
            f"and ${right:02X} at offset ${result:02X}, whatever D was.",
        ),
        references=(routine.code(body), routine.code(absolute)),
        case=case,
        writes=[(page + result, 2)],
        parameters={"page": page, "left": left, "right": right, "result": result, "operation": operation},
    )
