"""Loops over arrays and texts."""

from __future__ import annotations

from oracle_lib.tasks import program as p
from oracle_lib.tasks.program.compiler.code import Label
from oracle_lib.tasks.program.compiler.conditions import Conditions
from oracle_lib.tasks.program.compiler.style import Unsupported


class Loops(Conditions):
    """Adds loops."""

    end: Label

    def each(self, s: p.Each) -> None:
        raise Unsupported("loops")

    def gather(self, place: p.Place, value: p.Gathered) -> None:
        raise Unsupported("gathers")

    def fill(self, over: p.Array, value: p.Expression) -> None:
        raise Unsupported("fills")

    def copy(self, s: p.Copy) -> None:
        raise Unsupported("copies")

    def reverse(self, over: p.Array) -> None:
        raise Unsupported("reversals")

    def shove(self, s: p.Shove) -> None:
        raise Unsupported("shoves")

    def some(self, condition: p.Some, target: Label, when: bool) -> None:
        raise Unsupported("some")
