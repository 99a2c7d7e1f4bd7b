"""Keeps the GGUF files of a base and of the versions on it, under `outputs/runtimes/gguf/`. Serves nothing.

A base's file is known by its sha256, which each adapter's file repeats: an adapter is never put on another one. Every
file appears under its final name only when it is whole.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gguf

from oracle_lib import OracleError, bases, registry
from oracle_lib.bases import is_ours
from oracle_lib.files import atomic_path, display_path, outputs, remove, sha256, writable_folder
from oracle_lib.params import did_you_mean
from oracle_lib.records import Record
from oracle_lib.registry import Version
from oracle_lib.runtimes import gguf_comparison, gguf_files

QUANTISATION = "Q4_K_M"
"""How llama.cpp stores weights here: 4.8 bits each, the usual balance of size and loss."""
CONTEXT = 8192
"""Tokens of a question and its answer that a server is asked to hold, or what the base can if that is less."""
_BITS = 4.85
_BF16_BITS = 16
_TIMEOUT = 3600


class BaseFile(Record):
    """The GGUF of a base: what it was written from, how its weights are stored, and its sha256."""

    noun = "record of a base's GGUF"
    remedy = "install the version"

    base: str
    base_sha256: str
    stored: str
    sha256: str


def folder(base: str) -> Path:
    return outputs() / "runtimes" / "gguf" / bases.base_digest(base)[:12]


def require_base(version: Version, base: str) -> None:
    """Raises `OracleError` where a version stands on another base, or its files have changed."""
    if version.adapter.base_sha256 != bases.base_digest(base):
        raise OracleError(f"{version.name} was trained on {version.adapter.base}, not on {base}; open a runtime for it")
    registry.verify(version)


def versions_on(base: str) -> set[str]:
    """The names of the registered versions that were trained on a base."""
    digest = bases.base_digest(base)
    return {version.name for version in registry.versions() if version.adapter.base_sha256 == digest}


def base_file(base: str) -> Path:
    """The base's own GGUF, which is written where it is not there yet."""
    path = folder(base) / "base.gguf"
    if not path.exists() or not _record(base).exists():
        writable_folder(path.parent)
        _require_disk(path.parent, written_bytes(base))
        with atomic_path(path) as beside, written(base) as (whole, stored):
            whole.rename(beside)
            record = BaseFile(base=base, base_sha256=bases.base_digest(base), stored=stored, sha256=sha256(beside))
            remove(_record(base))  # a crash between the two leaves a file without a record, which does not count
        record.write(_record(base))
    return path


def adopt(base: str, file: Path) -> BaseFile:
    """Takes a file of the user's, such as an official download, as the base's own GGUF, and writes the adapters that
    are installed anew for it. Raises `OracleError`, before anything changes, where it is no GGUF of the base.

    It is linked where it lies on the same disk, else copied.
    """
    stored = gguf_comparison.stored_as(file, base)
    path, installed = folder(base) / "base.gguf", adapters(base)
    writable_folder(path.parent)
    with atomic_path(path) as beside:
        try:
            os.link(file.resolve(), beside)
        except OSError:
            _require_disk(path.parent, file.stat().st_size)
            shutil.copyfile(file, beside)
        record = BaseFile(base=base, base_sha256=bases.base_digest(base), stored=stored, sha256=sha256(beside))
        for before in (_record(base), *installed.values()):  # they are about the file that was here
            remove(before)
    record.write(_record(base))
    for name in installed:
        adapter_file(registry.load(name))
    return record


def verified_base_file(base: str) -> BaseFile:
    """The record of the base's GGUF. Raises `OracleError` where the file is missing or no longer that one."""
    path, record = folder(base) / "base.gguf", BaseFile.read(_record(base))
    if not path.is_file() or sha256(path) != record.sha256:
        raise OracleError(f"{display_path(path)} is missing or damaged; remove it and install the versions again")
    return record


def adapter_file(version: Version) -> Path:
    """The version's adapter as a GGUF for its base's, which is written where it is not there yet."""
    path = folder(version.adapter.base) / f"{version.name}.gguf"
    if not path.exists():
        base_file(version.adapter.base)
        with atomic_path(path) as beside:
            gguf_files.write_adapter(version.adapter, BaseFile.read(_record(version.adapter.base)).sha256, beside)
    return path


def require_fits(path: Path, record: BaseFile) -> None:
    """Raises `OracleError` where an adapter's file was made for another GGUF than the one of the record."""
    field = gguf.GGUFReader(path).get_field(gguf_files.BASE_FILE)
    if field is None or field.contents() != record.sha256:
        raise OracleError(
            f"{display_path(path)} is for another GGUF than that of {record.base}; remove it and install again"
        )


def adapters(base: str) -> dict[str, Path]:
    """The adapters' files on a base by their versions' names, sorted."""
    return {path.stem: path for path in sorted(folder(base).glob("oracle-*.gguf"))}


def remove_adapter(base: str, name: str) -> None:
    found = adapters(base)
    if name not in found:
        raise OracleError(f"no version {name!r} is installed{did_you_mean(name, [*found])}")
    remove(found[name])


@contextmanager
def written(base: str, version: Version | None = None) -> Iterator[tuple[Path, str]]:
    """A GGUF of the base, with a version merged into it if one is given, and how its weights are stored; it goes when
    the block ends, unless it was moved away.

    Where `llama-quantize` is here, published bases and folders are quantised with it; the tiny ones of ours are not.
    """
    work = writable_folder(folder(base)) / ".work.partial"
    with (folder(base) / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove(work)  # left by a process that died here: nobody else holds the lock
        work.mkdir()
        yield from _written(base, version, work)


def _written(base: str, version: Version | None, work: Path) -> Iterator[tuple[Path, str]]:
    try:
        whole = work / "whole.gguf"
        gguf_files.write_model(base, whole, version.adapter if version else None)
        tool = None if is_ours(base) else quantiser()
        if tool is None:
            yield whole, "as trained"
            return
        small = work / "small.gguf"
        ran = subprocess.run(
            [tool, str(whole), str(small), QUANTISATION], capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
        if ran.returncode:
            said = (ran.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise OracleError(f"llama-quantize failed on {base} ({said}); update llama.cpp, or free some disk")
        whole.unlink()
        yield small, QUANTISATION
    finally:
        remove(work)


def quantiser() -> str | None:
    """llama.cpp's tool that quantises, if it is here: where `ORACLE_LLAMA_QUANTIZE` says, or on the PATH."""
    return shutil.which(os.environ.get("ORACLE_LLAMA_QUANTIZE") or "llama-quantize")


def model_bytes(base: str) -> int:
    """What a GGUF of the base takes, estimated from its shape."""
    bits = _BF16_BITS if is_ours(base) or quantiser() is None else _BITS
    return int(bases.find(base).parameters * bits / 8)


def adapter_bytes(version: Version) -> int:
    """What an adapter's GGUF takes: as much as what was trained."""
    return (version.adapter.folder / "adapter_model.safetensors").stat().st_size


def cache_bytes(base: str, tokens: int) -> int:
    """What a model remembers of so many tokens, with keys and values in 16 bits."""
    shape = bases.find(base).shape
    return 2 * shape.layers * shape.key_heads * shape.head_width * 2 * tokens


def written_bytes(base: str) -> int:
    """What the disk must hold while a GGUF of the base is written: the whole one, then the quantised one beside it."""
    whole = bases.find(base).parameters * _BF16_BITS // 8
    return whole if is_ours(base) or quantiser() is None else whole + model_bytes(base)


def _require_disk(path: Path, needed: int) -> None:
    if (free := shutil.disk_usage(path).free) < needed:
        raise OracleError(
            f"{display_path(path)} needs {needed / 2**30:.1f} GiB and {free / 2**30:.1f} GiB are free; free some disk, "
            "or set ORACLE_OUTPUTS to a larger one"
        )


def _record(base: str) -> Path:
    return folder(base) / "base.json"
