"""Fills a rectangle of a tilemap buffer."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FillRectangle", "DrawBox", "PaintWindow")
    width, height = rng.randrange(2, 12), rng.randrange(2, 8)
    column, row = rng.randrange(32 - width), rng.randrange(8)
    [tilemap] = high_ram(rng, 1, 0x400)
    first = 64 * row + 2 * column
    tile = rng.randrange(0x10000)
    rows = [tilemap + first + 64 * place for place in range(height)]

    def case(state: State) -> None:
        for start in rows:
            state.expect(start, tile.to_bytes(2, "little") * width)

    body = f"""
        LDX #${first:04X}
        LDA #${tile:04X}
        LDY #${height:04X}
    .row
        PHY
        LDY #${width:04X}
    .cell
        STA.l {tilemap},X
        INX
        INX
        DEY
        BNE .cell
        TXA
        CLC
        ADC #${64 - 2 * width:04X} ; to the next row
        TAX
        LDA #${tile:04X}
        PLY
        DEY
        BNE .row
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that fills a rectangle of {width} x {height} words (columns x rows) with "
            f"${tile:04X} in the tilemap buffer at {tilemap}, which has 32 words a row. Its top left corner is "
            f"column {column}, row {row}.",
            f"How do I draw a box of tile word ${tile:04X}, {width} columns wide and {height} rows high, into "
            f"the 32-column tilemap at {tilemap} from column {column}, row {row}?",
            f"Tilemap {tilemap}, 32 words a row: words (column, row) with {column} <= column < {column + width} "
            f"and {row} <= row < {row + height} become ${tile:04X}; no other changes.",
            f"A window opens: in my tilemap copy at {tilemap} (32 tiles of two bytes across) put ${tile:04X} "
            f"into {width} tiles of each of {height} rows, starting at x {column}, y {row}.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(start, 2 * width) for start in rows],
        parameters={"width": width, "height": height, "column": column, "row": row, "tilemap": tilemap, "tile": tile},
    )
