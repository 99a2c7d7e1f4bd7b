"""A real sshd on loopback, a process of its own with its own keys, and a wire to it that can be cut at any moment."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class Wire:
    """Carries connections to a port. `cut` ends those that are there, `cut_after` says when the wire does so itself.
    `carried` counts the bytes of both directions.
    """

    to: int
    cuts: int = 0
    carried: int = 0
    _limits: list[int] = field(default_factory=list)
    _since: int = 0
    _open: list[socket.socket] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, limits: list[int]) -> None:
        """Cuts after so many bytes, then after so many more, and so on."""
        with self._lock:
            self._limits, self._since = limits, 0

    def cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, []
            self.cuts += 1
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            for end in (near, far):  # as ssh itself does: sftp waits for an answer to each of its small requests
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
                with self._lock:
                    self.carried += len(data)
                    self._since += len(data)
                    is_over = bool(self._limits) and self._since > self._limits[0]
                    if is_over:
                        self._limits.pop(0)
                        self._since = 0
                if is_over:
                    self.cut()
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class SshServer:
    """`home` is the home folder that its users see; `known` the file of host keys that the client trusts."""

    home: Path
    known: Path
    wire: Wire
    restart: Callable[[str], None]


@contextlib.contextmanager
def ssh_server(folder: Path, monkeypatch: pytest.MonkeyPatch, path: str = os.environ["PATH"]) -> Iterator[SshServer]:
    """An sshd which the machine medical-mechanica names; `restart` starts it anew under another PATH."""
    sshd = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not sshd:
        pytest.skip("needs Debian's openssh-server")
    home, keys = folder / "home of Zelda's é", folder / "keys"
    home.mkdir(parents=True)
    keys.mkdir(mode=0o700)
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / key)], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    servers: list[subprocess.Popen[bytes]] = []

    def start(path: str) -> None:
        for server in servers:
            server.terminate()
            server.wait()
        (keys / "sshd").write_text(
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {keys}/host\nAuthorizedKeysFile {keys}/user.pub\n"
            "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nMaxStartups 100\n"
            f'Subsystem sftp internal-sftp\nSetEnv "HOME={home}" "PATH={path}"\n'
        )
        servers[:] = [subprocess.Popen([sshd, "-D", "-e", "-f", str(keys / "sshd")], stderr=(keys / "log").open("ab"))]
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.02)

    start(path)
    wire = Wire(port)
    (keys / "known").write_text(f"[127.0.0.1]:{wire.port} {(keys / 'host.pub').read_text()}")
    (keys / "ssh").write_text(
        f"Host 127.0.0.1\nPort {wire.port}\nIdentityFile {keys}/user\nIdentitiesOnly yes\n"
        f"UserKnownHostsFile {keys}/known\n"
    )
    monkeypatch.setenv("ORACLE_SSH", f"ssh -F {keys}/ssh")
    monkeypatch.setenv("ORACLE_MEDICAL_MECHANICA", f"{getpass.getuser()}@127.0.0.1")
    try:
        yield SshServer(home, keys / "known", wire, start)
    finally:
        wire.close()
        for server in servers:
            server.terminate()
            server.wait()
