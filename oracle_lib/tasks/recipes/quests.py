"""Quests, villagers, weather, farms and minigames."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Chosen,
    Each,
    Fold,
    Here,
    If,
    Item,
    Number,
    Read,
    Report,
    Set,
    Shifted,
    Shove,
    Stop,
    Switch,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, less_down_to, listed, more, more_up_to, put, size, where

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def advance_story(draw: Drawer) -> Made:
    story, event = draw.variable(8), draw.variable(8)
    now, seen = draw.rng.randrange(1, 20), draw.rng.randrange(1, 256)
    later = now + draw.rng.randrange(1, 4)
    ready = Both(check(story, "==", now), check(event, "==", seen))
    return (If(ready, (put(story, later), put(event, 0))),), (
        f"Write a routine that moves the story on: only at progress {now} (byte {story.address}) and with event ${seen:02X} in {event.address}, progress becomes {later} and the event is cleared to 0.",
        f"How do I let a quest stage depend on an event? Stage byte {story.address} == {now} and event byte {event.address} == ${seen:02X}: stage = {later}, event = 0. Anything else leaves both.",
        f"if byte[{story.address}] == {now} && byte[{event.address}] == ${seen:02X}: byte[{story.address}] = {later}; byte[{event.address}] = 0.",
        f"The king speaks only in chapter {now}, and only after he was woken (${seen:02X} is reported in {event.address}). Then chapter {later} begins in {story.address} and the report is done with, 0.",
    )


def line_for_stage(draw: Drawer) -> Made:
    story, message = draw.variable(8), draw.variable(16)
    first, second = draw.rng.randrange(2, 9), draw.rng.randrange(12, 30)
    a, b, c = (draw.rng.randrange(0x10, 0x190) for _ in range(3))
    value = Chosen(
        check(story, "<", first),
        Number(a, 16),
        Chosen(check(story, "<", second), Number(b, 16), Number(c, 16)),
    )
    return (put(message, value),), (
        f"Write a routine that chooses what a villager says: message ${a:04X} while the story byte {story.address} is below {first}, ${b:04X} while it is below {second}, ${c:04X} afterwards; the number goes to the word {message.address}.",
        f"How do I make an NPC's dialogue follow the plot? Progress byte {story.address}: under {first} text ${a:04X}, from {first} to {second - 1} text ${b:04X}, from {second} text ${c:04X}. Text number: word {message.address}.",
        f"word[{message.address}] = p < {first} ? ${a:04X} : p < {second} ? ${b:04X} : ${c:04X}; p = byte[{story.address}].",
        f"The old man knows three speeches, {a}, {b} and {c}. He changes to the second when {story.address} reaches {first} and to the third when it reaches {second}. Put the right one into {message.address}, 16 bits.",
    )


def friendship(draw: Drawer) -> Made:
    gift, liked, heart = draw.variable(8), draw.variable(8), draw.variable(8)
    more, less, most = draw.rng.randrange(5, 30), draw.rng.randrange(1, 15), draw.one(100, 200, 255)
    program = (
        If(
            check(gift, "==", Read(liked)),
            (more_up_to(heart, most, more),),
            (less_down_to(heart, 0, less),),
        ),
        put(gift, 0),
    )
    return program, (
        f"Write a routine that gives a present: if the gift {gift.address} is the villager's favourite {liked.address}, affection {heart.address} rises by {more} (to {most} at most), otherwise it falls by {less} (to 0 at least). The gift is used up: 0. Bytes.",
        f"How do I rate presents? Gift byte {gift.address}, favourite byte {liked.address}, affection byte {heart.address} (0 to {most}). Equal: + {more}, capped. Different: - {less}, floored. Either way gift = 0 afterwards.",
        f"byte[{heart.address}] = byte[{gift.address}] == byte[{liked.address}] ? min(a + {more}, {most}) : max(a - {less}, 0), a its old value; then byte[{gift.address}] = 0.",
        f"Malon likes exactly one thing, number {liked.address}. Hand her {gift.address} and your hand is empty (0). If it was that thing her heart ({heart.address}) warms by {more}, {most} being all it holds; if not it cools by {less} but not under zero.",
    )


def crops_grow(draw: Drawer) -> Made:
    stage, wet = draw.slots(8, 8)
    ripe = draw.rng.randrange(3, 9)
    grows = Both(check(Here(wet), "!=", 0), check(Here(stage), "<", ripe))
    program = (Each((stage, wet), (If(grows, (more(Here(stage)),)), put(Here(wet), 0))),)
    return program, (
        f"Write a routine for a night on the farm: each watered field (byte not 0 in {where(wet)}) whose growth ({where(stage)}) is below {ripe} grows by 1; then every field is dry (0).",
        f"How do I grow crops overnight? Stages: {where(stage)}; {ripe} and more is ripe and grows no further. Water: {where(wet)}. Watered and unripe: stage + 1. Afterwards water = 0 everywhere.",
        f"for i in 0..{stage.length - 1}: if w[i] && s[i] < {ripe}: ++s[i]; w[i] = 0. s: {where(stage)}; w: {where(wet)}.",
        f"{stage.length} beds of pumpkins, how far they are: {where(stage)}, and whether somebody watered them today: {where(wet)} (0 = no). While Link sleeps the watered ones that have not got to {ripe} make one step, and all beds dry out.",
    )


def change_weather(draw: Drawer) -> Made:
    weather, luck, days = draw.variable(8), draw.variable(8), draw.variable(8)
    rain, storm, spell = draw.rng.randrange(60, 120), draw.rng.randrange(10, 50), draw.rng.randrange(2, 8)
    value = Chosen(check(luck, "<", storm), Number(2), Chosen(check(luck, "<", rain), Number(1), Number(0)))
    program = (
        If(check(days, "!=", 0), (less(days), Stop())),
        put(weather, value),
        put(days, spell),
    )
    return program, (
        f"Write a routine that changes the weather: while the days {days.address} are not 0, only lower them by 1. At 0 the random byte {luck.address} decides: below {storm} storm (2), below {rain} rain (1), else sun (0), stored at {weather.address}, and the days restart at {spell}.",
        f"How do I pick new weather every few days? Counter {days.address}: nonzero = count down and leave. Zero: weather byte {weather.address} = 2 if byte {luck.address} < {storm}, 1 if it is < {rain}, otherwise 0; counter = {spell}.",
        f"if d: --d; else byte[{weather.address}] = r < {storm} ? 2 : r < {rain} ? 1 : 0, d = {spell}; d = byte[{days.address}], r = byte[{luck.address}].",
        f"Each morning I call this. The sky stays for as many mornings as {days.address} says (it goes down by one). With none left the gods throw {luck.address}: 0 to {storm - 1} is thunder, up to {rain - 1} is drizzle, the rest is fine; write 2, 1 or 0 to {weather.address} and {spell} to the mornings.",
    )


def fishing_line(draw: Drawer) -> Made:
    pull, tension, lost = draw.variable(8), draw.variable(8), draw.variable(8)
    gain, ease, snap = draw.rng.randrange(3, 12), draw.rng.randrange(1, 6), draw.rng.randrange(80, 220)
    program = (
        If(
            check(pull, "!=", 0),
            (more_up_to(tension, 255, gain),),
            (less_down_to(tension, 0, ease),),
        ),
        If(check(tension, ">", snap), (put(lost, 1), put(tension, 0))),
    )
    return program, (
        f"Write a routine for a fishing line: while the player reels ({pull.address} not 0) the tension {tension.address} grows by {gain} (to 255 at most), otherwise it eases by {ease} (to 0 at least). If it is then above {snap} the line snaps: {lost.address} = 1 and tension 0.",
        f"How do I do line tension in a fishing game? Reeling flag byte {pull.address}; tension byte {tension.address}: + {gain} saturating, or - {ease} down to 0. More than {snap}: snapped byte {lost.address} = 1, tension = 0.",
        f"t = byte[{pull.address}] ? min(t + {gain}, 255) : max(t - {ease}, 0); if t > {snap}: byte[{lost.address}] = 1, t = 0; t = byte[{tension.address}].",
        f"Pull too long and the fish is gone. Pulling ({pull.address} is nonzero) costs {gain} per frame, letting go gives {ease} back, and the thread stands {snap} of it ({tension.address}). Beyond that it tears: note 1 at {lost.address} and start with a slack thread (0).",
    )


def lap_done(draw: Drawer) -> Made:
    gate, expected, laps = draw.variable(8), draw.variable(8), draw.variable(8)
    count = draw.rng.randrange(3, 9)
    program = (
        If(check(gate, "!=", Read(expected)), (Stop(),)),
        more(expected),
        If(check(expected, ">=", count), (put(expected, 0), more(laps))),
    )
    return program, (
        f"Write a routine for a race with {count} gates: if the gate just passed ({gate.address}) is the expected one ({expected.address}), expect the next; if that gets to {count} or more, expect gate 0 again and count a lap in {laps.address}. A wrong gate does nothing. Bytes.",
        f"How do I count laps without letting players skip parts of the track? Passed gate byte {gate.address}, next gate byte {expected.address}. Match: next + 1; next >= {count}: next = 0 and lap byte {laps.address} + 1 (wraps).",
        f"if byte[{gate.address}] == byte[{expected.address}]: if ++byte[{expected.address}] >= {count}: byte[{expected.address}] = 0, ++byte[{laps.address}].",
        f"Horse race round the ranch: posts 0 to {count - 1} must be ridden past in order. {gate.address} is the one the horse is at and {expected.address} the one it has to be at. Right: on to the following; after the last one a round goes into {laps.address} and post 0 is next.",
    )


def high_score_entry(draw: Drawer) -> Made:
    scores = draw.array(16, draw.one(3, 5, 8, 10))
    score = draw.variable(16)
    better = check(score, ">", Read(Item(scores, Number(0))))
    program = (If(better, (Shove(scores, True, Read(score)),)),)
    return program, (
        f"Write a routine that enters a new record: if the score (word {score.address}) is higher than the first of the {where(scores)}, all of them move down one rank (the last is lost) and the score becomes the first. Unsigned.",
        f"How do I push a new best score onto a table? Table: {where(scores)}, best first. Score word {score.address} > best: shift everything back by one, insert at the front. Not higher: nothing.",
        f"if word[{score.address}] > h[0]: h[i] = h[i - 1] for i = {scores.length - 1}..1, h[0] = word[{score.address}]; h: {where(scores)}; unsigned.",
        f"Only champions are remembered in my arcade: the list, {where(scores)}, takes {score.address} (16 bits) at its head when it beats the present champion, and its tail falls off. A draw is no victory.",
    )


def guess_number(draw: Drawer) -> Made:
    secret, guess, hint, tries = (draw.variable(8) for _ in range(4))
    low, hit, high = draw.one((0, 1, 2), (1, 0, 2), (0x10, 0x80, 0x20))
    value = Chosen(
        check(guess, "<", Read(secret)),
        Number(low),
        Chosen(check(guess, "==", Read(secret)), Number(hit), Number(high)),
    )
    return (more_up_to(tries, 99), put(hint, value)), (
        f"Write a routine for a guessing game: count the try in {tries.address} (99 at most) and answer in {hint.address}: ${low:02X} if the guess {guess.address} is below the secret {secret.address}, ${hit:02X} if equal, ${high:02X} if above. Unsigned bytes.",
        f"How do I do higher-or-lower? Guess byte {guess.address}, secret byte {secret.address}, reply byte {hint.address}: too low ${low:02X}, right ${hit:02X}, too high ${high:02X}. Attempts byte {tries.address} + 1, not beyond 99.",
        f"byte[{tries.address}] = min(byte[{tries.address}] + 1, 99); byte[{hint.address}] = g < s ? ${low:02X} : g == s ? ${hit:02X} : ${high:02X}; g = byte[{guess.address}], s = byte[{secret.address}].",
        f'The bartender thinks of {secret.address}; the hero says {guess.address}. "More!" is ${low:02X}, "less!" is ${high:02X}, "that\'s it" is ${hit:02X}: write it to {hint.address}. His drinks so far, one more each time up to 99, are in {tries.address}.',
    )


def quest_pieces(draw: Drawer) -> Made:
    pieces, full = draw.variable(8), draw.variable(8)
    need, most = draw.one(3, 4, 4, 5, 8), draw.one(9, 20, 40)
    program = (
        more(pieces),
        If(check(pieces, ">=", need), (put(pieces, 0), more_up_to(full, most))),
    )
    return program, (
        f"Write a routine that collects a heart piece: raise {pieces.address}; {need} or more make a whole one, so the pieces go back to 0 and the whole ones {full.address} up by 1, to {most} at most. Bytes.",
        f"How do I turn {need} pieces into one container? Pieces byte {pieces.address} + 1; at {need} or above: pieces = 0, containers byte {full.address} + 1 (limit {most}).",
        f"if ++byte[{pieces.address}] >= {need}: byte[{pieces.address}] = 0, byte[{full.address}] = min(byte[{full.address}] + 1, {most}).",
        f"Another fragment of the stone tablet! {need} of them fit together. {pieces.address} counts loose fragments, {full.address} finished tablets (never more than {most}). One call is one fragment found.",
    )


def hunger(draw: Drawer) -> Made:
    frames, food, health = draw.variable(8), draw.variable(8), draw.variable(8)
    period = draw.rng.randrange(30, 240)
    program = (
        more(frames),
        If(check(frames, "<", period), (Stop(),)),
        put(frames, 0),
        If(check(food, "!=", 0), (less(food),), (less_down_to(health, 0),)),
    )
    return program, (
        f"Write a routine for hunger: every {period} calls, counted in {frames.address} (raised first, reset to 0 at {period} or more), one unit of food {food.address} is eaten; with no food left the health {health.address} loses 1 instead, not below 0.",
        f"How do I make the player eat or starve? Frame counter byte {frames.address}; once it has been raised to at least {period} it is 0 again and: food byte {food.address} - 1 if it is not 0, else HP byte {health.address} - 1 if that is not 0.",
        f"if ++byte[{frames.address}] >= {period}: byte[{frames.address}] = 0; byte[{food.address}] ? --byte[{food.address}] : byte[{health.address}] = max(byte[{health.address}] - 1, 0).",
        f"On the raft one ration ({food.address}) lasts {period} ticks. {frames.address} is the tick count, starting over at ${period:02X}. An empty larder takes a point off the sailor ({health.address}) instead, until he has none.",
    )


def vote(draw: Drawer) -> Made:
    voices = draw.array(8, draw.one(3, 5, 7, 9))
    yes, result = draw.variable(8), draw.variable(8)
    majority = voices.length // 2 + 1
    program = (
        put(yes, 0),
        Each((voices,), (If(check(Here(voices), "!=", 0), (more(yes),)),)),
        put(result, Chosen(check(yes, ">=", majority), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine that holds a vote: count the nonzero ones among the {where(voices)} into {yes.address}; {result.address} is 1 if at least {majority} are for it, else 0.",
        f"How do I take a majority decision of {voices.length} sages? Voices: {where(voices)}, 0 = no, else yes. Yes votes to the byte {yes.address}; verdict byte {result.address} = 1 with {majority} or more, 0 with fewer.",
        f"byte[{yes.address}] = count(v[i] != 0); byte[{result.address}] = byte[{yes.address}] >= {majority}; v: {where(voices)}.",
        f"The council of {voices.length} raises hands ({where(voices)}: zero is a hand kept down). Tell me how many are up ({yes.address}) and if that is the majority, {majority} ({result.address}: 1 yes, 0 no).",
    )


def spell_cost(draw: Drawer) -> Made:
    count = draw.one(3, 4, 6)
    spell, magic, half = draw.variable(8, below=count), draw.variable(8), draw.variable(8)
    costs = draw.table(count)
    cost = draw.variable(8)
    program = (
        put(cost, Read(Item(costs, Read(spell)))),
        If(check(half, "!=", 0), (put(cost, Shifted(Read(cost), "right", 1)),)),
        If(
            check(magic, "<", Read(cost)),
            (put(cost, 0),),
            (less(magic, Read(cost)),),
        ),
    )
    return program, (
        f"Write a routine that pays for a spell: spell {spell.address} (0 to {count - 1}) costs {listed(costs)}, half of it (rounded down) if {half.address} is not 0. If the magic {magic.address} suffices take the cost off and store it at {cost.address}; if not, keep the magic and store 0 there.",
        f"How do I charge magic with a half-magic upgrade? Cost = [{listed(costs)}][byte {spell.address}] (index < {count}), >> 1 when byte {half.address} is nonzero. Magic byte {magic.address} >= cost: subtract, paid byte {cost.address} = cost. Else paid = 0.",
        f"c = [{listed(costs)}][byte[{spell.address}]] >> (byte[{half.address}] != 0); byte[{magic.address}] >= c ? byte[{magic.address}] -= c : c = 0; byte[{cost.address}] = c. Spell < {count}.",
        f"The wand's powers, numbered from 0 in {spell.address} (always valid), drain {listed(costs)} from the meter {magic.address}; the bat's curse (anything but 0 in {half.address}) halves that, fractions dropped. What was really drained, 0 when the meter was too low, goes to {cost.address}.",
    )


def bell_rings(draw: Drawer) -> Made:
    hour, rang, strokes = draw.variable(8, below=24), draw.variable(8), draw.variable(8)
    program = (
        If(check(rang, "==", Read(hour)), (put(strokes, 0), Stop())),
        put(rang, Read(hour)),
        put(
            strokes,
            Chosen(
                check(hour, ">", 12),
                Binary("subtract", Read(hour), Number(12)),
                Chosen(check(hour, "==", 0), Number(12), Read(hour)),
            ),
        ),
    )
    return program, (
        f"Write a routine for a church bell: if the hour {hour.address} (0 to 23) is the one last rung {rang.address}, {strokes.address} is 0. Otherwise note the hour there and store the strokes: the hour on a 12-hour dial (0 is 12, 13 is 1 and so on).",
        f"How do I ring once per hour? Hour byte {hour.address} below 24, last rung byte {rang.address}, strokes byte {strokes.address}. Same hour: strokes 0. New hour: last = hour, strokes = hour - 12 if above 12, 12 if 0, else the hour.",
        f"h = byte[{hour.address}] < 24; byte[{rang.address}] == h ? byte[{strokes.address}] = 0 : (byte[{rang.address}] = h, byte[{strokes.address}] = h > 12 ? h - 12 : h == 0 ? 12 : h).",
        f"Clock Town has a tower. When {hour.address} (0..23) is no longer what {rang.address} remembers, remember it and let the bell strike as a dial shows it, 1 to 12 ({strokes.address}); in between it strikes 0 times.",
    )


def shop_is_open(draw: Drawer) -> Made:
    hour, flags = draw.variable(8), draw.variable(8)
    opens, mask = draw.rng.randrange(6, 11), 1 << draw.rng.randrange(8)
    closes = draw.rng.randrange(16, 22)
    ready = Both(Between(Read(hour), opens, closes - 1), Bits(Read(flags), mask, "none"))
    return (Report(ready),), (
        f"Write a routine that tells whether the shop is open: carry set from hour {opens} to before {closes} (byte {hour.address}) unless ${mask:02X} is set in {flags.address} (holiday); else clear.",
        f"How do I check opening hours? Hour byte {hour.address}: {opens} <= hour < {closes}. Holiday: mask ${mask:02X} of byte {flags.address}. Open = carry set, closed or holiday = carry clear.",
        f"carry = {opens} <= byte[{hour.address}] < {closes} && !(byte[{flags.address}] & ${mask:02X}).",
        f"The potion shop opens at {opens} o'clock and shuts at {closes} o'clock sharp ({hour.address}). On festival days (${mask:02X} in {flags.address}) the door stays locked. SEC if one can enter, CLC if not.",
    )


def judge_dance(draw: Drawer) -> Made:
    marks = draw.array(8, draw.one(3, 4, 5, 6))
    total, prize = draw.variable(16), draw.variable(8)
    good = draw.rng.randrange(200, 600)
    big, small = draw.rng.sample(range(1, 100), 2)
    program = (
        Set(total, Fold("sum", marks, Widened(Read(Here(marks))))),
        If(check(total, ">", good), (put(prize, big),), (put(prize, small),)),
    )
    return program, (
        f"Write a routine that judges a contest: the {where(marks)} are the judges' marks; their sum goes to the word {total.address}, and prize {prize.address} becomes {big} if it is more than {good}, otherwise {small}.",
        f"How do I turn {marks.length} marks into a prize? Marks: {where(marks)}. 16-bit total: {total.address}. Prize byte {prize.address}: {big} above {good}, else {small}.",
        f"word[{total.address}] = sum(m); byte[{prize.address}] = word[{total.address}] > {good} ? {big} : {small}; m: {where(marks)}.",
        f"The Gorons dance before {marks.length} judges ({where(marks)}). Add the points up at {total.address}, two bytes. Whoever gets past {good} wins item {big}, all others take home item {small}: {prize.address}.",
    )


def answer_choice(draw: Drawer) -> Made:
    choice, width = draw.variable(8), draw.one(8, 16)
    money, story = draw.variable(width), draw.variable(8)
    fee, stage = draw.rng.randrange(5, 90), draw.rng.randrange(2, 40)
    cases = (
        (0, (less_down_to(money, 0, fee), put(story, stage))),
        (1, (put(story, stage + 1),)),
    )
    return (Switch(Read(choice), cases, (put(story, 0),)),), (
        f"Write a routine that acts on the player's answer {choice.address} (byte): 0 (yes) takes {fee} from the {size(money)} {money.address}, not below 0, and sets the story byte {story.address} to {stage}; 1 (no) sets it to {stage + 1}; any other value (cancelled) sets it to 0.",
        f"How do I handle a yes/no question? Choice byte {choice.address}. 0: {size(money)} {money.address} - {fee} (floor 0) and byte {story.address} = {stage}. 1: byte {story.address} = {stage + 1}. Else: byte {story.address} = 0.",
        f"switch byte[{choice.address}]: 0: {size(money)}[{money.address}] = max({size(money)}[{money.address}] - {fee}, 0), byte[{story.address}] = {stage}; 1: byte[{story.address}] = {stage + 1}; default: byte[{story.address}] = 0.",
        f'"A donation of {fee}?" The cursor\'s answer is in {choice.address}. Yes is 0: the purse ({money.address}, {width} bits) is lightened by that or emptied, and {story.address} turns {stage}. No is 1: {story.address} turns {stage + 1}. Whoever walks off (other numbers) makes it 0.',
    )


RECIPES = (
    advance_story,
    line_for_stage,
    friendship,
    crops_grow,
    change_weather,
    fishing_line,
    lap_done,
    high_score_entry,
    guess_number,
    quest_pieces,
    hunger,
    vote,
    spell_cost,
    bell_rings,
    shop_is_open,
    judge_dance,
    answer_choice,
)
