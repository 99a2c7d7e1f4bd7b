"""The interpreter against numbers that a person worked out: every node and every operation, at their edges too."""

from __future__ import annotations

from typing import Any

import pytest

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program.interpreter import Machine, run

PLACE = p.Variable("Place", "place", Address(0x0710))
A = p.Variable("A", "first", Address(0x0720))
B = p.Variable("B", "second", Address(0x0721))
W = p.Variable("W", "word", Address(0x0730), 16)
V = p.Variable("V", "other word", Address(0x0732), 16)
L = p.Variable("L", "long", Address(0x7EF340), 24)
BYTES = p.Array("Bytes", "byte", Address(0x0D00), 4)
OTHERS = p.Array("Others", "other", Address(0x0D10), 4)
WORDS = p.Array("Words", "word", Address(0x0D20), 3, 16)
SIGNED = p.Array("Signed", "speed", Address(0x0D30), 4, signed=True)
FIELDS = p.Array("Fields", "field", Address(0x7E9000), 3, 16, stride=5)
TABLE = p.Table("Table", "price", (5, 6, 7, 250))
PRICES = p.Table("Prices", "price", (500, 6, 0xFFFF), 16)
TEXT = p.Text("Text", "text", Address(0x7E9100), 6, 0xFF)
NEAR = p.Pointer("Near", "list", Address(0x20), 8)
FAR = p.Pointer("Far", "map", Address(0x23), 8, 24)
HERE, LETTER = p.Read(p.Here(BYTES)), p.Read(p.Here(TEXT))
STOP = p.Stop()

Held = dict[Any, Any]
BINARY: Any = p.Binary


def n(value: int, width: p.Width = 8) -> p.Number:
    return p.Number(value, width)


def w(value: int) -> p.Number:
    return p.Number(value, 16)


def ran(*body: p.Statement, held: Held | None = None, **registers: int) -> Machine:
    """What the statements leave of the numbers that things held."""
    machine = Machine(registers=dict(registers))
    for thing, values in (held or {}).items():
        size = thing.width // 8
        step = getattr(thing, "step", size)
        for place, value in enumerate([values] if isinstance(values, int) else [*values]):
            machine.store(thing.address + step * place, value, size)
    return run(p.Program(body), machine)


def of(machine: Machine, thing: Any) -> int | list[int]:
    """What a variable or the elements of an array hold."""
    if isinstance(thing, p.Array):
        return [machine.load(thing.address + thing.step * place, thing.width // 8) for place in range(thing.length)]
    return machine.load(thing.address, thing.width // 8)


def value(expression: p.Expression, held: Held | None = None) -> int:
    target = p.Variable("Result", "result", Address(0x1F00), expression.width)
    return ran(p.Set(target, expression), held=held).load(target.address, target.width // 8)


def holds(condition: p.Condition, held: Held | None = None) -> bool | None:
    return ran(p.Report(condition), held=held).carry


def add(place: p.Place, by: int = 1) -> p.Set:
    return p.Set(place, p.Binary("add", p.Read(place), p.Number(by, place.width)))


# ------------------------------------------------------------------------------------------------------- expressions


@pytest.mark.parametrize(
    ("operation", "left", "right", "result"),
    [
        ("add", n(200), n(100), 44),
        ("add", w(0xFFFF), w(1), 0),
        ("add", n(0xFFFFFF, 24), n(2, 24), 1),
        ("add", n(0x00FFFF, 24), n(1, 24), 0x010000),
        ("subtract", n(3), n(5), 0xFE),
        ("subtract", w(0), w(1), 0xFFFF),
        ("subtract", n(0, 24), n(1, 24), 0xFFFFFF),
        ("and", n(0b1100), n(0b1010), 0b1000),
        ("or", n(0b1100), n(0b1010), 0b1110),
        ("xor", n(0b1100), n(0b1010), 0b0110),
        ("min", n(0x80), n(0x7F), 0x7F),
        ("max", n(0x80), n(0x7F), 0x80),
        ("distance", n(3), n(10), 7),
        ("distance", n(10), n(3), 7),
        ("distance", n(0), n(255), 255),
        ("average", n(1), n(2), 1),
        ("average", n(255), n(254), 254),
        ("average", w(0xFFFF), w(1), 0x8000),
    ],
)
def test_two_numbers_become_one(operation: str, left: p.Number, right: p.Number, result: int) -> None:
    assert value(BINARY(operation, left, right)) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (p.Saturating("add", n(90), n(9), 99), 99),
        (p.Saturating("add", n(90), n(8), 99), 98),
        (p.Saturating("add", n(90), n(10), 99), 99),
        (p.Saturating("add", n(250), n(10), 255), 255),
        (p.Saturating("add", n(120), n(1), 99), 99),  # beyond the bound on entry
        (p.Saturating("add", n(255), n(255), 99), 99),
        (p.Saturating("add", w(0xFFF0), w(0x20), 0xFFFF), 0xFFFF),
        (p.Saturating("subtract", n(5), n(5), 0), 0),
        (p.Saturating("subtract", n(5), n(8), 0), 0),
        (p.Saturating("subtract", n(5), n(2), 2), 3),
        (p.Saturating("subtract", n(5), n(4), 2), 2),
        (p.Saturating("subtract", n(1), n(0), 2), 2),  # below the bound on entry
        (p.Saturating("subtract", w(0x0100), w(0x0101), 0), 0),
    ],
)
def test_saturating_sums_and_differences_end_at_the_bound(expression: p.Expression, result: int) -> None:
    assert value(expression) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (p.Product(n(255), n(255)), 65025),
        (p.Product(n(0), n(200)), 0),
        (p.Quotient(w(1000), n(60)), 16),
        (p.Quotient(w(1000), n(60), remainder=True), 40),
        (p.Quotient(w(65535), n(255)), 257),
        (p.Quotient(w(65535), n(255), remainder=True), 0),
        (p.Quotient(w(7), n(10)), 0),
        (p.Quotient(w(7), n(10), remainder=True), 7),
        (p.Scaled(n(100), 3), 44),
        (p.Scaled(w(0x8001), 2), 2),
        (p.Scaled(w(100), 3), 300),
    ],
)
def test_products_are_of_16_bits_and_scaled_numbers_of_their_own(expression: p.Expression, result: int) -> None:
    assert value(expression) == result


@pytest.mark.parametrize(
    ("direction", "operand", "count", "result"),
    [
        ("left", n(0x81), 1, 0x02),
        ("left", n(0xFF), 4, 0xF0),
        ("left", w(0x80FF), 4, 0x0FF0),
        ("right", n(0x81), 1, 0x40),
        ("right", w(0x8000), 15, 1),
        ("signed right", n(0x81), 1, 0xC0),
        ("signed right", n(0x81), 4, 0xF8),
        ("signed right", n(0x7F), 3, 0x0F),
        ("signed right", n(0xFF), 1, 0xFF),
        ("signed right", w(0x8000), 4, 0xF800),
        ("signed right", w(0x00FF), 4, 0x000F),
        ("rotate left", n(0x81), 1, 0x03),
        ("rotate left", n(0b10010110), 3, 0b10110100),
        ("rotate left", w(0x1234), 4, 0x2341),
        ("rotate right", n(0x81), 1, 0xC0),
        ("rotate right", n(0b10010110), 3, 0b11010010),
        ("rotate right", w(0x1234), 4, 0x4123),
    ],
)
def test_shifts_and_rotations(direction: Any, operand: p.Number, count: int, result: int) -> None:
    assert value(p.Shifted(operand, direction, count)) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        (p.Field(n(0b10110100), 2, 3), 0b101),
        (p.Field(n(0x80), 7, 1), 1),
        (p.Field(n(0x7F), 7, 1), 0),
        (p.Field(w(0x1234), 4, 8), 0x23),
        (p.Unary("not", n(0x0F)), 0xF0),
        (p.Unary("not", w(0)), 0xFFFF),
        (p.Unary("negate", n(1)), 0xFF),
        (p.Unary("negate", n(0)), 0),
        (p.Unary("negate", n(0x80)), 0x80),
        (p.Unary("negate", w(0x0100)), 0xFF00),
        (p.Unary("swap", n(0x12)), 0x21),
        (p.Unary("swap", w(0x1234)), 0x3412),
        (p.Unary("magnitude", n(0xFF)), 1),
        (p.Unary("magnitude", n(0x7F)), 0x7F),
        (p.Unary("magnitude", n(0x80)), 0x80),  # -128 has no positive one
        (p.Unary("magnitude", w(0xFFFE)), 2),
        (p.Unary("magnitude", w(0x0080)), 0x80),
        (p.Unary("magnitude", w(0x8000)), 0x8000),
        (p.Half(w(0x1234), high=False), 0x34),
        (p.Half(w(0x1234), high=True), 0x12),
        (p.Joined(n(0x12), n(0x34)), 0x1234),
        (p.Widened(n(0x80)), 0x0080),
        (p.Widened(n(0x80), signed=True), 0xFF80),
        (p.Widened(n(0x7F), signed=True), 0x007F),
        (p.Chosen(p.Compared("<", n(1), n(2)), n(10), n(20)), 10),
        (p.Chosen(p.Compared("<", n(2), n(1)), n(10), n(20)), 20),
    ],
)
def test_parts_of_numbers_and_what_is_made_of_them(expression: p.Expression, result: int) -> None:
    assert value(expression) == result


def test_what_stands_inside_wraps_before_it_is_widened_shifted_or_halved() -> None:
    total = p.Binary("add", n(200), n(100))
    assert value(p.Widened(total)) == 44
    assert value(p.Shifted(total, "right", 2)) == 11
    assert value(p.Binary("average", total, n(2))) == 23
    assert value(p.Product(total, n(2))) == 88
    assert value(p.Quotient(p.Binary("subtract", w(0), w(1)), n(10))) == 6553
    assert value(p.Half(p.Binary("add", w(0xFFFF), w(0x0101)), high=True)) == 1


# -------------------------------------------------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("relation", "less", "equal", "greater"),
    [
        ("==", False, True, False),
        ("!=", True, False, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_comparisons_read_the_same_bits_with_and_without_a_sign(
    relation: Any, less: bool, equal: bool, greater: bool
) -> None:
    for small, large, is_signed in ((n(0x7F), n(0x80), False), (n(0x80), n(0x7F), True), (w(0x8000), w(0), True)):
        assert holds(p.Compared(relation, small, large, is_signed)) is less
        assert holds(p.Compared(relation, large, large, is_signed)) is equal
        assert holds(p.Compared(relation, large, small, is_signed)) is greater


def test_a_byte_is_never_negative_as_a_word() -> None:
    assert holds(p.Compared(">", w(0x0080), w(0x007F), signed=True))


@pytest.mark.parametrize(
    ("number", "some", "every", "none"),
    [(0x05, True, True, False), (0x04, True, False, False), (0xFA, False, False, True)],
)
def test_bits_of_a_mask(number: int, some: bool, every: bool, none: bool) -> None:
    assert holds(p.Bits(n(number), 0x05, "any")) is some
    assert holds(p.Bits(n(number), 0x05, "all")) is every
    assert holds(p.Bits(n(number), 0x05, "none")) is none


def test_a_range_holds_both_its_ends() -> None:
    assert [holds(p.Between(n(number), 10, 20)) for number in (9, 10, 20, 21)] == [False, True, True, False]


def test_joined_conditions() -> None:
    yes, no = p.Compared("==", n(1), n(1)), p.Compared("==", n(1), n(2))
    table = [(left, right) for left in (yes, no) for right in (yes, no)]
    assert [holds(p.Both(*one)) for one in table] == [True, False, False, False]
    assert [holds(p.Either(*one)) for one in table] == [True, True, True, False]


def test_conditions_on_all_elements() -> None:
    zero = p.Compared("==", HERE, n(0))
    outcomes = [((1, 2, 3, 4), False, False), ((1, 0, 3, 4), True, False), ((0, 0, 0, 0), True, True)]
    for held, some, every in outcomes:
        assert holds(p.Some(BYTES, zero), {BYTES: held}) is some
        assert holds(p.Some(BYTES, zero, all=True), {BYTES: held}) is every


def test_of_no_letters_all_are_alike_and_none_is() -> None:
    blank = p.Compared("==", LETTER, n(0x20))
    assert holds(p.Some(TEXT, blank), {TEXT: [0xFF, 0x20]}) is False
    assert holds(p.Some(TEXT, blank, all=True), {TEXT: [0xFF, 0x21]}) is True


# --------------------------------------------------------------------------------------------------------- gathering


@pytest.mark.parametrize(
    ("gathered", "result"),
    [
        (p.Fold("sum", BYTES, HERE), (200 + 100 + 7 + 100) % 256),
        (p.Fold("sum", BYTES, p.Widened(HERE)), 407),
        (p.Fold("sum", BYTES, p.Index()), 6),
        (p.Fold("sum", BYTES, HERE, p.Compared("==", HERE, n(100))), 200),
        (p.Fold("xor", BYTES, HERE), 200 ^ 7),
        (p.Fold("or", BYTES, HERE), 0b11101111),
        (p.Fold("and", BYTES, HERE), 0),
        (p.Fold("and", BYTES, HERE, p.Compared(">=", HERE, n(100))), 0b01000000),
        (p.Fold("sum", BYTES, HERE, p.Compared("==", HERE, n(1))), 0),
        (p.Fold("and", BYTES, HERE, p.Compared("==", HERE, n(1))), 0xFF),
        (p.Count(BYTES, p.Compared("==", HERE, n(100))), 2),
        (p.Count(BYTES, p.Compared("==", HERE, n(1))), 0),
        (p.Count(BYTES, p.Compared("<", p.Index(), n(3))), 3),
        (p.Extreme("max", BYTES), 200),
        (p.Extreme("min", BYTES), 7),
        (p.Extreme("max", BYTES, index=True), 0),
        (p.Extreme("min", BYTES, index=True), 2),
        (p.Position(BYTES, p.Compared("==", HERE, n(100)), 0xFF), 1),
        (p.Position(BYTES, p.Compared("==", HERE, n(100)), 0xFF, last=True), 3),
        (p.Position(BYTES, p.Compared("==", HERE, n(1)), 0x80), 0x80),
        (p.Position(BYTES, p.Compared("==", HERE, n(1)), 0x80, last=True), 0x80),
        (p.Position(BYTES, p.Compared("==", HERE, n(200)), 0xFF), 0),
    ],
)
def test_what_all_elements_come_to(gathered: p.Gathered, result: int) -> None:
    assert value(gathered, {BYTES: (200, 100, 7, 100)}) == result


def test_of_equal_extremes_it_is_the_first() -> None:
    assert value(p.Extreme("max", BYTES, index=True), {BYTES: (1, 9, 9, 1)}) == 1
    assert value(p.Extreme("min", BYTES, index=True), {BYTES: (9, 1, 9, 1)}) == 1


def test_extremes_of_signed_elements() -> None:
    held = {SIGNED: (0x01, 0x80, 0x7F, 0xFF)}
    assert [value(p.Extreme("min", SIGNED, index), held) for index in (False, True)] == [0x80, 1]
    assert [value(p.Extreme("max", SIGNED, index), held) for index in (False, True)] == [0x7F, 2]


def test_a_text_ends_before_its_end() -> None:
    held = {TEXT: (3, 5, 3, 0xFF, 3, 3, 0xFF)}
    three = p.Compared("==", LETTER, n(3))
    assert value(p.Count(TEXT, None), held) == 3
    assert value(p.Count(TEXT, three), held) == 2
    assert value(p.Fold("sum", TEXT, LETTER), held) == 11
    assert value(p.Position(TEXT, three, 0xFF, last=True), held) == 2
    empty = {TEXT: (0xFF, 3)}
    assert value(p.Count(TEXT, None), empty) == 0
    assert value(p.Fold("xor", TEXT, LETTER), empty) == 0
    assert value(p.Position(TEXT, three, 0x80), empty) == 0x80
    assert value(p.Count(TEXT, None), {TEXT: (1, 2, 3, 4, 5, 6, 0xFF)}) == TEXT.most


# ------------------------------------------------------------------------------------------------------------ places


def test_words_lie_low_byte_first_and_low_memory_is_that_of_bank_7e() -> None:
    machine = ran(p.Set(W, w(0x1234)), p.Set(L, n(0x56789A, 24)))
    assert machine.memory == {0x7E0730: 0x34, 0x7E0731: 0x12, 0x7EF340: 0x9A, 0x7EF341: 0x78, 0x7EF342: 0x56}


def test_elements_of_arrays_and_tables_by_a_computed_index() -> None:
    index = p.Binary("subtract", p.Read(PLACE), n(1))
    assert value(p.Read(p.Item(TABLE, index)), {PLACE: 4}) == 250
    assert value(p.Read(p.Item(PRICES, index)), {PLACE: 1}) == 500
    assert value(p.Read(p.Item(WORDS, index)), {PLACE: 2, WORDS: (1, 0x0203, 4)}) == 0x0203
    machine = ran(p.Set(p.Item(WORDS, index), w(0xABCD)), held={PLACE: 3, WORDS: (1, 2, 3)})
    assert of(machine, WORDS) == [1, 2, 0xABCD]


def test_fields_of_records_lie_a_stride_apart() -> None:
    machine = ran(p.Set(p.Item(FIELDS, n(2)), w(0x1234)), held={FIELDS: (1, 2, 3)})
    assert machine.memory[0x7E900A] == 0x34 and machine.memory[0x7E900B] == 0x12
    assert sorted(machine.memory) == [0x7E9000, 0x7E9001, 0x7E9005, 0x7E9006, 0x7E900A, 0x7E900B]


def test_pointers_of_both_widths_reach_what_they_point_to() -> None:
    memory = {NEAR: 0x1000, FAR: 0x7F8000}
    machine = ran(
        p.Set(p.Pointed(NEAR, p.Read(PLACE)), n(0x77)),
        p.Set(p.Pointed(FAR, n(1), 16), w(0x1122)),
        p.Set(W, p.Read(p.Pointed(FAR, n(1), 16))),
        p.Set(A, p.Read(p.Pointed(NEAR, n(3)))),
        held={**memory, PLACE: 3},
    )
    assert machine.memory[0x7E1003] == 0x77
    assert (machine.memory[0x7F8001], machine.memory[0x7F8002]) == (0x22, 0x11)
    assert (of(machine, W), of(machine, A)) == (0x1122, 0x77)


def test_registers_are_read_by_their_width_and_written() -> None:
    a, y = p.Register("a", 8), p.Register("y", 16)
    machine = ran(p.Set(A, p.Read(a)), p.Set(y, w(0x1234)), a=0x5678, y=0)
    assert of(machine, A) == 0x78 and machine.registers == {"a": 0x5678, "y": 0x1234}


def test_memory_that_holds_nothing_known_is_never_read() -> None:
    with pytest.raises(KeyError):
        ran(p.Set(A, p.Read(B)))


def test_an_index_beyond_its_array_is_a_mistake_of_the_program() -> None:
    for body in (p.Set(A, p.Read(p.Item(BYTES, n(4)))), p.Set(p.Item(BYTES, n(4)), n(0))):
        with pytest.raises(AssertionError, match="beyond the array"):
            ran(body, held={BYTES: (1, 2, 3, 4)})


# -------------------------------------------------------------------------------------------------------- statements


def test_places_are_exchanged() -> None:
    machine = ran(p.Swap(A, B), p.Swap(W, V), held={A: 1, B: 2, W: 0x0102, V: 0x0304})
    assert [of(machine, one) for one in (A, B, W, V)] == [2, 1, 0x0304, 0x0102]
    two = p.Swap(p.Item(BYTES, p.Read(PLACE)), p.Item(BYTES, n(3)))
    assert of(ran(two, held={PLACE: 1, BYTES: (5, 6, 7, 8)}), BYTES) == [5, 8, 7, 6]
    assert of(ran(two, held={PLACE: 3, BYTES: (5, 6, 7, 8)}), BYTES) == [5, 6, 7, 8]  # an element with itself


def test_branches() -> None:
    branch = p.If(p.Compared("==", p.Read(A), n(1)), (p.Set(B, n(10)), add(A)), (p.Set(B, n(20)),))
    assert [(of(m, A), of(m, B)) for m in (ran(branch, held={A: a, B: 0}) for a in (1, 2))] == [(2, 10), (2, 20)]
    lone = p.If(p.Compared("==", p.Read(A), n(1)), (p.Set(B, n(10)),))
    assert of(ran(lone, held={A: 2, B: 7}), B) == 7


@pytest.mark.parametrize(("number", "result"), [(0, 10), (3, 30), (1, 99), (255, 99)])
def test_each_number_has_its_case_and_all_others_the_last(number: int, result: int) -> None:
    cases = ((0, (p.Set(B, n(10)),)), (3, (p.Set(B, n(30)),)))
    assert of(ran(p.Switch(p.Read(A), cases, (p.Set(B, n(99)),)), held={A: number, B: 7}), B) == result
    assert of(ran(p.Switch(p.Read(A), cases), held={A: number, B: 7}), B) == (7 if result == 99 else result)


def test_a_switch_looks_at_its_number_once() -> None:
    states = p.Switch(p.Read(A), ((0, (p.Set(A, n(1)),)), (1, (p.Set(A, n(2)),))))
    assert of(ran(states, held={A: 0}), A) == 1


def test_a_loop_over_elements_goes_upwards_and_sees_what_turns_before_did() -> None:
    before = p.Set(p.Here(BYTES), p.Binary("add", HERE, p.Read(A)))
    machine = ran(p.Each((BYTES,), (before, p.Set(A, HERE))), held={A: 0, BYTES: (1, 2, 3, 250)})
    assert of(machine, BYTES) == [1, 3, 6, 0]


def test_a_loop_over_two_arrays_and_over_fields() -> None:
    both = p.Each((BYTES, OTHERS), (p.Set(p.Here(OTHERS), p.Binary("subtract", HERE, p.Index())),))
    assert of(ran(both, held={BYTES: (9, 9, 9, 0), OTHERS: (0, 0, 0, 0)}), OTHERS) == [9, 8, 7, 0xFD]
    doubled = p.Each((FIELDS,), (p.Set(p.Here(FIELDS), p.Scaled(p.Read(p.Here(FIELDS)), 2)),))
    assert of(ran(doubled, held={FIELDS: (1, 0x8000, 300)}), FIELDS) == [2, 0, 600]


def test_a_loop_over_a_text_leaves_its_end_alone() -> None:
    raised = p.Each(TEXT, (p.Set(p.Here(TEXT), p.Binary("add", LETTER, n(0x80))),))
    machine = ran(raised, held={TEXT: (1, 0x90, 0xFF, 5)})
    assert [machine.memory[0x7E9100 + place] for place in range(4)] == [0x81, 0x10, 0xFF, 5]
    ended = p.Each(TEXT, (p.Set(p.Here(TEXT), n(0xFF)), add(A)))  # how long it was is known before the first turn
    assert of(ran(ended, held={A: 0, TEXT: (1, 2, 3, 0xFF)}), A) == 3
    assert of(ran(ended, held={A: 0, TEXT: (0xFF,)}), A) == 0


def test_a_body_is_repeated_as_often_as_was_said_before_the_first_turn() -> None:
    assert of(ran(p.Repeat(n(3), (add(A, 5),)), held={A: 250}), A) == 9
    assert of(ran(p.Repeat(p.Read(B), (add(A), add(B))), held={A: 0, B: 4}), A) == 4
    assert of(ran(p.Repeat(p.Read(B), (add(A),)), held={A: 0, B: 0}), A) == 0


def test_a_while_loop_asks_again_before_every_turn() -> None:
    lower = p.Set(B, p.Binary("subtract", p.Read(B), n(2)))
    towards = p.While(p.Compared("<", p.Read(A), p.Read(B)), (add(A), lower))
    machine = ran(towards, held={A: 0, B: 10})
    assert (of(machine, A), of(machine, B)) == (4, 2)  # 1 8, 2 6, 3 4, 4 2
    assert of(ran(towards, held={A: 3, B: 3}), A) == 3
    with pytest.raises(AssertionError, match="does not end"):
        ran(p.While(p.Compared("==", n(0), n(0)), (add(A),)), held={A: 0})


def test_a_stop_ends_the_innermost_loop_and_outside_of_loops_the_routine() -> None:
    first = p.Each((BYTES,), (p.If(p.Compared("==", HERE, n(0)), (p.Set(p.Here(BYTES), n(9)), STOP)), add(A)))
    machine = ran(first, add(B), held={A: 0, B: 0, BYTES: (1, 0, 0, 1)})
    assert (of(machine, BYTES), of(machine, A), of(machine, B)) == ([1, 9, 0, 1], 1, 1)
    inner = p.Repeat(n(5), (add(B), p.If(p.Compared("==", p.Read(B), n(3)), (STOP,))))
    machine = ran(p.Repeat(n(2), (add(A), inner)), held={A: 0, B: 0})
    assert (of(machine, A), of(machine, B)) == (2, 8)  # three turns and a stop, then five
    endless = p.While(p.Compared("==", n(0), n(0)), (add(A), p.Switch(p.Read(A), ((7, (STOP,)),))))
    assert of(ran(endless, held={A: 0}), A) == 7
    early = p.If(p.Compared("==", p.Read(A), n(0)), (add(B), STOP))
    machine = ran(early, add(B), held={A: 0, B: 0})
    assert of(machine, B) == 1
    assert of(ran(early, add(B), held={A: 1, B: 0}), B) == 1


def test_whole_arrays_are_filled_copied_and_reversed() -> None:
    assert of(ran(p.Fill(BYTES, p.Read(A)), held={A: 7}), BYTES) == [7, 7, 7, 7]
    assert of(ran(p.Fill(WORDS, w(0x1234))), WORDS) == [0x1234] * 3
    held = {BYTES: (1, 2, 3, 4)}
    assert of(ran(p.Copy(BYTES, OTHERS), held=held), OTHERS) == [1, 2, 3, 4]
    machine = ran(p.Copy(BYTES, OTHERS, backwards=True), held=held)
    assert (of(machine, OTHERS), of(machine, BYTES)) == ([4, 3, 2, 1], [1, 2, 3, 4])
    assert of(ran(p.Copy(TABLE, BYTES)), BYTES) == [5, 6, 7, 250]
    assert of(ran(p.Copy(PRICES, WORDS, backwards=True)), WORDS) == [0xFFFF, 6, 500]
    assert of(ran(p.Reverse(BYTES), held=held), BYTES) == [4, 3, 2, 1]
    assert of(ran(p.Reverse(WORDS), held={WORDS: (1, 2, 0x0300)}), WORDS) == [0x0300, 2, 1]


def test_elements_are_shoved_by_one_place_either_way() -> None:
    held = {A: 9, BYTES: (1, 2, 3, 4)}
    assert of(ran(p.Shove(BYTES, True, p.Read(A)), held=held), BYTES) == [9, 1, 2, 3]
    assert of(ran(p.Shove(BYTES, False, p.Read(A)), held=held), BYTES) == [2, 3, 4, 9]
    last = p.Read(p.Item(BYTES, n(3)))  # the value is that of before
    assert of(ran(p.Shove(BYTES, True, last), held=held), BYTES) == [4, 1, 2, 3]


def test_a_report_is_the_carry_and_without_one_nothing_is_said_of_it() -> None:
    assert [ran(p.Report(p.Compared("==", p.Read(A), n(1))), held={A: a}).carry for a in (1, 2)] == [True, False]
    assert ran(add(A), held={A: 0}).carry is None


def test_a_called_routine_does_its_body_and_its_stop_ends_only_itself() -> None:
    early = p.If(p.Compared("==", p.Read(A), n(0)), (STOP,))
    call = p.Call("Helper", "helps", Address(0x0F8000), "rtl", (early, add(B, 10)))
    assert of(ran(call, add(B), held={A: 0, B: 0}), B) == 1
    assert of(ran(call, add(B), held={A: 1, B: 0}), B) == 11
    looped = p.Repeat(n(3), (call, add(B)))
    assert of(ran(looped, held={A: 0, B: 0}), B) == 3


def test_statements_are_done_in_order() -> None:
    assert of(ran(add(A), p.Set(A, p.Scaled(p.Read(A), 2)), held={A: 3}), A) == 8
    assert of(ran(p.Set(A, p.Scaled(p.Read(A), 2)), add(A), held={A: 3}), A) == 7
