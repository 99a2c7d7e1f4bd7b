"""Answers in the carry whether two boxes of one size overlap."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BoxesOverlap", "TouchTest", "HitTest")
    ax, ay, bx, by = low_ram(rng, 4)
    width, height = rng.randrange(4, 64), rng.randrange(4, 64)

    def case(state: State) -> None:
        wide = state.one_of(width - 1, width, 1 - width, -width, 0, 0, 0, 0, state.rng.randrange(-2 * width, 2 * width))
        high = state.one_of(
            0, 0, 0, 0, height - 1, height, 1 - height, -height, state.rng.randrange(-2 * height, 2 * height)
        )
        x, y = (state.rng.randrange(0x100, 0xF00) for _ in range(2))
        for place, value in ((ax, x), (ay, y), (bx, x + wide), (by, y + high)):
            state.word(place, value)
        state.expect_carry(abs(wide) < width and abs(high) < height)

    body = f"""
        LDA.w {ax}
        SEC
        SBC.w {bx}
        BPL .right
        EOR #$FFFF
        INC
    .right
        CMP #${width:04X}
        BCS .apart
        LDA.w {ay}
        SEC
        SBC.w {by}
        BPL .below
        EOR #$FFFF
        INC
    .below
        CMP #${height:04X}
        BCS .apart
        SEC
        BRA .done
    .apart
        CLC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the carry if two boxes overlap and clears it if not. Both are {width} "
            f"pixels wide and {height} high; their corners are the words x {ax}, y {ay} and x {bx}, y {by}, all "
            "below $1000.",
            f"Do two sprites touch? Each covers {width} x {height} pixels from its corner: ({ax}, {ay}) and "
            f"({bx}, {by}), words below $1000. Answer in the carry, set if they share a pixel.",
            f"Carry = |word[{ax}] - word[{bx}]| < {width} and |word[{ay}] - word[{by}]| < {height}; coordinates "
            "are below $1000.",
            f"Hit test: sword at x {ax}, y {ay}, enemy at x {bx}, y {by} (words, under $1000), hit boxes {width} "
            f"wide and {height} high. Carry set on a hit, clear when they only touch edges or are apart.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        parameters={"ax": ax, "ay": ay, "bx": bx, "by": by, "width": width, "height": height},
    )
