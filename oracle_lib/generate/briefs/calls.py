"""Contracts of C++ functions from data: a signature and calls with their results, of which this project writes the
driver itself. Nothing of a teacher's text is ever part of a driver but names and types that were read one by one.

A type is an integer, a bool, a std::string, a std::vector of integers, or a std::optional of an integer as a result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oracle_lib.generate.briefs.forms import CppCall
from oracle_lib.generate.requests import Unusable
from oracle_lib.tasks.kit.cpp import DRIVER, Function, Value, sent, shown
from oracle_lib.verify import CppCase, CppContract

_BITS = {
    **{f"{sign}int{bits}_t": bits for sign in ("", "u") for bits in (8, 16, 32, 64)},
    "bool": 1,
    "char": 8,
    "short": 16,
    "int": 32,
    "unsigned": 32,
    "unsigned int": 32,
    "long long": 64,
    "size_t": 32,
}
"""The integers of a signature and their sizes, as the sandbox (wasm32) has them."""
_UNSIGNED = {"bool", "unsigned", "unsigned int", "size_t"}
_TAKEN = {"main", "number", "digits", "text", "element", "elements", "show", "Reader"}
"""What the driver itself calls something."""
_KEYWORDS = """
alignas alignof and asm auto bool break case catch char class const constexpr continue decltype default delete do double
else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not
nullptr operator or private protected public register return short signed sizeof static struct switch template this
throw true try typedef typename union unsigned using virtual void volatile while xor
"""
_STRINGS = """
template <> struct Reader<std::string> {
  static std::string read() {
    std::vector<uint8_t> held = Reader<std::vector<uint8_t>>::read();
    return std::string(held.begin(), held.end());
  }
};
static void show(const std::string &value) { show(std::vector<uint8_t>(value.begin(), value.end())); }
"""
_SIGNATURE = re.compile(r"(?P<returns>[\w:<> ]+?)\s+(?P<name>[A-Za-z_]\w*)\s*\((?P<parameters>[^()]*)\)\s*;?")
_PARAMETER = re.compile(r"(?P<const>const\s+)?(?P<type>[\w:<> ]+?)\s*(?P<reference>&?)\s*\b(?P<name>[A-Za-z_]\w*)")
_VALUE = re.compile(
    r"""\s*(?:(?P<number>-?(?:0x[0-9A-Fa-f]{1,16}|[0-9]{1,19}))|(?P<word>true|false|none)
    |"(?P<text>(?:[^"\\]|\\["\\nt0])*)"|\[(?P<list>[^\[\]]*)\])\s*(?:,|\Z)""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "0": "\0"}
_MOST_PARAMETERS = 6


@dataclass(frozen=True)
class _Type:
    """A type by its parts: what it is made of, and whether values of it are several (`vector`), text or may be none."""

    element: str
    shape: str = ""

    @property
    def written(self) -> str:
        return {"": self.element, "string": "std::string"}.get(self.shape, f"std::{self.shape}<{self.element}>")

    def default(self) -> Value:
        return 0 if not self.shape else None if self.shape == "optional" else b""

    def check(self, value: "Value | str") -> Value:
        """The value as one of this type. Raises `Unusable` where it is none."""
        if self.shape == "string":
            if not isinstance(value, str):
                raise Unusable("a case has a value that is no text where the signature has a std::string")
            return value.encode()
        if isinstance(value, str) or (value is None) > (self.shape == "optional"):
            raise Unusable("a case has a value that its type in the signature cannot hold")
        if value is None:
            return None
        elements = [value] if isinstance(value, int) else list(value)
        if isinstance(value, int) == (self.shape == "vector"):
            raise Unusable("a case has one number for a vector, or a list for one number")
        signed = not (self.element in _UNSIGNED or self.element.startswith("u"))
        bits = min(_BITS[self.element] - signed, 63)
        if not all(-(1 << bits if signed else 0) <= element < 1 << bits for element in elements):
            raise Unusable("a case has a number that its type in the signature cannot hold")
        return value if isinstance(value, int) else elements


@dataclass(frozen=True)
class Signature:
    """A function by its declaration: `parameters` are types and names, `outs` the places of those that it changes."""

    function: Function
    returns: _Type | None
    parameters: tuple[_Type, ...]
    outs: tuple[int, ...]


def read_signature(text: str) -> Signature:
    """The function that a declaration declares. Raises `Unusable` for what no driver is written for."""
    found = _SIGNATURE.fullmatch(" ".join(text.split()))
    if not found:
        raise Unusable("the signature is no plain declaration of a function")
    returns = None if found["returns"] == "void" else _read_type(found["returns"], result=True)
    types, written, outs = list[_Type](), list[tuple[str, str]](), list[int]()
    for place, parameter in enumerate(_split(found["parameters"])):
        parts = _PARAMETER.fullmatch(parameter.strip())
        if not parts:
            raise Unusable("the signature has a parameter that is no type and name")
        kind = _read_type(parts["type"])
        types.append(kind)
        if parts["reference"] and not parts["const"]:
            outs.append(place)
        constant = "const " if parts["const"] else ""
        written.append((f"{constant}{kind.written}{parts['reference']}", _name(parts["name"])))
    if not 0 < len(written) <= _MOST_PARAMETERS or len({name for _, name in written}) < len(written):
        raise Unusable("the signature has no parameters, too many, or two of one name")
    if returns is None and not outs:
        raise Unusable("the function gives nothing back")
    function = Function(returns.written if returns else "void", _name(found["name"]), tuple(written))
    return Signature(function, returns, tuple(types), tuple(outs))


def _name(text: str) -> str:
    if text in _TAKEN or text in _KEYWORDS.split():
        raise Unusable("the signature has a name that the driver or the language needs")
    return text


def _read_type(text: str, result: bool = False) -> _Type:
    plain = re.sub(r"\bstd\s*::\s*(?=\w)", "", text).strip()
    shape = re.fullmatch(r"(vector|optional)\s*<\s*([\w ]+?)\s*>", plain)
    if plain == "string":
        return _Type("char", "string")
    kind = _Type(shape[2], shape[1]) if shape else _Type(plain)
    if kind.element not in _BITS or (kind.shape == "optional" and not result) or (kind == _Type("bool", "vector")):
        raise Unusable("the signature has a type that no driver is written for")
    return kind


def _split(parameters: str) -> list[str]:
    return [] if not parameters.strip() else parameters.split(",")


def read_values(text: str) -> list[Value | str]:
    """The values of `0x8000, [1, 2, 3], "text", true, none`. Raises `Unusable` for anything else."""
    values: list[Value | str] = []
    place, text = 0, text.strip()
    while place < len(text):
        found = _VALUE.match(text, place)
        if not found:
            raise Unusable("a case has values that are no numbers, lists, texts or true and false")
        if found["number"]:
            values.append(int(found["number"], 0) if "0x" in found["number"] else int(found["number"]))
        elif found["word"]:
            values.append({"true": 1, "false": 0, "none": None}[found["word"]])
        elif found["text"] is not None:
            values.append(re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), found["text"]))
        else:
            inner = read_values(found["list"])
            if not all(isinstance(element, int) for element in inner):
                raise Unusable("a case has a list of something else than numbers")
            values.append([element for element in inner if isinstance(element, int)])
        place = found.end()
    return values


@dataclass(frozen=True)
class _Call:
    given: tuple[Value, ...]
    wanted: tuple[Value, ...]
    idle: tuple[Value, ...]
    """What a function prints that returns a default value and changes nothing."""


def _read_call(call: CppCall, signature: Signature) -> _Call:
    given = _typed(read_values(call.arguments), signature.parameters)
    outs = [signature.parameters[place] for place in signature.outs]
    changed = _typed(read_values(call.changed), outs)
    results = [signature.returns] if signature.returns else []
    result = _typed(read_values(call.result), results)
    idle = (*(kind.default() for kind in results), *(given[place] for place in signature.outs))
    return _Call(given, (*result, *changed), idle)


def _typed(values: Sequence[Value | str], types: Sequence[_Type]) -> tuple[Value, ...]:
    if len(values) != len(types):
        raise Unusable("a case has more or fewer values than the signature")
    return tuple(kind.check(value) for kind, value in zip(types, values, strict=True))


def function_contract(signature: Signature, cases: Sequence[CppCall], fewest: int) -> CppContract:
    """What the calls say that the function does. Raises `Unusable` where they are fewer than `fewest` different ones,
    where two contradict each other, or where a function that does nothing would do.
    """
    calls = [_read_call(case, signature) for case in cases]
    known: dict[str, str] = {}
    for call in calls:
        given, wanted = " ".join(map(sent, call.given)), "".join(map(shown, call.wanted))
        if known.setdefault(given, wanted) != wanted:
            raise Unusable("two cases contradict each other")
    if len(known) < fewest:
        raise Unusable("it has too few different cases")
    if all(shown(one) == shown(other) for call in calls for one, other in zip(call.wanted, call.idle, strict=True)):
        raise Unusable("a function that does nothing meets its contract")
    return CppContract(
        signature=signature.function.signature,
        driver=DRIVER + _STRINGS + signature.function.main,
        cases=tuple(CppCase(stdin=given, stdout=wanted) for given, wanted in known.items()),
    )
