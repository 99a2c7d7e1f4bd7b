"""Hooks a routine that stores a value so that only a better one is stored."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    value, best = low_ram(rng, 2)
    host = Host.draw(rng, "StoreResult", f"LDA.w {value}\nSTA.w {best}")
    size = host.m // 8

    def case(state: State) -> None:
        low, high = sorted(state.rng.randrange(1 << host.m) for _ in range(2))
        new, old = state.one_of((low, high), (high, low), (low, low), (0x7F, 0x80), (0x80, 0x7F), (high, low))
        place = state.byte if size == 1 else state.word
        place(value, new)
        place(best, old)
        state.expect(best, max(new, old), size=size)

    reference = f"""
    org {host.entry}
        JSL Hook
        NOP #2

    org {host.free}
    Hook:
        LDA.w {value} ; displaced
        CMP.w {best}
        BCC .lower
        STA.w {best}
    .lower
        RTL
    """
    kind = "byte" if size == 1 else "word"
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Hook this routine so that it stores the {kind} only if it is greater (unsigned) than the one at {best}.",
            f"How do I hook {host.entry} to keep a record? The {kind} at {best} shall change only if the new one from "
            f"{value} is above it, unsigned.",
            f"Hook {host.entry}: {kind}[{best}] = max({kind}[{best}], {kind}[{value}]), unsigned.",
            f"The routine at {host.entry} overwrites the best result each time. {best} (an unsigned {kind}) must only "
            f"ever rise: keep it unless {value} holds more.",
        ),
        references=(reference,),
        case=case,
        writes=[(best, size)],
        parameters={"value": value, "best": best},
    )
