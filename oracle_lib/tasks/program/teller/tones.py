"""The ways in which people ask for a routine, from a polite sentence to a line in a chat. Each tells all of it."""

from __future__ import annotations

import random

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller.nouns import Naming
from oracle_lib.tasks.program.teller.python import Python
from oracle_lib.tasks.program.teller.sentences import Sentences
from oracle_lib.tasks.program.teller.shorthand import Shorthand
from oracle_lib.tasks.program.teller.words import Numbers, capital, direct, joined, plural

UNITS = {8: "byte", 16: "word", 24: "24-bit number"}


def _speaker(program: p.Program, rng: random.Random, *namings: Naming) -> Sentences:
    naming = rng.choice(namings)
    if naming in ("meaning", "name") and not _distinct(program):
        naming = "address"
    return Sentences(rng, naming, Numbers(rng.random() < 0.6))


def _distinct(program: p.Program) -> bool:
    """Whether no two things share a name or what they mean."""
    things = [t for kind in (p.Variable, p.Array, p.Text, p.Table, p.Pointer) for t in program.things(kind)]
    return all(len({getattr(t, key) for t in things}) == len(things) for key in ("name", "meaning"))


def _closing(program: p.Program, speaker: Sentences, formulas: list[str]) -> str:
    """Promises and notes, as sentences."""
    said = speaker.promises(program) + speaker.formulas.notes(program, formulas)
    return " ".join(f"{capital(one)}." for one in said)


def _places(program: p.Program, name: bool) -> list[tuple[str, str]]:
    """What lies where: (name or meaning, "byte at $0720")."""
    found: list[tuple[str, str]] = []
    for node in dict.fromkeys(program.nodes):
        match node:
            case p.Variable(width=width, address=address, signed=signed):
                what = f"{'signed ' if signed else ''}{UNITS[width]} at {address}"
                found.append((node.name if name else node.meaning, what))
            case p.Array(address=address, length=length, width=width, signed=signed):
                apart = f", one every {node.step} bytes" if node.stride else ""
                what = f"{length} {'signed ' if signed else ''}{UNITS[width]}s from {address}{apart}"
                found.append((node.name if name else plural(node.meaning), what))
            case p.Text(address=address, end=end):
                found.append((node.name if name else node.meaning, f"text at {address} that ends with ${end:02X}"))
            case p.Pointer(width=width):
                found.append((node.name if name else node.meaning, f"{width}-bit pointer at {direct(node)}"))
    return found


def _placed(program: p.Program, speaker: Sentences) -> str:
    """What lies where, as a sentence, if the speaker's names need it."""
    if speaker.naming == "address":
        return ""
    if speaker.naming == "bare":
        places = [what for _, what in _places(program, True)]
        return f"{capital(joined(places))}." if places else ""
    places = [
        f"{'' if speaker.naming == 'name' else 'the '}{thing} ({what})"
        for thing, what in _places(program, speaker.naming == "name")
    ]
    opening = speaker.pick("What lies where:", "Memory:", "Variables:")
    return f"{opening} {'; '.join(places)}." if places else ""


def prose(program: p.Program, rng: random.Random) -> str:
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    body = speaker.sentences(program.body)
    if "\n" in body or (len(program.body) > 1 and rng.random() < 0.6):
        opening = speaker.pick(
            "Write a routine that does this.", "I need a routine that works as follows.", "Please write this routine."
        )
        separator = "\n" if "\n" in body else " "
    else:
        opening, body, separator = (
            speaker.pick("Write a routine to do this:", "Write code for this:", "I need a routine for this:"),
            body,
            " ",
        )
    told = f"{opening}{separator}{body}"
    return _assembled(program, speaker, told)


def _assembled(program: p.Program, speaker: Sentences, told: str) -> str:
    """The request with its list of places before or behind it, and the promises at its end."""
    placed = _placed(program, speaker)
    first = bool(placed) and speaker.rng.random() < 0.5
    separator = "\n" if "\n" in told else " "
    parts = [placed, told] if first else [told, placed]
    return separator.join(part for part in [*parts, _closing(program, speaker, speaker.told)] if part)


def question(program: p.Program, rng: random.Random) -> str:
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    if len(program.body) <= 2:
        phrases = [speaker.phrase(s) for s in program.body]
        if all(phrases) and not any(";" in str(one) or ":" in str(one) for one in phrases):
            opening = speaker.pick("How do I", "How can I", "How would I", "What is a good way to")
            if all(not str(one).startswith(("if ", "for ")) for one in phrases):
                return _assembled(program, speaker, f"{opening} {', and then '.join(map(str, phrases))}?")
    body = speaker.sentences(program.body)
    opening = speaker.pick("How do I do this in 65816 assembly?", "How can I code this?", "How would you write this?")
    return _assembled(program, speaker, f"{opening}{chr(10) if chr(10) in body else ' '}{body}")


def shorthand(program: p.Program, rng: random.Random) -> str:
    numbers = Numbers(rng.random() < 0.7)
    speaker = Sentences(rng, "address", numbers)
    formulas = Shorthand(numbers)
    lines = formulas.block(program.body)
    separator = "\n" if any(line.startswith(" ") for line in lines) or len(lines) > 3 else "; "
    text = separator.join(lines)
    said = speaker.promises(program) + formulas.notes(program, lines)
    if separator == "; ":
        return f"{text}." if not said else f"{text}. {' '.join(f'{capital(one)}.' for one in said)}"
    return "\n".join([text, *(f"{capital(one)}." for one in said)])


def situation(program: p.Program, rng: random.Random) -> str:
    speaker = _speaker(program, rng, "meaning", "meaning", "name")
    places = _places(program, speaker.naming == "name")
    kept = [f"{'' if speaker.naming == 'name' else 'the '}{thing} ({what})" for thing, what in places]
    opening = ""
    if kept and speaker.naming != "address":
        opening = speaker.pick("My hack keeps", "In my hack I have", "My game has", "I keep") + f" {joined(kept)}."
    wish = speaker.pick(
        "Each time the routine runs, this should happen.", "Here is what I need.", "This is what must happen."
    )
    body = speaker.sentences(program.body)
    separator = "\n" if "\n" in body else " "
    parts = [f"{opening} {wish}".strip(), body, _closing(program, speaker, speaker.told)]
    return separator.join(part for part in parts if part)


def requirements(program: p.Program, rng: random.Random) -> str:
    speaker = _speaker(program, rng, "name", "meaning")
    lines = [f"- {thing}: {what}" for thing, what in _places(program, speaker.naming == "name")]
    steps: list[str] = []
    number = 0
    for line in speaker.steps(program.body):
        if line.startswith((" ", "otherwise:", "else if ")):
            steps.append(f"   {line}")
        else:
            number += 1
            steps.append(f"{number}. {capital(line)}")
    said = [f"- {capital(one)}." for one in speaker.promises(program) + speaker.formulas.notes(program, speaker.told)]
    heading = speaker.pick("Memory map:", "Variables:", "Data:")
    work = speaker.pick("Requirements:", "Steps:", "What the routine does:")
    parts = [heading, *lines, work] if lines and speaker.naming != "address" else [work]
    return "\n".join([*parts, *steps, *(["Notes:", *said] if said else [])])


def python(program: p.Program, rng: random.Random) -> str:
    speaker = Sentences(rng, "address", Numbers(rng.random() < 0.6))
    code = Python(speaker.numbers.hexadecimal)
    opening = speaker.pick(
        "Translate this Python code to 65816 assembly.",
        "Port this Python to the SNES.",
        "I wrote this in Python first. Write it as a routine.",
    )
    said = " ".join(f"{capital(one)}." for one in speaker.promises(program, code))
    return "\n".join(part for part in [opening, "```python", code.source(program), "```", said] if part)


def chat(program: p.Program, rng: random.Random) -> str:
    speaker = Sentences(rng, "bare", Numbers(rng.random() < 0.6))
    lines = speaker.steps(program.body)
    nested = any(line.startswith(" ") for line in lines)
    need = "\n".join(["need:", *lines]) if nested else "need: " + "; then ".join(lines)
    data = [f"{what} ({name})" for name, what in _places(program, False)]
    parts = [need, f"data: {', '.join(data)}" if data else ""]
    parts += speaker.promises(program) + speaker.formulas.notes(program, speaker.told)
    return ("\n" if nested else "; ").join(part for part in parts if part)


TONES = (prose, question, shorthand, situation, requirements, python, chat)


def addition(program: p.Program, rng: random.Random) -> str:
    """What the program does, to stand inside another request."""
    speaker = _speaker(program, rng, "address", "address", "meaning", "name")
    return _assembled(program, speaker, speaker.sentences(program.body))


def plan(program: p.Program) -> list[str]:
    """What the program does in formulas, always in the same words, a line a step."""
    return Shorthand(Numbers(True)).block(program.body)
