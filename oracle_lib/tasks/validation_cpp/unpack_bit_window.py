"""Unpacks a stream of single bits: a flag, then a byte as it is or a copy from the output or from a ring of bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    highest_first = rng.random() < 0.7
    literal = rng.choice((0, 1))
    ring = rng.random() < 0.4
    reach = rng.choice((8, 9, 10)) if ring else rng.choice((6, 7, 9, 10, 11))
    width = rng.choice((3, 4, 5))
    least = rng.choice((1, 2, 2, 3))
    length_first = rng.random() < 0.3
    header = rng.choice(("little", "big", "none"))
    fill = rng.choice((0x00, 0x20, 0xFF)) if ring else 0
    start = rng.choice((0, (1 << reach) - 0x11)) if ring else 0
    name = rng.choice(("Unpack", "unpack_bits", "DecompressGraphics", "decode_stream", "Expand", "decompress"))
    function = Function(
        "std::vector<uint8_t>", name, ((BYTES, "data"), *((("size_t", "size"),) if header == "none" else ()))
    )

    def number(value: int, count: int) -> str:
        digits = f"{value:0{count}b}"
        return digits if highest_first else digits[::-1]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        out, bits = b"", ""
        history = bytes([fill]) * (1 << reach) if ring else b""
        for _ in range(rng.choice((0, 1, rng.randrange(2, 14), rng.randrange(14, 30)))):
            back = rng.choice((1, 2, rng.randrange(1, (1 << reach) + 1), len(out)))
            if rng.random() < 0.5 or not 0 < back <= (1 << reach if ring else min(len(out), 1 << reach)):
                byte = rng.randrange(256)
                bits += str(literal) + number(byte, 8)
                out += bytes([byte])
                continue
            length = rng.choice((least, least + (1 << width) - 1, rng.randrange(least, least + (1 << width))))
            place = (start + len(out) - back) % (1 << reach) if ring else back - 1
            first, second = number(place, reach), number(length - least, width)
            bits += str(1 - literal) + (second + first if length_first else first + second)
            known = history + out
            out += (known[len(known) - back :] * length)[:length]
        bits += "0" * (-len(bits) % 8)
        packed = [bits[at : at + 8] for at in range(0, len(bits), 8)]
        data = bytes(int(byte if highest_first else byte[::-1], 2) for byte in packed)
        if header == "none":
            return [data, len(out)], [out]
        return [len(out).to_bytes(2, "little" if header == "little" else "big") + data], [out]

    bit = "data[at / 8] >> (7 - at % 8) & 1" if highest_first else "data[at / 8] >> at % 8 & 1"
    sizes = {"little": "data[0] | data[1] << 8", "big": "data[0] << 8 | data[1]"}
    whole = hexadecimal(1 << reach)
    fields = [
        f"place = take({reach})" if ring else f"distance = take({reach}) + 1",
        f"length = take({width}) + {least}",
    ]
    reference = cpp(
        """
        @signature {
        @size  size_t at = @at;  // in bits
          auto take = [&](int count) {
            int value = 0;
            for (int i = 0; i < count; ++i, ++at) @gather;
            return value;
          };
          std::vector<uint8_t> out@window
          while (out.size() < size) {
            if (@test) {
              @put(take(8));
            } else {
              int @first, @second;
              for (int i = 0; i < length; ++i) @put(@source);
            }
          }
          return out;
        }
        """,
        signature=function.signature,
        size="" if header == "none" else f"  size_t size = {sizes[header]};\n",
        at=0 if header == "none" else 16,
        gather=f"value = value << 1 | ({bit})" if highest_first else f"value |= ({bit}) << i",
        window=f""", ring({whole}, {hexadecimal(fill) if fill else 0});
  auto put = [&](uint8_t byte) {{
    ring[{f"({hexadecimal(start)} + out.size())" if start else "out.size()"} % {whole}] = byte;
    out.push_back(byte);
  }};"""
        if ring
        else ";",
        test="take(1)" if literal else "!take(1)",
        put="put" if ring else "out.push_back",
        first=fields[length_first],
        second=fields[not length_first],
        source=f"ring[(place + i) % {whole}]" if ring else "out[out.size() - distance]",
    )
    order = (
        "Bits are taken from bit 7 of a byte down to bit 0, and a number comes with its highest bit first"
        if highest_first
        else "Bits are taken from bit 0 of a byte up to bit 7, and a number comes with its lowest bit first"
    )
    end = (
        "`size` bytes come out"
        if header == "none"
        else f"the first two bytes of `data` ({'low' if header == 'little' else 'high'} byte first) say how many bytes come out, and the bits begin behind them"
    )
    parts = [
        f"{'an' if reach in (8, 11) else 'a'} {reach}-bit {'position' if ring else 'number d'}",
        f"a {width}-bit number n",
    ]
    pair = " and ".join(reversed(parts) if length_first else parts)
    count = f"n + {least} bytes"
    copied = (
        f"copy {count} from that position of the ring on"
        if ring
        else f"copy {count} from d + 1 bytes before the end of the output on"
    )
    memory = (
        f" The ring has {whole} bytes, all 0x{fill:02X} at first; each byte that comes out is also stored in it, the first at position {hexadecimal(start) if start else 0}, the others behind it. Behind the last position comes 0 again, in writing and in reading."
        if ring
        else " No copy begins before the output."
    )
    copied += ", one by one, so that a copy may run into what it has just written"
    shorter = (
        f"{width} bits n, {reach} bits {'p' if ring else 'd'}"
        if length_first
        else f"{reach} bits {'p' if ring else 'd'}, {width} bits n"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that unpacks a compressed block of bits. {order}. {end[0].upper() + end[1:]}; the last item ends exactly there. An item begins with a flag bit: after a {literal} come the 8 bits of a byte to put out as it is; after a {1 - literal} come {pair}: {copied}.{memory}",
            f"This game packs its graphics in a bit stream. {order}. Flag {literal}: an 8-bit literal. Flag {1 - literal}: {pair}, which mean: {copied}.{memory} As for the size, {end}; no item goes beyond that.",
            f"Bit-wise LZ decoder: {end}. {literal} + 8 bits = literal; {1 - literal} + {shorter} = n + {least} bytes from {'ring position p' if ring else 'd + 1 bytes back'} (may overlap what is being written).{memory} {order}. Ends on an item.",
            f"I know the format of the packed tiles and need the unpacker for my tool. Until all is there ({end}), read one flag bit. If it's {1 - literal}, read {pair} and {copied}; if it's {literal}, the next 8 bits are one byte of the output.{memory} {order}. The end of the output is always the end of an item.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "highest_first": int(highest_first),
            "literal": literal,
            "ring": int(ring),
            "reach": reach,
            "width": width,
            "least": least,
            "length_first": int(length_first),
            "header": header,
            "fill": fill,
            "start": start,
        },
        explanation="Items don't begin at whole bytes, so the bits are counted; a copy goes byte by byte, because it may need bytes that it has written itself.",
    )
