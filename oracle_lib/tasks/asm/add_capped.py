"""Adds an amount to a counter and stops at its cap."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AddCapped", "GainAmount", "Collect")
    [counter] = high_ram(rng, 1)
    amount, cap = rng.randrange(1, 300), rng.choice((999, 2000, 5000, 9999, 0x1000))

    def case(state: State) -> None:
        before = state.word(counter, state.one_of(0, cap, cap - amount, cap - amount + 1, state.rng.randrange(cap)))
        state.expect(counter, min(before + amount, cap), size=2)

    body = f"""
        LDA.l {counter}
        CLC
        ADC #${amount:04X}
        CMP #${cap:04X}
        BCC .store
        LDA #${cap:04X} ; the cap
    .store
        STA.l {counter}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds {amount} to the word at {counter} but never lets it exceed {cap}.",
            f"How do I give the player {amount} points at {counter} (16 bits) with a cap of {cap}?",
            f"word[{counter}] = min(word[{counter}] + {amount}, {cap}); it starts at or below the cap.",
            f"My wallet at {counter} is a word that holds at most {cap}. Add {amount} and saturate.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(counter, 2)],
        parameters={"counter": counter, "amount": amount, "cap": cap},
    )
