"""A sample in the forms in which two are compared: what is asked, and the code line for line. Compares nothing."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from oracle_lib.quality.canonical import canonical
from oracle_lib.quality.text import language_of
from oracle_lib.sample import Domain, Sample, Task
from oracle_lib.verify import CONTRACT, code_blocks, extract_code
from oracle_lib.verify.answers import asm, cpp
from oracle_lib.verify.answers.blocks import Block
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_COMMENT = {
    "asm": re.compile(r";.*"),
    "cpp": re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL),
    "text": re.compile(r"(?!)"),
}
_TOKEN = re.compile(r"\w+|[^\w\s]")
_PARAMETER = re.compile(r"\$[0-9a-f]+|0x[0-9a-f]+|\b\d+\b|`[^`]+`", re.IGNORECASE)
_WORD = re.compile(r"\b[a-z]{3}\b")
_INSTRUCTIONS = frozenset(name.lower() for name in MNEMONICS) - {"ina", "dea", "blt", "bge", "tad", "tda", "tas", "tsa"}
_CODE_TASKS = (Task.WRITE, Task.FIX, Task.OPTIMISE, Task.HOOK, Task.CONVERT, Task.API)

FEWEST = 4
"""Instructions that a piece of code needs to be known again: shorter ones are alike by chance."""


_canonical = lru_cache(maxsize=1 << 16)(canonical)  # all wordings of a problem have one answer


@dataclass(frozen=True)
class Form:
    """A sample as it is compared with others.

    `prompt` and `instruction` are in lower case with single spaces, `parameters` the numbers and quoted names in the
    prompt, in order. `start` is the input and `code` the answer's code, both without comments, layout and case; of an
    answer that states facts, `code` is what it is about and all that it says, for many programs share a width or a
    letter. `texts` are the answer's code and the code that was given, as they stand.
    A sample is `drawn` if a task family drew its problem: then its parameters make it another problem.
    """

    prompt: str
    instruction: str
    parameters: tuple[str, ...]
    start: str
    code: str
    has_code: bool
    written_in: str
    texts: tuple[str, ...]
    drawn: bool

    @classmethod
    def of(cls, sample: Sample) -> "Form":
        prompt = " ".join(sample.prompt.lower().split())
        language = language_of(sample)
        has_code = "```" in sample.output and not sample.states_facts
        answer = answer_code(sample) if has_code else ""
        about_code = sample.input and (language != "text" or sample.states_facts)
        given = (code_blocks(sample.input) if "```" in sample.input else []) or ([sample.input] if about_code else [])
        written_in = "cpp" if language == "cpp" or sample.domain is Domain.YAZE else "asm"
        start = _normal(sample.input, written_in if about_code else "text")
        if has_code:
            code = _normal(answer, written_in)
        else:
            said = _normal(sample.output, "text")
            code = f"{start}\n{said}" if sample.states_facts else said
        return cls(
            prompt=prompt,
            instruction=sample.instruction.lower(),
            parameters=tuple(_PARAMETER.findall(prompt)),
            start=start,
            code=code,
            has_code=has_code,
            written_in=written_in,
            texts=tuple(filter(None, (answer, *given))),
            drawn=sample.source.corpus == "tasks",
        )

    @cached_property
    def canonical(self) -> tuple[tuple[str, ...], ...]:
        """The canonical instruction streams of the texts."""
        return tuple(_canonical(text, self.written_in) for text in self.texts)

    @property
    def streams(self) -> tuple[tuple[str, ...], ...]:
        """Those of at least `FEWEST` instructions."""
        return tuple(stream for stream in self.canonical if len(stream) >= FEWEST)

    @property
    def shape(self) -> str:
        """What equal streams have in common and costs little to see: the instructions, or the punctuation of C++."""
        if self.written_in == "cpp":
            return re.sub(r"[\w\s']+", "", self.code)
        return " ".join(word for word in _WORD.findall(self.code) if word in _INSTRUCTIONS)


def answer_code(sample: Sample) -> str:
    """The code in the answer, as the judge read it."""
    alone = _only_block(sample.output)
    if alone is not None:
        return alone
    stored = sample.verification
    if stored is None:
        return extract_code(sample.output)
    # Which block it is follows from the contract without its cases, of which there may be hundreds.
    few = {**stored.contract, "cases": stored.contract["cases"][:1]}  # type: ignore[index]
    return extract_code(sample.output, CONTRACT.validate_python(few)) or extract_code(sample.output)


def _only_block(text: str) -> str | None:
    """The text's only fenced block of assembly or C++, where nothing hides or surrounds it: most answers are such, and
    reading the others takes fifty times as long.
    """
    parts = text.split("```")
    if len(parts) != 3 or "<" in parts[0] or parts[0][-1:] not in ("", "\n") or parts[2][:1] not in ("", "\n"):
        return None
    language, _, code = parts[1].partition("\n")
    return code[:-1] if language in ("asm", "cpp") and code.endswith("\n") else None


def proves_its_code(sample: Sample) -> bool:
    """Whether all in the answer that can be run was run, and held. Prose has nothing to run."""
    stored = sample.verification
    if stored is not None:
        return stored.passes and stored.cases > 0
    is_code = sample.task in _CODE_TASKS or "```" in sample.output or "~~~" in sample.output
    return not is_code and all(read(Block(sample.output)).statements < FEWEST for read in (asm.read, cpp.read))


def ngrams(text: str, length: int) -> list[str]:
    """The runs of so many tokens in a text, in lower case; all of it where it has fewer."""
    tokens = _TOKEN.findall(text.lower())
    runs = zip(*(tokens[start:] for start in range(length)), strict=False)
    return [*map(" ".join, runs)] or [" ".join(tokens)]


def _normal(code: str, language: str) -> str:
    lines = (" ".join(line.split()) for line in _COMMENT[language].sub("", code.lower()).splitlines())
    return "\n".join(filter(None, lines))
