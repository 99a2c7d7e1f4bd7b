"""The ways in which an answer is spoilt: each changes one thing, as people and language models get things wrong. What
is then to be seen of it is no matter of this module.
"""

import random
import re
from collections.abc import Callable

from oracle_lib.quality.text import language_of
from oracle_lib.sample import Sample

Spoiler = Callable[[random.Random, Sample, Sample], str | None]
"""Gives a spoilt answer to a sample, maybe with the help of another one; None where the kind does not apply."""

FENCE = re.compile(r"(?P<open>^[ \t]*```[^\n]*\n)(?P<code>.*?)(?P<close>^[ \t]*```[ \t]*$)", re.DOTALL | re.MULTILINE)
WIDE = re.compile(r"(?<![#\w])\$([0-9A-F]{4,6})\b")
INSTRUCTION = re.compile(r"^(\s+)([A-Z]{3})(\.[bwl])?\b(.*)$")
INVENTED_NAMES = ("LinkBombCount", "EnemySpawnList", "HeroState", "RoomFlagTable", "SpriteBuffer", "MagicMeterValue")
_INVENTED_OPCODES = ("MUL", "MOV", "LDQ", "PSH", "DIV", "SUB", "CLA", "LDB", "ADD", "JNZ", "SHL", "DBN")
_STALE = ("LegacyRead8", "GetByteOld", "ReadRomData_v1", "WriteTileDeprecated", "LoadSpriteGfxEx", "OpenRomA")
_COUNTERPARTS = (("ADC", "SBC"), ("AND", "ORA"), ("ASL", "LSR"), ("ROL", "ROR"), ("INC", "DEC"), ("INX", "DEX"))
_OTHER_OPCODE = {one: other for pair in (*_COUNTERPARTS, ("INY", "DEY")) for one, other in (pair, pair[::-1])}


def with_code(output: str, change: Callable[[str], str | None]) -> str | None:
    """The answer with the code of its first fence changed."""
    found = FENCE.search(output)
    changed = change(found["code"]) if found else None
    if not found or changed is None:
        return None
    return output[: found.start("code")] + changed + output[found.end("code") :]


def line_changed(rng: random.Random, output: str, change: Callable[[str], str | None]) -> str | None:
    """The answer with one line of its code changed, chosen among those that `change` can change."""

    def changed(code: str) -> str | None:
        lines = code.splitlines()
        able = [(place, new) for place, line in enumerate(lines) if (new := change(line)) is not None and new != line]
        if not able:
            return None
        place, new = rng.choice(able)
        lines[place] = new
        return "\n".join(lines) + "\n"

    return with_code(output, changed)


def is_asm(sample: Sample) -> bool:
    return language_of(sample) == "asm"


def _wrong_width(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        if found := re.match(r"(\s+)(REP|SEP)( #\$\d0)", line):
            return f"{found[1]}{'SEP' if found[2] == 'REP' else 'REP'}{found[3]}"
        found = re.match(r"(\s+(?:LDA|ADC|SBC|CMP|AND|ORA|EOR|LDX|LDY|CPX|CPY) #\$)([0-9A-F]{2}|[0-9A-F]{4})\b", line)
        return (found[1] + (f"00{found[2]}" if len(found[2]) == 2 else found[2][2:])) if found else None

    if not is_asm(sample):
        return with_code(sample.output, lambda code: _narrower(rng, code))
    return line_changed(rng, sample.output, change)


def _narrower(rng: random.Random, code: str) -> str | None:
    """C++ with one integer of a function's signature made narrower."""
    heads = list(re.finditer(r"\b(uint16_t|uint32_t|int64_t|int)\b(?=[^;{}\n]*\)? ?\{)", code))
    if not heads:
        return None
    one = rng.choice(heads)
    other = {"uint16_t": "uint8_t", "uint32_t": "uint8_t", "int64_t": "int8_t", "int": "int8_t"}
    return code[: one.start()] + other[one[1]] + code[one.end() :]


def _swapped_operands(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def swap(code: str) -> str | None:
        if not is_asm(sample):
            found = list(re.finditer(r"\b([a-z]\w*|\d+|0x\w+) (-|/|%|<<|>>) ([a-z]\w*|\d+|0x\w+)\b", code))
            if not found:
                return None
            one = rng.choice(found)
            return code[: one.start()] + f"{one[3]} {one[2]} {one[1]}" + code[one.end() :]
        loads = list(re.finditer(r"\bLDA(?:\.[bwl])? (\$[0-9A-F]{4,6}\S*)", code))
        stores = list(re.finditer(r"\bSTA(?:\.[bwl])? (\$[0-9A-F]{4,6}\S*)", code))
        pairs = [(a, b) for a in loads for b in stores if a[1] != b[1] and len(a[1]) == len(b[1])]
        if not pairs:
            return None
        first, second = sorted(rng.choice(pairs), key=lambda one: one.start())
        between = code[first.end(1) : second.start(1)]
        return code[: first.start(1)] + second[1] + between + first[1] + code[second.end(1) :]

    return with_code(sample.output, swap)


def _invented_symbol(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(INVENTED_NAMES)
    if not is_asm(sample):
        return line_changed(
            rng, sample.output, lambda line: re.sub(r"(?<![\w.:])[a-z_]\w*(?=[\[(.])", f"g_{name}", line, count=1)
        )
    return line_changed(rng, sample.output, lambda line: WIDE.sub(name, line, count=1))


def _invented_opcode(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(_INVENTED_OPCODES)
    return (
        line_changed(rng, sample.output, lambda line: INSTRUCTION.sub(rf"\1{name}\3\4", line))
        if is_asm(sample)
        else None
    )


def _wrong_bank(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        if found := re.search(r"(?<!#)\$(7E|7F|[0-9A-F]{2})([0-9A-F]{4})\b", line):
            bank = "7F" if found[1] == "7E" else "7E" if found[1] == "7F" else f"{int(found[1], 16) ^ 0x15:02X}"
            return line[: found.start()] + f"${bank}{found[2]}" + line[found.end() :]
        found = re.match(r"(\s+(?:LDA|STA|ADC|SBC|CMP))(?:\.w)? \$([0-9A-F]{4})(?=(?:,X)?\s*(?:;|$))", line)
        return f"{found[1]}.l $7F{found[2]}{line[found.end() :]}" if found else None

    return line_changed(rng, sample.output, change) if is_asm(sample) else None


def _another_answer(rng: random.Random, sample: Sample, other: Sample) -> str | None:
    return other.output


def _truncated(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    found = FENCE.search(sample.output)
    if not found:
        return sample.output[: int(len(sample.output) * rng.uniform(0.3, 0.7))]
    code = found["code"][: int(len(found["code"]) * rng.uniform(0.3, 0.8))]
    closed = "\n```" if rng.random() < 0.5 else ""
    return f"{found['open']}{code}{closed}"


def _prose_for_code(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not (found := FENCE.search(sample.output)):
        return None
    told = (
        "First load the value, then work on it, and store the result where it is needed.",
        "Set the registers to the right width, loop over the entries, and return at the end.",
        "You should read the input, compute what was asked for step by step, and write the output.",
        "The routine takes the byte, compares it with the limit and keeps the smaller of the two.",
    )
    said = " ".join(rng.sample(told, 3))
    return f"{found['open']}{said.replace('. ', '.' + chr(10))}\n```" if rng.random() < 0.5 else said


def _repeated_text(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    found = FENCE.search(sample.output)
    if not found or rng.random() < 0.4:
        told = re.findall(r"(?:\w[\w$]*,? ){3,}\w+[.!?]", FENCE.sub("", sample.output))
        sentences = told or ["This does what you asked for."]
        return f"{sample.output}\n\n" + " ".join([rng.choice(sentences).strip()] * rng.randint(8, 20))
    lines = found["code"].splitlines()
    start = rng.randrange(len(lines))
    piece = lines[start : start + rng.randint(1, 3)]
    spoilt = "\n".join([*lines[:start], *(piece * rng.randint(8, 20)), *lines[start:]])
    return f"{sample.output[: found.start('code')]}{spoilt}\n{sample.output[found.end('code') :]}"


def _wrong_result(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if sample.states_facts:
        facts = list(re.finditer(r"(?<=\$)[0-9A-F]+\b|\b\d+\b", sample.output.rpartition("nswer")[2]))
        if not facts:
            return None
        start = len(sample.output) - len(sample.output.rpartition("nswer")[2])
        one = rng.choice(facts)
        digits = (
            f"{int(one[0], 16) ^ 5:0{len(one[0])}X}"
            if "$" in sample.output[start + one.start() - 1]
            else str(int(one[0]) + rng.randint(1, 9))
        )
        return sample.output[: start + one.start()] + digits + sample.output[start + one.end() :]

    def change(line: str) -> str | None:
        if not is_asm(sample):
            found = re.search(r"(?<= )(\+|-|&|\||<<|>>|\*)(?= )", line.partition("//")[0])
            other = {"+": "-", "-": "+", "&": "|", "|": "&", "<<": ">>", ">>": "<<", "*": "+"}
            return line[: found.start()] + other[found[1]] + line[found.end() :] if found else None
        if found := INSTRUCTION.match(line):
            if found[2] in _OTHER_OPCODE:
                return f"{found[1]}{_OTHER_OPCODE[found[2]]}{found[3] or ''}{found[4]}"
            number = re.match(r" #\$([0-9A-F]{2}|[0-9A-F]{4})\b", found[4])
            if number and found[2] not in ("REP", "SEP"):
                value = int(number[1], 16) ^ rng.choice((1, 2, 4, 8, 0x10))
                return f"{found[1]}{found[2]}{found[3] or ''} #${value:0{len(number[1])}X}"
        return None

    return line_changed(rng, sample.output, change)


def _stale_api(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(_STALE)
    if is_asm(sample):
        return line_changed(rng, sample.output, lambda line: re.sub(r"\b(JSL|JSR)( |\.l )\S+", rf"\1 {name}", line))

    def change(line: str) -> str:
        return re.sub(r"(?<=[.>:])\w+(?=\()|\bstd::\w+(?=[(<])", name, line, count=1)

    return line_changed(rng, sample.output, change)


def _lost_return(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    ending = r"^\s+RT[SLI]\b.*$\n?" if is_asm(sample) else r"^\s*return\b.*;.*$\n?"
    return with_code(sample.output, lambda code: re.sub(ending, "", code, flags=re.MULTILINE))


def _placeholder(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    mark = "    ; ... rest of the routine unchanged ..." if is_asm(sample) else "  // ... existing code ..."

    def cut(code: str) -> str | None:
        lines = code.splitlines()
        if len(lines) < 5:
            return None
        start = rng.randrange(1, len(lines) - 2)
        return "\n".join([*lines[:start], mark, *lines[start + 2 :]]) + "\n"

    return with_code(sample.output, cut)


def _hedged(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    said = (
        "I haven't tested this, but it should probably work.",
        "I'm not sure that this is right; hopefully it works.",
    )
    return f"{sample.output}\n\n{rng.choice(said)}"


def _goes_on(rng: random.Random, sample: Sample, other: Sample) -> str | None:
    asks, answers = rng.choice((("User", "Assistant"), ("Human", "AI"), ("### Instruction", "### Response")))
    return f"{sample.output}\n\n{asks}: {other.instruction}\n{answers}: {other.output}"


def _memory_for_a_constant(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not is_asm(sample):
        return None
    return line_changed(
        rng, sample.output, lambda line: re.sub(r"^(\s+(?!REP|SEP)[A-Z]{3}(?:\.[bwl])?) #(?=\$)", r"\1 ", line)
    )


TUNED: dict[str, Spoiler] = {
    "wrong width": _wrong_width,
    "swapped operands": _swapped_operands,
    "invented symbol": _invented_symbol,
    "invented opcode": _invented_opcode,
    "wrong bank": _wrong_bank,
    "another question's answer": _another_answer,
    "truncated": _truncated,
    "prose for code": _prose_for_code,
    "repeated text": _repeated_text,
    "plausible but wrong": _wrong_result,
    "stale API": _stale_api,
    "lost return": _lost_return,
    "placeholder": _placeholder,
    "hedged": _hedged,
    "memory for a constant": _memory_for_a_constant,
    "goes on with made-up turns": _goes_on,
}
