"""Expands message text whose codes above a limit stand for words of a dictionary, up to its end mark."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "compression"

LAYOUTS = {
    "marked": "the words follow each other in `words`, each with {stop} behind it",
    "counted": "the words follow each other in `words`, each behind a byte with its length",
    "pairs": "`words` holds two characters for each code",
}


def draw(rng: random.Random) -> Problem:
    layout = rng.choice(tuple(LAYOUTS))
    first = rng.choice((0x88, 0x80, 0xA0, rng.randrange(0x80, 0xE0)))
    end = rng.choice((0x7F, 0x7F, 0x00, rng.randrange(0x60, 0x80)))
    stop = rng.choice((0xFF, 0xFF, 0xFE)) if layout == "marked" else 0
    command = rng.choice((0, rng.randrange(0x40, 0x60)))
    drops = bool(command) and rng.random() < 0.5
    keeps_end = rng.random() < 0.3
    name = rng.choice(("ExpandMessage", "expand_text", "DecodeMessage", "unpack_dialogue"))
    function = Function("std::vector<uint8_t>", name, ((BYTES, "message"), (BYTES, "words")))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        words = [
            rng.randbytes(2 if layout == "pairs" else rng.choice((1, 2, rng.randrange(2, 6))))
            for _ in range(rng.randrange(6, 20))
        ]
        words = [bytes(value % 0x40 + (0 if rng.random() < 0.8 else 0x40) for value in word) for word in words]
        if layout == "counted":
            words[rng.randrange(6)] = b""
        message, expanded = bytearray(), bytearray()
        for _ in range(rng.choice((0, 4, rng.randrange(5, 30)))):
            code = rng.choice(("letter", "letter", "word", "first", "last", "command"))
            if code == "command" and command:
                message += (both := bytes([command, rng.choice((end, command, first, rng.randrange(256)))]))
                expanded += b"" if drops else both
            elif code in ("word", "first", "last"):
                number = {"word": rng.randrange(len(words)), "first": 0, "last": len(words) - 1}[code]
                message.append(first + number)
                expanded += words[number]
            else:
                letter = rng.choice((rng.randrange(first), first - 1, end + 1))
                letter = letter if letter not in (end, command) and letter < first else 0x20
                message.append(letter)
                expanded.append(letter)
        dictionary = {
            "marked": b"".join(word + bytes([stop]) for word in words),
            "counted": b"".join(bytes([len(word)]) + word for word in words),
            "pairs": b"".join(words),
        }[layout]
        expanded += bytes([end] * keeps_end)
        return [bytes(message) + bytes([end]) + rng.randbytes(rng.choice((0, 3))), dictionary], [bytes(expanded)]

    seek = {
        "marked": [
            "auto from = words.begin();",
            f"for (int left = message[i] - {hexadecimal(first)}; left > 0; --left)",
            f"  from = std::find(from, words.end(), {hexadecimal(stop)}) + 1;",
            f"text.insert(text.end(), from, std::find(from, words.end(), {hexadecimal(stop)}));",
        ],
        "counted": [
            "auto from = words.begin();",
            f"for (int left = message[i] - {hexadecimal(first)}; left > 0; --left) from += 1 + *from;",
            "text.insert(text.end(), from + 1, from + 1 + *from);",
        ],
        "pairs": [
            f"auto from = words.begin() + (message[i] - {hexadecimal(first)}) * 2;",
            "text.insert(text.end(), from, from + 2);",
        ],
    }[layout]
    skip = ["++i;  // and its argument"] if drops else ["text.push_back(message[i]);", "text.push_back(message[++i]);"]
    lines = [
        "std::vector<uint8_t> text;",
        f"for (size_t i = 0; message[i] != {hexadecimal(end)}; ++i) {{",
        f"  if (message[i] >= {hexadecimal(first)}) {{",
        *(f"    {line}" for line in seek),
        *(
            [f"  }} else if (message[i] == {hexadecimal(command)}) {{", *(f"    {line}" for line in skip)]
            if command
            else []
        ),
        "  } else {",
        "    text.push_back(message[i]);",
        "  }",
        "}",
        *([f"text.push_back({hexadecimal(end)});"] if keeps_end else []),
        "return text;",
    ]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    rule = (
        f"Codes from {hexadecimal(first)} on stand for the words of a dictionary, {hexadecimal(first)} for the first; "
    )
    rule += LAYOUTS[layout].format(stop=hexadecimal(stop))
    if command:
        rule += f". {hexadecimal(command)} is a command with one byte of argument, which may have any value; "
        rule += "leave both out" if drops else "copy both"
    rule += f". Other codes are copied, and {hexadecimal(end)} ends the message ({'copy it too' if keeps_end else 'it is not copied'})"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that expands the text of `message`. {rule}.",
            f"Dialogue in my game is compressed with a dictionary. Expand `message`. {rule}.",
            f"Dictionary text -> plain codes. {rule}.",
            f"For a text editor I need a function that expands a message. {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "layout": layout,
            "first": first,
            "end": end,
            "stop": stop,
            "command": command,
            "drops": int(drops),
            "keeps_end": int(keeps_end),
        },
        explanation="A code of the dictionary is replaced by its word; words have no codes of the dictionary in them.",
    )
