"""M and X followed through assembled code: what is flagged, what is passed over because it cannot be known."""

from typing import Literal

import pytest

from oracle_lib.verify import AsmContract, check
from oracle_lib.verify.assembler import Bits, Kind, Severity, Widths, assemble, track_widths, width_mismatches


def mismatches(text: str, m: Bits = None, x: Bits = None) -> list[int]:
    """The lines whose immediates contradict the flags."""
    assembly = assemble(text, {"Outside": 0x0DBA80}, m=m, x=x, backend="own")
    assert assembly.ok, assembly.diagnostics
    return [found.line for found in assembly.diagnostics if found.kind is Kind.WIDTH_MISMATCH]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("SEP #$20\nLDA #$1234", [2]),
        ("REP #$20\nLDA #$12", [2]),
        ("REP #$30\nLDA #$1234\nLDX #$12\nLDY.b #$34", [3, 4]),
        ("SEP #$10\nCPX #$1234\nCPY.w #$12", [2, 3]),
        ("SEP #$20\nSTA.w $12\nLDA.l $7E0000,X\nBIT $1234", []),
        ("SEP #$20\nREP #$20\nLDA #$1234", []),
        ("SEP #$10\nLDA #$1234", []),
        ("SEP #$30\nPEA $1234\nPEI ($12)", []),
    ],
)
def test_sep_and_rep_decide(text: str, lines: list[int]) -> None:
    assert mismatches(text) == lines


def test_the_place_and_the_words_of_a_mismatch() -> None:
    found = assemble("SEP #$20 : LDA #$1234", backend="own").diagnostics
    assert [(one.kind, one.severity, one.line, one.column) for one in found] == [
        (Kind.WIDTH_MISMATCH, Severity.WARNING, 1, 12)
    ]
    assert found[0].message == (
        "LDA # is 16 bits wide, but M makes the accumulator 8 bits here: write LDA.b, or REP #$20 before it"
    )


@pytest.mark.parametrize(
    ("m", "x", "lines"), [(None, None, []), (8, 8, [2]), (16, 16, [1]), (8, 16, []), (16, 8, [1, 2])]
)
def test_entry_widths_are_the_callers(m: Bits, x: Bits, lines: list[int]) -> None:
    assert mismatches("LDA #$12\nLDX #$1234\nRTS\nother: LDA #$12\nLDX #$1234\nRTS", m, x) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # Flags saved and restored, whatever else was pushed between.
        ("REP #$20\nPHP\nSEP #$20\nLDA #$12\nPLP\nLDA #$12", [6]),
        ("SEP #$20\nPHP\nREP #$20\nPHA\nPLA\nPLP\nLDA #$1234", [7]),
        ("SEP #$20\nPHA\nPLP\nLDA #$1234", []),
        # Into native mode and out of it.
        ("CLC\nXCE\nREP #$30\nLDA #$12", [4]),
        ("REP #$30\nSEC\nXCE\nLDA #$1234\nLDX #$1234", [4, 5]),
        ("REP #$30\nADC #$0001\nXCE\nLDA #$12", []),
        # Branches: both ways, and only what holds on every path.
        ("SEP #$20\nBEQ +\nLDA #$1234\n+\nLDA #$1234", [3, 5]),
        ("SEP #$20\nBEQ +\nREP #$20\n+\nLDA #$1234\nRTS", []),
        ("REP #$20\nBRA +\nSEP #$20\n+\nLDA #$12\nRTS", [5]),
        ("REP #$20\nl:\nLDA #$12\nSEP #$20\nBRA l", []),
        ("REP #$20\nJMP l\nSEP #$20\nl: LDA #$12", [4]),
        # Calls: what is in the text is followed, what is outside may change anything.
        ("REP #$30\nJSR f\nLDA #$1234\nRTS\nf:\nSEP #$20\nRTS", [3]),
        ("REP #$30\nJSL Outside\nLDA #$12\nRTS", []),
        ("REP #$30\nJSR f\nRTS\nf: LDA #$12\nRTS", [4]),
        # After the end of a routine nothing is known.
        ("SEP #$20\nRTS\nother: LDA #$1234\nRTS", []),
        ("SEP #$20\nJML Outside\nother: LDA #$1234", []),
    ],
)
def test_control_flow_is_followed(text: str, lines: list[int]) -> None:
    assert mismatches(text) == lines


# A 16-bit accumulator pushed, its two bytes pulled by pulls of other widths, and what that does to flags under it.
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("REP #$20\nPHP\nPHA\nSEP #$20\nPLA\nPLA\nPLP\nLDA #$12", [8]),
        ("REP #$20\nPHP\nPHA\nSEP #$20\nPLA\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\nSEP #$20\nPHA\nREP #$20\nPLA\nPLP\nLDA #$12", []),
        ("REP #$30\nPHP\nPHX\nPHY\nSEP #$10\nPLX\nPLX\nPLY\nPLY\nPLP\nLDX #$12", [11]),
        ("REP #$20\nPHP\nPHD\nPHB\nPHK\nPLB\nPLB\nPLD\nPLP\nLDA #$12", [10]),
        ("REP #$20\nPHP\nPHD\nSEP #$20\nPLA\nPLA\nPLP\nLDA #$12", [8]),
        ("REP #$20\nPHP\nPEA $1234\nPEI ($12)\nPER $1234\nPLA\nPLA\nPLA\nPLP\nLDA #$12", [10]),
        # A width that is unknown is so at the push and at the pull, or the stack is.
        ("REP #$20\nPHP\nJSL Outside\nPHA\nPHX\nPLX\nPLA\nPLP\nLDA #$12", [9]),
        ("REP #$20\nPHP\nJSL Outside\nPHA\nSEP #$20\nPLA\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\nJSL Outside\nPHA\nPLX\nPLP\nLDA #$12", []),
        ("REP #$30\nJSR f\nLDA #$12\nRTS\ng: REP #$20\nJSR f\nLDA #$12\nRTS\nf: PHX\nPLX\nRTS", [3, 7]),
        # Constants that are pulled as flags.
        ("SEP #$20\nLDA #$20\nPHA\nPLP\nLDA #$1234", [5]),
        ("SEP #$20\nLDA #$00\nPHA\nPLP\nLDA #$12\nLDX #$12", [5, 6]),
        ("REP #$20\nLDA #$3000\nXBA\nPHA\nPLP\nLDA #$1234\nLDX #$1234", [6, 7]),
        ("REP #$20\nLDA #$3000\nINC\nPHA\nPLP\nLDA #$12", []),
        ("REP #$20\nPEA $2000\nPLA\nXBA\nPHA\nPLP\nLDA #$1234", [7]),
        ("SEP #$20\nLDA #$20\nXBA\nLDA #$00\nXBA\nPHA\nPLP\nLDA #$1234", [8]),
        ("SEP #$20\nLDA $12\nPHA\nPLP\nLDA #$1234", []),
        ("PEA $3000\nPLP\nLDA #$12\nPLP\nLDA #$1234", [3, 5]),
        ("SEP #$20\nPHP\nPLA\nPHA\nREP #$20\nPLP\nLDA #$1234", [7]),
        # Saved flags that something may have changed on the stack.
        ("REP #$20\nPHP\nSEP #$20\nLDA $01,s\nORA #$01\nSTA $01,s\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\nPHP\nSEP #$20\nLDA #$20\nSTA $01,s\nPLP\nLDA #$1234\nPLP\nLDA #$12", [8, 10]),
        ("REP #$20\nPHP\nTSX\nINC $0101,x\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\nLDX #$FF\nTXS\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\nPEA $2020\nJSL Outside\nPLP\nLDA #$1234", []),
        ("REP #$20\nPHP\nLDA #$3030\nSTA $01,s\nPLP\nLDA #$1234", []),
        ("REP #$20\nPHP\nJSL Outside\nPHX\nSEP #$20\nLDA #$20\nSTA $01,s\nPLX\nPLP\nLDA #$1234", []),
        # Paths that have pushed different things.
        ("REP #$20\nPHP\nBEQ +\nPHB\n+\nPLP\nLDA #$12", []),
        ("REP #$20\nPHP\n- PHB\nBEQ -\nPLB\nPLP\nLDA #$12", []),
    ],
)
def test_the_stack_is_followed_byte_by_byte(text: str, lines: list[int]) -> None:
    assert mismatches(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("SEP #$20\nJMP (t,x)\nt: dw a,b\na: LDA #$1234\nRTS\nb: LDA #$1234\nRTS", [4, 6]),
        # A table ends at the next label, whatever that holds.
        ("SEP #$20\nJMP (t,x)\nt: dw a\nu: dw b\na: LDA #$1234\nRTS\nb: LDA #$1234\nRTS", [5]),
        # What lies across two of its words is no address.
        ("SEP #$20\nJMP (t,x)\nt: dw a,b\na: RTS\norg $8080\nc: LDA #$1234\nRTS\norg $8180\nb: RTS", []),
        ("SEP #$20\nJSR (t,x)\nLDA #$1234\nRTS\nt: dw a\na: LDA #$1234\nRTS", [6]),
        ("SEP #$20\nJMP (t)\nt: dw a\na: LDA #$1234\nRTS", []),
        # Returns that go to what was pushed: an address less one.
        ("SEP #$20\nPEA a-1\nRTS\nNOP\na: LDA #$1234", [5]),
        ("SEP #$20\nPHK\nPEA a-1\nRTL\nNOP\na: LDA #$1234", [6]),
        ("SEP #$20\nPER a-1\nRTS\nNOP\na: LDA #$1234", [5]),
        ("SEP #$20\nPHK\nPEA a-1\nJML f\nNOP\na: LDA #$12\nRTS\nf: REP #$20\nRTL", [6]),
        ("REP #$20\nLDA t,x\nPHA\nSEP #$20\nRTS\nt: dw a-1,b-1\na: LDA #$12\nRTS\nb: LDA #$1234", [9]),
        ("REP #$20\nLDA.l t,x\nPHA\nSEP #$20\nRTS\nt: dw a-1,b-1\na: LDA #$12\nRTS\nb: LDA #$1234", [9]),
        (
            "SEP #$20\nLDA h,x\nPHA\nLDA l,x\nPHA\nRTS\nl: db a-1,b-1\nh: db a-1>>8,b-1>>8\n"
            "a: LDA #$12\nRTS\nb: LDA #$1234",
            [11],
        ),
        ("SEP #$20\nLDA t,x\nPHA\nRTS\nt: db 1,2\na: LDA #$1234", []),
    ],
)
def test_tables_of_addresses_are_followed(text: str, lines: list[int]) -> None:
    assert mismatches(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("SEP #$20\nJSR f\nLDA #$12\nRTS\nf: DEX\nBEQ +\nJSR f\n+ REP #$20\nRTS", [3]),
        ("REP #$20\nPHP\nJSR f\nPLP\nLDA #$12\nRTS\nf: PHA\nSEP #$20\nPLA\nPLA\nRTS", [5]),
        ("SEP #$20\nJSR f\nf: LDA #$1234\nRTS", [3]),
        # A routine that takes its return address from the stack goes who knows where: to what follows, or not.
        ("REP #$20\nJSR f\nLDA #$12\nRTS\nf: PLA\nINC\nPHA\nSEP #$20\nRTS", []),
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: BEQ +\nRTS\n+ REP #$20\nPLA\nPHA\nRTS", []),
        ("SEP #$20\nJSR g\nLDA #$12\nRTS\ng: JSR f\nREP #$20\nRTS\nf: REP #$20\nPLA\nSEP #$20\nRTS", []),
        ("REP #$30\nJSL f\ndl a\na: LDA #$12\nRTL\nf: PLY\nSEP #$20\nPLA\nSTA $02\nJML [$0000]", []),
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: LDA #$12\nSTA $01,s\nRTS", []),
        # So does one that leaves something there, or returns with the other instruction.
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: PHB\nRTS", []),
        ("SEP #$20\nPHP\nPHK\nJSR f\nPLP\nLDA #$12\nRTS\nf: RTL", []),
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: BEQ +\nPHB\n+ RTS", []),
        # One that ends in code elsewhere comes back with unknown widths, and the stack as it was.
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: BEQ +\nJML Outside\n+ RTS", []),
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: BEQ +\ndb $C2,$20\n+ RTS", []),
        ("SEP #$20\nPHP\nJSR f\nPLP\nLDA #$1234\nRTS\nf: JML Outside", [5]),
        # One that never comes back.
        ("SEP #$20\nJSR f\nLDA #$1234\nRTS\nf: STP", []),
        ("SEP #$20\nBRK #$00\nLDA #$1234", []),
        # Branches of which one way is known.
        ("SEP #$20\nLDA #$01\nBNE +\nREP #$20\n+ LDA #$1234", [5]),
        ("SEP #$30\nLDX #$00\nBNE +\nREP #$20\n+ LDA #$12", [5]),
        ("REP #$20\nLDA #$0001\nDEC\nBNE +\nSEP #$20\n+ LDA #$12", []),
        ("SEP #$21\nBCS +\nREP #$20\n+ LDA #$1234", [4]),
        ("SEP #$20\nCLC\nADC $12\nBCS +\nREP #$20\n+ LDA #$12", []),
        ("REP #$20\nCLC\nBCS +\nSEP #$20\n+ LDA #$1234", [5]),
    ],
)
def test_calls_and_branches_are_followed_only_where_they_surely_lead(text: str, lines: list[int]) -> None:
    assert mismatches(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "SEP #$20\nLDA #$1234\nRTS\norg $008002\ndb $A9,$12,$EA",
        "SEP #$20\nLDA #$1234\nRTS\norg $808002\ndb $A9,$12,$EA",
        "SEP #$20\nJSL $7E2000\nRTS\nbase $7E2000\nLDA #$12\nRTL\nbase $7E2000\nLDA #$1234\nRTL",
    ],
)
def test_code_that_the_text_writes_over_is_not_judged(text: str) -> None:
    assert mismatches(text) == []


def test_code_across_org_is_followed_by_address() -> None:
    text = "org $02A000\nSEP #$20\nJSL hook\nLDA #$12\nRTL\norg $208000\nhook:\nLDA #$1234\nREP #$20\nRTL"
    assert mismatches(text) == [4, 8]


def test_widths_before_each_instruction() -> None:
    known = track_widths(assemble("REP #$20\nSEP #$10\nRTS", backend="own"), m=8)
    assert {address: widths[:2] for address, widths in known.items()} == {
        0x8000: (8, None),
        0x8002: (16, None),
        0x8004: (16, 8),
    }


def test_paths_that_disagree_join_to_unknown() -> None:
    assert Widths(8, 16).join(Widths(16, 16)) == Widths(None, 16)


def test_only_what_is_reached_from_an_entry_is_judged() -> None:
    text = "t: dw $1234\nhelper: SEP #$20 : LDA #$1234 : RTS\nMain: LDA #$12 : RTS\nunused: SEP #$20 : LDA #$1234"
    assembly = assemble(text, backend="own")
    cases: list[tuple[str, Bits, list[int]]] = [
        ("Main", 16, [3]),
        ("Main", 8, []),
        ("Main", None, []),
        ("helper", 16, [2]),
    ]
    for entry, m, lines in cases:
        found = width_mismatches(assembly, m, 8, assembly.labels[entry])
        assert [mismatch.line for mismatch in found] == lines
    assert width_mismatches(assembly, 16, 16, 0x7E0000) == []


def test_what_does_not_settle_within_a_bound_gives_nothing() -> None:
    table = "t: dw " + ",".join(f"r{number}" for number in range(1000))
    jumps = "\n".join(f"r{number}: JMP (t,x)" for number in range(1000))
    assert mismatches("SEP #$20\nLDA #$1234\nr0: JMP (t,x)\nt: dw r0") == [2]
    assert mismatches(f"SEP #$20\nLDA #$1234\n{jumps}\n{table}") == []
    calls = "\n".join(f"JSR c{number}" for number in range(400))
    shared = "\n".join(f"c{number}: JMP tail" for number in range(400)) + "\ntail:" + " NOP :" * 400 + " RTS"
    assert mismatches(f"SEP #$20\nLDA #$1234\n{calls}\nRTS\n{shared}") == []


def test_deep_calls_and_pushes_settle() -> None:
    calls = "\n".join(f"r{number}: JSR r{number + 1} : RTS" for number in range(3000))
    assert mismatches(f"REP #$20\nJSR r0\nLDA #$1234\nRTS\n{calls}\nr3000: SEP #$20 : RTS") == [3]
    assert mismatches("SEP #$20\n" + "PHA\n" * 3000 + "- PHP\nBEQ -\nLDA #$1234") == [3004]


def routine(m: Literal[8, 16], **changes: object) -> AsmContract:
    case = {"memory": {0x7E0010: b"\x0b"}}
    writes = [{"address": 0x7E0000, "length": 0x20}, {"address": 0x7EC007, "length": 2}]
    usual = {"entry": "H", "m": m, "returns": "rtl", "writes": writes, "cases": [case]}
    return AsmContract.model_validate(usual | changes)


def test_an_answer_with_a_certain_mismatch_fails_although_its_run_would_pass() -> None:
    text = "\nH: STA.l $7EC007 : LDA #$0B : CMP $10 : BEQ .y : RTL\n.y INC $12 : RTL"
    verdict = check(text, routine(16))
    assert (verdict.assembles, verdict.passes, verdict.failed_case) == (True, False, None)
    assert verdict.reasons == (
        "line 2: LDA # is 8 bits wide, but M makes the accumulator 16 bits here: write LDA.w, or SEP #$20 before it",
    )
    assert check(text, routine(8)).passes
    assert check(text.replace("LDA #$0B", "LDA.w #$0B"), routine(16)).passes


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("helper: LDA #$1234 : RTL\nH: LDA #$0B : RTL", True),  # nobody calls the helper
        ("helper: LDA #$1234 : RTS\nH: JSR helper : RTL", False),
        ("table: dw $1234,$5678\nH: LDX #$1234 : RTL", False),
        ("H: LDA $10 : BEQ + : LDA #$0B : + RTL", True),
        ("H: LDA $10 : BNE + : LDA #$1234 : + RTL", False),  # a path that no case takes
    ],
)
def test_a_mismatch_counts_on_ways_from_the_entry(text: str, passes: bool) -> None:
    assert check(text, routine(8)).passes is passes


def test_a_host_that_is_entered_is_not_guessed_at() -> None:
    host = {0x008100: bytes.fromhex("E2 20 22 00 F0 1C 6B")}  # SEP #$20 : JSL $1CF000 : RTL
    contract = routine(16, entry=0x008100, host=host, origin=0x1CF000, changes=["a", "x", "y", "m_flag"])
    assert check("LDA #$0B : RTL", contract).passes
    hook = "org $008100\nJSL Hook : RTL\norg $1CF000\nHook: LDA #$0B : STA $12 : NOP : RTL"
    assert not check(hook, contract).passes
    assert check(hook.replace("LDA #$0B", "LDA #$000B"), contract).passes


def test_cases_that_enter_with_other_widths_leave_them_unknown() -> None:
    cases = [{}, {"flags": {"m": False}}]
    changes = ["a", "x", "y", "m_flag"]
    assert check("H: SEP #$20 : LDA #$0B : RTL", routine(8, cases=cases, changes=changes)).passes
    assert check("H: LDA #$EAEA : RTL", routine(8, cases=cases)).passes
    assert not check("H: LDA #$EAEA : RTL", routine(8)).passes
