"""Save files: slots, checksums, flags, names, inventories, play time, progress."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _slots(rng: random.Random) -> tuple[int, int]:
    """The size and the number of slots of a small save file."""
    return rng.choice((16, 20, 24, 32, 40)), rng.choice((2, 3, 4))


def slot_checksum_valid(rng: random.Random) -> Made:
    size, count = _slots(rng)
    kind = rng.choice(("sum", "xor", "to target"))
    target = rng.choice((0x5A, 0x5A5A)) if kind == "to target" else 0
    if kind == "sum":
        body = f"size_t start = slot * {size};\nuint16_t sum = 0;\nfor (size_t i = 0; i < {size - 2}; ++i) sum += save[start + i];\nreturn sum == (save[start + {size - 2}] | save[start + {size - 1}] << 8);"
        said = f"the last two bytes of a slot hold the 16-bit sum of the {size - 2} bytes before them, low byte first"
    elif kind == "xor":
        body = f"size_t start = slot * {size};\nuint8_t all = 0;\nfor (size_t i = 0; i < {size - 1}; ++i) all ^= save[start + i];\nreturn all == save[start + {size - 1}];"
        said = f"the last byte of a slot holds the XOR of the {size - 1} bytes before it"
    else:
        body = f"size_t start = slot * {size};\nuint16_t sum = 0;\nfor (size_t i = 0; i < {size}; i += 2) sum += save[start + i] | save[start + i + 1] << 8;\nreturn sum == {hexadecimal(target)};"
        said = f"a slot is right if its {size // 2} little-endian words add up to {hexadecimal(target)}, modulo 65536"

    def right(data: list[int]) -> bool:
        if kind == "sum":
            return sum(data[:-2]) % 65536 == data[-2] + 256 * data[-1]
        if kind == "xor":
            value = 0
            for byte in data:
                value ^= byte
            return value == 0
        return sum(data[::2]) + 256 * sum(data[1::2]) & 0xFFFF == target

    def mended(data: bytes) -> bytes:
        if kind == "sum":
            return data[:-2] + (sum(data[:-2]) % 65536).to_bytes(2, "little")
        if kind == "xor":
            value = 0
            for byte in data[:-1]:
                value ^= byte
            return data[:-1] + bytes([value])
        rest = sum(data[:-2:2]) + 256 * sum(data[1:-2:2])
        return data[:-2] + ((target - rest) % 65536).to_bytes(2, "little")

    def given(r: random.Random) -> list[object]:
        slots = []
        for _ in range(count):
            slot = bytearray(mended(r.randbytes(size)))
            if r.random() < 0.5:
                slot[r.randrange(size)] ^= r.choice((1, 0x80))
            slots.append(bytes(slot))
        return [b"".join(slots), r.randrange(count)]

    return Made(
        f"bool @f({BYTES} save, int slot)",
        body,
        lambda save, slot: right(save[slot * size : slot * size + size]),
        given,
        (
            f"Write a function that checks slot number `slot` of a save file with {count} slots of {size} bytes, one after the other: {said}.",
            f"How do I verify a save slot? {count} slots of {size} bytes, slot 0 at offset 0. Valid means: {said}.",
            f"slot at slot * {size}; {said}; return whether it is",
            f"The file select screen of my save editor marks broken slots. There are {count}, {size} bytes each from the start of the file; {said}. True means intact.",
        ),
    )


def fix_slot_checksum(rng: random.Random) -> Made:
    size, count = _slots(rng)
    kind = rng.choice(("sum", "negative", "xor", "complement"))
    start = rng.choice((0, 0, 2))
    last = size - (1 if kind == "xor" else 2)
    loop = f"for (size_t i = {start}; i < {last}; ++i)"
    if kind == "xor":
        body = f"size_t at = slot * {size};\nuint8_t all = 0;\n{loop} all ^= save[at + i];\nsave[at + {last}] = all;"
        said = f"its last byte becomes the XOR of bytes {start} to {last - 1}"
    else:
        value = {"sum": "sum", "negative": "-sum", "complement": "~sum"}[kind]
        body = f"size_t at = slot * {size};\nuint16_t sum = 0;\n{loop} sum += save[at + i];\nuint16_t check = {value};\nsave[at + {last}] = check & 0xFF;\nsave[at + {last + 1}] = check >> 8;"
        what = {
            "sum": "the sum",
            "negative": "the negated sum (0 minus it)",
            "complement": "the inverted sum (all 16 bits flipped)",
        }[kind]
        said = f"its last two bytes become {what} of bytes {start} to {last - 1} as a little-endian word, modulo 65536"

    def oracle(save: list[int], slot: int) -> None:
        at = slot * size
        part = save[at + start : at + last]
        total = sum(part)
        if kind == "xor":
            value = 0
            for byte in part:
                value ^= byte
            save[at + last] = value
            return
        total = {"sum": total, "negative": -total, "complement": -total - 1}[kind]
        save[at + last : at + size] = (total % 65536).to_bytes(2, "little")

    return Made(
        f"void @f({BUFFER} save, int slot)",
        body,
        oracle,
        lambda r: [r.randbytes(size * count), r.randrange(count)],
        (
            f"Write a function that updates the checksum of slot `slot` in a save file of {count} slots, {size} bytes each: {said} (offsets within the slot).",
            f"How do I repair a slot's checksum after an edit? Slots are {size} bytes from the beginning of the file; {said}.",
            f"in save[slot*{size} ..]: {said}",
            f"Whenever my editor changes a save it must leave it valid. The slots ({size} bytes, {count} of them) follow each other; of the changed one, {said}; bytes count from the slot's start. Nothing else is touched.",
        ),
    )


def copy_slot(rng: random.Random) -> Made:
    size, count = _slots(rng)
    header = rng.choice((0, 4, 8))
    swap = rng.random() < 0.4
    a, b = (f"{header} + {one} * {size}" if header else f"{one} * {size}" for one in ("from", "to"))
    if swap:
        move = f"std::swap_ranges(save.begin() + {a}, save.begin() + {a} + {size}, save.begin() + {b});"
    else:
        move = f"std::copy_n(save.begin() + {a}, {size}, save.begin() + {b});"
    body = f"if (from == to) return;\n{move}"

    def oracle(save: list[int], one: int, two: int) -> None:
        x, y = header + one * size, header + two * size
        old = list(save)
        save[y : y + size] = old[x : x + size]
        if swap and one != two:
            save[x : x + size] = old[y : y + size]

    head = f" behind a header of {header} bytes" if header else ""
    verb = "exchanges" if swap else "copies"
    return Made(
        f"void @f({BUFFER} save, int from, int to)",
        body,
        oracle,
        lambda r: [r.randbytes(header + size * count), r.randrange(count), r.randrange(count)],
        (
            f"Write a function that {verb} save slot `from` {'and' if swap else 'to'} slot `to`. The file has {count} slots of {size} bytes{head}; both numbers are valid and may be equal.",
            f"How do I {'swap two slots' if swap else 'duplicate a slot'} of a save file? {count} slots, {size} bytes each{head}, numbered from 0.",
            f"save[{header} + {size} * to ..] {'<->' if swap else '='} save[{header} + {size} * from ..], {size} bytes",
            f'The file menu of my tool has "{"Swap" if swap else "Copy"}". It {verb} {size} bytes: slot `from` {"with" if swap else "over"} slot `to`{head and ","}{head}. There are {count} slots; the same slot twice changes nothing.',
        ),
    )


def erase_slot(rng: random.Random) -> Made:
    size, count = _slots(rng)
    fill = rng.choice((0, 0xFF))
    keep = rng.choice((0, 2, 4))
    body = f"if (slot < 0 || slot >= {count}) return false;\nauto start = save.begin() + slot * {size};\nstd::fill(start + {keep}, start + {size}, {hexadecimal(fill)});\nreturn true;".replace(
        "start + 0,", "start,"
    )

    def oracle(save: list[int], slot: int) -> bool:
        if slot not in range(count):
            return False
        save[slot * size + keep : (slot + 1) * size] = [fill] * (size - keep)
        return True

    kept = f"; its first {keep} bytes stay" if keep else ""
    return Made(
        f"bool @f({BUFFER} save, int slot)",
        body,
        oracle,
        lambda r: [r.randbytes(size * count), r.choice((0, count - 1, count, -1, r.randrange(count)))],
        (
            f"Write a function that erases a slot: all its {size} bytes become {hexadecimal(fill)}{kept}. There are {count} slots, one after the other; for any other number nothing happens and the result is false, otherwise true.",
            f"How do I clear slot n of {count} ({size} bytes each)? Fill with {hexadecimal(fill)}{kept}. Invalid numbers, negative ones too: return false and touch nothing; else true.",
            f"0 <= slot < {count}: save[slot*{size}+{keep} .. slot*{size}+{size - 1}] = {hexadecimal(fill)}, true; else false",
            f'"Delete file" in my save manager overwrites the slot with {hexadecimal(fill)}{kept}. {count} slots of {size} bytes from offset 0. Report whether the number was valid.',
        ),
    )


def free_slot(rng: random.Random) -> Made:
    size, count = _slots(rng)
    mark = rng.choice((0x55, 0xAA, 0x01))
    at = rng.randrange(0, size - 1)
    empty = rng.choice(("zero", "mark"))
    if empty == "zero":
        body = f"for (int slot = 0; slot < {count}; ++slot) {{\n  auto start = save.begin() + slot * {size};\n  if (std::all_of(start, start + {size}, [](uint8_t byte) {{ return byte == 0; }})) return slot;\n}}\nreturn -1;"
        said = f"all its {size} bytes are 0"
    else:
        body = f"for (int slot = 0; slot < {count}; ++slot)\n  if (save[slot * {size} + {at}] != {hexadecimal(mark)}) return slot;\nreturn -1;"
        said = f"its byte at offset {at} is not {hexadecimal(mark)}"

    def oracle(save: list[int]) -> int:
        for slot in range(count):
            part = save[slot * size : slot * size + size]
            if (not any(part)) if empty == "zero" else part[at] != mark:
                return slot
        return -1

    def given(r: random.Random) -> list[bytes]:
        slots = []
        for _ in range(count):
            used = r.random() < 0.75
            data = bytearray(r.randbytes(size) if used or empty == "mark" else bytes(size))
            if empty == "mark":
                data[at] = mark if used else r.choice((0, mark ^ 0xFF))
            elif used and r.random() < 0.3:
                data = bytearray(size)
                data[r.randrange(size)] = 1
            slots.append(bytes(data))
        return [b"".join(slots)]

    return Made(
        f"int @f({BYTES} save)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the number of the first empty slot of a save file, or -1 if all are used. There are {count} slots of {size} bytes in sequence; a slot is empty if {said}.",
            f"How do I find a free save slot? {count} of them, {size} bytes each, slot 0 first. Empty means that {said}. -1 for none.",
            f"min slot < {count} with: {said} (slot at slot*{size}); else -1",
            f"When a save is imported it goes into the first free place. The file is {count} times {size} bytes; {said} for a free one. Give -1 when there is no room.",
        ),
    )


def event_flag(rng: random.Random) -> Made:
    base = rng.randrange(0, 12)
    lowest = rng.random() < 0.7
    what = rng.choice(("get", "set", "count"))
    bit = "flag % 8" if lowest else "7 - flag % 8"
    side = "bit 0 of the first byte is flag 0" if lowest else "bit 7 of the first byte is flag 0 and bit 0 is flag 7"
    where = f"{base} + flag / 8" if base else "flag / 8"
    span = 4
    if what == "get":
        signature = f"bool @f({BYTES} save, int flag)"
        body = f"return save[{where}] >> ({bit}) & 1;"
        said = "tells whether flag number `flag` is set"
    elif what == "set":
        signature = f"void @f({BUFFER} save, int flag, bool on)"
        body = f"uint8_t mask = 1 << ({bit});\nif (on) save[{where}] |= mask;\nelse save[{where}] &= ~mask;"
        said = "sets flag number `flag` if `on` is true and clears it if not"
    else:
        signature = f"int @f({BYTES} save, int first, int last)"
        body = f"int count = 0;\nfor (int flag = first; flag <= last; ++flag) count += save[{where}] >> ({bit}) & 1;\nreturn count;"
        said = "returns how many of the flags `first` to `last` (both included) are set"

    def weight(flag: int) -> int:
        return 2 ** (flag % 8) if lowest else 128 >> flag % 8

    def oracle(save: list[int], flag: int, other: int = 0) -> object:
        if what == "count":
            return sum(bool(save[base + one // 8] & weight(one)) for one in range(flag, other + 1))
        held = bool(save[base + flag // 8] & weight(flag))
        if what == "set" and held != bool(other):
            save[base + flag // 8] ^= weight(flag)
        return held

    def given(r: random.Random) -> list[object]:
        save = r.randbytes(base + span)
        if what == "count":
            a, b = sorted(r.sample(range(span * 8), 2))
            return [save, a, b]
        return [save, r.randrange(span * 8), *([r.randrange(2)] if what == "set" else [])]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {said}. The flags are bits from offset {base} of the save on, eight in a byte; {side}. The numbers are valid.",
            f"How do I handle event flags in a save? It {said}. Flag n is in byte {base} + n / 8; {side}.",
            f"flag n = bit {'n mod 8' if lowest else '7 - n mod 8'} of save[{base} + n / 8]; the function {said}",
            f"The progress page of my save editor has a checkbox for every event. Events are bits from byte {base} on; {side}; no number is out of range. The function {said}.",
        ),
    )


def play_time(rng: random.Random) -> Made:
    rate = rng.choice((60, 60, 50))
    style = rng.choice(("H:MM:SS", "MM:SS", "HHhMMm"))
    body = {
        "H:MM:SS": f'uint32_t seconds = frames / {rate};\nchar text[24];\nstd::snprintf(text, sizeof text, "%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);\nreturn text;',
        "MM:SS": f'uint32_t seconds = frames / {rate};\nchar text[24];\nstd::snprintf(text, sizeof text, "%02u:%02u", seconds / 60, seconds % 60);\nreturn text;',
        "HHhMMm": f'uint32_t minutes = frames / {rate * 60};\nchar text[24];\nstd::snprintf(text, sizeof text, "%02uh%02um", minutes / 60, minutes % 60);\nreturn text;',
    }[style]

    def oracle(frames: int) -> str:
        minutes, seconds = divmod(frames // rate, 60)
        hours = minutes // 60
        return {
            "H:MM:SS": f"{hours}:{minutes % 60:02d}:{seconds:02d}",
            "MM:SS": f"{minutes:02d}:{seconds:02d}",
            "HHhMMm": f"{hours:02d}h{minutes % 60:02d}m",
        }[style]

    said = {
        "H:MM:SS": 'like "3:07:09": hours without leading zeros, minutes and seconds with two digits',
        "MM:SS": 'like "07:09": minutes with at least two digits (they go on beyond 59), seconds with two',
        "HHhMMm": 'like "03h07m": hours with at least two digits, minutes with two; seconds are dropped',
    }[style]
    return Made(
        "std::string @f(uint32_t frames)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    0,
                    rate - 1,
                    rate,
                    59 * rate,
                    60 * rate,
                    3600 * rate,
                    r.randrange(4000 * rate),
                    r.randrange(300_000 * rate),
                )
            )
        ],
        (
            f"Write a function that formats a play time given in frames ({rate} a second) {said}. Incomplete seconds do not count.",
            f"How do I print a frame counter as time? {rate} frames are a second; text {said}; round down.",
            f"t = frames / {rate}; text {said}",
            f"The save file counts frames at {rate} Hz. On the file card I want the time {said}, cutting fractions off.",
        ),
    )


def hearts_text(rng: random.Random) -> Made:
    unit = rng.choice((8, 8, 16, 4))
    full, half, none = rng.choice((("#", "+", "-"), ("O", "o", "."), ("H", "h", "_")))
    body = f"std::string text;\nfor (int heart = 0; heart < capacity / {unit}; ++heart) {{\n  int left = health - heart * {unit};\n  text += left >= {unit} ? '{full}' : left >= {unit // 2} ? '{half}' : '{none}';\n}}\nreturn text;"

    def oracle(health: int, capacity: int) -> str:
        total = capacity // unit
        if total > 20:
            raise ValueError("a bar has at most 20 hearts")
        whole, rest = divmod(health, unit)
        text = full * whole + (half if rest >= unit // 2 else "")
        return (text + none * total)[:total]

    def given(r: random.Random) -> list[int]:
        capacity = unit * r.randrange(1, 21)
        return [
            r.choice((0, capacity, r.randrange(capacity + 1), r.randrange(capacity + 1), unit // 2, unit // 2 - 1)),
            capacity,
        ]

    return Made(
        "std::string @f(int health, int capacity)",
        body,
        oracle,
        given,
        (
            f"Write a function that draws hearts as text: a heart is {unit} units of health. For each heart of `capacity` (a multiple of {unit}) there is a '{full}' if it is full, a '{half}' if at least {unit // 2} but not all of its units are left, otherwise '{none}'. `health` is from 0 to `capacity`, and there are at most 20 hearts.",
            f'How do I show health like "{full}{full}{half}{none}"? {unit} units a heart; {full} = full, {half} = half or more, {none} = less than half. capacity / {unit} characters, health fills from the left.',
            f"character k: health - {unit}k >= {unit} -> '{full}', >= {unit // 2} -> '{half}', else '{none}', k < capacity / {unit}",
            f"A text preview of the heart bar in my save tool: one character for each {unit} units of maximum health, '{full}' while whole hearts last, then maybe one '{half}' (rest of {unit // 2} or more), and '{none}' up to the end.",
        ),
    )


def hearts_from_pieces(rng: random.Random) -> Made:
    per = rng.choice((4, 4, 3, 5))
    start, top = rng.choice(((3, 20), (3, 16), (1, 10)))
    what = rng.choice(("total", "missing"))
    total = f"std::min({start} + containers + pieces / {per}, {top})"
    body = (
        f"return {total};"
        if what == "total"
        else f"int hearts = {total};\nif (hearts == {top}) return 0;\nreturn ({top} - {start} - containers) * {per} - pieces;"
    )

    def oracle(containers: int, pieces: int) -> int:
        hearts = start + containers + pieces // per
        if what == "total":
            return min(hearts, top)
        return max(0, (top - start - containers) * per - pieces)

    said = (
        f"how many hearts a player has who began with {start}, found `containers` whole ones and `pieces` pieces ({per} pieces are a heart; incomplete ones do not count), at most {top}"
        if what == "total"
        else f"how many heart pieces are still missing until there are {top} hearts, for a player who began with {start} and found `containers` whole hearts and `pieces` pieces ({per} make a heart); 0 if there are that many already"
    )
    return Made(
        "int @f(int containers, int pieces)",
        body,
        oracle,
        lambda r: [r.randrange(0, top), r.randrange(0, per * top)],
        (
            f"Write a function that computes {said}.",
            f"How do I get {said}?",
            f"min({start} + c + floor(p / {per}), {top})"
            if what == "total"
            else f"max(0, ({top} - {start} - c) * {per} - p)",
            f"For the statistics of a save: {said}. Neither number is negative.",
        ),
    )


def inventory_names(rng: random.Random) -> Made:
    base = rng.randrange(0, 8)
    items = rng.sample(
        ["bow", "boomerang", "hookshot", "bombs", "lamp", "hammer", "net", "book", "cane"], rng.choice((3, 4, 5))
    )
    level = rng.random() < 0.5
    listed = ", ".join(f'"{one}"' for one in items)
    add = (
        f'names.push_back(save[{base} + i] > 1 ? std::string(items[i]) + " +" + std::to_string(save[{base} + i] - 1) : items[i]);'
        if level
        else "names.push_back(items[i]);"
    )
    body = f"static const char* items[] = {{{listed}}};\nstd::vector<std::string> names;\nfor (size_t i = 0; i < {len(items)}; ++i)\n  if (save[{base} + i] != 0) {add}\nreturn names;"

    def oracle(save: list[int]) -> list[str]:
        held = save[base : base + len(items)]
        return [
            name + (f" +{value - 1}" if level and value > 1 else "")
            for name, value in zip(items, held, strict=True)
            if value
        ]

    extra = (
        ' A byte v above 1 adds " +" and v - 1 in decimal to the name.' if level else " Any value but 0 means owned."
    )
    return Made(
        f"std::vector<std::string> @f({BYTES} save)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0, 1, 2, 3, r.randrange(256))) for _ in range(base + len(items) + 2))],
        (
            f"Write a function that lists the owned items of a save. Bytes from offset {base} on stand, in this order, for {listed}; 0 means not owned.{extra} The result keeps that order.",
            f"How do I print an inventory? From byte {base}, one byte for each of {listed}; nonzero ones are listed by name.{extra}",
            f"[name[i] for i < {len(items)} if save[{base} + i] != 0], names {listed}.{extra}",
            f"The summary of a save shows what the player carries: {listed}, a byte each starting at {base}, zero if missing.{extra}",
        ),
    )


def add_capped(rng: random.Random) -> Made:
    at = rng.randrange(0, 10)
    top = rng.choice((99, 999, 255, 500, 9999))
    wide = top > 255
    if wide:
        body = f"int value = save[{at}] | save[{at + 1}] << 8;\nvalue = std::clamp(value + amount, 0, {top});\nsave[{at}] = value & 0xFF;\nsave[{at + 1}] = value >> 8;\nreturn value;"
    else:
        body = f"int value = std::clamp(save[{at}] + amount, 0, {top});\nsave[{at}] = value;\nreturn value;"

    def oracle(save: list[int], amount: int) -> int:
        held = save[at] + (256 * save[at + 1] if wide else 0)
        value = sorted((0, held + amount, top))[1]
        save[at] = value % 256
        if wide:
            save[at + 1] = value // 256
        return value

    def given(r: random.Random) -> list[object]:
        value = r.choice((0, top, r.randrange(top + 1)))
        return [
            r.randbytes(at) + value.to_bytes(2, "little")[: 2 if wide else 1] + r.randbytes(3),
            r.choice((1, -1, top, -top, r.randrange(-300, 300))),
        ]

    kind = f"the little-endian word at offset {at}" if wide else f"the byte at offset {at}"
    return Made(
        f"int @f({BUFFER} save, int amount)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds `amount`, which may be negative, to {kind} of a save, keeps it between 0 and {top}, stores it and returns it.",
            f"How do I give or take rupees in a save file? The counter is {kind}; limits 0 and {top}; return the new value.",
            f"v = clamp(v + amount, 0, {top}) for {kind}; returns v",
            f"Buttons +10 and -10 in my save editor change {kind}. It must neither fall below 0 nor exceed {top}. The label shows what comes back.",
        ),
    )


def choose_copy(rng: random.Random) -> Made:
    size = rng.choice((8, 12, 16))
    prefer = rng.choice(("first", "newer"))
    body = f"auto right = [&](size_t start) {{\n  uint8_t sum = 0;\n  for (size_t i = 0; i < {size}; ++i) sum += save[start + i];\n  return sum == 0;\n}};\n"
    if prefer == "first":
        body += f"if (right(0)) return 0;\nif (right({size})) return 1;\nreturn -1;"
    else:
        body += f"bool first = right(0), second = right({size});\nif (first && second) return save[0] >= save[{size}] ? 0 : 1;\nif (first) return 0;\nreturn second ? 1 : -1;"

    def oracle(save: list[int]) -> int:
        copies = [save[:size], save[size : 2 * size]]
        valid = [place for place, data in enumerate(copies) if sum(data) % 256 == 0]
        if not valid:
            return -1
        return min(valid) if prefer == "first" else max(valid, key=lambda place: (copies[place][0], -place))

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(2):
            data = r.choice((1, 5, r.randrange(256))).to_bytes(1, "little") + r.randbytes(size - 2)
            out += data + bytes([(-sum(data) + r.choice((0, 0, 1))) % 256])
        return [out]

    rule = (
        "the first if both are"
        if prefer == "first"
        else "if both are, the one whose first byte (a counter of saves) is larger, the first on a tie"
    )
    return Made(
        f"int @f({BYTES} save)",
        body,
        oracle,
        given,
        (
            f"Write a function that chooses between two copies of a save, {size} bytes each, one after the other. A copy is valid if its bytes add up to 0 modulo 256. Return 0 or 1 for the valid copy; {rule}; -1 if neither is.",
            f"How do I pick the good one of main save and backup? Each has {size} bytes, the main one first; valid: 8-bit sum is 0. Both valid: {'take the first' if prefer == 'first' else 'the larger first byte wins (tie: the first copy)'}. None: -1.",
            f"valid(k) = sum(save[{size}k .. {size}k+{size - 1}]) mod 256 == 0; result 0, 1 or -1; {rule}",
            f"SRAM holds the game twice in case the power fails while saving. Tell which copy to load: it must be valid ({size} bytes whose sum is a multiple of 256); {rule}; -1 for a lost game.",
        ),
    )


def compare_saves(rng: random.Random) -> Made:
    size = rng.choice((8, 16, 24))
    ignore = rng.sample(range(size), rng.choice((1, 2)))
    ignore.sort()
    test = " || ".join(f"i == {one}" for one in ignore)
    body = f"std::vector<uint8_t> changed;\nfor (size_t i = 0; i < {size}; ++i) {{\n  if ({test}) continue;\n  if (before[i] != after[i]) changed.push_back(i);\n}}\nreturn changed;"

    def oracle(before: list[int], after: list[int]) -> list[int]:
        return sorted({place for place in range(size) if before[place] != after[place]} - set(ignore))

    def given(r: random.Random) -> list[bytes]:
        a = r.randbytes(size)
        return [a, bytes(one ^ r.choice((0, 0, 1)) for one in a)]

    skip = " and ".join(map(str, ignore))
    plural = "s" * (len(ignore) > 1)
    return Made(
        f"std::vector<uint8_t> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the offsets, ascending, at which two saves of {size} bytes differ, leaving out offset{plural} {skip}, which change{'' if plural else 's'} all the time.",
            f"How do I find out which bytes of a save an action changes? Compare {size} bytes; ignore offset{plural} {skip} (timer, checksum).",
            f"[i < {size} : before[i] != after[i], i not in {{{', '.join(map(str, ignore))}}}]",
            f"I save, open a chest, save again, and want the list of changed bytes. Both dumps are {size} bytes; position{plural} {skip} always differ and are noise.",
        ),
    )


def checksum_words(rng: random.Random) -> Made:
    seed = rng.choice((0, 0xFFFF, rng.randrange(0x10000)))
    step = rng.choice(("rotate", "multiply", "add pos"))
    factor = rng.choice((3, 5, 31, 33))
    line = {
        "rotate": "check = (check << 1 | check >> 15) ^ byte;",
        "multiply": f"check = check * {factor} + byte;",
        "add pos": "check += byte * ++position;",
    }[step]
    extra = "uint16_t position = 0;\n" if step == "add pos" else ""
    body = f"uint16_t check = {hexadecimal(seed)};\n{extra}for (uint8_t byte : data) {line}\nreturn check;"

    def oracle(data: list[int]) -> int:
        value = seed
        for place, byte in enumerate(data, 1):
            if step == "rotate":
                text = f"{value:016b}"
                value = int(text[1:] + text[0], 2) ^ byte
            else:
                value = (value * factor + byte if step == "multiply" else value + byte * place) % 65536
        return value

    said = {
        "rotate": "it is rotated left by one bit (16 bits) and XORed with the byte",
        "multiply": f"it is multiplied by {factor} and the byte is added, modulo 65536",
        "add pos": "the byte times its position (the first byte has position 1) is added, modulo 65536",
    }[step]
    return Made(
        f"uint16_t @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, 2, r.randrange(3, 40))))],
        (
            f"Write a function that computes a 16-bit check value: it starts as {hexadecimal(seed)}, and for each byte {said}.",
            f"How do I compute this game's save hash? Start value {hexadecimal(seed)}; per byte, {said}. 16 bits.",
            f"c = {hexadecimal(seed)}; for b in data: "
            + {
                "rotate": "c = rol16(c, 1) ^ b",
                "multiply": f"c = (c * {factor} + b) mod 65536",
                "add pos": "c = (c + b * (index + 1)) mod 65536",
            }[step],
            f"A homebrew game protects its saves. Beginning with {hexadecimal(seed)}, byte after byte {said}. Return the final value.",
        ),
    )


def dungeon_keys(rng: random.Random) -> Made:
    base, count = rng.randrange(0, 8), rng.choice((4, 6, 8))
    unknown = rng.choice((0xFF, 0xFF, 0x80))
    what = rng.choice(("sum", "best"))
    if what == "sum":
        body = f"int keys = 0;\nfor (int i = 0; i < {count}; ++i)\n  if (save[{base} + i] != {hexadecimal(unknown)}) keys += save[{base} + i];\nreturn keys;"
        said = f"the sum of those bytes that are not {hexadecimal(unknown)}"
    else:
        body = f"int best = -1;\nfor (int i = 0; i < {count}; ++i)\n  if (save[{base} + i] != {hexadecimal(unknown)} && (best < 0 || save[{base} + i] > save[{base} + best])) best = i;\nreturn best;"
        said = f"the number (from 0) of the dungeon with the most keys, the first on ties; -1 if all bytes are {hexadecimal(unknown)}"

    def oracle(save: list[int]) -> int:
        held = [(value, -place) for place, value in enumerate(save[base : base + count]) if value != unknown]
        if what == "sum":
            return sum(value for value, _ in held)
        return -max(held)[1] if held else -1

    return Made(
        f"int @f({BYTES} save)",
        body,
        oracle,
        lambda r: [
            r.randbytes(base) + bytes(r.choice((unknown, unknown, 0, 1, 2, 3)) for _ in range(count)) + r.randbytes(2)
        ],
        (
            f"Write a function that looks at the key counts of {count} dungeons, a byte each from offset {base} of a save on, where {hexadecimal(unknown)} marks a dungeon not entered yet, and returns {said}.",
            f"How do I evaluate dungeon keys in a save? {count} bytes at {base}; {hexadecimal(unknown)} = not visited. Wanted: {said}.",
            f"k[i] = save[{base} + i], i < {count}, {hexadecimal(unknown)} = none; {said}",
            f"My tracker reads small keys out of SRAM: one byte for each of {count} dungeons from {base} on, {hexadecimal(unknown)} while the dungeon is unknown. It shows {said}.",
        ),
    )


RECIPES = (
    slot_checksum_valid,
    fix_slot_checksum,
    copy_slot,
    erase_slot,
    free_slot,
    event_flag,
    play_time,
    hearts_text,
    hearts_from_pieces,
    inventory_names,
    add_capped,
    choose_copy,
    compare_saves,
    checksum_words,
    dungeon_keys,
)
