"""Prints a function of the language as C++ in one of several manners. What it means is not known here.

`Manner` holds what C++ leaves to taste: parentheses, range-for or index, `const`, casts, algorithms.
"""

import ast
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from oracle_lib.tasks.kit.cpp_programs.language import Code, Struct, element

_NAMES = {
    "u8": "uint8_t",
    "u16": "uint16_t",
    "u32": "uint32_t",
    "i8": "int8_t",
    "i16": "int16_t",
    "size": "size_t",
    "str": "std::string",
    "vec": "std::vector",
    "arr": "std::array",
    "opt": "std::optional",
}
_BINARY = {
    ast.Mult: ("*", 5),
    ast.FloorDiv: ("/", 5),
    ast.Mod: ("%", 5),
    ast.Add: ("+", 6),
    ast.Sub: ("-", 6),
    ast.LShift: ("<<", 7),
    ast.RShift: (">>", 7),
    ast.BitAnd: ("&", 11),
    ast.BitXor: ("^", 12),
    ast.BitOr: ("|", 13),
}
_COMPARE = {
    ast.Lt: ("<", 9),
    ast.LtE: ("<=", 9),
    ast.Gt: (">", 9),
    ast.GtE: (">=", 9),
    ast.Eq: ("==", 10),
    ast.NotEq: ("!=", 10),
}
_SMALL = ("u8", "u16", "i8", "i16", "bool", "char", "int")
_MASKS = {"u8": 0xFF, "u16": 0xFFFF, "u32": 0xFFFFFFFF}


@dataclass(frozen=True)
class Manner:
    """`clear` puts parentheses where precedence surprises; `casts` writes `static_cast` where a narrow type cuts off,
    instead of a mask that says the same; `consts` marks what never changes; `postfix` writes `i++`; `braces` puts
    them around single statements; `algorithms` uses the standard library's where it has the loop."""

    clear: bool = True
    casts: bool = False
    consts: bool = False
    postfix: bool = False
    braces: bool = True
    algorithms: bool = True

    @staticmethod
    def drawn(rng: random.Random) -> "Manner":
        return Manner(*(rng.random() < share for share in (0.6, 0.4, 0.3, 0.15, 0.5, 0.6)))


class _Text(NamedTuple):
    """An expression's text and how loosely its outermost operator binds."""

    text: str
    level: int = 0


def cpp_type(kind: ast.expr | None) -> str:
    """The C++ name of a type, `void` for none."""
    if kind is None:
        return "void"
    if isinstance(kind, ast.Name):
        return _NAMES.get(kind.id, kind.id)
    assert isinstance(kind, ast.Subscript) and isinstance(kind.value, ast.Name)
    if kind.value.id == "ref":
        return f"{cpp_type(kind.slice)}&"
    inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
    named = [str(part.value) if isinstance(part, ast.Constant) else cpp_type(part) for part in inner]
    return f"{_NAMES[kind.value.id]}<{', '.join(named)}>"


def parameter_type(kind: ast.expr) -> str:
    """How a parameter of the type is passed: what is large by const reference."""
    text = cpp_type(kind)
    by_value = text.endswith("&") or (isinstance(kind, ast.Name) and (kind.id in _NAMES or kind.id in ("int", "bool")))
    return text if by_value and text != "std::string" else f"const {text}&"


def definition(struct: Struct) -> str:
    """The struct in C++."""
    fields = "".join(f"  {cpp_type(ast.parse(kind, mode='eval').body)} {name};\n" for kind, name in struct.fields)
    return f"struct {struct.name} {{\n{fields}}};\n"


def print_cpp(code: Code, manner: Manner) -> str:
    """The whole answer: the structs, then the function."""
    structs = "".join(definition(struct) + "\n" for struct in code.structs)
    return structs + "\n".join(_Printer(code, manner).function()) + "\n"


def statements_cpp(code: Code, manner: Manner) -> dict[int, str]:
    """Each statement by the line of the code's text that it begins in, and of one that holds others its head."""
    printer = _taught(code, replace(manner, braces=True))
    nodes = (node for statement in code.function.body for node in ast.walk(statement) if isinstance(node, ast.stmt))
    told = {node.lineno: printer.statement(node)[0].removesuffix(" {") for node in nodes}
    return {line: text for line, text in told.items() if not text.startswith("//")}


def expressions_cpp(code: Code, manner: Manner, nodes: Iterable[ast.expr]) -> list[str]:
    """Expressions of the function's."""
    printer = _taught(code, manner)
    return [printer.expr(node).text for node in nodes]


def _taught(code: Code, manner: Manner) -> "_Printer":
    """A printer that has printed the function, and so knows the types of what its loops count."""
    printer = _Printer(code, manner)
    printer.function()
    return printer


class _Printer:
    def __init__(self, code: Code, manner: Manner) -> None:
        self.code, self.manner = code, manner
        self.types: dict[str, ast.expr] = dict(code.parameters)
        self.returns = code.returns
        self.fields = {
            name: ast.parse(kind, mode="eval").body for struct in code.structs for kind, name in struct.fields
        }
        stores: list[str] = []
        for node in ast.walk(code.function):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                self.types[node.target.id] = node.annotation
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                stores.append(node.id)
            if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
                stores += [inner.id for inner in ast.walk(node.value) if isinstance(inner, ast.Name)] * 2
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
            ):
                stores += [node.func.value.id] * 2
        self.constant = {name for name in stores if stores.count(name) == 1}

    def function(self) -> list[str]:
        parameters = ", ".join(f"{parameter_type(kind)} {name}" for name, kind in self.code.parameters)
        head = f"{cpp_type(self.returns)} {self.code.name}({parameters}) {{"
        return [head, *self.block(self.code.function.body, 1), "}"]

    # Statements

    def block(self, body: list[ast.stmt], depth: int) -> list[str]:
        lines: list[str] = []
        while body:
            told, taken = self.algorithm(body) if self.manner.algorithms else ([], 0)
            told, taken = (told, taken) if told else (self.statement(body[0]), 1)
            lines += [("  " * depth + line).rstrip() for line in told]
            body = body[taken:]
        return lines

    def algorithm(self, body: list[ast.stmt]) -> tuple[list[str], int]:
        """The standard library's algorithm that does what the first statements do, and how many those are."""
        match body[:3]:
            case [
                ast.For(ast.Name(one), ast.Name(name), [ast.If(test, [ast.Return(ast.Constant(bool(early)))], [])]),
                ast.Return(ast.Constant(bool(late))),
                *_,
            ] if early != late:
                negated = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
                inner = test.operand if isinstance(test, ast.UnaryOp) and negated and not early else test
                word = "any_of" if early else "all_of" if negated else "none_of"
                return [f"return {self.over(word, name, one, inner)};"], 2
            case [
                ast.AnnAssign(ast.Name(count), kind, ast.Constant(0)),
                ast.For(
                    ast.Name(one),
                    ast.Name(name),
                    [ast.If(test, [ast.AugAssign(ast.Name(other), ast.Add(), ast.Constant(1))], [])],
                ),
                *_,
            ] if count == other:
                return [f"{cpp_type(kind)} {count} = {self.over('count_if', name, one, test)};"], 2
            case [
                ast.AnnAssign(ast.Name(total), kind, ast.Constant() as start),
                ast.For(ast.Name(one), ast.Name(name), [ast.AugAssign(ast.Name(other), ast.Add(), ast.Name(value))]),
                *_,
            ] if total == other and value == one:
                begun = self.expr(start).text + ("u" if cpp_type(kind) == "uint32_t" else "")
                return [f"{cpp_type(kind)} {total} = std::accumulate({name}.begin(), {name}.end(), {begun});"], 2
        return [], 0

    def over(self, word: str, name: str, one: str, test: ast.expr) -> str:
        """A call of the algorithm `word` over a vector, with the test of its element as a lambda."""
        kind = element(self.type_of(ast.Name(name))) or ast.Name("char")
        self.types[one] = kind
        others = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)} - {one, "min", "max", "abs", "len"}
        head = f"[{'&' if others else ''}]({parameter_type(kind)} {one})"
        return f"std::{word}({name}.begin(), {name}.end(), {head} {{ return {self.expr(test).text}; }})"

    def under(self, head: str, body: list[ast.stmt]) -> list[str]:
        """The body under its head, with braces or without."""
        inner = self.block(body, 1)
        plain = len(inner) == 1 and not inner[0].lstrip().startswith("//") and len(head) + len(inner[0]) < 100
        if plain and not self.manner.braces:
            return [f"{head} {inner[0].strip()}"]
        return [f"{head} {{", *inner, "}"]

    def statement(self, node: ast.stmt) -> list[str]:
        match node:
            case ast.Expr(ast.Constant(str(text))):
                return [f"// {text}"]
            case ast.AnnAssign(ast.Name(name), kind, value) if value is not None:
                return [self.declaration(name, kind, value)]
            case ast.Assign([ast.Subscript(ast.Name(name), ast.Slice(start))], value):
                source = self.expr(value).text
                first = self.binary(f"{name}.begin()", "+", start) if start else f"{name}.begin()"
                return [f"std::copy({source}.begin(), {source}.end(), {first});"]
            case ast.Assign([target], value):
                return [f"{self.expr(target).text} = {self.stored(value, self.type_of(target))};"]
            case ast.AugAssign(target, operator, value):
                name = self.expr(target).text
                if isinstance(value, ast.Constant) and value.value == 1 and isinstance(operator, (ast.Add, ast.Sub)):
                    sign = "++" if isinstance(operator, ast.Add) else "--"
                    return [f"{name}{sign};" if self.manner.postfix else f"{sign}{name};"]
                text = self.expr(value).text
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and len(value.value) == 1:
                    text = _letter(value.value)
                return [f"{name} {_BINARY[type(operator)][0]}= {text};"]
            case ast.Return(None):
                return ["return;"]
            case ast.Return(value) if value is not None:
                return self.returned(value)
            case ast.If(test, body, orelse):
                return self.condition(test, body, orelse)
            case ast.While(test, body):
                return self.under(f"while ({self.expr(test).text})", body)
            case ast.For():
                return self.loop(node)
            case ast.Break():
                return ["break;"]
            case ast.Continue():
                return ["continue;"]
            case ast.FunctionDef():
                return self.helper(node)
            case ast.Expr(ast.Call(ast.Attribute(target, method), arguments, named)):
                arguments = [*arguments, *(keyword.value for keyword in named)]
                return [self.method(self.expr(target).text, target, method, arguments)]
        raise TypeError(f"the language has no {ast.unparse(node)}")

    def declaration(self, name: str, kind: ast.expr, value: ast.expr) -> str:
        head = self.head(kind)
        const = "const " if self.manner.consts and name in self.constant else ""
        if head == "table":
            assert isinstance(value, ast.List)
            return f"static const {cpp_type(element(kind))} {name}[] = {{{self.listed(value.elts, None)}}};"
        text = cpp_type(kind)
        match value:
            case ast.List([]) | ast.Constant(None):
                return f"{text} {name};"
            case ast.BinOp(ast.List([filler]), ast.Mult(), count):
                zero = isinstance(filler, ast.Constant) and filler.value == 0
                if head == "arr":
                    return f"{text} {name}{{}};"
                return f"{text} {name}({self.expr(count).text}{'' if zero else ', ' + self.expr(filler).text});"
            case ast.List(items) if head in ("vec", "arr"):
                return f"{const}{text} {name} = {{{self.listed(items, element(kind))}}};"
            case ast.Subscript(ast.Name(source), ast.Slice(start, stop)):
                return f"{const}{text} {name}({self.span(source, start, stop)});"
            case ast.Call(ast.Name("list"), [source]):
                return f"{const}{text} {name} = {self.expr(source).text};"
            case ast.Call(ast.Name(made), []) if made == text:
                return f"{text} {name}{{}};"
            case ast.Constant("") if head == "str":
                return f"{text} {name};"
        return f"{const}{text} {name} = {self.stored(value, kind)};"

    def returned(self, value: ast.expr) -> list[str]:
        head = self.head(self.returns)
        match value:
            case ast.Constant(None):
                return ["return std::nullopt;"]
            case ast.List(items) if head in ("vec", "arr"):
                return [f"return {{{self.listed(items, element(self.returns))}}};"]
            case ast.Subscript(ast.Name(source), ast.Slice(start, stop)):
                return [
                    f"return {{{self.span(source, start, stop)}}};".replace("{", f"{cpp_type(self.returns)}(").replace(
                        "}", ")"
                    )
                ]
            case ast.Constant("") if head == "str":
                return ['return "";']
        kind = element(self.returns) if head == "opt" else self.returns
        return [f"return {self.stored(value, kind)};"]

    def condition(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> list[str]:
        lines = self.under(f"if ({self.expr(test).text})", body)
        if not orelse:
            return lines
        inner = self.statement(orelse[0]) if len(orelse) == 1 and isinstance(orelse[0], ast.If) else []
        rest = [f"else {inner[0]}", *inner[1:]] if inner else self.under("else", orelse)
        return [*lines[:-1], f"}} {rest[0]}", *rest[1:]] if lines[-1] == "}" else [*lines, *rest]

    def loop(self, node: ast.For) -> list[str]:
        match node.target, node.iter:
            case ast.Name(name), ast.Call(ast.Name("range"), bounds):
                start, stop = (ast.Constant(0), bounds[0]) if len(bounds) == 1 else (bounds[0], bounds[1])
                step = bounds[2] if len(bounds) == 3 else ast.Constant(1)
                wide = "size" in (self.kind(start), self.kind(stop))
                self.types[name] = ast.Name("size" if wide else "int")
                if isinstance(step, ast.UnaryOp):
                    size = self.expr(step.operand).text
                    test = f"{name} > {self.expr(stop).text}"
                    if isinstance(stop, ast.UnaryOp):
                        test = f"{name} >= 0"
                    move = (f"{name}--" if self.manner.postfix else f"--{name}") if size == "1" else f"{name} -= {size}"
                else:
                    size = self.expr(step).text
                    match stop:
                        case ast.BinOp(last, ast.Add(), ast.Constant(1)):
                            test = f"{name} <= {self.wrapped(last, 8)}"
                        case _:
                            test = f"{name} < {self.wrapped(stop, 8)}"
                    move = (f"{name}++" if self.manner.postfix else f"++{name}") if size == "1" else f"{name} += {size}"
                kind = "size_t" if wide else "int"
                return self.under(f"for ({kind} {name} = {self.expr(start).text}; {test}; {move})", node.body)
            case ast.Name(name), source:
                whole = self.type_of(source)
                held = ast.Name("char") if self.head(whole) == "str" else element(whole) or ast.Name("int")
                self.types[name] = held
                stored = any(
                    isinstance(inner, (ast.Attribute, ast.Name))
                    and isinstance(inner.ctx, ast.Store)
                    and _root(inner) == name
                    for statement in node.body
                    for inner in ast.walk(statement)
                )
                text = cpp_type(held)
                scalar = isinstance(held, ast.Name) and (held.id in _NAMES or held.id in ("int", "bool", "char"))
                passed = f"{text}&" if stored else text if scalar else f"const {text}&"
                return self.under(f"for ({passed} {name} : {self.expr(source).text})", node.body)
        raise TypeError(f"the language has no {ast.unparse(node)}")

    def helper(self, node: ast.FunctionDef) -> list[str]:
        outer, self.returns = self.returns, node.returns
        for argument in node.args.args:
            self.types[argument.arg] = argument.annotation or ast.Name("int")
        self.types[node.name] = ast.Subscript(ast.Name("helper"), node.returns or ast.Name("int"))
        parameters = ", ".join(f"{parameter_type(a.annotation or ast.Name('int'))} {a.arg}" for a in node.args.args)
        body = self.block(node.body, 1)
        arrow = f" -> {cpp_type(node.returns)}" if node.returns is not None and cpp_type(node.returns) != "int" else ""
        self.returns = outer
        if len(body) == 1:
            return [f"auto {node.name} = [&]({parameters}){arrow} {{ {body[0].strip()} }};"]
        return [f"auto {node.name} = [&]({parameters}){arrow} {{", *body, "};"]

    def method(self, target: str, node: ast.expr, method: str, arguments: list[ast.expr]) -> str:
        match method, arguments:
            case "append", [value]:
                return f"{target}.push_back({self.stored(value, element(self.type_of(node)))});"
            case "extend", [ast.Subscript(ast.Name(source), ast.Slice(start, stop))]:
                return f"{target}.insert({target}.end(), {self.span(source, start, stop)});"
            case "extend", [ast.BinOp(ast.List([filler]), ast.Mult(), count)]:
                match count:  # up to a length
                    case ast.BinOp(length, ast.Sub(), ast.Call(ast.Name("len"), [ast.Name(name)])) if name == target:
                        return f"{target}.resize({self.expr(length).text}, {self.expr(filler).text});"
                return f"{target}.insert({target}.end(), {self.expr(count).text}, {self.expr(filler).text});"
            case "extend", [source]:
                text = self.expr(source).text
                return f"{target}.insert({target}.end(), {text}.begin(), {text}.end());"
            case "sort", []:
                return f"std::sort({target}.begin(), {target}.end());"
            case "sort", [ast.Lambda(_, key), backwards]:
                kind = cpp_type(element(self.type_of(node)))
                keys = key.elts if isinstance(key, ast.Tuple) else [key]
                names = [part.attr for part in keys if isinstance(part, ast.Attribute)]
                a, b = ("b", "a") if isinstance(backwards, ast.Constant) and backwards.value else ("a", "b")
                tied = [f"std::tie({', '.join(f'{side}.{name}' for name in names)})" for side in (a, b)]
                left, right = tied if len(names) > 1 else (f"{a}.{names[0]}", f"{b}.{names[0]}")
                order = f"[](const {kind}& a, const {kind}& b) {{ return {left} < {right}; }}"
                return f"std::stable_sort({target}.begin(), {target}.end(), {order});"
            case "reverse", []:
                return f"std::reverse({target}.begin(), {target}.end());"
            case "pop", []:
                return f"{target}.pop_back();"
        raise TypeError(f"the language has no method {method}")

    # Expressions

    def stored(self, value: ast.expr, kind: ast.expr | None) -> str:
        """The expression as the value of something of the type, which makes some masks needless."""
        name = kind.id if isinstance(kind, ast.Name) else ""
        if name in _MASKS and isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitAnd):
            mask = value.right
            if isinstance(mask, ast.Constant) and mask.value == _MASKS[name]:
                if name == "u32" and self.kind(value.left) in ("u32", "size"):
                    return self.expr(value.left).text
                if self.manner.casts and name != "u32":
                    return f"static_cast<{_NAMES[name]}>({self.expr(value.left).text})"
        return self.expr(value).text

    def listed(self, items: list[ast.expr], kind: ast.expr | None) -> str:
        """Elements between braces, where C++ allows no narrowing."""
        name = kind.id if isinstance(kind, ast.Name) else ""
        parts = []
        for item in items:
            text = self.expr(item).text
            own = self.kind(item)
            same = isinstance(item, ast.Constant) or name in ("", own) or (name == "int" and own in _SMALL)
            if not same and isinstance(item, ast.BinOp) and isinstance(item.op, ast.BitAnd):
                mask = item.right
                if isinstance(mask, ast.Constant) and mask.value == _MASKS.get(name):
                    text = self.expr(item.left).text
            parts.append(text if same else f"static_cast<{cpp_type(kind)}>({text})")
        return ", ".join(parts)

    def span(self, source: str, start: ast.expr | None, stop: ast.expr | None) -> str:
        first = self.binary(f"{source}.begin()", "+", start) if start else f"{source}.begin()"
        last = self.binary(f"{source}.begin()", "+", stop) if stop else f"{source}.end()"
        return f"{first}, {last}"

    def binary(self, left: str, sign: str, right: ast.expr) -> str:
        return f"{left} {sign} {self.wrapped(right, 6)}"

    def wrapped(self, node: ast.expr, level: int, tight: bool = False) -> str:
        """The text, in parentheses where its operator binds more loosely than `level` (or, if `tight`, as loosely)."""
        text, own = self.expr(node)
        return f"({text})" if own > level or (tight and own == level) else text

    def expr(self, node: ast.expr) -> _Text:
        match node:
            case ast.Constant(bool(value)):
                return _Text("true" if value else "false")
            case ast.Constant(int(value)):
                return _Text(f"0x{value:X}" if node.kind == "x" else str(value))
            case ast.Constant(str(value)):
                return _Text('"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"')
            case ast.Name(name):
                return _Text(name)
            case ast.Attribute(value, name):
                return _Text(f"{self.expr(value).text}.{name}")
            case ast.Subscript(value, place):
                return _Text(f"{self.expr(value).text}[{self.expr(place).text}]")
            case ast.UnaryOp(ast.Not(), operand):
                return _Text(f"!{self.wrapped(operand, 3)}", 3)
            case ast.UnaryOp(ast.USub(), operand):
                return _Text(f"-{self.wrapped(operand, 3)}", 3)
            case ast.UnaryOp(ast.Invert(), operand):
                return _Text(f"~{self.wrapped(operand, 3)}", 3)
            case ast.BinOp(left, operator, right):
                return self.operation(left, type(operator), right)
            case ast.BoolOp(operator, values):
                sign, level = ("&&", 14) if isinstance(operator, ast.And) else ("||", 15)
                parts = [
                    self.wrapped(value, 13 if isinstance(operator, ast.Or) and self.manner.clear else level)
                    for value in values
                ]
                return _Text(f" {sign} ".join(parts), level)
            case ast.Compare():
                return self.comparison(node)
            case ast.IfExp(test, body, orelse):
                return _Text(f"{self.wrapped(test, 15)} ? {self.wrapped(body, 15)} : {self.wrapped(orelse, 16)}", 16)
            case ast.Call():
                return self.call(node)
        raise TypeError(f"the language has no {ast.unparse(node)}")

    def operation(self, left: ast.expr, operator: type[ast.operator], right: ast.expr) -> _Text:
        sign, level = _BINARY[operator]
        if self.reaches_sign(left, operator, right):
            return _Text(f"static_cast<uint32_t>({self.expr(left).text}) << 24", level)
        if self.manner.clear and level > 6:
            own = self.expr(left), self.expr(right)
            parts = [
                f"({text})" if (4 < inner < level or inner > level) and inner != 0 else text for text, inner in own
            ]
            if own[1].level == level and operator is not ast.BitOr:
                parts[1] = f"({own[1].text})"
            if level == 13:  # a | b << 8 is read as it is meant once the shift stands in parentheses
                parts = [f"({text})" if inner > 4 and inner != level else text for text, inner in own]
            return _Text(f"{parts[0]} {sign} {parts[1]}", level)
        return _Text(f"{self.wrapped(left, level)} {sign} {self.wrapped(right, level, tight=True)}", level)

    def comparison(self, node: ast.Compare) -> _Text:
        if isinstance(node.ops[0], (ast.In, ast.NotIn)):
            assert isinstance(node.comparators[0], (ast.Tuple, ast.List))
            inside = isinstance(node.ops[0], ast.In)
            sign, level = ("==", 15) if inside else ("!=", 14)
            name = self.wrapped(node.left, 9)
            tests = [f"{name} {sign} {self.wrapped(item, 9)}" for item in node.comparators[0].elts]
            return _Text((" || " if inside else " && ").join(tests), level)
        parts = []
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(right, ast.Constant) and right.value is None:
                parts.append(_Text(("!" if isinstance(operator, ast.Eq) else "") + self.expr(left).text, 3))
                continue
            sign, level = _COMPARE[type(operator)]
            bound = level - 1 if level == 10 and self.manner.clear else 8
            parts.append(_Text(f"{self.wrapped(left, bound)} {sign} {self.wrapped(right, bound)}", level))
            left = right
        return parts[0] if len(parts) == 1 else _Text(" && ".join(part.text for part in parts), 14)

    def call(self, node: ast.Call) -> _Text:
        match node.func, node.args:
            case ast.Name("len"), [source]:
                return _Text(f"{self.expr(source).text}.size()")
            case ast.Name("min"), [ast.Call(ast.Name("max"), [value, low]), high]:
                return _Text(
                    f"std::clamp<{self.common(value, low, high)}>({', '.join(self.expr(x).text for x in (value, low, high))})"
                )
            case ast.Name("min" | "max" as name), [left, right]:
                return _Text(
                    f"std::{name}<{self.common(left, right)}>({self.expr(left).text}, {self.expr(right).text})"
                )
            case ast.Name("abs"), [value]:
                return _Text(f"std::abs({self.expr(value).text})")
            case ast.Name("int"), [value]:
                return _Text(f"static_cast<int>({self.expr(value).text})")
            case ast.Name("chr"), [value]:
                return _Text(f"static_cast<char>({self.expr(value).text})")
            case ast.Name("ord"), [ast.Constant(str(letter))]:
                return _Text(_letter(letter))
            case ast.Name("ord"), [value]:
                return self.expr(value)
            case ast.Name("sum"), [source]:
                text = self.expr(source).text
                return _Text(f"std::accumulate({text}.begin(), {text}.end(), 0)")
            case ast.Name("max" | "min" as name), [source]:
                text = self.expr(source).text
                return _Text(f"*std::{name}_element({text}.begin(), {text}.end())", 3)
            case ast.Attribute(source, "count"), [value]:
                text = self.expr(source).text
                return _Text(f"std::count({text}.begin(), {text}.end(), {self.expr(value).text})")
            case ast.Name(name), arguments:
                return _Text(f"{name}({', '.join(self.expr(argument).text for argument in arguments)})")
        raise TypeError(f"the language has no {ast.unparse(node)}")

    def common(self, *nodes: ast.expr) -> str:
        kinds = {self.kind(node) for node in nodes}
        return "size_t" if "size" in kinds else "uint32_t" if "u32" in kinds else "int"

    # Types

    def head(self, kind: ast.expr | None) -> str:
        if isinstance(kind, ast.Subscript):
            kind = kind.value
        return kind.id if isinstance(kind, ast.Name) else ""

    def type_of(self, node: ast.expr) -> ast.expr | None:
        match node:
            case ast.Name(name):
                kind = self.types.get(name)
                return kind.slice if isinstance(kind, ast.Subscript) and self.head(kind) == "ref" else kind
            case ast.Attribute(_, name):
                return self.fields.get(name)
            case ast.Subscript(value, place):
                kind = self.type_of(value)
                return (
                    kind
                    if isinstance(place, ast.Slice)
                    else ast.Name("char")
                    if self.head(kind) == "str"
                    else element(kind)
                )
            case ast.Call(ast.Name(name)) if self.head(self.types.get(name)) == "helper":
                return element(self.types[name])
        return None

    def reaches_sign(self, left: ast.expr, operator: type[ast.operator], right: ast.expr) -> bool:
        """Whether a byte is shifted into the sign of C++'s `int`, which the language's numbers do not have."""
        by_24 = isinstance(right, ast.Constant) and right.value == 24
        return operator is ast.LShift and by_24 and self.kind(left) == "u8"

    def kind(self, node: ast.expr) -> str:
        """The type of a number: the widest that takes part, `int` for whatever is narrower than that in arithmetic."""
        match node:
            case ast.Constant(bool()):
                return "bool"
            case ast.Constant(int(value)):
                return "int" if value < 2**31 else "u32"
            case ast.BinOp(left, ast.LShift() | ast.RShift() as operator, right):
                if self.reaches_sign(left, type(operator), right):
                    return "u32"
                kind = self.kind(left)
                return "int" if kind in _SMALL else kind
            case ast.BinOp(left, _, right):
                kinds = {self.kind(left), self.kind(right)}
                return "size" if "size" in kinds else "u32" if "u32" in kinds else "int"
            case ast.UnaryOp(_, operand):
                kind = self.kind(operand)
                return "int" if kind in _SMALL else kind
            case ast.IfExp(_, body, orelse):
                kinds = {self.kind(body), self.kind(orelse)}
                return (
                    kinds.pop()
                    if len(kinds) == 1
                    else "size"
                    if "size" in kinds
                    else "u32"
                    if "u32" in kinds
                    else "int"
                )
            case ast.Call(ast.Name("len")):
                return "size"
            case ast.Call(ast.Name("min" | "max"), [left, right]):
                kinds = {self.kind(left), self.kind(right)}
                return "size" if "size" in kinds else "u32" if "u32" in kinds else "int"
            case ast.Compare() | ast.BoolOp():
                return "bool"
        found = self.type_of(node)
        return found.id if isinstance(found, ast.Name) else "int"


def _letter(letter: str) -> str:
    return {"'": "'\\''", "\\": "'\\\\'", "\n": "'\\n'"}.get(letter, f"'{letter}'")


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
