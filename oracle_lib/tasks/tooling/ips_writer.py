"""A C++ function that writes an IPS patch for a list of changes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make
from oracle_lib.tasks.kit.ips import patch, record, run

SUBJECT = "patch tools"


def draw(rng: random.Random) -> Problem:
    shift = rng.choice((0, 0, 0x200))
    least = rng.choice((0, 0, 4, 8, 9, 16))
    empty = rng.choice(("skip", "skip", "whole"))
    name = rng.choice(("WriteIps", "MakeIps", "IpsFor", "EncodeIps", "build_ips"))
    function = Function(
        "std::vector<uint8_t>", name, (("const std::vector<uint32_t>&", "offsets"), (BYTES, "lengths"), (BYTES, "data"))
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        count = rng.choice((0, 1, 2, 3, 5))
        offsets, lengths, data, records = [], [], b"", []
        for _ in range(count):
            length = rng.choice((1, 2, 5, least or 8, 20, 200, *((0,) if empty == "skip" else ())))
            block = bytes([rng.randrange(256)]) * length if rng.choice((True, False)) else rng.randbytes(length)
            at = rng.choice((0, 0x7FC0, 0xFFFF, 0x10000, rng.randrange(0x200000)))
            offsets.append(at)
            lengths.append(length)
            data += block
            if not length:
                continue
            same = least and length >= least and len(set(block)) == 1
            records.append(run(at + shift, length, block[0]) if same else record(at + shift, block))
        return [offsets, bytes(lengths), data], [patch(records)]

    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> ips = {'P', 'A', 'T', 'C', 'H'};
          size_t at = 0;
          for (size_t i = 0; i < offsets.size(); ++i) {
            uint32_t offset = offsets[i]@shift;
            uint8_t length = lengths[i];
        @skip    for (int part = 16; part >= 0; part -= 8) ips.push_back(static_cast<uint8_t>(offset >> part));
        @body    at += length;
          }
          for (char letter : {'E', 'O', 'F'}) ips.push_back(static_cast<uint8_t>(letter));
          return ips;
        }
        """,
        signature=function.signature,
        shift=f" + {hexadecimal(shift)}" if shift else "",
        skip="    if (length == 0) continue;\n" if empty == "skip" else "",
        body=_plain() if not least else _with_runs(least),
    )
    rules = ["an IPS record is the offset (3 bytes) and the length (2 bytes), high byte first, then the data"]
    if least:
        rules.append(
            f"{least} or more equal bytes become a run: length 0, the count (2 bytes) and the byte; anything else is "
            "plain"
        )
    else:
        rules.append("all records are plain, none is a run")
    rules += [f"the file has a copier header, so add {hexadecimal(shift)} to each offset"] if shift else []
    rules += ["a change of length 0 gets no record"] if empty == "skip" else ["no length is 0"]
    rule = "; ".join(rules)
    what = (
        "`offsets` and `lengths` hold a value for each change, and `data` the new bytes of all changes, one behind "
        "the other"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            "Write a C++ function that makes an IPS patch (`PATCH`, a record for each change in order, `EOF`). "
            f"{_big(what)}. "
            f"{_big(rule)}.",
            f"My patcher records what it changes; {what}. Turn that into the bytes of an IPS file. {_big(rule)}.",
            f"IPS writer: {what}; {rule}.",
            "I want to export the edits of my tool as an IPS patch with `PATCH` in front and `EOF` at the end. "
            f"{_big(what)}. "
            f"{_big(rule)}.",
        ),
        references=(reference,),
        case=case,
        parameters={"shift": shift, "least": least, "empty": empty},
        explanation="IPS numbers are high byte first, unlike the console's, and `at` keeps the place in `data`.",
    )


def _big(text: str) -> str:
    return text[0].upper() + text[1:]


def _plain() -> str:
    return (
        "    ips.push_back(0);\n"
        "    ips.push_back(length);\n"
        "    ips.insert(ips.end(), data.begin() + at, data.begin() + at + length);\n"
    )


def _with_runs(least: int) -> str:
    return (
        f"    bool run = length >= {least};\n"
        "    for (size_t j = 1; j < length; ++j) run = run && data[at + j] == data[at];\n"
        "    if (run) ips.insert(ips.end(), 2, 0);\n"
        "    ips.push_back(0);\n"
        "    ips.push_back(length);\n"
        "    ips.insert(ips.end(), data.begin() + at, data.begin() + at + (run ? 1 : length));\n"
    )
