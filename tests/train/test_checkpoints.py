"""A checkpoint counts only when it is whole, and only for what it was trained on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import JsonValue

from oracle_lib import OracleError
from oracle_lib.params import Training
from oracle_lib.train import checkpoints
from oracle_lib.train.stage import resume_point

TRAINED_ON: dict[str, JsonValue] = {
    "base": "built:1",
    "base_sha256": "b" * 64,
    "dataset_sha256": "a" * 64,
    "seed": 1,
    **Training().model_dump(),
}


def save(folder: Path, step: int) -> Path:
    """A checkpoint as a trainer leaves it, sealed."""
    path = checkpoints.folder_of(folder, step)
    path.mkdir(parents=True)
    (path / "adapter_model.safetensors").write_bytes(bytes([step % 256]) * 1000)
    (path / "optimizer.pt").write_bytes(b"moments")
    checkpoints.seal(
        path, step=step, steps=200, epoch=step / 50, loss=1.0, best_loss=0.9, threads=2, trained_on=TRAINED_ON
    )
    return path


def _truncate(path: Path) -> None:
    (path / "adapter_model.safetensors").write_bytes(b"\x64" * 999)


def _cut_seal(path: Path) -> None:
    seal = path / checkpoints.SEAL
    seal.write_bytes(seal.read_bytes()[: seal.stat().st_size // 2])


def _rename_in_seal(path: Path) -> None:
    seal = path / checkpoints.SEAL
    seal.write_text(seal.read_text().replace("optimizer.pt", "scheduler.pt"))


def _forget_in_seal(path: Path) -> None:
    said = json.loads((path / checkpoints.SEAL).read_text())
    del said["files"]["optimizer.pt"]
    (path / checkpoints.SEAL).write_text(json.dumps(said))


def _take_seal_of_another(path: Path) -> None:
    (path / checkpoints.SEAL).write_bytes((path.parent / "checkpoint-80" / checkpoints.SEAL).read_bytes())


def _empty(path: Path) -> None:
    for file in path.iterdir():
        file.unlink()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated file": (_truncate, "adapter_model.safetensors has changed"),
    "empty file": (lambda path: (path / "optimizer.pt").write_bytes(b""), "optimizer.pt has changed"),
    "other bytes, same size": (
        lambda path: (path / "optimizer.pt").write_bytes(b"Moments"),
        "optimizer.pt has changed",
    ),
    "missing file": (lambda path: (path / "optimizer.pt").unlink(), "optimizer.pt is missing"),
    "no seal": (lambda path: (path / checkpoints.SEAL).unlink(), "it was never completed"),
    "empty folder": (_empty, "it was never completed"),
    "empty seal": (lambda path: (path / checkpoints.SEAL).write_bytes(b""), "complete.json is unreadable"),
    "seal cut in the middle": (_cut_seal, "complete.json is unreadable"),
    "seal that names other files": (_rename_in_seal, "complete.json does not name optimizer.pt"),
    "seal that forgets a file": (_forget_in_seal, "complete.json does not name optimizer.pt"),
    "seal of another checkpoint": (_take_seal_of_another, "complete.json is that of step 80"),
}


def test_the_latest_is_the_highest_number_not_the_last_name(tmp_path: Path) -> None:
    save(tmp_path, 80)
    newest = save(tmp_path, 100)
    found = checkpoints.latest(tmp_path)
    assert found is not None and found.path == newest and found.seal.step == 100


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_checkpoint_falls_back_to_the_one_before_and_says_so(
    damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, 80)
    hurt, reason = DAMAGE[damage]
    hurt(save(tmp_path, 100))
    found = checkpoints.latest(tmp_path)
    assert found is not None and found.seal.step == 80
    assert not checkpoints.folder_of(tmp_path, 100).exists(), "what is written there next must not mix with it"
    assert f"checkpoint-100 is damaged ({reason}); falling back" in capsys.readouterr().out


def test_without_a_whole_checkpoint_there_is_none(tmp_path: Path) -> None:
    assert checkpoints.latest(tmp_path / "nothing") is None
    _truncate(save(tmp_path, 20))
    assert checkpoints.latest(tmp_path) is None


def test_the_newest_three_are_kept(tmp_path: Path) -> None:
    for step in (20, 40, 60, 80, 100):
        save(tmp_path, step)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint-100", "checkpoint-60", "checkpoint-80"]


def test_two_damaged_checkpoints_fall_back_by_two(tmp_path: Path) -> None:
    save(tmp_path, 60)
    _cut_seal(save(tmp_path, 80))
    _truncate(save(tmp_path, 100))
    found = checkpoints.latest(tmp_path)
    assert found is not None and found.seal.step == 60


CHANGES: dict[str, tuple[JsonValue, str]] = {
    "dataset_sha256": ("c" * 64, "dataset_sha256 changed from aaaaaaaaaaaa… to cccccccccccc…"),
    "base_sha256": ("c" * 64, "base_sha256 changed from bbbbbbbbbbbb… to cccccccccccc…"),
    "epochs": (4, "epochs changed from 3 to 4"),
    "batch_size": (4, "batch_size changed from 2 to 4"),
    "max_length": (1024, "max_length changed from 2048 to 1024"),
    "seed": (2, "seed changed from 1 to 2"),
    "backend": ("unsloth", "backend changed from hf to unsloth"),
}


@pytest.mark.parametrize("key", CHANGES)
def test_a_training_does_not_go_on_with_other_data_settings_or_base_and_says_which(key: str, tmp_path: Path) -> None:
    path = save(tmp_path / "checkpoints", 20)
    value, said = CHANGES[key]
    changed = {**TRAINED_ON, key: value}
    with pytest.raises(OracleError) as refused:
        resume_point(tmp_path / "checkpoints", changed, afresh=False)
    assert str(refused.value) == (
        f"cannot resume from checkpoint-20: {said}; put it back as it was, or start afresh with resume=False (on the "
        "command line -p resume false)"
    )
    assert resume_point(tmp_path / "checkpoints", TRAINED_ON, afresh=False) is not None, "nothing was lost by asking"
    assert resume_point(tmp_path / "checkpoints", changed, afresh=True) is None and not path.exists()


def test_everything_that_differs_is_named(tmp_path: Path) -> None:
    save(tmp_path, 20)
    with pytest.raises(OracleError, match="epochs changed from 3 to 1; rank changed from 16 to 8; put it back"):
        resume_point(tmp_path, {**TRAINED_ON, "rank": 8, "epochs": 1}, afresh=False)
