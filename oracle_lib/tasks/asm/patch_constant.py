"""Changes the constant in an immediate operand."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.verify import Span

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    [target] = low_ram(rng, 1)
    old, new = rng.sample(range(1, 0x100), 2)
    before = rng.randrange(0, 3)
    lead = "\n".join(rng.choice(("SEP #$20", "NOP", "CLC")) for _ in range(before))
    host = Host.draw(rng, "SetDelay", f"{lead}\nLDA #${old:02X}\nSTA.w {target}".strip(), m=(8,))
    site = host.address_of(before) + 1

    def case(state: State) -> None:
        state.expect(target, new)

    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Patch this routine to store ${new:02X} instead of ${old:02X}.",
            f"Which byte do I change so that {target} gets ${new:02X} rather than ${old:02X}?",
            f"Constant ${old:02X} -> ${new:02X}, one byte.",
            f"The delay of ${old:02X} is wrong for my hack: it has to be ${new:02X}. Overwrite just the operand.",
        ),
        references=(f"org {site}\n    db ${new:02X} ; operand of LDA",),
        case=case,
        writes=[(target, 1)],
        changeable=Span(address=site, length=1),
        parameters={"target": target, "old": old, "new": new, "before": before},
    )
