"""The short ways to write a program mean what the classes mean."""

from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program import Array, Binary, Number, Read, Set, Variable
from oracle_lib.tasks.program.shorthand import at, less, pair, put, value, where

SPEED = Variable("Speed", "speed", Address(0x0720), 16)
TIMERS = Array("Timers", "timer", Address(0x0740), 4, 8, 16)


def test_a_plain_number_takes_the_width_of_its_neighbour_on_either_side() -> None:
    assert pair(SPEED, 3) == (Read(SPEED), Number(3, 16))
    assert pair(3, SPEED) == (Number(3, 16), Read(SPEED))
    assert put(SPEED, 300) == Set(SPEED, Number(300, 16))


def test_a_negative_number_is_its_twos_complement() -> None:
    assert value(-1) == Number(0xFF) and value(-2, 16) == Number(0xFFFE, 16)


def test_a_place_stands_for_what_it_holds() -> None:
    assert less(at(TIMERS, 2)) == Set(at(TIMERS, 2), Binary("subtract", Read(at(TIMERS, 2)), Number(1)))


def test_a_request_tells_where_the_fields_of_records_lie() -> None:
    assert where(TIMERS) == "4 bytes from $0740 (one every 16 bytes)"
