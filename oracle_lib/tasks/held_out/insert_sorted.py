"""Inserts a byte into a sorted list."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "InsertSorted", "AddInOrder", "FileScore")
    room = rng.randrange(4, 13)
    count, value = low_ram(rng, 2, 1)
    [array] = low_ram(rng, 1, room)
    while array <= count < array + room or array <= value < array + room:
        [array] = low_ram(rng, 1, room)

    def case(state: State) -> None:
        held = state.byte(count, state.one_of(0, room - 1, room - 1, room - 1, 1, state.rng.randrange(room)))
        content = bytes(sorted(state.rng.randbytes(held)))
        state.block(array, content + state.rng.randbytes(room - held))
        new = state.byte(value, state.one_of(0x80, 0, 255, *content[1:2], number(state.rng, 8)))
        state.expect(count, held + 1)
        state.expect(array, bytes(sorted(content + bytes([new]))))

    body = f"""
        LDX.w {count}
        INC.w {count}
        LDA.w {value}
    .next
        CPX #$00
        BEQ .place
        CMP.w {array - 1},X
        BCS .place
        PHA
        LDA.w {array - 1},X
        STA.w {array},X
        PLA
        DEX
        BRA .next
    .place
        STA.w {array},X
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that inserts the byte at {value} into the ascending list of unsigned bytes at "
            f"{array} so that it stays sorted, and adds 1 to the count at {count}. There is room for {room} and "
            "the count is below that.",
            f"How do I keep a list sorted? byte[{count}] unsigned bytes (fewer than {room}) lie in rising order "
            f"from {array}; put byte[{value}] where it belongs, move the larger ones up and count one more.",
            f"Sorted insert: list at {array}, length byte[{count}] < {room}, new byte[{value}]; ascending, "
            "unsigned; length + 1.",
            f"A new score at {value} goes into my table at {array}: {count} says how many are in it (less than "
            f"{room}), smallest first. Larger ones move one place up. Raise the count.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(array, room), (count, 1)],
        parameters={"room": room, "count": count, "value": value, "array": array},
    )
