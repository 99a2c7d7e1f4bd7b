"""A real asar as a second judge: it runs on a text that our own assembler accepted, and its bytes count.

Our own assembler goes first because asar has no way to forbid reading files: a text reaches asar only if nothing in it
asked for a file.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Kind, Severity
from oracle_lib.verify.assembler.output import rom_offset

_ROM_SIZE = 0x400000
_SECONDS = 10.0
_FILES = re.compile(
    r"(?im)(?:^|:|[\"=])\s*@?\s*(incbin|incsrc|table|include\w*)\b(?!:)|(assembler_ver|readfile|filesize|filestatus)"
)
_ERROR = re.compile(r"\.asm:(\d+).*?: error: \(E(\w+)\): (.*)")
_KINDS = {
    "label_not_found": Kind.UNDEFINED_SYMBOL,
    "define_not_found": Kind.UNDEFINED_SYMBOL,
    "macro_not_found": Kind.UNDEFINED_SYMBOL,
    "label_redefined": Kind.REDEFINED_SYMBOL,
    "relative_branch_out_of_bounds": Kind.BRANCH_RANGE,
    "unknown_command": Kind.UNKNOWN_MNEMONIC,
    "assertion_failed": Kind.ASSERTION,
}


def find_asar() -> str | None:
    """The asar to use: the file that ORACLE_ASAR names, else the one on PATH, else None."""
    return _find(os.environ.get("ORACLE_ASAR"), os.environ.get("PATH"))


@lru_cache(maxsize=8)
def _find(named: str | None, path: str | None) -> str | None:
    return named or shutil.which("asar", path=path)


def confirm(
    assembly: Assembly, text: str, symbols: Mapping[str, int], origin: int, defines: Mapping[str, str], asar: str
) -> Assembly:
    """What asar makes of a text that our own assembler took for `assembly`; `symbols` are those that the text uses."""
    if found := _FILES.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problem = Diagnostic(Kind.REFUSED_DIRECTIVE, f"{found[1] or found[2]} is not passed on to asar", line, 1)
        return Assembly(False, diagnostics=(problem,))
    in_rom = rom_offset("lorom", origin) >= 0
    head = f"org ${origin:06X}" if in_rom else f"org $008000 : base ${origin:06X}"
    prelude = "".join(f"{name} = ${value:06X}\n" for name, value in symbols.items()) + head + "\n"
    roms = []
    for blank in (b"\x00", b"\xff"):
        rom, said = _run(asar, prelude + text, defines, blank)
        if rom is None:
            return _refused(said, prelude.count("\n"))
        roms.append(rom)
    written = _written(*roms)
    ours: dict[int, int] = {}
    for address, data in assembly.blocks:
        offset = rom_offset("lorom", address) if in_rom else address - origin
        ours.update(enumerate(data, offset))
    theirs = {offset + index: byte for offset, data in written for index, byte in enumerate(data)}
    if ours == theirs:
        return assembly
    high = 0x800000 if origin & 0x800000 else 0
    blocks = tuple((offset << 1 & 0x7F0000 | 0x8000 | offset & 0x7FFF | high, data) for offset, data in written)
    differs = Diagnostic(Kind.SYNTAX, "asar assembles other bytes; its bytes are used", 0, 0, Severity.WARNING)
    code = b"".join(data for _, data in blocks)
    return replace(assembly, code=code, blocks=blocks, listing=(), diagnostics=(*assembly.diagnostics, differs))


def _run(asar: str, text: str, defines: Mapping[str, str], blank: bytes) -> tuple[bytes | None, str]:
    with tempfile.TemporaryDirectory(prefix="oracle-asar-") as folder:
        source, rom = Path(folder, "text.asm"), Path(folder, "rom.sfc")
        source.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
        rom.write_bytes(blank * _ROM_SIZE)
        settings = [f"-D{name}={value}" for name, value in defines.items()]
        command = [asar, "--no-title-check", "--fix-checksum=off", *settings, str(source), str(rom)]
        try:
            done = subprocess.run(
                command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return None, f"text.asm:0: error: (Etimeout): asar ran for more than {_SECONDS:.0f} seconds"
        said = (done.stderr + done.stdout).decode("utf-8", "replace")
        return (rom.read_bytes() if done.returncode == 0 else None), said


def _written(zeros: bytes, ones: bytes) -> list[tuple[int, bytes]]:
    """The runs of bytes that come out alike from a ROM of zeros and from a ROM of ones: those that asar wrote."""
    differs = int.from_bytes(zeros, "little") ^ int.from_bytes(ones, "little")
    runs = re.finditer(rb"\0+", differs.to_bytes(len(zeros), "little"))
    return [(run.start(), zeros[run.start() : run.end()]) for run in runs]


def _refused(said: str, skipped: int) -> Assembly:
    found = []
    for match in _ERROR.finditer(said):
        kind = Kind.LIMIT if match[2] == "timeout" else _KINDS.get(match[2], Kind.SYNTAX)
        found.append(Diagnostic(kind, f"asar says: {match[3][:200]}", max(int(match[1]) - skipped, 0), 1))
    return Assembly(False, diagnostics=tuple(found) or (Diagnostic(Kind.SYNTAX, f"asar says: {said[-200:]}", 0, 0),))
