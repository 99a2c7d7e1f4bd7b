"""Hooks a routine so that a save flag switches its effect off."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, State, low_ram
from oracle_lib.tasks.kit.patches import Host, patch

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    amount_at, total = low_ram(rng, 2, 1)
    flags, bit = Address(rng.randrange(0x7EF3C5, 0x7EF3F0)), rng.randrange(8)
    host = Host.draw(rng, "ApplyDamage", f"LDA.w {amount_at}\nCLC\nADC.w {total}\nSTA.w {total}", m=(8,))

    def case(state: State) -> None:
        owned = state.byte(flags) >> bit & 1
        amount, before = state.byte(amount_at), state.byte(total)
        state.expect(total, before if owned else before + amount)

    reference = f"""
    org {host.entry}
        JSL Hook

    org {host.free}
    Hook:
        LDA.l {flags}
        AND #${1 << bit:02X}
        BEQ .normal
        LDA #$00 ; adds nothing
        CLC
        RTL
    .normal
        LDA.w {amount_at} ; displaced
        CLC
        RTL
    """
    return patch(
        __name__,
        SUBJECT,
        host,
        rng,
        asks=(
            f"Hook this routine so that it adds nothing when bit {bit} of {flags} is set; otherwise it "
            "works as before.",
            f"How do I make the byte at {amount_at} count as 0 in this routine while bit {bit} of the save "
            f"byte {flags} is set?",
            f"Hook {host.entry}: if {flags} & ${1 << bit:02X}, {total} stays; else original behaviour.",
            f"An item (bit {bit} at {flags}) makes Link immune: while it is owned, this routine must leave "
            f"{total} alone. Without it nothing changes.",
        ),
        references=(reference,),
        case=case,
        writes=[(total, 1)],
        parameters={"amount": amount_at, "total": total, "flags": flags, "bit": bit},
    )
