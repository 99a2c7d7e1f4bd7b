"""Moves a word coordinate by the direction held on the pad."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "StepByPad", "MoveCursor", "PadMove")
    axis = rng.choice(("x", "y"))
    plus, minus, more, less = (1, 2, "right", "left") if axis == "x" else (4, 8, "down", "up")
    pad, place = low_ram(rng, 2)
    step = rng.randrange(1, 24)

    def case(state: State) -> None:
        held = state.byte(pad, state.one_of(plus, minus, 0, state.rng.randrange(256)))
        before = state.word(place)
        state.expect(place, before + step if held & plus else before - step if held & minus else before, size=2)

    body = f"""
        LDA.w {pad}
        BIT #${plus:04X} ; {more}
        BNE .{more}
        AND #${minus:04X} ; {less}
        BEQ .done
        LDA #${-step & 0xFFFF:04X}
        BRA .move
    .{more}
        LDA #${step:04X}
    .move
        CLC
        ADC.w {place}
        STA.w {place}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that moves the word at {place} by the pad byte {pad}: plus {step} if bit "
            f"${plus:02X} ({more}) is set, else minus {step} if bit "
            f"${minus:02X} ({less}) is.",
            f"How do I move a cursor? Pad byte {pad}, coordinate word {place}: {more} (${plus:02X}) adds "
            f"{step}, {less} (${minus:02X}) subtracts {step}; "
            f"{more} wins over {less}.",
            f"word[{place}] += {step} if byte[{pad}] & ${plus:02X}, else -= {step} if & ${minus:02X}.",
            f"The D-pad byte at {pad} has {more} in ${plus:02X} and {less} in ${minus:02X}. Move my "
            f"coordinate at {place} (16 bits) by {step} that way; "
            f"{more} comes first if both are down.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(place, 2)],
        parameters={"axis": axis, "pad": pad, "place": place, "step": step},
    )
