"""65816 machine code in an editor: walks by length, branches and their reach, code that is blanked, built or searched."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


BRANCHES = {"BPL": 0x10, "BMI": 0x30, "BVC": 0x50, "BVS": 0x70, "BCC": 0x90, "BCS": 0xB0, "BNE": 0xD0, "BEQ": 0xF0}

# A few instructions, each with its opcode and its length.
SIMPLE = (
    ("NOP", 0xEA, 1), ("CLC", 0x18, 1), ("INX", 0xE8, 1), ("TAX", 0xAA, 1), ("PHA", 0x48, 1),
    ("LDA dp", 0xA5, 2), ("STA dp", 0x85, 2), ("BRA", 0x80, 2), ("BNE", 0xD0, 2), ("REP", 0xC2, 2),
    ("LDA abs", 0xAD, 3), ("STA abs", 0x8D, 3), ("JSR", 0x20, 3), ("JMP", 0x4C, 3),
    ("JSL", 0x22, 4), ("LDA long", 0xAF, 4), ("STA long", 0x8F, 4),
)  # fmt: skip


def _lengths(rng: random.Random) -> tuple[dict[int, int], str]:
    """Some known opcodes with their lengths, and how they are told."""
    chosen = [rng.choice([one for one in SIMPLE if one[2] == size]) for size in (1, 2, 3, 4)]
    chosen += rng.sample([one for one in SIMPLE if one not in chosen], rng.randrange(1, 3))
    chosen.sort(key=lambda one: (one[2], one[1]))
    return {code: size for _, code, size in chosen}, ", ".join(
        f"${code:02X} ({name}) {size}" for name, code, size in chosen
    )


def _program(r: random.Random, known: dict[int, int], most: int = 7) -> bytes:
    out = b""
    for _ in range(r.randrange(most)):
        code = r.choice(list(known))
        out += bytes([code, *(r.choice((code, 0x20, r.randrange(256))) for _ in range(known[code] - 1))])
    return out


def _length_cases(known: dict[int, int]) -> str:
    by_size = {size: [code for code, one in known.items() if one == size] for size in sorted(set(known.values()))}
    return "\n".join(
        "".join(f"case {hexadecimal(code)}: " for code in codes) + f"size = {size}; break;"
        for size, codes in by_size.items()
    )


def count_instructions(rng: random.Random) -> Made:
    known, said = _lengths(rng)
    wanted = rng.choice(("count", "starts"))
    body = cpp(
        """
        @head
        for (size_t at = 0; at < code.size();) {
          size_t size = 0;
          switch (code[at]) {
            @cases
          }
          if (size == 0 || at + size > code.size()) return @bad;
          @step
          at += size;
        }
        return result;
        """,
        head="int result = 0;" if wanted == "count" else "std::vector<int> result;",
        cases=_length_cases(known).replace("\n", "\n    "),
        bad="-1" if wanted == "count" else "{}",
        step="++result;" if wanted == "count" else "result.push_back(at);",
    )

    def oracle(code: list[int]) -> int | list[int]:
        starts, at = [], 0
        while at < len(code):
            size = known.get(code[at])
            if size is None or len(code[at : at + size]) < size:
                return -1 if wanted == "count" else []
            starts.append(at)
            at += size
        return len(starts) if wanted == "count" else starts

    def given(r: random.Random) -> list[bytes]:
        code = _program(r, known)
        return [r.choice((code, code, code[:-1], code + bytes([0x42])))]

    result = "the number of instructions" if wanted == "count" else "the offset of each instruction"
    bad = "-1" if wanted == "count" else "an empty vector"
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that walks through a piece of 65816 code and returns {result}. Only these opcodes occur in good code, with their lengths in bytes: {said}. Return {bad} if another opcode is met or the last instruction is cut off.",
            f"linear sweep, lengths by opcode: {said}; -> {result}; unknown opcode or truncated: {bad}",
            f"How do I step over instructions? I know {said} (bytes with the opcode). Give me {result} of `code`, and {bad} when I run into an opcode that isn't listed or an operand reaches past the end.",
            f"For a disassembly view of my patch: {result}. The patcher emits nothing but {said} (opcode, mnemonic, total length). Anything else, or an incomplete instruction at the end, makes it {bad}.",
        ),
    )


def whole_instructions_for_hook(rng: random.Random) -> Made:
    known, said = _lengths(rng)
    need = rng.choice((3, 4, 4, 5))
    pad = rng.random() < 0.5
    result = "size - @need" if pad else "size"
    body = cpp(
        """
        size_t size = 0;
        while (size < @need) {
          if (at + size >= code.size()) return -1;
          switch (code[at + size]) {
            @cases
            default: return -1;
          }
        }
        return at + size <= code.size() ? static_cast<int>(@result) : -1;
        """,
        need=need,
        cases=_length_cases(known).replace("size = ", "size += ").replace("\n", "\n    "),
        result=result.replace("@need", str(need)),
    )

    def oracle(code: list[int], at: int) -> int:
        taken = 0
        while taken < need:
            rest = code[at + taken :]
            if not rest or rest[0] not in known or known[rest[0]] > len(rest):
                return -1
            taken += known[rest[0]]
        return taken - need if pad else taken

    def given(r: random.Random) -> list[object]:
        code = _program(r, known) + r.choice((b"", b"", b"\x42")) + _program(r, known, 3)
        return [code, r.choice((0, 0, r.randrange(len(code) + 1)))]

    wanted = f"how many NOPs must follow the {need} bytes of the hook" if pad else "how many bytes of code it replaces"
    return Made(
        f"int @f({BYTES} code, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that plans a hook of {need} bytes at offset `at` of some 65816 code. Only whole instructions may be replaced: take them from `at` on until they have {need} bytes or more, and return {wanted}. Lengths: {said}. Return -1 for any other opcode among them, or if the code ends too early.",
            f"hook of {need} bytes over whole instructions at `at`: {wanted}? Lengths {said}; otherwise -1, as when code runs out",
            f"How many instructions have to go for my {need}-byte jump? I place it at code[at], and what it overwrites must be complete. I'd like to know {wanted}. Known: {said} (bytes). -1 where an unknown opcode or the end of `code` comes first.",
            f"A hijack at `at` takes {need} bytes. Going by these sizes ({said}), find the smallest run of complete instructions from there that covers it: {wanted}? If it cannot be told because an opcode is not in the list, or the last instruction is not complete in `code`, say -1.",
        ),
    )


def branch_target(rng: random.Random) -> Made:
    wide = rng.random() < 0.4
    size = 3 if wide else 2
    code = 0x82 if wide else rng.choice(list(BRANCHES.values()))
    name = "BRL" if wide else next(one for one, value in BRANCHES.items() if value == code)
    step = "static_cast<int16_t>(bank[at + 1] | bank[at + 2] << 8)" if wide else "static_cast<int8_t>(bank[at + 1])"
    body = f"if (at + {size} > bank.size() || bank[at] != {hexadecimal(code)}) return -1;\nreturn (0x8000 + at + {size} + {step}) & 0xFFFF;"

    def oracle(bank: list[int], at: int) -> int:
        part = bank[at : at + size]
        if len(part) < size or part[0] != code:
            return -1
        return (0x8000 + at + size + int.from_bytes(bytes(part[1:]), "little", signed=True)) % 65536

    def given(r: random.Random) -> list[object]:
        data = bytearray(r.randbytes(r.randrange(4, 20)))
        at = r.randrange(len(data))
        if r.random() < 0.8:
            data[at] = code
        if at + 1 < len(data):
            data[at + 1] = r.choice((0, 0x7F, 0x80, 0xFE, r.randrange(256)))
        return [bytes(data), at]

    operand = "16-bit little-endian" if wide else "8-bit"
    return Made(
        f"int @f({BYTES} bank, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the 16-bit address to which the {name} at index `at` of a bank goes: opcode 0x{code:02X}, then a signed {operand} distance that counts from the next instruction. bank[0] is at $8000, addresses wrap at 16 bits. If there is no complete {name}, return -1.",
            f"target of {name} (${code:02X}) at bank[at], bank starts at $8000; -1 if it's another opcode or cut off",
            f"Where does this branch lead? At `at` there should be a {name}, byte ${code:02X}, followed by its {operand} displacement. bank[i] belongs to address $8000 + i. Answer modulo 65536, or -1 (no {name} there, or not all of its {size} bytes).",
            f"My viewer draws arrows for branches. Given the upper half of a LoROM bank and the place of a {name} in it, compute its destination as an address in the bank (mod $10000). No arrow, so -1, if the byte isn't ${code:02X} or the operand is missing.",
        ),
    )


def branch_sources(rng: random.Random) -> Made:
    kinds = rng.choice(("all", "conditional"))
    test = "(code[at] & 0x1F) == 0x10" + (" || code[at] == 0x80" if kinds == "all" else "")
    body = cpp(
        """
        std::vector<int> found;
        for (int at = 0; at + 2 <= static_cast<int>(code.size()); ++at) {
          if (!(@test)) continue;
          if (at + 2 + static_cast<int8_t>(code[at + 1]) == target) found.push_back(at);
        }
        return found;
        """,
        test=test,
    )

    def oracle(code: list[int], target: int) -> list[int]:
        wanted = set(BRANCHES.values()) | ({0x80} if kinds == "all" else set())
        return [
            i
            for i in range(len(code) - 1)
            if code[i] in wanted and (target - i - 2) in range(-128, 128) and code[i + 1] == (target - i - 2) % 256
        ]

    def given(r: random.Random) -> list[object]:
        size = r.randrange(2, 24)
        target = r.randrange(size + 1)
        code = bytearray(r.randbytes(size))
        for _ in range(r.randrange(5)):
            at = r.randrange(size - 1)
            code[at : at + 2] = bytes([r.choice((*BRANCHES.values(), 0x80, 0x80)), (target - at - 2) % 256])
        return [bytes(code), target]

    listed = ", ".join(f"{name} ${value:02X}" for name, value in BRANCHES.items()) + (
        ", BRA $80" if kinds == "all" else ""
    )
    said = "a short branch (BRA included)" if kinds == "all" else "a conditional branch (not BRA)"
    return Made(
        f"std::vector<int> @f({BYTES} code, int target)",
        body,
        oracle,
        given,
        (
            f"Write a function that lists, ascending, all offsets of `code` at which the two bytes of {said} to offset `target` stand, whether or not an instruction starts there. Opcodes: {listed}. The second byte is the signed distance from the byte behind the branch.",
            f"xrefs to code[target] by {said}, found at any byte; {listed}",
            f"Who jumps here? Search every offset of `code` for {said} whose destination is index `target`. ({listed}; operand = signed byte, relative to the end of the two bytes.) Ascending list.",
            f"Before I move the code at `target` I need everything that may branch to it: offsets where a byte is one of {listed} and the following byte, as a signed displacement from offset + 2, gives `target`. A false hit in data does no harm.",
        ),
    )


def branch_after_insert(rng: random.Random) -> Made:
    at_point = rng.choice(("moves", "stays"))
    sign = ">=" if at_point == "moves" else ">"
    body = cpp(
        """
        const int target = at + 2 + distance;
        const int source = at + 2 + (at >= point ? count : 0);
        const int moved = target + (target @sign point ? count : 0) - source;
        if (moved < -128 || moved > 127) return std::nullopt;
        return moved;
        """,
        sign=sign,
    )

    def oracle(at: int, distance: int, point: int, count: int) -> int | None:
        def moved(place: int, over: bool) -> int:
            return place + count if place > point or (place == point and over) else place

        start = moved(at, True) + 2
        end = moved(at + 2 + distance, at_point == "moves")
        return end - start if end - start in range(-128, 128) else None

    def given(r: random.Random) -> list[int]:
        at, distance = r.randrange(130, 400), r.choice((127, -128, 0, 100, -100, r.randrange(-128, 128)))
        point = r.choice((at, at + 2, at + 2 + distance, at + 3 + distance, r.randrange(600)))
        if point == at + 1:
            point = at
        return [at, distance, point, r.choice((1, 2, 27, 28, r.randrange(1, 60)))]

    rule = (
        "what was at `point` comes to lie behind the new bytes, and branches to it follow it"
        if at_point == "moves"
        else "what was at `point` comes to lie behind the new bytes, but a branch to exactly `point` shall run the new bytes and so keeps pointing at them"
    )
    return Made(
        "std::optional<int> @f(int at, int distance, int point, int count)",
        body,
        oracle,
        given,
        (
            f"Write a function that corrects a two-byte relative branch when `count` bytes are inserted at offset `point` of the code. The branch is at `at` and its signed operand is `distance`, counted from at + 2. On insertion {rule}. Return the new operand, or an empty optional where it no longer fits into -128 to 127. `point` is never at + 1.",
            f"short branch at `at` (operand `distance`), insert `count` bytes at `point`: new operand or nullopt if out of -128..127; {rule}; point != at + 1",
            f"How do I keep branches right when my editor inserts code? {rule[0].upper() + rule[1:]}. Branch at `at`, two bytes, displacement `distance` from its end; a branch at or behind `point` moves itself, of course. If the new displacement is no signed byte, there is none. (The insertion is never between opcode and operand.)",
            f"Insertion fix-up for one BNE or the like: old code offsets `at` (of its opcode) and `point`; {rule}. The result is the new signed 8-bit displacement; none if it overflows. Nobody inserts at at + 1.",
        ),
    )


def long_branch_bytes(rng: random.Random) -> Made:
    brl = rng.random() < 0.5
    mnemonic, code = ("BRL", 0x82) if brl else ("JMP", 0x4C)
    value = "(target - (at + 5)) & 0xFFFF" if brl else "target"
    body = cpp(
        """
        const int distance = target - (at + 2);
        if (distance >= -128 && distance <= 127) return {opcode, static_cast<uint8_t>(distance)};
        const int operand = @value;
        return {static_cast<uint8_t>(opcode ^ 0x20), 3, @code, static_cast<uint8_t>(operand), static_cast<uint8_t>(operand >> 8)};
        """,
        value=value,
        code=hexadecimal(code),
    )

    def oracle(opcode: int, at: int, target: int) -> list[int]:
        step = target - at - 2
        if step in range(-128, 128):
            return [opcode, step % 256]
        names = {value: name for name, value in BRANCHES.items()}
        opposite = {"BPL": "BMI", "BVC": "BVS", "BCC": "BCS", "BNE": "BEQ"}
        opposite |= {b: a for a, b in opposite.items()}
        operand = (step - 3) % 65536 if brl else target
        return [BRANCHES[opposite[names[opcode]]], 3, code, operand % 256, operand // 256]

    def given(r: random.Random) -> list[int]:
        at = r.randrange(0x8100, 0xFF00)
        return [
            r.choice(list(BRANCHES.values())),
            at,
            r.choice(
                (at + 129, at + 130, at - 126, at - 127, r.randrange(0x8000, 0xFFFF), at + r.randrange(-120, 120))
            ),
        ]

    what = (
        "BRL (0x82, distance from its own end as a little-endian word)"
        if brl
        else "JMP (0x4C, the target as a little-endian word)"
    )
    return Made(
        "std::vector<uint8_t> @f(uint8_t opcode, uint16_t at, uint16_t target)",
        body,
        oracle,
        given,
        (
            f"Write a function that assembles a conditional branch of any reach. `opcode` is one of BPL, BMI, BVC, BVS, BCC, BCS, BNE, BEQ (0x10, 0x30 up to 0xF0), it stands at `at`. If `target` can be reached with a signed byte counted from at + 2, return those two bytes. Otherwise return the opposite branch (opcode XOR 0x20) over three bytes, followed by a {what}.",
            f"branch or, out of range, inverted branch +3 and {mnemonic} to target; bytes for `opcode` at `at`. The jump is {what}",
            f"How does an assembler lengthen Bcc? In range (-128..127 from the next instruction): opcode and displacement. Out of range: the branch with the opposite condition, displacement 3, then {what}. Conditions differ from their opposites in bit 5. No wrap around the bank.",
            f"My patcher inserts conditional jumps to far places in the same bank. Where a plain branch reaches, it is one; else flip bit 5 of the opcode, skip 3, and put a {what} behind it. Addresses are 16-bit, a distance is just their difference.",
        ),
    )


def blank_code(rng: random.Random) -> Made:
    limit = rng.choice((3, 4, 6, 8))
    jump = rng.random() < 0.6
    lines = ["std::fill(code.begin() + from, code.begin() + to, 0xEA);"]
    if jump:
        lines += [
            f"if (to - from >= {limit} && to - from <= 129) {{",
            "  code[from] = 0x80;",
            "  code[from + 1] = to - from - 2;",
            "}",
        ]
    body = "if (from > to || to > code.size()) return false;\n" + "\n".join(lines) + "\nreturn true;"

    def oracle(code: list[int], start: int, end: int) -> bool:
        if not start <= end <= len(code):
            return False
        count = end - start
        code[start:end] = (
            [0x80, count - 2] + [0xEA] * (count - 2) if jump and count in range(limit, 130) else [0xEA] * count
        )
        return True

    def given(r: random.Random) -> list[object]:
        size = r.choice((10, 20, 140))
        start = r.randrange(8)
        end = r.choice(
            (start, start + 2, start + limit - 1, start + limit, start + 129, start + 130, r.randrange(size + 2))
        )
        return [r.randbytes(size), start, min(end, size + 1)]

    how = (
        f"; but from {limit} bytes on, and up to 129, it starts with a BRA (0x80 and the distance from its end) to the first byte behind the range, and only the rest is NOPs"
        if jump
        else ""
    )
    return Made(
        f"bool @f({BUFFER} code, size_t from, size_t to)",
        body,
        oracle,
        given,
        (
            f"Write a function that disables the code from offset `from` up to, not including, `to`: it is overwritten with NOPs (0xEA){how}. If the range is reversed or leaves `code`, change nothing and return false, otherwise true.",
            f"NOP out code[from..to){how}. Bad range: false and untouched. Else true.",
            f"How do I cut instructions out of a routine without moving anything? Fill [from, to) with $EA{how}. An empty range is fine. from > to or to beyond the end: leave everything and tell me false.",
            f'My "disable" button kills the selected bytes of code, `from` inclusive, `to` exclusive. They turn into EA{how}. It reports false, having done nothing, for a selection that isn\'t inside the buffer or is the wrong way round.',
        ),
    )


def stores_to(rng: random.Random) -> Made:
    long = rng.random() < 0.4
    codes = (
        rng.sample([("STA", 0x8F)], 1)
        if long
        else rng.sample([("STA", 0x8D), ("STX", 0x8E), ("STY", 0x8C), ("STZ", 0x9C)], rng.randrange(1, 4))
    )
    size = 4 if long else 3
    test = " || ".join(f"code[i] == {hexadecimal(one)}" for _, one in codes)
    test = f"({test})" if len(codes) > 1 else test
    parts = [f"code[i + {n}] == (address{f' >> {8 * n - 8}' if n > 1 else ''} & 0xFF)" for n in range(1, size)]
    last = rng.random() < 0.5
    body = f"int found = {'-1' if last else '0'};\nfor (size_t i = 0; i + {size} <= code.size(); ++i)\n  if ({test} && {' && '.join(parts)}) {'found = i' if last else '++found'};\nreturn found;"

    def oracle(code: list[int], address: int) -> int:
        raw = address.to_bytes(size - 1, "little")
        image = bytes(code)
        hits = [i for i in range(len(image)) for _, one in codes if image.startswith(bytes([one]) + raw, i)]
        return max(hits, default=-1) if last else len(hits)

    def given(r: random.Random) -> list[object]:
        address = (
            r.choice((0x7EF36D, 0x7E0010, 0x2100)) if long else r.choice((0x2100, 0x0010, 0x4200, r.randrange(65536)))
        )
        raw = address.to_bytes(size - 1, "little")
        pieces = [
            r.choice(
                (
                    bytes([r.choice(codes)[1]]) + raw,
                    bytes([r.choice(codes)[1]]) + raw,
                    bytes([0xAD]) + raw,
                    r.randbytes(2),
                    bytes([codes[0][1]]),
                )
            )
            for _ in range(r.randrange(6))
        ]
        return [b"".join(pieces) + r.choice((b"", bytes([codes[0][1]]) + raw[:-1])), address]

    listed = ", ".join(f"{name} ${one:02X}" for name, one in codes)
    wanted = "the offset of the last such place, or -1" if last else "how many such places there are"
    mode = "24-bit" if long else "16-bit"
    return Made(
        f"int @f({BYTES} code, uint32_t address)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for stores to a variable: places where a byte is one of {listed} and the following {size - 1} bytes are the {mode} `address`, low byte first. Every offset counts, whether it starts an instruction or not. Return {wanted}.",
            f"who writes {mode} `address`? opcodes {listed}, operand little-endian, any offset; -> {wanted}",
            f"How do I find the code that changes this RAM address? Search all of `code` for {listed} with `address` as its {size - 1}-byte operand. I want {wanted}.",
            f"Cross references for my RAM map: an absolute{' long' if long else ''} store is {listed} plus {size - 1} address bytes. Report {wanted} with `address`; alignment to instructions needn't be checked.",
        ),
    )


def block_move_code(rng: random.Random) -> Made:
    down = rng.random() < 0.4
    rep = rng.random() < 0.5
    code = 0x44 if down else 0x54
    name = "MVP" if down else "MVN"
    plus = " + count - 1" if down else ""
    first = "0xC2, 0x30, " if rep else ""
    body = cpp(
        """
        std::vector<uint8_t> out{@first0xA2, 0, 0, 0xA0, 0, 0, 0xA9, 0, 0, @code, static_cast<uint8_t>(to >> 16), static_cast<uint8_t>(from >> 16)};
        const uint32_t words[] = {from@plus, to@plus, count - 1};
        for (int i = 0; i < 3; ++i) {
          out[@at + 3 * i] = words[i] & 0xFF;
          out[@at + 3 * i + 1] = words[i] >> 8 & 0xFF;
        }
        return out;
        """.replace("@first0", "@{first}0"),
        first=first,
        code=hexadecimal(code),
        plus=plus,
        at=1 + 2 * rep,
    )

    def oracle(source: int, target: int, count: int) -> list[int]:
        def word(value: int) -> list[int]:
            return list((value & 0xFFFF).to_bytes(2, "little"))

        extra = count - 1 if down else 0
        start = [0xC2, 0x30] if rep else []
        return [
            *start,
            0xA2,
            *word(source + extra),
            0xA0,
            *word(target + extra),
            0xA9,
            *word(count - 1),
            code,
            target >> 16,
            source >> 16,
        ]

    def given(r: random.Random) -> list[int]:
        count = r.choice((1, 2, 0x100, 0x800, r.randrange(1, 0x1000)))
        return [
            r.choice((0x08, 0x7E, 0x1B)) << 16 | r.randrange(0x8000, 0xE000),
            0x7E0000 | r.choice((0x2000, 0x0300, r.randrange(0xE000))),
            count,
        ]

    begin = "REP #$30 (C2 30), then " if rep else ""
    ends = "the last byte of each block (address + count - 1)" if down else "the first byte of each block"
    return Made(
        "std::vector<uint8_t> @f(uint32_t from, uint32_t to, uint32_t count)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the machine code of a block move of `count` bytes (1 or more) between two 24-bit addresses: {begin}LDX #source (A2), LDY #destination (A0), LDA #count - 1 (A9), each with a little-endian 16-bit operand, and {name} ({code:02X}) with the destination bank first and the source bank second. X and Y get {ends}. No block crosses its bank's end.",
            f"emit {begin}LDX/LDY/LDA #imm16, {name} dst, src. X = source, Y = destination ({ends}), A = count - 1. Opcodes A2, A0, A9, {code:02X}",
            f"How do I generate an {name}? Bytes wanted: {begin}A2 and the 16-bit source, A0 and the 16-bit destination (in both cases {ends}), A9 and count - 1, {code:02X}, bank of `to`, bank of `from`. Words are low byte first; blocks stay within a bank.",
            f"My code generator copies tables with {name}. In order: {begin}load X with the source, Y with the destination ({ends}), the accumulator with the count minus one (opcodes A2, A0, A9, all 16 bits), and the move itself: {code:02X}, destination bank, source bank.",
        ),
    )


def call_to_long(rng: random.Random) -> Made:
    bank = rng.choice((0x00, 0x02, 0x0D, 0x20, 0x80))
    jump = rng.random() < 0.5
    pairs = [(0x20, 0x22, "JSR", "JSL")] + ([(0x4C, 0x5C, "JMP", "JML")] if jump else [])
    listed = " and ".join(f"{a} (${x:02X}) becomes {b} (${y:02X})" for x, y, a, b in pairs)
    tests = "code[at] == 0x20" + (" || code[at] == 0x4C" if jump else "")
    new = "code[at] == 0x20 ? 0x22 : 0x5C" if jump else "0x22"
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t at = 0;
        for (uint8_t size : sizes) {
          if (@tests) {
            out.push_back(@new);
            out.insert(out.end(), {code[at + 1], code[at + 2], @bank});
          } else {
            out.insert(out.end(), code.begin() + at, code.begin() + at + size);
          }
          at += size;
        }
        return out;
        """,
        tests=tests,
        new=new,
        bank=hexadecimal(bank),
    )

    def oracle(code: list[int], sizes: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(code)
        for size in sizes:
            one, rest = rest[:size], rest[size:]
            swap = {x: y for x, y, _, _ in pairs}
            out += [swap[one[0]], *one[1:], bank] if one[0] in swap else one
        return out

    def given(r: random.Random) -> list[object]:
        picked = [
            r.choice((*SIMPLE, ("JSR", 0x20, 3), ("JMP", 0x4C, 3), ("JSR", 0x20, 3))) for _ in range(r.randrange(7))
        ]
        return [
            b"".join(
                bytes([c]) + bytes(r.choice((0x20, 0x4C, r.randrange(256))) for _ in range(n - 1)) for _, c, n in picked
            ),
            bytes(n for _, _, n in picked),
        ]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} code, {BYTES} sizes)",
        body,
        oracle,
        given,
        (
            f"Write a function that prepares a routine for another bank: in its machine code {listed}, with bank 0x{bank:02X} added as third operand byte; all other instructions are copied. `sizes` has the length of each instruction in order, together all of `code`. Return the new code.",
            f"{listed}, bank ${bank:02X} appended; the rest verbatim. Instruction lengths are in `sizes`.",
            f"How do I make near calls long? {listed}; its 16-bit address stays, and ${bank:02X} follows as the bank. My disassembler gives the instruction lengths as `sizes`, so bytes inside operands are not to be mistaken for opcodes. I don't care about branches that become wrong.",
            f"Code that moves out of bank ${bank:02X} must call back into it: {listed} (and grows by the byte ${bank:02X}). Instruction i has sizes[i] bytes. What other instructions there are stays as it is, branch distances too.",
        ),
    )


def follow_jumps(rng: random.Random) -> Made:
    most = rng.choice((4, 8, 16))
    bra = rng.random() < 0.5
    extra = (
        "\n  else if (bank[at] == 0x80 && at + 2 <= bank.size()) address = (address + 2 + static_cast<int8_t>(bank[at + 1])) & 0xFFFF;"
        if bra
        else ""
    )
    body = cpp(
        """
        for (int i = 0; i < @most; ++i) {
          const size_t at = address - 0x8000;
          if (address < 0x8000 || at >= bank.size()) return address;
          if (bank[at] == 0x4C && at + 3 <= bank.size()) address = bank[at + 1] | bank[at + 2] << 8;@extra
          else return address;
        }
        return -1;
        """,
        most=most,
        extra=extra,
    )

    def oracle(bank: list[int], address: int) -> int:
        for _ in range(most):
            if address < 0x8000:
                return address
            part = bank[address - 0x8000 :][:3]
            if part[:1] == [0x4C] and len(part) == 3:
                address = part[1] + part[2] * 256
            elif bra and part[:1] == [0x80] and len(part) > 1:
                address = (address + 2 + part[1] - 256 * (part[1] > 127)) % 65536
            else:
                return address
        return -1

    def given(r: random.Random) -> list[object]:
        size = r.randrange(6, 40)
        bank = bytearray(r.choice((0xEA, 0xA9, 0x60)) for _ in range(size))
        for at in range(r.randrange(3), size - 3, r.choice((3, 4, 5))):
            if bra and r.random() < 0.4:
                bank[at : at + 2] = bytes([0x80, (r.randrange(size) - at - 2) % 256])
            elif r.random() < 0.85:
                bank[at : at + 3] = bytes(
                    [0x4C, *(0x8000 + r.choice((0, 3, 4, 5, r.randrange(size)))).to_bytes(2, "little")]
                )
        return [bytes(bank), 0x8000 + r.randrange(size)]

    kinds = "JMP (0x4C and a little-endian address)" + (
        " or BRA (0x80 and a signed distance from its end)" if bra else ""
    )
    return Made(
        f"int @f({BYTES} bank, int address)",
        body,
        oracle,
        given,
        (
            f"Write a function that follows trampolines: as long as there is a complete {kinds} at `address`, go to where it leads. Return the first address that holds no such jump; one outside of `bank`, whose first byte is at $8000, is returned as it is. After {most} jumps, if that took as many, give up and return -1.",
            f"resolve jump chains ({kinds}); bank[0] = $8000; outside the bank: stop there; -1 once {most} jumps were made",
            f"Where does code at `address` really begin? The hack's entry points are just {kinds}, sometimes several in a row. bank[i] is address $8000 + i, and what is not in `bank` counts as the goal. Loops: when {most} jumps have been followed the answer is -1.",
            f"Skip all jumps to jumps. From `address` on, each {kinds} is followed, no more than {most} times: having taken the {most}th the result is -1. Otherwise it is the address where anything else stands, an incomplete jump or the outside of `bank` ($8000 up) included.",
        ),
    )


def saves_balanced(rng: random.Random) -> Made:
    stack = rng.sample(
        [("A", 0x48, 0x68), ("X", 0xDA, 0xFA), ("Y", 0x5A, 0x7A), ("P", 0x08, 0x28), ("B", 0x8B, 0xAB)],
        rng.randrange(2, 5),
    )
    names = ", ".join(f"PH{n} ${a:02X}" for n, a, _ in stack) + "; " + ", ".join(f"PL{n} ${b:02X}" for n, _, b in stack)
    cases = "\n".join(
        f"case {hexadecimal(a)}: stack.push_back('{n}'); break;\ncase {hexadecimal(b)}:\n  if (stack.empty() || stack.back() != '{n}') return i;\n  stack.pop_back();\n  break;"
        for n, a, b in stack
    ).replace("\n", "\n      ")
    body = cpp(
        """
        std::string stack;
        for (size_t i = 0; i < code.size(); ++i) {
          switch (code[i]) {
            @cases
          }
        }
        return stack.empty() ? -1 : static_cast<int>(code.size());
        """,
        cases=cases.replace("\n      ", "\n    "),
    )

    def oracle(code: list[int]) -> int:
        pushes = {a: n for n, a, _ in stack}
        pulls = {b: n for n, _, b in stack}
        held: list[str] = []
        for i, one in enumerate(code):
            if one in pushes:
                held.append(pushes[one])
            elif one in pulls and (not held or held.pop() != pulls[one]):
                return i
        return len(code) if held else -1

    def given(r: random.Random) -> list[bytes]:
        order = r.choices(stack, k=r.randrange(5))
        good = [a for _, a, _ in order] + [0xEA] * r.randrange(2) + [b for _, _, b in order[::-1]]
        if r.random() < 0.6 and good:
            if r.random() < 0.5:
                del good[r.randrange(len(good))]
            else:
                good[r.randrange(len(good))] = r.choice(r.choice(stack)[1:])
        return [bytes(good)]

    return Made(
        f"int @f({BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks the pushes and pulls of a routine made of one-byte instructions. {names}. Every pull must take back what the latest push not yet taken back has saved, the same register. Return the index of the first wrong pull; the size of the code if pushes are left at the end; -1 if all is balanced. Other opcodes don't matter.",
            f"stack check of straight code, one byte each: {names}; index of first mismatched pull, code.size() if something stays pushed, -1 if fine",
            f"My routine crashes on RTS; does it pull what it pushed? {names}, everything else is neutral. Tell me the position of the first pull of another register than was pushed last (or of nothing at all), the length of `code` if only something is left over, or -1.",
            f"Lint: pushes and pulls in `code` ({names}) have to nest properly, register by register. Result: -1 for good code, otherwise the offset of the offending pull, or code.size() where pushes remain open.",
        ),
    )


def smallest_rep_sep(rng: random.Random) -> Made:
    m, x = rng.choice((("a8", "x8"), ("m", "x"), ("acc8", "index8")))
    body = cpp(
        """
        const int now = (@m ? 0x20 : 0) | (@x ? 0x10 : 0), goal = (want_@m ? 0x20 : 0) | (want_@x ? 0x10 : 0);
        std::vector<uint8_t> out;
        if (now & ~goal) out.insert(out.end(), {0xC2, static_cast<uint8_t>(now & ~goal)});
        if (goal & ~now) out.insert(out.end(), {0xE2, static_cast<uint8_t>(goal & ~now)});
        return out;
        """.replace("want_@m", "want_@{m}").replace("want_@x", "want_@{x}"),
        m=m,
        x=x,
    )

    def oracle(a: bool, b: bool, c: bool, d: bool) -> list[int]:
        bits = (0x20, 0x10)
        clear = sum(bit for bit, old, new in zip(bits, (a, b), (c, d), strict=True) if old and not new)
        raised = sum(bit for bit, old, new in zip(bits, (a, b), (c, d), strict=True) if new and not old)
        return ([0xC2, clear] if clear else []) + ([0xE2, raised] if raised else [])

    return Made(
        f"std::vector<uint8_t> @f(bool {m}, bool {x}, bool want_{m}, bool want_{x})",
        body,
        oracle,
        lambda r: [r.random() < 0.5 for _ in range(4)],
        (
            f"Write a function that returns the bytes that switch the register widths: `{m}` and `{x}` tell whether accumulator and index registers are 8 bits wide now, `want_{m}` and `want_{x}` how they shall be. Use REP (C2) to make registers 16-bit and SEP (E2) to make them 8-bit, with 0x20 for the accumulator and 0x10 for the index registers in one operand; REP comes before SEP, and nothing is emitted that isn't necessary.",
            f"minimal REP/SEP from ({m}, {x}) to (want_{m}, want_{x}), true = 8 bits; REP first, only the bits that change",
            "How does my code generator change modes without redundant instructions? Bits that go from 8-bit to 16-bit are cleared by one REP #, those that become 8-bit are set by one SEP #. REP first if both are needed, none where nothing changes. Opcodes C2 and E2, accumulator bit $20, index bit $10.",
            f"Emit mode switches: current state {m}/{x}, wanted state want_{m}/want_{x} (true: 8-bit). Only bits that differ appear. [C2 mask] for the ones that become 16-bit, then [E2 mask] for the ones that become 8-bit; a mask of 0 is left out with its opcode.",
        ),
    )


def data_tables_from_code(rng: random.Random) -> Made:
    name, code = rng.choice((("LDA abs,X", 0xBD), ("LDA abs,Y", 0xB9), ("STA abs,X", 0x9D), ("LDA long,X", 0xBF)))
    long = code == 0xBF
    size = 4 if long else 3
    low = rng.choice((0x8000, 0xC000))
    value = "code[i + 1] | code[i + 2] << 8" + (" | code[i + 3] << 16" if long else "")
    test = "(address & 0xFFFF)" if long else "address"
    body = f"std::set<uint32_t> tables;\nfor (size_t i = 0; i + {size} <= code.size(); ++i) {{\n  if (code[i] != {hexadecimal(code)}) continue;\n  const uint32_t address = {value};\n  if ({test} >= {hexadecimal(low)}) tables.insert(address);\n}}\nreturn std::vector<uint32_t>(tables.begin(), tables.end());"

    def oracle(data: list[int]) -> list[int]:
        found = []
        for i, one in enumerate(data):
            raw = bytes(data[i + 1 : i + size])
            if one == code and len(raw) == size - 1:
                found.append(int.from_bytes(raw, "little"))
        return sorted({one for one in found if one % 65536 >= low})

    def given(r: random.Random) -> list[bytes]:
        targets = [
            r.choice((0x8000, 0x7FFF, 0xC123, 0xBFFF, 0x0040, r.randrange(0x8000, 0x10000)))
            | (r.choice((0, 0x1B0000, 0x7E0000)) if long else 0)
            for _ in range(3)
        ]
        out = b""
        for _ in range(r.randrange(6)):
            out += r.choice(
                (
                    r.randbytes(1),
                    bytes([code]) + r.choice(targets).to_bytes(size - 1, "little"),
                    bytes([code]) + r.choice(targets).to_bytes(size - 1, "little"),
                )
            )
        return [out]

    return Made(
        f"std::vector<uint32_t> @f({BYTES} code)",
        body,
        oracle,
        given,
        (
            f"Write a function that guesses which tables code uses: at each offset where a byte is ${code:02X} ({name}) its {size - 1} operand bytes, low byte first, are an address. Return those whose {'lower 16 bits are' if long else 'value is'} ${low:04X} or more, ascending and each once.",
            f"addresses used by {name} (${code:02X}, any offset), only {'bb:aaaa with aaaa' if long else 'those'} >= ${low:04X}, sorted, unique",
            f"How do I find data in a bank of code? Look for ${code:02X}, that's {name}, at every offset with its whole operand, and collect the {'24' if long else '16'}-bit addresses {'with a lower word ' if long else ''}from ${low:04X} on. A sorted list without repeats, please.",
            f"Tables are what {name} (opcode {code:02X}) goes to. My tool shall list their addresses in rising order, none twice, and leave out RAM: {'the 16-bit part' if long else 'the address'} must be at least ${low:04X}. False hits within operands are accepted; an operand that reaches beyond the end is not.",
        ),
    )


RECIPES = (
    count_instructions,
    whole_instructions_for_hook,
    branch_target,
    branch_sources,
    branch_after_insert,
    long_branch_bytes,
    blank_code,
    stores_to,
    block_move_code,
    call_to_long,
    follow_jumps,
    saves_balanced,
    smallest_rep_sep,
    data_tables_from_code,
)
