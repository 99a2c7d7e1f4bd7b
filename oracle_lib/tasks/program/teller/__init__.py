"""Puts a composed program into words: requests as ROM hackers make them, in several registers, each of them complete.

It tells only what a routine does; how it is called is added by `kit.asm.make`. Since an answer is judged by what it
does on hidden states, every telling names all widths, limits, orders and promises that matter there.
"""

from __future__ import annotations

import random

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller import tones
from oracle_lib.tasks.program.teller.c import source_c
from oracle_lib.tasks.program.teller.python import source_python
from oracle_lib.tasks.program.teller.sentences import Sentences
from oracle_lib.tasks.program.teller.tones import addition, plan
from oracle_lib.tasks.program.teller.words import Numbers, third_person

__all__ = ["addition", "describe", "plan", "source_c", "source_python", "tell"]


def describe(program: p.Program) -> str:
    """What the program does, in the third person without a full stop, and without addresses: "clears the hit timer"."""
    speaker = Sentences(random.Random(0), "meaning", Numbers(hexadecimal=True))
    speaker.formulas.named = True
    return "; ".join(third_person(speaker.summary(s)) for s in program.body)


def tell(program: p.Program, rng: random.Random) -> tuple[str, ...]:
    """Different requests for the program, each complete, in an order drawn from `rng`."""
    told = [tone(program, rng) for tone in tones.TONES]
    rng.shuffle(told)
    return tuple(dict.fromkeys(told))
