"""What can be said against the words and the code of an answer without running it: copies, files, quotes, widths."""

import re
from collections.abc import Iterator, Sequence

from oracle_lib.generate.briefs.asks import Language
from oracle_lib.generate.requests import Unusable
from oracle_lib.quality.text import addresses, mnemonics, quoted, words
from oracle_lib.verify.assembler.text import masked

MOST_COPIED = 0.5
"""The share of an answer's runs of words, or of tokens of code, that may stand in the source as they are."""
_PROSE_RUN, _CODE_RUN = 8, 12
_BRIEF_RUN = 7
"""Words in a row of a brief that nobody writes by chance who words an instruction of their own."""
_FEWEST_RUNS = 8
"""Of an answer with fewer runs nothing is said: a short one has little choice."""

_TOKEN = re.compile(r"\$?\w+|[^\w\s]")
_CPP_COMMENT = re.compile(
    r"""(?P<kept>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |//[^\n]*|/\*.*?(?:\*/|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_ASM_FILES = re.compile(
    r"(?im)(?:^|[:\s])@?(?:incbin|incsrc|include|includeonce|incdir|getfilestatus|readfile[1-4]|canreadfile[1-4]?)\b"
)
_INCLUDE = re.compile(r"(?m)^[ \t]*#[ \t]*(?:include|include_next|import|embed)\b[ \t]*(.*)$")
_STANDARD = re.compile(r"<[a-z][a-z0-9_]*(?:\.h)?>\s*(?://.*)?")
_WANTS_CODE = re.compile(
    r"^\W*(?:please )?(?:(?:write|create|implement|make|develop|build|program)(?: me| us)? (?:an?|some|another)"
    r"|(?:write|implement) the) (?:(?!(?:for|of|about|on|to|that|which|in)\b)[\w$-]+ ){0,3}?"
    r"(?:routine|subroutine|function|method|class|program|hook|patch|table|code (?:that|which|to))\b(?!['\u2019]| of\b)"
    r"|^\W*(?:please )?write (?:[\w$-]+ ){0,2}?(?:code|assembly) (?:that|which|to)\b",
    re.I,
)
_UNSEEN = re.compile(
    r"</?source>|\b(?:above|provided|given|this) (?:text|passage|document|source|excerpt|section)\b"
    r"|\b(?:text|passage|document|source|excerpt|section) (?:above|provided|given)\b",
    re.I,
)
_WIDTHS = {
    "A": re.compile(
        r"\b(8|16)[- ]bits?(?: wide)? (?:A\b|accumulator)|(?:\bA\b|accumulator)(?: is| being|,)? (?:in )?(8|16)[- ]bit",
        re.I,
    ),
    "X and Y": re.compile(
        r"\b(8|16)[- ]bits?(?: wide)? (?:X\b|Y\b|index)"
        r"|(?:\bX and Y\b|\bX/Y\b|index registers?)(?: are| is| being|,)? (?:in )?(8|16)[- ]bit",
        re.I,
    ),
}


def bare(code: str, language: Language) -> str:
    """Code without its comments and without blank lines; other text as it is."""
    if language == "text":
        return code
    if language == "asm":
        lines = [line[:found] if (found := masked(line).find(";")) >= 0 else line for line in code.splitlines()]
    else:
        lines = _CPP_COMMENT.sub(lambda found: found["kept"] or " ", code).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def comments(code: str, language: Language) -> list[str]:
    """What the comments of code say, without their marks and without those that say nothing."""
    if language == "cpp":
        found = [one[0] for one in _CPP_COMMENT.finditer(code) if one["kept"] is None]
    else:
        found = [line[at:] for line in code.splitlines() if (at := masked(line).find(";")) >= 0]
    return [said for one in found if re.search(r"\w", said := one.strip(";/*<! \t\n"))]


def tokens(code: str, language: Language) -> list[str]:
    """What is equal in code that differs in spaces and comments alone."""
    return _TOKEN.findall(bare(code, language))


def unfenced(code: str) -> str:
    """The code of a field, without a fence around all of it, which some models cannot leave out."""
    found = re.fullmatch(r"\s*```[\w+]*[ \t]*\n(.*?)\n?[ \t]*```\s*", code, re.DOTALL)
    return (found[1] if found else code).strip("\n")


def refuse_files(code: str, language: Language) -> None:
    """Raises `Unusable` for code that reads a file, or includes any but a header of the standard library."""
    if language == "asm" and _ASM_FILES.search(bare(code, "asm")):
        raise Unusable("the code reads a file")
    if language == "cpp" and not all(_STANDARD.fullmatch(name.strip()) for name in _INCLUDE.findall(bare(code, "cpp"))):
        raise Unusable("the code includes what is no header of the standard library")


def refuse_copies(written: Sequence[str], source: Sequence[str], run: int) -> None:
    """Raises `Unusable` where more than `MOST_COPIED` of the runs of so many tokens stand in the source too."""
    ours, theirs = _runs(written, run), _runs(source, run)
    if len(ours) >= _FEWEST_RUNS and len(ours & theirs) > MOST_COPIED * len(ours):
        raise Unusable("the answer copies the source")


def refuse_copied_code(code: str, source: str, language: Language) -> None:
    refuse_copies(tokens(code, language), tokens(source, language), _CODE_RUN)


def refuse_copied_prose(prose: str, *sources: str) -> None:
    refuse_copies(_words(prose), _words("\n".join(sources)), _PROSE_RUN)


def refuse_brief(written: str, brief: str, *sources: str) -> None:
    """Raises `Unusable` where what a teacher wrote repeats its brief, in words that the source does not have too and
    without a number: with one they may be a limit that the sample has to give.
    """
    told = _runs(_words(brief), _BRIEF_RUN) - _runs(_words("\n".join(sources)), _BRIEF_RUN)
    repeated = told & _runs(_words(written), _BRIEF_RUN)
    if not all(re.search(r"\d", " ".join(run)) for run in repeated):
        raise Unusable("the answer repeats the words of its brief")


def refuse_other_order(instruction: str, code: str) -> None:
    """Raises `Unusable` for an instruction about code that is shown which asks for new code, or only names or repeats
    what is shown.
    """
    if _WANTS_CODE.search(instruction):
        raise Unusable("the instruction asks for new code, and its task is about code that is there")
    if set(re.findall(r"\w+", instruction)) <= set(re.findall(r"\w+", code)):
        raise Unusable("the instruction is a name or code and asks for nothing")


def _runs(parts: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(parts[start : start + length]) for start in range(len(parts) - length + 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"[\w$]+(?:'\w+)*", text.lower())


def refuse_made_up(quote: str, source: str) -> None:
    """Raises `Unusable` where a quotation does not stand in the source, or is too short to show anything."""
    said = _words(quote)
    if len(said) < 4:
        raise Unusable("the quotation is too short to show anything")
    if f" {' '.join(said)} " not in f" {' '.join(_words(source))} ":
        raise Unusable("the quotation does not stand in the source")


def refuse_unseen(instruction: str) -> None:
    """Raises `Unusable` where an instruction speaks of a text that its reader does not see."""
    if _UNSEEN.search(instruction):
        raise Unusable("the instruction speaks of a text that its reader does not see")


def refuse_unshown(prose: str, shown: str) -> None:
    """Raises `Unusable` where more than a third of what a text about code names does not stand in what it is about:
    single names in backquotes, addresses, and instructions in capitals.
    """
    known = mnemonics(shown.upper()) | words(shown)
    claims = {name: name in known for name in (*quoted(prose), *mnemonics(prose))}
    claims |= {f"${address:06X}": address in addresses(shown) for address in addresses(prose)}
    if list(claims.values()).count(False) * 3 > len(claims):
        raise Unusable("the answer speaks of names or addresses that its sample does not show")


def widths_said(text: str) -> Iterator[tuple[str, int]]:
    """The widths that a text gives A, and X and Y."""
    for register, pattern in _WIDTHS.items():
        for before, after in pattern.findall(text):
            yield register, int(before or after)
