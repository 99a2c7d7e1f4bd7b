"""Repeats a held button after a delay, as menus do."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RepeatButton", "HoldRepeat", "MenuRepeat", m=(8,))
    pad, timer, fire = low_ram(rng, 3, 1)
    mask = 1 << rng.randrange(8)
    delay, period = rng.randrange(0x10, 0x30), rng.randrange(2, 10)

    def case(state: State) -> None:
        down = state.byte(pad, state.one_of(mask, 0xFF, 0xFF ^ mask, state.rng.randrange(256))) & mask
        count = state.byte(timer, state.one_of(0, delay - 1, delay - 2, state.rng.randrange(delay)))
        after = count + 1 if down else 0
        fires = down and (count == 0 or after == delay)
        state.expect(fire, 1 if fires else 0)
        state.expect(timer, delay - period if after == delay else after)

    body = f"""
        STZ.w {fire}
        LDA.w {pad}
        AND #${mask:02X}
        BEQ .store ; up: timer 0
        LDA.w {timer}
        BEQ .fire ; first frame
        INC
        CMP #${delay:02X}
        BNE .store
        LDA #${delay - period - 1:02X} ; again in {period} frames
    .fire
        INC
        INC.w {fire}
    .store
        STA.w {timer}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine for a repeating button: if mask ${mask:02X} of {pad} is up, timer {timer} = 0 "
            f"and {fire} = 0. If it is down, increment the "
            f"timer; {fire} = 1 if the timer was 0 or has reached ${delay:02X} (then set the timer to "
            f"${delay - period:02X}), else 0. All bytes.",
            f"How do menus repeat a held button? Mask ${mask:02X} in {pad}; counter byte {timer} goes up "
            f"while held and is 0 while not; {fire} becomes 1 on the "
            f"first frame and when the counter reaches ${delay:02X}, which sets it back to "
            f"${delay - period:02X}; otherwise {fire} is 0.",
            f"Key repeat: button ${mask:02X} in byte {pad}, timer {timer}, output {fire} (0/1). Up: both 0. "
            "Down: timer+1, output 1 at old timer 0 or new timer "
            f"${delay:02X} (timer then ${delay - period:02X}).",
            f"A held button (${mask:02X} in {pad}) should fire at once, then after ${delay:02X} frames, "
            f"then every {period}: count in {timer}, on reaching "
            f"${delay:02X} go back to ${delay - period:02X}; {fire} is 1 when it fires, else 0; releasing "
            "clears the count.",
        ),
        references=(routine.code(body),),
        case=case,
        count=16,
        writes=[(timer, 1), (fire, 1)],
        parameters={"pad": pad, "timer": timer, "fire": fire, "mask": mask, "delay": delay, "period": period},
    )
