"""What is made of an expert's attempts at an answer: each is examined, of several drafts one is kept, and what fails is
told to its expert. Asks nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oracle_lib import verify
from oracle_lib.chat import Conversation
from oracle_lib.council import facts
from oracle_lib.council.agreement import Agreement, agree
from oracle_lib.council.checking import Checked, check_code
from oracle_lib.council.speaking import Said
from oracle_lib.params import Expert
from oracle_lib.quality import Knowledge

_UNCHECKED = Checked(usable=None)
_REPAIR = """\
Your code was checked, and this was found:
{faults}

Write the whole corrected code again, in one code block."""


@dataclass(frozen=True)
class Attempt:
    """What an expert said, what is known of its code, which names in it are nowhere defined, and how far its drafts
    agree where it wrote several.
    """

    said: Said
    checked: Checked = _UNCHECKED
    unknown: tuple[str, ...] = ()
    agreement: Agreement | None = None


def examined(said: Said, expert: Expert, question: str, knowledge: Knowledge) -> Attempt:
    """What is known of the code, and which names in the answer are nowhere defined."""
    checked = check_code(said.text, expert.language, question, knowledge.symbols)
    blocks = verify.code_blocks(said.text)
    unknown = facts.unknown_in(knowledge, expert, question, said.text, blocks) if said.text.strip() else ()
    return Attempt(said, checked, unknown)


def chosen(drafts: Sequence[Said], expert: Expert, question: str, knowledge: Knowledge) -> Attempt:
    """Of the drafts that no check speaks against the one that does what most of them do; where there is none, the first
    of the best.
    """
    if drafts[0].calls:
        return Attempt(drafts[0])
    attempts = [examined(said, expert, question, knowledge) for said in drafts]
    best = [one for one in attempts if not any(other.checked.is_better_than(one.checked) for other in attempts)]
    if len(attempts) == 1 or best[0].checked.usable is not True:
        return best[0]
    codes = ["\n".join(verify.code_blocks(one.said.text)) if one in best else "" for one in attempts]
    agreement = agree(question, codes, knowledge.symbols)
    return replace(attempts[agreement.chosen], agreement=agreement) if agreement.groups else best[0]


def repair_request(attempt: Attempt) -> Conversation:
    """What an attempt said, and what is wrong with it."""
    found = [*attempt.checked.faults, *(f"{name} is defined nowhere" for name in attempt.unknown)]
    return [
        {"role": "assistant", "content": attempt.said.text},
        {"role": "user", "content": _REPAIR.format(faults="\n".join(f"- {fault}" for fault in found))},
    ]
