"""Whole projects: a main text, the files in its folder and the ROM that it patches. Here files are read from disk,
because whoever names the folder trusts it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oracle_lib import OracleError
from oracle_lib.files import atomic_write
from oracle_lib.verify.assembler.asar import find_asar, run_asar
from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Limits, Severity
from oracle_lib.verify.assembler.program import Program

LIMITS = Limits(source=200_000_000, statements=100_000_000, expansion=1_000_000_000, output=1 << 24)
"""Far beyond any ROM; they only end a loop without an end."""
_COPIER_HEADER = 0x200
_SHOWN = 20


@dataclass(frozen=True)
class Build:
    """A project assembled: the ROM with its bytes laid over it, the statements of one pass, and processor seconds."""

    assembly: Assembly
    rom: bytes
    statements: int
    seconds: float


def build(
    main: str,
    files: Mapping[str, bytes],
    rom: bytes,
    defines: Mapping[str, str] | None = None,
    *,
    pool: bool = False,
    limits: Limits = LIMITS,
) -> Build:
    """Assemble `main`, one of the `files`, over a ROM image without a copier's header, which may be empty."""
    started = time.process_time()
    program = Program(f'incsrc "{main}"', {}, 0x008000, defines or {}, limits, files, rom, pool)
    assembly = program.run()
    seconds = time.process_time() - started
    image = bytearray(rom)
    for offset, (_, data) in zip(program.state.out.offsets, assembly.blocks, strict=False):
        image.extend(bytes(max(0, offset + len(data) - len(image))))
        image[offset : offset + len(data)] = data
    passes = program.state.number + 1
    return Build(assembly, bytes(image), (limits.statements - program.allowance.statements) // passes, seconds)


def asar_build(
    asar: str, main: str, files: Mapping[str, bytes], rom: bytes, defines: Mapping[str, str]
) -> bytes | Diagnostic:
    """The ROM as asar patches it, or why it refuses."""
    return run_asar(asar, rom, f'incsrc "{main}"', {}, 0x008000, defines, files, seconds=120)


def differences(ours: bytes, theirs: bytes) -> list[int]:
    """The offsets at which two images differ; behind the end of one there are zeros."""
    size = max(len(ours), len(theirs))
    one, another = ours.ljust(size, b"\0"), theirs.ljust(size, b"\0")
    return [offset for offset in range(size) if one[offset] != another[offset]] if one != another else []


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path from there, but for hidden ones."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder): path for path in paths}
    shown = {name: path for name, path in files.items() if not any(part.startswith(".") for part in name.parts)}
    return {name.as_posix(): path.read_bytes() for name, path in shown.items()}


def assemble_project(
    main: Path,
    folder: Path | None = None,
    rom: Path | None = None,
    out: Path | None = None,
    defines: Mapping[str, str] | None = None,
    *,
    pool: bool = False,
) -> bool:
    """Assemble a project, say what was found, and compare with asar where there is one. Returns whether all is well.

    The project may read what lies in `folder`, by default the one of its main text. `rom` is what it patches, `out`
    where the patched ROM goes. Raises `OracleError` for a file that cannot be read.
    """
    folder = folder or main.parent
    if not main.is_file() or not main.resolve().is_relative_to(folder.resolve()):
        raise OracleError(f"there is no main text {main} in {folder}: name a file in there, or another --folder")
    if rom and not rom.is_file():
        raise OracleError(f"there is no ROM {rom}")
    image = rom.read_bytes() if rom else b""
    header = image[: _COPIER_HEADER if len(image) % 0x8000 == _COPIER_HEADER else 0]
    image, files = image[len(header) :], read_folder(folder)
    name, defines = main.resolve().relative_to(folder.resolve()).as_posix(), defines or {}
    built = build(name, files, image, defines, pool=pool)
    found = built.assembly.diagnostics
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    for finding in (errors or found)[:_SHOWN]:
        print(finding)
    size = f"{len(built.assembly.code):,} bytes of {built.statements:,} statements in {built.seconds:.1f} s"
    print(f"{name}: {size}, {len(errors)} errors, {len(found) - len(errors)} warnings")
    if errors:
        return False
    if out:
        atomic_write(out, header + built.rom)
    asar = None if pool else find_asar()
    return asar is None or _agrees(asar_build(asar, name, files, image, defines), built.rom)


def _agrees(theirs: bytes | Diagnostic, ours: bytes) -> bool:
    if isinstance(theirs, Diagnostic):
        print(theirs)
        return False
    places = differences(ours, theirs)
    first = ", ".join(f"${offset:06X}" for offset in places[:8])
    print(
        f"asar writes {len(places):,} other bytes, first at the offsets {first}" if places else "asar writes the same"
    )
    return not places
