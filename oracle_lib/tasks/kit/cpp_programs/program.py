"""`Program`: one composed function with the words that ask for it and inputs to try it on; `Choices`, which draw one.

Nothing here knows what any function does, or how a request is worded.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from oracle_lib.tasks.kit.cpp_programs.language import Code, Struct

T = TypeVar("T")
Arguments = Callable[[random.Random], list[Any]]
"""Draws the arguments of one call, such that the request says what happens."""


class Choices:
    """Choices with names. Each is drawn for itself, so that one can be made otherwise while the others stay.

    `made` holds by name which of how many options was taken.
    """

    def __init__(self, seed: int, otherwise: Mapping[str, int] | None = None) -> None:
        self.seed = seed
        self.made: dict[str, tuple[int, int]] = {}
        self._otherwise = otherwise or {}

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of the options; a choice of that name is made once."""
        if name not in self.made:
            drawn = random.Random(f"{self.seed}:{name}").randrange(len(options))
            self.made[name] = self._otherwise.get(name, drawn) % len(options), len(options)
        return options[self.made[name][0] % len(options)]

    def number(self, name: str, low: int, high: int) -> int:
        """A number from `low` to `high`, both included."""
        return self.pick(name, range(low, high + 1))

    def chance(self, name: str, share: float) -> bool:
        return self.number(name, 0, 99) < share * 100

    def some(self, name: str, options: Sequence[T], count: int) -> list[T]:
        """`count` different options in a drawn order."""
        return random.Random(self.number(name, 0, 2**20)).sample(options, count)


@dataclass(frozen=True)
class Program:
    """`does` says what the function does, after "a function that"; `rules` are sentences that say the rest. `topic` is
    what an editor would call it."""

    code: Code
    does: str
    rules: tuple[str, ...]
    arguments: Arguments
    topic: str


@dataclass
class Draft:
    """A program in the making."""

    name: str
    topic: str
    returns: str = "None"
    parameters: list[tuple[str, str]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    does: str = ""
    rules: list[str] = field(default_factory=list)
    structs: list[Struct] = field(default_factory=list)

    def add(self, *lines: str, depth: int = 0) -> None:
        """Further lines of the body, under `depth` heads."""
        self.body += indented(lines, depth)

    def finish(self, arguments: Arguments) -> Program:
        parameters = ", ".join(f"{name}: {kind}" for kind, name in self.parameters)
        lines = [f"def {self.name}({parameters}) -> {self.returns}:", *indented(self.body, 1)]
        code = Code("\n".join(lines) + "\n", tuple(self.structs))
        rules = tuple(map(_with_articles, self.rules))
        return Program(code, _with_articles(self.does), rules, arguments, self.topic)


def indented(lines: Iterable[str], depth: int) -> list[str]:
    return ["    " * depth + line for line in lines]


def _with_articles(text: str) -> str:
    return re.sub(r"\ba (?=[aeiou8])", "an ", text)
