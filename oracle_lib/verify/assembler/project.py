"""Whole projects: a main text, the files in its folder and the ROM that it patches. Here files are read from disk,
each when the text asks for it, because whoever names the folder trusts it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from oracle_lib import OracleError
from oracle_lib.files import atomic_write, writable_file
from oracle_lib.verify.assembler.asar import find_asar, run_asar
from oracle_lib.verify.assembler.files import Files, SourceFile
from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Kind, Limits, Severity, StatementFault
from oracle_lib.verify.assembler.program import Program

LIMITS = Limits(source=200_000_000, statements=100_000_000, expansion=1_000_000_000, output=1 << 24)
"""Far beyond any ROM; they only end a loop without an end."""
_READABLE = 1 << 26
"""The bytes of all files together that a project may read, for the same end."""
_COPIER_HEADER = 0x200
_BANK = 0x8000
_SHOWN = 20


class FolderFiles(Files):
    """The files in and below a folder but for hidden ones, each read when a text asks for it; `given` holds those.

    `kept_apart` is the file to be written, which no text may read: `OracleError` where one does.
    """

    def __init__(self, folder: Path, kept_apart: Path | None = None) -> None:
        super().__init__({})
        self.folder = folder.resolve()
        self.kept_apart = kept_apart and kept_apart.resolve()
        self.left = _READABLE

    def get(self, path: str) -> bytes | None:
        if path not in self.given and (place := self._place(path)):
            if place == self.kept_apart:
                raise OracleError(f"the text reads {path}, which --out would overwrite; give --out another name")
            try:
                if place.stat().st_size > self.left:
                    message = f"with {path[:120]} the text reads more than {_READABLE:,} bytes of files"
                    raise StatementFault(Kind.LIMIT, message, path)
                self.given[path] = place.read_bytes()
                self.left -= len(self.given[path])
            except OSError as error:
                message = f"{path[:120]} cannot be read ({error.strerror})"
                raise StatementFault(Kind.REFUSED_DIRECTIVE, message, path) from None
        return self.given.get(path)

    def refusal(self, written: str, around: SourceFile) -> str:
        path = self.beside(written, around)
        if _is_outside(path) or not self._resolved(path):
            return f"{written[:120]} lies outside the folder {self.folder.name}; give --folder one that holds it, too"
        if self._is_hidden(path):
            return f"{written[:120]} is hidden, as its name begins with a dot, and hidden files are not read"
        return f"there is no file {path[:120]} in the folder {self.folder.name}"

    def _place(self, path: str) -> Path | None:
        """Where a file lies that a text may read, or None."""
        place = None if _is_outside(path) else self._resolved(path)
        try:
            return place if place and not self._is_hidden(path) and place.is_file() else None
        except OSError:  # a name that no file can have
            return None

    def _resolved(self, path: str) -> Path | None:
        """The place of a path below the folder, or None where a link leads out of there."""
        try:
            place = (self.folder / path).resolve()
        except (OSError, RuntimeError):  # a link that leads to itself
            return None
        return place if place.is_relative_to(self.folder) else None

    def _is_hidden(self, path: str) -> bool:
        """Whether a folder or a file on the path, or on the one that its links lead to, has a name with a dot first."""
        parts = (*PurePath(path).parts, *(self.folder / path).resolve().relative_to(self.folder).parts)
        return any(part.startswith(".") for part in parts)


def _is_outside(path: str) -> bool:
    return path.startswith(("/", "../")) or path == ".."


@dataclass(frozen=True)
class Build:
    """A project assembled: the ROM with its bytes laid over it, the statements of one pass, processor seconds, and
    the lines that it prints."""

    assembly: Assembly
    rom: bytes
    statements: int
    seconds: float
    printed: tuple[str, ...] = ()


def build(
    main: str,
    files: Files,
    rom: bytes,
    defines: Mapping[str, str] | None = None,
    *,
    symbols: Mapping[str, int] | None = None,
    origin: int = 0x008000,
    pool: bool = False,
    limits: Limits = LIMITS,
) -> Build:
    """Assemble `main`, one of the `files`, over a ROM image without a copier's header, which may be empty. `symbols`
    are labels that it uses without setting them, `origin` is where its code goes that no `org` gives a place."""
    started = time.process_time()
    program = Program(f'incsrc "{main}"', symbols or {}, origin, defines or {}, limits, files, rom, pool)
    assembly = program.run()
    seconds = time.process_time() - started
    image = bytearray(rom)
    for offset, (_, data) in zip(program.state.out.offsets, assembly.blocks, strict=False):
        image.extend(bytes(max(0, offset + len(data) - len(image))))
        image[offset : offset + len(data)] = data
    passes = program.state.number + 1
    statements = (limits.statements - program.allowance.statements) // passes
    return Build(assembly, bytes(image), statements, seconds, tuple(program.state.printed))


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
    where the patched ROM goes, which is written only where all is well. Raises `OracleError` before it assembles for a
    file that cannot be read or written and for a ROM that is none, and at once where the text reads `out`.
    """
    folder, defines, asar = folder or main.parent, defines or {}, find_asar()
    require_file(main, "main text")
    if not main.resolve().is_relative_to(folder.resolve()):
        raise OracleError(f"the main text {main} does not lie in {folder}; give --folder one that holds it")
    header, image = read_rom(rom) if rom else (b"", b"")
    if out:
        _require_apart(writable_file(out), main, rom)
    files, name = FolderFiles(folder, out), main.resolve().relative_to(folder.resolve()).as_posix()
    built = build(name, files, image, defines, pool=pool)
    found = built.assembly.diagnostics
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    for line in (*built.printed, *(errors or found)[:_SHOWN]):
        print(line)
    size = f"{len(built.assembly.code):,} bytes of {built.statements:,} statements in {built.seconds:.1f} s"
    print(f"{name}: {size}, {len(errors)} errors, {len(found) - len(errors)} warnings")
    if not errors and not built.assembly.code:
        print(f"{name}: warning: it emits no bytes")
    good = not errors
    if good and asar and pool:
        print("not compared with asar, which has no directive pool")
    elif good and asar:
        good = _agrees(asar_build(asar, name, files.given, image, defines), built.rom)
    if out and good:
        atomic_write(out, header + built.rom)
        if over := len(built.rom) % _BANK:
            end = f"org ${len(built.rom) // _BANK:02X}FFFF : db 0"
            print(
                f"{out}: warning: its last bank has {over:,} of {_BANK:,} bytes, as with asar, and --rom will not take "
                f"it; in LoROM, {end} fills that bank"
            )
    elif out:
        print(f"{out} is not written")
    return good


def require_file(path: Path, what: str) -> None:
    """Raises `OracleError` where there is no such file that can be read; `what` is what it is called."""
    try:
        if path.is_dir():
            raise OracleError(f"{path} is a folder; name the {what} itself")
        if not path.is_file():
            raise OracleError(f"there is no {what} {path}")
        path.open("rb").close()
    except OSError as error:
        raise OracleError(f"the {what} {path} cannot be read ({error.strerror})") from None


def read_rom(path: Path) -> tuple[bytes, bytes]:
    """A copier's header, if there is one, and the ROM behind it. Raises `OracleError` where the file is no ROM."""
    require_file(path, "ROM")
    size = path.stat().st_size
    header = _COPIER_HEADER if size % _BANK == _COPIER_HEADER else 0
    if not header < size <= header + LIMITS.output or (size - header) % _BANK:
        raise OracleError(
            f"{path} is no ROM: it has {size:,} bytes, and a ROM has whole banks of {_BANK:,} bytes up to 16 MiB, "
            f"with or without a copier's header of {_COPIER_HEADER} in front"
        )
    content = path.read_bytes()
    return content[:header], content[header:]


def _require_apart(out: Path, *read: Path | None) -> None:
    for path in read:
        if path and out.exists() and out.samefile(path):
            raise OracleError(f"--out would overwrite {path}, which is read; give it another name")


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
