"""Translates a byte through a list of pairs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MapItem", "Translate", "MapKey")
    source, result = low_ram(rng, 2, 1)
    keys = rng.sample(range(256), 3)
    values = [rng.randrange(256) for _ in keys]
    default = rng.randrange(256)
    mapping = dict(zip(keys, values, strict=True))

    def case(state: State) -> None:
        key = state.byte(source, state.one_of(*keys, state.rng.randrange(256)))
        state.expect(result, mapping.get(key, default))

    told = ", ".join(f"${key:02X} -> ${value:02X}" for key, value in mapping.items())
    data = f"""
    .pairs
        db {",".join(f"${key:02X},${value:02X}" for key, value in mapping.items())}
    """
    body = f"""
        LDX #${2 * len(keys) - 2:02X}
    .next
        LDA.l .pairs,X
        CMP.w {source}
        BEQ .found
        DEX : DEX
        BPL .next
        LDA #${default:02X} ; the default
        BRA .store
    .found
        LDA.l .pairs+1,X
    .store
        STA.w {result}
    """
    chain = f"LDX.w {source}\n"
    for key, value in mapping.items():
        chain += f"LDA #${value:02X}\nCPX #${key:02X}\nBEQ .store\n"
    chain += f"LDA #${default:02X}\n.store\nSTA.w {result}"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that translates the byte at {source} and stores it at {result}: {told}, "
            f"anything else -> ${default:02X}.",
            f"How do I map a few byte values to others? {source} to {result}, with {told} and "
            f"${default:02X} for the rest.",
            f"byte[{result}] = map(byte[{source}]): {told}, else ${default:02X}.",
            f"The item in {source} decides the sound in {result}: {told}; every other item gets ${default:02X}.",
        ),
        references=(routine.code(chain, m=8, x=8), routine.code(body, m=8, x=8, data=data)),
        case=case,
        writes=[(result, 1)],
        parameters={"source": source, "result": result, "map": told, "default": default},
    )
