"""A version as a folder of the Hugging Face Hub's form, and back: to publish it, or to take it to another machine.

The adapter and the model card lie where PEFT and the Hub look for them; `oracle/` beside them holds what makes it a
version. Nothing is sent anywhere. A folder that comes back is not trusted: what it holds is copied file by file under
names known here, and compared with the digests in its own `version.json`. Those say that it is whole, not who made it.
"""

import shutil
from pathlib import Path

from pydantic import ValidationError

from oracle_lib import OracleError
from oracle_lib.files import atomic_path
from oracle_lib.params import load_expert
from oracle_lib.records import first_problem
from oracle_lib.registry.aliases import resolve
from oracle_lib.registry.versions import CARD, Version, copy_all, locked, settle, verify

ADAPTER_FILES = ("adapter_config.json", "adapter_model.safetensors")
"""What PEFT needs, and nothing that could run."""
_OURS = "oracle"
_MOST = 32 * 2**20
"""Bytes in a text that is read from a folder of unknown origin."""


def export_version(name: str, folder: Path) -> Path:
    """Writes the version that `name` means to a folder that is not there yet. Raises `OracleError` where there is
    something, where the version's files are damaged, and where it has no model card.
    """
    version = verify(resolve(name))
    if folder.exists() or folder.is_symlink():
        raise OracleError(f"{folder} is already there; name a folder that is not, as nothing is ever replaced")
    if not (version.folder / CARD).exists():
        raise OracleError(f"{version.name} has no model card, because 06_deploy was cut short; run it again")
    lineage = {f"{_OURS}/lineage/{stage}.json": version.manifest_path(stage) for stage in version.manifests}
    copies = {
        ".": version.adapter.folder,
        CARD: version.folder / CARD,
        f"{_OURS}/version.json": version.folder / "version.json",
        f"{_OURS}/report.json": version.folder / "report.json",
        **lineage,
    }
    try:
        with locked(), atomic_path(folder) as beside:
            for abandoned in beside.parent.glob(f".{folder.name}.*.partial"):  # by a process that died in this lock
                shutil.rmtree(abandoned)
            copy_all(copies, beside)
    except OSError as error:
        raise OracleError(f"{folder} cannot be written ({error.strerror}); name one where there is room") from None
    return folder


def import_version(folder: Path) -> Version:
    """Registers what `export_version` wrote, here or elsewhere. No alias moves: promote it when you trust it.

    Equal content is the version that is already there; where other content has its name, it gets the next free of
    `<name>-2`, … Raises `OracleError` where the folder is no exported version, or holds other files than it was
    exported with.
    """
    if not folder.is_dir():
        raise OracleError(f"there is no folder {folder}; name one that `registry export` has written")
    ours = folder / _OURS
    version = _read(_file(ours / "version.json", folder), folder)
    load_expert(version.expert)
    lineage = {
        f"lineage/{stage}.json": _file(ours / "lineage" / f"{stage}.json", folder) for stage in version.manifests
    }
    copies = {
        **{f"adapter/{name}": _file(folder / name, folder) for name in ADAPTER_FILES},
        CARD: _file(folder / CARD, folder),
        "report.json": _file(ours / "report.json", folder),
        **lineage,
    }
    refusal = f"{folder} is damaged: it holds other files than {version.name} was exported with; bring it again"
    return settle(version, copies, refusal)


def _file(path: Path, folder: Path) -> Path:
    """The path, if a plain file is there: a link could lead to any file of this machine."""
    parts = [path, *path.parents]
    if any(part.is_symlink() for part in parts[: parts.index(folder)]):
        raise OracleError(f"{path} is a link; bring the files themselves, as `hf download --local-dir` does")
    if not path.is_file():
        raise OracleError(f"{path} is missing, so {folder} is no exported version; name one that is whole")
    if path.suffix in (".json", ".md") and path.stat().st_size > _MOST:
        raise OracleError(f"{path} has more than {_MOST >> 20} MiB, so {folder} is no exported version")
    return path


def _read(path: Path, folder: Path) -> Version:
    try:
        return Version.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise OracleError(
            f"{folder} is no version that this code knows ({first_problem(error)}); export it again with this release"
        ) from None
