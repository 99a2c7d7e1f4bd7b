"""Copies between banks with a block move."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FarCopy", "CopyAcrossBanks", "SaveState")
    length = rng.randrange(3, 64)
    source, target = high_ram(rng, 2, length)

    def case(state: State) -> None:
        state.expect(target, state.block(source, length))

    body = f"""
        PHB
        LDX #${source & 0xFFFF:04X}
        LDY #${target & 0xFFFF:04X}
        LDA #${length - 1:04X}
        MVN ${target >> 16:02X},${source >> 16:02X} ; to, from
        PLB
    """
    loop = f"""
        LDX #${length - 1:02X}
    .next
        LDA.l {source},X
        STA.l {target},X
        DEX
        BPL .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that copies {length} bytes from {source} to {target}.",
            f"How do I move {length} bytes between banks with MVN, from {source} to {target}?",
            f"Block move {source} -> {target}, {length} bytes, DB restored.",
            f"My extension saves {length} bytes of {source} to {target} before a cutscene. Both are long addresses.",
        ),
        references=(routine.code(body, m=16, x=16), routine.code(loop, m=8, x=8)),
        case=case,
        writes=[(target, length)],
        parameters={"source": source, "target": target, "length": length},
    )
