"""Keeps what is taught apart from what is held out: finds the held-out family whose computation a drawn program does.

Two computations are one where they give equal results on many random and telling inputs, whatever the addresses, the
constants and the order of the inputs, and whatever else the program does beside it. What happens on the way to a result
is free to be anything. `python -m oracle_lib.tasks.decontamination` draws problems and prints how many were refused.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from oracle_lib.tasks import program as p
from oracle_lib.tasks.decontamination.behaviour import Behaviour, Observation, Place, Value
from oracle_lib.tasks.decontamination.signatures import SIGNATURES, Pair, Shapes, Signature

REFUSED: Counter[tuple[str, str]] = Counter()
"""How many programs this process refused, by (composed family, held-out family)."""

_OBSERVATIONS = 48
_CONFIRMED = 240
"""Over how many observations a program that equals a signature in the first ones must equal it."""
_RANDOM_FIRST = 3
_FEWEST = 0.2
"""What share of the observations must lie in what the family is about."""


def refuses(program: p.Program, module: str) -> bool:
    """Whether the program that `module` drew computes what a held-out family computes. Counts it in `REFUSED`."""
    if held_out := copied(program):
        REFUSED[module.rpartition(".")[2], held_out] += 1
    return held_out is not None


def copied(program: p.Program) -> str | None:
    """The held-out family that the program, or one of its results alone, computes; None where there is none."""
    behaviour = Behaviour(program)
    shapes = {place.shape for place in behaviour.results}
    for signature in SIGNATURES:
        if shapes.intersection(signature.results[0]) and any(
            _computes(behaviour, signature, *taken) for taken in _roles(behaviour, signature)
        ):
            return signature.family
    return None


Roles = tuple[tuple[Place, ...], tuple[Place, ...]]


def _roles(behaviour: Behaviour, signature: Signature) -> Iterator[Roles]:
    """The ways in which the program's places may be the signature's inputs and results."""
    for results in _fitting(behaviour.results, signature.results):
        sources = tuple(dict.fromkeys(place for result in results for place in behaviour.sources[result]))
        if len(sources) < len(signature.inputs):
            continue
        needed: frozenset[Place] = frozenset()
        if len(sources) > len(signature.inputs):
            needed = frozenset().union(*(behaviour.needed[result] for result in results))
            if len(needed) > len(signature.inputs):
                continue
        for inputs in _fitting(sources, signature.inputs):
            if needed <= set(inputs) and (not signature.in_place or results == inputs[: len(results)]):
                yield inputs, results


def _fitting(places: Sequence[Place], wanted: Sequence[Shapes]) -> Iterator[tuple[Place, ...]]:
    able = [place for place in places if any(place.shape in shapes for shapes in wanted)]
    for chosen in permutations(able, len(wanted)):
        if all(place.shape in shapes for place, shapes in zip(chosen, wanted, strict=True)):
            yield chosen


class _Pairs(Sequence[Pair]):
    """What the roles held before and after: first in random states, then in such as the signature draws."""

    def __init__(self, behaviour: Behaviour, signature: Signature, roles: Roles) -> None:
        self._behaviour, self._signature = behaviour, signature
        self._inputs, self._results = roles
        self._rng = random.Random(signature.family)
        self._made: list[Pair] = []

    def __len__(self) -> int:
        return _CONFIRMED

    def __iter__(self) -> Iterator[Pair]:
        """Those that tell whether it is worth the while to make all."""
        return (self[number] for number in range(_OBSERVATIONS))

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < _CONFIRMED:
            raise IndexError(number)
        while len(self._made) <= number:
            seen = self._observed(len(self._made))
            before = tuple(seen.before[place] for place in self._inputs)
            self._made.append((before, tuple(seen.after[place] for place in self._results)))
        return self._made[number]

    def _observed(self, number: int) -> Observation:
        if self._signature.draw is None or number < _RANDOM_FIRST:
            return self._behaviour.random(number)
        held = self._behaviour.random(number).before
        current = tuple(held[place] for place in self._inputs)
        if () in current:
            return self._behaviour.random(number)
        given = self._signature.draw(self._rng, current, self._behaviour.constants)
        return self._behaviour.observe(number, dict(zip(self._inputs, given, strict=True)))


def _computes(
    behaviour: Behaviour, signature: Signature, inputs: tuple[Place, ...], results: tuple[Place, ...]
) -> bool:
    pairs = _Pairs(behaviour, signature, (inputs, results))
    tops = [(1 << place.width) - 1 for place in results]
    return any(
        _agree(signature, constants, pairs, tops, _OBSERVATIONS)
        and _agree(signature, constants, pairs, tops, _CONFIRMED)
        for constants in signature.constants(behaviour.constants, pairs)
    )


def _agree(signature: Signature, constants: tuple[Any, ...], pairs: _Pairs, tops: list[int], observations: int) -> bool:
    met, outcomes, copies = 0, set(), [True] * len(signature.inputs)
    for number in range(observations):
        given, results = pairs[number]
        expected = signature.compute(*given, *constants)
        if expected is None:
            continue
        for one, found, top in zip(expected, results, tops, strict=True):
            if not _same(one, found, top):
                return False
        met += 1
        outcomes.add(expected)
        copies = [copy and one == expected[0] for copy, one in zip(copies, given, strict=True)]
    telling = len(outcomes) > 1 and not any(copies)
    return met >= _FEWEST * observations and (telling or not signature.inputs)


def _same(expected: Any, found: Value, top: int) -> bool:
    if isinstance(found, tuple):
        return len(expected) == len(found) and all(
            one is None or (one ^ other) & top == 0 for one, other in zip(expected, found, strict=True)
        )
    return found is not None and (int(expected) ^ found) & top == 0
