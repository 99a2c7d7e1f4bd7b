"""A table that is read through the wrong data bank: which byte is read, and which bank would be right."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.crashes import LOW_WRAM, Moment, follow, image_of
from oracle_lib.tasks.kit.tooling import code, dump, question, snes
from oracle_lib.verify import assemble

SUBJECT = "data bank"
_TABLES = ("Prices", "Damage", "Speeds", "Palettes", "TileIds", "Heights", "Delays", "Chances", "Sounds", "Offsets")


def draw(rng: random.Random) -> Problem:
    name, width = rng.choice(_TABLES), rng.choice((8, 16))
    bank, wrong = rng.sample(range(0x01, 0x40), 2)
    origin = rng.randrange(0x8000, 0xF000)
    register = rng.choice("XY")
    index = rng.randrange(0, 12)
    repair = "the long form" if register == "X" and rng.random() < 0.5 else "PHK : PLB"
    text = listing(f"Get{name}:\nLDA.w {name},{register}\nRTL\n{name}:\ndb {_row(rng, 16)}")
    assembly = assemble(text, origin=bank << 16 | origin, backend="own")
    table = assembly.labels[name]
    elsewhere = bytes(rng.randrange(256) for _ in range(16))
    image = image_of(assembly)
    own = bytes(image[table + place] for place in range(16))
    read = wrong << 16 | (table & 0xFFFF) + index
    for place, byte in enumerate(elsewhere):
        image[wrong << 16 | (table & 0xFFFF) + place] = byte
    flags = {flag: flag == "x" or (flag == "m" and width == 8) for flag in "nvmxdizc"}
    registers = {"a": 0, "x": 0, "y": 0, "d": 0, "s": 0x01F3, "db": wrong} | {register.lower(): index}
    start = Moment(bank << 16 | origin, registers, flags)  # type: ignore[arg-type]
    crash = follow(image, start, bytes(LOW_WRAM), 1)
    value = crash.end.registers["a"] & (1 << width) - 1
    size = "byte" if width == 8 else "word"
    got = elsewhere[index : index + width // 8].hex(" ").upper()
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"`Get{name}` returns rubbish. DB is ${wrong:02X} when I call it. Which {size} does it really read, and "
            "which "
            "data bank does it need?",
            f"I JSL to `Get{name}` from another bank, with DB = ${wrong:02X} and {register} = ${index:02X}. What lands "
            "in "
            "A, from which address, and what should DB be?",
            f"Data bank: DB = ${wrong:02X}, {register} = ${index:02X}. Address read, A, right bank?",
            f"The table is right, I checked the dump, but A is wrong after `Get{name}` (DB ${wrong:02X}, {register} "
            f"${index:02X}). Explain what the load reads.",
            f"Which address does the LDA in `Get{name}` read with ${wrong:02X} in the data bank register and "
            f"${index:02X} in {register}? Also tell me the bank that the table is in.",
        ),
        input=f"{code(text)}\n\n`Get{name}` lies at {snes(bank << 16 | origin)}, A is {width} bits wide, X and Y are "
        "8. "
        f"The ROM at `{name}`:\n\n{code(dump(table, own), '')}\n\nand at the same place of bank ${wrong:02X}:\n\n"
        f"{code(dump(read - index, elsewhere), '')}",
        reasoning=f"`LDA.w` has 16 bits of address; the bank comes from DB, wherever the code itself runs. So it reads "
        f"${wrong:02X}:{table & 0xFFFF:04X} + ${index:02X} = {snes(read)}, where the ROM has {got}. The table is in "
        "bank "
        f"${bank:02X} like the code: "
        + (
            "PHB, PHK, PLB before the load and PLB after it set that bank."
            if repair == "PHK : PLB"
            else f"`LDA.l {name},X` names it, whatever DB is."
        ),
        facts={"address": read, "A": value, "bank": bank},
        parameters={"text": text, "origin": bank << 16 | origin, "wrong": wrong, "index": index, "width": width,
                    "elsewhere": elsewhere.hex()},
    )  # fmt: skip


def _row(rng: random.Random, count: int) -> str:
    return ",".join(f"${rng.randrange(256):02X}" for _ in range(count))
