"""Where the next byte goes, in the ROM and where code is meant to run, and the blocks of bytes so far."""

from oracle_lib.verify.assembler.mapping import SA1_BANKS, Mapper, advanced, rom_offset
from oracle_lib.verify.assembler.model import FatalProblem, Kind, Problem

START = 0x008000
Place = tuple[int, int, int, int]
"""Where code runs and lies, and where the current stretch of each began."""


class Output:
    """The output of one pass. `address` is where code will run (`base` moves it), `real` where it lies in the ROM; -1
    is nowhere yet. Only the last pass keeps bytes."""

    def __init__(self, origin: int, keep: bool, limit: int) -> None:
        self.mapper = Mapper.LOROM
        self.sa1_banks: tuple[int, ...] = SA1_BANKS
        self.keep = keep
        self.limit = limit
        self.origin_bank = origin >> 16 if rom_offset(Mapper.LOROM, origin) < 0 else -1
        self.blocks: list[tuple[int, bytearray]] = []
        self.next = -1
        self.total = 0
        self.counted = 0
        self.cross_banks = False
        self.half_banks = False
        self.org(origin)

    def org(self, address: int) -> None:
        self.address = self.real = self.start = self.real_start = address

    def base(self, address: int) -> None:
        self.address = self.start = address

    @property
    def place(self) -> Place:
        return self.address, self.real, self.start, self.real_start

    @place.setter
    def place(self, place: Place) -> None:
        self.address, self.real, self.start, self.real_start = place

    def ensure_org(self) -> None:
        if self.address < 0 or self.real < 0:
            self.org(START)

    def offset(self, address: int) -> int:
        """The ROM offset of an address; the caller's own origin may lie in RAM."""
        if address >> 16 == self.origin_bank:
            return address
        offset = rom_offset(self.mapper, address, self.sa1_banks)
        if offset < 0:
            raise Problem(Kind.BAD_ADDRESS, f"no ROM is mapped at ${address:06X}")
        return offset

    def put(self, data: bytes) -> None:
        if self.cross_banks and len(data) > 1:
            for byte in data:
                self.put(bytes((byte,)))
            return
        self.ensure_org()
        if self.keep and data:
            self._keep(data)
        self.advance(len(data))

    def advance(self, count: int) -> None:
        """`put` before the last pass, when nothing but the count matters."""
        self.ensure_org()
        self.total += count
        if self.total > self.limit:
            raise FatalProblem(Kind.LIMIT, f"more than {self.limit} bytes of output")
        self.skip(count)

    def _keep(self, data: bytes) -> None:
        last = self.real + len(data) - 1
        if self.offset(self.real) + len(data) - 1 != self.offset(last):
            raise FatalProblem(Kind.BAD_ADDRESS, f"a bank border is crossed at ${last:06X}")
        if self.real != self.next:
            self.blocks.append((self.real, bytearray()))
        self.blocks[-1][1].extend(data)
        self.next = self.real + len(data)

    def shift(self, count: int) -> None:
        self.address += count
        self.real += count

    def skip(self, count: int) -> None:
        self.counted += count
        if self.cross_banks:
            self.address = self.start = advanced(self.mapper, self.address, count)
            self.real = self.real_start = advanced(self.mapper, self.real, count)
        else:
            self.shift(count)

    def check_bank(self) -> None:
        """asar allows a statement to end exactly on a bank's border, and nothing beyond."""
        if self.address >> 15 == self.start >> 15 and self.real >> 15 == self.real_start >> 15:
            return
        mask = 0x7FFF8000 if self.half_banks else 0x7FFF0000
        for at, start in ((self.address, self.start), (self.real, self.real_start)):
            if (at ^ start) & mask and ((at - 1) ^ start) & mask and not self.cross_banks and at >= 0:
                raise FatalProblem(Kind.BAD_ADDRESS, f"a bank border is crossed at ${at & 0xFFFFFF:06X}")
