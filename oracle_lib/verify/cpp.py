"""Compiles an untrusted C++ function with its contract's driver and runs every case. Needs Linux (WSL2 included).

The answer becomes WebAssembly and runs under wasmtime: no files, no network, no clock, no environment, only standard
input and output, with memory and instructions counted, so a verdict is the same on every machine. The compiler itself
sees a virtual file system that holds nothing but standard headers, takes no inline assembly (the other way to read a
file) and runs under resource limits in an empty folder. This file does not judge style, and it trusts clang not to be
taken over by a source text.
"""

import atexit
import json
import os
import re
import shlex
import shutil
import struct
import subprocess
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import wasmtime

from oracle_lib import OracleError
from oracle_lib.verify.contract import CppContract, Verdict

PACKAGES = "clang lld libc++-dev-wasm32 libclang-rt-dev-wasm32 wasi-libc"
"""The Debian and Ubuntu packages that the sandbox is made of."""

MAX_TEXT = 64 * 1024
"""Characters of an answer that are worth compiling."""
FUEL = 2_000_000_000
"""WebAssembly instructions that all cases of a contract may take together: one or two seconds."""
CALL_FUEL = 200_000
"""What one call out of the sandbox costs, because it takes the time of so many instructions."""
MEMORY = 64 * 2**20
STACK = 2**20
MAX_OUTPUT = 64 * 1024
MAX_MODULE = 2**20
COMPILE_SECONDS = 2
"""Processor seconds for one run of the compiler or the linker; an ordinary answer takes 0.07."""

# `timeout` instead of subprocess's own, which looks only every 50 ms whether the compiler has finished.
_LIMITS = shlex.split(f"""
    timeout --signal=KILL {15 * COMPILE_SECONDS}
    prlimit --cpu={COMPILE_SECONDS} --as={2 * 2**30} --fsize={8 * 2**20} --core=0 --nofile=64
""")
# The libraries come without exceptions. Code that throws still compiles: a throw is a trap, a catch never happens.
_FLAGS = shlex.split("""
    --target=wasm32-wasi -std=c++17 -O0 -w -fno-gnu-inline-asm -fsanitize=undefined -fsanitize-trap=undefined
    -fcxx-exceptions -fexceptions -D_LIBCPP_NO_EXCEPTIONS
    -ftemplate-depth=256 -fconstexpr-steps=1000000 -fconstexpr-depth=256 -fbracket-depth=128 -ferror-limit=3
    -ftemplate-backtrace-limit=1 -fmacro-backtrace-limit=1
    -fno-caret-diagnostics -fno-color-diagnostics -fno-spell-checking
""")

_HEADERS = """
    algorithm array bitset cassert cctype climits cmath cstddef cstdint cstdio cstdlib cstring deque functional iomanip
    iostream iterator limits list map memory numeric optional queue set sstream stack stdexcept string string_view tuple
    type_traits unordered_map unordered_set utility variant vector stddef.h stdint.h stdio.h stdlib.h string.h
"""
_PRELUDE = """
#if __clang_major__ >= 18
#define _LIBCPP_HARDENING_MODE _LIBCPP_HARDENING_MODE_EXTENSIVE
#elif __clang_major__ >= 15
#define _LIBCPP_ENABLE_ASSERTIONS 1
#else
#define _LIBCPP_ASSERT(holds, message) ((holds) ? (void)0 : __builtin_trap())
#endif
""" + "\n".join(f"#include <{header}>" for header in _HEADERS.split())

_SUPPORT = """
extern "C" {
void *__cxa_allocate_exception(unsigned long) { __builtin_trap(); }
void __cxa_free_exception(void *) {}
void __cxa_throw(void *, void *, void (*)(void *)) { __builtin_trap(); }
void __cxa_rethrow() { __builtin_trap(); }
void *__cxa_begin_catch(void *) { __builtin_trap(); }
void __cxa_end_catch() {}
}
"""


def run_cpp(text: str, contract: CppContract) -> Verdict:
    """What the C++17 code `text` (not the prose around it) does under `contract`. `text` may be hostile.

    Every case runs in a fresh instance, so cases can't disturb each other, and must print exactly its `stdout`.
    Undefined behaviour that the sanitizer or the hardened library notices ends the case. All standard headers that a
    pure function needs are included already; any other include is an error. Raises `OracleError` where the toolchain is
    missing.
    """
    toolchain = _toolchain()
    count = len(contract.cases)
    try:
        program = _compile(text, contract, toolchain)
    except _Refused as refusal:
        return Verdict(assembles=False, passes=False, reasons=refusal.args, cases=count)
    fuel = FUEL
    for index, case in enumerate(contract.cases):
        run = _Run(toolchain.engine, case.stdin, fuel)
        reason = run.execute(program)
        if not reason and (printed := run.stdout.decode("utf-8", "replace")) != case.stdout:
            reason = f"for input {_clip(case.stdin)} expected {_clip(case.stdout)}, got {_clip(printed)}"
        if reason:
            reasons = (f"case {index}: {reason}",)
            return Verdict(assembles=True, passes=False, reasons=reasons, cases=count, failed_case=index)
        fuel = run.fuel
    return Verdict(assembles=True, passes=True, cases=count)


def cpp_unavailable() -> str | None:
    """Why C++ can't be checked on this machine, in one sentence; None where it can."""
    try:
        _toolchain()
    except OracleError as error:
        return str(error)
    return None


class _Refused(Exception):
    """The answer did not become a program, for the reasons that are its arguments."""


class _Toolchain(NamedTuple):
    """Finished command lines: `compile` turns standard input into answer.o, `link` turns that into answer.wasm."""

    compile: tuple[str, ...]
    link: tuple[str, ...]
    engine: wasmtime.Engine


_lock = threading.Lock()


def _toolchain() -> _Toolchain:
    with _lock:
        return _build_toolchain()


@cache
def _build_toolchain() -> _Toolchain:
    """Precompiles the headers (once a process, 0.7 s) and asks clang++ for the bare command lines of its two halves."""
    missing = [tool for tool in ("clang++", "prlimit", "timeout") if shutil.which(tool) is None]
    if missing:
        raise _unavailable(f"C++ answers can't be checked without {' and '.join(missing)}")
    home = Path(tempfile.mkdtemp(prefix="oracle-cpp-"))
    atexit.register(_remove, home, os.getpid())
    (prelude := home / "prelude.hpp").write_text(_PRELUDE)
    headers, library = str(home / "prelude.pch"), str(home / "support.o")
    _clang("-x", "c++-header", "-fpch-instantiate-templates", str(prelude), "-o", headers)
    _clang("-c", "-x", "c++", "-", "-o", library, source=_SUPPORT)
    _clang(library, "-x", "c++", "-", "-o", str(home / "probe.wasm"), source="int main() {}")

    needed = _clang("-M", "-MT", "world", str(prelude)).replace("\\\n", " ").split()[1:]
    world = sorted({headers, *(os.path.normpath(home / name) for name in needed)})
    files = [{"type": "file", "name": path, "external-contents": path} for path in world]
    (layer := home / "world.json").write_text(json.dumps({"version": 0, "fallthrough": False, "roots": files}))
    compiler = _clang("-c", "-x", "c++", "-", "-include-pch", headers, "-o", "answer.o", "-###").splitlines()[-1]
    linker = _clang(library, "-o", "answer.wasm", "-###").splitlines()[-1]
    link_flags = ("answer.o", "--strip-all", "--stack-first", "-z", f"stack-size={STACK}")
    config = wasmtime.Config()
    config.consume_fuel = True
    config.cranelift_opt_level = "none"
    config.parallel_compilation = False
    # Checks in the code instead of page faults: a program's mistake must not depend on who else handles signals here.
    config.signals_based_traps = False
    return _Toolchain(
        compile=(*_LIMITS, *shlex.split(compiler), "-ivfsoverlay", str(layer), "-fno-validate-pch"),
        link=(*_LIMITS, *shlex.split(linker), *link_flags),
        engine=wasmtime.Engine(config),
    )


def _unavailable(why: str) -> OracleError:
    return OracleError(f"{why}; install {PACKAGES} (Debian, Ubuntu or WSL2)")


def _clang(*arguments: str, source: str = "") -> str:
    """Runs the compiler on this project's own text and returns what it said."""
    done = subprocess.run(["clang++", *_FLAGS, *arguments], input=source, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        complaint = next((line for line in done.stderr.splitlines() if "error" in line), "no reason given")
        raise _unavailable(f"clang++ can't build for WebAssembly ({complaint})")
    return done.stdout + done.stderr


def _remove(home: Path, owner: int) -> None:
    if os.getpid() == owner:  # a forked child must not take the folder away from its parent
        shutil.rmtree(home, ignore_errors=True)


def _compile(text: str, contract: CppContract, toolchain: _Toolchain) -> wasmtime.Module:
    if len(text) > MAX_TEXT:
        raise _Refused(f"the answer is {len(text)} characters long, more than {MAX_TEXT}")
    with tempfile.TemporaryDirectory(prefix="oracle-cpp-") as folder:
        _tool(toolchain.compile, _source(text, contract), folder)
        _tool(toolchain.link, "", folder)
        binary = Path(folder, "answer.wasm").read_bytes()
    if len(binary) > MAX_MODULE:
        raise _Refused("the compiled program is too large")
    try:
        return wasmtime.Module(toolchain.engine, binary)
    except wasmtime.WasmtimeError:
        raise _Refused("the compiled program uses WebAssembly features that the sandbox does not allow") from None


def _source(text: str, contract: CppContract) -> str:
    """The translation unit. The answer's own `main` is renamed; its function must convert to the declared one."""
    declaration = contract.signature.rstrip("; \n")
    name = re.findall(r"(\w+)\s*\(", declaration)[0]
    return (
        f'#define main main_of_the_answer\n#line 1 "answer.cpp"\n{text}\n\n#undef main\n#line 1 "signature"\n'
        f"namespace contract {{ {declaration}; }} static decltype(contract::{name}) *const contract_{name} = &{name};\n"
        f'#line 1 "driver.cpp"\n{contract.driver}\n'
    )


def _tool(command: tuple[str, ...], source: str, folder: str) -> None:
    """Runs the compiler or the linker in `folder`. Complaints go to a file, limited in size like any other."""
    with Path(folder, "complaints").open("w+b") as complaints:
        done = subprocess.run(
            command,
            input=source.encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            cwd=folder,
            env={"LC_ALL": "C", "PATH": os.defpath},
        )
        if done.returncode == 0:
            return
        complaints.seek(0)
        said = complaints.read(64 * 1024).decode("utf-8", "replace")
    errors = [re.sub(r"(?<![\w<])/[\w./+-]*/", "", line)[:300] for line in said.splitlines() if "error: " in line]
    raise _Refused(*errors[:3] or ("the compiler gave up: the code asks for more time or memory than it may have",))


def _clip(text: str) -> str:
    text = text.strip("\n")
    return repr(text if len(text) <= 160 else text[:157] + "...")


_BAD_ADDRESS, _NOT_SEEKABLE = 21, 70
"""Two of WASI's error numbers."""
_BEHAVIOUR = "stopped by undefined behaviour, an out-of-range access, an abort or an exception"
_TRAPS: dict[wasmtime.TrapCode | None, str] = {
    wasmtime.TrapCode.OUT_OF_FUEL: "ran out of time",
    wasmtime.TrapCode.STACK_OVERFLOW: "overflowed the stack",
}


class _Run:
    """One instance of a program. Offers it the few WASI calls that stdio makes, and no others; `execute` runs it once.
    A call never raises (wasmtime keeps a raised exception in a global); to end the program it takes away its fuel."""

    def __init__(self, engine: wasmtime.Engine, stdin: str, fuel: int) -> None:
        self.stdout = bytearray()
        self.fuel = fuel
        self._ended: str | None = None
        self._stdin = stdin.encode()
        self._store = wasmtime.Store(engine)
        self._store.set_limits(memory_size=MEMORY, table_elements=10_000, instances=1, tables=1, memories=1)
        self._linker = wasmtime.Linker(engine)
        self._offer("fd_write", "iiii", self._fd_write)
        self._offer("fd_read", "iiii", self._fd_read)
        self._offer("fd_fdstat_get", "ii", lambda memory, fd, at: self._put(memory, at, bytes(24)))
        self._offer("fd_close", "i", lambda memory, fd: 0)
        self._offer("fd_seek", "iIii", lambda memory, *where: _NOT_SEEKABLE)
        self._offer(
            "environ_sizes_get", "ii", lambda memory, *at: max(self._put(memory, place, bytes(4)) for place in at)
        )
        self._offer("environ_get", "ii", lambda memory, strings, buffer: 0)
        self._offer("proc_exit", "i", self._proc_exit, returns=False)

    def execute(self, program: wasmtime.Module) -> str:
        """Runs to the end and leaves what was printed in `stdout` and the rest of the fuel in `fuel`. Returns why the
        run failed, empty where the program ended by itself with status 0."""
        try:
            self._store.set_fuel(self.fuel)
            self._linker.define_unknown_imports_as_traps(program)
            start = self._linker.instantiate(self._store, program).exports(self._store)["_start"]
            assert isinstance(start, wasmtime.Func)
            start(self._store)
            reason = ""
        except wasmtime.Trap as trap:
            reason = _TRAPS.get(trap.trap_code, _BEHAVIOUR)
        except wasmtime.WasmtimeError as error:
            call = re.search(r"unknown import: `\w+::(\w+)`", str(error))
            reason = (
                f"called {call[1]}, which the sandbox does not have" if call else "asked for more memory than there is"
            )
        finally:
            self.fuel = self._store.get_fuel()
            # wasmtime's table of callbacks holds this object until the linker goes, and this object holds the linker.
            self._linker.close()
            self._store.close()
        return reason if self._ended is None else self._ended

    def _offer(self, name: str, types: str, call: Callable[..., int | None], returns: bool = True) -> None:
        def charged(caller: wasmtime.Caller, *values: int) -> int | None:
            self._store.set_fuel(max(0, self._store.get_fuel() - CALL_FUEL))
            return call(caller["memory"], *(value & 0xFFFFFFFF for value in values))

        kinds = {"i": wasmtime.ValType.i32(), "I": wasmtime.ValType.i64()}
        signature = wasmtime.FuncType([kinds[letter] for letter in types], [kinds["i"]] if returns else [])
        self._linker.define_func("wasi_snapshot_preview1", name, signature, charged, access_caller=True)

    def _put(self, memory: wasmtime.Memory, at: int, value: bytes) -> int:
        """Writes into the program's memory. Returns a WASI error number."""
        if at + len(value) > memory.data_len(self._store):
            return _BAD_ADDRESS
        memory.write(self._store, value, at)
        return 0

    def _buffers(self, memory: wasmtime.Memory, at: int, count: int) -> list[tuple[int, int]]:
        table = memory.read(self._store, at, at + 8 * min(count, 16))
        return list(struct.iter_unpack("<II", table[: len(table) // 8 * 8]))

    def _fd_write(self, memory: wasmtime.Memory, fd: int, at: int, count: int, written: int) -> int:
        buffers = self._buffers(memory, at, count)
        chunks = [memory.read(self._store, start, start + min(size, MAX_OUTPUT + 1)) for start, size in buffers]
        if fd == 1:
            self.stdout += b"".join(chunks)
            if len(self.stdout) > MAX_OUTPUT:
                self._end(f"printed more than {MAX_OUTPUT} bytes")
        return self._put(memory, written, struct.pack("<I", sum(map(len, chunks))))

    def _fd_read(self, memory: wasmtime.Memory, fd: int, at: int, count: int, read: int) -> int:
        total = 0
        for start, size in self._buffers(memory, at, count) if fd == 0 else ():
            chunk, self._stdin = self._stdin[:size], self._stdin[size:]
            total += len(chunk)
            if self._put(memory, start, chunk):
                return _BAD_ADDRESS
        return self._put(memory, read, struct.pack("<I", total))

    def _proc_exit(self, memory: wasmtime.Memory, status: int) -> None:
        self._end(f"exited with status {status}" if status else "")

    def _end(self, reason: str) -> None:
        if self._ended is None:
            self._ended = reason
        self._store.set_fuel(0)
