"""Two dumps, before and after a patch, and what it was meant to change: the bytes that it should not have touched."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import used
from oracle_lib.tasks.kit.tooling import code, dump, hexadecimal, plural, question

SUBJECT = "patch files"


def draw(rng: random.Random) -> Problem:
    start = rng.randrange(0x1000, 0x80000) & 0xFFFF0
    before = used(rng, 96)
    after = bytearray(before)
    meant_at, meant = rng.randrange(2, 40), rng.randrange(2, 9)
    stray_at, stray = rng.randrange(meant_at + meant + 4, 86), rng.randrange(1, 8)
    if rng.random() < 0.5:
        meant_at, stray_at = 96 - meant_at - meant, 96 - stray_at - stray
    for at, count in ((meant_at, meant), (stray_at, stray)):
        for place in range(at, at + count):
            after[place] = (before[place] + rng.randrange(1, 256)) % 256
    different = [place for place in range(96) if before[place] != after[place]]
    assert different == sorted([*range(meant_at, meant_at + meant), *range(stray_at, stray_at + stray)])
    offset = start + stray_at
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"My patch should change {plural(meant, 'byte')} at {hexadecimal(start + meant_at)} and nothing else. "
            "Which bytes did it "
            "change too?",
            "Compare the ROM before and after. Only "
            f"{hexadecimal(start + meant_at)}-{hexadecimal(start + meant_at + meant - 1)} was "
            "meant to differ; find the change that was not.",
            f"Stray change besides {hexadecimal(start + meant_at)} ({plural(meant, 'byte')}): offset, bytes?",
            f"Something else broke since I patched {hexadecimal(start + meant_at)} ({plural(meant, 'byte')}). Look "
            "through both "
            "dumps and tell me what I overwrote by mistake.",
            f"Review this diff for me: {plural(meant, 'byte')} at {hexadecimal(start + meant_at)} are mine. Where is "
            "the change that "
            "nobody wanted, and how long is it?",
        ),
        input=f"Before:\n\n{code(dump(start, before), '')}\n\nAfter:\n\n{code(dump(start, bytes(after)), '')}\n\nThe "
        "numbers in front "
        "are offsets in the file.",
        reasoning=f"Two places differ. At {hexadecimal(start + meant_at)} it is {plural(meant, 'byte')}, as meant. At "
        f"{hexadecimal(offset)} {before[stray_at : stray_at + stray].hex(' ').upper()} became "
        f"{bytes(after[stray_at : stray_at + stray]).hex(' ').upper()}, {plural(stray, 'byte')} that the patch had no "
        "business with.",
        facts={"offset": offset, "bytes": stray},
        parameters={"before": before.hex(), "after": bytes(after).hex(), "start": start},
    )
