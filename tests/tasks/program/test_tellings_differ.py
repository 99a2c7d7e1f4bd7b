"""A telling leaves out nothing: whatever is changed in a program, every way of telling it says something else."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from told_programs import Draw

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.teller import tones

CHOICES: dict[tuple[type, str], tuple[object, ...]] = {
    (p.Binary, "operation"): ("add", "subtract", "and", "or", "xor", "min", "max", "distance", "average"),
    (p.Saturating, "operation"): ("add", "subtract"),
    (p.Saturating, "bound"): (17, 200),
    (p.Shifted, "direction"): ("left", "right", "signed right", "rotate left", "rotate right"),
    (p.Shifted, "count"): (1, 2, 3),
    (p.Scaled, "factor"): (3, 13),
    (p.Field, "low"): (1, 2, 3),
    (p.Field, "bits"): (2, 3),
    (p.Unary, "operation"): ("not", "negate", "swap", "magnitude"),
    (p.Quotient, "remainder"): (True, False),
    (p.Half, "high"): (True, False),
    (p.Widened, "signed"): (True, False),
    (p.Fold, "operation"): ("sum", "xor", "or", "and"),
    (p.Extreme, "operation"): ("min", "max"),
    (p.Position, "last"): (True, False),
    (p.Position, "otherwise"): (0x80, 0xFF),
    (p.Compared, "relation"): ("==", "!=", "<", "<=", ">", ">="),
    (p.Bits, "mask"): (4, 0x22),
    (p.Bits, "which"): ("any", "none"),
    (p.Between, "low"): (2, 3),
    (p.Between, "high"): (60, 61),
    (p.Some, "all"): (True, False),
    (p.Copy, "backwards"): (True, False),
    (p.Shove, "up"): (True, False),
    (p.Call, "returns"): ("rts", "rtl"),
    (p.Text, "most"): (9, 12),
    (p.Text, "end"): (0xFE, 0xFF),
    (p.Pointer, "width"): (16, 24),
    (p.Table, "values"): ((1, 2, 3, 4, 5, 6, 7, 8),),
}


@pytest.mark.parametrize("tone", tones.TONES)
def test_a_changed_program_is_told_differently(tone: tones.Tone) -> None:
    for seed in range(70):
        program, rng = Draw(seed).program(), random.Random(seed)
        changes = [change for node in dict.fromkeys(program.nodes) for change in changes_of(node)]
        for old, new in rng.sample(changes, min(4, len(changes))):
            changed = p.Program(with_change(program.body, old, new))
            assert tone(program, random.Random(seed)) != tone(changed, random.Random(seed)), (seed, old, new)


def changes_of(node: Any) -> list[tuple[object, object]]:
    """The node, and in its place others that mean something else."""
    fields = {field: values for (kind, field), values in CHOICES.items() if isinstance(node, kind)}
    if isinstance(node, p.Number):
        fields["value"] = ((node.value + 1) % (1 << node.width), node.value ^ 0x10)
    if isinstance(node, p.Variable | p.Text | p.Call | p.Pointer) and not (isinstance(node, p.Variable) and node.own):
        fields["address"] = (node.address + 0x11,)
    if isinstance(node, p.Compared) and node.relation not in ("==", "!="):
        fields["signed"] = (not node.signed,)
    others = [dataclasses.replace(node, **{field: value}) for field, values in fields.items() for value in values]
    return [(node, other) for other in others if other != node]


def with_change(part: Any, old: object, new: object) -> Any:
    """The part of a program with every `old` in it replaced."""
    if part == old and type(part) is type(old):
        return new
    if isinstance(part, tuple):
        return tuple(with_change(one, old, new) for one in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        held = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
        return type(part)(**{name: with_change(value, old, new) for name, value in held.items()})
    return part
