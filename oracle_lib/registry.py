"""Versions of trained adapters, and the aliases that say which one is in use. Decides nothing about who deserves one.

`outputs/registry/versions/<name>/` holds a version: `version.json`, the adapter, and the report it earned; once there,
they never change. `outputs/registry/history.jsonl` gets a line for each move of an alias, and where an alias points is
read from that history, so the two cannot disagree. Both survive a crash at any point and two processes at once.
"""

import fcntl
import getpass
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from oracle_lib import OracleError
from oracle_lib.bases import base_digest, is_embedded, is_ours
from oracle_lib.files import atomic_path, durable_append, outputs, relative, sha256
from oracle_lib.gates import Gate
from oracle_lib.params import Expert, did_you_mean, experts, load_expert
from oracle_lib.records import Adapter, Frozen, Record, read_jsonl

Alias = Literal["candidate", "champion"]


class Version(Record):
    """A registered adapter with its lineage, and the report it earned (a path relative to the outputs folder).

    `taught_by` is the version whose own answers were among its training data, if there was one. `names` are the
    expert's locked names and legacy aliases, which lead to it while it is in use.
    """

    noun = "version"
    remedy = "move its folder away and run 06_deploy"

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    names: tuple[str, ...]
    adapter: Adapter
    taught_by: str | None = None
    report: str
    report_sha256: str
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


class Move(Frozen):
    """One line of the history: `by` moved an expert's `alias` from `before` to `after`, and why."""

    expert: str
    alias: Alias
    before: str | None
    after: str
    when: datetime
    by: str
    why: str


def root() -> Path:
    return outputs() / "registry"


def _folder(name: str) -> Path:
    return root() / "versions" / name


@contextmanager
def _locked() -> Iterator[None]:
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
    """Copies an adapter and its report into the registry as a version that never changes again.

    Equal content is the version that is already there; other content under a name already taken gets the next free of
    `<name>-2`, `<name>-3`, … Raises `OracleError` when the adapter's files are not those that were trained.
    """
    expert = load_expert(adapter.expert)
    name = release_name(expert, adapter.base, trained)
    with _locked():
        for partial in _folder("").glob(".*.partial"):  # left by a process that died here: nobody else holds the lock
            shutil.rmtree(partial)
        for number in count(1):
            folder = _folder(name if number == 1 else f"{name}-{number}")
            version = Version(
                name=folder.name,
                names=expert.names,
                adapter=adapter.model_copy(update={"path": relative(folder / "adapter")}),
                taught_by=taught_by,
                report=relative(folder / "report.json"),
                report_sha256=sha256(report),
                gates=tuple(gates),
                trained=trained,
                registered=datetime.now(UTC),
            )
            if not folder.exists():
                break
            there = load(folder.name)
            if there == version.model_copy(update={"registered": there.registered}):
                return verify(there)
        with atomic_path(folder) as beside:
            shutil.copytree(adapter.folder, beside / "adapter")
            shutil.copyfile(report, beside / "report.json")
            if sha256(beside / "adapter") != adapter.sha256:
                raise OracleError(f"{adapter.path} is not what was trained; run 04_train for {expert.name} again")
            (beside / "version.json").write_text(version.model_dump_json(indent=2) + "\n", encoding="utf-8")
            (beside / "version.json").chmod(0o444)
    return version


def _names() -> list[str]:
    return sorted(path.parent.name for path in _folder("").glob("[!.]*/version.json"))


def versions(expert: str | None = None) -> list[Version]:
    """All versions, or one expert's, oldest registration first."""
    wanted = load_expert(expert).name if expert else None
    found = [version for version in map(load, _names()) if wanted in (None, version.expert)]
    return sorted(found, key=lambda version: (version.registered, version.name))


def load(name: str) -> Version:
    """The version of exactly this name. Raises `OracleError` naming the nearest one where there is none."""
    known = _names()
    if name not in known:
        hint = did_you_mean(name, known) if known else "; nothing is registered yet, so run 06_deploy first"
        raise OracleError(f"no registered version is called {name!r}{hint}")
    path = _folder(name) / "version.json"
    version = Version.read(path)
    if version.name != name:
        raise OracleError(f"{relative(path)} describes {version.name!r}; give its folder that name again")
    return version


def verify(version: Version) -> Version:
    """The version, once its adapter and report are proven to be the registered ones. Raises `OracleError` if not."""
    for path, expected in (
        (version.adapter.path, version.adapter.sha256),
        (version.report, version.report_sha256),
    ):
        if not (outputs() / path).exists() or sha256(outputs() / path) != expected:
            raise OracleError(
                f"{path} is not what was registered as {version.name}; move {relative(version.folder)} away and run "
                "06_deploy again"
            )
    return version


def history(expert: str | None = None) -> list[Move]:
    """Every move of an alias, oldest first. A last line that a crash cut short never counted."""
    path = root() / "history.jsonl"
    wanted = load_expert(expert).name if expert else None
    moves = read_jsonl(Move, path, "restore the file from a copy", torn_end=True) if path.exists() else ()
    return [move for move in moves if wanted in (None, move.expert)]


def aliases(expert: str) -> dict[str, str]:
    """Where the expert's aliases point: alias -> version name."""
    return {move.alias: move.after for move in history(expert)}


def trail(expert: str, alias: Alias) -> list[str]:
    """The versions that `alias` came through, the present one last. Moving back to one of them drops what came after,
    so that a rollback always leads to something older.
    """
    names: list[str] = []
    for move in history(expert):
        if move.alias == alias:
            names = [*names[: names.index(move.after)], move.after] if move.after in names else [*names, move.after]
    return names


def move(alias: Alias, name: str, why: str) -> Version:
    """Points the alias of the version's expert at it and writes that down. Raises `OracleError` when its files are
    damaged; pointing where it already points writes nothing.
    """
    version = verify(load(name))
    with _locked():
        before = aliases(version.expert).get(alias)
        if before != version.name:
            line = Move(
                expert=version.expert,
                alias=alias,
                before=before,
                after=version.name,
                when=datetime.now(UTC),
                by=_user(),
                why=why,
            )
            durable_append(root() / "history.jsonl", line.model_dump_json() + "\n")
    return version


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return f"uid {os.getuid()}"


def in_use(expert: str) -> Version | None:
    """The version that answers for an expert: its champion, else its candidate, else None. One that was trained on the
    base in this package before that was replaced, as a new release does, is passed over.
    """
    pointed = aliases(expert)
    versions = (load(pointed[alias]) for alias in ("champion", "candidate") if pointed.get(alias))
    return next((version for version in versions if _base_stands(version)), None)


def _base_stands(version: Version) -> bool:
    base = version.adapter.base
    return not is_embedded(base) or base_digest(base) == version.adapter.base_sha256


def resolve(name: str) -> Version:
    """The version that `name` means: its own name, `<expert>@champion`, `<expert>@candidate`, or any of an expert's
    names for its champion, else its candidate.
    """
    if name in _names():
        return load(name)
    expert_name, _, alias = name.partition("@")
    try:
        expert = load_expert(expert_name)
    except OracleError:
        known = [*_names(), *(known for expert in experts() for known in expert.names)]
        raise OracleError(f"no version or expert is called {name!r}{did_you_mean(name, known)}") from None
    if alias not in ("", *get_args(Alias)):
        raise OracleError(f"{name!r} names no alias; write {expert_name}@candidate or {expert_name}@champion")
    pointed = aliases(expert.name)
    found = pointed.get(alias) if alias else pointed.get("champion") or pointed.get("candidate")
    if found is None:
        raise OracleError(f"{expert.name} has no {alias or 'registered version'}; run 06_deploy for it first")
    return load(found)
