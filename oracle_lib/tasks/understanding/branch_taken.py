"""Whether a marked branch is taken, the first time that it is reached from a given state."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.understanding import block, marked, programs, question, run
from oracle_lib.verify import Fact

SUBJECT = "understanding: control flow"


def draw(rng: random.Random) -> Problem:
    wanted = rng.random() < 0.5
    for own, program in programs(rng):
        if (ran := run(program, own)) is None:
            continue
        first: dict[int, int] = {}
        for place, step in enumerate(ran.trace.steps):
            if step.taken is not None:
                first.setdefault(step.instruction.line, place)
        places = [place for place in first.values() if ran.trace.steps[place].taken is wanted and 0 < place < 14]
        if not places:
            continue
        place = own.choice(places)
        branch = ran.trace.steps[place].instruction
        outcome = "taken" if wanted else "not taken"
        return question(
            __name__,
            SUBJECT,
            program,
            (
                "Is the marked branch taken when it is reached for the first time?",
                f"I call `{program.entry}` in this state. Does the branch at the arrow jump the first time, or does it "
                "fall through?",
                "Branch at the arrow, first time: taken or not taken?",
                f"With these values, what does `{program.shown(branch)}` do when the code first comes to it? End with "
                "`Answer: taken` or `Answer: not taken`.",
                "Follow the flags up to the mark and tell me whether that branch is taken at its first execution.",
            ),
            input=f"{block(marked(program, branch.line))}\n\n{ran.entry}",
            reasoning=ran.steps(place),
            answer=f"{outcome}.",
            facts=(Fact(name="branch", value=outcome),),
            parameters={"line": branch.line, "entry": ran.entry},
        )
    raise AssertionError("programs() never ends without an error")
