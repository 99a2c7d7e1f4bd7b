"""`Game`: what is known of the ROM under a patch, as far as it is known: bytes, and where instructions begin. It comes
from a ROM, from the items of a disassembly, or from the routine that a contract shows. It runs nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable

from oracle_lib.items import Item
from oracle_lib.quality.hooks.manifest import alone
from oracle_lib.verify.assembler import Bits, Instruction, Mode, Widths
from oracle_lib.verify.assembler.opcodes import ACCUMULATOR_IMMEDIATES, DECODED, INDEX_IMMEDIATES
from oracle_lib.verify.memory_map import AddressError, locate

ENDS = frozenset(("RTS", "RTL", "RTI", "JMP", "JML", "BRA", "BRL", "BRK", "COP", "STP"))
"""Behind these the processor does not go on."""
_LONGEST = 4
M, X = 0x20, 0x10
"""The bits of the flags in P."""
_HIDES = ENDS | {"JSR", "JSL", "PLP", "XCE"}
"""Behind these the widths may be others."""
_NEUTRAL = frozenset(("REP", "SEP", "CLC", "SEC", "CLI", "SEI", "CLD", "NOP", "PHB", "PLB", "PHK", "PHD", "PLD", "PEA"))
"""What does the same whatever the widths are."""
_NEAR = 12
"""Instructions that are read around a place to see how wide registers are there."""


def place_of(address: int) -> int | None:
    """Where a byte of the ROM or the RAM lies, whichever mirror names it, or None where there is no memory."""
    try:
        return locate(address & 0xFFFFFF, 1)
    except AddressError:
        return None


def decoded(address: int, content: bytes, widths: Widths) -> Instruction | None:
    """The instruction that the first of these bytes are where registers are so wide; None where that is not known, or
    where they end within it.
    """
    if not content:
        return None
    name, mode, size = DECODED[content[0]]
    if mode is Mode.IMMEDIATE and (name in ACCUMULATOR_IMMEDIATES or name in INDEX_IMMEDIATES):
        bits = widths.m if name in ACCUMULATOR_IMMEDIATES else widths.x
        if bits is None:
            return None
        size = bits // 8
    if len(content) <= size:
        return None
    return Instruction(address, content[: size + 1], name, mode, 0, 0)


class Game:
    """The code and bytes that are known, by place (see `verify.memory_map`)."""

    def __init__(self, pieces: Iterable[tuple[int, bytes]] = (), code: Iterable[Instruction] = ()) -> None:
        located = ((place_of(address), content) for address, content in pieces)
        self._pieces = sorted((place, content) for place, content in located if place is not None)
        self._starts = [place for place, _ in self._pieces]
        self._code: dict[int, Instruction] = {}
        for instruction in code:
            if (place := place_of(instruction.address)) is not None:
                self._code.setdefault(place, instruction)

    @classmethod
    def of(cls, items: Iterable[Item] = (), rom: bytes = b"") -> "Game":
        """The routines and tables of a disassembly, and a LoROM image without a copier's header, whose bytes count
        where there is one. An item that does not assemble by itself tells nothing.
        """
        assemblies = [alone(item) for item in items if item.address is not None]
        code = (one for assembly in assemblies for one in assembly.listing)
        if not rom:
            return cls((block for assembly in assemblies for block in assembly.blocks), code)
        banks = range(0, len(rom), 0x8000)
        return cls(((offset // 0x8000 << 16 | 0x8000, rom[offset : offset + 0x8000]) for offset in banks), code)

    def read(self, place: int, length: int) -> bytes | None:
        """The bytes at a place, None where not all are known."""
        found = bytearray()
        while len(found) < length:
            index = bisect_right(self._starts, place + len(found)) - 1
            if index < 0:
                return None
            start, content = self._pieces[index]
            rest = content[place + len(found) - start :]
            if not rest:
                return None
            found += rest[: length - len(found)]
        return bytes(found)

    def at(self, address: int, widths: Widths) -> Instruction | None:
        """The instruction at an address: the known one, or what the bytes mean where registers are so wide."""
        place = place_of(address)
        if place is None or place in self._code:
            return self._code.get(place) if place is not None else None
        if self.covering(address):
            return None
        return decoded(address, self._rest(place), widths)

    def _rest(self, place: int) -> bytes:
        """The bytes that are known from a place on, at most those of an instruction."""
        return next((found for size in range(_LONGEST, 0, -1) if (found := self.read(place, size))), b"")

    def covering(self, address: int) -> Instruction | None:
        """The known instruction of which an address holds a byte that is not the first."""
        place = place_of(address)
        if place is None or place in self._code:
            return None
        for back in range(1, _LONGEST):
            found = self._code.get(place - back)
            if found and len(found.code) > back:
                return found
        return None

    def is_code(self, address: int) -> bool:
        """Whether a known instruction begins at the address, or goes over it."""
        return place_of(address) in self._code or self.covering(address) is not None

    def widths_at(self, address: int) -> tuple[Bits, Bits]:
        """How wide A, and X and Y, surely are at an address in the game's own code, where that matters: by the
        immediates that follow, and by the REP or SEP before. None where neither tells, or where the code sets the width
        before it uses the register.
        """
        after, reset = self._after(address)
        m, x = (after.get(mask) or (None if reset & mask else self._before(address, mask)) for mask in (M, X))
        return m, x

    def sets_widths_at(self, address: int) -> int:
        """The flags (`M`, `X`) that the game's code sets at an address before anything depends on them."""
        return self._after(address)[1]

    def _after(self, address: int) -> tuple[dict[int, Bits], int]:
        """The widths that immediates show, and the flags that are set before anything else may depend on them."""
        found: dict[int, Bits] = {}
        hidden, reset, is_neutral = 0, 0, True
        for _ in range(_NEAR):
            instruction = self._known(address)
            if instruction is None or instruction.mnemonic in _HIDES:
                break
            name, size = instruction.mnemonic, len(instruction.code) - 1
            if name in ("REP", "SEP"):
                hidden |= instruction.code[1]
                reset |= instruction.code[1] if is_neutral else 0
            elif instruction.mode is Mode.IMMEDIATE:
                for mask, names in ((M, ACCUMULATOR_IMMEDIATES), (X, INDEX_IMMEDIATES)):
                    if name in names and not hidden & mask:
                        found.setdefault(mask, 8 if size == 1 else 16)
            is_neutral = is_neutral and name in _NEUTRAL
            address += len(instruction.code)
        return found, reset

    def _before(self, address: int, mask: int) -> Bits:
        """The width that the last REP or SEP before an address gives, on the way that falls through to it."""
        for _ in range(_NEAR):
            before = (self._known(address - size) for size in range(1, _LONGEST + 1))
            one = next((one for size, one in enumerate(before, 1) if one and len(one.code) == size), None)
            if one is None or one.mnemonic in _HIDES:
                break
            if one.mnemonic in ("REP", "SEP") and one.code[1] & mask:
                return 16 if one.mnemonic == "REP" else 8
            address -= len(one.code)
        return None

    def _known(self, address: int) -> Instruction | None:
        place = place_of(address)
        return self._code.get(place) if place is not None else None
