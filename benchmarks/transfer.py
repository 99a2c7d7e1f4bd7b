"""How fast mixed files reach another machine and are known to be right there, beside rsync and sftp used plainly.

    python -m benchmarks.transfer medical-mechanica

Ours is `transfer.send`: it digests every file on both sides before and after. Plain rsync and sftp compare nothing that
arrives. "again" is a second call with nothing changed. All take turns, each into a folder of its own, and the best
round of each counts. It leaves `oracle-benchmark-*` in the machine's home folder, to be removed by hand.
"""

import argparse
import json
import os
import random
import shlex
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from oracle_lib import transfer
from oracle_lib.files import outputs, sha256
from oracle_lib.params import Machine, load_machine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("machine", help="a file in params/machines")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--megabytes", type=int, default=1000, help="half in five large files, half in small ones")
    parser.add_argument("--small", type=int, default=500, help="how many small ones")
    asked = parser.parse_args()
    machine = load_machine(asked.machine)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ORACLE_OUTPUTS"] = folder
        source = _mixed(asked.megabytes, asked.small)
        files = {name: sha256(source / name) for name in transfer.names_in(source)}
        seconds: dict[str, list[float]] = {}
        for number in range(asked.rounds):
            for who, move in (("ours", _ours), ("rsync", _rsync), ("sftp", _sftp)):
                place = f"oracle-benchmark-{who}-{number}"
                for what in (who, f"{who}, again"):
                    started = time.perf_counter()
                    move(machine, source, place, files)
                    seconds.setdefault(what, []).append(time.perf_counter() - started)
    for what, taken in seconds.items():
        line = {
            "benchmark": "transfer",
            "figure": what,
            "value": round(asked.megabytes / min(taken), 1),
            "unit": "MB/s",
        }
        line |= {"seconds": [round(one, 2) for one in taken], "megabytes": asked.megabytes, "files": len(files)}
        print(json.dumps(line | {"date": f"{datetime.now(UTC):%Y-%m-%d}", "processors": os.cpu_count()}))


def _mixed(megabytes: int, small: int) -> Path:
    draw, source = random.Random(0), outputs() / "files"
    for number in range(5 + small):
        size = megabytes * (100_000 if number < 5 else 500_000 // small)
        path = source / str(number % 7) / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw.randbytes(size))
    return source


def _ours(machine: Machine, source: Path, place: str, files: dict[str, str]) -> None:
    with transfer.connect(machine.model_copy(update={"folder": place})) as end:
        transfer.send(end, source, "files", files, quiet=True)


def _rsync(machine: Machine, source: Path, place: str, files: dict[str, str]) -> None:
    subprocess.run(["rsync", "-a", "--rsh", _ssh(), f"{source}/", f"{machine.host}:{place}/"], check=True)


def _sftp(machine: Machine, source: Path, place: str, files: dict[str, str]) -> None:
    batch = f"-mkdir {place}\nput -r {source} {place}/\n".encode()
    command = ["sftp", "-q", "-b", "-", "-D", f"{_ssh()} -s {machine.host} sftp"]
    subprocess.run(command, input=batch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def _ssh() -> str:
    return shlex.join([*shlex.split(os.environ.get("ORACLE_SSH") or "ssh"), "-o", "BatchMode=yes"])


if __name__ == "__main__":
    main()
