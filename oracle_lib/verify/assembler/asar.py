"""A real asar as a second judge: it runs on a text that our own assembler accepted, and must write the same bytes. Our
own assembler goes first because asar has no way to forbid reading files: a text reaches asar only if nothing in it
asked for a file."""

import os
import random
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Kind
from oracle_lib.verify.assembler.output import rom_offset
from oracle_lib.verify.assembler.program import Program

_ROM_SIZE = 0x400000
_SECONDS = 10.0
_FILES = re.compile(
    r"(?im)(?:^|:|[\"=])\s*@?\s*(incbin|incsrc|table|include\w*)\b(?!:)|(assembler_ver|readfile|filesize|filestatus)"
)
_ERROR = re.compile(r"\.asm:(\d+).*?: error: \(E\w+\): (.*)")


def find_asar() -> str | None:
    """The asar to use: the file that ORACLE_ASAR names, else the one on PATH, else None."""
    return os.environ.get("ORACLE_ASAR") or _on_path(os.environ.get("PATH"))


@cache
def _on_path(path: str | None) -> str | None:
    return shutil.which("asar", path=path)


def confirm(assembly: Assembly, program: Program, asar: str) -> Assembly:
    """`assembly`, which `program` has made, if asar makes the same of its text."""
    text, known, origin = program.text, program.known, program.origin
    if found := _FILES.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return _refused(Kind.REFUSED_DIRECTIVE, f"{found[1] or found[2]} is not passed on to asar", line)
    in_rom = rom_offset("lorom", origin) >= 0
    # In noise a byte that one assembler writes and the other does not hardly goes unnoticed.
    noise = random.Random(65816).randbytes(_ROM_SIZE)
    expected = bytearray(noise)
    for address, data in assembly.blocks:
        offset = rom_offset(program.state.out.mapper, address) if in_rom else address - origin
        expected[offset : offset + len(data)] = data
    head = f"org ${origin:06X}" if in_rom else f"org $008000 : base ${origin:06X}"
    used = {name: value for name, value in known.used.items() if name not in known.values}
    prelude = "".join(f"{name} = ${value:06X}\n" for name, value in used.items()) + head + "\n"
    with tempfile.TemporaryDirectory(prefix="oracle-asar-") as folder:
        source, rom = Path(folder, "text.asm"), Path(folder, "rom.sfc")
        source.write_text(prelude + text, encoding="utf-8", errors="surrogateescape", newline="")
        rom.write_bytes(noise)
        settings = [f"-D{name}={value}" for name, value in program.given_defines.items()]
        command = [asar, "--no-title-check", "--fix-checksum=off", *settings, str(source), str(rom)]
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return _refused(Kind.LIMIT, f"asar ran for more than {_SECONDS:.0f} seconds", 0)
        if done.returncode == 0 and rom.read_bytes() == expected:
            return assembly
    if done.returncode == 0:
        return _refused(Kind.UNSUPPORTED_DIRECTIVE, "asar makes other bytes of it than our own assembler", 0)
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    error = _ERROR.search(said)
    line, message = (int(error[1]) - prelude.count("\n"), error[2][:200]) if error else (0, said[-200:])
    return _refused(Kind.SYNTAX, f"asar says: {message}", max(line, 0))


def _refused(kind: Kind, message: str, line: int) -> Assembly:
    return Assembly(False, diagnostics=(Diagnostic(kind, message, line, min(line, 1)),))
