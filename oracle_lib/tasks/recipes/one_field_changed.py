"""One field of a packed byte or word changed, counted, limited or exchanged, with all that lies beside it kept."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Bits, Chosen, Each, Either, Field, Here, If, Number, Read, Statement, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    changed,
    ladder,
    lifted,
    marks,
    mask_of,
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
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def durability_wears(draw: Drawer) -> Made:
    word = draw.variable(16)
    broken = draw.variable(8)
    w, b = addresses(word, broken)
    low, bits = draw.one((4, 5), (6, 4), (3, 6), (8, 5))
    unit = 1 << low
    field = Field(Read(word), low, bits)
    program = (
        put(broken, 0),
        when(check(field, "!=", 0), less(word, unit), when(check(field, "==", 0), put(broken, 1))),
    )
    told = bits_told(low, bits)
    return program, (
        f"Write a routine that wears a weapon: its durability is {told} of the word {w}. If it isn't 0 it falls by 1; the word's other bits stay. {b} becomes 1 if it has just reached 0 by that, else 0.",
        f"Decrement the {bits}-bit field at bit {low} of word {w} unless 0; byte {b} = 1 if this made it 0, otherwise 0. Rest of the word untouched.",
        f"d = word[{w}] >> {low} & {(1 << bits) - 1}; if d: word[{w}] -= ${unit:X}; byte[{b}] = (d == 1).",
        f"A sword in my bag is one word ({w}), of which {told} count how many blows it still stands. One blow: count down, but a sword that is at nothing stays there. Only the blow that breaks it puts a 1 into {b}, every other one a 0. Name, element and whatever else the word holds must survive.",
    )


def palette_of_tile_next(draw: Drawer) -> Made:
    word = draw.variable(16)
    w = word.address
    first, last = draw.one((2, 5), (3, 6), (4, 7))
    palette = Algorithms(draw).own("palette")
    program = (
        put(palette, plus(part(word, 10, 3), 1)),
        when(Either(check(palette, ">", last), check(palette, "<", first)), put(palette, first)),
        changed(word, 10, 3, palette),
    )
    return program, (
        f"Write a routine that moves the palette of the tilemap word {w} on by one within {first} to {last}: it becomes one more, and {first} if it was {last} or more or came out below {first}. Tile number, priority and flips are kept.",
        f"Cycle ppp of the BG map entry {w} through {first}..{last} (outside that range: {first}). vh, o and tile number unchanged?",
        f"p = (word[{w}] >> 10 & 7) + 1; if p < {first} or p > {last}: p = {first}; word[{w}] = (word[{w}] & $E3FF) | p << 10.",
        f"A carpet tile glows in the palettes {first} to {last} one after the other. Its map entry is the word {w}; give it the next one, going back to {first} after {last} and also if the result isn't one of those at all. I don't want its tile or its flips to change.",
    )


def trust_field_moves(draw: Drawer) -> Made:
    word, deed = draw.variable(16), draw.variable(8, signed=True)
    w, d = addresses(word, deed)
    low = draw.one(0, 5, 8, 10)
    trust = Algorithms(draw).own("trust", 16)
    top = 63 if low == 10 else 31 if low else 63
    bits = top.bit_length()
    program = (
        put(trust, plus(Field(Read(word), low, bits), Widened(Read(deed), signed=True))),
        ladder(
            (Bits(Read(trust), 0x8000, "any"), (put(trust, 0),)),
            (check(trust, ">", top), (put(trust, top),)),
        ),
        changed(word, low, bits, trust),
    )
    return program, (
        f"Write a routine that adds the signed byte {d} to the {bits}-bit number in {bits_told(low, bits)} of the word {w}, staying within 0 to {top}. The remaining bits of the word are kept.",
        f"Trust = {bits_told(low, bits)} of {w}; trust += s8 {d}, clamped to 0..{top}; other bits of the word as before.",
        f"t = clamp((word[{w}] >> {low} & {top}) + (s8)byte[{d}], 0, {top}); word[{w}] = (word[{w}] & ${0xFFFF ^ mask_of(low, bits):04X}) | t << {low}.",
        f"How much the innkeeper trusts you is part of his record word {w}: {bits} bits from bit {low} on. What you did is worth {d}, good or bad (-128 to 127). Change his trust by that; it cannot fall under 0 nor rise over {top}. Don't spill into the neighbouring fields.",
    )


def priority_by_height(draw: Drawer) -> Made:
    attr, height = draw.variable(8), draw.variable(8)
    a, h = addresses(attr, height)
    low, high = draw.rng.randrange(4, 60), draw.rng.randrange(80, 200)
    new = Chosen(check(height, "<", low), Number(1), Chosen(check(height, "<", high), Number(2), Number(3)))
    level = Algorithms(draw).own("level")
    program = (put(level, new), changed(attr, 4, 2, level))
    return program, (
        f"Write a routine that sets the priority bits (4 and 5) of the OAM attribute byte {a} by the height {h}: 1 below {low}, 2 below {high}, otherwise 3. The byte's other six bits stay.",
        f"oo of {a} (vhoopppN) = 1 if {h} < {low}, 2 if < {high}, else 3; keep v, h, ppp, N.",
        f"p = byte[{h}] < {low} ? 1 : byte[{h}] < {high} ? 2 : 3; byte[{a}] = (byte[{a}] & $CF) | p << 4.",
        f"A flying sprite should pass in front of more and more layers as it climbs ({h}, unsigned): priority 1 near the ground, 2 from {low} on, 3 from {high} on. Only that may change in its attributes at {a}.",
    )


def slots_of_two_exchanged(draw: Drawer) -> Made:
    word = draw.variable(16)
    w = word.address
    bits = draw.one(3, 4, 5)
    one, two = draw.one((0, 8), (3, 11), (1, 10), (0, 11))
    if two + bits > 16:
        bits = 16 - two
    a = Algorithms(draw).own("first")
    keep = 0xFFFF ^ mask_of(one, bits) ^ mask_of(two, bits)
    program = (
        put(a, part(word, one, bits)),
        put(
            word,
            joined(
                masked(word, keep),
                joined(lifted(Field(Read(word), two, bits), one), lifted(a, two)),
            ),
        ),
    )
    return program, (
        f"Write a routine that exchanges two {bits}-bit fields of the word {w}: {bits_told(one, bits)} and {bits_told(two, bits)} trade places; the other bits remain.",
        f"Swap {bits_told(one, bits)} with {bits_told(two, bits)} inside word {w}, nothing else moves.",
        f"w = word[{w}]; a = w >> {one} & {(1 << bits) - 1}; b = w >> {two} & {(1 << bits) - 1}; word[{w}] = (w & ${keep:04X}) | b << {one} | a << {two}.",
        f"Two items are equipped in one word, {w}: that of the left hand in {bits} bits from bit {one}, that of the right hand in {bits} bits from bit {two}. Let the hands trade. There are flags in the word's other bits, which must not suffer.",
    )


def combo_counter_resets(draw: Drawer) -> Made:
    status, hit = draw.variable(8), draw.variable(8)
    s, h = addresses(status, hit)
    low, bits = draw.one((0, 4), (4, 4), (3, 3), (2, 4))
    mask, top = mask_of(low, bits), (1 << bits) - 1
    program = (
        If(
            check(hit, "==", 0),
            (put(status, masked(status, 0xFF ^ mask)),),
            (when(check(masked(status, mask), "!=", mask), more(status, 1 << low)),),
        ),
    )
    return program, (
        f"Write a routine for a combo counter in {bits_told(low, bits)} of {s}: if the byte {h} is 0 (missed) the counter becomes 0, else it rises by 1 but not beyond {top}. The other bits of {s} are left alone.",
        f"{s} & ${mask:02X} = combo. {h} == 0: clear it; otherwise +1, saturating at {top}; other bits intact?",
        f"b = byte[{s}]; byte[{s}] = byte[{h}] == 0 ? b & ${0xFF ^ mask:02X} : (b & ${mask:02X}) == ${mask:02X} ? b : b + ${1 << low:02X}.",
        f"Part of the status byte {s}, the bits ${mask:02X}, counts blows that hit in a row. {h} tells about the present blow: zero means missed, and the count is lost; anything else means hit, and the count grows until it is at {top}, where it stays. What else is in the byte is none of your business.",
    )


def volume_nibbles_fade(draw: Drawer) -> Made:
    volume, done = draw.variable(8), draw.variable(8)
    v, d = addresses(volume, done)
    program = (
        when(Bits(Read(volume), 0xF0, "any"), less(volume, 0x10)),
        when(Bits(Read(volume), 0x0F, "any"), less(volume, 1)),
        put(done, either(check(volume, "==", 0), 1, 0)),
    )
    return program, (
        f"Write a routine that fades a stereo volume by one step: the byte {v} has the left volume in its high nibble and the right one in its low nibble; each falls by 1 unless it is 0. {d} becomes 1 when both are 0, otherwise 0.",
        f"LLLLRRRR at {v}: decrement each nibble towards 0 on its own, no borrow across; {d} = (both silent).",
        f"l = max((byte[{v}] >> 4) - 1, 0); r = max((byte[{v}] & 15) - 1, 0); byte[{v}] = l << 4 | r; byte[{d}] = byte[{v}] == 0.",
        f"Fading out a voice: left and right loudness share the byte {v}, one hex digit each, left first. Lower each of them by one as long as it isn't zero already, and put 1 into {d} as soon as nothing is to be heard any more (0 before).",
    )


def owner_field_claimed(draw: Drawer) -> Made:
    word, player = draw.variable(16), draw.variable(8, below=4)
    w, p = addresses(word, player)
    low = draw.one(4, 6, 9, 12)
    done = draw.variable(8)
    r = done.address
    owner = part(word, low, 3)
    program = (
        If(
            check(owner, "==", 0),
            (changed(word, low, 3, plus(player, 1)), put(done, 1)),
            (put(done, either(check(owner, "==", plus(player, 1)), 2, 0)),),
        ),
    )
    return program, (
        f"Write a routine by which a player claims a field of the board. The owner is the 3-bit number in {bits_told(low, 3)} of the word {w}: 0 for nobody, otherwise the player's number plus 1. Player {p} (0 to 3) wants it: if it's nobody's, he becomes the owner (other bits kept) and {r} becomes 1; if it is his already, {r} becomes 2; if it's another's, 0.",
        f"Claim: owner = {bits_told(low, 3)} of {w}; 0 -> write player {p} + 1, result {r} = 1; already player + 1 -> {r} = 2; else {r} = 0. Player < 4; only that field may change.",
        f"o = word[{w}] >> {low} & 7; me = byte[{p}] + 1; o == 0: field = me, r = 1; o == me: r = 2; else r = 0; byte[{r}] = r; byte[{p}] < 4.",
        f"On my world map each town is a word ({w}), and three of its bits, from bit {low} on, say who holds it: 0 nobody, 1 to 4 a player. The player at turn is {p}, counted from 0. An empty town becomes his (answer 1 in {r}), his own stays his (answer 2), a foreign one stays foreign (answer 0). Garrison and walls are in the same word, so be careful.",
    )


def level_field_from_experience(draw: Drawer) -> Made:
    record, points = draw.variable(16), draw.variable(16)
    r, p = addresses(record, points)
    marks_ = sorted(draw.rng.sample(range(50, 4000), 3))
    level = Algorithms(draw).own("level")
    program: tuple[Statement, ...] = (
        put(level, 0),
        *(when(check(points, ">=", mark), more(level)) for mark in marks_),
        when(check(level, ">", part(record, 2, 2)), changed(record, 2, 2, level), raised(record, 15)),
    )
    told = ", ".join(map(str, marks_))
    return program, (
        f"Write a routine that raises a fighter's rank. By the experience word {p} the rank is the number of the limits {told} that are reached. If that is more than the rank in bits 2-3 of the record word {r}, it replaces it there, and bit 15 (promoted) is set; otherwise the record stays as it is. All other bits stay in any case.",
        f"rank = how many of {told} are <= word {p}; if rank > bits 2-3 of word {r}: write it there and set bit 15; never demote.",
        f"n = (p >= {marks_[0]}) + (p >= {marks_[1]}) + (p >= {marks_[2]}); if n > (word[{r}] >> 2 & 3): bits 2-3 = n, bit 15 = 1; p = word[{p}].",
        f"Experience ({p}, 16 bits) makes one rise to rank 1 at {marks_[0]} points, to rank 2 at {marks_[1]} and to rank 3 at {marks_[2]}. The rank is kept in two bits, 2 and 3, of {r}. Promote him if he has earned more than that, and light bit 15 for the fanfare when you do. Nobody loses a rank, and the rest of {r} belongs to others.",
    )


def two_fields_by_limits(draw: Drawer) -> Made:
    word = draw.variable(16)
    gain = draw.variable(8, below=16)
    w, g = addresses(word, gain)
    small, big = Field(Read(word), 0, 6), Field(Read(word), 6, 6)
    total = Algorithms(draw).own("total", 16)
    per = draw.one(10, 12, 20, 50)
    program = (
        put(total, plus(small, Widened(Read(gain)))),
        when(
            check(total, ">=", per),
            put(total, minus(total, per)),
            when(check(big, "!=", 63), more(word, 0x40)),
        ),
        changed(word, 0, 6, masked(total, 63)),
    )
    return program, (
        f"Write a routine that adds the byte {g} (below 16) to a score kept in two fields of the word {w}: bits 0-5 count points, bits 6-11 count rounds. If the points come to {per} or more, {per} is taken off and a round is added, but the rounds stay at 63 once there. The points are stored modulo 64; bits 12-15 are kept.",
        f"{w} = .... rrrrrr pppppp: p += byte {g} (<16); if p >= {per}: p -= {per}, r = min(r + 1, 63). Top nibble of the word unchanged; p is stored with 6 bits.",
        f"p = (w & 63) + byte[{g}]; if p >= {per}: p -= {per}, r = min((w >> 6 & 63) + 1, 63); w = (w & $F000) | r << 6 | p & 63; w = word[{w}], gain < 16.",
        f"The duel's score is one word, {w}: six bits of points, six bits of rounds won above it, and a nibble of other matters on top that stays. He makes {g} points (fewer than 16). With {per} together he wins the round (a sixty-fourth one isn't counted any more) and those {per} are gone. Points that still don't fit into their six bits lose what is above.",
    )


def flags_of_state_refreshed(draw: Drawer) -> Made:
    status, health, mana, poison = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    s, h, m, p = addresses(status, health, mana, poison)
    limit = draw.rng.randrange(5, 60)
    program = (
        put(status, masked(status, 0xF8)),
        marks(status, check(health, "<", limit), 0),
        marks(status, check(mana, "==", 0), 1),
        marks(status, check(poison, "!=", 0), 2),
    )
    return program, (
        f"Write a routine that refreshes three bits of the status byte {s}: bit 0 is set if the health word {h} is below {limit}, bit 1 if the mana byte {m} is 0, bit 2 if the poison timer {p} isn't 0; each is clear otherwise. Bits 3 to 7 stay.",
        f"{s}: bit 0 = (word {h} < {limit}), bit 1 = (byte {m} == 0), bit 2 = (byte {p} != 0), upper five bits preserved.",
        f"byte[{s}] = (byte[{s}] & $F8) | (word[{h}] < {limit}) | (byte[{m}] == 0) << 1 | (byte[{p}] != 0) << 2.",
        f"The HUD looks at bits of {s} only: lowest, that he is nearly dead (health {h}, two bytes, under {limit}); next, that he is out of magic ({m} at zero); next, that he is poisoned (timer {p} running). Bring these three up to date, on or off. The five bits above are set by others.",
    )


def speed_field_from_pad(draw: Drawer) -> Made:
    state, pad = draw.variable(8), draw.variable(16)
    s, p = addresses(state, pad)
    speed = Algorithms(draw).own("speed")
    program = (
        put(speed, part(state, 4, 3)),
        ladder(
            (Bits(Read(pad), 0x8000, "any"), (when(check(speed, "<", 7), more(speed)),)),
            (check(speed, "!=", 0), (less(speed),)),
        ),
        changed(state, 4, 3, speed),
    )
    return program, (
        f"Write a routine for a kart: its speed is the 3-bit number in bits 4-6 of {s}. With B held (bit 15 of the pad word {p}) it rises by 1 up to 7; otherwise it falls by 1 down to 0. The other bits of {s} stay.",
        f"Gas: B in the pad word {p} -> speed (bits 4-6 of byte {s}) +1, max 7; not held -> -1, min 0. Keep bits 0-3 and 7.",
        f"v = byte[{s}] >> 4 & 7; v = word[{p}] & $8000 ? min(v + 1, 7) : max(v - 1, 0); byte[{s}] = (byte[{s}] & $8F) | v << 4.",
        f"Eight speeds, kept in three bits of the kart's byte {s} (mask $70), the rest of which tells lane and skid. As long as B is down in {p} (the hardware's button word) it goes one faster per call until 7, without B one slower until it stands.",
    )


def age_in_top_bits(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(8, 12, 16, 24))
    gone = draw.variable(8)
    c, g = addresses(cells, gone)
    n = cells.length
    kind = masked(Here(cells), 0x1F)
    program = (
        put(gone, 0),
        Each(
            (cells,),
            (
                when(
                    check(kind, "!=", 0),
                    If(check(Here(cells), ">=", 0xE0), (put(Here(cells), 0), more(gone)), (more(Here(cells), 0x20),)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that ages {n} plants, bytes at {c}: bits 0-4 are the kind (0: no plant), bits 5-7 the age. Each plant gets one older; one of age 7 dies, its byte becoming 0. Bytes without a plant are left alone. {g} becomes the number that died.",
        f"{n} bytes {c}, aaakkkkk. k != 0: a + 1, or byte = 0 if a was 7 (count these -> {g}); k == 0: skip.",
        f"for b in {n} bytes at {c}: if b & 31: if b >= $E0: b = 0, n += 1; else b += $20; byte[{g}] = n (starts at 0).",
        f"Each of my {n} garden plots (from {c}) is a byte with the kind of plant in five bits and its age in the three above. A day passes: plants grow older by one, those already at 7 wither, so that nothing at all is left in the byte. How many withered goes to {g}. A plot whose kind is 0 is bare and doesn't age, whatever its other bits.",
    )


RECIPES = (
    durability_wears,
    palette_of_tile_next,
    trust_field_moves,
    priority_by_height,
    slots_of_two_exchanged,
    combo_counter_resets,
    volume_nibbles_fade,
    owner_field_claimed,
    level_field_from_experience,
    two_fields_by_limits,
    flags_of_state_refreshed,
    speed_field_from_pad,
    age_in_top_bits,
)
