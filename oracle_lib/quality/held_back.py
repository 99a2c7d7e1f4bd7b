"""Ways to spoil an answer that the gate was not tuned on: a trial shows what it makes of what nobody thought of. A kind
that the gate is changed for moves to `spoilers`.
"""

import random
import re

from oracle_lib.quality.spoilers import (
    FENCE,
    INSTRUCTION,
    INVENTED_NAMES,
    WIDE,
    Spoiler,
    is_asm,
    line_changed,
    with_code,
)
from oracle_lib.sample import Sample
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_OPPOSITE = {"BEQ": "BNE", "BNE": "BEQ", "BCC": "BCS", "BCS": "BCC", "BMI": "BPL", "BPL": "BMI"}


def _other_machine(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not FENCE.search(sample.output):
        return None
    z80 = "    ld hl, $C000\n    ld b, 16\nloop:\n    ld a, (hl)\n    inc hl\n    djnz loop\n    ret\n"
    arm = "    mov r0, #16\nloop:\n    ldrb r2, [r1], #1\n    subs r0, #1\n    bne loop\n    bx lr\n"
    python = "def routine(memory):\n    memory[0x10] += 1\n    return memory[0x10]\n"
    code = rng.choice((z80, arm, python))
    return with_code(sample.output, lambda _: code)


def _inverted_branch(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        found = INSTRUCTION.match(line)
        return f"{found[1]}{_OPPOSITE[found[2]]}{found[4]}" if found and found[2] in _OPPOSITE else None

    if is_asm(sample):
        return line_changed(rng, sample.output, change)
    other = {"<": ">", ">": "<", "==": "!=", "!=": "==", "<=": ">", ">=": "<"}
    return line_changed(
        rng,
        sample.output,
        lambda line: re.sub(r"(?<= )(<|>|==|!=|<=|>=)(?= )", lambda one: other[one[1]], line, count=1),
    )


def _vacuous(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not (found := FENCE.search(sample.output)):
        return None
    label = (re.search(r"^(\w+):", found["code"], re.MULTILINE) or ["", "Main"])[1]
    bodies = (
        f"{label}:\n    NOP\n    NOP\n    RTS\n",
        f"{label}:\n    PHA\n    PLA\n    CLC\n    RTL\n",
        f"{label}:\n    REP #$20\n    SEP #$20\n    LDA #$00\n    RTS\n",
        f"{label}:\n    LDX #$00\n.loop\n    INX\n    CPX #$10\n    BNE .loop\n    RTS\n",
    )
    cpp = ("int main() {\n  return 0;\n}\n", "void Process() {\n  int value = 0;\n  value++;\n}\n", "// nothing\n")
    body = rng.choice(bodies if is_asm(sample) else cpp)
    return with_code(sample.output, lambda _: body)


def _shuffled(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def shuffle(code: str) -> str | None:
        lines = code.splitlines()
        able = [place for place, line in enumerate(lines) if INSTRUCTION.match(line) or line.strip().endswith(";")]
        if len(able) < 4:
            return None
        moved = rng.sample(able, len(able))
        new = list(lines)
        for place, other in zip(able, moved, strict=True):
            new[place] = lines[other]
        return "\n".join(new) + "\n"

    return with_code(sample.output, shuffle)


def _false_prose(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not is_asm(sample) or not (found := FENCE.search(sample.output)):
        return None
    absent = sorted(MNEMONICS - set(re.findall(r"\b[A-Z]{3}\b", sample.prompt + found["code"])))
    first, second = rng.sample(absent, 2)
    place = rng.randrange(0x1000, 0x2000)
    return (
        f"{sample.output[: found.end()]}\n\nIt uses {first} to read `{rng.choice(INVENTED_NAMES)}` at $7F{place:04X} "
        f"and {second} to store it at $7E{place ^ 0x333:04X}."
    )


def _renamed_entry(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    name = rng.choice(("DoWork", "NewRoutine", "ProcessData"))
    head = r"^\w+(?=:)" if is_asm(sample) else r"\b\w+(?=\([^;{}\n]*\) ?\{)"
    return with_code(sample.output, lambda code: re.sub(head, name, code, count=1, flags=re.MULTILINE))


def _shifted_address(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    if not is_asm(sample):
        return None
    step = rng.choice((0x400, 0x600, 0xA00))

    def shift(found: re.Match[str]) -> str:
        return f"${(int(found[1], 16) + step) % 16 ** len(found[1]):0{len(found[1])}X}"

    return line_changed(rng, sample.output, lambda line: WIDE.sub(shift, line, count=1))


def _off_by_one(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    step = rng.choice((-1, 1))

    def change(line: str) -> str | None:
        if not is_asm(sample):
            found = re.search(r"(?<![\w.'])(?:[1-9]\d*)(?![\w.'])", line.partition("//")[0])
            return f"{line[: found.start()]}{int(found[0]) + step}{line[found.end() :]}" if found else None
        found = re.match(r"(\s+(?!REP|SEP)[A-Z]{3}(?:\.[bwl])? #\$)([0-9A-F]{4}|[0-9A-F]{2})\b", line)
        if not found:
            return None
        value = (int(found[2], 16) + step) % 16 ** len(found[2])
        return f"{found[1]}{value:0{len(found[2])}X}{line[found.end() :]}"

    return line_changed(rng, sample.output, change)


def _lost_line(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def change(line: str) -> str | None:
        found = INSTRUCTION.match(line)
        is_step = found and found[2] not in ("RTS", "RTL", "RTI") if is_asm(sample) else line.rstrip().endswith(";")
        return "" if is_step and not line.lstrip().startswith("return") else None

    return line_changed(rng, sample.output, change)


def _other_dialect(rng: random.Random, sample: Sample, _: Sample) -> str | None:
    def ca65(code: str) -> str | None:
        label = re.search(r"^(\w+):.*$", code, re.MULTILINE)
        return f"{code[: label.start()]}.proc {label[1]}{code[label.end() :]}.endproc\n" if label else None

    def sized(code: str) -> str:
        return f".p816\n.a8\n.i16\n{code}"

    def suffixed(code: str) -> str:
        return re.sub(r"\$([0-9A-F]+)\b", r"0\1h", code)

    return with_code(sample.output, rng.choice((ca65, sized, suffixed))) if is_asm(sample) else None


HELD_BACK: dict[str, Spoiler] = {
    "other machine": _other_machine,
    "inverted branch": _inverted_branch,
    "vacuous": _vacuous,
    "shuffled lines": _shuffled,
    "false prose": _false_prose,
    "renamed entry": _renamed_entry,
    "shifted address": _shifted_address,
    "off by one": _off_by_one,
    "lost line": _lost_line,
    "another assembler's dialect": _other_dialect,
}
