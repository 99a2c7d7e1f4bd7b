"""Machine code and sources: instruction lengths, register widths, operands as text, hooks, labels, source lines."""

import random
import re

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "patches"
_TEXT = "const std::string& text"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def immediate_length(rng: random.Random) -> Made:
    accumulator = [0x09, 0x29, 0x49, 0x69, 0x89, 0xA9, 0xC9, 0xE9]
    index = [0xA0, 0xA2, 0xC0, 0xE0]
    body = "switch (opcode) {\n" + "".join(
        f"  case {hexadecimal(one)}:" + ("\n" if (i + 1) % 4 == 0 else "") for i, one in enumerate(accumulator)
    )
    body = (
        body.rstrip("\n")
        + "\n    return flags & 0x20 ? 2 : 3;\n"
        + " ".join(
            f"  case {hexadecimal(one)}:".strip() if i else f"  case {hexadecimal(one)}:" for i, one in enumerate(index)
        )
        + "\n    return flags & 0x10 ? 2 : 3;\n  default:\n    return 0;\n}"
    )
    said_a, said_x = ", ".join(f"{one:02X}" for one in accumulator), ", ".join(f"{one:02X}" for one in index)

    def oracle(opcode: int, flags: int) -> int:
        bit = 5 if opcode in accumulator else 4 if opcode in index else None
        if bit is None:
            return 0
        return 3 - (flags >> bit & 1)

    shape = rng.choice(("length", "operand"))
    if shape == "operand":
        body = body.replace("? 2 : 3", "? 1 : 2")
    less = 1 if shape == "operand" else 0
    what = "how many bytes the operand has (1 or 2)" if less else "how many bytes the instruction has (2 or 3)"
    return Made(
        "int @f(uint8_t opcode, uint8_t flags)",
        body,
        lambda opcode, flags: max(0, oracle(opcode, flags) - less),
        lambda r: [
            r.choice((*accumulator, *index, r.randrange(256))),
            r.choice((0x30, 0x20, 0x10, 0, r.randrange(256))),
        ],
        (
            f"Write a function that tells of a 65816 instruction with an immediate operand that depends on the status flags {what}. Opcodes {said_a} (hexadecimal) are short if M (bit 5 of `flags`) is set, {said_x} if X (bit 4) is set; otherwise one byte longer. Any other opcode gives 0.",
            f"How do I handle variable-width immediates in a disassembler? {said_a} follow M (0x20), {said_x} follow X (0x10): flag set = 8 bits, clear = 16 bits. I need {what}; 0 for other opcodes.",
            f"op in {{{said_a}}}: flags & $20 ? {2 - less} : {3 - less}; op in {{{said_x}}}: flags & $10 ? {2 - less} : {3 - less}; else 0",
            f"My disassembler gets out of step at LDA #. Write the helper that knows {what} for the opcodes {said_a} (8 bits when status bit 5 is set) and {said_x} (8 bits when bit 4 is set); 0 says the width is fixed.",
        ),
    )


def follow_rep_sep(rng: random.Random) -> Made:
    start = rng.choice((0x30, 0x00, 0x20))
    body = f"uint8_t flags = {hexadecimal(start)};\nfor (size_t i = 0; i + 1 < code.size(); i += 2) {{\n  if (code[i] == 0xC2) flags &= ~code[i + 1];\n  if (code[i] == 0xE2) flags |= code[i + 1];\n}}\nreturn flags & 0x30;"
    mask = rng.choice((0x30, 0xFF, 0x20))
    body = body.replace(
        "return flags & 0x30;", "return flags;" if mask == 0xFF else f"return flags & {hexadecimal(mask)};"
    )

    def oracle(code: list[int]) -> int:
        held = {bit for bit in range(8) if start >> bit & 1}
        for opcode, operand in zip(code[::2], code[1::2], strict=False):
            bits = {bit for bit in range(8) if operand >> bit & 1}
            held = held - bits if opcode == 0xC2 else held | bits if opcode == 0xE2 else held
        return sum(1 << bit for bit in held) & mask

    def given(r: random.Random) -> list[object]:
        return [
            [
                byte
                for _ in range(r.randrange(0, 6))
                for byte in (r.choice((0xC2, 0xE2, 0xA5, 0xC2, 0xE2)), r.choice((0x20, 0x30, 0x10, r.randrange(256))))
            ]
        ]

    part = {
        0x30: "M and X, that is the flags AND 0x30",
        0xFF: "all eight flags",
        0x20: "M, that is the flags AND 0x20",
    }[mask]
    return Made(
        f"uint8_t @f({BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that follows the status flags through code which consists of two-byte instructions only. REP (0xC2) clears the flags whose bits are set in its operand, SEP (0xE2) sets them, all others change nothing. It begins with {hexadecimal(start)}; return {part}.",
            f"How do I track register widths through REP and SEP? `code` is a sequence of opcode and operand byte; C2 nn clears the bits nn, E2 nn sets them; the start value is {hexadecimal(start)}. Return {part}, after the last instruction.",
            f"p = {hexadecimal(start)}; for (op, n): C2: p &= ~n; E2: p |= n; return p{'' if mask == 0xFF else f' & {hexadecimal(mask)}'}",
            f"To show whether A is 8 or 16 bits I simulate flags over short snippets, two bytes per instruction. Only C2 (clear the given bits) and E2 (set them) matter. P is {hexadecimal(start)} on entry; I need {part}.",
        ),
    )


def format_operand(rng: random.Random) -> Made:
    modes = rng.sample(
        [
            ("immediate", "#$%02X"),
            ("direct", "$%02X"),
            ("indexed", "$%02X,X"),
            ("indirect", "($%02X)"),
            ("indirect long", "[$%02X]"),
            ("stack", "$%02X,S"),
            ("indirect indexed", "($%02X),Y"),
        ],
        4,
    )
    lines = "\n".join(f'case {i}: form = "{form}"; break;' for i, (_, form) in enumerate(modes))
    body = (
        "const char* form = nullptr;\nswitch (mode) {\n"
        + "\n".join(f"  {line}" for line in lines.splitlines())
        + '\n  default: return "";\n}\nchar text[16];\nstd::snprintf(text, sizeof text, form, value);\nreturn text;'
    )

    def oracle(mode: int, value: int) -> str:
        return modes[mode][1].replace("%02X", f"{value:02X}") if 0 <= mode < len(modes) else ""

    listed = ", ".join(f"{i} is {form.replace('%02X', '12')}" for i, (_, form) in enumerate(modes))
    return Made(
        "std::string @f(int mode, uint8_t value)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 2, 3, 3, 4, -1)), r.choice((0, 0x0A, 255, r.randrange(256)))],
        (
            f"Write a function that formats a one-byte operand by its addressing mode. For the value 0x12: {listed}. Two upper-case hex digits; other modes give an empty string.",
            f'How do I print operands in a disassembler? Mode numbers, shown with value $12: {listed}; unknown modes: "". Always two capital hex digits.',
            f'format[mode] with HH = value: {listed} (for $12); else ""',
            f"My disassembly view has its own mode numbers. With the operand 0x12 they read: {listed}. Write the text for any byte (two digits, upper case), and nothing for other modes.",
        ),
    )


def find_calls(rng: random.Random) -> Made:
    opcode, name, size = rng.choice(((0x20, "JSR", 3), (0x22, "JSL", 4), (0x4C, "JMP", 3), (0x5C, "JML", 4)))
    what = rng.choice(("targets", "places"))
    operand = "code[i + 1] | code[i + 2] << 8" + (" | code[i + 3] << 16" if size == 4 else "")
    item = operand if what == "targets" else "static_cast<uint32_t>(i)"
    unique = what == "targets" and rng.random() < 0.5
    finish = (
        "std::sort(found.begin(), found.end());\nfound.erase(std::unique(found.begin(), found.end()), found.end());\n"
        if unique
        else ""
    )
    body = f"std::vector<uint32_t> found;\nfor (size_t i = 0; i + {size} <= code.size(); ++i)\n  if (code[i] == {hexadecimal(opcode)}) found.push_back({item});\n{finish}return found;"

    def oracle(code: list[int]) -> list[int]:
        places = [i for i, byte in enumerate(code) if byte == opcode and i + size <= len(code)]
        if what == "places":
            return places
        targets = [int.from_bytes(bytes(code[i + 1 : i + size]), "little") for i in places]
        return sorted(set(targets)) if unique else targets

    def given(r: random.Random) -> list[bytes]:
        call = bytes([opcode]) + r.randbytes(size - 1)
        return [
            b"".join(
                r.choice((call, bytes([opcode]), r.randbytes(2), bytes([opcode]) + r.randbytes(size - 1)))
                for _ in range(r.randrange(0, 7))
            )
        ]

    result = (
        (
            "the addresses they call, ascending, each once"
            if unique
            else "the addresses they call, in order of their place"
        )
        if what == "targets"
        else "their offsets, ascending"
    )
    verb = "jump to" if "JM" in name else "call"
    result = result.replace("call", verb)
    return Made(
        f"std::vector<uint32_t> @f({BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for {name} instructions at every offset of `code` (byte {hexadecimal(opcode)}, then the address in {size - 1} bytes, low byte first) and returns {result}. One that is cut off by the end does not count; whether a byte really is an opcode is not checked.",
            f"How do I list possible {name}s in a block? Every byte {hexadecimal(opcode)} with {size - 1} more bytes behind it is one, also inside of others; the operand is little-endian. I want {result}.",
            f"for i: code[i] == {hexadecimal(opcode)} and i + {size} <= size -> {'operand (LE, ' + str(8 * (size - 1)) + ' bits)' if what == 'targets' else 'i'}{', sorted, unique' if unique else ''}",
            f"A rough cross-reference: take each {opcode:02X} byte for a {name} with {size - 1} operand bytes (little-endian), no matter what comes before, provided all its bytes are there. Return {result}.",
        ),
    )


def write_hook(rng: random.Random) -> Made:
    opcode, name, size = rng.choice(((0x22, "JSL", 4), (0x5C, "JML", 4), (0x20, "JSR", 3), (0x4C, "JMP", 3)))
    nop = 0xEA
    body = f"if (length < {size} || offset + length > rom.size()) return false;\nrom[offset] = {hexadecimal(opcode)};\nfor (int i = 0; i < {size - 1}; ++i) rom[offset + 1 + i] = target >> (8 * i) & 0xFF;\nfor (size_t i = {size}; i < length; ++i) rom[offset + i] = 0xEA;\nreturn true;"

    def oracle(rom: list[int], offset: int, length: int, target: int) -> bool:
        if length < size or offset + length > len(rom):
            return False
        code = [opcode, *(target % (1 << 8 * (size - 1))).to_bytes(size - 1, "little")]
        rom[offset : offset + length] = code + [nop] * (length - size)
        return True

    def given(r: random.Random) -> list[object]:
        total = r.randrange(6, 20)
        return [
            r.randbytes(total),
            r.randrange(total),
            r.choice((size, size - 1, size + 1, size + 3, size)),
            r.getrandbits(24),
        ]

    low = f"the lower {8 * (size - 1)} bits of `target`" if size == 3 else "`target` (24 bits)"
    return Made(
        f"bool @f({BUFFER} rom, size_t offset, size_t length, uint32_t target)",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces `length` bytes of code at `offset` by a {name}: the byte {hexadecimal(opcode)}, {low} low byte first, then NOPs (0xEA) for the rest. If `length` is below {size} or the bytes leave the ROM, change nothing and return false; otherwise true.",
            f"How do I put a {name} hook over existing instructions? They take `length` bytes; write {opcode:02X} and {low} (little-endian), fill up with EA. Fewer than {size} bytes, or a place beyond the end: false, ROM untouched.",
            f"rom[offset..offset+length) = {opcode:02X} <target, {size - 1} bytes LE> EA EA ...; false if length < {size} or out of range",
            f"My patcher overwrites whole instructions ({size} bytes at least) with a {name} to new code and pads with NOP, so that execution goes on cleanly. The address is {low}. Say false when there is not enough room or the ROM ends before, and leave it as it is.",
        ),
    )


def strip_comment(rng: random.Random) -> Made:
    mark = rng.choice((";", ";", "//"))
    quotes = rng.random() < 0.5
    trim = rng.random() < 0.7
    width = len(mark)
    test = f"text[i] == '{mark}'" if width == 1 else f'text.compare(i, 2, "{mark}") == 0'
    if quotes:
        body = f"bool quoted = false;\nsize_t end = text.size();\nfor (size_t i = 0; i < text.size(); ++i) {{\n  if (text[i] == '\"') quoted = !quoted;\n  if (!quoted && {test}) {{\n    end = i;\n    break;\n  }}\n}}\n"
    else:
        body = f'size_t end = std::min(text.find("{mark}"), text.size());\n'
    body += "while (end > 0 && text[end - 1] == ' ') --end;\n" if trim else ""
    body += "return text.substr(0, end);"

    def oracle(text: str) -> str:
        if quotes:
            found = re.match(rf'(?:"[^"]*"?|(?!{mark})[^"])*', text)
            assert found
            kept = found[0]
        else:
            kept = text.partition(mark)[0]
        return kept.rstrip(" ") if trim else kept

    def given(r: random.Random) -> list[str]:
        return [
            "".join(
                r.choice(("LDA", " ", "  ", "$12", mark, '"', "a/b", "db ", mark + " x"))
                for _ in range(r.randrange(0, 9))
            )
        ]

    strings = (
        f' A "{mark}" between double quotes is no comment; an unclosed quote goes on to the end of the line, and there are no escapes.'
        if quotes
        else ""
    )
    tail = " Spaces before it, or at the end of a line without comment, are removed too." if trim else " Spaces stay."
    return Made(
        f"std::string @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f'Write a function that removes the comment from a line of source code: everything from the first "{mark}" on.{strings}{tail}',
            f'How do I cut comments ("{mark}" to the end) from an assembler line?{strings}{tail}',
            f'line up to the first "{mark}"{" outside of quotes" if quotes else ""}.{strings}{tail}',
            f'The line counter of my project view needs lines without comments; they start with "{mark}".{strings}{tail}',
        ),
    )


def is_label(rng: random.Random) -> Made:
    dot = rng.random() < 0.5
    longest = rng.choice((0, 16, 32))
    start = "size_t i = text.size() > 1 && text[0] == '.' ? 1 : 0;" if dot else "size_t i = 0;"
    size = f" || text.size() > {longest}" if longest else ""
    body = f"{start}\nif (text.empty(){size}) return false;\nif (std::isdigit(static_cast<unsigned char>(text[i]))) return false;\nfor (; i < text.size(); ++i)\n  if (!std::isalnum(static_cast<unsigned char>(text[i])) && text[i] != '_') return false;\nreturn true;".replace(
        "size_t i = 0;\nif", "size_t i = 0;\nif"
    )

    def oracle(text: str) -> bool:
        pattern = r"\.?[A-Za-z_][A-Za-z0-9_]*" if dot else r"[A-Za-z_][A-Za-z0-9_]*"
        return re.fullmatch(pattern, text, re.ASCII) is not None and (not longest or len(text) <= longest)

    def given(r: random.Random) -> list[str]:
        text = "".join(r.choice("abZ_09") for _ in range(r.choice((0, 1, 3, 8, longest, longest + 1))))
        return [r.choice(("", "", ".")) + text + r.choice(("", "", "", "", "-", " ", "."))]

    local = ", optionally with one '.' in front (a local label)" if dot else ""
    limit = f", at most {longest} characters in all" if longest else ""
    return Made(
        f"bool @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that tells whether a text is a valid label: one or more ASCII letters, digits and underscores, the first no digit{local}{limit}.",
            f"How do I validate label names? [A-Za-z_][A-Za-z0-9_]*{local}{limit}; anything else, also an empty text, is wrong.",
            f"match {chr(92) + '.?' if dot else ''}[A-Za-z_][A-Za-z0-9_]*{limit}",
            f"The rename dialog accepts a label only if the assembler would: letters, digits, '_', not beginning with a digit, at least one character{local}{limit}. ASCII only.",
        ),
    )


def split_operands(rng: random.Random) -> Made:
    brackets = rng.random() < 0.5
    depth = (
        "if (letter == '(' || letter == '[') ++depth;\n  if (letter == ')' || letter == ']') --depth;\n  "
        if brackets
        else ""
    )
    test = "letter == ',' && depth == 0" if brackets else "letter == ','"
    body = f"std::vector<std::string> parts(1);\n{'int depth = 0;' if brackets else ''}\nfor (char letter : text) {{\n  {depth}if ({test}) parts.emplace_back();\n  else if (letter != ' ') parts.back() += letter;\n}}\nreturn parts;".replace(
        "\n\n", "\n"
    )

    def oracle(text: str) -> list[str]:
        packed = text.replace(" ", "")
        if not brackets:
            return packed.split(",")
        parts, level = [""], 0
        for one in packed:
            level += (one in "([") - (one in ")]")
            if one == "," and not level:
                parts.append("")
            else:
                parts[-1] += one
        return parts

    def given(r: random.Random) -> list[str]:
        return [
            r.choice((",", ", ", " ,")).join(
                r.choice(
                    ("$12", "($34,X)", "[$10]", "x", "", "(a, (b,c))") if brackets else ("$12", "X", "", "#1", "a b")
                )
                for _ in range(r.randrange(1, 5))
            )
        ]

    nested = (
        " Commas inside of round or square brackets, which are always balanced and may be nested, do not separate."
        if brackets
        else ""
    )
    return Made(
        f"std::vector<std::string> @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that splits operands at commas and removes all spaces.{nested} Empty parts are kept, so that an empty text gives one empty part.",
            f'How do I separate macro arguments? "a, b,c" becomes a / b / c; blanks vanish everywhere; two commas in a row mean an empty argument.{nested} Without a comma there is one part.',
            f"split(text without spaces, ','){' at depth 0' if brackets else ''}; n commas give n + 1 parts.{nested}",
            f"My macro expander gets the argument list as one string. Cut it at its commas, drop every space, keep empty arguments.{nested}",
        ),
    )


def count_cycles(rng: random.Random) -> Made:
    base = dict(
        rng.sample(
            [
                (0xEA, 2),
                (0x1A, 2),
                (0xAA, 2),
                (0x18, 2),
                (0x48, 3),
                (0xDA, 3),
                (0xEB, 3),
                (0x68, 4),
                (0x60, 6),
                (0x6B, 6),
            ],
            5,
        )
    )
    default = rng.choice((0, 2, -1))
    table = ", ".join(f"{{{hexadecimal(code)}, {cycles}}}" for code, cycles in base.items())
    missing = "return -1;" if default < 0 else f"total += {default};"
    if default == 0:
        body = f"static const std::map<uint8_t, int> cycles = {{{table}}};\nint total = 0;\nfor (uint8_t opcode : code)\n  if (auto it = cycles.find(opcode); it != cycles.end()) total += it->second;\nreturn total;"
    else:
        body = f"static const std::map<uint8_t, int> cycles = {{{table}}};\nint total = 0;\nfor (uint8_t opcode : code) {{\n  auto it = cycles.find(opcode);\n  if (it == cycles.end()) {missing}\n  else total += it->second;\n}}\nreturn total;"

    def oracle(code: list[int]) -> int:
        if default < 0 and set(code) - base.keys():
            return -1
        return sum(base.get(one, default) for one in code)

    listed = ", ".join(f"{code:02X} takes {cycles}" for code, cycles in base.items())
    rule = {0: "other bytes take none", 2: "any other byte takes 2", -1: "with any other byte the result is -1"}[
        default
    ]
    return Made(
        f"int @f({BYTES} code)",
        body,
        oracle,
        lambda r: [
            [
                r.choice(
                    (*base, *base, r.randrange(256) if r.random() < 0.3 else 0xEA if 0xEA in base else next(iter(base)))
                )
                for _ in range(r.randrange(0, 8))
            ]
        ],
        (
            f"Write a function that adds up the cycles of a row of one-byte instructions: {listed} (opcodes in hexadecimal); {rule}.",
            f"How do I estimate the time of a snippet without operands? Cycles by opcode: {listed}; {rule}. No code takes 0.",
            f"sum of cycles(op): {listed}; {rule}",
            f"A small profiler for my snippets, each byte an instruction: {listed} cycles; {rule}. Return the total.",
        ),
    )


def status_letters(rng: random.Random) -> Made:
    names = "nvmxdizc"
    style = rng.choice(("case", "dash"))
    body = {
        "case": 'std::string text = "nvmxdizc";\nfor (int i = 0; i < 8; ++i)\n  if (flags & 0x80 >> i) text[i] = std::toupper(text[i]);\nreturn text;',
        "dash": "std::string text = \"NVMXDIZC\";\nfor (int i = 0; i < 8; ++i)\n  if (!(flags & 0x80 >> i)) text[i] = '-';\nreturn text;",
    }[style]
    backwards = rng.random() < 0.4
    if backwards:
        body = body.replace("0x80 >> i", "0x80 >> i").replace(
            "return text;", "std::reverse(text.begin(), text.end());\nreturn text;"
        )

    def oracle(flags: int) -> str:
        marks = []
        for letter, bit in zip(names, f"{flags:08b}", strict=True):
            on = bit == "1"
            marks.append(letter.upper() if on else letter if style == "case" else "-")
        return "".join(marks[::-1] if backwards else marks)

    said = (
        "set flags as capitals, clear ones as small letters"
        if style == "case"
        else "set flags as their letter, clear ones as '-'"
    )
    order = "bit 0 first: C Z I D X M V N" if backwards else "bit 7 first: N V M X D I Z C"
    return Made(
        "std::string @f(uint8_t flags)",
        body,
        oracle,
        lambda r: [r.choice((0, 255, 0x30, r.randrange(256), r.randrange(256)))],
        (
            f"Write a function that shows the processor status as eight characters, {order}; {said}.",
            f"How do I print P the way debuggers do? {order[0].upper() + order[1:]}; {said}.",
            f"8 characters, {order}; {said}",
            f"The register window of my debugger has one line for the flags: {order}; {said}.",
        ),
    )


def guess_tables(rng: random.Random) -> Made:
    low, high = rng.choice(((0x80, 0xFF), (0x80, 0xBF), (0xC0, 0xFF)))
    least = rng.choice((2, 3, 4))
    body = cpp(
        """
        size_t best = 0, count = 0;
        for (size_t i = 0; i + 1 < data.size(); i += 2) {
          bool pointer = data[i + 1] >= @low@high;
          count = pointer ? count + 1 : 0;
          best = std::max(best, count);
        }
        return best >= @least ? static_cast<int>(best) : 0;
        """,
        low=hexadecimal(low),
        high=f" && data[i + 1] <= {hexadecimal(high)}" if high < 255 else "",
        least=least,
    )

    def oracle(data: list[int]) -> int:
        marks = "".join("p" if low <= one <= high else " " for one in data[1::2])
        longest = max(map(len, marks.split()), default=0)
        return longest if longest >= least else 0

    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        lambda r: [
            b"".join(
                bytes([r.randrange(256), r.choice((low, high, 0x90, r.randrange(256), low - 1))])
                for _ in range(r.randrange(0, 12))
            )
            + r.choice((b"", b"\x80"))
        ],
        (
            f"Write a function that looks for a pointer table: it returns how many little-endian words in a row, read from even offsets, have a high byte from {hexadecimal(low)} to {hexadecimal(high)} at most, that is the longest such row, or 0 if that is shorter than {least}. An odd byte at the end is ignored.",
            f"How do I guess whether data hold pointers? Words at offsets 0, 2, 4, ... whose upper byte is {hexadecimal(low)}..{hexadecimal(high)} look like pointers. Length of the longest unbroken row of them, 0 when it is below {least}.",
            f"longest run of words with {hexadecimal(low)} <= high byte <= {hexadecimal(high)}; < {least} -> 0; words are 2-aligned, LE",
            f"My analyser marks likely pointer tables: count the longest sequence of consecutive words (low byte first, aligned to 2) with the second byte between {hexadecimal(low)} and {hexadecimal(high)}. Fewer than {least} are chance, say 0. A lone last byte is no word.",
        ),
    )


RECIPES = (
    immediate_length,
    follow_rep_sep,
    format_operand,
    find_calls,
    write_hook,
    strip_comment,
    is_label,
    split_operands,
    count_cycles,
    status_letters,
    guess_tables,
)
