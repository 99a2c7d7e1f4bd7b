"""Turns a world coordinate into a screen coordinate and says whether it is visible."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ScreenPosition", "ToScreen", "OnScreen")
    world, camera, result = low_ram(rng, 3)
    extent = rng.choice((0x100, 0xE0))

    def case(state: State) -> None:
        view = state.word(camera)
        at = state.word(world, (view + state.one_of(0, extent - 1, extent, -1, state.rng.randrange(0x180))) % 0x10000)
        state.expect(result, at - view, size=2)
        state.expect_carry((at - view) % 0x10000 >= extent)

    body = f"""
        LDA.w {world}
        SEC
        SBC.w {camera}
        STA.w {result}
        CMP #${extent:04X} ; carry set: not visible
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores word[{world}] - word[{camera}] at {result} and returns with the carry "
            f"clear if that is below ${extent:04X} (unsigned), else set.",
            f"How do I get a screen coordinate at {result} from the world one at {world} and the camera at "
            f"{camera}? Carry clear when it is below ${extent:04X}, set when off screen.",
            f"word[{result}] = word[{world}] - word[{camera}]; carry = result >= ${extent:04X}, unsigned.",
            f"Sprite at {world}, camera at {camera} (words): put the difference into {result} and tell me by a "
            f"clear carry that it is under ${extent:04X}, by a set one that it isn't.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"world": world, "camera": camera, "result": result, "extent": extent},
    )
