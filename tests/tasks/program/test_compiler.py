"""Compiled programs do on the console what the interpreter says, in every style."""

import random

import pytest
from random_programs import Draw, contract

from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.verify import check

KINDS = (
    "set",
    "set",
    "if",
    "switch",
    "swap",
    "pointer",
    "call",
    "each",
    "gather",
    "gather",
    "blocks",
    "some",
    "repeat",
    "while_",
)


@pytest.mark.parametrize("seed", range(8))
def test_random_programs_do_what_the_interpreter_says(seed: int) -> None:
    rng = random.Random(f"compiler {seed}")
    compiled = 0
    for _ in range(30):
        routine = Routine.draw(rng, "Routine", keeps=("", "", "x", "xy", "a"))
        draw = Draw(rng, routine, kinds=KINDS)
        program, style = draw.program(), Style.draw(rng)
        try:
            text = compile_program(program, routine, style)
        except Unsupported:
            continue
        verdict = check(text, contract(draw, program, rng))
        assert verdict.passes, f"{verdict.reasons}\n{style}\n{program}\n{text}"
        compiled += 1
    assert compiled >= 25
