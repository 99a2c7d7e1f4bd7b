"""Where the next byte goes, in the ROM and where code is meant to run, and the blocks of bytes so far."""

from collections.abc import Callable

from oracle_lib.verify.assembler.model import Fault, Kind, StatementFault, unsupported

MAPPERS = ("lorom", "hirom", "exlorom", "exhirom", "sfxrom", "sa1rom", "fullsa1rom", "norom")
Place = tuple[int, int, int, int]
"""Where code runs (`base` moves it) and lies in the ROM, and where the current stretch of each began; -1 is nowhere."""
NOWHERE = (-1, -1, -1, -1)


def rom_offset(mapper: str, address: int) -> int:
    """The offset in the ROM file of a 24-bit SNES address, or -1 where no ROM is mapped. The mapper `sa1rom` may name
    the megabytes in its four banks: `sa1rom 0,1,4,5`."""
    if not 0 <= address <= 0xFFFFFF:
        return -1
    if mapper == "norom":
        return address
    half = (address & 0x7F0000) >> 1 | address & 0x7FFF
    if mapper[:6] == "sa1rom":
        banks = [int(megabyte) << 20 for megabyte in mapper[7::2] or "0123"]
        if address & 0xC00000 == 0xC00000:
            return banks[address >> 20 & 3] | address & 0x0FFFFF
        return -1 if address & 0x408000 != 0x8000 else banks[address >> 22 & 2 | address >> 21 & 1] | half & 0x0FFFFF
    if address & 0xFE0000 == 0x7E0000 or address & 0x408000 == 0:
        return -1
    match mapper:
        case "lorom":
            return -1 if address & 0x708000 == 0x700000 else half
        case "exlorom":
            upper = 0 if address & 0x800000 else 0x400000
            return -1 if address & 0xF00000 == 0x700000 else half + upper
        case "sfxrom":
            linear = address & 0x400000
            return (
                -1 if address & 0x800000 or address & 0x600000 == 0x600000 else address & 0x3FFFFF if linear else half
            )
        case "fullsa1rom" if address & 0xC00000 != 0xC00000:
            return -1 if address & 0x400000 else (address & 0x800000) >> 2 | half & 0x1FFFFF
    upper = mapper == "fullsa1rom" or (mapper == "exhirom" and not address & 0x800000)
    return address & 0x3FFFFF | (0x400000 if upper else 0)


def snes_address(mapper: str, offset: int) -> int:
    """The SNES address that asar gives an offset in the ROM file, or -1 where it has none."""
    if mapper == "norom" or offset < 0:
        return offset if offset >= 0 else -1
    half = offset << 1 & 0x7F0000 | offset & 0x7FFF | 0x8000
    if mapper.startswith("sa1rom"):
        megabytes = mapper[7::2] or "0123"
        bank = megabytes.find(str(offset >> 20))
        low = (offset & 0x0F8000) << 1 | offset & 0x7FFF | 0x8000
        return low | (0, 1, 4, 5)[bank] << 21 if bank >= 0 else -1
    match mapper:
        case "lorom" if offset < 0x400000:
            return half | 0x800000
        case "hirom" if offset < 0x400000:
            return offset | 0xC00000
        case "sfxrom" if offset < 0x200000:
            return half
        case "exlorom" if offset < 0x800000:
            return half if offset & 0x400000 else half | 0x800000
        case "exhirom" if offset < 0x800000:
            return offset if offset & 0x400000 else offset | 0xC00000
        case "fullsa1rom" if offset < 0x800000 and offset & 0x400000:
            return offset | 0xC00000
        case "fullsa1rom" if offset < 0x400000:
            return half & 0x3FFFFF | (offset & 0x200000) << 2
    return -1


class Output:
    """The output of one pass, at most `limit` bytes, which count only and are lost where it does not `keep` them."""

    def __init__(self, origin: int, keep: bool, limit: int) -> None:
        self.mapper = "lorom"
        self.mappers: set[str] = set()
        """Those that blocks were laid out by."""
        self.keep = keep
        self.limit = limit
        self.bank_bits: int | None = 16
        """A block may not leave the bank of so many bits that it began in; None: addresses go on in the next bank."""
        self.origin_bank = origin >> 16 if rom_offset(self.mapper, origin) < 0 else -1
        self.blocks: list[tuple[int, bytearray]] = []
        self.offsets: list[int] = []
        """Where the blocks lie in the ROM, by the mapper of their time."""
        self.written_at: list[tuple[str, int]] = []
        """The file and line that the blocks begin at, as `where` gives them."""
        self.where: Callable[[], tuple[str, int]] = lambda: ("", 0)
        self.next = (-1, -1)
        self.total = 0
        self.stepped = 0
        """The bytes put and skipped, which `print bytes` tells and `reset bytes` sets to 0."""
        self.org(origin)

    def org(self, address: int) -> None:
        self.address = self.real = self.start = self.real_start = address

    @property
    def place(self) -> Place:
        return self.address, self.real, self.start, self.real_start

    @place.setter
    def place(self, place: Place) -> None:
        self.address, self.real, self.start, self.real_start = place

    def ensure_org(self) -> None:
        if self.address < 0 or self.real < 0:
            self.org(0x008000)

    def offset(self, address: int) -> int:
        """Where an address lies in the ROM; the caller's own origin may lie in RAM."""
        if address >> 16 == self.origin_bank:
            return address
        offset = rom_offset(self.mapper, address)
        if offset < 0:
            raise StatementFault(Kind.BAD_ADDRESS, f"no ROM is mapped at ${address:06X}")
        return offset

    def distance(self, address: int) -> int:
        """How many bytes of the ROM lie before an address; what is outside the ROM counts as in front of it."""
        if address >> 16 == self.origin_bank:
            return address - self.real
        return rom_offset(self.mapper, address) - rom_offset(self.mapper, self.real)

    def reserve(self, count: int, token: str = "") -> None:
        """Refuse to go on where so many bytes more are too many."""
        if abs(count) > self.limit - self.total:
            raise Fault(Kind.LIMIT, f"more than {self.limit} bytes of output", token)

    def put(self, data: bytes) -> None:
        self.ensure_org()
        if self.bank_bits is None and len(data) > 1:
            data = self._put_banks(data)
        if self.keep and data:
            self._keep(data)
        self.skip(len(data))
        self.total += len(data)

    def _put_banks(self, data: bytes) -> bytes:
        """Put what ends a bank, and what fills whole ones. Returns the rest."""
        while len(data) > (room := 0x8000 - max(self.real & 0x7FFF, self.address & 0x7FFF)):
            self.put(data[:room])
            data = data[room:]
        return data

    def _keep(self, data: bytes) -> None:
        last, offset = self.real + len(data) - 1, self.offset(self.real)
        if offset + len(data) - 1 != self.offset(last):
            raise Fault(Kind.BAD_ADDRESS, f"the bank border behind ${self.real | 0xFFFF:06X} is crossed")
        if (self.real, offset) != self.next:
            self.blocks.append((self.real, bytearray()))
            self.offsets.append(offset)
            self.written_at.append(self.where())
            self.mappers.add(self.mapper)
        self.blocks[-1][1].extend(data)
        self.next = (self.real + len(data), offset + len(data))

    def skip(self, count: int) -> None:
        self.reserve(count)
        self.stepped += count
        if self.bank_bits is None:
            self.address = self.start = self._beyond(self.address, count)
            self.real = self.real_start = self._beyond(self.real, count)
        else:
            self.address += count
            self.real += count

    def _beyond(self, address: int, count: int) -> int:
        """The address that lies so many bytes on, where the border of a bank may be crossed."""
        if self.mapper in ("exlorom", "fullsa1rom"):
            return snes_address(self.mapper, rom_offset(self.mapper, address) + count)
        halves = self.mapper == "lorom" or (self.mapper != "norom" and not address & 0x400000)
        if halves and self.mapper == "sfxrom":
            raise unsupported("check bankcross off under sfxrom", "")
        return address + count + (0x8000 if halves and (address & 0xFFFF) + count > 0xFFFF else 0)

    def check_bank(self) -> None:
        """asar allows a statement to end exactly on a bank's border, and nothing beyond."""
        if (bits := self.bank_bits) is None:
            return
        for at, start in ((self.address, self.start), (self.real, self.real_start)):
            if at >> bits != start >> bits and (at - 1) >> bits != start >> bits and at >= 0:
                raise Fault(Kind.BAD_ADDRESS, f"the bank border behind ${start | (1 << bits) - 1:06X} is crossed")
