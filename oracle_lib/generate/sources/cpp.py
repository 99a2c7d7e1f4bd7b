"""Reads a tree of C++ (YAZE's, say): its functions, classes and methods with what is said of them and who calls them.
Nothing is compiled, and code that draws a user interface is left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from tree_sitter import Node, Query, QueryCursor

from oracle_lib.generate.sources.folder import tell_counts, texts_of
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source
from oracle_lib.verify.cpp.syntax import CppText, function_declarator, language, words

_ENDINGS = (".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".inc")
_OTHERS_CODE = ("ext", "extern", "external", "third_party", "thirdparty", "3rdparty", "vendor", "deps", "build", "lib")
_TESTS = ("test", "tests", "testing", "test_helpers", "benchmarks")
_UI_FOLDERS = frozenset(("gui", "imgui", "tui", "ui"))
_EDITOR_FOLDERS = frozenset(("editor", "lab"))
_UI_CODE = re.compile(rb"\bImGui|\bIm(?:Vec[24]|U32|DrawList|Plot|Rect)\b|\bgui::|\bftxui::")
_UI_NAME = re.compile(r"(?:Draw|Render|Show)(?![a-z])")
"""User interface code says where a button stands, which is learnt from looking and not from the text; it would be a
third of YAZE. It is what lies in a folder of such code, what mentions ImGui, FTXUI or YAZE's own `gui`, and in the
folders of editors what is called `Draw...`, `Render...` or `Show...`; elsewhere those draw graphics of the game."""

_MIN_LINES = 4
"""A shorter function says no more than its name does."""
_MAX_TEXT = 16_000
"""Characters of an item: what a teacher with a small context can still read."""
_MAX_DEPTH = 64
_CALLERS = 8
"""The most callers that a context names."""

_INSIDE = frozenset(
    (
        *("translation_unit", "namespace_definition", "declaration_list", "linkage_specification", "ERROR"),
        *("template_declaration", "class_specifier", "struct_specifier", "field_declaration_list"),
        *("field_declaration", "declaration", "preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif"),
    )
)
"""The nodes below which definitions stand."""
_COMMENT_MARKS = re.compile(r"^\s*(?:/\*+!?<?|//+[!<]?|\*+(?!/))\s?|\s*\*+/\s*$")
_CLASSES = ("class_specifier", "struct_specifier")


@dataclass(frozen=True)
class _Definition:
    """A definition, the names that stand around its own, and what it calls, as it is written there."""

    path: str
    line: int
    kind: Literal["function", "class", "method"]
    scope: tuple[str, ...]
    name: str
    text: str
    comment: str
    calls: tuple[str, ...]
    left_out: str

    @property
    def symbol(self) -> str:
        return "::".join((*self.scope, self.name))


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The functions, classes and methods below the folder that are worth a question, in the order of files and lines,
    and before them what each file declares, without the bodies of functions.

    `context` names the callers that the tree leaves no doubt about: a name that several definitions share has none.
    Says how many definitions were left out for which reason, and which files could not be read.
    """
    definitions: list[_Definition] = []
    said: dict[str, str] = {}
    for path, text in texts_of(folder, _ENDINGS, corpus, (*_OTHERS_CODE, *_TESTS)):
        root = CppText.read(text).root
        definitions += _definitions(path, root, said)
        if outline := _outline(root):
            source = Source(corpus=corpus, path=path, line=1, licence=licence)
            yield Item(source=source, domain=domain, kind="definitions", text=outline)
    callers = _callers(definitions)
    for one in definitions:
        if not one.left_out:
            called_by = callers.get(one.symbol, ())
            comments = (one.comment, said.get(one.symbol, ""))
            yield Item(
                source=Source(corpus=corpus, path=one.path, line=one.line, symbol=one.symbol, licence=licence),
                domain=domain,
                kind=one.kind,
                text=one.text,
                comment="\n".join(dict.fromkeys(filter(None, comments))),
                context=f"Called by {', '.join(called_by)}." if called_by else "",
                calls=one.calls,
            )
    tell_counts(corpus, Counter(f"definitions {one.left_out}" for one in definitions if one.left_out))


@cache
def _call_query() -> Query:
    return Query(language(), "(call_expression function: (_) @called)")


def _definitions(path: str, root: Node, said: dict[str, str]) -> Iterator[_Definition]:
    """The definitions in a file. What stands before declarations is added to what is `said` of their symbols."""
    waiting: list[tuple[Node, tuple[str, ...], int]] = [(root, (), 0)]
    while waiting:
        node, scope, depth = waiting.pop()
        outer = node.parent if node.parent and node.parent.type == "template_declaration" else node
        inner = scope
        if node.type == "namespace_definition":
            inner = (*scope, *words(node.child_by_field_name("name")))
        elif node.type in _CLASSES:
            name = words(node.child_by_field_name("name"))
            if not name or node.child_by_field_name("body") is None:
                continue
            inner = (*scope, *name)
            yield _definition(path, "class", inner, outer, node)
        elif node.type == "function_definition":
            if (name := _function_name(node)) and node.child_by_field_name("body"):
                in_class = len(name) > 1 or (outer.parent is not None and outer.parent.type == "field_declaration_list")
                yield _definition(path, "method" if in_class else "function", (*scope, *name), outer, node)
            continue
        elif node.type in ("field_declaration", "declaration") and (name := _function_name(node)):
            if comment := _comment(outer):
                said.setdefault("::".join((*scope, *name)), comment)
            continue
        if depth < _MAX_DEPTH:
            waiting += [(child, inner, depth + 1) for child in reversed(node.named_children) if _may_define(child)]


def _outline(root: Node) -> str:
    """A file without comments, includes and the bodies of its functions; its lines keep their numbers."""
    content = root.text or b""
    kept = list[bytes]()
    end = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        is_body = node.type == "compound_statement" and node.parent and node.parent.type == "function_definition"
        if is_body or node.type in ("comment", "preproc_include", "field_initializer_list"):
            cut = content[node.start_byte : node.end_byte]
            kept += content[end : node.start_byte], b";" * bool(is_body), b"\n" * cut.count(b"\n")
            end = node.end_byte
        else:
            waiting += reversed(node.named_children)
    text = b"".join((*kept, content[end:])).decode()
    return "\n".join(line.rstrip() for line in text.split("\n")) if text.strip() else ""


def _may_define(node: Node) -> bool:
    return node.type in _INSIDE or node.type == "function_definition"


def _definition(
    path: str, kind: Literal["function", "class", "method"], names: tuple[str, ...], outer: Node, node: Node
) -> _Definition:
    content = outer.text or b""
    text = content.decode()
    lines = text.count("\n") + 1
    if node.has_error:
        left_out = "that the parser cannot make out"
    elif _is_ui(path, names[-1], content):
        left_out = "of user interface code"
    elif lines < _MIN_LINES:
        left_out = f"of fewer than {_MIN_LINES} lines"
    elif len(text) > _MAX_TEXT:
        left_out = f"of more than {_MAX_TEXT:,} characters"
    else:
        left_out = ""
    return _Definition(
        path=path,
        line=outer.start_point.row + 1,
        kind=kind,
        scope=names[:-1],
        name=names[-1],
        text=_outdented(text, outer.start_point.column),
        comment=_comment(outer),
        calls=_calls(node) if kind != "class" else (),
        left_out=left_out,
    )


def _is_ui(path: str, name: str, content: bytes) -> bool:
    folders = set(path.split("/")[:-1])
    if folders & _UI_FOLDERS or _UI_CODE.search(content):
        return True
    return bool(folders & _EDITOR_FOLDERS and _UI_NAME.match(name))


def _outdented(text: str, columns: int) -> str:
    """The text as it stands at the left margin: its first line already does."""
    return re.sub(rf"^[ \t]{{1,{columns}}}", "", text, flags=re.MULTILINE) if columns else text


def _function_name(node: Node) -> tuple[str, ...]:
    """The name of the function that a definition or a declaration is about, () where it is about none."""
    declarator = function_declarator(node)
    return words(declarator.child_by_field_name("declarator")) if declarator is not None else ()


def _comment(node: Node) -> str:
    """What stands in the comments right above, without their marks."""
    found: list[str] = []
    below = node
    while (above := below.prev_sibling) is not None and above.type == "comment":
        before = above.prev_sibling
        ends_a_line_of_code = before is not None and before.end_point.row == above.start_point.row
        if above.end_point.row + 1 < below.start_point.row or ends_a_line_of_code:
            break
        found.insert(0, (above.text or b"").decode())
        below = above
    return "\n".join(_COMMENT_MARKS.sub("", line).rstrip() for line in "\n".join(found).split("\n")).strip()


def _calls(node: Node) -> tuple[str, ...]:
    """The names that a function calls, as far as they are written out: of `rom->Write(x)` it is `Write`."""
    found = QueryCursor(_call_query()).captures(node).get("called", [])
    names = []
    for called in sorted(found, key=lambda called: called.start_byte):
        field = called.child_by_field_name("field")
        name = words(field if called.type == "field_expression" else called)
        if name and all(re.fullmatch(r"~?\w+", word) for word in name) and not name[-1].endswith("_cast"):
            names.append("::".join(name))
    return tuple(dict.fromkeys(names))


def _callers(definitions: list[_Definition]) -> dict[str, tuple[str, ...]]:
    """Who calls each symbol: a call is of the one definition that its name fits, or of the one in its own class."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for one in definitions:
        if one.kind != "class":
            by_name[one.name].add(one.symbol)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for caller in definitions:
        for call in caller.calls:
            fitting = {one for one in by_name.get(call.rpartition("::")[2], ()) if f"::{one}".endswith(f"::{call}")}
            if len(fitting) > 1:
                fitting &= {"::".join((*caller.scope, call))}
            for symbol in fitting - {caller.symbol}:
                found[symbol][caller.symbol] = None
    return {symbol: tuple(callers)[:_CALLERS] for symbol, callers in found.items()}
