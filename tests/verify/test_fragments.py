"""A piece of assembly is assembled by itself: the names that it lacks are supplied or stubbed, and told apart."""

import pytest

from oracle_lib.verify import assemble
from oracle_lib.verify.fragments import assemble_fragment

KNOWN = {
    "Link_HP": 0x7EF36D,
    "Near": 0x00C000,
    "Far": 0x068000,
    "PAUSE": 0x10,
    "!SRAM": 0x7EF000,
    "Main_table": 0x00A000,
}


def test_what_lacks_nothing_is_assembled_as_it_is() -> None:
    found = assemble_fragment("Main: LDA #$12\n  RTS", KNOWN)
    assert found.assembly == assemble("Main: LDA #$12\n  RTS")
    assert not found.supplied and not found.stubbed and not found.fault


def test_known_names_have_their_values() -> None:
    found = assemble_fragment("LDA Link_HP : STA.l !SRAM,X : JSR Near : LDX.b #!PAUSE", KNOWN)
    assert found.assembly.code == bytes.fromhex("AF6DF37E 9F00F07E 2000C0 A210")
    assert found.supplied == {"Link_HP": 0x7EF36D, "!SRAM": 0x7EF000, "Near": 0x00C000, "!PAUSE": 0x10}
    assert not found.stubbed


def test_unknown_names_are_stubbed_and_said_to_be() -> None:
    found = assemble_fragment("LDA Timer : BEQ Skip : JSL Helper : STA !slot,X", KNOWN)
    assert found.assembly.ok and found.stubbed == ("!slot", "Timer", "Skip", "Helper")
    assert not found.supplied


def test_an_address_of_another_bank_is_stubbed_where_a_near_one_is_meant() -> None:
    found = assemble_fragment("JSR Far\nLDA.w Near", KNOWN)
    assert found.assembly.ok and found.stubbed == ("Far",) and found.supplied == {"Near": 0x00C000}


def test_in_its_own_bank_the_same_address_is_near() -> None:
    found = assemble_fragment("JSR Far", KNOWN, origin=0x06FF00)
    assert found.assembly.code == bytes.fromhex("200080") and found.supplied == {"Far": 0x068000}


def test_sublabels_are_supplied_by_their_full_names_and_never_stubbed() -> None:
    assert assemble_fragment("Main:\n LDA.w .table,X", KNOWN).supplied == {"Main_table": 0x00A000}
    assert assemble_fragment("Main:\n BNE .loop", KNOWN).fault == "2:6: error: undefined symbol: .loop is not defined"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("%macro_of_theirs()", "there is no macro macro_of_theirs"),
        ("LDA offset(3)", "there is no function offset()"),
        ('incbin "secret.bin"', "refused directive"),
        ("LDQ #$12", "unknown mnemonic: LDQ"),
        ("LDA ($1234),Y", "value too wide"),
        ("BRA Gone\n" + "NOP\n" * 300, "branch out of range: BRA to Gone is 300 bytes away"),
    ],
)
def test_what_is_wrong_is_told_in_the_assemblers_words(text: str, fault: str) -> None:
    found = assemble_fragment(text, KNOWN)
    assert not found.assembly.ok and fault in found.fault


def test_many_names_in_one_statement_are_all_found() -> None:
    names = [f"Name{number}" for number in range(40)]
    assert assemble_fragment(f"dw {','.join(names)}", {}).stubbed == tuple(names)


def test_what_lacks_more_names_than_a_piece_can_is_given_up() -> None:
    found = assemble_fragment("\n".join(f"LDA n{number}" for number in range(5_000)), {})
    assert "is not defined" in found.fault and len(found.stubbed) <= 200


@pytest.mark.parametrize(
    "text", ["LDA " + "(" * 50_000, "A:" * 50_000, "\0", "!a = !a!a\n" * 9_000, "x" * 1_000_000, ""]
)
def test_hostile_text_ends_in_a_result(text: str) -> None:
    assert isinstance(assemble_fragment(text, KNOWN).fault, str)


def test_another_text_is_assembled_with_the_same_names_and_no_others() -> None:
    found = assemble_fragment("JSR Near : LDA Timer", KNOWN)
    assert found.assembled_instead("LDA Timer : JSR Near").ok
    assert [one.message for one in found.assembled_instead("LDA Tmier").diagnostics] == ["Tmier is not defined"]
