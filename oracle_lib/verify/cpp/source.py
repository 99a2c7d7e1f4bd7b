"""Puts an untrusted answer, its contract's declaration and the driver together into one translation unit.

Language models write the right function in the wrong namespace and include the headers of a project that is not here.
Where a unit does not compile, `second` makes another one without such differences. Nothing is compiled or run here.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oracle_lib.verify.contract import CppContract
from oracle_lib.verify.cpp.toolchain import MAX_COMPLAINTS, offered

_OFFERED = "the headers of C++23 that need no files, threads or processes, absl/status, absl/strings and util/macro.h"
_MISSING = re.compile(r"^(\S+?:\d+):\d+: (?:fatal )?error: '([^']*)' file not found$")
_STILL_OPEN = re.compile(
    r"^signature:\d+:\d+: error: (?:expected|namespaces can only be defined)|^driver\.cpp:\d+:\d+: error: expected '}'"
)
_OTHER_TYPE = re.compile(
    r"^signature:.*'decltype\(contract::(\w+)\) \*const' \(aka '([^']*)'\) with an rvalue of type '([^']*)"
)
_PROJECT_HEADER = re.compile(
    r'^[ \t]*#[ \t]*include[ \t]*"((?:[\w.+-]+/)*[\w.+-]+\.(?:h|hh|hpp|hxx|inc|inl))"[^\n]*', re.MULTILINE
)
_FILE_OR_THREAD = re.compile(r"'(std::)?(basic_[io]?f|[io]?f|j?thread|mutex|filesystem|async)")
_NO_FUNCTION = {"decltype", "noexcept", "alignas", "explicit", "requires", "__attribute__", "__declspec"}
_QUALIFIED = re.compile(r"((?:\w+\s*::\s*)*)(\w+)\s*\(")


class _Declaration(NamedTuple):
    """What a signature declares: `text` does so outside of its `namespace` (empty: the global one)."""

    text: str
    namespace: str
    name: str

    @property
    def plain(self) -> bool:
        """Whether it is a function whose type and address can be compared, which no template's or member's can."""
        return not re.match(r"template\b", self.text) and not re.search(r"\)\s*(const|volatile|&)[^()]*$", self.text)


def unit(text: str, contract: CppContract, between: str = "") -> str:
    """The translation unit. The answer's own `main` is renamed; its function must convert to the declared one."""
    declared = _declaration(contract.signature)
    parts = [
        f'#define main main_of_the_answer\n#line 1 "answer.cpp"\n{text}\n\n#undef main\n#line 1 "signature"\n{between}'
    ]
    is_member = declared.namespace and re.search(
        rf"\b(?:class|struct|union)\s+{declared.namespace.rpartition('::')[2]}\b", text + contract.driver
    )
    if declared.plain and not is_member:
        path = f"{declared.namespace}::{declared.name}" if declared.namespace else declared.name
        parts.append(
            f"namespace contract {{ {declared.text}; }} "
            f"static decltype(contract::{declared.name}) *const contract_{declared.name} = &{path};\n"
        )
    return f'{"".join(parts)}#line 1 "driver.cpp"\n{contract.driver}\n'


def second(text: str, contract: CppContract, errors: Sequence[str]) -> str | None:
    """The unit to try where `unit` failed with `errors`; None where there is nothing else to try."""
    headers = any(_MISSING.match(line) for line in errors)
    kept = _PROJECT_HEADER.sub(lambda found: found[0] if offered(found[1]) else "", text) if headers else text
    between = _using(text, contract.signature)
    return unit(kept, contract, between) if kept != text or between else None


def explained(errors: Sequence[str], text: str) -> tuple[str, ...]:
    """The compiler's `errors` on the answer `text`, in words where a header is missing, the answer breaks off or its
    function has another type than its contract's."""
    lines: list[str] = []
    for line in errors:
        if missing := _MISSING.match(line):
            line = f"{missing[1]}: there is no {missing[2]}; the sandbox has {_OFFERED}"
        elif _STILL_OPEN.match(line):
            return (*lines, "the answer breaks off: a brace or a parenthesis is still open at its end")
        elif other := _OTHER_TYPE.match(line):
            wanted, given = (re.sub(r"\(\*(?:const)?\)", other[1], kind) for kind in other.groups()[1:])
            line = f"the answer defines {given}, where its contract asks for {wanted}"
        elif line.startswith("driver.cpp:") and lines:
            continue  # what follows from the answer's own mistakes
        lines.append(line)
    headers = [found[1] for found in _PROJECT_HEADER.finditer(text) if not offered(found[1])]
    hint = ""
    if not any(_MISSING.match(line) for line in errors) and headers:
        hint = f"there is no {', '.join(headers)[:120]}; the sandbox has {_OFFERED}"
    elif any(_FILE_OR_THREAD.search(line) for line in errors):
        hint = "the sandbox has no files and no threads"
    return (*lines[: MAX_COMPLAINTS - 1], hint) if hint else tuple(lines[:MAX_COMPLAINTS])


def _declaration(signature: str) -> _Declaration:
    """Takes a signature apart. What stands in angle brackets or attributes, as in `std::function<int(int)>`, is no
    declaration of its own."""
    text = signature.strip().rstrip("; \n")
    masked = re.sub(r"\[\[.*?\]\]|->", lambda found: " " * len(found[0]), text)
    while (inner := re.sub(r"<[^<>]*>", lambda found: " " * len(found[0]), masked)) != masked:
        masked = inner
    found = next(match for match in _QUALIFIED.finditer(masked) if match[2] not in _NO_FUNCTION)
    namespace = re.sub(r"\s", "", found[1]).removesuffix("::")
    return _Declaration(text[: found.start()] + text[found.start(2) :], namespace, found[2])


def _using(text: str, signature: str) -> str:
    """Declarations that carry the signature's names from the namespaces where the answer has them to where they are
    asked for."""
    declared = _declaration(signature)
    words = set(re.findall(r"[A-Za-z_]\w*", signature))
    lines: list[str] = []
    places = set(_places(text, declared.name, words))
    for namespace, name in sorted(places):
        wanted = declared.namespace if name == declared.name else ""
        if namespace == wanted or (wanted, name) in places:
            continue
        line = f"using {namespace}::{name};"
        lines.append(f"namespace {wanted} {{ {line} }}\n" if wanted else f"{line}\n")
    return "".join(lines)


_TOKEN = re.compile(
    r"""
    //[^\n]* | /\*.*?(?:\*/|\Z) | ^[ \t]*\#(?:\\\r?\n|[^\n])*
    | R"([^()\\\s]{0,16})\(.*?\)\1" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
    | (?P<digits> \d[\w']*)
    | (?:inline\s+)?\bnamespace\b (?P<namespace> \s*[\w:]*) \s*(?:\[\[.*?\]\]\s*)?\{
    | (?P<brace> [{}])
    | \b(?:struct|class|union|using|enum(?:\s+(?:class|struct))?)\s+ (?P<type> \w+)
    | (?P<path> (?:\w+\s*::\s*)*) \b(?P<function> \w+) \s*\(
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def _places(text: str, function: str, words: set[str]) -> Iterator[tuple[str, str]]:
    """Where the text declares the function and those types whose names are among the words: (namespace, name) pairs."""
    scopes: list[str | None] = [""]  # None inside of anything but a namespace
    for token in _TOKEN.finditer(text):
        scope = scopes[-1]
        if token["namespace"] is not None:
            name = token["namespace"].strip()
            scopes.append(None if scope is None else f"{scope}::{name}" if name else scope)
        elif token["brace"] == "{":
            scopes.append(None)
        elif token["brace"] == "}" and len(scopes) > 1:
            scopes.pop()
        elif scope is not None and token["type"] in words:
            yield scope, token["type"]
        elif scope is not None and token["function"] == function:
            path = re.sub(r"\s", "", token["path"]).removesuffix("::")
            yield f"{scope}::{path}" if path else scope, function
