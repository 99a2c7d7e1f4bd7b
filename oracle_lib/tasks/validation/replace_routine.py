"""Replaces a routine by one in free space with a long jump."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    left, right, result = low_ram(rng, 3, 1)
    operation, old = rng.sample(("ADC", "AND", "ORA", "EOR"), 2)
    host = Host.draw(rng, "Combine", f"LDA.w {left}\nCLC\n{old}.w {right}\nSTA.w {result}", m=(8,))

    def case(state: State) -> None:
        one, two = state.byte(left), state.byte(right)
        outcome = {"ADC": one + two, "AND": one & two, "ORA": one | two, "EOR": one ^ two}[operation]
        state.expect(result, outcome >> 1 & 0x7F if operation != "ADC" else outcome % 256 >> 1)

    back = host.returns.upper()
    new = f"""
    NewCombine:
        LDA.w {left}
        CLC
        {operation}.w {right}
        LSR
        STA.w {result}
    """
    exit_code = "RTL" if back == "RTL" else f"JML {host.address_of(4)} ; its RTS"
    word = {"ADC": "sum (mod 256)", "AND": "AND", "ORA": "OR", "EOR": "exclusive OR"}[operation]
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Replace this routine by one in free space that stores half the {word} of the bytes at {left} "
            f"and {right} at {result}.",
            f"How do I redirect {host.entry} with a JML to new code that puts ({word} of {left} and "
            f"{right}) >> 1 into {result}?",
            f"JML {host.entry} -> free space: byte[{result}] = ({word} of byte[{left}], byte[{right}]) >> 1.",
            f"The formula is wrong for my hack. The byte at {result} has to be half the {word} of {left} "
            f"and {right}; the new code needs free space.",
        ),
        references=(f"org {host.entry}\n    JML NewCombine\n\norg {host.free}{new}{exit_code}",),
        case=case,
        writes=[(result, 1)],
        parameters={"left": left, "right": right, "result": result, "operation": operation, "old": old},
    )
