"""Whether DMAs fit into vertical blank: what they take, and how many bytes may still follow."""

import random
from functools import cache

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.timing import cycles
from oracle_lib.tasks.kit.tooling import question

SUBJECT = "vblank and DMA"
_A_BYTE, _AROUND = 8, 28
_A_LINE = 1364 - 40
_UPLOADS = ("sprite tiles", "the status bar", "a column of the map", "a row of the map", "animated tiles",
            "the text box", "OAM", "the palette", "the player's tiles", "boss tiles")  # fmt: skip
_SIZES = {"OAM": (544,), "the palette": (32, 64, 128, 256, 512)}


def draw(rng: random.Random) -> Problem:
    height = rng.choice((224, 224, 239))
    lines = 262 - height - (1 if height == 239 else 0)
    lines = rng.choice((lines, lines, lines - rng.randrange(1, 5)))
    whole = lines * _A_LINE
    handler = rng.randrange(40, 160) * 50
    names = rng.sample(_UPLOADS, rng.randrange(2, 5))
    left = whole - handler
    uploads: list[tuple[str, int]] = []
    for name in names:
        size = rng.choice(_SIZES.get(name, (64, 128, 256, 384, 512, 640, 768, 1024)))
        if left - _AROUND - _A_BYTE * size > 2 * _A_BYTE:
            uploads.append((name, size))
            left -= _AROUND + _A_BYTE * size
    for _, size in uploads:
        assert abs(_dma(size) - _AROUND - _A_BYTE * size) <= 8, (size, _dma(size))
    most = (left - _AROUND) // _A_BYTE
    listed = "\n".join(f"- {name}: {size} bytes" for name, size in uploads)
    sums = "\n".join(f"- {name}: {_AROUND} + 8 * {size} = {_AROUND + _A_BYTE * size}" for name, size in uploads)
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            "How many master cycles of vertical blank are left after these DMAs, and how many bytes could one more DMA "
            "move in them?",
            "I upload all this in my NMI handler. Does one more transfer fit, and how large may it be?",
            "Vblank budget: cycles left, most bytes of a further DMA?",
            "My screen flickers when I add another DMA to the NMI handler. Work out what is left of vertical blank and "
            "the largest transfer that still fits.",
            "Add up the DMA time of this frame. What remains, in master cycles and in bytes of another DMA?",
        ),
        input=f"The handler has {lines} lines of vertical blank, each of 1364 master cycles less 40 for DRAM refresh. "
        "Its "
        f"own code takes {handler} master cycles. A DMA takes 8 master cycles a byte, and {_AROUND} to start and end. "
        "It "
        f"uploads:\n\n{listed}",
        reasoning=f"Vertical blank: {lines} * {_A_LINE} = {whole} master cycles; less the {handler} of the code, "
        f"{whole - handler}.\n{sums}\n\nThat leaves {left}. Another DMA gets ({left} - {_AROUND}) / 8, rounded down: "
        f"{most} bytes.",
        facts={"cycles": left, "bytes": most},
        parameters={"lines": lines, "handler": handler, "uploads": listed},
    )


@cache
def _dma(size: int) -> int:
    """The master cycles of a DMA of so many bytes to VRAM, measured: with it and without."""
    text = (
        "LDA #$01 : STA $4300 : LDA #$18 : STA $4301 : STZ $4302 : STZ $4303 : LDA #$7F : STA $4304 : "
        f"LDA #${size & 0xFF:02X} : STA $4305 : LDA #${size >> 8:02X} : STA $4306 : LDA #$0{{}} : STA $420B : RTS"
    )
    return cycles(text.format(1)) - cycles(text.format(0))
