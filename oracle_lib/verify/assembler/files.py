"""What a text may read: the files that the caller hands over, by their paths, and the ROM under the patch. Nothing here
opens a file (`project` has files that do); what was not handed over is refused."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

from oracle_lib.verify.assembler.model import Kind, StatementFault
from oracle_lib.verify.assembler.output import rom_offset


@dataclass(eq=False)
class SourceFile:
    """A text: its path ("" is the main one), its lines as they are written, and as they are run, without comments and
    with single spaces."""

    path: str = ""
    written: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class Files:
    """The caller's files by their paths without `.` and `..`, and those of them that were read as source."""

    def __init__(self, given: Mapping[str, bytes | str]) -> None:
        for path in given:
            if _normal(path).startswith("..") or PureWindowsPath(path).anchor:
                raise ValueError(f"the file {path} does not lie in or below the folder of the text")
        self.given = {
            _normal(path): content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
            for path, content in given.items()
        }
        self.sources: dict[str, SourceFile] = {}

    def beside(self, written: str, around: SourceFile) -> str:
        """The path of a file that another names from its own folder."""
        return _normal(posixpath.join(posixpath.dirname(around.path), written.replace("\\", "/")))

    def path(self, written: str, around: SourceFile) -> str:
        """The path of a file that another names: from the folder of that other one, or else from the main text's."""
        beside = self.beside(written, around)
        return beside if self.get(beside) is not None else _normal(written)

    def find(self, written: str, around: SourceFile) -> bytes | None:
        return self.get(self.path(written, around))

    def read(self, written: str, around: SourceFile) -> bytes:
        content = self.find(written, around)
        if content is None:
            raise StatementFault(Kind.REFUSED_DIRECTIVE, self.refusal(written, around), written)
        return content

    def get(self, path: str) -> bytes | None:
        return self.given.get(path)

    def refusal(self, written: str, around: SourceFile) -> str:
        """Why there is no file that the text around has `written` so."""
        return f"{written[:120]} is none of the files that this text may read"


class Rom:
    """The ROM under the patch, as far as it is known: a whole image, or pieces by their SNES addresses."""

    def __init__(self, given: bytes | Mapping[int, bytes]) -> None:
        self.given = given

    def pieces(self, mapper: str) -> list[tuple[int, bytes]]:
        """What is known, by its offset in the ROM file; later pieces lie over earlier ones."""
        if isinstance(self.given, bytes):
            return [(0, self.given)]
        return [(rom_offset(mapper, address), data) for address, data in self.given.items()]

    def number(self, mapper: str, address: int, size: int) -> int | None:
        """The number of so many bytes at a SNES address, or None where they are not known."""
        first, pieces = rom_offset(mapper, address), self.pieces(mapper)[::-1]
        number = 0
        for index in range(size):
            at = first + index
            data, offset = next(((data, at - lies) for lies, data in pieces if 0 <= at - lies < len(data)), (b"", 0))
            if first < 0 or not data:
                return None
            number |= data[offset] << 8 * index
        return number


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))
