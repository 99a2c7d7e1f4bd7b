"""Packed formats of single games: words in runs, planes of bytes, bit masks, escapes, move to front, trees, checks."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _runs(values: list[int], most: int) -> list[list[int]]:
    out: list[list[int]] = []
    for one in values:
        if out and out[-1][0] == one and len(out[-1]) < most:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def word_runs(rng: random.Random) -> Made:
    """Tilemaps of words, with a count byte whose top bit tells runs from plain words."""
    rising = rng.random() < 0.5
    run_high = rng.random() < 0.6
    value = "word + i" if rising else "word"
    test = "head & 0x80" if run_high else "!(head & 0x80)"
    body = cpp(
        """
        std::vector<uint16_t> out;
        for (size_t at = 0; data[at] != @end;) {
          const int head = data[at++], count = (head & 0x7F) + 1;
          if (@test) {
            const int word = data[at] | data[at + 1] << 8;
            at += 2;
            for (int i = 0; i < count; ++i) out.push_back(@value);
          } else {
            for (int i = 0; i < count; ++i, at += 2) out.push_back(data[at] | data[at + 1] << 8);
          }
        }
        return out;
        """,
        end="0xFF",
        test=test,
        value=value,
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        rest = bytes(data)
        while rest[0] != 255:
            run, count = divmod(rest[0], 128)
            count += 1
            size = 2 if bool(run) == run_high else 2 * count
            part, rest = rest[1 : 1 + size], rest[1 + size :]
            words = [int.from_bytes(part[i : i + 2], "little") for i in range(0, size, 2)]
            if bool(run) == run_high:
                words = [(words[0] + i * rising) % 65536 for i in range(count)]
            out += words
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(5)):
            run, count = r.random() < 0.5, r.randrange(1, 6)
            out += bytes([count - 1 | (0x80 if run == run_high else 0)]) + (
                r.choice((b"\xff\xff", b"\xfe\x1c", r.randbytes(2))) if run else r.randbytes(2 * count)
            )
        return [out + b"\xff" + r.randbytes(r.randrange(2))]

    kind = (
        "a run: one word follows, and each further word is 1 more than the one before (16 bits)"
        if rising
        else "a run: one word follows and is repeated"
    )
    set_, clear = ("set", "clear") if run_high else ("clear", "set")
    return Made(
        f"std::vector<uint16_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks a tilemap of 16-bit words. A header byte of 0xFF ends it. Otherwise its lower 7 bits are the number of words minus one; bit 7 {set_} means {kind}, bit 7 {clear} that so many words follow as they are. Words are little-endian.",
            f"word RLE: [h], n = (h & $7F) + 1; bit 7 {set_}: {kind}; bit 7 {clear}: n plain words; h = $FF ends; LE words",
            f"How do I decode my game's screens? They are words, low byte first, in packets: count - 1 in bits 0-6 of the head, and with bit 7 {set_} it is {kind}. With bit 7 {clear} all words are given. FF in place of a head stops.",
            f"The title screen's tilemap is packed. Each packet: a byte, then words (little-endian). Bit 7 {set_} -> {kind}; {clear} -> literal words; bits 0-6 + 1 words in all. It closes with the byte FF, and anything behind that is something else.",
        ),
    )


def pack_word_runs(rng: random.Random) -> Made:
    most = rng.choice((16, 64, 128))
    least = 2
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; at < words.size();) {
          size_t run = 1;
          while (run < @most && at + run < words.size() && words[at + run] == words[at]) ++run;
          size_t count = run;
          if (run == 1)
            while (count < @most && at + count < words.size() &&
                   (at + count + 1 == words.size() || words[at + count] != words[at + count + 1])) ++count;
          out.push_back((run > 1 ? 0x80 : 0) | (count - 1));
          for (size_t i = 0; i < (run > 1 ? 1 : count); ++i) {
            out.push_back(words[at + i] & 0xFF);
            out.push_back(words[at + i] >> 8);
          }
          at += count;
        }
        return out;
        """,
        most=most,
    )

    def oracle(words: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(words)
        while rest:
            run = _runs(rest, most)[0]
            if len(run) >= least:
                out += [127 + len(run), *run[0].to_bytes(2, "little")]
                rest = rest[len(run) :]
                continue
            plain = [rest.pop(0)]
            while rest and len(plain) < most and not (len(rest) > 1 and rest[0] == rest[1]):
                plain.append(rest.pop(0))
            out += [len(plain) - 1]
            for one in plain:
                out += one.to_bytes(2, "little")
        return out

    def given(r: random.Random) -> list[list[int]]:
        out: list[int] = []
        for _ in range(r.randrange(6)):
            out += [r.choice((0, 0x1C7F, r.randrange(65536)))] * r.choice(
                (1, 1, 2, 3, most + 1 if r.random() < 0.2 else 4)
            )
        return [out]

    return Made(
        f"std::vector<uint8_t> @f({WORDS} words)",
        body,
        oracle,
        given,
        (
            f"Write a function that packs 16-bit words, greedily from the left. If the current word is repeated right behind it, write a run: byte 0x80 + n - 1 and the word, where n is the whole length of the run but at most {most}. Otherwise write literals: byte n - 1 and n words, going on until {most} words are taken, or the next two words are equal, or the end is reached. Words are little-endian; there is no end mark.",
            f"word RLE encoder: run of n >= 2 equal words (n <= {most}) -> [$80 + n - 1][word]; otherwise literals [n - 1][n words] up to just before the next two equal words (n <= {most}); LE, no terminator",
            f"How do I compress a tilemap this way? Equal words in a row, two at least: $7F + count, then the word. Anything else: count - 1 and the words, until a pair of equal ones begins. Counts end at {most}; longer ones start afresh. Low byte first.",
            f"Counterpart of my game's decoder: from left to right, a run (2 to {most} equal words, as many as there are) becomes 0x80 | n - 1 and one word; a stretch without equal neighbours becomes n - 1 and its n words, no longer than {most}, and a word that starts a run is never part of it. Little-endian.",
        ),
    )


def two_plane_stream(rng: random.Random) -> Made:
    """Low bytes first, then high bytes, both run-length coded."""
    least = rng.choice((1, 3))
    flag = rng.random() < 0.5
    test = "head >= 0x80" if flag else "head < 0x80"
    body = cpp(
        """
        std::vector<uint16_t> out(count);
        size_t at = 0;
        for (int plane = 0; plane < 2; ++plane) {
          for (size_t i = 0; i < count;) {
            const int head = data[at++];
            const bool run = @test;
            for (int n = (head & 0x7F) + @least; n > 0; --n, ++i) {
              out[i] |= data[at] << 8 * plane;
              if (!run) ++at;
            }
            if (run) ++at;
          }
        }
        return out;
        """,
        test=test,
        least=least,
    )

    def oracle(data: list[int], count: int) -> list[int]:
        rest = list(data)
        planes = []
        for _ in range(2):
            plane: list[int] = []
            while len(plane) < count:
                top, size = divmod(rest.pop(0), 128)
                size += least
                if bool(top) == flag:
                    plane += [rest.pop(0)] * size
                else:
                    if len(rest) < size:
                        raise ValueError("cut off")
                    plane += rest[:size]
                    rest = rest[size:]
            if len(plane) != count:
                raise ValueError("too long")
            planes.append(plane)
        return [a + 256 * b for a, b in zip(*planes, strict=True)]

    def given(r: random.Random) -> list[object]:
        count = r.choice((0, *(range(2 * least, 14)), *(range(2 * least, 14))))
        out = b""
        for _ in range(2):
            left = count
            while left:
                size = left if left < 2 * least + 1 else r.randrange(least, left - least + 1)
                run = r.random() < 0.5
                out += bytes([size - least | (0x80 if run == flag else 0)]) + (
                    r.randbytes(1) if run else r.randbytes(size)
                )
                left -= size
        return [out, count]

    set_, clear = ("set", "clear") if flag else ("clear", "set")
    return Made(
        f"std::vector<uint16_t> @f({BYTES} data, size_t count)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks `count` words from two byte streams, one after the other in `data`: first that of all low bytes, then that of all high bytes. Each consists of packets: a head whose lower 7 bits plus {least} are the number n of bytes; with bit 7 {set_} one byte follows, which is repeated n times, with bit 7 {clear} n bytes follow. The packets of each stream give exactly `count` bytes.",
            f"SMW-like layer data: RLE low bytes, then RLE high bytes, each `count` long. Packet: n = (h & $7F) + {least}; bit 7 {set_}: 1 byte x n, {clear}: n bytes. Merge to words",
            f"How do I load a map whose tile numbers are stored by planes? Low bytes of all `count` words come first, then the high bytes, both packed in the same way: head byte h, n = h % 128 + {least}, a repeated byte if bit 7 is {set_}, n different ones if it's {clear}. Each half is complete after `count` bytes, which is always at a packet's end.",
            f"Words in two passes: unpack `count` low bytes, go on with `count` high bytes from where the first pass ended, and join them. Packets start with a byte: bit 7 {set_} = run of the following byte, {clear} = bytes as they are; length in the other bits, less {least}. Data are consistent.",
        ),
    )


def mask_of_zeros(rng: random.Random) -> Made:
    high = rng.random() < 0.5
    way = rng.choice(("decode", "encode", "measure"))
    common = rng.choice((0, 0, 0xFF))
    bit = "0x80 >> i" if high else "1 << i"
    order = "highest bit first" if high else "lowest bit first"
    if way == "decode":
        body = f"std::vector<uint8_t> out;\nsize_t at = 0;\nwhile (at < data.size()) {{\n  const int mask = data[at++];\n  for (int i = 0; i < 8; ++i) out.push_back(mask & ({bit}) ? data[at++] : {hexadecimal(common) if common else 0});\n}}\nreturn out;"
    else:
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at < data.size(); at += 8) {{\n  const size_t mask = out.size();\n  out.push_back(0);\n  for (int i = 0; i < 8; ++i) {{\n    if (data[at + i] == {hexadecimal(common) if common else 0}) continue;\n    out[mask] |= {bit};\n    out.push_back(data[at + i]);\n  }}\n}}\nreturn out;"
        if way == "measure":
            body = f"return data.size() / 8 + data.size() - std::count(data.begin(), data.end(), {hexadecimal(common) if common else 0});"

    def packed(data: list[int]) -> list[int]:
        out: list[int] = []
        for i in range(0, len(data), 8):
            part = data[i : i + 8]
            marks = "".join("01"[one != common] for one in part)
            out += [int(marks if high else marks[::-1], 2), *(one for one in part if one != common)]
        return out

    def oracle(data: list[int]) -> list[int] | int:
        if way == "decode":
            out: list[int] = []
            rest = list(data)
            while rest:
                marks = f"{rest.pop(0):08b}"
                out += [rest.pop(0) if one == "1" else common for one in (marks if high else marks[::-1])]
            return out
        if len(data) % 8:
            raise ValueError("whole groups")
        return packed(data) if way == "encode" else len(packed(data))

    def given(r: random.Random) -> list[bytes]:
        data = bytes(r.choice((common, common, r.randrange(256))) for _ in range(8 * r.randrange(4)))
        return [bytes(packed(list(data))) if way == "decode" else data]

    name = f"{common:02X}" if common else "zero"
    form = f"for every 8 bytes a mask byte ({order}), whose 1 bits stand for bytes that follow it in order and whose 0 bits for bytes of ${common:02X}"
    returns = "size_t" if way == "measure" else "std::vector<uint8_t>"
    asks = {
        "decode": (
            f"Write a function that expands data packed as follows, up to their end: {form}. The data are complete.",
            f"unpack mask groups: {form}",
            f"How do I unpack graphics in which {name} bytes were left out? {form[0].upper() + form[1:]}. The last group is complete too.",
            f"My tiles have many {name} bytes, so the ROM holds, {form}. Give me all bytes back.",
        ),
        "encode": (
            f"Write a function that leaves the {name} bytes out of some data, whose size is a multiple of 8: {form}.",
            f"pack into mask groups: {form}; a multiple of 8 bytes comes in",
            f"How do I pack tile data with many {name} bytes? Groups of 8 in, and out goes, {form}. No other compression; the last group is whole.",
            f"Encoder for sparse tiles: {form}. Only bytes other than ${common:02X} are stored. There are 8, 16, 24 ... bytes, or none.",
        ),
        "measure": (
            f"Write a function that computes the packed size of some data (a multiple of 8 bytes) without packing them. The format: {form}.",
            f"size after mask packing ({form})",
            f"Will this tile sheet fit when its {name} bytes are left out? I need the number of bytes of the packed form, in which there is {form}. Only whole groups of 8 occur.",
            f"Before my importer packs a graphic, show its new size. Packing means: {form}. The size of `data` divides by 8.",
        ),
    }[way]
    return Made(f"{returns} @f({BYTES} data)", body, oracle, given, asks)


def twice_then_count(rng: random.Random) -> Made:
    decode = rng.random() < 0.5
    most = rng.choice((255, 100, 63))
    if decode:
        body = cpp(
            """
            std::vector<uint8_t> out;
            for (size_t i = 0; i < data.size(); ++i) {
              out.push_back(data[i]);
              if (i + 2 < data.size() && data[i + 1] == data[i]) {
                out.insert(out.end(), 1 + data[i + 2], data[i]);
                i += 2;
              }
            }
            return out;
            """
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> out;
            for (size_t i = 0; i < data.size();) {
              size_t run = 1;
              while (run < @most && i + run < data.size() && data[i + run] == data[i]) ++run;
              out.push_back(data[i]);
              if (run > 1) {
                out.push_back(data[i]);
                out.push_back(run - 2);
              }
              i += run;
            }
            return out;
            """,
            most=most + 2,
        )

    def packed(data: list[int]) -> list[int]:
        out: list[int] = []
        for run in _runs(data, most + 2):
            out += run[:2] + ([len(run) - 2] if len(run) > 1 else [])
        return out

    def oracle(data: list[int]) -> list[int]:
        if not decode:
            return packed(data)
        out: list[int] = []
        rest = list(data)
        while rest:
            if len(rest) == 2 and rest[0] == rest[1]:
                raise ValueError("no count")
            if len(rest) > 2 and rest[0] == rest[1]:
                out += [rest[0]] * (2 + rest[2])
                rest = rest[3:]
            else:
                out.append(rest.pop(0))
        return out

    def given(r: random.Random) -> list[bytes]:
        data: list[int] = []
        for _ in range(r.randrange(7)):
            data += [r.choice((0, 1, 2, 0xFF))] * r.choice((1, 1, 2, 3, 5, most + 3 if r.random() < 0.3 else 4))
        return [bytes(packed(data)) if decode else bytes(data)]

    if decode:
        asks = (
            "Write a function that expands run-length data in which two equal bytes in a row are always followed by a count: how many more of the same byte come (0 to 255). The count is not looked at as a byte of the data, and after it a new comparison starts. Other bytes stand for themselves.",
            "RLE where aa n (two equal bytes, then n) means a x (n + 2); single bytes are literal; pairs always have their count",
            "How do I unpack this? There is no marker: as soon as a byte comes twice, the next byte tells how often it is repeated beyond those two. After a count nothing is carried over; a byte equal to the one before the count starts anew.",
            "Old sound data use doubled bytes as the sign of a run: X X n is n + 2 times X. Everything else is copied. The stream ends with its last byte, never between a pair and its count.",
        )
    else:
        asks = (
            f"Write a function that run-length encodes without a marker byte: a run of n equal bytes, 2 to {most + 2}, is written as the byte twice and then n - 2; a single byte as itself. Go from left to right, each run as long as possible; a longer one is cut after {most + 2} bytes and goes on as the next run.",
            f"encode runs as X X (n - 2), n = 2..{most + 2}, singles as X; greedy; longer runs are split after {most + 2}",
            f"How do I write the packer for data in which a doubled byte is followed by the number of further repeats? That number is at most {most}. Even a run of two needs it (0). Take maximal runs from the left, cut at {most + 2}.",
            f"Runs become byte, byte, remaining count (0 to {most}); bytes that differ from their neighbours stay alone. Runs of more than {most + 2} are treated as several, the first ones full.",
        )
    return Made(f"std::vector<uint8_t> @f({BYTES} data)", body, oracle, given, asks)


def rarest_escape(rng: random.Random) -> Made:
    last = rng.random() < 0.4
    mode = rng.choice(("choose", "pack"))
    least = rng.choice((4, 5))
    compare = "<=" if last else "<"
    tie = "highest" if last else "lowest"
    choose = cpp(
        """
        std::array<int, 256> count{};
        for (uint8_t one : data) ++count[one];
        int marker = 0;
        for (int value = 1; value < 256; ++value)
          if (count[value] @compare count[marker]) marker = value;
        """,
        compare=compare,
    )
    pack = cpp(
        """
        std::vector<uint8_t> out{static_cast<uint8_t>(marker)};
        for (size_t i = 0; i < data.size();) {
          size_t run = 1;
          while (run < 255 && i + run < data.size() && data[i + run] == data[i]) ++run;
          if (run >= @least || data[i] == marker) {
            out.insert(out.end(), {static_cast<uint8_t>(marker), static_cast<uint8_t>(run), data[i]});
          } else {
            out.insert(out.end(), run, data[i]);
          }
          i += run;
        }
        return out;
        """,
        least=least,
    )
    body = choose + "\n" + (pack if mode == "pack" else "return marker;")

    def oracle(data: list[int]) -> int | list[int]:
        tally = Counter(data)
        marker = min(range(256), key=lambda v: (tally[v], -v if last else v))
        if mode == "choose":
            return marker
        out = [marker]
        for run in _runs(data, 255):
            out += [marker, len(run), run[0]] if len(run) >= least or run[0] == marker else run
        return out

    def given(r: random.Random) -> list[bytes]:
        whole = list(range(256)) if r.random() < 0.5 else []
        missing = r.sample(range(256), r.choice((0, 1, 2)))
        extra = [r.choice((0, 255, 7))] * r.choice((0, 1, 3, 4, 5, 6))
        data = [one for one in whole if one not in missing] + extra + ([0, 1, 254] if r.random() < 0.5 else [])
        return [bytes(data if r.random() < 0.5 else data[-40:])]

    marker = (
        f"the value that occurs least often in the data (the {tie} of several, often one that doesn't occur at all)"
    )
    if mode == "choose":
        asks = (
            f"Write a function that chooses the escape byte for run-length coding: {marker}.",
            f"escape byte = {marker}",
            f"Which byte should mark runs in my packed file? The rarest one: {marker}.",
            f"My packer escapes runs with a byte that costs least. Find {marker}.",
        )
    else:
        asks = (
            f"Write a function that run-length encodes data with an escape byte, namely {marker}. Output: this byte first; then from left to right each maximal run of equal bytes (cut after 255): as escape, length, value if it has {least} bytes or more or consists of the escape byte itself, otherwise just its bytes.",
            f"RLE, escape e = {marker}. out = e, then per run (max. 255): n >= {least} or value == e: [e][n][value], else the bytes",
            f"How do I pack with the cheapest marker? Take {marker} and store it in front. Runs of {least} to 255 equal bytes become marker, count, byte; shorter ones are copied, except for those of the marker, which are always coded. Longer runs start again after 255.",
            f"Level packer: first byte of the result is the marker, {marker}. Then go run by run, 255 bytes at most each. Marker, length, byte where the run has at least {least} bytes or the byte is the marker; plain bytes otherwise.",
        )
    return Made(f"{'int' if mode == 'choose' else 'std::vector<uint8_t>'} @f({BYTES} data)", body, oracle, given, asks)


def move_to_front(rng: random.Random) -> Made:
    decode = rng.random() < 0.5
    size = rng.choice((16, 16, 4, 256))
    body = cpp(
        """
        std::vector<uint8_t> list(@size), out;
        for (int i = 0; i < @size; ++i) list[i] = i;
        for (uint8_t one : data) {
          @find
          out.push_back(@result);
          list.erase(list.begin() + place);
          list.insert(list.begin(), value);
        }
        return out;
        """,
        size=size,
        find="const int place = one;\n  const uint8_t value = list[place];"
        if decode
        else "const uint8_t value = one;\n  const int place = std::find(list.begin(), list.end(), value) - list.begin();",
        result="value" if decode else "place",
    )

    def oracle(data: list[int]) -> list[int]:
        if any(one >= size for one in data):
            raise ValueError("too large")
        out: list[int] = []
        if decode:
            for one in data:
                recent = list(dict.fromkeys(out[::-1]))
                order = recent + [v for v in range(size) if v not in recent]
                out.append(order[one])
            return out
        for i, one in enumerate(data):
            before = list(dict.fromkeys(data[:i][::-1]))
            order = before + [v for v in range(size) if v not in before]
            out.append(order.index(one))
        return out

    def given(r: random.Random) -> list[bytes]:
        return [bytes(r.choice((0, 1, 2, size - 1, r.randrange(size))) for _ in range(r.randrange(12)))]

    if decode:
        asks = (
            f"Write a function that undoes a move-to-front coding. There is a list of the values 0 to {size - 1}, at first in this order. Each byte of the data (below {size}) is a position in the list, counted from 0; the value there is the next output and then moves to the front of the list.",
            f"move-to-front decode, alphabet 0..{size - 1}, initially ascending; bytes are positions",
            f"How do I decode positions into values where recent ones come first? Start with the list 0, 1, ... {size - 1}; every index picks a value, which goes to the head of the list after it was written out. All indices are below {size}.",
            f"The tile rows in my ROM are stored as positions in a list of {size} values that is re-sorted all the time: what was used last stands in front (initially value i is at position i). Turn them into the values.",
        )
    else:
        asks = (
            f"Write a function that applies move-to-front coding: a list holds the values 0 to {size - 1}, at first in this order; for each byte of the data (below {size}) write its position in the list, counted from 0, and move it to the front.",
            f"move-to-front encode, alphabet 0..{size - 1}, initially ascending",
            f'How do I turn values into "how long ago was it used" numbers? Keep the list 0, 1, ... {size - 1}; output the index of each value, then put this value at the head. Values stay below {size}.',
            f"Before entropy coding I want small numbers: replace each value (0 to {size - 1}) by its place in a list that starts in order and from which every used value jumps to the front.",
        )
    return Made(f"std::vector<uint8_t> @f({BYTES} data)", body, oracle, given, asks)


def tree_of_bits(rng: random.Random) -> Made:
    high = rng.random() < 0.6
    bit = "data[n / 8] >> (7 - n % 8) & 1" if high else "data[n / 8] >> n % 8 & 1"
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t node = 0;
        for (size_t n = 0; out.size() < count; ++n) {
          const uint8_t next = tree[2 * node + (@bit)];
          if (next & 0x80) {
            out.push_back(next & 0x7F);
            node = 0;
          } else {
            node = next;
          }
        }
        return out;
        """,
        bit=bit,
    )

    def codes(tree: list[int]) -> dict[str, int]:
        found: dict[str, int] = {}

        def walk(node: int, path: str) -> None:
            if len(path) > 12:
                raise ValueError("no tree")
            for side in (0, 1):
                one = tree[2 * node + side]
                if one >= 128:
                    found[path + str(side)] = one - 128
                else:
                    walk(one, path + str(side))

        walk(0, "")
        return found

    def oracle(tree: list[int], data: list[int], count: int) -> list[int]:
        known = codes(tree)
        bits = "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in data)
        out: list[int] = []
        path = ""
        for one in bits:
            if len(out) == count:
                break
            path += one
            if path in known:
                out.append(known[path])
                path = ""
        if len(out) < count or count > 1000:
            raise ValueError("cut off")
        return out

    def given(r: random.Random) -> list[object]:
        tree = [0x80 | r.randrange(128), 0x80 | r.randrange(128)]
        for _ in range(r.randrange(5)):
            leaf = r.choice([i for i, one in enumerate(tree) if one & 0x80])
            tree += [tree[leaf], 0x80 | r.randrange(128)]
            tree[leaf] = len(tree) // 2 - 1
        known = list(codes(tree))
        count = r.randrange(7)
        bits = "".join(r.choice(known) for _ in range(count))
        bits += "".join(r.choice("01") for _ in range(-len(bits) % 8))
        data = bytes(int(bits[i : i + 8] if high else bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8))
        return [bytes(tree), data, count]

    order = "from the highest bit of each byte down" if high else "from the lowest bit of each byte up"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} tree, {BYTES} data, size_t count)",
        body,
        oracle,
        given,
        (
            f"Write a function that decodes `count` symbols with a binary tree (Huffman). Node k of the tree is the two bytes at 2 * k; a bit 0 leads to the first, 1 to the second. A byte below 0x80 is the number of the next node, otherwise its lower 7 bits are a symbol, and the next bit starts at node 0 again. Bits are taken {order}. There are enough of them.",
            f"Huffman decode, `count` symbols: tree[2 * node + bit]: < $80 next node, else symbol & $7F and back to node 0; bits {order}",
            f"How do I read text that is stored as bits? The tree table has two bytes for each node (for bit 0 and bit 1), which are either the next node or, with bit 7 set, a letter in the other bits. The root is node 0, each letter starts there. Take bits {order} until `count` letters are out; the data suffice.",
            f"My game's script is Huffman-coded: bytes of `data` {order}; table `tree` with pairs (left for 0, right for 1), where $80-$FF ends a code and gives the character minus $80. Decode `count` characters.",
        ),
    )


def separate_literals(rng: random.Random) -> Made:
    """Control bits in one stream, literal bytes and offsets in another."""
    high = rng.random() < 0.5
    one_is = rng.choice(("literal", "copy"))
    size = rng.choice((2, 3, 4))
    bit = "control[n / 8] >> (7 - n % 8) & 1" if high else "control[n / 8] >> n % 8 & 1"
    test = f"{bit}" if one_is == "literal" else f"!({bit})"
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t n = 0;
        for (uint8_t byte : bytes) {
          if (@test) {
            out.push_back(byte);
          } else {
            const size_t from = out.size() - byte - 1;
            for (int i = 0; i < @size; ++i) out.push_back(out[from + i]);
          }
          ++n;
        }
        return out;
        """,
        test=test,
        size=size,
    )

    def oracle(control: list[int], stream: list[int]) -> list[int]:
        bits = "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in control)
        out: list[int] = []
        for i, byte in enumerate(stream):
            if (bits[i] == "1") == (one_is == "literal"):
                out.append(byte)
                continue
            if byte >= len(out):
                raise ValueError("before the start")
            tail = out[len(out) - byte - 1 :]
            out += (tail * size)[:size]
        return out

    def given(r: random.Random) -> list[bytes]:
        bits, stream, length = "", b"", 0
        for _ in range(r.randrange(14)):
            literal = not length or r.random() < 0.6
            bits += "1" if literal == (one_is == "literal") else "0"
            stream += r.randbytes(1) if literal else bytes([r.randrange(min(length, 256))])
            length += 1 if literal else size
        bits += "0" * (-len(bits) % 8)
        return [
            bytes(int(bits[i : i + 8] if high else bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8)),
            stream,
        ]

    order = "highest bit of a byte first" if high else "lowest bit of a byte first"
    lit, cop = ("1", "0") if one_is == "literal" else ("0", "1")
    return Made(
        f"std::vector<uint8_t> @f({BYTES} control, {BYTES} bytes)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks data whose control bits are stored apart. For each byte of `bytes` there is a bit in `control` ({order}): {lit} means that the byte is output as it is; {cop} that {size} bytes are copied from the output, starting b + 1 bytes before its present end, where b is the byte (a copy may repeat what it writes). Copies never start before the first output byte.",
            f"unpack: control bit ({order}) {lit} = literal, {cop} = copy {size} bytes from distance b + 1 (byte-wise, may overlap); one bit for each byte of `bytes`",
            f"How do I decode a format with two streams? `control` has one bit for every byte in `bytes`, {order}. {lit}: a literal. {cop}: the byte is a distance less one, and {size} bytes from so far back are appended one by one. Valid data only; spare control bits at the end are to be ignored.",
            f"Sprites of this game are packed with fixed-length copies: bit {lit} -> take the byte; bit {cop} -> repeat {size} bytes that begin byte + 1 places before the end of the output. Bits come from `control`, {order}, bytes from `bytes`, and it ends with them.",
        ),
    )


def check_stream(rng: random.Random) -> Made:
    limit = rng.choice((16, 32, 64))
    codes = rng.sample((1, 2, 3), 3) if rng.random() < 0.3 else [1, 2, 3]
    body = cpp(
        """
        size_t at = 0, length = 0;
        while (true) {
          if (at >= data.size()) return @short_;
          const int head = data[at++];
          if (head == 0xFF) return 0;
          const size_t count = (head & 0x3F) + 1, size = head < 0x40 ? count : 1;
          if (at + size > data.size()) return @short_;
          if (head >= 0x80 && data[at] >= length) return @before;
          length += count;
          if (length > @limit) return @over;
          at += size;
        }
        """,
        short_=codes[0],
        before=codes[1],
        over=codes[2],
        limit=limit,
    )

    def oracle(data: list[int]) -> int:
        rest, out = list(data), 0
        while rest and rest[0] != 255:
            kind, count = divmod(rest[0], 64)
            need = count + 1 if kind == 0 else 1
            if len(rest) < 1 + need:
                return codes[0]
            if kind >= 2 and rest[1] + 1 > out:
                return codes[1]
            out += count + 1
            if out > limit:
                return codes[2]
            rest = rest[1 + need :]
        return 0 if rest else codes[0]

    def given(r: random.Random) -> list[bytes]:
        out, length = b"", 0
        for _ in range(r.randrange(5)):
            kind = r.choice((0, 1, 2) if length else (0, 1, 0, 1, 2))
            count = r.choice((1, 2, 5, 12 if r.random() < 0.5 else 3))
            out += bytes([kind << 6 | count - 1]) + (
                r.randbytes(count)
                if kind == 0
                else bytes([r.choice((0, length % 256, max(length - 1, 0) % 256))])
                if kind == 2
                else r.randbytes(1)
            )
            length += count
        out += b"\xff"
        return [r.choice((out, out, out, out[:-1], out[: r.randrange(len(out) + 1)]))]

    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a compressed block before it is unpacked. Header 0xFF ends it (result 0, whatever follows). Otherwise count = (header & 0x3F) + 1, and headers below 0x40 are followed by count bytes, those below 0x80 by one byte to repeat, others by one byte d, a copy from d + 1 bytes before the end of the output. Return {codes[0]} if the data end too early, {codes[1]} if a copy starts before the output does, {codes[2]} if the output would have more than {limit} bytes; the first command with an error decides, and within it this order.",
            f"validate: h < $40 literals, < $80 fill, else copy from distance d + 1; n = (h & $3F) + 1; $FF end. {codes[0]} truncated, {codes[1]} distance > output so far, {codes[2]} output > {limit} bytes, 0 fine; errors in order of commands, and of this list within one",
            f"How do I keep damaged data from crashing my decompressor (buffer: {limit} bytes)? Commands: 00-3F n bytes follow; 40-7F one byte follows, n times; 80-FE one byte d follows, copy n bytes from d + 1 back; FF stops; n = low six bits + 1. Going command by command, report {codes[0]} when bytes are missing (the FF too), else {codes[1]} for a copy from before the start, else {codes[2]} when it would overflow the buffer. 0 if FF is reached.",
            f"Sanity check of a packed file. n is always the lower six bits plus one. Literal commands (00-3F) carry n bytes, fills (40-7F) one, copies (80-FE) a distance byte, distance - 1. End: FF -> 0. Problems, to be tested in this order in each command: not enough data ({codes[0]}, also when there is no FF), distance beyond what has been output ({codes[1]}), total above {limit} ({codes[2]}).",
        ),
    )


def command_statistics(rng: random.Random) -> Made:
    wanted = rng.choice(("counts", "bytes"))
    step = "++result[kind];" if wanted == "counts" else "result[kind] += count;"
    body = cpp(
        """
        std::array<int, 4> result{};
        for (size_t at = 0; data[at] != 0xFF;) {
          const int kind = data[at] >> 6, count = (data[at] & 0x3F) + 1;
          @step
          at += 1 + (kind == 0 ? count : kind == 1 ? 1 : 2);
        }
        return result;
        """,
        step=step,
    )

    def oracle(data: list[int]) -> list[int]:
        out = [0] * 4
        rest = list(data)
        while rest[0] != 255:
            kind, count = divmod(rest[0], 64)
            out[kind] += 1 if wanted == "counts" else count + 1
            need = 1 + (count + 1, 1, 2, 2)[kind]
            if len(rest) <= need:
                raise ValueError("cut off")
            rest = rest[need:]
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(7)):
            kind, count = r.randrange(4), r.choice((0, 1, 5))
            out += bytes([kind << 6 | count]) + r.choice((r.randbytes, lambda n: b"\xff" * n))(
                (count + 1, 1, 2, 2)[kind]
            )
        return [out + b"\xff"]

    goal = (
        "how often each command occurs"
        if wanted == "counts"
        else "how many bytes each command will write in all (`count` a time)"
    )
    return Made(
        f"std::array<int, 4> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}, for commands 0 to 3 of a packed block. A header has the command in its top two bits and count - 1 in the other six; behind it stand count bytes (command 0), one byte (1) or two bytes (2 and 3). 0xFF as a header ends the block.",
            f"stats over headers h (cmd = h >> 6, count = (h & $3F) + 1, arguments: count, 1, 2, 2 bytes; $FF ends): {goal}",
            f"Which commands does Nintendo's packer use most? Walk the block and tell me {goal}. Header: command in bits 6-7, count less one below. Arguments by command: count bytes; 1; 2; 2. FF where a header is due is the end.",
            f"To tune my compressor: {goal}, as four numbers. The stream alternates headers (2 bits command, 6 bits count - 1) and arguments, of which command 0 has count bytes, 1 has one, 2 and 3 have two; it is closed by a header FF.",
        ),
    )


def neighbours_code(rng: random.Random) -> Made:
    """Two-bit codes: like left, like above, the next of a list, a literal."""
    width = rng.choice((4, 8))
    meaning = rng.sample(("left", "above", "fresh", "zero"), 4)
    code = {one: i for i, one in enumerate(meaning)}
    body = cpp(
        """
        std::vector<uint8_t> cells;
        size_t next = 0;
        for (size_t i = 0; i < 4 * codes.size(); ++i) {
          switch (codes[i / 4] >> (6 - i % 4 * 2) & 3) {
            case @left: cells.push_back(i % @width ? cells[i - 1] : 0); break;
            case @above: cells.push_back(i >= @width ? cells[i - @width] : 0); break;
            case @fresh: cells.push_back(fresh[next++]); break;
            default: cells.push_back(0);
          }
        }
        return cells;
        """,
        left=code["left"],
        above=code["above"],
        fresh=code["fresh"],
        width=width,
    )

    def oracle(codes: list[int], fresh: list[int]) -> list[int]:
        rest = list(fresh)
        digits = [
            int(one)
            for byte in codes
            for one in (str(byte >> 6), str(byte >> 4 & 3), str(byte >> 2 & 3), str(byte & 3))
        ]
        rows: list[list[int]] = []
        for i, one in enumerate(digits):
            if i % width == 0:
                rows.append([])
            row = rows[-1]
            kind = meaning[one]
            if kind == "fresh":
                row.append(rest.pop(0))
            elif kind == "left":
                row.append(row[-1] if row else 0)
            elif kind == "above":
                row.append(rows[-2][len(row)] if len(rows) > 1 else 0)
            else:
                row.append(0)
        return [one for row in rows for one in row]

    def given(r: random.Random) -> list[bytes]:
        codes = r.randbytes(width // 4 * r.randrange(5))
        need = sum((byte >> s & 3) == code["fresh"] for byte in codes for s in (6, 4, 2, 0))
        return [codes, r.randbytes(need + r.randrange(2))]

    said = {
        "left": "like its left neighbour (0 in the first column)",
        "above": "like the cell above (0 in the first row)",
        "fresh": "the next byte of `fresh`",
        "zero": "0",
    }
    table = "; ".join(f"{i}: {said[one]}" for i, one in enumerate(meaning))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} codes, {BYTES} fresh)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks a map {width} cells wide, row by row. Each cell has a 2-bit code, four codes to a byte of `codes`, the first in the highest bits. The cell is, by code, {table}. `codes` gives whole rows and `fresh` has enough bytes.",
            f"2-bit cell codes (4 a byte, top bits first), rows of {width}: {table}",
            f"How do I decode this level format? Cells come row by row, {width} in a row, and for each there are two bits in `codes` (bits 7-6 first). {table[0].upper() + table[1:]}. No check of the sizes is necessary.",
            f"Level maps that resemble their neighbourhood: every cell is coded in two bits, highest first. {table[0].upper() + table[1:]}. A row has {width} cells. Return all cells.",
        ),
    )


def unary_lengths(rng: random.Random) -> Made:
    high = rng.random() < 0.5
    stop = rng.choice((0, 1))
    bits = rng.choice((0, 1, 2))
    bit = "data[n / 8] >> (7 - n % 8) & 1" if high else "data[n / 8] >> n % 8 & 1"
    extra = f"for (int i = 0; i < {bits}; ++i) value = value << 1 | next();\n  " if bits else ""
    body = cpp(
        """
        size_t n = 0;
        auto next = [&] {
          const int bit = @bit;
          ++n;
          return bit;
        };
        std::vector<int> values;
        while (static_cast<int>(values.size()) < count) {
          int value = 0;
          while (next() != @stop) ++value;
          @{extra}values.push_back(value);
        }
        return values;
        """.replace("@{extra}", extra.replace("\n", "\n        ")),
        bit=bit,
        stop=stop,
    )

    def oracle(data: list[int], count: int) -> list[int]:
        text = "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in data)
        out = []
        if count > 1000:
            raise ValueError("many")
        for _ in range(count):
            value = text.index(str(stop))
            text = text[value + 1 :]
            if len(text) < bits:
                raise ValueError("cut off")
            value = value << bits | (int(text[:bits], 2) if bits else 0)
            text = text[bits:]
            out.append(value)
        return out

    def given(r: random.Random) -> list[object]:
        count = r.randrange(7)
        text = ""
        for _ in range(count):
            text += str(1 - stop) * r.choice((0, 0, 1, 2, 5)) + str(stop) + "".join(r.choice("01") for _ in range(bits))
        text += "".join(r.choice("01") for _ in range(-len(text) % 8))
        return [
            bytes(int(text[i : i + 8] if high else text[i : i + 8][::-1], 2) for i in range(0, len(text), 8)),
            count,
        ]

    order = "from bit 7 down" if high else "from bit 0 up"
    low = (
        f"; then {bits} bit{'s' * (bits > 1)} follow, the higher first, which become the lowest of the value (value = number * {1 << bits} + them)"
        if bits
        else ""
    )
    return Made(
        f"std::vector<int> @f({BYTES} data, int count)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads `count` numbers from a bit stream, the bits of each byte {order}. A number is coded in unary: so many bits of {1 - stop}, ended by a {stop}{low}. The data contain all of them.",
            f"{'Rice codes, k = ' + str(bits) if bits else 'unary codes'}: count {1 - stop}-bits up to a {stop}{low}; bits {order}; `count` values",
            f"How do I read the run lengths of this packer? They are bits ({order} in each byte): the number of {1 - stop}s before the next {stop}{low}. I want the first `count` values; nothing is cut off.",
            f"Small numbers are frequent in my format, so each takes as few bits as it can: {1 - stop} repeated, then {stop}{low}. Bytes are read {order}. Decode `count` of them.",
        ),
    )


RECIPES = (
    word_runs,
    pack_word_runs,
    two_plane_stream,
    mask_of_zeros,
    twice_then_count,
    rarest_escape,
    move_to_front,
    tree_of_bits,
    separate_literals,
    check_stream,
    command_statistics,
    neighbours_code,
    unary_lengths,
)
