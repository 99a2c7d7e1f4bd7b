"""The ways in which people ask for a routine, from a polite sentence to a line in a chat. Each tells all of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.c import C
from oracle_lib.tasks.program.teller.nouns import Naming
from oracle_lib.tasks.program.teller.python import Python
from oracle_lib.tasks.program.teller.sentences import Sentences
from oracle_lib.tasks.program.teller.shorthand import Shorthand
from oracle_lib.tasks.program.teller.words import UNITS, Numbers, capital, direct, joined, plural, the, third_person


def prose(program: p.Program, rng: random.Random) -> str:
    """What to write, in sentences."""
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    simple = speaker.simple(program.body)
    if simple and len(simple) <= 3:
        opening = speaker.pick("Write a routine that", "I need a routine that", "Please write a routine that")
        first, *rest = [third_person(one) for one in simple]
        links = [speaker.pick("Then it", "After that it", "It then") for _ in rest]
        told = f"{opening} {first}." + "".join(f" {link} {one}." for link, one in zip(links, rest, strict=True))
        return _with_places(program, speaker, told)
    guarded = _guarded(program, speaker)
    if guarded and rng.random() < 0.5:
        return _with_places(program, speaker, f"Write a routine that {third_person(guarded)}.")
    body = speaker.sentences(program.body, narrative=rng.random() < 0.4)
    if "\n" in body:
        opening = speaker.pick("Write a routine that does this.", "I need a routine that works as follows.")
        return _with_places(program, speaker, f"{opening}\n{body}")
    opening = speaker.pick("Write a routine for this.", "Please write this routine.", "Write code that does this.")
    return _with_places(program, speaker, f"{opening} {body}")


def question(program: p.Program, rng: random.Random) -> str:
    """How it is done."""
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    asked = speaker.pick("How do I", "How can I", "How would I", "What is a good way to")
    simple = speaker.simple(program.body)
    if simple and len(simple) <= 2:
        return _with_places(program, speaker, f"{asked} {', and then '.join(simple)}?")
    guarded = _guarded(program, speaker)
    if guarded:
        return _with_places(program, speaker, f"{asked} {guarded}?")
    body = speaker.sentences(program.body)
    opening = speaker.pick("How do I do this in 65816 assembly?", "How can I code this?", "How would you write this?")
    return _with_places(program, speaker, f"{opening}{chr(10) if chr(10) in body else ' '}{body}")


def formulas(program: p.Program, rng: random.Random) -> str:
    """Formulas, a line each or all in one."""
    speaker = Sentences(rng, "address", Numbers(rng.random() < 0.7))
    text = Shorthand(speaker.numbers, named=rng.random() < 0.35)
    if text.named:
        speaker.naming = "name"
    names = [f"{thing}: {what}" for thing, what in _places(program, speaker)] if text.named else []
    lines = text.block(program.body)
    closing = _sentences(speaker.promises(program) + text.notes(program, lines))
    branched = any(line.lstrip().startswith(("if ", "for ", "switch ")) for line in lines)
    if any(line.startswith(" ") for line in lines) or len(lines) > 3 or (branched and len(program.body) > 1):
        return "\n".join([*names, *lines, *closing])
    return " ".join([*([f"{'; '.join(names)}."] if names else []), f"{'; '.join(lines)}.", *closing])


def situation(program: p.Program, rng: random.Random) -> str:
    """What somebody's hack has, and what shall happen with it."""
    speaker = _speaker(program, rng, "meaning", "meaning", "name")
    kept = joined([f"{thing} ({what})" for thing, what in _places(program, speaker)])
    has = speaker.pick("My hack keeps", "In my hack I have", "My game has", "I keep") + f" {kept}."
    wishes = (
        *("Here is what I need.", "This is what must happen.", "What I want:", "The routine should do this:"),
        *(f"{when}, this should happen:" for when in ("Every frame", "When a room loads", "After each hit")),
        *(f"{when}, I call a routine for this:" for when in ("When the menu closes", "Once per turn")),
    )
    body = speaker.sentences(program.body)
    told = [f"{has if kept else ''} {speaker.pick(*wishes)}".strip(), body, *closing(program, speaker)]
    return ("\n" if "\n" in body else " ").join(told)


def requirements(program: p.Program, rng: random.Random) -> str:
    """A memory map, numbered steps, and notes."""
    speaker = _speaker(program, rng, "name", "meaning", "address")
    places = [f"- {thing.removeprefix('the ')}: {what}" for thing, what in _places(program, speaker)]
    steps: list[str] = []
    number = 0
    for line in speaker.steps(program.body):
        inner = line.startswith((" ", "otherwise:", "else if "))
        number += not inner
        steps.append(f"   {line}" if inner else f"{number}. {capital(line)}")
    heading = speaker.pick("Memory map:", "Variables:", "Data:")
    work = speaker.pick("Requirements:", "Steps:", "What the routine does:")
    notes = [f"- {one}" for one in closing(program, speaker)]
    return "\n".join([*([heading, *places] if places else []), work, *steps, *(["Notes:", *notes] if notes else [])])


def c(program: p.Program, rng: random.Random) -> str:
    """C that does it, to be translated."""
    speaker = Sentences(rng, "address", Numbers(rng.random() < 0.6))
    code = C(speaker.numbers.hexadecimal, macros=rng.random() < 0.3)
    opening = speaker.pick(
        "Translate this C code to 65816 assembly (int has 32 bits).",
        "Here is C for a routine (int has 32 bits). Write it in assembly.",
        "I have this in C, with 32-bit int. Port it to the SNES.",
    )
    source = code.source(program)
    return "\n".join([opening, "```c", source, "```", *_sentences(speaker.promises(program, code))])


def python(program: p.Program, rng: random.Random) -> str:
    """Python that does it, to be translated."""
    speaker = Sentences(rng, "address", Numbers(rng.random() < 0.6))
    code = Python(speaker.numbers.hexadecimal)
    opening = speaker.pick(
        "Translate this Python code to 65816 assembly.",
        "Port this Python to the SNES.",
        "I wrote this in Python first. Write it as a routine.",
    )
    source = code.source(program)
    return "\n".join([opening, "```python", source, "```", *_sentences(speaker.promises(program, code))])


def chat(program: p.Program, rng: random.Random) -> str:
    """Terse lines."""
    speaker = Sentences(rng, "bare", Numbers(rng.random() < 0.6))
    lines = speaker.steps(program.body)
    data = ", ".join(f"{what} = {thing.removeprefix('the ')}" for thing, what in _places(program, speaker))
    opening = speaker.pick("need:", "need:", "asm for:", "routine wanted:", "65816 code please:")
    said = [*([f"data: {data}"] if data else []), *speaker.promises(program), *_notes(program, speaker)]
    if len(lines) == 1:
        return "; ".join([f"{opening} {lines[0]}", *said]) + "."
    return "\n".join([opening, *lines, *said])


Tone = Callable[[p.Program, random.Random], str]

TONES: tuple[Tone, ...] = (prose, question, formulas, situation, requirements, c, python, chat)


def _speaker(program: p.Program, rng: random.Random, *namings: Naming) -> Sentences:
    naming = rng.choice(namings)
    things = [t for kind in (p.Variable, p.Array, p.Text, p.Table, p.Pointer) for t in program.things(kind)]
    if any(len({getattr(thing, key) for thing in things}) < len(things) for key in ("name", "meaning")):
        naming = "address"
    speaker = Sentences(rng, naming, Numbers(rng.random() < 0.6))
    speaker.tables_inside = rng.random() < 0.6
    return speaker


def _guarded(program: p.Program, speaker: Sentences) -> str | None:
    """What is done, and then when, of a program that is one short `If`."""
    match program.body:
        case (p.If(condition, (then,), (*otherwise,)),) if len(otherwise) < 2:
            timer = speaker.timer(condition, (then,)) if not otherwise else None
            if timer:
                return timer
            parts = speaker.simple([then, *otherwise])
            if parts and not any(", " in part or " if " in part for part in parts) and not isinstance(then, p.Stop):
                clause = speaker.clause(condition)
                if len(parts) == 2:
                    return f"{parts[0]} if {clause}, and {parts[1]} otherwise"
                return f"{parts[0]} {speaker.pick('if', 'only if', 'when', 'but only when')} {clause}"
    return None


def _places(program: p.Program, speaker: Sentences) -> list[tuple[str, str]]:
    """What lies where, as the speaker calls it: ("the hit timer", "byte at $0720")."""
    found: list[tuple[str, str]] = []
    own = [one for one in program.things(p.Variable) if one.own]
    for node in dict.fromkeys(program.nodes):
        if not isinstance(node, p.Variable | p.Array | p.Text | p.Pointer) or node in own:
            continue
        thing = node.name if speaker.naming == "name" else the(node.meaning, "")
        sign = "signed " if isinstance(node, p.Variable | p.Array) and node.signed else ""
        match node:
            case p.Variable(width=width, address=address):
                found.append((thing, f"{sign}{UNITS[width]} at {address}"))
            case p.Array(meaning=meaning, address=address, length=length, width=width):
                apart = f", one every {node.step} bytes" if node.stride else ""
                thing = thing if speaker.naming == "name" else f"the {plural(meaning)}"
                found.append((thing, f"{length} {sign}{UNITS[width]}s from {address}{apart}"))
            case p.Text(address=address, end=end):
                found.append((thing, f"text at {address} that ends with {speaker.numbers.mask(end, 8)}"))
            case p.Pointer(width=width):
                by = f"{width}-bit pointer at {direct(node)}"
                found.append((thing, f"what the {by} points to" if speaker.naming == "meaning" else by))
    return [(thing.rstrip(), what) for thing, what in found]


def _with_places(program: p.Program, speaker: Sentences, told: str) -> str:
    """The request with what lies where before or behind it (if its names need that), and the promises at its end."""
    places = [] if speaker.naming == "address" else [f"{thing} ({what})" for thing, what in _places(program, speaker)]
    parts = [told]
    if places:
        opening = speaker.pick("What lies where:", "Memory:", "Variables:")
        parts.insert(speaker.rng.randrange(2), f"{opening} {'; '.join(places)}.")
    return ("\n" if "\n" in told else " ").join([*parts, *closing(program, speaker)])


def closing(program: p.Program, speaker: Sentences) -> list[str]:
    """Promises and notes on what was told, as sentences."""
    return _sentences(speaker.promises(program) + _notes(program, speaker))


def _notes(program: p.Program, speaker: Sentences) -> list[str]:
    return speaker.formulas.notes(program, speaker.told)


def _sentences(said: Iterable[str]) -> list[str]:
    return [f"{capital(one)}." for one in said]


def addition(program: p.Program, rng: random.Random) -> str:
    """What the program does, to stand inside another request."""
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    return _with_places(program, speaker, speaker.sentences(program.body))


def plan(program: p.Program) -> list[str]:
    """What the program does in formulas, always in the same words, a line a step."""
    return Shorthand(Numbers(True)).block(program.body)
