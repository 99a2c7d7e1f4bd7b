"""Which upload wrote a tile or a map entry in VRAM: word addresses, tile numbers and sizes."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import LETTERS, question
from oracle_lib.verify import Span, assemble, shared_console

SUBJECT = "address maps"
_SOURCES = ("font", "status bar map", "BG1 map", "BG2 map", "background tiles", "sprite tiles", "water animation",
            "boss tiles", "title logo", "item icons", "text box map")  # fmt: skip


def draw(rng: random.Random) -> Problem:
    place = rng.randrange(0, 8) * 0x200
    rows: list[tuple[str, int, int]] = []
    for name in rng.sample(_SOURCES, 5):
        words = rng.choice((0x80, 0x100, 0x180, 0x200, 0x400, 0x800))
        rows.append((name, place, words))
        place += words + rng.choice((0, 0x80, 0x200))
    which = rng.randrange(5)
    name, first, words = rows[which]
    depth = rng.choice((2, 4))
    each = 4 * depth
    base = rng.randrange(0, first + 1, 0x1000)
    number = rng.randrange(-(-(first - base) // each), (first - base + words) // each)
    if number > 0x3FF:
        return draw(rng)
    address = base + each * number
    assert _word(address) and first <= address <= address + each <= first + words
    listed = "\n".join(
        f"{letter}) {said}: {size * 2} bytes to word ${start:04X}"
        for letter, (said, start, size) in zip(LETTERS, rows, strict=False)
    )
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"Tile ${number:03X} of a {depth}bpp layer shows garbage; its tiles begin at word ${base:04X}. At which "
            "word of "
            "VRAM is the tile, and which upload put it there?",
            f"The layer has {depth}bpp tiles from word ${base:04X}. Where does tile ${number:03X} lie, and whose DMA "
            "wrote "
            "it?",
            f"{depth}bpp, base ${base:04X}, tile ${number:03X}: VRAM word and upload?",
            f"I want to replace one tile, number ${number:03X} ({depth}bpp, base word ${base:04X}). What is its VRAM "
            "address in words, and in which of these uploads is it?",
            f"Which of these transfers holds tile ${number:03X} of the {depth}bpp layer that starts at word "
            f"${base:04X}?",
        ),
        input=f"VRAM addresses count words of two bytes. The DMAs, in order:\n\n{listed}\n\n`address` is the word "
        "address.",
        reasoning=f"A {depth}bpp tile has 8 * 8 * {depth} bits, {8 * depth} bytes or {each} words. ${base:04X} + "
        f"${number:03X} * {each} = ${base:04X} + ${number * each:04X} = ${address:04X}. {LETTERS[which]}, the {name}, "
        "takes "
        f"words ${first:04X} to ${first + words - 1:04X}, so it is there.",
        facts={"choice": LETTERS[which], "address": address},
        parameters={"uploads": listed, "base": base, "tile": number, "depth": depth},
        digits={"address": 4},
    )


def _word(address: int) -> bool:
    """Whether the console finds what is written to this word at twice its number of bytes."""
    text = (
        f"LDA #$80 : STA $2115 : LDA #${address & 0xFF:02X} : STA $2116 : LDA #${address >> 8:02X} : STA $2117 : "
        "LDA #$5A : STA $2118 : LDA #$A5 : STA $2119 : RTS"
    )
    span = Span(address=0x7F0000 + 2 * address, length=2)
    with shared_console() as console:
        run = console.call(assemble(text, backend="own").code, watch=(span,), writes=(span,), driver="vram")
    return run.memory[span.address] == b"\x5a\xa5"
