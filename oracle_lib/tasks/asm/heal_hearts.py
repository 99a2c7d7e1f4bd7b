"""Heals some hearts without exceeding the heart containers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "HealHearts", "DrinkPotion", "FairyHeal", keeps=("", "xy"))
    hearts = rng.randrange(1, 8)
    health, most = GAME["Health"], GAME["MaxHealth"]

    def case(state: State) -> None:
        limit = state.byte(most, 8 * state.rng.randrange(8, 21))
        before = state.byte(health, state.one_of(limit, 0, 4, state.rng.randrange(limit + 1)))
        state.expect(health, min(before + 8 * hearts, limit))

    body = f"""
        LDA.l {health} ; health
        CLC
        ADC #${8 * hearts:02X} ; {hearts} hearts
        CMP.l {most}
        BCC .store
        LDA.l {most} ; all containers full
    .store
        STA.l {health}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that heals {hearts} hearts (8 units each): health is the byte at {health} and "
            f"must not exceed the maximum at {most}.",
            f"How do I give Link {hearts} hearts back? Health {health}, capacity {most}, 8 units a heart, "
            "no more than the capacity.",
            f"byte[{health}] = min(byte[{health}] + {8 * hearts}, byte[{most}]); the capacity is at most $A0.",
            f"My potion restores {hearts} hearts, that is {8 * hearts} units. Add them to {health} and stop "
            f"at the value of {most}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(health, 1)],
        parameters={"hearts": hearts},
    )
