"""Answers in the carry whether every wanted bit of a collection is set."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    name = rng.choice(("Crystals", "Pendants"))
    routine = Routine.draw(rng, f"HasAll{name}", f"Enough{name}", "GateOpens", keeps=("", "xy"))
    bits = 7 if name == "Crystals" else 3
    wanted = rng.choice([mask for mask in range(3, 1 << bits) if mask.bit_count() > 1])

    def case(state: State) -> None:
        owned = state.byte(GAME[name], state.one_of(wanted, wanted | 0x80, state.rng.randrange(256)))
        state.expect_carry(owned & wanted == wanted)

    body = f"""
        LDA.l {GAME[name]} ; {name}
        AND #${wanted:02X}
        CMP #${wanted:02X} ; carry set when all are there
    """
    missing = f"""
        LDA.l {GAME[name]}
        EOR #$FF ; what is missing
        AND #${wanted:02X}
        BEQ .complete
        CLC
        BRA .done
    .complete
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the carry if all bits of ${wanted:02X} are set in {name} "
            f"({GAME[name]}), and clears it otherwise.",
            f"How do I check that the player owns every one of the {name.lower()} in mask ${wanted:02X}? "
            f"They live at {GAME[name]}; answer in the carry.",
            f"Carry = ({GAME[name]} & ${wanted:02X}) == ${wanted:02X}.",
            f"A gate opens only with all {name.lower()} of mask ${wanted:02X} (byte {GAME[name]}). Carry "
            "set means it opens, clear means it stays shut.",
        ),
        references=(routine.code(body, m=8), routine.code(missing, m=8)),
        case=case,
        parameters={"name": name, "wanted": wanted},
    )
