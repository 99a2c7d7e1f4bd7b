"""The assembly families keep their promises: references that work, fair wording, contracts that bite."""

import random
import re
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest

from oracle_lib.sample import Task
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.verify import AsmContract, check, extract_code

FAMILIES = [family for family in families().values() if family.kind == "asm"]
every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)


@cache
def drawn(family: Family, seed: int) -> Problem:
    return family.draw(random.Random(seed))


def asm(problem: Problem) -> AsmContract:
    assert isinstance(problem.contract, AsmContract)
    return problem.contract


def test_there_are_many_families_and_many_short_answers() -> None:
    short = [family for family in FAMILIES if len(drawn(family, 1).references[0].splitlines()) <= 8]
    assert len(FAMILIES) >= 90
    assert len(short) >= 10


@every_family
def test_every_reference_keeps_its_contract(family: Family) -> None:
    for seed in (1, 2):
        problem = drawn(family, seed)
        for reference in problem.references:
            verdict = check(reference, problem.contract)
            assert verdict.passes, f"seed {seed}: {verdict.reasons}\n{reference}"


@every_family
def test_a_seed_always_draws_the_same_problem_and_seeds_draw_many(family: Family) -> None:
    assert family.draw(random.Random(1)) == drawn(family, 1)
    problems = [drawn(family, seed) for seed in range(1, 9)]
    assert len({problem.group for problem in problems}) >= 7
    assert {problem.family for problem in problems} == {family.name}


@every_family
def test_the_wording_varies_and_says_how_the_routine_is_called(family: Family) -> None:
    problem = drawn(family, 1)
    contract = asm(problem)
    assert len(set(problem.instructions)) >= 4
    for instruction in problem.instructions:
        assert contract.returns.upper() in instruction
        assert str(contract.m) in instruction and str(contract.x) in instruction
        assert "{" not in instruction
        if isinstance(contract.entry, str):
            assert f"`{contract.entry}`" in instruction


@every_family
def test_addresses_are_written_as_a_programmer_writes_them(family: Family) -> None:
    problem = drawn(family, 2)
    for text in (*problem.instructions, *problem.references):
        assert not re.search(r"\d{6,}", re.sub(r"\$[0-9A-F]+", "", text)), text
        assert not re.search(r"\b[A-Z]{3}\.[bwl] \d", text), text


@every_family
def test_a_contract_has_enough_cases_and_they_differ(family: Family) -> None:
    cases = asm(drawn(family, 2)).cases
    assert len(cases) >= 8
    assert len({case.model_dump_json() for case in cases}) == len(cases)


@every_family
def test_what_is_handed_in_for_optimisation_is_correct_but_too_big_or_too_slow(family: Family) -> None:
    problem = drawn(family, 3)
    if problem.task is Task.OPTIMISE:
        given = extract_code(problem.input)
        assert not check(given, problem.contract).passes
        unbounded = asm(problem).model_copy(update={"max_bytes": None, "max_cycles": None})
        assert check(given, unbounded).passes


def mutants(reference: str) -> list[str]:
    """The reference with one instruction dropped or one constant changed."""
    lines = reference.splitlines()
    changed = []
    for place, line in enumerate(lines):
        if re.match(r" +[A-Z]{3}", line) and "NOP" not in line:
            changed.append([*lines[:place], *lines[place + 1 :]])
        if (constant := re.search(r"#\$([0-9A-F]+)", line)) and not re.search("REP|SEP", line):
            digits = constant.group(1)
            flipped = f"{int(digits, 16) ^ 1:0{len(digits)}X}"
            changed.append([*lines[:place], line.replace(f"#${digits}", f"#${flipped}"), *lines[place + 1 :]])
    return ["\n".join(mutant) for mutant in changed]


def test_contracts_bite() -> None:
    rng = random.Random(7)
    outcomes = Counter[tuple[str, bool]]()
    for family in FAMILIES:
        problem = drawn(family, 4)
        candidates = mutants(problem.references[0])
        for mutant in rng.sample(candidates, min(4, len(candidates))):
            outcomes[family.name, check(mutant, problem.contract).passes] += 1
    survivors = Counter({name: count for (name, passed), count in outcomes.items() if passed})
    assert survivors.total() <= 0.06 * outcomes.total(), survivors
    assert max(survivors.values(), default=0) <= 2, survivors


def run_family(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oracle_lib.tasks", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_shows_a_family_and_suggests_the_nearest_name() -> None:
    shown = run_family("add_words", "--count", "2", "--seed", "5")
    assert shown.returncode == 0
    assert shown.stdout.count("passes") == 4
    unknown = run_family("add_wrods")
    assert unknown.returncode == 1
    assert "add_words" in unknown.stderr
