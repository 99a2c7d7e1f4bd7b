"""asar's arithmetic: numbers are doubles, evaluated strictly left to right or by precedence, with labels and functions.
Its own functions are in `functions`."""

import math
import operator
import re
from collections.abc import Callable
from itertools import pairwise

from oracle_lib.verify.assembler.functions import FUNCTIONS, UNSUPPORTED
from oracle_lib.verify.assembler.model import Kind, Severity, StatementFault, syntax, unsupported
from oracle_lib.verify.assembler.state import PassState, UserFunction
from oracle_lib.verify.assembler.text import NAME, REFERENCE, RELATIVE, dequote, split_arguments
from oracle_lib.verify.assembler.values import Result, format_number, whole

_HEX = re.compile(r"\$([0-9A-Fa-f]{1,12})\Z")
_PREFIXES = re.compile(r"(?:<:|[-~+])*")
_OPERATOR = re.compile(r"\*\*|<<|>>|[-+*/%&|^]")
_SHIFT = re.compile("<<|>>")
_STRONGER = re.compile("[-+*/%]")
_NUMBER = re.compile(r"\$(?P<hex>[0-9A-Fa-f]+)|%(?P<binary>[01]+)|'(?P<char>[^\n])'|(?P<decimal>[0-9]+(?:\.[0-9]*)?)")
_CALL = re.compile(r"([A-Za-z_.][A-Za-z0-9_.]*)\(")
_STRING = re.compile(r'"[^"]*"')
_PLAIN_ARGUMENT = re.compile(r"[A-Za-z0-9_]*\Z")
_PASSED_OVER = re.compile(r"[A-Za-z0-9_.]*")
_SYMBOL = re.compile(r'[A-Za-z0-9_.]+|"[A-Za-z0-9_.]+"')


def evaluate(state: PassState, text: str) -> Result:
    """The value of an expression, or a `StatementFault`."""
    if match := _HEX.match(text):
        return Result(float(int(match[1], 16)))
    if NAME.fullmatch(text):
        symbol = state.labels.find(text)
        return Result(int(symbol.value) & 0xFFFFFF, True, symbol.static, symbol.forward)
    result = _Reader(state, text).run()
    if (shift := _SHIFT.search(text)) and _STRONGER.search(text, shift.end()) and not state.math["pri"]:
        _read_by_precedence(state, text)
    return result


def _read_by_precedence(state: PassState, text: str) -> None:
    """Refuse what cannot be evaluated by precedence: asar tries, and reports it, before it goes from left to right."""
    state.math["pri"], depth = True, state.depth
    try:
        _Reader(state, text).run()
    except StatementFault as problem:
        if problem.kind is not Kind.UNSUPPORTED_DIRECTIVE:
            raise
    finally:
        state.math["pri"], state.depth = False, depth


def fixed(state: PassState, text: str) -> Result:
    """The value of an expression that may hang on no movable label."""
    result = evaluate(state, text)
    if not result.static:
        raise syntax(f"'{text[:40]}' uses a label where none is allowed", text)
    return result


def repeat_count(state: PassState, text: str) -> int:
    """The number in `INX #3`, which is three times INX, and in `rep 3`."""
    result = evaluate(state, text)
    if result.labelled:
        raise syntax("a repeat count cannot be a label", text)
    return result.integer


def number_of(state: PassState, text: str, size: int) -> int:
    """The low `size` bytes of an expression, 0 in the first pass. What asar silently cuts off is warned of."""
    if state.number == 0:
        return 0
    result = evaluate(state, text)
    value, bits = result.integer, 8 * size
    if not result.labelled and not -(1 << (bits - 1)) <= value < 1 << bits:
        problem = StatementFault(Kind.VALUE_TOO_WIDE, f"{text[:40]} is cut to {bits} bits", text)
        state.report(problem, Severity.WARNING)
    return value & ((1 << bits) - 1)


def split_operands(text: str) -> list[str]:
    """The parts between commas. asar reads on from `Struct[0]` without a field into the next part."""
    parts = split_arguments(text)
    if "]" in text:
        for part, following in pairwise(parts):
            if part.endswith("]") and not _PASSED_OVER.fullmatch(following):
                raise syntax(f"{part[:40]} needs a field in front of {following[:40]}", part)
    return parts


class _Reader:
    """One walk over the text of an expression, in the order in which asar meets its parts."""

    def __init__(self, state: PassState, text: str) -> None:
        self.state = state
        self.text = text
        self.at = 0
        self.labelled = False
        self.static = True
        self.forward = False

    def run(self) -> Result:
        value = self.expression()
        if self.at < len(self.text):
            raise self.unreadable()
        return Result(value, self.labelled, self.static, self.forward)

    def problem(self, message: str) -> StatementFault:
        return syntax(message, self.text)

    def unreadable(self) -> StatementFault:
        rest = self.text[self.at :][:40]
        return self.problem(f"cannot make sense of '{rest}' in the expression" if rest else "a number is missing")

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match

    def sees(self, mark: str) -> bool:
        """Step over a mark, if it comes next."""
        found = self.text.startswith(mark, self.at)
        self.at += len(mark) * found
        return found

    def compute(self, function: Callable[..., float], *arguments: object) -> float:
        try:
            value = float(function(*arguments))
        except (ArithmeticError, ValueError):
            value = math.nan
        if not math.isfinite(value):
            raise self.problem("the result is no number")
        rounds = self.state.math["round"] and not self.state.exact_math
        return math.trunc(value) + 0.0 if rounds else value

    def expression(self, weakest: int = 0) -> float:
        if relative := self.take(RELATIVE):
            return self.label(relative[0])
        self.state.nest(1)
        by_precedence = self.state.math["pri"] or self.state.exact_math
        left = self.signed()
        while match := _OPERATOR.match(self.text, self.at):
            strength, function = _OPERATORS[match[0]]
            if by_precedence and strength < weakest:
                break
            self.at = match.end()
            right = self.expression(strength + 1) if by_precedence else self.signed()
            left = self.compute(function, left, right)
        self.state.nest(-1)
        return left

    def signed(self) -> float:
        """A value with its prefixes, which bind tighter than every operator."""
        prefixes = self.take(_PREFIXES)
        value = self.value()
        for prefix in reversed(re.findall("<:|.", prefixes[0] if prefixes else "")):
            value = float(_PREFIX[prefix](value))
        return value

    def value(self) -> float:
        if self.sees("("):
            value = self.expression()
            if not self.sees(")"):
                raise self.unreadable()
            return value
        if number := self.take(_NUMBER):
            return self.number(number)
        if call := self.take(_CALL):
            return self.call(call[1])
        if label := self.take(REFERENCE):
            if label["index"] is None:
                return self.label(label[0])
            if not label["field"] and self.at < len(self.text):
                raise self.problem(f"{label[0][:40]} needs a field unless it ends the expression")
            offset = self.inner(label["index"]) * self.state.labels.find_structure(label["label"]).object_size
            return float(whole(self.label(label["label"] + label["field"]) + offset) & 0xFFFFFF)
        raise self.unreadable()

    def number(self, match: re.Match[str]) -> float:
        if match["char"]:
            if not match["char"].isascii():
                raise self.problem(f"{match[0]} is not one byte")
            return float(self.state.code_of(ord(match["char"])))
        if match["decimal"]:
            return self.compute(float, match["decimal"])
        return self.compute(int, match["hex"] or match["binary"], 16 if match["hex"] else 2)

    def label(self, name: str) -> float:
        return float(self.address_of(self.state.labels.find(name)))

    def address_of(self, symbol: Result) -> int:
        self.labelled = True
        self.static &= symbol.static
        self.forward |= symbol.forward
        return int(symbol.value) & 0xFFFFFF

    def call(self, written: str) -> float:
        self.state.nest(1)
        name = written.removeprefix("_")
        if user := self.state.functions.get(written):
            value = self.call_user(written, user)
        elif name in FUNCTIONS:
            signature, function = FUNCTIONS[name]
            value = self.compute(function, *self.arguments(name, signature))
        elif name in UNSUPPORTED:
            raise unsupported(f"{name}()", name)
        else:
            raise StatementFault(Kind.UNDEFINED_SYMBOL, f"there is no function {name[:40]}()", written)
        if not self.sees(")"):
            raise self.problem(f"malformed call of {name}()")
        self.state.nest(-1)
        return value

    def arguments(self, name: str, signature: str) -> list[object]:
        arguments: list[object] = []
        for index, kind in enumerate(signature):
            if kind == "d":
                arguments.append(self.expression() if self.sees(",") else None)
                continue
            if kind in "ns" and index and not self.sees(","):
                raise self.problem(f"{name}() takes {len(signature)} parameters")
            if kind == "p":
                arguments.append(self.state)
            elif kind == "n":
                arguments.append(self.expression())
            elif match := self.take(_STRING if kind == "s" else _SYMBOL):
                text = dequote(match[0])
                arguments.append(text if kind != "l" else self.address_of(self.state.labels.find_full(text)))
            else:
                raise self.problem(f"{name}() takes a {'string' if kind == 's' else 'name'}")
        return arguments

    def call_user(self, name: str, function: UserFunction) -> float:
        arguments = [] if self.text.startswith(")", self.at) else [self.argument()]
        while self.sees(","):
            arguments.append(self.argument())
        if len(arguments) != len(function.parameters):
            raise self.problem(f"{name}() takes {len(function.parameters)} parameters")
        given = dict(zip(function.parameters, arguments, strict=True))
        return self.inner(NAME.sub(lambda word: given.get(word[0].lower(), word[0]), function.body))

    def argument(self) -> str:
        """A user function's argument as text: strings and plain words as written, anything else by its value."""
        if string := self.take(_STRING):
            return string[0]
        end, depth = self.at, 0
        while end < len(self.text) and (depth > 0 or self.text[end] not in ",)"):
            depth += {"(": 1, ")": -1}.get(self.text[end], 0)
            end += 1
        argument, self.at = self.text[self.at : end], end
        return argument if _PLAIN_ARGUMENT.match(argument) else format_number(self.inner(argument))

    def inner(self, text: str) -> float:
        """The value of another text that is a part of this one."""
        self.state.allowance.spend(len(text))
        around, self.text, self.at = (self.text, self.at), text, 0
        value = self.run().value
        self.text, self.at = around
        return value


def _shift(by: float) -> int:
    if by < 0:
        raise syntax("a shift by less than 0 bits", "")
    if by >= 64:
        raise unsupported("a shift by more than 63 bits", "")
    return int(by)


_PREFIX: dict[str, Callable[[float], float]] = {
    "-": operator.neg,
    "+": operator.pos,
    "~": lambda a: ~whole(a, 32),
    "<:": lambda a: whole(a, 32) >> 16,
}
_OPERATORS: dict[str, tuple[int, Callable[[float, float], float]]] = {
    "**": (4, math.pow),
    "*": (3, operator.mul),
    "/": (3, operator.truediv),
    "%": (3, math.fmod),
    "+": (2, operator.add),
    "-": (2, operator.sub),
    "<<": (1, lambda a, b: whole(whole(a) << _shift(b))),
    ">>": (1, lambda a, b: whole(a) >> _shift(b)),
    "&": (0, lambda a, b: whole(a) & whole(b)),
    "|": (0, lambda a, b: whole(a) | whole(b)),
    "^": (0, lambda a, b: whole(a) ^ whole(b)),
}
"""How strongly an operator binds where precedence counts, and what it does."""
