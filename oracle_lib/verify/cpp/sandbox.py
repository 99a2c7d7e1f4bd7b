"""Runs a WebAssembly program under wasmtime: no files, no network, no clock, no environment.

There are only standard input and output, and memory and instructions are counted: a run is the same on every machine.
A second, tiny module made here catches the program's exceptions. Which program it is, and what it should print, is not
known here.
"""

import re
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import wasmtime

from oracle_lib.verify.cpp.engine import engine

FUEL = 2_000_000_000
"""WebAssembly instructions that `FUELLED` cases of a contract may take together: one or two seconds."""
FUELLED = 16
CALL_FUEL = 200_000
"""What one call out of the sandbox costs, because it takes the time of so many instructions."""
THROW_FUEL = 1024 * 1_000
"""What 1024 exceptions cost: each takes the time of a thousand instructions."""
MEMORY = 64 * 2**20
TABLE = 10_000
MAX_OUTPUT = 64 * 1024
MAX_MODULE = 2**20
MAX_CATCHERS = 1_000

_NUMBERS = {"i32", "i64", "f32", "f64"}


class ProgramError(Exception):
    """The program can't be run, for the reason that is its argument."""


class Program(NamedTuple):
    """A program, the module that catches its exceptions, and the names of the calls that it imports from that one."""

    module: wasmtime.Module
    catcher: wasmtime.Module
    calls: tuple[str, ...]
    table: wasmtime.TableType


def load(binary: bytes) -> Program:
    """Translates a program of ours or an untrusted one. Raises `ProgramError`."""
    if len(binary) > MAX_MODULE:
        raise ProgramError("the compiled program is too large")
    try:
        module = wasmtime.Module(engine(), binary)
    except wasmtime.WasmtimeError:
        raise ProgramError("the compiled program uses WebAssembly features that the sandbox does not allow") from None
    tables = [item.type for item in module.imports if isinstance(item.type, wasmtime.TableType)]
    calls = [
        (item.name, [str(kind) for kind in item.type.params], [str(kind) for kind in item.type.results])
        for item in module.imports
        if item.module == "env"
        and item.name is not None
        and item.name.startswith("invoke_")
        and isinstance(item.type, wasmtime.FuncType)
    ]
    if len(tables) != 1 or tables[0].limits.min > TABLE:
        raise ProgramError("the compiled program has too many functions")
    kinds = {kind for _, parameters, results in calls for kind in (*parameters, *results)}
    size = sum(len(parameters) for _, parameters, _ in calls)
    if not kinds <= _NUMBERS or size > MAX_CATCHERS or any(parameters[:1] != ["i32"] for _, parameters, _ in calls):
        raise ProgramError("the compiled program calls too many kinds of functions inside a try")
    text = _CATCHER + "".join(_catching(index, *types) for index, (_, *types) in enumerate(calls)) + ")"
    return Program(module, _catcher(text), tuple(name for name, *_ in calls), tables[0])


@lru_cache(100)
def _catcher(text: str) -> wasmtime.Module:
    """The module of this text, which many programs share."""
    return wasmtime.Module(engine(), text)


# The program hands over its two functions that save and restore the stack pointer, as numbers of the shared table.
_CATCHER = """
(module
  (import "env" "table" (table 0 funcref))
  (tag $exception)
  (global $save (mut i32) (i32.const 0))
  (global $restore (mut i32) (i32.const 0))
  (func (export "throw") (throw $exception))
  (func (export "stack") (param i32 i32)
    (global.set $save (local.get 0))
    (global.set $restore (local.get 1)))
"""


def _catching(index: int, parameters: list[str], results: list[str]) -> str:
    """A function that calls the function whose number is its first parameter with the others, and tells the program
    when that one throws."""
    given = " ".join(parameters[1:])
    result = f"(result {' '.join(results)})" if results else ""
    return f"""
      (func (export "{index}") (param i32 {given}) {result} (local $stack i32)
        (local.set $stack (call_indirect (result i32) (global.get $save)))
        (block $thrown
          (try_table (catch $exception $thrown)
            {" ".join(f"(local.get {place})" for place in range(1, len(parameters)))}
            (call_indirect (param {given}) {result} (local.get 0))
            return)
          unreachable)
        (call_indirect (param i32) (local.get $stack) (global.get $restore))
        {" ".join(f"({kind}.const 0)" for kind in results)})
    """


_BAD_ADDRESS, _NOT_SEEKABLE = 21, 70
"""Two of WASI's error numbers."""
_BEHAVIOUR = "stopped by undefined behaviour, an out-of-range access or an abort"
_OVERFLOW = "overflowed the stack"
_TRAPS: dict[wasmtime.TrapCode | None, str] = {
    wasmtime.TrapCode.OUT_OF_FUEL: "ran out of time",
    wasmtime.TrapCode.STACK_OVERFLOW: _OVERFLOW,
}
_ABSENT = {
    "clock_time_get": "asks for the time",
    "random_get": "asks for random numbers",
    "fd_prestat_get": "asks for a file",
    "path_open": "asks for a file",
}
"""What a program wants that makes a WASI call which is not offered."""


class Run:
    """One instance of a program. Offers it the few WASI calls that stdio makes, and no others; `execute` runs it once.
    A call never raises (wasmtime keeps a raised exception in a global); to end the program it takes away its fuel."""

    def __init__(self, stdin: str, fuel: int) -> None:
        self.stdout = bytearray()
        self.fuel = fuel
        self._ended: str | None = None
        self._stdin = stdin.encode()
        self._store = wasmtime.Store(engine())
        self._store.set_limits(memory_size=MEMORY, table_elements=TABLE, instances=2, tables=1, memories=1)
        self._linker = wasmtime.Linker(engine())
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
        nothing = wasmtime.FuncType([], [])
        self._linker.define_func("oracle", "charge", nothing, lambda: self._charge(THROW_FUEL))

    def execute(self, program: Program) -> str:
        """Runs to the end and leaves what was printed in `stdout` and the rest of the fuel in `fuel`. Returns why the
        run failed, empty where `main` returned 0: a program that leaves in another way has skipped the driver."""
        instance = None
        try:
            self._store.set_fuel(self.fuel)
            instance = self._instance(program)
            self._call(instance, "_start")
            reason = ""
        except wasmtime.Trap as trap:
            reason = (
                _TRAPS.get(trap.trap_code, "") or self._overflowed(instance) or self._uncaught(instance) or _BEHAVIOUR
            )
        except wasmtime.WasmtimeError as error:
            call = re.search(r"unknown import: `\w+::(\w+)`", str(error))
            reason = (
                f"{_ABSENT.get(call[1], f'called {call[1]}')}, which the sandbox does not have"
                if call
                else "asked for more memory than there is"
            )
        finally:
            self.fuel = self._store.get_fuel()
            # wasmtime's table of callbacks holds this object until the linker goes, and this object holds the linker.
            self._linker.close()
            self._store.close()
        return reason if self._ended is None else self._ended

    def _instance(self, program: Program) -> wasmtime.Instance:
        table = wasmtime.Table(self._store, program.table, None)
        self._linker.define(self._store, "env", "__indirect_function_table", table)
        catcher = wasmtime.Instance(self._store, program.catcher, [table]).exports(self._store)
        for name in ("throw", "stack"):
            self._linker.define(self._store, "oracle", name, catcher[name])
        for index, name in enumerate(program.calls):
            self._linker.define(self._store, "env", name, catcher[str(index)])
        self._linker.define_unknown_imports_as_traps(program.module)
        return self._linker.instantiate(self._store, program.module)

    def _call(self, instance: wasmtime.Instance, name: str) -> object:
        function = instance.exports(self._store)[name]
        assert isinstance(function, wasmtime.Func)
        return function(self._store)

    def _overflowed(self, instance: wasmtime.Instance | None) -> str:
        """Says so where it is not the machine's stack that has overflowed, but the one in the program's memory."""
        if instance is None:
            return ""
        try:
            left = self._call(instance, "oracle_stack_left")
        except (wasmtime.Trap, wasmtime.WasmtimeError):
            return ""
        return _OVERFLOW if isinstance(left, int) and left < 0 else ""

    def _uncaught(self, instance: wasmtime.Instance | None) -> str:
        """The exception that ended the program in words; empty where none did, or where it can't be told."""
        if instance is None:
            return ""
        try:
            at = self._call(instance, "oracle_uncaught")
            memory = instance.exports(self._store)["memory"]
            assert isinstance(at, int) and isinstance(memory, wasmtime.Memory)
            said = memory.read(self._store, at & 0xFFFFFFFF, (at & 0xFFFFFFFF) + 512)
        except (wasmtime.Trap, wasmtime.WasmtimeError):
            return ""
        kind, _, message = said.partition(b"\0")[0].decode("utf-8", "replace").partition("\n")
        if not kind:
            return ""
        return f"ends with an uncaught {_type_name(kind)}" + (f": {' '.join(message.split())[:160]}" if message else "")

    def _charge(self, fuel: int) -> None:
        self._store.set_fuel(max(0, self._store.get_fuel() - fuel))

    def _offer(self, name: str, types: str, call: Callable[..., int | None], returns: bool = True) -> None:
        def charged(caller: wasmtime.Caller, *values: int) -> int | None:
            self._charge(CALL_FUEL)
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
        # A program whose `main` returns 0 never calls this.
        self._end(f"ends the program by itself (exit code {status})")

    def _end(self, reason: str) -> None:
        if self._ended is None:
            self._ended = reason
        self._store.set_fuel(0)


def _type_name(mangled: str) -> str:
    """A type's name as C++ writes it, from the name that std::type_info has; "exception" where it is no plain name."""
    if mangled in (
        simple := {"i": "int", "j": "unsigned int", "b": "bool", "c": "char", "d": "double", "PKc": "const char*"}
    ):
        return simple[mangled]
    rest, parts = mangled.removeprefix("N").removeprefix("St"), ["std"] if mangled.startswith(("St", "NSt")) else []
    while match := re.match(r"\d+", rest):
        end = match.end() + int(match[0])
        parts.append(rest[match.end() : end])
        rest = rest[end:]
    return "exception" if rest not in ("", "E") else "::".join(part for part in parts if not part.startswith("__"))
