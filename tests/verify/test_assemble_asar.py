"""asar's word on the dialect: what asar 1.91 made of each feature stands in asar_golden.jsonl. Where there is an asar
(on PATH or in ORACLE_ASAR), whether it says so still, and whether it confirms what our own assembler makes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oracle_lib.verify.assembler import AsarMissing, Kind, assemble
from oracle_lib.verify.assembler.asar import find_asar
from oracle_lib.verify.assembler.output import MAPPERS, rom_offset

ROWS = [json.loads(line) for line in Path(__file__).with_name("asar_golden.jsonl").read_text("utf-8").splitlines()]


def number(written: str) -> int:
    return int(written.removeprefix("$"), 16)


def golden(line: int, row: dict[str, Any]) -> object:
    """A row as a parameter; where ours is known to differ, the fix that ends it is told to strike `differs`."""
    known = pytest.mark.xfail(strict=True, raises=AssertionError, reason=row.get("differs", ""))
    return pytest.param(row, marks=[known] if "differs" in row else [], id=f"line {line}, {row['feature']}")


@pytest.mark.parametrize("row", [golden(line, row) for line, row in enumerate(ROWS, 1)])
def test_our_assembler_writes_what_asar_wrote_and_refuses_what_it_refused(row: dict[str, Any]) -> None:
    origin = number(row.get("origin", "$008000"))
    symbols = {name: number(value) for name, value in row.get("symbols", {}).items()}
    files = {path: content.encode("latin-1") for path, content in row.get("files", {}).items()}
    assembly = assemble(row["text"], symbols, origin, defines=row.get("defines"), files=files, backend="own")
    if row["rom"] == "refused":
        assert not assembly.ok
        return
    assert assembly.ok, assembly.diagnostics
    first_line = row["text"].partition("\n")[0]
    mapper = first_line if first_line.partition(" ")[0] in MAPPERS else "lorom"
    # An origin in RAM is laid over the first bytes of the ROM.
    moved = origin if rom_offset("lorom", origin) < 0 else None
    ours, theirs = dict[int, int](), dict[int, int]()
    for address, code in assembly.blocks:
        ours.update(enumerate(code, rom_offset(mapper, address) if moved is None else address - moved))
    for offset, code in row["rom"].items():
        theirs.update(enumerate(bytes.fromhex(code), number(offset)))
    assert ours == theirs


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
@pytest.mark.slow
def test_the_golden_bytes_are_what_asar_makes_today() -> None:
    command = [sys.executable, "-m", "benchmarks.asar_golden", "--check"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs_asar
@pytest.mark.parametrize("origin", [0x008000, 0x2C8123, 0x808000, 0x7E2000])
def test_asar_confirms_our_bytes(origin: int) -> None:
    assert assemble(ROUTINE, SYMBOLS, origin, backend="asar") == assemble(ROUTINE, SYMBOLS, origin, backend="own")


@needs_asar
def test_asar_confirms_a_text_that_asks_for_its_version() -> None:
    text = "asar 1.90\nJSL Outside : db 1+2*3\nif 1 : NOP"
    assembly = assemble(text, SYMBOLS, backend="asar")
    assert assembly == assemble(text, SYMBOLS, backend="own")
    assert assembly.code == bytes.fromhex("22 80 BA 0D 07 EA")


@needs_asar
def test_asar_confirms_several_blocks_and_defines() -> None:
    text = "org $02A000\nJSL hook\norg $208000\nhook:\nLDA #!x\nRTL"
    assembly = assemble(text, defines={"x": "$12"}, backend="asar")
    assert assembly == assemble(text, defines={"x": "$12"}, backend="own")
    assert len(assembly.blocks) == 2


@needs_asar
def test_a_block_lies_where_the_mapper_of_its_time_puts_it() -> None:
    text = "lorom\norg $00FFFC\ndd 1\nhirom\norg $C00010\ndb 2\nnorom\norg $000020\ndb 3"
    assert assemble(text, backend="asar") == assemble(text, backend="own")


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
