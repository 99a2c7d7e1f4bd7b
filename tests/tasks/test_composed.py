"""The composed families and the recipes: every request is complete, and every reference does on the console what the
interpreter says, in many more states than its contract has.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from drawing import asm, drawn, each

from oracle_lib.sample import Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit.asm import SCRATCH, bus
from oracle_lib.verify import check, extract_code

FAMILIES = families(("composed", "recipes")).values()
_POINTED = 0x7E1000


def fails(problem: Problem, states: int = 64) -> tuple[str, ...]:
    """What the reference does wrong in so many fresh states; nothing, if all is well."""
    assert problem.oracle is not None
    fresh = problem.oracle.draw(random.Random(f"fresh {problem.group}"), states)
    [reference] = problem.references
    for contract in (problem.contract, problem.contract.model_copy(update={"cases": fresh})):
        verdict = check(reference, contract)
        if not verdict.passes:
            return (*verdict.reasons, reference)
    return ()


@each(FAMILIES)
def test_a_reference_keeps_its_contract_in_64_states(family: Family) -> None:
    assert not fails(drawn(family, 0))


@pytest.mark.slow
@each(FAMILIES)
def test_references_keep_their_contracts_in_many_draws(family: Family) -> None:
    for seed in range(1, 32):
        assert not fails(drawn(family, seed))


_OFFSETS = 7
"""How far behind the beginning of its record a field may lie that a request tells by its offset."""


@each(FAMILIES)
@pytest.mark.parametrize("seeds", [(0, 1), pytest.param((2, 3, 4, 5), marks=pytest.mark.slow)], ids=str)
def test_every_request_names_all_that_is_written(family: Family, seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        problem = drawn(family, seed)
        for instruction in problem.instructions:
            if problem.task is Task.HOOK:  # what the routine writes, it shows
                instruction = f"{instruction}\n{problem.input}"
            named = {bus(int(found, 16)) for found in re.findall(r"(?:\$|0x)([0-9A-Fa-f]{2,6})\b", instruction)}
            for address in _written(problem):
                if _is_written_by_a_called_routine(problem, address):  # whose work nobody asks for
                    continue
                beginnings = range(address - _OFFSETS, address + 1)
                assert named.intersection(beginnings), f"{address:06X} in\n{instruction}"


def _is_written_by_a_called_routine(problem: Problem, address: int) -> bool:
    called = () if problem.task is Task.HOOK else asm(problem).host.values()
    place = (address & 0xFFFF).to_bytes(2, "little")
    operand = place[:1] if place[1] == 0 else place
    return any(operand in code for code in called)


def _written(problem: Problem) -> Iterator[int]:
    """Where each thing begins that a routine may write: of an array of records, the first one's field."""
    before = None
    for span in asm(problem).writes:
        is_next = before and before.length == span.length and 0 < span.address - before.address <= 32
        if not is_next and span.address not in (_POINTED, bus(SCRATCH[0])):
            yield span.address
        before = span


@each(FAMILIES)
def test_what_a_state_holds_does_not_overlap(family: Family) -> None:
    for case in asm(drawn(family, 0)).cases:
        end = 0
        for start, content in sorted(case.memory.items()):
            assert start >= end
            end = start + len(content)


@each(FAMILIES)
def test_a_routine_writes_no_more_than_its_contract_allows_and_changes_something(family: Family) -> None:
    problem = drawn(family, 1)
    contract = asm(problem)
    allowed = {span.address + place for span in contract.writes for place in range(span.length)}
    for case in contract.cases:
        for start, expected in case.expect_memory.items():
            assert isinstance(expected, bytes)
            held = case.memory.get(start, b"").ljust(len(expected), b"?")
            assert {start + n for n, byte in enumerate(expected) if held[n] != byte} <= allowed
    nothing = "\n".join((f"{contract.entry}:", f"    {contract.returns.upper()}"))
    if problem.task is not Task.HOOK:
        assert not check(nothing, contract).passes


def test_another_process_draws_the_same_problems() -> None:
    """Whoever judges an answer draws its problem again, elsewhere and later."""
    code = (
        "import random\n"
        "from oracle_lib.tasks import families\n"
        "for family in families(('composed', 'recipes')).values():\n"
        "    print(family.draw(random.Random(0)).model_dump_json())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1"}  # this process has another, by chance
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=True
    )
    drawn_there = elsewhere.stdout.splitlines()
    assert len(drawn_there) == len(FAMILIES)
    for family, there in zip(FAMILIES, drawn_there, strict=True):
        assert drawn(family, 0).model_dump_json().encode() == there, family.name


def test_a_routine_that_is_to_be_changed_does_not_do_what_is_asked_already() -> None:
    family = families(("composed",))["changes"]
    for seed in range(40):
        problem = family.problem(f"changed {seed}")
        old = check(extract_code(problem.input), problem.contract)
        assert old.assembles and not old.passes, problem.input
