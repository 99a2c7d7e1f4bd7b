"""Items and their menus: owning, assigning, combining, using up, renting, upgrading and showing them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Chosen,
    Compared,
    Either,
    If,
    Number,
    Read,
    Report,
    Stop,
    Switch,
    Table,
    While,
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
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def assign_to_button(draw: Drawer) -> Made:
    selected, this, other = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        when(check(other, "==", selected), put(other, this)),
        put(this, selected),
    )
    return program, (
        f"Write a routine that assigns the selected item {selected.address} to a button, {this.address}: if the other button, {other.address}, has that item, it gets what was on the first one (they trade). Then the first button has the selected item.",
        f"How do I put an item on a button without having it on both? Selected byte {selected.address}; this button {this.address}; other button {other.address}. Other == selected: other = this. Always afterwards: this = selected.",
        f"if byte[{other.address}] == byte[{selected.address}]: byte[{other.address}] = byte[{this.address}]; byte[{this.address}] = byte[{selected.address}].",
        f"Two item buttons, as on the Game Boy: {this.address} was pressed while item {selected.address} was under the cursor, so it goes there. Should the other button ({other.address}) hold that item already, it takes over the old one of the pressed button.",
    )


def cycle_owned(draw: Drawer) -> Made:
    owned = draw.array(8, draw.one(4, 8, 8, 16))
    cursor = draw.variable(8, below=owned.length)
    left = draw.maybe(0.4)
    mask = owned.length - 1
    turns = Algorithms(draw).own("turns")
    step = put(cursor, masked(minus(cursor, 1) if left else plus(cursor, 1), mask))
    program = (
        put(turns, owned.length),
        step,
        less(turns),
        While(
            Both(check(at(owned, cursor), "==", 0), check(turns, "!=", 0)),
            (step, less(turns)),
        ),
    )
    way, sign = ("left", "-") if left else ("right", "+")
    return program, (
        f"Write a routine that moves the cursor {cursor.address} (0 to {mask}) to the next owned item on the {way} (index {sign} 1, modulo {owned.length}): an item is owned if its byte ({where(owned)}) is not 0. If only the present one is owned, or none, the cursor ends where it was.",
        f"How do I skip empty slots in a menu? Slots: {where(owned)}, 0 = empty. Cursor byte {cursor.address} < {owned.length}: step {sign}1 with wrap-around until the slot is not empty, at most {owned.length} steps.",
        f"c = byte[{cursor.address}]; repeat at most {owned.length} times: c = (c {sign} 1) & {mask}, stop as soon as byte[{owned.address} + c] != 0; byte[{cursor.address}] = c < {owned.length}.",
        f"Pressing {'L' if left else 'R'} brings up the {'previous' if left else 'next'} item that Link has. There are {owned.length} places ({owned.address} ff., nonzero means he has it) in a ring, and {cursor.address} is the one in use. Nothing else in the bag: it stays.",
    )


def combine_items(draw: Drawer) -> Made:
    kinds = draw.one(3, 4, 5)
    first, second, result = draw.variable(8, below=kinds), draw.variable(8, below=kinds), draw.variable(8)
    a, b = draw.rng.sample(range(kinds), 2)
    made, nothing = draw.rng.randrange(64, 250), draw.one(0, 0xFF)
    fits = Either(
        Both(check(first, "==", a), check(second, "==", b)), Both(check(first, "==", b), check(second, "==", a))
    )
    return (put(result, Chosen(fits, Number(made), Number(nothing))),), (
        f"Write a routine that combines two herbs (kinds 0 to {kinds - 1}): if {first.address} and {second.address} are {a} and {b} in either order, {result.address} becomes {made}; otherwise ${nothing:02X}.",
        f"How do I check a recipe whose order does not matter? Ingredients: byte {first.address} and byte {second.address}, both below {kinds}; wanted pair: {{{a}, {b}}}. Result byte {result.address} = {made} if they match, else ${nothing:02X}.",
        f"x = byte[{first.address}], y = byte[{second.address}]; byte[{result.address}] = (x == {a} && y == {b}) || (x == {b} && y == {a}) ? {made} : ${nothing:02X}; x, y < {kinds}.",
        f"The witch knows {kinds} mushrooms, 0 to {kinds - 1}. Number {a} together with number {b} is brew {made}, no matter which of the two was chosen first. The choices are in {first.address} and {second.address}; the brew, or ${nothing:02X} for a useless mixture, belongs in {result.address}.",
    )


def flute_or_shovel(draw: Drawer) -> Made:
    owned, chosen, button = draw.variable(8), draw.variable(8), draw.variable(8)
    a, b, mask = *draw.rng.sample((1, 2, 4, 8, 16, 32), 2), draw.one(0x80, 0x40, 0x10)
    both = a | b
    program = (
        If(
            Both(Bits(Read(button), mask, "any"), Bits(Read(owned), both, "all")),
            (put(chosen, toggled(chosen, 1)),),
        ),
    )
    return program, (
        f"Write a routine that switches between two items sharing a slot: if ${mask:02X} is set in {button.address} and both ${a:02X} and ${b:02X} are set in the items {owned.address}, toggle bit 0 of {chosen.address}. With only one of them nothing happens.",
        f"How do I let the player swap flute and shovel? Button mask ${mask:02X} in byte {button.address}; owned: byte {owned.address}, needs all of ${both:02X}. Then byte {chosen.address} ^= 1.",
        f"if (byte[{button.address}] & ${mask:02X}) && (byte[{owned.address}] & ${both:02X}) == ${both:02X}: byte[{chosen.address}] ^= 1.",
        f"The menu has one square for two things (bits ${a:02X} and ${b:02X} of {owned.address}). A press of ${mask:02X} ({button.address}) exchanges which one is shown, bit 0 at {chosen.address}, provided that Link has got the two of them.",
    )


def use_costs(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    item, magic, fired = draw.variable(8, below=count), draw.variable(8), draw.variable(8)
    costs = draw.table(count)
    cost = Algorithms(draw).own("cost")
    refusal = draw.one(0xFF, 0x3C, 0x80)
    program = (
        put(cost, at(costs, item)),
        If(
            check(magic, "<", cost),
            (put(fired, refusal),),
            (less(magic, cost), put(fired, item)),
        ),
    )
    return program, (
        f"Write a routine that uses a magic item: item {item.address} (0 to {count - 1}) costs {listed(costs)} magic. If {magic.address} is less than its cost, {fired.address} becomes ${refusal:02X}; otherwise pay and copy the item's number to {fired.address}.",
        f"How do I charge magic by item? Price list {listed(costs)}, index byte {item.address} < {count}. Meter byte {magic.address} < price: byte {fired.address} = ${refusal:02X}, meter as it is. Else meter - price, byte {fired.address} = item number.",
        f"c = [{listed(costs)}][byte[{item.address}]]; if byte[{magic.address}] < c: byte[{fired.address}] = ${refusal:02X}; else byte[{magic.address}] -= c, byte[{fired.address}] = byte[{item.address}]; index < {count}.",
        f"{count} rods and canes eat {listed(costs)} units of magic per use. Link waves number {item.address} of them (from 0). His meter is {magic.address}; if it covers the use, take it off and report the number in {fired.address}. If not, report the error sound ${refusal:02X} there.",
    )


def rented_item(draw: Drawer) -> Made:
    time, item, message = draw.variable(16), draw.variable(8), draw.variable(8)
    warning = draw.rng.randrange(300, 2000)
    last_line, hint = draw.rng.sample(range(1, 256), 2)
    program = (
        If(check(item, "==", 0), (Stop(),)),
        Switch(
            Read(time),
            (
                (0, (put(item, 0), put(message, last_line))),
                (warning, (put(message, hint), less(time))),
            ),
            (less(time),),
        ),
    )
    return program, (
        f"Write a routine for a rented item: without one ({item.address} is 0) nothing happens. If the word {time.address} is 0 the item is taken back (0) and message {message.address} is ${last_line:02X}. Otherwise the word drops by 1, and if it was exactly {warning} before, the message is ${hint:02X}.",
        f"How do I let a rental run out with a warning? Item byte {item.address} (0: nothing rented, do nothing); frames left: word {time.address}. 0: item = 0, byte {message.address} = ${last_line:02X}. {warning}: byte {message.address} = ${hint:02X} and frames - 1. Any other: frames - 1.",
        f"if byte[{item.address}]: t = word[{time.address}]; t == 0: byte[{item.address}] = 0, byte[{message.address}] = ${last_line:02X}; else: if t == {warning}: byte[{message.address}] = ${hint:02X}; --word[{time.address}].",
        f"Ravio wants his hammer back. While Link has it in {item.address}, {time.address} runs down (two bytes). In the frame that finds {warning} in it the bird speaks text ${hint:02X}, and the frame that finds 0 there fetches the thing with text ${last_line:02X} instead of counting. Texts are ordered in {message.address}; without a loan there's nothing to do.",
    )


def capacity_upgrade(draw: Drawer) -> Made:
    level, rupees, capacity = draw.variable(8, below=draw.one(5, 7, 8)), draw.variable(16), draw.variable(8)
    assert level.below
    top = level.below - 1
    sizes = Table("CapacityTable", "capacity", tuple(sorted(draw.rng.sample(range(10, 100), level.below))))
    price = draw.one(50, 100, 100, 150)
    program = (
        If(Both(check(level, "<", top), check(rupees, ">=", price)), (less(rupees, price), more(level))),
        put(capacity, at(sizes, level)),
    )
    shown = ", ".join(map(str, sizes.values))
    return program, (
        f"Write a routine that sells a bigger bag: if the level {level.address} (0 to {top}) is below {top} and the word {rupees.address} is at least {price}, pay {price} and raise the level by 1. In any case {capacity.address} then becomes the capacity of the level: {shown}.",
        f"How do I upgrade bomb capacity for {price} rupees? Level byte {level.address} <= {top}; purse word {rupees.address}. Level < {top} and purse >= {price}: purse - {price}, level + 1. Finally byte {capacity.address} = [{shown}][level].",
        f"if l < {top} && word[{rupees.address}] >= {price}: word[{rupees.address}] -= {price}, ++l; byte[{capacity.address}] = [{shown}][l]; l = byte[{level.address}] <= {top}.",
        f"Throw {price} rupees into the pond (purse: {rupees.address}, 16 bits) and the fairy widens your quiver by a grade. The grades, {level.address}, hold {shown} arrows, and the last cannot be improved: she takes nothing then, nor from those with less money. Write what Link's quiver now holds to {capacity.address}.",
    )


def wishing_pond(draw: Drawer) -> Made:
    thrown, rupees, happy = draw.variable(8), draw.variable(16), draw.variable(8)
    gift, goal = draw.one((5, 100), (10, 100), (20, 200), (25, 150))
    luck = draw.rng.randrange(1, 5)
    program = (
        If(check(rupees, "<", gift), (Stop(),)),
        less(rupees, gift),
        more(thrown, gift),
        If(check(thrown, ">=", goal), (put(thrown, 0), put(happy, luck))),
    )
    return program, (
        f"Write a routine for a wishing pond: with {gift} rupees or more in the word {rupees.address}, {gift} of them move to the pond's byte {thrown.address} (8-bit sum). If the pond then has {goal} or more it is emptied (0) and {happy.address} becomes {luck}. With less money nothing happens.",
        f"How do I collect donations until {goal}? Word {rupees.address} >= {gift}: subtract {gift}, byte {thrown.address} += {gift}; byte {thrown.address} >= {goal}: it becomes 0 and byte {happy.address} = {luck}.",
        f"if word[{rupees.address}] >= {gift}: word[{rupees.address}] -= {gift}; byte[{thrown.address}] += {gift}; if byte[{thrown.address}] >= {goal}: byte[{thrown.address}] = 0, byte[{happy.address}] = {luck}.",
        f"Link tosses {gift} rupees ({rupees.address}, two bytes) into the water. It remembers how much lies at its bottom in {thrown.address}; {goal} or more make the queen of fairies appear (mood {luck} in {happy.address}), and she tidies up. A poor man cannot toss.",
    )


def duplicate_into_rupees(draw: Drawer) -> Made:
    owned, item, rupees = draw.variable(16), draw.variable(8, below=16), draw.variable(16)
    masks = Table("ItemMaskTable", "mask", tuple(1 << n for n in range(16)), 16)
    value = draw.one(5, 20, 50, 100, 300)
    known = Compared("!=", masked(owned, at(masks, item)), Number(0, 16))
    program = (If(known, (more_up_to(rupees, 9999, value),), (put(owned, joined(owned, at(masks, item))),)),)
    return program, (
        f"Write a routine that gives item {item.address} (0 to 15): its bit in the word {owned.address} is set if it was clear. If the hero has it already, he gets {value} rupees instead (word {rupees.address}, 9999 at most).",
        f"How do I turn duplicate items into money? Owned bits: word {owned.address}, bit n for item n; n = byte {item.address} < 16. Clear: set it. Set: word {rupees.address} = min(rupees + {value}, 9999), no wrap.",
        f"m = 1 << byte[{item.address}]; if word[{owned.address}] & m: word[{rupees.address}] = min(word[{rupees.address}] + {value}, 9999); else word[{owned.address}] |= m; item < 16.",
        f"A chest with thing number {item.address} (0-15). New to Link? Cross it off in {owned.address}, sixteen bits, lowest first. An old acquaintance? Then {value} rupees into {rupees.address}, which holds up to 9999.",
    )


def allowed_here(draw: Drawer) -> Made:
    count = draw.one(4, 5, 6, 8)
    mode, item = draw.variable(8, below=count), draw.variable(8, below=8)
    table = draw.table(count)
    masks = Table("ItemMaskTable", "mask", tuple(1 << n for n in range(8)))
    return (Report(Compared("!=", masked(at(table, mode), at(masks, item)), Number(0))),), (
        f"Write a routine that tells whether an item can be used now: for the hero's state {mode.address} (0 to {count - 1}) the allowed items are the bits of {listed(table)}; the item is {item.address} (0 to 7, bit number). Carry set if allowed, else clear.",
        f"How do I forbid items while swimming, carrying and so on? State byte {mode.address} < {count} selects a mask from {listed(table)}; item number byte {item.address} < 8 selects the bit. Bit set: carry set.",
        f"carry = ([{listed(table)}][byte[{mode.address}]] >> byte[{item.address}]) & 1; state < {count}, item < 8.",
        f"On foot, in water, on a ladder ...: {count} situations, number in {mode.address}, and for each a byte that says which of eight things Link may take out: {listed(table)}, bit 0 for thing 0. He reaches for thing {item.address}. Yes or no in the carry.",
    )


def ring_menu(draw: Drawer) -> Made:
    angle, goal = draw.variable(8), draw.variable(8)
    step = draw.one(2, 4, 8)
    done = draw.variable(8)
    program = (
        If(
            check(angle, "==", goal),
            (put(done, 1),),
            (
                put(done, 0),
                If(
                    Bits(minus(goal, angle), 0x80, "any"),
                    (put(angle, masked(minus(angle, step), 0x100 - step)),),
                    (put(angle, masked(plus(angle, step), 0x100 - step)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that turns a ring menu: if the angle {angle.address} equals the goal {goal.address}, {done.address} is 1. Otherwise {done.address} is 0 and the angle goes by {step} the shorter way (down if goal - angle, a byte, has bit 7 set, else up), then is rounded down to a multiple of {step}.",
        f"How do I rotate to an angle by the shorter way, {step} units a frame? Bytes: angle {angle.address}, goal {goal.address}, arrived {done.address}. Equal: arrived = 1. Else arrived = 0; (goal - angle) & $80 ? angle = (angle - {step}) & ${0x100 - step:02X} : angle = (angle + {step}) & ${0x100 - step:02X}.",
        f"a = byte[{angle.address}], g = byte[{goal.address}]; if a == g: byte[{done.address}] = 1; else byte[{done.address}] = 0, a = ((((g - a) & $80) ? a - {step} : a + {step}) & ${0x100 - step:02X}).",
        f"As in Secret of Mana, the icons go round in a circle of 256 units. It is turned to {angle.address} and shall turn to {goal.address}: {step} units per frame, backwards when the byte 'goal minus angle' is $80 or more, forwards when it is less, and always landing on multiples of {step} (clear the lower bits). {done.address} is 1 when it had arrived before the call, else 0.",
    )


def hold_to_repeat(draw: Drawer) -> Made:
    held, clock, use = draw.variable(8), draw.variable(8), draw.variable(8)
    button, first, again = draw.one(0x80, 0x40, 0x20), draw.rng.randrange(16, 40), draw.rng.randrange(3, 12)
    program = (
        put(use, 0),
        If(Bits(Read(held), button, "none"), (put(clock, 0), Stop())),
        If(check(clock, "==", 0), (put(use, 1),)),
        more(clock),
        If(check(clock, ">=", first), (put(clock, first - again), put(use, 1))),
    )
    return program, (
        f"Write a routine that repeats an item's use while its button is held: {use.address} becomes 0. If ${button:02X} is not set in {held.address}, {clock.address} becomes 0 and that's all. If {clock.address} is 0, {use.address} becomes 1. Then {clock.address} goes up by 1; at {first} or more it becomes {first - again} and {use.address} 1.",
        f"How do I auto-repeat with a first delay of {first} and then every {again} frames? Button mask ${button:02X} in byte {held.address}, counter byte {clock.address}, result byte {use.address}. Not held: counter = result = 0. Held: result = (counter == 0); counter + 1; counter >= {first}: counter = {first - again}, result = 1.",
        f"if !(byte[{held.address}] & ${button:02X}): c = 0, byte[{use.address}] = 0; else byte[{use.address}] = c == 0; if ++c >= {first}: c = {first - again}, byte[{use.address}] = 1; c = byte[{clock.address}].",
        f"Hold ${button:02X} ({held.address}) and Link shoots at once, once more after {first} frames, and from then on each {again}. {clock.address} measures the holding: 0 at first, 1 more each frame, from {first} (or beyond) back to {first - again}. Whenever he shoots {use.address} is 1, otherwise 0, and letting go sets both to 0.",
    )


def menu_slides_in(draw: Drawer) -> Made:
    offset, speed, state = draw.variable(16), draw.variable(8), draw.variable(8)
    height, after = draw.one(0xE8, 0xE0, 0xC0, 0xB8), draw.rng.randrange(1, 12)
    brake = draw.one(1, 2)
    program = (
        more(offset, Widened(Read(speed))),
        when(check(speed, ">", brake), less(speed, brake)),
        If(check(offset, ">=", height), (put(offset, height), put(state, after))),
    )
    return program, (
        f"Write a routine that lets a menu slide in and slow down: the word {offset.address} grows by the byte {speed.address}; then the speed drops by {brake} if it is above {brake}; and if the offset is {height} or more it is set to {height} and the state {state.address} to {after}.",
        f"How do I ease a menu in? Offset word {offset.address} += speed byte {speed.address} (unsigned). Speed > {brake}: speed - {brake}. Offset >= {height}: offset = {height}, state byte {state.address} = {after}. In this order.",
        f"word[{offset.address}] += byte[{speed.address}]; if byte[{speed.address}] > {brake}: byte[{speed.address}] -= {brake}; if word[{offset.address}] >= {height}: word[{offset.address}] = {height}, byte[{state.address}] = {after}.",
        f"The item screen comes down like a curtain: {offset.address} (two bytes) is how far it hangs, {speed.address} how many lines it falls this frame. It loses {brake} of its pace after every move as long as more than {brake} is left. When ${height:02X} lines hang it stops exactly there, and mode {after} in {state.address} lets the player choose.",
    )


def items_for_trade(draw: Drawer) -> Made:
    amounts = draw.array(8, draw.one(4, 5, 6, 8))
    give, take = draw.variable(8, below=amounts.length), draw.variable(8, below=amounts.length)
    price, most = draw.rng.randrange(2, 10), draw.one(99, 50, 20)
    program = (
        If(
            check(at(amounts, give), ">=", price),
            (less(at(amounts, give), price), more_up_to(at(amounts, take), most)),
        ),
    )
    return program, (
        f"Write a routine that barters monster parts: if there are at least {price} of kind {give.address}, take {price} of them and add 1 of kind {take.address} ({most} at most, after the taking). Kinds are 0 to {amounts.length - 1}, amounts are {where(amounts)}.",
        f"How do I exchange {price} of one material for one of another? Amounts: {where(amounts)}; from = byte {give.address}, to = byte {take.address}, both < {amounts.length}. amount[from] >= {price}: amount[from] -= {price}, then amount[to] = min(amount[to] + 1, {most}). Too few: nothing.",
        f"n = {where(amounts)}; g = byte[{give.address}], t = byte[{take.address}], both < {amounts.length}; if n[g] >= {price}: n[g] -= {price}; n[t] = min(n[t] + 1, {most}).",
        f"In Maple's shop {price} of this buy one of that. This: kind {give.address}. That: kind {take.address} (may be the same). The {amounts.length} counters begin at {amounts.address}, bytes. Pay first, then receive, and no counter that receives ends above {most}. Who hasn't {price} gets nothing.",
    )


RECIPES = (
    assign_to_button,
    cycle_owned,
    combine_items,
    flute_or_shovel,
    use_costs,
    rented_item,
    capacity_upgrade,
    wishing_pond,
    duplicate_into_rupees,
    allowed_here,
    ring_menu,
    hold_to_repeat,
    menu_slides_in,
    items_for_trade,
)
