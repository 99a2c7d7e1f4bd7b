"""Multiplies or divides a word by a power of two."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, repeated

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    left = rng.random() < 0.5
    routine = Routine.draw(rng, "ScaleWord", "ShiftWord", "ScaleValue")
    value, result = low_ram(rng, 2)
    bits = rng.randrange(1, 6)

    def case(state: State) -> None:
        before = state.word(value)
        state.expect(result, before << bits if left else before >> bits, size=2)

    verb = "multiplies" if left else "divides"
    sign, shift = ("<<", "ASL") if left else (">>", "LSR")
    steps = repeated(shift, bits)
    in_memory = "\n".join([f"{shift}.w {result}"] * bits)
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that {verb} the unsigned word at {value} by {1 << bits} and stores the word at {result}.",
            f"How do I shift the 16-bit value at {value} {'left' if left else 'right'} by {bits} into {result}?",
            f"word[{result}] = word[{value}] {sign} {bits}, unsigned 16-bit; {value} keeps its value.",
            f"I store a scaled copy of my 16-bit counter: {value} {'times' if left else 'divided by'} "
            f"{1 << bits} goes to {result}.",
        ),
        references=(
            routine.code(f"LDA.w {value}\n{steps}\nSTA.w {result}", m=16),
            routine.code(f"LDA.w {value}\nSTA.w {result}\n{in_memory}", m=16),
        ),
        case=case,
        writes=[(result, 2)],
        parameters={"left": left, "value": value, "result": result, "bits": bits},
    )
