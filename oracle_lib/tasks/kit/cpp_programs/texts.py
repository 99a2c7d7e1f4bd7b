"""Functions on text: messages in drawn encodings with control codes, hexadecimal and decimal numbers, widths and lines."""

import random
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.language import Values
from oracle_lib.tasks.kit.cpp_programs.pieces import hexa, titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program

_MARKS = (" ", "!", "?", "-", ".", ",", "'", ":")


def _ranges(choices: Choices) -> list[tuple[str, str, int]]:
    """A drawn encoding: ranges of characters and the codes of their first ones."""
    names = choices.pick("alphabet", (("A", "a", "0"), ("A", "0"), ("A", "a"), ("a", "0"), ("0", "A")))
    code = choices.pick("origin", (0x00, 0x0A, 0x20, 0x40, 0x80, 0xA1))
    ranges = []
    for first in names:
        last = {"A": "Z", "a": "z", "0": "9"}[first]
        ranges.append((first, last, code))
        code += ord(last) - ord(first) + 1 + choices.pick(f"gap {first}", (0, 0, 6, 2))
    return ranges


def _said(ranges: list[tuple[str, str, int]]) -> str:
    return ", ".join(
        f"{first}-{last} are {hexa(code)}-{hexa(code + ord(last) - ord(first))}" for first, last, code in ranges
    )


def message(choices: Choices) -> Program:
    """A message decoded to text or encoded from it."""
    ranges = _ranges(choices)
    after = ranges[-1][2] + 26
    space = choices.pick("space", (after, after + 1, 0xFE, 0xEF))
    end = choices.pick("end", (0xFF, 0xFB, 0xF0))
    line = choices.pick("line", (0xF8, 0xF1, 0xFD))
    other = choices.pick("other", ("?", "*", ".", "#"))
    control = choices.pick("control", (0, 0, 0xE0, 0xE5))
    ended = choices.chance("ended", 0.7)
    name = choices.pick("buffer", ("data", "rom", "message", "bytes"))
    lines = choices.chance("lines", 0.5)
    rules = [f"Codes: {_said(ranges)}, {hexa(space)} is a space" + (f", {hexa(line)} is a new line." if lines else ".")]
    draft = Draft("", "message text")
    if choices.chance("encode", 0.4):
        draft.parameters, draft.returns = [("str", "text")], "vec[u8]"
        skip = choices.pick("unknown", ("skip", "code"))
        unknown = choices.pick("unknown code", (0x3F, 0xE0, 0xEE))
        draft.add("out: vec[u8] = []", "for letter in text:")
        for index, (first, last, code) in enumerate(ranges):
            text = f"ord(letter) - ord('{first}') + {hexa(code)}" if code else f"ord(letter) - ord('{first}')"
            draft.add(
                f"    {'if' if index == 0 else 'elif'} ord('{first}') <= ord(letter) <= ord('{last}'):",
                f"        out.append({text})",
            )
        draft.add("    elif ord(letter) == ord(' '):", f"        out.append({hexa(space)})")
        if lines:
            draft.add(r"    elif ord(letter) == ord('\n'):", f"        out.append({hexa(line)})")
        if skip == "code":
            draft.add("    else:", f"        out.append({hexa(unknown)})")
        draft.add(*([f"out.append({hexa(end)})"] if ended else []), "return out")
        draft.does = "encodes `text` for the game's messages"
        draft.rules = [
            *rules,
            "Leave out any other character." if skip == "skip" else f"Any other character becomes {hexa(unknown)}.",
        ]
        draft.rules += [f"The byte {hexa(end)} ends the message."] if ended else []
        draft.name = titled(choices, "encode", choices.pick("noun", ("text", "message", "dialogue")))
        return draft.finish(lambda rng: [_letters(rng, ranges, lines)])
    start = choices.chance("start", 0.4)
    draft.parameters, draft.returns = [("vec[u8]", name), *([("size", "at")] if start else [])], "str"
    draft.add('text: str = ""')
    if not start:
        draft.add("at: size = 0")
    draft.add(f"while at < len({name}) and {name}[at] != {hexa(end)}:" if ended else f"while at < len({name}):")
    draft.add(f"code: u8 = {name}[at]", "at += 1", depth=1)
    first_test = True
    for first, last, code in ranges:
        top = code + ord(last) - ord(first)
        test = f"{hexa(code)} <= code <= {hexa(top)}" if code else f"code <= {hexa(top)}"
        letter = f"ord('{first}') + code - {hexa(code)}" if code else f"ord('{first}') + code"
        draft.add(f"    {'if' if first_test else 'elif'} {test}:", f"        text += chr({letter})")
        first_test = False
    draft.add(f"    elif code == {hexa(space)}:", '        text += " "')
    if lines:
        draft.add(f"    elif code == {hexa(line)}:", r'        text += "\n"')
    if control:
        count = choices.number("operands", 1, 2)
        draft.add(f"    elif code == {hexa(control)}:", f"        at += {count}")
        rules.append(
            f"{hexa(control)} is a command with {count} byte{'s' * (count > 1)} of data; it and its data give no text."
        )
    draft.add("    else:", f'        text += "{other}"', "return text")
    draft.does = (
        f"decodes the message {'that starts at offset `at` of' if start else 'in'} `{name}` and returns its text"
    )
    draft.rules = [
        *rules,
        f"Any other code becomes {other!r}.".replace("'", "`"),
        f"It ends before the first byte {hexa(end)}" + f", or with `{name}`."
        if ended
        else f"It goes on to the end of `{name}`.",
    ]
    draft.name = titled(
        choices, choices.pick("verb", ("decode", "read", "get")), choices.pick("noun", ("text", "message", "string"))
    )
    codes = [*(code + step for _, _, code in ranges for step in (0, 5, 9)), space, line, control, 0xDD]

    def arguments(rng: random.Random) -> list[Any]:
        data = [
            value
            for _ in range(rng.randrange(0, 9))
            if (value := rng.choice((rng.choice(codes), rng.randrange(256)))) != end
        ]
        data += [end, 1] if rng.random() < 0.6 and ended else []
        return [data, *([rng.randrange(len(data) + 1)] if start else [])]

    return draft.finish(arguments)


def _letters(rng: random.Random, ranges: list[tuple[str, str, int]], lines: bool) -> str:
    known = [chr(rng.randrange(ord(first), ord(last) + 1)) for first, last, _ in ranges for _ in range(4)] + [
        " ",
        "%",
        "_",
    ]
    known += ["\n"] if lines else []
    return "".join(rng.choice(known) for _ in range(rng.randrange(0, 12)))


def digits(choices: Choices) -> Program:
    """Numbers as text and back: hexadecimal, decimal and binary, padded, grouped or with a sign."""
    action = choices.pick("action", ("format", "format", "dump", "parse", "list", "decimal"))
    upper = choices.chance("upper", 0.6)
    alphabet = "0123456789ABCDEF" if upper else "0123456789abcdef"
    letters = "upper-case" if upper else "lower-case"
    prefix = choices.pick("prefix", ("$", "0x", "", "#", "%"))
    draft = Draft("", "number text")
    if action == "format":
        base = choices.pick("base", (16, 16, 2, 8))
        bits = {16: 4, 2: 1, 8: 3}[base]
        count = choices.pick("digits", {16: (2, 4, 6), 2: (8, 4, 16), 8: (3, 6)}[base])
        group = choices.pick("group", (0, 0, 2, 4)) if count > 4 else 0
        sign = choices.pick("separator", (" ", "_", ":"))
        mark = "" if prefix == "%" and base != 2 else prefix
        draft.parameters, draft.returns = [("u32", "value")], "str"
        draft.add(
            f'digits: str = "{alphabet[:base]}"', f'text: str = "{mark}"', f"for i in range({count - 1}, -1, -1):"
        )
        draft.add(f"    text += digits[(value >> {f'(i * {bits})' if bits > 1 else 'i'}) & {base - 1}]")
        if group:
            draft.add(f"    if i % {group} == 0 and i > 0:", f'        text += "{sign}"')
        draft.add("return text")
        kind = {16: f"hexadecimal ({letters} letters)", 2: "binary", 8: "octal"}[base]
        draft.does = f"formats the low {count * bits} bits of `value` as {count} {kind} digits"
        draft.rules = [f"Put {mark} before them." if mark else "There is nothing before them."]
        draft.rules += [f"Put `{sign}` between groups of {group} digits."] if group else []
        draft.name = titled(
            choices, choices.pick("verb", ("format", "to", "as")), {16: "hex", 2: "binary", 8: "octal"}[base]
        )
        return draft.finish(lambda rng: [rng.choice((rng.getrandbits(32), rng.randrange(256), 0))])
    if action == "dump":
        sign = choices.pick("separator", (" ", ",", ", ", "", "-"))
        mark = prefix if prefix in ("$", "0x", "") else ""
        row = choices.pick("row", (0, 0, 4, 8))
        draft.parameters, draft.returns = [("vec[u8]", "data")], "str"
        draft.add(f'digits: str = "{alphabet}"', 'text: str = ""', "for i in range(len(data)):")
        if row:
            draft.add(f"    if i > 0 and i % {row} == 0:", r'        text += "\n"')
            draft.add(*(["    elif i > 0:", f'        text += "{sign}"'] if sign else []))
        elif sign:
            draft.add("    if i > 0:", f'        text += "{sign}"')
        draft.add(
            *([f'    text += "{mark}"'] if mark else []),
            "    text += digits[data[i] >> 4]",
            "    text += digits[data[i] & 0xF]",
            "return text",
        )
        draft.does = f"returns the bytes of `data` as text: two hexadecimal digits ({letters} letters) each"
        draft.rules = [f"Before each byte comes {mark}."] if mark else []
        draft.rules += [
            f"Between two bytes comes `{sign}`."
            if sign.strip()
            else "Between two bytes comes a space."
            if sign
            else "Nothing comes between two bytes."
        ]
        draft.rules += [f"After every {row} bytes comes a new line instead, but none at the end."] if row else []
        draft.name = titled(choices, "hex", choices.pick("noun", ("dump", "string", "line", "text")))
        return draft.finish(lambda rng: [Values(rng, [0xA0, 0x0F]).bytes(rng.randrange(0, 10))])
    if action in ("parse", "list"):
        failing = choices.pick("failing", ("opt", "-1"))
        draft.parameters = [("str", "text")]
        mark = choices.pick("mark", ("$", "#", ""))
        value = [
            "digit: int = -1",
            "if ord('0') <= code <= ord('9'):",
            "    digit = code - ord('0')",
            "elif ord('A') <= code <= ord('F'):",
            "    digit = code - ord('A') + 10",
        ]
        both = choices.chance("both cases", 0.6)
        value += ["elif ord('a') <= code <= ord('f'):", "    digit = code - ord('a') + 10"] if both else []
        cases = "letters of either case" if both else "upper-case letters"
        if action == "list":
            draft.returns = "vec[u8]"
            draft.add(
                "out: vec[u8] = []",
                "high: int = -1",
                "for letter in text:",
                "    code: int = ord(letter)",
                *("    " + line_ for line_ in value),
            )
            draft.add(
                "    if digit >= 0:",
                "        if high < 0:",
                "            high = digit",
                "        else:",
                "            out.append(high * 16 + digit)",
                "            high = -1",
                "return out",
            )
            draft.does = "reads bytes from `text`: every two hexadecimal digits make one"
            draft.rules = [
                f"Digits have {cases}. Any other character is passed over, even between the two digits of a byte; a last single digit is ignored."
            ]
            draft.name = titled(choices, "parse", choices.pick("noun", ("bytes", "hex bytes", "hex list")))
            return draft.finish(
                lambda rng: ["".join(rng.choice("0123456789ABCDEFabcdef  ,$xg") for _ in range(rng.randrange(0, 12)))]
            )
        most = choices.number("most", 2, 6)
        draft.returns = "opt[u32]" if failing == "opt" else "int"
        failed = "None" if failing == "opt" else "-1"
        skip = 1 if mark else 0
        tests = f"len(text) {'<=' if skip else '<'} {skip or 1} or len(text) > {most + skip}"
        if mark:
            tests += f" or ord(text[0]) != ord('{mark}')"
        draft.add(
            f"if {tests}:",
            f"    return {failed}",
            f"value: {'u32' if failing == 'opt' else 'int'} = 0",
            f"for i in range({skip}, len(text)):" if skip else "for i in range(len(text)):",
            "    code: int = ord(text[i])",
            *("    " + line_ for line_ in value),
        )
        draft.add("    if digit < 0:", f"        return {failed}", "    value = value * 16 + digit", "return value")
        draft.does = "reads a hexadecimal number from `text`"
        draft.rules = [
            f"It is {f'{mark} and then ' if mark else ''}1 to {most} digits ({cases}) and nothing else; for any other text return {'`std::nullopt`' if failing == 'opt' else '-1'}."
        ]
        draft.name = titled(choices, "parse", choices.pick("noun", ("hex", "address", "number")))

        def texts(rng: random.Random) -> list[Any]:
            body = "".join(rng.choice("0123456789ABCDEF") for _ in range(rng.randrange(0, most + 2)))
            body = rng.choice((body, body, body.lower(), body + "g", body.replace("A", " ")))
            return [rng.choice((mark, mark, mark, "", "x")) + body]

        return draft.finish(texts)
    width = choices.number("width", 3, 6)
    pad = choices.pick("pad", ("0", " ", "-"))
    left = choices.chance("left", 0.3) and pad != "0"
    signed = choices.chance("signed", 0.4)
    if not left and choices.chance("codes", 0.4):
        zero = choices.pick("zero", (0x90, 0x30, 0xA0, 0x16))
        blank = choices.pick("blank", (0x7F, 0xFF, 0x00))
        leading = choices.chance("leading", 0.5)
        draft.parameters, draft.returns = [("int", "value")], f"arr[u8, {width}]"
        draft.add(f"tiles: arr[u8, {width}] = [0] * {width}", f"for i in range({width - 1}, -1, -1):")
        if leading:
            draft.add(
                f"    if value > 0 or i == {width - 1}:",
                f"        tiles[i] = {hexa(zero)} + value % 10",
                "    else:",
                f"        tiles[i] = {hexa(blank)}",
                "    value //= 10",
                "return tiles",
            )
        else:
            draft.add(f"    tiles[i] = {hexa(zero)} + value % 10", "    value //= 10", "return tiles")
        draft.does = f"returns the {width} tiles that show `value` in decimal, right-aligned"
        draft.rules = [
            f"Tile {hexa(zero)} is the digit 0, the others follow it. "
            + (
                f"Places before the first digit get tile {hexa(blank)}; 0 itself is one digit."
                if leading
                else "Leading zeros are shown."
            )
            + f" `value` is from 0 to {10**width - 1}."
        ]
        draft.name = titled(choices, choices.pick("verb", ("number", "digit", "counter")), "tiles")
        return draft.finish(lambda rng: [rng.choice((rng.randrange(10**width), rng.randrange(100), 0))])
    draft.parameters, draft.returns = [("int", "value")], "str"
    draft.add('text: str = ""', f"rest: int = {'abs(value)' if signed else 'value'}")
    draft.add("while rest > 0 or len(text) == 0:", "    text += chr(ord('0') + rest % 10)", "    rest //= 10")
    if signed:
        draft.add("if value < 0:", '    text += "-"')
    if left:
        draft.add(
            'out: str = ""',
            "for i in range(int(len(text)) - 1, -1, -1):",
            "    out += text[i]",
            f"while len(out) < {width}:",
            f'    out += "{pad}"',
            "return out",
        )
    else:
        draft.add(
            f"while len(text) < {width}:",
            f'    text += "{pad}"',
            'out: str = ""',
            "for i in range(int(len(text)) - 1, -1, -1):",
            "    out += text[i]",
            "return out",
        )
    draft.does = f"formats `value` in decimal, at least {width} characters long"
    draft.rules = [
        f"Shorter text is filled up with {'spaces' if pad == ' ' else f'`{pad}`'} on the {'right' if left else 'left'}"
        + (", before the sign." if signed and not left else ".")
        + (" A negative value has a minus sign." if signed else " `value` is not negative.")
    ]
    draft.name = titled(
        choices, choices.pick("verb", ("format", "pad", "show")), choices.pick("noun", ("number", "decimal", "count"))
    )
    return draft.finish(
        lambda rng: [
            rng.choice((0, rng.randrange(10), rng.randrange(3000), rng.randrange(99999)))
            * (rng.choice((1, -1)) if signed else 1)
        ]
    )


def measuring(choices: Choices) -> Program:
    """How wide or long a message is: widths by a table, lines, words."""
    name = choices.pick("buffer", ("message", "data", "text"))
    end = choices.pick("end", (0xFF, 0xFB, 0x00))
    line = choices.pick("line", (0xF8, 0x0A, 0xFE))
    widths = [choices.number(f"width {index}", 3, 9) for index in range(8)]
    narrow, wide = choices.number("narrow", 2, 5), choices.number("wide", 6, 9)
    limit = choices.number("limit", 0x10, 0x60)
    how = choices.pick("how", ("table", "limit", "fixed"))
    gap = choices.pick("gap", (0, 0, 1))
    width = {"table": "widths[code & 7]", "limit": f"{narrow} if code < {hexa(limit)} else {wide}", "fixed": str(wide)}[
        how
    ]
    action = choices.pick("action", ("width", "widest", "lines", "break", "fits"))
    draft = Draft("", "message layout", parameters=[("vec[u8]", name)], returns="int")
    draft.rules = [
        {
            "table": f"A character's width is, for the low three bits of its code from 0 to 7: {', '.join(map(str, widths))}.",
            "limit": f"A character is {narrow} pixels wide if its code is below {hexa(limit)}, else {wide}.",
            "fixed": f"Every character is {wide} pixels wide.",
        }[how]
    ]
    if gap:
        draft.rules.append("Each character has one more pixel behind it, the last one too.")
        width = f"({width}) + 1" if "if" in width else f"{width} + 1"
    before = [f"widths: table[u8] = [{', '.join(map(str, widths))}]"] if how == "table" else []
    most = choices.number("most", 20, 50)
    if action == "width":
        draft.add(
            *before,
            "total: int = 0",
            f"for code in {name}:",
            f"    if code == {hexa(end)}:",
            "        break",
            f"    total += {width}",
            "return total",
        )
        draft.does = f"returns how many pixels wide the text in `{name}` is"
        draft.rules.append(f"It ends before the first {hexa(end)}, or with `{name}`.")
    elif action == "fits":
        draft.returns = "bool"
        draft.add(*before, "total: int = 0", f"for code in {name}:", f"    total += {width}", f"return total <= {most}")
        draft.does = f"tells whether the text in `{name}` is at most {most} pixels wide"
    elif action == "widest":
        draft.add(
            *before,
            "total: int = 0",
            "widest: int = 0",
            f"for code in {name}:",
            f"    if code == {hexa(line)}:",
            "        total = 0",
            "    else:",
            f"        total += {width}",
            "        widest = max(widest, total)",
            "return widest",
        )
        draft.does = f"returns the width of the widest line of the text in `{name}`, in pixels"
        draft.rules.append(f"{hexa(line)} starts a new line and has no width.")
    elif action == "lines":
        draft.add(
            *before,
            "total: int = 0",
            "lines: int = 1",
            f"for code in {name}:",
            f"    width: int = {width}",
            f"    if code == {hexa(line)} or total + width > {most}:",
            "        lines += 1",
            "        total = 0",
            f"    if code != {hexa(line)}:",
            "        total += width",
            "return lines",
        )
        draft.does = f"returns how many lines the text in `{name}` needs if a line has {most} pixels"
        draft.rules += [
            f"{hexa(line)} starts a new line and has no width. A character that does not fit goes to a new line. Empty text has one line."
        ]
    else:
        draft.returns = "vec[int]"
        draft.add(
            *before,
            "out: vec[int] = []",
            "total: int = 0",
            f"for i in range(len({name})):",
            f"    code: u8 = {name}[i]",
            f"    width: int = {width}",
            f"    if total + width > {most}:",
            "        out.append(i)",
            "        total = 0",
            "    total += width",
            "return out",
        )
        draft.does = f"breaks the text in `{name}` into lines of at most {most} pixels and returns where each line but the first begins"
        draft.rules.append("A line holds as many characters as fit.")
    draft.name = titled(
        choices,
        choices.pick("verb", ("measure", "text", "message")),
        {"width": "width", "fits": "fits", "widest": "widest line", "lines": "line count", "break": "breaks"}[action],
    )

    def arguments(rng: random.Random) -> list[Any]:
        data = [
            rng.choice((rng.randrange(0x80), rng.randrange(0x80), line, limit)) for _ in range(rng.randrange(0, 16))
        ]
        return [data + ([end, 5] if rng.random() < 0.4 and action == "width" else [])]

    return draft.finish(arguments)


TEXTS = (message, message, message, digits, digits, measuring, measuring)
