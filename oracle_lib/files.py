"""Where a run's files lie and how they are written so that a crash loses nothing. Knows nothing of what they hold."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oracle_lib import OracleError

REPOSITORY = Path(__file__).parent.parent


def outputs() -> Path:
    """The folder of everything a run makes: `ORACLE_OUTPUTS`, or `outputs/` of the repository.

    `~` is the home folder, as in a shell. Raises `OracleError` where there is no such home folder, where a file is
    there, and where nobody could look.
    """
    chosen = Path(os.environ.get("ORACLE_OUTPUTS") or REPOSITORY / "outputs")
    try:
        folder = chosen.expanduser().resolve()
        if not folder.exists() or folder.is_dir():
            return folder
        why = "it is no folder"
    except RuntimeError:
        raise OracleError(f"ORACLE_OUTPUTS={chosen} names no home folder of this machine; write it out") from None
    except OSError as error:
        why = reason_of(error)
    raise OracleError(f"nothing can be written to {chosen} ({why}); set ORACLE_OUTPUTS to a folder where you may write")


def reason_of(error: BaseException) -> str:
    """What the system says of an error, without its number and without the path, which the sentence around it names;
    of an error of another kind the first line of what it says.
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    return re.sub(r"\[Errno -?\d+\] ", "", said).rstrip(".")


def relative(path: Path) -> str:
    """The path as manifests and reports write it: relative to the outputs folder, through links inside it."""
    return _as_given(path).relative_to(outputs()).as_posix()


def display_path(path: Path) -> str:
    """The path as messages name it: relative to the outputs folder where it lies there, else its own name."""
    path = _as_given(path)
    return path.relative_to(outputs()).as_posix() if path.is_relative_to(outputs()) else path.name


def _as_given(path: Path) -> Path:
    """The path as it was put together where that lies in the outputs folder (a link there may lead to another disk)."""
    return path if path.is_relative_to(outputs()) else path.resolve()


def writable_folder(path: Path) -> Path:
    """Makes the folder unless it is there. Raises `OracleError` where it can't be made or written to."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        raise OracleError(
            f"nothing can be written to {path} ({reason_of(error)}); set ORACLE_OUTPUTS to a folder where you may write"
        ) from None


def writable_file(path: Path) -> Path:
    """The path, if a file can be written to it. Raises `OracleError` where a folder or a device is there, and where its
    folder is missing or takes no file."""
    try:
        if path.is_dir():
            raise OracleError(f"{path} is a folder; name a file")
        if path.exists() and not path.is_file():
            raise OracleError(f"{path} is a device or a pipe; name a file")
        beside = _beside(path.resolve())
        beside.touch()
        beside.unlink()
    except OSError as error:
        raise OracleError(f"{path} cannot be written ({error.strerror}); name a file where you may write") from None
    return path


def sha256(path: Path) -> str:
    """The sha256 of a file, or of a folder's file names and contents."""
    if path.is_dir():
        lines = [
            f"{file.relative_to(path).as_posix()} {sha256(file)}\n"
            for file in sorted(path.rglob("*"))
            if file.is_file()
        ]
        return hashlib.sha256("".join(lines).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path beside `path` to write a file or a folder to; it takes its final name only when the block ends well.

    What was there before stays until then, and stays for good when the block fails. A link stays one: what it leads to
    is replaced, on its own disk. Raises `OracleError` where a file would replace a folder.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    remove(beside)
    try:
        yield beside
        for part in [*beside.rglob("*"), beside] if beside.is_dir() else [beside]:
            _fsync(part)
        if path.is_dir():
            if not beside.is_dir():
                raise OracleError(f"{path} is a folder; a file of that name would replace all that it holds")
            remove(path)
        beside.replace(path)
        _fsync(path.parent)
    finally:
        remove(beside)


def _beside(path: Path) -> Path:
    """What a file or a folder is called until it is whole."""
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def atomic_write(path: Path, content: str | bytes) -> Path:
    """Writes a whole file under its final name or not at all."""
    with atomic_path(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def durable_append(path: Path, lines: str) -> None:
    """Appends whole lines that last, after cutting off what a crash left of an unfinished one."""
    with path.open("a+b") as file:
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())


def remove(path: Path) -> None:
    """Removes a file, a link or a folder, or nothing where none is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
