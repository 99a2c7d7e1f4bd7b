"""Enemies that pounce, patrol, guard, carry shields, follow, flee and swoop."""

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
    Position,
    Product,
    Read,
    Shifted,
    Stop,
    Table,
    Variable,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer, Statements
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    less,
    less_down_to,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def zigzag_flyer(draw: Drawer) -> Made:
    y, way, count = draw.variable(16), draw.variable(8), draw.variable(8)
    step, turn = draw.one(1, 1, 2, 3), draw.rng.randrange(8, 60)
    program = (
        If(check(way, "==", 0), (more(y, step),), (less(y, step),)),
        more(count),
        when(check(count, ">=", turn), put(count, 0), put(way, either(check(way, "==", 0), 1, 0))),
    )
    return program, (
        f"Zigzag flight: y word {y.address} moves {step} px a frame, down while {way.address} is 0 and up otherwise. Turn around every {turn} frames (counter {count.address}).",
        f"byte[{way.address}] ? word[{y.address}] -= {step} : word[{y.address}] += {step}; if ++byte[{count.address}] >= {turn}: count = 0 and the way byte becomes 1 if it was 0, else 0.",
        f"How do I make a bee fly in zigzag? Its height is the word at {y.address}. Direction byte {way.address}: 0 adds {step}, anything else subtracts {step}. {count.address} counts the calls, and at {turn} or more it starts over from 0 while the direction changes between 0 and 1.",
        f"Write the vertical movement of a flyer. Every call its 16-bit y position at {y.address} changes by {step}: it grows if the byte {way.address} is zero, otherwise it shrinks. After that the counter {count.address} goes up by one; once it has reached {turn}, clear it and reverse the direction (zero to 1, any other value to 0).",
        f"enemy bobs in straight legs of {turn} frames: y {y.address} (16 bit), speed {step}, dir flag {way.address} (0 = down = plus; flips 0/1), leg counter {count.address}, counted up after the move.",
    )


def pounce_when_close(draw: Drawer) -> Made:
    ground, rise, jumps = draw.variable(8), draw.variable(8), draw.variable(8)
    mine, hero = draw.variable(16), draw.variable(16)
    reach, jump = draw.rng.randrange(24, 90), draw.rng.randrange(3, 9)
    program = (
        when(
            Both(check(ground, "!=", 0), check(Binary("distance", Read(mine), Read(hero)), "<", reach)),
            put(rise, -jump),
            put(ground, 0),
            more(jumps),
        ),
    )
    return program, (
        f"Pouncing enemy: if it stands on the ground ({ground.address} not 0) and the hero ({hero.address}) is less than {reach} px away from it ({mine.address}, both x words), it jumps: y speed {rise.address} = -{jump}, {ground.address} = 0, one more in {jumps.address}.",
        f"if ground and abs(x - hx) < {reach}: vy = -{jump}, ground = 0, ++jumps. ground {ground.address}, vy {rise.address}, jumps {jumps.address} (bytes); x {mine.address}, hx {hero.address} (unsigned words).",
        f"How do I let a spider jump at Link? x words: spider {mine.address}, Link {hero.address}; it leaps if they are nearer than {reach} pixels and {ground.address} says it has ground under it (nonzero), by writing -{jump} to the speed byte {rise.address} and 0 to {ground.address}. Count the leaps in {jumps.address}.",
        f"My frog leaps only from the ground ({ground.address} nonzero) and only when the prey's x ({hero.address}) differs by under {reach} from its own ({mine.address}). Leap: vertical speed {rise.address} gets minus {jump}, it is airborne ({ground.address} = 0), and {jumps.address} grows by one, wrapping.",
    )


def guard_returns_to_post(draw: Drawer) -> Made:
    alarm, facing, home_facing = draw.variable(8), draw.variable(8), draw.rng.randrange(4)
    place, post = draw.variable(16), draw.variable(16)
    speed, bit = draw.one(2, 3, 4, 6), 1 << draw.rng.randrange(8)
    right, left = draw.one((0, 1), (3, 2), (2, 6))
    program = (
        when(Bits(Read(alarm), bit, "any"), Stop()),
        when(
            check(Binary("distance", Read(place), Read(post)), "<=", speed),
            put(place, post),
            put(facing, home_facing),
            Stop(),
        ),
        If(
            check(place, "<", post),
            (more(place, speed), put(facing, right)),
            (less(place, speed), put(facing, left)),
        ),
    )
    return program, (
        f"A guard walks back to his post: unless bit ${bit:02X} of {alarm.address} is set, x ({place.address}) approaches {post.address} by {speed} a call, facing {facing.address} = {right} to the right, {left} to the left. If the distance is {speed} or less he is simply put there and faces {home_facing}.",
        f"if !(alarm & ${bit:02X}): if |x - p| <= {speed}: x = p, f = {home_facing}; elif x < p: x += {speed}, f = {right}; else x -= {speed}, f = {left}. x {place.address}, p {post.address} words unsigned; f {facing.address}, alarm {alarm.address} bytes.",
        f"How do I send a soldier home when the alarm is over? The alarm is bit ${bit:02X} of {alarm.address}: if it is set, leave him alone. His x is the word {place.address}, the post's x the word {post.address}. He walks {speed} pixels per frame and looks where he goes ({facing.address}: {right} right, {left} left). Arrived, or at most {speed} pixels short, he takes the exact position and looks in direction {home_facing}.",
        f"Return to post ({post.address}, word): guard x {place.address} steps {speed} px towards it without overshooting; direction byte {facing.address} {right}/{left} (right/left), {home_facing} once there. Alarm (${bit:02X} in {alarm.address}) on: do nothing.",
    )


def mole_peeks(draw: Drawer) -> Made:
    state, timer = draw.variable(8, below=3), draw.variable(8)
    mole, hero = draw.variable(16), draw.variable(16)
    near = draw.rng.randrange(16, 64)
    times = Table("MoleTimeTable", "delay", tuple(draw.rng.sample(range(20, 120), 3)))
    program = (
        when(
            Both(check(state, "==", 0), check(Binary("distance", Read(mole), Read(hero)), "<", near)),
            Stop(),
        ),
        put(state, either(check(state, "==", 2), 0, plus(state, 1))),
        put(timer, at(times, state)),
    )
    a, b, c = times.values
    return program, (
        f"A mole's time is over and its next state comes: 0 hidden, 1 peeking, 2 throwing, then 0 again ({state.address}, always one of them), with a new timer {timer.address} of {a}, {b} or {c} for the new state. But a hidden mole stays as it is while the hero's x (word {hero.address}) is less than {near} from its own (word {mole.address}).",
        f"if s == 0 and |mx - hx| < {near}: nothing; else s = (s + 1) % 3, t = ({a}, {b}, {c})[s]. s {state.address} < 3, t {timer.address}, mx word {mole.address}, hx word {hero.address}.",
        f"How do I stop moles from popping up right under the hero? This runs when the timer is up: go {state.address} 0 -> 1 -> 2 -> 0 (it is below 3) and load {timer.address} with {a} for 0, {b} for 1, {c} for 2. Exception: in state 0 with hero ({hero.address}) and mole ({mole.address}) under {near} pixels apart in x (unsigned words), nothing changes.",
        f"burrower: hidden {a} frames, peek {b}, throw {c}, repeat. advance state {state.address} (0-2) and set frames {timer.address}; x words {mole.address} (mole), {hero.address} (player). It doesn't come out of hiding as long as |dx| < {near}.",
    )


def spawn_at_camera_column(draw: Drawer) -> Made:
    columns, done = draw.slots(8, 8)
    camera, count = draw.variable(16), draw.variable(8)
    ahead = draw.one(256, 272, 288)
    column = Algorithms(draw).own("column")
    program = (
        put(column, Half(Shifted(plus(camera, ahead), "right", 4), False)),
        put(count, 0),
        Each(
            (columns, done),
            (
                when(
                    Both(check(Here(columns), "==", column), check(Here(done), "==", 0)),
                    put(Here(done), 1),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Level objects appear when their column scrolls in. The column is (camera word {camera.address} + {ahead}) / 16, low byte of the result (the sum wraps at 16 bits). Of {columns.length} objects (column bytes from {columns.address}, flags from {done.address}) mark each in that column whose flag is 0 with 1, and count those at {count.address}.",
        f"c = ((cam + {ahead} & $FFFF) >> 4) & $FF; n = 0; for i < {columns.length}: if col[i] == c and !done[i]: done[i] = 1, ++n. cam word {camera.address}, col {columns.address}, done {done.address}, n {count.address}.",
        f"How do I trigger spawns at the right edge of the screen? Edge = camera x ({camera.address}, 16 bits) plus {ahead}, in blocks of 16 pixels (8 bits kept). Spawn list: {columns.length} column bytes at {columns.address} with a spawned flag each at {done.address}. Those of exactly this column that aren't flagged yet become flagged (1); {count.address} tells how many.",
        f"spawn check: block column of x {camera.address}+{ahead} (word, wraps; /16, mod 256) against {columns.length} entries {columns.address}; unspawned ones (byte {done.address}+i == 0) -> 1, number of them -> {count.address}.",
    )


def hit_stop(draw: Drawer) -> Made:
    [timers] = draw.slots(8)
    hit, freeze = draw.variable(8), draw.variable(8)
    length = draw.rng.randrange(3, 14)
    program = (
        when(check(hit, "!=", 0), put(hit, 0), put(freeze, length), Stop()),
        when(check(freeze, "!=", 0), less(freeze), Stop()),
        Each((timers,), (when(check(Here(timers), "!=", 0), less(Here(timers))),)),
    )
    return program, (
        f"Add hit stop: a nonzero {hit.address} means a blow has landed; clear it and freeze for {length} frames (byte {freeze.address}). While that is nonzero only it counts down. Only without a blow and unfrozen do the {where(timers)} tick (down by 1, not below 0).",
        f"if hit: hit = 0, fr = {length}; elif fr: --fr; else every t[i] > 0: --t[i]. hit {hit.address}, fr {freeze.address}, t: {where(timers)}.",
        f"How do I freeze the action for {length} frames when a sword connects? The flag {hit.address} (nonzero: just connected) starts it and is reset to 0, {freeze.address} counts the freeze down, one per call. In calls that do neither, lower the {timers.length} sprite timers at {timers.address} by one each, those at 0 stay.",
        f"impact pause, {length} frames. flag {hit.address} (consume it), pause left {freeze.address}. No pause -> tick {timers.length} byte timers {timers.address}, stop at 0. One of the three per call, in this order.",
    )


def shell_kicked(draw: Drawer) -> Made:
    touched, moving, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    shell, hero = draw.variable(16), draw.variable(16)
    fast = draw.rng.randrange(2, 7)
    program = (
        when(check(touched, "==", 0), Stop()),
        If(
            check(moving, "!=", 0),
            (put(moving, 0), put(speed, 0)),
            (put(moving, 1), put(speed, either(check(hero, "<", shell), fast, 0x100 - fast))),
        ),
    )
    return program, (
        f"Koopa shell: if {touched.address} is nonzero, a moving shell ({moving.address} != 0) stops (moving and x speed {speed.address} both 0), and a resting one is kicked away from the hero: moving = 1, speed +{fast} if the hero's x ({hero.address}) is less than the shell's ({shell.address}), else -{fast}. Unsigned words.",
        f"if touch: m = !m; v = m ? (hx < sx ? {fast} : -{fast}) : 0. touch {touched.address}, m {moving.address} (any nonzero is on, stored as 0 or 1), v {speed.address}, hx word {hero.address}, sx word {shell.address}.",
        f"How do I kick a shell? Contact flag {touched.address}; without contact nothing happens. Rolling (byte {moving.address} nonzero): halt it, speed byte {speed.address} = 0, flag 0. Lying: flag 1, and it runs {fast} px per frame to the right when the player (x word {hero.address}) is to the left of it (x word {shell.address}), otherwise to the left (${0x100 - fast:02X}).",
        f"touching a shell toggles it: stop it if it slides, else send it off away from the player at {fast}. contact {touched.address}, sliding {moving.address} (0/1), vx {speed.address} signed byte, shell x {shell.address}, player x {hero.address} (same x counts as player on its right).",
    )


def carried_thing_follows(draw: Drawer) -> Made:
    held, facing, press = draw.variable(8), draw.variable(8), draw.variable(8)
    hero, thing, speed = draw.variable(16), draw.variable(16), draw.variable(8)
    off, fast = draw.one(6, 8, 10, 12), draw.rng.randrange(2, 8)
    bit, name = draw.one((0x80, "A"), (0x40, "X"))
    program = (
        when(check(held, "==", 0), Stop()),
        If(check(facing, "==", 0), (put(thing, plus(hero, off)),), (put(thing, minus(hero, off)),)),
        when(
            Bits(Read(press), bit, "any"),
            put(held, 0),
            put(speed, either(check(facing, "==", 0), fast, 0x100 - fast)),
        ),
    )
    return program, (
        f"Carrying: while {held.address} is nonzero, the thing's x ({thing.address}) is the hero's x ({hero.address}) plus {off} if he faces right ({facing.address} = 0), else minus {off}. If {name} (bit ${bit:02X} of {press.address}) is pressed it is let go: {held.address} = 0 and its speed {speed.address} = {fast} to the right or -{fast} to the left.",
        f"if held: tx = hx + (f == 0 ? {off} : -{off}); if press & ${bit:02X}: held = 0, v = f == 0 ? {fast} : -{fast}. held {held.address}, f {facing.address}, press {press.address}, v {speed.address}; words tx {thing.address}, hx {hero.address}.",
        f"How do I code a pot that is carried and thrown? Held flag {held.address} (0: do nothing at all). Facing {facing.address}: 0 right, else left. The pot's x word {thing.address} is kept {off} pixels in front of Link's x word {hero.address}; a set ${bit:02X} in the fresh buttons {press.address} throws it with {fast} pixels a frame forwards (two's complement byte {speed.address}) and ends the holding.",
        f"held item stays {off}px ahead of the player, thrown on {name}. {hero.address} player x, {thing.address} item x (words), {facing.address} facing (0 = right, rest = left), {held.address} held, {press.address} buttons (bit ${bit:02X}), {speed.address} throw speed +/-{fast}; position is set in the throwing frame as well.",
    )


def swallow_for_ability(draw: Drawer) -> Made:
    mouth, press, ability = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    kinds = Table("AbilityTable", "ability", (0, *(draw.rng.randrange(0, 9) for _ in range(7))))
    program = (
        when(Either(check(mouth, "==", 0), Bits(Read(press), 0x04, "none")), Stop()),
        when(check(at(kinds, mouth), "!=", 0), put(ability, at(kinds, mouth))),
        put(mouth, 0),
    )
    return program, (
        f"Kirby swallows: if Down ($04 in {press.address}) is pressed and the mouth {mouth.address} (0 to 7) is not empty (0), the ability {ability.address} becomes entry [mouth] of {listed(kinds)}, but an entry 0 leaves the ability alone. The mouth is empty afterwards either way.",
        f"if (p & 4) and m: if t[m]: ab = t[m]; m = 0. p {press.address}, m {mouth.address} < 8, ab {ability.address}, t = {listed(kinds)}.",
        f"How do I give powers for swallowed enemies? Enemy kind in the mouth: {mouth.address}, 0 for none, at most 7. Swallowing happens when bit 2 of {press.address} is set. The power by kind is {', '.join(map(str, kinds.values))} (kind 0 first). A kind worth 0 gives nothing, so {ability.address} keeps what it had; else it gets the power. Either way the mouth byte is cleared.",
        f"swallow on Down: {press.address} bit 2. kind {mouth.address} (0-7, 0 nothing there) -> power {ability.address} via {listed(kinds)}; zero powers don't overwrite; then kind = 0.",
    )


def blocked_from_the_front(draw: Drawer) -> Made:
    facing, damage, health, clang = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    enemy, source = draw.variable(16), draw.variable(16)
    side = Algorithms(draw).own("side")
    program = (
        put(side, either(check(source, ">=", enemy), 1, 0)),
        If(
            check(side, "==", facing),
            (put(clang, 1),),
            (put(clang, 0), less_down_to(health, 0, damage)),
        ),
    )
    return program, (
        f"A shielded enemy ({facing.address}: 1 faces right, 0 left) blocks what comes from its front. The blow's x is {source.address}, the enemy's {enemy.address} (unsigned words; equal or greater means from the right). Blocked: {clang.address} = 1. From behind: {clang.address} = 0 and health {health.address} loses {damage.address}, not below 0.",
        f"clang = ((sx >= ex) == facing); if not clang: hp = max(hp - dmg, 0). sx word {source.address}, ex word {enemy.address}, facing {facing.address} (0/1), dmg {damage.address}, hp {health.address}, clang {clang.address} (1/0).",
        f"How do I make a knight only vulnerable from behind? He looks right if {facing.address} is 1 and left if it is 0. The sword's x is in word {source.address}, his in word {enemy.address}; a sword at his own x counts as right of him. If it comes from where he looks, set {clang.address} to 1 and nothing more. Otherwise clear it and take the damage byte {damage.address} off his health {health.address}, stopping at zero.",
        f"front shield: attack side = right if x {source.address} >= x {enemy.address} (16 bit); same side as {facing.address} (1 right/0 left) -> {clang.address}=1; else {clang.address}=0, {health.address} -= {damage.address} clamped at 0.",
    )


def nest_limits_its_brood(draw: Drawer) -> Made:
    kinds, parents = draw.slots(8, 8)
    nest, alive, slot = draw.variable(8), draw.variable(8), draw.variable(8)
    most, kind = draw.one(2, 3), draw.rng.randrange(1, 0x60)
    program = (
        put(alive, 0),
        Each(
            (kinds, parents),
            (when(Both(check(Here(kinds), "!=", 0), check(Here(parents), "==", nest)), more(alive)),),
        ),
        put(slot, 0xFF),
        when(check(alive, ">=", most), Stop()),
        put(slot, Position(kinds, check(Here(kinds), "==", 0), 0xFF)),
        when(check(slot, "!=", 0xFF), put(at(kinds, slot), kind), put(at(parents, slot), nest)),
    )
    return program, (
        f"A nest (number {nest.address}) keeps at most {most} children alive. Count the slots of {kinds.length} whose kind (bytes {kinds.address}) is not 0 and whose parent (bytes {parents.address}) is the nest, into {alive.address}. If that is below {most}, the first slot with kind 0 becomes kind ${kind:02X} with this parent; its number goes to {slot.address}, $FF if nothing was hatched.",
        f"n = #(kind[i] != 0 and par[i] == me); s = $FF; if n < {most}: s = first i with kind[i] == 0 (or $FF), kind[s] = ${kind:02X}, par[s] = me. kind {kinds.address}, par {parents.address}, {kinds.length} slots; me {nest.address}, n {alive.address}, s {slot.address}.",
        f"How do I cap how many bats one nest spawns? Sprites: kind {kinds.address} + i (0 free), owner {parents.address} + i, i below {kinds.length}. The nest's id is {nest.address}. Store the number of its living ones (before spawning) to {alive.address}. With fewer than {most}, spawn kind ${kind:02X} for it in the lowest free slot. {slot.address} = that slot, or $FF when the cap is reached or nothing is free.",
        f"spawner with a limit: max {most} live sprites of owner [{nest.address}] among {kinds.length} (type {kinds.address}, owner {parents.address}; type 0 = free, ignore its owner). Live count -> {alive.address}; new one type ${kind:02X} in first free slot, slot -> {slot.address} or $FF.",
    )


def eyes_follow(draw: Drawer) -> Made:
    eye_x, eye_y, hero_x, hero_y = (draw.variable(16) for _ in range(4))
    tile = draw.variable(8)
    base, dead = draw.rng.randrange(0x10, 0xC0), draw.one(4, 8, 12, 16)

    def part(eye: Variable, hero: Variable, step: int) -> tuple[If, ...]:
        near = check(Binary("distance", Read(eye), Read(hero)), ">=", dead)
        return (when(near, If(check(eye, "<", hero), (more(tile, step),), (less(tile, step),))),)

    program: Statements = (put(tile, base), *part(eye_x, hero_x, 1), *part(eye_y, hero_y, 3))
    return program, (
        f"Eyes that follow the hero: the tile {tile.address} is ${base:02X}, one more if the hero is to the right and one less if to the left, three more if he is below and three less if above. Up to {dead - 1} px apart on an axis count as straight. Eye x, y words: {eye_x.address}, {eye_y.address}; hero {hero_x.address}, {hero_y.address}.",
        f"t = ${base:02X} + sx + 3 * sy; s = 0 if |hero - eye| < {dead} else sign(hero - eye), per axis. Words (unsigned): eye {eye_x.address}/{eye_y.address}, hero {hero_x.address}/{hero_y.address}; t byte {tile.address}.",
        f"How do I pick one of nine pupil tiles? ${base:02X} is the middle one of a 3 by 3 block whose rows are 3 tiles apart. Move right or left by one column when |dx| is at least {dead}, down or up by one row when |dy| is. The eye is at words {eye_x.address} (x) and {eye_y.address} (y), Link at {hero_x.address} and {hero_y.address}, y growing downwards. Result to {tile.address}.",
        f"statue gaze tile -> {tile.address}: base ${base:02X}, +-1 for x, +-3 for y (down = +), dead zone < {dead} px. statue {eye_x.address},{eye_y.address}; player {hero_x.address},{hero_y.address}; 16-bit unsigned.",
    )


def turns_at_ledge(draw: Drawer) -> Made:
    ground = draw.array(8, 16)
    cell, facing = draw.variable(8, below=16), draw.variable(8, below=2)
    ahead = Algorithms(draw).own("ahead")
    solid = draw.one(0x80, 0x40, 0x01)
    program = (
        put(ahead, masked(either(check(facing, "==", 0), plus(cell, 1), minus(cell, 1)), 15)),
        If(
            Bits(Read(at(ground, ahead)), solid, "none"),
            (put(facing, toggled(facing, 1)),),
            (put(cell, ahead),),
        ),
    )
    return program, (
        f"A walker on a floor of 16 cells (bytes from {ground.address}, solid if ${solid:02X} is set) stands on cell {cell.address} (0 to 15). With {facing.address} 0 the next cell is one up, with 1 one down, around the ends. Not solid: it turns (0 and 1 alternate) and stays; else it goes there.",
        f"a = (c + (f ? -1 : 1)) & 15; g[a] & ${solid:02X} ? c = a : f ^= 1. c {cell.address} < 16, f {facing.address} < 2, g 16 bytes {ground.address}.",
        f"How do I keep a red koopa from walking off its ledge? The row below it is 16 bytes at {ground.address}, solid where ${solid:02X} is set; it stands above cell byte[{cell.address}] (valid), and looks right while {facing.address} is 0, left while it is 1. Solid in front: step onto that cell. Nothing in front: only turn around. The row is a ring: 15 and 0 are neighbours.",
        f"edge detection: cell {cell.address} (0-15), dir {facing.address} (0 right, 1 left), floor map {ground.address} (16 bytes, ring, solid = ${solid:02X}). no floor ahead -> flip dir, no step. otherwise step.",
    )


def warps_behind_hero(draw: Drawer) -> Made:
    timer, facing, look = draw.variable(8), draw.variable(8), draw.variable(8)
    ghost, hero = draw.variable(16), draw.variable(16)
    gap, pause = draw.one(16, 24, 32, 40), draw.rng.randrange(60, 200)
    program = (
        when(check(timer, "!=", 0), less(timer), when(check(timer, "!=", 0), Stop())),
        put(timer, pause),
        put(look, facing),
        If(check(facing, "==", 0), (put(ghost, minus(hero, gap)),), (put(ghost, plus(hero, gap)),)),
    )
    return program, (
        f"A ghost appears behind the hero whenever its timer {timer.address} has run down (lower it if it isn't 0; go on only if it is 0 then): timer = {pause}, it looks the same way as he does ({look.address} = {facing.address}), and its x {ghost.address} is {gap} px left of his {hero.address} if he faces right ({facing.address} = 0), else {gap} px right. Words wrap.",
        f"if t: --t; if t == 0: t = {pause}, gf = hf, gx = hf == 0 ? hx - {gap} : hx + {gap}. t {timer.address}, gf {look.address}, hf {facing.address}; words gx {ghost.address}, hx {hero.address}.",
        f"How do I teleport an enemy into Link's back? Countdown {timer.address}, one step a call and not below zero. At zero: new countdown {pause}, the enemy's x word {ghost.address} becomes Link's {hero.address} minus {gap} when {facing.address} is 0 (he looks right), plus {gap} for any other value, and the enemy's facing {look.address} is copied from his.",
        f"backstab warp every {pause} frames: timer {timer.address} (count to 0, then reload), x {hero.address} -/+ {gap} -> {ghost.address} (hero facing {facing.address}: 0 right -> minus), facing copied to {look.address}.",
    )


def limb_multiplies_damage(draw: Drawer) -> Made:
    zone, damage, health, dead = draw.variable(8, below=4), draw.variable(8), draw.variable(16), draw.variable(8)
    quarters = Table("LimbTable", "multiplier", tuple(draw.rng.sample((1, 2, 3, 4, 6, 8, 12), 4)))
    hurt = Algorithms(draw).own("hurt", 16)
    program = (
        put(hurt, Shifted(Product(Read(damage), Read(at(quarters, zone))), "right", 2)),
        If(
            check(health, ">", hurt),
            (less(health, hurt), put(dead, 0)),
            (put(health, 0), put(dead, 1)),
        ),
    )
    told = ", ".join(map(str, quarters.values))
    return program, (
        f"Damage by body part: the part hit is {zone.address} (0 to 3), the raw damage {damage.address}. It counts {told} quarters by part (rounded down). Subtract that from the health word {health.address}; if nothing would be left, health is 0 and {dead.address} 1, else {dead.address} is 0.",
        f"d = dmg * ({told})[z] >> 2; hp > d ? (hp -= d, dead = 0) : (hp = 0, dead = 1). dmg {damage.address}, z {zone.address} < 4, dead {dead.address} bytes; hp word {health.address}.",
        f"How do I make head shots hurt more? Hit zone {zone.address}, below 4; base damage byte {damage.address}. Multiply by {told} for zones 0 to 3 and divide by 4, dropping the fraction. The boss has {health.address} (16 bits) health, which doesn't go below 0; {dead.address} tells whether it is 0 now (1) or not (0).",
        f"hit zones x{quarters.values[0]}/4, x{quarters.values[1]}/4, x{quarters.values[2]}/4, x{quarters.values[3]}/4 (zone {zone.address}, 0-3). {health.address} word -= {damage.address} scaled, floor 0, death flag {dead.address} 1/0.",
    )


def courage_fails(draw: Drawer) -> Made:
    states, courage = draw.slots(8, 8)
    deaths, runners = draw.variable(8), draw.variable(8)
    fight, run = draw.rng.sample(range(1, 12), 2)
    program = (
        put(runners, 0),
        Each(
            (states, courage),
            (
                when(
                    Both(check(Here(states), "==", fight), check(Here(courage), "<", deaths)),
                    put(Here(states), run),
                    more(runners),
                ),
            ),
        ),
    )
    return program, (
        f"Enemies lose heart: of {states.length} (state bytes {states.address}, courage bytes {courage.address}) everyone who fights (state {fight}) and whose courage is less than the number of fallen comrades {deaths.address} runs away (state {run}). How many just turned goes to {runners.address}.",
        f"n = 0; for i < {states.length}: s[i] == {fight} and c[i] < d ? s[i] = {run}, ++n. s {states.address}, c {courage.address}, d {deaths.address}, n {runners.address}.",
        f"How do I add morale to a squad? {deaths.address} counts the dead. Each of the {states.length} soldiers has a state ({states.address} + i) and a courage ({courage.address} + i). A fighting one, state {fight}, flees as soon as the dead outnumber his courage: state {run}. Tell me in {runners.address} how many panic in this call.",
        f"morale check, {states.length} slots: state {states.address} {fight} -> {run} if deaths [{deaths.address}] > courage {courage.address}. new runners -> {runners.address}.",
    )


def magnet_draws_iron(draw: Drawer) -> Made:
    places, kinds = draw.slots(16, 8)
    magnet, on = draw.variable(16), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    program = (
        when(check(on, "==", 0), Stop()),
        Each(
            (places, kinds),
            (
                when(
                    Bits(Read(Here(kinds)), bit, "any"),
                    If(
                        check(Here(places), "<", magnet),
                        (more(Here(places)),),
                        (when(check(Here(places), ">", magnet), less(Here(places))),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"A magnet at x {magnet.address} (word) works while {on.address} is nonzero: of {places.length} objects (x words from {places.address}, property bytes from {kinds.address}) those with bit ${bit:02X} move one px towards it, those already there stay.",
        f"if on: for i < {places.length} with k[i] & ${bit:02X}: x[i] += sign(m - x[i]). x words {places.address}, k bytes {kinds.address}, m word {magnet.address}, on {on.address}; positions unsigned.",
        f"How do I pull iron things towards a magnet? Switch {on.address} (0 = off, do nothing), its x the word {magnet.address}. Things: {places.length} words of x at {places.address}, and {kinds.length} flag bytes at {kinds.address} in which ${bit:02X} stands for iron. One pixel nearer per call, never beyond.",
        f"magnet: iron (flag ${bit:02X} in bytes {kinds.address}+i) x positions {where(places)} step 1 toward {magnet.address}, only if {on.address} != 0.",
    )


def bat_swoops(draw: Drawer) -> Made:
    phase, y, perched = draw.variable(8), draw.variable(16), draw.variable(8)
    half = draw.one((3, 3, 2, 1), (4, 3, 2, 1), (2, 2, 1, 1), (6, 4, 2, 1))
    steps = Table("SwoopTable", "step", (*half, *(0x100 - one for one in reversed(half))))
    last = steps.length
    program = (
        when(check(phase, ">=", last), put(perched, 1), Stop()),
        more(y, Widened(Read(at(steps, masked(phase, 7))), True)),
        more(phase),
        put(perched, 0),
    )
    told = ", ".join(str(one - 256 if one > 127 else one) for one in steps.values)
    return program, (
        f"A bat swoops down and up again along {told} (pixels per frame): entry {phase.address} is added to its y word {y.address}, the phase goes on by one and {perched.address} becomes 0. A phase of {last} or more means it hangs on its perch: only {perched.address} = 1.",
        f"if p >= {last}: perched = 1; else y += ({told})[p++], perched = 0. p {phase.address}, y word {y.address}, perched {perched.address}.",
        f"How do I do a dive by table? Frame index {phase.address}; while it is below {last}, the signed byte of that frame ({listed(steps)}) changes the 16-bit height {y.address}, the index advances and the flag {perched.address} is cleared. From {last} on the dive is over and the flag is 1, nothing else changes.",
        f"swoop curve dy = {told}; step {phase.address}, y {y.address} (16 bit); done at {last}: flag {perched.address} 1, before that 0.",
    )


RECIPES = (
    zigzag_flyer,
    pounce_when_close,
    guard_returns_to_post,
    mole_peeks,
    spawn_at_camera_column,
    hit_stop,
    shell_kicked,
    carried_thing_follows,
    swallow_for_ability,
    blocked_from_the_front,
    nest_limits_its_brood,
    eyes_follow,
    turns_at_ledge,
    warps_behind_hero,
    limb_multiplies_damage,
    courage_fails,
    magnet_draws_iron,
    bat_swoops,
)
