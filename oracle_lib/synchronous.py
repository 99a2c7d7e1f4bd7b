"""The plain face of asynchronous work: runs it to its end, in a script as in a notebook, whose own loop is running."""

import asyncio
import contextlib
import contextvars
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def run_to_end(work: Coroutine[Any, Any, _Result]) -> _Result:
    """What the work returns. Inside a running loop it gets a thread of its own; Ctrl+C and a notebook's interrupt
    cancel it there too.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    here = contextvars.copy_context()  # by which a notebook knows in which cell to print

    def run() -> _Result:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(_result_of(task))

    with ThreadPoolExecutor(1) as thread:
        try:
            return thread.submit(here.run, run).result()
        except BaseException:
            with contextlib.suppress(RuntimeError):  # the work has ended already, and its loop with it
                loop.call_soon_threadsafe(task.cancel)
            raise


async def _result_of(task: "asyncio.Task[_Result]") -> _Result:
    return await task
