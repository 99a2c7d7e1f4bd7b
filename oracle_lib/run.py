"""Runs and their stages: folders, manifests with lineage, atomic writes. Knows nothing of what a stage computes."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from oracle_lib import OracleError

# Read when tqdm loads. A notebook's reader may look away for minutes, and what a kernel says meanwhile waits in a queue
# of 1,000 messages: at tqdm's own ten a second, the end of a long cell would be lost.
os.environ.setdefault("TQDM_MININTERVAL", "1")
if os.environ.get("ORACLE_TERMINAL"):  # a terminal runs the notebook: progress as lines that it can show
    from tqdm import tqdm as tqdm
else:
    from tqdm.auto import tqdm as tqdm

REPOSITORY = Path(__file__).parent.parent
STAGES = ("generate", "export", "transfer", "train", "evaluate", "deploy")
_PACKAGES = ("torch", "transformers", "peft", "bitsandbytes", "datasets", "unsloth", "sacrebleu", "rensa")


def outputs() -> Path:
    """The folder of everything a run makes: `ORACLE_OUTPUTS`, or `outputs/` of the repository."""
    return Path(os.environ.get("ORACLE_OUTPUTS") or REPOSITORY / "outputs").resolve()


def relative(path: Path) -> str:
    """The path as manifests and reports write it: relative to the outputs folder."""
    return path.resolve().relative_to(outputs()).as_posix()


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


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path beside `path` to write a file or a folder to; it takes its final name only when the block ends well.

    What was there before stays until then, and stays for good when the block fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    _remove(beside)
    try:
        yield beside
        for part in [*beside.rglob("*"), beside] if beside.is_dir() else [beside]:
            _fsync(part)
        if path.is_dir():
            _remove(path)
        beside.replace(path)
        _fsync(path.parent)
    finally:
        _remove(beside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def atomic_write(path: Path, content: str | bytes) -> Path:
    """Writes a whole file under its final name or not at all."""
    with atomic_path(path) as beside:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@cache
def code_digest(*rooms: str) -> str:
    """The sha256 of the library code in `rooms` (folders or modules of `oracle_lib`) and on the ground floor."""
    library = Path(__file__).parent
    files = {library / f"{module}.py" for module in ("__init__", "params", "run", "sample", "models", "registry")}
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


class Manifest(BaseModel):
    """What a finished stage was made from and what it made. Paths are relative to the outputs folder, values are
    sha256.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

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

    @staticmethod
    def read(path: Path) -> "Manifest":
        """Raises `OracleError` where there is no valid manifest at `path`."""
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            stage, expert = path.parent.name, path.parent.parent.name
            raise OracleError(f"run {stage} for {expert} first: {relative(path)} is missing") from None
        except ValidationError:
            raise OracleError(f"{relative(path)} is no manifest of this version; run its notebook again") from None

    def intact(self) -> bool:
        """Whether every input and output is still what it was when the stage finished."""
        root = outputs()
        return all(
            (root / path).exists() and sha256(root / path) == digest
            for path, digest in {**self.inputs, **self.outputs}.items()
        )


class Receipt(BaseModel):
    """What a machine has received: the sha256 and, in total, the bytes of every file, as read back there.

    `source` is relative to the outputs folder. `destination` is too on the machine "local", and relative to the home
    folder on others. `copied` names the files that were not there yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    machine: str
    source: str
    destination: str
    files: dict[str, str]
    bytes: int
    copied: tuple[str, ...]

    @staticmethod
    def read(run: str, expert: str) -> "Receipt":
        """The receipt of the expert's data set. Raises `OracleError` where it was not transferred."""
        path = stage_folder(run, expert, "transfer") / "receipt.json"
        try:
            return Receipt.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise OracleError(f"run 03_transfer for {expert} first: {relative(path)} is missing") from None
        except ValidationError:
            raise OracleError(f"{relative(path)} is no receipt of this version; run 03_transfer again") from None


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
            _remove(abandoned)
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
        atomic_write(self.manifest_path, manifest.model_dump_json(indent=2) + "\n")
        self.is_current = True
        return manifest
