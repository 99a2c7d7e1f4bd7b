"""Copies in WRAM of the console's registers, and words of its memories: fields that are told by their names."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Chosen,
    Each,
    Field,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Set,
    Shifted,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import sprite_buffer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, either, joined, less, masked, more, plus, put, toggled, when

SUBJECT = "tile graphics"
_LAYERS = {"BG1": 1, "BG2": 2, "BG3": 4, "BG4": 8, "sprites": 16}


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def layers_on_off(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    names = draw.rng.sample(list(_LAYERS), draw.one(2, 3))
    on, off = names[:-1], names[-1]
    register = draw.one(
        ("$212C", "main screen"), ("$212D", "subscreen"), ("$212E", "window mask of the main screen"),
        ("$212F", "window mask of the subscreen"),
    )  # fmt: skip
    mask = sum(_LAYERS[name] for name in on)
    shown = " and ".join(on)
    return (put(mirror, masked(joined(mirror, mask), 0xFF ^ _LAYERS[off])),), (
        f"Write a routine that changes {mirror.address}, the copy of {register[0]} ({register[1]}): {shown} on, {off} off, the other layers as before.",
        f"How do I enable {shown} and disable {off} in a mirror of {register[0]}? Byte {mirror.address}; don't disturb the rest.",
        f"byte[{mirror.address}] ({register[0]}): set {shown}, clear {off}.",
        f"For the dialogue I need {shown} in the {register[1]}, but no {off}. The value that NMI copies to {register[0]} is at {mirror.address}; every other bit must survive.",
        f"{register[0]} mirror {mirror.address}: + {', '.join(on)}; - {off}.",
    )


def layer_under_condition(draw: Drawer) -> Made:
    mirror, state = draw.variable(8), draw.variable(8)
    name = draw.one(*_LAYERS)
    bound = draw.rng.randrange(2, 200)
    relation = draw.one("<", ">=", "==")
    words = {"<": "below", ">=": "at least", "==": "exactly"}[relation]
    condition = check(state, relation, bound)
    bit = _LAYERS[name]
    return (If(condition, (put(mirror, joined(mirror, bit)),), (put(mirror, masked(mirror, 0xFF ^ bit)),)),), (
        f"Write a routine that shows {name} only while the byte {state.address} is {words} {bound}: {mirror.address} is the shadow of $212C; turn that layer's bit on then, off otherwise, and keep the others.",
        f"How do I tie the visibility of {name} to {state.address}? {words} {bound}: enabled in the TM mirror {mirror.address}; else disabled.",
        f"byte[{mirror.address}].{name} (bits of $212C) = byte[{state.address}] {relation} {bound}.",
        f"{name} should vanish unless {state.address} is {words} {bound}. My NMI writes {mirror.address} to the main screen designation; change just that bit, both ways.",
    )


def background_mode(draw: Drawer) -> Made:
    mirror, mode = draw.variable(8), draw.rng.randrange(8)
    priority = draw.one("kept", "set", "clear")
    value = joined(masked(mirror, 0xF8), mode) if mode else masked(mirror, 0xF8)
    also = ""
    if priority == "set":
        value, also = joined(masked(mirror, 0xF0), mode | 8), ", and give BG3 its high priority"
    elif priority == "clear":
        value = joined(masked(mirror, 0xF0), mode) if mode else masked(mirror, 0xF0)
        also = ", and take BG3's high priority away"
    return (put(mirror, value),), (
        f"Write a routine that switches {mirror.address}, a copy of BGMODE ($2105), to background mode {mode}{also}; the tile sizes {'and the BG3 priority ' if not also else ''}stay.",
        f"How do I select mode {mode} without losing the other fields of $2105? Mirror byte {mirror.address}{also}.",
        f"byte[{mirror.address}] ($2105): mode = {mode}{also}; rest kept.",
        f"The map screen runs in mode {mode}. Edit the BGMODE mirror at {mirror.address}{also}; 8x8 or 16x16 tiles are not your business.",
    )


def big_tiles(draw: Drawer) -> Made:
    mirror, layer, big = draw.variable(8), draw.rng.randrange(1, 5), draw.maybe(0.5)
    bit = 8 << layer
    value = joined(mirror, bit) if big else masked(mirror, 0xFF ^ bit)
    size = "16x16" if big else "8x8"
    return (put(mirror, value),), (
        f"Write a routine that gives BG{layer} tiles of {size} pixels: change its bit in {mirror.address}, the copy of $2105, and no other.",
        f"How do I set BG{layer} to {size} characters? BGMODE mirror: byte {mirror.address}.",
        f"byte[{mirror.address}] (BGMODE): BG{layer} tile size = {size}; rest unchanged.",
        f"The title screen's BG{layer} is drawn with {size} tiles. $2105 is written from {mirror.address} each frame, so that's where the size must change.",
    )


def screen_brightness(draw: Drawer) -> Made:
    mirror, up, step = draw.variable(8), draw.maybe(0.5), draw.one(1, 1, 1, 2, 3)
    level = Algorithms(draw).own("level")
    steps = (
        put(level, masked(mirror, 0x0F)),
        Set(level, Saturating("add" if up else "subtract", Read(level), Number(step), 15 if up else 0)),
        put(mirror, joined(masked(mirror, 0x80), level)),
    )
    if up:
        told = f"raise the brightness by {step}, but not above full"
    else:
        told = f"lower the brightness by {step}, but not below black"
    return steps, (
        f"Write a routine to {told}, in {mirror.address}, the copy of INIDISP ($2100). The forced-blank bit keeps its state; the unused bits become 0.",
        f"How do I {told}? $2100 mirror: byte {mirror.address}. Keep forced blank, clear the three unused bits.",
        f"byte[{mirror.address}] ($2100): {told}; blank bit kept, bits 4-6 zero.",
        f"One step of a fade-{'in' if up else 'out'}: {told}. {mirror.address} goes to INIDISP in vblank. Whether the screen is blanked must not change, and bits without a meaning end up clear.",
    )


def blank_the_screen(draw: Drawer) -> Made:
    mirror, on = draw.variable(8), draw.maybe(0.5)
    level = draw.rng.randrange(1, 16)
    if on:
        value = joined(mirror, 0x80)
        words = "turn forced blank on, brightness untouched"
    else:
        value = joined(masked(mirror, 0x70), level)
        words = f"turn forced blank off and set the brightness to {level}"
    return (put(mirror, value),), (
        f"Write a routine to {words}, in the byte {mirror.address} that mirrors $2100; the bits that mean nothing stay.",
        f"How do I {words}? INIDISP copy at {mirror.address}; unused bits as they are.",
        f"INIDISP mirror {mirror.address}: {words}; bits 4-6 kept.",
        f"{'Before the big upload' if on else 'After loading'} I want to {words}. Do it in {mirror.address} (copied to $2100 later) and keep everything not named.",
    )


def interrupt_enable(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    kind = draw.one("nmi on", "nmi off", "joypad on", "vertical", "horizontal", "both", "no irq")
    value, words = {
        "nmi on": (joined(mirror, 0x80), "enable the vblank NMI"),
        "nmi off": (masked(mirror, 0x7F), "disable the vblank NMI"),
        "joypad on": (joined(mirror, 0x01), "enable automatic joypad reading"),
        "vertical": (joined(masked(mirror, 0xCF), 0x20), "have IRQs by the vertical counter only"),
        "horizontal": (joined(masked(mirror, 0xCF), 0x10), "have IRQs by the horizontal counter only"),
        "both": (joined(mirror, 0x30), "have an IRQ where both counters, H and V, match"),
        "no irq": (masked(mirror, 0xCF), "switch off both timer IRQs, H and V"),
    }[kind]
    return (put(mirror, value),), (
        f"Write a routine to {words}, in {mirror.address}, the copy of NMITIMEN ($4200). All its other bits keep their state.",
        f"How do I {words}? Mirror of $4200: byte {mirror.address}; the rest stays.",
        f"byte[{mirror.address}] ($4200): {words}.",
        f"$4200 is write-only, so I keep its value in {mirror.address}. Change that one to {words}, and nothing besides.",
    )


def video_port_mode(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    step, code = draw.one((1, 0), (32, 1), (128, 2))
    high = draw.maybe(0.5)
    value = joined(masked(mirror, 0x7C), (0x80 if high else 0) | code)
    side = "the high byte ($2119)" if high else "the low byte ($2118)"
    return (put(mirror, value),), (
        f"Write a routine that sets up {mirror.address}, the copy of VMAIN ($2115): the VRAM address goes on by {step} word{'s' if step > 1 else ''} after access to {side}. The remapping bits and the unused ones stay.",
        f"How do I choose a VRAM increment of {step} after {side}? VMAIN shadow: {mirror.address}; keep bits 2 to 6.",
        f"byte[{mirror.address}] ($2115): increment {step} on {side}; address translation kept.",
        f"I upload {'columns' if step == 32 else 'data'} and want the address to step by {step} each time {side} was written. Put that into the $2115 mirror at {mirror.address}, without touching translation (bits 2, 3) or bits 4 to 6.",
    )


def tilemap_base(draw: Drawer) -> Made:
    mirror, size = draw.variable(8), draw.rng.randrange(4)
    names = ("32x32", "64x32 (wide)", "32x64 (tall)", "64x64")
    address = draw.rng.randrange(1, 31) * 0x400
    kind = draw.one("size", "base", "base")
    layer = draw.rng.randrange(1, 5)
    register = f"$210{6 + layer} (BG{layer}SC)"
    if kind == "size":
        value = joined(masked(mirror, 0xFC), size) if size else masked(mirror, 0xFC)
        words = f"make its map {names[size]} tiles, at the same address"
    else:
        value = joined(masked(mirror, 0x03), address >> 8)
        words = f"put its map at VRAM word address ${address:04X}, of the same size"
    return (put(mirror, value),), (
        f"Write a routine for {mirror.address}, the mirror of {register}: {words}.",
        f"How do I change only one field of {register}? {words[0].upper()}{words[1:]}. Mirror byte {mirror.address}.",
        f"byte[{mirror.address}], copy of {register}: {words}.",
        f"BG{layer} needs another screen layout: {words}. Its register's value is kept at {mirror.address}.",
    )


def object_sizes(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    sizes = ("8x8 and 16x16", "8x8 and 32x32", "8x8 and 64x64", "16x16 and 32x32", "16x16 and 64x64", "32x32 and 64x64")
    code, base = draw.rng.randrange(6), draw.rng.randrange(4)
    if draw.maybe(0.6):
        value = joined(masked(mirror, 0x1F), code << 5) if code else masked(mirror, 0x1F)
        words = f"sprites come in {sizes[code]}, with their tiles where they are"
    else:
        value = joined(masked(mirror, 0xF8), base) if base else masked(mirror, 0xF8)
        words = f"sprite tiles start at VRAM word address ${base * 0x2000:04X} (the field counts $2000 words), with sizes and gap as they are"
    return (put(mirror, value),), (
        f"Write a routine that edits OBSEL's copy at {mirror.address}: {words}.",
        f"How do I change $2101 (mirror {mirror.address}) so that {words}?",
        f"byte[{mirror.address}] (OBSEL): {words}.",
        f"For the boss room: {words}. The mirror of $2101 is the byte {mirror.address}; only that field may differ afterwards.",
    )


def color_math_layers(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    bits = {"BG1": 1, "BG2": 2, "BG3": 4, "BG4": 8, "sprites": 16, "the backdrop": 32}
    names = draw.rng.sample(list(bits), draw.one(1, 2, 3))
    half, minus_ = draw.maybe(0.5), draw.maybe(0.5)
    number = sum(bits[name] for name in names) | (0x40 if half else 0) | (0x80 if minus_ else 0)
    told = " and ".join(names)
    how = f"{'subtracted' if minus_ else 'added'}{', halved' if half else ', not halved'}"
    flags = draw.variable(8)
    flag = draw.rng.randrange(8)
    program = (put(mirror, Chosen(Bits(Read(flags), 1 << flag, "any"), Number(number), Number(0))),)
    return program, (
        f"Write a routine that stores the value for CGADSUB ($2131) at {mirror.address}: if bit {flag} of {flags.address} is set, colour math on {told} alone, colours {how}; if it's clear, 0.",
        f"How do I switch colour math ({told}; {how}) by a flag? Flag: bit {flag} of {flags.address}. Write the $2131 value, or 0 without the flag, to {mirror.address}.",
        f"byte[{mirror.address}] = bit {flag} of byte[{flags.address}] ? CGADSUB({told}; {how}) : 0.",
        f"Underwater (bit {flag} in {flags.address}) {told} should be blended, {how}; on land nothing is. The register value goes to {mirror.address}, which NMI sends to $2131.",
    )


def mosaic_of_layers(draw: Drawer) -> Made:
    mirror, size = draw.variable(8), draw.variable(8, below=16)
    names = draw.rng.sample(["BG1", "BG2", "BG3", "BG4"], draw.one(1, 2, 3))
    mask = sum(_LAYERS[name] for name in names)
    value = joined(Shifted(Read(size), "left", 4), mask)
    told = ", ".join(names)
    return (put(mirror, value),), (
        f"Write a routine that composes the value of MOSAIC ($2106) at {mirror.address}: block size from the byte {size.address} (0 to 15), enabled for {told} only.",
        f"How do I build $2106 from a size ({size.address}, 0..15) for {told}? To {mirror.address}.",
        f"byte[{mirror.address}] = MOSAIC(size = byte[{size.address}] < 16, layers = {told}).",
        f"A pixelating transition on {told}: {size.address} holds the coarseness, under 16. {mirror.address} must become what $2106 wants.",
    )


def dma_channels(draw: Drawer) -> Made:
    mirror, on = draw.variable(8), draw.maybe(0.6)
    channel = draw.rng.randrange(8)
    other = draw.rng.choice([one for one in range(8) if one != channel])
    value = (
        joined(masked(mirror, 0xFF ^ (1 << other)), 1 << channel)
        if on
        else masked(mirror, 0xFF ^ (1 << channel) ^ (1 << other))
    )
    words = f"channel {channel} on and channel {other} off" if on else f"channels {channel} and {other} both off"
    return (put(mirror, value),), (
        f"Write a routine that switches HDMA: {words} in {mirror.address}, the copy of HDMAEN ($420C). The six other channels are left alone.",
        f"How do I get {words}? HDMAEN mirror: byte {mirror.address}.",
        f"byte[{mirror.address}] ($420C): {words}.",
        f"Entering the cave: {words}, for the gradient must not run there. $420C is fed from {mirror.address}; keep the remaining HDMA effects.",
    )


def map_entry_fields(draw: Drawer) -> Made:
    entry = draw.variable(16)
    palette, priority = draw.rng.randrange(8), draw.maybe(0.5)
    flip = draw.one("horizontally", "vertically")
    flip_bit = 0x4000 if flip == "horizontally" else 0x8000
    kind = draw.one("palette and priority", "palette and flip", "flip and priority")
    prio = "in front (priority bit set)" if priority else "behind (priority bit clear)"

    def with_priority(value: Binary) -> Binary:
        return joined(value, 0x2000) if priority else masked(value, 0xFFFF ^ 0x2000)

    painted = masked(entry, 0xFFFF ^ 0x1C00)
    painted = joined(painted, palette << 10) if palette else painted
    turned = toggled(entry, flip_bit)
    if kind == "palette and priority":
        value, words = with_priority(painted), f"give it palette {palette} and put it {prio}"
    elif kind == "palette and flip":
        value, words = toggled(painted, flip_bit), f"give it palette {palette} and mirror it once more {flip}"
    else:
        value, words = with_priority(turned), f"mirror it once more {flip} and put it {prio}"
    return (put(entry, value),), (
        f"Write a routine for the BG map entry at {entry.address} (a word as VRAM has it): {words}. The rest of the entry stays.",
        f"How do I edit a tilemap word ({entry.address}) in two ways at once: {words}? Keep its other fields.",
        f"word[{entry.address}], tilemap entry: {words}.",
        f"The tile under the sword gets another look: {words}. Its map word, in the order of the console, lies at {entry.address}; character number and what isn't named are kept.",
    )


def tile_number_moves(draw: Drawer) -> Made:
    entry, by = draw.variable(16), draw.rng.randrange(1, 600)
    back = draw.maybe(0.4)
    moved = Binary("subtract" if back else "add", Read(entry), Number(by, 16))
    value = joined(masked(entry, 0xFC00), masked(moved, 0x03FF))
    verb = "back" if back else "on"
    return (put(entry, value),), (
        f"Write a routine that moves the character number of the map entry {entry.address} (word) {verb} by {by}, modulo 1024; flips, priority and palette stay.",
        f"How do I {'subtract' if back else 'add'} {by} {'from' if back else 'to'} just the tile number in a BG map word ({entry.address})? It wraps within its own field.",
        f"word[{entry.address}].tile {'-' if back else '+'}= {by} (mod 1024), attributes kept.",
        f"The graphics were loaded {by} tiles {'earlier' if back else 'later'}. Correct the tilemap word at {entry.address}: the number goes {verb} by that, without ever spilling into the palette.",
    )


def attributes_from_parts(draw: Drawer) -> Made:
    palette, flags, result = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    priority = draw.rng.randrange(4)
    bit = draw.rng.randrange(8)
    flip, mask = draw.one(("horizontally", 0x40), ("vertically", 0x80))
    page = draw.one(0, 1)
    program = (
        put(result, joined(Shifted(Read(palette), "left", 1), priority << 4 | page)),
        when(Bits(Read(flags), 1 << bit, "any"), put(result, joined(result, mask))),
    )
    return program, (
        f"Write a routine that makes an OAM attribute byte at {result.address}: palette from {palette.address} (0 to 7), priority {priority}, tile page {page}, flipped {flip} if bit {bit} of {flags.address} is set, the other flip off.",
        f"How do I compose a sprite's fourth OAM byte? palette {palette.address} (< 8), priority {priority}, name-table bit {page}, {flip} mirrored by bit {bit} of {flags.address}. To {result.address}.",
        f"byte[{result.address}] = OAM attributes: palette byte[{palette.address}] < 8, priority {priority}, page {page}, flip {flip} = bit {bit} of byte[{flags.address}].",
        f"My sprites look {flip} mirrored when bit {bit} of {flags.address} says so. Build the attribute byte ({result.address}) in OAM order from that, palette {palette.address} (under 8), priority {priority} and page bit {page}.",
    )


def recolor_sprites(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32)
    _, _, _, attributes = sprite_buffer(draw, count)
    element = Here(attributes)
    old, new = draw.rng.sample(range(8), 2)
    kept = masked(element, 0xF1)
    changed = Set(element, joined(kept, new << 1) if new else kept)
    base = attributes.address + -3
    program = (Each((attributes,), (when(check(Field(Read(element), 1, 3), "==", old), changed),)),)
    return program, (
        f"Write a routine that goes over {count} OAM entries of 4 bytes at {base}: those with palette {old} get palette {new}; nothing else of them changes.",
        f"How do I recolour sprites in an OAM copy ({base}, {count} sprites)? Palette {old} becomes {new}, the other palettes and all other bits stay.",
        f"for {count} sprites at {base} (x, y, tile, attributes): if palette == {old}: palette = {new}.",
        f"Poisoned! Every sprite drawn in palette {old} shall use {new}. The buffer has {count} sprites in the order of OAM and starts at {base}.",
    )


def flip_group(draw: Drawer) -> Made:
    count = draw.one(4, 8, 12, 16)
    x, _, _, attributes = sprite_buffer(draw, count)
    axis = draw.variable(8)
    flipped = Set(Here(attributes), toggled(Here(attributes), 0x40))
    mirrored = Set(Here(x), Binary("subtract", Read(axis), Read(Here(x))))
    program = (Each((x, attributes), (mirrored, flipped)),)
    return program, (
        f"Write a routine that turns a figure of {count} sprites around: in the OAM copy at {x.address} every x becomes the byte {axis.address} minus x (modulo 256), and the horizontal flip of each is inverted.",
        f"How do I mirror a metasprite left to right? {count} four-byte OAM entries at {x.address}; x = byte[{axis.address}] - x (wraps), toggle H-flip, all else stays.",
        f"for {count} OAM entries at {x.address}: x = byte[{axis.address}] - x; hflip ^= 1.",
        f"The dragon ({count} hardware sprites from {x.address}, OAM format) faces the other way now: reflect its x coordinates, new = {axis.address} - old in 8 bits, and swap left and right in each picture.",
    )


def sprite_behind(draw: Drawer) -> Made:
    count = draw.one(8, 16, 24)
    _, y, _, attributes = sprite_buffer(draw, count)
    line, low, high = draw.variable(8), *sorted(draw.rng.sample(range(4), 2))
    relation = draw.one("<", ">=")
    element = Here(attributes)
    kept = masked(element, 0xCF)
    program = (
        Each(
            (y, attributes),
            (
                If(
                    check(Here(y), relation, line),
                    (Set(element, joined(kept, low << 4) if low else kept),),
                    (Set(element, joined(kept, high << 4)),),
                ),
            ),
        ),
    )
    base = y.address + -1
    words = "above" if relation == "<" else "at or below"
    return program, (
        f"Write a routine that sorts {count} sprites of the OAM copy at {base} into two depths: y {'less than' if relation == '<' else 'at least'} the byte {line.address} gets priority {low}, all others priority {high}. The other attributes stay.",
        f"How do I set OBJ priority by y? {count} entries of OAM layout at {base}; y {relation} byte[{line.address}] (unsigned): {low}, else {high}.",
        f"for {count} OAM entries at {base}: priority = y {relation} byte[{line.address}] ? {low} : {high}.",
        f"Those {words} the waterline ({line.address}, a screen line; smaller y is higher up) are drawn at priority {low}, the rest at {high}. {count} sprites, buffer {base}, four bytes each as in OAM.",
    )


def color_from_channels(draw: Drawer) -> Made:
    word = draw.variable(16)
    names = draw.rng.sample(["red", "green", "blue"], 2)
    lows = {"red": 0, "green": 5, "blue": 10}
    one, other = (lows[name] for name in names)
    mode = draw.one("copy", "clear and full")
    if mode == "copy":
        part = Field(Read(word), one, 5)
        placed = Shifted(part, "left", other) if other else part
        value = joined(masked(word, 0x7FFF ^ (31 << other)), placed)
        words = f"set {names[1]} to the strength of {names[0]}"
    else:
        value = joined(masked(word, 0x7FFF ^ (31 << one)), 31 << other)
        words = f"take {names[0]} out altogether and turn {names[1]} fully up"
    return (put(word, value),), (
        f"Write a routine to {words} in the CGRAM colour at {word.address} (word); the third channel stays, and the unused top bit becomes 0.",
        f"How do I {words}? SNES colour, word {word.address}; third part unchanged, bit 15 cleared.",
        f"word[{word.address}] (CGRAM format): {words}; top bit 0.",
        f"A tint: {words}. The colour is in the console's 15-bit form at {word.address}; clear what lies above it and keep the channel not named.",
    )


def hv_status(draw: Drawer) -> Made:
    status, counter = draw.variable(8), draw.variable(16)
    vblank = draw.one(True, False)
    kind, mask = ("vertical blank", 0x80) if vblank else ("horizontal blank", 0x40)
    busy = draw.maybe(0.5)
    condition: Bits = Bits(Read(status), mask, "any")
    inner = when(Bits(Read(status), 0x01, "none"), more(counter)) if busy else more(counter)
    also = " and automatic joypad reading is not busy" if busy else ""
    return (when(condition, inner),), (
        f"Write a routine that adds 1 to the word {counter.address} if {status.address}, a value read from HVBJOY ($4212), says {kind}{also}.",
        f"How do I count readings of $4212 (saved at {status.address}) in which it's {kind}{also}? Counter: word {counter.address}, wraps.",
        f"if HVBJOY value byte[{status.address}]: {kind}{also}: ++word[{counter.address}].",
        f"A profiler samples $4212 into {status.address}. Count up the two bytes at {counter.address} when the sample shows {kind}{also}; in all other cases leave them.",
    )


def window_settings(draw: Drawer) -> Made:
    mirror = draw.variable(8)
    layer = draw.one("BG1", "BG2")
    shift = 0 if layer == "BG1" else 4
    window = draw.one(1, 2)
    inverted = draw.maybe(0.5)
    low = shift + (0 if window == 1 else 2)
    value = joined(mirror, 3 << low) if inverted else joined(masked(mirror, 0xFF ^ (1 << low)), 2 << low)
    inside = "outside (inverted)" if inverted else "inside (not inverted)"
    return (put(mirror, value),), (
        f"Write a routine that lets window {window} act on {layer}, {inside}: edit its enable and invert bits in {mirror.address}, the mirror of W12SEL ($2123). The other three pairs of bits stay.",
        f"How do I enable window {window} for {layer}, {inside}, in $2123's copy {mirror.address}? Leave the remaining settings.",
        f"byte[{mirror.address}] (W12SEL): {layer} window {window} enabled, {inside}.",
        f"The spotlight cuts {layer} by window {window}, effective {inside}. W12SEL is sent from {mirror.address}; don't lose what the other window or layer has.",
    )


def vram_address_of_tile(draw: Drawer) -> Made:
    address, result = draw.variable(16), draw.variable(16)
    bpp, size = draw.one((2, 8), (4, 16), (8, 32))
    tile = draw.variable(16, below=512)
    shift = size.bit_length() - 1
    value = plus(Shifted(Read(tile), "left", shift), address)
    return (put(result, value),), (
        f"Write a routine that finds where a {bpp}bpp tile lies in VRAM: base word address (word {address.address}) plus the tile number (word {tile.address}, below 512) times the size of such a tile in words; to {result.address}, modulo 65536.",
        f"How do I get the VRAM word address of a {bpp}bpp 8x8 character? base {address.address}, number {tile.address} (< 512), both words; result word {result.address}.",
        f"word[{result.address}] = word[{address.address}] + word[{tile.address}] * words of a {bpp}bpp tile; number < 512; wraps.",
        f"$2116 needs an address for tile {tile.address} (16 bits, under 512) of a {bpp}bpp set that begins at VRAM word {address.address}. Mind that VRAM is counted in words. Result: two bytes at {result.address}.",
    )


def scroll_shadow(draw: Drawer) -> Made:
    scroll, speed, odd = draw.variable(16), draw.variable(8), draw.variable(8)
    negative = draw.maybe(0.5)
    change = more(scroll, Widened(Read(speed), negative)) if negative else less(scroll, Widened(Read(speed)))
    kept = put(scroll, masked(scroll, 0x03FF))
    put_odd = put(odd, either(check(masked(scroll, 7), "==", 0), 1, 0))
    words = "the signed byte is added" if negative else "the unsigned byte is subtracted"
    program = (change, kept, put_odd)
    return program, (
        f"Write a routine that scrolls: from {speed.address} {words} to the word {scroll.address}, which then keeps only the ten bits that a BG scroll register uses; {odd.address} becomes 1 if the scroll is a whole number of 8-pixel tiles, else 0.".replace(
            "subtracted to", "subtracted from"
        ),
        f"How do I step a BGnHOFS shadow? word {scroll.address}, byte {speed.address} ({words}), result masked to 10 bits; byte {odd.address} = 1 when it lies on a tile edge (multiple of 8), else 0.",
        f"s = (s {'+ signed' if negative else '-'} byte[{speed.address}]) & the 10 bits of a scroll value; byte[{odd.address}] = s % 8 == 0; s = word[{scroll.address}].",
        f"Parallax layer: its offset is the word {scroll.address}, its pace the byte {speed.address} ({words}). Afterwards clear what does not fit in 10 bits, and note at {odd.address} whether a new tile column starts exactly here (1) or not (0).",
    )


def full_tile_number(draw: Drawer) -> Made:
    tile, attributes, number = draw.variable(8), draw.variable(8), draw.variable(16)
    palette = draw.rng.randrange(8)
    page = masked(attributes, 0x01)
    full = joined(Shifted(Widened(page), "left", 8), Widened(Read(tile)))
    program = (put(number, full), put(attributes, joined(masked(attributes, 0xF1), palette << 1)))
    if not palette:
        program = (put(number, full), put(attributes, masked(attributes, 0xF1)))
    return program, (
        f"Write a routine that reads a sprite's full tile number from its OAM bytes (tile {tile.address}, attributes {attributes.address}), 9 bits, as a word into {number.address}; then the sprite gets palette {palette} in {attributes.address}, all else kept.",
        f"How do I combine the tile byte {tile.address} with the page bit in the attribute byte {attributes.address}? Word {number.address} (0 to 511). Afterwards set palette {palette} in {attributes.address}.",
        f"word[{number.address}] = page << 8 | byte[{tile.address}]; attributes.palette = {palette}; OAM attribute byte {attributes.address}.",
        f"Which of the 512 sprite tiles is shown? {tile.address} has the low part, the last piece is a bit of the attributes {attributes.address} (OAM order). Number, two bytes, to {number.address}. And repaint the sprite in palette {palette}.",
    )


def flip_by_direction(draw: Drawer) -> Made:
    entry, direction = draw.variable(16), draw.variable(8)
    mask = draw.one(1, 0x80, 2, 0x40)
    which = draw.one("any", "none")
    state = "set" if which == "any" else "clear"
    program = (
        If(
            Bits(Read(direction), mask, which),
            (put(entry, joined(entry, 0x4000)),),
            (put(entry, masked(entry, 0xFFFF ^ 0x4000)),),
        ),
    )
    return program, (
        f"Write a routine that makes the BG tile word {entry.address} horizontally flipped if bit {mask.bit_length() - 1} of the byte {direction.address} is {state}, and not flipped otherwise; its other bits stay.",
        f"How do I set or clear H-flip in a map word ({entry.address}) by bit {mask.bit_length() - 1} of {direction.address} (byte)? {state}: flipped.",
        f"word[{entry.address}].hflip = bit {mask.bit_length() - 1} of byte[{direction.address}] {'' if which == 'any' else 'inverted '}; tilemap format.".replace(
            " ;", ";"
        ),
        f"The arrow tile (map word at {entry.address}) points left or right: mirrored sideways when bit {mask.bit_length() - 1} of {direction.address} is {state}, plain when it isn't. Change no other property.",
    )


def negative_color(draw: Drawer) -> Made:
    word, level = draw.variable(16), draw.variable(8)
    limit = draw.rng.randrange(4, 200)
    name, low = draw.one(("red", 0), ("green", 5), ("blue", 10))
    inverted = masked(Unary("not", Read(word)), 0x7FFF)
    program = (
        If(
            check(level, ">=", limit),
            (put(word, inverted),),
            (put(word, masked(word, 31 << low)),),
        ),
    )
    return program, (
        f"Write a routine that acts on the colour word {word.address} by the byte {level.address}: at {limit} or more it becomes its negative (all three 5-bit parts inverted, bit 15 zero), below that everything but {name} is removed.",
        f"How do I invert a CGRAM colour ({word.address}, 16 bits) if byte[{level.address}] >= {limit}, and otherwise leave only {name} in it? Bit 15 ends up 0 either way.",
        f"c = word[{word.address}]; byte[{level.address}] >= {limit}: c = ~c & 15 bits; else c = c.{name} only.",
        f"Lightning: with {level.address} from {limit} on, the sky colour at {word.address} (two bytes, console format) shows as a negative; below, just its {name} part is kept in place. The top bit is always clear afterwards.",
    )


RECIPES = (
    layers_on_off,
    layer_under_condition,
    background_mode,
    big_tiles,
    screen_brightness,
    blank_the_screen,
    interrupt_enable,
    video_port_mode,
    tilemap_base,
    object_sizes,
    color_math_layers,
    mosaic_of_layers,
    dma_channels,
    map_entry_fields,
    tile_number_moves,
    attributes_from_parts,
    recolor_sprites,
    flip_group,
    sprite_behind,
    color_from_channels,
    hv_status,
    window_settings,
    vram_address_of_tile,
    scroll_shadow,
    full_tile_number,
    flip_by_direction,
    negative_color,
)
