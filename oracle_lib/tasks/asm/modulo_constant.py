"""Takes a byte modulo a constant by repeated subtraction."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ModuloConstant", "WrapIndex", "Remainder", keeps=("", "xy"))
    modulus = rng.randrange(3, 100)
    [value] = low_ram(rng, 1, 1)

    def case(state: State) -> None:
        state.expect(value, state.byte(value, state.one_of(modulus - 1, modulus, number(state.rng, 8))) % modulus)

    body = f"""
        LDA.w {value}
        SEC
    .again
        SBC #${modulus:02X}
        BCS .again
        ADC #${modulus:02X} ; once too often
        STA.w {value}
    """
    compare = f"""
        LDA.w {value}
    .again
        CMP #${modulus:02X}
        BCC .done
        SBC #${modulus:02X}
        BRA .again
    .done
        STA.w {value}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that replaces the unsigned byte at {value} by its remainder modulo {modulus}.",
            f"How do I compute the byte at {value} mod {modulus} in place?",
            f"byte[{value}] %= {modulus}, unsigned.",
            f"My table has {modulus} entries and the byte at {value} can be anything. Wrap it into the "
            "table with the remainder.",
        ),
        references=(routine.code(body, m=8), routine.code(compare, m=8)),
        case=case,
        writes=[(value, 1)],
        parameters={"modulus": modulus, "value": value},
    )
