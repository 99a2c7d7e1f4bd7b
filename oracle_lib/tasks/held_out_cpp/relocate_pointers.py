"""Moves the pointers of a table along with the data that they point to, in place."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "pointer tables"


def draw(rng: random.Random) -> Problem:
    size = rng.choice((2, 2, 3))
    table = rng.randrange(0x10, 0x800) * 0x20
    count = rng.choice((0, rng.randrange(5, 40)))
    low = 0x8000 + rng.randrange(1, 0x40) * 0x100
    high = rng.choice((0, low + rng.randrange(1, 0x40) * 0x100))
    step = rng.choice((0, rng.randrange(1, 0x200), -rng.randrange(1, 0x200)))
    bank = rng.randrange(1, 0x20)
    tells = rng.random() < 0.4
    name = rng.choice(("MovePointers", "relocate_pointers", "ShiftPointers", "adjust_table"))
    by = (("int", "delta"),) if not step else ()
    function = Function("int" if tells else "void", name, (("std::vector<uint8_t>&", "rom"), *by))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        delta = step or rng.choice((1, -1, 0x123, -0x123, rng.randrange(-0x800, 0x800)))
        before, after = bytearray(), bytearray()
        moved = 0
        for _ in range(count or rng.randrange(0, 20)):
            inside = low + rng.randrange(0x100)
            word = rng.choice((low, low - 1, (high or 0xFE00) - 1, high or 0xFE00, rng.randrange(0xFFFF), 0, inside))
            number = rng.choice((bank, bank, bank ^ 1))
            fits = low <= word < (high or 0x10000) and (size == 2 or number == bank)
            moved += fits
            for data, value in ((before, word), (after, (word + delta) % 0x10000 if fits else word)):
                data += value.to_bytes(2, "little") + bytes([number])[: size - 2]
        tail = (b"" if count else b"\xff\xff\xff"[:size]) + (low + 1).to_bytes(2, "little") + bytes([bank])
        whole = table + len(before) + len(tail)
        images: list[Value] = [rom(whole, {table: bytes(data) + tail}) for data in (before, after)]
        return [images[0], *(() if step else (delta,))], [*([moved] if tells else []), images[1]]

    last = f" at < {hexadecimal(table + count * size)}" if count else ""
    outside = [f"pointer < {hexadecimal(low)}"]
    outside += [f"pointer >= {hexadecimal(high)}"] if high else []
    outside += [f"rom[at + 2] != {hexadecimal(bank)}"] if size == 3 else []
    reference = cpp(
        """
        @signature {
        @count  for (size_t at = @table;@last; at += @size) {
            int pointer = rom[at] | rom[at + 1] << 8;
        @stop    if (@outside) continue;
            pointer @change;
            rom[at] = pointer & 0xFF;
            rom[at + 1] = pointer >> 8 & 0xFF;
        @step  }
        @result}
        """,
        signature=function.signature,
        count="  int moved = 0;\n" if tells else "",
        table=hexadecimal(table),
        last=last,
        size=size,
        stop="" if count else "    if (pointer == 0xFFFF) break;\n",
        outside=" || ".join(outside),
        change="+= delta" if not step else f"{'+' if step > 0 else '-'}= {hexadecimal(abs(step))}",
        step="    ++moved;\n" if tells else "",
        result="  return moved;\n" if tells else "",
    )
    kind = f"{8 * size}-bit little-endian pointers"
    where = f"the table of {count} {kind} at offset {hexadecimal(table)} of `rom`"
    where = (
        where
        if count
        else f"the table of {kind} at offset {hexadecimal(table)} of `rom`, which ends with a pointer whose low 16 bits are $FFFF"
    )
    span = f"${low:04X}-${(high or (0x10000 if count else 0xFFFF)) - 1:04X}"
    which = f"whose low 16 bits lie in {span}" if size == 3 else f"that lies in {span}"
    which += f" and whose bank is ${bank:02X}" if size == 3 else ""
    change = (
        "adds `delta` to"
        if not step
        else f"{'adds' if step > 0 else 'subtracts'} ${abs(step):X} {'to' if step > 0 else 'from'}"
    )
    said = f"{change} every pointer {which} in {where}"
    if tells:
        said += f"{',' if not count else ''} and returns how many these are"
    wraps = "Only the low 16 bits change, and they wrap around" if size == 3 else "Pointers wrap around at 16 bits"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {wraps}.",
            f"I moved some data inside its bank. I need a function that {said}. {wraps}.",
            f"Pointer fix-up: a function that {said}. {wraps}.",
            f"After inserting data my editor must repair pointers: a function that {said}. {wraps}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "size": size,
            "table": table,
            "count": count,
            "low": low,
            "high": high,
            "step": step,
            "bank": bank if size == 3 else 0,
            "tells": int(tells),
        },
        explanation="What points in front of the moved data, or elsewhere, stays as it is.",
    )
