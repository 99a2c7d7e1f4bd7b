"""The assembly families keep their promises: references that work, fair wording, contracts that bite."""

import random
import re
from collections import Counter

import pytest
from drawing import asm, drawn, each

from oracle_lib.sample import Task
from oracle_lib.tasks import Family, families
from oracle_lib.tasks.kit import asm as kit
from oracle_lib.verify import check, extract_code

FAMILIES = list(families(("asm",)).values())
ALL = [*FAMILIES, *families(("validation", "held_out")).values()]
HOOKS = [family for family in ALL if "hook" in family.name or family.name == "replace_routine"]
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


@each(ALL)
def test_the_rare_cases_change_nothing_else(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(family, 2)
    monkeypatch.setattr(kit, "RARE", 0)
    without = family.draw(random.Random(2))
    usual = len(without.contract.cases)
    assert len(problem.contract.cases) == usual + 8
    assert without == problem.model_copy(
        update={"contract": asm(problem).model_copy(update={"cases": asm(problem).cases[:usual]})}
    )


def test_every_entry_of_a_table_is_looked_up() -> None:
    for seed in range(20):
        cases = asm(drawn(families()["table_lookup"], seed)).cases
        [table] = re.findall(r"db (.*)", drawn(families()["table_lookup"], seed).references[0])
        assert {value for case in cases for value in case.expect_memory.values()} == {
            bytes.fromhex(value) for value in table.replace("$", "").split(",")
        }


def test_what_lies_beside_a_block_looks_like_what_is_in_it() -> None:
    state = kit.State(random.Random(1), 0, 8, 8)
    state.byte(0x0744, 7)
    state.block(0x0740, b"\x01\x02\x03\x04")
    state.block(0x808000, b"ROM")
    assert state.case().memory == {
        0x7E0744: b"\x07", 0x7E0740: b"\x01\x02\x03\x04", 0x7E073F: b"\x04", 0x7E083F: b"\x04", 0x808000: b"ROM",
    }  # fmt: skip


def test_the_ends_of_ranges_are_drawn_often() -> None:
    generator = kit._Ends("tests")
    seen = Counter(generator.randrange(100) for _ in range(400))
    assert min(seen[0], seen[99]) > 50 and len(seen) > 50
    assert {generator.randrange(10, 20, 3) for _ in range(40)} == {10, 13, 16, 19}


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


@each(HOOKS)
@pytest.mark.parametrize("register", ["X", "Y"])
def test_a_hook_must_keep_x_and_y_and_is_told_so(family: Family, register: str) -> None:
    problem = drawn(family, 1)
    assert all("X, Y, the widths, D and DB" in instruction for instruction in problem.instructions)
    [*_, last] = re.finditer(r"^    (RTL|JML.*)$", problem.references[0], re.MULTILINE)
    verdict = check(f"{problem.references[0][: last.start()]}    IN{register}\n{last[0]}", problem.contract)
    assert not verdict.passes and register in verdict.reasons[0]


def test_a_patched_routine_may_change_what_it_changed_before() -> None:
    problem = drawn(families()["redirect_pointer"], 1)
    assert asm(problem).changes == ("a", "x")
    assert not any("X, Y" in instruction for instruction in problem.instructions)


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
