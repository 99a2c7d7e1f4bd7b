"""Joins what experts said into one answer, and says of each piece of code whether it assembles or compiles. Whether it
does what was asked stays open: a free question has no contract.
"""

import re
from collections.abc import Sequence

from oracle_lib import verify
from oracle_lib.params import Expert
from oracle_lib.records import Frozen

_FENCE = re.compile(r"^[ \t]*```", re.MULTILINE)
_CODE_OR_ADDRESS = re.compile(
    r"(?P<code>^[ \t]*```.*?^[ \t]*```|(?P<ticks>`+).+?(?P=ticks))|#?\$+\w*", re.DOTALL | re.MULTILINE
)


class Section(Frozen):
    """One expert's part, or what the base wrote where no expert was sure enough: then `confidence` is None. `version`
    is the registered adapter that wrote it, None for the base model alone; `usable` is whether its code assembles or
    compiles, None where there is no code or no way to tell; `note` says it in words.
    """

    expert: str
    confidence: float | None
    version: str | None
    text: str
    usable: bool | None
    note: str


def write_section(expert: Expert, confidence: float, version: str | None, text: str, *, is_champion: bool) -> Section:
    """What the expert's `version` wrote, with a note on who that is, unless it is the champion, and on its code."""
    usable, note = check_code(text, expert.language)
    if version is None:
        note = f"{expert.name} has no adapter on this base yet; this answer is the base model's. {note}"
    elif not is_champion:
        note = f"{version} is a candidate: it has not passed the gates of a champion. {note}"
    return Section(
        expert=expert.name, confidence=confidence, version=version, text=text, usable=usable, note=note.strip()
    )


def write_general_section(name: str, text: str, reason: str) -> Section:
    """What the base wrote where no expert was asked, with the `reason` as its note."""
    said = reason[:1].upper() + reason[1:]
    return Section(
        expert=name, confidence=None, version=None, text=text, usable=None, note=f"The base model answers. {said}."
    )


def check_code(text: str, language: str) -> tuple[bool | None, str]:
    """Whether the first code block of an answer assembles ("asm") or compiles ("cpp"), and the finding in words."""
    if not text.strip():
        return None, "The model wrote nothing."
    if language == "text":
        return None, ""
    blocks = verify.code_blocks(text)
    if not blocks:
        return None, "The answer holds no code block, so nothing was checked."
    code = blocks[0]
    if not code.strip(" \n`"):
        return False, "The code block is empty."
    if language == "asm":
        assembly = verify.assemble(code)
        if not assembly.ok:
            return False, f"The code does NOT assemble: {assembly.diagnostics[0]}."
        if not assembly.code:
            return False, "The code holds no instruction."
        return True, f"The code assembles ({len(assembly.code)} bytes)."
    if reason := verify.cpp_unavailable():
        return None, f"The code was not compiled: {reason}."
    # A contract needs a function to call: this one is ours, so that only the answer's own text can fail.
    contract = verify.CppContract(
        signature="void asked_by_the_council()",
        driver="int main() { return 0; }",
        cases=(verify.CppCase(stdin="", stdout=""),),
    )
    verdict = verify.run_cpp(f"{code}\nvoid asked_by_the_council() {{}}\n", contract)
    if verdict.assembles:
        return True, "The code compiles."
    return False, f"The code does NOT compile: {verdict.reasons[0]}."


def synthesise(sections: Sequence[Section]) -> str:
    """One Markdown text: a section an expert, in the given order, each ending in what is known of its code.

    An address such as $7EF360 outside of code becomes code: Markdown reads what stands between two "$" as mathematics.
    """
    parts = []
    for section in sections:
        text = section.text.strip()
        if len(_FENCE.findall(text)) % 2:  # cut off inside a block, which would swallow the rest
            text += "\n```"
        note = f"\n\n*{section.note}*" if section.note else ""
        sure = "" if section.confidence is None else f" (confidence {section.confidence:.2f})"
        parts.append(f"## {section.expert}{sure}\n\n{text}{note}")
    return _CODE_OR_ADDRESS.sub(lambda found: found["code"] or f"`{found[0]}`", "\n\n".join(parts))
