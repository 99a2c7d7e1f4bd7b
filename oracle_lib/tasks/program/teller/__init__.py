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
from oracle_lib.tasks.program.teller.tones import addition

__all__ = ["addition", "source_c", "source_python", "tell"]


def tell(program: p.Program, rng: random.Random) -> tuple[str, ...]:
    """Different requests for the program, each complete, in an order drawn from `rng`."""
    told = [tone(program, rng) for tone in tones.TONES]
    rng.shuffle(told)
    return tuple(dict.fromkeys(told))
