"""The canonical form of an answer: what is left of it when labels, addresses, comments, spelling and spaces no longer
count. Equal forms do the same thing at other places, so deduplication and diversity compare these. It assembles
nothing, and of code that is no code it makes what it can.
"""

import re
from collections import Counter
from collections.abc import Iterator

from oracle_lib.quality.text import code_of, language_of, without_comments
from oracle_lib.sample import Sample
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_QUOTE = r"\"[^\"\n]*\""
_SET = re.compile(r"!?([A-Za-z_]\w*)\s*[:?]?=\s*(.+)")
_LABEL = re.compile(r"(?:([-+]+)(?=\s|\Z)|(\.?[A-Za-z_]\w*):|(\.[A-Za-z_]\w*)(?=\s|\Z)):?\s*")
_WORD = re.compile(r"([%!]?[A-Za-z_]\w*)(?:\.[bwlBWL])?(?:\s+|\Z|(?=[(#]))")
_TOKEN = re.compile(
    rf"{_QUOTE}|\$[0-9A-Fa-f]+|%[01]+|0[xX][0-9A-Fa-f]+|[0-9]+|[!.]?[A-Za-z_]\w*|(?<![\w)\]])(?:\++|-+)(?=\s*\Z)|\S"
)
_DATA = frozenset(("DB", "DW", "DL", "DD", "MVN", "MVP", "FILLBYTE", "FILL", "REP", "SEP", "BRK", "COP"))
"""Whose numbers are contents, and never the place of anything."""
_SAME = {"INA": "INC", "DEA": "DEC", "BLT": "BCC", "BGE": "BCS", "TAD": "TCD", "TDA": "TDC", "TAS": "TCS", "TSA": "TSC"}
_REGISTERS = frozenset("AXYS")

_CPP_TOKEN = re.compile(
    rf"{_QUOTE}|'(?:\\.|[^'\\\n])+'|(?:0[xX][0-9A-Fa-f']+|0b[01']+|\d[\d']*)[uUlLzZ]*|[A-Za-z_]\w*|[^\s\w]"
)
_CPP_DECLARED = re.compile(
    r"(?:\b(?:auto|bool|char|int|long|short|unsigned|void|float|double|\w+_t|[A-Z]\w*)|[>&*])"
    r"[ \t]*(?:const\b)?[&*]*[ \t]+[&*]*([A-Za-z_]\w*)\s*(?=[({=;,:)\[])"
)
_CPP_KEPT = frozenset(("return", "else", "operator", "const", "delete", "new", "case", "if", "for", "while", "switch"))


def canonical_of(sample: Sample) -> tuple[str, ...]:
    """The canonical stream of a sample's answer: of its code where the answer is code. An answer that states facts is
    nothing without what it is about, so the code that it was given stands before it.
    """
    language = language_of(sample)
    if language == "text":
        return canonical(f"{sample.input}\n{sample.output}" if sample.states_facts else sample.output, "text")
    return canonical(code_of(sample), language)


def canonical(text: str, language: str) -> tuple[str, ...]:
    """The statements of a text, one string each, in canonical form. `language` is "asm", "cpp" or "text".

    Assembly: labels become `L0`, `L1` and so on, addresses `@0`, `@1`, in the order in which they are first used (low
    WRAM is one place in all its mirrors); labels that nothing refers to, constants' names, address sizes and the base
    of numbers vanish. Immediates and data stay. C++: the names that the code declares become `v0`, `v1`. Prose: its
    words in lower case, a sentence each.
    """
    if language == "asm":
        return tuple(_Assembly(text).statements())
    return tuple(_cpp(text) if language == "cpp" else _prose(text))


class _Assembly:
    """Renames what one text names. `names` and `places` hold the names given so far."""

    def __init__(self, text: str) -> None:
        self._names: dict[str, str] = {}
        self._places: dict[int, str] = {}
        self._constants: dict[str, list[str]] = {}
        self._passed: Counter[str] = Counter()
        self._parent = ""
        code = without_comments(text, "asm")
        self._lines = [_parted(one.strip()) for line in code.splitlines() for one in line.split(" : ")]
        operands = (found[2] if found else _operand(rest) for found, _, rest in self._lines)
        self._used = frozenset(re.findall(r"[A-Za-z_]\w*", " ".join(operands)))

    def statements(self) -> Iterator[str]:
        for found, labels, rest in self._lines:
            if found:
                self._constants[found[1]] = _TOKEN.findall(found[2])
                continue
            for name in labels:
                if label := self._defined(name):
                    yield f"{label}:"
            if rest:
                yield self._statement(rest)

    def _defined(self, name: str) -> str | None:
        """The canonical name of a label that stands here; None for one that nothing refers to."""
        if name[0] in "+-":
            key = f"{name}{self._passed[name]}"
            self._passed[name] += 1
            return self._named(key) if name[0] == "-" or key in self._names else None
        if name[0] != ".":
            self._parent = name
        return self._named(self._full(name)) if name.lstrip(".") in self._used else None

    def _full(self, name: str) -> str:
        return f"{self._parent}{name}" if name[0] == "." else name

    def _named(self, key: str) -> str:
        return self._names.setdefault(key, f"L{len(self._names)}")

    def _statement(self, line: str) -> str:
        found = _WORD.match(line)
        if not found:
            return " ".join(line.split())
        word = found[1].upper()
        word = _SAME.get(word, word)
        return " ".join(filter(None, (word, "".join(self._operand(word, line[found.end() :])))))

    def _operand(self, word: str, text: str) -> Iterator[str]:
        tokens = [one for token in _TOKEN.findall(text) for one in self._constants.get(token.lstrip("!"), (token,))]
        if tokens in (["A"], ["a"]):
            return
        contents = word in _DATA or word not in MNEMONICS or tokens[:1] == ["#"]
        for before, token in zip(["", *tokens], tokens, strict=False):
            number = _value(token)
            if number is not None:
                yield str(number) if contents or (before and before in "+-*/<>|&") else self._place(number)
            elif token[0] in "+-" and token == tokens[-1] and len(tokens) == 1:
                yield self._named(f"{token}{self._passed[token] - (token[0] == '-')}")
            elif token[0] == "." or token[0].isalpha() or token[0] == "_":
                yield token.upper() if before == "," and token.upper() in _REGISTERS else self._named(self._full(token))
            else:
                yield token

    def _place(self, address: int) -> str:
        bank, offset = address >> 16, address & 0xFFFF
        if bank & 0x7F < 0x40 and offset < 0x2000:
            address = 0x7E0000 | offset
        return self._places.setdefault(address, f"@{len(self._places)}")


def _parted(line: str) -> tuple[re.Match[str] | None, list[str], str]:
    """What a line sets, if it does; else the labels that stand in it, and the rest."""
    labels = list[str]()
    if "=" in line and (found := _SET.fullmatch(line)):  # most lines have none
        return found, labels, ""
    while label := _LABEL.match(line):
        labels.append(label[1] or label[2] or label[3])
        line = line[label.end() :]
    return None, labels, line


def _operand(statement: str) -> str:
    """What stands behind the instruction."""
    found = _WORD.match(statement)
    return statement[found.end() :] if found else statement


def _value(token: str) -> int | None:
    if token[0] not in "$%0123456789":  # most tokens are no numbers
        return None
    token = token.rstrip("uUlLzZ'")
    if token[:1] == "$":
        return int(token[1:], 16) if len(token) > 1 else None
    if token[:1] == "%" and len(token) > 1:
        return int(token[1:], 2)
    if token[:2].lower() == "0x":
        return int(token[2:].replace("'", ""), 16)
    if token[:2] == "0b":
        return int(token[2:].replace("'", ""), 2)
    return int(token.replace("'", "")) if token[:1].isdigit() else None


def _cpp(text: str) -> Iterator[str]:
    code = without_comments(text, "cpp")
    own = frozenset(_CPP_DECLARED.findall(code)) - _CPP_KEPT
    names: dict[str, str] = {}
    statement: list[str] = []
    for token in _CPP_TOKEN.findall(code):
        number = _value(token)
        if number is not None:
            token = str(number)
        elif token in own:
            token = names.setdefault(token, f"v{len(names)}")
        statement.append(token)
        if token in ";{}":
            yield " ".join(statement)
            statement.clear()
    if statement:
        yield " ".join(statement)


def _prose(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text.lower()):
        if words := re.findall(r"[\w$#.]*\w", sentence):
            yield " ".join(words)
