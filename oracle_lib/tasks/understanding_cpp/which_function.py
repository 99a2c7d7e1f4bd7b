"""Which of two or three functions does what a request says: one is right, the others have one thing changed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_understanding import broken, fault, functions
from oracle_lib.tasks.kit.understanding import block, question
from oracle_lib.verify import Fact

SUBJECT = "C++: meaning"


def draw(rng: random.Random) -> Problem:
    count = rng.choice((1, 1, 2))
    for own, function in functions(rng):
        wrong = broken(function, own, count)
        if len(wrong) < count:
            continue
        place = own.randrange(count + 1)
        letters = "ABC"[: count + 1]
        texts = [one.text for one, _ in wrong]
        texts.insert(place, function.text)
        others = [letter for letter in letters if letter != letters[place]]
        told = [f"- {letter} {fault(function, one)}." for letter, (one, _) in zip(others, wrong, strict=True)]
        said = own.sample(function.problem.instructions, min(4, len(function.problem.instructions)))
        names = " or ".join(letters) if count == 1 else "A, B or C"
        return question(
            __name__,
            SUBJECT,
            function,
            (
                f"Which of these functions is right, {names}? The task was: {said[0]}",
                f"Only one of these versions meets the specification. Which one, and what is wrong with the rest?\n"
                f"Specification: {said[1]}",
                f"{names}? {said[2]}",
                f"I have {count + 1} candidates for this: {said[3]}\nWhich one may I use? End with `Answer: ` and its "
                "letter.",
            ),
            input="\n\n".join(f"{letter}:\n{block(text, 'cpp')}" for letter, text in zip(letters, texts, strict=True)),
            reasoning="\n".join(told),
            answer=letters[place],
            facts=(Fact(name="choice", value=letters[place]),),
            parameters={"shown": "\n".join(texts)},
        )
    raise AssertionError("functions() never ends without an error")
