"""Compiles an untrusted C++ function with its contract's driver and runs every case. Needs Linux (WSL2 included).

The answer becomes WebAssembly (`toolchain`) and runs where there is nothing to read or to harm (`sandbox`), so that a
verdict is the same on every machine. C++23 with exceptions, all standard headers that a pure function needs, and our
own small stand-in for the part of Abseil that YAZE's functions use. This package does not judge style.
"""

import math

from oracle_lib import OracleError
from oracle_lib.verify.contract import CppContract, Verdict
from oracle_lib.verify.cpp import source
from oracle_lib.verify.cpp.engine import with_room
from oracle_lib.verify.cpp.sandbox import FUEL, FUELLED, Program, ProgramError, Run, load
from oracle_lib.verify.cpp.toolchain import COMPILE_SECONDS, PACKAGES, CompileError, find_toolchain

__all__ = ["COMPILE_SECONDS", "FUEL", "MAX_TEXT", "PACKAGES", "cpp_unavailable", "run_cpp"]

MAX_TEXT = 64 * 1024
"""Characters of an answer that are worth compiling."""


def run_cpp(text: str, contract: CppContract) -> Verdict:
    """What the C++23 code `text` (not the prose around it) does under `contract`. `text` may be hostile.

    Every case runs in a fresh instance, so cases can't disturb each other, and must print exactly its `stdout`.
    Undefined behaviour that the sanitizer or the hardened library notices ends the case, and so do an exception that
    nobody catches and any exit but the return from `main`. All standard headers that a pure function needs are included
    already; another header of the standard or of a project is passed over where the answer compiles without it. The
    function may stand in another namespace than the signature's, and outside of namespaces it may have another type by
    which no caller loses anything, such as a parameter by value. Raises `OracleError` where the toolchain is missing.
    """
    count = len(contract.cases)
    if not text.strip():
        return Verdict(assembles=False, passes=False, reasons=("it holds no code",), cases=count)
    try:
        program = _compile(text, contract)
    except (CompileError, ProgramError) as refusal:
        return Verdict(assembles=False, passes=False, reasons=refusal.args, cases=count)
    return with_room(lambda: _run(program, contract))


def cpp_unavailable() -> str | None:
    """Why C++ can't be checked on this machine, in one sentence; None where it can."""
    try:
        find_toolchain()
    except OracleError as error:
        return str(error)
    return None


def _run(program: Program, contract: CppContract) -> Verdict:
    """The verdict on a program that was compiled."""
    count = len(contract.cases)
    fuel = FUEL * math.ceil(count / FUELLED)
    for index, case in enumerate(contract.cases):
        run = Run(case.stdin, fuel)
        reason = run.execute(program)
        if not reason and (printed := run.stdout.decode("utf-8", "replace")) != case.stdout:
            reason = f"for input {_clip(case.stdin)} expected {_clip(case.stdout)}, got {_clip(printed)}"
        if reason:
            reasons = (f"case {index}: {reason}",)
            return Verdict(assembles=True, passes=False, reasons=reasons, cases=count, failed_case=index)
        fuel = run.fuel
    return Verdict(assembles=True, passes=True, cases=count)


def _compile(text: str, contract: CppContract) -> Program:
    if len(text) > MAX_TEXT:
        raise CompileError(f"the answer is {len(text)} characters long, more than {MAX_TEXT}")
    compiler = find_toolchain()
    unit, errors = source.Unit(text, contract), ()
    while True:
        try:
            return load(compiler.build(unit.text))
        except CompileError as error:
            errors = errors if unit.converts else error.args
            other = unit.mended(error.args)
        if other is None:
            raise CompileError(*source.explained(errors, text, contract))
        unit = other


def _clip(text: str) -> str:
    text = text.strip("\n")
    return repr(text if len(text) <= 160 else text[:157] + "...")
