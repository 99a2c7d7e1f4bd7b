"""Lists the ranges of bytes in which two versions of a ROM differ, near ones joined and long ones split if asked."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "ROM layout"

FORMS = {
    "length": "its offset and its length",
    "end": "its offset and the offset behind its end",
    "last": "the offsets of its first and of its last byte",
}


def draw(rng: random.Random) -> Problem:
    gap = rng.choice((0, 0, rng.randrange(1, 9)))
    limit = rng.choice((0, 0, rng.randrange(6, 25)))
    form = rng.choice(tuple(FORMS))
    base = rng.choice((0, 0, 0x200, rng.randrange(1, 0x40) * 0x8000))
    name = rng.choice(("DiffRanges", "changed_ranges", "FindChanges", "compare_roms"))
    function = Function("std::vector<uint32_t>", name, ((BYTES, "before"), (BYTES, "after")))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        before = bytes(rng.randrange(4) for _ in range(rng.randrange(60, 120)))
        after = bytearray(before)
        at = rng.choice((0, rng.randrange(1, 12)))
        while at < len(after):
            length = rng.choice((1, 2, rng.randrange(1, 12), limit or 3, limit + 1, 2 * limit + 1))
            for place in range(at, min(at + length, len(after))):
                after[place] ^= 8
            at += length + rng.choice((gap or 1, gap + 1, rng.randrange(1, 30)))
        after += rng.randbytes(rng.choice((0, 0, rng.randrange(1, 20))))
        changed = [at for at in range(len(after)) if before[at : at + 1] != after[at : at + 1]]
        ranges: list[list[int]] = []
        for place in changed:
            if ranges and place - ranges[-1][-1] - 1 <= gap and not (limit and place - ranges[-1][0] >= limit):
                ranges[-1].append(place)
            else:
                ranges.append([place])
        found = []
        for first, *others in ranges:
            last = others[-1] if others else first
            found += [base + first, {"length": last - first + 1, "end": base + last + 1, "last": base + last}[form]]
        return [before, bytes(after)], [found]

    start = f"{hexadecimal(base)} + at" if base else "at"
    origin = f" - {hexadecimal(base)}" if base else ""
    near = f"at - end <= {gap}" if gap else "at == end"
    short = f" && at - start < {limit}" if limit else ""
    second = {"length": "end - start", "end": f"{hexadecimal(base)} + end" if base else "end"}
    second["last"] = f"{hexadecimal(base - 1)} + end" if base else "end - 1"
    reference = cpp(
        """
        @signature {
          std::vector<uint32_t> ranges;
          uint32_t start = 0, end = 0;
          for (uint32_t at = 0; at < after.size(); ++at) {
            if (at < before.size() && before[at] == after[at]) continue;
            bool joins = !ranges.empty() && @near@short;
            if (!joins) {
              ranges.insert(ranges.end(), {@first, 0});
              start = at;
            }
            end = at + 1;
            ranges.back() = @second;
          }
          return ranges;
        }
        """,
        signature=function.signature,
        near=near,
        short=short,
        first=start,
        second=second[form],
    )
    plain = cpp(
        """
        @signature {
          std::vector<uint32_t> ranges;  // offset and end in turn
          for (uint32_t at = @base; at@origin < after.size(); ++at) {
            if (at@origin < before.size() && before[at@origin] == after[at@origin]) continue;
            if (ranges.empty() || at - ranges.back() > @gap@long) ranges.insert(ranges.end(), {at, at});
            ranges.back() = at + 1;
          }
        @finish  return ranges;
        }
        """,
        signature=function.signature,
        base=hexadecimal(base) if base else 0,
        origin=origin,
        gap=gap,
        long=f" || at - ranges.end()[-2] >= {limit}" if limit else "",
        finish={
            "length": "  for (size_t i = 1; i < ranges.size(); i += 2) ranges[i] -= ranges[i - 1];\n",
            "end": "",
            "last": "  for (size_t i = 1; i < ranges.size(); i += 2) --ranges[i];\n",
        }[form],
    )
    rules = [f"for each range in turn, {FORMS[form]}"]
    rules += (
        [f"ranges with at most {gap} equal {'bytes' if gap > 1 else 'byte'} between them count as one"] if gap else []
    )
    rules += [f"a range is at most {limit} bytes long; what goes on after that is a new range"] if limit else []
    rules += [f"offsets count from {hexadecimal(base)}, where both begin"] if base else []
    rules += ["`after` may be longer than `before`, and its further bytes count as changed"]
    rule = "; ".join(rules)
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns the ranges in which `after` differs from `before`: {rule}.",
            f"Which bytes of a ROM did an edit change? Return a flat list: {rule}.",
            f"Changed ranges between two images: {rule}.",
            f"For a patch maker I need the ranges of bytes that differ between `before` and `after`: {rule}.",
        ),
        references=(reference, plain),
        case=case,
        parameters={"gap": gap, "limit": limit, "form": form, "base": base},
        explanation="A changed byte either extends the last range or begins a new one.",
    )
