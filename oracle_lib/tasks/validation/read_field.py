"""Reads a field of a record with a power-of-two size."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, repeated

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadField", "GetField", "RecordField")
    shift, count = rng.choice((2, 3, 4)), rng.choice((4, 6, 8))
    field_at = rng.randrange(1 << shift)
    records, index, result = low_ram(rng, 3, count << shift)

    def case(state: State) -> None:
        content = state.block(records, count << shift)
        which = state.byte(index, state.entry(count))
        state.expect(result, content[(which << shift) + field_at])

    body = f"""
        LDA.w {index}
        {repeated("ASL", shift)}
        TAX
        LDA.w {records + field_at},X
        STA.w {result}
    """
    by_index = f"""
        LDA.w {index}
        {repeated("ASL", shift)}
        ORA #${field_at:02X}
        TAY
        LDA.w {records},Y
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that reads byte {field_at} of record byte[{index}] into {result}; the {count} "
            f"records of {1 << shift} bytes start at {records}.",
            f"How do I get at a record's field? Records of {1 << shift} bytes from {records}, number in "
            f"{index}, field offset {field_at}, byte to {result}.",
            f"byte[{result}] = byte[{records} + {1 << shift} * byte[{index}] + {field_at}], index below {count}.",
            f"My {count} sprites have {1 << shift} bytes each from {records}. Copy field {field_at} of "
            f"sprite number byte[{index}] to {result}.",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(by_index, m=8, x=8)),
        case=case,
        writes=[(result, 1)],
        parameters={
            "shift": shift,
            "count": count,
            "field": field_at,
            "records": records,
            "index": index,
            "result": result,
        },
    )
