"""Transfers arrive whole or not at all, repeat nothing that is there, and notice a single flipped bit."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh_server import SshServer, ssh_server

from oracle_lib import OracleError, transfer
from oracle_lib.files import outputs, sha256
from oracle_lib.params import load_machine
from oracle_lib.records import Receipt
from oracle_lib.run import Stage, stage_folder

RUN, EXPERT, DATASET = "r", "rauru-assembler", "oracle_rauru_assembler_24k_demo"
FILES = {"README.md": b"# card\n", "test.jsonl": b"{}\n", "train.jsonl": b"{}\n" * 40_000, "val.jsonl": b"{}\n" * 2}


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORACLE_OUTPUTS", str(tmp_path / "outputs"))
    with Stage(RUN, EXPERT, "export", parameters={}, module="oracle_lib.files") as stage:
        folder = stage.folder / DATASET
        folder.mkdir()
        for name, content in FILES.items():
            (folder / name).write_bytes(content)
        stage.finish([folder], {})
    return folder


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    """A real sshd on loopback, which the machine medical-mechanica names."""
    with ssh_server(tmp_path / "far", monkeypatch) as server:
        yield server


@pytest.fixture
def remote(server: SshServer) -> Path:
    """The home folder behind the sshd."""
    return server.home


def local_copy() -> Path:
    return outputs() / "machines" / "local" / RUN / EXPERT / DATASET


def remote_copy(home: Path) -> Path:
    return home / "oracle" / "datasets" / RUN / EXPERT / DATASET


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_machine_that_answers_is_reachable(remote: Path) -> None:
    transfer.require_reachable(load_machine("medical-mechanica"))


def test_the_receipt_lists_what_the_machine_holds(exported: Path) -> None:
    receipt = transfer.push(RUN, "rauru", "demo", "local")
    assert contents(local_copy()) == FILES
    assert outputs() / receipt.destination == local_copy()
    assert outputs() / receipt.source == exported
    assert receipt.files == {name: sha256(local_copy() / name) for name in FILES}
    assert receipt.bytes == sum(map(len, FILES.values()))
    assert set(receipt.copied) == set(FILES)
    assert Receipt.read(stage_folder(RUN, EXPERT, "transfer") / "receipt.json") == receipt


def test_what_is_there_and_equal_is_not_copied_again(exported: Path) -> None:
    transfer.push(RUN, "rauru", "demo", "local")
    times = {path.name: path.stat().st_mtime_ns for path in local_copy().iterdir()}
    (stage_folder(RUN, EXPERT, "transfer") / "manifest.json").unlink()
    assert transfer.push(RUN, "rauru", "demo", "local").copied == ()
    assert {path.name: path.stat().st_mtime_ns for path in local_copy().iterdir()} == times
    assert set(transfer.push(RUN, "rauru", "demo", "local", force=True).copied) == set(FILES)


def test_a_flipped_bit_at_the_destination_is_found_and_mended(exported: Path) -> None:
    transfer.push(RUN, "rauru", "demo", "local")
    damaged = bytearray(FILES["train.jsonl"])
    damaged[777] ^= 1
    (local_copy() / "train.jsonl").write_bytes(damaged)
    assert transfer.push(RUN, "rauru", "demo", "local").copied == ("train.jsonl",)
    assert contents(local_copy()) == FILES


def test_an_export_that_was_edited_afterwards_is_refused(exported: Path) -> None:
    (exported / "test.jsonl").write_bytes(b"{} \n")
    with pytest.raises(OracleError, match="changed since 02_export wrote it"):
        transfer.push(RUN, "rauru", "demo", "local")


def test_without_an_export_it_says_what_to_run() -> None:
    with pytest.raises(OracleError, match="export"):
        transfer.push(RUN, "rauru", "demo", "local")


def train_at(root: Path) -> dict[str, bytes]:
    """A finished training in the outputs folder `root`, and the files that a pull must bring."""
    before = os.environ["ORACLE_OUTPUTS"]
    os.environ["ORACLE_OUTPUTS"] = str(root)
    with Stage(RUN, EXPERT, "train", parameters={}, module="oracle_lib.files") as stage:
        (stage.folder / "adapter").mkdir()
        (stage.folder / "adapter" / "adapter_model.safetensors").write_bytes(os.urandom(3_000_000))
        (stage.folder / "adapter.json").write_bytes(b"{}")
        (stage.folder / "checkpoints" / "checkpoint-20").mkdir(parents=True)
        (stage.folder / "checkpoints" / "checkpoint-20" / "optimizer.pt").write_bytes(b"large")
        stage.finish([stage.folder / "adapter", stage.folder / "adapter.json"], {})
        brought = ("adapter/adapter_model.safetensors", "adapter.json", "manifest.json")
        content = {name: (stage.folder / name).read_bytes() for name in brought}
    os.environ["ORACLE_OUTPUTS"] = before
    return content


def test_pull_brings_the_adapter_without_its_checkpoints(exported: Path) -> None:
    content = train_at(outputs() / "machines" / "local")
    receipt = transfer.pull(RUN, "rauru", "local")
    folder = stage_folder(RUN, EXPERT, "train")
    assert {name: (folder / name).read_bytes() for name in content} == content
    assert not (folder / "checkpoints").exists()
    assert set(receipt.copied) == set(receipt.files) == set(content)
    assert transfer.pull(RUN, "rauru", "local").copied == ()


def test_pull_from_this_machine_finds_what_was_trained_here(exported: Path) -> None:
    content = train_at(outputs())
    receipt = transfer.pull(RUN, "rauru", "local")
    assert receipt.copied == () and set(receipt.files) == set(content)
    assert receipt.source == receipt.destination


def test_pull_refuses_an_adapter_that_is_not_what_training_finished_with(exported: Path) -> None:
    root = outputs() / "machines" / "local"
    train_at(root)
    (root / "runs" / RUN / EXPERT / "train" / "adapter" / "adapter_model.safetensors").write_bytes(b"other")
    with pytest.raises(OracleError, match="is not what train finished with"):
        transfer.pull(RUN, "rauru", "local")


def test_pull_refuses_a_training_that_has_not_finished(exported: Path) -> None:
    root = outputs() / "machines" / "local"
    train_at(root)
    (root / "runs" / RUN / EXPERT / "train" / "manifest.json").unlink()
    with pytest.raises(OracleError, match="has not finished"):
        transfer.pull(RUN, "rauru", "local")


def test_over_ssh_the_data_set_and_its_receipt_arrive(exported: Path, remote: Path) -> None:
    receipt = transfer.push(RUN, "rauru", "demo", "medical-mechanica")
    assert contents(remote_copy(remote)) == FILES
    assert remote / "oracle" / "datasets" / receipt.destination == remote_copy(remote)
    there = remote / "oracle" / "datasets" / "runs" / RUN / EXPERT / "transfer" / "receipt.json"
    assert Receipt.model_validate_json(there.read_bytes()) == receipt


def test_over_ssh_only_what_differs_is_sent(exported: Path, remote: Path) -> None:
    transfer.push(RUN, "rauru", "demo", "medical-mechanica")
    manifest = stage_folder(RUN, EXPERT, "transfer") / "manifest.json"
    finished = manifest.read_bytes()
    assert transfer.push(RUN, "rauru", "demo", "medical-mechanica").copied == ()
    assert manifest.read_bytes() == finished, "03 is not to run again because 04 looked whether the data is there"
    (remote_copy(remote) / "val.jsonl").write_bytes(b"[]\n{}\n")
    assert transfer.push(RUN, "rauru", "demo", "medical-mechanica").copied == ("val.jsonl",)
    assert contents(remote_copy(remote)) == FILES


def test_over_ssh_a_transfer_that_is_killed_leaves_no_torn_file(exported: Path, remote: Path) -> None:
    big = exported / "train.jsonl"
    big.write_bytes(b"{}\n" * 25_000_000)
    with Stage(RUN, EXPERT, "export", parameters={}, module="oracle_lib.files", force=True) as stage:
        stage.finish([exported], {})
    code = f"from oracle_lib import transfer; transfer.push({RUN!r}, 'rauru', 'demo', 'medical-mechanica')"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=dict(os.environ))
    partial = remote / "oracle" / "datasets" / ".incoming" / sha256(big)
    deadline = time.monotonic() + 60
    while not (partial.exists() and partial.stat().st_size > 1_000_000) and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (remote_copy(remote) / "train.jsonl").exists()
    assert set(transfer.push(RUN, "rauru", "demo", "medical-mechanica").copied) >= {"train.jsonl"}
    assert sha256(remote_copy(remote) / "train.jsonl") == sha256(big)
    assert not partial.exists()


@pytest.mark.parametrize("tools", [("ssh", "sftp"), ("ssh",), ()])
def test_without_rsync_here_sftp_moves_the_files_and_what_is_missing_is_named(
    tools: tuple[str, ...], exported: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = exported.parent / "bin"
    bare.mkdir()
    for tool in tools:
        (bare / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setenv("PATH", str(bare))
    if "sftp" in tools:
        transfer.push(RUN, "rauru", "demo", "medical-mechanica")
        assert contents(remote_copy(remote)) == FILES
    else:
        missing = "sftp" if tools else "ssh"
        with pytest.raises(OracleError, match=f"^'{missing}' is not installed; install OpenSSH's client$"):
            transfer.push(RUN, "rauru", "demo", "medical-mechanica")
        assert not remote_copy(remote).exists()


def test_over_ssh_the_adapter_comes_back(exported: Path, remote: Path) -> None:
    content = train_at(remote / "oracle" / "datasets")
    receipt = transfer.pull(RUN, "rauru", "medical-mechanica")
    folder = stage_folder(RUN, EXPERT, "train")
    assert {name: (folder / name).read_bytes() for name in content} == content
    assert set(receipt.copied) == set(content)


def test_over_ssh_an_untrained_expert_is_one_clear_sentence(exported: Path, remote: Path) -> None:
    with pytest.raises(OracleError, match=r"has nothing in .*; train with: .* --on medical-mechanica"):
        transfer.pull(RUN, "rauru", "medical-mechanica")


def test_a_machine_that_does_not_answer_is_one_clear_sentence(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", "nobody@127.0.0.1")
    monkeypatch.setenv("ORACLE_SSH", "ssh -p 9")
    with pytest.raises(OracleError, match="medical-mechanica does not answer over ssh") as caught:
        transfer.push(RUN, "rauru", "demo", "medical-mechanica")
    assert "\n" not in str(caught.value)


def test_a_host_name_cannot_smuggle_an_option(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", "-oProxyCommand=touch pwned")
    with pytest.raises(OracleError, match="is no host name"):
        transfer.push(RUN, "rauru", "demo", "medical-mechanica")
