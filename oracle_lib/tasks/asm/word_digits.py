"""Writes a word as four decimal digits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "WordDigits", "ToDecimal", "PrintNumber", m=(8,), x=(8,))
    value, digits = low_ram(rng, 2, 4)

    def case(state: State) -> None:
        shown = state.word(value, state.one_of(0, 9, 999, 1000, 9999, state.rng.randrange(10000)))
        state.expect(digits, bytes(map(int, f"{shown:04d}")))

    body = f"""
        LDX #$03
        REP #$20
        LDA.w {value}
    .next
        STA.w $4204
        SEP #$20
        LDA #$0A
        STA.w $4206 ; divide by ten
        NOP #8
        LDA.w $4216 ; the last digit
        STA.w {digits},X
        REP #$20
        LDA.w $4214
        DEX
        BPL .next
        SEP #$20
    """
    by_subtraction = f"""
        REP #$20
        LDA.w {value}
        LDX #$00
        LDY #$00
    .subtract
        CMP.l .powers,X
        BCC .store
        SBC.l .powers,X
        INY
        BRA .subtract
    .store
        PHA
        SEP #$20
        TYA
        PHX
        PHA
        TXA
        LSR
        TAX
        PLA
        STA.w {digits},X
        PLX
        REP #$20
        PLA
        LDY #$00
        INX
        INX
        CPX #$08
        BNE .subtract
        SEP #$20
    """
    data = ".powers\n    dw 1000,100,10,1"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the four decimal digits of the word at {value} (at most 9999) at "
            f"{digits}, thousands first, one digit a byte.",
            f"How do I convert the number in the word {value}, up to 9999, to decimal? Four digit bytes, 0 "
            f"to 9, highest first, go to {digits}.",
            f"byte[{digits}..+3] = decimal digits of word[{value}], value <= 9999, most significant first.",
            f"My rupee display needs digits: word at {value}, no more than 9999, into four bytes from "
            f"{digits}, leading zeroes included.",
        ),
        references=(routine.code(body), routine.code(by_subtraction, data=data)),
        case=case,
        writes=[(digits, 4)],
        parameters={"value": value, "digits": digits},
    )
