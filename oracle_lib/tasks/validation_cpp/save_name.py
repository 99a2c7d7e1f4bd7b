"""Reads or writes the player's name in a save slot, which is kept as places in a font of tall glyphs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "save files"

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def draw(rng: random.Random) -> Problem:
    length = rng.choice((4, 6, 6, 8))
    slot_size = rng.choice((0x500, 0x500, 0x400, 0x600))
    at = rng.randrange(0x20, 0x3E0)
    first = rng.choice((0, 0x10, rng.randrange(0x80)))
    blank = rng.choice((0xFF, 0xA9, rng.randrange(0xB0, 0x100)))
    other = rng.choice("?*-.")
    read, direct = rng.random() < 0.6, rng.random() < 0.4
    saved = (
        ("const std::vector<uint16_t>&" if read else "std::vector<uint16_t>&", "words")
        if direct
        else (BYTES if read else "std::vector<uint8_t>&", "sram")
    )
    slot = () if direct else (("int", "slot"),)
    function = (
        Function("std::vector<uint8_t>", rng.choice(("ReadName", "player_name", "LoadName")), (saved, *slot))
        if read
        else Function(
            "void", rng.choice(("WriteName", "set_player_name", "StoreName")), (saved, *slot, (BYTES, "name"))
        )
    )
    glyphs = {letter: first + number for number, letter in enumerate(LETTERS)} | {" ": blank}
    letters = {glyph: letter for letter, glyph in glyphs.items()}

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        slot, seed = rng.randrange(3), rng.getrandbits(32) | 1
        size = rng.choice((length, length - 2, 0, length + 3, 1))

        def stored(name: list[int]) -> list[Value]:
            words = [glyph // 16 * 32 + glyph % 16 for glyph in name]
            if direct:
                return [words]
            packed = b"".join(word.to_bytes(2, "little") for word in words)
            return [rom(3 * slot_size, {slot * slot_size + at: packed}, seed=seed), slot]

        if read:
            edges = first + len(LETTERS), (first - 1) % 256, blank
            some = [rng.choice((*edges, *rng.sample(sorted(letters), 4), rng.randrange(256))) for _ in range(length)]
            some[size:] = [blank] * max(length - size, 0)
            text = "".join(letters.get(glyph, other) for glyph in some)
            return stored(some), [text.rstrip(" ").encode()]
        text = "".join(rng.choice((rng.choice(LETTERS), rng.choice("aZ1[@z "))) for _ in range(size))
        after = stored([glyphs.get(letter, blank) for letter in f"{text:{length}}"[:length]])
        return [*stored([first] * length), text.encode()], after[:1]

    start, end, empty = hexadecimal(first), hexadecimal(first + len(LETTERS)), hexadecimal(blank)
    place = f"    size_t at = slot * {hexadecimal(slot_size)} + {hexadecimal(at)} + i * 2;\n"
    if read:
        reference = cpp(
            """
            @signature {
              std::vector<uint8_t> name;
              for (int i = 0; i < @length; ++i) {
            @word    int glyph = (word >> 1 & 0xF0) | (word & 0xF);
                if (@letter)
                  name.push_back('A' + glyph@first);
                else
                  name.push_back(glyph == @blank ? ' ' : '@other');
              }
              while (!name.empty() && name.back() == ' ') name.pop_back();
              return name;
            }
            """,
            signature=function.signature,
            length=length,
            word="    int word = words[i];\n" if direct else f"{place}    int word = sram[at] | sram[at + 1] << 8;\n",
            letter=f"glyph >= {start} && glyph < {end}" if first else f"glyph < {end}",
            first=f" - {start}" if first else "",
            blank=empty,
            other=other,
        )
    else:
        word = "(glyph & 0xF0) << 1 | (glyph & 0xF)"
        reference = cpp(
            """
            @signature {
              for (size_t i = 0; i < @length; ++i) {
                int glyph = @blank;
                if (i < name.size() && name[i] >= 'A' && name[i] <= 'Z') glyph = name[i] - 'A'@first;
            @store  }
            }
            """,
            signature=function.signature,
            length=length,
            blank=empty,
            first=f" + {start}" if first else "",
            store=f"    words[i] = {word};\n"
            if direct
            else f"    int word = {word};\n{place}    sram[at] = word & 0xFF;\n    sram[at + 1] = word >> 8;\n",
        )
    goal = (
        f"read the player's name, as ASCII codes, from {'the words' if direct else 'slot `slot`'} of a save file"
        if read
        else f"store `name`, given as ASCII codes, as the player's name in {'the words' if direct else 'slot `slot`'} of a save file"
    )
    source = (
        f"`words` are the {length} words of a name"
        if direct
        else f"slot n begins at n * {hexadecimal(slot_size)} in `sram`, and its name stands {hexadecimal(at)} bytes behind that: {length} words "
        "of 16 bits, low byte first"
    )
    font = f"A to Z are the glyphs {start} to {hexadecimal(first + 25)}, and a blank is glyph {empty}"
    bits = (
        "bits 0-3 of a word are bits 0-3 of the glyph's number (8 bits), its bits 5-8 are bits 4-7 of that number, and all other bits of the "
        "word are clear"
    )
    rule = (
        f"any other glyph becomes '{other}', and blanks at the end are cut off"
        if read
        else "any other character becomes a blank, a name that is too long is cut, and a shorter one is filled up with blanks"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function to {goal}. {source[0].upper()}{source[1:]}, each of which stands for a glyph: {bits}. {font}; {rule}.",
            f"Names in save files: {source}. Glyphs: {font}. Words: {bits}. Task: {goal}; {rule}.",
            f"How do I {goal}? The glyphs are two tiles high and 16 of them make a row of the font's sheet, so {bits}. {font}; {rule}. The "
            f"data: {source}.",
            f"My save editor has a text field for it, so I want to {goal}. The game keeps no text but a word for each letter ({source}). What "
            f"such a word means: {bits}. {font}; {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "read": int(read),
            "length": length,
            "slot_size": slot_size * (not direct),
            "at": at * (not direct),
            "first": first,
            "blank": blank,
            "other": other if read else "",
            "direct": int(direct),
        },
        explanation="Bit 4 of a word would choose the lower half of a glyph, so the number's upper four bits stand one place higher.",
    )
