"""Removes a subroutine call from a routine."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch
from oracle_lib.verify import Span

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    first, second = low_ram(rng, 2, 1)
    value, other = rng.randrange(256), rng.randrange(256)
    call = rng.choice(("JSL", "JSR"))
    back = "RTL" if call == "JSL" else "RTS"
    data = f".effect\n    LDA #${other:02X}\n    STA.w {second}\n    {back}"
    body = f"LDA #${value:02X}\nSTA.w {first}\n{call} .effect"
    host = Host.draw(rng, "RunEvent", body, m=(8,), data=data)
    site, length = host.address_of(2), 4 if call == "JSL" else 3

    def case(state: State) -> None:
        state.expect(second, state.byte(second))
        state.expect(first, value)

    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            "Patch this routine so that it no longer calls `.effect`; the rest must work as before.",
            f"How do I remove the {call} at {site} from this routine?",
            f"NOP out the {call} at {site} ({length} bytes).",
            f"The effect after {first} is set is not wanted any more. Disable the {call} in place.",
        ),
        references=(f"org {site}\n    NOP #{length}", f"org {site}\n    db {','.join(['$EA'] * length)}"),
        case=case,
        writes=[(first, 1), (second, 1)],
        changeable=Span(address=site, length=length),
        parameters={"first": first, "second": second, "value": value, "other": other, "call": call},
    )
