"""The ways in which an answer is spoilt: each changes one thing, as people and language models get things wrong. What
is then to be seen of it is no matter of this module.
"""

import random
import re
from collections.abc import Callable

from oracle_lib.quality.text import language_of
from oracle_lib.sample import Sample
from oracle_lib.verify.assembler.opcodes import MNEMONICS

Spoiler = Callable[[random.Random, Sample, Sample], str | None]
"""Gives a spoilt answer to a sample, maybe with the help of another one; None where the kind does not apply."""

_FENCE = re.compile(r"(?P<open>^[ \t]*```[^\n]*\n)(?P<code>.*?)(?P<close>^[ \t]*```[ \t]*$)", re.DOTALL | re.MULTILINE)
_WIDE = re.compile(r"(?<![#\w])\$([0-9A-F]{4,6})\b")
_INSTRUCTION = re.compile(r"^(\s+)([A-Z]{3})(\.[bwl])?\b(.*)$")
_INVENTED_NAMES = ("LinkBombCount", "EnemySpawnList", "HeroState", "RoomFlagTable", "SpriteBuffer", "MagicMeterValue")
_INVENTED_OPCODES = ("MUL", "MOV", "LDQ", "PSH", "DIV", "SUB", "CLA", "LDB", "ADD", "JNZ", "SHL", "DBN")
_STALE = ("LegacyRead8", "GetByteOld", "ReadRomData_v1", "WriteTileDeprecated", "LoadSpriteGfxEx", "OpenRomA")
_OPPOSITE = {"BEQ": "BNE", "BNE": "BEQ", "BCC": "BCS", "BCS": "BCC", "BMI": "BPL", "BPL": "BMI"}
_COUNTERPARTS = (("ADC", "SBC"), ("AND", "ORA"), ("ASL", "LSR"), ("ROL", "ROR"), ("INC", "DEC"), ("INX", "DEX"))
_OTHER_OPCODE = {one: other for pair in (*_COUNTERPARTS, ("INY", "DEY")) for one, other in (pair, pair[::-1])}


def _with_code(output: str, change: Callable[[str], str | None]) -> str | None:
    """The answer with the code of its first fence changed."""
    found = _FENCE.search(output)
    changed = change(found["code"]) if found else None
    if not found or changed is None:
        return None
    return output[: found.start("code")] + changed + output[found.end("code") :]


def _line_changed(rng: random.Random, output: str, change: Callable[[str], str | None]) -> str | None:
    """The answer with one line of its code changed, chosen among those that `change` can change."""

    def changed(code: str) -> str | None:
        lines = code.splitlines()
        able = [(place, new) for place, line in enumerate(lines) if (new := change(line)) is not None and new != line]
        if not able:
            return None
        place, new = rng.choice(able)
        lines[place] = new
        return "\n".join(lines) + "\n"

    return _with_code(output, changed)


def _is_asm(sample: Sample) -> bool:
    return language_of(sample) == "asm"


def _wrong_width(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        if found := re.match(r"(\s+)(REP|SEP)( #\$\d0)", line):
            return f"{found[1]}{'SEP' if found[2] == 'REP' else 'REP'}{found[3]}"
        found = re.match(r"(\s+(?:LDA|ADC|SBC|CMP|AND|ORA|EOR|LDX|LDY|CPX|CPY) #\$)([0-9A-F]{2}|[0-9A-F]{4})\b", line)
        return (found[1] + (f"00{found[2]}" if len(found[2]) == 2 else found[2][2:])) if found else None

    if not _is_asm(sample):
        return _with_code(sample.output, lambda code: _narrower(rng, code))
    return _line_changed(rng, sample.output, change)


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
        if not _is_asm(sample):
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

    return _with_code(sample.output, swap)


def _invented_symbol(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(_INVENTED_NAMES)
    if not _is_asm(sample):
        return _line_changed(
            rng, sample.output, lambda line: re.sub(r"(?<![\w.:])[a-z_]\w*(?=[\[(.])", f"g_{name}", line, count=1)
        )
    return _line_changed(rng, sample.output, lambda line: _WIDE.sub(name, line, count=1))


def _invented_opcode(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(_INVENTED_OPCODES)
    return (
        _line_changed(rng, sample.output, lambda line: _INSTRUCTION.sub(rf"\1{name}\3\4", line))
        if _is_asm(sample)
        else None
    )


def _wrong_bank(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        if found := re.search(r"(?<!#)\$(7E|7F|[0-9A-F]{2})([0-9A-F]{4})\b", line):
            bank = "7F" if found[1] == "7E" else "7E" if found[1] == "7F" else f"{int(found[1], 16) ^ 0x15:02X}"
            return line[: found.start()] + f"${bank}{found[2]}" + line[found.end() :]
        found = re.match(r"(\s+(?:LDA|STA|ADC|SBC|CMP))(?:\.w)? \$([0-9A-F]{4})(?=(?:,X)?\s*(?:;|$))", line)
        return f"{found[1]}.l $7F{found[2]}{line[found.end() :]}" if found else None

    return _line_changed(rng, sample.output, change) if _is_asm(sample) else None


def _another_answer(rng: random.Random, sample: Sample, other: Sample) -> str | None:
    return other.output


def _truncated(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    found = _FENCE.search(sample.output)
    if not found:
        return sample.output[: int(len(sample.output) * rng.uniform(0.3, 0.7))]
    code = found["code"][: int(len(found["code"]) * rng.uniform(0.3, 0.8))]
    closed = "\n```" if rng.random() < 0.5 else ""
    return f"{found['open']}{code}{closed}"


def _prose_for_code(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not (found := _FENCE.search(sample.output)):
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
    found = _FENCE.search(sample.output)
    if not found or rng.random() < 0.4:
        told = re.findall(r"(?:\w[\w$]*,? ){3,}\w+[.!?]", _FENCE.sub("", sample.output))
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
        if not _is_asm(sample):
            found = re.search(r"(?<= )(\+|-|&|\||<<|>>|\*)(?= )", line.partition("//")[0])
            other = {"+": "-", "-": "+", "&": "|", "|": "&", "<<": ">>", ">>": "<<", "*": "+"}
            return line[: found.start()] + other[found[1]] + line[found.end() :] if found else None
        if found := _INSTRUCTION.match(line):
            if found[2] in _OTHER_OPCODE:
                return f"{found[1]}{_OTHER_OPCODE[found[2]]}{found[3] or ''}{found[4]}"
            number = re.match(r" #\$([0-9A-F]{2}|[0-9A-F]{4})\b", found[4])
            if number and found[2] not in ("REP", "SEP"):
                value = int(number[1], 16) ^ rng.choice((1, 2, 4, 8, 0x10))
                return f"{found[1]}{found[2]}{found[3] or ''} #${value:0{len(number[1])}X}"
        return None

    return _line_changed(rng, sample.output, change)


def _stale_api(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(_STALE)
    if _is_asm(sample):
        return _line_changed(rng, sample.output, lambda line: re.sub(r"\b(JSL|JSR)( |\.l )\S+", rf"\1 {name}", line))

    def change(line: str) -> str:
        return re.sub(r"(?<=[.>:])\w+(?=\()|\bstd::\w+(?=[(<])", name, line, count=1)

    return _line_changed(rng, sample.output, change)


def _other_machine(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not _FENCE.search(sample.output):
        return None
    z80 = "    ld hl, $C000\n    ld b, 16\nloop:\n    ld a, (hl)\n    inc hl\n    djnz loop\n    ret\n"
    arm = "    mov r0, #16\nloop:\n    ldrb r2, [r1], #1\n    subs r0, #1\n    bne loop\n    bx lr\n"
    python = "def routine(memory):\n    memory[0x10] += 1\n    return memory[0x10]\n"
    code = rng.choice((z80, arm, python))
    return _with_code(sample.output, lambda _: code)


def _lost_return(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    ending = r"^\s+RT[SLI]\b.*$\n?" if _is_asm(sample) else r"^\s*return\b.*;.*$\n?"
    return _with_code(sample.output, lambda code: re.sub(ending, "", code, flags=re.MULTILINE))


def _placeholder(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    mark = "    ; ... rest of the routine unchanged ..." if _is_asm(sample) else "  // ... existing code ..."

    def cut(code: str) -> str | None:
        lines = code.splitlines()
        if len(lines) < 5:
            return None
        start = rng.randrange(1, len(lines) - 2)
        return "\n".join([*lines[:start], mark, *lines[start + 2 :]]) + "\n"

    return _with_code(sample.output, cut)


def _inverted_branch(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        found = _INSTRUCTION.match(line)
        return f"{found[1]}{_OPPOSITE[found[2]]}{found[4]}" if found and found[2] in _OPPOSITE else None

    if _is_asm(sample):
        return _line_changed(rng, sample.output, change)
    other = {"<": ">", ">": "<", "==": "!=", "!=": "==", "<=": ">", ">=": "<"}
    return _line_changed(
        rng,
        sample.output,
        lambda line: re.sub(r"(?<= )(<|>|==|!=|<=|>=)(?= )", lambda one: other[one[1]], line, count=1),
    )


def _vacuous(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not (found := _FENCE.search(sample.output)):
        return None
    label = (re.search(r"^(\w+):", found["code"], re.MULTILINE) or ["", "Main"])[1]
    bodies = (
        f"{label}:\n    NOP\n    NOP\n    RTS\n",
        f"{label}:\n    PHA\n    PLA\n    CLC\n    RTL\n",
        f"{label}:\n    REP #$20\n    SEP #$20\n    LDA #$00\n    RTS\n",
        f"{label}:\n    LDX #$00\n.loop\n    INX\n    CPX #$10\n    BNE .loop\n    RTS\n",
    )
    cpp = ("int main() {\n  return 0;\n}\n", "void Process() {\n  int value = 0;\n  value++;\n}\n", "// nothing\n")
    body = rng.choice(bodies if _is_asm(sample) else cpp)
    return _with_code(sample.output, lambda _: body)


def _shuffled(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def shuffle(code: str) -> str | None:
        lines = code.splitlines()
        able = [place for place, line in enumerate(lines) if _INSTRUCTION.match(line) or line.strip().endswith(";")]
        if len(able) < 4:
            return None
        moved = rng.sample(able, len(able))
        new = list(lines)
        for place, other in zip(able, moved, strict=True):
            new[place] = lines[other]
        return "\n".join(new) + "\n"

    return _with_code(sample.output, shuffle)


def _false_prose(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not _is_asm(sample) or not (found := _FENCE.search(sample.output)):
        return None
    absent = sorted(MNEMONICS - set(re.findall(r"\b[A-Z]{3}\b", sample.prompt + found["code"])))
    first, second = rng.sample(absent, 2)
    place = rng.randrange(0x1000, 0x2000)
    return (
        f"{sample.output[: found.end()]}\n\nIt uses {first} to read `{rng.choice(_INVENTED_NAMES)}` at $7F{place:04X} "
        f"and {second} to store it at $7E{place ^ 0x333:04X}."
    )


# Kinds that nothing was tuned on


def _renamed_entry(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(("DoWork", "NewRoutine", "ProcessData"))
    head = r"^\w+(?=:)" if _is_asm(sample) else r"\b\w+(?=\([^;{}\n]*\) ?\{)"
    return _with_code(sample.output, lambda code: re.sub(head, name, code, count=1, flags=re.MULTILINE))


def _shifted_address(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not _is_asm(sample):
        return None
    step = rng.choice((0x400, 0x600, 0xA00))

    def shift(found: re.Match[str]) -> str:
        return f"${(int(found[1], 16) + step) % 16 ** len(found[1]):0{len(found[1])}X}"

    return _line_changed(rng, sample.output, lambda line: _WIDE.sub(shift, line, count=1))


def _hedged(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    said = (
        "I haven't tested this, but it should probably work.",
        "I'm not sure that this is right; hopefully it works.",
    )
    return f"{sample.output}\n\n{rng.choice(said)}"


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
}
HELD_BACK: dict[str, Spoiler] = {
    "other machine": _other_machine,
    "inverted branch": _inverted_branch,
    "vacuous": _vacuous,
    "shuffled lines": _shuffled,
    "false prose": _false_prose,
    "renamed entry": _renamed_entry,
    "shifted address": _shifted_address,
    "hedged": _hedged,
}
"""Kinds that the gate was not tuned on, reported apart."""
