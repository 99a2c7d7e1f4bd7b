"""Which of several descriptions says what a routine does. It was run by what the others ask for, and failed."""

import random
import re

from oracle_lib.sample import Task
from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.kit.understanding import DONORS, Program, block, programs, question
from oracle_lib.verify import AsmContract, Fact, Span, check

SUBJECT = "understanding: meaning"
_CONVENTION = re.compile(r"\s+(?:Call it `|I JS[RL] to `|Label `|The routine is `)")
_ASKED = re.compile(r"(?:Write|I need) a routine (?:(?:that (?:does|works) |for )(?:this|as follows)[.:] |that |for )")
_LOW = re.compile(r"\$([01][0-9A-F]{3})\b")
_REACH = 0x100
_LONGEST = 240
_CASES = 6
_TRIES = 6


def draw(rng: random.Random) -> Problem:
    count = rng.choice((3, 3, 4))
    for own, program in programs(rng):
        right = _description(program.problem)
        if not right or len(program.lines) > 24:
            continue
        wrong = _distractors(program, right, own, count - 1)
        if len(wrong) < count - 1:
            continue
        place = own.randrange(count)
        said = [*wrong[:place], right, *wrong[place:]]
        letters = "ABCD"[:count]
        options = "\n".join(f"{letter}) {text}" for letter, text in zip(letters, said, strict=True))
        text = re.sub(rf"\b{program.entry}\b", "Routine", program.text)
        return question(
            __name__,
            SUBJECT,
            program,
            (
                "What does this routine do? One of the descriptions below it is right.",
                "Which description fits this code?",
                f"I found this in a ROM, called with {program.widths}. Which of these does it do? End with `Answer: ` "
                "and the letter.",
                "Read the code and choose the one sentence that says what it is for.",
                "Which one is it? Give the letter last.",
            ),
            input=f"{block(text)}\n\nEntered with {program.widths}.\n\n{options}",
            reasoning=right,
            answer=letters[place],
            facts=(Fact(name="choice", value=letters[place]),),
            parameters={"options": options},
        )
    raise AssertionError("programs() never ends without an error")


def _description(problem: Problem) -> str:
    """The first phrasing that says in a line what the routine does, without the calling convention; empty where none
    does. What a name stands for comes last."""
    for instruction in problem.instructions if problem.task is Task.WRITE else ():
        asked, *convention = _CONVENTION.split(instruction, maxsplit=1)
        before, *does = _ASKED.split(asked, maxsplit=1)
        if convention and does and "\n" not in asked and len(asked) <= _LONGEST:
            return f"{does[0][0].upper()}{does[0][1:]} {before}".strip()
    return ""


def _distractors(program: Program, right: str, rng: random.Random, count: int) -> list[str]:
    """Descriptions that are wrong of the program: of its own family, with other constants, then of its subject, then
    any; all at the program's own addresses, so that these alone tell nothing."""
    kind = next(kind for kind in DONORS if program.problem.family in families((kind,)))
    known = families((kind,))
    own = known[program.problem.family]
    near = [family for family in known.values() if family.subject == own.subject and family is not own]
    pool = [own, *rng.sample(near, min(len(near), _TRIES)), *rng.sample(list(known.values()), min(len(known), 20))]
    found: list[str] = []
    for family in pool:
        for _ in range(_TRIES if family is own else 2):
            text = _wrong(program, family.draw(rng), right)
            if text and text not in (right, *found):
                found.append(text)
                break
        if len(found) == count:
            break
    return rng.sample(found, len(found))


def _wrong(program: Program, other: Problem, right: str) -> str:
    """What the other problem asks for, moved to the addresses that the right description names; empty where the program
    does that as well or cannot be asked for it."""
    text, ours, theirs = _description(other), program.contract, other.contract
    if not text or not isinstance(theirs, AsmContract) or theirs.x != ours.x:
        return ""
    if theirs.m != ours.m and any(case.expect_registers for case in theirs.cases):
        return ""
    places, others = _places(ours, right), _places(theirs, text)
    if len(others) > len(places):
        return ""
    moves = dict(zip(others, places, strict=False))
    asked = {"entry": ours.entry, "m": ours.m, "returns": ours.returns, "changes": ours.changes}
    moved = theirs.model_copy(update={**asked, **_moved(theirs, moves)})
    if check(program.text, moved).failed_case is None:
        return ""
    return _LOW.sub(lambda found: f"${moves.get(int(found[1], 16), int(found[1], 16)):04X}", text)


def _places(contract: AsmContract, text: str) -> list[int]:
    """The addresses in low WRAM that a text names in order: where the contract places or expects something."""
    known = {place for case in contract.cases for place in (*case.memory, *case.expect_memory)}
    named = dict.fromkeys(int(digits, 16) for digits in _LOW.findall(text))
    return [place for place in named if place | 0x7E0000 in known]


def _moved(contract: AsmContract, moves: dict[int, int]) -> dict[str, object]:
    """What of a contract speaks of memory, with what lies from each old address on at the new one."""

    def at(place: int) -> int:
        near = [old for old in moves if -1 <= place - 0x7E0000 - old < _REACH]
        return place + moves[max(near)] - max(near) if near else place

    cases = [
        case.model_copy(
            update={
                "memory": {at(place): held for place, held in case.memory.items()},
                "expect_memory": {at(place): held for place, held in case.expect_memory.items()},
            }
        )
        for case in contract.cases[:_CASES]
    ]
    writes = tuple(Span(address=at(span.address), length=span.length) for span in contract.writes)
    return {"cases": tuple(cases), "writes": writes}
