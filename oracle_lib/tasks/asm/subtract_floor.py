"""Takes an amount off a byte of the save data, stopping at zero."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TakeAmount", "LoseSome", "SubtractFloor")
    name = rng.choice(("Health", "Magic", "Bombs", "Arrows", "Keys"))
    amount = rng.randrange(1, 0x60)

    def case(state: State) -> None:
        before = state.byte(GAME[name], state.one_of(0, amount - 1, amount, amount + 1, state.rng.randrange(256)))
        state.expect(GAME[name], max(before - amount, 0))

    body = f"""
        LDA.l {GAME[name]}  ; {name}
        SEC
        SBC #${amount:02X}
        BCS .store
        LDA #$00
    .store
        STA.l {GAME[name]}
    """
    compare = f"""
        LDA.l {GAME[name]}
        CMP #${amount:02X}
        BCS .enough
        LDA #$00
        BRA .store
    .enough
        SBC #${amount:02X}
    .store
        STA.l {GAME[name]}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that subtracts ${amount:02X} from {name} ({GAME[name]}, one byte) and stops "
            "at zero instead of wrapping.",
            f"How do I take ${amount:02X} from the byte {name} at {GAME[name]} without going below 0?",
            f"{name} ({GAME[name]}) -= ${amount:02X}, floor 0, unsigned byte.",
            f"A trap costs ${amount:02X} of {name}, the byte at {GAME[name]}. If less is left, it must become 0.",
        ),
        references=(routine.code(body, m=8), routine.code(compare, m=8)),
        case=case,
        writes=[(GAME[name], 1)],
        parameters={"name": name, "amount": amount},
    )
