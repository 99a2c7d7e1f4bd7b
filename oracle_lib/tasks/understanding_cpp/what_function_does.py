"""Which of two or three descriptions says what a function does. It was run by what the others ask for, and failed."""

import random
import re

from oracle_lib.tasks import Problem, families
from oracle_lib.tasks.kit.cpp_understanding import DONORS, Function, functions
from oracle_lib.tasks.kit.understanding import block, question
from oracle_lib.verify import CppContract, Fact, check

SUBJECT = "C++: meaning"
_TONE = r"(?:Signature: |Use exactly this signature: |I call it as |Declare it as |The function: |As )?"
_OPENING = re.compile(r"^(?:[^.:`]*?\bfunction that |For [^.:`]*?, )")
_LONGEST = 400
_DRAWS = 16


def draw(rng: random.Random) -> Problem:
    count = rng.choice((2, 3, 3))
    for own, function in functions(rng):
        right = _description(function.problem)
        wrong = _others(function, right, own, count - 1) if right else []
        if len(wrong) < count - 1:
            continue
        place = own.randrange(count)
        letters = "ABC"[:count]
        said = [*wrong[:place], right, *wrong[place:]]
        options = "\n".join(f"{letter}) {text}" for letter, text in zip(letters, said, strict=True))
        return question(
            __name__,
            SUBJECT,
            function,
            (
                "What does this function do? One of the descriptions below it is right.",
                "Which description fits this code?",
                "I found this function in an editor. Which of these does it do? End with `Answer: ` and the letter.",
                "Read the function and choose the one description that is true of it. Give the letter last.",
            ),
            input=f"{block(_nameless(function), 'cpp')}\n\n{options}",
            reasoning=right,
            answer=letters[place],
            facts=(Fact(name="choice", value=letters[place]),),
            parameters={"options": options},
        )
    raise AssertionError("functions() never ends without an error")


def _name(contract: CppContract) -> str:
    return contract.signature.partition("(")[0].rpartition(" ")[2]


def _nameless(function: Function) -> str:
    """The function without the name that says what it is for."""
    return re.sub(rf"\b{_name(function.contract)}\b", "f", function.text)


def _description(problem: Problem) -> str:
    """A phrasing that says what the function does, without its signature and without an example; empty where there is
    none of a moderate length."""
    contract = problem.contract
    assert isinstance(contract, CppContract)
    asked = re.compile(rf"(.+?)\s+{_TONE}`{re.escape(contract.signature)}`[^`]*")
    for instruction in sorted(problem.instructions, key=len):
        found = asked.fullmatch(instruction)
        if found and len(found[1]) <= _LONGEST and "For example" not in found[1] and "\n" not in found[1]:
            text = _OPENING.sub("", found[1])
            return f"{text[0].upper()}{text[1:]}"
    return ""


def _others(function: Function, right: str, rng: random.Random, count: int) -> list[str]:
    """Descriptions that are wrong of the function, though its arguments are called as in them: of its own family."""
    family = families(DONORS)[function.problem.family]
    found: list[str] = []
    for _ in range(_DRAWS):
        other = family.draw(rng)
        text = _description(other)
        if text and text not in (right, *found) and _fails(function, other):
            found.append(text)
        if len(found) == count:
            break
    return found


def _fails(function: Function, other: Problem) -> bool:
    """Whether the function can be asked for what the other one is, and does something else."""
    ours, theirs = function.contract, other.contract
    assert isinstance(theirs, CppContract)
    if ours.signature.replace(_name(ours), _name(theirs)) != theirs.signature:
        return False
    verdict = check(re.sub(rf"\b{_name(ours)}\b", _name(theirs), function.text), theirs)
    return verdict.assembles and not verdict.passes
