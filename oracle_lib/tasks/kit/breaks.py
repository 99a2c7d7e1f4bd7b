"""Changes one thing in a text, as people and language models get things wrong: an opcode, an operand, a width, a flag,
a branch, the order. It runs nothing and knows no contract.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_OPPOSITE = {"BEQ": "BNE", "BCC": "BCS", "BMI": "BPL", "BVC": "BVS"}
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_BRANCHES = {
    name: (opposite, *(other for other in ("BEQ", "BCC", "BMI", "BCS", "BRA") if other not in (name, opposite)))
    for name, opposite in _OPPOSITE.items()
} | {"BRA": ("BNE", "BCC")}
_OPCODES = {
    "ADC": ("SBC", "ORA"),
    "SBC": ("ADC", "CMP"),
    "AND": ("ORA", "EOR", "BIT"),
    "ORA": ("AND", "EOR", "ADC"),
    "EOR": ("ORA", "AND"),
    "ASL": ("LSR", "ROL"),
    "LSR": ("ASL", "ROR"),
    "ROL": ("ASL", "ROR"),
    "ROR": ("LSR", "ROL"),
    "INC": ("DEC",),
    "DEC": ("INC",),
    "INX": ("DEX",),
    "DEX": ("INX",),
    "INY": ("DEY",),
    "DEY": ("INY",),
    "LDA": ("ADC", "EOR", "STA"),
    "STA": ("LDA", "STZ"),
    "STZ": ("STA", "INC"),
    "CMP": ("SBC", "BIT"),
    "BIT": ("CMP", "AND"),
    "TSB": ("TRB", "ORA"),
    "TRB": ("TSB", "AND"),
    "XBA": ("NOP",),
    "MVN": ("MVP",),
    "MVP": ("MVN",),
    "JSR": ("JMP",),
    "JSL": ("JML",),
    "RTS": ("RTL",),
    "RTL": ("RTS",),
}
_REGISTERS: dict[str, tuple[str, ...]] = {
    f"{start}{one}": (f"{start}{other}",)
    for start in ("LD", "ST", "IN", "DE", "CP", "TA", "PH", "PL")
    for one, other in ("XY", "YX")
}
_REGISTERS |= {"LDA": ("LDX",), "STA": ("STX", "STY"), "PHA": ("PHX",), "PLA": ("PLX",), "PHB": ("PHD",)}
_REGISTERS |= {"TXA": ("TYA",), "TYA": ("TXA",), "TXY": ("TYX",), "TYX": ("TXY",), "PHK": ("PHB",)}
_FLAGS = {"CLC": ("SEC",), "SEC": ("CLC",), "CLD": ("SED",), "SED": ("CLD",), "SEI": ("CLI",), "CLI": ("SEI",)}
_ADDRESSING = (
    (r"\[(.+)\](,Y)?", r"(\1)\2"),
    (r"\((.+)\),Y", r"[\1],Y"),
    (r"\((.+)\),Y", r"(\1)"),
    (r"\((.+)\)", r"\1"),
    (r"(.+),[XYS]", r"\1"),
    (r"#(\$.+)", r"\1"),
    (r"(\$\w+)(,[XY])?", r"#\1"),
)
_DATA = ("db", "dw", "dl")
_CPP = (
    ("opcode", r" (\+|-|\*|/|%|&|\||\^|<<|>>)(?==? )", {
        "+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<",
    }),
    ("branch", r" (<|<=|>|>=|==|!=|&&|\|\|)(?= )", {
        "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
    }),
    ("width", r"\b(u?int(?:8|16|32|64)_t|int)\b", {
        "uint8_t": "int8_t", "uint16_t": "uint8_t", "uint32_t": "uint16_t", "int": "int8_t", "uint64_t": "uint32_t",
    }),
)  # fmt: skip
_BEFORE_RETURN = (
    "SED",
    "CLI",
    "SEI",
    "CLC",
    "SEC",
    "STZ.w $4200",
    "REP #$20",
    "SEP #$20",
    "REP #$10",
    "SEP #$10",
    "PHK : PLB",
    "PEA $7E7E : PLB : PLB",
    "PEA $0100 : PLD",
)


@dataclass(frozen=True)
class Break:
    """A text that was a reference before one thing in it was changed: what kind of change, and which."""

    kind: str
    change: str
    text: str


def breaks(reference: str, language: Literal["asm", "cpp"] = "asm") -> list[Break]:
    """Every break of a reference that this module knows, each text once, by kind."""
    lines = reference.splitlines()
    found: dict[str, list[Break]] = {}
    known = {reference}
    for kind, place, count, new in _changes(lines) if language == "asm" else _cpp_changes(lines):
        text = "\n".join([*lines[:place], *new, *lines[place + count :]])
        if text not in known:
            known.add(text)
            old = " / ".join(map(_without_comment, lines[place : place + count]))
            change = f"{old or 'before ' + lines[place].strip()} -> {' / '.join(map(str.strip, new)) or 'nothing'}"
            found.setdefault(kind, []).append(Break(kind, f"line {place + 1}: {change}", text))
    return [one for of_kind in found.values() for one in of_kind]


def sample(rng: random.Random, candidates: Sequence[Break], count: int) -> list[Break]:
    """`count` of the breaks, as evenly from all kinds as they give them."""
    by_kind: dict[str, list[Break]] = {}
    for one in rng.sample(candidates, len(candidates)):
        by_kind.setdefault(one.kind, []).append(one)
    chosen: list[Break] = []
    while len(chosen) < count and any(by_kind.values()):
        for rest in by_kind.values():
            if rest:
                chosen.append(rest.pop())
    return chosen[:count]


@dataclass(frozen=True)
class Line:
    """A line that holds one instruction, or one directive for data."""

    mnemonic: str
    suffix: str
    operand: str

    @classmethod
    def parse(cls, text: str) -> "Line | None":
        """None for every other line."""
        found = re.fullmatch(r"\s*([A-Z]{3}|d[bwl])(\.[bwl])?(?:\s+([^;:]*?))?\s*(?:;.*)?", text)
        return cls(found[1], found[2] or "", found[3] or "") if found else None

    def __str__(self) -> str:
        return f"    {self.mnemonic}{self.suffix} {self.operand}".rstrip()


def _without_comment(line: str) -> str:
    return re.sub(r"\s*(//| ;).*", "", line).strip()


def _changes(texts: Sequence[str]) -> Iterator[tuple[str, int, int, list[str]]]:
    """Kind, place, how many lines go and which come."""
    lines = [Line.parse(text) for text in texts]
    operands = " ".join(line.operand for line in lines if line)
    addresses = sorted(set(re.findall(r"(?<!#)\$([0-9A-F]{4,6})\b", operands)))
    for place, (text, line) in enumerate(zip(texts, lines, strict=True)):
        if re.match(r"\s+(?!NOP)[A-Z]{3}", text):
            yield "missing", place, 1, []
        if line is None:
            continue
        for kind, changed in _changed(line, addresses):
            yield kind, place, 1, [str(changed)]
        if line.mnemonic in ("ADC", "SBC", "ROL", "ROR"):
            yield "flag", place, 0, ["    CLC"]
            yield "flag", place, 0, ["    SEC"]
        if line.mnemonic in ("RTS", "RTL"):
            for inserted in _BEFORE_RETURN:
                yield "insert", place, 0, [f"    {inserted}"]
        following = lines[place + 1] if place + 1 < len(lines) else None
        if following and following != line and line.mnemonic not in _DATA and following.mnemonic not in _DATA:
            yield "order", place, 2, [str(following), str(line)]


def _changed(line: Line, addresses: Sequence[str]) -> Iterator[tuple[str, Line]]:
    name, operand = line.mnemonic, line.operand
    for kind, table in (("opcode", _OPCODES), ("branch", _BRANCHES), ("register", _REGISTERS), ("flag", _FLAGS)):
        for other in table.get(name, ()):
            yield kind, Line(other, line.suffix, operand)
    if name in ("REP", "SEP"):
        yield "width", Line("SEP" if name == "REP" else "REP", "", operand)
        for mask in ("#$10", "#$20", "#$30"):
            yield "width", Line(name, "", mask)
        if number := re.fullmatch(r"#\$([0-9A-Fa-f]{1,2})", operand):
            bits = int(number[1], 16)
            yield "flag", Line(name, "", f"#${bits ^ 1:02X}")
            yield "flag", Line(name, "", f"#${bits ^ 8:02X}")
        return
    for suffix in {".b": (".w",), ".w": (".b", ".l"), ".l": (".w",)}.get(line.suffix, ()):
        yield "width", Line(name, suffix, operand)
    for number in re.finditer(r"\$([0-9A-F]+)", operand):
        value, digits = int(number[1], 16), len(number[1])
        if operand[: number.start()].endswith("#") or name in _DATA:
            kind, values = "constant", [value + 1, value - 1, value ^ 1 << 4 * digits - 1, 0]
        else:
            others = [int(other, 16) for other in addresses if len(other) == digits]
            kind, values = "operand", [value + 1, value - 1, value ^ (0x10000 if digits > 4 else 0x100), *others]
        for new in values:
            text = f"${new % 16**digits:0{digits}X}"
            yield kind, Line(name, line.suffix, operand[: number.start()] + text + operand[number.end() :])
    if times := re.fullmatch(r"#(\d+)", operand):
        for count in (int(times[1]) - 1, int(times[1]) + 1):
            yield "constant", Line(name, "", f"#{count}")
    for old, new_form in _ADDRESSING:
        if re.fullmatch(old, operand):
            yield "addressing", Line(name, "" if "#" in old + new_form else line.suffix, re.sub(old, new_form, operand))
    for one, other in ("XY", "YX"):
        if operand.endswith(f",{one}"):
            yield "register", Line(name, line.suffix, f"{operand[:-1]}{other}")


def _cpp_changes(lines: Sequence[str]) -> Iterator[tuple[str, int, int, list[str]]]:
    """As `_changes`, of C++."""
    codes = [re.sub(r"\s*//.*", "", line) for line in lines]
    names = sorted({name for code in codes for name in re.findall(r"[\w>&] ([A-Za-z_]\w*)(?= = |;|,|\) \{)", code)})
    for place, code in enumerate(codes):
        statement = code.endswith(";") and code.startswith(" ")
        if statement and not re.match(r"\s+return", code):
            yield "missing", place, 1, []
        if statement and place + 1 < len(codes) and re.fullmatch(r"\s+.*;", codes[place + 1]):
            yield "order", place, 2, [codes[place + 1], code]
        for kind, pattern, others in _CPP:
            for found in re.finditer(pattern, code):
                if found[1] in others:
                    yield kind, place, 1, [code[: found.start(1)] + others[found[1]] + code[found.end(1) :]]
        for found in re.finditer(r"\b(0x[0-9A-Fa-f]+|0|[1-9]\d*)\b(?!_t)", code):
            value = int(found[1], 0)
            for new in (value + 1, max(0, value - 1), 0, value * 2):
                text = f"0x{new:X}" if found[1].startswith("0x") else str(new)
                yield "constant", place, 1, [code[: found.start()] + text + code[found.end() :]]
        for found in re.finditer(r"\b\w+\b", code):
            if found[0] in names and statement:
                for other in names:
                    yield "operand", place, 1, [code[: found.start()] + other + code[found.end() :]]
        for old, negated in ((r"!(?=\w)", ""), (r"\bif \((.*)\) ", r"if (!(\1)) ")):
            if re.search(old, code):
                yield "branch", place, 1, [re.sub(old, negated, code, count=1)]
