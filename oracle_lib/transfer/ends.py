"""The two sides of a transfer: this machine's folders, and another machine through OpenSSH's own client and rsync or
sftp. They move content under its sha256 alone, so no name ever stands on a command line or in a batch of commands.
"""

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol

from oracle_lib import OracleError
from oracle_lib.files import outputs
from oracle_lib.params import Machine
from oracle_lib.transfer import agent

_SECONDS = 20
_POLL = 0.5
_CHUNK = 1 << 20
_BOOTSTRAP = "import sys; exec(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))"
"""Stands in double quotes in sh, cmd.exe and PowerShell alike, and runs the program that comes on standard input."""

Moved = Callable[[int], None]
"""Is told how many bytes of what is being moved are there."""


class Cut(OracleError):
    """The connection is gone, or could not be made just now: trying again may help."""


class End(Protocol):
    """One side of a transfer. `ask` is one request to its agent (`transfer.agent`), whose root is the side's folder."""

    name: str

    def ask(self, action: str, **given: Any) -> Any:
        """Raises `OracleError` where the side refuses, and `Cut` where it cannot be asked."""

    def send(self, source: Path, contents: Collection[str], moved: Moved) -> None:
        """Brings contents from a folder of this machine into the side's incoming folder, from where they were cut."""

    def fetch(self, source: str, contents: Collection[str], target: Path, moved: Moved) -> None:
        """Brings contents from a folder of the side into one of this machine, from where they were cut."""

    def close(self) -> None: ...


@contextmanager
def connect(machine: Machine) -> Iterator[End]:
    """The machine, for as long as the block lasts. Raises `OracleError` at once where it does not answer."""
    end = Local(machine.name, machine.folder) if machine.transport == "local" else Ssh(machine)
    try:
        end.ask("hello")
        yield end
    finally:
        end.close()


class Local:
    """A folder of this machine's outputs; the outputs folder itself, unless another is named."""

    def __init__(self, name: str = "this machine", folder: str = "") -> None:
        self.name, self._folder = name, folder

    def ask(self, action: str, **given: Any) -> Any:
        try:
            return agent.ACTIONS[action](outputs() / self._folder, **given)
        except agent.Refused as refused:
            raise OracleError(f"{self.name}: {refused}; nothing was changed there") from None
        except OSError as error:
            raise _full_or(self.name, f"{error.filename or 'a file'}: {error.strerror}") from None

    def send(self, source: Path, contents: Collection[str], moved: Moved) -> None:
        self._copy(source, contents, outputs() / self._folder / agent.INCOMING, moved)

    def fetch(self, source: str, contents: Collection[str], target: Path, moved: Moved) -> None:
        self._copy(Path(source), contents, target, moved)

    def _copy(self, source: Path, contents: Collection[str], target: Path, moved: Moved) -> None:
        done = 0
        try:
            for name in contents:
                with (source / name).open("rb") as original, (target / name).open("wb") as copy:
                    while chunk := original.read(_CHUNK):
                        copy.write(chunk)
                        moved(done := done + len(chunk))
        except OSError as error:
            raise _full_or(self.name, f"{error.filename or 'a file'}: {error.strerror}") from None

    def close(self) -> None:
        pass


class Ssh:
    """Another machine, through this machine's ssh command (`ORACLE_SSH` replaces it: "ssh -p 2222").

    Keys, agents, ports and jump hosts are ssh's own business. It never asks for a password here, and never takes a host
    key that it does not know.
    """

    def __init__(self, machine: Machine) -> None:
        host = machine.host
        if not host.isprintable() or host.startswith("-") or not host.strip() or any(sign in host for sign in " :'\""):
            raise OracleError(f"{host!r} is no host name; correct the environment variable that names {machine.name}")
        options = ["BatchMode=yes", "StrictHostKeyChecking=yes", f"ConnectTimeout={_SECONDS}"]
        options += [f"ServerAliveInterval={_SECONDS}", "ServerAliveCountMax=3", "ForwardAgent=no", "ForwardX11=no"]
        self.name, self._host, self._machine = machine.name, host, machine
        self._ssh = [
            *shlex.split(os.environ.get("ORACLE_SSH") or "ssh"),
            *(word for option in options for word in ("-o", option)),
        ]
        if any(" " in word for word in self._ssh):  # sftp cuts its command at every space
            raise OracleError("ORACLE_SSH has a word with a space in it; write such an option into ~/.ssh/config")
        self._agent: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def ask(self, action: str, **given: Any) -> Any:
        if self._agent is None:
            self._agent = self._start_agent()
        assert self._agent.stdin and self._agent.stdout
        request = {"action": action, "root": self._machine.folder, "given": given}
        try:
            self._agent.stdin.write(json.dumps(request).encode() + b"\n")
            self._agent.stdin.flush()
            answer = json.loads(self._agent.stdout.readline())
        except (BrokenPipeError, ValueError):
            raise self._gone() from None
        if "refused" in answer:
            raise _full_or(self.name, answer["refused"])
        return answer["answer"]

    def send(self, source: Path, contents: Collection[str], moved: Moved) -> None:
        target = f"{self.ask('hello')['root']}/{agent.INCOMING}"

        def held() -> dict[str, int]:
            found: dict[str, int] = self.ask("arrived")["held"]
            return {name: found[name] for name in contents if name in found}

        folders = [f"lcd {_quoted(str(source))}", f"cd {_quoted(_for_sftp(target))}"]
        self._move(f"{source}/", f"{self._host}:{target}/", folders, ("put", "reput"), contents, held, moved)

    def fetch(self, source: str, contents: Collection[str], target: Path, moved: Moved) -> None:
        def held() -> dict[str, int]:
            return {name: (target / name).stat().st_size for name in contents if (target / name).exists()}

        folders = [f"cd {_quoted(_for_sftp(source))}", f"lcd {_quoted(str(target))}"]
        self._move(f"{self._host}:{source}/", f"{target}/", folders, ("get", "reget"), contents, held, moved)

    def _move(
        self,
        source: str,
        target: str,
        folders: list[str],
        verbs: tuple[str, str],
        contents: Collection[str],
        held: Callable[[], dict[str, int]],
        moved: Moved,
    ) -> None:
        """Runs rsync, or sftp where one side has no rsync, and says meanwhile how much is there. `folders` and `verbs`
        are sftp's: where it goes, and how it moves a file that is not there yet and one that was begun.
        """
        if shutil.which("rsync") and self.ask("hello")["rsync"]:
            command = ["rsync", "--append", "--copy-links", "--secluded-args", "--files-from=-"]
            command += ["--rsh", shlex.join(self._ssh), source, target]
            lines = list(contents)
        else:
            command = ["sftp", "-q", "-b", "-", "-D", " ".join([*self._ssh, "-s", self._host, "sftp"])]
            begun = held()
            lines = [*folders, *(f"{verbs[bool(begun.get(name))]} {name}" for name in contents)]
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as orders:
            orders.write("".join(f"{line}\n" for line in lines).encode())
            orders.seek(0)
            process = _popen(command, orders, subprocess.DEVNULL, said)
            try:
                while process.poll() is None:
                    try:
                        process.wait(_POLL)
                    except subprocess.TimeoutExpired:
                        moved(sum(held().values()))
            finally:
                process.kill()
                process.wait()
            if process.returncode:
                raise Cut(f"{command[0]} with {self.name} ended early ({_last_line(said)})")
        moved(sum(held().values()))

    def close(self) -> None:
        if self._agent:
            assert self._agent.stdin and self._agent.stdout
            with suppress(BrokenPipeError):  # what it was not told any more is lost with it
                self._agent.stdin.close()
            self._agent.stdout.close()
            self._agent.kill()
            self._agent.wait()
        if self._said:
            self._said.close()
        self._agent = self._said = None

    def _start_agent(self) -> "subprocess.Popen[bytes]":
        program = Path(agent.__file__).read_bytes()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it is read when the agent has ended)
        command = [*self._ssh, "--", self._host, f'{self._machine.python} -c "{_BOOTSTRAP}"']
        process = self._agent = _popen(command, subprocess.PIPE, subprocess.PIPE, self._said)
        assert process.stdin and process.stdout
        try:
            process.stdin.write(b"%d\n%s" % (len(program), program))
            process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None
        for line in process.stdout:
            if line.strip().decode(errors="replace") == agent.READY:
                return process
        raise self._gone()

    def _gone(self) -> OracleError:
        """What ended the agent, as a sentence; the next request starts another."""
        assert self._agent and self._said
        status = self._agent.wait()
        said = _last_line(self._said)
        self.close()
        if "Host key verification failed" in said:
            return OracleError(
                f"{self.name} shows a host key that is not known here, or another than before; compare its fingerprint "
                f"with the machine's own, then log in once with: ssh {self._host}"
            )
        if "Permission denied" in said:
            return OracleError(
                f"{self.name} does not let this user in over ssh ({said}); check the user, and its key in ~/.ssh/config"
            )
        if status == 255:
            return Cut(f"{self.name} does not answer over ssh ({said}); check its name and keys in ~/.ssh/config")
        if status in (127, 9009):  # what a POSIX shell and cmd.exe say of a command that is not there
            return OracleError(
                f"{self.name} has no {self._machine.python}; install Python 3.11 there, or name it as `python` in "
                f"params/machines/{self.name}.yaml"
            )
        return Cut(f"{self.name} ended the conversation ({said}); try again, and look at its Python if it ends again")


def _popen(command: list[str], stdin: Any, stdout: Any, stderr: Any) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)
    except FileNotFoundError:
        raise OracleError(f"{command[0]!r} is not installed; install OpenSSH's client") from None


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"


def _full_or(name: str, refused: str) -> OracleError:
    if "No space left" in refused:
        return OracleError(f"the disk of {name} is full ({refused}); make room there and run the same again")
    return OracleError(f"{name} refuses: {refused}")


def _for_sftp(folder: str) -> str:
    """A folder as OpenSSH's server names it: Windows drives begin with a slash there."""
    return folder if folder.startswith("/") else f"/{folder}"


def _quoted(path: str) -> str:
    """A path as a word of sftp's batch language: in quotes, only these two signs and a line's end mean something."""
    if "\n" in path:
        raise OracleError(f"the folder {path!r} has a line break in its name; give it another")
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
