"""Answers in the carry whether all buttons of a combination are down."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CheckCombo", "ComboHeld", "AllHeld", keeps=("", "xy"))
    buttons = {
        0x8000: "B",
        0x4000: "Y",
        0x2000: "Select",
        0x1000: "Start",
        0x0080: "A",
        0x0040: "X",
        0x0020: "L",
        0x0010: "R",
    }
    chosen = sorted(rng.sample(tuple(buttons), rng.choice((2, 3, 4))), reverse=True)
    mask, names = sum(chosen), "+".join(buttons[bit] for bit in chosen)
    [pad] = low_ram(rng, 1)

    def case(state: State) -> None:
        without = [0xFFFF ^ bit for bit in chosen]
        held = state.word(pad, state.one_of(mask, 0xFFFF, *without, state.rng.randrange(0x10000)))
        state.expect_carry(held & mask == mask)

    body = f"""
        LDA.w {pad}
        AND #${mask:04X} ; {names}
        CMP #${mask:04X} ; carry set when all are there
    """
    short = f"""
        LDA.w {pad}
        ORA #${0xFFFF ^ mask:04X}
        INC
        CMP #$0001 ; zero only when all were set
        BCC .held
        CLC
        BRA .done
    .held
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the carry if {names} (mask ${mask:04X}) are all held in the pad "
            f"word at {pad}, and clears it otherwise.",
            f"How do I check for the combination {names}? Buttons are the word at {pad}, mask ${mask:04X}, "
            "answer in the carry.",
            f"Carry = all bits of ${mask:04X} ({names}) set in word[{pad}]; other bits don't matter.",
            f"My debug menu opens on {names}. The pad word is at {pad}; return carry set when every bit of "
            f"${mask:04X} is down, else clear.",
        ),
        references=(routine.code(body, m=16), routine.code(short, m=16)),
        case=case,
        parameters={"pad": pad, "mask": mask},
    )
