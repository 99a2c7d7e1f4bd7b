"""An event loop whose time passes at once: it never waits, its clock jumps to whatever comes next."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")


class _Impatient(selectors.DefaultSelector):
    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits for somebody else")
        self.skipped += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return self._impatient.skipped


def run_at_once(work: Coroutine[Any, Any, _Result]) -> _Result:
    """What a coroutine returns, with `asyncio.sleep` and timeouts in virtual time, which begins at 0. No sockets."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(work)
