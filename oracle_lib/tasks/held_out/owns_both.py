"""Answers in the carry whether two items are both owned."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    first, second = rng.sample(("Hookshot", "Lamp", "Boots", "Flippers", "MoonPearl", "Bow", "Gloves"), 2)
    routine = Routine.draw(rng, "OwnsBoth", "CanPass", "HasPair", keeps=("", "xy"))

    def case(state: State) -> None:
        one = state.byte(GAME[first], state.one_of(1, 0, 1, state.rng.randrange(3)))
        two = state.byte(GAME[second], state.one_of(1, 1, 0, state.rng.randrange(3)))
        state.expect_carry(one > 0 and two > 0)

    body = f"""
        CLC
        LDA.l {GAME[first]} ; {first}
        BEQ .done
        LDA.l {GAME[second]} ; {second}
        BEQ .done
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the carry if both {first} ({GAME[first]}) and {second} ({GAME[second]}) are "
            "non-zero bytes, else clears it.",
            f"How do I check that the player owns {first} at {GAME[first]} and {second} at {GAME[second]}? Non-zero "
            "means owned; answer in the carry.",
            f"Carry = byte[{GAME[first]}] != 0 and byte[{GAME[second]}] != 0.",
            f"A path needs {first} and {second} together (bytes {GAME[first]} and {GAME[second]}, zero means "
            "missing). Carry set when both are there.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        parameters={"first": first, "second": second},
    )
