"""Sums, hashes and versions: how data are checked, how a build or a game is told apart, check symbols, repair by parity."""

import random
import zlib

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _some(r: random.Random, most: int = 14) -> bytes:
    return r.choice((r.randbytes(r.randrange(most)), b"", b"\xff" * r.randrange(1, most), b"\x01"))


def crc_of_16_bits(rng: random.Random) -> Made:
    poly = rng.choice((0x1021, 0x8005, 0x3D65))
    start = rng.choice((0, 0xFFFF, 0x1D0F))
    reflected = rng.random() < 0.4
    turned = int(f"{poly:016b}"[::-1], 2)
    body = (
        cpp(
            """
            uint16_t crc = @start;
            for (uint8_t byte : data) {
              crc ^= byte;
              for (int i = 0; i < 8; ++i) crc = crc & 1 ? crc >> 1 ^ @poly : crc >> 1;
            }
            return crc;
            """,
            start=hexadecimal(start),
            poly=hexadecimal(turned),
        )
        if reflected
        else cpp(
            """
            uint16_t crc = @start;
            for (uint8_t byte : data) {
              crc ^= byte << 8;
              for (int i = 0; i < 8; ++i) crc = crc & 0x8000 ? crc << 1 ^ @poly : crc << 1;
            }
            return crc;
            """,
            start=hexadecimal(start),
            poly=hexadecimal(poly),
        )
    )

    def oracle(data: list[int]) -> int:
        table = []
        for i in range(256):
            value = i if reflected else i * 256
            for _ in range(8):
                low, high = value % 2, value // 32768
                value = value // 2 ^ turned * low if reflected else value * 2 % 65536 ^ poly * high
            table.append(value)
        crc = start
        for one in data:
            crc = crc // 256 ^ table[crc % 256 ^ one] if reflected else crc * 256 % 65536 ^ table[crc // 256 ^ one]
        return crc

    how = (
        f"each byte is XORed into the low byte of the register; then, eight times, it is shifted right by one and, if a 1 fell out, XORed with 0x{turned:04X}"
        if reflected
        else f"each byte is XORed into the high byte of the register; then, eight times, it is shifted left by one (16 bits) and, if a 1 fell out, XORed with 0x{poly:04X}"
    )
    kind = f"CRC-16, polynomial 0x{poly:04X}" + (
        f" reflected (0x{turned:04X}), LSB first" if reflected else ", MSB first"
    )
    return Made(
        f"uint16_t @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_some(r)],
        (
            f"Write a function that computes a 16-bit CRC of the data. The register starts as 0x{start:04X}; {how}. There is no final XOR.",
            f"{kind}, init 0x{start:04X}, no final XOR",
            f"My save blocks carry a CRC: {kind}, start value 0x{start:04X}, the register is the result as it is. Compute it over `data`.",
            f"bitwise CRC16 of a block (init ${start:04X}): {how}",
        ),
    )


def crc_32(rng: random.Random) -> Made:
    wanted = rng.choice(("plain", "without", "range"))
    test = {
        "plain": "",
        "without": "if (i >= field && i < field + 4) byte = 0;",
        "range": "",
    }[wanted]
    loop = "size_t i = from; i < to" if wanted == "range" else "size_t i = 0; i < data.size()"
    body = cpp(
        """
        uint32_t crc = 0xFFFFFFFF;
        for (@loop; ++i) {
          @byte
          @test
          crc ^= byte;
          for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
        """,
        loop=loop,
        byte="uint8_t byte = data[i];" if test else "const uint8_t byte = data[i];",
        test=test,
    ).replace("  \n", "")

    def oracle(data: list[int], *more: int) -> int:
        whole = bytearray(data)
        if wanted == "range":
            return zlib.crc32(whole[more[0] : more[1]])
        if wanted == "without":
            for i in range(4):
                if more[0] + i < len(whole):
                    whole[more[0] + i] = 0
        return zlib.crc32(whole)

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(r.randrange(1, 14))
        if wanted == "range":
            return [data, *sorted((r.randrange(len(data) + 1), r.randrange(len(data) + 1)))]
        return [data, r.choice((0, 2, len(data) - 1, len(data)))] if wanted == "without" else [data]

    extra = {
        "plain": "",
        "without": " The four bytes from offset `field` on, as far as they exist, count as 0.",
        "range": " Only offsets `from` up to, not including, `to` count (a valid range, perhaps empty).",
    }[wanted]
    parameters = {"plain": "", "without": ", size_t field", "range": ", size_t from, size_t to"}[wanted]
    return Made(
        f"uint32_t @f({BYTES} data{parameters})",
        body,
        oracle,
        given,
        (
            f"Write a function that computes the CRC-32 of zip and PNG files (reflected polynomial 0xEDB88320, register starts as 0xFFFFFFFF and is inverted at the end).{extra}",
            f"standard CRC32 (zlib's).{extra}",
            f"ROM databases identify dumps by the usual CRC-32, as zip has it. I need it without a library.{extra}",
            f"CRC-32 (IEEE, reflected, init and final XOR all ones), bit by bit is fast enough.{extra}",
        ),
    )


def fnv_of_label(rng: random.Random) -> Made:
    kind = rng.choice(("fnv1a", "djb2", "sdbm"))
    fold = rng.random() < 0.5
    lower = rng.random() < 0.5
    start = {"fnv1a": "2166136261u", "djb2": "5381", "sdbm": "0"}[kind]
    step = {
        "fnv1a": "hash = (hash ^ uint8_t(@c)) * 16777619u;",
        "djb2": "hash = hash * 33 + uint8_t(@c);",
        "sdbm": "hash = hash * 65599 + uint8_t(@c);",
    }[kind].replace("@c", "std::tolower(c)" if lower else "c")
    body = f"uint32_t hash = {start};\nfor (char c : name) {step}\nreturn {'(hash >> 16 ^ hash) & 0xFFFF' if fold else 'hash'};"

    def oracle(name: str) -> int:
        value = int(start.rstrip("u"))
        for one in (name.lower() if lower else name).encode():
            value = (value ^ one) * 16777619 if kind == "fnv1a" else value * (33 if kind == "djb2" else 65599) + one
        value %= 1 << 32
        return value // 65536 ^ value % 65536 if fold else value

    said = {
        "fnv1a": "start with 2166136261; for each character XOR it in, then multiply by 16777619",
        "djb2": "start with 5381; for each character multiply by 33 and add it",
        "sdbm": "start with 0; for each character multiply by 65599 and add it",
    }[kind]
    name = {"fnv1a": "FNV-1a", "djb2": "djb2", "sdbm": "sdbm"}[kind]
    more = (" The letters A-Z count as lower case." if lower else "") + (
        " Finally the upper 16 bits are XORed into the lower ones, which are the result." if fold else ""
    )
    return Made(
        f"uint{16 if fold else 32}_t @f(const std::string& name)",
        body,
        oracle,
        lambda r: ["".join(r.choice("abzAZ_09LinkMain") for _ in range(r.choice((0, 1, 4, 9, r.randrange(12)))))],
        (
            f"Write a function that hashes a label's name (ASCII) to 32 bits, wrapping: {said}.{more}",
            f"{name} hash, 32 bits: {said}.{more}",
            f"For the symbol table of my assembler I need the {name} hash of a name: {said} (modulo 2^32).{more}",
            f"Hash of an ASCII string ({name}, unsigned 32-bit arithmetic; {said}).{more}",
        ),
    )


def end_around_sum(rng: random.Random) -> Made:
    bits = rng.choice((8, 16))
    invert = rng.random() < 0.5
    top = (1 << bits) - 1
    body = (
        f"uint32_t sum = 0;\nfor (uint8_t byte : data) {{\n  sum += byte;\n  sum = (sum & 0xFF) + (sum >> 8);\n}}\nreturn {'~sum' if invert else 'sum'};"
        if bits == 8
        else f"uint32_t sum = 0;\nfor (size_t i = 0; i < data.size(); i += 2) {{\n  sum += data[i] | (i + 1 < data.size() ? data[i + 1] << 8 : 0);\n  sum = (sum & 0xFFFF) + (sum >> 16);\n}}\nreturn {'~sum' if invert else 'sum'};"
    )

    def oracle(data: list[int]) -> int:
        padded = data + [0] * (len(data) % (bits // 8))
        numbers = [int.from_bytes(bytes(padded[i : i + bits // 8]), "little") for i in range(0, len(padded), bits // 8)]
        total = sum(numbers)
        value = (total - 1) % top + 1 if total else 0
        return top - value if invert else value

    unit = (
        "bytes" if bits == 8 else "little-endian words (a last odd byte is the low half of a word whose high half is 0)"
    )
    inverted = "; at the end all bits of the sum are inverted" if invert else ""
    return Made(
        f"uint{bits}_t @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_some(r)],
        (
            f"Write a function that adds up {unit} to a {bits}-bit sum that starts as 0, with end-around carry: whenever an addition carries out of {bits} bits, 1 is added to the sum{inverted}.",
            f"one's complement sum over {unit}, {bits} bits{inverted}",
            f"The game does ADC in a loop without clearing the carry, so that each carry is added again (also the last one): sum of all {unit} in {bits} bits{inverted}.",
            f"{bits}-bit checksum with the carry fed back in: {unit}{inverted}.",
        ),
    )


def parity_columns(rng: random.Random) -> Made:
    size = rng.choice((4, 8))
    wanted = rng.choice(("columns", "repair"))
    if wanted == "columns":
        body = f"std::vector<uint8_t> parity({size});\nfor (size_t i = 0; i < data.size(); ++i) parity[i % {size}] ^= data[i];\nreturn parity;"
    else:
        body = f"for (size_t j = 0; j < {size}; ++j) {{\n  uint8_t missing = parity[j];\n  for (size_t i = j; i < data.size(); i += {size})\n    if (i / {size} != row) missing ^= data[i];\n  data[row * {size} + j] = missing;\n}}"

    def oracle(data: list[int], *more: object) -> object:
        rows = [data[i : i + size] + [0] * max(0, i + size - len(data)) for i in range(0, len(data), size)]
        if wanted == "columns":
            return [sum((sum(row[j] >> b & 1 for row in rows) % 2) << b for b in range(8)) for j in range(size)]
        parity, row = more
        assert isinstance(parity, list) and isinstance(row, int)
        others = [one for i, one in enumerate(rows) if i != row]
        for j in range(size):
            bits = int.from_bytes(bytes(one[j] for one in others), "big")
            value = parity[j]
            while bits:
                value ^= bits & 255
                bits >>= 8
            data[row * size + j] = value
        return None

    def given(r: random.Random) -> list[object]:
        if wanted == "columns":
            return [r.randbytes(r.choice((0, size, 2 * size, 2 * size + 1, r.randrange(20))))]
        rows = r.randrange(1, 4)
        return [r.randbytes(rows * size), r.randbytes(size), r.randrange(rows)]

    asks = (
        (
            f"Write a function that makes a parity row for the data: {size} bytes, of which byte j is the XOR of all data bytes at offsets j, j + {size}, j + {2 * size} and so on. Missing bytes count as 0.",
            f"XOR the data column by column, rows of {size} bytes (the last one may be short); {size} bytes result",
            f"To repair a damaged save block later I want to store the XOR of all {size}-byte rows of the data. The last row may be incomplete, as if it continued with zeros.",
            f"column parity, width {size}",
        )
        if wanted == "columns"
        else (
            f"Write a function that repairs row `row` of the data in place. Rows have {size} bytes, all complete, and `parity` holds, for each column, the XOR of all original rows; the other rows are intact.",
            f"rebuild the {size}-byte row `row` from the other rows and the XOR row `parity`",
            f"One {size}-byte row of a save block got lost; I know which. `parity` is the XOR of all its rows as they were. Put the right bytes back.",
            f"data[row * {size} ...] := parity XOR all other rows of {size} bytes (whole rows only, `row` exists).",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)"
        if wanted == "columns"
        else f"void @f({BUFFER} data, {BYTES} parity, size_t row)",
        body,
        oracle,
        given,
        asks,
    )


def stale_blocks(rng: random.Random) -> Made:
    size = rng.choice((4, 8))
    bits = rng.choice((8, 16))
    update = rng.random() < 0.5
    kind = "uint8_t" if bits == 8 else "uint16_t"
    body = cpp(
        """
        std::vector<int> stale;
        for (size_t i = 0; i < sums.size(); ++i) {
          @kind sum = 0;
          for (size_t j = i * @size; j < std::min(data.size(), (i + 1) * @size); ++j) sum += data[j];
          if (sum == sums[i]) continue;
          stale.push_back(i);@update
        }
        return stale;
        """,
        kind=kind,
        size=size,
        update="\n  sums[i] = sum;" if update else "",
    )

    def oracle(data: list[int], sums: list[int]) -> list[int]:
        true = [sum(data[i * size : i * size + size]) % (1 << bits) for i in range(len(sums))]
        bad = [i for i, (a, b) in enumerate(zip(true, sums, strict=True)) if a != b]
        if update:
            sums[:] = true
        return bad

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(r.randrange(30))
        sums = [sum(data[i : i + size]) % (1 << bits) for i in range(0, len(data), size)]
        sums = [one if r.random() < 0.6 else (one + 1) % (1 << bits) for one in sums]
        return [data, bytes(sums) if bits == 8 else sums]

    told = " Put the right sums into `sums`." if update else ""
    vector = f"std::vector<{kind}>&" if update else f"const std::vector<{kind}>&"
    return Made(
        f"std::vector<int> @f({BYTES} data, {vector} sums)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the blocks of {size} bytes whose contents no longer fit the stored sums. sums[i] is the sum of the bytes of block i modulo {1 << bits}; the last block may be shorter, and there is one sum for each block. Return the numbers of the blocks that differ, ascending.{told}",
            f"which {size}-byte blocks have a byte sum (mod {1 << bits}) other than sums[i]? last block may be short.{told}",
            f"Only changed blocks should be written back. For each block of {size} bytes I remember the sum of its bytes ({bits} bits, wrapping). List those that changed by this measure.{told} The final block can be incomplete.",
            f"Dirty check by sums: block i = bytes {size}i to {size}i + {size - 1}, as far as they exist; {bits}-bit sum against sums[i]. Result: indices that mismatch.{told}",
        ),
    )


def rotating_hash(rng: random.Random) -> Made:
    left = rng.random() < 0.5
    steps = rng.choice((1, 3, 5))
    mix = rng.choice(("add", "xor"))
    a, b = (steps, 16 - steps) if left else (16 - steps, steps)
    start = rng.choice((0, 0x5A5A, 0xFFFF))
    body = f"uint16_t hash = {hexadecimal(start)};\nfor (uint8_t byte : data) {{\n  hash = hash << {a} | hash >> {b};\n  hash {'+' if mix == 'add' else '^'}= byte;\n}}\nreturn hash;"

    def oracle(data: list[int]) -> int:
        value = start
        for one in data:
            text = f"{value:016b}"
            turned = int(text[steps:] + text[:steps] if left else text[-steps:] + text[:-steps], 2)
            value = (turned + one) % 65536 if mix == "add" else turned ^ one
        return value

    word = "added (modulo 65536)" if mix == "add" else "XORed in"
    side = "left" if left else "right"
    return Made(
        f"uint16_t @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_some(r)],
        (
            f"Write a function that computes a 16-bit hash, starting from 0x{start:04X}: for every byte the hash is first rotated {side} by {steps} bit{'s' * (steps > 1)}, then the byte is {word}.",
            f"hash = rot{side[0]}16(hash, {steps}) {'+' if mix == 'add' else '^'} byte, init ${start:04X}",
            f"Cheap fingerprint of a tile: rotate the 16-bit value {side} by {steps}, then the byte is {word}; and so on for all bytes. It starts as ${start:04X}.",
            f"16-bit rotate-and-{mix} checksum ({side}, {steps} bit{'s' * (steps > 1)} before each byte; first value 0x{start:04X}).",
        ),
    )


def weighted_check_symbol(rng: random.Random) -> Made:
    alphabet = rng.choice(("0123456789", "BCDFGHJKLMNPQRST", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    weights = rng.choice(((1, 3), (1, 2, 3), (7, 3, 1)))
    size = len(alphabet)
    check = rng.random() < 0.5
    cycle = ", ".join(map(str, weights))
    range_end = "code.size() - 1" if check else "code.size()"
    body = cpp(
        """
        const std::string alphabet = "@alphabet";
        const int weights[] = {@weights};
        int sum = 0;
        for (size_t i = 0; i < @end; ++i) sum += weights[i % @count] * int(alphabet.find(code[i]));
        return @result;
        """,
        alphabet=alphabet,
        weights=cycle,
        count=len(weights),
        end=range_end,
        result=f"code.back() == alphabet[sum % {size}]" if check else f"code + alphabet[sum % {size}]",
    )

    def oracle(code: str) -> object:
        inner = code[:-1] if check else code
        total = sum(alphabet.index(one) * weights[i % len(weights)] for i, one in enumerate(inner))
        symbol = alphabet[total % size]
        return code[-1] == symbol if check else code + symbol

    def given(r: random.Random) -> list[str]:
        code = "".join(r.choice(alphabet) for _ in range(r.randrange(0, 8)))
        if not check:
            return [code]
        total = sum(alphabet.index(one) * weights[i % len(weights)] for i, one in enumerate(code))
        return [code + r.choice((alphabet[total % size], alphabet[total % size], r.choice(alphabet)))]

    how = f"the values of the symbols (their index in {alphabet}) are multiplied by {cycle} in turn, over and over, and added up; the sum modulo {size} is the value of the check symbol"
    asks = (
        (
            f"Write a function that checks a password whose last character is a check symbol for the ones before: {how}. All characters are from this set and there is at least one.",
            f"is the last char the right check symbol? {how}",
            f"A mistyped password should be noticed. Its last symbol guards the rest: {how}. Tell whether it is right (only symbols of the set occur; the password isn't empty).",
            f"Verify the check symbol at the end of `code`: {how}. The code has one symbol or more, all valid.",
        )
        if check
        else (
            f"Write a function that appends a check symbol to a password: {how}. All characters are from this set; it may be empty.",
            f"append check symbol: {how}",
            f"I'd like passwords that notice typing mistakes. To the given symbols (all of the set, perhaps none) add one more: {how}.",
            f"code -> code with its check symbol. {how[0].upper() + how[1:]}. Only valid symbols come in.",
        )
    )
    return Made(f"{'bool' if check else 'std::string'} @f(const std::string& code)", body, oracle, given, asks)


def version_to_text(rng: random.Random) -> Made:
    form = rng.choice(("nibbles", "word", "bcd"))
    prefix = rng.choice(("v", "", "Version "))
    beta = rng.random() < 0.5
    if form == "nibbles":
        kind, high, low = "uint8_t", "version >> 4", f"version & {7 if beta else 15}"
        flag, said = (
            "version & 8",
            f"the upper nibble is the major, {'the lowest three bits are' if beta else 'the lower nibble is'} the minor number",
        )
    elif form == "word":
        kind, high, low = "uint16_t", "version >> 8", f"version & {0x7F if beta else 0xFF}"
        flag, said = (
            "version & 0x80",
            f"the high byte is the major, {'the lowest seven bits are' if beta else 'the low byte is'} the minor number",
        )
    else:
        kind, high, low = "uint16_t", f"version >> 12 {'& 7 ' if beta else ''}* 10 + (version >> 8 & 15)", ""
        high = f"(version >> 12{' & 7' if beta else ''}) * 10 + (version >> 8 & 15)"
        low = "(version >> 4 & 15) * 10 + (version & 15)"
        flag, said = (
            "version & 0x8000",
            f"the high byte is the major and the low byte the minor number, both in BCD{' (without bit 15)' if beta else ''}",
        )
    high = high if form == "bcd" else f"({high})"
    low = low if form == "bcd" else f"({low})"
    end = f'\nif ({flag}) text += "b";' if beta else ""
    body = f'std::string text = "{prefix}" + std::to_string({high}) + "." + std::to_string({low});{end}\nreturn text;'

    def oracle(version: int) -> str:
        bit = {"nibbles": 8, "word": 0x80, "bcd": 0x8000}[form]
        mark = "b" if beta and version & bit else ""
        value = version - bit if mark else version
        if form == "nibbles":
            parts = divmod(value, 16)
        elif form == "word":
            parts = divmod(value, 256)
        else:
            parts = (int(f"{value:04X}"[:2]), int(f"{value:04X}"[2:]))
        return f"{prefix}{parts[0]}.{parts[1]}{mark}"

    def given(r: random.Random) -> list[int]:
        if form == "bcd":
            digits = [r.randrange(8) if beta else r.randrange(10), *(r.randrange(10) for _ in range(3))]
            return [int("".join(map(str, digits)), 16) | (r.randrange(2) << 15 if beta else 0)]
        return [
            r.choice(
                (0, 0x10, 0x19, 0x0102 if form == "word" else 0x12, r.randrange(256 if form == "nibbles" else 65536))
            )
        ]

    flags = {"nibbles": "bit 3", "word": "bit 7", "bcd": "bit 15"}[form]
    more = f' If {flags} is set, it is a beta and "b" is appended.' if beta else ""
    example = f"{prefix}1.2"
    return Made(
        f"std::string @f({kind} version)",
        body,
        oracle,
        given,
        (
            f'Write a function that shows a version number as text such as "{example}": {said}, both in decimal without leading zeros.{more}',
            f'version to "{example}" ({said}; no padding).{more}',
            f"The version of my hack is stored in {'one byte' if kind == 'uint8_t' else 'a word'}: {said}. The title screen editor shows it as {example}, without leading zeros.{more}",
            f'Format a packed version, "{prefix}<major>.<minor>" in plain decimal: {said}.{more}',
        ),
    )


def version_from_text(rng: random.Random) -> Made:
    limits = rng.choice(((15, 15, 255), (255, 99, 0), (31, 63, 31)))
    three = limits[2] > 0
    shifts = {(15, 15, 255): (12, 8, 0), (255, 99, 0): (8, 0, 0), (31, 63, 31): (11, 5, 0)}[limits]
    count = 3 if three else 2
    body = cpp(
        """
        const int limits[] = {@limits}, shifts[] = {@shifts};
        int packed = 0;
        size_t at = 0;
        for (int part = 0; part < @count; ++part) {
          if (part > 0 && (at >= text.size() || text[at++] != '.')) return -1;
          const size_t start = at;
          int number = 0;
          while (at < text.size() && std::isdigit(text[at]) && at - start < 3) number = number * 10 + text[at++] - '0';
          if (at == start || number > limits[part]) return -1;
          packed |= number << shifts[part];
        }
        return at == text.size() ? packed : -1;
        """,
        limits=", ".join(map(str, limits[:count])),
        shifts=", ".join(map(str, shifts[:count])),
        count=count,
    )

    def oracle(text: str) -> int:
        parts = text.split(".")
        if len(parts) != count or not all(one.isascii() and one.isdigit() and len(one) < 4 for one in parts):
            return -1
        numbers = list(map(int, parts))
        if any(a > b for a, b in zip(numbers, limits, strict=False)):
            return -1
        return sum(one * 2**shift for one, shift in zip(numbers, shifts, strict=False))

    def given(r: random.Random) -> list[str]:
        parts = [str(r.choice((0, 1, limit, limit, limit + 1 if r.random() < 0.3 else 2))) for limit in limits[:count]]
        return [
            r.choice(
                (
                    ".".join(parts),
                    ".".join(parts),
                    ".".join(parts),
                    "1." + ".".join(parts),
                    parts[0],
                    "1..2",
                    "1.2a",
                    "0001.1.1",
                    "01.002.3" if three else "01.002",
                )
            )
        ]

    names = ("major", "minor", "patch")[:count]
    layout = ", ".join(
        f"{name} (at most {limit}) from bit {shift} on"
        for name, limit, shift in zip(names, limits, shifts, strict=False)
    )
    return Made(
        "int @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"Write a function that packs a version text into a word. It consists of exactly {count} decimal numbers of one to three digits separated by dots: {layout}. Any other text or a number that is too large gives -1.",
            f'"{".".join(names)}" -> word: {layout}; 1-3 digits each; -1 if malformed or too large',
            f"The header of my hack has the version in 16 bits: {layout}. Users type it as {'1.4.2' if three else '1.4'}. Numbers have one to three digits (leading zeros are fine), nothing else may be there; errors give -1.",
            f"Parse {count} numbers with dots between them into bit fields: {layout}. -1 for everything that doesn't fit that form (each number 1 to 3 digits) or a limit.",
        ),
    )


def known_build(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Probe", "Signature", "Fingerprint")), (("u32", "offset"), ("u8", "value"), ("u8", "build"))
    )
    n = struct.name
    wanted = rng.choice(("all", "most"))
    if wanted == "all":
        body = cpp(
            """
            std::map<int, bool> fits;
            for (const @n& one : probes) {
              const bool same = one.offset < rom.size() && rom[one.offset] == one.value;
              auto [place, added] = fits.emplace(one.build, same);
              if (!added) place->second = place->second && same;
            }
            for (auto [build, all] : fits)
              if (all) return build;
            return -1;
            """,
            n=n,
        )
    else:
        body = cpp(
            """
            std::map<int, int> hits;
            for (const @n& one : probes) hits[one.build] += one.offset < rom.size() && rom[one.offset] == one.value;
            int best = -1;
            for (auto [build, count] : hits)
              if (count > (best < 0 ? 0 : hits[best])) best = build;
            return best;
            """,
            n=n,
        )

    def oracle(rom: list[int], probes: list[Record]) -> int:
        rows = [vars(one) for one in probes]
        builds = sorted({one["build"] for one in rows})
        hits = {
            build: [rom[one["offset"] : one["offset"] + 1] == [one["value"]] for one in rows if one["build"] == build]
            for build in builds
        }
        if wanted == "all":
            return next((one for one in builds if all(hits[one])), -1)
        best = max(builds, key=lambda one: (sum(hits[one]), -one), default=-1)
        return best if best >= 0 and sum(hits[best]) else -1

    def given(r: random.Random) -> list[object]:
        rom = bytes(r.randrange(3) for _ in range(6))
        return [
            rom,
            [
                Record(
                    ("offset", "value", "build"),
                    (r.choice((0, 2, 5, 6, r.randrange(6))), r.randrange(3), r.randrange(4)),
                )
                for _ in range(r.randrange(6))
            ],
        ]

    rule = (
        "the lowest build number of which all probes fit"
        if wanted == "all"
        else "the build with the most probes that fit, at least one (the lowest number of equal ones)"
    )
    return Made(
        f"int @f({BYTES} rom, const std::vector<{n}>& probes)",
        body,
        oracle,
        given,
        (
            f"Write a function that recognises which build of a game a ROM is. A probe fits if the byte at its offset exists and is `value`; a build may have several probes, anywhere in the list. Return {rule}, or -1. A build without probes is never found.",
            f"identify the build by probe bytes: {rule}, else -1; an offset past the end doesn't fit",
            f"US 1.0, US 1.1 or Japan? I have bytes that give it away, each with a build number. The result is {rule}; -1 if there is none. Offsets beyond the ROM count as a mismatch.",
            f"Version detection from (offset, value, build): {rule}. -1 without a result.",
        ),
        (struct,),
    )


def put_title(rng: random.Random) -> Made:
    place, length = rng.choice((0, 4, 16)), rng.choice((8, 10, 21))
    upper = rng.random() < 0.5
    body = cpp(
        """
        if (title.size() > @length || rom.size() < @end) return false;
        for (char c : title)
          if (c < 0x20 || c > 0x7E) return false;
        for (size_t i = 0; i < @length; ++i) rom[@place] = i < title.size() ? @char : ' ';
        return true;
        """,
        length=length,
        end=place + length,
        place=f"{place} + i" if place else "i",
        char="std::toupper(title[i])" if upper else "title[i]",
    )

    def oracle(rom: list[int], title: str) -> bool:
        if len(title) > length or not title.isprintable() or len(rom) < place + length:
            return False
        rom[place : place + length] = (title.upper() if upper else title).ljust(length).encode()
        return True

    def given(r: random.Random) -> list[object]:
        title = "".join(r.choice("aZ 9!") for _ in range(r.choice((0, 3, length, length, length + 1))))
        if r.random() < 0.15:
            title = "\t" + title[1:]
        return [r.randbytes(place + length + r.choice((0, 0, 3, -1))), title]

    case = ", with a-z made upper case" if upper else ""
    return Made(
        f"bool @f({BUFFER} rom, const std::string& title)",
        body,
        oracle,
        given,
        (
            f"Write a function that stores a title in the {length} bytes from offset {place} on, padded with spaces{case}. If it is longer than {length} characters, has a character outside 0x20 to 0x7E, or the ROM ends before the field does, return false and leave the ROM as it is.",
            f"title -> rom[{place}..{place + length - 1}], space-padded{case}; false (nothing written) if too long, not printable ASCII, or the field isn't there",
            f"Rename a game: its name goes to offset {place}, {length} bytes, filled up with spaces{case}. Refuse, changing nothing, what is too long or isn't printable ASCII, and ROMs too short for the field.",
            f"Set the ROM's name field ({length} bytes at {place}){case}, blanks behind it. Returns whether the name was acceptable (length, characters 0x20-0x7E) and the field inside the ROM.",
        ),
    )


def nibble_checks(rng: random.Random) -> Made:
    wanted = rng.choice(("sum", "valid"))
    bits = 4
    extra = rng.choice((0, 5, 15))
    plus = f"{extra}" if extra else "0"
    if wanted == "sum":
        body = f"int sum = {plus};\nfor (uint8_t byte : data) sum += (byte >> 4) + (byte & 15);\nreturn sum & 15;"
    else:
        body = f"if (data.empty()) return false;\nint sum = {plus};\nfor (uint8_t byte : data) sum += (byte >> 4) + (byte & 15);\nconst int check = data.back() & 15;\nreturn ((sum - check) & 15) == check;"

    def oracle(data: list[int]) -> object:
        digits = [int(one, 16) for one in bytes(data).hex()]
        if wanted == "sum":
            return (sum(digits) + extra) % (1 << bits)
        return bool(digits) and (sum(digits[:-1]) + extra) % (1 << bits) == digits[-1]

    def given(r: random.Random) -> list[bytes]:
        data = bytearray(_some(r))
        if data and wanted == "valid" and r.random() < 0.6:
            digits = [int(one, 16) for one in data.hex()][:-1]
            data[-1] = data[-1] & 0xF0 | (sum(digits) + extra) % 16
        return [bytes(data)]

    start = f"plus {extra} " if extra else ""
    asks = (
        (
            f"Write a function that adds up all nibbles of the data, both of each byte, {start}and returns the sum modulo 16.",
            f"(sum of all nibbles{f' + {extra}' if extra else ''}) & 15",
            f"A 4-bit checksum for a password: every nibble of every byte counts{f', and {extra} is added' if extra else ''}; only the lowest four bits remain.",
            f"nibble sum modulo 16{f', starting from {extra}' if extra else ''}",
        )
        if wanted == "sum"
        else (
            f"Write a function that checks a block whose last nibble (the lower one of the last byte) is a checksum: it must be the sum of all other nibbles {start}modulo 16. A block without bytes is not valid.",
            f"last low nibble == (sum of all other nibbles{f' + {extra}' if extra else ''}) & 15? empty: false",
            f"Password data carry a 4-bit sum in their very last nibble; all nibbles before it (the upper half of that byte too) are added{f', and {extra}' if extra else ''}. Is it right? No data: no.",
            f"Validate the trailing check nibble: low half of the last byte = sum of the rest of the nibbles {start}mod 16. Empty data fail.",
        )
    )
    return Made(f"{'bool' if wanted == 'valid' else 'uint8_t'} @f({BYTES} data)", body, oracle, given, asks)


def force_word_sum(rng: random.Random) -> Made:
    last = rng.random() < 0.5
    body = cpp(
        """
        uint16_t sum = 0;
        for (uint16_t word : words) sum += word;
        words@at += target - sum;
        """,
        at=".back()" if last else "[spare]",
    )

    def oracle(words: list[int], target: int, spare: int = -1) -> None:
        rest = sum(words) - words[spare]
        words[spare] = (target - rest) & 0xFFFF

    def given(r: random.Random) -> list[object]:
        words = [r.choice((0, 0xFFFF, r.randrange(65536))) for _ in range(r.randrange(1, 7))]
        return [words, r.randrange(65536), *([] if last else [r.randrange(len(words))])]

    where = "the last word" if last else "the word at index `spare`"
    return Made(
        f"void @f(std::vector<uint16_t>& words, uint16_t target{'' if last else ', size_t spare'})",
        body,
        oracle,
        given,
        (
            f"Write a function that changes {where} so that all words together add up to `target` modulo 65536. There is at least one word{'' if last else ' and the index exists'}.",
            f"adjust {where}: sum of words == target (mod 2^16)",
            f"The game compares the 16-bit sum of a block with a constant. After my edits I use {where}, which means nothing to the game, to bring the sum back to `target`.",
            f"Make sum(words) = target, 16 bits, by setting {where}; everything else stays.",
        ),
    )


def majority_of_copies(rng: random.Random) -> Made:
    per = rng.choice(("bit", "byte"))
    report = rng.random() < 0.5
    if per == "bit":
        vote = "const uint8_t best = (a[i] & b[i]) | (a[i] & c[i]) | (b[i] & c[i]);"
    else:
        vote = "const uint8_t best = b[i] == c[i] ? b[i] : a[i];"
    body = cpp(
        """
        @head
        for (size_t i = 0; i < a.size(); ++i) {
          @vote
          @step
        }
        return result;
        """,
        head="int result = 0;" if report else "std::vector<uint8_t> result;",
        vote=vote,
        step="if (a[i] != best || b[i] != best || c[i] != best) ++result;\n  a[i] = b[i] = c[i] = best;"
        if report
        else "result.push_back(best);",
    )

    def oracle(a: list[int], b: list[int], c: list[int]) -> object:
        out = []
        for votes in zip(a, b, c, strict=True):
            if per == "byte":
                out.append(max(votes, key=votes.count))
            else:
                columns = zip(*(f"{one:08b}" for one in votes), strict=True)
                out.append(int("".join("1" if column.count("1") > 1 else "0" for column in columns), 2))
        wrong = sum({*votes} != {one} for votes, one in zip(zip(a, b, c, strict=True), out, strict=True))
        if report:
            a[:], b[:], c[:] = out, list(out), list(out)
            return wrong
        return out

    def given(r: random.Random) -> list[bytes]:
        base = r.randbytes(r.randrange(1, 6))
        return [bytes(one if r.random() < 0.7 else r.randrange(256) for one in base) for _ in range(3)]

    rule = (
        "each bit gets the value that it has in at least two of them"
        if per == "bit"
        else "each byte gets the value that it has in at least two of them, that of `a` where all three differ"
    )
    told = (
        "All three are corrected, and the result is the number of offsets at which one of them was changed"
        if report
        else "Return the reconstructed block"
    )
    vector = BUFFER if report else BYTES
    return Made(
        f"{'int' if report else 'std::vector<uint8_t>'} @f({vector} a, {vector} b, {vector} c)",
        body,
        oracle,
        given,
        (
            f"Write a function that repairs a save block of which there are three copies of the same size, by majority: {rule}. {told}.",
            f"vote over three copies, {rule}. {told}.",
            f"Battery failing, three copies of the data with single errors: {rule}. {told}. They are equally long.",
            f"2-of-3 majority per {per} ({rule}). {told}.",
        ),
    )


def size_and_sum_match(rng: random.Random) -> Made:
    first = rng.choice(("sum", "size"))
    a, b = (0, 2) if first == "size" else (2, 0)
    body = cpp(
        """
        if (block.size() < 4) return -1;
        const size_t size = block[@a] | block[@a1] << 8;
        const uint16_t sum = block[@b] | block[@b1] << 8;
        if (block.size() - 4 < size) return -2;
        uint16_t real = 0;
        for (size_t i = 0; i < size; ++i) real += block[4 + i];
        return real == sum ? size : -3;
        """,
        a=a,
        a1=a + 1,
        b=b,
        b1=b + 1,
    ).replace("real == sum ? size : -3", "real == sum ? int(size) : -3")

    def oracle(block: list[int]) -> int:
        head, rest = bytes(block[:4]), block[4:]
        if len(head) < 4:
            return -1
        words = [int.from_bytes(head[:2], "little"), int.from_bytes(head[2:], "little")]
        size, total = words if first == "size" else words[::-1]
        if size > len(rest):
            return -2
        return size if sum(rest[:size]) % 65536 == total else -3

    def given(r: random.Random) -> list[bytes]:
        payload = r.randbytes(r.randrange(8))
        words = [len(payload), sum(payload) + r.choice((0, 0, 0, 1))]
        head = b"".join(one.to_bytes(2, "little") for one in (words if first == "size" else words[::-1]))
        whole = head + payload + r.randbytes(r.choice((0, 0, 2)))
        return [whole[: len(whole) - r.choice((0, 0, 0, 1, 4))]]

    order = "size and sum" if first == "size" else "sum and size"
    return Made(
        f"int @f({BYTES} block)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a data block. It begins with two little-endian words, {order} of the data behind them; the sum is that of the bytes modulo 65536. Bytes behind the data are ignored. Return the size if all is well, -1 if there are less than 4 bytes, -2 if the data are cut off, -3 if the sum is wrong.",
            f"[{order.replace(' and ', '][')}] (LE words) + data: return size, or -1 header short, -2 data short, -3 wrong 16-bit byte sum; trailing bytes ok",
            f"Files of my editor start with {order}, two bytes each (low first), then the data. Before loading: too short for that header -1, data incomplete -2, byte sum (16 bits) different -3, and the data's size if it's fine, whatever follows.",
            f"Verify header words {order} against the payload (byte sum mod 2^16). Results: payload size, -1 / -2 / -3 for missing header, missing data, bad sum, tested in this order.",
        ),
    )


RECIPES = (
    crc_of_16_bits,
    crc_32,
    fnv_of_label,
    end_around_sum,
    parity_columns,
    stale_blocks,
    rotating_hash,
    weighted_check_symbol,
    version_to_text,
    version_from_text,
    known_build,
    put_title,
    nibble_checks,
    force_word_sum,
    majority_of_copies,
    size_and_sum_match,
)
