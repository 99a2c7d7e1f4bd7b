"""Which of two or three routines does what a specification says: one is right, the others have one thing changed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import block, broken, fault, programs, question
from oracle_lib.verify import Fact

SUBJECT = "understanding: meaning"


def draw(rng: random.Random) -> Problem:
    count = rng.choice((1, 1, 2))
    for own, program in programs(rng):
        if len(program.lines) > 16:
            continue
        wrong = broken(program, own, count)
        if len(wrong) < count:
            continue
        place = own.randrange(count + 1)
        letters = "ABC"[: count + 1]
        texts = [one.text for one, _ in wrong]
        texts.insert(place, program.text)
        others = [letter for letter in letters if letter != letters[place]]
        told = [f"- {letter} {fault(one)}." for letter, (one, _) in zip(others, wrong, strict=True)]
        said = program.problem.instructions
        first, second, third, fourth = (said[own.randrange(len(said))] for _ in range(4))
        names = " or ".join(letters) if count == 1 else "A, B or C"
        return question(
            __name__,
            SUBJECT,
            program,
            (
                f"Which of these routines is right, {names}? The task was: {first}",
                f"Only one of these versions meets the specification. Which one, and what is wrong with the rest?\n"
                f"Specification: {second}",
                f"{names}? {third}",
                f"I have {count + 1} candidates for this: {fourth}\nWhich one may I use? End with `Answer: ` and its "
                "letter.",
            ),
            input="\n\n".join(f"{letter}:\n{block(text)}" for letter, text in zip(letters, texts, strict=True)),
            reasoning="\n".join(told),
            answer=letters[place],
            facts=(Fact(name="choice", value=letters[place]),),
            parameters={"shown": "\n".join(texts)},
        )
    raise AssertionError("programs() never ends without an error")
