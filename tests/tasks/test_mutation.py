"""Contracts catch what would break their references: each kind of break, in families of every sort."""

import random
import re
from collections import Counter

import pytest
from drawing import asm, drawn, each

from benchmarks.mutation import DEMANDED, Judge, Outcome, Result, measure, share_caught, table, wilson
from oracle_lib import OracleError
from oracle_lib.tasks import Family, Problem, families
from oracle_lib.tasks.kit.breaks import breaks, sample

KNOWN = families(("asm", "validation", "held_out", "repair"))
SOME = [KNOWN[name] for name in ("add_words", "copy_text", "use_one", "hook_value", "opt_store_zero", "wrong_register")]
MEASURED = ("multiply_word", "names_equal", "take_damage")
REFERENCE = """\
Count:
    REP #$20            ; A 16-bit
    LDX #$03
.next
    LDA.w $0720,X
    CLC
    ADC.b [$10],Y
    STA.w $0740,X
    DEX
    BPL .next
    SEP #$20
    RTS
"""


def test_a_reference_is_broken_in_every_way_that_it_allows() -> None:
    found = breaks(REFERENCE)
    kinds = "addressing branch constant flag insert missing opcode operand order register width"
    assert sorted({one.kind for one in found}) == kinds.split()
    assert len({one.text for one in found} | {REFERENCE}) == len(found) + 1
    changes = {one.change for one in found}
    assert {
        "line 2: REP #$20 -> nothing",
        "line 3: LDX #$03 -> LDX #$04",
        "line 5: LDA.w $0720,X -> LDA.w $0720,Y",
        "line 7: ADC.b [$10],Y -> ADC.b ($10),Y",
        "line 8: STA.w $0740,X / DEX -> DEX / STA.w $0740,X",
        "line 10: BPL .next -> BMI .next",
        "line 12: before RTS -> STZ.w $4200",
    } <= changes
    by_change = {one.change: one.text for one in found}
    assert by_change["line 9: DEX -> INX"] == REFERENCE.rstrip("\n").replace("DEX", "INX")


def test_few_breaks_are_taken_from_every_kind_alike() -> None:
    chosen = sample(random.Random(1), breaks(REFERENCE), 33)
    assert set(Counter(one.kind for one in chosen).values()) <= {2, 3, 4}
    assert chosen == sample(random.Random(1), breaks(REFERENCE), 33)


@each(SOME)
def test_breaks_of_every_kind_are_caught(family: Family) -> None:
    results = measure(family, seed=1, problems=1, count=22, states=64)
    assert len(results) == 22
    assert [one for one in results if one.outcome == "survived"] == []
    assert len({one.kind for one in results if one.outcome == "caught"}) >= 5


def test_what_only_looks_different_is_no_break_and_what_a_contract_lets_pass_survives() -> None:
    problem = drawn(KNOWN["add_words"], 3)
    reference = problem.references[0]
    blind = problem.contract.model_copy(update={"cases": problem.contract.cases[:1] * 2})
    judge = Judge(problem.model_copy(update={"contract": blind}), "tests", states=32)
    [total] = asm(problem).cases[0].expect_memory.values()
    assert isinstance(total, bytes)
    always = reference.replace("    STA", f"    LDA #${int.from_bytes(total, 'little'):04X}\n    STA")
    assert judge(reference.replace("CLC", "CLC\n    NOP"))[0] == "equivalent"
    assert judge(always)[0] == "survived"
    assert Judge(problem, "tests", states=32)(always)[0] == "caught"
    assert judge("nonsense")[0] == "no assembly"


def test_an_oracle_that_its_reference_does_not_keep_is_an_error() -> None:
    family = KNOWN["add_words"]
    wrong = Family("add_words", "asm", "tests", lambda rng: _without_carry(family.draw(rng)))
    with pytest.raises(OracleError, match="reference of add_words fails in a fresh state"):
        measure(wrong, seed=1, problems=1, count=1, states=16)


def _without_carry(problem: Problem) -> Problem:
    return problem.model_copy(update={"references": (problem.references[0].replace("CLC", "NOP"),)})


def test_the_oracle_draws_as_many_cases_as_asked_and_the_same_from_a_seed() -> None:
    oracle = drawn(KNOWN["add_words"], 1).oracle
    assert oracle
    cases = oracle.draw(random.Random(1), 40)
    assert len({case.model_dump_json() for case in cases}) == 40
    assert oracle.draw(random.Random(1), 40) == cases


def test_the_table_counts_shares_of_the_wrong_breaks_alone() -> None:
    outcomes: list[Outcome] = ["survived", *19 * ("caught",), "equivalent", "no assembly"]
    results = [Result("add_words", "order", outcome, "") for outcome in outcomes]
    assert share_caught(results) == 0.95
    shown = table("family", {"add_words": results}).splitlines()[1]
    assert re.sub(" +", " ", shown) == "add_words 22 1 1 20 19 95.0% [76.4, 99.1]"
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)  # R: binom::binom.wilson(10, 10)


@pytest.mark.slow
@each([KNOWN[name] for name in MEASURED])
def test_contracts_catch_nearly_all_that_changes_behaviour(family: Family) -> None:
    results = measure(family, seed=2, states=256)
    assert sum(one.outcome in ("caught", "survived") for one in results) >= 30
    assert share_caught(results) >= DEMANDED, [one.change for one in results if one.outcome == "survived"]
