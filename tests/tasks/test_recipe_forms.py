"""Recipes in other forms of request: what is to be corrected is wrong, what is to be shortened right but too long."""

from __future__ import annotations

import importlib
import random
import re

import pytest

from oracle_lib.tasks import Problem, families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.composed.rewritten_recipe import bears_changes
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.recipes import around_calls
from oracle_lib.verify import AsmContract, check

FAMILIES = families(("composed",))


def drawn(name: str, count: int = 6) -> list[Problem]:
    return [FAMILIES[name].draw(random.Random(f"{name} {place}")) for place in range(count)]


def handed_in(problem: Problem) -> str:
    found = re.fullmatch(r"```asm\n(.*)\n```", problem.input, re.DOTALL)
    assert found
    return found[1]


def test_what_is_handed_in_to_be_corrected_fails_and_the_reference_passes() -> None:
    for problem in drawn("corrected_recipe"):
        assert not check(handed_in(problem), problem.contract).passes
        assert check(problem.references[0], problem.contract).passes


def test_what_is_handed_in_to_be_shortened_is_right_but_too_long() -> None:
    for problem in drawn("optimised_recipe"):
        assert isinstance(problem.contract, AsmContract)
        assert not check(handed_in(problem), problem.contract).passes
        assert check(handed_in(problem), problem.contract.model_copy(update={"max_bytes": None})).passes
        assert check(problem.references[0], problem.contract).passes


@pytest.mark.parametrize("name", ["hooked_recipe", "corrected_recipe", "optimised_recipe"])
def test_nothing_of_a_frame_is_left_open(name: str) -> None:
    for problem in drawn(name):
        for instruction in problem.instructions:
            assert not re.search(r"<request>|\{(bound|entry|work|request)\}", instruction)


def test_an_index_that_only_a_condition_bounds_is_not_rewritten() -> None:
    kinds, total = p.Array("Kinds", "kind", Address(0x0D00), 8), p.Variable("Total", "total", Address(0x0E00))
    prices = p.Table("Prices", "price", (1, 2, 3, 4))
    kind = p.Read(p.Here(kinds))
    added = p.Set(total, p.Binary("add", p.Read(total), p.Read(p.Item(prices, kind))))
    guarded = p.Each((kinds,), (p.If(p.Compared("<", kind, p.Number(4)), (added,)),))
    assert not bears_changes(p.Program((p.Set(total, p.Number(0)), guarded)))
    for below, bears in ((None, False), (4, True), (5, False)):
        promised = p.Variable("Kind", "kind", Address(0x0E02), below=below)
        assert bears_changes(p.Program((p.Set(total, p.Read(p.Item(prices, p.Read(promised)))),))) is bears


@pytest.mark.parametrize("name", ["hooked_recipe", "rewritten_recipe"])
def test_a_recipe_that_calls_a_routine_is_put_into_no_rom_that_lacks_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = importlib.import_module(f"oracle_lib.tasks.composed.{name}")
    calling = around_calls.RECIPES[:4]
    monkeypatch.setattr(family, "all_recipes", lambda: calling)
    assert all(family._attempt(random.Random(seed)) is None for seed in range(20))
