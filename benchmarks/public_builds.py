"""Whole public projects, assembled by our own assembler and by asar: how much of them it takes, which bytes differ, how
long both need. Nothing of a project is kept.

    python -m benchmarks.public_builds FOLDER:MAIN[:OPTION]...

FOLDER is a project's folder or the folder of its git repository, MAIN its main text in there. Options, separated by
colons: `NAME=VALUE` is a define, `pool` allows usdasm's directive, and `$01E9E6=8073` puts bytes under the patch where
the project asks for them. The ROM under the patch is noise but for those, because none is published; so are files
that the repository leaves out. asar is the one on PATH or in ORACLE_ASAR.
"""

import argparse
import io
import json
import posixpath
import random
import re
import resource
import subprocess
import tarfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from oracle_lib.verify.assembler import Diagnostic, Kind
from oracle_lib.verify.assembler.asar import find_asar
from oracle_lib.verify.assembler.files import Files
from oracle_lib.verify.assembler.output import rom_offset
from oracle_lib.verify.assembler.project import LIMITS, Build, asar_build, build, differences

ROM_SIZE = 0x200000
ROUNDS = 8
"""How often missing files are made and made longer; a file may name others."""
MISSING = re.compile(r"(.*) is none of the files")
TOO_SHORT = re.compile(r"(.*) has (\d+) bytes, not all of")
NOISE_BYTES = 0x40
"""Short, so that what follows a file that is left out still finds its place."""


@dataclass
class Project:
    """A project's files in memory, and how it is built."""

    name: str
    main: str
    files: dict[str, bytes]
    rom: bytes
    defines: dict[str, str] = field(default_factory=dict)
    pool: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="+", metavar="FOLDER:MAIN[:OPTION]...")
    for written in parser.parse_args().projects:
        print(json.dumps(measured(read_project(written))), flush=True)


def read_project(written: str) -> Project:
    folder, main, *options = written.split(":")
    place, rom = Path(folder), bytearray(random.Random(65816).randbytes(ROM_SIZE))
    header = b"PUBLIC BUILD".ljust(21) + bytes((0x20, 0x00, 0x0B, 0x03, 0x01, 0x00, 0x00))
    rom[0x7FC0 : 0x7FC0 + len(header)] = header
    pairs = [option.partition("=")[::2] for option in options if "=" in option]
    for name, value in pairs:
        if name.startswith("$"):
            offset, data = rom_offset("lorom", int(name[1:], 16)), bytes.fromhex(value)
            rom[offset : offset + len(data)] = data
    files = read_repository(place) if (place / "HEAD").exists() else read_folder(place)
    defines = {name: value for name, value in pairs if not name.startswith("$")}
    name = place.parent.name if place.name in ("repo", ".git") else place.name
    return Project(name, main, files, bytes(rom), defines, "pool" in options)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path from there, but for hidden ones."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    shown = {name: path for name, path in files.items() if not any(part.startswith(".") for part in name.parts)}
    return {name.as_posix(): path.read_bytes() for name, path in shown.items()}


def read_repository(folder: Path) -> dict[str, bytes]:
    """The files of the newest commit."""
    archive = subprocess.run(["git", "--git-dir", folder, "archive", "HEAD"], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        opened = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {name: content.read() for name, content in opened.items() if content}


def measured(project: Project) -> dict[str, object]:
    built, made_up = assembled(project)
    errors = [found for found in built.assembly.diagnostics if found.severity == "error"]
    unsupported = sum(found.kind is Kind.UNSUPPORTED_DIRECTIVE for found in errors)
    row: dict[str, object] = {
        "benchmark": "public_builds",
        "figure": f"bytes of {project.name} that differ from asar's",
        "value": None,
        "unit": f"of {len(built.assembly.code)}",
        "statements": built.statements,
        "unsupported": unsupported,
        "unsupported_percent": round(100 * unsupported / max(1, built.statements), 3),
        "made_up_files": made_up,
        "seconds": round(built.seconds, 2),
    }
    if errors:
        row["refused"] = [str(found)[:160] for found in errors[:5]]
    if asar := find_asar():
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        theirs = asar_made(project, asar)
        row["asar_seconds"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 2)
        if isinstance(theirs, Diagnostic):
            row["asar_refused"] = str(theirs)[:160]
        elif not errors:
            places = differences(built.rom, theirs)
            row["value"], row["first"] = len(places), [f"{offset:06X}" for offset in places[:8]]
    return row


def assembled(project: Project) -> tuple[Build, int]:
    """The project assembled, and how many files had to be made up for that."""
    made_up = set[str]()
    limits = replace(LIMITS, diagnostics=1_000_000)
    for _ in range(ROUNDS):
        built = build(
            project.main, Files(project.files), project.rom, project.defines, pool=project.pool, limits=limits
        )
        wanted = [wish for found in built.assembly.diagnostics if (wish := lacking(found))]
        for path, size in wanted:
            project.files[path] = b"" if path.endswith(".asm") else random.Random(path).randbytes(size)
            made_up.add(path)
        if not wanted:
            break
    return built, len(made_up)


def lacking(found: Diagnostic) -> tuple[str, int] | None:
    """The path of a file that is missing or too short, if that is what was found, and the size that it might have."""
    missing, short = MISSING.match(found.message), TOO_SHORT.match(found.message)
    name = missing or short
    if not name:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(found.file), name[1].replace("\\", "/")))
    return path, 2 * int(short[2]) if short else NOISE_BYTES


def asar_made(project: Project, asar: str) -> bytes | Diagnostic:
    files = dict(project.files)
    if project.pool:
        files |= {path: as_asar_reads(text) for path, text in files.items() if path.endswith(".asm")}
    return asar_build(asar, project.main, files, project.rom, project.defines)


def as_asar_reads(content: bytes) -> bytes:
    """A text of usdasm's for asar 1.91: what lies in a pool has its label's name before its own.

    asar 1.91 leaves DBNZ and CBNE out of its second pass where the last expression before them had a label, and so
    moves all labels behind them; `skip 0` is an expression without one.
    """
    names, lines = list[str](), list[str]()
    for line in content.decode("latin-1").split("\n"):
        code = line.partition(";")[0].strip()
        if code.startswith("pool "):
            names = [] if code == "pool off" else code.split()[1:]
            continue
        if re.match(r"[A-Za-z_]\w*:", code):
            names = []
        code = re.sub(r"(?i)\b(?=(?:dbnz|cbne)\b)", "skip 0 : ", code)
        if names and (label := re.match(r"\.(\w+):?", code)):
            lines += [f"#{name}_{label[1]}:" for name in names]
            code = code[label.end() :]
        lines.append(re.sub(r"(?<![\w.)])\.(?=[A-Za-z_])", f"{names[0]}_", code) if names else code)
    return "\n".join(lines).encode("latin-1")


if __name__ == "__main__":
    main()
