"""A real asar confirms what our own assembler makes. Skipped where neither ORACLE_ASAR nor PATH has one."""

import pytest

from oracle_lib.verify.assembler import AsarMissing, Kind, assemble
from oracle_lib.verify.assembler.asar import find_asar

needs_asar = pytest.mark.skipif(find_asar() is None, reason="no asar on PATH and ORACLE_ASAR is not set")

ROUTINE = """
!room = $45
Main:
    PHB : PHK : PLB
    LDA.w Table,X : BEQ +
    CMP #!room : BNE .no
    JSL Outside
.no
+   LDA sword : STA $7E2000,X
    PLB
    RTL
Table:
    db 1,2,"text"
    dw Main, Main_no
"""
SYMBOLS = {"Outside": 0x0DBA80, "sword": 0x7EF359, "unused": 0x123456}


@needs_asar
@pytest.mark.parametrize("origin", [0x008000, 0x2C8123, 0x808000, 0x7E2000])
def test_asar_confirms_our_bytes(origin: int) -> None:
    assert assemble(ROUTINE, SYMBOLS, origin, backend="asar") == assemble(ROUTINE, SYMBOLS, origin, backend="own")


@needs_asar
def test_asar_confirms_several_blocks_and_defines() -> None:
    text = "org $02A000\nJSL hook\norg $208000\nhook:\nLDA #!x\nRTL"
    assembly = assemble(text, defines={"x": "$12"}, backend="asar")
    assert assembly == assemble(text, defines={"x": "$12"}, backend="own")
    assert len(assembly.blocks) == 2


@needs_asar
@pytest.mark.parametrize(
    "text", ['incbin "/etc/passwd"', '!i = inc\n!{i}src "/etc/passwd"', 'if !assembler_ver > 11000 : incbin "x"\nNOP']
)
def test_files_never_reach_asar(text: str) -> None:
    assembly = assemble(text, backend="asar")
    assert not assembly.ok
    assert Kind.REFUSED_DIRECTIVE in {found.kind for found in assembly.diagnostics}


@needs_asar
def test_the_backend_is_taken_where_there_is_one() -> None:
    assert assemble(ROUTINE, SYMBOLS, backend="auto") == assemble(ROUTINE, SYMBOLS, backend="own")


def test_insisting_on_a_missing_asar_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORACLE_ASAR", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AsarMissing, match="ORACLE_ASAR"):
        assemble("NOP", backend="asar")
    assert assemble("NOP", backend="auto").code == b"\xea"
