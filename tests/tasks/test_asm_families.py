"""The assembly families keep their promises: references that work, fair wording, contracts that bite."""

import random
import re
from collections import Counter

from drawing import asm, drawn, each

from oracle_lib.sample import Task
from oracle_lib.tasks import Family, families
from oracle_lib.verify import check, extract_code

FAMILIES = list(families(("asm",)).values())
ALL = [*FAMILIES, *families(("held_out",)).values()]
BY_NAME = [family for family in ALL if family.example.task is not Task.HOOK]
OPTIMISATIONS = [family for family in ALL if family.example.task is Task.OPTIMISE]


@each(ALL)
def test_every_reference_keeps_its_contract(family: Family) -> None:
    for seed in (1, 2):
        problem = drawn(family, seed)
        for reference in problem.references:
            verdict = check(reference, problem.contract)
            assert verdict.passes, f"seed {seed}: {verdict.reasons}\n{reference}"


@each(ALL)
def test_the_wording_says_how_the_routine_is_called(family: Family) -> None:
    problem = drawn(family, 1)
    contract = asm(problem)
    for instruction in problem.instructions:
        assert contract.returns.upper() in instruction
        assert str(contract.m) in instruction and str(contract.x) in instruction


@each(BY_NAME)
def test_the_wording_says_the_name_that_the_routine_is_called_by(family: Family) -> None:
    problem = drawn(family, 1)
    assert all(f"`{asm(problem).entry}`" in instruction for instruction in problem.instructions)


@each(ALL)
def test_addresses_are_written_as_a_programmer_writes_them(family: Family) -> None:
    problem = drawn(family, 2)
    for text in (*problem.instructions, *problem.references):
        assert not re.search(r"\d{6,}", re.sub(r"\$[0-9A-F]+", "", text)), text
        assert not re.search(r"\b[A-Z]{3}\.[bwl] \d", text), text


@each(ALL)
def test_no_two_cases_of_a_contract_are_equal(family: Family) -> None:
    cases = [case.model_dump_json() for case in drawn(family, 2).contract.cases]
    assert len(set(cases)) == len(cases)


@each(OPTIMISATIONS)
def test_what_is_handed_in_for_optimisation_is_correct_but_too_big_or_too_slow(family: Family) -> None:
    problem = drawn(family, 3)
    given, contract = extract_code(problem.input), asm(problem)
    assert not check(given, contract).passes
    assert check(given, contract.model_copy(update={"max_bytes": None, "max_cycles": None})).passes


@each(OPTIMISATIONS)
def test_the_bound_is_told_and_just_kept(family: Family) -> None:
    problem = drawn(family, 3)
    contract = asm(problem)
    [(limit, bound)] = [
        (name, value) for name in ("max_bytes", "max_cycles") if (value := getattr(contract, name)) is not None
    ]
    assert all(str(bound) in instruction for instruction in problem.instructions)
    assert check(problem.references[0], contract).passes
    tighter = contract.model_copy(update={limit: int(bound / 1.06)})
    assert not check(problem.references[0], tighter).passes


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
