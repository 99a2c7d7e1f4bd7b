"""What FastROM saves of a loop: the same code in a bank from $80 on, with $420D set and without."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.timing import Loop, loop
from oracle_lib.tasks.kit.tooling import code, question
from oracle_lib.verify import Span, assemble, shared_console

SUBJECT = "cycles"
_WRITABLE = (Span(address=0x7E0000, length=0x20000), Span(address=0x00420D, length=1))
_DOOR = 4
"""Bytes of a JSR to the loop and an RTL, by which a JSL reaches it; they become faster too, and do not count."""


def draw(rng: random.Random) -> Problem:
    one = loop(rng)
    bank = rng.randrange(0x81, 0xBF)
    place = bank << 16 | rng.randrange(0x8010, 0xFF00)
    saved = _cycles(one, place, 0) - _cycles(one, place, 1) - 2 * _DOOR
    sizes = [_size(line) for line in one.body]
    each, before = sum(sizes) + 2, sum(_size(line) for line in one.setup)
    fetched = before + one.passes * each + 1
    assert saved == 2 * fetched, (one, saved, fetched)
    long = any(".l $" in line for line in one.body)
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"`{one.name}` lies at ${place:06X}. How many master cycles does a call become shorter when bit 0 of $420D "
            "is "
            "set?",
            f"Is FastROM worth it for this loop? It runs in bank ${bank:02X}; tell me the master cycles that a call "
            "saves.",
            "FastROM: master cycles saved a call?",
            f"I set $420D to $01 and call `{one.name}` through its mirror in bank ${bank:02X}. What do I gain, in "
            "master "
            "cycles, against slow ROM?",
            f"How much of the time of `{one.name}` (bank ${bank:02X}) goes away with 3.58 MHz ROM? Count the bytes "
            "that "
            "are fetched.",
        ),
        input=f"{code(one.text)}\n\n{one.widths}. In FastROM an access to ROM from bank $80 on takes 6 master cycles "
        "in "
        "place of 8; WRAM stays at 8. Count from the first opcode to the RTS.",
        reasoning="Only fetching the code becomes faster; the data is in "
        f"{'WRAM, also that of bank $7F' if long else 'WRAM'}."
        f" Before the loop {before} bytes are fetched, in each of {one.passes} passes {' + '.join(map(str, sizes))} + "
        "2 = "
        f"{each}, and 1 for the RTS: {before} + {one.passes} * {each} + 1 = {fetched} bytes. Each saves 2 master "
        "cycles.",
        facts={"cycles": saved},
        parameters={"text": one.text, "place": place},
    )


def _size(line: str) -> int:
    return len(assemble(line, backend="own").code)


def _cycles(one: Loop, place: int, fast: int) -> int:
    """Of a caller in slow ROM that switches the speed, calls the loop and switches it back."""
    narrow, wide = ("SEP #$20 : ", "REP #$20 : ") if one.m == 16 else ("", "")
    caller = assemble(
        f"{narrow}LDA #$0{fast} : STA.l $00420D : {wide}JSL ${place - _DOOR:06X} : "
        f"{narrow}LDA #$00 : STA.l $00420D : RTS",
        backend="own",
    )
    door = b"\x20" + (place & 0xFFFF).to_bytes(2, "little") + b"\x6b"
    with shared_console() as console:
        run = console.call(
            [
                (0x008000, caller.code),
                (place - _DOOR, door),
                (place, assemble(one.text, origin=place, backend="own").code),
            ],
            budget=1_500_000,
            flags={"m": one.m == 8, "x": one.x == 8},
            entry=0x008000,
            writes=_WRITABLE,
        )
    assert run.cycles is not None, (one, run.ended)
    return run.cycles
