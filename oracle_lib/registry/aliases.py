"""Which version is in use: the aliases of an expert, who moved them, when and why, and which versions are retired."""

import getpass
import os
from datetime import UTC, datetime
from typing import Literal, get_args

from oracle_lib import OracleError
from oracle_lib.bases import base_digest, is_embedded
from oracle_lib.files import durable_append
from oracle_lib.params import did_you_mean, experts, load_council, load_expert
from oracle_lib.records import Frozen, read_jsonl
from oracle_lib.registry.versions import Version, load, locked, names, root, verify

Alias = Literal["candidate", "champion"]


class Move(Frozen):
    """One line of the history: `by` moved an expert's `alias` from `before` to `after`, and why.

    "retired" is no alias and holds any number of versions: `after` has joined them, or `before` has left them.
    """

    expert: str
    alias: Alias | Literal["retired"]
    before: str | None
    after: str | None
    when: datetime
    by: str
    why: str

    def in_words(self) -> str:
        """What happened, to whom."""
        if self.alias == "retired":
            return f"{self.after} retired" if self.after else f"{self.before} reinstated"
        return f"{self.alias}: {self.before or 'none'} -> {self.after}"


def history(expert: str | None = None) -> list[Move]:
    """Every move of an alias, every retirement and its end, oldest first. A last line that a crash cut short never
    counted.
    """
    path = root() / "history.jsonl"
    wanted = load_expert(expert).name if expert else None
    moves = read_jsonl(Move, path, "restore the file from a copy", torn_end=True) if path.exists() else ()
    return [move for move in moves if wanted in (None, move.expert)]


def retired(expert: str | None = None) -> dict[str, Move]:
    """The retired versions, each with when, by whom and why."""
    found: dict[str, Move] = {}
    for move in history(expert):
        if move.alias == "retired" and move.after:
            found[move.after] = move
        elif move.alias == "retired" and move.before:
            found.pop(move.before, None)
    return found


def aliases(expert: str) -> dict[str, str]:
    """Where the expert's aliases point: alias -> version name. Once their version is retired they point nowhere, until
    they are moved.
    """
    found: dict[str, str] = {}
    for move in history(expert):
        if move.alias == "retired":
            found = {alias: name for alias, name in found.items() if name != move.after}
        elif move.after:
            found[move.alias] = move.after
    return found


def trail(expert: str, alias: Alias) -> list[str]:
    """The versions that `alias` came through, the latest one last, without those that are retired. Moving back to one
    of them drops what came after, so that a rollback always leads to something older.
    """
    found: list[str] = []
    for move in history(expert):
        if move.alias == alias and move.after:
            found = [*found[: found.index(move.after)], move.after] if move.after in found else [*found, move.after]
    gone = retired(expert)
    return [name for name in found if name not in gone]


def move(alias: Alias, name: str, why: str) -> Version:
    """Points the alias of the version's expert at it and writes that down. Raises `OracleError` when its files are
    damaged and when it is retired; pointing where it already points writes nothing.
    """
    version = verify(load(name))
    with locked():
        if gone := retired(version.expert).get(name):
            raise OracleError(
                f"{name} was retired on {gone.when:%Y-%m-%d} ({gone.why}); if that no longer holds: "
                f"python -m oracle_lib registry reinstate {name} --why REASON"
            )
        before = aliases(version.expert).get(alias)
        if before != name:
            _write_down(version, alias, before, name, why)
    return version


def retire(name: str, why: str) -> Version:
    """Takes a version out of use for good: it stays with its lineage, but no alias points to it any more and none can
    be moved there. Nothing takes its place by itself. Retiring it again writes nothing.
    """
    version = load(name)
    with locked():
        if name not in retired(version.expert):
            _write_down(version, "retired", None, name, why)
    return version


def reinstate(name: str, why: str) -> Version:
    """Ends a version's retirement; its aliases do not come back with it. Raises `OracleError` where it is not retired,
    and when its files are damaged.
    """
    version = verify(load(name))
    with locked():
        if name not in retired(version.expert):
            raise OracleError(f"{name} is not retired; `python -m oracle_lib registry list` shows which versions are")
        _write_down(version, "retired", name, None, why)
    return version


def _write_down(
    version: Version, alias: Alias | Literal["retired"], before: str | None, after: str | None, why: str
) -> None:
    line = Move(
        expert=version.expert, alias=alias, before=before, after=after, when=datetime.now(UTC), by=_user(), why=why
    )
    durable_append(root() / "history.jsonl", line.model_dump_json() + "\n")


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
    """The version that `name` means: its own name, which finds a retired one too, `<expert>@champion`,
    `<expert>@candidate`, or any of an expert's names for its champion, else its candidate.
    """
    wanted = name.strip().lower()
    if wanted in names():
        return load(wanted)
    expert_name, _, alias = name.partition("@")
    try:
        expert = load_expert(expert_name)
    except OracleError:
        council = load_council()
        if wanted in (council.name, *council.aliases):
            raise OracleError(
                f"{name} is the council, which asks the versions; ask it with: python -m oracle_lib ask QUESTION"
            ) from None
        known = [*names(), *(known for expert in experts() for known in expert.names)]
        raise OracleError(f"no version or expert is called {name!r}{did_you_mean(name, known)}") from None
    if alias not in ("", *get_args(Alias)):
        raise OracleError(f"{name!r} names no alias; write {expert_name}@candidate or {expert_name}@champion")
    pointed = aliases(expert.name)
    found = pointed.get(alias) if alias else pointed.get("champion") or pointed.get("candidate")
    if found is None:
        raise OracleError(f"{expert.name} has no {alias or 'version in use'}; run 06_deploy for it first")
    return load(found)
