"""A checkpoint counts only when it is whole; a damaged one is left for the one before."""

from collections.abc import Callable
from pathlib import Path

import pytest

from oracle_lib import OracleError
from oracle_lib.train import checkpoints

TRAINED_ON = {"dataset_sha256": "a" * 64, "base": "embedded:1", "epochs": 6}


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


def _alter(path: Path) -> None:
    (path / "optimizer.pt").write_bytes(b"Moments")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated file": (_truncate, "adapter_model.safetensors has changed"),
    "changed file": (_alter, "optimizer.pt has changed"),
    "missing file": (lambda path: (path / "optimizer.pt").unlink(), "optimizer.pt is missing"),
    "no seal": (lambda path: (path / checkpoints.SEAL).unlink(), "it was never completed"),
    "torn seal": (lambda path: (path / checkpoints.SEAL).write_text('{"step": 1'), "complete.json is unreadable"),
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
    assert f"checkpoint-100 is damaged ({reason}); falling back" in capsys.readouterr().out


def test_without_a_whole_checkpoint_there_is_none(tmp_path: Path) -> None:
    assert checkpoints.latest(tmp_path / "nothing") is None
    _truncate(save(tmp_path, 20))
    assert checkpoints.latest(tmp_path) is None


def test_the_newest_three_are_kept(tmp_path: Path) -> None:
    for step in (20, 40, 60, 80, 100):
        save(tmp_path, step)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint-100", "checkpoint-60", "checkpoint-80"]


def test_what_changed_since_a_checkpoint_is_named(tmp_path: Path) -> None:
    save(tmp_path, 20)
    found = checkpoints.latest(tmp_path)
    assert found is not None
    checkpoints.refuse_if_changed(found, TRAINED_ON)
    with pytest.raises(OracleError, match=r"epochs was 6 and is 3; .*resume=False"):
        checkpoints.refuse_if_changed(found, {**TRAINED_ON, "epochs": 3})
    with pytest.raises(OracleError, match=r"dataset_sha256 was aaaaaaaaaaaa… and is bbbbbbbbbbbb…"):
        checkpoints.refuse_if_changed(found, {**TRAINED_ON, "dataset_sha256": "b" * 64})
