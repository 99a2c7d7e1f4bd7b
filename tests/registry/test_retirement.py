"""A retired version stays to be looked up and is in nobody's use until it is reinstated; the table shows it."""

import pytest
from registered import NAME, PASSED, register

from oracle_lib import OracleError, deploy, registry
from oracle_lib.gates import Gate


def test_a_retired_version_is_in_no_use_and_is_still_found_by_its_name() -> None:
    version = register()
    registry.move("candidate", NAME, "released")
    registry.move("champion", NAME, "promoted")
    registry.retire(NAME, "it learned from a test set")
    assert registry.aliases("rauru") == {} and registry.in_use("rauru") is None
    assert registry.trail("rauru", "champion") == []
    assert registry.resolve(NAME) == registry.load(NAME) == version
    assert registry.retired("hyrule-asm-v1")[NAME].why == "it learned from a test set"
    with pytest.raises(OracleError, match="has no version in use"):
        registry.resolve("rauru")


def test_no_alias_moves_to_a_retired_version_until_it_is_reinstated() -> None:
    register()
    registry.retire(NAME, "a leak")
    with pytest.raises(OracleError, match=r"was retired on .* \(a leak\); if that no longer holds: .* registry reinst"):
        registry.move("candidate", NAME, "released")
    with pytest.raises(OracleError, match="was retired on"):
        deploy.promote(NAME, "it is the best")
    registry.reinstate(NAME, "no leak after all")
    assert registry.retired() == {}
    assert registry.aliases("rauru") == {}
    registry.move("champion", NAME, "promoted")
    assert registry.aliases("rauru") == {"champion": NAME}


def test_retiring_twice_is_one_line_and_what_is_not_retired_cannot_be_reinstated() -> None:
    register()
    for _ in range(2):
        registry.retire(NAME, "a leak")
    assert [move.in_words() for move in registry.history()] == [f"{NAME} retired"]
    registry.reinstate(NAME, "no leak")
    with pytest.raises(OracleError, match="is not retired"):
        registry.reinstate(NAME, "once more")
    with pytest.raises(OracleError, match="no registered version is called"):
        registry.retire("oracle-nobody", "?")


def test_a_rollback_passes_over_what_is_retired() -> None:
    a, b, c = (register(weights).name for weights in (b"a", b"b", b"c"))
    for name in (a, b, c):
        registry.move("champion", name, "promoted")
    registry.retire(b, "a leak")
    assert deploy.rollback("rauru", "slow").name == a
    registry.move("champion", c, "fast again")
    registry.retire(c, "a leak too")
    assert deploy.rollback("rauru", "nobody is left").name == a


def test_the_table_has_a_row_a_version_with_its_state_and_what_its_gates_measured() -> None:
    failed = Gate(name="perplexity", threshold=3.5, value=4.0, passed=False)
    a, b, c, d = (register(weights, gate).name for weights, gate in ((b"a", failed), *((x, PASSED) for x in _OTHERS)))
    registry.move("candidate", d, "released")
    registry.move("champion", d, "promoted")
    registry.move("champion", c, "rolled back")
    registry.retire(a, "worse than nothing")
    found = registry.table()
    assert list(found.index) == [a, b, c, d]
    assert found["state"].to_dict() == {a: "retired", b: "", c: "champion", d: "candidate"}
    assert list(found.query("perplexity > 3.5").index) == [a]
    assert found.loc[a, "gates"] == "0 of 1" and found.loc[b, "gates"] == "1 of 1"
    assert list(registry.table("yaze").index) == [] and "state" in registry.table("yaze").columns


_OTHERS = (b"b", b"c", b"d")
