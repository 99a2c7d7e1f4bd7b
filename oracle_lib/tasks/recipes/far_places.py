"""Addresses and banks: HiROM and LoROM places, mirrors, pointers of all kinds, headers, stack and page arithmetic."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Field,
    Half,
    If,
    Joined,
    Number,
    Read,
    Shifted,
    Switch,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def hirom_file_place(draw: Drawer) -> Made:
    bank, offset = draw.variable(8), draw.variable(16)
    high, low = draw.variable(8), draw.variable(16)
    program = (put(high, masked(bank, 0x3F)), put(low, offset))
    return program, (
        f"Write a routine that converts a HiROM address to an offset in a headerless file: bank byte {bank.address}, offset word {offset.address}. Bits 16 to 21 of the file offset are the bank's low six bits, to the byte {high.address}; the lower 16 bits are the offset, to the word {low.address}.",
        f"HiROM $C0-$FF:xxxx (or a mirror) to PC? Bank {bank.address}, offset word {offset.address}. File offset: byte {high.address} = bank & $3F, word {low.address} = offset.",
        f"byte[{high.address}] = byte[{bank.address}] & $3F; word[{low.address}] = word[{offset.address}].",
        f"My debugger runs on a HiROM cart and should print where in the .sfc something lies. The address is in {offset.address} (16 bits) and {bank.address} (bank, any of the ROM's mirrors). 64 KiB a bank, first bank $C0: the upper part of the place goes to {high.address} (a byte), the lower to {low.address}.",
    )


def fast_mirror(draw: Drawer) -> Made:
    bank, offset, speed = draw.variable(8), draw.variable(16), draw.variable(8)
    fast, slow = draw.one((6, 8), (1, 0), (0, 1))
    program = (
        If(
            Both(check(masked(bank, 0x7F), "<", 0x7E), check(offset, ">=", 0x8000)),
            (put(bank, joined(bank, 0x80)), put(speed, fast)),
            (put(speed, slow),),
        ),
    )
    return program, (
        f"Write a routine that moves a ROM address to its FastROM mirror: if the bank {bank.address} without bit 7 is below $7E and the offset word {offset.address} is $8000 or more, bit 7 of the bank is set and {speed.address} becomes {fast}. Otherwise only {speed.address} becomes {slow}.",
        f"Bank | $80 for ROM, hands off for the rest? Bank byte {bank.address}, offset word {offset.address}; ROM: (bank & $7F) < $7E and offset >= $8000. Byte {speed.address}: {fast} for ROM, {slow} for others.",
        f"rom = (b & $7F) < $7E && word[{offset.address}] >= $8000; if rom: b |= $80; byte[{speed.address}] = rom ? {fast} : {slow}; b = byte[{bank.address}].",
        f"On a FastROM cart the banks from $80 up are quicker. Pointers to LoROM code or data (upper halves of the banks below $7E, or their mirrors with the top bit) shall go there: turn that bit on in {bank.address}. WRAM and the lower halves ({offset.address} under $8000) stay. {speed.address} gets {fast} for what is ROM and {slow} for the rest.",
    )


def sram_place_lorom(draw: Drawer) -> Made:
    bank, offset = draw.variable(8), draw.variable(16)
    place, inside = draw.variable(16), draw.variable(8)
    program = (
        If(
            check(offset, "<", 0x8000),
            (
                put(place, joined(offset, Shifted(Widened(masked(bank, 1)), "left", 15))),
                put(inside, 1),
            ),
            (put(inside, 0),),
        ),
    )
    return program, (
        f"Write a routine that turns a LoROM address into an offset in 64 KiB of SRAM: bank byte {bank.address} ($70 to $7D; only its lowest bit counts, for the banks repeat in pairs), offset word {offset.address}. Offsets below $8000 are SRAM; then the word {place.address} becomes (bank & 1) * $8000 + offset and {inside.address} 1. Else {inside.address} becomes 0 and {place.address} stays.",
        f"Where in the .srm file is $70-$7D:xxxx with 64 KiB of SRAM? bank {bank.address} (bit 0 selects the half), offset {offset.address} (word). Result word {place.address}, byte {inside.address} = 1; offset >= $8000: just {inside.address} = 0.",
        f"s = off < $8000; byte[{inside.address}] = s; if s: word[{place.address}] = off | (bank & 1) << 15; bank = byte[{bank.address}], off = word[{offset.address}].",
        f"A watch window of mine follows save memory on a LoROM board: $8000 bytes in the even banks, $8000 more in the odd ones, lower halves only. Given the bank ({bank.address}) and the 16-bit offset ({offset.address}), compute the byte's number in the save file, {place.address}. {inside.address} tells whether the offset was in the lower half at all (1 or 0); if it wasn't, leave the number alone.",
    )


def sram_place_hirom(draw: Drawer) -> Made:
    bank, offset = draw.variable(8), draw.variable(16)
    place = draw.variable(16)
    program = (
        If(
            Between(Read(offset), 0x6000, 0x7FFF),
            (put(place, joined(minus(offset, 0x6000), Shifted(Widened(masked(bank, 0x07)), "left", 13))),),
            (put(place, 0xFFFF),),
        ),
    )
    return program, (
        f"Write a routine that finds the SRAM offset of a HiROM address in the banks $20 to $3F (bank {bank.address}, offset word {offset.address}): offsets $6000 to $7FFF map to (bank & 7) * $2000 + offset - $6000, stored at the word {place.address}; any other offset gives $FFFF.",
        f"HiROM save RAM, 64 KiB in 8 KiB windows at $6000-$7FFF: SRAM offset for bank byte {bank.address}, address word {offset.address}? (bank & 7) << 13 | (addr - $6000); outside the window: $FFFF. To word {place.address}.",
        f"word[{place.address}] = $6000 <= a <= $7FFF ? (b & 7) * $2000 + (a - $6000) : $FFFF; b = byte[{bank.address}], a = word[{offset.address}].",
        f"This HiROM board shows its save memory in pieces of 8 KiB, at $6000 to $7FFF; eight banks make 64 KiB and then it repeats, so only the bank's low three bits count. For bank {bank.address} and address {offset.address} (byte and word in memory) give the place in the save, 16 bits, at {place.address}; an address outside the window is $FFFF.",
    )


def self_relative_pointer(draw: Drawer) -> Made:
    table = draw.array(16, draw.one(4, 6, 8, 12, 16))
    number, target = draw.variable(8, below=table.length), draw.variable(16)
    base = table.address
    working = Algorithms(draw).own("place", 16)
    program = (
        put(working, plus(Shifted(Widened(Read(number)), "left", 1), int(base) & 0xFFFF)),
        put(target, plus(working, at(table, number))),
    )
    return program, (
        f"Write a routine that resolves a self-relative pointer: entry byte[{number.address}] (0 to {table.length - 1}) of the {table.length} words at {base} is a distance from the entry's own address (its low 16 bits). The sum of both, modulo 65536, goes to the word {target.address}.",
        f"Table of {table.length} words at {base}, each an offset from where that word itself lies. Target address of entry number byte {number.address} (in range) to word {target.address}? 16-bit sum, bank ignored.",
        f"word[{target.address}] = (a + word[a]) & $FFFF with a = ({base} + 2 * byte[{number.address}]) & $FFFF; the index is below {table.length}.",
        f"So that my level data can be moved as a block, its pointers count from their own position. There are {table.length}, two bytes each, from {base}. Take number {number.address} (never out of range): where does it point? Its own 16-bit address plus what it holds, to {target.address}.",
    )


def bank_by_index(draw: Drawer) -> Made:
    index, bank, offset = draw.variable(8), draw.variable(8), draw.variable(16)
    first, second = draw.rng.sample(range(0x20, 0x40), 2)
    shift = draw.one(7, 8)
    split = draw.rng.randrange(0x20, 0xC0 if shift == 7 else 0x80)
    each = 1 << shift
    word = Shifted(Widened(Read(index)), "left", shift)
    later = Shifted(Widened(minus(index, split)), "left", shift)
    program = (
        If(
            check(index, "<", split),
            (put(bank, first), put(offset, plus(word, 0x8000))),
            (put(bank, second), put(offset, plus(later, 0x8000))),
        ),
    )
    return program, (
        f"Write a routine that locates a record in ROM: records 0 to {split - 1} of {each} bytes lie in bank ${first:02X} from $8000 on, those from {split} on in bank ${second:02X} from $8000 on. For number {index.address} (a byte) the bank goes to {bank.address}, the offset to the word {offset.address} (16 bits, wrapping).",
        f"Data split over two banks? Record i = byte {index.address}, {each} bytes each. i < {split}: ${first:02X}:8000 + {each}i; else ${second:02X}:8000 + {each}(i - {split}). Bank -> {bank.address}, offset word -> {offset.address}, modulo 65536.",
        f"i = byte[{index.address}]; (bank, off) = i < {split} ? (${first:02X}, $8000 + {each} * i) : (${second:02X}, $8000 + {each} * (i - {split})); byte[{bank.address}], word[{offset.address}].",
        f"The portraits didn't fit into one bank. {split} of them, {each} bytes each, begin at ${first:02X}:8000; the rest follow at ${second:02X}:8000. Which address has portrait {index.address}? Bank byte to {bank.address} and 16-bit offset to {offset.address} (let it wrap).",
    )


def map_mode_fields(draw: Drawer) -> Made:
    mode, fast, kind = draw.variable(8), draw.variable(8), draw.variable(8)
    codes = draw.rng.sample(range(1, 20), 3)
    program = (
        put(fast, Field(Read(mode), 4, 1)),
        Switch(
            masked(mode, 0x0F),
            ((0, (put(kind, codes[0]),)), (1, (put(kind, codes[1]),)), (5, (put(kind, codes[2]),))),
            (put(kind, 0xFF),),
        ),
    )
    return program, (
        f"Write a routine that reads the map mode of a ROM header, the byte {mode.address}: bit 4 (FastROM) goes to {fast.address} as 0 or 1; by the low nibble {kind.address} becomes {codes[0]} for 0 (LoROM), {codes[1]} for 1 (HiROM), {codes[2]} for 5 (ExHiROM), $FF for others.",
        f"Header byte $FFD5 in {mode.address}: speed bit -> {fast.address} (1 fast). Mapping -> {kind.address}: LoROM {codes[0]}, HiROM {codes[1]}, ExHiROM {codes[2]}, unknown $FF.",
        f"m = byte[{mode.address}]; byte[{fast.address}] = m >> 4 & 1; byte[{kind.address}] = {{0: {codes[0]}, 1: {codes[1]}, 5: {codes[2]}}}.get(m & 15, $FF).",
        f"My boot menu looks at the map mode byte of a game ($20, $21, $30 and so on, copied to {mode.address}). Is it fast? 1 or 0 to {fast.address}. Which mapping? In my numbering LoROM (low digit 0) is {codes[0]}, HiROM (1) {codes[1]}, ExHiROM (5) {codes[2]} and whatever else $FF; to {kind.address}.",
    )


def split_pointer_lists(draw: Drawer) -> Made:
    count = draw.one(6, 8, 12, 16, 24)
    lows, highs, banks = draw.array(8, count), draw.array(8, count), draw.array(8, count)
    number, offset, bank = draw.variable(8), draw.variable(16), draw.variable(8)
    program = (
        If(
            check(number, "<", count),
            (
                put(
                    offset,
                    Joined(
                        Read(at(highs, Binary("min", Read(number), Number(count - 1)))),
                        Read(at(lows, Binary("min", Read(number), Number(count - 1)))),
                    ),
                ),
                put(bank, at(banks, Binary("min", Read(number), Number(count - 1)))),
            ),
            (put(bank, 0),),
        ),
    )
    return program, (
        f"Write a routine that fetches far pointer number byte[{number.address}] from three parallel tables of {count} bytes: low bytes at {lows.address}, high bytes at {highs.address}, banks at {banks.address}. The 16-bit offset goes to the word {offset.address}, the bank to {bank.address}. For a number of {count} or more the bank becomes 0 and the offset stays.",
        f"24-bit pointer out of split tables? low[] {lows.address}, high[] {highs.address}, bank[] {banks.address}, {count} entries; index byte {number.address}. Offset -> word {offset.address}, bank -> byte {bank.address}. Index too big: bank = 0 only.",
        f"i = byte[{number.address}]; i < {count}: word[{offset.address}] = lo[i] | hi[i] << 8, byte[{bank.address}] = bk[i]; else byte[{bank.address}] = 0. lo {lows.address}, hi {highs.address}, bk {banks.address}.",
        f"To index with X alone I keep the scripts' addresses in three lists, {count} long: lower bytes from {lows.address}, upper from {highs.address}, banks from {banks.address}. Script {number.address} is wanted; put its address together in {offset.address} (two bytes) and {bank.address}. There's no bank 0 among them, so a 0 there means: no such script (number {count} and up).",
    )


def return_address_for_rts(draw: Drawer) -> Made:
    table = draw.array(16, draw.one(4, 6, 8))
    state, pushed, valid = draw.variable(8, below=table.length), draw.variable(16), draw.variable(8)
    target = at(table, state)
    program = (
        If(
            check(target, "<", 0x8000),
            (put(valid, 0),),
            (put(pushed, minus(target, 1)), put(valid, 1)),
        ),
    )
    return program, (
        f"Write a routine that prepares the RTS trick: entry byte[{state.address}] (0 to {table.length - 1}) of the {table.length} words at {table.address} is a handler's address. If it is $8000 or more, the word {pushed.address} becomes the address minus 1 and {valid.address} 1; otherwise only {valid.address} becomes 0.",
        f"What must be pushed so that RTS lands in handler n? n = byte {state.address} (in range), handlers: {table.length} words {table.address}. Address - 1 -> word {pushed.address}, byte {valid.address} = 1. An address below $8000 isn't ROM: {valid.address} = 0, nothing else.",
        f"h = word[{table.address} + 2 * byte[{state.address}]]; byte[{valid.address}] = h >= $8000; if so word[{pushed.address}] = h - 1. index < {table.length}.",
        f"RTS adds one to what it pulls. My dispatcher takes the handler of the state in {state.address} out of a table of {table.length} addresses in RAM ({table.address}) and needs the value to push in {pushed.address}. Entries under $8000 are empty; then leave the value and write 0 to {valid.address}, otherwise 1.",
    )


def immediate_length(draw: Drawer) -> Made:
    opcode, flags, length = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(length, 2),
        If(
            check(masked(opcode, 0x0F), "==", 0x09),
            (when(Bits(Read(flags), 0x20, "none"), put(length, 3)),),
            (when(Bits(Read(flags), 0x10, "none"), put(length, 3)),),
        ),
    )
    return program, (
        f"Write a routine that tells how long an immediate instruction is: the opcode is in {opcode.address}, the status register in {flags.address}. If the opcode's low nibble is 9 it uses the accumulator: {length.address} becomes 3 if the M bit ($20) is clear, else 2. Any other opcode uses an index register: 3 if the X bit ($10) is clear, else 2.",
        f"Size of #immediate opcodes for a disassembler? Opcode byte {opcode.address}, P byte {flags.address}. x9: 3 with M = 0, 2 with M = 1. Others (LDX, LDY, CPX, CPY): 3 with X = 0, 2 with X = 1. To {length.address}.",
        f"byte[{length.address}] = P & (op & 15 == 9 ? $20 : $10) ? 2 : 3; op = byte[{opcode.address}], P = byte[{flags.address}].",
        f"My on-screen tracer must skip operands correctly. Accumulator immediates (low digit 9) take three bytes when A is 16 bits wide, the rest, which are LDX and the like, when the index registers are; two otherwise. Opcode: {opcode.address}; processor status: {flags.address}; result: {length.address}.",
    )


def direct_page_effective(draw: Drawer) -> Made:
    page, offset, index, address, slow = (
        draw.variable(16),
        draw.variable(8),
        draw.variable(8),
        draw.variable(16),
        draw.variable(8),
    )
    program = (
        put(address, plus(plus(page, Widened(Read(offset))), Widened(Read(index)))),
        If(check(Half(Read(page), False), "!=", 0), (put(slow, 1),), (put(slow, 0),)),
    )
    return program, (
        f"Write a routine that computes a direct page indexed address: the word {page.address} (D) plus the byte {offset.address} (operand) plus the byte {index.address} (X), modulo 65536, to the word {address.address}. {slow.address} becomes 1 if D's low byte isn't 0 (one cycle more), else 0.",
        f"Effective address of LDA dp,X in native mode? D word {page.address}, dp byte {offset.address}, X byte {index.address}. Sum, 16 bits, bank 0 -> word {address.address}; byte {slow.address} = 1 when D isn't page-aligned.",
        f"word[{address.address}] = (D + dp + X) & $FFFF; byte[{slow.address}] = (D & $FF) != 0; D = word[{page.address}], dp = byte[{offset.address}], X = byte[{index.address}].",
        f"My little emulator handles dp,X: add the direct register ({page.address}, two bytes), the operand ({offset.address}) and X ({index.address}, eight bits here); it all stays in bank 0, so overflow is cut off. Address to {address.address}. And as DL other than zero costs a cycle, note that number of extra cycles, 0 or 1, in {slow.address}.",
    )


def stack_watermark(draw: Drawer) -> Made:
    stack, depth, deepest, alarm = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(8)
    top = draw.one(0x01FF, 0x1FFF, 0x02FF)
    limit = draw.one(0x40, 0x60, 0x80, 0xC0)
    program = (
        put(depth, minus(Number(top, 16), stack)),
        when(check(depth, ">", deepest), put(deepest, depth)),
        If(check(depth, ">=", limit), (put(alarm, 1),), (put(alarm, 0),)),
    )
    return program, (
        f"Write a routine that watches the stack: the depth ${top:04X} minus the stack pointer saved in the word {stack.address} (modulo 65536) goes to the word {depth.address}; if it is greater than the word {deepest.address}, that becomes the depth too; {alarm.address} becomes 1 if the depth is ${limit:02X} or more, else 0.",
        f"Stack usage monitor? S word {stack.address}, empty at ${top:04X}. Used bytes -> word {depth.address}, maximum so far -> word {deepest.address}, byte {alarm.address} = used >= {limit}. Unsigned.",
        f"d = (${top:04X} - word[{stack.address}]) & $FFFF; word[{depth.address}] = d; word[{deepest.address}] = max(word[{deepest.address}], d); byte[{alarm.address}] = d >= {limit}.",
        f"I suspect my hack of eating the stack. It starts at ${top:04X} and grows downwards; NMI leaves S in {stack.address}. Record how many bytes are in use ({depth.address}), the most there ever were ({deepest.address}), both words, and raise the flag {alarm.address} (1) at {limit} bytes and above, lower it (0) below.",
    )


def page_cross_penalty(draw: Drawer) -> Made:
    base, index, cycles, address = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(16)
    least = draw.one(4, 5)
    program = (
        put(address, plus(base, Widened(Read(index)))),
        put(cycles, least),
        when(check(Half(Read(address), True), "!=", Half(Read(base), True)), more(cycles)),
    )
    return program, (
        f"Write a routine that counts the cycles of an indexed read: the word {base.address} plus the byte {index.address} (modulo 65536) goes to the word {address.address}; {cycles.address} becomes {least}, or {least + 1} if the high byte of the sum differs from that of the base.",
        f"LDA abs,X with 8-bit X: page crossing? base word {base.address}, X byte {index.address}; effective address -> word {address.address}; cycles -> byte {cycles.address}: {least}, one more when a page boundary is crossed.",
        f"word[{address.address}] = (word[{base.address}] + byte[{index.address}]) & $FFFF; byte[{cycles.address}] = {least} + (high byte changed).",
        f"A cycle counter in my tool: absolute indexed reads take {least} cycles, and one more when adding the index ({index.address}) carries from the low into the high byte of the base ({base.address}). Write the cycles to {cycles.address} and the address, two bytes and wrapping, to {address.address}.",
    )


def banks_of_block(draw: Drawer) -> Made:
    offset, length, count = draw.variable(16), draw.variable(16), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, masked(offset, 0x7FFF)),
        put(count, 1),
        put(rest, minus(Number(0x8000, 16), rest)),
        when(
            check(length, ">", rest),
            more(count),
            when(check(minus(length, rest), ">", 0x8000), more(count)),
        ),
    )
    return program, (
        f"Write a routine that counts the LoROM banks a block of data touches: it starts at the offset in the word {offset.address} within its bank (only its low 15 bits matter) and is word[{length.address}] bytes long (at least 1 byte is assumed even at 0); every bank holds $8000 bytes. The number, 1 to 3, goes to {count.address}.",
        f"How many 32 KiB banks does a block span? Start offset word {offset.address} (& $7FFF), length word {length.address}, 0 counts as one bank. 1, 2 or 3 to byte {count.address}.",
        f"first = $8000 - (word[{offset.address}] & $7FFF); n = word[{length.address}]; byte[{count.address}] = 1 + (n > first) + (n > first && n - first > $8000).",
        f"Before copying I check how often the bank will change. The block begins {offset.address} into the ROM half of a LoROM bank (ignore the top bit), it has {length.address} bytes, both words. If it ends within this bank that's 1, within the next 2, else 3; an empty block counts as 1. Answer in {count.address}.",
    )


def rats_tag(draw: Drawer) -> Made:
    size_, inverse, result = draw.variable(16), draw.variable(16), draw.variable(16)
    hit = draw.variable(8)
    program = (
        put(result, 0),
        If(
            check(masked(toggled(size_, inverse), 0xFF), "==", 0xFF),
            (put(result, plus(size_, 9)), put(hit, 1)),
            (put(hit, 0),),
        ),
    )
    return program, (
        f"Write a routine that uses the size field of a RATS tag: the word {size_.address} is the size less 1, the word {inverse.address} should be its complement, but only the low bytes are checked. If their exclusive-or is $FF, the word {result.address} becomes the size field plus 9 (tag and data together) and {hit.address} 1. If not, both become 0.",
        f"How far to skip over a RATS-protected block? size-1 word {size_.address}, inverted copy word {inverse.address}. Low bytes complementary: word {result.address} = size-1 + 1 + 8 tag bytes, byte {hit.address} = 1. Else both 0.",
        f"ok = ((word[{size_.address}] ^ word[{inverse.address}]) & $FF) == $FF; word[{result.address}] = ok ? word[{size_.address}] + 9 : 0; byte[{hit.address}] = ok.",
        f"Walking through a bank I meet \"STAR\", then the data's size minus one ({size_.address}) and the same with all bits flipped ({inverse.address}). A quick test of the lower bytes is enough for me. When they fit, tell me how many bytes to jump from the tag's start: eight for the tag plus the data, 16 bits to {result.address}, with a 1 in {hit.address}. When they don't, zeros in both.",
    )


RECIPES = (
    hirom_file_place,
    fast_mirror,
    sram_place_lorom,
    sram_place_hirom,
    self_relative_pointer,
    bank_by_index,
    map_mode_fields,
    split_pointer_lists,
    return_address_for_rts,
    immediate_length,
    direct_page_effective,
    stack_watermark,
    page_cross_penalty,
    banks_of_block,
    rats_tag,
)
