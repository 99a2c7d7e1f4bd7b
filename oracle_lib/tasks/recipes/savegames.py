"""Save files in WRAM: slots, marks, copies, versions, checks, best times, and what carries over into the next game."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Copy,
    Count,
    Each,
    Either,
    Fill,
    Fold,
    Half,
    Here,
    If,
    Number,
    Position,
    Read,
    Repeat,
    Report,
    Set,
    Shifted,
    Stop,
    Swap,
    Switch,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    minus,
    more,
    plus,
    put,
    size,
    value,
    when,
    where,
)

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def is_file_used(draw: Drawer) -> Made:
    files, stride, mark = draw.one(3, 4), draw.one(0x10, 0x20, 0x30, 0x38), draw.rng.randrange(1, 256)
    marks = draw.array(8, files, stride)
    chosen = draw.variable(8, below=files)
    return (Report(check(at(marks, chosen), "==", mark)),), (
        f"Write a routine that tells by the carry whether a save file exists. The file number (0 to {files - 1}) is in the byte {chosen.address}, the mark of file 0 is the byte {marks.address}, each further mark lies ${stride:02X} bytes on. Carry set: the mark is ${mark:02X}. Clear: anything else.",
        f"How do I see if file number byte[{chosen.address}] is in use? {files} files of ${stride:02X} bytes, used ones have ${mark:02X} at {marks.address} + ${stride:02X} * number. The number is below {files}. Answer in the carry.",
        f"carry = (byte[{marks.address} + ${stride:02X} * byte[{chosen.address}]] == ${mark:02X}), number < {files}.",
        f"My file screen greys out empty saves. Give me carry set for a used one: the cursor {chosen.address} holds 0..{files - 1}, and every ${stride:02X}-byte file has its mark (${mark:02X} when used) in the same place, the first at {marks.address}.",
        f"Save slot occupied? cursor {chosen.address} (0-{files - 1}), mark bytes {marks.address} ff. every ${stride:02X} bytes, ${mark:02X} = occupied. Set the carry for yes, clear it for no.",
    )


def count_used_files(draw: Drawer) -> Made:
    files, stride = draw.one(3, 4, 5), draw.one(0x10, 0x20, 0x28)
    marks, mark, found = draw.array(16, files, stride), draw.one(0x55AA, 0xA55A, 0x1234, 0xC0DE), draw.variable(8)
    return (Set(found, Count(marks, check(Here(marks), "==", mark))),), (
        f"Write a routine that counts the save files in use: a file is used when its mark word is ${mark:04X}. Marks are the {where(marks)}. The number goes to the byte {found.address}.",
        f"How many of my {files} saves are valid? Signature word ${mark:04X} at {marks.address}, next file ${stride:02X} bytes further, and so on. Count into {found.address}.",
        f"byte[{found.address}] = how many i < {files} have word[{marks.address} + ${stride:02X} * i] == ${mark:04X}.",
        f'The title shows "Continue" only if there is a save, so I want the number of files whose signature is ${mark:04X} in {found.address}. {files} files, signatures at {marks.address}, ${stride:02X} bytes from one to the next.',
        f"{found.address} := number of signatures ${mark:04X} among the {where(marks)}.",
    )


def first_empty_file(draw: Drawer) -> Made:
    files, stride = draw.one(3, 4, 6), draw.one(0x08, 0x10, 0x20)
    marks, mark = draw.array(8, files, stride), draw.rng.randrange(1, 256)
    found, none = draw.variable(8), draw.one(0xFF, 0x80, files)
    return (Set(found, Position(marks, check(Here(marks), "!=", mark), none)),), (
        f"Write a routine that chooses where a new game is saved: the first file whose mark is not ${mark:02X}. Marks are the {where(marks)}; store the file's number (from 0) at {found.address}, or ${none:02X} if all files are taken.",
        f"How do I pick the first unused save? Used means mark ${mark:02X}; {where(marks)}. Number of the first other one to the byte {found.address}; ${none:02X}: none.",
        f"byte[{found.address}] = lowest i in 0..{files - 1} with byte[{marks.address} + {stride} * i] != ${mark:02X}; ${none:02X} when there is none.",
        f"New Game needs a home. Look from file 0 on for one that does not say ${mark:02X} ({where(marks)}), and note its number at {found.address}. A full memory gives ${none:02X}.",
    )


def duplicate_file(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    source = draw.array(width, draw.one(8, 12, 16, 20, 24, 32, 40))
    target, mark, flag = draw.array(width, source.length), draw.rng.randrange(1, 256), draw.variable(8)
    return (Copy(source, target), put(flag, mark)), (
        f"Write a routine that copies save file A, the {where(source)}, over file B at {target.address}, and then sets the byte {flag.address} to ${mark:02X}.",
        f"How do I duplicate a save? {source.length} {size(source)}s, {source.address} -> {target.address}; afterwards byte {flag.address} = ${mark:02X} marks the copy as valid.",
        f"copy {source.length} {size(source)}s {source.address} -> {target.address}; byte[{flag.address}] = ${mark:02X}.",
        f"On the copy screen the player puts file 1 onto file 2. File 1: {where(source)}; file 2 starts at {target.address} and is as long. When it's done, ${mark:02X} goes to {flag.address}.",
        f"Backup: the {where(source)} to {target.address}, in order, then write ${mark:02X} at {flag.address}.",
    )


def erase_file(draw: Drawer) -> Made:
    data, flag = draw.array(draw.one(8, 16), draw.one(8, 12, 16, 24, 32, 40)), draw.variable(8)
    blank = draw.one(0, 0, 0xFF)
    whole = blank if data.width == 8 else blank * 0x101
    last = draw.variable(8)
    number = draw.rng.randrange(1, 4)
    forget = when(check(last, "==", number), put(last, 0))
    return (Fill(data, value(whole, data.width)), put(flag, 0), forget), (
        f"Write a routine that erases save file {number}: fill the {where(data)} with ${blank:02X} in every byte, clear its used mark at {flag.address}, and if the byte {last.address} (the file played last) is {number}, make that 0.",
        f"How do I delete file {number}? Data: {where(data)}, all bytes to ${blank:02X}; mark byte {flag.address} to 0; last-played byte {last.address} to 0, but only if it equals {number}.",
        f"fill {where(data)} with byte ${blank:02X}; byte[{flag.address}] = 0; if byte[{last.address}] == {number}: byte[{last.address}] = 0.",
        f'Erasing asks twice, then this runs: every byte of the {data.length} {size(data)}s at {data.address} becomes ${blank:02X}, the mark {flag.address} becomes zero, and the "last file" byte {last.address} forgets number {number} (to 0) if that was it.',
        f"Delete save {number}: {where(data)} := ${blank:02X} bytes, {flag.address} := 0, and {last.address} := 0 provided it holds {number}.",
    )


def keep_best_time(draw: Drawer) -> Made:
    time, best = draw.variable(16), draw.variable(16)
    empty = draw.one(0, 0xFFFF)
    better = check(time, "<", best)
    program = (when(Either(check(best, "==", 0), better) if empty == 0 else better, put(best, time)),)
    unset = "0 there means that there is no record yet" if empty == 0 else "an unset record is $FFFF"
    return program, (
        f"Write a routine that keeps the record: if the time in the word {time.address} is smaller (unsigned) than the best time in the word {best.address}, it becomes the best time; {unset}.",
        f"How do I store a new best time only if it is better? New time: word {time.address}. Record: word {best.address}, lower wins, unsigned; {unset}.",
        f"if word[{time.address}] < word[{best.address}]"
        + (f" or word[{best.address}] == 0" if empty == 0 else "")
        + f": word[{best.address}] = word[{time.address}] (unsigned).",
        f"The race is over and took word[{time.address}] frames. {best.address} has the fastest lap ever (two bytes, unsigned); replace it when this one was quicker. Mind: {unset}.",
        f"Best lap: {best.address} (word) <- {time.address} (word) when less, unsigned. {unset[0].upper()}{unset[1:]}.",
    )


def course_record(draw: Drawer) -> Made:
    courses = draw.one(4, 6, 8, 12, 16)
    records, course = draw.array(16, courses), draw.variable(8, below=courses)
    score, high = draw.variable(16), draw.maybe(0.5)
    relation, word = (">", "higher") if high else ("<", "lower")
    told = draw.variable(8)
    record = at(records, course)
    program = (put(told, 0), when(check(score, ">" if high else "<", record), put(record, score), put(told, 1)))
    return program, (
        f"Write a routine that checks a result against the record of its course. Course number: byte {course.address}, 0 to {courses - 1}; records: {where(records)}; result: word {score.address}. A {word} result (unsigned) replaces the record and sets the byte {told.address} to 1; otherwise that byte becomes 0.",
        f"How do I update a table of {courses} 16-bit records ({records.address}) with the value at {score.address}? Index byte {course.address} (< {courses}). {word.title()} is better, unsigned. Say in {told.address} whether it was a record (1) or not (0).",
        f"r = word[{records.address} + 2 * byte[{course.address}]]; if word[{score.address}] {relation} r: r = word[{score.address}], byte[{told.address}] = 1; else byte[{told.address}] = 0. Unsigned, course < {courses}.",
        f"Each of my {courses} tracks has a record word from {records.address}. After a run on track byte[{course.address}] compare the run's word {score.address}: if it is {word} (unsigned), write it there and raise {told.address} to 1 for the fanfare; no record, no fanfare (0). A tie is no record.",
        f"Records {where(records)}, course byte[{course.address}] < {courses}, result word {score.address}: {word} (strictly, unsigned) replaces it and {told.address} = 1; otherwise {told.address} = 0.",
    )


def enter_ranking(draw: Drawer) -> Made:
    width = draw.one(8, 16, 16)
    scores, score = draw.array(width, draw.one(3, 4, 5, 5, 8, 10)), draw.variable(width)
    held = Algorithms(draw).own("carried", width)
    up = draw.maybe(0.35)
    beats = check(held, "<" if up else ">", Here(scores))
    program = (put(held, score), Each((scores,), (when(beats, Swap(held, Here(scores))),)))
    order, which = ("ascending", "the largest") if up else ("descending", "the smallest")
    return program, (
        f"Write a routine that enters a result into a ranking. The ranking is the {where(scores)}, sorted in {order} order; insert the {size(score)} {score.address} where it belongs, so that it stays sorted; the last entry drops out (or the new one itself, if it does not make the list). Do it in one pass from the top: carry the new value along, and wherever it is {'smaller' if up else 'larger'} (unsigned) than an entry, swap the two and go on with what you took out, whether or not the list really was sorted.",
        f"How do I insert into a high score table? Table: {where(scores)}, {order}; new value: {size(score)} {score.address} (leave that as it is). From the first entry on, exchange the carried value with each entry that is {'greater' if up else 'less'} than it, unsigned; {which} of all falls off the end of a sorted table.",
        f"c = {size(score)}[{score.address}]; for each entry e of {where(scores)}, in order: if c {'<' if up else '>'} e: swap(c, e). Unsigned.",
        f"My arcade shows the best {scores.length} ({where(scores)}, {order}). One bubble pass puts the fresh result {score.address} ({size(score)}) in: take it in hand, at each place compare unsigned, and trade with the entry if the one in hand is {'smaller' if up else 'larger'}. What is in hand at the end is dropped.",
    )


def rank_reached(draw: Drawer) -> Made:
    scores = draw.array(16, draw.one(3, 5, 8, 10))
    score, rank = draw.variable(16), draw.variable(8)
    base, ties = draw.one(0, 1), draw.maybe(0.5)
    ahead = check(Here(scores), ">=" if ties else ">", score)
    than = "not smaller" if ties else "larger"
    raised = (more(rank),) if base else ()
    return (Set(rank, Count(scores, ahead)), *raised), (
        f"Write a routine that finds the place of a score: count how many of the {where(scores)} are {than} than the word {score.address} (unsigned){', add 1' if base else ''} and store that in the byte {rank.address}.",
        f"How do I get the rank of word[{score.address}] within the {where(scores)}? Count entries that are {ahead.relation} it, unsigned{', then add 1 (1 = winner)' if base else ' (0 = winner)'}; byte {rank.address}.",
        f"byte[{rank.address}] = {f'{base} + ' if base else ''}#(e in {scores.address}[{scores.length} words] : e {ahead.relation} word[{score.address}]), unsigned.",
        f"Before initials are asked for I show the position: {'first place is 1' if base else 'best is 0'}, one more for each of the {scores.length} words at {scores.address} that is {'at least as large as' if ahead.relation == '>=' else 'larger than'} the run's {score.address} (word, unsigned). To {rank.address}.",
    )


def upgrade_version(draw: Drawer) -> Made:
    version, new = draw.variable(8), draw.rng.randrange(2, 9)
    field, default = draw.variable(draw.one(8, 16)), draw.rng.randrange(1, 200)
    added = draw.variable(8)
    program = (when(check(version, "<", new), put(field, default), put(added, 0), put(version, new)),)
    return program, (
        f"Write a routine that brings old saves up to date: if the version byte {version.address} is below {new}, set the {size(field)} {field.address} to {default}, the byte {added.address} to 0 and the version to {new}. Newer saves stay untouched.",
        f"How do I migrate a save to format {new}? Version: {version.address}. Only for versions < {new}: {size(field)} {field.address} = {default}, byte {added.address} = 0, then version = {new}.",
        f"if byte[{version.address}] < {new}: {size(field)}[{field.address}] = {default}; byte[{added.address}] = 0; byte[{version.address}] = {new}.",
        f"Release {new} of my hack added two fields to the save: {field.address} ({size(field)}, default {default}) and {added.address} (byte, default 0). A file that was written by an earlier release (number at {version.address}, unsigned) must get the defaults and the new number {new} when it is loaded.",
    )


def sum_matches(draw: Drawer) -> Made:
    data, stored = draw.array(8, draw.one(8, 12, 16, 24, 32)), draw.variable(16)
    total = Algorithms(draw).own("total", 16)
    program = (
        Set(total, Fold("sum", data, Widened(Read(Here(data))))),
        Report(check(total, "==", stored)),
    )
    return program, (
        f"Write a routine that verifies a save: add up the {where(data)} in 16 bits and compare with the word {stored.address}. Carry set if they are equal, else clear.",
        f"How do I test whether a file's checksum is right? Data: {where(data)}; stored 16-bit sum of the bytes: {stored.address}. Carry: set for good, clear for damaged.",
        f"carry = (sum of the {where(data)} == word[{stored.address}]), 16-bit.",
        f"On boot each file is tested. Its {data.length} bytes at {data.address} must sum up to the word kept at {stored.address}; tell me by a set carry that they do, by a clear one that they don't.",
        f"Checksum test: 16-bit sum of {data.length} bytes at {data.address} vs. word {stored.address}; carry = equal.",
    )


def complement_fits(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, other = draw.variable(width), draw.variable(width)
    good = draw.variable(8)
    yes, no = draw.one((1, 0), (0xFF, 0), (0, 1), (0x80, 0))
    whole = (1 << width) - 1
    fits = check(value(one), "==", Unary("not", Read(other)))
    return (put(good, either(fits, yes, no)),), (
        f"Write a routine that checks a value against its complement: the {size(other)} {other.address} should be the {size(one)} {one.address} with all bits inverted. Store ${yes:02X} at {good.address} if so, ${no:02X} if not.",
        f"How do I validate a number that is stored twice, once inverted? {one.address} and {other.address} ({size(one)}s) must xor to ${whole:0{width // 4}X}. Result byte {good.address}: ${yes:02X} fits, ${no:02X} broken.",
        f"byte[{good.address}] = ({size(one)}[{one.address}] == ~{size(other)}[{other.address}]) ? ${yes:02X} : ${no:02X}.",
        f"Cheaters edit my save, so the gem count at {one.address} has a shadow at {other.address} with each bit flipped (both one {size(one)}). Put ${yes:02X} into {good.address} when the two still agree and ${no:02X} otherwise.",
    )


def seal_value(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    source, kept, shadow = draw.variable(width), draw.variable(width), draw.variable(width)
    key = draw.rng.randrange(1, (1 << width) - 1)
    coded = draw.maybe(0.5)
    hidden = Binary("xor", Read(source), Number(key, width)) if coded else Unary("not", Read(source))
    how = f"xored with ${key:0{width // 4}X}" if coded else "with every bit inverted"
    return (put(kept, source), put(shadow, hidden)), (
        f"Write a routine that saves the {size(source)} {source.address} twice: as it is at {kept.address}, and {how} at {shadow.address}.",
        f"How do I store a number with a tamper check? From {source.address} ({size(source)}): plain copy to {kept.address}, copy {how} to {shadow.address}.",
        f"{size(kept)}[{kept.address}] = {size(source)}[{source.address}]; {size(shadow)}[{shadow.address}] = "
        + (
            f"{size(source)}[{source.address}] ^ ${key:0{width // 4}X}."
            if coded
            else f"~{size(source)}[{source.address}]."
        ),
        f"My {source.meaning} ({source.address}, {size(source)}) goes into the file as two copies, an honest one ({kept.address}) and a secret one {how} ({shadow.address}).",
    )


def play_time(draw: Drawer) -> Made:
    frames, seconds, minutes = draw.variable(8), draw.variable(8), draw.variable(draw.one(8, 16))
    rate, top = draw.one(60, 60, 50), 99 if minutes.width == 8 else 999
    reached = check(seconds, ">=", 60)
    program = (
        more(frames),
        when(check(frames, "<", rate), Stop()),
        put(frames, 0),
        more(seconds),
        when(
            reached,
            put(seconds, 0),
            when(check(minutes, "<", top), more(minutes)),
        ),
    )
    return program, (
        f"Write a routine for the play time: each call raises the frame byte {frames.address}; when that is then {rate} or more it becomes 0 and the seconds byte {seconds.address} goes up; when that is then 60 or more it becomes 0 and the minutes ({size(minutes)} {minutes.address}) go up, unless they are {top} or more already.",
        f"How do I count play time at {rate} frames a second? Frames {frames.address} (byte), seconds {seconds.address} (byte), minutes {minutes.address} ({size(minutes)}). Raise the frames and carry over at >= {rate}, then at >= 60; minutes that have reached {top} don't change.",
        f"if ++f >= {rate}: f = 0, if ++s >= 60: s = 0, if m < {top}: ++m. f = byte {frames.address}, s = byte {seconds.address}, m = {size(minutes)} {minutes.address}; unsigned.",
        f"The file screen shows minutes and seconds, so once a frame I tick a clock: {frames.address} counts to {rate}, {seconds.address} to 60, {minutes.address} ({'two bytes' if minutes.width == 16 else 'one byte'}) up to {top} where it stays. A counter that has been raised to its limit or above starts at 0 again and raises the next.",
        f"Clock tick: {frames.address} (base {rate}), {seconds.address} (base 60), {minutes.address} ({size(minutes)}, stays once it is {top} or more). A byte raised to its base or beyond restarts at 0 and carries.",
    )


def hundred_coins(draw: Drawer) -> Made:
    coins, lives = draw.variable(8), draw.variable(8)
    price, most = draw.one(100, 50, 64, 30), draw.one(9, 99, 99, 127, 20)
    gain = draw.one(1, 1, 5, 10)
    program = (
        more(coins, gain),
        If(
            check(coins, ">=", price),
            (less(coins, price), when(check(lives, "<", most), more(lives))),
        ),
    )
    return program, (
        f"Write a routine that adds {gain} to the coins in {coins.address} (modulo 256) and, if there are now {price} or more, takes {price} away and gives a life: {lives.address} goes up by 1 unless it is {most} or more.",
        f"How do I turn {price} coins into an extra life? Coin byte {coins.address} += {gain}; at >= {price} subtract {price} once, and raise the byte {lives.address} if it is below {most}.",
        f"c += {gain}; if c >= {price}: c -= {price}, if l < {most}: ++l; c = byte {coins.address} (wraps at 256), l = byte {lives.address}.",
        f"Each coin my hero takes is worth {gain}. {coins.address} holds them (a byte that wraps); from {price} on it buys one more try in {lives.address} (which never climbs past {most} by this) and keeps what is left over.",
    )


def count_death(draw: Drawer) -> Made:
    deaths, streak = draw.variable(16), draw.variable(8)
    top = draw.one(999, 9999, 500)
    return (when(check(deaths, "<", top), more(deaths)), put(streak, 0)), (
        f"Write a routine that notes a game over: the word {deaths.address} goes up by 1 if it is below {top}, and the streak byte {streak.address} becomes 0 in any case.",
        f"How do I keep a death counter that stops at {top}? Word {deaths.address}; besides, clear the byte {streak.address} every time.",
        f"if word[{deaths.address}] < {top}: word[{deaths.address}] += 1; byte[{streak.address}] = 0.",
        f"The file screen shows how often the player fell, at most {top} ({deaths.address}, 16-bit). Falling also ends the winning streak {streak.address} (one byte, to zero).",
    )


def merge_progress(draw: Drawer) -> Made:
    mine, theirs = draw.slots(8, 8)
    how = draw.one("or", "or", "max", "and")
    words = {
        "or": ("a bit that is set in either is set afterwards", "|"),
        "and": ("only bits that are set in both stay set", "&"),
        "max": ("the larger byte (unsigned) of each pair stays", "max"),
    }
    told, sign = words[how]
    loop = Each((mine, theirs), (put(Here(mine), Binary(how, Read(Here(mine)), Read(Here(theirs)))),))
    formula = "max(a[i], b[i])" if how == "max" else f"a[i] {sign} b[i]"
    return (loop,), (
        f"Write a routine that merges the progress of two files: the {where(mine)} take in the {theirs.length} bytes at {theirs.address}, place by place; {told}. The second file stays as it is.",
        f"How do I combine save data from two files? A: {where(mine)}, B: as many at {theirs.address}. Result in A: {told}.",
        f"a[i] = {formula} for i = 0..{mine.length - 1}; a = bytes at {mine.address}, b = bytes at {theirs.address}.",
        f"Two players share one cartridge. When they unite their worlds, the first file's {mine.length} progress bytes ({mine.address}) learn from the other's ({theirs.address}): {told}.",
    )


def newer_copy(draw: Drawer) -> Made:
    one, other, newest = draw.variable(8), draw.variable(8), draw.variable(8)
    later = check(minus(other, one), ">", 0, signed=True)
    return (put(newest, either(later, 1, 0)),), (
        f"Write a routine that picks the newer of two save copies by their serial numbers, bytes that wrap: {one.address} for copy 0, {other.address} for copy 1. Copy 1 is newer if the difference {other.address} - {one.address}, taken as a signed byte, is above 0. Its number (1 or 0) goes to {newest.address}.",
        f"How do I compare wrapping generation counters? d = byte[{other.address}] - byte[{one.address}] (8 bits, signed): d > 0 -> store 1 at {newest.address}, else 0.",
        f"byte[{newest.address}] = (int8)(byte[{other.address}] - byte[{one.address}]) > 0 ? 1 : 0.",
        f"I save alternately into copies 0 and 1 and raise a one-byte serial each time (255 is followed by 0). Serials: {one.address}, {other.address}. Write 1 to {newest.address} if copy 1's serial minus copy 0's is positive as an 8-bit signed number; write 0 if it's zero or negative.",
    )


def set_checkpoint(draw: Drawer) -> Made:
    widths = [draw.one(8, 16) for _ in range(3)]
    now = [draw.variable(width) for width in widths]
    kept = [draw.variable(width) for width in widths]
    gate, bit = draw.variable(8), 1 << draw.rng.randrange(8)
    which = draw.one("any", "none")
    saved = tuple(put(b, a) for a, b in zip(now, kept, strict=True))
    pairs = ", ".join(f"{a.address} to {b.address} ({size(a)})" for a, b in zip(now, kept, strict=True))
    state = "set" if which == "any" else "clear"
    return (when(Bits(Read(gate), bit, which), *saved),), (
        f"Write a routine that records a checkpoint: if bit mask ${bit:02X} of {gate.address} is {state}, copy {pairs}. Otherwise change nothing.",
        f"How do I save the position at a checkpoint? Copy {pairs}, but only while ${bit:02X} in the byte {gate.address} is {state}.",
        f"if (byte[{gate.address}] & ${bit:02X}) {'!=' if which == 'any' else '=='} 0: "
        + "; ".join(f"{size(a)}[{b.address}] = {size(a)}[{a.address}]" for a, b in zip(now, kept, strict=True))
        + ".",
        f"My hero respawns where he last was safe. Safe means: the flag ${bit:02X} of {gate.address} is {state}. Then {pairs}; else the old values remain.",
    )


def save_changes(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    now = draw.array(width, draw.one(4, 6, 8, 10, 12, 16, 24))
    kept, changed = draw.array(width, now.length), draw.variable(8)
    differs = check(Here(now), "!=", Here(kept))
    program = (put(changed, 0), Each((now, kept), (when(differs, put(Here(kept), Here(now)), more(changed)),)))
    return program, (
        f"Write a routine that writes only what changed: compare the {where(now)} with those at {kept.address}; where a pair differs copy the first into the second; the number of copies goes to the byte {changed.address}.",
        f"How do I sync {now.length} {size(now)}s from {now.address} to {kept.address} and learn how many were different? Count to {changed.address}, from 0.",
        f"n = 0; for i < {now.length}: if a[i] != b[i]: b[i] = a[i], ++n; byte[{changed.address}] = n; a: {size(now)}s at {now.address}, b at {kept.address}.",
        f"The save file {kept.address} mirrors {now.length} {size(now)}s of game state at {now.address}. Bring it up to date and leave the number of entries that had to be rewritten in {changed.address}, so that I can skip the checksum when it is 0.",
        f"Write-back: {now.length} {size(now)}s {now.address} -> {kept.address}, only differing ones; number of differing ones -> {changed.address}.",
    )


def next_used_file(draw: Drawer) -> Made:
    files = draw.one(3, 4, 5, 8)
    marks, cursor = draw.array(8, files), draw.variable(8, below=files)
    back = draw.maybe(0.4)
    step = (
        If(check(cursor, "==", 0), (put(cursor, files - 1),), (less(cursor),))
        if back
        else If(check(cursor, ">=", files - 1), (put(cursor, 0),), (more(cursor),))
    )
    program = (Repeat(Number(files), (step, when(check(at(marks, cursor), "!=", 0), Stop()))),)
    way, wrap = ("previous", f"0 is preceded by {files - 1}") if back else ("next", f"{files - 1} is followed by 0")
    return program, (
        f"Write a routine that moves the file cursor {cursor.address} (0 to {files - 1}) to the {way} used file: {wrap}, and files whose mark ({where(marks)}) is 0 are passed over. Look at each file at most once, the cursor's own last; if all are empty it ends where it was.",
        f"How do I skip empty saves in a menu of {files}? Cursor byte {cursor.address}, below {files}; marks: {where(marks)}, 0 = empty. Go to the {way} nonempty one, wrapping ({wrap}); if none is used, stay.",
        f"repeat up to {files} times: c = (c {'-' if back else '+'} 1) mod {files}; stop when mark[c] != 0. c = byte {cursor.address}, marks = {where(marks)}, c < {files}.",
        f"{'Left' if back else 'Right'} on my file menu should land on a file that exists. The cursor is {cursor.address}, values 0..{files - 1}, and {wrap}. A zero among the {where(marks)} means that the file with that number is empty. With no file at all the cursor has gone all the way round to where it started.",
        f"Cursor {way}: {cursor.address} in 0..{files - 1}, wrap ({wrap}), skip marks of 0 in the {where(marks)}, at most one full round.",
    )


def stars_unlock(draw: Drawer) -> Made:
    stars, flags = draw.array(8, draw.one(4, 6, 8, 10, 16)), draw.variable(8)
    needed, bit = draw.rng.randrange(200, 1000), 1 << draw.rng.randrange(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        Set(total, Fold("sum", stars, Widened(Read(Here(stars))))),
        when(check(total, ">=", needed), put(flags, joined(flags, bit))),
    )
    return program, (
        f"Write a routine that opens the bonus world: if the {where(stars)} come to {needed} or more together (16-bit sum), set ${bit:02X} in the flags {flags.address}. Never clear it.",
        f"How do I unlock something at {needed} points in total? Points per level: {where(stars)}; flag: mask ${bit:02X} of the byte {flags.address}.",
        f"if sum of the {where(stars)} >= {needed}: byte[{flags.address}] |= ${bit:02X}.",
        f"Every level of my game keeps its points in a byte, {stars.length} of them from {stars.address}. As soon as their sum (two bytes wide) has reached {needed}, the bit ${bit:02X} at {flags.address} goes on; else the flags stay as they are.",
        f"Sum the {where(stars)} (word); {needed} or more sets ${bit:02X} in {flags.address}, less leaves it.",
    )


def completion_percent(draw: Drawer) -> Made:
    flags, shown = draw.array(8, draw.one(4, 5, 10, 20)), draw.variable(8)
    worth = 100 // flags.length
    done = draw.one(0x01, 0x80, 0x40, 0x10)
    program = (
        put(shown, 0),
        Each((flags,), (when(Bits(Read(Here(flags)), done, "any"), more(shown, worth)),)),
    )
    return program, (
        f"Write a routine that computes the completion rate: {worth} percent for each of the {where(flags)} in which bit mask ${done:02X} is set. Store it at {shown.address}.",
        f"How do I show a percentage from {flags.length} done flags? Each of the {where(flags)} with ${done:02X} set counts {worth}; total to the byte {shown.address}.",
        f"byte[{shown.address}] = {worth} * #(i : a[i] & ${done:02X}), a = {where(flags)}.",
        f"There are {flags.length} dungeons, a byte each at {flags.address}; ${done:02X} in it says that it's beaten. Beaten ones are worth {worth}% apiece. I need the sum at {shown.address}.",
    )


def carry_over(draw: Drawer) -> Made:
    rupees, kept, share = draw.variable(16), draw.variable(16), draw.one(1, 2, 3)
    cap = draw.one(100, 250, 500, 999, 2000)
    loops = draw.variable(8)
    part = 1 << share
    program = (
        put(kept, Binary("min", Shifted(Read(rupees), "right", share), Number(cap, 16))),
        when(check(loops, "!=", 0xFF), more(loops)),
    )
    return program, (
        f"Write a routine for New Game Plus: 1/{part} of the word {rupees.address} (rounded down), but at most {cap}, is carried over to the word {kept.address}; the round counter {loops.address} (byte) goes up by one and stays at 255.",
        f"How do I take part of the money into the next game? word {kept.address} = word {rupees.address} / {part}, capped at {cap}, unsigned. Also byte {loops.address} += 1 unless it is $FF.",
        f"word[{kept.address}] = min(word[{rupees.address}] >> {share}, {cap}); if byte[{loops.address}] != 255: ++byte[{loops.address}].",
        f"Who beats the game starts again with a {part}th of the purse ({rupees.address} -> {kept.address}, both 16-bit, no more than {cap}) and one more on {loops.address}, which saturates at 255. The old purse itself isn't changed.",
    )


def load_defaults(draw: Drawer) -> Made:
    mode = draw.variable(8, below=3)
    lives, health = draw.variable(8), draw.variable(8)
    sets = [(draw.rng.randrange(1, 10), draw.one(8, 12, 16, 24, 40, 48)) for _ in range(3)]
    cases = tuple((n, (put(lives, a), put(health, b))) for n, (a, b) in enumerate(sets))
    listed = "; ".join(f"{n}: {a} lives, {b} health" for n, (a, b) in enumerate(sets))
    return (Switch(Read(mode), cases),), (
        f"Write a routine that starts a new file by difficulty, byte {mode.address} (0, 1 or 2): {listed}. Lives are at {lives.address}, health at {health.address}, one byte each.",
        f"How do I set start values per mode? Mode in {mode.address}, always below 3. {listed}. Lives byte: {lives.address}; health byte: {health.address}.",
        f"(byte[{lives.address}], byte[{health.address}]) = "
        + ", ".join(f"({a}, {b})" for a, b in sets)
        + f" for byte[{mode.address}] = 0, 1, 2; no other values occur.",
        f"My file select asks for easy, normal or hard (0, 1, 2 in {mode.address}). Fill in what the new hero starts with. {listed}. They live at {lives.address} (lives) and {health.address} (health).",
    )


def name_is_blank(draw: Drawer) -> Made:
    letters, blank = draw.array(8, draw.one(4, 6, 8)), draw.one(0x00, 0x20, 0xA9, 0xFF)
    usual = draw.rng.sample(range(1, 0xA0), letters.length)
    found = Algorithms(draw).own("found")
    program = (
        Set(found, Position(letters, check(Here(letters), "!=", blank), 0xFF)),
        when(check(found, "==", 0xFF), *(put(at(letters, n), code) for n, code in enumerate(usual[:3]))),
    )
    codes = ", ".join(f"${one:02X}" for one in usual[:3])
    return program, (
        f"Write a routine that names the nameless: if all of the {where(letters)} are ${blank:02X}, store {codes} in the first three of them. A name with any other letter stays.",
        f"How do I give a default name? Name: {where(letters)}, blank letter ${blank:02X}. Only if it is entirely blank, write {codes} over letters 0, 1 and 2.",
        f"if a[0..{letters.length - 1}] are all ${blank:02X}: a[0..2] = {codes}; a = bytes at {letters.address}.",
        f"Some players just press Start on the name screen. Then all {letters.length} letters at {letters.address} hold ${blank:02X}, and I want {codes} at the front; touch nothing if even one letter differs.",
    )


def autosave_due(draw: Drawer) -> Made:
    waited, busy, request = draw.variable(draw.one(8, 16)), draw.variable(8), draw.variable(8)
    every = draw.rng.randrange(60, 250) if waited.width == 8 else draw.one(600, 1800, 3600, 18000)
    code = draw.rng.randrange(1, 16)
    program = (
        when(check(waited, "<", every), more(waited)),
        when(
            Both(check(waited, ">=", every), check(busy, "==", 0)),
            put(waited, 0),
            put(request, code),
        ),
    )
    return program, (
        f"Write a routine for autosaving: raise the {size(waited)} {waited.address} by one as long as it is below {every}; if it is then {every} or more and the busy byte {busy.address} is 0, reset it to 0 and store {code} at {request.address}.",
        f"How do I request a save every {every} calls, but not while something is going on? Counter: {size(waited)} {waited.address}, stays at {every} while byte {busy.address} is not 0. Request: {code} into {request.address}, and the counter starts over at 0.",
        f"if w < {every}: ++w; if w >= {every} and byte[{busy.address}] == 0: w = 0, byte[{request.address}] = {code}. w = {size(waited)}[{waited.address}], unsigned.",
        f"My hack saves by itself after {every} frames ({waited.address} counts them, {size(waited)}, and waits at the end). A cutscene ({busy.address} nonzero) postpones it. When it's due and nothing is on, put {code} in {request.address} and count from 0 again.",
    )


def stamp_serial(draw: Drawer) -> Made:
    serial, mark, low = draw.variable(16), draw.rng.randrange(1, 256), draw.variable(8)
    first, skip = draw.variable(8), draw.maybe(0.5)
    program = (
        more(serial),
        *((when(check(serial, "==", 0), put(serial, 1)),) if skip else ()),
        put(low, Half(Read(serial), high=False)),
        put(first, mark),
    )
    rest = "0 is skipped: after 65535 comes 1" if skip else "65535 is followed by 0"
    return program, (
        f"Write a routine that stamps a save: raise the serial word {serial.address} by 1 ({rest}), write its low byte to {low.address} and the mark ${mark:02X} to {first.address}.",
        f"How do I number my saves? 16-bit counter {serial.address}, {rest}. New low byte to {low.address}; then byte {first.address} = ${mark:02X}.",
        f"++word[{serial.address}] ({rest}); byte[{low.address}] = word[{serial.address}] & $FF; byte[{first.address}] = ${mark:02X}.",
        f"Every save in my hack gets the next number ({serial.address}, two bytes; {rest}). The header needs the lower half of that new number at {low.address} and the constant ${mark:02X} at {first.address}.",
    )


def clamp_loaded(draw: Drawer) -> Made:
    values, limits = draw.slots(8, 8)
    bad = draw.variable(8)
    beyond = check(Here(values), ">", Here(limits))
    program = (put(bad, 0), Each((values, limits), (when(beyond, put(Here(values), Here(limits)), put(bad, 1)),)))
    return program, (
        f"Write a routine that repairs impossible values after loading: each of the {where(values)} that is larger (unsigned) than its limit, the byte in the same place of the list at {limits.address}, is set to that limit. The byte {bad.address} becomes 1 if anything was repaired, else 0.",
        f"How do I clip {values.length} loaded stats to their maxima? Stats {values.address}, maxima {limits.address}, bytes, unsigned. Tell in {bad.address}: 1 some were too high, 0 none.",
        f"for i < {values.length}: if v[i] > m[i]: v[i] = m[i], bad = 1; bad (byte {bad.address}) is 0 at first; v = {values.address}, m = {limits.address}.",
        f"A hacked save may claim 255 bombs. Go over the {values.length} counters from {values.address} with the allowed maxima from {limits.address} and cut down what exceeds. I'd like to know in {bad.address} whether someone cheated (1) or not (0).",
        f"Sanity pass over {values.length} bytes: {values.address} limited by {limits.address}, entry by entry, unsigned; {bad.address} = 1 if any had to be cut, else 0.",
    )


def slot_offset(draw: Drawer) -> Made:
    files, length, base = draw.one(3, 4, 8), draw.one(0x300, 0x500, 0x200, 0x180, 0x400), draw.one(0, 0x10, 0x100)
    chosen, offset = draw.variable(8, below=files), draw.variable(16)
    way = Repeat(Read(chosen), (more(offset, length),))
    return (put(offset, base), way), (
        f"Write a routine that computes where a save file begins: ${base:X} + ${length:X} times the file number in the byte {chosen.address} (0 to {files - 1}), as a word at {offset.address}.",
        f"How do I turn a file number into an offset? Number: byte {chosen.address}, below {files}; files are ${length:X} bytes long, the first begins at ${base:X}. 16-bit offset to {offset.address}.",
        f"word[{offset.address}] = ${base:X} + ${length:X} * byte[{chosen.address}]; {files} files.",
        f"In my SRAM layout file 0 starts at ${base:X} and each of the {files} files takes {length} bytes. The one in {chosen.address} (a byte, never {files} or more) is wanted: leave its start at {offset.address}, two bytes.",
        f"File n at ${base:X} + n * ${length:X}; n = byte {chosen.address}, under {files}; result word {offset.address}.",
    )


def remember_visits(draw: Drawer) -> Made:
    rooms = draw.array(8, draw.one(8, 16, 20, 32))
    room, fresh = draw.variable(8, below=rooms.length), draw.variable(8)
    visits = at(rooms, room)
    program = (
        when(check(visits, "==", 0), more(fresh)),
        when(check(visits, "!=", 0xFF), put(visits, plus(visits, 1))),
    )
    return program, (
        f"Write a routine that logs a visit for the save: room number in {room.address} (0 to {rooms.length - 1}), visit counts are the {where(rooms)}. If this room's count is 0, the discovery byte {fresh.address} goes up (wrapping); the count itself goes up by 1 but stays at 255.",
        f"How do I count room visits and new rooms? Counts: {where(rooms)}, index byte[{room.address}] < {rooms.length}, saturating at $FF. A first visit (count 0 before) adds 1 to {fresh.address}, modulo 256.",
        f"v = byte[{rooms.address} + byte[{room.address}]]; if v == 0: ++byte[{fresh.address}]; if v != 255: ++v. {rooms.length} rooms.",
        f"My map screen tells how many of the {rooms.length} places have been seen ({fresh.address}, one more on every first visit) and how often each (bytes from {rooms.address}, at most 255). The hero just entered number byte[{room.address}], which is less than {rooms.length}.",
        f"Visit log: entry byte[{room.address}] (< {rooms.length}) of the {where(rooms)} plus one, ceiling 255; was it 0, then {fresh.address} plus one too (wraps).",
    )


def scores_into_header(draw: Drawer) -> Made:
    points, level, packed = draw.variable(8, below=16), draw.variable(8, below=16), draw.variable(8)
    swapped = draw.maybe(0.5)
    high, low = (level, points) if swapped else (points, level)
    return (put(packed, joined(Shifted(Read(high), "left", 4), low)),), (
        f"Write a routine that packs two save values, both below 16, into one byte at {packed.address}: the one in {high.address} goes into the upper nibble, the one in {low.address} into the lower.",
        f"How do I squeeze {high.address} and {low.address} (bytes from 0 to 15) into {packed.address}? First one high nibble, second one low.",
        f"byte[{packed.address}] = byte[{high.address}] << 4 | byte[{low.address}], both < 16.",
        f"SRAM is tight. {high.meaning.capitalize()} ({high.address}) and {low.meaning} ({low.address}) never pass 15, so they share the byte {packed.address}, {high.meaning} on top (bits 4 to 7).",
    )


def retry_left(draw: Drawer) -> Made:
    tries, failed = draw.variable(8), draw.variable(8)
    limit, sign = draw.rng.randrange(2, 8), draw.one(1, 0x80, 0xFF)
    program = (
        when(check(tries, "<", limit), more(tries), put(failed, 0), Stop()),
        put(tries, 0),
        put(failed, sign),
    )

    return program, (
        f"Write a routine that allows {limit} attempts at saving: while the byte {tries.address} is below {limit}, raise it and clear {failed.address}; otherwise reset it to 0 and store ${sign:02X} at {failed.address}.",
        f"How do I give up after {limit} retries? Counter {tries.address}, error byte {failed.address}: 0 while the counter was still < {limit} (and is now one higher), ${sign:02X} when it was not (and is 0 again).",
        f"if t < {limit}: ++t, e = 0; else: t = 0, e = ${sign:02X}. t = byte {tries.address}, e = byte {failed.address}.",
        f"When verifying the file fails, this decides: another try (counted at {tries.address}, {limit} at most, {failed.address} = 0), or the error message (${sign:02X} in {failed.address}) with a fresh count of 0.",
    )


RECIPES = (
    is_file_used,
    count_used_files,
    first_empty_file,
    duplicate_file,
    erase_file,
    keep_best_time,
    course_record,
    enter_ranking,
    rank_reached,
    upgrade_version,
    sum_matches,
    complement_fits,
    seal_value,
    play_time,
    hundred_coins,
    count_death,
    merge_progress,
    newer_copy,
    set_checkpoint,
    save_changes,
    next_used_file,
    stars_unlock,
    completion_percent,
    carry_over,
    load_defaults,
    name_is_blank,
    autosave_due,
    stamp_serial,
    clamp_loaded,
    slot_offset,
    remember_visits,
    scores_into_header,
    retry_left,
)
