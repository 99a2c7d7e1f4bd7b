"""Functions that go over things in order and make something of them: any source with any test, conversion and outcome."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct, Values
from oracle_lib.tasks.kit.cpp_programs.pieces import (
    THEMES,
    Number,
    Piece,
    bits,
    camel,
    condition,
    conversion,
    fold,
    hexa,
    number,
    plural,
    taken,
    titled,
)
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program

WIDTH_OF = {"u8": 8, "u16": 16, "u32": 32}


def filled(text: str, **values: str) -> str:
    """The text with each `{name}` replaced, in parentheses unless it is a single operand."""
    for name, value in values.items():
        whole = re.fullmatch(r"\w+(\.\w+|\[[^\[\]]*\])*", value) or text == "{" + name + "}"
        text = text.replace("{" + name + "}", value if whole else f"({value})")
    return text


@dataclass
class Source:
    """Where values come from. `head` opens the loop and `foot` ends each round; `value` is one value's text and `width` its
    bits; `index` counts rounds, if anything does; `target` is where the value can be written. `each` says what is gone
    over ("bytes of `data`") and `of` what the value of one is (empty: itself)."""

    parameters: list[tuple[str, str]]
    before: list[str]
    head: list[str]
    value: str
    width: int
    noun: str
    each: str
    arguments: Callable[[random.Random, Values], list[Any]]
    of: str = ""
    index: str = ""
    target: str = ""
    foot: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    structs: list[Struct] = field(default_factory=list)


def _buffer(choices: Choices) -> str:
    return choices.pick("buffer", ("data", "rom", "bytes", "buffer", "block", "src"))


def all_bytes(choices: Choices) -> Source:
    name = _buffer(choices)
    manner = choices.pick("loop", ("each", "index"))
    place_of = f"{name}[i]" if manner == "index" else "value"
    head = f"for i in range(len({name})):" if manner == "index" else f"for value in {name}:"
    return Source(
        [("vec[u8]", name)],
        [],
        [head],
        place_of,
        8,
        "byte",
        f"bytes of `{name}`",
        lambda rng, some: [some.bytes(rng.choice((0, 1, rng.randrange(2, 12))))],
        index="i" if manner == "index" else "",
        target=place_of,
    )


def part_of_bytes(choices: Choices) -> Source:
    name = _buffer(choices)
    kind = choices.pick("part", ("count", "from", "range", "fixed", "step"))
    if kind == "count":
        head, more, said = (
            "for i in range(start, start + count):",
            [("size", "start"), ("size", "count")],
            "`count` bytes from `start`",
        )
    elif kind == "range":
        head, more, said = (
            "for i in range(first, last + 1):",
            [("size", "first"), ("size", "last")],
            "bytes from offset `first` to `last` (included)",
        )
    elif kind == "from":
        skip = choices.number("skip", 1, 24)
        head, more, said = (
            f"for i in range({hexa(skip)}, len({name})):",
            [],
            f"bytes from offset {hexa(skip)} to the end",
        )
    elif kind == "fixed":
        skip, count = choices.number("skip", 0, 0x60), choices.number("fixed", 3, 16)
        head, more, said = (
            f"for i in range({hexa(skip)}, {hexa(skip + count)}):",
            [],
            f"{count} bytes from offset {hexa(skip)}",
        )
    else:
        skip, step = choices.number("skip", 0, 9), choices.number("step", 2, 8)
        head = f"for i in range({skip}, len({name}), {step}):"
        more, said = [], f"bytes at offsets {skip}, {skip + step}, {skip + 2 * step} and so on"

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        size = rng.randrange(8, 20)
        if kind == "from":
            size = skip + rng.randrange(0, 8)
        if kind == "fixed":
            size = skip + count + rng.randrange(0, 4)
        data = some.bytes(size)
        if kind == "count":
            start = rng.randrange(size)
            return [data, start, rng.randrange(size - start + 1)]
        if kind == "range":
            start = rng.randrange(size)
            return [data, start, rng.randrange(start, size)]
        return [data]

    return Source(
        [("vec[u8]", name), *more],
        [],
        [head],
        f"{name}[i]",
        8,
        "byte",
        f"{said} of `{name}`",
        arguments,
        index="i" if kind == "fixed" and skip == 0 else "",
        target=f"{name}[i]",
    )


def words_in_bytes(choices: Choices) -> Source:
    name = _buffer(choices)
    kind = number(choices, "word", (2, 2, 2, 3, 4))
    start = choices.number("start", 0, 12) if choices.chance("starts", 0.4) else 0
    size = f" + {kind.size - 1}"
    manner = choices.pick("loop", ("for", "while"))
    if manner == "for":
        before: list[str] = []
        head = [f"for at in range({start}, len({name}), {kind.size}):"]
        foot: list[str] = []
        rest = f" The size of `{name}` {'minus ' + str(start) + ' ' if start else ''}is a multiple of {kind.size}."
    else:
        before, head = [f"at: size = {start}"], [f"while at{size} < len({name}):"]
        foot = [f"at += {kind.size}"]
        rest = " An incomplete one at the end is ignored."

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        extra = rng.choice((0, 1)) if manner == "while" else 0
        return [some.bytes(start + kind.size * rng.randrange(0, 7) + extra)]

    noun = "word" if kind.size == 2 else "value"
    return Source(
        [("vec[u8]", name)],
        before,
        head,
        kind.read(name, "at"),
        8 * kind.size,
        noun,
        f"{plural(kind.said)} that follow each other in `{name}`" + (f" from offset {start}" if start else ""),
        arguments,
        foot=foot,
        rules=[rest.strip()],
    )


def all_words(choices: Choices) -> Source:
    name = choices.pick("words", ("words", "colors", "pointers", "entries", "tilemap", "palette", "values", "offsets"))
    noun = {"colors": "colour", "entries": "entry", "tilemap": "entry", "palette": "colour"}.get(name, name.rstrip("s"))
    manner = choices.pick("loop", ("each", "index"))
    value = f"{name}[i]" if manner == "index" else noun if noun != name else "value"
    value = "color" if value == "colour" else value
    head = f"for i in range(len({name})):" if manner == "index" else f"for {value} in {name}:"

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        return [[some.word() for _ in range(rng.randrange(0, 9))]]

    return Source(
        [("vec[u16]", name)],
        [],
        [head],
        value,
        16,
        noun,
        f"{plural(noun)} in `{name}`",
        arguments,
        index="i" if manner == "index" else "",
        target=value,
    )


def up_to_terminator(choices: Choices) -> Source:
    name = _buffer(choices)
    end = choices.pick("end", (0xFF, 0x00, 0x7F, 0x80, 0xFE, 0x50))
    start = choices.pick("starts", ("zero", "parameter"))
    more = [] if start == "zero" else [("size", "start")]
    before = [f"at: size = {'0' if start == 'zero' else 'start'}"]
    guard = choices.chance("guard", 0.5)
    test = f"at < len({name}) and {name}[at] != {hexa(end)}" if guard else f"{name}[at] != {hexa(end)}"
    rule = f"The list ends at the first byte {hexa(end)}, which does not belong to it" + (
        f", or at the end of `{name}`." if guard else "."
    )

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        data = [value for _ in range(rng.randrange(0, 9)) if (value := some.byte()) != end]
        lead = some.bytes(rng.randrange(0, 4)) if more else []
        tail = [] if guard and rng.random() < 0.3 else [end, *some.bytes(rng.randrange(3))]
        return [lead + data + tail, *([len(lead)] if more else [])]

    return Source(
        [("vec[u8]", name), *more],
        before,
        [f"while {test}:"],
        f"{name}[at]",
        8,
        "byte",
        f"bytes of the list in `{name}`" + (" that begins at `start`" if more else ""),
        arguments,
        foot=["at += 1"],
        rules=[rule],
        target=f"{name}[at]",
    )


def records(choices: Choices) -> Source:
    """Fixed-size records in a ROM: behind each other from an offset, by a count, up to a terminator or to the end."""
    theme = choices.pick("theme", tuple(THEMES))
    name = choices.pick("buffer", ("rom", "data", "table", "bytes"))
    size = choices.number("record", 2, 12)
    kind = number(choices, "field", (1, 1, 2, 2, 3) if size > 2 else (1, 2))
    offset = choices.number("offset", 0, size - kind.size)
    label = choices.pick("label", THEMES[theme])
    width = 8 * kind.size
    low, span = 0, width
    if choices.chance("bit field", 0.4):
        span = choices.number("span", 1, min(width - 1, 10))
        low = choices.number("low", 0, width - span)
    base = choices.number("base", 1, 0x30) if choices.chance("based", 0.5) else 0
    bound = choices.pick("bound", ("count", "end", "terminator", "stored", "fixed"))
    end = choices.pick("end", (0xFF, 0x00, 0x80))
    fixed = choices.number("fixed", 2, 6)
    first = base + 1 if bound == "stored" else base
    at = f"{hexa(first)} + i * {size}" if first else f"i * {size}"
    more: list[tuple[str, str]] = []
    before: list[str] = []
    foot: list[str] = []
    index = "i"
    if bound == "count":
        more, head, said = [("int", "count")], ["for i in range(count):"], f"There are `count` {plural(theme)}."
    elif bound == "fixed":
        head, said = [f"for i in range({fixed}):"], f"There are {fixed} {plural(theme)}."
    elif bound == "stored":
        head, said = (
            [f"for i in range({name}[{hexa(base)}]):"],
            f"The byte at offset {hexa(base)} is the number of {plural(theme)}; the records follow it.",
        )
    else:
        before, index, foot, at = [f"at: size = {hexa(first)}"], "", [f"at += {size}"], ""
        if bound == "end":
            head, said = (
                [f"while at + {size} <= len({name}):"],
                f"The records go on to the end of `{name}`; an incomplete one is ignored.",
            )
        else:
            head, said = (
                [f"while {name}[at] != {hexa(end)}:"],
                f"A record whose first byte is {hexa(end)} ends the list.",
            )
    text = kind.read(name, at or "at", offset)
    if at:
        head.append(f"    at: size = {at}")
        text = kind.read(name, "at", offset)
    piece = taken("{x}", low, span, width)
    value = text if piece == "{x}" else filled(piece, x=text)
    where = f"the {kind.said} at offset {offset}" if kind.size > 1 else f"byte {offset}"
    of = f"{label} ({'' if span == width else bits(low, span) + ' of '}{where} of the record)"

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        count = fixed if bound == "fixed" else rng.randrange(0, 6)
        rows = []
        for _ in range(count):
            row = some.bytes(size)
            if bound == "terminator" and row[0] == end:
                row[0] ^= 1
            rows += row
        lead = some.bytes(base) + ([count] if bound == "stored" else [])
        tail = [end] if bound == "terminator" else some.bytes(rng.randrange(size)) if bound == "end" else []
        return [lead + rows + tail, *([count] if bound == "count" else [])]

    origin = f" from offset {hexa(base)}" if base and bound != "stored" else ""
    return Source(
        [("vec[u8]", name), *more],
        before,
        head,
        value,
        span,
        theme,
        f"{plural(theme)} in `{name}`",
        arguments,
        of=of,
        index=index,
        foot=foot,
        rules=[f"The {plural(theme)} are records of {size} bytes each{origin}.", said],
    )


def structs(choices: Choices) -> Source:
    theme = choices.pick("theme", tuple(THEMES))
    labels = choices.some("labels", THEMES[theme], 3)
    kinds = [choices.pick(f"kind of {number}", ("u8", "u8", "u16", "int")) for number in range(3)]
    struct = Struct(camel(theme), tuple(zip(kinds, labels, strict=True)))
    name = plural(theme)
    label, kind = labels[0], kinds[0] if kinds[0] != "int" else "u16"
    manner = choices.pick("loop", ("each", "index"))
    one = theme if manner == "each" else f"{name}[i]"
    head = f"for {theme} in {name}:" if manner == "each" else f"for i in range(len({name})):"
    width = WIDTH_OF[kind]

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        def record() -> Record:
            return Record(labels, [some.byte() if kind != "u16" else some.word() for kind in kinds])

        return [[record() for _ in range(rng.randrange(0, 7))]]

    return Source(
        [(f"vec[{struct.name}]", name)],
        [],
        [head],
        f"{one}.{label}",
        width,
        theme,
        f"{plural(theme)} in `{name}`",
        arguments,
        of=f"`{label}`",
        index="i" if manner == "index" else "",
        target=f"{one}.{label}",
        structs=[struct],
        rules=[
            f"`{struct.name}` is a struct of {', '.join(f'{_cpp(k)} {n}' for k, n in struct.fields)}, in this order; define it in your answer."
        ],
    )


def _cpp(kind: str) -> str:
    return {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t"}.get(kind, kind)


def pointed(choices: Choices) -> Source:
    """What the pointers of a table point at."""
    name = choices.pick("buffer", ("rom", "data"))
    theme = choices.pick("theme", tuple(THEMES))
    big = Number(2, choices.chance("order", 0.2))
    base = choices.number("base", 0, 0x20)
    manner = choices.pick("pointer", ("offset", "relative", "masked"))
    origin = choices.number("origin", 1, 0x40)
    kind = number(choices, "value", (1, 1, 2))
    skip = choices.number("skip", 0, 3)
    pointer = big.read(name, hexa(base) + " + i * 2" if base else "i * 2")
    mask = 0x7F
    target = {"offset": pointer, "relative": f"({pointer}) + {hexa(origin)}", "masked": f"({pointer}) & {hexa(mask)}"}[
        manner
    ]
    said = {
        "offset": f"is an offset in `{name}`",
        "relative": f"plus {hexa(origin)} is an offset in `{name}`",
        "masked": f"AND {hexa(mask)} is an offset in `{name}`",
    }[manner]

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        count = rng.randrange(1, 6)
        data = some.bytes(0x84 + origin)
        for index in range(count):
            at = rng.randrange(base + 2 * count, 0x7C)
            raw = max(at - origin, 0) if manner == "relative" else at
            raw |= 0x8000 if manner == "masked" else 0
            data[base + 2 * index : base + 2 * index + 2] = big.bytes(raw)
        return [data, count]

    behind = f"{skip} byte{'s' * (skip > 1)} behind where" if skip else "where"
    where = f"the {kind.said} {behind} its pointer leads"
    return Source(
        [("vec[u8]", name), ("int", "count")],
        [],
        ["for i in range(count):", f"    at: size = {target}"],
        kind.read(name, "at", skip),
        8 * kind.size,
        theme,
        f"first `count` {plural(theme)}",
        arguments,
        of=where,
        index="i",
        rules=[
            f"A table of {plural(big.said)}, one for each {theme}, starts at offset {hexa(base)} of `{name}`; each {said}."
        ],
    )


def grid(choices: Choices) -> Source:
    """A rectangle, row or column of a map that lies row by row or column by column."""
    name = choices.pick("buffer", ("map", "tiles", "grid", "layer", "cells"))
    wide = choices.pick("wide", (8, 16, 32, 10, 12, 20))
    by_column = choices.chance("columns", 0.25)
    kind = choices.pick("what", ("rectangle", "row", "column", "all"))
    tall = 6
    element = choices.pick("element", ("u8", "u8", "u16"))
    more: list[tuple[str, str]] = []
    if kind == "rectangle":
        more = [("int", "x"), ("int", "y"), ("int", "width"), ("int", "height")]
        head = ["for row in range(y, y + height):", "    for column in range(x, x + width):"]
        each = "cells of the rectangle at column `x` and row `y`, `width` by `height` cells,"
    elif kind == "row":
        more, head, each = [("int", "row")], [f"for column in range({wide}):"], "cells of row `row`"
    elif kind == "column":
        more, head, each = [("int", "column")], [f"for row in range({tall}):"], "cells of column `column`"
    else:
        head, each = [f"for row in range({tall}):", f"    for column in range({wide}):"], "cells, row by row,"
    cell = f"{name}[column * {tall} + row]" if by_column else f"{name}[row * {wide} + column]"

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        cells = [some.byte() if element == "u8" else some.word() for _ in range(wide * tall)]
        if kind == "rectangle":
            x, y = rng.randrange(wide), rng.randrange(tall)
            return [cells, x, y, rng.randrange(1, wide - x + 1), rng.randrange(1, tall - y + 1)]
        return [cells, *([rng.randrange(tall)] if kind == "row" else [rng.randrange(wide)] if kind == "column" else [])]

    order = f"column by column, {tall} cells each" if by_column else f"row by row, {wide} cells each"
    return Source(
        [(f"vec[{element}]", name), *more],
        [],
        head,
        cell,
        WIDTH_OF[element],
        "cell",
        f"{each} of `{name}`",
        arguments,
        target=cell,
        rules=[f"`{name}` holds a map of {wide} columns and {tall} rows, {order}."],
    )


def packed(choices: Choices) -> Source:
    """Small fields packed into bytes: nibbles, bit pairs or single bits, from the high or the low end."""
    name = _buffer(choices)
    width = choices.pick("packed", (4, 2, 1, 4))
    high = choices.chance("high first", 0.5)
    per = 8 // width
    mask = (1 << width) - 1
    shift = f"({per - 1} - part) * {width}" if high else f"part * {width}"
    if width == 1:
        shift = "7 - part" if high else "part"
    what = {4: "nibble", 2: "two-bit field", 1: "bit"}[width]

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        return [some.bytes(rng.randrange(0, 6))]

    return Source(
        [("vec[u8]", name)],
        [],
        [f"for packed in {name}:", f"    for part in range({per}):"],
        f"packed >> ({shift}) & {mask}",
        width,
        what,
        f"{plural(what)} packed in `{name}`",
        arguments,
        rules=[f"Each byte holds {per} {plural(what)}, the {'high' if high else 'low'} end first."],
    )


def prefixed(choices: Choices) -> Source:
    """Entries that begin with their length."""
    name = _buffer(choices)
    theme = choices.pick("theme", tuple(THEMES))
    includes = choices.chance("includes", 0.3)
    which = choices.pick("which", ("first", "length", "last"))
    step = f"{name}[at]" if includes else f"{name}[at] + 1"
    value = {
        "first": f"{name}[at + 1]",
        "length": f"{name}[at]",
        "last": f"{name}[at + {name}[at]{' - 1' if includes else ''}]",
    }[which]
    of = {"first": "first byte of data", "length": "length byte", "last": "last byte"}[which]
    least = 2 if includes else 1

    def arguments(rng: random.Random, some: Values) -> list[Any]:
        data: list[int] = []
        for _ in range(rng.randrange(0, 6)):
            length = rng.randrange(least, least + 5)
            data += [length, *some.bytes(length - 1 if includes else length)]
        return [data]

    return Source(
        [("vec[u8]", name)],
        ["at: size = 0"],
        [f"while at < len({name}):"],
        value,
        8,
        theme,
        f"{plural(theme)} stored in `{name}`",
        arguments,
        of=of,
        foot=[f"at += {step}"],
        rules=[
            f"Each {theme} is stored as a length byte and its data, one behind the other to the end; the length "
            f"{'counts the length byte itself' if includes else 'does not count the length byte'} and there is at least one byte of data."
        ],
    )


SOURCES: dict[str, Callable[[Choices], Source]] = {
    "bytes": all_bytes,
    "part": part_of_bytes,
    "stream": words_in_bytes,
    "words": all_words,
    "list": up_to_terminator,
    "records": records,
    "structs": structs,
    "pointers": pointed,
    "grid": grid,
    "packed": packed,
    "prefixed": prefixed,
}


OFTEN = (
    "fold",
    "fold",
    "collect",
    "collect",
    "count",
    "find",
    "test",
    "change",
    "change",
    "histogram",
    "best",
    "longest",
)


def walk(choices: Choices, sources: Sequence[str], outcomes: Sequence[str] = OFTEN) -> Program:
    """Some source gone over with a drawn test, conversion and outcome."""
    source = SOURCES[choices.pick("source", sources)](choices)
    outcome = choices.pick("outcome", outcomes)
    if outcome == "change" and not source.target:
        outcome = "collect"
    draft = Draft("", source.noun, parameters=list(source.parameters), structs=source.structs)
    draft.rules += source.rules
    converted = choices.chance("converted", 0.6) and outcome in ("fold", "collect", "change")
    tested = outcome in ("count", "find", "test", "longest") or choices.chance("tested", 0.45)
    test = condition(choices, "test", source.width)
    turned = conversion(choices, "turn", source.width) if source.width >= 4 else Piece("{x}", "{x}")
    if outcome == "fold" and ("two's complement" in turned.said or " times " in turned.said):
        converted = False  # the variable of a fold is as wide as the values that it was made for
    if not converted:
        turned = Piece("{x}", "{x}")
    value, lines = source.value, []
    uses = tested + (turned.text.count("{x}") if converted else 1) + 2 * test.text.count("{x}") * tested
    simple = re.fullmatch(r"\w+", value)
    if not simple and uses > 1 and outcome != "change":
        name = choices.pick("local", ("value", "v", "entry", "current"))
        kind = "u8" if source.width <= 8 else "u16" if source.width <= 16 else "u32"
        lines.append(f"{name}: {kind} = {value}")
        value = name
    expression = filled(turned.text, x=value)
    whose = source.of and (source.of if source.of.startswith(("the ", "`")) else f"the {source.of}")
    that = f" whose {source.of.removeprefix('the ')} {test.said}" if source.of else f" that {test.said}"
    that = (
        that.replace(" that is ", " that are ")
        .replace(" that has ", " that have ")
        .replace(" that equals ", " that equal ")
        if not source.of
        else that
    )
    only = that if tested else ""
    said = turned.said.replace("{x}", whose or f"the {source.noun}")
    _OUTCOMES[outcome](
        choices,
        draft,
        source,
        _Round(
            lines,
            value,
            expression,
            filled(test.text, x=value) if tested else "",
            said,
            only,
            whose,
            converted,
            test.said,
        ),
    )
    constants = _numbers(draft)

    def arguments(rng: random.Random) -> list[Any]:
        return source.arguments(rng, Values(rng, constants))

    return draft.finish(arguments)


def _numbers(draft: Draft) -> list[int]:
    text = "\n".join(draft.body)
    return [int(found, 0) for found in re.findall(r"\b(?:0x[0-9A-F]+|[1-9]\d*)\b", text)] or [0]


@dataclass
class _Round:
    """What happens with one value: `lines` before it is used, `test` whether it counts."""

    lines: list[str]
    value: str
    expression: str
    test: str
    said: str
    only: str
    whose: str
    converted: bool
    said_test: str


def _walked(draft: Draft, source: Source, moment: _Round, inner: list[str], counter: bool = False) -> None:
    depth = 1 if source.head[-1].lstrip().startswith("at:") or len(source.head) == 1 else 2
    draft.add(*source.before)
    if counter:
        draft.add("n: int = 0")
    draft.add(*source.head)
    draft.add(*moment.lines, depth=depth)
    if moment.test:
        draft.add(f"if {moment.test}:", depth=depth)
        draft.add(*inner, depth=depth + 1)
    else:
        draft.add(*inner, depth=depth)
    if counter:
        draft.add("n += 1", depth=depth)
    draft.add(*source.foot, depth=depth)


def _fold(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    made = fold(choices, "fold", source.width)
    needs = any("{i}" in step for step in made.step)
    what = f"the {source.each}{moment.only}"
    index = source.index if source.index and not moment.test else "n"
    own = needs and index == "n"
    name = made.word
    draft.add(f"{name}: {made.kind} = {made.start}")
    inner = [
        filled(line, t=name, x=moment.expression, i=index) if "{x}" in line else line.replace("{t}", name)
        for line in made.step
    ]
    if own:
        draft.add("n: int = 0")
        inner.append("n += 1")
    _walked(draft, source, moment, inner)
    draft.returns = made.kind
    draft.add(f"return {name}")
    if moment.converted or source.of:
        draft.does = (
            f"goes over {what} and returns {made.said.replace('{x}', 'these values')}: for each one, {moment.said}"
        )
    else:
        draft.does = f"returns {made.said.replace('{x}', what)}"
    draft.rules += made.rules
    draft.name = titled(choices, choices.pick("verb", ("compute", "get", "calc", source.noun)), made.word)


def _collect(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    wide = "int" if "-" in moment.expression or source.width > 16 else choices.pick("kept as", ("u8", "u16", "int"))
    if (source.width > 8 and wide == "u8") or (moment.converted and wide == "u8"):
        wide = "int" if moment.converted else "u16"
    wide = "u32" if source.width > 16 else "int" if moment.converted else wide
    out = choices.pick("out", ("out", "result", "values", "found"))
    what = (
        choices.pick("collected", ("value", "value", "number"))
        if moment.test and not moment.converted and source.index
        else "value"
    )
    wide = "int" if what == "number" else wide
    out = "out" if out in (name for _, name in draft.parameters) else out
    draft.returns = f"vec[{wide}]"
    draft.add(f"{out}: vec[{wide}] = []")
    _walked(draft, source, moment, [f"{out}.append({source.index if what == 'number' else moment.expression})"])
    after = choices.pick("after", ("", "", "", "sort", "reverse", "drop last", "unique"))
    if after == "sort":
        draft.add(f"{out}.sort()")
        draft.rules.append("Return them in ascending order.")
    elif after == "reverse":
        draft.add(f"{out}.reverse()")
        draft.rules.append("Return them in reverse order, the last one first.")
    elif after == "drop last":
        limit = choices.number("limit", 2, 5)
        draft.add(f"while len({out}) > {limit}:", f"    {out}.pop()")
        draft.rules.append(f"Return at most {limit}; leave the later ones out.")
    elif after == "unique":
        draft.add(
            f"unique: vec[{wide}] = []",
            f"for i in range(len({out})):",
            f"    if i == 0 or {out}[i] != {out}[i - 1]:",
            f"        unique.append({out}[i])",
        )
        draft.rules.append("Leave out a value that equals the one right before it in the result.")
        out = "unique"
    draft.add(f"return {out}")
    what_said = (
        "the positions (counted from 0)"
        if what == "number"
        else f"for each one, {moment.said}"
        if moment.converted or source.of
        else "them"
    )
    things = f"the {source.each}{moment.only}"
    if what == "number":
        draft.does = f"returns {what_said} of {things}"
    elif what_said == "them":
        draft.does = f"returns {things}, in order"
    else:
        draft.does = f"goes over {things} and returns, {what_said}"
    draft.name = titled(
        choices,
        choices.pick("verb", ("collect", "list", "read", "get", "extract")),
        plural(source.noun),
    )


def _count(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    draft.add("count: int = 0" if not any(n == "count" for _, n in draft.parameters) else "hits: int = 0")
    name = draft.body[-1].split(":")[0]
    _walked(draft, source, moment, [f"{name} += 1"])
    draft.returns = "int"
    draft.add(f"return {name}")
    draft.does = f"counts the {source.each}{moment.only}"
    draft.name = titled(
        choices,
        choices.pick("verb", ("count", "number of", "how many")),
        plural(source.noun),
    )


def _find(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    last = choices.chance("last", 0.3)
    missing = choices.pick("missing", ("-1", "none", "default"))
    what = choices.pick("found", ("number", "value")) if source.index else "value"
    kind = (
        "int"
        if what == "number"
        else {8: "u8", 16: "u16"}.get(source.width, "u8" if source.width < 8 else "u16" if source.width < 16 else "u32")
    )
    default = hexa(choices.number("default", 1, 0xFE))
    if missing == "-1":
        kind = "int" if kind != "u32" else "u32"
        missing = "-1" if kind == "int" else "default"
    draft.returns = f"opt[{kind}]" if missing == "none" else kind
    failed = {"-1": "-1", "none": "None", "default": default}[missing]
    result = source.index if what == "number" else moment.value
    if last:
        draft.add(f"found: {draft.returns} = {failed}")
        _walked(draft, source, moment, [f"found = {result}"])
        draft.add("return found")
    else:
        _walked(draft, source, moment, [f"return {result}"])
        draft.add(f"return {failed}")
    which = "last" if last else "first"
    one = f"{which} of the {source.each}{moment.only}"
    wanted = (
        f"the position (counted from 0) of the {one}"
        if what == "number"
        else (f"{moment.whose} of the {one}" if source.of else f"the {one}")
    )
    draft.does = f"returns {wanted}"
    otherwise = {"-1": "-1", "none": "`std::nullopt`", "default": default}[missing]
    draft.rules.append(f"Return {otherwise} if there is none.")
    draft.name = titled(choices, choices.pick("verb", ("find", "locate", f"{which}", "search")), source.noun)


def _test(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    kind = choices.pick("quantity", ("any", "all", "none", "at least"))
    least = choices.number("least", 2, 4)
    draft.returns = "bool"
    if kind == "at least":
        draft.add("hits: int = 0")
        _walked(draft, source, moment, ["hits += 1"])
        draft.add(f"return hits >= {least}")
    elif kind == "all":
        draft_test, moment.test = moment.test, f"not ({moment.test})"
        _walked(draft, source, moment, ["return False"])
        draft.add("return True")
        moment.test = draft_test
    else:
        _walked(draft, source, moment, ["return True" if kind == "any" else "return False"])
        draft.add("return False" if kind == "any" else "return True")
    amount = {"any": "at least one", "all": "all", "none": "none", "at least": f"at least {least}"}[kind]
    subject = moment.whose or f"the {source.noun}"
    draft.does = f"tells whether, for {amount} of the {source.each}, {subject} {moment.said_test}"
    if kind == "all":
        draft.rules.append("The answer is true if there are none at all.")
    draft.name = titled(
        choices,
        choices.pick("verb", ("has", "check", "are")),
        choices.pick("adjective", ("valid", "special", "matching", "marked")),
        plural(source.noun),
    )


def _change(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    how = choices.pick("returned", ("in place", "in place", "copy"))
    kind, name = draft.parameters[0]
    mask = {"u8": "0xFF", "u16": "0xFFFF"}.get(kind[4:-1], "0xFFFF")
    new = moment.expression if moment.converted else hexa(choices.number("new", 0, 0xFE))
    if "max" in new or "- 0x" in new or "<" in new or "*" in new or "if" in new or "abs" in new:
        new = f"({new}) & {mask}" if ("& 0xFF" not in new and "*" in new) or " if " in new else new
    elementwise = (
        "for value in" not in source.head[0] and not re.match(r"for \w+ in \w+:", source.head[0])
    ) or draft.structs
    counter = ""
    if not elementwise:  # a range-for over a changed vector needs a reference, which Python has no word for
        source.head[0] = f"for i in range(len({name})):"
        for old in {source.target} | {moment.value}:
            new = re.sub(rf"(?<![\w.\[]){re.escape(old)}(?!\w)", f"{name}[i]", new)
            moment.test = re.sub(rf"(?<![\w.\[]){re.escape(old)}(?!\w)", f"{name}[i]", moment.test)
        source.target = f"{name}[i]"
    said = moment.said if moment.converted else new
    counted = choices.chance("counted", 0.3) and how == "in place"
    if counted:
        draft.add("changed: int = 0")
        counter = "changed += 1"
    if how == "copy":
        copied = choices.pick("copy name", ("result", "copy", "changed"))
        draft.add(f"{copied}: {kind} = list({name})")
        target = re.sub(rf"^{name}\b", copied, source.target)
        if draft.structs:
            how = "in place"
            draft.body.clear()
        else:
            draft.returns = kind
    if how == "in place":
        draft.parameters[0] = (f"ref[{kind}]", name)
        target = source.target
    _walked(draft, source, moment, [f"{target} = {new}", *([counter] if counter else [])])
    if how == "copy":
        draft.add(f"return {copied}")
    elif counted:
        draft.returns = "int"
        draft.add("return changed")
        draft.rules.append("Return how many were set.")
    whose = moment.whose or "each one"
    draft.does = f"goes over the {source.each}{moment.only} and sets {whose} to {said}"
    draft.does += "" if how == "in place" else f", in a copy of `{name}` that it returns"
    if mask == "0xFF" and moment.converted:
        draft.rules.append("Keep the low 8 bits where the result is larger.")
    elif moment.converted:
        draft.rules.append("Keep the low 16 bits where the result is larger.")
    draft.name = titled(
        choices,
        choices.pick("verb", ("update", "change", "adjust", "fix", "patch")),
        plural(source.noun),
    )


def _histogram(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    width = min(source.width, choices.pick("bins", (2, 3, 4)))
    low = choices.number("from bit", 0, source.width - width)
    bins = 1 << width
    fixed = choices.chance("array", 0.5)
    draft.returns = f"arr[int, {bins}]" if fixed else "vec[int]"
    draft.add(f"counts: {draft.returns} = [0] * {bins}")
    key = taken("{x}", low, width, source.width)
    _walked(draft, source, moment, [f"counts[{filled(key, x=moment.value)}] += 1"])
    draft.add("return counts")
    who = moment.whose or f"the {source.noun}"
    of = who if width == source.width else f"{bits(low, width)} of {who}"
    draft.does = f"goes over the {source.each}{moment.only} and counts how often each value of {of} occurs"
    draft.rules.append(f"Element n of the {bins} that it returns is the count of value n.")
    draft.name = titled(
        choices,
        choices.pick("verb", ("histogram of", "tally", "count by", "usage of")),
        plural(source.noun),
    )


def _best(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    """Where the largest or smallest value is."""
    most = choices.chance("most", 0.6)
    late = choices.chance("late", 0.4)
    index = source.index if source.index and not source.foot else "n"
    own = index == "n"
    kind = "u32" if source.width > 16 else "int"
    sign = (">=" if late else ">") if most else ("<=" if late else "<")
    draft.returns = "int"
    draft.add("best: int = -1", f"record: {kind} = 0")
    inner = [f"if best < 0 or {moment.value} {sign} record:", f"    best = {index}", f"    record = {moment.value}"]
    if own and moment.test:
        _walked(draft, source, moment, inner, counter=True)
    else:
        if own:
            draft.add("n: int = 0")
            inner.append("n += 1")
        _walked(draft, source, moment, inner)
    draft.add("return best")
    what = f"{'largest' if most else 'smallest'} {moment.whose.removeprefix('the ') if source.of else 'value'}"
    draft.does = f"returns the position of the one with the {what} among the {source.each}{moment.only}"
    draft.rules.append(
        f"Positions count all {plural(source.noun)} from 0; of several equal ones the {'last' if late else 'first'} counts; return -1 if there is none."
    )
    draft.name = titled(
        choices,
        choices.pick("verb", ("index of", "position of", "find")),
        "largest" if most else "smallest",
        source.noun,
    )


def _longest(choices: Choices, draft: Draft, source: Source, moment: _Round) -> None:
    """The length of the longest run of values in a row for which the test holds."""
    draft.returns = "int"
    draft.add("longest: int = 0", "run: int = 0")
    test, moment.test = moment.test, ""
    _walked(draft, source, moment, [f"run = run + 1 if {test} else 0", "longest = max(longest, run)"])
    draft.add("return longest")
    draft.does = f"returns the length of the longest run of consecutive ones, among the {source.each},{moment.only}"
    draft.rules.append("Return 0 if there is none.")
    draft.name = titled(choices, "longest run of", plural(source.noun))


_OUTCOMES: dict[str, Callable[[Choices, Draft, Source, _Round], None]] = {
    "fold": _fold,
    "collect": _collect,
    "count": _count,
    "find": _find,
    "test": _test,
    "change": _change,
    "histogram": _histogram,
    "best": _best,
    "longest": _longest,
}
