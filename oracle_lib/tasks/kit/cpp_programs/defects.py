"""Puts one defect of the usual kinds into a function: an index off by one, a wrong mask, shift, stride, sign or order of bytes.

Whether the function then does anything else is found out by running it, not here.
"""

import ast
import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from oracle_lib.tasks.kit.cpp_programs.language import Code


@dataclass(frozen=True)
class Defect:
    """A function with a defect, and what is wrong, in words."""

    code: Code
    diagnosis: str


_Change = Callable[[ast.AST], str | None]
"""Changes a node in place, and says what is wrong then; None where it can't."""

_NEAR: dict[type[ast.cmpop], tuple[type[ast.cmpop], str]] = {
    ast.Lt: (ast.LtE, "a comparison includes a value that it must leave out"),
    ast.LtE: (ast.Lt, "a comparison leaves out the value that it must include"),
    ast.Gt: (ast.GtE, "a comparison includes a value that it must leave out"),
    ast.GtE: (ast.Gt, "a comparison leaves out the value that it must include"),
    ast.Eq: (ast.NotEq, "a comparison is the wrong way round"),
    ast.NotEq: (ast.Eq, "a comparison is the wrong way round"),
}
_OTHER: dict[type[ast.operator], tuple[type[ast.operator], str]] = {
    ast.Add: (ast.Sub, "it subtracts what it must add"),
    ast.Sub: (ast.Add, "it adds what it must subtract"),
    ast.LShift: (ast.RShift, "it shifts to the wrong side"),
    ast.RShift: (ast.LShift, "it shifts to the wrong side"),
    ast.BitAnd: (ast.BitOr, "it sets bits where it must mask them"),
    ast.BitOr: (ast.BitAnd, "it masks bits where it must join them"),
    ast.Mod: (ast.FloorDiv, "it takes the quotient where it must take the remainder"),
    ast.FloorDiv: (ast.Mod, "it takes the remainder where it must take the quotient"),
}


def _comparison(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Compare) or type(node.ops[-1]) not in _NEAR:
        return None
    other, said = _NEAR[type(node.ops[-1])]
    node.ops[-1] = other()
    return said


def _operator(node: ast.AST) -> str | None:
    if not isinstance(node, (ast.BinOp, ast.AugAssign)) or type(node.op) not in _OTHER:
        return None
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.List):
        return None
    other, said = _OTHER[type(node.op)]
    node.op = other()
    return said


def _connective(node: ast.AST) -> str | None:
    if not isinstance(node, ast.BoolOp):
        return None
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return "two conditions are joined by the wrong word: one of `&&` and `||` has to be the other"


def _shift(node: ast.AST) -> str | None:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.LShift, ast.RShift)):
        return None
    if not isinstance(node.right, ast.Constant) or not isinstance(node.right.value, int):
        return None
    node.right.value += 1 if node.right.value == 1 else -1
    return "a value is shifted by a wrong number of bits"


def _mask(node: ast.AST) -> str | None:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.BitAnd):
        return None
    if not isinstance(node.right, ast.Constant) or not isinstance(node.right.value, int) or node.right.value < 2:
        return None
    node.right.value >>= 1
    return "a mask lacks its highest bit"


def _stride(node: ast.AST) -> str | None:
    values = [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else []
    values = [node.value] if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) else values
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, int):
            value.value += 1 if value.value == 1 else -1
            return "a step or a factor is wrong, so that what follows is taken from the wrong place or counted wrongly"
    return None


def _offset(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.BinOp):
        return None
    number = node.slice.right
    if not isinstance(node.slice.op, ast.Add) or not isinstance(number, ast.Constant) or type(number.value) is not int:
        return None
    number.value += 1 if number.value == 0 else -1
    return "an element is taken from the place beside the right one"


def _order(node: ast.AST) -> str | None:
    """Exchanges where the low and the high byte of a number come from."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.BitOr):
        return None
    reads = [part for part in (*ast.walk(node.left), *ast.walk(node.right)) if isinstance(part, ast.Subscript)]
    if len(reads) != 2 or ast.dump(reads[0]) == ast.dump(reads[1]):
        return None
    reads[0].slice, reads[1].slice = reads[1].slice, reads[0].slice
    return "the bytes of a number are joined in the wrong order"


def _bound(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "range":
        return None
    place = 0 if len(node.args) == 1 else 1
    stop = node.args[place]
    if isinstance(stop, ast.Constant) and isinstance(stop.value, int) and stop.value > 1:
        stop.value -= 1
    elif isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.Add) and isinstance(stop.right, ast.Constant):
        node.args[place] = stop.left
    else:
        return None
    return "a loop ends one round too early"


def _start(node: ast.AST) -> str | None:
    if (
        not isinstance(node, ast.AnnAssign)
        or not isinstance(node.value, ast.Constant)
        or type(node.value.value) is not int
    ):
        return None
    node.value.value = 1 if node.value.value == 0 else 0
    return f"`{ast.unparse(node.target)}` starts with the wrong value"


def _negation(node: ast.AST) -> str | None:
    if not isinstance(node, (ast.If, ast.IfExp)) or not isinstance(node.test, ast.UnaryOp):
        return None
    node.test = node.test.operand
    return "a condition lacks its negation"


def _lost_step(node: ast.AST) -> str | None:
    """Forgets a reset or an update in the middle of a block."""
    if not isinstance(node, (ast.If, ast.For, ast.While)) or len(node.body) < 3:
        return None
    for index, statement in enumerate(node.body[1:], 1):
        if isinstance(statement, ast.Assign):
            del node.body[index]
            return "an assignment is missing"
    return None


_CHANGES: tuple[tuple[_Change, tuple[type[ast.AST], ...]], ...] = (
    (_comparison, (ast.Compare,)),
    (_operator, (ast.BinOp, ast.AugAssign)),
    (_connective, (ast.BoolOp,)),
    (_shift, (ast.BinOp,)),
    (_mask, (ast.BinOp,)),
    (_stride, (ast.BinOp, ast.AugAssign)),
    (_offset, (ast.Subscript,)),
    (_order, (ast.BinOp,)),
    (_bound, (ast.Call,)),
    (_start, (ast.AnnAssign,)),
    (_negation, (ast.If, ast.IfExp)),
    (_lost_step, (ast.If, ast.For, ast.While)),
)


def defects(code: Code, rng: random.Random) -> Iterator[Defect]:
    """Versions of the function with one defect each, those of every kind in a drawn order."""
    nodes = list(ast.walk(code.function))
    kinds = [(change, [index for index, node in enumerate(nodes) if isinstance(node, of)]) for change, of in _CHANGES]
    while kinds := [(change, places) for change, places in kinds if places]:
        change, places = rng.choice(kinds)
        function = copy.deepcopy(code.function)
        said = change(list(ast.walk(function))[places.pop(rng.randrange(len(places)))])
        if said:
            yield Defect(code.with_function(function), said)
