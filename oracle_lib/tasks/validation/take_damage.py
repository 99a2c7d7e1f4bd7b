"""Takes damage that better mail reduces."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TakeDamage", "HurtLink", "ApplyHit")
    damage = rng.choice((8, 16, 24, 32, 48, 64))
    health, armor = GAME["Health"], GAME["Armor"]

    def case(state: State) -> None:
        hit = damage >> state.byte(armor, state.one_of(0, 1, 2, state.rng.randrange(3)))
        before = state.byte(health, state.one_of(hit, hit - 1, hit + 1, 0xA0, state.rng.randrange(0xA1)))
        state.expect(health, max(before - hit, 0))

    body = f"""
        LDA.l {armor} ; mail level
        TAX
        LDA.l {health}
        SEC
        SBC.l .damage,X
        BCS .store
        LDA #$00
    .store
        STA.l {health}
    """
    data = f".damage\n    db ${damage:02X},${damage >> 1:02X},${damage >> 2:02X}"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that takes {damage} units off the health byte at {health}, half of it at mail level 1 "
            f"and a quarter at level 2 ({armor}); stop at 0.",
            f"How do I hurt Link by {damage} units, halved for each level (0 to 2) of the mail at {armor}? Health "
            f"is the byte at {health} and must not go below 0.",
            f"byte[{health}] = max(byte[{health}] - ({damage} >> byte[{armor}]), 0); mail 0..2.",
            f"My trap does {damage} damage, {damage >> 1} against blue and {damage >> 2} against red mail (level 0, "
            f"1, 2 at {armor}). Subtract it from {health} down to 0.",
        ),
        references=(routine.code(body, m=8, x=8, data=data),),
        case=case,
        writes=[(health, 1)],
        parameters={"damage": damage},
    )
