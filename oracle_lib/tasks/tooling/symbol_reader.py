"""A C++ function that reads a line of a symbol file: the address of its label, or none."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make

SUBJECT = "patch tools"
_FORMS = {
    "BB:AAAA name": ("two hexadecimal digits of bank, a colon, four of address, a space and the name", 0, True, ""),
    "$BBAAAA name": ("a dollar sign, six hexadecimal digits of address, a space and the name", 1, False, "$"),
    "BBAAAA=name": ("six hexadecimal digits of address, an equals sign and the name", 0, False, ""),
    "$BB:AAAA=name": ("a dollar sign, two hexadecimal digits of bank, a colon, four of address, an equals sign and "
                      "the name", 1, True, "$"),
}  # fmt: skip


def draw(rng: random.Random) -> Problem:
    form = rng.choice(sorted(_FORMS))
    said, start, colon, dollar = _FORMS[form]
    separator = "=" if "=" in form else " "
    missing = rng.choice(("-1", "nullopt"))
    result = rng.choice(("address", "offset", "bank"))
    name = rng.choice(("ReadSymbol", "ParseSymbolLine", "SymbolAddress", "parse_symbol"))
    function = Function("int" if missing == "-1" else "std::optional<int>", name, ((BYTES, "line"),))
    digits = [start + place + (1 if colon and place > 1 else 0) for place in range(6)]
    length = start + 6 + colon

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        bank, low = rng.randrange(0x40), rng.choice((0x8000, 0xFFFF, rng.randrange(0x8000, 0x10000)))
        text = f"{dollar}{bank:02X}{':' if colon else ''}{low:04X}{separator}Label_{rng.randrange(100)}"
        text = rng.choice((text, text, text.lower(), text.replace("Label", "Room")))
        spoilt = rng.choice((0, 0, 0, 1, 2, 3, 4))
        at = rng.choice(digits)
        if spoilt == 1:
            text = rng.choice(("", "[labels]", "; a comment", text[: length - 1], text[:length]))
        elif spoilt == 2:
            text = text[:at] + rng.choice("GgzZ@`/: ") + text[at + 1 :]
        elif spoilt == 3:
            text = text[:length] + rng.choice("-_x") + text[length + 1 :]
        elif spoilt == 4 and (start or colon):
            other = 0 if start else 2
            text = text[:other] + rng.choice("#.;") + text[other + 1 :]
        elif spoilt == 4:
            text = f"{text[:length]} {text[length + 1 :]}"
        value = {"address": bank << 16 | low, "offset": bank << 15 | low & 0x7FFF, "bank": bank}[result]
        return [list(text.encode())], [value if _sound(text) else -1 if missing == "-1" else None]

    def _sound(text: str) -> bool:
        marks = (not dollar or text[:1] == dollar) and (not colon or text[start + 2 : start + 3] == ":")
        hexes = all(text[place : place + 1] in set("0123456789ABCDEFabcdef") for place in digits)
        return marks and hexes and text[length : length + 1] == separator and len(text) > length + 1

    none = "-1" if missing == "-1" else "std::nullopt"
    tests = [f"line.size() < {length + 2}"]
    tests += [f"line[0] != '{dollar}'"] if dollar else []
    tests += [f"line[{start + 2}] != ':'"] if colon else []
    tests += [f"line[{length}] != '{separator}'"]
    returned = {
        "address": "value",
        "offset": "(value >> 16 << 15) | (value & 0x7FFF)",
        "bank": "value >> 16",
    }[result]
    reference = cpp(
        """
        @signature {
          if (@tests) return @none;
          int value = 0;
          for (size_t at : {@digits}) {
            uint8_t c = line[at];
            if (!std::isxdigit(c)) return @none;
            value = value << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
          }
          return @returned;
        }
        """,
        signature=function.signature,
        tests=" || ".join(tests),
        digits=", ".join(map(str, digits)),
        none=none,
        returned=returned,
    )
    wanted = {
        "address": "its 24-bit address",
        "offset": "the offset of its address in a LoROM file without a header, (bank << 15) | (address & 0x7FFF)",
        "bank": "the bank of its address",
    }[result]
    rule = (
        f"A line has {said}, which is not empty; digits may be of either case. Return {wanted}, and "
        f"{none} for any other line"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that reads a line of a symbol file, such as `{form}`. {rule}.",
            f"My debugger loads symbol files with lines like `{form}`. Parse one line. {rule}.",
            f"Parse `{form}`. {rule}.",
            f"The assembler writes a label per line as `{form}`; `line` holds the characters of one. {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={"form": form, "missing": missing, "result": result},
        explanation="Everything around the digits is checked first, so the loop only has to refuse what is no digit.",
    )
