"""Makes problems of recipes: programs of one purpose, with the requests that name it. See `tasks/recipes/`."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Sequence
from functools import cache

from oracle_lib import OracleError
from oracle_lib.tasks import Problem, families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination import refuses
from oracle_lib.tasks.kit.asm import Routine
from oracle_lib.tasks.program import vocabulary
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.compiler import Style, Unsupported, compile_program
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import problem
from oracle_lib.tasks.program.teller import tell

Made = tuple[Sequence[p.Statement], Sequence[str]]
"""A recipe's program and the requests for it."""
Recipe = Callable[[Drawer], Made]

_TURNS = 60
_STEP_BY_STEP = 2
"""How many requests tell the same program step by step, behind those that name its purpose."""


def of_recipes(module: str, subject: str, rng: random.Random, recipes: Sequence[Recipe]) -> Problem:
    """A problem of one of the recipes."""
    for _ in range(_TURNS):
        drawer, recipe = Drawer(rng), rng.choice(recipes)
        statements, asks = recipe(drawer)
        program = p.Program(tuple(statements))
        name = vocabulary.identifier(recipe.__name__.replace("_", " "))
        names = (name, name, vocabulary.routine_names(rng, drawer.nouns))
        routine = Routine.draw(rng, *names, keeps=("", "", "", "", "x", "y", "xy"))
        if not shows_everything(Stage(program), rng):
            continue
        try:
            text = compile_program(program, routine, Style.draw(rng))
        except Unsupported:
            continue
        if refuses(program, module):
            continue
        own = rng.sample(list(asks), len(asks))
        told = (*own, *tell(program, rng)[:_STEP_BY_STEP])
        return problem(module, subject, program, routine, rng, text, asks=told)
    raise OracleError(f"{_TURNS} draws in a row gave no recipe that can be compiled; widen what they draw")


@cache
def every_recipe() -> tuple[Recipe, ...]:
    """The recipes of all files."""
    files = [importlib.import_module(f"oracle_lib.tasks.recipes.{name}") for name in families(("recipes",))]
    return tuple(recipe for file in files for recipe in file.RECIPES)
