"""A version of an adapter: its record, how it enters the registry, and the proof that its files are still the
registered ones. Knows no alias.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.bases import is_ours
from oracle_lib.files import atomic_path, outputs, relative, remove, sha256
from oracle_lib.gates import Gate
from oracle_lib.params import Expert, did_you_mean, load_expert
from oracle_lib.records import Adapter, Record
from oracle_lib.run import stage_folder

Maker = Literal["generate", "export", "transfer", "train", "evaluate"]
"""A stage that a version came through."""

CARD = "README.md"


class Version(Record):
    """A registered adapter with its lineage, and the report it earned (a path relative to the outputs folder).

    `taught_by` is the version whose own answers were among its training data, if there was one. `names` are the
    expert's locked names and legacy aliases, which lead to it while it is in use. `manifests` are the sha256 of the
    manifests kept with it, those of the stages that made it.
    """

    noun = "version"
    remedy = "move its folder away and run 06_deploy"

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=200)
    names: tuple[str, ...]
    adapter: Adapter
    taught_by: str | None = None
    report: str
    report_sha256: str
    manifests: dict[Maker, str] = Field(default_factory=dict)
    gates: tuple[Gate, ...]
    trained: date
    registered: datetime

    @property
    def expert(self) -> str:
        return self.adapter.expert

    @property
    def folder(self) -> Path:
        return _folder(self.name)

    @property
    def unmeasured(self) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if gate.passed is None)

    def called(self, name: str) -> "Version":
        """The same under another name, in that one's folder."""
        folder = _folder(name)
        adapter = self.adapter.model_copy(update={"path": relative(folder / "adapter")})
        return self.model_copy(
            update={"name": name, "adapter": adapter, "report": relative(folder / "report.json")},
        )

    def manifest_path(self, stage: Maker) -> Path:
        return self.folder / "lineage" / f"{stage}.json"

    def is_same_as(self, other: "Version") -> bool:
        """Whether both are of one content: when it was registered, and which manifests were left then, is not part."""
        return self == other.model_copy(update={"registered": self.registered, "manifests": self.manifests})


def root() -> Path:
    return outputs() / "registry"


def _folder(name: str) -> Path:
    return root() / "versions" / name


@contextmanager
def locked() -> Iterator[None]:
    """The registry, held by one process at a time."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def release_name(expert: Expert, base: str, trained: date) -> str:
    """`oracle-<character>-<role>-<base>-<yyyymmdd>`, after the base it was really trained on and the day it was."""
    called = base.partition(":")[0] if is_ours(base) else re.split(r"[/:]", base.partition("@")[0])[-1]
    model = re.sub(r"[^a-z0-9.-]", "-", called.lower()).removesuffix("-instruct")
    return f"{expert.short_name}-{model}-{trained:%Y%m%d}"


def register(
    adapter: Adapter, report: Path, gates: Sequence[Gate], trained: date, taught_by: str | None = None
) -> Version:
    """Copies an adapter, its report and the manifests of the run that made it into the registry, as a version that
    never changes again.

    Equal content is the version that is already there; other content under a name already taken gets the next free of
    `<name>-2`, `<name>-3`, … Raises `OracleError` when the adapter's files are not those that were trained.
    """
    expert = load_expert(adapter.expert)
    paths = {stage: stage_folder(adapter.run, expert.name, stage) / "manifest.json" for stage in get_args(Maker)}
    manifests = {stage: path for stage, path in paths.items() if path.exists()}
    version = Version(
        name=release_name(expert, adapter.base, trained),
        names=expert.names,
        adapter=adapter,
        taught_by=taught_by,
        report=relative(report),
        report_sha256=sha256(report),
        manifests={stage: sha256(path) for stage, path in manifests.items()},
        gates=tuple(gates),
        trained=trained,
        registered=datetime.now(UTC),
    )
    copies = {
        "adapter": adapter.folder,
        "report.json": report,
        **{f"lineage/{stage}.json": path for stage, path in manifests.items()},
    }
    return settle(version, copies, f"{adapter.path} is not what was trained; run 04_train for {expert.name} again")


def settle(version: Version, copies: Mapping[str, Path], refusal: str) -> Version:
    """Gives a version its place under the first of its names that is free, and copies files and folders there, each to
    its name; or finds the version of equal content. Raises `OracleError` with the `refusal` when a copy is not what
    the version says.
    """
    with locked():
        for partial in _folder("").glob(".*.partial"):  # left by a process that died here: nobody else holds the lock
            remove(partial)
        for number in count(1):
            placed = version.called(version.name if number == 1 else f"{version.name}-{number}")
            if not placed.folder.exists():
                break
            there = load(placed.name)
            if there.is_same_as(placed):
                return verify(there)
        with atomic_path(placed.folder) as beside:
            copy_all(copies, beside)
            if _damaged(placed, beside):
                raise OracleError(refusal)
            (beside / "version.json").write_text(placed.model_dump_json(indent=2) + "\n", encoding="utf-8")
            (beside / "version.json").chmod(0o444)
    return placed


def copy_all(copies: Mapping[str, Path], folder: Path) -> None:
    """Copies files and folders into the folder, each to its name there."""
    for name, path in copies.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, folder / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(path, folder / name)


def names() -> list[str]:
    """The names of all versions, in alphabetical order."""
    return sorted(path.parent.name for path in _folder("").glob("[!.]*/version.json"))


def versions(expert: str | None = None) -> list[Version]:
    """All versions, or one expert's, oldest registration first."""
    wanted = load_expert(expert).name if expert else None
    found = [version for version in map(load, names()) if wanted in (None, version.expert)]
    return sorted(found, key=lambda version: (version.registered, version.name))


def load(name: str) -> Version:
    """The version of exactly this name. Raises `OracleError` naming the nearest one where there is none."""
    known = names()
    if name not in known:
        hint = did_you_mean(name, known) if known else "; nothing is registered yet, so run 06_deploy first"
        raise OracleError(f"no registered version is called {name!r}{hint}")
    path = _folder(name) / "version.json"
    version = Version.read(path)
    if version.name != name:
        raise OracleError(f"{relative(path)} describes {version.name!r}; give its folder that name again")
    return version


def verify(version: Version, part: str = "") -> Version:
    """The version, once its adapter, report and manifests are proven to be the registered ones, or a `part` of them:
    "lineage" is read fast, an adapter may have gigabytes. Raises `OracleError` where something is not.
    """
    if damaged := _damaged(version, version.folder, part):
        raise OracleError(
            f"{relative(version.folder / damaged)} is not what was registered as {version.name}; move "
            f"{relative(version.folder)} away and run 06_deploy again"
        )
    return version


def _damaged(version: Version, folder: Path, part: str = "") -> str | None:
    """The first thing in a part of a version's folder that is not what the version says."""
    expected = {
        "adapter": version.adapter.sha256,
        "report.json": version.report_sha256,
        **{f"lineage/{stage}.json": digest for stage, digest in version.manifests.items()},
    }
    for name, digest in expected.items():
        if name.startswith(part) and (not (folder / name).exists() or sha256(folder / name) != digest):
            return name
    return None
