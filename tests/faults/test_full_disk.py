"""A full disk stops a stage with what it had; after room is made the same call goes on. Needs the right to mount."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_world import RECIPE, corpus_line, timeless, train_small, write_jsonl

from oracle_lib import OracleError, generate
from oracle_lib.files import atomic_write, sha256
from oracle_lib.run import Manifest, stage_folder
from oracle_lib.train import checkpoints, ensure_base

EXPERT, PROFILE, SIZE = "rauru-assembler", "demo", 40


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Outputs on a disk of 256 KiB; calling the fixture gives it another size."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mount(*options: str) -> None:
        subprocess.run(["mount", *options, str(disk)], check=True, capture_output=True)

    try:
        mount("-t", "tmpfs", "-o", "size=256k", "tmpfs")
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("this user may not mount a small disk")
    monkeypatch.setenv("ORACLE_OUTPUTS", str(disk))
    yield lambda size: mount("-o", f"remount,size={size}")
    subprocess.run(["umount", "--lazy", str(disk)], check=True)  # a failed test may hold a file of it open


def test_a_file_that_does_not_fit_leaves_the_old_one(small_disk: Callable[[str], None], tmp_path: Path) -> None:
    path = atomic_write(tmp_path / "disk" / "stats.json", "old")
    with pytest.raises(OSError, match="No space left"):
        atomic_write(path, "new" * 200_000)
    assert path.read_text() == "old"
    assert [file.name for file in path.parent.iterdir()] == ["stats.json"]


def test_a_campaign_goes_on_when_there_is_room_again(small_disk: Callable[[str], None], tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)no space left|disk is full"):
        generate.run_campaign("full", EXPERT, PROFILE, size=SIZE)
    folder = stage_folder("full", EXPERT, "generate")
    assert not (folder / "manifest.json").exists() and not (folder / "accepted.jsonl").exists()

    small_disk("64m")
    stats = generate.run_campaign("full", EXPERT, PROFILE, size=SIZE)
    assert stats.accepted == SIZE and Manifest.read(folder / "manifest.json").intact()
    generate.run_campaign("undisturbed", EXPERT, PROFILE, size=SIZE)
    undisturbed = stage_folder("undisturbed", EXPERT, "generate")
    assert (folder / "accepted.jsonl").read_bytes() == (undisturbed / "accepted.jsonl").read_bytes()


def test_a_training_keeps_its_last_checkpoint_and_goes_on_when_there_is_room_again(
    small_disk: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path))
    base = ensure_base(write_jsonl(tmp_path / "corpus.jsonl", [corpus_line(index) for index in range(40)]), RECIPE)
    undisturbed, folder = tmp_path / "undisturbed", tmp_path / "disk" / "full"
    train_small(base, undisturbed)
    for size, stopped, kept in (  # a checkpoint takes 164 KiB, the adapter 48
        ("112k", 4, None),  # no room for the optimiser's state, which PyTorch writes
        ("184k", 4, 4),  # the checkpoint is sealed, but there is none for the epoch's adapter
        ("248k", 8, 4),  # none for the next checkpoint's adapter, which safetensors writes
        ("400k", 8, 8),
    ):
        small_disk(size)
        with pytest.raises(OracleError, match=rf"the disk took no more at step {stopped} of 16; .* make room and run"):
            train_small(base, folder)
        newest = checkpoints.latest(folder / "checkpoints")
        assert (newest and newest.seal.step) == kept
    small_disk("64m")
    train_small(base, folder)
    assert timeless(folder) == timeless(undisturbed)
    assert sha256(folder / "adapter") == sha256(undisturbed / "adapter")
