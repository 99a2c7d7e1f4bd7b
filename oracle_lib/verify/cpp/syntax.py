"""What a C++ text declares and what it calls, by name and number of arguments. Nothing is compiled, so what only a
compiler could tell apart is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import tree_sitter_cpp
from tree_sitter import Language, Node, Parser

DeclaredKind = Literal["class", "type", "function", "macro", "member"]
"""What is declared: a class or struct; an enum or another name of a type; a function or method; a macro with
parameters; a variable or field, which may hold something that can be called."""

_MAX_DEPTH = 64
_INSIDE = frozenset(
    (
        *("translation_unit", "namespace_definition", "declaration_list", "linkage_specification", "ERROR"),
        *("template_declaration", "class_specifier", "struct_specifier", "union_specifier", "field_declaration_list"),
        *("field_declaration", "declaration", "preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif"),
        *("friend_declaration", "parameter_list", "compound_statement", "lambda_expression", "for_range_loop"),
    )
)
"""The nodes below which declarations stand."""
_CLASSES = frozenset(("class_specifier", "struct_specifier", "union_specifier"))
_TYPES = frozenset(("enum_specifier", "alias_declaration", "type_definition", "concept_definition"))
_VARIABLES = frozenset(("declaration", "field_declaration", "parameter_declaration", "optional_parameter_declaration"))
_AROUND_A_NAME = frozenset(
    (
        *("pointer_declarator", "reference_declarator", "array_declarator", "init_declarator"),
        *("parenthesized_declarator", "function_declarator", "attributed_declarator"),
    )
)


class Declared(NamedTuple):
    """A declaration: its `name` with the namespaces and classes around it, how many arguments at `least` and at `most`
    (None: any number) it takes, the `bases` of a class, the `type` of a variable or what a function returns.
    """

    name: str
    kind: DeclaredKind
    line: int
    least: int = 0
    most: int | None = None
    bases: tuple[str, ...] = ()
    type: str = ""


class Call(NamedTuple):
    """A call as written: `rom->Write(1, 2)` is of the name `Write`, on `rom`, with 2 arguments."""

    name: str
    on: str
    arguments: int


@dataclass(frozen=True)
class CppText:
    """A text that was taken apart."""

    root: Node

    @classmethod
    def read(cls, text: str | bytes) -> "CppText":
        return cls(Parser(language()).parse(text.encode() if isinstance(text, str) else text).root_node)

    def declared(self, scope: tuple[str, ...] = (), locals_too: bool = False) -> Iterator[Declared]:
        """What it declares, with `scope` around it; with `locals_too` also what bodies of functions declare."""
        waiting = [(self.root, scope, 0)]
        while waiting:
            node, around, depth = waiting.pop()
            inner = around
            if node.type == "namespace_definition":
                inner = (*around, *words(node.child_by_field_name("name")))
            elif node.type in _CLASSES:
                if not (name := words(node.child_by_field_name("name"))):
                    inner = around
                elif node.child_by_field_name("body") is not None:
                    inner = (*around, *name)
                    yield Declared("::".join(inner), "class", _line(node), bases=tuple(_bases(node)))
            elif node.type in _TYPES:
                name = words(node.child_by_field_name("name") or node.child_by_field_name("declarator"))
                if name:
                    yield Declared("::".join((*around, *name)), "type", _line(node))
            elif node.type == "preproc_function_def":
                yield from _macro(node)
            elif node.type == "function_definition":
                yield from _functions(node, around)
                if not locals_too:
                    continue
            elif node.type in _VARIABLES:
                yield from _functions(node, around)
                yield from _variables(node, around)
            if depth < _MAX_DEPTH:
                everywhere = locals_too and depth > 0
                waiting += [
                    (child, inner, depth + 1)
                    for child in reversed(node.named_children)
                    if everywhere
                    or child.type in _INSIDE | _TYPES | _VARIABLES
                    or child.type in ("function_definition", "preproc_function_def")
                ]

    def calls(self) -> Iterator[Call]:
        """What it calls, in no particular order."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            waiting += node.named_children
            if node.type != "call_expression":
                continue
            function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            if function is None or given is None:
                continue
            on = ""
            if function.type == "field_expression":
                argument = function.child_by_field_name("argument")
                on = (argument.text or b"").decode() if argument is not None else ""
                function = function.child_by_field_name("field")
            name = words(function)
            if name and all(re.fullmatch(r"~?\w+", word) for word in name) and not name[-1].endswith("_cast"):
                count = sum(child.type != "comment" for child in given.named_children)
                yield Call("::".join(name), on, count)


@cache
def language() -> Language:
    return Language(tree_sitter_cpp.language())


def words(name: Node | None) -> tuple[str, ...]:
    """The parts of a name such as `a::Box<int>`, without what stands between angle brackets."""
    if name is None or name.text is None:
        return ()
    return tuple(re.sub(r"<.*", "", part).strip() for part in name.text.decode().split("::") if part.strip())


def function_declarator(node: Node) -> Node | None:
    """The part of a definition or a declaration that names a function and its parameters, if it is about one."""
    declarator = node.child_by_field_name("declarator")
    while declarator is not None and declarator.type in ("pointer_declarator", "reference_declarator"):
        declarator = next((child for child in declarator.named_children if child.type.endswith("declarator")), None)
    return declarator if declarator is not None and declarator.type == "function_declarator" else None


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _bases(node: Node) -> Iterator[str]:
    for clause in node.named_children:
        if clause.type == "base_class_clause":
            for base in clause.named_children:
                if base.type in ("type_identifier", "qualified_identifier", "template_type"):
                    yield "::".join(words(base))


def _type_of(node: Node) -> str:
    found = node.child_by_field_name("type")
    return "::".join(words(found)) if found is not None and found.type not in _CLASSES else ""


def _functions(node: Node, around: tuple[str, ...]) -> Iterator[Declared]:
    found = function_declarator(node)
    name = words(found.child_by_field_name("declarator")) if found else ()
    parameters = found.child_by_field_name("parameters") if found else None
    if name and parameters is not None and re.fullmatch(r"~?\w+", name[-1]):
        least, most = _arity(parameters)
        yield Declared("::".join((*around, *name)), "function", _line(node), least, most, type=_type_of(node))


def _arity(parameters: Node) -> tuple[int, int | None]:
    """How many arguments at least and at most a list of parameters takes."""
    given = [child for child in parameters.named_children if child.type.endswith("parameter_declaration")]
    if len(given) == 1 and (given[0].text or b"").strip() == b"void":
        given = []
    optional = sum(child.type == "optional_parameter_declaration" for child in given)
    several = sum(child.type == "variadic_parameter_declaration" for child in given)
    is_open = several or any(child.type == "..." for child in parameters.children)
    return len(given) - optional - several, None if is_open else len(given)


def _macro(node: Node) -> Iterator[Declared]:
    name, parameters = node.child_by_field_name("name"), node.child_by_field_name("parameters")
    if name is not None and parameters is not None:
        count = len(parameters.named_children)
        is_open = any(child.type == "..." for child in parameters.children)
        most = None if is_open else count
        yield Declared((name.text or b"").decode(), "macro", _line(node), 0 if is_open else count, most)


def _variables(node: Node, around: tuple[str, ...]) -> Iterator[Declared]:
    for declarator in node.children_by_field_name("declarator"):
        found: Node | None = declarator
        while found is not None and found.type in _AROUND_A_NAME and found.type != "function_declarator":
            inside = found.child_by_field_name("declarator")
            found = inside or next((child for child in found.named_children if "identifier" in child.type), None)
        if found is not None and found.type in ("identifier", "field_identifier") and found.text:
            name = "::".join((*around, found.text.decode()))
            yield Declared(name, "member", _line(node), type=_type_of(node))
