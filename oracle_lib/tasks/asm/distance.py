"""Stores how far apart two unsigned coordinates are."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Address, Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "Distance", "HowFar", "GetDistance")
    axis = rng.choice(("LinkX", "LinkY"))
    link = Address(GAME[axis] & 0xFFFF)
    other, result = low_ram(rng, 2)

    def case(state: State) -> None:
        mine = state.word(link)
        state.expect(result, abs(mine - state.word(other, state.one_of(mine, number(state.rng, 16)))), size=2)

    body = f"""
        LDA.b ${link:02X} ; {axis}
        SEC
        SBC.w {other}
        BCS .store
        EOR #$FFFF
        INC
    .store
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the distance between {axis} (${link:02X}) and the coordinate at "
            f"{other} in {result}; all are unsigned words.",
            f"How far is {axis} (the word at ${link:02X}) from the word at {other}? I need the absolute "
            f"difference at {result}.",
            f"word[{result}] = abs({axis} - word[{other}]), unsigned, {axis} = ${link:02X}.",
            f"My sprite wakes up when Link is near: give me the unsigned difference between ${link:02X} and "
            f"{other} as a word at {result}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"axis": axis, "other": other, "result": result},
    )
