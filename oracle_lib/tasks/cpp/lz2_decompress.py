"""Decompresses LC_LZ2 data with either byte order of the copy offset: big-endian, or little-endian as in A Link to the Past."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "compression"


def stream(rng: random.Random, little: bool, commands: tuple[int, ...]) -> tuple[bytes, bytes]:
    """A random compressed stream with its end mark, and what it unpacks to."""
    packed, plain = bytearray(), bytearray()
    for _ in range(rng.randrange(3, 9)):
        command = rng.choice(commands) if plain else 0
        length = rng.choice((rng.randrange(1, 33), rng.randrange(33, 60), rng.randrange(1, 6)))
        if length > 32 or rng.random() < 0.1:
            packed += bytes([0xE0 | command << 2 | (length - 1) >> 8, (length - 1) & 0xFF])
        else:
            packed.append(command << 5 | (length - 1))
        if command == 0:
            data = rng.randbytes(length)
            packed, plain = packed + data, plain + data
        elif command == 1:
            byte = rng.randrange(256)
            packed.append(byte)
            plain += bytes([byte]) * length
        elif command == 2:
            pair = rng.randbytes(2)
            packed += pair
            plain += (pair * length)[:length]
        elif command == 3:
            byte = rng.randrange(256)
            packed.append(byte)
            plain += bytes((byte + i) & 0xFF for i in range(length))
        else:
            start = rng.randrange(len(plain))
            packed += start.to_bytes(2, "little" if little else "big")
            for i in range(length):
                plain.append(plain[start + i])
    return bytes(packed) + b"\xff", bytes(plain)


def draw(rng: random.Random) -> Problem:
    little = rng.random() < 0.6
    base = rng.choice((0, rng.randrange(0x10, 0x800) * 0x80))
    by_offset = not base and rng.random() < 0.5
    name = rng.choice(("DecompressLz2", "lc_lz2_decompress", "Unpack", "DecompressGraphics", "expand"))
    parameters = ((BYTES, "rom"), ("size_t", "at")) if by_offset else ((BYTES, "rom" if base else "data"),)
    function = Function("std::vector<uint8_t>", name, parameters)

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        packed, plain = stream(rng, little, (0, 1, 2, 3, 4, 4))
        if by_offset:
            start = rng.randrange(1, 0x800)
            return [rom(start + len(packed) + 8, {start: packed}), start], [plain]
        return [rom(base + len(packed) + 8, {base: packed}) if base else packed], [plain]

    source = "rom" if base or by_offset else "data"
    offset = f"{source}[at] | {source}[at + 1] << 8" if little else f"{source}[at] << 8 | {source}[at + 1]"
    values = {
        "signature": function.signature,
        "start": "" if by_offset else f"  size_t at = {hexadecimal(base) if base else 0};\n",
        "rom": source,
        "offset": offset,
    }
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> out;
        @start  while (@rom[at] != 0xFF) {
            int command = @rom[at] >> 5, length = @rom[at] & 0x1F;
            if (command == 7) {  // long form: three bits of command, ten of length
              command = @rom[at] >> 2 & 7;
              length = (@rom[at] & 3) << 8 | @rom[at + 1];
              ++at;
            }
            ++at;
            size_t from = command == 4 ? @offset : 0;
            for (int i = 0; i <= length; ++i)
              switch (command) {
                case 0: out.push_back(@rom[at + i]); break;
                case 1: out.push_back(@rom[at]); break;
                case 2: out.push_back(@rom[at + i % 2]); break;
                case 3: out.push_back(@rom[at] + i); break;
                default: out.push_back(out[from + i]);
              }
            at += command == 0 ? length + 1 : command % 2 ? 1 : 2;
          }
          return out;
        }
        """,
        **values,
    )
    order = "little-endian, as in A Link to the Past" if little else "big-endian, as in standard LC_LZ2"
    place = (
        "that starts at offset `at` of `rom`"
        if by_offset
        else f"that starts at offset {hexadecimal(base)} of `rom`"
        if base
        else "in `data`"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that decompresses LC_LZ2 data {place}, up to the 0xFF end mark. The offset of command 4 is {order}.",
            f"Unpack the LC_LZ2 stream {place} (end mark 0xFF; copy offsets are {order}).",
            f"LC_LZ2 decompressor for the data {place}; command 4 takes an absolute output offset, {order}.",
            f"The graphics {place} are packed with LC_LZ2. I need them unpacked in C++. Repeat offsets are absolute in the output and {order}.",
        ),
        references=(reference,),
        case=case,
        parameters={"little": int(little), "base": base, "by_offset": int(by_offset)},
        explanation="The top three bits are the command (copy, fill byte, fill two bytes, count up, repeat output) and the low five the "
        f"length minus one. The copy offset counts from the start of the output and is {order.split(',')[0]}.",
    )
