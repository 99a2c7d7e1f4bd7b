"""An assembler for the 65816 in asar's dialect, for text that nobody has checked yet, and a check of M and X widths."""

from oracle_lib.verify.assembler.assembler import AsarMissing, assemble
from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Instruction, Kind, Limits, Mode, Severity
from oracle_lib.verify.assembler.widths import Bits, Widths, track_widths, width_mismatches

__all__ = [
    "AsarMissing",
    "Assembly",
    "Bits",
    "Diagnostic",
    "Instruction",
    "Kind",
    "Limits",
    "Mode",
    "Severity",
    "Widths",
    "assemble",
    "track_widths",
    "width_mismatches",
]
