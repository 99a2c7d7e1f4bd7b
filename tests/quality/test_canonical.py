"""Canonical forms: what differs only in names, places, comments and spelling is the same, and nothing else is."""

import pytest

from oracle_lib.quality.canonical import canonical

ROUTINE = """
AddBombs:
    LDA.l $7EF343   ; the bombs carried
    BEQ .none
.loop:
    CLC : ADC #$05
    STA.l $7EF343
    DEX
    BPL .loop
.none:
    RTL
"""
SAME = {
    "other labels": ROUTINE.replace("AddBombs", "More").replace(".loop", ".again").replace(".none", ".done"),
    "relative labels": ROUTINE.replace(".none:", "+")
    .replace(".none", "+")
    .replace(".loop:", "-")
    .replace(".loop", "-"),
    "another address": ROUTINE.replace("$7EF343", "$7EC200"),
    "no comments": ROUTINE.replace("; the bombs carried", ""),
    "a line each": ROUTINE.replace("CLC : ADC", "CLC\n ADC"),
    "lower case": ROUTINE.replace("LDA", "lda").replace("#$05", "#5"),
    "a constant": "!bombs = $7EF343\n" + ROUTINE.replace("$7EF343", "!bombs"),
}
OTHER = {
    "another constant": ROUTINE.replace("#$05", "#$06"),
    "another branch": ROUTINE.replace("BPL .loop", "BPL .none"),
    "two addresses": ROUTINE.replace("STA.l $7EF343", "STA.l $7EF344"),
    "another instruction": ROUTINE.replace("CLC", "SEC"),
    "indexed": ROUTINE.replace("LDA.l $7EF343", "LDA.l $7EF343,X"),
}


@pytest.mark.parametrize("change", SAME)
def test_what_differs_in_spelling_alone_is_the_same(change: str) -> None:
    assert canonical(SAME[change], "asm") == canonical(ROUTINE, "asm")


@pytest.mark.parametrize("change", OTHER)
def test_what_does_something_else_differs(change: str) -> None:
    assert canonical(OTHER[change], "asm") != canonical(ROUTINE, "asm")


def test_low_wram_is_one_place_in_all_its_mirrors_and_tables_keep_what_they_hold() -> None:
    assert canonical("LDA $0340\nSTA $7E0340\nSTA $800340", "asm") == ("LDA @0", "STA @0", "STA @0")
    assert canonical("Table: db $01, 2, %11 : dw Table", "asm") == ("L0:", "DB 1,2,3", "DW L0")


def test_cpp_forgets_its_own_names_and_no_others() -> None:
    one = "int Sum(const std::vector<int>& rows) {\n  int total = 0x10;  // start\n  return total + rows.size();\n}"
    other = "int Add(const std::vector<int>& all) { int t = 16u; return t + all.size(); }"
    assert canonical(one, "cpp") == canonical(other, "cpp")
    assert canonical(one, "cpp") != canonical(one.replace("size()", "back()"), "cpp")


def test_prose_is_its_words() -> None:
    assert canonical("Link has 3 hearts.  They are at $7EF36D!", "text") == ("link has 3 hearts", "they are at $7ef36d")


@pytest.mark.parametrize(
    "hostile", ["", "::::", "!", "- - +", '"', "%", "$", "LDA", "a = ", "'" * 9, "\x00", "LDA ,,(,", "ÀÉ Ω"]
)
def test_any_text_has_a_form(hostile: str) -> None:
    for language in ("asm", "cpp", "text"):
        canonical(hostile, language)
