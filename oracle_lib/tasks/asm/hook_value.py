"""Hooks the place where a routine reads a variable and changes what it gets."""

import random
from collections.abc import Callable

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    name = rng.choice(("Health", "Magic", "Bombs", "Arrows", "Keys"))
    variable, [shown] = GAME[name], low_ram(rng, 1, 1)
    amount = rng.randrange(1, 128)
    changes: tuple[tuple[str, str, Callable[[int], int]], ...] = (
        ("halved (rounded down)", "LSR", lambda value: value >> 1),
        ("doubled (mod 256)", "ASL", lambda value: value << 1),
        (f"increased by ${amount:02X} (mod 256)", f"CLC\nADC #${amount:02X}", lambda value: value + amount),
        (f"masked with ${amount:02X}", f"AND #${amount:02X}", lambda value: value & amount),
        (f"exclusive-ored with ${amount:02X}", f"EOR #${amount:02X}", lambda value: value ^ amount),
    )
    told, code, change = rng.choice(changes)
    host = Host.draw(rng, f"Show{name}", f"LDA.l {variable}\nSTA.w {shown}", m=(8,))

    def case(state: State) -> None:
        state.expect(shown, change(state.byte(variable)))

    reference = f"""
    org {host.entry}
        JSL Hook

    org {host.free}
    Hook:
        LDA.l {variable} ; displaced
    """
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Hook this routine so that the value it stores at {shown} is {name} ({variable}) {told}.",
            f"How do I hook the LDA.l at {host.entry} so that {shown} receives {name} {told}?",
            f"Patch: {shown} = {name} {told}. JSL over the four-byte load.",
            f"I want the number at {shown} to be {name} {told}, by a hook at {host.entry} that repeats the "
            "displaced load.",
        ),
        references=(f"{reference}{code}\nRTL",),
        case=case,
        writes=[(shown, 1)],
        parameters={"name": name, "shown": shown, "told": told},
    )
