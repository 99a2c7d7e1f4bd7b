"""Builds a tilemap word from a tile number and constant attributes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TileWord", "MakeTile", "BuildTile")
    tile, result = low_ram(rng, 2)
    palette, priority, flip_x, flip_y = rng.randrange(8), rng.randrange(2), rng.randrange(2), rng.randrange(2)
    attributes = flip_y << 15 | flip_x << 14 | priority << 13 | palette << 10

    def case(state: State) -> None:
        state.expect(result, state.word(tile) & 0x3FF | attributes, size=2)

    body = f"""
        LDA.w {tile}
        AND #$03FF
        ORA #${attributes:04X} ; palette {palette}
        STA.w {result}
    """
    flips = {(0, 0): "no flip", (1, 0): "flipped in x", (0, 1): "flipped in y", (1, 1): "flipped in x and y"}[
        flip_x, flip_y
    ]
    look = f"palette {palette}, priority {priority}, {flips}"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that makes a tilemap word at {result} from the low 10 bits of the word at "
            f"{tile}: {look}.",
            f"How do I build a BG tilemap entry (vhopppcc cccccccc) at {result}? Tile number: low 10 bits "
            f"of word {tile}; {look}.",
            f"word[{result}] = (word[{tile}] & $03FF) | attributes: {look}.",
            f"I draw a window tile by tile: number in the word {tile} (10 bits count), {look}. Store the "
            f"finished word at {result}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"tile": tile, "result": result, "attributes": attributes},
    )
