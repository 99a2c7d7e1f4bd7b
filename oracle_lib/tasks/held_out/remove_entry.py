"""Removes an entry from a list and closes the gap."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RemoveEntry", "DropItem", "CloseGap")
    room = rng.randrange(4, 13)
    count, index = low_ram(rng, 2, 1)
    [array] = low_ram(rng, 1, room)
    while array <= count < array + room or array <= index < array + room:
        [array] = low_ram(rng, 1, room)

    def case(state: State) -> None:
        held = state.byte(count, state.one_of(room, room, room, 1, 2, state.rng.randrange(1, room + 1)))
        place = state.byte(index, state.one_of(0, held - 1, held // 2, 0, 0, state.rng.randrange(held)) % held)
        content = state.block(array, room)
        state.expect(count, held - 1)
        if held > 1:
            state.expect(array, (content[:place] + content[place + 1 :])[: held - 1])

    body = f"""
        LDX.w {index}
        DEC.w {count}
    .next
        CPX.w {count}
        BCS .done
        LDA.w {array + 1},X
        STA.w {array},X
        INX
        BRA .next
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that removes entry number byte[{index}] (from 0) of the byte list at {array}: "
            f"later entries move one place down and the count at {count} falls by 1. The list has room for "
            f"{room}; what is behind its new end does not matter.",
            f"How do I delete from a list? Bytes from {array} (room for {room}), their number in {count} (at "
            f"least 1), the entry to delete in {index}, which is below the number. Close the gap and count one "
            "less; bytes past the end may be anything.",
            f"List: bytes at {array}, length byte[{count}] (1 to {room}). Delete element byte[{index}], shift "
            "the tail down, length - 1. Behind the new end: don't care.",
            f"An item is dropped from the bag: {count} says how many bytes at {array} are used (up to {room}), "
            f"{index} which of them goes (0 is the first). Close the gap; the count goes down. Only {array} to "
            f"{array + room - 1} and the count may change.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(array, room), (count, 1)],
        parameters={"room": room, "count": count, "index": index, "array": array},
    )
