"""Reads or changes the bits that a save file keeps of each room: two bytes a room, or one bit of a packed array."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    layout = rng.choice(("words", "words", "low bit first", "high bit first"))
    action = rng.choice(("count", "list", "set", "clear", "percent", "missing"))
    base = rng.choice((0, rng.randrange(1, 0x40) * 0x10))
    rooms = rng.choice((0x128, rng.randrange(4, 0x26) * 8, rng.randrange(20, 0x128)))
    mask = rng.choice((0x000F, 0x0010, 0x8000, 0x0400, rng.randrange(1, 0x10), 1 << rng.randrange(16)))
    mask = mask if layout == "words" else 1
    names = {
        "count": ("CountRooms", "rooms_visited"),
        "list": ("RoomsWith", "list_rooms"),
        "set": ("MarkRoom", "set_room_flag"),
        "clear": ("ForgetRoom", "clear_room_flag"),
        "percent": ("Progress", "percent_done"),
        "missing": ("FirstMissing", "first_room_left"),
    }[action]
    changes = action in ("set", "clear")
    returns = "void" if changes else "std::vector<int>" if action == "list" else "int"
    sram = ("std::vector<uint8_t>&" if changes else BYTES, "sram")
    function = Function(returns, rng.choice(names), (sram, *((("int", "room"),) if changes else ())))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        size = 2 * rooms if layout == "words" else -(-rooms // 8)
        room = rng.choice((rng.randrange(rooms), 0, rooms // 2, rng.randrange(rooms), rooms - 1))
        fill = rng.choice((1.0, 0.5, 0.9, 0.0, 1.0))
        flags = [rng.random() < fill for _ in range(rooms)]
        if changes or 0 < fill < 1:
            flags[room] = rng.choice((True, False))
        elif fill and action == "missing":
            flags[room] = rng.choice((True, False, False))

        def image(flags: list[bool], noise: random.Random) -> bytes:
            data = bytearray(size)
            for number in range(len(flags) if layout == "words" else size * 8):
                flag = flags[number] if number < len(flags) else noise.random() < 0.5
                if layout == "words":
                    part = noise.randrange(mask + 1) & mask
                    word = noise.randrange(0x10000) & ~mask | (mask if flag else 0 if part == mask else part)
                    data[2 * number : 2 * number + 2] = word.to_bytes(2, "little")
                else:
                    data[number // 8] |= flag << (number % 8 if layout == "low bit first" else 7 - number % 8)
            return rom(base + size + 2, {base: bytes(data) + b"\xff\xff"})

        seed = rng.random()
        before = image(flags, random.Random(seed))
        if changes:
            after = bytearray(before)
            bits = int.from_bytes(before[base + 2 * room : base + 2 * room + 2], "little")
            if layout == "words":
                bits = bits | mask if action == "set" else bits & ~mask
                after[base + 2 * room : base + 2 * room + 2] = bits.to_bytes(2, "little")
            else:
                changed = [action == "set" if number == room else flag for number, flag in enumerate(flags)]
                after = bytearray(image(changed, random.Random(seed)))
            return [before, room], [bytes(after)]
        results: dict[str, Value] = {
            "count": sum(flags),
            "list": [number for number in range(rooms) if flags[number]],
            "percent": sum(flags) * 100 // rooms,
            "missing": flags.index(False) if False in flags else -1,
        }
        return [before], [results[action]]

    place = f"{hexadecimal(base)} + " if base else ""
    bit = "room % 8" if layout == "low bit first" else "7 - room % 8"
    single = f"1 << ({bit})" if bit.startswith("7") else f"1 << {bit}"
    packed = (
        f"sram[{place}room / 8] >> ({bit}) & 1"
        if layout != "low bit first"
        else f"sram[{place}room / 8] >> room % 8 & 1"
    )
    word = f"int flags = sram[{place}room * 2] | sram[{place}room * 2 + 1] << 8;"
    has = (f"(flags & {hexadecimal(mask)}) == {hexadecimal(mask)}") if layout == "words" else packed
    lacks = has.replace("==", "!=") if layout == "words" else f"!({has})"
    if changes and layout != "words":
        lines = [
            f"sram[{place}room / 8] {'|= ' if action == 'set' else '&= ~('}{single}{'' if action == 'set' else ')'};"
        ]
    elif changes:
        parts = [(byte, mask >> 8 * byte & 0xFF) for byte in (0, 1) if mask >> 8 * byte & 0xFF]
        lines = [
            f"sram[{place}room * 2{' + 1' if byte else ''}] {'|=' if action == 'set' else '&= ~'}{' ' if action == 'set' else ''}{hexadecimal(part)};"
            for byte, part in parts
        ]
    else:
        begin, each, end = {
            "count": ("int count = 0;", f"count += {has};", "return count;"),
            "list": ("std::vector<int> rooms;", f"if ({has}) rooms.push_back(room);", "return rooms;"),
            "percent": ("int count = 0;", f"count += {has};", f"return count * 100 / {rooms};"),
            "missing": ("", f"if ({lacks}) return room;", "return -1;"),
        }[action]
        lines = [begin] if begin else []
        lines += [
            f"for (int room = 0; room < {rooms}; ++room) {{",
            *([f"  {word}"] if layout == "words" else []),
            f"  {each}",
            "}",
            end,
        ]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    where = f"offset {hexadecimal(base)}" if base else "the start"
    if layout == "words":
        several = mask & (mask - 1)
        stored = f"`sram` has a little-endian word for each of {rooms} rooms from {where} on"
        marked = f"whose word has {'all bits of ' if several else 'the flag '}{hexadecimal(mask)} set"
        unmarked = f"whose word has {'not all bits of ' if several else 'the flag '}{hexadecimal(mask)} {'set' if several else 'clear'}"
        done = f"{'sets' if action == 'set' else 'clears'} the {'bits' if several else 'flag'} {hexadecimal(mask)} in the word of room `room`"
    else:
        stored = f"`sram` has a bit for each of {rooms} rooms from {where} on, eight rooms a byte, {layout.replace('bit', 'bit of a byte')}"
        marked, unmarked = "whose bit is set", "whose bit is clear"
        done = f"{'sets' if action == 'set' else 'clears'} the bit of room `room`"
    said = {
        "count": f"returns the number of rooms {marked}",
        "list": f"returns the numbers of all rooms {marked}, in ascending order",
        "set": done + " and changes nothing else",
        "clear": done + " and changes nothing else",
        "percent": f"returns the share of the rooms {marked} among all rooms, in percent, rounded down",
        "missing": f"returns the number of the first room {unmarked}, or -1 if there is none",
    }[action]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {stored}.",
            f"{stored}. I need a function that {said}.",
            f"Save editor: a function that {said}. {stored}.",
            f"For a map tracker that reads save files, write a function that {said}. {stored}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "layout": layout,
            "action": action,
            "base": base,
            "rooms": rooms * (not changes),
            "mask": mask,
        },
        explanation="The room's number gives the place of its flags, two bytes a room."
        if layout == "words"
        else "The byte is the room's number divided by eight, the bit the remainder.",
    )
