"""An assembler for the 65816 and the SPC700 in asar's dialect, for text that nobody has checked yet, and a check of M
and X widths.

`program` runs passes over a source until its labels stand still; in each, `lines` cuts it into statements (`text`,
`flow`), which go to `directives` or `instructions`. Both evaluate `expressions` and put bytes into `output`. All share
one `state`. `widths` then follows what was put out; `asar` asks the real one; `project` reads from disk.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from oracle_lib import OracleError
from oracle_lib.verify.assembler.asar import confirm, find_asar
from oracle_lib.verify.assembler.files import Files
from oracle_lib.verify.assembler.model import Assembly, Diagnostic, Expanded, Instruction, Kind, Limits, Mode, Severity
from oracle_lib.verify.assembler.program import Program
from oracle_lib.verify.assembler.widths import track_widths, width_mismatches
from oracle_lib.verify.assembler.widths.processor import Widths
from oracle_lib.verify.assembler.widths.stack import Bits

__all__ = [
    "AsarMissing",
    "Assembly",
    "Bits",
    "Diagnostic",
    "Expanded",
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


class AsarMissing(OracleError):
    """The caller insisted on asar and there is none."""


def assemble(
    text: str,
    symbols: Mapping[str, int] | None = None,
    origin: int = 0x008000,
    *,
    m: Bits = None,
    x: Bits = None,
    defines: Mapping[str, str] | None = None,
    files: Mapping[str, bytes | str] | None = None,
    host: bytes | Mapping[int, bytes] | None = None,
    pool: bool = False,
    expand: bool = False,
    backend: Literal["auto", "own", "asar"] = "auto",
    limits: Limits | None = None,
) -> Assembly:
    """Assemble 65816 code in the dialect of asar 1.91, which ROM hackers write.

    The first byte goes to the 24-bit SNES address `origin` unless the text says `org`. `symbols` are labels that the
    text uses without setting them, `defines` are `!defines` set beforehand (names without the `!`). The first
    instruction is entered with an accumulator of `m` and index registers of `x` bits (None: unknown); immediates that
    contradict the flags get a width warning.

    `files` are what the text may read, by their paths relative to it; those that it includes name their files from
    their own folder. `host` is the ROM under the patch, for `read1`: an image without a copier's header, or the pieces
    that are known, by their SNES addresses. `pool` allows usdasm's directive: between `pool Name` and `pool off` lie
    sublabels of `Name`, which need not stand before them, or of each of several names. `expand` has the result say what
    the text is when macros, defines and conditionals are resolved.

    `backend` "own" judges in this process alone, in well under a millisecond for a routine. "asar" has a real asar
    assemble what ours accepts (some 50 ms), and every byte must agree. "auto" does so only where ORACLE_ASAR names one
    or PATH has one, and where there are no pools, which asar lacks.

    The text may be hostile: it reads nothing but `files` and `host`, and it ends in a result, within `limits`, whatever
    it says. Raises ValueError for an origin or a symbol outside 24 bits and for a file that lies outside the text's
    folder, `AsarMissing` where `backend` insists on an asar that is not there, `OracleError` where ORACLE_ASAR names no
    program.
    """
    if not 0 <= origin <= 0xFFFFFF:
        raise ValueError(f"origin {origin} is no 24-bit address")
    asar = find_asar() if backend != "own" else None
    if backend == "asar" and asar is None:
        raise AsarMissing("There is no asar: put it on PATH or name it in ORACLE_ASAR, or use the backend `own`.")
    given = Files(files or {})
    program = Program(text, symbols or {}, origin, defines or {}, limits or Limits(), given, host or b"", pool, expand)
    assembly = program.run()
    if assembly.ok and asar is not None and not (pool and backend == "auto"):
        assembly = confirm(assembly, program, asar)
    mismatches = width_mismatches(assembly, m, x)
    return replace(assembly, diagnostics=(*assembly.diagnostics, *mismatches)) if mismatches else assembly
