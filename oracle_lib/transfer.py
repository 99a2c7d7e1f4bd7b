"""03: brings a data set to the machine that trains, and a trained adapter back, with checksums on both sides.

It looks into no file. On the machine, its folder can serve as `ORACLE_OUTPUTS`: the receipt lies where training looks
for it, and training leaves its results in `runs/<run>/<expert>/train`, from where `pull` takes them. Over ssh the
machine needs a POSIX shell with `find` and `sha256sum` (on Windows: WSL2's).
"""

import os
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from oracle_lib import OracleError, params
from oracle_lib.files import atomic_path, outputs, relative, sha256
from oracle_lib.params import Expert, Machine, Profile
from oracle_lib.progress import tqdm
from oracle_lib.records import Receipt
from oracle_lib.run import Manifest, Stage, stage_folder

_CHUNK = 1 << 20
_SECONDS = 20
_LEFT_BEHIND = ("checkpoints/", ".")
"""What `pull` does not bring: the trainer's state, and files that are hidden."""


def push(run: str, expert: str, profile: str, machine: str, force: bool = False) -> Receipt:
    """Copies the exported data set to the machine and writes `transfer/receipt.json` here and there.

    A file that is there and equal is not sent again, unless `force` is given. Every file is read back and compared, so
    a byte that flipped on the way, or since, is found and mended. Raises `OracleError` where 02 has not run, the
    machine does not answer, or a file still differs after it was sent.
    """
    return _push(run, params.load_expert(expert), params.load_profile(profile), params.load_machine(machine), force)


def _push(run: str, expert: Expert, profile: Profile, machine: Machine, force: bool) -> Receipt:
    export = stage_folder(run, expert.name, "export")
    source = export / expert.dataset_name(profile)
    place = f"{machine.folder}/{run}/{expert.name}/{source.name}"
    with Stage(
        run,
        expert.name,
        "transfer",
        inputs=[source],
        parameters={"machine": machine.name, "place": place},
        module=__name__,
        force=force or machine.transport == "ssh",  # what lies on another machine can have changed without a trace here
    ) as stage:
        path = stage.folder / "receipt.json"
        if not stage.is_current:
            _refuse_if_changed(source, Manifest.read(export / "manifest.json"))
            files = {name: sha256(source / name) for name in _names(source)}
            end = _end_of(machine)
            copied = _send(end, source, place, files, force)
            receipt = Receipt(
                machine=machine.name,
                source=relative(source),
                destination=place,
                files=files,
                bytes=sum((source / name).stat().st_size for name in files),
                copied=tuple(copied),
            )
            receipt.write(path)
            there = f"{machine.folder}/{relative(stage.folder)}"
            _send(end, stage.folder, there, {path.name: sha256(path)}, force=True, quiet=True)
            stage.finish([path, *end.local(place)], {"bytes": receipt.bytes, "copied": len(copied)})
    return Receipt.read(path)


def pull(run: str, expert: str, machine: str, force: bool = False) -> Receipt:
    """Brings what was trained on the machine into this run's `train` folder, but for the checkpoints.

    Like `push`, it copies what differs and compares all of it afterwards. On a machine that is this one, training has
    already written here, and nothing is copied. Raises `OracleError` where the training has not finished or its files
    are not those that it finished with.
    """
    return _pull(run, params.load_expert(expert), params.load_machine(machine), force)


def _pull(run: str, expert: Expert, machine: Machine, force: bool) -> Receipt:
    folder = stage_folder(run, expert.name, "train")
    place = f"{machine.folder}/{relative(folder)}"
    end = _end_of(machine)
    there = {name: digest for name, digest in end.digests(place).items() if not name.startswith(_LEFT_BEHIND)}
    copied = []
    if there:
        if "manifest.json" not in there:
            raise OracleError(
                f"training {expert.name} has not finished on {machine.name}; wait for it, or resume it there"
            )
        copied = [name for name, digest in there.items() if force or not _is(folder / name, digest)]
        total = sum(end.size(f"{place}/{name}") for name in copied)
        with _progress(f"{expert.name} <- {machine.name}", total) as progress:
            for name in copied:
                with atomic_path(folder / name) as beside, beside.open("wb") as file:
                    for chunk in end.read(f"{place}/{name}"):
                        file.write(chunk)
                        progress.update(len(chunk))
        _refuse_differences({name: sha256(folder / name) for name in there}, there, "here", "run 06_deploy again")
    elif machine.transport == "ssh":
        raise OracleError(
            f"{machine.name} has nothing in {place}; run 04_train there with ORACLE_OUTPUTS=~/{machine.folder}"
        )
    _refuse_if_changed(folder / "adapter", Manifest.read(folder / "manifest.json"))
    names = there or {name: sha256(folder / name) for name in _names(folder) if not name.startswith(_LEFT_BEHIND)}
    return Receipt(
        machine=machine.name,
        source=place if there else relative(folder),
        destination=relative(folder),
        files=names,
        bytes=sum((folder / name).stat().st_size for name in names),
        copied=tuple(copied),
    )


def require_reachable(machine: Machine) -> None:
    """Raises `OracleError` where the machine does not answer, or this machine cannot ask it."""
    _end_of(machine).reach()


def _send(
    end: "_End", source: Path, place: str, files: Mapping[str, str], force: bool, quiet: bool = False
) -> list[str]:
    """Sends the files that the other end lacks or holds otherwise, and compares all of them; returns what was sent."""
    there = {} if force else end.digests(place)
    differing = [name for name, digest in files.items() if there.get(name) != digest]
    total = sum((source / name).stat().st_size for name in differing)
    with _progress(f"{source.name} -> {end.name}", total, quiet) as progress:
        for name in differing:
            with (source / name).open("rb") as file:
                end.write(f"{place}/{name}", _chunks(file, progress), files[name])
    _refuse_differences(end.digests(place), files, f"on {end.name}", "run 03_transfer again")
    return differing


def _refuse_differences(found: Mapping[str, str], wanted: Mapping[str, str], where: str, remedy: str) -> None:
    for name, digest in wanted.items():
        if found.get(name) != digest:
            raise OracleError(f"{name} differs {where} from what was sent; check that disk and {remedy}")


def _refuse_if_changed(path: Path, manifest: Manifest) -> None:
    if manifest.outputs.get(relative(path)) != sha256(path):
        raise OracleError(f"{relative(path)} is not what {manifest.stage} finished with; run {manifest.stage} again")


def _names(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and sha256(path) == digest


def _progress(what: str, total: int, quiet: bool = False) -> "tqdm[None]":
    return tqdm(desc=what, total=total, unit="B", unit_scale=True, disable=quiet)


def _chunks(file: BinaryIO, progress: "tqdm[None]") -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
        progress.update(len(chunk))


class _End(Protocol):
    """The other side of a transfer. Places are relative to it; a file takes its name there only when it is complete."""

    name: str

    def reach(self) -> None:
        """Raises `OracleError` where the other side does not answer."""

    def digests(self, folder: str) -> dict[str, str]:
        """The sha256 of every file below a folder, by its path in it; empty where there is no such folder."""

    def size(self, place: str) -> int: ...

    def write(self, place: str, content: Iterator[bytes], digest: str) -> None: ...

    def read(self, place: str) -> Iterator[bytes]: ...

    def local(self, place: str) -> list[Path]:
        """The place as a path of this machine, if it is one."""


def _end_of(machine: Machine) -> _End:
    return _Local(machine.name) if machine.transport == "local" else _Ssh(machine.name, machine.host)


class _Local:
    """A folder of this machine's outputs."""

    def __init__(self, name: str) -> None:
        self.name = name

    def reach(self) -> None:
        pass

    def digests(self, folder: str) -> dict[str, str]:
        return {name: sha256(outputs() / folder / name) for name in _names(outputs() / folder)}

    def size(self, place: str) -> int:
        return (outputs() / place).stat().st_size

    def write(self, place: str, content: Iterator[bytes], digest: str) -> None:
        with atomic_path(outputs() / place) as beside, beside.open("wb") as file:
            file.writelines(content)

    def read(self, place: str) -> Iterator[bytes]:
        with (outputs() / place).open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def local(self, place: str) -> list[Path]:
        return [outputs() / place]


class _Ssh:
    """Another machine's home folder, through this machine's ssh command (`ORACLE_SSH` replaces it: "ssh -p 2222").

    Keys, ports and jump hosts are ssh's own business; it never asks for a password here.
    """

    def __init__(self, name: str, host: str) -> None:
        if host.startswith("-"):
            raise OracleError(f"{host!r} is no host name; correct the environment variable that names {name}")
        self.name = name
        command = shlex.split(os.environ.get("ORACLE_SSH") or "ssh")
        options = ("-o", "BatchMode=yes", "-o", f"ConnectTimeout={_SECONDS}", "-o", f"ServerAliveInterval={_SECONDS}")
        self._command = (*command, *options, "--", host)

    def reach(self) -> None:
        self._run("true")

    def digests(self, folder: str) -> dict[str, str]:
        listing = self._run(
            f"if [ -d {_quoted(folder)} ]; then cd {_quoted(folder)} && find . -type f -exec sha256sum -- {{}} +; fi"
        )
        lines = [line.split("  ", 1) for line in listing.decode().splitlines()]
        return {name.removeprefix("./"): digest for digest, name in lines}

    def size(self, place: str) -> int:
        return int(self._run(f"wc -c < {_quoted(place)}"))

    def write(self, place: str, content: Iterator[bytes], digest: str) -> None:
        target, beside = _quoted(place), _quoted(f"{place}.partial")
        folder = _quoted(place.rpartition("/")[0])
        # To `cat`, a connection that breaks is the end of the file: the checksum keeps a torn one from its final name.
        is_whole = f"printf '%s  %s\\n' {digest} {beside} | sha256sum --check --status"
        script = f"mkdir -p {folder} && cat > {beside} && {is_whole} && sync {beside} && mv {beside} {target}"
        with self._start(script, stdin=subprocess.PIPE) as process:
            assert process.stdin
            try:
                for chunk in content:
                    process.stdin.write(chunk)
                process.stdin.close()
            except BrokenPipeError:  # the other side gave up; its exit status and words say why
                pass
            self._expect_success(process)

    def read(self, place: str) -> Iterator[bytes]:
        with self._start(f"cat {_quoted(place)}") as process:
            assert process.stdout
            while chunk := process.stdout.read(_CHUNK):
                yield chunk
            self._expect_success(process)

    def local(self, place: str) -> list[Path]:
        return []

    def _run(self, script: str) -> bytes:
        with self._start(script) as process:
            assert process.stdout
            found = process.stdout.read()
            self._expect_success(process)
        return found

    def _start(self, script: str, stdin: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(
                [*self._command, script], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except FileNotFoundError:
            raise OracleError(f"{self._command[0]!r} is not installed; install OpenSSH's client") from None

    def _expect_success(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stderr
        said = process.stderr.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
        status = process.wait()
        if status == 255:
            raise OracleError(
                f"{self.name} does not answer over ssh ({said[-1]}); check its name and keys in ~/.ssh/config"
            )
        if status:
            raise OracleError(f"{self.name} could not do its part ({said[-1]}); check its disk and its shell")


def _quoted(place: str) -> str:
    """A place as a word of the other side's POSIX shell, relative to its home folder."""
    return shlex.quote(f"./{place}")
