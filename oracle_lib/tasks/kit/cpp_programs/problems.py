"""Makes a `Problem` of a composed program: the requests in several registers, the contract's driver and its cases."""

import ast
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from oracle_lib import OracleError
from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Cases, Problem
from oracle_lib.tasks.decontamination.functions import refuses_function
from oracle_lib.tasks.kit.cpp import CASES, DRIVER, RARE, Function, Rom, shown
from oracle_lib.tasks.kit.cpp_programs.defects import Defect, defects
from oracle_lib.tasks.kit.cpp_programs.language import BreaksOffError, Code, Record, StepsError, Struct
from oracle_lib.tasks.kit.cpp_programs.pieces import listed
from oracle_lib.tasks.kit.cpp_programs.printing import Manner, cpp_type, parameter_type, print_cpp
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Program
from oracle_lib.verify import CppCase, CppContract

Drawing = Callable[[Choices], Program]
_TURNS = 50


class Call(NamedTuple):
    """The arguments of one call, and what it gives back."""

    arguments: list[Any]
    results: list[Any]


def compose(module: str, subject: str, rng: random.Random, draw: Drawing) -> Problem:
    """A problem that asks to write a function which `draw` composes."""
    return composed(module, subject, rng, draw)[0]


def composed(module: str, subject: str, rng: random.Random, draw: Drawing) -> tuple[Problem, Program, list[Call]]:
    """Such a problem, the program, and the calls that are its cases."""
    program, calls, _ = _drawn(module, rng, draw)
    problem = _problem(
        module,
        subject,
        program,
        calls,
        task=Task.API,
        instructions=requests(program, calls, rng),
        references=(print_cpp(program.code, Manner.drawn(rng)),),
        parameters={"program": _anonymous(program.code)},
    )
    return problem, program, calls


def repair(module: str, subject: str, rng: random.Random, draw: Drawing) -> Problem:
    """A problem that asks to mend such a function, with one defect that shows in a call."""
    for _ in range(_TURNS):
        program, calls, _ = _drawn(module, rng, draw)
        found = _broken(program, calls, rng)
        if found is None:
            continue
        defect, call, seen = found
        manner = Manner.drawn(rng)
        broken, mended = print_cpp(defect.code, manner), print_cpp(program.code, manner)
        if broken == mended:
            continue
        where = [line.strip() for line in broken.splitlines() if line not in mended.splitlines()]
        line = f" The line is `{where[0]}`." if where else ""
        return _problem(
            module,
            subject,
            program,
            calls,
            task=Task.FIX,
            instructions=_complaints(program, call, seen),
            input=f"```cpp\n{broken.strip()}\n```",
            references=(mended,),
            explanation=f"The mistake: {defect.diagnosis}.{line}",
            parameters={"program": _anonymous(program.code), "broken": broken},
        )
    raise OracleError(f"{module} finds no defect that shows")


def change(module: str, subject: str, rng: random.Random, draw: Drawing) -> Problem:
    """A problem that asks to change such a function where one of its requirements has changed."""
    for _ in range(_TURNS):
        program, _, choices = _drawn(module, rng, draw)
        names = list(choices.made)
        rng.shuffle(names)
        for name in names[:_TRIED]:
            taken, count = choices.made[name]
            otherwise = {name: (taken + rng.randrange(1, count)) % count} if count > 1 else {}
            other = _renamed(draw(Choices(choices.seed, otherwise)), program.code.name)
            if not _changes(program, other):
                continue
            calls = [Call(given, other.code.run(given)) for given in _arguments(other, rng)]
            if not _telling(other, calls) or not any(_differs(program, call) for call in calls):
                continue
            manner = Manner.drawn(rng)
            return _problem(
                module,
                subject,
                other,
                calls,
                task=Task.API,
                instructions=_orders(program, other, _news(program, other), calls),
                input=f"```cpp\n{print_cpp(program.code, manner).strip()}\n```",
                references=(print_cpp(other.code, manner),),
                parameters={"program": _anonymous(other.code), "from": _anonymous(program.code)},
            )
    raise OracleError(f"{module} finds no requirement that can change")


_TRIED = 6
"""How many choices of a program are made otherwise before another program is drawn."""


def _problem(module: str, subject: str, program: Program, calls: Sequence[Call], **rest: Any) -> Problem:
    function = signature(program.code)

    def fresh(rng: random.Random, count: int) -> tuple[CppCase, ...]:
        given = [program.arguments(rng) for _ in range(count)]
        return tuple(case_of(Call(arguments, program.code.run(arguments))) for arguments in given)

    contract = CppContract(
        signature=function.signature,
        driver=driver(function, program.code.structs),
        cases=tuple(map(case_of, calls)),
    )
    family = module.rpartition(".")[2]
    return Problem(family=family, subject=subject, domain=Domain.YAZE, contract=contract, oracle=Cases(fresh), **rest)


def _drawn(module: str, rng: random.Random, draw: Drawing) -> tuple[Program, list[Call], Choices]:
    """A program with calls that tell it from others."""
    for _ in range(_TURNS):
        choices = Choices(rng.getrandbits(48))
        program = draw(choices)
        calls = [Call(given, program.code.run(given)) for given in _arguments(program, rng)]
        types = [cpp_type(kind) for _, kind in program.code.parameters]
        if _telling(program, calls) and not refuses_function(types, partial(_prints, program), module):
            return program, calls, choices
    raise OracleError(f"{module} draws programs whose results never differ, or that a held-out family has as well")


def _prints(program: Program, arguments: list[Any]) -> str:
    """What the driver prints for a call."""
    return "".join(map(printed, program.code.run(arguments)))


def _arguments(program: Program, rng: random.Random) -> list[list[Any]]:
    return [program.arguments(rng) for _ in range(CASES + RARE)]


def _telling(program: Program, calls: Sequence[Call]) -> bool:
    """Whether the calls have several results; a bool has but two."""
    results = {"".join(map(printed, call.results)) for call in calls}
    return len(results) > (1 if cpp_type(program.code.returns) == "bool" else 2)


def _anonymous(code: Code) -> str:
    return re.sub(rf"\b{code.name}\b", "f", code.source)


def _broken(program: Program, calls: Sequence[Call], rng: random.Random) -> tuple[Defect, Call, list[Any]] | None:
    """A defect that shows in a call which still returns, that call, and what it gives back then."""
    for defect in islice(defects(program.code, rng), 20):
        for call in sorted(calls, key=lambda call: len(_sent_all(call.arguments))):
            try:
                seen = defect.code.run(call.arguments)
            except BreaksOffError:
                continue
            except StepsError:
                break
            if list(map(printed, seen)) != list(map(printed, call.results)):
                return defect, call, seen
    return None


def _differs(program: Program, call: Call) -> bool:
    """Whether the program does something else with these arguments."""
    try:
        return list(map(printed, program.code.run(call.arguments))) != list(map(printed, call.results))
    except (StepsError, BreaksOffError):
        return True


def _renamed(program: Program, name: str) -> Program:
    source = re.sub(rf"\b{program.code.name}\b", name, program.code.source)
    return replace(program, code=Code(source, program.code.structs))


def _changes(old: Program, new: Program) -> bool:
    """Whether the two are called alike, and what is asked of them differs in one or two sentences."""
    if signature(old.code) != signature(new.code) or old.code.structs != new.code.structs:
        return False
    return 1 <= len({old.does, *old.rules} ^ {new.does, *new.rules}) <= 4


def _news(old: Program, new: Program) -> list[str]:
    """What the new one asks for that the old one did not."""
    said = [rule for rule in new.rules if rule not in old.rules]
    return said if new.does == old.does else [f"It {new.does}.", *said]


def signature(code: Code) -> Function:
    return Function(
        cpp_type(code.returns), code.name, tuple((parameter_type(kind), name) for name, kind in code.parameters)
    )


def case_of(call: Call) -> CppCase:
    return CppCase(stdin=_sent_all(call.arguments), stdout="".join(map(printed, call.results)))


def sent(value: Any) -> str:
    """An argument as the driver reads it."""
    if isinstance(value, Record):
        return " ".join(sent(part) for part in vars(value).values())
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Rom):
        return value.recipe
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
    return shown(list(value) if isinstance(value, list) else value)


def requests(program: Program, calls: Sequence[Call], rng: random.Random) -> tuple[str, ...]:
    """The request in several registers: sentences, a list, the hexadecimal of hackers, an example, Python and pseudocode."""
    function = signature(program.code)
    plain, exactly, called, declared = function.ask()
    does, rules, asked = program.does, program.rules, f"`{function.signature}`"
    opening = rng.choice(
        (
            f"Write a C++ function that {does}.",
            f"I need a C++ function that {does}.",
            f"For a ROM editor, write a function that {does}.",
            f"Please implement a function that {does}.",
            f"My editor needs a C++ function that {does}.",
        )
    )
    structs = "".join(map(_struct_said, program.code.structs))
    shown_call = example(program, calls)
    heading = program.topic[:1].upper() + program.topic[1:]
    hacker = re.sub(r"\b0x([0-9A-F]+)", r"$\1", _joined(f"{heading}: it {does}.", *rules))
    return (
        _joined(opening, *rules, plain),
        f"Write {asked} in C++:\n{_points(program)}",
        _joined(hacker, called),
        _joined(opening, *rules, shown_call, exactly),
        f"Port this Python function to C++, as {asked}.{structs}\n\n```python\n{program.code.python}\n```",
        f"{asked}\n\n{_joined(f'Behaviour: {does}.', *rules, shown_call)} Only this function, no main.",
        f"{heading}. {declared}\n{_points(program)}",
        f"Turn this pseudocode into C++, as {asked}.{structs}\n\n```\n{_pseudocode(program.code.python)}\n```",
    )


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _points(program: Program) -> str:
    return "\n".join(f"- {rule}" for rule in [f"It {program.does}.", *program.rules])


def _pseudocode(python: str) -> str:
    """Python in the words of somebody who writes none."""
    for pattern, words in _WORDS:
        python = re.sub(pattern, words, python, flags=re.MULTILINE)
    return python


_WORDS = (
    (r"^def (\w+)\((.*)\):$", r"function \1(\2)"),
    (r"^(\s*)def (\w+)\((.*)\):$", r"\1define \2(\3)"),
    (r"for (\w+) in range\((.*), -1, -1\):$", r"for \1 from \2 down to 0"),
    (r"for (\w+) in range\((.*), (.*), (\d+)\):$", r"for \1 from \2 to below \3 in steps of \4"),
    (r"for (\w+) in range\(([^,]*), ([^,]*)\):$", r"for \1 from \2 to below \3"),
    (r"for (\w+) in range\(([^,]*)\):$", r"for \1 from 0 to below \2"),
    (r"for (\w+) in (\w+):$", r"for each \1 of \2"),
    (r"\belif (.*):$", r"else if \1 then"),
    (r"\bif (.*):$", r"if \1 then"),
    (r"\bwhile (.*):$", r"while \1"),
    (r"\belse:$", "else"),
    (r"len\((\w+)\)", r"size of \1"),
    (r"(\w+)\.append\((.*)\)$", r"append \2 to \1"),
    (r"(\w+)\.extend\((.*)\)$", r"append all of \2 to \1"),
    (r"^(\s*)([\w.\[\] +*-]+) = ", r"\1\2 := "),
)


def _struct_said(struct: Struct) -> str:
    fields = listed([f"`{cpp_type(ast.parse(kind, mode='eval').body)} {name}`" for kind, name in struct.fields])
    return f" `{struct.name}` is a struct of {fields}, in this order; define it too."


def example(program: Program, calls: Sequence[Call]) -> str:
    """One call and its result in words, a short one that returns something; empty where that would be long."""
    call = min(calls, key=lambda call: (not any(call.results), abs(len(_sent_all(call.arguments)) - 40)))
    said = arguments_told(program, call)
    return f"For example, with {said} {_outcome(program, call.results)}." if said else ""


_LONG = 300
"""Characters of arguments that nobody would write down."""


def arguments_told(program: Program, call: Call) -> str:
    """The arguments in words; empty where they are long."""
    if len(_sent_all(call.arguments)) > _LONG or any(isinstance(value, Rom) for value in call.arguments):
        return ""
    names = [name for name, _ in program.code.parameters]
    return ", ".join(f"`{name}` = {literal(value)}" for name, value in zip(names, call.arguments, strict=True))


def _outcome(program: Program, results: Sequence[Any]) -> str:
    parts = [] if program.code.returns is None else [f"the result is {literal(results[0])}"]
    changed = [name for name, kind in program.code.parameters if cpp_type(kind).endswith("&")]
    values = results[len(parts) :]
    return " and ".join([*parts, *(f"`{n}` becomes {literal(v)}" for n, v in zip(changed, values, strict=True))])


def _complaints(program: Program, call: Call, seen: Sequence[Any]) -> tuple[str, ...]:
    """What somebody says whose function does not do what it must."""
    rules, said = (f"It {program.does}.", *program.rules), arguments_told(program, call)
    wrong, right = (_outcome(program, results) if said else "" for results in (seen, call.results))
    shown = f"With {said} {wrong}; right would be: {right}." if said else ""
    return (
        _joined("This function has a bug.", shown, *rules, "Find the mistake and give me the corrected function."),
        f"Please fix my C++ function. This is what it should do:\n{_points(program)}",
        _joined("What is wrong here?", shown, "Specification:", *rules),
        _joined("A test of this function fails.", shown, "Correct it, keep the signature.", *rules),
    )


def _orders(old: Program, new: Program, said: Sequence[str], calls: Sequence[Call]) -> tuple[str, ...]:
    """What somebody says who wants the old function to become the new one."""
    lost = [rule for rule in old.rules if rule not in new.rules]
    so_far = lost or [f"It {old.does}."]
    now = said or [f"This no longer holds: {' '.join(lost)}"]
    return (
        _joined("Change this function. So far:", *so_far, "From now on:", *now),
        f"This is my function. The requirements have changed; it should now be so:\n{_points(new)}",
        _joined(
            f"I have this function, which {old.does}.",
            *old.rules,
            "Now I need it otherwise:",
            *now,
            "Keep the signature.",
        ),
        _joined("Please adapt the function below, keeping its signature. New:", *now, example(new, calls)),
    )


def _sent_all(arguments: Sequence[Any]) -> str:
    return " ".join(map(sent, arguments))


def literal(value: Any) -> str:
    """A value as people write it."""
    if value is None:
        return "`std::nullopt`"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return repr(value).replace("'", '"')
    if isinstance(value, Record):
        return f"({value})"
    return f"[{', '.join(map(literal, value))}]"


def driver(function: Function, structs: Sequence[Struct]) -> str:
    """The program that calls the function and prints what it gives back."""
    return DRIVER + _TEXTS + "".join(map(_struct_driver, structs)) + function.main


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
template <> struct Reader<std::vector<std::string>> {
  static std::vector<std::string> read() {
    std::vector<std::string> texts(static_cast<size_t>(number()));
    for (std::string &one : texts) one = Reader<std::string>::read();
    return texts;
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
