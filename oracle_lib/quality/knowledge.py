"""What is known of the game and the console: which symbols and addresses exist. Reads no disassembly itself."""

from pydantic import Field

from oracle_lib.quality.text import Reading, addresses, quoted, words
from oracle_lib.records import Frozen
from oracle_lib.sample import Sample
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_KEYWORDS = {
    "if",
    "for",
    "while",
    "switch",
    "return",
    "sizeof",
    "static_cast",
    "reinterpret_cast",
    "const_cast",
    "catch",
}
_CONTAINER_MEMBERS = {
    *("append", "assign", "at", "back", "begin", "c_str", "clear", "count", "data", "emplace_back", "empty", "end"),
    *("erase", "find", "first", "front", "has_value", "insert", "last", "pop_back", "push_back", "reserve", "resize"),
    *("size", "str", "subspan", "substr", "swap", "value", "value_or"),
}


class Knowledge(Frozen):
    """`symbols` maps the names that exist to their 24-bit addresses. The console's own memory map needs no entry."""

    symbols: dict[str, int] = Field(default_factory=dict)

    @staticmethod
    def maps(address: int) -> bool:
        """Whether something answers at a 24-bit address of a LoROM game: WRAM, a hardware register, ROM or SRAM."""
        bank, offset = address >> 16, address & 0xFFFF
        if bank in (0x7E, 0x7F) or offset >= 0x8000:
            return True
        if bank & 0x7F < 0x40:
            return offset < 0x2000 or _is_register(offset)
        return bank & 0x7F in range(0x70, 0x7E)

    def known_share(self, sample: Sample, reading: Reading) -> tuple[float, tuple[str, ...]]:
        """The share of the symbols and addresses a sample relies on that exist, and those that do not.

        What the sample's own contract or prompt supplies exists too. In C++ that passed its contract, the compiler has
        resolved every name.
        """
        contract = sample.verification.contract if sample.verification else {}
        supplied = contract.get("symbols")
        symbols = {*self.symbols, *(supplied if isinstance(supplied, dict) else ())}
        if reading.language == "cpp":
            if sample.verification and sample.verification.passes:
                return 1.0, ()
            own = _KEYWORDS | _CONTAINER_MEMBERS | reading.declared | words(sample.prompt)
            names, places = reading.calls - own, frozenset[int]()
        elif reading.language == "asm":
            names, places = reading.names, reading.addresses
        else:
            names = quoted(sample.output) - words(sample.prompt) - MNEMONICS
            # Of facts the contract has proven the numbers, and offsets in a file are none of the console's addresses.
            places = frozenset() if sample.states_facts else frozenset(addresses(sample.output))
        unknown = sorted(names - symbols) + [f"${place:06X}" for place in sorted(places) if not self.maps(place)]
        total = len(names) + len(places)
        return (1 - len(unknown) / total if total else 1.0), tuple(unknown)


def _is_register(offset: int) -> bool:
    """PPU, APU, WRAM port, joypad, CPU or DMA."""
    return (
        0x2100 <= offset <= 0x2143
        or 0x2180 <= offset <= 0x2183
        or offset in (0x4016, 0x4017)
        or 0x4200 <= offset <= 0x421F
        or 0x4300 <= offset <= 0x437F
    )
