"""Save files: slots, copies, versions, checks, what goes in and what comes out of them."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Copy,
    Each,
    Here,
    If,
    Index,
    Number,
    Read,
    Report,
    Shifted,
    Stop,
    Table,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def write_both_copies(draw: Drawer) -> Made:
    state = draw.array(8, draw.one(4, 8, 12, 16))
    first, second = draw.array(8, state.length), draw.array(8, state.length)
    total = draw.variable(16)
    inverted = draw.maybe(0.5)
    made = Unary("not", Read(Here(state))) if inverted else Read(Here(state))
    program = (
        put(total, 0),
        Each(
            (state, first, second),
            (
                put(Here(first), Here(state)),
                put(Here(second), made),
                more(total, Widened(Read(Here(state)))),
            ),
        ),
    )
    how = "with all bits inverted" if inverted else "unchanged"
    return program, (
        f"Save {state.length} bytes from {state.address} twice: to {first.address} as they are, to {second.address} {how}, and store their 16-bit sum at {total.address}.",
        f"a[i] = s[i]; b[i] = {'~' if inverted else ''}s[i]; word[{total.address}] = sum(s); {state.length} bytes: s {state.address}, a {first.address}, b {second.address}.",
        f"Mirrored save: {state.length} bytes {state.address} -> copy {first.address}, second copy {second.address} ({how}), byte sum -> word {total.address}.",
        f"A power cut must not cost anybody his progress. The {state.length} bytes of progress at {state.address} go into the cartridge RAM at {first.address} and once more, {how}, at {second.address}. For the later test put the sum of the bytes, two bytes wide, into {total.address}.",
    )


def heal_from_inverted(draw: Drawer) -> Made:
    first = draw.array(8, draw.one(4, 8, 12))
    second = draw.array(8, first.length)
    expected, broken = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    total = own("sum")
    program = (
        put(broken, 0),
        put(total, 0),
        Each((first,), (more(total, Here(first)),)),
        when(
            check(total, "!=", expected),
            Each(
                (first, second),
                (
                    when(
                        check(Unary("not", Read(Here(second))), "!=", Here(first)),
                        put(Here(first), Unary("not", Read(Here(second)))),
                        more(broken),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"If the 8-bit sum of the {first.length} bytes at {first.address} isn't byte[{expected.address}], restore them from the inverted copy at {second.address} (each byte is the complement of what it should be). {broken.address} counts the bytes that were really different; it is 0 if the sum is right.",
        f"n = 0; if sum(a) & $FF != byte[{expected.address}]: for i: if a[i] != ~b[i]: a[i] = ~b[i], ++n. a {first.address}, b {second.address}, {first.length} bytes; n -> {broken.address}.",
        f"Repair block {first.address} ({first.length} bytes, check sum {expected.address}) from its complement {second.address} when the sum fails; repaired bytes -> {broken.address}.",
        f"My save file has a negative: {second.address} holds every one of its {first.length} bytes ({first.address}) with all bits turned over. Should the sum of the file's bytes (one byte wide) disagree with {expected.address}, take the contents from the negative, and tell me in {broken.address} how many bytes this changed. A file with a good sum is left alone, with 0 as the answer.",
    )


def next_slot_in_turn(draw: Drawer) -> Made:
    serials = draw.array(8, draw.one(2, 3, 4, 6))
    slot, serial = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    best = own("best")
    program = (
        put(slot, 0),
        put(best, at(serials, 0)),
        Each(
            (serials,),
            (
                when(
                    check(minus(Here(serials), best), "<", 0x80),
                    put(best, Here(serials)),
                    put(slot, Index()),
                ),
            ),
        ),
        more(slot),
        when(check(slot, "==", serials.length), put(slot, 0)),
        put(serial, plus(best, 1)),
    )
    n = serials.length
    return program, (
        f"Wear levelling: {n} save slots carry serial numbers (bytes at {serials.address}) that wrap from 255 to 0. Going through them from slot 0, the newest is replaced by each slot whose number minus the newest's, modulo 256, is below 128. The slot after the newest (slot 0 after the last) goes to {slot.address}, the newest number plus 1 to {serial.address}.",
        f"k = 0; for i < {n}: if (s[i] - s[k]) & $FF < $80: k = i; byte[{slot.address}] = (k + 1) % {n}; byte[{serial.address}] = s[k] + 1. s {where(serials)}.",
        f"Rotating autosave over {n} slots: serials {serials.address} (8-bit circular compare, later of equals wins) -> slot to write {slot.address} (the one behind the newest, cyclic) and its serial {serial.address}.",
        f"The autosave uses {n} places in turn. Each place has the number of its save at {serials.address}, counted on from save to save and starting again at 0 after 255. Find the latest: begin with place 0, and let every place take over whose number is at most 127 ahead (0 ahead counts too). The new save goes into the place following it, around the corner if it is the last; that place to {slot.address}, the new save's number to {serial.address}.",
    )


def version_fills_gaps(draw: Drawer) -> Made:
    version, hearts, flags, money = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    start, bit, limit = draw.one(12, 16, 20, 24), draw.one(0x01, 0x10, 0x80), draw.one(999, 5000, 9999)
    program = (
        when(check(version, ">=", 3), Stop()),
        when(check(version, "==", 0), put(hearts, start), put(flags, 0)),
        when(check(version, "<=", 1), put(flags, joined(flags, bit))),
        put(money, Binary("min", Read(money), Number(limit, 16))),
        put(version, 3),
    )
    return program, (
        f"Upgrade an old save: version byte[{version.address}] of 3 or more is left alone. Version 0 gets {start} in {hearts.address} and 0 in {flags.address}; then versions 0 and 1 get the bits ${bit:02X} set in {flags.address}; then all old ones have the word {money.address} limited to {limit}, and become version 3.",
        f"v < 3: v == 0 ? h = {start}, f = 0; v <= 1 ? f |= ${bit:02X}; m = min(m, {limit}); v = 3. v {version.address}, h {hearts.address}, f {flags.address} (bytes), m {money.address} (word).",
        f"Migration steps by version {version.address}: 0: hearts {hearts.address} := {start}, flags {flags.address} := 0; 0-1: flags |= ${bit:02X}; 0-2: money word {money.address} capped at {limit}, version := 3. From 3 on nothing.",
        f"Saves from earlier releases of my hack must still load. Release 0 knew neither hearts ({hearts.address}, to start with {start}) nor flags ({flags.address}, empty). Up to release 1 the flag ${bit:02X} was taken for granted, so set it. Up to release 2 one could own more than {limit} rupees ({money.address}, 16 bits); take the surplus away. Do whatever a save needs, according to {version.address}, and note there that it is of release 3 now. Newer ones don't concern us.",
    )


def file_select_line(draw: Drawer) -> Made:
    used, deaths = draw.slots(8, 8)
    hearts = draw.array(8, used.length)
    slot, shown_hearts, shown_deaths = draw.variable(8, below=used.length), draw.variable(8), draw.variable(8)
    mark, empty = draw.one(0x55, 0xAA, 0x01), draw.one(0xFF, 0x7F, 0)
    program = (
        If(
            check(at(used, slot), "==", mark),
            (
                put(shown_hearts, Shifted(Read(at(hearts, slot)), "right", 3)),
                put(shown_deaths, Binary("min", Read(at(deaths, slot)), Number(99))),
            ),
            (put(shown_hearts, empty), put(shown_deaths, empty)),
        ),
    )
    n = used.length
    return program, (
        f"Prepare the file select: of {n} files, file byte[{slot.address}] (in range) is in use if its byte in the list at {used.address} is ${mark:02X}. Then its hearts (list {hearts.address}, eighths, shown as whole hearts rounded down) go to {shown_hearts.address} and its deaths (list {deaths.address}, at most 99 shown) to {shown_deaths.address}. Otherwise both become ${empty:02X}.",
        f"k = byte[{slot.address}] < {n}; u[k] == ${mark:02X} ? ({shown_hearts.address} = h[k] >> 3, {shown_deaths.address} = min(d[k], 99)) : both ${empty:02X}. Bytes u {used.address}, h {hearts.address}, d {deaths.address}.",
        f"File {slot.address} (0-{n - 1}): used mark ${mark:02X} in {used.address}; hearts/8 from {hearts.address} -> {shown_hearts.address}; deaths from {deaths.address} capped at 99 -> {shown_deaths.address}; unused -> ${empty:02X} twice.",
        f"When the cursor stands on a file, show its hearts and how often the hero died. Three lists have a byte for each of the {n} files: whether it's used (${mark:02X}) at {used.address}, hearts in units of an eighth at {hearts.address}, deaths at {deaths.address}. The file is {slot.address}. Put whole hearts in {shown_hearts.address}, and in {shown_deaths.address} the deaths, of which no more than 99 fit on the screen. For an unused file both are ${empty:02X}.",
    )


def keep_better_of_two(draw: Drawer) -> Made:
    mine, other = draw.slots(16, 16)
    better = draw.variable(8)
    lowest = draw.maybe(0.5)
    none = 0xFFFF if lowest else 0
    condition = check(Here(other), "<" if lowest else ">", Here(mine))
    program = (
        put(better, 0),
        Each((mine, other), (when(condition, put(Here(mine), Here(other)), more(better)),)),
        Report(check(better, "!=", 0)),
    )
    what = "times" if lowest else "scores"
    word = "smaller" if lowest else "greater"
    return program, (
        f"Merge two records files: {mine.length} {what} (words) at {mine.address} and as many at {other.address}. Where the second's entry is {word}, it replaces the first's. Count the replacements in {better.address}; carry set if there was any. (${none:04X}, no record, needs no special care.)",
        f"n = 0; for i < {mine.length}: if o[i] {'<' if lowest else '>'} m[i]: m[i] = o[i], ++n; byte[{better.address}] = n; C = n > 0. m {mine.address}, o {other.address}, words, unsigned.",
        f"Best {what} of {mine.address} and {other.address} ({mine.length} words each) into {mine.address}, {word} wins; improved entries -> {better.address}, C = some.",
        f"My brother and I have both played; our best {what} for the {mine.length} courses are at {mine.address} (mine) and {other.address} (his), 16 bits each. In my list I want the better of both, which is the {word} one. How many did he improve? Leave that in {better.address}, and return with the carry set if it's at least one, so that the file is written again.",
    )


def mask_of_valid_slots(draw: Drawer) -> Made:
    count, stride = draw.one(3, 4, 6), draw.one(8, 16, 32)
    marks, sums, complements = laid_out(
        draw, count, stride, ("slot mark", 0, 8), ("slot sum", 2, 16), ("slot complement", 4, 16)
    )
    mark, mask, bad = draw.rng.randrange(1, 256), draw.variable(8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    program = (
        put(mask, 0),
        put(bad, 0),
        put(bit, 1),
        Each(
            (marks, sums, complements),
            (
                when(
                    check(Here(marks), "==", mark),
                    If(
                        check(plus(Here(sums), Here(complements)), ">=", 0xFF00),
                        (put(mask, joined(mask, bit)),),
                        (put(Here(marks), 0), more(bad)),
                    ),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Check {count} save slots of {stride} bytes at {marks.address}. Byte 0 is ${mark:02X} in a used one; the words at offsets 2 and 4 must then add up (modulo 65,536) to $FF00 or more, or the slot is broken: its byte 0 becomes 0 and {bad.address} counts it. A sound used slot n sets bit n of {mask.address}. Both variables start from 0.",
        f"for n < {count}: r = {marks.address} + {stride}n; if r[0] == ${mark:02X}: word r+2 + word r+4 >= $FF00 (16 bits) ? m |= 1 << n : (r[0] = 0, ++b). m -> byte {mask.address}, b -> byte {bad.address}.",
        f"Slots {marks.address} ({count} x {stride}): used mark ${mark:02X} (+0), words +2/+4 with sum >= $FF00 (wrapping). Valid mask -> {mask.address}; invalid used ones erased (+0 := 0), counted in {bad.address}; others ignored.",
        f"Cheap cartridges lose bits now and then, so my test is a tolerant one. A file begins with ${mark:02X} if it was ever saved; {stride} bytes make a file, {count} files start at {marks.address}. The two words behind its first word should be opposites: their 16-bit sum has to lie in the top page, $FF00 to $FFFF. If it does the file gets its bit in {mask.address} (file 0 the lowest); if not, wipe its first byte and count the loss in {bad.address}. Files never saved do neither.",
    )


def copy_counts_and_caps(draw: Drawer) -> Made:
    caps = draw.array(8, draw.one(4, 6, 8))
    saved, live = draw.array(8, caps.length), draw.array(8, caps.length)
    fixed = draw.variable(8)
    program = (
        put(fixed, 0),
        Each(
            (saved, caps, live),
            (
                If(
                    check(Here(saved), ">", Here(caps)),
                    (put(Here(live), Here(caps)), more(fixed)),
                    (put(Here(live), Here(saved)),),
                ),
            ),
        ),
        when(check(fixed, "!=", 0), Copy(live, saved)),
    )
    return program, (
        f"Load {caps.length} item counts from the save (bytes {saved.address}) to {live.address}, none higher than its capacity (bytes {caps.address}). {fixed.address} counts those that were too high; if there are any, the corrected counts are written back to the save.",
        f"l[i] = min(s[i], c[i]); n = #{{s[i] > c[i]}} -> byte {fixed.address}; n ? s = l. {caps.length} bytes each: s {saved.address}, c {caps.address}, l {live.address}.",
        f"{caps.length} counts: save {saved.address} -> game {live.address}, clipped to caps {caps.address}; clipped number -> {fixed.address}; nonzero: repair the save too.",
        f"Somebody gave himself 255 bombs with an editor. When loading, compare each of the {caps.length} counts in the save at {saved.address} with what the bags hold ({caps.address}) and take the smaller into the game, {live.address}. Note the number of frauds in {fixed.address}; if it isn't zero, the file itself is put right as well.",
    )


def password_of_state(draw: Drawer) -> Made:
    parts = draw.array(8, draw.one(3, 4, 5))
    out = draw.array(8, parts.length + 1)
    key = draw.one(0x15, 0x2A, 0x0B, 0x1D)
    own = Algorithms(draw).own
    total, place = own("sum"), replace(own("place"), below=parts.length + 1)
    program = (
        put(total, key),
        put(place, 0),
        While(
            check(place, "<", parts.length),
            (
                put(at(out, place), masked(plus(at(parts, place), total), 0x1F)),
                put(total, plus(total, at(out, place))),
                more(place),
            ),
        ),
        put(at(out, parts.length), masked(total, 0x1F)),
    )
    n = parts.length
    return program, (
        f"Make a password of {n + 1} symbols (0-31, bytes at {out.address}) from {n} values (bytes at {parts.address}): a running sum starts at ${key:02X}; each symbol is (value + sum) & 31 and is then added to the sum (8 bits). The last symbol is the sum & 31.",
        f"t = ${key:02X}; o[i] = (v[i] + t) & 31, t += o[i], i < {n}; o[{n}] = t & 31. v {parts.address}, o {out.address}, bytes.",
        f"{n} values {parts.address} -> password {out.address}: symbol = (value + t) mod 32, t = {key} + all symbols so far; final check symbol t mod 32.",
        f"No battery, so players write down a password. Its symbols are numbers from 0 to 31. Start a total with {key}. For every one of the {n} values at {parts.address}, add total and value, keep the low five bits as the symbol, and add the symbol to the total. In the end a check symbol follows, the total's low five bits. Symbols go to {out.address} in order. Sums are bytes.",
    )


def password_is_right(draw: Drawer) -> Made:
    symbols = draw.array(8, draw.one(3, 4, 5))
    values, key = draw.array(8, symbols.length), draw.one(0x15, 0x2A, 0x0B, 0x1D)
    given = draw.variable(8, below=8)
    own = Algorithms(draw).own
    total = own("sum")
    program = (
        put(total, key),
        Each(
            (symbols, values),
            (
                put(Here(values), masked(minus(Here(symbols), total), 0x1F)),
                more(total, Here(symbols)),
            ),
        ),
        Report(check(masked(total, 7), "==", given)),
    )
    n = symbols.length
    return program, (
        f"Read a password back: {n} symbols (bytes {symbols.address}) give {n} values (bytes {values.address}): value = (symbol - t) & 31, where t starts at ${key:02X} and grows by each symbol after its use (8 bits). Carry set if the final t & 7 is byte[{given.address}] (0-7).",
        f"t = ${key:02X}; for i < {n}: v[i] = (s[i] - t) & 31; t += s[i]; C = (t & 7) == byte[{given.address}]. s {symbols.address}, v {values.address}; t 8 bits; the check is 0-7.",
        f"Password decode {symbols.address} -> {values.address} ({n} bytes, mod 32, running key from {key} plus symbols); three-bit check {given.address}: C = match.",
        f"The player has entered {n} symbols, now at {symbols.address}, and a check digit from 0 to 7, in {given.address}. Undo my scrambling: take the running total, {key} to begin with, from the symbol, keep five bits, store that in the list at {values.address}, then add the symbol to the total (a byte). If the lowest three bits of the total agree with the check digit in the end, return with carry set. The values are stored in either case.",
    )


def dirty_pages_saved(draw: Drawer) -> Made:
    live = draw.array(16, draw.one(4, 8, 12))
    kept = draw.array(16, live.length)
    budget, written = draw.one(2, 3, 4), draw.variable(8)
    done = draw.variable(8)
    program = (
        put(written, 0),
        put(done, 1),
        Each(
            (live, kept),
            (
                when(
                    check(Here(live), "!=", Here(kept)),
                    when(check(written, "==", budget), put(done, 0), Stop()),
                    put(Here(kept), Here(live)),
                    more(written),
                ),
            ),
        ),
    )
    return program, (
        f"Save gradually: bring the {live.length} words at {kept.address} closer to those at {live.address} by copying differing words, at most {budget} per call, from the first on. {written.address} is the number copied; {done.address} becomes 0 if another differing word was found after that, else 1.",
        f"n = 0, ok = 1; for i < {live.length}: if a[i] != b[i]: if n == {budget}: ok = 0, break; b[i] = a[i], ++n. a {live.address}, b {kept.address} (words); n -> {written.address}, ok -> {done.address}.",
        f"Incremental save {live.address} -> {kept.address}, {live.length} words, max {budget} changed words a frame; copied -> {written.address}; {done.address} = 1 when in sync, 0 if more remain.",
        f"Writing the whole save costs too much time in one frame. Compare the live data ({live.length} words from {live.address}) with what was saved ({kept.address}) and transfer only what changed, {budget} words a call and no more. I need to know how many were transferred ({written.address}) and whether the save is complete now: {done.address} is 1 then, and 0 if you met a further change that had to wait.",
    )


def restore_or_default(draw: Drawer) -> Made:
    saved = draw.array(8, draw.one(4, 6, 8))
    live = draw.array(8, saved.length)
    defaults = Table("DefaultTable", "default", tuple(draw.rng.randrange(1, 100) for _ in range(saved.length)))
    magic, used = draw.variable(16), draw.variable(8)
    wanted = draw.one(0x5A5A, 0x4C41, 0x1234, 0xBEEF)
    program = (
        If(
            check(magic, "==", wanted),
            (Copy(saved, live), put(used, 0)),
            (Copy(defaults, live), put(magic, wanted), put(used, 1)),
        ),
    )
    return program, (
        f"Load the options: if the word {magic.address} is ${wanted:04X}, copy the {saved.length} bytes at {saved.address} to {live.address} and set {used.address} to 0. Otherwise use {listed(defaults)} instead, set the word to ${wanted:04X} and {used.address} to 1.",
        f"word[{magic.address}] == ${wanted:04X} ? {live.address} = {saved.length} bytes from {saved.address}, {used.address} = 0 : {live.address} = {listed(defaults)}, magic written, {used.address} = 1.",
        f"Options {saved.address} -> {live.address} ({saved.length} bytes), valid only with magic ${wanted:04X} at {magic.address}; else defaults {listed(defaults)}, magic set, flag {used.address} = 1 (valid: 0).",
        f"With a fresh cartridge the option bytes at {saved.address} are rubbish. One knows it by the word at {magic.address}, which is ${wanted:04X} once options have been stored. Fill the game's {saved.length} options at {live.address} from there if so. If not, my factory settings are {listed(defaults)}; put these in the game and the mark ${wanted:04X} into the cartridge (the rubbish itself may stay). {used.address} tells whether the factory settings were taken: 1, or else 0.",
    )


def erase_needs_two_presses(draw: Drawer) -> Made:
    marks = draw.array(8, draw.one(3, 4))
    slot, armed, pressed = draw.variable(8, below=marks.length), draw.variable(8), draw.variable(16)
    erased = draw.one(0, 0xFF)
    confirm, cancel = draw.one((0x8000, 0x0080), (0x0080, 0x8000), (0x0040, 0x8000))
    names = {0x8000: "B", 0x0080: "A", 0x0040: "X"}
    program = (
        when(Bits(Read(pressed), cancel, "any"), put(armed, 0), Stop()),
        when(Bits(Read(pressed), confirm, "none"), Stop()),
        If(
            check(armed, "==", 0),
            (put(armed, 1),),
            (put(at(marks, slot), erased), put(armed, 0)),
        ),
    )
    return program, (
        f"Erasing a file takes two presses of {names[confirm]}: with {names[cancel]} among the new presses (word {pressed.address}) the armed flag {armed.address} becomes 0 and that is all. Else, with {names[confirm]}: if the flag is 0 it becomes 1; otherwise the mark of file byte[{slot.address}] (in range, list of {marks.length} bytes at {marks.address}) becomes ${erased:02X} and the flag 0.",
        f"p & ${cancel:04X}: a = 0; else p & ${confirm:04X}: a ? (m[k] = ${erased:02X}, a = 0) : a = 1. p word {pressed.address}, a {armed.address}, k {slot.address} < {marks.length}, m {marks.address}.",
        f"Delete with confirmation: {names[confirm]} arms ({armed.address} 0 -> 1), {names[confirm]} again (flag nonzero) writes ${erased:02X} to file {slot.address}'s byte in {marks.address} ({marks.length} files) and disarms; {names[cancel]} disarms, with priority. Presses: {pressed.address}.",
        f"Nobody should lose a file by accident. The first {names[confirm]} on the erase screen only makes {armed.address} 1 (the game then asks 'really?'), the second one erases: the byte of the chosen file {slot.address} in the list at {marks.address} ({marks.length} files; the choice is one of them) is set to ${erased:02X} and {armed.address} to 0. {names[cancel]} backs out at any time and wins over {names[confirm]}. What was pressed this frame is in {pressed.address}, in the console's pad format.",
    )


RECIPES = (
    write_both_copies,
    heal_from_inverted,
    next_slot_in_turn,
    version_fills_gaps,
    file_select_line,
    keep_better_of_two,
    mask_of_valid_slots,
    copy_counts_and_caps,
    password_of_state,
    password_is_right,
    dirty_pages_saved,
    restore_or_default,
    erase_needs_two_presses,
)
