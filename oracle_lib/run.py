"""Runs and their stages: folders, manifests with lineage, atomic writes. Knows nothing of what a stage computes."""

import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.files import REPOSITORY, outputs, relative, remove, sha256
from oracle_lib.records import Record

STAGES = ("generate", "export", "transfer", "train", "evaluate", "deploy")
_PACKAGES = ("torch", "transformers", "peft", "bitsandbytes", "datasets", "unsloth", "sacrebleu", "rensa")


@cache
def code_digest(*rooms: str) -> str:
    """The sha256 of the library code in `rooms` (folders or modules of `oracle_lib`) and on the ground floor."""
    library = Path(__file__).parent
    files = {
        library / f"{module}.py"
        for module in (
            "__init__",
            "files",
            "records",
            "metrics",
            "gates",
            "params",
            "run",
            "sample",
            "models",
            "registry",
        )
    }
    for room in rooms:
        files |= {library / f"{room}.py", *(library / room).rglob("*")}
    files = {file for file in files if file.is_file() and "__pycache__" not in file.parts}
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(library).as_posix()} {sha256(file)}\n".encode())
    return digest.hexdigest()


def _git_commit() -> str:
    command = ["git", "-C", str(REPOSITORY), "rev-parse", "HEAD"]
    found = subprocess.run(
        command, capture_output=True, text=True, check=False
    )  # no git: the commit is unknown, not an error
    return found.stdout.strip() if found.returncode == 0 else ""


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


class Manifest(Record):
    """What a finished stage was made from and what it made. Paths are relative to the outputs folder, values are
    sha256.
    """

    noun = "manifest"
    remedy = "run its notebook"

    stage: str
    expert: str
    run: str
    parameters: dict[str, JsonValue]
    code: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    metrics: dict[str, JsonValue]
    versions: dict[str, str]
    git_commit: str
    started: datetime
    finished: datetime

    def intact(self) -> bool:
        """Whether every input and output is still what it was when the stage finished."""
        root = outputs()
        return all(
            (root / path).exists() and sha256(root / path) == digest
            for path, digest in {**self.inputs, **self.outputs}.items()
        )


def stage_folder(run: str, expert: str, stage: str) -> Path:
    """`outputs/runs/<run>/<expert>/<stage>`."""
    for name in (run, expert):
        if not name or name.startswith(".") or "/" in name or "\\" in name:
            raise OracleError(f"{name!r} cannot name a folder; use letters, digits, '-' and '_'")
    return outputs() / "runs" / run / expert / stage


class Stage:
    """One stage of one expert in one run, held by one process at a time.

        with Stage(run, expert, "export", inputs=[accepted], parameters={...}, rooms=("export",)) as stage:
            if not stage.is_current:
                ...write into stage.folder...
                stage.finish(outputs=[...], metrics={...})

    `is_current` means that the stage finished before with equal inputs, parameters and code, and that its files are
    intact. `force` makes it false. `rooms` are the parts of the library whose code decides the result. Results are read
    from the files afterwards, whichever way they came to be. A product that experts share has a `folder` of its own,
    and a second process waits for it; within a run, a second process on one stage is refused.
    """

    def __init__(
        self,
        run: str,
        expert: str,
        name: str,
        *,
        inputs: Iterable[Path] = (),
        parameters: Mapping[str, JsonValue],
        rooms: Iterable[str],
        force: bool = False,
        folder: Path | None = None,
    ) -> None:
        self.run, self.expert, self.name = run, expert, name
        self.folder = folder or stage_folder(run, expert, name)
        self._is_shared = folder is not None
        self.parameters: dict[str, JsonValue] = json.loads(json.dumps(parameters))
        self.code = code_digest(*rooms)
        self.started = datetime.now(UTC)
        self.is_current = False
        self._inputs = list(inputs)
        self._force = force

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
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
        self._lock.write(str(os.getpid()))
        self._lock.flush()
        for abandoned in self.folder.glob(".*.partial"):  # what a killed process had half written
            remove(abandoned)
        try:
            self.inputs = {relative(path): self._digest(path) for path in self._inputs}
            self.is_current = not self._force and self._finished_before()
        except BaseException:
            self._lock.close()
            raise
        if self.is_current:
            print(f"{self.name}: nothing changed since it last finished; kept as it is (force=True redoes it)")
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

    def _finished_before(self) -> bool:
        if not self.manifest_path.exists():
            return False
        try:
            before = Manifest.read(self.manifest_path)
        except OracleError:  # a manifest of another version of this project: the stage is simply not current
            return False
        equal = (before.inputs, before.parameters, before.code) == (self.inputs, self.parameters, self.code)
        return equal and before.intact()

    def finish(self, outputs: Iterable[Path], metrics: Mapping[str, JsonValue]) -> Manifest:
        """Writes the manifest: from now on the stage counts as finished."""
        manifest = Manifest(
            stage=self.name,
            expert=self.expert,
            run=self.run,
            parameters=self.parameters,
            code=self.code,
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
