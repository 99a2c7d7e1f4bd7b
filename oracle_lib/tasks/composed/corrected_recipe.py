"""Corrects a routine that nearly does what a recipe is for: a constant is another one, or a step is missing."""

import random

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import earlier, problem
from oracle_lib.tasks.program.recipes import all_recipes
from oracle_lib.verify import check

SUBJECT = "game state"
_TURNS = 80


def draw(rng: random.Random) -> Problem:
    for _ in range(_TURNS):
        drawer = Drawer(rng)
        statements, requests = rng.choice(all_recipes())(drawer)
        program = p.Program(tuple(statements))
        before = earlier(program, rng)
        if before == program or not shows_everything(Stage(program), rng):
            continue
        routine = Routine.draw(rng, vocabulary.routine_names(rng, drawer.nouns), keeps=("", "", "", "x", "y", "xy"))
        style = Style.draw(rng)
        try:
            text, wrong = (compile_program(one, routine, style) for one in (program, before))
        except Unsupported:
            continue
        if refuses(program, __name__):
            continue
        asks = [rng.choice(_FRAMES).format(request=request) for request in rng.sample(requests, len(requests))]
        made = problem(__name__, SUBJECT, program, routine, rng, text, asks=tuple(asks), input=f"```asm\n{wrong}\n```")
        if not check(wrong, made.contract).passes:
            return made
    raise OracleError(f"{_TURNS} draws in a row gave no routine to correct; widen what the family draws")


_FRAMES = (
    "{request} What I have is below, but it isn't right. Correct it.",
    "This routine is not quite what I need. {request}",
    "Something is wrong in the code below. It was written for this: {request}",
    "{request} Start from my attempt below; it does something slightly different.",
    "Please fix the routine that follows. The task was: {request}",
)
