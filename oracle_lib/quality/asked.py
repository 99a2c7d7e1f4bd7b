"""What does a request want: code, data, or an explanation? Reads its words, and judges no answer."""

import re

from oracle_lib.quality.text import Reading, mnemonics
from oracle_lib.sample import Sample, Task

_MAKES = (
    r"write|create|implement|make|give|build|need|want|produce|generate|hook|fix|optimi[sz]e|rewrite|convert"
    r"|translate|add|insert"
)
_CODE = r"routines?|subroutines?|functions?|handlers?|procedures?|macros?|hooks?|loops?|code"
_DATA = r"tables?|strings?|texts?|messages?|bytes?|words?|data|palettes?|lists?|arrays?|values?|constants?|patch|entry"
_WANTED = re.compile(rf"\b(?:{_MAKES})\b[^.?!]*?\b(?:(?P<code>{_CODE})|{_DATA})\b", re.IGNORECASE)
_IMPROVED = re.compile(
    r"\b(?:optimi[sz]e|reduce|shrink|shorten|speed up|faster|fewer|smaller|improve|fix)\b", re.IGNORECASE
)
_POINTED_AT = re.compile(
    r"\b(?:this|these|my|the following)\b[^.?!\n]{0,60}\b(?:code|routine|function|handler|loop|snippet|source)\b",
    re.IGNORECASE,
)
_EXPLAINS = 20
"""Words around code, from which on they are the answer, and the code only shows what they speak of."""


def wants_code(instruction: str) -> bool:
    """Whether it is a routine that is to be made, rather than data, or nothing at all."""
    found = _WANTED.search(instruction)
    return bool(found and found["code"])


def wants_better(instruction: str) -> bool:
    """Whether code that is shown is to be changed: made faster or smaller, or put right."""
    return _IMPROVED.search(instruction) is not None


def lacks_its_code(sample: Sample) -> bool:
    """Whether a request speaks of code ("this routine") that it does not show."""
    shows_code = bool(sample.input.strip() or "```" in sample.instruction or mnemonics(sample.instruction))
    return not shows_code and _POINTED_AT.search(sample.instruction) is not None


def illustrates(sample: Sample, reading: Reading) -> bool:
    """Whether the code in an answer only shows what its prose explains, which is what the request wants."""
    is_explained = reading.language == "text" or len(reading.prose.split()) >= _EXPLAINS
    return sample.task is Task.ANSWER and is_explained and not wants_code(sample.instruction)
