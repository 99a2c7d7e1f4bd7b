"""Turns a count around by patching one instruction."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.verify import Span

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    counter, other = low_ram(rng, 2, 1)
    old, new = rng.sample(("INC", "DEC", "ASL", "LSR"), 2)
    host = Host.draw(rng, "StepCounter", f"LDA.w {other}\n{old}.w {counter}", m=(8,))
    site = host.address_of(1)

    def case(state: State) -> None:
        state.byte(other)
        value = state.byte(counter)
        state.expect(counter, {"INC": value + 1, "DEC": value - 1, "ASL": value * 2, "LSR": value // 2}[new])

    meaning = {
        "INC": "goes up by 1",
        "DEC": "goes down by 1",
        "ASL": "is doubled (mod 256)",
        "LSR": "is halved (unsigned)",
    }[new]
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Patch this routine so that the byte at {counter} {meaning} instead.",
            f"What do I write over the {old} at {site} so that {counter} {meaning}?",
            f"{old} {counter} -> {new} {counter}, in place.",
            f"For my hack the counter at {counter} has to behave differently: each call it {meaning}. Change the "
            f"instruction at {site}.",
        ),
        references=(f"org {site}\n    {new}.w {counter}",),
        case=case,
        writes=[(counter, 1)],
        changeable=Span(address=site, length=3),
        parameters={"counter": counter, "other": other, "old": old, "new": new},
    )
