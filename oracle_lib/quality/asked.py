"""What does a request want: code, data, or an explanation? Reads its words, and judges no answer."""

import re

from oracle_lib.quality.text import Reading
from oracle_lib.sample import Sample, Task

_MAKES = (
    r"write|create|implement|make|give|build|need|want|produce|generate|hook|fix|optimi[sz]e|rewrite|convert"
    r"|translate|add|insert"
)
_CODE = r"routines?|subroutines?|functions?|handlers?|procedures?|macros?|hooks?|loops?|code"
_DATA = r"tables?|strings?|texts?|messages?|bytes?|words?|data|palettes?|lists?|arrays?|values?|constants?|patch|entry"
_WANTED = re.compile(rf"\b(?:{_MAKES})\b[^.?!]*?\b(?:(?P<code>{_CODE})|{_DATA})\b", re.IGNORECASE)
_EXPLAINS = 20
"""Words around code, from which on they are the answer, and the code only shows what they speak of."""


def wants_code(instruction: str) -> bool:
    """Whether it is a routine that is to be made, rather than data, or nothing at all."""
    found = _WANTED.search(instruction)
    return bool(found and found["code"])


def illustrates(sample: Sample, reading: Reading) -> bool:
    """Whether the code in an answer only shows what its prose explains, which is what the request wants."""
    is_explained = reading.language == "text" or len(reading.prose.split()) >= _EXPLAINS
    return sample.task is Task.ANSWER and is_explained and not wants_code(sample.instruction)
