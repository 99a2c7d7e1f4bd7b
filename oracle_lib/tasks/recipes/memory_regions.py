"""Addresses and regions: mirrors, ports, owners of addresses, pages, arenas and free space."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Condition,
    Each,
    Expression,
    Field,
    Half,
    Here,
    If,
    Index,
    Read,
    Report,
    Saturating,
    Shifted,
    Stop,
    Table,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    listed,
    masked,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def fast_rom_mirror(draw: Drawer) -> Made:
    bank, address = draw.variable(8), draw.variable(16)
    program = (
        when(
            Both(check(bank, "<", 0x7E), check(address, ">=", 0x8000)),
            put(bank, joined(bank, 0x80)),
        ),
    )
    return program, (
        f"If the LoROM address with bank byte[{bank.address}] and offset word[{address.address}] is ROM in the slow half, change the bank to its FastROM mirror: for a bank below $7E and an offset of $8000 or more set the bank's bit 7. Everything else stays.",
        f"bank < $7E and addr >= $8000: bank |= $80. bank: byte {bank.address}; addr: word {address.address}.",
        f"FastROM: [{bank.address}] (bank) -> $80-$FD mirror if it is $00-$7D and the offset word {address.address} is in the upper half.",
        f"How do I make far calls fast? Target bank in {bank.address}, 16-bit target address in {address.address}. Code in banks $00-$7D at $8000 and above is also visible with bit 7 of the bank set, and runs faster there; use that, and leave WRAM, low addresses and banks that are already fast alone.",
    )


def is_cartridge_ram(draw: Drawer) -> Made:
    bank, address = draw.variable(8), draw.variable(16)
    first = 0x70
    last = draw.one(0x70, 0x71, 0x77, 0x7D)
    banks: Condition = Between(Read(bank), first, last) if last > first else check(bank, "==", first)
    program = (Report(Both(banks, check(address, "<", 0x8000))),)
    told = f"${first:02X} to ${last:02X}" if last > first else f"${first:02X}"
    return program, (
        f"Does an address lie in the save RAM of my LoROM game? Its bank is the byte {bank.address}, its offset the word {address.address}. SRAM is offsets below $8000 in bank{'s' if last > first else ''} {told}. Carry set if yes.",
        f"Carry = bank in {told} and offset < $8000; bank byte {bank.address}, offset word {address.address}.",
        f"SRAM test: bank [{bank.address}], offset [{address.address}] (16 bits). {told}:0000-7FFF -> SEC, else CLC.",
        f"How do I refuse writes outside the battery RAM? The target is in {bank.address} (bank) and {address.address} (word). Only the lower 32 KiB of bank{'s' if last > first else ''} {told} {'are' if last > first else 'is'} battery RAM. Tell by the carry whether it's inside.",
    )


def register_family(draw: Drawer) -> Made:
    address, family = draw.variable(16), draw.variable(8)
    picture, cpu, dma, other = draw.one((1, 2, 3, 0), (0, 1, 2, 0xFF), (0x10, 0x20, 0x30, 0))
    program = (
        put(family, other),
        when(Between(Read(address), 0x2100, 0x213F), put(family, picture)),
        when(Between(Read(address), 0x4200, 0x421F), put(family, cpu)),
        when(Between(Read(address), 0x4300, 0x437F), put(family, dma)),
    )
    return program, (
        f"Which kind of hardware register is the address in the word {address.address}? Store at {family.address}: {picture} for a PPU register ($2100-$213F), {cpu} for a CPU one ($4200-$421F), {dma} for a DMA one ($4300-$437F), {other} for anything else.",
        f"byte[{family.address}] = $2100..$213F: {picture}, $4200..$421F: {cpu}, $4300..$437F: {dma}, else {other}; address = word {address.address}, bounds inclusive.",
        f"Classify register address [{address.address}]: PPU 2100-213F {picture}, CPU 4200-421F {cpu}, DMA 4300-437F {dma}, none {other}. Result byte {family.address}.",
        f"How do I filter a log of bus writes? For the logged 16-bit address {address.address} I want {picture} (the picture chip's $2100 to $213F), {cpu} ($4200 to $421F), {dma} (the DMA channels, $4300 to $437F) or {other} (none of these) in {family.address}.",
    )


def dma_register_address(draw: Drawer) -> Made:
    channel, register, address = draw.variable(8, below=8), draw.variable(8, below=12), draw.variable(16)
    program = (
        put(
            address,
            plus(
                joined(Shifted(Widened(Read(channel)), "left", 4), Widened(Read(register))),
                0x4300,
            ),
        ),
    )
    return program, (
        f"Compute the address of register byte[{register.address}] (0 to 11) of DMA channel byte[{channel.address}] (0 to 7), which is $43cr for channel c and register r, as a word at {address.address}.",
        f"word[{address.address}] = $4300 + 16 * c + r; c = byte {channel.address} < 8, r = byte {register.address} < 12.",
        f"Address of DMA register [{register.address}] (< 12) of channel [{channel.address}] (< 8) -> word {address.address}.",
        f"How do I find a channel's registers? Every DMA channel has 16 bytes from $4300 on. Channel {channel.address} is 0-7, the register's number within it, {register.address}, 0-11; the 16-bit address goes to {address.address}.",
    )


def wram_port_position(draw: Drawer) -> Made:
    bank, address = draw.variable(8), draw.variable(16)
    low, high = draw.variable(16), draw.variable(8)
    program = (
        If(
            check(bank, "==", 0x7F),
            (put(low, address), put(high, 1)),
            (
                put(high, 0),
                If(
                    check(bank, "==", 0x7E),
                    (put(low, address),),
                    (put(low, masked(address, 0x1FFF)),),
                ),
            ),
        ),
    )
    return program, (
        f"Prepare the 17-bit position for the WRAM data port from bank byte[{bank.address}] and offset word[{address.address}]: bank $7E: position = offset; bank $7F: offset with bit 16 set; any other bank: the mirror of low WRAM, offset & $1FFF. The lower 16 bits go as a word to {low.address}, bit 16 as 0 or 1 to {high.address}.",
        f"pos = bank == $7F ? $10000 + a : bank == $7E ? a : a & $1FFF. word[{low.address}] = pos & $FFFF, byte[{high.address}] = pos >> 16. bank {bank.address}, a word {address.address}.",
        f"WMADD for bank [{bank.address}], offset [{address.address}] (word): $7E -> 0:offset, $7F -> 1:offset, else 0:(offset & $1FFF). Store word {low.address} and bit {high.address}.",
        f"How do I turn an address into what $2181-$2183 want? Bank in {bank.address}, offset in {address.address}. $7E is the first 64 KiB, $7F the second; other banks show the first 8 KiB only (so the offset modulo $2000). I copy the word {low.address} and the byte {high.address} (0/1) to the registers myself.",
    )


def canonical_address(draw: Drawer) -> Made:
    bank, address = draw.variable(8), draw.variable(16)
    program = (
        If(
            Both(Bits(Read(bank), 0x40, "none"), check(address, "<", 0x2000)),
            (put(bank, 0x7E),),
            (when(check(bank, ">=", 0xC0), put(bank, masked(bank, 0x7F))),),
        ),
    )
    return program, (
        f"Bring an address into a unique form by changing its bank byte {bank.address} (offset: word {address.address}): an offset below $2000 in a bank with bit 6 clear is low WRAM, so the bank becomes $7E; otherwise a bank of $C0 or more loses its bit 7. Other addresses stay.",
        f"(bank & $40) == 0 and a < $2000: bank = $7E; else if bank >= $C0: bank &= $7F. bank byte {bank.address}, a word {address.address}.",
        f"Normalise [{bank.address}]:[{address.address}] (offset is a word). Low-RAM mirrors ($00-$3F/$80-$BF:0000-1FFF) -> bank $7E. Else banks $C0-$FF -> $40-$7F. Rest unchanged.",
        f"How do I compare addresses that may be mirrors? First make the bank {bank.address} canonical. If the word {address.address} is under $2000 and the bank is a system bank (bit 6 clear), it means WRAM: $7E. If not, and the bank is one of the upper quarter $C0-$FF, subtract $80. In all other cases nothing.",
    )


def crosses_bank_border(draw: Drawer) -> Made:
    start, length = draw.variable(16), draw.variable(16)
    lorom = draw.maybe(0.5)
    space = Algorithms(draw).own("space", 16)
    program = (
        put(space, Unary("negate", joined(start, 0x8000)) if lorom else Unary("negate", Read(start))),
        Report(check(length, ">", space) if lorom else Both(check(space, "!=", 0), check(length, ">", space))),
    )
    told = (
        "in the upper half of a LoROM bank ($8000-$FFFF; bit 15 of the start counts as set)"
        if lorom
        else "in a 64 KiB bank"
    )
    formula = (
        f"word[{length.address}] > $10000 - (s | $8000)" if lorom else f"s != 0 and word[{length.address}] > $10000 - s"
    )
    return program, (
        f"Would a block of word[{length.address}] bytes that begins at the offset word[{start.address}] {told} run over the bank's end? A block that ends exactly with the bank's last byte does not. Carry set if it would.",
        f"Carry = {formula}; s = word[{start.address}].",
        f"Bank border check, block {told}: offset [{start.address}], length [{length.address}] (words). SEC if the last byte is beyond $FFFF.",
        f"How do I know that data has to be split before a DMA? Source offset {start.address} {told}, byte count {length.address}, both 16 bits, no count of 65536. If it doesn't fit up to and with $FFFF, return with carry set, else clear.",
    )


def best_fitting_gap(draw: Drawer) -> Made:
    gaps = draw.array(draw.one(8, 16), draw.one(4, 5, 6, 8))
    size_wanted = draw.variable(gaps.width)
    chosen = draw.variable(8)
    own = Algorithms(draw).own
    best = own("best", gaps.width)
    top = (1 << gaps.width) - 1
    program = (
        put(chosen, 0xFF),
        put(best, top),
        Each(
            (gaps,),
            (
                when(
                    Both(check(Here(gaps), ">=", size_wanted), check(Here(gaps), "<", best)),
                    put(best, Here(gaps)),
                    put(chosen, Index()),
                ),
            ),
        ),
        when(check(chosen, "!=", 0xFF), less(at(gaps, chosen), size_wanted)),
    )
    return program, (
        f"Best fit: the {where(gaps)} are sizes of free areas (${top:X} means the area may not be used). Take the smallest one that is at least the {size(gaps)} at {size_wanted.address} (unsigned; first of equals), subtract the wanted size from it, and store its index at {chosen.address}; $FF and no change if there is none.",
        f"i = argmin g[i] over w <= g[i] < ${top:X}, w = {size(gaps)} {size_wanted.address}; g[i] -= w; byte[{chosen.address}] = i, else $FF. g: {where(gaps)}; ties: lowest i.",
        f"Allocator, best fit. Free sizes {where(gaps)}, request {size_wanted.address} ({size(gaps)}). Entries of ${top:X} are locked. Index -> {chosen.address} ($FF: fail), size there reduced by the request.",
        f"How do I place new code in the tightest free space of my ROM? {gaps.length} gaps with sizes from {gaps.address} ({size(gaps)}s; ${top:X}: reserved), my code has {size_wanted.address} bytes. Choose the gap where least is left over, the first if several are alike, lower its size accordingly, and tell me which: {chosen.address}, $FF for none.",
    )


def translate_by_pages(draw: Drawer) -> Made:
    logical, physical, bank = draw.variable(16), draw.variable(16), draw.variable(8)
    pages = draw.table(4)
    page = Half(Shifted(Read(logical), "right", 14), False)
    program = (
        put(bank, at(pages, page)),
        put(physical, joined(masked(logical, 0x3FFF), 0x8000)),
    )
    return program, (
        f"Translate the logical 16-bit address in {logical.address}: its upper two bits choose one of the banks {listed(pages)} (to {bank.address}); the lower 14 bits with bit 15 set are the address in that bank (word, to {physical.address}).",
        f"byte[{bank.address}] = [{listed(pages)}][a >> 14]; word[{physical.address}] = $8000 | a & $3FFF; a = word {logical.address}.",
        f"Four 16 KiB pages, banks {listed(pages)}, each mapped at $8000. Logical word {logical.address} -> bank {bank.address}, offset word {physical.address}.",
        f"How do I spread a 64 KiB script over four banks? The script counter {logical.address} is a word; page = counter / $4000. The pages are in banks {listed(pages)}, each from $8000 on. I need the bank byte at {bank.address} and the 16-bit address at {physical.address}.",
    )


def take_from_arena(draw: Drawer) -> Made:
    mark, wanted, got = draw.variable(16), draw.variable(8), draw.variable(16)
    end = draw.one(0x2000, 0x4000, 0x8000, 0xF000)
    step = draw.one(1, 2, 4)
    after = Algorithms(draw).own("after", 16)
    need: Expression = Widened(Read(wanted))
    if step > 1:
        need = masked(plus(need, step - 1), 0x10000 - step)
    program = (
        put(got, mark),
        put(after, Saturating("add", Read(mark), need, 0xFFFF)),
        when(check(after, "<=", end), put(mark, after)),
        Report(check(after, "<=", end)),
    )
    rounding = f", rounded up to a multiple of {step}" if step > 1 else ""
    return program, (
        f"Reserve byte[{wanted.address}] bytes{rounding} in an arena: the word at {mark.address} is the first free address and the arena ends before ${end:04X}. Store the present free address at {got.address} (a word). If the block fits (new free address at most ${end:04X}, computed without wrapping), advance the free address and set the carry; otherwise clear the carry and leave it.",
        f"n = byte[{wanted.address}]{f' up to multiple of {step}' if step > 1 else ''}; word[{got.address}] = m; if m + n <= ${end:04X}: m += n, carry 1; else carry 0. m = word {mark.address}; no 16-bit wrap.",
        f"Bump allocator: top {mark.address} (word), limit ${end:04X}, size [{wanted.address}]{rounding}. Old top -> {got.address} always; success = SEC and top raised, no room = CLC.",
        f"How do I hand out scratch memory piece by piece? {mark.address} (16 bits) tells where the unused part begins; it ends at ${end:04X}, exclusive. A caller wants {wanted.address} bytes (0-255){rounding}: its block begins at the address I put into {got.address}, and the unused part shrinks. If it doesn't fit, the carry is clear and the unused part stays as it was.",
    )


def mark_dirty_page(draw: Drawer) -> Made:
    address, dirty, count = draw.variable(16), draw.variable(8), draw.variable(8)
    low = draw.one(8, 9, 10, 12)
    bits = Table("BitTable", "bit", tuple(1 << place for place in range(8)))
    mask = Algorithms(draw).own("mask")
    program = (
        put(mask, at(bits, Half(Field(Read(address), low, 3), False))),
        when(check(masked(dirty, mask), "==", 0), put(dirty, joined(dirty, mask)), more(count)),
    )
    return program, (
        f"Something was written at the address in the word {address.address}. Its bits {low} to {low + 2} are the number of a page; set that bit of {dirty.address}, and if it was not set yet, add 1 to {count.address} (it may wrap).",
        f"p = (a >> {low}) & 7; if !(d >> p & 1): d |= 1 << p, ++n. a word {address.address}, d byte {dirty.address}, n byte {count.address}.",
        f"Dirty map of eight {1 << low}-byte pages in {dirty.address}: mark the one of address [{address.address}] (word, page = bits {low}-{low + 2}); [{count.address}] counts pages that become dirty.",
        f"How do I keep track of which of 8 save pages have to be written? A page has {1 << low} bytes, so the page number is in bits {low} to {low + 2} of the changed address {address.address} (16 bits). Flag it in {dirty.address} (page p: bit p); for a page not yet flagged, raise {count.address} by one.",
    )


def owner_of_address(draw: Drawer) -> Made:
    starts, ends = draw.slots(16, 16)
    address, owner = draw.variable(16), draw.variable(8)
    program = (
        put(owner, 0xFF),
        Each(
            (starts, ends),
            (
                when(
                    Both(check(address, ">=", Here(starts)), check(address, "<", Here(ends))),
                    put(owner, Index()),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Find the region an address belongs to: {starts.length} regions, their first addresses are words from {starts.address}, the addresses behind their ends words from {ends.address}. Store the number of the first region that contains the word at {address.address} at {owner.address}, $FF if none does. Unsigned.",
        f"byte[{owner.address}] = first i < {starts.length} with s[i] <= a < e[i], else $FF; s words {starts.address}, e words {ends.address}, a word {address.address}.",
        f"Which of {starts.length} blocks holds address [{address.address}]? Starts {starts.address}, ends {ends.address} (exclusive), words. Number to {owner.address}; lowest wins; $FF = free.",
        f"How do I find out whose RAM a wild write hit? Modules 0 to {starts.length - 1} own [start, end): start words {starts.address}, end words {ends.address}. The address is the word {address.address}. The module's number, or $FF for nobody's, belongs in {owner.address}; areas may overlap, then the lower number is meant.",
    )


RECIPES = (
    fast_rom_mirror,
    is_cartridge_ram,
    register_family,
    dma_register_address,
    wram_port_position,
    canonical_address,
    crosses_bank_border,
    best_fitting_gap,
    translate_by_pages,
    take_from_arena,
    mark_dirty_page,
    owner_of_address,
)
