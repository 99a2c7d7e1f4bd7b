"""Reads an answer by tokens: its code, its prose, and the names, addresses and instructions either mentions. Judges
nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from oracle_lib.sample import Sample, Task
from oracle_lib.verify import CONTRACT, extract_code
from oracle_lib.verify.answers.blocks import visible
from oracle_lib.verify.assembler.opcodes import BRANCHES, FORMS, IMPLIED, LONG_BRANCHES, MNEMONICS, SIGNATURES

FENCE = re.compile(r"^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
"""A block of code, also one that was cut off."""
_KEPT = r"(?P<kept>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n]){1,8}')"
_BLOCK = re.compile(r"^[ \t]*```[ \t]*([\w+]*)[^\n]*\n(.*?)(?:^[ \t]*```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
ASSEMBLY = frozenset(("asm", "65816", "asar", "65c816", "assembly"))
"""Marks of a block of assembly."""
_CPP = frozenset(("cpp", "c++", "cc", "c"))
_READS_AS = 0.8
_COMMENT = {
    "asm": re.compile(r"(?P<kept>\"[^\"\n]*\")|;.*"),
    "cpp": re.compile(rf"R\"(?P<mark>\w*)\((?:.*?)\)(?P=mark)\"|{_KEPT}|//[^\n]*|/\*.*?\*/", re.DOTALL),
}
_TOKEN = re.compile(r"\$[0-9A-Fa-f]+|0x[0-9A-Fa-f]+|[A-Za-z_][A-Za-z0-9_]*|\d+|[^\s\w]")
_QUOTED = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"(?<![\w.$])[A-Za-z_]\w*")
_ADDRESS = re.compile(r"(?<![\w#$])(?:\$|0x)([0-9A-Fa-f]{4,6})(?!\w)")
_BYTE = re.compile(r"\$([0-9A-Fa-f]{2})(?![0-9A-Fa-f])")
_LABEL = re.compile(r"^[ \t]*\.?([A-Za-z_]\w*):|^\.([A-Za-z_]\w*)", re.MULTILINE)
_DEFINITION = re.compile(r"^[ \t]*!?([A-Za-z_]\w*)[ \t]*=", re.MULTILINE)

_DIRECTIVES = {
    *(
        "org",
        "base",
        "db",
        "dw",
        "dl",
        "dd",
        "fill",
        "fillbyte",
        "padbyte",
        "pad",
        "macro",
        "endmacro",
        "pushpc",
        "pullpc",
    ),
    *("if", "elseif", "else", "endif", "while", "endwhile", "rep", "namespace", "assert", "print", "math", "freecode"),
    *("freespace", "freedata", "optimize", "lorom", "hirom", "arch", "check", "warnpc", "skip", "cleartable", "table"),
}
_PLACES_DATA = frozenset(("db", "dw", "dl", "dd", "fill"))
_ASM_LINE = re.compile(r"(?:[-+]+|[.!]*[\w?]+:|\.\w+)?[ \t]*(?P<word>%?!?\w*)(?:\.[bwlBWL])?(?P<operand>.*)")
_SENTENCE = re.compile(r"\w \w.*[:.?!]\s*$")
_CPP_LINE = re.compile(r"^\s*(?:#|[{}])|[;{}(),=+\-*/|&<>:?]\s*$")
_DATA_LINE = re.compile(r"^[^;\n]*?(?:\bd[bwld][ \t]|=).*$", re.MULTILINE)


def language_of(sample: Sample) -> str:
    """ "asm" or "cpp" where the answer is code, "text" where it is prose: by its contract, else by its blocks."""
    if sample.states_facts:
        return "text"
    return (
        str(sample.verification.contract.get("kind", "text"))
        if sample.verification
        else _shown(sample.output, sample.task)[0]
    )


def code_of(sample: Sample) -> str:
    """The code in the answer as the judge read it, by the contract where there is one. What holds none for the judge is
    taken as it is, so that a reason can say what it is instead."""
    stored = sample.verification
    if stored is None:
        return _shown(sample.output, sample.task)[1]
    return extract_code(sample.output, CONTRACT.validate_python(stored.contract)) or extract_code(sample.output)


@lru_cache(maxsize=1 << 10)  # each of a sample's readers asks again
def _shown(output: str, task: Task) -> tuple[str, str]:
    """The language and the code of an answer without a contract: its first block that is marked as either language, or
    that has no mark and reads as assembly; one with instructions comes before one of definitions. Where code was asked
    for, its first block is taken for it, whatever it is.
    """
    blocks = _BLOCK.findall(visible(output))
    told = [(_language_of_block(mark.lower(), code), code) for mark, code in blocks]
    shown = [(language, code) for language, code in told if language]
    if shown:
        return next((one for one in shown if one[0] == "cpp" or _has_instructions(one[1])), shown[0])
    is_code = blocks and task is not Task.ANSWER
    return ("asm", extract_code(output)) if is_code else ("text", output)


def _language_of_block(mark: str, code: str) -> str:
    """ "asm" or "cpp", "" where it is neither or nobody can say."""
    if mark in _CPP:
        return "cpp"
    reads_as_assembly = not mark and _has_instructions(code) and _mostly(_is_assembly, code) >= _READS_AS
    return "asm" if mark in ASSEMBLY or reads_as_assembly else ""


def statements_shown(text: str) -> list[tuple[str, ...]]:
    """The assembly in a text, block by block, as its bare lines: no comments, no spacing, no capitals. Where nothing is
    fenced, the lines that have the form of a statement are one block.
    """
    blocks = [code for mark, code in _BLOCK.findall(text) if mark.lower() in ASSEMBLY | {""}]
    if not blocks and "```" not in text:
        blocks = ["\n".join(line for line in text.splitlines() if _is_assembly(line) and not _SENTENCE.search(line))]
    bare = (without_comments(code, "asm").lower().splitlines() for code in blocks)
    return [lines for block in bare if (lines := tuple("".join(line.split()) for line in block if line.strip()))]


def without_comments(code: str, language: str) -> str:
    """Code without its comments ("asm" or "cpp"); what stands in quotes is none."""
    return _COMMENT[language].sub(lambda found: found["kept"] or "", code)


@dataclass(frozen=True)
class Reading:
    """An answer taken apart. `code` is without comments, which often speak of other places and earlier versions;
    `prose` is what surrounds the code.
    """

    language: str
    code: str
    prose: str
    prompt: str

    @classmethod
    def of(cls, sample: Sample) -> "Reading":
        language = language_of(sample)
        if language == "text":
            return cls(language, "", sample.output, sample.prompt)
        code, prose = without_comments(code_of(sample), language), FENCE.sub("", sample.output).strip()
        return cls(language, code, prose, sample.prompt)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(_TOKEN.findall(self.code or self.prose))

    @cached_property
    def names(self) -> frozenset[str]:
        """Identifiers that the code refers to: no mnemonics, directives, registers or labels of its own."""
        if self.language != "asm":
            return frozenset(_NAME.findall(self.code))
        used: set[str] = set()
        for line in self.code.splitlines():
            for statement in line.split(" : "):
                found = _ASM_LINE.match(statement.strip())
                operand = found["operand"] if found else ""
                used |= {name for name in _NAME.findall(re.sub(r'"[^"]*"', "", operand)) if name.lower() not in "axys"}
        return frozenset(used - self.defined - MNEMONICS - _DIRECTIVES)

    @cached_property
    def defined(self) -> frozenset[str]:
        """Labels and constants that the code defines itself."""
        labels = {first or second for first, second in _LABEL.findall(self.code)}
        return frozenset(labels | set(_DEFINITION.findall(self.code)))

    @cached_property
    def calls(self) -> frozenset[str]:
        """C++ functions and members that the code calls, those of namespace std aside."""
        return frozenset(re.findall(r"(?<!std::)\b([A-Za-z_]\w*)\s*\(", self.code))

    @cached_property
    def declared(self) -> frozenset[str]:
        """C++ names that follow a type: functions, parameters and variables of the code's own."""
        return frozenset(re.findall(r"(?:[\w>&*]|auto)[ \t&*]+([A-Za-z_]\w*)\s*[({=;]", self.code)) - {"return", "else"}

    @cached_property
    def addresses(self) -> frozenset[int]:
        """Addresses that the code works on; the numbers of its tables and definitions are none."""
        return addresses(_DATA_LINE.sub("", self.code))

    @cached_property
    def org(self) -> frozenset[int]:
        """The addresses at which a patch lays out its pieces."""
        return addresses(" ".join(re.findall(r"^[ \t]*org[ \t]+(\S+)", self.code, re.MULTILINE | re.IGNORECASE)))

    @cached_property
    def mnemonics(self) -> frozenset[str]:
        return mnemonics(self.code)

    @cached_property
    def is_data(self) -> bool:
        """Whether the code is assembly that places data and nothing else: no instruction, no macro."""
        if self.language != "asm":
            return False
        statements = (one.strip() for line in self.code.splitlines() for one in line.split(" : "))
        begins = {found["word"].lower() for one in statements if (found := _ASM_LINE.match(one))}
        return bool(begins & _PLACES_DATA) and not any(word[:1] == "%" or word.upper() in MNEMONICS for word in begins)

    @cached_property
    def encoded(self) -> frozenset[str]:
        """The instructions that a patch writes as bytes: where it is nothing but data, those whose opcode is in it."""
        if self.mnemonics:
            return frozenset()
        listed = {int(digits, 16) for line in _DATA_LINE.findall(self.code) for digits in _BYTE.findall(line)}
        return frozenset(name for name in MNEMONICS if opcodes(name) & listed)

    def widths(self, flag: int) -> set[int]:
        """The widths that REP and SEP give to A (flag $20) or to X and Y (flag $10) somewhere in the code."""
        switches = re.findall(r"\b(REP|SEP)(?:\.b)?[ \t]+#\$([0-9A-F]{1,2})\b", self.code, re.IGNORECASE)
        return {16 if name.upper() == "REP" else 8 for name, bits in switches if int(bits, 16) & flag}

    @cached_property
    def parsed_share(self) -> float:
        """The share of the code's lines that have the form of a statement of its language."""
        return _mostly(_is_assembly if self.language == "asm" else _is_cpp, self.code)


def _mostly(form: Callable[[str], bool], code: str) -> float:
    lines = [line for line in code.splitlines() if line.strip()]
    return sum(map(form, lines)) / len(lines) if lines else 0.0


def _has_instructions(code: str) -> bool:
    begins = (_ASM_LINE.match(line.strip()) for line in code.splitlines())
    return any(found and found["word"].upper() in MNEMONICS for found in begins)


def _is_assembly(line: str) -> bool:
    found = _ASM_LINE.fullmatch(line.strip())
    if not found:
        return False
    word = found["word"].lstrip("!")
    if not word or word.startswith("%") or found["operand"].lstrip().startswith("="):
        return True
    reads_as_prose = re.search(r"[A-Za-z]{2,}\s+[A-Za-z]{2,}", found["operand"])
    return word.lower() in _DIRECTIVES or (word.upper() in MNEMONICS and not reads_as_prose)


def _is_cpp(line: str) -> bool:
    return bool(_CPP_LINE.search(line))


@cache
def opcodes(name: str) -> frozenset[int]:
    """Every opcode of an instruction, whatever its addressing mode."""
    one_form = (table[name] for table in (IMPLIED, SIGNATURES, BRANCHES, LONG_BRANCHES) if name in table)
    return frozenset(one_form).union(*(forms.get(name, {}).values() for forms in FORMS.values()))


def addresses(text: str) -> frozenset[int]:
    """The addresses of four to six hexadecimal digits in a text, low WRAM by its place in bank $7E.

    Immediates are none.
    """
    found = {int(digits, 16) for digits in _ADDRESS.findall(text)}
    return frozenset(address | 0x7E0000 if address < 0x2000 else address for address in found)


def numbers(text: str) -> frozenset[int]:
    """The hexadecimal numbers of two digits or more in a text, immediates too; the bank of an address is left aside."""
    found = re.findall(r"(?<!\w)(?:\$|0x)([0-9A-Fa-f]{2,8})(?!\w)", text)
    return frozenset(int(digits, 16) & 0xFFFF for digits in found)


def mnemonics(text: str) -> frozenset[str]:
    """The 65816 mnemonics in a text, where they stand in capitals as whole words."""
    return frozenset(re.findall(r"(?<![\w$#.])[A-Z]{3}(?!\w)", text)) & MNEMONICS


def words(text: str) -> frozenset[str]:
    """The identifiers in a text, as whole tokens."""
    return frozenset(_NAME.findall(text))


def identifiers(text: str) -> frozenset[str]:
    """The names in a text that are no English words: in backticks, in mixed case, with an underscore or before "("."""
    shaped = re.findall(r"\b(?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|\w+_\w+|[A-Za-z]\w*(?=\())", text)
    return quoted(text) | frozenset(shaped)


def quoted(text: str) -> frozenset[str]:
    """The single names that a text sets in backticks."""
    return frozenset(
        word.strip("()") for word in _QUOTED.findall(text) if re.fullmatch(r"[A-Za-z_][\w:]*(\(\))?", word)
    )
