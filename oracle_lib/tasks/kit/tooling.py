"""What the families of `tooling/` share: problems whose answer states facts, how it ends with them, and hex dumps."""

import random
from collections.abc import Mapping, Sequence

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.verify import Fact, FactContract

LETTERS = "ABCDEF"
_UNITS = ("bytes", "bits", "times", "cycles", "instructions", "seconds")
_DIGITS = {"address": 6, "bank": 2, "checksum": 4, "complement": 4}
_HEXADECIMAL = ("A", "X", "Y", "offset")


def question(
    module: str,
    subject: str,
    domain: Domain,
    asks: Sequence[str],
    *,
    input: str,
    reasoning: str,
    facts: Mapping[str, int | str],
    parameters: Mapping[str, int | str],
    derived_from: str = "",
    digits: Mapping[str, int] | None = None,
) -> Problem:
    """The problem of stating these facts. `input` gets a last line that says how an answer ends; `digits` are those of
    hexadecimal numbers that are not written as usual."""
    # A letter is looked for last: what stands in a number is none.
    cases = sorted(
        (Fact(name=name, value=value) for name, value in facts.items()), key=lambda fact: fact.name == "choice"
    )
    form = ", ".join(_form(name) for name in facts)
    return Problem(
        family=module.rpartition(".")[2],
        subject=subject,
        domain=domain,
        task=Task.EXPLAIN,
        instructions=tuple(asks),
        input=f"{input}\n\nEnd with a line `Answer: {form}`.",
        references=(f"{reasoning}\n\nAnswer: {', '.join(stated(*fact, digits or {}) for fact in facts.items())}.",),
        contract=FactContract(cases=tuple(cases)),
        parameters=dict(parameters),
        derived_from=derived_from,
    )


def stated(name: str, value: int | str, digits: Mapping[str, int]) -> str:
    """A fact as an answer ends with it."""
    if name == "choice":
        return str(value)
    if isinstance(value, str):
        return f"{name} = {value}"
    if name in _UNITS:
        return plural(value, name.removesuffix("s"))
    if name in _HEXADECIMAL:
        return f"{name} = {hexadecimal(value)}"
    size = digits.get(name, _DIGITS.get(name))
    return f"{name} = ${value:0{size}X}" if size else f"{name} = {value}"


def hexadecimal(value: int) -> str:
    """A number with as many whole bytes as it needs."""
    return f"${value:0{2 * max(1, (value.bit_length() + 7) // 8)}X}"


def _form(name: str) -> str:
    if name == "choice":
        return "<letter>"
    return f"<number> {name}" if name in _UNITS else f"{name} = ..."


def options(rng: random.Random, right: str, others: Sequence[str], count: int = 4) -> tuple[str, str]:
    """A lettered list of `count` possibilities with the right one among them, and its letter."""
    chosen = [right, *rng.sample([other for other in others if other != right], count - 1)]
    rng.shuffle(chosen)
    listed = "\n".join(f"{letter}) {text}" for letter, text in zip(LETTERS, chosen, strict=False))
    return listed, LETTERS[chosen.index(right)]


def code(text: str, language: str = "asm") -> str:
    """A fenced block; `language` is empty for a log or a dump."""
    return f"```{language}\n{text}\n```"


def dump(address: int, content: bytes, digits: int = 6, width: int = 16) -> str:
    """A hex dump, a row of `width` bytes a line."""
    return "\n".join(
        f"{address + start:0{digits}X}: {content[start : start + width].hex(' ').upper()}"
        for start in range(0, len(content), width)
    )


def snes(address: int) -> str:
    """An address as `$1F8000`."""
    return f"${address:06X}"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
