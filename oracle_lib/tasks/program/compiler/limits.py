"""How large the numbers of an expression can get, from what the program promises about its variables."""

from __future__ import annotations

from oracle_lib.tasks import program as p


def limit(e: p.Expression, turns: int = 256) -> int:
    """The largest value that the expression may have. `turns`: those of the loop around it."""
    top = (1 << e.width) - 1
    match e:
        case p.Number(value):
            return value & top
        case p.Index():
            return min(turns - 1, top)
        case p.Read(p.Variable(below=below) | p.Register(below=below)) if below:
            return min(below - 1, top)
        case p.Read(p.Item(p.Table(values=values))):
            return max(values)
        case p.Binary(operation, left, right):
            a, b = limit(left, turns), limit(right, turns)
            ors = (1 << max(a, b).bit_length()) - 1
            bounds = {"add": a + b, "and": min(a, b), "or": ors, "xor": ors, "min": min(a, b), "average": (a + b) // 2}
            return min(bounds.get(operation, max(a, b) if operation == "max" else top), top)
        case p.Saturating(operation, left, right, bound):
            a, b = limit(left, turns), limit(right, turns)
            return min(a + b, bound) if operation == "add" else max(a, bound)
        case p.Product(left, right):
            return limit(left, turns) * limit(right, turns)
        case p.Quotient(left, right, remainder):
            return min(limit(left, turns), limit(right, turns) - 1) if remainder else limit(left, turns)
        case p.Scaled(operand, factor):
            return min(limit(operand, turns) * factor, top)
        case p.Shifted(operand, "left", count):
            return min(limit(operand, turns) << count, top)
        case p.Shifted(operand, "right", count):
            return limit(operand, turns) >> count
        case p.Field(operand, low, bits):
            return min(limit(operand, turns) >> low, (1 << bits) - 1)
        case p.Half(operand, high):
            return limit(operand, turns) >> 8 if high else min(limit(operand, turns), 0xFF)
        case p.Joined(high, low):
            return limit(high, turns) << 8 | 0xFF
        case p.Widened(operand, is_signed):
            inner = limit(operand, turns)
            return inner if not is_signed or inner < 0x80 else top
        case p.Chosen(_, then, otherwise):
            return max(limit(then, turns), limit(otherwise, turns))
        case p.Extreme(_, over, True):
            return over.length - 1
        case p.Count(over, _):
            return over.length if isinstance(over, p.Array) else over.most
    return top
