"""Uses one of a consumable if any is left."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Address, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UseOne", "Consume", "TakeOne", keeps=("", "xy"))
    dungeons = {f"the keys of dungeon {number}": Address(0x7EF37C + number) for number in range(13)}
    stocks = {**{name: GAME[name] for name in ("Keys", "Bombs", "Arrows", "Magic")}, **dungeons}
    name = rng.choice(tuple(stocks))
    counter = stocks[name]

    def case(state: State) -> None:
        owned = state.byte(counter, state.one_of(0, 1, 0xFF, state.rng.randrange(256)))
        state.expect(counter, max(owned - 1, 0))
        state.expect_carry(owned > 0)

    body = f"""
        LDA.l {counter} ; {name}
        BEQ .none
        DEC
        STA.l {counter}
        SEC
        BRA .done
    .none
        CLC
    .done
    """
    body_short = f"""
        LDA.l {counter} ; {name}
        SEC
        SBC #$01
        BCC .done ; there was none
        STA.l {counter}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that uses up one of {name} ({counter}, one byte): carry set if there was one, "
            "clear if the count is 0 and stays 0.",
            f"How do I consume one from the byte {name} at {counter} and learn from the carry whether any was left?",
            f"If byte[{counter}] > 0: decrement, SEC. Else CLC. ({name})",
            f"The action costs one of {name}. Decrement the byte at {counter} if it isn't zero and return "
            "carry set; return carry clear if it is.",
        ),
        references=(routine.code(body_short, m=8), routine.code(body, m=8)),
        case=case,
        writes=[(counter, 1)],
        parameters={"name": name},
    )
