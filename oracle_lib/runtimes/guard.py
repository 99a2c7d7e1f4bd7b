"""Runs a server for as long as somebody holds this process's standard input open: `python -m …guard COMMAND…`.

Whoever started it may be killed outright; the system closes the pipe then, and the server ends too.
"""

import signal
import subprocess
import sys
import threading

_PATIENCE = 5
"""Seconds for a server to end when it is asked to."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # an interrupt in a terminal reaches the whole group: the pipe decides
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, preexec_fn=_usual_signals)

    def watch() -> None:
        sys.stdin.buffer.read()
        server.terminate()
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()

    threading.Thread(target=watch, daemon=True).start()
    return server.wait()


def _usual_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
