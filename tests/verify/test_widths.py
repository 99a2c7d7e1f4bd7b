"""M and X followed through assembled code: what is flagged, what is passed over because it cannot be known."""

import pytest

from oracle_lib.verify.assembler import Bits, Kind, Severity, Widths, assemble, track_widths


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
    assert mismatches("LDA #$12\nLDX #$1234\nRTS", m, x) == lines


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
