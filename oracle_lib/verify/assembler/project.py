"""Whole projects: a main text, the files in its folder, the ROM that it patches. Here files are read from disk, because
whoever names the folder trusts it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oracle_lib.verify.assembler.model import Assembly, Limits
from oracle_lib.verify.assembler.output import rom_offset
from oracle_lib.verify.assembler.program import Program

LIMITS = Limits(source=200_000_000, statements=100_000_000, expansion=1_000_000_000, output=1 << 24)
"""Far beyond any ROM; they only stop a loop without an end."""


@dataclass(frozen=True)
class Build:
    """A project assembled: the ROM with its bytes laid over it, the statements of one pass, and processor seconds."""

    assembly: Assembly
    rom: bytes
    statements: int
    seconds: float


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path from there, but for hidden ones."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in files.items()
        if not any(part.startswith(".") for part in name.parts)
    }


def build(
    main: str,
    files: Mapping[str, bytes],
    rom: bytes,
    defines: Mapping[str, str] | None = None,
    *,
    pool: bool = False,
    limits: Limits = LIMITS,
) -> Build:
    """Assemble `main`, one of the `files`, over a ROM image without a copier's header."""
    started = time.process_time()
    program = Program(f'incsrc "{main}"', {}, 0x008000, defines or {}, limits, files, rom, pool)
    assembly = program.run()
    seconds = time.process_time() - started
    image = bytearray(rom)
    for address, data in assembly.blocks:
        offset = rom_offset(program.state.out.mapper, address)
        image.extend(bytes(max(0, offset + len(data) - len(image))))
        image[offset : offset + len(data)] = data
    passes = program.state.number + 1
    return Build(assembly, bytes(image), (limits.statements - program.allowance.statements) // passes, seconds)
