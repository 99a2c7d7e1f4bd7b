"""Works in bank $7F through the data bank register."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CountInBank", "BankCounter", "BumpFar", returns=("rtl", "rts"))
    counter = Address(rng.randrange(0x2000, 0xF000))
    far = Address(0x7F0000 | counter)
    operation = rng.choice(("INC", "DEC", "ASL", "LSR"))
    verb = {"INC": "increments", "DEC": "decrements", "ASL": "doubles", "LSR": "halves"}[operation]

    def case(state: State) -> None:
        state.register("db", state.one_of(0x00, 0x1C, 0x7E, 0x80))
        value = state.word(far)
        state.expect(far, {"INC": value + 1, "DEC": value - 1, "ASL": value * 2, "LSR": value >> 1}[operation], size=2)

    body = f"""
        PHB
        PEA $7F7F
        PLB : PLB ; data bank $7F
        {operation}.w {counter}
        PLB
    """
    in_a = f"""
        LDA.l {far}
        {operation}
        STA.l {far}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that {verb} the unsigned word at {far}; DB may be anything on entry.",
            f"How do I apply {operation} to a 16-bit word in another bank ({far}), with any DB on entry?",
            f"{operation} word[{far}], 16-bit; DB unknown on entry.",
            f"The {operation} instruction has no long form, and my word is at {far}. Change the word all "
            "the same, whatever DB is.",
        ),
        references=(routine.code(in_a, m=16), routine.code(body, m=16)),
        case=case,
        writes=[(far, 2)],
        parameters={"far": far, "operation": operation},
    )
