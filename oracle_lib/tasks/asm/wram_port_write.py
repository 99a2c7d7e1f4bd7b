"""Writes the bytes of a constant through the WRAM port."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "WritePort", "PortWrite", "StreamBytes", m=(8,))
    content = rng.randbytes(rng.choice((2, 3, 4)))
    [target] = high_ram(rng, 1, len(content))

    def case(state: State) -> None:
        state.expect(target, content)

    address = f"""
REP #$20
LDA #${target & 0xFFFF:04X}
STA.w $2181 ; address
SEP #$20
LDA #${target >> 16 & 1:02X}
STA.w $2183 ; bank ${target >> 16:02X}
"""
    sends = "\n".join(f"LDA #${byte:02X}\nSTA.w $2180" for byte in content)
    direct = "\n".join(f"LDA #${byte:02X}\nSTA.l {target + place}" for place, byte in enumerate(content))
    listed = ",".join(f"${byte:02X}" for byte in content)
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the bytes {listed} at {target} on, through the WRAM port ($2180 "
            "data, $2181 to $2183 address).",
            f"How do I write {listed} to WRAM {target} by way of $2180?",
            f"WRAM port: address {target}, then {listed} to $2180.",
            f"A boss flag block at {target} has to become {listed}. I would like to use the port at $2180 "
            "and its address registers.",
        ),
        references=(
            routine.code(address + sends, m=8),
            routine.code(direct, m=8),
        ),
        case=case,
        writes=[(target, len(content))],
        parameters={"content": content.hex(), "target": target},
    )
