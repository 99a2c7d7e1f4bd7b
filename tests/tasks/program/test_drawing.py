"""Drawn programs: the same for a seed, apart in memory, and such as the interpreter can run from any state."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import SCRATCH, State, bus
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.drawing import Drawer, Statements

PARTS: dict[str, Callable[[Drawer], Statements]] = {
    "bits": lambda draw: Algorithms(draw).bits(),
    "subtraction": lambda draw: Algorithms(draw).subtraction(),
    "growth": lambda draw: Algorithms(draw).growth(),
    "turns": lambda draw: Algorithms(draw).turns(),
    "ends": lambda draw: Algorithms(draw).ends(),
    "previous": lambda draw: Algorithms(draw).previous(),
    "runs": lambda draw: Algorithms(draw).runs(),
    "running": lambda draw: Algorithms(draw).running(),
    "kept": lambda draw: Algorithms(draw).kept(),
    "hash": lambda draw: Algorithms(draw).hash(),
    "pairs": lambda draw: Algorithms(draw).pairs(),
    "a formula of bytes": lambda draw: (draw.assignment(3, 8),),
    "a formula of words": lambda draw: (draw.assignment(3, 16),),
    "a formula of longs": lambda draw: (draw.assignment(1, 24),),
    "a block": lambda draw: draw.block(most=3),
    "a branch": lambda draw: (draw.branch(depth=2),),
    "a switch": lambda draw: (draw.switch(),),
    "fields": lambda draw: (draw.packed(),),
    "what all come to": lambda draw: (draw.gathered(),),
    "a loop": lambda draw: (draw.each(),),
    "a loop over a text": lambda draw: (draw.over_text(),),
    "moves": lambda draw: (draw.moved(),),
    "elements": lambda draw: (draw.items(),),
    "pointers": lambda draw: (draw.pointed(),),
    "an answer": lambda draw: (draw.flag(),),
    "a question of all": lambda draw: (p.If(draw.some(), draw.block()),),
    "a call": lambda draw: (draw.called(),),
}


def program(name: str, seed: int) -> p.Program:
    return p.Program(PARTS[name](Drawer(random.Random(f"{name} {seed}"))))


def places(thing: object) -> set[int]:
    """The bytes that a thing takes in memory."""
    match thing:
        case p.Variable():
            starts, size = [int(thing.address)], thing.width // 8
        case p.Array():
            starts, size = [thing.address + thing.step * place for place in range(thing.length)], thing.width // 8
        case p.Text():
            starts, size = [int(thing.address)], thing.most + 1
        case p.Pointer():
            starts, size = [int(thing.address)], thing.width // 8
        case _:
            return set()
    return {bus(start) + byte for start in starts for byte in range(size)}


def assert_apart(things: tuple[object, ...]) -> None:
    taken: dict[int, object] = {}
    for thing in things:
        for place in places(thing):
            assert place not in taken, f"{thing} and {taken[place]}"
            taken[place] = thing


@pytest.mark.parametrize("name", PARTS)
def test_a_seed_always_draws_the_same_program_and_seeds_draw_many(name: str) -> None:
    assert [program(name, seed) for seed in range(20)] == [program(name, seed) for seed in range(20)]
    assert len({repr(program(name, seed)) for seed in range(20)}) == 20


@pytest.mark.parametrize("name", PARTS)
def test_no_two_things_of_a_program_share_a_byte(name: str) -> None:
    for seed in range(60):
        drawn = program(name, seed)
        assert_apart(
            (*drawn.things(p.Variable), *drawn.things(p.Array), *drawn.things(p.Text), *drawn.things(p.Pointer))
        )


@pytest.mark.parametrize("name", PARTS)
def test_a_program_runs_from_any_state_within_its_arrays_and_to_its_end(name: str) -> None:
    rng = random.Random(name)
    for seed in range(40):
        stage = Stage(program(name, seed))
        for place in range(6):
            stage.outcome(State(rng, place, 8, 8))  # the interpreter objects to what is out of bounds or has no end


@pytest.mark.parametrize("name", PARTS)
def test_many_programs_show_all_that_they_do(name: str) -> None:
    shown = [shows_everything(Stage(program(name, seed)), random.Random(seed)) for seed in range(24)]
    assert sum(shown) >= 4


def test_many_things_of_one_program_share_neither_bytes_nor_nouns() -> None:
    for seed in range(30):
        draw = Drawer(random.Random(seed))
        variables = [draw.variable(width) for width in (8, 8, 16, 24) for _ in range(6)]
        arrays = [draw.array(16), draw.array(8), *draw.records(8, 16, 8), *draw.slots(8, 16)]
        things = (*variables, *arrays, draw.text(), draw.text(), draw.pointer(), draw.pointer())
        assert_apart(things)
        assert len({getattr(thing, "meaning") for thing in things}) == len(things)  # noqa: B009
        scratch = set(range(bus(SCRATCH[0]), bus(SCRATCH[0]) + SCRATCH[1]))
        assert not scratch & {place for thing in things for place in places(thing)}


def test_working_values_lie_in_scratch_above_what_compilers_use() -> None:
    made = Algorithms(Drawer(random.Random(1)))
    assert [made.own("rest").address, made.own("turns", 16).address] == [0x08, 0x0A]


def test_indices_are_below_the_length_and_offsets_below_what_a_pointer_points_to() -> None:
    for seed in range(200):
        for node in [*program("elements", seed).nodes, *program("pointers", seed).nodes]:
            if isinstance(node, p.Item):
                assert _top(node.index) < node.of.length
            elif isinstance(node, p.Pointed):
                assert _top(node.offset) + node.width // 8 <= node.by.length


def _top(index: p.Expression) -> int:
    """The most that an index can be."""
    match index:
        case p.Number(value):
            return value
        case p.Field(_, _, bits):
            return (1 << bits) - 1
        case p.Read(p.Variable(below=int(below))):
            return below - 1
    pytest.fail(f"{index} has no bound")
