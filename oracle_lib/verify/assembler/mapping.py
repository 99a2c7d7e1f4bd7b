"""Where SNES addresses lie in a ROM file, for the mappers that asar knows."""

from enum import StrEnum


class Mapper(StrEnum):
    LOROM = "lorom"
    HIROM = "hirom"
    EXLOROM = "exlorom"
    EXHIROM = "exhirom"
    SA1 = "sa1rom"
    FULL_SA1 = "fullsa1rom"
    SUPERFX = "sfxrom"
    NONE = "norom"


SA1_BANKS = (0, 1, 2, 3)
"""The megabytes of ROM that the SA-1 shows in its four windows."""
_SA1_SLOTS = (0, 1, 4, 5)


def rom_offset(mapper: Mapper, address: int, sa1_banks: tuple[int, ...] = SA1_BANKS) -> int:
    """The offset in the ROM file of a 24-bit SNES address, or -1 where no ROM is mapped."""
    half = (address & 0x7F0000) >> 1 | address & 0x7FFF
    system = address & 0x408000 == 0
    ram = address & 0xFE0000 == 0x7E0000
    if not 0 <= address <= 0xFFFFFF:
        return -1
    match mapper:
        case Mapper.LOROM:
            return -1 if ram or system or address & 0x708000 == 0x700000 else half
        case Mapper.HIROM:
            return -1 if ram or system else address & 0x3FFFFF
        case Mapper.EXLOROM:
            unmapped = system or address & 0xF00000 == 0x700000
            return -1 if unmapped else half + (0 if address & 0x800000 else 0x400000)
        case Mapper.EXHIROM:
            return -1 if ram or system else address & 0x3FFFFF | (0 if address & 0x800000 else 0x400000)
        case Mapper.SUPERFX:
            if system or address & 0x600000 == 0x600000 or address & 0x800000:
                return -1
            return address & 0x3FFFFF if address & 0x400000 else half
        case Mapper.SA1:
            if address & 0x408000 == 0x8000:
                if address >> 21 not in _SA1_SLOTS:
                    return -1
                bank = sa1_banks[_SA1_SLOTS.index(address >> 21)] << 20
                return bank | (address & 0x1F0000) >> 1 | address & 0x7FFF
            if address & 0xC00000 == 0xC00000:
                return sa1_banks[address >> 20 & 3] << 20 | address & 0x0FFFFF
            return -1
        case Mapper.FULL_SA1:
            if address & 0xC00000 == 0xC00000:
                return address & 0x3FFFFF | 0x400000
            if address & 0x400000 or system:
                return -1
            return (address & 0x800000) >> 2 | (address & 0x3F0000) >> 1 | address & 0x7FFF
    return address


def snes_address(mapper: Mapper, offset: int, sa1_banks: tuple[int, ...] = SA1_BANKS) -> int:
    """The SNES address that asar prefers for an offset in the ROM file, or -1 where the mapper reaches none."""
    half = offset << 1 & 0x7F0000 | offset & 0x7FFF | 0x8000
    if offset < 0:
        return -1
    match mapper:
        case Mapper.LOROM:
            return half | 0x800000 if offset < 0x400000 else -1
        case Mapper.SUPERFX:
            return half if offset < 0x200000 else -1
        case Mapper.HIROM:
            return offset | 0xC00000 if offset < 0x400000 else -1
        case Mapper.EXLOROM:
            return -1 if offset >= 0x800000 else half if offset & 0x400000 else half | 0x800000
        case Mapper.EXHIROM:
            return -1 if offset >= 0x800000 else offset if offset & 0x400000 else offset | 0xC00000
        case Mapper.SA1:
            for slot, bank in zip(_SA1_SLOTS, sa1_banks, strict=True):
                if bank << 20 == offset & 0x700000:
                    return 0x8000 | slot << 21 | (offset & 0x0F8000) << 1 | offset & 0x7FFF
            return -1
        case Mapper.FULL_SA1:
            if offset >= 0x800000:
                return -1
            if offset & 0x400000:
                return offset | 0xC00000
            return (offset & 0x200000) << 2 | (offset << 1 & 0x3F0000) | 0x8000 | offset & 0x7FFF
    return offset


def advanced(mapper: Mapper, address: int, count: int) -> int:
    """`address` moved on by `count`, stepping over the unmapped half of banks (`check bankcross off`)."""
    if mapper in (Mapper.EXLOROM, Mapper.FULL_SA1):
        return snes_address(mapper, rom_offset(mapper, address) + count)
    halves = mapper is Mapper.LOROM or (mapper is not Mapper.NONE and address & 0x400000 == 0)
    crossed = halves and (address & 0xFFFF) + count > 0xFFFF
    return address + count + (0x8000 if crossed else 0)
