"""Makes problems of C++ recipes: functions of one purpose, with the requests that name it. See `tasks/recipes_cpp/`.

Nothing here knows what any recipe does.
"""

import ast
import copy
import random
import re
import textwrap
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from oracle_lib import OracleError
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.tasks.decontamination.functions import refuses_function
from oracle_lib.tasks.kit.bounds import bounded
from oracle_lib.tasks.kit.cpp import CASES, RARE, Function
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError, Struct
from oracle_lib.tasks.kit.cpp_programs.printing import cpp_type
from oracle_lib.tasks.kit.cpp_programs.problems import driver, literal, printed, sent
from oracle_lib.verify import CppCase, CppContract

BUFFER, WORD_BUFFER = "std::vector<uint8_t>&", "std::vector<uint16_t>&"
WORDS = "const std::vector<uint16_t>&"
_TURNS = 60
_LONG = 160
"""More characters of an example's arguments or result nobody writes down."""


class Made(NamedTuple):
    """A recipe's function, and how people ask for it.

    `signature` names the function `@f`. `oracle` takes the arguments as Python has them (numbers, lists, strings,
    records) and returns the result; a list that C++ takes by reference it changes in place. It does not follow `body`.
    """

    signature: str
    body: str
    oracle: Callable[..., Any]
    arguments: Callable[[random.Random], Sequence[Any]]
    asks: Sequence[str]
    structs: Sequence[Struct] = ()


Recipe = Callable[[random.Random], Made]


def of_recipes(module: str, subject: str, rng: random.Random, recipes: Sequence[Recipe]) -> Problem:
    """A problem of one of the recipes, which computes what no held-out family does and has several results."""
    for _ in range(_TURNS):
        recipe = rng.choice(recipes)
        made = recipe(rng)
        function = _function(made.signature, _named(recipe.__name__, rng))
        calls = [made.arguments(rng) for _ in range(CASES + RARE)]
        prints = partial(_prints, made, function)
        with bounded():
            results = set(map(prints, calls))
        if len(results) <= (1 if function.returns == "bool" else 2):
            continue
        if refuses_function([kind for kind, _ in function.parameters], prints, module):
            continue
        code = "".join(f"{_struct(one)}\n" for one in made.structs) + _code(made, function)
        return Problem(
            family=module.rpartition(".")[2],
            subject=subject,
            domain=Domain.YAZE,
            task=Task.API,
            instructions=_instructions(made, function, _example(made, function, calls), rng),
            references=(code,),
            contract=CppContract(
                signature=function.signature,
                driver=driver(function, made.structs),
                cases=tuple(_case(made, function, call) for call in calls),
            ),
            parameters={"recipe": recipe.__name__, "program": re.sub(rf"\b{function.name}\b", "f", code)},
            oracle=Cases(partial(_fresh, made, function)),
        )
    raise OracleError(f"{module}: {_TURNS} draws in a row gave results that never differ, or a held-out family's")


def _fresh(made: Made, function: Function, rng: random.Random, count: int) -> tuple[CppCase, ...]:
    return tuple(_case(made, function, made.arguments(rng)) for _ in range(count))


def _case(made: Made, function: Function, given: Sequence[Any]) -> CppCase:
    return CppCase(stdin=" ".join(map(sent, given)), stdout=_prints(made, function, given))


def _named(words: str, rng: random.Random) -> str:
    """The recipe's name in one of the usual styles."""
    first, *others = words.split("_")
    camel = "".join(map(str.capitalize, others))
    return rng.choice((words, first.capitalize() + camel, first.capitalize() + camel, first + camel))


def _function(signature: str, name: str) -> Function:
    head, _, inside = signature.removesuffix(")").partition("(")
    parts = [one.strip().rpartition(" ") for one in re.split(r",(?![^<]*>)", inside)]
    return Function(head.rpartition(" ")[0], name, tuple((kind, parameter) for kind, _, parameter in parts))


def _code(made: Made, function: Function) -> str:
    body = textwrap.indent(textwrap.dedent(made.body).strip("\n").rstrip(), "  ")
    return f"{function.signature} {{\n{body}\n}}\n"


def _prints(made: Made, function: Function, given: Sequence[Any]) -> str:
    """What the driver prints for a call; `BreaksOffError` for arguments that the recipe says nothing about."""
    try:
        result, *taken = _results(made, given)
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise BreaksOffError(str(error)) from error
    changed = [
        one
        for one, (kind, _) in zip(taken, function.parameters, strict=True)
        if kind.endswith("&") and not kind.startswith("const ")
    ]
    results = changed if function.returns == "void" else [result, *changed]
    return "".join(printed(_plain(one)) for one in results)


def _results(made: Made, given: Sequence[Any]) -> list[Any]:
    """What the oracle returns, and what it leaves in the arguments."""
    taken = [list(copy.deepcopy(one)) if isinstance(one, bytes | list | tuple) else one for one in given]
    return [made.oracle(*taken), *taken]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, bytes | bytearray | tuple) else value


def _struct(struct: Struct) -> str:
    fields = "".join(f"  {_type(kind)} {name};\n" for kind, name in struct.fields)
    return f"struct {struct.name} {{\n{fields}}};\n"


def _type(kind: str) -> str:
    return cpp_type(ast.parse(kind, mode="eval").body)


def _example(made: Made, function: Function, calls: Sequence[Sequence[Any]]) -> str:
    """A call and its result in words, a short one that returns something; empty where there is none."""
    if function.returns == "void":
        return ""
    told = []
    for call in calls:
        result = _plain(_results(made, call)[0])
        given = ", ".join(
            f"`{name}` = {literal(_plain(one))}" for (_, name), one in zip(function.parameters, call, strict=True)
        )
        quoted = any(isinstance(one, str) and set(one) & set("\"'\\\n") for one in [*call, result])
        if not quoted and len(given) <= _LONG and len(literal(result)) <= _LONG:
            told.append((not result, abs(len(given) - 30), f" For example, {given} gives {literal(result)}."))
    return min(told)[-1] if told else ""


def _instructions(made: Made, function: Function, example: str, rng: random.Random) -> tuple[str, ...]:
    """Each request with the signature and the structs, and one with an example as well."""
    asked = f"`{function.signature}`"
    behind = [
        f"Signature: {asked}.",
        f"Use exactly this signature: {asked}.",
        f"I call it as {asked}.",
        f"Declare it as {asked}, plain C++17.",
        f"The function: {asked}.",
        f"As {asked}, please.",
        f"{asked}, no main.",
    ]
    rng.shuffle(behind)
    said = "".join(
        f" `{one.name}` is a struct of "
        + ", ".join(f"`{_type(kind)} {name}`" for kind, name in one.fields)
        + " in this order; define it too."
        for one in made.structs
    )
    asks = [ask if ask.endswith((".", "?", "!", ".)")) else f"{ask}." for ask in made.asks]
    told = [f"{ask} {tone}{said}" for ask, tone in zip(asks, behind, strict=False)]
    told[-1] = f"{asked}: {asks[len(told) - 1]}{said}"
    told[rng.randrange(len(told))] += example
    return tuple(rng.sample(told, len(told)))
