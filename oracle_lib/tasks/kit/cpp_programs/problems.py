"""Makes a `Problem` of a composed program: the requests in several registers, the contract's driver and its cases."""

import random
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from oracle_lib import OracleError
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.tasks.decontamination.functions import refuses_function
from oracle_lib.tasks.kit.cpp import CASES, DRIVER, RARE, Function
from oracle_lib.tasks.kit.cpp_programs.language import Code, Record, Struct
from oracle_lib.tasks.kit.cpp_programs.printing import Manner, cpp_type, definition, parameter_type, print_cpp
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Program
from oracle_lib.verify import CppCase, CppContract

Drawing = Callable[[Choices], Program]
_TURNS = 50


def compose(module: str, subject: str, rng: random.Random, draw: Drawing) -> Problem:
    """A problem that asks to write a function which `draw` composes."""
    for _ in range(_TURNS):
        choices = Choices(rng.getrandbits(48))
        program = draw(choices)
        calls = [program.arguments(rng) for _ in range(CASES + RARE)]
        if telling(program, calls) and not refuses_function(program.code, partial(shown, program), module):
            break
    else:
        raise OracleError(f"{module} draws programs whose results never differ, or that a held-out family has as well")
    manner = Manner.drawn(rng)
    return Problem(
        family=module.rpartition(".")[2],
        subject=subject,
        domain=Domain.YAZE,
        task=Task.API,
        instructions=requests(program, calls, rng),
        references=(print_cpp(program.code, manner),),
        contract=contract(program, calls),
        parameters={"program": re.sub(rf"\b{program.code.name}\b", "f", program.code.source)},
        oracle=fresh(program),
    )


def telling(program: Program, calls: list[list[Any]]) -> bool:
    """Whether the calls show what the function does: several results, and not what was handed in."""
    results = {shown(program, call) for call in calls}
    return len(results) > 2 or (len(results) == 2 and getattr(program.code.returns, "id", "") == "bool")


def fresh(program: Program) -> Cases:
    """The oracle that draws further cases."""
    return Cases(lambda rng, count: tuple(case(program, program.arguments(rng)) for _ in range(count)))


def contract(program: Program, calls: list[list[Any]]) -> CppContract:
    function = signature(program.code)
    return CppContract(
        signature=function.signature,
        driver=DRIVER + _TEXTS + "".join(map(_struct_driver, program.code.structs)) + function.main,
        cases=tuple(case(program, call) for call in calls),
    )


def signature(code: Code) -> Function:
    return Function(
        cpp_type(code.returns), code.name, tuple((parameter_type(kind), name) for name, kind in code.parameters)
    )


def case(program: Program, call: list[Any]) -> CppCase:
    return CppCase(stdin=" ".join(map(sent, call)), stdout=shown(program, call))


def shown(program: Program, call: list[Any]) -> str:
    """What the driver prints for the call."""
    return "".join(printed(result) for result in program.code.run(call))


def sent(value: Any) -> str:
    """An argument as the driver reads it."""
    if isinstance(value, Record):
        return " ".join(sent(part) for part in vars(value).values())
    if isinstance(value, int):
        return str(int(value))
    items = [ord(letter) for letter in value] if isinstance(value, str) else list(value)
    return " ".join([str(len(items)), *map(sent, items)])


def printed(value: Any) -> str:
    """A result as the driver prints it."""
    if value is None:
        return "none\n"
    if isinstance(value, Record):
        return "".join(printed(part) for part in vars(value).values())
    if isinstance(value, int):
        return f"{int(value)}\n"
    if isinstance(value, str):
        value = [ord(letter) for letter in value]
    if value and isinstance(value[0], (Record, list, tuple, str)):
        return f"{len(value)} elements\n" + "".join(map(printed, value))
    return f"[{' '.join(str(int(part)) for part in value)}]\n"


def requests(program: Program, calls: list[list[Any]], rng: random.Random) -> tuple[str, ...]:
    """The request in several registers: a sentence, a list, an example, Python to be translated."""
    function = signature(program.code)
    tones = function.ask()
    does, rules = program.does, list(program.rules)
    prose = " ".join(rules)
    opening = rng.choice(
        (
            f"Write a C++ function that {does}.",
            f"I need a C++ function that {does}.",
            f"For a ROM editor, write a function that {does}.",
        )
    )
    points = "\n".join(f"- {rule}" for rule in [f"It {does}.", *rules])
    structs = "".join(f"\n\n```cpp\n{definition(struct).strip()}\n```" for struct in program.code.structs)
    own = " Define the struct too." if structs else ""
    shown_call = example(program, calls)
    head = program.layout or program.topic
    return (
        f"{opening} {prose} {tones[0]}".replace("  ", " "),
        f"Write `{function.signature}` in C++:\n{points}{structs}",
        f"{head[0].upper()}{head[1:]} helper for my editor: it {does}. {prose} {tones[2]}{structs}".replace("  ", " "),
        f"{opening} {prose} {shown_call} {tones[1]}".replace("  ", " "),
        f"Port this Python function to C++, as `{function.signature}`.{own}{structs}\n\n```python\n{program.code.python}\n```",
        f"`{function.signature}`\n\nBehaviour: {does}. {prose} {shown_call} Only this function, no main.".replace(
            "  ", " "
        ),
    )


def example(program: Program, calls: list[list[Any]]) -> str:
    """One call and its result in words, the shortest that returns something."""
    results = {index: program.code.run(call) for index, call in enumerate(calls)}
    index = min(results, key=lambda i: (not any(results[i]), abs(len(sent_all(calls[i])) - 40)))
    given = ", ".join(
        f"`{name}` = {_literal(value)}" for (name, _), value in zip(program.code.parameters, calls[index], strict=True)
    )
    if len(given) > 300:
        return ""
    result, *changed = results[index]
    if program.code.returns is None:
        return f"For example, {given} becomes {_literal(result)}."
    return f"For example, with {given} the result is {_literal(result)}" + (
        f" and the argument becomes {_literal(changed[0])}." if changed else "."
    )


def sent_all(call: list[Any]) -> str:
    return " ".join(map(sent, call))


def _literal(value: Any) -> str:
    if value is None:
        return "`std::nullopt`"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return repr(value).replace("'", '"')
    if isinstance(value, Record):
        return f"({value})"
    return f"[{', '.join(map(_literal, value))}]"


def _struct_driver(struct: Struct) -> str:
    """How the driver reads and prints a struct, and vectors of it."""
    name = struct.name
    reads = " ".join(f"value.{field} = Reader<decltype(value.{field})>::read();" for _, field in struct.fields)
    shows = " ".join(f"show(value.{field});" for _, field in struct.fields)
    return (
        f"template <> struct Reader<{name}> {{\n  static {name} read() {{\n    {name} value{{}};\n    {reads}\n    return value;\n  }}\n}};\n"
        f"static void show(const {name} &value) {{ {shows} }}\n"
        f"static void show(const std::vector<{name}> &values) {{\n"
        f'  if (values.empty()) return text("[]\\n");\n  digits(values.size()), text(" elements\\n");\n'
        f"  for (const {name} &value : values) show(value);\n}}\n"
        f'static void show(const std::optional<{name}> &value) {{\n  if (value) show(*value);\n  else text("none\\n");\n}}\n'
    )


_TEXTS = """\
template <> struct Reader<std::string> {
  static std::string read() {
    std::string letters(static_cast<size_t>(number()), ' ');
    for (char &letter : letters) letter = static_cast<char>(number());
    return letters;
  }
};
static void show(const std::string &letters) {
  elements(std::vector<uint8_t>(letters.begin(), letters.end()));
}
static void show(const std::optional<std::string> &value) {
  if (value) show(*value);
  else text("none\\n");
}
static void show(const std::vector<std::string> &values) {
  if (values.empty()) return text("[]\\n");
  digits(values.size()), text(" elements\\n");
  for (const std::string &value : values) show(value);
}
"""
