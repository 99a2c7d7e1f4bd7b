"""Pays a price from the rupees if the player can afford it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BuyItem", "PayPrice", "SpendRupees", keeps=("", "xy"))
    price = rng.randrange(1, 999)

    def case(state: State) -> None:
        owned = state.word(GAME["Rupees"], state.one_of(price - 1, price, price + 1, 0, state.rng.randrange(1000)))
        state.expect(GAME["Rupees"], owned - price if owned >= price else owned, size=2)
        state.expect_carry(owned >= price)

    body = f"""
        LDA.l {GAME["Rupees"]} ; rupees
        CMP #${price:04X}
        BCC .done ; too poor
        SBC #${price:04X}
        STA.l {GAME["Rupees"]} ; the carry is still set
    .done
    """
    subtract_first = f"""
        LDA.l {GAME["Rupees"]}
        SEC
        SBC #${price:04X}
        BCC .done
        STA.l {GAME["Rupees"]}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that pays {price} rupees from the word at {GAME['Rupees']}: carry set if "
            "paid, carry clear and nothing changed if not.",
            f"How do I charge {price} rupees ({GAME['Rupees']}, 16 bits) only if Link has that many, with "
            "the outcome in the carry?",
            f"If word[{GAME['Rupees']}] >= {price}: subtract {price}, SEC. Else: unchanged, CLC.",
            f"Shop code, please: price {price}, purse at {GAME['Rupees']} (word). Carry set when bought, "
            "clear when the player is too poor.",
        ),
        references=(routine.code(body, m=16), routine.code(subtract_first, m=16)),
        case=case,
        writes=[(GAME["Rupees"], 2)],
        parameters={"price": price},
    )
