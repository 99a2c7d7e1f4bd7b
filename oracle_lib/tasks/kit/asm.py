"""What the assembly families share: calling conventions, random addresses and states, and the making of a `Problem`.

Nothing here knows what any routine does.
"""

import random
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.verify import AsmCase, AsmContract, Span
from oracle_lib.verify.contract import Flag, Register

T = TypeVar("T")
Width = Literal[8, 16]
Kept = Literal["a", "x", "y"]


class Address(int):
    """An address that prints as a 65816 programmer writes it: `$0720`, or `$7EF36D` where it needs a bank."""

    def __str__(self) -> str:
        return f"${self:06X}" if self > 0xFFFF else f"${self:04X}"

    def __add__(self, offset: int) -> "Address":
        return Address(int(self) + offset)

    def __sub__(self, offset: int) -> "Address":
        return Address(int(self) - offset)

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else str(self)


GAME = {
    name: Address(place)
    for name, place in {
        "LinkY": 0x7E0020,
        "LinkX": 0x7E0022,
        "FrameCounter": 0x7E001A,
        "Joypad": 0x7E00F0,
        "RoomIndex": 0x7E00A0,
        "OamBuffer": 0x7E0800,
        "OamHigh": 0x7E0A00,
        "Bombs": 0x7EF343,
        "Bow": 0x7EF340,
        "Hookshot": 0x7EF342,
        "Lamp": 0x7EF34A,
        "Gloves": 0x7EF354,
        "Boots": 0x7EF355,
        "Flippers": 0x7EF356,
        "MoonPearl": 0x7EF357,
        "Sword": 0x7EF359,
        "Shield": 0x7EF35A,
        "Armor": 0x7EF35B,
        "Rupees": 0x7EF360,
        "MaxHealth": 0x7EF36C,
        "Health": 0x7EF36D,
        "Magic": 0x7EF36E,
        "Keys": 0x7EF36F,
        "Pendants": 0x7EF374,
        "Arrows": 0x7EF377,
        "Crystals": 0x7EF37A,
        "Progress": 0x7EF3C5,
    }.items()
}
"""Variables of the game by the names the tasks use, and the WRAM address of each."""

SCRATCH = (0x0000, 0x10)
"""The bytes that any routine may overwrite, as (address, length): the game's own convention."""

RARE = 8
"""How many cases of a contract have values that random ones may miss."""

_LOW_RAM = (range(0x0720, 0x0800), range(0x1C00, 0x1EF0))
_HIGH_RAM = (range(0x7E9000, 0x7E9F00), range(0x7F5000, 0x7F7FF0))


def low_ram(rng: random.Random, count: int, size: int = 2) -> list[Address]:
    """`count` addresses in bank-0 WRAM that a hack may call its own, each with `size` bytes to itself."""
    return _places(rng, _LOW_RAM, count, size)


def high_ram(rng: random.Random, count: int, size: int = 2) -> list[Address]:
    """`count` 24-bit WRAM addresses that only long addressing reaches, each with `size` bytes to itself."""
    return _places(rng, _HIGH_RAM, count, size)


def _places(rng: random.Random, pools: tuple[range, ...], count: int, size: int) -> list[Address]:
    found: list[Address] = []
    while len(found) < count:
        pool = rng.choice(pools)
        place = Address(rng.randrange(pool.start, pool.stop - size))
        if all(abs(place - other) >= size for other in found):
            found.append(place)
    return found


def bus(address: int) -> int:
    """The 24-bit address of what code in banks $00-$3F reaches at `address`: low WRAM goes by its place in bank $7E."""
    return address | 0x7E0000 if address < 0x2000 else address


def number(rng: random.Random, bits: int) -> int:
    """A random unsigned number of `bits` bits that is an edge case two times in five."""
    top = 1 << bits
    edges = (0, 1, 0x0F, 0x7F, 0x80, 0xFF, 0x100, top // 2 - 1, top // 2, top - 2, top - 1)
    return rng.choice([edge for edge in edges if edge < top]) if rng.random() < 0.4 else rng.randrange(top)


class _Ends(random.Random):
    """Draws the ends of a range in half of the draws."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        ends = range(start, stop, step) if stop is not None else range(start)
        return self.choice((ends[0], ends[-1])) if self.random() < 0.5 else super().randrange(start, stop, step)


class State:
    """One initial state of the console under construction.

    Each method that places a value (a random one unless it is given) returns it for the oracle to reckon with. `place`
    counts the cases; the `rare` ones have values that random ones may miss.
    """

    def __init__(self, rng: random.Random, place: int, m: Width, x: Width, rare: bool = False) -> None:
        self.rng, self.place, self.rare = rng, place, rare
        index = (1 << x) - 1
        # Small ones show whether a counter is set at all: a large one runs to the right end all the same.
        top = 4 if rare and place % 2 == 0 else 0x10000
        self.registers: dict[Register, int] = {
            "a": rng.randrange(top),
            "x": rng.randrange(top) & index,
            "y": rng.randrange(top) & index,
        }
        self.flags: dict[Flag, bool] = {"c": rng.random() < 0.5, "v": rng.random() < 0.5}
        self.flags |= {"n": place % 3 == 1, "z": place % 3 == 2}
        self.memory: dict[int, bytes] = {}
        if rare and place % 2:  # a small constant without its # then reads the number beside it
            self.memory[bus(SCRATCH[0])] = bytes(range(1, 1 + SCRATCH[1]))
        self._blocks: dict[int, bytes] = {}
        self.expect_registers: dict[Register, int] = {}
        self.expect_flags: dict[Flag, bool] = {}
        self.expect_memory: dict[int, bytes] = {}

    def one_of(self, *values: T) -> T:
        """Each value in turn in the first cases, then a random one: so every edge is met."""
        return values[self.place] if self.place < len(values) else self.rng.choice(values)

    def rarely(self, usual: T, *values: T) -> T:
        """What is usual, but in the rare cases each of the values in turn."""
        return values[self.place] if self.rare and self.place < len(values) else usual

    def entry(self, count: int) -> int:
        """A place in a table of so many entries; in the rare cases each in turn."""
        usual = self.rng.randrange(count)
        return self.place if self.rare and self.place < count else usual

    def byte(self, address: int, value: int | None = None) -> int:
        return self._place(address, 1, value)

    def word(self, address: int, value: int | None = None) -> int:
        return self._place(address, 2, value)

    def long(self, address: int, value: int | None = None) -> int:
        return self._place(address, 3, value)

    def block(self, address: int, content: bytes | int) -> bytes:
        """Places bytes, or as many random ones as the number says.

        Unless the case says, the byte before them (by an 8-bit index too) will be like their last one and that behind
        them like their first: so whoever goes one too far finds something.
        """
        data = content if isinstance(content, bytes) else self.rng.randbytes(content)
        self.memory[bus(address)] = self._blocks[bus(address)] = data
        return data

    def _place(self, address: int, size: int, value: int | None) -> int:
        value = number(self.rng, 8 * size) if value is None else value
        self.memory[bus(address)] = value.to_bytes(size, "little")
        return value

    def register(self, name: Register, value: int) -> int:
        self.registers[name] = value
        return value

    def expect(self, address: int, value: int | bytes, size: int = 1) -> None:
        """Memory from `address` must hold the bytes, or the number modulo its size."""
        content = value if isinstance(value, bytes) else (value % (1 << 8 * size)).to_bytes(size, "little")
        self.expect_memory[bus(address)] = content

    def expect_register(self, name: Kept, value: int) -> None:
        self.expect_registers[name] = value

    def expect_flag(self, name: Flag, value: bool) -> None:
        self.expect_flags[name] = value

    def expect_carry(self, value: bool) -> None:
        self.expect_flag("c", value)

    def case(self) -> AsmCase:
        for address, content in self._blocks.items():
            first, last = content[:1], content[-1:]
            for beside, value in ((address - 1, last), (address + 0xFF, last), (address + len(content), first)):
                taken = any(place <= beside < place + len(held) for place, held in self.memory.items())
                if 0x7E0000 <= beside <= 0x7FFFFF and not taken:
                    self.memory[beside] = value
        return AsmCase.model_validate(self, from_attributes=True)


@dataclass(frozen=True)
class Routine:
    """How a routine is called: its name, the widths of A and of X and Y on entry and return, how it returns, and what
    it keeps.
    """

    name: str
    m: Width = 8
    x: Width = 8
    returns: Literal["rts", "rtl"] = "rts"
    keeps: tuple[Kept, ...] = ()

    @classmethod
    def draw(
        cls,
        rng: random.Random,
        *names: str,
        m: Sequence[Width] = (8, 16),
        x: Sequence[Width] = (8, 16),
        returns: Sequence[Literal["rts", "rtl"]] = ("rts", "rtl"),
        keeps: Sequence[str] = ("",),
    ) -> "Routine":
        kept: Any = tuple(rng.choice(keeps))
        return cls(rng.choice(names), rng.choice(m), rng.choice(x), rng.choice(returns), kept)

    @property
    def ret(self) -> str:
        return self.returns.upper()

    @property
    def parameters(self) -> dict[str, int | str]:
        """What changes the right code: everything but the name."""
        return {"m": self.m, "x": self.x, "returns": self.returns, "keeps": "".join(self.keeps)}

    def code(self, body: str, m: Width | None = None, x: Width | None = None, uses: str = "", data: str = "") -> str:
        """The whole routine around `body`, which runs with `m` and `x` bits and changes the registers in `uses`.

        Registers that must be kept are pushed before the widths change and pulled after they changed back (8-bit index
        registers lose their high bytes). `data` follows the return.
        """
        to_16, to_8 = self._switch(m, x, 16), self._switch(m, x, 8)
        kept = [register.upper() for register in self.keeps if register in uses or to_8 & 0x10]
        lines = [f"{self.name}:"]
        lines += [f"PH{register}" for register in kept]
        lines += [f"REP #${to_16:02X} ; {self._widths(to_16)} 16-bit"] if to_16 else []
        lines += [f"SEP #${to_8:02X} ; {self._widths(to_8)} 8-bit"] if to_8 else []
        lines += [line for line in textwrap.dedent(body).splitlines() if line.strip()]
        lines += [f"SEP #${to_16:02X}"] if to_16 else []
        lines += [f"REP #${to_8:02X}"] if to_8 else []
        lines += [f"PL{register}" for register in reversed(kept)]
        lines += [self.ret, *textwrap.dedent(data).strip("\n").splitlines()]
        return listing("\n".join(lines))

    def _switch(self, m: Width | None, x: Width | None, width: Width) -> int:
        return 0x20 * (m == width != self.m) | 0x10 * (x == width != self.x)

    @staticmethod
    def _widths(bits: int) -> str:
        return {0x20: "A", 0x10: "X, Y", 0x30: "A, X, Y"}[bits]

    def interface(self) -> tuple[str, ...]:
        """The calling convention in four tones, to follow what a routine is asked to do."""
        widths = f"{self.m}-bit A, X and Y" if self.m == self.x else f"{self.m}-bit A and {self.x}-bit X and Y"
        kept = ", ".join(["the widths", "D", "DB", *(register.upper() for register in self.keeps)])
        kept = " and ".join(kept.rsplit(", ", 1))
        call = "JSR" if self.returns == "rts" else "JSL"
        return (
            f"Call it `{self.name}`; it is entered with {widths} and ends with {self.ret}. "
            f"Preserve {kept}; $00-$0F are scratch.",
            f"I {call} to `{self.name}` with {widths}, so it has to end with {self.ret} and leave {kept} unchanged. "
            "It may use $00-$0F.",
            f"Label `{self.name}`. Entry: M={self.m}, X={self.x}. Exit: {self.ret}; {kept} unchanged. "
            "Scratch: $00-$0F.",
            f"The routine is `{self.name}`: {widths} on entry, {self.ret} at the end, {kept} as they were. "
            "$00-$0F are free.",
        )


def repeated(instruction: str, times: int) -> str:
    """An instruction without operand, `times` in a row, as asar abbreviates it; no times is an empty line."""
    return f"{instruction} #{times}" if times > 1 else instruction * times


def listing(text: str) -> str:
    """Assembly laid out as this project prints it: labels at the margin, code indented, comments in one column."""
    return "\n".join(_layout(line) for line in textwrap.dedent(text).strip("\n").splitlines())


def _layout(line: str) -> str:
    code, _, comment = (part.strip() for part in line.partition(";"))
    margin = code.endswith(":") or code.startswith((".", "org ", "pushpc", "pullpc", "!")) or not code
    code = code if margin else f"    {code}"
    return f"{code:<24}; {comment}" if comment and code else f"; {comment}" if comment else code


def _gap(ask: str) -> str:
    """What stands between a request and the calling convention: a request of several lines gets a paragraph."""
    return "\n\n" if "\n" in ask else " "


def make(
    module: str,
    subject: str,
    routine: Routine,
    rng: random.Random,
    *,
    asks: Sequence[str],
    references: Sequence[str],
    case: Callable[[State], None],
    writes: Iterable[tuple[int, int]] = (),
    parameters: dict[str, int | str],
    count: int = 10,
    task: Task = Task.WRITE,
    domain: Domain = Domain.ASM,
    input: str = "",
    manners: Sequence[str] = (),
    **contract: Any,
) -> Problem:
    """The problem of the family in `module`: each of `asks` followed by the calling convention, under a contract.

    The contract has `count` random cases and `RARE` others: `case` places what the routine reads and states what must
    hold afterwards. `writes` are (address, length) pairs beside `SCRATCH`. `manners` replace the calling convention
    where a routine is not called by its name, and then nothing is scratch. Further keywords go into the contract.
    """

    def cases(source: random.Random, count: int, rare: bool = False) -> tuple[AsmCase, ...]:
        states = [State(source, place, routine.m, routine.x, rare) for place in range(count)]
        for state in states:
            case(state)
        return tuple(state.case() for state in states)

    drawn = cases(rng, count)
    # From a generator of their own: what else is drawn from `rng` stays the same, however many they are.
    drawn += cases(_Ends(f"{module}:{sorted(parameters.items())}"), RARE, rare=True)
    scratch = () if manners else (SCRATCH,)
    manners = manners or routine.interface()
    turn = rng.randrange(len(manners))
    return Problem(
        family=module.rpartition(".")[2],
        subject=subject,
        domain=domain,
        task=task,
        instructions=tuple(
            f"{ask}{_gap(ask)}{manners[(turn + index) % len(manners)]}" for index, ask in enumerate(asks)
        ),
        input=input,
        references=tuple(references),
        contract=AsmContract(
            entry=contract.pop("entry", routine.name),
            m=routine.m,
            x=routine.x,
            returns=routine.returns,
            changes=tuple(name for name in ("a", "x", "y") if name not in routine.keeps),
            writes=tuple(Span(address=bus(address), length=length) for address, length in (*writes, *scratch)),
            cases=drawn,
            **contract,
        ),
        parameters={**parameters, **routine.parameters},
        oracle=Cases(cases),
    )
