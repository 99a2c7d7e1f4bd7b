"""Answers in the carry whether a piece of equipment has reached a level."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    name, level, what = rng.choice(
        (
            ("Sword", 2, "the Master Sword"),
            ("Sword", 3, "the Tempered Sword"),
            ("Sword", 4, "the Golden Sword"),
            ("Shield", 2, "the Fire Shield"),
            ("Shield", 3, "the Mirror Shield"),
            ("Armor", 1, "the Blue Mail"),
            ("Armor", 2, "the Red Mail"),
            ("Gloves", 2, "the Titan's Mitt"),
            ("Bow", 3, "the Silver Arrows"),
        )
    )
    place = GAME[name]
    routine = Routine.draw(rng, "HasItem", "CheckItem", "OwnsUpgrade", keeps=("", "xy"))

    def case(state: State) -> None:
        state.expect_carry(
            state.byte(place, state.one_of(level, level - 1, level + 1, 0, state.rng.randrange(6))) >= level
        )

    body = f"""
        LDA.l {place} ; {name}
        CMP #${level:02X} ; carry set from this level on
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that checks if Link has {what} or better: carry set if the byte at {place} is at "
            f"least {level}, else clear.",
            f"Does Link have {what}? {name} is the byte at {place}; level {level} or more should set the carry, "
            "less should clear it.",
            f"Carry = {name} ({place}) >= {level} ({what}).",
            f"My door opens for {what}, that is level {level} of {name} at {place}, or anything better. Return the "
            "answer in the carry.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        parameters={"name": name, "level": level},
    )
