"""Functions that read or write streams of commands: unpackers and packers of drawn formats, scripts, lists of entries."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.language import Values
from oracle_lib.tasks.kit.cpp_programs.pieces import THEMES, Number, hexa, listed, number, plural, titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


@dataclass(frozen=True)
class Command:
    """What a command of a packed format adds to `out`, its data being read at `at`, `n` being its length.

    `make` draws its data, given the length and how much was put out before.
    """

    said: str
    lines: tuple[str, ...]
    make: Callable[[random.Random, int, int], list[int]]


def _commands(choices: Choices, buffer: str) -> dict[str, Command]:
    back = number(choices, "back", (1, 1, 2))
    bias = choices.pick("back bias", (1, 0)) if back.size == 1 else 1
    filler = choices.pick("filler", (0, 0xFF))
    step = choices.pick("increment", (1, 1, 2, -1))

    def earlier(rng: random.Random, length: int, before: int) -> list[int]:
        return back.bytes(rng.randrange(1, min(before, 200) + 1) - bias)

    distance = back.read(buffer, "at")
    return {
        "literal": Command(
            "copies the next n bytes",
            (f"out.extend({buffer}[at:at + n])", "at += n"),
            lambda rng, n, _: [rng.randrange(256) for _ in range(n)],
        ),
        "repeat": Command(
            "repeats the next byte n times",
            (f"out.extend([{buffer}[at]] * n)", "at += 1"),
            lambda rng, n, _: [rng.randrange(256)],
        ),
        "pair": Command(
            "writes the next two bytes n times",
            ("for i in range(n):", f"    out.append({buffer}[at])", f"    out.append({buffer}[at + 1])", "at += 2"),
            lambda rng, n, _: [rng.randrange(256), rng.randrange(256)],
        ),
        "count": Command(
            f"writes n bytes that start with the next byte, each {'one' if abs(step) == 1 else 'two'} "
            f"{'more' if step > 0 else 'less'} than the one before (modulo 256)",
            (
                "for i in range(n):",
                f"    out.append(({buffer}[at] {'+' if step > 0 else '-'} i{' * 2' * (abs(step) == 2)}) & 0xFF)",
                "at += 1",
            ),
            lambda rng, n, _: [rng.randrange(256)],
        ),
        "zeros": Command(
            f"writes n bytes {hexa(filler)}", (f"out.extend([{hexa(filler)}] * n)",), lambda rng, n, _: []
        ),
        "last": Command(
            "repeats the last byte of the output n times",
            ("for i in range(n):", "    out.append(out[len(out) - 1])"),
            lambda rng, n, _: [],
        ),
        "back": Command(
            f"copies n bytes of the output, one after the other, from d bytes before its end, where d is the next {back.said}"
            + (" plus 1" if bias else "")
            + " (so it may repeat what it writes)",
            (
                f"d: size = ({distance}) + {bias}" if bias else f"d: size = {distance}",
                f"at += {back.size}",
                "for i in range(n):",
                "    out.append(out[len(out) - d])",
            ),
            earlier,
        ),
        "alternate": Command(
            f"writes n bytes that alternate between the next byte and {hexa(filler)}, the byte first",
            ("for i in range(n):", f"    out.append({buffer}[at] if i % 2 == 0 else {hexa(filler)})", "at += 1"),
            lambda rng, n, _: [rng.randrange(256)],
        ),
    }


def unpacker(choices: Choices) -> Program:
    """Unpacks a stream whose command bytes hold an operation and a length, in drawn places."""
    buffer = choices.pick("buffer", ("data", "src", "packed", "rom"))
    known = _commands(choices, buffer)
    how = choices.pick("coding", ("top bits", "top bits", "low bits", "values", "sign"))
    first = choices.pick("first", ("literal", "literal", "repeat"))
    count = 2 if how == "sign" else choices.number("commands", 2, 4)
    others = choices.some("others", [name for name in known if name not in (first,)], count - 1)
    names = [first, *others]
    bits = 1 if count == 2 else 2
    bias = choices.pick("bias", (1, 0, 1, 2, 3))
    end = choices.pick("end", (0xFF, 0x00, 0xFE)) if how != "values" else choices.pick("end value", (0xFF, 0x00))
    ended = choices.pick("ended", ("mark", "mark", "input"))
    started = choices.chance("started", 0.3)
    draft = Draft(
        titled(
            choices,
            choices.pick("verb", ("decompress", "unpack", "expand", "decode", "inflate")),
            choices.pick("what", ("graphics", "map", "room", "data", "level", "tiles", "stream")),
        ),
        "compressed data",
    )
    draft.parameters = [("vec[u8]", buffer), *([("size", "at")] if started else [])]
    draft.returns = "vec[u8]"
    draft.add("out: vec[u8] = []")
    if not started:
        draft.add("at: size = 0")
    local = choices.pick("local", ("command", "control", "code", "op"))
    draft.add(f"while at < len({buffer}):" if ended == "input" else "while True:")
    if ended == "mark":
        draft.add(f"    {local}: u8 = {buffer}[at]", f"    if {local} == {hexa(end)}:", "        break", "    at += 1")
    else:
        draft.add(f"    {local}: u8 = {buffer}[at]", "    at += 1")
    codes: dict[str, int] = {}
    plus = f" + {bias}" if bias else ""
    if how == "top bits":
        width = 8 - bits
        draft.add(f"    n: int = ({local} & {hexa((1 << width) - 1)}){plus}")
        tests = [f"{local} >> {width} == {index}" for index in range(count)]
        if bits == 1:
            tests = [f"{local} & 0x80 == 0", f"{local} & 0x80 != 0"]
        said = f"The top {'bit' if bits == 1 else f'{bits} bits'} of a command byte say{'s' * (bits == 1)} what it does, the others are {f'n minus {bias}' if bias else 'n'}: "
        said += "; ".join(f"{index}: {known[name].said}" for index, name in enumerate(names)) + "."
    elif how == "low bits":
        width = 8 - bits
        mask = (1 << bits) - 1
        draft.add(f"    n: int = ({local} >> {bits}){plus}")
        tests = [f"{local} & {mask} == {index}" for index in range(count)]
        said = f"The low {'bit' if bits == 1 else f'{bits} bits'} of a command byte say{'s' * (bits == 1)} what it does, the upper ones are {f'n minus {bias}' if bias else 'n'}: "
        said += "; ".join(f"{index}: {known[name].said}" for index, name in enumerate(names)) + "."
    elif how == "sign":
        width = 7
        draft.add(f"    n: int = {local}{plus} if {local} < 0x80 else 0x100 - {local}{plus}")
        tests = [f"{local} < 0x80", f"{local} >= 0x80"]
        said = f"A command byte below 0x80 has n = command{plus} and {known[names[0]].said}; from 0x80 on, n = 0x100 - command{plus} and it {known[names[1]].said}."
    else:
        width = 8
        values = choices.some("values", [v for v in range(1, 0xF0) if v != end], count)
        codes = dict(zip(names, values, strict=True))
        draft.add(f"    n: int = {buffer}[at]{plus}", "    at += 1")
        tests = [f"{local} == {hexa(code)}" for code in values]
        said = f"A command byte is followed by {f'n minus {bias}' if bias else 'n'}, one byte, and then its data: "
        said += (
            "; ".join(f"{hexa(codes[name])} {known[name].said}" for name in names) + ". Other commands do not occur."
        )
    for index, (test, name) in enumerate(zip(tests, names, strict=True)):
        last = index == count - 1
        draft.add(f"    {'else:' if last else f'if {test}:' if index == 0 else f'elif {test}:'}")
        draft.add(*known[name].lines, depth=2)
    draft.add("return out")
    draft.does = f"unpacks `{buffer}`" + (" from offset `at`" if started else "") + " and returns the result"
    draft.rules = [
        said,
        f"The command byte {hexa(end)} ends the data."
        if ended == "mark"
        else f"The data goes on to the end of `{buffer}`.",
    ]
    if count == 3 and how in ("top bits", "low bits"):
        draft.rules.append("The fourth value does not occur.")

    def arguments(rng: random.Random) -> list[Any]:
        packed: list[int] = []
        produced = 0
        for _ in range(rng.randrange(0, 6)):
            number = rng.randrange(count) if produced > 1 else 0
            name = names[number]
            raw = rng.randrange(0 if bias else 1, rng.choice((4, 9)))
            if how == "sign":
                byte = raw if number == 0 else 0x100 - rng.randrange(1, 8)
                n = byte + bias if byte < 0x80 else 0x100 - byte + bias
                head = [byte]
            elif how == "values":
                n, head = raw + bias, [codes[name], raw]
            else:
                byte = raw | number << width if how == "top bits" else raw << bits | number
                n, head = raw + bias, [byte]
            if head[0] == end and ended == "mark":
                continue
            packed += [*head, *known[name].make(rng, n, produced)]
            produced += n * (2 if name == "pair" else 1)
        lead = [rng.randrange(256) for _ in range(rng.randrange(4))] if started else []
        tail = [end, *(rng.randrange(256) for _ in range(rng.randrange(2)))] if ended == "mark" else []
        return [lead + packed + tail, *([len(lead)] if started else [])]

    return draft.finish(arguments)


def run_packer(choices: Choices) -> Program:
    """Packs runs of equal bytes in a drawn format."""
    buffer = choices.pick("buffer", ("data", "src", "bytes", "tiles"))
    form = choices.pick("form", ("pairs", "pairs swapped", "marker", "flag", "zeros", "deltas", "mask"))
    limit = choices.pick("limit", (255, 127, 15, 63, 31, 8))
    least = choices.number("least", 3, 5)
    bias = choices.pick("bias", (0, 1)) if form.startswith("pairs") else 0
    mark = choices.pick("mark", (0xFE, 0x80, 0xF0, 0x00, 0xFF))
    end = choices.pick("end", ("", "0xFF", "0")) if form.startswith("pairs") else ""
    draft = Draft(
        titled(
            choices,
            choices.pick("verb", ("compress", "pack", "encode", "shrink")),
            choices.pick("what", ("runs", "bytes", "map", "tiles", "layer")),
        ),
        "run-length data",
    )
    draft.parameters, draft.returns = [("vec[u8]", buffer)], "vec[u8]"
    draft.add("out: vec[u8] = []")
    if form in ("deltas",):
        start = choices.number("seed", 0, 255)
        how = choices.pick("delta", ("minus", "xor"))
        draft.add(f"last: u8 = {hexa(start)}", f"for value in {buffer}:")
        draft.add(
            "    out.append((value - last) & 0xFF)" if how == "minus" else "    out.append(value ^ last)",
            "    last = value",
            "return out",
        )
        draft.does = f"encodes `{buffer}` as differences and returns them"
        draft.rules = [
            f"Each byte becomes {'its value minus the one before it, modulo 256' if how == 'minus' else 'its value XOR the one before it'}; before the first one comes {hexa(start)}."
        ]
        return draft.finish(lambda rng: [_runs(rng, limit)])
    if form == "mask":
        value = choices.pick("common", (0, 0xFF, 0x20))
        high = choices.chance("high", 0.5)
        shift = "0x80 >> i" if high else "1 << i"
        draft.add(
            f"for start in range(0, len({buffer}), 8):", "    mask: u8 = 0", "    for i in range(8):",
            f"        if start + i < len({buffer}) and {buffer}[start + i] != {hexa(value)}:", f"            mask |= {shift}",
            "    out.append(mask)", "    for i in range(8):", f"        if mask & ({shift}) != 0:", f"            out.append({buffer}[start + i])", "return out",
        )  # fmt: skip
        draft.does = f"packs `{buffer}` in groups of eight bytes and returns the result"
        draft.rules = [
            f"Each group becomes a mask byte and the bytes of the group that are not {hexa(value)}, in order.",
            f"The {'high' if high else 'low'} bit of the mask is for the first byte of the group; a bit is set where the byte follows. The last group may be short: bits without a byte are clear.",
        ]
        return draft.finish(
            lambda rng: [
                [
                    rng.choice((value, value, rng.randrange(256)))
                    for _ in range(rng.choice((0, 8, rng.randrange(1, 20))))
                ]
            ]
        )
    draft.add("at: size = 0", f"while at < len({buffer}):")
    draft.add(
        "    n: size = 1",
        f"    while at + n < len({buffer}) and {buffer}[at + n] == {buffer}[at] and n < {limit}:",
        "        n += 1",
    )
    minus = " - 1" if bias else ""
    if form == "pairs":
        draft.add(f"    out.append(n{minus})", f"    out.append({buffer}[at])")
        draft.rules = [f"Each run becomes two bytes: its length{' minus 1' if bias else ''}, then the value."]
    elif form == "pairs swapped":
        draft.add(f"    out.append({buffer}[at])", f"    out.append(n{minus})")
        draft.rules = [f"Each run becomes two bytes: the value, then its length{' minus 1' if bias else ''}."]
    elif form == "marker":
        draft.add(
            f"    if n >= {least} or {buffer}[at] == {hexa(mark)}:", f"        out.append({hexa(mark)})", "        out.append(n)", f"        out.append({buffer}[at])",
            "    else:", f"        out.extend([{buffer}[at]] * n)",
        )  # fmt: skip
        draft.rules = [
            f"A run of at least {least} equal bytes, and any run of the byte {hexa(mark)}, becomes {hexa(mark)}, its length and the value; shorter runs stay as they are."
        ]
    elif form == "flag":
        limit = min(limit, 127)
        draft.body[-2] = draft.body[-2].replace(f"n < {255}", "n < 127")
        draft.add(
            f"    if n > 1 or {buffer}[at] >= 0x80:", "        out.append(0x80 | n)", f"    out.append({buffer}[at])"
        )
        draft.rules = [
            "A run of two or more, and any byte of 0x80 or more, becomes 0x80 plus the length of the run, then the value; any other byte stays as it is."
        ]
    else:
        draft.add(
            f"    out.append({buffer}[at])",
            f"    if {buffer}[at] == {hexa(mark)}:",
            "        out.append(n)",
            "        at += n",
            "    else:",
            "        at += 1",
        )
        draft.rules = [f"A run of {hexa(mark)} becomes {hexa(mark)} and its length; all other bytes stay as they are."]
    if form != "zeros":
        draft.add("    at += n")
    draft.add(*([f"out.append({end})"] if end else []), "return out")
    draft.rules.append(
        f"A run is as long as possible but at most {limit}; a longer one is split, the first parts as long as possible."
    )
    draft.rules += [f"A byte {end} ends the result."] if end else []
    draft.does = f"packs runs of equal bytes in `{buffer}` and returns the result"

    def arguments(rng: random.Random) -> list[Any]:
        data = _runs(rng, limit)
        return [
            [
                rng.choice((mark, value)) if form in ("zeros", "marker") and rng.random() < 0.3 else value
                for value in data
            ]
        ]

    return draft.finish(arguments)


def _runs(rng: random.Random, limit: int) -> list[int]:
    data: list[int] = []
    for _ in range(rng.randrange(0, 6)):
        data += [rng.randrange(256)] * rng.choice((1, 2, rng.randrange(1, 9), min(limit, 40) + rng.randrange(3)))
    return data


def script(choices: Choices) -> Program:
    """Runs a small script: each command byte changes some state or puts something out."""
    buffer = choices.pick("buffer", ("script", "commands", "data", "code"))
    theme = choices.pick("theme", ("cursor", "camera", "actor", "sprite", "counter", "music", "text"))
    two = theme in ("cursor", "camera", "actor", "sprite")
    state = ["x", "y"] if two else ["value"]
    outcome = choices.pick("outcome", ("state", "state", "trail", "steps"))
    end = choices.pick("end", (0xFF, 0x00, 0x7F))
    known: list[tuple[str, list[str], int]] = []
    k = choices.number("k", 2, 16)
    for axis in state:
        known += [
            (f"adds the next byte to {axis}", [f"{axis} += {buffer}[at]", "at += 1"], 1),
            (f"subtracts the next byte from {axis}", [f"{axis} -= {buffer}[at]", "at += 1"], 1),
            (f"sets {axis} to the next byte", [f"{axis} = {buffer}[at]", "at += 1"], 1),
            (f"sets {axis} to 0", [f"{axis} = 0"], 0),
            (f"adds {k} to {axis}", [f"{axis} += {k}"], 0),
            (f"sets {axis} to the little-endian word that follows", [f"{axis} = {buffer}[at] | {buffer}[at + 1] << 8", "at += 2"], 2),
            (f"negates {axis}", [f"{axis} = -{axis}"], 0),
            (
                f"adds the next byte, taken as signed, to {axis}",
                [f"{axis} += {buffer}[at] - 0x100 if {buffer}[at] >= 0x80 else {buffer}[at]", "at += 1"],
                1,
            ),
        ]  # fmt: skip
    if two:
        known += [
            ("swaps x and y", ["t: int = x", "x = y", "y = t"], 0),
            ("sets x and y to the next two bytes", [f"x = {buffer}[at]", f"y = {buffer}[at + 1]", "at += 2"], 2),
            ("adds the low nibble of the next byte to x and its high nibble to y", [f"x += {buffer}[at] & 0xF", f"y += {buffer}[at] >> 4", "at += 1"], 1),
        ]  # fmt: skip
    known += [("skips the next byte", ["at += 1"], 1)]
    if outcome == "trail":
        known = [entry for entry in known if "negates" not in entry[0]]
    count = choices.number("count", 2, 4)
    chosen = choices.some("chosen", known, count)
    codes = choices.some("codes", [value for value in range(1, 0x60) if value != end], count + 1)
    if outcome == "trail":
        chosen.append((f"adds {listed(state)} to the result", [f"out.append({axis})" for axis in state], 0))
    lines: list[str] = []
    for index, (_, action, _) in enumerate(chosen):
        lines += [
            f"{'if' if index == 0 else 'elif'} command == {hexa(codes[index])}:",
            *("    " + line for line in action),
        ]
    draft = Draft(
        titled(
            choices,
            choices.pick("verb", ("run", "play", "execute", "interpret")),
            theme,
            choices.pick("noun", ("script", "commands", "program")),
        ),
        f"{theme} script",
    )
    draft.parameters = [("vec[u8]", buffer)]
    begin = {axis: choices.number(f"begin {axis}", 0, 40) for axis in state}
    draft.add(*(f"{axis}: int = {begin[axis]}" for axis in state))
    if outcome == "trail":
        draft.add("out: vec[int] = []")
    if outcome == "steps":
        draft.add("steps: int = 0")
    draft.add("at: size = 0", f"while {buffer}[at] != {hexa(end)}:")
    draft.add(f"command: u8 = {buffer}[at]", "at += 1", depth=1)
    draft.add(*(["steps += 1"] if outcome == "steps" else []), *lines, depth=1)
    if outcome == "trail":
        draft.add("return out")
        draft.returns = "vec[int]"
        result = "returns what the script puts out"
    elif outcome == "steps":
        wrapped = choices.pick("last", state)
        draft.add(f"return [steps, {wrapped}]")
        draft.returns = "arr[int, 2]"
        result = f"returns the number of commands before the end and the final {wrapped}"
    elif two:
        draft.returns = "arr[int, 2]"
        draft.add("return [x, y]")
        result = "returns x and y as they are at the end"
    else:
        draft.returns = "int"
        draft.add("return value")
        result = "returns the value as it is at the end"
    draft.does = f"runs the {theme} script in `{buffer}` and {result}"
    start = listed([f"{axis} starts as {begin[axis]}" for axis in state])
    draft.rules = [
        f"{start[0].upper() if not two else start[0]}{start[1:]}.",
        "Commands: "
        + "; ".join(f"{hexa(codes[index])} {said}" for index, (said, _, _) in enumerate(chosen))
        + f"; {hexa(end)} ends the script.",
        "Any other command byte does nothing and has no data.",
    ]

    def arguments(rng: random.Random) -> list[Any]:
        data: list[int] = []
        for _ in range(rng.randrange(0, 8)):
            index = rng.randrange(len(chosen))
            if rng.random() < 0.1:
                data.append(0xF1)
                continue
            data += [
                codes[index],
                *(rng.choice((rng.randrange(256), rng.randrange(10))) for _ in range(chosen[index][2])),
            ]
        return [[*data, end, *(rng.randrange(256) for _ in range(rng.randrange(2)))]]

    return draft.finish(arguments)


def command_lengths(choices: Choices) -> Program:
    """Steps over commands whose lengths follow from their first byte, and counts, finds, collects or measures them."""
    buffer = choices.pick("buffer", ("script", "data", "commands", "rom"))
    theme = choices.pick("theme", ("music", "text", "event", "animation", "object", "door"))
    how = choices.pick("lengths", ("table", "cases", "bits"))
    end = choices.pick("end", (0xFF, 0x80, 0x00) if how == "cases" else (0xFF,))
    rule = ""
    before: list[str] = []
    if how == "table":
        sizes = [choices.number(f"size {index}", 1, 4) for index in range(8)]
        before = [f"lengths: table[u8] = [{', '.join(map(str, sizes))}]"]
        step = "lengths[command & 7]"
        rule = f"The low three bits of a command byte give the length of the command, that byte included: {', '.join(map(str, sizes))} for 0 to 7."

        def length(command: int) -> int:
            return sizes[command & 7]
    elif how == "bits":
        shift = choices.pick("shift", (4, 5, 6))
        plus = choices.number("plus", 1, 2)
        step = f"(command >> {shift}) + {plus}"
        rule = f"The length of a command, its first byte included, is that byte's top {8 - shift} bits plus {plus}."

        def length(command: int) -> int:
            return (command >> shift) + plus
    else:
        limit = choices.number("limit", 0x10, 0xC0)
        short, long = choices.number("short", 1, 2), choices.number("long", 3, 5)
        step = f"{short} if command < {hexa(limit)} else {long}"
        rule = f"A command below {hexa(limit)} is {short} byte{'s' * (short > 1)} long, others {long}, their first byte included."

        def length(command: int) -> int:
            return short if command < limit else long

    outcome = choices.pick("outcome", ("size", "count", "starts", "nth", "find", "values"))
    wanted = choices.number("wanted", 1, 0x7E)
    draft = Draft("", f"{theme} commands", parameters=[("vec[u8]", buffer)])
    draft.add(*before, "at: size = 0")
    if outcome in ("starts", "values"):
        draft.add(f"out: vec[{'int' if outcome == 'starts' else 'u8'}] = []")
    if outcome in ("count", "nth"):
        draft.add("n: int = 0")
    draft.add(f"while {buffer}[at] != {hexa(end)}:")
    inner = {
        "size": [],
        "count": ["n += 1"],
        "starts": ["out.append(at)"],
        "values": [f"if command != {hexa(wanted)}:", "    out.append(command)"],
        "nth": ["if n == index:", "    return at", "n += 1"],
        "find": [f"if command == {hexa(wanted)}:", "    return at"],
    }[outcome]
    draft.add(f"command: u8 = {buffer}[at]", *inner, f"at += {step}", depth=1)
    if outcome == "nth":
        draft.parameters.append(("int", "index"))
    draft.returns = {"size": "size", "count": "int", "starts": "vec[int]", "values": "vec[u8]"}.get(outcome, "int")
    draft.add(
        {"size": "return at + 1", "count": "return n", "starts": "return out", "values": "return out"}.get(
            outcome, "return -1"
        )
    )
    draft.does = {
        "size": f"returns how many bytes the {theme} commands in `{buffer}` take, the end mark included",
        "count": f"counts the {theme} commands in `{buffer}`",
        "starts": f"returns the offset of every {theme} command in `{buffer}`",
        "values": f"returns the first bytes of all {theme} commands in `{buffer}` except those that are {hexa(wanted)}",
        "nth": f"returns the offset of {theme} command number `index` (from 0) in `{buffer}`, or -1 if there are fewer",
        "find": f"returns the offset of the first {theme} command {hexa(wanted)} in `{buffer}`, or -1 if there is none",
    }[outcome]
    draft.rules = [rule, f"A command byte {hexa(end)} is the end mark."]
    draft.name = titled(
        choices,
        {"size": "measure", "count": "count", "nth": "find", "find": "find"}.get(outcome, "list"),
        theme,
        choices.pick("noun", ("commands", "ops", "entries")),
    )

    def arguments(rng: random.Random) -> list[Any]:
        data: list[int] = []
        for _ in range(rng.randrange(0, 7)):
            command = rng.choice((wanted, rng.randrange(256)))
            if command == end:
                continue
            data += [command, *(rng.choice((wanted, end, rng.randrange(256))) for _ in range(length(command) - 1))]
        return [[*data, end], *([rng.randrange(5)] if outcome == "nth" else [])]

    return draft.finish(arguments)


def builder(choices: Choices) -> Program:
    """Writes a block from lists: a header, a pointer table or lengths, then the data."""
    theme = choices.pick("theme", tuple(THEMES))
    name = plural(theme)
    form = choices.pick("form", ("pointers", "lengths", "header", "terminated", "chunks"))
    kind = number(choices, "number", (1, 2, 2))
    base = choices.number("base", 1, 0x40) if choices.chance("based", 0.5) else 0
    fill = choices.pick("fill", (0, 0xFF))
    align = choices.pick("align", (1, 1, 2, 4, 8))
    end = choices.pick("end", (0xFF, 0, 0x7F))
    draft = Draft(
        titled(
            choices,
            choices.pick("verb", ("build", "make", "write", "assemble")),
            theme,
            choices.pick("noun", ("table", "block", "data")),
        ),
        f"{theme} block",
    )
    draft.returns = "vec[u8]"
    draft.add("out: vec[u8] = []")
    if form == "header":
        draft.parameters = [("vec[u8]", "data")]
        parts = choices.some("parts", ("magic", "size", "sum", "version"), choices.number("part count", 2, 3))
        magic = choices.number("magic", 1, 0xFE)
        said = []
        for part in parts:
            if part == "magic":
                draft.add(f"out.append({hexa(magic)})")
                said.append(f"the byte {hexa(magic)}")
            elif part == "version":
                draft.add("out.append(1)")
                said.append("the byte 1")
            elif part == "size":
                draft.add("length: size = len(data)", *Number(2, kind.big).append("out", "length"))
                said.append(f"the size of `data` as a {Number(2, kind.big).said}")
            else:
                draft.add("total: u8 = 0", "for value in data:", "    total += value", "out.append(total & 0xFF)")
                said.append("the sum of all bytes of `data`, modulo 256")
        draft.add("out.extend(data)")
        if align > 1:
            draft.add(f"while len(out) % {align} != 0:", f"    out.append({hexa(fill)})")
        draft.add("return out")
        draft.does = "puts a header before `data` and returns both"
        draft.rules = [f"The header is {listed(said)}, in this order."]
        draft.rules += (
            [f"Fill up with {hexa(fill)} until the size of it all is a multiple of {align}."] if align > 1 else []
        )
        return draft.finish(lambda rng: [Values(rng, [magic]).bytes(rng.randrange(0, 9))])
    if form == "chunks":
        size = choices.number("chunk", 3, 8)
        draft.parameters = [("vec[u8]", "data")]
        short = choices.pick("short", ("pad", "keep"))
        draft.add(f"for at in range(0, len(data), {size}):", f"    n: size = min({size}, len(data) - at)")
        draft.add("    out.append(n)", "    out.extend(data[at:at + n])")
        if short == "pad":
            draft.add(f"    out.extend([{hexa(fill)}] * ({size} - n))")
        draft.add(f"out.append({hexa(end)})", "return out")
        draft.does = f"splits `data` into blocks of {size} bytes and returns them, each behind its length byte"
        draft.rules = [
            f"The last block may be shorter{f'; fill it up with {hexa(fill)}, but let its length byte count only the data' if short == 'pad' else ''}.",
            f"A byte {hexa(end)} follows the last block.",
        ]
        return draft.finish(lambda rng: [Values(rng, [end, fill]).bytes(rng.randrange(0, 3 * size))])
    draft.parameters = [("vec[vec[u8]]", name)]
    if form == "pointers":
        counted = choices.chance("counted", 0.3)
        extra = 1 if counted else 0
        draft.add(*([f"out.append(len({name}))"] if counted else []))
        start = base + extra
        draft.add(f"at: size = len({name}) * {kind.size}" + (f" + {hexa(start)}" if start else ""))
        draft.add(
            f"for {theme} in {name}:", *("    " + line for line in kind.append("out", "at")), f"    at += len({theme})"
        )
        draft.add(f"for {theme} in {name}:", f"    out.extend({theme})", "return out")
        draft.does = (
            f"builds a block of {name}: a table of pointers, then the data of each {theme}, one behind the other"
        )
        draft.rules = [
            f"Each pointer is a {kind.said}: the offset of the {theme} in the block"
            + (f" plus {hexa(base)}" if base else "")
            + "."
        ]
        draft.rules += ["A byte with the number of them comes before the table."] if counted else []
    elif form == "lengths":
        includes = choices.chance("includes", 0.3)
        value = f"len({theme}) + {kind.size}" if includes else f"len({theme})"
        draft.add(
            f"for {theme} in {name}:",
            f"    length: size = {value}",
            *("    " + line for line in kind.append("out", "length")),
            f"    out.extend({theme})",
        )
        if align > 1:
            draft.add(f"    while len(out) % {align} != 0:", f"        out.append({hexa(fill)})")
        draft.add("return out")
        draft.does = f"writes all {name} one behind the other, each with its length before it"
        draft.rules = [
            f"A length is a {kind.said} that counts {'itself and the data' if includes else 'only the data'}."
        ]
        draft.rules += (
            [f"After each one, fill up with {hexa(fill)} to an offset that is a multiple of {align}."]
            if align > 1
            else []
        )
    else:
        escape = choices.pick("escape", (0x1B, 0xFD, 0x5C))
        draft.add(
            f"for {theme} in {name}:",
            f"    for value in {theme}:",
            f"        if value in ({hexa(end)}, {hexa(escape)}):",
            f"            out.append({hexa(escape)})",
            "        out.append(value)",
            f"    out.append({hexa(end)})",
            "return out",
        )
        draft.does = f"writes all {name} one behind the other, each with the byte {hexa(end)} after it"
        draft.rules = [f"Before a byte {hexa(end)} or {hexa(escape)} in the data itself, put {hexa(escape)}."]
        end = escape

    def arguments(rng: random.Random) -> list[Any]:
        return [[Values(rng, [end]).bytes(rng.randrange(0, 5)) for _ in range(rng.randrange(0, 4))]]

    return draft.finish(arguments)


def reader(choices: Choices) -> Program:
    """Reads one entry of a block: through its pointer, or by walking over lengths or terminators."""
    theme = choices.pick("theme", tuple(THEMES))
    buffer = choices.pick("buffer", ("rom", "data"))
    form = choices.pick("form", ("pointer", "lengths", "terminated"))
    kind = number(choices, "number", (1, 2, 2))
    base = choices.number("base", 1, 0x20) if choices.chance("based", 0.6) else 0
    end = choices.pick("end", (0xFF, 0, 0x7F))
    content = choices.pick("content", ("terminated", "length", "next")) if form == "pointer" else form
    relative = choices.chance("relative", 0.5)
    bounded = choices.chance("bounded", 0.4)
    draft = Draft(
        titled(choices, choices.pick("verb", ("read", "get", "load", "extract")), theme),
        f"{theme} block",
        returns="vec[u8]",
    )
    draft.parameters = [("vec[u8]", buffer), ("int", "index")]
    plus = f" + {hexa(base)}" if base and relative else ""
    draft.does = f"returns the data of {theme} number `index` (from 0)"

    def pointer(index: str, step: int = 0) -> str:
        start = base + step
        text = kind.read(
            buffer, (f"{hexa(start)} + " if start else "") + (f"{index} * {kind.size}" if kind.size > 1 else index)
        )
        return f"({text}){plus}" if plus and kind.size > 1 else text + plus

    if form == "pointer":
        if bounded:
            total = choices.number("total", 3, 6)
            draft.add(f"if index < 0 or index >= {total}:", "    return []")
            draft.rules.append(f"There are {total}; return an empty vector for any other index.")
        else:
            total = 4
        draft.add(f"at: size = {pointer('index')}")
        draft.rules.insert(
            0,
            f"A table of {plural(kind.said)} {f'at offset {hexa(base)}' if base else 'at the beginning'} of `{buffer}` holds where each {theme} starts, as an offset {'from the start of the table' if relative else f'in `{buffer}`'}.",
        )
        if content == "terminated":
            draft.add(
                "out: vec[u8] = []",
                f"while {buffer}[at] != {hexa(end)}:",
                f"    out.append({buffer}[at])",
                "    at += 1",
                "return out",
            )
            draft.rules.append(f"A byte {hexa(end)}, which does not belong to it, ends its data.")
        elif content == "length":
            draft.add(f"n: size = {buffer}[at]", f"return {buffer}[at + 1:at + 1 + n]")
            draft.rules.append("Its data starts with a length byte that is not returned and does not count itself.")
        else:
            draft.add(f"stop: size = {pointer('index', kind.size)}", f"return {buffer}[at:stop]")
            draft.rules.append(
                f"Its data goes on to where the next one starts; the table has one pointer more than there are {plural(theme)}."
            )
    else:
        total = 4
        draft.add(f"at: size = {hexa(base)}")
        draft.rules.append(
            f"The {plural(theme)} follow each other from offset {hexa(base)} of `{buffer}`."
            if base
            else f"The {plural(theme)} follow each other in `{buffer}`."
        )
        if form == "lengths":
            draft.add(
                "for i in range(index):",
                f"    at += ({kind.read(buffer, 'at')}) + {kind.size}",
                f"n: size = {kind.read(buffer, 'at')}",
                f"at += {kind.size}",
                f"return {buffer}[at:at + n]",
            )
            draft.rules.append(
                f"Each has its length before it, a {kind.said} that does not count itself and is not returned."
            )
        else:
            draft.add(
                "for i in range(index):", f"    while {buffer}[at] != {hexa(end)}:", "        at += 1", "    at += 1"
            )
            draft.add(
                "out: vec[u8] = []",
                f"while {buffer}[at] != {hexa(end)}:",
                f"    out.append({buffer}[at])",
                "    at += 1",
                "return out",
            )
            draft.rules.append(f"A byte {hexa(end)}, which does not belong to it, ends each one.")

    def arguments(rng: random.Random) -> list[Any]:
        lead = [rng.randrange(256) for _ in range(base)]
        blocks = []
        for _ in range(total):
            block = [value if value != end else 1 for value in Values(rng, [end - 1]).bytes(rng.randrange(0, 6))]
            if content == "terminated":
                block.append(end)
            if content == "length":
                block = [len(block), *block]
            if content == "lengths":
                block = [*kind.bytes(len(block)), *block]
            blocks.append(block)
        table: list[int] = []
        if form == "pointer":
            at = (0 if relative else base) + kind.size * (total + (content == "next"))
            for block in blocks:
                table += kind.bytes(at)
                at += len(block)
            table += kind.bytes(at) if content == "next" else []
        data = lead + table + [value for block in blocks for value in block]
        return [data, rng.randrange(-1, total + 2) if bounded and form == "pointer" else rng.randrange(total)]

    return draft.finish(arguments)


PARSERS = (unpacker, unpacker, script, command_lengths, reader, reader)
EMITTERS = (run_packer, builder, builder)
