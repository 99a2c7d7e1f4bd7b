"""Applies a patch that says how the bytes of the old file differ: runs to add to or combine, new bytes, jumps in the old file."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    size = rng.choice((1, 2, 2, 3))
    big = rng.random() < 0.4
    order: Literal["big", "little"] = "big" if big else "little"
    signed = rng.choice(("sign bit", "sign bit", "complement", "offset"))
    operation = rng.choice(("add", "add", "subtract", "xor"))
    apart = rng.random() < 0.4
    outside = rng.random() < 0.4
    name = rng.choice(("ApplyDelta", "apply_patch", "PatchFile", "Rebuild", "apply_differences"))
    streams = ("steps", "differences", "added") if apart else ("patch",)
    function = Function("std::vector<uint8_t>", name, ((BYTES, "source"), *((BYTES, stream) for stream in streams)))
    half, whole = 1 << 8 * size - 1, 1 << 8 * size

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        source = rng.randbytes(rng.choice((rng.randrange(8, 40), rng.randrange(8, 40), 30 if size == 1 else 400)))
        steps, differences, added, patch, out = b"", b"", b"", b"", b""
        place = 0
        for _ in range(rng.choice((1, 3, 5, rng.randrange(2, 6)))):
            most = 12 if outside else len(source) - place
            count, extra = rng.choice((rng.randrange(most + 1), most, rng.randrange(most + 1), 0)), rng.randrange(6)
            change, new = rng.choice((rng.randbytes(count), bytes(count))), rng.randbytes(extra)
            old = [source[at] if 0 <= at < len(source) else 0 for at in range(place, place + count)]
            combined = {
                "add": [one + other for one, other in zip(old, change, strict=True)],
                "subtract": [one - other for one, other in zip(old, change, strict=True)],
                "xor": [one ^ other for one, other in zip(old, change, strict=True)],
            }[operation]
            out += bytes(byte & 0xFF for byte in combined) + new
            place += count
            target = rng.choice((0, rng.randrange(len(source)), place, rng.randrange(len(source)), len(source) - 1))
            if outside:
                target = rng.choice((target, len(source) - 2, -rng.randrange(1, 4)))
            jump, place = target - place, target
            coded = {
                "sign bit": abs(jump) + half * (jump < 0),
                "complement": jump % whole,
                "offset": jump + half,
            }[signed]
            step = b"".join(part.to_bytes(size, order) for part in (count, extra, coded))
            steps, differences, added = steps + step, differences + change, added + new
            patch += step + change + new
        return [source, *((steps, differences, added) if apart else (patch,))], [out]

    stream = "steps" if apart else "patch"
    taken = [f"{stream}[at{f' + {i}' if i else ''}]" for i in range(size)]
    shifts = [8 * i for i in (reversed(range(size)) if big else range(size))]
    number = " | ".join(f"{byte} << {shift}" if shift else byte for byte, shift in zip(taken, shifts, strict=True))
    jump = {
        "sign bit": f"if (jump & {hexadecimal(half)}) jump = {hexadecimal(half)} - jump;  // the highest bit is a sign",
        "complement": f"if (jump & {hexadecimal(half)}) jump -= {hexadecimal(whole)};",
        "offset": f"jump -= {hexadecimal(half)};",
    }[signed]
    old = "(inside ? source[place] : 0)" if outside else "source[place]"
    symbol = {"add": "+", "subtract": "-", "xor": "^"}[operation]
    put = f"out.push_back({old} {symbol} {'*difference++' if apart else 'patch[at++]'});"
    if outside:
        inside = "bool inside = place >= 0 && place < static_cast<int>(source.size());"
        put = f"{{\n      {inside}\n      {put}\n    }}"
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> out;
          size_t at = 0;@streams
          int place = 0;  // in the source
          auto number = [&] {@number};
          while (at < @stream.size()) {
            int count = number(), extra = number(), jump = number();
            @jump
            for (int i = 0; i < count; ++i, ++place) @put
            out.insert(out.end(), @fresh, @fresh + extra);
            @next += extra;
            place += jump;
          }
          return out;
        }
        """,
        signature=function.signature,
        streams="\n  auto difference = differences.begin(), fresh = added.begin();" if apart else "",
        number=f" return {stream}[at++]; "
        if size == 1
        else f"\n    int value = {number};\n    at += {size};\n    return value;\n  ",
        stream=stream,
        jump=jump,
        put=put,
        fresh="fresh" if apart else "patch.begin() + at",
        next="fresh" if apart else "at",
    )
    bytes_said = {
        1: "one byte each",
        2: f"two bytes each, {'high' if big else 'low'} byte first",
        3: f"three bytes each, {'high' if big else 'low'} byte first",
    }[size]
    sign = {
        "sign bit": f"the jump goes backwards if its highest bit is set, and its lower {8 * size - 1} bits say how far",
        "complement": "the jump is signed, in two's complement, the others are not",
        "offset": f"the jump is stored with {hexadecimal(half)} added to it, so that it can be negative; the others are as they are",
    }[signed]
    combine = {
        "add": "the sum of the source's byte and the difference, modulo 256",
        "subtract": "the source's byte minus the difference, modulo 256",
        "xor": "the exclusive or of the source's byte and the difference",
    }[operation]
    where = (
        "`steps` holds the steps one after the other, `differences` the differences of all of them, `added` all new bytes"
        if apart
        else "in `patch`, a step's differences follow right behind its three numbers, then its new bytes, then the next step"
    )
    beyond = (
        " A place before the start or behind the end of the source counts as a byte 0."
        if outside
        else " No step leaves the source while it reads."
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that makes the new file out of `source` and a difference patch. A step of the patch has three numbers ({bytes_said}): count, extra and jump. It puts out `count` bytes, each of them {combine}, while a place in the source, 0 at first, moves on by one a byte; then `extra` new bytes as they are; then the jump is added to the place in the source. Here {sign}. {where[0].upper() + where[1:]}.{beyond} The patch ends with its last step.",
            f"I'd like to apply patches that store what changed in moved code. They consist of steps with a count, an extra count and a jump, {bytes_said}; {sign}. For `count` bytes the output is {combine}, both read onwards; the `extra` bytes that come next are copied from the patch; afterwards the place in the source is moved by the jump (it starts at 0 and has also moved past the bytes that were read). {where[0].upper() + where[1:]}.{beyond} Return the output.",
            f"Per step: [count, extra, jump] ({bytes_said}; {sign}). {where[0].upper() + where[1:]}. Output: count bytes ({combine}; source place starts at 0, + 1 each), then extra new bytes; then place += jump. Repeat to the end.{beyond}",
            f"Rebuild the hacked ROM: {where}. A step's three numbers are how many bytes of the source are used, how many new ones are put in behind them, and how far to jump in the source afterwards, seen from behind the last byte used ({bytes_said}; {sign}). A used byte, with the difference that belongs to it, comes out as {combine}. Begin at the source's start.{beyond}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "size": size,
            "order": order if size > 1 else "",
            "signed": signed,
            "operation": operation,
            "apart": int(apart),
            "outside": int(outside),
        },
        explanation="Code that has moved differs from the old one in few bytes, so the patch stores differences and where in the old file they apply.",
    )
