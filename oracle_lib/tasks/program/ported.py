"""Makes C++ problems of the recipes for assembly: the same purpose, asked of a function over values.

A recipe's program knows no processor. Here its variables and arrays become parameters of a C++ function, the addresses
in its requests become their names, and the interpreter stays the oracle. What only a routine has (the carry, pointers,
calls, records in memory, 24 bits) is left out, and so are requests that speak of the console.
"""

from __future__ import annotations

import dataclasses
import importlib
import random
import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from oracle_lib import OracleError
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem, families
from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination.functions import refuses_function
from oracle_lib.tasks.kit.asm import State, bus
from oracle_lib.tasks.kit.cpp import CASES, RARE, Function
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError
from oracle_lib.tasks.kit.cpp_programs.problems import driver, printed, sent
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.interpreter import Machine, run
from oracle_lib.tasks.program.problem import substituted
from oracle_lib.tasks.program.recipes import Recipe
from oracle_lib.tasks.program.teller.c import TYPES
from oracle_lib.tasks.program.teller.cpp import body_cpp
from oracle_lib.verify import CppCase, CppContract

_TURNS = 60
_FEWEST = 4
"""How many requests must remain of a recipe's."""
_ADDRESS = re.compile(r"(?:\$|0x)([0-9A-Fa-f]{4,6})\b")
_OF_THE_CONSOLE = re.compile(
    r"\b(carry|register|accumulator|[AXY] (?:is|has|holds|in)|in [AXY]\b|RT[SL]|JS[RL]|LD[AXY]|ST[AXYZ]|W?RAM|"
    r"banks?|direct page|stack|assembly|asm|65816|address(?:es)?|pointers?|hooks?|flags? [CZNV]|mode \d|NMI|DMA|HDMA|"
    r"VRAM|PPU|subroutine|instructions?|cycles?|ROM)\b"
)
_SHORTHAND = re.compile(r"\b([a-z]\w{0,8}) = ((?:byte|word)?\[?(?:\$|0x)([0-9A-Fa-f]{4,6})\]?)")
_ARTICLE = re.compile(r"\ba [a-z]{3,}")
_LETTERS = tuple("abcdefghmnopqrstuvwxyz")
_LISTS = (
    ("values", "others", "more", "rest"),
    ("data", "other", "third", "fourth"),
    ("list", "second", "third", "next"),
)


@cache
def recipes_about(*subjects: str, part: int = 0, parts: int = 1) -> tuple[Recipe, ...]:
    """The recipes for assembly of these subjects; of their files every `parts`-th, from number `part` on."""
    files = [family.name for family in families(("recipes",)).values() if family.subject in subjects]
    rooms = [importlib.import_module(f"oracle_lib.tasks.recipes.{name}") for name in files[part::parts]]
    return tuple(recipe for room in rooms for recipe in room.RECIPES)


def ported(module: str, subject: str, rng: random.Random, recipes: Sequence[Recipe]) -> Problem:
    """A problem that asks for what one of the recipes does as a C++ function."""
    for _ in range(_TURNS):
        recipe = rng.choice(recipes)
        statements, asks = recipe(Drawer(rng))
        port = Port.of(p.Program(tuple(statements)), asks, recipe.__name__, rng)
        if port is None or not shows_everything(port.stage, rng):
            continue
        kinds = [kind for kind, _ in port.function.parameters]
        if refuses_function(kinds, port.prints, module):
            continue
        code = f"{port.function.signature} {{\n{port.body}\n}}\n"
        return Problem(
            family=module.rpartition(".")[2],
            subject=subject,
            domain=Domain.YAZE,
            task=Task.API,
            instructions=port.instructions(rng),
            references=(code,),
            contract=CppContract(
                signature=port.function.signature, driver=driver(port.function, ()), cases=port.cases(rng, CASES + RARE)
            ),
            parameters={"recipe": recipe.__name__, "program": re.sub(rf"\b{port.function.name}\b", "f", code)},
            oracle=Cases(port.cases),
        )
    raise OracleError(f"{_TURNS} draws in a row gave no recipe that is a function over values; widen what they draw")


@dataclasses.dataclass(frozen=True)
class Port:
    """A program with the function that computes the same. `things` are its parameters in their order; `returned` is
    what it returns instead of a parameter, if anything; `asks` already speak of parameters.
    """

    stage: Stage
    function: Function
    body: str
    things: tuple[p.Variable | p.Array, ...]
    returned: p.Variable | None
    asks: tuple[str, ...]

    @classmethod
    def of(cls, program: p.Program, asks: Sequence[str], purpose: str, rng: random.Random) -> Port | None:
        """The port of a recipe's program; None where it is no function over values, or too few requests remain."""
        things = _things(program)
        if not things:
            return None
        written = set(program.written)
        outputs = [one for one in things if one in written]
        only = outputs[0] if len(outputs) == 1 else None
        returned = only if isinstance(only, p.Variable) and _is_result(program, only) and rng.random() < 0.75 else None
        names = _named(things, returned, asks, rng)
        told = _told(things, names, returned, asks)
        if len(told) < _FEWEST:
            return None
        for thing in things:
            program = p.Program(substituted(program.body, thing, dataclasses.replace(thing, name=names[thing])))
        for place, own in enumerate(one for one in program.things(p.Variable) if one.own):
            plain = dataclasses.replace(own, name=f"work{place + 1}")
            program = p.Program(substituted(program.body, own, plain))
        for place, table in enumerate(program.things(p.Table)):
            named = dataclasses.replace(table, name="table" if place == 0 else f"table{place + 1}")
            program = p.Program(substituted(program.body, table, named))
        things = tuple(dataclasses.replace(one, name=names[one]) for one in things)
        written = set(program.written)
        result = next((one for one in things if isinstance(one, p.Variable) and one.name == "result"), None)
        result = result if returned else None
        parameters = tuple((_kind(one, one in written), one.name) for one in things if one != result)
        returns = TYPES[result.width] if result else "void"
        text = body_cpp(program, result, rng.random() < 0.5)
        body = "\n".join(f"  {line}" for line in text.splitlines())
        function = Function(returns, _styled(purpose, rng), parameters)
        taken = tuple(one for one in things if one != result)
        return cls(Stage(program), function, body, taken, result, told)

    def cases(self, rng: random.Random, count: int) -> tuple[CppCase, ...]:
        """So many calls with what the driver must print."""
        return tuple(self._case(State(rng, place, 8, 8)) for place in range(count))

    def _case(self, state: State) -> CppCase:
        machine = self.stage.fill(state)
        given = [_held(machine, one) for one in self.things]
        return CppCase(stdin=" ".join(map(sent, given)), stdout=self._printed(machine))

    def _printed(self, machine: Machine) -> str:
        run(self.stage.program, machine)
        written = set(self.stage.program.written)
        shown = [self.returned] if self.returned else []
        changed = [one for one in self.things if one in written]
        return "".join(printed(_held(machine, one)) for one in [*shown, *changed])

    def prints(self, given: Sequence[Any]) -> str:
        """What the driver prints for these arguments; `BreaksOffError` for those that no request allows."""
        machine = Machine()
        if self.returned:
            machine.store(self.returned.address, 0, self.returned.width // 8)
        for thing, value in zip(self.things, given, strict=True):
            values = value if isinstance(value, list) else [value]
            length = thing.length if isinstance(thing, p.Array) else 1
            below = thing.below if isinstance(thing, p.Variable) else None
            if len(values) != length or not all(0 <= one < (below or 1 << thing.width) for one in values):
                raise BreaksOffError(f"{thing.name} holds something else")
            for place, one in enumerate(values):
                machine.store(thing.address + place * thing.width // 8, one, thing.width // 8)
        return self._printed(machine)

    def instructions(self, rng: random.Random) -> tuple[str, ...]:
        """Each request with the signature."""
        asked = f"`{self.function.signature}`"
        behind = [f"Signature: {asked}.", f"Use exactly this signature: {asked}.", f"I call it as {asked}.",
                  f"Declare it as {asked}, plain C++17.", f"The function: {asked}.", f"{asked}, no main."]  # fmt: skip
        rng.shuffle(behind)
        told = [f"{ask} {tone}" for ask, tone in zip(self.asks, behind, strict=False)]
        told[-1] = f"{asked}: {self.asks[len(told) - 1]}"
        return tuple(rng.sample(told, len(told)))


def _things(program: p.Program) -> tuple[p.Variable | p.Array, ...]:
    """The program's numbers and arrays in memory; none where it has what a function over values has not."""
    strange = p.Pointer | p.Call | p.Register | p.Report | p.Text
    arrays = program.things(p.Array)
    variables = tuple(one for one in program.things(p.Variable) if not one.own)
    if any(isinstance(node, strange) for node in program.nodes) or any(one.stride for one in arrays):
        return ()
    if any(one.width == 24 for one in program.things(p.Variable)) or len(variables) > 8 or len(arrays) > 4:
        return ()
    return (*arrays, *variables)


def _is_result(program: p.Program, variable: p.Variable) -> bool:
    """Whether the program surely writes the variable before it reads it, and has no other way out."""
    first = next(one for one in program.body if variable in p.walk(one))
    reads = any(isinstance(node, p.Read) and node.place == variable for node in p.walk(first))
    return not reads and _surely_writes(first, variable) and not _leaves(program.body)


def _surely_writes(statement: p.Statement, variable: p.Variable) -> bool:
    def one_of(statements: Sequence[p.Statement]) -> bool:
        return any(_surely_writes(one, variable) for one in statements)

    match statement:
        case p.Set(place):
            return place == variable
        case p.If(_, then, otherwise):
            return one_of(then) and one_of(otherwise)
        case p.Switch(_, cases, otherwise):
            return all(one_of(body) for _, body in cases) and one_of(otherwise)
    return False


def _leaves(statements: Sequence[p.Statement]) -> bool:
    """Whether a `Stop` outside of loops ends the program."""
    for one in statements:
        match one:
            case p.Stop():
                return True
            case p.If(_, then, otherwise) if _leaves(then) or _leaves(otherwise):
                return True
            case p.Switch(_, cases, otherwise) if _leaves(otherwise) or any(_leaves(body) for _, body in cases):
                return True
    return False


def _named(
    things: Sequence[p.Variable | p.Array], returned: p.Variable | None, asks: Sequence[str], rng: random.Random
) -> dict[p.Variable | p.Array, str]:
    """A name for each thing: its own where the requests use its noun, else a plain one."""
    # A request may use a letter for something of its own.
    said = set(re.findall(r"[a-z]+", " ".join(asks)))
    start = rng.randrange(len(_LETTERS))
    short = [one for one in (*_LETTERS[start:], *_LETTERS[:start]) if one not in said]
    lists = [one for one in (*rng.choice(_LISTS), "cells", "row", "items", "block") if one not in said]
    names: dict[p.Variable | p.Array, str] = {}
    for thing in things:
        if thing == returned:
            names[thing] = "result"
        elif thing.meaning.isascii() and "'" not in thing.meaning and any(thing.meaning in ask for ask in asks):
            plural = "s" if isinstance(thing, p.Array) and not thing.meaning.endswith("s") else ""
            names[thing] = thing.meaning.lower().replace(" ", "_") + plural
        else:
            names[thing] = (lists if isinstance(thing, p.Array) else short).pop(0)
    return names


def _told(
    things: Sequence[p.Variable | p.Array], names: dict[Any, str], returned: p.Variable | None, asks: Sequence[str]
) -> tuple[str, ...]:
    """Those requests that can be put to somebody who has no console, with names in the place of addresses."""
    places = {bus(one.address): one for one in things}
    told = []
    for ask in asks:
        if _OF_THE_CONSOLE.search(ask):
            continue
        formula = "[$" in ask or "[0x" in ask
        ask = _without_shorthands(ask, places)

        def name(found: re.Match[str], formula: bool = formula) -> str:
            thing = places.get(bus(int(found[1], 16)))
            if thing is None:
                return found[0]
            if thing == returned:
                return "result" if formula else "the return value"
            return names[thing] if formula else f"`{names[thing]}`"

        text = re.sub(r"\b(?:bytes?|words?)\[((?:\$|0x)[0-9A-Fa-f]{4,6})\]", r"\1", ask)
        text = re.sub(
            r"\b(?:starting |beginning )?(?:at|from) (\$[0-9A-F]{4,6})(?: on\b| ff\.|\.\.(?!\.))?", r"in \1", text
        )
        text = _ADDRESS.sub(name, text)
        text = re.sub(r"\b([Ww])rite a routine\b", r"\1rite a function", text)
        text = re.sub(r"\broutine\b", "function", text)
        told.append(text if text.endswith((".", "?", "!")) else f"{text}.")
    return tuple(told)


def _without_shorthands(ask: str, places: Collection[int]) -> str:
    """The request without letters that only stand for an address, as in "s += 7; s = byte[$0720] (0-99)": beside a
    parameter's name they would read like variables that are assigned. A letter for a place that is named elsewhere as
    well holds what was there before, and stays."""
    for letter, place, digits in _SHORTHAND.findall(ask):
        others = len(re.findall(rf"\b{letter}\b", ask)) - 1
        is_word = letter == "a" and _ARTICLE.search(ask)
        if not others or is_word or ask.count(digits) > 1 or bus(int(digits, 16)) not in places:
            continue
        said = re.escape(f"{letter} = {place}")
        ask = re.sub(rf"^{said}[;,:] |[;,:.] {said}(?=[;,.]|$)", "", ask, count=1)
        ask = re.sub(rf"\b{letter}\b", place, ask.replace(f"{letter} = {place}", place))
    return ask


def _kind(thing: p.Variable | p.Array, written: bool) -> str:
    held = f"std::vector<{TYPES[thing.width]}>" if isinstance(thing, p.Array) else TYPES[thing.width]
    if written:
        return f"{held}&"
    return f"const {held}&" if isinstance(thing, p.Array) else held


def _held(machine: Machine, thing: p.Variable | p.Array) -> int | list[int]:
    size = thing.width // 8
    if isinstance(thing, p.Variable):
        return machine.load(thing.address, size)
    return [machine.load(thing.address + place * size, size) for place in range(thing.length)]


def _styled(words: str, rng: random.Random) -> str:
    """The recipe's name in one of the usual styles."""
    first, *others = words.split("_")
    camel = "".join(map(str.capitalize, others))
    return rng.choice((words, first.capitalize() + camel, first.capitalize() + camel, first + camel))
