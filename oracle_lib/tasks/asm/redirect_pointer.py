"""Points an entry of a pointer table to new data in free space."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    index, result = low_ram(rng, 2, 1)
    entries = rng.choice((3, 4))
    which = rng.randrange(entries)
    values = rng.sample(range(256), entries + 1)
    pointers = ",".join(f".data{place}" for place in range(entries))
    rows = "\n".join(f".data{place}\n    db ${value:02X}" for place, value in enumerate(values[:-1]))
    body = f"""
        LDA.w {index}
        ASL
        ADC.w {index}
        TAX
        LDA.l .table,X
        STA.b $00
        LDA.l .table+1,X
        STA.b $01
        LDA.l .table+2,X
        STA.b $02
        LDA.b [$00]
        STA.w {result}
    """
    host = Host.draw(rng, "ReadData", body, m=(8,), x=(8,), data=f".table\n    dl {pointers}\n{rows}")
    new = values[-1]
    reference = f"""
org {host.label(".table") + 3 * which}
    dl NewData

org {host.free}
NewData:
    db ${new:02X}
"""

    def case(state: State) -> None:
        usual = state.one_of(which, state.rng.randrange(entries))
        chosen = state.byte(index, state.rarely(usual, *range(entries)))
        state.expect(result, new if chosen == which else values[chosen])

    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Make entry {which} of `.table` point to new data, the byte ${new:02X}, which you place in free space.",
            f"How do I redirect pointer {which} of this table to a byte ${new:02X} in an expanded bank?",
            f"Repoint `.table` entry {which} (counted from 0) to a new byte ${new:02X}.",
            f"The data for index {which} no longer fits. Put ${new:02X} into free space and change its long pointer.",
        ),
        references=(reference,),
        case=case,
        writes=[(result, 1), (0, 3)],
        parameters={"index": index, "result": result, "which": which, "values": bytes(values).hex()},
    )
