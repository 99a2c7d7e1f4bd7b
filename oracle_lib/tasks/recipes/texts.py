"""Names, messages and other strings that end with a mark."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Compared,
    Count,
    Each,
    Fold,
    Here,
    If,
    Index,
    Item,
    Number,
    Position,
    Read,
    Report,
    Set,
    Some,
    Text,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _where(text: Text) -> str:
    return f"the text at {text.address} (ends with ${text.end:02X}, at most {text.most} letters)"


def _letter(draw: Drawer, text: Text) -> int:
    return draw.rng.choice([one for one in range(0x10, 0xF0) if one != text.end])


def letters_of_a_kind(draw: Drawer) -> Made:
    text, count = draw.text(), draw.variable(8)
    letter = _letter(draw, text)
    return (Set(count, Count(text, Compared("==", Read(Here(text)), Number(letter)))),), (
        f"Write a routine that counts the letter ${letter:02X} in {_where(text)}; count to {count.address}.",
        f"How often does ${letter:02X} occur in a string? The string: {_where(text)}. Number to {count.address}.",
        f"byte[{count.address}] = occurrences of ${letter:02X} in {_where(text)}, the end mark not counted.",
        f"To centre a line I need its spaces (code ${letter:02X}). The line is {_where(text)}; how many are there goes to {count.address}.",
    )


def visible_length(draw: Drawer) -> Made:
    text, count = draw.text(), draw.variable(8)
    low = _letter(draw, text)
    return (Set(count, Count(text, Compared(">=", Read(Here(text)), Number(low)))),), (
        f"Write a routine that counts how many codes of {_where(text)} are ${low:02X} or more (unsigned, without the end mark); to {count.address}.",
        f"How long is a message on screen? Codes below ${low:02X} are invisible commands. Message: {_where(text)}; visible codes to {count.address}.",
        f"byte[{count.address}] = number of codes >= ${low:02X} before the end of {_where(text)}.",
        f"My font starts at ${low:02X}; smaller codes do not show. Count what shows in {_where(text)}, and write that to {count.address}. The end mark never counts.",
    )


def find_letter(draw: Drawer) -> Made:
    text, place = draw.text(), draw.variable(8)
    letter, none, last = _letter(draw, text), draw.one(0xFF, 0x80), draw.maybe(0.35)
    found = Position(text, Compared("==", Read(Here(text)), Number(letter)), none, last)
    which = "last" if last else "first"
    return (Set(place, found),), (
        f"Write a routine that finds the {which} ${letter:02X} in {_where(text)}: its position from 0 goes to {place.address}, ${none:02X} if there is none.",
        f"Where in a string is the {which} ${letter:02X}? {_where(text).capitalize()}; index to {place.address}, or ${none:02X}.",
        f"byte[{place.address}] = {which} i with s[i] == ${letter:02X}, else ${none:02X}; s: {_where(text)}.",
        f"The dialog box breaks lines at ${letter:02X}. Position of the {which} one in {_where(text)} to {place.address}; ${none:02X} when it has none.",
    )


def shift_alphabet(draw: Drawer) -> Made:
    text = draw.text()
    low = draw.rng.randrange(0x20, 0x80)
    high, step = low + draw.rng.randrange(10, 30), draw.one(0x20, 0x40, 0x60, 0x80)
    letter = Read(Here(text))
    change = If(Between(letter, low, high), (Set(Here(text), Binary("add", letter, Number(step))),))
    return (Each(text, (change,)),), (
        f"Write a routine that adds ${step:02X} to every code from ${low:02X} to ${high:02X} in {_where(text)}; other codes stay (sums wrap at 256).",
        f"How do I change the case of a string? Codes ${low:02X}..${high:02X} go up by ${step:02X}, all others remain. String: {_where(text)}.",
        f"for each code c before the end of {_where(text)}: if ${low:02X} <= c <= ${high:02X}: c += ${step:02X}.",
        f"The shrine whispers in small letters: in {_where(text)} capital codes (${low:02X} to ${high:02X}, both included) become small by adding ${step:02X}.",
    )


def censor(draw: Drawer) -> Made:
    text = draw.text()
    old, new = _letter(draw, text), _letter(draw, text)
    swap = If(Compared("==", Read(Here(text)), Number(old)), (Set(Here(text), Number(new)),))
    return (Each(text, (swap,)),), (
        f"Write a routine that replaces ${old:02X} by ${new:02X} all over {_where(text)}.",
        f"How do I swap out a character in a string? ${old:02X} -> ${new:02X} in {_where(text)}.",
        f"s[i] == ${old:02X} -> s[i] = ${new:02X} until the end; s: {_where(text)}.",
        f"Our translation writes ${new:02X} where the old one wrote ${old:02X}. Fix {_where(text)} in place.",
    )


def scramble(draw: Drawer) -> Made:
    text = draw.text()
    mask = draw.rng.randrange(1, 256)
    index = draw.maybe(0.4)
    key = Binary("xor", Read(Here(text)), Index() if index else Number(mask))
    what = "its position (from 0)" if index else f"${mask:02X}"
    return (Each(text, (Set(Here(text), key),)),), (
        f"Write a routine that exclusive-ors each letter of {_where(text)} with {what}; the end mark stays where it is.",
        f"How do I obscure a string simply? Every code of {_where(text)} becomes code XOR {what}.",
        f"s[i] ^= {'i' if index else f'${mask:02X}'} for all i before the end; s: {_where(text)}. Where the end is, is decided before anything changes.",
        f"Secret signs: mix {_where(text)} with {what} by exclusive or, letter by letter up to the end mark.",
    )


def sum_of_letters(draw: Drawer) -> Made:
    text, total = draw.text(), draw.variable(16)
    return (Set(total, Fold("sum", text, Widened(Read(Here(text))))),), (
        f"Write a routine that adds all letters of {_where(text)} into the word {total.address} (without the end mark).",
        f"How do I make a simple name value? Sum of the codes of {_where(text)}, 16 bits, to {total.address}.",
        f"word[{total.address}] = sum of the codes before the end of {_where(text)}.",
        f"The luck of a hero depends on his name: {_where(text)}. Add up its codes; the total belongs at {total.address} (two bytes).",
    )


def copy_name(draw: Drawer) -> Made:
    text = draw.text()
    target = draw.array(8, text.most)
    put = Set(Item(target, Index()), Read(Here(text)))
    return (Each(text, (put,)),), (
        f"Write a routine that copies the letters of {_where(text)} to {target.address}, without the end mark; nothing behind them is changed.",
        f"How do I paste a name into a line? From {_where(text)} to {target.address}; the end mark is not copied and bytes beyond it stay.",
        f"d[i] = s[i] up to (not with) the end; s: {_where(text)}; d: {target.address}.",
        f"The message buffer at {target.address} gets the player's name in front: {_where(text)}. Only its letters, so that the rest of the line survives.",
    )


def has_command(draw: Drawer) -> Made:
    text = draw.text()
    high = draw.maybe(0.5)
    limit = _letter(draw, text)
    condition = Compared(">=" if high else "==", Read(Here(text)), Number(limit))
    words = f"a code of ${limit:02X} or above" if high else f"the code ${limit:02X}"
    return (Report(Some(text, condition)),), (
        f"Write a routine that returns with carry set if {_where(text)} contains {words} (before its end), else clear.",
        f"Is there {words} in a string? {_where(text).capitalize()}; answer in the carry.",
        f"carry = any code {condition.relation} ${limit:02X} before the end of {_where(text)}.",
        f"Before I print {_where(text)} I must know whether it has {words}. Carry set: yes.",
    )


def is_empty(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(8)
    yes = draw.rng.randrange(1, 256)
    length = Count(text, None)
    short = draw.one(1, 2, 3, 4)
    program = (Set(result, length), If(Compared("<", Read(result), Number(short)), (Set(result, Number(yes)),)))
    return program, (
        f"Write a routine that stores the length of {_where(text)} at {result.address}, but ${yes:02X} if it has fewer than {short} letters.",
        f"How do I measure a name and give ${yes:02X} to names with less than {short} letters? Name: {_where(text)}; result {result.address}.",
        f"byte[{result.address}] = len(s) < {short} ? ${yes:02X} : len(s); s: {_where(text)}.",
        f"A name needs {short} letters or more. {result.address} := its length, or ${yes:02X} if it is too short. It is {_where(text)}.",
    )


RECIPES = (
    letters_of_a_kind,
    visible_length,
    find_letter,
    shift_alphabet,
    censor,
    scramble,
    sum_of_letters,
    copy_name,
    has_command,
    is_empty,
)
