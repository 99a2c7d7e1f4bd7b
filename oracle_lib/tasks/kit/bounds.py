"""Bounds what an oracle may take that is run on arguments which nobody thought of: there it may never return.

One step of Python that is long in itself, such as a huge power, is not broken off.
"""

import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_SECONDS = 1.0
_MEMORY = 1 << 30


@contextmanager
def bounded(seconds: float = _SECONDS, memory: int = _MEMORY) -> Iterator[None]:
    """Raises `TimeoutError` where the block takes more than so many seconds of processor time, and `MemoryError` where
    it takes more than so many bytes of memory. On the main thread alone, as that of a worker is: no other gets signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _taken() + memory
    heard = signal.signal(signal.SIGVTALRM, _break_off)
    resource.setrlimit(resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(most, soft), hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, heard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int:
    """The size of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _break_off(number: int, frame: FrameType | None) -> None:
    raise TimeoutError("a call takes too long")
