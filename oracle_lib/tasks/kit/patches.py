"""What the hook and patch families share: a routine of a ROM that this project builds itself, and its free space."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Kept, Routine, State, Width, listing, make
from oracle_lib.verify import Span, assemble

_CHANGING: dict[Kept, set[str]] = {
    "x": {"LDX", "INX", "DEX", "TAX", "TSX", "TYX", "PLX", "MVN", "MVP"},
    "y": {"LDY", "INY", "DEY", "TAY", "TXY", "PLY", "MVN", "MVP"},
}


@dataclass(frozen=True)
class Host:
    """A routine in the ROM: where it lies, its source, how it is called, and a free place in another bank."""

    entry: Address
    free: Address
    source: str
    m: Width
    x: Width
    returns: Literal["rts", "rtl"]

    @classmethod
    def draw(
        cls,
        rng: random.Random,
        name: str,
        body: str,
        m: Sequence[Width] = (8, 16),
        x: Sequence[Width] = (8, 16),
        data: str = "",
    ) -> "Host":
        """Lays the routine `name` (`body`, then its return, then `data`) at a random place of a random bank."""
        entry = Address(rng.randrange(0x01, 0x20) << 16 | rng.randrange(0x8000, 0xFE00))
        free = Address(rng.randrange(0x20, 0x40) << 16 | rng.randrange(0x80, 0xFE) << 8)
        routine = Routine.draw(rng, name, m=m, x=x)
        source = listing(f"org {entry}\n{routine.code(body, data=data)}")
        return cls(entry, free, source, routine.m, routine.x, routine.returns)

    def address_of(self, line: int) -> Address:
        """The address of the routine's instruction number `line`, counted from 0."""
        return Address(assemble(self.source).listing[line].address)

    def label(self, name: str) -> Address:
        """The address of one of the routine's labels, by the name the source shows."""
        [found] = [place for label, place in assemble(self.source).labels.items() if label.endswith(name.lstrip("."))]
        return Address(found)

    @property
    def keeps(self) -> tuple[Kept, ...]:
        """Those of X and Y that the routine leaves alone: an 8-bit one loses its upper half."""
        listing = assemble(self.source).listing
        if self.x == 16 and any(one.mnemonic == "SEP" and one.code[1] & 0x10 for one in listing):
            return ()
        used = {instruction.mnemonic for instruction in listing}
        return tuple(register for register, changing in _CHANGING.items() if not used & changing)

    def manners(self, changeable: Span | None) -> tuple[str, ...]:
        """How the routine is called and where a patch may write: in `changeable` alone, or where that is None, in the
        free space too.
        """
        ret, widths = self.returns.upper(), f"M={self.m}, X={self.x}"
        if changeable:
            size = f"{changeable.length} bytes" if changeable.length > 1 else "byte"
            room = f"the {size} at {Address(changeable.address)}"
            return (
                f"Change nothing but {room}; the routine is called with {widths} and ends with {ret}.",
                f"Only {room} may change. Entry {widths}, return by {ret}, as before.",
                f"It stays a routine entered with {widths} that ends with {ret}; touch only {room}.",
            )
        kept = ", ".join([*map(str.upper, self.keeps), "the widths", "D"]) + " and DB"
        return (
            f"The routine is called with {widths} and must still end with {ret}, leaving {kept} as they were; "
            f"$80 bytes at {self.free} are free.",
            f"Free space: $80 bytes at {self.free}. Entry {widths}, return by {ret}; {kept} as before.",
            f"New code goes to {self.free} ($80 bytes free). Callers enter with {widths} and expect {ret}, "
            f"{kept} unchanged.",
        )


def patch(
    module: str,
    subject: str,
    host: Host,
    rng: random.Random,
    *,
    asks: Sequence[str],
    references: Sequence[str],
    case: Callable[[State], None],
    writes: Iterable[tuple[int, int]],
    parameters: dict[str, int | str],
    changeable: Span | None = None,
) -> Problem:
    """A problem that patches `host`: the text may emit bytes in `changeable` alone, or where that is None, over the
    routine and in the free space, and keeps X and Y where the routine does.
    """
    code = assemble(host.source).code
    regions = (
        (changeable,)
        if changeable
        else (Span(address=host.entry, length=len(code)), Span(address=host.free, length=0x80))
    )
    return make(
        module,
        subject,
        Routine("", host.m, host.x, host.returns, () if changeable else host.keeps),
        rng,
        asks=asks,
        references=[listing(reference) for reference in references],
        case=case,
        writes=writes,
        parameters={**parameters, "entry": host.entry, "free": 0 if changeable else host.free},
        task=Task.HOOK,
        domain=Domain.ORACLE,
        input=f"```asm\n{host.source}\n```",
        manners=host.manners(changeable),
        entry=host.entry,
        host={host.entry: code},
        regions=regions,
    )
