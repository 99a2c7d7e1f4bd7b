"""Where the next byte goes and the bytes so far: the position in the ROM, the position code is meant to run at, and blocks."""

from oracle_lib.verify.assembler.mapping import SA1_BANKS, Mapper, advanced, rom_offset
from oracle_lib.verify.assembler.model import FatalProblem, Kind, Problem

START = 0x008000


class Output:
    """The output of one pass. `address` is where code will run (`base` moves it), `real` where it lies in the ROM; -1 is
    nowhere yet. Only the last pass keeps bytes."""

    def __init__(self, origin: int, keep: bool, limit: int) -> None:
        self.mapper = Mapper.LOROM
        self.sa1_banks = SA1_BANKS
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
    def place(self) -> tuple[int, int, int, int]:
        return self.address, self.real, self.start, self.real_start

    @place.setter
    def place(self, place: tuple[int, int, int, int]) -> None:
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
        self.ensure_org()
        self.total += len(data)
        if self.total > self.limit:
            raise FatalProblem(Kind.LIMIT, f"more than {self.limit} bytes of output")
        if self.cross_banks:
            for byte in data:
                self._keep(bytes((byte,)))
                self.skip(1)
            return
        self._keep(data)
        self.skip(len(data))

    def _keep(self, data: bytes) -> None:
        if not (self.keep and data):
            return
        last = self.real + len(data) - 1
        if self.offset(self.real) + len(data) - 1 != self.offset(last):
            raise FatalProblem(Kind.BAD_ADDRESS, f"a bank border is crossed at ${last:06X}")
        if self.real != self.next:
            self.blocks.append((self.real, bytearray()))
        self.blocks[-1][1].extend(data)
        self.next = self.real + len(data)

    def skip(self, count: int) -> None:
        self.counted += count
        if self.cross_banks:
            self.address = self.start = advanced(self.mapper, self.address, count)
            self.real = self.real_start = advanced(self.mapper, self.real, count)
        else:
            self.address += count
            self.real += count

    def check_bank(self) -> None:
        """asar allows a statement to end exactly on a bank's border, and nothing beyond."""
        mask = 0x7FFF8000 if self.half_banks else 0x7FFF0000
        for at, start in ((self.address, self.start), (self.real, self.real_start)):
            if (at ^ start) & mask and ((at - 1) ^ start) & mask and not self.cross_banks and at >= 0:
                raise FatalProblem(Kind.BAD_ADDRESS, f"a bank border is crossed at ${at & 0xFFFFFF:06X}")
