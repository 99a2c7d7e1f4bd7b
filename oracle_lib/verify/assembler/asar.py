"""A real asar as a second judge: it runs on a text that our own assembler accepted, and must write the same bytes.

asar has no way to forbid reading files. So a text reaches it only if none of its lines could ask for a file that was
not handed over, and asar runs in a folder that holds the others.
"""

import os
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Kind
from oracle_lib.verify.assembler.output import rom_offset
from oracle_lib.verify.assembler.program import Program
from oracle_lib.verify.assembler.requests import requests

_ROM_SIZE = 0x400000
_VERSION = re.compile(r"(?im)^[ \t@]*asar\b")
_ERROR = re.compile(r"(?m)^(?:(.*?):(\d+).*?: )?error: \(E\w+\): (.*)")


def find_asar() -> str | None:
    """The asar to use: the program that ORACLE_ASAR names, else the one on PATH, else None.

    Raises `OracleError` where ORACLE_ASAR names what is no program.
    """
    named = os.environ.get("ORACLE_ASAR")
    found = shutil.which(named) if named else _on_path(os.environ.get("PATH"))
    if named and not found:
        raise OracleError(f"ORACLE_ASAR={named} is no program that can be run; name asar's file there, or unset it")
    return found and str(Path(found).absolute())


@cache
def _on_path(path: str | None) -> str | None:
    return shutil.which("asar", path=path)


def confirm(assembly: Assembly, program: Program, asar: str) -> Assembly:
    """`assembly`, which `program` has made, if asar makes the same of its text."""
    files, known, origin, mapper = program.files, program.known, program.origin, program.state.out.mapper
    for source in (program.source, *files.sources.values()):
        for index, word, name in requests(source):
            if name is None or files.find(name, source) is None:
                message = f"{word} may read a file that was not handed over, so this is not passed on to asar"
                return _failed(Diagnostic(Kind.REFUSED_DIRECTIVE, message, index + 1, 1, file=source.path))
    in_rom = rom_offset("lorom", origin) >= 0
    offsets = program.state.out.offsets
    written = [(at if in_rom else at - origin, data) for at, (_, data) in zip(offsets, assembly.blocks, strict=True)]
    pieces = program.rom.pieces(mapper)
    # In noise a byte that one assembler writes and the other does not hardly goes unnoticed.
    size = max(_ROM_SIZE, *(offset + len(data) for offset, data in (*written, *pieces)), 0)
    rom = bytearray(random.Random(65816).randbytes(size))
    _lay(rom, pieces)
    used = {name: value for name, value in known.used.items() if name not in known.values}
    made = run_asar(asar, rom, program.text, used, origin, program.given_defines, files.given)
    if isinstance(made, Diagnostic):
        return _failed(made)
    _lay(rom, written)
    if made != rom:
        message = "asar makes other bytes of it than our own assembler"
        return _failed(Diagnostic(Kind.UNSUPPORTED_DIRECTIVE, message, 0, 0))
    return assembly


def run_asar(
    asar: str,
    rom: bytes | bytearray,
    text: str,
    symbols: Mapping[str, int],
    origin: int,
    defines: Mapping[str, str],
    files: Mapping[str, bytes] | None = None,
    seconds: float = 10.0,
) -> bytes | Diagnostic:
    """The `rom` after asar has patched it with `text`, or why asar refuses. The text may read any file.

    An `origin` outside the ROM is laid over the first bytes of the ROM, where the code is put. `files` lie where the
    text finds them. asar may take so many `seconds`.
    """
    head = f"org ${origin:06X}" if rom_offset("lorom", origin) >= 0 else f"org $008000 : base ${origin:06X}"
    prelude = "".join(f"{name} = ${value:06X}\n" for name, value in symbols.items()) + head + "\n"
    # `asar` may only begin a file; and asar closes an `if` on the last line of an included one twice.
    apart = bool(_VERSION.search(text))
    with tempfile.TemporaryDirectory(prefix="oracle-asar-") as folder:
        image, sources, main = Path(folder, "rom.sfc"), Path(folder, "sources"), "text.asm"
        for path, content in (files or {}).items():
            Path(sources, path).parent.mkdir(parents=True, exist_ok=True)
            Path(sources, path).write_bytes(content)
        sources.mkdir(exist_ok=True)
        while Path(sources, main).exists() or Path(sources, f"of_{main}").exists():
            main = f"_{main}"
        if apart:
            _write(sources / f"of_{main}", prelude + f'incsrc "{main}"\n')
        _write(sources / main, text + "\n" if apart else prelude + text)
        image.write_bytes(rom)
        settings = [f"-D{name}={value}" for name, value in defines.items()]
        command = [
            asar,
            "--no-title-check",
            "--fix-checksum=off",
            *settings,
            f"of_{main}" if apart else main,
            str(image),
        ]
        try:
            done = subprocess.run(command, cwd=sources, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            return Diagnostic(Kind.LIMIT, f"asar ran for more than {seconds:.0f} seconds", 0, 0)
        except OSError as problem:
            raise OracleError(f"{asar} does not run as asar ({problem.strerror}); see ORACLE_ASAR and PATH") from None
        if done.returncode == 0:
            return image.read_bytes()
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    if not said.strip():
        return Diagnostic(Kind.NO_RESULT, f"asar failed without a word (exit {done.returncode})", 0, 0)
    error = _ERROR.search(said)
    if not error or not error[2]:
        return Diagnostic(Kind.SYNTAX, f"asar says: {(error[3] if error else said.strip())[-200:]}", 0, 0)
    file = "" if error[1] == main else error[1]
    line = max(int(error[2]) - (0 if file or apart else prelude.count("\n")), 0)
    return Diagnostic(Kind.SYNTAX, f"asar says: {error[3][:200]}", line, min(line, 1), file=file)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")


def _lay(rom: bytearray, pieces: list[tuple[int, bytes]]) -> None:
    for offset, data in pieces:
        if offset >= 0:
            rom[offset : offset + len(data)] = data


def _failed(finding: Diagnostic) -> Assembly:
    return Assembly(False, diagnostics=(finding,))
