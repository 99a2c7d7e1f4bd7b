"""Bytes that were assembled for one width and run in the other: what the processor makes of them."""

import random
from collections.abc import Mapping

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.crashes import LOW_WRAM, Astray, Crash, Moment, follow, image_of
from oracle_lib.tasks.kit.disassembly import written
from oracle_lib.tasks.kit.tooling import code, dump, plural, question, snes
from oracle_lib.verify import Assembly, assemble
from oracle_lib.verify.contract import Flag, Register

SUBJECT = "register widths"
_COUNT = 4
_HELD: dict[str, Register] = {"A": "a", "X": "x", "Y": "y"}


def draw(rng: random.Random) -> Problem:
    while True:
        wide = rng.random() < 0.6
        digits, register = (2 if wide else 4), rng.choice("AAXY")
        lines = ["Setup:"]
        for _ in range(3):
            value = rng.randrange(1 << 4 * digits)
            where = rng.randrange(0x0700, 0x1000)
            lines += [f"LD{register} #${value:0{digits}X}", f"ST{register}.w ${where:04X}"]
        text = listing("\n".join([*lines, "RTS"]))
        origin = rng.randrange(0x01, 0x40) << 16 | rng.randrange(0x8000, 0xFF00)
        assembly = assemble(text, origin=origin, backend="own")
        flags: dict[Flag, bool] = {"m": not wide, "x": not wide, "d": False, "i": False}
        try:
            crash, other = (_run(assembly, origin, flags, seed) for seed in (1, 2))
        except Astray:
            continue
        value, known = (one.end.registers[_HELD[register]] & (0xFFFF if wide else 0xFF) for one in (crash, other))
        # What is asked for follows from the bytes alone, whatever registers and memory held before.
        whole = len(crash.lines) == _COUNT and crash.end.pc >> 16 == origin >> 16
        if whole and (value, crash.end.pc) == (known, other.end.pc):
            break
    meant, has = ("8", "16") if wide else ("16", "8")
    steps = "\n".join(
        f"- {snes(line.instruction.address)}: {line.instruction.code.hex(' ').upper()} is `{written(line.instruction)}`"
        for line in crash.lines
    )
    end = crash.end.pc
    which = {"A": "A", "X": "X and Y", "Y": "X and Y"}[register]
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"This was assembled for {meant}-bit registers, but A, X and Y are {has} bits wide when it runs. What are "
            "the "
            f"first {_COUNT} instructions that the processor executes, where is it then, and what is in {register}?",
            f"I forgot the {'SEP' if wide else 'REP'} #$30 before this code. Decode the bytes as the processor does: "
            f"where does it stand after {_COUNT} instructions, and what does {register} hold?",
            f"{has}-bit registers, code for {meant}-bit ones: decode {_COUNT} instructions.",
            f"The trace shows instructions that I never wrote. {which} should be {meant} bits wide and {has} it is. "
            "Tell "
            f"me the address of the instruction after the first {_COUNT}, and {register}.",
            f"Disassemble these bytes with M and X {'clear' if wide else 'set'}, {plural(_COUNT, 'instruction')} long.",
        ),
        input=f"{code(text)}\n\nIts bytes:\n\n{code(dump(origin, assembly.code), '')}\n\n`address` is that of the next "
        f"instruction after the first {_COUNT}, `{register}` what the register holds then.",
        reasoning=f"An immediate takes {'two bytes' if wide else 'one byte'} here, where the assembler wrote "
        f"{'one' if wide else 'two'}:\n{steps}\n\nThe next instruction would be at {snes(end)}.",
        facts={"address": end, register: value},
        parameters={"text": text, "origin": origin, "wide": int(wide)},
    )


def _run(assembly: Assembly, origin: int, flags: Mapping[Flag, bool], seed: int) -> Crash:
    """The run from registers and memory of its own for each seed."""
    rng = random.Random(seed)
    limit = 0x100 if flags["x"] else 0x10000
    held: dict[Register, int] = {"a": rng.randrange(0x10000), "x": rng.randrange(limit), "y": rng.randrange(limit)}
    held |= {"d": 0, "db": origin >> 16, "s": 0x01F3}
    names: tuple[Flag, ...] = ("n", "v", "z", "c")
    result = {flag: rng.random() < 0.5 for flag in names}
    return follow(image_of(assembly), Moment(origin, held, {**flags, **result}), rng.randbytes(LOW_WRAM), _COUNT)
