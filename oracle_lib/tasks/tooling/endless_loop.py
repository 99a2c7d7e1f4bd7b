"""The log of a game that hangs, without the source: which branch never falls through, and how long a pass is."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.crashes import log
from oracle_lib.tasks.kit.defects import LOOP, accidents
from oracle_lib.tasks.kit.disassembly import written
from oracle_lib.tasks.kit.tooling import code, plural, question, snes

SUBJECT = "crash traces"


def draw(rng: random.Random) -> Problem:
    for own, seen in accidents(rng, LOOP):
        lines = seen.crash.lines
        at = lines[seen.place].instruction.address
        before = next(place for place in reversed(range(seen.place)) if lines[place].instruction.address == at)
        each = seen.place - before
        body = [line.instruction for line in lines[before + 1 : seen.place + 1]]
        backward = [one for one in body if one.mnemonic[0] == "B" and one.address >= body[-1].address]
        if len(backward) > 1 or each > 12:
            continue
        shown = lines[before - own.randrange(each) : seen.place + 1 + own.randrange(each)]
        steps = "\n".join(f"- {snes(one.address)} `{written(one)}`" for one in body)
        return question(
            __name__,
            SUBJECT,
            Domain.ERRORS,
            (
                "The game hangs and this is what the trace logger writes, over and over. Which branch keeps it there, "
                "and how many instructions is one pass?",
                "My hack freezes. I stopped the emulator and copied a piece of the log. At which address is the branch "
                "that closes the loop?",
                "Endless loop: address of the backward branch, instructions a pass?",
                "Find the branch in this trace that never falls through, and count the instructions from one time that "
                "it is executed to the next.",
                "Where does this code turn back again and again? I need the address of the branch and the length of "
                "the loop in instructions.",
            ),
            input=f"{code(log(shown), '')}\n\nThe registers are those after each instruction; the log goes on like "
            "this.",
            reasoning=f"One pass, in order:\n{steps}\n\nThat is {plural(each, 'instruction')}. The last one, "
            f"`{written(body[-1])}` at {snes(at)}, goes back to {snes(lines[seen.place].after.pc)}, and the registers "
            "and flags after it are the same in each pass. So it is taken every time.",
            facts={"address": at, "instructions": each},
            parameters={"log": log(shown)},
            derived_from=seen.program.problem.group,
        )
    raise AssertionError("accidents() never ends without an error")
