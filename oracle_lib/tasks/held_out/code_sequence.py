"""Follows a secret sequence of buttons."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CodeSequence", "SecretCode", "FollowCode")
    pressed, place = low_ram(rng, 2, 1)
    buttons = [rng.choice((0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01)) for _ in range(rng.randrange(3, 8))]

    def case(state: State) -> None:
        last = len(buttons) - 1
        usual = state.one_of(last, 0, 1, last, 1, 0, state.rng.randrange(len(buttons)))
        at = state.byte(place, state.rarely(usual, *range(len(buttons))))
        right = buttons[at]
        pressing = state.one_of(right, right, right, right ^ 0xFF, 0, 0, state.rng.choice((right, 0, right ^ 0x81)))
        button = state.byte(pressed, state.rarely(pressing, *[right] * len(buttons)))
        if button == 0:
            state.flags["c"] = True
        complete = button == right and at == last
        state.expect(place, at if button == 0 else 0 if complete or button != right else at + 1)
        state.expect_carry(complete)

    listed = ",".join(f"${button:02X}" for button in buttons)
    body = f"""
        LDA.w {pressed}
        BEQ .not_yet
        LDX.w {place}
        CMP.l .code,X
        BNE .wrong
        INX
        CPX #${len(buttons):02X}
        BEQ .complete
        STX.w {place}
    .not_yet
        CLC
        BRA .done
    .wrong
        STZ.w {place}
        CLC
        BRA .done
    .complete
        STZ.w {place}
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that follows a code of {len(buttons)} button bytes: {listed}. The byte at {place} "
            f"counts how many were right. If byte[{pressed}] is 0, nothing changes; if it is the next of the "
            "code, the count goes up by 1, else it becomes 0. When the last one was right, the count becomes 0 "
            "and the carry is set; otherwise the carry is clear.",
            f"How do I detect a secret code? {listed} must be pressed one after the other. {pressed} holds this "
            f"frame's new button byte (0: none, then nothing happens), {place} how many were right so far. A "
            f"wrong one resets {place} to 0. After the last right one reset it too and return with carry set, in "
            "all other cases clear.",
            f"code = {listed}; p = byte[{pressed}], n = byte[{place}]. p == 0: n stays. p == code[n]: n + 1, and "
            f"if that is {len(buttons)}: n = 0, carry set. Else n = 0. Carry clear but then.",
            f"A cheat: the buttons {listed} in this order open the door. Each frame {pressed} has the button "
            f"just pressed or 0, and {place} (0 at first) is how far the player has come. Wrong button: back to "
            f"0. All {len(buttons)} done: carry set and back to 0. The carry is clear at all other times.",
        ),
        references=(routine.code(body, m=8, x=8, data=f".code\n    db {listed}"),),
        case=case,
        writes=[(place, 1)],
        parameters={"pressed": pressed, "place": place, "code": listed},
    )
