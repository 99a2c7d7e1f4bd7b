"""What the router sees of a question: its words, their parts, experts' keywords, and signs of code and addresses. Knows
no weights.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from oracle_lib.params import Expert

MAX_QUESTION = 4_000
"""Characters of a question that are read; what a question is about shows in its beginning."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Japanese, Chinese and Korean: there a run of letters is a sentence and no word."""
_DIGITS = re.compile(r"\d")
_OPCODES = (
    "adc and asl bcc bcs beq bit bmi bne bpl bra brk brl bvc bvs clc cld cli clv cmp cop cpx cpy dec dex dey eor "
    "inc inx iny jml jmp jsl jsr lda ldx ldy lsr mvn mvp nop ora pea pei per pha phb phd phk php phx phy pla plb "
    "pld plp plx ply rep rol ror rti rtl rts sbc sec sed sei sep sta stp stx sty stz tax tay tcd tcs tdc trb tsb "
    "tsc tsx txa txs txy tya tyx wai wdm xba xce"
).replace(" ", "|")
_SIGNS = {
    name: re.compile(pattern, re.MULTILINE)
    for name, pattern in {
        "an instruction": rf"^[ \t]*(?:\.?\w+:)?[ \t]*(?:{_OPCODES})(?:\.[bwl])?(?:[ \t]+[#$%(\[.\w+-]|[ \t]*$)",
        "an opcode": rf"(?-i:\b(?:{_OPCODES.upper()})\b)",
        "a WRAM address": r"\$?\b7[ef]:?[0-9a-f]{4}\b",
        "a ROM address": r"\$(?:[0-3][0-9a-f]|[89ab][0-9a-f])[89a-f][0-9a-f]{3}\b",
        "a hardware register": r"\$(?:21[0-4][0-9a-f]|4[23][0-9a-f]{2})\b",
        "a VRAM address": r"\bvram\b.{0,12}\$?[0-9a-f]{4}\b",
        "a bank number": r"\bbank\s+\$?[0-9a-f]{2}\b",
        "a file offset": r"\b0x[0-9a-f]{4,6}\b",
        "an immediate": r"#\$?[0-9a-f]+",
        "a register dump": r"\b[axy]\s*[:=]\s*\$?[0-9a-f]{4}\b|\bpc\s*[:=]",
        "an org directive": r"^[ \t]*org[ \t]+\$",
        "C++": r"\b(?:std|yaze|gfx|zelda3)::|\b(?:u?int(?:8|16|32)_t|const|auto|struct|vector)\b.*[;{<(]|#include",
        "Python": r"^Traceback|^\s*(?:import|from) \w+|^\s*def \w+\(",
        "SQL": r"(?-i:\bSELECT\b.*\bFROM\b)",
        "JavaScript": r"\bconst \w+ = |=>|\bnpm\b|console\.log",
        "Java": r"\bpublic (?:static|void|class)\b|\bSystem\.out\b|\bjava\.",
        "HTML": r"</?(?:div|p|html|body|span|table|form|h\d)\b",
        "a shell prompt": r"^[ \t]*\$ \w+|^#!/",
        "a message of make": r"^make(?:\[\d+\])?: \*\*\*",
        "quoted speech": r"^\W*[\w' ]{2,24}: [\"“]",
        "a list of steps": r"(?:->.*){2}",
    }.items()
}


class Keywords:
    """The experts' keywords in whichever form a question may use them: whole words only, "from" is no "rom"."""

    def __init__(self, experts: tuple[Expert, ...]) -> None:
        self._meant: dict[str, list[str]] = {}
        for expert in experts:
            for keyword in expert.keywords:
                for form in sorted({form for word in keyword.split("/") for form in _inflections(word)}):
                    self._meant.setdefault(form, []).append(f"keyword {keyword} of {expert.name}")

    def meant_by(self, word: str) -> list[str]:
        return self._meant.get(word, [])


def words_in(question: str) -> list[str]:
    """The question's words in their order: letters and digits, without regard to case, width or ligatures."""
    return _WORD.findall(_normal(question))


def features_of(question: str, keywords: Keywords) -> dict[str, str]:
    """Every feature that the question has, with the word or the sign that it comes from."""
    text = _normal(question)
    found: dict[str, str] = {}
    before = ""
    for word in _WORD.findall(text):
        for feature in (*_parts(word), *keywords.meant_by(word)):
            found.setdefault(feature, word)
        if before:
            found.setdefault(f"{before} {_plain(word)}", word)
        before = _plain(word)
    for name, pattern in _SIGNS.items():
        if pattern.search(question, 0, MAX_QUESTION) if "(?-i:" in pattern.pattern else pattern.search(text):
            found.setdefault(f"sign {name}", name)
    return found


def _normal(question: str) -> str:
    return unicodedata.normalize("NFKC", question[:MAX_QUESTION]).casefold()[:MAX_QUESTION]


def _plain(word: str) -> str:
    return _DIGITS.sub("0", word)


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[str, ...]:
    """The word itself, and the runs of letters in it with its beginning and its end marked."""
    return tuple(_runs(_plain(word)))


def _runs(word: str) -> Iterator[str]:
    yield f"{word}."
    if _LETTERS_WITHOUT_SPACES.match(word):
        lengths, text = (1, 2, 3), word
    else:
        lengths, text = (3, 4, 5), f"<{word}>"
    for length in lengths:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def _inflections(word: str) -> set[str]:
    """The word, its singular or plural, and its forms in -ed and -ing by the rules of English spelling. Forms that no
    one uses are harmless: a question never holds them.
    """
    forms = {word, f"{word}s"}
    if word.endswith("s") and len(word) > 4:
        forms.add(word[:-1])
    if re.search(r"(s|x|z|ch|sh)$", word):
        forms.add(f"{word}es")
    if re.search(r"[^aeiou]y$", word):
        forms.add(f"{word[:-1]}ies")
    stem = word
    if word.endswith("e"):
        stem = word[:-1]
    elif re.search(r"(^|[^aeiou])[aeiou][^aeiouwxy]$", word):
        stem = word + word[-1]
    return forms | {f"{stem}ed", f"{stem}ing", f"{word}ed", f"{word}ing"}
