"""Every recipe alone: its requests say where everything lies, and what is compiled of it does what was asked."""

from __future__ import annotations

import importlib
import inspect
import random
import re
from typing import get_type_hints

import pytest

from oracle_lib.tasks import families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import bus
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, Recipe, of_recipes
from oracle_lib.verify import check

FILES = {name: importlib.import_module(f"oracle_lib.tasks.recipes.{name}") for name in families(("recipes",))}
RECIPES = [
    pytest.param(recipe, id=f"{name}-{recipe.__name__}") for name, file in FILES.items() for recipe in file.RECIPES
]


@pytest.mark.parametrize("recipe", RECIPES)
def test_each_of_at_least_four_requests_says_where_everything_lies(recipe: Recipe) -> None:
    for seed in range(2):
        statements, asks = recipe(Drawer(random.Random(seed)))
        program = p.Program(tuple(statements))
        assert len(set(asks)) == len(asks) >= 4
        called = {one for call in program.things(p.Call) for one in p.Program(call.body).things(p.Variable)}
        variables = [one for one in program.things(p.Variable) if not one.own and one not in called]
        places: dict[int, object] = {bus(one.address): one for one in variables}
        arrays = program.things(p.Array)
        places |= {bus(array.address): array for array in arrays if not array.stride}
        places |= {bus(text.address): text for text in program.things(p.Text)}
        places |= {bus(pointer.address): pointer for pointer in program.things(p.Pointer)}
        for ask in asks:
            named = {bus(int(found, 16)) for found in re.findall(r"(?:\$|0x)([0-9A-Fa-f]{2,6})\b", ask)}
            assert places.keys() <= named, f"{[str(places[one]) for one in places.keys() - named]} in\n{ask}"
            for field in (array for array in arrays if array.stride):  # or its record begins at a place that is named
                assert named.intersection(range(bus(field.address) - field.stride + 1, bus(field.address) + 1)), ask


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_its_reference_keeps_its_contract_in_64_states(recipe: Recipe) -> None:
    problem = of_recipes("tests.recipe", "tests", random.Random(recipe.__name__), [recipe])
    assert problem.oracle is not None
    cases = problem.oracle.draw(random.Random(1), 64)
    verdict = check(problem.references[0], problem.contract.model_copy(update={"cases": cases}))
    assert verdict.passes, (verdict.reasons, problem.references[0])


@pytest.mark.parametrize("name", FILES)
def test_a_file_lists_each_of_its_recipes_once(name: str) -> None:
    file = FILES[name]
    own = {one for one in vars(file).values() if inspect.isfunction(one) and one.__module__ == file.__name__}
    recipes = {one for one in own if get_type_hints(one)["return"] == Made and not one.__name__.startswith("_")}
    assert len(file.RECIPES) == len(recipes) and set(file.RECIPES) == recipes
