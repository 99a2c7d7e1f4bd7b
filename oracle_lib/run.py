"""Runs and their stages: folders, manifests with lineage, and what makes a finished stage run again. Knows nothing of
what a stage computes.
"""

import fcntl
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.code import code_digest, code_files
from oracle_lib.files import REPOSITORY, outputs, relative, remove, sha256, writable_folder
from oracle_lib.records import Record

STAGES = ("generate", "export", "transfer", "train", "evaluate", "deploy")
_PACKAGES = ("torch", "transformers", "peft", "bitsandbytes", "datasets", "unsloth", "sacrebleu", "rensa")
_LONGEST = 100
"""Bytes in a run's name: file systems take 255, and some names are made of it."""


def _git_commit() -> str:
    """The commit of this repository; "" where there is no git, where git refuses, or where the project is a copy
    without a repository of its own (inside another one, git would name that one's commit).
    """
    command = ["git", "-C", str(REPOSITORY), "rev-parse", "--show-toplevel", "HEAD"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    top, _, commit = found.stdout.strip().partition("\n")
    return commit if found.returncode == 0 and Path(top).resolve() == REPOSITORY.resolve() else ""


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def differences(before: Mapping[str, JsonValue], now: Mapping[str, JsonValue], within: str = "") -> list[str]:
    """What changed between two sets of parameters, in words: `split.val changed from 0.06 to 0.1`."""
    found = []
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            found += differences(old, new, f"{within}{name}.")
        elif old != new:
            values = f" from {_short(old)} to {_short(new)}" if _short(old) != _short(new) else ""
            found.append(f"{within}{name} changed{values}")
    return found


def _short(value: JsonValue) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f"{text[:12]}…" if len(text) > 40 else text


class Manifest(Record):
    """What a finished stage was made from and what it made. Paths are relative to the outputs folder, those in `code`
    to the library's; values are sha256, in `code` of what counts in a file (`oracle_lib.code`).
    """

    noun = "manifest"
    remedy = "run its notebook"

    stage: str
    expert: str
    run: str
    parameters: dict[str, JsonValue]
    code: dict[str, str]
    inputs: dict[str, str]
    outputs: dict[str, str]
    metrics: dict[str, JsonValue]
    versions: dict[str, str]
    git_commit: str
    started: datetime
    finished: datetime

    def intact(self) -> bool:
        """Whether every input and output is still what it was when the stage finished."""
        return not (self.damage() or _changed(self.inputs, _digests(self.inputs)))

    def damage(self) -> list[str]:
        """The outputs that are no longer what the stage finished with, in words."""
        return _changed(self.outputs, _digests(self.outputs))


def _digests(paths: Iterable[str]) -> dict[str, str]:
    """The digests of those of the paths in the outputs folder that are there."""
    return {path: sha256(outputs() / path) for path in paths if (outputs() / path).exists()}


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [path for path in sorted({*before, *now}) if before.get(path) != now.get(path)]


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What became of files, in words, by their digests before and now."""
    became = {(True, True): "changed", (True, False): "is gone", (False, True): "is new"}
    return [f"{path} {became[path in before, path in now]}" for path in _differing(before, now)]


def refuse_edited(run: str, expert: str) -> None:
    """Raises `OracleError` where somebody edited what 02 wrote. What was deleted is not: it is written again."""
    path = stage_folder(run, expert, "export") / "manifest.json"
    try:
        damage = Manifest.read(path).damage()
    except OracleError:  # it says nothing of edits; whoever needs it says so
        return
    if edited := [one for one in damage if one.endswith(" changed")]:
        raise OracleError(
            f"{edited[0]} since 02_export wrote it, and nobody has checked what it holds now; let rows of your own in "
            "through 01, as a source (docs/sources.md, Data sets), and write the export anew with force"
        )


def stage_folder(run: str, expert: str, stage: str) -> Path:
    """`outputs/runs/<run>/<expert>/<stage>`."""
    for name in (run, expert):
        if not name.isprintable() or not name or name.startswith(".") or "/" in name or "\\" in name:
            raise OracleError(f"{name!r} cannot name a folder; use letters, digits, '-' and '_'")
        if len(name.encode()) > _LONGEST:
            raise OracleError(f"{name[:20]}… is too long to name a folder; use at most {_LONGEST} letters")
    return outputs() / "runs" / run / expert / stage


class Stage:
    """One stage of one expert in one run, held by one process at a time.

        with Stage(run, expert, "export", inputs=[accepted], parameters={...}, module=__name__) as stage:
            if not stage.is_current:
                ...write into stage.folder...
                stage.finish(outputs=[...], metrics={...})

    `is_current` means that the stage finished before with equal inputs, parameters and code, and that its outputs are
    intact; else the console says what changed. `force` makes it false. The code is that of the `module` and of all that
    it reaches in the library. With `outlives_code`, for what is too dear to be made again whenever code changes, a
    change of code alone leaves it current. Results are read from the files afterwards, whichever way they came to be. A
    product that experts share has a `folder` of its own, and a second process waits for it; within a run, a second
    process on one stage is refused.
    """

    def __init__(
        self,
        run: str,
        expert: str,
        name: str,
        *,
        inputs: Iterable[Path] = (),
        parameters: Mapping[str, JsonValue],
        module: str,
        force: bool = False,
        outlives_code: bool = False,
        folder: Path | None = None,
    ) -> None:
        self.run, self.expert, self.name = run, expert, name
        self.folder = folder or stage_folder(run, expert, name)
        self._is_shared = folder is not None
        self.parameters: dict[str, JsonValue] = json.loads(json.dumps(parameters))
        self.code = code_digest(module)
        self._code_files = code_files(module)
        self._outlives_code = outlives_code
        self.started = datetime.now(UTC)
        self.is_current = False
        self._inputs = list(inputs)
        self._force = force

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    def __enter__(self) -> Self:
        writable_folder(self.folder)
        self._lock = (self.folder / ".lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | (0 if self._is_shared else fcntl.LOCK_NB))
        except BlockingIOError:
            self._lock.seek(0)
            holder = self._lock.read().strip()
            self._lock.close()
            raise OracleError(
                f"{relative(self.folder)} is in use by process {holder}; wait for it, or give this run another name"
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"{os.getpid()} since {self.started:%Y-%m-%d %H:%M:%S} UTC")
        self._lock.flush()
        for abandoned in self.folder.glob(".*.partial"):  # what a killed process had half written
            remove(abandoned)
        try:
            self.inputs = {relative(path): self._digest(path) for path in self._inputs}
            self.is_current = not self._force and self._still_stands()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    @staticmethod
    def _digest(path: Path) -> str:
        if not path.exists():
            raise OracleError(f"{relative(path)} is missing; run the notebook of the stage {path.parent.name!r} first")
        return sha256(path)

    def _still_stands(self) -> bool:
        """Whether what finished before can stay; says on the console why, or why not."""
        if not self.manifest_path.exists():
            return False
        try:
            before = Manifest.read(self.manifest_path)
        except OracleError as unreadable:
            print(f"{self.name}: runs again because {unreadable}")
            return False
        code = _differing(before.code, self._code_files)
        changes = [
            *_changed(before.inputs, self.inputs),
            *(f"the parameter {change}" for change in differences(before.parameters, self.parameters)),
            *before.damage(),
        ]
        if changes or (code and not self._outlives_code):
            because = [*changes, f"the code changed: {_listed(code)}"] if code else changes
            print(f"{self.name}: runs again because {'; '.join(because)}")
            return False
        if code:
            print(f"{self.name}: kept although {_listed(code)} changed since (force redoes it)")
        else:
            print(f"{self.name}: nothing changed since it last finished; kept as it is (force redoes it)")
        return True

    def finish(self, outputs: Iterable[Path], metrics: Mapping[str, JsonValue]) -> Manifest:
        """Writes the manifest: from now on the stage counts as finished."""
        manifest = Manifest(
            stage=self.name,
            expert=self.expert,
            run=self.run,
            parameters=self.parameters,
            code=self._code_files,
            inputs=self.inputs,
            outputs={relative(path): sha256(path) for path in outputs},
            metrics=dict(metrics),
            versions=_versions(),
            git_commit=_git_commit(),
            started=self.started,
            finished=datetime.now(UTC),
        )
        manifest.write(self.manifest_path)
        self.is_current = True
        return manifest


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
