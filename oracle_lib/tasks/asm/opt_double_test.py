"""Drops comparisons that the load has already made."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CheckTimer", "TestMode", "WhenZero", m=(8,))
    watched, result = low_ram(rng, 2, 1)
    value = rng.randrange(1, 256)
    zero = rng.random() < 0.5

    def case(state: State) -> None:
        before = state.byte(watched, state.one_of(0, 0, 1, 0x80, number(state.rng, 8)))
        state.expect(result, value if (before == 0) == zero else state.byte(result))

    branch, other = ("BNE", "BEQ") if zero else ("BEQ", "BNE")
    slow = routine.code(
        f"LDA.w {watched}\nCMP #$00\n{other} .act\nJMP .done\n.act\nLDA #${value:02X}\nSTA.w {result}\n.done"
    )
    fast = routine.code(f"LDA.w {watched}\n{branch} .done\nLDA #${value:02X}\nSTA.w {result}\n.done")
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Trim this routine to {bound} bytes or less; it must act on the same values.",
            "What is superfluous here? I would like it in {bound} bytes at most.",
            "Optimise for size, limit {bound} bytes, same behaviour.",
            "Clean this up: it compares with zero and jumps around a jump. {bound} bytes are enough.",
        ),
        references=(fast,),
        case=case,
        writes=[(result, 1)],
        parameters={"watched": watched, "result": result, "value": value, "zero": zero},
    )
    return optimise(problem, slow, by="bytes")
