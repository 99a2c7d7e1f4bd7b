"""Joins what experts said into one answer that names who said what, with what was found of it. No model has a hand in
it: what experts wrote is data, and code stays as it is to the letter.
"""

from collections.abc import Sequence

from pydantic import Field

from oracle_lib.council.agreement import Agreement
from oracle_lib.council.checking import Checked
from oracle_lib.council.wanted import ToolCall
from oracle_lib.markdown import parts, prose, shown
from oracle_lib.records import Frozen

_NOBODY = (
    "None of the experts is for this question, and the tiny base on which they stand has read code, never a chat: so "
    "nobody answers it. Name an expert to ask it all the same, or a base that chats, by `base` in params/council.yaml."
)


class Section(Frozen):
    """One expert's part, or what the base wrote where no expert was sure enough: then `confidence` is None. `version`
    is the registered adapter that wrote it, None for a base alone.

    `note` says who speaks where that is not the expert's champion, `checked` what is known of the code after
    `repairs` rounds of repair, `unrepaired` what it said before any, `agreement` how far its drafts agree where it
    wrote several, `unknown` which names are nowhere defined, `unsupported` which addresses it gives though what was
    asked about is not known, and `fault` what cut the answer short.
    `seconds` has the time of loading, asking, checking and repairing; `prompt_tokens` and `answer_tokens` are what it
    read and wrote in all that, and `cut_short` says that it wrote as much as it may. `calls` are the tools that it
    wants called before it goes on: then nothing was checked.
    """

    expert: str
    purpose: str
    confidence: float | None
    version: str | None
    text: str
    checked: Checked
    agreement: Agreement | None = None
    note: str = ""
    unknown: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    fault: str = ""
    repairs: int = 0
    unrepaired: str = ""
    seconds: dict[str, float] = Field(default_factory=dict)
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cut_short: bool = False
    calls: tuple[ToolCall, ...] = ()

    @property
    def title(self) -> str:
        sure = "" if self.confidence is None else f" (confidence {self.confidence:.2f})"
        return f"{self.expert}{sure}"

    @property
    def checks(self) -> tuple[str, ...]:
        """What was found of its code, in words."""
        often = {1: "once", 2: "twice"}.get(self.repairs, f"{self.repairs} times")
        mended = f" It was repaired {often}." if self.checked.usable else f" Repair was tried {often}, in vain."
        rounds = mended if self.repairs else ""
        agreed = self.agreement.note if self.agreement else ""
        return tuple(filter(None, (f"{self.checked.note}{rounds}" if self.checked.note else "", agreed)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know before trusting it."""
        fault = self.fault.rstrip(".")
        lost = "The answer is cut short" if self.text.strip() else "There is no answer"
        return tuple(
            filter(
                None,
                (
                    f"{lost}: {fault}." if fault else "",
                    self.note,
                    self.agreement.warning if self.agreement else "",
                    f"Defined nowhere that is known here: {', '.join(self.unknown)}." if self.unknown else "",
                    f"What was asked about is not known, so do not rely on {', '.join(self.unsupported)}."
                    if self.unsupported
                    else "",
                ),
            )
        )


def synthesise(sections: Sequence[Section], facts: Sequence[str] = ()) -> str:
    """One Markdown text: a lone expert's answer as it is, several experts' with an overview, their steps and their
    code, or that nobody answers; then the checks, the warnings and the `facts` that were looked up.
    """
    answered = [section for section in sections if section.text.strip()]
    several = len(sections) > 1
    written = _joined(answered or sections) if several else _alone(sections[0]) if sections else [_NOBODY]
    level = "##" if several else "###"

    def said(found: Sequence[tuple[str, str]]) -> list[str]:
        return [prose(f"{name}: {text}" if several else text) for name, text in found]

    endings = {
        "Checks": said([(one.expert, text) for one in answered for text in one.checks]),
        "Warnings": said([(one.expert, text) for one in sections for text in one.warnings]),
        "Looked up": [prose(fact) for fact in facts],
    }
    lists = [
        f"{level} {name}\n\n" + "\n".join(f"- {line}" for line in lines) for name, lines in endings.items() if lines
    ]
    return "\n\n".join([*written, *lists])


def _alone(section: Section) -> list[str]:
    return list(filter(None, (f"## {section.title}", shown(section.text))))


def _joined(sections: Sequence[Section]) -> list[str]:
    overview = "\n".join(f"- **{one.title}**: {prose(one.purpose)}" for one in sections)
    steps, code = list[str](), list[str]()
    for section in sections:
        said = list[str]()
        for part in parts(section.text):
            if part.is_code:
                code.append(f"**Code {len(code) + 1}**, by {section.expert}:\n\n{part}")
                said.append(f"*(code {len(code)})*")
            else:
                said.append(str(part))
        if said:
            steps.append(f"### {section.expert}\n\n" + "\n\n".join(said))
    return [
        f"## Overview\n\n{overview}",
        *(["## Steps", *steps] if steps else []),
        *(["## Code", *code] if code else []),
    ]
