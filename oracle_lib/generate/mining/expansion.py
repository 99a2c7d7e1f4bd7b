"""An item's assembly as it reads without its project: macros, defines and conditionals come to what they stand for."""

import re
from itertools import groupby

from oracle_lib.verify import Assembly

_SPACE = re.compile(r"\s")
_LABEL = re.compile(r"[.#]\w+:?|\w+:|[+-]+:?")
_OF_A_MACRO = re.compile(r"(?<![\w)\]])\?(?=[A-Za-z_])")
"""What begins the labels that each use of a macro has to itself."""


def expanded(text: str, preamble: str, assembly: Assembly) -> str:
    """The text with what is left of it where the text, behind its preamble if it has one, was assembled with
    `expand=True`. Lines that stay as they are keep their form, all others have a statement each. A macro's own labels
    become sublabels that are numbered by the line of its use.
    """
    lines = text.splitlines()
    before = len(preamble.splitlines())
    found = []
    for number, run in groupby(assembly.expansion, key=lambda one: one.line - before):
        if number < 1:
            continue
        statements = [one.text for one in run]
        code, mark, comment = lines[number - 1].partition(";")
        if _SPACE.sub("", ":".join(statements)) == _SPACE.sub("", code):
            found.append(lines[number - 1])
            continue
        own = [_OF_A_MACRO.sub(f".line{number}_", statement) for statement in statements]
        found += [statement if _LABEL.fullmatch(statement) else f"    {statement}" for statement in own]
        found[-1] += f" ;{comment}" if mark else ""
    # Functions are called still: they stand behind the label.
    found[1:1] = [line for line in preamble.splitlines() if line.startswith("function ")]
    return "\n".join(found)
