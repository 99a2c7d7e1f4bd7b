"""Whatever happens to a transfer, files arrive whole and right or not at all, and nothing else is touched."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ssh_server import SshServer, ssh_server

from oracle_lib import OracleError, transfer
from oracle_lib.files import outputs, sha256
from oracle_lib.params import Machine, load_machine
from oracle_lib.transfer import agent

PLACE = "runs/r/data"


@pytest.fixture(params=["rsync", "sftp"])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    """A machine that has rsync, and one that lacks it."""
    here = tmp_path / "here [1] é"
    here.mkdir()
    monkeypatch.setenv("ORACLE_OUTPUTS", str(here))
    path = os.environ["PATH"] if request.param == "rsync" else f"{sys.prefix}/bin"
    with ssh_server(tmp_path / "far", monkeypatch, path) as server:
        yield server


def far(server: SshServer) -> Path:
    return server.home / "oracle" / "datasets"


def machine(**changes: str) -> Machine:
    return load_machine("medical-mechanica").model_copy(update=changes)


def make(sizes: dict[str, int], folder: str = PLACE) -> tuple[Path, dict[str, str]]:
    """Files of these sizes in a folder of the outputs, and their sha256 by name."""
    source, draw = outputs() / folder, random.Random(0)
    for name, size in sizes.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw.randbytes(size))
    return source, {name: sha256(source / name) for name in sizes}


def send(source: Path, files: dict[str, str], to: Machine | None = None) -> list[str]:
    with transfer.connect(to or machine()) as end:
        return transfer.send(end, source, PLACE, files, quiet=True)


def bring(target: Path, files: dict[str, str]) -> list[str]:
    with transfer.connect(machine()) as end:
        return transfer.bring(end, PLACE, target, files)


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): sha256(path) for path in folder.rglob("*") if path.is_file()}


def cut_and_resumed(server: SshServer, sizes: dict[str, int], cuts: int) -> None:
    source, files = make(sizes)
    total, draw = sum(sizes.values()), random.Random(1)

    def moments() -> list[int]:
        """After how many bytes each cut comes: the first not before the machine has answered at all."""
        return [100_000 * (number == 0) + draw.randrange(total // (cuts + 2)) for number in range(cuts)]

    server.wire.cut_after(moments())
    send(source, files)
    assert server.wire.cuts == cuts
    assert contents(far(server)) == {f"{PLACE}/{name}": digest for name, digest in files.items()}
    assert server.wire.carried < 1.5 * total + 2_000_000, "what had arrived was not sent again"

    server.wire.cut_after(moments())
    assert set(bring(outputs() / "back", files)) == set(files)
    assert server.wire.cuts == 2 * cuts
    assert contents(outputs() / "back") == files
    assert not contents(outputs() / agent.INCOMING) and not contents(outputs() / agent.OUTGOING)


def test_a_transfer_that_is_cut_goes_on_from_there_by_itself(server: SshServer) -> None:
    cut_and_resumed(server, {"a": 3_000_000, "b/c": 2_000_000, "empty": 0, "one": 1}, cuts=2)


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_a_gigabyte_of_mixed_files_is_cut_ten_times_each_way(server: SshServer) -> None:
    sizes = {f"large/{number}": 150_000_000 for number in range(6)}
    sizes |= {f"small/{number % 7}/{number}": 500 * number for number in range(600)}
    sizes |= {"middle": 20_000_000, "empty": 0}
    assert sum(sizes.values()) > 1_000_000_000
    cut_and_resumed(server, sizes, cuts=10)


def test_what_two_watchers_bring_at_once_arrives_at_both(server: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    source, files = make({"adapter": 50_000})
    send(source, files)
    with transfer.connect(machine()) as end, transfer.connect(machine()) as other:
        fetch = end.fetch

        def when_the_other_is_done(offered: str, *rest: Any) -> None:
            monkeypatch.setattr(end, "fetch", fetch)
            other.ask("withdraw", folder=offered)
            fetch(offered, *rest)

        monkeypatch.setattr(end, "fetch", when_the_other_is_done)
        assert transfer.bring(end, PLACE, outputs() / "back", files) == ["adapter"]
    assert contents(outputs() / "back") == files


def test_a_beginning_that_is_damaged_is_found_and_sent_again(server: SshServer) -> None:
    source, files = make({"a": 300_000, "b": 10})
    waiting = far(server) / agent.INCOMING
    waiting.mkdir(parents=True)
    (waiting / files["a"]).write_bytes(b"\0" * 1000)
    (waiting / files["b"]).write_bytes(b"longer than it can be")
    assert send(source, files) == ["a", "b"]
    assert contents(far(server)) == {f"{PLACE}/{name}": digest for name, digest in files.items()}


def test_a_file_that_is_damaged_there_is_sent_again_and_one_damaged_here_is_brought_again(server: SshServer) -> None:
    source, files = make({"a": 5000, "b": 5000})
    send(source, files)
    (far(server) / PLACE / "a").write_bytes(b"damaged")
    assert send(source, files) == ["a"]
    (source / "b").write_bytes(b"damaged")
    assert bring(source, files) == ["b"]
    assert contents(source) == files


NAMES = [
    "; rm -rf ~",
    "$(touch pwned)",
    "`touch pwned`",
    'it\'s "quoted"',
    "a line\nbreak",
    "-e touch pwned",
    "*?[a]",
    "back\\slash",
    " spaces ",
    "ゼルダ é",
    "..hidden..",
    "~",
    "%PATH%",
]


def test_names_are_only_names(server: SshServer) -> None:
    source, files = make(dict.fromkeys(NAMES, 40))
    assert set(send(source, files)) == set(NAMES)
    assert contents(server.home) == {f"oracle/datasets/{PLACE}/{name}": digest for name, digest in files.items()}
    assert set(bring(outputs() / "back", files)) == set(NAMES)
    assert contents(outputs() / "back") == files


@pytest.mark.parametrize("folder", ["my hacks/it's [new] é", "{home}/D drive"])
def test_a_machines_folder_may_have_any_name_and_lie_anywhere(server: SshServer, folder: str) -> None:
    source, files = make({"a": 40})
    to = machine(folder=folder.format(home=server.home))
    send(source, files, to)
    place = server.home / folder.removeprefix("{home}/") / PLACE
    assert contents(place) == files


def test_a_machine_that_offers_other_content_than_was_asked_for_gets_nothing_written(server: SshServer) -> None:
    _, files = make({"a": 40})
    offered = {"folder": str(server.home), "sizes": {"../../evil": 5, files["a"]: 40}}
    (server.home / "evil").write_text("evil!")
    hostile(server, [{"answer": offered}, {"answer": {"rsync": True}}])
    with pytest.raises(OracleError):
        bring(outputs() / "back", files)
    assert not [path for path in outputs().parent.rglob("evil") if server.home not in path.parents]


def hostile(server: SshServer, answers: list[object]) -> None:
    """Makes the machine's Python a program that gives these answers, whatever it is asked after its greeting."""
    folder = server.home / "bin"
    folder.mkdir()
    hello = {"answer": {"root": "/", "free": 1, "rsync": True}}
    lines = "".join(f"echo '{json.dumps(answer)}'\n" for answer in [hello, *answers])
    (folder / "python3").write_text(f"#!/bin/sh\necho {agent.READY}\n{lines}sleep 1\n")
    (folder / "python3").chmod(0o755)
    server.restart(f"{folder}:{os.environ['PATH']}")


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/../../evil", "", "a//b", "nul\0"])
def test_a_machine_that_names_files_outside_its_folder_gets_nothing_written(server: SshServer, name: str) -> None:
    hostile(server, [{"answer": {name: "0" * 64, "manifest.json": "1" * 64}}])
    before = contents(outputs())
    with pytest.raises(OracleError, match="leads out of its folder"):
        transfer.pull("r", "rauru", "medical-mechanica")
    assert contents(outputs()) == before


def other_host_key(server: SshServer) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(server.known.with_name("other"))], check=True
    )
    key = server.known.with_name("other.pub").read_text()
    server.known.write_text(f"{server.known.read_text().split(' ')[0]} {key}")


@pytest.mark.parametrize("known", ["another key", "no key"])
def test_a_host_key_that_is_not_the_known_one_is_refused(server: SshServer, known: str) -> None:
    source, files = make({"a": 40})
    other_host_key(server) if known == "another key" else server.known.write_text("")
    before = server.known.read_text()
    with pytest.raises(OracleError, match="host key that is not known here, or another than before; compare"):
        send(source, files)
    assert server.known.read_text() == before
    assert not contents(server.home)


def test_a_machine_without_python_says_what_to_install(server: SshServer) -> None:
    source, files = make({"a": 40})
    with pytest.raises(OracleError, match=r"has no python3\.99; install Python 3\.11 there, or name it as `python` in"):
        send(source, files, machine(python="python3.99"))


def test_a_full_disk_is_said_and_after_room_is_made_the_same_call_goes_on(server: SshServer) -> None:
    disk = server.home / "oracle"
    disk.mkdir()

    def mount(*options: str) -> None:
        subprocess.run(["mount", *options, str(disk)], check=True, capture_output=True)

    try:
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs")
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("this user may not mount a small disk")
    try:
        source, files = make({"a": 600_000, "b": 900_000})
        with pytest.raises(OracleError, match=r"disk of medical-mechanica has \d MB free, and \d more .*make room"):
            send(source, files)
        assert not (far(server) / PLACE).exists()
        mount("-o", "remount,size=8m")
        assert set(send(source, files)) == set(files)
        assert contents(far(server) / PLACE) == files
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_windows_drives_and_wsl_paths_mean_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    for folder in ("D:/Oracle data/é", "d:\\Oracle data\\é"):
        assert agent.located(folder, is_windows=False, mounts=tmp_path) == tmp_path / "d" / "Oracle data" / "é"
    assert agent.located("/mnt/d/Oracle data", is_windows=True) == Path("d:/Oracle data")
    assert agent.located("/mnt/d/oracle", is_windows=False) == Path("/mnt/d/oracle")
    assert agent.located("oracle/sets", is_windows=False) == Path.home() / "oracle" / "sets"
    with pytest.raises(agent.Refused, match="no drive E: here"):
        agent.located("E:/oracle", is_windows=False, mounts=tmp_path)
