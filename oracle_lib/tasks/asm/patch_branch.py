"""Makes a conditional branch unconditional, or removes it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.verify import Span

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    switch, result = low_ram(rng, 2, 1)
    value, condition = rng.randrange(1, 256), rng.choice(("BEQ", "BNE", "BMI", "BPL"))
    always = rng.random() < 0.5
    host = Host.draw(
        rng, "MaybeStore", f"LDA.w {switch}\n{condition} .skip\nLDA #${value:02X}\nSTA.w {result}\n.skip", m=(8,)
    )
    site = host.address_of(1)

    def case(state: State) -> None:
        state.byte(switch)
        before = state.byte(result)
        state.expect(result, before if always else value)

    code = "db $80 ; BRA" if always else "NOP #2"
    second = "db $80" if always else "db $EA,$EA"
    goal = "never stores anything" if always else f"always stores ${value:02X} at {result}"
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Patch the {condition} in this routine so that it {goal}.",
            f"How do I change the branch at {site} so that the routine {goal}?",
            f"{condition} at {site} -> {'always taken' if always else 'never taken'}.",
            f"I want to get rid of a condition: whatever {switch} says, the routine {goal}. Patch the branch in place.",
        ),
        references=(f"org {site}\n    {code}", f"org {site}\n    {second}"),
        case=case,
        writes=[(result, 1)],
        changeable=Span(address=site, length=2),
        parameters={"switch": switch, "result": result, "value": value, "condition": condition, "always": always},
    )
