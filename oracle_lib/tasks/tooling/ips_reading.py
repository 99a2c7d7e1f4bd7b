"""What a record of an IPS patch does, read from the hex dump of the patch."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.ips import RULES, applied, patch, record, run
from oracle_lib.tasks.kit.tooling import code, dump, hexadecimal, plural, question

SUBJECT = "patch files"


def draw(rng: random.Random) -> Problem:
    offsets = sorted(rng.sample(range(0x100, 0x80000, 0x40), rng.randrange(2, 5)))
    writes = [(offset, _data(rng)) for offset in offsets]
    records = [run(at, len(data), data[0]) if len(data) > 12 else record(at, data) for at, data in writes]
    ips = patch(records)
    image = applied(bytes(0x80000), ips)
    assert all(image[at : at + len(data)] == data for at, data in writes)
    number = rng.randrange(len(records))
    at, data = writes[number]
    first = 5 + sum(map(len, records[:number]))
    begins = f"{records[number][:5].hex(' ').upper()}"
    ordinal = ("first", "second", "third", "fourth")[number]
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"What does the {ordinal} record of this IPS patch change? I need the offset in the file and the number of "
            "bytes.",
            f"Decode record {number + 1} of this patch: where does it write, and how much?",
            f"IPS, record {number + 1}: offset, bytes?",
            f"I do not trust this patch. Before I apply it, tell me which part of the ROM file its {ordinal} record "
            "overwrites.",
            f"Here is a dump of an IPS file. Find the {ordinal} record and say what it does.",
        ),
        input=f"{code(dump(0, ips, 4), '')}\n\n{RULES} The file begins with `PATCH` and ends with `EOF`. `bytes` is "
        "how many bytes "
        "of the ROM the record writes.",
        reasoning=f"`PATCH` takes 5 bytes, and the records in front of this one "
        f"{plural(first - 5, 'byte') if number else 'none'}: it begins at {hexadecimal(first)} of the patch with "
        f"{begins}. The "
        f"offset is {hexadecimal(at)}, the length "
        + (
            f"0, so it is a run: {records[number][5:7].hex(' ').upper()} is its count, {len(data)}, of the byte "
            f"${data[0]:02X}."
            if len(data) > 12
            else f"{len(data)}: {data.hex(' ').upper()}."
        ),
        facts={"offset": at, "bytes": len(data)},
        parameters={"patch": ips.hex(), "record": number},
    )


def _data(rng: random.Random) -> bytes:
    """A few bytes, or so many equal ones that a patcher makes a run of them."""
    if rng.random() < 0.5:
        return rng.randbytes(rng.randrange(1, 13))
    return bytes([rng.randrange(256)]) * rng.randrange(20, 0x300)
