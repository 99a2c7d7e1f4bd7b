"""Copies ROM data into WRAM with a DMA through the WRAM port."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, high_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DmaToWram", "LoadTable", "DmaCopy")
    channel, length = rng.randrange(8), rng.randrange(4, 64)
    source = Address(rng.randrange(1, 0x20) << 16 | rng.randrange(0x8000, 0xFF00))
    [target] = high_ram(rng, 1, length)
    content = rng.randbytes(length)
    base = 0x4300 + 0x10 * channel

    def case(state: State) -> None:
        state.block(target, length)
        state.expect(target, content)

    body = f"""
        LDX #${target & 0xFFFF:04X}
        STX.w $2181 ; WRAM address
        LDA #${target >> 16 & 1:02X}
        STA.w $2183
        LDX #$8000 ; one byte at a time to $2180
        STX.w ${base:04X}
        LDX #${source & 0xFFFF:04X}
        STX.w ${base + 2:04X}
        LDA #${source >> 16:02X}
        STA.w ${base + 4:04X}
        LDX #${length:04X}
        STX.w ${base + 5:04X}
        LDA #${1 << channel:02X}
        STA.w $420B ; go
    """
    loop = f"""
        LDX #${length - 1:04X}
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
            f"Write a routine that copies {length} bytes from {source} in ROM to {target} in WRAM; DMA "
            f"channel {channel} through $2180 is yours to use.",
            f"How do I set up DMA channel {channel} to move {length} bytes of ROM at {source} to WRAM at "
            f"{target} by way of $2180?",
            f"DMA channel {channel}: ROM {source} -> $2180 -> WRAM {target}, {length} bytes.",
            f"On loading I want {length} bytes from ROM {source} at {target}. Use channel {channel} and the "
            "WRAM port $2180 to $2183.",
        ),
        references=(routine.code(body, m=8, x=16), routine.code(loop, m=8, x=16)),
        case=case,
        writes=[(target, length)],
        host={source: content},
        parameters={"channel": channel, "length": length, "source": source, "target": target},
    )
