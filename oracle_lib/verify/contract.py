"""Contracts: what a piece of code must do, written down as data so that it can be stored beside the code and run again.

A contract never looks at the text of an answer, only at what the answer does. It holds no code that runs in this
process.
"""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator

HexBytes = Annotated[
    bytes,
    PlainValidator(lambda value: value if isinstance(value, bytes) else bytes.fromhex(value)),
    PlainSerializer(bytes.hex, return_type=str, when_used="json"),
]
"""Bytes that travel through JSON as hexadecimal digits."""

Register = Literal["a", "x", "y", "d", "db", "s"]
Flag = Literal["n", "v", "m", "x", "d", "i", "z", "c"]
CallerState = Literal["a", "x", "y", "d", "db", "m_flag", "x_flag", "d_flag", "i_flag"]
"""What a caller has in registers and flags and may want back as it was."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Frozen):
    """A range of SNES memory: `length` bytes from the 24-bit `address`."""

    address: int = Field(ge=0, le=0xFFFFFF)
    length: int = Field(gt=0)


class AsmCase(_Frozen):
    """One initial state of the console and what must hold when the routine has returned.

    `registers` and `expect_registers` are 16-bit values for a, x, y, d and s, 8-bit for db; the key "a" of an 8-bit
    result is compared in its low byte only when the contract says `m=8` (likewise x and y under `x=8`). `memory` and
    `expect_memory` map 24-bit addresses to bytes.
    """

    registers: dict[Register, int] = {}
    flags: dict[Flag, bool] = {}
    memory: dict[int, HexBytes] = {}
    expect_registers: dict[Register, int] = {}
    expect_flags: dict[Flag, bool] = {}
    expect_memory: dict[int, HexBytes] = {}


class AsmContract(_Frozen):
    """What a 65816 routine must do, whatever its instructions are.

    The text is assembled at `origin` with `symbols` known, laid over `host` (bytes of a ROM this project builds itself)
    and entered at `entry` (a label or an address; None: the first byte it emits) with the accumulator `m` and the index
    registers `x` bits wide. It must come back by `returns` within `budget` master-clock cycles for every case, with the
    stack balanced and in native mode, having written nowhere but in `writes`. Where `regions` is given, the text may
    emit bytes only there (hook sites and free space). `max_cycles` and `max_bytes` bound optimisation tasks.

    What a caller expects: D, DB, the widths, the decimal flag and the interrupt flag are as they were. `changes` names
    what of this the routine may change, and is where a contract that wants A, X or Y kept leaves them out. A value that
    a case expects counts instead. For a change to show, cases start with I set and clear and with DB at $00 and $80 in
    turn, unless they say themselves; D starts at 0 and decimal mode off.

    Hardware too is as it was, unless `writes` name the register, or the port for what lies in OAM, VRAM and CGRAM:
    interrupts and NMI ($4200, where a game's $81 counts as kept), the PPU's settings ($2100, where a lit $0F counts as
    kept, to $2133), HDMA, timers, FastROM. What everybody sets before use may stay changed: the channels of DMA, the
    units for multiplication and division, the ports' addresses.
    """

    kind: Literal["asm"] = "asm"
    symbols: dict[str, int] = {}
    origin: int = 0x008000
    entry: str | int | None = None
    m: Literal[8, 16] = 8
    x: Literal[8, 16] = 8
    returns: Literal["rts", "rtl"] = "rts"
    host: dict[int, HexBytes] = {}
    regions: tuple[Span, ...] | None = None
    writes: tuple[Span, ...] = ()
    changes: tuple[CallerState, ...] = ("a", "x", "y")
    budget: int = Field(default=400_000, gt=0)
    max_cycles: int | None = None
    max_bytes: int | None = None
    cases: tuple[AsmCase, ...] = Field(min_length=1)


class CppCase(_Frozen):
    """One run of a C++ program: what it reads from standard input, and exactly what it must print."""

    stdin: str
    stdout: str


class CppContract(_Frozen):
    """What a C++ answer must do: it is compiled together with `driver`, whose `main` reads a case, calls the answer and
    prints.

    `signature` is the declaration that the answer must define. `driver` is trusted text of this project; the answer is
    not.
    """

    kind: Literal["cpp"] = "cpp"
    signature: str
    driver: str
    cases: tuple[CppCase, ...] = Field(min_length=1)


Contract = Annotated[AsmContract | CppContract, Field(discriminator="kind")]


class Verdict(_Frozen):
    """What running an answer against its contract showed.

    `assembles` says that it assembled or compiled; `passes` that every case held. `reasons` are empty exactly when it
    passes. `code` is what the text assembled to (empty for C++), `cycles` the slowest case's master-clock cycles,
    `failed_case` the first case that did not hold.
    """

    assembles: bool
    passes: bool
    reasons: tuple[str, ...] = ()
    code: HexBytes = b""
    cycles: int | None = None
    cases: int = 0
    failed_case: int | None = None


def extract_code(answer: str) -> str:
    """The code in a model's answer: its first fenced block, or the whole answer where there is no fence.

    A block that was never closed (a truncated answer) counts to its end.
    """
    fence = re.search(r"^[ \t]*```[^\n]*\n(.*?)(?:^[ \t]*```|\Z)", answer, re.DOTALL | re.MULTILINE)
    return fence.group(1) if fence else answer
