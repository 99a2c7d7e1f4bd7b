"""Finds what a table's entry points to where the table's own address stands in the operands of the game's code."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "pointer tables"


def draw(rng: random.Random) -> Problem:
    code = rng.randrange(0x80, 0xFF0) * 0x10 + rng.randrange(16)
    apart = rng.choice(("together", "together", "bank apart", "all apart"))
    steps = {"together": (1, 2), "bank apart": (1, rng.randrange(4, 12)), "all apart": (5, rng.randrange(7, 14))}[apart]
    low_at, high_at, bank_at = code, code + steps[0], code + steps[1]
    entries = rng.choice(("long", "table's bank", "table's bank", "other bank", "other bank"))
    size = 3 if entries == "long" else 2
    other_at = code + rng.randrange(16, 64)
    result = rng.choice(("offset", "offset", "byte", "length"))
    place = rng.randrange(1, 14)
    name = rng.choice(
        {
            "offset": ("RoomDataOffset", "entry_offset", "FindData", "LocateEntry"),
            "byte": ("HeaderByte", "read_property", "GetSetting"),
            "length": ("DataLength", "entry_size", "RoomBytes"),
        }[result]
    )
    returns = "uint8_t" if result == "byte" else "uint32_t"
    function = Function(returns, name, ((BYTES, "rom"), ("int", "index")))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        index, fast = rng.randrange(100), rng.choice((0, 0x80))
        table_bank, table = rng.randrange(2, 6), rng.randrange(0x9000, 0xC000)
        data_bank = table_bank if entries == "table's bank" else rng.randrange(2, 6)
        data = rng.choice((0x8000, rng.randrange(0xC200, 0xFE00)))
        length, found = rng.randrange(0x200), rng.randrange(1, 256)
        at = (table_bank - 1) * 0x8000 + table
        start = (data_bank - 1) * 0x8000 + data
        pointers = b"".join(
            (data + more | (data_bank | fast) << 16).to_bytes(4, "little")[:size] for more in (0, length)
        )
        places = {at + index * size: pointers}
        if result == "byte":
            places[start + place] = bytes([found])
        bank, high, low = (table_bank | fast).to_bytes(1, "big") + table.to_bytes(2, "big")
        places |= {low_at: bytes([low]), high_at: bytes([high]), bank_at: bytes([bank])}
        if entries == "other bank":
            places[other_at] = bytes([data_bank | fast])
        return [rom(max(places) + 0x400, places), index], [{"offset": start, "byte": found, "length": length}[result]]

    banks = {"long": "rom[entry + 2]", "other bank": f"rom[{hexadecimal(other_at)}]"}
    data = f"offset(rom[entry], rom[entry + 1], {banks.get(entries, f'rom[{hexadecimal(bank_at)}]')})"
    lines = {
        "offset": [f"return {data};"],
        "byte": [f"return rom[{data} + {place}];"],
        "length": [
            "int start = rom[entry] | rom[entry + 1] << 8;",
            f"int end = rom[entry + {size}] | rom[entry + {size + 1}] << 8;",
            "return end - start;",
        ],
    }[result]
    reference = cpp(
        """
        @signature {
          auto offset = [](int low, int high, int bank) { return (bank & 0x7F) * 0x8000 + (high & 0x7F) * 0x100 + low; };
          size_t entry = offset(rom[@low], rom[@high], rom[@bank]) + index * @size;
        @rest}
        """,
        signature=function.signature,
        low=hexadecimal(low_at),
        high=hexadecimal(high_at),
        bank=hexadecimal(bank_at),
        size=size,
        rest="".join(f"  {line}\n" for line in lines),
    )
    operands = (
        f"the three bytes at {hexadecimal(code)}, low byte first"
        if apart == "together"
        else f"its low byte at {hexadecimal(low_at)}, its high byte at {hexadecimal(high_at)} and its bank at {hexadecimal(bank_at)}"
    )
    kind = {
        "long": "24-bit pointers, low byte first",
        "table's bank": "16-bit pointers, low byte first, into the bank that the table itself is in",
        "other bank": f"16-bit pointers, low byte first, into the bank that the byte at {hexadecimal(other_at)} names",
    }[entries]
    wanted = {
        "offset": "the offset in the file of the data to which entry `index` points",
        "byte": f"the byte at {hexadecimal(place)} behind the start of the data to which entry `index` points",
        "length": "how many bytes the data of entry `index` take: they end where those of entry `index` + 1 begin, in the same bank",
    }[result]
    short = {
        "offset": "the file offset of the data of entry `index`",
        "byte": f"byte {hexadecimal(place)} of the data of entry `index` (the first is byte 0)",
        "length": "pointer `index` + 1 minus pointer `index`, both of one bank",
    }[result]
    mapping = "LoROM without a copier header: a bank's $8000-$FFFF are 0x8000 bytes of the file, bank $00's come first, and banks from $80 on mirror those from $00"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns {wanted}. The game's code holds the table's SNES address in its operands: {operands} (offsets in the file). The table has {kind}. The mapping is {mapping}.",
            f"A hack may have moved this table, so I can't hard-code where it is. Read its 24-bit address from the code first: {operands}. Its entries are {kind}. What I need is {wanted}. It's {mapping}.",
            f"Numbers are offsets in the ROM file. Table address: {operands}; entries: {kind}; {mapping}. Return {short}.",
            f"My editor must follow the same road as the game: take the SNES address of a table from the instructions that load it ({operands}), go to the table ({kind}) and give me {wanted}. {mapping}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "low_at": low_at,
            "high_at": high_at,
            "bank_at": bank_at,
            "entries": entries,
            "other_at": other_at * (entries == "other bank"),
            "result": result,
            "place": place * (result == "byte"),
        },
        explanation="The address in the code leads to the table, the table's entry to the data; each is a SNES address, whose bank counts 0x8000 bytes of the file.",
    )
