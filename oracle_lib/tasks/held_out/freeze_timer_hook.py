"""Hooks a countdown so that a switch freezes it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    timer, switch = low_ram(rng, 2, 1)
    host = Host.draw(rng, "TickTimer", f"DEC.w {timer}\nNOP", m=(8,))

    def case(state: State) -> None:
        frozen = state.byte(switch, state.one_of(0, 1, 0x80, state.rng.choice((0, 0xFF))))
        state.expect(timer, state.byte(timer) - (frozen == 0))

    reference = f"""
    org {host.entry}
        JSL Hook

    org {host.free}
    Hook:
        LDA.w {switch}
        BNE .frozen
        DEC.w {timer} ; displaced
    .frozen
        RTL
    """
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Hook this routine so that the timer at {timer} stands still while the byte at {switch} is not 0.",
            f"How do I hook {host.entry} to skip the decrement of {timer} whenever {switch} is non-zero?",
            f"Hook {host.entry}: DEC {timer} only if byte[{switch}] == 0.",
            f"A time-stop item sets {switch} to something other than 0. While it does, {timer} must not count down; "
            "otherwise as before.",
        ),
        references=(reference,),
        case=case,
        writes=[(timer, 1)],
        parameters={"timer": timer, "switch": switch},
    )
