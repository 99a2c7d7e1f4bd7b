"""A small typed language for the functions of a ROM editor, and its meaning: what such a function returns, by running it.

A function is written as Python with C++'s types for annotations, and parsed by Python. What it means is what Python does,
but for what C++'s narrow types cut off where a value is stored. How it reads in C++ is not known here (`printing`), so
that a mistake there cannot hide in what a contract expects.

Types: `u8 u16 u32 i8 i16 int size bool str`, `vec[u8]`, `arr[u16, 4]`, `opt[u8]`, a struct by its name, `table[u8]` for a
constant array, and `ref[vec[u8]]` for a parameter that the function changes. A string that stands alone is a comment.
"""

import ast
import copy
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from types import FrameType
from typing import Any

from oracle_lib import OracleError

WIDTHS = {"u8": 0xFF, "u16": 0xFFFF, "u32": 0xFFFFFFFF, "size": 0xFFFFFFFF}
"""The unsigned types, and what of a value they keep."""
SIGNED = {"i8": 8, "i16": 16}
_FILE = "<program>"
MAX_STEPS = 10_000
"""Rounds of loops that one call may take: a function with a defect might never return."""


class StepsError(OracleError):
    """A call took more than `MAX_STEPS` rounds of loops."""


class BreaksOffError(OracleError):
    """A call did what C++ does not define: it left a vector's bounds, divided by zero, shifted by a negative number."""


@dataclass(frozen=True)
class Struct:
    """A struct that the request defines: its name and the type and name of each field."""

    name: str
    fields: tuple[tuple[str, str], ...]


class Record:
    """A value of a struct, its fields in order."""

    def __init__(self, fields: Iterable[str], values: Iterable[Any] = ()) -> None:
        given = list(values)
        self.__dict__.update(zip(fields, given or [0] * len(tuple(fields)), strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.__dict__.items())


class Items(list[Any]):
    """A vector: a list whose elements have no negative numbers."""

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Items(super().__getitem__(_within(self, place)))
        if place < 0:
            raise BreaksOffError(f"element {place} of a vector")
        return super().__getitem__(place)

    def __setitem__(self, place: Any, value: Any) -> None:
        if isinstance(place, slice):
            place = _within(self, place)
        elif place < 0:
            raise BreaksOffError(f"element {place} of a vector")
        super().__setitem__(place, value)


def _within(items: list[Any], part: slice) -> slice:
    start, stop = part.start or 0, len(items) if part.stop is None else part.stop
    if not 0 <= start <= stop <= len(items):
        raise BreaksOffError(f"elements {start} to {stop} of a vector of {len(items)}")
    return part


@dataclass(frozen=True)
class Step:
    """A statement that ran: the line of the text that it stands in, the variables before and after it, and the line of
    the statement that followed, 0 where the function ended. A loop's head runs once more than its body."""

    line: int
    before: dict[str, Any]
    after: dict[str, Any]
    following: int

    @property
    def changed(self) -> dict[str, Any]:
        """The variables that are new or hold something else."""
        old = self.before
        return {name: value for name, value in self.after.items() if name not in old or old[name] != value}


@dataclass(frozen=True)
class Code:
    """One function of the language: its text, and the structs it uses."""

    source: str
    structs: tuple[Struct, ...] = ()

    @cached_property
    def function(self) -> ast.FunctionDef:
        """The parsed function. Numbers that the text has in hexadecimal carry that mark, for whoever prints them."""
        tree = ast.parse(self.source)
        lines = self.source.splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and type(node.value) is int:
                node.kind = "x" if lines[node.lineno - 1].startswith("0x", node.col_offset) else None
        [function] = tree.body
        assert isinstance(function, ast.FunctionDef)
        return function

    @property
    def name(self) -> str:
        return self.function.name

    @property
    def parameters(self) -> list[tuple[str, ast.expr]]:
        """The name and the type of each parameter."""
        return [(argument.arg, argument.annotation or ast.Name("int")) for argument in self.function.args.args]

    @property
    def returns(self) -> ast.expr | None:
        """The type of the result; None where there is none."""
        kind = self.function.returns
        return None if kind is None or isinstance(kind, ast.Constant) else kind

    @property
    def python(self) -> str:
        """The function as Python that runs and says nothing of types."""
        text = re.sub(r"(?m)^(\s+\w+): [\w\[\], ]+ = ", r"\1 = ", self.source)
        text = re.sub(r'(?m)^(\s+)"(.*)"$', r"\1# \2", text)
        body = text.partition("\n")[2]
        return f"def {self.name}({', '.join(name for name, _ in self.parameters)}):\n{_untyped(body)}".rstrip()

    @cached_property
    def constants(self) -> tuple[int, ...]:
        """The numbers that the function mentions, which its inputs had better contain."""
        return tuple(
            sorted(
                {
                    node.value
                    for node in ast.walk(self.function)
                    if isinstance(node, ast.Constant) and type(node.value) is int
                }
            )
        )

    def with_function(self, function: ast.FunctionDef) -> "Code":
        """The same with another body, whose text is only for `run` and the printer."""
        other = Code(ast.unparse(function), self.structs)
        other.__dict__["function"] = function
        return other

    def run(self, arguments: Sequence[Any]) -> list[Any]:
        """What the function gives back: its result, where it has one, then the parameters that it may change.

        Raises `StepsError` and `BreaksOffError` where C++ would not return or would break off.
        """
        given = [_copied(argument) for argument in arguments]
        result = self._callable(*given)
        results = [] if self.returns is None else [result]
        changed = [value for value, (_, kind) in zip(given, self.parameters, strict=True) if _of(kind) == "ref"]
        return results + changed

    def steps(self, arguments: Sequence[Any]) -> list[Step]:
        """What the function does, statement by statement, up to its end or to where C++ would break off."""
        seen: list[tuple[int, dict[str, Any]]] = []

        def note(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
            if event in ("line", "return"):
                held = {name: copy.deepcopy(value) for name, value in frame.f_locals.items() if not callable(value)}
                seen.append((frame.f_lineno if event == "line" else 0, held))
            return note

        def enter(frame: FrameType, _: str, __: Any) -> Callable[..., Any] | None:
            own = (frame.f_code.co_filename, frame.f_code.co_name) == (_FILE, self.name)
            return note if own else None

        outer = sys.gettrace()
        sys.settrace(enter)
        with suppress(BreaksOffError):
            try:
                self.run(arguments)
            finally:
                sys.settrace(outer)
        turns = [here for here, after in zip(seen, [*seen[1:], (None, {})], strict=True) if here[0] != after[0]]
        return [Step(line, held, after, following) for (line, held), (following, after) in pairwise(turns)]

    def statement(self, line: int) -> ast.stmt:
        """The statement that begins in a line of the text."""
        [found] = [node for node in ast.walk(self.function) if isinstance(node, ast.stmt) and node.lineno == line]
        return found

    def parts(self, step: Step) -> list[tuple[ast.expr, int]]:
        """The operations inside a statement's value, the innermost first, each with its result; without those whose
        result C++ might have as another number."""
        node = self.statement(step.line)
        if not isinstance(node, (ast.AnnAssign, ast.Assign, ast.AugAssign, ast.Return)) or node.value is None:
            return []
        whole = None if isinstance(node, ast.AugAssign) else node.value
        inside = [part for part in _taken(node.value, step.before) if part is not whole]
        known = [(part, _value(part, step.before)) for part in inside if isinstance(part, ast.BinOp) and _names(part)]
        return [(part, value) for part, value in known if type(value) is int and 0 <= value < 1 << 31]

    @cached_property
    def _callable(self) -> Callable[..., Any]:
        steps = 0

        def tick() -> None:
            nonlocal steps
            steps += 1
            if steps > MAX_STEPS:
                raise StepsError("a call takes too many rounds")

        def store(kind: str, value: Any) -> Any:
            return _stored(kind, value)

        tree = _Typed(self).visit(copy.deepcopy(self.function))
        tree.decorator_list = []
        module = ast.fix_missing_locations(ast.Module([tree], []))
        world: dict[str, Any] = {"_tick": tick, "_store": store, "_items": Items}
        for struct in self.structs:
            world[struct.name] = partial(Record, [name for _, name in struct.fields])
        exec(compile(module, _FILE, "exec"), world)
        function = world[self.name]

        def call(*arguments: Any) -> Any:
            nonlocal steps
            steps = 0
            try:
                return function(*arguments)
            except (IndexError, ZeroDivisionError, ValueError, TypeError, OverflowError) as error:
                raise BreaksOffError(str(error)) from None

        return call


def _taken(node: ast.expr, held: dict[str, Any]) -> Iterator[ast.expr]:
    """The expressions that are worked out for this one, the innermost first."""
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.IfExp):
        inner = [node.test, node.body if _value(node.test, held) else node.orelse]
    for one in inner:
        if isinstance(one, ast.expr):
            yield from _taken(one, held)
    yield node


def _value(node: ast.expr, held: dict[str, Any]) -> Any:
    """What an expression is with these variables; None where it needs others, those of a helper or a comprehension."""
    try:
        return eval(compile(ast.Expression(node), _FILE, "eval"), {}, held)
    except (NameError, TypeError, LookupError, ArithmeticError, ValueError, BreaksOffError):
        return None


def _names(node: ast.expr) -> bool:
    return any(isinstance(inner, ast.Name) for inner in ast.walk(node))


def _untyped(body: str) -> str:
    """Nested functions without their types."""
    return re.sub(
        r"(?m)^(\s+def \w+)\((.*)\)(?: -> [\w\[\], ]+)?:$",
        lambda found: f"{found[1]}({re.sub(r': [a-z0-9]+(?:[[][^]]*[]])?', '', found[2])}):",
        body,
    )


def _copied(value: Any) -> Any:
    if isinstance(value, bytes):
        return Items(value)
    if isinstance(value, list):
        return Items(value if not value or isinstance(value[0], int) else map(_copied, value))
    return copy.copy(value) if isinstance(value, Record) else value


def _of(kind: ast.expr) -> str:
    """The outer name of a type: vec of vec[u8]."""
    head = kind.value if isinstance(kind, ast.Subscript) else kind
    return head.id if isinstance(head, ast.Name) else ""


def element(kind: ast.expr | None) -> ast.expr | None:
    """The type of a vector's, array's, table's or optional's element, and of what a reference refers to."""
    if not isinstance(kind, ast.Subscript):
        return None
    return kind.slice.elts[0] if isinstance(kind.slice, ast.Tuple) else kind.slice


def _stored(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind in WIDTHS:
        return int(value) & WIDTHS[kind]
    if kind in SIGNED:
        half = 1 << SIGNED[kind] - 1
        return (int(value) + half) % (2 * half) - half
    return value


class _Typed(ast.NodeTransformer):
    """Makes stores cut values to the type, lists vectors, and loops count their rounds."""

    def __init__(self, code: Code) -> None:
        self.types: dict[str, ast.expr] = dict(code.parameters)
        self.fields = {name: kind for struct in code.structs for kind, name in struct.fields}
        self.returns = code.returns
        for node in ast.walk(code.function):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                self.types[node.target.id] = node.annotation

    def visit(self, node: ast.AST) -> Any:
        return ast.copy_location(super().visit(node), node)

    def _kind(self, target: ast.expr) -> str:
        if isinstance(target, ast.Name):
            return _of(self.types[target.id]) if target.id in self.types else ""
        if isinstance(target, ast.Attribute):
            return self.fields.get(target.attr, "")
        if (
            isinstance(target, ast.Subscript)
            and isinstance(target.value, ast.Name)
            and not isinstance(target.slice, ast.Slice)
        ):
            kind = self.types.get(target.value.id)
            while kind is not None and _of(kind) in ("ref", "opt"):
                kind = element(kind)
            inner = element(kind)
            return _of(inner) if inner is not None else ""
        return ""

    def _cut(self, kind: str, value: ast.expr) -> ast.expr:
        if kind not in WIDTHS and kind not in SIGNED:
            return value
        return ast.Call(ast.Name("_store", ast.Load()), [ast.Constant(kind), value], [])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        assert isinstance(node.target, ast.Name) and node.value is not None
        value = self._cut(_of(node.annotation), self.visit(node.value))
        if _of(node.annotation) in ("vec", "arr"):
            value = ast.Call(ast.Name("_items", ast.Load()), [value], [])
        return ast.Assign([node.target], value)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        node.value = self._cut(self._kind(node.targets[0]), self.visit(node.value))
        node.targets = [self.visit(target) for target in node.targets]
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        kind = self._kind(node.target)
        if kind not in WIDTHS and kind not in SIGNED:
            node.value = self.visit(node.value)
            return node
        read = copy.deepcopy(node.target)
        read.ctx = ast.Load()
        return ast.Assign([node.target], self._cut(kind, ast.BinOp(read, node.op, self.visit(node.value))))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            inner = ast.Subscript(node.func.value, ast.Constant(0), ast.Load())
            node.args = [self._cut(self._kind(inner), node.args[0])]
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is None or self.returns is None:
            return node
        kind = self.returns
        value = self.visit(node.value)
        if _of(kind) == "opt" and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            inner = element(kind)
            kind = inner if inner is not None else kind
        return ast.Return(self._cut(_of(kind), value))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer = self.returns
        if node.returns is not None:  # a lambda's
            self.returns = None if isinstance(node.returns, ast.Constant) else node.returns
        for argument in node.args.args:
            argument.annotation = None
        node.returns = None
        node.body = [self.visit(statement) for statement in node.body]
        self.returns = outer
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _tick())
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _tick())
        return node


def _tick() -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name("_tick", ast.Load()), [], []))


class Values:
    """Draws numbers that a function with those constants tells apart: its own, their neighbours, and any."""

    def __init__(self, rng: random.Random, constants: Sequence[int]) -> None:
        self._rng = rng
        self._bytes = [near & 0xFF for number in constants for near in (number, number >> 8, number - 1, number + 1)]
        self._words = [near & 0xFFFF for number in constants for near in (number, number - 1, number + 1)]

    def byte(self) -> int:
        if self._rng.random() < 0.4:
            return self._rng.choice(self._bytes)
        return self._rng.choice((self._rng.randrange(256), self._rng.randrange(8)))

    def word(self) -> int:
        if self._rng.random() < 0.4:
            return self._rng.choice(self._words)
        return self._rng.choice((self._rng.randrange(0x10000), self.byte()))

    def bytes(self, count: int) -> list[int]:
        return [self.byte() for _ in range(count)]
