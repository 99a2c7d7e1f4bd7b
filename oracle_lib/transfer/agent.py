"""What one side of a transfer does with its own files, and a machine with its jobs: digests, hand-over, detached runs.

It runs on both sides, and on another machine it arrives over ssh: it needs a Python of 3.8 or newer and nothing else,
and does only what it is asked for in JSON, a line a request. It moves no content between machines. Names come from the
other side and are never trusted: whatever leaves its root is refused.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

READY = "oracle agent ready"
"""What it says first; whatever a login shell says before that does not count."""
INCOMING, OUTGOING = ".incoming", ".outgoing"
"""Where content waits, each file under its sha256: what arrives, and links to what is sent."""
PACKAGES = ("torch", "transformers", "peft", "bitsandbytes", "papermill", "ipykernel", "datasets", "accelerate")
"""What a training and its notebook cannot do without."""
_CHUNK = 1 << 20
_SHA256 = re.compile("[0-9a-f]{64}")
_LOG_PART = 1 << 16
_FLUSHES = 16
"""How many files are given to the disk at once: it writes many in little more time than one."""
STOP_SECONDS = 10.0
"""How long a job may take to end by itself when it is cancelled."""


class Refused(Exception):
    """What is asked for cannot be, and why."""


def located(folder: str, is_windows: bool = os.name == "nt", mounts: Path = Path("/mnt")) -> Path:
    """A machine's folder as a path of this side: relative to the home folder, or absolute.

    `D:/oracle` and `/mnt/d/oracle` mean the same to Windows and to its WSL.
    """
    drive = re.fullmatch(r"([A-Za-z]):[\\/](.*)", folder)
    mounted = re.fullmatch(r"/mnt/([A-Za-z])(?:/(.*))?", folder)
    if drive and not is_windows:
        mount = mounts / drive[1].lower()
        if not mount.is_dir():
            raise Refused(f"there is no drive {drive[1].upper()}: here, as {mount} would show it")
        return mount.joinpath(*re.split(r"[\\/]+", drive[2]))
    if mounted and is_windows:
        return Path(f"{mounted[1]}:/{mounted[2] or ''}")
    return Path.home() / Path(folder).expanduser()


def within(folder: Path, name: str) -> Path:
    """The file of that name in a folder. Raises `Refused` for a name that leads out of it."""
    parts = name.split("/")
    if not name or "\0" in name or any(part in ("", ".", "..") for part in parts):
        raise Refused(f"{name!r} leads out of its folder")
    if os.name == "nt" and re.search(r'[<>:"\\|?*\x00-\x1f]', name):
        raise Refused(f"{name!r} is no name for a file on Windows")
    return folder.joinpath(*parts)


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            if not chunk:
                return digest.hexdigest()
            digest.update(chunk)


def hello(root: Path) -> dict[str, Any]:
    """Who answers: its folder as an absolute path, the bytes free there, and whether it has rsync."""
    return {"root": root.as_posix(), "free": _free(root), "rsync": bool(shutil.which("rsync"))}


def digests(root: Path, folder: str) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path in it; empty where there is no such folder."""
    place = within(root, folder)
    return {path.relative_to(place).as_posix(): sha256_of(path) for path in _files(place)}


def arrived(root: Path) -> dict[str, Any]:
    """How many bytes of each content are there, and how many are free."""
    held = {}
    if (root / INCOMING).is_dir():
        with os.scandir(root / INCOMING) as found:  # it is asked often while thousands of files arrive
            held = {entry.name: entry.stat().st_size for entry in found if entry.is_file()}
    return {"held": held, "free": _free(root)}


def expect(root: Path) -> None:
    """Makes the folder for what arrives."""
    (root / INCOMING).mkdir(parents=True, exist_ok=True)


def offer(root: Path, folder: str, files: dict[str, str]) -> dict[str, Any]:
    """Links files of a folder under their sha256, for the other side to fetch; says where they are, and their sizes."""
    shown = root / OUTGOING / hashlib.sha256(json.dumps([folder, files], sort_keys=True).encode()).hexdigest()[:16]
    shown.mkdir(parents=True, exist_ok=True)
    place, sizes = within(root, folder), {}
    for name, sha in files.items():
        path, link = within(place, name), shown / checked(sha)
        if link.is_symlink() or link.exists():
            link.unlink()
        try:
            os.link(path, link)
        except OSError:  # a folder on another disk, or a disk without such links
            link.symlink_to(path.resolve())
        sizes[sha] = path.stat().st_size
    return {"folder": shown.as_posix(), "sizes": sizes}


def withdraw(root: Path, folder: str) -> None:
    """Removes the links of an offer."""
    shown = Path(folder)
    if shown.parent == root / OUTGOING:
        shutil.rmtree(shown, ignore_errors=True)


def accept(root: Path, folder: str, files: dict[str, str]) -> list[str]:
    """Gives what has arrived its names in a folder, each file only when it is whole and right.

    Content that is not what its sha256 says is removed; the answer lists those.
    """
    place = within(root, folder)
    names: dict[str, list[str]] = {}
    for name, sha in files.items():
        within(place, name)  # nothing is moved where one name is refused
        names.setdefault(checked(sha), []).append(name)
    with ThreadPoolExecutor(_FLUSHES) as threads:
        right = {sha: threads.submit(_give_names, root / INCOMING / sha, place, names[sha]) for sha in names}
        return [sha for sha, is_right in right.items() if not is_right.result()]


def _give_names(content: Path, place: Path, names: list[str]) -> bool:
    """Gives content these names in a folder, once the disk has it. Removes it where it is not what its sha256 says."""
    if not content.exists():
        return False
    if sha256_of(content) != content.name:
        content.unlink()
        return False
    for name in names:
        target = within(place, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        ready = content
        if name != names[-1]:  # two files of one content stay two
            ready = target.with_name(f".{content.name}.partial")
            shutil.copyfile(content, ready)
        with ready.open("rb+") as file:
            os.fsync(file.fileno())
        ready.replace(target)
    return True


def keep_only(root: Path, folder: str, names: list[str]) -> None:
    """Removes every file below a folder that is not named."""
    place = within(root, folder)
    kept = {within(place, name) for name in names}
    for path in _files(place):
        if path not in kept:
            path.unlink()


def machine(root: Path, ollama: str) -> dict[str, Any]:
    """What this machine has for training: Python, packages, cards, disk, and what an Ollama holds on a card."""
    from importlib.metadata import PackageNotFoundError, version

    packages = {}
    for package in PACKAGES:
        try:
            packages[package] = version(package)
        except PackageNotFoundError:
            continue
    query = ["nvidia-smi", "--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"]
    try:
        shown = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=True)
        rows = [line.rsplit(", ", 2) for line in shown.stdout.decode().splitlines()]
        cards = [{"name": name, "total": int(total) / 1024, "free": int(free) / 1024} for name, total, free in rows]
    except (OSError, ValueError, subprocess.SubprocessError):
        cards = []
    try:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(f"{ollama}/api/ps", timeout=2) as answer:
            models = json.loads(answer.read(_CHUNK))["models"]
        held = {str(model["name"]): int(model["size_vram"]) / 2**30 for model in models if model["size_vram"]}
    except (OSError, ValueError, KeyError, TypeError):
        held = {}
    return {
        "python": list(sys.version_info[:3]),
        "system": sys.platform,
        "packages": packages,
        "cards": cards,
        "free": _free(root),
        "ollama": held,
    }


def start(root: Path, job: str, commands: list[list[str]], code: str, about: dict[str, Any]) -> None:
    """Begins the commands one after the other in a session of their own, which outlives this one.

    They are words for this Python. `about` is kept beside the job's log; the `code` folder is where they run.
    """
    folder = _job_folder(root, job)
    if state(folder)["state"] == "running":
        raise Refused(f"{job} is running already")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    where = within(root, code)
    plan = {"commands": commands, "code": where.as_posix(), "outputs": root.as_posix(), "about": about}
    (folder / "job.json").write_text(json.dumps(plan, indent=2), encoding="utf-8")
    supervisor = [sys.executable, str(where / "oracle_lib" / "transfer" / "agent.py"), str(folder)]
    with (folder / "log").open("wb") as log:
        subprocess.Popen(supervisor, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    deadline = time.monotonic() + 20
    while state(folder)["state"] == "dead" and time.monotonic() < deadline:
        time.sleep(0.02)


def supervise(folder: Path) -> None:
    """Runs a job's commands until one fails, and writes how it ended. The lock that it holds tells that it lives."""
    import fcntl

    (folder / "pid").write_text(str(os.getpid()))
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        signal.signal(signal.SIGINT, lambda *_: None)  # it is for the commands; how they end is written down
        plan = json.loads((folder / "job.json").read_text(encoding="utf-8"))
        code = plan["code"]
        environment = {**os.environ, "ORACLE_OUTPUTS": plan["outputs"], "PYTHONPATH": code, "PYTHONUNBUFFERED": "1"}
        status = 0
        for words in plan["commands"]:
            status = status or subprocess.call([sys.executable, *words], cwd=code, env=environment)
        ended = folder / "ended.partial"
        ended.write_text(json.dumps({"status": status}))
        ended.replace(folder / "ended.json")


def state(folder: Path) -> dict[str, Any]:
    """Whether a job is "running", has "ended" with a status, or is "dead": killed, or its machine was switched off."""
    import fcntl

    if (folder / "ended.json").exists():
        return {"state": "ended", **json.loads((folder / "ended.json").read_text())}
    try:
        with (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return {"state": "running"}
    except FileNotFoundError:
        pass
    return {"state": "dead"}


def jobs(root: Path) -> dict[str, Any]:
    """Every job of this machine: its state, what it is about, and whether its end was reported to somebody."""
    found = {}
    for path in sorted((root / "jobs").glob("*/job.json")):
        about = json.loads(path.read_text(encoding="utf-8"))["about"]
        told = (path.parent / "told").exists()
        found[path.parent.name] = {**state(path.parent), "about": about, "told": told}
    return found


def look(root: Path, job: str, offset: int) -> dict[str, Any]:
    """The job's state, and what it said from an offset on: whole characters, as many as fit into one part."""
    folder = _job_folder(root, job)
    found = state(folder)  # before the log is read: what an ended job said is all there
    with (folder / "log").open("rb") as log:
        log.seek(offset)
        said = log.read(_LOG_PART)
        more = bool(log.read(1))
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    text = decoder.decode(said, final=not more and found["state"] != "running")
    unread = len(decoder.getstate()[0])  # of a character that is half written
    return {**found, "text": text, "offset": offset + len(said) - unread, "more": more}


def told(root: Path, job: str) -> None:
    """Notes that the job's end was reported: the next call of the same is a new job."""
    (_job_folder(root, job) / "told").touch()


def cancel(root: Path, job: str) -> None:
    """Ends a running job: asks it to, as Ctrl-C does, and kills it where that takes too long."""
    folder = _job_folder(root, job)
    if state(folder)["state"] != "running":
        raise Refused(f"{job} is not running")
    group = int((folder / "pid").read_text())
    for asked, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        os.killpg(group, asked)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if state(folder)["state"] != "running":
                return
            time.sleep(0.05)
    raise Refused(f"{job} (process {group}) does not end")


def _job_folder(root: Path, job: str) -> Path:
    if "/" in job:
        raise Refused(f"{job!r} is no name of a job")
    return within(root / "jobs", job)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def checked(sha: str) -> str:
    """The sha256, if it is one. Raises `Refused` for anything else."""
    if not _SHA256.fullmatch(sha):
        raise Refused(f"{sha!r} is no sha256")
    return sha


def _free(root: Path) -> int:
    there = next(path for path in (root, *root.parents) if path.exists())
    return shutil.disk_usage(there).free


ACTIONS: dict[str, Any] = {
    action.__name__: action
    for action in (
        *(hello, digests, arrived, expect, offer, withdraw, accept, keep_only),
        *(machine, start, jobs, look, told, cancel),
    )
}


def serve() -> None:
    """Answers requests until the other side is gone."""
    print(READY, flush=True)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            answer = {"answer": ACTIONS[request["action"]](located(request["root"]), **request["given"])}
        except Refused as refused:
            answer = {"refused": str(refused)}
        except OSError as error:
            answer = {"refused": f"{error.filename or 'a file'}: {error.strerror or error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        supervise(Path(sys.argv[1]))
    else:
        serve()
