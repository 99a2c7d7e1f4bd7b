"""Steps through phases of different lengths."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PhaseTimer", "NextPhase", "BlinkPattern")
    timer, phase = low_ram(rng, 2, 1)
    lengths = [rng.randrange(1, 0x80) for _ in range(rng.randrange(2, 6))]

    def case(state: State) -> None:
        left = state.byte(timer, state.one_of(0, 0, 0, 1, 255, state.rng.choice((0, number(state.rng, 8)))))
        now = state.byte(
            phase, state.one_of(len(lengths) - 1, 0, len(lengths) - 2, 0, 0, state.rng.randrange(len(lengths)))
        )
        after = (now + 1) % len(lengths)
        state.expect(timer, left - 1 if left else lengths[after])
        state.expect(phase, now if left else after)

    listed = ",".join(f"${length:02X}" for length in lengths)
    body = f"""
        LDA.w {timer}
        BEQ .change
        DEC.w {timer}
        BRA .done
    .change
        LDX.w {phase}
        INX
        CPX #${len(lengths):02X}
        BCC .inside
        LDX #$00
    .inside
        STX.w {phase}
        LDA.l .lengths,X
        STA.w {timer}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that counts the byte at {timer} down by 1. Where it is 0 already, it goes to the "
            f"next of the {len(lengths)} phases instead: the byte at {phase} rises by 1, from {len(lengths) - 1} "
            f"back to 0, and the timer gets that phase's length: {listed}.",
            f"How do I cycle through {len(lengths)} phases of different lengths ({listed} frames for phase 0 and "
            f"so on)? {phase} is the phase, {timer} the frames left. At 0 frames: next phase, wrapping to 0, and "
            "load its length; otherwise one frame less.",
            f"if byte[{timer}] != 0: byte[{timer}] -= 1; else byte[{phase}] = (byte[{phase}] + 1) % "
            f"{len(lengths)}, byte[{timer}] = ({listed})[byte[{phase}]].",
            f"A trap works in {len(lengths)} phases; {phase} (0 to {len(lengths) - 1}) says which one is on and "
            f"{timer} how many frames it has left. Count down; at 0 switch to the next one (0 after the last) "
            f"and set the timer from {listed}.",
        ),
        references=(routine.code(body, m=8, x=8, data=f".lengths\n    db {listed}"),),
        case=case,
        writes=[(timer, 1), (phase, 1)],
        parameters={"timer": timer, "phase": phase, "lengths": listed},
    )
