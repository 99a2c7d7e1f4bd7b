"""States give a program what it reads, expect what it writes and keep its promises; dead parts of programs are seen."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, State, bus
from oracle_lib.tasks.program.cases import Stage, shows_everything
from oracle_lib.tasks.program.interpreter import Machine, run

TIMER = p.Variable("Timer", "timer", Address(0x0720))
LEVEL = p.Variable("Level", "level", Address(0x0731), below=4)
SCORE = p.Variable("Score", "score", Address(0x7E9000), 16)
TOTAL = p.Variable("Total", "total", Address(0x7E9010), 24)
WORKING = p.Variable("Rest", "rest", Address(0x08), own=True)
SLOTS = p.Array("Slots", "slot", Address(0x0D00), 6)
KINDS = p.Array("Kinds", "kind", Address(0x7E9100), 5, 8, stride=8)
PLACES = p.Array("Places", "place", Address(0x7E9102), 5, 16, stride=8)
NAME = p.Text("Name", "name", Address(0x7E9200), 12, 0xFE)
LIST = p.Pointer("List", "list", Address(0x20), 8)
MAP = p.Pointer("Map", "map", Address(0x23), 16, 24)
HERE = p.Read(p.Here(SLOTS))


def n(value: int, width: p.Width = 8) -> p.Number:
    return p.Number(value, width)


def add(place: p.Place, by: int = 1) -> p.Set:
    return p.Set(place, p.Binary("add", p.Read(place), p.Number(by, place.width)))


def filled(*body: p.Statement, count: int = 200) -> list[tuple[State, Machine]]:
    """States of a program with the machines that hold the same."""
    stage, rng = Stage(p.Program(body)), random.Random("filled")
    states = [State(rng, place, 8, 8) for place in range(count)]
    return [(state, stage.fill(state)) for state in states]


def outcomes(*body: p.Statement, count: int = 60) -> list[tuple[State, Machine]]:
    """States with what a program must do to them, and the machines that did it."""
    stage, rng = Stage(p.Program(body)), random.Random("outcomes")
    states = [State(rng, place, 8, 8) for place in range(count)]
    return [(state, stage.outcome(state)) for state in states]


def number(content: object) -> int:
    assert isinstance(content, bytes)
    return int.from_bytes(content, "little")


def test_all_that_a_program_names_is_placed_and_nothing_of_its_own() -> None:
    body = (
        p.Set(WORKING, p.Read(TIMER)),
        p.Set(SCORE, p.Widened(p.Read(WORKING))),
        p.Set(TOTAL, p.Binary("add", p.Read(TOTAL), n(1, 24))),
        p.Fill(SLOTS, n(0)),
        p.Set(TIMER, p.Count(NAME, None)),
        p.Set(LEVEL, p.Read(p.Item(KINDS, p.Read(LEVEL)))),
    )
    sizes: dict[p.Variable | p.Array, int] = {TIMER: 1, SCORE: 2, TOTAL: 3, SLOTS: 6, LEVEL: 1}
    for state, machine in filled(*body, count=30):
        assert {bus(one.address): size for one, size in sizes.items()}.items() <= {
            place: len(content) for place, content in state.memory.items()
        }.items()
        assert all(bus(KINDS.address) + 8 * place in state.memory for place in range(5))
        assert bus(WORKING.address) not in machine.memory
        assert all(machine.load(place, len(held)) == number(held) for place, held in state.memory.items())


def test_promises_about_values_are_kept_and_used_up() -> None:
    index = p.Register("x", 8, below=3)
    body = (p.Set(TIMER, p.Read(p.Item(SLOTS, p.Read(LEVEL)))), p.Set(SCORE, p.Widened(p.Read(index))))
    states = filled(*body)
    assert {machine.load(LEVEL.address, 1) for _, machine in states} == {0, 1, 2, 3}
    assert {machine.registers["x"] for _, machine in states} == {0, 1, 2}
    assert all(state.registers["x"] == machine.registers["x"] for state, machine in states)


def test_an_argument_of_8_bits_has_anything_above_it() -> None:
    states = filled(p.Set(TIMER, p.Read(p.Register("a", 8))))
    assert all(state.registers["a"] & 0xFF == machine.registers["a"] for state, machine in states)
    assert len({state.registers["a"] >> 8 for state, _ in states}) > 50


@pytest.mark.parametrize(
    ("condition", "place", "edges"),
    [
        (p.Compared("<", p.Read(TIMER), n(0x5D)), TIMER, {0x5C, 0x5D, 0x5E}),
        (p.Compared("==", p.Read(SCORE), n(0x1A2B, 16)), SCORE, {0x1A2A, 0x1A2B, 0x1A2C}),
        (p.Between(p.Read(SCORE), 0x3333, 0x4444), SCORE, {0x3332, 0x3333, 0x4444, 0x4445}),
        (p.Bits(p.Read(SCORE), 0x4A4A, "all"), SCORE, {0x4A4A, 0xB5B5, 0}),
    ],
)
def test_what_stands_beside_a_constant_is_met_again_and_again(
    condition: p.Condition, place: p.Variable, edges: set[int]
) -> None:
    held = [machine.load(place.address, place.width // 8) for _, machine in filled(p.If(condition, (add(TOTAL),)))]
    assert all(held.count(edge) >= 5 for edge in edges)
    assert len(set(held)) > 50, "and so are others"


@pytest.mark.parametrize(
    ("statement", "met"),
    [
        (p.Set(SCORE, p.Saturating("add", p.Read(SCORE), n(7, 16), 0x2710)), {0x270F, 0x2710, 0x2711}),
        (p.Switch(p.Read(SCORE), ((0x0123, (add(TIMER),)), (0x4567, (add(TIMER, 2),)))), {0x0123, 0x4567}),
    ],
)
def test_bounds_and_cases_are_met_as_well(statement: p.Statement, met: set[int]) -> None:
    held = [machine.load(SCORE.address, 2) for _, machine in filled(statement)]
    assert all(held.count(one) >= 5 for one in met)


def test_two_places_often_hold_the_same_or_almost() -> None:
    other = p.Variable("Other", "other", Address(0x7E9004), 16)
    same = p.If(p.Compared("==", p.Read(SCORE), p.Read(other)), (add(TIMER),))
    held = [(machine.load(SCORE.address, 2), machine.load(other.address, 2)) for _, machine in filled(same, count=1000)]
    assert len([one for one, beside in held if one == beside and one > 0x100]) >= 20
    assert len([one for one, beside in held if abs(one - beside) == 1 and one > 0x100]) >= 20


def test_fields_of_records_lie_apart_and_beside_their_ends_lies_what_the_other_end_holds() -> None:
    body = (p.Each((KINDS, PLACES), (p.Set(p.Here(KINDS), n(3)), add(p.Here(PLACES)))),)
    fenced = 0
    for state, _ in filled(*body, count=50):
        places = sorted((place, place + len(content)) for place, content in state.memory.items())
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
        for field in (KINDS, PLACES):
            first, last = bus(field.address), bus(field.address) + 4 * field.step
            assert state.memory[first - 8] == state.memory[last] and state.memory[last + 8] == state.memory[first]
        fenced += state.memory[bus(KINDS.address) - 8] != state.memory[bus(KINDS.address)]
    assert fenced > 25


def test_beside_an_array_lies_what_its_other_end_holds() -> None:
    for state, _ in filled(p.Reverse(SLOTS), count=20):
        memory = state.case().memory
        assert memory[bus(0x0CFF)] == memory[bus(0x0D00)][-1:] and memory[bus(0x0D06)] == memory[bus(0x0D00)][:1]


def test_texts_of_every_length_end_once() -> None:
    texts = [state.memory[bus(NAME.address)] for state, _ in filled(p.Set(TIMER, p.Count(NAME, None)))]
    assert all(text[-1] == 0xFE and 0xFE not in text[:-1] for text in texts)
    assert {len(text) for text in texts} == set(range(1, 14))


def test_pointers_point_to_memory_that_is_their_own() -> None:
    body = (add(p.Pointed(LIST, n(7))), add(p.Pointed(MAP, n(14), 16)))
    for state, machine in outcomes(*body):
        near, far = machine.load(LIST.address, 2), machine.load(MAP.address, 3)
        assert near < 0x2000 and far >> 16 == 0x7E
        assert bus(near) + 8 <= far
        assert len(state.expect_memory[bus(near)]) == 8 and len(state.expect_memory[far]) == 16


def test_what_is_written_is_expected_and_lies_where_writing_is_allowed() -> None:
    body = (
        add(TIMER, 3),
        p.Each(NAME, (p.Set(p.Here(NAME), p.Binary("xor", p.Read(p.Here(NAME)), n(1))),)),
        p.Shove(SLOTS, True, p.Read(TIMER)),
        p.Each((PLACES,), (p.Set(p.Here(PLACES), n(5, 16)),)),
        add(p.Pointed(LIST, n(2))),
        p.Set(p.Register("a", 8), p.Read(TIMER)),
    )
    allowed = {bus(at) + place for at, length in Stage(p.Program(body)).writes for place in range(length)}
    for state, machine in outcomes(*body):
        before = number(state.memory[bus(TIMER.address)])
        assert number(state.expect_memory[bus(TIMER.address)]) == (before + 3) % 256
        assert state.expect_registers == {"a": (before + 3) % 256}
        old = state.memory[bus(SLOTS.address)]
        slots = [number(state.expect_memory[bus(SLOTS.address) + place]) for place in range(6)]
        assert slots == [(before + 3) % 256, *old[:-1]]
        letters = state.memory[bus(NAME.address)]
        assert state.expect_memory[bus(NAME.address)] == bytes(one ^ 1 for one in letters[:-1]) + letters[-1:]
        changed = {
            place + at
            for place, content in state.memory.items()
            for at, byte in enumerate(content)
            if machine.memory.get(place + at, byte) != byte
        }
        assert changed <= allowed
        assert not {bus(KINDS.address)} & allowed


def test_the_carry_is_expected_only_where_it_was_reported() -> None:
    condition = p.Compared("<", p.Read(TIMER), n(9))
    reported = [state.expect_flags for state, _ in outcomes(p.Report(condition))]
    assert {flags["c"] for flags in reported} == {True, False}
    assert all(not state.expect_flags for state, _ in outcomes(add(TIMER)))
    stopped = (p.If(p.Compared("==", p.Read(TIMER), n(0)), (p.Stop(),)), p.Report(condition))
    assert {len(state.expect_flags) for state, _ in outcomes(*stopped)} == {0, 1}


def test_a_state_is_the_same_for_a_seed_and_the_digest_for_a_program() -> None:
    body = (p.Fill(SLOTS, p.Read(TIMER)), p.Set(SCORE, p.Fold("sum", SLOTS, p.Widened(HERE))))
    first, second = ([state.case() for state, _ in outcomes(*body)] for _ in range(2))
    assert first == second
    assert Stage(p.Program(body)).digest == Stage(p.Program(tuple(body))).digest
    assert Stage(p.Program(body)).digest != Stage(p.Program(body[::-1])).digest


def shown(*body: p.Statement) -> bool:
    return shows_everything(Stage(p.Program(body)), random.Random("shown"))


def is_zero(place: p.Variable) -> p.Condition:
    return p.Compared("==", p.Read(place), n(0, place.width))


WHOLE: dict[str, Callable[[], tuple[p.Statement, ...]]] = {
    "a branch": lambda: (p.If(is_zero(TIMER), (add(SCORE),)),),
    "a switch": lambda: (p.Switch(p.Read(LEVEL), ((0, (add(TIMER),)), (3, (add(SCORE),)))),),
    "a loop": lambda: (p.Each((SLOTS,), (p.If(p.Compared(">", HERE, n(9)), (p.Set(p.Here(SLOTS), n(0)),)),)),),
    "a pointer": lambda: (add(p.Pointed(LIST, n(2))),),
    "a register": lambda: (p.Set(p.Register("a", 8), p.Binary("add", p.Read(p.Register("a", 8)), n(1))),),
    "an answer": lambda: (p.Report(p.Both(is_zero(TIMER), p.Bits(p.Read(LEVEL), 2, "any"))),),
}
DEAD: dict[str, Callable[[], tuple[p.Statement, ...]]] = {
    "a branch that is never taken": lambda: (add(TIMER), p.If(p.Compared(">", p.Read(LEVEL), n(3)), (add(SCORE),))),
    "a branch that is always taken": lambda: (p.If(p.Compared("<", p.Read(LEVEL), n(4)), (add(SCORE),)),),
    "half of a condition that decides nothing": lambda: (
        p.Report(p.Either(p.Compared("<", p.Read(LEVEL), n(4)), is_zero(TIMER))),
    ),
    "a case that never comes": lambda: (p.Switch(p.Read(LEVEL), ((0, (add(TIMER),)), (4, (add(SCORE),)))),),
    "what comes behind a return": lambda: (
        p.If(p.Compared("<", p.Read(LEVEL), n(2)), (p.Stop(),)),
        add(TIMER),
        p.If(p.Compared("<", p.Read(LEVEL), n(2)), (add(SCORE),)),
    ),
    "a number that stays as it is": lambda: (
        add(TIMER),
        p.Set(SCORE, p.Binary("or", p.Read(SCORE), n(0, 16))),
    ),
    "an array that stays as it is": lambda: (p.Reverse(SLOTS), p.Reverse(SLOTS)),
    "a field beside which another one changes": lambda: (
        p.Each((KINDS, PLACES), (add(p.Here(PLACES)), p.Set(p.Here(KINDS), p.Read(p.Here(KINDS))))),
    ),
    "a text that stays as it is": lambda: (
        add(TIMER),
        p.Each(NAME, (p.Set(p.Here(NAME), p.Read(p.Here(NAME))),)),
    ),
    "a pointer's bytes that stay as they are": lambda: (
        add(TIMER),
        p.Set(p.Pointed(LIST, n(1)), p.Read(p.Pointed(LIST, n(1)))),
    ),
    "a register that stays as it is": lambda: (add(TIMER), p.Set(p.Register("a", 8), p.Read(p.Register("a", 8)))),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_program_all_of_which_does_something_shows_it(name: str) -> None:
    assert shown(*WHOLE[name]())


@pytest.mark.parametrize("name", DEAD)
def test_a_program_with_a_part_that_does_nothing_is_seen(name: str) -> None:
    assert not shown(*DEAD[name]())


def test_what_a_machine_saw_are_the_outcomes_of_its_conditions_and_switches() -> None:
    zero = is_zero(TIMER)
    switch = p.Switch(p.Read(LEVEL), ((2, (add(TIMER),)),))
    machine = Machine({bus(TIMER.address): 0, bus(LEVEL.address): 2})
    run(p.Program((p.If(zero, (switch,)),)), machine)
    assert machine.seen == {(id(zero), True), (id(switch), 2)}
