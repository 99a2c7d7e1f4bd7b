"""Takes a byte out of a ring buffer if there is one."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RingPop", "NextInQueue", "TakeFromQueue", m=(8,))
    size = rng.choice((8, 16, 32, 64))
    ring, ends = low_ram(rng, 2, size)
    head, tail = ends, ends + 1

    def case(state: State) -> None:
        content = state.block(ring, size)
        first = state.byte(tail, state.one_of(size - 1, 0, state.rng.randrange(size)))
        last = state.byte(head, state.one_of(0, 0, first, state.rng.randrange(size)))
        state.expect_carry(first != last)
        state.expect(tail, first if first == last else (first + 1) % size)
        if first != last:
            state.expect_register("a", content[first])

    body = f"""
        LDX.w {tail}
        CPX.w {head}
        CLC
        BEQ .done ; nothing waits
        LDA.w {ring},X
        PHA
        TXA
        INC
        AND #${size - 1:02X}
        STA.w {tail}
        PLA
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that takes a byte from a ring of {size} bytes at {ring}. Read index: byte {tail}, "
            f"write index: byte {head}. If they are equal, return carry clear and "
            f"change nothing; else return the byte in A, carry set, and advance {tail} modulo {size}.",
            f"How do I read from a queue? {size} bytes at {ring}, next to read at index {tail}, next to write at "
            f"index {head} (bytes). Equal: carry clear, no change. Otherwise A = byte, "
            f"carry set, {tail} moves on with wrap at {size}.",
            f"Ring pop: buffer {ring}, {size} bytes, read index {tail}, write index {head}. Empty -> carry clear; "
            f"else A = byte, {tail} = ({tail} + 1) % {size}, carry set.",
            f"The counterpart of my queue writer: fetch the byte at index byte[{tail}] of {ring} ({size} slots) "
            "into A, advance that index with wrap and set the carry; "
            f"if it equals byte[{head}] just clear the carry.",
        ),
        references=(routine.code(body, x=8),),
        case=case,
        writes=[(tail, 1)],
        parameters={"ring": ring, "size": size, "ends": ends},
    )
