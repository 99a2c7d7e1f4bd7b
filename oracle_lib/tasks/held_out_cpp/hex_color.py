"""Writes a 15-bit SNES colour as hexadecimal text, as in a web page, or reads it from there."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    parse = rng.random() < 0.5
    prefix = rng.choice(("#", "#", "", "0x", "$"))
    order = rng.choice(("RGB", "RGB", "BGR"))
    short = parse and rng.random() < 0.3
    strict = parse and rng.random() < 0.5
    capital = not parse and rng.random() < 0.5
    repeats = not parse and rng.random() < 0.5
    size = 1 if short else 2
    digits = len(prefix) + 3 * size
    if parse:
        returns = "std::optional<uint16_t>" if strict else "uint16_t"
        name = rng.choice(("ParseColor", "parse_hex_color", "ColorFromText"))
        function = Function(returns, name, (("const std::string&", "text"),))
    else:
        function = Function(
            "std::string", rng.choice(("ColorText", "to_hex_color", "FormatColor")), (("uint16_t", "color"),)
        )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        if not parse:
            color = rng.choice((rng.randrange(0x8000), 0x7FFF, 0x7C1F, 0x0010, 0x2A95))
            parts = [color >> shift & 31 for shift in (0, 5, 10)]
            wide = [part * 8 + (part // 4 if repeats else 0) for part in (parts if order == "RGB" else parts[::-1])]
            text = prefix + "".join(f"{part:02X}" if capital else f"{part:02x}" for part in wide)
            return [color], [text.encode()]
        letters = [rng.choice(("0123456789", "09afAF", "abcdef", "ABCDEF", "0123456789abcdefABCDEF")) for _ in range(3)]
        text = prefix + "".join(rng.choice(letter) for letter in letters for _ in range(size))
        if strict:
            place = rng.randrange(len(prefix), digits)
            wrong = (
                text[:place] + rng.choice("gG/:@` x-") + text[place + 1 :],
                text[:-1],
                text + "0",
                "!" + text[1:],
                "",
            )
            text = rng.choice((text, text, text, rng.choice(wrong), rng.choice(wrong)))
        body = text[len(prefix) :]
        if len(text) != digits or not text.startswith(prefix) or set(body) - set("0123456789abcdefABCDEF"):
            return [text.encode()], [None]
        wide = [int(body[at : at + size] * (2 // size), 16) // 8 for at in range(0, 3 * size, size)]
        red, green, blue = wide if order == "RGB" else wide[::-1]
        return [text.encode()], [red + green * 32 + blue * 1024]

    shifts = "0, 5, 10" if order == "RGB" else "10, 5, 0"
    if parse:
        refuse = "return std::nullopt;"
        starts = f'text.compare(0, {len(prefix)}, "{prefix}") != 0' if prefix else ""
        tests = " || ".join(filter(None, (f"text.size() != {digits}", starts)))
        lines = [f"if ({tests}) {refuse}"] if strict else []
        lines += [
            "int color = 0;",
            f"size_t at = {len(prefix)};",
            f"for (int shift : {{{shifts}}}) {{",
            "  int part = 0;",
        ]
        inner = [
            "char c = text[at++];",
            *([f"if (!std::isxdigit(c)) {refuse}"] if strict else []),
            "int digit = c <= '9' ? c - '0' : (c | 32) - 'a' + 10;",
        ]
        if short:
            lines += [f"  {line}" for line in inner] + ["  part = digit * 17;"]
        else:
            lines += [
                "  for (int i = 0; i < 2; ++i) {",
                *(f"    {line}" for line in inner),
                "    part = part * 16 + digit;",
                "  }",
            ]
        lines += ["  color |= part >> 3 << shift;", "}", "return color;"]
    else:
        lines = [
            f'const char* digits = "0123456789{"ABCDEF" if capital else "abcdef"}";',
            f'std::string text = "{prefix}";',
            f"for (int shift : {{{shifts}}}) {{",
            "  int part = color >> shift & 31;",
            f"  part = {'part << 3 | part >> 2' if repeats else 'part * 8'};",
            "  text += digits[part >> 4];",
            "  text += digits[part & 15];",
            "}",
            "return text;",
        ]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    call = f"{function.name}(std::string(bytes.begin(), bytes.end()))"
    main = (
        f"int main() {{\n  auto bytes = Reader<std::vector<uint8_t>>::read();\n  show({call});\n}}\n"
        if parse
        else f"int main() {{\n  std::string text = {function.name}(Reader<uint16_t>::read());\n"
        "  show(std::vector<uint8_t>(text.begin(), text.end()));\n}\n"
    )
    form = prefix + "".join(letter * size for letter in order)
    if parse:
        said = f"reads a colour from text of the form {form}, in hexadecimal, and returns it as BGR555"
        rule = "Each digit stands for two of it (F is FF). " if short else ""
        rule += "Digits may be capital or small. Of each component the upper five of its eight bits are kept"
        rule += ". Return std::nullopt for text of any other form" if strict else ". The text is always of that form"
    else:
        said = f"returns a BGR555 colour as text of the form {form}, in hexadecimal"
        rule = f"Use {'capital' if capital else 'small'} letters. Five bits become eight by "
        rule += "repeating the upper three below" if repeats else "multiplying by 8"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {rule}.",
            f"For my palette editor I need a function that {said}. {rule}.",
            f"A function that {said}. {rule}.",
            f"I exchange palettes with a drawing program as text. Write a function that {said}. {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "parse": int(parse),
            "prefix": prefix,
            "order": order,
            "short": int(short),
            "strict": int(strict),
            "capital": int(capital),
            "repeats": int(repeats),
        },
        explanation="In a BGR555 word red has the low five bits, then green, then blue.",
        main=main,
    )
