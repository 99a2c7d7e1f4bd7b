"""A real asar as a second judge: it runs on a text that our own assembler accepted, and must write the same bytes. Our
own assembler goes first because asar has no way to forbid reading files: a text reaches asar only if nothing in it
asked for a file."""

import os
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
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
_VERSION = re.compile(r"(?im)^[ \t]*@?[ \t]*asar\b")
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
    # In noise a byte that one assembler writes and the other does not hardly goes unnoticed.
    rom = random.Random(65816).randbytes(_ROM_SIZE)
    expected, in_rom = bytearray(rom), rom_offset("lorom", origin) >= 0
    for address, data in assembly.blocks:
        offset = rom_offset(program.state.out.mapper, address) if in_rom else address - origin
        expected[offset : offset + len(data)] = data
    used = {name: value for name, value in known.used.items() if name not in known.values}
    made = run_asar(asar, rom, text, used, origin, program.given_defines)
    if isinstance(made, Diagnostic):
        return Assembly(False, diagnostics=(made,))
    if made != expected:
        return _refused(Kind.UNSUPPORTED_DIRECTIVE, "asar makes other bytes of it than our own assembler", 0)
    return assembly


def run_asar(
    asar: str, rom: bytes, text: str, symbols: Mapping[str, int], origin: int, defines: Mapping[str, str]
) -> bytes | Diagnostic:
    """The `rom` after asar has patched it with `text`, or why asar refuses. The text may read files.

    An `origin` outside the ROM is laid over the first bytes of the ROM, where the code is put.
    """
    head = f"org ${origin:06X}" if rom_offset("lorom", origin) >= 0 else f"org $008000 : base ${origin:06X}"
    prelude = "".join(f"{name} = ${value:06X}\n" for name, value in symbols.items()) + head + "\n"
    # `asar` may only begin a file; and asar closes an `if` on the last line of an included one twice.
    files = {"text.asm": text + "\n", "main.asm": prelude + 'incsrc "text.asm"\n'} if _VERSION.search(text) else {}
    with tempfile.TemporaryDirectory(prefix="oracle-asar-") as folder:
        source, image = Path(folder, "main.asm"), Path(folder, "rom.sfc")
        for name, content in (files or {"main.asm": prelude + text}).items():
            Path(folder, name).write_text(content, encoding="utf-8", errors="surrogateescape", newline="")
        image.write_bytes(rom)
        settings = [f"-D{name}={value}" for name, value in defines.items()]
        command = [asar, "--no-title-check", "--fix-checksum=off", *settings, str(source), str(image)]
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return Diagnostic(Kind.LIMIT, f"asar ran for more than {_SECONDS:.0f} seconds", 0, 0)
        if done.returncode == 0:
            return image.read_bytes()
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    error = _ERROR.search(said)
    first = 0 if files else prelude.count("\n")
    line, message = (int(error[1]) - first, error[2][:200]) if error else (0, said[-200:])
    return Diagnostic(Kind.SYNTAX, f"asar says: {message}", max(line, 0), min(max(line, 0), 1))


def _refused(kind: Kind, message: str, line: int) -> Assembly:
    return Assembly(False, diagnostics=(Diagnostic(kind, message, line, min(line, 1)),))
