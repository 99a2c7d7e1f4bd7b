"""Verdicts on answers: right ones pass, and each way of being wrong is named in plain words."""

import time

import pytest

from oracle_lib.verify import (
    AsmCase,
    AsmContract,
    CppCase,
    CppContract,
    Span,
    Verdict,
    check,
    check_many,
    cpp_unavailable,
)

DOUBLE = AsmContract(
    writes=(Span(address=0x7E0340, length=1),),
    cases=tuple(
        AsmCase(memory={0x7E0340: bytes([value])}, expect_memory={0x7E0340: bytes([value * 2 & 0xFF])})
        for value in (0, 1, 6, 0x7F, 0x80, 0xFF)
    ),
)
GOOD = "Double:\n    ASL.w $0340\n    RTS\n"


def reason(text: str, contract: AsmContract = DOUBLE) -> str:
    """The first reason against a text that must not pass."""
    verdict = check(text, contract)
    assert not verdict.passes
    return verdict.reasons[0]


def with_(**changes: object) -> AsmContract:
    return AsmContract.model_validate(DOUBLE.model_dump() | changes)


def test_a_right_answer_passes_with_its_code_and_cycles() -> None:
    assert check(GOOD, DOUBLE) == Verdict(
        assembles=True, passes=True, code=bytes.fromhex("0E 40 03 60"), cycles=3 * 8 + 8 + 6 + 8 + 42, cases=6
    )


def test_every_instruction_sequence_that_does_it_passes() -> None:
    assert check("LDA $0340 : CLC : ADC $0340 : STA $0340 : RTS", DOUBLE).passes


def test_without_cases_the_bytes_alone_are_judged_and_nothing_is_run() -> None:
    same = AsmContract(emits=bytes.fromhex("20 00 80 DB"), cases=())
    assert check("JSR $8000 ; calls\nSTP ; never returns", same) == Verdict(
        assembles=True, passes=True, code=same.emits, cases=1
    )
    assert reason("JSR $8000\nRTS", same) == "byte 3 of its code is $60, expected $DB"
    with pytest.raises(ValueError, match="must name the bytes"):
        AsmContract(cases=())


def test_an_answer_that_does_not_assemble_says_where() -> None:
    verdict = check("LDA.w $0340\n    ASLX\n    RTS", DOUBLE)
    assert not verdict.assembles and verdict.code == b"" and verdict.failed_case is None
    assert verdict.reasons[0].startswith("2:")


def test_a_wrong_value_is_named_with_its_case_and_place() -> None:
    verdict = check("INC.w $0340 : RTS", DOUBLE)
    assert (verdict.assembles, verdict.passes, verdict.failed_case) == (True, False, 0)
    assert verdict.reasons == ("case 0: $7E0340 holds $01, expected $00",)
    assert check("LDA $0340 : BMI + : ASL $0340 : + RTS", DOUBLE).failed_case == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASL $0340 : STZ $0341 : RTS", "case 0: it changes a byte at $7E0341, where it may not write"),
        ("ASL $0340 : PHA : RTS", "ran away"),
        ("ASL $0340 : RTL", "ran away"),
        ("ASL $0340", "case 0: it ran away into memory that holds no code at $008003"),
        ("ASL $0340 : BRK", "case 0: it ran into BRK at $008003"),
        ("ASL $0340 : - BRA -", "case 0: it spent its budget of cycles"),
        ("ASL $0340 : STP", "case 0: it stopped the CPU with STP"),
        ("ASL $0340 : SEC : XCE : RTS", "case 0: it leaves the CPU in emulation mode"),
        ("ASL $0340 : LDA #$01 : XBA : LDA #$00 : TCD : RTS", "case 0: D is $0100, expected $0000"),
        ("ASL $0340 : LDA #$7E : PHA : PLB : RTS", "case 0: DB is $7E, expected $00"),
        ("", "it emits no code"),
        ("; nothing but a comment", "it emits no code"),
    ],
)
def test_each_way_of_being_wrong_is_named(text: str, expected: str) -> None:
    assert expected in reason(text)


def test_registers_are_compared_in_the_width_of_the_contract() -> None:
    for m, text, passes in (
        (8, "LDA #$34 : RTS", True),
        (16, "LDA #$1234 : RTS", True),
        (16, "SEP #$20 : LDA #$34 : REP #$20 : RTS", False),
    ):
        case = AsmCase(registers={"a": 0x5600}, expect_registers={"a": 0x1234})
        assert check(text, AsmContract(m=m, cases=(case,))).passes is passes


def test_registers_that_the_contract_leaves_open_cannot_be_relied_on() -> None:
    case = AsmCase(expect_memory={0x7E0010: b"\x00"})
    contract = AsmContract(writes=(Span(address=0x7E0010, length=1),), cases=(case, case, case))
    assert "case 0: $7E0010 holds" in reason("STA $10 : RTS", contract)


def test_flags_and_preserved_registers_are_compared() -> None:
    carry = AsmContract(cases=(AsmCase(expect_flags={"c": True}),))
    assert reason("CLC : RTS", carry) == "case 0: flag c is clear, expected set"
    assert check("SEC : RTS", carry).passes
    keeps = with_(changes=("y",))
    assert check(GOOD, keeps).passes
    assert "A is $" in reason("ASL $0340 : INC A : RTS", keeps)
    assert reason("ASL $0340 : REP #$20 : RTS", keeps) == "case 0: it returns with flag m clear"


def test_optimisation_tasks_bound_cycles_and_bytes() -> None:
    long_way = "NOP : ASL $0340 : RTS"
    assert reason(long_way, with_(max_bytes=4)) == "it is 5 bytes long, at most 4 are allowed"
    assert reason(long_way, with_(max_cycles=90)) == "case 0: it takes 102 master cycles, at most 90 are allowed"
    assert check(GOOD, with_(max_bytes=4, max_cycles=88)).passes


HOOK = AsmContract(
    origin=0x1CF000,
    symbols={"Answer": 0x7E0340},
    host={0x008100: bytes.fromhex("A9 01 8D 40 03 60")},
    entry=0x008100,
    regions=(Span(address=0x008100, length=5), Span(address=0x1CF000, length=0x100)),
    writes=(Span(address=0x7E0340, length=1),),
    cases=(AsmCase(expect_memory={0x7E0340: b"\x2a"}),),
)


def test_a_hook_is_laid_over_the_host_and_entered_there() -> None:
    hook = """
    org $008100
        JSL Hook
        NOP
    org $1CF000
    Hook:
        LDA #$2A
        STA.l Answer
        RTL
    """
    verdict = check(hook, HOOK)
    assert verdict.passes, verdict.reasons
    assert reason(hook.replace("$008100", "$008200"), HOOK) == "it puts 5 bytes at $008200, where it may not"
    assert "$7E0340 holds $01" in reason("LDA #$2A : STA.l Answer : RTL", HOOK)


def test_an_entry_label_must_be_defined() -> None:
    named = with_(entry="Double")
    assert check("Other: RTS\n" + GOOD, named).passes
    assert reason("Dubble: ASL $0340 : RTS", named) == "it does not define Double"


def test_an_entry_may_lie_in_a_namespace() -> None:
    named = with_(entry="Double")
    routine = "Other: RTS\n" + GOOD
    assert check(f"namespace Sprite\n{routine}\nnamespace off", named).passes
    assert check(f"namespace nested on\nnamespace A\nnamespace B\n{routine}", named).passes
    assert check(f"namespace A\nDouble: RTS\nnamespace off\n{routine}", named).passes
    twice = f"namespace A\n{routine}\nnamespace B\nDouble: RTS\nnamespace off"
    assert reason(twice, named) == "it does not define Double"
    assert reason("Other:\n.Double: ASL $0340 : RTS", named) == "it does not define Double"


def test_code_on_the_consoles_own_addresses_is_refused_in_words() -> None:
    assert "the console needs for itself" in reason("org $7D8000 : dw $8000 : org $008000 : RTS")
    assert "no ROM is mapped at $002100" in reason("org $002100 : RTS")


def test_a_contract_with_hardware_registers_in_its_writes_runs() -> None:
    contract = with_(writes=(Span(address=0x7E0340, length=1), Span(address=0x004202, length=2)))
    assert check("LDA $0340 : STA $4202 : LDA #$02 : STA $4203 : NOP #4 : LDA $4216 : STA $0340 : RTS", contract).passes


def test_a_stored_contract_gives_the_same_verdict() -> None:
    again = AsmContract.model_validate_json(HOOK.model_dump_json())
    assert again == HOOK
    assert check("RTS", again) == check("RTS", HOOK)


def test_many_answers_are_checked_in_order_and_at_once() -> None:
    texts = [GOOD, "RTS", GOOD, "nonsense", "INC $0340 : RTS"] * 8
    pairs = [(text, DOUBLE) for text in texts]
    verdicts = check_many(pairs, workers=2)
    assert [verdict.passes for verdict in verdicts] == [text == GOOD for text in texts]
    assert verdicts == [check(*pair) for pair in pairs]
    assert check_many([]) == []


@pytest.mark.skipif(bool(cpp_unavailable()), reason="the C++ toolchain is not installed")
def test_cpp_contracts_go_to_the_cpp_sandbox() -> None:
    driver = "int main() { int n; std::cin >> n; std::cout << twice(n); }"
    contract = CppContract(signature="int twice(int n)", driver=driver, cases=(CppCase(stdin="21", stdout="42"),))
    assert check("int twice(int n) { return n * 2; }", contract).passes
    assert not check("int twice(int n) { return n; }", contract).passes


def test_a_verdict_takes_milliseconds() -> None:
    check(GOOD, DOUBLE)
    start = time.perf_counter()
    for _ in range(20):
        check(GOOD, DOUBLE)
    assert time.perf_counter() - start < 2
