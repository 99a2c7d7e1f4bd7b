"""The hero himself: hearts, magic, strength, swimming, dashing, carrying, falling and what clothes he wears."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    If,
    Number,
    Read,
    Report,
    Saturating,
    Shifted,
    Stop,
    Table,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less,
    less_down_to,
    listed,
    more,
    more_up_to,
    put,
    toggled,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def heart_container(draw: Drawer) -> Made:
    capacity, health = draw.variable(8), draw.variable(8)
    heart, most = draw.one((8, 0xA0), (8, 0x50), (4, 0x50), (2, 40), (16, 0xF0))
    program = (more_up_to(capacity, most, heart), put(health, capacity))
    return program, (
        f"Write a routine for picking up a heart container: the byte {capacity.address} (most health possible) grows by {heart}, up to ${most:02X}, and the byte {health.address} (health now) is then filled up to it.",
        f"How do I hand out a heart container? Capacity byte {capacity.address} += {heart}, never above ${most:02X}; afterwards health byte {health.address} = the new capacity.",
        f"byte[{capacity.address}] = min(byte[{capacity.address}] + {heart}, ${most:02X}), no wrap; byte[{health.address}] = byte[{capacity.address}].",
        f"Beating the boss gives Link one more heart. A heart is {heart} units. The number of units he can have stands at {capacity.address} and may not pass {most}; and because the container heals him, copy the result to {health.address}.",
        f"Container: +{heart} max HP @ {capacity.address} (ceiling {most}), then HP @ {health.address} := max HP.",
    )


def heart_piece(draw: Drawer) -> Made:
    needed = draw.one(4, 4, 4, 5, 3)
    pieces, capacity = draw.variable(8, below=needed), draw.variable(8)
    heart, most = draw.one((8, 0xA0), (8, 0x50), (4, 0x50), (2, 40))
    program = (
        more(pieces),
        If(check(pieces, ">=", needed), (put(pieces, 0), more_up_to(capacity, most, heart))),
    )
    return program, (
        f"Write a routine that collects a piece of heart: {pieces.address} (0 to {needed - 1}) goes up by 1; when {needed} are together it becomes 0 and the heart capacity {capacity.address} grows by {heart}, to ${most:02X} at most. Bytes.",
        f"How do I turn every {needed} heart pieces into a heart? Piece counter {pieces.address}, always below {needed}; on reaching {needed} it starts again at 0 and byte {capacity.address} += {heart} (clamped to {most}).",
        f"if ++byte[{pieces.address}] == {needed}: byte[{pieces.address}] = 0, byte[{capacity.address}] = min(byte[{capacity.address}] + {heart}, {most}). Counter < {needed} on entry; the sum does not wrap.",
        f"Link holds up a quarter of a heart ({needed} make a whole in my hack). Loose pieces are counted in {pieces.address}; the last one of a set empties the counter and gives {heart} units more at {capacity.address}, where ${most:02X} is the end.",
        f"{pieces.address}: pieces, +1, mod {needed}. On the wrap: {capacity.address} += {heart}, saturating at {most}.",
    )


def low_health_beep(draw: Drawer) -> Made:
    health, frame, sound = draw.variable(8), draw.variable(8), draw.variable(8)
    danger, mask, number = draw.rng.randrange(6, 33), draw.one(0x0F, 0x1F, 0x3F, 0x07), draw.rng.randrange(1, 64)
    program = (
        If(
            Both(
                Both(check(health, "!=", 0), check(health, "<=", danger)),
                Bits(Read(frame), mask, "none"),
            ),
            (put(sound, number),),
        ),
    )
    return program, (
        f"Write a routine for the low-health alarm: every {mask + 1} frames (when {frame.address} & ${mask:02X} is 0) sound ${number:02X} goes to {sound.address}, but only with health {health.address} at {danger} or less and not 0.",
        f"How do I make the hearts beep? Health byte {health.address}: 1 to {danger} counts as critical. Frame counter byte {frame.address}; its low bits (mask ${mask:02X}) all clear = time for a beep. Beep: write ${number:02X} to {sound.address}.",
        f"if 0 < byte[{health.address}] <= {danger} && !(byte[{frame.address}] & ${mask:02X}): byte[{sound.address}] = ${number:02X}.",
        f"Nearly dead Link should hear it. At most {danger} health points left in {health.address}, though not dead (0): one beep, number {number} into {sound.address}, whenever the clock {frame.address} is a multiple of {mask + 1}.",
    )


def halved_magic_cost(draw: Drawer) -> Made:
    upgrade, magic, done = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    whole = draw.one(8, 16, 32, 12, 24)
    costs = Table("CostTable", "cost", tuple(whole >> n for n in range(3)))
    yes = draw.one(1, 0xFF, 0x80)
    cost = at(costs, upgrade)
    enough = check(magic, ">=", cost)
    program = (If(enough, (less(magic, cost), put(done, yes)), (put(done, 0),)),)
    full, half, quarter = costs.values
    return program, (
        f"Write a routine that pays for a spell with halved or quartered costs: upgrade byte {upgrade.address} is 0 (cost {full}), 1 (cost {half}) or 2 (cost {quarter}). If the magic {magic.address} suffices, subtract and set {done.address} to ${yes:02X}; else {done.address} is 0 and the meter stays.",
        f"How do I respect the half-magic upgrade? Level {upgrade.address} (0-2) picks the price {full}, {half} or {quarter}. Magic byte {magic.address} >= price: take it, {done.address} = ${yes:02X}. Too little: {done.address} = 0, nothing taken.",
        f"c = [{full}, {half}, {quarter}][byte[{upgrade.address}]]; if byte[{magic.address}] >= c: byte[{magic.address}] -= c, byte[{done.address}] = ${yes:02X}; else byte[{done.address}] = 0. Index < 3.",
        f"The bat in the well makes magic cheaper: normally the rod eats {full}, after the first blessing {half}, after the second {quarter} ({upgrade.address} counts blessings, 2 at most). The meter is {magic.address}. Note ${yes:02X} in {done.address} if the rod fired, 0 if the meter was too low to pay.",
    )


def meter_refills(draw: Drawer) -> Made:
    pending, meter = draw.variable(8), draw.variable(8)
    step, most = draw.one(2, 3, 4, 8), draw.one(0x80, 0xA0, 0x50, 99)
    program = (
        If(check(pending, "==", 0), (Stop(),)),
        less_down_to(pending, 0, step),
        more_up_to(meter, most, step),
    )
    return program, (
        f"Write a routine that pours a pending refill into the meter bit by bit: unless {pending.address} is 0, lower it by {step} (not below 0) and raise the meter {meter.address} by {step}, to {most} at most. Bytes.",
        f"How do I fill the magic bar gradually after a potion? Amount still to come: {pending.address}; bar: {meter.address}. Per call {step} out of the one (floor 0) and {step} into the other (ceiling {most}). With 0 pending leave both.",
        f"if byte[{pending.address}]: byte[{pending.address}] = max(byte[{pending.address}] - {step}, 0), byte[{meter.address}] = min(byte[{meter.address}] + {step}, {most}). Neither wraps.",
        f"Green potion! {pending.address} holds what Link has swallowed but not digested. Each frame {step} of it (the last sip may be less, yet counts as {step}) arrives in {meter.address}, which is full at ${most:02X}. Nothing swallowed: nothing happens.",
        f"Slow refill, {step}/frame: {pending.address} -> 0, {meter.address} -> {most} max.",
    )


def turn_into_bunny(draw: Drawer) -> Made:
    world, pearl, form = draw.variable(8), draw.variable(8), draw.variable(8)
    mask, bunny = draw.one(0x40, 0x40, 0x80, 0x01), draw.one(1, 1, 0x17, 0xFF)
    bare = Both(Bits(Read(world), mask, "any"), check(pearl, "==", 0))
    return (put(form, Chosen(bare, Number(bunny), Number(0))),), (
        f"Write a routine that decides the hero's form: a bunny (${bunny:02X} in {form.address}) if he is in the Dark World, mask ${mask:02X} set in {world.address}, and has no Moon Pearl ({pearl.address} is 0); otherwise 0.",
        f"How do I set the bunny flag? {form.address} = ${bunny:02X} when ({world.address} & ${mask:02X}) != 0 and byte {pearl.address} == 0, in every other case 0.",
        f"byte[{form.address}] = (byte[{world.address}] & ${mask:02X}) && !byte[{pearl.address}] ? ${bunny:02X} : 0.",
        f"Dark magic: whoever enters the other world (bit mask ${mask:02X} of {world.address}) without the pearl is changed. The pearl's byte is {pearl.address}, nonzero = owned. Store the form at {form.address}: {bunny} rabbit, 0 human.",
    )


def swim_stroke(draw: Drawer) -> Made:
    pressed, pause, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    button, fast, slow = draw.one(0x80, 0x40, 0x20), draw.rng.randrange(16, 33), draw.rng.randrange(4, 12)
    wait = draw.rng.randrange(8, 24)
    stroke = Both(Bits(Read(pressed), button, "any"), check(pause, "==", 0))
    program = (
        If(stroke, (put(speed, fast), put(pause, wait), Stop())),
        when(check(pause, "!=", 0), less(pause)),
        less_down_to(speed, slow),
    )
    return program, (
        f"Write a routine for swimming: if ${button:02X} of the pressed buttons {pressed.address} is set and the pause {pause.address} is 0, a stroke begins, speed {speed.address} = {fast} and pause = {wait}. In any other case the pause drops by 1 unless 0, and the speed by 1 but not below {slow} (a lower one becomes {slow}).",
        f"How do I code swim strokes? Button mask ${button:02X} in {pressed.address}; allowed only once the delay byte {pause.address} is 0: then speed byte {speed.address} = {fast}, delay = {wait}. Otherwise delay = max(delay - 1, 0), speed = max(speed - 1, {slow}).",
        f"if byte[{pressed.address}] & ${button:02X} && byte[{pause.address}] == 0: v = {fast}, byte[{pause.address}] = {wait}; else byte[{pause.address}] -= (nonzero), v = max(v - 1, {slow}); v = byte[{speed.address}]. Saturating, no wrap.",
        f"Link paddles with the button ${button:02X} ({pressed.address}). A push brings him to {fast} ({speed.address}), and he cannot push again for {wait} frames ({pause.address} counts them down to 0). Without a push he loses one unit of speed per frame until {slow} is left, and he never drifts slower.",
    )


def charge_dash(draw: Drawer) -> Made:
    held, charge, dashing = draw.variable(8), draw.variable(8), draw.variable(8)
    button, needed, on = draw.one(0x80, 0x40, 0x20, 0x10), draw.rng.randrange(16, 64), draw.one(1, 0xFF)
    program = (
        If(Bits(Read(held), button, "none"), (put(charge, 0), put(dashing, 0), Stop())),
        If(check(charge, "<", needed), (more(charge),), (put(dashing, on),)),
    )
    return program, (
        f"Write a routine that charges the dash: while ${button:02X} of the held buttons {held.address} is set, {charge.address} goes up by 1 as long as it is below {needed}, and once it is {needed} or more {dashing.address} becomes ${on:02X} instead. Letting go clears both.",
        f"How do I wind up the Pegasus Boots? Held buttons {held.address}, dash button mask ${button:02X}, charge {charge.address}, dash flag {dashing.address} (bytes). Not held: charge = flag = 0. Held with charge < {needed}: charge + 1. Held with charge >= {needed}: flag = ${on:02X}.",
        f"if !(byte[{held.address}] & ${button:02X}): byte[{charge.address}] = byte[{dashing.address}] = 0; else if byte[{charge.address}] < {needed}: ++byte[{charge.address}]; else byte[{dashing.address}] = ${on:02X}.",
        f"Link stamps on the spot for {needed} frames before he runs. His button is ${button:02X} in {held.address}; {charge.address} counts the stamping. In the first frame in which it has got there already, {dashing.address} goes to {on}. Released, he stands still: counter and dash are 0.",
    )


def bonk(draw: Drawer) -> Made:
    tile, dashing, recoil, shake = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    solid, back, frames = draw.one(1, 2, 4, 0x0F, 0x80), draw.rng.randrange(10, 60), draw.rng.randrange(8, 48)
    program = (
        If(
            Both(check(dashing, "!=", 0), Bits(Read(tile), solid, "any")),
            (put(dashing, 0), put(recoil, back), put(shake, frames)),
        ),
    )
    return program, (
        f"Write a routine for running into a wall: if the hero dashes ({dashing.address} is not 0) and any bit of ${solid:02X} is set in the tile flags {tile.address}, the dash ends (0), the recoil {recoil.address} becomes {back} and the screen shakes for {frames} frames ({shake.address}).",
        f"How do I make Link bonk? Dash byte {dashing.address} nonzero and {tile.address} & ${solid:02X} nonzero: dash = 0, {recoil.address} = {back}, {shake.address} = {frames}. Else no change.",
        f"if byte[{dashing.address}] && (byte[{tile.address}] & ${solid:02X}): byte[{dashing.address}] = 0; byte[{recoil.address}] = {back}; byte[{shake.address}] = {frames}.",
        f"With the boots on, Link hits a tree: {dashing.address} says that he is running, the tile before him ({tile.address}) is solid where a bit of mask ${solid:02X} is set. He stops, is thrown back ({recoil.address}: {back}) and everything trembles ({shake.address}: {frames}). Walking into it does nothing of the kind.",
    )


def strong_enough(draw: Drawer) -> Made:
    gloves, kind = draw.variable(8), draw.variable(8, below=draw.one(4, 5, 6, 8))
    assert kind.below
    needed = Table("StrengthTable", "strength", tuple(draw.rng.choice((0, 0, 1, 1, 2)) for _ in range(kind.below)))
    shown = ", ".join(map(str, needed.values))
    return (Report(check(gloves, ">=", at(needed, kind))),), (
        f"Write a routine that tells whether the hero can lift what he stands before: object kind {kind.address} (0 to {kind.below - 1}) needs strength {shown}; carry set if the glove level {gloves.address} is at least that, else clear.",
        f"How do I check the gloves against an object? Needed by kind: {shown}. Kind byte {kind.address}, below {kind.below}; gloves byte {gloves.address}. Enough = carry set, too weak = carry clear.",
        f"carry = byte[{gloves.address}] >= [{shown}][byte[{kind.address}]]; index < {kind.below}, unsigned.",
        f"Bushes, pots, grey rocks, dark rocks: {kind.address} numbers them from 0, {kind.below} kinds, and lifting them takes gloves of level {shown}. Link wears level {gloves.address}. May he? Answer in the carry, 1 for yes.",
    )


def lift_and_throw(draw: Drawer) -> Made:
    pressed, carried, thrown, pose = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    button, throwing = draw.one(0x80, 0x40), draw.rng.randrange(1, 32)
    program = (
        If(
            Both(Bits(Read(pressed), button, "any"), check(carried, "!=", 0)),
            (put(thrown, carried), put(carried, 0), put(pose, throwing)),
        ),
    )
    return program, (
        f"Write a routine that throws what the hero carries: when ${button:02X} is set in {pressed.address} and {carried.address} is not 0, that number goes to {thrown.address}, {carried.address} becomes 0 and the pose {pose.address} becomes {throwing}.",
        f"How do I let go of a lifted pot? Button mask ${button:02X} in byte {pressed.address}; carried object byte {carried.address} (0 = empty hands: ignore the button). Move its number to {thrown.address}, clear the hands, pose byte {pose.address} = {throwing}.",
        f"if (byte[{pressed.address}] & ${button:02X}) && byte[{carried.address}]: byte[{thrown.address}] = byte[{carried.address}]; byte[{carried.address}] = 0; byte[{pose.address}] = {throwing}.",
        f"Over his head Link holds object {carried.address} (nothing if 0). A press of ${button:02X} (see {pressed.address}) hurls it: the projectile code wants its number in {thrown.address}, his hands are free again, his animation is ${throwing:02X} at {pose.address}.",
    )


def fall_into_pit(draw: Drawer) -> Made:
    timer, health, x, entrance = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(16)
    hurt, length = draw.one(4, 8, 8, 16), draw.rng.randrange(16, 60)
    program = (
        more(timer),
        If(check(timer, "<", length), (Stop(),)),
        put(timer, 0),
        less_down_to(health, 0, hurt),
        put(x, entrance),
    )
    return program, (
        f"Write a routine that lets the hero fall down a pit: raise the fall timer {timer.address} by 1. While it is below {length} that is all. After that it becomes 0, {hurt} health is lost ({health.address}, not below 0), and his x, the word {x.address}, returns to that of the entrance, the word {entrance.address}.",
        f"How do I finish a fall? Byte {timer.address} counts frames; on {length} or more reset it to 0, take {hurt} from byte {health.address} (stop at 0) and copy word {entrance.address} to word {x.address}.",
        f"if ++byte[{timer.address}] >= {length}: byte[{timer.address}] = 0, byte[{health.address}] = max(byte[{health.address}] - {hurt}, 0), word[{x.address}] = word[{entrance.address}].",
        f"Link drops for {length} frames (counter {timer.address}), then he is put back where he came in: coordinate {entrance.address} -> {x.address}, two bytes. It costs him {hurt} units of {health.address}; if he has fewer, he has none left. The counter is ready for the next fall.",
    )


def enter_water(draw: Drawer) -> Made:
    tile, items, state, health = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    mask, water = 1 << draw.rng.randrange(8), draw.one(0x08, 0x10, 0x40, 0x80)
    swim, drown = draw.rng.sample(range(1, 32), 2)
    hurt = draw.one(4, 8)
    program = (
        If(Bits(Read(tile), water, "none"), (Stop(),)),
        If(
            Bits(Read(items), mask, "any"),
            (put(state, swim),),
            (put(state, drown), less_down_to(health, 0, hurt)),
        ),
    )
    return program, (
        f"Write a routine for stepping into deep water: where the tile flags {tile.address} have mask ${water:02X} set, the hero's state {state.address} becomes {swim} (swimming) if he has flippers (mask ${mask:02X} in {items.address}), else {drown} (drowning), and then he loses {hurt} of his health {health.address}, not below 0. On other tiles nothing happens.",
        f"How do I let Link swim only with the Flippers? Tile flags {tile.address} & ${water:02X} means deep water. Item byte {items.address} & ${mask:02X} nonzero (flippers): state {state.address} = {swim}. Zero: state = {drown} and health {health.address} - {hurt}, clamped at 0.",
        f"if byte[{tile.address}] & ${water:02X}: if byte[{items.address}] & ${mask:02X}: byte[{state.address}] = {swim}; else byte[{state.address}] = {drown}, byte[{health.address}] = max(byte[{health.address}] - {hurt}, 0).",
        f"The lake (mask ${water:02X} is set in the tile attributes {tile.address} there): Link either swims, mode {swim}, or goes under, mode {drown}, which costs {hurt} units of {health.address} (0 is the least). What decides is the bit ${mask:02X} of {items.address}: without it he never bought the flippers. The mode is kept in {state.address}.",
    )


def tunic_palette(draw: Drawer) -> Made:
    armor, bunny, palette = draw.variable(8, below=draw.one(3, 4)), draw.variable(8), draw.variable(8)
    assert armor.below
    colors, furry = draw.table(armor.below), draw.rng.randrange(1, 256)
    program = (
        If(
            check(bunny, "!=", 0),
            (put(palette, furry),),
            (put(palette, at(colors, armor)),),
        ),
    )
    return program, (
        f"Write a routine that picks the hero's palette: as a bunny ({bunny.address} not 0) it is ${furry:02X}; otherwise that of his armor {armor.address} (0 to {armor.below - 1}): {listed(colors)}. The result goes to {palette.address}.",
        f"How do I choose a tunic color? Palette byte {palette.address} = entry {armor.address} (below {armor.below}) of {listed(colors)}, but ${furry:02X} whenever the bunny byte {bunny.address} is nonzero.",
        f"byte[{palette.address}] = byte[{bunny.address}] ? ${furry:02X} : [{listed(colors)}][byte[{armor.address}]]; armor < {armor.below}.",
        f"Link's mail has {armor.below} grades, number in {armor.address}; their palettes are {listed(colors)}. The rabbit wears its fur, ${furry:02X}, whatever mail he owns ({bunny.address}: 0 = no rabbit). Write the palette number to {palette.address}.",
    )


def shield_faces_shot(draw: Drawer) -> Made:
    facing, shot = draw.variable(8), draw.variable(8)
    shield, needed = draw.variable(8), draw.rng.randrange(1, 4)
    program = (Report(Both(check(facing, "==", toggled(shot, 1)), check(shield, ">=", needed))),)
    return program, (
        f"Write a routine that tells whether the shield stops a shot: directions are 0 up, 1 down, 2 left, 3 right. The hero faces {facing.address}, the shot flies in direction {shot.address}. Carry set if they are opposite (one is the other with bit 0 flipped) and the shield level {shield.address} is {needed} or more; else clear.",
        f"How do I block a projectile from the front? Blocked (carry set): byte {facing.address} == byte {shot.address} xor 1, and shield byte {shield.address} >= {needed}. Everything else gets through (carry clear).",
        f"carry = byte[{facing.address}] == (byte[{shot.address}] ^ 1) && byte[{shield.address}] >= {needed}.",
        f"An arrow comes flying ({shot.address} says which way). Link is safe when he looks straight at it, so {facing.address} is that number with the lowest bit inverted, and holds shield {needed} or a better one ({shield.address}). Tell me by carry = 1.",
    )


def sword_beam(draw: Drawer) -> Made:
    health, capacity, sword = draw.variable(8), draw.variable(8), draw.variable(8)
    tier, slack = draw.rng.randrange(2, 5), draw.one(0, 0, 4, 8)
    full = (
        check(Saturating("add", Read(health), Number(slack), 255), ">=", capacity)
        if slack
        else check(health, ">=", capacity)
    )
    about = f"within {slack} of the maximum" if slack else "full"
    formula = (
        f"byte[{health.address}] + {slack} >= byte[{capacity.address}] (the sum stops at 255)"
        if slack
        else f"byte[{health.address}] >= byte[{capacity.address}]"
    )
    return (Report(Both(check(sword, ">=", tier), full)),), (
        f"Write a routine that says if a swing sends out a beam: carry set when the sword level {sword.address} is at least {tier} and the health is {about}: {formula}. Carry clear if not.",
        f"How do I test for the sword beam? Needs byte {sword.address} >= {tier}, and {formula}. Yes: carry set. No: carry clear. Unsigned.",
        f"carry = byte[{sword.address}] >= {tier} && {formula}.",
        f"The Master Sword shoots only for a healthy hero. Sword: {sword.address}, {tier} and up can do it. Health {health.address} has to be {about} (capacity {capacity.address}), which means {formula}. Leave the answer in the carry flag.",
    )


def cape_drains(draw: Drawer) -> Made:
    worn, clock, magic = draw.variable(8), draw.variable(8), draw.variable(8)
    period = draw.rng.randrange(4, 30)
    program = (
        If(check(worn, "==", 0), (Stop(),)),
        If(check(magic, "==", 0), (put(worn, 0), Stop())),
        more(clock),
        If(check(clock, ">=", period), (put(clock, 0), less(magic))),
    )
    return program, (
        f"Write a routine for a magic cape: if it is worn ({worn.address} not 0) and the magic {magic.address} is 0, it is taken off (0). If there is magic, count {clock.address} up, and at {period} or more reset it to 0 and take 1 magic. Not worn: nothing changes.",
        f"How do I make the cape eat magic? Worn flag {worn.address}, counter {clock.address}, magic {magic.address}, bytes. Worn without magic: flag = 0, that's all. Worn with magic: counter + 1; when counter >= {period}: counter = 0, magic - 1.",
        f"if byte[{worn.address}]: if byte[{magic.address}] == 0: byte[{worn.address}] = 0; else if ++byte[{clock.address}] >= {period}: byte[{clock.address}] = 0, --byte[{magic.address}].",
        f"Invisible Link pays one magic point every {period} frames ({clock.address} counts them). When I call you with an empty meter ({magic.address}) the spell ends: {worn.address} to zero. While {worn.address} is zero already you have nothing to do.",
    )


def spin_attack(draw: Drawer) -> Made:
    held, charge, attack = draw.variable(8), draw.variable(8), draw.variable(8)
    button, needed = draw.one(0x80, 0x40), draw.rng.randrange(24, 80)
    spin, stab = draw.rng.sample(range(1, 16), 2)
    program = (
        If(Bits(Read(held), button, "any"), (more_up_to(charge, needed), Stop())),
        If(check(charge, "==", 0), (Stop(),)),
        put(attack, Chosen(check(charge, ">=", needed), Number(spin), Number(stab))),
        put(charge, 0),
    )
    return program, (
        f"Write a routine for the spin attack: while ${button:02X} of {held.address} is held the charge {charge.address} rises by 1 up to {needed}. On release, if there is any charge, {attack.address} becomes {spin} if it has reached {needed} and {stab} if not, and the charge is cleared.",
        f"How do I release a charged slash? Buttons {held.address}, mask ${button:02X}. Held: byte {charge.address} = min(charge + 1, {needed}), done. Not held: charge 0 means nothing to do; else attack byte {attack.address} = {spin} when charge >= {needed}, {stab} when less; charge = 0.",
        f"if byte[{held.address}] & ${button:02X}: c = min(c + 1, {needed}); else if c: byte[{attack.address}] = c >= {needed} ? {spin} : {stab}, c = 0; where c = byte[{charge.address}].",
        f"Link holds out his sword (button ${button:02X}, {held.address}) and it gathers light for {needed} frames, counted and capped in {charge.address}. When he lets go he whirls (move {spin}) if it was all gathered, otherwise a weak poke (move {stab}): write the move to {attack.address} and begin anew from 0. Not having held it at all, he makes no move.",
    )


def hookshot(draw: Drawer) -> Made:
    length, back = draw.variable(8), draw.variable(8)
    speed, reach = draw.rng.randrange(2, 9), draw.rng.randrange(60, 150)
    program = (
        If(
            check(back, "==", 0),
            (more_up_to(length, reach, speed), when(check(length, "==", reach), put(back, 1))),
            (less_down_to(length, 0, speed), when(check(length, "==", 0), put(back, 0))),
        ),
    )
    return program, (
        f"Write a routine for a hookshot chain: while {back.address} is 0 its length {length.address} grows by {speed} to at most {reach}, and arriving there {back.address} becomes 1. Otherwise it shrinks by {speed}, not below 0, and at 0 {back.address} becomes 0. Bytes, no wrap.",
        f"How do I send a chain out and pull it in again? Length byte {length.address}, phase byte {back.address} (0 out, else in). Out: length = min(length + {speed}, {reach}); if it equals {reach}, phase = 1. In: length = max(length - {speed}, 0); if it equals 0, phase = 0.",
        f"if !byte[{back.address}]: n = min(n + {speed}, {reach}), if n == {reach}: byte[{back.address}] = 1; else n = max(n - {speed}, 0), if n == 0: byte[{back.address}] = 0; n = byte[{length.address}].",
        f"The hook flies {reach} pixels far, {speed} a frame, and then comes home at the same pace. {length.address} is how far it is out, never more than {reach} and never less than 0; {back.address} tells the way: 0 flying, 1 returning. Turn it round at both ends within the same call.",
    )


def push_delay(draw: Drawer) -> Made:
    pushing, before, effort, moved = (draw.variable(8) for _ in range(4))
    needed, mark = draw.rng.randrange(8, 40), draw.one(1, 0xFF, 0x80)
    program = (
        If(
            check(pushing, "!=", before),
            (put(before, pushing), put(effort, 0), Stop()),
        ),
        more(effort),
        If(check(effort, "<", needed), (Stop(),)),
        put(effort, 0),
        put(moved, mark),
    )
    return program, (
        f"Write a routine that makes a block move only after a while: if the push direction {pushing.address} differs from that of the last call, {before.address}, remember it there and set the effort {effort.address} to 0. If it is the same, raise the effort by 1, and at {needed} or more reset it to 0 and store ${mark:02X} at {moved.address}.",
        f"How do I require {needed} frames of steady pushing? Now {pushing.address}, previously {before.address}, counter {effort.address}, result {moved.address}, all bytes. Change of direction: previous = now, counter = 0, end. Same: counter + 1; counter >= {needed}: counter = 0 and result = ${mark:02X}.",
        f"if byte[{pushing.address}] != byte[{before.address}]: byte[{before.address}] = byte[{pushing.address}], byte[{effort.address}] = 0; else if ++byte[{effort.address}] >= {needed}: byte[{effort.address}] = 0, byte[{moved.address}] = ${mark:02X}.",
        f"Heavy stones: Link has to lean on one the same way {needed} calls running. {pushing.address} is where he pushes, {before.address} where he pushed last time (keep it up to date), {effort.address} how long. When the stone gives way put ${mark:02X} into {moved.address} and start counting from 0.",
    )


def armor_reduces(draw: Drawer) -> Made:
    damage, armor, health = draw.variable(8), draw.variable(8, below=3), draw.variable(8)
    least = draw.one(0, 1)
    reduced = Chosen(
        check(armor, "==", 0),
        Read(damage),
        Chosen(check(armor, "==", 1), Shifted(Read(damage), "right", 1), Shifted(Read(damage), "right", 2)),
    )
    hit = Binary("max", reduced, Number(1)) if least else reduced
    floor = "at least 1 damage is always done" if least else "it may come to 0"
    return (put(health, Saturating("subtract", Read(health), hit, 0)),), (
        f"Write a routine that hurts the hero according to his mail: {damage.address} is the damage, halved by armor 1 and quartered by armor 2 ({armor.address}, 0 to 2; rounded down; {floor}). Take it from the health {health.address}, which stops at 0.",
        f"How do I apply Blue and Red Mail? Armor byte {armor.address} (0, 1 or 2) shifts the damage byte {damage.address} right by that many bits, {floor}; health byte {health.address} -= the rest, floor 0.",
        f"d = byte[{damage.address}] >> byte[{armor.address}]{' or 1 if that is 0' if least else ''}; byte[{health.address}] = max(byte[{health.address}] - d, 0); armor < 3.",
        f"Green mail lets all {damage.address} through, blue mail half, red mail a quarter, fractions dropped; {floor}. Which one Link wears stands in {armor.address} as 0, 1, 2. His energy {health.address} goes down by that and ends at zero.",
    )


RECIPES = (
    heart_container,
    heart_piece,
    low_health_beep,
    halved_magic_cost,
    meter_refills,
    turn_into_bunny,
    swim_stroke,
    charge_dash,
    bonk,
    strong_enough,
    lift_and_throw,
    fall_into_pit,
    enter_water,
    tunic_palette,
    shield_faces_shot,
    sword_beam,
    cape_drains,
    spin_attack,
    hookshot,
    push_delay,
    armor_reduces,
)
