"""ROM files as bytes: copier headers, the internal header, reading and writing numbers, sizes, banks, searches."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "ROM header"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def strip_copier_header(rng: random.Random) -> Made:
    unit, size = rng.choice(((0x400, 0x200), (0x400, 0x200), (0x8000, 0x200), (0x400, 0x100), (0x1000, 0x200)))
    body = cpp(
        "size_t start = rom.size() % @unit == @size ? @size : 0;\n"
        "return std::vector<uint8_t>(rom.begin() + start, rom.end());",
        unit=hexadecimal(unit),
        size=hexadecimal(size),
    )

    def given(r: random.Random) -> list[bytes]:
        return [r.randbytes(r.choice((0, 1, 2)) * unit + r.choice((0, size, size, size // 2, size + 1)))]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom)",
        body,
        lambda rom: rom[size:] if len(rom) % unit == size else rom,
        given,
        (
            f"Write a function that returns the ROM without its copier header: if the size modulo {hexadecimal(unit)} is {hexadecimal(size)}, the first {size} bytes are dropped, otherwise everything is returned as it is.",
            f"How do I get rid of a {size}-byte copier header in a ROM that was read into a vector? There is one exactly when size % {hexadecimal(unit)} == {hexadecimal(size)}; without one give back a copy.",
            f"size mod ${unit:X} = ${size:X} ? rom[${size:X}..] : rom",
            f"People open headered and unheadered files in my editor. All code behind the loader wants unheadered data, so cut {size} bytes off the front where the file size leaves the remainder {size} when divided by {unit}; leave other files alone.",
            f"Unheader a ROM: header present iff size % {unit} is {size}, and it is {size} bytes long.",
        ),
    )


def read_number(rng: random.Random) -> Made:
    count = rng.choice((2, 3, 3, 4))
    little = rng.random() < 0.7
    missing = rng.choice(("none", "0", "all"))
    order = "little-endian" if little else "big-endian"
    top = (1 << 8 * count) - 1
    failed = {"none": "std::nullopt", "0": "0", "all": hexadecimal(top)}[missing]
    returns = "std::optional<uint32_t>" if missing == "none" else "uint32_t"
    terms = [f"rom[offset + {i}]" if i else "rom[offset]" for i in range(count)]
    shifts = [8 * i if little else 8 * (count - 1 - i) for i in range(count)]
    whole = " | ".join(f"static_cast<uint32_t>({t}) << {s}" if s else t for t, s in zip(terms, shifts, strict=True))
    body = f"if (offset + {count} > rom.size()) return {failed};\nreturn {whole};"
    says = {"none": "an empty optional", "0": "0", "all": f"{hexadecimal(top)}"}[missing]

    def oracle(rom: list[int], offset: int) -> int | None:
        part = rom[offset : offset + count]
        if len(part) < count:
            return {"none": None, "0": 0, "all": top}[missing]
        return int.from_bytes(bytes(part), "little" if little else "big")

    def given(r: random.Random) -> list[object]:
        size = r.randrange(count, 40)
        return [r.randbytes(size), r.choice((0, size - count, size - count + 1, r.randrange(size), size + 5))]

    return Made(
        f"{returns} @f({BYTES} rom, size_t offset)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads a {order} {8 * count}-bit value from `rom` at `offset`. If not all {count} bytes lie inside the ROM, return {says}.",
            f"How do I read {count} bytes ({order}) as one number without running past the end of the vector? Out of range gives {says}.",
            f"{8 * count}-bit read, {order}, bounds checked ({says} when any of the {count} bytes is missing).",
            f"My hex view shows the {8 * count}-bit number under the cursor. `offset` is the cursor, and the bytes are {order}; at the end of the file, where fewer than {count} bytes are left, the answer is {says}.",
            f"value = {' + '.join(f'rom[offset+{i}] * 2^{s}' for i, s in enumerate(shifts))}; offset + {count} > size: {says}.",
        ),
    )


def write_number(rng: random.Random) -> Made:
    count = rng.choice((2, 3, 4))
    little, told = rng.random() < 0.7, rng.random() < 0.5
    order = "low byte first" if little else "high byte first"
    shifts = [8 * i if little else 8 * (count - 1 - i) for i in range(count)]
    lines = [
        f"rom[offset{f' + {i}' if i else ''}] = value{f' >> {s}' if s else ''} & 0xFF;" for i, s in enumerate(shifts)
    ]
    guard = f"if (offset + {count} > rom.size()) return{' false' if told else ''};"
    body = "\n".join([guard, *lines, *(["return true;"] if told else [])])

    def oracle(rom: list[int], offset: int, value: int) -> bool:
        if offset + count > len(rom):
            return False
        rom[offset : offset + count] = (value % (1 << 8 * count)).to_bytes(count, "little" if little else "big")
        return True

    def given(r: random.Random) -> list[object]:
        size = r.randrange(count, 24)
        return [r.randbytes(size), r.choice((0, size - count, size - count + 1, r.randrange(size))), r.getrandbits(32)]

    report = "and returns false, otherwise true" if told else ""
    return Made(
        f"{'bool' if told else 'void'} @f({BUFFER} rom, size_t offset, uint32_t value)",
        body,
        oracle,
        given,
        (
            f"Write a function that stores the lower {8 * count} bits of `value` at `offset` of `rom`, {order}. Where the {count} bytes do not all fit it changes nothing{' ' + report if told else ''}.",
            f"How do I put a {8 * count}-bit value into a ROM buffer? {order.capitalize()}, {count} bytes from `offset`; a write that would pass the end must leave the buffer untouched{' and return false (true if written)' if told else ''}.",
            f"Poke {count} bytes of `value` ({order}) at rom[offset]; nothing happens out of range.{' Returns whether it was written.' if told else ''}",
            f"For the property panel: the user changes a {8 * count}-bit field and I write it back, {order}. If the field hangs over the end of the ROM, no byte of it may be written.{' Tell me by the result (true: written).' if told else ''}",
            f"for i in 0..{count - 1}: rom[offset+i] = byte {'i' if little else f'{count - 1}-i'} of value (byte 0 is the lowest), only if offset+{count} <= size.{' Result: was it in range?' if told else ''}",
        ),
    )


def read_title(rng: random.Random) -> Made:
    at, length, other = 0x10 * rng.randrange(1, 16), rng.choice((21, 21, 20, 16)), rng.choice("?._")
    place = hexadecimal(at)
    body = cpp(
        """
        std::string title;
        for (size_t i = @at; i < @at + @length && i < rom.size(); ++i)
          title += rom[i] >= 0x20 && rom[i] < 0x7F ? static_cast<char>(rom[i]) : '@other';
        while (!title.empty() && title.back() == ' ') title.pop_back();
        return title;
        """,
        at=place,
        length=length,
        other=other,
    )

    def oracle(rom: list[int]) -> str:
        field = rom[at : at + length]
        return "".join(chr(one) if 32 <= one <= 126 else other for one in field).rstrip(" ")

    def given(r: random.Random) -> list[bytes]:
        text = bytes(r.choice(b"ZELDA LINK 1234abc~\x7f\x00\xff ") for _ in range(r.randrange(length + 1)))
        image = bytes(at) + text.ljust(length) + r.randbytes(4)
        return [image[: r.choice((len(image), len(image), at + length // 2, at + 1))]]

    return Made(
        f"std::string @f({BYTES} rom)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the title at offset {place}: {length} ASCII bytes, of which trailing spaces are dropped. Bytes outside 0x20 to 0x7E become '{other}'; bytes past the end of the ROM do not count.",
            f"How do I get the game's name as a std::string? {length} characters from {place}, padded with spaces on the right (strip them), and anything not printable ASCII (0x20..0x7E) shows as '{other}'. A short file just gives fewer characters.",
            f"name = rom[{place}..{hexadecimal(at + length - 1)}], non-printables (below $20 or above $7E) -> '{other}', right-trim spaces, stop at the end of the file.",
            f"The window title should show the ROM's internal name. It is the {length}-byte field at {place}; print '{other}' for every byte that is not 0x20-0x7E, then cut the blanks at its end. Files that end early give what there is.",
        ),
    )


def size_from_code(rng: random.Random) -> Made:
    low, high = rng.choice(((7, 13), (8, 13), (5, 12), (0, 7)))
    unit, word = rng.choice(((1024, "bytes"), (1, "KiB")))
    shift = 10 if unit == 1024 else 0
    amount = f"1u << ({shift} + code)" if shift else "1u << code"
    zero = rng.random() < 0.5
    body = (
        f"if (code < {low} || code > {high}) return 0;\nreturn {amount};"
        if low
        else (f"if (code{' == 0 || code' if zero else ''} > {high}) return 0;\nreturn {amount};")
    )
    empty = not low and zero
    said = (
        f"codes {low} to {high} are valid, others give 0"
        if low
        else f"codes above {high} give 0" + (", and so does code 0 (no RAM)" if empty else "")
    )
    what = "ROM size" if low else "save RAM size"
    return Made(
        "uint32_t @f(uint8_t code)",
        body,
        lambda code: 0 if code > high or code < low or (empty and code == 0) else unit * 2**code,
        lambda r: [
            r.choice(
                (0, low, high, high + 1, max(low - 1, 0), r.randrange(16), r.randrange(low, high + 1), r.randrange(256))
            )
        ],
        (
            f"Write a function that turns the {what} byte of the SNES header into a number of {word}: the size is 2 to the power of the byte in KiB. {said[0].upper() + said[1:]}.",
            f"How do I decode the header's {what} code? KiB = 1 << code; I want {word}; {said}.",
            f"{what}: {'1024 * ' if shift else ''}2^code {word}; {said}.",
            f"The info dialog shows the {what} of the cartridge in {word}. All I have is the code byte from the header (1 << code KiB). Beware of garbage: {said}.",
            f"code -> {word} ({what} field, size in KiB is two to the code). {said[0].upper() + said[1:]}.",
        ),
    )


def pad_to_power_of_two(rng: random.Random) -> Made:
    least, fill = rng.choice((16, 32, 64, 128)), rng.choice((0, 0xFF, 0xFF, 0xEA))
    body = cpp(
        """
        size_t size = @least;
        while (size < rom.size()) size *= 2;
        rom.resize(size, @fill);
        """,
        least=least,
        fill=hexadecimal(fill),
    )

    def oracle(rom: list[int]) -> None:
        wanted = max(least, 1 << max(len(rom) - 1, 0).bit_length())
        rom.extend([fill] * (wanted - len(rom)))

    return Made(
        f"void @f({BUFFER} rom)",
        body,
        oracle,
        lambda r: [
            r.randbytes(r.choice((0, 1, least, least + 1, 2 * least, r.randrange(1, 4 * least), r.randrange(1, 240))))
        ],
        (
            f"Write a function that pads `rom` with {hexadecimal(fill)} bytes until its size is a power of two, and at least {least}. A size that fits already is kept.",
            f"How do I grow a ROM to the next power of two? New bytes are {hexadecimal(fill)}, minimum size {least} bytes, nothing to do if the size is right already.",
            f"size' = smallest 2^n >= max(size, {least}); fill with ${fill:02X}",
            f"Emulators want power-of-two images. Before saving, append ${fill:02X} to the buffer up to the next power of two; even an empty one ends up with {least} bytes.",
        ),
    )


def pad_to_bank(rng: random.Random) -> Made:
    bank = rng.choice((16, 32, 64, 128, 24))
    fill, always = rng.choice((0, 0xFF)), rng.random() < 0.4
    rule = (
        "always at least one byte of padding, so a full bank more where the size is a multiple already"
        if always
        else "nothing where the size is a multiple already"
    )
    amount = f"{bank} - rom.size() % {bank}" if always else f"({bank} - rom.size() % {bank}) % {bank}"
    body = f"size_t missing = {amount};\nrom.insert(rom.end(), missing, {hexadecimal(fill)});\nreturn missing;"

    def oracle(rom: list[int]) -> int:
        start = len(rom)
        if always:
            rom.append(fill)
        while len(rom) % bank:
            rom.append(fill)
        return len(rom) - start

    return Made(
        f"size_t @f({BUFFER} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(bank * r.randrange(3) + r.choice((0, 1, bank - 1, r.randrange(bank))))],
        (
            f"Write a function that appends {hexadecimal(fill)} bytes until the size of `rom` is a multiple of {bank}, and returns how many it appended: {rule}.",
            f"How do I align the end of a buffer to {bank} bytes with ${fill:02X}? I also want to know how many bytes were added; {rule}.",
            f"Pad to a multiple of {bank} (filler ${fill:02X}); return the number of filler bytes; {rule}.",
            f"My exporter writes blocks of {bank} bytes. Fill the last block of `rom` up with {fill} and give back the count of bytes that were needed ({rule}).",
        ),
    )


def sum_without_field(rng: random.Random) -> Made:
    at, count = rng.randrange(4, 24), rng.choice((2, 4, 4))
    bits = rng.choice((16, 16, 8))
    stand = rng.choice((0, 0xFF))
    where = f"{at} to {at + count - 1}"
    body = cpp(
        """
        uint@{bits}_t sum = 0;
        for (size_t i = 0; i < rom.size(); ++i)
          sum += i >= @at && i < @end ? @stand : rom[i];
        return sum;
        """,
        bits=bits,
        at=at,
        end=at + count,
        stand=hexadecimal(stand),
    )

    def oracle(rom: list[int]) -> int:
        held = len(rom[at : at + count])
        return (sum(rom[:at]) + sum(rom[at + count :]) + stand * held) % (1 << bits)

    return Made(
        f"uint{bits}_t @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((at, at + count // 2, at + count, r.randrange(30, 200))))],
        (
            f"Write a function that adds up all bytes of `rom` modulo {1 << bits}, where the bytes at offsets {where} count as {hexadecimal(stand)} whatever they hold.",
            f"How do I sum a ROM while its own checksum field (offsets {where}) is taken as {count} bytes of {hexadecimal(stand)}? {bits}-bit sum that wraps.",
            f"{bits}-bit sum over i of ({at} <= i <= {at + count - 1} ? ${stand:02X} : rom[i])",
            f"The checksum must not depend on the {count} bytes at {hexadecimal(at)} where it is stored, so treat each of them as {hexadecimal(stand)} and add all the bytes, keeping {bits} bits. Short files may end before or inside that field; only bytes that exist count.",
        ),
    )


def complement_matches(rng: random.Random) -> Made:
    at, swapped = rng.randrange(2, 40), rng.random() < 0.4
    first, second = ("checksum", "complement") if swapped else ("complement", "checksum")
    little = rng.random() < 0.75
    high, low = (1, 0) if little else (0, 1)

    def word(place: int) -> str:
        return f"rom[{place + high}] << 8 | rom[{place + low}]"

    body = f"if (rom.size() < {at + 4}) return false;\nint {first} = {word(at)};\nint {second} = {word(at + 2)};\nreturn (checksum ^ complement) == 0xFFFF;"

    def given(r: random.Random) -> list[object]:
        a = r.getrandbits(16)
        b = r.choice((a ^ 0xFFFF, a ^ 0xFFFF, a ^ 0xFFFE, a, (a ^ 0xFFFF) ^ 0x8000))
        data = r.randbytes(at) + a.to_bytes(2, "big") + b.to_bytes(2, "big") + r.randbytes(r.randrange(3))
        return [data[: r.choice((len(data), len(data), len(data), at + 3))]]

    order = "little-endian" if little else "big-endian"
    return Made(
        f"bool @f({BYTES} rom)",
        body,
        lambda rom: len(rom) >= at + 4 and all(rom[at + i] + rom[at + 2 + i] == 255 for i in range(2)),
        given,
        (
            f"Write a function that tells whether the 16-bit {order} words at offsets {at} ({first}) and {at + 2} ({second}) are the complement of each other, so that their XOR is 0xFFFF. A ROM with fewer than {at + 4} bytes gives false.",
            f"How do I check that checksum and complement fit together? {first.capitalize()} word at {hexadecimal(at)}, {second} word at {hexadecimal(at + 2)}, both {order}; checksum xor complement must be $FFFF, and a file that is too short is never valid.",
            f"word[{at}] ^ word[{at + 2}] == $FFFF ({order}), false if size < {at + 4}",
            f"To guess where the header lies I test candidates: at this one, the {first} comes at {hexadecimal(at)} and the {second} 2 bytes later ({order} words). True if all 16 bits differ between the two; false as well when the ROM ends before them.",
        ),
    )


def find_all(rng: random.Random) -> Made:
    overlap = rng.random() < 0.5
    most = rng.choice((0, 0, 3, 5))
    step = "1" if overlap else "pattern.size()"
    stop = f" && found.size() < {most}" if most else ""
    body = cpp(
        """
        std::vector<uint32_t> found;
        size_t at = 0;
        while (!pattern.empty() && at + pattern.size() <= rom.size()@stop) {
          if (std::equal(pattern.begin(), pattern.end(), rom.begin() + at)) {
            found.push_back(static_cast<uint32_t>(at));
            at += @step;
          } else {
            ++at;
          }
        }
        return found;
        """,
        stop=stop,
        step=step,
    )

    def oracle(rom: list[int], pattern: list[int]) -> list[int]:
        text, key = bytes(rom), bytes(pattern)
        found: list[int] = []
        at = text.find(key) if key else -1
        while at >= 0:
            found.append(at)
            at = text.find(key, at + (1 if overlap else len(key)))
        return found[: most or None]

    def given(r: random.Random) -> list[object]:
        letters = r.choice((2, 2, 3))
        rom = bytes(r.randrange(letters) for _ in range(r.randrange(60)))
        return [rom, bytes(r.randrange(letters) for _ in range(r.choice((0, 1, 2, 3, 4))))]

    how = (
        "Matches may overlap"
        if overlap
        else "After a match the search goes on behind it, so that matches do not overlap"
    )
    many = f", at most the first {most}" if most else ""
    return Made(
        f"std::vector<uint32_t> @f({BYTES} rom, {BYTES} pattern)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the offsets in `rom` at which the bytes of `pattern` occur, in ascending order{many}. {how}. An empty pattern occurs nowhere.",
            f"How do I search a ROM for every place of a byte sequence? I want a list of offsets{many}, lowest first. {how}; nothing is found for an empty pattern.",
            f"Find-all for the hex editor: offsets of `pattern`{many}. {how}. Empty pattern, empty result.",
            f"at = 0; while pattern fits at `at`: match -> note at, at += {'1' if overlap else 'length of pattern'}; else at += 1.{f' Stop after {most} hits.' if most else ''} An empty pattern gives no hits.",
            f"I look for a routine's bytes all over the ROM and list where they are{many}. {how}. (No pattern, no hits.)",
        ),
    )


def find_with_wildcards(rng: random.Random) -> Made:
    any_value = rng.choice((-1, 256, 0x100, -1))
    last = rng.random() < 0.4
    loop = (
        "for (size_t at = rom.size() - pattern.size() + 1; at-- > 0;)"
        if last
        else "for (size_t at = 0; at + pattern.size() <= rom.size(); ++at)"
    )
    body = cpp(
        """
        if (pattern.size() > rom.size()) return -1;
        @loop {
          bool same = true;
          for (size_t i = 0; i < pattern.size(); ++i)
            if (pattern[i] != @any && pattern[i] != rom[at + i]) same = false;
          if (same) return static_cast<int>(at);
        }
        return -1;
        """,
        loop=loop,
        any=any_value,
    )

    def oracle(rom: list[int], pattern: list[int]) -> int:
        places = range(len(rom) - len(pattern) + 1)
        hits = [p for p in places if all(x in (any_value, y) for x, y in zip(pattern, rom[p:], strict=False))]
        return (hits[-1] if last else hits[0]) if hits else -1

    def given(r: random.Random) -> list[object]:
        rom = [r.randrange(3) for _ in range(r.randrange(1, 40))]
        return [rom, [r.choice((any_value, r.randrange(3), r.randrange(3))) for _ in range(r.randrange(1, 6))]]

    which = "last" if last else "first"
    return Made(
        f"int @f({BYTES} rom, const std::vector<int>& pattern)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the {which} offset at which `pattern` matches the ROM; an element {any_value} of the pattern matches any byte. The pattern is never empty. Return -1 if there is no match.",
            f"How do I look for code with unknown operands? `pattern` (at least one element) holds byte values, and {any_value} where any byte will do. {which.capitalize()} match wins; none: -1.",
            f"Wildcard search, {any_value} = any byte, result = offset of the {which} match or -1 (pattern not empty).",
            f"To find a hook point in hacks that moved things around I search for a signature such as {{0xA9, {any_value}, 0x8D, {any_value}, {any_value}}}, where {any_value} is a joker. Give the {which} offset where every other element equals the ROM's byte, or -1. I never pass an empty one.",
        ),
    )


def take_bank(rng: random.Random) -> Made:
    size, fill = rng.choice((8, 16, 32, 64)), rng.choice((0, 0xFF))
    short = rng.choice(("fill", "short"))
    if short == "fill":
        body = cpp(
            """
            std::vector<uint8_t> data(@size, @fill);
            for (size_t i = 0; i < @size && bank * @size + i < rom.size(); ++i) data[i] = rom[bank * @size + i];
            return data;
            """,
            size=size,
            fill=hexadecimal(fill),
        )
        said = f"bytes beyond the end of the ROM are {hexadecimal(fill)}, so the result always has {size} bytes"
    else:
        body = cpp(
            """
            size_t start = std::min<size_t>(bank * @size, rom.size());
            size_t end = std::min<size_t>(start + @size, rom.size());
            return std::vector<uint8_t>(rom.begin() + start, rom.begin() + end);
            """,
            size=size,
        )
        said = "a bank that the ROM cuts off is returned as short as it is, and one beyond the end is empty"

    def oracle(rom: list[int], bank: int) -> list[int]:
        part = rom[bank * size : bank * size + size]
        return part + [fill] * (size - len(part)) if short == "fill" else part

    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom, size_t bank)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((size, 2 * size, r.randrange(3 * size)))), r.randrange(4)],
        (
            f"Write a function that returns bank number `bank` of a ROM with banks of {size} bytes (bank 0 starts at offset 0); {said}.",
            f"How do I cut one bank out of a ROM? Banks are {size} bytes here, counted from 0; {said}.",
            f"slice rom[bank*{size} .. bank*{size}+{size - 1}]; {said}",
            f"The bank viewer draws {size} bytes at a time. Give it those of the chosen bank, the first is 0; {said}.",
        ),
    )


def describe_map_mode(rng: random.Random) -> Made:
    names = (
        {0: "LoROM", 1: "HiROM", 5: "ExHiROM"}
        if rng.random() < 0.6
        else {0: "LoROM", 1: "HiROM", 2: "ExLoROM", 5: "ExHiROM"}
    )
    other = rng.choice(("unknown", "?", "other"))
    fast, slow = rng.choice(((", FastROM", ""), (" fast", " slow"), ("/3.58", "/2.68")))
    cases = "\n".join(f'case {mode}: name = "{text}"; break;' for mode, text in names.items())
    body = (
        f'std::string name = "{other}";\nswitch (mode & 0x0F) {{\n'
        + "\n".join(f"  {one}" for one in cases.splitlines())
        + f'\n}}\nreturn name + (mode & 0x10 ? "{fast}" : "{slow}");'
    )
    listed = ", ".join(f'{mode} is "{text}"' for mode, text in names.items())
    tail = f'"{fast}" is appended if bit 4 is set' + (f', "{slow}" if not' if slow else "")
    return Made(
        "std::string @f(uint8_t mode)",
        body,
        lambda mode: names.get(mode % 16, other) + (fast if mode // 16 % 2 else slow),
        lambda r: [r.choice((0x20, 0x21, 0x30, 0x31, 0x35, 0x25, 0x32, r.randrange(256)))],
        (
            f'Write a function that describes the map mode byte of a SNES header. Its low four bits name the mapping: {listed}, anything else "{other}". Then {tail}.',
            f'How do I print the map mode at $FFD5 in words? Low nibble: {listed}; else "{other}". {tail[0].upper() + tail[1:]}.',
            f'mode byte -> text; mode & $0F: {listed}, default "{other}"; mode & $10: {tail}. Other bits do not matter.',
            f'My ROM info box should say "{names[1]}{fast}" for 0x31. In general: {listed} for the lower nibble ("{other}" where none of these), and {tail}.',
        ),
    )


def count_differences(rng: random.Random) -> Made:
    tail = rng.choice(("count", "ignore"))
    runs = rng.random() < 0.5
    what = "runs of differing bytes (neighbouring differences are one run)" if runs else "bytes that differ"
    length = "longer" if tail == "count" else "shorter"
    test = "i >= a.size() || i >= b.size() || a[i] != b[i]" if tail == "count" else "a[i] != b[i]"
    size = f"std::{'max' if tail == 'count' else 'min'}(a.size(), b.size())"
    add = "if (differs && !before) ++count;\n  before = differs;" if runs else "if (differs) ++count;"
    body = f"size_t count = 0;\n{'bool before = false;' if runs else ''}\nfor (size_t i = 0; i < {size}; ++i) {{\n  bool differs = {test};\n  {add}\n}}\nreturn count;".replace(
        "\n\n", "\n"
    )

    def oracle(a: list[int], b: list[int]) -> int:
        top = max(len(a), len(b)) if tail == "count" else min(len(a), len(b))
        marks = "".join("x" if a[i : i + 1] != b[i : i + 1] else " " for i in range(top))
        return len(marks.split()) if runs else marks.count("x")

    def given(r: random.Random) -> list[object]:
        a = r.randbytes(r.randrange(1, 40))
        b = bytearray(a)
        for _ in range(r.randrange(12)):
            b[r.randrange(len(b))] ^= r.choice((0, 1, 0x80))
        return (
            [a, bytes(b) + r.randbytes(r.choice((0, 0, 1, 4)))]
            if r.random() < 0.6
            else [bytes(b), a[: r.randrange(len(a) + 1)]]
        )

    rule = (
        "where one is longer, each byte the other lacks differs too"
        if tail == "count"
        else "where one is longer, what the other lacks is not compared"
    )
    return Made(
        f"size_t @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that counts the {what} between two ROM images; {rule}.",
            f"How do I find out how much a hack changed? Compare both buffers offset by offset and count the {what}; {rule}.",
            f"diff(a, b): number of {what}, up to the {length} size; {rule}.",
            f"The status bar shows how many {'places' if runs else 'bytes'} were edited since the last save. `a` is the saved image, `b` the current one; count {what}; {rule}.",
        ),
    )


def deinterleave(rng: random.Random) -> Made:
    size = rng.choice((2, 4, 8, 16))
    back = rng.random() < 0.5
    source, target = ("2 * i", "i") if not back else ("i", "2 * i")
    source2, target2 = ("2 * i + 1", "half + i") if not back else ("half + i", "2 * i + 1")
    body = cpp(
        """
        std::vector<uint8_t> out(rom.size());
        size_t half = rom.size() / @size / 2;
        for (size_t i = 0; i < half; ++i) {
          std::copy_n(rom.begin() + (@s1) * @size, @size, out.begin() + (@t1) * @size);
          std::copy_n(rom.begin() + (@s2) * @size, @size, out.begin() + (@t2) * @size);
        }
        return out;
        """,
        size=size,
        s1=source,
        s2=source2,
        t1=target,
        t2=target2,
    ).replace("(i) * ", "i * ")

    def oracle(rom: list[int]) -> list[int]:
        blocks = [rom[i : i + size] for i in range(0, len(rom), size)]
        half = len(blocks) // 2
        if back:
            mixed = [one for pair in zip(blocks[:half], blocks[half:], strict=True) for one in pair]
        else:
            mixed = blocks[::2] + blocks[1::2]
        return [byte for block in mixed for byte in block]

    what = (
        "the blocks of the first half and of the second half in turn: first, half, second, half + 1, and so on"
        if back
        else "first all blocks with even numbers, then all with odd numbers (the first block is number 0)"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(2 * size * r.randrange(5))],
        (
            f"Write a function that {'interleaves' if back else 'deinterleaves'} a ROM made of {size}-byte blocks: the result holds {what}. The number of blocks is always even.",
            f"How do I {'interleave' if back else 'deinterleave'} a ROM dump? Block size {size} bytes, an even number of blocks; result: {what}.",
            f"Reorder {size}-byte blocks: {what}. Size is a multiple of {2 * size}.",
            f"Some dumps come {'plain and my copier wants them interleaved' if back else 'interleaved'}. With blocks of {size} bytes, give me {what}. (The size is a multiple of {2 * size}.)",
        ),
    )


def read_vector(rng: random.Random) -> Made:
    base, at = rng.choice((("NMI", 0xEA), ("reset", 0xFC), ("IRQ", 0xEE), ("BRK", 0xE6), ("COP", 0xE4)))
    start = rng.choice((0x20, 0x40, 0x10))
    offset = start + (at & 0x1F)
    least = rng.choice((0x8000, 0x8000, 0))
    lines = [
        f"if (rom.size() < {hexadecimal(offset + 2)}) return std::nullopt;",
        f"uint16_t address = rom[{hexadecimal(offset)}] | rom[{hexadecimal(offset + 1)}] << 8;",
    ]
    lines += ["if (address < 0x8000) return std::nullopt;"] if least else []
    body = "\n".join([*lines, "return address;"])

    def oracle(rom: list[int]) -> int | None:
        if len(rom) < offset + 2:
            return None
        address = rom[offset] + 256 * rom[offset + 1]
        return address if address >= least else None

    extra = " An address below 0x8000 cannot be ROM and gives an empty optional as well." if least else ""
    return Made(
        f"std::optional<uint16_t> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((offset + 1, offset + 2, offset + 8, offset + 5)))],
        (
            f"Write a function that returns the {base} vector, the little-endian word at {hexadecimal(offset)} of the data. If the data ends before that word is complete, return an empty optional.{extra}",
            f"How do I fetch the {base} vector from a vector table dump? 16 bits, low byte at {hexadecimal(offset)}; nothing (std::nullopt) if the dump is too short.{extra}",
            f"{base} vector = word at ${offset:X} (LE); nullopt if size < ${offset + 2:X}.{extra}",
            f"My disassembler starts at the {base} vector. Read it from offset {offset} (two bytes, low first); truncated data yields no value.{extra}",
        ),
    )


RECIPES = (
    strip_copier_header,
    read_number,
    write_number,
    read_title,
    size_from_code,
    pad_to_power_of_two,
    pad_to_bank,
    sum_without_field,
    complement_matches,
    find_all,
    find_with_wildcards,
    take_bank,
    describe_map_mode,
    count_differences,
    deinterleave,
    read_vector,
)
