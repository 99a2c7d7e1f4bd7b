"""Lists of pointers and blobs behind them: lengths, gaps, order, searches, headers, split and relative forms."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Either,
    Field,
    Half,
    Here,
    If,
    Index,
    Pointed,
    Read,
    Report,
    Scaled,
    Shifted,
    Stop,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def piece_length(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 5, 8, 12))
    number, length, end = draw.variable(8, below=pointers.length), draw.variable(16), draw.variable(16)
    last = pointers.length - 1
    program = (
        If(
            check(number, "==", last),
            (put(length, minus(end, at(pointers, number))),),
            (put(length, minus(at(pointers, plus(number, 1)), at(pointers, number))),),
        ),
    )
    return program, (
        f"How long is piece number byte[{number.address}] of my data? The {pointers.length} pointers at {pointers.address} (words) give the pieces' starts, and each piece ends where the next begins; the last one ends at the address in the word {end.address}. Write the length to {length.address} (16 bits, wrapping). The number is below {pointers.length}.",
        f"word[{length.address}] = p[i + 1] - p[i], with p[{pointers.length}] being word[{end.address}]; p = {pointers.length} words {pointers.address}, i = byte[{number.address}] in range.",
        f"Length of entry {number.address} (0-{last}) from the pointer table {pointers.address}: next pointer minus this one; entry {last} runs to word {end.address}. -> {length.address}",
        f"Levels are stored without gaps and without lengths; only their start addresses are listed, {pointers.length} words from {pointers.address}, and the first address behind all of them is kept at {end.address}. The level in {number.address} (always an existing one) has to be copied: tell me its size in bytes at {length.address}.",
    )


def longest_piece(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(5, 6, 8, 10, 12))
    best, which = draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    place, length = replace(own("place"), below=pointers.length), own("length", 16)
    program = (
        put(best, 0),
        put(which, 0),
        put(place, 0),
        While(
            check(place, "<", pointers.length - 1),
            (
                put(length, minus(at(pointers, plus(place, 1)), at(pointers, place))),
                when(check(length, ">", best), put(best, length), put(which, place)),
                more(place),
            ),
        ),
    )
    n = pointers.length
    return program, (
        f"The {n} words at {pointers.address} are start addresses, the last of them only marking the end. Find the longest of the {n - 1} pieces between neighbours (difference modulo 65,536): its length to {best.address} (word), its number to {which.address}. Of equals the first; if all are 0 long: number 0.",
        f"max over i < {n - 1} of p[i + 1] - p[i] (16-bit) -> word {best.address}, first such i -> byte {which.address}. p = {pointers.address}.",
        f"Biggest blob of a pointer table: {n} words {pointers.address} (the {n}th is the end), size to {best.address}, index to {which.address}, ties: lowest index.",
        f"How large must my decompression buffer be? Its sources lie one behind another; {n} addresses from {pointers.address} on tell where each begins, and where the last ends. I need the size of the largest ({best.address}, 16 bits) and, to complain about it, which one it is ({which.address}, counted from 0, the earliest if several are that large).",
    )


def install_in_free_entry(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 12, 16))
    pointer, result = draw.variable(16), draw.variable(8)
    free = draw.one(0, 0, 0xFFFF)
    program = (
        put(result, 0xFF),
        Each(
            (pointers,),
            (
                when(check(Here(pointers), "==", pointer), put(result, Index()), Stop()),
                when(
                    check(Here(pointers), "==", free),
                    put(Here(pointers), pointer),
                    put(result, Index()),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Register the handler word[{pointer.address}] in the list of {pointers.length} words at {pointers.address}: going from the first entry on, stop at an entry that already holds this pointer, or at a free one (${free:04X}), which gets it. Its index goes to {result.address}; $FF if neither was met.",
        f"for i < {pointers.length}: if h[i] == p or h[i] == ${free:04X}: h[i] = p, byte[{result.address}] = i, done. Otherwise $FF. h: words {pointers.address}, p: word {pointer.address}.",
        f"Hook list {where(pointers)}, free = ${free:04X}. Add word {pointer.address} to the first free place unless met before that; index -> {result.address}, full -> $FF.",
        f"Patches of my hack may ask to be called once a frame. {pointers.length} addresses fit into the list at {pointers.address} and ${free:04X} marks an empty entry. Enter the routine in {pointer.address}; who is listed in front of the first empty entry is not listed twice. {result.address} receives the entry's number, or $FF because the list is full.",
    )


def table_is_rising(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 5, 6, 8, 12))
    own = Algorithms(draw).own
    before, result = own("previous", 16), draw.variable(8)
    strict = draw.maybe(0.5)
    program = (
        put(result, 0xFF),
        put(before, 0x8000),
        Each(
            (pointers,),
            (
                when(check(Here(pointers), "<=" if strict else "<", before), put(result, Index()), Stop()),
                put(before, Here(pointers)),
            ),
        ),
    )
    word = "not higher than" if strict else "lower than"
    return program, (
        f"Verify the pointer table at {pointers.address} ({pointers.length} words): store the index of the first entry that is {word} its predecessor at {result.address}; the first entry's predecessor counts as $8000. Everything in order: $FF.",
        f"First i with p[i] {'<=' if strict else '<'} p[i - 1] (p[-1] = $8000), unsigned, in {where(pointers)} -> byte {result.address}, none: $FF.",
        f"prev = $8000; for i, p in table: if p {'<=' if strict else '<'} prev: byte[{result.address}] = i, stop; prev = p. Never: $FF. {pointers.length} words {pointers.address}.",
        f"My build tool relies on ROM pointers that go upward from $8000{' (the first above it)' if strict else ''}. Find the first of the {pointers.length} words from {pointers.address} that breaks the order, i.e. is {word} the one in front of it, and put its number in {result.address}; $FF says the table is fine.",
    )


def piece_that_holds(draw: Drawer) -> Made:
    starts = draw.array(16, draw.one(4, 6, 8, 10))
    place, number, inside = draw.variable(16), draw.variable(8), draw.variable(16)
    best = Algorithms(draw).own("best", 16)
    program = (
        put(number, 0xFF),
        put(best, 0xFFFF),
        Each(
            (starts,),
            (
                when(
                    Both(check(Here(starts), "<=", place), check(minus(place, Here(starts)), "<", best)),
                    put(best, minus(place, Here(starts))),
                    put(number, Index()),
                ),
            ),
        ),
        put(inside, best),
    )
    return program, (
        f"Which block does address word[{place.address}] belong to? The {starts.length} block starts at {starts.address} (words) are in no order; it is the one with the nearest start at or below the address. Its index goes to {number.address}, the distance from its start to {inside.address} (word). If all start above, or the only distance is $FFFF: index $FF, distance $FFFF. Equal starts: the first.",
        f"byte[{number.address}] = argmin of a - s[i] over s[i] <= a, word[{inside.address}] = that minimum; nothing below $FFFF: $FF and $FFFF. s: {where(starts)} (unsorted), a: word {place.address}.",
        f"Address to symbol: starts {where(starts)}, unsorted; address {place.address}. Nearest start not above it: index -> {number.address}, offset -> {inside.address}. Default $FF/$FFFF (offsets under $FFFF count); ties: lowest index.",
        f"A crash screen should print 'routine 5 + $12' instead of an address. The address is in {place.address}, and {starts.length} routines begin at the words listed from {starts.address}, in any order. Take the last start that isn't beyond it, write its number to {number.address} and how far behind it we are to {inside.address} (16 bits). No start at or below the address (or just $FFFF bytes away) leaves $FF and $FFFF; among equal starts the first counts.",
    )


def list_relative_to_itself(draw: Drawer) -> Made:
    offsets = draw.array(16, draw.one(4, 6, 8, 12))
    base = draw.variable(16)
    none = draw.one(0, 0xFFFF)
    program = (Each((offsets,), (when(check(Here(offsets), "!=", none), more(Here(offsets), base)),)),)
    return program, (
        f"Turn the {offsets.length} relative offsets at {offsets.address} (words) into addresses by adding the word {base.address}; ${none:04X} means no entry and stays. Sums wrap.",
        f"{offsets.length} words {offsets.address}: x != ${none:04X} -> x + word[{base.address}].",
        f"for x in {where(offsets)}: if x != ${none:04X}: x = (x + b) & $FFFF; b = word[{base.address}].",
        f"After loading, a blob's directory of {offsets.length} words lies at {offsets.address}, each counted from the blob's beginning. Make real pointers of them, now that the blob is at the address in {base.address}. Entries of ${none:04X} are holes in the directory and must be kept.",
    )


def addresses_made_narrow(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 12))
    short = draw.array(8, pointers.length)
    base, lost = draw.variable(16), draw.variable(8)
    offset = Algorithms(draw).own("offset", 16)
    program = (
        put(lost, 0),
        Each(
            (pointers, short),
            (
                put(offset, minus(Here(pointers), base)),
                If(
                    check(offset, "<", 0xFF),
                    (put(Here(short), Half(Read(offset), False)),),
                    (put(Here(short), 0xFF), more(lost)),
                ),
            ),
        ),
    )
    return program, (
        f"Shrink the {pointers.length} pointer words at {pointers.address} to byte offsets from the word {base.address}, in the bytes at {short.address}. An offset (modulo 65,536) of $FF or more does not fit: its byte becomes $FF, and such entries are counted in {lost.address}.",
        f"o[i] = p[i] - base; >= $FF -> $FF and ++n. p: {where(pointers)}, o: bytes {short.address}, base: word {base.address}, n (from 0): byte {lost.address}.",
        f"Pointer table -> 8-bit offsets: {pointers.length} words {pointers.address}, minus word {base.address}, to {short.address}; unreachable ones $FF, their number to {lost.address}.",
        f"Two bytes a pointer are a waste, as nearly all my {pointers.length} messages (addresses from {pointers.address}) begin within 255 bytes behind the address in {base.address}. Write the distance of each as a byte to the list at {short.address}. Whoever is further away, or in front of it, gets $FF; tell me in {lost.address} how many these are.",
    )


def pointers_from_lengths(draw: Drawer) -> Made:
    lengths = draw.array(8, draw.one(4, 6, 8, 10, 16))
    pointers, start, end = draw.array(16, lengths.length), draw.variable(16), draw.variable(16)
    unit = draw.one(1, 1, 2, 16)
    wide = Widened(Read(Here(lengths)))
    program = (
        put(end, start),
        Each(
            (lengths, pointers),
            (put(Here(pointers), end), more(end, wide if unit == 1 else Scaled(wide, unit))),
        ),
    )
    each = "bytes" if unit == 1 else f"units of {unit} bytes"
    factor = "" if unit == 1 else f"{unit} * "
    return program, (
        f"Build the pointer table at {pointers.address} ({lengths.length} words) from the lengths at {lengths.address}, one byte each, in {each}: the first pointer is word[{start.address}], and each further one lies the preceding length higher (wrapping). The address behind the last piece goes to {end.address}.",
        f"p[0] = word[{start.address}]; p[i + 1] = p[i] + {factor}n[i]; the one past the last -> {end.address}. n: {lengths.length} bytes {lengths.address}, p: words {pointers.address}.",
        f"{lengths.length} sizes ({lengths.address}, bytes, {each}) -> {lengths.length} addresses ({pointers.address}, words), from {start.address} upward without gaps; end address -> {end.address}.",
        f"To save ROM I list only how long the {lengths.length} pieces are (a byte each from {lengths.address}, counted in {each}), because they lie one behind the other from the address in {start.address} on. Restore everyone's address to the words at {pointers.address}, and leave the first free address in {end.address}.",
    )


def lengths_from_pointers(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 12))
    lengths, end = draw.array(16, pointers.length), draw.variable(16)
    place = replace(Algorithms(draw).own("place"), below=pointers.length)
    last = pointers.length - 1
    program = (
        put(place, 0),
        While(
            check(place, "<", last),
            (put(at(lengths, place), minus(at(pointers, plus(place, 1)), at(pointers, place))), more(place)),
        ),
        put(at(lengths, last), minus(end, at(pointers, last))),
    )
    return program, (
        f"Fill the {pointers.length} words at {lengths.address} with the lengths of the pieces that the {pointers.length} pointers at {pointers.address} start: the next pointer minus this one, for the last one word[{end.address}] minus it. 16 bits, wrapping.",
        f"l[i] = p[i + 1] - p[i]; l[{last}] = e - p[{last}]; p {pointers.address}, l {lengths.address} ({pointers.length} words each), e = word[{end.address}].",
        f"Pointer table {pointers.address} -> size table {lengths.address}, {pointers.length} words; the end of all data is word {end.address}.",
        f"Before I sort the songs by size I need their sizes. {pointers.length} start addresses stand from {pointers.address} on, as words; song after song, each ending where the following starts, the final one at the address kept in {end.address}. Sizes as words to {lengths.address}.",
    )


def end_of_used_space(draw: Drawer) -> Made:
    starts, lengths = draw.slots(16, 16)
    floor, end = 0x8000 + draw.rng.randrange(0x2000), draw.variable(16)
    last = Algorithms(draw).own("last", 16)
    program = (
        put(end, floor),
        Each(
            (starts, lengths),
            (
                when(
                    check(Here(lengths), "!=", 0),
                    put(last, plus(Here(starts), Here(lengths))),
                    put(end, Binary("max", Read(end), Read(last))),
                ),
            ),
        ),
    )
    return program, (
        f"Find the first address behind all blocks: {starts.length} start words at {starts.address}, their lengths at {lengths.address} (words). It is the highest start + length (16 bits, unsigned) of those with a length other than 0, but at least ${floor:04X}. Store it at {end.address}.",
        f"word[{end.address}] = max(${floor:04X}, s[i] + n[i] where n[i] != 0), {starts.length} entries; s {starts.address}, n {lengths.address}, words; sums wrap.",
        f"High-water mark of {starts.length} blocks (start words {starts.address}, size words {lengths.address}, size 0 = unused): greatest end -> {end.address}, minimum ${floor:04X}.",
        f"Where may new data go? My bank's {starts.length} files have their addresses from {starts.address} and sizes from {lengths.address}, all of them words; size zero is a deleted file. Nothing may be put below ${floor:04X}, nor below the end of any file (address plus size, modulo 65,536). Put the lowest such place in {end.address}.",
    )


def two_files_clash(draw: Drawer) -> Made:
    starts, lengths = draw.slots(16, 16)
    place, wide, result = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(result, 0xFF),
        Each(
            (starts, lengths),
            (
                when(
                    Either(
                        check(minus(place, Here(starts)), "<", Here(lengths)),
                        check(minus(Here(starts), place), "<", wide),
                    ),
                    put(result, Index()),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Would a block of word[{wide.address}] bytes at address word[{place.address}] touch one of the {starts.length} existing ones (start words {starts.address}, length words {lengths.address})? It does if its start minus theirs is below their length or their start minus its own below its length, both modulo 65,536. First such index to {result.address}, none: $FF.",
        f"first i: (a - s[i]) & $FFFF < n[i] or (s[i] - a) & $FFFF < w -> byte {result.address}, else $FF; {starts.length} words each: s {starts.address}, n {lengths.address}; a {place.address}, w {wide.address}.",
        f"Overlap test in a ring of 64K: new block {place.address} (start), {wide.address} (size); old ones {starts.address}/{lengths.address}, {starts.length} of them; index of the first overlapped to {result.address} or $FF.",
        f"VRAM addresses wrap, so may my {starts.length} allocations (starts {starts.address}, sizes {lengths.address}, words). A new one wants {wide.address} words from {place.address}. Two of them share something exactly if one's start lies inside the other, counted forward modulo 65,536. Report the first old one in the way at {result.address}; $FF means the place is free.",
    )


def install_split_pointer(draw: Drawer) -> Made:
    lows, highs, banks = draw.slots(8, 8, 8)
    slot, place, bank = draw.variable(8, below=lows.length), draw.variable(16), draw.variable(8)
    program = (
        when(check(at(banks, slot), "!=", 0), Stop()),
        put(at(lows, slot), Half(Read(place), False)),
        put(at(highs, slot), Half(Read(place), True)),
        put(at(banks, slot), bank),
    )
    return program, (
        f"Store a far pointer in split tables: low bytes {lows.address}, high bytes {highs.address}, banks {banks.address}, {lows.length} entries each. Entry byte[{slot.address}] (in range) gets the address word {place.address} and the bank byte {bank.address}, unless its bank is nonzero already: then nothing changes.",
        f"if B[i] == 0: L[i], H[i] = word[{place.address}]; B[i] = byte[{bank.address}]. i = byte[{slot.address}] < {lows.length}; L {lows.address}, H {highs.address}, B {banks.address}.",
        f"Claim slot {slot.address} (0-{lows.length - 1}) of L/H/B tables {lows.address}, {highs.address}, {banks.address} for {bank.address}:{place.address}; taken (bank != 0) -> leave.",
        f"Objects' scripts are kept as three byte tables with {lows.length} places: {lows.address} for the low, {highs.address} for the high and {banks.address} for the bank bytes; bank 0 says no script. Give object {slot.address} the script whose address (16 bits) is in {place.address} and bank in {bank.address} if it has none yet. The object number is always valid.",
    )


def chunk_head(draw: Drawer) -> Made:
    pointer, offset, next_one = draw.pointer(), draw.variable(8, below=6), draw.variable(8)
    kind = draw.variable(8)
    head, result = Pointed(pointer, Read(offset)), Algorithms(draw).own("head")
    wide, bits = 0x80, draw.one(3, 4, 5)
    count = masked(result, (1 << bits) - 1)
    program = (
        put(result, head),
        put(kind, Field(Read(result), bits, 7 - bits)),
        If(
            Bits(Read(result), wide, "any"),
            (put(next_one, plus(plus(Shifted(count, "left", 1), offset), 1)),),
            (put(next_one, plus(plus(count, offset), 1)),),
        ),
    )
    return program, (
        f"Parse a chunk's head byte, byte[{offset.address}] (below 6) bytes behind the pointer at {pointer.address} ({pointer.width} bits): bits 0-{bits - 1} count the elements, bits {bits}-6 are the kind, bit 7 set means elements of two bytes, otherwise of one. Kind to {kind.address}; the offset of the next chunk (this one's, plus 1, plus the elements' bytes; a byte) to {next_one.address}.",
        f"h = p[o]; byte[{kind.address}] = h >> {bits} & {(1 << (7 - bits)) - 1}; byte[{next_one.address}] = o + 1 + (h & {(1 << bits) - 1}) * (h & $80 ? 2 : 1). p: {pointer.width}-bit pointer {pointer.address}, o: byte[{offset.address}] < 6.",
        f"Chunk head via [{pointer.address}] ({pointer.width}-bit) + {offset.address} (0-5): WKKK..CCC, W = word elements (bit 7), C = low {bits} bits, K = the rest. K -> {kind.address}, next chunk's offset -> {next_one.address} (mod 256).",
        f"My object data are chunks of one head byte and some elements. The head says in its lower {bits} bits how many elements there are, in its top bit if they are words instead of bytes, and between these what kind they are. The data are where the {pointer.width}-bit pointer {pointer.address} shows, the chunk at hand at the offset {offset.address}, which is 5 at most. Write the kind, shifted down, to {kind.address}, and the offset where the next chunk starts to {next_one.address}.",
    )


def pointer_by_language(draw: Drawer) -> Made:
    languages, texts = draw.one(2, 3, 4), draw.one(3, 4, 5)
    pointers = draw.array(16, languages * texts)
    language, text, result = draw.variable(8), draw.variable(8, below=texts), draw.variable(16)
    row = replace(Algorithms(draw).own("row"), below=(languages - 1) * texts + 1)
    program = (
        put(row, 0),
        when(check(language, "<", languages), put(row, Scaled(Read(language), texts))),
        put(result, at(pointers, plus(row, text))),
        when(check(result, "==", 0), put(result, at(pointers, text))),
    )
    return program, (
        f"Fetch a translated text's pointer: the words at {pointers.address} hold {texts} pointers for each of {languages} languages, language by language. Take that of text byte[{text.address}] (below {texts}) in language byte[{language.address}]; if the language is not below {languages}, or the pointer is 0, use language 0. Store it at {result.address}.",
        f"word[{result.address}] = P[l * {texts} + t] or, if that is 0 or l >= {languages}, P[t]; l = byte[{language.address}], t = byte[{text.address}] < {texts}; P words {pointers.address}.",
        f"{languages} x {texts} pointer words ({pointers.address}, language-major), language {language.address}, text {text.address} (in range) -> {result.address}; missing (0) or unknown language: language 0's.",
        f"Not every line of my hack is translated; untranslated ones have a zero where the pointer should be, and then English, the language 0, is shown. {texts} lines in {languages} languages make {languages * texts} words from {pointers.address} on, all English ones first. Look up line {text.address} for the player's language {language.address} (a number of {languages} or higher counts as English) and put the pointer into {result.address}. Line numbers are below {texts}.",
    )


def list_is_shared(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(5, 6, 8, 10))
    slot, users = draw.variable(8, below=pointers.length), draw.variable(8)
    kept = Algorithms(draw).own("kept", 16)
    program = (
        put(kept, at(pointers, slot)),
        put(users, Count(pointers, check(Here(pointers), "==", kept))),
        put(at(pointers, slot), 0),
        Report(check(users, "==", 1)),
    )
    return program, (
        f"Drop the pointer in entry byte[{slot.address}] (in range) of the {pointers.length} words at {pointers.address}: the entry becomes 0, {users.address} the number of entries that held this same pointer before (itself included). Carry set if it was the only one.",
        f"p = t[i]; byte[{users.address}] = count of p in t; t[i] = 0; carry = (that count == 1). t: {where(pointers)}, i: byte[{slot.address}] < {pointers.length}.",
        f"Release reference {slot.address} (0-{pointers.length - 1}) in {where(pointers)}: count equal entries first -> {users.address}, then zero it; C = 1 when nobody else refers to the same.",
        f"Several sprites may share one graphics block; {pointers.length} words from {pointers.address} on say which one each uses. Sprite {slot.address} goes away: clear its word. Before that, count in {users.address} how many sprites used its block, and let me know by a set carry that the block can be freed because it was just this one.",
    )


def swap_pointer_bytes_and_check(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(4, 6, 8, 12))
    ends, odd = draw.variable(16), draw.variable(8)
    program = (
        put(odd, 0),
        Each(
            (pointers,),
            (
                put(Here(pointers), Unary("swap", Read(Here(pointers)))),
                when(check(Here(pointers), ">=", ends), put(Here(pointers), 0), more(odd)),
            ),
        ),
    )
    return program, (
        f"The {pointers.length} offsets at {pointers.address} (words) are big-endian. Convert each to the console's order; one that is then not below word[{ends.address}] is invalid and becomes 0. Count the invalid ones in {odd.address}.",
        f"{where(pointers)}: swap bytes; result >= word[{ends.address}] -> 0 and ++byte[{odd.address}] (which starts at 0).",
        f"for w in {pointers.length} words {pointers.address}: w = w << 8 | w >> 8 (16 bits); if w >= e: w = 0, n += 1. e = word[{ends.address}], n -> byte {odd.address}.",
        f"Data exported on another machine arrive with the high byte first. Put the {pointers.length} offsets from {pointers.address} right, and be careful: the file is only {ends.address} bytes long (a word), so whatever lies at or beyond its end is replaced by zero and counted in {odd.address}.",
    )


RECIPES = (
    piece_length,
    longest_piece,
    install_in_free_entry,
    table_is_rising,
    piece_that_holds,
    list_relative_to_itself,
    addresses_made_narrow,
    pointers_from_lengths,
    lengths_from_pointers,
    end_of_used_space,
    two_files_clash,
    install_split_pointer,
    chunk_head,
    pointer_by_language,
    list_is_shared,
    swap_pointer_bytes_and_check,
)
