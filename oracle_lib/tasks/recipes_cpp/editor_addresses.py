"""Addresses and pointers: mappings, mirrors, banks, pointer tables, formatting and parsing of addresses."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _address(r: random.Random) -> int:
    bank = r.choice((0, 1, 0x3F, 0x40, 0x7D, 0x7E, 0x7F, 0x80, 0xBF, 0xC0, 0xFF, r.randrange(256)))
    return bank << 16 | r.choice(
        (0, 0x1FFF, 0x2000, 0x7FFF, 0x8000, 0xFFFF, r.randrange(0x10000), r.randrange(0x8000, 0x10000))
    )


def split_long(rng: random.Random) -> Made:
    order = rng.choice(("bank first", "low first"))
    body = "return {static_cast<uint8_t>(address >> 16), static_cast<uint8_t>(address >> 8), static_cast<uint8_t>(address)};"
    if order == "low first":
        body = "return {static_cast<uint8_t>(address), static_cast<uint8_t>(address >> 8), static_cast<uint8_t>(address >> 16)};"
    said = "bank, high byte, low byte" if order == "bank first" else "low byte, high byte, bank"
    add = rng.choice((0, 0, rng.randrange(1, 0x200)))
    if add:
        body = f"address += {hexadecimal(add)};\n{body}"
    plus = f" after adding {hexadecimal(add)} to it" if add else ""
    return Made(
        "std::array<uint8_t, 3> @f(uint32_t address)",
        body,
        lambda address: list(((address + add) % (1 << 24)).to_bytes(3, "big" if order == "bank first" else "little")),
        lambda r: [_address(r)],
        (
            f"Write a function that splits a 24-bit address into its three bytes{plus}: {said}. A carry out of 24 bits is lost.",
            f"How do I take a long address apart{plus}? I want {{{said}}} of the lower 24 bits.",
            f"address{f' + ${add:X}' if add else ''} -> {{{said}}}, mod $1000000",
            f"To write the operand of a JSL in my patcher I need the address{plus} as three bytes, namely {said}. Everything above bit 23 is dropped.",
        ),
    )


def join_bank(rng: random.Random) -> Made:
    force = rng.choice((0, 0x80, 0x8000, 0x808000))
    text = f" | {hexadecimal(force)}" if force else ""
    if force == 0x80:
        text = " | 0x800000"
    mask = {0: 0, 0x80: 0x800000, 0x8000: 0x8000, 0x808000: 0x808000}[force]
    said = {
        0: "",
        0x80: ", in the FastROM mirror (bit 7 of the bank set)",
        0x8000: ", where bit 15 is always set (the ROM half of the bank)",
        0x808000: ", with bit 7 of the bank and bit 15 of the address set",
    }[force]
    return Made(
        "uint32_t @f(uint8_t bank, uint16_t address)",
        f"return bank << 16 | address{text};",
        lambda bank, address: (bank * 65536 + address) | mask,
        lambda r: [r.choice((0, 0x7F, 0x80, r.randrange(256))), r.choice((0, 0x7FFF, 0x8000, r.randrange(65536)))],
        (
            f"Write a function that combines a bank and a 16-bit address to a 24-bit one{said}.",
            f"How do I make a long address of bank and offset{said}?",
            f"(bank << 16 | address){f' | ${mask:06X}' if mask else ''}",
            f"The disassembler shows ${{bank}}:${{address}}; I keep one number for both{said}. Join them.".replace(
                "${bank}:${address}", "bank:address"
            ),
        ),
    )


def lorom_offset_checked(rng: random.Random) -> Made:
    header = rng.choice((0, 0x200))
    wram = rng.random() < 0.7
    skip = " || bank == 0x7E || bank == 0x7F" if wram else ""
    strip = rng.random() < 0.5
    take = "(bank & 0x7F)" if strip else "bank"
    mask = "" if strip else " || bank >= 0x80"
    body = f"uint32_t bank = address >> 16 & 0xFF, low = address & 0xFFFF;\nif (low < 0x8000{skip}{mask}) return -1;\nreturn {take} * 0x8000 + low - 0x8000{' + 0x200' if header else ''};"

    def oracle(address: int) -> int:
        bank, low = address >> 16, address % 65536
        if low < 0x8000 or (wram and bank in (0x7E, 0x7F)) or (bank >= 128 and not strip):
            return -1
        return (bank % 128) * 32768 + low % 32768 + header

    rules = (
        ["addresses whose lower 16 bits are below 0x8000"]
        + (["banks 0x7E and 0x7F (RAM)"] if wram else [])
        + ([] if strip else ["banks from 0x80 on"])
    )
    mirrored = " Banks 0x80-0xFF mirror 0x00-0x7F." if strip else ""
    plus = " plus the 0x200 bytes of a copier header" if header else ""
    return Made(
        "int @f(uint32_t address)",
        body,
        oracle,
        lambda r: [_address(r)],
        (
            f"Write a function that turns a 24-bit LoROM address into a file offset: bank * 0x8000 + (address & 0x7FFF){plus}.{mirrored} Not ROM, and so -1: {', '.join(rules)}.",
            f"How do I convert LoROM to PC{' for a headered file' if header else ''}? Each bank maps 32 KiB at $8000-$FFFF{plus}.{mirrored} Return -1 for {' and for '.join(rules)}.",
            f"pc = bank{' mod $80' if strip else ''} * $8000 + low - $8000{' + $200' if header else ''}; -1 for {', '.join(rules)}",
            f"Jump-to-address in my hex editor: the user types a LoROM address (24 bits) and I scroll to the file offset, bank times 32768 plus the part above 0x8000{plus}.{mirrored} These are refused with -1: {', '.join(rules)}.",
        ),
    )


def offset_to_bank_text(rng: random.Random) -> Made:
    fast = rng.random() < 0.5
    colon = rng.random() < 0.6
    letter = rng.choice("Xx")
    bank = "0x80 | offset / 0x8000" if fast else "offset / 0x8000"
    body = f'char text[16];\nstd::snprintf(text, sizeof text, "$%02{letter}{":" if colon else ""}%04{letter}", {bank}, 0x8000 | offset % 0x8000);\nreturn text;'

    def oracle(offset: int) -> str:
        number, low = divmod(offset, 32768)
        text = f"${number + (128 if fast else 0):02X}{':' if colon else ''}{low + 32768:04X}"
        return text.lower() if letter == "x" else text

    example = "$" + ("8" if fast else "0") + "1" + (":" if colon else "") + "8000"
    case = "lower" if letter == "x" else "upper"
    return Made(
        "std::string @f(uint32_t offset)",
        body,
        oracle,
        lambda r: [r.choice((0, 0x7FFF, 0x8000, r.randrange(0x400000), r.randrange(0x400000)))],
        (
            f"Write a function that prints a file offset (below 0x400000, no header) as a LoROM address such as {example} for 0x8000: two digits of the bank{', a colon,' if colon else ''} and four of the address, hexadecimal in {case} case. {'Use the banks from 0x80 on.' if fast else 'The first bank is 0x00.'}",
            f"How do I show a PC offset the way disassemblies write it? LoROM (32 KiB a bank at $8000){', FastROM banks (+$80)' if fast else ''}; format {example}, {case}-case digits; offsets are below 4 MiB.",
            f"$BB{':' if colon else ''}AAAA with BB = {'$80 + ' if fast else ''}offset / $8000, AAAA = $8000 + offset mod $8000, {case} case; offset < $400000",
            f'The status bar of my editor displays the SNES address of the cursor: 0x8000 gives "{example}". LoROM{" at its mirror from bank $80" if fast else " from bank $00"}; digits in {case} case, bank always two, address always four. The file is smaller than 4 MiB.',
        ),
    )


def is_rom_address(rng: random.Random) -> Made:
    mapping = rng.choice(("LoROM", "HiROM", "WRAM", "registers"))
    tests = {
        "LoROM": (
            "low >= 0x8000 && bank != 0x7E && bank != 0x7F",
            "is ROM in a LoROM game: its lower 16 bits are 0x8000 or more, and the bank is neither 0x7E nor 0x7F",
        ),
        "HiROM": (
            "(bank & 0x7F) >= 0x40 ? bank != 0x7E && bank != 0x7F : low >= 0x8000",
            "is ROM in a HiROM game: in banks 0x40-0x7D and 0xC0-0xFF every address is, in banks 0x00-0x3F and 0x80-0xBF only those from 0x8000 on",
        ),
        "WRAM": (
            "bank == 0x7E || bank == 0x7F || ((bank & 0x7F) < 0x40 && low < 0x2000)",
            "is work RAM: anything in banks 0x7E and 0x7F, or below 0x2000 in banks 0x00-0x3F and 0x80-0xBF",
        ),
        "registers": (
            "(bank & 0x7F) < 0x40 && low >= 0x2100 && low < 0x4400",
            "is a hardware register: 0x2100 to 0x43FF in banks 0x00-0x3F and 0x80-0xBF",
        ),
    }
    code, said = tests[mapping]

    def oracle(address: int) -> bool:
        bank, low = divmod(address, 65536)
        system = bank in range(0x40) or bank in range(0x80, 0xC0)
        return {
            "LoROM": low >= 0x8000 and bank not in (0x7E, 0x7F),
            "HiROM": low >= 0x8000 if system else bank not in (0x7E, 0x7F),
            "WRAM": bank in (0x7E, 0x7F) or (system and low < 0x2000),
            "registers": system and 0x2100 <= low <= 0x43FF,
        }[mapping]

    return Made(
        "bool @f(uint32_t address)",
        f"uint32_t bank = address >> 16, low = address & 0xFFFF;\nreturn {code};",
        oracle,
        lambda r: [
            r.choice(
                (
                    _address(r),
                    r.choice((0, 0x3F, 0x80, 0xBF, 0x40, 0xC0)) << 16
                    | r.choice((0x20FF, 0x2100, 0x43FF, 0x4400, 0x1FFF, 0x2000, 0x3000)),
                )
            )
        ],
        (
            f"Write a function that tells whether a 24-bit address {said}.",
            f"How do I classify an address in my debugger? True if it {said}; false otherwise. (24 bits.)",
            f"bank = address / $10000, low = address mod $10000; true iff it {said}",
            f"The memory window colours addresses by region. This function says if one (24 bits) {said}.",
        ),
    )


def canonical_address(rng: random.Random) -> Made:
    target = rng.choice(("slow", "fast"))
    ram = rng.random() < 0.6
    body = "uint32_t bank = address >> 16 & 0x7F, low = address & 0xFFFF;\n"
    if ram:
        body += "if (bank < 0x40 && low < 0x2000) return 0x7E0000 | low;\n"
    body += "if (address >> 16 == 0x7E || address >> 16 == 0x7F) return address;\n"
    body += "return bank << 16 | low;" if target == "slow" else "return (bank | 0x80) << 16 | low;"

    def oracle(address: int) -> int:
        bank, low = divmod(address, 65536)
        if ram and bank % 128 < 64 and low < 0x2000:
            return 0x7E0000 + low
        if bank in (0x7E, 0x7F):
            return address
        return (bank % 128 + (128 if target == "fast" else 0)) * 65536 + low

    steps = (
        ["addresses below 0x2000 in banks 0x00-0x3F and 0x80-0xBF become 0x7E0000 plus the lower 16 bits"]
        if ram
        else []
    )
    steps += [
        "addresses in banks 0x7E and 0x7F stay",
        f"everywhere else bit 7 of the bank is {'cleared' if target == 'slow' else 'set'}",
    ]
    said = "; ".join(steps)
    return Made(
        "uint32_t @f(uint32_t address)",
        body,
        oracle,
        lambda r: [_address(r)],
        (
            f"Write a function that maps all mirrors of a 24-bit address to one: {said}.",
            f"How do I normalise addresses so that mirrors compare equal? {said[0].upper() + said[1:]}.",
            f"canon(address): {said}; first rule that fits",
            f"My label table must find a label whichever mirror the code uses. Before a look-up: {said}.",
        ),
    )


def read_pointer_table(rng: random.Random) -> Made:
    table = rng.randrange(0, 12) * 2
    bank = rng.choice((0, 1, 2, 4))
    stop = rng.choice(("count", "zero"))
    width = rng.choice((2, 3))
    target = (
        "(rom[at] | rom[at + 1] << 8) - 0x8000 + @base"
        if width == 2
        else "rom[at + 2] * 0x8000 + (rom[at] | rom[at + 1] << 8) - 0x8000"
    )
    base = bank * 0x8000
    target = target.replace(" + @base", f" + {hexadecimal(base)}" if base else "")
    if stop == "count":
        parameters = f"{BYTES} rom, int count"
        first = f"{table} + " if table else ""
        body = f"std::vector<int> offsets;\nfor (int i = 0; i < count; ++i) {{\n  size_t at = {first}i * {width};\n  offsets.push_back({target});\n}}\nreturn offsets;"
    else:
        parameters = f"{BYTES} rom"
        zero = "rom[at] | rom[at + 1]" + (" | rom[at + 2]" if width == 3 else "")
        body = f"std::vector<int> offsets;\nfor (size_t at = {table}; ({zero}) != 0; at += {width}) offsets.push_back({target});\nreturn offsets;"

    def oracle(rom: list[int], count: int = 1000) -> list[int]:
        found = []
        for place in range(count):
            entry = rom[table + place * width :][:width]
            if stop == "zero" and not any(entry):
                break
            high = entry[2] if width == 3 else bank
            found.append(high * 32768 + entry[0] + 256 * entry[1] - 32768)
        return found

    def given(r: random.Random) -> list[object]:
        count = r.randrange(0, 6)
        entries = b"".join(
            bytes([r.randrange(256), r.randrange(0x80, 0x100), r.randrange(0x20)][:width]) for _ in range(count)
        )
        rom = r.randbytes(table) + entries + bytes(width) + r.randbytes(3)
        return [rom, count] if stop == "count" else [rom]

    entry = (
        f"16-bit little-endian pointers into bank {bank}"
        if width == 2
        else "24-bit little-endian pointers (low byte, high byte, bank)"
    )
    formula = f"{hexadecimal(base)} + pointer - 0x8000" if width == 2 else "bank * 0x8000 + (pointer & 0xFFFF) - 0x8000"
    end = (
        "`count` of them"
        if stop == "count"
        else f"as many as there are before the first entry of {width} zero bytes, which always comes"
    )
    return Made(
        f"std::vector<int> @f({parameters})",
        body,
        oracle,
        given,
        (
            f"Write a function that reads the pointer table at file offset {table}: {entry}, {end}. Return the file offsets they point to (LoROM): {formula}. The lower 16 bits are always 0x8000 or more.",
            f"How do I follow a table of {width}-byte pointers? It starts at offset {table} of the file and has {entry}, {end}. As file offsets please: {formula}.",
            f"table at {table}, {entry}, {end}; offset = {formula}",
            f"The room data are reached by {entry} which my tool finds at offset {table}. Convert each to an offset of the file with {formula}; there are {end}.",
        ),
    )


def write_pointer_table(rng: random.Random) -> Made:
    start = rng.choice((0x8000, 0x8000 + rng.randrange(1, 64) * 0x10, 0xA000, 0xC000))
    tail = rng.choice((None, 0, 0xFFFF))
    big = rng.random() < 0.2
    first, second = ("address >> 8", "address & 0xFF") if big else ("address & 0xFF", "address >> 8")
    behind = rng.random() < 0.5
    plus = " + 2 * sizes.size()" if behind else ""
    plus += " + 2" if behind and tail is not None else ""
    body = f"std::vector<uint8_t> table;\nsize_t address = {hexadecimal(start)}{plus};\nfor (uint8_t size : sizes) {{\n  table.push_back({first});\n  table.push_back({second});\n  address += size;\n}}\n"
    if tail is not None:
        body += f"table.insert(table.end(), 2, {hexadecimal(tail & 0xFF)});\n"
    body += "return table;"

    def oracle(sizes: list[int]) -> list[int]:
        place = start + (2 * (len(sizes) + (tail is not None)) if behind else 0)
        words = [place + sum(sizes[:i]) for i in range(len(sizes))] + ([] if tail is None else [tail])
        return [byte for word in words for byte in word.to_bytes(2, "big" if big else "little")]

    end = f", then the word {hexadecimal(tail)} as end mark" if tail is not None else ""
    where = (
        f"The blocks follow the table, which itself starts at address {hexadecimal(start)}"
        + (" (the end mark belongs to the table)" if tail is not None else "")
        if behind
        else f"The first block is at address {hexadecimal(start)}"
    )
    order = "big-endian" if big else "little-endian"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} sizes)",
        body,
        oracle,
        lambda r: [[r.randrange(1, 256) for _ in range(r.randrange(0, 8))]],
        (
            f"Write a function that makes a table of 16-bit {order} pointers to blocks that lie one behind the other and have the given sizes{end}. {where}.",
            f"How do I build the pointer table for a list of block sizes? One {order} word a block with its address{end}. {where}, each next one begins where the one before ends.",
            f"p[0] = {hexadecimal(start)}{' + size of table' if behind else ''}, p[i+1] = p[i] + sizes[i]; as {order} words{end}",
            f"On saving, all text blocks are written contiguously and their pointers anew. {where}. `sizes` holds each block's length; give me the bytes of the table, {order}{end}.",
        ),
    )


def shift_pointers(rng: random.Random) -> Made:
    inclusive = rng.random() < 0.5
    counted = rng.random() < 0.6
    test = ">=" if inclusive else ">"
    note = "\n    ++moved;" if counted else ""
    body = f"{'int moved = 0;' if counted else ''}\nfor (size_t at = 0; at + 1 < table.size(); at += 2) {{\n  uint16_t pointer = table[at] | table[at + 1] << 8;\n  if (pointer {test} from) {{\n    pointer += delta;\n    table[at] = pointer & 0xFF;\n    table[at + 1] = pointer >> 8;{note}\n  }}\n}}\n{'return moved;' if counted else ''}".strip(
        "\n"
    )

    def oracle(table: list[int], start: int, delta: int) -> int:
        moved = 0
        for at in range(0, len(table) - 1, 2):
            value = table[at] + 256 * table[at + 1]
            if value > start or (inclusive and value == start):
                table[at : at + 2] = ((value + delta) % 65536).to_bytes(2, "little")
                moved += 1
        return moved

    def given(r: random.Random) -> list[object]:
        words = [r.choice((0x8000, 0x9000, 0xFFF0, r.randrange(0x8000, 0x10000))) for _ in range(r.randrange(1, 8))]
        table = b"".join(word.to_bytes(2, "little") for word in words) + r.choice((b"", b"", b"\xff"))
        return [table, r.choice((*words, 0x8FFF)), r.choice((1, -1, 0x20, -0x100, r.randrange(-300, 300)))]

    which = "not below `from`" if inclusive else "above `from`"
    report = " Return how many were changed." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} table, uint16_t from, int delta)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds `delta`, which may be negative, to all pointers {which} in a table of 16-bit little-endian words, wrapping at 16 bits. An odd byte at the end is no pointer.{report}",
            f"How do I fix a pointer table after inserting or removing bytes? Words {which} move by `delta` (mod 65536), the rest stay; low byte first; a lone last byte is ignored.{report}",
            f"for each word w of table: if w {test} from: w = (w + delta) mod $10000 (LE; unpaired last byte untouched).{report}",
            f"When a script grows, everything behind it slides. `table` has the little-endian addresses: those {which} must follow by `delta` bytes, up or down.{report} If the table has an odd size, its last byte is left alone.",
        ),
    )


def crosses_bank(rng: random.Random) -> Made:
    size = rng.choice((0x8000, 0x10000, 0x2000, 0x1000))
    how = rng.choice(("bool", "room", "fit"))
    place = hexadecimal(size)
    if how == "bool":
        signature, body = (
            "bool @f(uint32_t offset, uint32_t length)",
            f"return length > 0 && offset / {place} != (offset + length - 1) / {place};",
        )
        said = f"tells whether a block of `length` bytes at `offset` reaches into another bank of {place} bytes than it starts in; an empty block never does"
    elif how == "room":
        signature, body = (
            "uint32_t @f(uint32_t offset, uint32_t length)",
            f"return std::min<uint32_t>(length, {place} - offset % {place});",
        )
        said = (
            f"returns how many of `length` bytes at `offset` lie in the bank of {place} bytes that the block starts in"
        )
    else:
        signature, body = (
            "uint32_t @f(uint32_t offset, uint32_t length)",
            f"if (offset % {place} + length <= {place}) return offset;\nreturn (offset / {place} + 1) * {place};",
        )
        said = f"returns `offset` if a block of `length` bytes (at most {place}) fits there without leaving its bank of {place} bytes, else the start of the next bank"

    def oracle(offset: int, length: int) -> int:
        left = size - offset % size
        if how == "bool":
            return length > left
        if how == "room":
            return min(left, length)
        return offset if length <= left else offset + left

    def given(r: random.Random) -> list[int]:
        offset = r.randrange(6) * size + r.choice((0, 1, size - 1, size - 16, r.randrange(size)))
        left = size - offset % size
        return [offset, min(size, max(0, r.choice((0, 1, left, left + 1, left - 1, r.randrange(size)))))]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {said}. Banks start at multiples of {place}.",
            f"How do I keep data from crossing a bank border ({place} bytes a bank, from offset 0)? The function I need {said}.",
            f"bank = offset / {place}; the function {said}",
            f"My allocator puts blocks into the ROM, and DMA cannot pass a {place}-byte bank. Write the helper that {said}.",
        ),
    )


def parse_address(rng: random.Random) -> Made:
    prefixes = rng.choice((("$",), ("$", "0x"), ("0x",)))
    colon = rng.random() < 0.5
    longest = rng.choice((6, 6, 4, 8))
    tests = "\n".join(
        f'{"else " if i else ""}if (text.substr(at, {len(p)}) == "{p}") at += {len(p)};' for i, p in enumerate(prefixes)
    )
    body = cpp(
        """
        size_t at = 0;
        @tests
        uint32_t value = 0;
        int digits = 0;
        for (; at < text.size(); ++at) {
          char letter = text[at];
          @colon
          if (!std::isxdigit(static_cast<unsigned char>(letter)) || ++digits > @longest) return std::nullopt;
          value = value * 16 + (letter <= '9' ? letter - '0' : (letter & 0xDF) - 'A' + 10);
        }
        if (digits == 0) return std::nullopt;
        return value;
        """,
        tests=tests.replace("\n", "\n        "),
        colon="if (letter == ':') continue;" if colon else "",
        longest=longest,
    ).replace("\n  \n", "\n")

    def oracle(text: str) -> int | None:
        for prefix in prefixes:
            if text.startswith(prefix):
                text = text[len(prefix) :]
                break
        digits = text.replace(":", "") if colon else text
        if not 1 <= len(digits) <= longest or any(one not in "0123456789abcdefABCDEF" for one in digits):
            return None
        return int(digits, 16)

    def given(r: random.Random) -> list[str]:
        digits = "".join(
            r.choice("0123456789abcdefABCDEF") for _ in range(r.choice((1, 2, 4, longest, longest, longest + 1, 0)))
        )
        if r.random() < 0.3:
            digits = digits[:2] + ":" + digits[2:]
        return [r.choice(("", "$", "0x", *prefixes)) + digits + r.choice(("", "", "", "", "", "h", " "))]

    listed = " or ".join(f'"{one}"' for one in prefixes)
    colons = " Colons among or around the digits are skipped." if colon else ""
    return Made(
        "std::optional<uint32_t> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"Write a function that parses a hexadecimal address: an optional prefix ({listed}), then 1 to {longest} hex digits of either case.{colons} Anything else gives an empty optional.",
            f'How do I read what a user typed into the "go to" box? Hexadecimal, maybe with {listed} in front, {longest} digits at most, at least one, upper or lower case.{colons} Return std::nullopt for any other text, spaces included.',
            f"[{listed}] + 1..{longest} hex digits -> number, else nullopt.{colons}",
            f"Address fields accept plain hex such as 1F or {prefixes[0]}8A40. One prefix at most ({listed}), case does not matter, no more than {longest} digits.{colons} Invalid input: no value.",
        ),
    )


def relative_branch(rng: random.Random) -> Made:
    long = rng.random() < 0.4
    size = 3 if long else 2
    encode = rng.random() < 0.5
    bits = 16 if long else 8
    low, high = -(1 << bits - 1), (1 << bits - 1) - 1
    name = "BRL" if long else "BRA, BNE and the like"
    if encode:
        body = f"int distance = to - (from + {size});\nif (distance < {low} || distance > {high}) return -1;\nreturn distance & {hexadecimal((1 << bits) - 1)};"

        def encoded(start: int, to: int) -> int:
            distance = to - start - size
            return distance % (1 << bits) if low <= distance <= high else -1

        return Made(
            "int @f(int from, int to)",
            body,
            encoded,
            lambda r: [
                s := r.randrange(0x8000, 0x10000),
                s + size + r.choice((low, low - 1, high, high + 1, r.randrange(-300, 300), r.randrange(-100, 100))),
            ],
            (
                f"Write a function that computes the operand of a relative branch ({name}, {size} bytes long) at address `from` to address `to`: the signed distance from the end of the instruction, as an unsigned {bits}-bit number. If it does not fit into a signed {bits}-bit number, return -1.",
                f"How do I assemble a branch? The instruction is at `from` and has {size} bytes; operand = to - (from + {size}) in two's complement, {bits} bits; out of reach: -1.",
                f"d = to - from - {size}; {low} <= d <= {high} ? d mod {1 << bits} : -1",
                f"My patcher inserts {name} at `from`. It needs the {'word' if long else 'byte'} that makes it jump to `to` (the distance counts from the next instruction, {size} bytes further), or -1 when `to` is too far away.",
            ),
        )
    body = f"int distance = operand < {1 << bits - 1} ? operand : operand - {1 << bits};\nreturn (address + {size} + distance) & 0xFFFF;"
    return Made(
        "int @f(int address, int operand)",
        body,
        lambda address, operand: (address + size + operand - (1 << bits if operand > high else 0)) % 65536,
        lambda r: [
            r.choice((0x8000, 0xFFF0, 0, r.randrange(65536))),
            r.choice((0, high, high + 1, (1 << bits) - 1, r.randrange(1 << bits))),
        ],
        (
            f"Write a function that returns the 16-bit target of a relative branch: `address` is where the {size}-byte instruction starts, `operand` its unsigned {bits}-bit operand, which means a signed distance from the instruction's end. The target wraps within the bank.",
            f"How do I compute where a {'BRL' if long else 'BNE'} goes? address + {size} + operand as a signed {bits}-bit number, modulo 65536.",
            f"target = (address + {size} + sext{bits}(operand)) mod $10000",
            f"The disassembler prints branch targets. From the address of the instruction ({size} bytes) and the raw operand (0 to {(1 << bits) - 1}, two's complement) work out the target inside the bank (0 to 0xFFFF).",
        ),
    )


def hirom_offset(rng: random.Random) -> Made:
    pick = rng.choice(("to snes", "bank of"))
    base = rng.choice((0xC0, 0xC0, 0x40))
    if pick == "to snes":
        return Made(
            "uint32_t @f(uint32_t offset)",
            f"return {hexadecimal(base << 16)} + offset;",
            lambda offset: base * 65536 + offset,
            lambda r: [r.randrange(0x3E0000)],
            (
                f"Write a function that converts a HiROM file offset (below 0x3E0000, no header) into the address at which the whole 64 KiB banks show it, from bank {hexadecimal(base)} on.",
                f"How do I get the SNES address of a PC offset in a HiROM game? Banks of 64 KiB in sequence, the first is {hexadecimal(base)}.",
                f"snes = ({hexadecimal(base)} + offset / $10000) : (offset mod $10000)",
                f"For HiROM files my editor lists addresses of the {hexadecimal(base)} area: file byte 0 is at ${base:02X}0000, byte 0x10000 at ${base + 1:02X}0000 and so on.",
            ),
        )
    size = rng.choice((0x8000, 0x10000))
    plus = rng.choice((0, 0x80, 0xC0))
    return Made(
        "std::array<int, 2> @f(uint32_t offset)",
        f"int bank = offset / {hexadecimal(size)}, within = offset % {hexadecimal(size)};\nreturn {{bank{f' + {hexadecimal(plus)}' if plus else ''}, within{' + 0x8000' if size == 0x8000 else ''}}};",
        lambda offset: [offset // size + plus, offset % size + (0x8000 if size == 0x8000 else 0)],
        lambda r: [r.randrange(0x200000)],
        (
            f"Write a function that splits a file offset into bank and 16-bit address, as {{bank, address}}: banks have {hexadecimal(size)} bytes and are numbered from {hexadecimal(plus)}; the address within a bank starts at {'0x8000' if size == 0x8000 else '0'}.",
            f"How do I tell bank and address of offset n ({'LoROM' if size == 0x8000 else 'HiROM'} style)? {size // 1024} KiB a bank, the first one is {hexadecimal(plus)}, each begins at address {'$8000' if size == 0x8000 else '$0000'}. Result {{bank, address}}.",
            f"{{offset / {hexadecimal(size)} + {hexadecimal(plus)}, offset mod {hexadecimal(size)} + {'$8000' if size == 0x8000 else '0'}}}",
            f"The bank column and the address column of my hex view: bank = {hexadecimal(plus)} plus how many whole {size // 1024} KiB lie before the offset, address = the rest{' plus 0x8000' if size == 0x8000 else ''}. Both in one array.",
        ),
    )


def find_pointers_to(rng: random.Random) -> Made:
    width = rng.choice((2, 3))
    aligned = rng.random() < 0.4
    step = f"at += {width}" if aligned else "++at"
    third = " && rom[at + 2] == (target >> 16 & 0xFF)" if width == 3 else ""
    body = f"std::vector<uint32_t> found;\nfor (uint32_t at = 0; at + {width} <= rom.size(); {step})\n  if (rom[at] == (target & 0xFF) && rom[at + 1] == (target >> 8 & 0xFF){third}) found.push_back(at);\nreturn found;"

    def oracle(rom: list[int], target: int) -> list[int]:
        key = list((target % (1 << 8 * width)).to_bytes(width, "little"))
        return [at for at in range(0, len(rom) - width + 1, width if aligned else 1) if rom[at : at + width] == key]

    def given(r: random.Random) -> list[object]:
        target = r.choice((0x808080, 0x018000, r.randrange(1 << 24)))
        key = target.to_bytes(3, "little")[:width]
        rom = b"".join(
            r.choice((key, key, key[:1], key[:2], r.randbytes(1), r.randbytes(2))) for _ in range(r.randrange(12))
        )
        return [rom, target]

    kind = (
        f"the lower {8 * width} bits of `target` as {width} bytes, low byte first"
        if width == 2
        else "`target` (24 bits) as 3 bytes, low byte first"
    )
    where = f"at offsets that are multiples of {width}" if aligned else "at any offset"
    return Made(
        f"std::vector<uint32_t> @f({BYTES} rom, uint32_t target)",
        body,
        oracle,
        given,
        (
            f"Write a function that lists all offsets, ascending, where the ROM contains {kind}, {where}.",
            f"How do I find out who points to an address? Search the file for {kind}, {where}; matches may overlap.",
            f"[at : rom[at..at+{width - 1}] == LE{8 * width}(target)], {where}",
            f"Before moving a table I want to see every possible reference to it, which means {kind}, {where}. Offsets in rising order.",
        ),
    )


RECIPES = (
    split_long,
    join_bank,
    lorom_offset_checked,
    offset_to_bank_text,
    is_rom_address,
    canonical_address,
    read_pointer_table,
    write_pointer_table,
    shift_pointers,
    crosses_bank,
    parse_address,
    relative_branch,
    hirom_offset,
    find_pointers_to,
)
