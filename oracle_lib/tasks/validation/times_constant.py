"""Multiplies a word by a small constant with shifts and one addition or subtraction."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, repeated

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TimesConstant", "ScaleIndex", "MultiplyIndex")
    value, result = low_ram(rng, 2)
    factor, first, combine, then = rng.choice(
        (
            (3, 1, "ADC", 0),
            (5, 2, "ADC", 0),
            (6, 1, "ADC", 1),
            (7, 3, "SBC", 0),
            (9, 3, "ADC", 0),
            (10, 2, "ADC", 1),
            (12, 1, "ADC", 2),
        )
    )

    def case(state: State) -> None:
        state.expect(result, state.word(value) * factor, size=2)

    body = f"""
        LDA.w {value}
        {repeated("ASL", first)}
        {"CLC" if combine == "ADC" else "SEC"}
        {combine}.w {value} ; times {factor >> then}
        {repeated("ASL", then)}
        STA.w {result}
    """
    loop = f"""
        LDY #${factor:02X}
        LDA #$0000
    .again
        CLC
        ADC.w {value}
        DEY
        BNE .again
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that multiplies the word at {value} by {factor} and stores the low 16 bits at {result}.",
            f"How do I get {factor} times the word at {value} into {result} (16 bits, overflow dropped)?",
            f"word[{result}] = word[{value}] * {factor}, modulo $10000.",
            f"My records are {factor} bytes long. Turn the index word at {value} into an offset word at {result}.",
        ),
        references=(routine.code(body, m=16), routine.code(loop, m=16, x=8)),
        case=case,
        writes=[(result, 2)],
        parameters={"value": value, "result": result, "factor": factor},
    )
