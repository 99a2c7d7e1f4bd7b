"""What running a routine shows becomes its contract: which routines that works for, what the contracts tell apart, and
what is asked about them. The disassembly is a small one of our own.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.mutation import Judge, Result, share_caught
from oracle_lib import OracleError
from oracle_lib.generate.mining import Mined, Reason, WhyNot, mine, problems
from oracle_lib.generate.sources import disassembly
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.breaks import breaks, sample
from oracle_lib.verify import AsmContract, FactContract, check, extract_code

SOURCE = """\
Elsewhere = $0F8000

org $108000

; A slot's third byte becomes the sum of its first two.
AddSlot:
#_108000: LDA.w $0D00,X
#_108003: CLC
#_108004: ADC.w $0D10,X
#_108007: STA.w $0D20,X
#_10800A: RTS

pool TurnSlot

.speeds
#_10800B: db $10, $F0, $00, $00, $08

pool off

; A slot's speed by its direction.
TurnSlot:
#_108010: LDY.w $0DE0,X
#_108013: LDA.w .speeds,Y
#_108016: STA.w $0D40,X
#_108019: RTS

IsHurt:
#_10801A: LDA.w $0E50,X
#_10801D: CMP.b #$03
#_10801F: RTS

CountSlot:
#_108020: JSR IsHurt
#_108023: BCS .done
#_108025: INC.w $0E60,X
.done
#_108028: JSR AddSlot
#_10802B: RTS

RunsOn:
#_10802C: STZ.w $0D10,X
#_10802F: STZ.w $0D20,X
AddAgain:
#_108032: INC.w $0D00,X
#_108035: RTS

OpensAtNight:
#_108036: LDA.b $1A
#_108038: CMP.b #$5B
#_10803A: BNE .no
#_10803C: REP #$20
#_10803E: LDA.w $0600
#_108041: CMP.w #$3412
#_108044: SEP #$20
#_108046: BNE .no
#_108048: LDA.b #$01
#_10804A: STA.w $0610
.no
#_10804D: RTS

WideStore:
#_10804E: LDA.w #$1234
#_108051: STA.w $0620
#_108054: RTL

TwoEntries:
#_108055: LDA.b #$01
#_108057: BRA .store
#OtherEntry:
#_108059: LDA.b #$02
.store
#_10805B: STA.w $0630
#_10805E: RTS

DarkScreen:
#_10805F: LDA.b #$80
#_108061: STA.w $2100
#_108064: RTS

SeesScreen:
#_108065: LDA.w $213F
#_108068: STA.w $0640
#_10806B: RTS

Endless:
#_10806C: INC.w $0650
#_10806F: BRA Endless

CallsElsewhere:
#_108071: LDA.b #$01
#_108073: JSL Elsewhere
#_108077: RTS

SkipsCaller:
#_108078: PLA
#_108079: PLA
#_10807A: RTS

Lone:
#_10807B: RTS

Idle:
#_10807C: NOP
#_10807D: NOP
#_10807E: RTS

WritesRom:
#_10807F: LDA.b #$01
#_108081: STA.w AddSlot
#_108084: RTS

WrongWidths:
#_108085: LDA.w #$0001
#_108088: LDA.b #$01
#_10808A: RTS
"""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    folder = tmp_path_factory.mktemp("small")
    (folder / "bank_10.asm").write_text(SOURCE)
    return list(disassembly.items(folder, "small", Domain.ASM, "MIT"))


@pytest.fixture(scope="module")
def outcomes(items: list[Item]) -> dict[str, Mined | WhyNot]:
    return {outcome.source.symbol: outcome for outcome in mine(items)}


@pytest.fixture(scope="module")
def mined(outcomes: dict[str, Mined | WhyNot]) -> dict[str, Mined]:
    return {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, Mined)}


@pytest.fixture(scope="module")
def asked(mined: dict[str, Mined]) -> list[Problem]:
    names = ("AddSlot", "TurnSlot", "IsHurt", "CountSlot")
    return [problem for name in names for problem in problems(mined[name], seed=1)]


def written(one: Mined) -> set[int]:
    return {span.address + offset for span in one.contract.writes for offset in range(span.length)}


def test_closed_routines_are_mined_and_the_others_say_why_not(outcomes: dict[str, Mined | WhyNot]) -> None:
    reasons = {name: outcome.reason for name, outcome in outcomes.items() if isinstance(outcome, WhyNot)}
    assert reasons == {
        "DarkScreen": Reason.WRITES_HARDWARE,
        "SeesScreen": Reason.READS_HARDWARE,
        "Endless": Reason.SLOW,
        "CallsElsewhere": Reason.CALLS_OUT,
        "SkipsCaller": Reason.STACK,
        "Lone": Reason.TRIVIAL,
        "Idle": Reason.NOTHING,
        "WritesRom": Reason.WRITES_ROM,
        "WrongWidths": Reason.WIDTHS,
    }


def test_a_contract_says_how_the_routine_is_called_and_what_it_changes(mined: dict[str, Mined]) -> None:
    one = mined["AddSlot"].contract
    assert (one.entry, one.m, one.x, one.returns, one.changes) == ("AddSlot", 8, 8, "rts", ("a",))
    assert mined["WideStore"].contract.m == 16 and mined["WideStore"].contract.returns == "rtl"
    assert mined["AddAgain"].contract.changes == ()


def test_it_may_write_what_its_runs_write_and_every_slot_of_it(mined: dict[str, Mined]) -> None:
    assert written(mined["AddSlot"]) == set(range(0x7E0D20, 0x7E0D30))
    assert written(mined["WideStore"]) == {0x7E0620, 0x7E0621}
    assert written(mined["OpensAtNight"]) == {0x7E0610}
    assert written(mined["IsHurt"]) == set()


def test_what_it_reads_is_found_also_through_an_index_and_nothing_beside_it(mined: dict[str, Mined]) -> None:
    for case in mined["AddSlot"].contract.cases:
        slot = case.registers["x"]
        inputs = {0x7E0D00 + slot, 0x7E0D10 + slot}
        assert slot < 16 and inputs == case.memory.keys() - {0x7E0D20} - set(range(0x7E0D20, 0x7E0D30))


def test_registers_and_flags_count_where_a_caller_uses_them(mined: dict[str, Mined]) -> None:
    assert all(case.expect_flags.keys() == {"c"} for case in mined["IsHurt"].contract.cases)
    assert not any(case.expect_registers or case.expect_flags for case in mined["AddSlot"].contract.cases)


def test_indices_stay_inside_the_table_that_they_belong_to(mined: dict[str, Mined]) -> None:
    one = mined["TurnSlot"]
    assert list(one.contract.host.values()) == [bytes((0x10, 0xF0, 0, 0, 8))]
    for case in (*one.contract.cases, *one.draw(random.Random(3), 40)):
        assert case.memory[0x7E0DE0 + case.registers["x"]][0] < 5


def test_a_case_of_few_states_is_found(mined: dict[str, Mined]) -> None:
    opened = [case for case in mined["OpensAtNight"].contract.cases if case.memory.get(0x7E0600) == b"\x12\x34"]
    assert opened and all(case.expect_memory[0x7E0610] == b"\x01" for case in opened)


def test_code_that_it_calls_or_runs_on_into_lies_in_the_host_and_a_second_entry_is_left_out(
    mined: dict[str, Mined],
) -> None:
    assert {helper.name for helper in mined["CountSlot"].helpers} == {"IsHurt", "AddSlot"}
    assert mined["RunsOn"].text.splitlines()[-1] == "    JMP AddAgain"
    assert "OtherEntry" not in mined["TwoEntries"].text and "#$02" not in mined["TwoEntries"].text


def test_the_routine_keeps_its_contract_and_fresh_states_and_doing_nothing_does_not(mined: dict[str, Mined]) -> None:
    for one in mined.values():
        fresh = one.contract.model_copy(update={"cases": one.draw(random.Random(2), 24)})
        assert check(one.text, one.contract).passes and check(one.text, fresh).passes
        for nothing in ("RTS", "RTL"):
            assert not check(f"{one.name}: {nothing}", one.contract).passes


def test_contracts_tell_nearly_all_mutants_that_behave_otherwise(asked: list[Problem]) -> None:
    results = []
    for problem in (problem for problem in asked if problem.task is Task.WRITE):
        judge = Judge(problem, "mined", 48)
        for one in sample(random.Random(1), breaks(problem.references[0]), 12):
            outcome, reason = judge(one.text)
            results.append(Result(problem.group, one.kind, outcome, one.change, reason, one.text))
    assert sum(result.outcome == "caught" for result in results) > 20
    assert share_caught(results) >= 0.95, [result for result in results if result.outcome == "survived"]


def test_fresh_states_are_the_same_for_the_same_seed_and_others_for_another(mined: dict[str, Mined]) -> None:
    one = mined["TurnSlot"]
    assert one.draw(random.Random(1), 8) == one.draw(random.Random(1), 8) != one.draw(random.Random(2), 8)


def test_a_routine_is_asked_about_in_six_ways(asked: list[Problem], mined: dict[str, Mined]) -> None:
    about = [problem for problem in asked if problem.derived_from == mined["CountSlot"].group]
    assert [problem.task for problem in about] == [
        Task.WRITE,
        Task.OPTIMISE,
        Task.FIX,
        Task.CONVERT,
        Task.EXPLAIN,
        Task.DOCUMENT,
    ]
    assert len({problem.family for problem in about}) == 6
    assert list(problems(mined["CountSlot"], seed=1)) == about


def test_taught_answers_pass_and_code_passes_in_fresh_states_too(asked: list[Problem]) -> None:
    for problem in asked:
        assert check(extract_code(problem.answer, problem.contract), problem.contract).passes, problem.family
        assert len(set(problem.instructions)) >= 4
        if problem.oracle:
            assert isinstance(problem.contract, AsmContract)
            cases = problem.oracle.draw(random.Random(4), 16)
            assert check(problem.references[0], problem.contract.model_copy(update={"cases": cases})).passes


def code_in(text: str) -> str:
    return text.partition("```asm\n")[2].partition("\n```")[0]


def test_what_is_handed_in_to_be_improved_mended_or_converted_does_not_pass_as_it_is(asked: list[Problem]) -> None:
    tasks = (Task.OPTIMISE, Task.FIX, Task.CONVERT)
    handed_in = [problem for problem in asked if problem.task in tasks]
    assert {problem.task for problem in handed_in} == set(tasks)
    for problem in handed_in:
        assert not check(code_in(problem.input), problem.contract).passes
        if problem.task is Task.OPTIMISE:
            assert isinstance(problem.contract, AsmContract)
            assert check(code_in(problem.input), problem.contract.model_copy(update={"max_bytes": None})).passes


def test_a_wrong_fact_or_a_shrug_is_no_explanation(asked: list[Problem]) -> None:
    contracts = [problem.contract for problem in asked if isinstance(problem.contract, FactContract)]
    assert len(contracts) >= 6
    for contract in contracts:
        assert not check("It does something with a slot.", contract).passes
        first, *others = contract.cases
        opposite = {"set": "clear", "clear": "set"}
        wrong = opposite[first.value] if isinstance(first.value, str) else f"${first.value ^ 1:02X}"
        rest = "".join(f", {one.name} = {one.value}" for one in others)
        assert not check(f"Answer: {first.name} = {wrong}{rest}", contract).passes


def test_what_was_mined_is_not_mined_again_until_it_or_what_it_needs_changes(items: list[Item], tmp_path: Path) -> None:
    def again(changed: str = "") -> Iterator[Mined | WhyNot]:
        chosen = [item for item in items if item.source.symbol in ("RunsOn", "AddAgain", "Lone")]
        for place, item in enumerate(chosen):
            if item.source.symbol == changed:
                chosen[place] = item.model_copy(update={"text": item.text.replace("INC", "DEC")})
        return mine(chosen, tmp_path / "mined.jsonl")

    first = list(again())
    rows = (tmp_path / "mined.jsonl").read_text()
    assert list(again()) == first and (tmp_path / "mined.jsonl").read_text() == rows
    list(again("AddAgain"))
    assert len((tmp_path / "mined.jsonl").read_text().splitlines()) == len(rows.splitlines()) + 2


def test_a_file_that_holds_something_else_is_named(items: list[Item], tmp_path: Path) -> None:
    (tmp_path / "mined.jsonl").write_text("no JSON\n")
    with pytest.raises(OracleError, match=r"mined.jsonl line 1: .*delete it"):
        next(mine(items, tmp_path / "mined.jsonl"))
