"""Puts an untrusted answer, its contract's declaration and the driver together into one translation unit.

Language models write the right function in the wrong namespace, include headers that are not here, and take a vector by
value. Where a unit does not compile, `Unit.mended` makes another one without such a difference. Nothing is compiled or
run here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from oracle_lib.verify.contract import CppContract
from oracle_lib.verify.cpp.toolchain import MAX_COMPLAINTS, offered

_OFFERED = "the headers of C++23 that need no files, threads or processes, absl/status, absl/strings and util/macro.h"
_MISSING = re.compile(r"^(\S+?:\d+):\d+: (?:fatal )?error: '([^']*)' file not found$")
_UNKNOWN = re.compile(r"^signature:.*error: (?:use of undeclared identifier|no member named|no type named) '(\w+)'")
_NO_MATCH = re.compile(r"^signature:.*error: address of overloaded function '\w+' does not match required type")
_AMBIGUOUS = re.compile(r"^(?:signature|driver\.cpp):.*'(?:\w+::)*(\w+)' is ambiguous$")
_UNDEFINED = re.compile(r"^wasm-ld.*: undefined symbol: (([^(]*?)(?:\(.*)?)$")
_DUPLICATE = re.compile(r"^wasm-ld.*: duplicate symbol: (.*)$")
_STILL_OPEN = re.compile(
    r"^signature:\d+:\d+: error: (?:expected|namespaces can only be defined)|^driver\.cpp:\d+:\d+: error: expected '}'"
)
_OTHER_TYPE = re.compile(
    r"^signature:.*'decltype\(contract::(\w+)\) \*const' \(aka '([^']*)'\) with an rvalue of type '([^']*)"
)
_HEADER = re.compile(
    r"""^[ \t]*\#[ \t]*include[ \t]*
    (?:"(?P<project>(?:[\w.+-]+/)*[\w.+-]+\.(?:h|hh|hpp|hxx|inc|inl))" | <(?P<standard>\w+)>)[^\n]*""",
    re.MULTILINE | re.VERBOSE,
)
_FILE_OR_THREAD = re.compile(
    r"'(?:std::)?(?:(?:basic_)?[io]?f(?:stream|ilebuf)|j?thread|this_thread|\w*mutex|lock_guard|\w+_lock|future|filesystem|async)\b"
)
_NO_FUNCTION = {"decltype", "noexcept", "alignas", "explicit", "requires", "__attribute__", "__declspec"}
_QUALIFIED = re.compile(r"((?:\w+\s*::\s*)*)(\w+)\s*\(")


# Words of a driver that may be macros of the library's, which it needs.
_LIBRARY_MACRO = re.compile(r"[A-Z_][A-Z0-9_]+|__\w+|assert|defined|errno|offsetof|va_\w+")


class _Declaration(NamedTuple):
    """What a signature declares: `text` does so outside of its `namespace` (empty: the global one)."""

    text: str
    namespace: str
    name: str

    @property
    def plain(self) -> bool:
        """Whether it is a function whose type and address can be compared, which no template's or member's can."""
        return not re.match(r"template\b", self.text) and not re.search(r"\)\s*(const|volatile|&)[^()]*$", self.text)


@dataclass(frozen=True)
class Unit:
    """The answer with what the contract puts after it; `between` stands before the check of the function's type.

    `converts` asks for less than the declared type: that a call with the declared parameters loses nothing.
    """

    answer: str
    contract: CppContract
    between: str = ""
    converts: bool = False

    @property
    def text(self) -> str:
        """What is compiled. The answer's own `main` is renamed, and its macros leave the driver's words alone."""
        declared = _declaration(self.contract.signature)
        rest = self.between
        is_member = declared.namespace and re.search(
            rf"\b(?:class|struct|union)\s+{declared.namespace.rpartition('::')[2]}\b",
            self.answer + self.contract.driver,
        )
        if self.converts:
            through = f"oracle_call::through<decltype(contract::{declared.name}), &::{declared.name}>"
            rest += (
                f"namespace contract {{ {declared.text}; }} template struct {through};\n"
                f"#define {declared.name} {through}::call\n"
            )
        elif declared.plain and not is_member:
            path = f"{declared.namespace}::{declared.name}" if declared.namespace else declared.name
            rest += (
                f"namespace contract {{ {declared.text}; }} "
                f"static decltype(contract::{declared.name}) *const contract_{declared.name} = &{path};\n"
            )
        rest += f'#line 1 "driver.cpp"\n{self.contract.driver}\n'
        words = sorted(set(re.findall(r"\b[A-Za-z_]\w*", rest)))
        freed = "".join(f"#undef {word}\n" for word in words if not _LIBRARY_MACRO.fullmatch(word))
        return (
            f'#define main main_of_the_answer\n#line 1 "answer.cpp"\n{self.answer}\n\n'
            f'#undef main\n{freed}#line 1 "signature"\n{rest}'
        )

    def mended(self, errors: Sequence[str]) -> "Unit | None":
        """The unit to try where this one failed with `errors`; None where there is nothing else to try."""
        declared = _declaration(self.contract.signature)
        if any(line.startswith("signature:") and "'decltype(contract::" in line for line in errors):
            return None if self.converts or declared.namespace else replace(self, converts=True)
        headers = any(_MISSING.match(line) for line in errors)
        answer = _HEADER.sub(lambda found: found[0] if _there(found) else "", self.answer) if headers else self.answer
        other = replace(self, answer=answer, between=_using(answer, self.contract.signature))
        return None if other == self else other


def explained(errors: Sequence[str], text: str, contract: CppContract) -> tuple[str, ...]:
    """The compiler's and the linker's `errors` on the answer `text`, in words where a header is missing, the answer
    breaks off, or its function is missing, ambiguous or of another type than its contract's."""
    declared = _declaration(contract.signature)
    lines: list[str] = []
    for line in errors:
        if missing := _MISSING.match(line):
            line = f"{missing[1]}: there is no {missing[2]}; the sandbox has {_OFFERED}"
        elif _STILL_OPEN.match(line):
            return (*lines, "the answer breaks off: a brace or a parenthesis is still open at its end")
        elif other := _OTHER_TYPE.match(line):
            wanted, given = (re.sub(r"\(\*(?:const)?\)", other[1], kind) for kind in other.groups()[1:])
            line = f"the answer defines {given}, where its contract asks for {wanted}"
        elif (unknown := _UNKNOWN.match(line)) and unknown[1] in (declared.name, *declared.namespace.split("::")):
            if not lines:
                return (_undefined(text, declared.name),)
            continue  # what follows from the answer's own mistakes
        elif (twice := _AMBIGUOUS.match(line)) and twice[1] == declared.name:
            return (*lines, f"{declared.name} is ambiguous: the answer has more than one, in different namespaces")
        elif _NO_MATCH.match(line):
            line = f"no {declared.name} of the answer is {declared.text}, for which its contract asks"
        elif lacks := _UNDEFINED.match(line):
            line = f"the answer calls {lacks[1]}, which neither it nor the sandbox defines"
            if lacks[2].rpartition("::")[2] == declared.name:
                line = f"the answer declares {declared.name} but does not define it"
        elif again := _DUPLICATE.match(line):
            line = f"the answer defines {again[1]}, which the library defines already"
        elif line.startswith("driver.cpp:") and lines:
            continue  # what follows from the answer's own mistakes
        lines.append(line)
    headers = [found["project"] for found in _HEADER.finditer(text) if found["project"] and not _there(found)]
    hint = ""
    if not any(_MISSING.match(line) for line in errors) and headers:
        hint = f"there is no {', '.join(headers)[:120]}; the sandbox has {_OFFERED}"
    elif any(_FILE_OR_THREAD.search(line) for line in errors):
        hint = "the sandbox has no files and no threads"
    return (*lines[: MAX_COMPLAINTS - 1], hint) if hint else tuple(lines[:MAX_COMPLAINTS])


def _there(header: re.Match[str]) -> bool:
    return offered(header["project"] or header["standard"])


def _undefined(text: str, name: str) -> str:
    said = f"the answer does not define {name}"
    others = {found.name for found in _found(text) if found.kind == "definition"} - {"main"}
    if name not in others and re.search(rf"[\w>][\s*&]+{name}\s*{_BODY}", text):
        return f"{said} outside of a class"
    others.discard(name)
    return f"{said}; it defines {others.pop()}" if len(others) == 1 else said


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
    places = {
        (found.namespace, found.name)
        for found in _found(text)
        if found.name in (words if found.kind == "type" else (declared.name,))
    }
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
    | R"([^()\\\s]{0,16})\((?:.*?\)\1"|.*\Z) | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
    | (?P<digits> \d[\w']*)
    | (?:inline\s++)?\bnamespace\b (?P<namespace> \s*+[\w:]*+) \s*+(?:\[\[.*?\]\]\s*)?\{
    | (?P<brace> [{}])
    | \b(?:struct|class|union|using|enum(?:\s+(?:class|struct))?)\s+ (?P<type> \w+)
    | (?<![\w:]) (?P<path> (?:\w++\s*+::\s*+)*+) (?P<function> \w++) \s*+\(
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


# What follows a function's name where it is defined, within bounds that keep a hostile text from taking long.
_BODY = r"\([^;{}]{0,500}\)[^;{}()=]{0,200}\{"


class _Found(NamedTuple):
    namespace: str
    name: str
    kind: Literal["type", "definition", "declaration"]


def _found(text: str) -> Iterator[_Found]:
    """The types and functions that the text names outside of every class and function, a call of one included."""
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
        elif scope is not None and token["type"]:
            yield _Found(scope, token["type"], "type")
        elif scope is not None and token["function"]:
            path = re.sub(r"\s", "", token["path"]).removesuffix("::")
            defines = re.compile(_BODY).match(text, token.end() - 1)
            kind: Literal["definition", "declaration"] = "definition" if defines else "declaration"
            yield _Found(f"{scope}::{path}" if path else scope, token["function"], kind)
