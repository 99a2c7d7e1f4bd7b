"""Contracts: what a piece of code must do, written down as data so that it can be stored beside the code and run again.

A contract never looks at the text of an answer, only at what the answer does. It holds no code that runs in this
process.
"""

import operator
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, TypeAdapter, model_validator


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes | str):
        raise ValueError("neither bytes nor hexadecimal digits")
    return value if isinstance(value, bytes) else bytes.fromhex(value)


HexBytes = Annotated[bytes, PlainValidator(_bytes), PlainSerializer(bytes.hex, return_type=str, when_used="json")]
"""Bytes that travel through JSON as hexadecimal digits."""

Register = Literal["a", "x", "y", "d", "db", "s"]
Flag = Literal["n", "v", "m", "x", "d", "i", "z", "c"]
CallerState = Literal["a", "x", "y", "d", "db", "m_flag", "x_flag", "d_flag", "i_flag"]
"""What a caller has in registers and flags and may want back as it was."""
Returns = Literal["rts", "rtl", "rti"]
Driver = Literal["vram", "oam", "cgram"]
"""The memory of the PPU that a contract sees in WRAM from $7F0000, a byte each."""
StandIn = Literal["jump_table_local", "jump_table_long", "random"]
"""A routine of the game that answers call, in words of our own; see `standins.asm`."""
T = TypeVar("T")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Frozen):
    """A range of SNES memory: `length` bytes from the 24-bit `address`."""

    address: int = Field(ge=0, le=0xFFFFFF)
    length: int = Field(gt=0)


class AnyOf(_Frozen, Generic[T]):
    """A result that may be any of several: numbers for a register, bytes for memory."""

    any_of: tuple[T, ...] = Field(min_length=1)


class Within(_Frozen):
    """A result that may be off by `tolerance`: an unsigned number, in memory of `length` bytes from the low one on."""

    near: int
    tolerance: int = Field(ge=0)
    length: int = Field(default=1, gt=0)


class AsmCase(_Frozen):
    """One initial state of the console and what must hold when the routine has returned.

    `registers` and `expect_registers` are 16-bit values for a, x, y, d and s, 8-bit for db; the key "a" of an 8-bit
    result is compared in its low byte only when the contract says `m=8` (likewise x and y under `x=8`). `memory` and
    `expect_memory` map 24-bit addresses to bytes. A register or memory may be expected to be `AnyOf` some values or
    `Within` a tolerance. `joypads` are the buttons held on the two pads, as $4218 and $421A show them: from bit 15 on
    B, Y, Select, Start, Up, Down, Left, Right, A, X, L, R. The routine finds them there, and reads them bit by bit from
    $4016 and $4017.
    """

    registers: dict[Register, int] = {}
    flags: dict[Flag, bool] = {}
    memory: dict[int, HexBytes] = {}
    expect_registers: dict[Register, int | AnyOf[int] | Within] = {}
    expect_flags: dict[Flag, bool] = {}
    expect_memory: dict[int, HexBytes | AnyOf[HexBytes] | Within] = {}
    joypads: tuple[int, int] | None = Field(default=None, exclude_if=operator.not_)


class AsmContract(_Frozen):
    """What a 65816 routine must do, whatever its instructions are.

    The text is assembled at `origin` with `symbols` known, laid over `host` (bytes of a ROM this project builds itself)
    and entered at `entry` (a label or an address; None: the first byte it emits) with the accumulator `m` and the index
    registers `x` bits wide. It must come back by `returns` within `budget` master-clock cycles for every case, with the
    stack balanced and in native mode, having written nowhere but in `writes`. Where `regions` is given, the text may
    emit bytes only there (hook sites and free space). `max_cycles` and `max_bytes` bound optimisation tasks; where
    `emits` is given, the text must assemble to exactly these bytes: then there may be no cases, and nothing is run.

    What a caller expects: D, DB, the widths, the decimal flag and the interrupt flag are as they were. `changes` names
    what of this the routine may change, and is where a contract that wants A, X or Y kept leaves them out. A value that
    a case expects counts instead. For a change to show, cases start with I set and clear and with DB at $00 and $80 in
    turn, unless they say themselves; D starts at 0 and decimal mode off.

    Hardware too is as it was, unless `writes` name the register, or the port for what lies in OAM, VRAM and CGRAM:
    interrupts and NMI ($4200, where a game's $81 counts as kept), the PPU's settings ($2100, where a lit $0F counts as
    kept, to $2133), HDMA, timers, FastROM. What everybody sets before use may stay changed: the channels of DMA, the
    units for multiplication and division, the ports' addresses.

    All addresses mean what lies there, whichever mirror names it. Bytes on the interrupt vectors ($00FFE0-$00FFFF) are
    seen by `expect_memory`, and emitted only where `regions` name them; the console runs by its own. With
    `returns="rti"` the routine is entered as an interrupt handler and must keep every register and flag. With a
    `driver`, WRAM from $7F0000 stands for memory of the PPU. `standins` lie at the game's addresses, under its labels.
    """

    kind: Literal["asm"] = "asm"
    symbols: dict[str, int] = {}
    origin: int = 0x008000
    entry: str | int | None = None
    m: Literal[8, 16] = 8
    x: Literal[8, 16] = 8
    returns: Returns = "rts"
    host: dict[int, HexBytes] = {}
    regions: tuple[Span, ...] | None = None
    writes: tuple[Span, ...] = ()
    changes: tuple[CallerState, ...] = ("a", "x", "y")
    budget: int = Field(default=400_000, gt=0)
    max_cycles: int | None = None
    max_bytes: int | None = None
    emits: HexBytes = Field(default=b"", exclude_if=operator.not_)
    driver: Driver | None = Field(default=None, exclude_if=operator.not_)
    standins: tuple[StandIn, ...] = Field(default=(), exclude_if=operator.not_)
    cases: tuple[AsmCase, ...]

    @model_validator(mode="after")
    def _asks_for_something(self) -> "AsmContract":
        if not self.cases and not self.emits:
            raise ValueError("a contract without cases must name the bytes that the text assembles to (`emits`)")
        return self


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


class Fact(_Frozen):
    """One thing that is true of a piece of code, by the name that an answer calls it.

    A register (`A`, `X`, `Y`), an address (`$0720`) and a quantity (`bits`, `bytes`, `offset`, `times`, `cycles`,
    `instructions`, `seconds`, `line`, `address`, `bank`, `checksum`, `complement`, `result`) has a number; a flag
    (`carry`, `zero`, `negative`, `overflow`) is "set" or "clear", a `branch` "taken" or "not taken", the `choice` is
    one of the letters A to F, and `hex` is a row of bytes such as "05 A9 FF".
    """

    name: str = Field(
        pattern=r"^([AXY]|\$[0-9A-F]{4}|\$[0-9A-F]{6}|bits|bytes|offset|times|cycles|instructions|seconds|line|address|bank|checksum|complement|result"
        r"|carry|zero|negative|overflow|branch|choice|hex)$"
    )
    value: int | str


class FactContract(_Frozen):
    """What an answer about code must finally state, and nothing that contradicts it: each of `cases` is a fact.
    `verify.answers.facts` says how an answer states them.
    """

    kind: Literal["facts"] = "facts"
    cases: tuple[Fact, ...] = Field(min_length=1)


Contract = Annotated[AsmContract | CppContract | FactContract, Field(discriminator="kind")]
CONTRACT: TypeAdapter[Contract] = TypeAdapter(Contract)
"""Reads a contract that was stored beside the code."""


class Verdict(_Frozen):
    """What running an answer against its contract showed.

    `assembles` says that it assembled or compiled, or that every fact that is asked for could be read; `passes` that
    every case held. `reasons` are empty exactly when it passes. `judged` is false where the contract itself cannot be
    run, as the one reason says: then nothing is known of the answer. `code` is what the text assembled to (empty for
    C++ and facts), `cycles` the slowest case's master-clock cycles, `cases` the number of cases or facts,
    `failed_case` the first case that did not hold.
    """

    assembles: bool
    passes: bool
    judged: bool = True
    reasons: tuple[str, ...] = ()
    code: HexBytes = b""
    cycles: int | None = None
    cases: int = 0
    failed_case: int | None = None
