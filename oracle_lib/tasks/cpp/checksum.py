"""Computes, checks or repairs the checksum and its complement in a SNES ROM's internal header."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "ROM header"

ACTIONS = {
    "compute": (
        "uint16_t",
        ("ComputeChecksum", "rom_checksum", "SumRom"),
        "returns the checksum that belongs into its header",
    ),
    "complement": (
        "uint16_t",
        ("ChecksumComplement", "complement_of"),
        "returns the checksum complement that belongs into its header",
    ),
    "check": (
        "bool",
        ("ChecksumValid", "checksum_ok", "HeaderMatches"),
        "tells whether the stored checksum and its complement are both right",
    ),
    "repair": (
        "void",
        ("FixChecksum", "repair_checksum", "UpdateHeader"),
        "repairs the checksum and its complement in place",
    ),
    "both": (
        "uint32_t",
        ("HeaderWords", "checksum_pair"),
        "returns the right checksum in the upper and its complement in the lower 16 bits",
    ),
}


def draw(rng: random.Random) -> Problem:
    mapping, header = rng.choice((("LoROM", 0x7FC0), ("HiROM", 0xFFC0)))
    copier = rng.choice(("never", "always", "maybe"))
    action = rng.choice(tuple(ACTIONS))
    banks = rng.choice((2, 3, 4, 5, 6))
    size, whole = banks * 0x8000, 1 << (banks.bit_length() - 1 + 15)
    repeats = whole // (size - whole) if size > whole else 0
    returns, names, said = ACTIONS[action]
    function = Function(
        returns, rng.choice(names), (("std::vector<uint8_t>&" if action == "repair" else BYTES, "rom"),)
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        extra = {"never": 0, "always": 0x200, "maybe": rng.choice((0, 0x200))}[copier]
        field, seed = header + 0x1C + extra, rng.getrandbits(32) | 1
        image = rom(size + extra, {field: b"\xff\xff\x00\x00"}, seed)
        content = image[extra:]
        total = (sum(content[:whole]) + sum(content[whole:]) * repeats) & 0xFFFF
        right = (total ^ 0xFFFF).to_bytes(2, "little") + total.to_bytes(2, "little")
        swapped, stale = right[2:] + right[:2], right[:2] + bytes([right[2] ^ 1, right[3]])
        stored = rng.choice((right, swapped, stale)) if action == "check" else rng.randbytes(4)
        results: dict[str, Value] = {
            "compute": total,
            "complement": total ^ 0xFFFF,
            "check": stored == right,
            "repair": rom(size + extra, {field: right}, seed) if action == "repair" else None,
            "both": total << 16 | total ^ 0xFFFF,
        }
        return [rom(size + extra, {field: stored}, seed)], [results[action]]

    field = {"never": header + 0x1C, "always": header + 0x21C, "maybe": header + 0x1C}[copier]
    at = [f"start + {hexadecimal(field + i)}" if copier == "maybe" else hexadecimal(field + i) for i in range(4)]
    start = {"never": "0", "always": "0x200", "maybe": "start"}[copier]
    tail = {"never": "", "always": " + 0x200", "maybe": " + start"}[copier]
    weight = f" * (i < {hexadecimal(whole)}{tail} ? 1 : {repeats})" if repeats else ""
    finish = {
        "compute": "return sum;",
        "complement": "return sum ^ 0xFFFF;",
        "check": f"""uint16_t complement = rom[{at[0]}] | rom[{at[1]}] << 8;
          uint16_t checksum = rom[{at[2]}] | rom[{at[3]}] << 8;
          return checksum == sum && complement == (sum ^ 0xFFFF);""",
        "repair": f"""uint16_t complement = sum ^ 0xFFFF;
          rom[{at[0]}] = complement & 0xFF;
          rom[{at[1]}] = complement >> 8;
          rom[{at[2]}] = sum & 0xFF;
          rom[{at[3]}] = sum >> 8;""",
        "both": "return static_cast<uint32_t>(sum) << 16 | (sum ^ 0xFFFF);",
    }[action]
    reference = cpp(
        """
        @signature {
        @detect  uint16_t sum = 0x1FE;  // what the four bytes of a right header add up to
          for (size_t i = @start; i < rom.size(); ++i)
            if (i < @first || i > @last) sum += rom[i]@weight;
          @finish
        }
        """,
        signature=function.signature,
        detect="  size_t start = rom.size() % 0x8000;  // a copier header, if there is one\n"
        if copier == "maybe"
        else "",
        start=start,
        first=at[0],
        last=at[3],
        weight=weight,
        finish=finish.replace("\n          ", "\n  "),
    )
    file = f"{size // 1024} KiB {mapping} ROM (internal header at ROM offset {hexadecimal(header)}; "
    file += {
        "never": "no copier header)",
        "always": "the file starts with a 0x200-byte copier header, which does not count)",
        "maybe": "the file may start with a 0x200-byte copier header, which does not count)",
    }[copier]
    rule = (
        "The checksum is the 16-bit sum of all bytes, the complement field taken as 0xFFFF and the checksum field as 0"
    )
    rule += f"; the last {(size - whole) // 1024} KiB count {repeats} times, as they are mirrored" if repeats else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that, for a {file}, {said}. {rule}. "
            "Complement at header + 0x1C, checksum at header + 0x1E, little-endian.",
            f"After an edit I need a function that {said}. It is a {file}. {rule} (fields at +0x1C and +0x1E, little-endian).",
            f"{file}: a function that {said}. {rule}. Complement at +0x1C, checksum at +0x1E, little-endian.",
            f"How do I write a function that {said}, given a {file}? {rule}. "
            "The complement is at +0x1C of the header and the checksum at +0x1E, low bytes first.",
        ),
        references=(reference,),
        case=case,
        parameters={"mapping": mapping, "copier": copier, "action": action, "banks": banks},
        explanation="The bytes of a checksum and its complement always add up to 0x1FE, so the sum skips what the fields hold now.",
    )
