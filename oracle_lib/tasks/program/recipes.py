"""Makes problems of recipes: programs of one purpose, with the requests that name it. See `tasks/recipes/`."""

from __future__ import annotations

import importlib
import pkgutil
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from functools import cache
from types import FrameType

from oracle_lib import OracleError
from oracle_lib.tasks import Problem
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
Named = p.Variable | p.Array | p.Table

_TURNS = 60
_STEP_BY_STEP = 2
"""How many requests tell the same program step by step, behind those that name its purpose."""


@cache
def all_recipes() -> tuple[Recipe, ...]:
    """The recipes of all files in `tasks/recipes/`."""
    package = importlib.import_module("oracle_lib.tasks.recipes")
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    files = [importlib.import_module(f"{package.__name__}.{name}") for name in sorted(names)]
    return tuple(recipe for file in files for recipe in file.RECIPES)


def made_with_names(recipe: Recipe, drawer: Drawer) -> tuple[Made, dict[Named, str]]:
    """What the recipe makes, and what it calls each thing itself: the names of its local variables.

    They fit the requests, which the drawn names and nouns need not: a recipe tells of a "purse" wherever it lies.
    """
    names: dict[Named, str] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is getattr(recipe, "__code__", None):
            for name, thing in frame.f_locals.items():
                if isinstance(thing, Named):
                    names[thing] = name
                elif hasattr(thing, "__dict__") and not is_dataclass(thing):  # what a recipe's own class holds
                    for held in vars(thing).values():
                        if isinstance(held, Named):
                            names.setdefault(held, name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        made = recipe(drawer)
    finally:
        sys.setprofile(before)
    return made, names


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
