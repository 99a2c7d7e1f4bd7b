"""A profile of a frame that comes late: by how much, and which routine alone, left out every second frame, mends it."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.timing import loop
from oracle_lib.tasks.kit.tooling import LETTERS, question

SUBJECT = "late frames"
_LINE = 1364 - 40
_FRAME = 262 * _LINE


def draw(rng: random.Random) -> Problem:
    while True:
        known: dict[str, tuple[str, int, int]] = {}
        while len(known) < 5:
            one = loop(rng, most=60)
            known[one.name] = (one.purpose, one.total + 40, rng.randrange(2, 30))
        # A JSR costs 40; each routine's own cycles were measured.
        rows = list(known.items())
        costs = [each * calls for _, (_, each, calls) in rows]
        over = rng.choice([cost - rng.randrange(1, cost // 3) for cost in costs])
        rest = _FRAME + over - sum(costs)
        enough = [cost for cost in costs if cost >= over]
        if rest > 20_000 and costs.count(min(enough)) == 1:
            break
    which = costs.index(min(enough))
    listed = "\n".join(
        f"{letter}) `{name}`, {purpose}: {each} master cycles a call, {calls} calls"
        for letter, (name, (purpose, each, calls)) in zip(LETTERS, rows, strict=False)
    )
    sums = "\n".join(
        f"- {letter}: {each} * {calls} = {each * calls}"
        for letter, (_, (_, each, calls)) in zip(LETTERS, rows, strict=False)
    )
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            "The game drops to 30 frames a second in this room. By how many master cycles is the frame too long, and "
            "which "
            "is the cheapest routine that I could move to the next frame to fit again?",
            "Slowdown: this is the profile of one frame. How far over is it, and which single routine is just enough "
            "to "
            "leave out of it?",
            "Late frame: cycles over, and the smallest routine whose absence mends it?",
            "A player reports lag with many enemies. I measured the frame. Tell me the overrun and the one routine "
            "with the "
            "least cost that brings it under when it waits a frame.",
            "Why does this frame miss its vertical blank, and what is the least that I can postpone?",
        ),
        input="A frame has 262 lines of 1364 master cycles, less 40 a line for DRAM refresh. All other code of the "
        "frame "
        f"takes {rest} master cycles. The profile:\n\n{listed}\n\nThe cycles that an answer ends with are those by "
        "which "
        "the frame is too long.",
        reasoning=f"A frame has 262 * {_LINE} = {_FRAME} master cycles.\n{sums}\n\nWith the other {rest} that is "
        f"{rest + sum(costs)}, {over} too many. The cheapest that costs at least that is {LETTERS[which]} with "
        f"{costs[which]}.",
        facts={"choice": LETTERS[which], "cycles": over},
        parameters={"profile": listed, "rest": rest},
    )
