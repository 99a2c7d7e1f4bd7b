"""Address arithmetic: banks and offsets, LoROM and HiROM, pages, records and tables, 24-bit pointers kept in WRAM."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Either,
    Field,
    Half,
    If,
    Number,
    Read,
    Scaled,
    Shifted,
    Unary,
    Variable,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, either, joined, masked, minus, more, plus, put, toggled, when

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def file_offset_of_lorom(draw: Drawer) -> Made:
    bank, offset = draw.variable(8), draw.variable(16)
    low, high = draw.variable(16), draw.variable(8)
    odd = Shifted(Widened(masked(bank, 1)), "left", 15)
    program = (
        put(low, joined(masked(offset, 0x7FFF), odd)),
        put(high, Field(Read(bank), 1, 6)),
    )
    return program, (
        f"Write a routine that converts a LoROM address to a file offset without header: bank in the byte {bank.address}, address in the word {offset.address}. The offset's low 16 bits (address & $7FFF, with the bank's lowest bit as bit 15) go to the word {low.address}, its upper byte ((bank & $7F) / 2) to {high.address}.",
        f"How do I map a LoROM bank and address to the place in the ROM file? Bank byte {bank.address} (bit 7 doesn't matter), address word {offset.address}. File offset = (bank & $7F) * $8000 + (address & $7FFF): low word {low.address}, high byte {high.address}.",
        f"f = (byte[{bank.address}] & $7F) << 15 | (word[{offset.address}] & $7FFF); word[{low.address}] = f & $FFFF; byte[{high.address}] = f >> 16.",
        f"An in-game hex viewer shows where something lies in the .sfc file. It is in bank {bank.address} at {offset.address} (16-bit), LoROM: half banks of 32 KiB in a row, fast and slow banks alike. Write the 24-bit offset: two lower bytes to {low.address}, top byte to {high.address}.",
    )


def lorom_of_file_offset(draw: Drawer) -> Made:
    low, high = draw.variable(16), draw.variable(8, below=0x40)
    bank, offset = draw.variable(8), draw.variable(16)
    fast = draw.maybe(0.4)
    top = Half(Shifted(Read(low), "rotate left", 1), False)
    made = joined(Shifted(Read(high), "left", 1), masked(top, 1))
    program = (
        put(bank, joined(made, 0x80) if fast else made),
        put(offset, joined(low, 0x8000)),
    )
    plus_80 = " | $80" if fast else ""
    said = ", plus $80 for fast ROM" if fast else ""
    return program, (
        f"Write a routine that converts a file offset (no header) to a LoROM address. The offset's low word is {low.address}, its high byte {high.address} (below $40). Bank = high byte * 2 + bit 15 of the low word{said}, to {bank.address}; address = low word with bit 15 set, to the word {offset.address}.",
        f"How do I get the SNES address of a byte in a LoROM file? Offset: word {low.address} (low 16 bits), byte {high.address} (bits 16-21, < $40). Byte {bank.address} = (offset >> 15){plus_80}; word {offset.address} = offset & $7FFF | $8000.",
        f"o = byte[{high.address}] << 16 | word[{low.address}]; byte[{bank.address}] = o >> 15{plus_80}; word[{offset.address}] = (o & $7FFF) | $8000; high byte < $40.",
        f"My patcher knows a position in the ROM file: {high.address} holds its upper byte (at most $3F), {low.address} the lower two. The console sees each 32 KiB at $8000 of a bank of its own. Bank number{said} to {bank.address}, address within it to {offset.address} (two bytes).",
    )


def lorom_next_address(draw: Drawer) -> Made:
    offset, bank = draw.variable(16), draw.variable(8)
    step = draw.one(1, 1, 2, 4, 0x20)
    program = (
        more(offset, step),
        when(
            Bits(Read(offset), 0x8000, "none"),
            put(offset, joined(offset, 0x8000)),
            more(bank),
        ),
    )
    return program, (
        f"Write a routine that moves a LoROM read position on by {step}: the word {offset.address} grows by {step} (modulo 65536); if its bit 15 is clear then, it is set and the bank byte {bank.address} rises by 1.",
        f"How do I step a pointer across LoROM banks? Address word {offset.address} += {step}; when it has left $8000-$FFFF (bit 15 clear): OR it with $8000 and ++ the bank byte {bank.address}.",
        f"word[{offset.address}] += {step}; if word[{offset.address}] < $8000: word[{offset.address}] |= $8000, ++byte[{bank.address}].",
        f"The decompressor reads data that goes over bank borders. Its position is {bank.address} (bank) and {offset.address} (16-bit address). Go {step} byte(s) further; if that leads to an address under $8000, add $8000 to it and take the next bank.",
    )


def long_pointer_plus_words(draw: Drawer) -> Made:
    pointer, result = draw.variable(24), draw.variable(24)
    step = draw.one(1, 2, 3, 5, 0x10, 0x100, 0x8000, 0x10000)
    back = draw.maybe(0.3)
    program = (put(result, Binary("subtract" if back else "add", Read(pointer), Number(step, 24))),)
    sign, verb = ("-", "before") if back else ("+", "behind")
    return program, (
        f"Write a routine that stores the 24-bit address {step} bytes {verb} the one in the three bytes at {pointer.address} to the three bytes at {result.address} (low byte first, modulo 2^24).",
        f"How do I compute a long pointer {sign} ${step:X}? Source: 3 bytes {pointer.address}; result: 3 bytes {result.address}; the carry goes into the bank byte.",
        f"long[{result.address}] = long[{pointer.address}] {sign} ${step:06X} (24 bits).",
        f"A record's address is in {pointer.address} (address low, address high, bank). What lies ${step:X} {verb} it? Put that address at {result.address}, three bytes as well; crossing a bank is fine, they are flat here.",
    )


def pointer_in_range(draw: Drawer) -> Made:
    pointer, start, end, result = draw.variable(24), draw.variable(24), draw.variable(24), draw.variable(8)
    code = draw.rng.randrange(1, 256)
    program = (
        put(result, 0),
        when(check(pointer, ">=", start), when(check(pointer, "<", end), put(result, code))),
    )
    return program, (
        f"Write a routine that checks whether the 24-bit address at {pointer.address} lies in a region: not below the one at {start.address} and below the one at {end.address} (unsigned). {result.address} becomes ${code:02X} if so, else 0.",
        f"How do I test start <= pointer < end with long addresses? pointer {pointer.address}, start {start.address}, end {end.address}, three bytes each, low byte first. Byte {result.address}: ${code:02X} inside, 0 outside.",
        f"byte[{result.address}] = long[{start.address}] <= long[{pointer.address}] < long[{end.address}] ? ${code:02X} : 0.",
        f"The debugger stops at writes to a watched block. Its first address is in {start.address}, the first behind it in {end.address}, the write's address in {pointer.address} (24 bits each). Report ${code:02X} at {result.address} for a hit, otherwise 0.",
    )


def bytes_to_bank_end(draw: Drawer) -> Made:
    offset, length, first = draw.variable(16), draw.variable(16), draw.variable(16)
    rest = draw.variable(16)
    program = (
        put(first, Unary("negate", Read(offset))),
        If(
            Either(check(first, "==", 0), check(length, "<=", first)),
            (put(first, length), put(rest, 0)),
            (put(rest, minus(length, first)),),
        ),
    )
    return program, (
        f"Write a routine that splits a block at a bank's end. It starts at the address in the word {offset.address} and has word[{length.address}] bytes. From there to the end of the 64 KiB bank there are $10000 - start bytes (if start is 0 everything fits). The word {first.address} becomes the bytes that fit, the word {rest.address} those left over (0 if all fit).",
        f"How do I cut a transfer that crosses $FFFF? start: word {offset.address}, length: word {length.address}. room = $10000 - start. first (word {first.address}) = min(length, room), rest (word {rest.address}) = length - first.",
        f"room = $10000 - word[{offset.address}]; word[{first.address}] = min(word[{length.address}], room); word[{rest.address}] = word[{length.address}] - word[{first.address}].",
        f"DMA doesn't go on in the next bank. My block of {length.address} bytes (word) begins at offset {offset.address} (word) of its bank; say how many of them can be sent before the bank ends ({first.address}) and how many need a second transfer ({rest.address}), words.",
    )


def record_address(draw: Drawer) -> Made:
    number, address = draw.variable(8), draw.variable(16)
    stride = draw.one(3, 5, 6, 7, 10, 12, 14, 20, 24, 28)
    base, offset = draw.rng.randrange(0x1000, 0xC000), draw.rng.randrange(0, stride)
    made = plus(Scaled(Widened(Read(number)), stride), base + offset)
    inner = f" plus the field's offset {offset}" if offset else ""
    return (put(address, made),), (
        f"Write a routine that computes the address of a field in a table of records: ${base:04X} plus {stride} times the byte {number.address}{inner}; 16 bits, to the word {address.address}.",
        f"How do I address record byte[{number.address}] of a table at ${base:04X} with {stride} bytes a record{f', field at +{offset}' if offset else ''}? Word {address.address}.",
        f"word[{address.address}] = ${base:04X} + {stride} * byte[{number.address}]{f' + {offset}' if offset else ''} (mod 65536).",
        f"Monster data begins at ${base:04X}, {stride} bytes for each kind{f'; what I want is {offset} bytes in' if offset else ''}. Kind number {number.address} (a byte) - store the 16-bit address at {address.address}.",
    )


def align_up(draw: Drawer) -> Made:
    address, gap = draw.variable(16), draw.variable(16)
    bits = draw.rng.randrange(1, 9)
    unit = 1 << bits
    program = (
        put(gap, masked(Unary("negate", Read(address)), unit - 1)),
        more(address, gap),
    )
    return program, (
        f"Write a routine that aligns the word {address.address} upwards to a multiple of {unit} (modulo 65536) and stores how many bytes were skipped at the word {gap.address}.",
        f"How do I round an address up to {unit}? Word {address.address}; skipped bytes (0 to {unit - 1}) to word {gap.address}. An aligned address stays.",
        f"g = -word[{address.address}] & ${unit - 1:04X}; word[{gap.address}] = g; word[{address.address}] += g.",
        f"My allocator hands out memory at multiples of {unit}. The next free address is {address.address} (two bytes): push it up to such a multiple if it isn't one, and leave the wasted bytes at {gap.address}, 16-bit too.",
    )


def same_page(draw: Drawer) -> Made:
    one, other, result = draw.variable(16), draw.variable(16), draw.variable(8)
    bits = draw.one(8, 8, 5, 10, 12, 13)
    name = {8: "page of 256 bytes", 5: "row of 32 bytes", 10: "kilobyte", 12: "4 KiB block", 13: "8 KiB block"}[bits]
    mask = 0xFFFF ^ ((1 << bits) - 1)
    same = Bits(toggled(one, other), mask, "none")
    yes, no = draw.one((1, 0), (0xFF, 0), (0x80, 0x00))
    return (put(result, either(same, yes, no)),), (
        f"Write a routine that tells whether two 16-bit addresses, the words {one.address} and {other.address}, lie in the same {name}: {result.address} becomes ${yes:02X} if so, else ${no:02X}.",
        f"How do I compare addresses by {name}? Words {one.address}, {other.address}: equal under mask ${mask:04X} -> byte {result.address} = ${yes:02X}, otherwise ${no:02X}.",
        f"byte[{result.address}] = ((word[{one.address}] ^ word[{other.address}]) & ${mask:04X}) == 0 ? ${yes:02X} : ${no:02X}.",
        f"The cache line is a {name} (aligned). Has the pointer in {one.address} left the one that {other.address} points into? Both are words. {result.address}: ${yes:02X} still the same, ${no:02X} another one.",
    )


def split_long(draw: Drawer) -> Made:
    pointer = draw.place(3)
    low = Variable("SourceLow", "source address", pointer, 16)
    bank = Variable("SourceBank", "source bank", pointer + 2, 8)
    address, page = draw.variable(16), draw.variable(8)
    mirrored = draw.maybe(0.5)
    program = (
        put(address, low),
        put(page, toggled(bank, 0x80) if mirrored else masked(bank, 0x7F)),
    )
    what = "with bit 7 inverted" if mirrored else "without bit 7"
    sign = "^ $80" if mirrored else "& $7F"
    return program, (
        f"Write a routine that splits the 24-bit address at {pointer} (low byte first): its lower two bytes go to the word {address.address}, its bank (the byte {pointer + 2}) {what} to {page.address}.",
        f"How do I take a long pointer apart? Three bytes, {pointer} to {pointer + 2}. Word {address.address} = offset, byte {page.address} = bank {sign}.",
        f"word[{address.address}] = word[{pointer}]; byte[{page.address}] = byte[{pointer + 2}] {sign}.",
        f"A three-byte pointer is at {pointer}, its bank byte at {pointer + 2}. My copy routine wants offset and bank in separate places: {address.address} (16-bit) and {page.address}, and the bank in its {'other mirror: toggle $80' if mirrored else 'slow mirror: $80 off'}.",
    )


def join_long(draw: Drawer) -> Made:
    address, bank = draw.variable(16), draw.variable(8)
    pointer = draw.place(3)
    low = Variable("TargetLow", "target address", pointer, 16)
    high = Variable("TargetBank", "target bank", pointer + 2, 8)
    step = draw.one(0, 1, 2, 4, 0x80)
    top = draw.one(0x7F, 0x80, 0xC0)
    program = (
        put(low, plus(address, step) if step else address),
        put(high, masked(bank, 0x7F) if top == 0x7F else joined(bank, top)),
    )
    bank_text = f"{bank.address} & $7F" if top == 0x7F else f"{bank.address} | ${top:02X}"
    plus_text = f" + {step}" if step else ""
    more_text = f", {step} more (modulo 65536, the bank is not affected)" if step else ""
    return program, (
        f"Write a routine that builds a 24-bit pointer at {pointer} (low byte first): the offset is the word {address.address}{more_text}; the bank, in {pointer + 2}, is the byte {bank.address} {'with bit 7 cleared' if top == 0x7F else f'with the bits ${top:02X} set'}.",
        f"How do I make a long pointer of a word and a bank? Offset word[{address.address}]{plus_text} to the first two bytes at {pointer}, bank {bank_text} to the third, {pointer + 2}.",
        f"word[{pointer}] = word[{address.address}]{plus_text}; byte[{pointer + 2}] = byte[{bank.address}] {'&' if top == 0x7F else '|'} ${top:02X}.",
        f"My copier follows the three bytes {pointer} to {pointer + 2}. The data's offset is kept in {address.address}{f' (skip its {step} header bytes; offsets wrap inside of the bank)' if step else ''} and its bank in {bank.address}, which has to go in {'without' if top == 0x7F else 'with'} {'its top bit' if top == 0x7F else f'${top:02X} switched on'}.",
    )


def is_wram_mirror(draw: Drawer) -> Made:
    bank, offset, result = draw.variable(8), draw.variable(16), draw.variable(8)
    low_bank = Bits(Read(bank), 0x40, "none")
    program = (put(result, either(Both(low_bank, check(offset, "<", 0x2000)), 1, 0)),)
    return program, (
        f"Write a routine that tells whether an address is a mirror of low WRAM: {result.address} becomes 1 if bit 6 of the bank byte {bank.address} is clear and the word {offset.address} is below $2000, else 0.",
        f"How do I recognise $0000-$1FFF of banks $00-$3F and $80-$BF? Bank byte {bank.address}, offset word {offset.address}. Byte {result.address} = 1 (WRAM mirror) or 0.",
        f"byte[{result.address}] = (byte[{bank.address}] & $40) == 0 && word[{offset.address}] < $2000 ? 1 : 0.",
        f"My trace log marks accesses to the first 8 KiB of work RAM that are made through a system bank. The access went to offset {offset.address} (word) in bank {bank.address}; system banks are those without $40. Mark: 1 at {result.address}, otherwise 0.",
    )


def kind_of_region(draw: Drawer) -> Made:
    offset, result = draw.variable(16), draw.variable(8)
    codes = draw.rng.sample(range(256), 4)
    program = (
        If(
            check(offset, ">=", 0x8000),
            (put(result, codes[3]),),
            (
                If(
                    check(offset, ">=", 0x6000),
                    (put(result, codes[2]),),
                    (If(check(offset, ">=", 0x2000), (put(result, codes[1]),), (put(result, codes[0]),)),),
                ),
            ),
        ),
    )
    a, b, c, d = (f"${code:02X}" for code in codes)
    return program, (
        f"Write a routine that classifies a system bank's address, the word {offset.address}: below $2000 {result.address} becomes {a}, from $2000 to $5FFF {b}, from $6000 to $7FFF {c}, from $8000 on {d}.",
        f"How do I sort an address into WRAM, registers, expansion and ROM? Word {offset.address}: < $2000 -> {a}; < $6000 -> {b}; < $8000 -> {c}; else {d}. Byte {result.address}.",
        f"byte[{result.address}] = a < $2000 ? {a} : a < $6000 ? {b} : a < $8000 ? {c} : {d}; a = word[{offset.address}], unsigned.",
        f"Memory viewer: colour code of the address in {offset.address}, 16-bit. Work RAM ($0000-$1FFF) {a}, hardware ($2000-$5FFF) {b}, cartridge RAM ($6000-$7FFF) {c}, ROM ($8000-$FFFF) {d}. Code to {result.address}.",
    )


def relative_branch_target(draw: Drawer) -> Made:
    address, distance, target = draw.variable(16), draw.variable(8, signed=True), draw.variable(16)
    size = draw.one(2, 2, 3)
    made = plus(plus(address, size), Widened(Read(distance), True))
    return (put(target, made),), (
        f"Write a routine that computes where a relative branch goes: the word {address.address} (address of the instruction, which is {size} bytes long) plus {size} plus the signed byte {distance.address}, modulo 65536; to the word {target.address}.",
        f"How do I decode a branch offset? Instruction at word[{address.address}], {size} bytes; displacement: signed byte {distance.address}, counted from the next instruction. Target word {target.address}.",
        f"word[{target.address}] = word[{address.address}] + {size} + signed(byte[{distance.address}]).",
        f"My script language has jumps like the 65816's: an opcode of {size} bytes whose last byte ({distance.address}, -128 to 127) is added to the address behind it. The opcode is at {address.address} (two bytes). Store the place to go on at {target.address}.",
    )


def branch_reaches(draw: Drawer) -> Made:
    source, target, result, code = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    distance = Algorithms(draw).own("distance", 16)
    program = (
        put(distance, minus(target, plus(source, 2))),
        put(code, Half(Read(distance), False)),
        put(result, either(check(plus(distance, 128), "<", 256), 1, 0)),
    )
    return program, (
        f"Write a routine that makes a branch's operand: distance = word {target.address} minus (word {source.address} + 2), 16 bits. Its low byte goes to {code.address}; {result.address} becomes 1 if the distance is from -128 to 127 (signed), else 0.",
        f"How do I check whether a 2-byte branch reaches? Branch at word[{source.address}], target word[{target.address}]. d = target - source - 2; byte {code.address} = d & $FF; byte {result.address} = -128 <= d <= 127 ? 1 : 0.",
        f"d = (word[{target.address}] - word[{source.address}] - 2) mod 65536 as signed; byte[{code.address}] = low(d); byte[{result.address}] = (d + 128) mod 65536 < 256.",
        f"A tiny assembler in WRAM: a BRA stands at {source.address} and should go to {target.address} (both words). Write its operand byte to {code.address} and whether it is within reach, 1 or 0, to {result.address}.",
    )


def table_bound(draw: Drawer) -> Made:
    start, size, end, wrapped = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(end, plus(start, size)),
        put(wrapped, either(check(end, "<", start), 1, 0)),
    )
    return program, (
        f"Write a routine that computes a block's end: the sum of the words {start.address} and {size.address}, modulo 65536, to the word {end.address}; {wrapped.address} becomes 1 if the sum did not fit in 16 bits, else 0.",
        f"How do I detect that start + size overflows the bank? Words {start.address}, {size.address}; end word {end.address}; byte {wrapped.address} = 1 on carry, 0 without.",
        f"word[{end.address}] = word[{start.address}] + word[{size.address}]; byte[{wrapped.address}] = the carry of that sum.",
        f"A resource begins at {start.address} and is {size.address} bytes long (words). The address right behind it belongs at {end.address}; {wrapped.address} tells whether it has run into the next bank (1) or not (0).",
    )


def checksum_complement(draw: Drawer) -> Made:
    checksum, complement, result = draw.variable(16), draw.variable(16), draw.variable(8)
    good, bad = draw.one((1, 0), (0, 1), (0, 0xFF))
    program = (put(result, either(check(toggled(checksum, complement), "==", 0xFFFF), good, bad)),)
    return program, (
        f"Write a routine that verifies a ROM header: {result.address} becomes ${good:02X} if the word {checksum.address} and the word {complement.address} are each other's complement (their exclusive-or is $FFFF), else ${bad:02X}.",
        f"How do I test checksum and inverse checksum? Words {checksum.address} and {complement.address}; a ^ b == $FFFF -> byte {result.address} = ${good:02X}, otherwise ${bad:02X}.",
        f"byte[{result.address}] = (word[{checksum.address}] ^ word[{complement.address}]) == $FFFF ? ${good:02X} : ${bad:02X}.",
        f"A mapper guess: the header is real if its checksum ({checksum.address}) is the bitwise opposite of the number before it ({complement.address}), both 16 bits. Say ${good:02X} (real) or ${bad:02X} at {result.address}.",
    )


def rom_size_code(draw: Drawer) -> Made:
    kilobytes, code = draw.variable(16), draw.variable(8)
    working = Algorithms(draw)
    size, shown = working.own("size", 16), working.own("shown")
    program = (
        put(size, 1),
        put(shown, 0),
        While(
            Both(check(size, "<", kilobytes), check(shown, "<", 13)),
            (put(size, Shifted(Read(size), "left", 1)), more(shown)),
        ),
        put(code, shown),
    )
    return program, (
        f"Write a routine that finds the size code of a ROM header: the smallest n from 0 to 13 with 1 << n at least the word {kilobytes.address} (size in KiB), but 13 if none is enough. Store n at {code.address}.",
        f"How do I compute the ROM size byte ($FFD7)? KiB in word {kilobytes.address}; code n: 2^n KiB, rounded up, at most 13. Byte {code.address}.",
        f"byte[{code.address}] = min(13, least n with (1 << n) >= word[{kilobytes.address}]).",
        f"In the header a size of 2^n kilobytes is written as n. My image has {kilobytes.address} of them (16-bit). Round up to a power of two, not beyond n = 13, and put n at {code.address}.",
    )


RECIPES = (
    file_offset_of_lorom,
    lorom_of_file_offset,
    lorom_next_address,
    long_pointer_plus_words,
    pointer_in_range,
    bytes_to_bank_end,
    record_address,
    align_up,
    same_page,
    split_long,
    join_long,
    is_wram_mirror,
    kind_of_region,
    relative_branch_target,
    branch_reaches,
    table_bound,
    checksum_complement,
    rom_size_code,
)
