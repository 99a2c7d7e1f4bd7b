"""Blocks of saved data: which copy is good, sums, repairs, conversions, packed records, statistics."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Copy,
    Each,
    Fill,
    Fold,
    Half,
    Here,
    If,
    Number,
    Quotient,
    Read,
    Repeat,
    Report,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Statement,
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
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pick_valid_copy(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8, 12)
    main, backup = draw.array(8, length), draw.array(8, length)
    checks, result = draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    one, two = working.own("sum"), working.own("other sum")
    program = (
        put(one, Fold("sum", main, Read(Here(main)))),
        put(two, Fold("sum", backup, Read(Here(backup)))),
        If(
            check(masked(one, 0x0F), "==", masked(checks, 0x0F)),
            (put(result, 0),),
            (
                If(
                    check(masked(two, 0x0F), "==", Shifted(Read(checks), "right", 4)),
                    (put(result, 1),),
                    (put(result, 0xFF),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that decides which copy of a save to load: the {length} bytes at {main.address} or the {length} at {backup.address}. The low nibble of {checks.address} holds the low four bits of the first copy's byte sum, the high nibble those of the second's. {result.address} becomes 0 if the first copy's nibble is right, else 1 if the second's is, else $FF.",
        f"Main or backup? 4-bit checksums (byte sum modulo 16) in {checks.address}: main's in bits 0-3, backup's in bits 4-7. Main {length} bytes {main.address}, backup {length} bytes {backup.address}. Result byte {result.address}: 0 main good, 1 only backup good, $FF neither.",
        f"byte[{result.address}] = sum(main) % 16 == c & 15 ? 0 : sum(backup) % 16 == c >> 4 ? 1 : $FF; c = byte[{checks.address}]; main/backup: {length} bytes at {main.address}/{backup.address}.",
        f"The game saves twice because people switch off in the middle, and both checksums share the byte {checks.address}: four bits each, the sum of all bytes modulo 16, lower half for the first copy ({main.address}), upper half for the second ({backup.address}); {length} bytes a copy. Say in {result.address} which to take: 0 for the first if it is sound, 1 for the second if only that is, $FF if both are broken.",
    )


def fix_checksum_after_edit(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(16, 24, 32))
    index, fresh = draw.variable(8, below=data.length), draw.variable(8)
    total, complement = draw.variable(16), draw.variable(16)
    program = (
        put(total, minus(plus(total, Widened(Read(fresh))), Widened(Read(at(data, index))))),
        put(complement, Unary("not", Read(total))),
        put(at(data, index), fresh),
    )
    return program, (
        f"Write a routine that changes one byte of a save and keeps its checksum right without adding everything again: byte number byte[{index.address}] (0 to {data.length - 1}) of the {data.length} at {data.address} becomes the byte {fresh.address}; the sum, word {total.address}, grows by the new and shrinks by the old value (modulo 65536); the word {complement.address} becomes its ones' complement.",
        f"How do I patch a byte and update sum and complement incrementally? data {data.address}[byte {index.address} < {data.length}] = byte {fresh.address}; sum word {total.address} += new - old; complement word {complement.address} = ~sum.",
        f"s += byte[{fresh.address}] - d[i]; word[{complement.address}] = ~s; d[i] = byte[{fresh.address}]; s = word[{total.address}], i = byte[{index.address}] < {data.length}, d: bytes {data.address}.",
        f"My trainer edits the save in place. The checksum (16 bits, {total.address}) is the plain sum of all bytes, and beside it is its complement, all bits inverted ({complement.address}). Put {fresh.address} into place {index.address} of the {data.length} bytes from {data.address} (the place is always a valid one) and correct both.",
    )


def even_and_odd_sums(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 12, 16, 24, 32))
    even, odd = draw.variable(16), draw.variable(16)
    place = Algorithms(draw).own("place")
    program = (
        put(even, 0), put(odd, 0), put(place, 0),
        Each(
            (data,),
            (
                If(
                    Bits(Read(place), 1, "none"),
                    (put(even, plus(even, Widened(Read(Here(data))))),),
                    (put(odd, plus(odd, Widened(Read(Here(data))))),),
                ),
                more(place),
            ),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that makes two sums over {data.length} bytes at {data.address}: the bytes number 0, 2, 4 and so on are added into the word {even.address}, those number 1, 3, 5 and so on into the word {odd.address}.",
        f"Interleaved checksums? {data.length} bytes from {data.address}: sum of even positions -> word {even.address}, of odd positions -> word {odd.address}; first byte is position 0.",
        f"word[{even.address}] = d[0] + d[2] + ...; word[{odd.address}] = d[1] + d[3] + ...; d: {data.length} bytes at {data.address}.",
        f"One sum doesn't notice when neighbours are swapped. So every second byte of my {data.length}-byte record ({data.address}) goes into one total ({even.address}, beginning with the first byte) and the rest into another ({odd.address}), 16 bits both.",
    )


def repair_by_majority(draw: Drawer) -> Made:
    first, second, third = draw.slots(8, 8, 8)
    repaired = draw.variable(8)
    vote = Algorithms(draw).own("vote")
    a, b, c = Here(first), Here(second), Here(third)
    program = (
        put(repaired, 0),
        Each(
            (first, second, third),
            (
                put(vote, joined(joined(masked(a, b), masked(a, c)), masked(b, c))),
                when(check(a, "!=", vote), put(a, vote), more(repaired)),
            ),
        ),
    )
    count = first.length
    return program, (
        f"Write a routine that repairs a save from three copies of {count} bytes at {first.address}, {second.address} and {third.address}: each bit of the first copy becomes what at least two of the three have. {repaired.address} gets the number of bytes of the first copy that were changed; the others stay.",
        f"Bitwise majority vote over three saves ({count} bytes each: {first.address}, {second.address}, {third.address})? Result into the first; count of its altered bytes -> {repaired.address}.",
        f"v = a & b | a & c | b & c; n += a[i] != v; a[i] = v; i < {count}; a, b, c = {first.address}, {second.address}, {third.address}; byte[{repaired.address}] = n.",
        f"The battery is dying, so bits fall over here and there. I keep everything three times ({count} bytes from {first.address}, {second.address} and {third.address}). Let the three vote on every single bit, put the outcome into the first copy and tell me how many of its bytes were wrong: {repaired.address}.",
    )


def suspend_is_used_up(draw: Drawer) -> Made:
    length = draw.one(4, 8, 12, 16)
    saved, state = draw.array(8, length), draw.array(8, length)
    flag, result = draw.variable(8), draw.variable(8)
    mark = draw.one(0x5A, 0xA5, 0x01)
    program = (
        put(result, 0),
        when(check(flag, "==", mark), Copy(saved, state), put(flag, 0), put(result, 1)),
    )
    return program, (
        f"Write a routine that continues a suspended game once: if {flag.address} is ${mark:02X}, the {length} bytes at {saved.address} are copied to {state.address}, the flag becomes 0 and {result.address} 1. Otherwise {result.address} becomes 0 and nothing else changes.",
        f"Quick-save that can be loaded only once? Flag {flag.address} == ${mark:02X}: copy {length} bytes {saved.address} -> {state.address}, flag = 0, byte {result.address} = 1; any other flag: {result.address} = 0.",
        f"byte[{result.address}] = byte[{flag.address}] == ${mark:02X}; if so: copy {length} bytes {saved.address} -> {state.address}; byte[{flag.address}] = 0.",
        f"No cheating with the suspend save: restoring it ({length} bytes from {saved.address} to the game's state at {state.address}) deletes its mark ${mark:02X} in {flag.address}. Without the mark it's a normal start. I want 1 in {result.address} when something was restored, 0 when not.",
    )


def medal_for_level(draw: Drawer) -> Made:
    medals = draw.array(8, draw.one(4, 8))
    level, fresh, result = draw.variable(8, below=medals.length * 4), draw.variable(8, below=4), draw.variable(8)
    working = Algorithms(draw)
    rest, place = working.own("rest"), replace(working.own("place"), below=medals.length)
    program = (
        put(place, Shifted(Read(level), "right", 2)),
        put(rest, at(medals, place)),
        Repeat(masked(level, 3), (put(rest, Shifted(Read(rest), "right", 2)),)),
        If(check(masked(rest, 3), "<", fresh), (put(result, 1),), (put(result, 0),)),
    )
    return program, (
        f"Write a routine that checks for a better medal: medals of 0 to 3 are packed four to a byte from {medals.address} ({medals.length} bytes), level 4n in bits 0-1 of byte n, the next in bits 2-3 and so on. If that of level byte[{level.address}] (below {medals.length * 4}) is less than the byte {fresh.address} (0 to 3), {result.address} becomes 1, else 0.",
        f"Is this a new best medal? Stored: 2 bits per level, four levels a byte, low bits first, {medals.address}, {medals.length} bytes. Level {level.address} (< {medals.length * 4}), just won {fresh.address} (0..3). Byte {result.address} = won > stored.",
        f"m = (p[l >> 2] >> 2 * (l & 3)) & 3; byte[{result.address}] = m < byte[{fresh.address}]; l = byte[{level.address}] < {medals.length * 4}, p: {medals.length} bytes {medals.address}.",
        f'Bronze, silver and gold are 1, 2 and 3; none is 0. Four levels share a byte of the save ({medals.length} of them at {medals.address}), the lowest two bits belonging to the first. The player has finished level {level.address} with medal {fresh.address}. Should I show "new record"? 1 or 0 to {result.address}; the same medal again is no record.',
    )


def sram_size_from_code(draw: Drawer) -> Made:
    code, banks = draw.variable(8, below=8), draw.variable(16)
    program: tuple[Statement, ...] = (
        put(banks, 0),
        when(
            check(code, "!=", 0),
            put(banks, 1),
            Repeat(Read(code), (put(banks, Shifted(Read(banks), "left", 1)),)),
        ),
    )
    kilobits = draw.maybe(0.5)
    unit = "kilobits" if kilobits else "KiB"
    if kilobits:
        program = (*program, put(banks, Shifted(Read(banks), "left", 3)))
    how = "8 * 2^n" if kilobits else "2^n"
    return program, (
        f"Write a routine that reads the SRAM size code of a ROM header: with n = byte {code.address} (0 to 7) the word {banks.address} becomes {how} (the size in {unit}), but 0 if n is 0.",
        f"How much SRAM does the header byte at $FFD8 mean? It is in {code.address}, at most 7: 0 is none, n is 2^n KiB. In {unit}, as a word, to {banks.address}.",
        f"n = byte[{code.address}] < 8; word[{banks.address}] = n ? {how} : 0.",
        f"A flash cart menu prints the save size in {unit}. The header's code ({code.address}, never above 7) is the exponent: one more doubles it, 1 stands for 2 KiB, while 0 means there is no save memory at all. Number to {banks.address}, 16 bits.",
    )


def newest_used_slot(draw: Drawer) -> Made:
    used, serial = draw.records(8, 16)
    result, working = draw.variable(8), Algorithms(draw)
    best, place = working.own("best", 16), working.own("place")
    mark = draw.one(0xA5, 0x55, 1)
    program = (
        put(result, 0xFF),
        put(best, 0),
        put(place, 0),
        Each(
            (used, serial),
            (
                when(
                    Both(check(Here(used), "==", mark), check(Here(serial), ">=", best)),
                    put(best, Here(serial)), put(result, place),
                ),
                more(place),
            ),
        ),
    )  # fmt: skip
    count = used.length
    return program, (
        f"Write a routine that finds the save slot that was written last. There are {count} slots, one every {used.step} bytes: the byte {used.address} of the first one is ${mark:02X} if the slot is used, the word {serial.address} is its serial number. {result.address} gets the number of the used slot with the highest serial number (unsigned; of equals the later slot), or $FF if none is used.",
        f"Continue from the latest save? {count} records of {used.step} bytes; first used byte {used.address} (${mark:02X} = used), first serial word {serial.address}. Index of the used one with the greatest serial, last on ties, to {result.address}; none: $FF.",
        f"byte[{result.address}] = argmax serial[i] over used[i] == ${mark:02X}, last of equals, i < {count}, else $FF; used: byte {used.address} + {used.step}i, serial: word {serial.address} + {used.step}i.",
        f'"Continue" shall take whichever file was saved most recently. Each of my {count} files ({used.step} bytes apart) has a state byte, ${mark:02X} for a file in use (first one: {used.address}), and a save counter of two bytes (first one: {serial.address}). Empty files don\'t count, and with equal counters the one further back wins. Number, or $FF for no file at all, to {result.address}.',
    )


def old_layout_to_new(draw: Drawer) -> Made:
    version, hearts, life, coins, purse = (
        draw.variable(8),
        draw.variable(8),
        draw.variable(16),
        draw.variable(8),
        draw.variable(16),
    )
    old = draw.rng.randrange(1, 9)
    factor, unit = draw.one((8, 10), (16, 5), (4, 100))
    program = (
        when(
            check(version, "==", old),
            put(life, Scaled(Widened(Read(hearts)), factor)),
            put(purse, Scaled(Widened(Read(coins)), unit)),
            put(version, old + 1),
        ),
    )
    return (*program, Report(check(version, "==", old + 1))), (
        f"Write a routine that converts a save of version {old}: if the byte {version.address} is {old}, the word {life.address} becomes {factor} times the byte {hearts.address}, the word {purse.address} {unit} times the byte {coins.address}, and the version {old + 1}. On return the carry is set if the version is {old + 1} now (converted or before), else clear.",
        f"Migrate save format {old} -> {old + 1}? Version byte {version.address}. Hearts byte {hearts.address} * {factor} -> word {life.address}; coins byte {coins.address} * {unit} -> word {purse.address}; version = {old + 1}. Only from {old}. Carry = version is {old + 1} afterwards.",
        f"if byte[{version.address}] == {old}: word[{life.address}] = {factor} * byte[{hearts.address}]; word[{purse.address}] = {unit} * byte[{coins.address}]; byte[{version.address}] = {old + 1}. carry = byte[{version.address}] == {old + 1}.",
        f"My update counts life in smaller units ({factor} to an old heart) and money in single coins ({unit} to one of the old). Old saves say {old} in {version.address} and have hearts in {hearts.address}, money in {coins.address}, a byte each; the new places are the words {life.address} and {purse.address}. Convert such a file and mark it {old + 1}; leave any other alone. Carry set tells me the file is fit for use ({old + 1}), clear that it isn't.",
    )


def time_to_bcd(draw: Drawer) -> Made:
    minutes, shown = draw.variable(8, below=60), draw.variable(8)
    hours, shown_hours = draw.variable(8), draw.variable(8)
    quotient = Half(Quotient(Widened(Read(minutes)), Number(10)), False)
    rest = Half(Quotient(Widened(Read(minutes)), Number(10), True), False)
    capped = Algorithms(draw).own("hours")
    program = (
        put(shown, joined(Shifted(quotient, "left", 4), rest)),
        put(capped, Binary("min", Read(hours), Number(99))),
        put(
            shown_hours,
            joined(
                Shifted(Half(Quotient(Widened(Read(capped)), Number(10)), False), "left", 4),
                Half(Quotient(Widened(Read(capped)), Number(10), True), False),
            ),
        ),
    )
    return program, (
        f"Write a routine that prepares the play time for the file screen: the minutes {minutes.address} (below 60) become packed BCD at {shown.address}, the hours {hours.address}, of which at most 99 are shown, packed BCD at {shown_hours.address}.",
        f"Play time to BCD? Minutes byte {minutes.address} (0-59) -> {shown.address}; hours byte {hours.address}, capped at 99 -> {shown_hours.address}; tens in the high nibble, ones in the low.",
        f"byte[{shown.address}] = BCD(byte[{minutes.address}]); byte[{shown_hours.address}] = BCD(min(byte[{hours.address}], 99)).",
        f"The digits are printed nibble by nibble, so the clock of the save has to be decimal. Hours are counted in binary at {hours.address} (anything over 99 is shown as 99), minutes at {minutes.address} (never 60 or more). Result: {shown_hours.address} for the hours, {shown.address} for the minutes.",
    )


def three_tries_then_erase(draw: Drawer) -> Made:
    tries, valid, erased = draw.variable(8), draw.variable(8), draw.variable(8)
    most = draw.rng.randrange(3, 9)
    block = draw.array(8, draw.one(4, 8, 16))
    program = (
        If(
            Bits(Read(valid), 1, "any"),
            (put(tries, 0), put(erased, 0)),
            (
                more(tries),
                If(
                    check(tries, ">=", most),
                    (Fill(block, Number(0)), put(tries, 0), put(erased, 1)),
                    (put(erased, 0),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that gives up on a broken save after {most} tries: if bit 0 of {valid.address} is set the save was fine, so {tries.address} and {erased.address} become 0. If it is clear, {tries.address} rises by 1; if it is then {most} or more, the {block.length} bytes at {block.address} become 0, {tries.address} 0 and {erased.address} 1; else {erased.address} becomes 0.",
        f"Retry loading, erase on failure number {most}? Loaded OK: bit 0 of {valid.address} -> tries {tries.address} = 0, erased {erased.address} = 0. Failed: tries + 1; at {most} or above clear {block.length} bytes at {block.address}, tries = 0, erased = 1; below: erased = 0.",
        f"ok = byte[{valid.address}] & 1; ok: t = 0, e = 0; else: t += 1; t >= {most} ? (zero {block.length} bytes at {block.address}, t = 0, e = 1) : e = 0. t = byte[{tries.address}], e = byte[{erased.address}].",
        f"A dirty cartridge may read wrong once or twice. Only when reading has failed {most} times in a row (counted in {tries.address}; success, that is the lowest bit of {valid.address} on, starts the count over) is the file wiped: {block.length} bytes from {block.address}. The wipe is reported by 1 in {erased.address}, everything else by 0, and the count begins anew.",
    )


def obfuscate_save(draw: Drawer) -> Made:
    data, key = draw.array(8, draw.one(8, 12, 16, 24)), draw.variable(8)
    step = draw.one(3, 7, 13, 0x1D, 0x55)
    mask = Algorithms(draw).own("mask")
    program = (
        put(mask, key),
        Each((data,), (put(Here(data), toggled(Here(data), mask)), put(mask, plus(mask, step)))),
    )
    return program, (
        f"Write a routine that scrambles {data.length} bytes at {data.address} with a running key: the first is exclusive-ored with the byte {key.address}, and for each further byte the key is {step} greater (modulo 256). {key.address} itself stays.",
        f"Simple save encryption that undoes itself when run again? {data.length} bytes at {data.address}; byte i ^= (byte {key.address} + {step} * i) & $FF.",
        f"d[i] ^= (byte[{key.address}] + {step}i) mod 256 for i < {data.length}; d: bytes at {data.address}.",
        f"Kids with hex editors shouldn't find their money at once. Before saving xor the {data.length} bytes from {data.address} with a key that begins at {key.address}'s value and grows by {step} from byte to byte; before loading the same routine turns it back. Don't alter the start key.",
    )


def merge_unlocks(draw: Drawer) -> Made:
    file, shared = draw.slots(8, 8)
    fresh = draw.variable(8)
    program = (
        put(fresh, 0),
        Each(
            (file, shared),
            (
                when(
                    check(masked(Here(file), Unary("not", Read(Here(shared)))), "!=", 0),
                    put(Here(shared), joined(Here(shared), Here(file))),
                    more(fresh),
                ),
            ),
        ),
    )
    count = file.length
    return program, (
        f"Write a routine that carries unlocked extras over: every bit set in the {count} bytes at {file.address} (this file) is set in the {count} bytes at {shared.address} (all files) too. {fresh.address} gets the number of bytes in which a bit was new.",
        f"OR this save's unlock bits ({count} bytes, {file.address}) into the global ones ({shared.address}) and count the bytes that gained something in {fresh.address}?",
        f"for i < {count}: if f[i] & ~g[i]: g[i] |= f[i], n += 1; byte[{fresh.address}] = n; f: {file.address}, g: {shared.address}.",
        f"The gallery belongs to the cartridge, not to a save: what one file has unlocked (bits in {count} bytes from {file.address}) stays unlocked in the common block at {shared.address}. If {fresh.address} is not 0 afterwards I show a message; it is how many of the common bytes got additional bits.",
    )


def session_into_totals(draw: Drawer) -> Made:
    session, total = draw.slots(8, 16)
    top = draw.one(9999, 50000, 65535, 999)
    program = (
        Each(
            (session, total),
            (
                Set(Here(total), Saturating("add", Read(Here(total)), Widened(Read(Here(session))), top)),
                put(Here(session), 0),
            ),
        ),
    )
    count = session.length
    return program, (
        f"Write a routine that books the session's statistics: the {count} bytes at {session.address} are added to the {count} words at {total.address}, pairwise, each word stopping at {top}, and the bytes become 0.",
        f"Add {count} byte counters ({session.address}) to saved word totals ({total.address}), cap {top} (a total beyond it becomes {top}), then zero the bytes?",
        f"for i < {count}: t[i] = min(t[i] + s[i], {top}); s[i] = 0; t: words {total.address}, s: bytes {session.address}.",
        f"Steps, kills, deaths and so on are counted in bytes while playing ({count} of them from {session.address}). At each save they flow into the file's totals, two bytes each from {total.address}, and start again from nothing. No total exceeds {top}, not even one that did before.",
    )


RECIPES = (
    pick_valid_copy,
    fix_checksum_after_edit,
    even_and_odd_sums,
    repair_by_majority,
    suspend_is_used_up,
    medal_for_level,
    sram_size_from_code,
    newest_used_slot,
    old_layout_to_new,
    time_to_bcd,
    three_tries_then_erase,
    obfuscate_save,
    merge_unlocks,
    session_into_totals,
)
