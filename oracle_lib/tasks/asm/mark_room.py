"""Sets a bit in the save word of the current room."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Address, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MarkRoom", "SetRoomFlag", "RememberRoom")
    bit, table = rng.randrange(16), Address(0x7EF000)

    def case(state: State) -> None:
        room = state.word(GAME["RoomIndex"], state.one_of(0, 0x127, state.rng.randrange(0x128)))
        state.expect(table + 2 * room, state.word(table + 2 * room) | 1 << bit, size=2)

    body = f"""
        LDA.b $A0 ; room
        ASL ; two bytes a room
        TAX
        LDA.l {table},X
        ORA #${1 << bit:04X}
        STA.l {table},X
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets bit {bit} of the current room's flag word: room number in the word "
            f"$A0 (up to $127), words from {table}.",
            f"How do I set ${1 << bit:04X} in the save data of the room whose 16-bit number is in $A0? The "
            f"table of words starts at {table}.",
            f"word[{table} + 2 * word[$A0]] |= ${1 << bit:04X}; rooms $000 to $127.",
            f"The player has seen this room: mark it with bit {bit} of its word. Rooms have two bytes each "
            f"from {table}, index (word) in $A0.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(table, 0x250)],
        parameters={"bit": bit},
    )
