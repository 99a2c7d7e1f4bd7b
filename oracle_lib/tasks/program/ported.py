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
from collections.abc import Callable, Collection, Mapping, Sequence
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
from oracle_lib.tasks.program.recipes import Named, Recipe, made_with_names
from oracle_lib.tasks.program.teller.c import TYPES
from oracle_lib.tasks.program.teller.cpp import KEYWORDS, body_cpp, returnable
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
_SHORTHAND = re.compile(
    r"\b([a-z]\w{0,8}) = ((?:byte|word)?\[?(?:\$|0x)([0-9A-Fa-f]{4,6})\b\]?)"
    r"(?!\]| ?[-+*/%&|^<>?]| (?:mod|div|and|or|xor)\b)"
)
"""A letter that only stands for a place; not where a formula begins with the place."""
_ELEMENT = re.compile(r"\b(?:byte\[(\$[0-9A-F]{4,6}) \+ |word\[(\$[0-9A-F]{4,6}) \+ 2 ?\*? ?)(\w+)\]")
_IN_MEMORY = re.compile(r"\b(?:bytes?|words?)\[|\*`|`(?:\.\.|-\$)")
_AMONG_ADDRESSES = re.compile(r"(?:`|the return value), \$[0-9A-F]{4}\b|\$[0-9A-F]{4,6}x\b")
_DANGLING = re.compile(r"[.;] [Tt]he return value\.$|\bresult result\b|\ban? the return value\b")
"""A list of which some places have names and some have not, and a result of which nothing is said."""
_OFFSET = r"`?(?:\.\.(?!\.)| ff\b|\+\+|,? ?\+ ?\w)"
"""What is said of places in memory, where a C++ programmer would name an element; the latter behind an array's name."""
_NO_FUNCTION = r"(?!an? (?:\w+ )?(?:routine|function)\b)"
"""Behind "write", when it is not the function that is written."""
_RETURNED = (
    (r"\b(?:[Tt]he )?(?:[Bb]yte|[Ww]ord) the return value", "the return value"),
    (r"\bthe return value (?=[-+*/|&^]?= )", "result "),
    (rf"\b(?:Store|Put|Write|Leave) {_NO_FUNCTION}([^.;:,]+?) (?:in|into|to|at) the return value", r"Return \1"),
    (rf"\b(?:store|put|write|leave) {_NO_FUNCTION}([^.;:,]+?) (?:in|into|to|at) the return value", r"return \1"),
    (r"\b(?:stores|puts|writes|leaves) ([^.;:,]+?) (?:in|into|to|at) the return value", r"returns \1"),
    (r"\b(?:goes|belongs|comes) (?:in|into|to) the return value", "is the return value"),
    (r"\b(?:go|belong|come) (?:in|into|to) the return value", "are the return value"),
    (r"(^|[.?!] )the return value", r"\1The return value"),
)
"""How somebody speaks of a place, and how of what a function returns."""
_ARTICLE = re.compile(r"\ba [a-z]{3,}")
_LETTERS = tuple("abcdefghmnopqrstuvwxyz")
_COUNTERS = frozenset("ijk")
"""What loops count with."""
_PLAINER = {"byte": "byte_value", "word": "word_value", "bytes": "values", "words": "values", "array": "values"}
"""Names for things whose own ones would read as their types."""
_NUMBER = re.compile(r"(?:\$|0x)[0-9A-Fa-f]+|-?\b\d+\b")


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
        port = Port.of(recipe, rng)
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
    def of(cls, recipe: Recipe, rng: random.Random) -> Port | None:
        """The port of what a recipe makes; None where it is no function over values, or too few requests remain."""
        (statements, asks), called = made_with_names(recipe, Drawer(rng))
        program = p.Program(tuple(statements))
        order = list(called)
        things = sorted(
            _things(program), key=lambda one: (isinstance(one, p.Variable), one in order and order.index(one))
        )
        if not things:
            return None
        outputs = [one for one in things if one in set(program.written)]
        only = outputs[0] if len(outputs) == 1 else None
        returned = only if isinstance(only, p.Variable) and returnable(program, only) else None
        name, style = _styled(recipe.__name__, rng)
        names = {one: style(word) for one, word in _named(program, things, returned, called, asks, rng).items()}
        told = _told(things, names, returned, asks)
        if len(told) < _FEWEST:
            return None
        for thing, word in names.items():
            program = p.Program(substituted(program.body, thing, dataclasses.replace(thing, name=word)))
        things = [dataclasses.replace(one, name=names[one]) for one in things]
        result = dataclasses.replace(returned, name=names[returned]) if returned else None
        taken = tuple(one for one in things if one != result)
        written = set(program.written)
        parameters = tuple((_kind(one, one in written), one.name) for one in taken)
        returns = TYPES[result.width] if result else "void"
        text = body_cpp(program, result, _numbers(asks))
        body = "\n".join(f"  {line}" for line in text.splitlines())
        return cls(Stage(program), Function(returns, name, parameters), body, taken, result, told)

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


def _named(
    program: p.Program,
    things: Sequence[p.Variable | p.Array],
    returned: p.Variable | None,
    called: Mapping[Named, str],
    asks: Sequence[str],
    rng: random.Random,
) -> dict[Named, str]:
    """A name of small letters for each thing of the program: what its recipe calls it, wherever no other has that name
    and no request uses it for something of its own.
    """
    # A request may use a letter for something of its own.
    said = set(re.findall(r"[a-z]+", " ".join(asks)))
    start = rng.randrange(len(_LETTERS))
    spare = [one for one in (*_LETTERS[start:], *_LETTERS[:start]) if one not in said]
    names: dict[Named, str] = {returned: "result"} if returned else {}
    inner = [one for one in program.things(p.Variable) if one.own]
    written = set(program.written)
    for thing in (*things, *inner, *program.things(p.Table)):
        if thing == returned:
            continue
        wish = thing.meaning if thing in inner else called.get(thing, "")
        word = re.sub(r"\W+", "_", wish.strip("_")).lower()
        word = _PLAINER.get(word, word)
        if word in KEYWORDS:
            word += "_values" if isinstance(thing, p.Array) else "_value"
        if not isinstance(thing, p.Table) and thing in things and word and _is_defined(word, asks, thing):
            word += "_out" if thing in written else "_in"
        if not word or word in _COUNTERS:
            word = spare.pop()
        taken = sum(re.fullmatch(rf"{word}\d*", name) is not None for name in names.values())
        names[thing] = f"{word}{taken + 1}" if taken else word
    return names


def _numbers(asks: Sequence[str]) -> frozenset[str]:
    """How the requests write numbers, as a C++ printer would: `0xA0`, `160`, `-160`."""
    said = [one.replace("$", "0x") for ask in asks for one in _NUMBER.findall(ask)]
    return frozenset(f"0x{int(one, 16):02X}" if "x" in one else one for one in said)


def _is_defined(word: str, asks: Sequence[str], thing: p.Variable | p.Array) -> bool:
    """Whether a request gives the word a value of its own, other than what lies where the thing does."""
    sets = re.compile(rf"\b{word}\b(?:\[\w+\])? = ")
    means = re.compile(rf"\b{word}\b[^;.]{{1,25}}\{thing.address}\b")
    return any(sets.search(ask) for ask in asks) and not any(means.search(ask) for ask in asks)


def _told(
    things: Sequence[p.Variable | p.Array], names: dict[Any, str], returned: p.Variable | None, asks: Sequence[str]
) -> tuple[str, ...]:
    """Those requests that can be put to somebody who has no console, with names in the place of addresses."""
    places = {bus(one.address): one for one in things}
    within = {start + at for one in things for start in (one.address, bus(one.address)) for at in range(1, _size(one))}
    arrays = [names[one] for one in things if isinstance(one, p.Array)]
    told = []
    for ask in asks:
        if _OF_THE_CONSOLE.search(ask):
            continue
        formula = "[$" in ask or "[0x" in ask
        ask = _ELEMENT.sub(r"\1\2[\3]", _without_shorthands(ask, places))

        def name(found: re.Match[str], formula: bool = formula) -> str:
            thing = places.get(bus(int(found[1], 16)))
            if thing is None:
                return found[0]
            if thing == returned:
                return "result" if formula else "the return value"
            return names[thing] if formula else f"`{names[thing]}`"

        text = re.sub(r"\b(?:bytes?|words?)\[((?:\$|0x)[0-9A-Fa-f]{4,6})\]", r"\1", ask)
        text = re.sub(r"(?<![\w)\]])\[((?:\$|0x)[0-9A-Fa-f]{4,6})\]", r"\1", text)
        text = re.sub(
            r"\b(?:starting |beginning )?(?:at|from) (\$([0-9A-F]{4,6}))(?: on\b| ff(?:\.(?! [A-Z]|$))?|\.\.(?![.+]))?",
            lambda found: f"in {found[1]}" if isinstance(places.get(bus(int(found[2], 16))), p.Array) else found[0],
            text,
        )
        text = re.sub(r"\b(bytes?|words?|numbers?|values?) at (\$[0-9A-F]{4,6})\b", r"\1 in \2", text)
        text = _ADDRESS.sub(name, re.sub(r"(\$[0-9A-F]{4,6}) ff(?:\.(?! [A-Z]|$))?", r"\1", text))
        for one in arrays:
            text = re.sub(rf"(`?)\b{one}\1 \+ (?:2 ?\*? ?)?([a-z]\w*)\b(?! [`\w])", rf"\1{one}[\2]\1", text)
        if any(int(found[1], 16) in within for found in _ADDRESS.finditer(text)) or _AMONG_ADDRESSES.search(text):
            continue
        if _IN_MEMORY.search(text) or any(re.search(rf"\b{one}{_OFFSET}", text) for one in arrays):
            continue
        for said, better in _RETURNED:
            text = re.sub(said, better, text)
        text = re.sub(r"\b([Ww])rite a routine\b", r"\1rite a function", text)
        text = re.sub(r"\broutine\b", "function", text)
        text = text if text.endswith((".", "?", "!")) else f"{text}."
        if not _DANGLING.search(text):
            told.append(text)
    return tuple(told)


def _size(thing: p.Variable | p.Array) -> int:
    """How many bytes of memory it takes."""
    return thing.length * thing.step if isinstance(thing, p.Array) else thing.width // 8


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


def _styled(words: str, rng: random.Random) -> tuple[str, Callable[[str], str]]:
    """The recipe's name in one of the usual styles, and how other names look beside it."""
    style = rng.choice((_snake, _pascal, _pascal, _camel))
    return style(words), _camel if style is _camel else _snake


def _snake(words: str) -> str:
    return words


def _pascal(words: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in words.split("_"))


def _camel(words: str) -> str:
    first, *others = words.split("_")
    return first + _pascal("_".join(others))
