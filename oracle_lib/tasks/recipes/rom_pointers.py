"""Addresses of cartridges and the lists they stand in: steps, distances, homes of blocks, moves and repairs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Half,
    Here,
    If,
    Index,
    Number,
    Quotient,
    Read,
    Report,
    Scaled,
    Shifted,
    Stop,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def lorom_step_back(draw: Drawer) -> Made:
    place, bank = draw.variable(16), draw.variable(8)
    back = draw.one(1, 2, 3, 8, 16, 32, draw.rng.randrange(2, 0x200))
    program = (
        less(place, back),
        when(check(place, "<", 0x8000), more(place, 0x8000), less(bank)),
    )
    return program, (
        f"Move the LoROM pointer (address word {place.address}, bank byte {bank.address}) back by {back} bytes. The address is taken modulo 65,536; if it ends up below $8000, add $8000 and lower the bank by one (wrapping).",
        f"LoROM pointer -= {back}: word {place.address}, bank {bank.address}. Under $8000 -> + $8000, bank - 1.",
        f"a -= {back}; if a < $8000: a += $8000, b -= 1 (mod 256). a = word[{place.address}], b = byte[{bank.address}].",
        f"My decompressor reads backwards through ROM. Step its source, whose address lies at {place.address} (16 bits) and whose bank lies at {bank.address}, {back} bytes towards the start. ROM occupies only the upper half of each bank, so an address that has fallen below $8000 belongs $8000 higher in the bank before.",
    )


def lorom_distance(draw: Drawer) -> Made:
    starts, ends = draw.variable(16), draw.variable(16)
    first, last, result = draw.variable(8), draw.variable(8), draw.variable(16)
    span = Algorithms(draw).own("span", 16)
    program = (
        put(span, minus(ends, starts)),
        when(Bits(Binary("subtract", Read(last), Read(first)), 1, "any"), more(span, 0x8000)),
        put(result, span),
    )
    return program, (
        f"How many bytes lie from one LoROM address to another? Start: word {starts.address} in bank {first.address}; end: word {ends.address} in bank {last.address}. A bank has $8000 bytes, so the answer is end - start + $8000 * (end bank - start bank), modulo 65,536, to the word {result.address}.",
        f"word[{result.address}] = (e - s + $8000 * (eb - sb)) & $FFFF; s {starts.address}, e {ends.address} (words), sb {first.address}, eb {last.address} (bytes).",
        f"LoROM distance {first.address}:{starts.address} -> {last.address}:{ends.address} (bank byte : address word), 16 bits, to {result.address}. Every bank counts $8000 bytes.",
        f"A piece of music starts in bank {first.address} at address {starts.address} and stops before address {ends.address} of bank {last.address}; all of it is LoROM. I need its length in {result.address}, only the low 16 bits (addresses are words, banks bytes).",
    )


def find_home_in_rom(draw: Drawer) -> Made:
    free, bank, length = draw.variable(16), draw.variable(8), draw.variable(16, below=0x8001)
    start, home = draw.variable(16), draw.variable(8)
    end = Algorithms(draw).own("end", 16)
    program = (
        put(end, plus(free, length)),
        when(
            Either(check(free, "==", 0), Both(check(end, "<", free), check(end, "!=", 0))),
            put(free, 0x8000),
            more(bank),
            put(end, plus(length, 0x8000)),
        ),
        put(start, free),
        put(home, bank),
        put(free, end),
    )
    return program, (
        f"Reserve word[{length.address}] bytes of LoROM space (at most $8000). Free space begins at word {free.address} in bank {bank.address}. If that is 0 (bank full) or the block would run past $FFFF, it begins at $8000 of the next bank instead (both variables move there). Its address goes to {start.address} (word), its bank to {home.address} (byte), and the free address becomes the block's address plus its length, which is $0000 if it just fills the bank.",
        f"ROM bump allocator: free {bank.address}:{free.address} (byte, word), size word {length.address} <= $8000. No crossing of $FFFF (ending exactly there is fine; free is then 0, which means full the next time): otherwise bank + 1, from $8000. Result {home.address}:{start.address}; free address += size.",
        f"e = f + n (16 bits); if f == 0 or (e < f and e != 0): f = $8000, ++bank, e = $8000 + n; store f at {start.address}, bank at {home.address}; f = e. f word {free.address}, bank {bank.address}, n word {length.address} <= $8000.",
        f"My level editor puts levels one behind the other into the ROM, but none may cross a bank. The next free byte is told by {free.address} (address) and {bank.address} (bank). For a level of {length.address} bytes (a word of $8000 or less) find the place: here, if the address isn't 0 (full) and address + length is not beyond $10000, else at $8000 one bank on. Write the place to {start.address} and {home.address} and move the free address behind the level (modulo $10000).",
    )


def frame_in_banks(draw: Drawer) -> Made:
    frame, place, bank = draw.variable(8), draw.variable(16), draw.variable(8)
    shift, first = draw.one(9, 10, 8), draw.rng.randrange(0x20, 0x60)
    per = 1 << (15 - shift)
    index = 15 - shift
    offset = Shifted(Widened(masked(frame, per - 1)), "left", shift)
    program = (
        put(place, joined(offset, 0x8000)),
        put(bank, plus(Shifted(Read(frame), "right", index), first)),
    )
    return program, (
        f"Animation frames of ${1 << shift:X} bytes lie one behind the other in LoROM from ${first:02X}:8000 on. Give me the address (word {place.address}) and bank (byte {bank.address}) of frame byte[{frame.address}].",
        f"Frame {frame.address} (byte) -> LoROM source {bank.address} (bank), {place.address} (address); ${1 << shift:X} bytes a frame, first one at ${first:02X}8000, {per} frames a bank.",
        f"word[{place.address}] = $8000 + (f % {per}) * ${1 << shift:X}; byte[{bank.address}] = ${first:02X} + f / {per}; f = byte[{frame.address}].",
        f"The hero's pictures take ${1 << shift:X} bytes each and begin at ${first:02X}:8000; {per} of them fill a LoROM bank, then the next bank goes on at $8000. Picture number: {frame.address}. For the DMA I need the 16-bit address in {place.address} and the bank in {bank.address}.",
    )


def level_of_fixed_size(draw: Drawer) -> Made:
    level, place, bank = draw.variable(16, below=0x400), draw.variable(16), draw.variable(8)
    per = draw.one(5, 6, 7, 9, 10, 12)
    length, first = 0x8000 // per & ~0xF, draw.rng.randrange(0x10, 0x30)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    program = (
        put(rest, Quotient(Read(level), Number(per), remainder=True)),
        put(place, plus(Scaled(Read(rest), length), 0x8000)),
        put(bank, plus(Half(Quotient(Read(level), Number(per)), False), first)),
    )
    return program, (
        f"Level data is {length} bytes a level, {per} levels to a LoROM bank from $8000 on, the first in bank ${first:02X}. Turn the level number (word {level.address}, below 1024) into an address (word {place.address}) and a bank (byte {bank.address}).",
        f"n = word[{level.address}] < 1024: address $8000 + (n mod {per}) * {length} -> {place.address}; bank ${first:02X} + n div {per} (mod 256) -> {bank.address}.",
        f"Where is room n? {per} rooms of {length} bytes per bank, from ${first:02X}:8000, a bank's tail unused. n at {level.address} (16 bits, < 1024), result {bank.address} (byte) : {place.address} (word).",
        f"Because {per + 1} levels of {length} bytes don't fit into one bank's 32 K, each bank starts afresh with level 0, {per}, {2 * per} and so on at $8000. Find level {level.address} (word, less than 1024); bank ${first:02X} is the first. Address to {place.address}, bank to {bank.address}; the bank is a byte and may wrap.",
    )


def hirom_seen_in_low_banks(draw: Drawer) -> Made:
    place, bank = draw.variable(16), draw.variable(8)
    program = (
        when(Both(check(bank, ">=", 0xC0), check(place, ">=", 0x8000)), put(bank, masked(bank, 0x3F))),
        Report(check(bank, "<", 0x40)),
    )
    return program, (
        f"HiROM mirrors: if the address word {place.address} is $8000 or more and the bank byte {bank.address} is $C0-$FF, the same byte is visible in bank & $3F. Use that bank then, else leave it. Carry set if the bank (as it is now) is below $40.",
        f"if b >= $C0 and a >= $8000: b &= $3F; carry = b < $40. a = word[{place.address}], b = byte[{bank.address}].",
        f"Rewrite {bank.address}:{place.address} (byte, word) to its mirror in banks $00-$3F if it has one (upper half of $C0-$FF only). C = 1 when the bank is under $40 afterwards.",
        f"Code that wants both ROM and hardware registers in its data bank must not use $C0 and up. My pointer (16-bit address at {place.address}, bank at {bank.address}) comes from a HiROM; where the upper half of its bank is mirrored, put the mirror's bank ($00-$3F) there. Tell me in the carry whether the bank is one of $00 to $3F now.",
    )


def two_reads_across_bank(draw: Drawer) -> Made:
    place, length = draw.variable(16), draw.variable(16)
    one, two = draw.variable(16), draw.variable(16)
    room = Algorithms(draw).own("room", 16)
    program = (
        put(room, Unary("negate", Read(place))),
        If(
            Both(check(place, "!=", 0), check(length, ">", room)),
            (put(one, room), put(two, minus(length, room))),
            (put(one, length), put(two, 0)),
        ),
    )
    return program, (
        f"A copy of word[{length.address}] bytes starts at address word[{place.address}] of some bank and may cross its end. Split it: {one.address} becomes the number of bytes up to $FFFF at most, {two.address} the rest for the next bank (0 if it does not cross). Both are words; an address of 0 has a whole bank before it.",
        f"Split n bytes at the $10000 border: a = word {place.address}, n = word {length.address}; first part -> {one.address}, second -> {two.address} (0 if it fits; a = 0 always fits).",
        f"room = $10000 - a; word[{one.address}] = min(n, room); word[{two.address}] = n - that. a: {place.address}, n: {length.address}, 16-bit.",
        f"DMA does not carry into the bank byte. The source's address is {place.address}, the size {length.address} (words, size 0 meaning nothing). Tell me how many bytes I can send from this bank ({one.address}) and how many must follow from the next one ({two.address}, often zero).",
    )


def skip_copier_head(draw: Drawer) -> Made:
    low, offset = draw.variable(16), draw.variable(24)
    head = draw.one(0x200, 0x200, 0x40)
    flag = draw.variable(8)
    program = (
        If(
            check(masked(low, 0x3FF), "==", head),
            (put(flag, 1), put(offset, Binary("subtract", Read(offset), Number(head, 24)))),
            (put(flag, 0),),
        ),
    )
    return program, (
        f"A dump has a copier header of ${head:X} bytes if its size modulo $400 is ${head:X}. The low word of its size is at {low.address}. With a header: {flag.address} becomes 1 and ${head:X} is taken from the 24-bit file offset at {offset.address}; without: {flag.address} becomes 0.",
        f"byte[{flag.address}] = (word[{low.address}] & $3FF) == ${head:X}; if so long[{offset.address}] -= ${head:X}.",
        f"Headered ROM? size.lo {low.address} & $3FF == ${head:X} -> flag {flag.address} = 1, offset {offset.address} (3 bytes) - ${head:X}; else flag 0.",
        f"Offsets out of old notes count the copier's header. Whether this file has one shows in the lowest ten bits of its size (word {low.address}): they are ${head:X} then. Write yes/no as 1/0 to {flag.address}; if yes, correct the offset of three bytes at {offset.address} by subtracting the header's ${head:X}.",
    )


def lift_pointers_into_rom(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 12, 16))
    mended = draw.variable(8)
    program = (
        put(mended, 0),
        Each(
            (pointers,),
            (
                when(
                    Both(check(Here(pointers), "!=", 0), check(Here(pointers), "<", 0x8000)),
                    put(Here(pointers), joined(Here(pointers), 0x8000)),
                    more(mended),
                ),
            ),
        ),
    )
    return program, (
        f"The {pointers.length} pointers at {pointers.address} (words) should point into LoROM, yet some were stored without bit 15. Set it wherever it is missing, leave null pointers alone, and write the number of corrected ones to {mended.address}.",
        f"{pointers.length} pointer words {pointers.address}: nonzero and < $8000 -> | $8000, counted in {mended.address} (byte).",
        f"m = 0; for p in {where(pointers)}: if 0 < p < $8000: p += $8000, m += 1; byte[{mended.address}] = m.",
        f"An old tool wrote bank-relative offsets instead of addresses into part of my table ({where(pointers)}). An entry from 1 to $7FFF is such an offset and must become the address $8000 higher; 0 means 'nothing here'. How many had to be mended goes to {mended.address}.",
    )


def move_block_of_pointers(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 10, 16))
    old, new, length = draw.variable(16), draw.variable(16), draw.variable(16)
    offset = Algorithms(draw).own("offset", 16)
    moved = draw.variable(8)
    program = (
        put(moved, 0),
        Each(
            (pointers,),
            (
                put(offset, minus(Here(pointers), old)),
                when(check(offset, "<", length), put(Here(pointers), plus(offset, new)), more(moved)),
            ),
        ),
    )
    return program, (
        f"A block of word[{length.address}] bytes was moved from address word[{old.address}] to word[{new.address}]. Correct the {pointers.length} pointer words at {pointers.address}: each one that points into the old block (its distance from the old start, modulo 65,536, is below the length) must point to the same byte of the new block. Count the corrected ones in {moved.address}.",
        f"for p in {where(pointers)}: d = (p - old) & $FFFF; if d < len: p = new + d, ++n. old {old.address}, new {new.address}, len {length.address} (words), n -> byte {moved.address}.",
        f"Relocate pointers: {where(pointers)}, block {old.address} -> {new.address} (words with the addresses), {length.address} long. Number changed -> {moved.address}.",
        f"After I had repacked a bank, the table of {pointers.length} words from {pointers.address} was stale. The data stood at the address in {old.address} and stand at the one in {new.address} now; {length.address} tells their size (a word, everything unsigned, 16-bit wrapping). Entries that pointed elsewhere stay as they are; I want the number of entries fixed at {moved.address}.",
    )


def index_from_address(draw: Drawer) -> Made:
    place, result = draw.variable(16), draw.variable(8)
    size, base = draw.one(6, 10, 12, 14, 20, 24), 0x8000 + draw.rng.randrange(0x6000)
    count = draw.one(8, 16, 24, 32)
    own = Algorithms(draw).own
    offset = own("offset", 16)
    program = (
        put(result, 0xFF),
        put(offset, minus(place, base)),
        when(
            check(offset, "<", size * count),
            put(result, Half(Quotient(Read(offset), Number(size)), False)),
        ),
    )
    return program, (
        f"Which record does the pointer word[{place.address}] point into? {count} records of {size} bytes each begin at ${base:04X}. Store the record's number at {result.address}, also if the pointer is in the middle of one; $FF if it is outside of all.",
        f"byte[{result.address}] = (p - ${base:04X}) / {size} if that is 0..{count - 1}, else $FF; p = word {place.address}.",
        f"Pointer -> index: table ${base:04X}, {count} x {size} bytes, pointer {place.address} (word), index to {result.address}, $FF = not in the table.",
        f"A crash handler shows the address of the enemy definition in use ({place.address}, 16 bits). Definitions are {size} bytes long and lie from ${base:04X}; there are {count}. I'd rather see the definition's number in {result.address}, rounded down; for an address below or behind the table, $FF.",
    )


def bank_of_far_index(draw: Drawer) -> Made:
    number, place, bank = draw.variable(16), draw.variable(16), draw.variable(8)
    low, first = draw.variable(16), draw.rng.randrange(0xC0, 0xE0)
    shift = draw.one(5, 6, 7)
    program = (
        put(place, Shifted(Read(number), "left", shift)),
        put(bank, plus(Half(Shifted(Read(number), "right", 16 - shift), False), first)),
        more(place, low),
        when(check(place, "<", low), more(bank)),
    )
    return program, (
        f"Tile sets hold {1 << shift} bytes per tile in HiROM, from bank ${first:02X} and the address in the word {low.address} on, and go on across banks. Compute the place of tile word[{number.address}]: address to {place.address} (word), bank to {bank.address} (byte).",
        f"{bank.address}:{place.address} = ${first:02X}:word[{low.address}] + {1 << shift} * word[{number.address}], 24 bits.",
        f"24-bit address of item n: base bank ${first:02X}, base address word {low.address}, {1 << shift} bytes each, n = word {number.address}; low 16 bits -> {place.address}, bank -> {bank.address} (carries included, bank mod 256).",
        f"How do I reach tile number {number.address} (16 bits) of a HiROM graphics file? It starts in bank ${first:02X} at an address that the word {low.address} holds; a tile has {1 << shift} bytes, and after $FFFF the next bank continues with $0000. Put the word part at {place.address} and the bank at {bank.address}.",
    )


def bank_still_has_room(draw: Drawer) -> Made:
    ends = draw.array(16, draw.one(4, 6, 8, 12))
    length, result = draw.variable(16), draw.variable(8)
    room = Algorithms(draw).own("room", 16)
    program = (
        put(result, 0xFF),
        Each(
            (ends,),
            (
                put(room, Unary("negate", Read(Here(ends)))),
                when(
                    check(room, ">=", length),
                    put(result, Index()),
                    more(Here(ends), length),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"For each of {ends.length} banks the word list at {ends.address} tells the first free address (0: the bank is full). Put a block of word[{length.address}] bytes into the first bank with room for it: free bytes are $10000 minus the address, or none for 0. Add the length to that bank's address and write the bank's index to {result.address}; no bank: $FF.",
        f"First i < {ends.length} with (-f[i] & $FFFF) >= n: f[i] += n (mod 65536), byte[{result.address}] = i; none: $FF. f: words {ends.address}; n: word {length.address}.",
        f"First fit into ROM banks: free addresses {where(ends)} ($0000 = full), size {length.address} (word). Chosen index -> {result.address} ($FF none), its address moves up by the size.",
        f"My inserter has {ends.length} banks with free space at their ends. The address where it starts is a word each, from {ends.address}; zero when nothing is left. A block of {length.address} bytes goes to the first bank where it does not run beyond $FFFF. Book it (address plus length; exactly full gives 0) and give me the index in {result.address}, or $FF if there was none.",
    )


def vector_is_usable(draw: Drawer) -> Made:
    vectors = draw.array(16, draw.one(4, 6, 8))
    stub, bad = 0x8000 + draw.rng.randrange(0x7F00), draw.variable(8)
    program = (
        put(bad, 0),
        Each(
            (vectors,),
            (
                when(
                    Either(check(Here(vectors), "<", 0x8000), check(Here(vectors), "==", 0xFFFF)),
                    put(Here(vectors), stub),
                    more(bad),
                ),
            ),
        ),
    )
    return program, (
        f"Check the {vectors.length} interrupt vectors copied to {vectors.address} (words): a vector below $8000 or equal to $FFFF is unusable and becomes ${stub:04X}. Write how many were replaced to {bad.address}.",
        f"{where(vectors)}: < $8000 or $FFFF -> ${stub:04X}; number of those -> byte {bad.address}.",
        f"for v in {vectors.length} words at {vectors.address}: if v < $8000 || v == $FFFF {{ v = ${stub:04X}; n++ }}; n (from 0) to {bad.address}.",
        f"Old ROMs leave unused vectors empty ($FFFF) or pointing at RAM. Before my loader installs the {vectors.length} vectors at {vectors.address}, anything that is not a ROM address of bank 0 ($8000-$FFFE) should go to the RTI at ${stub:04X}. Count those in {bad.address}.",
    )


def checksum_word_for_mirrors(draw: Drawer) -> Made:
    big, small, total = draw.variable(16), draw.variable(16), draw.variable(16)
    times = draw.one(2, 3, 4)
    complement = draw.variable(16)
    program = (
        put(total, plus(Scaled(Read(small), times), big)),
        put(complement, Unary("not", Read(total))),
    )
    return program, (
        f"The header's checksum of an odd-sized ROM counts its smaller part {times} times. The byte sum of the larger part is the word {big.address}, that of the smaller {small.address}. Store big + {times} * small (16 bits) at {total.address} and its complement (all bits inverted) at {complement.address}.",
        f"word[{total.address}] = word[{big.address}] + {times} * word[{small.address}]; word[{complement.address}] = ~that. Modulo 65536.",
        f"ROM header sums for a mirrored tail ({times}x): parts {big.address} + {times} * {small.address} -> {total.address}; ones' complement -> {complement.address}; words.",
        f"In the address space the second chip of my cartridge appears {times} times, so its bytes go into the checksum {times} times. Chip sums: {big.address} and (second) {small.address}. Please leave the checksum in {total.address} and what $FFFF minus it is in {complement.address}.",
    )


RECIPES = (
    lorom_step_back,
    lorom_distance,
    find_home_in_rom,
    frame_in_banks,
    level_of_fixed_size,
    hirom_seen_in_low_banks,
    two_reads_across_bank,
    skip_copier_head,
    lift_pointers_into_rom,
    move_block_of_pointers,
    index_from_address,
    bank_of_far_index,
    bank_still_has_room,
    vector_is_usable,
    checksum_word_for_mirrors,
)
