"""Moves a history of words one place down and puts a new one in front."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PushTrail", "RecordPosition", "ShiftHistory")
    entries = rng.randrange(3, 16)
    trail, newest = low_ram(rng, 2, 2 * entries)

    def case(state: State) -> None:
        content = state.block(trail, 2 * entries)
        state.expect(trail, state.word(newest).to_bytes(2, "little") + content[:-2])

    body = f"""
        LDX #${2 * entries - 4:02X}
    .shift
        LDA.w {trail},X
        STA.w {trail + 2},X
        DEX
        DEX
        BPL .shift
        LDA.w {newest}
        STA.w {trail}
    """
    block_move = f"""
        PHB
        LDX #${trail + 2 * entries - 3:04X}
        LDY #${trail + 2 * entries - 1:04X}
        LDA #${2 * entries - 3:04X}
        MVP $00,$00
        PLB
        LDA.w {newest}
        STA.w {trail}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that moves the {entries} words at {trail} up by one place (the last falls "
            f"out) and stores the word at {newest} first.",
            f"How do I record positions? {trail} holds the {entries} latest words, newest first; insert the "
            f"word at {newest} and drop the oldest.",
            f"Shift {entries} words at {trail} by one entry, then word[{trail}] = word[{newest}].",
            f"A follower walks in Link's footsteps: a trail of {entries} words from {trail}, newest first. "
            f"Push the word at {newest} onto its front.",
        ),
        references=(routine.code(body, m=16, x=8), routine.code(block_move, m=16, x=16)),
        case=case,
        writes=[(trail, 2 * entries)],
        parameters={"trail": trail, "entries": entries, "newest": newest},
    )
