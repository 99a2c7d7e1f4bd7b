"""The files of a source's folder, which nobody has checked: each is read as bounded UTF-8 text, or named with the
reason why not. Knows nothing of what the files say.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from oracle_lib import OracleError

MAX_BYTES = 2 * 2**20
"""A file that is read whole is no longer: what people write by hand is a hundredth of it."""
MAX_LINE = 4 * 2**20
"""Bytes in a line of a file that is streamed."""


class Unreadable(Exception):
    """A file, or a part of one, that gives no items; the message says why."""


def files_of(
    folder: Path, endings: Collection[str], corpus: str, without: Collection[str] = ()
) -> Iterator[tuple[Path, str]]:
    """The files below the folder with one of these endings (".md"), each with its path in the folder, in order.

    Folders called as one of `without`, and hidden ones, are left alone. What leads out of the folder and what is no
    regular file is named and not read. Raises `OracleError` where there is no such folder.
    """
    if not folder.is_dir():
        raise OracleError(f"{corpus}: there is no folder {folder}; clone the source there or name the folder you have")
    root = folder.resolve()
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in without and not name.startswith("."))
        for name in folders:
            if (link := Path(place, name)).is_symlink():
                tell_left_out(corpus, ascii(link.relative_to(root).as_posix()), "it is a link to a folder")
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix.lower() not in endings:
                continue
            inside = path.relative_to(root).as_posix()
            if not inside.isprintable():
                tell_left_out(corpus, ascii(inside), "its name holds what cannot be written")
            elif not path.resolve().is_relative_to(root):
                tell_left_out(corpus, inside, "it is a link that leads out of the folder")
            elif not path.is_file():
                tell_left_out(corpus, inside, "it is no regular file")
            else:
                yield path, inside


def text_of(path: Path) -> str:
    """The text of a file, with "\\n" at the ends of its lines. Raises `Unreadable`."""
    return decoded(content_of(path)).replace("\r\n", "\n").replace("\r", "\n")


def content_of(path: Path) -> bytes:
    """What a file of a bearable length holds. Raises `Unreadable`."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"it cannot be read ({error.strerror})") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(f"it is longer than {MAX_BYTES // 2**20} MiB")
    return content


def decoded(content: bytes) -> str:
    """The bytes as text. Raises `Unreadable` where they are none."""
    if b"\0" in content:
        raise Unreadable("it holds NUL bytes, which no text does")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is no UTF-8") from None


def texts_of(
    folder: Path, endings: Collection[str], corpus: str, without: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """The path and the text of each file of `files_of` that can be read; the others are named."""
    for path, inside in files_of(folder, endings, corpus, without):
        try:
            yield inside, text_of(path)
        except Unreadable as reason:
            tell_left_out(corpus, inside, str(reason))


def lines_of(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number, in flat memory; None stands for one of more than `MAX_LINE` bytes."""
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE)
        yield number, None


def tell_left_out(corpus: str, inside: str, why: str) -> None:
    print(f"{corpus}: {inside} was left out: {why}")


def tell_counts(corpus: str, counts: Mapping[str, int]) -> None:
    """Says what was left out on purpose, and how much of each."""
    for what, count in Counter(counts).most_common():
        print(f"{corpus}: left out: {what} ({count:,})")
