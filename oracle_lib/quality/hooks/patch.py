"""`Patch`: an assembled hook or patch, cut into the blocks that it puts into the ROM. Judges nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from oracle_lib.quality.hooks.finding import Finding, FindingKind, Severity
from oracle_lib.quality.hooks.game import Game, place_of
from oracle_lib.verify.assembler import Assembly, Instruction, Mode

NOWHERE = 0x6F8000
"""Where code goes to be checked that no `org` gives a place, as in a file of a hack: behind what hacks use."""
GAME = 0x100000
"""A LoROM game of 1 MiB fills banks $00-$1F; what a hack puts behind them is its own."""
_FILLER = 8
"""So many equal bytes are taken for unused space."""
_LONGEST = 4
_GOES = frozenset(("JSR", "JSL", "JMP", "JML"))


@dataclass(frozen=True)
class Block:
    """Bytes that a patch puts at an address: number `number` of them, written at a line of a file."""

    number: int
    address: int
    place: int
    content: bytes
    file: str
    line: int

    def __str__(self) -> str:
        last = self.address + len(self.content) - 1
        return f"${self.address:06X}" if len(self.content) == 1 else f"${self.address:06X}-${last:06X}"

    @property
    def end(self) -> int:
        """The place behind the last byte."""
        return self.place + len(self.content)

    @property
    def written(self) -> str:
        """Where it is written, in words to follow it."""
        return f" of line {self.line}" if self.line else ""

    def part(self, first: int, end: int) -> bytes:
        """The bytes at these places, which lie within it."""
        return self.content[first - self.place : end - self.place]

    def finding(self, kind: FindingKind, text: str, severity: Severity = Severity.HARD) -> Finding:
        return Finding(self.file, self.line, kind, text, severity)


class Patch:
    """The blocks of a patch that assembles, in the order of writing, and its instructions by their places."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        written_at = assembly.written_at or (("", 0),) * len(assembly.blocks)
        located = (
            (address, place, content, *where)
            for (address, content), where in zip(assembly.blocks, written_at, strict=True)
            if (place := place_of(address)) is not None
        )
        self.blocks = [Block(number, *one) for number, one in enumerate(located)]
        self.code: Mapping[int, Instruction] = {
            place: one for one in assembly.listing if (place := place_of(one.address)) is not None
        }

    @cached_property
    def bytes_at(self) -> Mapping[int, int]:
        """Every byte that stays, by its place."""
        found: dict[int, int] = {}
        for block in self.blocks:
            found.update(enumerate(block.content, block.place))
        return found

    @cached_property
    def targets(self) -> frozenset[int]:
        """The places that its jumps and calls go to."""
        return frozenset(
            place
            for one in self.assembly.listing
            if one.mnemonic in _GOES and one.mode is Mode.DIRECT and (place := place_of(target_of(one))) is not None
        )

    @cached_property
    def labels(self) -> Mapping[int, dict[str, int]]:
        """Labels with their addresses, its own and those that it was given, by the lower half of the address."""
        found: dict[int, dict[str, int]] = {}
        for name, address in self.assembly.labels.items():
            found.setdefault(address & 0xFFFF, {})[name] = address
        return found

    def has_code(self, first: int, end: int) -> bool:
        """Whether an instruction of the patch lies between these places."""
        return any(
            (one := self.code.get(place)) is not None and place + len(one.code) > first
            for place in range(first - _LONGEST + 1, end)
        )

    def begins_with_code(self, block: Block) -> bool:
        """Whether a block's first bytes are written as an instruction."""
        one = self.code.get(block.place)
        return one is not None and block.content.startswith(one.code)

    def stays(self, block: Block) -> bool:
        """Whether the patch does not itself write other bytes over a block's first ones."""
        return all(self.bytes_at[place] == byte for place, byte in enumerate(block.content[:4], block.place))

    def is_hook(self, block: Block, game: Game) -> bool:
        """Whether a block stands over the game's own code or data, and is nothing new that the patch calls."""
        if block.place >= GAME:
            return False
        if (there := game.read(block.place, len(block.content))) is not None:
            return len(set(there)) > 1 or len(there) < _FILLER
        return game.is_code(block.address) or not any(block.place <= target < block.end for target in self.targets)


def target_of(instruction: Instruction) -> int:
    """Where a direct jump or call goes."""
    operand = int.from_bytes(instruction.code[1:], "little")
    return operand if len(instruction.code) == 4 else instruction.address & 0xFF0000 | operand
