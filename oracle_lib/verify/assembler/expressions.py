"""asar's arithmetic: numbers are doubles, evaluated strictly left to right or by precedence, with labels and functions.

Also the rule that derives an operand's width from its digits and labels. Where labels live is the caller's business.
"""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from oracle_lib.verify.assembler.model import Kind, Problem
from oracle_lib.verify.assembler.text import dequote, remembered

LABEL = r"\??\.*[A-Za-z0-9_](?:[A-Za-z0-9_.]|\[[^\][]*\])*"
_LABEL = re.compile(LABEL)
_RELATIVE = re.compile(r"\??(?:\++|-+)")
_HEX = re.compile(r"\$([0-9A-Fa-f]+)\Z")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NUMBER = re.compile(r"\$(?P<hex>[0-9A-Fa-f]+)|%(?P<binary>[01]+)|'(?P<char>[^\n])'|(?P<decimal>[0-9][0-9.]*)")
_NAME = re.compile(r"[A-Za-z0-9_.]*")
_STRING = re.compile(r' *("[^"]*") *')
_SYMBOL = re.compile(r" *([A-Za-z_]?[A-Za-z0-9_.]+|\.\.\.) *")
_FUNCTION_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_PRECEDENCE = {"**": 4, "*": 3, "/": 3, "%": 3, "+": 2, "-": 2, "<<": 1, ">>": 1, "&": 0, "|": 0, "^": 0}
_BANK_EXTRACTION = (">>16", "/65536", "/$10000")
_NO_RESULT = "the result is no number"


class Symbol(NamedTuple):
    """A label's address; `static` when it was set by assignment, not `known` when the first pass has not met it yet."""

    value: int
    static: bool
    known: bool = True


class Scope(Protocol):
    """What an expression needs to know about the program around it."""

    precedence: bool
    rounding: bool
    characters: dict[int, int]

    def label(self, name: str, required: bool) -> Symbol: ...
    def relative_label(self, name: str) -> Symbol: ...
    def function(self, name: str) -> "Function | None": ...
    def fact(self, name: str, argument: float | str = ...) -> float: ...
    def spend(self, characters: int) -> None: ...
    def nest(self, change: int) -> None: ...


@dataclass(frozen=True)
class Function:
    """A user's `function name(parameters) = body`; arguments are put into the body as text."""

    name: str
    parameters: tuple[str, ...]
    body: str


class Result(NamedTuple):
    """A value and what it came from: any label, only static labels, and a label that the first pass has not met."""

    value: float
    labelled: bool = False
    static: bool = True
    forward: bool = False

    @property
    def fixed(self) -> bool:
        """Whether the value may steer what is assembled."""
        return self.static or not self.labelled

    @property
    def integer(self) -> int:
        return to_int64(self.value)

    @property
    def int32(self) -> int:
        """The integer's low 32 bits with their sign."""
        return (self.integer + 2**31) % 2**32 - 2**31


def to_int64(value: float) -> int:
    if math.isinf(value) or not -(2.0**63) <= value <= 2.0**63:
        return 2**63 - 1 if value > 0 else -(2**63)
    return min(int(value), 2**63 - 1)


def _cast(value: float, bits: int) -> int:
    """C's cast of a double to an integer of so many bits and a sign; what does not fit becomes the least, as on x86."""
    return int(value) if -(2.0**bits) <= value < 2.0**bits else -(2**bits)


def format_number(value: float, digits: int = 100) -> str:
    """A double in plain decimals without trailing zeros."""
    text = f"{value:.{max(0, min(digits, 100))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def evaluate(text: str, scope: Scope) -> Result:
    """The value of an expression, or a `Problem`."""
    if match := _HEX.match(text):
        return Result(float(int(match[1], 16)) if len(match[1]) < 16 else float(min(int(match[1], 16), 2**64 - 1)))
    if text.isascii() and text.isdigit():
        return Result(float(text))
    if _IDENTIFIER.match(text):
        symbol = scope.label(text, True)
        return Result(symbol.value & 0xFFFFFF, True, symbol.static, not symbol.known)
    evaluation = _Evaluation(text, scope)
    result = evaluation.run()
    if evaluation.operators > 1 and not scope.precedence:
        # asar 1 tries the other order too, to warn where it differs; what fails there fails here.
        scope.precedence = True
        try:
            _Evaluation(text, scope).run()
        finally:
            scope.precedence = False
    return result


class _Evaluation:
    """One walk over the text of an expression, in the order in which asar meets its parts."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.at = 0
        self.scope = scope
        self.labelled = False
        self.static = True
        self.forward = False
        self.operators = 0

    def run(self) -> Result:
        value = self.expression(0)
        if self.at < len(self.text):
            raise self.problem(f"cannot make sense of '{self.text[self.at :][:40]}' in the expression")
        return Result(value, self.labelled, self.static, self.forward)

    def problem(self, message: str) -> Problem:
        return Problem(Kind.SYNTAX, message, self.text)

    def peek(self, count: int = 1) -> str:
        return self.text[self.at : self.at + count]

    def skip_spaces(self) -> None:
        while self.peek() == " ":
            self.at += 1

    def rounded(self, value: float) -> float:
        if math.isnan(value):
            raise self.problem(_NO_RESULT)
        return math.trunc(value) + 0.0 if self.scope.rounding and not math.isinf(value) else value

    def note(self, symbol: Symbol) -> None:
        self.labelled = True
        self.static &= symbol.static

    def expression(self, depth: int) -> float:
        match = _RELATIVE.match(self.text, self.at)
        if match and (match.end() == len(self.text) or self.text[match.end()] == ")"):
            self.at = match.end()
            symbol = self.scope.relative_label(match[0])
            self.note(symbol)
            self.forward |= "+" in match[0]
            return float(symbol.value & 0xFFFFFF)
        self.scope.nest(1)
        left = self.signed()
        self.skip_spaces()
        while self.at < len(self.text) and self.peek() not in "),]":
            self.skip_spaces()
            if self.scope.rounding and not math.isinf(left):
                left = math.trunc(left) + 0.0
            sign = self.peek(2) if self.peek(2) in _PRECEDENCE else self.peek()
            precedence = _PRECEDENCE.get(sign)
            if precedence is None:
                raise self.problem(f"unknown operator at '{self.text[self.at :][:40]}'")
            if self.scope.precedence:
                if depth > precedence:
                    break
                self.at += len(sign)
                right = self.expression(precedence + 1)
            else:
                self.at += len(sign)
                right = self.signed()
            left = self.rounded(self.apply(sign, left, right))
        self.scope.nest(-1)
        return left

    def apply(self, sign: str, left: float, right: float) -> float:
        self.operators += 1
        match sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/" | "%" if right == 0:
                raise self.problem("division by zero")
            case "/":
                return left / right
            case "%":
                return math.nan if math.isinf(left) else math.fmod(left, right)
            case "**":
                return _power(left, right)
        a, b = _cast(left, 63), _cast(right, 63)
        match sign:
            case "&":
                return float(a & b)
            case "|":
                return float(a | b)
            case "^":
                return float(a ^ b)
        if right < 0:
            raise self.problem("a shift by a negative number")
        shifted = (a << (b & 63)) & 0xFFFFFFFFFFFFFFFF if sign == "<<" else a >> (b & 63)
        return float(shifted - 2**64 if shifted >= 2**63 else shifted)

    def signed(self) -> float:
        """A value with the prefixes `-`, `~`, `<:` and `+`, which bind tighter than every operator."""
        prefixes = []
        while True:
            self.skip_spaces()
            prefix = "<:" if self.peek(2) == "<:" else self.peek()
            if prefix not in ("-", "~", "<:", "+"):
                break
            prefixes.append(prefix)
            self.at += len(prefix)
        value = self.rounded(self.value())
        for prefix in reversed(prefixes):
            match prefix:
                case "-":
                    value = -value
                case "~":
                    value = float(~_cast(value, 31))
                case "<:":
                    value = float(_cast(value, 31) >> 16)
        return value

    def value(self) -> float:
        if self.peek() == "(":
            self.at += 1
            value = self.expression(0)
            if self.peek() != ")":
                raise self.problem("mismatched parentheses")
            self.at += 1
            return value
        if match := _NUMBER.match(self.text, self.at):
            self.at = match.end()
            if match["hex"]:
                return float(min(int(match["hex"], 16), 2**64 - 1))
            if match["binary"]:
                return float(min(int(match["binary"], 2), 2**64 - 1))
            if match["char"]:
                code = match["char"].encode(errors="replace")
                if len(code) > 1:
                    raise self.problem(f"'{match['char']}' is not one byte")
                return float(self.scope.characters.get(code[0], code[0]))
            digits = re.match(r"[0-9]+(?:\.[0-9]*)?", match["decimal"])
            return float(digits[0] if digits else 0)
        first = self.peek()
        if not (first.isascii() and (first.isalpha() or first in ("_", ".", "?"))):
            raise self.problem(f"'{self.text[self.at :][:40]}' is no number" if first else "a number is missing")
        word = _NAME.match(self.text, self.at)
        after = word.end() if word else self.at
        while self.text[after : after + 1] == " ":
            after += 1
        if word and self.text[after : after + 1] == "(":
            self.at = after + 1
            return self.call(word[0])
        match = _LABEL.match(self.text, self.at)
        if not match:
            raise self.problem(f"'{self.text[self.at :][:40]}' names no label")
        self.at = match.end()
        return self.label(match[0])

    def label(self, name: str) -> float:
        plain, index = name, 0.0
        if "[" in name:
            structure, _, rest = name.partition("[")
            subscript, _, field = rest.partition("]")
            if "[" in field or "." in structure:
                raise self.problem(f"invalid subscript in '{name[:40]}'")
            plain = structure + field
            inner = evaluate(subscript, self.scope)
            index = inner.value * self.scope.fact("objectsize", structure)
        symbol = self.scope.label(plain, True)
        self.note(symbol)
        self.forward |= not symbol.known
        return float((symbol.value + to_int64(index)) & 0xFFFFFF)

    def number(self) -> float:
        self.skip_spaces()
        value = self.expression(0)
        self.skip_spaces()
        return value

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if not match:
            raise self.problem("a quoted string is missing")
        self.at = match.end()
        return dequote(match[1])

    def symbol(self) -> str:
        match = _SYMBOL.match(self.text, self.at)
        if not match:
            return self.string()
        self.at = match.end()
        return match[1]

    def call(self, written: str) -> float:
        self.skip_spaces()
        self.scope.nest(1)
        name = written.removeprefix("_")
        if user := self.scope.function(written):
            value = self.call_user(user)
        elif name in FUNCTIONS:
            value = self.call_built_in(name)
        elif name in REFUSED_FUNCTIONS:
            raise Problem(Kind.REFUSED_DIRECTIVE, f"{name}() reads files, which is not allowed here", name)
        else:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"there is no function {name[:40]}()", written)
        if self.peek() != ")":
            raise self.problem(f"malformed call of {name}()")
        self.at += 1
        self.scope.nest(-1)
        return value

    def call_built_in(self, name: str) -> float:
        signature, function = FUNCTIONS[name]
        arguments: list[float | str] = []
        for index, kind in enumerate(signature):
            if index and self.peek() != ",":
                if kind == "?":
                    break
                raise self.problem(f"{name}() takes {len(signature)} parameters")
            self.at += index > 0
            arguments.append(self.string() if kind == "s" else self.symbol() if kind == "y" else self.number())
        if name == "datasize":
            self.labelled, self.static = True, False
        try:
            return self.scope.fact(name, *arguments) if function is None else float(function(*arguments))
        except (ValueError, OverflowError, ZeroDivisionError):
            raise self.problem(_NO_RESULT) from None

    def call_user(self, function: Function) -> float:
        arguments: dict[str, str] = {}
        more = self.peek() != ")"
        for parameter in function.parameters:
            if more:
                arguments[parameter.lower()] = self.argument()
            more = more and self.peek() == ","
            self.at += more
        if more or len(arguments) < len(function.parameters):
            raise self.problem(f"{function.name}() takes {len(function.parameters)} parameters")
        return self.inner(_FUNCTION_WORD.sub(lambda match: arguments.get(match[0].lower(), match[0]), function.body))

    def inner(self, text: str) -> float:
        """The value of another text that is a part of this one."""
        self.scope.spend(len(text))
        inner = _Evaluation(text, self.scope)
        value = inner.expression(0)
        self.labelled |= inner.labelled
        self.static &= inner.static
        self.forward |= inner.forward
        return value

    def argument(self) -> str:
        """A user function's argument as text: strings and plain words as written, anything else by its value."""
        if self.peek() == '"':
            return f'"{self.string()}"'
        end, depth = self.at, 0
        while end < len(self.text) and (depth > 0 or self.text[end] not in ",)"):
            depth += {"(": 1, ")": -1}.get(self.text[end], 0)
            end += 1
        if end == len(self.text):
            raise self.problem("mismatched parentheses")
        argument, self.at = self.text[self.at : end], end
        if re.fullmatch(r"[A-Za-z0-9_]*", argument):
            return argument
        return format_number(self.inner(argument))


def _power(base: float, exponent: float) -> float:
    """C's pow: what overflows is infinite, what has no real value is no number."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


def _read(address: float, default: float | None = None) -> float:
    if default is None:
        raise Problem(Kind.UNSUPPORTED_DIRECTIVE, "read() looks into the ROM, and there is none here", "read")
    return default


REFUSED_FUNCTIONS = frozenset(
    [f"{can}readfile{n}" for can in ("", "can") for n in ("", 1, 2, 3, 4)] + ["filesize", "getfilestatus"]
)
_ROOTS = {
    name: ("n", getattr(math, name))
    for name in ("sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "log", "log10", "log2")
}
FUNCTIONS: dict[str, tuple[str, Callable[..., float] | None]] = {
    **_ROOTS,
    **{f"arc{name}": _ROOTS[f"a{name}"] for name in ("sin", "cos", "tan")},
    **dict.fromkeys(("read1", "read2", "read3", "read4"), ("n?", _read)),
    **dict.fromkeys(("canread1", "canread2", "canread3", "canread4"), ("n", lambda a: 0)),
    "canread": ("nn", lambda a, b: 0),
    "ceil": ("n", math.ceil),
    "floor": ("n", math.floor),
    "round": ("nn", lambda a, digits: float(format_number(a, int(digits)))),
    "max": ("nn", lambda a, b: a if a > b else b),
    "min": ("nn", lambda a, b: a if a < b else b),
    "clamp": ("nnn", lambda a, low, high: max(low, min(high, a))),
    "safediv": ("nnn", lambda a, b, default: default if b == 0 else a / b),
    "select": ("nnn", lambda a, yes, no: no if a == 0 else yes),
    "bank": ("n", lambda a: _cast(a, 31) >> 16),
    "not": ("n", lambda a: int(a) == 0),
    "equal": ("nn", operator.eq),
    "notequal": ("nn", operator.ne),
    "less": ("nn", operator.lt),
    "lessequal": ("nn", operator.le),
    "greater": ("nn", operator.gt),
    "greaterequal": ("nn", operator.ge),
    "and": ("nn", lambda a, b: int(a) != 0 and int(b) != 0),
    "or": ("nn", lambda a, b: int(a) != 0 or int(b) != 0),
    "nand": ("nn", lambda a, b: not (a and b)),
    "nor": ("nn", lambda a, b: not (a or b)),
    "xor": ("nn", lambda a, b: bool(a) != bool(b)),
    "stringsequal": ("ss", operator.eq),
    "stringsequalnocase": ("ss", lambda a, b: a.lower() == b.lower()),
    "defined": ("s", None),
    **dict.fromkeys(("sizeof", "objectsize", "datasize"), ("y", None)),
    **dict.fromkeys(("snestopc", "pctosnes"), ("n", None)),
    **dict.fromkeys(("pc", "realbase"), ("", None)),
}
"""asar's own functions: what they take (n: number, ?: number or nothing, s: string, y: name) and what they do, None
where only the program knows."""


class Width(NamedTuple):
    """How wide an operand is, as far as its text says: the bytes of its numbers, its labels, a lone `+`/`-` label, and
    whether it ends in the shift that takes a bank byte."""

    digits: int
    labels: tuple[str, ...]
    relative: bool
    bank: bool


_WIDTH_TOKEN = re.compile(r"\$[0-9A-Fa-f]*|%[01]*|'[^\n]'|[0-9]+|[A-Za-z_.?]|.", re.DOTALL)


@remembered
def width(text: str) -> Width:
    """Read an operand's width off its text: `$00` is one byte and `$0000` two; decimals count by value."""
    match = _RELATIVE.match(text)
    if match and match.end() == len(text):
        return Width(0, (), True, False)
    digits, labels, bank, at = 0, [], False, 0
    while at < len(text):
        token = _WIDTH_TOKEN.match(text, at)
        assert token is not None
        word, end = token[0], token.end()
        if word[0] == "$":
            digits = max(digits, len(word) // 2)
        elif word[0] == "%":
            digits = max(digits, (len(word) + 6) // 8)
        elif word[0] == "'" and len(word) == 3:
            digits = max(digits, 1)
        elif word.isdigit():
            value = (min(int(word), 2**63 - 1) if len(word) < 20 else 2**63 - 1) + 2**31
            value = value % 2**32 - 2**31
            digits = max(digits, 0 if value < 0 else 1 + (value >= 256) + (value >= 65536) + (value >= 16777216))
        elif word[0] in "_.?" or (word[0].isascii() and word[0].isalpha()):
            label = _LABEL.match(text, at)
            if not label:
                raise Problem(Kind.SYNTAX, f"'{text[at:][:40]}' names no label", text)
            end = label.end()
            labels.append(re.sub(r"\[[^\]]*\]", "", label[0]))
        bank |= at == 0 and text[end:] in _BANK_EXTRACTION
        at = end
    return Width(min(digits, 3), tuple(labels), False, bank)
