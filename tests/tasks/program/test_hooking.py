"""Composed hooks and patches: references do what is asked, and what leaves out a part of it fails."""

import random
import re

import pytest

from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.program.hooking import site_of
from oracle_lib.tasks.program.liveness import live, runs_once
from oracle_lib.verify import AsmContract, assemble, check

FAMILIES = families(("composed",))
KINDS = [name for name in FAMILIES if name.startswith(("hook", "patched"))]
HOOKS = [name for name in KINDS if name.startswith("hook")]


def drawn(kind: str, count: int) -> list[Problem]:
    return [FAMILIES[kind].draw(random.Random(f"{kind} {place}")) for place in range(count)]


def without_displaced(reference: str, source: str) -> str:
    """The patch without the lines that come from the routine, from the one marked "displaced" on."""
    known = {line.partition(";")[0].strip() for line in source.splitlines()} - {"RTL", "RTS"}
    before, _, after = reference.partition("; displaced")
    behind = after.splitlines()[1:]
    while behind and behind[0].partition(";")[0].strip() in known:
        del behind[0]
    return "\n".join([*before.splitlines()[:-1], *behind])


@pytest.mark.parametrize("kind", KINDS)
def test_references_pass_and_the_untouched_routine_fails(kind: str) -> None:
    for problem in drawn(kind, 8):
        for reference in problem.references:
            verdict = check(reference, problem.contract)
            assert verdict.passes, f"{verdict.reasons}\n{problem.instructions[0]}\n{problem.input}\n{reference}"
        contract = problem.contract
        assert isinstance(contract, AsmContract)
        assert contract.regions
        [(entry, code)] = contract.host.items()
        region = contract.regions[0]
        place = region.address - entry
        untouched = ",".join(f"${byte:02X}" for byte in code[place : place + region.length])
        assert not check(f"org ${region.address:06X}\n    db {untouched}", contract).passes


@pytest.mark.parametrize("kind", [kind for kind in HOOKS if kind != "hooked_replacement"])
def test_a_hook_that_loses_displaced_code_fails(kind: str) -> None:
    tried = 0
    for problem in drawn(kind, 8):
        [reference] = problem.references
        torn = without_displaced(reference, problem.input)
        tried += torn != reference
        assert torn == reference or not check(torn, problem.contract).passes, f"{problem.instructions[0]}\n{torn}"
    assert tried >= 4


@pytest.mark.parametrize("kind", HOOKS)
def test_what_the_routine_kept_of_x_and_y_is_kept(kind: str) -> None:
    kept = 0
    for problem in drawn(kind, 12):
        assert isinstance(problem.contract, AsmContract)
        if "free" not in problem.instructions[0] or "x" in problem.contract.changes:
            continue
        [place] = re.findall(r"^org \$(\w+)\n\w+:$", problem.references[0], re.MULTILINE)
        careless = re.sub(rf"(org \${place}\n\w+:\n)", r"\1    INX\n", problem.references[0])
        if "PHX" in careless:
            continue
        kept += 1
        assert not check(careless, problem.contract).passes
    assert kept


def test_a_hook_in_the_middle_that_does_not_keep_what_is_in_use_fails() -> None:
    failed = 0
    for problem in drawn("hooked_middle", 30):
        careless = re.sub(r"^ +PL[AXYP]\b.*\n", "", problem.references[0], flags=re.MULTILINE)
        careless = re.sub(r"^ +PH[AXYP]\b.*\n", "", careless, flags=re.MULTILINE)
        failed += careless != problem.references[0] and not check(careless, problem.contract).passes
    assert failed >= 8


def test_what_is_in_use_at_an_instruction_is_known() -> None:
    code = "Main:\nLDX #$01\nCLC\nLDA.w $0720\nBEQ .end\nADC.w $0730,X\n.end\nSTA.w $0740\nRTS"
    listing = assemble(code).listing
    assert [live(listing, one.address) for one in listing] == ["", "X", "XC", "AXCZ", "AXC", "A", ""]
    assert live(listing, listing[-1].address, ("X",)) == "X"
    assert [runs_once(listing, one.address) for one in listing] == [True, True, True, True, False, True, True]


def test_a_site_holds_whole_lines_and_no_place_that_is_jumped_to() -> None:
    lines = "LDA.w $0720", "LSR #3", "STA.w $0722", "BEQ .end", "INC.w $0724", ".end", "STA.w $0726", "RTS"
    source = "\n".join(["org $048000", "Main:", *lines])
    site = site_of(source, 0x048000)
    assert site
    assert (site.size, site.displaced) == (6, lines[:2])
    in_the_shifts, before_a_branch, over_a_label = 0x048004, 0x048006, 0x04800B
    assert not any(site_of(source, place) for place in (in_the_shifts, before_a_branch, over_a_label))
