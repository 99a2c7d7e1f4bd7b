"""Speeds a copy loop up by counting down to zero."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SlowCopy", "MoveState", "CopyLoop", m=(16,), x=(16,))
    length = 2 * rng.randrange(16, 40)
    source, target = high_ram(rng, 2, length)

    def case(state: State) -> None:
        state.expect(target, state.block(source, length))

    loop = f"LDX #$0000\n.next\nLDA.l {source},X\nSTA.l {target},X\nINX\nINX\nCPX #${length:04X}\nBCC .next"
    slow = routine.code(loop)
    move = f"""
        PHB
        LDX #${source & 0xFFFF:04X}
        LDY #${target & 0xFFFF:04X}
        LDA #${length - 1:04X}
        MVN ${target >> 16:02X},${source >> 16:02X}
        PLB
    """
    count_down = f"LDX #${length - 2:04X}\n.next\nLDA.l {source},X\nSTA.l {target},X\nDEX\nDEX\nBPL .next"
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Make this copy loop faster: at most {bound} master cycles.",
            f"How can {length} bytes from {source} reach {target} in {{bound}} master cycles?",
            f"Optimise for speed, limit {{bound}} master cycles: copy {length} bytes {source} -> {target}.",
            "The comparison in this loop costs time in every round. Bring the routine below {bound} master cycles.",
        ),
        references=(routine.code(count_down), routine.code(move)),
        case=case,
        writes=[(target, length)],
        parameters={"source": source, "target": target, "length": length},
    )
    return optimise(problem, slow, by="cycles")
