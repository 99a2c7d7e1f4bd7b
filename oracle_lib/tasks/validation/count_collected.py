"""Counts the set bits of a byte of progress."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    name = rng.choice(("Crystals", "Pendants", "Progress"))
    routine = Routine.draw(rng, f"Count{name}", "CountBits", "HowMany")
    [count] = low_ram(rng, 1, 1)
    mask = rng.choice((0x07, 0x7F, 0xFF, 0x3F, 0x0F, 0x1F))

    def case(state: State) -> None:
        state.expect(count, (state.byte(GAME[name]) & mask).bit_count())

    body = f"""
        LDX #$00
        LDA.l {GAME[name]} ; {name}
        AND #${mask:02X}
    .next
        BEQ .done
        LSR
        BCC .next
        INX
        BRA .next
    .done
        STX.w {count}
    """
    summed = f"""
        LDA.l {GAME[name]}
        AND #${mask:02X}
        STZ.w {count}
        LDY #$08
    .bit
        LSR
        PHA
        LDA.w {count}
        ADC #$00 ; adds the bit that fell out
        STA.w {count}
        PLA
        DEY
        BNE .bit
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that counts the set bits of {name} ({GAME[name]}) under the mask ${mask:02X} "
            f"and stores the count at {count}.",
            f"How many bits of the byte at {GAME[name]} are set, looking only at mask ${mask:02X}? Put the "
            f"count into the byte {count}.",
            f"byte[{count}] = popcount({name} & ${mask:02X}), {name} = {GAME[name]}.",
            f"My status screen shows how much is collected: count the ones in {GAME[name]} & ${mask:02X}, "
            f"result to {count} (one byte).",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(summed, m=8, x=8)),
        case=case,
        writes=[(count, 1)],
        parameters={"name": name, "count": count, "mask": mask},
    )
