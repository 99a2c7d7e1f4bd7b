"""Does the code work, and is what is said of it true? The code or the facts in an answer, contracts, an assembler, a
real SNES core and a C++ sandbox. It knows no language model and no file of the project."""

from oracle_lib.verify.answers import code_blocks, extract_code
from oracle_lib.verify.assembler import Assembly, Diagnostic, Kind, Severity, assemble
from oracle_lib.verify.cartridge import Ending, Execution, Start
from oracle_lib.verify.check import check, check_many, shared_console
from oracle_lib.verify.console import Console
from oracle_lib.verify.contract import (
    CONTRACT,
    AnyOf,
    AsmCase,
    AsmContract,
    Contract,
    CppCase,
    CppContract,
    Fact,
    FactContract,
    Span,
    Verdict,
    Within,
)
from oracle_lib.verify.cpp import cpp_unavailable, run_cpp
from oracle_lib.verify.memory_map import AddressError, ConsoleError

__all__ = [
    "CONTRACT",
    "AddressError",
    "AnyOf",
    "AsmCase",
    "AsmContract",
    "Assembly",
    "Console",
    "ConsoleError",
    "Contract",
    "CppCase",
    "CppContract",
    "Diagnostic",
    "Ending",
    "Execution",
    "Fact",
    "FactContract",
    "Kind",
    "Severity",
    "Span",
    "Start",
    "Verdict",
    "Within",
    "assemble",
    "check",
    "check_many",
    "code_blocks",
    "cpp_unavailable",
    "extract_code",
    "run_cpp",
    "shared_console",
]
