"""Functions that take bit fields out of bytes and words, put them in, and carry them from one layout to another."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_programs.pieces import (
    THEMES,
    Number,
    bits,
    camel,
    hexa,
    listed,
    plural,
    taken,
    titled,
)
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


@dataclass(frozen=True)
class Field:
    """A bit field: what is stored in it is the value itself, or `how` it is changed by `k` first."""

    name: str
    low: int
    width: int
    how: str = ""
    k: int = 0

    @property
    def mask(self) -> int:
        return (1 << self.width) - 1

    @property
    def said(self) -> str:
        note = {
            "": "",
            "signed": " (signed, two's complement)",
            "unit": f" (stored divided by {self.k})",
            "bias": f" (stored minus {self.k})",
            "not": " (stored inverted)",
        }[self.how]
        return f"{bits(self.low, self.width)}: {self.name}{note}"

    def get(self, x: str, whole: int) -> str:
        """The value, read from x of `whole` bits."""
        raw = taken(x, self.low, self.width, whole)
        raw = raw if raw == x else f"({raw})"
        half = hexa(1 << self.width - 1)
        return (
            {
                "": raw,
                "signed": f"({raw} ^ {half}) - {half}",
                "unit": f"{raw} * {self.k}",
                "bias": f"{raw} + {self.k}",
                "not": f"{raw} ^ {hexa(self.mask)}",
            }[self.how]
            .removeprefix("" if self.how else "(")
            .removesuffix("" if self.how or raw == x else ")")
        )

    def put(self, value: str, masked: bool) -> str:
        """The value where it is stored, the other bits zero."""
        stored = {
            "": value,
            "signed": value,
            "unit": f"{value} // {self.k}",
            "bias": f"({value} - {self.k})",
            "not": f"({value} ^ {hexa(self.mask)})",
        }[self.how]
        if masked or self.how == "signed":
            stored = f"({stored} & {hexa(self.mask)})"
        return f"{stored} << {self.low}" if self.low else stored

    def value(self, rng: random.Random) -> int:
        """A value that the field can hold."""
        raw = rng.choice((rng.randrange(self.mask + 1), self.mask, 0, 1 << rng.randrange(self.width)))
        half = 1 << self.width - 1
        return {
            "": raw,
            "signed": (raw ^ half) - half,
            "unit": raw * self.k,
            "bias": raw + self.k,
            "not": raw ^ self.mask,
        }[self.how]

    @property
    def kind(self) -> str:
        """The type that a struct has for it."""
        if self.how == "signed":
            return "int"
        top = self.mask * self.k if self.how == "unit" else self.mask + self.k
        return "u8" if top < 0x100 else "u16" if top < 0x10000 else "u32"


def layout(choices: Choices, name: str, whole: int, names: list[str]) -> list[Field]:
    """Fields in `whole` bits, from the low bit on, with gaps here and there."""
    fields: list[Field] = []
    low = 0
    for index, label in enumerate(names):
        left = whole - low - (len(names) - index - 1)
        if choices.chance(f"{name} gap {index}", 0.15) and left > 2:
            low += 1
            left -= 1
        width = choices.number(f"{name} width {index}", 1, max(1, min(left, 2 * whole // len(names) + 1, 12)))
        if index == len(names) - 1 and choices.chance(f"{name} fill", 0.6):
            width = min(left, 12)
        how = ""
        if width > 2 and choices.chance(f"{name} changed {index}", 0.22):
            how = choices.pick(f"{name} how {index}", ("signed", "unit", "bias", "not"))
        elif width == 1 and choices.chance(f"{name} inverted {index}", 0.1):
            how = "not"
        k = {
            "unit": choices.pick(f"{name} unit {index}", (2, 4, 8, 16)),
            "bias": choices.number(f"{name} bias {index}", 1, 3),
        }
        fields.append(Field(label, low, width, how, k.get(how, 0)))
        low += width
    return fields


def letters(fields: list[Field], whole: int) -> str:
    """The layout as one letter a bit, the high bit first; '-' is unused."""
    signs = ["-"] * whole
    used: set[str] = set()
    for field in fields:
        sign = next((letter for letter in field.name + "abcdefgh" if letter not in used and letter.isalpha()), "z")
        used.add(sign)
        for bit in range(field.low, field.low + field.width):
            signs[whole - 1 - bit] = sign
    text = "".join(signs)
    return " ".join(text[at : at + 8] for at in range(0, whole, 8))


def bit_layout(choices: Choices) -> Program:
    """Takes apart, puts together, changes or converts a value with bit fields, alone or in a table in the ROM."""
    theme = choices.pick("theme", tuple(THEMES))
    size = choices.pick("size", (1, 2, 2, 2, 3, 4))
    number = Number(size, size > 1 and choices.chance("big", 0.3))
    whole = 8 * size
    count = min(choices.number("count", 2, 5), len(THEMES[theme]), 3 if size == 1 else 5)
    names = choices.some("names", THEMES[theme], count)
    fields = layout(choices, "layout", whole, names)
    action = choices.pick("action", ("unpack", "unpack", "pack", "pack", "get", "set", "convert", "compare"))
    stored = choices.pick("stored", ("value", "rom", "rom")) if action != "convert" else "value"
    draft = Draft("", f"{theme} data")
    word = {1: "byte", 2: "word"}.get(size, "value")
    kind = number.kind
    lines = [field.said for field in fields]
    unused = whole - sum(field.width for field in fields)
    if choices.chance("letters", 0.25) and not any(field.how for field in fields):
        draft.rules.append(
            f"Its bits, the high one first: {letters(fields, whole)} ({', '.join(_letter(field, fields, whole) for field in fields)})."
        )
    else:
        draft.rules.append(
            f"Bit fields of the {whole}-bit {word}: {'; '.join(lines)}"
            + ("; the other bits are unused." if unused else ".")
        )
    buffer = choices.pick("buffer", ("rom", "data"))
    stride = size + choices.pick("pad", (0, 0, 0, 1, 2, 3))
    base = choices.number("base", 1, 0x60) if choices.chance("based", 0.7) else 0
    skip = choices.number("skip", 0, stride - size)
    at = (f"{hexa(base + skip)} + " if base + skip else "") + (f"index * {stride}" if stride > 1 else "index")
    total = base + 6 * stride

    def find() -> list[str]:
        return [f"at: size = {at}"]

    where = f"the {theme} number `index`" if stored == "rom" else f"a {theme} {word}"
    if stored == "rom":
        table = (
            f"The {theme} table starts at offset {hexa(base)} of `{buffer}`"
            if base
            else f"`{buffer}` is the {theme} table"
        )
        table += f", {stride} byte{'s' * (stride > 1)} each"
        table += f"; the {number.said} is at offset {skip} of an entry" if stride > size else f", each a {number.said}"
        draft.rules.insert(0, table + ".")
    field = fields[choices.number("field", 0, count - 1)]
    masked = choices.chance("masked", 0.4)

    def table_bytes(rng: random.Random) -> list[int]:
        return [rng.randrange(256) for _ in range(total)]

    def raw(rng: random.Random) -> int:
        return rng.choice((rng.randrange(1 << whole), 1 << rng.randrange(whole), (1 << whole) - 1))

    def given(rng: random.Random) -> list[Any]:
        return [table_bytes(rng), rng.randrange(6)] if stored == "rom" else [raw(rng)]

    if stored == "rom":
        draft.parameters = [("vec[u8]", buffer), ("int", "index")]
    else:
        draft.parameters = [(kind, word)]
    value = word if stored == "value" else "word" if buffer != "word" else "value"
    load = [] if stored == "value" else [*find(), f"{value}: {kind} = {number.read(buffer, 'at')}"]

    if action == "unpack":
        shape = choices.pick("shape", ("struct", "struct", "array", "vector"))
        draft.add(*load)
        if shape == "struct":
            struct = Struct(
                camel(theme) + choices.pick("suffix", ("", "Info", "Entry")), tuple((f.kind, f.name) for f in fields)
            )
            draft.structs = [struct]
            draft.returns = struct.name
            local = choices.pick("local", ("result", "entry", "info"))
            draft.add(f"{local}: {struct.name} = {struct.name}()")
            draft.add(*(f"{local}.{f.name} = {f.get(value, whole)}" for f in fields))
            draft.add(f"return {local}")
            draft.does = f"reads {where} into a struct `{struct.name}`"
            draft.rules.append(
                f"Define the struct, with {listed([f'`{_cpp(k)} {n}`' for k, n in struct.fields])}, in this order."
            )
        else:
            draft.returns = f"arr[int, {count}]" if shape == "array" else "vec[int]"
            draft.add(f"return [{', '.join(f.get(value, whole) for f in fields)}]")
            draft.does = f"takes {where} apart and returns {listed(names)}, in this order"
        draft.name = titled(choices, choices.pick("verb", ("read", "unpack", "decode", "get")), theme)
        return draft.finish(given)
    if action == "get":
        draft.add(*load, f"return {field.get(value, whole)}")
        flag = field.width == 1 and choices.chance("bool", 0.7)
        draft.returns = "bool" if flag else field.kind
        if flag:
            draft.body[-1] = f"return {value} & {hexa(1 << field.low)} {'==' if field.how == 'not' else '!='} 0"
        draft.does = f"{'tells whether' if flag else 'returns'} the {field.name} of {where}{' is set' if flag else ''}"
        draft.name = titled(choices, "is" if flag else "get", theme, field.name)
        return draft.finish(given)
    if action == "set":
        draft.parameters.append(
            ("int" if field.how == "signed" else field.kind, "value" if value != "value" else "setting")
        )
        new = draft.parameters[-1][1]
        kept = ((1 << whole) - 1) & ~(field.mask << field.low)
        expression = f"({value} & {hexa(kept)}) | {field.put(new, masked)}" if kept else field.put(new, masked)
        draft.rules.append("Keep all other bits." + _range_rule(masked, True))
        draft.does = f"changes the {field.name} of {where} to `{new}`"
        if stored == "rom":
            draft.parameters[0] = ("ref[vec[u8]]", buffer)
            draft.add(*load, f"{value} = {expression}", *number.write(buffer, "at", 0, value))
        else:
            draft.returns = kind
            draft.does = f"returns `{word}`, {where}, with its {field.name} changed to `{new}`"
            draft.add(f"return {expression}")
        draft.name = titled(choices, "set", theme, field.name)

        def arguments(rng: random.Random) -> list[Any]:
            wild = masked and field.how in ("", "signed") and rng.random() < 0.4
            return [*given(rng), field.value(rng) if not wild else field.value(rng) ^ field.mask + 1 & 0x7F]

        return draft.finish(arguments)
    if action == "pack":
        struct_in = choices.chance("struct in", 0.35)
        holder = theme if struct_in else ""
        terms = [f.put(f"{holder}.{f.name}" if holder else f.name, masked) for f in fields]
        if struct_in:
            struct = Struct(camel(theme), tuple((f.kind, f.name) for f in fields))
            draft.structs = [struct]
            parameters = [(struct.name, theme)]
            draft.rules.append(
                f"Define the struct `{struct.name}`, with {listed([f'`{_cpp(k)} {n}`' for k, n in struct.fields])}, in this order."
            )
        else:
            parameters = [(f.kind if f.how != "signed" else "int", f.name) for f in fields]
        joined = " | ".join(f"({term})" if "<<" in term else term for term in terms)
        draft.rules.append(_range_rule(masked, False).strip() + " Unused bits are 0." * bool(unused))
        fields_said = f"the fields of `{theme}`" if struct_in else listed([f"`{f.name}`" for f in fields])
        target = choices.pick("target", ("value", "value", "bytes")) if stored == "value" else "rom"
        if target == "value":
            draft.parameters, draft.returns = parameters, kind
            draft.add(f"return {joined}")
            draft.does = f"packs {fields_said} into {where} and returns it"
        elif target == "bytes":
            draft.parameters, draft.returns = parameters, "vec[u8]"
            draft.add(f"word: {kind} = {joined}", "out: vec[u8] = []", *number.append("out", "word"), "return out")
            draft.does = (
                f"packs {fields_said} into {where} and returns its {size} bytes"
                if size > 1
                else f"packs {fields_said} into {where} and returns it in a vector"
            )
            if size > 1:
                draft.rules.append(f"The bytes are {'big' if number.big else 'little'}-endian.")
        else:
            draft.parameters = [("ref[vec[u8]]", buffer), ("int", "index"), *parameters]
            draft.add(*find(), f"word: {kind} = {joined}", *number.write(buffer, "at", 0, "word"))
            draft.does = f"packs {fields_said} and writes them as {where}"
        draft.name = titled(choices, choices.pick("verb", ("pack", "encode", "make", "write")), theme)

        def pack_arguments(rng: random.Random) -> list[Any]:
            values = [f.value(rng) for f in fields]
            if masked:
                values = [
                    v + (f.mask + 1) * (rng.random() < 0.3 and f.how == "" and f.width < 8)
                    for f, v in zip(fields, values, strict=True)
                ]
            packed: list[Any] = [Record(names, values)] if struct_in else values
            return [table_bytes(rng), rng.randrange(6), *packed] if target == "rom" else packed

        return draft.finish(pack_arguments)
    if action == "compare":
        draft.parameters = [(kind, "a"), (kind, "b")]
        draft.returns = "bool"
        chosen = fields[: max(1, count - 1)]
        mask = sum(f.mask << f.low for f in chosen)
        draft.rules = draft.rules[-1:]
        draft.add(f"return (a ^ b) & {hexa(mask)} == 0")
        draft.does = (
            f"tells whether two {theme} {plural(word)}, `a` and `b`, agree in {listed([f.name for f in chosen])}"
        )
        draft.rules.append("Other bits do not matter.")
        draft.name = titled(choices, "same", theme)

        def pair(rng: random.Random) -> list[Any]:
            first = raw(rng)
            return [first, first ^ (rng.randrange(1 << whole) & ~mask) ^ rng.choice((0, 0, 1 << rng.randrange(whole)))]

        return draft.finish(pair)
    shuffled = choices.some("shuffled", fields, count)
    new_size = choices.pick("new size", (size, size, min(size + 1, 4)))
    moved = _moved(shuffled, choices.pick("lead", (0, 0, 1)), 8 * new_size)
    if moved is None:
        new_size = min(size + 1, 4)
        moved = _moved(shuffled, 0, 8 * new_size) or shuffled
    old = {field.name: field for field in fields}
    terms = []
    for goal in moved:
        source = old[goal.name]
        text = taken(word, source.low, source.width, whole)
        text = text if text == word else f"({text})"
        terms.append(f"({text} << {goal.low})" if goal.low else text)
    draft.parameters = [(kind, word)]
    draft.returns = Number(new_size).kind
    declared = []
    if new_size > size and new_size > 2 and size < 3:  # a shift of an int would reach its sign
        declared = [f"wide: u32 = {word}"]
        terms = [term.replace(word, "wide") for term in terms]
    draft.add(*declared, f"return {' | '.join(terms)}")
    draft.rules = [
        f"Fields of the old {whole}-bit layout: {'; '.join(f'{bits(f.low, f.width)}: {f.name}' for f in fields)}.",
        f"Fields of the new {8 * new_size}-bit layout: {'; '.join(f'{bits(f.low, f.width)}: {f.name}' for f in moved)}; all other bits are 0.",
    ]
    draft.does = f"converts a {theme} {word} from one layout to another"
    draft.name = titled(choices, "convert", theme)
    return draft.finish(lambda rng: [raw(rng)])


def _moved(fields: list[Field], lead: int, whole: int) -> list[Field] | None:
    low, moved = lead, []
    for field in fields:
        moved.append(Field(field.name, low, field.width))
        low += field.width
    return moved if low <= whole else None


def _range_rule(masked: bool, single: bool) -> str:
    if masked:
        return (
            " A value that does not fit loses its upper bits."
            if single
            else " Values that do not fit lose their upper bits."
        )
    return " The value fits." if single else " All values fit."


def _letter(field: Field, fields: list[Field], whole: int) -> str:
    text = letters(fields, whole).replace(" ", "")
    return f"{text[whole - 1 - field.low]} = {field.name}"


def _cpp(kind: str) -> str:
    return {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t"}.get(kind, kind)


def record_table(choices: Choices) -> Program:
    """Reads or writes a whole record of several numbers, in a table or alone."""
    theme = choices.pick("theme", tuple(THEMES))
    count = min(choices.number("count", 2, 5), len(THEMES[theme]))
    names = choices.some("names", THEMES[theme], count)
    numbers, offsets, offset = [], [], 0
    for index in range(count):
        offset += choices.pick(f"gap {index}", (0, 0, 0, 0, 1, 2))
        size = choices.pick(f"size {index}", (1, 1, 2, 2, 3))
        numbers.append(Number(size, size > 1 and choices.chance("big", 0.3)))
        offsets.append(offset)
        offset += size
    stride = offset + choices.pick("tail", (0, 0, 1, 3))
    base = choices.number("base", 1, 0x80) if choices.chance("based", 0.7) else 0
    kinds = ["int" if choices.chance(f"int {index}", 0.15) else number.kind for index, number in enumerate(numbers)]
    struct = Struct(camel(theme), tuple(zip(kinds, names, strict=True)))
    buffer = choices.pick("buffer", ("rom", "data", "sram"))
    action = choices.pick("action", ("read", "read", "write", "all", "serialise", "parse", "find"))
    draft = Draft("", f"{theme} record", structs=[struct])
    rows = [
        f"offset {o}: {n} ({m.said if m.size > 1 else 'byte'})" for o, n, m in zip(offsets, names, numbers, strict=True)
    ]
    gaps = stride > sum(number.size for number in numbers)
    draft.rules = [f"Layout of a {theme} record, {stride} bytes: {'; '.join(rows)}."]
    define = f"Define the struct `{struct.name}` with {listed([f'`{_cpp(k)} {n}`' for k, n in struct.fields])}, in this order."
    at = (f"{hexa(base)} + " if base else "") + f"index * {stride}"
    origin = (
        f"The table starts at offset {hexa(base)} of `{buffer}`."
        if base
        else f"The table starts at the beginning of `{buffer}`."
    )
    one = theme if theme != buffer else "record"

    def values(rng: random.Random) -> Record:
        return Record(names, [rng.choice((rng.randrange(m.mask + 1), rng.randrange(256))) for m in numbers])

    def data(rng: random.Random, count: int) -> list[int]:
        return [rng.randrange(256) for _ in range(base + count * stride)]

    reads = [f"{one}.{n} = {m.read(buffer, 'at', o)}" for n, m, o in zip(names, numbers, offsets, strict=True)]
    missing = choices.pick("missing", ("", "", "none"))
    if action in ("read", "find") and missing == "none" and action == "read":
        draft.returns = f"opt[{struct.name}]"
        draft.parameters = [("vec[u8]", buffer), ("int", "index")]
        draft.add(f"at: size = {at}", f"if at + {stride} > len({buffer}):", "    return None")
        draft.add(f"{one}: {struct.name} = {struct.name}()", *reads, f"return {one}")
        draft.rules += [
            origin,
            define,
            f"Return `std::nullopt` where the record would reach beyond the end of `{buffer}`.",
        ]
        draft.does = f"reads {theme} number `index` from a table"
        draft.name = titled(choices, choices.pick("verb", ("read", "get", "load")), theme)
        return draft.finish(lambda rng: [data(rng, 4)[: rng.choice((None, -1))], rng.randrange(6)])
    if action == "read":
        draft.returns = struct.name
        draft.parameters = [("vec[u8]", buffer), ("int", "index")]
        draft.add(f"at: size = {at}", f"{one}: {struct.name} = {struct.name}()", *reads, f"return {one}")
        draft.rules += [origin, define]
        draft.does = f"reads {theme} number `index` from a table"
        draft.name = titled(choices, choices.pick("verb", ("read", "get", "load")), theme)
        return draft.finish(lambda rng: [data(rng, 5), rng.randrange(5)])
    if action == "write":
        draft.parameters = [("ref[vec[u8]]", buffer), ("int", "index"), (struct.name, one)]
        draft.add(f"at: size = {at}")
        for n, m, o in zip(names, numbers, offsets, strict=True):
            draft.add(*m.write(buffer, "at", o, f"{one}.{n}"))
        draft.rules += [origin, define]
        if gaps:
            draft.rules.append("Bytes that belong to no field stay as they are.")
        draft.does = f"writes `{one}` as {theme} number `index` of a table"
        draft.name = titled(choices, choices.pick("verb", ("write", "set", "save")), theme)
        return draft.finish(lambda rng: [data(rng, 5), rng.randrange(5), values(rng)])
    if action == "all":
        bound = choices.pick("bound", ("count", "end", "terminator"))
        end = choices.pick("end", (0xFF, 0))
        draft.returns = f"vec[{struct.name}]"
        name = plural(theme)
        draft.parameters = [("vec[u8]", buffer), *([("int", "count")] if bound == "count" else [])]
        draft.add(f"{name}: vec[{struct.name}] = []")
        inner = [f"{one}: {struct.name} = {struct.name}()", *reads, f"{name}.append({one})"]
        if bound == "count":
            draft.add("for i in range(count):", f"    at: size = {at.replace('index', 'i')}")
            draft.add(*inner, depth=1)
            draft.rules.append("`count` says how many there are.")
        else:
            draft.add(f"at: size = {hexa(base)}")
            draft.add(
                f"while at + {stride} <= len({buffer}):" if bound == "end" else f"while {buffer}[at] != {hexa(end)}:"
            )
            draft.add(*inner, f"at += {stride}", depth=1)
            draft.rules.append(
                f"The records go on to the end of `{buffer}`; an incomplete one is ignored."
                if bound == "end"
                else f"A record whose first byte is {hexa(end)} ends the table."
            )
        draft.add(f"return {name}")
        draft.rules += [origin, define]
        draft.does = f"reads all {name} of a table into a vector of structs"
        draft.name = titled(choices, choices.pick("verb", ("read", "load", "parse")), name)

        def all_arguments(rng: random.Random) -> list[Any]:
            count = rng.randrange(0, 4)
            content = data(rng, count)
            if bound == "terminator":
                for at in range(base, len(content), stride):
                    content[at] = content[at] if content[at] != end else 7
                content.append(end)
            tail = [1] * rng.randrange(stride) if bound == "end" else []
            return [content + tail, *([count] if bound == "count" else [])]

        return draft.finish(all_arguments)
    if action == "serialise":
        name = plural(theme)
        draft.parameters, draft.returns = [(f"vec[{struct.name}]", name)], "vec[u8]"
        closing = choices.pick("closing", ("", "0xFF", "0"))
        draft.add("out: vec[u8] = []", f"for {one} in {name}:")
        offset = 0
        for n, m, o in zip(names, numbers, offsets, strict=True):
            draft.add(*["out.append(0)"] * (o - offset), *m.append("out", f"{one}.{n}"), depth=1)
            offset = o + m.size
        draft.add(*["out.append(0)"] * (stride - offset), depth=1)
        draft.add(*([f"out.append({closing})"] if closing else []), "return out")
        draft.rules += [define] + (["Bytes that belong to no field are 0."] if gaps else [])
        draft.rules += [f"A single byte {closing} follows the last record."] if closing else []
        draft.does = f"turns {name} into the bytes of their records, one behind the other"
        draft.name = titled(choices, choices.pick("verb", ("serialize", "build", "encode", "export")), name)
        return draft.finish(lambda rng: [[values(rng) for _ in range(rng.randrange(0, 4))]])
    if action == "parse":
        draft.parameters, draft.returns = [("vec[u8]", buffer), ("size", "at")], struct.name
        draft.add(f"{one}: {struct.name} = {struct.name}()", *reads, f"return {one}")
        draft.rules.append(define)
        draft.does = f"reads the {theme} record that starts at offset `at` of `{buffer}`"
        draft.name = titled(choices, "parse", theme)

        def parse_arguments(rng: random.Random) -> list[Any]:
            at = rng.randrange(6)
            return [[rng.randrange(256) for _ in range(at + stride)], at]

        return draft.finish(parse_arguments)
    key = choices.number("key", 0, count - 1)
    m, n, o = numbers[key], names[key], offsets[key]
    draft.structs = []
    draft.returns = choices.pick("returned", ("int", "opt[size]"))
    failed = "-1" if draft.returns == "int" else "None"
    result = choices.pick("what", ("i", "at")) if draft.returns == "int" else "at"
    draft.parameters = [("vec[u8]", buffer), ("int", "count"), (m.kind, n if n != "count" else "wanted")]
    wanted = draft.parameters[-1][1]
    draft.add("for i in range(count):", f"    at: size = {at.replace('index', 'i')}")
    draft.add(
        f"    if {wanted} == ({m.read(buffer, 'at', o)}):"
        if m.size > 1
        else f"    if {m.read(buffer, 'at', o)} == {wanted}:"
    )
    draft.add(f"        return {result}", f"return {failed}")
    draft.rules += [
        origin,
        f"Return {'-1' if failed == '-1' else '`std::nullopt`'} if none of the `count` records has it.",
    ]
    draft.does = f"returns the {'number' if result == 'i' else f'offset in `{buffer}`'} of the first {theme} record whose {n} is `{wanted}`"
    draft.name = titled(choices, "find", theme, "by", n)

    def find_arguments(rng: random.Random) -> list[Any]:
        content, count = data(rng, 4), rng.randrange(1, 5)
        index = rng.randrange(4)
        place = base + index * stride + o
        found = int.from_bytes(bytes(content[place : place + m.size]), "big" if m.big else "little")
        return [content, count, found if rng.random() < 0.8 else rng.randrange(m.mask)]

    return draft.finish(find_arguments)


LAYOUTS: tuple[Callable[[Choices], Program], ...] = (bit_layout, bit_layout, record_table)
