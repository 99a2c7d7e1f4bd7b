"""Functions on colours of drawn layouts: conversions, mixing, fading, searching, whole palettes."""

import random
from dataclasses import dataclass
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.pieces import hexa, listed, titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


@dataclass(frozen=True)
class Format:
    """A packed colour: the lowest bit and the width of each component, by name in the order of the bits."""

    components: tuple[tuple[str, int, int], ...]

    @property
    def bits(self) -> int:
        return sum(width for _, _, width in self.components)

    @property
    def kind(self) -> str:
        return "u8" if self.bits <= 8 else "u16" if self.bits <= 16 else "u32"

    @property
    def said(self) -> str:
        return ", ".join(f"{name} in bits {low}-{low + width - 1}" for name, low, width in self.components)

    def get(self, color: str, name: str) -> str:
        _, low, width = next(part for part in self.components if part[0] == name)
        mask = hexa((1 << width) - 1)
        return f"({color} >> {low}) & {mask}" if low else f"{color} & {mask}"

    def width(self, name: str) -> int:
        return next(width for part, _, width in self.components if part == name)

    def low(self, name: str) -> int:
        return next(low for part, low, _ in self.components if part == name)

    def join(self, parts: dict[str, str]) -> str:
        terms = []
        for name, low, _ in self.components:
            text = parts[name] if parts[name].isidentifier() else f"({parts[name]})"
            terms.append(f"({text} << {low})" if low else text)
        return " | ".join(terms)


def color_format(choices: Choices, name: str) -> Format:
    order = choices.pick(
        f"{name} order",
        (("red", "green", "blue"), ("red", "green", "blue"), ("blue", "green", "red"), ("green", "red", "blue")),
    )
    widths = choices.pick(
        f"{name} widths", ((5, 5, 5), (5, 5, 5), (4, 4, 4), (5, 6, 5), (3, 3, 2), (6, 6, 6), (8, 8, 8), (2, 3, 3))
    )
    low, parts = 0, []
    for part, width in zip(order, widths, strict=True):
        parts.append((part, low, width))
        low += width
    return Format(tuple(parts))


RGB = ("red", "green", "blue")


def _scaled(choices: Choices, name: str, x: str, old: int, new: int) -> tuple[str, str]:
    """A component of `old` bits as one of `new` bits, and how that is said."""
    how = choices.pick(name, ("shift", "shift", "ratio", "rounded", "fill"))
    top, goal = (1 << old) - 1, (1 << new) - 1
    x = x if x.isidentifier() else f"({x})"
    if old == new:
        return x, "as it is"
    if how == "ratio":
        return f"{x} * {goal} // {top}", f"times {goal}, divided by {top}, rounded down"
    if how == "rounded":
        return f"({x} * {goal} + {top // 2}) // {top}", f"times {goal}, plus {top // 2}, divided by {top}, rounded down"
    if how == "fill" and old < new <= 2 * old:
        return (
            f"{x} << {new - old} | {x} >> {2 * old - new}",
            f"shifted left by {new - old}, its upper bits repeated in the {new - old} low ones",
        )
    if new > old:
        return f"{x} << {new - old}", f"shifted left by {new - old}"
    return f"{x} >> {old - new}", f"shifted right by {old - new}"


def color_value(choices: Choices) -> Program:
    """One colour, or two: converted, changed or compared, component by component."""
    form = color_format(choices, "format")
    action = choices.pick(
        "action",
        ("convert", "split", "join", "gray", "mix", "scale", "add", "invert", "swap", "distance", "brightness", "tint"),
    )
    draft = Draft("", "colour")
    kind = form.kind
    color = choices.pick("color name", ("color", "colour", "c", "entry"))
    draft.parameters, draft.returns = [(kind, color)], kind
    draft.rules = [f"The {form.bits}-bit colour has {form.said}."]
    tops = {name: (1 << form.width(name)) - 1 for name in RGB}

    def any_color(rng: random.Random) -> int:
        return rng.choice(
            (
                rng.randrange(1 << form.bits),
                (1 << form.bits) - 1,
                0,
                sum(rng.choice((0, tops[n], rng.randrange(tops[n] + 1))) << form.low(n) for n in RGB),
            )
        )

    def split(source: str = "", suffix: str = "") -> list[str]:
        return [f"{name}{suffix}: int = {form.get(source or color, name)}" for name in RGB]

    if action == "convert":
        other = color_format(choices, "other")
        if other == form:
            other = Format((("blue", 0, 5), ("green", 5, 6), ("red", 11, 5)))
        said, parts = [], {}
        for name in RGB:
            text, words = _scaled(
                choices, f"scale {form.width(name)}-{other.width(name)}", name, form.width(name), other.width(name)
            )
            parts[name] = text
            said.append(f"{name} is {words}")
        draft.returns = other.kind
        if other.kind == "u32":
            draft.add(*(line.replace(": int", ": u32") for line in split()))
        else:
            draft.add(*split())
        draft.add(f"return {other.join(parts)}")
        draft.does = f"converts a colour to one of {other.bits} bits with {other.said}"
        draft.rules.append(f"In the result, {'; '.join(said)}.")
        draft.name = titled(
            choices,
            choices.pick("verb", ("convert", "to", "make")),
            choices.pick("noun", ("color", "packed color", "target color")),
        )
        return draft.finish(lambda rng: [any_color(rng)])
    if action == "split":
        goal = choices.pick("goal", (8, 8, 5, 4))
        texts, said = [], []
        order = choices.some("result order", RGB, 3)
        for name in order:
            text, words = _scaled(choices, f"scale {form.width(name)}", name, form.width(name), goal)
            texts.append(text)
            said.append(f"{name} {words}")
        draft.returns = choices.pick("shape", ("arr[u8, 3]", "vec[int]", "arr[int, 3]"))
        draft.add(*split(), f"return [{', '.join(texts)}]")
        draft.does = f"takes a colour apart into components of {goal} bits each"
        draft.rules.append(f"Return {listed(said)}, in this order.")
        draft.name = titled(choices, choices.pick("verb", ("split", "unpack", "expand")), "color")
        return draft.finish(lambda rng: [any_color(rng)])
    if action == "join":
        draft.parameters = [("int", name) for name in RGB]
        parts, said = {}, []
        clamp = choices.chance("clamp", 0.5)
        for name in RGB:
            text, words = _scaled(choices, f"scale {form.width(name)}", name, 8, form.width(name))
            parts[name] = text
            said.append(f"{name} is {words}")
        if clamp:
            draft.add(*(f"{name} = min(max({name}, 0), 255)" for name in RGB))
            draft.rules.append("Clamp the arguments to the range from 0 to 255 first.")
        draft.add(f"return {form.join(parts)}")
        draft.does = "packs red, green and blue, from 0 to 255 each, into a colour"
        draft.rules.append(f"In it, {'; '.join(said)}.")
        draft.name = titled(
            choices, choices.pick("verb", ("pack", "make", "from")), choices.pick("noun", ("color", "rgb"))
        )
        return draft.finish(
            lambda rng: [
                rng.choice((rng.randrange(256), 255, 0, rng.randrange(-40, 300) if clamp else 128)) for _ in RGB
            ]
        )
    if action in ("gray", "brightness"):
        weights = choices.pick("weights", ((1, 1, 1), (3, 6, 1), (2, 5, 1), (77, 150, 29), (1, 2, 1), (299, 587, 114)))
        same = len(set(tops.values())) == 1
        total = sum(weights)
        terms = " + ".join(
            f"{name} * {weight}" if weight > 1 else name for name, weight in zip(RGB, weights, strict=True)
        )
        draft.add(*split())
        words = f"({' + '.join(f'{weight} x {name}' if weight > 1 else name for name, weight in zip(RGB, weights, strict=True))}) divided by {total}, rounded down"
        if action == "gray" and same:
            draft.add(f"gray: int = ({terms}) // {total}", f"return {form.join(dict.fromkeys(RGB, 'gray'))}")
            draft.does = "turns a colour into the gray of the same brightness"
            draft.rules.append(f"The brightness, which all three components become, is {words}.")
            draft.name = titled(choices, choices.pick("verb", ("to gray", "grayscale", "desaturate")))
        else:
            draft.returns = "int"
            draft.add(f"return ({terms}) // {total}")
            draft.does = "returns the brightness of a colour"
            draft.rules.append(f"The brightness is {words}.")
            draft.name = titled(choices, choices.pick("verb", ("brightness", "luma", "gray level")))
        return draft.finish(lambda rng: [any_color(rng)])
    if action in ("mix", "add", "distance"):
        draft.parameters = [(kind, "a"), (kind, "b")]
        how = (
            choices.pick("how", ("average", "weighted", "max", "min"))
            if action == "mix"
            else choices.pick("how", ("add", "subtract", "half add"))
        )
        wa = choices.number("weight", 1, 7)
        draft.add(*split("a", "_a"), *split("b", "_b"))
        if action == "distance":
            measure = choices.pick("measure", ("sum", "max", "square"))
            draft.returns = "int"
            parts_of = [f"abs({name}_a - {name}_b)" for name in RGB]
            if measure == "square":
                parts_of = [f"({name}_a - {name}_b) * ({name}_a - {name}_b)" for name in RGB]
            draft.add(
                f"return {f'max(max({parts_of[0]}, {parts_of[1]}), {parts_of[2]})' if measure == 'max' else ' + '.join(parts_of)}"
            )
            draft.does = "returns how far two colours are apart"
            draft.rules.append(
                {
                    "sum": "That is the sum of the absolute differences of their components.",
                    "max": "That is the largest absolute difference between two like components.",
                    "square": "That is the sum of the squared differences of their components.",
                }[measure]
            )
            draft.name = titled(choices, "color", choices.pick("verb", ("distance", "difference", "error")))
        else:
            exprs = {
                "average": "({n}_a + {n}_b) // 2",
                "weighted": f"({{n}}_a * {wa} + {{n}}_b * {8 - wa}) // 8",
                "max": "max({n}_a, {n}_b)",
                "min": "min({n}_a, {n}_b)",
                "add": "min({n}_a + {n}_b, {t})",
                "subtract": "max({n}_a - {n}_b, 0)",
                "half add": "({n}_a + {n}_b) >> 1",
            }
            words = {
                "average": "the average of both, rounded down",
                "weighted": f"{wa}/8 of the one of `a` plus {8 - wa}/8 of the one of `b`: the weighted sum divided by 8, rounded down",
                "max": "the larger of both",
                "min": "the smaller of both",
                "add": "the sum of both, limited to the largest value that fits",
                "subtract": "the one of `a` minus the one of `b`, but never below 0",
                "half add": "half the sum of both, rounded down",
            }[how]
            values = {name: exprs[how].replace("{n}", name).replace("{t}", hexa(tops[name])) for name in RGB}
            draft.add(
                *(f"{name}: int = {values[name]}" for name in RGB), f"return {form.join({name: name for name in RGB})}"
            )
            draft.does = "combines two colours into one"
            draft.rules.append(f"Each component of the result is {words}.")
            draft.name = titled(choices, choices.pick("verb", ("mix", "blend", "combine")), "colors")
        return draft.finish(lambda rng: [any_color(rng), any_color(rng)])
    if action == "scale":
        manner = choices.pick("by", ("constant", "parameter", "fade"))
        up, down = choices.pick("ratio", ((1, 2), (3, 4), (5, 4), (3, 2), (7, 8), (1, 4)))
        steps = choices.pick("steps", (15, 16, 31, 8, 100))
        draft.add(*split())
        if manner == "constant":
            values = {
                name: f"min({name} * {up} // {down}, {hexa(tops[name])})" if up > down else f"{name} * {up} // {down}"
                for name in RGB
            }
            words = f"times {up}/{down}, rounded down" + (
                ", limited to the largest value that fits" if up > down else ""
            )
        else:
            draft.parameters.append(("int", "level"))
            values = {
                name: f"{name} * level // {steps}"
                if manner == "parameter"
                else f"{name} + ({tops[name]} - {name}) * level // {steps}"
                for name in RGB
            }
            words = (
                f"times `level`, divided by {steps}, rounded down"
                if manner == "parameter"
                else f"moved `level`/{steps} of the way to its largest value (what is added is rounded down)"
            )
            draft.rules.append(f"`level` is from 0 to {steps}.")
        draft.add(*(f"{name} = {values[name]}" for name in RGB), f"return {form.join({name: name for name in RGB})}")
        draft.does = (
            f"{'darkens' if manner == 'parameter' or up < down else 'brightens'} a colour"
            if manner != "fade"
            else "fades a colour to white"
        )
        draft.rules.append(f"Each component is {words}.")
        draft.name = titled(choices, choices.pick("verb", ("scale", "fade", "shade", "adjust")), "color")
        return draft.finish(lambda rng: [any_color(rng), *([rng.randrange(steps + 1)] if manner != "constant" else [])])
    if action == "tint":
        amounts = {
            name: choices.number(f"tint {name}", 0, tops[name] // 2) * choices.pick(f"sign {name}", (1, -1, 1))
            for name in RGB
        }
        draft.add(*split())
        values = {
            name: f"min(max({name} {'+' if v >= 0 else '-'} {abs(v)}, 0), {hexa(tops[name])})"
            for name, v in amounts.items()
        }
        draft.add(
            *(f"{name} = {values[name]}" for name in RGB if amounts[name]),
            f"return {form.join({name: name for name in RGB})}",
        )
        draft.does = "tints a colour"
        draft.rules.append(
            f"Add {listed([f'{v} to {name}' for name, v in amounts.items()])}, each limited to what its field can hold."
        )
        draft.name = titled(choices, choices.pick("verb", ("tint", "tone", "shift")), "color")
        return draft.finish(lambda rng: [any_color(rng)])
    if action == "invert":
        chosen = choices.some("inverted", RGB, choices.pick("how many", (1, 2, 3)))
        mask = sum(tops[name] << form.low(name) for name in chosen)
        draft.add(f"return {color} ^ {hexa(mask)}")
        draft.does = f"inverts {listed(chosen)} of a colour (a component becomes its largest value minus itself)"
        draft.name = titled(choices, choices.pick("verb", ("invert", "negate")), "color")
        return draft.finish(lambda rng: [any_color(rng)])
    first, second = choices.some("swapped", RGB, 2)
    draft.add(*split())
    parts, said = {name: name for name in RGB}, []
    parts[first], words = _scaled(choices, "there", second, form.width(second), form.width(first))
    said += [] if words == "as it is" else [f"the new {first} is the old {second} {words}"]
    parts[second], words = _scaled(choices, "back", first, form.width(first), form.width(second))
    said += [] if words == "as it is" else [f"the new {second} is the old {first} {words}"]
    draft.add(f"return {form.join(parts)}")
    draft.does = f"swaps {first} and {second} of a colour"
    draft.rules += [f"Here {'; '.join(said)}."] if said else []
    draft.name = titled(choices, "swap", first, second)
    return draft.finish(lambda rng: [any_color(rng)])


def palette(choices: Choices) -> Program:
    """A palette in memory: a run of colours changed, searched or rotated."""
    form = color_format(choices, "format")
    if form.kind != "u16":
        form = Format((("red", 0, 5), ("green", 5, 5), ("blue", 10, 5)))
    row = choices.pick("row", (16, 8, 4))
    action = choices.pick("action", ("rotate", "nearest", "dim", "count", "bytes", "copy", "remap", "limit"))
    name = choices.pick("name", ("palette", "colors", "cgram"))
    draft = Draft("", "palette")
    tops = {part: (1 << form.width(part)) - 1 for part in RGB}
    said = f"A {form.bits}-bit colour has {form.said}."

    def colors(rng: random.Random, count: int) -> list[int]:
        return [rng.choice((rng.randrange(1 << form.bits), 0, (1 << form.bits) - 1)) for _ in range(count)]

    if action == "rotate":
        left = choices.chance("left", 0.5)
        draft.parameters = [("ref[vec[u16]]", name), ("int", "first"), ("int", "last")]
        if left:
            draft.add(
                f"kept: u16 = {name}[first]",
                "for i in range(first, last):",
                f"    {name}[i] = {name}[i + 1]",
                f"{name}[last] = kept",
            )
        else:
            draft.add(
                f"kept: u16 = {name}[last]",
                "for i in range(last, first, -1):",
                f"    {name}[i] = {name}[i - 1]",
                f"{name}[first] = kept",
            )
        draft.does = f"rotates the colours from number `first` to `last` (included) of `{name}` by one place {'down' if left else 'up'}"
        draft.rules = ["The first one of them becomes the last." if left else "The last one of them becomes the first."]
        draft.name = titled(choices, choices.pick("verb", ("rotate", "cycle", "animate")), "palette")

        def rotated(rng: random.Random) -> list[Any]:
            size = rng.randrange(3, 12)
            first = rng.randrange(size - 1)
            return [colors(rng, size), first, rng.randrange(first, size)]

        return draft.finish(rotated)
    if action == "nearest":
        measure = choices.pick("measure", ("sum", "square"))
        skip = choices.pick("skip", (0, 1))
        draft.parameters, draft.returns = [("vec[u16]", name), ("u16", "color")], "int"
        draft.add("best: int = -1", "least: int = 0", f"for i in range({skip}, len({name})):")
        draft.add(
            *(f"{part}: int = ({form.get(f'{name}[i]', part)}) - ({form.get('color', part)})" for part in RGB), depth=1
        )
        total = " + ".join(f"abs({part})" if measure == "sum" else f"{part} * {part}" for part in RGB)
        draft.add(
            f"distance: int = {total}",
            "if best < 0 or distance < least:",
            "    best = i",
            "    least = distance",
            depth=1,
        )
        draft.add("return best")
        draft.does = f"returns the number of the colour in `{name}` that is nearest to `color`"
        draft.rules = [
            said,
            f"The distance is the sum of the {'absolute' if measure == 'sum' else 'squared'} differences of the components; of several equally near ones the first counts.",
        ]
        draft.rules += ["Colour 0 is transparent and does not count."] if skip else []
        draft.rules.append("Return -1 if there is no colour to choose.")
        draft.name = titled(choices, choices.pick("verb", ("nearest", "closest", "match")), "color")
        return draft.finish(lambda rng: [colors(rng, rng.randrange(0, 9)), colors(rng, 1)[0]])
    if action in ("dim", "limit"):
        k = choices.number("k", 1, 3)
        part = choices.pick("component", RGB)
        limit = choices.number("limit", 2, tops[part] - 1)
        draft.parameters = [("ref[vec[u16]]", name), ("int", "line")]
        draft.add(
            "first: int = line * " + str(row), f"for i in range(first, first + {row}):", f"    color: u16 = {name}[i]"
        )
        if action == "dim":
            values = {p: f"{p} >> {k}" for p in RGB}
            words = f"every component is shifted right by {k}"
            draft.add(*(f"{p}: int = {form.get('color', p)}" for p in RGB), f"{name}[i] = {form.join(values)}", depth=1)
        else:
            mask = ((1 << form.bits) - 1) & ~(tops[part] << form.low(part))
            words = f"{part} is limited to at most {limit}"
            low = form.low(part)
            draft.add(
                f"{part}: int = min({form.get('color', part)}, {limit})",
                f"{name}[i] = (color & {hexa(mask)}) | {f'({part} << {low})' if low else part}",
                depth=1,
            )
        draft.does = f"changes the {row} colours of row `line` of `{name}`: {words}"
        draft.rules = [said, f"A row has {row} colours."]
        draft.name = titled(choices, choices.pick("verb", ("dim", "adjust", "change")), "row")
        return draft.finish(lambda rng: [colors(rng, row * 3), rng.randrange(3)])
    if action == "count":
        draft.parameters, draft.returns = [("vec[u16]", name)], "int"
        draft.add(
            "count: int = 0",
            f"for i in range(len({name})):",
            "    known: bool = False",
            "    for j in range(i):",
            f"        if {name}[j] == {name}[i]:",
            "            known = True",
            "    if not known:",
            "        count += 1",
            "return count",
        )
        draft.does = f"counts the different colours in `{name}`"
        draft.name = titled(choices, choices.pick("verb", ("count", "unique", "distinct")), "colors")
        return draft.finish(
            lambda rng: [[rng.choice((0, 0x7FFF, 31, rng.randrange(4))) for _ in range(rng.randrange(0, 10))]]
        )
    if action == "bytes":
        big = choices.chance("big", 0.3)
        back = choices.chance("back", 0.5)
        base = choices.number("base", 1, 24)
        order = "big" if big else "little"
        upper, lower = ("at", "at + 1") if big else ("at + 1", "at")
        if back:
            draft.parameters, draft.returns = [("vec[u8]", "rom"), ("int", "count")], "vec[u16]"
            draft.add(
                "out: vec[u16] = []",
                "for i in range(count):",
                f"    at: size = {hexa(base)} + i * 2",
                f"    out.append((rom[{lower}] | rom[{upper}] << 8) & {hexa((1 << form.bits) - 1)})",
                "return out",
            )
            draft.does = f"reads `count` colours, {order}-endian words, from offset {hexa(base)} of `rom`"
            draft.rules = [f"Clear what is above bit {form.bits - 1} of each."]
            draft.name = titled(choices, choices.pick("verb", ("read", "load")), "palette")
            return draft.finish(lambda rng: [[rng.randrange(256) for _ in range(base + 14)], rng.randrange(8)])
        draft.parameters = [("ref[vec[u8]]", "rom"), ("vec[u16]", name)]
        draft.add(
            f"for i in range(len({name})):",
            f"    at: size = {hexa(base)} + i * 2",
            f"    rom[{lower}] = {name}[i] & 0xFF",
            f"    rom[{upper}] = {name}[i] >> 8",
        )
        draft.does = f"writes the colours in `{name}` as {order}-endian words to `rom`, from offset {hexa(base)} on"
        draft.name = titled(choices, choices.pick("verb", ("write", "store", "save")), "palette")
        return draft.finish(lambda rng: [[rng.randrange(256) for _ in range(base + 14)], colors(rng, rng.randrange(8))])
    if action == "copy":
        skip = choices.chance("transparent", 0.6)
        draft.parameters = [("ref[vec[u16]]", name), ("int", "source"), ("int", "target")]
        draft.add(
            f"for i in range({1 if skip else 0}, {row}):",
            f"    {name}[target * {row} + i] = {name}[source * {row} + i]",
        )
        draft.does = f"copies row `source` of `{name}` to row `target`"
        draft.rules = [
            f"A row has {row} colours{', and its first one, which is transparent, is not copied' if skip else ''}."
        ]
        draft.name = titled(
            choices, choices.pick("verb", ("copy", "duplicate")), choices.pick("noun", ("row", "palette row", "line"))
        )
        return draft.finish(lambda rng: [colors(rng, row * 4), rng.randrange(4), rng.randrange(4)])
    missing = choices.pick("missing", ("0", "-1", "keep"))
    draft.parameters, draft.returns = [("vec[u16]", "pixels"), ("vec[u16]", name)], "vec[int]"
    failed = {"0": "0", "-1": "-1", "keep": "len(" + name + ")"}[missing]
    draft.add(
        "out: vec[int] = []",
        "for pixel in pixels:",
        f"    found: int = {failed}",
        f"    for i in range(len({name})):",
        f"        if {name}[i] == pixel and found == {failed}:",
        "            found = i",
        "    out.append(found)",
        "return out",
    )
    if missing == "0":
        draft.body = [
            "out: vec[int] = []",
            "for pixel in pixels:",
            "    found: int = 0",
            f"    for i in range(len({name})):",
            f"        if {name}[i] == pixel:",
            "            found = i",
            "            break",
            "    out.append(found)",
            "return out",
        ]
    draft.does = f"returns, for each colour in `pixels`, its number in `{name}`"
    draft.rules = [
        f"The first place counts; a colour that is not there gets {f'the size of `{name}`' if missing == 'keep' else missing}."
    ]
    draft.name = titled(choices, choices.pick("verb", ("index", "remap", "quantize")), "pixels")

    def pixels(rng: random.Random) -> list[Any]:
        own = colors(rng, rng.randrange(1, 7))
        return [[rng.choice((*own, 0x1234)) for _ in range(rng.randrange(0, 8))], own]

    return draft.finish(pixels)


COLORS = (color_value, color_value, color_value, palette)
