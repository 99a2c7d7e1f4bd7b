"""Hooks a routine to do one thing more, keeping the displaced instructions."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    source, target, counter = low_ram(rng, 3)
    host = Host.draw(rng, "CopyValue", f"LDA.w {source}\nSTA.w {target}")
    operation = rng.choice(("INC", "DEC"))
    step = 1 if operation == "INC" else -1
    bits, size = host.m, host.m // 8

    def case(state: State) -> None:
        value = state.word(source).to_bytes(2, "little")
        state.expect(target, value[:size])
        state.expect(counter, state.word(counter) + step if size == 2 else state.byte(counter) + step, size=size)

    reference = f"""
    org {host.entry}
        JSL Hook
        NOP #2

    org {host.free}
    Hook:
        LDA.w {source} ; displaced
        STA.w {target}
        {operation}.w {counter}
        RTL
    """
    jump = f"""
    org {host.entry}
        JSL Extra
        NOP
        NOP

    org {host.free}
    Extra:
        {operation}.w {counter}
        LDA.w {source}
        STA.w {target}
        RTL
    """
    verb = "increments" if operation == "INC" else "decrements"
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Hook this routine so that it also {verb} the {bits}-bit counter at {counter} each time it runs.",
            f"How do I add {operation} {counter} ({bits} bits) to the routine at {host.entry} with a JSL "
            "hook, keeping what it does?",
            f"Hook {host.entry}: run the original copy and {operation} {counter} ({bits}-bit).",
            f"The copy at {host.entry} should be counted: besides its work it {verb} {counter}, {bits} bits "
            "wide. Displaced code must still run.",
        ),
        references=(reference, jump),
        case=case,
        writes=[(target, size), (counter, size)],
        parameters={"source": source, "target": target, "counter": counter, "operation": operation},
    )
