"""Appends a byte to a ring buffer."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RingPush", "QueueByte", "AddToQueue", m=(8,))
    size = rng.choice((8, 16, 32, 64))
    ring, head = low_ram(rng, 2, size)

    def case(state: State) -> None:
        content = bytearray(state.block(ring, size))
        place = state.byte(head, state.one_of(0, size - 1, state.rng.randrange(size)))
        content[place] = state.register("a", number(state.rng, 8))
        state.expect(ring, bytes(content))
        state.expect(head, (place + 1) % size)

    body = f"""
        LDX.w {head}
        STA.w {ring},X
        INX
        TXA
        AND #${size - 1:02X} ; wrap
        STA.w {head}
    """
    compare = f"""
        LDX.w {head}
        STA.w {ring},X
        INX
        CPX #${size:02X}
        BNE .store
        LDX #$00
    .store
        STX.w {head}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that appends A to the ring buffer of {size} bytes at {ring}: store at the "
            f"index in byte {head}, then advance it modulo {size}.",
            f"How do I queue the byte in A? {size} slots at {ring}, write index in the byte {head}, "
            f"wrapping at {size}.",
            f"byte[{ring} + byte[{head}]] = A; byte[{head}] = (byte[{head}] + 1) % {size}.",
            f"My sound queue has {size} bytes from {ring} and its next free index in {head} (one byte). Put "
            "A there and move the index on, with wrap.",
        ),
        references=(routine.code(body, x=8), routine.code(compare, x=8)),
        case=case,
        writes=[(ring, size), (head, 1)],
        parameters={"ring": ring, "size": size, "head": head},
    )
