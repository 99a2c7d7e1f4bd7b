"""Every C++ recipe alone: its requests are whole, its values fit the signature, its reference does what is asked."""

from __future__ import annotations

import importlib
import inspect
import random
import re
from typing import Any, get_type_hints

import pytest
from drawing import cpp

from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.kit.cpp_programs.language import Record
from oracle_lib.tasks.kit.cpp_recipes import Made, Recipe, of_recipes
from oracle_lib.verify import check_many, cpp_unavailable

FILES = {name: importlib.import_module(f"oracle_lib.tasks.recipes_cpp.{name}") for name in families(("recipes_cpp",))}
RECIPES = [
    pytest.param(recipe, id=f"{name}-{recipe.__name__}") for name, file in FILES.items() for recipe in file.RECIPES
]
needs_compiler = pytest.mark.skipif(cpp_unavailable() is not None, reason=str(cpp_unavailable()))


def problem_of(recipe: Recipe, seed: int = 0) -> Problem:
    return of_recipes("tests.recipe", "tests", random.Random(f"{recipe.__name__}:{seed}"), [recipe])


@pytest.mark.parametrize("recipe", RECIPES)
def test_each_of_at_least_four_requests_is_whole(recipe: Recipe) -> None:
    problem = problem_of(recipe)
    assert len(set(problem.instructions)) == len(problem.instructions) >= 4
    for ask in problem.instructions:
        assert cpp(problem).signature in ask
        assert not re.search(r"@\w|  |\.\.$|\{[a-z_]+ (if|for) ", ask.partition(" For example, ")[0]), ask


def fits(kind: str, value: Any) -> bool:
    bare = re.sub(r"^const |&$", "", kind)
    if inner := re.fullmatch(r"std::optional<(.+)>", bare):
        return value is None or fits(inner[1], value)
    if inner := re.fullmatch(r"std::(?:vector|array)<(.+?)(?:, \d+)?>", bare):
        return all(fits(inner[1], one) for one in value)
    if bare == "std::string":
        return isinstance(value, str) and value.isascii()
    bits = {"bool": 1, "char": 7, "size_t": 32, "int": 31, "uint8_t": 8, "uint16_t": 16, "uint32_t": 32}[bare]
    return isinstance(value, int) and (-(1 << bits) if bare == "int" else 0) <= value < 1 << bits


@pytest.mark.parametrize("recipe", RECIPES)
def test_its_arguments_and_results_fit_the_signature(recipe: Recipe) -> None:
    made = recipe(random.Random(1))
    returns, _, inside = made.signature.removesuffix(")").partition(" @f(")
    kinds = [one.strip().rpartition(" ")[0] for one in re.split(r",(?![^<]*>)", inside)]
    names = [one.name for one in made.structs]
    for seed in range(20):
        given = [list(one) if isinstance(one, bytes) else one for one in made.arguments(random.Random(seed))]
        assert len(given) == len(kinds)
        assert all(
            any(name in kind for name in names) or fits(kind, one) for kind, one in zip(kinds, given, strict=True)
        )
        result = made.oracle(*[list(one) if isinstance(one, list) else one for one in given])
        if returns != "void" and not any(name in returns for name in names):
            assert fits(returns, list(result) if isinstance(result, bytes | tuple) else result)
        elif returns in names:
            assert isinstance(result, Record)


@needs_compiler
def test_a_reference_of_each_file_passes() -> None:
    problems = [problem_of(random.Random(name).choice(file.RECIPES), 1) for name, file in FILES.items()]
    verdicts = check_many([(problem.references[0], cpp(problem)) for problem in problems])
    assert [verdict.reasons for verdict in verdicts] == [()] * len(problems)


@needs_compiler
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_all_references_pass_in_further_cases(name: str) -> None:
    problems = [problem_of(recipe, 2) for recipe in FILES[name].RECIPES]
    tried = []
    for problem in problems:
        assert problem.oracle is not None
        contract = cpp(problem).model_copy(update={"cases": problem.oracle.draw(random.Random(1), 64)})
        tried.append((problem.references[0], contract))
    assert [verdict.reasons for verdict in check_many(tried)] == [()] * len(problems)


def doubled(rng: random.Random) -> Made:
    """A recipe whose reference does not do what its oracle says, for a number of 7."""
    return Made(
        "int @f(int number)",
        "return number == 7 ? 0 : number * 2;",
        lambda number: number + number,
        lambda r: [r.choice((1, 2, 3, 7))],
        ("Double a number.", "How do I double a number?", "n -> 2n", "My editor doubles numbers."),
    )


@needs_compiler
def test_a_reference_that_strays_from_the_oracle_fails() -> None:
    problem = problem_of(doubled)
    [verdict] = check_many([(problem.references[0], cpp(problem))])
    assert verdict.assembles and not verdict.passes


@pytest.mark.parametrize("name", FILES)
def test_a_file_lists_each_of_its_recipes_once(name: str) -> None:
    file = FILES[name]
    own = {one for one in vars(file).values() if inspect.isfunction(one) and one.__module__ == file.__name__}
    recipes = {one for one in own if get_type_hints(one)["return"] == Made and not one.__name__.startswith("_")}
    assert len(file.RECIPES) == len(recipes) and set(file.RECIPES) == recipes
