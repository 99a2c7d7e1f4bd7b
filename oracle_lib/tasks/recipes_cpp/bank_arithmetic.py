"""Arithmetic of banks: less common mappings, mirrors, effective addresses, ranges cut at banks, dumps of the console's RAM."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def sa1_file_offset(rng: random.Random) -> Made:
    bad = rng.choice((-1, -2))
    low = rng.random() < 0.5
    extra = "\nif (low >= 0x8000 && (bank < 0x40 || (bank >= 0x80 && bank < 0xC0)))\n  return blocks[bank >> 7 << 1 | (bank >> 5 & 1)] * 0x100000 + (bank & 0x1F) * 0x8000 + (low & 0x7FFF);"
    body = cpp(
        """
        const int bank = address >> 16 & 0xFF, low = address & 0xFFFF;
        if (bank >= 0xC0) return blocks[(bank - 0xC0) >> 4] * 0x100000 + (address & 0xFFFFF);@extra
        return @bad;
        """,
        extra=extra if low else "",
        bad=bad,
    )

    def oracle(address: int, blocks: list[int]) -> int:
        bank, at = divmod(address, 65536)
        if bank >= 192:
            return blocks["CDEF".index(f"{bank:02X}"[0])] << 20 | address & 0xFFFFF
        for start, block in ((0x00, 0), (0x20, 1), (0x80, 2), (0xA0, 3)):
            if low and bank in range(start, start + 32) and at >= 32768:
                return (blocks[block] << 20) + (bank - start) * 32768 + at - 32768
        return bad

    more = (
        " Block n is also shown in 32 KiB pieces at $8000-$FFFF of the 32 banks from $00 (n = 0), $20 (1), $80 (2) or $A0 (3)."
        if low
        else ""
    )
    return Made(
        f"int @f(uint32_t address, {BYTES} blocks)",
        body,
        oracle,
        lambda r: [
            r.choice((0xC0, 0xD5, 0xE0, 0xFF, 0x00, 0x1F, 0x20, 0x3F, 0x80, 0xBF, 0xA0, 0x40)) << 16
            | r.choice((0, 0x8000, 0xFFFF, r.randrange(65536))),
            bytes(r.randrange(8) for _ in range(4)),
        ],
        (
            f"Write a function that finds the ROM offset of a 24-bit address on an SA-1 cartridge. `blocks` has four bytes, the number of the 1 MiB ROM block shown in banks $C0-$CF, $D0-$DF, $E0-$EF and $F0-$FF, whole banks in order.{more} Anything else gives {bad}.",
            f"SA-1 address -> file offset; blocks[n] = MiB number mapped at $C0 + 16n (four of them, 64 KiB banks).{more} Otherwise {bad}",
            f"How do I map SA-1 addresses with the mapper registers taken into account? The four values in `blocks` say which MiB of the ROM is in $Cx, $Dx, $Ex and $Fx.{more} Return {bad} for other addresses.",
            f"My tracer supports SA-1 games now. Bank $C0 + 16n and the 15 after it show ROM MiB blocks[n], n from 0 to 3.{more} I want the offset in the unheadered ROM, {bad} where none of this applies.",
        ),
    )


def exlorom_offset(rng: random.Random) -> Made:
    bad = rng.choice((-1, 0xFFFFFF))
    back = rng.random() < 0.4
    if back:
        body = "if (offset < 0x400000) return (0x80 + offset / 0x8000) << 16 | 0x8000 | offset % 0x8000;\nreturn (offset - 0x400000) / 0x8000 << 16 | 0x8000 | offset % 0x8000;"
        signature = "uint32_t @f(uint32_t offset)"
    else:
        body = f"const int bank = address >> 16 & 0xFF, low = address & 0xFFFF;\nif (low < 0x8000 || bank == 0x7E || bank == 0x7F) return {bad};\nreturn (bank >= 0x80 ? 0 : 0x400000) + (bank & 0x7F) * 0x8000 + (low & 0x7FFF);"
        signature = "int @f(uint32_t address)"

    def oracle(value: int) -> int:
        if back:
            bank, at = divmod(value, 0x8000)
            return ((bank + 128) % 256) * 65536 + 0x8000 + at
        bank, at = divmod(value, 65536)
        if at < 0x8000 or bank in (0x7E, 0x7F):
            return bad
        return (bank ^ 0x80) * 0x8000 + at - 0x8000

    def given(r: random.Random) -> list[int]:
        if back:
            return [r.choice((0, 0x7FFF, 0x3FFFFF, 0x400000, 0x408123, r.randrange(0x7F0000)))]
        return [
            r.choice((0, 0x7D, 0x7E, 0x7F, 0x80, 0xFF, r.randrange(256))) << 16
            | r.choice((0x8000, 0xFFFF, 0x7FFF, r.randrange(65536)))
        ]

    layout = "banks $80-$FF hold the first 4 MiB at $8000-$FFFF, 32 KiB each, and banks from $00 on hold what follows from 0x400000 in the same way"
    if back:
        asks = (
            f"Write a function that turns an ExLoROM file offset (no header, below 0x7F0000) into its SNES address: {layout}.",
            "ExLoROM: PC -> SNES. First 4 MiB at $80:8000 up, the rest at $00:8000 up, 32 KiB per bank.",
            f"I need the CPU address of a byte in an 8 MB ExLoROM hack. {layout[0].upper() + layout[1:]}. Offsets are below 0x7F0000.",
            "offset (headerless, < 0x7F0000) to 24-bit ExLoROM address? 0x000000 is $80:8000 and 0x400000 is $00:8000; only upper bank halves are ROM.",
        )
    else:
        asks = (
            f"Write a function that turns a 24-bit ExLoROM address into a file offset: {layout}. Addresses below $8000 of a bank and banks $7E and $7F are no ROM and give {bad}.",
            f"ExLoROM: SNES -> PC, no header. $80-$FF = first 4 MiB, $00-$7D = from 0x400000; {bad} below $8000 or in WRAM banks",
            f"Where in the file is an address of a 6 MB ExLoROM game? {layout[0].upper() + layout[1:]}. Return {bad} for lower bank halves and for $7E/$7F.",
            f"ExLoROM support please: upper half of every bank but 7E and 7F is ROM, bank $80 comes first in the file, bank $00 starts at 4 MiB. {bad} for everything else.",
        )
    return Made(signature, body, oracle, given, asks)


def pieces_by_bank(rng: random.Random) -> Made:
    hirom = rng.random() < 0.4
    size = 0x10000 if hirom else 0x8000
    wanted = rng.choice(("addresses", "sizes", "both"))
    address = "(0xC00000 + offset)" if hirom else "(offset / 0x8000 << 16 | 0x8000 | offset % 0x8000)"
    push = {
        "addresses": f"pieces.push_back({address});",
        "sizes": "pieces.push_back(part);",
        "both": f"pieces.push_back({address});\npieces.push_back(part);",
    }[wanted].replace("\n", "\n          ")
    body = cpp(
        """
        std::vector<uint32_t> pieces;
        while (length > 0) {
          const uint32_t part = std::min<uint32_t>(length, @size - offset % @size);
          @push
          offset += part;
          length -= part;
        }
        return pieces;
        """,
        size=hexadecimal(size),
        push=push.replace("          ", "  "),
    )

    def oracle(offset: int, length: int) -> list[int]:
        out: list[int] = []
        for bank in range(offset // size, (offset + length) // size + 1):
            start, end = max(offset, bank * size), min(offset + length, bank * size + size)
            if start >= end:
                continue
            place = 0xC00000 + start if hirom else bank * 65536 + 32768 + start - bank * size
            out += {"addresses": [place], "sizes": [end - start], "both": [place, end - start]}[wanted]
        return out

    kind = "HiROM (offset 0 is $C0:0000)" if hirom else "LoROM (offset 0 is $00:8000)"
    goal = {
        "addresses": "the 24-bit address of each piece",
        "sizes": "the size of each piece",
        "both": "for each piece its 24-bit address and then its size",
    }[wanted]
    return Made(
        "std::vector<uint32_t> @f(uint32_t offset, uint32_t length)",
        body,
        oracle,
        lambda r: [
            r.choice((0, size - 1, size, 3 * size - 5, r.randrange(0x100000))),
            r.choice((0, 1, 5, 6, size, size + 1, r.randrange(3 * size))),
        ],
        (
            f"Write a function that cuts the `length` bytes from file offset `offset` on into pieces that do not cross a bank of {size // 1024} KiB and returns {goal}, in order. The game is {kind}; there is no header and no piece is empty.",
            f"split a file range at {kind.partition(' ')[0]} bank borders -> {goal}; no empty pieces",
            f"DMA can't cross a bank, so a block of my {kind} file has to go in several parts. Give me {goal}, first part first (a length of 0 gives none).",
            f"{kind}: range [offset, offset + length) cut where banks end ({hexadecimal(size)} bytes each); return {goal}.",
        ),
    )


def same_byte_seen(rng: random.Random) -> Made:
    wram = rng.random() < 0.6
    body = cpp(
        """
        auto place = [](uint32_t address) -> int64_t {
          const uint32_t bank = address >> 16, low = address & 0xFFFF;
          if (bank == 0x7E || bank == 0x7F) return 0x1000000 + (address & 0x1FFFF);
          if (low >= 0x8000) return (bank & 0x7F) * 0x8000 + low - 0x8000;@mirror
          return -1;
        };
        return place(a) >= 0 && place(a) == place(b);
        """,
        mirror="\n  if (low < 0x2000 && (bank & 0x7F) < 0x40) return 0x1000000 + low;" if wram else "",
    )

    def oracle(a: int, b: int) -> bool:
        def seen(address: int) -> tuple[str, int] | None:
            bank, at = divmod(address, 65536)
            if bank in (126, 127):
                return ("wram", address - 0x7E0000)
            if at >= 32768:
                return ("rom", bank % 128 * 32768 + at % 32768)
            return ("wram", at) if wram and at < 8192 and bank % 128 < 64 else None

        return seen(a) is not None and seen(a) == seen(b)

    def given(r: random.Random) -> list[int]:
        low = r.choice((0x0012, 0x1FFF, 0x2000, 0x8000, 0xFFFF))
        banks = (0, 0x80, 0x7E, 0x7F, 0x3F, 0xBF, 5, 0x85, 0xFE)
        bank = r.choice(banks)
        other = bank ^ 0x80 if r.random() < 0.5 else r.choice(banks)
        return [bank << 16 | low, other << 16 | r.choice((low, low, low, 0x8001))]

    mirror = ", $0000-$1FFF of banks $00-$3F and $80-$BF is the beginning of $7E" if wram else ""
    return Made(
        "bool @f(uint32_t a, uint32_t b)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells whether two 24-bit LoROM addresses reach the same byte. Banks $7E and $7F are WRAM{mirror}; in all other banks $8000-$FFFF is ROM, and bank $80 + n shows what bank n would (so that $FE and $FF show two banks that $7E and $7F do not). Everything else counts as nothing, which is never the same.",
            f"Are a and b mirrors of each other in LoROM? ROM: upper halves, bank & $7F; WRAM: $7E/$7F{mirror}; any other address: false.",
            f"My breakpoint list must not hold a byte twice. LoROM: outside banks 7E and 7F (WRAM{mirror}) the upper half of a bank is ROM, mirrored from bank n to $80 + n. Do both addresses mean one byte? An address that is neither ROM nor WRAM by these rules gives false.",
            f"same_byte(a, b) under LoROM mirroring, ROM at $8000+ of bank n and n + $80, WRAM in $7E-$7F{mirror}. Addresses of anything else are never equal, not even to themselves.",
        ),
    )


def other_mapping(rng: random.Random) -> Made:
    to_hirom = rng.random() < 0.5
    fast = rng.random() < 0.5
    if to_hirom:
        body = (
            "const uint32_t offset = (address >> 16 & 0x7F) * 0x8000 + (address & 0x7FFF);\nreturn 0xC00000 + offset;"
        )
    else:
        body = f"const uint32_t offset = address & 0x3FFFFF;\nreturn {'0x800000 | ' if fast else ''}offset / 0x8000 << 16 | 0x8000 | offset % 0x8000;"

    def oracle(address: int) -> int:
        bank, low = divmod(address, 65536)
        if to_hirom:
            pair, odd = divmod(bank % 128, 2)
            return 0xC00000 + pair * 65536 + (low if odd else low - 32768)
        half, at = divmod(low, 32768)
        return (2 * (bank - 192) + half + 128 * fast) * 65536 + 32768 + at

    asks = (
        (
            "Write a function that converts the address of a ROM byte in a LoROM game (upper half of a bank; bank $80 + n mirrors n) into its address after the same image has been mapped as HiROM, in banks $C0 and up. Offset 0 is $00:8000 there and $C0:0000 here.",
            "LoROM address -> HiROM address ($C0 up) of the same file byte",
            "I'm porting a LoROM hack to HiROM without moving any data in the file. Where does a LoROM ROM address ($8000-$FFFF of its bank, fast mirrors allowed) go? Use banks $C0-$FF.",
            "Same byte, other mapping: take a LoROM ROM address, give the HiROM one from $C0:0000 on (which is the first byte of the file).",
        )
        if to_hirom
        else (
            f"Write a function that converts a HiROM address in banks $C0-$FF into the address of the same file byte under LoROM, where 32 KiB banks lie at $8000-$FFFF from bank {'$80' if fast else '$00'} on.",
            f"HiROM ($C0-$FF) -> LoROM address of the same file byte; first bank ${128 * fast:02X}",
            f"I'm turning a HiROM prototype into LoROM; the file stays as it is. Convert addresses from $C0:0000 up to those from ${128 * fast:02X}:8000 up.",
            f"$C0:0000 becomes ${128 * fast:02X}:8000, $C0:8000 becomes ${128 * fast + 1:02X}:8000 and so on: HiROM address in banks $C0 to $FF to LoROM.",
        )
    )

    def given(r: random.Random) -> list[int]:
        if to_hirom:
            return [
                r.choice((0, 1, 0x80, 0x81, 0x7D, 0xFF, r.randrange(0x7E))) << 16
                | r.choice((0x8000, 0xFFFF, r.randrange(0x8000, 0x10000)))
            ]
        return [r.choice((0xC0, 0xC1, 0xFF, r.randrange(0xC0, 0x100))) << 16 | r.choice((0, 0x7FFF, 0x8000, 0xFFFF))]

    return Made("uint32_t @f(uint32_t address)", body, oracle, given, asks)


def bytes_between(rng: random.Random) -> Made:
    inclusive = rng.random() < 0.4
    signed = rng.random() < 0.5
    plus = " + 1" if inclusive else ""
    if inclusive or not signed:
        body = f"auto offset = [](uint32_t address) {{ return int((address >> 16 & 0x7F) * 0x8000 + (address & 0x7FFF)); }};\nreturn std::abs(offset(to) - offset(from)){plus};"
    else:
        body = "auto offset = [](uint32_t address) { return int((address >> 16 & 0x7F) * 0x8000 + (address & 0x7FFF)); };\nreturn offset(to) - offset(from);"

    def oracle(start: int, end: int) -> int:
        banks = end // 65536 % 128 - start // 65536 % 128
        steps = banks * 32768 + end % 65536 - start % 65536
        return abs(steps) + 1 if inclusive else steps if signed else abs(steps)

    goal = (
        "how many bytes the block has whose first and last byte these are (in either order)"
        if inclusive
        else "how many bytes lie from `from` to `to`, negative if `to` comes first"
        if signed
        else "how many bytes they are apart, whichever comes first"
    )
    return Made(
        "int @f(uint32_t from, uint32_t to)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1, 5, 0x80, 0x81)) << 16 | r.choice((0x8000, 0x8001, 0xFFFF, r.randrange(0x8000, 0x10000)))
            for _ in range(2)
        ],
        (
            f"Write a function that takes two LoROM addresses of ROM bytes (24 bits, the lower 16 from $8000 on) and returns {goal}. After $FFFF of a bank comes $8000 of the next; bank $80 + n counts as bank n.",
            f"two LoROM ROM addresses -> {goal}. Banks continue at $8000; fast mirrors ($80+) are equal to the slow ones",
            f"How big is a selection that crosses banks in LoROM? From two addresses in upper bank halves I want {goal} in the file (bit 7 of the bank means nothing).",
            f"Distance in the ROM file between two LoROM addresses: {goal}. 32 KiB a bank at $8000-$FFFF, bit 23 is ignored.",
        ),
    )


def banks_showing_offset(rng: random.Random) -> Made:
    fast = rng.random() < 0.5
    count = rng.random() < 0.4
    body = cpp(
        """
        @head
        for (int bank = 0; bank < @end; ++bank) {
          if (bank == 0x7E || bank == 0x7F) continue;
          if ((bank & 0x7F) % bank_count == offset / 0x8000) @step;
        }
        return result;
        """,
        head="int result = 0;" if count else "std::vector<uint8_t> result;",
        end=256 if fast else 128,
        step="++result" if count else "result.push_back(bank)",
    )

    def oracle(offset: int, bank_count: int) -> object:
        own = offset >> 15
        low = list(range(own, 128, bank_count))
        banks = [one for one in low if one < 0x7E] + ([one + 128 for one in low] if fast else [])
        return len(banks) if count else banks

    def given(r: random.Random) -> list[int]:
        banks = r.choice((8, 16, 32, 64, 128))
        return [r.choice((0, banks - 1, banks - 2, r.randrange(banks))) * 0x8000 + r.randrange(0x8000), banks]

    range_said = "$00-$7D and $80-$FF" if fast else "$00-$7D"
    goal = "how many banks show it" if count else "those banks, ascending"
    return Made(
        f"{'int' if count else 'std::vector<uint8_t>'} @f(uint32_t offset, uint32_t bank_count)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for all banks in which a LoROM byte is visible. The ROM has `bank_count` banks of 32 KiB, a power of two, at most 128, and is repeated over the banks {range_said}: bank b shows ROM bank (b & 0x7F) % bank_count. `offset` is the byte's place in the ROM. Return {goal}.",
            f"LoROM mirrors of a file offset within {range_said}, ROM repeating every bank_count (2^n) banks: {goal}",
            f"A small LoROM game repeats itself through the whole address space. Which of {range_said} show the byte at `offset`? Bank b has ROM bank (b & $7F) modulo bank_count. Result: {goal}.",
            f"List for the debugger: {goal}, where the ROM (bank_count banks of 0x8000 bytes) is mirrored in {range_said}, always counting from bank & $7F, and `offset` is inside it.",
        ),
    )


def last_dma_byte(rng: random.Random) -> Made:
    step = rng.choice(("up", "down", "mode"))
    sign = {"up": "+", "down": "-"}.get(step, "")
    move = (
        f"const uint16_t low = source {sign} (size == 0 ? 0xFFFF : size - 1);"
        if sign
        else "const uint32_t moves = size == 0 ? 0xFFFF : size - 1;\nuint16_t low = source;\nif ((control & 0x18) == 0) low += moves;\nif ((control & 0x18) == 0x10) low -= moves;"
    )
    body = f"{move}\nreturn (source & 0xFF0000) | low;"

    def oracle(source: int, size: int, control: int | None = None) -> int:
        count = size or 65536
        way = {"up": 1, "down": -1}.get(step, 0)
        if control is not None:
            way = {0: 1, 2: -1}.get(control // 8 % 4, 0)
        bank = source // 65536
        return bank * 65536 + (source % 65536 + way * (count - 1)) % 65536

    said = {
        "up": "the address goes up by one for each byte",
        "down": "the address goes down by one for each byte",
        "mode": "bits 3 and 4 of `control` decide: 00 up by one for each byte, 10 (bit 4 alone) down by one, otherwise fixed",
    }[step]
    return Made(
        f"uint32_t @f(uint32_t source, uint16_t size{', uint8_t control' if step == 'mode' else ''})",
        body,
        oracle,
        lambda r: [
            r.choice((0x7E0000, 0x7F2000, 0x108000, r.randrange(1 << 24))) | r.choice((0, 0xFFF0, r.randrange(65536))),
            r.choice((0, 1, 0x20, 0x800, r.randrange(65536))),
            *([r.choice((0, 1, 0x09, 0x10, 0x18, 0x08, r.randrange(256)))] if step == "mode" else []),
        ],
        (
            f"Write a function that returns the 24-bit address of the last byte that a general DMA from `source` reads. It transfers `size` bytes, where 0 means 65536; {said}. The bank never changes: the lower 16 bits wrap.",
            f"last source address of a DMA (size 0 = 64 KiB, wraps inside the bank; {said})",
            f"Which byte does this DMA read last? {said[0].upper() + said[1:]}, without ever leaving the bank of `source`, and a size of 0 is 0x10000 bytes.",
            f"For a DMA log I want the end of each transfer, inclusive. Size 0 stands for 64 KiB, {said}, carries don't reach the bank byte.",
        ),
    )


def effective_address(rng: random.Random) -> Made:
    modes = rng.sample(("absolute", "indexed", "long", "direct"), 3)
    names = rng.random() < 0.5
    label = {one: f'"{one}"' if names else str(i) for i, one in enumerate(modes)}
    code = {
        "absolute": "(bank << 16 | (operand & 0xFFFF)) & 0xFFFFFF",
        "indexed": "((bank << 16 | (operand & 0xFFFF)) + x) & 0xFFFFFF",
        "long": "(operand + x) & 0xFFFFFF",
        "direct": "(direct + (operand & 0xFF) + x) & 0xFFFF",
    }
    lines = "\n".join(f"if (mode == {label[one]}) return {code[one]};" for one in modes[:-1])
    body = f"{lines}\nreturn {code[modes[-1]]};"

    def oracle(mode: object, operand: int, bank: int, direct: int, x: int) -> int:
        one = next(key for key in modes if str(mode) == label[key].strip('"'))
        if one == "direct":
            return (direct + operand % 256 + x) % 65536
        if one == "long":
            return (operand + x) % (1 << 24)
        return (bank * 65536 + operand % 65536 + (x if one == "indexed" else 0)) % (1 << 24)

    said = {
        "absolute": "the lower 16 bits of the operand in the data bank",
        "indexed": "the same 16 bits in the data bank plus x, which may carry into the next bank",
        "long": "the 24-bit operand plus x",
        "direct": "direct + the lower 8 bits of the operand + x, within bank 0 (wraps at 16 bits)",
    }
    if "absolute" not in modes:
        said["indexed"] = (
            "the lower 16 bits of the operand in the data bank, plus x, which may carry into the next bank"
        )
    order = [one for one in ("absolute", "indexed", "long", "direct") if one in modes]
    told = "; ".join(f"mode {label[one]}: {said[one]}" for one in order)
    return Made(
        f"uint32_t @f({'const std::string&' if names else 'int'} mode, uint32_t operand, uint8_t bank, uint16_t direct, uint16_t x)",
        body,
        oracle,
        lambda r: [
            r.choice([label[one].strip('"') if names else int(label[one]) for one in modes]),
            r.choice((0x7EF36C, 0xFFFF, 0x12, 0xFFFFFF, r.randrange(1 << 24))),
            r.choice((0, 0x7E, 0xFF)),
            r.choice((0, 0x1F00, 0xFFF8)),
            r.choice((0, 1, 0x10, 0xFFFF, r.randrange(256))),
        ],
        (
            f"Write a function that computes the address which a 65816 instruction accesses, 24 bits: {told}. `bank` is the data bank, `direct` the direct page register; bits beyond 24 are lost, no other mode occurs.",
            f"65816 effective address, mod 2^24: {told}",
            f"My trace viewer must show what an instruction reads. {told}. `bank` = DBR, `direct` = D; the result wraps at 24 bits, and other modes don't come in.",
            f"Effective address from operand and registers (native mode). {told}. Everything is cut to 24 bits.",
        ),
    )


def direct_page_wrap(rng: random.Random) -> Made:
    pointer = rng.random() < 0.5
    if pointer:
        body = cpp(
            """
            auto at = [&](int place) {
              return emulation && (direct & 0xFF) == 0 ? (direct & 0xFF00) | (place & 0xFF) : (direct + place) & 0xFFFF;
            };
            return memory[at(operand + x)] | memory[at(operand + x + 1)] << 8;
            """
        )
        signature = f"uint16_t @f({BYTES} memory, uint16_t direct, uint8_t operand, uint8_t x, bool emulation)"
    else:
        body = "if (emulation && (direct & 0xFF) == 0) return (direct & 0xFF00) | ((operand + x) & 0xFF);\nreturn direct + operand + x;"
        signature = "uint16_t @f(uint16_t direct, uint8_t operand, uint8_t x, bool emulation)"

    def oracle(*given: object) -> int:
        memory = given[0] if pointer else []
        direct, operand, x, emulation = (int(str(one)) if not isinstance(one, bool) else int(one) for one in given[-4:])

        def place(step: int) -> int:
            total = operand + x + step
            if emulation and direct % 256 == 0:
                return direct + total % 256
            return (direct + total) % 65536

        if not pointer:
            return place(0)
        assert isinstance(memory, list)
        return int(memory[place(0)]) + 256 * int(memory[place(1)])

    def given(r: random.Random) -> list[object]:
        registers = [
            r.choice((0, 0x100, 0x10, 0xFF00, 0x180) if not pointer else (0, 0x100, 0x10, 0x80)),
            r.choice((0, 0x80, 0xFE, 0xFF)),
            r.choice((0, 1, 2, 0x80, 0xFF)),
            r.random() < 0.5,
        ]
        return [bytes((i * 7 + i // 256 * 3) % 256 for i in range(0x400)), *registers] if pointer else list(registers)

    goal = (
        "reads the 16-bit pointer (low byte first) that (dp,X) uses"
        if pointer
        else "computes the bank-0 address that dp,X means"
    )
    both = " That goes for each of the pointer's two bytes." if pointer else ""
    more = " `memory` starts at $0000 and is long enough." if pointer else ""
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {goal} on a 65816: direct + operand + x, wrapping at 16 bits. In emulation mode with the low byte of `direct` being 0 the sum of operand and x wraps inside the page (only the low byte changes).{both}{more}",
            f"{'(dp,X) pointer fetch' if pointer else 'dp,X address'} with the emulation-mode page wrap (E set and DL = 0); otherwise plain 16-bit wrap.{both}{more}",
            f"How does direct page indexing wrap? I want a function that {goal}. Native mode, or DL not 0: D + operand + X modulo 65536. Emulation mode with DL = 0: the page stays that of D and operand + X is taken modulo 256.{both}{more}",
            f"Emulator core: a helper that {goal}. Wrap at a page of 256 bytes if `emulation` and (direct & 0xFF) == 0, else at 64 KiB.{both}{more}",
        ),
    )


def speed_up_pointers(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    limit = rng.choice((0x40, 0x7E))
    low, high = (0x80, 0x80 + limit) if back else (0, limit)
    test = (
        f"table[i + 2] >= 0x80 && table[i + 2] < {hexadecimal(high)}" if back else f"table[i + 2] < {hexadecimal(high)}"
    )
    body = cpp(
        """
        int changed = 0;
        for (size_t i = 0; i + 3 <= table.size(); i += 3) {
          if (table[i + 1] < 0x80 || !(@test)) continue;
          table[i + 2] ^= 0x80;
          ++changed;
        }
        return changed;
        """,
        test=test,
    )

    def oracle(table: list[int]) -> int:
        changed = 0
        for i in range(len(table) // 3):
            number = int.from_bytes(bytes(table[3 * i : 3 * i + 3]), "little")
            if number & 0x8000 and low << 16 <= number < high << 16:
                number += -0x800000 if back else 0x800000
                table[3 * i : 3 * i + 3] = number.to_bytes(3, "little")
                changed += 1
        return changed

    banks = f"${low:02X}-${high - 1:02X}"
    to = "slow ones, 0x80 banks lower" if back else "FastROM ones, 0x80 banks higher"
    return Made(
        f"int @f({BUFFER} table)",
        body,
        oracle,
        lambda r: [
            b"".join(
                bytes(
                    [
                        r.randrange(256),
                        r.choice((0x80, 0xFF, 0x7F, 0x12)),
                        r.choice((0, 0x3F, 0x40, 0x7D, 0x7E, 0x80, 0xBF, 0xC0, 0xFE, 5, 0x85)),
                    ]
                )
                for _ in range(r.randrange(6))
            )
            + r.choice((b"", b"\x00", b"\x00\x80"))
        ],
        (
            f"Write a function that changes the 24-bit little-endian pointers of a table into {to}: those in banks {banks} whose 16-bit address is $8000 or more. All others stay, and one or two bytes left at the end are no pointer. Return how many were changed.",
            f"long pointer table: banks {banks}, address >= $8000 -> {to}; count of changes; ignore an incomplete tail",
            f"I {'need to undo a FastROM patch' if back else 'am making my hack FastROM'}: every complete 3-byte pointer (low, high, bank) to $8000-$FFFF of banks {banks} becomes one of the {to}. How many did that concern?",
            f"In place: ROM pointers (bank {banks}, high bit of the 16-bit address set) get bit 7 of their bank {'cleared' if back else 'set'}. The rest, RAM pointers above all, is not touched. Returns the number of changed pointers.",
        ),
    )


def wram_dump_offset(rng: random.Random) -> Made:
    start = rng.choice((0, 0, 0x0C13))
    length = rng.choice((1, 2))
    plus = f"{hexadecimal(start)} + " if start else ""
    low_limit = 0x2000 - length
    body = cpp(
        """
        const uint32_t bank = address >> 16, low = address & 0xFFFF;
        if ((address >> 17) == 0x3F && address <= @last) return @plus(address & 0x1FFFF);
        if ((bank & 0x7F) < 0x40 && low <= @low) return @plus(low);
        return std::nullopt;
        """,
        last=hexadecimal(0x800000 - length),
        plus=plus,
        low=hexadecimal(low_limit),
    ).replace("return (low)", "return low")

    def oracle(address: int) -> int | None:
        if address >= 0x7E0000 and address + length <= 0x800000:
            return start + address - 0x7E0000
        bank, at = divmod(address, 65536)
        return start + at if bank % 128 < 64 and at + length <= 8192 else None

    what = "a byte" if length == 1 else "a 16-bit variable"
    whole = "" if length == 1 else " Both of its bytes must lie in the same of these areas."
    place = "at the start of the file" if start == 0 else f"from offset {hexadecimal(start)} of the file on"
    return Made(
        "std::optional<uint32_t> @f(uint32_t address)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    0x7E0000,
                    0x7FFFFF,
                    0x7FFFFE,
                    0x800000,
                    0x001FFF,
                    0x001FFE,
                    0x3F0012,
                    0x400012,
                    0xBF1234,
                    0xC00000,
                    0x7E0000 | r.randrange(65536),
                    0x8000,
                )
            )
        ],
        (
            f"Write a function that says where a savestate has {what} of WRAM. The 128 KiB of banks $7E and $7F are {place}; $0000-$1FFF of banks $00-$3F and $80-$BF mirrors their beginning.{whole} An address outside WRAM gives no value.",
            f"CPU address -> offset of {what} in a WRAM dump that lies {place}; low mirrors included; nullopt if not WRAM.{whole}",
            f"I read variables from a dump of the console's RAM ({place}, $7E:0000 first, 0x20000 bytes). Addresses may be in 7E/7F or in the 8 KiB mirror of the system banks. Where is {'the byte' if length == 1 else 'the 16-bit variable'} at `address`?{whole} nullopt for all else.",
            f"WRAM address of {what} to file position: dump {place}. Don't forget that $00-$3F and $80-$BF show the first 0x2000 bytes.{whole} Not WRAM: empty optional.",
        ),
    )


def sram_bank_address(rng: random.Random) -> Made:
    first = rng.choice((0x70, 0xF0))
    unit = rng.choice((0x8000, 0x2000))
    hirom = unit == 0x2000
    if hirom:
        first = rng.choice((0x20, 0x30))
    base = 0x6000 if hirom else 0
    limit = 16 * unit if hirom else rng.choice((0x20000, 0x40000))
    plus = f" + {hexadecimal(base)}" if base else ""
    body = f"if (offset >= {hexadecimal(limit)}) return 0;\nreturn (({hexadecimal(first)} + offset / {hexadecimal(unit)}) << 16){' | (' if plus else ' | '}offset % {hexadecimal(unit)}{plus}{')' if plus else ''};"

    def oracle(offset: int) -> int:
        bank, at = offset >> unit.bit_length() - 1, offset & unit - 1
        return int(f"{first + bank:02X}{at + base:04X}", 16) if offset in range(limit) else 0

    where = f"${base:04X}-${base + unit - 1:04X} of bank ${first:02X} and the banks after it, {unit // 1024} KiB each"
    return Made(
        "uint32_t @f(uint32_t offset)",
        body,
        oracle,
        lambda r: [r.choice((0, unit - 1, unit, limit - 1, limit, r.randrange(limit), 3 * unit + 7))],
        (
            f"Write a function that returns the 24-bit address of byte `offset` of an SRAM file: the cartridge shows its {limit // 1024} KiB at {where}. From {hexadecimal(limit)} on there is nothing: return 0.",
            f".srm offset -> CPU address ({where}); 0 if offset >= {hexadecimal(limit)}",
            f"At which address does the game see a byte of its save file? {'HiROM' if hirom else 'LoROM'} with {limit // 1024} KiB of SRAM in {where}. 0 for an offset beyond it.",
            f"Hover text of my save editor: SNES address of the byte under the cursor. SRAM is at {where}, {hexadecimal(limit)} bytes in all; outside of these the answer is 0.",
        ),
    )


def hirom_home_address(rng: random.Random) -> Made:
    fast_low = rng.random() < 0.5
    first = 0x80 if fast_low else 0
    back = rng.random() < 0.4
    if back:
        body = f"const uint32_t low = address & 0xFFFF;\nif (low < 0x8000) return std::nullopt;\nreturn (({hexadecimal(first)} | (address >> 16 & 0x3F)) << 16) | low;".replace(
            "(0x0 | (address >> 16 & 0x3F))", "(address >> 16 & 0x3F)"
        )
    else:
        body = "const uint32_t bank = address >> 16, low = address & 0xFFFF;\nif (bank == 0x7E || bank == 0x7F) return std::nullopt;\nif ((bank & 0x7F) < 0x40 && low < 0x8000) return std::nullopt;\nreturn 0xC00000 | (address & 0x3FFFFF);"

    def oracle(address: int) -> int | None:
        bank, low = divmod(address, 65536)
        if back:
            return (first + bank - 0xC0) * 65536 + low if low >= 32768 else None
        full = bank in range(0x40, 0x7E) or bank >= 0xC0
        half = low >= 32768 and (bank < 0x40 or bank in range(0x80, 0xC0))
        return (bank % 64 + 192) * 65536 + low if full or half else None

    def given(r: random.Random) -> list[int]:
        banks = (0xC0, 0xC5, 0xFF) if back else (0, 0x3F, 0x40, 0x7D, 0x7E, 0x7F, 0x80, 0xBF, 0xC0, 0xFF)
        return [r.choice(banks) << 16 | r.choice((0, 0x7FFF, 0x8000, 0xFFFF, r.randrange(65536)))]

    asks = (
        (
            f"Write a function that gives the mirror of a HiROM address (banks $C0-$FF) in the system banks: $8000-$FFFF of bank $C0 + n is also in bank ${first:02X} + n. The lower half of a bank has no such mirror, so there is no value.",
            f"$C0-$FF HiROM address -> its copy in banks ${first:02X}-${first + 0x3F:02X}; nullopt below $8000",
            f"My routine runs with registers visible, so I need ROM data of $C0:xxxx as seen from banks ${first:02X} to ${first + 0x3F:02X} (HiROM, upper half only). Lower half: nullopt.",
            f"HiROM: where between ${first:02X}:8000 and ${first + 0x3F:02X}:FFFF is a byte of banks $C0-$FF? Only upper halves are shown there.",
        )
        if back
        else (
            "Write a function that brings any address of a HiROM game's ROM to banks $C0-$FF: banks $40-$7D show the same 64 KiB as those 0x80 higher, and $8000-$FFFF of banks $00-$3F and $80-$BF shows the upper halves of $C0-$FF in order. Everything else is no ROM and has no value.",
            "normalise a HiROM address to $C0-$FF (mirrors: $40-$7D whole, $00-$3F and $80-$BF upper half); nullopt if it isn't ROM",
            "HiROM games reach a byte through several banks. Which address in $C0-$FF is the same byte? $00-$3F/$80-$BF only count from $8000 up, $40-$7D entirely, $7E/$7F never; nullopt where there's no ROM.",
            "Canonical HiROM address, in banks $C0 and up, of a 24-bit address; an empty optional for WRAM, registers and other non-ROM (lower halves of the system banks).",
        )
    )
    return Made("std::optional<uint32_t> @f(uint32_t address)", body, oracle, given, asks)


def banks_of_block(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "share", "largest"))
    base = rng.choice((0, 0x80)) if wanted != "share" else 0
    if wanted == "list":
        body = f"std::vector<int> banks;\nif (length == 0) return banks;\nfor (uint32_t bank = offset / 0x8000; bank <= (offset + length - 1) / 0x8000; ++bank) banks.push_back(bank{f' + {hexadecimal(base)}' if base else ''});\nreturn banks;"
    elif wanted == "share":
        body = "const uint32_t start = std::max(offset, bank * 0x8000);\nconst uint32_t end = std::min(offset + length, (bank + 1) * 0x8000);\nreturn end > start ? end - start : 0;"
    else:
        body = f"const uint32_t first = offset / 0x8000, last = (offset + length - 1) / 0x8000;\nconst uint32_t here = (first + 1) * 0x8000 - offset;\nif (last > first + 1) return (here == 0x8000 ? first : first + 1){f' + {hexadecimal(base)}' if base else ''};\nreturn (last == first || here >= length - here ? first : last){f' + {hexadecimal(base)}' if base else ''};"

    def oracle(offset: int, length: int, bank: int = 0) -> object:
        parts: dict[int, int] = {}
        at = offset
        while at < offset + length:
            end = min(offset + length, at - at % 32768 + 32768)
            parts[at // 32768] = end - at
            at = end
        if wanted == "list":
            return [one + base for one in parts]
        return parts.get(bank, 0) if wanted == "share" else max(parts, key=lambda one: (parts[one], -one)) + base

    def given(r: random.Random) -> list[int]:
        offset = r.choice((0, 0x7FF0, 0x8000, 0xFFFF, 0x17000, r.randrange(0x30000)))
        lengths = (1, 0x10, 0x1000, 0x8000, 0x8001, 0x12345, r.randrange(1, 0x9000))
        return [offset, r.choice(lengths if wanted == "largest" else (0, *lengths))] + (
            [r.choice((0, 1, 2, 3))] if wanted == "share" else []
        )

    name = f"Bank numbers count from ${base:02X} at offset 0." if base else "Bank 0 begins at offset 0."
    goal = {
        "list": "the numbers of the banks in which it has bytes, ascending",
        "share": "how many of its bytes are in bank number `bank`",
        "largest": "the number of the bank in which most of its bytes are, the lowest of equal ones",
    }[wanted]
    atleast = " It has at least one byte." if wanted == "largest" else ""
    return Made(
        ("std::vector<int>" if wanted == "list" else "int" if wanted == "largest" else "uint32_t")
        + f" @f(uint32_t offset, uint32_t length{', uint32_t bank' if wanted == 'share' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function for a block of `length` bytes at ROM offset `offset` which returns {goal}. Banks have 32 KiB. {name}{atleast}",
            f"32 KiB banks, block [offset, offset + length): {goal}. {name}{atleast}",
            f"A block may span several LoROM banks. For my bank view I need {goal}. {name}{atleast}",
            f"Which banks (0x8000 bytes each) does a data block sit in? Return {goal}. {name}{atleast}",
        ),
    )


def align_up_in_bank(rng: random.Random) -> Made:
    align = rng.choice((0x10, 0x100, 0x20))
    align_said = hexadecimal(align)
    body = cpp(
        """
        uint32_t low = ((address & 0xFFFF) + @mask) / @align * @align;
        uint32_t bank = address >> 16;
        if (low + length > 0x10000) {
          ++bank;
          low = 0x8000;
        }
        return bank << 16 | low;
        """,
        mask=hexadecimal(align - 1),
        align=align_said,
    )

    def oracle(address: int, length: int) -> int:
        bank, low = divmod(address, 65536)
        places = [one for one in range(0x8000, 0x10000, align) if one >= low and one + length <= 0x10000]
        return bank * 65536 + places[0] if places else (bank + 1) * 65536 + 0x8000

    return Made(
        "uint32_t @f(uint32_t address, uint32_t length)",
        body,
        oracle,
        lambda r: [
            r.choice((0x10, 0x20, 0x3F)) << 16
            | r.choice((0x8000, 0x8001, 0xFFF0, 0xFFF1, 0xFF00, 0xFF01, r.randrange(0x8000, 0x10000))),
            r.choice((1, 0x10, 0x100, 0x101, 0x4000, 0x8000)),
        ],
        (
            f"Write a function that finds where the next block can begin. `address` is the first free LoROM address ($8000-$FFFF of a bank). The block starts at a multiple of {align_said} at or after it and must not leave its bank; if its `length` bytes (1 to 0x8000) don't fit there any more, it goes to $8000 of the next bank.",
            f"align a LoROM address up to {align_said}, or go to $8000 of the next bank if `length` (1..0x8000) bytes would run over the end of this one",
            f"I place blocks one after the other in LoROM banks, aligned to {align_said}. Given the address behind the last one (in the upper half of a bank), where does a block of `length` bytes (at most one bank) go? No block may cross a bank; a new bank starts at $8000.",
            f"Next start address for `length` bytes from `address` on: rounded up to {align_said} bytes, and whole within $8000-$FFFF of one bank (else the first address of the bank after it).",
        ),
    )


RECIPES = (
    sa1_file_offset,
    exlorom_offset,
    pieces_by_bank,
    same_byte_seen,
    other_mapping,
    bytes_between,
    banks_showing_offset,
    last_dma_byte,
    effective_address,
    direct_page_wrap,
    speed_up_pointers,
    wram_dump_offset,
    sram_bank_address,
    hirom_home_address,
    banks_of_block,
    align_up_in_bank,
)
