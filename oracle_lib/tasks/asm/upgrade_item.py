"""Raises a piece of equipment to a level, never lowering it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UpgradeItem", "GiveUpgrade", "RaiseLevel", keeps=("", "xy"))
    name = rng.choice(("Shield", "Armor", "Gloves", "Bow", "Progress"))
    level = rng.randrange(1, 5)

    def case(state: State) -> None:
        owned = state.byte(GAME[name], state.one_of(0, 1, 2, 3, 4, state.rng.randrange(128)))
        state.expect(GAME[name], max(owned, level))

    body = f"""
        LDA.l {GAME[name]} ; {name}
        CMP #${level:02X}
        BCS .done ; already as good
        LDA #${level:02X}
        STA.l {GAME[name]}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that raises {name} ({GAME[name]}) to ${level:02X} unless it is already that "
            "high or higher.",
            f"How do I hand out level ${level:02X} of {name}, the byte at {GAME[name]}, without downgrading "
            "a better one?",
            f"byte[{GAME[name]}] = max(byte[{GAME[name]}], ${level:02X}) ({name}).",
            f"A chest holds level ${level:02X} of {name} ({GAME[name]}). Players who own a higher level must keep it.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(GAME[name], 1)],
        parameters={"name": name, "level": level},
    )
