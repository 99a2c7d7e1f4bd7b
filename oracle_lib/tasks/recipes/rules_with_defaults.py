"""Rules over flags and fields: which of several wins, what is granted or refused, defaults, and bits of others kept."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Bits, If, Number, Read, Saturating, Statement
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    changed,
    ladder,
    lowered,
    marks,
    part,
    raised,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    less,
    masked,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def request_with_highest_rank(draw: Drawer) -> Made:
    requests, served, busy = draw.variable(8), draw.variable(8), draw.variable(8)
    r, s, b = addresses(requests, served, busy)
    order = draw.rng.sample(range(8), 4)
    codes = draw.rng.sample(range(1, 0x40), 4)
    program = (
        put(served, 0),
        ladder(
            *(
                (Bits(Read(requests), 1 << bit, "any"), (put(served, code), lowered(requests, bit)))
                for bit, code in zip(order, codes, strict=True)
            )
        ),
        when(check(served, "!=", 0), raised(busy, 7)),
    )
    told = ", ".join(f"bit {bit} ({code})" for bit, code in zip(order, codes, strict=True))
    return program, (
        f"Write a routine that serves the most important request in {r}. In order of importance: {told}. The first of these bits that is set is cleared, its number in brackets goes to {s}, and bit 7 of {b} is set. If none is set, {s} becomes 0 and nothing else changes. Only one request is served.",
        f"{r}: first set of {told} -> {s} = number, clear just that bit, {b} |= $80. None: {s} = 0.",
        f"for (bit, n) in order {told}: if byte[{r}] has the bit: clear it, byte[{s}] = n, byte[{b}] |= $80, done; else byte[{s}] = 0.",
        f"One sound can start per frame. Wanted ones are bits of {r}, and the weightier goes first: {told}, the sound's number being in brackets. Start one by its number in {s}, take its wish away, leave the others' for the next frames, and mark the player busy with the top bit of {b}. Without any wish of these four: 0 in {s}, {b} untouched.",
    )


def permission_by_level_and_ban(draw: Drawer) -> Made:
    user, door, answer = draw.variable(8), draw.variable(8), draw.variable(8)
    u, d, a = addresses(user, door, answer)
    codes = draw.rng.sample(range(1, 90), 3)
    program = (
        ladder(
            (Bits(masked(user, door), 0xF0, "any"), (put(answer, codes[0]),)),
            (check(masked(user, 7), "<", masked(door, 7)), (put(answer, codes[1]),)),
            otherwise=(put(answer, codes[2]),),
        ),
    )
    i, j, k = codes
    return program, (
        f"Write a routine that decides about a door {d} for a visitor {u}, both bytes with a level in bits 0-2 and four guild bits 4-7. If they have a guild bit in common (banned), {a} becomes {i}; else, if the visitor's level is below the door's, {j}; else {k}. Bit 3 doesn't matter.",
        f"({u} & {d}) & $F0 -> {a} = {i}; else ({u} & 7) < ({d} & 7) -> {j}; else {k}.",
        f"byte[{a}] = byte[{u}] & byte[{d}] & $F0 ? {i} : (byte[{u}] & 7) < (byte[{d}] & 7) ? {j} : {k}.",
        f"The four upper bits of a door ({d}) name guilds that mustn't enter, those of a person ({u}) the guilds he is in. One match and the guard says line {i}. Otherwise the three lowest bits of both are ranks, and who ranks lower than the door hears line {j}. The rest hear {k} and go in. Line to {a}.",
    )


def grant_once_and_report(draw: Drawer) -> Made:
    flags, stock, owned = draw.variable(16), draw.variable(8, below=4), draw.variable(8)
    f, s, o = addresses(flags, stock, owned)
    bit = draw.rng.randrange(16)
    gain = draw.rng.randrange(2, 12)
    answer = draw.variable(8)
    a = answer.address
    program = (
        ladder(
            (Bits(Read(flags), 1 << bit, "any"), (put(answer, 2),)),
            (check(stock, "==", 0), (put(answer, 1),)),
            otherwise=(
                put(answer, 0),
                raised(flags, bit),
                less(stock),
                put(owned, Saturating("add", Read(owned), Number(gain), 99)),
            ),
        ),
    )
    return program, (
        f"Write a routine that hands out a gift once: if bit {bit} of the word {f} is set (had it), {a} = 2; else if the stock {s} (0-3) is 0, {a} = 1; else {a} = 0, the bit is set, the stock falls by 1 and {o} grows by {gain}, at most to 99.",
        f"word {f} bit {bit} set -> {a} = 2; stock {s} (< 4) empty -> {a} = 1; else {a} = 0, set the bit, --stock, {o} = min({o} + {gain}, 99).",
        f"a = w & ${1 << bit:04X} ? 2 : !byte[{s}] ? 1 : 0; if a == 0: w |= ${1 << bit:04X}, byte[{s}] -= 1, byte[{o}] = min(byte[{o}] + {gain}, 99); byte[{a}] = a; w = word[{f}], stock at most 3.",
        f"The fairy gives each visitor {gain} seeds ({o}, of which nobody can have over 99), but only three visitors a day ({s} are left) and nobody twice (bit {bit} in {f}, a word). {a} for her words: 0 for here you are, 1 for none left, 2 for you had yours; the last is what she says to those who had, left or not. Keep all books in order.",
    )


def nibble_vote_decides(draw: Drawer) -> Made:
    votes, result = draw.variable(16), draw.variable(8)
    v, r = addresses(votes, result)
    own = Algorithms(draw).own
    yes, no = own("yes"), own("no")
    codes = draw.rng.sample(range(1, 80), 3)
    need = draw.rng.randrange(3, 8)
    program = (
        put(yes, part(votes, 0, 4)),
        put(no, part(votes, 4, 4)),
        ladder(
            (check(plus(yes, no), "<", need), (put(result, codes[0]),)),
            (check(yes, ">", no), (put(result, codes[1]), raised(votes, 15))),
            otherwise=(put(result, codes[2]), lowered(votes, 15)),
        ),
    )
    i, j, k = codes
    return program, (
        f"Write a routine that closes a vote. In the word {v} bits 0-3 count yes, bits 4-7 count no. Fewer than {need} votes together: {r} = {i}, the word stays. More yes than no: {r} = {j} and bit 15 is set. Otherwise: {r} = {k} and bit 15 is cleared. All other bits stay.",
        f"y = {v} & 15, n = {v} >> 4 & 15: y + n < {need} -> {r} = {i}; y > n -> {r} = {j}, bit 15 on; else {r} = {k}, bit 15 off.",
        f"y + n < {need} ? r = {i} : y > n ? (r = {j}, w |= $8000) : (r = {k}, w &= $7FFF); y = w & 15, n = w >> 4 & 15, w = word[{v}]; byte[{r}] = r.",
        f"The council's ballot is the word {v}: right digit for, second digit against. With under {need} cast it's not valid (message {i}) and nothing is decided. A majority for it makes it law, message {j} and top bit on; a tie or a majority against it repeals it, message {k} and top bit off. The counts remain in the minutes. Message: {r}.",
    )


def weakest_link_of_fields(draw: Drawer) -> Made:
    word, lowest, which = draw.variable(16), draw.variable(8), draw.variable(8)
    w, a, b = addresses(word, lowest, which)
    own = Algorithms(draw).own("field")
    program = (
        put(lowest, part(word, 0, 5)),
        put(which, 0),
        put(own, part(word, 5, 5)),
        when(check(own, "<", lowest), put(lowest, own), put(which, 1)),
        put(own, part(word, 10, 5)),
        when(check(own, "<", lowest), put(lowest, own), put(which, 2)),
    )
    return program, (
        f"Write a routine that finds the smallest of three 5-bit fields in the word {w} (field 0 in bits 0-4, field 1 in bits 5-9, field 2 in bits 10-14): its value goes to {a}, its number to {b}. Of equals the lower number counts.",
        f"min of the three 5-bit fields of {w} (bit 0 up) -> value {a}, index {b} (0-2, first on ties).",
        f"f = [w & 31, w >> 5 & 31, w >> 10 & 31]; byte[{a}] = min(f); byte[{b}] = f.index(min(f)); w = word[{w}].",
        f"A chain has three links, and {w} says how strong each is: five bits apiece, starting from the right. It breaks at the weakest, or the rightmost of the weakest. How much does it bear ({a}) and where does it break ({b}; 0 is the right one, 2 the left one)? The top bit has no meaning.",
    )


def merge_flags_by_priority(draw: Drawer) -> Made:
    base, forced_on, forced_off, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    b, n, f, r = addresses(base, forced_on, forced_off, result)
    off_wins = draw.maybe(0.5)
    if off_wins:
        program = (put(result, masked(joined(base, forced_on), toggled(forced_off, 0xFF))),)
        told = "a bit in both is off"
        formula = f"(byte[{b}] | byte[{n}]) & ~byte[{f}]"
    else:
        program = (put(result, joined(masked(base, toggled(forced_off, 0xFF)), forced_on)),)
        told = "a bit in both is on"
        formula = f"(byte[{b}] & ~byte[{f}]) | byte[{n}]"
    changes = draw.variable(8)
    c = changes.address
    statements = (*program, put(changes, toggled(result, base)))
    return statements, (
        f"Write a routine that applies overrides to the flags {b}: bits set in {n} are switched on, bits set in {f} off; {told}. The result goes to {r}, and {c} gets the bits that differ from {b}.",
        f"{r} = {b} with {n} forced on and {f} forced off ({told}); {c} = what changed.",
        f"byte[{r}] = {formula}; byte[{c}] = byte[{r}] ^ byte[{b}].",
        f"The script may force some of the eight switches: those in {n} on, those in {f} off, and where it demands both, {told.replace('a bit in both is', 'it ends')}. What the player set is {b} and stays there. Effective switches to {r}, and as bits of {c} which of them the script really turned.",
    )


def repair_field_or_default(draw: Drawer) -> Made:
    word, fixed = draw.variable(16), draw.variable(8)
    w, f = addresses(word, fixed)
    low = draw.rng.randrange(0, 5)
    second = low + draw.rng.randrange(5, 7)
    top, least = draw.rng.randrange(9, 14), draw.rng.randrange(2, 6)
    default = draw.rng.randrange(least, 8)
    program = (
        put(fixed, 0),
        when(check(part(word, low, 4), ">", top), changed(word, low, 4, Number(top)), more(fixed)),
        when(check(part(word, second, 4), "<", least), changed(word, second, 4, Number(default)), more(fixed)),
    )
    return program, (
        f"Write a routine that repairs the settings word {w}: if the number in {bits_told(low, 4)} is above {top} it becomes {top}; if the number in {bits_told(second, 4)} is below {least} it becomes {default}; all other bits stay. {f} becomes how many of the two had to be changed.",
        f"{w}: {bits_told(low, 4)} > {top} -> {top}; {bits_told(second, 4)} < {least} -> {default}; {f} = number of repairs (0-2), other bits untouched.",
        f"a = w >> {low} & 15; b = w >> {second} & 15; a' = min(a, {top}); b' = b < {least} ? {default} : b; w with these fields; byte[{f}] = (a' != a) + (b' != b); w = word[{w}].",
        f"Settings (word {w}) come from a cartridge whose battery may be weak. One field of four bits (from bit {low}) must not exceed {top}: pull it down to that. Another (from bit {second}) can't be less than {least}: a smaller one is replaced by the default {default}. Neighbouring bits are to be trusted. Count the repairs in {f}.",
    )


def achievement_tiers_word(draw: Drawer) -> Made:
    counter, tiers, new = draw.variable(16), draw.variable(8), draw.variable(8)
    c, t, n = addresses(counter, tiers, new)
    steps = sorted(draw.rng.sample(range(20, 5000), 3))
    low = draw.rng.randrange(0, 6)
    bits = tuple(low + place for place in range(3))
    before = Algorithms(draw).own("before")
    program: tuple[Statement, ...] = (
        put(before, tiers),
        *(marks(tiers, check(counter, ">=", step), bit) for step, bit in zip(steps, bits, strict=True)),
        put(new, either(check(tiers, "!=", before), 1, 0)),
    )
    x, y, z = steps
    return program, (
        f"Write a routine that awards tiers by the counter word {c}: bit {bits[0]} of {t} is set from {x} on, bit {bits[1]} from {y} on, bit {bits[2]} from {z} on. Bits already set stay, as do the other bits. {n} becomes 1 if {t} has changed, else 0.",
        f"word {c} >= {x} / {y} / {z} -> set bit {bits[0]} / {bits[1]} / {bits[2]} of {t} (never clear); {n} = anything new?",
        f"o = byte[{t}]; v = o | (c >= {x}) << {bits[0]} | (c >= {y}) << {bits[1]} | (c >= {z}) << {bits[2]}; byte[{t}] = v; byte[{n}] = v != o; c = word[{c}].",
        f"Bronze at {x}, silver at {y}, gold at {z} steps: three bits of {t}, from bit {bits[0]} up, and gold of course includes the others. A medal once won isn't lost, even if the step counter {c} (two bytes) should run over. Should I play the fanfare? 1 to {n} when this call brought a medal that wasn't there, 0 otherwise.",
    )


def cooldown_per_pair(draw: Drawer) -> Made:
    timers, ready = draw.variable(8), draw.variable(8)
    t, r = addresses(timers, ready)
    flag_a, flag_b = draw.rng.sample(range(8), 2)
    program = (
        put(ready, masked(ready, 0xFF ^ (1 << flag_a) ^ (1 << flag_b))),
        If(
            Bits(Read(timers), 0x0C, "any"),
            (less(timers, 4),),
            (raised(ready, flag_a),),
        ),
        If(
            Bits(Read(timers), 0xC0, "any"),
            (less(timers, 0x40),),
            (raised(ready, flag_b),),
        ),
    )
    return program, (
        f"Write a routine for two short cooldowns in {t}: bits 2-3 and bits 6-7 are numbers from 0 to 3. Each one that isn't 0 falls by 1; for one that is 0 already a ready bit is set in {r}: bit {flag_a} for the lower, bit {flag_b} for the upper. A ready bit whose cooldown was not 0 is cleared. All other bits of both bytes stay.",
        f"{t}: c1 = bits 2-3, c2 = bits 6-7. c > 0: -1 and ready off; c = 0: ready on. Ready: bits {flag_a} (c1), {flag_b} (c2) of {r}. Rest kept.",
        f"for (shift, bit) in ((2, {flag_a}), (6, {flag_b})): c = byte[{t}] >> shift & 3; c ? (byte[{t}] -= 1 << shift, clear bit of byte[{r}]) : set bit of byte[{r}].",
        f"Dash and kick need up to three frames of rest each; {t} has the dash's in bits 2 and 3 and the kick's in bits 6 and 7. Let a frame go by. A move is ready if it needed no more rest when the frame began, which shows in {r}: bit {flag_a} for the dash, bit {flag_b} for the kick, on or off. Don't disturb other bits in either byte.",
    )


def difficulty_of_options(draw: Drawer) -> Made:
    options, score, label = draw.variable(8), draw.variable(8), draw.variable(8)
    o, s, b = addresses(options, score, label)
    weights = draw.rng.sample(range(1, 12), 3)
    bits = draw.rng.sample(range(3, 8), 3)
    easy, hard = 7 + draw.rng.randrange(0, 4), 14 + draw.rng.randrange(0, 6)
    program: tuple[Statement, ...] = (
        put(score, masked(options, 7)),
        *(
            when(Bits(Read(options), 1 << bit, "any"), more(score, weight))
            for bit, weight in zip(bits, weights, strict=True)
        ),
        ladder(
            (check(score, "<", easy), (put(label, 0),)),
            (check(score, "<", hard), (put(label, 1),)),
            otherwise=(put(label, 2),),
        ),
    )
    told = ", ".join(f"bit {bit}: {weight}" for bit, weight in zip(bits, weights, strict=True))
    return program, (
        f"Write a routine that rates the option byte {o}: the score {s} is the number in bits 0-2 plus, for set bits, {told}. The label {b} becomes 0 for a score below {easy}, 1 for one below {hard}, else 2.",
        f"score {s} = ({o} & 7) + weights of set bits ({told}); label {b}: < {easy} 0, < {hard} 1, else 2.",
        f"byte[{s}] = (byte[{o}] & 7) + sum of weights of set bits, weights {{{told}}}; byte[{b}] = (score >= {easy}) + (score >= {hard}).",
        f"How hard is this randomizer seed? Three bits of its options ({o}) are a level that counts as it is; some others count if they are on ({told}). All together is the score, {s}. Under {easy} it's called easy (0), under {hard} normal (1), from there on hard (2), in {b}.",
    )


RECIPES = (
    request_with_highest_rank,
    permission_by_level_and_ban,
    grant_once_and_report,
    nibble_vote_decides,
    weakest_link_of_fields,
    merge_flags_by_priority,
    repair_field_or_default,
    achievement_tiers_word,
    cooldown_per_pair,
    difficulty_of_options,
)
