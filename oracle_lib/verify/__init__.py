"""Does the code work? Contracts, an assembler, a real SNES core and a C++ sandbox. Knows no language model and no file of the project."""

from oracle_lib.verify.contract import AsmCase, AsmContract, Contract, CppCase, CppContract, Span, Verdict, extract_code

__all__ = ["AsmCase", "AsmContract", "Contract", "CppCase", "CppContract", "Span", "Verdict", "extract_code"]
