"""Where a return leads whose stack is not balanced: the routine, and a dump of the stack as it was entered."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.crashes import LOW_WRAM, Astray, Moment, follow, image_of
from oracle_lib.tasks.kit.tooling import code, dump, plural, question, snes
from oracle_lib.verify import assemble

SUBJECT = "stack"
_NAMES = ("DrawStatus", "LoadRoomObjects", "RunTimers", "MoveSprites", "UpdatePalette", "CheckDoor", "QueueSound")
_SIZES = {"PHP": 1, "PLP": 1, "PHB": 1, "PLB": 1, "PHD": 2, "PLD": 2, "PHK": 1}


def draw(rng: random.Random) -> Problem:
    while True:
        m, x, returns = rng.choice((8, 16)), rng.choice((8, 16)), rng.choice(("RTS", "RTL"))
        pushes = rng.sample(("PHA", "PHX", "PHY", "PHP", "PHB", "PHD"), rng.randrange(2, 5))
        pulls = [f"PL{push[2]}" for push in reversed(pushes)]
        if rng.random() < 0.5:
            wrong = rng.randrange(len(pulls))
            pulls = pulls[:wrong] + pulls[wrong + 1 :]
        else:
            pulls = [*pulls, rng.choice(("PLA", "PLX", "PLY"))]
        name, variable = rng.choice(_NAMES), rng.randrange(0x0700, 0x0F00)
        middle = rng.choice((f"INC.w ${variable:04X}", f"STZ.w ${variable:04X}", f"LDA.w ${variable:04X}"))
        text = listing("\n".join([f"{name}:", *pushes, middle, *pulls, returns]))
        bank, origin = rng.randrange(0x01, 0x40), rng.randrange(0x8000, 0xFF00)
        assembly = assemble(text, origin=bank << 16 | origin, backend="own")
        s = 0x01E0 + rng.randrange(0x10)
        wram = bytearray(LOW_WRAM)
        wram[s + 1 : s + 9] = bytes(
            rng.choice((rng.randrange(0x80, 0x100), rng.randrange(bank, 0x40))) for _ in range(8)
        )
        start = Moment(
            bank << 16 | origin,
            {
                "a": rng.randrange(0x10000), "x": rng.randrange(1 << x), "y": rng.randrange(1 << x),
                "d": 0, "db": bank, "s": s,
            },
            {"n": False, "v": False, "m": m == 8, "x": x == 8, "d": False, "i": False, "z": False, "c": False},
        )  # fmt: skip
        try:
            crash = follow(image_of(assembly), start, bytes(wram), len(pushes) + len(pulls) + 2)
        except Astray:
            continue
        last = crash.lines[-1]
        before = crash.lines[-2].after.registers["s"]
        if last.instruction.mnemonic != returns or before == s or last.after.pc & 0x8000 == 0:
            continue
        break
    size = 2 if returns == "RTS" else 3
    after = last.after.registers["s"]
    off = before - s
    pulled = crash.lines[-2].wram[before + 1 : after + 1]
    steps = "\n".join(
        f"- `{line.instruction.mnemonic}`: S = ${line.after.registers['s']:04X}"
        for line in crash.lines[:-1]
        if line.instruction.mnemonic[:2] in ("PH", "PL")
    )
    widths = f"A is {m} bits wide, X and Y are {x}"
    held = start.registers
    below = f"A = ${held['a']:04X}, X = ${held['x']:04X}, Y = ${held['y']:04X}, D = $0000, DB = ${bank:02X}, P = "
    p = f"${0x20 * (m == 8) | 0x10 * (x == 8):02X}"
    call = "JSR" if returns == "RTS" else "JSL"
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"`{name}` was called by {call} and does not come back. Where does its {returns} lead?",
            f"The pushes and pulls in `{name}` do not match. At which address does the processor go on after the "
            f"{returns}, and by how many bytes is the stack off before it?",
            f"{returns} of `{name}`: which address does it take from the stack?",
            "I broke on the first instruction of this routine and dumped the stack. Work out where it will return to, "
            "and how far S is from its value on entry when it gets to the return.",
            "Follow S through this routine. By how many bytes is it wrong before the return, and where does the "
            "processor end up?",
        ),
        input=f"{code(text)}\n\nOn entry at {snes(start.pc)}: S = ${s:04X}, {below}{p}; {widths}. The stack above "
        "S:\n\n"
        f"{code(dump(s + 1, bytes(wram[s + 1 : s + 9]), 4), '')}",
        reasoning=f"S is ${s:04X} on entry.\n{steps}\n\nSo S is {plural(abs(off), 'byte')} too "
        f"{'high' if off > 0 else 'low'} before the {returns}. It pulls {size} bytes from ${before + 1:04X} on, "
        f"{pulled.hex(' ').upper()}, low byte first, and adds 1"
        + (f"; the bank stays ${bank:02X}." if size == 2 else "; the third is the bank."),
        facts={"address": last.after.pc, "bytes": abs(off)},
        parameters={"text": text, "start": repr(start), "stack": bytes(wram[s + 1 : s + 9]).hex()},
    )
