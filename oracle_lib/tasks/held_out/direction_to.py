"""Finds the main direction from one point to another."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DirectionTo", "FaceTarget", "TurnToLink")
    own_x, own_y, x, y, result = low_ram(rng, 5, 1)

    def case(state: State) -> None:
        ox, oy = state.byte(own_x, state.rng.randrange(40, 216)), state.byte(own_y, state.rng.randrange(40, 216))
        across = state.one_of(9, -9, 3, -3, 5, -5, 0, state.rng.randrange(-40, 40))
        down = state.one_of(3, -3, 9, -9, -5, 5, 0, state.rng.randrange(-40, 40))
        across = state.rarely(across, 5, -5, 4, -4, -5, 5, 4, -4)
        down = state.rarely(down, 4, 4, 5, 5, -4, -4, -5, -5)
        state.byte(x, ox + across)
        state.byte(y, oy + down)
        sideways = 6 if across >= 0 else 4
        state.expect(result, sideways if abs(across) > abs(down) else 2 if down >= 0 else 0)

    body = f"""
        LDX #$06 ; right
        LDA.w {x}
        SEC
        SBC.w {own_x}
        BCS .right
        EOR #$FF
        INC
        LDX #$04 ; left
    .right
        STA.b $00 ; distance across
        LDY #$02 ; down
        LDA.w {y}
        SEC
        SBC.w {own_y}
        BCS .down
        EOR #$FF
        INC
        LDY #$00 ; up
    .down
        CMP.b $00
        BCC .across
        TYX
    .across
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores at {result} the direction from the point ({own_x}, {own_y}) to ({x}, "
            f"{y}), unsigned bytes: 0 up, 2 down, 4 left, 6 right. The larger distance decides, on a tie the "
            "vertical one; no vertical distance counts as down.",
            f"Which way must a guard at x {own_x}, y {own_y} face to look at x {x}, y {y} (unsigned bytes, y "
            f"grows downwards)? 0 up, 2 down, 4 left, 6 right into {result}: sideways only if the distance in x "
            "is greater than that in y; a y that is not smaller is down.",
            f"dx = byte[{x}] - byte[{own_x}], dy = byte[{y}] - byte[{own_y}] (true differences). byte[{result}] "
            "= |dx| > |dy| ? (dx < 0 ? 4 : 6) : (dy < 0 ? 0 : 2).",
            f"My statue turns to Link. Statue at ({own_x}, {own_y}), Link at ({x}, {y}), all unsigned bytes. "
            f"Code to {result}: 6 right or 4 left if he is further off in x than in y, otherwise 0 if he is "
            "above and 2 if not.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"own_x": own_x, "own_y": own_y, "x": x, "y": y, "result": result},
    )
