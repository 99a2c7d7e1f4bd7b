"""The choices between equally right ways to write a routine, and the refusal of what one of them cannot do."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields

from oracle_lib import OracleError


class Unsupported(OracleError):
    """The compiler has no code for this program in this style; another style or another program may do."""


@dataclass(frozen=True)
class Style:
    """How a programmer likes to write what can be written in several ways. Each has its fallback where it cannot be.

    wide_index: X and Y 16 bits wide where the routine is entered so. down: loops count down where the order is free.
    prefers_y: loops run in Y. unrolls: loops of up to four turns are written out. chains: compare chains, where a jump
    table would do. doubles: products by shifts and additions, where the multiplier would do. stacks: values wait on the
    stack, else in scratch memory. direct: INC, STZ, TSB and the like on memory, else load, change, store.
    trusts_carry: no CLC or SEC where the carry is known. subtracts: ranges and signs by subtraction, else by comparing.
    block_moves: MVN for long copies. pairs: two bytes at a time. comments: notes behind some lines. tests_last: a
    loop's condition stands at its end.
    """

    wide_index: bool = False
    down: bool = True
    prefers_y: bool = False
    unrolls: bool = False
    chains: bool = True
    doubles: bool = True
    stacks: bool = False
    direct: bool = True
    trusts_carry: bool = True
    subtracts: bool = False
    block_moves: bool = False
    pairs: bool = True
    comments: bool = True
    tests_last: bool = False

    @classmethod
    def draw(cls, rng: random.Random) -> Style:
        usual = {"direct": 0.8, "down": 0.6, "comments": 0.7, "prefers_y": 0.2, "unrolls": 0.3, "wide_index": 0.3}
        return cls(**{field.name: rng.random() < usual.get(field.name, 0.5) for field in fields(cls)})
