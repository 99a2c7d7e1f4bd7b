"""Checkpoints that can be trusted: sealed when complete, checked before use, and tied to what they were trained on.

The trainer writes a checkpoint's files one after the other, and a kill in between leaves a folder that looks whole.
Here a checkpoint counts only with a seal that names every file with its sha256, written last.
"""

import os
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue, ValidationError

from oracle_lib import OracleError
from oracle_lib.files import atomic_write, sha256
from oracle_lib.records import Frozen
from oracle_lib.run import differences

SEAL = "complete.json"
LAYOUT = 3
"""Changes with what a checkpoint's files hold: since 2 the optimiser's state is one tensor, since 3 a layer's A come
before its B in it."""
KEPT = 3
"""Checkpoints kept: the newest, and two to fall back on."""


class Seal(Frozen):
    """What a checkpoint's marker says. `trained_on` is what must not change between it and a resumed run; `files` maps
    every other file to its sha256; losses are nats a trained token.
    """

    step: int
    steps: int
    epoch: float
    loss: float
    best_loss: float
    threads: int
    trained_on: dict[str, JsonValue]
    time: datetime
    files: dict[str, str]


class Checkpoint(Frozen):
    """A sealed checkpoint whose files are what the seal says."""

    path: Path
    seal: Seal


def folder_of(checkpoints: Path, step: int) -> Path:
    return checkpoints / f"checkpoint-{step}"


def seal(
    checkpoint: Path,
    *,
    step: int,
    steps: int,
    epoch: float,
    loss: float,
    best_loss: float,
    threads: int,
    trained_on: Mapping[str, JsonValue],
) -> Seal:
    """Marks a checkpoint whose files are all written, then removes the oldest beyond `KEPT`.

    The files reach the disk before the mark does, so a power cut leaves no marked checkpoint with holes.
    """
    for file in checkpoint.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    made = Seal(
        step=step,
        steps=steps,
        epoch=epoch,
        loss=loss,
        best_loss=best_loss,
        threads=threads,
        trained_on=dict(trained_on),
        time=datetime.now(UTC),
        files={file.name: sha256(file) for file in sorted(checkpoint.iterdir()) if file.name != SEAL},
    )
    atomic_write(checkpoint / SEAL, made.model_dump_json(indent=2) + "\n")
    for old in _newest_first(checkpoint.parent)[KEPT:]:
        shutil.rmtree(old)
    return made


def latest(checkpoints: Path) -> Checkpoint | None:
    """The valid checkpoint with the highest step. Damaged ones above it are named on the console and removed."""
    for path in _newest_first(checkpoints):
        damage = _damage(path)
        if damage is None:
            return Checkpoint(path=path, seal=_read(path))
        print(f"{path.name} is damaged ({damage}); falling back to the one before")
        shutil.rmtree(path)
    return None


def _newest_first(checkpoints: Path) -> list[Path]:
    """By number: as text, checkpoint-80 would come after checkpoint-100."""
    numbered = {
        int(match.group(1)): path
        for path in (checkpoints.iterdir() if checkpoints.exists() else ())
        if (match := re.fullmatch(r"checkpoint-(\d+)", path.name))
    }
    return [numbered[step] for step in sorted(numbered, reverse=True)]


def _read(checkpoint: Path) -> Seal:
    return Seal.model_validate_json((checkpoint / SEAL).read_bytes())


def _damage(checkpoint: Path) -> str | None:
    """What is wrong with a checkpoint, if anything."""
    try:
        sealed = _read(checkpoint)
    except FileNotFoundError:
        return "it was never completed"
    except ValidationError:
        return f"{SEAL} is unreadable"
    if checkpoint.name != f"checkpoint-{sealed.step}":
        return f"{SEAL} is that of step {sealed.step}"
    present = {file.name for file in checkpoint.iterdir()} - {SEAL}
    for name in sorted({*sealed.files, *present}):
        if name not in present:
            return f"{name} is missing"
        if name not in sealed.files:
            return f"{SEAL} does not name {name}"
        if sha256(checkpoint / name) != sealed.files[name]:
            return f"{name} has changed"
    return None


def refuse_if_changed(checkpoint: Checkpoint, trained_on: Mapping[str, JsonValue]) -> None:
    """Raises `OracleError` naming what differs from what the checkpoint was trained on: resuming would silently skip or
    repeat rows, or mix two trainings.
    """
    changed = differences(checkpoint.seal.trained_on, trained_on)
    if changed:
        raise OracleError(
            f"cannot resume from {checkpoint.path.name}: {'; '.join(changed)}; "
            "put it back as it was, or start afresh with resume=False (on the command line -p resume false)"
        )
