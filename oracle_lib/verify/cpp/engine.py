"""Sets up wasmtime, which translates and runs C++ programs: fast translation, counted instructions, room for the stack.

What a program may call and how it ends is not known here.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ctypes import c_size_t, c_uint8
from functools import cache
from typing import TypeVar

import wasmtime
from wasmtime._ffi import dll

STACK = 4 * 2**20
"""Bytes of the machine's stack for a program's calls, beside the part of its own memory that `toolchain` gives it."""

_SINGLE_PASS = 1
_RESIZING = threading.Lock()
_Result = TypeVar("_Result")


@cache
def engine() -> wasmtime.Engine:
    """What translates and runs every program of this process."""
    config = wasmtime.Config()
    config.consume_fuel = True
    config.cranelift_opt_level = "none"
    config.parallel_compilation = False
    # Registers in a single pass: translates in half the time, and what it makes takes several times the stack.
    _set(config, "cranelift_regalloc_algorithm", c_uint8(_SINGLE_PASS))
    _set(config, "async_stack_size", c_size_t(2 * STACK))  # wasmtime wants it above the next one; it is not used
    config.max_wasm_stack = STACK
    # Checks in the code instead of page faults: a program's mistake must not depend on who else handles signals here.
    config.signals_based_traps = False
    return wasmtime.Engine(config)


def _set(config: wasmtime.Config, name: str, value: c_uint8 | c_size_t) -> None:
    """One of the settings that wasmtime's C interface has and its Python package has not."""
    setter = getattr(dll, f"wasmtime_config_{name}_set")
    setter.restype = None
    setter(config.ptr(), value)


def with_room(work: Callable[[], _Result]) -> _Result:
    """What the work gives, which runs programs: done in a thread with room for their stack, however little the machine
    gives to one."""
    with ThreadPoolExecutor(1) as thread:
        with _RESIZING:
            before = threading.stack_size(2 * STACK)
            try:
                result = thread.submit(work)
            finally:
                threading.stack_size(before)
        return result.result()
