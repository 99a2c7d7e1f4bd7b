"""Functions on whole buffers and lists: comparing, patching, moving, splitting, free space, ordering, ranges."""

import random
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct, Values
from oracle_lib.tasks.kit.cpp_programs.pieces import THEMES, camel, hexa, plural, titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


def _two(rng: random.Random, same_size: bool) -> list[Any]:
    """Two buffers that are alike but for some places."""
    first = [rng.randrange(4) if rng.random() < 0.5 else rng.randrange(256) for _ in range(rng.randrange(0, 14))]
    second = [value if rng.random() < 0.7 else rng.randrange(256) for value in first]
    if not same_size:
        second = rng.choice(
            (second, second[: rng.randrange(len(second) + 1)], second + [rng.randrange(256)] * rng.randrange(1, 4))
        )
    return [first, second]


def difference(choices: Choices) -> Program:
    """Two buffers compared, the differences counted, listed or put into patch records."""
    action = choices.pick("action", ("count", "first", "offsets", "ranges", "records", "merge", "mask", "apply", "xor"))
    equal = choices.chance("equal", 0.5) or action in ("merge", "xor", "mask")
    draft = Draft("", "comparison")
    old, new = choices.pick(
        "names", (("old_data", "new_data"), ("before", "after"), ("original", "patched"), ("a", "b"))
    )
    draft.parameters = [("vec[u8]", old), ("vec[u8]", new)]
    shorter = f"min(len({old}), len({new}))"
    limit = f"len({old})" if equal else "size"
    if not equal and action != "apply":
        draft.add(f"size: size = {shorter}")
        draft.rules.append("Compare only as many bytes as the shorter one has.")
    elif action != "apply":
        draft.rules.append("Both have the same size.")
    differs = f"{old}[i] != {new}[i]"
    if action == "count":
        most = choices.pick("bits", (0, 0, 1))
        draft.returns = "int"
        draft.add("count: int = 0", f"for i in range({limit}):")
        if most:
            draft.add(
                f"    changed: u8 = {old}[i] ^ {new}[i]",
                "    while changed != 0:",
                "        count += changed & 1",
                "        changed >>= 1",
            )
            draft.does = "counts the bits in which two buffers differ"
        else:
            draft.add(f"    if {differs}:", "        count += 1")
            draft.does = "counts the bytes in which two buffers differ"
        if not equal and not most:
            draft.add(f"count += max(len({old}), len({new})) - size")
            draft.rules[0] = "Bytes that only the longer one has count as different."
        draft.add("return count")
        draft.name = titled(choices, "count", choices.pick("noun", ("changes", "differences")))
    elif action == "first":
        draft.returns = choices.pick("returned", ("int", "opt[size]"))
        failed = "-1" if draft.returns == "int" else "None"
        last = choices.chance("last", 0.3)
        if last:
            draft.add(
                f"found: {draft.returns} = {failed}",
                f"for i in range({limit}):",
                f"    if {differs}:",
                "        found = i",
                "return found",
            )
        else:
            draft.add(f"for i in range({limit}):", f"    if {differs}:", "        return i", f"return {failed}")
        draft.does = f"returns the offset of the {'last' if last else 'first'} byte in which two buffers differ"
        draft.rules.append(f"Return {'-1' if failed == '-1' else '`std::nullopt`'} if there is none.")
        draft.name = titled(choices, "last" if last else "first", "difference")
    elif action == "offsets":
        gap = choices.number("gap", 1, 4)
        draft.returns = "vec[int]"
        draft.add(
            "out: vec[int] = []",
            f"for i in range(0, {limit}, {gap}):",
            f"    if {differs}:",
            "        out.append(i)",
            "return out",
        )
        draft.does = "returns the offsets of the bytes in which two buffers differ" + (
            f", looking only at multiples of {gap}" if gap > 1 else ""
        )
        draft.name = titled(choices, choices.pick("verb", ("list", "find", "collect")), "changes")
    elif action in ("ranges", "records"):
        draft.returns = "vec[u8]" if action == "records" else "vec[int]"
        form = choices.pick("form", ("start and length", "start and end"))
        big = choices.chance("big", 0.4)
        longest = choices.pick("longest", (0, 0, 4, 6)) if action == "records" else 0
        draft.add(
            f"out: {draft.returns} = []",
            "at: size = 0",
            f"while at < {limit}:",
            f"    if {old}[at] == {new}[at]:",
            "        at += 1",
            "        continue",
            "    start: size = at",
        )
        more = f" and at - start < {longest}" if longest else ""
        draft.add(f"    while at < {limit} and {old}[at] != {new}[at]{more}:", "        at += 1")
        if action == "ranges":
            draft.add(
                "    out.append(start)",
                f"    out.append({'at - start' if form == 'start and length' else 'at'})",
                "return out",
            )
            draft.does = "returns the ranges of consecutive bytes in which two buffers differ"
            draft.rules.append(
                f"Each range becomes two numbers: its first offset and its {'length' if form == 'start and length' else 'end (the offset behind its last byte)'}."
            )
        else:
            parts = ["    out.append((start >> 8) & 0xFF)", "    out.append(start & 0xFF)"]
            draft.add(
                *(parts if big else parts[::-1]),
                "    out.append(at - start)",
                f"    out.extend({new}[start:at])",
                "return out",
            )
            draft.does = f"makes a patch that turns `{old}` into `{new}`"
            draft.rules.append(
                f"Each run of consecutive bytes that differ becomes a record: its offset as a {'big' if big else 'little'}-endian 16-bit word, its length as a byte, and the bytes of `{new}`."
            )
            draft.rules += [f"A record has at most {longest} bytes; a longer run is split."] if longest else []
        draft.name = titled(
            choices,
            choices.pick("verb", ("diff", "changed", "make")),
            choices.pick("noun", ("ranges", "patch", "runs")),
        )
    elif action in ("merge", "xor", "mask"):
        draft.returns = "vec[u8]"
        how = choices.pick("how", ("larger", "nonzero", "xor", "high nibble", "alternate"))
        fill = choices.pick("fill", (0, 0xFF))
        texts = {
            "larger": (f"max({old}[i], {new}[i])", "is the larger of the two at its place"),
            "nonzero": (
                f"{new}[i] if {new}[i] != {hexa(fill)} else {old}[i]",
                f"comes from `{new}` unless it is {hexa(fill)} there, else from `{old}`",
            ),
            "xor": (f"{old}[i] ^ {new}[i]", "is the XOR of the two at its place"),
            "high nibble": (
                f"({old}[i] & 0xF0) | ({new}[i] & 0xF)",
                f"has its high nibble from `{old}` and its low nibble from `{new}`",
            ),
            "alternate": (
                f"{old}[i] if i % 2 == 0 else {new}[i]",
                f"comes from `{old}` at even offsets and from `{new}` at odd ones",
            ),
        }
        text, words = texts[how]
        draft.add("out: vec[u8] = []", f"for i in range(len({old})):", f"    out.append({text})", "return out")
        draft.does = "combines two buffers into a new one"
        draft.rules.append(f"Each byte of it {words}.")
        draft.name = titled(
            choices,
            choices.pick("verb", ("merge", "combine", "blend")),
            choices.pick("noun", ("buffers", "layers", "data")),
        )
    else:
        wide = choices.pick("wide", (1, 2))
        big = choices.chance("big", 0.4) and wide == 2
        check = choices.chance("check", 0.5)
        draft.parameters = [("ref[vec[u8]]", "rom"), ("vec[u8]", "patch")]
        head = wide + 2 if check else wide + 1
        offset = (
            "patch[at]" if wide == 1 else "patch[at] << 8 | patch[at + 1]" if big else "patch[at] | patch[at + 1] << 8"
        )
        draft.rules = [
            f"`patch` is a list of records of {head} bytes: an offset ({'one byte' if wide == 1 else 'two bytes, ' + ('big' if big else 'little') + '-endian'}){', the byte that has to be there' if check else ''} and the new byte."
        ]
        beyond = "Records whose offset is beyond the end of `rom` are left out."
        draft.returns = "int"
        draft.add("done: int = 0", f"for at in range(0, len(patch), {head}):", f"    offset: size = {offset}")
        test = "offset < len(rom)" + (f" and rom[offset] == patch[at + {wide}]" if check else "")
        draft.add(
            f"    if {test}:", f"        rom[offset] = patch[at + {head - 1}]", "        done += 1", "return done"
        )
        draft.does = "applies a patch to `rom` and returns how many bytes it set"
        draft.rules += [beyond, *(["A record whose old byte is not what is there is left out."] if check else [])]
        draft.name = titled(choices, "apply", choices.pick("noun", ("patch", "codes", "cheats")))

        def patched(rng: random.Random) -> list[Any]:
            rom = [rng.randrange(256) for _ in range(rng.randrange(3, 12))]
            patch: list[int] = []
            for _ in range(rng.randrange(0, 5)):
                at = rng.randrange(len(rom) + 2)
                order: Any = "big" if big else "little"
                patch += [
                    *at.to_bytes(wide, order),
                    *([rom[at] if at < len(rom) and rng.random() < 0.7 else 9] if check else []),
                    rng.randrange(256),
                ]
            return [rom, patch]

        return draft.finish(patched)
    return draft.finish(lambda rng: _two(rng, equal))


def moving(choices: Choices) -> Program:
    """One buffer filled, moved, rotated, interleaved, split, padded or searched for free space."""
    name = choices.pick("buffer", ("data", "rom", "buffer", "bytes"))
    action = choices.pick(
        "action",
        (
            "fill",
            "insert",
            "remove",
            "move",
            "rotate",
            "interleave",
            "deinterleave",
            "reverse",
            "swap",
            "pad",
            "free",
            "free end",
            "trim",
            "pattern",
            "transpose",
            "resize",
            "align",
            "replace",
            "copies",
        ),
    )
    fill = choices.pick("fill", (0xFF, 0x00, 0xFF, 0xEA, 0x20))
    k = choices.number("k", 2, 8)
    draft = Draft("", "buffer")
    changes = [("ref[vec[u8]]", name)]
    reads = [("vec[u8]", name)]
    f = hexa(fill)

    def some(rng: random.Random, least: int = 0, most: int = 14) -> list[int]:
        return Values(rng, [fill]).bytes(rng.randrange(least, most))

    if action == "fill":
        draft.parameters = [*changes, ("size", "start"), ("size", "count"), ("u8", "value")]
        grow = choices.pick("grow", ("grow", "clip", "reject"))
        step = choices.pick("step", (1, 1, 2))
        if grow == "grow":
            draft.add(f"if start + count > len({name}):", f"    {name}.extend([{f}] * (start + count - len({name})))")
            draft.rules.append(f"Enlarge `{name}` with bytes {f} where that reaches beyond its end.")
        elif grow == "reject":
            draft.returns = "bool"
            draft.add(f"if start + count > len({name}):", "    return False")
            draft.rules.append("If that reaches beyond the end, change nothing and return false, otherwise true.")
        end = "start + count" if grow != "clip" else f"min(start + count, len({name}))"
        draft.rules += ["What would be beyond the end is left out."] if grow == "clip" else []
        draft.add(
            f"for i in range(start, {end}, {step}):" if step > 1 else f"for i in range(start, {end}):",
            f"    {name}[i] = value",
        )
        draft.add(*(["return True"] if grow == "reject" else []))
        draft.does = (
            f"sets {'every second byte' if step == 2 else 'all bytes'} of the `count` bytes from offset `start` of `{name}` to `value`"
            + (", beginning with the first" if step == 2 else "")
        )
        draft.name = titled(choices, "fill", choices.pick("noun", ("range", "block", "area")))
        return draft.finish(lambda rng: [some(rng, 3), rng.randrange(0, 8), rng.randrange(0, 7), rng.randrange(256)])
    if action in ("insert", "remove", "move"):
        keep = choices.chance("keep size", 0.6)
        if action == "insert":
            draft.parameters = [*changes, ("size", "at"), ("vec[u8]", "block")]
            draft.add(
                "out: vec[u8] = []",
                f"out.extend({name}[0:at])",
                "out.extend(block)",
                f"out.extend({name}[at:len({name})])",
            )
            if keep:
                draft.add(f"while len(out) > len({name}):", "    out.pop()")
                draft.rules.append(f"`{name}` keeps its size: what is pushed beyond its end is lost.")
            draft.add(f"{name} = out")
            draft.parameters[0] = ("vec[u8]", name)
            draft.body.pop()
            draft.add("return out")
            draft.returns = "vec[u8]"
            draft.does = f"returns `{name}` with `block` inserted at offset `at`"
            draft.name = titled(choices, "insert", choices.pick("noun", ("block", "bytes", "space")))
            return draft.finish(lambda rng: [data := some(rng, 1), rng.randrange(len(data) + 1), some(rng, 0, 5)])
        if action == "remove":
            draft.parameters, draft.returns = [*reads, ("size", "at"), ("size", "count")], "vec[u8]"
            draft.add("out: vec[u8] = []", f"out.extend({name}[0:at])", f"out.extend({name}[at + count:len({name})])")
            if keep:
                draft.add(f"out.extend([{f}] * (len({name}) - len(out)))")
                draft.rules.append(f"The result keeps the size of `{name}`: the end is filled up with {f}.")
            draft.add("return out")
            draft.does = f"returns `{name}` without the `count` bytes from offset `at`"
            draft.name = titled(
                choices,
                choices.pick("verb", ("remove", "delete", "cut")),
                choices.pick("noun", ("block", "bytes", "range")),
            )

            def removed(rng: random.Random) -> list[Any]:
                data = some(rng, 1)
                at = rng.randrange(len(data) + 1)
                return [data, at, rng.randrange(len(data) - at + 1)]

            return draft.finish(removed)
        draft.parameters = [*changes, ("size", "source"), ("size", "target"), ("size", "count")]
        draft.add(f"block: vec[u8] = {name}[source:source + count]")
        if keep:
            draft.add("for i in range(count):", f"    {name}[source + i] = {f}")
            draft.rules.append(f"What they leave is filled with {f}.")
        draft.add("for i in range(count):", f"    {name}[target + i] = block[i]")
        draft.does = (
            f"{'moves' if keep else 'copies'} `count` bytes from offset `source` to offset `target` of `{name}`"
        )
        draft.rules.append("The two ranges may overlap.")
        draft.name = titled(choices, "move" if keep else "copy", choices.pick("noun", ("block", "bytes", "data")))

        def moved(rng: random.Random) -> list[Any]:
            data = some(rng, 4)
            count = rng.randrange(1, len(data))
            return [data, rng.randrange(len(data) - count + 1), rng.randrange(len(data) - count + 1), count]

        return draft.finish(moved)
    if action == "rotate":
        left = choices.chance("left", 0.5)
        draft.parameters, draft.returns = [*reads, ("size", "count")], "vec[u8]"
        draft.add("out: vec[u8] = []", f"for i in range(len({name})):")
        draft.add(
            f"    out.append({name}[(i + {'count' if left else f'len({name}) - count'}) % len({name})])", "return out"
        )
        draft.does = f"returns the bytes of `{name}` rotated by `count` places to the {'left (towards the beginning)' if left else 'right (towards the end)'}"
        draft.rules.append(f"`count` is at most the size of `{name}`.")
        draft.name = titled(choices, "rotate", choices.pick("noun", ("bytes", "buffer", "row")))
        return draft.finish(lambda rng: [data := some(rng), rng.randrange(len(data) + 1)])
    if action in ("interleave", "deinterleave"):
        if action == "interleave":
            draft.parameters, draft.returns = [("vec[u8]", "low"), ("vec[u8]", "high")], "vec[u8]"
            group = choices.pick("group", (1, 1, 2))
            draft.add(
                "out: vec[u8] = []",
                f"for i in range(0, len(low), {group}):" if group > 1 else "for i in range(len(low)):",
            )
            draft.add(
                *[f"    out.append(low[{f'i + {n}' if n else 'i'}])" for n in range(group)],
                *[f"    out.append(high[{f'i + {n}' if n else 'i'}])" for n in range(group)],
                "return out",
            )
            draft.does = f"interleaves `low` and `high`: {'one byte' if group == 1 else 'two bytes'} of `low`, {'one' if group == 1 else 'two'} of `high`, and so on"
            draft.rules.append("Both have the same size." if group == 1 else "Both have the same, even size.")
            draft.name = titled(choices, "interleave", choices.pick("noun", ("planes", "halves", "bytes")))

            def pairs(rng: random.Random) -> list[Any]:
                size = rng.randrange(0, 5) * group
                return [[rng.randrange(256) for _ in range(size)] for _ in range(2)]

            return draft.finish(pairs)
        which = choices.number("which", 0, k - 1)
        draft.parameters, draft.returns = reads, "vec[u8]"
        whole = choices.chance("whole", 0.5)
        if whole:
            draft.add(
                "out: vec[u8] = []",
                f"for part in range({k}):",
                f"    for i in range(part, len({name}), {k}):",
                f"        out.append({name}[i])",
                "return out",
            )
            draft.does = f"reorders the bytes of `{name}`: first those at offsets 0, {k}, {2 * k} and so on, then those at 1, {k + 1} and so on, up to those at {k - 1}, {2 * k - 1} and so on"
        else:
            draft.add(
                "out: vec[u8] = []",
                f"for i in range({which}, len({name}), {k}):",
                f"    out.append({name}[i])",
                "return out",
            )
            draft.does = f"returns the bytes of `{name}` at offsets {which}, {which + k}, {which + 2 * k} and so on"
        draft.name = titled(
            choices,
            choices.pick("verb", ("deinterleave", "split", "gather")),
            choices.pick("noun", ("bytes", "planes", "columns")),
        )
        return draft.finish(lambda rng: [some(rng, 0, 22)])
    if action in ("reverse", "swap"):
        group = choices.pick("group", (2, 2, 3, 4))
        draft.parameters = changes
        if action == "swap" or choices.chance("pairs", 0.5):
            draft.add(f"for at in range(0, len({name}), {group}):")
            for index in range(group // 2):
                other = group - 1 - index
                draft.add(
                    f"kept: u8 = {name}[{f'at + {index}' if index else 'at'}]"
                    if index == 0
                    else f"kept = {name}[at + {index}]",
                    f"{name}[{f'at + {index}' if index else 'at'}] = {name}[at + {other}]",
                    f"{name}[at + {other}] = kept",
                    depth=1,
                )
            draft.does = f"reverses the order of the bytes in every group of {group} bytes of `{name}`"
            draft.rules.append(f"The size of `{name}` is a multiple of {group}.")
        else:
            draft.parameters, draft.returns = reads, "vec[u8]"
            draft.add("out: vec[u8] = []", f"for at in range(int(len({name})) - {group}, -1, -{group}):")
            draft.add(*[f"    out.append({name}[{f'at + {n}' if n else 'at'}])" for n in range(group)], "return out")
            draft.does = f"returns the groups of {group} bytes of `{name}` in reverse order, the bytes of each group in their order"
            draft.rules.append(f"The size of `{name}` is a multiple of {group}.")
        draft.name = titled(
            choices,
            choices.pick("verb", ("swap", "reverse", "flip")),
            choices.pick("noun", ("groups", "words", "entries")),
        )
        return draft.finish(lambda rng: [[rng.randrange(256) for _ in range(group * rng.randrange(0, 5))]])
    if action in ("pad", "align", "resize"):
        size = choices.pick("size", (4, 8, 16, 6, 12))
        form = choices.pick("form", ("multiple", "fixed", "power"))
        draft.parameters = changes
        if form == "multiple":
            draft.add(f"while len({name}) % {size} != 0:", f"    {name}.append({f})")
            draft.does = f"appends bytes {f} to `{name}` until its size is a multiple of {size}"
        elif form == "fixed":
            draft.add(
                f"while len({name}) > {size}:", f"    {name}.pop()", f"{name}.extend([{f}] * ({size} - len({name})))"
            )
            draft.does = f"brings `{name}` to exactly {size} bytes: it is cut off, or filled up with {f}"
        else:
            draft.add(
                "size: size = 1",
                f"while size < len({name}):",
                "    size *= 2",
                f"{name}.extend([{f}] * (size - len({name})))",
            )
            draft.does = f"fills `{name}` up with bytes {f} until its size is a power of two (1 if it is empty)"
        draft.name = titled(
            choices,
            choices.pick("verb", ("pad", "expand", "extend")),
            choices.pick("noun", ("rom", "buffer", "data", "block")),
        )
        return draft.finish(lambda rng: [some(rng, 0, 20)])
    if action == "free":
        align = choices.pick("align", (1, 2, 4, 8))
        spare = choices.pick("leave", (0, 0, 1))
        best = choices.pick("which", ("first", "last", "longest"))
        draft.parameters, draft.returns = [*reads, *([] if best == "longest" else [("size", "length")])], "int"
        if best == "longest":
            draft.add(
                "best: int = -1",
                "most: size = 0",
                "at: size = 0",
                f"while at < len({name}):",
                "    start: size = at",
                f"    while at < len({name}) and {name}[at] == {f}:",
                "        at += 1",
                "    if at - start > most:",
                "        most = at - start",
                "        best = start",
                "    at += 1",
                "return best",
            )
            draft.does = f"returns the offset of the longest run of bytes {f} in `{name}`"
            draft.rules.append("Of several equally long ones the first counts; return -1 if there is none.")
        else:
            if best == "last":
                draft.add("found: int = -1")
            extra = f" + {spare}" if spare else ""
            over = f"range(0, len({name}), {align})" if align > 1 else f"range(len({name}))"
            draft.add(
                f"for start in {over}:",
                "    n: size = 0",
                f"    while start + n < len({name}) and {name}[start + n] == {f} and n < length{extra}:",
                "        n += 1",
            )
            result = f"start + {spare}" if spare else "start"
            draft.add(
                f"    if n == length{extra}:",
                f"        {'found =' if best == 'last' else 'return'} {result}",
                "return found" if best == "last" else "return -1",
            )
            draft.does = f"returns the offset of the {best} run of `length` free bytes ({f}) in `{name}`" + (
                f" that starts at a multiple of {align}" if align > 1 and not spare else ""
            )
            if spare:
                draft.rules.append(
                    "One free byte before the run must stay free: it may end the data before."
                    + (f" That byte's offset must be a multiple of {align}." if align > 1 else "")
                )
            draft.rules.append("Return -1 if there is none. `length` is at least 1.")
        draft.name = titled(
            choices,
            choices.pick("verb", ("find", "locate", "search")),
            choices.pick("noun", ("free space", "gap", "room")),
        )

        def free(rng: random.Random) -> list[Any]:
            data: list[int] = []
            for _ in range(rng.randrange(0, 5)):
                data += [fill] * rng.randrange(0, 7) + [rng.randrange(1, 0xFE) for _ in range(rng.randrange(1, 4))]
            return [data, *([] if best == "longest" else [rng.randrange(1, 5)])]

        return draft.finish(free)
    if action in ("free end", "trim"):
        draft.parameters = reads
        form = choices.pick("form", ("count", "copy", "offset"))
        align = choices.pick("align", (1, 1, 4, 8))
        draft.add(f"end: size = len({name})", f"while end > 0 and {name}[end - 1] == {f}:", "    end -= 1")
        if align > 1 and form != "count":
            draft.add(f"while end % {align} != 0 and end < len({name}):", "    end += 1")
            draft.rules.append(f"Round that place up to a multiple of {align}, but not beyond the end.")
        if form == "count":
            draft.returns = "size"
            draft.add(f"return len({name}) - end")
            draft.does = f"counts the bytes {f} at the end of `{name}`"
        elif form == "copy":
            draft.returns = "vec[u8]"
            draft.add(f"return {name}[0:end]")
            draft.does = f"returns `{name}` without the bytes {f} at its end"
        else:
            draft.returns = "size"
            draft.add("return end")
            draft.does = f"returns the offset at which the bytes {f} at the end of `{name}` begin"
        draft.name = titled(
            choices,
            choices.pick("verb", ("trim", "trailing", "used", "strip")),
            choices.pick("noun", ("space", "fill", "end")),
        )
        return draft.finish(lambda rng: [[*some(rng), *[fill] * rng.randrange(0, 6)]])
    if action == "pattern":
        wild = choices.pick("wild", (-1, -1, 0x100))
        count = choices.chance("count", 0.3)
        draft.parameters, draft.returns = [*reads, ("vec[int]", "pattern")], "int"
        draft.add(*(["count: int = 0"] if count else []))
        draft.add(
            f"for at in range(len({name})):",
            f"    same: bool = at + len(pattern) <= len({name})",
            "    for i in range(len(pattern)):",
            f"        if same and pattern[i] != {wild} and pattern[i] != {name}[at + i]:",
            "            same = False",
            "    if same:",
            "        count += 1" if count else "        return at",
            "return count" if count else "return -1",
        )
        draft.does = (
            f"counts the places at which `pattern` occurs in `{name}`"
            if count
            else f"returns the offset of the first place at which `pattern` occurs in `{name}`, or -1"
        )
        draft.rules.append(
            f"An element {wild} of `pattern` fits any byte; the others are bytes. `pattern` is not empty.{' Places may overlap.' if count else ''}"
        )
        draft.name = titled(choices, "count" if count else choices.pick("verb", ("find", "search")), "pattern")

        def pattern(rng: random.Random) -> list[Any]:
            data = [rng.randrange(3) for _ in range(rng.randrange(1, 14))]
            at = rng.randrange(len(data))
            part = data[at : at + rng.randrange(1, 4)]
            return [data, [wild if rng.random() < 0.3 else value if rng.random() < 0.9 else 7 for value in part]]

        return draft.finish(pattern)
    if action == "transpose":
        wide, tall = choices.number("wide", 2, 5), choices.number("tall", 2, 5)
        how = choices.pick("how", ("transpose", "mirror", "flip", "turn"))
        draft.parameters, draft.returns = reads, "vec[u8]"
        source = {
            "transpose": "x * {w} + y",
            "mirror": "y * {w} + {r} - x",
            "flip": "({b} - y) * {w} + x",
            "turn": "({b} - x) * {w} + y",
        }[how]
        source = source.format(w=wide, r=wide - 1, b=tall - 1)
        swapped = how in ("transpose", "turn")
        rows, columns = (wide, tall) if swapped else (tall, wide)
        draft.add(
            "out: vec[u8] = []",
            f"for y in range({rows}):",
            f"    for x in range({columns}):",
            f"        out.append({name}[{source}])",
            "return out",
        )
        draft.does = {
            "transpose": "returns a block of tiles with rows and columns exchanged",
            "mirror": "returns a block of tiles mirrored, left and right exchanged",
            "flip": "returns a block of tiles upside down, top and bottom exchanged",
            "turn": "returns a block of tiles turned clockwise by a quarter",
        }[how]
        draft.rules.append(
            f"`{name}` holds {wide} columns and {tall} rows, row by row{f'; the result has {columns} columns and {rows} rows' if swapped else ''}."
        )
        draft.name = titled(choices, how, choices.pick("noun", ("block", "stamp", "tiles")))
        return draft.finish(lambda rng: [[rng.randrange(256) for _ in range(wide * tall)]])
    if action == "replace":
        draft.parameters = [*changes, ("u8", "old_value"), ("u8", "new_value")]
        limit = choices.pick("limit", (0, 0, 2, 3))
        draft.returns = "int"
        draft.add(
            "done: int = 0",
            f"for i in range(len({name})):",
            f"    if {name}[i] == old_value{f' and done < {limit}' if limit else ''}:",
            f"        {name}[i] = new_value",
            "        done += 1",
            "return done",
        )
        draft.does = f"replaces {f'at most the first {limit}' if limit else 'all'} bytes `old_value` in `{name}` by `new_value` and returns how many it replaced"
        draft.name = titled(choices, "replace", choices.pick("noun", ("bytes", "tile", "value")))
        return draft.finish(
            lambda rng: [[rng.randrange(4) for _ in range(rng.randrange(0, 10))], rng.randrange(4), rng.randrange(8)]
        )
    times = choices.chance("numbered", 0.5)
    draft.parameters, draft.returns = [*reads, ("int", "count")], "vec[u8]"
    draft.add("out: vec[u8] = []", "for n in range(count):")
    draft.add(
        *(
            [f"    for value in {name}:", "        out.append((value + n) & 0xFF)"]
            if times
            else [f"    out.extend({name})"]
        ),
        "return out",
    )
    draft.does = f"returns `count` copies of `{name}` one behind the other" + (
        ", adding the number of the copy (from 0) to each byte, modulo 256" if times else ""
    )
    draft.name = titled(
        choices, choices.pick("verb", ("repeat", "tile", "clone")), choices.pick("noun", ("pattern", "block", "row"))
    )
    return draft.finish(lambda rng: [some(rng, 0, 5), rng.randrange(0, 4)])


def ordering(choices: Choices) -> Program:
    """Structs and ranges put in order, merged, grouped, searched, and made into one of each kind."""
    theme = choices.pick("theme", tuple(THEMES))
    action = choices.pick(
        "action", ("sort", "merge", "overlap", "gaps", "unique", "group", "best", "allocate", "cover", "insert")
    )
    draft = Draft("", f"{theme} list")
    name = plural(theme)
    if action in ("merge", "overlap", "gaps", "cover"):
        kind = choices.pick("range", ("Range", "Span", "Region", "Block"))
        ended = choices.chance("ended", 0.5)
        last = "end" if ended else "size"
        struct = Struct(kind, (("u32", "start"), ("u32", last)))
        draft.structs = [struct]
        end = "{r}.end" if ended else "{r}.start + {r}.size"
        means = "`end` is the offset behind its last byte" if ended else "`size` is its length in bytes"
        draft.rules = [
            f"`{kind}` is a struct of `uint32_t start` and `uint32_t {last}`; {means}. Define it in your answer."
        ]
        ranges = plural(kind.lower())

        def spans(rng: random.Random, ordered: bool) -> list[Record]:
            drawn = [(start := rng.randrange(40), start + rng.randrange(1, 10)) for _ in range(rng.randrange(0, 6))]
            drawn = sorted(drawn) if ordered else drawn
            return [Record(("start", last), (start, stop if ended else stop - start)) for start, stop in drawn]

        draft.parameters = [(f"vec[{kind}]", ranges)]
        one = kind.lower()
        if action == "merge":
            touch = choices.chance("touch", 0.5)
            sign = "<=" if touch else "<"
            draft.returns = f"vec[{kind}]"
            draft.add(f"out: vec[{kind}] = []", f"for {one} in {ranges}:")
            reach = end.format(r="out[len(out) - 1]")
            draft.add(f"    if len(out) > 0 and {one}.start {sign} {reach}:")
            if ended:
                draft.add(f"        out[len(out) - 1].end = max(out[len(out) - 1].end, {one}.end)")
            else:
                draft.add(
                    f"        stop: u32 = max({reach}, {one}.start + {one}.size)",
                    "        out[len(out) - 1].size = stop - out[len(out) - 1].start",
                )
            draft.add("    else:", f"        out.append({one})", "return out")
            draft.rules.append(
                f"They come in ascending order of `start`. Ranges that overlap{' or touch' if touch else ''} become one{'' if touch else '; ranges that only touch stay apart'}."
            )
            draft.does = f"merges the {ranges}"
            draft.name = titled(choices, "merge", ranges)
            return draft.finish(lambda rng: [spans(rng, True)])
        if action == "overlap":
            form = choices.pick("form", ("any", "count"))
            draft.returns = "bool" if form == "any" else "int"
            draft.add(*(["count: int = 0"] if form == "count" else []))
            draft.add(f"for i in range(len({ranges})):", "    for j in range(i):")
            a, b = f"{ranges}[i]", f"{ranges}[j]"
            draft.add(
                f"        if {a}.start < {end.format(r=b)} and {b}.start < {end.format(r=a)}:",
                "            return True" if form == "any" else "            count += 1",
            )
            draft.add("return False" if form == "any" else "return count")
            draft.does = (
                f"tells whether any two of the {ranges} overlap"
                if form == "any"
                else f"counts the pairs of {ranges} that overlap"
            )
            draft.rules.append("Ranges that only touch do not overlap.")
            draft.name = titled(choices, "has overlap" if form == "any" else "count overlaps")
            return draft.finish(lambda rng: [spans(rng, False)])
        if action == "gaps":
            least = choices.number("least", 1, 4)
            draft.parameters.append(("u32", "limit"))
            draft.returns = "vec[u32]"
            draft.add(
                "out: vec[u32] = []",
                "at: u32 = 0",
                f"for {one} in {ranges}:",
                f"    if {one}.start >= at + {least}:",
                "        out.append(at)",
                f"    at = max(at, {end.format(r=one)})",
                f"if limit >= at + {least}:",
                "    out.append(at)",
                "return out",
            )
            draft.does = f"returns the offsets at which the gaps between the {ranges} begin, the ones before the first and behind the last included"
            draft.rules.append(
                f"They come in ascending order of `start`; all is below `limit`. A gap has at least {least} byte{'s' * (least > 1)}."
            )
            draft.name = titled(choices, "find gaps")
            return draft.finish(lambda rng: [spans(rng, True), rng.choice((50, 52, 60))])
        draft.parameters.append(("u32", "offset"))
        draft.returns = choices.pick("returned", ("int", "opt[int]"))
        failed = "-1" if draft.returns == "int" else "None"
        draft.add(
            f"for i in range(len({ranges})):",
            f"    if {ranges}[i].start <= offset and offset < {end.format(r=f'{ranges}[i]')}:",
            "        return i",
            f"return {failed}",
        )
        draft.does = f"returns the number of the first one of the {ranges} that contains `offset`"
        draft.rules.append(f"Return {'-1' if failed == '-1' else '`std::nullopt`'} if there is none.")
        draft.name = titled(choices, choices.pick("verb", ("find", "owner", "locate")), one)
        return draft.finish(lambda rng: [spans(rng, False), rng.randrange(50)])
    labels = choices.some("labels", THEMES[theme], 2)
    kinds = [choices.pick(f"kind {index}", ("u8", "u16", "int")) for index in range(2)]
    struct = Struct(camel(theme), tuple(zip(kinds, labels, strict=True)))
    key, other = labels
    define = f"`{struct.name}` is a struct of `{_cpp(kinds[0])} {key}` and `{_cpp(kinds[1])} {other}`; define it in your answer."

    def rows(rng: random.Random) -> list[Record]:
        return [Record(labels, (rng.randrange(6), rng.randrange(200))) for _ in range(rng.randrange(0, 8))]

    if action in ("sort", "insert"):
        down = choices.chance("down", 0.4)
        sign = ">" if down else "<"
        draft.structs = [struct]
        draft.parameters = [(f"vec[{struct.name}]", name), *([(struct.name, theme)] if action == "insert" else [])]
        draft.returns = f"vec[{struct.name}]"
        draft.rules = [define]
        if action == "insert":
            draft.add(
                f"out: vec[{struct.name}] = []",
                "placed: bool = False",
                "for entry in " + name + ":",
                f"    if not placed and {theme}.{key} {sign} entry.{key}:",
                f"        out.append({theme})",
                "        placed = True",
                "    out.append(entry)",
                "if not placed:",
                f"    out.append({theme})",
                "return out",
            )
            draft.does = f"inserts `{theme}` into a list of {name} that is in {'descending' if down else 'ascending'} order of `{key}`, and returns the new list"
            draft.rules.append("It comes behind those that are equal.")
            draft.name = titled(choices, "insert", theme)

            def inserted(rng: random.Random) -> list[Any]:
                drawn = sorted(rows(rng), key=lambda row: vars(row)[key], reverse=down)
                return [drawn, Record(labels, (rng.randrange(6), 250))]

            return draft.finish(inserted)
        second = choices.pick("second", ("stable", "other"))
        if second == "other" and not down:
            draft.add(
                f"out: vec[{struct.name}] = list({name})",
                f"out.sort(key=lambda entry: (entry.{key}, entry.{other}), reverse=False)",
                "return out",
            )
        elif second == "stable":
            draft.add(
                f"out: vec[{struct.name}] = list({name})",
                f"out.sort(key=lambda entry: entry.{key}, reverse={down})",
                "return out",
            )
        else:
            draft.add(
                f"out: vec[{struct.name}] = list({name})",
                "for i in range(1, len(out)):",
                f"    entry: {struct.name} = out[i]",
                "    at: size = i",
            )
            before = f"(entry.{key} {sign} out[at - 1].{key} or (entry.{key} == out[at - 1].{key} and entry.{other} < out[at - 1].{other}))"
            draft.add(
                f"    while at > 0 and {before}:",
                "        out[at] = out[at - 1]",
                "        at -= 1",
                "    out[at] = entry",
                "return out",
            )
        draft.does = f"returns the {name} in {'descending' if down else 'ascending'} order of `{key}`"
        draft.rules.append(
            "Equal ones stay in their order."
            if second == "stable"
            else f"Equal ones are in ascending order of `{other}`."
        )
        draft.name = titled(choices, "sort", name)
        return draft.finish(lambda rng: [rows(rng)])
    if action == "unique":
        words = choices.pick("words", ("u16", "u8", "int"))
        keep_last = choices.chance("map", 0.4)
        draft.parameters, draft.returns = [(f"vec[{words}]", name)], "vec[int]" if keep_last else f"vec[{words}]"
        if keep_last:
            draft.add(
                f"known: vec[{words}] = []",
                "out: vec[int] = []",
                f"for value in {name}:",
                "    at: size = 0",
                "    while at < len(known) and known[at] != value:",
                "        at += 1",
                "    if at == len(known):",
                "        known.append(value)",
                "    out.append(at)",
                "return out",
            )
            draft.does = f"gives every different value in `{name}` a number, in order of first occurrence from 0, and returns the numbers of all values"
        else:
            draft.add(
                f"out: vec[{words}] = []",
                f"for value in {name}:",
                "    known: bool = False",
                "    for other in out:",
                "        if other == value:",
                "            known = True",
                "    if not known:",
                "        out.append(value)",
                "return out",
            )
            draft.does = f"returns the values in `{name}` without repetitions, in order of first occurrence"
        draft.name = titled(choices, choices.pick("verb", ("unique", "dedupe", "distinct")), name)
        return draft.finish(lambda rng: [[rng.randrange(5) for _ in range(rng.randrange(0, 10))]])
    if action in ("group", "best"):
        draft.structs, draft.rules = [struct], [define]
        draft.parameters = [(f"vec[{struct.name}]", name)]
        count = choices.number("groups", 3, 6)
        how = choices.pick("how", ("sum", "max", "count"))
        draft.returns = "vec[int]"
        draft.add(
            f"out: vec[int] = [{-1 if how == 'max' else 0}] * {count}",
            f"for {theme} in {name}:",
            f"    if {theme}.{key} < {count}:",
        )
        place = f"out[{theme}.{key}]"
        draft.add(
            {
                "sum": f"{place} += {theme}.{other}",
                "max": f"{place} = max({place}, {theme}.{other})",
                "count": f"{place} += 1",
            }[how],
            depth=2,
        )
        draft.add("return out")
        words = {"sum": f"the sum of `{other}`", "max": f"the largest `{other}`", "count": "how many there are"}[how]
        draft.does = f"returns, for each value of `{key}` from 0 to {count - 1}, {words}" + (
            f" over all {name} with it" if how != "count" else f" among the {name}"
        )
        draft.rules += [
            f"Other values of `{key}` do not count."
            + (" Where there is none, the element is -1." if how == "max" else "")
        ]
        draft.name = titled(choices, choices.pick("verb", ("sum", "group", "totals")), "by", key)
        return draft.finish(lambda rng: [rows(rng)])
    size = choices.pick("bank", (16, 32, 24))
    fill = choices.chance("cross", 0.6)
    base = choices.number("base", 0, 20)
    align = choices.pick("align", (1, 1, 2, 4))
    draft.parameters, draft.returns = [("vec[int]", "sizes")], "vec[int]"
    draft.add("out: vec[int] = []", f"at: int = {base}", "for size in sizes:")
    if align > 1:
        draft.add(f"    at = (at + {align - 1}) // {align} * {align}")
        draft.rules.append(f"Each starts at a multiple of {align}.")
    if fill:
        draft.add(f"    if at // {size} != (at + size - 1) // {size}:", f"        at = (at // {size} + 1) * {size}")
        draft.rules.append(
            f"None may cross a multiple of {size}: one that would starts at the next multiple instead. No size is above {size}."
        )
    draft.add("    out.append(at)", "    at += size", "return out")
    draft.does = (
        f"places blocks of the given `sizes` one behind the other from offset {base} and returns where each starts"
    )
    draft.rules.append("Every size is at least 1.")
    draft.name = titled(
        choices,
        choices.pick("verb", ("allocate", "place", "lay out")),
        choices.pick("noun", ("blocks", "offsets", name)),
    )
    return draft.finish(lambda rng: [[rng.randrange(1, 13) for _ in range(rng.randrange(0, 7))]])


def _cpp(kind: str) -> str:
    return {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t"}.get(kind, kind)


BUFFERS = (difference, moving, moving)
LISTS = (ordering,)
