"""Makes the checksum word that brings a save block's total to a constant."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SealSave", "WriteChecksum", "CloseSave", keeps=("", "x", "xy"))
    words = rng.randrange(3, 40)
    goal = rng.choice((0x5A5A, 0x0000, rng.randrange(0x10000)))
    [data] = high_ram(rng, 1, 2 * words + 2)
    seal = data + 2 * words

    def case(state: State) -> None:
        content = state.block(data, 2 * words)
        total = sum(int.from_bytes(content[place : place + 2], "little") for place in range(0, len(content), 2))
        state.expect(seal, goal - total, size=2)

    body = f"""
        LDX #${2 * words - 2:04X}
        LDA #${goal:04X}
    .next
        SEC
        SBC.l {data},X
        DEX
        DEX
        BPL .next
        STA.l {seal}
    """
    summed = f"""
        LDX #$0000
        TXA
    .next
        CLC
        ADC.l {data},X
        INX : INX
        CPX #${2 * words:04X}
        BNE .next
        EOR #$FFFF
        SEC
        ADC #${goal:04X}
        STA.l {seal}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that seals a save block: store at {seal} the word that makes the {words} "
            f"words at {data} and itself add up to ${goal:04X}.",
            f"How do I compute ${goal:04X} minus the sum of the {words} words from {data} (16 bits) and put "
            f"it at {seal}?",
            f"word[{seal}] = ${goal:04X} - sum of {words} words at {data}, modulo $10000.",
            f"Saves are valid when all words add up to ${goal:04X}. Sum the {words} words from {data} and "
            f"write the missing word to {seal}.",
        ),
        references=(routine.code(body, m=16, x=16, uses="x"), routine.code(summed, m=16, x=16, uses="x")),
        case=case,
        writes=[(seal, 2)],
        parameters={"words": words, "goal": goal, "data": data},
    )
