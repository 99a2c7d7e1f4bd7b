"""Runs a compiler or linker that has started already: a copy of its waiting process goes on for each input (fork.c).

Starting clang and reading what all answers share takes longer than compiling an ordinary answer. A copy is a process of
its own under limits of its own: nothing that happens to it reaches the next one. Which tool it is and what its
complaints mean is not known here.
"""

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence
from pathlib import Path

from oracle_lib import OracleError

_START_SECONDS = 300


class Forked:
    """The tool that `command` starts with `library`, the compiled fork.c, in the folder that holds that. It reads its
    input from /dev/stdin and writes its result to standard output. As many processes wait as are used at a time; they
    end with this one."""

    def __init__(self, command: Sequence[str], library: Path) -> None:
        self._command, self._library = command, library
        self._idle: list[_Waiting] = []
        os.register_at_fork(after_in_child=self._idle.clear)  # they answer the parent

    def run(self, folder: Path, source: str, made: str) -> bool:
        """Turns the file `source` of the folder into the file `made`; complaints go to its file "complaints". Returns
        whether the tool succeeded. Raises `OracleError` where the tool does not run."""
        request = os.fsencode("\0".join((str(folder), source, made)))
        try:
            waiting = self._idle.pop()
            status = waiting.ask(request)
        except (IndexError, ConnectionError):  # all are in use, or somebody ended this one
            try:
                waiting = _Waiting(self._command, self._library)
                status = waiting.ask(request)
            except OSError:
                tool = Path(self._command[0]).name
                raise OracleError(
                    f"{tool}, which C++ answers need, does not start or was ended while it worked; maybe memory ran out"
                ) from None
        self._idle.append(waiting)
        return status == 0


class _Waiting:
    """A process of the tool that waits for requests. Raises `OSError` where it does not start, or has ended."""

    def __init__(self, command: Sequence[str], library: Path) -> None:
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pipe, writer = os.pipe()
        try:
            process = subprocess.Popen(
                command,
                stdin=pipe,
                stdout=subprocess.DEVNULL,
                stderr=theirs.fileno(),
                cwd=library.parent,
                env={"LC_ALL": "C", "PATH": os.defpath, "LD_PRELOAD": str(library)},
            )
            weakref.finalize(self, _end, self._connection, process)
            theirs.close()
            self._connection.settimeout(_START_SECONDS)
            self._status()
            self._connection.settimeout(None)
        finally:
            theirs.close()
            os.close(pipe)
            os.close(writer)

    def ask(self, request: bytes) -> int:
        """The wait status of the copy that did what is asked."""
        self._connection.send(request)
        return self._status()

    def _status(self) -> int:
        reply = self._connection.recv(80)
        if len(reply) != 4:  # it has ended, or complains of its start
            raise ConnectionAbortedError
        return int.from_bytes(reply, sys.byteorder)


def _end(connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
    connection.close()
    process.wait()
