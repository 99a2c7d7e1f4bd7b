"""Shortens a routine that does what a recipe is for, to as many bytes as the compiler's shortest way of writing it."""

import dataclasses
import random

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.kit.optimise import optimise
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import problem
from oracle_lib.tasks.program.recipes import all_recipes
from oracle_lib.verify import assemble, check

SUBJECT = "optimisation"
_TURNS = 80
_WAYS = 8
"""In how many styles a routine is written."""
_SAVED = 3
"""How many bytes there must be to save."""


def draw(rng: random.Random) -> Problem:
    for _ in range(_TURNS):
        drawer = Drawer(rng)
        statements, requests = rng.choice(all_recipes())(drawer)
        program = p.Program(tuple(statements))
        if not shows_everything(Stage(program), rng):
            continue
        routine = Routine.draw(rng, vocabulary.routine_names(rng, drawer.nouns), keeps=("", "", "", "x", "y", "xy"))
        ways = _ways(program, routine, rng)
        if not ways or refuses(program, __name__):
            continue
        short, long = min(ways, key=_length), max(ways, key=_length)
        if _length(long) - _length(short) < _SAVED:
            continue
        asks = tuple(rng.choice(_FRAMES).replace("<request>", one) for one in rng.sample(requests, len(requests)))
        made = problem(__name__, SUBJECT, program, routine, rng, short, asks=asks)
        if check(long, made.contract).passes:
            return optimise(made, long, by="bytes")
    raise OracleError(f"{_TURNS} draws in a row gave no routine to shorten; widen what the family draws")


def _ways(program: p.Program, routine: Routine, rng: random.Random) -> list[str]:
    """The routine in several styles; none where one of them cannot write it."""
    plain = Style(direct=False, trusts_carry=False, pairs=False)
    styles = [plain, Style(), *(dataclasses.replace(Style.draw(rng), comments=False) for _ in range(_WAYS - 2))]
    try:
        return [compile_program(program, routine, style) for style in styles]
    except Unsupported:
        return []


def _length(text: str) -> int:
    return len(assemble(text).code)


_FRAMES = (
    "The routine below does what it should but is too long. Rewrite it in at most {bound} bytes. Its task: <request>",
    "<request> The code that follows does it. I only have {bound} bytes of room; shorten it to fit.",
    "Optimise for size, limit {bound} bytes, same effect. <request>",
    "My bank is nearly full. Bring this routine down to {bound} bytes or less without changing what it does. <request>",
    "Can the code below be done in {bound} bytes? What it is for: <request>",
)
