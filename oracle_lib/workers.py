"""Spreads work over this machine, or over several machines by Ray. It knows nothing of the work, which must give the
same wherever it is done: what a worker had that died is done again by another.

The environment's ORACLE_RAY is the address of a running Ray cluster ("auto" on one of its machines, "local" for one on
this machine alone). Whoever reaches a cluster runs code on it: keep it in a network of your own.
"""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

from oracle_lib import OracleError
from oracle_lib.code import code_digest

VARIABLE = "ORACLE_RAY"
_READING = Lock()
"""Python 3.11 reads no code in two threads at a time."""
_LIVES = 3
"""How often work is done again whose worker died: it may be the work that kills them."""
_WORTH_STARTING = 200
"""So many pieces of work take longer than processes take to start."""

_Given = ParamSpec("_Given")
_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


def pool(local: Callable[[], Executor]) -> Executor:
    """The workers of the cluster that the environment names; where it names none, those of `local`.

    Raises `OracleError` where the cluster cannot be reached or Ray is not installed.
    """
    return _RayPool() if _address() else local()


@contextmanager
def crew(pieces: float) -> Iterator[Executor | None]:
    """Workers for about so many pieces of work: those of the cluster, or processes of this machine; None where they are
    too few for that.

    What has not begun when the block ends is dropped. Raises `OracleError` where a process was killed.
    """
    if pieces < _WORTH_STARTING and not _address():
        yield None
        return
    try:
        with pool(_processes) as workers:
            try:
                yield workers
            finally:
                workers.shutdown(cancel_futures=True)
    except BrokenProcessPool:
        raise OracleError(
            "a worker process was killed, maybe because memory ran out; what is finished is kept: run again"
        ) from None


def _processes(most: int | None = None) -> Executor:
    # A fork of a process with threads in it, as a notebook's is, may stop for good.
    return ProcessPoolExecutor(min(processors(), most or processors()), get_context("forkserver"), _begin)


def _begin() -> None:
    """Makes a worker process leave Ctrl+C to the one that it works for, and end with that, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent
    parent.join()
    os._exit(1)


def spread(work: Callable[[_Part], _Result], parts: Sequence[_Part]) -> list[_Result]:
    """What the work gives for each part, in order: on the cluster, or in processes of this machine. A lone part is not
    worth one.
    """
    if len(parts) < 2:
        return [work(part) for part in parts]
    with pool(lambda: _processes(len(parts))) as workers:
        tried = [workers.submit(work, part) for part in parts]
        results = []
        for part, one in zip(parts, tried, strict=True):
            try:
                results.append(one.result())
            except BrokenProcessPool:  # one process died, and with it all the others end: this one does what is left
                results.append(work(part))
    return results


def processors() -> int:
    """How many pieces of work can be done at a time."""
    return int(_ray().cluster_resources().get("CPU", 1)) if _address() else os.cpu_count() or 1


def _address() -> str:
    return os.environ.get(VARIABLE, "").strip()


def _ray() -> Any:
    """Ray's module, connected to the cluster; the connection lasts as long as this process."""
    try:
        import ray
    except ImportError:
        raise OracleError(
            f"{VARIABLE} is set and Ray is not installed; install oracle-experts[ray], or unset {VARIABLE}"
        ) from None
    if not ray.is_initialized():
        try:
            ray.init(address=_address(), log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise OracleError(
                f"no Ray cluster answers where {VARIABLE} says ({type(error).__name__}); start it with `ray start`, or "
                f"unset {VARIABLE} to work on this machine alone"
            ) from None
    return ray


class _RayPool(Executor):
    """Ray's workers as an executor. Each machine has this library installed, in the same state."""

    def __init__(self) -> None:
        self._ray = _ray()
        self._remote = self._ray.remote(_do).options(num_cpus=1, max_retries=_LIVES)

    def submit(
        self, work: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs
    ) -> "Future[_Result]":
        result: Future[_Result] = Future()

        def pass_on(done: "Future[_Result]") -> None:
            error = done.exception()
            if isinstance(error, self._ray.exceptions.RayTaskError):
                error = error.cause
            elif isinstance(error, self._ray.exceptions.RayError):
                error = OracleError(f"the Ray cluster lost its workers ({type(error).__name__}); run again")
            if error:
                result.set_exception(error)
            else:
                result.set_result(done.result())

        with _READING:
            code = code_digest(work.__module__)
        asked = self._remote.remote(code, work, args, kwargs)
        asked.future().add_done_callback(pass_on)
        return result


def _do(code: str, work: Callable[..., _Result], args: tuple[object, ...], kwargs: dict[str, object]) -> _Result:
    """The work, on a machine whose code is that of the one that sent it."""
    if code_digest(work.__module__) != code:
        raise OracleError("a machine of the Ray cluster has other code than this one; install the same on all of them")
    return work(*args, **kwargs)
